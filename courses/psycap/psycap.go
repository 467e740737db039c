// Package psycap holds what strengthens psychological capital, and what measures it: exercises, instruments, their answers,
// and reports of groups. Both are voluntary, and no course asks for them. What a person writes and answers is in the vault; the
// journal knows only that they did.
package psycap

import (
	"iter"
	"time"
)

// Point is a moment at which a cohort is asked.
type Point string

// The points, in the order of time.
const (
	Start    Point = "start"
	End      Point = "end"
	Week     Point = "week"      // a week after the end
	Month    Point = "month"     // a month after the end
	HalfYear Point = "half_year" // six months after the end
)

// Points lists all of them.
func Points() []Point { return []Point{Start, End, Week, Month, HalfYear} }

// Cohort is a group of learners as courses knows it.
type Cohort struct {
	ID     string
	Course string
	Unit   string
	Org    string
	Name   string
	Starts string // day
}

// Member is somebody who is in a cohort now and has come in. Learns says that they still use Luotsi and may learn there.
type Member struct {
	Person string
	Since  time.Time
	Learns bool
}

// Cohorts is what courses knows of the groups. It is asked inside journal.View or inside a rule.
type Cohorts interface {
	// CohortFor describes a cohort.
	CohortFor(cohort string) (Cohort, bool)
	// MembersOf lists who is in a cohort, in no order.
	MembersOf(cohort string) []Member
	// Enrolled iterates over everybody in a cohort with since when, also those who have not come in: MemberOf tells. It costs little.
	Enrolled(cohort string) iter.Seq2[string, time.Time]
	// MemberOf finds one of those whom MembersOf lists.
	MemberOf(person, cohort string) (Member, bool)
	// LastsOf is the last day on which anything of a cohort's course is due; "" when nothing is.
	LastsOf(cohort string) string
	// CohortsOf lists the cohorts that a person is in.
	CohortsOf(person string) []string
	// Trains reports whether the person is a trainer of the cohort and may act in it.
	Trains(person, cohort string) bool
	// Sees reports whether the person may look at the cohort as a trainer, also of another organisation that it was opened to.
	Sees(person, cohort string) bool
	// Counts reports whether the person may see the figures of the cohort as a manager.
	Counts(person, cohort string) bool
}
