package psycap

import (
	"luotsi/server/fault"
)

// The refusals of reports.
var (
	ErrUnknownReport   = fault.New(fault.NotFound, "not_found", "no such report among those the caller may see")
	ErrUnknownCohorts  = fault.New(fault.NotFound, "not_found", "no such cohorts among those whose trainer the caller is")
	ErrOneOrganisation = fault.New(fault.Invalid, "one_organisation", "a report is of cohorts of one organisation")
	// ErrMasked refuses figures of people who could be told apart by them.
	ErrMasked = fault.New(fault.Conflict, "masked", "too few people, or too nearly the same people as in an earlier report")
	// ErrMoved refuses a report of answers that kept changing while it was made.
	ErrMoved = fault.New(fault.Conflict, "answers_change", "people answer at this very moment; try again")
)

// Hidden says why figures are not shown.
type Hidden string

// The reasons.
const (
	HiddenFew   Hidden = "fewer_than_floor"
	HiddenClose Hidden = "too_close"
	// HiddenCohorts: some of the cohorts have so few members together that what others show could be subtracted to get theirs.
	HiddenCohorts Hidden = "small_cohorts"
)

// Report is a report as it was made.
type Report struct {
	Made ReportMade
	At   int64 // unix ms
	By   string
}

// table reports whether the report is of tables from elsewhere.
func (r Report) table() bool { return len(r.Made.Cohorts) == 0 }

// ReportWish is what a report is asked of.
type ReportWish struct {
	Cohorts  []string
	Measures []measureWish
	Points   []Point
}
