//go:build !external

package mongodb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/FerretDB/FerretDB/ferretdb"
	"github.com/gofrs/flock"
	"go.mongodb.org/mongo-driver/mongo/options"
)

// Engine is the embedded database engine: one process, one data folder.
type Engine struct {
	uri    string
	socket string
	folder string
	lock   *flock.Flock
	stop   context.CancelFunc
	done   chan error
}

// making is held while an engine is made: the library writes a variable of the whole process then.
var making sync.Mutex

// StartEngine runs the embedded engine on the data folder, which it creates and locks. listen is a loopback address;
// when empty, a socket in the folder is used, which nobody else on the machine can reach.
func StartEngine(folder, listen string) (*Engine, error) {
	files := filepath.Join(folder, "engine")
	if err := os.MkdirAll(files, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	lock := flock.New(filepath.Join(folder, "lock"))
	if ok, err := lock.TryLock(); err != nil {
		return nil, fmt.Errorf("lock the data folder: %w", err)
	} else if !ok {
		return nil, ErrFolderInUse
	}
	e := &Engine{folder: folder, lock: lock, done: make(chan error, 1)}
	config := &ferretdb.Config{
		Handler: "sqlite",
		// A commit is on the disk when it is answered (synchronous=FULL), and what is deleted is overwritten (secure_delete).
		SQLiteURL: "file:" + files + "/?_pragma=busy_timeout(10000)&_pragma=journal_mode(wal)&_pragma=synchronous(full)&_pragma=secure_delete(1)",
		Logger:    slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
	socket := ""
	if listen != "" {
		config.Listener.TCP = listen
	} else {
		var err error
		if socket, err = socketPath(folder); err != nil {
			return nil, errors.Join(err, lock.Unlock())
		}
		config.Listener.Unix = socket
	}
	making.Lock()
	f, err := ferretdb.New(config)
	making.Unlock()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start the embedded engine: %w", err), lock.Unlock())
	}
	ctx, stop := context.WithCancel(context.Background())
	e.stop = stop
	go func() { e.done <- f.Run(ctx) }()
	if socket == "" {
		e.uri = f.MongoDBURI()
	}
	e.socket = socket
	return e, nil
}

type socketDialer string

func (s socketDialer) DialContext(ctx context.Context, _, _ string) (net.Conn, error) {
	var d net.Dialer
	return d.DialContext(ctx, "unix", string(s))
}

// Connect opens a database of the engine. Closing the database leaves the engine running.
func (e *Engine) Connect(ctx context.Context, name string) (*Database, error) {
	if e.socket == "" {
		return Connect(ctx, e.uri, name)
	}
	// The address can not carry the path: the driver puts it in lower case.
	return connect(ctx, options.Client().ApplyURI("mongodb://localhost/").SetDialer(socketDialer(e.socket)), name)
}

// socketPath is a path short enough for a socket (about 100 bytes): in the data folder, or a temporary one when that is too deep.
func socketPath(folder string) (string, error) {
	abs, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	path := filepath.Join(abs, "engine.sock")
	if len(path) > 90 {
		dir, err := os.MkdirTemp("", "luotsi-")
		if err != nil {
			return "", err
		}
		path = filepath.Join(dir, "engine.sock")
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", fmt.Errorf("remove the old socket: %w", err)
	}
	return path, nil
}

// URI is the address for other processes; empty when the engine listens on a socket only.
func (e *Engine) URI() string { return e.uri }

// Close stops the engine and unlocks the folder.
func (e *Engine) Close() error {
	e.stop()
	return errors.Join(<-e.done, e.lock.Unlock())
}

// OpenEmbedded starts the engine on the folder, connects, and makes sure that the collections exist and are quick by _id.
func OpenEmbedded(ctx context.Context, folder, name string, collections []string) (*Database, error) {
	engine, err := StartEngine(folder, "")
	if err != nil {
		return nil, err
	}
	d, err := engine.Connect(ctx, name)
	if err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	d.engine = engine
	if err := engine.Prepare(ctx, d, collections); err != nil {
		return nil, errors.Join(err, d.Close(ctx))
	}
	return d, nil
}

// Prepare creates the collections and adds to each an index on the very expression that the engine searches by;
// without it every access by _id decodes the whole collection.
func (e *Engine) Prepare(ctx context.Context, d *Database, collections []string) error {
	have, err := d.Names(ctx)
	if err != nil {
		return fmt.Errorf("list collections: %w", err)
	}
	exists := map[string]bool{}
	for _, name := range have {
		exists[name] = true
	}
	for _, name := range collections {
		if !exists[name] {
			if err := d.Driver.CreateCollection(ctx, name); err != nil {
				return fmt.Errorf("create collection %s: %w", name, err)
			}
		}
	}
	file := filepath.Join(e.folder, "engine", d.Driver.Name()+".sqlite")
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=busy_timeout(10000)")
	if err != nil {
		return fmt.Errorf("open the engine's file: %w", err)
	}
	defer db.Close()
	rows, err := db.QueryContext(ctx, `SELECT table_name FROM _ferretdb_collections`)
	if err != nil {
		return fmt.Errorf("list the engine's tables: %w", err)
	}
	var tables []string
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			return err
		}
		tables = append(tables, table)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return fmt.Errorf("list the engine's tables: %w", err)
	}
	for _, table := range tables {
		quoted := `"` + strings.ReplaceAll(table, `"`, `""`) + `"`
		index := `"` + strings.ReplaceAll(table+"_luotsi_id", `"`, `""`) + `"`
		if _, err := db.ExecContext(ctx, `CREATE UNIQUE INDEX IF NOT EXISTS `+index+` ON `+quoted+` (_ferretdb_sjson->'$._id')`); err != nil {
			return fmt.Errorf("index %s: %w", table, err)
		}
	}
	return nil
}

// Scrub writes what the engine's log holds into its file and empties the log, so that deleted texts are nowhere on the disk.
func (d *Database) Scrub(ctx context.Context) error {
	if d.engine == nil {
		return nil
	}
	file := filepath.Join(d.engine.folder, "engine", d.Driver.Name()+".sqlite")
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=busy_timeout(10000)")
	if err != nil {
		return fmt.Errorf("open the engine's file: %w", err)
	}
	defer db.Close()
	var busy, inLog, moved int // the engine says in a row, not with an error, that a reader was in the way
	if err := db.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &inLog, &moved); err != nil {
		return fmt.Errorf("empty the engine's log: %w", err)
	}
	if busy != 0 {
		return errors.New("empty the engine's log: somebody reads in it")
	}
	return nil
}
