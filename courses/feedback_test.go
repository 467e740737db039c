package courses

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"luotsi/server/people"
)

// withDevelopment publishes the sample course with a task that has to be approved and a development task of two steps.
func (r *region) withDevelopment(t testing.TB) {
	t.Helper()
	c := sampleContent("marked")
	c.Modules[0].Activities[3].Requires = ToBeApproved
	c.Modules[0].Activities[3].Rubric = []Criterion{{ID: "goal", Faces: Faces[CriterionFace]{"fi": {Title: "Tavoite"}}, Levels: []Level{
		{ID: "no", Points: 0, Faces: Faces[LevelFace]{"fi": {Title: "Ei"}}}, {ID: "yes", Points: 3, Faces: Faces[LevelFace]{"fi": {Title: "On"}}},
	}}}
	part := func(id string) Part { return Part{ID: id, Faces: Faces[PartFace]{"fi": {Title: id, Text: id}}} }
	c.Modules[1].Activities = append(c.Modules[1].Activities, Activity{
		ID: "dev", Kind: Development, Requires: ToBeApproved, Minutes: 60, Parts: []Part{part("plan"), part("report")},
		Faces: Faces[ActivityFace]{"fi": {Title: "Kehittämistehtävä", HTML: "<p>Tee</p>"}},
	})
	if err := r.service.Publish(context.Background(), []*Content{c}); err != nil {
		t.Fatal(err)
	}
	r.name(t, "tiina", "Tiina Toinen", "fi")
	r.happen(t, people.PersonAdded{Person: "tiina", Org: "school", Language: "fi", Grants: placed("trainer", "east"), Credential: "c-tiina"})
}

// waitsFor is the newest thing that waits for that trainer.
func (r *region) waitsFor(t testing.TB, trainer string) Queued {
	t.Helper()
	q, err := r.service.Queue(context.Background(), r.caller(trainer), Wanted{})
	if err != nil || len(q.Entries) == 0 {
		t.Fatalf("nothing waits for %s: %v", trainer, err)
	}
	return q.Entries[len(q.Entries)-1]
}

const (
	approves = `{"verdict":"approved","words":"","comments":[],"rubric":[{"criterion":"goal","level":"yes"}],"older":false}`
	plainYes = `{"verdict":"approved","words":"","comments":[],"rubric":[],"older":false}`
	returns  = `{"verdict":"returned","words":"Lisää päivä.","comments":[{"start":5,"end":9,"quote":"osaa","text":"Mitä?"}],"rubric":[],"older":false}`
)

func TestReturnedImprovedApproved(t *testing.T) {
	r := newRegion(t)
	r.withDevelopment(t)
	r.want(t, 201, "aino", "POST", activities+"case/submission", `{"text":"Jari osaa reitit."}`)
	first := r.waitsFor(t, "tove")
	path := "/api/submissions/" + first.Submission
	r.want(t, 200, "tove", "PUT", path+"/reservation", `{"takeOver":false}`)
	for name, test := range map[string]struct{ body, code string }{
		"a comment on other words":      {strings.Replace(returns, `"osaa"`, `"osasi"`, 1), "invalid_request"},
		"a comment beyond the text":     {strings.Replace(returns, `"end":9`, `"end":99`, 1), "invalid_request"},
		"returned without a word":       {`{"verdict":"returned","words":" ","comments":[],"rubric":[],"older":false}`, "invalid_request"},
		"approved without the rubric":   {plainYes, "invalid_request"},
		"a level that there is not":     {strings.Replace(approves, `"yes"`, `"maybe"`, 1), "invalid_request"},
		"a verdict of other tasks":      {strings.Replace(returns, "returned", "noted", 1), "invalid_request"},
		"an identity code in a comment": {strings.Replace(returns, "Mitä?", "131052-308T", 1), "invalid_request"},
	} {
		if v := r.want(t, 400, "tove", "POST", path+"/feedback", test.body); v["code"] != test.code {
			t.Errorf("%s: %v", name, v)
		}
	}
	r.want(t, 204, "tove", "POST", path+"/feedback", returns)
	wantAt(t, r.want(t, 409, "tove", "POST", path+"/feedback", approves), "code", "already_marked")
	v := r.want(t, 200, "aino", "GET", activities+"case", "")
	wantAt(t, v, "state", "returned", "task.rounds.0.feedback.0.words", "Lisää päivä.", "task.rounds.0.feedback.0.comments.0.quote", "osaa", "task.rounds.0.feedback.0.by", "Tove Kouluttaja")

	// A newer text comes while the one before is marked.
	r.want(t, 201, "aino", "POST", activities+"case/submission", `{"text":"Jari osaa reitit, ja päivä on 3.12."}`)
	second := r.waitsFor(t, "tove")
	r.want(t, 201, "aino", "POST", activities+"case/submission", `{"text":"Jari osaa reitit. Seuranta 3.12."}`)
	third := r.waitsFor(t, "tove")
	path = "/api/submissions/" + second.Submission
	v = r.want(t, 409, "tove", "POST", path+"/feedback", approves)
	wantAt(t, v, "code", "newer_text", "info.submission", third.Submission)
	wantAt(t, r.want(t, 200, "tove", "GET", path, ""), "newer", third.Submission)
	r.want(t, 204, "tove", "POST", path+"/feedback", strings.Replace(approves, `"older":false`, `"older":true`, 1))
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"case", ""), "state", "done", "task.rounds.1.feedback.0.rubric.0.points", 3)
	if wrong := r.state.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}

	texts := r.state.TextsOf("aino")
	if len(texts) != 5 { // three texts, two feedbacks
		t.Errorf("%d texts are about the learner, want 5", len(texts))
	}
	kept, err := r.service.kept(context.Background(), "aino")
	if err != nil || len(kept[0].Steps[0].Feedback) != 1 || kept[0].Steps[0].Feedback[0].Words != "Lisää päivä." {
		t.Errorf("the download lacks the feedback: %+v %v", kept, err)
	}
}

func TestReservations(t *testing.T) {
	r := newRegion(t)
	r.withDevelopment(t)
	r.want(t, 201, "aino", "POST", activities+"case/submission", `{"text":"Jari osaa."}`)
	path := "/api/submissions/" + r.waitsFor(t, "tove").Submission
	at := func(after time.Duration) { r.clock.Store(noon.Add(after).UnixMilli()) }
	r.want(t, 200, "tove", "PUT", path+"/reservation", `{"takeOver":false}`)
	for _, test := range []struct {
		name     string
		who      string
		after    time.Duration
		takeOver string
		status   int
		over     any
	}{
		{"another a moment later", "tiina", time.Second, "false", 409, false},
		{"taking over too early", "tiina", 30*time.Minute - time.Millisecond, "true", 409, false},
		{"at its end it is over, but not given back", "tiina", 30 * time.Minute, "false", 409, true},
		{"its owner goes on", "tove", 30 * time.Minute, "false", 200, nil},
		{"so it holds again", "tiina", 59 * time.Minute, "true", 409, false},
		{"taken over at its new end", "tiina", 60 * time.Minute, "true", 200, nil},
		{"who was first comes too late", "tove", 61 * time.Minute, "false", 409, false},
		{"a trainer of another unit", "viljo", 61 * time.Minute, "true", 404, nil},
		{"the learner", "aino", 61 * time.Minute, "true", 403, nil},
	} {
		at(test.after)
		v := r.want(t, test.status, test.who, "PUT", path+"/reservation", `{"takeOver":`+test.takeOver+`}`)
		if test.over != nil {
			wantAt(t, v, "code", "reserved", "info.over", test.over)
		}
	}
	wantAt(t, r.want(t, 409, "tove", "POST", path+"/feedback", approves), "code", "reserved", "info.name", "Tiina Toinen")
	r.want(t, 204, "tove", "DELETE", path+"/reservation", "") // not theirs: nothing happens
	wantAt(t, r.want(t, 409, "tove", "PUT", path+"/reservation", `{"takeOver":false}`), "code", "reserved")
	r.want(t, 204, "tiina", "DELETE", path+"/reservation", "")
	r.want(t, 200, "tove", "PUT", path+"/reservation", `{"takeOver":false}`)

	r.happen(t, people.GrantsChanged{Person: "tove"})
	r.want(t, 404, "tiina", "GET", strings.Replace(path, "id-", "no-", 1), "")
	if _, err := r.service.Marking(context.Background(), r.caller("tove"), r.waitsFor(t, "tiina").Submission); err == nil {
		t.Error("a removed trainer reads on")
	}
	r.happen(t, LearnerRemoved{Cohort: "k1", Course: "coord", Person: "aino"})
	r.want(t, 404, "tiina", "GET", path, "")
}

// Two trainers open a text at once: one gets it.
func TestReservedOnce(t *testing.T) {
	r := newRegion(t)
	r.withDevelopment(t)
	r.want(t, 201, "aino", "POST", activities+"case/submission", `{"text":"Jari osaa."}`)
	submission := r.waitsFor(t, "tove").Submission
	var all sync.WaitGroup
	got := make(chan error, 2)
	for _, who := range []string{"tove", "tiina"} {
		caller := r.caller(who)
		all.Go(func() {
			_, err := r.service.Reserve(context.Background(), caller, submission, false)
			got <- err
		})
	}
	all.Wait()
	if a, b := <-got, <-got; (a == nil) == (b == nil) {
		t.Errorf("got %v and %v, want one reservation", a, b)
	}
}

func TestDevelopmentTask(t *testing.T) {
	r := newRegion(t)
	r.withDevelopment(t)
	const steps = activities + "dev/steps"
	wantAt(t, r.want(t, 409, "aino", "POST", steps, `{"step":"report","text":"Tulos"}`), "code", "step_not_open")
	wantAt(t, r.want(t, 404, "aino", "POST", steps, `{"step":"other","text":"Tulos"}`), "code", "unknown_activity")
	mark := func(who, body string) string {
		t.Helper()
		q := r.waitsFor(t, who)
		r.want(t, 204, who, "POST", "/api/submissions/"+q.Submission+"/feedback", body)
		return q.Submission
	}
	r.want(t, 201, "aino", "POST", steps, `{"step":"plan","text":"Suunnitelma"}`)
	plan := mark("tove", plainYes)
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"dev", ""), "state", "begun", "development.steps.0.state", "approved", "development.steps.1.state", "open")
	wantAt(t, r.want(t, 409, "aino", "POST", steps, `{"step":"plan","text":"Uusi"}`), "code", "step_not_open")
	r.want(t, 201, "aino", "POST", steps, `{"step":"report","text":"Tulos"}`)
	whole := "/api/submissions/" + mark("tove", plainYes)
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"dev", ""), "state", "waits", "development.stage", "first")
	approval := func(stage, second string) string {
		return `{"stage":"` + stage + `","words":"Hyvä.","rubric":[],"second":"` + second + `"}`
	}
	wantAt(t, r.want(t, 409, "tove", "POST", whole+"/approval", approval("second", "")), "code", "not_at_this_stage")
	for _, second := range []string{"tove", "aino", "tim", "doris", "nobody"} {
		wantAt(t, r.want(t, 400, "tove", "POST", whole+"/approval", approval("first", second)), "fields.0.name", "second")
	}
	r.want(t, 404, "viljo", "GET", whole, "")
	r.want(t, 204, "tove", "POST", whole+"/approval", approval("first", "viljo"))
	wantAt(t, r.want(t, 409, "tove", "PUT", whole+"/reservation", `{"takeOver":false}`), "code", "same_person") // who opens it is told before they read it all
	wantAt(t, r.want(t, 409, "tove", "POST", whole+"/approval", approval("second", "")), "code", "same_person")
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/courses/coord", ""), "completion.approved", false)

	// The second person returns a step: both approvals are to be given again.
	r.want(t, 200, "viljo", "GET", whole, "")
	r.want(t, 204, "viljo", "POST", "/api/submissions/"+plan+"/feedback", strings.Replace(returns, `{"start":5,"end":9,"quote":"osaa","text":"Mitä?"}`, "", 1))
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"dev", ""), "state", "returned", "development.stage", "steps", "development.steps.0.state", "returned")
	r.want(t, 404, "viljo", "GET", whole, "")
	r.want(t, 201, "aino", "POST", steps, `{"step":"plan","text":"Parempi suunnitelma"}`)
	whole = "/api/submissions/" + mark("tiina", plainYes)
	r.want(t, 204, "tove", "POST", whole+"/approval", approval("first", ""))
	r.want(t, 204, "tiina", "POST", whole+"/approval", approval("second", ""))
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"dev", ""), "state", "done", "development.stage", "approved", "development.second.by", "Tiina Toinen")
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/courses/coord", ""), "completion.approved", true)
	if wrong := r.state.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
	if other := r.another(t); other.hash(t) != r.hash(t) {
		t.Error("a restart makes another state")
	}
}
