package psycap

import "math"

// Verdict says whether one person's total changed by more than the measurement's own error explains.
type Verdict string

// The verdicts. Which way is better is the instrument's to say.
const (
	WentUp    Verdict = "up"
	WentDown  Verdict = "down"
	NotProven Verdict = "none"    // no reliable change: it may have changed, and this can not tell
	NoVerdict Verdict = "unknown" // it cannot be computed
)

// reliableAt is 1.96, as it is published: the RCI of a change that is none is beyond it once in twenty times.
const reliableAt = 1.96

// leastForSpread is how many people a group needs so that its figures judge one person. The standard error of an SD is about SD/√(2(n-1)):
// with 30 people 13 % of it, with 10 people 24 %, when an error alone would turn verdicts.
const leastForSpread = 30

// spreadOf is what a reliable change is measured with.
type spreadOf struct {
	sd          Number // of people at the first point
	reliability Number
	source      string // of a published one
}

// referenceSpread is the published one of an instrument.
func (in *Instrument) referenceSpread() spreadOf {
	if in.Reference == nil {
		return spreadOf{sd: none(NoSpread), reliability: none(NoReliability)}
	}
	return spreadOf{sd: value(in.Reference.SD), reliability: value(in.Reference.Reliability), source: in.Reference.Source}
}

// groupSpread is that of a group at the first point of a report: its SD, and Cronbach's alpha of who answered every item. Fewer than
// leastForSpread people judge nobody.
func groupSpread(f ScaleFigures) spreadOf {
	if len(f.Points) == 0 || f.N < leastForSpread {
		return spreadOf{sd: none(TooFew), reliability: none(TooFew)}
	}
	first := f.Points[0]
	s := spreadOf{sd: first.SD, reliability: first.Alpha}
	if first.AlphaN < leastForSpread {
		s.reliability = none(TooFew)
	}
	return s
}

// Reliable is the verdict of one person's change of the total.
type Reliable struct {
	Verdict Verdict
	Why     Why    // of NoVerdict
	Index   Number // RCI: the change in standard errors of a change
	Least   Number // the least change that is reliable
	Source  string // whose numbers it is measured with, when they are published
}

// reliableChange judges the change from before to after (Jacobson & Truax 1991, J Consult Clin Psychol 59:12-19): S_diff = SD · √2 · √(1 - r),
// RCI = change / S_diff, reliable when it is beyond ±1.96.
func reliableChange(before, after Number, s spreadOf) Reliable {
	c := Reliable{Verdict: NoVerdict, Source: s.source}
	d := standardError(s)
	c.Least, c.Index = d, d
	if d.Why == "" {
		c.Least = value(reliableAt * d.Value)
		c.Index = indexOf(before, after, d.Value)
	}
	if c.Why = c.Index.Why; c.Why != "" {
		return c
	}
	switch {
	case c.Index.Value > reliableAt:
		c.Verdict = WentUp
	case c.Index.Value < -reliableAt:
		c.Verdict = WentDown
	default:
		c.Verdict = NotProven
	}
	return c
}

func indexOf(before, after Number, standardError float64) Number {
	for _, n := range []Number{before, after} {
		if n.Why != "" {
			return n
		}
	}
	return value((after.Value - before.Value) / standardError)
}

// standardError is S_diff, of the difference of two measurements of somebody who did not change.
func standardError(s spreadOf) Number {
	switch sd, r := s.sd, s.reliability; {
	case sd.Why == TooFew || r.Why == TooFew:
		return none(TooFew)
	case sd.Why != "" || !(sd.Value > 0) || sd.Value > ordinary:
		return none(NoSpread)
	case r.Why != "" || !(r.Value > 0 && r.Value < 1):
		return none(NoReliability)
	default:
		return value(sd.Value * math.Sqrt2 * math.Sqrt(1-r.Value))
	}
}
