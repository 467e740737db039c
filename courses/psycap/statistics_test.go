package psycap

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// about reports whether n is v to so many decimals.
func about(t *testing.T, what string, n Number, v float64, decimals int) {
	t.Helper()
	if n.Why != "" || math.Abs(n.Value-v) > 0.5000001*math.Pow10(-decimals) {
		t.Errorf("%s = %v, want %.*f", what, n, decimals, v)
	}
}

func why(t *testing.T, what string, n Number, want Why) {
	t.Helper()
	if n.Why != want || n.Value != 0 {
		t.Errorf("%s = %v, want no value because %s", what, n, want)
	}
}

func TestAlpha(t *testing.T) {
	rows := [][]float64{{4, 5, 4}, {3, 4, 3}, {5, 5, 5}, {2, 3, 2}}
	about(t, "alpha", alpha(rows), 0.97959, 5)
	sums := make([]float64, 4)
	for item, variance := range []float64{1.6667, 0.9167, 1.6667} {
		column := make([]float64, 4)
		for p, row := range rows {
			column[p] = row[item]
			sums[p] += row[item]
		}
		sd := deviation(column)
		about(t, "variance of an item", value(sd.Value*sd.Value), variance, 4)
	}
	total := deviation(sums)
	about(t, "variance of the sums", value(total.Value*total.Value), 12.25, 4)

	about(t, "items that have nothing in common", alphaOf(4, 50, 50), 0, 9)
	about(t, "items that have nothing in common", alpha([][]float64{{1, 1}, {1, 6}, {6, 1}, {6, 6}}), 0, 9)
	about(t, "items against each other", alpha([][]float64{{1, 5}, {2, 5}, {6, 1}}), -72, 9)

	why(t, "one item", alpha([][]float64{{1}, {2}}), OneItem)
	why(t, "no item", alpha([][]float64{{}, {}}), OneItem)
	why(t, "nobody", alpha(nil), TooFew)
	why(t, "one person", alpha([][]float64{{1, 2}}), TooFew)
	why(t, "everybody the same", alpha([][]float64{{4, 5}, {4, 5}, {4, 5}}), NoVariance)
	why(t, "sums the same", alpha([][]float64{{1, 6}, {6, 1}, {3, 4}}), NoVariance)
	why(t, "sums the same but for rounding", alpha([][]float64{{0.1, 0.2}, {0.3, 0}, {0.15, 0.15}}), NoVariance)
	why(t, "a row too short", alpha([][]float64{{1, 2}, {1}}), NotAsked)
	why(t, "no number", alpha([][]float64{{1, 2}, {1, math.NaN()}}), NotAsked)
}

var (
	sleepA = []float64{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0}
	sleepB = []float64{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4}
)

func TestCompareSleep(t *testing.T) {
	p := compare(sleepA, sleepB)
	about(t, "mean", p.mean, 1.58, 6)
	about(t, "SD", p.sd, 1.229995, 6)
	about(t, "t", p.t, 4.062128, 6)
	about(t, "r", p.r, 0.795170, 6)
	about(t, "d_z", p.dz, 1.284558, 6)
	about(t, "d_av", p.dav, 0.833496, 6)
	about(t, "d_rm", p.drm, 1.284558*math.Sqrt(2*(1-0.795170)), 5)
	about(t, "g_z", p.gz, 1.284558*(1-3.0/35), 6)
	about(t, "g_av", p.gav, 0.833496*(1-3.0/35), 6)
	about(t, "low", p.low, 0.7001142, 7) // as R's t.test gives it
	about(t, "high", p.high, 2.4598858, 7)
	about(t, "d_z is t/√n", p.dz, p.t.Value/math.Sqrt(10), 9)
	if p.n != 10 || p.up != 9 || p.same != 1 || p.down != 0 {
		t.Errorf("n %d up %d same %d down %d", p.n, p.up, p.same, p.down)
	}
	back := compare(sleepB, sleepA)
	about(t, "the other way", back.mean, -1.58, 6)
	about(t, "the other way", back.dz, -1.284558, 6)
	if back.up != 0 || back.down != 9 {
		t.Error("up and down do not change places")
	}
}

func TestCompareWithoutAnswer(t *testing.T) {
	same := compare([]float64{1.1, 2.2, 3.3, 4.4}, []float64{2.1, 3.2, 4.3, 5.4})
	about(t, "mean", same.mean, 1, 9)
	about(t, "SD", same.sd, 0, 9)
	about(t, "r", same.r, 1, 9)
	about(t, "d_av", same.dav, 1/1.42009, 4)
	for what, n := range map[string]Number{"t": same.t, "low": same.low, "high": same.high, "d_z": same.dz, "g_z": same.gz, "d_rm": same.drm} {
		why(t, "all differences equal: "+what, n, SameChange)
	}
	flat := compare([]float64{3, 3, 3}, []float64{4, 4, 4})
	why(t, "nobody differs: r", flat.r, NoVariance)
	why(t, "nobody differs: d_av", flat.dav, NoVariance)
	why(t, "nobody differs: d_z", flat.dz, SameChange)
	half := compare([]float64{3, 3, 3}, []float64{4, 5, 6})
	why(t, "nobody differs before: r", half.r, NoVariance)
	why(t, "nobody differs before: d_rm", half.drm, NoVariance)
	about(t, "nobody differs before: d_z", half.dz, 2, 9)
	about(t, "nobody differs before: d_av", half.dav, 4, 9)

	none := compare(nil, nil)
	for what, n := range numbersOf(none) {
		why(t, "nobody: "+what, n, TooFew)
	}
	one := compare([]float64{3}, []float64{5})
	about(t, "one: mean", one.mean, 2, 9)
	for what, n := range numbersOf(one) {
		if what != "mean" {
			why(t, "one: "+what, n, TooFew)
		}
	}
	two := compare([]float64{3, 4}, []float64{5, 5})
	why(t, "two: the correction has nothing to stand on", two.gz, TooFew)
	about(t, "two: d_z", two.dz, 1.5/math.Sqrt(0.5), 9)
	for what, n := range numbersOf(compare([]float64{1, 2}, []float64{1})) {
		why(t, "not the same people: "+what, n, NotAsked)
	}
	for _, odd := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e300} {
		for what, n := range numbersOf(compare([]float64{1, odd, 3}, []float64{2, 3, 5})) {
			why(t, "not a number: "+what, n, NotAsked)
		}
	}
}

func numbersOf(p paired) map[string]Number {
	return map[string]Number{"mean": p.mean, "sd": p.sd, "t": p.t, "low": p.low, "high": p.high, "r": p.r, "dz": p.dz, "dav": p.dav,
		"drm": p.drm, "gz": p.gz, "gav": p.gav}
}

func TestMeanAndDeviation(t *testing.T) {
	why(t, "mean of nobody", mean(nil), TooFew)
	why(t, "SD of one", deviation([]float64{4}), TooFew)
	about(t, "SD of the same", deviation([]float64{4.1, 4.1, 4.1}), 0, 15)
	about(t, "SD", deviation([]float64{2, 4, 4, 4, 5, 5, 7, 9}), 2.13809, 5)
	why(t, "mean of no number", mean([]float64{math.NaN()}), NotAsked)
	if n := mean([]float64{-1, 1, math.Copysign(0, -1)}); math.Signbit(n.Value) {
		t.Error("-0")
	}
}

func times(n int, v float64) []float64 { return slices.Repeat([]float64{v}, n) }

// The work ability of twenty people, 6.8 before and 7.3 after.
func TestWorkAbility(t *testing.T) {
	before := slices.Concat(times(6, 6), times(12, 7), times(2, 8))
	after := slices.Concat(times(14, 7), times(6, 8))
	about(t, "before", mean(before), 6.8, 9)
	about(t, "after", mean(after), 7.3, 9)
	c := changeFigures(Start, End, before, after, More)
	about(t, "change", c.Mean, 0.5, 9)
	if c.N != 20 || c.Up != 10 || c.Same != 10 || c.Down != 0 {
		t.Errorf("%+v", c)
	}
	about(t, "share", c.Share, 0.5, 9)
	less := changeFigures(Start, End, after, before, Less)
	about(t, "share where less is better", less.Share, 0.5, 9)
	about(t, "change where less is better", less.Mean, -0.5, 9)
	about(t, "share of who went up", changeFigures(End, Month, after, before, More).Share, 0, 9)
}

func TestWilson(t *testing.T) {
	low, high := wilson(90, 200)
	about(t, "90 of 200", low, 0.383, 3)
	about(t, "90 of 200", high, 0.519, 3)
	about(t, "90 of 200", low, 0.3826, 4)
	about(t, "90 of 200", high, 0.5192, 4)
	for improved, want := range map[int]float64{90: 0.45, 76: 0.38, 74: 0.37} {
		about(t, "share", share(improved, 200), want, 9)
	}
	about(t, "ten refuse", share(90, 190), 0.4737, 4)
	low, high = wilson(0, 10)
	if low != (Number{}) || high.Value < 0.2775 || high.Value > 0.2776 {
		t.Error("0 of 10", low, high)
	}
	low, high = wilson(10, 10)
	if high.Value != 1 || low.Value < 0.7224 || low.Value > 0.7225 {
		t.Error("10 of 10", low, high)
	}
	low, high = wilson(0, 0)
	why(t, "0 of 0", low, TooFew)
	why(t, "0 of 0", high, TooFew)
	why(t, "0 of 0", share(0, 0), TooFew)
	low, high = wilson(3, 2)
	why(t, "3 of 2", low, NotAsked)
	why(t, "3 of 2", high, NotAsked)
	why(t, "-1 of 2", share(-1, 2), NotAsked)
}

// ten of two hundred do not want to answer one question: its denominator is 190.
func TestRefusingChangesDenominator(t *testing.T) {
	in := &Instrument{Scale: ScaleOf{Min: 0, Max: 10}, Items: []Item{{ID: "mental"}, {ID: "physical"}, {ID: "social"}}}
	improved := map[string]int{"mental": 90, "physical": 76, "social": 74}
	before, after := map[string][]float64{}, map[string][]float64{}
	for person := range 200 {
		one, two := Answers{}, Answers{}
		for item, count := range improved {
			one[item], two[item] = Answer{Value: 5}, Answer{Value: 5}
			if person < count {
				two[item] = Answer{Value: 6}
			}
		}
		if person >= 190 {
			two["physical"] = Answer{Refused: true}
		}
		first, second := in.Scores(one), in.Scores(two)
		for item := range improved {
			if first.Of(item).Why == "" && second.Of(item).Why == "" {
				before[item] = append(before[item], first.Of(item).Value)
				after[item] = append(after[item], second.Of(item).Value)
			}
		}
	}
	for item, want := range map[string]struct {
		n     int
		share float64
	}{"mental": {200, 0.45}, "physical": {190, 0.4}, "social": {200, 0.37}} {
		c := changeFigures(Start, End, before[item], after[item], More)
		if c.N != want.n || c.Up != improved[item] {
			t.Errorf("%s: %d of %d", item, c.Up, c.N)
		}
		about(t, item, c.Share, want.share, 9)
	}
}

// lenth counts the noncentral t distribution in another way, for t ≥ 0 (Lenth 1989, Appl Stat 38:185-189).
func lenth(x, df, shift float64) float64 {
	sum, u := 0.0, x*x/(x*x+df)
	for j := range 400 {
		lg, _ := math.Lgamma(float64(j) + 1)
		p := math.Exp(-shift*shift/2 + float64(j)*math.Log(shift*shift/2) - lg)
		lq, _ := math.Lgamma(float64(j) + 1.5)
		q := shift / math.Sqrt2 * math.Exp(-shift*shift/2+float64(j)*math.Log(shift*shift/2)-lq)
		sum += p*mathext.RegIncBeta(float64(j)+0.5, df/2, u) + q*mathext.RegIncBeta(float64(j)+1, df/2, u)
	}
	return distuv.UnitNormal.CDF(-shift) + sum/2
}

func TestNoncentralT(t *testing.T) {
	for _, df := range []float64{1, 2, 3, 9, 30, 200, 2000} {
		for _, shift := range []float64{0.1, 1, 2.8, 8} {
			for _, x := range []float64{0.5, 2, 5, 12.7} {
				if got, want := noncentralT(x, df, shift), lenth(x, df, shift); math.Abs(got-want) > 1e-7 {
					t.Errorf("df %g shift %g t %g: %.10f, want %.10f", df, shift, x, got, want)
				}
			}
		}
		central := distuv.StudentsT{Sigma: 1, Nu: df}
		for _, x := range []float64{-3, -1, 0, 2} {
			if got, want := noncentralT(x, df, 0), central.CDF(x); math.Abs(got-want) > 1e-7 {
				t.Errorf("df %g t %g: %.10f, want %.10f", df, x, got, want)
			}
		}
	}
}

func TestDetectable(t *testing.T) {
	twelve := detectable(12)
	about(t, "twelve pairs", twelve, 0.9, 1)
	about(t, "twelve pairs", twelve, 0.89, 2)
	for _, c := range []struct {
		dz float64
		n  int // as G*Power gives it
	}{{0.2, 199}, {0.3, 90}, {0.34, 70}, {0.5, 34}, {0.8, 15}, {1, 10}} {
		if detectable(c.n).Value > c.dz || detectable(c.n-1).Value <= c.dz {
			t.Errorf("d_z %g needs other than %d pairs: %v with them, %v with one less", c.dz, c.n, detectable(c.n), detectable(c.n-1))
		}
	}
	// The normal approximation, ((z.975 + z.80)/d)², says a little less.
	z := distuv.UnitNormal.Quantile(0.975) + distuv.UnitNormal.Quantile(0.8)
	if n := math.Ceil(z / 0.34 * z / 0.34); n != 68 {
		t.Error("d_z 0.34 by the normal distribution:", n)
	}
	if n := math.Round(z / 0.26 * z / 0.26); n != 116 {
		t.Error("d_z 0.26 by the normal distribution:", n)
	}
	if detectable(119).Value > 0.26 || detectable(116).Value <= 0.26 {
		t.Error("d_z 0.26 by t:", detectable(116), detectable(119))
	}
	why(t, "one pair", detectable(1), TooFew)
	why(t, "nobody", detectable(0), TooFew)
	last := math.Inf(1)
	for _, n := range []int{2, 3, 5, 10, 12, 30, 100, 400, 2000} {
		d := detectable(n)
		if d.Why != "" || !(d.Value < last) || math.Abs(powerOf(n, d.Value)-power) > 1e-6 {
			t.Errorf("%d pairs: %v with power %g", n, d, powerOf(n, d.Value))
		}
		last = d.Value
	}
}

// Properties.

func seeded() *rand.Rand { return rand.New(rand.NewPCG(20160115, 7)) } //nolint:gosec // the same people in every run

func rowsOf(r *rand.Rand, people, items int) [][]float64 {
	rows := make([][]float64, people)
	for p := range rows {
		for range items {
			rows[p] = append(rows[p], float64(1+r.IntN(6)))
		}
	}
	return rows
}

func near(a, b Number) bool {
	return a.Why == b.Why && math.Abs(a.Value-b.Value) <= 1e-8*max(1, math.Abs(a.Value))
}

func TestAlphaProperties(t *testing.T) {
	r := seeded()
	for range 500 {
		rows := rowsOf(r, 2+r.IntN(20), 2+r.IntN(10))
		want := alpha(rows)
		if want.Why == "" && want.Value > 1 {
			t.Fatal("alpha above 1", want)
		}
		change := func(what string, each func(item int, v float64) float64) {
			t.Helper()
			other := make([][]float64, len(rows))
			for p, row := range rows {
				for i, v := range row {
					other[p] = append(other[p], each(i, v))
				}
			}
			if got := alpha(other); !near(got, want) {
				t.Fatalf("%s: %v, was %v", what, got, want)
			}
		}
		constant, factor := r.Float64()*20-10, 0.1+r.Float64()*5
		change("a constant added to all", func(_ int, v float64) float64 { return v + constant })
		change("a constant of its own added to each item", func(i int, v float64) float64 { return v + constant*float64(i) })
		change("scaled", func(_ int, v float64) float64 { return v * factor })
		change("all reversed", func(_ int, v float64) float64 { return 7 - v })
		order := r.Perm(len(rows[0]))
		shuffled := make([][]float64, 0, len(rows))
		for _, p := range r.Perm(len(rows)) {
			row := make([]float64, len(order))
			for to, from := range order {
				row[to] = rows[p][from]
			}
			shuffled = append(shuffled, row)
		}
		if got := alpha(shuffled); !near(got, want) {
			t.Fatalf("people and items shuffled: %v, was %v", got, want)
		}
	}
}

func TestCompareProperties(t *testing.T) {
	r := seeded()
	for range 1000 {
		n := 2 + r.IntN(30)
		before, after := make([]float64, n), make([]float64, n)
		for i := range n {
			before[i], after[i] = float64(1+r.IntN(6)), float64(1+r.IntN(6))
		}
		want := compare(before, after)
		for what, number := range numbersOf(want) {
			if math.IsNaN(number.Value) || math.IsInf(number.Value, 0) || (number.Why != "" && number.Value != 0) {
				t.Fatal(what, number)
			}
		}
		if want.up+want.same+want.down != n ||
			(want.low.Why == "" && !(want.low.Value < want.mean.Value && want.mean.Value < want.high.Value)) {
			t.Fatalf("%+v", want)
		}

		shuffledBefore, shuffledAfter := make([]float64, 0, n), make([]float64, 0, n)
		for _, i := range r.Perm(n) {
			shuffledBefore, shuffledAfter = append(shuffledBefore, before[i]), append(shuffledAfter, after[i])
		}
		shuffled := numbersOf(compare(shuffledBefore, shuffledAfter))
		constant, factor := r.Float64()*20-10, 0.1+r.Float64()*5
		moved := func(values []float64) []float64 {
			to := make([]float64, n)
			for i, v := range values {
				to[i] = v*factor + constant
			}
			return to
		}
		scaled := numbersOf(compare(moved(before), moved(after)))
		for what, number := range numbersOf(want) {
			if !near(shuffled[what], number) {
				t.Fatalf("people shuffled: %s %v, was %v", what, shuffled[what], number)
			}
			if number.Why == "" && slices.Contains([]string{"mean", "sd", "low", "high"}, what) {
				number.Value *= factor
			}
			if !near(scaled[what], number) {
				t.Fatalf("scaled and moved: %s %v, want %v", what, scaled[what], number)
			}
		}
	}
}

func TestWilsonProperties(t *testing.T) {
	for n := 1; n <= 60; n++ {
		last := -1.0
		for k := range n + 1 {
			low, high := wilson(k, n)
			p := float64(k) / float64(n)
			if low.Why != "" || high.Why != "" || low.Value < 0 || high.Value > 1 || low.Value > p || high.Value < p || low.Value >= high.Value || low.Value < last {
				t.Fatal(k, n, low, high)
			}
			last = low.Value
			otherLow, otherHigh := wilson(n-k, n)
			if math.Abs(otherLow.Value-(1-high.Value)) > 1e-12 || math.Abs(otherHigh.Value-(1-low.Value)) > 1e-12 {
				t.Fatal("not the same from the other side", k, n)
			}
		}
	}
}
