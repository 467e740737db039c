package main

import (
	"strings"
	"testing"
	"time"

	"luotsi/courses/psycap"
	"luotsi/server/web"
)

// What a cohort is asked stands in the bell of its learners, among everything else, until they answer, decline or switch it off. The
// trainer is told how many, and of few not even that.
func TestMeasureInTheBell(t *testing.T) {
	r := openRegion(t)
	p := r.place[own]
	today := web.DayOf(time.Now())
	plan := `{"ends":"` + today + `","days":21,"measures":[{"instrument":"voimavarat","points":["end"]},{"instrument":"tyokyky","points":["end","month"]}]}`
	r.want(t, 200, request{method: "PUT", path: "/api/cohorts/" + p["cohort"] + "/measures", body: plan, person: p["trainer"]})
	look := func(path, person string) string {
		t.Helper()
		return string(r.want(t, 200, request{method: "GET", path: path, person: person}).body)
	}
	bell := func() string { return look("/api/notices", p["trainee"]) }
	if strings.Contains(bell(), `"measure"`) {
		t.Error("told before anybody was told")
	}
	must(t, r.happens(t.Context(), psycap.MeasuresTold{Cohort: p["cohort"], Point: psycap.End, Persons: []string{p["trainee"], p["learner"]}}))
	if got := bell(); !strings.Contains(got, `"kind":"measure","news":"measure"`) || !strings.Contains(got, `"count":2`) {
		t.Errorf("the bell has no measure: %s", got)
	}
	counts := look("/api/cohorts/"+p["cohort"]+"/measures", p["trainer"])
	if !strings.Contains(counts, `{"point":"end","instrument":"voimavarat","few":true,"asked":0,"answered":0,"declined":0}`) {
		t.Errorf("few are counted: %s", counts)
	}
	for _, who := range []string{"trainee", "learner", "coordinator"} {
		if strings.Contains(counts, p[who]) || strings.Contains(counts, p[who+".name"]) {
			t.Errorf("the trainer is told of %s: %s", who, counts)
		}
	}
	if want := look("/api/cohorts/"+p["cohort"]+"/measures?ends=2027-08-31&days=7", p["trainer"]); !strings.Contains(want, `{"point":"half_year","opens":"2028-02-29","closes":"2028-03-06","state":"ahead"`) {
		t.Errorf("when it would be: %s", want)
	}
	must(t, r.happens(t.Context(), psycap.MeasureDeclined{Cohort: p["cohort"], Person: p["trainee"], Instrument: "voimavarat", Point: psycap.End}))
	if got := bell(); !strings.Contains(got, `"count":1`) {
		t.Errorf("one is declined: %s", got)
	}
	r.want(t, 200, request{method: "PUT", path: "/api/notices/choices", body: `{"choices":[{"kind":"measure","feed":false,"mail":true}]}`, person: p["trainee"]})
	if strings.Contains(bell(), `"measure"`) {
		t.Error("what is switched off is told")
	}
}
