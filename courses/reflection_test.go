package courses

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"luotsi/server/journal"
	"luotsi/server/people"
)

const (
	think   = activities + "think"
	byTove  = "/api/cohorts/k1/learners/aino/writings/"
	byMates = "/api/courses/coord/shared/aino/"
)

func reflecting(text, privacy string) string {
	return `{"text":"` + text + `","privacy":"` + privacy + `"}`
}

// trainersView is everything the trainer of the cohort sees of everybody in it.
func (r *region) trainersView(t testing.TB) string {
	t.Helper()
	r.clock.Add(time.Minute.Milliseconds()) // no answer kept from before
	var all strings.Builder
	for _, path := range []string{"/api/cohorts", "/api/cohorts/k1/matrix", "/api/cohorts/k1/learners/aino", "/api/cohorts/k1/tries"} {
		_, raw := r.raw(t, "tove", "GET", path, "")
		all.Write(raw)
	}
	r.journal.View(func() {
		doc, _ := r.state.project(enrolmentID("coord", "aino"))
		raw, err := json.Marshal(doc)
		if err != nil {
			t.Error(err)
		}
		all.Write(raw)
	})
	return all.String()
}

// Whether something private was written cannot be told from anything that a trainer sees: not from cells, percentages, timelines,
// counts or copies, credited modules among them.
func TestAPrivateReflectionLeavesNoTrace(t *testing.T) {
	for _, credited := range []bool{false, true} {
		r := newApplied(t)
		if credited {
			r.happen(t, ModuleCredited{Course: "coord", Person: "aino", Module: "m2", Kind: PriorLearning, Basis: "b"})
		}
		r.want(t, 200, "aino", "POST", activities+"l1/done", "")
		before := r.trainersView(t)
		v := r.want(t, 200, "aino", "PUT", think+"/reflection", reflecting("Vain minulle.", "private"))
		wantAt(t, v, "total", 6)
		if after := r.trainersView(t); after != before {
			t.Errorf("credited %t: the trainer saw\n%s\nand now\n%s", credited, before, after)
		}
		wantAt(t, r.want(t, 200, "aino", "GET", think, ""), "done", true, "state", "done", "reflection.text", "Vain minulle.", "reflection.sharing.privacy", "private")
		r.want(t, 404, "tove", "GET", byTove+"think", "")
		r.want(t, 404, "tove", "GET", "/api/cohorts/k1/learners/aino/submissions/think", "")
		r.want(t, 404, "bo", "GET", byMates+"think", "")

		r.want(t, 204, "aino", "PUT", think+"/sharing", `{"privacy":"done"}`)
		if shown := r.trainersView(t); shown == before || strings.Contains(shown, "Vain minulle") {
			t.Errorf("credited %t: what may be seen is not: %s", credited, shown)
		}
		r.want(t, 404, "tove", "GET", byTove+"think", "")
		r.want(t, 204, "aino", "PUT", think+"/sharing", `{"privacy":"private"}`)
		if after := r.trainersView(t); after != before {
			t.Errorf("credited %t: closed again, the trainer still sees\n%s", credited, after)
		}
	}
}

// Each grade opens what it says, at once, and closing closes at once; who opened it, and when, stays with the writer.
func TestWhoReadsWhat(t *testing.T) {
	r := newApplied(t)
	r.happen(t, LearnerEnrolled{Cohort: "k2", Course: "coord", Person: "cecilia"})
	r.want(t, 200, "aino", "PUT", think+"/reflection", reflecting("Opin kuuntelemaan.", "private"))
	for _, test := range []struct {
		privacy            string
		trainer, mate, all int
	}{
		{"private", 404, 404, 404}, {"done", 404, 404, 404}, {"read", 200, 404, 404}, {"cohort", 200, 200, 404}, {"read", 200, 404, 404}, {"private", 404, 404, 404},
	} {
		r.want(t, 204, "aino", "PUT", think+"/sharing", `{"privacy":"`+test.privacy+`"}`)
		for person, call := range map[string]struct {
			path string
			want int
		}{
			"tove":    {byTove + "think", test.trainer},
			"bo":      {byMates + "think", test.mate},
			"cecilia": {byMates + "think", test.all}, // of another cohort
			"viljo":   {byTove + "think", test.all},  // a trainer of another unit
			"tim":     {byTove + "think", test.all},
			"mari":    {byTove + "think", 403},
			"doris":   {byMates + "think", 403},
		} {
			before := r.opened(t)
			got, raw := r.raw(t, person, "GET", call.path, "")
			if got != call.want || (got == 200) != strings.Contains(string(raw), "Opin kuuntelemaan.") {
				t.Errorf("%s: %s gets %d %s, want %d", test.privacy, person, got, raw, call.want)
			}
			if looked := r.opened(t) - before; looked != map[bool]int{true: 1}[got == 200] {
				t.Errorf("%s: %s leaves %d entries in the log", test.privacy, person, looked)
			}
		}
	}
	v := r.want(t, 200, "aino", "GET", think, "")
	wantAt(t, v, "reflection.sharing.openers.0.name", "Tove Kouluttaja", "reflection.sharing.openers.0.at", "2026-11-20T12:00:00Z",
		"reflection.sharing.openers.4", nil, "reflection.sharing.privacy", "private")
	names := map[any]int{}
	for i := range 4 {
		names[at(v, "reflection", "sharing", "openers", i, "name")]++
	}
	if names["Bo Åberg"] != 1 || names["Tove Kouluttaja"] != 3 {
		t.Errorf("opened by %v", names)
	}
}

func (r *region) opened(t testing.TB) int {
	t.Helper()
	all, err := r.access.Of(context.Background(), "aino")
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

// A trainer who lost the role, a cohort mate who left, and a writer who left: nobody reads any more.
func TestReadingEndsWithWhatAllowedIt(t *testing.T) {
	open := func(t *testing.T) *region {
		r := newApplied(t)
		r.want(t, 200, "aino", "PUT", think+"/reflection", reflecting("Opin.", "cohort"))
		wantAt(t, r.want(t, 200, "bo", "GET", "/api/courses/coord/shared", ""), "shared.0.name", "Aino Ahola", "shared.0.title", "Pohdinta", "shared.0.mine", false, "shared.1", nil)
		r.want(t, 200, "tove", "GET", byTove+"think", "")
		return r
	}
	t.Run("the trainer's role", func(t *testing.T) {
		r := open(t)
		r.happen(t, people.GrantsChanged{Person: "tove", Grants: placed("trainer", "west")})
		r.want(t, 404, "tove", "GET", byTove+"think", "")
	})
	t.Run("a mate who left", func(t *testing.T) {
		r := open(t)
		r.happen(t, LearnerRemoved{Cohort: "k1", Course: "coord", Person: "bo"})
		r.want(t, 404, "bo", "GET", byMates+"think", "")
		r.want(t, 404, "bo", "GET", "/api/courses/coord/shared", "")
	})
	t.Run("the writer left", func(t *testing.T) {
		r := open(t)
		r.happen(t, LearnerRemoved{Cohort: "k1", Course: "coord", Person: "aino"})
		r.want(t, 404, "bo", "GET", byMates+"think", "")
		r.want(t, 404, "tove", "GET", byTove+"think", "")
		wantAt(t, r.want(t, 200, "bo", "GET", "/api/courses/coord/shared", ""), "shared.0", nil)
		r.want(t, 204, "aino", "PUT", think+"/sharing", `{"privacy":"private"}`) // closing always works
	})
	t.Run("a trainer of elsewhere, to whom the unit is opened", func(t *testing.T) {
		r := open(t)
		r.happen(t, LearnerRemoved{Cohort: "k1", Course: "coord", Person: "aino"}, LearnerEnrolled{Cohort: "k2", Course: "coord", Person: "aino"})
		const there = "/api/cohorts/k2/learners/aino"
		r.want(t, 200, "viljo", "GET", there+"/writings/think", "")
		r.want(t, 404, "tim", "GET", there+"/writings/think", "")
		v := r.want(t, 200, "tim", "GET", there, "") // sees how far they are, and no way to the text
		wantAt(t, v, "modules.1.activities.2.readable", false)
		wantAt(t, r.want(t, 200, "viljo", "GET", there, ""), "modules.1.activities.2.readable", true)
		wantAt(t, r.want(t, 200, "viljo", "GET", "/api/cohorts/k2/tries", ""), "shared.0.activity", "think")
		wantAt(t, r.want(t, 200, "tim", "GET", "/api/cohorts/k2/tries", ""), "shared.0", nil)
	})
	t.Run("closed between the log and the text", func(t *testing.T) {
		r := open(t)
		calls, tove := 0, r.caller("tove")
		_, err := r.service.open(context.Background(), tove, "think", func() (*learner, Privacy, error) {
			if calls++; calls == 2 {
				r.state.Apply(journal.Meta{At: noon}, WritingShared{Course: "coord", Person: "aino", Activity: "think", Privacy: ShownDone})
			}
			l, err := r.service.watched(tove, "k1", "aino")
			return l, ForTrainer, err
		})
		if err == nil || calls != 2 {
			t.Errorf("read after %d questions: %v", calls, err)
		}
	})
}

// What was tried at work shows that it was done; its texts are read only when the learner says so.
func TestSharingATry(t *testing.T) {
	r := newApplied(t)
	wantAt(t, r.want(t, 409, "aino", "PUT", activities+"try/sharing", `{"privacy":"read"}`), "code", "nothing_written")
	id := r.planned(t, "2026-11-25")
	r.want(t, 404, "tove", "GET", byTove+"try", "")
	wantAt(t, r.want(t, 400, "aino", "PUT", activities+"try/sharing", `{"privacy":"private"}`), "fields.0.code", "not_offered")
	r.want(t, 204, "aino", "PUT", activities+"try/sharing", `{"privacy":"read"}`)
	wantAt(t, r.want(t, 200, "tove", "GET", byTove+"try", ""), "tries.0.what", "Kysyn työkykytalosta", "tries.0.try.id", id)
	r.want(t, 404, "bo", "GET", byMates+"try", "")
	wantAt(t, r.want(t, 200, "tove", "GET", "/api/cohorts/k1/learners/aino", ""), "modules.1.activities.1.readable", true,
		"modules.1.activities.1.tries.0.by", "2026-11-25", "modules.1.activities.2.readable", false)
	wantAt(t, r.want(t, 409, "aino", "PUT", activities+"l1/sharing", `{"privacy":"done"}`), "code", "wrong_kind")
}

// An author may offer fewer grades; what was chosen before stays until its writer changes it.
func TestOfferedGrades(t *testing.T) {
	r := newApplied(t)
	r.want(t, 200, "aino", "PUT", think+"/reflection", reflecting("Opin.", "cohort"))
	r.publishApplied(t, "v3", []Privacy{Private, ShownDone})
	wantAt(t, r.want(t, 200, "aino", "GET", think, ""), "reflection.sharing.privacy", "cohort", "reflection.sharing.offered.1", "done", "reflection.sharing.offered.2", nil)
	wantAt(t, r.want(t, 400, "bo", "PUT", think+"/reflection", reflecting("Minäkin.", "cohort")), "fields.0.code", "not_offered")
	r.want(t, 204, "aino", "PUT", think+"/sharing", `{"privacy":"done"}`)
	r.want(t, 404, "bo", "GET", byMates+"think", "")
	r.want(t, 400, "aino", "PUT", think+"/sharing", `{"privacy":"cohort"}`)
}

// Writing anew leaves one text: the one before is nobody's, and the nightly sweep takes it.
func TestAReflectionWrittenAnew(t *testing.T) {
	r := newApplied(t)
	r.want(t, 200, "aino", "PUT", "/api/drafts/coord.think", `{"rev":0,"text":"Op"}`)
	r.want(t, 200, "aino", "PUT", think+"/reflection", reflecting("Opin.", "read"))
	wantAt(t, r.want(t, 200, "aino", "GET", think, ""), "draft.text", "")
	r.want(t, 200, "aino", "PUT", think+"/reflection", reflecting("Opin lisää.", "read"), "Idempotency-Key", "anew")
	r.want(t, 200, "aino", "PUT", think+"/reflection", reflecting("Opin lisää.", "read"), "Idempotency-Key", "anew")
	wantAt(t, r.want(t, 200, "tove", "GET", byTove+"think", ""), "text", "Opin lisää.")
	r.journal.View(func() {
		if ids := r.state.TextsOf("aino"); len(ids) != 1 {
			t.Errorf("texts %v", ids)
		}
		named := 0
		for range r.state.Texts() {
			named++
		}
		if wrong := r.state.Check(); named != 1 || len(wrong) > 0 {
			t.Errorf("%d texts are named, %v", named, wrong)
		}
	})
	data, err := r.service.kept(context.Background(), "aino")
	if err != nil || len(data[0].Reflections) != 1 || data[0].Reflections[0].Text != "Opin lisää." || data[0].Reflections[0].Privacy != ForTrainer {
		t.Errorf("the download has %+v, %v", data, err)
	}
	if other := r.another(t); other.hash(t) != r.hash(t) {
		t.Error("another server knows something else")
	}
}

// What was closed on one device is not opened by another that was without a network since, by itself or with a text.
func TestADeviceThatComesBackLateOpensNothing(t *testing.T) {
	r := newApplied(t)
	share := func(status int, privacy, saw string) {
		t.Helper()
		v := r.want(t, status, "aino", "PUT", think+"/sharing", `{"privacy":"`+privacy+`","saw":"`+saw+`"}`)
		if status == 409 {
			wantAt(t, v, "code", "closed_since")
		}
	}
	r.want(t, 200, "aino", "PUT", think+"/reflection", `{"text":"Opin.","privacy":"read","saw":"private"}`)
	share(204, "private", "read") // closed at the computer
	share(409, "cohort", "read")  // chosen on the phone before that
	share(409, "done", "read")
	wantAt(t, r.want(t, 409, "aino", "PUT", think+"/reflection", `{"text":"Opin lisää.","privacy":"cohort","saw":"read"}`), "code", "closed_since")
	r.want(t, 404, "bo", "GET", byMates+"think", "")
	share(204, "private", "cohort") // what is closed stays closed
	share(204, "cohort", "private") // who sees that it is closed may open it
	share(204, "done", "read")      // closing always goes through
	r.want(t, 200, "aino", "PUT", think+"/reflection", `{"text":"Opin lisää.","privacy":"private","saw":"cohort"}`)
	wantAt(t, r.want(t, 200, "aino", "GET", think, ""), "reflection.text", "Opin lisää.", "reflection.sharing.privacy", "private")
}

// A reflection holds nobody up: completion never asks for it, and nothing waits for it.
func TestAReflectionIsNotAskedFor(t *testing.T) {
	outline := []ModuleOutline{{ID: "m", Activities: []ActivityOutline{{ID: "l", Kind: Lesson}, {ID: "r", Kind: Reflection}}}}
	ed := newEdition(&Course{Activities: []string{"l", "r"}, Versions: []Version{{Modules: outline}}})
	for cells, want := range map[string]int{"..": 0, "x.": 100, ".x": 0, "xx": 100} {
		if got := ed.completion(Cells(cells), nil, 0).Percent(); got != want {
			t.Errorf("%s: %d per cent, want %d", cells, got, want)
		}
	}
	if !ed.finished(Cells("x."), "m") || ed.finished(Cells(".x"), "m") {
		t.Error("a module waits for its reflection")
	}
	if p, ok := ed.next("", func(p int) bool { return p == 1 }); ok {
		t.Errorf("continue leads to %d", p)
	}
}
