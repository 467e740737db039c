package psycap

import (
	"math"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// The functions of this file take values of scales, people in the same order everywhere, and give numbers that are always finite or say
// why there is none. A value that is not an ordinary number, or so big that its square overflows, makes the question not arise.

const (
	confidence = 0.95
	power      = 0.80
	// noise is what rounding may leave of a spread of nothing, in relation to the values. One answer of one person among thousands
	// makes a spread many orders greater.
	noise = 1e-9
	// ordinary is far beyond every scale, and its fourth power is far below the greatest float.
	ordinary = 1e12
)

func value(v float64) Number {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return Number{Why: NotAsked}
	}
	if v == 0 { // never -0, which would be printed as it is
		v = 0
	}
	return Number{Value: v}
}

func none(why Why) Number { return Number{Why: why} }

func areOrdinary(values []float64) bool {
	for _, v := range values {
		if !(math.Abs(v) <= ordinary) {
			return false
		}
	}
	return true
}

// mean is the arithmetic mean.
func mean(values []float64) Number {
	switch {
	case len(values) == 0:
		return none(TooFew)
	case !areOrdinary(values):
		return none(NotAsked)
	}
	return value(stat.Mean(values, nil))
}

// deviation is the standard deviation with n-1 (Bessel's correction), exactly 0 when nothing but rounding differs.
func deviation(values []float64) Number {
	switch {
	case len(values) < 2:
		return none(TooFew)
	case !areOrdinary(values):
		return none(NotAsked)
	}
	return spread(values, greatest(values))
}

// spread is the standard deviation of values that were counted from others whose greatest is of.
func spread(values []float64, of float64) Number {
	sd := stat.StdDev(values, nil)
	if sd <= noise*of {
		return Number{}
	}
	return value(sd)
}

func greatest(values []float64) float64 {
	g := 0.0
	for _, v := range values {
		g = max(g, math.Abs(v))
	}
	return g
}

// alpha is Cronbach's alpha (Cronbach 1951, Psychometrika 16:297-334): k/(k-1) · (1 - sum of the variances of items / variance of
// their sums), n-1 in both. A row is one person's answers to every item, reversed where the instrument reverses.
func alpha(rows [][]float64) Number {
	if len(rows) == 0 {
		return none(TooFew)
	}
	k := len(rows[0])
	if k < 2 {
		return none(OneItem)
	}
	if len(rows) < 2 {
		return none(TooFew)
	}
	sums := make([]float64, len(rows))
	column := make([]float64, len(rows))
	items := 0.0
	for i := range k {
		for p, row := range rows {
			if len(row) != k {
				return none(NotAsked)
			}
			column[p] = row[i]
			sums[p] += row[i]
		}
		sd := deviation(column)
		if sd.Why != "" {
			return sd
		}
		items += sd.Value * sd.Value
	}
	total := deviation(sums)
	if total.Why != "" {
		return total
	}
	return alphaOf(k, items, total.Value*total.Value)
}

func alphaOf(k int, items, total float64) Number {
	switch {
	case k < 2:
		return none(OneItem)
	case !(total > 0):
		return none(NoVariance)
	}
	return value(float64(k) / float64(k-1) * (1 - items/total))
}

// paired compares two measurements of the same people.
type paired struct {
	n              int
	mean, sd       Number // of the differences, after - before
	t              Number // with n-1 degrees of freedom
	low, high      Number // the 95 % interval of the mean difference
	r              Number
	dz, dav, drm   Number
	gz, gav        Number
	up, same, down int
}

// compare sets after against before, in the same order of people.
//
//   - t and its interval: Student 1908, Biometrika 6:1-25; with the quantile of the t distribution of n-1 degrees of freedom;
//   - r: Pearson's product-moment correlation;
//   - d_z = mean difference / SD of the differences (Cohen 1988, Statistical Power Analysis, 2.3.5);
//   - d_av = mean difference / mean of the two SDs (Cumming 2012, Understanding The New Statistics, ch. 11; Lakens 2013, Front Psychol 4:863);
//   - d_rm = d_z · √(2(1-r)) (Morris & DeShon 2002, Psychol Methods 7:105-125; Lakens 2013, formula 9);
//   - g = d · J, J = 1 - 3/(4 df - 1), df = n-1 (Hedges 1981, J Educ Stat 6:107-128; for paired d as in Lakens 2013).
func compare(before, after []float64) paired {
	n := min(len(before), len(after))
	p := paired{n: n}
	if len(before) != len(after) {
		p.noneOf(NotAsked)
		return p
	}
	if n == 0 {
		p.noneOf(TooFew)
		return p
	}
	if !areOrdinary(before) || !areOrdinary(after) {
		p.noneOf(NotAsked)
		return p
	}
	differences := make([]float64, n)
	for i, b := range before {
		a := after[i]
		differences[i] = a - b
		switch {
		case a > b:
			p.up++
		case a < b:
			p.down++
		default:
			p.same++
		}
	}
	p.mean = mean(differences)
	if n < 2 {
		kept := p.mean
		p.noneOf(TooFew)
		p.mean = kept
		return p
	}
	p.sd = spread(differences, max(greatest(before), greatest(after)))
	sdBefore, sdAfter := deviation(before), deviation(after)
	p.r = correlation(before, after, sdBefore, sdAfter)
	p.onSpread()
	p.standardised(sdBefore, sdAfter)
	return p
}

func (p *paired) noneOf(why Why) {
	for _, n := range []*Number{&p.mean, &p.sd, &p.t, &p.low, &p.high, &p.r, &p.dz, &p.dav, &p.drm, &p.gz, &p.gav} {
		*n = none(why)
	}
}

// onSpread counts what stands on the spread of the differences.
func (p *paired) onSpread() {
	if p.sd.Value == 0 {
		p.t, p.low, p.high, p.dz, p.drm = none(SameChange), none(SameChange), none(SameChange), none(SameChange), none(SameChange)
		return
	}
	df := float64(p.n - 1)
	se := p.sd.Value / math.Sqrt(float64(p.n))
	half := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Quantile((1+confidence)/2) * se
	p.t = value(p.mean.Value / se)
	p.low, p.high = value(p.mean.Value-half), value(p.mean.Value+half)
	p.dz = value(p.mean.Value / p.sd.Value)
	p.drm = p.r
	if p.r.Why == "" {
		p.drm = value(p.dz.Value * math.Sqrt(2*(1-p.r.Value)))
	}
}

func (p *paired) standardised(sdBefore, sdAfter Number) {
	p.dav = none(NoVariance)
	if both := (sdBefore.Value + sdAfter.Value) / 2; both > 0 {
		p.dav = value(p.mean.Value / both)
	}
	p.gz, p.gav = hedges(p.dz, p.n-1), hedges(p.dav, p.n-1)
}

func correlation(before, after []float64, sdBefore, sdAfter Number) Number {
	if sdBefore.Value == 0 || sdAfter.Value == 0 {
		return none(NoVariance)
	}
	r := stat.Correlation(before, after, nil)
	if 1-math.Abs(r) < 1e-12 { // rounding, which d_rm would make visible
		r = math.Copysign(1, r)
	}
	return value(r)
}

// hedges corrects d for few people. With one degree of freedom the factor is 0 and says nothing.
func hedges(d Number, df int) Number {
	switch {
	case d.Why != "":
		return d
	case df < 2:
		return none(TooFew)
	}
	return value(d.Value * (1 - 3/(4*float64(df)-1)))
}

// wilson is the 95 % score interval of k of n (Wilson 1927, J Am Stat Assoc 22:209-212).
func wilson(k, n int) (low, high Number) {
	switch {
	case n <= 0:
		return none(TooFew), none(TooFew)
	case k < 0 || k > n:
		return none(NotAsked), none(NotAsked)
	}
	z := distuv.UnitNormal.Quantile((1 + confidence) / 2)
	count, share := float64(n), float64(k)/float64(n)
	centre := (share + z*z/(2*count)) / (1 + z*z/count)
	half := z / (1 + z*z/count) * math.Sqrt(share*(1-share)/count+z*z/(4*count*count))
	low, high = value(max(0, centre-half)), value(min(1, centre+half))
	if k == 0 {
		low = Number{}
	}
	if k == n {
		high = Number{Value: 1}
	}
	return low, high
}

// share is k of n, from 0 to 1.
func share(k, n int) Number {
	switch {
	case n <= 0:
		return none(TooFew)
	case k < 0 || k > n:
		return none(NotAsked)
	}
	return value(float64(k) / float64(n))
}

// detectable is the smallest d_z that a paired t-test of n pairs, two-sided at 5 %, finds in four studies of five (Cohen 1988, ch. 2, by
// the exact noncentral t).
func detectable(n int) Number {
	if n < 2 {
		return none(TooFew)
	}
	low, high := 0.0, 1.0
	for powerOf(n, high) < power {
		low, high = high, high*2
	}
	for range 50 { // to 15 digits
		if middle := (low + high) / 2; powerOf(n, middle) < power {
			low = middle
		} else {
			high = middle
		}
	}
	return value(high)
}

// powerOf is the chance that the paired t-test of n pairs, two-sided at 5 %, finds an effect of d_z.
func powerOf(n int, dz float64) float64 {
	df, shift := float64(n-1), dz*math.Sqrt(float64(n))
	critical := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Quantile((1 + confidence) / 2)
	return 1 - noncentralT(critical, df, shift) + noncentralT(-critical, df, shift)
}

// noncentralT is P(T ≤ t) of the noncentral t distribution (Johnson, Kotz & Balakrishnan 1995, Continuous Univariate Distributions 2,
// ch. 31): T = (Z + shift)/S with S² = χ²/df, so it is the mean of Φ(t·S - shift) over S. Ten standard deviations of S to both sides
// leave out less than rounding does.
func noncentralT(t, df, shift float64) float64 {
	chi := distuv.ChiSquared{K: df}
	reach := 10 / math.Sqrt(2*df)
	return quad.Fixed(func(s float64) float64 {
		return distuv.UnitNormal.CDF(t*s-shift) * 2 * df * s * chi.Prob(df*s*s)
	}, max(0, 1-reach), 1+reach, 200, quad.Legendre{}, 0)
}

// changeFigures are the figures of a change from one point to another, of the same people in the same order. On a scale where less is
// better, who went down improved.
func changeFigures(from, to Point, before, after []float64, better Better) ChangeFigures {
	p := compare(before, after)
	improved := p.up
	if better == Less {
		improved = p.down
	}
	f := ChangeFigures{
		From: from, To: to, N: p.n, Mean: p.mean, SD: p.sd, Low: p.low, High: p.high, R: p.r, DZ: p.dz, DAV: p.dav, GZ: p.gz, GAV: p.gav,
		Up: p.up, Same: p.same, Down: p.down, Share: share(improved, p.n),
	}
	f.ShareLow, f.ShareHigh = wilson(improved, p.n)
	return f
}
