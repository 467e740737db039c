package psycap

import (
	"context"
	"maps"
	"slices"
	"testing"
	"time"
)

// What is begun and not handed in is in the download; what can not be handed in any more is swept, and nothing else.
func TestDraftsKeptAndSwept(t *testing.T) {
	r := newReporting(t)
	ctx := context.Background()
	r.join(t, "k", "p")
	r.happen(t, ExerciseBegun{Run: "open", Person: "p", Exercise: "x", Version: "1"})
	r.happen(t, ExerciseBegun{Run: "done", Person: "p", Exercise: "x", Version: "1"}, ExerciseFinished{Run: "done", Person: "p", Text: "t"})
	r.happen(t, GoalKept{Goal: "mine", Person: "p", Text: "g"})
	all := []string{"measure.k.voimavarat.start", "exercise.open", "exercise.done", "exercise.deleted", "goal.new", "goal.mine", "goal.deleted"}
	for _, of := range all {
		if _, err := r.vault.SaveDraft(ctx, "p", DraftsPrefix+of, 0, "omaa "+of); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := r.vault.SaveDraft(ctx, "p", "coord.task", 0, "of a course"); err != nil {
		t.Fatal(err)
	}
	kept, err := r.service.keptDrafts(ctx, "p")
	if err != nil {
		t.Fatal(err)
	}
	if got := slices.Sorted(maps.Keys(kept)); !slices.Equal(got, []string{"goal.deleted", "goal.mine", "goal.new", "measure.k.voimavarat.start"}) || kept["goal.new"] != "omaa goal.new" {
		t.Errorf("the download has %v", kept)
	}
	for _, step := range []struct {
		later time.Duration
		left  []string
	}{
		{time.Hour, all},
		{25 * time.Hour, []string{"measure.k.voimavarat.start", "exercise.open", "goal.new", "goal.mine"}},
		{91 * 24 * time.Hour, []string{"exercise.open", "goal.new", "goal.mine"}},
	} {
		r.wait(step.later)
		if err := r.service.SweepDrafts(ctx); err != nil {
			t.Fatal(err)
		}
		r.wait(-step.later)
		for _, of := range all {
			d, err := r.vault.Draft(ctx, "p", DraftsPrefix+of)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := d.Text != "", slices.Contains(step.left, of); got != want {
				t.Errorf("after %s there is %s: %v", step.later, of, got)
			}
		}
	}
	if d, err := r.vault.Draft(ctx, "p", "coord.task"); err != nil || d.Text == "" {
		t.Errorf("the draft of a course: %+v, %v", d, err)
	}
}

// A title that nobody can see is none.
func TestBlankTitle(t *testing.T) {
	r := newReporting(t)
	r.join(t, "k", learners("k", 12)...)
	r.asks(t, "k", Start, 6, learners("k", 12)...)
	wish := wishFor([]string{"k"}, []Point{Start}, "tyokyky")
	for _, title := range []string{"", " ", "\u00a0", "\u200b", "\ufeff \u2060"} {
		wish.Title = title
		if got, raw := r.call(t, "tove", "POST", reports, wish); got != 400 {
			t.Errorf("%q: %d %s", title, got, raw)
		}
		if got, raw := r.call(t, "tove", "POST", reports+"/table", tableReportRequest{Org: "org", Title: title, Tables: []TableWish{{Instrument: "tyokyky", Version: "1", Text: "ability\n5"}}}); got != 400 {
			t.Errorf("%q: %d %s", title, got, raw)
		}
	}
}
