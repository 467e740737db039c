package scheduling

import (
	"cmp"
	"context"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

// AddHours publishes weekly hours for a person, by themself or by who keeps the calendars of the unit.
func (s *Service) AddHours(ctx context.Context, caller auth.Caller, h Hours) error {
	id := s.newID()
	return s.publish(ctx, caller, h.Person, func(now time.Time) (journal.Decision, error) {
		if err := s.mayPublishFor(caller.Identity, h.Person, h.Unit, h.Purpose); err != nil {
			return journal.Decision{}, err
		}
		return s.state.AddHours(now, id, h)
	})
}

// RemoveHours takes weekly hours back. Appointments in them stay.
func (s *Service) RemoveHours(ctx context.Context, caller auth.Caller, person, id string) error {
	return s.publish(ctx, caller, person, func(time.Time) (journal.Decision, error) {
		if h, ok := s.state.primary.Hours[id]; ok && !s.keepsIn(caller.Identity, person, h.Unit) {
			return journal.Decision{}, ErrNoHours
		}
		return s.state.RemoveHours(person, id)
	})
}

// AddException changes one day of a person.
func (s *Service) AddException(ctx context.Context, caller auth.Caller, e Exception) error {
	id := s.newID()
	return s.publish(ctx, caller, e.Person, func(now time.Time) (journal.Decision, error) {
		if e.Kind == Extra {
			if err := s.mayPublishFor(caller.Identity, e.Person, e.Unit, e.Purpose); err != nil {
				return journal.Decision{}, err
			}
		}
		return s.state.AddException(now, id, e)
	})
}

// RemoveException takes the change of a day back.
func (s *Service) RemoveException(ctx context.Context, caller auth.Caller, person, id string) error {
	return s.publish(ctx, caller, person, func(time.Time) (journal.Decision, error) {
		e, ok := s.state.primary.Exceptions[id]
		if ok && e.Kind == Extra && !s.keepsIn(caller.Identity, person, e.Unit) {
			return journal.Decision{}, ErrNoHours
		}
		return s.state.RemoveException(person, id)
	})
}

func (s *Service) publish(ctx context.Context, caller auth.Caller, person string, rule journal.Rule) error {
	_, err := s.publishing(ctx, caller, person, rule)
	return err
}

// publishing runs a rule about a person's hours, for those who look after them.
func (s *Service) publishing(ctx context.Context, caller auth.Caller, person string, rule journal.Rule) (journal.Answer, error) {
	return s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		if r, ok := s.state.Resource(person); ok && s.mayKeep(caller.Identity, r.Unit) && !r.InUse() {
			return journal.Decision{}, ErrRetired
		}
		if !s.keeps(caller.Identity, person) {
			return journal.Decision{}, ErrNoHours
		}
		return rule(now)
	})
}

// keeps reports whether somebody may look after a person's hours: themself, or a scheduler of a unit where they are a doctor;
// or after those of a resource.
func (s *Service) keeps(i auth.Identity, person string) bool {
	if i.Person == person {
		return true
	}
	if r, ok := s.state.Resource(person); ok {
		return s.mayKeep(i, r.Unit)
	}
	p, known := s.people.Person(person)
	return known && !p.Erased && slices.ContainsFunc(i.Units(auth.Scheduler), func(unit string) bool {
		return hasRole(p.Grants, unit, auth.Doctor)
	})
}

// keepsIn reports whether somebody who keeps a person's hours may take back those of that unit.
func (s *Service) keepsIn(i auth.Identity, person, unit string) bool {
	if _, ok := s.state.Resource(person); ok {
		return s.mayKeep(i, unit)
	}
	return i.Person == person || i.HasIn(unit, auth.Scheduler)
}

// mayPublish reports whether somebody may publish a person's hours in that unit, where the person works as a doctor, a
// coordinator or another professional; or those of a resource of the unit.
func (s *Service) mayPublish(i auth.Identity, person, unit string) bool {
	if r, ok := s.state.Resource(person); ok {
		return r.Unit == unit && s.mayKeep(i, unit)
	}
	p, known := s.people.Person(person)
	doctor := known && hasRole(p.Grants, unit, auth.Doctor)
	if i.Person == person {
		return doctor || known && (hasRole(p.Grants, unit, auth.Coordinator) || hasRole(p.Grants, unit, auth.Professional))
	}
	return doctor && i.HasIn(unit, auth.Scheduler)
}

// hoursOf is what somebody sees of a person's hours.
type hoursOf struct {
	Person     string
	Hours      []keptHours
	Exceptions []keptException
	Outside    []listed // coming appointments that no published hours cover any more
	Returned   []ownAgain
	Units      map[string]string
}

// HoursOf gives a person's hours, those that are not over, to whoever looks after them; a scheduler sees those of the own
// organisation's units.
func (s *Service) HoursOf(i auth.Identity, person string) (hoursOf, error) {
	view := hoursOf{Person: person, Hours: []keptHours{}, Exceptions: []keptException{}, Outside: []listed{}, Units: map[string]string{}}
	now := s.now().UnixMilli()
	today := s.state.calendar.dayOf(now)
	allowed := false
	s.journal.View(func() {
		if allowed = s.keeps(i, person); !allowed {
			return
		}
		mine := func(unit string) bool {
			u, known := s.people.Unit(unit)
			view.Units[unit] = u.Name
			return i.Person == person || known && i.HasInOrg(u.Org, auth.Scheduler, auth.Admin)
		}
		p := s.state.plans[person]
		if p == nil {
			return
		}
		for weekday := range p.hours {
			for _, h := range p.hours[weekday] {
				if h.ValidUntil >= today && mine(h.Unit) {
					view.Hours = append(view.Hours, h)
				}
			}
		}
		for _, e := range p.exceptionsOn(today, lastDay) {
			if e.Kind == Away || mine(e.Unit) {
				view.Exceptions = append(view.Exceptions, e)
			}
		}
		for _, own := range s.state.returnedTimes(person, today, lastDay, now) {
			if mine(own.Unit) {
				view.Returned = append(view.Returned, own)
			}
		}
		_, thing := s.state.Resource(person)
		for _, o := range s.outside(person, now) {
			if thing || mine(o.Unit) && s.maySee(i, &o.Appointment) {
				view.Outside = append(view.Outside, o)
			}
		}
	})
	if !allowed {
		return hoursOf{}, ErrNoHours
	}
	return view, nil
}

// outside lists a person's coming live appointments that their hours do not cover: hours were taken back, or a day was changed.
func (s *Service) outside(person string, now int64) []listed {
	var list []listed
	p := s.state.plans[person]
	if p == nil {
		return nil
	}
	whole := p.unreturned()
	for n := range p.live {
		t := p.live[n].Span
		if t.End <= now || !p.live[n].keeps(now) {
			continue
		}
		a := s.state.primary.Appointments[p.live[n].id]
		d := s.state.calendar.dayOf(t.Start)
		covered := false
		if r, ok := s.state.Resource(person); ok {
			open := p.open(s.state.calendar, d, d, r.hours())
			covered = open == nil || slices.ContainsFunc(open, func(o Span) bool { return o.covers(t) })
		} else if a.Doctor == person {
			covered = slices.ContainsFunc(whole.meetings(s.state.calendar, d, d, a.Unit), func(o Stretch) bool { return o.covers(t) })
		} else {
			covered = slices.ContainsFunc(whole.open(s.state.calendar, d, d, hoursWithout(a.Participants[max(a.Seat(person), 0)].Role)), func(o Span) bool { return o.covers(t) })
		}
		if !covered {
			list = append(list, listed{p.live[n].id, a})
		}
	}
	slices.SortFunc(list, func(a, b listed) int { return cmp.Compare(a.Start, b.Start) })
	return list
}
