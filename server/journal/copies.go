package journal

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"luotsi/server/mongodb"
)

// Copies keeps readable copies of a part of the state in a collection, for those who analyse it with other tools. They are
// replaced within seconds of a change, slowly enough not to disturb people at work, and Luotsi never reads them back.
type Copies[D any] struct {
	Name      string // of the mark that says how far they are
	Journal   *Journal
	Documents *mongodb.Collection[D]
	Marks     *mongodb.Collection[CopiesMark]
	Log       *slog.Logger
	// Changed lists the keys of the copies that a commit makes old.
	Changed func(Commit) []string
	// Keys lists all keys. It is called inside View.
	Keys func() []string
	// Copy makes the copy of a key as it is now, and the _id it is kept under. It is called inside View.
	Copy func(key string) (id string, doc D, ok bool)

	mu  sync.Mutex
	old map[string]bool // keys whose copies are to be written
	at  uint64          // the newest commit that old takes into account
}

// CopiesMark is the newest commit that the copies show.
type CopiesMark struct {
	Commit int64 `bson:"commit"`
}

const (
	copiesEvery = time.Second
	copiesPause = 25 * time.Millisecond // after each document: people's own writes come first
)

// Run follows the journal until ctx ends. A database that is away is tried again.
func (c *Copies[D]) Run(ctx context.Context) {
	for {
		err := c.follow(ctx)
		if ctx.Err() != nil {
			return
		}
		c.Log.Warn("keep the readable copies", "copies", c.Name, "error", err)
		wait(ctx, copiesEvery)
	}
}

func (c *Copies[D]) follow(ctx context.Context) error {
	mark, err := c.Marks.Get(ctx, c.Name)
	if errors.Is(err, mongodb.ErrNotFound) {
		if err = c.Rebuild(ctx); err == nil {
			mark, err = c.Marks.Get(ctx, c.Name)
		}
	}
	if err != nil {
		return err
	}
	c.mu.Lock()
	c.old, c.at = map[string]bool{}, uint64(mark.Commit)
	c.mu.Unlock()
	ctx, stop := context.WithCancel(ctx)
	written := make(chan error, 1)
	go func() {
		defer stop()
		written <- c.writeOften(ctx)
	}()
	err = c.Journal.Follow(ctx, uint64(mark.Commit), func(_ context.Context, commit Commit) error {
		keys := c.Changed(commit)
		c.mu.Lock()
		defer c.mu.Unlock()
		for _, k := range keys {
			c.old[k] = true
		}
		c.at = commit.Number
		return nil
	})
	stop()
	return errors.Join(err, <-written)
}

func (c *Copies[D]) writeOften(ctx context.Context) error {
	marked := uint64(0)
	for wait(ctx, copiesEvery) {
		c.mu.Lock()
		old, at := c.old, c.at
		c.old = map[string]bool{}
		c.mu.Unlock()
		for k := range old {
			if err := c.write(ctx, k); err != nil {
				return err // following starts again from the mark
			}
			wait(ctx, copiesPause)
		}
		if at == marked || ctx.Err() != nil {
			continue
		}
		if err := c.Marks.Put(ctx, c.Name, CopiesMark{int64(at)}); err != nil {
			return err
		}
		marked = at
	}
	return ctx.Err()
}

func (c *Copies[D]) write(ctx context.Context, key string) error {
	var id string
	var doc D
	var ok bool
	c.Journal.View(func() { id, doc, ok = c.Copy(key) })
	if !ok {
		return nil
	}
	return c.Documents.Put(ctx, id, doc)
}

// Rebuild writes every copy anew and deletes those of what is not there.
func (c *Copies[D]) Rebuild(ctx context.Context) error {
	at := c.Journal.Applied()
	var keys []string
	ids := map[string]bool{}
	c.Journal.View(func() {
		keys = c.Keys()
		for _, k := range keys {
			if id, _, ok := c.Copy(k); ok {
				ids[id] = true
			}
		}
	})
	var stray []string
	err := c.Documents.Each(ctx, func(id string, _ D) error {
		if !ids[id] {
			stray = append(stray, id)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range stray {
		if err := c.Documents.Delete(ctx, id); err != nil {
			return err
		}
	}
	for _, k := range keys {
		if err := c.write(ctx, k); err != nil {
			return err
		}
	}
	return c.Marks.Put(ctx, c.Name, CopiesMark{int64(at)})
}

// wait sleeps, and reports whether ctx is still alive.
func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
