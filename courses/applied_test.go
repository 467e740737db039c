package courses

import (
	"strings"
	"testing"
)

// A trainer sees that something was tried; how it went, and what was written, only of those who let them read it.
func TestTrainersSeeAppliedAsFarAsTheLearnerLets(t *testing.T) {
	r := newApplied(t)
	id := r.planned(t, "2026-12-01")
	r.want(t, 201, "aino", "POST", tries+"/"+id+"/story", `{"went":"failed","on":"2026-11-20","text":"Ei onnistunut."}`)
	r.want(t, 200, "aino", "PUT", think+"/reflection", reflecting("Opin kuuntelemaan.", "private"))
	r.want(t, 201, "bo", "POST", tries, `{"what":"Kysyn","by":"2026-12-01"}`)
	const applied, learner = "/api/cohorts/k1/tries", "/api/cohorts/k1/learners/aino"
	for _, test := range []struct {
		work, reflection string
		readable         bool
		went, shared     any
	}{
		{"done", "private", false, nil, nil},
		{"done", "done", false, nil, nil},
		{"read", "read", true, "failed", "Aino Ahola"},
		{"cohort", "cohort", true, "failed", "Aino Ahola"},
		{"done", "private", false, nil, nil},
	} {
		t.Run(test.work+" and "+test.reflection, func(t *testing.T) {
			r.want(t, 204, "aino", "PUT", activities+"try/sharing", `{"privacy":"`+test.work+`"}`)
			r.want(t, 204, "aino", "PUT", think+"/sharing", `{"privacy":"`+test.reflection+`"}`)
			v := r.want(t, 200, "tove", "GET", applied, "")
			wantAt(t, v, "name", "Syksy 2026", "planned", 1, "applied", 1, "grouped", false, "narrowed", false, "tries.0.name", "Aino Ahola", "tries.0.try.on", "2026-11-20",
				"tries.0.readable", test.readable, "tries.0.try.went", test.went, "tries.1.name", "Bo Åberg", "tries.1.readable", false, "tries.2", nil,
				"shared.0.name", test.shared, "shared.1", nil)
			wantAt(t, r.want(t, 200, "tove", "GET", learner, ""), "modules.1.activities.1.tries.0.went", test.went, "modules.1.activities.1.readable", test.readable,
				"modules.1.activities.2.readable", test.readable)
			for _, path := range []string{applied, learner} {
				if _, raw := r.raw(t, "tove", "GET", path, ""); strings.Contains(string(raw), "kuuntelemaan") || strings.Contains(string(raw), "onnistunut") || strings.Contains(string(raw), "työkykytalosta") {
					t.Errorf("%s tells a text: %s", path, raw)
				}
			}
		})
	}
	// What could not be tried is no outcome but a state.
	r.onDay("2026-11-21", 9, 0)
	bo := r.want(t, 200, "bo", "GET", activities+"try", "")
	plan, _ := at(bo, "work", "tries", 0, "try", "id").(string)
	r.want(t, 201, "bo", "POST", tries+"/"+plan+"/story", `{"went":"not_tried","text":"Lomalla."}`)
	wantAt(t, r.want(t, 200, "tove", "GET", applied, ""), "planned", 0, "applied", 1, "tries.1.try.went", "not_tried")
}

// A shared text names its writer and what it is about, to trainers and mates alike.
func TestAReadTextTellsWhoseItIs(t *testing.T) {
	r := newApplied(t)
	r.want(t, 200, "aino", "PUT", think+"/reflection", reflecting("Opin kuuntelemaan.", "cohort"))
	for person, path := range map[string]string{"tove": byTove + "think", "bo": byMates + "think"} {
		wantAt(t, r.want(t, 200, person, "GET", path, ""), "person", "aino", "name", "Aino Ahola", "title", "Pohdinta", "kind", "reflection", "text", "Opin kuuntelemaan.")
	}
}
