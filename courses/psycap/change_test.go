package psycap

import (
	"math"
	"testing"
)

func numbers(sd, reliability float64) spreadOf {
	return (&Instrument{Reference: &Reference{SD: sd, Reliability: reliability, Source: "a study"}}).referenceSpread()
}

func TestReliableChange(t *testing.T) {
	at := func(v float64) Number { return Number{Value: v} }
	example := numbers(7.5, 0.80)
	about(t, "S_diff", standardError(example), 4.7434, 4)
	about(t, "standard error of one measurement", value(7.5*math.Sqrt(1-0.80)), 3.3541, 4)
	c := reliableChange(at(47.5), at(32.5), example)
	about(t, "RCI", c.Index, -3.1623, 4)
	if c.Verdict != WentDown || c.Why != "" || c.Source != "a study" {
		t.Errorf("%+v", c)
	}
	twelve := numbers(0.99, 0.82)
	about(t, "S_diff", standardError(twelve), 0.5940, 4)
	about(t, "least reliable change", reliableChange(at(4), at(4), twelve).Least, 1.1642, 4)
	for _, k := range []struct {
		before, after float64
		want          Verdict
	}{
		{4, 4, NotProven}, {4, 5.1642, NotProven}, {4, 5.1643, WentUp}, {4, 2.8358, NotProven}, {4, 2.8357, WentDown}, {1, 6, WentUp}, {6, 1, WentDown},
	} {
		if got := reliableChange(at(k.before), at(k.after), twelve); got.Verdict != k.want || got.Why != "" {
			t.Errorf("%g to %g: %+v", k.before, k.after, got)
		}
	}

	for _, k := range []struct {
		what            string
		sd, reliability float64
		why             Why
	}{
		{"r is 1", 1, 1, NoReliability}, {"r above 1", 1, 1.2, NoReliability}, {"r missing", 1, 0, NoReliability}, {"r below 0", 1, -0.4, NoReliability},
		{"r no number", 1, math.NaN(), NoReliability}, {"SD 0", 0, 0.8, NoSpread}, {"SD below 0", -1, 0.8, NoSpread}, {"SD no number", math.Inf(1), 0.8, NoSpread},
		{"SD beyond all scales", 1e300, 0.8, NoSpread},
	} {
		got := reliableChange(at(4), at(5), numbers(k.sd, k.reliability))
		if got.Verdict != NoVerdict || got.Why != k.why {
			t.Errorf("%s: %+v", k.what, got)
		}
		why(t, k.what, got.Index, k.why)
		why(t, k.what, got.Least, k.why)
	}
	without := reliableChange(at(4), at(5), (&Instrument{}).referenceSpread())
	if without.Verdict != NoVerdict || without.Why != NoSpread {
		t.Errorf("%+v", without)
	}
	for _, pair := range [][2]Number{{none(Unanswered), at(4)}, {at(4), none(Unanswered)}} {
		got := reliableChange(pair[0], pair[1], twelve)
		if got.Verdict != NoVerdict || got.Why != Unanswered {
			t.Errorf("%+v", got)
		}
		about(t, "the least change stands all the same", got.Least, 1.1642, 4)
	}
}

func TestReliableChangeOfAGroup(t *testing.T) {
	group := func(n, alphaN int, sd, alpha Number) ScaleFigures {
		return ScaleFigures{Scale: TotalScale, N: n, Points: []PointFigures{{Point: Start, SD: sd, Alpha: alpha, AlphaN: alphaN}, {Point: End, SD: none(TooFew), Alpha: none(TooFew)}}}
	}
	sd, r := Number{Value: 0.99}, Number{Value: 0.82}
	for _, k := range []struct {
		what string
		f    ScaleFigures
		why  Why
	}{
		{"thirty", group(30, 30, sd, r), ""},
		{"twenty-nine", group(29, 29, sd, r), TooFew},
		{"fewer who answered every item", group(40, 29, sd, r), TooFew},
		{"nobody differs", group(40, 40, Number{}, none(NoVariance)), NoSpread},
		{"one item", group(40, 40, sd, none(OneItem)), NoReliability},
		{"items against each other", group(40, 40, sd, Number{Value: -0.3}), NoReliability},
		{"no points", ScaleFigures{N: 40}, TooFew},
	} {
		got := reliableChange(Number{Value: 4}, Number{Value: 5.2}, groupSpread(k.f))
		if got.Why != k.why || (k.why == "") != (got.Verdict == WentUp) {
			t.Errorf("%s: %+v", k.what, got)
		}
	}
}

// Twelve items before and after become four parts, a total, and a verdict of the total alone.
func TestTwelveItemsBeforeAndAfter(t *testing.T) {
	in := resources()
	in.Reference = &Reference{SD: 0.99, Reliability: 0.82, Source: "a study"}
	before := in.Scores(answered(in, 3, 3, 3, 4, 4, 4, 2, 2, 2, 3, 3, 3))
	after := in.Scores(answered(in, 5, 5, 5, 5, 5, 5, 3, 3, 3, 4, 4, 4))
	for part, want := range map[string]float64{"hope": 2, "efficacy": 1, "resilience": 1, "optimism": 1} {
		about(t, part, value(after.Of(part).Value-before.Of(part).Value), want, 9)
	}
	c := reliableChange(before.Total, after.Total, in.referenceSpread())
	about(t, "RCI", c.Index, 1.25/0.594, 9)
	if c.Verdict != WentUp {
		t.Errorf("%+v", c)
	}
}

func TestReliableChangeProperties(t *testing.T) {
	r := seeded()
	for range 5000 {
		s := numbers(r.Float64()*3-0.5, r.Float64()*1.6-0.3)
		before, after := Number{Value: r.Float64() * 6}, Number{Value: r.Float64() * 6}
		there, back := reliableChange(before, after, s), reliableChange(after, before, s)
		if math.IsNaN(there.Index.Value) || math.IsInf(there.Index.Value, 0) || there.Index.Value != -back.Index.Value || there.Least != back.Least {
			t.Fatalf("%+v and back %+v", there, back)
		}
		opposite := map[Verdict]Verdict{WentUp: WentDown, WentDown: WentUp, NotProven: NotProven, NoVerdict: NoVerdict}
		if back.Verdict != opposite[there.Verdict] || (there.Verdict == NoVerdict) != (there.Why != "") {
			t.Fatalf("%+v and back %+v", there, back)
		}
		if there.Why == "" && math.Abs(math.Abs(after.Value-before.Value)-there.Least.Value) > 1e-9 {
			if beyond := math.Abs(after.Value-before.Value) > there.Least.Value; beyond != (there.Verdict != NotProven) {
				t.Fatalf("%+v", there)
			}
		}
	}
}
