// Package mongotest gives tests a fresh database on the real engine.
package mongotest

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"luotsi/server/mongodb"
)

// server is where a test process has its databases: another MongoDB, the engine inside the process, or beside it.
type server struct {
	connect func(ctx context.Context, name string) (*mongodb.Database, error)
	prepare func(ctx context.Context, db *mongodb.Database) error
}

var (
	start  = sync.OnceValues(startServer)
	serial atomic.Int64
)

func startServer() (*server, error) {
	if uri := os.Getenv("LUOTSI_TEST_MONGODB_URI"); uri != "" {
		return &server{
			connect: func(ctx context.Context, name string) (*mongodb.Database, error) {
				return mongodb.Connect(ctx, uri, name)
			},
			prepare: func(context.Context, *mongodb.Database) error { return nil },
		}, nil
	}
	sweep()
	folder, err := os.MkdirTemp("", "luotsi-test-")
	if err != nil {
		return nil, err
	}
	if race {
		return startBeside(folder)
	}
	engine, err := mongodb.StartEngine(folder, "")
	if err != nil {
		return nil, err
	}
	return &server{
		connect: engine.Connect,
		prepare: func(ctx context.Context, db *mongodb.Database) error {
			return engine.Prepare(ctx, db, mongodb.Collections)
		},
	}, nil
}

// sweep removes what earlier test processes left: nobody tells the last test of a process that it is the last.
func sweep() {
	folders, _ := filepath.Glob(filepath.Join(os.TempDir(), "luotsi-test-*"))
	for _, f := range folders {
		if info, err := os.Stat(f); err == nil && time.Since(info.ModTime()) > time.Hour {
			_ = os.RemoveAll(f)
		}
	}
}

// startBeside runs the engine as a process of its own; it ends when this one does.
func startBeside(folder string) (*server, error) {
	cmd := exec.Command("go", "run", "luotsi/server/mongodb/mongotest/engine", folder)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		return nil, fmt.Errorf("the test engine did not start: %w", cmd.Wait())
	}
	uri := lines.Text()
	var mu sync.Mutex
	return &server{
		connect: func(ctx context.Context, name string) (*mongodb.Database, error) {
			return mongodb.Connect(ctx, uri, name)
		},
		prepare: func(_ context.Context, db *mongodb.Database) error {
			mu.Lock()
			defer mu.Unlock()
			if _, err := io.WriteString(in, db.Driver.Name()+"\n"); err != nil {
				return err
			}
			if !lines.Scan() || lines.Text() != "prepared" {
				return fmt.Errorf("the test engine did not prepare %s", db.Driver.Name())
			}
			return nil
		},
	}, nil
}

// New gives a database of its own. With LUOTSI_TEST_MONGODB_URI it lives there, else on the embedded engine, of which each
// test process has one.
func New(t testing.TB) *mongodb.Database {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	s, err := start()
	if err != nil {
		t.Fatalf("start the test engine: %v", err)
	}
	db, err := s.connect(ctx, fmt.Sprintf("test_%d_%d", os.Getpid(), serial.Add(1)))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.prepare(ctx, db); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := db.Driver.Drop(ctx); err != nil {
			t.Errorf("drop the test database: %v", err)
		}
		if err := db.Close(ctx); err != nil {
			t.Errorf("close the test database: %v", err)
		}
	})
	return db
}
