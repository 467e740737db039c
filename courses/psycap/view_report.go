package psycap

import (
	"context"
	"strings"
	"time"

	"luotsi/server/auth"
)

// viewReport is a report in the caller's language. Titles and credits are those of the definition that people answered.
func (s *Service) viewReport(ctx context.Context, caller auth.Caller, r Report) (reportView, error) {
	view := reportView{
		Report: r.Made.Report, Title: r.Made.Title, At: time.UnixMilli(r.At).UTC(), By: s.names.Of(r.By).Name, Table: r.table(), Floor: r.Made.Floor,
		Points: r.Made.Points, Sections: make([]sectionView, 0, len(r.Made.Sections)),
	}
	s.journal.View(func() {
		org, _ := s.people.Organisation(r.Made.Org)
		view.Org, view.Cohorts = org.Name, s.cohortNames(r.Made.Cohorts)
	})
	for _, section := range r.Made.Sections {
		in, err := s.Definition(ctx, r.Made.Org, section.Instrument, section.Version)
		if err != nil {
			return reportView{}, err
		}
		view.Sections = append(view.Sections, viewSection(in, section, caller.Language))
	}
	return view, nil
}

func viewSection(in *Instrument, section ReportSection, language string) sectionView {
	f := section.Figures
	view := sectionView{
		Instrument: section.Instrument, Version: section.Version, Title: in.Titles.In(language), Credit: in.Credit.In(language), Label: in.Label.In(language),
		Better: in.Better, People: []pointPeopleView{}, Pairs: f.Pairs, Scales: make([]scaleView, 0, len(f.Scales)), Power: viewNumber(f.Power),
	}
	for _, p := range f.People {
		view.People = append(view.People, pointPeopleView(p))
	}
	for _, scale := range f.Scales {
		view.Scales = append(view.Scales, viewScale(scale, in.scaleTitle(scale.Scale, language)))
	}
	return view
}

// scaleTitle is what a scale is called: a part by its title, an item by the first sentence of its question. The questions of others are
// never shown: those have their number.
func (in *Instrument) scaleTitle(id, language string) string {
	if id == TotalScale {
		return in.Titles.In(language)
	}
	for _, p := range in.Parts {
		if p.ID == id {
			return p.Titles.In(language)
		}
	}
	item, _ := in.Item(id)
	text := item.Texts.In(language)
	if in.Rights == Licensed || text == "" {
		return id
	}
	if end := strings.IndexAny(text, ".?!"); end >= 0 {
		text = text[:end+1]
	}
	return strings.TrimSuffix(text, ".")
}

func viewScale(f ScaleFigures, title string) scaleView {
	view := scaleView{
		Scale: f.Scale, Title: title, Min: f.Min, Max: f.Max, N: f.N, LeftOut: f.LeftOut, Covered: f.Covered,
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

func (s *Service) viewPreview(caller auth.Caller, base reportBase, sections []computed) reportPreviewView {
	view := reportPreviewView{Floor: base.floor, Sections: make([]sectionPreviewView, 0, len(sections))}
	for _, one := range sections {
		sec := sectionPreviewView{
			Instrument: one.asked.Instrument, Version: one.asked.Version, Title: one.in.Titles.In(caller.Language), Why: one.hidden, Shown: one.hidden == "", Covered: []string{},
		}
		if sec.Shown {
			view.Shown = true
			sec.AtLeast = max(base.floor, one.figures.Pairs/5*5)
		}
		for _, scale := range one.figures.Scales {
			if scale.N == 0 {
				sec.Covered = append(sec.Covered, one.in.scaleTitle(scale.Scale, caller.Language))
			}
		}
		if one.hidden == HiddenClose {
			sec.Close = s.closeReport(caller, one.from.closeTo(one.chosen))
		}
		view.Sections = append(view.Sections, sec)
	}
	return view
}

// closeReport names a report that another one would be too close to, to who may see it.
func (s *Service) closeReport(caller auth.Caller, report string) (view *closeReportView) {
	s.journal.View(func() {
		if r, known := s.state.data.Reports[report]; known && s.sees(caller, r) {
			view = &closeReportView{Report: report, Title: r.Made.Title, At: time.UnixMilli(r.At).UTC()}
		}
	})
	return view
}

func viewTables(read []computedTable, floor int, language string) tablePreviewView {
	view := tablePreviewView{Floor: floor, Sections: make([]tableSectionView, 0, len(read))}
	ready := true
	for _, one := range read {
		sec := tableSectionView{
			Instrument: one.in.ID, Version: one.in.Version, Title: one.in.Titles.In(language), Rows: one.table.rows, Why: one.hidden,
			Shown: len(one.table.wrong) == 0 && one.hidden == "", Columns: []columnView{}, Wrong: []wrongCellView{},
		}
		for _, c := range one.table.columns {
			sec.Columns = append(sec.Columns, columnView{Column: c.name, Item: c.item, Point: c.point})
		}
		for _, w := range one.table.wrong {
			sec.Wrong = append(sec.Wrong, wrongCellView{w.row, w.column, w.code})
			ready = false
		}
		view.Shown = view.Shown || sec.Shown
		view.Sections = append(view.Sections, sec)
	}
	view.Shown = view.Shown && ready
	return view
}
