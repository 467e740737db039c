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

// anyDoctorsTimes finds the times when everybody else and one of the unit's doctors can come: those of each doctor, together. The
// doctor's seat names them all. It reads the state: call it inside View.
func (s *Service) anyDoctorsTimes(i auth.Identity, w Party, q Query) (Found, []Seat, error) {
	found, seats := Found{}, []Seat{{Role: auth.Doctor}}
	if !s.people.CanSee(i, w.Unit, people.ForJointAppointments) {
		return found, seats, ErrPerson
	}
	named := func(person string) bool {
		return person == i.Person || slices.ContainsFunc(w.Seats, func(seat SeatWish) bool { return slices.Contains(seat.Any, person) })
	}
	var doctors []Attendee
	for _, person := range slices.Sorted(s.people.Members(w.Unit)) {
		if named(person) || !s.works(person, w.Unit, auth.Doctor) {
			continue
		}
		w.Doctor = person
		theirs, err := s.seats(i, w, nil)
		if err != nil {
			return found, seats, err
		}
		q.Seats = theirs
		part := s.state.Search(q, 0)
		for n := range part.Times {
			part.Times[n].Doctor = uint16(len(doctors)) //nolint:gosec // a unit does not have that many
		}
		found.Times = append(found.Times, part.Times...)
		found.Tallies = append(found.Tallies, part.Tallies...)
		found.Candidates += part.Candidates
		doctors = append(doctors, theirs[0].Any[0])
		seats = theirs
	}
	seats[0].Any = doctors
	slices.SortStableFunc(found.Times, func(a, b Time) int { return cmp.Compare(a.Start, b.Start) })
	slices.SortStableFunc(found.Tallies, func(a, b Tally) int { return cmp.Compare(a.Day, b.Day) })
	return found, seats, nil
}

// Holds lists the times that the caller keeps and has not booked, the one that ends first at the front.
func (s *Service) Holds(i auth.Identity) []listed {
	list := []listed{}
	now := s.now().UnixMilli()
	s.journal.View(func() {
		for id := range s.state.expiring {
			if a := s.state.primary.Appointments[id]; a.Status == Held && a.BookedBy == i.Person && a.keeps(now) {
				list = append(list, listed{id, a})
			}
		}
	})
	slices.SortFunc(list, func(a, b listed) int { return compareHolds(&a.Appointment, a.ID, &b.Appointment, b.ID) })
	return list
}

// TakeProposed books a time that the doctor proposed when declining, for everybody who was to come, and gives the new
// appointment's id.
func (s *Service) TakeProposed(ctx context.Context, caller auth.Caller, id string, start time.Time) (string, error) {
	made := s.newID()
	answer, err := s.update(ctx, caller.Person, caller.Key, func(now time.Time) (journal.Decision, error) {
		a, ok := s.state.primary.Appointments[id]
		if !ok || !s.maySee(caller.Identity, &a) {
			return journal.Decision{}, ErrNotThere
		}
		if !s.manages(caller.Identity, &a) {
			return journal.Decision{}, auth.ErrForbidden
		}
		return s.state.TakeProposed(now, id, Booking{Appointment: made, Start: start.UnixMilli(), Seats: s.state.seatsOf(&a), By: caller.Person})
	})
	if err != nil {
		return "", s.explain(err)
	}
	return answer.IDs[0], nil
}

// TakeProposed decides whether a time that the doctor proposed when declining can be booked. It is not asked again: the doctor
// named it. What is left out of the booking is as it was in the declined appointment.
func (s *State) TakeProposed(now time.Time, id string, b Booking) (journal.Decision, error) {
	a, ok := s.primary.Appointments[id]
	switch {
	case !ok:
		return journal.Decision{}, ErrNotThere
	case a.Status != Declined || s.successor(id, &a) != "":
		return journal.Decision{}, ErrNotNow
	case !slices.Contains(a.Proposed, b.Start):
		return journal.Decision{}, fault.Bad("start", "oneof")
	}
	b.Case, b.Request, b.Unit, b.Mode, b.Minutes = a.Case, a.Request, a.Unit, a.Mode, int((a.End-a.Start)/minute)
	switch s.primary.Requests[b.Request].Status {
	case OfferPending:
		return journal.Decision{}, ErrOfferOpen
	case Settled, Withdrawn:
		b.Request = ""
	}
	placed, before, err := s.place(now, b)
	if err != nil {
		return journal.Decision{}, err
	}
	return journal.Happens(append(before, placed)...).Answering(b.Appointment, placed.Case), nil
}

func (s *Service) next(id string, ended *Appointment) string {
	next := ""
	s.journal.View(func() { next = s.state.successor(id, ended) })
	return next
}

// successor is the live appointment with the same doctor that came after one of the same case that has ended, or empty.
func (s *State) successor(id string, ended *Appointment) string {
	if ended.Live() || s.plans[ended.Doctor] == nil {
		return ""
	}
	if old, ok := s.primary.Appointments[ended.MoveOf]; ok && old.Live() {
		return ended.MoveOf
	}
	for _, other := range s.plans[ended.Doctor].all {
		if a := s.primary.Appointments[other]; other != id && a.Case == ended.Case && a.Live() && a.BookedAt >= ended.BookedAt {
			return other
		}
	}
	return ""
}

func (s *Service) movingOf(id string) *movingView {
	var v *movingView
	s.journal.View(func() {
		if to := s.state.moving(id, s.now().UnixMilli()); to != "" {
			asked := s.state.primary.Appointments[to]
			v = &movingView{Appointment: to, Start: moment(asked.Start), End: moment(asked.End), Until: moment(asked.Expires)}
		}
	})
	return v
}
