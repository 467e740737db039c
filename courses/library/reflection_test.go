package library_test

import (
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"luotsi/courses"
	"luotsi/courses/library"
)

func reflecting(t *testing.T, finnish, swedish string) ([]*courses.Content, error) {
	t.Helper()
	files := small(t)
	head := "---\nid: think\nkind: reflection\ntitle: Pohdinta\nminutes: 5\n"
	files["pieni/m02/02-think.fi.md"] = &fstest.MapFile{Data: []byte(head + finnish + "---\nMitä opit?\n")}
	files["pieni/m02/02-think.sv.md"] = &fstest.MapFile{Data: []byte(head + swedish + "---\nVad lärde du dig?\n")}
	return library.Load(files)
}

func TestReflection(t *testing.T) {
	for _, test := range []struct {
		finnish, swedish string
		want             []courses.Privacy
	}{
		{"", "", nil},
		{"optional: true\n", "", nil},
		{"shares: [private]\n", "shares: [private]\n", []courses.Privacy{courses.Private}},
		{"shares: [private, done, cohort]\n", "shares: [private, done, cohort]\n", []courses.Privacy{courses.Private, courses.ShownDone, courses.ForCohort}},
	} {
		all, err := reflecting(t, test.finnish, test.swedish)
		if err != nil {
			t.Errorf("%q: %v", test.finnish, err)
			continue
		}
		_, a := all[0].Find("think")
		if a == nil || !a.Optional || !reflect.DeepEqual(a.Shares, test.want) {
			t.Errorf("%q: got %+v", test.finnish, a)
		}
	}
}

func TestMistakesInReflections(t *testing.T) {
	const file = "pieni/m02/02-think.fi.md"
	for _, test := range []struct{ finnish, swedish, want string }{
		{"optional: false\n", "", file + ":6: a reflection is always optional"},
		{"shares: [done]\n", "shares: [done]\n", file + ":6: shares must begin with private"},
		{"shares: [private, everybody]\n", "shares: [private, everybody]\n", file + ":6: shares has \"everybody\""},
		{"shares: [private, read, done]\n", "shares: [private, read, done]\n", file + ":6: shares must be in the order"},
		{"shares: [private, done, done]\n", "shares: [private, done, done]\n", file + ":6: shares must be in the order"},
		{"shares: []\n", "shares: []\n", file + ":6: shares must be a list"},
		{"shares: [private]\n", "shares: [private, done]\n", "pieni/m02/02-think.sv.md:6: shares is [private done] here but [private] in Finnish"},
		{"after: [case]\n", "", "pieni/m02/02-think.sv.md:"},
		{"pass: 1\n", "", file + ":6: an activity has no key \"pass\""},
	} {
		all, err := reflecting(t, test.finnish, test.swedish)
		if err == nil || all != nil || !strings.Contains("\n"+err.Error(), "\n"+test.want) {
			t.Errorf("%q: got %v, want %s", test.finnish, err, test.want)
		}
	}
	files := small(t)
	files["pieni/m01/03-think.fi.md"] = &fstest.MapFile{Data: []byte("---\nid: think\nkind: reflection\ntitle: Pohdinta\nminutes: 5\n---\nMitä opit?\n")}
	replace(t, files, "pieni/m02/01-case.fi.md", "kind: task", "kind: task\nafter: [think]")
	if _, err := library.Load(files); err == nil || !strings.Contains(err.Error(), "after names \"think\", a reflection") {
		t.Errorf("something waits for a reflection: %v", err)
	}
}
