package courses

import (
	"math"
	"testing"
)

func TestPercent(t *testing.T) {
	tests := []struct{ done, total, want int }{
		{0, 0, 0}, {0, 130, 0}, {1, 130, 0}, {2, 130, 1}, {65, 130, 50}, {129, 130, 99}, {130, 130, 100}, {1, 3, 33}, {2, 3, 66},
	}
	for _, test := range tests {
		if got := Percent(test.done, test.total); got != test.want {
			t.Errorf("%d of %d: got %d, want %d", test.done, test.total, got, test.want)
		}
	}
}

func TestTrailKeepsSteps(t *testing.T) {
	steps := []step{
		{At: 0, Activity: 0, Deed: did},
		{At: 1_795_000_000_123, Activity: 129, Deed: tried, Points: 3, Max: 10},
		{At: math.MaxInt64, Activity: math.MaxUint16, Deed: handedIn, Points: math.MaxUint16, Max: math.MaxUint16},
	}
	var tr trail
	for _, s := range steps {
		tr = tr.add(s)
	}
	if tr.steps() != len(steps) || len(tr) != 16*len(steps) {
		t.Fatalf("got %d steps in %d bytes", tr.steps(), len(tr))
	}
	for i, want := range steps {
		if got := tr.at(i); got != want {
			t.Errorf("step %d: got %+v, want %+v", i, got, want)
		}
	}
	if got := trail(nil).add(step{Points: 1 << 20, Max: -1}).at(0); got.Points != math.MaxUint16 || got.Max != 0 {
		t.Errorf("out of range: got %+v", got)
	}
}

// courseOf makes a course whose versions have the given modules; each module is a list of activity ids.
func courseOf(versions ...[][]string) *Course {
	c := &Course{}
	for _, modules := range versions {
		v := Version{}
		for m, ids := range modules {
			outline := ModuleOutline{ID: string(rune('1' + m))}
			for _, id := range ids {
				outline.Activities = append(outline.Activities, ActivityOutline{ID: id, Kind: Lesson})
				known := false
				for _, old := range c.Activities {
					known = known || old == id
				}
				if !known {
					c.Activities = append(c.Activities, id)
				}
			}
			v.Modules = append(v.Modules, outline)
		}
		c.Versions = append(c.Versions, v)
	}
	return c
}

func TestNext(t *testing.T) {
	v1 := [][]string{{"a", "b", "c"}, {"d", "e"}}
	tests := []struct {
		name     string
		versions [][][]string
		cells    string
		last     string
		want     string // "" when nothing is left
	}{
		{"a newcomer starts at the first", [][][]string{v1}, ".....", "", "a"},
		{"the place, though earlier ones are open", [][][]string{v1}, ".....", "d", "d"},
		{"a tried quiz is not done", [][][]string{v1}, "x.o..", "c", "c"},
		{"the place is done", [][][]string{v1}, "x..x.", "d", "b"},
		{"all done", [][][]string{v1}, "xxxxx", "c", ""},
		{"a place nobody knows", [][][]string{v1}, "x....", "zz", "b"},
		{"a removed lesson: the next one that is there", [][][]string{v1, {{"a"}, {"d", "e"}}}, "...", "b", "d"},
		{"a removed lesson: the next one is done", [][][]string{v1, {{"a"}, {"d", "e"}}}, ".x.", "b", "a"},
		{"a removed last lesson", [][][]string{v1, {{"a", "b"}}}, "x.", "e", "b"},
		{"removed two versions ago", [][][]string{v1, {{"a", "c"}, {"d", "e"}}, {{"e", "a"}}}, "..", "b", "e"},
		{"removed, and the others were moved", [][][]string{v1, {{"e", "d"}, {"c", "a"}}}, "....", "b", "c"},
		{"a course without activities", [][][]string{{{}}}, "", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			ed := newEdition(courseOf(test.versions...))
			got := ""
			mayGoOn := func(p int) bool { return ed.waitsForLearner(Cells(test.cells), p) }
			if p, ok := ed.next(test.last, mayGoOn); ok {
				got = ed.order[p].ID
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestModules(t *testing.T) {
	ed := newEdition(courseOf([][]string{{}, {"a", "b"}, {}, {}, {"c"}, {}}))
	for position, want := range []int{1, 1, 4} {
		if got := ed.module(position); got != want {
			t.Errorf("position %d: got module %d, want %d", position, got, want)
		}
	}
	for m, want := range []string{"", "x.", "", "", "o", ""} {
		if got := string(ed.of(m, Cells("x.o"))); got != want {
			t.Errorf("module %d: got %q, want %q", m, got, want)
		}
	}
}

func TestTally(t *testing.T) {
	var got tally
	for i, s := range []step{
		{At: 1, Deed: tried, Points: 2, Max: 10},
		{At: 2, Deed: passed, Points: 8, Max: 10},
		{At: 3, Deed: tried, Points: 5, Max: 10},
		{At: 4, Deed: tried, Points: 9, Max: 12}, // a newer version: 9 of 12 is less than 8 of 10
	} {
		got.take(s, string(rune('a'+i)), s.Final || ToPass.metBy(s.Deed))
	}
	want := tally{DoneAt: 2, Attempts: 4, Points: 8, Max: 10, Passed: true, Text: "d", TextAt: 4, SeenAt: 4,
		Last: step{At: 4, Deed: tried, Points: 9, Max: 12}}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
