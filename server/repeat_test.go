package main

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestRepeatedRequests: the same key and request give the first answer, and nothing is done again; with anything else the key is refused.
func TestRepeatedRequests(t *testing.T) {
	r := openRegion(t)
	p := r.place[own]
	const key = "Idempotency-Key"
	table := func(value string) string {
		return `{"org":"{org}","title":"Muualta","tables":[{"instrument":"tyokyky","version":"1","text":"ennen` + strings.Repeat(`\n`+value, 20) + `"}]}`
	}
	tests := []struct {
		name, as, call, body, change string // change is another body
		fresh                        func(*region, testing.TB, place) place
	}{
		{"an appointment", "coordinator", "POST /api/appointments", `{"doctor":"{doctor}","unit":"{unit}","start":"{start}","minutes":30,"mode":"phone"}`,
			`{"doctor":"{doctor}","unit":"{unit}","start":"{start}","minutes":30,"mode":"video"}`, (*region).free},
		{"a cancellation", "doctor", "POST /api/appointments/{appointment}/cancellation", `{"reason":"client"}`, `{"reason":"illness"}`, (*region).booked},
		{"a request", "coordinator", "POST /api/requests", `{"unit":"{unit}","minutes":30,"mode":"phone","never":["1","2","3","4","5"]}`,
			`{"unit":"{unit}","minutes":45,"mode":"phone","never":["1","2","3","4","5"]}`, nil},
		{"a request withdrawn", "coordinator", "POST /api/requests/{request}/withdrawal", "", "{}", (*region).waits},
		{"weekly hours", "doctor", "POST /api/people/{doctor}/hours/rules",
			`{"unit":"{unit}","weekday":{weekday},"from":"16:00","to":"18:00","minutes":30,"validFrom":"{day}","validUntil":"{day}"}`,
			`{"unit":"{unit}","weekday":{weekday},"from":"16:00","to":"19:00","minutes":30,"validFrom":"{day}","validUntil":"{day}"}`, (*region).day},
		{"a changed day", "doctor", "POST /api/people/{doctor}/hours/exceptions", `{"date":"{day}","kind":"away"}`,
			`{"date":"{day}","kind":"away","from":"09:00","to":"10:00"}`, (*region).day},
		{"hours taken back", "doctor", "DELETE /api/people/{doctor}/hours/rules/{rule}", "", "{}", (*region).hours},
		{"a quiz", "trainee", "POST /api/courses/{course}/activities/{quiz}/attempts", goodAnswers, strings.Replace(goodAnswers, `["a"]`, `["b"]`, 1), nil},
		{"a quiz started", "trainee", "POST /api/courses/{course}/activities/{quiz}/start", "", "{}", nil},
		{"marks", "trainer", "POST /api/cohorts/{cohort}/learners/{person}/quizzes/open/marks", `{"attempt":"{attempt}","marks":[{"question":"q1","points":1}]}`,
			`{"attempt":"{attempt}","marks":[{"question":"q1","points":0}]}`, (*region).answered},
		{"an attempt more", "trainer", "POST /api/cohorts/{cohort}/learners/{person}/quizzes/open/reopening", `{"reason":"Yhteys katkesi."}`, `{"reason":"Muu syy."}`, (*region).answered},
		{"a task", "trainee", "POST /api/courses/{course}/activities/{task}/submission", `{"text":"Tein."}`, `{"text":"Tein toisin."}`, nil},
		{"a step of a development task", "trainee", "POST /api/courses/{course}/activities/development/steps", `{"step":"","text":"Tein."}`, `{"step":"","text":"Tein toisin."}`, nil},
		{"feedback on a task", "trainer", "POST /api/submissions/{submission}/feedback", `{"verdict":"noted","words":"Hyvä.","comments":[],"rubric":[],"older":false}`,
			`{"verdict":"returned","words":"Hyvä.","comments":[],"rubric":[],"older":false}`, (*region).submitted},
		{"a first approval", "trainer", "POST /api/submissions/{submission}/approval", `{"stage":"first","words":"Hyvä.","rubric":[],"second":""}`,
			`{"stage":"first","words":"","rubric":[],"second":""}`, (*region).developed},
		{"a reservation", "trainer", "PUT /api/submissions/{submission}/reservation", `{"takeOver":false}`, `{"takeOver":true}`, (*region).submitted},
		{"a plan", "trainee", "POST /api/courses/{course}/activities/trial/tries", `{"what":"Kokeilen.","by":"{today}"}`, `{"what":"Kokeilen muuta.","by":"{today}"}`, nil},
		{"what came of it", "trainee", "POST /api/courses/{course}/activities/trial2/tries/{try}/story", `{"went":"worked","on":"{today}","text":"Toimi."}`,
			`{"went":"failed","on":"{today}","text":"Ei toiminut."}`, (*region).tries},
		{"a reflection", "trainee", "PUT /api/courses/{course}/activities/reflection/reflection", `{"text":"Opin.","privacy":"private"}`, `{"text":"Opin.","privacy":"cohort"}`, nil},
		{"where notices are wanted", "trainee", "PUT /api/notices/choices", `{"choices":[{"kind":"due","feed":true,"mail":false}]}`,
			`{"choices":[{"kind":"due","feed":false,"mail":false}]}`, nil},
		{"a lesson", "trainee", "POST /api/courses/{course}/activities/{lesson}/done", "", "{}", nil},
		{"a cohort", "trainer", "POST /api/cohorts", `{"name":"Uusi","course":"{course}","unit":"{unit}","starts":"2027-01-11"}`,
			`{"name":"Toinen","course":"{course}","unit":"{unit}","starts":"2027-01-11"}`, nil},
		{"what a cohort is asked", "trainer", "PUT /api/cohorts/{cohort}/measures", `{"ends":"2027-12-15","days":21,"measures":[{"instrument":"voimavarat","points":["start"]}]}`,
			`{"ends":"2027-12-15","days":21,"measures":[]}`, nil},
		{"answers to a measure", "trainee", "PUT /api/psycap/measures/{cohort}/voimavarat/end/answers", `{"version":"1","answers":[{"item":"hope1","value":4}]}`,
			`{"version":"1","answers":[{"item":"hope1","value":5}]}`, (*region).measured},
		{"answers taken back", "trainee", "DELETE /api/psycap/measures/{cohort}/tyokyky/end/answers", "", "{}", (*region).workAbility},
		{"a measure declined", "trainee", "PUT /api/psycap/measures/{cohort}/toimintakyky/end/decline", `{"declined":true}`, `{"declined":false}`, (*region).measured},
		{"all measures refused", "trainee", "PUT /api/psycap/measures/refusal", `{"refused":true}`, `{"refused":false}`, nil},
		{"results shared", "trainee", "PUT /api/psycap/results/sharing", `{"cohort":"{cohort}","instrument":"tyokyky","shared":true}`,
			`{"cohort":"{cohort}","instrument":"tyokyky","shared":false}`, (*region).workAbility},
		{"an exercise begun", "trainee", "POST /api/psycap/exercises/paivan-hyva/runs", "", "{}", nil},
		{"a step done", "trainee", "PUT /api/psycap/runs/{run}/steps/mika-sujui", `{"easier":false}`, `{"easier":true}`, (*region).began},
		{"an exercise finished", "trainee", "PUT /api/psycap/runs/{run}/finish", `{"text":"{}"}`, `{"text":"{\"mika-sujui\":{\"hyvat\":[\"Kahvi\"]}}"}`, (*region).began},
		{"an exercise deleted", "trainee", "DELETE /api/psycap/runs/{run}", "", "{}", (*region).began},
		{"a goal", "trainee", "POST /api/psycap/goals", `{"goal":{"title":"Työ","sign":"","why":"","subGoals":[],"days":[]}}`,
			`{"goal":{"title":"Koulu","sign":"","why":"","subGoals":[],"days":[]}}`, nil},
		{"a goal closed", "trainee", "PUT /api/psycap/goals/{goal}/closing", `{"reached":true}`, `{"reached":false}`, (*region).goal},
		{"a report of a table", "trainer", "POST /api/psycap/reports/table", table("7"), table("8"), nil},
		{"a licence", "admin", "PUT /api/psycap/instruments/pcq-12/licence", `{"org":"{org}","holder":"H","scope":"S","ends":"2099-12-31"}`,
			`{"org":"{org}","holder":"H","scope":"S","ends":"2099-12-30"}`, nil},
		{"a floor", "admin", "PUT /api/psycap/floor", `{"org":"{org}","floor":7}`, `{"org":"{org}","floor":8}`, nil},
		{"learners", "trainer", "POST /api/cohorts/{cohort}/learners", `{"people":["{person}"]}`, `{"people":["{person}","{learner}"]}`, (*region).person},
		{"a learner who leaves", "trainer", "DELETE /api/cohorts/{cohort}/learners/{person}", "", "{}", (*region).enrolled},
		{"an invitation", "admin", "POST /api/invitations", `{"email":"sama@luotsi.example","name":"Sama","language":"fi","grants":[{"unit":"{unit}","role":"doctor"}]}`,
			`{"email":"sama@luotsi.example","name":"Sama","language":"sv","grants":[{"unit":"{unit}","role":"doctor"}]}`, nil},
		{"an invitation sent anew", "admin", "POST /api/people/{person}/invitation", "", "{}", (*region).invited},
		{"roles", "admin", "PUT /api/people/{person}/grants", `{"grants":[{"unit":"{unit}","role":"doctor"}]}`, `{"grants":[]}`, (*region).person},
		{"a person kept out", "admin", "POST /api/people/{person}/deactivation", "", "{}", (*region).person},
		{"an erasure", "admin", "POST /api/people/{person}/erasure", `{"confirm":"{person.name}"}`, `{"confirm":"{person.name} "}`, (*region).person},
		{"a unit", "admin", "POST /api/units", `{"name":"Uusi yksikkö","kind":"ngo","org":"{org}"}`, `{"name":"Uusi yksikkö","kind":"other","org":"{org}"}`, nil},
		{"a sharing", "admin", "POST /api/sharings", `{"unit":"{unit}","org":"{third}","purpose":"cohorts"}`, `{"unit":"{unit}","org":"{third}","purpose":"joint_appointments"}`, nil},
		{"feedback", "trainee", "POST /api/feedback", `{"text":"Hyvä.","page":"/"}`, `{"text":"Huono.","page":"/"}`, nil},
		{"an answer to it", "admin", "POST /api/feedback/{feedback}/answer", `{"text":"Kiitos."}`, `{"text":"Kiitos paljon."}`, (*region).given},
		{"a name", "learner", "PUT /api/me/name", `{"name":"Uusi Nimi"}`, `{"name":"Uudempi Nimi"}`, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			fresh := place{}
			if test.fresh != nil {
				fresh = test.fresh(r, t, p)
			}
			method, path, _ := strings.Cut(r.fill(t, test.call, p, fresh), " ")
			req := request{method: method, path: path, body: r.fill(t, test.body, p, fresh), person: p[test.as], header: []string{key, r.unique("key-")}}
			before := r.journal.Applied()
			first := r.send(t, req)
			commits, hash := r.journal.Applied(), r.stateHash(t)
			if first.status >= 300 || commits != before+1 {
				t.Fatalf("got %d %s and %d commits, want 2xx and 1", first.status, first.body, commits-before)
			}
			again := r.send(t, req)
			if again.status != first.status || string(again.body) != string(first.body) {
				t.Errorf("the second time:\ngot  %d %s\nwant %d %s", again.status, again.body, first.status, first.body)
			}
			if got, want := again.header.Get("Luotsi-Commit"), first.header.Get("Luotsi-Commit"); got != want || want == "" {
				t.Errorf("got commit %q, want %q", got, want)
			}
			changed := req
			changed.body = r.fill(t, test.change, p, fresh)
			if a := r.send(t, changed); a.status != http.StatusUnprocessableEntity || a.code() != "key_reused" {
				t.Errorf("another body: got %d %s, want 422 key_reused", a.status, a.body)
			}
			if r.journal.Applied() != commits || r.stateHash(t) != hash {
				t.Error("something happened again")
			}
		})
	}

	t.Run("the same key for something else", func(t *testing.T) {
		body := `{"name":"Avain","kind":"ngo","org":"` + p["org"] + `"}`
		header := []string{key, r.unique("key-")}
		r.want(t, 201, request{method: "POST", path: "/api/units", body: body, person: p["admin"], header: header})
		a := r.want(t, 422, request{method: "PUT", path: "/api/units/" + p["unit"], body: `{"name":"Avain","kind":"ngo"}`, person: p["admin"], header: header})
		if a.code() != "key_reused" {
			t.Errorf("got %s", a.body)
		}
		before := r.journal.Applied()
		r.want(t, 201, request{method: "POST", path: "/api/units", body: body, person: p["deputy"], header: header}) // keys are everybody's own
		if r.journal.Applied() != before+1 {
			t.Error("another person's key kept somebody from writing")
		}
	})
	t.Run("a refusal is not remembered", func(t *testing.T) {
		fresh, header := r.free(t, p), []string{key, r.unique("key-")}
		book := request{method: "POST", path: "/api/appointments", person: p["coordinator"], header: header,
			body: r.fill(t, `{"doctor":"{doctor}","unit":"{unit}","start":"{start}","minutes":30,"mode":"phone"}`, p, fresh)}
		taken := r.want(t, 201, request{method: "POST", path: book.path, body: book.body, person: p["coordinator"]})
		r.want(t, 409, book)
		r.want(t, 200, request{method: "POST", path: "/api/appointments/" + taken.text("id") + "/cancellation", body: `{"reason":"other"}`, person: p["coordinator"]})
		r.want(t, 201, book)
	})
	for _, odd := range []string{"with space", strings.Repeat("k", 65), "ä", "a/b"} {
		if a := r.send(t, request{method: "POST", path: "/api/units", body: `{}`, person: p["admin"], header: []string{key, odd}}); a.status != 400 {
			t.Errorf("the key %q: got %d %s", odd, a.status, a.body)
		}
	}
}

// TestRepeatedAtOnce: phones send again while the first request is still on its way.
func TestRepeatedAtOnce(t *testing.T) {
	r := openRegion(t)
	p := r.place[own]
	before := r.journal.Applied()
	answers := make([]answer, 16)
	var group sync.WaitGroup
	body := r.fill(t, `{"doctor":"{doctor}","unit":"{unit}","start":"{start}","minutes":30,"mode":"phone"}`, p, r.free(t, p))
	for i := range answers {
		req := request{method: "POST", path: "/api/appointments", body: body, person: p["coordinator"], token: r.token(t, p["coordinator"]), header: []string{"Idempotency-Key", "once"}}
		group.Go(func() {
			var err error
			if answers[i], err = r.try(t, req); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	for _, a := range answers {
		if a.status != http.StatusCreated || a.text("id") != answers[0].text("id") {
			t.Errorf("got %d %s, want 201 with %s", a.status, a.body, answers[0].text("id"))
		}
	}
	if got := r.journal.Applied() - before; got != 1 {
		t.Errorf("%d commits for one appointment", got)
	}
}

// TestAtLeastCommit: a read that names a commit is answered from a state that has it, or told to try again.
func TestAtLeastCommit(t *testing.T) {
	r := openRegion(t)
	p := r.place[own]
	a := r.want(t, 200, request{method: "PUT", path: "/api/me/name", body: `{"name":"Uusi Nimi"}`, person: p["trainee"]})
	got := r.want(t, 200, request{method: "GET", path: "/api/me", person: p["trainee"], header: []string{"Luotsi-Commit", a.header.Get("Luotsi-Commit")}})
	if got.text("name") != "Uusi Nimi" {
		t.Errorf("got %s", got.body)
	}
	start := time.Now()
	behind := r.want(t, 503, request{method: "GET", path: "/api/me", person: p["trainee"], header: []string{"Luotsi-Commit", "999999999"}})
	if behind.code() != "behind" || behind.header.Get("Retry-After") == "" || time.Since(start) > 5*time.Second {
		t.Errorf("got %s after %v", behind.body, time.Since(start))
	}
	for _, odd := range []string{"x", "-1", "1e3", "99999999999999999999999"} {
		if a := r.send(t, request{method: "GET", path: "/api/me", person: p["trainee"], header: []string{"Luotsi-Commit", odd}}); a.status != 400 || a.code() != "invalid_request Luotsi-Commit:wrong_type" {
			t.Errorf("%q: got %d %s", odd, a.status, a.body)
		}
	}
}
