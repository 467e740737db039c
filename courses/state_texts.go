package courses

import (
	"iter"
	"slices"
)

// TextsOf lists the vault ids of everything a person answered and submitted, also of an erased one.
func (s *State) TextsOf(person string) []string {
	var ids []string
	for _, l := range s.learners[person] {
		ids = append(ids, s.textsAbout(l)...)
	}
	return append(append(ids, s.groupTexts(person)...), s.certificateTexts(person)...)
}

// textsAbout lists the vault ids of everything about one way through a course.
func (s *State) textsAbout(l *learner) []string {
	ids := slices.Concat(l.texts(), s.grantsOf(l.Course, l.Person), s.feedbackTexts(l.Enrolment))
	return slices.AppendSeq(ids, l.writings())
}

// texts lists the vault ids of what the enrolment itself names.
func (en *Enrolment) texts() []string {
	ids := slices.Clone(en.Texts)
	for _, credit := range en.Credits {
		ids = append(ids, credit.Basis)
	}
	for _, extension := range en.Extensions {
		ids = append(ids, extension.Reason)
	}
	for _, compensation := range en.Compensations {
		ids = append(ids, compensation.Basis)
	}
	return append(ids, en.Replaced...)
}

// replaced keeps a trainer's words about a learner in whose place newer ones are.
func (en *Enrolment) replaced(reason string) {
	if !slices.Contains(en.Replaced, reason) {
		en.Replaced = append(slices.Clone(en.Replaced), reason)
	}
}

// Texts iterates over the vault ids of all answers and submissions, for the search for orphans.
func (s *State) Texts() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, all := range s.learners {
			for _, l := range all {
				for _, id := range s.textsAbout(l) {
					if !yield(id) {
						return
					}
				}
			}
		}
		for _, id := range append(s.groupTexts(""), s.certificateTexts("")...) {
			if !yield(id) {
				return
			}
		}
	}
}
