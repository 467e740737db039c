package migrations_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"luotsi/migrations"
	"luotsi/server/mongodb"
	"luotsi/server/mongodb/mongotest"
)

func TestRunCarriesOutEachStepOnce(t *testing.T) {
	ctx := context.Background()
	db := mongotest.New(t)
	ran := ""
	fails := errors.New("disk full")
	step := func(id string, err error) migrations.Step {
		return migrations.Step{ID: id, Run: func(context.Context, *mongodb.Database) error { ran += id; return err }}
	}
	err := migrations.Run(ctx, db, []migrations.Step{step("a", nil), step("b", fails), step("c", nil)}, time.Now)
	if !errors.Is(err, fails) || !strings.Contains(err.Error(), "migration b") || ran != "ab" {
		t.Fatalf("got %v after %q; want the failure of b, and c not run", err, ran)
	}
	if err := migrations.Run(ctx, db, []migrations.Step{step("a", nil), step("b", nil), step("c", nil)}, time.Now); err != nil || ran != "abbc" {
		t.Errorf("got %v after %q; want b again and c, but not a", err, ran)
	}
}

func TestStepsMakeEveryCollection(t *testing.T) {
	ctx := context.Background()
	db := mongotest.New(t)
	if err := db.Driver.Collection("outbox").Drop(ctx); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		for _, s := range migrations.Steps() {
			if err := s.Run(ctx, db); err != nil {
				t.Fatalf("%s: %v", s.ID, err)
			}
		}
	}
	names, err := db.Names(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if len(names) != len(mongodb.Collections) {
		t.Errorf("got %v, want %v", names, mongodb.Collections)
	}
	ids := map[string]bool{}
	for _, s := range migrations.Steps() {
		if ids[s.ID] {
			t.Errorf("step %s stands twice", s.ID)
		}
		ids[s.ID] = true
	}
}
