package psycap

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"luotsi/server/fault"
	"luotsi/server/web"
)

// Exercise is something to do in steps, written for Luotsi. It never grades anybody.
type Exercise struct {
	ID      string
	Version string
	Kind    ExerciseKind
	Part    ResourcePart
	Session ExerciseSession
	Order   int // within its session
	Minutes int // of its steps together
	Sources []string
	Steps   []ExerciseStep
	Texts   map[Wording]*ExerciseTexts // all of Wordings
}

// ExerciseKind says how an exercise is done on a screen.
type ExerciseKind string

// The kinds.
const (
	StepsExercise ExerciseKind = "steps"
	GoalExercise  ExerciseKind = "goal" // the way in to the goal tool; its steps are for paper
)

// ResourcePart is a part of psychological capital.
type ResourcePart string

// The parts.
const (
	Hope       ResourcePart = "hope"
	Efficacy   ResourcePart = "efficacy"
	Resilience ResourcePart = "resilience"
	Optimism   ResourcePart = "optimism"
)

// ResourceParts lists them, in the order that pages show.
func ResourceParts() []ResourcePart { return []ResourcePart{Hope, Efficacy, Resilience, Optimism} }

// ExerciseSession is when an exercise is done.
type ExerciseSession string

// The sessions.
const (
	FirstSession  ExerciseSession = "1"
	SecondSession ExerciseSession = "2"
	Daily         ExerciseSession = "daily" // short, each day anew
)

// Wording is a language, or a plain form of one.
type Wording string

// The wordings.
const (
	Finnish      Wording = "fi"
	Swedish      Wording = "sv"
	English      Wording = "en"
	PlainFinnish Wording = "fi-plain"
)

// Wordings lists those that every exercise has.
func Wordings() []Wording { return []Wording{Finnish, Swedish, English, PlainFinnish} }

// ExerciseStep is one screen.
type ExerciseStep struct {
	ID      string
	Minutes int
	Fields  []ExerciseField // may be none: something to read, or to do without writing
	Easier  []ExerciseField // what the easier variant asks; like Fields when the definition says nothing of it
}

// ExerciseField is what a person writes or chooses. Two fields of a step with the same id, of which one is in the easier variant,
// are the same: what was written stays when the person goes over to it.
type ExerciseField struct {
	ID      string
	Kind    FieldKind
	Least   int      // of a list or a plan: how many rows are hoped for; fewer are never refused
	Choices []string // of a choice
	Min     int      // of a scale
	Max     int
}

// FieldKind says what a field takes.
type FieldKind string

// The kinds.
const (
	TextField   FieldKind = "text"   // one line: a string
	LongField   FieldKind = "long"   // a string
	ListField   FieldKind = "list"   // rows of one line: strings
	ChoiceField FieldKind = "choice" // one of Choices
	ScaleField  FieldKind = "scale"  // a whole number from Min to Max
	PlanField   FieldKind = "plan"   // rows of an obstacle and what to do then: {"obstacle": …, "answer": …}
)

// ExerciseTexts are one wording of an exercise.
type ExerciseTexts struct {
	Title   string               `yaml:"title"`
	Purpose string               `yaml:"purpose"`
	Steps   map[string]StepTexts `yaml:"steps"`
}

// StepTexts are one wording of a step. Text and Easier may have several paragraphs, with an empty line between.
type StepTexts struct {
	Title   string                `yaml:"title"`
	Text    string                `yaml:"text"`
	Example string                `yaml:"example"`
	Easier  string                `yaml:"easier"`
	Fields  map[string]FieldTexts `yaml:"fields"`
}

// FieldTexts are one wording of a field.
type FieldTexts struct {
	Label   string            `yaml:"label"`
	Hint    string            `yaml:"hint"`
	Choices map[string]string `yaml:"choices"` // of a choice, by id
	Low     string            `yaml:"low"`     // of a scale, at Min
	High    string            `yaml:"high"`    // of a scale, at Max
	If      string            `yaml:"if"`      // of a plan: the label of the obstacle
	Then    string            `yaml:"then"`    // of a plan: the label of what to do
}

// step finds a step; nil when the exercise has no such.
func (x *Exercise) step(id string) *ExerciseStep {
	if i := slices.IndexFunc(x.Steps, func(s ExerciseStep) bool { return s.ID == id }); i >= 0 {
		return &x.Steps[i]
	}
	return nil
}

// all lists the fields of a step in both variants, each once.
func (s *ExerciseStep) all() []ExerciseField {
	fields := slices.Clone(s.Fields)
	for _, f := range s.Easier {
		if !slices.ContainsFunc(fields, func(o ExerciseField) bool { return o.ID == f.ID }) {
			fields = append(fields, f)
		}
	}
	return fields
}

// mostRows is how many rows a list or a plan takes.
const mostRows = 20

// Written is what a person wrote in an exercise: by step, by field.
type Written map[string]map[string]json.RawMessage

// PlanRow is a row of a plan.
type PlanRow struct {
	Obstacle string `json:"obstacle"`
	Answer   string `json:"answer"`
}

// readWritten reads what was written in a version of the exercise and refuses what it has no place for. Empty answers are left out:
// everything may be left empty. Of an older version also what is gone since is kept.
func (x *Exercise) readWritten(text, version string) (Written, error) {
	var all Written
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		return nil, fault.Bad("text", "json")
	}
	kept := Written{}
	for _, id := range slices.Sorted(maps.Keys(all)) { // of several mistakes the same one is named each time
		for _, name := range slices.Sorted(maps.Keys(all[id])) {
			raw := all[id][name]
			f, known := x.field(id, name)
			if !known {
				if version == x.Version || !exerciseID.MatchString(id) || !exerciseID.MatchString(name) {
					return nil, fault.Bad("text."+id+"."+name, "unknown")
				}
				f = anyField(raw)
			}
			value, empty, code := f.read(raw)
			switch {
			case code != "":
				return nil, fault.Bad("text."+id+"."+name, code)
			case empty:
			case kept[id] == nil:
				kept[id] = map[string]json.RawMessage{name: value}
			default:
				kept[id][name] = value
			}
		}
	}
	return kept, nil
}

// field finds a field of a step, in either variant.
func (x *Exercise) field(step, id string) (ExerciseField, bool) {
	s := x.step(step)
	if s == nil {
		return ExerciseField{}, false
	}
	all := s.all()
	if i := slices.IndexFunc(all, func(f ExerciseField) bool { return f.ID == id }); i >= 0 {
		return all[i], true
	}
	return ExerciseField{}, false
}

// anyField is a field that could hold a value of which nothing else is known.
func anyField(raw json.RawMessage) ExerciseField {
	switch trimmed := bytes.TrimSpace(raw); {
	case bytes.HasPrefix(trimmed, []byte(`[{`)):
		return ExerciseField{Kind: PlanField}
	case bytes.HasPrefix(trimmed, []byte(`[`)):
		return ExerciseField{Kind: ListField}
	case bytes.HasPrefix(trimmed, []byte(`"`)):
		return ExerciseField{Kind: LongField}
	default:
		return ExerciseField{Kind: ScaleField, Max: 10}
	}
}

// The lengths of what is written in a field, in characters.
const (
	mostLine = 500
	mostLong = 5000
)

// read checks a value and gives it as it is kept: trimmed, without empty rows; or the code of what is wrong with it.
func (f ExerciseField) read(raw json.RawMessage) (value json.RawMessage, empty bool, code string) {
	if string(raw) == "null" {
		return nil, true, ""
	}
	strict := json.NewDecoder(bytes.NewReader(raw))
	strict.DisallowUnknownFields()
	switch f.Kind {
	case TextField, LongField:
		var text string
		if strict.Decode(&text) != nil {
			return nil, false, "wrong_type"
		}
		text, code = readLine(text, f.Kind == LongField)
		return written(text), text == "", code
	case ListField:
		var rows []string
		if strict.Decode(&rows) != nil {
			return nil, false, "wrong_type"
		}
		kept := []string{}
		for _, row := range rows {
			if row, code = readLine(row, false); code != "" {
				return nil, false, code
			}
			if row != "" {
				kept = append(kept, row)
			}
		}
		return written(kept), len(kept) == 0, tooMany(len(rows))
	case PlanField:
		var rows []PlanRow
		if strict.Decode(&rows) != nil {
			return nil, false, "wrong_type"
		}
		kept := []PlanRow{}
		for _, row := range rows {
			var other string
			row.Obstacle, code = readLine(row.Obstacle, false)
			row.Answer, other = readLine(row.Answer, false)
			if code = cmp.Or(code, other); code != "" {
				return nil, false, code
			}
			if row != (PlanRow{}) {
				kept = append(kept, row)
			}
		}
		return written(kept), len(kept) == 0, tooMany(len(rows))
	case ChoiceField:
		var choice string
		if strict.Decode(&choice) != nil || choice != "" && !slices.Contains(f.Choices, choice) {
			return nil, false, "oneof"
		}
		return written(choice), choice == "", ""
	case ScaleField:
		var number int
		if strict.Decode(&number) != nil || number < f.Min || number > f.Max {
			return nil, false, "oneof"
		}
		return written(number), false, ""
	}
	return nil, false, "unknown"
}

func tooMany(rows int) string {
	if rows > mostRows {
		return "max"
	}
	return ""
}

// readLine trims a text of one line, or of several, and says what is wrong with it.
func readLine(text string, several bool) (trimmed, code string) {
	most := mostLine
	if several {
		most = mostLong
	}
	switch {
	case utf8.RuneCountInString(text) > most:
		return "", "max"
	case strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' }):
		return "", "text"
	case web.HasIdentityCode(text):
		return "", "no_identity_code"
	}
	return strings.TrimSpace(text), ""
}

// written encodes what can always be encoded.
func written(value any) json.RawMessage {
	raw, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return raw
}
