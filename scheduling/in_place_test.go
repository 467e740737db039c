package scheduling

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/people"
)

// Who does the work of anna on a day, when only those named can.
func TestStandIn(t *testing.T) {
	const d = Day(20785)
	away := func(person, deputy string) DeputySet {
		return DeputySet{Absence: person, Person: person, Deputy: deputy, From: d, Until: d + 6}
	}
	for _, tt := range []struct {
		name     string
		absences []DeputySet
		can      string
		day      Day
		want     string
	}{
		{"nobody is away", nil, "bo cia", d, ""},
		{"the day before", []DeputySet{away("anna", "bo")}, "bo", d - 1, ""},
		{"the first day", []DeputySet{away("anna", "bo")}, "bo", d, "bo"},
		{"the last day", []DeputySet{away("anna", "bo")}, "bo", d + 6, "bo"},
		{"the day after", []DeputySet{away("anna", "bo")}, "bo", d + 7, ""},
		{"nobody was named", []DeputySet{away("anna", "")}, "bo", d, ""},
		{"the deputy can not any more", []DeputySet{away("anna", "bo")}, "cia", d, ""},
		{"the deputy is away too", []DeputySet{away("anna", "bo"), away("bo", "cia")}, "bo cia", d, "cia"},
		{"the deputy is away and named nobody", []DeputySet{away("anna", "bo"), away("bo", "")}, "bo cia", d, ""},
		{"the deputy of the deputy is away", []DeputySet{away("anna", "bo"), away("bo", "cia"), away("cia", "dan")}, "bo cia dan", d, "dan"},
		{"they stand in for each other", []DeputySet{away("anna", "bo"), away("bo", "anna")}, "anna bo", d, ""},
		{"a loop beside", []DeputySet{away("anna", "bo"), away("bo", "cia"), away("cia", "bo")}, "bo cia", d, ""},
	} {
		s := NewState()
		for _, a := range tt.absences {
			apply(s, a)
		}
		if got := s.standIn("anna", tt.day, func(person string) bool { return strings.Contains(tt.can, person) }); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// What follows when gp2 accepts for gp: on a day on which gp is away gp2 takes the seat, if they are free then.
func TestTakingTheSeat(t *testing.T) {
	monday := day(t, "2026-11-23")
	meeting := booked("a", nineOnMonday, 30, "gp", "co")
	asked := []journal.Event{mondays(t), AppointmentHeld{AppointmentBooked: meeting, Expires: utc(nineOnMonday)}, AppointmentAsked{Appointment: "a", Expires: utc(nineOnMonday)}}
	booking := []journal.Event{mondays(t), meeting}
	away := func(person string, from, until Day) DeputySet {
		return DeputySet{Absence: "away-" + person, Person: person, From: from, Until: until}
	}
	for _, tt := range []struct {
		name   string
		given  []journal.Event
		more   []journal.Event
		answer Answer
		doctor string // who is the doctor then
		status Status
		want   string
	}{
		{"away before the appointment only", asked, []journal.Event{away("gp", monday-3, monday-1)}, Accepted, "gp", Booked, ""},
		{"away from its day on", asked, []journal.Event{away("gp", monday, monday+4)}, Accepted, "gp2", Booked, ""},
		{"away until its day", asked, []journal.Event{away("gp", monday-3, monday)}, Accepted, "gp2", Booked, ""},
		{"declined for a day away", asked, []journal.Event{away("gp", monday, monday)}, DeclinedSeat, "gp", Declined, ""},
		{"declined for another day", asked, []journal.Event{away("gp", monday-3, monday-1)}, DeclinedSeat, "gp", Declined, ""},
		{"booked before they went away", booking, []journal.Event{away("gp", monday, monday)}, Accepted, "gp2", Booked, ""},
		{"booked, and the doctor is back by then", booking, []journal.Event{away("gp", monday-3, monday-1)}, Accepted, "gp", Booked, ""},
		{"the deputy is booked then", asked, []journal.Event{away("gp", monday, monday), booked("b", nineOnMonday, 30, "gp2", "co9")}, Accepted, "", "", "time_taken"},
		{"the deputy is booked just before", asked, []journal.Event{away("gp", monday, monday), booked("b", "2026-11-23T06:30:00Z", 30, "gp2", "co9")}, Accepted, "gp2", Booked, ""},
		{"the deputy wants time between the two", asked, []journal.Event{away("gp", monday, monday), SettingsChanged{Person: "gp2", Before: 5}, booked("b", "2026-11-23T06:30:00Z", 30, "gp2", "co9")}, Accepted, "", "", "time_taken"},
		{"the deputy keeps the time", asked, []journal.Event{away("gp", monday, monday), AppointmentHeld{AppointmentBooked: booked("b", nineOnMonday, 30, "gp2", "co9"), Expires: noon.UnixMilli() + 1}}, Accepted, "", "", "time_taken"},
		{"the deputy kept the time until now", asked, []journal.Event{away("gp", monday, monday), AppointmentHeld{AppointmentBooked: booked("b", nineOnMonday, 30, "gp2", "co9"), Expires: noon.UnixMilli()}}, Accepted, "gp2", Booked, ""},
		{"the deputy is away then too", asked, []journal.Event{away("gp", monday, monday), away("gp2", monday, monday)}, Accepted, "", "", "outside_hours"},
		{"declining needs no time", asked, []journal.Event{away("gp", monday, monday), booked("b", nineOnMonday, 30, "gp2", "co9")}, DeclinedSeat, "gp", Declined, ""},
		{"it is over", asked, []journal.Event{away("gp", monday, monday), HoldExpired{Appointment: "a"}}, Accepted, "", "", "hold_expired"},
	} {
		s := given(append(slices.Clone(tt.given), tt.more...)...)
		d, err := s.RespondInPlace(noon, "a", "gp2", tt.answer, NoTime, nil, nil)
		if failure(err) != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, failure(err), tt.want)
			continue
		}
		if err != nil {
			continue
		}
		s.when(t, noon, "gp2", d, err)
		a := s.primary.Appointments["a"]
		if a.Doctor != tt.doctor || a.Status != tt.status || a.Live() && a.Answers[0] != Accepted {
			t.Errorf("%s: the doctor is %s, it is %s with %v", tt.name, a.Doctor, a.Status, a.Answers)
		}
		if len(d.Events) > 0 && (len(a.InPlace) != 1 || a.InPlace[0].By != "gp2" || a.InPlace[0].Of != "gp" || a.InPlace[0].Answer != tt.answer || a.InPlace[0].Takes != (tt.doctor == "gp2")) {
			t.Errorf("%s: the log says %+v", tt.name, a.InPlace)
		}
		if wrong := s.Check(); len(wrong) > 0 {
			t.Errorf("%s: %v", tt.name, wrong)
		}
	}
}

// A place of a reception of the doctor's is free again when the deputy takes the seat; a move to a day away is the deputy's too.
func TestTakingTheSeatElsewhere(t *testing.T) {
	monday := day(t, "2026-11-23")
	place := booked("a", nineOnMonday, 30, "gp", "co")
	place.Reception = "r1"
	s := given(
		ReceptionsPlanned{Series: "s", Doctor: "gp", Unit: "centre", From: 540, To: 570, Minutes: 30, Places: 1, Occurrences: []Occurrence{{Reception: "r1", Day: monday}}},
		place, DeputySet{Absence: "x", Person: "gp", Deputy: "gp2", From: monday, Until: monday},
	)
	d, err := s.RespondInPlace(noon, "a", "gp2", Accepted, "", nil, nil)
	s.when(t, noon, "gp2", d, err)
	if a := s.primary.Appointments["a"]; a.Reception != "" || a.Doctor != "gp2" {
		t.Errorf("%+v", a)
	}

	to := booked("to", "2026-11-23T08:00:00Z", 30, "gp", "co")
	s = given(
		SettingsChanged{Person: "gp", Ask: true}, mondays(t), booked("old", "2026-11-30T07:00:00Z", 30, "gp", "co"),
		AppointmentHeld{AppointmentBooked: to, Expires: utc(nineOnMonday), MoveOf: "old"}, AppointmentAsked{Appointment: "to", Expires: utc(nineOnMonday)},
		DeputySet{Absence: "x", Person: "gp", Deputy: "gp2", From: monday, Until: monday},
	)
	d, err = s.RespondInPlace(noon, "to", "gp2", Accepted, "", nil, nil)
	s.when(t, noon, "gp2", d, err)
	if a := s.primary.Appointments["old"]; a.Doctor != "gp2" || a.Start != to.Start || a.Answers[0] != Accepted || len(a.InPlace) != 1 || !a.InPlace[0].Takes {
		t.Errorf("moved: %+v", a)
	}
	if wrong := s.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
}

// The place that the deputy stops keeping is not offered to anybody for the time they are about to be elsewhere.
func TestNoOfferWhileTheSeatIsTaken(t *testing.T) {
	monday := day(t, "2026-11-23")
	h := mondays(t)
	h.Hours, h.Person = "theirs", "gp2"
	s := given(
		mondays(t), h, CaseOpened{Case: "k", Reference: "KKKKKK", Unit: "centre", Owner: "co9"},
		AppointmentHeld{AppointmentBooked: booked("a", nineOnMonday, 30, "gp", "co"), Expires: utc(nineOnMonday)}, AppointmentAsked{Appointment: "a", Expires: utc(nineOnMonday)},
		AppointmentHeld{AppointmentBooked: booked("b", nineOnMonday, 30, "gp2", "co8"), Expires: noon.UnixMilli()},
		DeputySet{Absence: "x", Person: "gp", Deputy: "gp2", From: monday, Until: monday},
		RequestMade{Request: "r", Case: "k", Unit: "centre", RequestTerms: RequestTerms{Minutes: 30, Mode: Phone, Priority: Normal, Needs: []Need{{Role: auth.Coordinator, Any: []Comer{{"co9", auth.Coordinator}}}}}},
	)
	yes := func(string, string) bool { return true }
	who := &Presence{Doctor: yes, Sees: yes, Comes: func(string) bool { return true }, Cares: func(c *Case) string { return c.Owner }}
	d, err := s.RespondInPlace(noon, "a", "gp2", Accepted, "", nil, nil)
	if err == nil {
		d, err = s.Cascade(noon, d, []string{"o1", "o2"}, who)
	}
	s.when(t, noon, "gp2", d, err)
	for id, a := range s.primary.Appointments {
		if a.Status == Offered && a.Start == utc(nineOnMonday) {
			t.Errorf("%s is offered at the time of the deputy's appointment", id)
		}
	}
	if wrong := s.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
}

const (
	fridayAway  = `{"from":"2026-11-20","until":"2026-11-22","deputy":"gp2"}` // until the day before the appointment
	mondayAway  = `{"from":"2026-11-23","until":"2026-11-29","deputy":"gp2"}`
	gpAbsences  = "/api/people/gp/absences"
	acceptBody  = `{"answer":"accepted"}`
	declineBody = `{"answer":"declined","reason":"no_time"}`
)

// The right to answer for a doctor begins with the first day of the absence and ends with its last, in Finland.
func TestDeputyAnswersWhileTheDoctorIsAway(t *testing.T) {
	r := newRegion(t)
	id := asking(t, r)
	at0 := "/api/appointments/" + id
	waits := func(person string) int {
		t.Helper()
		return length(r.want(t, 200, person, "GET", "/api/unanswered", "")["appointments"])
	}
	// As anybody else, until the doctor is away.
	for _, person := range []string{"gp2", "gp3"} {
		r.want(t, 404, person, "GET", at0, "")
		r.want(t, 404, person, "POST", at0+"/answer", acceptBody)
	}
	r.want(t, 201, "gp", "POST", gpAbsences, fridayAway)
	v := r.want(t, 200, "gp2", "GET", "/api/unanswered", "")
	if length(v["appointments"]) != 1 || at(v, "appointments", 0, "deputy", "person") != "gp2" || at(v, "appointments", 0, "deputy", "takes") != false ||
		at(v, "appointments", 0, "deputy", "until") != "2026-11-22" || at(v, "appointments", 0, "doctor", "name") != "Aino Mäkelä" {
		t.Errorf("what waits for the deputy: %v", v)
	}
	if v := r.want(t, 200, "co", "GET", at0, ""); at(v, "deputy", "name") != "Örjan Åberg" {
		t.Errorf("the coordinator is told of %v", v["deputy"])
	}
	if waits("gp") != 1 || waits("gp3") != 0 || waits("keeper2") != 0 {
		t.Error("it waits for others, or not for the doctor")
	}
	r.want(t, 404, "gp3", "POST", at0+"/answer", acceptBody)

	// Until the last moment of the last day; then as anybody else again.
	for _, tt := range []struct {
		at     string
		status int
		waits  int
	}{{"2026-11-22T21:59:59.999Z", 200, 1}, {"2026-11-22T22:00:00Z", 404, 0}} {
		now, err := time.Parse(time.RFC3339, tt.at)
		if err != nil {
			t.Fatal(err)
		}
		r.clock.Store(now.UnixMilli())
		r.want(t, tt.status, "gp2", "GET", at0, "")
		if got := waits("gp2"); got != tt.waits {
			t.Errorf("at %s %d wait", tt.at, got)
		}
	}
	r.want(t, 404, "gp2", "POST", at0+"/answer", acceptBody)
	if a := r.appointment(id); a.Status != Asked || len(a.InPlace) != 0 {
		t.Errorf("somebody answered: %+v", a)
	}
}

func TestDeputyAcceptsForTheDoctor(t *testing.T) {
	r := newRegion(t)
	id := asking(t, r)
	r.want(t, 201, "gp", "POST", gpAbsences, fridayAway)
	r.want(t, 200, "gp2", "POST", "/api/appointments/"+id+"/answer", acceptBody)
	for _, person := range []string{"co", "gp", "keeper"} {
		v := r.want(t, 200, person, "GET", "/api/appointments/"+id, "")
		if v["state"] != "booked" || at(v, "doctor", "person") != "gp" || at(v, "inPlace", "by") != "Örjan Åberg" || at(v, "inPlace", "of") != "Aino Mäkelä" ||
			at(v, "inPlace", "answer") != "accepted" || at(v, "inPlace", "takes") != false || at(v, "participants", 0, "answer") != "accepted" {
			t.Errorf("%s sees %v", person, v)
		}
	}
	// The deputy changes their mind, as the doctor could.
	if v := r.want(t, 200, "gp2", "POST", "/api/appointments/"+id+"/answer", declineBody); v["state"] != "declined" || at(v, "inPlace", "answer") != "declined" {
		t.Errorf("declined: %v", v)
	}
	if wrong := r.check(); len(wrong) > 0 {
		t.Error(wrong)
	}
}

func TestDeputyTakesTheSeat(t *testing.T) {
	r := newRegion(t)
	id := asking(t, r)
	at0 := "/api/appointments/" + id
	r.want(t, 201, "gp", "POST", gpAbsences, mondayAway)
	// Before the first day the deputy sees what falls on the days, and answers nothing.
	r.want(t, 200, "gp2", "GET", at0, "")
	r.want(t, 403, "gp2", "POST", at0+"/answer", acceptBody)
	r.want(t, 403, "gp2", "POST", at0+"/patient-system", `{"done":true}`)
	r.clock.Store(utc("2026-11-22T22:00:00Z") - 1)
	r.want(t, 403, "gp2", "POST", at0+"/answer", acceptBody)
	r.clock.Store(utc("2026-11-22T22:00:00Z"))
	if v := r.want(t, 200, "gp2", "GET", "/api/unanswered", ""); at(v, "appointments", 0, "deputy", "takes") != true {
		t.Errorf("what waits: %v", v)
	}
	v := r.want(t, 200, "gp2", "POST", at0+"/answer", acceptBody)
	if v["state"] != "booked" || at(v, "doctor", "person") != "gp2" || at(v, "participants", 0, "insteadOf") != "Aino Mäkelä" ||
		at(v, "participants", 0, "answer") != "accepted" || at(v, "inPlace", "takes") != true || v["deputy"] != nil {
		t.Errorf("taken: %v", v)
	}
	if wrong := r.check(); len(wrong) > 0 {
		t.Error(wrong)
	}
	// It is the deputy's own then, also after the absence.
	r.want(t, 200, "gp", "DELETE", gpAbsences+"/"+r.absence("gp"), "")
	r.want(t, 200, "gp2", "GET", at0, "")
	r.want(t, 404, "gp", "GET", at0, "")
}

// The absence ends, or the deputy can not stand in any more, between the look and the answer.
func TestDeputyIsOneNoMore(t *testing.T) {
	for name, ends := range map[string]func(t *testing.T, r *region){
		"taken back":  func(t *testing.T, r *region) { r.want(t, 200, "keeper", "DELETE", gpAbsences+"/"+r.absence("gp"), "") },
		"deactivated": func(t *testing.T, r *region) { r.happen(t, people.PersonDeactivated{Person: "gp2"}) },
		"in another unit": func(t *testing.T, r *region) {
			r.happen(t, people.GrantsChanged{Person: "gp2", Grants: []people.Placed{{Role: "doctor", Unit: "north"}}})
		},
		"away too": func(t *testing.T, r *region) {
			r.want(t, 201, "gp2", "POST", "/api/people/gp2/absences", `{"from":"2026-11-20","until":"2026-11-20"}`)
		},
		"the doctor gone": func(t *testing.T, r *region) { r.happen(t, people.PersonErased{Person: "gp"}) },
	} {
		r := newRegion(t)
		id := asking(t, r)
		r.want(t, 201, "gp", "POST", gpAbsences, fridayAway)
		if v := r.want(t, 200, "gp2", "GET", "/api/unanswered", ""); length(v["appointments"]) != 1 {
			t.Errorf("%s: before: %v", name, v)
		}
		ends(t, r)
		if v := r.want(t, 200, "gp2", "GET", "/api/unanswered", ""); length(v["appointments"]) != 0 {
			t.Errorf("%s: %v", name, v)
		}
		r.want(t, 404, "gp2", "POST", "/api/appointments/"+id+"/answer", acceptBody)
		r.want(t, 404, "gp2", "GET", "/api/cases/"+r.appointment(id).Case, "")
	}
}

// The deputy reads the question when the client let doctors read it, and nothing before or after.
func TestDeputyReadsTheQuestion(t *testing.T) {
	r := newRegion(t)
	id := asking(t, r)
	file := "/api/cases/" + r.appointment(id).Case
	r.want(t, 200, "co", "PUT", file+"/question", `{"version":0,"kinds":["work_ability"],"asked":"Voiko palata työhön?","consent":true}`)
	read := func(want int) {
		t.Helper()
		if v := r.want(t, 200, "gp2", "GET", "/api/unanswered/questions", ""); length(v["questions"]) != want {
			t.Errorf("the deputy reads %v, want %d", v, want)
		}
	}
	read(0)
	r.want(t, 404, "gp2", "GET", file, "")
	r.want(t, 201, "gp", "POST", gpAbsences, fridayAway)
	read(1)
	if looks := r.want(t, 200, "co", "GET", file+"/access", "")["looks"]; at(looks, 0, "by") != "Örjan Åberg" {
		t.Errorf("the looks: %v", looks)
	}
	r.clock.Store(utc("2026-11-22T22:00:00Z"))
	read(0)
	r.want(t, 404, "gp2", "GET", file, "")
}

// What names a doctor who is away goes to the deputy in the commit that asks it; without a deputy, and when nobody is away, it is the
// doctor's.
func TestWhatIsAskedGoesToTheDeputy(t *testing.T) {
	r := newRegion(t)
	const waitForGP = `{"unit":"centre","doctor":"gp","minutes":30,"mode":"phone"}`
	doctors := func() any {
		for n := range length(r.want(t, 200, "co", "GET", "/api/doctors", "")["doctors"]) {
			if v := r.want(t, 200, "co", "GET", "/api/doctors", ""); at(v, "doctors", n, "person") == "gp" {
				return at(v, "doctors", n, "away")
			}
		}
		return "nobody"
	}
	if got := doctors(); got != nil {
		t.Errorf("nobody is away: %v", got)
	}
	before := r.want(t, 201, "co", "POST", "/api/requests", waitForGP)
	r.want(t, 201, "gp", "POST", gpAbsences, fridayAway)
	if got := doctors(); at(got, "from") != "2026-11-20" || at(got, "until") != "2026-11-22" || at(got, "deputyName") != "Örjan Åberg" {
		t.Errorf("the coordinator is told %v", got)
	}

	v := r.want(t, 201, "co", "POST", "/api/requests", waitForGP)
	if at(v, "doctor", "person") != "gp2" || at(v, "steps", 0, "absent") != "Aino Mäkelä" || at(v, "steps", 0, "doctor") != "Örjan Åberg" {
		t.Errorf("the request: %v", v)
	}
	// One from before stays as it was, also when something else in it changes; asked anew, it goes to the deputy.
	of := "/api/requests/" + fmt.Sprint(before["id"])
	if v = r.want(t, 200, "co", "PUT", of, `{"doctor":"gp","minutes":45,"mode":"phone"}`); at(v, "doctor", "person") != "gp" {
		t.Errorf("the one from before: %v", v)
	}
	r.want(t, 200, "co", "PUT", of, `{"minutes":45,"mode":"phone"}`)
	if v = r.want(t, 200, "co", "PUT", of, `{"doctor":"gp","minutes":45,"mode":"phone"}`); at(v, "doctor", "person") != "gp2" || at(v, "steps", 3, "absent") != "Aino Mäkelä" {
		t.Errorf("asked anew: %v", v)
	}

	w := r.want(t, 201, "co", "POST", "/api/consultations", aConsultation)
	if at(w, "doctor", "person") != "gp2" || w["absent"] != "Aino Mäkelä" {
		t.Errorf("the consultation: %v", w)
	}

	id := asking(t, r)
	r.journal.View(func() {
		if ask := r.state.primary.Mailing.Asks[id]; ask.Deputy != "gp2" {
			t.Errorf("the appointment is put to %+v", ask)
		}
	})

	// Nobody named: the doctor's, and the coordinator sees that nobody answers.
	r.want(t, 200, "gp", "DELETE", gpAbsences+"/"+r.absence("gp"), "")
	if v = r.want(t, 201, "co", "POST", "/api/requests", waitForGP); at(v, "doctor", "person") != "gp" || at(v, "steps", 0, "absent") != nil {
		t.Errorf("after the absence: %v", v)
	}
	r.want(t, 201, "gp", "POST", gpAbsences, `{"from":"2026-11-20","until":"2026-11-22"}`)
	if v = r.want(t, 201, "co", "POST", "/api/requests", waitForGP); at(v, "doctor", "person") != "gp" {
		t.Errorf("without a deputy: %v", v)
	}
	if got := doctors(); at(got, "until") != "2026-11-22" || at(got, "deputy") != nil {
		t.Errorf("without a deputy the coordinator is told %v", got)
	}
}

// A written answer says in whose place it was given; the deputy has the thread only as long as they stand in.
func TestDeputyAnswersInWriting(t *testing.T) {
	r := newRegion(t)
	v := r.want(t, 201, "co", "POST", "/api/consultations", aConsultation)
	of := "/api/consultations/" + fmt.Sprint(v["id"])
	r.want(t, 404, "gp2", "GET", of, "")
	r.want(t, 201, "gp", "POST", gpAbsences, fridayAway)
	r.want(t, 201, "co", "POST", of+"/messages", `{"text":"Lisään vielä."}`)
	r.want(t, 201, "gp2", "POST", of+"/messages", `{"text":"Kyllä.","answer":true}`)
	for _, person := range []string{"co", "gp"} {
		v = r.want(t, 200, person, "GET", of, "")
		if v["answeredBy"] != "Örjan Åberg" || v["inPlaceOf"] != "Aino Mäkelä" || at(v, "messages", 1, "inPlaceOf") != "Aino Mäkelä" || at(v, "messages", 0, "inPlaceOf") != nil {
			t.Errorf("%s sees %v", person, v)
		}
	}
	r.clock.Store(utc("2026-11-22T22:00:00Z"))
	r.want(t, 404, "gp2", "GET", of, "")
	r.want(t, 404, "gp2", "POST", of+"/messages", `{"text":"Vielä."}`)
	v = r.want(t, 201, "gp", "POST", of+"/messages", `{"text":"Samaa mieltä.","answer":true}`)
	if at(v, "messages", 2, "inPlaceOf") != nil {
		t.Errorf("the doctor's own answer: %v", v)
	}
}

// absence is the id of the only absence of a person.
func (r *region) absence(person string) (id string) {
	r.journal.View(func() {
		for _, k := range r.state.plan0(person).absences {
			id = k.ID
		}
	})
	return id
}

func (r *region) check() (wrong []string) {
	r.journal.View(func() { wrong = r.state.Check() })
	return wrong
}
