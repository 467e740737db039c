package migrations

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"go.mongodb.org/mongo-driver/mongo"

	"luotsi/server/mongodb"
)

// collections makes every collection, so that the first write of each does not have to. On the embedded engine they are
// there already, with the index that makes them quick by _id.
var collections = Step{
	ID: "0001_collections",
	Run: func(ctx context.Context, db *mongodb.Database) error {
		have, err := db.Names(ctx)
		if err != nil {
			return err
		}
		for _, name := range mongodb.Collections {
			if slices.Contains(have, name) {
				continue
			}
			err := db.Driver.CreateCollection(ctx, name)
			var command mongo.CommandError
			if errors.As(err, &command) && command.Code == 48 { // another server made it in between
				continue
			}
			if err != nil {
				return fmt.Errorf("create %s: %w", name, err)
			}
		}
		return nil
	},
}
