package scheduling

import (
	"cmp"
	"slices"
	"sort"
)

// Whoever has given no hours of their own works on weekdays from 8 to 16, Finnish time.
const (
	officeFrom = 8 * 60
	officeTo   = 16 * 60
)

// plan is what is derived for one person or resource: hours by weekday, changed days in order, and what they are booked for.
type plan struct {
	hours      [8][]keptHours // by weekday, in order of From, ValidFrom, ID
	exceptions []keptException
	absences   []keptAbsence   // in order; they never overlap
	returned   []Returned      // in the order of days
	live       []holding       // live appointments in order; of those that are kept none overlap
	receptions []keptReception // where this is the doctor, in order
	roomed     []keptReception // for which this is the room kept, in order
	all        []string        // every appointment, cancelled ones too, in no order
}

// holding is the time of one live appointment, and what is needed to know how near another may come.
type holding struct {
	Span
	id            string
	until         int64 // when it is not kept any more; 0 is never
	before, after int64 // ms kept free
	unit          string
	onSite        bool
	reception     string
}

func (h *holding) keeps(now int64) bool { return h.until == 0 || now < h.until }

type keptHours struct {
	ID string
	Hours
}

type keptException struct {
	ID string
	Exception
}

func orderHours(a, b keptHours) int {
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.ValidFrom, b.ValidFrom), cmp.Compare(a.ID, b.ID))
}

func orderExceptions(a, b keptException) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.From, b.From), cmp.Compare(a.ID, b.ID))
}

func (p *plan) exceptionsOn(from, to Day) []keptException {
	i := sort.Search(len(p.exceptions), func(i int) bool { return p.exceptions[i].Day >= from })
	j := i + sort.Search(len(p.exceptions)-i, func(j int) bool { return p.exceptions[i+j].Day > to })
	return p.exceptions[i:j]
}

// opened reports whether the person works that holiday like any other day.
func (p *plan) opened(d Day) bool { return p != nil && opens(p.exceptionsOn(d, d)) }

func opens(exceptions []keptException) bool {
	return slices.ContainsFunc(exceptions, func(e keptException) bool { return e.Kind == Open })
}

// works reports whether the weekly hours are in force on a day, as far as public holidays go.
func (p *plan) works(c *calendar, d Day) bool { return !c.holiday(d) || p.opened(d) }

// hasHours reports whether the person has given hours that are in force on that day.
func (p *plan) hasHours(d Day) bool {
	for weekday := range p.hours {
		for i := range p.hours[weekday] {
			if p.hours[weekday][i].valid(d) {
				return true
			}
		}
	}
	return false
}

// touching is the range of live appointments that touch the time from–to (unix ms).
func (p *plan) touching(from, to int64) (int, int) {
	i := sort.Search(len(p.live), func(i int) bool { return p.live[i].End > from })
	j := i + sort.Search(len(p.live)-i, func(j int) bool { return p.live[i+j].Start >= to })
	return i, j
}

// published is what the person has published in a unit ("" for all units), day by day: hours, without the public holidays they
// did not open, and extra hours, less the times away and what went back to their own use. Where the clock jumps forward over the border of two hours the earlier keep it.
func (p *plan) published(c *calendar, from, to Day, unit string) []Stretch {
	out := make([]Stretch, 0, min(max(to-from+1, 0), MaxRange))
	exceptions := p.exceptionsOn(from, to)
	for d := from; d <= to; d++ {
		today := exceptions
		for n := range exceptions {
			if exceptions[n].Day != d {
				today = exceptions[:n]
				break
			}
		}
		exceptions = exceptions[len(today):]
		begin, returned := len(out), p.returnedOn(d)
		if !c.holiday(d) || opens(today) {
			for i := range p.hours[d.weekday()] {
				if h := &p.hours[d.weekday()][i].Hours; h.valid(d) && (unit == "" || h.Unit == unit) {
					at := len(out)
					out = appendStretch(out, c.at(d, h.From), c.at(d, h.To), h.Minutes, h.Purpose)
					out = withoutReturned(out, at, returned, h.Published)
				}
			}
		}
		out = p.withReceptions(c, d, change(c, out, begin, today, returned, unit), begin, returned, unit)
	}
	return p.withoutAbsences(c, from, to, out)
}

// meetings is what is published for meeting people: all but the hours of written consultations.
func (p *plan) meetings(c *calendar, from, to Day, unit string) []Stretch {
	return slices.DeleteFunc(p.published(c, from, to, unit), func(s Stretch) bool { return s.Purpose == ForWritten })
}

// open is when somebody can come to another's hours: within their own, whatever the unit; on days for which they have given
// none, within the default; and not on days of an absence.
func (p *plan) open(c *calendar, from, to Day, otherwise Default) []Span {
	return p.openWithoutAbsences(c, from, to, p.openBut(c, from, to, otherwise))
}

// openBut is open without a look at absences.
func (p *plan) openBut(c *calendar, from, to Day, otherwise Default) []Span {
	own := p != nil && slices.ContainsFunc(p.hours[:], func(h []keptHours) bool { return len(h) > 0 })
	changed := p != nil && len(p.exceptionsOn(from, to)) > 0
	if !own && !changed {
		return c.usuals(from, to, otherwise)
	}
	out := make([]Span, 0, 2*int(to-from+1))
	add := func(s Span) {
		if n := len(out); n > 0 && s.Start <= out[n-1].End { // hours that touch are one piece for whoever only comes along
			out[n-1].End = max(out[n-1].End, s.End)
			return
		}
		out = append(out, s)
	}
	if own && otherwise == NoHours {
		for _, s := range p.meetings(c, from, to, "") {
			add(s.Span)
		}
		return out
	}
	for d := from; d <= to; d++ {
		if own && p.hasHours(d) {
			for _, s := range p.meetings(c, d, d, "") {
				add(s.Span)
			}
			continue
		}
		var today []Stretch
		if s, ok := c.usual(d, otherwise, !p.works(c, d)); ok {
			today = append(today, Stretch{Span: s, Anchor: s.Start, Step: MinMinutes * minute})
		}
		for _, s := range change(c, today, 0, p.exceptionsOn(d, d), p.returnedOn(d), "") {
			add(s.Span)
		}
	}
	return out
}

func appendStretch(out []Stretch, start, end int64, minutes int, purpose Purpose) []Stretch {
	if start >= end { // hours wholly inside the hour that the clock skips
		return out
	}
	return append(out, Stretch{Span: Span{start, end}, Anchor: start, Step: int64(minutes) * minute, Purpose: purpose})
}

// change applies a day's exceptions to its stretches, which begin at out[begin], and leaves them sorted and disjoint.
func change(c *calendar, out []Stretch, begin int, exceptions []keptException, returned []Returned, unit string) []Stretch {
	for i := range exceptions {
		if e := &exceptions[i].Exception; e.Kind == Extra && (unit == "" || e.Unit == unit) {
			at := len(out)
			out = appendStretch(out, c.at(e.Day, e.From), c.at(e.Day, e.To), e.Minutes, e.Purpose)
			out = withoutReturned(out, at, returned, e.Published)
		}
	}
	today := out[begin:]
	slices.SortStableFunc(today, func(a, b Stretch) int { return cmp.Compare(a.Start, b.Start) })
	kept := begin
	for _, s := range today {
		if kept > begin {
			s.Start = max(s.Start, out[kept-1].End)
		}
		if s.Start < s.End {
			out[kept] = s
			kept++
		}
	}
	out = out[:kept]
	for i := range exceptions {
		if e := &exceptions[i].Exception; e.Kind == Away {
			out = cut(out, begin, e.away(c))
		}
	}
	return out
}

// cut takes a time out of the stretches from out[begin] on.
func cut(out []Stretch, begin int, away Span) []Stretch {
	for i := begin; i < len(out); i++ {
		s := out[i]
		if away.End <= s.Start || s.End <= away.Start {
			continue
		}
		before, after := s, s
		before.End, after.Start = away.Start, away.End
		switch hasBefore, hasAfter := before.Start < before.End, after.Start < after.End; {
		case hasBefore && hasAfter:
			out[i] = before
			out = slices.Insert(out, i+1, after)
			i++
		case hasBefore:
			out[i] = before
		case hasAfter:
			out[i] = after
		default:
			out = slices.Delete(out, i, i+1)
			i--
		}
	}
	return out
}
