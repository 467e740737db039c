package scheduling

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"luotsi/server/journal"
)

// then is something that happened at a moment of its own.
type then struct {
	at    string
	event journal.Event
}

func sequence(events []then) *State {
	s := NewState()
	for i, e := range events {
		s.Apply(journal.Meta{Number: uint64(i + 1), At: time.UnixMilli(utc(e.at)).UTC(), By: "gp"}, e.event)
	}
	return s
}

func (e PlacesReturned) text(zone *time.Location) string {
	var spans []string
	for _, s := range e.Spans {
		spans = append(spans, time.UnixMilli(s.Start).In(zone).Format("15:04")+"–"+time.UnixMilli(s.End).In(zone).Format("15:04"))
	}
	if e.Reception != "" {
		spans = append(spans, e.Reception)
	}
	return string(e.Day.Date()) + " " + e.Unit + " " + strings.Join(spans, " ")
}

func TestWhatReturns(t *testing.T) {
	zone := helsinki(t)
	long := "2026-01-02T09:00:00Z"
	week := then{long, SettingsChanged{Person: "gp", ReturnDays: 7}}
	hours := then{long, mondays(t)} // 9–12 from 23.11. on
	first := "2026-11-23 centre 09:00–12:00"
	sunday := HoursAdded{Hours: "s", Person: "gp", Unit: "centre", Weekday: 7, From: 120, To: 300, Minutes: 30, ValidFrom: day(t, "2026-03-01"), ValidUntil: day(t, "2026-12-31")}
	for _, tt := range []struct {
		name  string
		given []then
		at    string
		want  []string
	}{
		{name: "a millisecond before", given: []then{week, hours}, at: "2026-11-15T21:59:59.999Z"},
		{name: "at the first moment of the seventh day before", given: []then{week, hours}, at: "2026-11-15T22:00:00Z", want: []string{first}},
		{name: "at the end of that day", given: []then{week, hours}, at: "2026-11-16T21:59:59Z", want: []string{first}},
		{name: "when nobody looked for a week, on the day itself", given: []then{week, hours}, at: "2026-11-23T06:00:00Z", want: []string{first, "2026-11-30 centre 09:00–12:00"}},
		{name: "not what is over", given: []then{week, hours}, at: "2026-11-23T10:00:00Z", want: []string{"2026-11-30 centre 09:00–12:00"}},
		{name: "nobody said so", given: []then{hours}, at: "2026-11-20T12:00:00Z"},
		{name: "and then that it is never", given: []then{week, hours, {"2026-11-01T09:00:00Z", SettingsChanged{Person: "gp"}}}, at: "2026-11-20T12:00:00Z"},
		{name: "said at that moment is too late for the day", given: []then{{"2026-11-15T22:00:00Z", week.event}, hours}, at: "2026-11-16T09:00:00Z"},
		{name: "said a millisecond earlier", given: []then{{"2026-11-15T21:59:59.999Z", week.event}, hours}, at: "2026-11-16T09:00:00Z", want: []string{first}},
		{
			name:  "another wish said later does not count as a new beginning",
			given: []then{week, hours, {"2026-11-16T05:00:00Z", SettingsChanged{Person: "gp", ReturnDays: 7, Notice: 24}}}, at: "2026-11-16T09:00:00Z", want: []string{first},
		},
		{name: "published at that moment is meant to be booked", given: []then{week, {"2026-11-15T22:00:00Z", hours.event}}, at: "2026-11-16T09:00:00Z"},
		{name: "published a millisecond earlier", given: []then{week, {"2026-11-15T21:59:59.999Z", hours.event}}, at: "2026-11-16T09:00:00Z", want: []string{first}},
		{
			name: "an extra hour opened late stays", at: "2026-11-16T09:00:00Z", want: []string{first},
			given: []then{week, hours, {"2026-11-16T06:00:00Z", ExceptionAdded{Exception: "x", Person: "gp", Day: day(t, "2026-11-23"), Kind: Extra, From: 780, To: 840, Unit: "centre", Minutes: 30}}},
		},
		{
			name: "one opened in time returns", at: "2026-11-16T09:00:00Z", want: []string{"2026-11-23 centre 09:00–12:00 13:00–14:00"},
			given: []then{week, hours, {long, ExceptionAdded{Exception: "x", Person: "gp", Day: day(t, "2026-11-23"), Kind: Extra, From: 780, To: 840, Unit: "centre", Minutes: 30}}},
		},
		{
			name: "unit by unit", at: "2026-11-16T09:00:00Z", want: []string{first, "2026-11-23 north 13:00–14:00"},
			given: []then{week, hours, {long, ExceptionAdded{Exception: "x", Person: "gp", Day: day(t, "2026-11-23"), Kind: Extra, From: 780, To: 840, Unit: "north", Minutes: 30}}},
		},
		{
			name: "written hours are the doctor's anyway", at: "2026-11-16T09:00:00Z", want: []string{first},
			given: []then{week, hours, {long, ExceptionAdded{Exception: "x", Person: "gp", Day: day(t, "2026-11-23"), Kind: Extra, From: 780, To: 840, Unit: "centre", Purpose: ForWritten, Minutes: 30}}},
		},
		{
			name: "the time of a joint reception is its own", at: "2026-11-16T09:00:00Z", want: []string{"2026-11-23 centre 09:00–10:00 11:00–12:00", "2026-11-23 centre 10:00–11:00 r"},
			given: []then{week, hours, {long, ReceptionsPlanned{Series: "s", Doctor: "gp", Unit: "centre", From: 600, To: 660, Minutes: 30, Places: 2, Occurrences: []Occurrence{{"r", day(t, "2026-11-23")}}}}},
		},
		{
			name: "a part of the day away", at: "2026-11-16T09:00:00Z", want: []string{"2026-11-23 centre 09:00–10:00 11:00–12:00"},
			given: []then{week, hours, {long, ExceptionAdded{Exception: "x", Person: "gp", Day: day(t, "2026-11-23"), Kind: Away, From: 600, To: 660}}},
		},
		{name: "all of it away", at: "2026-11-16T09:00:00Z", given: []then{week, hours, {long, ExceptionAdded{Exception: "x", Person: "gp", Day: day(t, "2026-11-23"), Kind: Away}}}},
		{
			name: "an appointment stays, but its time is meant too", at: "2026-11-16T09:00:00Z", want: []string{first},
			given: []then{week, hours, {long, booked("a", "2026-11-23T07:00:00Z", 30, "gp", "co")}},
		},
		{
			name: "each day once", at: "2026-11-17T09:00:00Z",
			given: []then{week, hours, {"2026-11-16T05:00:00Z", PlacesReturned{Person: "gp", Day: day(t, "2026-11-23"), Unit: "centre", Spans: []ReturnedHours{{1, 2}}}}},
		},
		{
			name: "on the day the clock goes back", at: "2026-10-24T21:00:00Z", want: []string{"2026-10-25 centre 02:00–05:00"},
			given: []then{{long, SettingsChanged{Person: "gp", ReturnDays: 1}}, {long, sunday}},
		},
		{
			name: "a day before it, whose midnight is in summer time", at: "2026-10-23T21:00:00Z", want: []string{"2026-10-25 centre 02:00–05:00"},
			given: []then{{long, SettingsChanged{Person: "gp", ReturnDays: 1}}, {long, sunday}},
		},
		{name: "an hour too early for that", at: "2026-10-23T20:59:59Z", given: []then{{long, SettingsChanged{Person: "gp", ReturnDays: 1}}, {long, sunday}}},
		{
			name: "seven days before in winter time, the day itself in summer time", at: "2026-03-21T22:00:00Z", want: []string{"2026-03-22 centre 02:00–05:00", "2026-03-29 centre 02:00–05:00"},
			given: []then{week, {long, sunday}},
		},
		{
			name: "in summer time again", at: "2026-04-04T21:00:00Z", want: []string{"2026-04-12 centre 02:00–05:00"}, // 5.4. is Easter
			given: []then{week, {long, sunday}},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := sequence(tt.given)
			d, more := s.ReturnPlaces(time.UnixMilli(utc(tt.at)))
			var got []string
			for _, e := range d.Events {
				got = append(got, e.(PlacesReturned).text(zone))
			}
			if !slices.Equal(got, tt.want) || more {
				t.Fatalf("got %q, want %q", got, tt.want)
			}
			for _, e := range d.Events {
				s.Apply(journal.Meta{Number: 1000, At: time.UnixMilli(utc(tt.at))}, e)
			}
			if again, _ := s.ReturnPlaces(time.UnixMilli(utc(tt.at))); len(again.Events) > 0 {
				t.Errorf("a second time: %v", again.Events)
			}
		})
	}
}

// What has gone back can not be booked, held or offered; what was taken by then stays as it is, and once it is free it goes
// back too.
func TestReturnedTimes(t *testing.T) {
	monday := day(t, "2026-11-23")
	early, night, morning := "2026-11-01T09:00:00Z", "2026-11-15T22:00:00Z", "2026-11-16T07:00:00Z"
	begin := []then{{early, SettingsChanged{Person: "gp", ReturnDays: 7}}, {early, mondays(t)}}
	back := func(s *State) then {
		d, _ := s.ReturnPlaces(time.UnixMilli(utc(night)))
		if len(d.Events) != 1 {
			t.Fatalf("%v", d.Events)
		}
		return then{night, d.Events[0]}
	}
	free := func(s *State, now string) (times []string) {
		for _, found := range s.Search(Query{Unit: "centre", From: monday, To: monday, Now: utc(now), Seats: pair()}, 0).Times {
			times = append(times, moment(found.Start).Format("15:04"))
		}
		return times
	}
	own := func(s *State, now string) (times []string) {
		for _, r := range s.returnedTimes("gp", monday-30, monday+30, utc(now)) {
			for _, span := range r.Spans {
				times = append(times, moment(span.Start).Format("15:04")+"–"+moment(span.End).Format("15:04"))
			}
		}
		return times
	}
	whole := []string{"07:00–10:00"}

	s := sequence(begin)
	if got := free(s, early); len(got) != 6 {
		t.Fatalf("before: %v", got)
	}
	s = sequence(append(begin, back(s)))
	if got := free(s, morning); len(got) != 0 {
		t.Errorf("returned, and still offered: %v", got)
	}
	if got := own(s, morning); !slices.Equal(got, whole) {
		t.Errorf("own time %v", got)
	}
	if got := own(s, "2026-11-23T09:30:00Z"); !slices.Equal(got, []string{"09:30–10:00"}) {
		t.Errorf("what is left of it during the day: %v", got)
	}
	if got := own(s, "2026-11-23T10:00:00Z"); len(got) != 0 {
		t.Errorf("when it is over: %v", got)
	}
	if _, err := s.Book(time.UnixMilli(utc(morning)), wish("2026-11-23T07:00:00Z")); failure(err) != "outside_hours" {
		t.Errorf("booked: %v", err)
	}
	if open := s.plan("gp").open(s.calendar, monday, monday, NoHours); len(open) != 0 {
		t.Errorf("comes along elsewhere: %v", open)
	}

	t.Run("an appointment", func(t *testing.T) {
		events := append(slices.Clone(begin), then{early, booked("a", "2026-11-23T07:30:00Z", 30, "gp", "co")})
		s := sequence(append(events, back(sequence(events))))
		if got := own(s, morning); !slices.Equal(got, []string{"07:00–07:30", "08:00–10:00"}) {
			t.Errorf("own time %v", got)
		}
		a := s.primary.Appointments["a"]
		if !a.Live() {
			t.Error("the appointment is gone")
		}
		service := &Service{state: s}
		if outside := service.outside("gp", utc(morning)); len(outside) > 0 {
			t.Errorf("it counts as outside the hours: %v", outside)
		}
		s.Apply(journal.Meta{Number: 100, At: time.UnixMilli(utc(morning))}, AppointmentCancelled{Appointment: "a", Reason: Client})
		if got := free(s, morning); len(got) != 0 {
			t.Errorf("cancelled, and offered again: %v", got)
		}
		if got := own(s, morning); !slices.Equal(got, whole) {
			t.Errorf("cancelled, own time %v", got)
		}
	})

	t.Run("a hold", func(t *testing.T) {
		events := append(slices.Clone(begin), then{"2026-11-15T21:55:00Z", AppointmentHeld{AppointmentBooked: booked("h", "2026-11-23T07:00:00Z", 30, "gp", "co"), Expires: utc("2026-11-15T22:05:00Z")}})
		s := sequence(append(events, back(sequence(events))))
		if got := own(s, "2026-11-15T22:04:59Z"); !slices.Equal(got, []string{"07:30–10:00"}) {
			t.Errorf("while it is kept: %v", got)
		}
		d, err := s.Confirm(time.UnixMilli(utc("2026-11-15T22:04:00Z")), "h", true)
		if err != nil || len(d.Events) != 1 {
			t.Errorf("what is kept can be booked: %v", err)
		}
		if got := own(s, "2026-11-15T22:05:00Z"); !slices.Equal(got, whole) {
			t.Errorf("kept in vain: %v", got)
		}
		s.Apply(journal.Meta{Number: 100, At: time.UnixMilli(utc("2026-11-15T22:06:00Z"))}, HoldExpired{Appointment: "h"})
		if got := free(s, morning); len(got) != 0 {
			t.Errorf("kept in vain, and offered again: %v", got)
		}
	})

	t.Run("opened after all", func(t *testing.T) {
		s := sequence(append(begin, back(sequence(begin))))
		now := time.UnixMilli(utc(morning))
		for name, err := range map[string]error{
			"another day":    second(s.ReopenPlaces(now, "gp", monday+7)),
			"another doctor": second(s.ReopenPlaces(now, "gp2", monday)),
		} {
			if failure(err) != "not_found" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := second(s.ReopenPlaces(now.AddDate(0, 0, 8), "gp", monday)); failure(err) != "time_past" {
			t.Errorf("when it is over: %v", err)
		}
		d, err := s.ReopenPlaces(now, "gp", monday)
		if err != nil {
			t.Fatal(err)
		}
		s.Apply(journal.Meta{Number: 100, At: now}, d.Events[0])
		if got := free(s, morning); len(got) != 6 || len(own(s, morning)) != 0 {
			t.Errorf("opened: %v, own %v", got, own(s, morning))
		}
		if d, _ := s.ReturnPlaces(now.Add(time.Hour)); len(d.Events) != 0 {
			t.Errorf("it returns again: %v", d.Events)
		}
		if failure(second(s.ReopenPlaces(now, "gp", monday))) != "not_found" {
			t.Error("opened twice")
		}
	})

	t.Run("another hour opened afterwards", func(t *testing.T) {
		s := sequence(append(begin, back(sequence(begin)), then{morning, ExceptionAdded{Exception: "x", Person: "gp", Day: monday, Kind: Extra, From: 780, To: 840, Unit: "centre", Minutes: 30}}))
		if got := free(s, morning); !slices.Equal(got, []string{"11:00", "11:30"}) {
			t.Errorf("%v", got)
		}
	})

	t.Run("is remembered by a snapshot and forgotten with the person", func(t *testing.T) {
		s := sequence(append(begin, back(sequence(begin))))
		s.Reindex()
		if got := own(s, morning); !slices.Equal(got, whole) || len(free(s, morning)) != 0 {
			t.Errorf("after the start: %v", got)
		}
		s.forget("gp")
		if len(s.primary.Returned) != 0 || len(s.primary.ReturnsSince) != 0 || len(s.primary.Settings) != 0 || len(own(s, morning)) != 0 {
			t.Error("something is left")
		}
	})
}

// A hundred commits' worth comes in batches, and every server may look.
func TestReturnPlacesInBatches(t *testing.T) {
	r := newRegionAt(t, time.UnixMilli(utc("2026-11-15T21:00:00Z")))
	var events []journal.Event
	for i := range returnBatch + 5 {
		h := mondays(t)
		h.Hours, h.Person = fmt.Sprintf("h%d", i), fmt.Sprintf("d%d", i)
		events = append(events, h, SettingsChanged{Person: h.Person, ReturnDays: 7})
	}
	r.happen(t, events...)
	ctx := context.Background()
	if err := r.service.ReturnPlaces(ctx); err != nil {
		t.Fatal(err)
	}
	before := r.journal.Applied()
	r.clock.Store(utc("2026-11-15T22:00:00Z"))
	for range 2 {
		if err := r.service.ReturnPlaces(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if commits := r.journal.Applied() - before; commits != 2 || len(r.state.primary.Returned) != returnBatch+5 {
		t.Errorf("%d commits, %d doctors", commits, len(r.state.primary.Returned))
	}
}

func TestReturnedOverHTTP(t *testing.T) {
	r := newRegionAt(t, time.UnixMilli(utc("2026-11-10T09:00:00Z")))
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", mondayRule)
	r.want(t, 200, "gp", "PUT", "/api/people/gp/settings", `{"before":0,"after":0,"notice":0,"horizon":0,"dayLimit":0,"monthLimit":0,"returnDays":7,"ask":false}`)
	r.clock.Store(utc("2026-11-16T09:00:00Z"))
	if err := r.service.ReturnPlaces(context.Background()); err != nil {
		t.Fatal(err)
	}
	v := r.want(t, 200, "gp", "GET", "/api/people/gp/hours", "")
	if length(v["returned"]) != 1 || at(v, "returned", 0, "date") != "2026-11-23" || at(v, "returned", 0, "unitName") != "Keskustan terveysasema" || at(v, "returned", 0, "times", 0, "start") != "2026-11-23T07:00:00Z" {
		t.Errorf("%v", v["returned"])
	}
	r.want(t, 404, "keeper2", "DELETE", "/api/people/gp/hours/returned/2026-11-23", "")
	r.want(t, 404, "gp", "DELETE", "/api/people/gp/hours/returned/2026-11-24", "")
	r.want(t, 400, "gp", "DELETE", "/api/people/gp/hours/returned/2026-11-31", "")
	if v = r.want(t, 200, "keeper", "DELETE", "/api/people/gp/hours/returned/2026-11-23", ""); length(v["returned"]) != 0 {
		t.Errorf("opened: %v", v["returned"])
	}
}

// A commit that is full in the middle of a day leaves the other unit's hours for the next one.
func TestDayOfTwoUnitsReturnsInTwoCommits(t *testing.T) {
	var events []then
	long := "2026-01-02T09:00:00Z"
	for n := range returnBatch/2 + 1 {
		person := fmt.Sprintf("gp%03d", n)
		events = append(events, then{long, SettingsChanged{Person: person, ReturnDays: 7}})
		for i, unit := range []string{"centre", "north"} {
			if n == 0 && i == 1 {
				continue
			}
			events = append(events, then{long, HoursAdded{
				Hours: person + unit, Person: person, Unit: unit, Weekday: 1, From: 540 + 60*i, To: 600 + 60*i, Minutes: 30,
				ValidFrom: day(t, "2026-11-23"), ValidUntil: day(t, "2026-11-23"),
			}})
		}
	}
	s := sequence(events)
	now := time.UnixMilli(utc("2026-11-16T09:00:00Z"))
	total := 0
	for {
		d, more := s.ReturnPlaces(now)
		total += len(d.Events)
		for _, e := range d.Events {
			s.Apply(journal.Meta{Number: 1000, At: now}, e)
		}
		if !more {
			break
		}
	}
	if total != returnBatch+1 {
		t.Errorf("%d returned", total)
	}
}
