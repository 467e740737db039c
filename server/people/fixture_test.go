package people

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/mail"
	"luotsi/server/mongodb"
	"luotsi/server/mongodb/mongotest"
	"luotsi/server/vault"
	"luotsi/server/web"
)

const (
	goodPassword  = "pöllö lensi järven yli"
	otherPassword = "kolme kanaa juo vettä"
)

var passwords = auth.NewPasswords()

// fixture is people on the real engine, behind the real router.
type fixture struct {
	*Service
	t      testing.TB
	app    *fiber.App
	router *web.Router
	ahead  atomic.Int64 // how far the clock is ahead of the machine's
	serial atomic.Int64
	ticks  chan time.Time
	log    bytes.Buffer // written by one goroutine at a time: slog's handler locks

	org, unit, other, island string // organisations and a unit of each
	admin, doctor, stranger  string // admin and doctor of org; stranger administers other
}

func newFixture(t testing.TB) *fixture {
	t.Helper()
	f := &fixture{t: t, ticks: make(chan time.Time)}
	f.Service = f.serve(mongotest.New(t))
	f.router = web.NewRouter(f.mount(), f.caller, auth.HashSecret)
	Mount(f.router, f.Service)

	ctx := context.Background()
	var err error
	if f.org, f.unit, err = f.AddOrganisation(ctx, "Rantakunta", "Rannan terveyskeskus", "health_centre"); err != nil {
		t.Fatal(err)
	}
	if f.other, f.island, err = f.AddOrganisation(ctx, "Saaristo", "Saariston asema", "health_centre"); err != nil {
		t.Fatal(err)
	}
	ids, err := f.AddActive(ctx,
		NewPerson{Name: Name{"Aino Mäkelä", "aino@ranta.example", "fi"}, Grants: []Placed{{"admin", f.unit}}, Password: goodPassword},
		NewPerson{Name: Name{"Otto Äyräs", "Otto@Ranta.example", "sv"}, Grants: []Placed{{"doctor", f.unit}}, Password: goodPassword},
		NewPerson{Name: Name{"Selma Öhman", "selma@saari.example", "sv"}, Grants: []Placed{{"admin", f.island}}, Password: goodPassword},
	)
	if err != nil {
		t.Fatal(err)
	}
	f.admin, f.doctor, f.stranger = ids[0], ids[1], ids[2]
	return f
}

// serve makes a service over a database, as a server does at start.
func (f *fixture) serve(db *mongodb.Database) *Service {
	f.t.Helper()
	log := slog.New(slog.NewJSONHandler(&f.log, nil))
	v, err := vault.New(db, bytes.Repeat([]byte{1}, 32), f.now)
	if err != nil {
		f.t.Fatal(err)
	}
	state := NewState()
	names := NewNames(db, v, f.now, log)
	names.Attach(state)
	j, err := journal.Open(context.Background(), journal.Options{
		Database: db, Types: Events(), States: []journal.State{state}, Now: f.now, Log: log,
	})
	if err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(j.Close)
	tokens, errTokens := auth.NewTokens(bytes.Repeat([]byte{2}, 32))
	links, errLinks := auth.NewLinks(bytes.Repeat([]byte{2}, 32))
	if err := errors.Join(errTokens, errLinks); err != nil {
		f.t.Fatal(err)
	}
	s := NewService(Options{
		Database: db, Journal: j, State: state, Names: names, Vault: v, Access: NewAccessLog(db, f.now), Tokens: tokens, Links: links,
		Passwords: passwords, PublicURL: "https://luotsi.example", Now: f.now, Log: log,
		NewID: func() string { return fmt.Sprintf("id-%06d", f.serial.Add(1)) },
	})
	if err := s.Start(context.Background()); err != nil {
		f.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.Run(ctx, f.ticks)
	}()
	f.t.Cleanup(func() { stop(); <-done })
	return s
}

func (f *fixture) now() time.Time { return time.Now().Add(time.Duration(f.ahead.Load())) }

// pass lets time go by.
func (f *fixture) pass(d time.Duration) { f.ahead.Add(int64(d)) }

var statusOf = map[fault.Kind]int{
	fault.Invalid: 400, fault.Unauthenticated: 401, fault.Forbidden: 403, fault.NotFound: 404, fault.Conflict: 409, fault.Gone: 410,
	fault.TooLarge: 413, fault.KeyReused: 422, fault.TooMany: 429, fault.Unavailable: 503,
}

func (f *fixture) mount() *fiber.App {
	f.app = fiber.New(fiber.Config{Immutable: true, ErrorHandler: func(c *fiber.Ctx, err error) error {
		e, ok := fault.As(err)
		if !ok {
			var notFound *fiber.Error
			if errors.As(err, &notFound) {
				return c.SendStatus(notFound.Code)
			}
			f.t.Errorf("%s %s: an internal failure: %v", c.Method(), c.Path(), err)
			return c.SendStatus(http.StatusInternalServerError)
		}
		return c.Status(statusOf[e.Kind]).JSON(map[string]any{"code": e.Code, "fields": e.Fields, "info": e.Info, "retryAfter": e.RetryAfter.Seconds()})
	}})
	return f.app
}

func (f *fixture) caller(c *fiber.Ctx) (auth.Caller, error) {
	caller := auth.Caller{Address: c.Get("X-Address", "192.0.2.1")}
	identity, err := f.Identify(c.Cookies(TokenCookie), f.now())
	caller.Identity = identity
	return caller, err
}

// device is a browser with its cookies.
type device struct {
	f       *fixture
	cookies map[string]string
	address string
	key     string // the Idempotency-Key of the next requests
}

func (f *fixture) device() *device { return &device{f: f, cookies: map[string]string{}} }

// answer is what came back.
type answer struct {
	status int
	body   map[string]any
	raw    string
	set    []*http.Cookie
}

func (a answer) code() string {
	code, _ := a.body["code"].(string)
	return code
}

func (d *device) do(method, path string, body any) answer {
	d.f.t.Helper()
	var in io.Reader
	if body != nil {
		raw, isRaw := body.(string)
		if !isRaw {
			text, err := json.Marshal(body)
			if err != nil {
				d.f.t.Fatal(err)
			}
			raw = string(text)
		}
		in = strings.NewReader(raw)
	}
	req := httptest.NewRequest(method, path, in)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	for name, value := range d.cookies {
		if name == SessionCookie && path != sessionPath && !strings.HasPrefix(path, sessionPath+"/") {
			continue // as browsers do, by the cookie's path
		}
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	if d.key != "" {
		req.Header.Set("Idempotency-Key", d.key)
	}
	if d.address != "" {
		req.Header.Set("X-Address", d.address)
	}
	res, err := d.f.app.Test(req, 20_000)
	if err != nil {
		d.f.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		d.f.t.Fatal(err)
	}
	a := answer{status: res.StatusCode, raw: string(raw), set: res.Cookies()}
	if len(raw) > 0 && raw[0] == '{' {
		if err := json.Unmarshal(raw, &a.body); err != nil {
			d.f.t.Fatalf("%s: %v", raw, err)
		}
	}
	for _, c := range res.Cookies() {
		if c.MaxAge < 0 {
			delete(d.cookies, c.Name)
		} else {
			d.cookies[c.Name] = c.Value
		}
	}
	return a
}

// want does a request and checks the status and, when it is a failure, the code.
func (d *device) want(status int, code, method, path string, body any) answer {
	d.f.t.Helper()
	a := d.do(method, path, body)
	if a.status != status || a.code() != code {
		d.f.t.Fatalf("%s %s: got %d %q, want %d %q; body %s", method, path, a.status, a.code(), status, code, a.raw)
	}
	return a
}

// signedIn is a device on which somebody signed in.
func (f *fixture) signedInAs(email, password string) *device {
	f.t.Helper()
	d := f.device()
	d.want(200, "", "POST", "/api/session", map[string]string{"email": email, "password": password})
	return d
}

// letters writes the mails of everything that happened so far, as the outbox would now; the newest last.
func (f *fixture) letters() []mail.Message {
	f.t.Helper()
	last := f.Journal.Applied()
	var all []mail.Message
	stop := errors.New("read all")
	if last == 0 {
		return nil
	}
	err := f.Journal.Follow(context.Background(), 0, func(ctx context.Context, c journal.Commit) error {
		for i, e := range c.Events {
			messages, err := f.Announce(ctx, c.Meta(i), e)
			if err != nil {
				return err
			}
			all = append(all, messages...)
		}
		if c.Number == last {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) {
		f.t.Fatal(err)
	}
	return all
}

// link finds the newest link in the mails to an address.
func (f *fixture) link(to, page string) string {
	f.t.Helper()
	found := ""
	for _, m := range f.letters() {
		if !strings.EqualFold(m.To, to) {
			continue
		}
		for word := range strings.FieldsSeq(m.Text) {
			if token, ok := strings.CutPrefix(word, "https://luotsi.example/"+page+"/"); ok {
				found = token
			}
		}
	}
	if found == "" {
		f.t.Fatalf("no mail to %s has a link to %s", to, page)
	}
	return found
}

// eventually waits for what happens in the background.
func (f *fixture) eventually(what string, is func() bool) {
	f.t.Helper()
	for range 500 {
		if is() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	f.t.Fatalf("never: %s", what)
}

func (f *fixture) consistent() {
	f.t.Helper()
	f.Journal.View(func() {
		if wrong := f.State.Check(); len(wrong) > 0 {
			f.t.Errorf("the state is not consistent: %s", strings.Join(wrong, "; "))
		}
	})
}
