package psycap

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"maps"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/mongodb"
	"luotsi/server/mongodb/mongotest"
	"luotsi/server/people"
	"luotsi/server/vault"
	"luotsi/server/web"
)

// reporting is a school with trainers and a manager, whose cohorts and answers a test makes up: reports are asked of it over HTTP.
// Cohorts are those of the test itself, so that their members can be chosen one by one.
type reporting struct {
	database *mongodb.Database
	journal  *journal.Journal
	state    *State
	people   *people.State
	vault    *vault.Vault
	service  *Service
	app      *fiber.App
	cohorts  *madeUp
	serial   *atomic.Int64
	later    atomic.Int64 // nanoseconds that the clock is ahead of the start; the journal reads it in the background
	from     time.Time
	shared   bool // with other servers: its clock runs, for the journal compares it with the database's
}

// madeUp are cohorts by their members.
type madeUp struct {
	people  *people.State
	members map[string][]string
	unit    map[string]string // school when it has none
}

func (m *madeUp) CohortFor(cohort string) (Cohort, bool) {
	if _, known := m.members[cohort]; !known {
		return Cohort{}, false
	}
	u, _ := m.people.Unit(m.unitOf(cohort))
	return Cohort{ID: cohort, Course: "coord", Unit: m.unitOf(cohort), Org: u.Org, Name: "Ryhmä " + cohort, Starts: "2026-01-12"}, true
}

func (m *madeUp) unitOf(cohort string) string {
	if unit := m.unit[cohort]; unit != "" {
		return unit
	}
	return "school"
}

func (m *madeUp) MembersOf(cohort string) (all []Member) {
	for _, p := range m.members[cohort] {
		all = append(all, Member{Person: p, Learns: true})
	}
	return all
}

func (m *madeUp) Enrolled(cohort string) iter.Seq2[string, time.Time] {
	return func(yield func(string, time.Time) bool) {
		for _, p := range m.members[cohort] {
			if !yield(p, time.Time{}) {
				return
			}
		}
	}
}

func (m *madeUp) MemberOf(person, cohort string) (Member, bool) {
	return Member{Person: person, Learns: true}, slices.Contains(m.members[cohort], person)
}

func (m *madeUp) LastsOf(string) string { return "" }

func (m *madeUp) CohortsOf(person string) (all []string) {
	for cohort, members := range m.members {
		if slices.Contains(members, person) {
			all = append(all, cohort)
		}
	}
	return all
}

func (m *madeUp) has(person, cohort string, role auth.Role) bool {
	return slices.ContainsFunc(m.people.Grants(person), func(g auth.Grant) bool { return g.Role == role && g.Unit == m.unitOf(cohort) })
}

func (m *madeUp) Trains(person, cohort string) bool { return m.has(person, cohort, auth.Trainer) }
func (m *madeUp) Sees(person, cohort string) bool   { return m.has(person, cohort, auth.Trainer) }
func (m *madeUp) Counts(person, cohort string) bool { return m.has(person, cohort, auth.Manager) }

func newReporting(t testing.TB) *reporting {
	t.Helper()
	r := &reporting{database: mongotest.New(t), serial: new(atomic.Int64), from: time.Now()}
	r.open(t)
	r.happen(t,
		people.OrganisationFounded{Org: "org", Name: "Koulu"}, people.UnitAdded{Unit: "school", Name: "Itä", Kind: "other", Org: "org"},
		people.UnitAdded{Unit: "west", Name: "Länsi", Kind: "other", Org: "org"},
		people.OrganisationFounded{Org: "town", Name: "Kaupunki"}, people.UnitAdded{Unit: "town", Name: "Muu", Kind: "other", Org: "town"},
	)
	for person, placed := range map[string][]people.Placed{
		"tove": {{Role: "trainer", Unit: "school"}}, "tim": {{Role: "trainer", Unit: "school"}}, "mari": {{Role: "manager", Unit: "school"}},
		"wilma": {{Role: "trainer", Unit: "west"}}, "ada": {{Role: "admin", Unit: "school"}}, "ulla": {{Role: "trainer", Unit: "town"}, {Role: "manager", Unit: "town"}},
		"both": {{Role: "trainer", Unit: "school"}, {Role: "trainer", Unit: "west"}, {Role: "trainer", Unit: "town"}},
	} {
		org := "org"
		if person == "ulla" {
			org = "town"
		}
		r.happen(t, people.PersonAdded{Person: person, Org: org, Language: "fi", Grants: placed, Credential: "c-" + person})
	}
	return r
}

func (r *reporting) open(t testing.TB) {
	t.Helper()
	log, now := slog.New(slog.DiscardHandler), r.now
	r.state, r.people = NewState(), people.NewState()
	var err error
	if r.vault, err = vault.New(r.database, bytes.Repeat([]byte{7}, 32), now); err != nil {
		t.Fatal(err)
	}
	names := people.NewNames(r.database, r.vault, now, log)
	names.Attach(r.people)
	if r.journal, err = journal.Open(context.Background(), journal.Options{
		Database: r.database, Types: slices.Concat(people.Events(), Events()), States: []journal.State{r.people, r.state}, Now: now, Log: log,
		Shared: r.shared,
	}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.journal.Close)
	if r.cohorts == nil {
		r.cohorts = &madeUp{members: map[string][]string{}, unit: map[string]string{}}
	}
	r.cohorts.people = r.people
	r.service = NewService(Options{
		Database: r.database, Journal: r.journal, State: r.state, Vault: r.vault, People: r.people, Names: names, Access: people.NewAccessLog(r.database, now),
		Cohorts: r.cohorts, NewID: r.newID, Now: now, Log: log, PublicURL: "https://luotsi.example",
	})
	r.service.sectionLimit = people.NewLimit(1_000_000, time.Second) // what tests ask for is more than anybody clicks
	r.app = fiber.New(fiber.Config{Immutable: true, ErrorHandler: func(c *fiber.Ctx, err error) error {
		f, coded := fault.As(err)
		if !coded {
			t.Errorf("%s: %v", c.Path(), err)
			return c.SendStatus(500)
		}
		status := map[fault.Kind]int{fault.Invalid: 400, fault.Forbidden: 403, fault.NotFound: 404, fault.Conflict: 409, fault.KeyReused: 422, fault.TooMany: 429, fault.Unavailable: 503}[f.Kind]
		return c.Status(status).JSON(web.Problem{Status: status, Code: f.Code, Fields: f.Fields, Info: f.Info})
	}})
	router := web.NewRouter(r.app, func(c *fiber.Ctx) (auth.Caller, error) { return r.as(c.Get("Test-Person")), nil }, func(s string) string { return s })
	mountReports(router, r.service)
}

// another is a second server on the same database, with the cohorts as they are.
func (r *reporting) another(t testing.TB) *reporting {
	t.Helper()
	cohorts := *r.cohorts
	other := &reporting{database: r.database, serial: r.serial, cohorts: &cohorts, from: r.from, shared: true}
	other.open(t)
	return other
}

func (r *reporting) now() time.Time {
	if r.shared {
		return time.Now()
	}
	return r.from.Add(time.Duration(r.later.Load()))
}

// wait lets time pass, or takes it back.
func (r *reporting) wait(d time.Duration) { r.later.Add(int64(d)) }

func (r *reporting) newID() string { return fmt.Sprintf("id-%06d", r.serial.Add(1)) }

func (r *reporting) as(person string) auth.Caller {
	c := auth.Caller{Identity: auth.Identity{Person: person}}
	r.journal.View(func() {
		p, _ := r.people.Person(person)
		c.Language, c.Grants = p.Language, slices.Clone(r.people.Grants(person))
	})
	return c
}

func (r *reporting) happen(t testing.TB, events ...journal.Event) {
	t.Helper()
	if _, err := r.journal.Update(context.Background(), "", journal.Key{}, func(time.Time) (journal.Decision, error) {
		return journal.Happens(events...), nil
	}); err != nil {
		t.Fatal(err)
	}
}

// join puts people into a cohort; who is not known yet is added.
func (r *reporting) join(t testing.TB, cohort string, persons ...string) {
	t.Helper()
	var events []journal.Event
	for _, p := range persons {
		known := false
		r.journal.View(func() { _, known = r.people.Person(p) })
		if !known {
			events = append(events, people.PersonAdded{Person: p, Org: "org", Language: "fi", Grants: []people.Placed{{Role: "trainee", Unit: "school"}}, Credential: "c-" + p})
		}
	}
	if len(events) > 0 {
		r.happen(t, events...)
	}
	r.journal.View(func() { r.cohorts.members[cohort] = append(r.cohorts.members[cohort], persons...) })
}

// told tells people of a point, later than everybody before; who was told already is not told again.
func (r *reporting) told(t testing.TB, cohort string, point Point, persons ...string) {
	t.Helper()
	r.journal.View(func() {
		persons = slices.DeleteFunc(slices.Clone(persons), func(p string) bool { _, told := r.state.data.Told[cohort][point][p]; return told })
	})
	if len(persons) > 0 {
		r.wait(time.Millisecond)
		r.happen(t, MeasuresTold{Cohort: cohort, Point: point, Persons: persons})
	}
}

// answered lets people, who are told of it first, answer an instrument in a cohort at a point.
func (r *reporting) answered(t testing.TB, cohort, instrument string, point Point, by map[string]Answers) {
	t.Helper()
	r.told(t, cohort, point, slices.Sorted(maps.Keys(by))...)
	var events []journal.Event
	for _, person := range slices.Sorted(maps.Keys(by)) {
		id := r.newID()
		text, err := json.Marshal(by[person])
		if err == nil {
			err = r.vault.Put(context.Background(), id, []string{person}, string(text))
		}
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, MeasureAnswered{Answers: id, Cohort: cohort, Person: person, Instrument: instrument, Version: "1", Point: point})
	}
	r.happen(t, events...)
}

func (r *reporting) call(t testing.TB, person, method, path string, body any) (int, []byte) {
	t.Helper()
	text := ""
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		text = string(raw)
	}
	req := httptest.NewRequest(method, path, strings.NewReader(text))
	req.Header.Set("Content-Type", "application/json")
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
	return res.StatusCode, raw
}

// ask calls, wants a status, and reads the answer.
func ask[View any](t testing.TB, r *reporting, status int, person, method, path string, body any) (view View) {
	t.Helper()
	got, raw := r.call(t, person, method, path, body)
	if got != status {
		t.Fatalf("%s %s by %s: got %d %s, want %d", method, path, person, got, raw, status)
	}
	if err := json.Unmarshal(raw, &view); err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	return view
}

func wishFor(cohorts []string, points []Point, instruments ...string) reportRequest {
	wish := reportRequest{Title: "Raportti", Cohorts: cohorts, Points: points}
	for _, in := range instruments {
		wish.Measures = append(wish.Measures, measureWish{in, "1"})
	}
	return wish
}

func (w reportRequest) preview() reportPreviewRequest {
	return reportPreviewRequest{Cohorts: w.Cohorts, Measures: w.Measures, Points: w.Points}
}

// learners names n people of a cohort.
func learners(cohort string, n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("%s-%02d", cohort, i)
	}
	return all
}

func one(item string, value int) Answers { return Answers{item: {Value: value}} }
