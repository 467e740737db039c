package psycap

import (
	"context"
	"time"

	"luotsi/server/auth"
)

func (s *Service) viewReport(_ context.Context, caller auth.Caller, r Report) reportView {
	view := reportView{
		Report: r.Made.Report, Title: r.Made.Title, At: time.UnixMilli(r.At).UTC(), By: s.names.Of(r.By).Name, Table: r.table(), Floor: r.Made.Floor,
		Points: r.Made.Points, Sections: make([]sectionView, 0, len(r.Made.Sections)),
	}
	s.journal.View(func() {
		org, _ := s.people.Organisation(r.Made.Org)
		view.Org, view.Cohorts = org.Name, s.cohortNames(r.Made.Cohorts)
	})
	for _, section := range r.Made.Sections {
		view.Sections = append(view.Sections, viewSection(section))
	}
	return view
}

func viewSection(section ReportSection) sectionView {
	f := section.Figures
	view := sectionView{
		Instrument: section.Instrument, Version: section.Version, Title: section.Instrument, Better: "more", People: []pointPeopleView{}, Pairs: f.Pairs,
		Scales: make([]scaleView, 0, len(f.Scales)), Power: viewNumber(f.Power),
	}
	for _, p := range f.People {
		view.People = append(view.People, pointPeopleView(p))
	}
	for _, scale := range f.Scales {
		view.Scales = append(view.Scales, viewScale(scale))
	}
	return view
}

func viewScale(f ScaleFigures) scaleView {
	view := scaleView{
		Scale: f.Scale, Title: f.Scale, Min: f.Min, Max: f.Max, N: f.N, LeftOut: f.LeftOut, Covered: f.Covered,
		Points: make([]pointView, 0, len(f.Points)), Changes: make([]changeView, 0, len(f.Changes)),
	}
	for _, p := range f.Points {
		bins := make([]binView, 0, len(p.Bins))
		for _, b := range p.Bins {
			bins = append(bins, binView(b))
		}
		view.Points = append(view.Points, pointView{
			Point: p.Point, Mean: viewNumber(p.Mean), SD: viewNumber(p.SD), Alpha: viewNumber(p.Alpha), AlphaN: p.AlphaN, Refused: p.Refused, Bins: bins,
		})
	}
	for _, c := range f.Changes {
		view.Changes = append(view.Changes, changeView{
			From: c.From, To: c.To, N: c.N, Mean: viewNumber(c.Mean), SD: viewNumber(c.SD), Low: viewNumber(c.Low), High: viewNumber(c.High),
			R: viewNumber(c.R), DZ: viewNumber(c.DZ), DAV: viewNumber(c.DAV), GZ: viewNumber(c.GZ), GAV: viewNumber(c.GAV),
			Up: c.Up, Same: c.Same, Down: c.Down, Share: viewNumber(c.Share), ShareLow: viewNumber(c.ShareLow), ShareHigh: viewNumber(c.ShareHigh),
		})
	}
	return view
}

func viewNumber(n Number) numberView {
	if n.Why != "" {
		return numberView{Why: n.Why}
	}
	return numberView{Value: &n.Value}
}
