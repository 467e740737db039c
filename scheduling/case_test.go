package scheduling

import (
	"fmt"
	"strings"
	"testing"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/people"
)

func opened(owner string, from, count int) (events []journal.Event) {
	for n := from; n < from+count; n++ {
		events = append(events, CaseOpened{Case: fmt.Sprintf("case-%s-%d", owner, n), Reference: fmt.Sprintf("R%s%d", owner, n), Unit: "town", Owner: owner})
	}
	return events
}

// Work rested on single persons. One coordinator with twelve open cases is an alarm; when that one is away, twelve of twelve
// cases have somebody, named or not, and none is hidden.
func TestTwelveCasesOfOneCoordinator(t *testing.T) {
	const threeDays = `{"from":"2026-11-20","until":"2026-11-22"%s}`
	for _, test := range []struct {
		name   string
		others []string // active in the unit besides the coordinator co and the manager boss
		deputy string
		want   string // who has the twelve meanwhile
	}{
		{"with a deputy", []string{"coordinator co3"}, "co3", "co3"},
		{"without a deputy, another coordinator", []string{"coordinator co3", "scheduler keeper3"}, "", "co3"},
		{"without a deputy, the scheduler", []string{"scheduler keeper3", "admin chief"}, "", "keeper3"},
		{"without a deputy, the administrator", []string{"admin chief"}, "", "chief"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRegion(t)
			r.happen(t, people.PersonDeactivated{Person: "co2"})
			for _, other := range test.others {
				role, id, _ := strings.Cut(other, " ")
				r.name(t, id, "Nimi "+id, "fi")
				r.happen(t, people.PersonAdded{Person: id, Org: "town", Language: "fi", Credential: "c-" + id, Grants: []people.Placed{{Role: role, Unit: "town"}}})
			}
			r.happen(t, opened("co", 0, 2)...)
			if v := r.want(t, 200, "boss", "GET", "/api/cases/dependency", ""); at(v, "total", "flagged") != false || at(v, "units", 0, "open") != 2.0 {
				t.Errorf("two cases are no alarm: %v", v)
			}
			r.happen(t, opened("co", 2, 1)...)
			if v := r.want(t, 200, "boss", "GET", "/api/cases/dependency", ""); at(v, "total", "flagged") != true || at(v, "units", 0, "flagged") != true {
				t.Errorf("three cases are an alarm: %v", v)
			}
			r.happen(t, opened("co", 3, 9)...)
			v := r.want(t, 200, "boss", "GET", "/api/cases/dependency", "")
			if at(v, "total", "open") != 12.0 || at(v, "total", "owners") != 1.0 || at(v, "total", "flagged") != true || at(v, "total", "covered") != 0.0 || at(v, "total", "cared") != 12.0 {
				t.Errorf("twelve of one: %v", v)
			}

			deputy := ""
			if test.deputy != "" {
				deputy = fmt.Sprintf(`,"deputy":%q`, test.deputy)
			}
			r.want(t, 201, "co", "POST", "/api/people/co/absences", fmt.Sprintf(threeDays, deputy))
			v = r.want(t, 200, "boss", "GET", "/api/cases/dependency", "")
			if at(v, "total", "open") != 12.0 || at(v, "total", "cared") != 12.0 || at(v, "total", "covered") != 12.0 || at(v, "total", "flagged") != true {
				t.Errorf("while away: %v, want 12 of 12", v)
			}
			status, body, _ := r.raw(t, "boss", "GET", "/api/cases/dependency", "")
			for _, secret := range []string{"Carita", "case-co", "Rco"} {
				if status != 200 || strings.Contains(string(body), secret) {
					t.Errorf("the manager is told %q: %s", secret, body)
				}
			}
			v = r.want(t, 200, test.want, "GET", "/api/cases", "")
			if length(v["cases"]) != 12 || at(v, "cases", 0, "ownerName") != "Carita Lind" || at(v, "cases", 0, "mine") != false {
				t.Errorf("%s has %d cases meanwhile: %v", test.want, length(v["cases"]), at(v, "cases", 0))
			}
			// Nor are they hidden from whose they are.
			if v := r.want(t, 200, "co", "GET", "/api/cases", ""); length(v["cases"]) != 12 || at(v, "cases", 0, "mine") != true {
				t.Errorf("co has %d cases", length(v["cases"]))
			}
			r.clock.Store(utc("2026-11-22T22:00:00Z")) // midnight in Finland
			if v := r.want(t, 200, test.want, "GET", "/api/cases", ""); length(v["cases"]) != 0 {
				t.Errorf("%s has %d cases after the absence", test.want, length(v["cases"]))
			}
		})
	}
}

func TestAlarmIsOverWhenTwoShare(t *testing.T) {
	r := newRegion(t)
	r.happen(t, append(opened("co", 0, 11), opened("co2", 0, 1)...)...)
	v := r.want(t, 200, "boss", "GET", "/api/cases/dependency", "")
	if at(v, "total", "open") != 12.0 || at(v, "total", "owners") != 2.0 || at(v, "total", "flagged") != false {
		t.Errorf("two share twelve: %v", v)
	}
	// Gone for good: the cases are another's today, and still hang on two until somebody takes them over.
	r.happen(t, people.PersonErased{Person: "co"})
	v = r.want(t, 200, "boss", "GET", "/api/cases/dependency", "")
	if at(v, "total", "cared") != 12.0 || at(v, "total", "covered") != 11.0 {
		t.Errorf("after one is gone: %v", v)
	}
	if v := r.want(t, 200, "co2", "GET", "/api/cases", ""); length(v["cases"]) != 12 || at(v, "cases", 0, "ownerName") != "" {
		t.Errorf("who stays has %d cases", length(v["cases"]))
	}
}

// Whoever stands in may do with the case and its appointments what the owner may, on the days of the absence.
func TestDeputyActsForTheOwner(t *testing.T) {
	r := newRegion(t)
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", mondayRule)
	a := r.want(t, 201, "co", "POST", "/api/appointments", nineOClock)
	appointment := fmt.Sprintf("/api/appointments/%s", a["id"])
	v := r.want(t, 200, "co", "GET", "/api/cases", "")
	id, _ := at(v, "cases", 0, "id").(string)
	if length(v["cases"]) != 1 || at(v, "cases", 0, "reference") != a["reference"] || at(v, "cases", 0, "next", "doctor") != "Aino Mäkelä" || at(v, "cases", 0, "next", "state") != "booked" {
		t.Errorf("the case: %v", v)
	}
	r.want(t, 404, "co2", "GET", appointment, "")
	r.want(t, 404, "co2", "POST", "/api/cases/"+id+"/closing", "")
	r.want(t, 201, "co", "POST", "/api/people/co/absences", `{"from":"2026-11-20","until":"2026-11-20","deputy":"co2"}`)
	r.want(t, 200, "co2", "GET", appointment, "")
	if v := r.want(t, 409, "co2", "POST", "/api/cases/"+id+"/closing", ""); v["code"] != "case_busy" {
		t.Errorf("closed with an appointment to come: %v", v)
	}
	r.want(t, 200, "co2", "POST", appointment+"/cancellation", `{"reason":"client"}`)
	if v := r.want(t, 200, "co2", "POST", "/api/cases/"+id+"/closing", ""); length(v["cases"]) != 0 {
		t.Errorf("after closing: %v", v)
	}
	r.want(t, 404, "co", "POST", "/api/cases/"+id+"/closing", "")
	if data := r.service.data("co"); len(data.Cases) != 1 || data.Cases[0].Reference != a["reference"] || data.Cases[0].Closed == nil {
		t.Errorf("in the download: %v", data.Cases)
	}
	r.journal.View(func() {
		if wrong := r.state.Check(); len(wrong) > 0 {
			t.Error(wrong)
		}
		again := NewState()
		again.primary = r.state.primary
		again.Reindex()
		if wrong := again.Check(); len(wrong) > 0 || len(again.owned) != 0 {
			t.Errorf("after a fresh start: %v %v", wrong, again.owned)
		}
	})
}

// A time that was kept and let go leaves no case in anybody's list; one that anything became of does.
func TestHollowCases(t *testing.T) {
	const booked = int64(1_000)
	for name, test := range map[string]struct {
		appointments []Appointment
		want         bool
	}{
		"nothing yet":              {nil, false},
		"let go":                   {[]Appointment{{Status: Released, BookedAt: booked}}, true},
		"kept now":                 {[]Appointment{{Status: Held, BookedAt: booked, Expires: 2_001}}, false},
		"kept until now":           {[]Appointment{{Status: Held, BookedAt: booked, Expires: 2_000}}, true},
		"let go and booked":        {[]Appointment{{Status: Released, BookedAt: booked}, {Status: Booked, BookedAt: 1_500}}, false},
		"cancelled":                {[]Appointment{{Status: Cancelled, BookedAt: booked}}, false},
		"let go, opened before it": {[]Appointment{{Status: Released, BookedAt: 1_500}}, false},
		"an offer that lapsed":     {[]Appointment{{Status: Released, BookedAt: booked, Request: "r"}}, false},
	} {
		s := NewState()
		s.openCase("c", Case{Reference: "R", Owner: "co", Unit: "town", Opened: booked})
		for n, a := range test.appointments {
			a.Case, a.Participants = "c", []Participant{{Person: "gp", Role: auth.Doctor}}
			s.add(fmt.Sprint(n), a)
		}
		if got := s.hollow("c", 2_000); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
