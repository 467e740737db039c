package psycap

import (
	"cmp"
	"context"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
)

// sees reports whether a person may see a report: as trainer of all its cohorts, or as manager of all of them. A report of tables from
// elsewhere is for trainers, managers and administrators of its organisation. It is used inside View.
func (s *Service) sees(caller auth.Caller, r Report) bool {
	if r.table() {
		return caller.HasInOrg(r.Made.Org, auth.Trainer, auth.Manager, auth.Admin)
	}
	all := func(may func(person, cohort string) bool) bool {
		return !slices.ContainsFunc(r.Made.Cohorts, func(cohort string) bool { return !may(caller.Person, cohort) })
	}
	return all(s.cohorts.Sees) || all(s.cohorts.Counts)
}

// ReportFor finds a report that the caller may see.
func (s *Service) ReportFor(_ context.Context, caller auth.Caller, report string) (found Report, err error) {
	s.journal.View(func() {
		r, known := s.state.data.Reports[report]
		if !known || !s.sees(caller, r) {
			err = ErrUnknownReport
			return
		}
		found = r
	})
	return found, err
}

func (s *Service) reportsFor(caller auth.Caller) reportsView {
	view := reportsView{Reports: []reportLineView{}, Cohorts: []reportableView{}, Tables: []tableOrgView{}}
	s.journal.View(func() {
		for _, r := range s.state.data.Reports {
			if s.sees(caller, r) {
				view.Reports = append(view.Reports, reportLineView{
					Report: r.Made.Report, Title: r.Made.Title, At: time.UnixMilli(r.At).UTC(), Cohorts: s.cohortNames(r.Made.Cohorts), Table: r.table(),
				})
			}
		}
	})
	slices.SortFunc(view.Reports, func(a, b reportLineView) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.Report, a.Report)) })
	return view
}

// cohortNames are used inside View.
func (s *Service) cohortNames(cohorts []string) []string {
	names := make([]string, 0, len(cohorts))
	for _, id := range cohorts {
		c, _ := s.cohorts.CohortFor(id)
		names = append(names, c.Name)
	}
	return names
}

// reportable refuses cohorts that the caller may not make a report of, and gives their organisation. It is used inside View or a rule.
func (s *Service) reportable(by string, cohorts []string) (org string, err error) {
	for i, id := range cohorts {
		c, known := s.cohorts.CohortFor(id)
		switch {
		case !known || !s.cohorts.Trains(by, id):
			return "", ErrUnknownCohorts
		case i > 0 && c.Org != org:
			return "", ErrOneOrganisation
		}
		org = c.Org
	}
	return org, nil
}

// PreviewReport says whether a report could be made.
func (s *Service) PreviewReport(_ context.Context, caller auth.Caller, wish ReportWish) (reportPreviewView, error) {
	var err error
	s.journal.View(func() { _, err = s.reportable(caller.Person, wish.Cohorts) })
	return reportPreviewView{}, cmp.Or(err, error(fault.Bad("measures", "unknown")))
}

// MakeReport makes a report.
func (s *Service) MakeReport(_ context.Context, caller auth.Caller, _ string, wish ReportWish) (string, error) {
	var err error
	s.journal.View(func() { _, err = s.reportable(caller.Person, wish.Cohorts) })
	return "", cmp.Or(err, error(fault.Bad("measures", "unknown")))
}

// mayTable refuses an organisation for which the caller may not make reports of tables from elsewhere.
func mayTable(caller auth.Caller, org string) error {
	if !caller.HasInOrg(org, auth.Trainer, auth.Manager, auth.Admin) {
		return ErrUnknownOrganisation
	}
	return nil
}

// PreviewTables says what is in tables from elsewhere.
func (s *Service) PreviewTables(_ context.Context, caller auth.Caller, org string, _ []tableWish) (tablePreviewView, error) {
	return tablePreviewView{}, cmp.Or(mayTable(caller, org), error(fault.Bad("tables", "unknown")))
}

// MakeTableReport makes a report of tables from elsewhere.
func (s *Service) MakeTableReport(_ context.Context, caller auth.Caller, org, _ string, _ []tableWish) (string, error) {
	return "", cmp.Or(mayTable(caller, org), error(fault.Bad("tables", "unknown")))
}
