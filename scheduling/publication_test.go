package scheduling

import (
	"fmt"
	"slices"
	"testing"

	"luotsi/server/journal"
)

func weekly(t testing.TB, weekday, from, to int, first, last string) Hours {
	return Hours{Unit: "centre", Weekday: weekday, From: from * 60, To: to * 60, Minutes: 30, ValidFrom: day(t, first), ValidUntil: day(t, last)}
}

func TestPublish(t *testing.T) {
	tuesdays := weekly(t, 2, 13, 15, "2026-12-01", "2026-12-31")
	extra := Exception{Day: day(t, "2026-12-02"), Unit: "centre", From: 540, To: 600, Minutes: 30}
	for _, tt := range []struct {
		name  string
		given []journal.Event
		w     Publication
		want  string
	}{
		{name: "two rules and an extra hour", w: Publication{Rules: []Hours{tuesdays, weekly(t, 4, 13, 15, "2026-12-01", "2026-12-31")}, Extras: []Exception{extra}}},
		{name: "nothing", want: "invalid_request rules required"},
		{name: "the second overlaps what there is", given: []journal.Event{mondays(t)}, w: Publication{Rules: []Hours{tuesdays, weekly(t, 1, 11, 13, "2026-12-01", "2026-12-31")}}, want: "hours_overlap rules[1] hours_overlap"},
		{name: "it touches what there is", given: []journal.Event{mondays(t)}, w: Publication{Rules: []Hours{tuesdays, weekly(t, 1, 12, 13, "2026-12-01", "2026-12-31")}}},
		{name: "the second begins after the first", w: Publication{Rules: []Hours{tuesdays, weekly(t, 2, 14, 16, "2027-01-01", "2027-01-31")}}},
		{name: "the second overlaps the first on its last day", w: Publication{Rules: []Hours{tuesdays, weekly(t, 2, 14, 16, "2026-12-29", "2027-01-31")}}, want: "hours_overlap rules[1] hours_overlap"},
		{name: "the extra hour overlaps a rule beside it", w: Publication{Rules: []Hours{weekly(t, 3, 8, 10, "2026-12-01", "2026-12-31")}, Extras: []Exception{extra}}, want: "hours_overlap extras[0] hours_overlap"},
		{name: "an extra hour twice", w: Publication{Extras: []Exception{extra, extra}}, want: "hours_overlap extras[1] hours_overlap"},
		{name: "a rule without a weekday", w: Publication{Rules: []Hours{{Unit: "centre"}}}, want: "invalid_request rules[0].weekday oneof"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.w.Person = "gp"
			s := given(tt.given...)
			ids := []string{"a", "b", "c"}
			d, err := s.Publish(noon, "together", ids, tt.w)
			if failure(err) != tt.want {
				t.Fatalf("got %q, want %q", failure(err), tt.want)
			}
			if err != nil {
				return
			}
			after := given(append(tt.given, d.Events...)...)
			if wrong := after.Check(); len(wrong) > 0 || len(d.Events) != len(tt.w.Rules)+len(tt.w.Extras) {
				t.Errorf("%d events, %v", len(d.Events), wrong)
			}
			undo, err := after.Unpublish("gp", "together")
			if err != nil || len(undo.Events) != len(d.Events) {
				t.Fatalf("undo: %v %v", undo.Events, err)
			}
			all := slices.Concat(tt.given, d.Events, undo.Events)
			if got, want := given(all...), given(tt.given...); len(got.primary.Hours) != len(want.primary.Hours) || len(got.primary.Exceptions) != 0 {
				t.Errorf("left after the undo: %v %v", got.primary.Hours, got.primary.Exceptions)
			}
			if _, err := given(all...).Unpublish("gp", "together"); failure(err) != "not_found" {
				t.Errorf("twice: %v", err)
			}
			if _, err := after.Unpublish("gp2", "together"); failure(err) != "not_found" {
				t.Errorf("by another: %v", err)
			}
			if _, err := after.Unpublish("gp", ""); failure(err) != "not_found" {
				t.Errorf("what was published alone: %v", err)
			}
		})
	}
}

func TestMoveHours(t *testing.T) {
	// Noon is on Friday 20.11.2026; these began in the spring, and the ones of the winter have not begun.
	old := HoursAdded{Hours: "old", Person: "gp", Unit: "centre", Weekday: 5, From: 540, To: 720, Minutes: 30, ValidFrom: day(t, "2026-03-02"), ValidUntil: day(t, "2026-12-31")}
	winter := HoursAdded{Hours: "winter", Person: "gp", Unit: "centre", Weekday: 5, From: 540, To: 720, Minutes: 30, ValidFrom: day(t, "2027-01-01"), ValidUntil: day(t, "2027-03-31")}
	over := HoursAdded{Hours: "over", Person: "gp", Unit: "centre", Weekday: 5, From: 780, To: 900, Minutes: 30, ValidFrom: day(t, "2026-03-02"), ValidUntil: day(t, "2026-11-19")}
	as := func(e HoursAdded) Hours {
		return Hours{Person: e.Person, Unit: e.Unit, Weekday: e.Weekday, From: e.From, To: e.To, Minutes: e.Minutes, ValidFrom: e.ValidFrom, ValidUntil: e.ValidUntil}
	}
	for _, tt := range []struct {
		name, rule string
		with       func(*Hours)
		want       string
		left       []string // what there is afterwards, besides the other two
	}{
		{name: "to another time, from today on", rule: "old", with: func(h *Hours) { h.From, h.To = 780, 900 }, left: []string{"5 09:00 2026-03-02–2026-11-19", "5 13:00 2026-11-20–2026-12-31"}},
		{name: "from a later day on", rule: "old", with: func(h *Hours) { h.From, h.To, h.ValidFrom = 780, 900, day(t, "2026-12-01") }, left: []string{"5 09:00 2026-03-02–2026-11-19", "5 13:00 2026-12-01–2026-12-31"}},
		{name: "to another weekday", rule: "old", with: func(h *Hours) { h.Weekday = 2 }, left: []string{"2 09:00 2026-11-20–2026-12-31", "5 09:00 2026-03-02–2026-11-19"}},
		{name: "a shorter validity keeps its beginning", rule: "old", with: func(h *Hours) { h.ValidUntil = day(t, "2026-11-30") }, left: []string{"5 09:00 2026-03-02–2026-11-30"}},
		{name: "a later beginning keeps what is over", rule: "old", with: func(h *Hours) { h.ValidFrom = day(t, "2026-12-01") }, left: []string{"5 09:00 2026-03-02–2026-11-19", "5 09:00 2026-12-01–2026-12-31"}},
		{name: "longer, into the next rule", rule: "old", with: func(h *Hours) { h.ValidUntil = day(t, "2027-01-01") }, want: "hours_overlap"},
		{name: "over itself is no overlap", rule: "old", with: func(h *Hours) { h.From, h.To = 600, 780 }, left: []string{"5 09:00 2026-03-02–2026-11-19", "5 10:00 2026-11-20–2026-12-31"}},
		{name: "what has not begun moves whole", rule: "winter", with: func(h *Hours) { h.Weekday = 4 }, left: []string{"4 09:00 2027-01-01–2027-03-31"}},
		{name: "into the past", rule: "winter", with: func(h *Hours) { h.ValidFrom, h.ValidUntil = day(t, "2026-01-01"), day(t, "2026-11-19") }, want: "time_past"},
		{name: "what is over", rule: "over", want: "time_past"},
		{name: "what is not there", rule: "none", want: "not_found"},
		{name: "of somebody else", rule: "old", with: func(h *Hours) { h.Person = "gp2" }, want: "not_found"},
		{name: "to nothing", rule: "old", with: func(h *Hours) { h.To = h.From }, want: "ends_before_start to ends_before_start"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := as(map[string]HoursAdded{"old": old, "winter": winter, "over": over, "none": old}[tt.rule])
			if tt.with != nil {
				tt.with(&h)
			}
			s := given(old, winter, over)
			d, err := s.MoveHours(noon, tt.rule, "past", "new", h)
			if failure(err) != tt.want {
				t.Fatalf("got %q, want %q", failure(err), tt.want)
			}
			if err != nil {
				return
			}
			after := given(append([]journal.Event{old, winter, over}, d.Events...)...)
			if wrong := after.Check(); len(wrong) > 0 {
				t.Error(wrong)
			}
			var left []string
			for id, h := range after.primary.Hours {
				if id == "past" || id == "new" {
					left = append(left, fmt.Sprintf("%d %s %s–%s", h.Weekday, clock(h.From), h.ValidFrom.Date(), h.ValidUntil.Date()))
				}
			}
			slices.Sort(left)
			if !slices.Equal(left, tt.left) || len(after.primary.Hours) != 2+len(left) {
				t.Errorf("left %q of %d, want %q", left, len(after.primary.Hours), tt.left)
			}
		})
	}
}

func TestPublishingOverHTTP(t *testing.T) {
	r := newRegion(t)
	two := `{"rules":[
		{"unit":"centre","weekday":2,"from":"13:00","to":"15:00","minutes":30,"validFrom":"2026-12-01","validUntil":"2026-12-31"},
		{"unit":"centre","weekday":4,"from":"13:00","to":"15:00","minutes":30,"validFrom":"2026-12-01","validUntil":"2026-12-31"}],
		"extras":[{"date":"2026-12-04","from":"09:00","to":"10:00","unit":"centre","minutes":30}]}`
	v := r.want(t, 201, "gp", "POST", "/api/people/gp/hours/publications", two)
	id, _ := v["publication"].(string)
	if id == "" || length(at(v, "hours", "rules")) != 2 || length(at(v, "hours", "exceptions")) != 1 {
		t.Fatalf("%v", v)
	}
	status, refused := r.call(t, "keeper", "POST", "/api/people/gp/hours/publications", two)
	if status != 409 || refused["code"] != "hours_overlap" || at(refused, "fields", 0, "name") != "rules[0]" {
		t.Errorf("again: %d %v", status, refused)
	}
	r.want(t, 404, "keeper2", "DELETE", "/api/people/gp/hours/publications/"+id, "")
	if v = r.want(t, 200, "keeper", "DELETE", "/api/people/gp/hours/publications/"+id, ""); length(v["rules"]) != 0 || length(v["exceptions"]) != 0 {
		t.Errorf("taken back: %v", v)
	}
	r.want(t, 404, "gp", "DELETE", "/api/people/gp/hours/publications/"+id, "")

	v = r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", mondayRule)
	rule, _ := at(v, "rules", 0, "id").(string)
	moved := `{"unit":"centre","weekday":3,"from":"10:00","to":"12:00","minutes":30,"validFrom":"2026-11-23","validUntil":"2027-06-30"}`
	r.want(t, 404, "keeper2", "PUT", "/api/people/gp/hours/rules/"+rule, moved)
	v = r.want(t, 200, "keeper", "PUT", "/api/people/gp/hours/rules/"+rule, moved)
	if length(v["rules"]) != 1 || at(v, "rules", 0, "weekday") != 3.0 || at(v, "rules", 0, "from") != "10:00" || at(v, "rules", 0, "id") == rule {
		t.Errorf("moved: %v", v)
	}
	r.want(t, 404, "gp", "PUT", "/api/people/gp/hours/rules/"+rule, moved)
}
