package psycap

import (
	"maps"
	"slices"
)

// Figures of groups that overlap can be subtracted from each other, over all reports that were ever made. What can be had by summing and
// subtracting is the same for everybody who is in the same shown groups, so it tells of unions of atoms only: the groups of people who
// are in exactly the same shown groups. When no atom is smaller than the floor, nothing tells of fewer people than the floor.

// atoms lists, in a steady order, the cells of the common refinement of groups. Who is in none of them is in no atom.
func atoms(groups [][]string) [][]string {
	r := refinement{cell: map[string]int{}}
	for _, g := range groups {
		r.add(g)
	}
	cells := map[int][]string{}
	for person, cell := range r.cell {
		cells[cell] = append(cells[cell], person)
	}
	sorted := slices.Collect(maps.Values(cells))
	for _, c := range sorted {
		slices.Sort(c)
	}
	slices.SortFunc(sorted, slices.Compare)
	return sorted
}

// refinement keeps in which cell a person is, and how many are in it. Cell 0 is outside all groups, and is not counted.
type refinement struct {
	cell map[string]int
	size []int
}

// add splits the cells by whether their people are in the group, which may name somebody twice.
func (r *refinement) add(group []string) {
	if len(r.size) == 0 {
		r.size = []int{0}
	}
	moved, before := map[int]int{}, len(r.size)
	for _, person := range group {
		old := r.cell[person]
		if old >= before {
			continue
		}
		cell, ok := moved[old]
		if !ok {
			cell = len(r.size)
			moved[old] = cell
			r.size = append(r.size, 0)
		}
		r.cell[person] = cell
		r.size[cell]++
		if old > 0 {
			r.size[old]--
		}
	}
}

// least is the size of the smallest cell with anybody in it, 0 without any.
func (r *refinement) least() int {
	least := 0
	for _, n := range r.size[min(1, len(r.size)):] {
		if n > 0 && (least == 0 || n < least) {
			least = n
		}
	}
	return least
}

func (r *refinement) clone() refinement {
	return refinement{cell: maps.Clone(r.cell), size: slices.Clone(r.size)}
}

// Masked says why groups may not be shown.
type Masked struct {
	Why Hidden
	// Next is the group that may not be shown, as an index in those asked for.
	Next int
	// Shown is the group of those shown that it is closest to, as an index; when it takes several to tell people apart, the last one with people
	// of this one. -1 when none of them has anybody in common with it, or the group itself is too small.
	Shown int
	// Differs is how many people would be told apart; of a group that is too small, its people.
	Differs int
}

// mayShow reports nil when the figures of the groups in next may be shown to those who know the figures of the groups in shown. Empty
// groups have no figures and forbid nothing. Groups that no chain of common people joins with next can not be subtracted from it, so
// what was shown of them under a smaller floor hinders nothing.
func mayShow(shown, next [][]string, floor int) *Masked {
	return refusal(known(shown, slices.Concat(next...)), shown, next, floor)
}

// refusal is mayShow where r is what is known.
func refusal(r refinement, shown, next [][]string, floor int) *Masked {
	for i, g := range next {
		if n := len(distinct(g)); n > 0 && n < floor {
			return &Masked{Why: HiddenFew, Next: i, Shown: -1, Differs: n}
		}
	}
	for i, g := range next {
		r.add(g)
		if n := r.least(); len(g) > 0 && n < floor {
			return &Masked{Why: HiddenClose, Next: i, Shown: closest(shown, g, floor), Differs: n}
		}
	}
	return nil
}

// known refines those groups of shown that a chain of common people joins with somebody of asked.
func known(shown [][]string, asked []string) refinement {
	r := refinement{cell: map[string]int{}}
	joined := distinct(asked)
	left := slices.Clone(shown)
	for found := true; found; {
		found = false
		left = slices.DeleteFunc(left, func(g []string) bool {
			if !slices.ContainsFunc(g, func(person string) bool { return joined[person] }) {
				return false
			}
			for _, person := range g {
				joined[person] = true
			}
			r.add(g)
			found = true
			return true
		})
	}
	return r
}

// closest is the group of shown that differs least from g in one of the three ways that two groups tell people apart; when none does so
// by fewer than the floor, the last one that has people of g; -1 without any.
func closest(shown [][]string, g []string, floor int) int {
	mine := distinct(g)
	best, last, least := -1, -1, floor
	for i, s := range shown {
		theirs := distinct(s)
		both := 0
		for person := range theirs {
			if mine[person] {
				both++
			}
		}
		if both > 0 {
			last = i
		}
		for _, n := range []int{both, len(mine) - both, len(theirs) - both} {
			if n > 0 && n < least {
				best, least = i, n
			}
		}
	}
	if best < 0 {
		return last
	}
	return best
}

func distinct(group []string) map[string]bool {
	set := make(map[string]bool, len(group))
	for _, person := range group {
		set[person] = true
	}
	return set
}

// choice is what one section of a report shows.
type choice struct {
	groups [][]string // by scale: whose figures it shows, sorted; none when the scale has to be hidden, or nobody has a value
	shown  [][]string // each of those groups once, for the journal
	masked *Masked    // why there is nothing to show at all; its Shown is an index in the history of point
	point  int        // index of that history
}

// choose picks whose figures each scale of a section shows. own has, by scale and the most important first, who has a value on it at
// every point; histories has, by point, the groups shown so far. A scale shows its own group as long as nobody is told apart by that,
// else the core: who has a value on every scale. When the core itself may not be shown, scales that cannot show their own group are hidden.
func choose(histories [][][]string, own [][]string, floor int) choice {
	if len(histories) == 0 {
		histories = [][][]string{nil}
	}
	points := make([]refinement, len(histories))
	for i, shown := range histories {
		points[i] = known(shown, slices.Concat(own...))
	}
	allow := func(group []string) bool {
		if len(group) == 0 || len(group) < floor {
			return false
		}
		next := make([]refinement, len(points))
		for i := range points {
			next[i] = points[i].clone()
			next[i].add(group)
			if next[i].least() < floor {
				return false
			}
		}
		points = next
		return true
	}

	c := choice{groups: make([][]string, len(own))}
	core := common(own)
	coreMayShow := allow(core) // asked first: it is an atom anyway when every scale shows its own group
	for i, g := range own {
		g = slices.Sorted(maps.Keys(distinct(g)))
		switch {
		case len(g) == 0:
			continue
		case allow(g):
		case coreMayShow:
			g = core
		default:
			continue
		}
		c.groups[i] = g
		if !slices.ContainsFunc(c.shown, func(s []string) bool { return slices.Equal(s, g) }) {
			c.shown = append(c.shown, g)
		}
	}
	if len(c.shown) > 0 {
		return c
	}
	for _, g := range own {
		if len(core) == 0 {
			core = g
		}
	}
	c.masked = &Masked{Why: HiddenFew, Shown: -1}
	for i, shown := range histories {
		if m := refusal(points[i], shown, [][]string{core}, floor); m != nil {
			c.masked, c.point = m, i
			break
		}
	}
	return c
}

// common is who is in every group, sorted.
func common(groups [][]string) []string {
	if len(groups) == 0 {
		return nil
	}
	in := distinct(groups[0])
	for _, g := range groups[1:] {
		other := distinct(g)
		maps.DeleteFunc(in, func(person string, _ bool) bool { return !other[person] })
	}
	return slices.Sorted(maps.Keys(in))
}
