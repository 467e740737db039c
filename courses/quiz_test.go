package courses

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/people"
)

// quizContent is the sample course with two quizzes more: every, with all types and three attempts, and timed, which draws two of
// four questions, has 20 minutes and two attempts.
func quizContent(hash string) *Content {
	c := sampleContent(hash)
	every := *everyType()
	every.Attempts = 3
	timed := Activity{ID: "timed", Kind: Quiz, Minutes: 20, Pass: 2, Draw: 2, Attempts: 2, TimeLimit: 20, Faces: Faces[ActivityFace]{"fi": {Title: "Aika"}}}
	for i := range 4 {
		q := choice(fmt.Sprint("t", i), Single, "+a", "-b")
		q.Faces = Faces[QuestionFace]{"fi": {Text: fmt.Sprint("Kysymys ", i)}}
		for o := range q.Options {
			q.Options[o].Faces = Faces[OptionFace]{"fi": {Text: q.Options[o].ID, Feedback: "Palaute"}}
		}
		timed.Questions = append(timed.Questions, q)
	}
	c.Modules[1].Activities = append(c.Modules[1].Activities, every, timed)
	return c
}

func quizRegion(t *testing.T) *region {
	t.Helper()
	r := newRegion(t)
	if err := r.service.Publish(context.Background(), []*Content{quizContent("q1")}); err != nil {
		t.Fatal(err)
	}
	return r
}

func (r *region) at(d time.Duration) { r.clock.Store(noon.Add(d).UnixMilli()) }

// start begins an attempt and gives its id and the ids of what it asks.
func (r *region) start(t *testing.T, person, quiz string) (attempt string, asked []string) {
	t.Helper()
	attempt, _ = at(r.want(t, 201, person, "POST", activities+quiz+"/start", ""), "attempt").(string)
	v := r.want(t, 200, person, "GET", activities+quiz, "")
	wantAt(t, v, "quiz.open.attempt", attempt)
	list, _ := at(v, "quiz", "questions").([]any)
	for _, q := range list {
		asked = append(asked, fmt.Sprint(at(q, "id")))
	}
	return attempt, asked
}

// chose answers every question with that option.
func chose(attempt string, asked []string, option string) string {
	var answers []answerRequest
	for _, q := range asked {
		answers = append(answers, answerRequest{Question: q, Options: []string{option}})
	}
	raw, err := json.Marshal(attemptRequest{Attempt: attempt, Answers: answers})
	if err != nil {
		panic(err)
	}
	return string(raw)
}

func drafting(rev int, draft map[string]any) string {
	text, err := json.Marshal(draft)
	if err != nil {
		panic(err)
	}
	raw, err := json.Marshal(map[string]any{"rev": rev, "text": string(text)})
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// A drawn quiz with little time, from its start to its last attempt, and one attempt more.
func TestQuizFromStartToEnd(t *testing.T) {
	r := quizRegion(t)
	v := r.want(t, 200, "aino", "GET", activities+"timed", "")
	wantAt(t, v, "quiz.needsStart", true, "quiz.count", 2, "quiz.bank", 4, "quiz.max", 2, "quiz.timeLimit", 20, "quiz.limit", 2, "quiz.left", 2,
		"quiz.questions.0", nil, "quiz.open", nil)
	r.want(t, 409, "aino", "POST", activities+"timed/attempts", chose("", []string{"t0", "t1"}, "a"))

	v = r.want(t, 201, "aino", "POST", activities+"timed/start", "")
	wantAt(t, v, "ends", "2026-11-20T12:20:00Z")
	attempt, asked := r.start(t, "aino", "timed")
	if attempt != at(v, "attempt") || len(asked) != 2 {
		t.Fatalf("started again: %v, then %s with %v", v, attempt, asked)
	}
	r.at(19 * time.Minute)
	if again, same := r.start(t, "aino", "timed"); again != attempt || fmt.Sprint(same) != fmt.Sprint(asked) {
		t.Errorf("another device asks %s %v, want %s %v", again, same, attempt, asked)
	}
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"timed", ""), "quiz.open.ends", "2026-11-20T12:20:00Z", "quiz.left", 2, "state", "begun")

	key := []string{"Idempotency-Key", "hand-in"}
	v = r.want(t, 201, "aino", "POST", activities+"timed/attempts", chose(attempt, asked, "b"), key...)
	wantAt(t, v, "attempt.points", 0, "attempt.passed", false, "attempt.questions.0.id", asked[0], "attempt.answers.1.options.0.correct", true)
	first, _ := at(v, "attempt", "id").(string)
	wantAt(t, r.want(t, 201, "aino", "POST", activities+"timed/attempts", chose(attempt, asked, "b"), key...), "attempt.id", first)
	wantAt(t, r.want(t, 409, "aino", "POST", activities+"timed/attempts", chose(attempt, asked, "a")), "code", "attempt_over")

	second, asked := r.start(t, "aino", "timed")
	if second == attempt {
		t.Fatal("the same attempt again")
	}
	wantAt(t, r.want(t, 201, "aino", "POST", activities+"timed/attempts", chose(second, asked, "a")), "attempt.points", 2, "attempt.passed", true)
	v = r.want(t, 409, "aino", "POST", activities+"timed/start", "")
	wantAt(t, v, "code", "no_attempts_left", "info.attempts", 2)
	v = r.want(t, 200, "aino", "GET", activities+"timed", "")
	wantAt(t, v, "quiz.left", 0, "quiz.best.points", 2, "quiz.history.0.id", first, "quiz.history.1.passed", true, "quiz.history.2", nil, "done", true)

	learner := r.want(t, 200, "tove", "GET", "/api/cohorts/k1/learners/aino", "")
	wantAt(t, learner, "modules.1.activities.2.id", "timed", "modules.1.activities.2.spent", true, "modules.1.activities.1.spent", false)
	const reopening = "/api/cohorts/k1/learners/aino/quizzes/timed/reopening"
	r.want(t, 400, "tove", "POST", reopening, `{"reason":"  "}`)
	r.want(t, 404, "viljo", "POST", reopening, `{"reason":"Yhteys katkesi."}`)
	wantAt(t, r.want(t, 409, "tove", "POST", "/api/cohorts/k1/learners/bo/quizzes/timed/reopening", `{"reason":"x"}`), "code", "attempts_left")
	wantAt(t, r.want(t, 409, "tove", "POST", "/api/cohorts/k1/learners/aino/quizzes/check/reopening", `{"reason":"x"}`), "code", "attempts_left")
	wantAt(t, r.want(t, 409, "tove", "POST", "/api/cohorts/k1/learners/aino/quizzes/l1/reopening", `{"reason":"x"}`), "code", "wrong_kind")
	r.want(t, 204, "tove", "POST", reopening, `{"reason":"Yhteys katkesi."}`)
	wantAt(t, r.want(t, 409, "tove", "POST", reopening, `{"reason":"Toinen."}`), "code", "attempts_left")
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"timed", ""), "quiz.left", 1, "quiz.limit", 3)
	third, asked := r.start(t, "aino", "timed")
	r.want(t, 201, "aino", "POST", activities+"timed/attempts", chose(third, asked, "b"))
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"timed", ""), "quiz.left", 0, "quiz.best.points", 2, "quiz.last.points", 0, "done", true)
	if wrong := r.state.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
}

// What was started is asked, marked and shown by the version it was started with.
func TestNewVersionChangesNoAttempt(t *testing.T) {
	r := quizRegion(t)
	attempt, asked := r.start(t, "aino", "timed")
	next := quizContent("q2")
	timed := &next.Modules[1].Activities[2]
	for i := range timed.Questions {
		timed.Questions[i].ID = fmt.Sprint("new", i)
		timed.Questions[i].Options[0].Correct, timed.Questions[i].Options[1].Correct = false, true
	}
	timed.Pass = 1
	if err := r.service.Publish(context.Background(), []*Content{next}); err != nil {
		t.Fatal(err)
	}
	v := r.want(t, 200, "aino", "GET", activities+"timed", "")
	wantAt(t, v, "quiz.questions.0.id", asked[0], "quiz.questions.1.id", asked[1], "quiz.pass", 2)
	v = r.want(t, 201, "aino", "POST", activities+"timed/attempts", chose(attempt, asked, "a"))
	wantAt(t, v, "attempt.points", 2, "attempt.passed", true, "attempt.pass", 2)
	id, _ := at(v, "attempt", "id").(string)
	_, before := r.raw(t, "aino", "GET", activities+"timed/attempts/"+id, "")

	// Even the activity may go, and attempts after it come.
	second, asked := r.start(t, "aino", "timed")
	if !strings.HasPrefix(asked[0], "new") {
		t.Errorf("the new version asks %v", asked)
	}
	gone := sampleContent("q3")
	if err := r.service.Publish(context.Background(), []*Content{gone}); err != nil {
		t.Fatal(err)
	}
	if got := r.service.contents.newest["coord"].Hash; got != "q3" {
		t.Errorf("the newest version in memory is %s", got)
	}
	r.want(t, 404, "aino", "GET", activities+"timed", "")
	wantAt(t, r.want(t, 201, "aino", "POST", activities+"timed/attempts", chose(second, asked, "b")), "attempt.points", 2)
	if status, after := r.raw(t, "aino", "GET", activities+"timed/attempts/"+id, ""); status != 200 || string(after) != string(before) {
		t.Errorf("the attempt reads %d %s, before %s", status, after, before)
	}
	if got := r.service.contents.newest["coord"].Hash; got != "q3" {
		t.Errorf("looking at an old attempt put %s into the place of the newest", got)
	}
	// A server that never saw the first versions reads them.
	other := r.another(t)
	if status, there := other.raw(t, "aino", "GET", activities+"timed/attempts/"+id, ""); status != 200 || string(there) != string(before) {
		t.Errorf("another server: %d %s", status, there)
	}
}

func TestTimeLimit(t *testing.T) {
	const end = 20 * time.Minute
	tests := []struct {
		name   string
		at     time.Duration
		status int
		body   func(attempt string, asked []string) string
		points int
	}{
		{"just before the end", end - time.Millisecond, 201, nil, 2},
		{"an answer missing before the end", end - time.Millisecond, 400, func(a string, q []string) string { return chose(a, q[:1], "a") }, 0},
		{"an answer missing at the end", end, 201, func(a string, q []string) string { return chose(a, q[:1], "a") }, 1},
		{"nothing at the end", end + time.Second, 201, func(a string, _ []string) string { return `{"attempt":"` + a + `","answers":[]}` }, 0},
		{"at the end of the grace", end + grace, 201, nil, 2},
		{"after the grace", end + grace + time.Millisecond, 409, nil, 1}, // what was saved counts
		{"a day later", 24 * time.Hour, 409, nil, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := quizRegion(t)
			attempt, asked := r.start(t, "aino", "timed")
			r.want(t, 200, "aino", "PUT", "/api/drafts/coord.timed", drafting(0, map[string]any{"_attempt": attempt, asked[1]: []string{"a"}}))
			r.at(test.at)
			body := chose(attempt, asked, "a")
			if test.body != nil {
				body = test.body(attempt, asked)
			}
			v := r.want(t, test.status, "aino", "POST", activities+"timed/attempts", body)
			if test.status == 409 {
				wantAt(t, v, "code", "time_over")
			}
			page := r.want(t, 200, "aino", "GET", activities+"timed", "")
			if test.status == 400 {
				wantAt(t, v, "code", "quiz_answers", "fields.0.code", "missing")
				wantAt(t, page, "quiz.open.attempt", attempt, "quiz.attempts", 0)
				return
			}
			wantAt(t, page, "quiz.open", nil, "quiz.last.points", test.points, "quiz.attempts", 1, "draft.text", "")
		})
	}
}

// A draft is no way to answer after the end, and that of another attempt is none of this one.
func TestLateDrafts(t *testing.T) {
	r := quizRegion(t)
	attempt, asked := r.start(t, "aino", "timed")
	right := map[string]any{"_attempt": attempt, asked[0]: []string{"a"}, asked[1]: []string{"a"}, "zz": "x", "t9": 5, "t8": nil}
	r.at(20*time.Minute + grace + time.Millisecond)
	wantAt(t, r.want(t, 409, "aino", "PUT", "/api/drafts/coord.timed", drafting(0, right)), "code", "time_over")
	r.at(20 * time.Minute)
	r.want(t, 200, "aino", "PUT", "/api/drafts/coord.timed", drafting(0, right))
	r.at(time.Hour)
	// Whoever looks first hands it in; here it is the start of the next one.
	second, asked := r.start(t, "aino", "timed")
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"timed", ""), "quiz.history.0.points", 2, "quiz.open.attempt", second, "draft.text", "")
	old := drafting(0, map[string]any{"_attempt": attempt, asked[0]: []string{"a"}})
	wantAt(t, r.want(t, 409, "aino", "PUT", "/api/drafts/coord.timed", old), "code", "attempt_over")
	r.at(2 * time.Hour)
	wantAt(t, r.want(t, 409, "aino", "PUT", "/api/drafts/coord.timed", old), "code", "time_over")
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"timed", ""), "quiz.history.1.points", 0, "quiz.left", 0)
	wantAt(t, r.want(t, 409, "aino", "PUT", "/api/drafts/coord.timed", old), "code", "attempt_over") // none is open any more
	r.want(t, 200, "aino", "PUT", "/api/drafts/coord.case", old)                                     // what looks like it in a task is a text
	for _, broken := range []string{"", "null", "[]", "{", `{"_attempt":5}`, `{"_attempt":"` + second + `","t0":{"a":1}}`, `"x"`} {
		if got := drafted(broken, second); len(got) != 0 {
			t.Errorf("%q: got %v", broken, got)
		}
	}
}

// Two servers that tick at once hand every late attempt in, once.
func TestTwoServersTick(t *testing.T) {
	r := quizRegion(t)
	r.shared = true
	var events []journal.Event
	const people5 = 5
	for n := range people5 {
		person := fmt.Sprint("p", n)
		events = append(events, people.PersonAdded{Person: person, Org: "school", Language: "fi", Grants: placed("trainee", "east"), Credential: "c" + person},
			LearnerEnrolled{Cohort: "k1", Course: "coord", Person: person})
	}
	r.happen(t, events...)
	for n := range people5 {
		person := fmt.Sprint("p", n)
		attempt, asked := r.start(t, person, "timed")
		r.want(t, 200, person, "PUT", "/api/drafts/coord.timed", drafting(0, map[string]any{"_attempt": attempt, asked[0]: []string{"a"}}))
	}
	r.start(t, "aino", "every") // has no end
	r.journal.Close()
	r.clock.Store(0)
	one, two := r.another(t), r.another(t)
	late := noon.Add(21 * time.Minute).UnixMilli()
	one.clock.Store(late)
	two.clock.Store(late)
	before := one.journal.Applied()
	var all sync.WaitGroup
	for _, server := range []*region{one, two, one, two} {
		all.Go(func() {
			if err := server.service.CloseQuizzes(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if err := two.journal.WaitFor(context.Background(), one.journal.Applied()); err != nil {
		t.Fatal(err)
	}
	if err := one.journal.WaitFor(context.Background(), two.journal.Applied()); err != nil {
		t.Fatal(err)
	}
	if got := one.journal.Applied() - before; got != people5 {
		t.Errorf("%d commits, want %d", got, people5)
	}
	texts := 0
	one.eachVault(t, func(string) { texts++ })
	if texts != people5 {
		t.Errorf("%d texts are kept, want %d", texts, people5)
	}
	for n := range people5 {
		wantAt(t, two.want(t, 200, fmt.Sprint("p", n), "GET", activities+"timed", ""), "quiz.last.points", 1, "quiz.attempts", 1, "draft.text", "", "quiz.open", nil)
	}
	wantAt(t, two.want(t, 200, "aino", "GET", activities+"every", ""), "quiz.attempts", 0)
	if one.hash(t) != two.hash(t) {
		t.Error("the servers differ")
	}
	if wrong := one.state.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
}

// Open answers wait for a trainer of the cohort, whose look is logged and whose marks finish the attempt.
func TestOpenAnswers(t *testing.T) {
	r := quizRegion(t)
	attempt, _ := r.start(t, "aino", "every")
	var body string
	r.journal.View(func() {
		run := r.state.run("coord", "aino", "every")
		_, quiz := r.service.contents.newest["coord"].Find("every")
		var answers []answerRequest
		for _, a := range rightTo(paperOf(quiz, run.Seed, run.Questions)) {
			answers = append(answers, answerRequest(a))
		}
		raw, _ := json.Marshal(attemptRequest{Attempt: attempt, Answers: answers})
		body = string(raw)
	})
	v := r.want(t, 201, "aino", "POST", activities+"every/attempts", body)
	wantAt(t, v, "attempt.waits", true, "attempt.points", 13, "attempt.max", 16, "attempt.passed", false, "attempt.answers.7.waits", true)
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"every", ""), "state", "waits", "quiz.waits", true, "quiz.attempts", 1, "quiz.best", nil, "quiz.left", 2)
	wantAt(t, r.want(t, 409, "aino", "POST", activities+"every/start", ""), "code", "attempt_waits")
	wantAt(t, r.want(t, 200, "tove", "GET", "/api/feedback-queue", ""), "total", 1, "entries.0.what", "quiz", "entries.0.person", "aino",
		"entries.0.activity", "every", "entries.0.since", "2026-11-20T12:00:00Z")

	const open = "/api/cohorts/k1/learners/aino/quizzes/every"
	r.want(t, 404, "viljo", "GET", open, "")
	r.want(t, 404, "tove", "GET", "/api/cohorts/k1/learners/bo/quizzes/every", "")
	r.want(t, 404, "tove", "GET", "/api/cohorts/k1/learners/aino/quizzes/timed", "")
	r.want(t, 403, "aino", "GET", open, "")
	before := r.looks(t, "aino")
	v = r.want(t, 200, "tove", "GET", open, "")
	wantAt(t, v, "attempt", attempt, "points", 13, "max", 16, "pass", 8, "answers.0.question", "e", "answers.0.max", 3, "answers.0.answer", "Kysyisin ensin.", "answers.1", nil)
	if after := r.looks(t, "aino"); after != before+1 {
		t.Errorf("%d looks are logged, want %d", after, before+1)
	}
	r.want(t, 404, "tove", "GET", "/api/cohorts/k1/learners/aino/submissions/every", "")

	marks := func(points int, of string) string {
		return fmt.Sprintf(`{"attempt":%q,"marks":[{"question":"e","points":%d,"comment":"Hyvä alku."}],"comment":"Kiitos."}`, of, points)
	}
	wantAt(t, r.want(t, 400, "tove", "POST", open+"/marks", marks(4, attempt)), "code", "marks", "fields.0.name", "marks[0].points")
	r.want(t, 400, "tove", "POST", open+"/marks", strings.Replace(marks(2, attempt), "Kiitos.", strings.Repeat("ä", 200_000), 1))
	r.want(t, 400, "tove", "POST", open+"/marks", strings.Replace(marks(2, attempt), "Kiitos.", "131052-308T", 1))
	r.want(t, 404, "tove", "POST", open+"/marks", marks(2, "another"))
	r.want(t, 404, "viljo", "POST", open+"/marks", marks(2, attempt))
	r.want(t, 403, "aino", "POST", open+"/marks", marks(3, attempt))
	r.at(time.Hour)
	r.want(t, 204, "tove", "POST", open+"/marks", marks(2, attempt), "Idempotency-Key", "m1")
	r.want(t, 204, "tove", "POST", open+"/marks", marks(2, attempt), "Idempotency-Key", "m1")
	r.want(t, 404, "tove", "POST", open+"/marks", marks(3, attempt))
	v = r.want(t, 200, "aino", "GET", activities+"every", "")
	wantAt(t, v, "quiz.waits", false, "quiz.attempts", 1, "quiz.left", 2, "quiz.last.points", 15, "quiz.last.passed", true, "quiz.last.comment", "Kiitos.",
		"quiz.last.answers.7.points", 2, "quiz.last.answers.7.comment", "Hyvä alku.", "quiz.history.1", nil, "done", true)
	wantAt(t, r.want(t, 200, "tove", "GET", "/api/cohorts/k1/learners/aino", ""), "timeline.0.what", "passed", "timeline.0.points", 15,
		"timeline.1.what", "submitted", "modules.1.activities.1.attempts", 1)
	if wrong := r.state.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
}

// looks counts what is logged about a person.
func (r *region) looks(t *testing.T, person string) int {
	t.Helper()
	looks, err := r.access.Of(context.Background(), person)
	if err != nil {
		t.Fatal(err)
	}
	return len(looks)
}

// What is asked never tells what is right, also not by the order or the ids of its parts.
func TestOpenAttemptTellsNothing(t *testing.T) {
	r := quizRegion(t)
	for _, person := range []string{"aino", "bo"} {
		r.start(t, person, "every")
		_, raw := r.raw(t, person, "GET", activities+"every", "")
		for _, told := range []string{"orrect", "Palaute", "ight", "työkyky", "6,8", "olerance", "uide", `"x"`, `"id":"oikea`} {
			if strings.Contains(string(raw), told) {
				t.Errorf("the attempt tells %q: %s", told, raw)
			}
		}
		var v any
		if err := json.Unmarshal(raw, &v); err != nil {
			t.Fatal(err)
		}
		wantAt(t, v, "quiz.questions.4.type", "ordering", "quiz.questions.4.options.0.id", "1", "quiz.questions.3.lefts.1.id", "l")
		if at(v, "quiz", "questions", 4, "options", 0, "text") == "kohta x" && at(v, "quiz", "questions", 4, "options", 1, "text") == "kohta y" {
			t.Error("the items stand in the right order")
		}
	}
}

// The order in which parts are shown cannot be undone with anything that the page or the addresses tell, the attempt's id among it.
func TestTheSeedIsNotTheId(t *testing.T) {
	r := quizRegion(t)
	r.service.newID = func() string { return "the-same-id" }
	first, err := r.service.tryOut("aino", "every")
	if err != nil {
		t.Fatal(err)
	}
	second, err := r.service.tryOut("bo", "every")
	if err != nil || first.Attempt != second.Attempt || first.Seed == second.Seed {
		t.Errorf("attempt %s has the seed %d, and again %d: %v", second.Attempt, first.Seed, second.Seed, err)
	}
}

// tryOut starts an attempt and gives what is known of it here.
func (s *Service) tryOut(person, activity string) (Run, error) {
	if err := s.tryStart(context.Background(), auth.Caller{Identity: auth.Identity{Person: person}}, "coord", activity); err != nil {
		return Run{}, err
	}
	var r Run
	s.journal.View(func() { r = *s.state.run("coord", person, activity) })
	return r, nil
}

func TestBadAttemptsChangeNothing(t *testing.T) {
	r := quizRegion(t)
	mine, asked := r.start(t, "aino", "timed")
	theirs, _ := r.start(t, "bo", "timed")
	other, _ := r.start(t, "aino", "every")
	open, _ := r.start(t, "bo", "every")
	before := r.hash(t)
	const attempts = activities + "timed/attempts"
	long := strings.Repeat("ä", 200_000)
	tests := []struct {
		name, person, method, path, body string
		status                           int
		code                             string
	}{
		{"an attempt of somebody else", "aino", "POST", attempts, chose(theirs, asked, "a"), 409, "attempt_over"},
		{"an attempt at another quiz", "aino", "POST", attempts, chose(other, asked, "a"), 409, "attempt_over"},
		{"an attempt nobody started", "aino", "POST", attempts, chose("nobody", asked, "a"), 409, "attempt_over"},
		{"no attempt", "aino", "POST", attempts, chose("", asked, "a"), 409, "not_started"},
		{"an odd attempt", "aino", "POST", attempts, chose("a b", asked, "a"), 400, "invalid_request"},
		{"answers from another course", "aino", "POST", "/api/courses/other/activities/timed/attempts", chose(mine, asked, "a"), 404, "not_enrolled"},
		{"a start in another course", "aino", "POST", "/api/courses/other/activities/timed/start", "", 404, "not_enrolled"},
		{"a start of a lesson", "aino", "POST", activities + "l1/start", "", 409, "wrong_kind"},
		{"a start of nothing", "aino", "POST", activities + "zz/start", "", 404, "unknown_activity"},
		{"a start by somebody who is not enrolled", "cecilia", "POST", activities + "timed/start", "", 404, "not_enrolled"},
		{"a question that was not drawn", "aino", "POST", attempts, chose(mine, []string{"t0", "t1", "t2", "t3"}, "a"), 400, "quiz_answers"},
		{"an answer too few", "aino", "POST", attempts, chose(mine, asked[:1], "a"), 400, "quiz_answers"},
		{"an answer twice", "aino", "POST", attempts, chose(mine, []string{asked[0], asked[1], asked[0]}, "a"), 400, "quiz_answers"},
		{"an unknown option", "aino", "POST", attempts, chose(mine, asked, "z"), 400, "quiz_answers"},
		{"points", "aino", "POST", attempts, `{"attempt":"` + mine + `","answers":[],"points":2}`, 400, "invalid_request"},
		{"a long open answer", "bo", "POST", activities + "every/attempts", `{"attempt":"` + open + `","answers":[{"question":"e","text":"` + long + `"}]}`, 400, "invalid_request"},
		{"too many options", "aino", "POST", attempts, chose(mine, asked[:1], `a","a","a","a","a","a","a","a","a","a","a","a","a","a","a","a","a","a","a","a","a","a`), 400, "invalid_request"},
		{"a review of an open attempt", "aino", "GET", attempts + "/" + mine, "", 404, "not_found"},
		{"a review of somebody else's", "aino", "GET", attempts + "/" + theirs, "", 404, "not_found"},
		{"marks of what is open", "tove", "POST", "/api/cohorts/k1/learners/aino/quizzes/timed/marks", `{"attempt":"` + mine + `","marks":[{"question":"t0","points":1}]}`, 404, "not_found"},
		{"a long draft", "aino", "PUT", "/api/drafts/coord.timed", `{"rev":0,"text":"` + long + `"}`, 400, "invalid_request"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			wantAt(t, r.want(t, test.status, test.person, test.method, test.path, test.body), "code", test.code)
			if r.hash(t) != before {
				t.Error("the state changed")
			}
		})
	}
	r.eachVault(t, func(id string) { t.Errorf("%s was kept", id) })
	r.want(t, 201, "aino", "POST", attempts, chose(mine, asked, "a"))
}

// Whoever is erased has no attempt that could be handed in or marked, and nothing of theirs is kept.
func TestErasedAttempts(t *testing.T) {
	r := quizRegion(t)
	attempt, asked := r.start(t, "aino", "timed")
	r.want(t, 201, "aino", "POST", activities+"timed/attempts", chose(attempt, asked, "b"))
	attempt, asked = r.start(t, "aino", "timed")
	r.want(t, 201, "aino", "POST", activities+"timed/attempts", chose(attempt, asked, "b"))
	r.want(t, 204, "tove", "POST", "/api/cohorts/k1/learners/aino/quizzes/timed/reopening", `{"reason":"Sairastui kesken."}`)
	r.start(t, "aino", "timed")
	named := map[string]bool{}
	for id := range r.state.Texts() {
		named[id] = true
	}
	r.eachVault(t, func(id string) {
		if !named[id] {
			t.Errorf("%s would be swept", id)
		}
	})
	r.happen(t, people.PersonErased{Person: "aino"})
	if err := r.vault.Erase(context.Background(), "aino", r.state.TextsOf("aino")); err != nil {
		t.Fatal(err)
	}
	r.at(time.Hour)
	if err := r.service.CloseQuizzes(context.Background()); err != nil {
		t.Fatal(err)
	}
	r.eachVault(t, func(id string) { t.Errorf("%s is still there", id) })
	if n := len(r.state.data.Runs); n != 0 {
		t.Errorf("%d attempts are open", n)
	}
}
