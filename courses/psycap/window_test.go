package psycap

import (
	"testing"
	"time"
)

func TestWindow(t *testing.T) {
	t.Parallel()
	since := func(text string) time.Time {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	early := "2025-08-01T08:00:00Z"
	tests := []struct {
		name          string
		point         Point
		starts, ends  string
		days          int
		since         string
		opens, closes string
	}{
		{"the start, of somebody who was there", Start, "2025-09-01", "2025-12-15", 21, early, "2025-09-01", "2025-09-21"},
		{"the start, of somebody who came in on its day", Start, "2025-09-01", "2025-12-15", 21, "2025-09-01T05:00:00Z", "2025-09-01", "2025-09-21"},
		{"the start, of somebody who came in later", Start, "2025-09-01", "2025-12-15", 21, "2025-09-10T05:00:00Z", "2025-09-10", "2025-09-30"},
		{"the start, after it closed for the others", Start, "2025-09-01", "2025-12-15", 21, "2025-10-20T05:00:00Z", "2025-10-20", "2025-11-09"},
		{"the start, of somebody who came in on the day before the end", Start, "2025-09-01", "2025-12-15", 21, "2025-12-14T05:00:00Z", "2025-12-14", "2026-01-03"},
		{"the last minute of the day before the end", Start, "2025-09-01", "2025-12-15", 21, "2025-12-14T21:59:59Z", "2025-12-14", "2026-01-03"},
		{"the first minute of the day of the end", Start, "2025-09-01", "2025-12-15", 21, "2025-12-14T22:00:00Z", "", ""},
		{"no start for who came in on the day of the end", Start, "2025-09-01", "2025-12-15", 21, "2025-12-15T05:00:00Z", "", ""},
		{"nor for who came in after it", Start, "2025-09-01", "2025-12-15", 21, "2025-12-16T05:00:00Z", "", ""},
		{"who was there from the start keeps it, when the start was moved to the end", Start, "2025-12-15", "2025-12-15", 21, early, "2025-12-15", "2026-01-04"},
		{"the end, of somebody who came in on its day", End, "2025-09-01", "2025-12-15", 21, "2025-12-15T05:00:00Z", "2025-12-15", "2026-01-04"},
		{"a week, of somebody who came in after the end", Week, "2025-09-01", "2025-12-15", 21, "2025-12-20T05:00:00Z", "2025-12-22", "2026-01-11"},
		{"the last minute of a summer day in Finland", Start, "2025-09-01", "2025-12-15", 7, "2025-09-10T20:59:59Z", "2025-09-10", "2025-09-16"},
		{"the first minute of the next", Start, "2025-09-01", "2025-12-15", 7, "2025-09-10T21:00:00Z", "2025-09-11", "2025-09-17"},
		{"the last minute of a winter day in Finland", Start, "2025-09-01", "2025-12-15", 7, "2025-11-10T21:59:59Z", "2025-11-10", "2025-11-16"},
		{"the first minute of the next", Start, "2025-09-01", "2025-12-15", 7, "2025-11-10T22:00:00Z", "2025-11-11", "2025-11-17"},
		{"the end is the same for who came in late", End, "2025-09-01", "2025-12-15", 21, "2025-12-20T05:00:00Z", "2025-12-15", "2026-01-04"},
		{"a week", Week, "2025-09-01", "2025-12-15", 21, early, "2025-12-22", "2026-01-11"},
		{"a month", Month, "2025-09-01", "2025-12-15", 21, early, "2026-01-15", "2026-02-04"},
		{"six months", HalfYear, "2025-09-01", "2025-12-15", 21, early, "2026-06-15", "2026-07-05"},
		{"six months to a February", HalfYear, "2025-03-01", "2025-08-31", 21, early, "2026-02-28", "2026-03-20"},
		{"six months to a February of a leap year", HalfYear, "2027-03-01", "2027-08-31", 21, early, "2028-02-29", "2028-03-20"},
		{"six months from the 28th stay on the 28th", HalfYear, "2027-03-01", "2027-08-28", 21, early, "2028-02-28", "2028-03-19"},
		{"a month from the end of January", Month, "2025-09-01", "2026-01-31", 21, early, "2026-02-28", "2026-03-20"},
		{"a month to a month of 30 days", Month, "2025-09-01", "2026-03-31", 21, early, "2026-04-30", "2026-05-20"},
		{"over the change of the clock", Week, "2025-09-01", "2026-03-25", 7, early, "2026-04-01", "2026-04-07"},
		{"the fewest days", End, "2025-09-01", "2025-12-15", fewestDays, early, "2025-12-15", "2025-12-21"},
		{"the most days", End, "2025-09-01", "2025-12-15", mostDays, early, "2025-12-15", "2026-02-12"},
		{"no such point", Point("year"), "2025-09-01", "2025-12-15", 21, early, "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := Plan{Ends: test.ends, Days: test.days}
			opens, closes := p.window(test.point, Cohort{Starts: test.starts}, Member{Since: since(test.since)})
			if opens != test.opens || closes != test.closes {
				t.Errorf("%s to %s, want %s to %s", opens, closes, test.opens, test.closes)
			}
		})
	}
}

func TestOpenOn(t *testing.T) {
	t.Parallel()
	w := Window{"2026-01-15", "2026-02-04"}
	for day, want := range map[string]bool{
		"2026-01-14": false, "2026-01-15": true, "2026-01-16": true, "2026-02-04": true, "2026-02-05": false,
	} {
		if w.open(day) != want {
			t.Errorf("open on %s: %v", day, !want)
		}
	}
	if (Window{}).open("2026-01-15") {
		t.Error("a window of no day is open")
	}
}
