package courses

import (
	"context"
	"testing"
	"time"
)

// A version that opens everything later and in another order: what was finished, handed in or begun is served and taken as before,
// and what was not says why it is closed and what opens it; nobody jumps to the end by an address.
func TestALaterDateClosesNothingFinished(t *testing.T) {
	r := quizRegion(t)
	r.want(t, 200, "aino", "POST", activities+"l1/done", "")
	attempt, asked := r.start(t, "aino", "timed")
	before := at(r.want(t, 200, "aino", "GET", "/api/courses/coord", ""), "percent")

	var content *Content
	r.journal.View(func() {
		content, _ = r.service.contents.get(context.Background(), "coord", r.state.editions["coord"].hash)
	})
	later := *content
	later.Hash, later.Modules = "later", append([]Module(nil), content.Modules...)
	for m := range later.Modules {
		later.Modules[m].Gate.Opens.Day = "2027-01-07"
		later.Modules[m].Activities = append([]Activity(nil), content.Modules[m].Activities...)
		for a := range later.Modules[m].Activities {
			if id := later.Modules[m].Activities[a].ID; id == "timed" || id == "l2" {
				later.Modules[m].Activities[a].Gate.After = []string{"case"}
			}
		}
	}
	if err := r.service.Publish(context.Background(), []*Content{&later}); err != nil {
		t.Fatal(err)
	}

	wantAt(t, r.want(t, 200, "aino", "GET", activities+"l1", ""), "state", "done")
	r.want(t, 200, "aino", "POST", activities+"l1/done", "")
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"timed", ""), "state", "begun", "quiz.open.attempt", attempt, "quiz.questions.0.id", asked[0])
	wantAt(t, r.want(t, 201, "aino", "POST", activities+"timed/attempts", chose(attempt, asked, "a")), "attempt.passed", true)
	if after := at(r.want(t, 200, "aino", "GET", "/api/courses/coord", ""), "percent"); after.(float64) < before.(float64) {
		t.Errorf("the percentage fell from %v to %v", before, after)
	}
	for _, call := range [][2]string{
		{"GET", "l2"}, {"POST", "l2/done"}, {"POST", "timed/start"}, {"POST", "case/submission"},
	} {
		person, body := "aino", ""
		if call[1] == "timed/start" {
			person = "bo"
		}
		if call[1] == "case/submission" {
			body = `{"text":"Ohitin oppitunnit."}`
		}
		wantAt(t, r.want(t, 409, person, call[0], activities+call[1], body), "code", "locked", "info.locks.0.opens", "2027-01-07")
	}
	wantAt(t, r.want(t, 409, "aino", "POST", activities+"l2/done", ""), "info.locks.1.after", "case")

	r.clock.Store(time.Date(2027, 1, 6, 22, 0, 0, 0, time.UTC).UnixMilli()) // midnight in Finland
	wantAt(t, r.want(t, 409, "aino", "POST", activities+"l2/done", ""), "info.locks.0.after", "case")
	r.want(t, 201, "aino", "POST", activities+"case/submission", `{"text":"Jari osaa reitit."}`)
	r.want(t, 200, "aino", "POST", activities+"l2/done", "")
}
