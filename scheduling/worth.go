package scheduling

import (
	"cmp"
	"slices"
	"sort"
)

const (
	// worthDays is how many days blocks are looked for when none are named, and mostWorthDays how many at most.
	worthDays     = 28
	mostWorthDays = 62
	// worthBest is how many blocks are shown.
	worthBest = 3
)

// WorthQuery asks which hours a doctor should open for those who wait in a unit.
type WorthQuery struct {
	Doctor, Unit string
	From, To     Day
	Now          int64
	Length       int // of a block, minutes
	Who          *Presence
}

// Block is hours that a doctor could open, and whom they would serve, in the order of the line.
type Block struct {
	Day      Day
	From, To int // minutes after 00:00
	Minutes  int // the grid of the times in it
	Served   []ServedRequest
	idle     int64 // how long nobody comes at its beginning
}

// ServedRequest is a request and the time it would be offered.
type ServedRequest struct {
	Request string
	Span
}

// candidate is a waiting request as a block is tried for it.
type candidate struct {
	id      string
	request *Request
	length  int64
	never   []Span
	seats   []SeatTimes
	persons [][]Attendee // beside the seats
	closing int64        // the end of its last day
}

// Worth ranks the blocks that a doctor could open: on the working days, from full hour to full hour of office time, where they
// have published nothing, have nothing else and are not away. What a block is worth is how many requests would get an offer in
// it: in the order of the line, each takes the first time at which everybody it needs can come, with the minutes people want
// free between two. That is what happens once the block is published, so the number is a promise; more could sometimes be served
// by passing somebody over, which the line does not do. It gives the best ones, none of which overlap: of those worth the same the
// one on the earlier day, then the one that begins when the first can come.
func (s *State) Worth(w WorthQuery) []Block {
	q := Query{Unit: w.Unit, From: w.From, To: w.To, Now: w.Now}
	candidates, steps := s.candidates(&w, q)
	if len(candidates) == 0 {
		return nil
	}
	doctor := candidates[0].seats[0].Any[0].Busy
	var blocks []Block
	for d := w.From; d <= w.To; d++ {
		places := s.placesLeft(w.Doctor, d, &q)
		if places <= 0 || d.weekday() > 5 {
			continue
		}
		for from := officeFrom; from+w.Length <= officeTo; from += 60 {
			b := Block{Day: d, From: from, To: from + w.Length, Minutes: steps[0]}
			t := Span{s.calendar.at(d, b.From), s.calendar.at(d, b.To)}
			if t.Start <= w.Now || meetsAny(doctor, t) || !s.opens(w.Doctor, w.Unit, &b) {
				continue
			}
			for _, step := range steps {
				if served := s.served(&w, candidates, t, int64(step)*minute, places); len(served) > len(b.Served) {
					b.Served, b.Minutes = served, step
				}
			}
			if len(b.Served) > 0 {
				b.idle = b.earliest() - t.Start
				blocks = append(blocks, b)
			}
		}
	}
	slices.SortFunc(blocks, func(a, b Block) int {
		return cmp.Or(cmp.Compare(len(b.Served), len(a.Served)), cmp.Compare(a.Day, b.Day), cmp.Compare(a.idle, b.idle), cmp.Compare(a.From, b.From))
	})
	var best []Block
	for _, b := range blocks {
		if slices.ContainsFunc(best, func(o Block) bool { return o.Day == b.Day && o.From < b.To && b.From < o.To }) {
			continue
		}
		if best = append(best, b); len(best) == worthBest {
			break
		}
	}
	return best
}

func (b *Block) earliest() int64 {
	return slices.MinFunc(b.Served, func(a, b ServedRequest) int { return cmp.Compare(a.Start, b.Start) }).Start
}

// opens reports whether the doctor could publish the block as extra hours: it is no holiday that they do not work, and overlaps
// nothing that they have published or planned.
func (s *State) opens(doctor, unit string, b *Block) bool {
	p := s.plans[doctor]
	if p == nil {
		return !s.calendar.holiday(b.Day)
	}
	extra := Exception{Person: doctor, Day: b.Day, Kind: Extra, From: b.From, To: b.To, Unit: unit, Minutes: b.Minutes}
	if !p.works(s.calendar, b.Day) || p.meetsExtra(&extra, s.calendar) {
		return false
	}
	return !slices.ContainsFunc(receptionsOn(p.receptions, b.Day, b.Day), func(r keptReception) bool { return r.From < b.To && b.From < r.To })
}

// placesLeft is how many more appointments the doctor takes on a day.
func (s *State) placesLeft(doctor string, d Day, q *Query) int {
	left := MaxLimit
	w := s.primary.Settings[doctor]
	if w.Horizon > 0 && d > s.calendar.dayOf(q.Now)+Day(w.Horizon) {
		return 0
	}
	p := s.plan0(doctor)
	if w.DayLimit > 0 {
		left = min(left, w.DayLimit-p.kept(doctor, s.calendar.midnight(d), s.calendar.midnight(d+1), q, ""))
	}
	if w.MonthLimit > 0 {
		left = min(left, w.MonthLimit-p.kept(doctor, s.calendar.midnight(firstOfMonth(d, 0)), s.calendar.midnight(firstOfMonth(d, 1)), q, ""))
	}
	return left
}

// candidates are the requests of the line that the doctor could serve, and the grids to try: first the length that most of them
// ask for, which leaves places that others can use, and then the greatest that divides all lengths, on which more may fit.
func (s *State) candidates(w *WorthQuery, q Query) (list []candidate, steps []int) {
	step, usual := 0, 0
	lengths := map[int]int{}
	for _, waiting := range s.waitingRequests(w.Unit) {
		r := waiting.Request
		of := s.primary.Cases[r.Case]
		if r.Doctor != "" && r.Doctor != w.Doctor || r.Deadline != 0 && r.Deadline < w.From || r.Minutes > w.Length ||
			of.Closed != 0 || !w.Who.Sees(of.Owner, w.Unit) {
			continue
		}
		q.Length, q.Mode, q.Seats = int64(r.Minutes)*minute, r.Mode, r.seats(w.Doctor)
		c := candidate{id: waiting.ID, request: &r, length: q.Length, never: never(s.calendar, r.Never, w.From, w.To), closing: s.calendar.midnight(w.To + 1)}
		if r.Deadline != 0 && r.Deadline < w.To {
			c.closing = s.calendar.midnight(r.Deadline + 1)
		}
		for i := range q.Seats {
			if i > 0 {
				q.Seats[i].Any = slices.DeleteFunc(q.Seats[i].Any, func(a Attendee) bool { return !w.Who.Comes(a.Person) })
			}
			c.persons = append(c.persons, q.Seats[i].Any)
		}
		c.seats = s.seatTimes(&q)
		list = append(list, c)
		step = divisor(step, r.Minutes)
		if lengths[r.Minutes]++; lengths[r.Minutes] > lengths[usual] {
			usual = r.Minutes
		}
	}
	if step = max(step, MinMinutes); step == usual {
		return list, []int{usual}
	}
	return list, []int{usual, step}
}

func divisor(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// placed is a request that has got its time in a block.
type placed struct {
	Span
	persons []string // in no order
}

// served gives the requests their times in a block, in the order of the line.
func (s *State) served(w *WorthQuery, candidates []candidate, block Span, step int64, places int) []ServedRequest {
	notice := w.Now + int64(s.primary.Settings[w.Doctor].Notice)*60*minute
	var list []ServedRequest
	var taken []placed
	var soon prospect
	day := s.calendar.dayOf(block.Start)
	for i := range candidates {
		c := &candidates[i]
		if len(list) == places {
			break
		}
		if s.lentOut(&Booking{Unit: w.Unit, Case: c.request.Case}, day, &soon) {
			continue
		}
		for start := block.Start; start+c.length <= min(block.End, c.closing); start += step {
			t := Span{start, start + c.length}
			if start < notice || meetsAny(c.never, t) {
				continue
			}
			persons, ok := s.comers(c, t, taken)
			if !ok || !s.offerable(w, c, start) {
				continue
			}
			taken = append(taken, placed{t, persons})
			soon.placed = append(soon.placed, Appointment{Case: c.request.Case, Unit: w.Unit, Start: start})
			list = append(list, ServedRequest{c.id, t})
			break
		}
	}
	return list
}

// offerable reports whether that time could be offered to a request: there is time to answer, the doctor has not said that they
// can not come then, and it has not been offered before.
func (s *State) offerable(w *WorthQuery, c *candidate, start int64) bool {
	_, answerable := s.calendar.answerBy(w.Now, start)
	_, refused := s.refused[spot{w.Doctor, start}]
	return answerable && !refused && !s.had(c.request, w.Doctor, start)
}

// comers says who would take the seats at that time, when those before have theirs.
func (s *State) comers(c *candidate, t Span, taken []placed) ([]string, bool) {
	persons := make([]string, 0, len(c.seats))
	for i := range c.seats {
		seat := &c.seats[i]
		found := false
		for n, a := range c.persons[i] {
			if found = !slices.Contains(persons, a.Person) && seat.Any[n].freeAt(t) && s.apart(a.Person, t, taken); found {
				persons = append(persons, a.Person)
				break
			}
		}
		if !found && !seat.Always && !seat.Optional {
			return nil, false
		}
	}
	return persons, true
}

// apart reports whether somebody has the minutes they want between that time and those they have got.
func (s *State) apart(person string, t Span, taken []placed) bool {
	for i := range taken {
		o := &taken[i]
		if slices.Contains(o.persons, person) {
			w := s.primary.Settings[person]
			gap := int64(w.Before+w.After) * minute
			if t.Start < o.End+gap && o.Start < t.End+gap {
				return false
			}
		}
	}
	return true
}

// freeAt is free, for calendars of many weeks.
func (c *Calendar) freeAt(t Span) bool {
	if meetsAny(c.Busy, t) {
		return false
	}
	if c.Open == nil {
		return true
	}
	i := sort.Search(len(c.Open), func(i int) bool { return c.Open[i].End > t.Start })
	return i < len(c.Open) && c.Open[i].covers(t)
}

// meetsAny reports whether a time meets one of many, which are sorted and disjoint.
func meetsAny(times []Span, t Span) bool {
	i := sort.Search(len(times), func(i int) bool { return times[i].End > t.Start })
	return i < len(times) && times[i].Start < t.End
}
