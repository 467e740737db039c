package courses

import (
	"context"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
)

const earliestDone = "2000-01-01"

// completeElsewhere decides that something outside Luotsi was done on a day; nothing happens when it was said already.
func (s *State) completeElsewhere(person, course, activity, on string, now time.Time) (journal.Decision, error) {
	l, position, err := s.opened(person, course, activity, Link, now)
	if err != nil {
		return journal.Decision{}, err
	}
	switch {
	case on > dayOf(now):
		return journal.Decision{}, fault.Bad("on", "future")
	case on < earliestDone:
		return journal.Decision{}, fault.Bad("on", "past")
	case l.cells[position] == CellDone:
		return journal.Decision{}, nil
	}
	return journal.Happens(ActivityDone{Course: course, Person: person, Activity: activity, On: on}), nil
}

// doneOn keeps the day that the first word on an activity named.
func (s *State) doneOn(e ActivityDone) {
	if l := s.learner(e.Person, e.Course); l != nil && e.On != "" && l.DoneOn[e.Activity] == "" {
		l.DoneOn = with(l.DoneOn, e.Activity, e.On)
	}
}

// view decides that an activity which asks for no more was opened; nothing happens when that is known.
func (s *State) view(person, course, activity string, now time.Time) (journal.Decision, error) {
	l, err := s.enrolled(person, course)
	if err != nil {
		return journal.Decision{}, err
	}
	ed := s.editions[course]
	position, err := ed.activity(activity)
	if err != nil {
		return journal.Decision{}, err
	}
	if ed.order[position].requires() != ToView {
		return journal.Decision{}, ErrWrongKind
	}
	if locks := ed.locks(l.cells, position, s.data.Cohorts[l.Cohort].Starts, dayOf(now)); len(locks) > 0 {
		return journal.Decision{}, lockedBy(locks)
	}
	if isFinished(l.cells[position]) {
		return journal.Decision{}, nil
	}
	return journal.Happens(ActivityViewed{Course: course, Person: person, Activity: activity}), nil
}

// CompleteElsewhere says that the caller did something outside Luotsi on that day.
func (s *Service) CompleteElsewhere(ctx context.Context, caller auth.Caller, course, activity, on string) (Way, error) {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		return s.state.completeElsewhere(caller.Person, course, activity, on, now)
	})
	if err != nil {
		return Way{}, err
	}
	return s.way(ctx, caller.Person, course)
}

// View says that the caller opened an activity that asks for no more.
func (s *Service) View(ctx context.Context, caller auth.Caller, course, activity string) (Way, error) {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		return s.state.view(caller.Person, course, activity, now)
	})
	if err != nil {
		return Way{}, err
	}
	return s.way(ctx, caller.Person, course)
}
