package courses

import (
	"fmt"
	"slices"
	"testing"

	"luotsi/server/journal"
)

func TestMissing(t *testing.T) {
	module := func(done, total int) ModuleCompletion {
		return ModuleCompletion{Done: done, Total: total, Passed: done == total}
	}
	tests := []struct {
		name string
		c    Completion
		want Missing
	}{
		{"nothing done", Completion{Modules: []ModuleCompletion{module(0, 3), module(0, 2)}, DaysAsked: 2}, Missing{[]int{}, 2, 2, true}},
		{"one begun", Completion{Modules: []ModuleCompletion{module(3, 3), module(1, 2)}, Days: 1, DaysAsked: 2}, Missing{[]int{1}, 1, 1, true}},
		{"two begun", Completion{Modules: []ModuleCompletion{module(1, 3), module(1, 2)}, Approved: true}, Missing{[]int{0, 1}, 2, 0, false}},
		{"only the development task", Completion{Modules: []ModuleCompletion{module(3, 3)}, Days: 2, DaysAsked: 2}, Missing{[]int{}, 0, 0, true}},
		{"only a day", Completion{Modules: []ModuleCompletion{module(3, 3)}, Days: 1, DaysAsked: 2, Approved: true}, Missing{[]int{}, 0, 1, false}},
		{"all done", Completion{Modules: []ModuleCompletion{module(3, 3)}, Approved: true}, Missing{[]int{}, 0, 0, false}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := test.c.Missing()
			if !slices.Equal(got.Begun, test.want.Begun) || got.Modules != test.want.Modules || got.Days != test.want.Days || got.Development != test.want.Development {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

// pacedState has a course of three modules, each a lesson and a contact day, the last with an optional lesson too, and one learner.
func pacedState(due Moment) *State {
	s := NewState()
	var modules []ModuleOutline
	for m := range 3 {
		lesson := ActivityOutline{ID: fmt.Sprintf("l%d", m), Kind: Lesson}
		if m == 1 {
			lesson.Gate.Due = due
		}
		modules = append(modules, ModuleOutline{ID: fmt.Sprintf("m%d", m), Activities: []ActivityOutline{lesson, {ID: fmt.Sprintf("d%d", m), Kind: Contact}}})
	}
	modules[0].Activities = append(modules[0].Activities, ActivityOutline{ID: "extra", Kind: Lesson, Optional: true})
	apply(s, 0,
		CourseVersionPublished{Course: "c", Hash: "1", Rules: Rules{ContactDays: 2}, Modules: modules},
		CohortOpened{Cohort: "k", Course: "c", Unit: "u", Starts: "2026-01-12"},
		LearnerEnrolled{Cohort: "k", Course: "c", Person: "p"},
	)
	return s
}

func apply(s *State, at int, events ...journal.Event) {
	for i, e := range events {
		s.Apply(journal.Meta{Number: uint64(at + i + 1), At: start.AddDate(0, 0, at+i), By: "t"}, e)
	}
}

func TestLate(t *testing.T) {
	done := func(activity string) journal.Event {
		return ActivityDone{Course: "c", Person: "p", Activity: activity}
	}
	there := func(activity, day string) journal.Event {
		return AttendanceMarked{Cohort: "k", Course: "c", Activity: activity, Day: day, Present: []string{"p"}}
	}
	away := func(activity, day string) journal.Event {
		return AttendanceMarked{Cohort: "k", Course: "c", Activity: activity, Day: day, Absent: []string{"p"}}
	}
	more := func(target, until string) journal.Event {
		return DeadlineExtended{Course: "c", Person: "p", Target: target, Until: until, Reason: "r"}
	}
	undated, tenth := Moment{}, Moment{Day: "2026-02-10"}
	tests := []struct {
		name   string
		due    Moment
		events []journal.Event
		today  string
		want   bool
	}{
		{"nothing held, nothing due", undated, nil, "2026-06-01", false},
		{"the first day held: nothing stands before it", undated, []journal.Event{there("d0", "2026-02-02")}, "2026-02-03", false},
		{"the second day held, the first module open", undated, []journal.Event{there("d0", "2026-02-02"), there("d1", "2026-03-02")}, "2026-03-02", true},
		{"the first module done", undated, []journal.Event{there("d0", "2026-02-02"), there("d1", "2026-03-02"), done("l0")}, "2026-03-02", false},
		{"a day marked for later does not count yet", undated, []journal.Event{there("d1", "2026-03-02")}, "2026-03-01", false},
		{"a missed day", undated, []journal.Event{away("d0", "2026-02-02")}, "2026-02-02", true},
		{"a missed day corrected", undated, []journal.Event{away("d0", "2026-02-02"), there("d0", "2026-02-02")}, "2026-02-02", false},
		{"a missed day made good", undated, []journal.Event{away("d0", "2026-02-02"), ContactDayCompensated{Course: "c", Person: "p", Activity: "d0", Basis: "b"}}, "2026-02-02", false},
		{"made good, and marked as missed again", undated, []journal.Event{away("d0", "2026-02-02"), ContactDayCompensated{Course: "c", Person: "p", Activity: "d0", Basis: "b"}, away("d0", "2026-02-02")}, "2026-02-02", false},
		{"a missed day when enough were attended", undated, []journal.Event{done("l0"), done("l1"), there("d0", "2026-02-02"), there("d1", "2026-03-02"), away("d2", "2026-04-02")}, "2026-04-02", false},
		{"on the last day", tenth, nil, "2026-02-10", false},
		{"the day after", tenth, nil, "2026-02-11", true},
		{"done after it", tenth, []journal.Event{done("l1")}, "2026-02-20", false},
		{"more time for the activity, its last day", tenth, []journal.Event{more("l1", "2026-02-20")}, "2026-02-20", false},
		{"more time for the activity is over", tenth, []journal.Event{more("l1", "2026-02-20")}, "2026-02-21", true},
		{"more time for its module", tenth, []journal.Event{more("m1", "2026-02-20")}, "2026-02-20", false},
		{"more time for the course", tenth, []journal.Event{more("c", "2026-02-20")}, "2026-02-20", false},
		{"more time for another module", tenth, []journal.Event{more("m0", "2026-02-20")}, "2026-02-11", true},
		{"what was given never shortens", tenth, []journal.Event{more("l1", "2026-02-01")}, "2026-02-10", false},
		{"the newest word on the same counts", tenth, []journal.Event{more("l1", "2026-03-20"), more("l1", "2026-02-15")}, "2026-02-16", true},
		{"more time beats the pace", undated, []journal.Event{there("d0", "2026-02-02"), there("d1", "2026-03-02"), more("m0", "2026-03-10")}, "2026-03-10", false},
		{"and then it is over", undated, []journal.Event{there("d0", "2026-02-02"), there("d1", "2026-03-02"), more("m0", "2026-03-10")}, "2026-03-11", true},
		{"complete", undated, []journal.Event{done("l0"), done("l1"), done("l2"), there("d0", "2026-02-02"), there("d1", "2026-03-02"), away("d2", "2026-04-02")}, "2026-06-01", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := pacedState(test.due)
			apply(s, 10, test.events...)
			l := s.learner("p", "c")
			if got := s.late(l, s.paceOf("k", s.data.Cohorts["k"], test.today), "2026-01-12", s.completion(l)); got != test.want {
				t.Errorf("got %t, want %t", got, test.want)
			}
			if wrong := s.Check(); len(wrong) > 0 {
				t.Error(wrong)
			}
		})
	}
}

func TestFirstOpen(t *testing.T) {
	gated := func(g Gate) *edition {
		s := NewState()
		apply(s, 0, CourseVersionPublished{Course: "c", Hash: "1", Modules: []ModuleOutline{
			{ID: "m0", Activities: []ActivityOutline{{ID: "l0", Kind: Lesson}, {ID: "r0", Kind: Reflection}, {ID: "d0", Kind: Contact}}},
			{ID: "m1", Gate: g, Activities: []ActivityOutline{{ID: "x1", Kind: Lesson, Optional: true}, {ID: "t1", Kind: Task}}},
		}})
		return s.editions["c"]
	}
	free, later := Gate{}, Gate{Opens: Moment{Day: "2026-02-10"}}
	tests := []struct {
		name  string
		gate  Gate
		cells string
		today string
		want  string
	}{
		{"nothing done", free, ".....", "2026-02-01", "l0"},
		{"neither reflection, nor contact day, nor what is optional", free, "x....", "2026-02-01", "t1"},
		{"handed in", free, "x...w", "2026-02-01", ""},
		{"given back", free, "x...r", "2026-02-01", "t1"},
		{"the day before it opens", later, "x....", "2026-02-09", ""},
		{"the day it opens", later, "x....", "2026-02-10", "t1"},
		{"begun before it closed", later, "x...o", "2026-02-09", "t1"},
		{"all done", free, "xxxxx", "2026-02-01", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e, got := gated(test.gate), ""
			if p, ok := e.firstOpen(Cells(test.cells), "2026-01-12", test.today); ok {
				got = e.order[p].ID
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// Nobody is in two small groups of a cohort, and every text that is named is known to the sweep.
func TestSmallGroupsAndTexts(t *testing.T) {
	s := pacedState(Moment{})
	apply(s, 10,
		LearnerEnrolled{Cohort: "k", Course: "c", Person: "q"},
		GroupFormed{Group: "g1", Cohort: "k", Name: "A", Members: []string{"p", "q"}},
		GroupFormed{Group: "g2", Cohort: "k", Name: "B", Members: []string{"q"}, Trainers: []string{"t"}},
		GroupFormed{Group: "g3", Cohort: "nothing", Name: "C", Members: []string{"q"}},
		DeadlineExtended{Course: "c", Person: "p", Target: "m0", Until: "2026-05-01", Reason: "reason"},
		ContactDayCompensated{Course: "c", Person: "p", Activity: "d0", Basis: "basis"},
		ContactDayCompensated{Course: "c", Person: "p", Activity: "d0", Basis: "basis"},
		CohortMessageSent{Message: "m", Cohort: "k", Persons: []string{"p"}, Text: "words"},
	)
	groups := s.data.Group.Groups
	if len(groups) != 2 || !slices.Equal(groups["g1"].Members, []string{"p"}) || !slices.Equal(groups["g2"].Members, []string{"q"}) {
		t.Errorf("groups: %+v %+v", groups["g1"], groups["g2"])
	}
	if got := s.TextsOf("p"); !slices.Equal(got, []string{"reason", "basis"}) {
		t.Errorf("of the learner: %v", got)
	}
	if got := s.TextsOf("t"); !slices.Equal(got, []string{"words"}) {
		t.Errorf("of the trainer: %v", got)
	}
	if got := slices.Sorted(s.Texts()); !slices.Equal(got, []string{"basis", "reason", "words"}) {
		t.Errorf("all: %v", got)
	}
}
