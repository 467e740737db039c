package scheduling

import (
	"testing"

	"luotsi/server/auth"
)

// The sheet of a day has the agreed appointments of that Finnish day, for who takes part and who keeps the calendars.
func TestDaySheet(t *testing.T) {
	r := newRegion(t)
	r.happen(t, mondays(t))
	place := func(id, doctor, start string, status Status) {
		held := AppointmentHeld{AppointmentBooked: AppointmentBooked{
			Appointment: id, Case: "case-" + id, Reference: "REF" + id, Doctor: doctor, Unit: "centre", Start: utc(start), Minutes: 30, Mode: Phone,
			Participants: []Participant{{Person: doctor, Role: auth.Doctor}, {Person: "co", Role: auth.Coordinator}},
		}, Expires: utc(start)}
		r.happen(t, held)
		if status != Held {
			r.happen(t, AppointmentConfirmed{Appointment: id})
		}
		if status == Cancelled {
			r.happen(t, AppointmentCancelled{Appointment: id, Reason: Client})
		}
	}
	place("last", "gp", "2026-11-23T21:59:00Z", Booked)
	place("first", "gp", "2026-11-22T22:00:00Z", Booked) // midnight in Finland
	place("before", "gp", "2026-11-22T21:30:00Z", Booked)
	place("after", "gp", "2026-11-23T22:30:00Z", Booked)
	place("colleague", "gp2", "2026-11-23T08:00:00Z", Booked)
	place("held", "gp", "2026-11-23T09:00:00Z", Held)
	place("off", "gp", "2026-11-23T10:00:00Z", Cancelled)
	for _, tt := range []struct {
		person string
		want   []string
	}{
		{"gp", []string{"first", "last"}},
		{"gp2", []string{"colleague"}},
		{"keeper", []string{"first", "colleague", "last"}},
		{"keeper2", nil},
	} {
		v := r.want(t, 200, tt.person, "GET", "/api/day-sheet?date=2026-11-23", "")
		if length(v["appointments"]) != len(tt.want) {
			t.Errorf("%s: %v, want %v", tt.person, v, tt.want)
		}
		for i, id := range tt.want {
			if at(v, "appointments", i, "id") != id {
				t.Errorf("%s: %d is %v, want %s", tt.person, i, at(v, "appointments", i, "id"), id)
			}
		}
	}
	r.want(t, 403, "co", "GET", "/api/day-sheet?date=2026-11-23", "")
	r.want(t, 400, "gp", "GET", "/api/day-sheet", "")
	r.want(t, 400, "gp", "GET", "/api/day-sheet?date=2026-02-30", "")
}
