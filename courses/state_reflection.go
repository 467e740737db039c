package courses

import (
	"iter"

	"luotsi/server/journal"
)

// applyReflection takes in an event about a text and who may know of it.
func (s *State) applyReflection(at int64, e journal.Event) {
	switch e := e.(type) {
	case ReflectionKept:
		l := s.learner(e.Person, e.Course)
		if l == nil || l.Reflections[e.Activity].Text == e.Reflection {
			return
		}
		l.Reflections = with(l.Reflections, e.Activity, Kept{At: at, Text: e.Reflection})
		s.setPrivacy(l, e.Activity, e.Privacy)
		s.take(e.Person, e.Course, e.Activity, step{At: at, Deed: reflected}, "")
	case WritingShared:
		if l := s.learner(e.Person, e.Course); l != nil {
			s.setPrivacy(l, e.Activity, e.Privacy)
		}
	}
}

func (s *State) setPrivacy(l *learner, activity string, p Privacy) {
	l.Privacy = with(l.Privacy, activity, p)
	if p.opens(ForTrainer) {
		l.Opened = with(l.Opened, activity, true)
	}
	s.touched[l.Cohort] = s.commit
}

// writings iterates over the vault ids of what a learner reflected and tried.
func (l *learner) writings() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, kept := range l.Reflections {
			if !yield(kept.Text) {
				return
			}
		}
		for _, t := range l.tries {
			for id := range t.texts() {
				if !yield(id) {
					return
				}
			}
		}
	}
}
