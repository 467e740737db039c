package courses

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"luotsi/server/journal"
	"luotsi/server/people"
)

// Everything that is kept about a learner is in what they can take with them, and nothing of it outlives them: each text has a word
// of its own, which is looked for in the download, and in the vault after the erasure.
func TestEverythingKeptIsGivenAndErased(t *testing.T) {
	r := newRegion(t)
	r.withDevelopment(t)
	ctx := context.Background()
	r.want(t, 201, "aino", "POST", activities+"case/submission", `{"text":"Ensimmäinen osaa sanaA."}`)
	path := "/api/submissions/" + r.waitsFor(t, "tove").Submission
	r.want(t, 204, "tove", "POST", path+"/feedback", `{"verdict":"returned","words":"sanaB","comments":[{"start":12,"end":16,"quote":"osaa","text":"sanaC"}],"rubric":[],"older":false}`)
	const learner = "/api/cohorts/k1/learners/aino"
	r.want(t, 204, "tove", "POST", learner+"/credits", `{"module":"m2","kind":"prior_learning","basis":"sanaD"}`)
	r.want(t, 204, "tove", "POST", learner+"/credits", `{"module":"m2","kind":"compensating","basis":"sanaE"}`)
	r.want(t, 204, "tove", "POST", learner+"/credits", `{"module":"m1","kind":"compensating","basis":"sanaF"}`)
	r.want(t, 204, "tove", "DELETE", learner+"/credits/m1", "")
	for _, reason := range []string{"sanaG", "sanaH"} {
		r.want(t, 200, "tove", "POST", "/api/cohorts/k1/extensions", `{"people":["aino","bo"],"target":"m2","until":"2026-12-24","reason":"`+reason+`"}`)
	}
	r.want(t, 204, "tove", "POST", "/api/cohorts/k1/messages", `{"people":["aino"],"subject":"sanaI","text":"sanaJ"}`)
	r.want(t, 204, "tove", "POST", "/api/cohorts/k1/groups", `{"name":"sanaK","members":["aino","bo"],"trainers":[]}`)
	if err := r.service.places.flush(ctx, func(string) bool { return false }); err != nil {
		t.Fatal(err)
	}

	download := func(person string) string {
		t.Helper()
		data, err := r.service.Keeper().Data(ctx, person)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(data)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	all := download("aino")
	for _, word := range strings.Split("ABCDEFGHIJK", "") {
		if !strings.Contains(all, "sana"+word) {
			t.Errorf("the download lacks sana%s", word)
		}
	}
	if other := download("bo"); !strings.Contains(other, "sanaH") || !strings.Contains(other, "sanaK") || strings.Contains(other, "sanaA") || strings.Contains(other, "sanaJ") {
		t.Errorf("somebody else's download: %s", other)
	}
	if trainer := download("tove"); !strings.Contains(trainer, `"written":true`) || strings.Contains(trainer, "sanaA") {
		t.Errorf("the trainer's download: %s", trainer)
	}

	before := r.want(t, 200, "tove", "GET", "/api/cohorts", "")
	r.happen(t, people.PersonErased{Person: "aino"})
	if err := r.vault.Erase(ctx, "aino", r.state.TextsOf("aino")); err != nil {
		t.Fatal(err)
	}
	left := 0
	r.eachVault(t, func(id string) {
		if text, err := r.vault.Get(ctx, id); err == nil {
			for _, word := range strings.Split("ABCDEF", "") {
				if strings.Contains(text, "sana"+word) {
					t.Errorf("sana%s is still there", word)
				}
			}
			left++
		}
	})
	if left != 3 { // bo's two reasons, and the trainer's message
		t.Errorf("%d texts are left, want 3", left)
	}
	after := r.want(t, 200, "tove", "GET", "/api/cohorts", "")
	if at(before, "cohorts", 0, "percent") != at(after, "cohorts", 0, "percent") || at(before, "cohorts", 0, "learners") != at(after, "cohorts", 0, "learners") {
		t.Errorf("the counts were %v and are %v", before, after)
	}
}

// What is written anew leaves nothing of the text before, and who asks again loses nothing.
func TestRewritingLeavesNothing(t *testing.T) {
	r := newApplied(t)
	texts := func() (n int) {
		r.eachVault(t, func(string) { n++ })
		return n
	}
	for _, text := range []string{"yksi", "kaksi", "kaksi"} {
		r.want(t, 200, "aino", "PUT", activities+"think/reflection", `{"text":"`+text+`","privacy":"private"}`, "Idempotency-Key", "key-"+text)
	}
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"think", ""), "reflection.text", "kaksi")
	if texts() != 1 {
		t.Errorf("%d texts are kept of one reflection", texts())
	}
	r.want(t, 201, "aino", "POST", tries, `{"what":"Kysyn","by":"2026-11-30"}`)
	try := at(r.want(t, 200, "aino", "GET", activities+"try", ""), "work", "tries", 0, "try", "id").(string)
	for range 2 {
		r.want(t, 200, "aino", "PUT", tries+"/"+try+"/plan", `{"what":"Kysyn ensin","by":"2026-12-01"}`, "Idempotency-Key", "again")
	}
	if texts() != 2 {
		t.Errorf("%d texts are kept of one reflection and one plan", texts())
	}
}

// Who leaves a cohort is in none of its small groups any more, and its trainers can still change those.
func TestLeavingLeavesTheSmallGroup(t *testing.T) {
	s := enrolled(GroupFormed{Group: "g", Cohort: "k", Name: "A", Members: []string{"p"}}, LearnerRemoved{Cohort: "k", Course: "c", Person: "p"})
	if got := s.data.Group.Groups["g"].Members; len(got) != 0 {
		t.Errorf("got %v", got)
	}
	s.Apply(journal.Meta{Number: 20, At: start}, LearnerEnrolled{Cohort: "k", Course: "c", Person: "p"})
	if got := s.data.Group.Groups["g"].Members; len(got) != 0 {
		t.Errorf("who comes back is in %v", got)
	}
}
