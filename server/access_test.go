package main

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"luotsi/server/auth"
)

// rule says what each role gets from a route. The callers are those of the own unit; what they ask for is of the own unit,
// of another unit of their organisation, or of another organisation.
//
// own, sister and other read "trainer 200, admin 404": whoever is not named gets 403, and nobody gets 401. "all" names every
// role, "anyone" also those who are not signed in. An empty one leaves the place out: the route knows no such thing.
type rule struct {
	route  string // as it is registered
	call   string // the address with {names}; the route itself when it has no parameters
	body   string
	own    string
	sister string
	other  string
	fresh  func(*region, testing.TB, place) place // what the call uses up
	secret bool                                   // comes along with the secret of a session
	shows  string                                 // what of another organisation may be in the answer
}

// noSettings are those of somebody who never said how they want to be booked.
const noSettings = `{"before":0,"after":0,"notice":0,"horizon":0,"dayLimit":0,"monthLimit":0,"returnDays":0,"ask":false}`

// itemsOfNobody are made up for these tests, of a free instrument that ships without its items.
const itemsOfNobody = `{"org":"{org}","texts":[{"language":"fi","items":[{"id":"hope1","text":"Kokeeksi"},{"id":"hope2","text":"Kokeeksi"},{"id":"hope3","text":"Kokeeksi"},{"id":"optimism1","text":"Kokeeksi"},{"id":"optimism2","text":"Kokeeksi"},{"id":"optimism3","text":"Kokeeksi"},` +
	`{"id":"resilience1","text":"Kokeeksi"},{"id":"resilience2","text":"Kokeeksi"},{"id":"resilience3","text":"Kokeeksi"},{"id":"efficacy1","text":"Kokeeksi"},{"id":"efficacy2","text":"Kokeeksi"},{"id":"efficacy3","text":"Kokeeksi"}]}],` +
	`"translation":{"translator":"Käännöstoimisto","date":"2026-11-01","version":"1"}}`

var rules = []rule{
	// The session and one's own account.
	{route: "POST /api/session", body: `{"email":"{person.email}","password":"{password}"}`, fresh: (*region).person, own: "anyone 200"},
	{route: "POST /api/session/renew", own: "anyone 401"},
	{route: "POST /api/session/renew", secret: true, own: "all 200"},
	{route: "DELETE /api/session", own: "anyone 204"},
	{route: "DELETE /api/session", secret: true, own: "anyone 204"},
	{route: "DELETE /api/sessions", own: "all 204"},
	{route: "GET /api/me", own: "all 200"},
	{route: "PUT /api/me/language", body: `{"language":"sv"}`, own: "all 200"},
	{route: "PUT /api/me/name", body: `{"name":"Uusi Nimi"}`, own: "all 200"},
	{route: "POST /api/me/password", body: `{"current":"{password}","password":"{password}"}`, own: "all 204"},
	{route: "GET /api/me/data", own: "all 200"},

	// Links that mails bring: who has one needs nothing else.
	{route: "POST /api/password-resets", body: `{"email":"{new}@{unit}.example"}`, own: "anyone 204"},
	{route: "GET /api/password-resets/:token", call: "/api/password-resets/{link}", fresh: (*region).forgetful, own: "anyone 200"},
	{route: "POST /api/password-resets/:token", call: "/api/password-resets/{link}", body: `{"password":"{password}"}`, fresh: (*region).forgetful, own: "anyone 204"},
	{route: "GET /api/invitations/:token", call: "/api/invitations/{link}", fresh: (*region).invited, own: "anyone 200"},
	{route: "POST /api/invitations/:token", call: "/api/invitations/{link}", body: `{"name":"Uusi Väki","password":"{password}","language":"fi"}`, fresh: (*region).invited, own: "anyone 200"},

	// Administration.
	{route: "GET /api/people", own: "admin 200"},
	{route: "GET /api/people", call: "/api/people?unit={unit}", sister: "admin 200", other: "admin 200"},
	{route: "GET /api/people/:person", call: "/api/people/{trainee}", own: "admin 200", sister: "admin 200", other: "admin 404"},
	{route: "POST /api/invitations", body: `{"email":"{new}@luotsi.example","name":"Uusi","language":"fi","grants":[{"unit":"{unit}","role":"doctor"}]}`,
		own: "admin 201", sister: "admin 201", other: "admin 404"},
	{route: "POST /api/invitations", body: `{"email":"{new}@luotsi.example","name":"Uusi","language":"fi","grants":[{"unit":"{own.unit}","role":"doctor"},{"unit":"{unit}","role":"admin"}]}`,
		sister: "admin 201", other: "admin 404"},
	{route: "POST /api/people/:person/invitation", call: "/api/people/{person}/invitation", fresh: (*region).invited, own: "admin 200", sister: "admin 200", other: "admin 404"},
	{route: "PUT /api/people/:person/grants", call: "/api/people/{person}/grants", body: `{"grants":[{"unit":"{unit}","role":"doctor"}]}`,
		fresh: (*region).person, own: "admin 200", sister: "admin 200", other: "admin 404"},
	{route: "PUT /api/people/:person/grants", call: "/api/people/{person}/grants", body: `{"grants":[{"unit":"{own.unit}","role":"doctor"}]}`,
		fresh: (*region).person, sister: "admin 200", other: "admin 404"},
	{route: "PUT /api/people/:person/grants", call: "/api/people/{own.learner}/grants", body: `{"grants":[{"unit":"{unit}","role":"trainee"}]}`, other: "admin 404"},
	{route: "PUT /api/people/:person/grants", call: "/api/people/{own.admin}/grants", body: `{"grants":[{"unit":"{unit}","role":"admin"}]}`, other: "admin 404"},
	{route: "POST /api/people/:person/deactivation", call: "/api/people/{person}/deactivation", fresh: (*region).person, own: "admin 200", sister: "admin 200", other: "admin 404"},
	{route: "DELETE /api/people/:person/deactivation", call: "/api/people/{person}/deactivation", fresh: (*region).deactivated, own: "admin 200", sister: "admin 200", other: "admin 404"},
	{route: "POST /api/people/:person/erasure", call: "/api/people/{person}/erasure", body: `{"confirm":"{person.name}"}`,
		fresh: (*region).person, own: "admin 204", sister: "admin 204", other: "admin 404"},
	{route: "GET /api/people/:person/access", call: "/api/people/{trainee}/access", own: "all 404, trainee admin 200", sister: "all 404, admin 200", other: "all 404"},
	{route: "GET /api/units", own: "all 200"},
	{route: "POST /api/units", body: `{"name":"{new}","kind":"other","org":"{org}"}`, own: "admin 201", other: "admin 404"},
	{route: "PUT /api/units/:unit", call: "/api/units/{unit}", body: `{"name":"{unit.name}","kind":"ngo"}`, own: "admin 200", sister: "admin 200", other: "admin 404"},
	{route: "GET /api/organisations", own: "admin 200", shows: "the names of all organisations"},
	{route: "PUT /api/organisations/:org", call: "/api/organisations/{org}", body: `{"name":"Järjestö uusi"}`, own: "admin 200", other: "admin 404"},
	{route: "GET /api/sharings", own: "admin 200"},
	{route: "POST /api/sharings", body: `{"unit":"{unit}","org":"{third}","purpose":"cohorts"}`, own: "admin 201", sister: "admin 201", other: "admin 404"},
	{route: "DELETE /api/sharings/:sharing", call: "/api/sharings/{sharing}", fresh: (*region).opened, own: "admin 204", sister: "admin 204", other: "admin 404"},
	{route: "POST /api/feedback", body: `{"text":"Hyvä.","page":"/"}`, own: "anyone 201"},
	{route: "GET /api/feedback", own: "admin 200"},
	{route: "POST /api/feedback/:feedback/answer", call: "/api/feedback/{feedback}/answer", body: `{"text":"Kiitos."}`, fresh: (*region).given,
		own: "admin 200", sister: "admin 200", other: "admin 404"},

	// Learning: trainees and coordinators, each their own course.
	{route: "GET /api/learning", own: "trainee coordinator 200"},
	{route: "GET /api/courses/:course", call: "/api/courses/{course}", own: "trainee coordinator 200", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "GET /api/courses/:course/activities/:activity", call: "/api/courses/{course}/activities/{task}",
		own: "trainee coordinator 200", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "POST /api/courses/:course/activities/:activity/done", call: "/api/courses/{course}/activities/{lesson}/done",
		own: "trainee coordinator 200", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "POST /api/courses/:course/activities/:activity/attempts", call: "/api/courses/{course}/activities/{quiz}/attempts", body: goodAnswers,
		own: "trainee coordinator 201", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "POST /api/courses/:course/activities/:activity/start", call: "/api/courses/{course}/activities/{quiz}/start",
		own: "trainee coordinator 201", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "GET /api/courses/:course/activities/:activity/attempts/:attempt", call: "/api/courses/{course}/activities/open/attempts/{attempt}",
		fresh: (*region).answered, own: "trainee coordinator 404", sister: "trainee coordinator 404", other: "trainee coordinator 404"}, // somebody else's
	{route: "POST /api/courses/:course/activities/:activity/done-elsewhere", call: "/api/courses/{course}/activities/elsewhere/done-elsewhere", body: `{"on":"2026-01-02"}`,
		own: "trainee coordinator 200", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "POST /api/courses/:course/activities/:activity/viewed", call: "/api/courses/{course}/activities/elsewhere/viewed",
		own: "trainee coordinator 409", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "POST /api/courses/:course/activities/:activity/acknowledgement", call: "/api/courses/{course}/activities/{lesson}/acknowledgement", body: `{"hash":"lesson-hash"}`,
		own: "trainee coordinator 204", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "GET /api/courses/:course/media/:file", call: "/api/courses/{course}/media/{film}", own: "trainee coordinator 200", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "HEAD /api/courses/:course/media/:file", call: "/api/courses/{course}/media/{film}", own: "trainee coordinator 200", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "PUT /api/courses/:course/place", call: "/api/courses/{course}/place", body: `{"activity":"lesson","position":7}`,
		own: "trainee coordinator 204", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "GET /api/notices", own: "trainee coordinator 200"},
	{route: "GET /api/notices/count", own: "trainee coordinator 200"},
	{route: "PUT /api/notices/read", body: `{"notices":["nothing"]}`, own: "trainee coordinator 200"},
	{route: "GET /api/notices/choices", own: "trainee coordinator 200"},
	{route: "PUT /api/notices/choices", body: `{"choices":[{"kind":"due","feed":true,"mail":false}]}`, own: "trainee coordinator 200"},
	// Goals are their owner's alone.
	{route: "GET /api/psycap/exercises", own: "trainee coordinator trainer 200"},
	{route: "GET /api/psycap/exercises/:exercise", call: "/api/psycap/exercises/paivan-hyva", own: "trainee coordinator trainer 200"},
	{route: "PUT /api/psycap/exercises/refusal", body: `{"refused":false}`, own: "trainee coordinator 204"},
	{route: "POST /api/psycap/exercises/:exercise/runs", call: "/api/psycap/exercises/paivan-hyva/runs", own: "trainee coordinator 201"},
	{route: "GET /api/psycap/runs/:run", call: "/api/psycap/runs/{run}", fresh: (*region).began, own: "trainee 200, coordinator 404", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "PUT /api/psycap/runs/:run/steps/:step", call: "/api/psycap/runs/{run}/steps/mika-sujui", body: `{"easier":true}`, fresh: (*region).began,
		own: "trainee 204, coordinator 404", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "PUT /api/psycap/runs/:run/aside", call: "/api/psycap/runs/{run}/aside", fresh: (*region).began,
		own: "trainee 204, coordinator 404", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "PUT /api/psycap/runs/:run/finish", call: "/api/psycap/runs/{run}/finish", body: `{"text":"{\"mika-sujui\":{\"hyvat\":[\"Kahvi\"]}}"}`, fresh: (*region).began,
		own: "trainee 204, coordinator 404", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "DELETE /api/psycap/runs/:run", call: "/api/psycap/runs/{run}", fresh: (*region).began,
		own: "trainee 204, coordinator 404", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "GET /api/cohorts/:cohort/exercises", call: "/api/cohorts/{cohort}/exercises", own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "GET /api/psycap/measures", fresh: (*region).measured, own: "trainee coordinator 200"},
	{route: "GET /api/psycap/measures/:cohort/:instrument/:point", call: "/api/psycap/measures/{cohort}/tyokyky/end", fresh: (*region).measured,
		own: "trainee coordinator 200", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "PUT /api/psycap/measures/:cohort/:instrument/:point/answers", call: "/api/psycap/measures/{cohort}/tyokyky/end/answers", fresh: (*region).measured,
		body: `{"version":"1","answers":[{"item":"ability","value":7}]}`, own: "trainee coordinator 204", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "DELETE /api/psycap/measures/:cohort/:instrument/:point/answers", call: "/api/psycap/measures/{cohort}/tyokyky/end/answers", fresh: (*region).workAbility,
		own: "trainee coordinator 204", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "PUT /api/psycap/measures/:cohort/:instrument/:point/decline", call: "/api/psycap/measures/{cohort}/toimintakyky/end/decline", fresh: (*region).measured,
		body: `{"declined":true}`, own: "trainee coordinator 204", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "PUT /api/psycap/measures/refusal", body: `{"refused":true}`, own: "trainee coordinator 204"},
	{route: "PUT /api/drafts/:subject", call: "/api/drafts/psycap.measure.{cohort}.voimavarat.end", body: `{"rev":0,"text":"{}"}`, fresh: (*region).measured,
		own: "trainee coordinator 200, trainer 404", sister: "trainee coordinator trainer 404", other: "trainee coordinator trainer 404"},
	{route: "GET /api/psycap/results", fresh: (*region).workAbility, own: "trainee coordinator 200"},
	{route: "PUT /api/psycap/results/sharing", body: `{"cohort":"{cohort}","instrument":"tyokyky","shared":true}`, fresh: (*region).workAbility,
		own: "trainee coordinator 204", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "GET /api/cohorts/:cohort/learners/:person/results", call: "/api/cohorts/{cohort}/learners/{trainee}/results", fresh: (*region).workAbility,
		own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "GET /api/psycap/goals", own: "trainee coordinator 200"},
	{route: "POST /api/psycap/goals", body: `{"goal":{"title":"Saan työkokeilun","sign":"","why":"","subGoals":[],"days":[]}}`, own: "trainee coordinator 201"},
	{route: "GET /api/psycap/goals/:goal", call: "/api/psycap/goals/{goal}", fresh: (*region).goal, own: "trainee 200, coordinator 404", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "PUT /api/psycap/goals/:goal", call: "/api/psycap/goals/{goal}", body: `{"goal":{"title":"Saan työkokeilun","sign":"","why":"","subGoals":[],"days":[]}}`, fresh: (*region).goal,
		own: "trainee 200, coordinator 404", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "PUT /api/psycap/goals/:goal/closing", call: "/api/psycap/goals/{goal}/closing", body: `{"reached":true}`, fresh: (*region).goal,
		own: "trainee 204, coordinator 404", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "DELETE /api/psycap/goals/:goal", call: "/api/psycap/goals/{goal}", fresh: (*region).goal,
		own: "trainee 204, coordinator 404", sister: "trainee coordinator 404", other: "trainee coordinator 404"},

	{route: "GET /api/drafts/:subject", call: "/api/drafts/{draft}", own: "trainee coordinator 200, trainer 404",
		sister: "trainee coordinator trainer 404", other: "trainee coordinator trainer 404"},
	{route: "PUT /api/drafts/:subject", call: "/api/drafts/{course}.{quiz}", body: `{"rev":0,"text":"ehkä"}`,
		own: "trainee coordinator 200, trainer 404", sister: "trainee coordinator trainer 404", other: "trainee coordinator trainer 404"},
	{route: "GET /api/drafts/:subject", call: "/api/drafts/feedback:{submission}", own: "trainer 200, trainee coordinator 404",
		sister: "trainee coordinator trainer 404", other: "trainee coordinator trainer 404"},
	{route: "PUT /api/drafts/:subject", call: "/api/drafts/feedback:{submission}", body: `{"rev":0,"text":"ehkä"}`, fresh: (*region).submitted,
		own: "trainer 200, trainee coordinator 404", sister: "trainee coordinator trainer 404", other: "trainee coordinator trainer 404"},
	{route: "POST /api/courses/:course/activities/:activity/steps", call: "/api/courses/{course}/activities/development/steps", body: `{"step":"","text":"Tein."}`,
		own: "trainee coordinator 201", sister: "trainee coordinator 404", other: "trainee coordinator 404"},

	// What was handed in is marked by the trainers of the cohort's unit.
	{route: "GET /api/feedback-queue", own: "trainer 200"},
	{route: "GET /api/submissions/:submission", call: "/api/submissions/{submission}", own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "PUT /api/submissions/:submission/reservation", call: "/api/submissions/{submission}/reservation", body: `{"takeOver":false}`, fresh: (*region).submitted,
		own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "DELETE /api/submissions/:submission/reservation", call: "/api/submissions/{submission}/reservation", fresh: (*region).submitted,
		own: "trainer 204", sister: "trainer 404", other: "trainer 404"},
	{route: "PUT /api/submissions/:submission/reservation", call: "/api/submissions/{submission}/reservation", body: `{"takeOver":false}`, fresh: (*region).openAnswered,
		own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "POST /api/submissions/:submission/feedback", call: "/api/submissions/{submission}/feedback", fresh: (*region).submitted,
		body: `{"verdict":"noted","words":"Hyvin pohdittu.","comments":[],"rubric":[],"older":false}`, own: "trainer 204", sister: "trainer 404", other: "trainer 404"},
	{route: "POST /api/submissions/:submission/approval", call: "/api/submissions/{submission}/approval", fresh: (*region).developed,
		body: `{"stage":"first","words":"","rubric":[],"second":""}`, own: "trainer 204", sister: "trainer 404", other: "trainer 404"},
	{route: "POST /api/courses/:course/activities/:activity/submission", call: "/api/courses/{course}/activities/{task}/submission", body: `{"text":"Tein."}`,
		own: "trainee coordinator 201", sister: "trainee coordinator 404", other: "trainee coordinator 404"},

	// What is tried at work and reflected on: its writer's, and whom they let read it.
	{route: "POST /api/courses/:course/activities/:activity/tries", call: "/api/courses/{course}/activities/trial/tries", body: `{"what":"Kokeilen.","by":"{today}"}`,
		own: "trainee coordinator 201", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "PUT /api/courses/:course/activities/:activity/tries/:try/plan", call: "/api/courses/{course}/activities/trial2/tries/{try}/plan", body: `{"what":"Toisin.","by":"{today}"}`,
		fresh: (*region).tries, own: "trainee 200, coordinator 404", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "PUT /api/courses/:course/activities/:activity/tries/:try/plan", call: "/api/courses/{own.course}/activities/trial2/tries/{try}/plan", body: `{"what":"Toisin.","by":"{today}"}`,
		fresh: (*region).tries, sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "POST /api/courses/:course/activities/:activity/tries/:try/story", call: "/api/courses/{course}/activities/trial2/tries/{try}/story",
		body: `{"went":"worked","on":"{today}","text":"Toimi."}`, fresh: (*region).tries, own: "trainee 201, coordinator 404", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "POST /api/courses/:course/activities/:activity/tries/:try/follow-ups", call: "/api/courses/{course}/activities/trial2/tries/{try}/follow-ups",
		body: `{"days":30,"use":"yes"}`, fresh: (*region).tries, own: "trainee 409, coordinator 404", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "PUT /api/courses/:course/activities/:activity/reflection", call: "/api/courses/{course}/activities/reflection/reflection", body: `{"text":"Opin.","privacy":"private"}`,
		own: "trainee coordinator 200", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "PUT /api/courses/:course/activities/:activity/sharing", call: "/api/courses/{course}/activities/reflection/sharing", body: `{"privacy":"done"}`, fresh: (*region).reflection,
		own: "trainee coordinator 204", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "GET /api/courses/:course/shared", call: "/api/courses/{course}/shared", own: "trainee coordinator 200", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "GET /api/courses/:course/shared/:person/:activity", call: "/api/courses/{course}/shared/{trainee}/reflection", fresh: (*region).reflection,
		own: "trainee coordinator 200", sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "GET /api/courses/:course/shared/:person/:activity", call: "/api/courses/{own.course}/shared/{trainee}/reflection", fresh: (*region).reflection,
		sister: "trainee coordinator 404", other: "trainee coordinator 404"},
	{route: "GET /api/cohorts/:cohort/learners/:person/writings/:activity", call: "/api/cohorts/{cohort}/learners/{trainee}/writings/reflection", fresh: (*region).reflection,
		own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "GET /api/cohorts/:cohort/learners/:person/writings/:activity", call: "/api/cohorts/{own.cohort}/learners/{trainee}/writings/reflection", fresh: (*region).reflection,
		sister: "trainer 404", other: "trainer 404"},
	{route: "GET /api/cohorts/:cohort/learners/:person/writings/:activity", call: "/api/cohorts/{cohort}/learners/{trainee}/writings/reflection", fresh: (*region).unread,
		own: "trainer 404", sister: "trainer 404", other: "trainer 404"},
	{route: "GET /api/cohorts/:cohort/measures", call: "/api/cohorts/{cohort}/measures", own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "PUT /api/cohorts/:cohort/measures", call: "/api/cohorts/{cohort}/measures", body: `{"ends":"2027-12-15","days":21,"measures":[{"instrument":"voimavarat","points":["start","end"]}]}`,
		own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "GET /api/cohorts/:cohort/tries", call: "/api/cohorts/{cohort}/tries", own: "trainer 200", sister: "trainer 404", other: "trainer 404"},

	// Reports of groups: made by trainers of the cohorts, seen by those and by managers who count them; of tables, by the organisation's.
	// Instruments: administrators say what their organisation may use.
	{route: "GET /api/psycap/instruments", own: "trainer admin 200"},
	{route: "PUT /api/psycap/instruments/:instrument/licence", call: "/api/psycap/instruments/pcq-24/licence",
		body: `{"org":"{org}","holder":"Oikeudenhaltija","scope":"yksi ryhmä","ends":"2099-12-31"}`, own: "admin 200", other: "admin 404"},
	{route: "DELETE /api/psycap/instruments/:instrument/licence", call: "/api/psycap/instruments/pcq-24/licence?org={org}", own: "admin 200", other: "admin 404"},
	{route: "PUT /api/psycap/instruments/:instrument/items", call: "/api/psycap/instruments/cpc-12r/items", body: itemsOfNobody, own: "admin 200", other: "admin 404"},
	{route: "PUT /api/psycap/floor", body: `{"org":"{org}","floor":12}`, own: "admin 204", other: "admin 404"},
	{route: "GET /api/psycap/reports", own: "trainer manager admin 200"},
	{route: "GET /api/psycap/reports/:report", call: "/api/psycap/reports/{report}", fresh: (*region).reported,
		own: "trainer manager 200, admin 404", sister: "trainer manager admin 404", other: "trainer manager admin 404"},
	{route: "GET /api/psycap/reports/:report", call: "/api/psycap/reports/{report}", fresh: (*region).tabled,
		own: "trainer manager admin 200", sister: "trainer manager admin 200", other: "trainer manager admin 404"},
	{route: "GET /api/psycap/reports/:report/csv", call: "/api/psycap/reports/{report}/csv", fresh: (*region).reported,
		own: "trainer manager 200, admin 404", sister: "trainer manager admin 404", other: "trainer manager admin 404"},
	{route: "POST /api/psycap/reports/preview", body: `{"cohorts":["{cohort}"],"measures":[{"instrument":"tyokyky","version":"1"}],"points":["start"]}`,
		own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "POST /api/psycap/reports/preview", body: `{"cohorts":["{own.cohort}","{cohort}"],"measures":[{"instrument":"tyokyky","version":"1"}],"points":["start"]}`,
		sister: "trainer 404", other: "trainer 404"},
	{route: "POST /api/psycap/reports", body: `{"title":"Ryhmä","cohorts":["{cohort}"],"measures":[{"instrument":"tyokyky","version":"1"}],"points":["start"]}`,
		own: "trainer 409", sister: "trainer 404", other: "trainer 404"},
	{route: "POST /api/psycap/reports/table/preview", body: `{"org":"{org}","tables":[{"instrument":"tyokyky","version":"1","text":"ennen\n7"}]}`,
		own: "trainer manager admin 200", other: "trainer manager admin 404"},
	{route: "POST /api/psycap/reports/table", body: `{"org":"{org}","title":"Muualta","tables":[{"instrument":"tyokyky","version":"1","text":"ennen\n7\n7\n7\n7\n7\n7\n7\n7\n7\n7\n7\n7\n7\n7\n7\n7\n7\n7\n7\n7"}]}`,
		own: "trainer manager admin 201", other: "trainer manager admin 404"},

	// Cohorts: the trainers of their unit.
	{route: "GET /api/cohorts", own: "trainer 200"},
	{route: "POST /api/cohorts", body: `{"name":"Uusi","course":"{own.course}","unit":"{unit}","starts":"2027-01-11"}`, own: "trainer 201", sister: "trainer 403", other: "trainer 403"},
	{route: "GET /api/cohorts/:cohort/candidates", call: "/api/cohorts/{cohort}/candidates", own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "POST /api/cohorts/:cohort/learners", call: "/api/cohorts/{cohort}/learners", body: `{"people":["{person}"]}`, fresh: (*region).person,
		own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "POST /api/cohorts/:cohort/learners", call: "/api/cohorts/{own.cohort}/learners", body: `{"people":["{person}"]}`, fresh: (*region).person,
		sister: "trainer 200", other: "trainer 400"},
	{route: "GET /api/cohorts/:cohort/learners/:person", call: "/api/cohorts/{cohort}/learners/{learner}", own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "GET /api/cohorts/:cohort/learners/:person", call: "/api/cohorts/{own.cohort}/learners/{learner}", sister: "trainer 404", other: "trainer 404"},
	{route: "DELETE /api/cohorts/:cohort/learners/:person", call: "/api/cohorts/{cohort}/learners/{person}", fresh: (*region).enrolled,
		own: "trainer 204", sister: "trainer 404", other: "trainer 404"},
	{route: "DELETE /api/cohorts/:cohort/learners/:person", call: "/api/cohorts/{own.cohort}/learners/{person}", fresh: (*region).enrolled, sister: "trainer 404", other: "trainer 404"},
	{route: "POST /api/cohorts/:cohort/learners/:person/invitation", call: "/api/cohorts/{cohort}/learners/{person}/invitation", fresh: (*region).awaited,
		own: "trainer 204", sister: "trainer 404", other: "trainer 404"},
	{route: "POST /api/cohorts/:cohort/learners/:person/invitation", call: "/api/cohorts/{own.cohort}/learners/{person}/invitation", fresh: (*region).awaited,
		sister: "trainer 404", other: "trainer 404"},
	{route: "POST /api/cohorts/:cohort/learners/:person/invitation", call: "/api/cohorts/{cohort}/learners/{person}/invitation", fresh: (*region).enrolled,
		own: "trainer 409", sister: "trainer 404", other: "trainer 404"},
	{route: "DELETE /api/cohorts/:cohort/learners/:person/invitation", call: "/api/cohorts/{cohort}/learners/{person}/invitation", fresh: (*region).awaited,
		own: "trainer 204", sister: "trainer 404", other: "trainer 404"},
	{route: "DELETE /api/cohorts/:cohort/learners/:person/invitation", call: "/api/cohorts/{own.cohort}/learners/{person}/invitation", fresh: (*region).awaited,
		sister: "trainer 404", other: "trainer 404"},
	{route: "GET /api/cohorts/:cohort/learners/:person/submissions/:activity", call: "/api/cohorts/{cohort}/learners/{learner}/submissions/{task}",
		own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "GET /api/cohorts/:cohort/learners/:person/quizzes/:activity", call: "/api/cohorts/{cohort}/learners/{person}/quizzes/open",
		fresh: (*region).answered, own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "POST /api/cohorts/:cohort/learners/:person/quizzes/:activity/marks", call: "/api/cohorts/{cohort}/learners/{person}/quizzes/open/marks",
		body:  `{"attempt":"{attempt}","marks":[{"question":"q1","points":1}]}`,
		fresh: (*region).answered, own: "trainer 204", sister: "trainer 404", other: "trainer 404"},
	{route: "POST /api/cohorts/:cohort/learners/:person/quizzes/:activity/reopening", call: "/api/cohorts/{cohort}/learners/{person}/quizzes/open/reopening",
		body: `{"reason":"Yhteys katkesi."}`, fresh: (*region).answered, own: "trainer 204", sister: "trainer 404", other: "trainer 404"},
	{route: "GET /api/cohorts/:cohort/matrix", call: "/api/cohorts/{cohort}/matrix", own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "GET /api/cohorts/:cohort/roster", call: "/api/cohorts/{cohort}/roster", own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "GET /api/cohorts/:cohort/attendance", call: "/api/cohorts/{cohort}/attendance", own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "GET /api/cohorts/:cohort/attendance/:activity", call: "/api/cohorts/{cohort}/attendance/{contact}", own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "PUT /api/cohorts/:cohort/attendance/:activity", call: "/api/cohorts/{cohort}/attendance/{contact}", body: `{"day":"2026-02-02","present":["{learner}"],"absent":["{trainee}"]}`,
		own: "trainer 204", sister: "trainer 404", other: "trainer 404"},
	{route: "PUT /api/cohorts/:cohort/attendance/:activity", call: "/api/cohorts/{own.cohort}/attendance/{contact}", body: `{"day":"2026-02-02","present":["{learner}"],"absent":[]}`,
		sister: "trainer 400", other: "trainer 400"},
	{route: "POST /api/cohorts/:cohort/learners/:person/compensations", call: "/api/cohorts/{cohort}/learners/{person}/compensations", body: `{"activity":"{contact}","basis":"Verkkokurssi"}`,
		fresh: (*region).enrolled, own: "trainer 204", sister: "trainer 404", other: "trainer 404"},
	{route: "DELETE /api/cohorts/:cohort/learners/:person/compensations/:activity", call: "/api/cohorts/{cohort}/learners/{person}/compensations/{contact}",
		fresh: (*region).compensated, own: "trainer 204", sister: "trainer 404", other: "trainer 404"},
	{route: "POST /api/cohorts/:cohort/learners/:person/credits", call: "/api/cohorts/{cohort}/learners/{person}/credits", body: `{"module":"m1","kind":"prior_learning","basis":"Aiempi tutkinto"}`,
		fresh: (*region).enrolled, own: "trainer 204", sister: "trainer 404", other: "trainer 404"},
	{route: "DELETE /api/cohorts/:cohort/learners/:person/credits/:module", call: "/api/cohorts/{cohort}/learners/{person}/credits/m1",
		fresh: (*region).credited, own: "trainer 204", sister: "trainer 404", other: "trainer 404"},
	{route: "GET /api/cohorts/:cohort/learners/:person/decisions", call: "/api/cohorts/{cohort}/learners/{learner}/decisions",
		own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "GET /api/cohorts/:cohort/learners/:person/decisions", call: "/api/cohorts/{own.cohort}/learners/{learner}/decisions", sister: "trainer 404", other: "trainer 404"},
	{route: "GET /api/cohorts/:cohort/roster/file", call: "/api/cohorts/{cohort}/roster/file", own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "GET /api/cohorts/:cohort/attendance-file", call: "/api/cohorts/{cohort}/attendance-file", own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "POST /api/cohorts/:cohort/extensions", call: "/api/cohorts/{cohort}/extensions", body: `{"people":["{learner}"],"target":"m1","until":"{day}","reason":"Sairausloma"}`,
		fresh: (*region).day, own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "POST /api/cohorts/:cohort/messages", call: "/api/cohorts/{cohort}/messages", body: `{"people":["{learner}"],"subject":"Ensi viikko","text":"Nähdään maanantaina."}`,
		own: "trainer 204", sister: "trainer 404", other: "trainer 404"},
	{route: "POST /api/cohorts/:cohort/messages", call: "/api/cohorts/{own.cohort}/messages", body: `{"people":["{learner}"],"subject":"Ensi viikko","text":"Nähdään maanantaina."}`,
		sister: "trainer 400", other: "trainer 400"},
	{route: "POST /api/cohorts/:cohort/invitations/check", call: "/api/cohorts/{cohort}/invitations/check", body: `{"text":"Uusi, {new}@luotsi.example"}`, own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "POST /api/cohorts/:cohort/invitations", call: "/api/cohorts/{cohort}/invitations", body: `{"text":"Uusi, {new}@luotsi.example","language":"fi"}`, own: "trainer 200", sister: "trainer 404", other: "trainer 404"},
	{route: "POST /api/cohorts/:cohort/groups", call: "/api/cohorts/{cohort}/groups", body: `{"name":"{new}","members":["{learner}"],"trainers":["{trainer}"]}`,
		own: "trainer 204", sister: "trainer 404", other: "trainer 404"},
	{route: "PUT /api/cohorts/:cohort/groups/:group", call: "/api/cohorts/{cohort}/groups/{group}", body: `{"name":"{new}","members":["{learner}"],"trainers":[]}`, fresh: (*region).grouped,
		own: "trainer 204", sister: "trainer 404", other: "trainer 404"},
	{route: "GET /api/counts", own: "manager 200"},

	// Certificates: whoever they were issued to, the trainers of the cohort, and everybody who has a number.
	{route: "GET /api/certificates/:number", call: "/api/certificates/{certificate}", fresh: (*region).certified, own: "all 404", sister: "all 404", other: "all 404"},
	{route: "GET /api/certificates/:number/pdf", call: "/api/certificates/{certificate}/pdf", fresh: (*region).certified, own: "all 404", sister: "all 404", other: "all 404"},
	{route: "GET /api/certificates/:number/badge", call: "/api/certificates/{certificate}/badge", fresh: (*region).certified, own: "all 404", sister: "all 404", other: "all 404"},
	{route: "GET /api/checks/:number", call: "/api/checks/{certificate}", fresh: (*region).certified, own: "anyone 200", sister: "anyone 200", other: "anyone 200"},
	{route: "GET /api/badges/issuer", own: "anyone 200"},
	{route: "GET /api/badges/key", own: "anyone 200"},
	{route: "GET /api/badges/revocations", own: "anyone 200"},
	{route: "GET /api/cohorts/:cohort/certificates", call: "/api/cohorts/{cohort}/certificates", own: "trainer admin 200", sister: "trainer 404, admin 200", other: "trainer admin 404"},
	{route: "GET /api/cohorts/:cohort/certificates/file", call: "/api/cohorts/{cohort}/certificates/file", own: "trainer admin 200", sister: "trainer 404, admin 200", other: "trainer admin 404"},
	{route: "POST /api/cohorts/:cohort/certificates/:number/revocation", call: "/api/cohorts/{cohort}/certificates/{certificate}/revocation",
		body: `{"why":"error","reason":"Kirjattu väärin."}`, fresh: (*region).certified, own: "trainer admin 204", sister: "trainer 404, admin 204", other: "trainer admin 404"},
	{route: "POST /api/cohorts/:cohort/certificates/:number/revocation", call: "/api/cohorts/{own.cohort}/certificates/{certificate}/revocation",
		body: `{"why":"error","reason":"Kirjattu väärin."}`, fresh: (*region).certified, sister: "trainer admin 404", other: "trainer admin 404"},
	{route: "POST /api/cohorts/:cohort/certificates/:number/reissue", call: "/api/cohorts/{cohort}/certificates/{certificate}/reissue",
		fresh: (*region).certified, own: "trainer 409", sister: "trainer 404", other: "trainer 404"}, // it is good
	{route: "GET /api/organisations/:org/registers", call: "/api/organisations/{org}/registers", own: "admin 200", other: "admin 404"},
	{route: "GET /api/organisations/:org/credits", call: "/api/organisations/{org}/credits", own: "admin 200", other: "admin 404"},
	{route: "PUT /api/organisations/:org/credits", call: "/api/organisations/{org}/credits", body: `{"ects":true}`, own: "admin 204", other: "admin 404"},

	// Hours: the doctor, who keeps their calendar, and coordinators their own.
	{route: "GET /api/people/:person/hours", call: "/api/people/{doctor}/hours",
		own: "coordinator professional admin 404, doctor scheduler 200", sister: "coordinator doctor professional scheduler admin 404", other: "coordinator doctor professional scheduler admin 404"},
	{route: "GET /api/people/:person/hours", call: "/api/people/{coordinator}/hours",
		own: "coordinator 200, doctor professional scheduler admin 404", sister: "coordinator doctor professional scheduler admin 404", other: "coordinator doctor professional scheduler admin 404"},
	{route: "GET /api/people/:person/hours", call: "/api/people/{professional}/hours",
		own: "professional 200, coordinator doctor scheduler admin 404", sister: "coordinator doctor professional scheduler admin 404", other: "coordinator doctor professional scheduler admin 404"},
	{route: "GET /api/people/:person/hours", call: "/api/people/{room}/hours",
		own: "scheduler admin 200, coordinator doctor professional 404", sister: "admin 200, coordinator doctor professional scheduler 404",
		other: "coordinator doctor professional scheduler admin 404"},
	{route: "POST /api/people/:person/hours/rules", call: "/api/people/{doctor}/hours/rules", fresh: (*region).day,
		body: `{"unit":"{unit}","weekday":{weekday},"from":"16:00","to":"18:00","minutes":30,"validFrom":"{day}","validUntil":"{day}"}`,
		own:  "coordinator professional admin 404, doctor scheduler 201", sister: "coordinator doctor professional scheduler admin 404", other: "coordinator doctor professional scheduler admin 404"},
	{route: "POST /api/people/:person/hours/rules", call: "/api/people/{own.doctor}/hours/rules", fresh: (*region).day,
		body:   `{"unit":"{unit}","weekday":{weekday},"from":"16:00","to":"18:00","minutes":30,"validFrom":"{day}","validUntil":"{day}"}`,
		sister: "coordinator professional admin 404, doctor scheduler 400", other: "coordinator professional admin 404, doctor scheduler 400"},
	{route: "POST /api/people/:person/hours/rules", call: "/api/people/{room}/hours/rules", fresh: (*region).day,
		body: `{"unit":"{unit}","weekday":{weekday},"from":"08:00","to":"16:00","minutes":60,"validFrom":"{day}","validUntil":"{day}"}`,
		own:  "scheduler admin 201, coordinator doctor professional 404", sister: "admin 201, coordinator doctor professional scheduler 404",
		other: "coordinator doctor professional scheduler admin 404"},
	{route: "DELETE /api/people/:person/hours/rules/:rule", call: "/api/people/{doctor}/hours/rules/{rule}", fresh: (*region).hours,
		own: "coordinator professional admin 404, doctor scheduler 200", sister: "coordinator doctor professional scheduler admin 404", other: "coordinator doctor professional scheduler admin 404"},
	{route: "DELETE /api/people/:person/hours/rules/:rule", call: "/api/people/{own.doctor}/hours/rules/{rule}", fresh: (*region).hours,
		sister: "coordinator doctor professional scheduler admin 404", other: "coordinator doctor professional scheduler admin 404"},
	{route: "POST /api/people/:person/hours/exceptions", call: "/api/people/{doctor}/hours/exceptions", fresh: (*region).day, body: `{"date":"{day}","kind":"away"}`,
		own: "coordinator professional admin 404, doctor scheduler 201", sister: "coordinator doctor professional scheduler admin 404", other: "coordinator doctor professional scheduler admin 404"},
	{route: "DELETE /api/people/:person/hours/exceptions/:exception", call: "/api/people/{doctor}/hours/exceptions/{exception}", fresh: (*region).changedDay,
		own: "coordinator professional admin 404, doctor scheduler 200", sister: "coordinator doctor professional scheduler admin 404", other: "coordinator doctor professional scheduler admin 404"},
	{route: "DELETE /api/people/:person/hours/exceptions/:exception", call: "/api/people/{own.doctor}/hours/exceptions/{exception}", fresh: (*region).changedDay,
		sister: "coordinator doctor professional scheduler admin 404", other: "coordinator doctor professional scheduler admin 404"},

	{route: "PUT /api/people/:person/hours/rules/:rule", call: "/api/people/{doctor}/hours/rules/{rule}", fresh: (*region).hours,
		body: `{"unit":"{unit}","weekday":{weekday},"from":"10:00","to":"12:00","minutes":30,"validFrom":"{day}","validUntil":"{day}"}`,
		own:  "coordinator professional admin 404, doctor scheduler 200", sister: "coordinator doctor professional scheduler admin 404", other: "coordinator doctor professional scheduler admin 404"},
	{route: "PUT /api/people/:person/hours/rules/:rule", call: "/api/people/{own.doctor}/hours/rules/{rule}", fresh: (*region).hours,
		body:   `{"unit":"{own.unit}","weekday":{weekday},"from":"10:00","to":"12:00","minutes":30,"validFrom":"{day}","validUntil":"{day}"}`,
		sister: "coordinator doctor professional scheduler admin 404", other: "coordinator doctor professional scheduler admin 404"},
	{route: "GET /api/people/:person/hours/suggestions", call: "/api/people/{doctor}/hours/suggestions",
		own: "coordinator professional admin 404, doctor scheduler 200", sister: "coordinator doctor professional scheduler admin 404", other: "coordinator doctor professional scheduler admin 404"},
	{route: "GET /api/people/:person/hours/worth", call: "/api/people/{doctor}/hours/worth?unit={unit}",
		own: "coordinator professional admin 404, doctor scheduler 200", sister: "coordinator doctor professional scheduler admin 404", other: "coordinator doctor professional scheduler admin 404"},
	{route: "GET /api/people/:person/hours/worth", call: "/api/people/{own.doctor}/hours/worth?unit={unit}",
		sister: "coordinator professional admin 404, doctor scheduler 400", other: "coordinator professional admin 404, doctor scheduler 400"},
	{route: "POST /api/people/:person/hours/publications", call: "/api/people/{doctor}/hours/publications", fresh: (*region).day,
		body: `{"rules":[{"unit":"{unit}","weekday":{weekday},"from":"16:00","to":"18:00","minutes":30,"validFrom":"{day}","validUntil":"{day}"}],"extras":[]}`,
		own:  "coordinator professional admin 404, doctor scheduler 201", sister: "coordinator doctor professional scheduler admin 404", other: "coordinator doctor professional scheduler admin 404"},
	{route: "POST /api/people/:person/hours/publications", call: "/api/people/{own.doctor}/hours/publications", fresh: (*region).day,
		body:   `{"rules":[],"extras":[{"unit":"{unit}","date":"{day}","from":"16:00","to":"18:00","minutes":30}]}`,
		sister: "coordinator professional admin 404, doctor scheduler 400", other: "coordinator professional admin 404, doctor scheduler 400"},
	{route: "DELETE /api/people/:person/hours/publications/:publication", call: "/api/people/{doctor}/hours/publications/{publication}", fresh: (*region).publication,
		own: "coordinator professional admin 404, doctor scheduler 200", sister: "coordinator doctor professional scheduler admin 404", other: "coordinator doctor professional scheduler admin 404"},
	{route: "DELETE /api/people/:person/hours/publications/:publication", call: "/api/people/{own.doctor}/hours/publications/{publication}", fresh: (*region).publication,
		sister: "coordinator doctor professional scheduler admin 404", other: "coordinator doctor professional scheduler admin 404"},
	{route: "DELETE /api/people/:person/hours/returned/:date", call: "/api/people/{doctor}/hours/returned/{day}", fresh: (*region).returned,
		own: "coordinator professional admin 404, doctor scheduler 200", sister: "coordinator doctor professional scheduler admin 404", other: "coordinator doctor professional scheduler admin 404"},

	// How people are booked, and the way between units.
	{route: "GET /api/people/:person/settings", call: "/api/people/{doctor}/settings",
		own: "coordinator professional admin 404, doctor scheduler 200", sister: "coordinator doctor professional scheduler admin 404", other: "coordinator doctor professional scheduler admin 404"},
	{route: "GET /api/people/:person/settings", call: "/api/people/{coordinator}/settings",
		own: "coordinator 200, doctor professional scheduler admin 404", sister: "coordinator doctor professional scheduler admin 404", other: "coordinator doctor professional scheduler admin 404"},
	{route: "PUT /api/people/:person/settings", call: "/api/people/{doctor}/settings", body: noSettings,
		own: "coordinator professional admin 404, doctor scheduler 200", sister: "coordinator doctor professional scheduler admin 404", other: "coordinator doctor professional scheduler admin 404"},
	{route: "GET /api/travel", own: "scheduler admin 200"},
	{route: "PUT /api/travel", body: `{"unit":"{unit}","other":"{own.unit}","minutes":0}`, sister: "scheduler admin 200", other: "scheduler admin 400"},

	// Rooms and interpreters: those who book see them, the unit's scheduler and the organisation's administrators keep them.
	{route: "GET /api/resources", own: "coordinator doctor scheduler admin 200"},
	{route: "GET /api/resources", call: "/api/resources?unit={unit}", sister: "coordinator doctor scheduler admin 200", other: "coordinator doctor scheduler admin 200"},
	{route: "GET /api/resources/:resource", call: "/api/resources/{interpreter}", own: "scheduler admin 200", sister: "scheduler 404, admin 200", other: "scheduler admin 404"},
	{route: "POST /api/resources", body: `{"unit":"{unit}","kind":"room","name":"{new}"}`, own: "scheduler admin 201", sister: "scheduler 404, admin 201", other: "scheduler admin 404"},
	{route: "PUT /api/resources/:resource", call: "/api/resources/{interpreter}", body: `{"name":"{interpreter.name}","email":"{interpreter.email}","languages":["so"]}`,
		own: "scheduler admin 200", sister: "scheduler 404, admin 200", other: "scheduler admin 404"},
	{route: "DELETE /api/resources/:resource", call: "/api/resources/{room}", fresh: (*region).room, own: "scheduler admin 200", sister: "scheduler 404, admin 200", other: "scheduler admin 404"},

	// Being away: oneself, the unit's scheduler, the organisation's administrators.
	{route: "GET /api/absences", own: "scheduler 200"},
	{route: "GET /api/people/:person/absences", call: "/api/people/{coordinator}/absences",
		own: "coordinator scheduler admin 200, doctor professional 404", sister: "admin 200, coordinator doctor professional scheduler 404",
		other: "coordinator doctor professional scheduler admin 404"},
	{route: "GET /api/people/:person/absences", call: "/api/people/{trainee}/absences", own: "coordinator doctor professional scheduler admin 404"},
	{route: "POST /api/people/:person/absences", call: "/api/people/{doctor}/absences", fresh: (*region).day, body: `{"from":"{day}","until":"{day}"}`,
		own: "doctor scheduler admin 201, coordinator professional 404", sister: "admin 201, coordinator doctor professional scheduler 404",
		other: "coordinator doctor professional scheduler admin 404"},
	{route: "POST /api/people/:person/absences", call: "/api/people/{own.doctor}/absences", fresh: (*region).day, body: `{"from":"{day}","until":"{day}","deputy":"{doctor}"}`,
		sister: "doctor scheduler admin 400, coordinator professional 404", other: "doctor scheduler admin 400, coordinator professional 404"},
	{route: "DELETE /api/people/:person/absences/:absence", call: "/api/people/{doctor}/absences/{absence}", fresh: (*region).absent,
		own: "doctor scheduler admin 200, coordinator professional 404", sister: "admin 200, coordinator doctor professional scheduler 404",
		other: "coordinator doctor professional scheduler admin 404"},
	{route: "DELETE /api/people/:person/absences/:absence", call: "/api/people/{own.doctor}/absences/{absence}", fresh: (*region).absent,
		sister: "coordinator doctor professional scheduler admin 404", other: "coordinator doctor professional scheduler admin 404"},
	{route: "GET /api/cases", own: "coordinator doctor scheduler admin 200"},
	{route: "POST /api/cases/:case/closing", call: "/api/cases/{case}/closing", fresh: (*region).opens,
		own: "coordinator 200, doctor scheduler admin 404", sister: "coordinator doctor scheduler admin 404", other: "coordinator doctor scheduler admin 404"},
	{route: "POST /api/cases/:case/reopening", call: "/api/cases/{case}/reopening", fresh: (*region).closed,
		own: "coordinator 200, doctor professional scheduler admin 404", sister: caseNobody, other: caseNobody},
	{route: "GET /api/cases/:case", call: "/api/cases/{case}", own: "coordinator 200, doctor professional scheduler admin 404", sister: caseNobody, other: caseNobody},
	{route: "GET /api/cases/:case", call: "/api/cases/{consultation.case}", own: "coordinator doctor 200, professional scheduler admin 404", sister: caseNobody, other: caseNobody},
	{route: "PUT /api/cases/:case/question", call: "/api/cases/{case}/question", fresh: (*region).opens, body: `{"version":0,"kinds":["statement"],"asked":"Voiko?","consent":true}`,
		own: "coordinator 200, doctor professional scheduler admin 404", sister: caseNobody, other: caseNobody},
	{route: "PUT /api/appointments/:appointment/outcome", call: "/api/appointments/{appointment}/outcome", body: `{"version":0,"decided":"Kokeillaan."}`,
		own: "coordinator 409, doctor scheduler 403, professional admin 404", sister: caseNobody, other: caseNobody},
	{route: "POST /api/cases/:case/consents", call: "/api/cases/{case}/consents", fresh: (*region).opens, body: `{"recipient":"doctor","use":"joint_appointment"}`,
		own: "coordinator 201, doctor professional scheduler admin 404", sister: caseNobody, other: caseNobody},
	{route: "POST /api/cases/:case/consents/:consent/withdrawal", call: "/api/cases/{case}/consents/{consent}/withdrawal", fresh: (*region).consented,
		own: "coordinator 200, doctor professional scheduler admin 404", sister: caseNobody, other: caseNobody},
	{route: "POST /api/cases/:case/consents/:consent/withdrawal", call: "/api/cases/{own.case}/consents/{consent}/withdrawal", fresh: (*region).consented,
		sister: caseNobody, other: caseNobody},
	{route: "GET /api/cases/:case/texts", call: "/api/cases/{case}/texts", own: "coordinator 200, doctor professional scheduler admin 404", sister: caseNobody, other: caseNobody},
	{route: "GET /api/cases/:case/access", call: "/api/cases/{consultation.case}/access", own: "coordinator 200, doctor professional scheduler admin 404", sister: caseNobody, other: caseNobody},
	{route: "GET /api/case-drafts/:subject", call: "/api/case-drafts/question.{case}", own: "coordinator 200, doctor professional scheduler admin 404", sister: caseNobody, other: caseNobody},
	{route: "GET /api/case-drafts/:subject", call: "/api/case-drafts/consultation.{consultation}", own: "coordinator doctor 200, professional scheduler admin 404", sister: caseNobody, other: caseNobody},
	{route: "PUT /api/case-drafts/:subject", call: "/api/case-drafts/outcome.{appointment}", body: `{"rev":0,"text":"ehkä"}`,
		own: "coordinator doctor 200, professional scheduler admin 404", sister: caseNobody, other: caseNobody},

	// Written consultations: the side that asked, and the doctors whom it was put to.
	{route: "GET /api/consultations", own: "coordinator doctor scheduler admin 200"},
	{route: "GET /api/consultations/replies", own: "coordinator doctor scheduler manager admin 200"},
	{route: "PUT /api/units/:unit/consultation-target", call: "/api/units/{unit}/consultation-target", body: `{"days":5}`,
		own: "scheduler admin 204", sister: "admin 204, scheduler 404", other: "scheduler admin 404"},
	{route: "POST /api/consultations", body: `{"unit":"{unit}","doctor":"{doctor}","kinds":["other"],"asked":"Voiko?","consent":true}`,
		own: "coordinator 201", sister: "coordinator 201", other: "coordinator 404"},
	{route: "POST /api/consultations", body: `{"case":"{case}","unit":"{own.unit}","kinds":["other"],"asked":"Voiko?","consent":true}`,
		sister: "coordinator 404", other: "coordinator 404"},
	{route: "GET /api/consultations/:consultation", call: "/api/consultations/{consultation}",
		own: "coordinator doctor 200, scheduler admin 404", sister: "coordinator doctor scheduler admin 404", other: "coordinator doctor scheduler admin 404"},
	{route: "POST /api/consultations/:consultation/messages", call: "/api/consultations/{consultation}/messages", body: `{"text":"Kyllä.","answer":true}`, fresh: (*region).consulted,
		own: "coordinator doctor 201, scheduler admin 404", sister: "coordinator doctor scheduler admin 404", other: "coordinator doctor scheduler admin 404"},
	{route: "POST /api/consultations/:consultation/closing", call: "/api/consultations/{consultation}/closing", fresh: (*region).consulted,
		own: "coordinator 200, doctor 403, scheduler admin 404", sister: "coordinator doctor scheduler admin 404", other: "coordinator doctor scheduler admin 404"},
	{route: "POST /api/consultations/:consultation/turning", call: "/api/consultations/{consultation}/turning", body: `{"consent":true}`, fresh: (*region).consulted,
		own: "coordinator 200, doctor 403, scheduler admin 404", sister: "coordinator doctor scheduler admin 404", other: "coordinator doctor scheduler admin 404"},

	{route: "GET /api/cases/dependency", own: "manager admin 200"},
	{route: "GET /api/covered", own: "coordinator doctor professional scheduler 200"},

	// Other calendars: whose they are, and who keeps the doctor's hours. The feed is everybody's own.
	{route: "GET /api/people/:person/calendars", call: "/api/people/{doctor}/calendars",
		own: "coordinator professional 404, doctor scheduler 200", sister: "coordinator professional doctor scheduler 404", other: "coordinator professional doctor scheduler 404"},
	{route: "GET /api/people/:person/calendars", call: "/api/people/{coordinator}/calendars",
		own: "coordinator 200, professional doctor scheduler 404", sister: "coordinator professional doctor scheduler 404", other: "coordinator professional doctor scheduler 404"},
	{route: "POST /api/people/:person/calendars", call: "/api/people/{doctor}/calendars", body: `{"address":"https://127.0.0.1:9/a.ics"}`,
		own: "coordinator professional 404, doctor scheduler 409", sister: "coordinator professional doctor scheduler 404", other: "coordinator professional doctor scheduler 404"},
	{route: "POST /api/people/:person/calendars/file", call: "/api/people/{person}/calendars/file", body: emptyCalendar, fresh: (*region).freshDoctor,
		own: "coordinator professional doctor 404, scheduler 201", sister: "coordinator professional doctor scheduler 404", other: "coordinator professional doctor scheduler 404"},
	{route: "PUT /api/people/:person/calendars/:calendar/file", call: "/api/people/{person}/calendars/{calendar}/file", body: emptyCalendar, fresh: (*region).calendar,
		own: "coordinator professional doctor 404, scheduler 200", sister: "coordinator professional doctor scheduler 404", other: "coordinator professional doctor scheduler 404"},
	{route: "PUT /api/people/:person/calendars/:calendar/file", call: "/api/people/{own.doctor}/calendars/{calendar}/file", body: emptyCalendar, fresh: (*region).calendar,
		sister: "coordinator professional doctor scheduler 404", other: "coordinator professional doctor scheduler 404"},
	{route: "POST /api/people/:person/calendars/:calendar/reading", call: "/api/people/{person}/calendars/{calendar}/reading", fresh: (*region).calendar,
		own: "coordinator professional doctor scheduler 404", sister: "coordinator professional doctor scheduler 404", other: "coordinator professional doctor scheduler 404"},
	{route: "DELETE /api/people/:person/calendars/:calendar", call: "/api/people/{person}/calendars/{calendar}", fresh: (*region).calendar,
		own: "coordinator professional doctor 404, scheduler 200", sister: "coordinator professional doctor scheduler 404", other: "coordinator professional doctor scheduler 404"},
	{route: "DELETE /api/people/:person/calendars/:calendar", call: "/api/people/{own.doctor}/calendars/{calendar}", fresh: (*region).calendar,
		sister: "coordinator professional doctor scheduler 404", other: "coordinator professional doctor scheduler 404"},
	{route: "GET /api/me/feed", own: "coordinator doctor professional scheduler 200"},
	{route: "POST /api/me/feed", own: "coordinator doctor professional scheduler 201"},
	{route: "DELETE /api/me/feed", own: "coordinator doctor professional scheduler 200"},
	{route: "GET /api/feeds/:secret", call: "/api/feeds/{secret}.ics", fresh: (*region).feed, own: "anyone 200"},

	// Appointments: who takes part, and who keeps the calendars of the unit.
	{route: "GET /api/doctors", own: "coordinator doctor scheduler 200"},
	{route: "GET /api/coordinators", own: "coordinator doctor scheduler 200"},
	{route: "GET /api/professionals", own: "coordinator doctor scheduler 200"},
	{route: "GET /api/joint-times", call: "/api/joint-times?doctor={doctor}&unit={unit}&from={day}&to={day}", fresh: (*region).free,
		own: "coordinator doctor scheduler 200", sister: "coordinator doctor 200", other: "coordinator doctor scheduler 404"},
	{route: "GET /api/joint-times", call: "/api/joint-times?doctor={own.doctor}&unit={own.unit}&with={coordinator}&from={day}&to={day}", fresh: (*region).free,
		sister: "coordinator doctor scheduler 200", other: "coordinator doctor scheduler 404"},
	{route: "POST /api/appointments", fresh: (*region).free,
		body: `{"doctor":"{doctor}","unit":"{unit}","start":"{start}","minutes":30,"mode":"phone","with":["{own.coordinator}"]}`,
		own:  "coordinator doctor scheduler 201", sister: "coordinator doctor 201", other: "coordinator doctor scheduler 404"},
	{route: "POST /api/appointments", fresh: (*region).free,
		body:   `{"doctor":"{own.doctor}","unit":"{own.unit}","start":"{start}","minutes":30,"mode":"phone","with":["{coordinator}"]}`,
		sister: "coordinator doctor scheduler 201", other: "coordinator doctor scheduler 404"},
	{route: "POST /api/appointments", fresh: (*region).free, call: "/api/appointments",
		body: `{"doctor":"{own.doctor}","unit":"{own.unit}","start":"{start}","minutes":30,"mode":"phone","with":["{professional}"]}`,
		own:  "coordinator doctor scheduler 201", sister: "coordinator doctor scheduler 201", other: "coordinator doctor scheduler 404"},
	{route: "GET /api/appointments", own: "coordinator doctor professional scheduler 200"},
	{route: "GET /api/appointments", call: "/api/appointments?doctor={doctor}", own: "coordinator doctor professional scheduler 200", sister: "coordinator doctor professional scheduler 200", other: "coordinator doctor professional scheduler 200"},
	{route: "GET /api/appointments/:appointment", call: "/api/appointments/{appointment}",
		own: "coordinator doctor scheduler 200, professional 404", sister: "coordinator doctor professional scheduler 404", other: "coordinator doctor professional scheduler 404"},
	{route: "GET /api/appointments/:appointment/calendar", call: "/api/appointments/{appointment}/calendar",
		own: "coordinator doctor scheduler 200, professional 404", sister: "coordinator doctor professional scheduler 404", other: "coordinator doctor professional scheduler 404"},
	{route: "POST /api/appointments/:appointment/cancellation", call: "/api/appointments/{appointment}/cancellation", body: `{"reason":"client"}`, fresh: (*region).booked,
		own: "coordinator doctor scheduler 200, professional 404", sister: "coordinator doctor professional scheduler 404", other: "coordinator doctor professional scheduler 404"},

	{route: "GET /api/requests", own: "coordinator doctor scheduler manager 200"},
	{route: "GET /api/requests", call: "/api/requests?unit={unit}", sister: "coordinator doctor scheduler manager 200", other: "coordinator doctor scheduler manager 200"},
	{route: "GET /api/requests/fairness", call: "/api/requests/fairness?unit={unit}", own: "coordinator scheduler manager 200",
		sister: "coordinator scheduler manager 404", other: "coordinator scheduler manager 404"},
	{route: "POST /api/requests", body: `{"unit":"{unit}","doctor":"{doctor}","minutes":30,"mode":"phone","never":["1","2","3","4","5","6","7"]}`, own: "coordinator 201", sister: "coordinator 201", other: "coordinator 404"},
	{route: "GET /api/requests/:request", call: "/api/requests/{request}", own: "coordinator scheduler 200, doctor 404",
		sister: "coordinator doctor scheduler 404", other: "coordinator doctor scheduler 404"},
	{route: "PUT /api/requests/:request", call: "/api/requests/{request}", body: `{"minutes":45,"mode":"phone","never":["1","2","3","4","5","6","7"]}`, fresh: (*region).waits,
		own: "coordinator 200, scheduler 403, doctor 404", sister: "coordinator doctor scheduler 404", other: "coordinator doctor scheduler 404"},
	{route: "POST /api/requests/:request/withdrawal", call: "/api/requests/{request}/withdrawal", fresh: (*region).waits,
		own: "coordinator scheduler 200, doctor 404", sister: "coordinator doctor scheduler 404", other: "coordinator doctor scheduler 404"},
	{route: "POST /api/holds", fresh: (*region).free,
		body: `{"doctor":"{doctor}","unit":"{unit}","start":"{start}","minutes":30,"mode":"phone","with":["{own.coordinator}"]}`,
		own:  "coordinator doctor scheduler 201", sister: "coordinator doctor 201", other: "coordinator doctor scheduler 404"},
	{route: "GET /api/holds", own: "coordinator doctor scheduler 200"},
	{route: "GET /api/joint-times", call: "/api/joint-times?unit={unit}&from={day}&to={day}", fresh: (*region).free,
		own: "coordinator doctor scheduler 200", sister: "coordinator doctor 200, scheduler 403", other: "coordinator doctor scheduler 404"},
	{route: "POST /api/appointments/:appointment/proposal", call: "/api/appointments/{appointment}/proposal", body: `{"start":"2027-02-06T01:00:00Z"}`, fresh: (*region).booked,
		own: "coordinator scheduler 409, doctor 403", sister: "coordinator doctor scheduler 404", other: "coordinator doctor scheduler 404"},
	{route: "POST /api/appointments/:appointment/extension", call: "/api/appointments/{appointment}/extension", fresh: (*region).held,
		own: "coordinator 200, doctor 404, scheduler 403", sister: "coordinator doctor scheduler 404", other: "coordinator doctor scheduler 404"},
	{route: "POST /api/appointments/:appointment/confirmation", call: "/api/appointments/{appointment}/confirmation", fresh: (*region).held,
		own: "coordinator scheduler 200, doctor 404", sister: "coordinator doctor scheduler 404", other: "coordinator doctor scheduler 404"},
	{route: "POST /api/appointments/:appointment/release", call: "/api/appointments/{appointment}/release", fresh: (*region).held,
		own: "coordinator scheduler 204, doctor 404", sister: "coordinator doctor scheduler 404", other: "coordinator doctor scheduler 404"},
	{route: "GET /api/appointments/:appointment/times", call: "/api/appointments/{appointment}/times?from=2026-12-01&to=2026-12-02", fresh: (*region).booked,
		own: "coordinator doctor scheduler 200, professional 404", sister: "coordinator doctor professional scheduler 404", other: "coordinator doctor professional scheduler 404"},
	{route: "POST /api/appointments/:appointment/answer", call: "/api/appointments/{appointment}/answer", body: `{"answer":"tentative"}`, fresh: (*region).booked,
		own: "coordinator doctor scheduler 200, professional 404", sister: "coordinator doctor professional scheduler 404", other: "coordinator doctor professional scheduler 404"},
	{route: "POST /api/appointments/:appointment/move", call: "/api/appointments/{appointment}/move", body: `{"start":"2027-02-06T01:00:00Z"}`, fresh: (*region).booked,
		own: "coordinator doctor scheduler 409, professional 404", sister: "coordinator doctor professional scheduler 404", other: "coordinator doctor professional scheduler 404"},
	{route: "POST /api/appointments/:appointment/mark", call: "/api/appointments/{appointment}/mark", body: `{"status":"booked"}`, fresh: (*region).booked,
		own: "coordinator doctor scheduler 200, professional 404", sister: "coordinator doctor professional scheduler 404", other: "coordinator doctor professional scheduler 404"},
	{route: "POST /api/appointments/:appointment/patient-system", call: "/api/appointments/{appointment}/patient-system", body: `{"done":true}`, fresh: (*region).booked,
		own: "doctor scheduler 200, coordinator 403, professional 404", sister: "coordinator doctor professional scheduler 404", other: "coordinator doctor professional scheduler 404"},

	{route: "GET /api/unanswered", own: "doctor scheduler 200"},
	{route: "GET /api/unanswered/questions", own: "doctor scheduler 200"},
	{route: "GET /api/day-sheet", call: "/api/day-sheet?date={day}", fresh: (*region).free, own: "doctor scheduler 200", sister: "doctor scheduler 200", other: "doctor scheduler 200"},

	// What a mail asks is answered by whoever has its link.
	{route: "GET /api/answers/:link", call: "/api/answers/{link}", fresh: (*region).asked, own: "anyone 200", sister: "anyone 200"},
	{route: "POST /api/answers/:link", call: "/api/answers/{link}", body: `{"answer":"accepted"}`, fresh: (*region).asked, own: "anyone 200", sister: "anyone 200"},

	// Joint receptions: the doctor and who keeps their hours. Places are lent by who decides about a unit.
	{route: "GET /api/people/:person/receptions", call: "/api/people/{doctor}/receptions", own: "doctor scheduler 200", sister: "doctor scheduler 404", other: "doctor scheduler 404"},
	{route: "GET /api/people/:person/receptions/plan", call: "/api/people/{doctor}/receptions/plan?unit={unit}&from=18:00&to=20:00&minutes=30&first={day}&until={day}&every=week&interval=1",
		fresh: (*region).day, own: "doctor scheduler 200", sister: "doctor scheduler 404", other: "doctor scheduler 404"},
	{route: "POST /api/people/:person/receptions", call: "/api/people/{doctor}/receptions", fresh: (*region).day,
		body: `{"unit":"{unit}","from":"18:00","to":"20:00","minutes":30,"places":3,"dates":["{day}"]}`,
		own:  "doctor scheduler 201", sister: "doctor scheduler 404", other: "doctor scheduler 404"},
	{route: "POST /api/people/:person/receptions", call: "/api/people/{own.doctor}/receptions", fresh: (*region).day,
		body:   `{"unit":"{unit}","from":"18:00","to":"20:00","minutes":30,"places":3,"dates":["{day}"]}`,
		sister: "doctor scheduler 404", other: "doctor scheduler 404"},
	{route: "POST /api/receptions/:reception/move", call: "/api/receptions/{reception}/move", fresh: (*region).planned,
		body: `{"date":"{day}","from":"17:00","to":"19:00","following":false}`,
		own:  "doctor scheduler 200", sister: "doctor scheduler 404", other: "doctor scheduler 404"},
	{route: "GET /api/receptions/:reception/move", call: "/api/receptions/{reception}/move?date={day}&from=17:00&to=19:00", fresh: (*region).planned,
		own: "doctor scheduler 200", sister: "doctor scheduler 404", other: "doctor scheduler 404"},
	{route: "POST /api/receptions/:reception/cancellation", call: "/api/receptions/{reception}/cancellation", fresh: (*region).planned, body: `{"following":true}`,
		own: "doctor scheduler 200", sister: "doctor scheduler 404", other: "doctor scheduler 404"},
	{route: "GET /api/units/:unit/lendings", call: "/api/units/{unit}/lendings", own: "coordinator doctor scheduler admin 200",
		sister: "admin 200, coordinator doctor scheduler 404", other: "coordinator doctor scheduler admin 404"},
	{route: "PUT /api/units/:unit/lendings/:to", call: "/api/units/{unit}/lendings/{third}", body: `{"places":2}`, own: "scheduler admin 404", sister: "scheduler admin 404", other: "scheduler admin 404"},
	{route: "PUT /api/units/:unit/lendings/:to", call: "/api/units/{own.unit}/lendings/{unit}", body: `{"places":0}`, sister: "scheduler admin 200", other: "scheduler admin 200"},

	{route: "GET /api/status", own: "anyone 200"},
	{route: "GET /api/openapi.json", own: "anyone 200"},
}

const nobody = "nobody"

// caseNobody is what everybody gets who has nothing to do with a case.
const caseNobody = "coordinator doctor professional scheduler admin 404"

// statuses reads who gets what.
func statuses(t *testing.T, text string) map[string]int {
	t.Helper()
	want := map[string]int{nobody: http.StatusUnauthorized}
	for _, role := range auth.Roles() {
		want[string(role)] = http.StatusForbidden
	}
	for part := range strings.SplitSeq(text, ", ") {
		words := strings.Fields(part)
		status, err := strconv.Atoi(words[len(words)-1])
		must(t, err)
		for _, who := range words[:len(words)-1] {
			if _, known := want[who]; !known && who != "all" && who != "anyone" {
				t.Fatalf("%q is no role", who)
			}
			for name := range want {
				if name == who || who == "anyone" || who == "all" && name != nobody {
					want[name] = status
				}
			}
		}
	}
	return want
}

func (r rule) split() (method, call string) {
	method, path, _ := strings.Cut(r.route, " ")
	if r.call != "" {
		path = r.call
	}
	return method, path
}

// TestEveryRoute walks all routes with all roles over all borders. A route without a rule fails, as does a rule without a route.
func TestEveryRoute(t *testing.T) {
	r := openRegion(t)
	ruled := map[string]bool{}
	for _, rule := range rules {
		ruled[rule.route] = true
	}
	for _, route := range r.app.router.Routes() {
		if name := route.Method + " " + route.Path; !ruled[name] {
			t.Errorf("%s has no rule in this table", name)
		} else {
			ruled[name] = false
		}
	}
	for name, left := range ruled {
		if left {
			t.Errorf("%s is no route", name)
		}
	}
	everybody := append([]string{nobody}, roleNames()...)
	secrets := r.place[other].secrets()
	for n, rule := range rules {
		for _, at := range []string{own, sister, other} {
			text := map[string]string{own: rule.own, sister: rule.sister, other: rule.other}[at]
			if text == "" {
				continue
			}
			want := statuses(t, text)
			var fresh place
			for _, who := range everybody {
				if rule.fresh != nil && fresh == nil {
					fresh = rule.fresh(r, t, r.place[at])
				}
				method, call := rule.split()
				req := request{method: method, path: r.fill(t, call, r.place[at], fresh), body: r.fill(t, rule.body, r.place[at], fresh), person: r.place[own][who]}
				if rule.secret && who != nobody {
					o, err := r.people.SignIn(t.Context(), r.place[own][who+".email"], testPassword, r.unique("address"))
					must(t, err)
					req.token, req.secret = o.Token, o.Secret
				}
				before := r.journal.Applied()
				a := r.send(t, req)
				if a.status != want[who] {
					t.Errorf("rule %d, %s with %s of %s unit, as %s: got %d %.200s, want %d", n, rule.route, call, at, who, a.status, a.body, want[who])
				}
				if a.status < 300 {
					fresh = nil
				} else if r.journal.Applied() != before {
					t.Errorf("%s of %s unit, as %s: refused with %d, and yet something happened", rule.route, at, who, a.status)
				}
				if a.status >= 400 && (a.header.Get("Content-Type") != "application/problem+json" || a.text("code") == "" && method != http.MethodHead) { // which has no body
					t.Errorf("%s as %s: the refusal is no problem: %s", rule.route, who, a.body)
				}
				for _, secret := range secrets {
					if strings.Contains(string(a.body), secret) {
						t.Errorf("%s of %s unit, as %s: %q of another organisation is in the answer %s", rule.route, at, who, secret, a.body)
					}
				}
				if (strings.Contains(string(a.body), "Järjestö other") || strings.Contains(string(a.body), r.place[other]["org"])) != (rule.shows != "" && a.status == http.StatusOK) {
					t.Errorf("%s of %s unit, as %s: the other organisation in the answer %s", rule.route, at, who, a.body)
				}
				if strings.Contains(string(a.body), draftText) && who != string(auth.Trainee) {
					t.Errorf("%s as %s: the trainee's draft is in the answer %s", rule.route, who, a.body)
				}
			}
		}
	}
	if t.Failed() {
		t.Log(r.lines)
	}
}

func roleNames() []string {
	names := make([]string, 0, 7)
	for _, role := range auth.Roles() {
		names = append(names, string(role))
	}
	return names
}

// Whatever Fiber serves under /api is a route that the router knows, and so one of the table above.
func TestNoRouteBesideTheRouter(t *testing.T) {
	s := openSite(t, testConfig(t.TempDir()))
	known := []string{"GET /healthz", "GET /readyz", "GET /metrics"}
	for _, route := range s.app.router.Routes() {
		known = append(known, route.Method+" "+route.Path)
	}
	for _, route := range s.app.fiber.GetRoutes(true) {
		if name := route.Method + " " + route.Path; route.Method != http.MethodHead && !slices.Contains(known, name) {
			t.Errorf("%s is served, but the router does not know it", name)
		}
	}
}
