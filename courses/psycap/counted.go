package psycap

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// memberAt is somebody who was asked in a cohort. Who is in two cohorts is asked twice.
type memberAt struct {
	cohort, person string
}

// counted lists whom figures of some cohorts at a point are of: those who were told of it, by when they were told first. Who came
// in later waits until they are enough: one more answer than yesterday would be theirs, and so would a refusal that a report meets
// today and did not yesterday. Who left a cohort, or is erased, stays counted, so that leaving shows nothing either.
//
// A cohort that is counted on its own is counted so in every report; those that are not are counted together.
func (s *State) counted(cohorts []string, point Point, floor int) (all []memberAt) {
	var small []string
	for _, cohort := range cohorts {
		if alone := s.inTurn([]string{cohort}, point, floor); len(alone) > 0 {
			all = append(all, alone...)
		} else {
			small = append(small, cohort)
		}
	}
	if len(small) > 1 {
		all = append(all, s.inTurn(small, point, floor)...)
	}
	return all
}

// inTurn takes who was told first in each cohort, then who came later, a telling at a time. Tellings make atoms of LeastFloor people, and
// atoms what is counted: a floor that is set anew counts more atoms or fewer, and never a few people more.
func (s *State) inTurn(cohorts []string, point Point, floor int) (counted []memberAt) {
	tellings := map[int64][]memberAt{}
	for _, cohort := range cohorts {
		told := s.data.Told[cohort][point]
		first := int64(0)
		for _, t := range told {
			if first == 0 || t.First < first {
				first = t.First
			}
		}
		for person, t := range told {
			at := t.First
			if at == first {
				at = 0
			}
			tellings[at] = append(tellings[at], memberAt{cohort, person})
		}
	}
	var atom, next []memberAt
	for _, at := range slices.Sorted(maps.Keys(tellings)) {
		slices.SortFunc(tellings[at], byMember)
		atom = append(atom, tellings[at]...)
		if len(personsOf(atom)) < LeastFloor {
			continue
		}
		next, atom = append(next, atom...), nil
		if len(personsOf(next)) >= floor {
			counted, next = append(counted, next...), nil
		}
	}
	return counted
}

func byMember(a, b memberAt) int {
	return cmp.Or(cmp.Compare(a.cohort, b.cohort), cmp.Compare(a.person, b.person))
}

// personsOf lists each person once, in order.
func personsOf(members []memberAt) []string {
	all := make([]string, len(members))
	for i, m := range members {
		all[i] = m.person
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// keysOf tells the same person in two cohorts apart.
func keysOf(members []memberAt) []string {
	all := make([]string, len(members))
	for i, m := range members {
		all[i] = m.cohort + "/" + m.person
	}
	return all
}

// usersCounted lists whose use of exercises is counted together in a cohort: who is counted of the point that was told of first.
// Members would not do: one who is taken out, or put in, would take their own counts along. It is nobody when another
// cohort is of so nearly the same people that the two counts would tell of a few.
func (s *State) usersCounted(cohort string, floor int) []string {
	mine := s.users(cohort, floor)
	var others [][]string
	for other := range s.data.Told {
		if other != cohort {
			others = append(others, s.users(other, floor))
		}
	}
	if mayShow(others, [][]string{mine}, floor) != nil {
		return nil
	}
	return mine
}

func (s *State) users(cohort string, floor int) []string {
	var point Point
	first := int64(math.MaxInt64)
	for _, p := range Points() {
		for _, t := range s.data.Told[cohort][p] {
			if t.First < first {
				point, first = p, t.First
			}
		}
	}
	return personsOf(s.counted([]string{cohort}, point, floor))
}

// askedPeople are members as a report keeps them.
func askedPeople(point Point, members []memberAt) (kept []AskedPeople) {
	for _, m := range slices.SortedFunc(slices.Values(members), byMember) {
		if len(kept) == 0 || kept[len(kept)-1].Cohort != m.cohort {
			kept = append(kept, AskedPeople{Point: point, Cohort: m.cohort})
		}
		last := &kept[len(kept)-1]
		last.People = append(last.People, m.person)
	}
	return kept
}

// askedAt are the members that a report counted at a point.
func (r Report) askedAt(point Point) (members []memberAt) {
	for _, asked := range r.Made.Asked {
		if asked.Point != point {
			continue
		}
		for _, person := range asked.People {
			members = append(members, memberAt{asked.Cohort, person})
		}
	}
	return members
}

// tooSmall reports whether what few people did could be had by subtracting: of how many took part, the page of a cohort tells, and
// every report that was made. It depends on who was asked in which cohort alone: a refusal that depended on answers would tell who
// answered. So who is in two cohorts is the same person in both, whether they answered in both or not.
func (s *State) tooSmall(next []memberAt, instrument string, point Point, floor int) bool {
	var members, persons [][]string
	show := func(shown []memberAt) {
		if len(shown) > 0 {
			members, persons = append(members, keysOf(shown)), append(persons, personsOf(shown))
		}
	}
	pages := map[string]bool{}
	for _, m := range next {
		pages[m.cohort] = true
	}
	beside := map[string]bool{}
	for _, r := range s.connected(next, instrument, point) {
		show(r.askedAt(point))
		if slices.ContainsFunc(r.Made.Cohorts, func(cohort string) bool { return pages[cohort] }) {
			for _, cohort := range r.Made.Cohorts {
				beside[cohort] = true
			}
		}
	}
	maps.Copy(pages, beside)
	for cohort := range pages {
		show(s.counted([]string{cohort}, point, floor))
	}
	near := func(shown [][]string, next []string) bool {
		m := mayShow(shown, [][]string{next}, floor)
		return m != nil && m.Why == HiddenClose
	}
	return near(members, keysOf(next)) || near(persons, personsOf(next))
}

// connected lists the reports of an instrument at a point that a chain of common people joins with these: no others can be subtracted.
func (s *State) connected(members []memberAt, instrument string, point Point) (found []Report) {
	joined := distinct(personsOf(members))
	var left []Report
	for _, r := range s.data.Reports {
		if slices.Contains(r.Made.Points, point) &&
			slices.ContainsFunc(r.Made.Sections, func(one ReportSection) bool { return one.Instrument == instrument }) {
			left = append(left, r)
		}
	}
	at := func(a AskedPeople) bool { return a.Point == point }
	for more := true; more; {
		more = false
		left = slices.DeleteFunc(left, func(r Report) bool {
			if !slices.ContainsFunc(r.Made.Asked, func(a AskedPeople) bool {
				return at(a) && slices.ContainsFunc(a.People, func(person string) bool { return joined[person] })
			}) {
				return false
			}
			for _, a := range r.Made.Asked {
				if at(a) {
					for _, person := range a.People {
						joined[person] = true
					}
				}
			}
			found, more = append(found, r), true
			return true
		})
	}
	return found
}
