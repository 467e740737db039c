package main

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"luotsi/courses/psycap"
	"luotsi/scheduling"
	"luotsi/server/vault"
)

// resources is a body with the twelve answers of the resource questionnaire, in the order hope, efficacy, resilience, optimism; 0 is left blank
// and -1 is what somebody did not want to answer.
func resources(values [12]int, over string) string {
	var answers []string
	for i, value := range values {
		item := fmt.Sprintf("%s%d", []string{"hope", "efficacy", "resilience", "optimism"}[i/3], i%3+1)
		switch value {
		case 0:
		case -1:
			answers = append(answers, `{"item":"`+item+`","refused":true}`)
		default:
			answers = append(answers, fmt.Sprintf(`{"item":%q,"value":%d}`, item, value))
		}
	}
	return `{"version":"1",` + over + `"answers":[` + strings.Join(answers, ",") + `]}`
}

// askedTwice asks the cohort at its start and at its end, which comes in so many days. The members have just come in: until the day of
// the end they have a start, and on it the end.
func (r *region) askedTwice(t *testing.T, p place, endsIn int) {
	t.Helper()
	must(t, r.happens(t.Context(), psycap.MeasuresPlanned{Cohort: p["cohort"], Ends: string((finnishToday() + scheduling.Day(endsIn)).Date()), Days: 21, Measures: []psycap.Measure{
		{Instrument: "voimavarat", Version: "1", Points: []psycap.Point{psycap.Start, psycap.End}},
		{Instrument: "tyokyky", Version: "1", Points: []psycap.Point{psycap.End}},
	}}))
}

// newestAnswers is the vault id of what was answered last.
func (r *region) newestAnswers(t *testing.T) (id string) {
	t.Helper()
	for _, e := range r.events(t, 0) {
		if e, ok := e.(psycap.MeasureAnswered); ok {
			id = e.Answers
		}
	}
	return id
}

// TestBeforeAndAfter: twelve answers before and after give four parts and a total with how they changed (A18). The verdict is "cannot
// tell" until a group of thirty of the same organisation has figures, and then what those figures say.
func TestBeforeAndAfter(t *testing.T) {
	r := openRegion(t)
	p := r.place[own]
	measure := "/api/psycap/measures/" + p["cohort"] + "/voimavarat/"
	results := func() answer {
		t.Helper()
		return r.want(t, 200, request{method: "GET", path: "/api/psycap/results", person: p["trainee"]})
	}
	r.askedTwice(t, p, 1)
	r.want(t, 204, request{method: "PUT", path: measure + "start/answers", body: resources([12]int{4, 4, 5, 3, 4, 3, 4, 4, 4, 5, 4, -1}, ""), person: p["trainee"]})
	r.askedTwice(t, p, 0)
	r.want(t, 404, request{method: "GET", path: measure + "start", person: p["trainee"]})
	r.want(t, 204, request{method: "PUT", path: measure + "end/answers", body: resources([12]int{5, 5, 5, 5, 6, 5, 4, 4, 0, 6, 5, 5}, ""), person: p["trainee"]})

	got := results()
	want := map[string][2]float64{"total": {44.0 / 11, 55.0 / 11}, "hope": {13.0 / 3, 5}, "efficacy": {10.0 / 3, 16.0 / 3}, "resilience": {4, 4}, "optimism": {4.5, 16.0 / 3}}
	scales, _ := got.at("results.0.scales").([]any)
	if len(scales) != len(want) || got.text("results.0.scales.0.scale") != "total" {
		t.Fatalf("got scales %v", scales)
	}
	for i := range scales {
		scale := got.text(fmt.Sprintf("results.0.scales.%d.scale", i))
		for at := range 2 {
			value, _ := got.at(fmt.Sprintf("results.0.points.%d.values.%d.value", at, i)).(float64)
			if diff := value - want[scale][at]; diff > 1e-9 || diff < -1e-9 {
				t.Errorf("%s at point %d: got %v, want %v", scale, at, value, want[scale][at])
			}
		}
	}
	verdict := func(a answer) string {
		return a.text("results.0.change.verdict") + " " + a.text("results.0.change.why")
	}
	if verdict(got) != "unknown too_few" {
		t.Errorf("got verdict %s", got.at("results.0.change"))
	}
	if got.at("results.0.points.0.refused") != 1.0 || got.text("results.0.label") == "" {
		t.Errorf("the refused question or the label is missing: %s", got.body)
	}

	report := func(org string, n int, sd float64, cohorts ...string) {
		t.Helper()
		must(t, r.happens(t.Context(), psycap.ReportMade{Report: r.unique("report"), Org: org, Cohorts: cohorts, Points: []psycap.Point{psycap.Start}, Sections: []psycap.ReportSection{{
			Instrument: "voimavarat", Version: "1", Figures: psycap.Figures{Scales: []psycap.ScaleFigures{{Scale: "total", N: n, Points: []psycap.PointFigures{{
				Point: psycap.Start, SD: psycap.Number{Value: sd}, Alpha: psycap.Number{Value: 0.82}, AlphaN: n,
			}}}}},
		}}}))
	}
	for _, step := range []struct {
		name string
		make func()
		want string
	}{
		{"29 people are too few", func() { report(p["org"], 29, 0.1, p["cohort"]) }, "unknown too_few"},
		{"others' people are not like ours", func() { report(r.place[other]["org"], 40, 0.1, r.place[other]["cohort"]) }, "unknown too_few"},
		{"nobody knows whose a table is", func() { report(p["org"], 40, 0.1) }, "unknown too_few"},
		// SD 0.99 and reliability 0.82: the least reliable change is 1.1642, and this one is 1.
		{"a change below what is reliable", func() { report(p["org"], 30, 0.99, p["cohort"]) }, "none "},
		// SD 0.8: the least reliable change is 0.9408.
		{"the newest counts", func() { report(p["org"], 31, 0.8, p["cohort"]) }, "up "},
	} {
		step.make()
		if got := verdict(results()); got != step.want {
			t.Errorf("%s: got %q, want %q", step.name, got, step.want)
		}
	}
}

// TestAnswersAreTheirOwn: no list has a question; others see nothing but what is shared, and each look is written down before it is
// shown; answers that are corrected, withdrawn or erased are gone from the vault at once, and the download has what is kept.
func TestAnswersAreTheirOwn(t *testing.T) {
	r := openRegion(t)
	p := r.place[own]
	r.askedTwice(t, p, 0)
	measure := "/api/psycap/measures/" + p["cohort"] + "/voimavarat/end"
	get := func(status int, path, person string) answer {
		t.Helper()
		return r.want(t, status, request{method: "GET", path: path, person: person})
	}
	put := func(status int, path, body string) answer {
		t.Helper()
		return r.want(t, status, request{method: "PUT", path: path, body: body, person: p["trainee"]})
	}
	gone := func(what, id string) {
		t.Helper()
		if _, err := r.vault.Get(t.Context(), id); !errors.Is(err, vault.ErrGone) {
			t.Errorf("%s: the text is still there: %v", what, err)
		}
	}

	question := get(200, measure, p["trainee"]).text("items.0.text")
	if question == "" {
		t.Fatal("the measure has no question")
	}
	put(200, "/api/drafts/psycap.measure."+p["cohort"]+".voimavarat.end", `{"rev":0,"text":"{\"hope1\":3}"}`)
	if got := get(200, measure, p["trainee"]); got.text("draft.text") != `{"hope1":3}` {
		t.Errorf("the draft is not there: %s", got.body)
	}
	if got := get(200, measure, p["coordinator"]); got.text("draft.text") != "" {
		t.Errorf("somebody else's draft is there: %s", got.body)
	}
	put(204, measure+"/answers", resources([12]int{4, 4, 5, 3, 4, 3, 4, 4, 4, 5, 4, 4}, `"over":0,`))
	first := r.newestAnswers(t)
	opened := get(200, measure, p["trainee"])
	if opened.text("draft.text") != "" {
		t.Error("the draft outlives the answers")
	}
	for _, path := range []string{"/api/psycap/measures", "/api/psycap/results"} {
		if got := get(200, path, p["trainee"]); strings.Contains(string(got.body), question) {
			t.Errorf("%s has a question: %s", path, got.body)
		}
	}

	// Another device did not see these answers: it is asked, and is not when it says the same.
	since := put(409, measure+"/answers", resources([12]int{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, `"over":0,`))
	if since.code() != "answered_since" || since.at("info.at") != opened.at("over") || since.at("info.answers.3.value") != 4.0 {
		t.Errorf("got %s", since.body)
	}
	put(204, measure+"/answers", resources([12]int{4, 4, 5, 3, 4, 3, 4, 4, 4, 5, 4, 4}, `"over":0,`))
	if r.newestAnswers(t) != first {
		t.Error("the same answers were kept twice")
	}
	put(204, measure+"/answers", resources([12]int{5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}, fmt.Sprintf(`"over":%.0f,`, opened.at("over"))))
	second := r.newestAnswers(t)
	gone("corrected", first)
	if put(409, measure+"/decline", `{"declined":true}`).code() != "measure_answered" {
		t.Error("what is answered was declined")
	}

	// Sharing.
	shared := "/api/cohorts/" + p["cohort"] + "/learners/" + p["trainee"] + "/results"
	looks := func() (n int) {
		t.Helper()
		all, err := r.access.Of(t.Context(), p["trainee"])
		must(t, err)
		for _, look := range all {
			if look.What == "psycap_result:"+p["cohort"]+".voimavarat" && look.By == p["trainer"] {
				n++
			}
		}
		return n
	}
	if got := get(200, shared, p["trainer"]); got.at("results.0") != nil || looks() != 0 {
		t.Errorf("what is not shared is shown, or a look at nothing is logged: %s", got.body)
	}
	share := func(on bool) {
		put(204, "/api/psycap/results/sharing", fmt.Sprintf(`{"cohort":%q,"instrument":"voimavarat","shared":%v}`, p["cohort"], on))
	}
	share(true)
	got := get(200, shared, p["trainer"])
	if got.text("results.0.instrument") != "voimavarat" || got.at("results.1") != nil || looks() != 1 || strings.Contains(string(got.body), question) {
		t.Errorf("shared: %s, %d looks", got.body, looks())
	}
	if got := get(200, "/api/psycap/results", p["trainee"]); got.text("results.0.looks.0.name") != p["trainer.name"] {
		t.Errorf("the learner does not see who looked: %s", got.body)
	}
	share(false)
	if got := get(200, shared, p["trainer"]); got.at("results.0") != nil || looks() != 1 {
		t.Errorf("what was closed is shown: %s", got.body)
	}
	share(true)

	data := get(200, "/api/me/data", p["trainee"])
	if !strings.Contains(string(data.body), `"hope1":5`) || !strings.Contains(string(data.body), `"sharedResults":[{"cohort":"`+p["cohort"]) {
		t.Errorf("the download has no answers")
	}
	r.want(t, 204, request{method: "DELETE", path: measure + "/answers", person: p["trainee"]})
	gone("withdrawn", second)
	if got := get(200, shared, p["trainer"]); got.at("results.0") != nil {
		t.Errorf("withdrawn answers are shown: %s", got.body)
	}
	put(204, measure+"/answers", resources([12]int{6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6}, ""))
	third := r.newestAnswers(t)
	r.want(t, 204, request{method: "POST", path: "/api/people/" + p["trainee"] + "/erasure", body: `{"confirm":"` + p["trainee.name"] + `"}`, person: p["admin"]})
	gone("erased", third)
}

// TestManyDevicesAnswer: of answers that come at once, all over none, one is kept and the others are told of it.
func TestManyDevicesAnswer(t *testing.T) {
	r := openRegion(t)
	p := r.place[own]
	r.askedTwice(t, p, 0)
	measure := "/api/psycap/measures/" + p["cohort"] + "/voimavarat/end/answers"
	var group sync.WaitGroup
	statuses := make([]int, 6)
	for i := range statuses {
		group.Go(func() {
			body := resources([12]int{i + 1, i + 1, i + 1, i + 1, i + 1, i + 1, i + 1, i + 1, i + 1, i + 1, i + 1, i + 1}, `"over":0,`)
			statuses[i] = r.send(t, request{method: "PUT", path: measure, body: body, person: p["coordinator"]}).status
		})
	}
	group.Wait()
	slices.Sort(statuses)
	if want := []int{204, 409, 409, 409, 409, 409}; !slices.Equal(statuses, want) {
		t.Errorf("got %v, want %v", statuses, want)
	}
	if _, err := r.vault.Get(t.Context(), r.newestAnswers(t)); err != nil {
		t.Errorf("the kept answers: %v", err)
	}
}

// TestClosedMeanwhile: what closes, or is asked no more, between opening and sending is refused, and the draft stays.
func TestClosedMeanwhile(t *testing.T) {
	r := openRegion(t)
	p := r.place[own]
	measure := "/api/psycap/measures/" + p["cohort"] + "/tyokyky/end"
	const body = `{"version":"1","answers":[{"item":"ability","value":0}]}`
	plan := func(ends string, measures ...psycap.Measure) {
		must(t, r.happens(t.Context(), psycap.MeasuresPlanned{Cohort: p["cohort"], Ends: ends, Days: 7, Measures: measures}))
	}
	asked := psycap.Measure{Instrument: "tyokyky", Version: "1", Points: []psycap.Point{psycap.End}}
	today := finnishToday()
	for _, test := range []struct {
		name string
		plan func()
		want string
	}{
		{"it closed", func() { plan(string((today - 7).Date()), asked) }, "measure_over"},
		{"it is put off", func() { plan(string((today + 1).Date()), asked) }, "measure_not_yet"},
		{"it is asked no more", func() { plan(string(today.Date())) }, "unknown_measure"},
		{"another version is asked", func() {
			plan(string(today.Date()), psycap.Measure{Instrument: "tyokyky", Version: "2", Points: asked.Points})
		}, "measure_changed"},
	} {
		plan(string(today.Date()), asked)
		r.want(t, 200, request{method: "GET", path: measure, person: p["trainee"]})
		draft := request{method: "PUT", path: "/api/drafts/psycap.measure." + p["cohort"] + ".tyokyky.end", body: `{"rev":0,"text":"{\"ability\":0}"}`, person: p["trainee"]}
		if a := r.send(t, draft); a.status != http.StatusOK && a.code() != "draft_conflict" {
			t.Fatalf("%s: draft: %d %s", test.name, a.status, a.body)
		}
		test.plan()
		if a := r.send(t, request{method: "PUT", path: measure + "/answers", body: body, person: p["trainee"]}); a.code() != test.want {
			t.Errorf("%s: got %d %s, want %s", test.name, a.status, a.body, test.want)
		}
		kept := r.want(t, 200, request{method: "GET", path: "/api/drafts/psycap.measure." + p["cohort"] + ".tyokyky.end", person: p["trainee"]})
		if kept.text("text") != `{"ability":0}` {
			t.Errorf("%s: the draft is gone: %s", test.name, kept.body)
		}
	}

	// On the last day it is open, and a 0 is an answer like any other. Who refuses everything is asked nothing, and may answer all the same.
	plan(string((today - 6).Date()), asked)
	r.want(t, 204, request{method: "PUT", path: "/api/psycap/measures/refusal", body: `{"refused":true}`, person: p["trainee"]})
	list := r.want(t, 200, request{method: "GET", path: "/api/psycap/measures", person: p["trainee"]})
	if list.at("refused") != true || list.at("waiting.0") != nil {
		t.Errorf("somebody who refused is asked: %s", list.body)
	}
	r.want(t, 204, request{method: "PUT", path: measure + "/answers", body: body, person: p["trainee"]})
	got := r.want(t, 200, request{method: "GET", path: "/api/psycap/results", person: p["trainee"]})
	if got.at("results.0.points.0.values.0.value") != 0.0 || got.text("results.0.points.0.values.0.band") != "heikentynyt" || got.at("results.0.change") != nil {
		t.Errorf("got %s", got.body)
	}

	// Somebody who is not in the cohort any more can neither answer nor share, and takes back what they answered.
	r.want(t, 204, request{method: "DELETE", path: "/api/cohorts/" + p["cohort"] + "/learners/" + p["trainee"], person: p["trainer"]})
	r.want(t, 404, request{method: "PUT", path: measure + "/answers", body: body, person: p["trainee"]})
	r.want(t, 404, request{method: "PUT", path: "/api/psycap/results/sharing", body: `{"cohort":"` + p["cohort"] + `","instrument":"tyokyky","shared":true}`, person: p["trainee"]})
	r.want(t, 204, request{method: "DELETE", path: measure + "/answers", person: p["trainee"]})
}
