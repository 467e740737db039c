package scheduling

import "math"

// Span is a piece of time in unix milliseconds; End does not belong to it.
type Span struct{ Start, End int64 }

// Stretch is one unbroken piece of published hours. Appointments start on its grid: Anchor, Anchor+Step, and so on.
type Stretch struct {
	Span
	Anchor    int64 // where the published hours began, before anything was taken out of them
	Step      int64
	Purpose   Purpose
	Reception string // the joint reception whose places these are, or empty
	Closed    Cause  // why no time of it can be had, whoever is free; empty when they can
}

// Calendar is when one person can come: within Open (any time, when nil) and outside Busy. Both are sorted and disjoint.
type Calendar struct {
	Open []Span
	Busy []Span
}

// free reports whether the whole time can be had.
func (c *Calendar) free(t Span) bool {
	for _, b := range c.Busy {
		if b.Start < t.End && t.Start < b.End {
			return false
		}
	}
	if c.Open == nil {
		return true
	}
	for _, o := range c.Open {
		if o.covers(t) {
			return true
		}
	}
	return false
}

// SeatTimes is one seat of a meeting: it can be taken when any of the calendars is free, or always. Without an optional one
// the meeting takes place too.
type SeatTimes struct {
	Any      []Calendar
	Always   bool // somebody without a calendar here
	Optional bool
}

// Wanted is what a search looks for. Times that start before From are not looked at; those before Notice are refused. Length 0
// takes each stretch's own step; Limit 0 finds all. Never is when the client can not come, sorted and disjoint.
type Wanted struct {
	Length, From, Notice int64
	Limit                int
	Never                []Span
}

// Time is a time when every required seat can be taken. Missing has a bit for each optional seat that can not, by its index.
type Time struct {
	Span
	Missing   uint32
	Reception bool   // it fills a joint reception
	Doctor    uint16 // whose time it is, among those who can take the doctor's seat
}

// Found is the answer of a search: the times, and for each stretch how many times were looked at and what was in the way of
// how many, so that an empty day can say why. A time may have been impossible for several reasons.
type Found struct {
	Times      []Time
	Candidates int
	Tallies    []Tally // beside the stretches
}

// Tally is what was in the way of the times of one stretch. Seats is in the order of the seats.
type Tally struct {
	Day                    Day
	Candidates, Possible   int
	Seats                  []int32
	Notice, Client, Closed int
	Cause                  Cause // of Closed
}

// Blocked adds up how many times each seat could not be taken at.
func (f *Found) Blocked(seats int) []int {
	sum := make([]int, seats)
	for i := range f.Tallies {
		for n, count := range f.Tallies[i].Seats {
			sum[n] += int(count)
		}
	}
	return sum
}

// cursor is how far a calendar was read. Nothing that begins before barred can be had; of what begins later, all that ends by
// until can. Most times are answered by the two alone.
type cursor struct {
	barred, until int64
	open, busy    int
}

// can reports whether the calendar is free at the time. The cursor only moves on: times must be asked for in order, by their
// starts and by their ends.
func (at *cursor) can(c *Calendar, t Span) bool {
	if t.Start < at.barred {
		return false
	}
	return t.End <= at.until || at.look(c, t)
}

// look finds what is around the time.
func (at *cursor) look(c *Calendar, t Span) bool {
	until := int64(math.MaxInt64)
	for at.busy < len(c.Busy) && c.Busy[at.busy].End <= t.Start {
		at.busy++
	}
	if at.busy < len(c.Busy) {
		if until = c.Busy[at.busy].Start; until < t.End {
			at.barred = c.Busy[at.busy].End
			return false
		}
	}
	if c.Open == nil {
		at.until = until
		return true
	}
	for at.open < len(c.Open) && c.Open[at.open].End <= t.Start {
		at.open++
	}
	if at.open == len(c.Open) {
		at.barred = math.MaxInt64
		return false
	}
	switch open := c.Open[at.open]; {
	case t.Start < open.Start:
		at.barred = open.Start
		return false
	case open.End < t.End:
		at.barred = open.End // what begins inside ends later still
		return false
	default:
		at.until = min(until, open.End)
		return true
	}
}

// JointTimes walks the grid of the stretches, which are sorted and disjoint, and keeps the times at which every required seat
// can be taken. It visits every interval once: candidates x calendars, whatever the number of days.
func JointTimes(stretches []Stretch, w Wanted, seats []SeatTimes) Found {
	found := Found{Times: make([]Time, 0, w.most(stretches)), Tallies: make([]Tally, len(stretches))}
	calendars := 0
	for i := range seats {
		calendars += len(seats[i].Any)
	}
	cursors := make([]cursor, calendars)
	counts := make([]int32, len(stretches)*len(seats))
	var never cursor
	client := Calendar{Busy: w.Never}
	for n := range stretches {
		s, tally := &stretches[n], &found.Tallies[n]
		tally.Seats = counts[n*len(seats) : (n+1)*len(seats)]
		tally.Cause = s.Closed
		long := w.length(s)
		for start := s.firstStart(w.From); start+long <= s.End; start += s.Step {
			t := Time{Span: Span{start, start + long}, Reception: s.Reception != ""}
			tally.Candidates++
			found.Candidates++
			possible := true
			if s.Closed != "" {
				tally.Closed++
				possible = false
			}
			if start < w.Notice {
				tally.Notice++
				possible = false
			}
			if len(w.Never) > 0 && !never.can(&client, t.Span) {
				tally.Client++
				possible = false
			}
			at := cursors
			for i := range seats {
				seat := &seats[i]
				can := seat.Always
				for c := range seat.Any {
					can = at[c].can(&seat.Any[c], t.Span) || can
				}
				at = at[len(seat.Any):]
				if can {
					continue
				}
				tally.Seats[i]++
				if seat.Optional {
					t.Missing |= 1 << i
				} else {
					possible = false
				}
			}
			if possible {
				tally.Possible++
				found.Times = append(found.Times, t)
				if len(found.Times) == w.Limit {
					return found
				}
			}
		}
	}
	return found
}

// length is how long a time of the stretch is.
func (w *Wanted) length(s *Stretch) int64 {
	if w.Length == 0 {
		return s.Step
	}
	return w.Length
}

// most is how many times can be found at most.
func (w *Wanted) most(stretches []Stretch) int {
	n := int64(0)
	for i := range stretches {
		s := &stretches[i]
		n += max(0, (s.End-w.length(s)-s.firstStart(w.From))/s.Step+1)
	}
	if w.Limit > 0 {
		return min(int(n), w.Limit)
	}
	return int(n)
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

// meets reports whether the two have a moment in common.
func (s Span) meets(t Span) bool { return s.Start < t.End && t.Start < s.End }
