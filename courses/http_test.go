package courses

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"luotsi/server/journal"
	"luotsi/server/people"
)

const (
	activities = "/api/courses/coord/activities/"
	allRight   = `{"answers":[{"question":"q1","options":["a"]},{"question":"q2","options":["a","b"]},{"question":"q3","text":"Osaaminen."}]}`
	mostWrong  = `{"answers":[{"question":"q1","options":["b"],"text":""},{"question":"q2","options":["a"]},{"question":"q3","options":[],"text":"osaaminen"}]}`
)

// The whole way of a learner: continue, a lesson, a draft, a failed and a passed quiz, a task, until nothing is left.
func TestLearnersWay(t *testing.T) {
	r := newRegion(t)
	v := r.want(t, 200, "aino", "GET", "/api/learning", "")
	wantAt(t, v, "courses.0.course", "coord", "courses.0.title", "Koordinaattori", "courses.0.cohort", "k1", "courses.0.cohortName", "Syksy 2026",
		"courses.0.percent", 0, "courses.0.done", 0, "courses.0.total", 5, "courses.0.language", "fi", "courses.0.fallback", false,
		"courses.0.continue.activity", "l1", "courses.0.continue.module", "m1", "courses.0.continue.moduleTitle", "Moduuli m1",
		"courses.0.continue.kind", "lesson", "courses.0.continue.minutes", 10, "courses.1", nil)

	v = r.want(t, 200, "aino", "GET", activities+"l1", "")
	wantAt(t, v, "id", "l1", "course", "coord", "kind", "lesson", "module", "m1", "title", "Talo", "html", "<p>Talo</p>", "done", false, "doneAt", nil,
		"previous", nil, "next.id", "l2", "next.title", "Rooli", "draft.rev", 0, "draft.text", "", "quiz", nil, "task", nil, "place", nil)

	v = r.want(t, 200, "aino", "POST", activities+"l1/done", "")
	wantAt(t, v, "percent", 20, "done", 1, "total", 5, "modulePercent", 25, "continue.activity", "l2")
	v = r.want(t, 200, "aino", "POST", activities+"l1/done", "")
	wantAt(t, v, "percent", 20, "done", 1)

	r.want(t, 204, "aino", "PUT", "/api/courses/coord/place", `{"activity":"check","position":1}`)
	v = r.want(t, 200, "aino", "GET", "/api/learning", "")
	wantAt(t, v, "courses.0.continue.activity", "check", "courses.0.continue.title", "Testi")

	v = r.want(t, 200, "aino", "PUT", "/api/drafts/coord.check", `{"rev":0,"text":"{\"q1\":[\"b\"]}"}`)
	wantAt(t, v, "rev", 1)
	v = r.want(t, 200, "aino", "GET", activities+"check", "")
	wantAt(t, v, "draft.rev", 1, "draft.text", `{"q1":["b"]}`, "place.activity", "check", "place.position", 1, "quiz.pass", 2, "quiz.max", 3,
		"quiz.attempts", 0, "quiz.last", nil, "quiz.questions.0.type", "single", "quiz.questions.0.options.1.text", "Vaihtoehto b",
		"quiz.questions.2.type", "text", "previous.id", "l2", "next.id", "case")
	if _, raw := r.raw(t, "aino", "GET", activities+"check", ""); strings.Contains(string(raw), "orrect") || strings.Contains(string(raw), "Palaute") || strings.Contains(string(raw), "osaaminen") {
		t.Errorf("the quiz tells its answers: %s", raw)
	}

	v = r.want(t, 201, "aino", "POST", activities+"check/attempts", mostWrong)
	wantAt(t, v, "attempt.points", 1, "attempt.max", 3, "attempt.passed", false, "attempt.answers.0.correct", false,
		"attempt.answers.0.chosen.0", "b", "attempt.answers.0.options.0.correct", true, "attempt.answers.0.options.1.feedback", "Palaute b",
		"attempt.answers.2.correct", true, "attempt.answers.2.text", "osaaminen", "attempt.answers.2.feedback", "Se on osaaminen.",
		"progress.percent", 20, "progress.continue.activity", "check")
	v = r.want(t, 200, "aino", "GET", activities+"check", "")
	wantAt(t, v, "draft.rev", 0, "draft.text", "", "quiz.attempts", 1, "quiz.last.points", 1, "quiz.last.answers.0.chosen.0", "b", "done", false)

	v = r.want(t, 201, "aino", "POST", activities+"check/attempts", allRight)
	wantAt(t, v, "attempt.points", 3, "attempt.passed", true, "progress.percent", 40, "progress.modulePercent", 50, "progress.continue.activity", "l2")
	v = r.want(t, 201, "aino", "POST", activities+"check/attempts", mostWrong)
	wantAt(t, v, "attempt.passed", false, "progress.percent", 40)

	v = r.want(t, 201, "aino", "POST", activities+"case/submission", `{"text":"Jari osaa reitit."}`)
	wantAt(t, v, "percent", 60, "modulePercent", 75)
	v = r.want(t, 200, "aino", "GET", activities+"case", "")
	wantAt(t, v, "task.submitted.text", "Jari osaa reitit.", "done", true, "doneAt", "2026-11-20T12:00:00Z")
	v = r.want(t, 201, "aino", "POST", activities+"case/submission", `{"text":"Jari osaa reitit ja opastaa."}`)
	wantAt(t, v, "percent", 60)

	r.want(t, 200, "aino", "POST", activities+"l2/done", "")
	v = r.want(t, 200, "aino", "GET", "/api/courses/coord", "")
	wantAt(t, v, "id", "coord", "version", "v1", "percent", 80, "done", 4, "html", "<p>Kurssi</p>", "modules.0.percent", 100, "modules.0.hours", 27,
		"modules.0.goals.0", "Tavoite", "modules.0.reviewBy", "2027-11-20", "modules.0.activities.0.done", true, "modules.0.activities.0.passed", nil,
		"modules.0.activities.2.passed", true, "modules.0.activities.2.points", 3, "modules.0.activities.2.max", 3,
		"modules.1.percent", 0, "modules.1.activities.0.done", false, "continue.activity", "l3")
	v = r.want(t, 200, "aino", "POST", activities+"l3/done", "")
	wantAt(t, v, "percent", 100, "continue", nil)
	if wrong := r.state.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
}

func TestReaderOfAnotherLanguage(t *testing.T) {
	r := newRegion(t)
	v := r.want(t, 200, "bo", "GET", activities+"l1", "")
	wantAt(t, v, "title", "Huset", "language", "sv", "fallback", false, "moduleTitle", "Moduuli m1", "next.title", "Rooli")
	v = r.want(t, 200, "bo", "GET", activities+"l2", "")
	wantAt(t, v, "title", "Rooli", "language", "fi", "fallback", true)
	v = r.want(t, 200, "bo", "GET", "/api/courses/coord", "")
	wantAt(t, v, "title", "Koordinator", "fallback", false, "modules.0.fallback", true, "modules.0.language", "fi")
}

func TestDraftOfTwoDevices(t *testing.T) {
	r := newRegion(t)
	const draft = "/api/drafts/coord.case"
	wantAt(t, r.want(t, 200, "aino", "GET", draft, ""), "rev", 0, "text", "")
	wantAt(t, r.want(t, 200, "aino", "PUT", draft, `{"rev":0,"text":"yksi"}`), "rev", 1)
	wantAt(t, r.want(t, 409, "aino", "PUT", draft, `{"rev":0,"text":"kaksi"}`), "code", "draft_conflict", "info.rev", 1, "info.text", "yksi")
	wantAt(t, r.want(t, 200, "aino", "PUT", draft, `{"rev":1,"text":"kaksi"}`), "rev", 2)
	wantAt(t, r.want(t, 200, "aino", "GET", draft, ""), "rev", 2, "text", "kaksi")
	wantAt(t, r.want(t, 200, "bo", "GET", draft, ""), "rev", 0, "text", "")
	r.want(t, 201, "aino", "POST", activities+"case/submission", `{"text":"valmis"}`)
	wantAt(t, r.want(t, 200, "aino", "GET", draft, ""), "rev", 0, "text", "")
}

func TestBadInputChangesNothing(t *testing.T) {
	r := newRegion(t)
	r.want(t, 200, "aino", "POST", activities+"l1/done", "")
	before := r.hash(t)
	long := strings.Repeat("ä", 200_000)
	answers := func(list string) string { return `{"answers":[` + list + `]}` }
	const q1, q2, q3 = `{"question":"q1","options":["a"]}`, `{"question":"q2","options":["a"]}`, `{"question":"q3","text":"x"}`
	attempts, submission := activities+"check/attempts", activities+"case/submission"
	tests := []struct {
		name, person, method, path, body string
		status                           int
		code, field                      string // "name:code" of the first field
	}{
		{"a lesson that is not there", "aino", "POST", activities + "zz/done", "", 404, "unknown_activity", ""},
		{"a lesson of another course", "aino", "POST", "/api/courses/other/activities/l1/done", "", 404, "not_enrolled", ""},
		{"a page of another course", "aino", "GET", "/api/courses/other", "", 404, "not_enrolled", ""},
		{"somebody who is not enrolled", "cecilia", "GET", activities + "l1", "", 404, "not_enrolled", ""},
		{"and wants to be done", "cecilia", "POST", activities + "l1/done", "", 404, "not_enrolled", ""},
		{"a role that does not learn", "doris", "GET", activities + "l1", "", 403, "forbidden", ""},
		{"nobody", "", "GET", activities + "l1", "", 401, "signed_out", ""},
		{"a quiz is not done like that", "aino", "POST", activities + "check/done", "", 409, "wrong_kind", ""},
		{"a lesson is not answered", "aino", "POST", activities + "l1/attempts", answers(q1), 409, "wrong_kind", ""},
		{"a quiz is not submitted", "aino", "POST", activities + "check/submission", `{"text":"x"}`, 409, "wrong_kind", ""},
		{"an odd id", "aino", "POST", activities + "a%20b/done", "", 400, "invalid_request", "activity:id"},
		{"a body is needed", "aino", "POST", attempts, "", 400, "wrong_content_type", ""},
		{"no JSON", "aino", "POST", attempts, `{"answers":`, 400, "not_json", ""},
		{"an unknown field", "aino", "POST", attempts, `{"answers":[],"points":3}`, 400, "invalid_request", "points:unknown"},
		{"a wrong type", "aino", "POST", attempts, `{"answers":3}`, 400, "invalid_request", "answers:wrong_type"},
		{"an unknown parameter", "aino", "GET", activities + "l1?person=bo", "", 400, "invalid_request", "person:unknown"},
		{"no answers", "aino", "POST", attempts, answers(""), 400, "quiz_answers", "answers.q1:missing"},
		{"an answer twice", "aino", "POST", attempts, answers(q1 + "," + q2 + "," + q3 + "," + q1), 400, "quiz_answers", "answers[3].question:repeated"},
		{"an unknown question", "aino", "POST", attempts, answers(q1 + "," + q2 + "," + q3 + `,{"question":"q9","options":["a"]}`), 400, "quiz_answers", "answers[3].question:unknown"},
		{"an unknown option", "aino", "POST", attempts, answers(`{"question":"q1","options":["zz"]},` + q2 + "," + q3), 400, "quiz_answers", "answers[0].options[0]:unknown"},
		{"a long answer", "aino", "POST", attempts, answers(q1 + "," + q2 + `,{"question":"q3","text":"` + long + `"}`), 400, "invalid_request", "answers[2].text:max"},
		{"an identity code in an answer", "aino", "POST", attempts, answers(q1 + "," + q2 + `,{"question":"q3","text":"131052-308T"}`), 400, "invalid_request", "answers[2].text:no_identity_code"},
		{"a long text", "aino", "POST", submission, `{"text":"` + long + `"}`, 400, "invalid_request", "text:max"},
		{"an empty text", "aino", "POST", submission, `{"text":""}`, 400, "invalid_request", "text:required"},
		{"a blank text", "aino", "POST", submission, `{"text":" \n "}`, 400, "invalid_request", "text:required"},
		{"an identity code", "aino", "POST", submission, `{"text":"Hän on 131052-308T."}`, 400, "invalid_request", "text:no_identity_code"},
		{"a control character", "aino", "POST", submission, `{"text":"a\u0000b"}`, 400, "invalid_request", "text:text"},
		{"an identity code in a draft", "aino", "PUT", "/api/drafts/coord.case", `{"rev":0,"text":"131052-308T"}`, 400, "invalid_request", "text:no_identity_code"},
		{"a long draft", "aino", "PUT", "/api/drafts/coord.case", `{"rev":0,"text":"` + long + `"}`, 400, "invalid_request", "text:max"},
		{"a negative revision", "aino", "PUT", "/api/drafts/coord.case", `{"rev":-1,"text":""}`, 400, "invalid_request", "rev:min"},
		{"a draft of a lesson", "aino", "PUT", "/api/drafts/coord.l1", `{"rev":0,"text":"x"}`, 409, "wrong_kind", ""},
		{"a draft of nothing", "aino", "PUT", "/api/drafts/coord", `{"rev":0,"text":"x"}`, 400, "invalid_request", "subject:id"},
		{"a draft of an unknown task", "aino", "GET", "/api/drafts/coord.zz", "", 404, "unknown_activity", ""},
		{"a draft of somebody not enrolled", "cecilia", "PUT", "/api/drafts/coord.case", `{"rev":0,"text":"x"}`, 404, "not_enrolled", ""},
		{"a place outside", "aino", "PUT", "/api/courses/coord/place", `{"activity":"l1","position":1001}`, 400, "invalid_request", "position:max"},
		{"a place that is not there", "aino", "PUT", "/api/courses/coord/place", `{"activity":"zz","position":1}`, 404, "unknown_activity", ""},
		{"a place of tomorrow", "aino", "PUT", "/api/courses/coord/place", `{"activity":"l1","position":1,"at":1800000000000}`, 400, "invalid_request", "at:future"},
		{"a place at no time", "aino", "PUT", "/api/courses/coord/place", `{"activity":"l1","position":1,"at":"eilen"}`, 400, "invalid_request", "at:wrong_type"},
		{"a place before 1970", "aino", "PUT", "/api/courses/coord/place", `{"activity":"l1","position":1,"at":-1}`, 400, "invalid_request", "at:min"},
		{"a place of another course", "aino", "PUT", "/api/courses/other/place", `{"activity":"l1","position":1}`, 404, "not_enrolled", ""},

		{"a cohort with a bad day", "tove", "POST", "/api/cohorts", `{"name":"K","course":"coord","unit":"east","starts":"1.1.2027"}`, 400, "invalid_request", "starts:date"},
		{"a cohort without a name", "tove", "POST", "/api/cohorts", `{"name":"","course":"coord","unit":"east","starts":"2027-01-01"}`, 400, "invalid_request", "name:required"},
		{"a cohort named by spaces", "tove", "POST", "/api/cohorts", `{"name":"  ","course":"coord","unit":"east","starts":"2027-01-01"}`, 400, "invalid_request", "name:required"},
		{"a cohort named by an identity code", "tove", "POST", "/api/cohorts", `{"name":"131052-308T","course":"coord","unit":"east","starts":"2027-01-01"}`, 400, "invalid_request", "name:no_identity_code"},
		{"a cohort of an unknown course", "tove", "POST", "/api/cohorts", `{"name":"K","course":"zz","unit":"east","starts":"2027-01-01"}`, 400, "invalid_request", "course:unknown"},
		{"a cohort in another unit", "tove", "POST", "/api/cohorts", `{"name":"K","course":"coord","unit":"west","starts":"2027-01-01"}`, 403, "forbidden", ""},
		{"a cohort in a unit that is only shared", "tim", "POST", "/api/cohorts", `{"name":"K","course":"coord","unit":"west","starts":"2027-01-01"}`, 403, "forbidden", ""},
		{"a cohort opened by a trainee", "aino", "POST", "/api/cohorts", `{"name":"K","course":"coord","unit":"east","starts":"2027-01-01"}`, 403, "forbidden", ""},
		{"learners of another unit's cohort", "viljo", "POST", "/api/cohorts/k1/learners", `{"people":["cecilia"]}`, 404, "not_found", ""},
		{"learners of an unknown cohort", "tove", "POST", "/api/cohorts/zz/learners", `{"people":["cecilia"]}`, 404, "not_found", ""},
		{"a learner of another organisation", "tove", "POST", "/api/cohorts/k1/learners", `{"people":["cecilia","olli"]}`, 400, "invalid_request", "people[1]:unknown"},
		{"a learner nobody knows", "tove", "POST", "/api/cohorts/k1/learners", `{"people":["zz"]}`, 400, "invalid_request", "people[0]:unknown"},
		{"a doctor does not learn", "tove", "POST", "/api/cohorts/k1/learners", `{"people":["doris"]}`, 400, "invalid_request", "people[0]:unknown"},
		{"no learners", "tove", "POST", "/api/cohorts/k1/learners", `{"people":[]}`, 400, "invalid_request", "people:min"},
		{"a learner of another cohort", "viljo", "POST", "/api/cohorts/k2/learners", `{"people":["aino"]}`, 409, "enrolled_elsewhere", ""},
		{"removing somebody who is not there", "tove", "DELETE", "/api/cohorts/k1/learners/cecilia", "", 404, "not_found", ""},
		{"removing from another unit's cohort", "viljo", "DELETE", "/api/cohorts/k1/learners/aino", "", 404, "not_found", ""},
		{"removing from a cohort that is only shared", "tim", "DELETE", "/api/cohorts/k2/learners/aino", "", 404, "not_found", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			v := r.want(t, test.status, test.person, test.method, test.path, test.body)
			wantAt(t, v, "code", test.code)
			if test.field != "" {
				if got := fmt.Sprint(at(v, "fields", 0, "name"), ":", at(v, "fields", 0, "code")); got != test.field {
					t.Errorf("field: got %s, want %s", got, test.field)
				}
			}
			if r.hash(t) != before {
				t.Error("the state changed")
			}
		})
	}
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"case", ""), "draft.rev", 0)
	kept := 0
	r.eachVault(t, func(string) { kept++ })
	if kept != 0 {
		t.Errorf("%d texts were kept", kept)
	}
}

func TestRepeatedRequest(t *testing.T) {
	r := newRegion(t)
	first := r.want(t, 201, "aino", "POST", activities+"check/attempts", mostWrong, "Idempotency-Key", "k-1")
	after := r.hash(t)
	r.want(t, 200, "aino", "PUT", "/api/drafts/coord.check", `{"rev":0,"text":"seuraava yritys"}`)
	again := r.want(t, 201, "aino", "POST", activities+"check/attempts", mostWrong, "Idempotency-Key", "k-1")
	if at(first, "attempt", "id") != at(again, "attempt", "id") || at(again, "attempt", "points") != 1.0 {
		t.Errorf("got %v, then %v", first, again)
	}
	wantAt(t, r.want(t, 422, "aino", "POST", activities+"check/attempts", allRight, "Idempotency-Key", "k-1"), "code", "key_reused")
	wantAt(t, r.want(t, 422, "aino", "POST", activities+"l1/done", "", "Idempotency-Key", "k-1"), "code", "key_reused")
	if r.hash(t) != after {
		t.Error("a repeated request changed the state")
	}
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"check", ""), "quiz.attempts", 1, "draft.text", "seuraava yritys")
	texts := 0
	r.eachVault(t, func(string) { texts++ })
	if texts != 1 {
		t.Errorf("%d texts in the vault, want 1", texts)
	}
	r.want(t, 201, "bo", "POST", activities+"check/attempts", mostWrong, "Idempotency-Key", "k-1") // keys are everybody's own

	opened := r.want(t, 201, "tove", "POST", "/api/cohorts", `{"name":"K","course":"coord","unit":"east","starts":"2027-01-01"}`, "Idempotency-Key", "k-2")
	same := r.want(t, 201, "tove", "POST", "/api/cohorts", `{"name":"K","course":"coord","unit":"east","starts":"2027-01-01"}`, "Idempotency-Key", "k-2")
	if opened["id"] != same["id"] {
		t.Errorf("two cohorts: %v and %v", opened, same)
	}
}

// What a new version does to those who are on their way.
func TestNewVersionKeepsProgress(t *testing.T) {
	r := newRegion(t)
	r.want(t, 200, "aino", "POST", activities+"l1/done", "")
	r.want(t, 201, "aino", "POST", activities+"check/attempts", allRight)
	r.want(t, 204, "aino", "PUT", "/api/courses/coord/place", `{"activity":"l2","position":400}`)

	next := sampleContent("v2")
	next.Modules[0].Activities = append(next.Modules[0].Activities[:1:1], next.Modules[0].Activities[2:]...) // without l2
	next.Modules[0].Activities[1].Questions = next.Modules[0].Activities[1].Questions[1:]                    // without q1
	next.Modules[1].Activities = append(next.Modules[1].Activities, lessonOf("l4", "Uusi", ""))
	if err := r.service.Publish(context.Background(), []*Content{next}); err != nil {
		t.Fatal(err)
	}
	v := r.want(t, 200, "aino", "GET", "/api/learning", "")
	wantAt(t, v, "courses.0.done", 2, "courses.0.total", 5, "courses.0.percent", 40, "courses.0.continue.activity", "case")
	v = r.want(t, 404, "aino", "GET", activities+"l2", "")
	wantAt(t, v, "code", "unknown_activity", "info.activity", "check")
	v = r.want(t, 200, "aino", "GET", activities+"check", "")
	wantAt(t, v, "quiz.max", 2, "quiz.last.points", 3, "quiz.last.max", 3, "quiz.last.answers.0.question", "q1", "done", true)
	v = r.want(t, 200, "tove", "GET", "/api/cohorts/k1/learners/aino", "")
	wantAt(t, v, "timeline.0.what", "passed", "timeline.0.title", "Testi", "timeline.1.activity", "l1", "done", 2)
	if wrong := r.state.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
	// What was begun for an activity that is gone can be read, and nothing is added to it.
	r.want(t, 200, "aino", "PUT", "/api/drafts/coord.case", `{"rev":0,"text":"kesken"}`)
	last := sampleContent("v3")
	last.Modules[0].Activities = slices.DeleteFunc(last.Modules[0].Activities, func(a Activity) bool { return a.ID == "case" })
	if err := r.service.Publish(context.Background(), []*Content{last}); err != nil {
		t.Fatal(err)
	}
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/drafts/coord.case", ""), "rev", 1, "text", "kesken")
	wantAt(t, r.want(t, 404, "aino", "PUT", "/api/drafts/coord.case", `{"rev":1,"text":"lisää"}`), "code", "unknown_activity")
	next = last
	// Publishing what is the newest already does nothing.
	before := r.journal.Applied()
	if err := r.service.Publish(context.Background(), []*Content{next}); err != nil || r.journal.Applied() != before {
		t.Errorf("published again: %v", err)
	}
}

func TestTrainersWay(t *testing.T) {
	r := newRegion(t)
	r.happen(t, people.Seen{Persons: []string{"aino"}})
	v := r.want(t, 201, "tove", "POST", "/api/cohorts", `{"name":"Kevät 2027","course":"coord","unit":"east","starts":"2027-01-11"}`)
	wantAt(t, v, "name", "Kevät 2027", "courseTitle", "Koordinaattori", "unitName", "Itä", "learners", 0, "percent", 0, "behind", 0)
	spring := v["id"].(string)

	v = r.want(t, 200, "tove", "GET", "/api/cohorts/"+spring+"/candidates?q=öst", "")
	wantAt(t, v, "people.0.id", "cecilia", "people.0.name", "Cecilia <Öst> & Söner", "people.1", nil)
	v = r.want(t, 200, "tove", "GET", "/api/cohorts/"+spring+"/candidates", "")
	wantAt(t, v, "people.0.id", "cecilia", "people.1", nil) // aino and bo are in k1, the others do not learn or are of the town
	v = r.want(t, 200, "tove", "POST", "/api/cohorts/"+spring+"/learners", `{"people":["cecilia","cecilia"]}`)
	wantAt(t, v, "learners", 1)
	r.want(t, 200, "cecilia", "POST", activities+"l1/done", "")
	r.want(t, 204, "tove", "DELETE", "/api/cohorts/"+spring+"/learners/cecilia", "")
	wantAt(t, r.want(t, 404, "cecilia", "GET", activities+"l1", ""), "code", "not_enrolled")
	r.want(t, 200, "viljo", "POST", "/api/cohorts/k2/learners", `{"people":["cecilia"]}`)
	wantAt(t, r.want(t, 200, "cecilia", "GET", "/api/courses/coord", ""), "done", 1)

	v = r.want(t, 200, "tove", "GET", "/api/cohorts", "")
	wantAt(t, v, "cohorts.0.name", "Kevät 2027", "cohorts.1.id", "k1", "cohorts.1.learners", 2, "cohorts.1.percent", 0, "cohorts.2", nil)
	r.clock.Store(noon.Add(8 * 24 * time.Hour).UnixMilli())
	wantAt(t, r.want(t, 200, "tove", "GET", "/api/cohorts/k1/roster", ""), "counts.away", 2, "counts.behind", 0)
	r.want(t, 200, "bo", "POST", activities+"l1/done", "")
	r.happen(t, people.Seen{Persons: []string{"bo"}})
	wantAt(t, r.want(t, 200, "tove", "GET", "/api/cohorts", ""), "cohorts.1.behind", 0, "cohorts.1.percent", 10)
	wantAt(t, r.want(t, 200, "tove", "GET", "/api/cohorts/k1/roster", ""), "counts.away", 1, "counts.waiting", 0, "counts.complete", 0)

	v = r.want(t, 200, "tove", "GET", "/api/cohorts/k1/matrix", "")
	wantAt(t, v, "cohort.id", "k1", "modules.0.id", "m1", "modules.0.activities", 4, "modules.1.title", "Moduuli m2", "legend.x", "done",
		"learners.0.person", "aino", "learners.0.name", "Aino Ahola", "learners.0.cells", ".....", "learners.0.lastSeen", "2026-11-20T12:00:00Z",
		"learners.1.person", "bo", "learners.1.percent", 20, "learners.1.modules.0", 25, "learners.1.modules.1", 0, "learners.1.cells", "x....")

	wantAt(t, r.want(t, 404, "viljo", "GET", "/api/cohorts/k1/matrix", ""), "code", "not_found")
	r.want(t, 403, "aino", "GET", "/api/cohorts/k1/matrix", "")
	r.want(t, 200, "tim", "GET", "/api/cohorts/k2/matrix", "") // opened to the town
	wantAt(t, r.want(t, 200, "tim", "GET", "/api/cohorts", ""), "cohorts.0.id", "k2", "cohorts.1", nil)
	wantAt(t, r.want(t, 404, "tim", "GET", "/api/cohorts/k1/matrix", ""), "code", "not_found")
	wantAt(t, r.want(t, 404, "tim", "GET", "/api/cohorts/k2/candidates", ""), "code", "not_found")
	r.happen(t, people.SharingClosed{Sharing: "s1"})
	r.want(t, 404, "tim", "GET", "/api/cohorts/k2/matrix", "")
}

// A trainer's look is in the access log before anything is shown, and shows no draft.
func TestLookingAtALearner(t *testing.T) {
	r := newRegion(t)
	ctx := context.Background()
	r.want(t, 201, "aino", "POST", activities+"check/attempts", mostWrong)
	r.want(t, 201, "aino", "POST", activities+"case/submission", `{"text":"valmis vastaus"}`)
	r.want(t, 200, "aino", "PUT", "/api/drafts/coord.case", `{"rev":0,"text":"keskeneräinen ajatus"}`)
	r.want(t, 204, "aino", "PUT", "/api/courses/coord/place", `{"activity":"l2","position":400}`)

	v := r.want(t, 200, "tove", "GET", "/api/cohorts/k1/learners/aino", "")
	wantAt(t, v, "name", "Aino Ahola", "email", "aino@example.org", "percent", 20, "done", 1, "total", 5,
		"modules.0.activities.2.attempts", 1, "modules.0.activities.2.points", 1, "modules.0.activities.2.passed", false, "modules.0.activities.2.done", false,
		"modules.0.activities.3.doneAt", "2026-11-20T12:00:00Z", "timeline.0.what", "submitted", "timeline.0.title", "Tapaus",
		"timeline.1.what", "attempted", "timeline.1.points", 1, "timeline.1.max", 3, "timeline.2.what", "enrolled", "timeline.2.title", "Koordinaattori",
		"timeline.3", nil)
	_, raw := r.raw(t, "tove", "GET", "/api/cohorts/k1/learners/aino", "")
	for _, private := range []string{"keskeneräinen", "osaaminen", "valmis", "draft", "position"} {
		if strings.Contains(string(raw), private) {
			t.Errorf("the page shows %q", private)
		}
	}
	v = r.want(t, 200, "tove", "GET", "/api/cohorts/k1/learners/aino/submissions/case", "")
	wantAt(t, v, "text", "valmis vastaus", "at", "2026-11-20T12:00:00Z")

	log, err := r.access.Of(ctx, "aino")
	if err != nil {
		t.Fatal(err)
	}
	var whats []string
	for _, entry := range log {
		if entry.By != "tove" {
			t.Errorf("by %s", entry.By)
		}
		whats = append(whats, entry.What)
	}
	if len(whats) != 3 || !strings.Contains(strings.Join(whats, " "), "course_progress:coord") || !strings.Contains(strings.Join(whats, " "), "task_submission:coord.case") {
		t.Errorf("the log says %v", whats)
	}

	for _, test := range []struct {
		person, path string
		code         string
	}{
		{"tove", "/api/cohorts/k1/learners/cecilia", "not_found"},
		{"tove", "/api/cohorts/k2/learners/aino", "not_found"},
		{"viljo", "/api/cohorts/k1/learners/aino", "not_found"},
		{"viljo", "/api/cohorts/k1/learners/aino/submissions/case", "not_found"},
		{"tove", "/api/cohorts/k1/learners/aino/submissions/check", "unknown_activity"}, // answers are not shown
		{"tove", "/api/cohorts/k1/learners/aino/submissions/zz", "unknown_activity"},
		{"tove", "/api/cohorts/k1/learners/bo/submissions/case", "unknown_activity"},
	} {
		wantAt(t, r.want(t, 404, test.person, "GET", test.path, ""), "code", test.code)
	}
	if log, err = r.access.Of(ctx, "aino"); err != nil || len(log) != 3 {
		t.Errorf("refused looks are logged: %v %v", log, err)
	}
}

func TestCounts(t *testing.T) {
	r := newRegion(t)
	var events []journal.Event
	for n := range 12 {
		person := fmt.Sprint("p", n)
		events = append(events, people.PersonAdded{Person: person, Org: "school", Language: "fi", Grants: placed("trainee", "east"), Credential: "c" + person},
			LearnerEnrolled{Cohort: "k3", Course: "coord", Person: person})
	}
	r.happen(t, CohortOpened{Cohort: "k3", Course: "coord", Unit: "east", Name: "Alku", Starts: "2026-11-01"},
		CohortOpened{Cohort: "k4", Course: "coord", Unit: "east", Name: "Bis", Starts: "2026-11-01"})
	r.happen(t, events...)
	events = nil
	for n := range 8 {
		person := fmt.Sprint("o", n)
		events = append(events, people.PersonAdded{Person: person, Org: "school", Language: "fi", Grants: placed("trainee", "east"), Credential: "c" + person},
			LearnerEnrolled{Cohort: "k4", Course: "coord", Person: person})
	}
	r.happen(t, events...)
	for _, activity := range []string{"l1", "l2", "l3"} {
		r.happen(t, ActivityDone{Course: "coord", Person: "p1", Activity: activity})
	}
	r.happen(t, QuizAttempted{Attempt: "t1", Course: "coord", Person: "p1", Activity: "check", Points: 3, Max: 3, Passed: true},
		TaskSubmitted{Submission: "s1", Course: "coord", Person: "p1", Activity: "case"})
	status, raw := r.raw(t, "mari", "GET", "/api/counts", "")
	if status != http.StatusOK || strings.Contains(string(raw), "Ahola") || strings.Contains(string(raw), "p1") {
		t.Fatalf("%d %s", status, raw)
	}
	v := r.want(t, 200, "mari", "GET", "/api/counts", "")
	// k1 has 2 learners and k4 has 8: 10 together, so k3 need not hide them.
	wantAt(t, v, "cohorts.0.name", "Alku", "cohorts.0.learners", 12, "cohorts.0.finished", 1, "cohorts.0.percent", 8, "cohorts.0.hidden", false,
		"cohorts.1.name", "Bis", "cohorts.1.hidden", true, "cohorts.1.learners", 0, "cohorts.2.name", "Syksy 2026", "cohorts.2.hidden", true,
		"cohorts.3", nil, "total.learners", 22, "total.finished", 1, "total.hidden", false)
	r.happen(t, LearnerRemoved{Cohort: "k4", Course: "coord", Person: "o1"})
	v = r.want(t, 200, "mari", "GET", "/api/counts", "")
	wantAt(t, v, "cohorts.0.hidden", true, "cohorts.1.hidden", true, "cohorts.2.hidden", true, "total.learners", 21)
	r.want(t, 403, "tove", "GET", "/api/counts", "")
}
