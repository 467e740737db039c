package scheduling

import (
	"cmp"
	"context"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/people"
)

// SettingsOf gives how a person wants to be booked, to whoever looks after their hours.
func (s *Service) SettingsOf(i auth.Identity, person string) (Settings, error) {
	var w Settings
	err := error(ErrNoHours)
	s.journal.View(func() {
		if s.keeps(i, person) {
			w, err = s.state.primary.Settings[person], nil
		}
	})
	return w, err
}

// ChangeSettings changes how a person is booked from now on; what is booked already stays as it is.
func (s *Service) ChangeSettings(ctx context.Context, caller auth.Caller, person string, w Settings) error {
	return s.publish(ctx, caller, person, func(time.Time) (journal.Decision, error) { return s.state.ChangeSettings(person, w) })
}

// travelOf is what somebody sees of the travel times: the units they may choose from, and the times known between those.
type travelOf struct {
	Units    []travelUnit
	Journeys []journeyOf
}

type travelUnit struct {
	people.Unit
	Own bool // its travel times are the viewer's to set
}

type journeyOf struct {
	Journey
	Minutes int
}

// Travel lists the units that the caller may see and the travel times between them.
func (s *Service) Travel(i auth.Identity) travelOf {
	of := travelOf{Units: []travelUnit{}, Journeys: []journeyOf{}}
	s.journal.View(func() {
		seen := map[string]bool{}
		for u := range s.people.Units() {
			if s.people.CanSee(i, u.ID, people.ForJointAppointments) {
				seen[u.ID] = true
				of.Units = append(of.Units, travelUnit{u, s.setsTravel(i, u)})
			}
		}
		for j, minutes := range s.state.primary.Travel {
			if seen[j.Unit] && seen[j.Other] {
				of.Journeys = append(of.Journeys, journeyOf{j, minutes})
			}
		}
	})
	slices.SortFunc(of.Units, func(a, b travelUnit) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	slices.SortFunc(of.Journeys, func(a, b journeyOf) int { return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Other, b.Other)) })
	return of
}

// SetTravel says how long it takes between two units, of which one at least is of an organisation that the caller looks after.
func (s *Service) SetTravel(ctx context.Context, caller auth.Caller, unit, other string, minutes int) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		a, known := s.people.Unit(unit)
		if !known || !s.people.CanSee(caller.Identity, unit, people.ForJointAppointments) {
			return journal.Decision{}, fault.Bad("unit", "unknown")
		}
		b, known := s.people.Unit(other)
		if !known || !s.people.CanSee(caller.Identity, other, people.ForJointAppointments) {
			return journal.Decision{}, fault.Bad("other", "unknown")
		}
		if !s.setsTravel(caller.Identity, a) && !s.setsTravel(caller.Identity, b) {
			return journal.Decision{}, auth.ErrForbidden
		}
		return s.state.SetTravel(unit, other, minutes)
	})
	return err
}

func (s *Service) setsTravel(i auth.Identity, u people.Unit) bool {
	return i.HasInOrg(u.Org, auth.Scheduler, auth.Admin)
}
