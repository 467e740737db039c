package courses

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"luotsi/server/fault"
	"luotsi/server/mongodb"
)

// Place is where a learner was last in a course: Position is per mille of the text, or the number of a question. In a video Second is
// where it goes on, and Position per mille of it that was watched.
type Place struct {
	Activity string
	Position int
	Second   int
	At       time.Time
}

type placeDoc struct {
	Activity string `bson:"activity"`
	Position int    `bson:"position"`
	Second   int    `bson:"second,omitempty"`
	At       int64  `bson:"at"` // unix ms
}

const (
	placeFresh   = 10 * time.Second // how old a place of another server may be
	placeKept    = time.Hour        // in memory, after the last look
	placeTimeout = 300 * time.Millisecond
	placeAhead   = time.Minute // how far a device's clock may be ahead of ours
)

// placeAt is when a learner was at a place: as their device says (unix ms), which may have had no network until now; 0 is now.
func placeAt(said int64, now time.Time) (time.Time, error) {
	at := time.UnixMilli(said)
	switch {
	case said == 0 || at.After(now) && !at.After(now.Add(placeAhead)):
		return now, nil
	case at.After(now):
		return time.Time{}, fault.Bad("at", "future")
	default:
		return at, nil
	}
}

// places are kept in memory and written from time to time: they change with every scroll, and losing the last seconds of
// one in a crash harms nobody.
type places struct {
	docs   *mongodb.Collection[placeDoc]
	now    func() time.Time
	shared bool // other servers write to the same database

	mu   sync.Mutex
	kept map[string]keptPlace
}

type keptPlace struct {
	Place
	dirty bool
	read  time.Time // from the database, or written to it
}

func placeID(person, course string) string { return person + ":" + course }

// get gives the newest place known; the zero Place when there is none, or when the database does not answer.
func (p *places) get(ctx context.Context, person, course string) Place {
	id, now := placeID(person, course), p.now()
	p.mu.Lock()
	k, known := p.kept[id]
	p.mu.Unlock()
	if known && (k.dirty || !p.shared || now.Sub(k.read) < placeFresh) {
		return k.Place
	}
	ctx, cancel := context.WithTimeout(ctx, placeTimeout)
	defer cancel()
	doc, err := p.docs.Get(ctx, id)
	switch {
	case err == nil:
		k.Place = doc.place()
	case !errors.Is(err, mongodb.ErrNotFound) && !known:
		return Place{} // ask again next time
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if put := p.kept[id]; put.dirty {
		return put.Place // it came while we were reading
	}
	k.read = now
	p.kept[id] = k
	return k.Place
}

func (d placeDoc) place() Place {
	return Place{Activity: d.Activity, Position: d.Position, Second: d.Second, At: time.UnixMilli(d.At).UTC()}
}

// put takes a place, unless a newer one is known: another device of the same person may have been further on meanwhile.
func (p *places) put(ctx context.Context, person, course string, place Place) {
	if place.At.Before(p.now().Add(-placeFresh)) {
		p.get(ctx, person, course) // it may be newer in the database
	}
	id := placeID(person, course)
	p.mu.Lock()
	defer p.mu.Unlock()
	if !place.At.Before(p.kept[id].At) {
		p.kept[id] = keptPlace{Place: place, dirty: true}
	}
}

// flush writes what changed. A place that another server wrote later stays; one of an erased person is not written.
func (p *places) flush(ctx context.Context, erased func(person string) bool) error {
	now := p.now()
	changed := map[string]keptPlace{}
	p.mu.Lock()
	for id, k := range p.kept {
		person, _, _ := strings.Cut(id, ":")
		switch {
		case k.dirty && erased(person), !k.dirty && now.Sub(k.read) > placeKept:
			delete(p.kept, id)
		case k.dirty:
			changed[id] = k
		}
	}
	p.mu.Unlock()
	for id, k := range changed {
		stored, err := p.docs.Get(ctx, id)
		if err != nil && !errors.Is(err, mongodb.ErrNotFound) {
			return away(err)
		}
		written := keptPlace{Place: k.Place, read: now}
		if stored.At > k.At.UnixMilli() {
			written.Place = stored.place()
		} else if err := p.docs.Put(ctx, id, placeDoc{Activity: k.Activity, Position: k.Position, Second: k.Second, At: k.At.UnixMilli()}); err != nil {
			return away(err)
		}
		p.mu.Lock()
		if p.kept[id] == k {
			p.kept[id] = written
		}
		p.mu.Unlock()
	}
	return nil
}

// erase drops a person's places.
func (p *places) erase(ctx context.Context, person string, courses []string) error {
	for _, course := range courses {
		id := placeID(person, course)
		p.mu.Lock()
		delete(p.kept, id)
		p.mu.Unlock()
		if err := p.docs.Delete(ctx, id); err != nil {
			return away(err)
		}
	}
	return nil
}
