package mail

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"luotsi/server/journal"
	"luotsi/server/mongodb"
	"luotsi/server/mongodb/mongotest"
	"luotsi/server/vault"
)

// told is the one event of these tests: it brings about a mail to each person.
type told struct {
	Persons []string `bson:"persons"`
}

// noState keeps nothing.
type noState struct{ kept struct{} }

func (*noState) Name() string                      { return "none" }
func (*noState) Version() int                      { return 1 }
func (*noState) Apply(journal.Meta, journal.Event) {}
func (s *noState) Primary() any                    { return &s.kept }
func (*noState) Reindex()                          {}
func (*noState) Check() []string                   { return nil }

// post is a sender that keeps what it got and fails on demand.
type post struct {
	mu   sync.Mutex
	fail error
	got  []string // id and recipient
}

func (p *post) Send(_ context.Context, id string, _ time.Time, m Message) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fail != nil {
		return p.fail
	}
	p.got = append(p.got, id+" "+m.To)
	return nil
}

func (p *post) failing(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fail = err
}

func (p *post) sent() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.got)
}

type outboxFixture struct {
	t       *testing.T
	db      *mongodb.Database
	journal *journal.Journal
	post    *post
	ahead   atomic.Int64
	erased  sync.Map // person → true
	away    atomic.Bool
	log     strings.Builder
	logMu   sync.Mutex
}

func (f *outboxFixture) Write(p []byte) (int, error) {
	f.logMu.Lock()
	defer f.logMu.Unlock()
	return f.log.Write(p)
}

func (f *outboxFixture) now() time.Time { return time.Now().Add(time.Duration(f.ahead.Load())) }

func newOutboxFixture(t *testing.T) *outboxFixture {
	t.Helper()
	f := &outboxFixture{t: t, db: mongotest.New(t), post: &post{}}
	j, err := journal.Open(context.Background(), journal.Options{
		Database: f.db, Types: []journal.Type{journal.Define[told]("test.told")}, States: []journal.State{&noState{}},
		Now: f.now, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(j.Close)
	f.journal = j
	return f
}

func (f *outboxFixture) announce(_ context.Context, _ journal.Meta, e journal.Event) ([]Message, error) {
	var all []Message
	for _, p := range e.(told).Persons {
		if p == "broken" {
			return nil, errors.New("what the vault keeps of it is damaged")
		}
		if p == "away" && f.away.Swap(false) {
			return nil, vault.ErrAway
		}
		m := Message{Person: p, To: p + "@ranta.example", Subject: "Hei", Text: "Hei"}
		if _, erased := f.erased.Load(p); erased {
			m.To = ""
		}
		all = append(all, m)
	}
	return all, nil
}

func (f *outboxFixture) outbox() *Outbox {
	return NewOutbox(f.db, f.journal, f.post, "luotsi.example", f.now, slog.New(slog.NewTextHandler(f, nil)), f.announce)
}

// run works an outbox until the test, or stop, ends it.
func (f *outboxFixture) run(o *Outbox) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var done sync.WaitGroup
	done.Go(func() { o.Run(ctx) })
	stop = sync.OnceFunc(func() { cancel(); done.Wait() })
	f.t.Cleanup(stop)
	return stop
}

func (f *outboxFixture) tell(persons ...string) uint64 {
	f.t.Helper()
	a, err := f.journal.Update(context.Background(), "", journal.Key{}, func(time.Time) (journal.Decision, error) {
		return journal.Happens(told{Persons: persons}), nil
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return a.Commit
}

func (f *outboxFixture) eventually(what string, is func() bool) {
	f.t.Helper()
	for range 600 {
		if is() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	f.t.Fatalf("never: %s; sent %v", what, f.post.sent())
}

// recipients are who got a mail, without doubt about how often.
func (f *outboxFixture) recipients() []string {
	var all []string
	for _, s := range f.post.sent() {
		_, to, _ := strings.Cut(s, " ")
		all = append(all, strings.TrimSuffix(to, "@ranta.example"))
	}
	slices.Sort(all)
	return all
}

func (f *outboxFixture) result(id string) string {
	f.t.Helper()
	e, err := f.entries().Get(context.Background(), id)
	if err != nil {
		return err.Error()
	}
	return e.Result
}

func (f *outboxFixture) entries() *mongodb.Collection[entry] {
	return mongodb.Open[entry](f.db, "outbox")
}

func TestOutboxSendsWhatCommitsBringAbout(t *testing.T) {
	f := newOutboxFixture(t)
	f.tell("aino", "otto")
	o := f.outbox()
	stop := f.run(o)
	f.tell("veera")
	f.eventually("three mails", func() bool { return len(f.post.sent()) == 3 })
	if got := f.recipients(); !slices.Equal(got, []string{"aino", "otto", "veera"}) {
		t.Errorf("got %v", got)
	}
	for _, s := range f.post.sent() {
		if id, _, _ := strings.Cut(s, " "); !strings.HasSuffix(id, "@luotsi.example") || strings.ContainsAny(id, " <>:") {
			t.Errorf("the Message-ID %q", id)
		}
	}
	f.eventually("all is written down", func() bool {
		return f.result("1:0") == "sent" && f.result("1:1") == "sent" && f.result("2:0") == "sent"
	})
	stop()
	if c := o.Counts(); c.Sent != 3 || c.Failed != 0 || c.GivenUp != 0 || c.Waiting != 0 {
		t.Errorf("counts: %+v", c)
	}

	// After a restart nothing goes out twice, though the mark were lost.
	if err := f.outbox().Skip(context.Background(), 0); err != nil {
		t.Fatal(err)
	}
	stop = f.run(f.outbox())
	f.tell("selma")
	f.eventually("the new mail", func() bool { return len(f.post.sent()) == 4 })
	f.ahead.Add(int64(staleAfter + time.Second))
	time.Sleep(2 * lookEvery)
	stop()
	if got := f.post.sent(); len(got) != 4 {
		t.Errorf("sent twice: %v", got)
	}
}

// The words of a message are asked for once, when it is sent. A failure is tried again, and a message that has no address then is
// not sent.
func TestWordsAreWrittenWhenTheMessageIsSent(t *testing.T) {
	f := newOutboxFixture(t)
	var asked sync.Map // person → *atomic.Int64
	o := NewOutbox(f.db, f.journal, f.post, "luotsi.example", f.now, slog.New(slog.NewTextHandler(f, nil)),
		func(_ context.Context, _ journal.Meta, e journal.Event) ([]Message, error) {
			var all []Message
			for _, p := range e.(told).Persons {
				m := Message{Person: p}
				all = append(all, Message{Person: p, Write: func(context.Context) (Message, error) {
					n, _ := asked.LoadOrStore(p, &atomic.Int64{})
					switch times := n.(*atomic.Int64).Add(1); {
					case p == "away" && times == 1:
						return m, vault.ErrAway
					case p == "gone":
						return m, nil
					}
					m.To = p + "@ranta.example"
					return m, nil
				}})
			}
			return all, nil
		})
	f.run(o)
	f.tell("aino", "away", "gone", "otto")
	f.eventually("those who are reached", func() bool { return len(f.post.sent()) == 2 && f.result("1:2") == "dropped" })
	f.ahead.Add(int64(2 * time.Minute))
	f.eventually("the one that failed", func() bool { return f.result("1:1") == "sent" })
	if got := f.recipients(); !slices.Equal(got, []string{"aino", "away", "otto"}) {
		t.Errorf("got %v", got)
	}
	for p, want := range map[string]int64{"aino": 1, "away": 2, "gone": 1, "otto": 1} {
		if n, _ := asked.Load(p); n.(*atomic.Int64).Load() != want {
			t.Errorf("%s was written %d times, want %d", p, n.(*atomic.Int64).Load(), want)
		}
	}
}

func TestOneOfTwoOutboxesSends(t *testing.T) {
	f := newOutboxFixture(t)
	f.run(f.outbox())
	f.run(f.outbox())
	var want []string
	for i := range 30 {
		p := fmt.Sprintf("p%02d", i)
		f.tell(p)
		want = append(want, p)
	}
	f.eventually("all mails", func() bool { return len(f.post.sent()) >= len(want) })
	time.Sleep(200 * time.Millisecond)
	if got := f.recipients(); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestOutboxTakesOverStaleClaims(t *testing.T) {
	f := newOutboxFixture(t)
	number := f.tell("aino", "otto")
	ctx := context.Background()
	// Another server claimed both and died: one before this start, one is met while following.
	for i := range 2 {
		err := f.entries().Insert(ctx, fmt.Sprintf("%d:%d", number, i), entry{At: f.now().UnixMilli(), Server: "dead", Until: f.now().Add(staleAfter).UnixMilli()})
		if err != nil {
			t.Fatal(err)
		}
	}
	f.run(f.outbox())
	time.Sleep(2 * lookEvery)
	if got := f.post.sent(); len(got) != 0 {
		t.Fatalf("sent what another server is sending: %v", got)
	}
	f.ahead.Add(int64(staleAfter + time.Second))
	f.eventually("both are taken over", func() bool { return len(f.post.sent()) == 2 })
	f.ahead.Add(int64(staleAfter + time.Second))
	time.Sleep(2 * lookEvery)
	if got := f.recipients(); !slices.Equal(got, []string{"aino", "otto"}) {
		t.Errorf("got %v", got)
	}
}

func TestOutboxTriesAgainAndGivesUp(t *testing.T) {
	f := newOutboxFixture(t)
	f.post.failing(errors.New("the mail server does not answer"))
	o := f.outbox()
	stop := f.run(o)
	number := f.tell("aino")
	id := fmt.Sprintf("%d:0", number)
	f.eventually("the first try", func() bool { return o.Counts().Failed == 1 })
	f.ahead.Add(int64(time.Minute + time.Second))
	f.eventually("the second try", func() bool { return o.Counts().Failed == 2 })
	stop() // the server restarts between two tries
	first := ""
	f.post.failing(nil)
	o = f.outbox()
	stop = f.run(o)
	f.ahead.Add(int64(2*time.Minute + staleAfter + time.Second))
	f.eventually("it is sent", func() bool { return f.result(id) == "sent" })
	first = f.post.sent()[0]
	if e, err := f.entries().Get(context.Background(), id); err != nil || e.Tries != 2 {
		t.Errorf("got %+v (%v)", e, err)
	}
	if !strings.Contains(first, "aino@ranta.example") || o.Counts().Waiting != 0 {
		t.Errorf("got %v, %+v", first, o.Counts())
	}

	f.post.failing(errors.New("the mail server does not answer"))
	id = fmt.Sprintf("%d:0", f.tell("otto"))
	f.eventually("it fails", func() bool { return o.Counts().Failed == 1 })
	f.ahead.Add(int64(giveUpAfter + time.Second))
	f.eventually("it is given up", func() bool { return f.result(id) == "given_up" })
	if c := o.Counts(); c.GivenUp != 1 || c.Waiting != 0 {
		t.Errorf("counts: %+v", c)
	}
	f.post.failing(errRefused)
	id = fmt.Sprintf("%d:0", f.tell("veera"))
	f.eventually("a refused recipient is given up at once", func() bool { return f.result(id) == "given_up" })
	stop()
	f.logMu.Lock()
	defer f.logMu.Unlock()
	if log := f.log.String(); strings.Contains(log, "ranta.example") || !strings.Contains(log, "given_up=2") {
		t.Errorf("the log: %s", log)
	}
}

func TestOutboxDoesNotSendToErasedPeopleNorOldNews(t *testing.T) {
	f := newOutboxFixture(t)
	old := f.tell("old")
	f.ahead.Add(int64(giveUpAfter + time.Minute))
	number := f.tell("aino", "otto", "veera")
	f.erased.Store("otto", true)
	f.run(f.outbox())
	f.eventually("two mails", func() bool { return len(f.post.sent()) == 2 })
	f.eventually("the erased person's is dropped", func() bool { return f.result(fmt.Sprintf("%d:1", number)) == "dropped" })
	if got := f.recipients(); !slices.Equal(got, []string{"aino", "veera"}) {
		t.Errorf("got %v", got)
	}
	if got := f.result(fmt.Sprintf("%d:0", old)); got != mongodb.ErrNotFound.Error() {
		t.Errorf("old news: %s", got)
	}
}

func TestOutboxGoesOnAfterWhatItCanNotTell(t *testing.T) {
	f := newOutboxFixture(t)
	f.away.Store(true)
	o := f.outbox()
	f.run(o)
	f.tell("aino", "broken")
	f.tell("away")
	f.tell("otto")
	f.eventually("the mails after it", func() bool { return len(f.post.sent()) == 2 })
	if got := f.recipients(); !slices.Equal(got, []string{"away", "otto"}) || o.Counts().GivenUp != 1 {
		t.Errorf("got %v, %+v", got, o.Counts())
	}
}

func TestOutboxSkipsWhatASeederWrote(t *testing.T) {
	f := newOutboxFixture(t)
	f.tell("seeded")
	o := f.outbox()
	if err := o.Skip(context.Background(), f.journal.Applied()); err != nil {
		t.Fatal(err)
	}
	f.run(o)
	f.tell("aino")
	f.eventually("a mail", func() bool { return len(f.post.sent()) > 0 })
	if got := f.recipients(); !slices.Equal(got, []string{"aino"}) {
		t.Errorf("got %v", got)
	}
}

func TestOutboxForgetsWhatIsLongFinished(t *testing.T) {
	f := newOutboxFixture(t)
	ctx := context.Background()
	for id, e := range map[string]entry{
		"1:0": {At: f.now().Add(-keepFor - time.Hour).UnixMilli(), Result: "sent"},
		"2:0": {At: f.now().Add(-keepFor + time.Hour).UnixMilli(), Result: "sent"},
	} {
		if err := f.entries().Insert(ctx, id, e); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.outbox().load(ctx); err != nil {
		t.Fatal(err)
	}
	if f.result("1:0") != mongodb.ErrNotFound.Error() || f.result("2:0") != "sent" {
		t.Errorf("got %q and %q", f.result("1:0"), f.result("2:0"))
	}
}

func TestBackOff(t *testing.T) {
	var got []string
	for tries := 1; tries <= 8; tries++ {
		got = append(got, backOff(tries).String())
	}
	if s := strings.Join(got, " "); s != "1m0s 2m0s 4m0s 8m0s 16m0s 32m0s 1h0m0s 1h0m0s" {
		t.Errorf("got %s", s)
	}
}
