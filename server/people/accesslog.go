package people

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"luotsi/server/mongodb"
)

// AccessLog keeps who looked at what about whom. An entry is durable before the data is shown.
type AccessLog struct {
	entries *mongodb.Collection[accessDoc]
	now     func() time.Time

	mu   sync.Mutex
	next map[string]int // the number after the newest known entry about a person
}

// Access is one look.
type Access struct {
	At   time.Time
	By   string
	What string // a code that pages translate, and after a colon what exactly: "submission:m1.t1"
}

type accessDoc struct {
	At   int64  `bson:"at"` // unix ms
	By   string `bson:"by"`
	What string `bson:"what"`
}

// NewAccessLog makes the log over the collection access.
func NewAccessLog(db *mongodb.Database, now func() time.Time) *AccessLog {
	return &AccessLog{entries: mongodb.Open[accessDoc](db, "access"), now: now, next: map[string]int{}}
}

func accessID(about string, number int) string { return fmt.Sprintf("%s:%06d", about, number) }

// Record writes that somebody looks at something about a person. Call it before showing the data, and do not show it when
// it fails: the error tells the caller to try again. Nothing is written when people look at what is about themselves.
func (l *AccessLog) Record(ctx context.Context, by, about, what string) error {
	if by == about {
		return nil
	}
	number, err := l.free(ctx, about)
	if err != nil {
		return err
	}
	doc := accessDoc{At: l.now().UnixMilli(), By: by, What: what}
	for ; ; number++ {
		err := l.entries.Insert(ctx, accessID(about, number), doc)
		if errors.Is(err, mongodb.ErrDuplicate) {
			continue
		}
		if err != nil {
			return fmt.Errorf("log an access: %w", away(err))
		}
		l.mu.Lock()
		l.next[about] = max(l.next[about], number+1)
		l.mu.Unlock()
		return nil
	}
}

// free guesses the first free number: what this server saw last, or a search for the end, which has no gaps before it.
func (l *AccessLog) free(ctx context.Context, about string) (int, error) {
	l.mu.Lock()
	next := l.next[about]
	l.mu.Unlock()
	if next > 0 {
		return next, nil
	}
	taken := func(number int) (bool, error) {
		_, err := l.entries.Get(ctx, accessID(about, number))
		if errors.Is(err, mongodb.ErrNotFound) {
			return false, nil
		}
		return err == nil, away(err)
	}
	low, high := 1, 1 // all below low are taken; high is free once the first loop is done
	for {
		there, err := taken(high)
		if err != nil {
			return 0, err
		}
		if !there {
			break
		}
		low, high = high+1, 2*high
	}
	for low < high {
		middle := (low + high) / 2
		there, err := taken(middle)
		if err != nil {
			return 0, err
		}
		if there {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low, nil
}

// Of reads the log about a person, newest first.
func (l *AccessLog) Of(ctx context.Context, about string) ([]Access, error) {
	all := []Access{}
	for number := 1; ; number++ {
		doc, err := l.entries.Get(ctx, accessID(about, number))
		if errors.Is(err, mongodb.ErrNotFound) {
			break
		}
		if err != nil {
			return nil, away(err)
		}
		all = append(all, Access{At: time.UnixMilli(doc.At).UTC(), By: doc.By, What: doc.What})
	}
	for i, j := 0, len(all)-1; i < j; i, j = i+1, j-1 {
		all[i], all[j] = all[j], all[i]
	}
	return all, nil
}
