package courses

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"luotsi/server/journal"
	"luotsi/server/people"
)

const openOfAino = "/api/cohorts/k1/learners/aino/quizzes/every"

// answersAll hands in an attempt at the quiz with every type, all of it right, and gives the attempt and the submission that waits.
func (r *region) answersAll(t testing.TB, person string) (attempt, submission string) {
	t.Helper()
	attempt, _ = at(r.want(t, 201, person, "POST", activities+"every/start", ""), "attempt").(string)
	var body []byte
	r.journal.View(func() {
		run := r.state.run("coord", person, "every")
		_, quiz := r.service.contents.newest["coord"].Find("every")
		var answers []answerRequest
		for _, a := range rightTo(paperOf(quiz, run.Seed, run.Questions)) {
			answers = append(answers, answerRequest(a))
		}
		body, _ = json.Marshal(attemptRequest{Attempt: attempt, Answers: answers})
	})
	r.want(t, 201, person, "POST", activities+"every/attempts", string(body))
	r.journal.View(func() { submission = r.state.run("coord", person, "every").Answers })
	return attempt, submission
}

func marksOf(attempt, question string, points int) string {
	return fmt.Sprintf(`{"attempt":%q,"marks":[{"question":%q,"points":%d}]}`, attempt, question, points)
}

// secondTrainer is another trainer of the unit.
func (r *region) secondTrainer(t testing.TB) {
	t.Helper()
	r.name(t, "tuija", "Tuija Kouluttaja", "fi")
	r.happen(t, people.PersonAdded{Person: "tuija", Org: "school", Language: "fi", Grants: placed("trainer", "east"), Credential: "c-tuija"})
}

// Open answers stand in the queue like every other text, are reserved to one marker, and leave it with their points.
func TestOpenAnswersInTheQueue(t *testing.T) {
	r := quizRegion(t)
	r.secondTrainer(t)
	attempt, submission := r.answersAll(t, "aino")
	queue := func(trainer string) map[string]any { return r.want(t, 200, trainer, "GET", "/api/feedback-queue", "") }
	wantAt(t, queue("tove"), "entries.0.submission", submission, "entries.0.what", "quiz", "entries.0.activity", "every", "entries.0.cohort", "k1", "total", 1,
		"modules.0.count", 1, "cohorts.0.count", 1)
	wantAt(t, queue("viljo"), "total", 0)
	wantAt(t, queue("tim"), "total", 0)

	reservation := "/api/submissions/" + submission + "/reservation"
	r.want(t, 404, "viljo", "PUT", reservation, `{"takeOver":false}`)
	r.want(t, 403, "aino", "PUT", reservation, `{"takeOver":false}`)
	r.want(t, 200, "tuija", "PUT", reservation, `{"takeOver":false}`)
	wantAt(t, queue("tove"), "entries.0.reservedBy", "Tuija Kouluttaja", "entries.0.mine", false)
	wantAt(t, r.want(t, 200, "tove", "GET", openOfAino, ""), "submission", submission, "reservedBy", "Tuija Kouluttaja", "mine", false,
		"title", "Kaikki", "name", "Aino Ahola", "cohortName", "Syksy 2026")
	v := r.want(t, 409, "tove", "PUT", reservation, `{"takeOver":true}`)
	wantAt(t, v, "code", "reserved", "info.name", "Tuija Kouluttaja", "info.over", false)
	v = r.want(t, 409, "tove", "POST", openOfAino+"/marks", marksOf(attempt, "e", 3))
	wantAt(t, v, "code", "reserved", "info.name", "Tuija Kouluttaja")

	// A draft is the marker's own, and no feedback can be given on it as on a text.
	r.want(t, 200, "tuija", "PUT", "/api/drafts/feedback%3A"+submission, `{"rev":0,"text":"{\"points\":{}}"}`)
	r.want(t, 404, "viljo", "PUT", "/api/drafts/feedback:"+submission, `{"rev":0,"text":"x"}`)
	wantAt(t, r.want(t, 200, "tuija", "GET", openOfAino, ""), "mine", true, "draft.rev", 1)
	wantAt(t, r.want(t, 200, "tove", "GET", openOfAino, ""), "draft.rev", 0)
	wantAt(t, r.want(t, 409, "tuija", "GET", "/api/submissions/"+submission, ""), "code", "wrong_kind")
	wantAt(t, r.want(t, 409, "tuija", "POST", "/api/submissions/"+submission+"/feedback", `{"verdict":"noted","words":"Hyvä","comments":[],"rubric":[],"older":false}`), "code", "wrong_kind")
	wantAt(t, r.want(t, 409, "tuija", "POST", "/api/submissions/"+submission+"/approval", `{"stage":"first","words":"","rubric":[],"second":""}`), "code", "wrong_kind")

	// Half an hour later another may take it over, and does.
	r.at(reservedFor)
	wantAt(t, r.want(t, 409, "tove", "PUT", reservation, `{"takeOver":false}`), "info.over", true)
	r.want(t, 200, "tove", "PUT", reservation, `{"takeOver":true}`)
	wantAt(t, r.want(t, 409, "tuija", "POST", openOfAino+"/marks", marksOf(attempt, "e", 3)), "code", "reserved")
	r.want(t, 204, "tove", "POST", openOfAino+"/marks", marksOf(attempt, "e", 3))
	wantAt(t, queue("tove"), "total", 0, "entries.0", nil)
	wantAt(t, r.want(t, 409, "tove", "PUT", reservation, `{"takeOver":false}`), "code", "already_marked")
	r.journal.View(func() {
		if _, kept := r.state.data.Marks.Reserved[submission]; kept {
			t.Error("the reservation outlives the marks")
		}
	})
	if wrong := r.state.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
}

// Marks that do not fit are refused, and nothing changes.
func TestMarksThatDoNotFit(t *testing.T) {
	r := quizRegion(t)
	attempt, _ := r.answersAll(t, "aino")
	other, _ := r.answersAll(t, "bo")
	tests := []struct {
		name, trainer, path, body string
		status                    int
		code                      string
	}{
		{"more points than there are", "tove", openOfAino, marksOf(attempt, "e", 4), 400, "marks"},
		{"less than none", "tove", openOfAino, marksOf(attempt, "e", -1), 400, "invalid_request"},
		{"half a point", "tove", openOfAino, fmt.Sprintf(`{"attempt":%q,"marks":[{"question":"e","points":1.5}]}`, attempt), 400, "invalid_request"},
		{"a question of another quiz", "tove", openOfAino, marksOf(attempt, "t0", 1), 400, "marks"},
		{"a question that is not open", "tove", openOfAino, marksOf(attempt, "s", 1), 400, "marks"},
		{"the same question twice", "tove", openOfAino, fmt.Sprintf(`{"attempt":%q,"marks":[{"question":"e","points":1},{"question":"e","points":3}]}`, attempt), 400, "marks"},
		{"no marks", "tove", openOfAino, fmt.Sprintf(`{"attempt":%q,"marks":[]}`, attempt), 400, "marks"},
		{"another attempt", "tove", openOfAino, marksOf("another", "e", 1), 404, "not_found"},
		{"somebody else's attempt", "tove", openOfAino, marksOf(other, "e", 1), 404, "not_found"},
		{"another quiz", "tove", "/api/cohorts/k1/learners/aino/quizzes/timed", marksOf(attempt, "e", 1), 404, "not_found"},
		{"another cohort", "tove", "/api/cohorts/k2/learners/aino/quizzes/every", marksOf(attempt, "e", 1), 404, "not_found"},
		{"a trainer of another unit", "viljo", openOfAino, marksOf(attempt, "e", 1), 404, "not_found"},
		{"a trainer of another organisation", "tim", openOfAino, marksOf(attempt, "e", 1), 404, "not_found"},
		{"a manager", "mari", openOfAino, marksOf(attempt, "e", 1), 403, "forbidden"},
		{"a doctor", "doris", openOfAino, marksOf(attempt, "e", 1), 403, "forbidden"},
		{"the learner", "aino", openOfAino, marksOf(attempt, "e", 3), 403, "forbidden"},
	}
	before := r.journal.Applied()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			wantAt(t, r.want(t, test.status, test.trainer, "POST", test.path+"/marks", test.body), "code", test.code)
		})
	}
	if now := r.journal.Applied(); now != before {
		t.Errorf("%d commits", now-before)
	}
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"every", ""), "quiz.waits", true)
}

// Who learns and trains in the same unit does not mark themselves.
func TestNobodyMarksTheirOwnAnswers(t *testing.T) {
	r := quizRegion(t)
	r.name(t, "both", "Bea Molempi", "fi")
	r.happen(t, people.PersonAdded{Person: "both", Org: "school", Language: "fi", Credential: "c-both",
		Grants: append(placed("trainer", "east"), placed("trainee", "east")...)},
		LearnerEnrolled{Cohort: "k1", Course: "coord", Person: "both"})
	attempt, submission := r.answersAll(t, "both")
	const own = "/api/cohorts/k1/learners/both/quizzes/every"
	wantAt(t, r.want(t, 200, "both", "GET", "/api/feedback-queue", ""), "total", 0)
	wantAt(t, r.want(t, 409, "both", "GET", own, ""), "code", "own_work")
	wantAt(t, r.want(t, 409, "both", "POST", own+"/marks", marksOf(attempt, "e", 3)), "code", "own_work")
	wantAt(t, r.want(t, 409, "both", "PUT", "/api/submissions/"+submission+"/reservation", `{"takeOver":false}`), "code", "own_work")
	r.want(t, 204, "tove", "POST", own+"/marks", marksOf(attempt, "e", 3))
}

// An attempt waits with what it was started with, whatever is published meanwhile, and several attempts are marked one by one.
func TestSeveralAttemptsWithOpenAnswers(t *testing.T) {
	r := quizRegion(t)
	first, _ := r.answersAll(t, "aino")
	r.want(t, 204, "tove", "POST", openOfAino+"/marks", marksOf(first, "e", 0))
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"every", ""), "quiz.history.0.points", 13, "quiz.left", 2)
	r.at(time.Hour)
	second, submission := r.answersAll(t, "aino")
	next := quizContent("q2")
	every := &next.Modules[1].Activities[1]
	for i := range every.Questions {
		if every.Questions[i].ID == "e" {
			every.Questions[i].Points = 1
		}
	}
	if err := r.service.Publish(context.Background(), []*Content{next}); err != nil {
		t.Fatal(err)
	}
	wantAt(t, r.want(t, 200, "tove", "GET", "/api/feedback-queue", ""), "entries.0.submission", submission, "total", 1)
	wantAt(t, r.want(t, 200, "tove", "GET", openOfAino, ""), "attempt", second, "answers.0.max", 3)
	r.want(t, 404, "tove", "POST", openOfAino+"/marks", marksOf(first, "e", 3))
	r.want(t, 204, "tove", "POST", openOfAino+"/marks", marksOf(second, "e", 3))
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"every", ""), "quiz.history.0.points", 13, "quiz.history.1.points", 16, "quiz.best.points", 16,
		"quiz.history.2", nil, "done", true)
}

// What was there to mark goes with the learner: taken out of the cohort, or erased.
func TestOpenAnswersOfSomebodyWhoLeft(t *testing.T) {
	for name, event := range map[string]journal.Event{
		"removed": LearnerRemoved{Cohort: "k1", Course: "coord", Person: "aino"}, "erased": people.PersonErased{Person: "aino"},
	} {
		t.Run(name, func(t *testing.T) {
			r := quizRegion(t)
			attempt, submission := r.answersAll(t, "aino")
			r.happen(t, event)
			wantAt(t, r.want(t, 200, "tove", "GET", "/api/feedback-queue", ""), "total", 0)
			r.want(t, 404, "tove", "GET", openOfAino, "")
			r.want(t, 404, "tove", "POST", openOfAino+"/marks", marksOf(attempt, "e", 3))
			r.want(t, 404, "tove", "PUT", "/api/submissions/"+submission+"/reservation", `{"takeOver":false}`)
			if wrong := r.state.Check(); len(wrong) > 0 {
				t.Error(wrong)
			}
		})
	}
}
