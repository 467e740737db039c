package courses

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

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/mongodb"
	"luotsi/server/mongodb/mongotest"
	"luotsi/server/people"
	"luotsi/server/vault"
	"luotsi/server/web"
)

// region is two organisations on the real engine: the school with the units east and west, the town with the unit town.
// The cohorts of west are open to the town; those of east are not.
type region struct {
	service  *Service
	state    *State
	people   *people.State
	names    *people.Names
	access   *people.AccessLog
	journal  *journal.Journal
	database *mongodb.Database
	vault    *vault.Vault
	app      *fiber.App
	router   *web.Router
	shared   bool
	media    string
	clock    *atomic.Int64 // unix ms, once it is set: opening compares with the database's clock
}

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func placed(role, unit string) []people.Placed { return []people.Placed{{Role: role, Unit: unit}} }

var regionPeople = []struct {
	id, org, name, language string
	grants                  []people.Placed
}{
	{"aino", "school", "Aino Ahola", "fi", placed("trainee", "east")},
	{"bo", "school", "Bo Åberg", "sv", placed("coordinator", "east")},
	{"cecilia", "school", "Cecilia <Öst> & Söner", "en", placed("trainee", "west")},
	{"doris", "school", "Doris Doktor", "fi", placed("doctor", "east")},
	{"tove", "school", "Tove Kouluttaja", "fi", placed("trainer", "east")},
	{"viljo", "school", "Viljo Kouluttaja", "fi", placed("trainer", "west")},
	{"mari", "school", "Mari Johto", "fi", placed("manager", "east")},
	{"tim", "town", "Tim Kouluttaja", "fi", placed("trainer", "town")},
	{"olli", "town", "Olli Oppija", "fi", placed("trainee", "town")},
}

// newRegion opens the region with the sample course and the cohort k1 of east, in which aino and bo are.
func newRegion(t testing.TB) *region {
	t.Helper()
	r := &region{database: mongotest.New(t), clock: new(atomic.Int64)}
	r.open(t)
	r.clock.Store(noon.UnixMilli())
	events := []journal.Event{
		people.OrganisationFounded{Org: "school", Name: "Koulu"}, people.OrganisationFounded{Org: "town", Name: "Kaupunki"},
		people.UnitAdded{Unit: "east", Name: "Itä", Kind: "other", Org: "school"},
		people.UnitAdded{Unit: "west", Name: "Länsi", Kind: "other", Org: "school"},
		people.UnitAdded{Unit: "town", Name: "Työllisyyspalvelut", Kind: "employment_services", Org: "town"},
		people.SharingOpened{Sharing: "s1", Unit: "west", Org: "town", Purpose: people.ForCohorts},
		people.SharingOpened{Sharing: "s2", Unit: "east", Org: "town", Purpose: people.ForJointAppointments},
	}
	for _, p := range regionPeople {
		r.name(t, p.id, p.name, p.language)
		events = append(events, people.PersonAdded{Person: p.id, Org: p.org, Language: p.language, Grants: p.grants, Credential: "c-" + p.id})
	}
	r.happen(t, events...)
	if err := r.service.Publish(context.Background(), []*Content{sampleContent("v1")}); err != nil {
		t.Fatal(err)
	}
	r.happen(t,
		CohortOpened{Cohort: "k1", Course: "coord", Unit: "east", Name: "Syksy 2026", Starts: "2026-11-01"},
		CohortOpened{Cohort: "k2", Course: "coord", Unit: "west", Name: "Länsi 2026", Starts: "2026-11-02"},
		LearnerEnrolled{Cohort: "k1", Course: "coord", Person: "aino"},
		LearnerEnrolled{Cohort: "k1", Course: "coord", Person: "bo"},
	)
	return r
}

// another is a second server on the same database.
func (r *region) another(t testing.TB) *region {
	t.Helper()
	other := &region{database: r.database, shared: true, clock: new(atomic.Int64)}
	other.open(t)
	other.clock.Store(r.clock.Load())
	return other
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
	if r.media == "" {
		r.media = t.TempDir()
	}
	r.state, r.people = NewState(), people.NewState()
	var err error
	if r.vault, err = vault.New(r.database, bytes.Repeat([]byte{7}, 32), now); err != nil {
		t.Fatal(err)
	}
	r.names = people.NewNames(r.database, r.vault, now, log)
	r.names.Attach(r.people)
	r.access = people.NewAccessLog(r.database, now)
	r.journal, err = journal.Open(context.Background(), journal.Options{
		Database: r.database, Types: slices.Concat(people.Events(), Events()), States: []journal.State{r.people, r.state},
		Now: now, Log: log, Shared: r.shared,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.journal.Close)
	r.service, err = NewService(Options{
		Database: r.database, Journal: r.journal, State: r.state, Vault: r.vault, People: r.people, Names: r.names, Access: r.access,
		NewID: func() string { return fmt.Sprintf("id-%d", serial.Add(1)) }, Now: now, Log: log, Shared: r.shared,
		BadgeKey: badgeKey(), PublicURL: "https://luotsi.example", Media: r.media,
	})
	if err != nil {
		t.Fatal(err)
	}
	r.app = fiber.New(fiber.Config{Immutable: true, ErrorHandler: showFault})
	r.router = web.NewRouter(r.app, func(c *fiber.Ctx) (auth.Caller, error) {
		person := c.Get("Test-Person")
		if person == "" {
			return auth.Caller{}, auth.ErrTokenMissing
		}
		return r.caller(person), nil
	}, auth.HashSecret)
	Mount(r.router, r.service)
}

var serial atomic.Int64

func showFault(c *fiber.Ctx, err error) error {
	f, ok := fault.As(err)
	if !ok {
		return c.Status(http.StatusInternalServerError).JSON(web.Problem{Code: err.Error()})
	}
	status := map[fault.Kind]int{
		fault.Invalid: 400, fault.Unauthenticated: 401, fault.Forbidden: 403, fault.NotFound: 404, fault.Conflict: 409,
		fault.Gone: 410, fault.KeyReused: 422, fault.Unavailable: 503,
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

func (r *region) caller(person string) auth.Caller {
	c := auth.Caller{Identity: auth.Identity{Person: person}}
	r.journal.View(func() {
		p, _ := r.people.Person(person)
		c.Grants, c.Language = slices.Clone(p.Grants), p.Language
	})
	return c
}

func (r *region) hash(t testing.TB) string {
	t.Helper()
	hash, err := r.journal.Hash()
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

func (r *region) raw(t testing.TB, person, method, path, body string, header ...string) (int, []byte) {
	t.Helper()
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Test-Person", person)
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
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

// want calls and fails the test when the status is another one.
func (r *region) want(t testing.TB, status int, person, method, path, body string, header ...string) map[string]any {
	t.Helper()
	got, raw := r.raw(t, person, method, path, body, header...)
	if got != status {
		t.Fatalf("%s %s by %s: %d %s, want %d", method, path, person, got, raw, status)
	}
	if len(raw) == 0 {
		return nil
	}
	var v map[string]any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatalf("%s %s: %v in %s", method, path, err, raw)
	}
	return v
}

// at digs in decoded JSON: at(v, "courses", 0, "percent").
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

// wantAt compares parts of decoded JSON, given as a dotted path and a value.
func wantAt(t testing.TB, v any, pairs ...any) {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		var path []any
		for _, step := range strings.Split(pairs[i].(string), ".") {
			var n int
			if _, err := fmt.Sscanf(step, "%d", &n); err == nil && step[0] >= '0' && step[0] <= '9' {
				path = append(path, n)
			} else {
				path = append(path, step)
			}
		}
		want := pairs[i+1]
		if n, ok := want.(int); ok {
			want = float64(n)
		}
		if got := at(v, path...); got != want {
			t.Errorf("%s: got %v, want %v", pairs[i], got, want)
		}
	}
}

func lessonOf(id, fi, sv string) Activity {
	a := Activity{ID: id, Kind: Lesson, Minutes: 10, Faces: Faces[ActivityFace]{"fi": {Title: fi, HTML: "<p>" + fi + "</p>"}}}
	if sv != "" {
		a.Faces["sv"] = ActivityFace{Title: sv, HTML: "<p>" + sv + "</p>"}
	}
	return a
}

// sampleContent is a course of two modules: l1 and l2, the quiz check and the task case; then l3. Only l1 is Swedish too.
func sampleContent(hash string) *Content {
	quiz := *sampleQuiz()
	quiz.Minutes = 5
	quiz.Faces = Faces[ActivityFace]{"fi": {Title: "Testi"}}
	for i, q := range quiz.Questions {
		face := q.Faces["fi"]
		face.Text = "Kysymys " + q.ID
		if q.Type == Text {
			face.Feedback = "Se on osaaminen."
		}
		faces := Faces[QuestionFace]{"fi": face}
		if sv, ok := q.Faces["sv"]; ok {
			faces["sv"] = sv
		}
		quiz.Questions[i].Faces = faces
		for o := range q.Options {
			q.Options[o].Faces = Faces[OptionFace]{"fi": {Text: "Vaihtoehto " + q.Options[o].ID, Feedback: "Palaute " + q.Options[o].ID}}
		}
	}
	module := func(id string, activities ...Activity) Module {
		return Module{ID: id, Hours: 27, Activities: activities, Faces: Faces[ModuleFace]{"fi": {
			Title: "Moduuli " + id, Goals: []string{"Tavoite"}, Outline: []string{"Aihe"}, Output: "Testi", Sources: []string{"Lähde"},
			Reviewed: "2026-11-20", ReviewBy: "2027-11-20", HTML: "<p>Moduuli</p>",
		}}}
	}
	return &Content{
		ID: "coord", Hash: hash,
		Faces: Faces[CourseFace]{"fi": {Title: "Koordinaattori", Summary: "Lyhyesti", HTML: "<p>Kurssi</p>"}, "sv": {Title: "Koordinator"}},
		Modules: []Module{
			module("m1", lessonOf("l1", "Talo", "Huset"), lessonOf("l2", "Rooli", ""), quiz,
				Activity{ID: "case", Kind: Task, Minutes: 30, Faces: Faces[ActivityFace]{"fi": {Title: "Tapaus", HTML: "<p>Kirjoita</p>"}}}),
			module("m2", lessonOf("l3", "Laki", "")),
		},
	}
}
