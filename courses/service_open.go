package courses

import (
	"context"
	"errors"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/vault"
)

// OpenMarking is an attempt as the trainer sees it who gives points to its open answers.
type OpenMarking struct {
	Attempt
	Run        Run
	Cohort     string
	CohortName string
	Module     *Module   // nil when the newest version has the quiz no more
	Activity   *Activity // the same
	By         string    // who it is reserved to; "" when nobody marks it
	Until      time.Time
	Draft      vault.Draft
}

// OpenAnswers reads the attempt that waits for a trainer's marks. The look is in the access log before anything is shown.
func (s *Service) OpenAnswers(ctx context.Context, caller auth.Caller, cohort, person, activity string) (OpenMarking, error) {
	var m OpenMarking
	var hash string
	find := func() (err error) {
		s.journal.View(func() {
			var waiting *Run
			if waiting, err = s.state.waitingIn(s.borders, caller.Person, cohort, person, activity); err != nil {
				return
			}
			m.Run, m.Cohort, m.CohortName = *waiting, cohort, s.state.data.Cohorts[cohort].Name
			hash = s.state.editions[m.Run.Course].hash
			m.By, m.Until = s.state.data.Marks.reservedTo(m.Run.Answers, s.now())
		})
		return err
	}
	if err := find(); err != nil {
		return OpenMarking{}, err
	}
	if err := s.access.Record(ctx, caller.Person, person, lookedAtAnswers+subjectOf(m.Run.Course, activity)); err != nil {
		return OpenMarking{}, err
	}
	err := find() // somebody else may have marked it while the look was logged
	if err != nil {
		return OpenMarking{}, err
	}
	content, err := s.contents.get(ctx, m.Run.Course, hash)
	if err != nil {
		return OpenMarking{}, err
	}
	m.Module, m.Activity = content.Find(activity)
	if m.Draft, err = s.vault.Draft(ctx, caller.Person, draftsOfFeedback+m.Run.Answers); err != nil {
		return OpenMarking{}, err
	}
	m.Attempt, err = s.waitingAttempt(ctx, m.Run)
	return m, err
}

// waitingAttempt reads the answers that wait.
func (s *Service) waitingAttempt(ctx context.Context, r Run) (Attempt, error) {
	var found move
	s.journal.View(func() {
		if l := s.state.learner(r.Person, r.Course); l != nil {
			for m := range s.state.standing(l).moves() {
				if m.text == r.Answers {
					found = m
				}
			}
		}
	})
	a, err := s.attempt(ctx, r.Course, r.Activity, found)
	if err != nil {
		return Attempt{}, err
	}
	return *a, nil
}

// GiveMarks puts a trainer's marks on the open answers of an attempt.
func (s *Service) GiveMarks(ctx context.Context, caller auth.Caller, cohort, person, activity, attempt string, marks []OpenMark, comment string) error {
	var r Run
	var err error
	s.journal.View(func() {
		var waiting *Run
		if waiting, err = s.state.waitingIn(s.borders, caller.Person, cohort, person, activity); err == nil {
			r = *waiting
		}
	})
	if errors.Is(err, ErrNothingWaits) || err == nil && r.Attempt != attempt {
		_, err := s.firstAnswer(ctx, caller, ErrNothingWaits)
		return err
	}
	if err != nil {
		return err
	}
	kept, answers, err := s.answersIn(ctx, r.Answers)
	if err != nil {
		return err
	}
	a, err := s.waitingAttempt(ctx, r)
	if err != nil {
		return err
	}
	result, err := a.Paper.GiveMarks(answers, marks)
	if err != nil {
		return err
	}
	r.Hash, r.Seed = kept.Hash, kept.Seed
	text, err := keptOf(r, result, comment)
	if err != nil {
		return err
	}
	_, fresh, err := s.keepAbout(ctx, caller, person, text, func(id string, now time.Time) (journal.Decision, error) {
		return s.state.markOpen(s.borders, caller.Person, cohort, &r, id, result, now)
	})
	if err != nil || !fresh {
		return s.named(err)
	}
	s.dropDraft(ctx, caller.Person, draftsOfFeedback+r.Answers)
	return nil
}
