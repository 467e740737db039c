package scheduling

import (
	"context"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
)

// doctorUnits lists the units in which the caller may publish joint hours of a doctor, in the order of their ids. It reads the
// state: call it inside View or a rule.
func (s *Service) doctorUnits(i auth.Identity, person string) []string {
	var units []string
	if p, known := s.people.Person(person); known && p.Active {
		for _, g := range p.Grants {
			if g.Role == auth.Doctor && s.mayPublish(i, person, g.Unit) && !slices.Contains(units, g.Unit) {
				units = append(units, g.Unit)
			}
		}
	}
	slices.Sort(units)
	return units
}

// Suggestions lists what a doctor could publish with one tap.
func (s *Service) Suggestions(i auth.Identity, person string) ([]Suggestion, error) {
	var list []Suggestion
	err := error(ErrNoHours)
	now := s.now().UnixMilli()
	s.journal.View(func() {
		if !s.keeps(i, person) {
			return
		}
		err = nil
		units := s.doctorUnits(i, person)
		var colleagues []string
		for _, unit := range units {
			for other := range s.people.Members(unit) {
				if other != person && s.works(other, unit, auth.Doctor) && !slices.Contains(colleagues, other) {
					colleagues = append(colleagues, other)
				}
			}
		}
		slices.Sort(colleagues)
		list = s.state.Suggest(now, person, units, colleagues)
	})
	return list, err
}

// worthOf is what somebody sees of the hours that a doctor could open.
type worthOf struct {
	Waiting int // in the unit
	Blocks  []Block
	// References of the requests that the viewer may see in the line of the unit.
	References map[string]string
}

// Worth ranks the hours that a doctor could open in a unit by how many who wait they would serve.
func (s *Service) Worth(i auth.Identity, w WorthQuery) (worthOf, error) {
	of := worthOf{References: map[string]string{}}
	err := error(ErrNoHours)
	now := s.now()
	s.journal.View(func() {
		if !s.keeps(i, w.Doctor) {
			return
		}
		if err = nil; !s.works(w.Doctor, w.Unit, auth.Doctor) || !s.mayPublish(i, w.Doctor, w.Unit) {
			err = fault.Bad("unit", "unknown")
			return
		}
		w.Now, w.Who = now.UnixMilli(), s.presence()
		w.From = max(w.From, s.state.calendar.dayOf(w.Now))
		if w.To == 0 {
			w.To = min(w.From+worthDays-1, lastDay)
		}
		of.Waiting = len(s.state.waitingRequests(w.Unit))
		of.Blocks = s.state.Worth(w)
		for _, b := range of.Blocks {
			for _, served := range b.Served {
				if r := s.state.primary.Requests[served.Request]; s.seesRequest(i, &r) {
					of.References[served.Request] = s.state.primary.Cases[r.Case].Reference
				}
			}
		}
	})
	return of, err
}

// Publish publishes weekly and extra hours together, and gives what to take them back by.
func (s *Service) Publish(ctx context.Context, caller auth.Caller, w Publication) (string, error) {
	id := s.newID()
	ids := make([]string, len(w.Rules)+len(w.Extras))
	for i := range ids {
		ids[i] = s.newID()
	}
	answer, err := s.publishing(ctx, caller, w.Person, func(now time.Time) (journal.Decision, error) {
		for i, h := range w.Rules {
			if err := s.mayPublishFor(caller.Identity, w.Person, h.Unit, h.Purpose); err != nil {
				return journal.Decision{}, within("rules", i, err)
			}
		}
		for i, x := range w.Extras {
			if err := s.mayPublishFor(caller.Identity, w.Person, x.Unit, x.Purpose); err != nil {
				return journal.Decision{}, within("extras", i, err)
			}
		}
		return s.state.Publish(now, id, ids, w)
	})
	if err != nil {
		return "", err
	}
	return answer.IDs[0], nil
}

// mayPublishFor refuses hours in a unit that is not the caller's to publish in, and written hours of who is no doctor.
func (s *Service) mayPublishFor(i auth.Identity, person, unit string, purpose Purpose) error {
	switch {
	case !s.mayPublish(i, person, unit):
		return fault.Bad("unit", "unknown")
	case purpose == ForWritten && !s.works(person, unit, auth.Doctor):
		return fault.Bad("purpose", "oneof")
	}
	return nil
}

// Unpublish takes back what was published together. Appointments in it stay.
func (s *Service) Unpublish(ctx context.Context, caller auth.Caller, person, id string) error {
	return s.publish(ctx, caller, person, func(time.Time) (journal.Decision, error) {
		d, err := s.state.Unpublish(person, id)
		for _, e := range d.Events {
			unit := ""
			switch e := e.(type) {
			case HoursRemoved:
				unit = s.state.primary.Hours[e.Hours].Unit
			case ExceptionRemoved:
				unit = s.state.primary.Exceptions[e.Exception].Unit
			}
			if !s.keepsIn(caller.Identity, person, unit) {
				return journal.Decision{}, ErrNoPublication
			}
		}
		return d, err
	})
}

// MoveHours makes weekly hours others from today on. Appointments in them stay.
func (s *Service) MoveHours(ctx context.Context, caller auth.Caller, rule string, h Hours) error {
	pastID, newID := s.newID(), s.newID()
	return s.publish(ctx, caller, h.Person, func(now time.Time) (journal.Decision, error) {
		if old, ok := s.state.primary.Hours[rule]; !ok || !s.keepsIn(caller.Identity, h.Person, old.Unit) {
			return journal.Decision{}, ErrNoHours
		}
		if err := s.mayPublishFor(caller.Identity, h.Person, h.Unit, h.Purpose); err != nil {
			return journal.Decision{}, err
		}
		return s.state.MoveHours(now, rule, pastID, newID, h)
	})
}

// ReopenPlaces gives the returned hours of a day to be booked after all.
func (s *Service) ReopenPlaces(ctx context.Context, caller auth.Caller, person string, d Day) error {
	return s.publish(ctx, caller, person, func(now time.Time) (journal.Decision, error) {
		if p := s.state.plans[person]; p != nil {
			for _, r := range p.returnedOn(d) {
				if !s.keepsIn(caller.Identity, person, r.Unit) {
					return journal.Decision{}, ErrNothingReturned
				}
			}
		}
		return s.state.ReopenPlaces(now, person, d)
	})
}

// ReturnPlaces gives unclaimed joint hours back to their doctors when their day has come. Every server does so all the time:
// what has gone back stays so. Within one Finnish day nothing new can come up, so one look a day is enough.
func (s *Service) ReturnPlaces(ctx context.Context) error {
	now := s.now()
	today := int32(s.state.calendar.dayOf(now.UnixMilli()))
	if s.returnedOn.Load() == today {
		return nil
	}
	for {
		due, more := false, false
		s.journal.View(func() {
			d, _ := s.state.ReturnPlaces(now)
			due = len(d.Events) > 0
		})
		if !due {
			break
		}
		if _, err := s.journal.Update(ctx, "", journal.Key{}, func(now time.Time) (journal.Decision, error) {
			var d journal.Decision
			d, more = s.state.ReturnPlaces(now)
			return d, nil
		}); err != nil {
			return err
		}
		if !more {
			break
		}
	}
	s.returnedOn.Store(today)
	return nil
}
