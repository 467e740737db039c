// Package journal keeps the order of everything that happened. Each commit is one document whose number follows the
// last one's without a gap; the state in memory is made by applying commits in that order, on every server alike.
// It owns the collections journal, segments and snapshots.
package journal

import (
	"fmt"
	"reflect"
	"time"

	"go.mongodb.org/mongo-driver/bson"
)

// Event is one thing that happened: a plain struct with bson tags, of a type that was defined with a stable name.
// It holds ids, codes, times and numbers, never a personal text.
type Event any

// Type is a kind of event: its stored name and how to read it.
type Type struct {
	name   string
	goType reflect.Type
	decode func(bson.Raw) (Event, error)
}

// Define names an event type. The name is a promise: it is never renamed or re-meant; a new shape gets a new name,
// and an Upgrade turns the stored old ones into it.
func Define[E any](name string) Type {
	return Type{
		name:   name,
		goType: reflect.TypeFor[E](),
		decode: func(raw bson.Raw) (Event, error) {
			var e E
			if err := bson.Unmarshal(raw, &e); err != nil {
				return nil, err
			}
			return e, nil
		},
	}
}

// Name is the stored name.
func (t Type) Name() string { return t.name }

// Zero is an empty event of the type, for tests that look at its fields.
func (t Type) Zero() Event { return reflect.New(t.goType).Elem().Interface() }

// Upgrade turns a stored event of an old name into the next shape. It may be followed by another one.
type Upgrade struct {
	From string
	To   string
	Data func(bson.Raw) (bson.Raw, error)
}

// Meta is what a state may know of the commit that an event belongs to.
type Meta struct {
	Number uint64    // the commit's place in the order, from 1
	Index  int       // the event's place in the commit
	At     time.Time // never goes back; UTC, whole milliseconds
	By     string    // the person, or "" for Luotsi itself
}

// State is one feature's part of what is kept in memory. Apply, Primary and Reindex are called with the state locked.
type State interface {
	// Name is the feature's name: stable, it stands in snapshots.
	Name() string
	// Version rises whenever Apply makes something else of the same events: older snapshots are then not used.
	Version() int
	// Apply takes in an event. It ignores types it does not know, and never fails, reads a clock, or does I/O:
	// the same events give the same state everywhere.
	Apply(Meta, Event)
	// Primary points to a struct with only exported fields: maps with string keys, slices, numbers and texts.
	// It is all that snapshots keep and the state hash covers.
	Primary() any
	// Reindex rebuilds what is derived from Primary.
	Reindex()
	// Check recomputes what it can in another way and says what does not agree.
	Check() []string
}

// Answer is what is remembered of a commit for whoever repeats the request: small, no texts.
type Answer struct {
	Commit uint64   `bson:"-"`
	IDs    []string `bson:"ids,omitempty"`
	// Repeated reports that the request had been carried out before; nothing was done again.
	Repeated bool `bson:"-"`
}

// Key is an idempotency key of a person and the hash of the request that it came with. The zero Key remembers nothing.
type Key struct {
	ID      string
	Request string
}

// Decision is what a rule wants to happen. No events means that nothing has to happen; nothing is committed then.
type Decision struct {
	Events []Event
	IDs    []string // become Answer.IDs
}

// Happens is the decision that these events happen.
func Happens(events ...Event) Decision { return Decision{Events: events} }

// Answering adds the ids that the caller, and whoever repeats the request, gets.
func (d Decision) Answering(ids ...string) Decision {
	d.IDs = ids
	return d
}

// Rule decides on the state, at the time now, what happens, or refuses with an error. It may run several times and must
// be pure: no I/O, no clock, no new ids (make them outside), under a millisecond. It reads the state without View.
type Rule func(now time.Time) (Decision, error)

// Commit is one step of the order, as it was stored.
type Commit struct {
	Number uint64
	ID     string
	At     time.Time
	By     string
	Events []Event
}

// Meta is what a state is told of the commit's event i.
func (c Commit) Meta(i int) Meta {
	return Meta{Number: c.Number, Index: i, At: c.At, By: c.By}
}

// idOf is a commit's _id: 12 digits, so that the text order is the number order.
func idOf(number uint64) string { return fmt.Sprintf("%012d", number) }
