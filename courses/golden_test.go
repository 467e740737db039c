package courses

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"go.mongodb.org/mongo-driver/bson"

	"luotsi/server/journal"
)

// Stored events are a promise: what is stored today under these names has to be read for ever.
var stored = []struct {
	name, json string
	event      journal.Event
}{
	{"courses.version_published", `{"course":"c","hash":"h","modules":[{"id":"m1","activities":[{"id":"l1","kind":"lesson"},{"id":"q1","kind":"quiz","questions":3,"pass":2},{"id":"t1","kind":"task"}]},{"id":"m2","activities":[]}]}`,
		CourseVersionPublished{Course: "c", Hash: "h", Modules: []ModuleOutline{
			{ID: "m1", Activities: []ActivityOutline{{ID: "l1", Kind: Lesson}, {ID: "q1", Kind: Quiz, Questions: 3, Pass: 2}, {ID: "t1", Kind: Task}}},
			{ID: "m2", Activities: []ActivityOutline{}},
		}}},
	{"courses.cohort_opened", `{"cohort":"k","course":"c","unit":"u","name":"Syksy","starts":"2026-11-01"}`,
		CohortOpened{Cohort: "k", Course: "c", Unit: "u", Name: "Syksy", Starts: "2026-11-01"}},
	{"courses.learner_enrolled", `{"cohort":"k","course":"c","person":"p"}`, LearnerEnrolled{Cohort: "k", Course: "c", Person: "p"}},
	{"courses.activity_done", `{"course":"c","person":"p","activity":"l1"}`, ActivityDone{Course: "c", Person: "p", Activity: "l1"}},
	{"courses.quiz_attempted", `{"attempt":"a1","course":"c","person":"p","activity":"q1","points":2,"max":3,"passed":true}`,
		QuizAttempted{Attempt: "a1", Course: "c", Person: "p", Activity: "q1", Points: 2, Max: 3, Passed: true}},
	{"courses.task_submitted", `{"submission":"s1","course":"c","person":"p","activity":"t1"}`,
		TaskSubmitted{Submission: "s1", Course: "c", Person: "p", Activity: "t1"}},
	{"courses.learner_removed", `{"cohort":"k","course":"c","person":"p"}`, LearnerRemoved{Cohort: "k", Course: "c", Person: "p"}},
}

func TestStoredEvents(t *testing.T) {
	var names []string
	for _, typ := range Events() {
		names = append(names, typ.Name())
	}
	for _, s := range stored {
		if !slices.Contains(names, s.name) {
			t.Errorf("%s is not defined any more", s.name)
		}
		raw, err := bson.Marshal(s.event)
		if err != nil {
			t.Fatal(err)
		}
		var old bson.D
		if err := bson.UnmarshalExtJSON([]byte(s.json), false, &old); err != nil {
			t.Fatal(err)
		}
		fresh, err := bson.MarshalExtJSON(bson.Raw(raw), false, false)
		if err != nil {
			t.Fatal(err)
		}
		if want, err := bson.MarshalExtJSON(old, false, false); err != nil || string(fresh) != string(want) {
			t.Errorf("%s is stored as %s, was %s (%v)", s.name, fresh, want, err)
		}
	}
	if len(names) != len(stored) {
		t.Errorf("%d types, %d stored samples", len(names), len(stored))
	}
}

// TestStateIsTheSame fails when Apply makes something else of the same events. Then State.Version has to rise, so that
// older snapshots are not used, and both lines here change together.
func TestStateIsTheSame(t *testing.T) {
	const version, hash = 1, "e341a850ae5341c4d0878be07f39cbb3ec8ae128fa2eb3df61996a729d9b6404"
	s := NewState()
	for n, sample := range stored {
		s.Apply(journal.Meta{Number: uint64(n + 1), At: start}, sample.event)
	}
	mode, err := cbor.CanonicalEncOptions().EncMode()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := mode.Marshal(s.data)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(raw)
	if got := hex.EncodeToString(sum[:]); got != hash || s.Version() != version {
		t.Errorf("version %d has the hash %s, version %d had %s", s.Version(), got, version, hash)
	}
}
