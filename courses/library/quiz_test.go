package library_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"luotsi/courses"
	"luotsi/courses/library"
)

const allTypes = `---
id: types
kind: quiz
title: Kaikki lajit
minutes: 20
pass: 4
draw: 5
attempts: 3
time_limit: 20
questions:
  - id: t1
    type: true_false
    text: Lääkäri päättää palkkatuesta.
    answer: false
    feedback_right: Niin on.
    feedback_wrong: Ei ole.
  - id: t2
    type: matching
    text: Kuka päättää?
    points: 3
    feedback: Kela päättää omistaan.
    pairs:
      - id: kela
        left: Kuntoutusraha
        right: Kela
      - id: kunta
        left: Palkkatuki
        right: Työllisyysalue
      - id: tela
        left: Ammatillinen kuntoutus
        right: Työeläkelaitos
  - id: t3
    type: ordering
    text: Järjestä vaiheet.
    items:
      - id: one
        text: Tapaaminen
      - id: two
        text: Suunnitelma
      - id: three
        text: Seuranta
  - id: t4
    type: numeric
    text: Kuinka monta prosenttia?
    answer: 6,8
    tolerance: 0.1
    unit: "%"
  - id: t5
    type: open
    text: Mitä teet ensin?
    points: 3
    guide: Katso, onko suostumus mainittu.
  - id: t6
    type: numeric
    text: Montako viikkoa?
    answer: -12
---
`

func withTypes(t *testing.T, text string) fstest.MapFS {
	files := small(t)
	files["pieni/m01/03-types.fi.md"] = &fstest.MapFile{Data: []byte(text)}
	return files
}

func TestEveryType(t *testing.T) {
	all, err := library.Load(withTypes(t, allTypes))
	if err != nil {
		t.Fatal(err)
	}
	_, quiz := all[0].Find("types")
	if quiz.Pass != 4 || quiz.Draw != 5 || quiz.Attempts != 3 || quiz.TimeLimit != 20 || len(quiz.Questions) != 6 {
		t.Fatalf("got %+v", quiz)
	}
	q := quiz.Questions
	if o := q[0].Options; len(o) != 2 || o[0].ID != "true" || o[0].Correct || !o[1].Correct || o[1].Faces["fi"].Feedback != "Niin on." || o[0].Faces["fi"].Feedback != "Ei ole." {
		t.Errorf("true_false: got %+v", o)
	}
	if p := q[1].Pairs; q[1].Points != 3 || len(p) != 3 || p[1].ID != "kunta" || p[1].Faces["fi"].Right != "Työllisyysalue" || q[1].Faces["fi"].Feedback == "" {
		t.Errorf("matching: got %+v", q[1])
	}
	if o := q[2].Options; len(o) != 3 || o[2].Faces["fi"].Text != "Seuranta" {
		t.Errorf("ordering: got %+v", o)
	}
	if q[3].Answer != "6,8" || q[3].Tolerance != "0.1" || q[3].Faces["fi"].Unit != "%" || q[5].Answer != "-12" || q[5].Tolerance != "0" {
		t.Errorf("numeric: got %+v and %+v", q[3], q[5])
	}
	if q[4].Type != courses.Open || q[4].Points != 3 || q[4].Faces["fi"].Guide == "" {
		t.Errorf("open: got %+v", q[4])
	}
	outline := all[0].Outline()[0].Activities[2]
	if outline.Questions != 6 || outline.Draw != 5 || outline.Attempts != 3 || outline.TimeLimit != 20 {
		t.Errorf("outline: got %+v", outline)
	}
}

func TestQuizMistakes(t *testing.T) {
	const name = "pieni/m01/03-types.fi.md"
	tests := []struct {
		old, text string
		want      string // "line: part of the reason"
	}{
		{"draw: 5", "draw: 7", ":7: draw is 7, but there are only 6 questions"},
		{"draw: 5", "draw: none", ":7: draw must be a whole number from 1 to 100"},
		{"attempts: 3", "attempts: 0", ":8: attempts must be a whole number from 1 to 50"},
		{"time_limit: 20", "time_limit: 601", ":9: time_limit must be a whole number from 1 to 600"},
		{"pass: 4", "pass: 8", ":6: pass is 8, but 5 drawn questions may give only 7 points"},
		{"pass: 4\ndraw: 5", "pass: 11", ":6: pass is 11, but the questions give only 10 points"},
		{"    answer: false\n", "", ":11: answer is missing"},
		{"answer: false", "answer: no way", ":14: answer must be true or false"},
		{"    feedback_wrong: Ei ole.\n", "", ":11: feedback_wrong is missing"},
		{"answer: false", "answer: false\n    options: [a]", ":15: a question of type true_false has no key \"options\""},
		{"points: 3", "points: 21", ":20: points must be a whole number from 1 to 20"},
		{"id: kunta", "id: kela", ":26: pair id \"kela\" is used twice"},
		{"right: Työllisyysalue", "right: Kela", ":28: two pairs have the same right"},
		{"left: Palkkatuki", "left: Kuntoutusraha", ":27: two pairs have the same left"},
		{"        right: Kela\n", "", ":23: right is missing"},
		{"      - id: tela\n        left: Ammatillinen kuntoutus\n        right: Työeläkelaitos\n", "", ":23: a matching needs 3 to 20 pairs, not 2"},
		{"      - id: three\n        text: Seuranta\n", "", ":36: an ordering needs 3 to 20 items, not 2"},
		{"id: two", "id: one", ":38: item id \"one\" is used twice"},
		{"text: Suunnitelma", "text: Tapaaminen", ":39: two items are \"Tapaaminen\""},
		{"answer: 6,8", "answer: paljon", ":45: answer must be a number like 6,8"},
		{"answer: 6,8", "answer: 1e9", ":45: answer must be a number like 6,8"},
		{"answer: 6,8", "answer: 1000000000001", ":45: answer must be a number like 6,8"},
		{"tolerance: 0.1", "tolerance: -0.1", ":46: tolerance is below zero"},
		{"    points: 3\n    guide", "    guide", ":48: points is missing"},
		{"    guide: Katso, onko suostumus mainittu.\n", "", ":48: guide is missing"},
		{"type: open", "type: essay", ":49: type \"essay\" is not one of [single multiple true_false matching ordering numeric text open]"},
	}
	for _, test := range tests {
		t.Run(test.want, func(t *testing.T) {
			if !strings.Contains(allTypes, test.old) {
				t.Fatalf("the quiz does not hold %q", test.old)
			}
			_, err := library.Load(withTypes(t, strings.Replace(allTypes, test.old, test.text, 1)))
			if err == nil || !strings.Contains("\n"+err.Error(), "\n"+name+test.want) {
				t.Errorf("got:\n%v\nwant %s%s", err, name, test.want)
			}
		})
	}
}

func TestQuizTranslations(t *testing.T) {
	const name = "pieni/m01/03-types.sv.md"
	tests := []struct {
		old, text string
		want      string // empty: it is fine
	}{
		{"Tapaaminen", "Möte", ""},
		{"answer: 6,8", "answer: \"6.80\"", ""},
		{"draw: 5", "draw: 4", ":7: draw is 4 here but 5 in Finnish"},
		{"draw: 5\n", "", ":2: draw is 5 in Finnish but not said here"},
		{"attempts: 3", "attempts: 4", ":8: attempts is 4 here but 3 in Finnish"},
		{"time_limit: 20\n", "", ":2: time_limit is 20 in Finnish but not said here"},
		{"points: 3", "points: 2", ":17: question \"t2\" gives 2 points here but 3 in Finnish"},
		{"answer: 6,8", "answer: 6,9", ":42: question \"t4\": answer 6,9 (tolerance 0.1) is 6,8 (tolerance 0.1) in Finnish"},
		{"answer: false", "answer: true", ":11: question \"t1\": option \"true\" (correct: true) is \"true\" (correct: false) in Finnish"},
		{"id: kunta", "id: kommun", ":17: question \"t2\": pair \"kommun\" is \"kunta\" in Finnish"},
		{"id: two", "id: tva", ":32: question \"t3\": option \"tva\""},
	}
	for _, test := range tests {
		t.Run(test.old+" is "+test.text, func(t *testing.T) {
			files := withTypes(t, allTypes)
			files[name] = &fstest.MapFile{Data: []byte(strings.Replace(allTypes, test.old, test.text, 1))}
			all, err := library.Load(files)
			if test.want == "" {
				if err != nil {
					t.Fatal(err)
				}
				_, quiz := all[0].Find("types")
				for _, q := range quiz.Questions {
					if q.Faces["sv"].Text == "" {
						t.Errorf("question %s is not there in Swedish", q.ID)
					}
				}
				return
			}
			if err == nil || !strings.Contains("\n"+err.Error(), "\n"+name+test.want) {
				t.Errorf("got:\n%v\nwant %s%s", err, name, test.want)
			}
		})
	}
}
