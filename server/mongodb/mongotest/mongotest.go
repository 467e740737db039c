// Package mongotest gives tests a fresh database on the real engine.
package mongotest

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"luotsi/server/mongodb"
)

var (
	once   sync.Once
	engine *mongodb.Engine
	failed error
	serial atomic.Int64
)

// Collections are those every fresh database has from the start, as the program makes them.
var Collections = mongodb.Collections

// New gives a database of its own. With LUOTSI_TEST_MONGODB_URI it lives there, else on the embedded engine, of which
// each test process starts one.
func New(t testing.TB) *mongodb.Database {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	name := fmt.Sprintf("test_%d_%d", os.Getpid(), serial.Add(1))
	connect := func() (*mongodb.Database, error) { return engine.Connect(ctx, name) }
	if uri := os.Getenv("LUOTSI_TEST_MONGODB_URI"); uri != "" {
		connect = func() (*mongodb.Database, error) { return mongodb.Connect(ctx, uri, name) }
	} else {
		once.Do(func() {
			var folder string
			if folder, failed = os.MkdirTemp("", "luotsi-test-"); failed == nil {
				engine, failed = mongodb.StartEngine(folder, "")
			}
		})
		if failed != nil {
			t.Fatalf("start the test engine: %v", failed)
		}
	}
	db, err := connect()
	if err != nil {
		t.Fatal(err)
	}
	if engine != nil {
		if err := engine.Prepare(ctx, db, Collections); err != nil {
			t.Fatal(err)
		}
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
