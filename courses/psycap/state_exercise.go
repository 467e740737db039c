package psycap

import (
	"cmp"
	"slices"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/web"
)

// The failures of exercises.
var (
	ErrUnknownExercise  = fault.New(fault.NotFound, "not_found", "there is no such exercise")
	ErrUnknownRun       = fault.New(fault.NotFound, "not_found", "the caller has not begun this, or deleted it")
	ErrUnknownStep      = fault.New(fault.NotFound, "not_found", "the exercise has no such step")
	ErrRunFinished      = fault.New(fault.Conflict, "run_finished", "the exercise was finished, perhaps on another device")
	ErrNoCohort         = fault.New(fault.NotFound, "not_found", "no such cohort, or not in the care of this person's units")
	ErrExercisesRefused = fault.New(fault.Conflict, "exercises_refused", "the caller does not want exercises")
)

// Run is one time of doing an exercise.
type Run struct {
	ID       string
	Person   string
	Exercise string
	Version  string
	Begun    int64      // unix ms
	Done     []StepDone // each step once, in the order they were done first
	Aside    bool       // left for another time
	Finished int64      // unix ms; 0 as long as it is not
	Text     string     // vault id of what was written, once it is finished
}

// StepDone is a step that is done, in either variant: the easier one counts the same.
type StepDone struct {
	Step   string
	Easier bool
}

func (s *State) reindexExercises() {
	if s.data.Runs == nil {
		s.data.Runs = map[string]*Run{}
	}
	if s.data.ExercisesRefused == nil {
		s.data.ExercisesRefused = map[string]bool{}
	}
	s.runs = map[string][]*Run{}
	for _, r := range s.data.Runs {
		s.runs[r.Person] = append(s.runs[r.Person], r)
	}
	for _, runs := range s.runs {
		slices.SortFunc(runs, func(a, b *Run) int { return cmp.Or(cmp.Compare(a.Begun, b.Begun), cmp.Compare(a.ID, b.ID)) })
	}
}

func (s *State) applyExercise(m journal.Meta, e journal.Event) {
	switch e := e.(type) {
	case ExerciseBegun:
		if r := s.data.Runs[e.Run]; r != nil {
			r.Aside = false
			return
		}
		r := &Run{ID: e.Run, Person: e.Person, Exercise: e.Exercise, Version: e.Version, Begun: m.At.UnixMilli()}
		s.data.Runs[e.Run] = r
		s.runs[e.Person] = append(s.runs[e.Person], r)
	case ExerciseStepDone:
		if r := s.data.Runs[e.Run]; r != nil {
			r.Aside = false
			if i := slices.IndexFunc(r.Done, func(d StepDone) bool { return d.Step == e.Step }); i >= 0 {
				r.Done[i].Easier = e.Easier
			} else {
				r.Done = append(r.Done, StepDone{e.Step, e.Easier})
			}
		}
	case ExerciseFinished:
		if r := s.data.Runs[e.Run]; r != nil {
			r.Finished, r.Text, r.Aside = m.At.UnixMilli(), e.Text, false
		}
	case ExerciseSetAside:
		if r := s.data.Runs[e.Run]; r != nil {
			r.Aside = true
		}
	case ExerciseDeleted:
		delete(s.data.Runs, e.Run)
		s.runs[e.Person] = slices.DeleteFunc(s.runs[e.Person], func(r *Run) bool { return r.ID == e.Run })
		if len(s.runs[e.Person]) == 0 {
			delete(s.runs, e.Person)
		}
	case ExercisesRefused:
		if e.Refused {
			s.data.ExercisesRefused[e.Person] = true
		} else {
			delete(s.data.ExercisesRefused, e.Person)
		}
	}
}

// begin decides on beginning an exercise, or going on with what is open: a daily one only with that of the same day. It answers with
// the run's id.
func (s *State) begin(person string, x *Exercise, id string, now time.Time) (journal.Decision, error) {
	if s.data.ExercisesRefused[person] {
		return journal.Decision{}, ErrExercisesRefused
	}
	if r := s.openRun(person, x, now); r != nil {
		if !r.Aside {
			return journal.Decision{}.Answering(r.ID), nil
		}
		return journal.Happens(ExerciseBegun{Run: r.ID, Person: person, Exercise: r.Exercise, Version: r.Version}).Answering(r.ID), nil
	}
	return journal.Happens(ExerciseBegun{Run: id, Person: person, Exercise: x.ID, Version: x.Version}).Answering(id), nil
}

// openRun is the newest run of an exercise that can be gone on with today; nil when there is none.
func (s *State) openRun(person string, x *Exercise, now time.Time) *Run {
	for _, r := range slices.Backward(s.runs[person]) {
		if r.Exercise == x.ID && r.Finished == 0 && (x.Session != Daily || web.DayOf(time.UnixMilli(r.Begun)) == web.DayOf(now)) {
			return r
		}
	}
	return nil
}

// run finds a run of a person.
func (s *State) run(person, id string) (*Run, error) {
	r := s.data.Runs[id]
	if r == nil || r.Person != person {
		return nil, ErrUnknownRun
	}
	return r, nil
}

// unfinished finds a run of a person that is not finished.
func (s *State) unfinished(person, id string) (*Run, error) {
	r, err := s.run(person, id)
	if err == nil && r.Finished > 0 {
		return nil, ErrRunFinished
	}
	return r, err
}

// doStep decides that a step is done. Doing it again changes nothing but the variant.
func (s *State) doStep(person, run, step string, easier bool) (journal.Decision, error) {
	r, err := s.unfinished(person, run)
	if err != nil {
		return journal.Decision{}, err
	}
	done := slices.Contains(r.Done, StepDone{step, easier})
	if x := shippedExercise(r.Exercise); !done && (x == nil || x.step(step) == nil) {
		return journal.Decision{}, ErrUnknownStep
	}
	if done && !r.Aside {
		return journal.Decision{}, nil
	}
	return journal.Happens(ExerciseStepDone{Run: run, Person: person, Step: step, Easier: easier}), nil
}

// setAside decides that a run is left for another time.
func (s *State) setAside(person, run string) (journal.Decision, error) {
	r, err := s.unfinished(person, run)
	if err != nil || r.Aside {
		return journal.Decision{}, err
	}
	return journal.Happens(ExerciseSetAside{Run: run, Person: person}), nil
}

// finish decides that a run is done. Not every step has to be.
func (s *State) finish(person, run, text string) (journal.Decision, error) {
	if _, err := s.unfinished(person, run); err != nil {
		return journal.Decision{}, err
	}
	return journal.Happens(ExerciseFinished{Run: run, Person: person, Text: text}).Answering(text), nil
}

// deleteRun decides that a run goes with what was written.
func (s *State) deleteRun(person, run string) (journal.Decision, error) {
	if _, err := s.run(person, run); err != nil {
		return journal.Decision{}, err
	}
	return journal.Happens(ExerciseDeleted{Run: run, Person: person}), nil
}

// refuseExercises decides whether somebody wants to be shown exercises.
func (s *State) refuseExercises(person string, refused bool) (journal.Decision, error) {
	if s.data.ExercisesRefused[person] == refused {
		return journal.Decision{}, nil
	}
	return journal.Happens(ExercisesRefused{Person: person, Refused: refused}), nil
}

// exerciseTexts lists the vault ids of what a person wrote in exercises; of everybody when person is "".
func (s *State) exerciseTexts(person string) (texts []string) {
	all := s.runs[person]
	if person == "" {
		for _, runs := range s.runs {
			all = append(all, runs...)
		}
	}
	for _, r := range all {
		if r.Text != "" {
			texts = append(texts, r.Text)
		}
	}
	return texts
}

// ExerciseUse counts runs, and nobody.
type ExerciseUse struct {
	Begun      int
	Finished   int
	Unfinished int // of those begun: neither finished nor set aside
	SetAside   int
	Eased      int // with a step in its easier variant, of those begun
}

// usedDays is how far back use is counted.
const usedDays = 30

// exerciseUse counts what these people began in the last 30 days, and what became of it.
func (s *State) exerciseUse(persons []string, now time.Time) (use ExerciseUse) {
	since := now.AddDate(0, 0, -usedDays).UnixMilli()
	for _, person := range persons {
		for _, r := range s.runs[person] {
			if r.Begun < since {
				continue
			}
			use.Begun++
			switch {
			case r.Finished > 0:
				use.Finished++
			case r.Aside:
				use.SetAside++
			default:
				use.Unfinished++
			}
			if slices.ContainsFunc(r.Done, func(d StepDone) bool { return d.Easier }) {
				use.Eased++
			}
		}
	}
	return use
}
