package scheduling

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"luotsi/server/fault"
	"luotsi/server/web"
)

// Impossible is when the client can not come: every such weekday, or one day; From to To on the Finnish clock, or all day when
// To is 0. It says nothing of why.
type Impossible struct {
	Weekday int `bson:"weekday,omitempty"` // 1 is Monday; 0 when it is a day
	Day     Day `bson:"day,omitempty"`
	From    int `bson:"from,omitempty"` // minutes after 00:00
	To      int `bson:"to,omitempty"`
}

// MaxImpossible is how many such times one wish names.
const MaxImpossible = 30

var errTooManyNever = fault.ErrInvalid.Of(fault.Field{Name: "never", Code: "max", Limit: strconv.Itoa(MaxImpossible)})

// never lists, sorted and disjoint, when the client can not come on the days.
func never(c *calendar, list []Impossible, from, to Day) []Span {
	var out []Span
	for _, n := range list {
		first, last := from, to
		if n.Weekday == 0 {
			first, last = max(from, n.Day), min(to, n.Day)
		}
		for d := first; d <= last; d++ {
			if n.Weekday != 0 && d.weekday() != n.Weekday {
				continue
			}
			t := Span{c.midnight(d), c.midnight(d + 1)}
			if n.To != 0 {
				t = Span{c.at(d, n.From), c.at(d, n.To)}
			}
			if t.Start < t.End {
				out = append(out, t)
			}
		}
	}
	return merge(out)
}

// neverOf is never of the request that an appointment serves.
func (s *State) neverOf(a *Appointment, from, to Day) []Span {
	return never(s.calendar, s.primary.Requests[a.Request].Never, from, to)
}

// merge sorts times and makes one of those that touch.
func merge(times []Span) []Span {
	slices.SortFunc(times, func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
	out := times[:0]
	for _, t := range times {
		if n := len(out); n > 0 && t.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, t.End)
			continue
		}
		out = append(out, t)
	}
	return out
}

// String is the time as parseNever reads it.
func (n Impossible) String() string {
	text := string(n.Day.Date())
	if n.Weekday != 0 {
		text = strconv.Itoa(n.Weekday)
	}
	if n.To != 0 {
		text += "@" + clock(n.From) + "-" + clock(n.To)
	}
	return text
}

// parseNever reads `2`, `2@08:00-12:00` and `2026-12-01@08:00-12:00` between commas: weekdays or days, with or without times.
func parseNever(text string) ([]Impossible, error) {
	if text == "" {
		return nil, nil
	}
	parts := strings.Split(text, ",")
	if len(parts) > MaxImpossible {
		return nil, errTooManyNever
	}
	list := make([]Impossible, len(parts))
	for i, part := range parts {
		day, times, timed := strings.Cut(part, "@")
		n := &list[i]
		if len(day) == 1 && day[0] >= '1' && day[0] <= '7' {
			n.Weekday = int(day[0] - '0')
		} else {
			var ok bool
			if n.Day, ok = ParseDay(web.Date(day)); !ok {
				return nil, fault.Bad("never", "date")
			}
		}
		if !timed {
			continue
		}
		from, to, _ := strings.Cut(times, "-")
		var ok, also bool
		n.From, ok = parseClock(from)
		n.To, also = parseClock(to)
		if !ok || !also || n.To <= n.From {
			return nil, fault.Bad("never", "clock")
		}
	}
	return list, nil
}
