package scheduling

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/people"
)

// given is a state in which these events happened, at noon UTC of 20.11.2026, a Friday.
func given(events ...journal.Event) *State {
	s := NewState()
	for i, e := range events {
		s.Apply(journal.Meta{Number: uint64(i + 1), At: noon, By: "somebody"}, e)
	}
	return s
}

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func days26(t testing.TB) (monday, friday Day) { return day(t, "2026-11-23"), day(t, "2026-11-27") }

// mondays is the doctor's hours on Mondays 9–12 in half hours, from 23.11.2026 to 30.6.2027.
func mondays(t testing.TB) HoursAdded {
	return HoursAdded{
		Hours: "mondays", Person: "gp", Unit: "centre", Weekday: 1, From: 540, To: 720, Minutes: 30,
		ValidFrom: day(t, "2026-11-23"), ValidUntil: day(t, "2027-06-30"),
	}
}

// failure is a refusal as a test names it: its code, and the wrong field with its own code.
func failure(err error) string {
	var r *Refusal
	if errors.As(err, &r) {
		return r.Fault.Code
	}
	f, ok := fault.As(err)
	switch {
	case err == nil:
		return ""
	case !ok:
		return "uncoded: " + err.Error()
	case len(f.Fields) > 0:
		return f.Code + " " + f.Fields[0].Name + " " + f.Fields[0].Code
	}
	return f.Code
}

func TestAddHours(t *testing.T) {
	good := Hours{Person: "gp", Unit: "centre", Weekday: 2, From: 540, To: 720, Minutes: 30, ValidFrom: day(t, "2026-11-24"), ValidUntil: day(t, "2027-05-31")}
	for _, tt := range []struct {
		name  string
		given []journal.Event
		with  func(*Hours)
		want  string
		until string // when nothing is refused
	}{
		{name: "plain", until: "2027-05-31"},
		{name: "open-ended is two years", with: func(h *Hours) { h.ValidUntil = 0 }, until: "2028-11-23"},
		{name: "two years", with: func(h *Hours) { h.ValidUntil = day(t, "2028-11-23") }, until: "2028-11-23"},
		{name: "a day more than two years", with: func(h *Hours) { h.ValidUntil = day(t, "2028-11-24") }, want: "invalid_request validUntil max"},
		{name: "open-ended at the end of the century", with: func(h *Hours) { h.ValidFrom, h.ValidUntil = day(t, "2099-06-01"), 0 }, until: "2099-12-31"},
		{name: "one day", with: func(h *Hours) { h.ValidUntil = h.ValidFrom }, until: "2026-11-24"},
		{name: "until before from", with: func(h *Hours) { h.ValidUntil = h.ValidFrom - 1 }, want: "ends_before_start validUntil ends_before_start"},
		{name: "over since yesterday", with: func(h *Hours) { h.ValidFrom, h.ValidUntil = day(t, "2026-11-01"), day(t, "2026-11-19") }, want: "time_past"},
		{name: "the last day is today", with: func(h *Hours) { h.ValidFrom, h.ValidUntil = day(t, "2026-11-01"), day(t, "2026-11-20") }, until: "2026-11-20"},
		{name: "ends before it starts", with: func(h *Hours) { h.From, h.To = 720, 540 }, want: "ends_before_start to ends_before_start"},
		{name: "ends when it starts", with: func(h *Hours) { h.To = h.From }, want: "ends_before_start to ends_before_start"},
		{name: "negative", with: func(h *Hours) { h.From = -1 }, want: "invalid_request from clock"},
		{name: "beyond the day", with: func(h *Hours) { h.To = 1441 }, want: "invalid_request to clock"},
		{name: "9 minutes", with: func(h *Hours) { h.Minutes = 9 }, want: "invalid_request minutes min"},
		{name: "10 minutes", with: func(h *Hours) { h.Minutes = 10 }, until: "2027-05-31"},
		{name: "240 minutes", with: func(h *Hours) { h.To, h.Minutes = 780, 240 }, until: "2027-05-31"},
		{name: "241 minutes", with: func(h *Hours) { h.To, h.Minutes = 900, 241 }, want: "invalid_request minutes max"},
		{name: "as long as the stretch", with: func(h *Hours) { h.Minutes = 180 }, until: "2027-05-31"},
		{name: "longer than the stretch", with: func(h *Hours) { h.Minutes = 181 }, want: "invalid_request minutes max"},
		{name: "no weekday", with: func(h *Hours) { h.Weekday = 0 }, want: "invalid_request weekday oneof"},
		{name: "an eighth weekday", with: func(h *Hours) { h.Weekday = 8 }, want: "invalid_request weekday oneof"},
		{name: "no day", with: func(h *Hours) { h.ValidFrom = 0 }, want: "invalid_request validFrom date"},
		{name: "the same hours again", given: []journal.Event{mondays(t)}, with: func(h *Hours) { h.Weekday = 1 }, want: "hours_overlap"},
		{name: "by a minute", given: []journal.Event{mondays(t)}, with: func(h *Hours) { h.Weekday, h.From, h.To = 1, 719, 800 }, want: "hours_overlap"},
		{name: "in another unit too", given: []journal.Event{mondays(t)}, with: func(h *Hours) { h.Weekday, h.Unit = 1, "elsewhere" }, want: "hours_overlap"},
		{name: "touching", given: []journal.Event{mondays(t)}, with: func(h *Hours) { h.Weekday, h.From, h.To = 1, 720, 780 }, until: "2027-05-31"},
		{name: "after the other's last day", given: []journal.Event{mondays(t)}, with: func(h *Hours) { h.Weekday, h.ValidFrom, h.ValidUntil = 1, day(t, "2027-07-01"), 0 }, until: "2029-06-30"},
		{name: "on the other's last day", given: []journal.Event{mondays(t)}, with: func(h *Hours) { h.Weekday, h.ValidFrom, h.ValidUntil = 1, day(t, "2027-06-30"), 0 }, want: "hours_overlap"},
		{name: "of somebody else", given: []journal.Event{mondays(t)}, with: func(h *Hours) { h.Weekday, h.Person = 1, "gp2" }, until: "2027-05-31"},
		{name: "after the others were removed", given: []journal.Event{mondays(t), HoursRemoved{Hours: "mondays", Person: "gp"}}, with: func(h *Hours) { h.Weekday = 1 }, until: "2027-05-31"},
		{
			name: "over extra hours", want: "hours_overlap",
			given: []journal.Event{ExceptionAdded{Exception: "x", Person: "gp", Day: day(t, "2026-12-01"), Kind: Extra, From: 600, To: 660, Unit: "centre", Minutes: 20}},
		},
		{
			name: "over extra hours of a holiday, where the rule is not in force", until: "2027-05-31", with: func(h *Hours) { h.Weekday = 4 },
			given: []journal.Event{ExceptionAdded{Exception: "x", Person: "gp", Day: day(t, "2026-12-24"), Kind: Extra, From: 600, To: 660, Unit: "centre", Minutes: 20}},
		},
		{
			name: "over a time away", until: "2027-05-31",
			given: []journal.Event{ExceptionAdded{Exception: "x", Person: "gp", Day: day(t, "2026-12-01"), Kind: Away}},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := good
			if tt.with != nil {
				tt.with(&h)
			}
			d, err := given(tt.given...).AddHours(noon, "new", h)
			if got := failure(err); got != tt.want {
				t.Fatalf("got %q, want %q", got, tt.want)
			}
			if err != nil {
				return
			}
			e, ok := d.Events[0].(HoursAdded)
			if !ok || e.Hours != "new" || string(e.ValidUntil.Date()) != tt.until || !slices.Equal(d.IDs, []string{"new"}) {
				t.Errorf("got %+v answering %v, want until %s", d.Events, d.IDs, tt.until)
			}
		})
	}
}

func TestAddException(t *testing.T) {
	_, friday := days26(t)
	monday := day(t, "2026-11-23")
	away := func(from, to int) Exception {
		return Exception{Person: "gp", Day: monday, Kind: Away, From: from, To: to}
	}
	extra := func(d Day, from, to, minutes int) Exception {
		return Exception{Person: "gp", Day: d, Kind: Extra, From: from, To: to, Unit: "centre", Minutes: minutes}
	}
	added := func(e Exception) journal.Event {
		return ExceptionAdded{Exception: "x", Person: e.Person, Day: e.Day, Kind: e.Kind, From: e.From, To: e.To, Unit: e.Unit, Minutes: e.Minutes}
	}
	yesterday := away(0, 0)
	yesterday.Day = day(t, "2026-11-19")
	today := away(0, 0)
	today.Day = day(t, "2026-11-20")
	for _, tt := range []struct {
		name  string
		given []journal.Event
		e     Exception
		want  string
	}{
		{name: "away all day", e: away(0, 0)},
		{name: "away for a part", e: away(600, 660)},
		{name: "away twice", given: []journal.Event{added(away(600, 660))}, e: away(0, 0)},
		{name: "away backwards", e: away(660, 600), want: "ends_before_start to ends_before_start"},
		{name: "away without an end", e: away(600, 0), want: "invalid_request to required"},
		{name: "yesterday", e: yesterday, want: "time_past"},
		{name: "today", e: today},
		{name: "extra", e: extra(friday, 780, 900, 30)},
		{name: "extra without slots", e: extra(friday, 780, 900, 0), want: "invalid_request minutes min"},
		{name: "extra shorter than its slot", e: extra(friday, 780, 800, 30), want: "invalid_request minutes max"},
		{name: "extra backwards", e: extra(friday, 900, 780, 30), want: "ends_before_start to ends_before_start"},
		{name: "extra over weekly hours", given: []journal.Event{mondays(t)}, e: extra(monday, 719, 800, 30), want: "hours_overlap"},
		{name: "extra beside weekly hours", given: []journal.Event{mondays(t)}, e: extra(monday, 720, 800, 30)},
		{name: "extra over other extra hours", given: []journal.Event{added(extra(friday, 780, 900, 30))}, e: extra(friday, 899, 930, 30), want: "hours_overlap"},
		{name: "extra while away", given: []journal.Event{added(away(0, 0))}, e: extra(monday, 780, 900, 30), want: "hours_overlap"},
		{name: "extra beside a part away", given: []journal.Event{added(away(600, 780))}, e: extra(monday, 780, 900, 30)},
		{name: "extra on a holiday over the weekly hours that are not held", given: []journal.Event{HoursAdded{
			Hours: "thursdays", Person: "gp", Unit: "centre", Weekday: 4, From: 540, To: 720, Minutes: 30, ValidFrom: monday, ValidUntil: monday + 90,
		}}, e: extra(day(t, "2026-12-24"), 600, 660, 30)},
		{name: "another kind", e: Exception{Person: "gp", Day: monday, Kind: "holiday"}, want: "invalid_request kind oneof"},
		{name: "no day", e: Exception{Person: "gp", Kind: Away}, want: "invalid_request date date"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := given(tt.given...).AddException(noon, "new", tt.e); failure(err) != tt.want {
				t.Errorf("got %q, want %q", failure(err), tt.want)
			}
		})
	}
}

func TestRemove(t *testing.T) {
	s := given(mondays(t), ExceptionAdded{Exception: "x", Person: "gp", Day: day(t, "2026-11-30"), Kind: Away})
	for name, got := range map[string]error{
		"somebody else's hours":     second(s.RemoveHours("gp2", "mondays")),
		"unknown hours":             second(s.RemoveHours("gp", "x")),
		"somebody else's exception": second(s.RemoveException("gp2", "x")),
		"an unknown exception":      second(s.RemoveException("gp", "mondays")),
	} {
		if failure(got) != "not_found" {
			t.Errorf("%s: %v", name, got)
		}
	}
	if err := errors.Join(second(s.RemoveHours("gp", "mondays")), second(s.RemoveException("gp", "x"))); err != nil {
		t.Error(err)
	}
}

func second(_ journal.Decision, err error) error { return err }

func pair() []Seat {
	return each(Attendee{"gp", auth.Doctor, NoHours}, Attendee{"co", auth.Coordinator, OfficeHours})
}

func wish(start string) Booking {
	return Booking{
		Appointment: "new", NewCase: "case", References: []string{"K7M2QX"}, Unit: "centre", Start: utc(start), Minutes: 30, Mode: OnSite, Seats: pair(),
	}
}

func booked(id, start string, minutes int, persons ...string) AppointmentBooked {
	e := AppointmentBooked{Appointment: id, Reference: "ref-" + id, Doctor: persons[0], Unit: "centre", Start: utc(start), Minutes: minutes, Mode: Phone}
	for _, p := range persons {
		e.Participants = append(e.Participants, Participant{Person: p, Role: auth.Doctor})
	}
	return e
}

func TestBook(t *testing.T) {
	nine := "2026-11-23T07:00:00Z" // Monday 9.00 in Finland
	eve := day(t, "2026-12-24")
	for _, tt := range []struct {
		name   string
		given  []journal.Event
		start  string
		with   func(*Booking)
		at     string
		want   string
		people []string
		next   []string
	}{
		{name: "the first slot", start: nine},
		{name: "the last slot", start: "2026-11-23T09:30:00Z"},
		{name: "beyond the last slot", start: "2026-11-23T10:00:00Z", want: "outside_hours", people: []string{"gp"}, next: []string{"2026-11-30T07:00:00Z", "2026-11-30T07:30:00Z", "2026-11-30T08:00:00Z"}},
		{name: "over the end", start: "2026-11-23T09:30:00Z", with: func(b *Booking) { b.Minutes = 31 }, want: "outside_hours", people: []string{"gp"}, next: []string{"2026-11-30T07:00:00Z", "2026-11-30T07:30:00Z", "2026-11-30T08:00:00Z"}},
		{name: "beside the grid", start: "2026-11-23T07:10:00Z", want: "outside_hours", people: []string{"gp"}, next: []string{"2026-11-23T07:30:00Z", "2026-11-23T08:00:00Z", "2026-11-23T08:30:00Z"}},
		{name: "longer than a slot", start: nine, with: func(b *Booking) { b.Minutes = 45 }},
		{name: "another weekday", start: "2026-11-24T07:00:00Z", want: "outside_hours", people: []string{"gp"}, next: []string{"2026-11-30T07:00:00Z", "2026-11-30T07:30:00Z", "2026-11-30T08:00:00Z"}},
		{name: "another unit", start: nine, with: func(b *Booking) { b.Unit = "elsewhere" }, want: "outside_hours", people: []string{"gp"}},
		{name: "half a minute", start: "2026-11-23T07:00:30Z", want: "invalid_request start date"},
		{name: "exactly now", start: nine, at: nine},
		{name: "a millisecond ago", start: nine, at: "2026-11-23T07:00:00.001Z", want: "time_past"},
		{name: "9 minutes", start: nine, with: func(b *Booking) { b.Minutes = 9 }, want: "invalid_request minutes min"},
		{name: "241 minutes", start: nine, with: func(b *Booking) { b.Minutes = 241 }, want: "invalid_request minutes max"},
		{name: "alone", start: nine, with: func(b *Booking) { b.Seats = b.Seats[:1] }, want: "invalid_request with required"},
		{name: "the same person twice", start: nine, with: func(b *Booking) { b.Seats = append(b.Seats, b.Seats[1]) }, want: "invalid_request with unique"},
		{name: "20 people", start: nine, with: func(b *Booking) { b.Seats = crowd(20) }},
		{name: "21 people", start: nine, with: func(b *Booking) { b.Seats = crowd(21) }, want: "invalid_request with max"},
		{
			name: "the doctor is taken", start: nine, given: []journal.Event{booked("old", nine, 30, "gp", "other")},
			want: "time_taken", people: []string{"gp"}, next: []string{"2026-11-23T07:30:00Z", "2026-11-23T08:00:00Z", "2026-11-23T08:30:00Z"},
		},
		{
			name: "the coordinator is taken, with another doctor", start: nine, given: []journal.Event{booked("old", "2026-11-23T07:29:00Z", 32, "gp2", "co")},
			want: "time_taken", people: []string{"co"}, next: []string{"2026-11-23T08:30:00Z", "2026-11-23T09:00:00Z", "2026-11-23T09:30:00Z"},
		},
		{
			name: "both are taken", start: nine, given: []journal.Event{booked("old", nine, 30, "gp", "co")},
			want: "time_taken", people: []string{"gp", "co"}, next: []string{"2026-11-23T07:30:00Z", "2026-11-23T08:00:00Z", "2026-11-23T08:30:00Z"},
		},
		{name: "the other ends when it starts", start: "2026-11-23T07:30:00Z", given: []journal.Event{booked("old", nine, 30, "gp", "co")}},
		{name: "the other starts when it ends", start: nine, given: []journal.Event{booked("old", "2026-11-23T07:30:00Z", 30, "gp", "co")}},
		{
			name: "the other was cancelled", start: nine,
			given: []journal.Event{booked("old", nine, 30, "gp", "co"), AppointmentCancelled{Appointment: "old", Reason: Illness}},
		},
		{
			name: "the doctor is away", start: nine, given: []journal.Event{ExceptionAdded{Exception: "x", Person: "gp", Day: day(t, "2026-11-23"), Kind: Away, From: 560, To: 570}},
			want: "outside_hours", people: []string{"gp"}, next: []string{"2026-11-23T07:30:00Z", "2026-11-23T08:00:00Z", "2026-11-23T08:30:00Z"},
		},
		{
			name: "the coordinator is away", start: nine, given: []journal.Event{ExceptionAdded{Exception: "x", Person: "co", Day: day(t, "2026-11-23"), Kind: Away}},
			want: "outside_hours", people: []string{"co"}, next: []string{"2026-11-30T07:00:00Z", "2026-11-30T07:30:00Z", "2026-11-30T08:00:00Z"},
		},
		{
			name: "the coordinator gave hours of their own", start: nine, given: []journal.Event{HoursAdded{
				Hours: "co", Person: "co", Unit: "town", Weekday: 1, From: 600, To: 660, Minutes: 60, ValidFrom: day(t, "2026-01-01"), ValidUntil: day(t, "2027-12-31"),
			}},
			want: "outside_hours", people: []string{"co"}, next: []string{"2026-11-23T08:00:00Z", "2026-11-23T08:30:00Z", "2026-11-30T08:00:00Z"},
		},
		{
			name: "a holiday", start: "2026-12-24T07:00:00Z", given: []journal.Event{HoursAdded{
				Hours: "thursdays", Person: "gp", Unit: "centre", Weekday: 4, From: 540, To: 720, Minutes: 30, ValidFrom: eve, ValidUntil: eve,
			}},
			want: "outside_hours", people: []string{"gp", "co"}, next: []string{"2026-12-28T07:00:00Z", "2026-12-28T07:30:00Z", "2026-12-28T08:00:00Z"},
		},
		{
			name: "a holiday that both work on", start: "2026-12-24T07:00:00Z", given: []journal.Event{
				ExceptionAdded{Exception: "x", Person: "gp", Day: eve, Kind: Extra, From: 540, To: 720, Unit: "centre", Minutes: 30},
				ExceptionAdded{Exception: "y", Person: "co", Day: eve, Kind: Extra, From: 540, To: 720, Unit: "town", Minutes: 30},
			},
		},
		{
			name: "every reference is in use", start: nine, with: func(b *Booking) { b.References = []string{"ref-old"} },
			given: []journal.Event{booked("old", "2026-11-23T08:30:00Z", 30, "gp", "co")}, want: "unavailable",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := given(append([]journal.Event{mondays(t)}, tt.given...)...)
			now := noon
			if tt.at != "" {
				now = time.UnixMilli(utc(tt.at))
			}
			b := wish(tt.start)
			if tt.with != nil {
				tt.with(&b)
			}
			d, err := s.Book(now, b)
			if failure(err) != tt.want {
				t.Fatalf("got %q (%v), want %q", failure(err), err, tt.want)
			}
			var r *Refusal
			if errors.As(err, &r) {
				var next []string
				for _, n := range r.Next {
					next = append(next, moment(n.Start).Format(time.RFC3339))
				}
				if !slices.Equal(r.People, tt.people) || !slices.Equal(next, tt.next) {
					t.Errorf("got %v, next %v; want %v, next %v", r.People, next, tt.people, tt.next)
				}
			}
			if err == nil {
				for _, e := range d.Events {
					s.Apply(journal.Meta{Number: 100, At: now, By: "co"}, e)
				}
				if wrong := s.Check(); len(wrong) > 0 {
					t.Error(wrong)
				}
				if _, err := s.Book(now, b); failure(err) != "time_taken" {
					t.Errorf("the same again: %v", err)
				}
			}
		})
	}
}

func crowd(n int) []Seat {
	list := pair()
	for i := len(list); i < n; i++ {
		list = append(list, each(Attendee{Person: "p" + string(rune('a'+i)), Role: auth.Coordinator, Hours: OfficeHours})...)
	}
	return list
}

// The hours of both clock changes of 2026: a Sunday from 2 to 6 in half hours.
func TestBookOverClockChanges(t *testing.T) {
	nights := HoursAdded{
		Hours: "nights", Person: "gp", Unit: "centre", Weekday: 7, From: 120, To: 360, Minutes: 30,
		ValidFrom: day(t, "2026-03-01"), ValidUntil: day(t, "2026-12-31"),
	}
	co := nights
	co.Hours, co.Person = "co-nights", "co"
	s := given(nights, co)
	for _, tt := range []struct{ date, first, last string }{
		{"2026-03-29", "2026-03-29T00:00:00Z", "2026-03-29T02:30:00Z"}, // 3 hours of real time: 6 slots
		{"2026-10-25", "2026-10-24T23:00:00Z", "2026-10-25T03:30:00Z"}, // 5 hours: 10 slots
	} {
		d := day(t, tt.date)
		times := s.Search(Query{Unit: "centre", From: d, To: d, Seats: pair()}, 0).Times
		if want := int((utc(tt.last)-utc(tt.first))/(30*minute)) + 1; len(times) != want || times[0].Start != utc(tt.first) || times[len(times)-1].Start != utc(tt.last) {
			t.Fatalf("%s: %d times from %s to %s, want %d from %s to %s", tt.date, len(times), moment(times[0].Start), moment(times[len(times)-1].Start), want, tt.first, tt.last)
		}
		for i, at := range times {
			b := Booking{Appointment: tt.date, NewCase: tt.date, References: []string{tt.date}, Unit: "centre", Start: at.Start, Minutes: 30, Mode: Phone, Seats: pair()}
			if _, err := s.Book(time.UnixMilli(utc("2026-01-01T00:00:00Z")), b); err != nil {
				t.Errorf("%s, time %d: %v", tt.date, i, err)
			}
		}
	}
}

func TestCancel(t *testing.T) {
	s := given(mondays(t), booked("a", "2026-11-23T07:00:00Z", 30, "gp", "co"))
	if _, err := s.Cancel(time.UnixMilli(utc("2026-11-23T07:30:00Z")), "a", Client); failure(err) != "time_past" {
		t.Errorf("over: %v", err)
	}
	if _, err := s.Cancel(time.UnixMilli(utc("2026-11-23T07:29:59Z")), "a", Client); err != nil {
		t.Errorf("going on: %v", err)
	}
	if _, err := s.Cancel(noon, "b", Client); failure(err) != "not_found" {
		t.Errorf("unknown: %v", err)
	}
	s.Apply(journal.Meta{Number: 9, At: noon, By: "co"}, AppointmentCancelled{Appointment: "a", Reason: Client})
	if _, err := s.Cancel(noon, "a", Client); failure(err) != "already_cancelled" {
		t.Errorf("twice: %v", err)
	}
	a := s.primary.Appointments["a"]
	if a.Live() || a.EndedBy != "co" || a.EndedAt != noon.UnixMilli() || a.Reason != Client {
		t.Errorf("got %+v", a)
	}
	if wrong := s.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
}

func TestErasedPersonOffersNothing(t *testing.T) {
	s := given(mondays(t), ExceptionAdded{Exception: "x", Person: "gp", Day: day(t, "2026-11-24"), Kind: Extra, From: 540, To: 600, Unit: "centre", Minutes: 30},
		booked("a", "2026-11-23T07:00:00Z", 30, "gp", "co"), people.PersonErased{Person: "gp"}, people.PersonErased{Person: "nobody"})
	monday, friday := days26(t)
	if found := s.Search(Query{Unit: "centre", From: monday, To: friday, Seats: pair()}, 0); found.Candidates != 0 {
		t.Errorf("%d times are still published", found.Candidates)
	}
	if len(s.primary.Hours)+len(s.primary.Exceptions) != 0 || len(s.primary.Appointments) != 1 {
		t.Errorf("kept %+v", s.primary)
	}
	if wrong := s.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
}

func TestUnknownIdsAreIgnored(t *testing.T) {
	s := given(HoursRemoved{Hours: "x", Person: "gp"}, ExceptionRemoved{Exception: "x", Person: "gp"}, AppointmentCancelled{Appointment: "x"}, struct{}{})
	if !reflect.DeepEqual(s.primary, NewState().primary) {
		t.Errorf("got %+v", s.primary)
	}
}

func TestCheckFindsWhatMustNotBe(t *testing.T) {
	s := given(booked("a", "2026-11-23T07:00:00Z", 30, "gp", "co"), booked("b", "2026-11-23T07:29:00Z", 30, "gp2", "co"))
	if wrong := s.Check(); len(wrong) != 1 {
		t.Errorf("an overlap of a minute: %v", wrong)
	}
	s = given(booked("a", "2026-11-23T07:00:00Z", 30, "gp", "co"), mondays(t))
	s.plans["gp"].live = nil
	if wrong := s.Check(); len(wrong) != 2 {
		t.Errorf("a lost index: %v", wrong)
	}
	s = given(mondays(t))
	twice := mondays(t)
	twice.Hours = "again"
	s.Apply(journal.Meta{}, twice)
	if wrong := s.Check(); len(wrong) != 1 {
		t.Errorf("overlapping hours: %v", wrong)
	}
}
