// Package mongodb connects to the database: MongoDB by its address, or the embedded engine in a data folder.
// Features reach it through Collection, which knows only whole documents by their _id.
package mongodb

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
	"go.mongodb.org/mongo-driver/mongo/readconcern"
	"go.mongodb.org/mongo-driver/mongo/readpref"
	"go.mongodb.org/mongo-driver/mongo/writeconcern"
)

// The ways an access by _id can end besides success.
var (
	ErrNotFound  = errors.New("mongodb: no document with that _id")
	ErrDuplicate = errors.New("mongodb: a document with that _id exists")
)

// ErrFolderInUse means that another process runs the embedded engine on the data folder.
var ErrFolderInUse = errors.New("another Luotsi uses this data folder")

// Database is the one database of a region. Driver is for the journal, the vault and migrations only.
type Database struct {
	Driver *mongo.Database
	client *mongo.Client
	engine *Engine // nil when MongoDB runs elsewhere
	writes sync.Mutex
}

// Writing waits until nobody else in this process writes to the embedded engine; call done after the write. The engine itself
// would let writers wait by sleeping ever longer, up to 25 ms for a write of 0.2 ms. On MongoDB it does nothing.
func (d *Database) Writing() (done func()) {
	if d.engine == nil {
		return func() {}
	}
	d.writes.Lock()
	return d.writes.Unlock
}

// Connect opens the database that the address names (the path of the address, or "luotsi").
func Connect(ctx context.Context, uri, name string) (*Database, error) {
	return connect(ctx, options.Client().ApplyURI(uri), name)
}

func connect(ctx context.Context, opts *options.ClientOptions, name string) (*Database, error) {
	majority := writeconcern.Majority()
	journalled := true
	majority.Journal = &journalled
	opts.SetAppName("luotsi").
		SetRetryWrites(false). // the journal repeats its own insert and must know of each try
		SetReadPreference(readpref.Primary()).
		SetReadConcern(readconcern.Majority()).
		SetWriteConcern(majority).
		SetServerSelectionTimeout(2 * time.Second).
		SetConnectTimeout(2 * time.Second)
	client, err := mongo.Connect(ctx, opts)
	if err != nil {
		return nil, fmt.Errorf("connect to the database: %w", err)
	}
	return &Database{Driver: client.Database(name), client: client}, nil
}

// Embedded reports whether the engine runs inside this process.
func (d *Database) Embedded() bool { return d.engine != nil }

// Close ends the connections and, when it is embedded, the engine.
func (d *Database) Close(ctx context.Context) error {
	err := d.client.Disconnect(ctx)
	if d.engine != nil {
		err = errors.Join(err, d.engine.Close())
	}
	return err
}

// Time asks the database for its clock.
func (d *Database) Time(ctx context.Context) (time.Time, error) {
	var hello struct {
		LocalTime time.Time `bson:"localTime"`
	}
	if err := d.Driver.RunCommand(ctx, bson.D{{Key: "hello", Value: 1}}).Decode(&hello); err != nil {
		return time.Time{}, fmt.Errorf("ask the database: %w", err)
	}
	return hello.LocalTime, nil
}

// Names lists the collections that exist.
func (d *Database) Names(ctx context.Context) ([]string, error) {
	return d.Driver.ListCollectionNames(ctx, bson.D{})
}
