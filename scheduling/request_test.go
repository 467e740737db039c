package scheduling

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

// everybody is there.
var everybody = &Presence{
	Doctor: func(string, string) bool { return true },
	Comes:  func(string) bool { return true },
	Sees:   func(string, string) bool { return true },
	Cares:  func(c *Case) string { return c.Owner },
}

// asks is a request of a coordinator for half an hour at the centre.
func asks(request, coordinator string, change ...func(*RequestMade)) []journal.Event {
	made := RequestMade{Request: request, Case: "case-" + request, Unit: "centre", RequestTerms: RequestTerms{
		Minutes: 30, Mode: Phone, Priority: Normal, Needs: []Need{{Role: auth.Coordinator, Any: []Comer{{coordinator, auth.Coordinator}}}},
	}}
	for _, c := range change {
		c(&made)
	}
	return []journal.Event{CaseOpened{Case: made.Case, Reference: "REF-" + request, Unit: "town", Owner: coordinator}, made}
}

func until(d Day) func(*RequestMade) { return func(r *RequestMade) { r.Deadline = d } }
func urgent(r *RequestMade)          { r.Priority = Urgent }
func of(doctor string) func(*RequestMade) {
	return func(r *RequestMade) { r.Doctor = doctor }
}

// happen applies events at a moment.
func (s *State) happen(t testing.TB, at time.Time, by string, events ...journal.Event) {
	t.Helper()
	s.when(t, at, by, journal.Happens(events...), nil)
}

// cascade applies what a rule decided with what follows for those who wait.
func (s *State) cascade(t testing.TB, at time.Time, by string, d journal.Decision, err error) []journal.Event {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	ids := make([]string, 8)
	for i := range ids {
		ids[i] = fmt.Sprintf("offer-%d-%d", len(s.primary.Appointments), i)
	}
	d, err = s.Cascade(at, d, ids, everybody)
	s.when(t, at, by, d, err)
	return d.Events
}

// offers lists request@start of the offers among events.
func offers(events []journal.Event) []string {
	list := []string{}
	for _, e := range events {
		if h, ok := e.(AppointmentHeld); ok && h.Offer {
			list = append(list, h.Request+"@"+moment(h.Start).Format("2T15:04"))
		}
	}
	return list
}

// bookedAt is a state in which somebody has the first slot of the 23rd.
func bookedAt(t testing.TB, more ...journal.Event) *State {
	t.Helper()
	return bookedOn(t, nineOnMonday, more...)
}

// weekLater is the first slot of the 30th: far enough for several answers.
const weekLater = "2026-11-30T07:00:00Z"

func bookedOn(t testing.TB, start string, more ...journal.Event) *State {
	t.Helper()
	s := given(append([]journal.Event{mondays(t)}, more...)...)
	b := wish(start)
	b.Appointment = "a1"
	d, err := s.Book(noon, b)
	s.when(t, noon, "other", d, err)
	return s
}

func TestAnswerBy(t *testing.T) {
	c := finland()
	at := func(text string) int64 {
		ms, err := time.ParseInLocation("2.1.2006 15:04:05", text, c.zone)
		if err != nil {
			t.Fatal(err)
		}
		return ms.UnixMilli()
	}
	for _, tt := range []struct{ name, now, start, want string }{
		{"less than a quarter of an hour is left before the last hour", "24.11.2026 9:00:00", "24.11.2026 10:14:59", ""},
		{"a quarter is left", "24.11.2026 9:00:00", "24.11.2026 10:15:00", "24.11.2026 9:15:00"},
		{"three hours are a quarter", "24.11.2026 9:00:00", "24.11.2026 12:00:00", "24.11.2026 9:15:00"},
		{"a twelfth is longer than a quarter", "24.11.2026 9:00:00", "24.11.2026 15:00:00", "24.11.2026 9:30:00"},
		{"two days are four hours", "24.11.2026 9:00:00", "26.11.2026 9:00:00", "24.11.2026 13:00:00"},
		{"due at the end of the working day", "24.11.2026 12:00:00", "26.11.2026 12:00:00", "24.11.2026 16:00:00"},
		{"due a moment after it", "24.11.2026 12:00:01", "26.11.2026 12:00:00", "25.11.2026 9:00:00"},
		{"due later than it", "24.11.2026 12:00:00", "26.11.2026 12:12:00", "25.11.2026 9:00:00"},
		{"due in the night", "24.11.2026 22:00:00", "26.11.2026 10:00:00", "25.11.2026 9:00:00"},
		{"due just after work begins", "25.11.2026 7:50:00", "26.11.2026 8:00:00", "25.11.2026 9:50:50"},
		{"due before anybody could have read it", "25.11.2026 7:50:00", "25.11.2026 11:00:00", "25.11.2026 9:00:00"},
		{"twelve days are a day", "25.11.2026 9:00:00", "7.12.2026 9:00:00", "26.11.2026 9:00:00"},
		{"never more than a day", "24.11.2026 9:00:00", "24.12.2027 9:00:00", "25.11.2026 9:00:00"},
		{"due on a Saturday", "27.11.2026 10:00:00", "15.12.2026 10:00:00", "30.11.2026 9:00:00"},
		{"due on Independence Day and the Sunday it is", "4.12.2026 10:00:00", "22.12.2026 10:00:00", "7.12.2026 9:00:00"},
		{"due on Christmas Eve", "23.12.2026 10:00:00", "15.1.2027 10:00:00", "28.12.2026 9:00:00"},
		{"so near that the night can not be waited for", "24.11.2026 22:00:00", "25.11.2026 8:30:00", "25.11.2026 7:30:00"},
		{"an hour before the start at the latest", "24.11.2026 15:55:00", "25.11.2026 9:30:00", "25.11.2026 8:30:00"},
		{"over", "24.11.2026 9:00:00", "24.11.2026 8:00:00", ""},
	} {
		got := ""
		if ms, ok := c.answerBy(at(tt.now), at(tt.start)); ok {
			got = time.UnixMilli(ms).In(c.zone).Format("2.1.2006 15:04:05")
		}
		want := tt.want
		if want != "" {
			want = time.UnixMilli(at(want)).In(c.zone).Format("2.1.2006 15:04:05")
		}
		if got != want {
			t.Errorf("%s: now %s, start %s: got %q, want %q", tt.name, tt.now, tt.start, got, want)
		}
	}
}

// The order of the line, each time against somebody with everything else better.
func TestOrderOfTheLine(t *testing.T) {
	early, late := day(t, "2026-12-01"), day(t, "2026-12-02")
	morning := noon.Add(-3 * time.Hour)
	type one struct {
		id   string
		made time.Time
		with []func(*RequestMade)
	}
	for _, tt := range []struct {
		name          string
		first, second one
		by            Criterion
	}{
		{"the earlier deadline before urgency and a longer wait", one{"a", noon, []func(*RequestMade){until(early)}}, one{"b", noon.Add(-72 * time.Hour), []func(*RequestMade){until(late), urgent}}, ByDeadline},
		{"a deadline before none", one{"a", noon, []func(*RequestMade){until(late)}}, one{"b", noon.Add(-72 * time.Hour), []func(*RequestMade){urgent}}, ByDeadline},
		{"urgent before a longer wait, with one deadline", one{"a", noon, []func(*RequestMade){until(early), urgent}}, one{"b", noon.Add(-72 * time.Hour), []func(*RequestMade){until(early)}}, ByPriority},
		{"urgent before a longer wait, without deadlines", one{"a", noon, []func(*RequestMade){urgent}}, one{"b", noon.Add(-72 * time.Hour), nil}, ByPriority},
		{"the longer wait", one{"b", noon.Add(-24 * time.Hour), nil}, one{"a", noon, nil}, ByWait},
		{"the earlier moment of one day", one{"b", morning, nil}, one{"a", noon, nil}, ByWait},
		{"of one moment the lesser id", one{"a", noon, nil}, one{"b", noon, nil}, ByWait},
	} {
		for _, reversed := range []bool{false, true} {
			s := given(mondays(t))
			list := []one{tt.first, tt.second}
			if reversed {
				slices.Reverse(list)
			}
			for _, o := range list {
				s.happen(t, o.made, "co", asks(o.id, "co-"+o.id, o.with...)...)
			}
			var got []string
			for _, w := range s.waitingRequests("centre") {
				got = append(got, w.ID)
			}
			if want := []string{tt.first.id, tt.second.id}; !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", tt.name, got, want)
			}
			if _, by := compareTurns(s.lines["centre"][0], s.lines["centre"][1]); by != tt.by {
				t.Errorf("%s: by %s, want %s", tt.name, by, tt.by)
			}
		}
	}
}

// A place that comes free is offered in the same step, whatever freed it.
func TestFreedPlaceIsOffered(t *testing.T) {
	later := noon.Add(time.Minute)
	for _, tt := range []struct {
		name string
		free func(s *State) (time.Time, journal.Decision, error)
		want []string
	}{
		{"cancelled", func(s *State) (time.Time, journal.Decision, error) {
			d, err := s.Cancel(later, "a1", Other)
			return later, d, err
		}, []string{"r1@23T07:00"}},
		{"declined because the question belongs elsewhere", func(s *State) (time.Time, journal.Decision, error) {
			d, err := s.Respond(later, "a1", 0, DeclinedSeat, WrongDoor, nil, everybody)
			return later, d, err
		}, []string{"r1@23T07:00"}},
		{"declined because the doctor can not come", func(s *State) (time.Time, journal.Decision, error) {
			d, err := s.Respond(later, "a1", 0, DeclinedSeat, NoTime, nil, everybody)
			return later, d, err
		}, nil},
		{"moved away", func(s *State) (time.Time, journal.Decision, error) {
			b := wish("2026-11-23T08:30:00Z")
			d, err := s.Move(later, "a1", b)
			return later, d, err
		}, []string{"r1@23T07:00"}},
		{"too near for an answer", func(s *State) (time.Time, journal.Decision, error) {
			at := time.UnixMilli(utc(nineOnMonday)).Add(-74 * time.Minute)
			d, err := s.Cancel(at, "a1", Other)
			return at, d, err
		}, nil},
		{"just far enough", func(s *State) (time.Time, journal.Decision, error) {
			at := time.UnixMilli(utc(nineOnMonday)).Add(-75 * time.Minute)
			d, err := s.Cancel(at, "a1", Other)
			return at, d, err
		}, []string{"r1@23T07:00"}},
	} {
		s := bookedAt(t, asks("r1", "co1")...)
		at, d, err := tt.free(s)
		if got := offers(s.cascade(t, at, "other", d, err)); !slices.Equal(got, append([]string{}, tt.want...)) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	// A kept time that nobody booked, and one that is let go.
	for _, how := range []string{"expired", "let go"} {
		s := holdAt(t, noon, asks("r1", "co1")...)
		at := noon.Add(HoldTime)
		var d journal.Decision
		var err error
		if how == "expired" {
			d, err = s.Expire(at)
		} else {
			at = at.Add(-time.Second)
			d, err = s.Release(at, "new")
		}
		if got := offers(s.cascade(t, at, "", d, err)); !slices.Equal(got, []string{"r1@23T07:00"}) {
			t.Errorf("%s: %v", how, got)
		}
	}
}

// Who gets a place, and why those before were passed over.
func TestWhoGetsThePlace(t *testing.T) {
	monday, _ := days26(t)
	for _, tt := range []struct {
		name   string
		before []journal.Event
		line   [][]journal.Event
		want   string
		passed []PassedOver
	}{
		{"the first", nil, [][]journal.Event{asks("r1", "co1"), asks("r2", "co2")}, "r1", nil},
		{"not who asks for another doctor", nil, [][]journal.Event{asks("r1", "co1", of("gp2")), asks("r2", "co2", of("gp"))}, "r2", []PassedOver{{"r1", WhyDoctor}}},
		{"not whose deadline is the day before", nil, [][]journal.Event{asks("r1", "co1", until(monday-1)), asks("r2", "co2")}, "r2", []PassedOver{{"r1", WhyDeadline}}},
		{"whose deadline is that day", nil, [][]journal.Event{asks("r1", "co1", until(monday)), asks("r2", "co2")}, "r1", nil},
		{"not whose client can not come", nil, [][]journal.Event{
			asks("r1", "co1", func(r *RequestMade) { r.Never = []Impossible{{Weekday: 1, From: 570 - 1, To: 600}} }), asks("r2", "co2"),
		}, "r2", []PassedOver{{"r1", WhyClient}}},
		{"whose client can come from the minute it ends", nil, [][]journal.Event{
			asks("r1", "co1", func(r *RequestMade) {
				r.Never = []Impossible{{Weekday: 1, From: 570, To: 600}, {Weekday: 1, From: 480, To: 540}}
			}), asks("r2", "co2"),
		}, "r1", nil},
		{"not who is away", []journal.Event{ExceptionAdded{Exception: "x", Person: "co1", Day: monday, Kind: Away, From: 560, To: 620}},
			[][]journal.Event{asks("r1", "co1"), asks("r2", "co2")}, "r2", []PassedOver{{"r1", WhyBusy}}},
		{"not who needs longer than there is before the hours end", []journal.Event{ExceptionAdded{Exception: "x", Person: "gp", Day: monday, Kind: Away, From: 570, To: 720}},
			[][]journal.Event{asks("r1", "co1", func(r *RequestMade) { r.Minutes = 40 }), asks("r2", "co2")}, "r2", []PassedOver{{"r1", WhyLength}}},
		{"who needs longer, with the free time after it", nil,
			[][]journal.Event{asks("r1", "co1", func(r *RequestMade) { r.Minutes = 60 }), asks("r2", "co2")}, "r1", nil},
		{"without the optional who can not come", []journal.Event{ExceptionAdded{Exception: "x", Person: "nurse", Day: monday, Kind: Away}},
			[][]journal.Event{asks("r1", "co1", func(r *RequestMade) {
				r.Needs = append(r.Needs, Need{Role: auth.Coordinator, Any: []Comer{{"nurse", auth.Coordinator}}, Optional: true})
			})}, "r1", nil},
		{"of one day who fits better", []journal.Event{ExceptionAdded{Exception: "x", Person: "nurse", Day: monday, Kind: Away}},
			[][]journal.Event{asks("r1", "co1", func(r *RequestMade) {
				r.Needs = append(r.Needs, Need{Role: auth.Coordinator, Any: []Comer{{"nurse", auth.Coordinator}}, Optional: true})
			}), asks("r2", "co2")}, "r2", []PassedOver{{"r1", WhyFit}}},
		{"but not before who has a deadline", []journal.Event{ExceptionAdded{Exception: "x", Person: "nurse", Day: monday, Kind: Away}},
			[][]journal.Event{asks("r1", "co1", until(monday), func(r *RequestMade) {
				r.Needs = append(r.Needs, Need{Role: auth.Coordinator, Any: []Comer{{"nurse", auth.Coordinator}}, Optional: true})
			}), asks("r2", "co2")}, "r1", nil},
		{"another who can take the seat", []journal.Event{ExceptionAdded{Exception: "x", Person: "i1", Day: monday, Kind: Away}},
			[][]journal.Event{asks("r1", "co1", func(r *RequestMade) {
				r.Needs = append(r.Needs, Need{Role: RoleInterpreter, Any: []Comer{{"i1", RoleInterpreter}, {"i2", RoleInterpreter}}})
			})}, "r1", nil},
		{"nobody when nobody can", []journal.Event{ExceptionAdded{Exception: "x", Person: "co1", Day: monday, Kind: Away}}, [][]journal.Event{asks("r1", "co1")}, "", nil},
		{"nobody within the doctor's notice", []journal.Event{SettingsChanged{Person: "gp", Notice: 72}}, [][]journal.Event{asks("r1", "co1")}, "", nil},
	} {
		s := bookedAt(t)
		s.happen(t, noon, "somebody", tt.before...)
		for n, events := range tt.line {
			s.happen(t, noon.Add(time.Duration(n)*time.Second), "co", events...)
		}
		at := noon.Add(time.Hour)
		d, err := s.Cancel(at, "a1", Other)
		got, passed := "", []PassedOver(nil)
		for _, e := range s.cascade(t, at, "other", d, err) {
			if h, ok := e.(AppointmentHeld); ok {
				got, passed = h.Request, h.Passed
			}
		}
		if got != tt.want || !slices.Equal(passed, tt.passed) {
			t.Errorf("%s: %q passing %v, want %q passing %v", tt.name, got, passed, tt.want, tt.passed)
		}
	}
}

// An offer goes down the line as each declines or does not answer, to nobody twice; then the place is open to all.
func TestCascade(t *testing.T) {
	s := bookedOn(t, weekLater)
	for n := range 4 {
		s.happen(t, noon.Add(time.Duration(n)*time.Second), "co", asks(fmt.Sprintf("r%d", n+1), fmt.Sprintf("co%d", n+1))...)
	}
	at := noon.Add(time.Minute)
	d, err := s.Cancel(at, "a1", Other)
	events := s.cascade(t, at, "other", d, err)
	for n := range 4 {
		request := fmt.Sprintf("r%d", n+1)
		if got := offers(events); !slices.Equal(got, []string{request + "@30T07:00"}) {
			t.Fatalf("step %d: %v", n, got)
		}
		r := s.primary.Requests[request]
		if r.Status != OfferPending {
			t.Fatalf("%s is %s", request, r.Status)
		}
		if n%2 == 0 {
			at = at.Add(time.Minute)
			d, err = s.Release(at, r.Appointment)
		} else {
			at = time.UnixMilli(s.primary.Appointments[r.Appointment].Expires)
			d, err = s.Expire(at)
		}
		events = s.cascade(t, at, "co", d, err)
	}
	if got := offers(events); len(got) > 0 {
		t.Errorf("offered again: %v", got)
	}
	if d := s.OfferWaiting(at, "gp", "centre", Span{utc(weekLater), utc("2026-11-30T07:30:00Z")}, "late", everybody); len(d.Events) > 0 {
		t.Errorf("offered again later: %v", d.Events)
	}
	b := wish(weekLater)
	b.Appointment, b.NewCase, b.References = "free", "free-case", []string{"FREE22"}
	d, err = s.Book(at, b)
	if s.cascade(t, at, "other", d, err); s.primary.Appointments["free"].Status != Booked {
		t.Error("the place is not open to all")
	}
	var kinds []StepKind
	for _, step := range s.primary.Requests["r2"].Steps {
		kinds = append(kinds, step.Kind)
	}
	if !slices.Equal(kinds, []StepKind{StepAsked, StepOffered, StepExpired}) {
		t.Errorf("r2: %v", kinds)
	}
}

// Where a request is follows from its appointment, and its place in the line is kept.
func TestStatesOfARequest(t *testing.T) {
	s := bookedAt(t, append(asks("r1", "co1"), SettingsChanged{Person: "gp", Ask: true})...)
	s.happen(t, noon.Add(time.Second), "co", asks("r2", "co2")...)
	at := noon.Add(time.Minute)
	status := func(want RequestStatus) {
		t.Helper()
		if got := s.primary.Requests["r1"].Status; got != want {
			t.Fatalf("r1 is %s, want %s", got, want)
		}
	}
	mine := func() string { return s.primary.Requests["r1"].Appointment }
	status(Waiting)
	d, err := s.Cancel(at, "a1", Other)
	s.cascade(t, at, "other", d, err)
	status(OfferPending)
	if a := s.primary.Appointments[mine()]; a.Status != Offered || a.BookedBy != "co1" || a.Case != "case-r1" || a.Reference != "REF-r1" {
		t.Fatalf("offered %+v", a)
	}
	d, err = s.Confirm(at, mine(), true) // the doctor wants to be asked
	s.cascade(t, at, "co1", d, err)
	status(OfferPending)
	d, err = s.Respond(at, mine(), 0, Accepted, "", nil, everybody)
	s.cascade(t, at, "gp", d, err)
	status(Settled)
	if len(s.waitingRequests("centre")) != 1 {
		t.Error("a settled request waits")
	}
	d, err = s.Move(at, mine(), wishOf("co1", "2026-11-23T08:30:00Z"))
	s.cascade(t, at, "co1", d, err) // r2 gets the old place
	status(Settled)
	if got := s.primary.Requests["r2"].Status; got != OfferPending {
		t.Fatalf("r2 is %s", got)
	}
	d, err = s.Cancel(at, mine(), Client)
	s.cascade(t, at, "co1", d, err)
	status(Waiting)
	if line := s.lines["centre"]; len(line) != 2 || line[0].id != "r1" {
		t.Errorf("the line is %v", line)
	}
	d, err = s.WithdrawRequest("r1")
	s.cascade(t, at, "co1", d, err)
	status(Withdrawn)
	if _, err := s.WithdrawRequest("r1"); failure(err) != "request_over" {
		t.Error(err)
	}
	// Withdrawn with an offer: the place goes on.
	s.happen(t, at, "co", asks("r3", "co3")...)
	d, err = s.WithdrawRequest("r2")
	if got := offers(s.cascade(t, at, "co2", d, err)); !slices.Equal(got, []string{"r3@23T07:00"}) {
		t.Errorf("after the withdrawal: %v", got)
	}
}

func wishOf(coordinator, start string) Booking {
	b := wish(start)
	b.Mode = Phone
	b.Seats = []Seat{b.Seats[0], {Role: auth.Coordinator, Any: []Attendee{{Person: coordinator, Role: auth.Coordinator, Hours: OfficeHours}}}}
	return b
}

// Between the end of an offer and the next one nobody gets in.
func TestNobodyJumpsTheLine(t *testing.T) {
	s := bookedOn(t, weekLater, asks("r1", "co1")...)
	s.happen(t, noon.Add(time.Second), "co", asks("r2", "co2")...)
	at := noon.Add(time.Minute)
	d, err := s.Cancel(at, "a1", Other)
	s.cascade(t, at, "other", d, err)
	at = time.UnixMilli(s.primary.Appointments[s.primary.Requests["r1"].Appointment].Expires)
	book := func() error {
		b := wishOf("co9", weekLater)
		b.Appointment, b.References = "jump", []string{"JUMP22"}
		d, err := s.Book(at, b)
		if err == nil {
			_, err = s.Cascade(at, d, []string{"x1", "x2"}, everybody)
		}
		return err
	}
	if got := failure(book()); got != "time_taken" {
		t.Errorf("got %q, want time_taken", got)
	}
	s.happen(t, at, "co2", RequestWithdrawn{Request: "r2"})
	if err := book(); err != nil {
		t.Errorf("with nobody in the line: %v", err)
	}
}

// One step frees several places: each goes to somebody else, and nobody is in two.
func TestSeveralPlacesInOneStep(t *testing.T) {
	s := given(mondays(t))
	for n := range 3 {
		b := wishOf(fmt.Sprintf("holder%d", n), nineOnMonday)
		b.Start += int64(n) * 30 * minute
		b.Appointment, b.References, b.By, b.NewCase = fmt.Sprintf("h%d", n), []string{fmt.Sprintf("HLD%d22", n)}, fmt.Sprint("holder", n), fmt.Sprint("hc", n)
		d, err := s.Hold(noon, b)
		s.when(t, noon, b.By, d, err)
	}
	s.happen(t, noon, "co", asks("r1", "co1")...)
	s.happen(t, noon.Add(time.Second), "co", asks("r2", "co1")...) // of the same coordinator
	s.happen(t, noon.Add(2*time.Second), "co", asks("r3", "co3")...)
	at := noon.Add(HoldTime)
	d, err := s.Expire(at)
	if got := offers(s.cascade(t, at, "", d, err)); !slices.Equal(got, []string{"r1@23T07:00", "r2@23T07:30", "r3@23T08:00"}) {
		t.Errorf("%v", got)
	}
}

func TestMakingAndChangingRequests(t *testing.T) {
	today := day(t, "2026-11-20")
	s := given(asks("r1", "co1")...)
	terms := s.primary.Requests["r1"].Terms
	for _, tt := range []struct {
		name   string
		change func(*NewRequest)
		want   string
	}{
		{"as it should be", func(*NewRequest) {}, ""},
		{"with a deadline today", func(n *NewRequest) { n.Deadline = today }, ""},
		{"with a deadline yesterday", func(n *NewRequest) { n.Deadline = today - 1 }, "time_past deadline time_past"},
		{"with the last day", func(n *NewRequest) { n.Deadline = lastDay }, ""},
		{"with a deadline too far", func(n *NewRequest) { n.Deadline = lastDay + 1 }, "invalid_request deadline date"},
		{"of nine minutes", func(n *NewRequest) { n.Minutes = MinMinutes - 1 }, "invalid_request minutes min"},
		{"with nobody but the doctor", func(n *NewRequest) { n.Needs = nil }, "invalid_request with required"},
		{"with an unknown priority", func(n *NewRequest) { n.Priority = "first" }, "invalid_request priority oneof"},
		{"for a case that waits there", func(n *NewRequest) { n.Case = "case-r1" }, "request_exists"},
		{"for that case in another unit", func(n *NewRequest) { n.Case, n.Unit = "case-r1", "north" }, ""},
		{"for a case that is not there", func(n *NewRequest) { n.Case = "nothing" }, "unknown_case"},
	} {
		n := NewRequest{ID: "new", Unit: "centre", NewCase: "new-case", Owner: "co1", OwnerUnit: "town", References: []string{"NEW222"}, Terms: terms}
		tt.change(&n)
		_, err := s.MakeRequest(noon, n)
		if got := failure(err); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	changed := terms
	changed.Minutes = 45
	d, err := s.ChangeRequest(noon, "r1", changed, "")
	s.when(t, noon, "co1", d, err)
	if got := s.primary.Requests["r1"]; got.Minutes != 45 || got.Made != noon.UnixMilli() {
		t.Errorf("%+v", got)
	}
	if d, err := s.ChangeRequest(noon, "r1", changed, ""); err != nil || len(d.Events) != 0 {
		t.Errorf("the same again: %v %v", d, err)
	}
	if _, err := s.ChangeRequest(noon, "nothing", changed, ""); failure(err) != "not_found" {
		t.Error(err)
	}
	another := func(name, owner, of, unit, want string) {
		t.Helper()
		n := NewRequest{ID: "new", Unit: unit, Case: of, NewCase: "new-case", Owner: owner, OwnerUnit: "town", References: []string{"NEW222"}, Terms: terms}
		if _, err := s.MakeRequest(noon, n); failure(err) != want {
			t.Errorf("%s, with %d in the line: %v", name, len(s.lines["centre"]), err)
		}
	}
	for n := range MaxOwnLine - 2 { // r1 is theirs too
		s.happenFast(noon, asks(fmt.Sprintf("o%d", n), "co1")...)
	}
	s.happenFast(noon, CaseOpened{Case: "of-co1", Reference: "OFCO11", Unit: "town", Owner: "co1"})
	another("the last of one person", "co1", "", "centre", "")
	s.happenFast(noon, asks("last", "co1")...)
	another("one more than a person may", "co1", "", "centre", "list_share_full")
	another("by a deputy for them", "co2", "of-co1", "centre", "list_share_full")
	another("in another unit", "co1", "", "north", "")
	another("of somebody else", "co2", "", "centre", "")
	for n := range MaxLine - MaxOwnLine - 1 {
		s.happenFast(noon, asks(fmt.Sprintf("m%d", n), fmt.Sprintf("co%d", 2+n%20))...)
	}
	another("the last of the line", "co99", "", "centre", "")
	s.happenFast(noon, asks("full", "co98")...)
	another("one more than the line takes", "co99", "", "centre", "list_full")
}

// happenFast is happen without a check.
func (s *State) happenFast(at time.Time, events ...journal.Event) {
	for _, e := range events {
		s.Apply(journal.Meta{Number: 1000, At: at, By: "co"}, e)
	}
}
