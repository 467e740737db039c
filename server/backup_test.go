package main

import (
	"bytes"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"go.mongodb.org/mongo-driver/bson"

	"luotsi/server/mongodb"
)

// What a backup leaves out because it is derived is there again after importing it, and importing compares the state.
func TestImportBringsEverythingBack(t *testing.T) {
	ctx, log := t.Context(), slog.New(slog.DiscardHandler)
	from, to := testConfig(t.TempDir()), testConfig(t.TempDir())
	from.Demo = true
	w, err := openWorld(ctx, from, log)
	must(t, err)
	must(t, w.fillDemo(ctx))
	must(t, w.rebuildCopies(ctx)) // as a server does: the marks say that the copies are there
	want := copiesOf(t, w)
	state, err := w.journal.Fingerprint()
	must(t, err)
	w.close()

	file := filepath.Join(t.TempDir(), "backup")
	must(t, export(ctx, from, log, []string{file}, io.Discard))
	var said bytes.Buffer
	must(t, restore(ctx, to, log, []string{file}, &said))
	if !strings.Contains(said.String(), state.Hash) {
		t.Errorf("importing said %q, want the state %s", &said, state.Hash)
	}
	w, err = openWorld(ctx, to, log)
	must(t, err)
	defer w.close()
	if got := copiesOf(t, w); want["progress"] == 0 || want["appointments"] == 0 || got["progress"] != want["progress"] || got["appointments"] != want["appointments"] {
		t.Errorf("got the readable copies %v, want %v", got, want)
	}
}

func copiesOf(t *testing.T, w *world) map[string]int {
	t.Helper()
	count := map[string]int{}
	for _, name := range []string{"progress", "appointments"} {
		must(t, mongodb.Open[bson.M](w.db, name).Each(t.Context(), func(string, bson.M) error { count[name]++; return nil }))
	}
	return count
}

// A backup is mostly read back by a newer program: that its state looks otherwise, or that it ships newer courses, is no damage.
func TestImportKnowsAnotherVersion(t *testing.T) {
	w, err := readWorld(t.Context(), testConfig(t.TempDir()), slog.New(slog.DiscardHandler))
	must(t, err)
	defer w.close()
	state, err := w.journal.Fingerprint()
	must(t, err)
	if state.Commit != 0 {
		t.Errorf("%d commits were made by reading, want none", state.Commit)
	}
	for name, test := range map[string]struct {
		header mongodb.Header
		good   bool
	}{
		"the same":                   {mongodb.Header{Hash: state.Hash, Shape: state.Shape}, true},
		"a damaged state":            {mongodb.Header{Hash: "another", Shape: state.Shape}, false},
		"a state of another program": {mongodb.Header{Hash: "another", Shape: "another"}, true},
		"a commit is missing":        {mongodb.Header{Commit: 1, Hash: "another", Shape: "another"}, false},
	} {
		if _, err := w.compare(test.header); (err == nil) != test.good {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
