package courses

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"

	"luotsi/server/journal"
	"luotsi/server/mongodb"
	"luotsi/server/vault"
)

// contentPart is a piece of a stored version: JSON of Content, packed with zstd. The first piece has the version's hash as
// its _id and is written last; the others have -1, -2, … behind it. They are inserted and never changed.
type contentPart struct {
	Parts int    `bson:"parts"`
	Data  []byte `bson:"data"`
}

const contentPartSize = 1 << 20 // documents stay below 2 MiB on every engine

// contents keeps the newest version of each course in memory, and a few older ones that somebody looked at; the others stay in
// the collection content.
type contents struct {
	docs *mongodb.Collection[contentPart]
	size int

	mu     sync.RWMutex
	newest map[string]*Content // by course
	older  []*Content          // the one looked at last comes first
}

// mostOlder is how many older versions are kept: attempts that are open or looked at are mostly of the last one or two.
const mostOlder = 4

func partID(hash string, n int) string {
	if n == 0 {
		return hash
	}
	return fmt.Sprintf("%s-%d", hash, n)
}

// get gives one version of a course.
func (c *contents) get(ctx context.Context, course, hash string) (*Content, error) {
	c.mu.RLock()
	content := c.newest[course]
	c.mu.RUnlock()
	if content != nil && content.Hash == hash {
		return content, nil
	}
	content, err := c.load(ctx, hash)
	if err != nil {
		return nil, err
	}
	c.keep(content)
	return content, nil
}

// version gives any version of a course. It leaves the newest one in its place.
func (c *contents) version(ctx context.Context, course, hash string) (*Content, error) {
	c.mu.RLock()
	content := c.newest[course]
	if content == nil || content.Hash != hash {
		content = nil
		if i := slices.IndexFunc(c.older, func(o *Content) bool { return o.Hash == hash }); i >= 0 {
			content = c.older[i]
		}
	}
	c.mu.RUnlock()
	if content != nil {
		return content, nil
	}
	content, err := c.load(ctx, hash)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !slices.ContainsFunc(c.older, func(o *Content) bool { return o.Hash == hash }) {
		older := append([]*Content{content}, c.older...)
		c.older = older[:min(len(older), mostOlder)]
	}
	return content, nil
}

func (c *contents) keep(content *Content) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.newest[content.ID] = content
}

func (c *contents) load(ctx context.Context, hash string) (*Content, error) {
	var packed []byte
	for n, parts := 0, 1; n < parts; n++ {
		part, err := c.docs.Get(ctx, partID(hash, n))
		if errors.Is(err, mongodb.ErrNotFound) {
			return nil, fmt.Errorf("content %s: part %d is missing", hash, n)
		}
		if err != nil {
			return nil, away(err)
		}
		if n == 0 {
			parts = part.Parts
		}
		packed = append(packed, part.Data...)
	}
	unzip, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer unzip.Close()
	raw, err := unzip.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("content %s: %w", hash, err)
	}
	content := &Content{}
	if err := json.Unmarshal(raw, content); err != nil {
		return nil, fmt.Errorf("content %s: %w", hash, err)
	}
	return content, nil
}

// store keeps a version for ever. Storing it again changes nothing.
func (c *contents) store(ctx context.Context, content *Content) error {
	raw, err := json.Marshal(content)
	if err != nil {
		return err
	}
	zip, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	packed := zip.EncodeAll(raw, nil)
	parts := max(1, (len(packed)+c.size-1)/c.size)
	for n := parts - 1; n >= 0; n-- {
		data := packed[n*c.size : min((n+1)*c.size, len(packed))]
		err := c.docs.Insert(ctx, partID(content.Hash, n), contentPart{Parts: parts, Data: data})
		if err != nil && !errors.Is(err, mongodb.ErrDuplicate) {
			return away(err)
		}
	}
	return nil
}

// newest gives the hash of each course's newest version.
func (s *Service) newest() map[string]string {
	hashes := map[string]string{}
	s.journal.View(func() {
		for id, ed := range s.state.editions {
			hashes[id] = ed.hash
		}
	})
	return hashes
}

// away tells the caller to try again when the database does not answer.
func away(err error) error { return fmt.Errorf("%w: %w", vault.ErrAway, err) }

// Publish makes these versions the newest ones, at the start of each server. Whoever comes first publishes: the rule sees
// that the others are late, so a version is published once whatever the number of servers.
func (s *Service) Publish(ctx context.Context, shipped []*Content) error {
	for _, content := range shipped {
		if err := s.media.keep(content); err != nil {
			return fmt.Errorf("files of course %s: %w", content.ID, err)
		}
		s.contents.keep(content)
		isNewest := func() bool { ed := s.state.editions[content.ID]; return ed != nil && ed.hash == content.Hash }
		published := false
		s.journal.View(func() { published = isNewest() })
		if published {
			continue
		}
		if err := s.contents.store(ctx, content); err != nil {
			return fmt.Errorf("store course %s: %w", content.ID, err)
		}
		_, err := s.journal.Update(ctx, "", journal.Key{}, func(time.Time) (journal.Decision, error) {
			if isNewest() {
				return journal.Decision{}, nil
			}
			return journal.Happens(CourseVersionPublished{Course: content.ID, Hash: content.Hash, Rules: content.Rules, Modules: content.Outline()}), nil
		})
		if err != nil {
			return fmt.Errorf("publish course %s: %w", content.ID, err)
		}
	}
	return nil
}
