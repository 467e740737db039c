package psycap

import (
	"time"

	"luotsi/server/web"
)

// How many days a point may stay open, and does when nobody says otherwise.
const (
	fewestDays = 7
	mostDays   = 60
	usualDays  = 21
)

// Window is when a point is open for somebody: from the beginning of one Finnish calendar day to the end of another.
type Window struct {
	Opens, Closes string
}

// open reports whether the window is open on a day.
func (w Window) open(day string) bool { return w.Opens != "" && w.Opens <= day && day <= w.Closes }

// window is when a point of the plan is open for a member: the first and the last day. At the start everybody has as long as the
// others, whenever they came in before the end; all else is at the same time for the whole cohort. Who comes in when the end has
// come has no start: it is what the end is compared with. Both are "" of a point there is not.
func (p Plan) window(point Point, c Cohort, m Member) (opens, closes string) {
	opens = p.opens(point, c)
	if since := web.DayOf(m.Since); point == Start && since > opens {
		if since >= p.Ends {
			return "", ""
		}
		opens = since
	}
	return opens, p.closes(opens)
}

// opens is the first day of a point for those who are in the cohort from its start.
func (p Plan) opens(point Point, c Cohort) string {
	switch point {
	case Start:
		return c.Starts
	case End:
		return p.Ends
	case Week:
		return addDays(p.Ends, 7)
	case Month:
		return addMonths(p.Ends, 1)
	case HalfYear:
		return addMonths(p.Ends, 6)
	}
	return ""
}

// closes is the last day of what opens on a day.
func (p Plan) closes(opens string) string { return addDays(opens, p.Days-1) }

// addDays is the day so many days later; "" of what is no day.
func addDays(day string, days int) string {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return d.AddDate(0, 0, days).Format(time.DateOnly)
}

// addMonths is the same day of a later month, or its last day when it has no such day; "" of what is no day.
func addMonths(day string, months int) string {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	first := time.Date(d.Year(), d.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(d.Day(), last)-1).Format(time.DateOnly)
}
