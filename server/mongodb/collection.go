package mongodb

import (
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
)

// Collection holds documents of type T by their _id, a text that is not part of T. There are no queries:
// only a filter by _id is quick on every engine.
type Collection[T any] struct {
	db     *Database
	driver *mongo.Collection
}

// Open names a collection of the database; nothing is sent.
func Open[T any](db *Database, name string) *Collection[T] {
	return &Collection[T]{db: db, driver: db.Driver.Collection(name)}
}

func byID(id string) bson.D { return bson.D{{Key: "_id", Value: id}} }

// Get reads one document; ErrNotFound when there is none.
func (c *Collection[T]) Get(ctx context.Context, id string) (T, error) {
	var doc T
	err := c.driver.FindOne(ctx, byID(id)).Decode(&doc)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return doc, ErrNotFound
	}
	if err != nil {
		return doc, fmt.Errorf("read %s: %w", c.driver.Name(), err)
	}
	return doc, nil
}

// Insert stores a new document; ErrDuplicate when the _id is taken, which makes it a claim.
func (c *Collection[T]) Insert(ctx context.Context, id string, doc T) error {
	full, err := c.withID(id, doc)
	if err != nil {
		return err
	}
	defer c.db.Writing()()
	if _, err = c.driver.InsertOne(ctx, full); mongo.IsDuplicateKeyError(err) {
		return ErrDuplicate
	} else if err != nil {
		return fmt.Errorf("insert into %s: %w", c.driver.Name(), err)
	}
	return nil
}

// Put stores a document in place of the one with that _id, if any.
func (c *Collection[T]) Put(ctx context.Context, id string, doc T) error {
	full, err := c.withID(id, doc)
	if err != nil {
		return err
	}
	defer c.db.Writing()()
	if _, err = c.driver.ReplaceOne(ctx, byID(id), full, options.Replace().SetUpsert(true)); err != nil {
		return fmt.Errorf("put into %s: %w", c.driver.Name(), err)
	}
	return nil
}

// PutIf replaces the document with that _id only while its field still has the value; false when it has not, or is not there.
func (c *Collection[T]) PutIf(ctx context.Context, id, field string, value any, doc T) (bool, error) {
	full, err := c.withID(id, doc)
	if err != nil {
		return false, err
	}
	defer c.db.Writing()()
	filter := append(byID(id), bson.E{Key: field, Value: value})
	if c.db.Embedded() {
		// The engine reads the whole collection for any filter but the _id alone, and two updates at once could both succeed
		// there. So the field is compared here: nobody else writes until this is done.
		if same, err := c.has(ctx, id, field, value); err != nil || !same {
			return false, err
		}
		filter = byID(id)
	}
	res, err := c.driver.ReplaceOne(ctx, filter, full)
	if err != nil {
		return false, fmt.Errorf("replace in %s: %w", c.driver.Name(), err)
	}
	return res.MatchedCount == 1, nil
}

// has reports whether the document is there and its field has the value.
func (c *Collection[T]) has(ctx context.Context, id, field string, value any) (bool, error) {
	kind, data, err := bson.MarshalValue(value)
	if err != nil {
		return false, fmt.Errorf("encode for %s: %w", c.driver.Name(), err)
	}
	raw, err := c.driver.FindOne(ctx, byID(id)).Raw()
	if errors.Is(err, mongo.ErrNoDocuments) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read %s: %w", c.driver.Name(), err)
	}
	return raw.Lookup(field).Equal(bson.RawValue{Type: kind, Value: data}), nil
}

// Delete removes the document with that _id, if there is one.
func (c *Collection[T]) Delete(ctx context.Context, id string) error {
	defer c.db.Writing()()
	if _, err := c.driver.DeleteOne(ctx, byID(id)); err != nil {
		return fmt.Errorf("delete from %s: %w", c.driver.Name(), err)
	}
	return nil
}

// Each reads the whole collection, in no order: only for the start of the program and for maintenance.
func (c *Collection[T]) Each(ctx context.Context, each func(id string, doc T) error) error {
	cursor, err := c.driver.Find(ctx, bson.D{})
	if err != nil {
		return fmt.Errorf("read all of %s: %w", c.driver.Name(), err)
	}
	defer cursor.Close(ctx)
	for cursor.Next(ctx) {
		id, ok := cursor.Current.Lookup("_id").StringValueOK()
		if !ok {
			return fmt.Errorf("read all of %s: a document's _id is no text", c.driver.Name())
		}
		var doc T
		if err := cursor.Decode(&doc); err != nil {
			return fmt.Errorf("read all of %s: %w", c.driver.Name(), err)
		}
		if err := each(id, doc); err != nil {
			return err
		}
	}
	return cursor.Err()
}

func (c *Collection[T]) withID(id string, doc T) (bson.Raw, error) {
	raw, err := bson.Marshal(doc)
	if err != nil {
		return nil, fmt.Errorf("encode for %s: %w", c.driver.Name(), err)
	}
	fields, err := bson.Raw(raw).Elements()
	if err != nil {
		return nil, fmt.Errorf("encode for %s: %w", c.driver.Name(), err)
	}
	full := bson.D{{Key: "_id", Value: id}}
	for _, f := range fields {
		if f.Key() != "_id" {
			full = append(full, bson.E{Key: f.Key(), Value: f.Value()})
		}
	}
	return bson.Marshal(full)
}
