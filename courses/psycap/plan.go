package psycap

import "slices"

// Plan is what a cohort is asked, and when.
type Plan struct {
	Measures []Measure
	Ends     string // day
	Days     int    // a point stays open
	At       int64  // unix ms
	By       string
}

// at lists what is asked at a point.
func (p Plan) at(point Point) (all []Measure) {
	for _, m := range p.Measures {
		if slices.Contains(m.Points, point) {
			all = append(all, m)
		}
	}
	return all
}

// Telling is what somebody was told of a point.
type Telling struct {
	First int64 // unix ms
	At    int64 // unix ms, of the last time
	Round int   // of the last time
}

// plan is what a cohort is asked; ok is false while nobody planned anything.
func (s *State) plan(cohort string) (p Plan, ok bool) {
	p, ok = s.data.Plans[cohort]
	return p, ok
}
