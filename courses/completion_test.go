package courses

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"luotsi/server/journal"
)

// tenModules is the rule of DOMAIN.md 2.2 in small: ten modules, ten contact days, and the development task in the last one.
func tenModules() CourseVersionPublished {
	e := CourseVersionPublished{Course: "c", Hash: "h", Rules: Rules{ContactDays: 10}}
	for m := range 10 {
		id := fmt.Sprint("m", m+1)
		outline := ModuleOutline{ID: id, Activities: []ActivityOutline{
			{ID: id + "-lesson", Kind: Lesson}, {ID: id + "-day", Kind: Contact}, {ID: id + "-more", Kind: Lesson, Optional: true},
		}}
		if m == 9 {
			outline.Activities = append(outline.Activities, ActivityOutline{ID: "development", Kind: Development})
		}
		e.Modules = append(e.Modules, outline)
	}
	return e
}

func lessons(modules ...int) (events []journal.Event) {
	for _, m := range modules {
		events = append(events, ActivityDone{Course: "c", Person: "p", Activity: fmt.Sprintf("m%d-lesson", m)})
	}
	return events
}

func upTo(n int) (all []int) {
	for i := range n {
		all = append(all, i+1)
	}
	return all
}

func TestCompletion(t *testing.T) {
	days := func(deed deed, from, to int) func(*State) {
		return func(s *State) {
			for m := from; m <= to; m++ {
				s.take("p", "c", fmt.Sprintf("m%d-day", m), step{At: 1, Deed: deed}, "")
			}
		}
	}
	task := func(deed deed) func(*State) {
		return func(s *State) { s.take("p", "c", "development", step{At: 1, Deed: deed}, "x") }
	}
	credit := func(kind CreditKind) journal.Event {
		return ModuleCredited{Course: "c", Person: "p", Module: "m2", Kind: kind, Basis: "b"}
	}
	tests := []struct {
		name     string
		events   []journal.Event
		then     []func(*State)
		done     int // of 21: ten modules' lessons, ten days, one task
		days     int
		complete bool
	}{
		{"nothing", nil, nil, 0, 0, false},
		{"9 of 10 modules", lessons(upTo(9)...), []func(*State){days(attended, 1, 10), task(approved)}, 20, 10, false},
		{"10 of 10 modules without the task", lessons(upTo(10)...), []func(*State){days(attended, 1, 10)}, 20, 10, false},
		{"the task is handed in only", lessons(upTo(10)...), []func(*State){days(attended, 1, 10), task(handedIn)}, 20, 10, false},
		{"the task was returned", lessons(upTo(10)...), []func(*State){days(attended, 1, 10), task(handedIn), task(returned)}, 20, 10, false},
		{"9 of 10 contact days and the task approved", lessons(upTo(10)...), []func(*State){days(attended, 1, 9), task(approved)}, 20, 9, false},
		{"the tenth day", lessons(upTo(10)...), []func(*State){days(attended, 1, 10), task(approved)}, 21, 10, true},
		{"the tenth day is compensated", lessons(upTo(10)...), []func(*State){days(attended, 1, 9), days(compensated, 10, 10), task(approved)}, 21, 10, true},
		{"a day taken back", lessons(upTo(10)...), []func(*State){days(attended, 1, 10), days(absent, 4, 4), task(approved)}, 20, 9, false},
		{"a day marked twice", lessons(upTo(10)...), []func(*State){days(attended, 1, 10), days(attended, 1, 10), task(approved)}, 21, 10, true},
		{"a credited module", slices.Concat(lessons(1, 3, 4, 5, 6, 7, 8, 9, 10), []journal.Event{credit(PriorLearning)}),
			[]func(*State){days(attended, 1, 10), task(approved)}, 21, 10, true},
		{"a credit is no contact day", slices.Concat(lessons(1, 3, 4, 5, 6, 7, 8, 9, 10), []journal.Event{credit(Compensating)}),
			[]func(*State){days(attended, 3, 10), days(attended, 1, 1), task(approved)}, 20, 9, false},
		{"a credit withdrawn", slices.Concat(lessons(1, 3, 4, 5, 6, 7, 8, 9, 10), []journal.Event{credit(PriorLearning), CreditWithdrawn{Course: "c", Person: "p", Module: "m2"}}),
			[]func(*State){days(attended, 1, 10), task(approved)}, 20, 10, false},
		{"credited and done is counted once", slices.Concat(lessons(upTo(10)...), []journal.Event{credit(PriorLearning)}),
			[]func(*State){days(attended, 1, 10), task(approved)}, 21, 10, true},
		{"what is optional counts nowhere", []journal.Event{ActivityDone{Course: "c", Person: "p", Activity: "m1-more"}}, nil, 0, 0, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := happened(slices.Concat([]journal.Event{
				tenModules(), CohortOpened{Cohort: "k", Course: "c", Unit: "u"}, LearnerEnrolled{Cohort: "k", Course: "c", Person: "p"},
			}, test.events)...)
			for _, then := range test.then {
				then(s)
			}
			c := s.completion(s.learner("p", "c"))
			if c.Done != test.done || c.Total != 21 || c.Days != test.days || c.DaysAsked != 10 || c.Complete() != test.complete {
				t.Errorf("got %d of %d, days %d of %d, complete %t", c.Done, c.Total, c.Days, c.DaysAsked, c.Complete())
			}
			if wrong := s.Check(); len(wrong) > 0 {
				t.Error(wrong)
			}
			s.Reindex()
			if again := s.completion(s.learner("p", "c")); again.Done != c.Done || again.Complete() != c.Complete() {
				t.Errorf("a recount gives %+v", again)
			}
		})
	}
}

// Nobody approves a development task alone: also not by crediting the module that it stands in.
func TestNoCreditOfTheDevelopmentTask(t *testing.T) {
	s := happened(tenModules(), CohortOpened{Cohort: "k", Course: "c", Unit: "u"}, LearnerEnrolled{Cohort: "k", Course: "c", Person: "p"},
		ModuleCredited{Course: "c", Person: "p", Module: "m10", Kind: PriorLearning, Basis: "b"})
	c := s.completion(s.learner("p", "c"))
	if last := c.Modules[9]; last.Done != 1 || last.Total != 2 || last.Passed || last.Credit != PriorLearning || c.Approved || c.Done != 1 {
		t.Errorf("credited: got %+v", c)
	}
	s.take("p", "c", "development", step{At: 1, Deed: approved}, "")
	if c := s.completion(s.learner("p", "c")); !c.Approved || !c.Modules[9].Passed || c.Done != 2 {
		t.Errorf("approved too: got %+v", c)
	}
	if wrong := s.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
}

// A contact day that was held and is taken out of the course takes nothing from those who were there; who was not gets nothing.
func TestDaysThatACourseHasNoMore(t *testing.T) {
	shorter := tenModules()
	shorter.Hash = "h2"
	shorter.Modules[2].Activities = shorter.Modules[2].Activities[:1]
	marked := func(person, activity string, there bool) journal.Event {
		e := AttendanceMarked{Cohort: "k", Course: "c", Activity: activity, Day: "2026-01-12"}
		if there {
			e.Present = []string{person}
		} else {
			e.Absent = []string{person}
		}
		return e
	}
	s := happened(tenModules(), CohortOpened{Cohort: "k", Course: "c", Unit: "u"},
		LearnerEnrolled{Cohort: "k", Course: "c", Person: "p"}, LearnerEnrolled{Cohort: "k", Course: "c", Person: "q"}, LearnerEnrolled{Cohort: "k", Course: "c", Person: "r"},
		marked("p", "m3-day", true), marked("p", "m4-day", true), marked("q", "m3-day", true), marked("q", "m3-day", false), marked("r", "m3-day", false),
		ContactDayCompensated{Course: "c", Person: "r", Activity: "m3-day", Basis: "b"}, shorter)
	for range 2 {
		for person, want := range map[string]int{"p": 2, "q": 0, "r": 1} {
			if got := s.completion(s.learner(person, "c")).Days; got != want {
				t.Errorf("%s: got %d days, want %d", person, got, want)
			}
		}
		if wrong := s.Check(); len(wrong) > 0 {
			t.Error(wrong)
		}
		s.Reindex()
	}
	back := tenModules()
	back.Hash = "h3"
	s.Apply(journal.Meta{Number: 50, At: start.Add(time.Hour)}, back)
	if got := s.completion(s.learner("p", "c")).Days; got != 2 {
		t.Errorf("the day is back: got %d days, want 2", got)
	}
}

func TestCompletionOfMoreDaysThanAsked(t *testing.T) {
	version := tenModules()
	version.Rules.ContactDays = 3
	s := happened(version, CohortOpened{Cohort: "k", Course: "c", Unit: "u"}, LearnerEnrolled{Cohort: "k", Course: "c", Person: "p"})
	for m := range 5 {
		s.take("p", "c", fmt.Sprintf("m%d-day", m+1), step{At: 1, Deed: attended}, "")
	}
	if c := s.completion(s.learner("p", "c")); c.Days != 3 || c.Done != 3 || c.Total != 14 {
		t.Errorf("got %+v", c)
	}
}

// A module whose activities are still to come keeps a course from being complete, unless it is credited.
func TestCompletionOfAnEmptyModule(t *testing.T) {
	version := CourseVersionPublished{Course: "c", Hash: "h", Modules: []ModuleOutline{{ID: "m1", Activities: []ActivityOutline{{ID: "a", Kind: Lesson}}}, {ID: "m2"}}}
	s := happened(version, CohortOpened{Cohort: "k", Course: "c", Unit: "u"}, LearnerEnrolled{Cohort: "k", Course: "c", Person: "p"},
		ActivityDone{Course: "c", Person: "p", Activity: "a"})
	if c := s.completion(s.learner("p", "c")); c.Percent() != 50 || c.Complete() || c.Modules[1].Passed {
		t.Errorf("got %+v", c)
	}
	s.credit("p", "c", "m2", &Credit{Kind: PriorLearning})
	if c := s.completion(s.learner("p", "c")); c.Percent() != 100 || !c.Complete() || !c.Modules[1].Passed || c.Modules[1].Credit != PriorLearning {
		t.Errorf("got %+v", c)
	}
}

// What was finished stays finished, whatever later versions ask for.
func TestLaterRequirements(t *testing.T) {
	version := func(hash string, requires Requirement) journal.Event {
		return CourseVersionPublished{Course: "c", Hash: hash, Modules: []ModuleOutline{{ID: "m", Activities: []ActivityOutline{{ID: "a", Kind: Task, Requires: requires}}}}}
	}
	submitted := func(id string) journal.Event {
		return TaskSubmitted{Submission: id, Course: "c", Person: "p", Activity: "a"}
	}
	tests := []struct {
		name   string
		events []journal.Event
		want   string
	}{
		{"submitting was enough", []journal.Event{version("1", ToSubmit), submitted("s")}, "x"},
		{"approval is asked for", []journal.Event{version("1", ToBeApproved), submitted("s")}, "w"},
		{"approval is asked for later", []journal.Event{version("1", ToSubmit), submitted("s"), version("2", ToBeApproved)}, "x"},
		{"approval is asked for no more", []journal.Event{version("1", ToBeApproved), submitted("s"), version("2", ToSubmit)}, "x"},
		{"and asked for again: it was shown as done", []journal.Event{version("1", ToBeApproved), submitted("s"), version("2", ToSubmit), version("3", ToBeApproved)}, "x"},
		{"what a version asked for before does not count", []journal.Event{version("1", ToSubmit), version("2", ToBeApproved), submitted("s")}, "w"},
		{"opening is enough", []journal.Event{version("1", ToView), ActivityViewed{Course: "c", Person: "p", Activity: "a"}}, "x"},
		{"opening is only a beginning", []journal.Event{version("1", ToSubmit), ActivityViewed{Course: "c", Person: "p", Activity: "a"}}, "o"},
		{"opening was enough", []journal.Event{version("1", ToView), ActivityViewed{Course: "c", Person: "p", Activity: "a"}, version("2", ToSubmit)}, "x"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := happened(slices.Insert(test.events, 1, []journal.Event{
				CohortOpened{Cohort: "k", Course: "c", Unit: "u"}, LearnerEnrolled{Cohort: "k", Course: "c", Person: "p"},
			}...)...)
			if got := string(s.learner("p", "c").cells); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
			if wrong := s.Check(); len(wrong) > 0 {
				t.Error(wrong)
			}
		})
	}
}
