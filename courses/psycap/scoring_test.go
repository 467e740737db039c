package psycap

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"luotsi/server/fault"
)

// answered gives values to items one after the other; 0 leaves one leftBlank, -9 refuses it.
func answered(in *Instrument, values ...int) Answers {
	a := Answers{}
	for i, v := range values {
		switch v {
		case leftBlank:
		case refuses:
			a[in.Items[i].ID] = Answer{Refused: true}
		default:
			a[in.Items[i].ID] = Answer{Value: v}
		}
	}
	return a
}

const (
	leftBlank = -99
	refuses   = -9
)

// made is an instrument of so many items, named i1, i2, …
func made(items, least, greatest int) *Instrument {
	in := &Instrument{Scale: ScaleOf{Min: least, Max: greatest}, Score: MeanOf, Better: More}
	for i := range items {
		in.Items = append(in.Items, Item{ID: fmt.Sprintf("i%d", i+1)})
	}
	return in
}

// resources has four parts of three items, and the rule for missing ones of the questionnaire of resources.
func resources() *Instrument {
	in := made(12, 1, 6)
	for i, id := range []string{"hope", "efficacy", "resilience", "optimism"} {
		in.Parts = append(in.Parts, Part{ID: id, Items: []string{in.Items[3*i].ID, in.Items[3*i+1].ID, in.Items[3*i+2].ID}})
	}
	in.Total, in.Missing = true, MissingRule{PartLeast: 2, TotalLeast: 10, AllParts: true}
	return in
}

func TestMissingRule(t *testing.T) {
	in := resources()
	for _, c := range []struct {
		what   string
		values []int
		total  float64            // 0 for none
		parts  map[string]float64 // 0 for none
	}{
		{"all", []int{1, 2, 3, 4, 5, 6, 6, 5, 4, 3, 2, 1}, 3.5, map[string]float64{"hope": 2, "efficacy": 5, "resilience": 5, "optimism": 2}},
		{"one blank in a part", []int{5, 4, leftBlank, 3, 3, 3, 3, 3, 3, 3, 3, 3}, 36.0 / 11, map[string]float64{"hope": 4.5}},
		{"one refused in a part", []int{5, 4, refuses, 3, 3, 3, 3, 3, 3, 3, 3, 3}, 36.0 / 11, map[string]float64{"hope": 4.5}},
		{"two blank in different parts", []int{5, 4, leftBlank, 3, 3, leftBlank, 3, 3, 3, 3, 3, 3}, 3.3, map[string]float64{"hope": 4.5, "efficacy": 3}},
		{"two blank in the same part", []int{5, leftBlank, leftBlank, 3, 3, 3, 3, 3, 3, 3, 3, 3}, 0, map[string]float64{"hope": 0, "efficacy": 3}},
		{"a blank and a refused in the same part", []int{5, leftBlank, refuses, 3, 3, 3, 3, 3, 3, 3, 3, 3}, 0, map[string]float64{"hope": 0, "optimism": 3}},
		{"three blank in different parts", []int{5, 4, leftBlank, 3, 3, leftBlank, 3, 3, leftBlank, 3, 3, 3}, 0, map[string]float64{"hope": 4.5, "resilience": 3}},
		{"a part blank", []int{leftBlank, leftBlank, leftBlank, 3, 3, 3, 3, 3, 3, 3, 3, 3}, 0, map[string]float64{"hope": 0}},
	} {
		s := in.Scores(answered(in, c.values...))
		check := func(scale string, want float64) {
			if want == 0 {
				why(t, c.what+": "+scale, s.Of(scale), Unanswered)
			} else {
				about(t, c.what+": "+scale, s.Of(scale), want, 9)
			}
		}
		check(TotalScale, c.total)
		for part, want := range c.parts {
			check(part, want)
		}
		blanks, refused := 0, 0
		for _, v := range c.values {
			if v == leftBlank {
				blanks++
			}
			if v == refuses {
				refused++
			}
		}
		if s.Blank != blanks || s.Refused != refused || s.Answered != 12-blanks-refused {
			t.Errorf("%s: %d answered, %d refused, %d blank", c.what, s.Answered, s.Refused, s.Blank)
		}
	}
	empty := in.Scores(nil)
	if why(t, "nothing", empty.Total, Unanswered); empty.Blank != 12 || len(empty.Parts) != 4 {
		t.Errorf("%+v", empty)
	}
	why(t, "a scale that is not there", empty.Of("wealth"), NotAsked)
}

func TestReversed(t *testing.T) {
	in := resources()
	in.Reversed = []string{"i1", "i12"}
	s := in.Scores(answered(in, 1, 6, 6, 3, 3, 3, 3, 3, 3, 2, 2, 6))
	about(t, "1 counts as 6", s.Of("hope"), 6, 9)
	about(t, "6 counts as 1", s.Of("optimism"), 5.0/3, 9)
	zero := made(1, 0, 10)
	zero.Reversed = []string{"i1"}
	about(t, "0 of 0 to 10", zero.Scores(answered(zero, 0)).Of("i1"), 10, 9)
	own := made(2, 0, 10)
	own.Items[1].Min, own.Items[1].Max, own.Reversed = 2, 10, []string{"i2"}
	about(t, "the item's own range", own.Scores(answered(own, 0, 2)).Of("i2"), 10, 9)
}

func TestValidate(t *testing.T) {
	six, ten := made(1, 1, 6), made(1, 0, 10)
	gaps := made(1, 1, 7)
	gaps.Items[0].Values = []int{1, 4, 7}
	own := made(1, 0, 10)
	own.Items[0].Min, own.Items[0].Max = 2, 10
	for _, c := range []struct {
		in    *Instrument
		value int
		code  string
		limit string
	}{
		{six, 0, "min", "1"}, {six, 1, "", ""}, {six, 6, "", ""}, {six, 7, "max", "6"},
		{ten, -1, "min", "0"}, {ten, 0, "", ""}, {ten, 10, "", ""}, {ten, 11, "max", "10"},
		{gaps, 0, "min", "1"}, {gaps, 1, "", ""}, {gaps, 2, "unknown", ""}, {gaps, 4, "", ""}, {gaps, 7, "", ""}, {gaps, 8, "max", "7"},
		{own, 1, "min", "2"}, {own, 2, "", ""}, {own, 10, "", ""}, {own, 11, "max", "10"},
	} {
		var want []fault.Field
		if c.code != "" {
			want = []fault.Field{{Name: "answers.i1", Code: c.code, Limit: c.limit}}
		}
		if got := c.in.Validate(Answers{"i1": {Value: c.value}}); !reflect.DeepEqual(got, want) {
			t.Errorf("%d on %v: %v, want %v", c.value, c.in.Scale, got, want)
		}
	}
	want := []fault.Field{{Name: "answers.a", Code: "unknown"}, {Name: "answers.b", Code: "unknown"}}
	if got := six.Validate(Answers{"b": {Refused: true}, "i1": {Refused: true}, "a": {Value: 3}}); !reflect.DeepEqual(got, want) {
		t.Error(got)
	}
	if got := six.Validate(nil); got != nil {
		t.Error("blank is no fault", got)
	}
	zero := ten.Scores(Answers{"i1": {Value: 0}})
	if about(t, "0 is a value", zero.Of("i1"), 0, 9); zero.Answered != 1 || zero.Blank != 0 {
		t.Error("0 counts as missing")
	}
}

// bandsTo are bands that begin where the one before ends.
func bandsTo(from int, to ...int) []Band {
	var list []Band
	for i, last := range to {
		list = append(list, Band{From: from, To: last, Names: Texts{"en": fmt.Sprint(i + 1)}})
		from = last + 1
	}
	return list
}

func TestSingleQuestionBands(t *testing.T) {
	in := made(1, 0, 10)
	in.Bands = bandsTo(0, 5, 7, 9, 10)
	for v, want := range []string{"1", "1", "1", "1", "1", "1", "2", "2", "3", "3", "4"} {
		if got := in.BandsOf(answered(in, v)); len(got) != 1 || got["i1"].Names["en"] != want {
			t.Errorf("%d is in %v", v, got)
		}
	}
	for _, a := range []Answers{nil, answered(in, refuses)} {
		if got := in.BandsOf(a); len(got) != 0 {
			t.Error("no answer has a band", got)
		}
	}
	// The mean of several answers has none, whatever bands there are, even when it is whole.
	mean := resources()
	mean.Bands = bandsTo(0, 3, 6)
	if got := mean.BandsOf(answered(mean, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4)); len(got) != 0 {
		t.Error("a mean has a band", got)
	}
}

// workAbilityIndex sums seven items with ranges of their own, to 7 to 49.
func workAbilityIndex() *Instrument {
	in := made(7, 0, 10)
	for i, r := range [][2]int{{0, 10}, {2, 10}, {1, 7}, {1, 6}, {1, 5}, {1, 7}, {1, 4}} {
		in.Items[i].Min, in.Items[i].Max = r[0], r[1]
	}
	in.Items[5].Min, in.Items[5].Max, in.Items[5].Values = 0, 0, []int{1, 4, 7}
	in.Score, in.Total, in.Missing = SumOf, true, MissingRule{TotalLeast: 7}
	in.Bands = bandsTo(7, 27, 36, 43, 49)
	return in
}

func TestWorkAbilityIndex(t *testing.T) {
	in := workAbilityIndex()
	if s := in.scales()[0]; s.id != TotalScale || s.min != 7 || s.max != 49 {
		t.Errorf("%+v", s)
	}
	for _, c := range []struct {
		values []int
		total  float64
		band   string
	}{
		{[]int{0, 2, 1, 1, 1, 1, 1}, 7, "1"},
		{[]int{6, 6, 3, 4, 3, 4, 1}, 27, "1"},
		{[]int{6, 6, 3, 4, 3, 4, 2}, 28, "2"},
		{[]int{8, 7, 5, 5, 4, 4, 3}, 36, "2"},
		{[]int{8, 8, 5, 5, 4, 4, 3}, 37, "3"},
		{[]int{9, 9, 6, 5, 4, 7, 3}, 43, "3"},
		{[]int{9, 9, 6, 5, 4, 7, 4}, 44, "4"},
		{[]int{10, 10, 7, 6, 5, 7, 4}, 49, "4"},
	} {
		a := answered(in, c.values...)
		if wrong := in.Validate(a); wrong != nil {
			t.Fatal(wrong)
		}
		about(t, "sum", in.Scores(a).Total, c.total, 9)
		if got := in.BandsOf(a); len(got) != 1 || got[TotalScale].Names["en"] != c.band {
			t.Errorf("%g is in %v", c.total, got)
		}
	}
	missing := answered(in, 10, 10, 7, 6, 5, 7, refuses)
	if why(t, "one refused", in.Scores(missing).Total, Unanswered); len(in.BandsOf(missing)) != 0 {
		t.Error("no sum has a band")
	}
}

func TestFidelity(t *testing.T) {
	in := made(25, 1, 5)
	in.Score, in.Total, in.Missing = SumOf, true, MissingRule{TotalLeast: 25}
	in.Bands = bandsTo(25, 73, 99, 114, 125)
	fours := slices.Repeat([]int{4}, 25)
	about(t, "25 times 4", in.Scores(answered(in, fours...)).Total, 100, 9)
	if b := in.BandsOf(answered(in, fours...))[TotalScale]; b.From != 100 {
		t.Error(b)
	}
	fours[24] = 3
	if b := in.BandsOf(answered(in, fours...))[TotalScale]; b.To != 99 {
		t.Error(b)
	}
	fours[24] = leftBlank
	why(t, "24 answered", in.Scores(answered(in, fours...)).Total, Unanswered)
	for _, v := range []int{0, 6} {
		if len(in.Validate(Answers{"i1": {Value: v}})) != 1 {
			t.Error(v, "is allowed")
		}
	}
}

// A sum that allows one missing answer counts it as the mean of the others.
func TestSumWithOneMissing(t *testing.T) {
	in := made(12, 0, 4)
	in.Score, in.Total, in.Missing = SumOf, true, MissingRule{TotalLeast: 11}
	in.Bands = bandsTo(0, 24, 48)
	values := []int{1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2}
	about(t, "all", in.Scores(answered(in, values...)).Total, 23, 9)
	values[11] = leftBlank
	about(t, "one missing", in.Scores(answered(in, values...)).Total, 21+21.0/11, 9)
	if got := in.BandsOf(answered(in, values...)); len(got) != 0 {
		t.Error("what is not whole has a band", got)
	}
	values[10] = refuses
	why(t, "two missing", in.Scores(answered(in, values...)).Total, Unanswered)
	about(t, "all 4", in.Scores(answered(in, slices.Repeat([]int{4}, 12)...)).Total, 48, 9)
}

// The numbers are 1 to 5, so the sum is 12 to 60.
func TestShippedDisabilitySchedule(t *testing.T) {
	in, _ := defined("whodas-12")
	about(t, "the least", in.Scores(answered(in, slices.Repeat([]int{1}, 12)...)).Total, 12, 9)
	about(t, "the greatest", in.Scores(answered(in, slices.Repeat([]int{5}, 12)...)).Total, 60, 9)
	values := []int{1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2}
	about(t, "all", in.Scores(answered(in, values...)).Total, 33, 9)
	values[11] = leftBlank
	s := in.Scores(answered(in, values...))
	about(t, "one missing is the mean of eleven", s.Total, 31+31.0/11, 9)
	why(t, "a domain of which one is missing", s.Of("life_activities"), Unanswered)
	about(t, "another domain", s.Of("self_care"), 7, 9)
	values[0] = refuses
	why(t, "two missing", in.Scores(answered(in, values...)).Total, Unanswered)

	index, _ := defined("wai")
	other := *index
	other.Missing.TotalLeast = 6
	if err := other.check(); err == nil {
		t.Error("a sum of different ranges does without one of them")
	}
}

func TestScales(t *testing.T) {
	var got []string
	for _, s := range resources().scales() {
		got = append(got, fmt.Sprintf("%s %d %g–%g", s.id, len(s.items), s.min, s.max))
	}
	if want := []string{"total 12 1–6", "hope 3 1–6", "efficacy 3 1–6", "resilience 3 1–6", "optimism 3 1–6"}; !slices.Equal(got, want) {
		t.Error(got)
	}
	three := made(3, 0, 10)
	three.Items[1].Min, three.Items[1].Max = 2, 9
	got = nil
	for _, s := range three.scales() {
		got = append(got, fmt.Sprintf("%s %v %g–%g", s.id, s.items, s.min, s.max))
	}
	if want := []string{"i1 [i1] 0–10", "i2 [i2] 2–9", "i3 [i3] 0–10"}; !slices.Equal(got, want) {
		t.Error(got)
	}
	why(t, "no total", three.Scores(answered(three, 1, 2, 3)).Total, NotAsked)
}

// What ships is scored by the same rules.
func TestShippedScales(t *testing.T) {
	in, ok := defined("voimavarat")
	if !ok || len(in.scales()) != 5 {
		t.Fatal("no questionnaire of resources")
	}
	a := Answers{}
	for _, it := range in.Items {
		a[it.ID] = Answer{Value: 4}
	}
	delete(a, in.Parts[0].Items[0])
	for _, s := range in.scales() {
		about(t, s.id, in.Scores(a).Of(s.id), 4, 9)
	}
	delete(a, in.Parts[0].Items[1])
	why(t, "part", in.Scores(a).Of(in.Parts[0].ID), Unanswered)
	why(t, "total", in.Scores(a).Total, Unanswered)
}

func TestScoreProperties(t *testing.T) {
	r := seeded()
	for range 2000 {
		in := resources()
		if r.IntN(2) == 0 {
			in.Reversed = []string{"i2", "i7"}
		}
		if r.IntN(2) == 0 {
			in.Score = SumOf
		}
		a := Answers{}
		for _, it := range in.Items {
			switch r.IntN(8) {
			case 0:
			case 1:
				a[it.ID] = Answer{Refused: true}
			default:
				a[it.ID] = Answer{Value: 1 + r.IntN(6)}
			}
		}
		want := in.Scores(a)
		other := *in
		other.Items = nil
		for _, i := range r.Perm(12) {
			other.Items = append(other.Items, in.Items[i])
		}
		other.Parts = nil
		for _, i := range r.Perm(4) {
			p := in.Parts[i]
			p.Items = slices.Clone(p.Items)
			slices.Reverse(p.Items)
			other.Parts = append(other.Parts, p)
		}
		if got := other.Scores(a); !reflect.DeepEqual(got, want) {
			t.Fatalf("items shuffled: %+v, was %+v", got, want)
		}
		for _, s := range in.scales() {
			n := want.Of(s.id)
			if n.Why == "" && (n.Value < s.min || n.Value > s.max) {
				t.Fatalf("%s is %v", s.id, n)
			}
		}
		refused := maps.Clone(a)
		for id, answer := range a {
			if answer.Refused {
				delete(refused, id)
			}
		}
		if got := in.Scores(refused); got.Total != want.Total || !reflect.DeepEqual(got.Parts, want.Parts) || got.Blank != want.Blank+want.Refused {
			t.Fatal("refusing changes a score")
		}
	}
}

func TestAnswersInTheVault(t *testing.T) {
	a, err := decodeAnswers([]byte(` {"hope1": 4, "hope2":"refused","x":-1,"ö":0} `))
	want := Answers{"hope1": {Value: 4}, "hope2": {Refused: true}, "x": {Value: -1}, "ö": {}}
	if err != nil || !maps.Equal(a, want) {
		t.Fatal(a, err)
	}
	raw, err := json.Marshal(Answers{"hope1": {Value: 4}, "hope2": {Refused: true}})
	if err != nil || string(raw) != `{"hope1":4,"hope2":"refused"}` {
		t.Fatal(string(raw), err)
	}
	if a, err = decodeAnswers([]byte(`{}`)); err != nil || a == nil || len(a) != 0 {
		t.Fatal(a, err)
	}
	for _, bad := range []string{
		``, `null`, `[]`, `4`, `"refused"`, `{`,
		`{"a":}`, `{"a":1`, `{"a":1}x`, `{"a":1}{}`, `{"a":1,}`, `{"a":null}`, `{"a":true}`,
		`{"a":4.0}`, `{"a":4.5}`, `{"a":4e0}`,
		`{"a":-0}`, `{"a":"4"}`, `{"a":"Refused"}`, `{"a":"refused "}`,
		`{"a":"re\u0066used"}`, `{"a":{}}`, `{"a":[1]}`, `{"a":99999999999}`, `{"a":1,"a":1}`, `{"a":1,"\u0061":2}`, `{1:1}`,
	} {
		if a, err := decodeAnswers([]byte(bad)); err == nil {
			t.Errorf("%s is read as %v", bad, a)
		}
	}
}

func FuzzAnswers(f *testing.F) {
	for _, seed := range []string{`{"i1":4,"i2":"refused"}`, `{"i1":0}`, `{"i1":-2147483648,"i2":2147483647}`,
		`{"":1}`, `{"i1":1,"i1":2}`, `null`, `{"i1":1e400}`, "{\"\xff\":1}"} {
		f.Add([]byte(seed))
	}
	in, sums := resources(), workAbilityIndex()
	f.Fuzz(func(t *testing.T, raw []byte) {
		a, err := decodeAnswers(raw)
		if err != nil {
			if strings.Contains(err.Error(), "panic") || a != nil {
				t.Fatal(err)
			}
			return
		}
		again, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		if b, err := decodeAnswers(again); err != nil || !maps.Equal(a, b) {
			t.Fatalf("%s became %s: %v", raw, again, err)
		}
		for _, in := range []*Instrument{in, sums} {
			if in.Validate(a) != nil {
				continue
			}
			s := in.Scores(a)
			if s.Answered+s.Refused+s.Blank != len(in.Items) || s.Answered < 0 || s.Blank < 0 {
				t.Fatalf("%+v", s)
			}
			for _, scale := range in.scales() {
				n := s.Of(scale.id)
				if math.IsNaN(n.Value) || n.Why == "" && (n.Value < scale.min || n.Value > scale.max) {
					t.Fatalf("%s: %v", scale.id, n)
				}
			}
			in.BandsOf(a)
		}
	})
}
