package courses

import (
	"encoding/json"
	"testing"

	"luotsi/server/fault"
	"luotsi/server/web"
)

// FuzzAttemptRequest sends any bytes the way of an attempt: decoding, validating, marking. Whatever comes, a refusal is a
// coded 400, and what is marked is what was asked.
func FuzzAttemptRequest(f *testing.F) {
	f.Add([]byte(allRight))
	f.Add([]byte(mostWrong))
	f.Add([]byte(`{"answers":[{"question":"q1","options":["a"]},{"question":"q1","options":["a"]}]}`))
	f.Add([]byte(`{"answers":[{"question":"q3","text":"131052-308T"}]}`))
	f.Add([]byte(`{"answers":null}`))
	f.Add([]byte(`{"answers":[null,{"options":[null]}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var req attemptRequest
		if wrong, err := web.DecodeJSON(body, &req); err != nil || wrong != nil {
			if f, ok := fault.As(err); err != nil && (!ok || f.Kind != fault.Invalid) {
				t.Fatalf("decoding: %v", err)
			}
			return
		}
		req.Course, req.Activity = "coord", "check"
		if len(web.Validate(&req)) > 0 {
			return
		}
		answers := make([]QuizAnswer, len(req.Answers))
		for i, a := range req.Answers {
			answers[i] = QuizAnswer(a)
		}
		result, err := WholePaper(sampleQuiz()).Mark(answers)
		if err != nil {
			if f, ok := fault.As(err); !ok || f.Kind != fault.Invalid || len(f.Fields) == 0 {
				t.Fatalf("marking: %v", err)
			}
			return
		}
		if len(answers) != 3 || len(result.Answers) != 3 || result.Points > result.Max {
			t.Fatalf("%d answers gave %+v", len(answers), result)
		}
		if _, err := json.Marshal(result); err != nil {
			t.Fatal(err)
		}
	})
}
