package scheduling

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"luotsi/scheduling/ical"
	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/mongodb"
	"luotsi/server/mongodb/mongotest"
	"luotsi/server/people"
	"luotsi/server/vault"
	"luotsi/server/web"
)

// region is two organisations on the real engine: the county with the units centre and north, the town with town and club.
// The unit north is not shared with the town; centre is.
type region struct {
	service  *Service
	state    *State
	people   *people.State
	journal  *journal.Journal
	database *mongodb.Database
	vault    *vault.Vault
	links    *auth.Links
	app      *fiber.App
	router   *web.Router
	fetch    func(ctx context.Context, address string) ([]byte, error) // what addresses of calendars answer; none does when nil
	clock    atomic.Int64                                              // unix ms, once it is set: opening compares with the database's clock
	server   string                                                    // which of several servers on one database this is; empty when it is alone
}

var regionPeople = []struct {
	id, org, name, language string
	grants                  []people.Placed
}{
	{"gp", "county", "Aino Mäkelä", "fi", []people.Placed{{Role: "doctor", Unit: "centre"}}},
	{"gp2", "county", "Örjan Åberg", "sv", []people.Placed{{Role: "doctor", Unit: "centre"}, {Role: "doctor", Unit: "north"}}},
	{"gp3", "county", "Pekka Pohja", "fi", []people.Placed{{Role: "doctor", Unit: "north"}}},
	{"keeper", "county", "Satu Aika", "fi", []people.Placed{{Role: "scheduler", Unit: "centre"}}},
	{"keeper2", "county", "Niilo Aika", "fi", []people.Placed{{Role: "scheduler", Unit: "north"}}},
	{"nurse", "county", "Veera Koski", "fi", []people.Placed{{Role: "coordinator", Unit: "centre"}}},
	{"co", "town", "Carita Lind", "en", []people.Placed{{Role: "coordinator", Unit: "town"}}},
	{"co2", "town", "Olli Salo", "fi", []people.Placed{{Role: "coordinator", Unit: "town"}}},
	{"boss", "town", "Mika Johto", "fi", []people.Placed{{Role: "manager", Unit: "town"}}},
	{"student", "town", "Tiina Oppi", "fi", []people.Placed{{Role: "trainee", Unit: "town"}}},
}

// newRegion opens the region at noon UTC of Friday 20.11.2026.
func newRegion(t testing.TB) *region {
	t.Helper()
	return newRegionAt(t, noon)
}

func newRegionAt(t testing.TB, now time.Time) *region {
	t.Helper()
	r := &region{state: NewState(), people: people.NewState(), database: mongotest.New(t)}
	r.open(t)
	r.clock.Store(now.UnixMilli())
	events := []journal.Event{
		people.OrganisationFounded{Org: "county", Name: "Hyvinvointialue"}, people.OrganisationFounded{Org: "town", Name: "Kaupunki"},
		people.UnitAdded{Unit: "centre", Name: "Keskustan terveysasema", Kind: "health_centre", Org: "county"},
		people.UnitAdded{Unit: "north", Name: "Pohjoinen terveysasema", Kind: "health_centre", Org: "county"},
		people.UnitAdded{Unit: "town", Name: "Työllisyyspalvelut", Kind: "employment_services", Org: "town"},
		people.SharingOpened{Sharing: "s1", Unit: "centre", Org: "town", Purpose: people.ForJointAppointments},
		people.SharingOpened{Sharing: "s2", Unit: "town", Org: "county", Purpose: people.ForJointAppointments},
		people.SharingOpened{Sharing: "s3", Unit: "north", Org: "town", Purpose: people.ForCohorts},
	}
	for _, p := range regionPeople {
		r.name(t, p.id, p.name, p.language)
		events = append(events, people.PersonAdded{Person: p.id, Org: p.org, Language: p.language, Grants: p.grants, Credential: "c-" + p.id})
	}
	r.happen(t, events...)
	return r
}

// open makes everything above the database, as a start of the program does.
func (r *region) open(t testing.TB) {
	t.Helper()
	now := func() time.Time {
		if ms := r.clock.Load(); ms != 0 {
			return time.UnixMilli(ms)
		}
		return time.Now()
	}
	log := slog.New(slog.DiscardHandler)
	var err error
	if r.vault, err = vault.New(r.database, bytes.Repeat([]byte{7}, 32), now); err != nil {
		t.Fatal(err)
	}
	names := people.NewNames(r.database, r.vault, now, log)
	names.Attach(r.people)
	r.journal, err = journal.Open(context.Background(), journal.Options{
		Database: r.database, Types: slices.Concat(people.Events(), Events()), States: []journal.State{r.people, r.state},
		Now: now, Log: log, Shared: r.server != "",
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.journal.Close)
	if r.links, err = auth.NewLinks(bytes.Repeat([]byte{8}, 32)); err != nil {
		t.Fatal(err)
	}
	var serial atomic.Int64
	r.service = NewService(Options{
		Journal: r.journal, State: r.state, People: r.people, Names: names, Vault: r.vault, Links: r.links, Now: now,
		NewID:     func() string { return fmt.Sprintf("id%s-%d-%d", r.server, r.journal.Applied(), serial.Add(1)) },
		Organizer: ical.Person{Name: "Luotsi", Email: "luotsi@example.org"}, PublicURL: "https://luotsi.example.org",
		Database: r.database, Log: log,
		Fetch: func(ctx context.Context, address string) ([]byte, error) {
			if r.fetch == nil {
				return nil, ErrCalendarUnreachable
			}
			return r.fetch(ctx, address)
		},
		Access: people.NewAccessLog(r.database, now),
	})
	r.app = fiber.New(fiber.Config{Immutable: true, ErrorHandler: showFault})
	r.router = web.NewRouter(r.app, func(c *fiber.Ctx) (auth.Caller, error) {
		id := c.Get("Test-Person")
		if id == "" {
			return auth.Caller{}, auth.ErrTokenMissing
		}
		return r.caller(id, c.Get("Idempotency-Key")), nil
	}, auth.HashSecret)
	Mount(r.router, r.service)
}

func showFault(c *fiber.Ctx, err error) error {
	f, ok := fault.As(err)
	if !ok {
		return c.Status(http.StatusInternalServerError).JSON(web.Problem{Code: err.Error()})
	}
	status := map[fault.Kind]int{
		fault.Invalid: 400, fault.Unauthenticated: 401, fault.Forbidden: 403, fault.NotFound: 404, fault.Conflict: 409,
		fault.Gone: 410, fault.KeyReused: 422, fault.TooMany: 429, fault.Unavailable: 503,
	}[f.Kind]
	return c.Status(status).JSON(web.Problem{Status: status, Code: f.Code, Fields: f.Fields, Info: f.Info})
}

// name stores what a person is called, as the people package does.
func (r *region) name(t testing.TB, id, name, language string) {
	t.Helper()
	text, err := json.Marshal(map[string]string{"name": name, "email": id + "@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := r.vault.Seal(id, string(text))
	if err != nil {
		t.Fatal(err)
	}
	type document struct {
		Sealed   vault.Sealed `bson:"sealed"`
		Language string       `bson:"language"`
	}
	if err := mongodb.Open[document](r.database, "names").Put(context.Background(), id, document{sealed, language}); err != nil {
		t.Fatal(err)
	}
}

func (r *region) happen(t testing.TB, events ...journal.Event) {
	t.Helper()
	_, err := r.journal.Update(context.Background(), "", journal.Key{}, func(time.Time) (journal.Decision, error) {
		return journal.Happens(events...), nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (r *region) caller(person, key string) auth.Caller {
	c := auth.Caller{Identity: auth.Identity{Person: person}}
	r.journal.View(func() {
		p, _ := r.people.Person(person)
		c.Grants, c.Language = slices.Clone(p.Grants), p.Language
	})
	if key != "" {
		c.Key = auth.Key{ID: key, Request: "one request"}
	}
	return c
}

// call sends a request as somebody and reads the JSON answer.
func (r *region) call(t testing.TB, person, method, path, body string) (int, map[string]any) {
	t.Helper()
	status, raw, _ := r.raw(t, person, method, path, body)
	var v map[string]any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatalf("%s %s: %v in %s", method, path, err, raw)
	}
	return status, v
}

func (r *region) raw(t testing.TB, person, method, path, body string) (int, []byte, http.Header) {
	t.Helper()
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Test-Person", person)
	res, err := r.app.Test(req, 20000)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, raw, res.Header
}

// want calls and fails the test when the status is another one.
func (r *region) want(t testing.TB, status int, person, method, path, body string) map[string]any {
	t.Helper()
	got, v := r.call(t, person, method, path, body)
	if got != status {
		t.Fatalf("%s %s by %s: %d %v, want %d", method, path, person, got, v, status)
	}
	return v
}

// at digs in decoded JSON: at(v, "days", 0, "times", 1, "start").
func at(v any, path ...any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[step]
		case int:
			l, _ := v.([]any)
			if step >= len(l) {
				return nil
			}
			v = l[step]
		}
	}
	return v
}

func length(v any) int {
	l, _ := v.([]any)
	return len(l)
}

func newRequest(t testing.TB, path string, header ...string) *http.Request {
	t.Helper()
	req := httptest.NewRequest(http.MethodGet, path, http.NoBody)
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	return req
}

func (r *region) test(t testing.TB, req *http.Request) *http.Response {
	t.Helper()
	res, err := r.app.Test(req, 20000)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	return res
}
