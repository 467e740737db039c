package mongodb_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"luotsi/server/mongodb"
	"luotsi/server/mongodb/mongotest"
)

type note struct {
	Text string `bson:"text"`
	Rev  int64  `bson:"rev"`
}

func TestCollectionKeepsWholeDocumentsByID(t *testing.T) {
	ctx := context.Background()
	c := mongodb.Open[note](mongotest.New(t), "vault")
	if _, err := c.Get(ctx, "a"); !errors.Is(err, mongodb.ErrNotFound) {
		t.Fatalf("got %v, want ErrNotFound", err)
	}
	if err := c.Insert(ctx, "a", note{"first", 1}); err != nil {
		t.Fatal(err)
	}
	if err := c.Insert(ctx, "a", note{"second", 1}); !errors.Is(err, mongodb.ErrDuplicate) {
		t.Fatalf("got %v, want ErrDuplicate", err)
	}
	if got, err := c.Get(ctx, "a"); err != nil || got.Text != "first" {
		t.Fatalf("got %v, %v; want the first text", got, err)
	}
	if ok, err := c.PutIf(ctx, "a", "rev", int64(2), note{"wrong", 3}); err != nil || ok {
		t.Fatalf("got %v, %v; want no replacement of another revision", ok, err)
	}
	if ok, err := c.PutIf(ctx, "a", "rev", int64(1), note{"third", 2}); err != nil || !ok {
		t.Fatalf("got %v, %v; want the replacement", ok, err)
	}
	if err := c.Put(ctx, "b", note{"other", 1}); err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	if err := c.Each(ctx, func(id string, n note) error { seen[id] = n.Text; return nil }); err != nil {
		t.Fatal(err)
	}
	if len(seen) != 2 || seen["a"] != "third" || seen["b"] != "other" {
		t.Errorf("got %v, want a: third and b: other", seen)
	}
	for range 2 { // the second time there is nothing to delete
		if err := c.Delete(ctx, "a"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.Get(ctx, "a"); !errors.Is(err, mongodb.ErrNotFound) {
		t.Errorf("got %v, want ErrNotFound after deleting", err)
	}
}

func TestOneInsertOfAnIDWins(t *testing.T) {
	ctx := context.Background()
	c := mongodb.Open[note](mongotest.New(t), "vault")
	var won atomic.Int32
	var group sync.WaitGroup
	for n := range 32 {
		group.Go(func() {
			err := c.Insert(ctx, "same", note{Text: fmt.Sprint(n)})
			if err == nil {
				won.Add(1)
			} else if !errors.Is(err, mongodb.ErrDuplicate) {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if won.Load() != 1 {
		t.Errorf("%d inserts won, want 1", won.Load())
	}
}

func TestFolderBelongsToOneProcess(t *testing.T) {
	ctx := context.Background()
	folder := t.TempDir()
	first, err := mongodb.OpenEmbedded(ctx, folder, "luotsi", mongodb.Collections)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := mongodb.OpenEmbedded(ctx, folder, "luotsi", mongodb.Collections); !errors.Is(err, mongodb.ErrFolderInUse) {
		t.Errorf("got %v, want ErrFolderInUse", err)
	}
	if now, err := first.Time(ctx); err != nil || time.Since(now).Abs() > 5*time.Second {
		t.Errorf("got %v, %v; want the database's clock", now, err)
	}
	if err := mongodb.Open[note](first, "vault").Insert(ctx, "kept", note{Text: "kept"}); err != nil {
		t.Fatal(err)
	}
	if err := first.Close(ctx); err != nil {
		t.Fatal(err)
	}
	again, err := mongodb.OpenEmbedded(ctx, folder, "luotsi", mongodb.Collections)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close(ctx)
	if got, err := mongodb.Open[note](again, "vault").Get(ctx, "kept"); err != nil || got.Text != "kept" {
		t.Errorf("got %v, %v; want the document after a restart", got, err)
	}
}

// A draft is saved every second: on the engine in this process a replacement must not read the whole collection, and not
// even those that come at the same time may both succeed.
func TestPutIfLooksAtOneDocument(t *testing.T) {
	ctx := context.Background()
	db, err := mongodb.OpenEmbedded(ctx, t.TempDir(), "luotsi", mongodb.Collections)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close(ctx)
	c := mongodb.Open[note](db, "drafts")
	for n := range 1500 {
		if err := c.Insert(ctx, fmt.Sprint("p", n), note{strings.Repeat("x", 1500), 1}); err != nil {
			t.Fatal(err)
		}
	}
	best, plain := time.Hour, time.Hour
	for rev := range int64(5) {
		start := time.Now()
		if ok, err := c.PutIf(ctx, "p1499", "rev", rev+1, note{"new", rev + 2}); err != nil || !ok {
			t.Fatalf("got %v, %v; want the replacement", ok, err)
		}
		best = min(best, time.Since(start))
		start = time.Now()
		if err := c.Put(ctx, "p1498", note{"new", rev}); err != nil {
			t.Fatal(err)
		}
		plain = min(plain, time.Since(start))
	}
	if best > 10*plain {
		t.Errorf("among 1,500 documents it took %v, and %v without a condition", best, plain)
	}
	for name, id := range map[string]string{"another revision": "p1499", "no document": "p1500"} {
		if ok, err := c.PutIf(ctx, id, "rev", int64(5), note{"wrong", 6}); err != nil || ok {
			t.Errorf("%s: got %v, %v; want no replacement", name, ok, err)
		}
	}
	var won atomic.Int32
	var group sync.WaitGroup
	for range 16 {
		group.Go(func() {
			ok, err := c.PutIf(ctx, "p1499", "rev", int64(6), note{"one", 7})
			if err != nil {
				t.Error(err)
			} else if ok {
				won.Add(1)
			}
		})
	}
	group.Wait()
	if won.Load() != 1 {
		t.Errorf("%d replacements of the same revision succeeded, want 1", won.Load())
	}
}

func BenchmarkInsert(b *testing.B) {
	c := mongodb.Open[note](mongotest.New(b), "vault")
	for n := 0; b.Loop(); n++ {
		if err := c.Insert(context.Background(), fmt.Sprintf("%012d", n), note{Text: "text"}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkGet(b *testing.B) {
	c := mongodb.Open[note](mongotest.New(b), "vault")
	for n := range 5000 {
		if err := c.Insert(context.Background(), fmt.Sprintf("%012d", n), note{Text: "text"}); err != nil {
			b.Fatal(err)
		}
	}
	for n := 0; b.Loop(); n++ {
		if _, err := c.Get(context.Background(), fmt.Sprintf("%012d", n%5000)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPut(b *testing.B) {
	c := mongodb.Open[note](mongotest.New(b), "vault")
	for n := 0; b.Loop(); n++ {
		if err := c.Put(context.Background(), fmt.Sprintf("%012d", n%5000), note{Text: "text"}); err != nil {
			b.Fatal(err)
		}
	}
}
