package scheduling

import (
	"slices"
	"testing"
	"time"

	"luotsi/server/journal"
)

// What the doctor and the others set stands between times, at its boundary.
func TestWishesOfPeopleAreKept(t *testing.T) {
	at := func(clock string) string { return "2026-11-23T" + clock + ":00Z" }
	onSite := func(e AppointmentBooked, unit string) AppointmentBooked {
		e.Mode, e.Unit = OnSite, unit
		return e
	}
	for _, tt := range []struct {
		name  string
		given []journal.Event
		start string
		at    time.Time
		with  func(*Booking)
		want  string
	}{
		{name: "a buffer after, as long as the gap", start: at("08:00"), given: []journal.Event{
			SettingsChanged{Person: "co", After: 30}, booked("x", at("07:00"), 30, "gp2", "co"),
		}, want: ""},
		{name: "a buffer after the new one is kept before the other", start: at("08:00"), given: []journal.Event{
			SettingsChanged{Person: "co", After: 31}, booked("x", at("09:00"), 30, "gp2", "co"),
		}, want: "time_taken"},
		{name: "a buffer before the new one", start: at("08:00"), given: []journal.Event{
			SettingsChanged{Person: "co", Before: 31}, booked("x", at("07:00"), 30, "gp2", "co"),
		}, want: "time_taken"},
		{name: "a buffer before, as long as the gap", start: at("08:00"), given: []journal.Event{
			SettingsChanged{Person: "co", Before: 30}, booked("x", at("07:00"), 30, "gp2", "co"),
		}},
		{name: "the doctor's buffer", start: at("07:30"), given: []journal.Event{
			SettingsChanged{Person: "gp", Before: 1}, booked("x", at("07:00"), 30, "gp", "co2"),
		}, want: "time_taken"},
		{name: "the way from another unit", start: at("08:00"), given: []journal.Event{
			TravelSet{Unit: "centre", Other: "north", Minutes: 31}, onSite(booked("x", at("07:00"), 30, "gp2", "co"), "north"),
		}, want: "time_taken"},
		{name: "the way takes as long as there is", start: at("08:00"), given: []journal.Event{
			TravelSet{Unit: "centre", Other: "north", Minutes: 30}, onSite(booked("x", at("07:00"), 30, "gp2", "co"), "north"),
		}},
		{name: "the way to another unit afterwards", start: at("08:00"), given: []journal.Event{
			TravelSet{Unit: "centre", Other: "north", Minutes: 31}, onSite(booked("x", at("09:00"), 30, "gp2", "co"), "north"),
		}, want: "time_taken"},
		{name: "no way by telephone", start: at("08:00"), given: []journal.Event{
			TravelSet{Unit: "centre", Other: "north", Minutes: 120}, onSite(booked("x", at("07:30"), 30, "gp2", "co"), "north"),
		}, with: func(b *Booking) { b.Mode = Phone }},
		{name: "exactly the notice", start: nineOnMonday, given: []journal.Event{SettingsChanged{Person: "gp", Notice: 24}}, at: time.UnixMilli(utc("2026-11-22T07:00:00Z"))},
		{name: "a millisecond less", start: nineOnMonday, given: []journal.Event{SettingsChanged{Person: "gp", Notice: 24}}, at: time.UnixMilli(utc("2026-11-22T07:00:00.001Z")), want: "too_soon"},
		{name: "the coordinator's notice is nobody's business", start: nineOnMonday, given: []journal.Event{SettingsChanged{Person: "co", Notice: 720}}},
		{name: "the last day of the horizon", start: nineOnMonday, given: []journal.Event{SettingsChanged{Person: "gp", Horizon: 3}}},
		{name: "the day after it", start: nineOnMonday, given: []journal.Event{SettingsChanged{Person: "gp", Horizon: 2}}, want: "too_far"},
		{name: "one of two a day", start: at("08:00"), given: []journal.Event{
			SettingsChanged{Person: "gp", DayLimit: 2}, booked("x", at("07:00"), 30, "gp", "co2"),
		}},
		{name: "two of two a day", start: at("08:00"), given: []journal.Event{
			SettingsChanged{Person: "gp", DayLimit: 2}, booked("x", at("07:00"), 30, "gp", "co2"), booked("y", at("09:00"), 30, "gp", "co2"),
		}, want: "limit_reached"},
		{name: "two of two, of which one was cancelled", start: at("08:00"), given: []journal.Event{
			SettingsChanged{Person: "gp", DayLimit: 2}, booked("x", at("07:00"), 30, "gp", "co2"), booked("y", at("09:00"), 30, "gp", "co2"),
			AppointmentCancelled{Appointment: "y", Reason: Other},
		}},
		{name: "the day before counts for itself", start: nineOnMonday, given: []journal.Event{
			SettingsChanged{Person: "gp", DayLimit: 1}, booked("x", "2026-11-22T21:59:00Z", 30, "gp", "co2"),
		}},
		{name: "one of one a month, in the month before", start: "2026-12-07T07:00:00Z", given: []journal.Event{
			SettingsChanged{Person: "gp", MonthLimit: 1}, booked("x", "2026-11-30T21:59:00Z", 30, "gp", "co2"),
		}},
		{name: "one of one a month", start: "2026-12-07T07:00:00Z", given: []journal.Event{
			SettingsChanged{Person: "gp", MonthLimit: 1}, booked("x", "2026-11-30T22:00:00Z", 30, "gp", "co2"),
		}, want: "limit_reached"},
		{name: "when the client can not come", start: nineOnMonday, with: func(b *Booking) { b.Never = []Span{{b.Start + 29*minute, b.Start + 60*minute}} }, want: "client_impossible"},
		{name: "when the client can just come", start: nineOnMonday, with: func(b *Booking) {
			b.Never = []Span{{b.Start - 60*minute, b.Start}, {b.Start + 30*minute, b.Start + 60*minute}}
		}},
		{name: "hours for written consultations", start: "2026-11-24T07:00:00Z", given: []journal.Event{HoursAdded{
			Hours: "w", Person: "gp", Unit: "centre", Purpose: ForWritten, Weekday: 2, From: 540, To: 600, Minutes: 30,
			ValidFrom: day(t, "2026-11-23"), ValidUntil: day(t, "2026-12-31"),
		}}, want: "outside_hours"},
	} {
		s := given(append([]journal.Event{mondays(t)}, tt.given...)...)
		b := wish(tt.start)
		if tt.with != nil {
			tt.with(&b)
		}
		now := noon
		if !tt.at.IsZero() {
			now = tt.at
		}
		d, err := s.Book(now, b)
		if failure(err) != tt.want {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
		}
		from := s.calendar.dayOf(b.Start)
		found := s.Search(Query{Unit: b.Unit, From: from, To: from, Length: 30 * minute, Now: now.UnixMilli(), Mode: b.Mode, Seats: b.Seats, Never: b.Never}, 0)
		offered := false
		for _, o := range found.Times {
			offered = offered || o.Start == b.Start
		}
		if offered != (tt.want == "") {
			t.Errorf("%s: offered %v", tt.name, offered)
		}
		if err == nil {
			s.when(t, now, "co", d, nil)
		}
	}
}

// A day without a time says what was in the way of how many.
func TestTallies(t *testing.T) {
	monday := day(t, "2026-11-23")
	s := given(mondays(t), SettingsChanged{Person: "gp", Notice: 68}, // until Monday 10.00 in Finland
		booked("x", "2026-11-23T09:00:00Z", 60, "gp2", "i1"), booked("y", "2026-11-23T08:00:00Z", 60, "gp3", "room"))
	q := Query{
		Unit: "centre", From: monday, To: monday, Now: noon.UnixMilli(), Mode: OnSite,
		Seats: append(pair(), interpreters("i1"), Seat{Role: RoleRoom, Any: []Attendee{{"room", RoleRoom, AllHours}}}),
		Never: []Span{{utc("2026-11-23T09:30:00Z"), utc("2026-11-23T10:00:00Z")}},
	}
	found := s.Search(q, 0)
	if len(found.Times) != 0 || len(found.Tallies) != 1 {
		t.Fatalf("%+v", found)
	}
	tally := found.Tallies[0]
	if tally.Day != monday || tally.Candidates != 6 || tally.Possible != 0 || tally.Notice != 2 || tally.Client != 1 || tally.Closed != 0 {
		t.Errorf("%+v", tally)
	}
	if got := found.Blocked(4); got[0] != 0 || got[1] != 0 || got[2] != 2 || got[3] != 2 {
		t.Errorf("blocked %v", got)
	}
}

func TestChangeSettings(t *testing.T) {
	for _, tt := range []struct {
		name string
		w    Settings
		want string
	}{
		{"nothing", Settings{}, ""},
		{"the most", Settings{MaxBuffer, MaxBuffer, MaxNotice, MaxHorizon, MaxLimit, MaxLimit, MaxReturn, true}, ""},
		{"too long before", Settings{Before: MaxBuffer + 1}, "invalid_request before max"},
		{"too long after", Settings{After: MaxBuffer + 1}, "invalid_request after max"},
		{"negative", Settings{After: -1}, "invalid_request after min"},
		{"too much notice", Settings{Notice: MaxNotice + 1}, "invalid_request notice max"},
		{"too far", Settings{Horizon: MaxHorizon + 1}, "invalid_request horizon max"},
		{"too many a day", Settings{DayLimit: MaxLimit + 1}, "invalid_request dayLimit max"},
		{"too many a month", Settings{MonthLimit: MaxLimit + 1}, "invalid_request monthLimit max"},
		{"returned too early", Settings{ReturnDays: MaxReturn + 1}, "invalid_request returnDays max"},
	} {
		s := given()
		d, err := s.ChangeSettings("gp", tt.w)
		if failure(err) != tt.want {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
		}
		if err == nil {
			s.when(t, noon, "gp", d, nil)
			if s.primary.Settings["gp"] != tt.w {
				t.Errorf("%s: %+v", tt.name, s.primary.Settings["gp"])
			}
		}
	}
}

// The times that are shown for a move, and those that a doctor proposes from a mail, are times when the client of the request can come.
func TestClientOfARequestIsAskedForNothingImpossible(t *testing.T) {
	monday := day(t, "2026-11-30")
	s := given(append([]journal.Event{mondays(t)}, asks("r1", "co", func(r *RequestMade) { r.Never = []Impossible{{Weekday: 1, From: 600, To: 720}} })...)...)
	b := wish(weekLater)
	b.Case, b.Request = "case-r1", "r1"
	d, err := s.Book(noon, b)
	s.when(t, noon, "co", d, err)
	a := s.primary.Appointments["new"]
	found := s.Search(Query{Unit: "centre", From: monday, To: monday, Now: noon.UnixMilli(), Seats: s.seatsOf(&a), Without: "new", Never: s.neverOf(&a, monday, monday)}, 0)
	if want := []Span{{utc(weekLater), utc("2026-11-30T07:30:00Z")}, {utc("2026-11-30T07:30:00Z"), utc("2026-11-30T08:00:00Z")}}; !slices.Equal(spansOf(found.Times), want) {
		t.Errorf("%v", spansOf(found.Times))
	}
}
