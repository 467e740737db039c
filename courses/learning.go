package courses

import (
	"time"

	"luotsi/server/journal"
)

// Way is a learner's way through a course: their standing, the texts of the newest version, and the place they are at.
type Way struct {
	Standing
	Content    *Content
	CohortName string
	Place      Place
	Today      string // the Finnish day, by which locks are told
	FollowUps  []Try  // what was tried at work and is to be followed up now; only in a list of all ways
}

// Next is the activity that "continue" leads to; false when there is nothing the learner could do now.
func (w Way) Next() (position int, ok bool) {
	return w.next(w.Place.Activity, func(p int) bool { return w.waitsForLearner(w.Cells, p) && len(w.Locks(p)) == 0 })
}

// Locks says why the activity at a position is not open; nothing when it is.
func (w Way) Locks(position int) []Lock { return w.locks(w.Cells, position, w.Starts, w.Today) }

// ordinal is the number of an activity, from 1, among those of its kind in its module.
func (e *edition) ordinal(position int) int {
	n := 0
	for p := e.starts[e.module(position)]; p <= position; p++ {
		if e.order[p].Kind == e.order[position].Kind {
			n++
		}
	}
	return n
}

// minutesLeft is how long an activity still takes: what was read of a text, or watched of a video, is not read again. It is at least
// a minute.
func minutesLeft(a *Activity, place Place) int {
	if a.Kind != Lesson && a.Kind != Video || place.Activity != a.ID {
		return a.Minutes
	}
	return max(1, (a.Minutes*(1000-min(place.Position, 1000))+999)/1000)
}

// complete decides that a lesson or a video is done; nothing happens when it was already.
func (s *State) complete(person, course, activity string, now time.Time) (journal.Decision, error) {
	kind := Lesson
	if ed := s.editions[course]; ed != nil {
		if p, ok := ed.find(activity); ok && ed.order[p].Kind == Video {
			kind = Video
		}
	}
	l, position, err := s.opened(person, course, activity, kind, now)
	if err != nil || l.cells[position] == CellDone {
		return journal.Decision{}, err
	}
	return journal.Happens(ActivityDone{Course: course, Person: person, Activity: activity}), nil
}

// opened finds a learner and an activity of that kind that is open to them, or refuses.
func (s *State) opened(person, course, activity string, kind Kind, now time.Time) (l *learner, position int, err error) {
	if l, err = s.enrolled(person, course); err != nil {
		return nil, 0, err
	}
	ed := s.editions[course]
	if position, err = ed.activity(activity); err != nil {
		return nil, 0, err
	}
	if ed.order[position].Kind != kind {
		return nil, 0, ErrWrongKind
	}
	if locks := ed.locks(l.cells, position, s.data.Cohorts[l.Cohort].Starts, dayOf(now)); len(locks) > 0 {
		return nil, 0, lockedBy(locks)
	}
	return l, position, nil
}

// lockedBy refuses and tells why.
func lockedBy(locks []Lock) error { return ErrLocked.With(lockedInfo{Locks: viewLocks(locks)}) }

// handedSince refuses a task, or a step of a development task, when another text for it came that its writer has not seen.
func (s *State) handedSince(l *learner, activity, part string, over Over) error {
	var first paper
	for _, p := range s.papers(l, s.editions[l.Course].numbers[activity]) {
		if p.step == part {
			first = p
		}
	}
	if since(over, first.at) {
		return ErrWrittenSince.With(written{At: first.at, Text: first.id, same: true})
	}
	return nil
}

// enrolled finds a person who goes through the course now, or refuses; it is used inside View or a rule.
func (s *State) enrolled(person, course string) (*learner, error) {
	l := s.learner(person, course)
	if l == nil || l.Cohort == "" {
		return nil, ErrNotEnrolled
	}
	return l, nil
}
