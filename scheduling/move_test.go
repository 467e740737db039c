package scheduling

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// askedToMove is an appointment of gp and co on Monday at 9, whose move to 10 is put to gp, who wants to be asked.
func askedToMove(t *testing.T) *State {
	t.Helper()
	s := given(mondays(t), booked("old", nineOnMonday, 30, "gp", "co"), SettingsChanged{Person: "gp", Ask: true})
	d, err := s.Move(noon, "old", moveTo("2026-11-23T08:00:00Z"))
	s.when(t, noon, "co", d, err)
	return s
}

func moveTo(start string) Booking {
	b := wish(start)
	b.Appointment, b.Asks, b.By = "to", true, "co"
	return b
}

func TestMoveIsAskedOfTheDoctor(t *testing.T) {
	s := askedToMove(t)
	old, to := s.primary.Appointments["old"], s.primary.Appointments["to"]
	if old.Status != Booked || old.Start != utc(nineOnMonday) || to.Status != Asked || to.Start != utc("2026-11-23T08:00:00Z") || to.MoveOf != "old" || to.Case != old.Case {
		t.Fatalf("old %+v, to %+v", old, to)
	}
	for _, tt := range []struct {
		name   string
		do     func(*State) error
		old    Status
		start  string
		to     Status
		reason string
	}{
		{"the doctor agrees", func(s *State) error { return answer(t, s, "to", Accepted) }, Booked, "2026-11-23T08:00:00Z", Released, ""},
		{"the doctor does not", func(s *State) error { return answer(t, s, "to", DeclinedSeat) }, Booked, nineOnMonday, Declined, ""},
		{"nobody answers", func(s *State) error {
			at := moment(to.Expires)
			d, err := s.Expire(at)
			s.when(t, at, "", d, err)
			return err
		}, Booked, nineOnMonday, Released, ""},
		{"it is taken back", func(s *State) error {
			d, err := s.Cancel(noon, "to", Other)
			s.when(t, noon, "co", d, err)
			return err
		}, Booked, nineOnMonday, Cancelled, ""},
		{"the appointment is cancelled meanwhile", func(s *State) error {
			d, err := s.Cancel(noon, "old", Client)
			s.when(t, noon, "co", d, err)
			return err
		}, Cancelled, nineOnMonday, Released, ""},
		{"the doctor calls the appointment off", func(s *State) error { return answer(t, s, "old", DeclinedSeat) }, Declined, nineOnMonday, Released, ""},
		{"it is moved again meanwhile", func(s *State) error {
			b := moveTo("2026-11-23T09:00:00Z")
			b.Appointment = "third"
			return second(s.Move(noon, "old", b))
		}, Booked, nineOnMonday, Asked, "not_now"},
	} {
		s := askedToMove(t)
		if got := failure(tt.do(s)); got != tt.reason {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.reason)
		}
		old, to := s.primary.Appointments["old"], s.primary.Appointments["to"]
		if old.Status != tt.old || old.Start != utc(tt.start) || to.Status != tt.to {
			t.Errorf("%s: the appointment is %s at %s, the asked time %s", tt.name, old.Status, moment(old.Start).Format(time.RFC3339), to.Status)
		}
	}
}

func answer(t *testing.T, s *State, id string, a Answer) error {
	t.Helper()
	d, err := s.Respond(noon, id, 0, a, "", nil, everybody)
	if err == nil {
		s.when(t, noon, "gp", d, nil)
	}
	return err
}

func TestWhoIsAskedForAMove(t *testing.T) {
	for _, tt := range []struct {
		name      string
		ask, asks bool
		start     string
		want      string
		moved     bool
	}{
		{"the doctor need not be asked", false, true, "2026-11-23T07:30:00Z", "", true},
		{"who moves speaks for the doctor", true, false, "2026-11-23T07:30:00Z", "", true},
		{"the doctor is asked", true, true, "2026-11-23T07:30:00Z", "", false},
	} {
		s := given(mondays(t), booked("old", nineOnMonday, 30, "gp", "co"), SettingsChanged{Person: "gp", Ask: tt.ask, Before: 0})
		b := moveTo(tt.start)
		b.Asks = tt.asks
		d, err := s.Move(noon, "old", b)
		if got := failure(err); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
			continue
		}
		s.when(t, noon, "co", d, nil)
		if moved := s.primary.Appointments["old"].Start != utc(nineOnMonday); moved != tt.moved {
			t.Errorf("%s: moved %t", tt.name, moved)
		}
	}
}

// Both times are kept while the doctor is asked, so an hour over the old one can not be had; without asking it can.
func TestAskedMoveMeetsItsOldTime(t *testing.T) {
	for _, tt := range []struct {
		ask  bool
		want string
	}{{true, "time_taken"}, {false, ""}} {
		s := given(mondays(t), booked("old", nineOnMonday, 30, "gp", "co"), SettingsChanged{Person: "gp", Ask: tt.ask, Notice: 1})
		b := moveTo(nineOnMonday)
		b.Minutes = 60
		if got := failure(second(s.Move(noon, "old", b))); got != tt.want {
			t.Errorf("asked %t: got %q, want %q", tt.ask, got, tt.want)
		}
	}
}

// Booking at once does not go past a doctor who wants to be asked, but their own side may.
func TestBookingAsksToo(t *testing.T) {
	for _, tt := range []struct {
		ask, asks bool
		want      Status
	}{{true, true, Asked}, {true, false, Booked}, {false, true, Booked}} {
		s := given(mondays(t), SettingsChanged{Person: "gp", Ask: tt.ask, Notice: 1})
		b := wish(nineOnMonday)
		b.Asks = tt.asks
		d, err := s.Book(noon, b)
		s.when(t, noon, "co", d, err)
		if got := s.primary.Appointments["new"].Status; got != tt.want {
			t.Errorf("wants to be asked %t, booker asks %t: %s, want %s", tt.ask, tt.asks, got, tt.want)
		}
	}
}

func TestAskedMoveOverHTTP(t *testing.T) {
	r := newRegion(t)
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", mondayRule)
	id, _ := r.want(t, 201, "co", "POST", "/api/appointments", nineOClock)["id"].(string)
	r.happen(t, SettingsChanged{Person: "gp", Ask: true})
	times := "/api/appointments/" + id + "/times?from=2026-11-23&to=2026-11-23"
	if v := r.want(t, 200, "co", "GET", times, ""); strings.Contains(fmt.Sprint(v), "2026-11-23T07:00:00Z") {
		t.Errorf("the old time is offered while both would be kept: %v", v)
	}
	move := `{"start":"2026-11-23T08:00:00Z"}`
	v := r.want(t, 200, "co", "POST", "/api/appointments/"+id+"/move", move)
	to, _ := at(v, "moving", "appointment").(string)
	if v["start"] != "2026-11-23T07:00:00Z" || at(v, "moving", "start") != "2026-11-23T08:00:00Z" || to == "" {
		t.Fatalf("asked to move: %v", v)
	}
	if v = r.want(t, 200, "gp", "GET", "/api/unanswered", ""); at(v, "appointments", 0, "id") != to || at(v, "appointments", 0, "moveOf") != id ||
		at(v, "appointments", 0, "movedFrom", "start") != "2026-11-23T07:00:00Z" {
		t.Errorf("what the doctor is asked: %v", v)
	}
	r.want(t, 200, "gp", "POST", "/api/appointments/"+to+"/answer", `{"answer":"accepted"}`)
	v = r.want(t, 200, "co", "GET", "/api/appointments/"+id, "")
	if v["state"] != "booked" || v["start"] != "2026-11-23T08:00:00Z" || v["moving"] != nil || length(v["moves"]) != 1 {
		t.Errorf("moved: %v", v)
	}
	if v = r.want(t, 200, "co", "GET", "/api/appointments/"+to, ""); v["state"] != "released" || v["next"] != id {
		t.Errorf("the time that was asked for: %v", v)
	}
	// The doctor moves without asking themself.
	if v = r.want(t, 200, "gp", "POST", "/api/appointments/"+id+"/move", `{"start":"2026-11-23T09:00:00Z"}`); v["start"] != "2026-11-23T09:00:00Z" {
		t.Errorf("moved by the doctor: %v", v)
	}
}

// A move that the doctor did not answer in time is in nobody's way from the millisecond in which the time to answer ended.
func TestUnansweredMoveIsInNobodysWay(t *testing.T) {
	for _, ask := range []bool{true, false} {
		s := given(mondays(t), booked("old", weekLater, 30, "gp", "co"), SettingsChanged{Person: "gp", Ask: true})
		d, err := s.Move(noon, "old", moveTo("2026-11-30T08:00:00Z"))
		s.when(t, noon, "co", d, err)
		end := moment(s.primary.Appointments["to"].Expires)
		again := moveTo("2026-11-30T08:00:00Z")
		again.Appointment, again.Asks = "third", ask
		if err := second(s.Move(end.Add(-time.Millisecond), "old", again)); failure(err) != "not_now" {
			t.Errorf("in the last millisecond: %v", err)
		}
		d, err = s.Move(end, "old", again)
		s.when(t, end, "co", d, err)
		s.Reindex()
		if to := s.moving("old", end.UnixMilli()); (to == "third") != ask || s.primary.Appointments["to"].Status != Released {
			t.Errorf("asked %t: it moves to %q", ask, to)
		}
	}
}

// The quota of a month holds for a move that the doctor is asked about, which counts once within its month.
func TestAskedMoveKeepsToWhatIsLent(t *testing.T) {
	s := given(mondays(t), PlacesLent{Unit: "centre", Other: "town", Places: 1})
	for n, start := range []string{"2026-11-23T07:00:00Z", "2026-12-07T07:00:00Z"} {
		b := wish(start)
		b.Appointment, b.NewCase, b.References = fmt.Sprint("a", n), fmt.Sprint("case", n), []string{fmt.Sprint("REF", n)}
		b.Owner, b.OwnerUnit = "co", "town"
		d, err := s.Book(noon, b)
		s.when(t, noon, "co", d, err)
	}
	s.happen(t, noon, "gp", SettingsChanged{Person: "gp", Ask: true})
	if err := second(s.Move(noon, "a0", moveTo("2026-12-14T07:00:00Z"))); failure(err) != "quota_reached" {
		t.Errorf("into a month that is used up: %v", err)
	}
	if err := second(s.Move(noon, "a0", moveTo("2026-11-30T07:00:00Z"))); failure(err) != "" {
		t.Errorf("within the month: %v", err)
	}
}

// The room of a reception comes with a place there: another reception has its own, and one that is closed comes no more.
func TestMovedFromOneReceptionToAnother(t *testing.T) {
	s := given(room("r"), room("q"), tuesdays(t, "r"), ReceptionsPlanned{
		Series: "other", Doctor: "gp", Unit: "centre", From: 540, To: 720, Minutes: 30, Places: 4, Room: "q", Occurrences: []Occurrence{{"r3", day(t, "2026-12-03")}},
	})
	d, err := s.Book(noon, wish("2026-12-01T07:00:00Z"))
	s.when(t, noon, "co", d, err)
	a := s.primary.Appointments["new"]
	b := wish("2026-12-03T07:00:00Z")
	b.Seats = s.seatsOf(&a)
	d, err = s.Move(noon, "new", b)
	s.when(t, noon, "co", d, err)
	var rooms []string
	for _, p := range s.primary.Appointments["new"].Participants {
		if p.Role == RoleRoom {
			rooms = append(rooms, p.Person)
		}
	}
	if !slices.Equal(rooms, []string{"q"}) {
		t.Errorf("rooms %v", rooms)
	}
	s.happen(t, noon, "keeper", ResourceRetired{Resource: "r"})
	b = wish("2026-12-01T07:00:00Z")
	b.Appointment, b.NewCase, b.References = "second", "case2", []string{"OTHER2"}
	d, err = s.Book(noon, b)
	s.when(t, noon, "co", d, err)
	if a := s.primary.Appointments["second"]; len(a.Participants) != 2 || a.Reception != "r1" {
		t.Errorf("when the room is closed: %+v", a)
	}
}

// A doctor has three days to answer, and a working day among them.
func TestUntilWhenADoctorAnswers(t *testing.T) {
	s := given()
	later := utc("2027-06-01T07:00:00Z")
	for _, tt := range []struct {
		name, now string
		start     int64
		want      string
	}{
		{"Tuesday", "2026-11-24T10:00:00Z", later, "2026-11-27T22:00:00Z"},
		{"Friday: Monday is the third day", "2026-11-20T12:00:00Z", later, "2026-11-23T22:00:00Z"},
		{"Thursday before Easter: Tuesday is the first working day", "2026-04-02T10:00:00Z", later, "2026-04-07T21:00:00Z"},
		{"the day before Christmas Eve", "2026-12-23T10:00:00Z", later, "2026-12-28T22:00:00Z"},
		{"the last millisecond of a Thursday", "2026-12-17T21:59:59.999Z", later, "2026-12-20T22:00:00Z"},
		{"a millisecond later", "2026-12-17T22:00:00Z", later, "2026-12-21T22:00:00Z"},
		{"over the change to summer time", "2026-03-26T10:00:00Z", later, "2026-03-29T21:00:00Z"},
		{"over the change to winter time", "2026-10-23T10:00:00Z", later, "2026-10-26T22:00:00Z"},
		{"an appointment that begins earlier", "2026-11-24T10:00:00Z", utc("2026-11-25T07:00:00Z"), "2026-11-25T07:00:00Z"},
	} {
		if got := s.answerBy(moment(utc(tt.now)), tt.start); got != utc(tt.want) {
			t.Errorf("%s: until %s, want %s", tt.name, moment(got).Format(time.RFC3339), tt.want)
		}
	}
}
