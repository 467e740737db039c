package psycap

import "luotsi/server/journal"

func (s *State) applyPlan(m journal.Meta, event journal.Event) {
	at := m.At.UnixMilli()
	switch e := event.(type) {
	case MeasuresPlanned:
		next := Plan{Measures: e.Measures, Ends: e.Ends, Days: e.Days, At: at, By: m.By}
		s.data.Plans[e.Cohort] = next.after(s.data.Plans[e.Cohort])
	case MeasuresTold:
		points := s.data.Told[e.Cohort]
		if points == nil {
			points = map[Point]map[string]Telling{}
			s.data.Told[e.Cohort] = points
		}
		told := points[e.Point]
		if told == nil {
			told = map[string]Telling{}
			points[e.Point] = told
		}
		for _, person := range e.Persons {
			first := at
			if t, before := told[person]; before {
				first = t.First
			}
			told[person] = Telling{First: first, At: at, Round: e.Round}
		}
	}
}

func (s *State) reindexPlans() {
	if s.data.Plans == nil {
		s.data.Plans = map[string]Plan{}
	}
	if s.data.Told == nil {
		s.data.Told = map[string]map[Point]map[string]Telling{}
	}
}
