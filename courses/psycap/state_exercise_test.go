package psycap

import (
	"errors"
	"slices"
	"testing"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
)

// six is an exercise of six steps, as acceptance asks for one.
func six() *Exercise {
	x := &Exercise{ID: "six", Version: "1", Session: FirstSession}
	for _, id := range []string{"s1", "s2", "s3", "s4", "s5", "s6"} {
		x.Steps = append(x.Steps, ExerciseStep{ID: id, Minutes: 5})
	}
	return x
}

// withExercises puts exercises in the place of the shipped ones.
func withExercises(t *testing.T, all ...*Exercise) {
	before := shippedExercises
	shippedExercises = all
	t.Cleanup(func() { shippedExercises = before })
}

// exerciseSteps is a state that decides and at once applies.
type exerciseSteps struct {
	t   *testing.T
	s   *State
	now time.Time
	n   int
}

func (d *exerciseSteps) do(decision journal.Decision, err error) []string {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
	for _, e := range decision.Events {
		d.n++
		d.s.Apply(journal.Meta{Number: uint64(d.n), At: d.now, By: "p"}, e)
	}
	return decision.IDs
}

func TestAnExerciseLeftAtStepThree(t *testing.T) {
	x := six()
	withExercises(t, x)
	d := &exerciseSteps{t: t, s: NewState(), now: time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)}
	run := d.do(d.s.begin("p", x, "r1", d.now))[0]
	d.do(d.s.doStep("p", run, "s1", false))
	d.do(d.s.doStep("p", run, "s2", false))
	d.do(d.s.setAside("p", run))
	if r := d.s.data.Runs[run]; !r.Aside || r.Finished != 0 || len(r.Done) != 2 {
		t.Fatalf("left at the third step: %+v", r)
	}

	d.now = d.now.AddDate(0, 0, 9)
	if again := d.do(d.s.begin("p", x, "r2", d.now))[0]; again != run {
		t.Fatalf("it goes on as %s, not %s", again, run)
	}
	if r := d.s.data.Runs[run]; r.Aside || len(r.Done) != 2 {
		t.Fatalf("gone on with: %+v", r)
	}
	d.do(d.s.doStep("p", run, "s3", true))
	for _, step := range []string{"s4", "s5", "s6"} {
		d.do(d.s.doStep("p", run, step, false))
	}
	if got := d.s.exerciseUse([]string{"p"}, d.now); got != (ExerciseUse{Begun: 1, Unfinished: 1, Eased: 1}) {
		t.Errorf("the easier step is counted as %+v", got)
	}
	d.do(d.s.finish("p", run, "text"))
	if got := d.s.exerciseUse([]string{"p"}, d.now); got != (ExerciseUse{Begun: 1, Finished: 1, Eased: 1}) {
		t.Errorf("finished with an easier step it is counted as %+v", got)
	}
	if got := d.s.data.Runs[run].Done; !slices.Equal(got, []StepDone{{"s1", false}, {"s2", false}, {"s3", true}, {"s4", false}, {"s5", false}, {"s6", false}}) {
		t.Errorf("done %v", got)
	}
	if third := d.do(d.s.begin("p", x, "r3", d.now))[0]; third != "r3" {
		t.Errorf("after it is finished it begins as %s", third)
	}
}

func TestDailyExercisesBeginAnew(t *testing.T) {
	x := six()
	x.Session = Daily
	withExercises(t, x)
	// 21:59 and 22:00 of UTC are two days in Finland.
	for _, tt := range []struct {
		name   string
		first  string
		second string
		same   bool
	}{
		{"the same evening", "2026-11-02T20:00:00Z", "2026-11-02T21:59:59Z", true},
		{"after midnight", "2026-11-02T21:59:59Z", "2026-11-02T22:00:00Z", false},
		{"the next day", "2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			at := func(text string) time.Time {
				moment, err := time.Parse(time.RFC3339, text)
				if err != nil {
					t.Fatal(err)
				}
				return moment
			}
			d := &exerciseSteps{t: t, s: NewState(), now: at(tt.first)}
			d.do(d.s.begin("p", x, "r1", d.now))
			d.now = at(tt.second)
			if run := d.do(d.s.begin("p", x, "r2", d.now))[0]; (run == "r1") != tt.same {
				t.Errorf("it goes on as %s", run)
			}
		})
	}
}

func TestExerciseRules(t *testing.T) {
	x := six()
	withExercises(t, x)
	begun := ExerciseBegun{Run: "r", Person: "p", Exercise: "six", Version: "1"}
	done := ExerciseStepDone{Run: "r", Person: "p", Step: "s1"}
	aside := ExerciseSetAside{Run: "r", Person: "p"}
	finished := ExerciseFinished{Run: "r", Person: "p", Text: "t"}
	deleted := ExerciseDeleted{Run: "r", Person: "p"}
	refused := ExercisesRefused{Person: "p", Refused: true}
	now := time.Unix(1_790_000_000, 0)
	begin := func(s *State) (journal.Decision, error) { return s.begin("p", x, "r9", now) }
	step := func(id string, easier bool) func(*State) (journal.Decision, error) {
		return func(s *State) (journal.Decision, error) { return s.doStep("p", "r", id, easier) }
	}
	set := func(s *State) (journal.Decision, error) { return s.setAside("p", "r") }
	finish := func(s *State) (journal.Decision, error) { return s.finish("p", "r", "t9") }
	remove := func(s *State) (journal.Decision, error) { return s.deleteRun("p", "r") }
	for _, tt := range []struct {
		name   string
		before []journal.Event
		do     func(*State) (journal.Decision, error)
		want   journal.Event // nil for nothing
		err    error
	}{
		{"begin", nil, begin, ExerciseBegun{Run: "r9", Person: "p", Exercise: "six", Version: "1"}, nil},
		{"begin what is open", []journal.Event{begun}, begin, nil, nil},
		{"begin what was set aside", []journal.Event{begun, aside}, begin, begun, nil},
		{"begin after deleting", []journal.Event{begun, deleted}, begin, ExerciseBegun{Run: "r9", Person: "p", Exercise: "six", Version: "1"}, nil},
		{"begin when refused", []journal.Event{refused}, begin, nil, ErrExercisesRefused},
		{"begin when taken back", []journal.Event{refused, ExercisesRefused{Person: "p"}}, begin, ExerciseBegun{Run: "r9", Person: "p", Exercise: "six", Version: "1"}, nil},
		{"what is open goes on when refused", []journal.Event{begun, refused}, step("s1", false), done, nil},
		{"a step", []journal.Event{begun}, step("s1", false), done, nil},
		{"a step again", []journal.Event{begun, done}, step("s1", false), nil, nil},
		{"a step again, easier", []journal.Event{begun, done}, step("s1", true), ExerciseStepDone{Run: "r", Person: "p", Step: "s1", Easier: true}, nil},
		{"a step of what was set aside", []journal.Event{begun, done, aside}, step("s1", false), done, nil},
		{"a later step first", []journal.Event{begun}, step("s6", false), ExerciseStepDone{Run: "r", Person: "p", Step: "s6"}, nil},
		{"a seventh step", []journal.Event{begun}, step("s7", false), nil, ErrUnknownStep},
		{"a step of nothing", nil, step("s1", false), nil, ErrUnknownRun},
		{"a step of another's", []journal.Event{ExerciseBegun{Run: "r", Person: "q", Exercise: "six"}}, step("s1", false), nil, ErrUnknownRun},
		{"a step after the end", []journal.Event{begun, finished}, step("s2", false), nil, ErrRunFinished},
		{"set aside", []journal.Event{begun}, set, aside, nil},
		{"set aside again", []journal.Event{begun, aside}, set, nil, nil},
		{"set aside after the end", []journal.Event{begun, finished}, set, nil, ErrRunFinished},
		{"finish", []journal.Event{begun, done}, finish, ExerciseFinished{Run: "r", Person: "p", Text: "t9"}, nil},
		{"finish twice", []journal.Event{begun, finished}, finish, nil, ErrRunFinished},
		{"finish another's", []journal.Event{ExerciseBegun{Run: "r", Person: "q", Exercise: "six"}}, finish, nil, ErrUnknownRun},
		{"delete what is open", []journal.Event{begun}, remove, deleted, nil},
		{"delete what is finished", []journal.Event{begun, finished}, remove, deleted, nil},
		{"delete twice", []journal.Event{begun, deleted}, remove, nil, ErrUnknownRun},
		{"refuse", nil, func(s *State) (journal.Decision, error) { return s.refuseExercises("p", true) }, refused, nil},
		{"refuse twice", []journal.Event{refused}, func(s *State) (journal.Decision, error) { return s.refuseExercises("p", true) }, nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := after(tt.before...)
			s.Reindex() // as if it came from a snapshot
			d, err := tt.do(s)
			if !errors.Is(err, tt.err) {
				t.Fatalf("got %v, want %v", err, tt.err)
			}
			switch {
			case tt.want == nil && len(d.Events) > 0:
				t.Errorf("%+v happens", d.Events)
			case tt.want != nil && (len(d.Events) != 1 || d.Events[0] != tt.want):
				t.Errorf("%+v happens, not %+v", d.Events, tt.want)
			}
		})
	}
}

func TestExerciseTextsAndUse(t *testing.T) {
	s := after(
		ExerciseBegun{Run: "a", Person: "p"}, ExerciseFinished{Run: "a", Person: "p", Text: "ta"},
		ExerciseBegun{Run: "b", Person: "p"}, ExerciseSetAside{Run: "b", Person: "p"},
		ExerciseBegun{Run: "c", Person: "q"}, ExerciseFinished{Run: "c", Person: "q", Text: "tc"},
		ExerciseBegun{Run: "d", Person: "q"}, ExerciseFinished{Run: "d", Person: "q", Text: "td"}, ExerciseDeleted{Run: "d", Person: "q"},
	)
	for person, want := range map[string][]string{"p": {"ta"}, "q": {"tc"}, "": {"ta", "tc"}, "nobody": nil} {
		got := s.exerciseTexts(person)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("texts of %q: %v, want %v", person, got, want)
		}
	}
	// The first was begun at second 0, the last that stays at second 4.
	for days, want := range map[int64]int{0: 3, 30*24*3600 + 0: 3, 30*24*3600 + 1: 2, 30*24*3600 + 4: 1, 30*24*3600 + 5: 0} {
		if got := s.exerciseUse([]string{"p", "q", "nobody"}, time.Unix(days, 0)); got.Begun != want {
			t.Errorf("after %d seconds %d count, not %d", days, got.Begun, want)
		}
	}
}

func TestReadWritten(t *testing.T) {
	x := &Exercise{ID: "x", Version: "2", Steps: []ExerciseStep{{
		ID: "a", Fields: []ExerciseField{
			{ID: "line", Kind: TextField}, {ID: "long", Kind: LongField}, {ID: "rows", Kind: ListField, Least: 3}, {ID: "plan", Kind: PlanField, Least: 2},
			{ID: "one", Kind: ChoiceField, Choices: []string{"yes", "no"}}, {ID: "sure", Kind: ScaleField, Min: 0, Max: 10},
		},
		Easier: []ExerciseField{{ID: "less", Kind: TextField}},
	}}}
	for _, tt := range []struct {
		name, version, text, want, code string
	}{
		{"nothing", "2", `{}`, `{}`, ""},
		{"null", "2", `null`, `{}`, ""},
		{"no JSON", "2", `hei`, "", "json"},
		{"a list", "2", `[]`, "", "json"},
		{"trimmed", "2", `{"a":{"line":" hei ","long":"a\nb"}}`, `{"a":{"line":"hei","long":"a\nb"}}`, ""},
		{"empty answers go", "2", `{"a":{"line":" ","rows":["",""],"plan":[{"obstacle":"","answer":" "}],"one":"","sure":null}}`, `{}`, ""},
		{"two routes of three hoped for", "2", `{"a":{"rows":["bussi","pyörä",""]}}`, `{"a":{"rows":["bussi","pyörä"]}}`, ""},
		{"a plan", "2", `{"a":{"plan":[{"obstacle":"sataa","answer":"takki"},{"obstacle":"kiire","answer":""}]}}`, `{"a":{"plan":[{"obstacle":"sataa","answer":"takki"},{"obstacle":"kiire","answer":""}]}}`, ""},
		{"a plan with more", "2", `{"a":{"plan":[{"obstacle":"sataa","answer":"takki","so":"x"}]}}`, "", "wrong_type"},
		{"zero is a value", "2", `{"a":{"sure":0}}`, `{"a":{"sure":0}}`, ""},
		{"ten", "2", `{"a":{"sure":10}}`, `{"a":{"sure":10}}`, ""},
		{"eleven", "2", `{"a":{"sure":11}}`, "", "oneof"},
		{"minus one", "2", `{"a":{"sure":-1}}`, "", "oneof"},
		{"a half", "2", `{"a":{"sure":5.5}}`, "", "oneof"},
		{"no such choice", "2", `{"a":{"one":"maybe"}}`, "", "oneof"},
		{"the easier field", "2", `{"a":{"less":"vähän"}}`, `{"a":{"less":"vähän"}}`, ""},
		{"an identity code", "2", `{"a":{"rows":["asiakas 131052-308T"]}}`, "", "no_identity_code"},
		{"a bell", "2", `{"a":{"line":"\u0007"}}`, "", "text"},
		{"an unknown step", "2", `{"b":{"line":"hei"}}`, "", "unknown"},
		{"an unknown field", "2", `{"a":{"gone":"hei"}}`, "", "unknown"},
		{"a field of an older version stays", "1", `{"a":{"gone":"hei"},"b":{"rows":["x"]}}`, `{"a":{"gone":"hei"},"b":{"rows":["x"]}}`, ""},
		{"but not under any name", "1", `{"a":{"Gone!":"hei"}}`, "", "unknown"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := x.readWritten(tt.text, tt.version)
			if code := codeOf(err); code != tt.code {
				t.Fatalf("got %q, want %q", code, tt.code)
			}
			if tt.code == "" && string(written(got)) != tt.want {
				t.Errorf("got %s, want %s", written(got), tt.want)
			}
		})
	}
}

// codeOf is the code of the first wrong field; "" when nothing is wrong.
func codeOf(err error) string {
	if e, ok := fault.As(err); ok && len(e.Fields) > 0 {
		return e.Fields[0].Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}
