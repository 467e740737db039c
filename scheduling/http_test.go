package scheduling

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/people"
	"luotsi/server/web"
)

const mondayRule = `{"unit":"centre","weekday":1,"from":"09:00","to":"12:00","minutes":30,"validFrom":"2026-11-23","validUntil":"2027-06-30"}`

const mondayTimes = "/api/joint-times?doctor=gp&unit=centre&from=2026-11-23&to=2026-11-30&minutes=30"

const nineOClock = `{"doctor":"gp","unit":"centre","start":"2026-11-23T07:00:00Z","minutes":30,"mode":"on_site","with":[]}`

// The whole way: hours, an exception day, times when both are free, a booking, both lists, the calendar file, a cancellation.
func TestFromHoursToCancellation(t *testing.T) {
	r := newRegion(t)
	v := r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", mondayRule)
	rule, _ := at(v, "rules", 0, "id").(string)
	if at(v, "name") != "Aino Mäkelä" || at(v, "rules", 0, "unitName") != "Keskustan terveysasema" || at(v, "rules", 0, "from") != "09:00" || at(v, "rules", 0, "validUntil") != "2027-06-30" {
		t.Errorf("hours: %v", v)
	}
	v = r.want(t, 201, "keeper", "POST", "/api/people/gp/hours/exceptions", `{"date":"2026-11-30","kind":"away"}`)
	if length(at(v, "exceptions")) != 1 {
		t.Errorf("exceptions: %v", v)
	}

	v = r.want(t, 200, "co", "GET", "/api/doctors", "")
	if length(at(v, "doctors")) != 2 || at(v, "doctors", 0, "name") != "Aino Mäkelä" || at(v, "doctors", 0, "rules") != 1.0 || at(v, "doctors", 0, "nextFree") != "2026-11-23T07:00:00Z" {
		t.Errorf("doctors: %v", v)
	}
	if at(v, "doctors", 1, "person") != "gp2" || at(v, "doctors", 1, "unit") != "centre" || at(v, "doctors", 1, "nextFree") != nil {
		t.Errorf("the doctor without hours: %v", at(v, "doctors", 1))
	}

	v = r.want(t, 200, "co", "GET", mondayTimes, "")
	if length(at(v, "days")) != 1 || at(v, "days", 0, "date") != "2026-11-23" || length(at(v, "days", 0, "times")) != 6 || v["none"] != nil {
		t.Errorf("joint times: %v", v)
	}

	a := r.want(t, 201, "co", "POST", "/api/appointments", strings.Replace(nineOClock, `[]`, `["nurse"]`, 1))
	id, _ := a["id"].(string)
	if reference, _ := a["reference"].(string); len(reference) != 6 || strings.Trim(reference, referenceLetters) != "" {
		t.Errorf("reference %q", reference)
	}
	if a["state"] != "booked" || a["end"] != "2026-11-23T07:30:00Z" || at(a, "doctor", "name") != "Aino Mäkelä" || length(a["participants"]) != 3 || at(a, "participants", 1, "role") != "coordinator" {
		t.Errorf("appointment: %v", a)
	}

	for _, person := range []string{"gp", "co", "nurse"} {
		v = r.want(t, 200, person, "GET", "/api/appointments", "")
		if length(v["appointments"]) != 1 || at(v, "appointments", 0, "id") != id {
			t.Errorf("list of %s: %v", person, v)
		}
	}
	if v = r.want(t, 200, "co", "GET", mondayTimes, ""); length(at(v, "days", 0, "times")) != 5 {
		t.Errorf("the booked time is still offered: %v", v)
	}

	status, file, header := r.raw(t, "gp", "GET", "/api/appointments/"+id+"/calendar", "")
	if status != 200 || !bytes.Contains(file, []byte("METHOD:REQUEST\r\n")) || !bytes.Contains(file, []byte("DTSTART:20261123T070000Z\r\n")) || !strings.HasPrefix(header.Get("Content-Type"), "text/calendar") {
		t.Errorf("calendar: %d %v\n%s", status, header, file)
	}

	// Taking the hours back leaves the appointment, and tells.
	v = r.want(t, 200, "gp", "DELETE", "/api/people/gp/hours/rules/"+rule, "")
	if length(v["rules"]) != 0 || at(v, "outside", 0, "appointment") != id {
		t.Errorf("hours taken back: %v", v)
	}

	a = r.want(t, 200, "nurse", "POST", "/api/appointments/"+id+"/cancellation", `{"reason":"client"}`)
	if a["state"] != "cancelled" || at(a, "cancelled", "by") != "Veera Koski" || at(a, "cancelled", "reason") != "client" {
		t.Errorf("cancelled: %v", a)
	}
	if _, file, _ = r.raw(t, "co", "GET", "/api/appointments/"+id+"/calendar", ""); !bytes.Contains(file, []byte("METHOD:CANCEL\r\n")) || !bytes.Contains(file, []byte("SEQUENCE:1\r\n")) {
		t.Errorf("calendar of the cancelled:\n%s", file)
	}
	if v = r.want(t, 200, "gp", "GET", "/api/people/gp/hours", ""); length(v["outside"]) != 0 {
		t.Errorf("a cancelled appointment is outside the hours: %v", v)
	}
	if v = r.want(t, 409, "gp", "POST", "/api/appointments/"+id+"/cancellation", `{"reason":"client"}`); v["code"] != "already_cancelled" {
		t.Errorf("cancelled twice: %v", v)
	}
}

func TestTheOtherCoordinatorIsToldWhoAndWhen(t *testing.T) {
	r := newRegion(t)
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", mondayRule)
	r.want(t, 201, "co", "POST", "/api/appointments", nineOClock)
	v := r.want(t, 409, "co2", "POST", "/api/appointments", nineOClock)
	if v["code"] != "time_taken" || length(at(v, "info", "taken")) != 1 || at(v, "info", "taken", 0, "name") != "Aino Mäkelä" || length(at(v, "info", "next")) != 3 || at(v, "info", "next", 0, "start") != "2026-11-23T07:30:00Z" {
		t.Errorf("refusal: %v", v)
	}
	if v = r.want(t, 200, "co2", "GET", "/api/appointments", ""); length(v["appointments"]) != 0 {
		t.Errorf("something was booked: %v", v)
	}
}

func TestNoTimesSaysWhy(t *testing.T) {
	r := newRegion(t)
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", mondayRule)
	r.want(t, 201, "nurse", "POST", "/api/people/nurse/hours/exceptions", `{"date":"2026-11-23","kind":"away","from":"08:00","to":"10:30"}`)
	r.want(t, 201, "co", "POST", "/api/people/co/hours/exceptions", `{"date":"2026-11-23","kind":"away","from":"10:00","to":"16:00"}`)
	v := r.want(t, 200, "co", "GET", "/api/joint-times?doctor=gp&unit=centre&with=nurse&from=2026-11-23&to=2026-11-23", "")
	why := `published:6 reasons:[map[busy:4 cause:seat name:Carita Lind person:co role:coordinator seat:1] map[busy:3 cause:seat name:Veera Koski person:nurse role:coordinator seat:2]]`
	want := `[] [] [map[date:2026-11-23 ` + why + `]] map[` + why + `]`
	if got := fmt.Sprint(v["days"], v["best"], v["empty"], v["none"]); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	v = r.want(t, 200, "co", "GET", "/api/joint-times?doctor=gp2&unit=centre&from=2026-11-23&to=2026-11-23", "")
	if at(v, "none", "published") != 0.0 {
		t.Errorf("nothing is published: %v", v)
	}
}

func TestBadInputChangesNothing(t *testing.T) {
	r := newRegion(t)
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", mondayRule)
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", `{"unit":"centre","weekday":7,"from":"02:00","to":"06:00","minutes":30,"validFrom":"2026-11-23","validUntil":"2027-12-31"}`)
	before, err := r.journal.Hash()
	if err != nil {
		t.Fatal(err)
	}
	rules, exceptions, book := "/api/people/gp/hours/rules", "/api/people/gp/hours/exceptions", "/api/appointments"
	swap := func(old, new string) string { return strings.Replace(nineOClock, old, new, 1) }
	change := func(old, new string) string { return strings.Replace(mondayRule, old, new, 1) }
	for _, tt := range []struct {
		name, person, method, path, body string
		status                           int
		want                             string
	}{
		{"an hour that ends before it starts", "gp", "POST", rules, change(`"12:00"`, `"08:00"`), 400, "ends_before_start to ends_before_start"},
		{"hours that overlap", "gp", "POST", rules, mondayRule, 409, "hours_overlap"},
		{"no clock", "gp", "POST", rules, change(`"12:00"`, `"25:00"`), 400, "invalid_request to clock"},
		{"a clock that is a number", "gp", "POST", rules, change(`"12:00"`, `12`), 400, "invalid_request to wrong_type"},
		{"a weekday that is a text", "gp", "POST", rules, change(`"weekday":1`, `"weekday":"ma"`), 400, "invalid_request weekday wrong_type"},
		{"an eighth weekday", "gp", "POST", rules, change(`"weekday":1`, `"weekday":8`), 400, "invalid_request weekday max"},
		{"an unknown field", "gp", "POST", rules, change(`{`, `{"colour":"red",`), 400, "invalid_request colour unknown"},
		{"a day that is not", "gp", "POST", rules, change(`2027-06-30`, `2027-06-31`), 400, "invalid_request validUntil date"},
		{"a day of another century", "gp", "POST", rules, change(`2026-11-23`, `1926-11-23`), 400, "invalid_request validFrom date"},
		{"three years", "gp", "POST", rules, strings.Replace(change(`2027-06-30`, `2029-11-30`), `"weekday":1`, `"weekday":2`, 1), 400, "invalid_request validUntil max"},
		{"5 minutes", "gp", "POST", rules, change(`"minutes":30`, `"minutes":5`), 400, "invalid_request minutes min"},
		{"somebody else's unit", "gp", "POST", rules, change(`centre`, `north`), 400, "invalid_request unit unknown"},
		{"no JSON", "gp", "POST", rules, `nine to twelve`, 400, "not_json"},
		{"an unknown person's hours", "keeper", "POST", "/api/people/nobody/hours/rules", mondayRule, 404, "not_found"},
		{"hours that are not there", "gp", "DELETE", rules + "/nothing", "", 404, "not_found"},
		{"an exception that is not there", "gp", "DELETE", exceptions + "/nothing", "", 404, "not_found"},
		{"an id that can not be", "gp", "DELETE", exceptions + "/a%20b", "", 400, "invalid_request exception id"},
		{"an exception backwards", "gp", "POST", exceptions, `{"date":"2026-12-01","kind":"away","from":"12:00","to":"09:00"}`, 400, "ends_before_start to ends_before_start"},
		{"an exception until midnight", "gp", "POST", exceptions, `{"date":"2026-12-01","kind":"away","from":"00:00","to":"00:00"}`, 400, "ends_before_start to ends_before_start"},
		{"half an exception", "gp", "POST", exceptions, `{"date":"2026-12-01","kind":"away","from":"12:00"}`, 400, "invalid_request to required"},
		{"extra hours without a unit", "gp", "POST", exceptions, `{"date":"2026-12-01","kind":"extra","from":"12:00","to":"13:00","minutes":30}`, 400, "invalid_request unit required"},
		{"extra hours over others", "gp", "POST", exceptions, `{"date":"2026-11-23","kind":"extra","from":"11:00","to":"13:00","unit":"centre","minutes":30}`, 409, "hours_overlap"},
		{"yesterday", "gp", "POST", exceptions, `{"date":"2026-11-19","kind":"away"}`, 409, "time_past"},
		{"another kind", "gp", "POST", exceptions, `{"date":"2026-12-01","kind":"party"}`, 400, "invalid_request kind oneof"},
		{"a booking in the past", "co", "POST", book, swap("2026-11-23T07", "2026-11-16T07"), 409, "time_past"},
		{"a booking in another century", "co", "POST", book, swap("2026-11-23T07", "1926-11-16T07"), 400, "invalid_request start date"},
		{"no time", "co", "POST", book, swap("2026-11-23T07:00:00Z", "tomorrow at nine"), 400, "invalid_request start date"},
		{"a time without a zone", "co", "POST", book, swap("07:00:00Z", "07:00:00"), 400, "invalid_request start date"},
		{"half a second", "co", "POST", book, swap("07:00:00Z", "07:00:00.5Z"), 400, "invalid_request start date"},
		{"outside the hours", "co", "POST", book, swap("T07:00", "T10:00"), 409, "outside_hours"},
		{"in the hour that the clock skips", "co", "POST", book, swap("2026-11-23T07:00:00Z", "2027-03-28T02:00:00+01:00"), 409, "outside_hours"},
		{"an unknown doctor", "co", "POST", book, swap(`"gp"`, `"nobody"`), 404, "unknown_person"},
		{"a doctor of a unit that is not shared", "co", "POST", book, strings.Replace(swap(`"gp"`, `"gp3"`), "centre", "north", 1), 404, "unknown_person"},
		{"a doctor in another unit than theirs", "nurse", "POST", book, swap("centre", "north"), 404, "unknown_person"},
		{"a coordinator as the doctor", "co", "POST", book, swap(`"gp"`, `"nurse"`), 404, "unknown_person"},
		{"with somebody unknown", "co", "POST", book, swap("[]", `["nobody"]`), 404, "unknown_person"},
		{"with a manager", "co", "POST", book, swap("[]", `["boss"]`), 404, "unknown_person"},
		{"with a trainee", "co", "POST", book, swap("[]", `["student"]`), 404, "unknown_person"},
		{"with an id that can not be", "co", "POST", book, swap("[]", `["a b"]`), 400, "invalid_request with[0] id"},
		{"with more than 20", "co", "POST", book, swap("[]", `["`+strings.Repeat(`x","`, 20)+`x"]`), 400, "invalid_request with max"},
		{"with a number", "co", "POST", book, swap("[]", `[7]`), 400, "invalid_request with wrong_type"},
		{"another mode", "co", "POST", book, swap("on_site", "telepathy"), 400, "invalid_request mode oneof"},
		{"the doctor alone", "gp", "POST", book, nineOClock, 400, "invalid_request with required"},
		{"more than 92 days", "co", "GET", "/api/joint-times?doctor=gp&unit=centre&from=2026-11-23&to=2027-02-23", "", 400, "invalid_request to max"},
		{"backwards days", "co", "GET", "/api/joint-times?doctor=gp&unit=centre&from=2026-11-23&to=2026-11-22", "", 400, "ends_before_start to ends_before_start"},
		{"no days", "co", "GET", "/api/joint-times?doctor=gp&unit=centre", "", 400, "invalid_request from required"},
		{"an unknown parameter", "co", "GET", mondayTimes + "&colour=red", "", 400, "invalid_request colour unknown"},
		{"minutes that are a word", "co", "GET", strings.Replace(mondayTimes, "minutes=30", "minutes=few", 1), "", 400, "invalid_request minutes wrong_type"},
		{"times of 9 minutes", "co", "GET", strings.Replace(mondayTimes, "minutes=30", "minutes=9", 1), "", 400, "invalid_request minutes min"},
		{"times with an empty id", "co", "GET", mondayTimes + "&with=nurse,", "", 400, "invalid_request with id"},
		{"times with 21", "co", "GET", mondayTimes + "&with=" + strings.Repeat("x,", 20) + "x", "", 400, "invalid_request with max"},
		{"a reason in words", "co", "POST", book + "/x/cancellation", `{"reason":"he is ill"}`, 400, "invalid_request reason oneof"},
		{"an unknown appointment", "co", "POST", book + "/x/cancellation", `{"reason":"client"}`, 404, "not_found"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, v := r.call(t, tt.person, tt.method, tt.path, tt.body)
			got, _ := v["code"].(string)
			if length(v["fields"]) > 0 {
				got += fmt.Sprintf(" %v %v", at(v, "fields", 0, "name"), at(v, "fields", 0, "code"))
			}
			if status != tt.status || got != tt.want {
				t.Errorf("%d %q, want %d %q", status, got, tt.status, tt.want)
			}
		})
	}
	if after, err := r.journal.Hash(); err != nil || after != before {
		t.Errorf("the state changed (%v)", err)
	}
}

// Both clock changes over HTTP: every offered time can be booked, and what the clock skips is not there.
func TestClockChangesOverHTTP(t *testing.T) {
	r := newRegionAt(t, time.UnixMilli(utc("2026-03-01T12:00:00Z")))
	for _, tt := range []struct {
		now, date string
		want      string // the starts, UTC
	}{
		{"2026-03-01T12:00:00Z", "2026-03-29", "00:00 00:30 01:00 01:30 02:00 02:30"}, // 2.00 2.30 4.00 4.30 5.00 5.30
		{"2026-10-01T12:00:00Z", "2026-10-25", "23:00 23:30 00:00 00:30 01:00 01:30 02:00 02:30 03:00 03:30"},
	} {
		r.clock.Store(utc(tt.now))
		hours := `{"unit":"centre","weekday":7,"from":"02:00","to":"06:00","minutes":30,"validFrom":"` + tt.date + `","validUntil":"` + tt.date + `"}`
		r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", hours)
		r.want(t, 201, "co", "POST", "/api/people/co/hours/rules", strings.Replace(hours, "centre", "town", 1))
		v := r.want(t, 200, "co", "GET", "/api/joint-times?doctor=gp&unit=centre&from="+tt.date+"&to="+tt.date, "")
		var got []string
		for i := range length(at(v, "days", 0, "times")) {
			start, _ := at(v, "days", 0, "times", i, "start").(string)
			got = append(got, start[11:16])
			r.want(t, 201, "co", "POST", "/api/appointments", strings.Replace(nineOClock, "2026-11-23T07:00:00Z", start, 1))
		}
		if strings.Join(got, " ") != tt.want || at(v, "days", 0, "date") != tt.date {
			t.Errorf("%s: got %v, want %s", tt.date, got, tt.want)
		}
	}
	// 3.30–4.00 in the autumn begins at the first 3.30, and so is an hour and a half.
	s := given(HoursAdded{Hours: "h", Person: "gp", Unit: "centre", Weekday: 7, From: 210, To: 240, Minutes: 30, ValidFrom: day(t, "2026-10-25"), ValidUntil: day(t, "2026-10-25")})
	if got := s.plan("gp").published(s.calendar, day(t, "2026-10-25"), day(t, "2026-10-25"), "centre"); len(got) != 1 || got[0].Start != utc("2026-10-25T00:30:00Z") || got[0].End != utc("2026-10-25T02:00:00Z") {
		t.Errorf("3.30–4.00 in the autumn: %v", got)
	}
}

func TestWhoMayDoWhat(t *testing.T) {
	r := newRegion(t)
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", mondayRule)
	a := r.want(t, 201, "co", "POST", "/api/appointments", nineOClock)
	id, _ := a["id"].(string)
	rule := "/api/people/gp2/hours/rules"
	atNorth := strings.Replace(mondayRule, "centre", "north", 1)
	for _, tt := range []struct {
		name, person, method, path, body string
		status                           int
	}{
		{"a participant", "gp", "GET", "/api/appointments/" + id, "", 200},
		{"the scheduler of the unit", "keeper", "GET", "/api/appointments/" + id, "", 200},
		{"a scheduler of another unit", "keeper2", "GET", "/api/appointments/" + id, "", 404},
		{"a coordinator who does not take part", "co2", "GET", "/api/appointments/" + id, "", 404},
		{"a doctor who does not take part", "gp2", "GET", "/api/appointments/" + id, "", 404},
		{"a manager", "boss", "GET", "/api/appointments/" + id, "", 403},
		{"a trainee", "student", "GET", "/api/appointments/" + id, "", 403},
		{"nobody", "", "GET", "/api/appointments/" + id, "", 401},
		{"the calendar of others", "co2", "GET", "/api/appointments/" + id + "/calendar", "", 404},
		{"cancel others'", "co2", "POST", "/api/appointments/" + id + "/cancellation", `{"reason":"other"}`, 404},
		{"own hours", "gp", "GET", "/api/people/gp/hours", "", 200},
		{"hours of another doctor", "gp2", "GET", "/api/people/gp/hours", "", 404},
		{"hours of a doctor of the own unit", "keeper", "GET", "/api/people/gp/hours", "", 200},
		{"hours of a doctor of another unit", "keeper2", "GET", "/api/people/gp/hours", "", 404},
		{"hours of a coordinator", "keeper", "GET", "/api/people/nurse/hours", "", 404},
		{"a coordinator looks at a doctor's", "co", "GET", "/api/people/gp/hours", "", 404},
		{"a scheduler publishes in the own unit", "keeper", "POST", rule, mondayRule, 201},
		{"a scheduler publishes in another unit", "keeper", "POST", rule, strings.Replace(atNorth, `"weekday":1`, `"weekday":2`, 1), 400},
		{"the other scheduler there", "keeper2", "POST", rule, strings.Replace(atNorth, `"weekday":1`, `"weekday":2`, 1), 201},
		{"a coordinator narrows the own hours", "co", "POST", "/api/people/co/hours/rules", strings.Replace(mondayRule, "centre", "town", 1), 201},
		{"a manager has no hours", "boss", "GET", "/api/people/boss/hours", "", 403},
		{"a scheduler books for the own unit", "keeper", "GET", mondayTimes, "", 200},
		{"a scheduler of another unit", "keeper2", "GET", mondayTimes, "", 403},
		{"a doctor with another doctor", "gp2", "GET", mondayTimes, "", 200},
		{"a manager lists doctors", "boss", "GET", "/api/doctors", "", 403},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if status, v := r.call(t, tt.person, tt.method, tt.path, tt.body); status != tt.status {
				t.Errorf("%d %v, want %d", status, v, tt.status)
			}
		})
	}
	if v := r.want(t, 200, "keeper", "GET", "/api/appointments?doctor=gp", ""); length(v["appointments"]) != 1 {
		t.Errorf("the scheduler's list of the doctor: %v", v)
	}
	if v := r.want(t, 200, "keeper2", "GET", "/api/appointments?doctor=gp", ""); length(v["appointments"]) != 0 {
		t.Errorf("another scheduler's list: %v", v)
	}
	if v := r.want(t, 200, "keeper", "GET", "/api/appointments", ""); length(v["appointments"]) != 0 {
		t.Errorf("the scheduler's own list: %v", v)
	}
	v := r.want(t, 200, "gp", "GET", "/api/coordinators", "")
	if length(v["coordinators"]) != 3 || at(v, "coordinators", 0, "name") != "Carita Lind" || at(v, "coordinators", 2, "name") != "Veera Koski" {
		t.Errorf("coordinators: %v", v)
	}
	if v := r.want(t, 200, "nurse", "GET", "/api/doctors", ""); length(v["doctors"]) != 4 {
		t.Errorf("doctors of the own organisation: %v", v)
	}
	if v := r.want(t, 200, "keeper", "GET", "/api/people/gp2/hours", ""); length(v["rules"]) != 2 {
		t.Errorf("the scheduler sees the hours of the own organisation: %v", v)
	}
}

func TestDeactivatedDoctorIsNotOffered(t *testing.T) {
	r := newRegion(t)
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", mondayRule)
	a := r.want(t, 201, "co", "POST", "/api/appointments", nineOClock)
	r.happen(t, people.PersonDeactivated{Person: "gp"})
	if v := r.want(t, 200, "co", "GET", "/api/doctors", ""); length(v["doctors"]) != 1 {
		t.Errorf("doctors: %v", v)
	}
	r.want(t, 404, "co", "GET", mondayTimes, "")
	r.want(t, 404, "co", "POST", "/api/appointments", strings.Replace(nineOClock, "T07:00", "T07:30", 1))
	r.happen(t, people.PersonErased{Person: "gp"})
	v := r.want(t, 200, "co", "GET", fmt.Sprintf("/api/appointments/%s", a["id"]), "")
	if at(v, "doctor", "name") != "" || at(v, "participants", 0, "person") != "gp" {
		t.Errorf("the appointment with somebody erased: %v", v)
	}
	r.journal.View(func() {
		if len(r.state.primary.Hours) != 0 {
			t.Error("the hours of somebody erased are kept")
		}
		if wrong := r.state.Check(); len(wrong) > 0 {
			t.Error(wrong)
		}
	})
}

func TestRoutesAreDescribed(t *testing.T) {
	r := newRegion(t)
	if len(r.router.Routes()) == 0 {
		t.Fatal("no routes")
	}
	for _, route := range r.router.Routes() {
		switch route.ID {
		case "readFeed", "getAskedAppointment", "answerAskedAppointment": // for whoever has the secret that is in the address
			continue
		}
		if !route.Access.Declared() || route.Access.Allows(auth.Identity{Person: "x", Grants: []auth.Grant{{Role: auth.Trainee}, {Role: auth.Trainer}}}) {
			t.Errorf("%s %s lets in who has nothing to do with appointments", route.Method, route.Path)
		}
	}
	raw, err := web.OpenAPI(r.router.Routes(), func(k fault.Kind) int { return 400 + int(k) })
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	times := at(doc, "components", "schemas", "SchedulingTimeView", "properties", "start", "format")
	answer := at(doc, "paths", "/api/appointments", "post", "responses", "201", "content", "application/json", "schema", "$ref")
	if times != "date-time" || answer != "#/components/schemas/SchedulingAppointmentView" {
		t.Errorf("described as %v and %v", times, answer)
	}
}

func TestAppointmentsOfARange(t *testing.T) {
	r := newRegion(t)
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", mondayRule)
	r.want(t, 201, "co", "POST", "/api/appointments", strings.Replace(nineOClock, "T07:00", "T08:00", 1))
	r.want(t, 201, "co", "POST", "/api/appointments", nineOClock)
	r.want(t, 201, "co", "POST", "/api/appointments", strings.Replace(nineOClock, "-23T", "-30T", 1))
	for query, want := range map[string]int{
		"": 3, "?from=2026-11-23&to=2026-11-23": 2, "?from=2026-11-24&to=2026-11-29": 0, "?from=2026-11-24": 1, "?to=2026-11-29": 2,
	} {
		v := r.want(t, 200, "co", "GET", "/api/appointments"+query, "")
		if length(v["appointments"]) != want {
			t.Errorf("%q: %d, want %d", query, length(v["appointments"]), want)
		}
	}
	v := r.want(t, 200, "co", "GET", "/api/appointments", "")
	if at(v, "appointments", 0, "start") != "2026-11-23T07:00:00Z" {
		t.Errorf("not in the order of time: %v", v)
	}
	r.clock.Store(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli())
	if v := r.want(t, 200, "co", "GET", "/api/appointments", ""); length(v["appointments"]) != 0 {
		t.Errorf("without days the list begins today: %v", v)
	}
}
