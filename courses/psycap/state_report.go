package psycap

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"luotsi/server/journal"
)

// shownBefore is a group that a report shows at a point. Answers are in the order of the people.
type shownBefore struct {
	report  string
	people  []string
	answers []string
}

func (b shownBefore) same(other shownBefore) bool {
	return slices.Equal(b.people, other.people) && slices.Equal(b.answers, other.answers)
}

func shownKey(instrument string, point Point) string { return instrument + "/" + string(point) }

func (s *State) applyReport(m journal.Meta, e journal.Event) {
	if e, ok := e.(ReportMade); ok {
		r := Report{Made: e, At: m.At.UnixMilli(), By: m.By}
		s.data.Reports[e.Report] = r
		s.indexReport(r)
	}
}

func (s *State) reindexReports() {
	if s.data.Reports == nil {
		s.data.Reports = map[string]Report{}
	}
	s.shownAt = map[string][]shownBefore{}
	// In the order in which they were made, as Apply puts them: what a refusal names does not depend on a start in between.
	inOrder := slices.SortedFunc(maps.Values(s.data.Reports), func(a, b Report) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Made.Report, b.Made.Report))
	})
	for _, r := range inOrder {
		s.indexReport(r)
	}
}

func (s *State) indexReport(r Report) {
	for _, section := range r.Made.Sections {
		for _, g := range section.Shown {
			for i, point := range r.Made.Points {
				before := shownBefore{report: r.Made.Report, people: g.People}
				if i < len(g.Answers) {
					before.answers = g.Answers[i].Texts
				}
				key := shownKey(section.Instrument, point)
				if !slices.ContainsFunc(s.shownAt[key], before.same) { // the same report once more tells nothing more
					s.shownAt[key] = append(s.shownAt[key], before)
				}
			}
		}
	}
}

// checkReports: a report names the answers of everybody whose figures it shows, and shows nobody else's.
func (s *State) checkReports() (wrong []string) {
	for id, r := range s.data.Reports {
		for _, section := range r.Made.Sections {
			for _, g := range section.Shown {
				if slices.ContainsFunc(g.Answers, func(a ShownAnswers) bool { return len(a.Texts) != len(g.People) }) {
					wrong = append(wrong, fmt.Sprintf("report %s names other answers of %s than of its people", id, section.Instrument))
				}
			}
			if r.table() && len(section.Shown) > 0 {
				wrong = append(wrong, fmt.Sprintf("report %s of a table names people", id))
			}
		}
	}
	return wrong
}
