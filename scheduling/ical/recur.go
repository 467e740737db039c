package ical

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
)

const day = int64(86400) // seconds

// errSubset means that a recurrence is not of the kinds read here, and what is in the way.
var errSubset = errors.New("not in the subset")

// rule is a recurrence by whole days: FREQ DAILY, WEEKLY, MONTHLY and YEARLY with INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY,
// BYMONTH, WKST, and BYSETPOS over the weekdays of a month. Whatever else a rule says is refused, never ignored.
type rule struct {
	freq      string
	interval  int64
	count     int // 0 is no limit
	until     string
	weekdays  []weekday
	monthDays []int
	months    []int
	positions []int
	weekStart int
}

// weekday is 0 for Monday to 6; nth is 0 for every one, else the nth of the month, from its end when negative.
type weekday struct{ day, nth int }

// readRule reads an RRULE. The error is errSubset for what is understood but not followed, and for what is no rule at all.
func readRule(text string) (rule, error) {
	r := rule{interval: 1}
	seen := map[string]bool{}
	for part := range strings.SplitSeq(strings.ToUpper(strings.TrimSpace(text)), ";") {
		name, value, _ := strings.Cut(part, "=")
		if part == "" {
			continue
		}
		if seen[name] {
			return r, errSubset
		}
		seen[name] = true
		ok := false
		switch name {
		case "FREQ":
			r.freq, ok = value, slices.Contains([]string{"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}, value)
		case "INTERVAL":
			n, err := strconv.Atoi(value)
			r.interval, ok = int64(n), err == nil && n >= 1 && n <= 10000
		case "COUNT":
			n, err := strconv.Atoi(value)
			r.count, ok = n, err == nil && n >= 1
		case "UNTIL":
			r.until, ok = value, true // read where the zone is known
		case "BYDAY":
			r.weekdays, ok = readWeekdays(value)
		case "BYMONTHDAY":
			r.monthDays, ok = readNumbers(value, 31, true)
		case "BYMONTH":
			r.months, ok = readNumbers(value, 12, false)
		case "BYSETPOS":
			r.positions, ok = readNumbers(value, 31, true)
		case "WKST":
			r.weekStart = slices.Index(weekdayNames, value)
			ok = r.weekStart >= 0
		}
		if !ok {
			return r, errSubset
		}
	}
	if r.count > 0 && r.until != "" || !r.followed() {
		return r, errSubset
	}
	return r, nil
}

// followed reports whether the parts make sense together.
func (r *rule) followed() bool {
	ordinals := slices.ContainsFunc(r.weekdays, func(w weekday) bool { return w.nth != 0 })
	far := slices.ContainsFunc(r.weekdays, func(w weekday) bool { return w.nth < -5 || w.nth > 5 })
	switch r.freq {
	case "DAILY":
		return !ordinals && len(r.positions) == 0
	case "WEEKLY":
		return !ordinals && len(r.positions) == 0 && len(r.monthDays) == 0
	case "MONTHLY":
	case "YEARLY":
		// Without a month these count through the year, which programs do differently.
		if len(r.months) == 0 && (len(r.weekdays) > 0 || len(r.monthDays) > 0) {
			return false
		}
	default:
		return false
	}
	return !far && (len(r.positions) == 0 || len(r.weekdays) > 0 && !ordinals && len(r.monthDays) == 0 && (r.freq == "MONTHLY" || len(r.months) == 1))
}

var weekdayNames = []string{"MO", "TU", "WE", "TH", "FR", "SA", "SU"}

func readWeekdays(text string) ([]weekday, bool) {
	var list []weekday
	for item := range strings.SplitSeq(text, ",") {
		if len(item) < 2 {
			return nil, false
		}
		w := weekday{day: slices.Index(weekdayNames, item[len(item)-2:])}
		if ordinal := item[:len(item)-2]; ordinal != "" {
			n, err := strconv.Atoi(ordinal)
			if err != nil || n == 0 || n < -53 || n > 53 {
				return nil, false
			}
			w.nth = n
		}
		if w.day < 0 {
			return nil, false
		}
		list = append(list, w)
	}
	return list, true
}

func readNumbers(text string, most int, negative bool) ([]int, bool) {
	var list []int
	for item := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(item)
		if err != nil || n == 0 || n > most || n < -most || n < 0 && !negative {
			return nil, false
		}
		list = append(list, n)
	}
	return list, true
}

// days calls yield with the days of the rule in order, beginning with start, which counts as the first whether the rule names it
// or not. Without a COUNT it skips what is before from. It stops after to, when yield says so, or when steps are used up; the
// result is false only then.
func (r *rule) days(start, from, to int64, steps *int, yield func(day int64) bool) bool {
	left := r.count
	give := func(d int64) (more bool) {
		if d > to || !yield(d) {
			return false
		}
		left--
		return r.count == 0 || left > 0
	}
	if !give(start) {
		return true
	}
	skip := int64(0) // periods that end before from
	if r.count == 0 && from > start {
		skip = max(0, (from-start)/(r.interval*r.longest())-2)
	}
	cost := int(min(r.longest(), 31)) * max(1, len(r.months)) // days that are looked at
	var set []int64
	for n := skip; ; n++ {
		if *steps -= cost; *steps < 0 {
			return false
		}
		first, days := r.period(start, n*r.interval, set[:0])
		set = days
		if first > to {
			return true
		}
		for _, d := range set {
			if d > start && !give(d) {
				return true
			}
		}
	}
}

// longest is how many days a period of the rule has at most.
func (r *rule) longest() int64 {
	return map[string]int64{"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}[r.freq]
}

// period gives the first day of the nth day, week, month or year after that of start, and the rule's days in it, in order.
func (r *rule) period(start, n int64, set []int64) (first int64, days []int64) {
	switch r.freq {
	case "DAILY":
		first = start + n
		if r.inMonths(first) && r.onMonthDay(first) && r.onWeekday(first) {
			set = append(set, first)
		}
		return first, set
	case "WEEKLY":
		first = start - mod(weekdayOf(start)-int64(r.weekStart), 7) + 7*n
		for d := first; d < first+7; d++ {
			if (len(r.weekdays) == 0 && weekdayOf(d) == weekdayOf(start) || len(r.weekdays) > 0 && r.onWeekday(d)) && r.inMonths(d) {
				set = append(set, d)
			}
		}
		return first, set
	case "MONTHLY":
		year, month, dayOfMonth := civil(start)
		first = firstOf(year, int(month)+int(n))
		if r.inMonths(first) {
			set = r.month(first, dayOfMonth, set)
		}
		return first, r.placed(set)
	}
	year, month, dayOfMonth := civil(start)
	first = firstOf(year+int(n), 1)
	months := r.months
	if len(months) == 0 {
		months = []int{int(month)}
	}
	for _, m := range months {
		set = r.month(firstOf(year+int(n), m), dayOfMonth, set)
	}
	slices.Sort(set)
	return first, r.placed(slices.Compact(set))
}

// month adds the rule's days in the month that begins on first: the day of the start when the rule names none, and none in
// a month that has no such day.
func (r *rule) month(first int64, dayOfMonth int, set []int64) []int64 {
	year, month, _ := civil(first)
	end := firstOf(year, int(month)+1)
	for d := first; d < end; d++ {
		switch {
		case len(r.monthDays) == 0 && len(r.weekdays) == 0:
			if int(d-first)+1 != dayOfMonth {
				continue
			}
		case !r.onMonthDay(d) || !r.onNthWeekday(d, first, end):
			continue
		}
		set = append(set, d)
	}
	return set
}

// placed keeps the days at the positions of BYSETPOS.
func (r *rule) placed(set []int64) []int64 {
	if len(r.positions) == 0 {
		return set
	}
	var kept []int64
	for i, d := range set {
		if slices.Contains(r.positions, i+1) || slices.Contains(r.positions, i-len(set)) {
			kept = append(kept, d)
		}
	}
	return kept
}

func (r *rule) inMonths(d int64) bool {
	if len(r.months) == 0 {
		return true
	}
	_, month, _ := civil(d)
	return slices.Contains(r.months, int(month))
}

func (r *rule) onMonthDay(d int64) bool {
	if len(r.monthDays) == 0 {
		return true
	}
	year, month, n := civil(d)
	length := int(firstOf(year, int(month)+1) - firstOf(year, int(month)))
	return slices.Contains(r.monthDays, n) || slices.Contains(r.monthDays, n-length-1)
}

func (r *rule) onWeekday(d int64) bool {
	return len(r.weekdays) == 0 || slices.ContainsFunc(r.weekdays, func(w weekday) bool { return int64(w.day) == weekdayOf(d) })
}

func (r *rule) onNthWeekday(d, first, end int64) bool {
	return len(r.weekdays) == 0 || slices.ContainsFunc(r.weekdays, func(w weekday) bool {
		return int64(w.day) == weekdayOf(d) && (w.nth == 0 || int64(w.nth) == (d-first)/7+1 || int64(w.nth) == -((end-1-d)/7+1))
	})
}

// weekdayOf is 0 for Monday. Days count from 1970-01-01, a Thursday.
func weekdayOf(d int64) int64 { return mod(d+3, 7) }

func mod(a, b int64) int64 { return ((a % b) + b) % b }

func civil(d int64) (year int, month time.Month, dayOfMonth int) {
	return time.Unix(d*day, 0).UTC().Date()
}

// firstOf is the first day of a month; months go on beyond 12.
func firstOf(year, month int) int64 {
	return floorDay(time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC).Unix())
}

func floorDay(seconds int64) int64 { return (seconds - mod(seconds, day)) / day }
