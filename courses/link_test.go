package courses

import (
	"testing"
	"time"
)

// withLink is the sample with a service elsewhere and a text to look at after l2.
func withLink(hash string) *Content {
	c := sampleContent(hash)
	link := lessonOf("kanta", "Muualla", "")
	link.Kind = Link
	link.Faces["fi"] = ActivityFace{Title: "Muualla", HTML: "<p>Tee</p>", Address: "https://example.org/"}
	look := lessonOf("look", "Katso", "")
	look.Requires = ToView
	c.Modules[0].Activities = append(c.Modules[0].Activities, link, look)
	return c
}

func TestDoneElsewhere(t *testing.T) {
	r := newRegion(t)
	r.publish(t, withLink("v2"))
	const done = activities + "kanta/done-elsewhere"
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"kanta", ""), "elsewhere.address", "https://example.org/", "elsewhere.on", nil, "done", false)
	before := r.journal.Applied()
	for _, test := range []struct {
		name, person, path, body string
		status                   int
		code, field              string
	}{
		{"tomorrow", "aino", done, `{"on":"2026-11-21"}`, 400, "invalid_request", "future"},
		{"long ago", "aino", done, `{"on":"1999-12-31"}`, 400, "invalid_request", "past"},
		{"no day", "aino", done, `{}`, 400, "invalid_request", "required"},
		{"no such day", "aino", done, `{"on":"2026-02-30"}`, 400, "invalid_request", "date"},
		{"for somebody else", "aino", done, `{"on":"2026-11-20","person":"bo"}`, 400, "invalid_request", "unknown"},
		{"a lesson has no day", "aino", activities + "l1/done-elsewhere", `{"on":"2026-11-20"}`, 409, "wrong_kind", ""},
		{"and a service elsewhere needs one", "aino", activities + "kanta/done", "", 409, "wrong_kind", ""},
		{"another cohort's learner", "cecilia", done, `{"on":"2026-11-20"}`, 404, "not_enrolled", ""},
	} {
		v := r.want(t, test.status, test.person, "POST", test.path, test.body)
		if code, _ := at(v, "fields", 0, "code").(string); at(v, "code") != test.code || code != test.field {
			t.Errorf("%s: got %v", test.name, v)
		}
	}
	if r.journal.Applied() != before {
		t.Error("something happened")
	}
	// Noon in UTC is the same day in Finland; at 22:00 the next one has begun there.
	r.want(t, 200, "aino", "POST", done, `{"on":"2026-11-20"}`)
	wantAt(t, r.want(t, 200, "aino", "POST", done, `{"on":"2026-11-19"}`), "done", 1)
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"kanta", ""), "elsewhere.on", "2026-11-20", "done", true)
	wantAt(t, r.want(t, 200, "bo", "GET", activities+"kanta", ""), "elsewhere.on", nil, "done", false)
	r.clock.Store(time.Date(2026, 11, 20, 22, 30, 0, 0, time.UTC).UnixMilli())
	r.want(t, 200, "bo", "POST", done, `{"on":"2026-11-21"}`)
	if wrong := r.state.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
}

func TestViewed(t *testing.T) {
	r := newRegion(t)
	r.publish(t, withLink("v2"))
	wantAt(t, r.want(t, 200, "aino", "POST", activities+"look/viewed", ""), "done", 1)
	before := r.journal.Applied()
	wantAt(t, r.want(t, 200, "aino", "POST", activities+"look/viewed", ""), "done", 1)
	wantAt(t, r.want(t, 409, "aino", "POST", activities+"l1/viewed", ""), "code", "wrong_kind")
	wantAt(t, r.want(t, 404, "aino", "POST", activities+"zz/viewed", ""), "code", "unknown_activity")
	wantAt(t, r.want(t, 404, "cecilia", "POST", activities+"look/viewed", ""), "code", "not_enrolled")
	if r.journal.Applied() != before {
		t.Error("something happened")
	}
	wantAt(t, r.want(t, 200, "bo", "GET", activities+"look", ""), "done", false)
}

// "Continue: module 1, lesson 2, 6 min" leads to the exact place.
func TestContinueTellsThePlace(t *testing.T) {
	r := newRegion(t)
	v := r.want(t, 200, "aino", "GET", "/api/learning", "")
	wantAt(t, v, "courses.0.continue.moduleNumber", 1, "courses.0.continue.number", 1, "courses.0.continue.minutes", 10)
	for _, test := range []struct {
		place                   string
		activity                string
		module, number, minutes int
	}{
		{`{"activity":"l2","position":0}`, "l2", 1, 2, 10},
		{`{"activity":"l2","position":1}`, "l2", 1, 2, 10},
		{`{"activity":"l2","position":500}`, "l2", 1, 2, 5},
		{`{"activity":"l2","position":1000}`, "l2", 1, 2, 1},
		{`{"activity":"check","position":3}`, "check", 1, 1, 5},
		{`{"activity":"l3","position":0}`, "l3", 2, 1, 10},
	} {
		r.want(t, 204, "aino", "PUT", "/api/courses/coord/place", test.place)
		v := r.want(t, 200, "aino", "GET", "/api/courses/coord", "")
		wantAt(t, v, "continue.activity", test.activity, "continue.moduleNumber", test.module, "continue.number", test.number, "continue.minutes", test.minutes)
	}
	for place, status := range map[string]int{
		`{"activity":"l2","position":0,"second":86400}`: 204, `{"activity":"l2","position":0,"second":86401}`: 400, `{"activity":"l2","position":0,"second":-1}`: 400,
	} {
		r.want(t, status, "aino", "PUT", "/api/courses/coord/place", place)
	}
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"l2", ""), "place.second", 86400)
	if err := r.service.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	other := r.another(t)
	wantAt(t, other.want(t, 200, "aino", "GET", activities+"l2", ""), "place.activity", "l2", "place.second", 86400)
}
