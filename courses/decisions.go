package courses

import (
	"cmp"
	"slices"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
)

// DecisionKind is a sort of decision that trainers make about one learner, with a reason in their own words.
type DecisionKind string

// The kinds of decisions.
const (
	Credited          DecisionKind = "credited"    // a module need not be done
	MadeGood          DecisionKind = "compensated" // a missed contact day counts
	Extended          DecisionKind = "extended"    // there is more time
	CertificateVoided DecisionKind = "revoked"     // a certificate was taken back
)

// Decision is one that is in force.
type Decision struct {
	Kind   DecisionKind
	Target string     // the id of a module, a contact day or whatever got more time; the number of a certificate
	Credit CreditKind // of a credited module
	Until  string     // a Finnish calendar day, of more time
	By     string
	At     time.Time
	Reason string // its words; empty when they are kept no more
	id     string // of the words
}

// The refusals about credits.
var (
	ErrUnknownModule  = fault.New(fault.NotFound, "unknown_module", "the course has no such module")
	ErrNothingCredits = fault.New(fault.NotFound, "not_credited", "the module is not credited")
)

// decisions lists what is in force about a learner, the newest first. What a newer one replaced, or what was withdrawn, is not in it.
func (s *State) decisions(l *learner) []Decision {
	list := []Decision{}
	add := func(d Decision, at int64) {
		d.At = time.UnixMilli(at).UTC()
		list = append(list, d)
	}
	for module, c := range l.Credits {
		add(Decision{Kind: Credited, Target: module, Credit: c.Kind, By: c.By, id: c.Basis}, c.At)
	}
	newest := map[string]int{}
	for i, c := range l.Compensations {
		newest[c.Activity] = i
	}
	for activity, i := range newest {
		if c := l.Compensations[i]; l.Trail.attendance(s.editions[l.Course].numbers[activity]).Deed == compensated {
			add(Decision{Kind: MadeGood, Target: activity, By: c.By, id: c.Basis}, c.At)
		}
	}
	for target, x := range l.Extensions {
		add(Decision{Kind: Extended, Target: target, Until: x.Until, By: x.By, id: x.Reason}, x.At)
	}
	for number, c := range s.data.Certificates.Issued {
		if c.Revoked != "" && c.Course == l.Course && c.Person == l.Person {
			add(Decision{Kind: CertificateVoided, Target: number, By: c.RevokedBy, id: c.Reason}, c.RevokedAt)
		}
	}
	slices.SortFunc(list, func(a, b Decision) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Target, b.Target))
	})
	return list
}

// farthest is how far ahead a deadline can be moved.
const farthest = 2 * 365 * 24 * time.Hour

// extend decides on more time for learners, each with the id of their own copy of the reason. It never shortens: who has a later day
// keeps it, and the answer names them.
func (s *State) extend(b borders, by string, now time.Time, cohort, target, until string, persons, reasons []string) (journal.Decision, error) {
	c, err := s.cared(b, by, cohort)
	if err != nil {
		return journal.Decision{}, err
	}
	if err := s.inCohort(cohort, c, "people", persons); err != nil {
		return journal.Decision{}, err
	}
	if slices.Contains(persons, by) {
		return journal.Decision{}, ErrOwnWork
	}
	if !s.editions[c.Course].knows(c.Course, target) {
		return journal.Decision{}, fault.Bad("target", "unknown")
	}
	switch {
	case until < dayOf(now):
		return journal.Decision{}, fault.Bad("until", "past")
	case until > dayOf(now.Add(farthest)):
		return journal.Decision{}, fault.Bad("until", "far")
	}
	var events []journal.Event
	var later []string
	for i, person := range persons {
		if s.learner(person, c.Course).Extensions[target].Until > until {
			later = append(later, person)
			continue
		}
		events = append(events, DeadlineExtended{Course: c.Course, Person: person, Target: target, Until: until, Reason: reasons[i]})
	}
	return journal.Happens(events...).Answering(later...), nil
}

// knows reports whether the newest version has an activity or a module of that id, or is of that course.
func (e *edition) knows(course, id string) bool {
	_, activity := e.find(id)
	return activity || id == course || e.hasModule(id)
}

func (e *edition) hasModule(id string) bool {
	return slices.ContainsFunc(e.modules, func(m ModuleOutline) bool { return m.ID == id })
}

// creditModule decides that a learner need not do a module.
func (s *State) creditModule(b borders, by, cohort string, e ModuleCredited) (journal.Decision, error) {
	l, err := s.trained(b, by, cohort, e.Person)
	if err != nil {
		return journal.Decision{}, err
	}
	if by == e.Person {
		return journal.Decision{}, ErrOwnWork
	}
	if !s.editions[l.Course].hasModule(e.Module) {
		return journal.Decision{}, ErrUnknownModule
	}
	e.Course = l.Course
	return journal.Happens(e), nil
}

// withdrawCredit decides that a module counts by what was done again. What was withdrawn already stays so.
func (s *State) withdrawCredit(b borders, by, cohort, person, module string) (journal.Decision, error) {
	l, err := s.trained(b, by, cohort, person)
	if err != nil {
		return journal.Decision{}, err
	}
	if _, credited := l.Credits[module]; !credited {
		return journal.Decision{}, ErrNothingCredits
	}
	return journal.Happens(CreditWithdrawn{Course: l.Course, Person: person, Module: module}), nil
}
