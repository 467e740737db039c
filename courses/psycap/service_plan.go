package psycap

import (
	"context"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/web"
)

// Choice is an instrument that a cohort is asked, or could be.
type Choice struct {
	*Instrument
	May bool // it may be asked today
}

// Planned is what a cohort is asked, as its trainers see it.
type Planned struct {
	Cohort  Cohort
	Plan    Plan // a suggestion without measures while nothing is planned
	Exists  bool
	May     bool // the caller may change it
	Floor   int
	Today   string
	Choices []Choice
	Counts  []Participation
}

// PlanOf tells a trainer what their cohort is asked, and how many took part: never who.
func (s *Service) PlanOf(ctx context.Context, caller auth.Caller, cohort string) (Planned, error) {
	var found Planned
	var err error
	s.journal.View(func() {
		c, known := s.cohorts.CohortFor(cohort)
		if !known || !s.cohorts.Sees(caller.Person, cohort) {
			err = ErrUnknownCohort
			return
		}
		found = Planned{Cohort: c, May: s.cohorts.Trains(caller.Person, cohort), Floor: s.state.floorOf(c.Org), Today: web.DayOf(s.now())}
		if found.Plan, found.Exists = s.state.plan(cohort); !found.Exists {
			found.Plan = suggested(c, s.cohorts.LastsOf(cohort))
		}
		found.Counts = s.state.participation(found.Plan, cohort, found.Floor)
	})
	if err != nil {
		return Planned{}, err
	}
	listed, err := s.Instruments(ctx, found.Cohort.Org)
	if err != nil {
		return Planned{}, err
	}
	for _, one := range listed {
		if may := one.Standing == Open; may || found.Plan.version(one.ID) != "" {
			found.Choices = append(found.Choices, Choice{one.Instrument, may})
		}
	}
	return found, nil
}

// PlanMeasures says what a cohort is asked, in place of what was planned. What is asked already stays in its version, so that
// answers of different points can be compared; what is new comes in the newest.
func (s *Service) PlanMeasures(ctx context.Context, caller auth.Caller, cohort string, next Plan) (Planned, error) {
	var org string
	var before Plan
	s.journal.View(func() {
		c, _ := s.cohorts.CohortFor(cohort)
		org = c.Org
		before, _ = s.state.plan(cohort)
	})
	for i, m := range next.Measures {
		if m.Version = before.version(m.Instrument); m.Version == "" && s.trains(caller, cohort) {
			in, err := s.Instrument(ctx, org, m.Instrument, "")
			if err != nil {
				return Planned{}, err
			}
			m.Version = in.Version
		}
		next.Measures[i] = m
	}
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		return s.state.planMeasures(s.cohorts, caller.Person, cohort, next, now)
	})
	if err != nil {
		return Planned{}, err
	}
	return s.PlanOf(ctx, caller, cohort)
}

func (s *Service) trains(caller auth.Caller, cohort string) (does bool) {
	s.journal.View(func() { does = s.cohorts.Trains(caller.Person, cohort) })
	return does
}

// tellingsPerTick bounds what one tick commits; the rest follows with the next one.
const tellingsPerTick = 20

// Tell tells people what their cohort is asked. Every server does so all the time: what was told is not told again.
func (s *Service) Tell(ctx context.Context) error {
	rule := func(now time.Time) (journal.Decision, error) { return s.state.tellMeasures(s.cohorts, now) }
	for range tellingsPerTick {
		var told journal.Decision
		var err error
		now := s.now()
		s.journal.View(func() { told, err = rule(now) })
		if err != nil || len(told.Events) == 0 {
			return err
		}
		if _, err := s.journal.Update(ctx, "", journal.Key{}, rule); err != nil {
			return err
		}
	}
	return nil
}

// Dates lists when the points of a plan are open for those who are in the cohort from its start.
func (p Planned) Dates() []Window {
	all := make([]Window, len(Points()))
	for i, point := range Points() {
		opens := p.Plan.opens(point, p.Cohort)
		all[i] = Window{opens, p.Plan.closes(opens)}
	}
	return all
}

// asked reports whether anybody was told of a point.
func (p Planned) asked(point Point) bool {
	return slices.ContainsFunc(p.Counts, func(c Participation) bool { return c.Point == point })
}
