package courses

import (
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/people"
)

// The refusals about cohorts.
var (
	ErrUnknownCohort     = fault.New(fault.NotFound, "not_found", "no such cohort, or not in the care of this person's units")
	ErrUnknownLearner    = fault.New(fault.NotFound, "not_found", "nobody of that id is in the cohort")
	ErrEnrolledElsewhere = fault.New(fault.Conflict, "enrolled_elsewhere", "some of these people go through the course in another cohort")
)

// awayAfter is how long an unfinished learner may stay away before their trainer is told so.
const awayAfter = 7 * 24 * time.Hour

// smallest is the size of the smallest group whose figures are shown to people who may not see its members.
const smallest = 10

// borders says what a person may do in the care of cohorts, by their grants at this moment. It is used inside View or a rule.
type borders struct {
	people *people.State
}

// trains reports whether the person is a trainer of the unit: only then may they change its cohorts.
func (b borders) trains(person, unit string) bool {
	return b.has(person, unit, auth.Trainer, false)
}

// sees reports whether the person may see the learners of the unit's cohorts: as its trainer, or as a trainer of an
// organisation that the unit's cohorts were opened to.
func (b borders) sees(person, unit string) bool {
	return b.has(person, unit, auth.Trainer, true)
}

// counts reports whether the person may see the figures of the unit's cohorts.
func (b borders) counts(person, unit string) bool {
	return b.has(person, unit, auth.Manager, true)
}

// administers reports whether the person is an administrator of the organisation.
func (b borders) administers(person, org string) bool {
	return slices.ContainsFunc(b.people.Grants(person), func(g auth.Grant) bool { return g.Role == auth.Admin && g.Org == org })
}

func (b borders) has(person, unit string, role auth.Role, shared bool) bool {
	return slices.ContainsFunc(b.people.Grants(person), func(g auth.Grant) bool {
		return g.Role == role && (g.Unit == unit || shared && b.people.Shared(unit, g.Org, people.ForCohorts))
	})
}

// mayLearn reports whether a person can be enrolled in a cohort of the unit: one of the same organisation who learns there.
func (b borders) mayLearn(person, unit string) bool {
	p, known := b.people.Person(person)
	u, there := b.people.Unit(unit)
	return known && there && !p.Erased && p.Org == u.Org && slices.ContainsFunc(p.Grants, func(g auth.Grant) bool {
		return g.Role == auth.Trainee || g.Role == auth.Coordinator
	})
}

// learns reports whether a person who was enrolled in a cohort of the unit still learns there, and uses Luotsi.
func (b borders) learns(person, unit string) bool {
	p, _ := b.people.Person(person)
	return p.Active && b.mayLearn(person, unit)
}

// cared finds a cohort whose trainer the person is, or refuses; it is used inside View or a rule.
func (s *State) cared(b borders, by, cohort string) (*Cohort, error) {
	c := s.data.Cohorts[cohort]
	if c == nil || !b.trains(by, c.Unit) {
		return nil, ErrUnknownCohort
	}
	return c, nil
}

// member finds somebody who is in the cohort now, or refuses.
func (s *State) member(cohort string, c *Cohort, person string) (*learner, error) {
	l := s.learner(person, c.Course)
	if l == nil || l.Cohort != cohort {
		return nil, ErrUnknownLearner
	}
	return l, nil
}

// trained finds a learner of a cohort whose trainer that is, or refuses.
func (s *State) trained(b borders, by, cohort, person string) (*learner, error) {
	c, err := s.cared(b, by, cohort)
	if err != nil {
		return nil, err
	}
	return s.member(cohort, c, person)
}

// inCohort refuses people who are not in the cohort now, each under its place in the field.
func (s *State) inCohort(cohort string, c *Cohort, field string, persons []string) error {
	var wrong []fault.Field
	for i, person := range persons {
		if _, err := s.member(cohort, c, person); err != nil || slices.Contains(persons[:i], person) {
			wrong = append(wrong, fault.Field{Name: indexed(field, i), Code: "unknown"})
		}
	}
	if len(wrong) > 0 {
		return fault.ErrInvalid.Of(wrong...)
	}
	return nil
}

// openCohort decides on a new cohort.
func (s *State) openCohort(b borders, by, id string, c Cohort) (journal.Decision, error) {
	if !b.trains(by, c.Unit) {
		return journal.Decision{}, auth.ErrForbidden
	}
	if s.editions[c.Course] == nil {
		return journal.Decision{}, fault.Bad("course", "unknown")
	}
	return journal.Happens(CohortOpened{Cohort: id, Course: c.Course, Unit: c.Unit, Name: c.Name, Starts: c.Starts}).Answering(id), nil
}

// enrolAll decides on new learners: all of them or none. Those who are in the cohort already are left as they are.
func (s *State) enrolAll(b borders, by, cohort string, persons []string) (journal.Decision, error) {
	c, err := s.cared(b, by, cohort)
	if err != nil {
		return journal.Decision{}, err
	}
	var events []journal.Event
	var wrong []fault.Field
	var elsewhere []string
	for i, person := range persons {
		l := s.learner(person, c.Course)
		switch {
		case slices.Contains(persons[:i], person) || l != nil && l.Cohort == cohort:
		case !b.mayLearn(person, c.Unit):
			wrong = append(wrong, fault.Field{Name: indexed("people", i), Code: "unknown"})
		case l != nil && l.Cohort != "":
			elsewhere = append(elsewhere, person)
		default:
			events = append(events, LearnerEnrolled{Cohort: cohort, Course: c.Course, Person: person})
		}
	}
	switch {
	case len(wrong) > 0:
		return journal.Decision{}, fault.ErrInvalid.Of(wrong...)
	case len(elsewhere) > 0:
		return journal.Decision{}, ErrEnrolledElsewhere.With(peopleInfo{People: elsewhere})
	}
	return journal.Happens(events...), nil
}

// removeOne decides on a learner who leaves.
func (s *State) removeOne(b borders, by, cohort, person string) (journal.Decision, error) {
	l, err := s.trained(b, by, cohort, person)
	if err != nil {
		return journal.Decision{}, err
	}
	return journal.Happens(LearnerRemoved{Cohort: cohort, Course: l.Course, Person: person}), nil
}

// started is when the cohort starts: midnight UTC of its day, which is near enough for counting weeks.
func (c *Cohort) started() time.Time {
	day, err := time.Parse(time.DateOnly, c.Starts)
	if err != nil {
		return time.Time{}
	}
	return day
}

// longAway reports whether a learner who has something left to do has been away too long, counted from when they were seen
// or, if that was later, from when the course started for them.
func longAway(starts, enrolled, seen, now time.Time) bool {
	from := seen
	for _, t := range []time.Time{starts, enrolled} {
		if t.After(from) {
			from = t
		}
	}
	return now.Sub(from) > awayAfter
}

// Figures of a cohort, for people who may not see its learners.
type Figures struct {
	Cohort   string
	Name     string
	Learners int
	Finished int
	Percent  int
	Hidden   bool // the group is too small, or would tell about one that is
}

// masked hides the figures of small groups, and of as many next larger ones as are needed for the hidden ones to be no
// small group together: else the total minus what is shown would tell. Empty groups tell nothing about anybody.
func masked(groups []Figures) []Figures {
	shown := slices.Clone(groups)
	order := make([]int, len(shown))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return shown[a].Learners - shown[b].Learners })
	hidden := 0
	for _, i := range order {
		n := shown[i].Learners
		if n == 0 || n >= smallest && (hidden == 0 || hidden >= smallest) {
			continue
		}
		hidden += n
		shown[i] = Figures{Cohort: shown[i].Cohort, Name: shown[i].Name, Hidden: true}
	}
	return shown
}

// message decides on words to learners of a cohort.
func (s *State) message(b borders, by string, e CohortMessageSent) (journal.Decision, error) {
	c, err := s.cared(b, by, e.Cohort)
	if err != nil {
		return journal.Decision{}, err
	}
	if err := s.inCohort(e.Cohort, c, "people", e.Persons); err != nil {
		return journal.Decision{}, err
	}
	return journal.Happens(e).Answering(e.Text), nil
}
