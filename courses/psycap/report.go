package psycap

import (
	"math"
	"slices"

	"luotsi/server/fault"
)

// The refusals of reports.
var (
	ErrUnknownReport   = fault.New(fault.NotFound, "not_found", "no such report among those the caller may see")
	ErrUnknownCohorts  = fault.New(fault.NotFound, "not_found", "no such cohorts among those whose trainer the caller is")
	ErrOneOrganisation = fault.New(fault.Invalid, "one_organisation", "a report is of cohorts of one organisation")
	// ErrMasked refuses figures of people who could be told apart by them. Info says why, as the preview does.
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
	// HiddenCohorts: some of the cohorts have so few members together that theirs could be had by subtracting what others show.
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
	Measures []Asked
	Points   []Point // in the order of time
}

// Asked is an instrument in one version.
type Asked struct {
	Instrument string
	Version    string
}

// respondent is somebody who answered at every point of a report. Answers are in the order of the points.
type respondent struct {
	key     string
	answers []Answers
}

// sectionOf computes what a report says of an instrument, with the groups that it shows. histories are the groups shown before, by point;
// a table from elsewhere has none. When nothing may be shown, choice.masked says why, and there are no figures at all.
func sectionOf(in *Instrument, points []Point, people []respondent, histories [][][]string, floor int) (Figures, choice) {
	scales := in.scales()
	scores := make(map[string][]Scores, len(people))
	own := make([][]string, len(scales))
	for _, p := range people {
		for _, a := range p.answers {
			scores[p.key] = append(scores[p.key], in.Scores(a))
		}
		for i, sc := range scales {
			if !slices.ContainsFunc(scores[p.key], func(s Scores) bool { return s.Of(sc.id).Why != "" }) {
				own[i] = append(own[i], p.key)
			}
		}
	}
	chosen := choose(histories, own, floor)
	if chosen.masked != nil {
		return Figures{}, chosen
	}
	f := Figures{Pairs: len(people), Power: Number{Why: NotAsked}}
	if len(points) > 1 {
		f.Power = detectable(len(people))
	}
	for i, sc := range scales {
		one := ScaleFigures{
			Scale: sc.id, Min: sc.min, Max: sc.max, N: len(chosen.groups[i]), LeftOut: len(people) - len(own[i]), Covered: len(own[i]) - len(chosen.groups[i]),
		}
		if one.N > 0 {
			one.Points, one.Changes = in.scaleFigures(sc, points, people, chosen.groups[i], scores, floor)
		}
		f.Scales = append(f.Scales, one)
	}
	return f, chosen
}

// scaleFigures are of the people of a group. Refusals are counted among all of people: who refuses has no value that could be told.
func (in *Instrument) scaleFigures(sc scale, points []Point, people []respondent, group []string, scores map[string][]Scores, floor int) (at []PointFigures, changes []ChangeFigures) {
	columns := make([][]float64, len(points))
	for i, point := range points {
		p := PointFigures{Point: point}
		var complete [][]float64
		for _, r := range people {
			if slices.ContainsFunc(sc.items, func(item string) bool { return r.answers[i][item].Refused }) {
				p.Refused++
			}
			if _, in1 := slices.BinarySearch(group, r.key); !in1 {
				continue
			}
			columns[i] = append(columns[i], scores[r.key][i].Of(sc.id).Value)
			if row := in.row(sc, r.answers[i]); row != nil {
				complete = append(complete, row)
			}
		}
		p.Mean, p.SD = mean(columns[i]), deviation(columns[i])
		p.Bins = in.binsOf(sc, columns[i])
		p.Alpha, p.AlphaN = reliabilityOf(complete, floor), len(complete)
		at = append(at, p)
		if i > 0 {
			changes = append(changes, changeFigures(points[0], point, columns[0], columns[i], in.Better))
		}
	}
	return at, changes
}

// reliabilityOf is alpha over who answered every item of a scale. They can be a few people fewer than those whose mean is shown beside
// it, and no atom of what is shown: one ratio of sums of squares over all of them is a single equation with every answer of every
// one of them in it, and says nothing of the one who is left out of it. Of fewer people than the floor it is not shown.
func reliabilityOf(complete [][]float64, floor int) Number {
	if len(complete) < floor && (len(complete) == 0 || len(complete[0]) > 1) {
		return Number{Why: TooFew}
	}
	return alpha(complete)
}

// row is what somebody answered to the items of a scale, as it counts; nil when one is missing.
func (in *Instrument) row(sc scale, a Answers) []float64 {
	values := in.values(a)
	row := make([]float64, 0, len(sc.items))
	for _, item := range sc.items {
		v, answered := values[item]
		if !answered {
			return nil
		}
		row = append(row, v)
	}
	return row
}

// widest is the greatest range of a scale whose values are shown one by one, or in halves.
const widest = 12

// binsOf counts values: whole numbers of one item one by one, means in half points, and what ranges further, as sums do, in tens.
func (in *Instrument) binsOf(sc scale, values []float64) []Bin {
	var bins []Bin
	switch {
	case sc.max-sc.min > widest:
		for from := sc.min; from < sc.max; from = math.Floor(from/10)*10 + 10 {
			bins = append(bins, Bin{From: from, To: min(math.Floor(from/10)*10+10, sc.max)})
		}
	case len(sc.items) == 1:
		for from := sc.min; from <= sc.max; from++ {
			bins = append(bins, Bin{From: from, To: from + 1})
		}
	default:
		for from := sc.min; from < sc.max; from += 0.5 {
			bins = append(bins, Bin{From: from, To: min(from+0.5, sc.max)})
		}
	}
	for _, v := range values {
		// A mean of thirds is a hair beside what it is on paper.
		at, found := slices.BinarySearchFunc(bins, v+1e-9, func(b Bin, v float64) int {
			switch {
			case v >= b.To:
				return -1
			case v < b.From:
				return 1
			}
			return 0
		})
		if !found {
			at = len(bins) - 1 // Max
		}
		bins[at].Count++
	}
	return bins
}
