package scheduling

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"luotsi/server/journal"
)

func (one *Suggestion) text() string {
	var rules []string
	for _, h := range one.Rules {
		rules = append(rules, fmt.Sprintf("%d %s–%s/%d %s–%s", h.Weekday, clock(h.From), clock(h.To), h.Minutes, h.ValidFrom.Date(), h.ValidUntil.Date()))
	}
	return fmt.Sprintf("%s %d: %s", one.Kind, one.Places, strings.Join(rules, ", "))
}

// At noon of Friday 20.11.2026.
func TestSuggestions(t *testing.T) {
	rule := func(id, person string, weekday, from, to int, first, last string) HoursAdded {
		return HoursAdded{Hours: id, Person: person, Unit: "centre", Weekday: weekday, From: from * 60, To: to * 60, Minutes: 60, ValidFrom: day(t, first), ValidUntil: day(t, last)}
	}
	extra := func(id, date string, from, to int) ExceptionAdded {
		return ExceptionAdded{Exception: id, Person: "gp", Day: day(t, date), Kind: Extra, From: from * 60, To: to * 60, Unit: "centre", Minutes: 60}
	}
	written := rule("w", "gp", 3, 9, 11, "2026-01-01", "2026-11-30")
	written.Purpose = ForWritten
	elsewhere := rule("e", "gp", 3, 9, 11, "2026-06-01", "2026-11-30")
	elsewhere.Unit = "north"
	for _, tt := range []struct {
		name  string
		given []journal.Event
		want  []string
	}{
		{name: "nobody has ever published anything"},
		{
			name:  "Tuesdays of the autumn end with November",
			given: []journal.Event{rule("a", "gp", 2, 13, 15, "2026-09-01", "2026-11-30")},
			want: []string{
				"same 10: 2 13:00–15:00/60 2026-12-01–2026-12-31",
				"usual 10: 2 13:00–15:00/60 2026-12-01–2026-12-31",
			},
		},
		{
			name:  "what goes on needs nothing",
			given: []journal.Event{rule("a", "gp", 2, 13, 15, "2026-09-01", "2027-05-31")},
		},
		{
			name:  "nothing in November: October is taken",
			given: []journal.Event{rule("a", "gp", 4, 13, 15, "2026-10-01", "2026-10-31")},
			want: []string{ // 24.12. is Christmas Eve; the usual ones begin tomorrow
				"same 8: 4 13:00–15:00/60 2026-12-01–2026-12-31",
				"usual 10: 4 13:00–15:00/60 2026-11-21–2026-12-31",
			},
		},
		{
			name:  "nothing since September: only the usual time",
			given: []journal.Event{rule("a", "gp", 4, 13, 15, "2026-08-01", "2026-09-30")},
			want:  []string{"usual 10: 4 13:00–15:00/60 2026-11-21–2026-12-31"},
		},
		{
			name:  "longer ago than half a year",
			given: []journal.Event{rule("a", "gp", 4, 13, 15, "2026-01-01", "2026-05-21")},
		},
		{
			name:  "on the last day that counts",
			given: []journal.Event{rule("a", "gp", 5, 13, 15, "2026-01-01", "2026-05-22")},
			want:  []string{"usual 8: 5 13:00–15:00/60 2026-11-21–2026-12-31"},
		},
		{
			name:  "once a month: the second Tuesday again",
			given: []journal.Event{extra("x", "2026-11-10", 13, 15)},
			want: []string{
				"same 2: 2 13:00–15:00/60 2026-12-08–2026-12-08",
				"usual 12: 2 13:00–15:00/60 2026-11-21–2026-12-31",
			},
		},
		{
			name:  "a fifth Monday that December does not have",
			given: []journal.Event{extra("x", "2026-11-30", 13, 15)}, // to come: a newcomer no more, and nothing to go by
		},
		{
			name:  "the fourth Thursday is Christmas Eve",
			given: []journal.Event{extra("x", "2026-11-26", 13, 15)},
		},
		{
			name:  "a part of it is there already",
			given: []journal.Event{rule("a", "gp", 2, 13, 15, "2026-09-01", "2026-11-30"), rule("b", "gp", 3, 9, 10, "2026-09-01", "2026-11-30"), rule("c", "gp", 2, 14, 16, "2026-12-01", "2027-05-31")},
			want:  []string{"same 5: 3 09:00–10:00/60 2026-12-01–2026-12-31"},
		},
		{
			name:  "a time away in December",
			given: []journal.Event{rule("a", "gp", 2, 13, 15, "2026-09-01", "2026-11-30"), DeputySet{Absence: "v", Person: "gp", From: day(t, "2026-12-14"), Until: day(t, "2027-01-10")}},
			want:  []string{"same 4: 2 13:00–15:00/60 2026-12-01–2026-12-31", "usual 4: 2 13:00–15:00/60 2026-12-01–2026-12-31"},
		},
		{
			name:  "written hours and other units do not count",
			given: []journal.Event{written, elsewhere},
		},
		{
			name: "a newcomer does as the others do, mostly on Wednesdays",
			given: []journal.Event{
				rule("a", "gp2", 2, 13, 15, "2026-11-01", "2026-11-30"), rule("b", "gp2", 3, 9, 10, "2026-09-01", "2026-11-30"), rule("c", "gp3", 3, 9, 10, "2026-09-01", "2027-11-30"),
			},
			want: []string{"usual 6: 3 09:00–10:00/60 2026-11-21–2026-12-31"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := given(tt.given...)
			list := s.Suggest(noon.UnixMilli(), "gp", []string{"centre"}, []string{"gp2", "gp3"})
			var got []string
			for _, one := range list {
				got = append(got, one.text())
				d, err := s.Publish(noon, "p", slices.Repeat([]string{"a1", "a2", "a3"}, 4), Publication{Person: "gp", Rules: one.Rules})
				if err != nil {
					t.Errorf("%s can not be published: %v", one.text(), err)
				}
				after := given(append(tt.given, d.Events...)...)
				found := len(after.Search(Query{Unit: "centre", From: one.From, To: min(one.Till, one.From+150), Seats: each(Attendee{"gp", "doctor", NoHours})}, 0).Times)
				before := len(s.Search(Query{Unit: "centre", From: one.From, To: min(one.Till, one.From+150), Seats: each(Attendee{"gp", "doctor", NoHours})}, 0).Times)
				if found-before != one.Places {
					t.Errorf("%s opened %d places", one.text(), found-before)
				}
			}
			want := tt.want
			if len(want) == 2 && strings.TrimPrefix(want[0], "same") == strings.TrimPrefix(want[1], "usual") {
				want = want[:1] // the same is not said twice
			}
			if !slices.Equal(got, want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

func TestTerms(t *testing.T) {
	for today, want := range map[string]string{
		"2026-01-01": "2026-01-02–2026-05-31", "2026-05-02": "2026-05-03–2026-05-31", "2026-05-03": "2026-08-01–2026-12-31",
		"2026-07-31": "2026-08-01–2026-12-31", "2026-08-01": "2026-08-02–2026-12-31", "2026-12-02": "2026-12-03–2026-12-31",
		"2026-12-03": "2027-01-01–2027-05-31", "2026-12-31": "2027-01-01–2027-05-31", "2028-02-29": "2028-03-01–2028-05-31",
	} {
		from, till := termAfter(day(t, today))
		if got := fmt.Sprintf("%s–%s", from.Date(), till.Date()); got != want {
			t.Errorf("%s: %s, want %s", today, got, want)
		}
	}
	for d := day(t, "2026-01-01"); d < day(t, "2030-01-01"); d++ {
		if from, till := termAfter(d); from <= d || till-from < termLeft || till-from > 160 {
			t.Fatalf("%s: %s–%s", d.Date(), from.Date(), till.Date())
		}
	}
	if first := firstOfMonth(day(t, "2026-12-31"), 2); first.Date() != "2027-02-01" {
		t.Errorf("two months after December: %s", first.Date())
	}
	if first := firstOfMonth(day(t, "2027-01-31"), -1); first.Date() != "2026-12-01" {
		t.Errorf("the month before January: %s", first.Date())
	}
}

func TestSuggestionsOverHTTP(t *testing.T) {
	r := newRegionAt(t, time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC))
	tuesdays := HoursAdded{Hours: "a", Person: "gp", Unit: "centre", Weekday: 2, From: 780, To: 900, Minutes: 30, ValidFrom: day(t, "2026-09-01"), ValidUntil: day(t, "2026-11-30")}
	r.happen(t, tuesdays)
	v := r.want(t, 200, "gp", "GET", "/api/people/gp/hours/suggestions", "")
	first := at(v, "suggestions", 0)
	if at(first, "kind") != "same" || at(first, "month") != "2026-11-01" || at(first, "places") != 20.0 || at(first, "rules", 0, "unitName") != "Keskustan terveysasema" || at(first, "rules", 0, "from") != "13:00" {
		t.Errorf("%v", first)
	}
	v = r.want(t, 200, "gp2", "GET", "/api/people/gp2/hours/suggestions", "")
	if at(v, "suggestions", 0, "kind") != "usual" || at(v, "suggestions", 0, "month") != nil || at(v, "suggestions", 0, "rules", 0, "unit") != "centre" {
		t.Errorf("the newcomer: %v", v)
	}
	if v = r.want(t, 200, "keeper", "GET", "/api/people/gp/hours/suggestions", ""); length(v["suggestions"]) == 0 {
		t.Errorf("the scheduler: %v", v)
	}
	if v = r.want(t, 200, "co", "GET", "/api/people/co/hours/suggestions", ""); length(v["suggestions"]) != 0 {
		t.Errorf("a coordinator publishes nothing: %v", v)
	}
	r.want(t, 404, "keeper2", "GET", "/api/people/gp/hours/suggestions", "")
}

func TestSuggestionToTheEndOfTheTerm(t *testing.T) {
	s := given(HoursAdded{Hours: "a", Person: "gp", Unit: "centre", Weekday: 2, From: 780, To: 900, Minutes: 60, ValidFrom: day(t, "2026-08-03"), ValidUntil: day(t, "2026-09-30")})
	var got []string
	for _, one := range s.Suggest(utc("2026-09-15T09:00:00Z"), "gp", []string{"centre"}, nil) {
		got = append(got, one.text())
	}
	want := []string{"same 8: 2 13:00–15:00/60 2026-10-01–2026-10-31", "term 26: 2 13:00–15:00/60 2026-10-01–2026-12-31"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
