package scheduling

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/people"
)

// Who answers for the cases of anna, day by day: in the unit work anna, bo, cia and dan, the scheduler sam and the
// administrator eva.
func TestOwnerOnADay(t *testing.T) {
	const first, last = Day(20785), Day(20791)
	away := func(person, deputy string, from, until Day) DeputySet {
		return DeputySet{Absence: fmt.Sprint(person, from), Person: person, Deputy: deputy, From: from, Until: until}
	}
	all := []string{"anna", "bo", "cia", "dan"}
	tests := []struct {
		name     string
		absences []DeputySet
		inactive string
		alone    bool // anna is the only coordinator
		open     map[string]int
		day      Day
		want     string
	}{
		{"nobody is away", nil, "", false, nil, first, "anna"},
		{"the day before", []DeputySet{away("anna", "bo", first, last)}, "", false, nil, first - 1, "anna"},
		{"the first day", []DeputySet{away("anna", "bo", first, last)}, "", false, nil, first, "bo"},
		{"the last day", []DeputySet{away("anna", "bo", first, last)}, "", false, nil, last, "bo"},
		{"the day after", []DeputySet{away("anna", "bo", first, last)}, "", false, nil, last + 1, "anna"},
		{"two absences in a row, the first", []DeputySet{away("anna", "bo", first, last), away("anna", "cia", last+1, last+3)}, "", false, nil, last, "bo"},
		{"two absences in a row, the second", []DeputySet{away("anna", "bo", first, last), away("anna", "cia", last+1, last+3)}, "", false, nil, last + 1, "cia"},
		{"a chain of three", []DeputySet{away("anna", "bo", first, last), away("bo", "cia", first, last), away("cia", "dan", first, last)}, "", false, nil, first, "dan"},
		{"a chain whose second is back", []DeputySet{away("anna", "bo", first, last), away("bo", "cia", first, last-1)}, "", false, nil, last, "bo"},
		{"a loop of two", []DeputySet{away("anna", "bo", first, last), away("bo", "anna", first, last)}, "", false, nil, first, "cia"},
		{"a loop of three", []DeputySet{away("anna", "bo", first, last), away("bo", "cia", first, last), away("cia", "anna", first, last)}, "", false, nil, first, "dan"},
		{"a loop beside the owner", []DeputySet{away("anna", "bo", first, last), away("bo", "cia", first, last), away("cia", "bo", first, last)}, "", false, nil, first, "dan"},
		{"without a deputy: who has the fewest", []DeputySet{away("anna", "", first, last)}, "", false, map[string]int{"bo": 3, "cia": 1, "dan": 2}, first, "cia"},
		{"without a deputy: alike", []DeputySet{away("anna", "", first, last)}, "", false, map[string]int{"bo": 1, "cia": 1, "dan": 1}, first, "bo"},
		{"who has the fewest is away too", []DeputySet{away("anna", "", first, last), away("bo", "", first, first)}, "", false, nil, first, "cia"},
		{"the deputy is away without one", []DeputySet{away("anna", "bo", first, last), away("bo", "", first, last)}, "", false, map[string]int{"cia": 5}, first, "dan"},
		{"the deputy is not active", []DeputySet{away("anna", "bo", first, last)}, "bo", false, nil, first, "cia"},
		{"the deputy is not active but named one", []DeputySet{away("anna", "bo", first, last), away("bo", "dan", first, last)}, "bo", false, nil, first, "dan"},
		{"the owner is not active", nil, "anna", false, nil, first, "bo"},
		{"the owner is not active but named a deputy", []DeputySet{away("anna", "dan", first, last)}, "anna", false, nil, first, "dan"},
		{"the only coordinator", []DeputySet{away("anna", "", first, last)}, "", true, nil, first, "sam"},
		{"the only coordinator, and the scheduler is away", []DeputySet{away("anna", "", first, last), away("sam", "", first, last)}, "", true, nil, first, "eva"},
		{"everybody is away", []DeputySet{away("anna", "", first, last), away("sam", "", first, last), away("eva", "", first, last)}, "", true, nil, first, "eva"},
	}
	for _, test := range tests {
		s := NewState()
		for _, a := range test.absences {
			apply(s, a)
		}
		coordinators := all
		if test.alone {
			coordinators = []string{"anna"}
		}
		of := &staff{
			Active:       func(person string) bool { return person != test.inactive },
			Coordinators: func() []string { return coordinators },
			Schedulers:   func() []string { return []string{"sam"} },
			Admins:       func() []string { return []string{"eva"} },
			Open:         func(person string) int { return test.open[person] },
		}
		if got := s.ownerOn("anna", test.day, of); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
		if wrong := s.Check(); len(wrong) > 0 {
			t.Errorf("%s: %v", test.name, wrong)
		}
	}
	none := func() []string { return nil }
	nobody := &staff{Active: func(string) bool { return false }, Coordinators: none, Schedulers: none, Admins: none}
	if got := NewState().ownerOn("anna", first, nobody); got != "anna" {
		t.Errorf("nobody at all: %q", got)
	}
}

func TestRulesOfAbsences(t *testing.T) {
	today := day(t, "2026-11-20")
	s := NewState()
	apply(s, DeputySet{Absence: "a1", Person: "anna", From: today + 10, Until: today + 20})
	for _, test := range []struct {
		name        string
		from, until Day
		deputy      string
		code        string
	}{
		{"today", today, today, "bo", ""},
		{"without a deputy", today, today + 3, "", ""},
		{"yesterday", today - 1, today, "bo", "time_past"},
		{"ends before it starts", today + 2, today + 1, "bo", "ends_before_start"},
		{"as long as can be", today + 30, today + 30 + MaxAbsence - 1, "bo", ""},
		{"a day longer", today + 30, today + 30 + MaxAbsence, "bo", "invalid_request"},
		{"until the day before another", today, today + 9, "bo", ""},
		{"until the first day of another", today, today + 10, "bo", "absence_overlap"},
		{"from the last day of another", today + 20, today + 25, "bo", "absence_overlap"},
		{"from the day after another", today + 21, today + 25, "bo", ""},
		{"around another", today + 5, today + 25, "bo", "absence_overlap"},
		{"within another", today + 12, today + 13, "bo", "absence_overlap"},
		{"standing in for oneself", today, today, "anna", "invalid_request"},
		{"after the century", lastDay, lastDay + 1, "bo", "invalid_request"},
	} {
		_, err := s.SetDeputy(noon, "new", Absence{Person: "anna", Deputy: test.deputy, From: test.from, Until: test.until})
		f, _ := fault.As(err)
		if (f == nil) != (test.code == "") || f != nil && f.Code != test.code {
			t.Errorf("%s: %v, want %q", test.name, err, test.code)
		}
	}
	if _, err := s.SetDeputy(noon, "new", Absence{Person: "bo", From: today + 10, Until: today + 20}); err != nil {
		t.Errorf("another person on the same days: %v", err)
	}

	for _, test := range []struct {
		name         string
		today, until Day // until 0: taken back
	}{
		{"before the first day", today + 9, 0},
		{"on the first day", today + 10, 0},
		{"on the second day", today + 11, today + 10},
		{"on the last day", today + 20, today + 19},
	} {
		s := NewState()
		apply(s, DeputySet{Absence: "a1", Person: "anna", From: today + 10, Until: today + 20})
		d, err := s.EndDeputy(moment(s.calendar.at(test.today, 720)), "anna", "a1")
		if err != nil {
			t.Errorf("ended %s: %v", test.name, err)
			continue
		}
		apply(s, d.Events[0])
		if a, there := s.primary.Absences["a1"]; there != (test.until != 0) || a.Until != test.until {
			t.Errorf("ended %s: %v %v, want until %d", test.name, there, a, test.until)
		}
		if wrong := s.Check(); len(wrong) > 0 {
			t.Errorf("ended %s: %v", test.name, wrong)
		}
	}
	if _, err := s.EndDeputy(moment(s.calendar.at(today+21, 0)), "anna", "a1"); !errors.Is(err, ErrHoursPast) {
		t.Errorf("ended when it was over: %v", err)
	}
	if _, err := s.EndDeputy(noon, "bo", "a1"); !errors.Is(err, ErrNoAbsence) {
		t.Errorf("ended by way of another person: %v", err)
	}
}

func TestWhoCanStandIn(t *testing.T) {
	grants := func(text string) []auth.Grant {
		var list []auth.Grant
		for word := range strings.FieldsSeq(text) {
			role, unit, _ := strings.Cut(word, "@")
			list = append(list, auth.Grant{Role: auth.Role(role), Unit: unit})
		}
		return list
	}
	for _, test := range []struct {
		deputy, person string
		want           bool
	}{
		{"coordinator@a", "coordinator@a", true},
		{"coordinator@a", "coordinator@b", false},
		{"doctor@a", "coordinator@a", false},
		{"doctor@a coordinator@b", "coordinator@a doctor@b", false},
		{"doctor@a coordinator@b", "trainee@a coordinator@b", true},
		{"trainee@a", "trainee@a", false},
		{"scheduler@a", "scheduler@a", true},
		{"", "coordinator@a", false},
	} {
		if got := canStandIn(grants(test.deputy), grants(test.person)); got != test.want {
			t.Errorf("%q for %q: %v", test.deputy, test.person, got)
		}
	}
}

// Days away are no days on which anybody can come or publishes, whatever their hours say.
func TestAbsenceBlocksTheDays(t *testing.T) {
	monday := day(t, "2026-11-23")
	c := finland()
	hours := func(weekday int) HoursAdded {
		return HoursAdded{Hours: fmt.Sprint("h", weekday), Person: "gp", Unit: "centre", Weekday: weekday, From: 540, To: 600, Minutes: 30, ValidFrom: monday, ValidUntil: monday + 30}
	}
	s := NewState()
	for _, e := range []journal.Event{
		hours(1), hours(2), hours(3), hours(4),
		DeputySet{Absence: "a", Person: "gp", From: monday + 1, Until: monday + 2},
		DeputySet{Absence: "b", Person: "co", From: monday + 1, Until: monday + 2},
		DeputySet{Absence: "c", Person: "co", From: monday + 4, Until: monday + 4},
	} {
		apply(s, e)
	}
	days := func(spans []Span) (out []Day) {
		for _, span := range spans {
			out = append(out, c.dayOf(span.Start)-monday)
		}
		return out
	}
	var published []Span
	for _, p := range s.plans["gp"].published(c, monday, monday+6, "centre") {
		published = append(published, p.Span)
	}
	if got := days(published); !slices.Equal(got, []Day{0, 3}) {
		t.Errorf("the doctor publishes on days %v after Monday, want 0 and 3", got)
	}
	if got := days(s.plans["co"].open(c, monday, monday+6, OfficeHours)); !slices.Equal(got, []Day{0, 3}) {
		t.Errorf("the coordinator comes on days %v after Monday, want 0 and 3", got)
	}
	if got := days(s.plans["co"].open(c, monday+2, monday+2, OfficeHours)); len(got) != 0 {
		t.Errorf("the coordinator comes on the last day away: %v", got)
	}
	_, err := s.AddException(noon, "x", Exception{Person: "gp", Day: monday + 2, Kind: Extra, From: 900, To: 960, Unit: "centre", Minutes: 30})
	if !errors.Is(err, ErrOverlap) {
		t.Errorf("extra hours on a day away: %v", err)
	}
	// A fresh start from what is kept makes the same.
	again := NewState()
	again.primary = s.primary
	again.Reindex()
	if wrong := again.Check(); len(wrong) > 0 || len(again.plans["co"].absences) != 2 {
		t.Errorf("after a fresh start: %v", wrong)
	}
}

// A doctor goes away; the days close, what was booked stays and is shown to the deputy.
func TestAwayOverHTTP(t *testing.T) {
	r := newRegion(t)
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", mondayRule)
	a := r.want(t, 201, "co", "POST", "/api/appointments", nineOClock)
	r.want(t, 201, "co", "POST", "/api/appointments", strings.Replace(nineOClock, "11-23", "11-30", 1))

	const away = "/api/people/gp/absences"
	if v := r.want(t, 200, "gp", "GET", away, ""); length(v["absences"]) != 0 || length(v["deputies"]) != 1 || at(v, "deputies", 0, "person") != "gp2" || at(v, "deputies", 0, "name") != "Örjan Åberg" {
		t.Errorf("who could stand in: %v", v)
	}
	week := `{"from":"2026-11-23","until":"2026-11-29","deputy":"gp2"}`
	v := r.want(t, 201, "keeper", "POST", away, week)
	if at(v, "absences", 0, "deputyName") != "Örjan Åberg" || at(v, "absences", 0, "until") != "2026-11-29" || at(v, "absences", 0, "appointments", 0, "appointment") != a["id"] {
		t.Errorf("away: %v", v)
	}
	if v := r.want(t, 409, "gp", "POST", away, week); v["code"] != "absence_overlap" {
		t.Errorf("away twice: %v", v)
	}
	if v := r.want(t, 200, "co", "GET", mondayTimes, ""); length(v["days"]) != 1 || at(v, "days", 0, "date") != "2026-11-30" {
		t.Errorf("times while the doctor is away: %v", v)
	}
	if v := r.want(t, 200, "gp", "GET", "/api/people/gp/hours", ""); length(v["outside"]) != 1 {
		t.Errorf("the appointment that nobody comes to is not shown: %v", v)
	}
	v = r.want(t, 200, "gp2", "GET", "/api/covered", "")
	if length(v["covered"]) != 1 || at(v, "covered", 0, "name") != "Aino Mäkelä" || length(at(v, "covered", 0, "appointments")) != 1 || at(v, "covered", 0, "appointments", 0, "reference") != a["reference"] {
		t.Errorf("whom the deputy covers: %v", v)
	}
	open := fmt.Sprintf("/api/appointments/%s", a["id"])
	if v := r.want(t, 200, "gp2", "GET", open, ""); v["reference"] != a["reference"] {
		t.Errorf("what the deputy sees of it: %v", v)
	}
	r.want(t, 404, "gp3", "GET", open, "")
	if v := r.want(t, 200, "gp3", "GET", "/api/covered", ""); length(v["covered"]) != 0 {
		t.Errorf("whom another doctor covers: %v", v)
	}
	for body, code := range map[string]string{
		`{"from":"2026-12-01","until":"2026-12-02","deputy":"nurse"}`:  "invalid_request",
		`{"from":"2026-12-01","until":"2026-12-02","deputy":"gp3"}`:    "invalid_request", // works in the other unit only
		`{"from":"2026-12-01","until":"2026-11-30"}`:                   "ends_before_start",
		`{"from":"2026-12-01","until":"2026-12-02","deputy":"nobody"}`: "invalid_request",
	} {
		if v := r.want(t, 400, "gp", "POST", away, body); v["code"] != code {
			t.Errorf("%s: %v", body, v)
		}
	}
	for _, stranger := range []string{"gp2", "nurse", "co", "keeper2"} {
		r.want(t, 404, stranger, "GET", away, "")
		r.want(t, 404, stranger, "POST", away, week)
	}
	if data := r.service.data("gp"); len(data.Absences) != 1 || data.Absences[0].Deputy != "" {
		t.Errorf("in the download: %v", data.Absences)
	}

	// Back on Wednesday: Monday and Tuesday were away.
	id, _ := at(r.want(t, 200, "gp", "GET", away, ""), "absences", 0, "id").(string)
	r.clock.Store(utc("2026-11-25T08:00:00Z"))
	if v := r.want(t, 200, "gp", "DELETE", away+"/"+id, ""); length(v["absences"]) != 0 {
		t.Errorf("after coming back: %v", v)
	}
	r.journal.View(func() {
		if a := r.state.primary.Absences[id]; a.Until.Date() != "2026-11-24" {
			t.Errorf("away until %s", a.Until.Date())
		}
	})
	r.want(t, 404, "gp", "DELETE", "/api/people/gp2/absences/"+id, "")
	r.want(t, 409, "gp", "DELETE", away+"/"+id, "")
	r.happen(t, people.PersonErased{Person: "gp"})
	r.journal.View(func() {
		if wrong := r.state.Check(); len(wrong) > 0 || len(r.state.primary.Absences) != 0 {
			t.Errorf("after the erasure: %v %v", wrong, r.state.primary.Absences)
		}
	})
}

// A scheduler sees who of their units is away when, and marks it for any of them; of other units nothing.
func TestSchedulerKeepsAbsences(t *testing.T) {
	r := newRegion(t)
	names := func(person string) (list []any) {
		t.Helper()
		v := r.want(t, 200, person, "GET", "/api/absences", "")
		for n := range length(v["people"]) {
			list = append(list, at(v, "people", n, "name"))
		}
		return list
	}
	if got := fmt.Sprint(names("keeper")); got != "[Aino Mäkelä Satu Aika Veera Koski Örjan Åberg]" {
		t.Errorf("those of the centre: %v", got)
	}
	if got := fmt.Sprint(names("keeper2")); got != "[Niilo Aika Pekka Pohja Örjan Åberg]" {
		t.Errorf("those of the north: %v", got)
	}
	r.want(t, 403, "gp", "GET", "/api/absences", "")
	r.want(t, 201, "keeper", "POST", "/api/people/nurse/absences", `{"from":"2026-11-20","until":"2026-11-22"}`)
	r.want(t, 201, "keeper", "POST", "/api/people/gp/absences", `{"from":"2026-11-24","until":"2026-11-25","deputy":"gp2"}`)
	r.want(t, 404, "keeper2", "POST", "/api/people/gp/absences", `{"from":"2026-11-30","until":"2026-11-30"}`)
	v := r.want(t, 200, "keeper", "GET", "/api/absences", "")
	if at(v, "people", 0, "next", "deputyName") != "Örjan Åberg" || at(v, "people", 0, "next", "from") != "2026-11-24" || at(v, "people", 2, "next", "until") != "2026-11-22" ||
		at(v, "people", 2, "next", "deputy") != nil || at(v, "people", 3, "next") != nil || at(v, "people", 0, "roles", 0) != "doctor" {
		t.Errorf("%v", v)
	}
	r.clock.Store(utc("2026-11-22T22:00:00Z"))
	if v := r.want(t, 200, "keeper", "GET", "/api/absences", ""); at(v, "people", 2, "next") != nil {
		t.Errorf("an absence that is over is shown: %v", v)
	}
}

// A9: somebody with twelve open cases goes away without a deputy; on every day of it each of the twelve has an owner who is there,
// and each is in somebody's list.
func TestTwelveOfTwelveCasesHaveAnOwner(t *testing.T) {
	r := newRegion(t)
	for n := range 12 {
		r.happen(t, CaseOpened{Case: fmt.Sprint("case", n), Reference: fmt.Sprintf("CASE%02d", n), Unit: "town", Owner: "co"},
			RequestMade{Request: fmt.Sprint("wait", n), Case: fmt.Sprint("case", n), Unit: "centre", RequestTerms: RequestTerms{Minutes: 30, Mode: Phone, Priority: Normal}})
	}
	for _, deputy := range []string{"", `,"deputy":"co2"`} {
		r.want(t, 201, "co", "POST", "/api/people/co/absences", `{"from":"2026-11-20","until":"2026-11-22"`+deputy+`}`)
		for _, now := range []string{"2026-11-20T12:00:00Z", "2026-11-22T21:59:59Z"} {
			r.clock.Store(utc(now))
			v := r.want(t, 200, "boss", "GET", "/api/cases/dependency", "")
			if at(v, "total", "open") != 12.0 || at(v, "total", "cared") != 12.0 || at(v, "total", "covered") != 12.0 || at(v, "total", "flagged") != true {
				t.Errorf("at %s: %v", now, v["total"])
			}
			if v := r.want(t, 200, "co2", "GET", "/api/cases", ""); length(v["cases"]) != 12 {
				t.Errorf("at %s co2 sees %d cases", now, length(v["cases"]))
			}
		}
		r.clock.Store(noon.UnixMilli())
		r.want(t, 200, "co", "DELETE", "/api/people/co/absences/"+r.absence("co"), "")
		if v := r.want(t, 200, "co2", "GET", "/api/cases", ""); length(v["cases"]) != 0 {
			t.Errorf("when co is back co2 sees %d cases", length(v["cases"]))
		}
	}
}
