package journal

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"

	"luotsi/server/fault"
	"luotsi/server/mongodb"
)

// The failures of writing and waiting. None of them means that something was lost or done twice.
var (
	ErrUnavailable = &fault.Error{Kind: fault.Unavailable, Code: "unavailable", Detail: "the database does not answer; repeat the request with the same key", RetryAfter: 2 * time.Second}
	ErrBehind      = &fault.Error{Kind: fault.Unavailable, Code: "behind", Detail: "this server has not read that commit yet", RetryAfter: time.Second}
	ErrKeyReused   = fault.New(fault.KeyReused, "key_reused", "this idempotency key came before with another request")
	ErrTooLarge    = fault.New(fault.TooLarge, "too_large", "one step can not hold that much")
)

const (
	tries         = 50              // lost to other servers, before a write answers ErrUnavailable
	insertTimeout = 3 * time.Second // of one try to insert; not the request's deadline
	readTimeout   = 5 * time.Second // of reading one commit: a connection that went dead must not hold the writer's turn
	turnTimeout   = 5 * time.Second // of waiting for the writer's turn
	maxAhead      = 5 * time.Minute // of the last commit before the clock: more, and every new commit would be dated wrong
	maxSkew       = 5 * time.Second // between this server's clock and the database's
	maxCommit     = 4 << 20         // bytes of one commit
	pollEvery     = 100 * time.Millisecond
	lagPause      = 20 * time.Millisecond
	waitFor       = 2 * time.Second  // a request waits for a commit
	notAlone      = 10 * time.Second // after another server's commit was seen
	remembered    = 4096             // newest commits kept for followers
)

// Options are what a journal is made of. Shared says that other servers may write to the same database.
type Options struct {
	Database *mongodb.Database
	Types    []Type
	Upgrades []Upgrade
	States   []State
	Now      func() time.Time
	Log      *slog.Logger
	Shared   bool
}

// Journal is the order of everything that happened, and the state it makes.
type Journal struct {
	commits   *mongo.Collection
	segments  *mongodb.Collection[segment]
	snapshots snapshotStore
	database  *mongodb.Database
	codec     codec
	states    []State // the features' and, last, the keys
	keys      *keys
	now       func() time.Time
	log       *slog.Logger
	shared    bool

	turn chan struct{} // holds one token: whoever took it may write, and alone changes the state

	mu      sync.RWMutex // guards what follows and all states; writing it needs the turn too
	applied uint64
	lastAt  time.Time
	recent  []Commit // ring of the newest commits, by number modulo its size
	changed chan struct{}

	busyUntil  atomic.Int64 // unix ms until which another server counts as writing
	skewed     atomic.Bool
	broken     atomic.Pointer[error] // what made this server unready for good
	kick       chan struct{}
	full       chan struct{}   // signals that a segment is full
	damaged    []uint64        // segments that loading could not use
	background context.Context // ends with Close
	stop       context.CancelFunc
	running    sync.WaitGroup
	stats      Stats
}

// Stats counts what happened since the start; read with atomic loads through Journal.Stats.
type Stats struct {
	Commits, Lost, Unknown atomic.Uint64
}

// Open reads the journal up to its end and starts following it.
func Open(ctx context.Context, o Options) (*Journal, error) {
	codec, err := newCodec(o.Types, o.Upgrades)
	if err != nil {
		return nil, err
	}
	j := &Journal{
		commits:  o.Database.Driver.Collection("journal"),
		segments: mongodb.Open[segment](o.Database, "segments"),
		snapshots: snapshotStore{
			manifests: mongodb.Open[manifest](o.Database, "snapshots"),
			parts:     mongodb.Open[part](o.Database, "snapshots"),
		},
		database: o.Database,
		codec:    codec,
		keys:     newKeys(),
		now:      o.Now,
		log:      o.Log,
		shared:   o.Shared,
		turn:     make(chan struct{}, 1),
		recent:   make([]Commit, remembered),
		changed:  make(chan struct{}),
		kick:     make(chan struct{}, 1),
		full:     make(chan struct{}, 1),
	}
	j.states = append(slices.Clone(o.States), j.keys)
	if err := j.checkClock(ctx); err != nil {
		return nil, err
	}
	start := j.now()
	from, err := j.load(ctx)
	if err != nil {
		return nil, err
	}
	for _, last := range j.damaged { // maintain stores them anew
		if err := j.segments.Delete(ctx, idOf(last)); err != nil {
			return nil, err
		}
	}
	j.log.Info("journal read", "commits", j.applied, "snapshot", from, "ms", j.now().Sub(start).Milliseconds())
	j.background, j.stop = context.WithCancel(context.Background())
	j.turn <- struct{}{}
	j.running.Go(func() { j.poll(j.background) })
	j.running.Go(func() { j.maintain(j.background) })
	return j, nil
}

// Close stops following; a write whose outcome is unknown is left to the next start, which reads what was stored.
func (j *Journal) Close() {
	j.stop()
	j.running.Wait()
}

// View lets read look at the states; it must not keep what it sees, only copies.
func (j *Journal) View(read func()) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	read()
}

// Applied is the number of the newest commit in the state.
func (j *Journal) Applied() uint64 {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.applied
}

// Stats gives the counters.
func (j *Journal) Stats() *Stats { return &j.stats }

// Ready says why this server should get no requests, or nil.
func (j *Journal) Ready(ctx context.Context) error {
	if err := j.broken.Load(); err != nil {
		return *err
	}
	if j.skewed.Load() {
		return errors.New("the clock differs from the database's")
	}
	j.mu.RLock()
	ahead := j.lastAt.Sub(j.now())
	j.mu.RUnlock()
	if ahead > maxAhead {
		return fmt.Errorf("the journal's last commit is %s in the future: the clock was wrong then, or is now", ahead)
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if _, err := j.database.Time(ctx); err != nil {
		return err
	}
	return nil
}

type trackKey struct{}

// Track gives a context whose Updates write down the newest commit they made; read it with *n after them.
func Track(ctx context.Context) (tracked context.Context, n *uint64) {
	n = new(uint64)
	return context.WithValue(ctx, trackKey{}, n), n
}

// Update lets rule decide on the newest state and stores what it decides as the next commit, durably, before it answers.
// The rule's refusal is returned as it is. by and key together remember the answer for 30 days: the same key with the
// same request gives the first answer, with another one ErrKeyReused. ErrUnavailable means that the outcome is not known yet:
// repeating the request with the same key is safe and tells.
func (j *Journal) Update(ctx context.Context, by string, key Key, rule Rule) (Answer, error) {
	if j.broken.Load() != nil || j.skewed.Load() {
		return Answer{}, ErrUnavailable
	}
	if err := j.takeTurn(ctx); err != nil {
		return Answer{}, err
	}
	held := true
	defer func() {
		if held {
			j.turn <- struct{}{}
		}
	}()
	for range tries {
		if answer, known, err := j.keys.answer(by, key); known || err != nil {
			track(ctx, answer.Commit)
			return answer, err
		}
		at := j.nextTime()
		if at.Sub(j.now()) > maxAhead {
			return Answer{}, ErrUnavailable
		}
		decision, err := rule(at)
		if err != nil {
			return Answer{}, err
		}
		if len(decision.Events) == 0 {
			return Answer{Commit: j.applied, IDs: decision.IDs}, nil
		}
		c := record{
			Commit: Commit{Number: j.applied + 1, ID: uuid.NewString(), At: at, By: by, Events: decision.Events},
			Key:    key, IDs: decision.IDs,
		}
		raw, err := j.codec.encode(c)
		if err != nil {
			return Answer{}, err
		}
		switch err := j.insert(raw); {
		case err == nil:
			j.apply(c)
			if j.crowded() {
				time.Sleep(time.Millisecond) // with the turn: the other servers get theirs
			}
			track(ctx, c.Number)
			return Answer{Commit: c.Number, IDs: c.IDs}, nil
		case mongo.IsDuplicateKeyError(err):
			j.stats.Lost.Add(1)
			if err := j.readOn(ctx); err != nil {
				return Answer{}, fmt.Errorf("%w: %w", ErrUnavailable, err)
			}
			if j.applied < c.Number { // taken, but not yet to be read by a majority
				wait(ctx, lagPause)
			}
		case refused(err):
			return Answer{}, fmt.Errorf("store commit %d: %w", c.Number, err)
		default:
			held = false // settle gives the turn back
			j.stats.Unknown.Add(1)
			j.log.Warn("outcome of a commit unknown", "number", c.Number, "error", err)
			j.running.Go(func() { j.settle(c, raw) })
			return Answer{}, ErrUnavailable
		}
	}
	return Answer{}, ErrUnavailable
}

func track(ctx context.Context, number uint64) {
	if n, ok := ctx.Value(trackKey{}).(*uint64); ok && number > *n {
		*n = number
	}
}

func (j *Journal) takeTurn(ctx context.Context) error {
	select {
	case <-j.turn:
		return nil
	default:
	}
	timer := time.NewTimer(turnTimeout)
	defer timer.Stop()
	select {
	case <-j.turn:
		return nil
	case <-timer.C:
		return ErrUnavailable
	case <-ctx.Done():
		return ErrUnavailable
	}
}

// nextTime is now, but never before the last commit.
func (j *Journal) nextTime() time.Time {
	now := j.now().UTC().Truncate(time.Millisecond)
	if now.Before(j.lastAt) {
		return j.lastAt
	}
	return now
}

func (j *Journal) insert(raw bson.Raw) error {
	defer j.database.Writing()() // waiting for it is no part of the timeout
	ctx, cancel := context.WithTimeout(context.Background(), insertTimeout)
	defer cancel()
	_, err := j.commits.InsertOne(ctx, raw)
	return err
}

// refused reports that the database itself said no to the document, so that it is certainly not stored. Other write errors do
// not tell that: a router of a sharded cluster reports a lost connection to a shard, or a shard that steps down, as one of them.
func refused(err error) bool {
	var w mongo.WriteException
	if !errors.As(err, &w) || w.WriteConcernError != nil {
		return false
	}
	for _, e := range w.WriteErrors {
		switch e.Code {
		case codeBadValue, codeUnauthorized, codeDocumentValidation, codeTooLarge:
			return true
		}
	}
	return false
}

// The database's codes for a document that it will never take.
const (
	codeBadValue           = 2
	codeUnauthorized       = 13
	codeDocumentValidation = 121
	codeTooLarge           = 10334
)

// settle finds out what became of a commit, holding the writer's turn: it inserts the same document again until the database
// says that it is stored or that its number is taken. "Not found" would prove nothing: the first insert may still arrive.
func (j *Journal) settle(c record, raw bson.Raw) {
	defer func() { j.turn <- struct{}{} }()
	ctx := j.background
	pause := 20 * time.Millisecond
	for {
		select {
		case <-time.After(pause):
			pause = min(2*pause, 2*time.Second)
		case <-ctx.Done():
			return
		}
		err := j.insert(raw)
		if err == nil {
			j.apply(c)
			return
		}
		if !mongo.IsDuplicateKeyError(err) {
			if refused(err) {
				return
			}
			continue
		}
		stored, err := j.read(ctx, c.Number)
		if err != nil || stored == nil {
			continue
		}
		if stored.ID == c.ID {
			j.apply(c)
		} else if err := j.readOn(ctx); err != nil {
			continue
		}
		return
	}
}

// apply takes a commit into the state. The caller holds the turn. A panic in a state's Apply ends the process, which then
// replays: going on with half a commit applied would be worse.
func (j *Journal) apply(c record) {
	defer func() {
		if r := recover(); r != nil {
			go func() { panic(fmt.Sprintf("apply commit %d: %v", c.Number, r)) }()
			select {}
		}
	}()
	j.mu.Lock()
	defer j.mu.Unlock()
	j.applyLocked(c)
	j.recent[c.Number%remembered] = c.Commit
	close(j.changed)
	j.changed = make(chan struct{})
	if c.Number%segmentSize == 0 {
		select {
		case j.full <- struct{}{}:
		default:
		}
	}
}

func (j *Journal) applyLocked(c record) {
	for i, e := range c.Events {
		meta := c.Meta(i)
		for _, s := range j.states {
			s.Apply(meta, e)
		}
	}
	j.keys.remember(c)
	j.applied = c.Number
	j.lastAt = c.At
	j.stats.Commits.Add(1)
}

// read gets one commit by its number; nil when it is not there.
func (j *Journal) read(ctx context.Context, number uint64) (*record, error) {
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	var raw bson.Raw
	err := j.commits.FindOne(ctx, bson.D{{Key: "_id", Value: idOf(number)}}).Decode(&raw)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read commit %d: %w", number, err)
	}
	c, err := j.codec.decode(raw)
	if err != nil {
		err = fmt.Errorf("commit %d: %w", number, err)
		j.broken.CompareAndSwap(nil, &err) // skipping it would make this server's state wrong
		j.log.Error("the journal has what this program can not read", "error", err)
		return nil, err
	}
	return &c, nil
}

// readOn applies what other servers stored, until a number is missing. The caller holds the turn.
func (j *Journal) readOn(ctx context.Context) error {
	for {
		c, err := j.read(ctx, j.applied+1)
		if err != nil || c == nil {
			return err
		}
		j.busyUntil.Store(j.now().Add(notAlone).UnixMilli())
		j.apply(*c)
	}
}

// crowded reports whether another server wrote lately.
func (j *Journal) crowded() bool {
	return j.shared && j.now().UnixMilli() < j.busyUntil.Load()
}

// poll follows what other servers store, checks the clock, and looks at once when somebody waits.
func (j *Journal) poll(ctx context.Context) {
	every := pollEvery
	if !j.shared {
		every = time.Minute // only the clock
	}
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	lastClock := j.now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		case <-j.kick:
		}
		if j.now().Sub(lastClock) > 30*time.Second {
			lastClock = j.now()
			if err := j.checkClock(ctx); err != nil {
				j.log.Warn("check the clock", "error", err)
			}
		}
		if !j.shared || j.broken.Load() != nil {
			continue
		}
		if c, err := j.read(ctx, j.Applied()+1); err != nil || c == nil {
			continue
		}
		if j.takeTurn(ctx) == nil {
			if err := j.readOn(ctx); err != nil {
				j.log.Warn("follow the journal", "error", err)
			}
			j.turn <- struct{}{}
		}
	}
}

// checkClock compares with the database's clock: a commit with a wrong time would stay wrong for ever.
func (j *Journal) checkClock(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	before := j.now()
	theirs, err := j.database.Time(ctx)
	if err != nil {
		return err
	}
	ours := before.Add(j.now().Sub(before) / 2)
	wrong := ours.Sub(theirs).Abs() > maxSkew
	if j.skewed.Swap(wrong) != wrong {
		j.log.Warn("clock compared with the database's", "differs", wrong, "by", ours.Sub(theirs).String())
	}
	return nil
}

// WaitFor returns when the state has commit n, or with ErrBehind after 2 s.
func (j *Journal) WaitFor(ctx context.Context, n uint64) error {
	timer := time.NewTimer(waitFor)
	defer timer.Stop()
	for {
		j.mu.RLock()
		applied, changed := j.applied, j.changed
		j.mu.RUnlock()
		if applied >= n {
			return nil
		}
		select {
		case j.kick <- struct{}{}:
		default:
		}
		select {
		case <-changed:
		case <-time.After(20 * time.Millisecond): // ask again: the commit may have come between
		case <-timer.C:
			return ErrBehind
		case <-ctx.Done():
			return ErrBehind
		}
	}
}

// Follow calls each for every commit after from, in order, and waits for new ones. It returns when ctx ends, or with each's error.
func (j *Journal) Follow(ctx context.Context, from uint64, each func(ctx context.Context, c Commit) error) error {
	for next := from + 1; ; next++ {
		c, err := j.await(ctx, next)
		if err != nil {
			return err
		}
		if err := each(ctx, c); err != nil {
			return err
		}
	}
}

func (j *Journal) await(ctx context.Context, number uint64) (Commit, error) {
	for {
		j.mu.RLock()
		applied, changed, c := j.applied, j.changed, j.recent[number%remembered]
		j.mu.RUnlock()
		if applied >= number {
			if c.Number == number {
				return c, nil
			}
			stored, err := j.read(ctx, number)
			if err == nil && stored == nil {
				err = fmt.Errorf("commit %d is missing", number)
			}
			if err != nil {
				return Commit{}, err
			}
			return stored.Commit, nil
		}
		select {
		case <-ctx.Done():
			return Commit{}, ctx.Err()
		case <-changed:
		}
	}
}

// typeName is for errors of the program.
func typeName(e Event) string { return reflect.TypeOf(e).String() }
