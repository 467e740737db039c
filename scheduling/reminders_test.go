package scheduling

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/people"
)

// agreed is an appointment that was booked at one moment and begins at another.
func agreed(at, start string) Appointment {
	return Appointment{Status: Booked, ConfirmedAt: utc(at), Start: utc(start), End: utc(start) + 30*minute}
}

func TestReminderIsDue(t *testing.T) {
	const start = "2026-11-23T07:00:00Z" // Monday at 9.00 in Finland, winter time
	early := agreed("2026-10-01T08:00:00Z", start)
	moved := func(at string, from ...string) Appointment {
		a := early
		for _, old := range from {
			a.Moves = append(a.Moves, Move{At: utc(at), Start: utc(old)})
		}
		return a
	}
	reminded := func(stages uint8) Appointment {
		a := early
		a.Reminded = stages
		return a
	}
	status := func(s Status) Appointment {
		a := early
		a.Status = s
		return a
	}
	for _, c := range []struct {
		name string
		a    Appointment
		now  string
		want int // days; 0 is none
	}{
		{"a millisecond before the week", early, "2026-11-16T06:59:59.999Z", 0},
		{"at 9.00 a week before", early, "2026-11-16T07:00:00Z", 7},
		{"late, after the servers were down", early, "2026-11-19T12:00:00Z", 7},
		{"a millisecond before the day", early, "2026-11-22T06:59:59.999Z", 7},
		{"at 9.00 the day before", early, "2026-11-22T07:00:00Z", 1},
		{"the week's was never sent: the day's alone", early, "2026-11-22T12:00:00Z", 1},
		{"a millisecond before it begins", early, "2026-11-23T06:59:59.999Z", 1},
		{"when it begins", early, start, 0},
		{"sent already, a week before", reminded(2), "2026-11-16T07:00:00Z", 0},
		{"the week's sent, the day's not", reminded(2), "2026-11-22T07:00:00Z", 1},
		{"the day's sent", reminded(1), "2026-11-22T07:00:00Z", 0},
		{"the day's sent does not bring the week's back", reminded(1), "2026-11-22T12:00:00Z", 0},
		{"booked at the moment itself", agreed("2026-11-16T07:00:00Z", start), "2026-11-16T07:00:00Z", 7},
		{"booked a millisecond later", agreed("2026-11-16T07:00:00.001Z", start), "2026-11-16T07:01:00Z", 0},
		{"booked within the week has the day's", agreed("2026-11-18T07:00:00Z", start), "2026-11-22T07:00:00Z", 1},
		{"booked within the day has none", agreed("2026-11-22T07:00:00.001Z", start), "2026-11-22T08:00:00Z", 0},
		{"moved within the week", moved("2026-11-18T07:00:00Z", "2026-11-20T07:00:00Z"), "2026-11-19T07:00:00Z", 0},
		{"moved within the week has the day's", moved("2026-11-18T07:00:00Z", "2026-11-20T07:00:00Z"), "2026-11-22T07:00:00Z", 1},
		{"another mode within the week", moved("2026-11-18T07:00:00Z", start), "2026-11-18T08:00:00Z", 7},
		{"moved twice within the week", moved("2026-11-18T07:00:00Z", "2026-11-20T07:00:00Z", start), "2026-11-19T07:00:00Z", 0},
		{"cancelled", status(Cancelled), "2026-11-22T07:00:00Z", 0},
		{"declined", status(Declined), "2026-11-22T07:00:00Z", 0},
		{"still asked", status(Asked), "2026-11-22T07:00:00Z", 0},
		{"arrived", status(Arrived), "2026-11-23T06:30:00Z", 0},
		{"in the night: by the calendar, not by hours", agreed("2026-10-01T08:00:00Z", "2026-11-22T22:15:00Z"), "2026-11-22T07:00:00Z", 1},
		{"the Monday after the clock went back, a millisecond before", agreed("2026-09-01T08:00:00Z", "2026-10-26T07:00:00Z"), "2026-10-25T06:59:59.999Z", 7},
		{"the Monday after the clock went back: 9.00 is winter time", agreed("2026-09-01T08:00:00Z", "2026-10-26T07:00:00Z"), "2026-10-25T07:00:00Z", 1},
		{"a week before it, 9.00 is summer time", agreed("2026-09-01T08:00:00Z", "2026-10-26T07:00:00Z"), "2026-10-19T06:00:00Z", 7},
		{"a week before it, a millisecond earlier", agreed("2026-09-01T08:00:00Z", "2026-10-26T07:00:00Z"), "2026-10-19T05:59:59.999Z", 0},
		{"the day the clock went forward: 9.00 is summer time", agreed("2026-03-01T08:00:00Z", "2026-03-30T06:00:00Z"), "2026-03-29T06:00:00Z", 1},
		{"the day the clock went forward, a millisecond earlier", agreed("2026-03-01T08:00:00Z", "2026-03-30T06:00:00Z"), "2026-03-29T05:59:59.999Z", 7},
	} {
		stage, due := finland().reminder(&c.a, utc(c.now))
		got := 0
		if due {
			got = stages[stage]
		}
		if got != c.want {
			t.Errorf("%s: reminded %d days before, want %d", c.name, got, c.want)
		}
	}
}

// Two servers tick at once, one is started again, and the appointment is moved and cancelled: each reminder comes once.
func TestRemindersComeOnce(t *testing.T) {
	r := newRegionAt(t, moment(utc("2026-11-01T10:00:00Z")))
	e := r.meeting(t)
	r.as(t, "co", e)
	other := &region{state: NewState(), people: people.NewState(), database: r.database}
	open := func() {
		other.clock.Store(0)
		other.open(t)
	}
	open()
	tick := func(now string, want ...string) {
		t.Helper()
		r.clock.Store(utc(now))
		other.clock.Store(utc(now))
		before := r.journal.Applied()
		done := make(chan error)
		for _, s := range []*Service{r.service, other.service} {
			go func() {
				for range 3 {
					if err := s.Remind(context.Background()); err != nil {
						done <- err
						return
					}
				}
				done <- nil
			}()
		}
		for range 2 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		var got []string
		for number, list := range r.mails(t) {
			if number <= before {
				continue
			}
			for _, m := range list {
				got = append(got, m.To)
				if !strings.HasPrefix(m.Subject, "Muistutus: yhteisvastaanotto ") && !strings.HasPrefix(m.Subject, "Reminder: joint") && !strings.HasPrefix(m.Subject, "Påminnelse: gemensam") || m.Calendar != nil {
					t.Errorf("%s is reminded by %q", m.To, m.Subject)
				}
			}
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: %q are reminded, want %q", now, got, want)
		}
	}
	all := []string{"gp@example.org", "co@example.org", "i1@tulkit.example", "kaisa@kela.example"}
	tick("2026-11-16T06:59:59Z")
	tick("2026-11-16T07:00:00Z", all...)
	tick("2026-11-16T07:00:30Z")
	other.journal.Close()
	other.state, other.people = NewState(), people.NewState()
	open()
	tick("2026-11-17T07:00:00Z")
	start := utc("2026-12-07T07:00:00Z")
	r.as(t, "co", AppointmentMoved{Appointment: "a1", Doctor: "gp", Unit: "centre", Start: start, Minutes: 30, Mode: OnSite, Participants: e.Participants})
	tick("2026-11-22T07:00:00Z")
	tick("2026-11-30T07:00:00Z", all...)
	r.as(t, "co", AppointmentMoved{Appointment: "a1", Doctor: "gp", Unit: "centre", Start: start, Minutes: 30, Mode: Phone, Participants: e.Participants})
	tick("2026-11-30T08:00:00Z")
	tick("2026-12-06T07:00:00Z", all...)
	tick("2026-12-06T08:00:00Z")
	late := e
	late.Appointment, late.Case, late.Reference, late.Start = "a2", "k2", "K7M2QY", start+3600_000
	r.as(t, "co", late)
	tick("2026-12-06T09:00:00Z") // booked after the moment
	r.as(t, "co", AppointmentCancelled{Appointment: "a2"})
	off := e
	off.Appointment, off.Case, off.Reference, off.Start = "a3", "k3", "K7M2QZ", start+7*dayLength
	r.as(t, "co", off)
	reminded := r.as(t, "", ReminderDue{Appointment: "a3", Start: off.Start, Days: 7})
	r.as(t, "co", AppointmentCancelled{Appointment: "a3"})
	tick("2026-12-13T07:00:00Z")
	for _, m := range r.mails(t)[reminded] {
		if m.To != "" {
			t.Errorf("%s is reminded of what is cancelled", m.To)
		}
	}
	for _, s := range []*State{r.state, other.state} {
		if wrong := s.Check(); len(wrong) > 0 {
			t.Error(wrong)
		}
	}
}

// A morning of many reminders is said in several commits, all of them by one tick.
func TestManyRemindersAtOnce(t *testing.T) {
	r := newRegionAt(t, moment(utc("2026-11-01T10:00:00Z")))
	var events []journal.Event
	for n := range 3*remindersPerCommit + 1 {
		who := fmt.Sprintf("gp-%d", n)
		events = append(events, AppointmentBooked{
			Appointment: fmt.Sprintf("a-%d", n), Case: fmt.Sprintf("k-%d", n), Reference: fmt.Sprintf("R-%d", n), Doctor: who, Unit: "centre",
			Start: utc("2026-11-23T07:00:00Z"), Minutes: 30, Mode: Phone, Participants: []Participant{{Person: who, Role: auth.Doctor}},
		})
	}
	r.happen(t, events...)
	r.clock.Store(utc("2026-11-22T07:00:00Z"))
	before := r.journal.Applied()
	if err := r.service.Remind(context.Background()); err != nil {
		t.Fatal(err)
	}
	if n := r.journal.Applied() - before; n != 4 {
		t.Errorf("%d commits, want 4", n)
	}
	if d, _ := r.state.RemindersDue(time.UnixMilli(r.clock.Load())); len(d.Events) != 0 {
		t.Errorf("%d are still due", len(d.Events))
	}
}

// BenchmarkReminderTick looks for due reminders among 30,000 appointments of a year, on a morning when none is due any more.
func BenchmarkReminderTick(b *testing.B) {
	s := NewState()
	first := day(b, "2026-01-05")
	for n := range 30_000 {
		d := first + Day(n%52*7+n/52%5)
		start := s.calendar.at(d, 8*60) + int64(n/260%96)*5*minute
		who := fmt.Sprintf("gp-%d", n)
		s.Apply(journal.Meta{Number: uint64(n + 1), At: time.UnixMilli(utc("2025-12-01T08:00:00Z"))}, AppointmentBooked{
			Appointment: fmt.Sprintf("a-%d", n), Case: fmt.Sprintf("k-%d", n), Reference: fmt.Sprintf("R-%d", n), Doctor: who, Unit: "centre",
			Start: start, Minutes: 5, Mode: Phone, Participants: []Participant{{Person: who, Role: auth.Doctor}},
		})
	}
	now := time.UnixMilli(utc("2026-06-10T09:00:00Z"))
	for n := 30_001; ; n++ {
		d, err := s.RemindersDue(now)
		if err != nil {
			b.Fatal(err)
		}
		if len(d.Events) == 0 {
			break
		}
		for _, e := range d.Events {
			s.Apply(journal.Meta{Number: uint64(n), At: now}, e)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if d, _ := s.RemindersDue(now); len(d.Events) != 0 {
			b.Fatal("one is due")
		}
	}
}
