package scheduling

import "time"

// works reports whether people work on the day: Monday to Friday, and no holiday, Juhannusaatto or Jouluaatto.
func (c *calendar) works(d Day) bool { return d.weekday() <= 5 && !c.holiday(d) }

// Works reports whether people in Finland work on that day.
func (d Day) Works() bool { return finland().works(d) }

// At is the moment of a wall-clock time in Finland: minutes after 00:00, 0 to 1440.
func (d Day) At(wall int) time.Time { return time.UnixMilli(finland().at(d, wall)) }

// workingDays is the nth working day after a day; the day itself, when n is 0. It stays in this century.
func (c *calendar) workingDays(from Day, n int) Day {
	d := from
	for n > 0 && d < lastDay {
		if d++; c.works(d) {
			n--
		}
	}
	return d
}

// workingDaysBetween counts the working days after one day, up to and with another one: an answer on the same day took none.
func (c *calendar) workingDaysBetween(from, to Day) int {
	n := 0
	for d := from + 1; d <= to; d++ {
		if c.works(d) {
			n++
		}
	}
	return n
}

// median is the middle of sorted numbers, or the mean of the two in the middle; false when there are none.
func median(sorted []int) (float64, bool) {
	n := len(sorted)
	if n == 0 {
		return 0, false
	}
	return float64(sorted[(n-1)/2]+sorted[n/2]) / 2, true
}
