package vault_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/bson"

	"luotsi/server/fault"
	"luotsi/server/mongodb"
	"luotsi/server/mongodb/mongotest"
	"luotsi/server/vault"
)

var key = bytes.Repeat([]byte{7}, 32)

func newVault(t *testing.T, db *mongodb.Database, now func() time.Time) *vault.Vault {
	t.Helper()
	v, err := vault.New(db, key, now)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestTextsAreSealedBoundAndErasable(t *testing.T) {
	ctx := context.Background()
	db := mongotest.New(t)
	v := newVault(t, db, time.Now)
	const text = "Aino Esimerkki kertoi jaksavansa paremmin"
	if err := v.Put(ctx, "t1", []string{"p1", "p2"}, text); err != nil {
		t.Fatal(err)
	}
	if got, err := v.Get(ctx, "t1"); err != nil || got != text {
		t.Fatalf("got %q, %v; want the text", got, err)
	}
	raw, err := db.Driver.Collection("vault").FindOne(ctx, bson.D{{Key: "_id", Value: "t1"}}).Raw()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(raw), "Aino") {
		t.Error("the text stands in the database as it is")
	}
	if _, err := db.Driver.Collection("vault").UpdateByID(ctx, "t1", bson.D{{Key: "$set", Value: bson.D{{Key: "about", Value: []string{"p9"}}}}}); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Get(ctx, "t1"); !errors.Is(err, vault.ErrDamaged) {
		t.Errorf("moved to another person: got %v, want ErrDamaged", err)
	}
	if err := v.Put(ctx, "t2", nil, "x"); err != nil {
		t.Fatal(err)
	}
	other, err := vault.New(db, bytes.Repeat([]byte{8}, 32), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Get(ctx, "t2"); !errors.Is(err, vault.ErrDamaged) {
		t.Errorf("under another key: got %v, want ErrDamaged", err)
	}
	if other.KeyID() == v.KeyID() || other.Fingerprint("a", "b") == v.Fingerprint("a", "b") {
		t.Error("two keys look the same")
	}
	if err := v.Delete(ctx, "t1", "t2", "never"); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Get(ctx, "t2"); !errors.Is(err, vault.ErrGone) {
		t.Errorf("got %v, want ErrGone", err)
	}
}

func TestSweepDeletesWhatNobodyNamesAfterADay(t *testing.T) {
	ctx := context.Background()
	now := time.Now()
	v := newVault(t, mongotest.New(t), func() time.Time { return now })
	for _, id := range []string{"named", "orphan"} {
		if err := v.Put(ctx, id, nil, id); err != nil {
			t.Fatal(err)
		}
	}
	now = now.Add(24 * time.Hour)
	named := func(id string) bool { return id == "named" }
	if n, err := v.Sweep(ctx, named); err != nil || n != 0 {
		t.Fatalf("at one day: deleted %d, %v; want none", n, err)
	}
	now = now.Add(time.Millisecond)
	if n, err := v.Sweep(ctx, named); err != nil || n != 1 {
		t.Fatalf("after one day: deleted %d, %v; want the orphan", n, err)
	}
	if _, err := v.Get(ctx, "named"); err != nil {
		t.Errorf("the named text is gone: %v", err)
	}
}

func TestDraftsKeepBothTexts(t *testing.T) {
	ctx := context.Background()
	v := newVault(t, mongotest.New(t), time.Now)
	save := func(rev int64, text string) (vault.Draft, error) {
		return v.SaveDraft(ctx, "p1", "course.a1", rev, text)
	}
	first, err := save(0, "phone")
	if err != nil || first.Rev != 1 {
		t.Fatalf("got %+v, %v; want revision 1", first, err)
	}
	if _, err := save(0, "laptop"); !errors.Is(err, vault.ErrDraftConflict) {
		t.Fatalf("got %v, want ErrDraftConflict", err)
	} else if f, _ := fault.As(err); f.Info != (vault.Kept{Rev: 1, Text: "phone"}) {
		t.Errorf("got %v, want the kept text beside the conflict", f.Info)
	}
	if d, err := save(0, "phone"); err != nil || d.Rev != 1 {
		t.Errorf("the same save again: got %+v, %v; want the first answer", d, err)
	}
	if d, err := save(1, "both"); err != nil || d.Rev != 2 {
		t.Errorf("got %+v, %v; want revision 2", d, err)
	}
	if d, err := v.Draft(ctx, "p1", "course.a1"); err != nil || d.Text != "both" || d.Rev != 2 {
		t.Errorf("got %+v, %v; want the second text", d, err)
	}
	if err := v.DeleteDraft(ctx, "p1", "course.a1"); err != nil {
		t.Fatal(err)
	}
	if d, err := v.Draft(ctx, "p1", "course.a1"); err != nil || d.Rev != 0 {
		t.Errorf("got %+v, %v; want none", d, err)
	}
	if err := v.DeleteDraft(ctx, "p1", "course.a1"); err != nil {
		t.Fatal(err)
	}
	if _, err := save(2, "phone, asleep all the time"); !errors.Is(err, vault.ErrDraftConflict) {
		t.Errorf("got %v, want no draft brought back by a device that knows the old one", err)
	}
}

// A device that slept while a draft was submitted and a new one begun must not take the new one for the one it knows.
func TestRevisionsNeverComeAgain(t *testing.T) {
	ctx := context.Background()
	v := newVault(t, mongotest.New(t), time.Now)
	seen := map[int64]bool{}
	for range 3 {
		d := vault.Draft{}
		for range 3 {
			var err error
			if d, err = v.SaveDraft(ctx, "p1", "course.a1", d.Rev, fmt.Sprint("text ", len(seen))); err != nil {
				t.Fatal(err)
			}
			if seen[d.Rev] {
				t.Errorf("revision %d came again", d.Rev)
			}
			seen[d.Rev] = true
		}
		if err := v.DeleteDraft(ctx, "p1", "course.a1"); err != nil {
			t.Fatal(err)
		}
	}
	if all, err := v.Drafts(ctx, "p1"); err != nil || len(all) != 0 {
		t.Errorf("got %v, %v; want no draft", all, err)
	}
}

func TestDraftsAtOnce(t *testing.T) {
	ctx := context.Background()
	v := newVault(t, mongotest.New(t), time.Now)
	var won atomic.Int32
	var group sync.WaitGroup
	for n := range 16 {
		group.Go(func() {
			_, err := v.SaveDraft(ctx, "p1", "course.a1", 0, fmt.Sprint("text ", n))
			if err == nil {
				won.Add(1)
			} else if !errors.Is(err, vault.ErrDraftConflict) {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if won.Load() != 1 {
		t.Errorf("%d saves of the first revision won, want 1", won.Load())
	}
}

func TestEraseFindsAllDrafts(t *testing.T) {
	ctx := context.Background()
	db := mongotest.New(t)
	before := newVault(t, db, time.Now)
	for n := range 3 {
		if _, err := before.SaveDraft(ctx, "p1", fmt.Sprint("s", n), 0, "secret"); err != nil {
			t.Fatal(err)
		}
	}
	v := newVault(t, db, time.Now) // after a restart
	if _, err := v.SaveDraft(ctx, "p1", "s9", 0, "secret"); err != nil {
		t.Fatal(err)
	}
	if _, err := v.SaveDraft(ctx, "p2", "s0", 0, "another person's"); err != nil {
		t.Fatal(err)
	}
	if all, err := v.Drafts(ctx, "p1"); err != nil || len(all) != 4 {
		t.Fatalf("got %d drafts, %v; want 4", len(all), err)
	}
	if err := v.Put(ctx, "t1", []string{"p1"}, "text"); err != nil {
		t.Fatal(err)
	}
	if err := v.Erase(ctx, "p1", []string{"t1"}); err != nil {
		t.Fatal(err)
	}
	n, err := db.Driver.Collection("drafts").CountDocuments(ctx, bson.D{})
	if err != nil || n != 2 { // the other person's draft and its index entry
		t.Errorf("%d documents are left in drafts, %v; want the other person's 2", n, err)
	}
	if _, err := v.Get(ctx, "t1"); !errors.Is(err, vault.ErrGone) {
		t.Errorf("got %v, want ErrGone", err)
	}
	if _, err := v.SaveDraft(ctx, "p1", "s0", 0, "again"); err != nil {
		t.Errorf("a draft after erasing: %v", err)
	}
}

func FuzzOpen(f *testing.F) {
	v, err := vault.New(mongotest.New(f), key, time.Now)
	if err != nil {
		f.Fatal(err)
	}
	s, err := v.Seal("id", "text")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(s.Data)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		if text, err := v.Open("id", vault.Sealed{Key: s.Key, Data: data}); err == nil && text != "text" {
			t.Errorf("opened %q, which was never sealed", text)
		}
	})
}
