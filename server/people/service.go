package people

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/mongodb"
	"luotsi/server/vault"
)

// Options are what the service is made of.
type Options struct {
	Database  *mongodb.Database
	Journal   *journal.Journal
	State     *State
	Names     *Names
	Vault     *vault.Vault
	Access    *AccessLog
	Tokens    *auth.Tokens
	Links     *auth.Links
	Passwords *auth.Passwords
	PublicURL string // https://luotsi.example.fi, without a slash at its end
	NewID     func() string
	Now       func() time.Time
	Log       *slog.Logger
}

// Service is what people do with accounts, units, sharings and feedback.
type Service struct {
	Options
	addresses   *mongodb.Collection[addressDoc]
	credentials *mongodb.Collection[credentialDoc]
	sessions    *mongodb.Collection[sessionDoc]
	keepers     []Keeper

	byAddress, byAccountHere, byAccount, resetByAccount, resetByAddress, feedbackByAddress, downloads *Limit

	resets chan string // mail addresses of those who forgot their password

	seenMu sync.Mutex
	seen   map[string]struct{}
}

// addressDoc claims a mail address; its _id is the address's fingerprint.
type addressDoc struct {
	Person string `bson:"person"`
	At     int64  `bson:"at"` // unix ms
}

// credentialDoc is a password; its _id is named by the commit that makes it count. One that no commit names counts for nothing,
// so that a refused or repeated request can never replace the password of somebody.
type credentialDoc struct {
	Person   string `bson:"person"`
	Password string `bson:"password"` // PHC
	At       int64  `bson:"at"`
}

// sessionDoc is a session; its _id is the hash of the secret that renews it.
type sessionDoc struct {
	Person  string `bson:"person"`
	Session string `bson:"session"`
	Created int64  `bson:"created"` // unix ms, as are the others
	Renewed int64  `bson:"renewed"`
	Expires int64  `bson:"expires"` // whatever is done; see SessionLife
}

// Keeper is what another feature keeps about people. Any of its parts may be nil.
type Keeper struct {
	Name string // in the person's download
	// Texts lists the vault ids of what is about a person. It is called inside journal.View, also after the erasure.
	Texts func(person string) []string
	// Forget deletes what else names the person. It may be called again for somebody who is forgotten already.
	Forget func(ctx context.Context, person string, name Name) error
	// Data is what the person gets when they ask what is kept about them, as JSON.
	Data func(ctx context.Context, person string) (any, error)
}

// NewService makes the service. Call Start before the first request.
func NewService(o Options) *Service {
	o.PublicURL = strings.TrimSuffix(o.PublicURL, "/")
	return &Service{
		Options:     o,
		addresses:   mongodb.Open[addressDoc](o.Database, "addresses"),
		credentials: mongodb.Open[credentialDoc](o.Database, "credentials"),
		sessions:    mongodb.Open[sessionDoc](o.Database, "sessions"),
		// An office with one network address may sign in as it likes; only failures count.
		byAddress: NewLimit(50, 5*time.Second),
		// Ten failures keep out whoever fails, not the person themself somewhere else: it takes a hundred, from many places, for that.
		byAccountHere:     NewLimit(10, 30*time.Second),
		byAccount:         NewLimit(100, 30*time.Second),
		resetByAccount:    NewLimit(3, 20*time.Minute),
		resetByAddress:    NewLimit(20, time.Minute),
		feedbackByAddress: NewLimit(10, time.Minute),
		downloads:         NewLimit(5, 10*time.Minute),
		resets:            make(chan string, 100),
		seen:              map[string]struct{}{},
	}
}

// Keeps tells the service what another feature keeps; call it before Start.
func (s *Service) Keeps(k Keeper) { s.keepers = append(s.keepers, k) }

// Start reads the names and finishes erasures that a crash interrupted.
func (s *Service) Start(ctx context.Context) error {
	erased := s.erased()
	if err := s.Names.Load(ctx, func(person string) bool { return erased[person] }); err != nil {
		return err
	}
	return s.purge(ctx, erased)
}

func (s *Service) erased() map[string]bool {
	erased := map[string]bool{}
	s.Journal.View(func() {
		for id, p := range s.State.kept.People {
			if p.Erased {
				erased[id] = true
			}
		}
	})
	return erased
}

// Run works until ctx ends: it sends reset links, and at every tick writes down who was seen. Ticks come every 5 minutes.
func (s *Service) Run(ctx context.Context, ticks <-chan time.Time) {
	swept := s.Now().Add(-23 * time.Hour) // first an hour after the start
	for {
		select {
		case <-ctx.Done():
			s.flushSeen(context.WithoutCancel(ctx))
			return
		case address := <-s.resets:
			if err := s.startReset(ctx, address); err != nil {
				s.Log.Warn("start a password reset", "error", err)
			}
		case <-ticks:
			s.flushSeen(ctx)
			if now := s.Now(); now.Sub(swept) > 24*time.Hour {
				swept = now
				if err := errors.Join(s.sweep(ctx), s.purge(ctx, s.erased())); err != nil {
					s.Log.Warn("sweep what nobody needs any more", "error", err)
				}
			}
		}
	}
}

// saw remembers that somebody is at work.
func (s *Service) saw(person string) {
	s.seenMu.Lock()
	s.seen[person] = struct{}{}
	s.seenMu.Unlock()
}

func (s *Service) flushSeen(ctx context.Context) {
	s.seenMu.Lock()
	seen := s.seen
	s.seen = make(map[string]struct{}, len(seen))
	s.seenMu.Unlock()
	if len(seen) == 0 {
		return
	}
	persons := make([]string, 0, len(seen))
	for p := range seen {
		persons = append(persons, p)
	}
	_, err := s.Journal.Update(ctx, "", journal.Key{}, func(time.Time) (journal.Decision, error) {
		return journal.Happens(Seen{Persons: persons}), nil
	})
	if err != nil {
		s.Log.Warn("write down who was seen", "error", err)
		for _, p := range persons {
			s.saw(p)
		}
	}
}

// sweep deletes sessions that are over, and passwords, addresses and names that no commit came to name within a day. A server
// that does not follow the journal does not know what is named.
func (s *Service) sweep(ctx context.Context) error {
	if err := s.Journal.Ready(ctx); err != nil {
		return err
	}
	now := s.Now()
	old := now.Add(-24 * time.Hour).UnixMilli()
	var sessions, credentials, addresses, names []string
	unknown := func(person string) bool {
		known := false
		s.Journal.View(func() { _, known = s.State.kept.People[person] })
		return !known
	}
	err := errors.Join(
		s.sessions.Each(ctx, func(id string, d sessionDoc) error {
			if !d.alive(now) {
				sessions = append(sessions, id)
			}
			return nil
		}),
		s.credentials.Each(ctx, func(id string, d credentialDoc) error {
			current := false
			s.Journal.View(func() { current = s.State.kept.People[d.Person].Credential == id })
			if !current && d.At < old {
				credentials = append(credentials, id)
			}
			return nil
		}),
		s.addresses.Each(ctx, func(id string, d addressDoc) error {
			if d.At < old && unknown(d.Person) {
				addresses = append(addresses, id)
			}
			return nil
		}),
		s.Names.docs.Each(ctx, func(id string, d nameDoc) error {
			if d.At < old && unknown(id) {
				names = append(names, id)
			}
			return nil
		}))
	for _, id := range sessions {
		err = errors.Join(err, s.sessions.Delete(ctx, id))
	}
	for _, id := range credentials {
		err = errors.Join(err, s.credentials.Delete(ctx, id))
	}
	for _, id := range addresses {
		err = errors.Join(err, s.addresses.Delete(ctx, id))
	}
	for _, id := range names {
		err = errors.Join(err, s.Names.docs.Delete(ctx, id))
	}
	return err
}
