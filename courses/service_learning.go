package courses

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/vault"
)

// way finds the caller's way through a course.
func (s *Service) way(ctx context.Context, person, course string) (Way, error) {
	var w Way
	var err error
	s.journal.View(func() {
		var l *learner
		if l, err = s.state.enrolled(person, course); err == nil {
			w.Standing, w.CohortName = s.state.standing(l), s.state.data.Cohorts[l.Cohort].Name
		}
	})
	if err != nil {
		return Way{}, err
	}
	return w, s.furnish(ctx, &w)
}

func (s *Service) furnish(ctx context.Context, w *Way) (err error) {
	if w.Content, err = s.contents.get(ctx, w.Course, w.hash); err != nil {
		return err
	}
	w.Place, w.Today = s.places.get(ctx, w.Person, w.Course), dayOf(s.now())
	return nil
}

// Ways lists the courses the caller goes through, the newest enrolling first.
func (s *Service) Ways(ctx context.Context, caller auth.Caller) ([]Way, error) {
	var all []Way
	today := dayOf(s.now())
	s.issueTo(ctx, caller.Person)
	s.journal.View(func() {
		for _, l := range s.state.learners[caller.Person] {
			if l.Cohort != "" {
				all = append(all, Way{
					Standing: s.state.standing(l), CohortName: s.state.data.Cohorts[l.Cohort].Name, FollowUps: l.toFollowUp(today),
				})
			}
		}
	})
	slices.SortFunc(all, func(a, b Way) int {
		return cmp.Or(b.Enrolled.Compare(a.Enrolled), cmp.Compare(a.Course, b.Course))
	})
	for i := range all {
		if err := s.furnish(ctx, &all[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Way gives the caller's way through one course.
func (s *Service) Way(ctx context.Context, caller auth.Caller, course string) (Way, error) {
	s.issueTo(ctx, caller.Person)
	return s.way(ctx, caller.Person, course)
}

// Page is an activity as its learner sees it.
type Page struct {
	Way
	Position   int
	Module     *Module
	Activity   *Activity
	Tally      tally
	Draft      vault.Draft // quizzes and tasks
	Sitting                // of a quiz
	Submission string      // the newest text of a task
	Handed     Handed      // tasks and development tasks
	Change     *Change     // since its learner finished it; nil when nothing changed
	Applied    *Applied    // of something tried at work
	Reflected  *Reflected  // of a reflection
}

// Activity opens an activity. A lesson is served from memory alone. An attempt at a quiz whose time is over is handed in now.
func (s *Service) Activity(ctx context.Context, caller auth.Caller, course, activity string) (Page, error) {
	if err := s.closeLate(ctx, caller.Person, course, activity); err != nil {
		return Page{}, err
	}
	w, err := s.way(ctx, caller.Person, course)
	if err != nil {
		return Page{}, err
	}
	p := Page{Way: w}
	if p.Position, err = w.activity(activity); err != nil {
		return Page{}, err
	}
	if locks := w.Locks(p.Position); len(locks) > 0 {
		return Page{}, lockedBy(locks)
	}
	p.Module, p.Activity = w.Content.Find(activity)
	p.Tally = w.tallyOf(activity)
	p.Change = s.change(ctx, p, caller.Language)
	private := p.Activity.Kind == Work || p.Activity.Kind == Reflection
	if p.Activity.Kind != Quiz && !isMarked(p.Activity.Kind) && !private {
		return p, nil
	}
	if isMarked(p.Activity.Kind) {
		if p.Handed, err = s.handedBy(ctx, caller.Person, course, activity); err != nil {
			return Page{}, err
		}
	}
	if p.Draft, err = s.vault.Draft(ctx, caller.Person, subjectOf(course, activity)); err != nil {
		return Page{}, err
	}
	if private {
		return p, s.write(ctx, &p)
	}
	if p.Activity.Kind == Quiz {
		p.Sitting, err = s.sitting(ctx, p.Way, p.Activity)
	} else if p.Tally.Last.Deed == handedIn {
		p.Submission, err = s.text(ctx, p.Tally.Text)
	}
	if err != nil && !errors.Is(err, vault.ErrGone) {
		return Page{}, err
	}
	return p, nil
}

// Complete says that a lesson is done.
func (s *Service) Complete(ctx context.Context, caller auth.Caller, course, activity string) (Way, error) {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		return s.state.complete(caller.Person, course, activity, now)
	})
	if err != nil {
		return Way{}, err
	}
	return s.way(ctx, caller.Person, course)
}

// Submit hands in a task. It may be handed in again: the newest text counts. It fails with ErrWrittenSince.
func (s *Service) Submit(ctx context.Context, caller auth.Caller, course, activity, text string, over Over) (Way, error) {
	return s.keepWriting(ctx, caller, course, activity, text, func(id string, now time.Time) (journal.Decision, error) {
		l, _, err := s.state.opened(caller.Person, course, activity, Task, now)
		if err != nil {
			return journal.Decision{}, err
		}
		if err := s.state.handedSince(l, activity, "", over); err != nil {
			return journal.Decision{}, err
		}
		return journal.Happens(TaskSubmitted{Submission: id, Course: course, Person: caller.Person, Activity: activity}).Answering(id), nil
	})
}

// SavePlace remembers where the caller is, or was when their device says (unix ms; 0 is now).
func (s *Service) SavePlace(ctx context.Context, caller auth.Caller, course string, place Place, said int64) error {
	at, err := placeAt(said, s.now())
	if err != nil {
		return err
	}
	s.journal.View(func() {
		if _, err = s.state.enrolled(caller.Person, course); err == nil {
			_, err = s.state.editions[course].activity(place.Activity)
		}
	})
	if err != nil {
		return err
	}
	place.At = at.UTC().Truncate(time.Millisecond)
	s.places.put(ctx, caller.Person, course, place)
	return nil
}
