package scheduling

import (
	"time"

	"github.com/rickar/cal/v2/fi"
)

// holidays lists the days on which nobody is expected to work: the Finnish public holidays, Juhannusaatto and Jouluaatto.
// (Sundays that are holidays too are of no consequence, but listed.)
func holidays(from, to Day) []Day {
	var days []Day
	for year := from.utc().Year(); year <= to.utc().Year(); year++ {
		for _, h := range fi.Holidays {
			actual, _ := h.Calc(year)
			y, m, d := actual.Date()
			days = append(days, Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()/86400))
		}
	}
	return days
}
