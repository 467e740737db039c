package scheduling

import (
	"slices"
	"testing"
	"time"

	"luotsi/server/web"
)

func day(t testing.TB, text string) Day {
	t.Helper()
	d, ok := ParseDay(web.Date(text))
	if !ok {
		t.Fatalf("%q is no day", text)
	}
	return d
}

func helsinki(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func utc(text string) int64 {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t.UnixMilli()
}

func TestParseDay(t *testing.T) {
	for text, want := range map[web.Date]bool{
		"2026-11-21": true, "2000-01-01": true, "2099-12-31": true, "1999-12-31": false, "2100-01-01": false,
		"2026-02-29": false, "2028-02-29": true, "": false, "2026-1-2": false, "21.11.2026": false,
	} {
		d, ok := ParseDay(text)
		if ok != want {
			t.Errorf("ParseDay(%q) = %v, want %v", text, ok, want)
		}
		if ok && d.Date() != text {
			t.Errorf("%q came back as %q", text, d.Date())
		}
	}
}

func FuzzParseDay(f *testing.F) {
	f.Add("2026-11-21")
	f.Add("0000-00-00")
	f.Fuzz(func(t *testing.T, text string) {
		if d, ok := ParseDay(web.Date(text)); ok && string(d.Date()) != text {
			t.Errorf("%q came back as %q", text, d.Date())
		}
	})
}

func FuzzParseClock(f *testing.F) {
	f.Add("08:15")
	f.Add("24:00")
	f.Fuzz(func(t *testing.T, text string) {
		if wall, ok := parseClock(text); ok && clock(wall) != text {
			t.Errorf("%q came back as %q", text, clock(wall))
		}
	})
}

func TestWallClockOnBothChangesOf2026(t *testing.T) {
	for _, tt := range []struct {
		day, clock, want string
		why              string
	}{
		{"2026-03-29", "02:59", "2026-03-29T00:59:00Z", "the last minute of winter time"},
		{"2026-03-29", "03:00", "2026-03-29T01:00:00Z", "does not exist: 04:00 summer time"},
		{"2026-03-29", "03:30", "2026-03-29T01:30:00Z", "does not exist: 04:30 summer time"},
		{"2026-03-29", "04:00", "2026-03-29T01:00:00Z", "the first minute of summer time"},
		{"2026-03-29", "09:00", "2026-03-29T06:00:00Z", "not midnight plus nine hours"},
		{"2026-10-25", "02:30", "2026-10-24T23:30:00Z", "summer time"},
		{"2026-10-25", "03:00", "2026-10-25T00:00:00Z", "occurs twice: the first"},
		{"2026-10-25", "03:30", "2026-10-25T00:30:00Z", "occurs twice: the first"},
		{"2026-10-25", "04:00", "2026-10-25T02:00:00Z", "winter time"},
		{"2026-10-25", "09:00", "2026-10-25T07:00:00Z", "not midnight plus nine hours"},
		{"2026-07-01", "09:00", "2026-07-01T06:00:00Z", "summer"},
		{"2026-12-01", "09:00", "2026-12-01T07:00:00Z", "winter"},
		{"2099-10-25", "03:30", "2099-10-25T00:30:00Z", "the last autumn change of the century"},
	} {
		wall, _ := parseClock(tt.clock)
		if got := finland().at(day(t, tt.day), wall); got != utc(tt.want) {
			t.Errorf("%s %s (%s) = %s, want %s", tt.day, tt.clock, tt.why, time.UnixMilli(got).UTC().Format(time.RFC3339), tt.want)
		}
	}
}

// Every minute of every day of three years, asked of the zone itself, walking in real time.
func TestWallClockAgainstTheZone(t *testing.T) {
	zone := helsinki(t)
	for d := day(t, "2025-01-01"); d <= day(t, "2027-12-31"); d++ {
		if step := d.weekday(); step != 7 && d%5 != 0 {
			continue
		}
		first := map[int]int64{}
		y, m, dd := d.utc().Date()
		for ms := finland().midnight(d); ms < finland().midnight(d+1); ms += minute {
			w := time.UnixMilli(ms).In(zone)
			if wy, wm, wd := w.Date(); wy != y || wm != m || wd != dd {
				t.Fatalf("%s is not on %s", w, d.Date())
			}
			if wall := w.Hour()*60 + w.Minute(); first[wall] == 0 {
				first[wall] = ms
			}
		}
		for wall := range 1440 {
			want, exists := first[wall]
			if !exists {
				want = first[wall+60]
			}
			if got := finland().at(d, wall); got != want {
				t.Fatalf("%s %s = %d, want %d", d.Date(), clock(wall), got, want)
			}
		}
	}
}

func TestDayOf(t *testing.T) {
	for text, want := range map[string]web.Date{
		"2026-06-30T20:59:59Z": "2026-06-30", "2026-06-30T21:00:00Z": "2026-07-01",
		"2026-12-01T21:59:59Z": "2026-12-01", "2026-12-01T22:00:00Z": "2026-12-02",
		"1980-01-01T00:00:00Z": "2000-01-01", "2200-01-01T00:00:00Z": "2099-12-31",
	} {
		if got := finland().dayOf(utc(text)).Date(); got != want {
			t.Errorf("dayOf(%s) = %s, want %s", text, got, want)
		}
	}
}

func TestHolidays(t *testing.T) {
	want := map[string][]web.Date{
		"Juhannusaatto":    {"2026-06-19", "2027-06-25", "2028-06-23"},
		"Juhannuspäivä":    {"2026-06-20", "2027-06-26", "2028-06-24"},
		"Pyhäinpäivä":      {"2026-10-31", "2027-11-06", "2028-11-04"},
		"Helatorstai":      {"2026-05-14", "2027-05-06", "2028-05-25"},
		"Pitkäperjantai":   {"2026-04-03", "2027-03-26", "2028-04-14"},
		"2. pääsiäispäivä": {"2026-04-06", "2027-03-29", "2028-04-17"},
		"Jouluaatto":       {"2026-12-24", "2027-12-24", "2028-12-24"},
		"Joulupäivä":       {"2026-12-25", "2027-12-25", "2028-12-25"},
		"Tapaninpäivä":     {"2026-12-26", "2027-12-26", "2028-12-26"},
		"Loppiainen":       {"2026-01-06", "2027-01-06", "2028-01-06"},
		"Vappu":            {"2026-05-01", "2027-05-01", "2028-05-01"},
		"Itsenäisyyspäivä": {"2026-12-06", "2027-12-06", "2028-12-06"},
		"Uudenvuodenpäivä": {"2026-01-01", "2027-01-01", "2028-01-01"},
	}
	for name, dates := range want {
		for _, date := range dates {
			if !finland().holiday(day(t, string(date))) {
				t.Errorf("%s %s is a working day", name, date)
			}
		}
	}
	// All weekdays off in 2026, so that nothing is blocked that should not be.
	var weekdays []web.Date
	for d := day(t, "2026-01-01"); d <= day(t, "2026-12-31"); d++ {
		if finland().holiday(d) && d.weekday() <= 5 {
			weekdays = append(weekdays, d.Date())
		}
	}
	all := []web.Date{
		"2026-01-01", "2026-01-06", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2026-06-19", "2026-12-24", "2026-12-25",
	}
	if !slices.Equal(weekdays, all) {
		t.Errorf("weekdays off in 2026 = %v, want %v", weekdays, all)
	}
}
