package psycap

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/mail"
	"luotsi/server/mongodb"
	"luotsi/server/mongodb/mongotest"
	"luotsi/server/people"
	"luotsi/server/vault"
)

// reminding is a server on the real engine, with a clock that the test moves: aino and bo are in the cohort k1, and so is cia, who
// wants no mails.
type reminding struct {
	database *mongodb.Database
	journal  *journal.Journal
	state    *State
	people   *people.State
	service  *Service
	groups   *groups
	clock    *atomic.Int64 // unix ms, once it is set: opening compares with the database's clock
}

func newReminding(t *testing.T) *reminding {
	t.Helper()
	r := &reminding{database: mongotest.New(t), clock: new(atomic.Int64)}
	r.groups = newGroups(autumn(), member("aino", "2025-08-01"), member("bo", "2025-08-01"), member("cia", "2025-08-01"))
	r.open(t, false)
	r.clock.Store(finnish("2025-08-20", 12).UnixMilli())
	events := []journal.Event{people.OrganisationFounded{Org: "school", Name: "Koulu"}, people.UnitAdded{Unit: "east", Name: "Itä", Kind: "other", Org: "school"}}
	for person, language := range map[string]string{"aino": "fi", "bo": "sv", "cia": "en", "tove": "fi"} {
		r.name(t, person, language)
		role := "trainee"
		if person == "tove" {
			role = "trainer"
		}
		events = append(events, people.PersonAdded{
			Person: person, Org: "school", Language: language, Grants: []people.Placed{{Role: role, Unit: "east"}}, Credential: "c-" + person,
		})
	}
	r.happen(t, events...)
	return r
}

// another is a second server on the same database.
func (r *reminding) another(t *testing.T) *reminding {
	t.Helper()
	other := &reminding{database: r.database, clock: new(atomic.Int64), groups: r.groups}
	other.open(t, true)
	other.clock.Store(r.clock.Load())
	return other
}

func (r *reminding) open(t *testing.T, shared bool) {
	t.Helper()
	now := func() time.Time {
		if ms := r.clock.Load(); ms != 0 {
			return time.UnixMilli(ms)
		}
		return time.Now()
	}
	log := slog.New(slog.DiscardHandler)
	r.state, r.people = NewState(), people.NewState()
	keys, err := vault.New(r.database, bytes.Repeat([]byte{7}, 32), now)
	if err != nil {
		t.Fatal(err)
	}
	names := people.NewNames(r.database, keys, now, log)
	names.Attach(r.people)
	r.journal, err = journal.Open(context.Background(), journal.Options{
		Database: r.database, Types: slices.Concat(people.Events(), Events()), States: []journal.State{r.people, r.state},
		Now: now, Log: log, Shared: shared,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.journal.Close)
	r.service = NewService(Options{
		Database: r.database, Journal: r.journal, State: r.state, Vault: keys, People: r.people, Names: names,
		Access: people.NewAccessLog(r.database, now), Cohorts: r.groups, Now: now, Log: log, PublicURL: "https://luotsi.example",
		WantsMail: func(person string, kind NoticeKind) bool { return person != "cia" && kind == AboutMeasure },
	})
}

// name stores what a person is called, as the people package does.
func (r *reminding) name(t *testing.T, id, language string) {
	t.Helper()
	text, err := json.Marshal(map[string]string{"name": strings.ToUpper(id[:1]) + id[1:], "email": id + "@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	keys, err := vault.New(r.database, bytes.Repeat([]byte{7}, 32), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := keys.Seal(id, string(text))
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

func (r *reminding) happen(t *testing.T, events ...journal.Event) {
	t.Helper()
	_, err := r.journal.Update(context.Background(), "", journal.Key{}, func(time.Time) (journal.Decision, error) {
		return journal.Happens(events...), nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (r *reminding) plan(t *testing.T, next Plan) Planned {
	t.Helper()
	p, err := r.service.PlanMeasures(context.Background(), auth.Caller{Identity: auth.Identity{Person: "tove"}}, "k1", next)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// tick looks once on a day and gives the mails that come of it, as they are sent then.
func (r *reminding) tick(t *testing.T, day string, hour int) []mail.Message {
	t.Helper()
	r.clock.Store(finnish(day, hour).UnixMilli())
	since := r.journal.Applied()
	if err := r.service.Tell(context.Background()); err != nil {
		t.Fatal(err)
	}
	return r.mails(t, since)
}

func (r *reminding) mails(t *testing.T, since uint64) (all []mail.Message) {
	t.Helper()
	enough := errors.New("enough")
	last := r.journal.Applied()
	if since == last {
		return nil
	}
	err := r.journal.Follow(context.Background(), since, func(ctx context.Context, c journal.Commit) error {
		for i, e := range c.Events {
			messages, err := r.service.Announce(ctx, c.Meta(i), e)
			if err != nil {
				return err
			}
			for _, m := range messages {
				if m, err = m.Written(ctx); err != nil {
					return err
				}
				if m.To != "" {
					all = append(all, m)
				}
			}
		}
		if c.Number == last {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) {
		t.Fatal(err)
	}
	slices.SortFunc(all, func(a, b mail.Message) int { return strings.Compare(a.To, b.To) })
	return all
}

func (r *reminding) notices(person string) (all []Notice) {
	r.journal.View(func() { all = r.service.Notices(person, r.service.now()) })
	return all
}

func TestMailAndNoticeOfAMeasure(t *testing.T) {
	r := newReminding(t)
	r.plan(t, Plan{Measures: []Measure{{Instrument: "voimavarat", Points: []Point{Start}}}, Ends: "2025-12-15", Days: 21})
	if all := r.tick(t, "2025-09-01", 8); len(all) != 0 {
		t.Fatalf("told at night: %+v", all)
	}
	all := r.tick(t, "2025-09-01", 9)
	if len(all) != 2 {
		t.Fatalf("%d mails, want one to each who wants them", len(all))
	}
	want := `Hei Aino!

Koulutuksen alkaessa kysymme ryhmältäsi ”Syksy”:

- Voimavarakysely

Vastaaminen vie noin 4 minuuttia. Se on vapaaehtoista, eikä se vaikuta koulutukseen. Kukaan muu ei näe vastauksiasi, ellet itse jaa niitä: kouluttaja näkee vain ryhmän yhteisiä lukuja.

Voit vastata 21.9.2025 asti:
https://luotsi.example/measures

Jos et halua vastata, kerro se samalla sivulla yhdellä painalluksella. Silloin emme muistuta.

Voit valita, mitä ilmoituksia saat ja missä:
https://luotsi.example/account#notices

Ystävällisin terveisin
Luotsi
`
	if all[0].To != "aino@example.org" || all[0].Subject != "Vapaaehtoinen kysely: Syksy" || all[0].Text != want {
		t.Errorf("got %s: %s\n%s\nwant\n%s", all[0].To, all[0].Subject, all[0].Text, want)
	}
	if all[1].To != "bo@example.org" || all[1].Subject != "Frivillig enkät: Syksy" || !strings.Contains(all[1].Text, "till och med 21.9.2025") {
		t.Errorf("in Swedish: %s\n%s", all[1].Subject, all[1].Text)
	}
	first := r.notices("cia")
	if len(first) != 1 || first[0].Kind != AboutMeasure || first[0].Course != "coord" || first[0].Count != 1 || first[0].Day != "2025-09-21" {
		t.Errorf("the notice of who wants no mails: %+v", first)
	}

	// Who answers between a telling and its mail gets none; nor is there a notice any more.
	since := r.journal.Applied()
	r.clock.Store(finnish("2025-09-04", 9).UnixMilli())
	if err := r.service.Tell(context.Background()); err != nil {
		t.Fatal(err)
	}
	r.happen(t, MeasureAnswered{Answers: "a1", Cohort: "k1", Person: "bo", Instrument: "voimavarat", Version: "1", Point: Start})
	all = r.mails(t, since)
	if len(all) != 1 || all[0].To != "aino@example.org" || all[0].Subject != "Kysely on vielä auki: Syksy" || !strings.Contains(all[0].Text, "odottavat vielä sinua") {
		t.Errorf("the first reminder: %+v", all)
	}
	if again := r.notices("cia"); len(again) != 1 || again[0].ID == first[0].ID {
		t.Errorf("a reminder is a notice to be read anew: %+v after %+v", again, first)
	}
	if got := r.notices("bo"); len(got) != 0 {
		t.Errorf("who answered is told still: %+v", got)
	}
	r.happen(t, MeasureDeclined{Cohort: "k1", Person: "cia", Instrument: "voimavarat", Point: Start})
	r.happen(t, MeasuresRefused{Person: "aino", Refused: true})
	if got := slices.Concat(r.notices("cia"), r.notices("aino"), r.tick2(t, "2025-09-11")); len(got) != 0 {
		t.Errorf("who declined or refused is told still: %+v", got)
	}

	// It is open again for the last day, and over after it.
	r.happen(t, MeasuresRefused{Person: "aino"})
	r.clock.Store(finnish("2025-09-21", 23).UnixMilli())
	if got := r.notices("aino"); len(got) != 1 {
		t.Errorf("on the last day: %+v", got)
	}
	r.clock.Store(finnish("2025-09-22", 0).UnixMilli())
	if got := r.notices("aino"); len(got) != 0 {
		t.Errorf("after the last day: %+v", got)
	}
}

// Who does not want to be asked hears nothing, and counts as asked all the same: two cohorts that differ by one person would show by
// how many were asked whether that person wants to be.
func TestWhoRefusesIsCountedAndHearsNothing(t *testing.T) {
	r := newReminding(t)
	r.happen(t, FloorSet{Org: "school", Floor: LeastFloor})
	for _, person := range []string{"dan", "eva"} {
		r.name(t, person, "fi")
		r.happen(t, people.PersonAdded{Person: person, Org: "school", Language: "fi", Grants: []people.Placed{{Role: "trainee", Unit: "east"}}, Credential: "c-" + person})
		r.groups.members["k1"] = append(r.groups.members["k1"], member(person, "2025-08-01"))
	}
	r.happen(t, MeasuresRefused{Person: "aino", Refused: true})
	p := r.plan(t, Plan{Measures: []Measure{{Instrument: "voimavarat", Points: []Point{Start}}}, Ends: "2025-12-15", Days: 21})
	all := r.tick(t, "2025-09-01", 9)
	for _, m := range slices.Concat(all, r.tick(t, "2025-09-04", 9)) {
		if m.To == "aino@example.org" {
			t.Errorf("who refused gets a mail: %s", m.Subject)
		}
	}
	if len(all) != 3 || len(r.notices("aino")) != 0 {
		t.Errorf("%d mails, and to who refused %+v", len(all), r.notices("aino"))
	}
	counts := func() Participation {
		t.Helper()
		p, err := r.service.PlanOf(context.Background(), auth.Caller{Identity: auth.Identity{Person: "tove"}}, "k1")
		if err != nil || len(p.Counts) != 1 {
			t.Fatal(p.Counts, err)
		}
		return p.Counts[0]
	}
	want := Participation{Point: Start, Instrument: "voimavarat", Asked: len(r.groups.members["k1"])}
	if got := counts(); got != want || p.Floor != want.Asked {
		t.Errorf("got %+v, want %+v", got, want)
	}
	r.happen(t, MeasuresRefused{Person: "aino"})
	if got := r.notices("aino"); len(got) != 1 || counts() != want {
		t.Errorf("taken back: %+v, %+v", got, counts())
	}
}

// tick2 looks once on a day, and fails when that told anybody.
func (r *reminding) tick2(t *testing.T, day string) []Notice {
	t.Helper()
	if all := r.tick(t, day, 9); len(all) != 0 {
		t.Errorf("mails on %s: %+v", day, all)
	}
	return nil
}

// An instrument whose licence has ended is neither told of nor reminded of, and is told of again when there is a new one.
func TestNoTellingWithoutLicence(t *testing.T) {
	r := newReminding(t)
	r.happen(t, LicenceRecorded{Org: "school", Instrument: "pcq-12", Holder: "x", Scope: "x", Ends: "2025-08-31"})
	r.happen(t, ItemsUploaded{Org: "school", Instrument: "pcq-12", Version: "1.1", Hash: "h"})
	r.happen(t, MeasuresPlanned{Cohort: "k1", Measures: []Measure{{Instrument: "pcq-12", Version: "1.1", Points: []Point{Start}}}, Ends: "2025-12-15", Days: 21})
	before := r.journal.Applied()
	if r.tick(t, "2025-09-01", 9); r.journal.Applied() != before {
		t.Error("told of what may not be asked")
	}
	r.happen(t, LicenceRecorded{Org: "school", Instrument: "pcq-12", Holder: "x", Scope: "x", Ends: "2025-12-31"})
	before = r.journal.Applied()
	r.clock.Store(finnish("2025-09-02", 9).UnixMilli())
	if err := r.service.Tell(context.Background()); err != nil || r.journal.Applied() != before+1 {
		t.Errorf("a new licence: %v, %d commits", err, r.journal.Applied()-before)
	}
}

// However many servers there are, and when one of them starts anew in the middle, nobody is told twice.
func TestMeasuresToldOnce(t *testing.T) {
	r := newReminding(t)
	r.plan(t, Plan{Measures: []Measure{{Instrument: "voimavarat", Points: []Point{Start}}}, Ends: "2025-12-15", Days: 21})
	start := r.journal.Applied()
	r.journal.Close()
	servers := []*reminding{r.another(t), r.another(t), r.another(t)}
	tick := func(day string, want uint64) {
		t.Helper()
		before := servers[0].journal.Applied()
		var all sync.WaitGroup
		for i := range servers {
			all.Go(func() {
				for done := 0; done < 3; done++ {
					servers[i].clock.Store(finnish(day, 9).UnixMilli())
					if err := servers[i].service.Tell(context.Background()); errors.Is(err, journal.ErrUnavailable) {
						servers[i] = r.another(t)
						done--
					} else if err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		for _, server := range servers {
			if err := server.journal.WaitFor(context.Background(), before+want); err != nil {
				t.Fatal(err)
			}
			if got := server.journal.Applied() - before; got != want {
				t.Errorf("%s: %d commits, want %d", day, got, want)
			}
		}
	}
	tick("2025-09-01", 1)
	servers[1] = r.another(t)
	tick("2025-09-02", 0)
	tick("2025-09-04", 1)
	tick("2025-09-10", 0)
	tick("2025-09-11", 1)
	tick("2025-09-21", 0)
	if servers[0].journal.Applied() != start+3 {
		t.Error("somebody was told twice")
	}
}

// What is asked already stays in its version; the plan is shown with what may be asked, to who may look as to who may change it.
func TestPlanOf(t *testing.T) {
	r := newReminding(t)
	ctx := context.Background()
	tim, tove := auth.Caller{Identity: auth.Identity{Person: "tim"}}, auth.Caller{Identity: auth.Identity{Person: "tove"}}
	p, err := r.service.PlanOf(ctx, tove, "k1")
	if err != nil || p.Exists || !p.May || p.Plan.Ends != "2025-12-30" || p.Floor != DefaultFloor || len(p.Choices) == 0 {
		t.Fatalf("before there is a plan: %+v %v", p, err)
	}
	for _, c := range p.Choices {
		if !c.May || c.Rights == Licensed {
			t.Errorf("%s may be asked without a licence", c.ID)
		}
	}
	p = r.plan(t, Plan{Measures: []Measure{{Instrument: "voimavarat", Points: []Point{End, Start}}}, Ends: "2025-12-15", Days: 21})
	if !p.Exists || p.Plan.version("voimavarat") != "1" || p.Dates()[4] != (Window{"2026-06-15", "2026-07-05"}) {
		t.Errorf("planned: %+v", p.Plan)
	}
	if p, err = r.service.PlanOf(ctx, tim, "k1"); err != nil || p.May || !p.Exists {
		t.Errorf("who may look: %+v %v", p, err)
	}
	if _, err = r.service.PlanMeasures(ctx, tim, "k1", p.Plan); !errors.Is(err, ErrUnknownCohort) {
		t.Errorf("who may look changes it: %v", err)
	}
	for _, cohort := range []string{"k1", "k2"} {
		if _, err = r.service.PlanOf(ctx, auth.Caller{Identity: auth.Identity{Person: "aino"}}, cohort); !errors.Is(err, ErrUnknownCohort) {
			t.Errorf("a learner looks at %s: %v", cohort, err)
		}
	}
	if _, err = r.service.PlanMeasures(ctx, tove, "k1", Plan{Measures: []Measure{{Instrument: "pcq-12", Points: []Point{End}}}, Ends: "2025-12-15", Days: 21}); !errors.Is(err, ErrLicenceNeeded) {
		t.Errorf("without a licence: %v", err)
	}
}
