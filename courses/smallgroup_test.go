package courses

import (
	"fmt"
	"slices"
	"testing"

	"luotsi/server/people"
)

// Who comes first for whom: the trainers of a small group, and everybody where there are none.
func TestWhoseLearnersAreMine(t *testing.T) {
	r := newRegion(t)
	r.secondTrainer(t)
	r.happen(t,
		people.PersonAdded{Person: "cleo", Org: "school", Language: "fi", Grants: placed("trainee", "east"), Credential: "c-cleo"},
		LearnerEnrolled{Cohort: "k1", Course: "coord", Person: "cleo"})
	tests := []struct {
		name    string
		groups  []GroupFormed
		trainer string
		mine    []string
		own     int
	}{
		{"no small groups", nil, "tove", []string{"aino", "bo", "cleo"}, 0},
		{"mine, and one without", []GroupFormed{{Group: "g1", Members: []string{"aino"}, Trainers: []string{"tove"}}, {Group: "g2", Members: []string{"bo"}, Trainers: []string{"tuija"}}},
			"tove", []string{"aino", "cleo"}, 1},
		{"of one who has none", []GroupFormed{{Group: "g1", Members: []string{"aino", "bo"}, Trainers: []string{"tuija"}}}, "tove", []string{"cleo"}, 0},
		{"with two trainers", []GroupFormed{{Group: "g1", Members: []string{"aino"}, Trainers: []string{"tuija", "tove"}}}, "tove", []string{"aino", "bo", "cleo"}, 1},
		{"without trainers", []GroupFormed{{Group: "g1", Members: []string{"aino"}}}, "tove", []string{"aino", "bo", "cleo"}, 0},
		{"whose trainer is of another unit", []GroupFormed{{Group: "g1", Members: []string{"aino"}, Trainers: []string{"viljo"}}}, "tove", []string{"aino", "bo", "cleo"}, 0},
		{"empty, and mine", []GroupFormed{{Group: "g1", Trainers: []string{"tove"}}, {Group: "g2", Members: []string{"bo"}, Trainers: []string{"tuija"}}},
			"tove", []string{"aino", "cleo"}, 1},
		{"of another cohort", []GroupFormed{{Group: "g1", Cohort: "k2", Members: []string{"aino"}, Trainers: []string{"tuija"}}}, "tove", []string{"aino", "bo", "cleo"}, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r.journal.View(func() {
				r.state.data.Group.Groups = map[string]*SmallGroup{}
				for _, g := range test.groups {
					if g.Cohort == "" {
						g.Cohort = "k1"
					}
					r.state.data.Group.Groups[g.Group] = &SmallGroup{g.Cohort, g.Name, g.Members, g.Trainers}
				}
				f := r.state.firstsOf(r.service.borders, test.trainer, func(cohort string) bool { return cohort == "k1" })
				var mine []string
				for _, person := range []string{"aino", "bo", "cleo"} {
					if f.mine("k1", person) {
						mine = append(mine, person)
					}
				}
				if !slices.Equal(mine, test.mine) || f.own != test.own {
					t.Errorf("got %v with %d own, want %v with %d", mine, f.own, test.mine, test.own)
				}
				for whose, want := range map[Whose]bool{Mine: true, Everybodys: false, "": test.own > 0} {
					if f.narrows(whose) != want {
						t.Errorf("%q narrows: %t", whose, !want)
					}
				}
			})
		})
	}
}

// The queue, the group page and what is tried at work show a trainer with a small group their own first, and everybody when asked.
func TestPagesNarrowedToMySmallGroup(t *testing.T) {
	r := newApplied(t)
	r.secondTrainer(t)
	r.happen(t,
		GroupFormed{Group: "g1", Cohort: "k1", Name: "A", Members: []string{"aino"}, Trainers: []string{"tove"}},
		GroupFormed{Group: "g2", Cohort: "k1", Name: "B", Members: []string{"bo"}, Trainers: []string{"tuija"}})
	for _, person := range []string{"aino", "bo"} {
		r.want(t, 201, person, "POST", activities+"case/submission", `{"text":"Vastaus."}`)
		r.want(t, 201, person, "POST", tries, `{"what":"Kysyn","by":"2026-12-01"}`)
	}
	tests := []struct {
		trainer, whose  string
		names           []string
		grouped, narrow bool
	}{
		{"tove", "", []string{"Aino Ahola"}, true, true},
		{"tove", "?whose=mine", []string{"Aino Ahola"}, true, true},
		{"tove", "?whose=all", []string{"Aino Ahola", "Bo Åberg"}, true, false},
		{"tuija", "", []string{"Bo Åberg"}, true, true},
	}
	for _, test := range tests {
		t.Run(test.trainer+test.whose, func(t *testing.T) {
			q := r.want(t, 200, test.trainer, "GET", "/api/feedback-queue"+test.whose, "")
			wantAt(t, q, "total", len(test.names), "grouped", test.grouped, "narrowed", test.narrow, "others", 2-len(test.names))
			v := r.want(t, 200, test.trainer, "GET", "/api/cohorts/k1/tries"+test.whose, "")
			wantAt(t, v, "planned", len(test.names), "grouped", test.grouped, "narrowed", test.narrow)
			for i, name := range test.names {
				wantAt(t, q, fmt.Sprintf("entries.%d.name", i), name)
				wantAt(t, v, fmt.Sprintf("tries.%d.name", i), name)
			}
		})
	}
	wantAt(t, r.want(t, 200, "tove", "GET", "/api/cohorts/k1/roster", ""), "grouped", true, "learners.0.mine", true, "learners.1.mine", false)
	wantAt(t, r.want(t, 200, "tuija", "GET", "/api/cohorts/k1/roster", ""), "learners.0.mine", false, "learners.1.mine", true)
	// The page counts what the queue holds, though a task that was handed in is done; and what comes next is what is open first.
	wantAt(t, r.want(t, 200, "tove", "GET", "/api/cohorts/k1/roster", ""), "counts.waiting", 2, "learners.0.waiting", 1, "learners.1.waiting", 1)
	r.want(t, 400, "tove", "GET", "/api/feedback-queue?whose=hers", "")
	r.want(t, 400, "tove", "GET", "/api/cohorts/k1/tries?whose=hers", "")
	// What I began to mark is mine, whoever comes first.
	second := r.want(t, 200, "tuija", "GET", "/api/feedback-queue", "")
	r.want(t, 200, "tove", "PUT", "/api/submissions/"+fmt.Sprint(at(second, "entries", 0, "submission"))+"/reservation", `{"takeOver":false}`)
	wantAt(t, r.want(t, 200, "tove", "GET", "/api/feedback-queue", ""), "total", 2, "others", 0)
}
