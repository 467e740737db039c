package scheduling

// Span is a piece of time in unix milliseconds; End does not belong to it.
type Span struct{ Start, End int64 }

// Stretch is one unbroken piece of published hours. Appointments start on its grid: Anchor, Anchor+Step, and so on.
type Stretch struct {
	Span
	Anchor int64 // where the published hours began, before anything was taken out of them
	Step   int64
}

// Calendar is when one person can come: within Open (any time, when nil) and outside Busy. Both are sorted and disjoint.
type Calendar struct {
	Open []Span
	Busy []Span
}

// Found is the answer of a search: the times that suit everybody; how many times were looked at; and how many of those
// each person could not come to, so that an empty answer can say why.
type Found struct {
	Times      []Span
	Candidates int
	Blocked    []int
}

// JointTimes walks the grid of the stretches, which are sorted and disjoint, and keeps the times of that length, not
// starting before notBefore, when everybody can come. Length 0 takes each stretch's own step; limit 0 finds all.
// It visits every interval once: candidates x people, whatever the number of days.
func JointTimes(stretches []Stretch, length, notBefore int64, limit int, people []Calendar) Found {
	found := Found{Blocked: make([]int, len(people))}
	cursors := make([]struct{ open, busy int }, len(people))
	for _, s := range stretches {
		long := length
		if long == 0 {
			long = s.Step
		}
		for start := s.firstStart(notBefore); start+long <= s.End; start += s.Step {
			end := start + long
			found.Candidates++
			suits := true
			for i := range people {
				p, at := &people[i], &cursors[i]
				for at.busy < len(p.Busy) && p.Busy[at.busy].End <= start {
					at.busy++
				}
				blocked := at.busy < len(p.Busy) && p.Busy[at.busy].Start < end
				if !blocked && p.Open != nil {
					for at.open < len(p.Open) && p.Open[at.open].End <= start {
						at.open++
					}
					blocked = at.open == len(p.Open) || p.Open[at.open].Start > start || p.Open[at.open].End < end
				}
				if blocked {
					found.Blocked[i]++
					suits = false
				}
			}
			if suits {
				found.Times = append(found.Times, Span{start, end})
				if len(found.Times) == limit {
					return found
				}
			}
		}
	}
	return found
}

// firstStart is the first time on the grid that is inside the stretch and not before the given moment.
func (s *Stretch) firstStart(notBefore int64) int64 {
	from := max(s.Start, notBefore)
	return s.Anchor + (from-s.Anchor+s.Step-1)/s.Step*s.Step
}

// takes reports whether an appointment may be at that time: on the grid and wholly inside.
func (s *Stretch) takes(t Span) bool {
	return s.covers(t) && (t.Start-s.Anchor)%s.Step == 0
}

// covers reports whether the time is wholly inside.
func (s Span) covers(t Span) bool { return s.Start <= t.Start && t.End <= s.End }
