package courses

import (
	"context"
	"fmt"
	"testing"
	"time"
)

// versions of one lesson: its text by language at a time.
func editionOf(texts ...map[Language]string) *edition {
	c := &Course{Activities: []string{"l1"}}
	for i, hashes := range texts {
		v := Version{Hash: fmt.Sprint("v", i+1), At: int64(i+1) * 100}
		if hashes != nil {
			v.Modules = []ModuleOutline{{ID: "m1", Activities: []ActivityOutline{{ID: "l1", Kind: Lesson, Texts: hashes}}}}
		}
		c.Versions = append(c.Versions, v)
	}
	return newEdition(c)
}

func TestChangedSince(t *testing.T) {
	type texts = map[Language]string
	a, b := texts{"fi": "a"}, texts{"fi": "b"}
	tests := []struct {
		name     string
		edition  *edition
		seen     int64
		language Language
		version  string // "" when nothing changed
	}{
		{"seen before the change", editionOf(a, b), 199, "fi", "v1"},
		{"seen in the moment of the change", editionOf(a, b), 200, "fi", ""},
		{"seen after it", editionOf(a, b), 201, "fi", ""},
		{"seen in the moment of the first version", editionOf(a, b), 100, "fi", "v1"},
		{"never changed", editionOf(a, a, a), 100, "fi", ""},
		{"a version in between that changed something else", editionOf(a, a, b), 250, "fi", "v1"},
		{"changed twice", editionOf(a, b, texts{"fi": "c"}), 250, "fi", "v2"},
		{"changed back", editionOf(a, b, a), 150, "fi", ""},
		{"seen in between, and changed back", editionOf(a, b, a), 250, "fi", "v2"},
		{"away for a version, and back as it was", editionOf(a, nil, a), 150, "fi", ""},
		{"away for a version, and back another", editionOf(a, nil, b), 150, "fi", "v1"},
		{"an old version kept no hashes", editionOf(texts{}, b), 150, "fi", ""},
		{"a translation came", editionOf(a, texts{"fi": "a", "sv": "x"}), 150, "sv", ""},
		{"a translation came and Finnish changed", editionOf(a, texts{"fi": "b", "sv": "x"}), 150, "sv", "v1"},
		{"the translation changed, for its reader", editionOf(texts{"fi": "a", "sv": "x"}, texts{"fi": "a", "sv": "y"}), 150, "sv", "v1"},
		{"and not for others", editionOf(texts{"fi": "a", "sv": "x"}, texts{"fi": "a", "sv": "y"}), 150, "fi", ""},
		{"Finnish changed alone, for a Swedish reader", editionOf(texts{"fi": "a", "sv": "x"}, texts{"fi": "b", "sv": "x"}), 150, "sv", ""},
		{"a translation went", editionOf(texts{"fi": "a", "sv": "x"}, a), 150, "sv", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			version, changed := test.edition.changedSince(0, test.seen, test.language)
			if changed != (test.version != "") || changed && version != test.version {
				t.Errorf("got %q %t, want %q", version, changed, test.version)
			}
		})
	}
}

// rewritten is the sample with other words in l1, in Finnish alone.
func rewritten(hash, words string) *Content {
	c := sampleContent(hash)
	c.Modules[0].Activities[0].Hash = "texts-" + hash
	face := c.Modules[0].Activities[0].Faces["fi"]
	face.HTML = "<p>" + words + "</p>"
	c.Modules[0].Activities[0].Faces["fi"] = face
	return c
}

func (r *region) publish(t testing.TB, c *Content) {
	t.Helper()
	r.clock.Add(int64(time.Hour / time.Millisecond))
	if err := r.service.Publish(context.Background(), []*Content{c}); err != nil {
		t.Fatal(err)
	}
	r.clock.Add(int64(time.Hour / time.Millisecond))
}

// Who had finished a lesson that changed is shown the change, keeps their progress, and says once that they read it.
func TestChangedLesson(t *testing.T) {
	r := newRegion(t)
	const said = activities + "l1/acknowledgement"
	r.publish(t, rewritten("v2", "Työkyky on talo jossa on neljä kerrosta"))
	r.want(t, 200, "aino", "POST", activities+"l1/done", "")
	r.want(t, 200, "bo", "POST", activities+"l1/done", "")
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"l1", ""), "change", nil)
	r.publish(t, rewritten("v3", "Työkyky on talo jossa on viisi kerrosta"))

	v := r.want(t, 200, "aino", "GET", "/api/courses/coord", "")
	wantAt(t, v, "percent", 20, "done", 1, "modules.0.activities.0.changed", true, "modules.0.activities.0.done", true, "modules.0.activities.1.changed", false,
		"continue.activity", "l2")
	v = r.want(t, 200, "aino", "GET", activities+"l1", "")
	wantAt(t, v, "done", true, "change.hash", "texts-v3", "change.seen", "2026-11-20T14:00:00Z", "change.blocks.0.state", "same", "change.blocks.0.kind", "heading",
		"change.blocks.1.state", "changed", "change.blocks.1.html", "Työkyky on talo jossa on <del>neljä</del> <ins>viisi</ins> kerrosta", "change.blocks.2", nil)
	// The Swedish text is the same; what a Swedish reader finished says what it said.
	wantAt(t, r.want(t, 200, "bo", "GET", activities+"l1", ""), "change", nil)
	wantAt(t, r.want(t, 200, "bo", "GET", "/api/courses/coord", ""), "modules.0.activities.0.changed", false)
	// The newest version stays in memory.
	if newest := r.service.contents.newest["coord"]; newest == nil || newest.Hash != "v3" {
		t.Errorf("in memory is %v", newest)
	}

	before := r.journal.Applied()
	for _, test := range []struct {
		person, path, body string
		status             int
		code               string
	}{
		{"aino", said, `{"hash":"texts-v2"}`, 409, "changed_again"},
		{"aino", said, `{}`, 400, "invalid_request"},
		{"aino", said, `{"hash":"texts-v3","person":"bo"}`, 400, "invalid_request"},
		{"aino", activities + "zz/acknowledgement", `{"hash":"texts-v3"}`, 404, "unknown_activity"},
		{"cecilia", said, `{"hash":"texts-v3"}`, 404, "not_enrolled"},
		{"tove", said, `{"hash":"texts-v3"}`, 403, "forbidden"},
		{"", said, `{"hash":"texts-v3"}`, 401, "signed_out"},
	} {
		wantAt(t, r.want(t, test.status, test.person, "POST", test.path, test.body), "code", test.code)
	}
	r.want(t, 204, "bo", "POST", said, `{"hash":"texts-v3"}`) // nothing changed for them
	if r.journal.Applied() != before {
		t.Error("something happened")
	}

	r.want(t, 204, "aino", "POST", said, `{"hash":"texts-v3"}`)
	r.want(t, 204, "aino", "POST", said, `{"hash":"texts-v3"}`)
	if r.journal.Applied() != before+1 {
		t.Errorf("%d things happened", r.journal.Applied()-before)
	}
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"l1", ""), "change", nil, "done", true, "doneAt", "2026-11-20T14:00:00Z")
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/courses/coord", ""), "percent", 20, "modules.0.activities.0.changed", false)
	// An acknowledgement that comes again, or late and of another text, changes nothing.
	hash := r.hash(t)
	r.happen(t, ChangeAcknowledged{Course: "coord", Person: "aino", Activity: "l1", Hash: "texts-v3"},
		ChangeAcknowledged{Course: "coord", Person: "aino", Activity: "l1", Hash: "texts-v2"},
		ChangeAcknowledged{Course: "coord", Person: "bo", Activity: "l2", Hash: ""},
		ChangeAcknowledged{Course: "coord", Person: "olli", Activity: "l1", Hash: "texts-v3"})
	steps := func(person string) (n int) {
		r.journal.View(func() { n = r.state.learner(person, "coord").Trail.steps() })
		return n
	}
	if steps("aino") != 2 || steps("bo") != 1 {
		t.Errorf("%d and %d steps (state %s)", steps("aino"), steps("bo"), hash)
	}

	// It changes once more: compared with what was acknowledged, not with what was finished.
	r.publish(t, rewritten("v4", "Työkyky on talo jossa on viisi kerrosta ja katto"))
	v = r.want(t, 200, "aino", "GET", activities+"l1", "")
	wantAt(t, v, "change.blocks.1.html", "Työkyky on talo jossa on viisi kerrosta <ins>ja katto</ins>")

	// The database forgot the old version: the lesson is there, without the change.
	r.service.contents.older = nil
	if err := r.service.contents.docs.Delete(context.Background(), "v3"); err != nil {
		t.Fatal(err)
	}
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"l1", ""), "change", nil, "title", "Talo")
	if wrong := r.state.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
}

// What was handed in again after a change was written by somebody who saw it; what a trainer says is not the learner's reading.
func TestWhoSawAChange(t *testing.T) {
	e := editionOf(map[Language]string{"fi": "a"}, map[Language]string{"fi": "b"})
	tests := []struct {
		name  string
		steps []step
		want  bool
	}{
		{"nothing done", nil, false},
		{"begun, and not finished", []step{{At: 150, Deed: tried}}, false},
		{"done before", []step{{At: 150, Deed: did, Final: true}}, true},
		{"done after", []step{{At: 250, Deed: did, Final: true}}, false},
		{"handed in before, approved after", []step{{At: 150, Deed: handedIn}, {At: 250, Deed: approved, Final: true}}, true},
		{"approved before, handed in again after", []step{{At: 150, Deed: handedIn}, {At: 160, Deed: approved, Final: true}, {At: 250, Deed: handedIn}}, false},
		{"attended before: a day has no text to read again", []step{{At: 150, Deed: attended, Final: true}}, false},
		{"acknowledged", []step{{At: 150, Deed: did, Final: true}, {At: 200, Deed: acknowledged}}, false},
		{"acknowledged something before this change", []step{{At: 110, Deed: did, Final: true}, {At: 199, Deed: acknowledged}}, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var way trail
			var texts []string
			for _, s := range test.steps {
				way = way.add(s)
				if s.hasText() {
					texts = append(texts, "text")
				}
			}
			s := Standing{edition: e, trail: way, texts: texts}
			if _, got := s.changed(0, s.tallyOf("l1"), "fi"); got != test.want {
				t.Errorf("changed: %t, want %t", got, test.want)
			}
		})
	}
}
