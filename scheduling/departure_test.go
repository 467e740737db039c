package scheduling

import (
	"fmt"
	"slices"
	"testing"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

// without is everybody but these; who carries a case is somebody else then.
func without(persons ...string) *Presence {
	who := *everybody
	who.Comes = func(person string) bool { return !slices.Contains(persons, person) }
	who.Cares = func(c *Case) string {
		if slices.Contains(persons, c.Owner) {
			return "carer"
		}
		return c.Owner
	}
	return &who
}

func TestDepartures(t *testing.T) {
	change := func(e AppointmentBooked, do func(*AppointmentBooked)) AppointmentBooked {
		do(&e)
		return e
	}
	other := booked("b", weekLater, 30, "gp2", "co2")
	anyOf := change(booked("a", weekLater, 30, "gp", "co", "i1"), func(e *AppointmentBooked) {
		e.Participants[2].Role, e.Participants[2].Any = RoleInterpreter, []string{"i1", "i2"}
	})
	again := change(booked("c", weekLater, 30, "gp3", "co3", "i3"), func(e *AppointmentBooked) {
		e.Participants[2].Role, e.Participants[2].Any = RoleInterpreter, []string{"i3", "i2"}
	})
	held := func(offer bool) AppointmentHeld {
		return AppointmentHeld{AppointmentBooked: booked("a", weekLater, 30, "gp", "co"), Expires: utc("2026-11-21T12:00:00Z"), Offer: offer}
	}
	inRoom := change(booked("a", weekLater, 30, "gp", "co", "r"), func(e *AppointmentBooked) { e.Participants[2].Role = RoleRoom })
	for _, tt := range []struct {
		name  string
		given []journal.Event
		gone  []string
		at    string
		want  []string
	}{
		{name: "nobody left", given: []journal.Event{other}},
		{name: "the doctor of another", given: []journal.Event{other, booked("a", weekLater, 30, "gp", "co")}, gone: []string{"gp"}, want: []string{"a declined no_time"}},
		{name: "in the last millisecond before it", given: []journal.Event{other}, gone: []string{"gp2"}, at: "2026-11-30T06:59:59.999Z", want: []string{"b declined no_time"}},
		{name: "when it has begun", given: []journal.Event{other}, gone: []string{"gp2"}, at: weekLater},
		{name: "a time that is kept", given: []journal.Event{held(false)}, gone: []string{"gp"}, want: []string{"a released "}},
		{name: "that has run out", given: []journal.Event{held(false)}, gone: []string{"gp"}, at: "2026-11-21T12:00:00Z"},
		{name: "that is offered", given: []journal.Event{held(true)}, gone: []string{"gp"}, want: []string{"a released "}},
		{name: "that is asked for", given: []journal.Event{held(false), AppointmentAsked{Appointment: "a", Expires: utc("2026-11-24T22:00:00Z")}}, gone: []string{"gp"}, want: []string{"a declined no_time"}},
		{name: "a coordinator", given: []journal.Event{other}, gone: []string{"co2"}, want: []string{"b seat 1 declined"}},
		{name: "an interpreter for whom another can come", given: []journal.Event{anyOf}, gone: []string{"i1"}, want: []string{"a seat 2 i2"}},
		{name: "and who is gone too", given: []journal.Event{anyOf}, gone: []string{"i1", "i2"}, want: []string{"a seat 2 declined"}},
		{name: "two, for whom the same one can come", given: []journal.Event{anyOf, again}, gone: []string{"i1", "i3"}, want: []string{"a seat 2 i2", "c seat 2 declined"}},
		{name: "a room that is closed", given: []journal.Event{room("r"), inRoom}, gone: []string{"r"}},
	} {
		s := given(tt.given...)
		at := noon
		if tt.at != "" {
			at = moment(utc(tt.at))
		}
		var got []string
		for {
			d := s.Departures(at, without(tt.gone...))
			if len(d.Events) == 0 {
				break
			}
			for _, e := range d.Events {
				s.when(t, at, "", journal.Happens(e), nil)
				a := s.primary.Appointments[appointmentOf(e)]
				switch e := e.(type) {
				case ParticipantReplaced:
					got = append(got, fmt.Sprintf("%s seat %d %s", e.Appointment, e.Seat, e.Person))
				case ParticipantAnswered:
					got = append(got, fmt.Sprintf("%s seat %d %s", e.Appointment, e.Seat, e.Answer))
				default:
					got = append(got, fmt.Sprintf("%s %s %s", appointmentOf(e), a.Status, a.Reason))
				}
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

// A move that the doctor was asked about ends with the appointment, once.
func TestDepartureOfADoctorWhoIsAskedToMove(t *testing.T) {
	s := askedToMove(t)
	s.when(t, noon, "", s.Departures(noon, without("gp")), nil)
	if old, to := s.primary.Appointments["old"], s.primary.Appointments["to"]; old.Status != Declined || to.Status != Released {
		t.Errorf("the appointment is %s, what it would move to %s", old.Status, to.Status)
	}
	if d := s.Departures(noon, without("gp")); len(d.Events) > 0 {
		t.Errorf("again: %v", d.Events)
	}
}

// A request for a doctor who is gone waits for any; the coordinator who carries the case now comes along.
func TestRequestWaitsForNobodyWhoIsGone(t *testing.T) {
	s := given(append([]journal.Event{mondays(t)}, asks("r1", "co1", of("old doctor"))...)...)
	if d := s.Departures(noon, everybody); len(d.Events) > 0 {
		t.Errorf("nobody is gone: %v", d.Events)
	}
	who := without("old doctor", "co1")
	s.when(t, noon, "", s.Departures(noon, who), nil)
	r := s.primary.Requests["r1"]
	if r.Doctor != "" || !slices.Equal(r.Needs[0].Any, []Comer{{"carer", auth.Coordinator}}) || r.Made != noon.UnixMilli() {
		t.Errorf("%+v", r)
	}
	if d := s.Departures(noon, who); len(d.Events) > 0 {
		t.Errorf("again: %v", d.Events)
	}
}
