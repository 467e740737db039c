package courses

import (
	"slices"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
)

// ErrUnknownGroup refuses a small group that is not there.
var ErrUnknownGroup = fault.New(fault.NotFound, "not_found", "no such small group in the cohort")

// Whose narrows what a trainer looks at to the learners who are theirs first.
type Whose string

// The choices. Nothing chosen is Mine for a trainer who has a small group, and Everybodys for the others.
const (
	Mine       Whose = "mine"
	Everybodys Whose = "all"
)

// firsts says which learners of some cohorts have trainers of their own: those of their small group come first, and whoever has
// none belongs to every trainer of the cohort.
type firsts struct {
	by    map[string][]string // by "<cohort>:<person>", the trainers of the learner's small group
	own   int                 // small groups that the trainer has
	about string              // the trainer
}

// firstsOf looks at the small groups of those cohorts for one trainer; it is used inside View. A trainer counts as long as they
// train the cohort: a small group whose trainers are gone is a small group without.
func (s *State) firstsOf(b borders, trainer string, in func(cohort string) bool) firsts {
	f := firsts{by: map[string][]string{}, about: trainer}
	for _, g := range s.data.Group.Groups {
		if !in(g.Cohort) {
			continue
		}
		unit := s.data.Cohorts[g.Cohort].Unit
		var trainers []string
		for _, person := range g.Trainers {
			if b.trains(person, unit) {
				trainers = append(trainers, person)
			}
		}
		if slices.Contains(trainers, trainer) {
			f.own++
		}
		if len(trainers) == 0 {
			continue
		}
		for _, person := range g.Members {
			f.by[memberID(g.Cohort, person)] = trainers
		}
	}
	return f
}

// mine reports whether a learner is one of those whom the trainer looks after first.
func (f firsts) mine(cohort, person string) bool {
	trainers, has := f.by[memberID(cohort, person)]
	return !has || slices.Contains(trainers, f.about)
}

// narrows reports whether a choice leaves others' learners out.
func (f firsts) narrows(w Whose) bool { return w == Mine || w == "" && f.own > 0 }

func memberID(cohort, person string) string { return cohort + ":" + person }

// mostGroups bounds the small groups of a cohort.
const mostGroups = 50

// form decides on a small group: a new one when old is empty.
func (s *State) form(b borders, by, cohort, old, id string, g SmallGroup) (journal.Decision, error) {
	c, err := s.cared(b, by, cohort)
	if err != nil {
		return journal.Decision{}, err
	}
	if err := s.inCohort(cohort, c, "members", g.Members); err != nil {
		return journal.Decision{}, err
	}
	unit, _ := b.people.Unit(c.Unit)
	for i, trainer := range g.Trainers {
		if p, known := b.people.Person(trainer); !known || p.Org != unit.Org || !slices.ContainsFunc(p.Grants, func(g auth.Grant) bool { return g.Role == auth.Trainer }) {
			return journal.Decision{}, fault.Bad(indexed("trainers", i), "unknown")
		}
	}
	count := 0
	for other, og := range s.data.Group.Groups {
		if og.Cohort == cohort && other != old {
			count++
			if og.Name == g.Name {
				return journal.Decision{}, fault.Bad("name", "taken")
			}
		}
	}
	if old != "" {
		if og := s.data.Group.Groups[old]; og == nil || og.Cohort != cohort {
			return journal.Decision{}, ErrUnknownGroup
		}
		return journal.Happens(GroupChanged{Group: old, Name: g.Name, Members: g.Members, Trainers: g.Trainers}).Answering(old), nil
	}
	if count >= mostGroups {
		return journal.Decision{}, fault.Bad("name", "many")
	}
	return journal.Happens(GroupFormed{Group: id, Cohort: cohort, Name: g.Name, Members: g.Members, Trainers: g.Trainers}).Answering(id), nil
}
