package scheduling

import (
	"fmt"
	"testing"
	"time"

	"github.com/valyala/fasthttp"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/people"
)

// busyRegion is people with four mornings of hours a week for two years, each with 8 blocks taken on every weekday.
func busyRegion(b *testing.B, n int) (*State, Query) {
	s := NewState()
	from := day(b, "2026-09-01")
	number := uint64(0)
	apply := func(e journal.Event) {
		number++
		s.Apply(journal.Meta{Number: number, At: time.UnixMilli(0)}, e)
	}
	attendees := make([]Attendee, n)
	for i := range attendees {
		person := fmt.Sprintf("person-%02d", i)
		attendees[i] = Attendee{Person: person, Role: auth.Coordinator, Hours: OfficeHours}
		if i == 0 {
			attendees[i] = Attendee{Person: person, Role: auth.Doctor}
			for weekday := 1; weekday <= 4; weekday++ {
				apply(HoursAdded{
					Hours: fmt.Sprintf("h%d", weekday), Person: person, Unit: "centre", Weekday: weekday, From: 480, To: 960, Minutes: 20,
					ValidFrom: from, ValidUntil: from + 700,
				})
			}
		}
		for d := from; d < from+90; d++ {
			if d.weekday() > 5 {
				continue
			}
			for block := range 8 {
				// Each day's blocks lie elsewhere, so that some times are left to everybody.
				at := finland().at(d, 480+block*60+(int(d)*7)%40)
				apply(AppointmentBooked{
					Appointment: fmt.Sprintf("a%d", number), Reference: fmt.Sprintf("r%d", number), Doctor: person, Unit: "centre",
					Start: at, Minutes: 20, Mode: Phone, Participants: []Participant{{Person: person, Role: auth.Doctor}},
				})
			}
		}
	}
	return s, Query{Unit: "centre", From: from, To: from + 89, Seats: each(attendees...)}
}

func benchmarkJointTimes(b *testing.B, n int) {
	s, q := busyRegion(b, n)
	found := s.Search(q, 0)
	b.ReportAllocs()
	for b.Loop() {
		s.Search(q, 0)
	}
	b.ReportMetric(float64(found.Candidates), "candidates")
	b.ReportMetric(float64(len(found.Times)), "times")
}

func BenchmarkJointTimes2(b *testing.B)  { benchmarkJointTimes(b, 2) }
func BenchmarkJointTimes5(b *testing.B)  { benchmarkJointTimes(b, 5) }
func BenchmarkJointTimes20(b *testing.B) { benchmarkJointTimes(b, 20) }

// BenchmarkJointTimesElsewhere20 is 20 people who all have another calendar too, with eight more times taken every day.
func BenchmarkJointTimesElsewhere20(b *testing.B) {
	s, q := busyRegion(b, 20)
	for i := range q.Seats {
		person := q.Seats[i].Any[0].Person
		r := reading{From: finland().midnight(q.From), Until: finland().midnight(q.To + 1)}
		for d := q.From; d <= q.To; d++ {
			for block := range 8 {
				at := finland().at(d, 490+block*60)
				r.Busy = append(r.Busy, Span{at, at + 15*minute})
			}
		}
		d, err := s.AddCalendar(person, person, FromFile, r)
		if err != nil {
			b.Fatal(err)
		}
		for _, e := range d.Events {
			s.Apply(journal.Meta{At: time.UnixMilli(0)}, e)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		s.Search(q, 0)
	}
}

// regionEvents is what happens in a region in half a year: hours of 60 doctors, and bookings of which every tenth is cancelled.
func regionEvents(b testing.TB, bookings int) []journal.Event {
	var events []journal.Event
	from := day(b, "2026-09-07")
	for doctor := range 60 {
		person := fmt.Sprintf("0192f000-0000-7000-8000-0000000%05d", doctor)
		for weekday := 1; weekday <= 4; weekday++ {
			events = append(events, HoursAdded{
				Hours: fmt.Sprintf("h%d-%d", doctor, weekday), Person: person, Unit: "centre", Weekday: weekday, From: 480, To: 960, Minutes: 30,
				ValidFrom: from, ValidUntil: from + 26*7,
			})
		}
		for week := range 26 {
			if week%5 == doctor%5 {
				events = append(events, ExceptionAdded{Exception: fmt.Sprintf("x%d-%d", doctor, week), Person: person, Day: from + Day(week*7+4), Kind: Away})
			}
		}
	}
	for i := range bookings {
		doctor, slot := i%60, i/60
		week, day, at := slot/(4*16)%26, slot/16%4, slot%16
		id := fmt.Sprintf("0192f111-0000-7000-8000-0000000%05d", i)
		start := finland().at(from+Day(week*7+day), 480+at*30)
		events = append(events, AppointmentBooked{
			Appointment: id, Reference: fmt.Sprintf("%06d", i), Doctor: fmt.Sprintf("0192f000-0000-7000-8000-0000000%05d", doctor), Unit: "centre",
			Start: start, Minutes: 30, Mode: OnSite, Participants: []Participant{
				{Person: fmt.Sprintf("0192f000-0000-7000-8000-0000000%05d", doctor), Role: auth.Doctor},
				{Person: fmt.Sprintf("0192f222-0000-7000-8000-0000000%05d", i%60), Role: auth.Coordinator},
			},
		})
		if i%10 == 9 {
			events = append(events, AppointmentCancelled{Appointment: id, Reason: Client})
		}
	}
	return events
}

func BenchmarkApply(b *testing.B) {
	events := regionEvents(b, 20000)
	at := time.UnixMilli(utc("2026-08-01T00:00:00Z"))
	b.ReportAllocs()
	b.ResetTimer()
	applied := 0
	for b.Loop() {
		s := NewState()
		for i, e := range events {
			s.Apply(journal.Meta{Number: uint64(i + 1), At: at, By: "somebody"}, e)
		}
		applied += len(events)
	}
	b.ReportMetric(float64(applied)/b.Elapsed().Seconds(), "events/s")
}

func BenchmarkReindex(b *testing.B) {
	s := NewState()
	for i, e := range regionEvents(b, 20000) {
		s.Apply(journal.Meta{Number: uint64(i + 1)}, e)
	}
	if wrong := s.Check(); len(wrong) > 0 {
		b.Fatal(wrong)
	}
	for b.Loop() {
		s.Reindex()
	}
}

// BenchmarkJointTimesHTTP is a whole request for 5 people over 90 days, with the router but without a network, in a region of
// 60 doctors and 20,000 appointments.
func BenchmarkJointTimesHTTP(b *testing.B) {
	r := newRegionAt(b, time.UnixMilli(utc("2026-09-01T00:00:00Z")))
	events := regionEvents(b, 20000)
	for len(events) > 0 {
		n := min(len(events), 5000)
		r.happen(b, events[:n]...)
		events = events[n:]
	}
	person := func(kind string, n int) string { return fmt.Sprintf("0192f%s-0000-7000-8000-0000000%05d", kind, n) }
	var persons []journal.Event
	for n := range 60 {
		persons = append(persons,
			people.PersonAdded{Person: person("000", n), Org: "county", Grants: []people.Placed{{Role: "doctor", Unit: "centre"}}, Credential: "c"},
			people.PersonAdded{Person: person("222", n), Org: "town", Grants: []people.Placed{{Role: "coordinator", Unit: "town"}}, Credential: "c"})
	}
	r.happen(b, persons...)
	url := "/api/joint-times?doctor=" + person("000", 7) + "&unit=centre&with=" + person("222", 8) + "," + person("222", 9) + "," + person("222", 10) +
		"&from=2026-11-15&to=2027-02-12&minutes=30"
	handle := r.app.Handler()
	var ctx fasthttp.RequestCtx
	ctx.Request.SetRequestURI(url)
	ctx.Request.Header.Set("Test-Person", person("222", 7))
	handle(&ctx)
	if ctx.Response.StatusCode() != 200 {
		b.Fatalf("%d %s", ctx.Response.StatusCode(), ctx.Response.Body())
	}
	b.ReportAllocs()
	for b.Loop() {
		ctx.Response.Reset()
		handle(&ctx)
	}
	b.ReportMetric(float64(len(ctx.Response.Body())), "bytes")
}

// waitingRegion is a doctor whose first slot is booked and a line of n requests, each with a coordinator and an optional nurse.
func waitingRegion(b testing.TB, n int) *State {
	s := bookedOn(b, weekLater)
	for i := range n {
		s.happenFast(noon, asks(fmt.Sprintf("r%03d", i), fmt.Sprintf("co%d", i), func(r *RequestMade) {
			r.Needs = append(r.Needs, Need{Role: auth.Coordinator, Any: []Comer{{"nurse", auth.Coordinator}}, Optional: true})
		})...)
	}
	return s
}

// A place comes free, and each of 50 who wait declines it: 51 steps.
func BenchmarkCascadeOfFifty(b *testing.B) {
	ids := make([]string, 8)
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		s := waitingRegion(b, 50)
		at := noon.Add(time.Minute)
		b.StartTimer()
		d, err := s.Cancel(at, "a1", Other)
		for n := 0; ; n++ {
			for i := range ids {
				ids[i] = fmt.Sprintf("o%d-%d", n, i)
			}
			if err == nil {
				d, err = s.Cascade(at, d, ids, everybody)
			}
			if err != nil {
				b.Fatal(err)
			}
			s.happenFast(at, d.Events...)
			if len(d.Events) < 2 {
				if n != 50 {
					b.Fatalf("%d declined", n)
				}
				break
			}
			at = at.Add(time.Second)
			d, err = s.Release(at, ids[0])
		}
	}
}

// The longest line, of whom only the last can come.
func BenchmarkOfferToTheLastOfFiveHundred(b *testing.B) {
	s := bookedOn(b, weekLater)
	monday := day(b, "2026-11-30")
	for i := range MaxLine {
		s.happenFast(noon, asks(fmt.Sprintf("r%03d", i), fmt.Sprintf("co%d", i))...)
		if i < MaxLine-1 {
			s.happenFast(noon, ExceptionAdded{Exception: fmt.Sprintf("x%d", i), Person: fmt.Sprintf("co%d", i), Day: monday, Kind: Away})
		}
	}
	d, err := s.Cancel(noon, "a1", Other)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if with, err := s.Cascade(noon, d, []string{"o1"}, everybody); err != nil || len(with.Events) != 2 {
			b.Fatal(err, len(with.Events))
		}
	}
}

// A minute's look through a line of 50 for whom nothing is free in 92 days.
func BenchmarkLookForPlaces(b *testing.B) {
	s := waitingRegion(b, 50)
	s.happenFast(noon, AppointmentCancelled{Appointment: "a1", Reason: Other})
	for i := range 50 {
		s.happenFast(noon, DeputySet{Absence: fmt.Sprintf("d%d", i), Person: fmt.Sprintf("co%d", i), From: day(b, "2026-11-20"), Until: day(b, "2027-06-30")})
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, r := range s.waitingRequests("centre") {
			if _, found := s.openingFor(noon, r.ID, []string{"gp"}, everybody); found {
				b.Fatal(r.ID)
			}
		}
	}
}
