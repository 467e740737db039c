package ical

import (
	"strconv"
	"strings"
	"time"
)

// moment is a time of the file: an instant in seconds, and what the clock of its zone shows then. Of a whole day it is midnight.
type moment struct {
	at    int64
	clock int64
	zone  *time.Location
	whole bool // a day
}

// read reads a date or a date with a time; code says what is wrong.
func (r *reader) moment(value string, p *property) (m moment, code string) {
	value = strings.ToUpper(strings.TrimSpace(value))
	m.zone = r.zones.home
	switch {
	case len(value) == 8:
		t, err := time.Parse("20060102", value)
		if err != nil {
			return m, ProblemStart
		}
		m.whole, m.clock = true, t.Unix()
		m.at = wall(m.zone, m.clock)
		return m, ""
	case len(value) == 16 && value[15] == 'Z':
		m.zone = time.UTC
		value = value[:15]
	case len(value) == 15:
		if id := p.zone; id != "" {
			if m.zone = r.zones.find(id); m.zone == nil {
				return m, ProblemZone
			}
		}
	default:
		return m, ProblemStart
	}
	if strings.HasSuffix(value, "60") { // a leap second is the second before it
		value = value[:13] + "59"
	}
	t, err := time.Parse("20060102T150405", value)
	if err != nil {
		return m, ProblemStart
	}
	m.clock = t.Unix()
	m.at = wall(m.zone, m.clock)
	return m, ""
}

// length is how long an event lasts: days by the calendar, and seconds by the clock.
type length struct{ days, seconds int64 }

// after is the end of what begins at that time of the zone's clock.
func (l length) after(start moment) int64 {
	if l.days == 0 {
		return start.at + l.seconds
	}
	return wall(start.zone, start.clock+l.days*day) + l.seconds
}

// readLength reads a duration such as P1DT2H. Those that go back are refused.
func readLength(text string) (l length, ok bool) {
	text = strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(text)), "+")
	rest, ok := strings.CutPrefix(text, "P")
	if !ok || rest == "" {
		return l, false
	}
	inTime := false
	for rest != "" {
		if after, begins := strings.CutPrefix(rest, "T"); begins && !inTime {
			rest, inTime = after, true
		}
		end := strings.IndexFunc(rest, func(c rune) bool { return c < '0' || c > '9' })
		if end < 1 || end > 9 {
			return l, false
		}
		n, err := strconv.ParseInt(rest[:end], 10, 64)
		if err != nil {
			return l, false
		}
		switch unit := rest[end]; {
		case unit == 'W' && !inTime:
			l.days += 7 * n
		case unit == 'D' && !inTime:
			l.days += n
		case unit == 'H' && inTime:
			l.seconds += 3600 * n
		case unit == 'M' && inTime:
			l.seconds += 60 * n
		case unit == 'S' && inTime:
			l.seconds += n
		default:
			return l, false
		}
		rest = rest[end+1:]
	}
	return l, l.days < 1_000_000 && l.seconds < 1e11
}

// period reads start/end or start/duration.
func (r *reader) period(text string, p property) (start, end int64, ok bool) {
	first, second, ok := strings.Cut(text, "/")
	if !ok {
		return 0, 0, false
	}
	m, code := r.moment(first, &p)
	if code != "" {
		return 0, 0, false
	}
	if until, code := r.moment(second, &p); code == "" {
		return m.at, until.at, until.at >= m.at
	}
	l, ok := readLength(second)
	return m.at, l.after(m), ok
}

// instances are times of a series that are not in it any more.
type instances struct {
	at        map[int64]bool
	days      map[int64]bool // of what names a day alone: whatever begins on it
	midnights map[int64]bool // days that some programs write with the time 00:00
}

func (i *instances) add(m moment) {
	if i.at == nil {
		*i = instances{map[int64]bool{}, map[int64]bool{}, map[int64]bool{}}
	}
	d := floorDay(m.clock)
	switch {
	case m.whole:
		i.days[d] = true
	case m.clock == d*day:
		i.midnights[d] = true
		fallthrough
	default:
		i.at[m.at] = true
	}
}

func (i *instances) has(m moment) bool {
	d := floorDay(m.clock)
	return i.at[m.at] || i.days[d] || m.whole && i.midnights[d]
}

// series works out the busy times of all events: first what was moved or cancelled of each series, then the rest of it.
func (r *reader) series() {
	moved := map[string]*instances{}
	var masters []*event
	for _, e := range r.events {
		if e.moved.name == "" {
			masters = append(masters, e)
			continue
		}
		if strings.EqualFold(e.moved.param("RANGE"), "THISANDFUTURE") {
			r.problem(e, ProblemMoved, "")
		} else if m, code := r.moment(e.moved.value, &e.moved); code != "" {
			r.problem(e, ProblemMoved, e.moved.zone)
		} else {
			if moved[e.uid] == nil {
				moved[e.uid] = &instances{}
			}
			moved[e.uid].add(m)
		}
		e.rules, e.added = nil, nil // one time, whatever it repeats of its series
		r.event(e, &instances{})
	}
	for _, e := range masters {
		gone := moved[e.uid]
		if gone == nil {
			gone = &instances{}
		}
		r.event(e, gone)
	}
}

// event takes the times of one event, less those that were moved.
func (r *reader) event(e *event, moved *instances) {
	if e.free {
		return
	}
	start, code := r.moment(e.start.value, &e.start)
	if code != "" {
		if !r.elsewhere(e) {
			what := ""
			if code == ProblemZone {
				what = e.start.zone
			}
			r.problem(e, code, what)
		}
		return
	}
	long, code := r.length(e, start)
	if code != "" {
		if !r.elsewhere(e) {
			r.problem(e, code, "")
		}
		return
	}
	removed := r.removed(e)
	enough := true
	take := func(m moment, l length) bool {
		if !moved.has(m) && !removed.has(m) {
			enough = enough && r.busy(m.at, l.after(m))
		}
		return enough
	}
	r.added(e, start, long, take)
	if len(e.rules) == 0 && !e.odd {
		take(start, long)
	} else if !r.repeated(e, start, long, take) {
		enough = false
	}
	if !enough {
		r.problem(e, ProblemMany, strings.Join(e.rules, " "))
	}
}

// length is how long the event lasts. Without an end a day lasts until the next one, and a time not at all.
func (r *reader) length(e *event, start moment) (length, string) {
	switch {
	case e.end.name != "":
		end, code := r.moment(e.end.value, &e.end)
		switch {
		case code == ProblemZone:
			return length{}, ProblemZone
		case code != "" || end.at < start.at:
			return length{}, ProblemEnd
		case start.whole && end.whole:
			return length{days: max(1, (end.clock-start.clock)/day)}, ""
		}
		return length{seconds: end.at - start.at}, ""
	case e.length.name != "":
		l, ok := readLength(e.length.value)
		if !ok {
			return length{}, ProblemEnd
		}
		return l, ""
	case start.whole:
		return length{days: 1}, ""
	}
	return length{}, ""
}

// removed are the times that the event's EXDATEs take out.
func (r *reader) removed(e *event) *instances {
	gone := &instances{}
	for _, p := range e.removed {
		for value := range strings.SplitSeq(p.value, ",") {
			m, code := r.moment(value, &p)
			if code != "" {
				r.problem(e, ProblemDates, p.zone)
				break
			}
			gone.add(m)
		}
	}
	return gone
}

// added takes the times of the event's RDATEs.
func (r *reader) added(e *event, start moment, long length, take func(moment, length) bool) {
	for _, p := range e.added {
		for value := range strings.SplitSeq(p.value, ",") {
			first, _, isPeriod := strings.Cut(value, "/")
			m, code := r.moment(first, &p)
			l := long
			if isPeriod {
				from, until, ok := r.period(value, p)
				if l = (length{seconds: until - from}); !ok {
					code = ProblemDates
				}
			}
			if m.whole && !start.whole && code == "" { // a day alone has the time of the start
				m = at(start.zone, floorDay(m.clock), mod(start.clock, day))
			}
			if code != "" {
				r.problem(e, ProblemDates, p.zone)
				break
			}
			if !take(m, l) {
				return
			}
		}
	}
}

// at is a time of day on a day in a zone.
func at(zone *time.Location, d, timeOfDay int64) moment {
	clock := d*day + timeOfDay
	return moment{at: wall(zone, clock), clock: clock, zone: zone}
}

// repeated takes the times of the event's rules; false when they were too many.
func (r *reader) repeated(e *event, start moment, long length, take func(moment, length) bool) bool {
	refuse := func(text string) {
		if !r.over(text) {
			r.problem(e, ProblemRecurrence, text)
		}
	}
	if e.odd || len(e.rules) > 1 {
		refuse(strings.Join(e.rules, " "))
		take(start, long)
		return true
	}
	text := e.rules[0]
	rule, err := readRule(text)
	until := moment{at: 1 << 62, clock: 1 << 62}
	if err == nil && rule.until != "" {
		// UNTIL has no zone of its own: it is in UTC, or of the start's clock.
		var code string
		until, code = r.moment(rule.until, &property{})
		if code != "" {
			err = errSubset
		} else if !until.whole && !strings.HasSuffix(rule.until, "Z") {
			until.at = wall(start.zone, until.clock)
		}
	}
	if err != nil {
		refuse(text)
		take(start, long)
		return true
	}
	// Times that begin before the range may last into it.
	spill := long.days + long.seconds/day + 2
	first, timeOfDay := floorDay(start.clock), mod(start.clock, day)
	done := true
	worked := rule.days(first, floorDay(r.from)-spill, floorDay(r.to)+2, &r.steps, func(d int64) bool {
		m := at(start.zone, d, timeOfDay)
		m.whole = start.whole
		if d > first {
			if until.whole && d > floorDay(until.clock) || start.whole && !until.whole && m.clock > until.clock || !until.whole && !start.whole && m.at > until.at {
				return false
			}
		}
		done = take(m, long)
		return done
	})
	return worked && done
}

// elsewhere reports whether an event that can not be read can not touch the range either: it does not repeat, and its days,
// as far as they are known, are over or far ahead.
func (r *reader) elsewhere(e *event) bool {
	if len(e.rules) > 0 || len(e.added) > 0 || e.odd {
		return len(e.rules) == 1 && len(e.added) == 0 && !e.odd && r.over(e.rules[0])
	}
	first := dateOf(e.start.value)
	last := first
	if e.end.name != "" {
		last = dateOf(e.end.value)
	} else if l, ok := readLength(e.length.value); e.length.name != "" && (!ok || l.days > 0 || l.seconds > day) {
		last = ""
	}
	if first == "" || last == "" {
		return false
	}
	return last < time.Unix(r.from-2*day, 0).UTC().Format(time.DateOnly) || first > time.Unix(r.to+2*day, 0).UTC().Format(time.DateOnly)
}

// over reports whether a rule says that it ended before the range.
func (r *reader) over(text string) bool {
	_, rest, ok := strings.Cut(strings.ToUpper(text), "UNTIL=")
	last := dateOf(rest)
	return ok && last != "" && last < time.Unix(r.from-2*day, 0).UTC().Format(time.DateOnly)
}
