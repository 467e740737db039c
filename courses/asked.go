package courses

import (
	"time"

	"luotsi/courses/psycap"
	"luotsi/server/people"
)

// asked answers what package psycap asks of cohorts, inside View or a rule.
type asked struct {
	state   *State
	borders borders
}

// CohortsFor gives package psycap its view of the cohorts.
func CohortsFor(state *State, people *people.State) psycap.Cohorts {
	return asked{state, borders{people}}
}

// CohortFor is part of psycap.Cohorts.
func (a asked) CohortFor(cohort string) (psycap.Cohort, bool) {
	c := a.state.data.Cohorts[cohort]
	if c == nil {
		return psycap.Cohort{}, false
	}
	u, known := a.borders.people.Unit(c.Unit)
	return psycap.Cohort{ID: cohort, Course: c.Course, Unit: c.Unit, Org: u.Org, Name: c.Name, Starts: c.Starts, Lasts: a.state.lastDue(c)}, known
}

// lastDue is the last day on which anything of a cohort's course is due; "" when nothing is.
func (s *State) lastDue(c *Cohort) (day string) {
	ed := s.editions[c.Course]
	if ed == nil {
		return ""
	}
	for position := range ed.order {
		day = max(day, ed.due(position, c.Starts))
	}
	return day
}

// MembersOf is part of psycap.Cohorts.
func (a asked) MembersOf(cohort string) []psycap.Member {
	c := a.state.data.Cohorts[cohort]
	if c == nil {
		return nil
	}
	var members []psycap.Member
	for _, l := range a.state.cohorts[cohort] {
		if p, known := a.borders.people.Person(l.Person); known && !p.Invited && !p.Erased {
			members = append(members, psycap.Member{
				Person: l.Person, Since: time.UnixMilli(l.Since).UTC(), Learns: a.borders.learns(l.Person, c.Unit),
			})
		}
	}
	return members
}

// CohortsOf is part of psycap.Cohorts.
func (a asked) CohortsOf(person string) (cohorts []string) {
	for _, l := range a.state.learners[person] {
		if l.Cohort != "" {
			cohorts = append(cohorts, l.Cohort)
		}
	}
	return cohorts
}

// Trains is part of psycap.Cohorts.
func (a asked) Trains(person, cohort string) bool { return a.may(person, cohort, borders.trains) }

// Sees is part of psycap.Cohorts.
func (a asked) Sees(person, cohort string) bool { return a.may(person, cohort, borders.sees) }

// Counts is part of psycap.Cohorts.
func (a asked) Counts(person, cohort string) bool { return a.may(person, cohort, borders.counts) }

func (a asked) may(person, cohort string, may func(b borders, person, unit string) bool) bool {
	c := a.state.data.Cohorts[cohort]
	return c != nil && may(a.borders, person, c.Unit)
}
