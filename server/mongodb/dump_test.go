package mongodb_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"luotsi/server/mongodb"
	"luotsi/server/mongodb/mongotest"
)

func TestDumpMovesEverythingThatCounts(t *testing.T) {
	ctx := context.Background()
	from := mongotest.New(t)
	for n := 1; n <= 450; n++ {
		if err := mongodb.Open[note](from, "journal").Insert(ctx, fmt.Sprintf("%012d", n), note{Text: fmt.Sprint(n)}); err != nil {
			t.Fatal(err)
		}
	}
	for collection, text := range map[string]string{"vault": "kept", "sessions": "ends by itself", "settings": "kept"} {
		if err := mongodb.Open[note](from, collection).Insert(ctx, "x", note{Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	var file bytes.Buffer
	header := mongodb.Header{At: time.Now().UTC().Truncate(time.Millisecond), Commit: 449, Hash: "state", Erased: []string{"p1"}}
	if err := from.Dump(ctx, &file, header); err != nil {
		t.Fatal(err)
	}
	to := mongotest.New(t)
	got, err := to.Restore(ctx, bytes.NewReader(file.Bytes()))
	if err != nil || got.Commit != 449 || got.Hash != "state" || got.Erased[0] != "p1" {
		t.Fatalf("got %+v, %v; want the header", got, err)
	}
	commits := mongodb.Open[note](to, "journal")
	if n, err := commits.Get(ctx, "000000000449"); err != nil || n.Text != "449" {
		t.Errorf("got %v, %v; want commit 449", n, err)
	}
	if _, err := commits.Get(ctx, "000000000450"); !errors.Is(err, mongodb.ErrNotFound) {
		t.Errorf("got %v; want no commit after the header's", err)
	}
	if n, err := mongodb.Open[note](to, "vault").Get(ctx, "x"); err != nil || n.Text != "kept" {
		t.Errorf("got %v, %v; want the vault's text", n, err)
	}
	if _, err := mongodb.Open[note](to, "sessions").Get(ctx, "x"); !errors.Is(err, mongodb.ErrNotFound) {
		t.Errorf("got %v; want no session", err)
	}
	if _, err := to.Restore(ctx, bytes.NewReader(file.Bytes())); !errors.Is(err, mongodb.ErrNotEmpty) {
		t.Errorf("a second time: got %v, want ErrNotEmpty", err)
	}
	for name, damaged := range map[string][]byte{
		"cut":     file.Bytes()[:file.Len()-20],
		"changed": append(bytes.Clone(file.Bytes()[:60]), append([]byte{0xff}, file.Bytes()[61:]...)...),
		"empty":   {},
	} {
		if _, err := mongotest.New(t).Restore(ctx, bytes.NewReader(damaged)); !errors.Is(err, mongodb.ErrDump) {
			t.Errorf("%s: got %v, want ErrDump", name, err)
		}
	}
}

// Other servers go on working while a backup is made: what they have done about commits that are not in it must not be in it.
func TestDumpEndsWithItsLastCommit(t *testing.T) {
	type mark struct {
		Commit int64 `bson:"commit"`
	}
	ctx := context.Background()
	from, to := mongotest.New(t), mongotest.New(t)
	if err := mongodb.Open[note](from, "journal").Insert(ctx, "000000000001", note{}); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"1:0", "2:0", "10:0"} {
		if err := mongodb.Open[note](from, "outbox").Insert(ctx, id, note{}); err != nil {
			t.Fatal(err)
		}
	}
	for id, commit := range map[string]int64{"behind": 0, "ahead": 10} {
		if err := mongodb.Open[mark](from, "marks").Insert(ctx, id, mark{commit}); err != nil {
			t.Fatal(err)
		}
	}
	var file bytes.Buffer
	if err := from.Dump(ctx, &file, mongodb.Header{Commit: 1}); err != nil {
		t.Fatal(err)
	}
	if _, err := to.Restore(ctx, &file); err != nil {
		t.Fatal(err)
	}
	var mails []string
	if err := mongodb.Open[note](to, "outbox").Each(ctx, func(id string, _ note) error { mails = append(mails, id); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(mails) != 1 || mails[0] != "1:0" {
		t.Errorf("got the mails %v, want that of commit 1 alone", mails)
	}
	for id, want := range map[string]int64{"behind": 0, "ahead": 1} {
		if got, err := mongodb.Open[mark](to, "marks").Get(ctx, id); err != nil || got.Commit != want {
			t.Errorf("mark %s: got %v, %v; want %d", id, got, err, want)
		}
	}
}
