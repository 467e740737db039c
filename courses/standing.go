package courses

import (
	"iter"
	"slices"
	"time"
)

// Standing is a copy of one learner's progress in a course, by its newest version.
type Standing struct {
	*edition
	Course   string
	Person   string
	Cohort   string
	Enrolled time.Time
	Starts   string // the cohort's first day
	Cells    Cells
	Completion
	Certificate string // the number of the one that is good; empty when there is none
	// Revoked is the day the learner's certificate was taken back and nothing stands in for it.
	Revoked string

	trail trail
	texts []string

	extensions map[string]Extension
	doneOn     map[string]string // by activity
}

// standing copies a learner; it is used inside View or a rule.
func (s *State) standing(l *learner) Standing {
	standing := Standing{
		edition: s.editions[l.Course], Course: l.Course, Person: l.Person, Cohort: l.Cohort,
		Enrolled: time.UnixMilli(l.Since).UTC(), Cells: slices.Clone(l.cells), Completion: s.completion(l), trail: l.Trail, texts: l.Texts,
		extensions: l.Extensions, doneOn: l.DoneOn,
	}
	standing.Certificate, standing.Revoked = s.goodCertificate(l.Course, l.Person)
	if c := s.data.Cohorts[l.Cohort]; c != nil {
		standing.Starts = c.Starts
	}
	return standing
}

// completion counts how far a learner is; it is used inside View or a rule.
func (s *State) completion(l *learner) Completion {
	return s.editions[l.Course].completion(l.cells, l.Credits, l.daysLeft)
}

// move is a step with the vault id of its text.
type move struct {
	step
	text string
}

// moves iterates over the steps of the trail, oldest first.
func (s Standing) moves() iter.Seq[move] {
	return func(yield func(move) bool) {
		text := 0
		for i := range s.trail.steps() {
			m := move{step: s.trail.at(i)}
			if m.hasText() {
				m.text = s.texts[text]
				text++
			}
			if !yield(m) {
				return
			}
		}
	}
}

// tallies adds up the trail, by the activities' numbers.
func (s Standing) tallies() []tally {
	all := make([]tally, len(s.ids))
	for m := range s.moves() {
		all[m.Activity].take(m.step, m.text, s.met(m.step))
	}
	return all
}

// tallyOf adds up one activity.
func (s Standing) tallyOf(activity string) tally {
	var t tally
	for m := range s.moves() {
		if m.Activity == s.numbers[activity] {
			t.take(m.step, m.text, s.met(m.step))
		}
	}
	return t
}
