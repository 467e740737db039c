package scheduling

import (
	"slices"
	"testing"

	"luotsi/server/journal"
)

// thursdays is weekly hours that Christmas Eve of 2026 is one of.
func thursdays(t testing.TB) HoursAdded {
	return HoursAdded{
		Hours: "thursdays", Person: "gp", Unit: "centre", Weekday: 4, From: 540, To: 720, Minutes: 30,
		ValidFrom: day(t, "2026-11-23"), ValidUntil: day(t, "2027-06-30"),
	}
}

func openDay(t testing.TB, person, date string) ExceptionAdded {
	return ExceptionAdded{Exception: "open-" + person + date, Person: person, Day: day(t, date), Kind: Open}
}

func TestHolidayWorkedLikeAnyOtherDay(t *testing.T) {
	eve, christmas := day(t, "2026-12-24"), day(t, "2026-12-25")
	extra := ExceptionAdded{Exception: "x", Person: "gp", Day: eve, Kind: Extra, From: 660, To: 780, Unit: "centre", Minutes: 30}
	open := func(date string) Exception { return Exception{Person: "gp", Day: day(t, date), Kind: Open} }
	for _, tt := range []struct {
		name   string
		given  []journal.Event
		e      Exception
		want   string
		events int // when nothing is refused
	}{
		{name: "Christmas Eve", e: open("2026-12-24"), events: 1},
		{name: "the day before is no holiday", e: open("2026-12-23"), want: "invalid_request date holiday"},
		{name: "27.12. is none either", e: open("2026-12-27"), want: "invalid_request date holiday"},
		{name: "it is open already", given: []journal.Event{openDay(t, "gp", "2026-12-24")}, e: open("2026-12-24"), events: 0},
		{name: "somebody else's is", given: []journal.Event{openDay(t, "gp2", "2026-12-24")}, e: open("2026-12-24"), events: 1},
		{name: "over", e: open("2026-01-06"), want: "time_past"},
		{name: "its extra hours would overlap the weekly ones", given: []journal.Event{thursdays(t), extra}, e: open("2026-12-24"), want: "hours_overlap"},
		{name: "extra hours of another day", given: []journal.Event{thursdays(t), extra}, e: open("2026-12-25"), events: 1},
		{
			name: "extra hours over the weekly ones of an open day", want: "hours_overlap", given: []journal.Event{thursdays(t), openDay(t, "gp", "2026-12-24")},
			e: Exception{Person: "gp", Day: eve, Kind: Extra, From: 719, To: 780, Unit: "centre", Minutes: 30},
		},
		{
			name: "extra hours beside them", events: 1, given: []journal.Event{thursdays(t), openDay(t, "gp", "2026-12-24")},
			e: Exception{Person: "gp", Day: eve, Kind: Extra, From: 720, To: 780, Unit: "centre", Minutes: 30},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := given(tt.given...)
			d, err := s.AddException(noon, "new", tt.e)
			if failure(err) != tt.want || err == nil && len(d.Events) != tt.events {
				t.Fatalf("got %q and %v, want %q and %d events", failure(err), d.Events, tt.want, tt.events)
			}
			if wrong := given(append(tt.given, d.Events...)...).Check(); len(wrong) > 0 {
				t.Error(wrong)
			}
		})
	}

	t.Run("weekly hours over extra ones of an open day", func(t *testing.T) {
		h := Hours{Person: "gp", Unit: "centre", Weekday: 4, From: 540, To: 720, Minutes: 30, ValidFrom: eve, ValidUntil: eve}
		if _, err := given(extra).AddHours(noon, "h", h); err != nil {
			t.Errorf("a closed holiday is in nobody's way: %v", err)
		}
		if _, err := given(extra, openDay(t, "gp", "2026-12-24")).AddHours(noon, "h", h); failure(err) != "hours_overlap" {
			t.Errorf("got %v", err)
		}
	})

	t.Run("what is published", func(t *testing.T) {
		published := func(events ...journal.Event) (days []string) {
			s := given(append(events, thursdays(t))...)
			for _, st := range s.plan("gp").published(s.calendar, eve, christmas+7, "centre") {
				days = append(days, string(s.calendar.dayOf(st.Start).Date()))
			}
			return days
		}
		if got := published(); !slices.Equal(got, []string{"2026-12-31"}) {
			t.Errorf("closed: %v", got)
		}
		if got := published(openDay(t, "gp", "2026-12-24")); !slices.Equal(got, []string{"2026-12-24", "2026-12-31"}) {
			t.Errorf("open: %v", got)
		}
		away := ExceptionAdded{Exception: "away", Person: "gp", Day: eve, Kind: Away}
		if got := published(openDay(t, "gp", "2026-12-24"), away); !slices.Equal(got, []string{"2026-12-31"}) {
			t.Errorf("open, but away: %v", got)
		}
		back := ExceptionRemoved{Exception: "open-gp2026-12-24", Person: "gp"}
		if got := published(openDay(t, "gp", "2026-12-24"), back); !slices.Equal(got, []string{"2026-12-31"}) {
			t.Errorf("taken back: %v", got)
		}
	})

	t.Run("whoever only comes along works then too", func(t *testing.T) {
		s := given(openDay(t, "co", "2026-12-24"))
		want := []Span{{utc("2026-12-24T06:00:00Z"), utc("2026-12-24T14:00:00Z")}}
		if got := s.plan("co").open(s.calendar, eve, christmas, OfficeHours); !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

// Hours of written consultations are nobody's times to meet: neither the doctor's own nor when the doctor comes along.
func TestWrittenHoursAreNotOffered(t *testing.T) {
	written := thursdays(t)
	written.Purpose = ForWritten
	s := given(mondays(t), written)
	from, to := day(t, "2026-11-23"), day(t, "2026-11-29")
	found := s.Search(Query{Unit: "centre", From: from, To: to, Seats: pair()}, 0)
	if len(found.Times) != 6 {
		t.Errorf("%d times, want Monday's six", len(found.Times))
	}
	thursday := wish("2026-11-26T07:00:00Z")
	if _, err := s.Book(noon, thursday); failure(err) != "outside_hours" {
		t.Errorf("booked in written hours: %v", err)
	}
	if open := s.plan("gp").open(s.calendar, from, to, NoHours); len(open) != 1 {
		t.Errorf("comes along %v", open)
	}
	for _, purpose := range []Purpose{ForReception, "lunch"} {
		_, err := s.AddHours(noon, "h", Hours{Person: "gp", Unit: "centre", Purpose: purpose, Weekday: 2, From: 540, To: 600, Minutes: 30, ValidFrom: from})
		if failure(err) != "invalid_request purpose oneof" {
			t.Errorf("%s: %v", purpose, err)
		}
		_, err = s.AddException(noon, "x", Exception{Person: "gp", Day: from + 1, Kind: Extra, Unit: "centre", Purpose: purpose, From: 540, To: 600, Minutes: 30})
		if failure(err) != "invalid_request purpose oneof" {
			t.Errorf("extra %s: %v", purpose, err)
		}
	}
	if _, err := s.AddHours(noon, "h", Hours{Person: "gp", Unit: "centre", Purpose: ForWritten, Weekday: 1, From: 700, To: 760, Minutes: 30, ValidFrom: from}); failure(err) != "hours_overlap" {
		t.Errorf("written over joint hours: %v", err)
	}
}

func TestSettingsAndTravelOverHTTP(t *testing.T) {
	r := newRegion(t)
	all := `{"before":5,"after":10,"notice":24,"horizon":60,"dayLimit":3,"monthLimit":12,"returnDays":7,"ask":true}`
	v := r.want(t, 200, "gp", "GET", "/api/people/gp/settings", "")
	if v["name"] != "Aino Mäkelä" || v["before"] != 0.0 || v["ask"] != false || v["horizon"] != 0.0 {
		t.Errorf("before anything was said: %v", v)
	}
	v = r.want(t, 200, "keeper", "PUT", "/api/people/gp/settings", all)
	for name, want := range map[string]any{"before": 5.0, "after": 10.0, "notice": 24.0, "horizon": 60.0, "dayLimit": 3.0, "monthLimit": 12.0, "returnDays": 7.0, "ask": true} {
		if v[name] != want {
			t.Errorf("%s = %v, want %v", name, v[name], want)
		}
	}
	r.want(t, 200, "co", "PUT", "/api/people/co/settings", all)
	r.want(t, 400, "co", "PUT", "/api/people/co/settings", `{"before":15}`)
	for person, of := range map[string]string{"keeper2": "gp", "gp2": "gp", "keeper": "co", "co": "gp"} {
		r.want(t, 404, person, "GET", "/api/people/"+of+"/settings", "")
		r.want(t, 404, person, "PUT", "/api/people/"+of+"/settings", all)
	}
	if v = r.want(t, 200, "gp", "GET", "/api/people/gp/settings", ""); v["before"] != 5.0 {
		t.Errorf("after refusals: %v", v)
	}

	v = r.want(t, 200, "keeper", "PUT", "/api/travel", `{"unit":"north","other":"centre","minutes":25}`)
	if length(v["units"]) != 3 || at(v, "journeys", 0, "unit") != "centre" || at(v, "journeys", 0, "minutes") != 25.0 {
		t.Errorf("travel: %v", v)
	}
	for name, body := range map[string]string{
		"two of others":     `{"unit":"town","other":"town2","minutes":5}`,
		"one out of sight":  `{"unit":"centre","other":"nothing","minutes":5}`,
		"to itself":         `{"unit":"centre","other":"centre","minutes":5}`,
		"too far":           `{"unit":"centre","other":"north","minutes":241}`,
		"into the past":     `{"unit":"centre","other":"north","minutes":-1}`,
		"nowhere":           `{"unit":"centre","minutes":5}`,
		"an unknown of two": `{"unit":"nothing","other":"centre","minutes":5}`,
	} {
		if status, v := r.call(t, "keeper", "PUT", "/api/travel", body); status != 400 {
			t.Errorf("%s: %d %v", name, status, v)
		}
	}
	r.want(t, 403, "gp", "PUT", "/api/travel", `{"unit":"north","other":"centre","minutes":5}`)
	if v = r.want(t, 200, "keeper", "PUT", "/api/travel", `{"unit":"centre","other":"north","minutes":0}`); length(v["journeys"]) != 0 {
		t.Errorf("forgotten: %v", v)
	}
	if s := r.service; s.data("gp").Settings.Notice != 24 {
		t.Errorf("the download has %+v", s.data("gp").Settings)
	}
}

func TestPurposeOverHTTP(t *testing.T) {
	r := newRegion(t)
	written := `{"unit":"centre","weekday":1,"from":"09:00","to":"12:00","minutes":30,"validFrom":"2026-11-23","purpose":"written"}`
	if v := r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", written); at(v, "rules", 0, "purpose") != "written" {
		t.Errorf("%v", v)
	}
	if v := r.want(t, 201, "gp2", "POST", "/api/people/gp2/hours/rules", mondayRule); at(v, "rules", 0, "purpose") != "joint" {
		t.Errorf("%v", v)
	}
	r.want(t, 400, "nurse", "POST", "/api/people/nurse/hours/rules", written) // only doctors consult in writing
	r.want(t, 400, "nurse", "POST", "/api/people/nurse/hours/exceptions", `{"date":"2026-12-01","kind":"extra","from":"09:00","to":"12:00","minutes":30,"unit":"centre","purpose":"written"}`)
	r.want(t, 400, "gp", "POST", "/api/people/gp/hours/exceptions", `{"date":"2026-12-24","kind":"open","from":"09:00","to":"12:00"}`)
	v := r.want(t, 201, "gp", "POST", "/api/people/gp/hours/exceptions", `{"date":"2026-12-24","kind":"open"}`)
	if at(v, "exceptions", 0, "kind") != "open" || at(v, "exceptions", 0, "purpose") != nil {
		t.Errorf("%v", v)
	}
}
