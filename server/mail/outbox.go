package mail

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/mongodb"
)

// How long things take in the outbox.
const (
	staleAfter  = 5 * time.Minute       // a claim that brought no result is anybody's again
	giveUpAfter = 48 * time.Hour        // after the commit; older news is not sent at all
	keepFor     = 30 * 24 * time.Hour   // finished entries, so that nobody sends twice
	breath      = 25 * time.Millisecond // after each message: people's own writes come first
	markEvery   = 1000                  // commits, or a second when messages are claimed; claiming again does no harm
	lookEvery   = time.Second
)

// Outbox sends the mails that commits bring about, each at least once: a message is claimed by inserting its id, so that of
// several servers one sends it, and a claim without a result is taken over. It keeps no text.
type Outbox struct {
	entries    *mongodb.Collection[entry]
	marks      *mongodb.Collection[mark]
	journal    *journal.Journal
	sender     Sender
	announcers []Announcer
	now        func() time.Time
	log        *slog.Logger
	host       string // right part of Message-ID
	server     string // who claims: this run of this process

	mu      sync.Mutex
	waiting []waiting
	wake    chan struct{}

	sent, failed, givenUp atomic.Uint64
}

// entry is what the collection outbox knows of a message; its _id is `commit:i`.
type entry struct {
	At     int64  `bson:"at"`     // unix ms of the commit
	Server string `bson:"server"` // who tries
	Until  int64  `bson:"until"`  // unix ms; until then nobody else does
	Tries  int    `bson:"tries"`
	Result string `bson:"result"` // empty, sent, dropped or given_up
}

type mark struct {
	Commit int64 `bson:"commit"`
}

// waiting is a message to look at when it is due.
type waiting struct {
	commit uint64
	index  int
	due    time.Time
	fresh  *entry // when this server has just claimed it: nobody else can have touched it yet
}

func (w waiting) id() string { return fmt.Sprintf("%d:%d", w.commit, w.index) }

// Counts are the numbers for metrics, since the start of the process.
type Counts struct {
	Sent, Failed, GivenUp uint64
	Waiting               int
}

// NewOutbox makes an outbox; Run works it. host is the name of this site, for the Message-IDs.
func NewOutbox(db *mongodb.Database, j *journal.Journal, sender Sender, host string, now func() time.Time, log *slog.Logger, announcers ...Announcer) *Outbox {
	return &Outbox{
		entries: mongodb.Open[entry](db, "outbox"), marks: mongodb.Open[mark](db, "marks"),
		journal: j, sender: sender, announcers: announcers, now: now, log: log, host: host,
		server: auth.NewSecret(), wake: make(chan struct{}, 1),
	}
}

// Counts tells how it goes.
func (o *Outbox) Counts() Counts {
	o.mu.Lock()
	defer o.mu.Unlock()
	return Counts{Sent: o.sent.Load(), Failed: o.failed.Load(), GivenUp: o.givenUp.Load(), Waiting: len(o.waiting)}
}

// Skip says that nothing up to this commit is to be announced: a seeder that writes history calls it before Run.
func (o *Outbox) Skip(ctx context.Context, commit uint64) error {
	return o.marks.Put(ctx, "outbox", mark{Commit: int64(commit)})
}

// Run works until ctx ends. A database that is away is tried again.
func (o *Outbox) Run(ctx context.Context) {
	var from uint64
	for {
		m, err := o.marks.Get(ctx, "outbox")
		if err == nil || errors.Is(err, mongodb.ErrNotFound) {
			if err = o.load(ctx); err == nil {
				from = uint64(m.Commit)
				break
			}
		}
		o.log.Warn("start the outbox", "error", err)
		if !pause(ctx, lookEvery) {
			return
		}
	}
	var both sync.WaitGroup
	both.Go(func() { o.follow(ctx, from) })
	both.Go(func() { o.work(ctx) })
	both.Wait()
}

// load finds what was claimed and not finished, and throws out what is long finished.
func (o *Outbox) load(ctx context.Context) error {
	var old []string
	var found []waiting
	oldest := o.now().Add(-keepFor).UnixMilli()
	err := o.entries.Each(ctx, func(id string, e entry) error {
		var w waiting
		if _, err := fmt.Sscanf(id, "%d:%d", &w.commit, &w.index); err != nil {
			return fmt.Errorf("outbox entry %q: %w", id, err)
		}
		switch {
		case e.Result == "":
			w.due = time.UnixMilli(e.Until)
			found = append(found, w)
		case e.At < oldest:
			old = append(old, id)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range old {
		if err := o.entries.Delete(ctx, id); err != nil {
			return err
		}
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.waiting = found
	return nil
}

// follow claims the messages of every commit.
func (o *Outbox) follow(ctx context.Context, from uint64) {
	marked, markedAt := from, time.Time{}
	for {
		err := o.journal.Follow(ctx, from, func(ctx context.Context, c journal.Commit) error {
			claimed, err := o.claim(ctx, c)
			if err != nil {
				return err
			}
			if claimed > 0 {
				pause(ctx, breath)
			}
			from = c.Number
			if claimed > 0 && o.now().Sub(markedAt) > time.Second || from >= marked+markEvery {
				if err := o.marks.Put(ctx, "outbox", mark{Commit: int64(from)}); err != nil {
					return err
				}
				marked, markedAt = from, o.now()
			}
			return nil
		})
		if ctx.Err() != nil {
			return
		}
		o.log.Warn("follow the journal for mail", "commit", from+1, "error", err)
		if !pause(ctx, lookEvery) {
			return
		}
	}
}

func (o *Outbox) claim(ctx context.Context, c journal.Commit) (claimed int, err error) {
	if o.now().Sub(c.At) > giveUpAfter {
		return 0, nil
	}
	messages, err := o.announce(ctx, c)
	if f, coded := fault.As(err); coded && f.Kind == fault.Unavailable || ctx.Err() != nil {
		return 0, err
	}
	if err != nil { // it would fail for ever, and all later mail would wait behind it
		o.log.Error("mail given up", "commit", c.Number, "given_up", o.givenUp.Add(1), "error", err)
		return 0, nil
	}
	for i := range messages {
		w := waiting{commit: c.Number, index: i, due: o.now()}
		claim := entry{At: c.At.UnixMilli(), Server: o.server, Until: w.due.Add(staleAfter).UnixMilli()}
		err := o.entries.Insert(ctx, w.id(), claim)
		switch {
		case errors.Is(err, mongodb.ErrDuplicate):
			w.due = w.due.Add(staleAfter) // somebody else's; look later whether it went out
		case err != nil:
			return claimed, err
		default:
			w.fresh = &claim
			claimed++
		}
		o.later(w)
	}
	return claimed, nil
}

func (o *Outbox) announce(ctx context.Context, c journal.Commit) ([]Message, error) {
	var all []Message
	for i, e := range c.Events {
		for _, a := range o.announcers {
			messages, err := a(ctx, c.Meta(i), e)
			if err != nil {
				return nil, fmt.Errorf("announce commit %d: %w", c.Number, err)
			}
			all = append(all, messages...)
		}
	}
	return all, nil
}

func (o *Outbox) later(w waiting) {
	o.mu.Lock()
	o.waiting = append(o.waiting, w)
	o.mu.Unlock()
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

// due takes out what is due.
func (o *Outbox) due() []waiting {
	o.mu.Lock()
	defer o.mu.Unlock()
	var due []waiting
	now := o.now()
	o.waiting = slices.DeleteFunc(o.waiting, func(w waiting) bool {
		if w.due.After(now) {
			return false
		}
		due = append(due, w)
		return true
	})
	return due
}

func (o *Outbox) work(ctx context.Context) {
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	for {
		for _, w := range o.due() {
			if ctx.Err() != nil {
				return
			}
			again, err := o.deliver(ctx, w)
			pause(ctx, breath)
			if err != nil {
				o.log.Warn("look at a mail", "mail", w.id(), "error", err)
				again = o.now().Add(time.Minute)
			}
			if !again.IsZero() {
				w.due, w.fresh = again, nil
				o.later(w)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		case <-o.wake:
		}
	}
}

// deliver tries once to send a message that is ours, or nobody's any more, and says when to look at it again; the zero time
// means never.
func (o *Outbox) deliver(ctx context.Context, w waiting) (again time.Time, err error) {
	now := o.now()
	var e entry
	if w.fresh != nil && now.UnixMilli() < w.fresh.Until {
		e = *w.fresh
	} else {
		if e, err = o.entries.Get(ctx, w.id()); errors.Is(err, mongodb.ErrNotFound) || err == nil && e.Result != "" {
			return time.Time{}, nil
		} else if err != nil {
			return time.Time{}, err
		}
		if until := time.UnixMilli(e.Until); e.Server != o.server && until.After(now) {
			return until, nil
		}
		e.Server, e.Until = o.server, now.Add(staleAfter).UnixMilli()
		if err := o.entries.Put(ctx, w.id(), e); err != nil {
			return time.Time{}, err
		}
	}
	e.Result, err = o.send(ctx, w)
	if err != nil {
		o.failed.Add(1)
		e.Tries++
		wait := backOff(e.Tries)
		switch {
		case errors.Is(err, errRefused) || errors.Is(err, errAddress) || now.Sub(time.UnixMilli(e.At)) > giveUpAfter:
			e.Result = "given_up"
			o.log.Error("mail given up", "mail", w.id(), "tries", e.Tries, "given_up", o.givenUp.Add(1), "error", err)
		default:
			again = now.Add(wait)
			e.Until = again.Add(staleAfter).UnixMilli()
			o.log.Warn("mail not sent yet", "mail", w.id(), "tries", e.Tries, "again_in", wait.String(), "error", err)
		}
	}
	if err := o.entries.Put(context.WithoutCancel(ctx), w.id(), e); err != nil {
		return time.Time{}, err
	}
	return again, nil
}

// send writes the message's text now and gives it to the sender.
func (o *Outbox) send(ctx context.Context, w waiting) (result string, err error) {
	c, err := o.commit(ctx, w.commit)
	if err != nil {
		return "", err
	}
	messages, err := o.announce(ctx, c)
	if err != nil {
		return "", err
	}
	if w.index >= len(messages) {
		return "dropped", nil
	}
	m, err := messages[w.index].Written(ctx)
	if err != nil {
		return "", err
	}
	if m.To == "" {
		return "dropped", nil
	}
	id := fmt.Sprintf("%s.%d@%s", c.ID, w.index, o.host)
	if err := o.sender.Send(ctx, id, c.At, m); err != nil {
		return "", err
	}
	o.sent.Add(1)
	return "sent", nil
}

var errFound = errors.New("found")

// commit reads one commit of the journal.
func (o *Outbox) commit(ctx context.Context, number uint64) (journal.Commit, error) {
	var found journal.Commit
	err := o.journal.Follow(ctx, number-1, func(_ context.Context, c journal.Commit) error {
		found = c
		return errFound
	})
	if !errors.Is(err, errFound) {
		return journal.Commit{}, err
	}
	return found, nil
}

// backOff is the pause after so many tries: from one minute, doubling, to one hour.
func backOff(tries int) time.Duration {
	return min(time.Minute<<min(tries-1, 6), time.Hour)
}

func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
