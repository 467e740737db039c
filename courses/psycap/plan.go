package psycap

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/web"
)

// Plan is what a cohort is asked, and when.
type Plan struct {
	Measures []Measure
	Ends     string // day
	Days     int    // a point stays open
	At       int64  // unix ms
	By       string
	Before   []Measure // of plans before it, as far as it does not ask them
}

// after puts what the plan before asked, and this one does not, into Before.
func (p Plan) after(before Plan) Plan {
	for _, list := range [][]Measure{before.Measures, before.Before} {
		for _, m := range list {
			m.Points = slices.DeleteFunc(slices.Clone(m.Points), func(point Point) bool {
				return slices.ContainsFunc(slices.Concat(p.Measures, p.Before), func(o Measure) bool {
					return o.Instrument == m.Instrument && o.Version == m.Version && slices.Contains(o.Points, point)
				})
			})
			if len(m.Points) > 0 {
				p.Before = append(p.Before, m)
			}
		}
	}
	return p
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

// version is the one in which the plan asks an instrument; "" when it does not.
func (p Plan) version(instrument string) string {
	if i := slices.IndexFunc(p.Measures, func(m Measure) bool { return m.Instrument == instrument }); i >= 0 {
		return p.Measures[i].Version
	}
	return ""
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

const (
	usualLength  = 120                      // days that a course lasts when it does not say
	longestAhead = 3 * 366 * 24 * time.Hour // ahead, an end may lie
)

// suggested is a plan to begin with, for a cohort whose course lasts until a day, or "": it asks nothing yet.
func suggested(c Cohort, lasts string) Plan {
	ends := lasts
	if ends <= c.Starts {
		ends = addDays(c.Starts, usualLength)
	}
	return Plan{Ends: ends, Days: usualDays}
}

// ErrUnknownCohort is the refusal to tell of, or change, what a cohort is asked.
var ErrUnknownCohort = fault.New(fault.NotFound, "not_found", "no such cohort, or not in the care of this person's units")

// planMeasures decides what a cohort is asked from now on. What was answered stays, and nobody is asked it again.
func (s *State) planMeasures(cohorts Cohorts, by, cohort string, next Plan, now time.Time) (journal.Decision, error) {
	c, known := cohorts.CohortFor(cohort)
	if !known || !cohorts.Trains(by, cohort) {
		return journal.Decision{}, ErrUnknownCohort
	}
	if next.Days < fewestDays || next.Days > mostDays {
		return journal.Decision{}, fault.Bad("days", "range")
	}
	if next.Ends <= c.Starts {
		return journal.Decision{}, fault.Bad("ends", "past")
	}
	if next.Ends > web.DayOf(now.Add(longestAhead)) {
		return journal.Decision{}, fault.Bad("ends", "far")
	}
	measures := make([]Measure, len(next.Measures))
	for i, m := range next.Measures {
		at := "measures[" + strconv.Itoa(i) + "]"
		if slices.ContainsFunc(next.Measures[:i], func(o Measure) bool { return o.Instrument == m.Instrument }) {
			return journal.Decision{}, fault.Bad(at+".instrument", "twice")
		}
		if err := s.mayOpen(c.Org, m.Instrument, m.Version, now); err != nil {
			return journal.Decision{}, err
		}
		points := slices.Clone(m.Points)
		slices.SortFunc(points, func(a, b Point) int { return cmp.Compare(slices.Index(Points(), a), slices.Index(Points(), b)) })
		if len(slices.Compact(slices.Clone(points))) < len(points) {
			return journal.Decision{}, fault.Bad(at+".points", "twice")
		}
		measures[i] = Measure{Instrument: m.Instrument, Version: m.Version, Points: points}
	}
	if p, planned := s.plan(cohort); planned && p.Ends == next.Ends && p.Days == next.Days && slices.EqualFunc(p.Measures, measures, sameMeasure) {
		return journal.Decision{}, nil
	}
	return journal.Happens(MeasuresPlanned{Cohort: cohort, Measures: measures, Ends: next.Ends, Days: next.Days}), nil
}

func sameMeasure(a, b Measure) bool {
	return a.Instrument == b.Instrument && a.Version == b.Version && slices.Equal(a.Points, b.Points)
}

// Participation counts who was asked an instrument at a point, and what they did. Few says that they are fewer than are counted.
type Participation struct {
	Point      Point
	Instrument string
	Few        bool
	Asked      int
	Answered   int
	Declined   int
}

// participation counts everything that a plan asks at points of which somebody was told, in the order of time.
func (s *State) participation(p Plan, cohort string, floor int) []Participation {
	all := []Participation{}
	for _, point := range Points() {
		if len(s.data.Told[cohort][point]) == 0 {
			continue
		}
		persons := personsOf(s.counted([]string{cohort}, point, floor))
		for _, m := range p.at(point) {
			one := Participation{Point: point, Instrument: m.Instrument, Few: len(persons) == 0, Asked: len(persons)}
			for _, person := range persons {
				switch {
				case s.answered(person, cohort, m.Instrument, point):
					one.Answered++
				case s.declined(person, cohort, m.Instrument, point):
					one.Declined++
				}
			}
			all = append(all, one)
		}
	}
	return all
}
