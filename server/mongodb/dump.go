package mongodb

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"
	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)

// Authoritative are the collections a backup holds. The others are derived, or end by themselves (sessions).
var Authoritative = []string{
	"journal", "names", "addresses", "credentials", "access", "vault", "drafts", "places", "noticed", "content", "instruments", "outbox", "marks", "settings",
}

// Header opens a backup.
type Header struct {
	Format int       `bson:"format"`
	At     time.Time `bson:"at"`
	Commit int64     `bson:"commit"` // the newest one in it
	Hash   string    `bson:"hash"`   // of the state at that commit
	Shape  string    `bson:"shape"`  // of the program that made the state: another one makes another hash
	Erased []string  `bson:"erased"` // persons erased until then
}

const dumpFormat = 1

// The ways a backup can be refused.
var (
	ErrDump     = errors.New("the backup is damaged or incomplete")
	ErrNotEmpty = errors.New("the database is not empty: a backup is imported into a new one only")
)

type dumpEntry struct {
	Collection string   `bson:"c,omitempty"`
	Document   bson.Raw `bson:"d,omitempty"`
	End        *dumpEnd `bson:"end,omitempty"`
}

type dumpEnd struct {
	Documents int64  `bson:"documents"`
	Hash      string `bson:"hash"`
}

// Dump writes the authoritative collections. The journal ends with h.Commit, whatever is added meanwhile; the rest is
// read after it, so that every text a commit names is there.
func (d *Database) Dump(ctx context.Context, w io.Writer, h Header) error {
	z, err := zstd.NewWriter(w)
	if err != nil {
		return err
	}
	sum := sha256.New()
	out := &dumpWriter{w: io.MultiWriter(z, sum)}
	h.Format = dumpFormat
	out.write(h)
	for n := int64(1); n <= h.Commit && out.err == nil; n++ {
		var raw bson.Raw
		if err := d.Driver.Collection("journal").FindOne(ctx, byID(fmt.Sprintf("%012d", n))).Decode(&raw); err != nil {
			return fmt.Errorf("read commit %d: %w", n, err)
		}
		out.write(dumpEntry{Collection: "journal", Document: raw})
		out.documents++
	}
	for _, name := range Authoritative {
		if name == "journal" || out.err != nil {
			continue
		}
		cursor, err := d.Driver.Collection(name).Find(ctx, bson.D{})
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		for cursor.Next(ctx) {
			doc, err := until(h.Commit, name, cursor.Current)
			if err != nil {
				return fmt.Errorf("read %s: %w", name, errors.Join(err, cursor.Close(ctx)))
			}
			if doc != nil {
				out.write(dumpEntry{Collection: name, Document: doc})
				out.documents++
			}
		}
		if err := errors.Join(cursor.Err(), cursor.Close(ctx)); err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
	}
	out.write(dumpEntry{End: &dumpEnd{out.documents, hex.EncodeToString(sum.Sum(nil))}})
	return errors.Join(out.err, z.Close())
}

// until is a document as it could have been at the backup's last commit; nil when it was not there then. Servers that work while
// the backup is made are ahead of it: where it is read back, the next numbers are given to other commits, whose mail must go out.
func until(commit int64, collection string, doc bson.Raw) (bson.Raw, error) {
	id, _ := doc.Lookup("_id").StringValueOK()
	switch collection {
	case "outbox":
		number, _, _ := strings.Cut(id, ":")
		if n, err := strconv.ParseInt(number, 10, 64); err == nil && n > commit {
			return nil, nil
		}
	case "marks":
		if n, ok := doc.Lookup("commit").AsInt64OK(); ok && n > commit {
			return bson.Marshal(bson.D{{Key: "_id", Value: id}, {Key: "commit", Value: commit}})
		}
	}
	return doc, nil
}

type dumpWriter struct {
	w         io.Writer
	documents int64
	err       error
}

func (d *dumpWriter) write(doc any) {
	if d.err != nil {
		return
	}
	raw, err := bson.Marshal(doc)
	if err == nil {
		_, err = d.w.Write(raw)
	}
	d.err = err
}

// Restore reads a backup into an empty database. It fails with ErrDump before the end of the file is reached when something
// is missing or changed; the database is then to be thrown away.
func (d *Database) Restore(ctx context.Context, r io.Reader) (Header, error) {
	var h Header
	if err := d.Driver.Collection("journal").FindOne(ctx, byID(fmt.Sprintf("%012d", 1))).Err(); err == nil {
		return h, ErrNotEmpty
	} else if !errors.Is(err, mongo.ErrNoDocuments) {
		return h, fmt.Errorf("look into the database: %w", err)
	}
	z, err := zstd.NewReader(r)
	if err != nil {
		return h, fmt.Errorf("%w: %w", ErrDump, err)
	}
	defer z.Close()
	in := &dumpReader{r: bufio.NewReaderSize(z, 1<<20), sum: sha256.New()}
	if err := in.read(&h); err != nil {
		return h, err
	}
	if h.Format != dumpFormat {
		return h, fmt.Errorf("%w: format %d", ErrDump, h.Format)
	}
	batch, batchOf, documents := []any{}, "", int64(0)
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		_, err := d.Driver.Collection(batchOf).InsertMany(ctx, batch)
		batch = batch[:0]
		if err != nil {
			return fmt.Errorf("write %s: %w", batchOf, err)
		}
		return nil
	}
	for {
		before := hex.EncodeToString(in.sum.Sum(nil))
		var e dumpEntry
		if err := in.read(&e); err != nil {
			return h, err
		}
		if e.End != nil {
			if e.End.Documents != documents || e.End.Hash != before {
				return h, ErrDump
			}
			return h, flush()
		}
		if !slices.Contains(Authoritative, e.Collection) {
			return h, fmt.Errorf("%w: unknown collection %q", ErrDump, e.Collection)
		}
		if id, ok := e.Document.Lookup("_id").StringValueOK(); ok && e.Collection == "settings" && len(id) > 10 && id[:10] == "migration " {
			documents++ // the program that imports has carried out its own
			continue
		}
		if e.Collection != batchOf || len(batch) == 200 {
			if err := flush(); err != nil {
				return h, err
			}
			batchOf = e.Collection
		}
		batch = append(batch, e.Document)
		documents++
	}
}

type dumpReader struct {
	r   *bufio.Reader
	sum hash.Hash
}

func (d *dumpReader) read(doc any) error {
	size := make([]byte, 4)
	if _, err := io.ReadFull(d.r, size); err != nil {
		return fmt.Errorf("%w: %w", ErrDump, err)
	}
	n := binary.LittleEndian.Uint32(size)
	if n < 5 || n > 48<<20 {
		return ErrDump
	}
	raw := make([]byte, n)
	copy(raw, size)
	if _, err := io.ReadFull(d.r, raw[4:]); err != nil {
		return fmt.Errorf("%w: %w", ErrDump, err)
	}
	d.sum.Write(raw)
	if err := bson.Raw(raw).Validate(); err != nil {
		return fmt.Errorf("%w: %w", ErrDump, err)
	}
	if err := bson.Unmarshal(raw, doc); err != nil {
		return fmt.Errorf("%w: %w", ErrDump, err)
	}
	return nil
}
