package scheduling

import (
	"strings"
	"testing"

	"luotsi/server/people"
)

// A specialist of the employment services comes along to what others book, in office hours or their own, and books nothing.
func TestProfessionalComesAlong(t *testing.T) {
	r := newRegion(t)
	r.name(t, "kela", "Outi Etuus", "fi")
	r.happen(t, people.PersonAdded{Person: "kela", Org: "town", Language: "fi", Credential: "c", Grants: []people.Placed{{Role: "professional", Unit: "town"}}})
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", mondayRule)

	for _, asker := range []string{"co", "gp", "keeper"} {
		v := r.want(t, 200, asker, "GET", "/api/professionals", "")
		if length(v["professionals"]) != 1 || at(v, "professionals", 0, "name") != "Outi Etuus" || at(v, "professionals", 0, "unitName") != "Työllisyyspalvelut" {
			t.Errorf("professionals that %s sees: %v", asker, v)
		}
	}
	a := r.want(t, 201, "co", "POST", "/api/appointments", strings.Replace(nineOClock, `[]`, `["kela"]`, 1))
	if at(a, "participants", 2, "role") != "professional" {
		t.Errorf("appointment: %v", a)
	}
	if v := r.want(t, 200, "kela", "GET", "/api/appointments", ""); length(v["appointments"]) != 1 {
		t.Errorf("their appointments: %v", v)
	}
	if v := r.want(t, 409, "nurse", "POST", "/api/appointments", strings.Replace(nineOClock, `[]`, `["kela"]`, 1)); v["code"] != "time_taken" {
		t.Errorf("in two places: %v", v)
	}

	// Their own hours take the place of office hours.
	r.want(t, 201, "kela", "POST", "/api/people/kela/hours/rules", strings.NewReplacer(`"centre"`, `"town"`, `"09:00"`, `"10:00"`).Replace(mondayRule))
	half := strings.NewReplacer(`[]`, `["kela"]`, `T07:00`, `T07:30`).Replace(nineOClock)
	if v := r.want(t, 409, "co", "POST", "/api/appointments", half); v["code"] != "outside_hours" {
		t.Errorf("half past nine: %v", v)
	}
	r.want(t, 201, "co", "POST", "/api/appointments", strings.Replace(half, "T07:30", "T08:00", 1))
	if v := r.want(t, 200, "kela", "GET", "/api/people/kela/hours", ""); length(v["outside"]) != 1 {
		t.Errorf("the appointment before their hours: %v", v)
	}

	r.want(t, 403, "kela", "POST", "/api/appointments", nineOClock)
	r.want(t, 403, "kela", "GET", mondayTimes, "")
	r.want(t, 404, "kela", "GET", "/api/people/gp/hours", "")
	r.want(t, 400, "kela", "POST", "/api/people/kela/hours/rules", mondayRule) // the centre is not where they work
}
