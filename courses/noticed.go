package courses

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"luotsi/server/mongodb"
)

// noticed is what people have read of their notices, by person. It is no part of the journal: what somebody looked at, and when, is
// nobody's business for years, and nothing else follows from it.
type noticed struct {
	docs *mongodb.Collection[noticedDoc]
	mu   sync.Mutex // of one process; what two servers mark at the same moment may have to be read once more
}

type noticedDoc struct {
	Read []string `bson:"read"` // ids of notices
}

const noticedTimeout = 300 * time.Millisecond

// get lists what was read; ok is false when the database does not answer.
func (n *noticed) get(ctx context.Context, person string) (read []string, ok bool) {
	ctx, cancel := context.WithTimeout(ctx, noticedTimeout)
	defer cancel()
	doc, err := n.docs.Get(ctx, person)
	return doc.Read, err == nil || errors.Is(err, mongodb.ErrNotFound)
}

// add marks notices as read, and forgets those that are not shown any more.
func (n *noticed) add(ctx context.Context, person string, ids, shown []string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	doc, err := n.docs.Get(ctx, person)
	if err != nil && !errors.Is(err, mongodb.ErrNotFound) {
		return away(err)
	}
	read := []string{}
	for _, id := range shown {
		if slices.Contains(ids, id) || slices.Contains(doc.Read, id) {
			read = append(read, id)
		}
	}
	if slices.Equal(read, doc.Read) {
		return nil
	}
	if err := n.docs.Put(ctx, person, noticedDoc{Read: read}); err != nil {
		return away(err)
	}
	return nil
}

func (n *noticed) erase(ctx context.Context, person string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if err := n.docs.Delete(ctx, person); err != nil {
		return away(err)
	}
	return nil
}
