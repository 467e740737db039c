package ical

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/teambition/rrule-go"
)

var helsinki = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		panic(err)
	}
	return zone
}()

func utc(t testing.TB, text string) time.Time {
	t.Helper()
	m, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// calendarOf is a file of events, each written as its lines.
func calendarOf(events ...string) []byte {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n")
	for i, e := range events {
		fmt.Fprintf(&b, "BEGIN:VEVENT\r\n")
		if !strings.Contains(e, "UID:") {
			fmt.Fprintf(&b, "UID:e%d\r\n", i)
		}
		b.WriteString("SUMMARY:Salainen kokous\r\n" + strings.ReplaceAll(strings.TrimSpace(e), "\n", "\r\n") + "\r\nEND:VEVENT\r\n")
	}
	b.WriteString("END:VCALENDAR\r\n")
	return []byte(b.String())
}

// spans writes busy times as 2026-03-02T08:00Z/PT60M.
func spans(busy []Span) []string {
	list := []string{}
	for _, s := range busy {
		list = append(list, fmt.Sprintf("%s/%d", time.UnixMilli(s.Start).UTC().Format("01-02T15:04Z"), (s.End-s.Start)/60000))
	}
	return list
}

func TestRead(t *testing.T) {
	tests := []struct {
		name     string
		events   []string
		busy     []string // month-dayThour:minuteZ/minutes
		problems []string // date code what
	}{
		{"in UTC", []string{"DTSTART:20260302T080000Z\nDTEND:20260302T090000Z"}, []string{"03-02T08:00Z/60"}, nil},
		{"Outlook's Helsinki", []string{"DTSTART;TZID=FLE Standard Time:20260302T080000\nDTEND;TZID=FLE Standard Time:20260302T090000"}, []string{"03-02T06:00Z/60"}, nil},
		{"Outlook's Helsinki in quotation marks", []string{"DTSTART;TZID=\"FLE Standard Time\":20260302T080000\nDTEND;TZID=\"FLE Standard Time\":20260302T090000"}, []string{"03-02T06:00Z/60"}, nil},
		{"the name that Windows shows", []string{"DTSTART;TZID=\"(UTC+02:00) Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius\":20260302T080000\nDURATION:PT1H"}, []string{"03-02T06:00Z/60"}, nil},
		{"a Windows zone in other letters", []string{"DTSTART;TZID=gmt standard time:20260302T080000\nDURATION:PT1H"}, []string{"03-02T08:00Z/60"}, nil},
		{"a name of IANA", []string{"DTSTART;TZID=Europe/Stockholm:20260302T080000\nDURATION:PT1H"}, []string{"03-02T07:00Z/60"}, nil},
		{"a name of IANA at the end of a path", []string{"DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Helsinki:20260302T080000\nDURATION:PT1H"}, []string{"03-02T06:00Z/60"}, nil},
		{"a name of three parts at the end of a path", []string{"DTSTART;TZID=/mozilla.org/2007/America/Argentina/Salta:20260302T080000\nDURATION:PT1H"}, []string{"03-02T11:00Z/60"}, nil},
		{"a zone nobody knows", []string{"DTSTART;TZID=Customized Time Zone:20260302T080000\nDURATION:PT1H"}, nil, []string{"2026-03-02 zone Customized Time Zone"}},
		{"the zone of this machine", []string{"DTSTART;TZID=Local:20260302T080000\nDURATION:PT1H"}, nil, []string{"2026-03-02 zone Local"}},
		{"an unknown zone long ago can not matter", []string{"DTSTART;TZID=Customized:20240302T080000\nDURATION:PT1H"}, nil, nil},
		{"an unknown zone far ahead can not matter", []string{"DTSTART;TZID=Customized:20270302T080000\nDURATION:PT1H"}, nil, nil},
		{"an unknown zone long ago matters when it repeats", []string{"DTSTART;TZID=Customized:20240302T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY"}, nil, []string{"2024-03-02 zone Customized"}},
		{"but not when that is over", []string{"DTSTART;TZID=Customized:20240302T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20240401T000000Z"}, nil, nil},
		{"floating times are Finnish", []string{"DTSTART:20260302T080000\nDTEND:20260302T090000"}, []string{"03-02T06:00Z/60"}, nil},
		{"different zones at its ends", []string{"DTSTART;TZID=Europe/Stockholm:20260302T080000\nDTEND;TZID=Europe/Helsinki:20260302T100000"}, []string{"03-02T07:00Z/60"}, nil},
		{"seconds are rounded outwards", []string{"DTSTART:20260302T080030Z\nDTEND:20260302T090001Z"}, []string{"03-02T08:00Z/61"}, nil},

		{"a whole day is a Finnish one", []string{"DTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260303"}, []string{"03-01T22:00Z/1440"}, nil},
		{"a whole day without an end", []string{"DTSTART;VALUE=DATE:20260302"}, []string{"03-01T22:00Z/1440"}, nil},
		{"a whole day that ends as it begins", []string{"DTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260302"}, []string{"03-01T22:00Z/1440"}, nil},
		{"three days", []string{"DTSTART;VALUE=DATE:20260302\nDURATION:P3D"}, []string{"03-01T22:00Z/4320"}, nil},
		{"the day of 23 hours", []string{"DTSTART;VALUE=DATE:20260329"}, []string{"03-28T22:00Z/1380"}, nil},
		{"a time without an end takes none", []string{"DTSTART:20260302T080000Z"}, nil, nil},

		{"transparent", []string{"DTSTART:20260302T080000Z\nDURATION:PT1H\nTRANSP:TRANSPARENT"}, nil, nil},
		{"opaque", []string{"DTSTART:20260302T080000Z\nDURATION:PT1H\nTRANSP:OPAQUE"}, []string{"03-02T08:00Z/60"}, nil},
		{"cancelled", []string{"DTSTART:20260302T080000Z\nDURATION:PT1H\nSTATUS:CANCELLED"}, nil, nil},
		{"tentative", []string{"DTSTART:20260302T080000Z\nDURATION:PT1H\nSTATUS:TENTATIVE"}, []string{"03-02T08:00Z/60"}, nil},
		{"free in Outlook", []string{"DTSTART:20260302T080000Z\nDURATION:PT1H\nX-MICROSOFT-CDO-BUSYSTATUS:FREE"}, nil, nil},
		{"working elsewhere in Outlook", []string{"DTSTART:20260302T080000Z\nDURATION:PT1H\nX-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE"}, nil, nil},
		{"out of office in Outlook", []string{"DTSTART:20260302T080000Z\nDURATION:PT1H\nX-MICROSOFT-CDO-BUSYSTATUS:OOF"}, []string{"03-02T08:00Z/60"}, nil},
		{"perhaps in Outlook", []string{"DTSTART:20260302T080000Z\nDURATION:PT1H\nX-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE"}, []string{"03-02T08:00Z/60"}, nil},
		{"busy in Outlook", []string{"DTSTART:20260302T080000Z\nDURATION:PT1H\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY"}, []string{"03-02T08:00Z/60"}, nil},
		{"an invitation of ours", []string{"UID:0190-77@luotsi\nDTSTART:20260302T080000Z\nDURATION:PT1H"}, nil, nil},

		{"a duration of everything", []string{"DTSTART:20260302T080000Z\nDURATION:P1W1DT1H1M60S"}, []string{"03-02T08:00Z/11582"}, nil},
		{"a duration of a day keeps the clock", []string{"DTSTART;TZID=Europe/Helsinki:20260328T120000\nDURATION:P1D"}, []string{"03-28T10:00Z/1380"}, nil},
		{"24 hours are 24 hours", []string{"DTSTART;TZID=Europe/Helsinki:20260328T120000\nDURATION:PT24H"}, []string{"03-28T10:00Z/1440"}, nil},
		{"a duration that goes back", []string{"DTSTART:20260302T080000Z\nDURATION:-PT1H"}, nil, []string{"2026-03-02 end "}},
		{"an end before the start", []string{"DTSTART:20260302T080000Z\nDTEND:20260302T070000Z"}, nil, []string{"2026-03-02 end "}},
		{"an end that is none", []string{"DTSTART:20260302T080000Z\nDTEND:sometime"}, nil, []string{"2026-03-02 end "}},
		{"no start", []string{"DTEND:20260302T070000Z"}, nil, []string{" start "}},
		{"30 February", []string{"DTSTART:20260230T080000Z\nDURATION:PT1H"}, nil, []string{" start "}},

		{"the first of two half past threes", []string{"DTSTART;TZID=Europe/Helsinki:20261025T033000\nDURATION:PT15M"}, []string{"10-25T00:30Z/15"}, nil},
		{"a half past three that is skipped", []string{"DTSTART;TZID=Europe/Helsinki:20260329T033000\nDURATION:PT15M"}, []string{"03-29T01:30Z/15"}, nil},
		{"weekly over the spring", []string{"DTSTART;TZID=Europe/Helsinki:20260322T033000\nDURATION:PT15M\nRRULE:FREQ=WEEKLY;COUNT=3"},
			[]string{"03-22T01:30Z/15", "03-29T01:30Z/15", "04-05T00:30Z/15"}, nil},
		{"weekly over the autumn", []string{"DTSTART;TZID=FLE Standard Time:20261018T033000\nDURATION:PT15M\nRRULE:FREQ=WEEKLY;COUNT=3"},
			[]string{"10-18T00:30Z/15", "10-25T00:30Z/15", "11-01T01:30Z/15"}, nil},

		{"daily", []string{"DTSTART:20260302T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2"}, []string{"03-02T08:00Z/60", "03-03T08:00Z/60"}, nil},
		{"every other day until", []string{"DTSTART:20260302T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=2;UNTIL=20260306T080000Z"}, []string{"03-02T08:00Z/60", "03-04T08:00Z/60", "03-06T08:00Z/60"}, nil},
		{"until a second before", []string{"DTSTART:20260302T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=2;UNTIL=20260306T075959Z"}, []string{"03-02T08:00Z/60", "03-04T08:00Z/60"}, nil},
		{"until a day, that day too", []string{"DTSTART;TZID=Europe/Helsinki:20260302T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20260303"}, []string{"03-02T06:00Z/60", "03-03T06:00Z/60"}, nil},
		{"until a time without a zone", []string{"DTSTART;TZID=Europe/Helsinki:20260302T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20260303T080000"}, []string{"03-02T06:00Z/60", "03-03T06:00Z/60"}, nil},
		{"on two days of the week", []string{"DTSTART:20260302T080000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3"}, []string{"03-02T08:00Z/60", "03-04T08:00Z/60", "03-09T08:00Z/60"}, nil},
		{"every other week that begins on Monday", []string{"DTSTART:20260303T080000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO;COUNT=3"}, []string{"03-03T08:00Z/60", "03-08T08:00Z/60", "03-17T08:00Z/60"}, nil},
		{"every other week that begins on Sunday", []string{"DTSTART:20260303T080000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;COUNT=3"}, []string{"03-03T08:00Z/60", "03-15T08:00Z/60", "03-17T08:00Z/60"}, nil},
		{"the second Tuesday", []string{"DTSTART:20260310T080000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=2"}, []string{"03-10T08:00Z/60", "04-14T08:00Z/60"}, nil},
		{"the second Tuesday, as Outlook says it", []string{"DTSTART:20260310T080000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2;COUNT=2"}, []string{"03-10T08:00Z/60", "04-14T08:00Z/60"}, nil},
		{"the last weekday", []string{"DTSTART:20260227T080000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"}, []string{"03-31T08:00Z/60", "04-30T08:00Z/60", "05-29T08:00Z/60"}, nil},
		{"the last Friday", []string{"DTSTART:20260227T080000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=3"}, []string{"03-27T08:00Z/60", "04-24T08:00Z/60"}, nil},
		{"the 31st", []string{"DTSTART:20260131T080000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY"}, []string{"03-31T08:00Z/60", "05-31T08:00Z/60"}, nil},
		{"the last day of the month", []string{"DTSTART:20260131T080000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=4"}, []string{"03-31T08:00Z/60", "04-30T08:00Z/60"}, nil},
		{"yearly", []string{"DTSTART:20200305T080000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY"}, []string{"03-05T08:00Z/60"}, nil},
		{"yearly on a day of a month", []string{"DTSTART:20200305T080000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=5"}, []string{"03-05T08:00Z/60"}, nil},
		{"Mother's Day", []string{"DTSTART;VALUE=DATE:20200510\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=2SU"}, []string{"05-09T21:00Z/1440"}, nil},
		{"birthday on 29 February", []string{"DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY"}, nil, nil},
		{"what began long ago is found", []string{"DTSTART;TZID=Europe/Helsinki:19990104T080000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;INTERVAL=10"}, []string{"03-23T06:00Z/60"}, nil},
		{"what lasts into the range is found", []string{"DTSTART;VALUE=DATE:20260220\nDTEND;VALUE=DATE:20260303\nRRULE:FREQ=MONTHLY;INTERVAL=12"}, []string{"03-01T00:00Z/2760"}, nil},
		{"times that touch are one", []string{"DTSTART:20260302T080000Z\nDURATION:PT1H", "DTSTART:20260302T083000Z\nDURATION:PT1H", "DTSTART:20260302T093000Z\nDURATION:PT1H"}, []string{"03-02T08:00Z/150"}, nil},

		{"a date taken out", []string{"DTSTART;TZID=Europe/Helsinki:20260302T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;TZID=FLE Standard Time:20260303T080000"}, []string{"03-02T06:00Z/60", "03-04T06:00Z/60"}, nil},
		{"a date taken out in UTC", []string{"DTSTART;TZID=Europe/Helsinki:20260302T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260303T060000Z,20260304T060000Z"}, []string{"03-02T06:00Z/60"}, nil},
		{"a day taken out", []string{"DTSTART;TZID=Europe/Helsinki:20260302T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20260303"}, []string{"03-02T06:00Z/60", "03-04T06:00Z/60"}, nil},
		{"a whole day taken out as midnight", []string{"DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:20260303T000000Z"}, []string{"03-01T22:00Z/1440"}, nil},
		{"a date taken out that can not be read", []string{"DTSTART:20260302T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:2026-03-03"}, []string{"03-02T08:00Z/60", "03-03T08:00Z/60"}, []string{"2026-03-02 dates "}},
		{"a date taken out in an unknown zone", []string{"DTSTART:20260302T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE;TZID=Nowhere:20260303T080000"}, []string{"03-02T08:00Z/60", "03-03T08:00Z/60"}, []string{"2026-03-02 dates Nowhere"}},
		{"the first one taken out", []string{"DTSTART:20260302T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:20260302T080000Z"}, []string{"03-03T08:00Z/60"}, nil},
		{"dates added", []string{"DTSTART:20260302T080000Z\nDURATION:PT1H\nRDATE:20260305T100000Z,20260306T100000Z\nRDATE;VALUE=PERIOD:20260307T100000Z/PT2H"}, []string{"03-02T08:00Z/60", "03-05T10:00Z/60", "03-06T10:00Z/60", "03-07T10:00Z/120"}, nil},
		{"an added date that can not be read", []string{"DTSTART:20260302T080000Z\nDURATION:PT1H\nRDATE:20260305"}, []string{"03-02T08:00Z/60", "03-05T08:00Z/60"}, nil},
		{"an added date that is none", []string{"DTSTART:20260302T080000Z\nDURATION:PT1H\nRDATE:soon"}, []string{"03-02T08:00Z/60"}, []string{"2026-03-02 dates "}},

		{"one moved", []string{
			"UID:s\nDTSTART;TZID=Europe/Helsinki:20260302T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3",
			"UID:s\nRECURRENCE-ID;TZID=Europe/Helsinki:20260303T080000\nDTSTART;TZID=Europe/Helsinki:20260303T120000\nDTEND;TZID=Europe/Helsinki:20260303T123000",
		}, []string{"03-02T06:00Z/60", "03-03T10:00Z/30", "03-04T06:00Z/60"}, nil},
		{"one cancelled", []string{
			"UID:s\nRECURRENCE-ID:20260303T060000Z\nDTSTART:20260303T060000Z\nDURATION:PT1H\nSTATUS:CANCELLED",
			"UID:s\nDTSTART;TZID=Europe/Helsinki:20260302T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3",
		}, []string{"03-02T06:00Z/60", "03-04T06:00Z/60"}, nil},
		{"one set free", []string{
			"UID:s\nDTSTART:20260302T060000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2",
			"UID:s\nRECURRENCE-ID:20260303T060000Z\nDTSTART:20260303T060000Z\nDURATION:PT1H\nTRANSP:TRANSPARENT",
		}, []string{"03-02T06:00Z/60"}, nil},
		{"one named by its day", []string{
			"UID:s\nDTSTART:20260302T060000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2",
			"UID:s\nRECURRENCE-ID;VALUE=DATE:20260303\nDTSTART:20260303T100000Z\nDURATION:PT1H",
		}, []string{"03-02T06:00Z/60", "03-03T10:00Z/60"}, nil},
		{"one of a series that is not in the file", []string{"UID:s\nRECURRENCE-ID:20260303T060000Z\nDTSTART:20260303T100000Z\nDURATION:PT1H"}, []string{"03-03T10:00Z/60"}, nil},
		{"all following moved", []string{
			"UID:s\nDTSTART:20260302T060000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3",
			"UID:s\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260303T060000Z\nDTSTART:20260303T100000Z\nDURATION:PT1H",
		}, []string{"03-02T06:00Z/60", "03-03T06:00Z/60", "03-03T10:00Z/60", "03-04T06:00Z/60"}, []string{"2026-03-03 moved "}},
		{"one moved from a time that can not be read", []string{
			"UID:s\nDTSTART:20260302T060000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2",
			"UID:s\nRECURRENCE-ID;TZID=Nowhere:20260303T060000\nDTSTART:20260303T100000Z\nDURATION:PT1H",
		}, []string{"03-02T06:00Z/60", "03-03T06:00Z/60", "03-03T10:00Z/60"}, []string{"2026-03-03 moved Nowhere"}},
	}
	refused := []string{
		"FREQ=HOURLY", "FREQ=SECONDLY;COUNT=3", "FREQ=FORTNIGHTLY", "INTERVAL=2", "", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=0",
		"FREQ=DAILY;COUNT=2;UNTIL=20260401", "FREQ=DAILY;UNTIL=soon", "FREQ=DAILY;BYHOUR=9,9", "FREQ=DAILY;BYMINUTE=0", "FREQ=DAILY;BYSECOND=0", "FREQ=YEARLY;BYWEEKNO=20",
		"FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "FREQ=YEARLY;BYMONTHDAY=13", "FREQ=YEARLY;BYYEARDAY=100", "FREQ=YEARLY;BYDAY=20MO",
		"FREQ=WEEKLY;BYDAY=2MO", "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=1", "FREQ=WEEKLY;BYMONTHDAY=3", "FREQ=MONTHLY;BYSETPOS=2", "FREQ=MONTHLY;BYMONTHDAY=1,2;BYSETPOS=1",
		"FREQ=MONTHLY;BYDAY=6MO", "FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=1", "FREQ=MONTHLY;BYDAY=XX", "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=DAILY;FREQ=WEEKLY", "FREQ=DAILY;RSCALE=GREGORIAN",
		"FREQ=DAILY;WKST=XX", "FREQ=YEARLY;BYMONTH=13", "FREQ=YEARLY;BYMONTH=-1",
	}
	for _, r := range refused {
		tests = append(tests, struct {
			name     string
			events   []string
			busy     []string
			problems []string
		}{"refused: " + r, []string{"DTSTART:20260302T080000Z\nDURATION:PT1H\nRRULE:" + r}, []string{"03-02T08:00Z/60"}, []string{"2026-03-02 recurrence " + r}})
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			from, to := utc(t, "2026-03-01T00:00:00Z"), utc(t, "2026-06-01T00:00:00Z")
			if strings.Contains(strings.Join(test.events, ""), ":202610") {
				from, to = utc(t, "2026-10-01T00:00:00Z"), utc(t, "2026-12-01T00:00:00Z")
			}
			got, err := Read(calendarOf(test.events...), from, to, helsinki, func(uid string) bool { return strings.HasSuffix(uid, "@luotsi") })
			if err != nil {
				t.Fatal(err)
			}
			if g, w := spans(got.Busy), append([]string{}, test.busy...); !slices.Equal(g, w) {
				t.Errorf("busy\n got %v\nwant %v", g, w)
			}
			problems := []string{}
			for _, p := range got.Problems {
				problems = append(problems, p.Date+" "+p.Code+" "+p.What)
				if p.Line < 4 || strings.Contains(p.What, "Salainen") {
					t.Errorf("problem %+v", p)
				}
			}
			if w := append([]string{}, test.problems...); !slices.Equal(problems, w) {
				t.Errorf("problems\n got %q\nwant %q", problems, w)
			}
		})
	}
}

// TestReadFiles: what the file itself is like.
func TestReadFiles(t *testing.T) {
	from, to := utc(t, "2026-03-01T00:00:00Z"), utc(t, "2026-06-01T00:00:00Z")
	event := "BEGIN:VEVENT\nUID:a\nDTSTART:20260302T080000Z\nDURATION:PT1H\nEND:VEVENT\n"
	one := []string{"03-02T08:00Z/60"}
	tests := []struct {
		name, file string
		busy       []string
		problems   []string // line code
		err        error
	}{
		{"nothing", "", nil, nil, ErrNoCalendar},
		{"a page", "<!DOCTYPE html><html><body>Kirjaudu: sisään</body></html>", nil, nil, ErrNoCalendar},
		{"an address book", "BEGIN:VCARD\nFN:Joku\nEND:VCARD\n", nil, nil, ErrNoCalendar},
		{"an empty calendar", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", nil, nil, nil},
		{"with a mark of its encoding", "\ufeffBEGIN:VCALENDAR\n" + event + "END:VCALENDAR\n", one, nil, nil},
		{"in small letters", "begin:vcalendar\n" + strings.ToLower(event) + "end:vcalendar\n", one, nil, nil},
		{"two calendars", "BEGIN:VCALENDAR\nEND:VCALENDAR\nBEGIN:VCALENDAR\n" + event + "END:VCALENDAR\n", one, nil, nil},
		{"folded lines", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=FLE Standard\n  Time:20260302T\n\t100000\nDURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR\n", one, nil, nil},
		{"a broken text", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDESCRIPTION:One\nand\n\nanother\nDTSTART:20260302T080000Z\nDURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR\n", one, nil, nil},
		{"an alarm inside", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260302T080000Z\nDURATION:PT1H\nBEGIN:VALARM\nTRIGGER:-PT15M\nDURATION:PT5H\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR\n", one, nil, nil},
		{"a task", "BEGIN:VCALENDAR\nBEGIN:VTODO\nDTSTART:20260302T080000Z\nDURATION:PT1H\nEND:VTODO\nEND:VCALENDAR\n", nil, nil, nil},
		{"a cancellation", "BEGIN:VCALENDAR\nMETHOD:CANCEL\n" + event + "END:VCALENDAR\n", nil, nil, nil},
		{"cut in the middle", "BEGIN:VCALENDAR\n" + event + "BEGIN:VEVENT\nDTSTART:20260303T080000Z\n", one, []string{"7 cut"}, nil},
		{"an event that never ends", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260302T080000Z\nDURATION:PT1H\nEND:VCALENDAR\n", one, []string{"2 cut"}, nil},
		{"a zone that says what it is", "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Oma\nX-LIC-LOCATION:Europe/Helsinki\nBEGIN:STANDARD\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nDTSTART;TZID=Oma:20260302T100000\nDURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR\n", one, nil, nil},
		{"a zone of its own", "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Oma\nBEGIN:STANDARD\nTZOFFSETTO:+0200\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nDTSTART;TZID=Oma:20260302T100000\nDURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR\n", nil, []string{"8 zone"}, nil},
		{"a list of busy times", "BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\nFREEBUSY;FBTYPE=BUSY:20260302T080000Z/20260302T090000Z,20260303T080000Z/PT30M\nFREEBUSY;FBTYPE=FREE:20260304T080000Z/PT1H\nFREEBUSY:later\nEND:VFREEBUSY\nEND:VCALENDAR\n",
			[]string{"03-02T08:00Z/60", "03-03T08:00Z/30"}, []string{"5 free_busy"}, nil},
		{"boxes in boxes", strings.Repeat("BEGIN:VCALENDAR\n", 100_000), nil, nil, ErrNoCalendar},
		{"five megabytes and a byte", "BEGIN:VCALENDAR\n" + strings.Repeat("x", MaxSize), nil, nil, ErrTooLarge},
		{"20,000 events", "BEGIN:VCALENDAR\n" + event + strings.Repeat("BEGIN:VEVENT\nEND:VEVENT\n", MaxEvents) + "END:VCALENDAR\n", nil, nil, ErrTooMany},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := Read([]byte(test.file), from, to, helsinki, nil)
			if err != test.err { //nolint:errorlint // the very one
				t.Fatalf("error %v, want %v", err, test.err)
			}
			if g, w := spans(got.Busy), append([]string{}, test.busy...); !slices.Equal(g, w) {
				t.Errorf("busy\n got %v\nwant %v", g, w)
			}
			problems := []string{}
			for _, p := range got.Problems {
				problems = append(problems, fmt.Sprintf("%d %s", p.Line, p.Code))
			}
			if w := append([]string{}, test.problems...); !slices.Equal(problems, w) {
				t.Errorf("problems\n got %q\nwant %q", problems, w)
			}
		})
	}
}

// TestReadHostile: files made to take long are read within the bounds, and what was left out is said.
func TestReadHostile(t *testing.T) {
	from, to := utc(t, "2026-03-01T00:00:00Z"), utc(t, "2027-03-01T00:00:00Z")
	fill := func(line string) string { return strings.Repeat(line, (MaxSize-1000)/len(line)) }
	tests := []struct{ name, file string }{
		{"daily since the year 1, counted", "BEGIN:VCALENDAR\n" + strings.Repeat("BEGIN:VEVENT\nDTSTART:00010101T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=999999999\nEND:VEVENT\n", 19_999) + "END:VCALENDAR\n"},
		{"daily", "BEGIN:VCALENDAR\n" + strings.Repeat("BEGIN:VEVENT\nDTSTART:20200101T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY\nEND:VEVENT\n", 19_999) + "END:VCALENDAR\n"},
		{"never", "BEGIN:VCALENDAR\n" + strings.Repeat("BEGIN:VEVENT\nDTSTART:00010101T080000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31;COUNT=5\nEND:VEVENT\n", 19_999) + "END:VCALENDAR\n"},
		{"days of a million days", "BEGIN:VCALENDAR\n" + strings.Repeat("BEGIN:VEVENT\nDTSTART:20200101T080000Z\nDURATION:P999999D\nRRULE:FREQ=DAILY\nEND:VEVENT\n", 19_999) + "END:VCALENDAR\n"},
		{"one parameter", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;X=" + fill("a") + ":20260302T080000Z\nEND:VEVENT\nEND:VCALENDAR\n"},
		{"many parameters and many dates", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260302T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY\nEXDATE" + fill(";X=a")[:MaxSize/2] + ":" + fill("20260303T080000Z,")[:MaxSize/4] + "\nEND:VEVENT\nEND:VCALENDAR\n"},
		{"lines of a space", "BEGIN:VCALENDAR\nX:a\n" + fill(" \n")},
		{"empty lines", "BEGIN:VCALENDAR\n" + fill("\n")},
		{"zones", func() string {
			var b strings.Builder
			b.WriteString("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260302T080000Z\n")
			for i := range 100_000 {
				fmt.Fprintf(&b, "EXDATE;TZID=Zone/%d:20260302T080000\n", i)
			}
			return b.String() + "END:VEVENT\nEND:VCALENDAR\n"
		}()},
		{"changes of one series", func() string {
			var b strings.Builder
			b.WriteString("BEGIN:VCALENDAR\n")
			for i := range 19_000 {
				if i%2 == 0 {
					fmt.Fprintf(&b, "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:%s\nDTSTART:20260302T080000Z\nDURATION:PT1H\nEND:VEVENT\n", time.Unix(int64(i)*3600, 0).UTC().Format("20060102T150405Z"))
				} else {
					b.WriteString("BEGIN:VEVENT\nUID:a\nDTSTART:20260302T080000Z\nDURATION:PT1H\nEXDATE:20260303T080000Z\nEND:VEVENT\n")
				}
			}
			return b.String() + "END:VCALENDAR\n"
		}()},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			begun := time.Now()
			got, err := Read([]byte(test.file), from, to, helsinki, nil)
			if err != nil {
				t.Fatal(err)
			}
			took := time.Since(begun)
			t.Log(took, len(got.Busy), len(got.Problems)+got.Unlisted)
			if took > time.Minute {
				t.Errorf("took %s", took)
			}
			if strings.Contains(test.file, "FREQ=") && strings.Count(test.file, "BEGIN:VEVENT") > 1 && len(got.Problems) == 0 {
				t.Error("nothing was said of what was left out")
			}
		})
	}
}

// TestRecurrenceAgainstAnother compares with rrule-go, on rules that it is known to follow.
func TestRecurrenceAgainstAnother(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 14))
	pick := func(list ...string) string { return list[random.IntN(len(list))] }
	days := func(ordinals bool) string {
		var list []string
		for n := 1 + random.IntN(3); n > 0; n-- {
			d := pick("MO", "TU", "WE", "TH", "FR", "SA", "SU")
			if ordinals {
				d = pick("1", "2", "3", "4", "5", "-1", "-2", "") + d
			}
			if !slices.ContainsFunc(list, func(o string) bool { return o[len(o)-2:] == d[len(d)-2:] }) {
				list = append(list, d)
			}
		}
		if ordinals && slices.ContainsFunc(list, func(d string) bool { return len(d) == 2 }) {
			list = list[:1] // rrule-go asks for both where some have an ordinal and some have none
		}
		return strings.Join(list, ",")
	}
	for range 3000 {
		freq := pick("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
		parts := []string{"FREQ=" + freq, fmt.Sprintf("INTERVAL=%d", 1+random.IntN(4))}
		has := func() bool { return random.IntN(2) == 0 }
		switch freq {
		case "DAILY":
			if has() {
				parts = append(parts, "BYDAY="+days(false))
			}
			if has() {
				parts = append(parts, "BYMONTH="+pick("1", "3,4", "2,11"))
			}
		case "WEEKLY":
			if has() {
				parts = append(parts, "BYDAY="+days(false))
			}
			parts = append(parts, "WKST="+pick("MO", "SU", "WE"))
		case "MONTHLY":
			switch random.IntN(4) {
			case 0:
				parts = append(parts, "BYDAY="+days(true))
			case 1:
				parts = append(parts, "BYMONTHDAY="+pick("1", "31", "-1", "15,30", "-31"))
			case 2:
				parts = append(parts, "BYDAY="+days(false), "BYSETPOS="+pick("1", "2", "-1", "-3", "1,-1"))
			}
		case "YEARLY":
			if has() {
				parts = append(parts, "BYMONTH="+pick("2", "3", "12", "1,6"))
				if has() {
					parts = append(parts, "BYMONTHDAY="+pick("1", "29", "31", "-1"))
				} else if has() {
					parts = append(parts, "BYDAY="+days(true))
				}
			}
		}
		if has() {
			parts = append(parts, fmt.Sprintf("COUNT=%d", 1+random.IntN(30)))
		}
		text := strings.Join(parts, ";")
		option, err := rrule.StrToROption(text)
		if err != nil {
			t.Fatal(text, err)
		}
		start := time.Date(2020+random.IntN(5), time.Month(1+random.IntN(12)), 1+random.IntN(31), 0, 0, 0, 0, time.UTC)
		option.Dtstart = start
		other, err := rrule.NewRRule(*option)
		if err != nil {
			t.Fatal(text, err)
		}
		// The start belongs to every series here; there only when the rule names it. Beginning at a day of the rule they agree.
		first := other.After(start, true)
		if first.IsZero() {
			continue
		}
		option.Dtstart = first
		if other, err = rrule.NewRRule(*option); err != nil {
			t.Fatal(text, err)
		}
		from := first.AddDate(0, 0, random.IntN(1500))
		to := from.AddDate(2, 0, 0)
		var want, got []string
		for _, at := range other.Between(from, to, true) {
			want = append(want, at.Format(time.DateOnly))
		}
		r, err := readRule(text)
		if err != nil {
			t.Fatal(text, err)
		}
		steps := maxSteps
		r.days(floorDay(first.Unix()), floorDay(from.Unix()), floorDay(to.Unix()), &steps, func(d int64) bool {
			if d >= floorDay(from.Unix()) {
				got = append(got, time.Unix(d*day, 0).UTC().Format(time.DateOnly))
			}
			return true
		})
		if !slices.Equal(got, want) {
			t.Fatalf("%s from %s\n got %v\nwant %v", text, first.Format(time.DateOnly), got, want)
		}
	}
}

// TestWindowsZones: every name leads to a zone, and Finland's to Finland.
func TestWindowsZones(t *testing.T) {
	if len(windowsZones()) != strings.Count(windowsTable, " = ") || len(windowsZones()) < 139 {
		t.Errorf("%d zones", len(windowsZones()))
	}
	for name, iana := range windowsZones() {
		zone := lookUp(name)
		if zone == nil {
			t.Errorf("%s: %s is no zone", name, iana)
		} else if name == "fle standard time" && zone.String() != "Europe/Helsinki" {
			t.Errorf("%s is %s", name, zone)
		}
	}
}

// shown is what clocks in the zone show at a moment, as if it were UTC.
func shown(zone *time.Location, at int64) int64 { return at + offsetAt(zone, at) }

// TestWall compares with the zone's own clock, hour by hour over the changes of several zones.
func TestWall(t *testing.T) {
	for _, name := range []string{"Europe/Helsinki", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Santiago"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		begin := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
		firsts := map[int64]int64{} // what the clock shows → the first moment that it shows it
		for at := begin; at < begin+366*day; at += 900 {
			if _, seen := firsts[shown(zone, at)]; !seen {
				firsts[shown(zone, at)] = at
			}
		}
		for clock := begin + 2*day; clock < begin+364*day; clock += 900 {
			got := wall(zone, clock)
			if want, exists := firsts[clock]; exists && got != want {
				t.Errorf("%s: %s is %d, want %d", name, time.Unix(clock, 0).UTC(), got, want)
			} else if !exists && got != clock-offsetAt(zone, clock-day) {
				t.Errorf("%s: the skipped %s is %d", name, time.Unix(clock, 0).UTC(), got)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=FLE Standard Time:20260302T080000\nDTEND;TZID=FLE Standard Time:20260302T090000\nRRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=5\nEXDATE:20260303T060000Z\nEND:VEVENT\nEND:VCALENDAR\n"))
	f.Add([]byte("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20260302\nRRULE:FREQ=YEARLY;BYMONTH=3,5;BYMONTHDAY=-1;UNTIL=20300101\nRDATE;VALUE=PERIOD:20260307T100000Z/P1DT2H\nEND:VEVENT\nBEGIN:VEVENT\nUID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260302\nEND:VEVENT\nEND:VCALENDAR"))
	f.Add([]byte("BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\nFREEBUSY;FBTYPE=BUSY;X=\"a:b\":20260302T080000Z/PT1H,x\nEND:VFREEBUSY\n"))
	from := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	to := from.AddDate(0, 0, 120)
	f.Fuzz(func(t *testing.T, data []byte) {
		begun := time.Now()
		got, err := Read(data, from, to, helsinki, nil)
		if took := time.Since(begun); took > 30*time.Second {
			t.Errorf("took %s", took)
		}
		if err != nil {
			return
		}
		last := from.UnixMilli() - 1
		for _, s := range got.Busy {
			if s.Start <= last || s.End <= s.Start || s.End > to.UnixMilli() || s.Start%60000 != 0 || s.End%60000 != 0 {
				t.Fatalf("busy %v", got.Busy)
			}
			last = s.End
		}
		if len(got.Problems) > MaxProblems {
			t.Fatalf("%d problems", len(got.Problems))
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var events []string
	for i := range 3000 {
		day := time.Date(2025, 1, 1, 8, 0, 0, 0, time.UTC).AddDate(0, 0, i%700)
		rule := ""
		if i%30 == 0 {
			rule = "\nRRULE:FREQ=WEEKLY;BYDAY=MO,TH"
		}
		events = append(events, "DTSTART;TZID=FLE Standard Time:"+day.Format("20060102T150405")+"\nDURATION:PT1H\nDESCRIPTION:"+strings.Repeat("Pitkä kuvaus. ", 40)+rule)
	}
	file := calendarOf(events...)
	from := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		if _, err := Read(file, from, from.AddDate(0, 0, 120), helsinki, nil); err != nil {
			b.Fatal(err)
		}
	}
}
