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
func (s *Service) PlanReceptions(ctx context.Context, caller auth.Caller, w Plan, days []Day) (receptions []string, err error) {
	series := s.newID()
	ids := make([]string, len(days))
	for i := range ids {
		ids[i] = s.newID()
	}
	answer, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		if err := s.mayPlan(caller.Identity, &w); err != nil {
			return journal.Decision{}, err
		}
		return s.state.PlanReceptions(now, series, ids, w, days)
	})
	return answer.IDs, err
}

// changed is what came of moving or cancelling receptions: of those who had a place, how many moved along, and how many wait for
// a new one.
type changed struct {
	Doctor          string
	Moved, Returned int
}

func (s *Service) changeReception(ctx context.Context, caller auth.Caller, id string, rule func(time.Time) (journal.Decision, error)) (changed, error) {
	answer, err := s.update(ctx, caller.Person, caller.Key, s.ofReception(caller.Identity, id, rule))
	if err != nil {
		return changed{}, err
	}
	c := changed{Doctor: answer.IDs[0]}
	s.journal.View(func() {
		for _, one := range answer.IDs[1:] {
			switch a := s.state.primary.Appointments[one]; {
			case a.Live():
				c.Moved++
			case a.Status == Cancelled:
				c.Returned++
			}
		}
	})
	return c, nil
}

// ofReception lets whoever publishes the doctor's hours in its unit decide about a reception.
func (s *Service) ofReception(i auth.Identity, id string, rule func(time.Time) (journal.Decision, error)) journal.Rule {
	return func(now time.Time) (journal.Decision, error) {
		r, ok := s.state.primary.Receptions[id]
		if !ok || !s.mayPublish(i, r.Doctor, r.Unit) {
			return journal.Decision{}, ErrNoReception
		}
		return rule(now)
	}
}

// TryMove says what moving a reception would do, without doing it.
func (s *Service) TryMove(i auth.Identity, id string, d Day, from, to int, following bool) (c changed, err error) {
	now := s.now()
	s.journal.View(func() {
		var decision journal.Decision
		decision, err = s.ofReception(i, id, func(now time.Time) (journal.Decision, error) {
			return s.state.MoveReceptions(now, id, d, from, to, following, func() string { return "" })
		})(now)
		for _, event := range decision.Events {
			switch event.(type) {
			case AppointmentMoved:
				c.Moved++
			case AppointmentCancelled:
				c.Returned++
			}
		}
	})
	return c, err
}

// MoveReceptions moves a reception, or it and those that follow in its series.
func (s *Service) MoveReceptions(ctx context.Context, caller auth.Caller, id string, d Day, from, to int, following bool) (changed, error) {
	return s.changeReception(ctx, caller, id, func(now time.Time) (journal.Decision, error) {
		return s.state.MoveReceptions(now, id, d, from, to, following, s.newID)
	})
}

// CancelReceptions cancels a reception, or it and those that follow in its series; unused refuses when somebody has a place.
func (s *Service) CancelReceptions(ctx context.Context, caller auth.Caller, id string, following, unused bool) (changed, error) {
	return s.changeReception(ctx, caller, id, func(now time.Time) (journal.Decision, error) {
		return s.state.CancelReceptions(now, id, following, unused, s.newID)
	})
}

// reception is one as its keepers see it.
type reception struct {
	keptReception
	Taken    int  // of its places
	Returned bool // the others are the doctor's own again
	RoomAway bool // for some of its time
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
			taken := p.kept(doctor, t.Start, t.End, &q, r.ID)
			list = append(list, reception{r, taken, taken < r.Places && p.returnedReception(&r), s.state.roomAwayDuring(&r)})
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
