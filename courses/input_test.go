package courses

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// TestBadInputAboutPeopleChangesNothing: whatever is sent about marking, groups, what is tried at work and what is written for oneself, each
// mistake gets a refusal, changes nothing, and leaves no text behind.
func TestBadInputAboutPeopleChangesNothing(t *testing.T) {
	r := newRegion(t)
	r.withDevelopment(t)
	ctx := context.Background()
	r.happen(t, LearnerEnrolled{Cohort: "k2", Course: "coord", Person: "cecilia"})
	r.want(t, 201, "aino", "POST", activities+"case/submission", `{"text":"Jari osaa reitit."}`)
	mine := r.waitsFor(t, "tove").Submission
	r.want(t, 201, "cecilia", "POST", activities+"case/submission", `{"text":"Toisen ryhmän työ."}`)
	theirs := r.waitsFor(t, "viljo").Submission
	kept := 0
	r.eachVault(t, func(string) { kept++ })

	const code = "131052-308T" // a personal identity code with the right check character
	long, id := strings.Repeat("ä", 200_000), strings.Repeat("a", 65)
	words := func(words string) string {
		return `{"verdict":"returned","words":"` + words + `","comments":[],"rubric":[],"older":false}`
	}
	comment := func(start, end int, quote, text string) string {
		return fmt.Sprintf(`{"verdict":"returned","words":"","comments":[{"start":%d,"end":%d,"quote":%q,"text":%q}],"rubric":[],"older":false}`, start, end, quote, text)
	}
	feedback := "/api/submissions/" + mine + "/feedback"
	approval := "/api/submissions/" + mine + "/approval"
	const steps, cohort, learner = activities + "dev/steps", "/api/cohorts/k1", "/api/cohorts/k1/learners/aino"
	tests := []struct {
		name, person, call, body string
		status                   int
		code                     string
	}{
		{"feedback of 200,000 letters", "tove", "POST " + feedback, words(long), 400, "invalid_request words:max"},
		{"feedback with an identity code", "tove", "POST " + feedback, words(code), 400, "invalid_request words:no_identity_code"},
		{"and with one that invisible signs part", "tove", "POST " + feedback, words("1310\u200b52-3\u206408T"), 400, "invalid_request words:no_identity_code"},
		{"feedback with a zero byte", "tove", "POST " + feedback, words(`a\u0000b`), 400, "invalid_request words:text"},
		{"a comment with an identity code", "tove", "POST " + feedback, comment(0, 4, "Jari", code), 400, "invalid_request comments[0].text:no_identity_code"},
		{"a comment on nothing", "tove", "POST " + feedback, comment(4, 4, "Jari", "x"), 400, "invalid_request comments[0].quote:elsewhere"},
		{"a comment backwards", "tove", "POST " + feedback, comment(5, 4, "Jari", "x"), 400, "invalid_request comments[0].quote:elsewhere"},
		{"a comment before the start", "tove", "POST " + feedback, comment(-1, 4, "Jari", "x"), 400, "invalid_request comments[0].start:min"},
		{"a comment behind the end", "tove", "POST " + feedback, comment(0, 20000, "Jari", "x"), 400, "invalid_request comments[0].quote:elsewhere"},
		{"a verdict that is none", "tove", "POST " + feedback, `{"verdict":"good","words":"x","comments":[],"rubric":[],"older":false}`, 400, "invalid_request verdict:oneof"},
		{"a criterion that is none", "tove", "POST " + feedback, `{"verdict":"approved","words":"","comments":[],"rubric":[{"criterion":"zz","level":"yes"}],"older":false}`, 400, "invalid_request rubric[0]:unknown"},
		{"one's own points", "tove", "POST " + feedback, `{"verdict":"approved","words":"","comments":[],"rubric":[{"criterion":"goal","level":"yes","points":9}],"older":false}`, 400, "invalid_request points:unknown"},
		{"feedback by a learner", "aino", "POST " + feedback, words("Hyvä."), 403, "forbidden"},
		{"feedback by a trainer of elsewhere", "viljo", "POST " + feedback, words("Hyvä."), 404, "not_found"},
		{"feedback to another cohort", "tove", "POST /api/submissions/" + theirs + "/feedback", words("Hyvä."), 404, "not_found"},
		{"a look at another cohort's text", "tove", "GET /api/submissions/" + theirs, "", 404, "not_found"},
		{"a reservation of nothing", "tove", "PUT /api/submissions/nothing/reservation", `{"takeOver":true}`, 404, "not_found"},
		{"a text with a very long id", "tove", "GET /api/submissions/" + id, "", 400, "invalid_request submission:id"},
		{"a task approved as a whole", "tove", "POST " + approval, `{"stage":"first","words":"","rubric":[{"criterion":"goal","level":"yes"}],"second":""}`, 409, "not_at_this_stage"},
		{"a stage that is none", "tove", "POST " + approval, `{"stage":"third","words":"","rubric":[],"second":""}`, 400, "invalid_request stage:oneof"},

		{"a step of nothing", "aino", "POST " + steps, `{"step":"zz","text":"x"}`, 404, "unknown_activity"},
		{"a step before its time", "aino", "POST " + steps, `{"step":"report","text":"x"}`, 409, "step_not_open"},
		{"a step of 200,000 letters", "aino", "POST " + steps, `{"step":"plan","text":"` + long + `"}`, 400, "invalid_request text:max"},
		{"a step with an identity code", "aino", "POST " + steps, `{"step":"plan","text":"` + code + `"}`, 400, "invalid_request text:no_identity_code"},
		{"a step of a task", "aino", "POST " + activities + "case/steps", `{"step":"plan","text":"x"}`, 409, "wrong_kind"},
		{"a development task handed in as a task", "aino", "POST " + activities + "dev/submission", `{"text":"x"}`, 409, "wrong_kind"},
		{"a step by who is not enrolled", "olli", "POST " + steps, `{"step":"plan","text":"x"}`, 404, "not_enrolled"},
		{"a task for somebody else", "aino", "POST " + activities + "case/submission", `{"text":"x","person":"bo"}`, 400, "invalid_request person:unknown"},
		{"a lesson of another course", "aino", "POST /api/courses/other/activities/l1/done", "", 404, "not_enrolled"},

		{"a credit in another cohort", "viljo", "POST /api/cohorts/k2/learners/aino/credits", `{"module":"m1","kind":"prior_learning","basis":"x"}`, 404, "not_found"},
		{"a credit with an identity code", "tove", "POST " + learner + "/credits", `{"module":"m1","kind":"prior_learning","basis":"` + code + `"}`, 400, "invalid_request basis:no_identity_code"},
		{"a credit with a zero byte", "tove", "POST " + learner + "/credits", `{"module":"m1","kind":"prior_learning","basis":"a\u0000"}`, 400, "invalid_request basis:text"},
		{"a credit of 200,000 letters", "tove", "POST " + learner + "/credits", `{"module":"m1","kind":"prior_learning","basis":"` + long + `"}`, 400, "invalid_request basis:max"},
		{"a credit by its learner", "aino", "POST " + learner + "/credits", `{"module":"m1","kind":"prior_learning","basis":"x"}`, 403, "forbidden"},
		{"more time for somebody elsewhere", "tove", "POST " + cohort + "/extensions", `{"people":["aino","cecilia"],"target":"m1","until":"2026-12-24","reason":"x"}`, 400, "invalid_request people[1]:unknown"},
		{"more time twice", "tove", "POST " + cohort + "/extensions", `{"people":["aino","aino"],"target":"m1","until":"2026-12-24","reason":"x"}`, 400, "invalid_request people[1]:unknown"},
		{"more time with an identity code", "tove", "POST " + cohort + "/extensions", `{"people":["aino"],"target":"m1","until":"2026-12-24","reason":"` + code + `"}`, 400, "invalid_request reason:no_identity_code"},
		{"more time until 30 February", "tove", "POST " + cohort + "/extensions", `{"people":["aino"],"target":"m1","until":"2027-02-30","reason":"x"}`, 400, "invalid_request until:date"},
		{"a message with an identity code", "tove", "POST " + cohort + "/messages", `{"people":["aino"],"subject":"x","text":"` + code + `"}`, 400, "invalid_request text:no_identity_code"},
		{"a subject that turns the line around", "tove", "POST " + cohort + "/messages", `{"people":["aino"],"subject":"a\u202eb","text":"x"}`, 400, "invalid_request subject:line"},
		{"a subject of two lines", "tove", "POST " + cohort + "/messages", `{"people":["aino"],"subject":"a\nBcc: b","text":"x"}`, 400, "invalid_request subject:line"},
		{"a small group named by an identity code", "tove", "POST " + cohort + "/groups", `{"name":"` + code + `","members":[],"trainers":[]}`, 400, "invalid_request name:no_identity_code"},
		{"a small group of others", "tove", "POST " + cohort + "/groups", `{"name":"A","members":["cecilia"],"trainers":[]}`, 400, "invalid_request members[0]:unknown"},
		{"a cohort with a very long id", "tove", "GET /api/cohorts/" + id + "/roster", "", 400, "invalid_request cohort:id"},
		{"one more attempt without a limit", "tove", "POST " + learner + "/quizzes/check/reopening", `{"reason":"x"}`, 409, "attempts_left"},
		{"one more attempt at a task", "tove", "POST " + learner + "/quizzes/case/reopening", `{"reason":"x"}`, 409, "wrong_kind"},
		{"one more attempt elsewhere", "viljo", "POST " + learner + "/quizzes/check/reopening", `{"reason":"x"}`, 404, "not_found"},
		{"people by names with a zero byte", "tove", "POST " + cohort + "/learners", `{"people":["a\u0000"]}`, 400, "invalid_request people[0]:id"},
		{"a wrong type for people", "tove", "POST " + cohort + "/learners", `{"people":"aino"}`, 400, "invalid_request people:wrong_type"},

		{"a quiz answered with a number for a text", "aino", "POST " + activities + "check/attempts", `{"answers":[{"question":"q1","text":5}]}`, 400, "invalid_request answers.text:wrong_type"},
		{"an identity code in a quiz", "aino", "POST " + activities + "check/attempts", `{"answers":[{"question":"q3","text":"` + code + `"}]}`, 400, "invalid_request answers[0].text:no_identity_code"},
		{"the attempt of nobody", "aino", "GET " + activities + "check/attempts/" + mine, "", 404, "not_found"},
		{"what another one shares with nobody", "bo", "GET /api/courses/coord/shared/aino/case", "", 404, "not_found"},
		{"a reflection in a task's place", "aino", "PUT " + activities + "case/reflection", `{"text":"x","privacy":"private"}`, 409, "wrong_kind"},
		{"somebody else's draft of feedback", "viljo", "GET /api/drafts/feedback:" + mine, "", 404, "not_found"},
		{"a learner's draft of feedback", "aino", "PUT /api/drafts/feedback:" + mine, `{"rev":0,"text":"x"}`, 404, "not_found"},
	}
	before, commits := r.hash(t), r.journal.Applied()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			method, path, _ := strings.Cut(test.call, " ")
			v := r.want(t, test.status, test.person, method, path, test.body)
			got := fmt.Sprint(v["code"])
			if field, ok := at(v, "fields", 0).(map[string]any); ok && strings.Contains(test.code, " ") {
				got += fmt.Sprint(" ", field["name"], ":", field["code"])
			}
			if got != test.code {
				t.Errorf("got %s, want %s", got, test.code)
			}
			if r.hash(t) != before || r.journal.Applied() != commits {
				t.Error("something happened")
			}
		})
	}
	left := 0
	r.eachVault(t, func(string) { left++ })
	if left != kept {
		t.Errorf("%d texts were kept of what was refused", left-kept)
	}
	if all, err := r.vault.Drafts(ctx, "aino"); err != nil || len(all) > 0 {
		t.Errorf("drafts: %v %v", all, err)
	}
	r.want(t, 204, "tove", "POST", feedback, words("Lisää päivä."))
}
