package main

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"luotsi/courses/psycap"
	"luotsi/server/auth"
	"luotsi/server/people"
)

// TestBadInputChangesNothing: each mistake gets its own refusal, and leaves everything as it was.
func TestBadInputChangesNothing(t *testing.T) {
	r := openRegion(t)
	p := r.place[own]
	invited, reset := r.invited(t, p), r.forgetful(t, p)
	used := r.invited(t, p)
	r.want(t, 200, request{method: "POST", path: "/api/invitations/" + used["link"], body: `{"name":"Uusi","password":"` + testPassword + `","language":"fi"}`})
	late := r.unique("reset")
	must(t, r.happens(t.Context(), people.ResetAsked{Person: p["trainee"], Reset: late, Expires: time.Now().Add(-time.Hour).UnixMilli()}))
	expired := r.links.Sign(auth.LinkPasswordReset, late, time.Now().Add(-time.Hour))
	r.want(t, 200, request{method: "POST", path: "/api/feedback/" + p["feedback"] + "/answer", body: `{"text":"Kiitos."}`, person: p["admin"]})
	r.want(t, 200, request{method: "POST", path: "/api/appointments/" + p["appointment"] + "/cancellation", body: `{"reason":"illness"}`, person: p["doctor"]})

	begins := r.want(t, 200, request{method: "GET", path: "/api/appointments/" + p["appointment"], person: p["doctor"]}).text("start")
	start, err := time.Parse(time.RFC3339, begins)
	must(t, err)
	off := r.links.Sign(auth.LinkAnswer, p["appointment"]+"_0_0", start)
	asked := r.asked(t, p)
	const measures = "/api/psycap/measures/{cohort}/"
	must(t, r.happens(t.Context(), psycap.MeasuresPlanned{Cohort: p["cohort"], Ends: string((finnishToday() - 7).Date()), Days: 7, Measures: []psycap.Measure{
		{Instrument: "tyokyky", Version: "1", Points: []psycap.Point{psycap.End, psycap.Week, psycap.Month}}, {Instrument: "voimavarat", Version: "1", Points: []psycap.Point{psycap.Week}},
	}}))

	report := func(title, cohort, instrument, point string) string {
		return `{"title":"` + title + `","cohorts":["` + cohort + `"],"measures":[{"instrument":"` + instrument + `","version":"1"}],"points":["` + point + `"]}`
	}
	fromTable := func(text string) string {
		return `{"org":"{org}","title":"Muualta","tables":[{"instrument":"tyokyky","version":"1","text":"` + text + `"}]}`
	}
	maps.Copy(p, r.began(t, p))
	const code = "131052-308T" // a personal identity code with the right check character
	long := strings.Repeat("ä", 200_000)
	deep := strings.Repeat(`{"a":`, 100_000)
	activities := "/api/courses/{course}/activities/"
	hours, changed := "/api/people/{doctor}/hours/rules", "/api/people/{doctor}/hours/exceptions"
	calendars := "/api/people/{doctor}/calendars"
	rule := func(change ...string) string {
		return strings.NewReplacer(change...).Replace(`{"unit":"{unit}","weekday":1,"from":"16:00","to":"18:00","minutes":30,"validFrom":"{day}"}`)
	}
	book := func(change ...string) string {
		return strings.NewReplacer(change...).Replace(`{"doctor":"{doctor}","unit":"{unit}","start":"{start}","minutes":30,"mode":"phone"}`)
	}
	cohort := func(change ...string) string {
		return strings.NewReplacer(change...).Replace(`{"name":"Uusi","course":"{course}","unit":"{unit}","starts":"2027-01-11"}`)
	}
	invite := func(change ...string) string {
		return strings.NewReplacer(change...).Replace(`{"email":"uusi@luotsi.example","name":"Uusi","language":"fi","grants":[{"unit":"{unit}","role":"doctor"}]}`)
	}
	times := "/api/joint-times?doctor={doctor}&unit={unit}"

	tests := []struct {
		name, as, call, body string // call is a method and an address
		status               int
		code                 string // of the refusal, and of its first field
	}{
		// What is no request at all.
		{"an unknown field", "trainee", "PUT /api/me/name", `{"name":"Uusi","role":"admin"}`, 400, "invalid_request role:unknown"},
		{"an unknown field further in", "trainee", "POST " + activities + "quiz/attempts", `{"answers":[{"question":"q1","correct":true}]}`, 400, "invalid_request correct:unknown"},
		{"a field in other letters", "trainee", "PUT /api/me/name", `{"name":"Uusi","NAME":"Toinen"}`, 400, "invalid_request NAME:unknown"},
		{"a wrong type", "trainee", "PUT /api/me/name", `{"name":7}`, 400, "invalid_request name:wrong_type"},
		{"a wrong type further in", "admin", "POST /api/invitations", invite(`"doctor"`, `["doctor"]`), 400, "invalid_request grants.role:wrong_type"},
		{"a number with a fraction", "trainee", "PUT /api/courses/{course}/place", `{"activity":"lesson","position":1.5}`, 400, "invalid_request position:wrong_type"},
		{"nothing for something", "trainee", "PUT /api/me/name", `{"name":null}`, 400, "invalid_request name:wrong_type"},
		{"a list for an object", "trainee", "PUT /api/me/name", `[{"name":"Uusi"}]`, 400, "not_json"},
		{"two objects", "trainee", "PUT /api/me/name", `{"name":"Uusi"}{"name":"Toinen"}`, 400, "not_json"},
		{"half an object", "trainee", "PUT /api/me/name", `{"name":"Uu`, 400, "not_json"},
		{"no letters at all", "trainee", "PUT /api/me/name", "{\"name\":\"\xff\xfe\"}", 400, "not_json"},
		{"a hundred thousand objects in each other", "trainee", "PUT /api/me/name", deep, 400, "not_json"},
		{"no body", "trainee", "PUT /api/me/name", "", 400, "wrong_content_type"},
		{"an unknown parameter", "admin", "GET /api/people?sort=name", "", 400, "invalid_request sort:unknown"},
		{"a word for a number", "admin", "GET /api/people?page=two", "", 400, "invalid_request page:wrong_type"},
		{"an id with a space", "admin", "GET /api/people/a%20b", "", 400, "invalid_request person:id"},
		{"an id with a zero byte", "admin", "GET /api/people/a%00b", "", 400, "invalid_request person:id"},
		{"an id that leads up", "admin", "GET /api/people/..%2f..%2fetc", "", 400, "invalid_request person:id"},
		{"a long id", "admin", "GET /api/people/" + strings.Repeat("a", 65), "", 400, "invalid_request person:id"},
		{"an address that is not there", "admin", "GET /api/nothing", "", 404, "not_found"},
		{"another way to write one", "admin", "GET /api/people/", "", 404, "not_found"},
		{"in capital letters", "admin", "GET /api/PEOPLE", "", 404, "not_found"},
		{"another method", "admin", "PATCH /api/me", `{}`, 404, "not_found"},

		// Too long, and what we never keep.
		{"a name of 101 letters", "trainee", "PUT /api/me/name", `{"name":"` + strings.Repeat("ä", 101) + `"}`, 400, "invalid_request name:max"},
		{"a text of 200,000 letters", "trainee", "POST " + activities + "task/submission", `{"text":"` + long + `"}`, 400, "invalid_request text:max"},
		{"a draft of 200,000 letters", "trainee", "PUT /api/drafts/{draft}", `{"rev":1,"text":"` + long + `"}`, 400, "invalid_request text:max"},
		{"feedback of 200,000 letters", "trainee", "POST /api/feedback", `{"text":"` + long + `","page":"/"}`, 400, "invalid_request text:max"},
		{"a password of 200,000 letters", nobody, "POST /api/session", `{"email":"{trainee.email}","password":"` + long + `"}`, 400, "invalid_request password:max"},
		{"an identity code in a task", "trainee", "POST " + activities + "task/submission", `{"text":"Asiakas ` + code + ` tuli."}`, 400, "invalid_request text:no_identity_code"},
		{"an identity code in a draft", "trainee", "PUT /api/drafts/{draft}", `{"rev":1,"text":"` + code + `"}`, 400, "invalid_request text:no_identity_code"},
		{"an identity code in a quiz", "trainee", "POST " + activities + "quiz/attempts", strings.Replace(goodAnswers, "työkyky", code, 1), 400, "invalid_request answers[2].text:no_identity_code"},
		{"an identity code in feedback", nobody, "POST /api/feedback", `{"text":"` + code + `","page":"/"}`, 400, "invalid_request text:no_identity_code"},
		{"an identity code in an answer", "admin", "POST /api/feedback/{feedback}/answer", `{"text":"` + code + `"}`, 400, "invalid_request text:no_identity_code"},
		{"an identity code for a name", "trainee", "PUT /api/me/name", `{"name":"` + code + `"}`, 400, "invalid_request name:no_identity_code"},
		{"an identity code for an invited name", "admin", "POST /api/invitations", invite("Uusi", code), 400, "invalid_request name:no_identity_code"},
		{"an identity code for a cohort", "trainer", "POST /api/cohorts", cohort("Uusi", code), 400, "invalid_request name:no_identity_code"},
		{"an identity code for a unit", "admin", "POST /api/units", `{"name":"` + code + `","kind":"other","org":"{org}"}`, 400, "invalid_request name:no_identity_code"},
		{"a line break in a name", "trainee", "PUT /api/me/name", `{"name":"Uusi\nrivi"}`, 400, "invalid_request name:line"},
		{"a name of spaces", "trainee", "PUT /api/me/name", `{"name":"   "}`, 400, "invalid_request name:required"},

		// Learning.
		{"a lesson of another course", "trainee", "POST " + activities + "m1-l1/done", "", 404, "unknown_activity"},
		{"a course one does not go through", "trainee", "POST /api/courses/" + demoCourse + "/activities/m1-l1/done", "", 404, "not_enrolled"},
		{"a quiz done as a lesson", "trainee", "POST " + activities + "quiz/done", "", 409, "wrong_kind"},
		{"an answer twice", "trainee", "POST " + activities + "quiz/attempts", strings.Replace(goodAnswers, `"q2"`, `"q1"`, 1), 400, "quiz_answers answers[1].question:repeated"},
		{"an answer too few", "trainee", "POST " + activities + "quiz/attempts", `{"answers":[{"question":"q1","options":["a"]}]}`, 400, "quiz_answers answers.q2:missing"},
		{"an option that is not there", "trainee", "POST " + activities + "quiz/attempts", strings.Replace(goodAnswers, `["a"]`, `["z"]`, 1), 400, "quiz_answers answers[0].options[0]:unknown"},
		{"two options for one", "trainee", "POST " + activities + "quiz/attempts", strings.Replace(goodAnswers, `["a"]`, `["a","b"]`, 1), 400, "quiz_answers answers[0].options:max"},
		{"a place beyond the end", "trainee", "PUT /api/courses/{course}/place", `{"activity":"lesson","position":1001}`, 400, "invalid_request position:max"},
		{"a draft of before", "trainee", "PUT /api/drafts/{draft}", `{"rev":0,"text":"vanha"}`, 409, "draft_conflict"},
		{"a draft of a lesson", "trainee", "PUT /api/drafts/{course}.lesson", `{"rev":0,"text":"x"}`, 409, "wrong_kind"},
		{"a draft without a course", "trainee", "GET /api/drafts/task", "", 400, "invalid_request subject:id"},
		{"a plan of 200,000 letters", "trainee", "POST " + activities + "trial/tries", `{"what":"` + long + `","by":"{today}"}`, 400, "invalid_request what:max"},
		{"a plan with an identity code", "trainee", "POST " + activities + "trial/tries", `{"what":"` + code + `","by":"{today}"}`, 400, "invalid_request what:no_identity_code"},
		{"a plan with somebody's identity code", "trainee", "POST " + activities + "trial/tries", `{"what":"Kokeilen","with":"` + code + `","by":"{today}"}`, 400, "invalid_request with:no_identity_code"},
		{"a plan of spaces", "trainee", "POST " + activities + "trial/tries", `{"what":"  ","by":"{today}"}`, 400, "invalid_request what:required"},
		{"a plan by 30 February", "trainee", "POST " + activities + "trial/tries", `{"what":"Kokeilen","by":"2027-02-30"}`, 400, "invalid_request by:date"},
		{"a plan by yesterday", "trainee", "POST " + activities + "trial/tries", `{"what":"Kokeilen","by":"2026-01-01"}`, 400, "invalid_request by:past"},
		{"a plan for a lesson", "trainee", "POST " + activities + "lesson/tries", `{"what":"Kokeilen","by":"{today}"}`, 409, "wrong_kind"},
		{"a story of another plan", "trainee", "POST " + activities + "trial/tries/nothing/story", `{"went":"worked","on":"{today}","text":"Toimi"}`, 404, "not_found"},
		{"an outcome that is none", "trainee", "POST " + activities + "trial/tries/nothing/story", `{"went":"well","text":"Toimi"}`, 400, "invalid_request went:oneof"},
		{"a follow-up after 120 days", "trainee", "POST " + activities + "trial/tries/nothing/follow-ups", `{"days":120,"use":"yes"}`, 400, "invalid_request days:max"},
		{"a reflection of 200,000 letters", "trainee", "PUT " + activities + "reflection/reflection", `{"text":"` + long + `","privacy":"private"}`, 400, "invalid_request text:max"},
		{"an identity code in a reflection", "trainee", "PUT " + activities + "reflection/reflection", `{"text":"` + code + `","privacy":"private"}`, 400, "invalid_request text:no_identity_code"},
		{"a reflection for everybody", "trainee", "PUT " + activities + "reflection/reflection", `{"text":"Opin","privacy":"public"}`, 400, "invalid_request privacy:oneof"},
		{"a reflection in place of a task", "trainee", "PUT " + activities + "task/reflection", `{"text":"Opin","privacy":"private"}`, 409, "wrong_kind"},
		{"a task that is shared", "trainee", "PUT " + activities + "task/sharing", `{"privacy":"cohort"}`, 409, "wrong_kind"},
		{"200,000 letters of a notice", "trainee", "PUT /api/notices/read", `{"notices":["` + long + `"]}`, 400, "invalid_request notices[0]:max"},
		{"more notices than there are", "trainee", "PUT /api/notices/read", `{"notices":["` + strings.Repeat(`x","`, 100) + `x"]}`, 400, "invalid_request notices:max"},
		{"a licence of nobody", "admin", "PUT /api/psycap/instruments/pcq-24/licence", `{"org":"{org}","holder":" ","scope":"yksi ryhmä","ends":"2099-12-31"}`, 400, "invalid_request holder:required"},
		{"a licence with an identity code", "admin", "PUT /api/psycap/instruments/pcq-24/licence", `{"org":"{org}","holder":"` + code + `","scope":"yksi ryhmä","ends":"2099-12-31"}`, 400, "invalid_request holder:no_identity_code"},
		{"a licence of 200,000 letters", "admin", "PUT /api/psycap/instruments/pcq-24/licence", `{"org":"{org}","holder":"H","scope":"` + long + `","ends":"2099-12-31"}`, 400, "invalid_request scope:max"},
		{"a licence that ended", "admin", "PUT /api/psycap/instruments/pcq-24/licence", `{"org":"{org}","holder":"H","scope":"S","ends":"2020-01-01"}`, 400, "invalid_request ends:past"},
		{"a licence until 30 February", "admin", "PUT /api/psycap/instruments/pcq-24/licence", `{"org":"{org}","holder":"H","scope":"S","ends":"2099-02-30"}`, 400, "invalid_request ends:date"},
		{"a licence that nobody needs", "admin", "PUT /api/psycap/instruments/voimavarat/licence", `{"org":"{org}","holder":"H","scope":"S","ends":"2099-12-31"}`, 409, "no_licence_needed"},
		{"a licence of no instrument", "admin", "PUT /api/psycap/instruments/nothing/licence", `{"org":"{org}","holder":"H","scope":"S","ends":"2099-12-31"}`, 404, "unknown_instrument"},
		{"items without a licence", "admin", "PUT /api/psycap/instruments/pcq-24/items", itemsOfNobody, 409, "licence_needed"},
		{"items of Luotsi's own", "admin", "PUT /api/psycap/instruments/voimavarat/items", itemsOfNobody, 409, "ships_with_items"},
		{"items that are asked elsewhere", "admin", "PUT /api/psycap/instruments/kykyviisari/items", itemsOfNobody, 409, "used_elsewhere"},
		{"an item too few", "admin", "PUT /api/psycap/instruments/cpc-12r/items", strings.Replace(itemsOfNobody, `{"id":"hope1","text":"Kokeeksi"},`, "", 1), 400, "invalid_request items.fi.hope1:required"},
		{"an item twice", "admin", "PUT /api/psycap/instruments/cpc-12r/items", strings.Replace(itemsOfNobody, `"hope2"`, `"hope1"`, 1), 400, "invalid_request items.fi.hope1:repeated"},
		{"an item with an identity code", "admin", "PUT /api/psycap/instruments/cpc-12r/items", strings.Replace(itemsOfNobody, "Kokeeksi", code, 1), 400, "invalid_request texts[0].items[0].text:no_identity_code"},
		{"items that nobody translated", "admin", "PUT /api/psycap/instruments/cpc-12r/items", strings.Replace(itemsOfNobody, `"Käännöstoimisto"`, `" "`, 1), 400, "invalid_request translation:required"},
		{"a group of four", "admin", "PUT /api/psycap/floor", `{"org":"{org}","floor":4}`, 400, "invalid_request floor:min"},
		{"a group of a hundred and one", "admin", "PUT /api/psycap/floor", `{"org":"{org}","floor":101}`, 400, "invalid_request floor:max"},
		{"a kind of notices that there is not", "trainee", "PUT /api/notices/choices", `{"choices":[{"kind":"all","feed":true,"mail":true}]}`, 400, "invalid_request choices[0].kind:oneof"},
		{"a kind of notices twice", "trainee", "PUT /api/notices/choices", `{"choices":[{"kind":"due","feed":true,"mail":true},{"kind":"due","feed":true,"mail":false}]}`, 400, "invalid_request choices[1]:twice"},
		{"nothing that is shared", "trainee", "PUT " + activities + "reflection/sharing", `{"privacy":"cohort"}`, 409, "nothing_written"},
		{"a cohort on 30 February", "trainer", "POST /api/cohorts", cohort("2027-01-11", "2027-02-30"), 400, "invalid_request starts:date"},
		{"measures that end on 30 February", "trainer", "PUT /api/cohorts/{cohort}/measures", `{"ends":"2027-02-30","days":21,"measures":[]}`, 400, "invalid_request ends:date"},
		{"measures that end before the course begins", "trainer", "PUT /api/cohorts/{cohort}/measures", `{"ends":"2020-02-28","days":21,"measures":[]}`, 400, "invalid_request ends:past"},
		{"measures that are open for too long", "trainer", "PUT /api/cohorts/{cohort}/measures", `{"ends":"2027-02-28","days":61,"measures":[]}`, 400, "invalid_request days:max"},
		{"a measure at no point", "trainer", "PUT /api/cohorts/{cohort}/measures", `{"ends":"2027-02-28","days":21,"measures":[{"instrument":"voimavarat","points":[]}]}`, 400, "invalid_request measures[0].points:min"},
		{"a measure nobody knows", "trainer", "PUT /api/cohorts/{cohort}/measures", `{"ends":"2027-02-28","days":21,"measures":[{"instrument":"nothing","points":["end"]}]}`, 404, "unknown_instrument"},
		{"a value of 0 on a scale from 1", "trainee", "PUT " + measures + "voimavarat/week/answers", `{"version":"1","answers":[{"item":"hope1","value":0}]}`, 400, "measure_answers answers.hope1:min"},
		{"a value of 7 on a scale to 6", "trainee", "PUT " + measures + "voimavarat/week/answers", `{"version":"1","answers":[{"item":"hope1","value":7}]}`, 400, "measure_answers answers.hope1:max"},
		{"a value of 11 on a scale to 10", "trainee", "PUT " + measures + "tyokyky/week/answers", `{"version":"1","answers":[{"item":"ability","value":11}]}`, 400, "measure_answers answers.ability:max"},
		{"a value of -1 on a scale from 0", "trainee", "PUT " + measures + "tyokyky/week/answers", `{"version":"1","answers":[{"item":"ability","value":-1}]}`, 400, "measure_answers answers.ability:min"},
		{"half a value", "trainee", "PUT " + measures + "tyokyky/week/answers", `{"version":"1","answers":[{"item":"ability","value":6.5}]}`, 400, "invalid_request answers.value:wrong_type"},
		{"a value that is a word", "trainee", "PUT " + measures + "tyokyky/week/answers", `{"version":"1","answers":[{"item":"ability","value":"7"}]}`, 400, "invalid_request answers.value:wrong_type"},
		{"an answer to no question", "trainee", "PUT " + measures + "tyokyky/week/answers", `{"version":"1","answers":[{"item":"hope1","value":4}]}`, 400, "measure_answers answers.hope1:unknown"},
		{"an answer to a question twice", "trainee", "PUT " + measures + "tyokyky/week/answers", `{"version":"1","answers":[{"item":"ability","value":4},{"item":"ability","value":5}]}`, 400, "measure_answers answers[1]:repeated"},
		{"a value that is refused", "trainee", "PUT " + measures + "tyokyky/week/answers", `{"version":"1","answers":[{"item":"ability","value":4,"refused":true}]}`, 400, "measure_answers answers[0]:value_or_refused"},
		{"neither a value nor a refusal", "trainee", "PUT " + measures + "tyokyky/week/answers", `{"version":"1","answers":[{"item":"ability"}]}`, 400, "measure_answers answers[0]:value_or_refused"},
		{"no answers", "trainee", "PUT " + measures + "tyokyky/week/answers", `{"version":"1","answers":[]}`, 400, "invalid_request answers:min"},
		{"answers to another version", "trainee", "PUT " + measures + "tyokyky/week/answers", `{"version":"2","answers":[{"item":"ability","value":4}]}`, 409, "measure_changed"},
		{"answers in place of those of the year 1969", "trainee", "PUT " + measures + "tyokyky/week/answers", `{"version":"1","over":-1,"answers":[{"item":"ability","value":4}]}`, 400, "invalid_request over:min"},
		{"a measure that is not planned", "trainee", "PUT " + measures + "osaaminen/week/answers", `{"version":"1","answers":[{"item":"ability","value":4}]}`, 404, "unknown_measure"},
		{"a measure that is not open yet", "trainee", "PUT " + measures + "tyokyky/month/answers", `{"version":"1","answers":[{"item":"ability","value":4}]}`, 409, "measure_not_yet"},
		{"a measure that is over", "trainee", "PUT " + measures + "tyokyky/end/answers", `{"version":"1","answers":[{"item":"ability","value":4}]}`, 409, "measure_over"},
		{"a measure that is over declined", "trainee", "PUT " + measures + "tyokyky/end/decline", `{"declined":true}`, 409, "measure_over"},
		{"a measure at a point that there is not", "trainee", "GET " + measures + "tyokyky/later", "", 400, "invalid_request point:oneof"},
		{"a draft of a measure that is over", "trainee", "PUT /api/drafts/psycap.measure.{cohort}.tyokyky.end", `{"rev":0,"text":"{}"}`, 409, "measure_over"},
		{"a draft of half a measure", "trainee", "PUT /api/drafts/psycap.measure.{cohort}.tyokyky", `{"rev":0,"text":"{}"}`, 400, "invalid_request subject:id"},
		{"answers taken back that were not given", "trainee", "DELETE " + measures + "tyokyky/week/answers", "", 404, "not_answered"},
		{"results shared that there are not", "trainee", "PUT /api/psycap/results/sharing", `{"cohort":"{cohort}","instrument":"tyokyky","shared":true}`, 404, "not_answered"},
		{"results of somebody who is not in the cohort", "trainer", "GET /api/cohorts/{cohort}/learners/{doctor}/results", "", 404, "not_found"},
		{"a measure without a licence", "trainer", "PUT /api/cohorts/{cohort}/measures", `{"ends":"2027-02-28","days":21,"measures":[{"instrument":"pcq-12","points":["end"]}]}`, 409, "licence_needed"},
		{"a goal without a name", "trainee", "POST /api/psycap/goals", `{"goal":{"title":" ","sign":"","why":"","subGoals":[],"days":[]}}`, 400, "invalid_request goal.title:required"},
		{"a goal with an identity code", "trainee", "POST /api/psycap/goals", `{"goal":{"title":"Työ","sign":"` + code + `","why":"","subGoals":[],"days":[]}}`, 400, "invalid_request goal.sign:no_identity_code"},
		{"an obstacle with an identity code", "trainee", "POST /api/psycap/goals", `{"goal":{"title":"Työ","sign":"","why":"","subGoals":[{"text":"a","routes":[{"text":"b","obstacles":[{"text":"` + code + `","plan":""}]}]}],"days":[]}}`, 400, "invalid_request goal.subGoals[0].routes[0].obstacles[0].text:no_identity_code"},
		{"a goal of 200,000 letters", "trainee", "POST /api/psycap/goals", `{"goal":{"title":"` + long + `","sign":"","why":"","subGoals":[],"days":[]}}`, 400, "invalid_request goal.title:max"},
		{"13 sub-goals", "trainee", "POST /api/psycap/goals", `{"goal":{"title":"Työ","sign":"","why":"","subGoals":[` + strings.Repeat(`{"text":"a","routes":[]},`, 12) + `{"text":"a","routes":[]}],"days":[]}}`, 400, "invalid_request goal.subGoals:max"},
		{"a goal to come back to on 30 February", "trainee", "POST /api/psycap/goals", `{"goal":{"title":"Työ","sign":"","why":"","subGoals":[],"days":["2027-02-30"]}}`, 400, "invalid_request goal.days[0]:date"},
		{"a goal to come back to in 2099", "trainee", "POST /api/psycap/goals", `{"goal":{"title":"Työ","sign":"","why":"","subGoals":[],"days":["2099-01-01"]}}`, 400, "invalid_request goal.days[0]:too_far"},
		{"a goal that nobody has", "trainee", "PUT /api/psycap/goals/nothing", `{"goal":{"title":"Työ","sign":"","why":"","subGoals":[],"days":[]}}`, 404, "not_found"},
		{"a goal closed that nobody has", "trainee", "PUT /api/psycap/goals/nothing/closing", `{"reached":true}`, 404, "not_found"},
		{"an exercise that there is not", "trainee", "POST /api/psycap/exercises/nothing/runs", "{}", 404, "not_found"},
		{"a step that the exercise does not have", "trainee", "PUT /api/psycap/runs/{run}/steps/nothing", `{"easier":false}`, 404, "not_found"},
		{"a step of nothing begun", "trainee", "PUT /api/psycap/runs/nothing/steps/mika-sujui", `{"easier":false}`, 404, "not_found"},
		{"an exercise finished with half a text", "trainee", "PUT /api/psycap/runs/{run}/finish", `{"text":"{"}`, 400, "invalid_request text:json"},
		{"an exercise finished with a field it does not have", "trainee", "PUT /api/psycap/runs/{run}/finish", `{"text":"{\"mika-sujui\":{\"muuta\":\"a\"}}"}`, 400, "invalid_request text.mika-sujui.muuta:unknown"},
		{"an exercise finished with an identity code", "trainee", "PUT /api/psycap/runs/{run}/finish", `{"text":"{\"mika-sujui\":{\"hyvat\":[\"` + code + `\"]}}"}`, 400, "invalid_request text.mika-sujui.hyvat:no_identity_code"},
		{"a draft of an exercise that was not begun", "trainee", "PUT /api/drafts/psycap.exercise.nothing", `{"rev":0,"text":"{}"}`, 404, "not_found"},
		{"a draft of a goal that nobody has", "trainee", "PUT /api/drafts/psycap.goal.nothing", `{"rev":0,"text":"{}"}`, 404, "not_found"},
		{"a draft of no kind", "trainee", "PUT /api/drafts/psycap.nothing.x", `{"rev":0,"text":"{}"}`, 400, "invalid_request subject:id"},
		{"a report without a title", "trainer", "POST /api/psycap/reports", report("", "{cohort}", "tyokyky", "start"), 400, "invalid_request title:required"},
		{"a report with an identity code", "trainer", "POST /api/psycap/reports", report(code, "{cohort}", "tyokyky", "start"), 400, "invalid_request title:no_identity_code"},
		{"a report of no cohort", "trainer", "POST /api/psycap/reports", report("Ryhmä", "nothing", "tyokyky", "start"), 404, "not_found"},
		{"a report of a cohort twice", "trainer", "POST /api/psycap/reports", report("Ryhmä", `{cohort}","{cohort}`, "tyokyky", "start"), 400, "invalid_request cohorts:unique"},
		{"a report of no instrument", "trainer", "POST /api/psycap/reports", report("Ryhmä", "{cohort}", "nothing", "start"), 404, "unknown_instrument"},
		{"a report at no point", "trainer", "POST /api/psycap/reports", report("Ryhmä", "{cohort}", "tyokyky", "later"), 400, "invalid_request points[0]:oneof"},
		{"a report at a point twice", "trainer", "POST /api/psycap/reports", report("Ryhmä", "{cohort}", "tyokyky", `start","start`), 400, "invalid_request points:unique"},
		{"a report of nobody's answers", "trainer", "POST /api/psycap/reports", report("Ryhmä", "{cohort}", "tyokyky", "start"), 409, "masked"},
		{"a report of a table of words", "trainer", "POST /api/psycap/reports/table", fromTable(`ennen\nhyvä`), 400, "table_wrong"},
		{"a report of a table of 11 of 10", "trainer", "POST /api/psycap/reports/table", fromTable(`ennen\n11`), 400, "table_wrong"},
		{"a report of a table with an identity code", "trainer", "POST /api/psycap/reports/table", fromTable(`ennen,kuka\n7,` + code), 400, "table_wrong"},
		{"a report of a table of one person", "trainer", "POST /api/psycap/reports/table", fromTable(`ennen\n7`), 409, "masked"},
		{"a report of a table without rows", "trainer", "POST /api/psycap/reports/table", fromTable(`ennen`), 400, "table_wrong"},
		{"a report as a file with decimals of no kind", "trainer", "GET /api/psycap/reports/nothing/csv?decimal=dot", "", 400, "invalid_request decimal:oneof"},
		{"a cohort of an unknown course", "trainer", "POST /api/cohorts", cohort("{course}", "nothing"), 400, "invalid_request course:unknown"},
		{"learners that nobody knows", "trainer", "POST /api/cohorts/{cohort}/learners", `{"people":["{learner}","nothing"]}`, 400, "invalid_request people[1]:unknown"},
		{"no learners", "trainer", "POST /api/cohorts/{cohort}/learners", `{"people":[]}`, 400, "invalid_request people:min"},

		// Hours and appointments.
		{"an hour that ends before it starts", "doctor", "POST " + hours, rule("18:00", "15:00"), 400, "ends_before_start to:ends_before_start"},
		{"an hour that ends as it starts", "doctor", "POST " + hours, rule("18:00", "16:00"), 400, "ends_before_start to:ends_before_start"},
		{"24 o'clock", "doctor", "POST " + hours, rule("18:00", "24:00"), 400, "invalid_request to:clock"},
		{"hours that end before they begin to be valid", "doctor", "POST " + hours, rule(`"{day}"`, `"2027-03-02","validUntil":"2027-03-01"`), 400, "ends_before_start validUntil:ends_before_start"},
		{"hours of last year", "doctor", "POST " + hours, rule(`"{day}"`, `"2025-03-02","validUntil":"2025-04-01"`), 409, "time_past"},
		{"hours over others", "doctor", "POST " + hours, rule("16:00", "14:30"), 409, "hours_overlap"},
		{"the eighth day of the week", "doctor", "POST " + hours, rule(`"weekday":1`, `"weekday":8`), 400, "invalid_request weekday:max"},
		{"hours for a reception", "doctor", "POST " + hours, rule(`"minutes"`, `"purpose":"reception","minutes"`), 400, "invalid_request purpose:oneof"},
		{"written hours of a coordinator", "coordinator", "POST /api/people/{coordinator}/hours/rules", rule(`"minutes"`, `"purpose":"written","minutes"`), 400, "invalid_request purpose:oneof"},
		{"nothing to publish", "doctor", "POST /api/people/{doctor}/hours/publications", `{"rules":[],"extras":[]}`, 400, "invalid_request rules:required"},
		{"a publication of which the second is none", "doctor", "POST /api/people/{doctor}/hours/publications", `{"rules":[` + rule() + "," + rule("18:00", "15:00") + `],"extras":[]}`, 400, "ends_before_start rules[1].to:ends_before_start"},
		{"the same hours twice in one publication", "doctor", "POST /api/people/{doctor}/hours/publications", `{"rules":[` + rule() + "," + rule() + `],"extras":[]}`, 409, "hours_overlap rules[1]:hours_overlap"},
		{"an extra hour on 30 February", "doctor", "POST /api/people/{doctor}/hours/publications", `{"rules":[],"extras":[{"unit":"{unit}","date":"2027-02-30","from":"09:00","to":"10:00","minutes":30}]}`, 400, "invalid_request extras[0].date:date"},
		{"21 rules at once", "doctor", "POST /api/people/{doctor}/hours/publications", `{"rules":[` + strings.Repeat(rule()+",", 20) + rule() + `],"extras":[]}`, 400, "invalid_request rules:max"},
		{"hours moved that are not there", "doctor", "PUT /api/people/{doctor}/hours/rules/nothing", rule(), 404, "not_found"},
		{"a day that nothing was returned of", "doctor", "DELETE /api/people/{doctor}/hours/returned/2027-03-02", "", 404, "not_found"},
		{"a working day opened", "doctor", "POST " + changed, `{"date":"2027-03-01","kind":"open"}`, 400, "invalid_request date:holiday"},
		{"two hours and a minute between two", "doctor", "PUT /api/people/{doctor}/settings", strings.Replace(noSettings, `"after":0`, `"after":121`, 1), 400, "invalid_request after:max"},
		{"less than no notice", "doctor", "PUT /api/people/{doctor}/settings", strings.Replace(noSettings, `"notice":0`, `"notice":-1`, 1), 400, "invalid_request notice:min"},
		{"half of the settings", "doctor", "PUT /api/people/{doctor}/settings", `{"before":5}`, 400, "invalid_request after:required"},
		{"a way to where one is", "scheduler", "PUT /api/travel", `{"unit":"{unit}","other":"{unit}","minutes":5}`, 400, "invalid_request other:unique"},
		{"four hours and a minute away", "scheduler", "PUT /api/travel", `{"unit":"{unit}","other":"{unit}","minutes":241}`, 400, "invalid_request minutes:max"},
		{"hours in an unknown unit", "doctor", "POST " + hours, rule("{unit}", "nothing"), 400, "invalid_request unit:unknown"},
		{"a day that ends before it starts", "doctor", "POST " + changed, `{"date":"2027-03-01","kind":"away","from":"12:00","to":"09:00"}`, 400, "ends_before_start to:ends_before_start"},
		{"a day that is over", "doctor", "POST " + changed, `{"date":"2025-03-03","kind":"away"}`, 409, "time_past"},
		{"extra hours without minutes", "doctor", "POST " + changed, `{"date":"2027-03-01","kind":"extra","from":"16:00","to":"18:00","unit":"{unit}"}`, 400, "invalid_request minutes:required"},
		{"an appointment in the past", "coordinator", "POST /api/appointments", book("{start}", "2025-03-03T08:00:00Z"), 409, "time_past"},
		{"in the hour that the clock skipped in 2026", "coordinator", "POST /api/appointments", book("{start}", "2026-03-29T03:30:00+02:00"), 409, pastOr("2026-03-29T01:30:00Z", "outside_hours")},
		{"in the hour that came twice in 2026", "coordinator", "POST /api/appointments", book("{start}", "2026-10-25T03:30:00+03:00"), 409, pastOr("2026-10-25T00:30:00Z", "outside_hours")},
		{"in the same hour the second time", "coordinator", "POST /api/appointments", book("{start}", "2026-10-25T03:30:00+02:00"), 409, pastOr("2026-10-25T01:30:00Z", "outside_hours")},
		{"in an hour of no zone", "coordinator", "POST /api/appointments", book("{start}", "2026-10-25T03:30:00"), 400, "invalid_request start:date"},
		{"on 30 February", "coordinator", "POST /api/appointments", book("{start}", "2027-02-30T08:00:00Z"), 400, "invalid_request start:date"},
		{"at night", "coordinator", "POST /api/appointments", book("{start}", "{day}T01:00:00Z"), 409, "outside_hours"},
		{"between two times", "coordinator", "POST /api/appointments", book("{start}", "{day}T10:07:00Z"), 409, "outside_hours"},
		{"with somebody unknown", "coordinator", "POST /api/appointments", book(`"phone"`, `"phone","with":["nobody"]`), 404, "unknown_person"},
		{"with nobody but the doctor", "doctor", "POST /api/appointments", book(), 400, "invalid_request with:required"},
		{"a day too many to look through", "coordinator", "GET " + times + "&from=2027-01-01&to=2027-04-03", "", 400, "invalid_request to:max"},
		{"days in the wrong order", "coordinator", "GET " + times + "&from=2027-01-02&to=2027-01-01", "", 400, "ends_before_start to:ends_before_start"},
		{"a reason in words", "coordinator", "POST /api/appointments/{appointment}/cancellation", `{"reason":"on sairas"}`, 400, "invalid_request reason:oneof"},
		{"a cancellation again", "coordinator", "POST /api/appointments/{appointment}/cancellation", `{"reason":"client"}`, 409, "already_cancelled"},

		{"an answer to what was cancelled", nobody, "POST /api/answers/" + off, `{"answer":"accepted"}`, 409, "already_cancelled"},
		{"an answer by a link for another purpose", nobody, "POST /api/answers/" + invited["link"], `{"answer":"accepted"}`, 404, "link_invalid"},
		{"an answer in words", nobody, "POST /api/answers/" + asked["link"], `{"answer":"ehkä"}`, 400, "invalid_request answer:oneof"},
		{"a doctor's answer that is none", nobody, "POST /api/answers/" + asked["link"], `{"answer":"tentative"}`, 400, "invalid_request answer:oneof"},
		{"four times proposed", nobody, "POST /api/answers/" + asked["link"], `{"answer":"declined","proposed":["2027-03-01T08:00:00Z","2027-03-01T09:00:00Z","2027-03-01T10:00:00Z","2027-03-01T11:00:00Z"]}`, 400, "invalid_request proposed:max"},
		{"a time proposed in the past", nobody, "POST /api/answers/" + asked["link"], `{"answer":"declined","proposed":["2025-03-03T08:00:00Z"]}`, 400, "invalid_request proposed:date"},

		// Rooms and interpreters.
		{"an identity code for a room", "scheduler", "POST /api/resources", `{"unit":"{unit}","kind":"room","name":"` + code + `"}`, 400, "invalid_request name:no_identity_code"},
		{"an identity code for an interpreter", "scheduler", "PUT /api/resources/{interpreter}", `{"name":"` + code + `","languages":["ar"]}`, 400, "invalid_request name:no_identity_code"},
		{"a room of spaces", "scheduler", "POST /api/resources", `{"unit":"{unit}","kind":"room","name":"  "}`, 400, "invalid_request name:required"},
		{"a room twice", "scheduler", "POST /api/resources", `{"unit":"{unit}","kind":"room","name":"{room.name}"}`, 409, "resource_exists"},
		{"a room with languages", "scheduler", "PUT /api/resources/{room}", `{"name":"Huone","languages":["ar"]}`, 400, "invalid_request languages:unknown"},
		{"an interpreter without languages", "scheduler", "POST /api/resources", `{"unit":"{unit}","kind":"interpreter","name":"Tulkki"}`, 400, "invalid_request languages:required"},
		{"a language in words", "scheduler", "POST /api/resources", `{"unit":"{unit}","kind":"interpreter","name":"Tulkki","languages":["arabia"]}`, 400, "invalid_request languages[0]:max"},
		{"hours of a room in another unit", "admin", "POST /api/people/{room}/hours/rules", rule("{unit}", "nothing"), 400, "invalid_request unit:unknown"},

		// Waiting.
		{"a request of nobody but the doctor's unit in words", "coordinator", "POST /api/requests", `{"unit":"keskusta!","minutes":30,"mode":"phone"}`, 400, "invalid_request unit:id"},
		{"a request in an unknown unit", "coordinator", "POST /api/requests", `{"unit":"nothing","minutes":30,"mode":"phone"}`, 404, "unknown_person"},
		{"a request of an unknown doctor", "coordinator", "POST /api/requests", `{"unit":"{unit}","doctor":"nobody","minutes":30,"mode":"phone"}`, 404, "unknown_person"},
		{"a request of five minutes", "coordinator", "POST /api/requests", `{"unit":"{unit}","minutes":5,"mode":"phone"}`, 400, "invalid_request minutes:min"},
		{"a request with a deadline that is over", "coordinator", "POST /api/requests", `{"unit":"{unit}","minutes":30,"mode":"phone","deadline":"2025-01-01"}`, 409, "time_past deadline:time_past"},
		{"a request with a deadline in words", "coordinator", "POST /api/requests", `{"unit":"{unit}","minutes":30,"mode":"phone","deadline":"pian"}`, 400, "invalid_request deadline:date"},
		{"a priority in words", "coordinator", "POST /api/requests", `{"unit":"{unit}","minutes":30,"mode":"phone","priority":"hyvin kiireellinen"}`, 400, "invalid_request priority:oneof"},
		{"an identity code for a guest of a request", "coordinator", "POST /api/requests",
			`{"unit":"{unit}","minutes":30,"mode":"phone","guests":[{"name":"` + code + `","email":"a@b.example","role":"other"}]}`, 400, "invalid_request guests[0].name:no_identity_code"},
		{"a request for somebody else's case", "coordinator", "POST /api/requests", `{"unit":"{unit}","case":"nothing","minutes":30,"mode":"phone"}`, 404, "unknown_case"},
		{"a request changed to an impossible time in words", "coordinator", "PUT /api/requests/{request}", `{"minutes":30,"mode":"phone","never":["aamuisin"]}`, 400, "invalid_request never:date"},
		// Cases and written consultations.
		{"an identity code in a question", "coordinator", "PUT /api/cases/{case}/question", `{"version":0,"kinds":["other"],"asked":"` + code + `","consent":true}`, 400, "invalid_request asked:no_identity_code"},
		{"an identity code in what is known", "coordinator", "PUT /api/cases/{case}/question", `{"version":0,"kinds":["other"],"asked":"x","known":"` + code + `","consent":true}`, 400, "invalid_request known:no_identity_code"},
		{"an identity code in a draft of a question", "coordinator", "PUT /api/case-drafts/question.{case}", `{"rev":0,"text":"` + code + `"}`, 400, "invalid_request text:no_identity_code"},
		{"an identity code in an outcome", "coordinator", "PUT /api/appointments/{appointment}/outcome", `{"version":0,"decided":"` + code + `"}`, 400, "invalid_request decided:no_identity_code"},
		{"an identity code in an action", "coordinator", "PUT /api/appointments/{appointment}/outcome", `{"version":0,"decided":"x","actions":[{"who":"client","what":"` + code + `"}]}`, 400, "invalid_request actions[0].what:no_identity_code"},
		{"an identity code in a message", "doctor", "POST /api/consultations/{consultation}/messages", `{"text":"` + code + `"}`, 400, "invalid_request text:no_identity_code"},
		{"an identity code in a written question", "coordinator", "POST /api/consultations", `{"unit":"{unit}","kinds":["other"],"asked":"` + code + `","consent":true}`, 400, "invalid_request asked:no_identity_code"},
		{"a question of 200,000 letters", "coordinator", "PUT /api/cases/{case}/question", `{"version":0,"kinds":["other"],"asked":"` + long + `","consent":true}`, 400, "invalid_request asked:max"},
		{"a question of no kind", "coordinator", "PUT /api/cases/{case}/question", `{"version":0,"kinds":[],"asked":"x","consent":true}`, 400, "invalid_request kinds:min"},
		{"a question of one kind twice", "coordinator", "PUT /api/cases/{case}/question", `{"version":0,"kinds":["other","other"],"asked":"x","consent":true}`, 400, "invalid_request kinds:unique"},
		{"a question over one that is not there", "coordinator", "PUT /api/cases/{case}/question", `{"version":3,"kinds":["other"],"asked":"x","consent":true}`, 409, "case_changed"},
		{"a question without a consent", "coordinator", "PUT /api/cases/{case}/question", `{"version":0,"kinds":["other"],"asked":"x"}`, 409, "consent_missing"},
		{"an outcome of a meeting to come", "coordinator", "PUT /api/appointments/{appointment}/outcome", `{"version":0,"decided":"x"}`, 409, "already_cancelled"},
		{"a consent to a stranger", "coordinator", "POST /api/cases/{case}/consents", `{"recipient":"nobody","use":"joint_appointment"}`, 400, "invalid_request recipient:unknown"},
		{"a consent for something else", "coordinator", "POST /api/cases/{case}/consents", `{"recipient":"doctor","use":"research"}`, 400, "invalid_request use:oneof"},
		{"a consent until yesterday", "coordinator", "POST /api/cases/{case}/consents", `{"recipient":"doctor","use":"joint_appointment","until":"2025-01-01"}`, 400, "invalid_request until:past"},
		{"a consent that is not there", "coordinator", "POST /api/cases/{case}/consents/nothing/withdrawal", "", 404, "not_found"},
		{"an open case opened", "coordinator", "POST /api/cases/{case}/reopening", "", 409, "case_open"},
		{"a draft of something else", "coordinator", "PUT /api/case-drafts/diary.{case}", `{"rev":0,"text":"x"}`, 400, "invalid_request subject:id"},
		{"texts of an appointment of another case", "coordinator", "GET /api/cases/{case}/texts?appointment={appointment}", "", 404, "not_found"},
		{"a target of no days", "scheduler", "PUT /api/units/{unit}/consultation-target", `{"days":0}`, 400, "invalid_request days:required"},
		{"a target of 31 days", "scheduler", "PUT /api/units/{unit}/consultation-target", `{"days":31}`, 400, "invalid_request days:max"},

		// Being away.
		{"away until before the first day", "doctor", "POST /api/people/{doctor}/absences", `{"from":"2027-03-02","until":"2027-03-01"}`, 400, "ends_before_start until:ends_before_start"},
		{"away for more than a year", "doctor", "POST /api/people/{doctor}/absences", `{"from":"2027-03-02","until":"2028-03-02"}`, 400, "invalid_request until:max"},
		{"away last year", "doctor", "POST /api/people/{doctor}/absences", `{"from":"2025-03-02","until":"2025-03-02"}`, 409, "time_past"},
		{"a deputy of another trade", "doctor", "POST /api/people/{doctor}/absences", `{"from":"2027-03-02","until":"2027-03-02","deputy":"{coordinator}"}`, 400, "invalid_request deputy:unknown"},
		{"standing in for oneself", "doctor", "POST /api/people/{doctor}/absences", `{"from":"2027-03-02","until":"2027-03-02","deputy":"{doctor}"}`, 400, "invalid_request deputy:unknown"},
		{"back from nowhere", "doctor", "DELETE /api/people/{doctor}/absences/nothing", "", 404, "not_found"},

		// Other calendars and the feed.
		{"an address that is not secure", "doctor", "POST " + calendars, `{"address":"http://outlook.example/a.ics"}`, 400, "calendar_address"},
		{"an address with a password", "doctor", "POST " + calendars, `{"address":"https://a:b@outlook.example/a.ics"}`, 400, "calendar_address"},
		{"an address of a file", "doctor", "POST " + calendars, `{"address":"file:///etc/passwd"}`, 400, "calendar_address"},
		{"an address of two lines", "doctor", "POST " + calendars, `{"address":"https://outlook.example/\r\nHost: other"}`, 400, "invalid_request address:line"},
		{"an address of 2,001 letters", "doctor", "POST " + calendars, `{"address":"https://` + strings.Repeat("a", 1993) + `"}`, 400, "invalid_request address:max"},
		{"an address of this machine", "doctor", "POST " + calendars, `{"address":"https://127.0.0.1/a.ics"}`, 409, "calendar_private"},
		{"an address of this machine by name", "doctor", "POST " + calendars, `{"address":"https://localhost/a.ics"}`, 409, "calendar_private"},
		{"an address of this machine in IPv6", "doctor", "POST " + calendars, `{"address":"https://[::1]/a.ics"}`, 409, "calendar_private"},
		{"an address of this machine as IPv4 in IPv6", "doctor", "POST " + calendars, `{"address":"https://[::ffff:127.0.0.1]/a.ics"}`, 409, "calendar_private"},
		{"the address of a cloud's machines", "doctor", "POST " + calendars, `{"address":"https://169.254.169.254/latest/meta-data"}`, 409, "calendar_private"},
		{"a file that is no calendar", "doctor", "POST " + calendars + "/file", `{"file":"<html>"}`, 409, "calendar_none"},
		{"an empty file", "doctor", "POST " + calendars + "/file", `{"file":""}`, 400, "invalid_request file:required"},
		{"a calendar that is not there", "doctor", "DELETE " + calendars + "/nothing", "", 404, "not_found"},
		{"a calendar that is not there, read", "doctor", "POST " + calendars + "/nothing/reading", "", 404, "not_found"},
		{"a feed that was never made", "doctor", "DELETE /api/me/feed", "", 404, "not_found"},
		{"a feed of a secret that is none", nobody, "GET /api/feeds/nothing.ics", "", 404, "not_found"},
		{"a feed of a secret that leads up", nobody, "GET /api/feeds/..%2f..%2fme", "", 404, "not_found"},

		// Accounts.
		{"a wrong password", nobody, "POST /api/session", `{"email":"{trainee.email}","password":"aivan muu salasana"}`, 401, "sign_in_failed"},
		{"an unknown address", nobody, "POST /api/session", `{"email":"tuntematon@luotsi.example","password":"{password}"}`, 401, "sign_in_failed"},
		{"no mail address", nobody, "POST /api/session", `{"email":"trainee","password":"{password}"}`, 400, "invalid_request email:email"},
		{"the wrong current password", "trainee", "POST /api/me/password", `{"current":"aivan muu salasana","password":"{password}"}`, 409, "password_wrong"},
		{"a short new password", "trainee", "POST /api/me/password", `{"current":"{password}","password":"lyhyt salasana"}`, 400, "password_short"},
		{"a common new password", "trainee", "POST /api/me/password", `{"current":"{password}","password":"salasanasalasana"}`, 400, "password_common"},
		{"another language", "trainee", "PUT /api/me/language", `{"language":"de"}`, 400, "invalid_request language:language"},
		{"a link with another end", nobody, "GET /api/invitations/" + invited["link"][:len(invited["link"])-1], "", 404, "link_invalid"},
		{"a link for another purpose", nobody, "GET /api/password-resets/" + invited["link"], "", 404, "link_invalid"},
		{"an invitation that was accepted", nobody, "POST /api/invitations/" + used["link"], `{"name":"Toinen","password":"{password}","language":"fi"}`, 410, "link_used"},
		{"a reset link that is too old", nobody, "POST /api/password-resets/" + expired, `{"password":"{password}"}`, 410, "link_expired"},
		{"a reset to a short password", nobody, "POST /api/password-resets/" + reset["link"], `{"password":"lyhyt"}`, 400, "password_short"},
		{"an accepted name for a password", nobody, "POST /api/invitations/" + invited["link"], `{"name":"Kolmetoista Kirjainta","password":"kolmetoista kirjainta 1","language":"fi"}`, 400, "password_common"},
		{"an address that is taken", "admin", "POST /api/invitations", invite("uusi@luotsi.example", p["trainee.email"]), 409, "address_taken"},
		{"an unknown role", "admin", "POST /api/invitations", invite(`"doctor"`, `"owner"`), 400, "invalid_request grants[0].role:oneof"},
		{"no role", "admin", "POST /api/invitations", `{"email":"uusi@luotsi.example","name":"Uusi","language":"fi","grants":[]}`, 400, "invalid_request grants:min"},
		{"an invitation of somebody who came in", "admin", "POST /api/people/{trainee}/invitation", "", 409, "already_active"},
		{"oneself kept out", "admin", "POST /api/people/{admin}/deactivation", "", 409, "self"},
		{"oneself erased", "admin", "POST /api/people/{admin}/erasure", `{"confirm":"{admin.name}"}`, 409, "self"},
		{"an erasure of the wrong name", "admin", "POST /api/people/{trainee}/erasure", `{"confirm":"{learner.name}"}`, 400, "invalid_request confirm:mismatch"},
		{"a sharing with oneself", "admin", "POST /api/sharings", `{"unit":"{unit}","org":"{org}","purpose":"cohorts"}`, 409, "own_organisation"},
		{"a sharing for anything", "admin", "POST /api/sharings", `{"unit":"{unit}","org":"{third}","purpose":"everything"}`, 400, "invalid_request purpose:oneof"},
		{"an answer again", "admin", "POST /api/feedback/{feedback}/answer", `{"text":"Kiitos taas."}`, 409, "already_answered"},
	}
	fresh := r.free(t, p)
	before, commits := r.stateHash(t), r.journal.Applied()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			method, path, _ := strings.Cut(test.call, " ")
			a := r.send(t, request{method: method, path: r.fill(t, path, p, fresh), body: r.fill(t, test.body, p, fresh), person: p[test.as]})
			if a.status != test.status || a.code() != test.code {
				t.Errorf("got %d %s (%.300s), want %d %s", a.status, a.code(), a.body, test.status, test.code)
			}
			if a.header.Get("Content-Type") != "application/problem+json" || a.at("status") != float64(test.status) {
				t.Errorf("the refusal is no problem: %s %.300s", a.header.Get("Content-Type"), a.body)
			}
			if strings.Contains(string(a.body), code) {
				t.Error("the identity code is in the answer")
			}
			if r.journal.Applied() != commits {
				t.Errorf("%d things happened", r.journal.Applied()-commits)
				commits = r.journal.Applied()
			}
		})
	}
	if r.stateHash(t) != before {
		t.Error("the state changed")
	}
	if strings.Contains(r.lines.String(), code) {
		t.Error("the identity code is in the log")
	}
	if a := r.want(t, 200, request{method: "GET", path: "/api/drafts/" + p["draft"], person: p["trainee"]}); a.text("text") != draftText+" own" {
		t.Errorf("the draft became %s", a.body)
	}
	if a := r.signIn(t, p["trainee.email"], testPassword); a.status != http.StatusOK {
		t.Errorf("the password became another one: %d", a.status)
	}
}

// TestTooLargeBody: more than a mebibyte is refused by what the head of the request says, before anything of it is read.
func TestTooLargeBody(t *testing.T) {
	s := openSite(t, testConfig(t.TempDir()))
	for _, test := range []struct {
		name   string
		length int
		status int
		code   string
	}{
		{"a byte too many", 1<<20 + 1, 413, "too_large"},
		{"far too many", 1 << 40, 413, "too_large"},
	} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
		must(t, err)
		fmt.Fprintf(conn, "PUT /api/me/name HTTP/1.1\r\nHost: luotsi\r\nLuotsi-Request: 1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", test.length)
		res, err := http.ReadResponse(bufio.NewReader(conn), nil)
		must(t, err)
		body, err := io.ReadAll(res.Body)
		must(t, err)
		a := answer{res.StatusCode, res.Header, body}
		if a.status != test.status || a.code() != test.code || a.header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: got %d %s", test.name, a.status, a.body)
		}
		must(t, conn.Close())
	}
	body := `{"name":"` + strings.Repeat("a", 1<<20-11) + `"}` // exactly a mebibyte is read
	if a := s.send(t, request{method: "PUT", path: "/api/me/name", body: body}); a.status != http.StatusUnauthorized {
		t.Errorf("a mebibyte: got %d %s", a.status, a.body)
	}
}

// TestCalendarOfFiveMegabytes: a calendar may be larger than anything else, for who is signed in.
func TestCalendarOfFiveMegabytes(t *testing.T) {
	r := openRegion(t)
	p := r.place[own]
	const size = 5 << 20
	file := func(size int) string {
		text := "BEGIN:VCALENDAR\nX-A:" + strings.Repeat("a", size-len("BEGIN:VCALENDAR\nX-A:\nEND:VCALENDAR\n")) + "\nEND:VCALENDAR\n"
		return `{"file":"` + strings.ReplaceAll(text, "\n", `\n`) + `"}`
	}
	path := "/api/people/" + p["doctor"] + "/calendars/file"
	for _, test := range []struct {
		name   string
		path   string
		person string
		body   string
		status int
		code   string
	}{
		{"five megabytes", path, p["doctor"], file(size), 201, ""},
		{"a byte more", path, p["doctor"], file(size + 1), 400, "invalid_request file:max"},
		{"of somebody who may not", path, p["coordinator"], file(size), 404, "not_found"},
		{"elsewhere", "/api/people/" + p["doctor"] + "/calendars", p["doctor"], file(size), 413, "too_large"},
		{"by nobody", path, "", file(size), 413, "too_large"},
		{"nine megabytes", path, p["doctor"], file(9 << 20), 413, "too_large"},
	} {
		token := ""
		if test.person != "" {
			token = r.token(t, test.person)
		}
		conn, err := net.Dial("tcp", strings.TrimPrefix(r.url, "http://"))
		must(t, err)
		fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: luotsi\r\nLuotsi-Request: 1\r\nCookie: %s=%s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n",
			test.path, people.TokenCookie, token, len(test.body))
		go func() { _, _ = io.WriteString(conn, test.body) }() // what is refused by its head is not read
		res, err := http.ReadResponse(bufio.NewReader(conn), nil)
		must(t, err)
		body, err := io.ReadAll(res.Body)
		must(t, err)
		a := answer{res.StatusCode, res.Header, body}
		if a.status != test.status || test.code != "" && a.code() != test.code {
			t.Errorf("%s: got %d %.200s, want %d %s", test.name, a.status, a.body, test.status, test.code)
		}
		must(t, conn.Close())
	}
}

// pastOr is what a booking of then is called: over, or another refusal while it is to come.
func pastOr(then, coming string) string {
	start, err := time.Parse(time.RFC3339, then)
	if err != nil {
		panic(err)
	}
	if start.Before(time.Now()) {
		return "time_past"
	}
	return coming
}

// TestNextClockChanges: on the nights when the clock changes, hours are as long as the night is, every time that is offered can
// be booked, and the hour that is skipped is not offered.
func TestNextClockChanges(t *testing.T) {
	r := openRegion(t)
	p := r.place[own]
	helsinki, err := time.LoadLocation("Europe/Helsinki")
	must(t, err)
	offset := func(at time.Time) int {
		_, seconds := at.In(helsinki).Zone()
		return seconds
	}
	seen := 0
	for day := time.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, 2); seen < 2; day = day.AddDate(0, 0, 1) {
		change := offset(day.Add(4*time.Hour)) - offset(day.Add(-2*time.Hour))
		if change == 0 {
			continue
		}
		seen++
		date := day.Format(time.DateOnly)
		// 2.00–6.00 on the Finnish clock, in both people's hours; as extra hours, for a change may be on a holiday.
		for _, who := range []string{"doctor", "coordinator"} {
			r.want(t, 201, request{method: "POST", path: "/api/people/" + p[who] + "/hours/exceptions", person: p[who],
				body: fmt.Sprintf(`{"date":"%s","kind":"extra","from":"02:00","to":"06:00","unit":"%s","minutes":30}`, date, p["unit"])})
		}
		a := r.want(t, 200, request{method: "GET", path: r.fill(t, "/api/joint-times?doctor={doctor}&unit={unit}&from="+date+"&to="+date, p, nil), person: p["coordinator"]})
		offered, _ := a.at("days.0.times").([]any)
		want := 6 // 2.00 2.30 4.00 4.30 5.00 5.30
		if change < 0 {
			want = 10 // 3.00 and 3.30 come twice
		}
		if len(offered) != want {
			t.Errorf("%s: %d times of half an hour between 2 and 6, want %d: %s", date, len(offered), want, a.body)
		}
		walls := ""
		for i := range offered {
			start := a.text(fmt.Sprintf("days.0.times.%d.start", i))
			at, err := time.Parse(time.RFC3339, start)
			must(t, err)
			walls += at.In(helsinki).Format("15:04 ")
			r.want(t, 201, request{method: "POST", path: "/api/appointments", person: p["coordinator"],
				body: r.fill(t, `{"doctor":"{doctor}","unit":"{unit}","start":"`+start+`","minutes":30,"mode":"phone"}`, p, nil)})
		}
		if skipped := strings.Contains(walls, "03:"); skipped != (change < 0) {
			t.Errorf("%s: the times are %s", date, walls)
		}
		a = r.want(t, 409, request{method: "POST", path: "/api/appointments", person: p["coordinator"],
			body: r.fill(t, `{"doctor":"{doctor}","unit":"{unit}","start":"`+a.text("days.0.times.0.start")+`","minutes":30,"mode":"phone"}`, p, nil)})
		if a.code() != "time_taken" {
			t.Errorf("the same time again: %s", a.body)
		}
	}
}
