package courses

import (
	"iter"
	"slices"
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
	return psycap.Cohort{ID: cohort, Course: c.Course, Unit: c.Unit, Org: u.Org, Name: c.Name, Starts: c.Starts}, known
}

// LastsOf is part of psycap.Cohorts.
func (a asked) LastsOf(cohort string) (day string) {
	c := a.state.data.Cohorts[cohort]
	if c == nil {
		return ""
	}
	ed := a.state.editions[c.Course]
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
		if m, in := a.member(l, c.Unit); in {
			members = append(members, m)
		}
	}
	return members
}

// Enrolled is part of psycap.Cohorts.
func (a asked) Enrolled(cohort string) iter.Seq2[string, time.Time] {
	return func(yield func(string, time.Time) bool) {
		for _, l := range a.state.cohorts[cohort] {
			if !yield(l.Person, time.UnixMilli(l.Since).UTC()) {
				return
			}
		}
	}
}

// MemberOf is part of psycap.Cohorts.
func (a asked) MemberOf(person, cohort string) (psycap.Member, bool) {
	c := a.state.data.Cohorts[cohort]
	at := slices.IndexFunc(a.state.learners[person], func(l *learner) bool { return l.Cohort == cohort })
	if c == nil || at < 0 {
		return psycap.Member{}, false
	}
	return a.member(a.state.learners[person][at], c.Unit)
}

func (a asked) member(l *learner, unit string) (psycap.Member, bool) {
	p, known := a.borders.people.Person(l.Person)
	return psycap.Member{
		Person: l.Person, Since: time.UnixMilli(l.Since).UTC(), Learns: a.borders.learns(l.Person, unit),
	}, known && !p.Invited && !p.Erased
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
