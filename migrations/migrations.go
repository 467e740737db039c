// Package migrations is the ordered list of what changed in stored data. It is append-only: a released entry never changes.
// A new shape of an event is an upgrade, applied while reading; what must be rewritten once is a step. The program refuses to
// start when a step fails.
package migrations

import (
	"context"
	"errors"
	"fmt"
	"time"

	"luotsi/server/journal"
	"luotsi/server/mongodb"
)

// Step changes stored data once. It must be safe to run again after it was interrupted, and on two servers at once.
type Step struct {
	ID  string // number and topic: 0001_indexes
	Run func(ctx context.Context, db *mongodb.Database) error
}

// Steps lists all steps in order. One file a topic.
func Steps() []Step {
	return []Step{
		collections,
	}
}

// Upgrades lists how stored events of old shapes become today's.
func Upgrades() []journal.Upgrade {
	return nil
}

type done struct {
	At time.Time `bson:"at"`
}

// Run carries out the steps that this database has not seen, in order, and writes each down.
func Run(ctx context.Context, db *mongodb.Database, steps []Step, now func() time.Time) error {
	marks := mongodb.Open[done](db, "settings")
	for _, s := range steps {
		id := "migration " + s.ID
		if _, err := marks.Get(ctx, id); err == nil {
			continue
		} else if !errors.Is(err, mongodb.ErrNotFound) {
			return err
		}
		if err := s.Run(ctx, db); err != nil {
			return fmt.Errorf("migration %s: %w", s.ID, err)
		}
		if err := marks.Insert(ctx, id, done{now()}); err != nil && !errors.Is(err, mongodb.ErrDuplicate) {
			return err
		}
	}
	return nil
}
