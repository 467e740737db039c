package journal

import (
	"bytes"
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
