package psycap

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

const exerciseDrafts = "exercise."

// mayDraftExercise refuses drafts of what the caller has not begun, or has finished.
func (s *Service) mayDraftExercise(caller auth.Caller, run string) (err error) {
	s.journal.View(func() { _, err = s.state.unfinished(caller.Person, run) })
	return err
}

// Exercises gives the runs of the caller by exercise, newest first, and whether they want exercises at all.
func (s *Service) Exercises(caller auth.Caller) (runs map[string][]Run, refused bool) {
	runs = map[string][]Run{}
	s.journal.View(func() {
		refused = s.state.data.ExercisesRefused[caller.Person]
		for _, r := range slices.Backward(s.state.runs[caller.Person]) {
			runs[r.Exercise] = append(runs[r.Exercise], r.copied())
		}
	})
	return runs, refused
}

func (r *Run) copied() Run {
	c := *r
	c.Done = slices.Clone(r.Done)
	return c
}

// BeginExercise begins an exercise, or goes on with one that is open, and gives the run.
func (s *Service) BeginExercise(ctx context.Context, caller auth.Caller, exercise string) (string, error) {
	x := shippedExercise(exercise)
	if x == nil {
		return "", ErrUnknownExercise
	}
	id := s.newID()
	answer, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		return s.state.begin(caller.Person, x, id, now)
	})
	if err != nil {
		return "", err
	}
	if len(answer.IDs) != 1 {
		return "", journal.ErrKeyReused
	}
	return answer.IDs[0], nil
}

// DoStep notes that the caller did a step, perhaps in its easier variant.
func (s *Service) DoStep(ctx context.Context, caller auth.Caller, run, step string, easier bool) error {
	return s.decide(ctx, caller, func(time.Time) (journal.Decision, error) { return s.state.doStep(caller.Person, run, step, easier) })
}

// SetAside leaves a run for another time.
func (s *Service) SetAside(ctx context.Context, caller auth.Caller, run string) error {
	return s.decide(ctx, caller, func(time.Time) (journal.Decision, error) { return s.state.setAside(caller.Person, run) })
}

// RefuseExercises says whether the caller wants to be shown exercises.
func (s *Service) RefuseExercises(ctx context.Context, caller auth.Caller, refused bool) error {
	return s.decide(ctx, caller, func(time.Time) (journal.Decision, error) {
		return s.state.refuseExercises(caller.Person, refused)
	})
}

func (s *Service) decide(ctx context.Context, caller auth.Caller, rule journal.Rule) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), rule)
	return err
}

// FinishExercise keeps what the caller wrote, JSON of Written, in place of the draft.
func (s *Service) FinishExercise(ctx context.Context, caller auth.Caller, run, text string) error {
	var exercise, version string
	var err error
	s.journal.View(func() {
		var r *Run
		if r, err = s.state.run(caller.Person, run); err == nil {
			exercise, version = r.Exercise, r.Version
		}
	})
	if err != nil {
		return err
	}
	x := shippedExercise(exercise)
	if x == nil {
		return ErrUnknownExercise
	}
	all, err := x.readWritten(text, version)
	if err != nil {
		return err
	}
	answer, err := s.keep(ctx, caller, string(written(all)), func(id string, _ time.Time) (journal.Decision, error) {
		return s.state.finish(caller.Person, run, id)
	})
	if err == nil && !answer.Repeated {
		s.dropDraft(ctx, caller.Person, exerciseDrafts+run)
	}
	return err
}

// DeleteRun deletes a run with what was written.
func (s *Service) DeleteRun(ctx context.Context, caller auth.Caller, run string) error {
	var text string
	err := s.decide(ctx, caller, func(time.Time) (journal.Decision, error) {
		if r, err := s.state.run(caller.Person, run); err == nil {
			text = r.Text
		}
		return s.state.deleteRun(caller.Person, run)
	})
	if err != nil {
		return err
	}
	if text != "" {
		s.dropTexts(ctx, text)
	}
	s.dropDraft(ctx, caller.Person, exerciseDrafts+run)
	return nil
}

// WrittenIn reads what the caller wrote in a run: finished, or as its draft has it.
func (s *Service) WrittenIn(ctx context.Context, caller auth.Caller, run string) (Run, string, error) {
	var found Run
	var err error
	s.journal.View(func() {
		var r *Run
		if r, err = s.state.run(caller.Person, run); err == nil {
			found = r.copied()
		}
	})
	if err != nil {
		return Run{}, "", err
	}
	text, err := s.runText(ctx, &found)
	return found, text, err
}

func (s *Service) runText(ctx context.Context, r *Run) (string, error) {
	if r.Text != "" {
		text, _, err := s.text(ctx, r.Text)
		return text, err
	}
	draft, err := s.vault.Draft(ctx, r.Person, DraftsPrefix+exerciseDrafts+r.ID)
	return draft.Text, err
}

// keptRun is a run, for its person to take with them.
type keptRun struct {
	Exercise string     `json:"exercise"`
	Begun    time.Time  `json:"begun"`
	Finished *time.Time `json:"finished,omitempty"`
	SetAside bool       `json:"setAside,omitempty"`
	Steps    []keptStep `json:"steps"`
	// Written is what was written, by step and field.
	Written json.RawMessage `json:"written,omitempty"`
}

type keptStep struct {
	Step   string `json:"step"`
	Easier bool   `json:"easier,omitempty"`
}

// keptExercises is everything about a person's exercises.
type keptExercises struct {
	Refused bool      `json:"refused"`
	Runs    []keptRun `json:"runs"`
}

func (s *Service) keptExercises(ctx context.Context, person string) (keptExercises, error) {
	all := keptExercises{Runs: []keptRun{}}
	var runs []Run
	s.journal.View(func() {
		all.Refused = s.state.data.ExercisesRefused[person]
		for _, r := range s.state.runs[person] {
			runs = append(runs, r.copied())
		}
	})
	for _, r := range runs {
		k := keptRun{Exercise: r.Exercise, Begun: time.UnixMilli(r.Begun).UTC(), Finished: finishedAt(&r), SetAside: r.Aside, Steps: []keptStep{}}
		for _, d := range r.Done {
			k.Steps = append(k.Steps, keptStep(d))
		}
		text, err := s.runText(ctx, &r)
		if err != nil {
			return keptExercises{}, err
		}
		if json.Valid([]byte(text)) {
			k.Written = json.RawMessage(text)
		}
		all.Runs = append(all.Runs, k)
	}
	return all, nil
}

func finishedAt(r *Run) *time.Time {
	if r.Finished == 0 {
		return nil
	}
	at := time.UnixMilli(r.Finished).UTC()
	return &at
}

// GroupUse is what a group did with exercises in the last 30 days: numbers alone, and none of a small group.
type GroupUse struct {
	Floor int // the least number of people of whom something is said
	Use   *ExerciseUse
}

// GroupUse counts for a trainer of the cohort. Nobody learns who did what.
func (s *Service) GroupUse(caller auth.Caller, cohort string) (use GroupUse, err error) {
	now := s.now()
	s.journal.View(func() {
		c, known := s.cohorts.CohortFor(cohort)
		if !known || !s.cohorts.Sees(caller.Person, cohort) {
			err = ErrNoCohort
			return
		}
		use.Floor = s.state.floorOf(c.Org)
		if persons := s.state.usersCounted(cohort, use.Floor); len(persons) > 0 {
			counted := s.state.exerciseUse(persons, now)
			use.Use = &counted
		}
	})
	return use, err
}
