package main

import (
	"slices"
	"testing"

	"luotsi/courses"
	"luotsi/server/auth"
)

// newest is the text that waits for the trainer of the place, handed in last. Open answers are no such text.
func (r *region) newest(t testing.TB, p place) string {
	t.Helper()
	q, err := r.courses.Queue(t.Context(), r.as(p["trainer"]), courses.Wanted{})
	must(t, err)
	q.Entries = slices.DeleteFunc(q.Entries, func(e courses.Queued) bool { return e.What == courses.WaitsQuiz })
	if len(q.Entries) == 0 {
		t.Fatal("nothing waits for the trainer")
	}
	return q.Entries[len(q.Entries)-1].Submission
}

// handsIn is somebody new in the cohort.
func (r *region) handsIn(t testing.TB, p place) place {
	t.Helper()
	fresh := place{"unit": p["unit"], "unit.name": p["unit.name"], "trainer": p["trainer"]}
	r.add(t, fresh, "hand", auth.Trainee)
	must(t, r.happens(t.Context(), courses.LearnerEnrolled{Cohort: p["cohort"], Course: p["course"], Person: fresh["hand"]}))
	return fresh
}

// waitsOf finds what waits of that person.
func (r *region) waitsOf(t testing.TB, fresh place) place {
	t.Helper()
	q, err := r.courses.Queue(t.Context(), r.as(fresh["trainer"]), courses.Wanted{})
	must(t, err)
	for _, e := range q.Entries {
		if e.Person == fresh["hand"] {
			return place{"submission": e.Submission, "hand": e.Person}
		}
	}
	t.Fatal("nothing waits of what was handed in")
	return nil
}

// submitted is a task that waits for its feedback.
func (r *region) submitted(t testing.TB, p place) place {
	t.Helper()
	fresh := r.handsIn(t, p)
	_, err := r.courses.Submit(t.Context(), r.as(fresh["hand"]), p["course"], "task", "Kokosin tilanteen.", nil)
	must(t, err)
	return r.waitsOf(t, fresh)
}

// developed is a development task whose only step is approved.
func (r *region) developed(t testing.TB, p place) place {
	t.Helper()
	fresh := r.handsIn(t, p)
	_, err := r.courses.SubmitStep(t.Context(), r.as(fresh["hand"]), p["course"], "development", "", "Mittasin lähtötilanteen.", nil)
	must(t, err)
	step := r.waitsOf(t, fresh)
	must(t, r.courses.Give(t.Context(), r.as(p["trainer"]), step["submission"], courses.Opinion{Verdict: courses.Approved}))
	return r.waitsOf(t, fresh)
}

// openAnswered is an attempt whose open answers wait for their points.
func (r *region) openAnswered(t testing.TB, p place) place {
	t.Helper()
	fresh := r.answered(t, p)
	q, err := r.courses.Queue(t.Context(), r.as(p["trainer"]), courses.Wanted{})
	must(t, err)
	for _, e := range q.Entries {
		if e.Person == fresh["person"] {
			fresh["submission"] = e.Submission
		}
	}
	return fresh
}
