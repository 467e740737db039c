package psycap

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"

	"luotsi/server/fault"
)

// Answers are what one person answered, by item. An item that is not there was left blank.
type Answers map[string]Answer

// Answer is a value of the scale, or that the person does not want to answer. In JSON it is a whole number, or "refused".
type Answer struct {
	Value   int
	Refused bool
}

const refusedWord = "refused"

var errAnswer = errors.New(`an answer is a whole number or "refused"`)

// MarshalJSON is part of json.Marshaler.
func (a Answer) MarshalJSON() ([]byte, error) {
	if a.Refused {
		return []byte(`"` + refusedWord + `"`), nil
	}
	return strconv.AppendInt(nil, int64(a.Value), 10), nil
}

// UnmarshalJSON is part of json.Unmarshaler.
func (a *Answer) UnmarshalJSON(raw []byte) error {
	if string(raw) == `"`+refusedWord+`"` {
		*a = Answer{Refused: true}
		return nil
	}
	n, err := strconv.ParseInt(string(raw), 10, 32)
	if err != nil || strconv.FormatInt(n, 10) != string(raw) {
		return errAnswer
	}
	*a = Answer{Value: int(n)}
	return nil
}

// UnmarshalJSON is part of json.Unmarshaler. It refuses an item that is there twice, where encoding/json takes the last.
func (a *Answers) UnmarshalJSON(raw []byte) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errors.New("answers are an object by item")
	}
	read := Answers{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return err
		}
		item, _ := t.(string)
		if _, twice := read[item]; twice {
			return errors.New("an item is there twice")
		}
		var one json.RawMessage
		if err := d.Decode(&one); err != nil {
			return err
		}
		var answer Answer
		if err := answer.UnmarshalJSON(one); err != nil {
			return err
		}
		read[item] = answer
	}
	if _, err := d.Token(); err != nil {
		return err
	}
	*a = read
	return nil
}

// decodeAnswers reads what the vault keeps.
func decodeAnswers(raw []byte) (Answers, error) {
	var a Answers
	if err := json.Unmarshal(raw, &a); err != nil {
		return nil, fmt.Errorf("answers: %w", err)
	}
	return a, nil
}

// TotalScale is the name of the total among scales.
const TotalScale = "total"

// Scores are one person's, of one time.
type Scores struct {
	Total    Number
	Parts    map[string]Number // by part, or by item when the instrument has no parts
	Answered int
	Refused  int
	Blank    int
}

// Of is the score of the total, a part or an item.
func (s Scores) Of(scale string) Number {
	if scale == TotalScale {
		return s.Total
	}
	n, ok := s.Parts[scale]
	if !ok {
		return none(NotAsked)
	}
	return n
}

// Validate names the answers that the instrument does not know. Blank items are no fault.
func (in *Instrument) Validate(a Answers) []fault.Field {
	var wrong []fault.Field
	for _, id := range slices.Sorted(maps.Keys(a)) {
		it, known := in.Item(id)
		if !known {
			wrong = append(wrong, fault.Field{Name: "answers." + id, Code: "unknown"})
			continue
		}
		answer := a[id]
		if answer.Refused {
			continue
		}
		least, greatest := in.Range(it)
		field := fault.Field{Name: "answers." + id}
		switch {
		case answer.Value < least:
			field.Code, field.Limit = "min", strconv.Itoa(least)
		case answer.Value > greatest:
			field.Code, field.Limit = "max", strconv.Itoa(greatest)
		case !in.Allows(it, answer.Value):
			field.Code = "unknown"
		default:
			continue
		}
		wrong = append(wrong, field)
	}
	return wrong
}

// values gives the answers as they count, reversed where the instrument reverses: value → least + greatest - value.
func (in *Instrument) values(a Answers) map[string]float64 {
	counted := make(map[string]float64, len(a))
	for _, it := range in.Items {
		answer, ok := a[it.ID]
		if !ok || answer.Refused {
			continue
		}
		v := answer.Value
		if in.Reverses(it.ID) {
			least, greatest := in.Range(it)
			v = least + greatest - v
		}
		counted[it.ID] = float64(v)
	}
	return counted
}

// Scores counts the scales from answers that Validate passed. A scale has a value when as many of its items were answered as the missing
// rule asks for, all of them when it says nothing: their mean, or for an instrument that sums, their mean times the number of
// items, so that an item left out counts as the mean of the others.
func (in *Instrument) Scores(a Answers) Scores {
	values := in.values(a)
	s := Scores{Answered: len(values), Parts: make(map[string]Number, max(len(in.Parts), len(in.Items)))}
	all := make([]string, 0, len(in.Items))
	for _, it := range in.Items {
		all = append(all, it.ID)
		if a[it.ID].Refused {
			s.Refused++
		}
		if len(in.Parts) == 0 {
			s.Parts[it.ID] = in.scored([]string{it.ID}, values, 1)
		}
	}
	s.Blank = len(all) - s.Answered - s.Refused
	s.Total = in.scored(all, values, in.Missing.TotalLeast)
	for _, p := range in.Parts {
		s.Parts[p.ID] = in.scored(p.Items, values, in.Missing.PartLeast)
		if in.Missing.AllParts && s.Parts[p.ID].Why != "" {
			s.Total = none(Unanswered)
		}
	}
	if !in.Total {
		s.Total = none(NotAsked)
	}
	return s
}

func (in *Instrument) scored(items []string, values map[string]float64, least int) Number {
	if least <= 0 || least > len(items) {
		least = len(items)
	}
	sum, answered := 0.0, 0
	for _, id := range items {
		if v, ok := values[id]; ok {
			sum += v
			answered++
		}
	}
	switch {
	case answered == 0 || answered < least:
		return none(Unanswered)
	case in.Score != SumOf:
		return value(sum / float64(answered))
	case answered == len(items):
		return value(sum)
	}
	return value(sum * float64(len(items)) / float64(answered))
}

// BandsOf names the bands of one person's answers, by scale: of the total when the instrument sums, else of single answers. There
// is none for a mean, neither of items nor of people: 6.8 lies in no band.
func (in *Instrument) BandsOf(a Answers) map[string]Band {
	scores := in.Scores(a)
	found := map[string]Band{}
	if in.Score == SumOf {
		in.band(found, TotalScale, scores.Total)
		return found
	}
	if len(in.Parts) == 0 {
		for _, it := range in.Items {
			in.band(found, it.ID, scores.Parts[it.ID])
		}
	}
	return found
}

func (in *Instrument) band(found map[string]Band, scale string, n Number) {
	if n.Why != "" || n.Value != math.Trunc(n.Value) {
		return
	}
	if b, ok := in.BandOf(int(n.Value)); ok {
		found[scale] = b
	}
}

// scale is one that a report tells of: the total, a part, or an item of an instrument without parts.
type scale struct {
	id       string
	items    []string
	min, max float64
}

// scales lists them as reports do: the total first, when there is one.
func (in *Instrument) scales() []scale {
	byID := make(map[string]Item, len(in.Items))
	all := Part{ID: TotalScale}
	parts := slices.Clone(in.Parts)
	for _, it := range in.Items {
		byID[it.ID] = it
		all.Items = append(all.Items, it.ID)
		if len(in.Parts) == 0 {
			parts = append(parts, Part{ID: it.ID, Items: []string{it.ID}})
		}
	}
	if in.Total {
		parts = slices.Insert(parts, 0, all)
	}
	list := make([]scale, 0, len(parts))
	for _, p := range parts {
		s := scale{id: p.ID, items: p.Items}
		for i, id := range p.Items {
			least, greatest := in.Range(byID[id])
			switch {
			case in.Score == SumOf:
				s.min, s.max = s.min+float64(least), s.max+float64(greatest)
			case i == 0:
				s.min, s.max = float64(least), float64(greatest)
			default:
				s.min, s.max = min(s.min, float64(least)), max(s.max, float64(greatest))
			}
		}
		list = append(list, s)
	}
	return list
}
