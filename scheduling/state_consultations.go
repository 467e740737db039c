package scheduling

import (
	"cmp"
	"fmt"
	"slices"

	"luotsi/server/journal"
)

func (s *State) applyConsultation(m journal.Meta, event journal.Event) {
	now := m.At.UnixMilli()
	switch e := event.(type) {
	case ConsultationAsked:
		if _, ok := s.primary.Cases[e.Case]; !ok {
			return
		}
		s.primary.Consultations[e.Consultation] = Consultation{
			Case: e.Case, Unit: e.Unit, Doctor: e.Doctor, Absent: e.Absent, Kinds: e.Kinds, Text: e.Text, By: m.By, At: now, Due: e.Due, Status: AwaitsDoctor,
		}
		s.consultations[e.Case] = append(s.consultations[e.Case], e.Consultation)
		s.noteTexts(e.Case)
	case ConsultationWritten:
		s.changeConsultation(e.Consultation, func(c *Consultation) {
			c.Messages = append(slices.Clone(c.Messages), Message{Text: e.Text, At: now, By: m.By, Doctor: e.Doctor, Answer: e.Answer, InPlaceOf: e.InPlaceOf})
			switch {
			case e.Answer:
				c.Status = Answered
				if c.AnsweredAt == 0 {
					c.AnsweredAt, c.AnsweredBy = now, m.By
				}
			case e.Doctor:
				if c.Status != Answered { // what is added to an answer leaves it one
					c.Status = AwaitsMore
				}
			default:
				c.Status = AwaitsDoctor
				if e.Due != 0 {
					c.Due = e.Due
				}
			}
		})
	case ConsultationClosed:
		s.changeConsultation(e.Consultation, func(c *Consultation) {
			c.Status, c.Closed = Closed, now
			if e.Turned {
				c.Status = Turned
			}
		})
	case ConsultationTargetSet:
		s.primary.Targets[e.Unit] = e.Days
	}
}

// changeConsultation replaces an open consultation by what do makes of it.
func (s *State) changeConsultation(id string, do func(c *Consultation)) {
	if c, ok := s.primary.Consultations[id]; ok && c.Closed == 0 {
		do(&c)
		s.primary.Consultations[id] = c
	}
}

func (s *State) reindexConsultations() {
	if s.primary.Consultations == nil {
		s.primary.Consultations = map[string]Consultation{}
	}
	if s.primary.Targets == nil {
		s.primary.Targets = map[string]int{}
	}
	s.consultations = map[string][]string{}
	for id, c := range s.primary.Consultations {
		s.consultations[c.Case] = append(s.consultations[c.Case], id)
	}
	for _, ids := range s.consultations {
		slices.SortFunc(ids, func(x, y string) int {
			return cmp.Or(cmp.Compare(s.primary.Consultations[x].At, s.primary.Consultations[y].At), cmp.Compare(x, y))
		})
	}
}

// checkConsultations looks for consultations without a case, and for lists that differ from them.
func (s *State) checkConsultations() []string {
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	listed := 0
	for id, ids := range s.consultations {
		listed += len(ids)
		for _, one := range ids {
			if s.primary.Consultations[one].Case != id {
				say("consultation %s is not of case %s", one, id)
			}
		}
	}
	if listed != len(s.primary.Consultations) {
		say("%d consultations, the cases have %d", len(s.primary.Consultations), listed)
	}
	for id, c := range s.primary.Consultations {
		if (c.Closed != 0) != (c.Status == Closed || c.Status == Turned) || c.Status == Answered && c.AnsweredAt == 0 {
			say("consultation %s is not what its status says", id)
		}
	}
	return wrong
}
