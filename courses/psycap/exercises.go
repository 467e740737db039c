package psycap

import (
	"bytes"
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
)

// An exercise is a folder exercises/<id>/ of five files: exercise.yaml, which has no texts, and fi.yaml, sv.yaml, en.yaml and
// fi-plain.yaml (plain Finnish), which have nothing else. Ids are of a–z, 0–9 and -, begin with a letter and have at most 40 characters.
// They are never changed once an exercise is in use: what people wrote is kept under them. Unknown keys are refused.
//
//	# exercise.yaml
//	id: pienet-onnistumiset          # the name of the folder
//	version: "1"                     # a new one when the steps or fields change
//	kind: steps                      # or goal: the way in to the goal tool (one exercise of hope); may be left out
//	part: efficacy                   # hope, efficacy, resilience or optimism
//	session: "1"                     # "1", "2" or daily
//	order: 2                         # its place in the session; no two have the same
//	minutes: 11                      # the sum of the steps; a daily one has 2 or 3
//	sources:                         # who thought of the structure: plain lines, not translated
//	  - "Luthans, F., Avey, J. B., & Patera, J. L. (2008). …"
//	steps:
//	  - id: muistele
//	    minutes: 6                   # 1 to 10
//	    fields:                      # may be left out: a step to read, or to do
//	      - { id: onnistumiset, kind: list, least: 3 }        # rows of one line; asks for three, takes fewer
//	      - { id: miksi, kind: long }                         # several lines of text
//	      - { id: nimi, kind: text }                          # one line
//	      - { id: suunta, kind: choice, choices: [koti, tyo] } # one of them
//	      - { id: varmuus, kind: scale, min: 0, max: 10 }     # a whole number
//	      - { id: esteet, kind: plan, least: 2 }              # rows of two lines: an obstacle, and what I do then
//	    easier:                      # the fields of the easier variant; left out, it has the same fields as the step.
//	      - { id: onnistumiset, kind: list, least: 1 }        # the same id is the same answer, so it has the same kind
//	                                 # [] asks for nothing
//
//	# fi.yaml and the others: the same keys in all four
//	title: Pienet onnistumiset
//	purpose: One or two sentences on what this is for.
//	steps:
//	  muistele:
//	    title: …
//	    text: |                      # paragraphs with an empty line between; no Markdown
//	      …
//	    example: …                   # needed when the step has fields; of a made-up person
//	    easier: …                    # always needed: what to do instead when this is too hard today
//	    fields:                      # of both variants
//	      onnistumiset: { label: …, hint: … }                 # the hint may be left out, in all four then
//	      suunta: { label: …, choices: { koti: …, tyo: … } }
//	      varmuus: { label: …, low: …, high: … }              # what the two ends mean
//	      esteet: { label: …, if: …, then: … }                # the labels of the two lines of a row
//
// Together: four exercises in each session, one of each part, 35 to 50 minutes in all; and at least two daily ones.
// A folder is used once all five files are there and right; TestShippedExercises says what is missing or wrong.
//
//go:embed exercises
var exerciseFiles embed.FS

// shippedExercises are those that are complete, in the order of pages.
var shippedExercises = func() []*Exercise {
	all, _ := loadExercises(exerciseFiles)
	return all
}()

// shippedExercise finds one; nil when there is no such.
func shippedExercise(id string) *Exercise {
	if i := slices.IndexFunc(shippedExercises, func(x *Exercise) bool { return x.ID == id }); i >= 0 {
		return shippedExercises[i]
	}
	return nil
}

// exerciseFault is what is wrong with a definition: the file, the field and the reason.
type exerciseFault struct {
	File, Field, Reason string
}

func (f exerciseFault) String() string {
	if f.Field == "" {
		return f.File + ": " + f.Reason
	}
	return f.File + ": " + f.Field + ": " + f.Reason
}

const fileMissing = "the file is missing"

var exerciseID = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)

// loadExercises reads all folders. Those with a fault are left out, and so is nothing else.
func loadExercises(files fs.FS) ([]*Exercise, []exerciseFault) {
	folders, err := fs.ReadDir(files, "exercises")
	if err != nil {
		return nil, []exerciseFault{{"exercises", "", err.Error()}}
	}
	var all []*Exercise
	var faults []exerciseFault
	for _, folder := range folders {
		l := exerciseLoader{files: files, folder: path.Join("exercises", folder.Name())}
		x := l.load(folder.Name())
		faults = append(faults, l.faults...)
		if len(l.faults) == 0 {
			all = append(all, x)
		}
	}
	sessions := []ExerciseSession{FirstSession, SecondSession, Daily}
	slices.SortFunc(all, func(a, b *Exercise) int {
		return cmp.Or(cmp.Compare(slices.Index(sessions, a.Session), slices.Index(sessions, b.Session)), cmp.Compare(a.Order, b.Order), cmp.Compare(a.ID, b.ID))
	})
	return all, append(faults, togetherFaults(all)...)
}

// togetherFaults are what is wrong with the sessions as wholes. A session is looked at once it has four exercises.
func togetherFaults(all []*Exercise) (faults []exerciseFault) {
	for _, session := range []ExerciseSession{FirstSession, SecondSession} {
		minutes, orders, parts := 0, map[int]bool{}, map[ResourcePart]bool{}
		for _, x := range all {
			if x.Session == session {
				minutes += x.Minutes
				orders[x.Order], parts[x.Part] = true, true
			}
		}
		count := 0
		for _, x := range all {
			if x.Session == session {
				count++
			}
		}
		where := "session " + string(session)
		if len(orders) < count {
			faults = append(faults, exerciseFault{where, "order", "two exercises have the same"})
		}
		if count < 4 {
			continue
		}
		if count > 4 || len(parts) < 4 {
			faults = append(faults, exerciseFault{where, "part", "a session has one exercise of each part"})
		}
		if minutes < 35 || minutes > 50 {
			faults = append(faults, exerciseFault{where, "minutes", fmt.Sprintf("the exercises take %d minutes together, not 35 to 50", minutes)})
		}
	}
	return faults
}

type exerciseLoader struct {
	files  fs.FS
	folder string
	faults []exerciseFault
}

func (l *exerciseLoader) fault(file, field, format string, args ...any) {
	l.faults = append(l.faults, exerciseFault{path.Join(l.folder, file), field, fmt.Sprintf(format, args...)})
}

// read decodes a file strictly; false when it can not be, which is then a fault.
func (l *exerciseLoader) read(file string, into any) bool {
	raw, err := fs.ReadFile(l.files, path.Join(l.folder, file))
	if errors.Is(err, fs.ErrNotExist) {
		l.fault(file, "", fileMissing)
		return false
	}
	if err == nil && !utf8.Valid(raw) {
		err = errors.New("not UTF-8")
	}
	if err == nil {
		err = yaml.NewDecoder(bytes.NewReader(raw), yaml.Strict()).Decode(into)
	}
	if err != nil {
		l.fault(file, "", "%s", err)
	}
	return err == nil
}

type exerciseDefinition struct {
	ID      string           `yaml:"id"`
	Version string           `yaml:"version"`
	Kind    ExerciseKind     `yaml:"kind"`
	Part    ResourcePart     `yaml:"part"`
	Session ExerciseSession  `yaml:"session"`
	Order   int              `yaml:"order"`
	Minutes int              `yaml:"minutes"`
	Sources []string         `yaml:"sources"`
	Steps   []stepDefinition `yaml:"steps"`
}

type stepDefinition struct {
	ID      string             `yaml:"id"`
	Minutes int                `yaml:"minutes"`
	Fields  []fieldDefinition  `yaml:"fields"`
	Easier  *[]fieldDefinition `yaml:"easier"`
}

type fieldDefinition struct {
	ID      string    `yaml:"id"`
	Kind    FieldKind `yaml:"kind"`
	Least   int       `yaml:"least"`
	Choices []string  `yaml:"choices"`
	Min     int       `yaml:"min"`
	Max     int       `yaml:"max"`
}

func (l *exerciseLoader) load(name string) *Exercise {
	const file = "exercise.yaml"
	var d exerciseDefinition
	read := l.read(file, &d)
	x := &Exercise{
		ID: d.ID, Version: d.Version, Kind: cmp.Or(d.Kind, StepsExercise), Part: d.Part, Session: d.Session, Order: d.Order,
		Minutes: d.Minutes, Sources: d.Sources, Texts: map[Wording]*ExerciseTexts{},
	}
	if read {
		l.structure(file, name, x, d.Steps)
	}
	for _, w := range Wordings() {
		texts := &ExerciseTexts{}
		if l.read(string(w)+".yaml", texts) {
			x.Texts[w] = texts
			if read {
				l.texts(string(w)+".yaml", x, texts)
			}
		}
	}
	l.same(x)
	return x
}

func (l *exerciseLoader) structure(file, name string, x *Exercise, steps []stepDefinition) {
	if x.ID != name || !exerciseID.MatchString(x.ID) {
		l.fault(file, "id", "%q is not the name of the folder, or no id", x.ID)
	}
	if x.Version == "" {
		l.fault(file, "version", "is missing")
	}
	if x.Kind != StepsExercise && x.Kind != GoalExercise {
		l.fault(file, "kind", "%q is neither steps nor goal", x.Kind)
	}
	if !slices.Contains(ResourceParts(), x.Part) {
		l.fault(file, "part", "%q is no part", x.Part)
	}
	if !slices.Contains([]ExerciseSession{FirstSession, SecondSession, Daily}, x.Session) {
		l.fault(file, "session", `%q is not "1", "2" or daily`, x.Session)
	}
	if x.Order < 1 {
		l.fault(file, "order", "is missing")
	}
	if len(x.Sources) == 0 || slices.ContainsFunc(x.Sources, blank) {
		l.fault(file, "sources", "is missing")
	}
	if len(steps) == 0 {
		l.fault(file, "steps", "there are none")
	}
	minutes, ids := 0, map[string]bool{}
	for i, d := range steps {
		where := fmt.Sprintf("steps[%d]", i+1)
		if !exerciseID.MatchString(d.ID) || ids[d.ID] {
			l.fault(file, where+".id", "%q is no id, or stands twice", d.ID)
		}
		ids[d.ID] = true
		if d.Minutes < 1 || d.Minutes > 10 {
			l.fault(file, where+".minutes", "%d is not from 1 to 10", d.Minutes)
		}
		minutes += d.Minutes
		step := ExerciseStep{ID: d.ID, Minutes: d.Minutes, Fields: l.fields(file, where+".fields", d.Fields)}
		step.Easier = step.Fields
		if d.Easier != nil {
			step.Easier = l.fields(file, where+".easier", *d.Easier)
		}
		for _, e := range step.Easier {
			for _, f := range step.Fields {
				if e.ID == f.ID && (e.Kind != f.Kind || e.Min != f.Min || e.Max != f.Max || !slices.Equal(e.Choices, f.Choices)) {
					l.fault(file, where+".easier."+e.ID, "it has the id of a field of the step, and is another")
				}
			}
		}
		x.Steps = append(x.Steps, step)
	}
	if x.Minutes != minutes {
		l.fault(file, "minutes", "%d is not the sum of the steps, %d", x.Minutes, minutes)
	}
	if x.Session == Daily && (minutes < 2 || minutes > 3) {
		l.fault(file, "minutes", "a daily exercise takes 2 or 3 minutes, not %d", minutes)
	}
}

func (l *exerciseLoader) fields(file, where string, definitions []fieldDefinition) []ExerciseField {
	fields, ids := []ExerciseField{}, map[string]bool{}
	for i, d := range definitions {
		here := fmt.Sprintf("%s[%d]", where, i+1)
		if !exerciseID.MatchString(d.ID) || ids[d.ID] {
			l.fault(file, here+".id", "%q is no id, or stands twice", d.ID)
		}
		ids[d.ID] = true
		f := ExerciseField(d)
		rows := f.Kind == ListField || f.Kind == PlanField
		switch {
		case !slices.Contains([]FieldKind{TextField, LongField, ListField, ChoiceField, ScaleField, PlanField}, f.Kind):
			l.fault(file, here+".kind", "%q is no kind", f.Kind)
		case rows && (f.Least < 1 || f.Least > 10), !rows && f.Least != 0:
			l.fault(file, here+".least", "a list or a plan has one, from 1 to 10; nothing else has")
		}
		if (f.Kind == ChoiceField) != (len(f.Choices) >= 2) || slices.ContainsFunc(f.Choices, func(id string) bool { return !exerciseID.MatchString(id) }) ||
			len(slices.Compact(slices.Sorted(slices.Values(f.Choices)))) < len(f.Choices) {
			l.fault(file, here+".choices", "a choice has two ids or more, each once; nothing else has")
		}
		if f.Kind == ScaleField && (f.Max <= f.Min || f.Max-f.Min > 10 || f.Min < 0) || f.Kind != ScaleField && (f.Min != 0 || f.Max != 0) {
			l.fault(file, here+".min", "a scale has min and max, at most 11 numbers from 0 up; nothing else has")
		}
		fields = append(fields, f)
	}
	return fields
}

// texts refuses texts that are missing, and those of things that the exercise does not have.
func (l *exerciseLoader) texts(file string, x *Exercise, t *ExerciseTexts) {
	need := func(field, text string) {
		if blank(text) {
			l.fault(file, field, "the text is missing")
		}
	}
	none := func(field, text, why string) {
		if text != "" {
			l.fault(file, field, "%s", why)
		}
	}
	need("title", t.Title)
	need("purpose", t.Purpose)
	for id := range t.Steps {
		if x.step(id) == nil {
			l.fault(file, "steps."+id, "the exercise has no such step")
		}
	}
	for _, step := range x.Steps {
		where, texts := "steps."+step.ID, t.Steps[step.ID]
		need(where+".title", texts.Title)
		need(where+".text", texts.Text)
		need(where+".easier", texts.Easier)
		if len(step.Fields) > 0 {
			need(where+".example", texts.Example)
		}
		all := step.all()
		for id := range texts.Fields {
			if !slices.ContainsFunc(all, func(f ExerciseField) bool { return f.ID == id }) {
				l.fault(file, where+".fields."+id, "the step has no such field")
			}
		}
		for _, f := range all {
			here, ft := where+".fields."+f.ID, texts.Fields[f.ID]
			need(here+".label", ft.Label)
			for _, choice := range f.Choices {
				need(here+".choices."+choice, ft.Choices[choice])
			}
			for choice := range ft.Choices {
				if !slices.Contains(f.Choices, choice) {
					l.fault(file, here+".choices."+choice, "the field has no such choice")
				}
			}
			if f.Kind == ScaleField {
				need(here+".low", ft.Low)
				need(here+".high", ft.High)
			} else {
				none(here+".low", ft.Low+ft.High, "only a scale has low and high")
			}
			if f.Kind == PlanField {
				need(here+".if", ft.If)
				need(here+".then", ft.Then)
			} else {
				none(here+".if", ft.If+ft.Then, "only a plan has if and then")
			}
		}
	}
}

// same refuses wordings that have a text which may be left out, where the Finnish has none, or the other way round.
func (l *exerciseLoader) same(x *Exercise) {
	fi := x.Texts[Finnish]
	if fi == nil {
		return
	}
	for _, w := range Wordings() {
		t := x.Texts[w]
		if t == nil {
			continue
		}
		for _, id := range slices.Sorted(maps.Keys(fi.Steps)) {
			if blank(fi.Steps[id].Example) != blank(t.Steps[id].Example) {
				l.fault(string(w)+".yaml", "steps."+id+".example", "fi.yaml and this file do not both have it")
			}
			for field, ft := range fi.Steps[id].Fields {
				if blank(ft.Hint) != blank(t.Steps[id].Fields[field].Hint) {
					l.fault(string(w)+".yaml", "steps."+id+".fields."+field+".hint", "fi.yaml and this file do not both have it")
				}
			}
		}
	}
}

func blank(text string) bool { return strings.TrimSpace(text) == "" }
