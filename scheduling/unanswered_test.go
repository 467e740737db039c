package scheduling

import (
	"testing"
)

// What waits for a doctor is listed for them and for who keeps their calendar, until it is answered or its time is over.
func TestUnanswered(t *testing.T) {
	r := newRegion(t)
	id := asking(t, r)
	expires := r.appointment(id).Expires
	for _, tt := range []struct {
		person string
		want   int
	}{
		{"gp", 1}, {"keeper", 1}, {"gp2", 0}, {"keeper2", 0},
	} {
		v := r.want(t, 200, tt.person, "GET", "/api/unanswered", "")
		if length(v["appointments"]) != tt.want {
			t.Errorf("%s: %v, want %d", tt.person, v, tt.want)
		}
		if tt.want == 1 && (at(v, "appointments", 0, "id") != id || at(v, "appointments", 0, "askedBy") != "Carita Lind" || at(v, "appointments", 0, "expires") == nil) {
			t.Errorf("%s: %v", tt.person, v)
		}
	}
	r.want(t, 403, "co", "GET", "/api/unanswered", "")
	r.clock.Store(expires - 1)
	if v := r.want(t, 200, "gp", "GET", "/api/unanswered", ""); length(v["appointments"]) != 1 {
		t.Errorf("a millisecond before it is over: %v", v)
	}
	r.clock.Store(expires)
	if v := r.want(t, 200, "gp", "GET", "/api/unanswered", ""); length(v["appointments"]) != 0 {
		t.Errorf("when it is over: %v", v)
	}
	r.clock.Store(noon.UnixMilli())
	r.want(t, 200, "keeper", "POST", "/api/appointments/"+id+"/answer", `{"answer":"accepted"}`)
	if v := r.want(t, 200, "gp", "GET", "/api/unanswered", ""); length(v["appointments"]) != 0 {
		t.Errorf("answered by who keeps the calendar: %v", v)
	}
}

// The question is read by the doctor who is asked, when the client consented, and the look is logged; who keeps the calendar
// answers without it.
func TestUnansweredQuestions(t *testing.T) {
	r := newRegion(t)
	id := asking(t, r)
	file := "/api/cases/" + r.appointment(id).Case
	read := func(person string) any {
		return r.want(t, 200, person, "GET", "/api/unanswered/questions", "")["questions"]
	}
	if got := read("gp"); length(got) != 0 {
		t.Errorf("without a question: %v", got)
	}
	v := r.want(t, 200, "co", "PUT", file+"/question", `{"version":0,"kinds":["work_ability"],"asked":"Voiko palata työhön?","known":"Poissa kolme kuukautta.","consent":true}`)
	if got := read("gp"); length(got) != 1 || at(got, 0, "appointment") != id || at(got, 0, "asked") != "Voiko palata työhön?" || at(got, 0, "kinds", 0) != "work_ability" {
		t.Errorf("the doctor reads %v", got)
	}
	for _, person := range []string{"keeper", "gp2"} {
		if got := read(person); length(got) != 0 {
			t.Errorf("%s reads %v", person, got)
		}
	}
	if looks := r.want(t, 200, "co", "GET", file+"/access", "")["looks"]; length(looks) != 1 || at(looks, 0, "by") != "Aino Mäkelä" {
		t.Errorf("the looks: %v", looks)
	}
	consent, _ := at(v, "consents", 0, "id").(string)
	r.want(t, 200, "co", "POST", file+"/consents/"+consent+"/withdrawal", "")
	if got := read("gp"); length(got) != 0 {
		t.Errorf("after the consent was withdrawn the doctor reads %v", got)
	}
}
