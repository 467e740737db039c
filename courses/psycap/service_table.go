package psycap

import (
	"context"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

// mayTable refuses an organisation for which a person may not make reports of tables from elsewhere. It is used inside View or a rule.
func (s *Service) mayTable(person, org string) error {
	if !slices.ContainsFunc(s.people.Grants(person), func(g auth.Grant) bool {
		return g.Org == org && (g.Role == auth.Trainer || g.Role == auth.Manager || g.Role == auth.Admin)
	}) {
		return ErrUnknownOrganisation
	}
	return nil
}

// computedTable is a table from elsewhere with what a report would say of it.
type computedTable struct {
	in      *Instrument
	table   *table
	figures Figures
	hidden  Hidden
}

// tables reads tables and computes their figures. Their people are not known, so they are held against no other report. It fails with
// people.ErrTooMany when the caller has had too many read.
func (s *Service) tables(ctx context.Context, caller auth.Caller, org string, wishes []TableWish) (read []computedTable, floor int, err error) {
	s.journal.View(func() { err, floor = s.mayTable(caller.Person, org), s.state.floorOf(org) })
	if err != nil {
		return nil, 0, err
	}
	for range wishes {
		if err := s.tableLimit.Take(caller.Person, s.now()); err != nil {
			return nil, 0, err
		}
	}
	for _, w := range wishes {
		one := computedTable{}
		if one.in, err = s.Instrument(ctx, org, w.Instrument, w.Version); err != nil {
			return nil, 0, err
		}
		one.table = readTable(one.in, w.Text, w.Columns)
		if len(one.table.wrong) == 0 {
			var chosen choice
			if one.figures, chosen = sectionOf(one.in, one.table.points, one.table.people, nil, floor); chosen.masked != nil {
				one.hidden = HiddenFew
			} else {
				one.figures.People = one.table.counts
			}
		}
		read = append(read, one)
	}
	return read, floor, nil
}

// PreviewTables says what is in tables from elsewhere, and what is wrong in them.
func (s *Service) PreviewTables(ctx context.Context, caller auth.Caller, org string, wishes []TableWish) (tablePreviewView, error) {
	read, floor, err := s.tables(ctx, caller, org, wishes)
	if err != nil {
		return tablePreviewView{}, err
	}
	return viewTables(read, floor, caller.Language), nil
}

// MakeTableReport makes a report of tables from elsewhere. Of the tables nothing is kept but the figures.
func (s *Service) MakeTableReport(ctx context.Context, caller auth.Caller, org, title string, wishes []TableWish) (string, error) {
	if id, made, err := s.madeBefore(ctx, caller); made || err != nil {
		return id, err
	}
	read, floor, err := s.tables(ctx, caller, org, wishes)
	if err != nil {
		return "", err
	}
	made := ReportMade{Report: s.newID(), Org: org, Title: title, Floor: floor}
	for _, one := range read {
		if len(one.table.wrong) > 0 {
			return "", ErrTable.With(viewTables(read, floor, caller.Language))
		}
		if one.hidden == "" {
			made.Sections = append(made.Sections, ReportSection{Instrument: one.in.ID, Version: one.in.Version, Figures: one.figures})
		}
		if len(one.table.points) > len(made.Points) {
			made.Points = one.table.points
		}
	}
	if len(made.Sections) == 0 {
		return "", ErrMasked.With(viewTables(read, floor, caller.Language))
	}
	answer, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return journal.Happens(made).Answering(made.Report), s.mayTable(caller.Person, org)
	})
	switch {
	case err != nil:
		return "", err
	case len(answer.IDs) != 1:
		return "", journal.ErrKeyReused
	}
	return answer.IDs[0], nil
}
