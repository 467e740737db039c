package scheduling

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

// Monday 23.11.2026 at 9.00 in Finland, the first slot of mondays.
const nineOnMonday = "2026-11-23T07:00:00Z"

// when applies what a rule decided at a moment, and fails the test on a refusal.
func (s *State) when(t testing.TB, at time.Time, by string, d journal.Decision, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range d.Events {
		s.Apply(journal.Meta{Number: 1000, At: at, By: by}, e)
	}
	if wrong := s.Check(); len(wrong) > 0 {
		t.Fatal(wrong)
	}
}

// holdAt is a state in which co keeps the first slot since that moment.
func holdAt(t testing.TB, at time.Time, more ...journal.Event) *State {
	t.Helper()
	s := given(append([]journal.Event{mondays(t)}, more...)...)
	b := wish(nineOnMonday)
	b.By, b.Owner, b.OwnerUnit = "co", "co", "town"
	d, err := s.Hold(at, b)
	s.when(t, at, "co", d, err)
	return s
}

func TestHoldLastsTenMinutes(t *testing.T) {
	end := noon.Add(HoldTime)
	for _, tt := range []struct {
		name string
		at   time.Time
		do   func(*State, time.Time) error
		want string
	}{
		{"booked at once", noon, confirm, ""},
		{"booked in the last millisecond", end.Add(-time.Millisecond), confirm, ""},
		{"booked when it ended", end, confirm, "hold_expired"},
		{"extended in the last millisecond", end.Add(-time.Millisecond), extend, ""},
		{"extended when it ended", end, extend, "hold_expired"},
		{"let go in the last millisecond", end.Add(-time.Millisecond), release, ""},
		{"let go when it ended", end, release, "hold_expired"},
		{"taken by another in the last millisecond", end.Add(-time.Millisecond), take, "time_taken"},
		{"taken by another when it ended", end, take, ""},
	} {
		if got := failure(tt.do(holdAt(t, noon), tt.at)); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func confirm(s *State, at time.Time) error { return second(s.Confirm(at, "new", true)) }
func extend(s *State, at time.Time) error  { return second(s.Extend(at, "new", "co")) }
func release(s *State, at time.Time) error { return second(s.Release(at, "new")) }

// take books the same slot with another coordinator.
func take(s *State, at time.Time) error {
	b := wish(nineOnMonday)
	b.Appointment, b.NewCase, b.References = "taken", "case2", []string{"K7M2QY"}
	b.Seats = each(Attendee{"gp", auth.Doctor, NoHours}, Attendee{"co2", auth.Coordinator, OfficeHours})
	d, err := s.Book(at, b)
	if err != nil {
		return err
	}
	for _, e := range d.Events {
		s.Apply(journal.Meta{Number: 1000, At: at, By: "co2"}, e)
	}
	if wrong := s.Check(); len(wrong) > 0 {
		return errors.New(wrong[0])
	}
	return nil
}

func TestHoldIsExtendedOnceByWhoMadeIt(t *testing.T) {
	s := holdAt(t, noon)
	if _, err := s.Extend(noon, "new", "gp"); failure(err) != "not_now" {
		t.Errorf("by somebody else: %v", err)
	}
	d, err := s.Extend(noon.Add(9*time.Minute), "new", "co")
	s.when(t, noon.Add(9*time.Minute), "co", d, err)
	if got, want := s.primary.Appointments["new"].Expires, noon.Add(20*time.Minute).UnixMilli(); got != want {
		t.Errorf("kept until %d, want %d", got, want)
	}
	if _, err := s.Extend(noon.Add(19*time.Minute), "new", "co"); failure(err) != "already_extended" {
		t.Errorf("twice: %v", err)
	}
	if err := confirm(s, noon.Add(20*time.Minute-time.Millisecond)); err != nil {
		t.Error(err)
	}
}

// A time that begins in six minutes is kept for six minutes.
func TestHoldEndsWhenTheTimeBegins(t *testing.T) {
	start := time.UnixMilli(utc(nineOnMonday))
	s := holdAt(t, start.Add(-6*time.Minute))
	if got := s.primary.Appointments["new"].Expires; got != start.UnixMilli() {
		t.Errorf("kept until %v", time.UnixMilli(got))
	}
}

func TestThreeHoldsAtOnce(t *testing.T) {
	s := holdAt(t, noon)
	hold := func(n int, at time.Time) error {
		b := wish(nineOnMonday)
		b.By, b.Appointment, b.NewCase, b.References = "co", fmt.Sprint("hold", n), fmt.Sprint("case", n), []string{fmt.Sprint("REF", n)}
		b.Start += int64(n) * 30 * minute
		d, err := s.Hold(at, b)
		if err == nil {
			s.when(t, at, "co", d, nil)
		}
		return err
	}
	for n, want := range []string{1: "", 2: "", 3: "too_many_holds"} {
		if n > 0 {
			if got := failure(hold(n, noon)); got != want {
				t.Errorf("hold %d: got %q, want %q", n+1, got, want)
			}
		}
	}
	if err := hold(3, noon.Add(HoldTime)); err != nil {
		t.Errorf("when the others have run out: %v", err)
	}
}

func TestExpire(t *testing.T) {
	s := holdAt(t, noon)
	if d, err := s.Expire(noon.Add(HoldTime - time.Millisecond)); err != nil || len(d.Events) != 0 {
		t.Errorf("too early: %v %v", d, err)
	}
	d, err := s.Expire(noon.Add(HoldTime))
	s.when(t, noon.Add(HoldTime), "", d, err)
	if a := s.primary.Appointments["new"]; a.Status != Released || a.Expires != 0 || len(s.expiring) != 0 {
		t.Errorf("after its time: %+v", a)
	}
	if d, err := s.Expire(noon.Add(time.Hour)); err != nil || len(d.Events) != 0 {
		t.Errorf("again: %v %v", d, err)
	}
	if err := confirm(s, noon.Add(HoldTime)); failure(err) != "hold_expired" {
		t.Errorf("booked after all: %v", err)
	}
}

func TestDoctorWhoWantsToBeAsked(t *testing.T) {
	ask := SettingsChanged{Person: "gp", Ask: true}
	asked := func(t *testing.T) *State {
		s := holdAt(t, noon, ask)
		d, err := s.Confirm(noon, "new", true)
		s.when(t, noon, "co", d, err)
		return s
	}
	s := asked(t)
	a := s.primary.Appointments["new"]
	// Friday and three days: until the midnight that begins Tuesday; but the appointment is on Monday at nine.
	if a.Status != Asked || a.Expires != utc(nineOnMonday) || !slices.Equal(a.Answers, []Answer{Awaiting, Accepted}) {
		t.Errorf("asked: %+v", a)
	}
	for _, tt := range []struct {
		name     string
		seat     int
		answer   Answer
		reason   Reason
		proposed []int64
		want     string
		status   Status
	}{
		{name: "accepts", answer: Accepted, status: Booked},
		{name: "is not sure", answer: Tentative, status: Asked},
		{name: "declines", answer: DeclinedSeat, reason: NoTime, status: Declined},
		{name: "proposes others", answer: DeclinedSeat, proposed: []int64{utc("2026-11-30T07:00:00Z"), utc("2026-11-30T07:30:00Z")}, status: Declined},
		{name: "proposes the past", answer: DeclinedSeat, proposed: []int64{noon.UnixMilli()}, want: "invalid_request proposed date"},
		{name: "proposes four", answer: DeclinedSeat, proposed: make([]int64, 4), want: "invalid_request proposed max"},
		{name: "proposes while accepting", answer: Accepted, proposed: []int64{utc("2026-11-30T07:00:00Z")}, want: "invalid_request proposed oneof"},
		{name: "says something else", answer: "perhaps", want: "invalid_request answer oneof"},
		{name: "the coordinator declines", seat: 1, answer: DeclinedSeat, status: Asked},
		{name: "nobody's seat", seat: 2, answer: Accepted, want: "not_found"},
	} {
		s := asked(t)
		d, err := s.Respond(noon, "new", tt.seat, tt.answer, tt.reason, tt.proposed, everybody)
		if failure(err) != tt.want {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
		}
		if err != nil {
			continue
		}
		s.when(t, noon, "gp", d, nil)
		if a := s.primary.Appointments["new"]; a.Status != tt.status || a.Answers[tt.seat] != tt.answer || !slices.Equal(a.Proposed, tt.proposed) {
			t.Errorf("%s: %+v", tt.name, a)
		}
		if free := take(s, noon) == nil; free != (tt.status == Declined) {
			t.Errorf("%s: the time is free: %v", tt.name, free)
		}
	}
	if err := second(asked(t).Respond(time.UnixMilli(utc(nineOnMonday)), "new", 0, Accepted, "", nil, everybody)); failure(err) != "hold_expired" {
		t.Errorf("when it has begun: %v", err)
	}
}

// An appointment far ahead waits three whole days for the doctor.
func TestDoctorHasThreeDaysToAnswer(t *testing.T) {
	s := given(mondays(t), SettingsChanged{Person: "gp", Ask: true})
	b := wish("2026-12-14T07:00:00Z")
	d, err := s.Hold(noon, b)
	s.when(t, noon, "co", d, err)
	d, err = s.Confirm(noon, "new", true)
	s.when(t, noon, "co", d, err)
	if got, want := moment(s.primary.Appointments["new"].Expires).Format(time.RFC3339), "2026-11-23T22:00:00Z"; got != want {
		t.Errorf("asked on Friday 20.11. until %s, want the end of Monday, %s", got, want)
	}
}

func interpreters(ids ...string) Seat {
	seat := Seat{Role: RoleInterpreter}
	for _, id := range ids {
		seat.Any = append(seat.Any, Attendee{id, RoleInterpreter, OfficeHours})
	}
	return seat
}

func TestAnyOfSeveral(t *testing.T) {
	busy := func(id string) journal.Event { return booked("b-"+id, nineOnMonday, 30, "gp-"+id, id) }
	for _, tt := range []struct {
		name    string
		given   []journal.Event
		seat    Seat
		want    string
		takes   string
		outside bool
		people  []string
	}{
		{name: "the first", seat: interpreters("i1", "i2", "i3"), takes: "i1"},
		{name: "the second when the first is taken", given: []journal.Event{busy("i1")}, seat: interpreters("i1", "i2", "i3"), takes: "i2"},
		{name: "none", given: []journal.Event{busy("i1"), busy("i2"), busy("i3")}, seat: interpreters("i1", "i2", "i3"), want: "time_taken", people: []string{"i1", "i2", "i3"}},
		{name: "ordered from outside", given: []journal.Event{busy("i1")}, seat: Seat{Role: RoleInterpreter, Any: interpreters("i1").Any, Outside: true}, outside: true},
		{name: "only from outside", seat: Seat{Role: RoleInterpreter, Outside: true}, outside: true},
		{name: "an optional one who is free", seat: Seat{Any: interpreters("i1").Any, Optional: true}, takes: "i1"},
		{name: "nobody at all", seat: Seat{Role: RoleInterpreter}, want: "invalid_request with required"},
		{name: "the coordinator twice", seat: Seat{Any: []Attendee{{"co", auth.Coordinator, OfficeHours}}}, want: "invalid_request with unique"},
	} {
		s := given(append([]journal.Event{mondays(t)}, tt.given...)...)
		b := wish(nineOnMonday)
		b.Seats = append(b.Seats, tt.seat)
		d, err := s.Book(noon, b)
		var r *Refusal
		if errors.As(err, &r) && !slices.Equal(r.People, tt.people) {
			t.Errorf("%s: %v are in the way, want %v", tt.name, r.People, tt.people)
		}
		if failure(err) != tt.want {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
		}
		if err != nil {
			continue
		}
		s.when(t, noon, "co", d, nil)
		if p := s.primary.Appointments["new"].Participants[2]; p.Person != tt.takes || p.Outside != tt.outside {
			t.Errorf("%s: %+v", tt.name, p)
		}
	}
}

func TestOptionalSeatStaysEmpty(t *testing.T) {
	s := given(mondays(t), booked("other", nineOnMonday, 30, "gp2", "i1"))
	b := wish(nineOnMonday)
	b.Seats = append(b.Seats, Seat{Any: interpreters("i1").Any, Optional: true})
	q := Query{Unit: "centre", From: day(t, "2026-11-23"), To: day(t, "2026-11-23"), Now: noon.UnixMilli(), Mode: OnSite, Seats: b.Seats}
	found := s.Search(q, 0)
	if len(found.Times) != 6 || found.Times[0].Missing != 1<<2 || found.Times[1].Missing != 0 {
		t.Fatalf("%+v", found.Times)
	}
	if ranked := Best(found.Times, 6); ranked[0].Start != utc("2026-11-23T07:30:00Z") || ranked[5].Missing == 0 {
		t.Errorf("ranked %+v", ranked)
	}
	d, err := s.Book(noon, b)
	s.when(t, noon, "co", d, err)
	seats := s.primary.Appointments["new"].Participants
	if len(seats) != 3 || seats[2].Person != "" || !seats[2].Optional || !slices.Equal(seats[2].Any, []string{"i1"}) {
		t.Fatalf("%+v", seats)
	}
	// At half past nine the interpreter is free: a move fills the seat.
	m := wish("2026-11-23T07:30:00Z")
	m.Seats = b.Seats
	d, err = s.Move(noon, "new", m)
	s.when(t, noon, "co", d, err)
	if p := s.primary.Appointments["new"].Participants[2]; p.Person != "i1" {
		t.Errorf("after the move %+v", p)
	}
}

func TestSubstitution(t *testing.T) {
	s := given(mondays(t))
	b := wish(nineOnMonday)
	b.Seats = append(b.Seats, interpreters("i1", "i2", "i3"))
	d, err := s.Book(noon, b)
	s.when(t, noon, "co", d, err)
	s.when(t, noon, "gp2", journal.Happens(booked("other", nineOnMonday, 30, "gp2", "i2")), nil)
	answer := func(a Answer) Participant {
		d, err := s.Respond(noon, "new", 2, a, "", nil, everybody)
		s.when(t, noon, "i", d, err)
		return s.primary.Appointments["new"].Participants[2]
	}
	if p := answer(Accepted); p.Person != "i1" {
		t.Errorf("accepted: %+v", p)
	}
	if p := answer(DeclinedSeat); p.Person != "i3" || s.primary.Appointments["new"].Answers[2] != Awaiting {
		t.Errorf("i1 declined, i2 has something else: %+v", p)
	}
	if s.plans["i1"].holds(Span{utc(nineOnMonday), utc(nineOnMonday) + 30*minute}, "new") {
		t.Error("i1 is still held")
	}
	if p := answer(DeclinedSeat); p.Person != "i3" || s.primary.Appointments["new"].Answers[2] != DeclinedSeat {
		t.Errorf("i3 declined, and nobody is left: %+v", p)
	}
}

// A substitute works here, and a doctor comes only in hours of their own.
func TestSubstituteMustBeThere(t *testing.T) {
	theirs := mondays(t)
	theirs.Hours, theirs.Person = "theirs", "gp2"
	gone := *everybody
	gone.Comes = func(person string) bool { return person != "i2" }
	for _, tt := range []struct {
		name string
		seat Seat
		who  *Presence
	}{
		{"a doctor without hours", Seat{Role: auth.Doctor, Any: []Attendee{{"gp2", auth.Doctor, NoHours}, {"gp3", auth.Doctor, NoHours}}}, everybody},
		{"somebody who left", interpreters("i1", "i2"), &gone},
	} {
		s := given(mondays(t), theirs)
		b := wish(nineOnMonday)
		b.Seats = append(b.Seats, tt.seat)
		d, err := s.Book(noon, b)
		s.when(t, noon, "co", d, err)
		d, err = s.Respond(noon, "new", 2, DeclinedSeat, "", nil, tt.who)
		s.when(t, noon, "i", d, err)
		if a := s.primary.Appointments["new"]; a.Participants[2].Person != tt.seat.Any[0].Person || a.Answers[2] != DeclinedSeat {
			t.Errorf("%s took the seat: %+v", tt.name, a.Participants[2])
		}
	}
}

func TestMove(t *testing.T) {
	ten := "2026-11-23T08:00:00Z"
	for _, tt := range []struct {
		name  string
		given []journal.Event
		at    time.Time
		start string
		with  func(*Booking)
		want  string
	}{
		{name: "later that day", start: ten},
		{name: "into half of its own time", start: "2026-11-23T07:30:00Z", with: func(b *Booking) { b.Minutes = 60 }},
		{name: "longer where it is", start: nineOnMonday, with: func(b *Booking) { b.Minutes = 45 }},
		{name: "onto another of the doctor's", start: ten, given: []journal.Event{booked("b", ten, 30, "gp", "co2")}, want: "time_taken"},
		{name: "outside the hours", start: "2026-11-24T08:00:00Z", want: "outside_hours"},
		{name: "after it is over", start: ten, at: time.UnixMilli(utc("2026-11-23T07:30:00Z")), want: "time_past"},
		{name: "in its last millisecond", start: ten, at: time.UnixMilli(utc("2026-11-23T07:30:00Z") - 1)},
		{name: "when it was cancelled", start: ten, given: []journal.Event{AppointmentCancelled{Appointment: "a"}}, want: "already_cancelled"},
		{name: "when it took place", start: ten, given: []journal.Event{AppointmentMarked{Appointment: "a", Status: Fulfilled}}, want: "not_now"},
	} {
		s := given(append([]journal.Event{mondays(t), booked("a", nineOnMonday, 30, "gp", "co")}, tt.given...)...)
		b := wish(tt.start)
		if tt.with != nil {
			tt.with(&b)
		}
		at := noon
		if !tt.at.IsZero() {
			at = tt.at
		}
		before := s.primary.Appointments["a"]
		d, err := s.Move(at, "a", b)
		if failure(err) != tt.want {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
		}
		if err != nil {
			if after := s.primary.Appointments["a"]; after.Start != before.Start || after.Status != before.Status {
				t.Errorf("%s: the old time did not stay", tt.name)
			}
			continue
		}
		s.when(t, at, "co", d, nil)
		a := s.primary.Appointments["a"]
		if a.Start != utc(tt.start) || a.Sequence != 1 || len(a.Moves) != 1 || a.Moves[0].Start != before.Start || a.Status != Booked {
			t.Errorf("%s: %+v", tt.name, a)
		}
	}
	s := given(mondays(t), booked("a", nineOnMonday, 30, "gp", "co"))
	if d, err := s.Move(noon, "a", wish(nineOnMonday)); err != nil || len(d.Events) != 1 {
		t.Errorf("to the same time in another mode: %v %v", d, err)
	}
	same := wish(nineOnMonday)
	same.Mode = Phone
	if d, err := s.Move(noon, "a", same); err != nil || len(d.Events) != 0 {
		t.Errorf("to where it is: %v %v", d, err)
	}
}

func TestLateCancellation(t *testing.T) {
	day := time.UnixMilli(utc(nineOnMonday)).Add(-LateCancel)
	for _, tt := range []struct {
		name string
		at   time.Time
		late bool
		want string
	}{
		{"a day before", day, false, ""},
		{"a millisecond nearer", day.Add(time.Millisecond), true, ""},
		{"while it lasts", time.UnixMilli(utc("2026-11-23T07:30:00Z") - 1), true, ""},
		{"when it is over", time.UnixMilli(utc("2026-11-23T07:30:00Z")), false, "time_past"},
	} {
		s := given(mondays(t), booked("a", nineOnMonday, 30, "gp", "co"))
		d, err := s.Cancel(tt.at, "a", Client)
		if failure(err) != tt.want {
			t.Errorf("%s: %v", tt.name, err)
		}
		if err == nil {
			s.when(t, tt.at, "co", d, nil)
			if a := s.primary.Appointments["a"]; a.Late != tt.late || a.Sequence != 1 || a.Outward() != "peruttu" {
				t.Errorf("%s: %+v", tt.name, a)
			}
		}
	}
	if err := second(holdAt(t, noon).Cancel(noon, "new", Client)); failure(err) != "not_now" {
		t.Errorf("a hold is let go, not cancelled: %v", err)
	}
	s := askedToMove(t)
	end := moment(s.primary.Appointments["to"].Expires)
	for at, want := range map[time.Time]string{end.Add(-time.Millisecond): "", end: "hold_expired"} {
		if err := second(s.Cancel(at, "to", Client)); failure(err) != want {
			t.Errorf("what the doctor is asked, cancelled at %s: got %v, want %q", at, err, want)
		}
	}
}

func TestMarks(t *testing.T) {
	start := time.UnixMilli(utc(nineOnMonday))
	for _, tt := range []struct {
		name   string
		at     time.Time
		status Status
		want   string
	}{
		{"arrives an hour before", start.Add(-time.Hour), Arrived, ""},
		{"arrives earlier", start.Add(-time.Hour - time.Millisecond), Arrived, "not_now"},
		{"begins", start, Started, ""},
		{"begins too early", start.Add(-time.Millisecond), Started, "not_now"},
		{"took place", start, Fulfilled, ""},
		{"took place too early", start.Add(-time.Millisecond), Fulfilled, "not_now"},
		{"did not come", start, NoShow, ""},
		{"did not come, too early", start.Add(-time.Millisecond), NoShow, "not_now"},
		{"became something else", start, Held, "invalid_request status oneof"},
	} {
		s := given(mondays(t), booked("a", nineOnMonday, 30, "gp", "co"))
		d, err := s.Mark(tt.at, "a", tt.status)
		if failure(err) != tt.want {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
		}
		if err != nil {
			continue
		}
		s.when(t, tt.at, "gp", d, nil)
		d, err = s.Mark(tt.at, "a", Booked)
		s.when(t, tt.at, "gp", d, err)
		if got := s.primary.Appointments["a"].Status; got != Booked {
			t.Errorf("%s: taken back it is %s", tt.name, got)
		}
	}
	if err := second(holdAt(t, noon).Mark(start, "new", Fulfilled)); failure(err) != "not_now" {
		t.Errorf("a hold: %v", err)
	}
}

func TestOutwardStates(t *testing.T) {
	for status, want := range map[Status]string{
		Held: "ehdotettu", Offered: "ehdotettu", Asked: "ehdotettu", Booked: "varattu", Arrived: "ilmoittautunut", Started: "alkanut",
		Fulfilled: "toteutunut", NoShow: "saapumatta", Cancelled: "peruttu", Declined: "peruttu", Released: "peruttu",
	} {
		if got := (&Appointment{Status: status}).Outward(); got != want {
			t.Errorf("%s is %s outward, want %s", status, got, want)
		}
	}
}

func TestPatientSystem(t *testing.T) {
	s := given(mondays(t), booked("a", nineOnMonday, 30, "gp", "co"))
	d, err := s.MarkPatientSystem("a", true)
	s.when(t, noon, "gp", d, err)
	if d, err = s.MarkPatientSystem("a", true); err != nil || len(d.Events) != 0 {
		t.Errorf("again: %v %v", d, err)
	}
	d, err = s.Move(noon, "a", wish("2026-11-23T08:00:00Z"))
	s.when(t, noon, "co", d, err)
	if s.primary.Appointments["a"].PatientSystem {
		t.Error("the patient system does not know of the new time")
	}
	if err := second(holdAt(t, noon).MarkPatientSystem("new", true)); failure(err) != "not_now" {
		t.Errorf("a hold: %v", err)
	}
}
