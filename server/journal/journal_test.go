package journal_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/bson"

	"luotsi/server/journal"
	"luotsi/server/mongodb/mongotest"
)

func TestWritersInOneProcessLoseNothing(t *testing.T) {
	l := newLedger()
	j := open(t, options(mongotest.New(t), l))
	mustUpdate(t, j, deposit("till", 500))
	var took atomic.Int64
	var group sync.WaitGroup
	for w := range 64 {
		group.Go(func() {
			for n := range 10 {
				key := journal.Key{ID: fmt.Sprintf("w%d-%d", w, n), Request: "same"}
				_, err := j.Update(context.Background(), "anna", key, l.withdraw("till", 1))
				switch {
				case err == nil:
					took.Add(1)
				case !errors.Is(err, errPoor):
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if took.Load() != 500 || l.data.Accounts["till"].Balance != 0 {
		t.Errorf("took %d, left %d; want 500 and 0", took.Load(), l.data.Accounts["till"].Balance)
	}
	if j.Applied() != 501 {
		t.Errorf("%d commits, want 501: refusals are not stored", j.Applied())
	}
}

func TestStateSurvivesRestart(t *testing.T) {
	db := mongotest.New(t)
	first := open(t, options(db, newLedger()))
	for n := range 20 {
		mustUpdate(t, first, deposit(fmt.Sprint("a", n%3), int64(n)))
	}
	if got, want := hash(t, open(t, options(db, newLedger()))), hash(t, first); got != want {
		t.Errorf("the state read back has fingerprint %s, want %s", got, want)
	}
}

func TestRepeatedKeyGivesTheFirstAnswer(t *testing.T) {
	db := mongotest.New(t)
	clock := newClock()
	o := options(db, newLedger())
	o.Now = clock.now
	j := open(t, o)
	ctx := context.Background()
	key := journal.Key{ID: "k1", Request: "body"}
	first, err := j.Update(ctx, "anna", key, deposit("a", 5))
	if err != nil {
		t.Fatal(err)
	}
	for name, server := range map[string]*journal.Journal{"the same server": j, "after a restart": open(t, o)} {
		again, err := server.Update(ctx, "anna", key, deposit("other", 7))
		if err != nil || !again.Repeated || again.Commit != first.Commit || again.IDs[0] != "a" {
			t.Errorf("%s: got %+v, %v; want the first answer", name, again, err)
		}
	}
	if _, err := j.Update(ctx, "anna", journal.Key{ID: "k1", Request: "another body"}, deposit("a", 6)); !errors.Is(err, journal.ErrKeyReused) {
		t.Errorf("another body: got %v, want ErrKeyReused", err)
	}
	other, err := j.Update(ctx, "ville", key, deposit("b", 1))
	if err != nil || other.Repeated {
		t.Errorf("another person with that key: got %+v, %v; want a new commit", other, err)
	}
	if _, err := j.Update(ctx, "anna", journal.Key{ID: "k2", Request: "x"}, newLedger().withdraw("a", 9999)); !errors.Is(err, errPoor) {
		t.Fatalf("got %v, want a refusal", err)
	}
	if a, err := j.Update(ctx, "anna", journal.Key{ID: "k2", Request: "x"}, deposit("a", 1)); err != nil || a.Repeated {
		t.Errorf("got %+v, %v; a refusal must not be remembered", a, err)
	}

	clock.add(30*24*time.Hour + time.Millisecond)
	mustUpdate(t, j, deposit("a", 1)) // time passes by commits
	if a, err := j.Update(ctx, "anna", key, deposit("a", 5)); err != nil || a.Repeated {
		t.Errorf("after 30 days: got %+v, %v; want a new commit", a, err)
	}
}

func TestTimeNeverGoesBack(t *testing.T) {
	clock := newClock()
	o := options(mongotest.New(t), newLedger())
	o.Now = clock.now
	j := open(t, o)
	var seen []time.Time
	rule := func(at time.Time) (journal.Decision, error) {
		seen = append(seen, at)
		return journal.Happens(deposited{Account: "a", Amount: 1}), nil
	}
	mustUpdate(t, j, rule)
	clock.add(-5 * time.Minute)
	mustUpdate(t, j, rule)
	if seen[1].Before(seen[0]) || seen[0].Nanosecond()%1e6 != 0 || seen[0].Location() != time.UTC {
		t.Errorf("got %v then %v; want whole milliseconds of UTC that never go back", seen[0], seen[1])
	}
}

func TestFarFutureIsNotPiledOn(t *testing.T) {
	clock := newClock()
	o := options(mongotest.New(t), newLedger())
	o.Now = clock.now
	j := open(t, o)
	clock.add(24 * time.Hour) // the clock was a day ahead for one commit
	mustUpdate(t, j, deposit("a", 1))
	clock.add(-24 * time.Hour)
	if _, err := j.Update(context.Background(), "anna", journal.Key{}, deposit("a", 1)); !errors.Is(err, journal.ErrUnavailable) {
		t.Errorf("got %v, want ErrUnavailable: the commit would be dated a day ahead", err)
	}
	if err := j.Ready(context.Background()); err == nil || !strings.Contains(err.Error(), "in the future") {
		t.Errorf("got %v, want to hear of the future commit", err)
	}
	clock.add(24*time.Hour - 5*time.Minute)
	mustUpdate(t, j, deposit("a", 1))
}

func TestWrongClockRefusesWrites(t *testing.T) {
	o := options(mongotest.New(t), newLedger())
	o.Now = func() time.Time { return time.Now().Add(6 * time.Second) }
	j := open(t, o)
	if _, err := j.Update(context.Background(), "anna", journal.Key{}, deposit("a", 1)); !errors.Is(err, journal.ErrUnavailable) {
		t.Errorf("got %v, want ErrUnavailable with a clock 6 s off", err)
	}
	if j.Ready(context.Background()) == nil {
		t.Error("a server with a wrong clock must not be ready")
	}
}

func TestNoEventsNoCommit(t *testing.T) {
	j := open(t, options(mongotest.New(t), newLedger()))
	a := mustUpdate(t, j, func(time.Time) (journal.Decision, error) { return journal.Decision{IDs: []string{"x"}}, nil })
	if j.Applied() != 0 || a.IDs[0] != "x" {
		t.Errorf("got %d commits and %v, want none and the ids", j.Applied(), a.IDs)
	}
}

func TestOversizedCommitIsRefused(t *testing.T) {
	j := open(t, options(mongotest.New(t), newLedger()))
	rule := func(time.Time) (journal.Decision, error) {
		return journal.Happens(deposited{Account: string(make([]byte, 5<<20))}), nil
	}
	if _, err := j.Update(context.Background(), "anna", journal.Key{}, rule); !errors.Is(err, journal.ErrTooLarge) {
		t.Errorf("got %v, want ErrTooLarge", err)
	}
	mustUpdate(t, j, deposit("a", 1)) // the turn was given back
}

func TestPanickingRuleGivesTheTurnBack(t *testing.T) {
	j := open(t, options(mongotest.New(t), newLedger()))
	func() {
		defer func() { _ = recover() }()
		mustUpdate(t, j, func(time.Time) (journal.Decision, error) { panic("mistake") })
	}()
	mustUpdate(t, j, deposit("a", 1))
}

func TestOldEventsAreUpgraded(t *testing.T) {
	type paid struct { // the shape of an earlier version: cents, and other names
		To    string `bson:"to"`
		Cents int64  `bson:"cents"`
	}
	db := mongotest.New(t)
	old := options(db, newLedger())
	old.Types = []journal.Type{journal.Define[paid]("test.paid")}
	j := open(t, old)
	mustUpdate(t, j, func(time.Time) (journal.Decision, error) { return journal.Happens(paid{"a", 700}), nil })

	l := newLedger()
	o := options(db, l)
	if _, err := journal.Open(context.Background(), o); err == nil {
		t.Fatal("an unknown event type was skipped")
	}
	o.Upgrades = []journal.Upgrade{
		{From: "test.paid", To: "test.paid.2", Data: func(raw bson.Raw) (bson.Raw, error) {
			return bson.Marshal(bson.D{{Key: "to", Value: raw.Lookup("to").StringValue()}, {Key: "euros", Value: raw.Lookup("cents").Int64() / 100}})
		}},
		{From: "test.paid.2", To: "test.deposited", Data: func(raw bson.Raw) (bson.Raw, error) {
			return bson.Marshal(deposited{Account: raw.Lookup("to").StringValue(), Amount: raw.Lookup("euros").Int64()})
		}},
	}
	open(t, o)
	if got := l.data.Accounts["a"].Balance; got != 7 {
		t.Errorf("got %d, want 7 euros from the upgraded event", got)
	}
	o.Upgrades[1].To = "test.nothing"
	if _, err := journal.Open(context.Background(), o); err == nil {
		t.Error("an upgrade to an unknown event was accepted")
	}
}

func TestFollowersGetEveryCommitInOrder(t *testing.T) {
	j := open(t, options(mongotest.New(t), newLedger()))
	for range 5 {
		mustUpdate(t, j, deposit("a", 1))
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	var got []uint64
	done := errors.New("done")
	followed := make(chan error)
	go func() {
		followed <- j.Follow(ctx, 2, func(_ context.Context, c journal.Commit) error {
			if got = append(got, c.Number); c.Number == 8 {
				return done
			}
			return nil
		})
	}()
	for range 3 {
		mustUpdate(t, j, deposit("a", 1))
	}
	if err := <-followed; !errors.Is(err, done) {
		t.Fatal(err)
	}
	if fmt.Sprint(got) != "[3 4 5 6 7 8]" {
		t.Errorf("got %v, want 3 to 8", got)
	}
}

func TestServersShareOneOrder(t *testing.T) {
	db := mongotest.New(t)
	var servers []*journal.Journal
	var ledgers []*ledger
	for range 3 {
		l := newLedger()
		o := options(db, l)
		o.Shared = true
		servers = append(servers, open(t, o))
		ledgers = append(ledgers, l)
	}
	first := mustUpdate(t, servers[0], deposit("till", 90))
	var took atomic.Int64
	var group sync.WaitGroup
	for n := range 3 {
		if err := servers[n].WaitFor(context.Background(), first.Commit); err != nil {
			t.Fatal(err)
		}
		for range 40 {
			group.Go(func() {
				_, err := servers[n].Update(context.Background(), "anna", journal.Key{}, ledgers[n].withdraw("till", 1))
				if err == nil {
					took.Add(1)
				} else if !errors.Is(err, errPoor) {
					t.Error(err)
				}
			})
		}
	}
	group.Wait()
	if took.Load() != 90 {
		t.Errorf("%d of 120 withdrawals succeeded, want the 90 that were there", took.Load())
	}
	last := uint64(91)
	for n, s := range servers {
		if err := s.WaitFor(context.Background(), last); err != nil {
			t.Fatalf("server %d: %v", n, err)
		}
		if got, want := hash(t, s), hash(t, servers[0]); got != want {
			t.Errorf("server %d differs", n)
		}
	}
	if err := servers[0].WaitFor(context.Background(), last+1); !errors.Is(err, journal.ErrBehind) {
		t.Errorf("waiting for what never comes: got %v, want ErrBehind", err)
	}
}

func TestTrackTellsTheNewestCommit(t *testing.T) {
	j := open(t, options(mongotest.New(t), newLedger()))
	ctx, n := journal.Track(context.Background())
	for range 2 {
		if _, err := j.Update(ctx, "anna", journal.Key{}, deposit("a", 1)); err != nil {
			t.Fatal(err)
		}
	}
	if *n != 2 {
		t.Errorf("got %d, want 2", *n)
	}
}
