package psycap

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// Every folder is complete, and together they are two sessions of one exercise per part and two daily ones.
func TestShippedExercises(t *testing.T) {
	all, faults := loadExercises(exerciseFiles)
	for _, f := range faults {
		t.Error(f)
	}
	count, minutes := map[ExerciseSession]int{}, map[ExerciseSession]int{}
	for _, x := range all {
		t.Logf("%s %d %s: %s, %d minutes, %d steps", x.Session, x.Order, x.Part, x.ID, x.Minutes, len(x.Steps))
		count[x.Session]++
		minutes[x.Session] += x.Minutes
		if (x.Kind == GoalExercise) != (x.Part == Hope && x.Session == FirstSession) {
			t.Errorf("%s: the goal tool is begun from the first exercise of hope alone", x.ID)
		}
	}
	if count[FirstSession] != 4 || count[SecondSession] != 4 || count[Daily] < 2 {
		t.Errorf("exercises by session: %v", count)
	}
	for _, session := range []ExerciseSession{FirstSession, SecondSession} {
		if minutes[session] < 40 || minutes[session] > 50 {
			t.Errorf("session %s takes %d minutes, want about 45", session, minutes[session])
		}
	}
}

func TestLoaderNamesWhatIsWrong(t *testing.T) {
	const definition = `id: koe
version: "1"
part: hope
session: "1"
order: 1
minutes: 5
sources: [Someone]
steps:
  - id: a
    minutes: 5
    fields:
      - { id: rows, kind: list, least: 3 }
      - { id: sure, kind: scale, min: 0, max: 10 }
    easier:
      - { id: rows, kind: list, least: 1 }
`
	const texts = `title: T
purpose: P
steps:
  a:
    title: A
    text: Do
    example: Like this
    easier: Less
    fields:
      rows: { label: Rows, hint: One each }
      sure: { label: Sure, low: Not, high: Very }
`
	for _, tt := range []struct {
		name     string
		file     string
		old, new string
		want     string // in one of the faults; "" for none
	}{
		{"right", "", "", "", ""},
		{"other folder", "exercise.yaml", "id: koe", "id: toinen", "exercise.yaml: id: "},
		{"unknown key", "exercise.yaml", "order: 1", "order: 1\ngrade: 3", "exercise.yaml: "},
		{"eleven minutes", "exercise.yaml", "minutes: 5\n    fields", "minutes: 11\n    fields", "exercise.yaml: steps[1].minutes: 11"},
		{"no minutes", "exercise.yaml", "minutes: 5\n    fields", "minutes: 0\n    fields", "exercise.yaml: steps[1].minutes: 0"},
		{"sum", "exercise.yaml", "minutes: 5\nsources", "minutes: 6\nsources", "exercise.yaml: minutes: 6"},
		{"daily is short", "exercise.yaml", `session: "1"`, "session: daily", "exercise.yaml: minutes: a daily"},
		{"session", "exercise.yaml", `session: "1"`, `session: "3"`, "exercise.yaml: session: "},
		{"part", "exercise.yaml", "part: hope", "part: wealth", "exercise.yaml: part: "},
		{"kind", "exercise.yaml", "part: hope", "part: hope\nkind: quiz", "exercise.yaml: kind: "},
		{"sources", "exercise.yaml", "sources: [Someone]", "sources: []", "exercise.yaml: sources: "},
		{"field twice", "exercise.yaml", "id: sure", "id: rows", "exercise.yaml: steps[1].fields[2].id: "},
		{"field kind", "exercise.yaml", "kind: scale, min: 0, max: 10", "kind: slider", "exercise.yaml: steps[1].fields[2].kind: "},
		{"list without least", "exercise.yaml", "kind: list, least: 3", "kind: list", "exercise.yaml: steps[1].fields[1].least: "},
		{"scale of one", "exercise.yaml", "min: 0, max: 10", "min: 1, max: 1", "exercise.yaml: steps[1].fields[2].min: "},
		{"scale of twelve", "exercise.yaml", "min: 0, max: 10", "min: 0, max: 11", "exercise.yaml: steps[1].fields[2].min: "},
		{"choice of one", "exercise.yaml", "kind: scale, min: 0, max: 10", "kind: choice, choices: [x]", "exercise.yaml: steps[1].fields[2].choices: "},
		{"easier of another kind", "exercise.yaml", "list, least: 1", "long", "exercise.yaml: steps[1].easier.rows: "},
		{"no file", "sv.yaml", texts, "", "sv.yaml: " + fileMissing},
		{"no title", "en.yaml", "title: T\n", "", "en.yaml: title: "},
		{"no purpose", "fi-plain.yaml", "purpose: P", `purpose: " "`, "fi-plain.yaml: purpose: "},
		{"no example", "fi.yaml", "    example: Like this\n", "", "fi.yaml: steps.a.example: "},
		{"no easier", "fi.yaml", "    easier: Less\n", "", "fi.yaml: steps.a.easier: "},
		{"no label", "sv.yaml", "label: Rows, ", "", "sv.yaml: steps.a.fields.rows.label: "},
		{"hint in some", "sv.yaml", ", hint: One each", "", "sv.yaml: steps.a.fields.rows.hint: "},
		{"no end of the scale", "en.yaml", ", high: Very", "", "en.yaml: steps.a.fields.sure.high: "},
		{"field of nothing", "en.yaml", "      rows:", "      lines: { label: L }\n      rows:", "en.yaml: steps.a.fields.lines: "},
		{"step of nothing", "en.yaml", "steps:\n", "steps:\n  b: { title: B }\n", "en.yaml: steps.b: "},
		{"plan's text of a list", "en.yaml", "hint: One each", "hint: One each, then: X", "en.yaml: steps.a.fields.rows.if: "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			files := fstest.MapFS{"exercises/koe/exercise.yaml": {Data: []byte(definition)}}
			for _, w := range Wordings() {
				files["exercises/koe/"+string(w)+".yaml"] = &fstest.MapFile{Data: []byte(texts)}
			}
			if name := "exercises/koe/" + tt.file; tt.file != "" {
				before := string(files[name].Data)
				after := strings.Replace(before, tt.old, tt.new, 1)
				if after == before {
					t.Fatal("the case changes nothing")
				}
				files[name] = &fstest.MapFile{Data: []byte(after)}
				if after == "" {
					delete(files, name)
				}
			}
			all, faults := loadExercises(files)
			if tt.want == "" {
				if len(all) != 1 || len(faults) != 0 {
					t.Fatalf("%d exercises, %v", len(all), faults)
				}
				return
			}
			if len(all) != 0 {
				t.Error("an exercise with a fault is used")
			}
			if !slices.ContainsFunc(faults, func(f exerciseFault) bool { return strings.Contains(f.String(), tt.want) }) {
				t.Errorf("no %q in %v", tt.want, faults)
			}
		})
	}
}
