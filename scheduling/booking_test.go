package scheduling

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"luotsi/server/journal"
)

// One who changes their mind keeps the first time until the second is theirs.
func TestHoldInsteadOfAnother(t *testing.T) {
	end := noon.Add(HoldTime)
	for _, tt := range []struct {
		name, start, by string
		at              time.Time
		want            string
		first           Status // what became of the first
	}{
		{"another time", "2026-11-23T08:00:00Z", "co", noon, "", Released},
		{"the same time anew", nineOnMonday, "co", noon, "", Released},
		{"the second is taken", "2026-11-23T07:30:00Z", "co", noon, "time_taken", Held},
		{"a time that is not published", "2026-11-24T07:00:00Z", "co", noon, "outside_hours", Held},
		{"in the last millisecond", "2026-11-23T08:00:00Z", "co", end.Add(-time.Millisecond), "", Released},
		{"the first has ended by itself", "2026-11-23T08:00:00Z", "co", end, "", Released},
		{"of somebody else it stays", "2026-11-23T08:00:00Z", "co2", noon, "", Held},
	} {
		s := holdAt(t, noon, booked("other", "2026-11-23T07:30:00Z", 30, "gp", "co2"))
		b := wish(tt.start)
		b.Appointment, b.NewCase, b.References, b.By, b.Without = "second", "case2", []string{"K7M2QY"}, tt.by, "new"
		d, err := s.Hold(tt.at, b)
		if got := failure(err); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		} else if err == nil {
			s.when(t, tt.at, tt.by, d, nil)
		}
		if got := s.primary.Appointments["new"].Status; got != tt.first {
			t.Errorf("%s: the first is %s, want %s", tt.name, got, tt.first)
		}
	}
}

// Three at once is the most, but one of three can be changed for another.
func TestHoldInsteadOfOneOfThree(t *testing.T) {
	s := holdAt(t, noon)
	hold := func(id, start, without string) error {
		b := wish(start)
		b.Appointment, b.NewCase, b.References, b.By, b.Without = id, "case-"+id, []string{strings.ToUpper(id) + "7M2QY"}, "co", without
		d, err := s.Hold(noon, b)
		if err == nil {
			s.when(t, noon, "co", d, nil)
		}
		return err
	}
	for _, tt := range []struct{ id, start, without, want string }{
		{"b", "2026-11-23T07:30:00Z", "", ""},
		{"c", "2026-11-23T08:00:00Z", "", ""},
		{"d", "2026-11-23T08:30:00Z", "", "too_many_holds"},
		{"d", "2026-11-23T08:30:00Z", "nothing", "too_many_holds"},
		{"d", "2026-11-23T08:30:00Z", "b", ""},
		{"e", "2026-11-23T07:30:00Z", "b", "too_many_holds"},
	} {
		if got := failure(hold(tt.id, tt.start, tt.without)); got != tt.want {
			t.Errorf("%s instead of %q: got %q, want %q", tt.id, tt.without, got, tt.want)
		}
	}
}

// declined is a time that co asked of gp; the doctor declines and proposes others.
func declined(t *testing.T, proposed ...string) *State {
	t.Helper()
	s := holdAt(t, noon, SettingsChanged{Person: "gp", Ask: true})
	d, err := s.Confirm(noon, "new", true)
	s.when(t, noon, "co", d, err)
	var starts []int64
	for _, p := range proposed {
		starts = append(starts, utc(p))
	}
	d, err = s.Respond(noon, "new", 0, DeclinedSeat, NoTime, starts, everybody)
	s.when(t, noon, "gp", d, err)
	return s
}

func TestTakeProposedTime(t *testing.T) {
	const ten, half = "2026-11-23T08:00:00Z", "2026-11-23T08:30:00Z"
	for _, tt := range []struct {
		name, start, want string
		before            []journal.Event
	}{
		{"a proposed time is booked without asking again", ten, "", nil},
		{"one that was not proposed", nineOnMonday, "invalid_request start oneof", nil},
		{"one that somebody took meanwhile", half, "time_taken", []journal.Event{booked("other", half, 30, "gp", "co2")}},
		{"one where the doctor is away now", ten, "outside_hours", []journal.Event{ExceptionAdded{Exception: "x", Person: "gp", Day: day(t, "2026-11-23"), Kind: Away}}},
	} {
		s := declined(t, ten, half)
		for _, e := range tt.before {
			s.Apply(journal.Meta{Number: 900, At: noon, By: "co2"}, e)
		}
		b := wish(tt.start)
		b.Appointment = "again"
		d, err := s.TakeProposed(noon, "new", b)
		if got := failure(err); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
		if err != nil {
			continue
		}
		s.when(t, noon, "co", d, nil)
		a, old := s.primary.Appointments["again"], s.primary.Appointments["new"]
		if a.Status != Booked || a.Case != old.Case || a.Reference != old.Reference || a.Start != utc(tt.start) {
			t.Errorf("%s: %+v", tt.name, a)
		}
		b.Appointment = "twice"
		if _, err := s.TakeProposed(noon, "new", wish(half)); failure(err) != "not_now" {
			t.Errorf("a second of the proposed times: %v", err)
		}
	}
	s := given(mondays(t), booked("new", nineOnMonday, 30, "gp", "co"))
	if _, err := s.TakeProposed(noon, "new", wish(ten)); failure(err) != "not_now" {
		t.Errorf("of an appointment that was not declined: %v", err)
	}
	if _, err := s.TakeProposed(noon, "nothing", wish(ten)); failure(err) != "not_found" {
		t.Errorf("of none: %v", err)
	}
}

func TestReplacedIsRememberedUntilAMove(t *testing.T) {
	s := given(mondays(t), booked("new", nineOnMonday, 30, "gp", "i1"), ParticipantReplaced{Appointment: "new", Seat: 1, Person: "i2"})
	if a := s.primary.Appointments["new"]; len(a.Replaced) != 1 || a.Replaced[0] != (Replacement{1, "i1"}) || a.Participants[1].Person != "i2" {
		t.Fatalf("%+v", a)
	}
	s.Apply(journal.Meta{Number: 1000, At: noon, By: "co"}, AppointmentMoved{
		Appointment: "new", Doctor: "gp", Unit: "centre", Start: utc("2026-11-23T08:00:00Z"), Minutes: 30, Mode: OnSite, Participants: s.primary.Appointments["new"].Participants,
	})
	if a := s.primary.Appointments["new"]; len(a.Replaced) != 0 {
		t.Errorf("%+v", a)
	}
}

// Any doctor of the unit: the times of both together, each with its doctor; an empty day counts what was in the way of both.
func TestAnyDoctorOfTheUnit(t *testing.T) {
	r := newRegion(t)
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", mondayRule)
	second := strings.NewReplacer(`"09:00"`, `"11:30"`, `"12:00"`, `"13:00"`).Replace(mondayRule)
	r.want(t, 201, "gp2", "POST", "/api/people/gp2/hours/rules", second)
	const times = "/api/joint-times?unit=centre&from=2026-11-23&to=2026-11-30"
	v := r.want(t, 200, "co", "GET", times, "")
	var got []string
	for n := range length(at(v, "days", 0, "times")) {
		got = append(got, fmt.Sprint(at(v, "days", 0, "times", n, "start"), " ", at(v, "days", 0, "times", n, "doctor")))
	}
	want := "2026-11-23T07:00:00Z gp,2026-11-23T07:30:00Z gp,2026-11-23T08:00:00Z gp,2026-11-23T08:30:00Z gp,2026-11-23T09:00:00Z gp," +
		"2026-11-23T09:30:00Z gp,2026-11-23T09:30:00Z gp2,2026-11-23T10:00:00Z gp2,2026-11-23T10:30:00Z gp2"
	if strings.Join(got, ",") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, ","), want)
	}
	if length(v["doctors"]) != 2 || length(at(v, "seats")) != 2 || length(at(v, "seats", 0, "names")) != 2 || at(v, "best", 0, "doctor") != "gp" {
		t.Errorf("seats %v, doctors %v, best %v", v["seats"], v["doctors"], v["best"])
	}

	// One is away on the second Monday; the coordinator on both.
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/exceptions", `{"date":"2026-11-30","kind":"away"}`)
	r.want(t, 201, "co", "POST", "/api/people/co/hours/exceptions", `{"date":"2026-11-30","kind":"away"}`)
	v = r.want(t, 200, "co", "GET", times, "")
	if length(v["days"]) != 1 || at(v, "empty", 0, "published") != 3.0 || at(v, "empty", 0, "reasons", 0, "person") != "co" || at(v, "empty", 0, "reasons", 0, "busy") != 3.0 {
		t.Errorf("days %v, empty %v", length(v["days"]), v["empty"])
	}

	// Who is named for another seat is not looked for as the doctor too.
	v = r.want(t, 200, "co", "GET", times+"&with=gp", "")
	if length(v["doctors"]) != 1 || at(v, "doctors", 0, "person") != "gp2" || at(v, "days", 0, "times", 0, "doctor") != nil {
		t.Errorf("with gp: %v", v["doctors"])
	}
	// A unit without doctors has no times, and one that is not open to the asker is not there.
	if v = r.want(t, 200, "co", "GET", "/api/joint-times?unit=town&from=2026-11-23&to=2026-11-30", ""); length(v["doctors"]) != 0 || at(v, "none", "published") != 0.0 {
		t.Errorf("a unit without doctors: %v", v)
	}
	r.want(t, 404, "co", "GET", "/api/joint-times?unit=north&from=2026-11-23&to=2026-11-30", "")
}

// The whole way of a booking that hesitates: held, changed for another, listed, asked for, declined with a proposal, taken.
func TestHeldChangedAskedAndProposed(t *testing.T) {
	r := newRegion(t)
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", mondayRule)
	r.happen(t, SettingsChanged{Person: "gp", Ask: true})
	first, _ := r.want(t, 201, "co", "POST", "/api/holds", nineOClock)["id"].(string)
	change := strings.NewReplacer("07:00", "07:30", `"with"`, `"instead":"`+first+`","with"`).Replace(nineOClock)
	second := r.want(t, 201, "co", "POST", "/api/holds", change)
	id, _ := second["id"].(string)
	if v := r.want(t, 200, "co", "GET", "/api/holds", ""); length(v["appointments"]) != 1 || at(v, "appointments", 0, "id") != id || at(v, "appointments", 0, "expires") != "2026-11-20T12:10:00Z" {
		t.Errorf("holds: %v", v)
	}
	if old := r.want(t, 200, "co", "GET", "/api/appointments/"+first, ""); old["state"] != "released" || old["case"] != second["case"] || old["next"] != id {
		t.Errorf("the first: %v, the second is of case %v", old, second["case"])
	}
	if v := r.want(t, 404, "co2", "POST", "/api/holds", strings.Replace(change, first, id, 1)); v["code"] != "not_found" {
		t.Errorf("instead of somebody else's: %v", v)
	}
	if v := r.want(t, 200, "co2", "GET", "/api/holds", ""); length(v["appointments"]) != 0 {
		t.Errorf("holds of another: %v", v)
	}

	if v := r.want(t, 200, "co", "POST", "/api/appointments/"+id+"/confirmation", ""); v["state"] != "asked" {
		t.Errorf("confirmed: %v", v)
	}
	v := r.want(t, 200, "gp", "POST", "/api/appointments/"+id+"/answer", `{"answer":"declined","reason":"no_time","proposed":["2026-11-23T09:00:00Z"]}`)
	if v["state"] != "declined" || at(v, "proposed", 0) != "2026-11-23T09:00:00Z" {
		t.Errorf("declined: %v", v)
	}
	take := `{"start":"2026-11-23T09:00:00Z"}`
	r.want(t, 403, "gp", "POST", "/api/appointments/"+id+"/proposal", take)
	r.want(t, 404, "co2", "POST", "/api/appointments/"+id+"/proposal", take)
	v = r.want(t, 201, "co", "POST", "/api/appointments/"+id+"/proposal", take)
	if v["state"] != "booked" || v["case"] != second["case"] || v["start"] != "2026-11-23T09:00:00Z" {
		t.Errorf("taken: %v", v)
	}
	if old := r.want(t, 200, "co", "GET", "/api/appointments/"+id, ""); old["next"] != v["id"] {
		t.Errorf("the declined one leads to %v", old["next"])
	}
}

// A time that ran out and is given for another ends in the same step, also when nobody comes to both: its request has one appointment.
func TestInsteadOfATimeThatLapsed(t *testing.T) {
	s := given(append([]journal.Event{mondays(t), HoursAdded{
		Hours: "m2", Person: "gp2", Unit: "centre", Weekday: 1, From: 540, To: 720, Minutes: 30, ValidFrom: day(t, "2026-11-23"), ValidUntil: day(t, "2027-06-30"),
	}}, asks("r1", "co1")...)...)
	hold := func(id, doctor, other, instead string) Booking {
		b := wishOf(other, weekLater)
		b.Seats[0].Any[0].Person = doctor
		b.Appointment, b.Case, b.Request, b.By, b.Without = id, "case-r1", "r1", "co1", instead
		return b
	}
	d, err := s.Hold(noon, hold("h1", "gp", "co5", ""))
	s.when(t, noon, "co1", d, err)
	at := noon.Add(HoldTime)
	d, err = s.Book(at, hold("h2", "gp2", "co6", "h1"))
	s.when(t, at, "co1", d, err)
	if r := s.primary.Requests["r1"]; r.Status != Settled || r.Appointment != "h2" {
		t.Errorf("%+v", r)
	}
}

// A doctor is not asked about a time that they, or who keeps their calendar, kept and book.
func TestConfirmingForTheDoctor(t *testing.T) {
	for asks, want := range map[bool]Status{true: Asked, false: Booked} {
		s := holdAt(t, noon, SettingsChanged{Person: "gp", Ask: true})
		d, err := s.Confirm(noon, "new", asks)
		s.when(t, noon, "gp", d, err)
		if got := s.primary.Appointments["new"].Status; got != want {
			t.Errorf("asks %t: %s, want %s", asks, got, want)
		}
	}
}
