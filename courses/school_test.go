package courses

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"luotsi/server/journal"
	"luotsi/server/people"
)

// school drives the rules with everything that learners and trainers can do, at random, and keeps what happened.
type school struct {
	*rand.Rand
	t      *testing.T
	people *people.State
	state  *State
	b      borders
	now    time.Time
	log    []logged
	serial int
}

type logged struct {
	meta  journal.Meta
	event journal.Event
}

const (
	schoolLearners = 12
	schoolTrainers = 5
)

func newSchool(t *testing.T, seed uint64) *school {
	s := &school{Rand: rand.New(rand.NewPCG(seed, 9)), t: t, people: people.NewState(), state: NewState(), now: time.Date(2026, 10, 20, 6, 0, 0, 0, time.UTC)}
	s.b = borders{people: s.people}
	known := []journal.Event{
		people.OrganisationFounded{Org: "o", Name: "Koulu"},
		people.UnitAdded{Unit: "u0", Name: "Itä", Kind: "other", Org: "o"}, people.UnitAdded{Unit: "u1", Name: "Länsi", Kind: "other", Org: "o"},
	}
	person := func(id, role, unit string) {
		known = append(known, people.PersonAdded{Person: id, Org: "o", Language: "fi", Grants: placed(role, unit), Credential: "c-" + id})
	}
	for n := range schoolLearners {
		person(fmt.Sprint("p", n), "trainee", fmt.Sprint("u", n%2))
	}
	for n := range schoolTrainers {
		person(fmt.Sprint("t", n), "trainer", fmt.Sprint("u", n%2))
	}
	for n, e := range known {
		s.people.Apply(journal.Meta{Number: uint64(n + 1), At: s.now}, e)
	}
	s.commit("", s.version())
	for n := range 3 {
		s.commit("t0", CohortOpened{Cohort: fmt.Sprint("k", n), Course: "c", Unit: fmt.Sprint("u", n%2), Name: fmt.Sprint("Ryhmä ", n), Starts: "2026-10-19"})
	}
	return s
}

func (s *school) id(what string) string {
	s.serial++
	return fmt.Sprint(what, s.serial)
}

func (s *school) commit(by string, events ...journal.Event) {
	s.now = s.now.Add(time.Duration(1+s.IntN(60_000)) * time.Millisecond)
	for _, e := range events {
		m := journal.Meta{Number: uint64(len(s.log) + 1), At: s.now, By: by}
		s.log = append(s.log, logged{m, e})
		s.state.Apply(m, e)
	}
}

func (s *school) learner() string { return fmt.Sprint("p", s.IntN(schoolLearners)) }
func (s *school) trainer() string { return fmt.Sprint("t", s.IntN(schoolTrainers)) }
func (s *school) cohort() string  { return fmt.Sprint("k", s.IntN(3)) }
func (s *school) module() string  { return fmt.Sprint("m", s.IntN(6)) }

// of is the cohort of a learner, mostly, and a trainer of its unit, mostly.
func (s *school) of(person string) (cohort, trainer string) {
	cohort, trainer = s.cohort(), s.trainer()
	if l := s.state.learner(person, "c"); l != nil && l.Cohort != "" && s.chance(90) {
		cohort = l.Cohort
		if unit := s.state.data.Cohorts[cohort].Unit; s.chance(90) {
			for !s.b.trains(trainer, unit) {
				trainer = s.trainer()
			}
		}
	}
	return cohort, trainer
}

func (s *school) chance(percent int) bool {
	return s.IntN(100) < percent
}

// activity is one of that kind, mostly out of the newest version.
func (s *school) activity(kinds ...Kind) string {
	if order := s.state.editions["c"].order; len(order) > 0 && s.chance(85) {
		from := s.IntN(len(order))
		for i := range order {
			if a := order[(from+i)%len(order)]; len(kinds) == 0 || slices.Contains(kinds, a.Kind) {
				return a.ID
			}
		}
	}
	for range 20 {
		if n := s.IntN(4 * len(Kinds())); len(kinds) == 0 || slices.Contains(kinds, schoolKind(n)) {
			return fmt.Sprint("a", n)
		}
	}
	return "a0"
}

func schoolKind(n int) Kind { return Kinds()[n%len(Kinds())] }

// version is a course at random: modules and activities that come, go and move, and that ask for other things each time.
func (s *school) version() CourseVersionPublished {
	e := CourseVersionPublished{Course: "c", Hash: s.id("h"), Rules: Rules{ContactDays: s.IntN(5)}}
	var before []string
	gate := func() (g Gate) {
		if len(before) > 0 && s.chance(15) {
			g.After = []string{before[s.IntN(len(before))]}
		}
		if s.chance(10) {
			days := s.IntN(60)
			g.Opens.Offset = &days
		}
		if s.chance(10) {
			g.Due.Day = s.now.AddDate(0, 0, s.IntN(60)).Format(time.DateOnly)
		}
		return g
	}
	numbers := s.Perm(4 * len(Kinds()))[:12+s.IntN(20)]
	for m := range 2 + s.IntN(4) {
		outline := ModuleOutline{ID: fmt.Sprint("m", m), Gate: gate()}
		count := s.IntN(7)
		for _, n := range numbers[:min(count, len(numbers))] {
			kind := schoolKind(n)
			if s.chance(3) {
				kind = schoolKind(s.IntN(9)) // an author made something else of it
			}
			a := ActivityOutline{ID: fmt.Sprint("a", n), Kind: kind, Gate: gate(), Optional: s.chance(15), Hash: s.id("x"), Texts: map[Language]string{"fi": s.id("x")}}
			a.Requires = kind.Requirements()[s.IntN(len(kind.Requirements()))]
			switch kind {
			case Quiz:
				a.Questions, a.Pass, a.Attempts, a.TimeLimit = 10, 1+s.IntN(10), s.IntN(4), s.IntN(2)*20
			case Development:
				a.Parts = []string{"s1", "s2", "s3"}[:s.IntN(4)]
			}
			outline.Activities = append(outline.Activities, a)
			before = append(before, a.ID)
		}
		numbers = numbers[min(count, len(numbers)):]
		e.Modules, before = append(e.Modules, outline), append(before, outline.ID)
	}
	return e
}

// submission is something that was handed in to be marked.
func (s *school) submission() string {
	if all := slices.Sorted(maps.Keys(s.state.handed.items)); len(all) > 0 {
		return all[s.IntN(len(all))]
	}
	return "none"
}

// whole is a development task that waits for an approval of all of it.
func (s *school) whole() string {
	var all []string
	for _, waits := range s.state.handed.queue {
		for _, w := range waits {
			if w.what == WaitsFirst || w.what == WaitsSecond {
				all = append(all, w.id)
			}
		}
	}
	if len(all) == 0 {
		return s.submission()
	}
	slices.Sort(all)
	return all[s.IntN(len(all))]
}

func (s *school) try() (try, activity string) {
	if all := slices.Sorted(maps.Keys(s.state.data.Tries)); len(all) > 0 {
		t := s.state.data.Tries[all[s.IntN(len(all))]]
		return t.ID, t.Activity
	}
	return "none", "a5"
}

// run is an attempt that is not over.
func (s *school) run() Run {
	if all := slices.Sorted(maps.Keys(s.state.data.Runs)); len(all) > 0 {
		return *s.state.data.Runs[all[s.IntN(len(all))]]
	}
	return Run{Course: "c", Person: s.learner(), Activity: s.activity(Quiz), Attempt: "none"}
}

func (s *school) result() Result {
	points := s.IntN(11)
	return Result{Points: points, Max: 10, Passed: points >= 6, Waits: s.chance(25)}
}

func happens(e journal.Event, err error) (journal.Decision, error) {
	if err != nil {
		return journal.Decision{}, err
	}
	return journal.Happens(e), nil
}

// act lets somebody do something: what the rules refuse does not happen.
func (s *school) act() (what string) {
	day := func(n int) string { return s.now.AddDate(0, 0, n).Format(time.DateOnly) }
	person := s.learner()
	cohort, trainer := s.of(person)
	var d journal.Decision
	var err error
	by, st := person, s.state
	switch n := s.IntN(100); {
	case n < 4:
		what, by = "enrol", trainer
		d, err = st.enrolAll(s.b, by, cohort, []string{person, s.learner()})
	case n < 5 && s.chance(30):
		what, by = "remove", trainer
		d, err = st.removeOne(s.b, by, cohort, person)
	case n < 20:
		what = "complete"
		d, err = st.complete(person, "c", s.activity(Lesson, Video), s.now)
	case n < 24:
		what = "elsewhere"
		d, err = st.completeElsewhere(person, "c", s.activity(Link), day(-s.IntN(3)), s.now)
	case n < 28:
		what = "view"
		d, err = st.view(person, "c", s.activity(), s.now)
	case n < 33:
		what = "submit"
		activity := s.activity(Task)
		_, _, refused := st.opened(person, "c", activity, Task, s.now)
		d, err = happens(TaskSubmitted{Submission: s.id("s"), Course: "c", Person: person, Activity: activity}, refused)
	case n < 38:
		what = "step"
		d, err = st.submitStep(s.id("s"), person, "c", s.activity(Development), []string{"", "s1", "s2", "s3"}[s.IntN(4)], nil, s.now)
	case n < 44:
		what = "start"
		d, err = st.startQuiz(Run{Attempt: s.id("r"), Course: "c", Person: person, Activity: s.activity(Quiz), Hash: st.editions["c"].hash, Questions: []string{"q"}}, s.now)
	case n < 50:
		what = "hand in"
		r := s.run()
		by = r.Person
		d, err = st.handIn(&r, s.id("a"), s.result(), s.chance(20), s.now)
	case n < 53:
		what = "answer whole"
		r := Run{Attempt: s.id("r"), Course: "c", Person: person, Activity: s.activity(Quiz)}
		_, refused := st.mayTry(person, "c", r.Activity, s.now)
		d, err = happens(attempted(&r, r.Attempt, s.result()), refused)
	case n < 57:
		what = "mark"
		r := s.run()
		result := s.result()
		result.Waits = false
		cohort, by = s.of(r.Person)
		d, err = st.markOpen(s.b, by, cohort, &r, s.id("g"), result, s.now)
	case n < 58:
		what, by = "reopen", trainer
		d, err = st.reopenQuiz(s.b, by, cohort, person, s.activity(Quiz), s.id("why"))
	case n < 62:
		what = "reflect"
		d, err = st.keepReflection(person, "c", s.activity(Reflection), s.id("f"), Privacies()[s.IntN(4)], "", nil, s.now)
	case n < 63:
		what = "share"
		d, err = st.share(person, "c", s.activity(Reflection, Work), Privacies()[s.IntN(4)], "")
	case n < 66:
		what = "plan"
		d, err = st.planWork(person, "c", s.activity(Work), day(s.IntN(9)), s.id("w"), s.now)
	case n < 70:
		what = "tell"
		try, activity := s.try()
		var seen int64
		if t := st.data.Tries[try]; t != nil {
			by, seen = t.Person, t.toldAt()
		}
		d, err = st.tellWork(by, "c", activity, try, day(-1), []Went{Worked, Partly, Failed, NotTried}[s.IntN(4)], s.id("w"), []Over{nil, &seen}[s.IntN(2)], s.now)
	case n < 71:
		what = "follow up"
		try, activity := s.try()
		stage, seen := s.IntN(2), int64(0)
		if t := st.data.Tries[try]; t != nil {
			by, seen = t.Person, t.FollowUps[stage].At
		}
		d, err = st.followUpWork(by, "c", activity, try, Stages()[stage], InUse, s.id("w"), []Over{nil, &seen}[s.IntN(2)], s.now)
	case n < 72:
		what, by = "reminders", ""
		d, err = st.followUpsDue(s.b, s.now)
	case n < 77:
		what, by = "attendance", trainer
		e := AttendanceMarked{Cohort: cohort, Activity: s.activity(Contact), Day: day(0)}
		for _, l := range st.cohorts[e.Cohort] {
			if s.chance(90) {
				e.Present = append(e.Present, l.Person)
			} else if s.chance(50) {
				e.Absent = append(e.Absent, l.Person)
			}
		}
		d, err = st.attendanceOf(s.b, by, s.now, e)
	case n < 79:
		what, by = "compensate", trainer
		d, err = st.compensate(s.b, by, cohort, ContactDayCompensated{Person: person, Activity: s.activity(Contact), Basis: s.id("b")})
		if s.chance(30) {
			what = "withdraw"
			d, err = st.withdrawCompensation(s.b, by, cohort, person, s.activity(Contact))
		}
	case n < 80:
		what, by = "extend", trainer
		d, err = st.extend(s.b, by, s.now, cohort, s.activity(), day(s.IntN(30)), []string{person}, []string{s.id("why")})
	case n < 81:
		what, by = "credit", trainer
		d, err = st.creditModule(s.b, by, cohort, ModuleCredited{Person: person, Module: s.module(), Kind: PriorLearning, Basis: s.id("b")})
	case n < 82:
		what, by = "withdraw", trainer
		module := s.module()
		if l := st.learner(person, "c"); l != nil && len(l.Credits) > 0 {
			module = slices.Sorted(maps.Keys(l.Credits))[0]
		}
		d, err = st.withdrawCredit(s.b, by, cohort, person, module)
	case n < 84:
		what, by = "group", trainer
		d, err = st.form(s.b, by, cohort, "", s.id("g"), SmallGroup{Name: s.id("Pari "), Members: []string{person}})
	case n < 85:
		what, by = "reserve", trainer
		d, err = st.reserve(s.b, by, s.submission(), s.now, s.chance(50))
	case n < 86:
		what, by = "release", trainer
		d, err = st.release(s.b, by, s.submission())
	case n < 92:
		what, by = "feedback", trainer
		d, err = st.give(s.b, by, s.submission(), s.id("f"), opinion{verdict: []Verdict{Noted, Approved, Approved, Returned}[s.IntN(4)], older: s.chance(30)}, s.now)
	case n < 96:
		what, by = "approve", trainer
		d, err = st.approveWhole(s.b, by, s.whole(), s.id("f"), []Stage{AtFirst, AtSecond}[s.IntN(2)], "", nil, s.now)
	case n < 97:
		what = "acknowledge"
		activity := s.activity()
		if p, ok := st.editions["c"].find(activity); ok {
			d, err = st.acknowledge(person, "c", activity, st.editions["c"].order[p].Hash, Finnish)
		}
	case n < 98:
		what, by = "certificate", ""
		d, err = st.issue(s.b, CertificateIssued{Certificate: s.id("n"), Course: "c", Person: person, Version: st.editions["c"].hash, Day: day(0)})
	case n < 99:
		what = "time"
		s.now = s.now.Add(time.Duration(s.IntN(72)) * time.Hour) // over the clock change of October, too
	default:
		what = "version"
		if s.chance(60) {
			d = journal.Happens(s.version())
		}
	}
	if err == nil && len(d.Events) > 0 {
		s.commit(by, d.Events...)
		return what
	}
	return ""
}
