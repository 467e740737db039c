package scheduling

import (
	"time"

	"luotsi/server/journal"
)

// Move decides whether an appointment can be moved: everything that holds for a new one holds for its new time, while its old
// time does not stand in the way. When it can not, nothing changes. A doctor who wants to be asked is asked for the new time:
// until they agree both times are kept, so it can not meet the old one, and when they do not agree the old one stays.
func (s *State) Move(now time.Time, id string, b Booking) (journal.Decision, error) {
	a, err := s.held(now, id)
	switch {
	case err != nil:
		return journal.Decision{}, err
	case a.Status != Booked || s.moving(id, now.UnixMilli()) != "":
		return journal.Decision{}, ErrNotNow
	case a.End <= now.UnixMilli():
		return journal.Decision{}, ErrPast
	case a.Start == b.Start && a.End == b.Start+int64(b.Minutes)*minute && a.Unit == b.Unit && a.Mode == b.Mode:
		return journal.Decision{}, nil
	}
	b.Case, b.Moves = a.Case, id
	asks := s.asksOf(&b)
	if !asks {
		b.Without = id
	}
	fit, err := s.fit(now, b)
	if err != nil {
		return journal.Decision{}, err
	}
	before := s.lapsed(now, fit.participants)
	if asks {
		return journal.Happens(append(before, s.ask(now, AppointmentBooked{
			Appointment: b.Appointment, Case: a.Case, Reference: a.Reference, Reception: fit.reception, Doctor: fit.participants[0].Person,
			Unit: b.Unit, Start: b.Start, Minutes: b.Minutes, Mode: b.Mode, Participants: fit.participants,
		}, id)...)...), nil
	}
	return journal.Happens(append(before, AppointmentMoved{
		Appointment: id, Doctor: fit.participants[0].Person, Unit: b.Unit, Start: b.Start, Minutes: b.Minutes, Mode: b.Mode,
		Reception: fit.reception, Participants: fit.participants,
	})...), nil
}

// asksOf reports whether the doctor must be asked before the booking is certain.
func (s *State) asksOf(b *Booking) bool {
	return b.Asks && s.primary.Settings[b.Seats[0].Any[0].Person].Ask
}

// ask keeps the time and puts it to the doctor; moves is the appointment that would move to it, or empty.
func (s *State) ask(now time.Time, placed AppointmentBooked, moves string) []journal.Event {
	until := s.answerBy(now, placed.Start)
	return []journal.Event{
		AppointmentHeld{AppointmentBooked: placed, Expires: until, MoveOf: moves},
		AppointmentAsked{Appointment: placed.Appointment, Expires: until},
	}
}

// answerBy is until when a doctor answers who is asked now: for some days, of which one at least is a working day.
func (s *State) answerBy(now time.Time, start int64) int64 {
	today := s.calendar.dayOf(now.UnixMilli())
	last := max(today+askDays, s.calendar.workingDays(today, 1))
	return min(s.calendar.midnight(min(last+1, lastDay)), start)
}

// agreeToMove is the doctor agreeing to the new time: what was kept for it gives way to the appointment itself.
func (s *State) agreeToMove(id string, a *Appointment) (journal.Decision, error) {
	old := s.primary.Appointments[a.MoveOf]
	switch {
	case !old.Live():
		return journal.Decision{}, ErrCancelled
	case old.Status != Booked:
		return journal.Decision{}, ErrNotNow
	}
	return journal.Happens(MoveAgreed{Appointment: id}, AppointmentMoved{
		Appointment: a.MoveOf, Doctor: a.Doctor, Unit: a.Unit, Start: a.Start, Minutes: int((a.End - a.Start) / minute), Mode: a.Mode,
		Reception: a.Reception, Participants: a.Participants,
	}), nil
}

// moving is the time that is kept for an appointment to move to if its doctor agrees, or empty.
func (s *State) moving(id string, now int64) string {
	to := s.moves[id]
	if a := s.primary.Appointments[to]; !a.keeps(now) {
		return ""
	}
	return to
}

// dropMove lets go of the time to which the appointment would have moved: it ends.
func (s *State) dropMove(now time.Time, id string) []journal.Event {
	if to := s.moving(id, now.UnixMilli()); to != "" {
		return []journal.Event{HoldReleased{Appointment: to}}
	}
	return nil
}
