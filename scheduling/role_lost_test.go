package scheduling

import (
	"fmt"
	"strings"
	"testing"

	"luotsi/server/people"
)

// Whoever loses the role in which they carried cases, or goes to another organisation with the same account, does not carry them
// any more: somebody who works there does, and reads them.
func TestWhoLostTheirRoleCarriesNoCases(t *testing.T) {
	for _, test := range []struct {
		name    string
		grants  []people.Placed
		carries bool
		status  int // of the case: who comes to the meeting in the same role sees when it is
	}{
		{"another role besides", []people.Placed{{Role: "coordinator", Unit: "town"}, {Role: "trainee", Unit: "town"}}, true, 200},
		{"a role that keeps calendars in another unit of the organisation", []people.Placed{{Role: "scheduler", Unit: "club"}}, true, 200},
		{"a professional of the same unit", []people.Placed{{Role: "professional", Unit: "town"}}, false, 404},
		{"a coordinator of another organisation", []people.Placed{{Role: "coordinator", Unit: "centre"}}, false, 200},
		{"a scheduler of another organisation", []people.Placed{{Role: "scheduler", Unit: "north"}}, false, 404},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRegion(t)
			r.happen(t, people.UnitAdded{Unit: "club", Name: "Klubi", Kind: "other", Org: "town"})
			r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", mondayRule)
			a := r.want(t, 201, "co", "POST", "/api/appointments", nineOClock)
			of := "/api/cases/" + fmt.Sprint(a["case"])
			r.want(t, 200, "co", "PUT", of+"/question", fmt.Sprintf(aQuestion, 0, true))
			request := r.want(t, 201, "co", "POST", "/api/requests", `{"unit":"centre","minutes":30,"mode":"phone"}`)
			r.happen(t, people.GrantsChanged{Person: "co", Grants: test.grants})

			v := r.want(t, test.status, "co", "GET", of, "")
			if test.status == 200 && (v["carries"] != test.carries || (v["question"] != nil) != test.carries) {
				t.Errorf("what they see: %v", v)
			}
			if test.carries {
				r.want(t, 404, "co2", "GET", of, "")
				return
			}
			r.want(t, 404, "co", "PUT", of+"/question", fmt.Sprintf(aQuestion, 1, true))
			r.want(t, 404, "co", "GET", of+"/access", "")
			r.want(t, 404, "co", "GET", "/api/case-drafts/question."+fmt.Sprint(a["case"]), "")
			if v := r.want(t, 200, "co2", "GET", of, ""); v["carries"] != true || !strings.Contains(fmt.Sprint(v["question"]), "Voiko") {
				t.Errorf("who took over: %v", v)
			}
			if v := r.want(t, 200, "co2", "GET", "/api/cases", ""); length(v["cases"]) != 2 {
				t.Errorf("the cases of who took over: %v", v)
			}
			if v := r.want(t, 200, "co2", "GET", "/api/requests", ""); length(v["requests"]) != 1 || at(v, "requests", 0, "id") != request["id"] {
				t.Errorf("the requests of who took over: %v", v)
			}
			if test.grants[0].Role != "professional" { // who may not ask for lists at all
				if v := r.want(t, 200, "co", "GET", "/api/cases", ""); length(v["cases"]) != 0 {
					t.Errorf("the cases of who left: %v", v)
				}
				if v := r.want(t, 200, "co", "GET", "/api/requests", ""); length(v["requests"]) != 0 {
					t.Errorf("the requests of who left: %v", v)
				}
			}
		})
	}
}

// A deputy who was named while they had the role stands in only as long as they have it.
func TestDeputyWhoLostTheirRole(t *testing.T) {
	r := newRegion(t)
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", mondayRule)
	a := r.want(t, 201, "co", "POST", "/api/appointments", nineOClock)
	r.want(t, 201, "gp", "POST", "/api/people/gp/absences", `{"from":"2026-11-23","until":"2026-11-29","deputy":"gp2"}`)
	path := fmt.Sprintf("/api/appointments/%s", a["id"])
	r.want(t, 200, "gp2", "GET", path, "")
	r.happen(t, people.GrantsChanged{Person: "gp2", Grants: []people.Placed{{Role: "doctor", Unit: "north"}}})
	r.want(t, 404, "gp2", "GET", path, "")
	if v := r.want(t, 200, "gp2", "GET", "/api/covered", ""); strings.Contains(fmt.Sprint(v), fmt.Sprint(a["reference"])) {
		t.Errorf("whom the former deputy covers: %v", v)
	}
}

// Who takes part reads the question in the role in which they come: not any more when they have lost it.
func TestParticipantWhoLostTheirRoleDoesNotRead(t *testing.T) {
	r := newRegion(t)
	r.want(t, 201, "gp2", "POST", "/api/people/gp2/hours/rules", mondayRule)
	a := r.want(t, 201, "co", "POST", "/api/appointments", strings.ReplaceAll(nineOClock, `"gp"`, `"gp2"`))
	of := "/api/cases/" + fmt.Sprint(a["case"])
	r.want(t, 200, "co", "PUT", of+"/question", fmt.Sprintf(aQuestion, 0, true))
	if v := r.want(t, 200, "gp2", "GET", of, ""); v["question"] == nil {
		t.Errorf("the doctor does not read: %v", v)
	}
	r.happen(t, people.GrantsChanged{Person: "gp2", Grants: []people.Placed{{Role: "doctor", Unit: "north"}}})
	if v := r.want(t, 200, "gp2", "GET", of, ""); v["question"] == nil {
		t.Errorf("a doctor of the same organisation does not read what they were asked: %v", v)
	}
	r.happen(t, people.GrantsChanged{Person: "gp2", Grants: []people.Placed{{Role: "doctor", Unit: "town"}}})
	r.want(t, 404, "gp2", "GET", of, "")
	r.happen(t, people.GrantsChanged{Person: "gp2", Grants: []people.Placed{{Role: "scheduler", Unit: "north"}}})
	r.want(t, 404, "gp2", "GET", of, "")
}

// A feed shows no more than its person may see: nothing, once they have no role in which they see appointments.
func TestFeedOfWhoLostTheirRole(t *testing.T) {
	r := newRegion(t)
	address := fmt.Sprint(r.want(t, 201, "co", "POST", "/api/me/feed", "")["address"])
	path := strings.TrimPrefix(address, "https://luotsi.example.org")
	for _, test := range []struct {
		role   string
		status int
	}{{"coordinator", 200}, {"trainee", 404}, {"manager", 404}, {"professional", 200}} {
		r.happen(t, people.GrantsChanged{Person: "co", Grants: []people.Placed{{Role: test.role, Unit: "town"}}})
		if status, _, _ := r.raw(t, "", "GET", path, ""); status != test.status {
			t.Errorf("the feed of a %s: %d, want %d", test.role, status, test.status)
		}
	}
}

// The sides of a consultation read it as long as they work where they did.
func TestConsultationOfWhoWentElsewhere(t *testing.T) {
	r := newRegion(t)
	id := fmt.Sprint(r.want(t, 201, "co", "POST", "/api/consultations", aConsultation)["id"])
	of := "/api/consultations/" + id
	r.want(t, 200, "co", "GET", of, "")
	r.want(t, 200, "gp", "GET", of, "")
	r.happen(t, people.GrantsChanged{Person: "co", Grants: []people.Placed{{Role: "coordinator", Unit: "centre"}}})
	r.want(t, 404, "co", "GET", of, "")
	r.want(t, 404, "co", "POST", of+"/messages", `{"text":"Kysyn lisää."}`)
	r.want(t, 200, "co2", "GET", of, "") // who carries the case now
	r.happen(t, people.GrantsChanged{Person: "gp", Grants: []people.Placed{{Role: "doctor", Unit: "north"}}})
	r.want(t, 200, "gp", "GET", of, "")
	r.happen(t, people.GrantsChanged{Person: "gp", Grants: []people.Placed{{Role: "doctor", Unit: "town"}}})
	r.want(t, 404, "gp", "GET", of, "")
	r.want(t, 404, "gp", "POST", of+"/messages", `{"text":"Vastaan.","answer":true}`)
	for _, person := range []string{"co", "gp"} {
		if v := r.want(t, 200, person, "GET", "/api/consultations?over=true", ""); length(v["asked"])+length(v["toAnswer"]) != 0 {
			t.Errorf("the list of %s: %v", person, v)
		}
	}
}
