package scheduling

import (
	"cmp"
	"slices"
	"time"
)

// SuggestionKind says where a suggestion comes from.
type SuggestionKind string

// The kinds of suggestions, in the order in which they are shown.
const (
	SameAgain  SuggestionKind = "same"  // the hours of a month, in the next month
	UsualHours SuggestionKind = "usual" // the usual weekday and time, to the end of the next month
	WholeTerm  SuggestionKind = "term"  // the same, to the end of the term
)

// Suggestion is hours that a doctor could publish with one tap, worked out from what they did before.
type Suggestion struct {
	Kind       SuggestionKind
	From, Till Day // the first and the last day
	Source     Day // the first day of the month it repeats; 0 of other kinds
	Rules      []Hours
	Places     int // how many appointments would fit
}

// usualDays is how far back the usual weekday and time are looked for.
const usualDays = 182

// slot is a weekday and time of published hours.
type slot struct {
	Unit              string
	Weekday           int
	From, To, Minutes int
}

func (a slot) compare(b slot) int {
	return cmp.Or(cmp.Compare(a.Weekday, b.Weekday), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Minutes, b.Minutes), cmp.Compare(a.Unit, b.Unit))
}

// held lists, with their days, the joint hours of a person in the units, weekly and extra ones, as they were published from one
// day to another: without public holidays, whether or not the person was away.
func (p *plan) held(c *calendar, units []string, from, to Day) map[slot][]Day {
	if p == nil {
		return nil
	}
	of := map[slot][]Day{}
	for weekday := range p.hours {
		for i := range p.hours[weekday] {
			h := &p.hours[weekday][i].Hours
			if h.Purpose.shown() != ForJoint || !slices.Contains(units, h.Unit) {
				continue
			}
			first := max(from, h.ValidFrom)
			first += Day((h.Weekday - first.weekday() + 7) % 7)
			for d := first; d <= min(to, h.ValidUntil); d += 7 {
				if p.works(c, d) {
					s := slot{h.Unit, h.Weekday, h.From, h.To, h.Minutes}
					of[s] = append(of[s], d)
				}
			}
		}
	}
	for i := range p.exceptions {
		e := &p.exceptions[i].Exception
		if e.Kind == Extra && e.Purpose.shown() == ForJoint && from <= e.Day && e.Day <= to && slices.Contains(units, e.Unit) {
			s := slot{e.Unit, e.Day.weekday(), e.From, e.To, e.Minutes}
			of[s] = append(of[s], e.Day)
		}
	}
	return of
}

// Suggest lists what a doctor could publish in the units with one tap. Each can be published as it is: nothing in it overlaps
// hours they have. colleagues are the other doctors of the units, from whom a newcomer's usual time is taken.
func (s *State) Suggest(now int64, person string, units, colleagues []string) []Suggestion {
	today := s.calendar.dayOf(now)
	var list []Suggestion
	if again, ok := s.sameAgain(today, person, units); ok {
		list = append(list, again)
	}
	if usual, ok := s.usual(today, person, units, colleagues); ok {
		for _, kind := range []SuggestionKind{UsualHours, WholeTerm} {
			from, till := today+1, firstOfMonth(today, 2)-1
			if kind == WholeTerm {
				from, till = termAfter(today)
			}
			rule := Hours{
				Person: person, Unit: usual.Unit, Purpose: ForJoint, Weekday: usual.Weekday, From: usual.From, To: usual.To, Minutes: usual.Minutes,
				ValidFrom: s.plans[person].after(usual, from), ValidUntil: till,
			}
			if rule.ValidFrom > till {
				continue
			}
			if one, ok := s.suggestion(Suggestion{Kind: kind, Rules: []Hours{rule}}); ok && !slices.ContainsFunc(list, one.same) {
				list = append(list, one)
			}
		}
	}
	return list
}

// after is the first day from which on the person has no weekly hours any more at that weekday and time.
func (p *plan) after(at slot, from Day) Day {
	if p == nil {
		return from
	}
	for i := range p.hours[at.Weekday] {
		if h := &p.hours[at.Weekday][i].Hours; h.From < at.To && at.From < h.To && h.ValidUntil >= from {
			from = h.ValidUntil + 1
		}
	}
	return from
}

// same reports whether two suggestions would publish the same.
func (a *Suggestion) same(b Suggestion) bool {
	return a.From == b.From && a.Till == b.Till && slices.Equal(a.Rules, b.Rules)
}

// sameAgain takes the joint hours of this month, or of the last one when there are none, to the next. What was held on one day
// of the month only, is held on the same weekday of the same week of the month: the second Tuesday on the second Tuesday.
func (s *State) sameAgain(today Day, person string, units []string) (Suggestion, bool) {
	next, end := firstOfMonth(today, 1), firstOfMonth(today, 2)-1
	for back := range 2 {
		source := firstOfMonth(today, -back)
		held := s.plans[person].held(s.calendar, units, source, firstOfMonth(source, 1)-1)
		if len(held) == 0 {
			continue
		}
		of := Suggestion{Kind: SameAgain, Source: source}
		for slot, days := range held {
			h := Hours{
				Person: person, Unit: slot.Unit, Purpose: ForJoint, Weekday: slot.Weekday, From: slot.From, To: slot.To, Minutes: slot.Minutes,
				ValidFrom: next, ValidUntil: end,
			}
			if len(days) == 1 {
				nth := (days[0] - source) / 7
				h.ValidFrom = next + Day((slot.Weekday-next.weekday()+7)%7) + 7*nth
				h.ValidUntil = h.ValidFrom
				if h.ValidFrom > end { // a fifth one that the next month does not have
					continue
				}
			}
			of.Rules = append(of.Rules, h)
		}
		return s.suggestion(of)
	}
	return Suggestion{}, false
}

// suggestion leaves out of a suggestion what the person has already, and what no time would come of; it is none when nothing
// is left.
func (s *State) suggestion(of Suggestion) (Suggestion, bool) {
	slices.SortFunc(of.Rules, func(a, b Hours) int {
		return cmp.Or(cmp.Compare(a.ValidFrom, b.ValidFrom), cmp.Compare(a.Weekday, b.Weekday), cmp.Compare(a.From, b.From), cmp.Compare(a.Unit, b.Unit))
	})
	rules := of.Rules
	of.Rules = nil
	for _, h := range rules {
		p := s.scratch(h.Person)
		for i, other := range of.Rules { // what was held at one time in two ways can be had in one only
			p.addHours(keptHours{string(rune('a' + i)), other})
		}
		if p.meetsHours(&h, s.calendar) {
			continue
		}
		places := 0
		only := plan{absences: p.absences, exceptions: p.exceptionsOn(h.ValidFrom, h.ValidUntil)}
		only.exceptions = slices.DeleteFunc(slices.Clone(only.exceptions), func(e keptException) bool { return e.Kind == Extra })
		only.addHours(keptHours{"", h})
		for _, st := range only.published(s.calendar, h.ValidFrom, h.ValidUntil, "") {
			places += int((st.End - st.firstStart(st.Start)) / st.Step)
		}
		if places == 0 {
			continue
		}
		of.Rules = append(of.Rules, h)
		of.Places += places
	}
	for i, h := range of.Rules {
		if i == 0 || h.ValidFrom < of.From {
			of.From = h.ValidFrom
		}
		of.Till = max(of.Till, h.ValidUntil)
	}
	return of, len(of.Rules) > 0
}

// usual is the weekday and time at which the person held joint hours on most days of the last half year; of somebody who held
// none, that of their colleagues. Of several alike the one later in use is taken, then the earlier in the week.
func (s *State) usual(today Day, person string, units, colleagues []string) (slot, bool) {
	from := max(today-usualDays, firstDay)
	days := s.plans[person].held(s.calendar, units, from, today)
	if len(days) == 0 {
		if len(s.plans[person].held(s.calendar, units, today, min(today+usualDays, lastDay))) > 0 {
			return slot{}, false // a newcomer no more
		}
		days = map[slot][]Day{}
		for _, other := range colleagues {
			for at, held := range s.plans[other].held(s.calendar, units, from, today) {
				days[at] = append(days[at], held...)
			}
		}
	}
	var best slot
	most := 0
	var last Day
	for at, held := range days {
		latest := slices.Max(held)
		if order := cmp.Or(cmp.Compare(len(held), most), cmp.Compare(latest, last)); order > 0 || order == 0 && at.compare(best) < 0 {
			best, most, last = at, len(held), latest
		}
	}
	return best, most > 0
}

// firstOfMonth is the first day of the month that many months after the day's.
func firstOfMonth(d Day, months int) Day {
	year, month, _ := d.utc().Date()
	return Day(time.Date(year, month+time.Month(months), 1, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// termLeft is how many days of a term are left at least for it to be worth publishing until its end.
const termLeft = 28

// termAfter is what is left of the term: of the spring to 31.5., of the autumn from 1.8. to 31.12.; with less than four weeks
// left, the next term.
func termAfter(today Day) (from, till Day) {
	year := today.utc().Year()
	date := func(year int, month time.Month, day int) Day {
		return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
	}
	from = today + 1
	for _, term := range [][2]Day{
		{date(year, time.January, 1), date(year, time.May, 31)},
		{date(year, time.August, 1), date(year, time.December, 31)},
		{date(year+1, time.January, 1), date(year+1, time.May, 31)},
	} {
		if term[1]-max(from, term[0]) >= termLeft {
			return max(from, term[0]), term[1]
		}
	}
	return from, from + termLeft // not reached: the last of the three is always long enough
}
