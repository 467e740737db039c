package courses

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/mongodb"
	"luotsi/server/people"
)

func (r *region) eachVault(t testing.TB, each func(id string)) {
	t.Helper()
	err := mongodb.Open[struct{}](r.database, "vault").Each(context.Background(), func(id string, _ struct{}) error {
		each(id)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Another server, and a restart, go on where this one was, with what it stored.
func TestAnotherServerServesTheSame(t *testing.T) {
	r := newRegion(t)
	r.service.contents.size = 300 // several parts
	next := sampleContent("v2")
	if err := r.service.Publish(context.Background(), []*Content{next}); err != nil {
		t.Fatal(err)
	}
	r.want(t, 200, "aino", "POST", activities+"l1/done", "")
	r.want(t, 201, "aino", "POST", activities+"check/attempts", mostWrong)
	r.want(t, 204, "aino", "PUT", "/api/courses/coord/place", `{"activity":"case","position":7}`)
	if err := r.service.Flush(context.Background()); err != nil {
		t.Fatal(err)
	}
	other := r.another(t)
	if other.hash(t) != r.hash(t) {
		t.Error("the state hashes differ")
	}
	for _, path := range []string{"/api/learning", "/api/courses/coord", activities + "check", activities + "case"} {
		_, here := r.raw(t, "aino", "GET", path, "")
		_, there := other.raw(t, "aino", "GET", path, "")
		if !bytes.Equal(here, there) {
			t.Errorf("%s:\n%s\n%s", path, here, there)
		}
	}
	content, err := other.service.contents.load(context.Background(), "v2")
	if err != nil || !reflect.DeepEqual(content, next) {
		t.Errorf("the stored version is another one: %v", err)
	}
	if _, err := other.service.contents.load(context.Background(), "v9"); err == nil {
		t.Error("a version nobody stored was found")
	}
}

// Servers that start together publish once.
func TestPublishedOnce(t *testing.T) {
	r := newRegion(t)
	r.shared = true
	r.journal.Close()
	r.clock.Store(0)
	servers := []*region{r.another(t), r.another(t), r.another(t)}
	var all sync.WaitGroup
	for _, server := range servers {
		all.Go(func() {
			if err := server.service.Publish(context.Background(), []*Content{sampleContent("v2")}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, server := range servers {
		if err := server.journal.WaitFor(context.Background(), servers[0].journal.Applied()); err != nil {
			t.Fatal(err)
		}
		server.journal.View(func() {
			if n := len(server.state.data.Courses["coord"].Versions); n != 2 {
				t.Errorf("got %d versions, want 2", n)
			}
		})
	}
}

// A quiz that is published anew between reading and answering is marked by the new version.
func TestAttemptWhileAVersionComes(t *testing.T) {
	r := newRegion(t)
	next := sampleContent("v2")
	next.Modules[0].Activities[2].Pass = 3
	if err := r.service.contents.store(context.Background(), next); err != nil {
		t.Fatal(err)
	}
	newID := r.service.newID
	once := sync.OnceFunc(func() { r.happen(t, CourseVersionPublished{Course: "coord", Hash: "v2", Modules: next.Outline()}) })
	r.service.newID = func() string { once(); return newID() } // after marking, before the commit
	twoRight := `{"answers":[{"question":"q1","options":["b"]},{"question":"q2","options":["a","b"]},{"question":"q3","text":"osaaminen"}]}`
	v := r.want(t, 201, "aino", "POST", activities+"check/attempts", twoRight)
	wantAt(t, v, "attempt.points", 2, "attempt.passed", false) // two passed in v1
	texts := 0
	r.eachVault(t, func(string) { texts++ })
	if texts != 1 {
		t.Errorf("%d texts in the vault, want 1", texts)
	}
}

func TestPlaces(t *testing.T) {
	r := newRegion(t)
	ctx := context.Background()
	stored := func(id string) (placeDoc, error) { return r.service.places.docs.Get(ctx, id) }
	r.want(t, 204, "aino", "PUT", "/api/courses/coord/place", `{"activity":"l2","position":10}`)
	if _, err := stored("aino:coord"); !errors.Is(err, mongodb.ErrNotFound) {
		t.Errorf("written at once: %v", err)
	}
	if err := r.service.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	if doc, err := stored("aino:coord"); err != nil || doc.Activity != "l2" || doc.Position != 10 {
		t.Errorf("after flushing: %+v %v", doc, err)
	}

	// The other server sees it, and moves on; here the new place comes after the ten seconds that one may lag.
	other := r.another(t)
	other.service.places.shared, r.service.places.shared = true, true
	wantAt(t, other.want(t, 200, "aino", "GET", "/api/learning", ""), "courses.0.continue.activity", "l2")
	other.clock.Store(noon.Add(time.Minute).UnixMilli())
	other.want(t, 204, "aino", "PUT", "/api/courses/coord/place", `{"activity":"case","position":3}`)
	if err := other.service.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/learning", ""), "courses.0.continue.activity", "l2")
	r.clock.Store(noon.Add(11 * time.Second).UnixMilli())
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/learning", ""), "courses.0.continue.activity", "case")

	// A place that was put here before, but is flushed after, does not replace the later one.
	r.want(t, 204, "aino", "PUT", "/api/courses/coord/place", `{"activity":"l1","position":1}`)
	if err := r.service.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	if doc, err := stored("aino:coord"); err != nil || doc.Activity != "case" {
		t.Errorf("the later place is gone: %+v %v", doc, err)
	}

	// Erased people have no place, also not the one that was still in memory.
	r.want(t, 204, "bo", "PUT", "/api/courses/coord/place", `{"activity":"l1","position":1}`)
	r.want(t, 204, "aino", "PUT", "/api/courses/coord/place", `{"activity":"l1","position":1}`)
	if err := r.service.Keeper().Forget(ctx, "aino", people.Name{}); err != nil {
		t.Fatal(err)
	}
	r.happen(t, people.PersonErased{Person: "aino"}, people.PersonErased{Person: "bo"})
	if err := r.service.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"aino:coord", "bo:coord"} {
		if _, err := stored(id); !errors.Is(err, mongodb.ErrNotFound) {
			t.Errorf("%s: %v", id, err)
		}
	}
	r.clock.Store(noon.Add(3 * time.Hour).UnixMilli())
	if err := r.service.Flush(ctx); err != nil || len(r.service.places.kept) != 0 {
		t.Errorf("%d places stay in memory, %v", len(r.service.places.kept), err)
	}
}

// What a person gets of what is kept about them, and what is left when they are erased.
func TestKeeper(t *testing.T) {
	r := newRegion(t)
	ctx := context.Background()
	keeper := r.service.Keeper()
	r.want(t, 200, "aino", "POST", activities+"l1/done", "")
	r.want(t, 201, "aino", "POST", activities+"check/attempts", mostWrong)
	r.want(t, 201, "aino", "POST", activities+"case/submission", `{"text":"oma vastaus"}`)
	r.want(t, 204, "aino", "PUT", "/api/courses/coord/place", `{"activity":"l2","position":10}`)
	data, err := keeper.Data(ctx, "aino")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(data)
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	wantAt(t, v, "courses.0.course", "coord", "courses.0.done", 2, "courses.0.place.activity", "l2", "courses.0.steps.0.what", "done",
		"courses.0.steps.1.what", "attempted", "courses.0.steps.1.points", 1, "courses.0.steps.2.text", "oma vastaus")
	if text, _ := at(v, "courses", 0, "steps", 1, "text").(string); !strings.Contains(text, `"text":"osaaminen"`) {
		t.Errorf("answers: %s", text)
	}
	before := r.state.completion(r.state.learner("aino", "coord")).Percent()
	r.happen(t, people.PersonErased{Person: "aino"})
	if err := r.vault.Erase(ctx, "aino", keeper.Texts("aino")); err != nil {
		t.Fatal(err)
	}
	r.eachVault(t, func(id string) { t.Errorf("%s is still there", id) })
	if after := r.state.completion(r.state.learner("aino", "coord")).Percent(); after != before {
		t.Errorf("percent: %d, then %d", before, after)
	}
	if data, err = keeper.Data(ctx, "aino"); err != nil || strings.Contains(fmt.Sprint(data), "oma vastaus") {
		t.Errorf("data: %v %v", data, err)
	}
	v = r.want(t, 410, "tove", "GET", "/api/cohorts/k1/learners/aino/submissions/case", "")
	wantAt(t, v, "code", "text_gone")
	wantAt(t, r.want(t, 200, "tove", "GET", "/api/cohorts/k1/matrix", ""), "cohort.learners", 2, "learners.1.person", "aino", "learners.1.name", "")
}

func TestProjection(t *testing.T) {
	r := newRegion(t)
	r.clock.Store(0) // the journal's time
	ctx, stop := context.WithCancel(context.Background())
	p := NewProjection(r.database, r.journal, r.state, r.vault, r.service.log)
	r.want(t, 200, "aino", "POST", activities+"l1/done", "")
	ended := make(chan struct{})
	go func() {
		p.Run(ctx)
		close(ended)
	}()
	id := r.vault.Fingerprint(projectionName, enrolmentID("coord", "aino"))
	wait := func(what, id string, ok func(projected) bool) {
		t.Helper()
		deadline := time.Now().Add(15 * time.Second)
		for {
			doc, err := p.Documents.Get(ctx, id)
			if err == nil && ok(doc) {
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s: %+v %v", what, doc, err)
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	wait("built from the start", id, func(d projected) bool { return d.Percent == 20 && d.Unit == "east" && len(d.Activities) == 1 })
	r.want(t, 201, "aino", "POST", activities+"check/attempts", mostWrong)
	r.want(t, 200, "aino", "POST", activities+"l2/done", "")
	wait("two more", id, func(d projected) bool {
		return d.Percent == 40 && d.Modules[0].Percent == 50 && len(d.Activities) == 3 && d.Activities[2].Points == 1 && d.LastAt != nil
	})
	r.withDays(t)
	r.want(t, 204, "tove", "PUT", "/api/cohorts/k1/attendance/d1", `{"day":"2026-11-18","present":["aino"],"absent":[]}`)
	wait("a contact day", id, func(d projected) bool { return d.Done == 3 && d.Total == 6 })
	next := sampleContent("v2")
	next.Modules = next.Modules[:1]
	if err := r.service.Publish(ctx, []*Content{next}); err != nil {
		t.Fatal(err)
	}
	wait("a new version", id, func(d projected) bool { return d.Percent == 50 && d.Version == "v2" && d.Total == 4 })
	wait("of everybody", r.vault.Fingerprint(projectionName, enrolmentID("coord", "bo")), func(d projected) bool { return d.Version == "v2" })
	stop()
	<-ended

	ctx = context.Background()
	all := func() map[string]projected {
		docs := map[string]projected{}
		if err := p.Documents.Each(ctx, func(id string, d projected) error { docs[id] = d; return nil }); err != nil {
			t.Fatal(err)
		}
		return docs
	}
	kept := all()
	if len(kept) != 2 {
		t.Errorf("got %d copies, want 2", len(kept))
	}
	for id, d := range kept {
		if strings.Contains(id+fmt.Sprintf("%+v", d), "aino") {
			t.Errorf("the copy tells who it is: %s %+v", id, d)
		}
	}
	if err := p.Documents.Put(ctx, "stray", projected{}); err != nil {
		t.Fatal(err)
	}
	if err := p.Documents.Delete(ctx, id); err != nil {
		t.Fatal(err)
	}
	if err := p.Rebuild(ctx); err != nil {
		t.Fatal(err)
	}
	if got := all(); !reflect.DeepEqual(got, kept) {
		t.Errorf("rebuilt: %+v, want %+v", got, kept)
	}
}

// Forty people answering at once lose nothing.
func TestManyAtOnce(t *testing.T) {
	r := newRegion(t)
	var events []journal.Event
	for n := range 40 {
		person := fmt.Sprint("p", n)
		events = append(events, people.PersonAdded{Person: person, Org: "school", Language: "fi", Grants: placed("trainee", "east"), Credential: "c" + person},
			LearnerEnrolled{Cohort: "k1", Course: "coord", Person: person})
	}
	r.happen(t, events...)
	var all sync.WaitGroup
	for n := range 40 {
		caller := r.caller(fmt.Sprint("p", n))
		all.Go(func() {
			ctx := context.Background()
			for range 3 { // the second and third time nothing is left to do
				if _, err := r.service.Complete(ctx, caller, "coord", "l1"); err != nil {
					t.Error(err)
				}
			}
			if _, _, err := r.service.HandIn(ctx, caller, "coord", "check", "", []QuizAnswer{one("q1", "a"), one("q2", "a", "b"), said("q3", "x")}); err != nil {
				t.Error(err)
			}
			if _, err := r.service.Submit(ctx, caller, "coord", "case", "vastaus", nil); err != nil {
				t.Error(err)
			}
		})
	}
	for range 20 {
		if _, err := r.service.Matrix(context.Background(), r.caller("tove"), "k1"); err != nil {
			t.Error(err)
		}
	}
	all.Wait()
	m, err := r.service.Matrix(context.Background(), r.caller("tove"), "k1")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range m.Rows[2:] {
		if string(row.Cells) != "x.xx." {
			t.Errorf("%s: %s", row.Person, row.Cells)
		}
	}
	if wrong := r.state.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
}

// With the database away a lesson is served from memory, and what has to read or write it says so.
func TestDatabaseAway(t *testing.T) {
	r := newRegion(t)
	r.want(t, 201, "aino", "POST", activities+"case/submission", `{"text":"vastaus"}`)
	away, cancel := context.WithCancel(context.Background())
	cancel() // every access of the database fails at once
	aino, tove := r.caller("aino"), r.caller("tove")
	if p, err := r.service.Activity(away, aino, "coord", "l1"); err != nil || p.Activity.ID != "l1" {
		t.Errorf("lesson: %v", err)
	}
	if ways, err := r.service.Ways(away, aino); err != nil || len(ways) != 1 {
		t.Errorf("courses: %v", err)
	}
	if _, err := r.service.Matrix(away, tove, "k1"); err != nil {
		t.Errorf("matrix: %v", err)
	}
	_, quiz := r.service.Activity(away, aino, "coord", "check")
	_, draft := r.service.SaveDraft(away, aino, "coord.check", 0, "x")
	_, looked := r.service.Learner(away, tove, "k1", "aino")
	text, _, read := r.service.Submission(away, tove, "k1", "aino", "case")
	_, submitted := r.service.Submit(away, aino, "coord", "case", "x", nil)
	for what, err := range map[string]error{"a quiz": quiz, "a draft": draft, "a look": looked, "a submission read": read, "a submission": submitted} {
		if f, ok := fault.As(err); !ok || f.Kind != fault.Unavailable {
			t.Errorf("%s: got %v, want unavailable", what, err)
		}
	}
	if text != "" {
		t.Errorf("shown without being logged: %q", text)
	}
}
