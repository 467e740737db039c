package journal

import (
	"bytes"
	"maps"
	"testing"
)

// listState keeps one long list: who signed out within 30 days is such a one.
type listState struct {
	data struct{ List []int64 }
}

func (*listState) Name() string      { return "list" }
func (*listState) Version() int      { return 1 }
func (l *listState) Primary() any    { return &l.data }
func (*listState) Apply(Meta, Event) {}
func (*listState) Reindex()          {}
func (*listState) Check() []string   { return nil }

func TestSnapshotOfALongListIsRead(t *testing.T) {
	from, to := &listState{}, &listState{}
	from.data.List = make([]int64, 200_000)
	from.data.List[199_999] = 7
	var file bytes.Buffer
	if err := writeStates(&file, []State{from}); err != nil {
		t.Fatal(err)
	}
	if err := readStates(&file, []State{to}); err != nil {
		t.Fatal(err)
	}
	if len(to.data.List) != 200_000 || to.data.List[199_999] != 7 {
		t.Errorf("got %d entries, want the 200,000 written", len(to.data.List))
	}
}

// wayState has a map whose keys are no texts: how long the way from one unit to another is.
type wayState struct {
	listState
	ways struct{ Ways map[way]int }
}

type way struct{ From, To string }

func (w *wayState) Primary() any { return &w.ways }

func TestSnapshotOfAMapByStructsIsReadAndAlwaysTheSame(t *testing.T) {
	from, to := &wayState{}, &wayState{}
	from.ways.Ways = map[way]int{{"a", "b"}: 1, {"b", "a"}: 2, {"a", "c"}: 3, {"c", "c"}: 4}
	var first bytes.Buffer
	if err := writeStates(&first, []State{from}); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		var again bytes.Buffer
		if err := writeStates(&again, []State{from}); err != nil || !bytes.Equal(first.Bytes(), again.Bytes()) {
			t.Fatalf("the same state gives other bytes (%v)", err)
		}
	}
	if err := readStates(&first, []State{to}); err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(to.ways.Ways, from.ways.Ways) {
		t.Errorf("got %v", to.ways.Ways)
	}
}
