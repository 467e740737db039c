package scheduling

import (
	"cmp"
	"fmt"
	"slices"

	"luotsi/server/journal"
)

func (s *State) applyDeputy(m journal.Meta, event journal.Event) {
	switch e := event.(type) {
	case AnsweredInPlace:
		s.change(e.Appointment, func(a *Appointment) {
			a.InPlace = append(slices.Clone(a.InPlace), InPlace{At: m.At.UnixMilli(), By: e.Deputy, Of: e.Doctor, Answer: e.Answer, Takes: e.Takes})
		})
	case DeputySet:
		a := Absence{Person: e.Person, Deputy: e.Deputy, From: e.From, Until: e.Until}
		s.primary.Absences[e.Absence] = a
		s.plan(e.Person).addAbsence(keptAbsence{e.Absence, a})
	case DeputyEnded:
		a, ok := s.primary.Absences[e.Absence]
		if !ok {
			return
		}
		p := s.plan(a.Person)
		p.absences = slices.DeleteFunc(p.absences, func(k keptAbsence) bool { return k.ID == e.Absence })
		if e.Last < a.From {
			delete(s.primary.Absences, e.Absence)
			return
		}
		a.Until = min(a.Until, e.Last)
		s.primary.Absences[e.Absence] = a
		p.addAbsence(keptAbsence{e.Absence, a})
	}
}

func (p *plan) addAbsence(k keptAbsence) {
	at, _ := slices.BinarySearchFunc(p.absences, k, func(a, b keptAbsence) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.ID, b.ID))
	})
	p.absences = slices.Insert(p.absences, at, k)
}

// reindexDeputies needs the plans to be there.
func (s *State) reindexDeputies() {
	if s.primary.Absences == nil {
		s.primary.Absences = map[string]Absence{}
	}
	for id, a := range s.primary.Absences {
		s.plan(a.Person).addAbsence(keptAbsence{id, a})
	}
}

// forgetAbsences drops those of an erased person. Whom they stood in for is looked after by others from then on.
func (s *State) forgetAbsences(p *plan) {
	for _, a := range p.absences {
		delete(s.primary.Absences, a.ID)
	}
	p.absences = nil
}

// checkDeputies looks for a person who is away twice on one day.
func (s *State) checkDeputies() []string {
	var wrong []string
	indexed := 0
	for person, p := range s.plans {
		indexed += len(p.absences)
		for i, k := range p.absences {
			if s.primary.Absences[k.ID] != k.Absence || k.Person != person || k.Until < k.From {
				wrong = append(wrong, fmt.Sprintf("absence %s of %s is not what it was", k.ID, person))
			}
			if i > 0 && k.From <= p.absences[i-1].Until {
				wrong = append(wrong, fmt.Sprintf("%s is away twice: %s and %s", person, p.absences[i-1].ID, k.ID))
			}
		}
	}
	if indexed != len(s.primary.Absences) {
		wrong = append(wrong, fmt.Sprintf("%d absences, the plans have %d", len(s.primary.Absences), indexed))
	}
	return wrong
}
