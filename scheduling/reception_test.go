package scheduling

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"luotsi/server/journal"
)

func TestPatternOfASeries(t *testing.T) {
	for _, tt := range []struct {
		name         string
		first, until string
		monthly      bool
		every        int
		want         []string
		failure      string
	}{
		{name: "weekly", first: "2026-12-01", until: "2026-12-22", every: 1, want: []string{"2026-12-01", "2026-12-08", "2026-12-15", "2026-12-22"}},
		{name: "every other week, over the change of the clock", first: "2027-03-23", until: "2027-04-06", every: 2, want: []string{"2027-03-23", "2027-04-06"}},
		{name: "once", first: "2026-12-01", until: "2026-12-01", every: 1, want: []string{"2026-12-01"}},
		{name: "the first Tuesday of the month", first: "2026-12-01", until: "2027-03-02", monthly: true, every: 1, want: []string{"2026-12-01", "2027-01-05", "2027-02-02", "2027-03-02"}},
		{name: "the fourth Friday of every other month", first: "2026-11-27", until: "2027-03-31", monthly: true, every: 2, want: []string{"2026-11-27", "2027-01-22", "2027-03-26"}},
		{name: "the fifth Monday, which not every month has", first: "2026-11-30", until: "2027-08-31", monthly: true, every: 1, want: []string{"2026-11-30", "2027-03-29", "2027-05-31", "2027-08-30"}},
		{name: "ends before it begins", first: "2026-12-02", until: "2026-12-01", every: 1, failure: "ends_before_start until ends_before_start"},
		{name: "every no week", first: "2026-12-01", until: "2026-12-01", failure: "invalid_request every oneof"},
		{name: "60 times", first: "2026-12-01", until: string((day(t, "2026-12-01") + 59*7).Date()), every: 1, want: make([]string, 60)},
		{name: "61 times", first: "2026-12-01", until: string((day(t, "2026-12-01") + 60*7).Date()), every: 1, failure: "invalid_request until max"},
	} {
		got, err := Pattern{First: day(t, tt.first), Until: day(t, tt.until), Monthly: tt.monthly, Every: tt.every}.Days()
		if failure(err) != tt.failure || len(got) != len(tt.want) {
			t.Errorf("%s: got %v %v, want %v %q", tt.name, got, err, tt.want, tt.failure)
			continue
		}
		for i, d := range got {
			if tt.want[i] != "" && string(d.Date()) != tt.want[i] {
				t.Errorf("%s: day %d is %s, want %s", tt.name, i, d.Date(), tt.want[i])
			}
		}
	}
}

// tuesdays is a reception with 4 places of 30 minutes on Tuesday 1.12.2026 from 9 to 12, and another a week later.
func tuesdays(t testing.TB, room string) ReceptionsPlanned {
	return ReceptionsPlanned{
		Series: "series", Doctor: "gp", Unit: "centre", From: 540, To: 720, Minutes: 30, Places: 4, Room: room,
		Occurrences: []Occurrence{{"r1", day(t, "2026-12-01")}, {"r2", day(t, "2026-12-08")}},
	}
}

// serial gives ids in a row.
func serial(prefix string) func() string {
	n := 0
	return func() string {
		n++
		return fmt.Sprint(prefix, n)
	}
}

func room(id string) ResourceAdded {
	return ResourceAdded{Resource: id, Unit: "centre", Kind: Room, Name: id}
}

func TestReceptionHasSoManyPlaces(t *testing.T) {
	s := given(tuesdays(t, ""))
	book := func(n, slot int) error {
		b := wish("2026-12-01T07:00:00Z")
		b.Appointment, b.NewCase, b.References = fmt.Sprint("a", n), fmt.Sprint("case", n), []string{fmt.Sprint("REF", n)}
		b.Start += int64(slot) * 30 * minute
		d, err := s.Book(noon, b)
		if err == nil {
			s.when(t, noon, "co", d, nil)
		}
		return err
	}
	for n := range 4 {
		if err := book(n, n); err != nil {
			t.Fatalf("place %d: %v", n+1, err)
		}
	}
	if s.primary.Appointments["a0"].Reception != "r1" {
		t.Errorf("%+v", s.primary.Appointments["a0"])
	}
	if err := book(4, 4); failure(err) != "limit_reached" {
		t.Errorf("a fifth of four: %v", err)
	}
	q := Query{Unit: "centre", From: day(t, "2026-12-01"), To: day(t, "2026-12-08"), Now: noon.UnixMilli(), Mode: OnSite, Seats: pair()}
	found := s.Search(q, 0)
	if found.Tallies[0].Closed != 6 || found.Tallies[0].Cause != NoPlaces || len(found.Times) != 6 || !found.Times[0].Reception {
		t.Errorf("%+v", found)
	}
	d, err := s.Cancel(noon, "a1", Client)
	s.when(t, noon, "co", d, err)
	if err := book(5, 5); err != nil {
		t.Errorf("when one was cancelled: %v", err)
	}
}

func TestReceptionTakesItsTimeOutOfOtherHours(t *testing.T) {
	monday := ReceptionsPlanned{
		Series: "s", Doctor: "gp", Unit: "north", From: 600, To: 660, Minutes: 20, Places: 2, Occurrences: []Occurrence{{"r", day(t, "2026-11-23")}},
	}
	away := ExceptionAdded{Exception: "x", Person: "gp", Day: day(t, "2026-11-23"), Kind: Away, From: 620, To: 640}
	for _, tt := range []struct {
		name  string
		given []journal.Event
		unit  string
		want  string
	}{
		{"all", nil, "", "[540 600 ] [600 660 r] [660 720 ]"},
		{"of the other unit", nil, "centre", "[540 600 ] [660 720 ]"},
		{"of its own", nil, "north", "[600 660 r]"},
		{"while away for a part", []journal.Event{away}, "", "[540 600 ] [600 620 r] [640 660 r] [660 720 ]"},
		{"cancelled", []journal.Event{ReceptionCancelled{Reception: "r"}}, "", "[540 720 ]"},
		{"moved", []journal.Event{ReceptionMoved{Reception: "r", Day: day(t, "2026-11-23"), From: 480, To: 560}}, "", "[480 560 r] [560 720 ]"},
	} {
		s := given(append([]journal.Event{mondays(t), monday}, tt.given...)...)
		d := day(t, "2026-11-23")
		got := ""
		for _, p := range s.plan("gp").published(s.calendar, d, d, tt.unit) {
			got += fmt.Sprintf(" [%d %d %s]", (p.Start-s.calendar.midnight(d))/minute, (p.End-s.calendar.midnight(d))/minute, p.Reception)
		}
		if got != " "+tt.want {
			t.Errorf("%s: got%s, want %s", tt.name, got, tt.want)
		}
		if wrong := s.Check(); len(wrong) > 0 {
			t.Errorf("%s: %v", tt.name, wrong)
		}
	}
}

func TestDryRunListsClashes(t *testing.T) {
	w := Plan{Doctor: "gp", Unit: "centre", From: 540, To: 720, Minutes: 30, Places: 4, Room: "r"}
	for _, tt := range []struct {
		name  string
		given []journal.Event
		day   string
		want  []Clash
	}{
		{"nothing", nil, "2026-12-02", nil},
		{"yesterday", nil, "2026-11-19", []Clash{ClashPast}},
		{"jouluaatto", nil, "2026-12-24", []Clash{ClashHoliday}},
		{"juhannusaatto", nil, "2027-06-25", []Clash{ClashHoliday}},
		{"itsenäisyyspäivä", nil, "2026-12-06", []Clash{ClashHoliday}},
		{"another reception", []journal.Event{tuesdays(t, "")}, "2026-12-01", []Clash{ClashReception}},
		{"another doctor's in the room", []journal.Event{func() journal.Event { e := tuesdays(t, "r"); e.Doctor = "gp2"; return e }()}, "2026-12-01", []Clash{ClashRoom}},
		{"an appointment in the room", []journal.Event{booked("a", "2026-12-02T07:00:00Z", 30, "gp2", "r")}, "2026-12-02", []Clash{ClashRoom}},
		{"an appointment of the doctor", []journal.Event{booked("a", "2026-12-02T09:30:00Z", 30, "gp", "co")}, "2026-12-02", []Clash{ClashAppointment}},
		{"an appointment that begins when it ends", []journal.Event{booked("a", "2026-12-02T10:00:00Z", 30, "gp", "co")}, "2026-12-02", nil},
		{"other hours", []journal.Event{mondays(t)}, "2026-11-30", []Clash{ClashHours}},
		{"away", []journal.Event{ExceptionAdded{Exception: "x", Person: "gp", Day: day(t, "2026-12-02"), Kind: Away, From: 719, To: 800}}, "2026-12-02", []Clash{ClashAway}},
		{"away from when it ends", []journal.Event{ExceptionAdded{Exception: "x", Person: "gp", Day: day(t, "2026-12-02"), Kind: Away, From: 720, To: 800}}, "2026-12-02", nil},
		{"an absence", []journal.Event{DeputySet{Deputy: "d", Person: "gp", From: day(t, "2026-12-02"), Until: day(t, "2026-12-04")}}, "2026-12-02", []Clash{ClashAway}},
	} {
		s := given(append([]journal.Event{room("r")}, tt.given...)...)
		got := s.Clashes(noon, w, day(t, tt.day), "")
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
		_, err := s.PlanReceptions(noon, "s", []string{"new"}, w, []Day{day(t, tt.day)})
		forbidden := slices.ContainsFunc(tt.want, Clash.Forbids)
		if (err != nil) != forbidden {
			t.Errorf("%s: planning says %v", tt.name, err)
		}
	}
}

func TestReceptionKeepsItsRoom(t *testing.T) {
	s := given(room("r"), tuesdays(t, "r"), HoursAdded{
		Hours: "h", Person: "gp2", Unit: "centre", Weekday: 2, From: 540, To: 720, Minutes: 30, ValidFrom: day(t, "2026-11-24"), ValidUntil: day(t, "2026-12-31"),
	})
	b := wish("2026-12-01T07:00:00Z")
	d, err := s.Book(noon, b)
	s.when(t, noon, "co", d, err)
	if a := s.primary.Appointments["new"]; len(a.Participants) != 3 || a.Participants[2].Person != "r" || a.Answers[2] != Accepted {
		t.Errorf("the room comes along: %+v", a)
	}
	other := wish("2026-12-01T08:00:00Z")
	other.Appointment, other.NewCase, other.References = "b", "case2", []string{"OTHER2"}
	other.Seats = append(each(Attendee{"gp2", "doctor", NoHours}, Attendee{"co2", "coordinator", OfficeHours}), Seat{Role: RoleRoom, Any: []Attendee{{"r", RoleRoom, AllHours}}})
	if err := second(s.Book(noon, other)); failure(err) != "time_taken" {
		t.Errorf("another doctor in the room of the reception: %v", err)
	}
	other.Seats[0] = pair()[0]
	if err := second(s.Book(noon, other)); err != nil {
		t.Errorf("a place of the reception that asks for its room: %v", err)
	}
}

func TestMoveAndCancelReceptions(t *testing.T) {
	inside := func(id, start string, persons ...string) AppointmentBooked {
		e := booked(id, start, 30, persons...)
		e.Reception = "r1"
		e.Participants[1].Role = "coordinator"
		if start >= "2026-12-08" {
			e.Reception = "r2"
		}
		return e
	}
	start := []journal.Event{
		tuesdays(t, ""), inside("a", "2026-12-01T07:00:00Z", "gp", "co"), inside("b", "2026-12-01T07:30:00Z", "gp", "co2"), inside("c", "2026-12-08T07:00:00Z", "gp", "co"),
	}
	for _, tt := range []struct {
		name     string
		given    []journal.Event
		day      string
		from, to int
		all      bool
		want     string
		where    map[string]string // appointment → start; empty when it is cancelled
	}{
		{name: "to the next day", day: "2026-12-02", from: 540, to: 720, where: map[string]string{"a": "2026-12-02T07:00:00Z", "b": "2026-12-02T07:30:00Z", "c": "2026-12-08T07:00:00Z"}},
		{name: "with all that follow", day: "2026-12-02", from: 540, to: 720, all: true, where: map[string]string{"a": "2026-12-02T07:00:00Z", "b": "2026-12-02T07:30:00Z", "c": "2026-12-09T07:00:00Z"}},
		{name: "half an hour later, over each other's old times", day: "2026-12-01", from: 570, to: 750, where: map[string]string{"a": "2026-12-01T07:30:00Z", "b": "2026-12-01T08:00:00Z"}},
		{name: "the whole series by a week, onto its own days", day: "2026-12-08", from: 540, to: 720, all: true, where: map[string]string{"a": "2026-12-08T07:00:00Z", "c": "2026-12-15T07:00:00Z"}},
		{name: "onto the next of the series", day: "2026-12-08", from: 540, to: 720, want: "reception_overlap"},
		{
			name: "where one coordinator has something else", day: "2026-12-02", from: 540, to: 720,
			given: []journal.Event{booked("x", "2026-12-02T07:30:00Z", 30, "gp2", "co2")}, where: map[string]string{"a": "2026-12-02T07:00:00Z", "b": ""},
		},
		{
			name: "where the doctor has something else", day: "2026-12-02", from: 540, to: 720,
			given: []journal.Event{booked("x", "2026-12-02T07:00:00Z", 30, "gp", "co3")}, where: map[string]string{"a": "", "b": "2026-12-02T07:30:00Z"},
		},
		{name: "shorter than its appointments", day: "2026-12-01", from: 540, to: 570, where: map[string]string{"a": "2026-12-01T07:00:00Z", "b": ""}},
		{name: "to the past", day: "2026-11-19", from: 540, to: 720, want: "time_past"},
		{name: "to a time of no length", day: "2026-12-02", from: 540, to: 540, want: "ends_before_start to ends_before_start"},
		{name: "when it is cancelled", given: []journal.Event{
			AppointmentCancelled{Appointment: "a"}, AppointmentCancelled{Appointment: "b"}, ReceptionCancelled{Reception: "r1"},
		}, day: "2026-12-02", from: 540, to: 720, want: "already_cancelled"},
	} {
		s := given(append(slices.Clone(start), tt.given...)...)
		d, err := s.MoveReceptions(noon, "r1", day(t, tt.day), tt.from, tt.to, tt.all, serial("r-"))
		if failure(err) != tt.want {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
		}
		if err != nil {
			continue
		}
		s.when(t, noon, "keeper", d, nil)
		for id, where := range tt.where {
			a := s.primary.Appointments[id]
			if where == "" && (a.Live() || a.Reason != ReceptionOff) || where != "" && (!a.Live() || a.Start != utc(where)) {
				t.Errorf("%s: %s is %s at %s, want %q", tt.name, id, a.Status, moment(a.Start), where)
			}
		}
	}

	for _, tt := range []struct {
		name string
		at   time.Time
		all  bool
		off  []string
		want string
	}{
		{name: "one", at: noon, off: []string{"a", "b"}},
		{name: "all that follow", at: noon, all: true, off: []string{"a", "b", "c"}},
		{name: "in the last millisecond before it", at: time.UnixMilli(utc("2026-12-01T07:00:00Z") - 1), off: []string{"a", "b"}},
		{name: "when it has begun", at: time.UnixMilli(utc("2026-12-01T07:00:00Z")), want: "time_past"},
	} {
		s := given(start...)
		d, err := s.CancelReceptions(tt.at, "r1", tt.all, false, serial("r-"))
		if failure(err) != tt.want {
			t.Errorf("cancel %s: got %v, want %q", tt.name, err, tt.want)
		}
		if err != nil {
			continue
		}
		s.when(t, tt.at, "keeper", d, nil)
		for _, id := range []string{"a", "b", "c"} {
			if a := s.primary.Appointments[id]; a.Live() == slices.Contains(tt.off, id) {
				t.Errorf("cancel %s: %s is %s", tt.name, id, a.Status)
			}
		}
	}
}

// A unit lends two places a month to the town.
func TestLentPlaces(t *testing.T) {
	s := given(mondays(t), PlacesLent{Unit: "centre", Other: "town", Places: 2})
	n := 0
	book := func(start, unit string) error {
		n++
		b := wish(start)
		b.Appointment, b.NewCase, b.References = fmt.Sprint("a", n), fmt.Sprint("case", n), []string{fmt.Sprint("REF", n)}
		b.Owner, b.OwnerUnit = "co", unit
		d, err := s.Book(noon, b)
		if err == nil {
			s.when(t, noon, "co", d, nil)
		}
		return err
	}
	for _, tt := range []struct{ start, unit, want string }{
		{"2026-12-07T07:00:00Z", "town", ""},
		{"2026-12-07T07:30:00Z", "town", ""},
		{"2026-12-14T07:00:00Z", "town", "quota_reached"},
		{"2026-12-14T07:00:00Z", "village", ""},
		{"2026-12-14T07:30:00Z", "centre", ""},
		{"2027-01-04T07:00:00Z", "town", ""},
		{"2026-11-30T07:00:00Z", "town", ""},
	} {
		if got := failure(book(tt.start, tt.unit)); got != tt.want {
			t.Errorf("%s of %s: got %q, want %q", tt.start, tt.unit, got, tt.want)
		}
	}
	refused := wish("2026-12-21T08:00:00Z")
	refused.Owner, refused.OwnerUnit, refused.Case, refused.NewCase = "co", "town", "", "case-new"
	var why *Refusal
	if err := second(s.Book(noon, refused)); !errors.As(err, &why) || *why.Quota != (Quota{Places: 2, Used: 2, Next: day(t, "2027-01-01")}) || s.calendar.dayOf(why.Next[0].Start) != day(t, "2027-01-04") {
		t.Errorf("why, and from when on again: %+v", err)
	}
	if d, err := s.Move(noon, "a1", wish("2026-12-21T07:00:00Z")); err != nil {
		t.Errorf("moved within the month: %v", err)
	} else {
		s.when(t, noon, "co", d, nil)
	}
	if err := second(s.Move(noon, "a7", wish("2026-12-21T08:00:00Z"))); failure(err) != "quota_reached" {
		t.Errorf("moved into a month that is used up: %v", err)
	}
	d, err := s.Cancel(noon, "a1", Client)
	s.when(t, noon, "co", d, err)
	if err := book("2026-12-28T07:00:00Z", "town"); err != nil {
		t.Errorf("when one was cancelled: %v", err)
	}
	s.Reindex()
	if wrong := s.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
	if l := s.lendings("centre", time.UnixMilli(utc("2026-12-31T21:59:59Z"))); len(l) != 1 || l[0] != (Lending{"centre", "town", 2, 2}) {
		t.Errorf("%+v", l)
	}
	d, err = s.Lend("centre", "town", 0)
	s.when(t, noon, "keeper", d, err)
	if err := book("2026-12-28T08:00:00Z", "town"); err != nil {
		t.Errorf("when nothing is lent the sharing decides: %v", err)
	}
}
