// Package scheduling finds times when a doctor, a coordinator and whoever else is needed are all free, and books them so
// that nobody can ever be in two appointments at once. It owns the hours that people publish and the appointments.
package scheduling

import (
	"fmt"
	"sort"
	"sync"
	"time"
	_ "time/tzdata" // the Finnish clock must be the same on every machine

	"luotsi/server/web"
)

// Day is a Finnish calendar day, counted from 1970-01-01.
type Day int32

// Luotsi knows the Finnish calendar of this century; dates outside it are refused where they come in.
const (
	firstDay Day = 10957 // 2000-01-01
	lastDay  Day = 47481 // 2099-12-31
)

const (
	minute    = int64(time.Minute / time.Millisecond)
	dayLength = int64(24 * time.Hour / time.Millisecond)
)

// ParseDay reads a date such as 2026-11-21. It reports false for anything else and for days outside this century.
func ParseDay(text web.Date) (Day, bool) {
	t, err := text.Day()
	if err != nil {
		return 0, false
	}
	d := t.Unix() / 86400
	if d < int64(firstDay) || d > int64(lastDay) {
		return 0, false
	}
	return Day(d), true
}

// Date is the day as it goes out: 2026-11-21.
func (d Day) Date() web.Date { return web.Date(d.utc().Format(time.DateOnly)) }

func (d Day) utc() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// weekday is 1 for Monday to 7 for Sunday.
func (d Day) weekday() int { return int(d+3)%7 + 1 }

// twoYearsOn is the last day of two years that begin with d.
func (d Day) twoYearsOn() Day { return Day(d.utc().AddDate(2, 0, -1).Unix() / 86400) }

// calendar is what is known of the days of this century: where each begins, whether the clock changes on it, and whether
// people work on it. Asking the zone for every hour of 20 people and 90 days would cost more than the search itself.
type calendar struct {
	zone    *time.Location
	days    []calendarDay         // from firstDay, with the day after lastDay
	changes map[Day]changeOfClock // two a year
	office  []Span                // office hours on all weekdays that are no holidays
}

type calendarDay struct {
	midnight int64 // when the day begins, unix ms
	office   int32 // how many office hours there are before it
	changes  bool
	holiday  bool
}

type changeOfClock struct {
	at            int64 // the first moment of the new time
	before, after int64 // offsets from UTC
}

var finland = sync.OnceValue(func() *calendar {
	zone, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		panic(fmt.Sprintf("scheduling: the embedded zone data has no Europe/Helsinki: %v", err))
	}
	c := &calendar{zone: zone, days: make([]calendarDay, lastDay-firstDay+2), changes: map[Day]changeOfClock{}}
	for i := range c.days {
		year, month, day := (firstDay + Day(i)).utc().Date()
		c.days[i].midnight = time.Date(year, month, day, 0, 0, 0, 0, zone).UnixMilli()
	}
	for i := range c.days[:len(c.days)-1] {
		if c.days[i+1].midnight-c.days[i].midnight == dayLength {
			continue
		}
		d := firstDay + Day(i)
		midnight := time.UnixMilli(c.days[i].midnight).In(zone)
		_, at := midnight.ZoneBounds()
		c.days[i].changes = true
		c.changes[d] = changeOfClock{at: at.UnixMilli(), before: offset(midnight), after: offset(at)}
	}
	for _, d := range holidays(firstDay, lastDay) {
		c.days[d-firstDay].holiday = true
	}
	for d := firstDay; d <= lastDay; d++ {
		c.days[d-firstDay].office = int32(len(c.office))
		if s, ok := c.usual(d, OfficeHours, c.holiday(d)); ok {
			c.office = append(c.office, s)
		}
	}
	c.days[len(c.days)-1].office = int32(len(c.office))
	return c
})

func offset(t time.Time) int64 {
	_, seconds := t.Zone()
	return int64(seconds) * 1000
}

// at is the moment of a wall-clock time: minutes after 00:00 on that day's clock, 0 to 1440. As RFC 5545 wants, a time that
// occurs twice is its first occurrence, and one that does not occur is read with the offset of the time before the gap:
// on 25.10.2026 03:30 is 00:30Z, and on 29.3.2026 03:30 is 01:30Z, which the clock shows as 04:30.
func (c *calendar) at(d Day, wall int) int64 {
	day := &c.days[d-firstDay]
	if !day.changes {
		return day.midnight + int64(wall)*minute
	}
	change := c.changes[d]
	utc := int64(d)*dayLength + int64(wall)*minute
	early, late := utc-change.before, utc-change.after
	if early >= change.at && late >= change.at {
		return late
	}
	return early
}

// dayOf is the Finnish day of a moment, kept within this century.
func (c *calendar) dayOf(ms int64) Day {
	i := sort.Search(len(c.days), func(i int) bool { return c.days[i].midnight > ms }) - 1
	return min(max(firstDay+Day(i), firstDay), lastDay)
}

func (c *calendar) midnight(d Day) int64 { return c.days[d-firstDay].midnight }

func (c *calendar) holiday(d Day) bool { return c.days[d-firstDay].holiday }

// usual is when somebody who has given no hours for a day can come then, if they can; off tells that it is a holiday to them.
func (c *calendar) usual(d Day, otherwise Default, off bool) (Span, bool) {
	switch {
	case otherwise == AllHours:
		return Span{c.midnight(d), c.midnight(d + 1)}, true
	case otherwise == OfficeHours && d.weekday() <= 5 && !off:
		return Span{c.at(d, officeFrom), c.at(d, officeTo)}, true
	}
	return Span{}, false
}

// usuals are when somebody who has given no hours at all can come: nil for any time. All such people share the memory: do not
// change it.
func (c *calendar) usuals(from, to Day, otherwise Default) []Span {
	switch {
	case otherwise == AllHours:
		return nil
	case otherwise == OfficeHours && from <= to:
		return c.office[c.days[from-firstDay].office:c.days[to+1-firstDay].office]
	}
	return []Span{}
}

// clock shows minutes after 00:00 as 08:15.
func clock(wall int) string { return fmt.Sprintf("%02d:%02d", wall/60, wall%60) }

// parseClock reads 08:15.
func parseClock(text string) (int, bool) {
	t, err := time.Parse("15:04", text)
	if err != nil || len(text) != 5 {
		return 0, false
	}
	return t.Hour()*60 + t.Minute(), true
}
