package scheduling

import (
	"cmp"
	"slices"
	"sort"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
)

// ErrNothingReturned refuses to reopen what is not the doctor's own.
var ErrNothingReturned = fault.New(fault.NotFound, "not_found", "nothing of that day was returned")

// Returned is joint hours of one day in one unit, or a joint reception, that went back to the doctor's own use.
type Returned struct {
	Day       Day
	Unit      string
	Reception string // or empty
	Spans     []Span
	At        int64 // hours that were published later are not meant
	Reopened  bool
}

// orderReturned puts those of a day that were opened again after the others.
func orderReturned(a, b Returned) int {
	reopened := func(r *Returned) int {
		if r.Reopened {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(reopened(&a), reopened(&b)), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Reception, b.Reception))
}

// returnedKept is how many days what was returned is remembered.
const returnedKept = 60

// returnBatch is how many returns one commit holds at most.
const returnBatch = 100

// returnedOn is what was returned of the person's hours of a day and is still theirs.
func (p *plan) returnedOn(d Day) []Returned {
	if len(p.returned) == 0 {
		return nil
	}
	i := sort.Search(len(p.returned), func(i int) bool { return p.returned[i].Day >= d })
	j := i
	for j < len(p.returned) && p.returned[j].Day == d && !p.returned[j].Reopened {
		j++
	}
	return p.returned[i:j]
}

// withoutReturned takes what was returned out of the stretches of hours published at that moment, from out[begin] on.
func withoutReturned(out []Stretch, begin int, returned []Returned, published int64) []Stretch {
	for i := range returned {
		if published >= returned[i].At {
			continue
		}
		for _, s := range returned[i].Spans {
			out = cut(out, begin, s)
		}
	}
	return out
}

// unreturned is the plan as if nothing had been returned.
func (p *plan) unreturned() *plan {
	if p == nil || len(p.returned) == 0 {
		return p
	}
	whole := *p
	whole.returned = nil
	return &whole
}

// returnedReception reports whether what is free of a reception's places went back to the doctor and is still theirs.
func (p *plan) returnedReception(r *keptReception) bool {
	return slices.ContainsFunc(p.returnedOn(r.Day), func(o Returned) bool { return o.Reception == r.ID })
}

// ReturnPlaces decides which joint hours and receptions go back to their doctors: at the first moment of the day that is as many days before
// as the doctor said, all that was published by then, each day and unit once. What is published, and a wish that is made, after that
// moment does not change the day any more. more tells that one commit could not hold all.
func (s *State) ReturnPlaces(now time.Time) (d journal.Decision, more bool) {
	people := make([]string, 0, len(s.primary.ReturnsSince))
	for person := range s.primary.ReturnsSince {
		if s.primary.Settings[person].ReturnDays > 0 {
			people = append(people, person)
		}
	}
	slices.Sort(people)
	for _, person := range people {
		for _, e := range s.returnsOf(person, now.UnixMilli()) {
			if len(d.Events) == returnBatch {
				return d, true
			}
			d.Events = append(d.Events, e)
		}
	}
	return d, false
}

// returnsOf lists what goes back to one doctor now.
func (s *State) returnsOf(person string, now int64) []PlacesReturned {
	p := s.plans[person]
	if p == nil {
		return nil
	}
	today := s.calendar.dayOf(now)
	ahead := Day(s.primary.Settings[person].ReturnDays)
	var events []PlacesReturned
	for d := today; d <= min(today+ahead, lastDay); d++ {
		if d-ahead < firstDay {
			continue
		}
		moment := s.calendar.midnight(d - ahead)
		if s.primary.ReturnsSince[person] >= moment {
			continue
		}
		events = append(events, p.returnable(s.calendar, person, d, moment, now)...)
	}
	return events
}

// returnable is what of a day was published before that moment, is not over and has not gone back: the joint hours, unit by unit, and
// each joint reception. The time of a reception is its own, and not that of the hours around it.
func (p *plan) returnable(c *calendar, person string, d Day, moment, now int64) []PlacesReturned {
	then := plan{absences: p.absences, receptions: p.receptions}
	var units []string
	add := func(unit string) {
		if !slices.Contains(units, unit) {
			units = append(units, unit)
		}
	}
	for _, h := range p.hours[d.weekday()] {
		if h.valid(d) && h.Published < moment && h.Purpose != ForWritten {
			then.hours[d.weekday()] = append(then.hours[d.weekday()], h)
			add(h.Unit)
		}
	}
	for _, e := range p.exceptionsOn(d, d) {
		if e.Kind != Extra || e.Published < moment && e.Purpose != ForWritten {
			then.exceptions = append(then.exceptions, e)
		}
		if e.Kind == Extra {
			add(e.Unit)
		}
	}
	slices.Sort(units)
	var events []PlacesReturned
	for _, unit := range units {
		if slices.ContainsFunc(p.returned, func(r Returned) bool { return r.Day == d && r.Unit == unit && r.Reception == "" }) {
			continue
		}
		e := PlacesReturned{Person: person, Day: d, Unit: unit}
		for _, s := range then.published(c, d, d, unit) {
			if s.End > now && s.Reception == "" {
				e.Spans = append(e.Spans, ReturnedHours{s.Start, s.End})
			}
		}
		if len(e.Spans) > 0 {
			events = append(events, e)
		}
	}
	for _, r := range receptionsOn(p.receptions, d, d) {
		if r.Published >= moment || slices.ContainsFunc(p.returned, func(o Returned) bool { return o.Day == d && o.Reception == r.ID }) {
			continue
		}
		e := PlacesReturned{Person: person, Day: d, Unit: r.Unit, Reception: r.ID}
		for _, s := range then.published(c, d, d, r.Unit) {
			if s.End > now && s.Reception == r.ID {
				e.Spans = append(e.Spans, ReturnedHours{s.Start, s.End})
			}
		}
		if len(e.Spans) > 0 {
			events = append(events, e)
		}
	}
	return events
}

// ReopenPlaces decides whether the returned hours and receptions of a day can be booked after all.
func (s *State) ReopenPlaces(now time.Time, person string, d Day) (journal.Decision, error) {
	p := s.plans[person]
	switch {
	case p == nil || d < firstDay || d > lastDay || len(p.returnedOn(d)) == 0:
		return journal.Decision{}, ErrNothingReturned
	case d < s.calendar.dayOf(now.UnixMilli()):
		return journal.Decision{}, ErrHoursPast
	}
	return journal.Happens(PlacesReopened{Person: person, Day: d}), nil
}

// ownAgain is the time of a day in a unit that went back to the doctor: what was returned, less the appointments in it.
type ownAgain struct {
	Day   Day
	Unit  string
	Spans []Span
}

// returnedTimes lists, from one day to another, what went back to the doctor and is not over.
func (s *State) returnedTimes(person string, from, to Day, now int64) []ownAgain {
	p := s.plans[person]
	if p == nil {
		return nil
	}
	var list []ownAgain
	for i := range p.returned {
		r := &p.returned[i]
		if r.Day < from || r.Day > to || r.Reopened {
			continue
		}
		own := ownAgain{Day: r.Day, Unit: r.Unit, Spans: s.ownOf(person, r, now)}
		if len(own.Spans) > 0 {
			list = append(list, own)
		}
	}
	return list
}

// ownOf is the doctor's own time of what was returned. There is none in a reception as long as all of its places are taken: the time
// between them never was anybody's to book.
func (s *State) ownOf(person string, r *Returned, now int64) []Span {
	p := s.plan0(person)
	if r.Reception != "" {
		o := s.primary.Receptions[r.Reception]
		t := o.span(s.calendar)
		if p.kept(person, t.Start, t.End, &Query{Now: now}, r.Reception) >= o.Places {
			return nil
		}
	}
	var own []Span
	for _, t := range r.Spans {
		own = append(own, p.unclaimed(t, now)...)
	}
	return own
}

// unclaimed is what is left of a time without the appointments that are kept, and without what is over.
func (p *plan) unclaimed(t Span, now int64) []Span {
	var free []Span
	start := max(t.Start, now)
	i, j := p.touching(t.Start, t.End)
	for ; i < j; i++ {
		if !p.live[i].keeps(now) {
			continue
		}
		if start < p.live[i].Start {
			free = append(free, Span{start, p.live[i].Start})
		}
		start = max(start, p.live[i].End)
	}
	if start < t.End {
		free = append(free, Span{start, t.End})
	}
	return free
}

func (s *State) applyReturns(m journal.Meta, event journal.Event) {
	switch e := event.(type) {
	case PlacesReturned:
		r := e.returned(m)
		today := s.calendar.dayOf(r.At)
		kept := slices.DeleteFunc(slices.Clone(s.primary.Returned[e.Person]), func(r Returned) bool { return r.Day < today-returnedKept })
		at, _ := slices.BinarySearchFunc(kept, r, orderReturned)
		s.setReturned(e.Person, slices.Insert(kept, at, r))
	case PlacesReopened:
		kept := slices.Clone(s.primary.Returned[e.Person])
		for i := range kept {
			if kept[i].Day == e.Day {
				kept[i].Reopened = true
			}
		}
		slices.SortStableFunc(kept, orderReturned)
		s.setReturned(e.Person, kept)
	case ReceptionMoved:
		s.leaveReturned(e.Reception)
	case ReceptionCancelled:
		s.leaveReturned(e.Reception)
	}
}

func (e *PlacesReturned) returned(m journal.Meta) Returned {
	r := Returned{Day: e.Day, Unit: e.Unit, Reception: e.Reception, At: m.At.UnixMilli()}
	for _, t := range e.Spans {
		r.Spans = append(r.Spans, Span(t))
	}
	return r
}

// leaveReturned is a reception leaving the time that had gone back to its doctor. The joint hours from which it had taken that time do not
// open by it: they stay the doctor's own, and where there are none nothing is returned any more.
func (s *State) leaveReturned(reception string) {
	person := s.primary.Receptions[reception].Doctor
	p := s.plan0(person)
	at := slices.IndexFunc(p.returned, func(r Returned) bool { return r.Reception == reception && !r.Reopened })
	if at < 0 {
		return
	}
	kept := slices.Clone(p.returned)
	r := &kept[at]
	var under []Span
	for _, hours := range p.unreturned().published(s.calendar, r.Day, r.Day, "") {
		if hours.Reception != "" || hours.Purpose == ForWritten {
			continue
		}
		for _, t := range r.Spans {
			if hours.meets(t) {
				under = append(under, Span{max(hours.Start, t.Start), min(hours.End, t.End)})
			}
		}
	}
	if r.Reception, r.Spans = "", under; len(under) == 0 {
		kept = slices.Delete(kept, at, at+1)
	}
	slices.SortStableFunc(kept, orderReturned)
	s.setReturned(person, kept)
}

func (s *State) setReturned(person string, returned []Returned) {
	if len(returned) == 0 {
		delete(s.primary.Returned, person)
		s.plan(person).returned = nil
		return
	}
	s.primary.Returned[person] = returned
	s.plan(person).returned = returned
}

// reindexReturns needs the plans to be there.
func (s *State) reindexReturns() {
	if s.primary.Returned == nil {
		s.primary.Returned = map[string][]Returned{}
	}
	if s.primary.ReturnsSince == nil {
		s.primary.ReturnsSince = map[string]int64{}
	}
	for person, returned := range s.primary.Returned {
		s.plan(person).returned = returned
	}
}
