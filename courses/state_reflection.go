package courses

import (
	"iter"
	"maps"

	"luotsi/server/journal"
)

// applyReflection takes in an event about a text and who may know of it. Readers keep what they were given, so maps are copied.
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

func with[T any](m map[string]T, key string, value T) map[string]T {
	m = maps.Clone(m)
	if m == nil {
		m = map[string]T{}
	}
	m[key] = value
	return m
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
