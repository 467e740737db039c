package courses

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
)

// progress is how far everybody is: what is finished, and the completion.
func progress(s *State) map[string]string {
	all := map[string]string{}
	for id, en := range s.data.Enrolments {
		l, finished := s.learner(en.Person, en.Course), ""
		for _, cell := range l.cells {
			finished += map[bool]string{true: "x", false: "."}[isFinished(cell)]
		}
		c := s.completion(l)
		all[id] = fmt.Sprint(finished, " ", c.Done, " of ", c.Total, ", ", c.Days, " days, ", c.Approved, c.Complete(), c.Percent(), c.Modules)
	}
	return all
}

// cellsOf are everybody's cells by activity.
func cellsOf(s *State) map[string]map[string]byte {
	all := map[string]map[string]byte{}
	for id, en := range s.data.Enrolments {
		cells := map[string]byte{}
		for position, cell := range s.learner(en.Person, en.Course).cells {
			cells[s.editions[en.Course].order[position].ID] = cell
		}
		all[id] = cells
	}
	return all
}

// recount counts everybody's progress from the journal alone, as a person with a pencil would.
func recount(log []logged) map[string]string {
	type deedAt struct {
		at   int // place in the log
		what string
	}
	meets := map[string][]Requirement{
		"did": {ToMarkDone, ToView}, "passed": {ToPass, ToSubmit, ToView}, "tried": {ToSubmit, ToView}, "handed in": {ToSubmit, ToView},
		"approved": {ToBeApproved, ToSubmit, ToView}, "applied": {ToApply, ToView}, "attended": {ToAttend, ToView}, "viewed": {ToView}, "planned": {ToView},
		"compensated": {ToView, ToMarkDone, ToSubmit, ToPass, ToBeApproved, ToAttend, ToApply},
	}
	deeds, credits := map[string]map[string][]deedAt{}, map[string]map[string]bool{}
	var versions []int
	steps, tries := map[string]bool{}, map[string]string{}
	for n, entry := range log {
		did := func(person, activity, what string) {
			if deeds[person] != nil {
				deeds[person][activity] = append(deeds[person][activity], deedAt{n, what})
			}
		}
		marked := map[bool]string{true: "passed", false: "tried"}
		switch e := entry.event.(type) {
		case CourseVersionPublished:
			versions = append(versions, n)
		case LearnerEnrolled:
			if deeds[e.Person] == nil {
				deeds[e.Person], credits[e.Person] = map[string][]deedAt{}, map[string]bool{}
			}
		case ActivityDone:
			did(e.Person, e.Activity, "did")
		case ActivityViewed:
			did(e.Person, e.Activity, "viewed")
		case TaskSubmitted:
			did(e.Person, e.Activity, "handed in")
		case DevelopmentStepSubmitted:
			steps[e.Submission] = true
			did(e.Person, e.Activity, "handed in")
		case QuizHandedIn:
			did(e.Person, e.Activity, "handed in")
		case QuizAttempted:
			did(e.Person, e.Activity, marked[e.Passed])
		case MarkGiven:
			did(e.Person, e.Activity, marked[e.Passed])
		case ReflectionKept:
			did(e.Person, e.Activity, "handed in")
		case WorkPlanned:
			tries[e.Try] = e.Activity
			did(e.Person, e.Activity, "planned")
		case WorkTold:
			if e.Went != NotTried {
				did(e.Person, tries[e.Try], "applied")
			}
		case FeedbackGiven:
			if e.Verdict == Approved && !steps[e.Submission] {
				did(e.Person, e.Activity, "approved")
			}
		case DevelopmentSecondApproved:
			did(e.Person, e.Activity, "approved")
		case AttendanceMarked:
			for _, person := range e.Present {
				did(person, e.Activity, "attended")
			}
			for _, person := range e.Absent {
				did(person, e.Activity, "absent")
			}
		case ContactDayCompensated:
			did(e.Person, e.Activity, "compensated")
		case CompensationWithdrawn:
			did(e.Person, e.Activity, "withdrawn")
		case ModuleCredited:
			credits[e.Person][e.Module] = true
		case CreditWithdrawn:
			delete(credits[e.Person], e.Module)
		}
	}
	version := func(n int) CourseVersionPublished { return log[n].event.(CourseVersionPublished) }
	asks := func(n int, activity string) (ActivityOutline, bool) {
		for _, m := range version(n).Modules {
			for _, a := range m.Activities {
				if a.ID == activity {
					return a, true
				}
			}
		}
		return ActivityOutline{}, false
	}
	// finished goes through the deeds in their order; each counts by what was asked for then, or by any version since.
	finished := func(person, activity string) bool {
		done, madeGood := false, false
		for _, d := range deeds[person][activity] {
			if d.what == "absent" {
				done = done && madeGood
				continue
			}
			if d.what == "withdrawn" {
				done, madeGood = false, false
				continue
			}
			var asked []Requirement
			for _, n := range versions {
				if a, there := asks(n, activity); there {
					if n < d.at {
						asked = nil // an older version's is over
					}
					asked = append(asked, a.Requires)
				}
			}
			for _, r := range asked {
				done = done || slices.Contains(meets[d.what], r)
			}
			madeGood = madeGood || d.what == "compensated"
		}
		return done
	}
	newest := version(versions[len(versions)-1])
	all := map[string]string{}
	for person := range deeds {
		done, total, days := 0, newest.Rules.ContactDays, 0
		for activity := range deeds[person] {
			var kind Kind
			for _, n := range versions {
				if a, there := asks(n, activity); there {
					kind = a.Kind
				}
			}
			if kind == Contact && finished(person, activity) {
				days++
			}
		}
		for _, m := range newest.Modules {
			if len(m.Activities) == 0 {
				total++
				if credits[person][m.ID] {
					done++
				}
			}
			for _, a := range m.Activities {
				if a.Optional || a.Kind == Contact || a.Kind == Reflection {
					continue
				}
				total++
				if finished(person, a.ID) || credits[person][m.ID] && a.Kind != Development {
					done++
				}
			}
		}
		done += min(days, newest.Rules.ContactDays)
		all[enrolmentID("c", person)] = fmt.Sprint(done, " of ", total)
	}
	return all
}

// Whatever learners, trainers and authors do, as long as the rules let them: a replay, a snapshot and a recount with a pencil agree;
// nothing that is finished is undone but by whose word it was, and nothing begun is closed; what comes again changes nothing.
func TestWhateverHappensCountsTheSame(t *testing.T) {
	everything := map[string]int{}
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			s := newSchool(t, seed)
			certified := map[string]string{}
			before, complete := cellsOf(s.state), map[string]bool{}
			for op := range 10_000 {
				what := s.act()
				everything[what]++
				if what == "" {
					continue
				}
				now := cellsOf(s.state)
				for id, cells := range now {
					for activity, cell := range cells {
						was, known := before[id][activity]
						if !known || was == CellNone || what == "attendance" {
							continue
						}
						credited := was == CellCredited && (what == "withdraw" || what == "version")
						if isFinished(was) && !isFinished(cell) && !credited || !isFinished(was) && cell == CellNone {
							t.Fatalf("op %d, %s: %s of %s was %c and is %c", op, what, activity, id, was, cell)
						}
					}
					l := s.state.learner(s.state.data.Enrolments[id].Person, "c")
					c := s.state.completion(l)
					if p := c.Percent(); p < 0 || p > 100 || (p == 100) != (c.Done == c.Total && c.Total > 0) || c.Done > c.Total {
						t.Fatalf("op %d, %s: %s is at %d %%, %d of %d", op, what, id, p, c.Done, c.Total)
					}
					if complete[id] && !c.Complete() && what != "attendance" && what != "withdraw" && what != "version" {
						t.Fatalf("op %d: %s made %s incomplete", op, what, id)
					}
					if number := s.state.certified[id]; number != certified[id] {
						if certified[id] != "" || !complete[id] {
							t.Fatalf("op %d: %s got the certificate %s after %q, complete %t", op, id, number, certified[id], complete[id])
						}
						certified[id] = number
					}
					complete[id] = c.Complete()
				}
				before = now
				s.again(what)
				if op%2000 == 1999 {
					s.agree()
				}
			}
			s.late()
		})
	}
	for _, what := range []string{
		"enrol", "remove", "complete", "elsewhere", "view", "submit", "step", "start", "hand in", "answer whole", "mark", "reopen", "reflect", "share", "plan", "tell",
		"follow up", "reminders", "attendance", "compensate", "extend", "credit", "withdraw", "group", "reserve", "release", "feedback", "approve", "acknowledge",
		"certificate", "version",
	} {
		if everything[what] == 0 {
			t.Errorf("nobody did: %s", what)
		}
	}
	t.Log(everything)
}

// again applies what happened last once more: nobody is any further.
func (s *school) again(what string) {
	if s.chance(90) {
		return
	}
	before := progress(s.state)
	last := s.log[len(s.log)-1]
	s.commit(last.meta.By, last.event)
	if after := progress(s.state); !reflect.DeepEqual(before, after) {
		s.t.Fatalf("%s again, %+v: %v, then %v", what, last.event, before, after)
	}
}

// late applies what learners did, and what was said of it, again long after: nobody is any further. Words of which the newest counts
// (attendance, credits, versions, cohorts) are left out.
func (s *school) late() {
	before := progress(s.state)
	for _, entry := range slices.Clone(s.log) {
		switch entry.event.(type) {
		case AttendanceMarked, ContactDayCompensated, CompensationWithdrawn, ModuleCredited, CreditWithdrawn, CourseVersionPublished, LearnerEnrolled, LearnerRemoved:
			continue
		}
		m := entry.meta
		m.Number, m.At = uint64(len(s.log)+1), s.now.Add(time.Hour)
		s.state.Apply(m, entry.event)
	}
	if after := progress(s.state); !reflect.DeepEqual(before, after) {
		for id := range before {
			if before[id] != after[id] {
				s.t.Errorf("%s: %s, then late %s", id, before[id], after[id])
			}
		}
	}
}

// agree counts everything again: by the state's own check, by a replay, by a snapshot, and from the journal alone.
func (s *school) agree() {
	s.t.Helper()
	if wrong := s.state.Check(); len(wrong) > 0 {
		s.t.Fatal(wrong)
	}
	replayed := NewState()
	for _, entry := range s.log {
		replayed.Apply(entry.meta, entry.event)
	}
	if !reflect.DeepEqual(replayed.data, s.state.data) || !reflect.DeepEqual(cellsOf(replayed), cellsOf(s.state)) {
		s.t.Fatal("a replay gives another state")
	}
	raw, err := cbor.Marshal(s.state.data)
	if err != nil {
		s.t.Fatal(err)
	}
	restored := NewState()
	if err := cbor.Unmarshal(raw, restored.Primary()); err != nil {
		s.t.Fatal(err)
	}
	restored.Reindex()
	if !reflect.DeepEqual(cellsOf(restored), cellsOf(s.state)) || !reflect.DeepEqual(progress(restored), progress(s.state)) || len(restored.Check()) > 0 {
		s.t.Fatal("a snapshot gives another state")
	}
	got := map[string]string{}
	for id, en := range s.state.data.Enrolments {
		c := s.state.completion(s.state.learner(en.Person, en.Course))
		got[id] = fmt.Sprint(c.Done, " of ", c.Total)
	}
	if want := recount(s.log); !reflect.DeepEqual(got, want) {
		s.t.Fatalf("the state says\n%v\nthe journal says\n%v", got, want)
	}
}
