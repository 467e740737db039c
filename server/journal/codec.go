package journal

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"time"

	"go.mongodb.org/mongo-driver/bson"
)

// record is a commit with what only the journal needs.
type record struct {
	Commit
	Key Key
	IDs []string
}

// stored is a commit as the database holds it.
type stored struct {
	Number  string        `bson:"_id"`
	ID      string        `bson:"id"`
	At      time.Time     `bson:"at"`
	By      string        `bson:"by"`
	Key     string        `bson:"key,omitempty"`
	Request string        `bson:"request,omitempty"`
	Answer  []string      `bson:"answer,omitempty"`
	Events  []storedEvent `bson:"events"`
}

type storedEvent struct {
	Type string   `bson:"type"`
	Data bson.Raw `bson:"data"`
}

// codec turns events into documents and back, upgrading old ones on the way.
type codec struct {
	byName   map[string]Type
	byType   map[reflect.Type]Type
	upgrades map[string]Upgrade
}

func newCodec(types []Type, upgrades []Upgrade) (codec, error) {
	c := codec{map[string]Type{}, map[reflect.Type]Type{}, map[string]Upgrade{}}
	var wrong []error
	for _, t := range types {
		if _, twice := c.byName[t.name]; twice {
			wrong = append(wrong, fmt.Errorf("event name %s is defined twice", t.name))
		}
		if _, twice := c.byType[t.goType]; twice {
			wrong = append(wrong, fmt.Errorf("event type %s has two names", t.goType))
		}
		c.byName[t.name], c.byType[t.goType] = t, t
	}
	for _, u := range upgrades {
		if _, current := c.byName[u.From]; current {
			wrong = append(wrong, fmt.Errorf("event %s is both current and upgraded", u.From))
		}
		c.upgrades[u.From] = u
	}
	for _, u := range upgrades {
		_, current := c.byName[u.To]
		_, further := c.upgrades[u.To]
		if !current && !further {
			wrong = append(wrong, fmt.Errorf("event %s is upgraded to the unknown %s", u.From, u.To))
		}
	}
	return c, errors.Join(wrong...)
}

func (c codec) encode(r record) (bson.Raw, error) {
	s := stored{
		Number: idOf(r.Number), ID: r.ID, At: r.At, By: r.By,
		Key: r.Key.ID, Request: r.Key.Request, Answer: r.IDs,
		Events: make([]storedEvent, len(r.Events)),
	}
	for i, e := range r.Events {
		t, ok := c.byType[reflect.TypeOf(e)]
		if !ok {
			return nil, fmt.Errorf("event type %s is not defined", typeName(e))
		}
		data, err := bson.Marshal(e)
		if err != nil {
			return nil, fmt.Errorf("encode %s: %w", t.name, err)
		}
		s.Events[i] = storedEvent{t.name, data}
	}
	raw, err := bson.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("encode commit %d: %w", r.Number, err)
	}
	if len(raw) > maxCommit {
		return nil, ErrTooLarge
	}
	return raw, nil
}

func (c codec) decode(raw bson.Raw) (record, error) {
	var s stored
	if err := bson.Unmarshal(raw, &s); err != nil {
		return record{}, fmt.Errorf("decode a commit: %w", err)
	}
	number, err := strconv.ParseUint(s.Number, 10, 64)
	if err != nil {
		return record{}, fmt.Errorf("decode a commit: %w", err)
	}
	r := record{
		Commit: Commit{Number: number, ID: s.ID, At: s.At.UTC(), By: s.By, Events: make([]Event, len(s.Events))},
		Key:    Key{s.Key, s.Request},
		IDs:    s.Answer,
	}
	for i, e := range s.Events {
		if r.Events[i], err = c.event(e.Type, e.Data); err != nil {
			return record{}, err
		}
	}
	return r, nil
}

func (c codec) event(name string, data bson.Raw) (Event, error) {
	for range len(c.upgrades) {
		u, old := c.upgrades[name]
		if !old {
			break
		}
		upgraded, err := u.Data(data)
		if err != nil {
			return nil, fmt.Errorf("upgrade %s to %s: %w", u.From, u.To, err)
		}
		name, data = u.To, upgraded
	}
	t, ok := c.byName[name]
	if !ok {
		return nil, fmt.Errorf("unknown event type %q", name)
	}
	e, err := t.decode(data)
	if err != nil {
		return nil, fmt.Errorf("decode %s: %w", name, err)
	}
	return e, nil
}
