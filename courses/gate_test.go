package courses

import (
	"fmt"
	"reflect"
	"testing"

	"luotsi/server/journal"
	"luotsi/server/people"
)

func TestMoment(t *testing.T) {
	after := func(n int) Moment { return Moment{Offset: &n} }
	tests := []struct {
		moment Moment
		starts string
		want   string
	}{
		{Moment{}, "2026-08-24", ""},
		{Moment{Day: "2027-01-07"}, "2026-08-24", "2027-01-07"},
		{after(0), "2026-08-24", "2026-08-24"},
		{after(14), "2026-08-24", "2026-09-07"},
		{after(14), "2026-12-24", "2027-01-07"},
		{after(5), "2028-02-26", "2028-03-02"}, // a leap year
		{after(14), "", ""},
	}
	for _, test := range tests {
		if got := test.moment.On(test.starts); got != test.want {
			t.Errorf("%+v from %s: got %q, want %q", test.moment, test.starts, got, test.want)
		}
	}
}

func TestLocks(t *testing.T) {
	in := func(n int) Moment { return Moment{Offset: &n} }
	ed := newEdition(&Course{
		Activities: []string{"a", "b", "day", "c", "d", "extra"},
		Versions: []Version{{Modules: []ModuleOutline{
			{ID: "m1", Activities: []ActivityOutline{
				{ID: "a", Kind: Lesson}, {ID: "b", Kind: Quiz, Gate: Gate{After: []string{"a"}}}, {ID: "day", Kind: Contact}, {ID: "extra", Kind: Lesson, Optional: true},
			}},
			{ID: "m2", Gate: Gate{After: []string{"m1"}, Opens: in(7)}, Activities: []ActivityOutline{
				{ID: "c", Kind: Lesson, Gate: Gate{After: []string{"gone"}}}, {ID: "d", Kind: Task, Gate: Gate{Opens: Moment{Day: "2026-09-10"}}},
			}},
		}}},
	})
	const starts = "2026-08-24"
	opens := func(day string) Lock { return Lock{Opens: day} }
	waits := func(id string) Lock { return Lock{After: id} }
	tests := []struct {
		name     string
		cells    string // a b day extra | c d
		activity string
		today    string
		want     []Lock
	}{
		{"nothing holds the first", "......", "a", "2026-08-24", nil},
		{"an activity waits for another", "......", "b", "2026-08-24", []Lock{waits("a")}},
		{"which is finished", "x.....", "b", "2026-08-24", nil},
		{"or credited", "c.....", "b", "2026-08-24", nil},
		{"begun is not finished", "o.....", "b", "2026-08-24", []Lock{waits("a")}},
		{"what was begun stays open", ".o....", "b", "2026-08-24", nil},
		{"what was finished stays open", ".x....", "b", "2026-08-24", nil},
		{"what was returned stays open", ".r....", "b", "2026-08-24", nil},
		{"a module waits for a day and for another", "x.....", "c", "2026-08-30", []Lock{opens("2026-08-31"), waits("m1")}},
		{"contact days and optional ones hold no module up", "xx....", "c", "2026-08-30", []Lock{opens("2026-08-31")}},
		{"on the day it is open", "xx....", "c", "2026-08-31", nil},
		{"two days", "xx....", "d", "2026-08-30", []Lock{opens("2026-08-31"), opens("2026-09-10")}},
		{"the later one", "xx....", "d", "2026-09-09", []Lock{opens("2026-09-10")}},
		{"and both have come", "xx....", "d", "2026-09-10", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			position, _ := ed.find(test.activity)
			if got := ed.locks(Cells(test.cells), position, starts, test.today); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestDue(t *testing.T) {
	tests := []struct{ module, own, want string }{
		{"", "", ""}, {"2026-09-10", "", "2026-09-10"}, {"", "2026-09-10", "2026-09-10"},
		{"2026-09-10", "2026-09-11", "2026-09-10"}, {"2026-09-11", "2026-09-10", "2026-09-10"},
	}
	for _, test := range tests {
		ed := newEdition(&Course{Activities: []string{"a"}, Versions: []Version{{Modules: []ModuleOutline{{
			ID: "m", Gate: Gate{Due: Moment{Day: test.module}}, Activities: []ActivityOutline{{ID: "a", Gate: Gate{Due: Moment{Day: test.own}}}},
		}}}}})
		if got := ed.due(0, "2026-08-24"); got != test.want {
			t.Errorf("%+v: got %q", test, got)
		}
	}
}

// Every kind has a requirement of its own, and a deed that meets it.
func TestRequirements(t *testing.T) {
	meets := map[Requirement]deed{
		ToView: viewed, ToMarkDone: did, ToSubmit: handedIn, ToPass: passed, ToBeApproved: approved, ToAttend: attended, ToApply: applied,
	}
	never := []deed{returned, absent, acknowledged}
	for _, kind := range Kinds() {
		if len(kind.Requirements()) == 0 {
			t.Errorf("%s asks for nothing", kind)
		}
		for _, r := range kind.Requirements() {
			if !r.metBy(meets[r]) || !r.metBy(compensated) {
				t.Errorf("%s can not be met", r)
			}
			for _, d := range never {
				if r.metBy(d) {
					t.Errorf("%s is met by %s", r, d)
				}
			}
		}
	}
	if got := fmt.Sprintln(ActivityOutline{Kind: Quiz}.requires(), ActivityOutline{Kind: "odd"}.requires()); got != "pass do\n" {
		t.Errorf("got %s", got)
	}
}

// An attempt that was started is begun: a lock that a later version brings does not close it, in whatever order the state is made.
func TestNoLockClosesAnOpenAttempt(t *testing.T) {
	version := func(hash string, gate Gate) journal.Event {
		return CourseVersionPublished{Course: "c", Hash: hash, Modules: []ModuleOutline{{ID: "m", Activities: []ActivityOutline{
			{ID: "a", Kind: Lesson}, {ID: "quiz", Kind: Quiz, Gate: gate, TimeLimit: 20, Pass: 1, Questions: 2},
		}}}}
	}
	events := []journal.Event{
		version("1", Gate{}), CohortOpened{Cohort: "k", Course: "c", Unit: "u", Starts: "2026-01-12"}, LearnerEnrolled{Cohort: "k", Course: "c", Person: "p"},
		LearnerEnrolled{Cohort: "k", Course: "c", Person: "q"}, QuizStarted{Attempt: "t", Course: "c", Person: "p", Activity: "quiz", Hash: "1"},
		version("2", Gate{After: []string{"a"}, Opens: Moment{Day: "2027-01-01"}}),
	}
	s := happened(events...)
	locks := func(person string) int {
		l := s.learner(person, "c")
		return len(s.editions["c"].locks(l.cells, 1, "2026-01-12", "2026-01-12"))
	}
	for range 2 {
		if got := fmt.Sprint(locks("p"), locks("q")); got != "0 2" {
			t.Errorf("locks for who began and who did not: got %s, want 0 2", got)
		}
		s.Reindex()
	}
	s.Apply(journal.Meta{Number: 9, At: start}, people.PersonErased{Person: "p"})
	if locks("p") != 2 {
		t.Error("what nobody can hand in any more is not begun")
	}
}
