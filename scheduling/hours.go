package scheduling

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
)

// The failures of publishing hours.
var (
	ErrOverlap         = fault.New(fault.Conflict, "hours_overlap", "the person has other hours at that time")
	ErrEndsBeforeStart = fault.New(fault.Invalid, "ends_before_start", "the end is not after the start")
	ErrHoursPast       = fault.New(fault.Conflict, "time_past", "the time is over")
	ErrNoHours         = fault.New(fault.NotFound, "not_found", "there are no such hours")
)

// Appointments and slots last from 10 minutes to 4 hours.
const (
	MinMinutes = 10
	MaxMinutes = 240
)

// Hours is a weekly rule: every such weekday of the validity, From to To on the Finnish clock, in slots of Minutes.
// Public holidays are left out, unless the person opens one.
type Hours struct {
	Person     string
	Unit       string
	Purpose    Purpose
	Weekday    int // 1 is Monday
	From, To   int // minutes after 00:00
	Minutes    int
	ValidFrom  Day
	ValidUntil Day // the last day
	// Published is when it was, and Publication what it was published in together with others, or empty.
	Published   int64
	Publication string
}

// valid reports whether the rule is in force on that day, whatever the weekday.
func (h *Hours) valid(d Day) bool { return h.ValidFrom <= d && d <= h.ValidUntil }

// Kind says what an exception does to its day.
type Kind string

// The kinds of exceptions. Away takes time out of everything on that day; extra adds hours, also on a holiday; open is a public
// holiday that is worked like any other day.
const (
	Away  Kind = "away"
	Extra Kind = "extra"
	Open  Kind = "open"
)

// Exception changes one day. Away with To 0 is the whole day; open is of the whole day.
type Exception struct {
	Person   string
	Day      Day
	Kind     Kind
	From, To int
	Unit     string  // of extra hours
	Purpose  Purpose // of extra hours
	Minutes  int     // of extra hours
	// Published and Publication are as those of Hours.
	Published   int64
	Publication string
}

// shown is the purpose as it goes out: what was published before there were purposes is joint.
func (p Purpose) shown() Purpose { return cmp.Or(p, ForJoint) }

// known refuses purposes that are not to be chosen: a reception has its places from elsewhere.
func (p Purpose) known() error {
	if p != "" && p != ForJoint && p != ForWritten {
		return fault.Bad("purpose", "oneof")
	}
	return nil
}

func (e *Exception) wholeDay() bool { return e.To == 0 }

// away is the time that a change of kind Away takes out of its day.
func (e *Exception) away(c *calendar) Span {
	if e.wholeDay() {
		return Span{c.midnight(e.Day), c.midnight(e.Day + 1)}
	}
	return Span{c.at(e.Day, e.From), c.at(e.Day, e.To)}
}

// AddHours decides whether a person's weekly hours can be published. A zero ValidUntil becomes two years.
func (s *State) AddHours(now time.Time, id string, h Hours) (journal.Decision, error) {
	added, err := s.hoursAdded(now, s.plans[h.Person], id, h)
	if err != nil {
		return journal.Decision{}, err
	}
	return journal.Happens(added).Answering(id), nil
}

// hoursAdded is the event of weekly hours beside those of p, which may be nil.
func (s *State) hoursAdded(now time.Time, p *plan, id string, h Hours) (HoursAdded, error) {
	if h.ValidUntil == 0 {
		h.ValidUntil = min(h.ValidFrom.twoYearsOn(), lastDay)
	}
	switch {
	case h.Weekday < 1 || h.Weekday > 7:
		return HoursAdded{}, fault.Bad("weekday", "oneof")
	case h.ValidFrom < firstDay || h.ValidFrom > lastDay:
		return HoursAdded{}, fault.Bad("validFrom", "date")
	case h.ValidUntil < h.ValidFrom:
		return HoursAdded{}, ErrEndsBeforeStart.Of(fault.Field{Name: "validUntil", Code: ErrEndsBeforeStart.Code})
	case h.ValidUntil > min(h.ValidFrom.twoYearsOn(), lastDay):
		limit := min(h.ValidFrom.twoYearsOn(), lastDay).Date()
		return HoursAdded{}, fault.ErrInvalid.Of(fault.Field{Name: "validUntil", Code: "max", Limit: string(limit)})
	}
	if err := h.Purpose.known(); err != nil {
		return HoursAdded{}, err
	}
	if err := checkSlots(h.From, h.To, h.Minutes); err != nil {
		return HoursAdded{}, err
	}
	if h.ValidUntil < s.calendar.dayOf(now.UnixMilli()) {
		return HoursAdded{}, ErrHoursPast
	}
	if p != nil && p.meetsHours(&h, s.calendar) {
		return HoursAdded{}, ErrOverlap
	}
	return HoursAdded{
		Hours: id, Person: h.Person, Unit: h.Unit, Purpose: h.Purpose, Weekday: h.Weekday, From: h.From, To: h.To, Minutes: h.Minutes,
		ValidFrom: h.ValidFrom, ValidUntil: h.ValidUntil, Publication: h.Publication,
	}, nil
}

// RemoveHours decides whether weekly hours can be taken back. Appointments in them stay; the person is shown which.
func (s *State) RemoveHours(person, id string) (journal.Decision, error) {
	if h, ok := s.primary.Hours[id]; !ok || h.Person != person {
		return journal.Decision{}, ErrNoHours
	}
	return journal.Happens(HoursRemoved{Hours: id, Person: person}), nil
}

// AddException decides whether a day can be changed.
func (s *State) AddException(now time.Time, id string, e Exception) (journal.Decision, error) {
	if e.Kind == Open && s.plans[e.Person].opened(e.Day) {
		return journal.Decision{}, nil
	}
	added, err := s.exceptionAdded(now, s.plans[e.Person], id, e)
	if err != nil {
		return journal.Decision{}, err
	}
	return journal.Happens(added).Answering(id), nil
}

// exceptionAdded is the event of a day changed besides what p has, which may be nil.
func (s *State) exceptionAdded(now time.Time, p *plan, id string, e Exception) (ExceptionAdded, error) {
	if e.Day < firstDay || e.Day > lastDay {
		return ExceptionAdded{}, fault.Bad("date", "date")
	}
	if e.Day < s.calendar.dayOf(now.UnixMilli()) {
		return ExceptionAdded{}, ErrHoursPast
	}
	switch e.Kind {
	case Away:
		if !e.wholeDay() {
			if err := checkTimes(e.From, e.To); err != nil {
				return ExceptionAdded{}, err
			}
		} else if e.From != 0 {
			return ExceptionAdded{}, fault.Bad("to", "required")
		}
		e.Unit, e.Purpose, e.Minutes = "", "", 0
	case Open:
		if !s.calendar.holiday(e.Day) {
			return ExceptionAdded{}, fault.Bad("date", "holiday")
		}
		e = Exception{Person: e.Person, Day: e.Day, Kind: Open}
		if p != nil && p.meetsOpened(e.Day) {
			return ExceptionAdded{}, ErrOverlap
		}
	case Extra:
		if err := e.Purpose.known(); err != nil {
			return ExceptionAdded{}, err
		}
		if err := checkSlots(e.From, e.To, e.Minutes); err != nil {
			return ExceptionAdded{}, err
		}
		if p != nil && p.meetsExtra(&e, s.calendar) {
			return ExceptionAdded{}, ErrOverlap
		}
	default:
		return ExceptionAdded{}, fault.Bad("kind", "oneof")
	}
	return ExceptionAdded{
		Exception: id, Person: e.Person, Day: e.Day, Kind: e.Kind, From: e.From, To: e.To, Unit: e.Unit, Purpose: e.Purpose, Minutes: e.Minutes,
		Publication: e.Publication,
	}, nil
}

// RemoveException decides whether a changed day can be changed back.
func (s *State) RemoveException(person, id string) (journal.Decision, error) {
	if e, ok := s.primary.Exceptions[id]; !ok || e.Person != person {
		return journal.Decision{}, ErrNoHours
	}
	return journal.Happens(ExceptionRemoved{Exception: id, Person: person}), nil
}

func checkTimes(from, to int) error {
	switch {
	case from < 0 || from >= 1440:
		return fault.Bad("from", "clock")
	case to < 0 || to > 1440:
		return fault.Bad("to", "clock")
	case to <= from:
		return ErrEndsBeforeStart.Of(fault.Field{Name: "to", Code: ErrEndsBeforeStart.Code})
	}
	return nil
}

func checkSlots(from, to, minutes int) error {
	if err := checkTimes(from, to); err != nil {
		return err
	}
	if err := checkMinutes(minutes); err != nil {
		return err
	}
	if minutes > to-from {
		return fault.ErrInvalid.Of(fault.Field{Name: "minutes", Code: "max", Limit: strconv.Itoa(to - from)})
	}
	return nil
}

func checkMinutes(minutes int) error {
	switch {
	case minutes < MinMinutes:
		return fault.ErrInvalid.Of(fault.Field{Name: "minutes", Code: "min", Limit: strconv.Itoa(MinMinutes)})
	case minutes > MaxMinutes:
		return fault.ErrInvalid.Of(fault.Field{Name: "minutes", Code: "max", Limit: strconv.Itoa(MaxMinutes)})
	}
	return nil
}

// meetsHours reports whether a new weekly rule would overlap other hours of the person.
func (p *plan) meetsHours(h *Hours, c *calendar) bool {
	for i := range p.hours[h.Weekday] {
		o := &p.hours[h.Weekday][i].Hours
		if h.From < o.To && o.From < h.To && h.ValidFrom <= o.ValidUntil && o.ValidFrom <= h.ValidUntil {
			return true
		}
	}
	for i := range p.exceptions {
		e := &p.exceptions[i].Exception
		if e.Kind == Extra && e.Day.weekday() == h.Weekday && h.valid(e.Day) && p.works(c, e.Day) && h.From < e.To && e.From < h.To {
			return true
		}
	}
	return false
}

// meetsExtra reports whether extra hours would overlap other hours of the person, or a time they are away.
func (p *plan) meetsExtra(e *Exception, c *calendar) bool {
	if len(p.absencesIn(e.Day, e.Day)) > 0 {
		return true
	}
	for _, o := range p.exceptionsOn(e.Day, e.Day) {
		if o.Kind == Away && o.wholeDay() || e.From < o.To && o.From < e.To {
			return true
		}
	}
	return p.works(c, e.Day) && p.hoursAt(e.Day, e.From, e.To)
}

// meetsOpened reports whether the weekly hours of a holiday, when it is opened, would overlap its extra hours.
func (p *plan) meetsOpened(d Day) bool {
	return slices.ContainsFunc(p.exceptionsOn(d, d), func(e keptException) bool {
		return e.Kind == Extra && p.hoursAt(d, e.From, e.To)
	})
}

// hoursAt reports whether there are weekly hours at that time of the day, whether or not it is a holiday.
func (p *plan) hoursAt(d Day, from, to int) bool {
	return slices.ContainsFunc(p.hours[d.weekday()], func(h keptHours) bool { return h.valid(d) && h.From < to && from < h.To })
}
