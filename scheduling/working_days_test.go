package scheduling

import (
	"testing"

	"luotsi/server/web"
)

func TestWorkingDays(t *testing.T) {
	for _, test := range []struct {
		name, from string
		n          int
		want       string
	}{
		{"the agreed example, with Epiphany between", "2026-01-05", 5, "2026-01-13"},
		{"asked on Epiphany", "2026-01-06", 1, "2026-01-07"},
		{"none", "2026-01-05", 0, "2026-01-05"},
		{"none, on a Sunday", "2026-01-04", 0, "2026-01-04"},
		{"a plain week", "2026-02-02", 5, "2026-02-09"},
		{"from a Friday", "2026-02-06", 1, "2026-02-09"},
		{"from a Saturday", "2026-02-07", 1, "2026-02-09"},
		{"over Easter: neither Friday nor Monday", "2026-04-02", 1, "2026-04-07"},
		{"five over Easter", "2026-04-01", 5, "2026-04-10"},
		{"the first of May is a Friday", "2026-04-30", 1, "2026-05-04"},
		{"over Ascension Day", "2026-05-13", 1, "2026-05-15"},
		{"juhannusaatto is no working day", "2026-06-18", 1, "2026-06-22"},
		{"Independence Day is a Sunday", "2026-12-04", 1, "2026-12-07"},
		{"jouluaatto is no working day", "2026-12-23", 1, "2026-12-28"},
		{"over New Year", "2026-12-30", 3, "2027-01-05"},
		{"over New Year and Epiphany", "2026-12-30", 4, "2027-01-07"},
		{"New Year on a Saturday", "2027-12-31", 1, "2028-01-03"},
		{"the end of the century", "2099-12-30", 5, "2099-12-31"},
	} {
		from, _ := ParseDay(web.Date(test.from))
		if got := finland().workingDays(from, test.n).Date(); string(got) != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}

func TestWorkingDaysBetween(t *testing.T) {
	for _, test := range []struct {
		from, to string
		want     int
	}{
		{"2026-01-05", "2026-01-05", 0}, {"2026-01-05", "2026-01-06", 0}, {"2026-01-05", "2026-01-13", 5}, {"2026-01-05", "2026-01-14", 6},
		{"2026-01-03", "2026-01-05", 1}, {"2026-04-02", "2026-04-07", 1}, {"2026-12-23", "2026-12-27", 0},
	} {
		from, _ := ParseDay(web.Date(test.from))
		to, _ := ParseDay(web.Date(test.to))
		if got := finland().workingDaysBetween(from, to); got != test.want {
			t.Errorf("%s to %s: got %d, want %d", test.from, test.to, got, test.want)
		}
	}
}

func TestMedian(t *testing.T) {
	for _, test := range []struct {
		of   []int
		want float64
		ok   bool
	}{
		{nil, 0, false}, {[]int{4}, 4, true}, {[]int{1, 3, 8}, 3, true}, {[]int{1, 4}, 2.5, true}, {[]int{0, 0, 2, 9}, 1, true},
	} {
		if got, ok := median(test.of); got != test.want || ok != test.ok {
			t.Errorf("%v: got %v %v", test.of, got, ok)
		}
	}
}
