package scheduling

import (
	"fmt"
	"iter"
	"slices"

	"luotsi/server/journal"
)

// changeFile replaces what is written about a case by what do makes of it. Its slices are shared with who has read it: do clones.
func (s *State) changeFile(id string, do func(f *CaseFile)) {
	if _, ok := s.primary.Cases[id]; !ok {
		return
	}
	f := s.primary.Files[id]
	do(&f)
	s.primary.Files[id] = f
	s.noteTexts(id)
}

// noteTexts keeps the list of cases with texts right.
func (s *State) noteTexts(id string) {
	if s.hasTexts(id) {
		s.texted[id] = struct{}{}
	} else {
		delete(s.texted, id)
	}
}

func (s *State) applyCaseFile(m journal.Meta, event journal.Event) {
	now := m.At.UnixMilli()
	switch e := event.(type) {
	case QuestionSet:
		s.changeFile(e.Case, func(f *CaseFile) {
			f.Question = Question{Text: e.Text, Kinds: e.Kinds, Version: e.Version, At: now, By: m.By}
		})
	case OutcomeSet:
		s.changeFile(e.Case, func(f *CaseFile) {
			o := Outcome{Appointment: e.Appointment, Text: e.Text, Actions: e.Actions, Next: e.Next, Version: e.Version, At: now, By: m.By}
			f.Outcomes = slices.Clone(f.Outcomes)
			if i := f.outcome(e.Appointment); i >= 0 {
				f.Outcomes[i] = o
			} else {
				f.Outcomes = append(f.Outcomes, o)
			}
		})
	case ConsentRecorded:
		s.changeFile(e.Case, func(f *CaseFile) {
			f.Consents = append(slices.Clone(f.Consents), Consent{ID: e.Consent, Recipient: e.Recipient, Use: e.Use, Until: e.Until, At: now, By: m.By})
		})
	case ConsentWithdrawn:
		s.changeFile(e.Case, func(f *CaseFile) {
			f.Consents = slices.Clone(f.Consents)
			for i := range f.Consents {
				if c := &f.Consents[i]; c.ID == e.Consent && c.Withdrawn == 0 {
					c.Withdrawn, c.WithdrawnBy = now, m.By
				}
			}
		})
	case CaseReopened:
		if c, ok := s.primary.Cases[e.Case]; ok && c.Closed != 0 {
			c.Closed = 0
			s.openCase(e.Case, c)
			s.changeFile(e.Case, func(f *CaseFile) { f.Reopened = now })
		}
	case TextsVanished:
		s.vanish(e, now)
	}
}

func (s *State) vanish(e TextsVanished, now int64) {
	for _, one := range e.Appointments {
		if a, ok := s.primary.Appointments[one]; ok && a.hasGuests() { // also of those that have ended, which change no more
			a.TextsGone = now
			s.primary.Appointments[one] = a
		}
	}
	for _, one := range e.Consultations {
		if c, ok := s.primary.Consultations[one]; ok {
			c.Gone = now
			s.primary.Consultations[one] = c
		}
	}
	s.changeFile(e.Case, func(f *CaseFile) {
		if e.Question {
			f.Question.Gone = now
		}
		f.Outcomes = slices.Clone(f.Outcomes)
		for _, one := range e.Appointments {
			if i := f.outcome(one); i >= 0 {
				f.Outcomes[i].Gone = now
			}
		}
	})
}

// writtenBy lists the ids of the texts that a person wrote, those that are gone too.
func (s *State) writtenBy(person string) (texts []string) {
	for _, f := range s.primary.Files {
		if f.Question.Version > 0 && f.Question.By == person {
			texts = append(texts, f.Question.Text)
		}
		for _, o := range f.Outcomes {
			if o.By == person {
				texts = append(texts, o.Text)
			}
		}
	}
	for _, c := range s.primary.Consultations {
		if c.By == person {
			texts = append(texts, c.Text)
		}
		for _, m := range c.Messages {
			if m.By == person {
				texts = append(texts, m.Text)
			}
		}
	}
	return texts
}

// forgetTexts marks what an erased person wrote as gone; whoever erased them deletes it. A consultation's messages have one mark
// for all: there a text that is missing is shown as gone.
func (s *State) forgetTexts(person string, now int64) {
	for id, f := range s.primary.Files {
		wrote := func(o Outcome) bool { return o.By == person && o.Gone == 0 }
		question := f.Question.Version > 0 && f.Question.By == person && f.Question.Gone == 0
		if !question && !slices.ContainsFunc(f.Outcomes, wrote) {
			continue
		}
		s.changeFile(id, func(f *CaseFile) {
			if question {
				f.Question.Gone = now
			}
			f.Outcomes = slices.Clone(f.Outcomes)
			for i := range f.Outcomes {
				if wrote(f.Outcomes[i]) {
					f.Outcomes[i].Gone = now
				}
			}
		})
	}
}

// caseTexts lists the texts that are to be kept.
func (s *State) caseTexts() iter.Seq[string] {
	return func(yield func(string) bool) {
		for id := range s.texted {
			f := s.primary.Files[id]
			if f.Question.Version > 0 && f.Question.Gone == 0 && !yield(f.Question.Text) {
				return
			}
			for _, o := range f.Outcomes {
				if o.Gone == 0 && !yield(o.Text) {
					return
				}
			}
			for _, one := range s.consultations[id] {
				c := s.primary.Consultations[one]
				if c.Gone != 0 {
					continue
				}
				for _, text := range c.texts() {
					if !yield(text) {
						return
					}
				}
			}
		}
	}
}

// reindexCaseFiles needs the cases, the appointments and the consultations to be there.
func (s *State) reindexCaseFiles() {
	if s.primary.Files == nil {
		s.primary.Files = map[string]CaseFile{}
	}
	s.texted = map[string]struct{}{}
	for id := range s.primary.Cases {
		s.noteTexts(id)
	}
}

// checkCaseFiles looks for texts of cases and appointments that are not there, and for a list of cases with texts that is not right.
func (s *State) checkCaseFiles() []string {
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	for id, f := range s.primary.Files {
		if _, ok := s.primary.Cases[id]; !ok {
			say("something is written about case %s, which is not there", id)
		}
		for _, o := range f.Outcomes {
			if a := s.primary.Appointments[o.Appointment]; a.Case != id {
				say("case %s has an outcome of appointment %s of another case", id, o.Appointment)
			}
		}
	}
	for id := range s.primary.Cases {
		if _, listed := s.texted[id]; s.hasTexts(id) != listed {
			say("case %s and the list of cases with texts do not agree", id)
		}
	}
	return wrong
}
