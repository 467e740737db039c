package ical

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"
)

// The bounds of what is read. A file beyond the first two is refused; what goes beyond the others is listed as a problem.
const (
	MaxSize     = 5 << 20 // bytes
	MaxEvents   = 20_000
	maxTimes    = 50_000    // occurrences of all events together
	maxSteps    = 5_000_000 // days looked at for recurrences
	MaxProblems = 100       // listed; the rest is counted
)

// The reasons why a file is not read at all.
var (
	ErrNoCalendar = errors.New("ical: no calendar")
	ErrTooLarge   = errors.New("ical: more than 5 MB")
	ErrTooMany    = errors.New("ical: more than 20,000 events")
)

// The reasons why something of a calendar was not understood.
const (
	ProblemZone       = "zone"       // the event's zone is unknown: it is not taken as busy
	ProblemStart      = "start"      // no start that can be read: not taken as busy
	ProblemEnd        = "end"        // no end that can be read: not taken as busy
	ProblemRecurrence = "recurrence" // repeats in a way that is not followed: only its first time is taken
	ProblemDates      = "dates"      // a date added to or taken out of the series can not be read
	ProblemMoved      = "moved"      // a change of the series that can not be followed: both times are taken
	ProblemMany       = "many"       // repeats too often: its later times are not taken
	ProblemCut        = "cut"        // the file ends in the middle of it
	ProblemFreeBusy   = "free_busy"  // a busy time of a free/busy list can not be read
)

// Problem is something that was not understood. It never says what an event is called.
type Problem struct {
	Line int    // of the file, where the event begins
	Date string // of the event, such as 2026-03-05; empty when that is not known either
	Code string
	What string // the zone or the rule that was not understood
}

// Span is a busy time in unix milliseconds.
type Span struct{ Start, End int64 }

// Reading is what a file says about a range of time. Busy is sorted and disjoint, in whole minutes.
type Reading struct {
	Busy     []Span
	Problems []Problem // at most MaxProblems
	Unlisted int       // problems beyond those
	Events   int
}

// Read finds when the owner of a calendar is busy between two moments. home is the zone of times that name none and of all-day
// events. Events whose UID mine accepts are left out: invitations that went out from here come back with the calendar, and an
// appointment must not stand in its own way.
//
// Free, transparent and cancelled events are not busy. What is not understood is a Problem, unless it can not touch the range.
func Read(data []byte, from, to time.Time, home *time.Location, mine func(uid string) bool) (Reading, error) {
	if len(data) > MaxSize {
		return Reading{}, ErrTooLarge
	}
	r := reader{
		from: from.Unix(), to: to.Unix(), mine: mine, steps: maxSteps, times: maxTimes,
		zones: zones{home: home, known: map[string]*time.Location{}, declared: map[string]string{}},
	}
	if err := r.components(data); err != nil {
		return Reading{}, err
	}
	r.series()
	r.Busy = merged(r.Busy, from.UnixMilli(), to.UnixMilli())
	slices.SortStableFunc(r.Problems, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
	if extra := len(r.Problems) - MaxProblems; extra > 0 {
		r.Unlisted, r.Problems = r.Unlisted+extra, r.Problems[:MaxProblems]
	}
	return r.Reading, nil
}

type reader struct {
	Reading
	from, to int64 // seconds
	mine     func(string) bool
	zones    zones
	steps    int
	times    int
	events   []*event
}

// property is one line of a component: NAME;PARAMETER=VALUE:TEXT.
type property struct {
	name, value string
	params      string // as they stand
	zone        string // the parameter TZID
}

// event is what matters of a VEVENT.
type event struct {
	line    int
	uid     string
	free    bool
	start   property
	end     property
	length  property
	moved   property // RECURRENCE-ID
	rules   []string
	added   []property // RDATE
	removed []property // EXDATE
	odd     bool       // an EXRULE, which nobody follows any more
}

// components walks through the lines and collects the events, and what the zones that are declared say they are.
func (r *reader) components(data []byte) error {
	var stack []string
	var current *event
	var zone property
	calendars, cancelled := 0, false
	lines := unfolder{data: bytes.TrimPrefix(data, []byte("\ufeff"))}
	for lines.next() {
		p, ok := readProperty(lines.text)
		if !ok {
			continue // the middle of a text that somebody broke; whatever an event lacks then is noticed
		}
		depth := len(stack)
		switch p.name {
		case "BEGIN":
			name := strings.ToUpper(strings.TrimSpace(p.value))
			if depth >= 16 {
				return ErrNoCalendar
			}
			if depth == 0 && name != "VCALENDAR" {
				return ErrNoCalendar
			}
			stack = append(stack, name)
			switch {
			case depth == 0:
				calendars++
				cancelled = false
			case depth == 1 && name == "VEVENT":
				current = &event{line: lines.number}
			case depth == 1 && name == "VTIMEZONE":
				zone = property{}
			}
			continue
		case "END":
			name := strings.ToUpper(strings.TrimSpace(p.value))
			at := -1
			for i := depth - 1; i >= 0 && at < 0; i-- {
				if stack[i] == name {
					at = i
				}
			}
			if at < 0 {
				continue
			}
			if stack = stack[:at]; at <= 1 && current != nil {
				if name != "VEVENT" {
					r.problem(current, ProblemCut, "")
				}
				if err := r.add(current, cancelled); err != nil {
					return err
				}
				current = nil
			}
			continue
		}
		switch {
		case depth == 1 && p.name == "METHOD":
			cancelled = strings.EqualFold(strings.TrimSpace(p.value), Cancel)
		case depth == 2 && current != nil:
			current.take(p)
		case depth == 2 && stack[1] == "VTIMEZONE" && p.name == "TZID":
			zone = p
		case depth == 2 && stack[1] == "VTIMEZONE" && (p.name == "X-LIC-LOCATION" || p.name == "TZID-ALIAS-OF") && zone.value != "":
			r.zones.declared[zone.value] = strings.TrimSpace(p.value)
		case depth == 2 && stack[1] == "VFREEBUSY" && p.name == "FREEBUSY":
			r.freeBusy(p, lines.number)
		}
	}
	if current != nil {
		r.problem(current, ProblemCut, "")
		if err := r.add(current, cancelled); err != nil {
			return err
		}
	}
	if calendars == 0 {
		return ErrNoCalendar
	}
	return nil
}

func (r *reader) add(e *event, cancelled bool) error {
	if r.Events++; r.Events > MaxEvents {
		return ErrTooMany
	}
	e.free = e.free || cancelled
	if r.mine == nil || !r.mine(e.uid) {
		r.events = append(r.events, e)
	}
	return nil
}

func (e *event) take(p property) {
	is := func(words ...string) bool {
		return slices.Contains(words, strings.ToUpper(strings.TrimSpace(p.value)))
	}
	switch p.name {
	case "UID":
		e.uid = strings.TrimSpace(p.value)
	case "DTSTART":
		e.start = p
	case "DTEND":
		e.end = p
	case "DURATION":
		e.length = p
	case "RECURRENCE-ID":
		e.moved = p
	case "RRULE":
		e.rules = append(e.rules, p.value)
	case "EXRULE":
		e.odd = true
	case "RDATE":
		e.added = append(e.added, p)
	case "EXDATE":
		e.removed = append(e.removed, p)
	case "STATUS":
		e.free = e.free || is("CANCELLED")
	case "TRANSP":
		e.free = e.free || is("TRANSPARENT")
	case "X-MICROSOFT-CDO-BUSYSTATUS":
		// Who works elsewhere can be booked, as Outlook has it.
		e.free = e.free || is("FREE", "WORKINGELSEWHERE")
	}
}

// problem notes what was not understood of an event.
func (r *reader) problem(e *event, code, what string) {
	r.note(Problem{Line: e.line, Date: dateOf(e.start.value), Code: code, What: what})
}

func (r *reader) note(p Problem) {
	if len(r.Problems) >= 2*MaxEvents {
		r.Unlisted++
		return
	}
	p.What = line(p.What)
	if letters := []rune(p.What); len(letters) > 100 {
		p.What = string(letters[:100]) + "…"
	}
	r.Problems = append(r.Problems, p)
}

// dateOf is the day that a time begins with, as far as it is one.
func dateOf(value string) string {
	value = strings.TrimSpace(value)
	if len(value) < 8 {
		return ""
	}
	t, err := time.Parse("20060102", value[:8])
	if err != nil {
		return ""
	}
	return t.Format(time.DateOnly)
}

// busy takes a time, in seconds; it reports false when there are too many.
func (r *reader) busy(start, end int64) bool {
	if end <= start || end <= r.from || start >= r.to {
		return true
	}
	if r.times--; r.times < 0 {
		return false
	}
	start, end = max(start, r.from), min(end, r.to)
	r.Busy = append(r.Busy, Span{(start - mod(start, 60)) * 1000, (end + mod(-end, 60)) * 1000})
	return true
}

// freeBusy reads the times of a published free/busy list.
func (r *reader) freeBusy(p property, number int) {
	if kind := p.param("FBTYPE"); strings.EqualFold(kind, "FREE") {
		return
	}
	for period := range strings.SplitSeq(p.value, ",") {
		start, end, ok := r.period(period, p)
		if !ok {
			r.note(Problem{Line: number, Date: dateOf(period), Code: ProblemFreeBusy})
		} else if !r.busy(start, end) {
			r.note(Problem{Line: number, Date: dateOf(period), Code: ProblemMany})
			return
		}
	}
}

// merged sorts the times, and makes one of those that meet.
func merged(busy []Span, from, to int64) []Span {
	slices.SortFunc(busy, func(a, b Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	kept := busy[:0]
	for _, s := range busy {
		s.Start, s.End = max(s.Start, from), min(s.End, to)
		if n := len(kept); n > 0 && s.Start <= kept[n-1].End {
			kept[n-1].End = max(kept[n-1].End, s.End)
		} else if s.Start < s.End {
			kept = append(kept, s)
		}
	}
	return kept
}

// unfolder gives the lines of a file, with those that were folded put together again.
type unfolder struct {
	data   []byte
	at     int
	read   int // lines until at
	text   string
	number int // where the line begins
}

func (u *unfolder) next() bool {
	for u.at < len(u.data) {
		text := u.physical()
		u.number = u.read
		if len(text) == 0 {
			continue
		}
		if u.at == len(u.data) || !blank(u.data[u.at]) {
			u.text = string(text)
			return true
		}
		whole := bytes.Clone(text)
		for u.at < len(u.data) && blank(u.data[u.at]) {
			u.at++
			whole = append(whole, u.physical()...)
		}
		u.text = string(whole)
		return true
	}
	return false
}

func blank(b byte) bool { return b == ' ' || b == '\t' }

// physical takes the next line as it stands, without its end.
func (u *unfolder) physical() []byte {
	rest := u.data[u.at:]
	u.read++
	end := bytes.IndexByte(rest, '\n')
	if end < 0 {
		u.at = len(u.data)
		return bytes.TrimRight(rest, "\r")
	}
	u.at += end + 1
	return bytes.TrimRight(rest[:end], "\r")
}

// readProperty cuts a line into its name, its parameters as they stand, and its value.
func readProperty(text string) (property, bool) {
	end := strings.IndexAny(text, ";:")
	if end <= 0 {
		return property{}, false
	}
	p := property{name: strings.ToUpper(strings.TrimSpace(text[:end]))}
	rest := text[end:]
	quoted := false
	for i := range len(rest) {
		switch c := rest[i]; {
		case c == '"':
			quoted = !quoted
		case c == ':' && !quoted:
			p.params, p.value = rest[:i], rest[i+1:]
			p.zone = p.param("TZID")
			return p, true
		}
	}
	return property{}, false
}

// param is the value of one parameter, without quotation marks.
func (p *property) param(name string) string {
	rest := p.params
	for rest != "" {
		rest = rest[1:] // the semicolon
		end, quoted := len(rest), false
		for i := range len(rest) {
			if rest[i] == '"' {
				quoted = !quoted
			} else if rest[i] == ';' && !quoted {
				end = i
				break
			}
		}
		if key, value, ok := strings.Cut(rest[:end], "="); ok && strings.EqualFold(strings.TrimSpace(key), name) {
			return strings.Trim(value, `"`)
		}
		rest = rest[end:]
	}
	return ""
}
