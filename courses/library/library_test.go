package library_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"luotsi/courses"
	"luotsi/courses/library"
)

// small is a course with a lesson, a quiz and a task in Finnish, and the lesson in Swedish too.
func small(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(os.DirFS("testdata"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path.Join("testdata", name))
		files[name] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func replace(t *testing.T, files fstest.MapFS, name, old, text string) {
	t.Helper()
	before := string(files[name].Data)
	if !strings.Contains(before, old) {
		t.Fatalf("%s does not hold %q", name, old)
	}
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(before, old, text, 1))}
}

func TestLoad(t *testing.T) {
	all, err := library.Load(small(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 1 {
		t.Fatalf("courses: got %d, want 1", len(all))
	}
	c := all[0]
	var order []string
	for _, m := range c.Modules {
		order = append(order, m.ID)
		for _, a := range m.Activities {
			order = append(order, fmt.Sprintf("%s(%s %d)", a.ID, a.Kind, a.Minutes))
		}
	}
	if want := "m1 house(lesson 10) check(quiz 5) m2 case(task 30)"; strings.Join(order, " ") != want {
		t.Errorf("order: got %s, want %s", strings.Join(order, " "), want)
	}
	_, lesson := c.Find("house")
	face, shown := lesson.Faces.In("sv")
	if shown != "sv" || face.Title != "Huset" {
		t.Errorf("Swedish face: got %q in %s", face.Title, shown)
	}
	if face, shown = lesson.Faces.In("en"); shown != "fi" || face.Title != "Talo" {
		t.Errorf("fallback: got %q in %s, want Talo in fi", face.Title, shown)
	}
	for _, part := range []string{"<h2>Otsikko</h2>", "<table>", "<th align=\"right\">Luku</th>", `<a href="https://www.ttl.fi/" rel="noreferrer">`, "<li>yksi</li>"} {
		if !strings.Contains(face.HTML, part) {
			t.Errorf("HTML lacks %s:\n%s", part, face.HTML)
		}
	}
	_, quiz := c.Find("check")
	if quiz.Pass != 2 || len(quiz.Questions) != 3 || quiz.Questions[2].Faces["fi"].Accept[1] != "2" {
		t.Errorf("quiz: got %+v", quiz)
	}
	if m := c.Modules[0].Faces["fi"]; m.Reviewed != "2026-11-20" || len(m.Goals) != 2 || c.Modules[0].Hours != 27 {
		t.Errorf("module: got %+v", m)
	}
}

func TestHashCoversEveryByteAndName(t *testing.T) {
	hash := func(files fstest.MapFS) string {
		t.Helper()
		all, err := library.Load(files)
		if err != nil {
			t.Fatal(err)
		}
		return all[0].Hash
	}
	first := hash(small(t))
	if again := hash(small(t)); again != first {
		t.Error("the same files got another hash")
	}
	edited := small(t)
	replace(t, edited, "pieni/m01/01-house.sv.md", "Huset", "Huset!")
	renamed := small(t)
	renamed["pieni/m01/03-house.fi.md"] = renamed["pieni/m01/01-house.fi.md"]
	renamed["pieni/m01/03-house.sv.md"] = renamed["pieni/m01/01-house.sv.md"]
	delete(renamed, "pieni/m01/01-house.fi.md")
	delete(renamed, "pieni/m01/01-house.sv.md")
	if hash(edited) == first || hash(renamed) == first {
		t.Error("a change did not change the hash")
	}
}

func TestMistakes(t *testing.T) {
	const quiz = "pieni/m01/02-check.fi.md"
	const lesson = "pieni/m01/01-house.fi.md"
	swap := func(name, old, text string) func(*testing.T, fstest.MapFS) {
		return func(t *testing.T, files fstest.MapFS) { replace(t, files, name, old, text) }
	}
	tests := []struct {
		name   string
		change func(*testing.T, fstest.MapFS)
		want   string // "file:line: part of the reason"
	}{
		{"unknown key", swap(lesson, "minutes: 10", "minutes: 10\ncolour: red"), lesson + ":6: an activity has no key \"colour\""},
		{"key of another kind", swap(lesson, "minutes: 10", "minutes: 10\npass: 1"), lesson + ":6: an activity has no key \"pass\""},
		{"key twice", swap(lesson, "minutes: 10", "minutes: 10\nminutes: 11"), lesson + ":6: the front matter is not YAML"},
		{"no front matter", swap(lesson, "---\n", ""), lesson + ":1: the file must start with front matter"},
		{"front matter without end", swap(lesson, "minutes: 10\n---", "minutes: 10"), lesson + ":1: the front matter has no end"},
		{"broken YAML", swap(lesson, "title: Talo", "title: [Talo"), lesson + ":"},
		{"empty front matter", func(_ *testing.T, f fstest.MapFS) { f[lesson].Data = []byte("---\n---\ntext") }, lesson + ":1: the front matter is empty"},
		{"front matter is a list", func(_ *testing.T, f fstest.MapFS) { f[lesson].Data = []byte("---\n- id\n---\ntext") }, lesson + ":2: an activity must be a mapping"},
		{"missing key", swap(lesson, "title: Talo\n", ""), lesson + ":2: title is missing"},
		{"null", swap(lesson, "title: Talo", "title:"), lesson + ":4: title is missing"},
		{"number for a text", swap(lesson, "title: Talo", "title: 2026"), lesson + ":4: title must be a text"},
		{"text for a number", swap(lesson, "minutes: 10", "minutes: ten"), lesson + ":5: minutes must be a whole number from 1 to 600"},
		{"negative number", swap(lesson, "minutes: 10", "minutes: -1"), lesson + ":5: minutes must be a whole number"},
		{"odd id", swap(lesson, "id: house", "id: m1.house"), lesson + ":2: id \"m1.house\" must be"},
		{"unknown kind", swap(lesson, "kind: lesson", "kind: film"), lesson + ":3: kind \"film\" is none"},
		{"requirement of another kind", swap(lesson, "minutes: 10", "minutes: 10\nrequires: pass"), lesson + ":6: a lesson requires one of [do view], not \"pass\""},
		{"after what comes later", swap(lesson, "minutes: 10", "minutes: 10\nafter: [check]"), lesson + ":6: after names \"check\", which is no earlier"},
		{"after itself", swap(quiz, "minutes: 5", "minutes: 5\nafter: [check]"), quiz + ":6: after names \"check\""},
		{"after its own module", swap(quiz, "minutes: 5", "minutes: 5\nafter: [m1]"), quiz + ":6: after names \"m1\""},
		{"after one twice", swap(quiz, "minutes: 5", "minutes: 5\nafter: [house, house]"), quiz + ":6: after names \"house\" twice"},
		{"opens on no day", swap(lesson, "minutes: 10", "minutes: 10\nopens: soon"), lesson + ":6: opens must be a day like 2026-11-21, or start+14"},
		{"due before the start", swap(lesson, "minutes: 10", "minutes: 10\ndue: start+-1"), lesson + ":6: due must be a day"},
		{"another gate", swap("pieni/m01/01-house.sv.md", "minutes: 10", "minutes: 10\nopens: start+3"), "pieni/m01/01-house.sv.md:6: after, opens and due are not those"},
		{"planned of one activity only", swap(lesson, "minutes: 10", "minutes: 10\nplanned: 60"), "pieni/m01/module.fi.md: activity \"check\" does not say how much study"},
		{"planned is not the hours", func(t *testing.T, f fstest.MapFS) {
			replace(t, f, lesson, "minutes: 10", "minutes: 10\nplanned: 60")
			delete(f, "pieni/m01/01-house.sv.md")
			replace(t, f, quiz, "minutes: 5", "minutes: 5\nplanned: 1559")
		}, "pieni/m01/module.fi.md: the planned study is 1619 min, but 27 hours are 1620 min"},
		{"contact days", swap("pieni/course.fi.md", "id: pieni", "id: pieni\ncontact_days: many"), "pieni/course.fi.md:3: contact_days must be a whole number"},
		{"no text", func(_ *testing.T, f fstest.MapFS) {
			f["pieni/m02/01-case.fi.md"].Data = []byte("---\nid: case\nkind: task\ntitle: T\nminutes: 3\n---\n \n")
		}, "pieni/m02/01-case.fi.md:7: the text is missing"},
		{"activity id twice", swap("pieni/m02/01-case.fi.md", "id: case", "id: house"), "pieni/m02/01-case.fi.md:2: id \"house\" is also in " + lesson},
		{"module id twice", swap("pieni/m02/module.fi.md", "id: m2", "id: m1"), "pieni/m02/module.fi.md:2: id \"m1\" is also in pieni/m01/module.fi.md"},
		{"course id", swap("pieni/course.fi.md", "id: pieni", "id: suuri"), "pieni/course.fi.md:2: id \"suuri\" must be the name of the folder"},
		{"odd day", swap("pieni/m01/module.fi.md", "2026-11-20", "20.11.2026"), "pieni/m01/module.fi.md:12: reviewed must be a day"},
		{"review before", swap("pieni/m01/module.fi.md", "2027-11-20", "2026-01-01"), "pieni/m01/module.fi.md:13: review_by is before reviewed"},
		{"empty list", swap("pieni/m01/module.fi.md", "goals:\n  - Tavoite yksi\n  - Tavoite kaksi", "goals: []"), "pieni/m01/module.fi.md:5: goals must be a list"},
		{"HTML", swap(lesson, "## Otsikko", "## Otsikko\n\n<script>alert(1)</script>"), lesson + ":9: HTML is not taken"},
		{"inline HTML", swap(lesson, "Leipää", "Leipää <b>ja</b>"), lesson + ":9: HTML is not taken"},
		{"first heading", swap(lesson, "## Otsikko", "# Otsikko"), lesson + ":7: headings start at ##"},
		{"script link", swap(lesson, "https://www.ttl.fi/", "javascript:alert(1)"), lesson + ":9: a link must start with https://"},
		{"image", swap(lesson, "Leipää", "![kuva](https://a.fi/a.png)"), lesson + ":9: images are not taken"},
		{"not UTF-8", swap(lesson, "Leipää", "Leip\xff"), lesson + ": not UTF-8"},
		{"no Finnish course", func(_ *testing.T, f fstest.MapFS) { delete(f, "pieni/course.fi.md") }, "pieni/course.fi.md: the file is missing"},
		{"no Finnish module", func(_ *testing.T, f fstest.MapFS) { delete(f, "pieni/m02/module.fi.md") }, "pieni/m02/module.fi.md: the file is missing"},
		{"no Finnish lesson", func(_ *testing.T, f fstest.MapFS) { delete(f, lesson) }, lesson + ": the file is missing"},
		{"unknown language", func(_ *testing.T, f fstest.MapFS) { f["pieni/course.de.md"] = f["pieni/course.fi.md"] }, "pieni/course.de.md: the language \"de\""},
		{"stray file", func(_ *testing.T, f fstest.MapFS) { f["pieni/notes.txt"] = &fstest.MapFile{} }, "pieni/notes.txt: not a file of a course"},
		{"stray folder", func(_ *testing.T, f fstest.MapFS) { f["pieni/m01/kuvat/a.md"] = &fstest.MapFile{} }, "pieni/m01/kuvat: not the folder of a module"},
		{"file beside courses", func(_ *testing.T, f fstest.MapFS) { f["a.md"] = &fstest.MapFile{} }, "a.md: a library holds folders"},
		{"number twice", func(_ *testing.T, f fstest.MapFS) {
			f["pieni/m01/02-other.fi.md"] = &fstest.MapFile{Data: []byte("---\nid: other\nkind: lesson\ntitle: T\nminutes: 3\n---\ntext\n")}
		}, "pieni/m01/02-other.fi.md: number 02 is used twice"},
		{"no module", func(_ *testing.T, f fstest.MapFS) {
			for name := range f {
				if name != "pieni/course.fi.md" {
					delete(f, name)
				}
			}
		}, "pieni: a course needs a module"},
		{"pass above the questions", swap(quiz, "pass: 2", "pass: 4"), quiz + ":6: pass is 4, but there are only 3 questions"},
		{"pass missing", swap(quiz, "pass: 2\n", ""), quiz + ":2: pass is missing"},
		{"questions missing", func(_ *testing.T, f fstest.MapFS) {
			f[quiz].Data = []byte("---\nid: check\nkind: quiz\ntitle: T\nminutes: 3\npass: 1\n---\n")
		}, quiz + ":2: questions is missing"},
		{"two correct of a single choice", swap(quiz, "        text: Väärä yksi", "        correct: true\n        text: Väärä yksi"), quiz + ":12: a single choice has one correct option, not 2"},
		{"no correct of a multiple choice", func(t *testing.T, f fstest.MapFS) {
			replace(t, f, quiz, "text: Toinen oikea\n        correct: true", "text: Toinen oikea")
			replace(t, f, quiz, "text: Kolmas oikea\n        correct: true", "text: Kolmas oikea")
		}, quiz + ":23: a multiple choice has at least one correct option"},
		{"question id twice", swap(quiz, "id: q2", "id: q1"), quiz + ":19: question id \"q1\" is used twice"},
		{"option id twice", swap(quiz, "- id: b\n        text: Väärä yksi", "- id: a\n        text: Väärä yksi"), quiz + ":16: option id \"a\" is used twice"},
		{"unknown type", swap(quiz, "type: multiple", "type: essay"), quiz + ":20: type \"essay\" is not"},
		{"accept of a choice", swap(quiz, "type: multiple", "type: multiple\n    accept: [a]"), quiz + ":21: a question of type multiple has no key \"accept\""},
		{"options of a text", swap(quiz, "    accept:\n", "    options: []\n    accept:\n"), quiz + ":37: a question of type text has no key \"options\""},
		{"accepting nothing", swap(quiz, "- osaaminen", "- \"...\""), quiz + ":38: \"...\" accepts nothing"},
		{"correct is no truth", swap(quiz, "correct: true", "correct: maybe"), quiz + ":14: correct must be true or false"},
		{"feedback missing", swap(quiz, "        feedback: Oikein.\n", ""), quiz + ":12: feedback is missing"},
		{"one option", func(t *testing.T, f fstest.MapFS) {
			replace(t, f, quiz, "      - id: b\n        text: Väärä yksi\n        feedback: Ei näin.\n", "")
		}, quiz + ":12: a choice needs at least two options"},
		{"another minutes", swap("pieni/m01/01-house.sv.md", "minutes: 10", "minutes: 12"), "pieni/m01/01-house.sv.md:5: minutes is 12 here but 10 in Finnish"},
		{"another id", swap("pieni/m01/01-house.sv.md", "id: house", "id: huset"), "pieni/m01/01-house.sv.md:2: id is huset here but house in Finnish"},
		{"another kind", swap("pieni/m01/01-house.sv.md", "kind: lesson", "kind: task"), "pieni/m01/01-house.sv.md:3: kind is task here but lesson in Finnish"},
	}
	translated := func(old, text, want string) struct {
		name   string
		change func(*testing.T, fstest.MapFS)
		want   string
	} {
		const name = "pieni/m01/02-check.en.md"
		return struct {
			name   string
			change func(*testing.T, fstest.MapFS)
			want   string
		}{"translation: " + want, func(t *testing.T, f fstest.MapFS) {
			f[name] = &fstest.MapFile{Data: slices.Clone(f[quiz].Data)}
			replace(t, f, name, old, text)
		}, name + want}
	}
	tests = append(tests,
		translated("pass: 2", "pass: 1", ":6: pass is 1 here but 2 in Finnish"),
		translated("id: q2", "id: q9", ":19: this is question \"q9\" (multiple) but the Finnish file has \"q2\""),
		translated("- id: a\n        text: Oikea yksi\n        correct: true", "- id: a\n        text: Oikea yksi", ":12: a single choice has one correct option, not 0"),
		translated("- id: c\n        text: Väärä kaksi", "- id: d\n        text: Väärä kaksi", ":19: question \"q2\": option \"d\" (correct: false) is \"c\""),
	)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := small(t)
			test.change(t, files)
			all, err := library.Load(files)
			if err == nil || all != nil {
				t.Fatalf("got no mistake, want %s", test.want)
			}
			if !strings.Contains("\n"+err.Error(), "\n"+test.want) {
				t.Errorf("got:\n%v\nwant: %s", err, test.want)
			}
		})
	}
}

func TestAllMistakesAtOnce(t *testing.T) {
	files := small(t)
	replace(t, files, "pieni/m01/01-house.fi.md", "minutes: 10", "minutes: ten\nsize: big")
	replace(t, files, "pieni/m01/02-check.fi.md", "pass: 2", "pass: 9")
	replace(t, files, "pieni/course.fi.md", "title: Pieni", "title: ''")
	_, err := library.Load(files)
	var got []string
	for _, line := range strings.Split(err.Error(), "\n") {
		file, rest, _ := strings.Cut(line, ":")
		number, _, _ := strings.Cut(rest, ":")
		got = append(got, file+":"+number)
	}
	want := []string{"pieni/course.fi.md:3", "pieni/m01/01-house.fi.md:5", "pieni/m01/01-house.fi.md:6", "pieni/m01/02-check.fi.md:6"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	var m *library.Mistake
	if !errors.As(err, &m) || m.File != "pieni/course.fi.md" || m.Line != 3 {
		t.Errorf("first mistake: got %+v", m)
	}
}

func TestShipped(t *testing.T) {
	all, err := library.Shipped()
	if err != nil {
		t.Fatalf("the library that ships has mistakes:\n%v", err)
	}
	i := slices.IndexFunc(all, func(c *courses.Content) bool { return c.ID == "tyokykykoordinaattori" })
	if i < 0 {
		t.Fatal("the coordinators' course does not ship")
	}
	c := all[i]
	if len(c.Modules) != 10 {
		t.Errorf("modules: got %d, want 10", len(c.Modules))
	}
	for _, m := range c.Modules {
		if m.Hours != 27 {
			t.Errorf("module %s: got %d hours, want 27", m.ID, m.Hours)
		}
	}
	days := 0
	for _, m := range c.Modules {
		asked := false // anything besides the contact day: a module with only that would be passed at once
		for _, a := range m.Activities {
			asked = asked || a.Kind != courses.Contact && !a.Optional
			if a.Kind == courses.Contact {
				days++
			}
			if a.Planned == 0 {
				t.Errorf("%s does not say how much study is planned", a.ID)
			}
			if a.Kind == courses.Quiz && len(a.Questions) < 15 {
				t.Errorf("the bank of %s has %d questions, want at least 15", a.ID, len(a.Questions))
			}
		}
		if !asked {
			t.Errorf("module %s asks for nothing besides its contact day", m.ID)
		}
	}
	if days != c.Rules.ContactDays || days != 10 {
		t.Errorf("there are %d contact days and %d are asked for, want 10", days, c.Rules.ContactDays)
	}
	kinds := map[courses.Kind]int{}
	for _, a := range c.Modules[0].Activities {
		kinds[a.Kind]++
		for _, language := range courses.Languages() {
			if _, shown := a.Faces.In(language); shown != language {
				t.Errorf("%s is not there in %s", a.ID, language)
			}
		}
		if a.Kind == courses.Quiz && len(a.Questions) < 8 {
			t.Errorf("quiz %s: got %d questions, want at least 8", a.ID, len(a.Questions))
		}
	}
	if kinds[courses.Lesson] < 4 || kinds[courses.Quiz] < 1 || kinds[courses.Task] < 1 {
		t.Errorf("first module: got %v, want 4 lessons, a quiz and a task", kinds)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("---\nid: a\nkind: lesson\ntitle: T\nminutes: 1\n---\ntext")
	f.Add("---\nid: a\nkind: quiz\ntitle: T\nminutes: 1\npass: 1\nquestions:\n  - id: q\n    type: text\n    text: T\n    accept: [a]\n    feedback: F\n---\n")
	f.Add("---\n? [a]\n: b\n---\n")
	f.Add("---\n&a id: *a\n<<: *a\n---\n# x <b>")
	f.Add("---\n---\n---\n")
	f.Add("---\nquestions: {kind: quiz}\nkind: quiz\n---\n| a |\n|--|\n[x](javascript:1)")
	f.Fuzz(func(t *testing.T, text string) {
		files := small(t)
		files["pieni/m01/09-fuzz.fi.md"] = &fstest.MapFile{Data: []byte(text)}
		all, err := library.Load(files)
		if (err == nil) == (all == nil) {
			t.Fatalf("got %v and %v", all, err)
		}
		if err == nil {
			for _, m := range all[0].Modules {
				for _, a := range m.Activities {
					if face := a.Faces["fi"]; strings.Contains(face.HTML, "<script") || strings.Contains(face.HTML, "href=\"javascript:") {
						t.Fatalf("not sanitised: %s", face.HTML)
					}
				}
			}
		}
	})
}
