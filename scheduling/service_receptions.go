package scheduling

import (
	"context"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/people"
)

// sees reports whether the caller may book in the hours of a unit: of their own organisation, opened to it, or of which places
// are lent to a unit where they are a coordinator. It reads the state: call it inside View or a rule.
func (s *Service) sees(i auth.Identity, unit string) bool {
	return s.people.CanSee(i, unit, people.ForJointAppointments) || slices.ContainsFunc(i.Units(auth.Coordinator), func(own string) bool {
		return s.state.primary.Lent[Journey{unit, own}] > 0
	})
}

// plannedDay is a day of a series that is planned, with what stands in the way.
type plannedDay struct {
	Day     Day
	Clashes []Clash
}

// TryReceptions lists the days of a series and their clashes, without planning anything.
func (s *Service) TryReceptions(i auth.Identity, w Plan, p Pattern) ([]plannedDay, error) {
	if err := checkSlots(w.From, w.To, w.Minutes); err != nil {
		return nil, err
	}
	days, err := p.Days()
	if err != nil {
		return nil, err
	}
	list := make([]plannedDay, len(days))
	now := s.now()
	s.journal.View(func() {
		if err = s.mayPlan(i, &w); err != nil {
			return
		}
		for n, d := range days {
			list[n] = plannedDay{d, s.state.Clashes(now, w, d, "")}
		}
	})
	return list, err
}

// mayPlan lets in who publishes the doctor's hours in the unit; the room must be one of the unit's.
func (s *Service) mayPlan(i auth.Identity, w *Plan) error {
	if !s.mayPublish(i, w.Doctor, w.Unit) || !s.works(w.Doctor, w.Unit, auth.Doctor) {
		return ErrNoHours
	}
	if r, ok := s.state.Resource(w.Room); w.Room != "" && (!ok || r.Unit != w.Unit || r.Kind != Room || !r.InUse()) {
		return ErrNoResource
	}
	return nil
}

// PlanReceptions publishes a series on these days.
func (s *Service) PlanReceptions(ctx context.Context, caller auth.Caller, w Plan, days []Day) error {
	series := s.newID()
	ids := make([]string, len(days))
	for i := range ids {
		ids[i] = s.newID()
	}
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		if err := s.mayPlan(caller.Identity, &w); err != nil {
			return journal.Decision{}, err
		}
		return s.state.PlanReceptions(now, series, ids, w, days)
	})
	return err
}

func (s *Service) changeReception(ctx context.Context, caller auth.Caller, id string, rule func(time.Time) (journal.Decision, error)) (doctor string, err error) {
	_, err = s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		r, ok := s.state.primary.Receptions[id]
		if !ok || !s.mayPublish(caller.Identity, r.Doctor, r.Unit) {
			return journal.Decision{}, ErrNoReception
		}
		doctor = r.Doctor
		return rule(now)
	})
	return doctor, err
}

// MoveReceptions moves a reception, or it and those that follow in its series.
func (s *Service) MoveReceptions(ctx context.Context, caller auth.Caller, id string, d Day, from, to int, following bool) (doctor string, err error) {
	return s.changeReception(ctx, caller, id, func(now time.Time) (journal.Decision, error) {
		return s.state.MoveReceptions(now, id, d, from, to, following)
	})
}

// CancelReceptions cancels a reception, or it and those that follow in its series.
func (s *Service) CancelReceptions(ctx context.Context, caller auth.Caller, id string, following bool) (doctor string, err error) {
	return s.changeReception(ctx, caller, id, func(now time.Time) (journal.Decision, error) {
		return s.state.CancelReceptions(now, id, following)
	})
}

// reception is one as its keepers see it.
type reception struct {
	keptReception
	Taken int // of its places
}

// Receptions lists a doctor's receptions that are not over, for whoever looks after their hours.
func (s *Service) Receptions(i auth.Identity, doctor string) ([]reception, error) {
	list := []reception{}
	allowed := false
	now := s.now()
	s.journal.View(func() {
		if allowed = s.keeps(i, doctor); !allowed {
			return
		}
		p := s.state.plan0(doctor)
		for _, r := range receptionsOn(p.receptions, s.state.calendar.dayOf(now.UnixMilli()), lastDay) {
			if r.Cancelled || i.Person != doctor && !i.HasIn(r.Unit, auth.Scheduler) {
				continue
			}
			t := r.span(s.state.calendar)
			q := Query{Now: now.UnixMilli()}
			list = append(list, reception{r, p.kept(doctor, t.Start, t.End, &q, r.ID)})
		}
	})
	if !allowed {
		return nil, ErrNoHours
	}
	return list, nil
}

// Lend says how many places a month a unit lends to another; the unit's schedulers and its organisation's administrators do.
func (s *Service) Lend(ctx context.Context, caller auth.Caller, unit, to string, places int) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		u, known := s.people.Unit(unit)
		_, other := s.people.Unit(to)
		if !known || !s.lends(caller.Identity, u) || !other {
			return journal.Decision{}, ErrNoUnit
		}
		return s.state.Lend(unit, to, places)
	})
	return err
}

func (s *Service) lends(i auth.Identity, u people.Unit) bool {
	return i.HasIn(u.ID, auth.Scheduler) || i.HasInOrg(u.Org, auth.Admin)
}

// Lendings lists what a unit lends and borrows this month, for those who decide about it and its coordinators and doctors.
func (s *Service) Lendings(i auth.Identity, unit string) (list []Lending, mine bool, err error) {
	err = ErrNoUnit
	s.journal.View(func() {
		u, known := s.people.Unit(unit)
		if known && (s.lends(i, u) || i.HasIn(unit, auth.Coordinator, auth.Doctor)) {
			list, mine, err = s.state.lendings(unit, s.now()), s.lends(i, u), nil
		}
	})
	return list, mine, err
}
