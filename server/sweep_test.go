package main

import (
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/bson"

	"luotsi/server/mongodb"
	"luotsi/server/vault"
)

// A server that an update left behind can not read the newer commits, and stays unready. What they name looks like nobody's to it.
func TestUnreadyServerSweepsNothing(t *testing.T) {
	ctx := t.Context()
	engine, err := mongodb.StartEngine(t.TempDir(), "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { engine.Close() })
	db, err := engine.Connect(ctx, databaseName)
	must(t, err)
	defer db.Close(ctx)
	must(t, engine.Prepare(ctx, db, mongodb.Collections))
	config := testConfig(t.TempDir())
	config.MongoDB = engine.URI()
	w, err := openWorld(ctx, config, slog.New(slog.DiscardHandler))
	must(t, err)
	defer w.close()

	orphan := func(id string) {
		t.Helper()
		must(t, w.vault.Put(ctx, id, nil, "teksti"))
		_, err := db.Driver.Collection("vault").UpdateByID(ctx, id, bson.D{{Key: "$set", Value: bson.D{{Key: "at", Value: time.Now().Add(-25 * time.Hour).UnixMilli()}}}})
		must(t, err)
	}
	orphan("first")
	must(t, w.sweepVault(ctx))
	if _, err := w.vault.Get(ctx, "first"); !errors.Is(err, vault.ErrGone) {
		t.Fatalf("got %v, want the text of nobody deleted", err)
	}

	_, err = db.Driver.Collection("journal").InsertOne(ctx, bson.D{
		{Key: "_id", Value: fmt.Sprintf("%012d", w.journal.Applied()+1)}, {Key: "id", Value: "x"}, {Key: "at", Value: time.Now()}, {Key: "by", Value: ""},
		{Key: "events", Value: bson.A{bson.D{{Key: "type", Value: "of a newer program"}, {Key: "data", Value: bson.D{}}}}},
	})
	must(t, err)
	for start := time.Now(); w.journal.Ready(ctx) == nil; time.Sleep(20 * time.Millisecond) {
		if time.Since(start) > 10*time.Second {
			t.Fatal("the server stays ready with a commit that it can not read")
		}
	}
	orphan("second")
	if err := w.sweepVault(ctx); err == nil {
		t.Error("an unready server swept the vault")
	}
	if _, err := w.vault.Get(ctx, "second"); err != nil {
		t.Errorf("got %v, want the text that a newer commit may name", err)
	}
}
