package courses

import (
	"slices"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
)

// Kept is the newest text of a reflection.
type Kept struct {
	At   int64  // unix ms
	Text string // vault id
}

// keepReflection decides on a text and who may know of it. It may be written anew: the newest text is the only one.
func (s *State) keepReflection(person, course, activity, id string, privacy, saw Privacy, over Over, now time.Time) (journal.Decision, error) {
	l, position, err := s.opened(person, course, activity, Reflection, now)
	if err != nil {
		return journal.Decision{}, err
	}
	if !slices.Contains(s.editions[course].order[position].shares(), privacy) {
		return journal.Decision{}, fault.Bad("privacy", "not_offered")
	}
	if first := l.Reflections[activity]; since(over, first.At) {
		chosen := s.privacy(l, activity, Reflection)
		return journal.Decision{}, ErrWrittenSince.With(written{At: first.At, Text: first.Text, Privacy: chosen, same: chosen == privacy})
	}
	if widens(privacy, saw, s.privacy(l, activity, Reflection)) {
		return journal.Decision{}, ErrClosedSince
	}
	return journal.Happens(ReflectionKept{Reflection: id, Course: course, Person: person, Activity: activity, Privacy: privacy}).Answering(id), nil
}

// share decides on who may know of what a person wrote. Closing always works: also when the newest version has the activity no more,
// and for somebody who was taken out of the cohort.
func (s *State) share(person, course, activity string, privacy, saw Privacy) (journal.Decision, error) {
	l := s.learner(person, course)
	if l == nil {
		return journal.Decision{}, ErrNotEnrolled
	}
	ed := s.editions[course]
	number, known := ed.numbers[activity]
	if !known {
		return journal.Decision{}, ErrUnknownActivity
	}
	kind := ed.kinds[number]
	offered := ActivityOutline{Kind: kind}.shares()
	if position := ed.positions[number]; position >= 0 {
		offered = ed.order[position].shares()
	}
	now := s.privacy(l, activity, kind)
	switch {
	case offered == nil:
		return journal.Decision{}, ErrWrongKind
	case !s.wrote(l, activity, kind):
		return journal.Decision{}, ErrNotKept
	case privacy == now:
		return journal.Decision{}, nil
	case !slices.Contains(offered, privacy):
		return journal.Decision{}, fault.Bad("privacy", "not_offered")
	case widens(privacy, saw, now):
		return journal.Decision{}, ErrClosedSince
	}
	return journal.Happens(WritingShared{Course: course, Person: person, Activity: activity, Privacy: privacy}), nil
}

// wrote reports whether there is a text that could be shared.
func (s *State) wrote(l *learner, activity string, kind Kind) bool {
	if kind == Work {
		return slices.ContainsFunc(l.tries, func(t *Try) bool { return t.Activity == activity })
	}
	_, kept := l.Reflections[activity]
	return kept
}

// readable finds what a learner wrote in an activity for somebody to whom that grade opens it, or refuses.
func (s *State) readable(l *learner, activity string, grade Privacy) (Writing, error) {
	ed := s.editions[l.Course]
	number, known := ed.numbers[activity]
	if !known || !s.wrote(l, activity, ed.kinds[number]) || !s.privacy(l, activity, ed.kinds[number]).opens(grade) {
		return Writing{}, ErrNotShared
	}
	w := Writing{Course: l.Course, Person: l.Person, Activity: activity, Kind: ed.kinds[number]}
	if w.Kind == Work {
		for _, t := range l.tries {
			if t.Activity == activity {
				w.Tries = append(w.Tries, *t)
			}
		}
		w.At = w.Tries[len(w.Tries)-1].PlannedAt
		return w, nil
	}
	w.At, w.Text = l.Reflections[activity].At, l.Reflections[activity].Text
	return w, nil
}

// Writing is what a learner wrote and shares, before its texts are read.
type Writing struct {
	Course   string
	Person   string
	Activity string
	Kind     Kind
	At       int64  // unix ms
	Text     string // vault id of a reflection
	Tries    []Try  // what was tried at work, oldest first
}
