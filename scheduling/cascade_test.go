package scheduling

import (
	"testing"

	"luotsi/server/journal"
)

// Whoever changes the time they keep for a request does not get the old one as an offer: a request has one appointment.
func TestRequestWithATimeIsOfferedNoOther(t *testing.T) {
	s := given(append([]journal.Event{mondays(t)}, asks("r1", "co1")...)...)
	hold := func(id, start, instead string) Booking {
		b := wishOf("co1", start)
		b.Appointment, b.Case, b.Request, b.By, b.Without = id, "case-r1", "r1", "co1", instead
		return b
	}
	d, err := s.Hold(noon, hold("h1", weekLater, ""))
	s.when(t, noon, "co1", d, err)
	d, err = s.Hold(noon, hold("h2", "2026-11-30T08:00:00Z", "h1"))
	if got := offers(s.cascade(t, noon, "co1", d, err)); len(got) > 0 {
		t.Errorf("offered back: %v", got)
	}
}

// Who gave a place up is not offered it again, however they had come by it.
func TestPlaceGivenUpIsNotOfferedAgain(t *testing.T) {
	for _, tt := range []struct {
		name string
		end  func(s *State) (journal.Decision, error)
	}{
		{"let go by its owner", func(s *State) (journal.Decision, error) { return s.Release(noon, "h1") }},
		{"declined by the doctor as the wrong door", func(s *State) (journal.Decision, error) {
			d, err := s.Confirm(noon, "h1", true)
			s.when(t, noon, "co1", d, err)
			return s.Respond(noon, "h1", 0, DeclinedSeat, WrongDoor, nil, everybody)
		}},
	} {
		s := given(append([]journal.Event{mondays(t), SettingsChanged{Person: "gp", Ask: true}}, asks("r1", "co1")...)...)
		b := wishOf("co1", weekLater)
		b.Appointment, b.Case, b.Request, b.By = "h1", "case-r1", "r1", "co1"
		d, err := s.Hold(noon, b)
		s.when(t, noon, "co1", d, err)
		d, err = tt.end(s)
		if got := offers(s.cascade(t, noon, "co1", d, err)); len(got) > 0 {
			t.Errorf("%s: offered at once: %v", tt.name, got)
		}
		if got := offers(s.OfferWaiting(noon, "gp", "centre", Span{utc(weekLater), utc(weekLater) + 30*minute}, "x", everybody).Events); len(got) > 0 {
			t.Errorf("%s: offered again: %v", tt.name, got)
		}
	}
}

// The time that was kept for a move counts once when the doctor agrees, so the old time is within the limit of the day.
func TestAgreedMoveIsWithinTheLimit(t *testing.T) {
	s := given(append([]journal.Event{mondays(t), SettingsChanged{Person: "gp", Ask: true, DayLimit: 2}, booked("old", weekLater, 30, "gp", "co")}, asks("r1", "co1")...)...)
	d, err := s.Move(noon, "old", moveTo("2026-11-30T08:00:00Z"))
	s.when(t, noon, "co", d, err)
	d, err = s.Respond(noon, "to", 0, Accepted, "", nil, everybody)
	if got := offers(s.cascade(t, noon, "gp", d, err)); len(got) != 1 {
		t.Errorf("%v", got)
	}
}
