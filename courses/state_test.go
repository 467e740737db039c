package courses

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

	"luotsi/server/journal"
)

var start = time.Date(2026, 1, 12, 8, 0, 0, 0, time.UTC)

// outlineOf makes modules of lessons, with a quiz and a task at the end of each.
func outlineOf(modules, each int) []ModuleOutline {
	var all []ModuleOutline
	for m := range modules {
		outline := ModuleOutline{ID: fmt.Sprintf("m%d", m)}
		for a := range each {
			activity := ActivityOutline{ID: fmt.Sprintf("m%d-a%d", m, a), Kind: Lesson}
			switch a {
			case each - 1:
				activity.Kind = Task
			case each - 2:
				activity.Kind, activity.Questions, activity.Pass = Quiz, 10, 7
			}
			outline.Activities = append(outline.Activities, activity)
		}
		all = append(all, outline)
	}
	return all
}

// percents is what pages would show of everybody.
func percents(s *State) map[string]int {
	all := map[string]int{}
	for id, en := range s.data.Enrolments {
		all[id] = s.completion(s.learner(en.Person, en.Course)).Percent()
	}
	return all
}

// TestProgressNeverDrifts drives 10,000 random operations, with versions that come, removals, late and repeated events.
func TestProgressNeverDrifts(t *testing.T) {
	for seed := range uint64(5) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 1))
			var all []journal.Event
			outline := outlineOf(5, 6)
			all = append(all, CourseVersionPublished{Course: "c", Hash: "0", Modules: outline})
			for n := range 3 {
				all = append(all, CohortOpened{Cohort: fmt.Sprint("k", n), Course: "c", Unit: "u"})
			}
			person := func() string { return fmt.Sprint("p", r.IntN(40)) }
			cohort := func() string { return fmt.Sprint("k", r.IntN(3)) }
			activity := func() string { return fmt.Sprintf("m%d-a%d", r.IntN(6), r.IntN(8)) } // some are not there
			for i := range 10_000 {
				switch n := r.IntN(1000); {
				case n < 100:
					all = append(all, LearnerEnrolled{Cohort: cohort(), Course: "c", Person: person()})
				case n < 120:
					all = append(all, LearnerRemoved{Cohort: cohort(), Course: "c", Person: person()})
				case n < 500:
					all = append(all, ActivityDone{Course: "c", Person: person(), Activity: activity()})
				case n < 560:
					all = append(all, QuizHandedIn{Attempt: fmt.Sprint("w", i), Answers: fmt.Sprint("a", i), Course: "c", Person: person(),
						Activity: activity(), Points: r.IntN(8), Max: 10})
				case n < 600: // of what waits, or of what nobody handed in
					points := r.IntN(11)
					given := MarkGiven{Attempt: fmt.Sprint("w", i), Answers: fmt.Sprint("g", i), Course: "c", Person: person(), Activity: activity(),
						Points: points, Max: 10, Passed: points >= 7}
					if e, ok := all[r.IntN(len(all))].(QuizHandedIn); ok {
						given.Attempt, given.Person, given.Activity = e.Attempt, e.Person, e.Activity
					}
					all = append(all, given)
				case n < 620:
					all = append(all, QuizStarted{Attempt: fmt.Sprint("q", i), Course: "c", Person: person(), Activity: activity(), Hash: "0"},
						QuizReopened{Course: "c", Person: person(), Activity: activity(), Reason: fmt.Sprint("r", r.IntN(i+1))})
				case n < 750:
					points := r.IntN(11)
					all = append(all, QuizAttempted{Attempt: fmt.Sprint("t", r.IntN(i+1)), Course: "c", Person: person(),
						Activity: activity(), Points: points, Max: 10, Passed: points >= 7})
				case n < 900:
					all = append(all, TaskSubmitted{Submission: fmt.Sprint("s", r.IntN(i+1)), Course: "c", Person: person(), Activity: activity()})
				case n < 930:
					all = append(all, ActivityViewed{Course: "c", Person: person(), Activity: activity()})
				case n < 945:
					all = append(all, ModuleCredited{Course: "c", Person: person(), Module: fmt.Sprint("m", r.IntN(6)), Kind: Compensating, Basis: fmt.Sprint("b", i)})
				case n < 955:
					all = append(all, CreditWithdrawn{Course: "c", Person: person(), Module: fmt.Sprint("m", r.IntN(6))})
				case n < 990:
					all = append(all, all[r.IntN(len(all))]) // late, or again
				default:
					next := slices.Clone(outlineOf(1+r.IntN(6), 2+r.IntN(6)))
					r.Shuffle(len(next), func(a, b int) { next[a], next[b] = next[b], next[a] })
					for m := range next {
						for a := range next[m].Activities {
							activity := &next[m].Activities[a]
							all := activity.Kind.Requirements()
							activity.Requires, activity.Optional = all[r.IntN(len(all))], r.IntN(5) == 0
						}
					}
					all = append(all, CourseVersionPublished{Course: "c", Hash: fmt.Sprint(i), Modules: next})
				}
			}
			s := NewState()
			for n, e := range all {
				s.Apply(journal.Meta{Number: uint64(n + 1), At: start.Add(time.Duration(n) * time.Second)}, e)
				for id, percent := range percents(s) {
					if percent < 0 || percent > 100 {
						t.Fatalf("event %d: %s is at %d %%", n, id, percent)
					}
				}
				if n%1000 == 0 || n == len(all)-1 {
					if wrong := s.Check(); len(wrong) > 0 {
						t.Fatalf("event %d: %v", n, wrong)
					}
				}
			}
			if len(s.data.Enrolments) != 40 {
				t.Fatalf("enrolments: got %d, want 40", len(s.data.Enrolments))
			}

			again := NewState()
			for n, e := range all {
				again.Apply(journal.Meta{Number: uint64(n + 1), At: start.Add(time.Duration(n) * time.Second)}, e)
			}
			if !reflect.DeepEqual(percents(again), percents(s)) || !reflect.DeepEqual(again.data, s.data) {
				t.Error("a replay gives another state")
			}

			raw, err := cbor.Marshal(s.data)
			if err != nil {
				t.Fatal(err)
			}
			restored := NewState()
			if err := cbor.Unmarshal(raw, restored.Primary()); err != nil {
				t.Fatal(err)
			}
			restored.Reindex()
			if !reflect.DeepEqual(percents(restored), percents(s)) || len(restored.Check()) > 0 {
				t.Error("a snapshot gives another state")
			}
		})
	}
}

func happened(events ...journal.Event) *State {
	s := NewState()
	for n, e := range events {
		s.Apply(journal.Meta{Number: uint64(n + 1), At: start.Add(time.Duration(n) * time.Minute)}, e)
	}
	return s
}

func enrolled(more ...journal.Event) *State {
	return happened(slices.Concat([]journal.Event{
		CourseVersionPublished{Course: "c", Hash: "h", Modules: outlineOf(1, 4)}, // two lessons, a quiz, a task
		CohortOpened{Cohort: "k", Course: "c", Unit: "u"},
		LearnerEnrolled{Cohort: "k", Course: "c", Person: "p"},
	}, more)...)
}

func TestApply(t *testing.T) {
	attempt := func(id string, points int) QuizAttempted {
		return QuizAttempted{Attempt: id, Course: "c", Person: "p", Activity: "m0-a2", Points: points, Max: 10, Passed: points >= 7}
	}
	done := func(activity string) ActivityDone { return ActivityDone{Course: "c", Person: "p", Activity: activity} }
	version := func(modules ...ModuleOutline) CourseVersionPublished {
		return CourseVersionPublished{Course: "c", Hash: "new", Modules: modules}
	}
	short := outlineOf(1, 4)[0]
	short.Activities = short.Activities[1:]
	tests := []struct {
		name   string
		events []journal.Event
		want   string
		steps  int
	}{
		{"nothing", nil, "....", 0},
		{"a lesson", []journal.Event{done("m0-a0")}, "x...", 1},
		{"a lesson twice", []journal.Event{done("m0-a0"), done("m0-a0")}, "x...", 1},
		{"unknown lesson, course and person", []journal.Event{
			done("zz"), ActivityDone{Course: "zz", Person: "p", Activity: "m0-a0"}, ActivityDone{Course: "c", Person: "zz", Activity: "m0-a0"},
		}, "....", 0},
		{"a failed quiz", []journal.Event{attempt("t1", 3)}, "..o.", 1},
		{"a failure takes no pass away", []journal.Event{attempt("t1", 7), attempt("t2", 0)}, "..x.", 2},
		{"an attempt that came again", []journal.Event{attempt("t1", 3), attempt("t1", 3)}, "..o.", 1},
		{"a task twice", []journal.Event{
			TaskSubmitted{Submission: "s1", Course: "c", Person: "p", Activity: "m0-a3"},
			TaskSubmitted{Submission: "s2", Course: "c", Person: "p", Activity: "m0-a3"},
		}, "...x", 2},
		{"a new version keeps what was done", []journal.Event{done("m0-a1"), attempt("t1", 8), version(outlineOf(1, 4)[0], outlineOf(2, 3)[1])}, ".xx....", 2},
		{"a removed lesson leaves the count", []journal.Event{done("m0-a0"), done("m0-a1"), version(short)}, "x..", 2},
		{"a lesson removed and brought back", []journal.Event{done("m0-a0"), version(short), done("m0-a0"), version(outlineOf(1, 4)...)}, "x...", 1},
		{"removed from the cohort, then back", []journal.Event{
			done("m0-a0"), LearnerRemoved{Cohort: "k", Course: "c", Person: "p"}, LearnerEnrolled{Cohort: "k", Course: "c", Person: "p"},
		}, "x...", 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := enrolled(test.events...)
			l := s.learner("p", "c")
			if got := string(l.cells); got != test.want {
				t.Errorf("cells: got %q, want %q", got, test.want)
			}
			if l.Trail.steps() != test.steps {
				t.Errorf("steps: got %d, want %d", l.Trail.steps(), test.steps)
			}
			if wrong := s.Check(); len(wrong) > 0 {
				t.Errorf("check: %v", wrong)
			}
		})
	}
}

func TestTextsOf(t *testing.T) {
	s := enrolled(
		QuizAttempted{Attempt: "t1", Course: "c", Person: "p", Activity: "m0-a2", Points: 1, Max: 10},
		ActivityDone{Course: "c", Person: "p", Activity: "m0-a0"},
		TaskSubmitted{Submission: "s1", Course: "c", Person: "p", Activity: "m0-a3"})
	if got := s.TextsOf("p"); !slices.Equal(got, []string{"t1", "s1"}) {
		t.Errorf("got %v", got)
	}
	if got := slices.Collect(s.Texts()); !slices.Equal(got, []string{"t1", "s1"}) {
		t.Errorf("all: got %v", got)
	}
}

func TestCheckFindsDrift(t *testing.T) {
	s := enrolled(ActivityDone{Course: "c", Person: "p", Activity: "m0-a0"})
	s.learner("p", "c").cells[1] = CellDone
	if len(s.Check()) != 1 {
		t.Errorf("a cell that nothing explains: got %v", s.Check())
	}
}

// mix is a region's events in the shares they really come in: 10 cohorts of 350 learners, 10 modules of 13 activities.
func mix(events int) []journal.Event {
	r := rand.New(rand.NewPCG(1, 2))
	all := []journal.Event{CourseVersionPublished{Course: "coordinator", Hash: "h", Modules: outlineOf(10, 13)}}
	for k := range 10 {
		all = append(all, CohortOpened{Cohort: cohortID(k), Course: "coordinator", Unit: "u"})
		for p := range 350 {
			all = append(all, LearnerEnrolled{Cohort: cohortID(k), Course: "coordinator", Person: personID(k*350 + p)})
		}
	}
	for i := 0; len(all) < events; i++ {
		person := personID(r.IntN(3500))
		module := r.IntN(10)
		switch n := r.IntN(13); {
		case n < 11:
			all = append(all, ActivityDone{Course: "coordinator", Person: person, Activity: fmt.Sprintf("m%d-a%d", module, n)})
		case n == 11:
			points := r.IntN(11)
			all = append(all, QuizAttempted{Attempt: fmt.Sprintf("01a2b3c4-d5e6-7f80-9a0b-%012d", i), Course: "coordinator", Person: person,
				Activity: fmt.Sprintf("m%d-a11", module), Points: points, Max: 10, Passed: points >= 7})
		default:
			all = append(all, TaskSubmitted{Submission: fmt.Sprintf("01a2b3c4-d5e6-7f80-9a0b-%012d", i), Course: "coordinator", Person: person,
				Activity: fmt.Sprintf("m%d-a12", module)})
		}
	}
	return all
}

func cohortID(n int) string { return fmt.Sprintf("0192f000-0000-7000-8000-%012d", n) }
func personID(n int) string { return fmt.Sprintf("0192f000-0000-7000-9000-%012d", n) }

func BenchmarkApply(b *testing.B) {
	all := mix(500_000)
	for b.Loop() {
		s := NewState()
		for n, e := range all {
			s.Apply(journal.Meta{Number: uint64(n + 1), At: start.Add(time.Duration(n) * time.Second)}, e)
		}
	}
	b.ReportMetric(float64(len(all))*float64(b.N)/b.Elapsed().Seconds(), "events/s")
}
