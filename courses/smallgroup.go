package courses

import "slices"

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
