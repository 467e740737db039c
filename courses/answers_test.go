package courses

import (
	"context"
	"testing"
	"time"

	"luotsi/server/journal"
	"luotsi/server/people"
)

// A kept matrix must never be older than what it shows.
func TestMatrixIsKeptOnlyUntilItChanges(t *testing.T) {
	r := newRegion(t)
	ctx := context.Background()
	look := func() string {
		t.Helper()
		v, err := r.service.matrixAnswer(ctx, r.caller("tove"), "k1")
		if err != nil {
			t.Fatal(err)
		}
		text, err := v.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		m, err := r.service.Matrix(ctx, r.caller("tove"), "k1")
		if err != nil {
			t.Fatal(err)
		}
		fresh, err := r.service.viewMatrix(ctx, m, r.caller("tove").Language)
		if err != nil {
			t.Fatal(err)
		}
		want, err := fresh.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		if string(text) != string(want) {
			t.Errorf("the kept answer is old:\n%s\nnot\n%s", text, want)
		}
		return string(text)
	}
	before := look()
	if look() != before {
		t.Error("the same matrix twice differs")
	}
	r.want(t, 200, "aino", "POST", activities+"l1/done", "")
	if after := look(); after == before {
		t.Error("progress is not seen")
	} else {
		before = after
	}
	_, err := r.journal.Update(ctx, "", journal.Key{}, func(time.Time) (journal.Decision, error) {
		return journal.Happens(people.Seen{Persons: []string{"aino"}}), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if after := look(); after == before {
		t.Error("who was seen is not seen")
	}
	r.want(t, 204, "tove", "DELETE", "/api/cohorts/k1/learners/aino", "")
	look()
	if _, err := r.service.matrixAnswer(ctx, r.caller("aino"), "k1"); err == nil {
		t.Error("a learner got the kept matrix")
	}
}
