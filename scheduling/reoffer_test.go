package scheduling

import (
	"slices"
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

// inReception is an appointment of half an hour in the reception of 1.12.2026, of case c-id, booked by co a day ago.
func inReception(id, start string, change ...func(*AppointmentBooked)) AppointmentBooked {
	e := booked(id, start, 30, "gp", "co-"+id)
	e.Reception, e.Case, e.Reference = "r1", "c-"+id, "R"+id
	e.Participants[1].Role = auth.Coordinator
	for _, do := range change {
		do(&e)
	}
	return e
}

// Whoever had a place in a reception that is cancelled waits for a new one.
func TestCancelledReceptionsAreOfferedAnew(t *testing.T) {
	yesterday, today := noon.Add(-24*time.Hour), noon
	nine := "2026-12-01T07:00:00Z"
	hold := func(offer bool, request string, expires time.Time) journal.Event {
		e := inReception("a", nine)
		e.Request = request
		return AppointmentHeld{AppointmentBooked: e, Expires: expires.UnixMilli(), Offer: offer}
	}
	asks := RequestMade{Request: "q", Case: "c-a", Unit: "centre", RequestTerms: RequestTerms{Minutes: 30, Mode: OnSite, Priority: Normal, Needs: []Need{}}}
	opened := CaseOpened{Case: "c-a", Reference: "Ra", Unit: "town", Owner: "co-a"}
	served := inReception("a", nine, func(e *AppointmentBooked) { e.Request = "q" })
	for _, tt := range []struct {
		name    string
		given   []journal.Event
		want    Status        // of the appointment
		request string        // that waits, or empty
		status  RequestStatus // of q, if there is one
		step    StepKind      // its last
	}{
		{name: "booked without a request", given: []journal.Event{inReception("a", nine)}, want: Cancelled, request: "new-1"},
		{name: "served from the list", given: []journal.Event{opened, asks, served}, want: Cancelled, request: "q", status: Waiting, step: StepCancelled},
		{name: "put to the doctor without a request", given: []journal.Event{hold(false, "", noon.Add(time.Hour)), AppointmentAsked{Appointment: "a", Expires: noon.Add(time.Hour).UnixMilli()}}, want: Cancelled, request: "new-1"},
		{name: "put to a doctor who did not answer in time", given: []journal.Event{hold(false, "", noon.Add(time.Hour)), AppointmentAsked{Appointment: "a", Expires: noon.UnixMilli()}}, want: Released},
		{name: "kept for a moment", given: []journal.Event{hold(false, "", noon.Add(time.Millisecond))}, want: Released},
		{name: "kept until now", given: []journal.Event{hold(false, "", noon)}, want: Released},
		{name: "offered", given: []journal.Event{opened, asks, hold(true, "q", noon.Add(time.Hour))}, want: Released, request: "q", status: Waiting, step: StepCancelled},
		{name: "offered until now", given: []journal.Event{opened, asks, hold(true, "q", noon)}, want: Released, request: "q", status: Waiting, step: StepExpired},
		{name: "of a case that is closed", given: []journal.Event{opened, inReception("a", nine), CaseClosed{Case: "c-a"}}, want: Cancelled},
	} {
		s := NewState()
		for i, e := range append([]journal.Event{tuesdays(t, "")}, tt.given...) {
			s.Apply(journal.Meta{Number: uint64(i + 1), At: yesterday, By: "co-a"}, e)
		}
		d, err := s.CancelReceptions(today, "r1", true, false, serial("new-"))
		s.when(t, today, "keeper", d, err)
		if a := s.primary.Appointments["a"]; a.Status != tt.want {
			t.Errorf("%s: %s", tt.name, a.Status)
		}
		line := s.waitingRequests("centre")
		switch {
		case tt.request == "" && len(line) > 0:
			t.Errorf("%s: %+v waits", tt.name, line)
		case tt.request != "" && (len(line) != 1 || line[0].ID != tt.request || line[0].Made != yesterday.UnixMilli() || line[0].By != "co-a"):
			t.Errorf("%s: %+v, want %s since yesterday", tt.name, line, tt.request)
		}
		if r, ok := s.primary.Requests["q"]; ok && (r.Status != tt.status || r.Steps[len(r.Steps)-1].Kind != tt.step) {
			t.Errorf("%s: %+v", tt.name, r)
		}
		if !slices.Equal(d.IDs, []string{"gp", "a"}) {
			t.Errorf("%s: %v", tt.name, d.IDs)
		}
		s.Reindex()
		if wrong := s.Check(); len(wrong) > 0 {
			t.Errorf("%s: %v", tt.name, wrong)
		}
	}
}

// The request asks for what the appointment was: who had to come, whoever could take the seat, for as long and in the same way.
func TestReofferedAsItWasBooked(t *testing.T) {
	s := given(room("r"), tuesdays(t, "r"))
	a := inReception("a", "2026-12-01T07:30:00Z", func(e *AppointmentBooked) {
		e.Minutes, e.Mode = 60, Video
		e.Participants = append(e.Participants,
			Participant{Person: "i2", Role: RoleInterpreter, Any: []string{"i1", "i2"}, Optional: true},
			Participant{Role: RoleInterpreter, Outside: true},
			Participant{Role: auth.Professional, Guest: "text"},
			Participant{Role: auth.Professional, Any: []string{"p1", "p2"}, Optional: true},
			Participant{Person: "r", Role: RoleRoom},
		)
	})
	s.Apply(journal.Meta{Number: 9, At: noon.Add(-time.Hour), By: "co-a"}, a)
	d, err := s.CancelReceptions(noon, "r1", false, false, serial("new-"))
	s.when(t, noon, "keeper", d, err)
	want := Terms{Doctor: "gp", Minutes: 60, Mode: Video, Priority: Normal, Needs: []Need{
		{Role: auth.Coordinator, Any: []Comer{{"co-a", auth.Coordinator}}},
		{Role: RoleInterpreter, Any: []Comer{{"i1", RoleInterpreter}, {"i2", RoleInterpreter}}, Optional: true},
		{Role: RoleInterpreter, Outside: true},
		{Role: auth.Professional, Guest: "text"},
		{Role: auth.Professional, Any: []Comer{{"p1", auth.Professional}, {"p2", auth.Professional}}, Optional: true},
	}}
	if r := s.primary.Requests["new-1"]; !r.equal(&want) || r.Case != "c-a" || len(r.Steps) != 3 {
		t.Errorf("%+v", r)
	}
}

// Two who were booked on different days wait in the order in which they booked, before who asked since.
func TestReofferedStandWhereTheyWouldHave(t *testing.T) {
	s := NewState()
	at := func(days int, by string, events ...journal.Event) {
		for _, e := range events {
			s.Apply(journal.Meta{Number: 1, At: noon.Add(time.Duration(days) * 24 * time.Hour), By: by}, e)
		}
	}
	at(-9, "keeper", tuesdays(t, ""))
	at(-3, "co-b", inReception("b", "2026-12-01T07:00:00Z"))
	at(-5, "co-a", inReception("a", "2026-12-01T07:30:00Z"))
	at(-4, "co-c", asks("between", "co-c")...)
	d, err := s.CancelReceptions(noon, "r1", false, false, serial("new-"))
	s.when(t, noon, "keeper", d, err)
	var order []string
	for _, r := range s.waitingRequests("centre") {
		order = append(order, r.Case)
	}
	if !slices.Equal(order, []string{"c-a", "case-between", "c-b"}) {
		t.Errorf("%v", order)
	}
}

// A place in a reception that goes is offered to nobody in the step that takes it away, and its people get the next free place.
func TestCascadeWhenReceptionsGo(t *testing.T) {
	s := given(append([]journal.Event{tuesdays(t, ""), inReception("a", "2026-12-01T07:00:00Z")}, asks("w", "co-w")...)...)
	d, err := s.CancelReceptions(noon, "r1", false, false, serial("new-"))
	if err != nil {
		t.Fatal(err)
	}
	stirs := s.stirs
	d, err = s.Cascade(noon, d, []string{"o1", "o2"}, everybody)
	s.when(t, noon, "keeper", d, err)
	for _, e := range d.Events {
		if _, offered := e.(AppointmentHeld); offered {
			t.Errorf("%+v", e)
		}
	}
	if s.stirs == stirs {
		t.Error("nothing stirred")
	}
	for _, want := range s.waitingRequests("centre") {
		o, found := s.openingFor(noon, want.ID, []string{"gp"}, everybody)
		if !found || o.Start < utc("2026-12-08T07:00:00Z") {
			t.Fatalf("%s: %+v %v", want.ID, o, found)
		}
		s.when(t, noon, "", s.OfferWaiting(noon, o.doctor, o.unit, o.Span, "offer-"+want.ID, everybody), nil)
	}
	for _, id := range []string{"w", "new-1"} {
		if r := s.primary.Requests[id]; r.Status != OfferPending {
			t.Errorf("%s: %+v", id, r)
		}
	}
}

// A publication can be taken back as long as nobody has a place; what was only kept or offered is let go.
func TestTakingBackAFreshPublication(t *testing.T) {
	e := inReception("a", "2026-12-01T07:00:00Z")
	held := func(expires time.Time) AppointmentHeld {
		return AppointmentHeld{AppointmentBooked: e, Expires: expires.UnixMilli()}
	}
	later := noon.Add(time.Hour)
	for _, tt := range []struct {
		name  string
		given []journal.Event
		want  string
	}{
		{"nobody", nil, ""},
		{"somebody keeps a time", []journal.Event{held(later)}, ""},
		{"a doctor is asked", []journal.Event{held(later), AppointmentAsked{Appointment: "a", Expires: later.UnixMilli()}}, "reception_used"},
		{"a doctor was asked in vain", []journal.Event{held(later), AppointmentAsked{Appointment: "a", Expires: noon.UnixMilli()}}, ""},
		{"somebody has a place", []journal.Event{e}, "reception_used"},
		{"somebody had one", []journal.Event{e, AppointmentCancelled{Appointment: "a"}}, ""},
	} {
		s := given(append([]journal.Event{tuesdays(t, "")}, tt.given...)...)
		d, err := s.CancelReceptions(noon, "r1", true, true, serial("new-"))
		if failure(err) != tt.want {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
		}
		if err == nil {
			s.when(t, noon, "keeper", d, nil)
			if !s.primary.Receptions["r1"].Cancelled || !s.primary.Receptions["r2"].Cancelled {
				t.Errorf("%s: they still take place", tt.name)
			}
		}
	}
}

// What does not fit where a reception moves waits for a new time.
func TestMovedReceptionsKeepEveryLimit(t *testing.T) {
	town := func(id string) CaseOpened {
		return CaseOpened{Case: "c-" + id, Reference: "R" + id, Unit: "town", Owner: "co-" + id}
	}
	start := []journal.Event{
		tuesdays(t, ""), town("a"), town("b"), inReception("a", "2026-12-01T07:00:00Z"), inReception("b", "2026-12-01T07:30:00Z"),
	}
	monday := AppointmentBooked{
		Appointment: "x", Reference: "RX", Case: "cx", Doctor: "gp", Unit: "centre", Start: utc("2026-12-02T11:00:00Z"), Minutes: 30, Mode: OnSite,
		Participants: []Participant{{Person: "gp", Role: auth.Doctor}, {Person: "co9", Role: auth.Coordinator}},
	}
	january := monday
	january.Case, january.Start = "c-x", utc("2027-01-04T07:00:00Z")
	inVain := AppointmentHeld{AppointmentBooked: AppointmentBooked{
		Appointment: "v", Reference: "RV", Case: "cv", Doctor: "gp2", Unit: "centre", Start: utc("2026-12-02T07:30:00Z"), Minutes: 30, Mode: OnSite,
		Participants: []Participant{{Person: "gp2", Role: auth.Doctor}, {Person: "co-b", Role: auth.Coordinator}},
	}, Expires: noon.UnixMilli()}
	for _, tt := range []struct {
		name  string
		given []journal.Event
		day   string
		to    int
		moved []string
		back  []string
	}{
		{name: "all fit", day: "2026-12-02", to: 720, moved: []string{"a", "b"}},
		{name: "as many a day as the doctor takes", given: []journal.Event{SettingsChanged{Person: "gp", DayLimit: 2}}, day: "2026-12-02", to: 720, moved: []string{"a", "b"}},
		{name: "one more than that", given: []journal.Event{monday, SettingsChanged{Person: "gp", DayLimit: 2}}, day: "2026-12-02", to: 720, moved: []string{"a"}, back: []string{"b"}},
		{name: "within the month, with as many as the doctor takes", given: []journal.Event{SettingsChanged{Person: "gp", MonthLimit: 2}}, day: "2026-12-02", to: 720, moved: []string{"a", "b"}},
		{name: "into a month with room for one", given: []journal.Event{january, SettingsChanged{Person: "gp", MonthLimit: 2}}, day: "2027-01-05", to: 720, moved: []string{"a"}, back: []string{"b"}},
		{name: "within the month, with all lent places used", given: []journal.Event{PlacesLent{Unit: "centre", Other: "town", Places: 2}}, day: "2026-12-02", to: 720, moved: []string{"a", "b"}},
		{name: "into a month with one lent place left", given: []journal.Event{PlacesLent{Unit: "centre", Other: "town", Places: 2}, town("x"), func() journal.Event { e := january; e.Reference = "Rx"; return e }()}, day: "2027-01-05", to: 720, moved: []string{"a"}, back: []string{"b"}},
		{name: "over a time kept in vain", given: []journal.Event{inVain}, day: "2026-12-02", to: 720, moved: []string{"a", "b"}},
		{name: "nowhere", day: "2026-12-01", to: 720},
		{name: "shorter, but long enough", day: "2026-12-01", to: 600},
		{name: "too short for one", day: "2026-12-01", to: 599, back: []string{"b"}},
	} {
		s := given(append(slices.Clone(start), tt.given...)...)
		d, err := s.MoveReceptions(noon, "r1", day(t, tt.day), 540, tt.to, false, serial("new-"))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		s.when(t, noon, "keeper", d, nil)
		var moved, back []string
		for _, id := range []string{"a", "b"} {
			if a := s.primary.Appointments[id]; len(a.Moves) > 0 {
				moved = append(moved, id)
			} else if !a.Live() {
				back = append(back, id)
			}
		}
		if !slices.Equal(moved, tt.moved) || !slices.Equal(back, tt.back) || len(s.waitingRequests("centre")) != len(back) {
			t.Errorf("%s: moved %v, back %v, waiting %d", tt.name, moved, back, len(s.waitingRequests("centre")))
		}
		if want := append([]string{"gp"}, append(slices.Clone(tt.moved), tt.back...)...); len(d.Events) > 0 && !slices.Equal(d.IDs, want) {
			t.Errorf("%s: answers %v, want %v", tt.name, d.IDs, want)
		}
	}

	s := given(append(start, ReceptionMoved{Reception: "r1", Day: day(t, "2026-12-08"), From: 780, To: 960})...)
	if err := second(s.MoveReceptions(noon, "r1", day(t, "2026-12-09"), 540, 720, true, serial("new-"))); failure(err) != "reception_overlap" {
		t.Errorf("two of a day at the same time: %v", err)
	}
}

// A unit that has had its places of the month is offered one of the next.
func TestOffersKeepToWhatIsLent(t *testing.T) {
	used := booked("used", "2026-11-23T07:00:00Z", 30, "gp", "co9")
	used.Case, used.Reference = "cx", "RX"
	s := given(append([]journal.Event{
		mondays(t), PlacesLent{Unit: "centre", Other: "town", Places: 1}, CaseOpened{Case: "cx", Reference: "RX", Unit: "town", Owner: "co9"}, used,
	}, asks("q", "co-q")...)...)
	other := s.primary.Cases["case-q"]
	other.Unit = "town"
	s.primary.Cases["case-q"] = other
	o, found := s.openingFor(noon, "q", []string{"gp"}, everybody)
	if !found || o.Start != utc("2026-12-07T07:00:00Z") {
		t.Errorf("%v %v", moment(o.Start), found)
	}
	november := opening{Span: Span{utc("2026-11-23T07:30:00Z"), utc("2026-11-23T08:00:00Z")}, doctor: "gp", unit: "centre"}
	if c, ok := s.best(noon, november, &prospect{}, everybody); ok {
		t.Errorf("offered %+v", c)
	}
	if c, ok := s.best(noon, november, &prospect{gone: []string{"used"}}, everybody); !ok || c.id != "q" {
		t.Errorf("when one comes back: %+v", c)
	}
}

// Who comes along with a reception keeps the minutes that they want free now, by which the new time was found to be free.
func TestReceptionMovesByTheWishesOfNow(t *testing.T) {
	a := booked("a", "2026-12-01T09:30:00Z", 30, "gp", "co")
	a.Reception = "r1"
	a.Participants[1].Role, a.Participants[1].After = auth.Coordinator, 30
	s := given(tuesdays(t, ""), a, booked("x", "2026-12-02T10:10:00Z", 30, "gp2", "co"))
	d, err := s.MoveReceptions(noon, "r1", day(t, "2026-12-02"), 540, 720, false, serial("r-"))
	s.when(t, noon, "keeper", d, err)
	if a := s.primary.Appointments["a"]; a.Status != Booked || a.Participants[1].After != 0 {
		t.Errorf("%+v", a)
	}
}
