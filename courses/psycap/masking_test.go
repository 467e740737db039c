package psycap

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// persons spells a group: "abc" is three people.
func persons(spelled string) []string {
	if spelled == "" {
		return nil
	}
	return strings.Split(spelled, "")
}

func groupsOf(spelled ...string) [][]string {
	var list [][]string
	for _, s := range spelled {
		list = append(list, persons(s))
	}
	return list
}

func spell(groups [][]string) string {
	var list []string
	for _, g := range groups {
		list = append(list, strings.Join(g, ""))
	}
	return strings.Join(list, " ")
}

func TestAtoms(t *testing.T) {
	for _, c := range []struct {
		groups [][]string
		want   string
	}{
		{nil, ""},
		{groupsOf(""), ""},
		{groupsOf("cab"), "abc"},
		{groupsOf("abc", "abc"), "abc"},
		{groupsOf("aabca"), "abc"},
		{groupsOf("abc", "def"), "abc def"},
		{groupsOf("abcd", "cdef"), "ab cd ef"},
		{groupsOf("abcd", "ab"), "ab cd"},
		{groupsOf("abcdef", "abx", "bcx"), "a b c def x"},
	} {
		if got := spell(atoms(c.groups)); got != c.want {
			t.Errorf("%v: %q, want %q", c.groups, got, c.want)
		}
	}
}

func TestMayShow(t *testing.T) {
	for _, c := range []struct {
		what  string
		shown [][]string
		next  [][]string
		floor int
		want  *Masked
	}{
		{"nobody", nil, groupsOf(""), 3, nil},
		{"nothing", groupsOf("abc"), nil, 3, nil},
		{"at the floor", nil, groupsOf("abc"), 3, nil},
		{"under the floor", nil, groupsOf("ab"), 3, &Masked{HiddenFew, 0, -1, 2}},
		{"somebody twice", nil, groupsOf("aab"), 3, &Masked{HiddenFew, 0, -1, 2}},
		{"the second under the floor", nil, groupsOf("abc", "d"), 3, &Masked{HiddenFew, 1, -1, 1}},
		{"the same again", groupsOf("abc"), groupsOf("cba"), 3, nil},
		{"others", groupsOf("abc"), groupsOf("def"), 3, nil},
		{"one more", groupsOf("abc"), groupsOf("abcd"), 3, &Masked{HiddenClose, 0, 0, 1}},
		{"one less", groupsOf("xyz", "abcd"), groupsOf("abc"), 3, &Masked{HiddenClose, 0, 1, 1}},
		{"the floor less one more", groupsOf("abc"), groupsOf("abcde"), 3, &Masked{HiddenClose, 0, 0, 2}},
		{"the floor more", groupsOf("abc"), groupsOf("abcdef"), 3, nil},
		{"one exchanged", groupsOf("abcd"), groupsOf("abce"), 3, &Masked{HiddenClose, 0, 0, 1}},
		{"one in both", groupsOf("abcd"), groupsOf("defg"), 3, &Masked{HiddenClose, 0, 0, 1}},
		{"two parts of a whole", groupsOf("abcdef"), groupsOf("abc", "def"), 3, nil},
		{"parts that leave one", groupsOf("abcdefg"), groupsOf("abc", "def"), 3, &Masked{HiddenClose, 1, 0, 1}},
		{"two that are too close to each other", nil, groupsOf("abc", "abcd"), 3, &Masked{HiddenClose, 1, -1, 1}},
		{"three at a time", groupsOf("abcdef", "abcghi"), groupsOf("adefgh"), 2, &Masked{HiddenClose, 0, 1, 1}},
		{"a small one from before, of others", groupsOf("ab"), groupsOf("cdefg"), 3, nil},
		{"a small one from before, inside", groupsOf("ab"), groupsOf("abcdef"), 3, &Masked{HiddenClose, 0, 0, 2}},
		{"a small one from before, through others", groupsOf("abcde", "ab"), groupsOf("cdefgh"), 3, &Masked{HiddenClose, 0, 0, 2}},
	} {
		if got := mayShow(c.shown, c.next, c.floor); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.what, got, c.want)
		}
	}
	// Two groups of eight, any two of which tell apart two or more, and the third one tells apart one.
	if got := mayShow(groupsOf("abcdefgh", "abcdijkl"), groupsOf("abefijmn", "acegikmo"), 2); got == nil || got.Why != HiddenClose || got.Shown != 1 {
		t.Errorf("together: %+v", got)
	}
}

func TestChoose(t *testing.T) {
	for _, c := range []struct {
		what      string
		histories [][][]string
		own       [][]string
		floor     int
		groups    string
		shown     string
		masked    *Masked
		point     int
	}{
		{"all the same", nil, groupsOf("cab", "abc"), 3, "abc abc", "abc", nil, 0},
		{"one left one out", nil, groupsOf("abcde", "abcd"), 3, "abcd abcd", "abcd", nil, 0},
		{"each its own", nil, groupsOf("abcdef", "abc"), 3, "abcdef abc", "abcdef abc", nil, 0},
		{"the first has the say", nil, groupsOf("abcdef", "abcdefghi", "abcdefgh"), 3, "abcdef abcdefghi abcdef", "abcdef abcdefghi", nil, 0},
		{"each left out another one", nil, groupsOf("abcdefg", "abcdefh"), 3, "abcdef abcdef", "abcdef", nil, 0},
		{"no one has all: who comes first", nil, groupsOf("abc", "def"), 3, "abc def", "abc def", nil, 0},
		{"a core too small: the first alone", nil, groupsOf("abcd", "cdef"), 3, "abcd ", "abcd", nil, 0},
		{"nobody on one scale", nil, groupsOf("abc", ""), 3, "abc ", "abc", nil, 0},
		{"nobody at all", nil, groupsOf("", ""), 3, " ", "", &Masked{HiddenFew, 0, -1, 0}, 0},
		{"no scales", nil, nil, 3, "", "", &Masked{HiddenFew, 0, -1, 0}, 0},
		{"too few", nil, groupsOf("ab", "ab"), 3, " ", "", &Masked{HiddenFew, 0, -1, 2}, 0},
		{"the whole was shown", [][][]string{groupsOf("abcdef")}, groupsOf("abcdef", "abcde"), 3, "abcdef ", "abcdef", nil, 0},
		{"one more came", [][][]string{groupsOf("abcdef")}, groupsOf("abcdefg"), 3, "", "", &Masked{HiddenClose, 0, 0, 1}, 0},
		{"one more came at the second point", [][][]string{groupsOf("xyz"), groupsOf("uvw", "abcdef")}, groupsOf("abcdefg"), 3, "", "", &Masked{HiddenClose, 0, 1, 1}, 1},
		{"each point by itself", [][][]string{groupsOf("abc"), groupsOf("abcdef")}, groupsOf("abcdef"), 3, "abcdef", "abcdef", nil, 0},
	} {
		got := choose(c.histories, c.own, c.floor)
		if spell(got.groups) != c.groups || spell(got.shown) != c.shown || !reflect.DeepEqual(got.masked, c.masked) || got.point != c.point {
			t.Errorf("%s: %q shows %q masked %+v at %d", c.what, spell(got.groups), spell(got.shown), got.masked, got.point)
		}
	}
}

// What follows proves masking by searching small cohorts. A group is a set of bits. What somebody who knows the sums of the
// shown groups can learn about sums by adding and subtracting is the rational span of their indicator vectors, no more.

// span is a basis of shown groups in reduced form: whole numbers, each row divided by its common factor.
type span struct {
	size  int
	rows  [][]int64
	pivot []int
}

func vector(size int, group uint) []int64 {
	v := make([]int64, size)
	for i := range v {
		v[i] = int64(group >> i & 1)
	}
	return v
}

// reduce takes what the basis explains away from v.
func (s *span) reduce(v []int64) {
	for i, row := range s.rows {
		p := s.pivot[i]
		if v[p] == 0 {
			continue
		}
		a, b := row[p], v[p]
		common := int64(0)
		for j := range v {
			v[j] = v[j]*a - row[j]*b
			common = gcd(common, v[j])
		}
		for j := range v {
			if common > 1 {
				v[j] /= common
			}
		}
	}
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}

func (s *span) with(group uint) *span {
	v := vector(s.size, group)
	s.reduce(v)
	for i, n := range v {
		if n != 0 {
			return &span{size: s.size, rows: append(slices.Clip(s.rows), v), pivot: append(slices.Clip(s.pivot), i)}
		}
	}
	return s
}

func (s *span) has(group uint) bool {
	v := vector(s.size, group)
	s.reduce(v)
	return !slices.ContainsFunc(v, func(n int64) bool { return n != 0 })
}

// tells finds a group of fewer people than the floor whose sum follows from the shown ones, 0 when there is none.
func (s *span) tells(floor int) uint {
	for group := uint(1); group < 1<<s.size; group++ {
		if bits.OnesCount(group) < floor && s.has(group) {
			return group
		}
	}
	return 0
}

func named(group uint) []string {
	var g []string
	for i := range bits.Len(group) {
		if group>>i&1 == 1 {
			g = append(g, string(rune('a'+i)))
		}
	}
	return g
}

func namedAll(groups []uint) [][]string {
	list := make([][]string, 0, len(groups))
	for _, g := range groups {
		list = append(list, named(g))
	}
	return list
}

func bitsOf(group []string) (b uint) {
	for _, person := range group {
		b |= 1 << (person[0] - 'a')
	}
	return b
}

// search walks over every set of groups that a rule shows one after the other, in rising order, up to most of them, and counts them. It
// stops at the first that tells of a group under the floor.
type search struct {
	size, floor, most int
	allows            func(shown []uint, next uint) bool
	states            int
	undone            []uint
}

func (w *search) walk(shown []uint, known *span) {
	w.states++
	if known.tells(w.floor) != 0 {
		w.undone = slices.Clone(shown)
		return
	}
	if len(shown) == w.most {
		return
	}
	first := uint(1)
	if len(shown) > 0 {
		first = shown[len(shown)-1] + 1
	}
	for next := first; next < 1<<w.size && w.undone == nil; next++ {
		if bits.OnesCount(next) >= w.floor && w.allows(shown, next) {
			w.walk(append(slices.Clip(shown), next), known.with(next))
		}
	}
}

func masked(floor int) func([]uint, uint) bool {
	return func(shown []uint, next uint) bool {
		return mayShow(namedAll(shown), [][]string{named(next)}, floor) == nil
	}
}

// The order of the same groups does not matter for what they tell, and TestMaskingOrder says that it does not matter for the rule
// either. So rising order is every order.
func TestMaskingSearchedWhole(t *testing.T) {
	for _, c := range []struct{ size, floor int }{{4, 2}, {5, 2}, {6, 2}, {7, 2}, {6, 3}, {7, 3}, {7, 4}} {
		w := &search{size: c.size, floor: c.floor, most: 1 << c.size, allows: masked(c.floor)}
		w.walk(nil, &span{size: c.size})
		t.Logf("%d people, floor %d: %d sets of reports", c.size, c.floor, w.states)
		if w.undone != nil {
			t.Errorf("%d people, floor %d: %s tell apart", c.size, c.floor, spell(namedAll(w.undone)))
		}
		if w.states < 10 {
			t.Errorf("%d people, floor %d: hardly anything was shown", c.size, c.floor)
		}
	}
}

// Without atoms, the search finds what is wrong: with groups that are merely big enough, and also with groups any two of which may
// stand together.
func TestWeakerRulesAreUndone(t *testing.T) {
	for _, c := range []struct{ size, floor int }{{4, 2}, {5, 3}, {7, 4}} {
		naive := &search{size: c.size, floor: c.floor, most: 2, allows: func([]uint, uint) bool { return true }}
		if naive.walk(nil, &span{size: c.size}); naive.undone == nil {
			t.Errorf("%d people, floor %d: the search does not see that groups are subtracted", c.size, c.floor)
		}
	}
	pairwise := &search{size: 7, floor: 2, most: 7}
	pairwise.allows = func(shown []uint, next uint) bool {
		return !slices.ContainsFunc(shown, func(s uint) bool { return !masked(2)([]uint{s}, next) })
	}
	if pairwise.walk(nil, &span{size: 7}); pairwise.undone == nil {
		t.Error("the search does not see that three groups and more are subtracted")
	}
	t.Logf("any two may stand together: %s tell apart", spell(namedAll(pairwise.undone)))
}

func TestMaskingOrder(t *testing.T) {
	r := seeded()
	for range 20_000 {
		size, floor := 4+r.IntN(4), 2+r.IntN(3)
		var groups []uint
		for range 2 + r.IntN(3) {
			groups = append(groups, 1+uint(r.IntN(1<<size-1)))
		}
		all := func(groups []uint) bool {
			for i, g := range groups {
				if !masked(floor)(groups[:i], g) {
					return false
				}
			}
			return true
		}
		want := all(groups)
		if together := mayShow(nil, namedAll(groups), floor) == nil; together != want {
			t.Fatalf("floor %d %s: together %v, one after the other %v", floor, spell(namedAll(groups)), together, want)
		}
		atLeast := !slices.ContainsFunc(atoms(namedAll(groups)), func(a []string) bool { return len(a) < floor })
		if want != atLeast {
			t.Fatalf("floor %d %s: shown %v, and the atoms are %s", floor, spell(namedAll(groups)), want, spell(atoms(namedAll(groups))))
		}
		r.Shuffle(len(groups), func(i, j int) { groups[i], groups[j] = groups[j], groups[i] })
		if all(groups) != want {
			t.Fatalf("floor %d %s: another order", floor, spell(namedAll(groups)))
		}
	}
}

// section asks for a report of random scales, whose own groups leave out somebody now and then.
func section(r *rand.Rand, size int) [][]string {
	everybody := uint(r.IntN(1 << size))
	if r.IntN(2) == 0 {
		everybody = 1<<size - 1
	}
	var own []uint
	for range 1 + r.IntN(4) {
		g := everybody
		for i := range size {
			if r.IntN(6) == 0 {
				g &^= 1 << i
			}
		}
		own = append(own, g)
	}
	return namedAll(own)
}

// Reports of several scales at one or two points, one after the other: what they show at a point never tells of fewer than the floor.
func TestChoiceSearchedAtRandom(t *testing.T) {
	r := seeded()
	shownReports, sections, cores, hidden := 0, 0, 0, 0
	for range 3000 {
		size, floor := 4+r.IntN(4), 2+r.IntN(3)
		history := [2][][]string{}
		known := [2]*span{{size: size}, {size: size}}
		for range 6 {
			points := [][]int{{0}, {1}, {0, 1}}[r.IntN(3)]
			var histories [][][]string
			for _, p := range points {
				histories = append(histories, history[p])
			}
			own := section(r, size)
			c := choose(histories, own, floor)
			sections++
			if (c.masked == nil) != (len(c.shown) > 0) {
				t.Fatalf("%s: nothing is shown, and nothing says why", spell(own))
			}
			for i, g := range c.groups {
				if (len(g) > 0) != slices.ContainsFunc(c.shown, func(s []string) bool { return slices.Equal(s, g) }) && len(g) > 0 {
					t.Fatal("a scale shows what the journal does not keep")
				}
				switch {
				case bitsOf(g)&^bitsOf(own[i]) != 0:
					t.Fatal("a scale shows somebody without a value")
				case len(g) > 0 && len(g) < len(own[i]):
					cores++
				case len(g) == 0 && len(own[i]) > 0 && c.masked == nil:
					hidden++
				}
			}
			if c.masked != nil {
				continue
			}
			shownReports++
			for _, p := range points {
				history[p] = append(history[p], c.shown...)
				for _, g := range c.shown {
					known[p] = known[p].with(bitsOf(g))
				}
				if told := known[p].tells(floor); told != 0 {
					t.Fatalf("%d people, floor %d: %s tell of %v", size, floor, spell(history[p]), named(told))
				}
			}
		}
	}
	t.Logf("%d sections, %d shown; %d scales showed the core, %d were hidden", sections, shownReports, cores, hidden)
	if shownReports < 1000 || cores < 100 || hidden < 10 {
		t.Error("the search hardly went anywhere")
	}
}

// When the floor rises, what was shown stays known, and nothing new follows of groups under the new floor.
func TestMaskingWhenTheFloorRises(t *testing.T) {
	r := seeded()
	later := 0
	for range 3000 {
		size := 5 + r.IntN(3)
		known, floor := &span{size: size}, 2
		var shown []uint
		for i := range 30 {
			if i == 4 {
				floor = 3
			}
			next := 1 + uint(r.IntN(1<<size-1))
			if !masked(floor)(shown, next) {
				continue
			}
			after := known.with(next)
			for group := uint(1); group < 1<<size; group++ {
				if bits.OnesCount(group) < floor && after.has(group) && !known.has(group) {
					t.Fatalf("floor %d: after %s, %v tells of %v", floor, spell(namedAll(shown)), named(next), named(group))
				}
			}
			if i >= 4 && after != known {
				later++
			}
			known, shown = after, append(shown, next)
		}
	}
	if later < 100 {
		t.Error("hardly anything new was shown under the higher floor:", later)
	}
}

func manyGroups(groups, each int) [][]string {
	r := seeded()
	list := make([][]string, groups)
	for i := range list {
		for p := range each {
			if r.IntN(200) > 0 {
				list[i] = append(list[i], fmt.Sprintf("person-%d", p))
			}
		}
	}
	return list
}

// Twenty scales of two thousand people after twenty groups were shown: what a page waits for.
func TestMaskingIsQuick(t *testing.T) {
	shown, own := manyGroups(20, 2000), manyGroups(20, 2000)
	from := time.Now()
	mayShow(shown, own, 10)
	choose([][][]string{shown, shown}, own, 10)
	if took := time.Since(from); took > 2*time.Second {
		t.Error("it took", took)
	}
}

func BenchmarkMayShow(b *testing.B) {
	shown := manyGroups(20, 2000)
	for b.Loop() {
		mayShow(nil, shown, 1)
	}
}

func BenchmarkChoose(b *testing.B) {
	own := manyGroups(20, 2000)
	for b.Loop() {
		choose(nil, own, 10)
	}
}
