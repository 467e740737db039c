package scheduling

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
)

// simulation is a unit with three doctors and five coordinators who do things at random, while the clock goes on.
type simulation struct {
	*State
	t      *testing.T
	random *rand.Rand
	now    time.Time
	number uint64
	counts map[string]int
	who    Presence
}

func (s *simulation) id(kind string) string { return fmt.Sprintf("%s%d", kind, s.number) }

func (s *simulation) ids() []string {
	ids := make([]string, 6)
	for i := range ids {
		ids[i] = fmt.Sprintf("offer%d-%d", s.number, i)
	}
	return ids
}

// do lets a decision happen, with what follows from it for those who wait; a refusal must be a coded one.
func (s *simulation) do(what, by string, d journal.Decision, err error) bool {
	s.number++
	if err == nil {
		d, err = s.Cascade(s.now, d, s.ids(), &s.who)
	}
	if err != nil {
		f, coded := fault.As(err)
		if !coded {
			s.t.Fatalf("%s: %v", what, err)
		}
		s.counts[what+" "+f.Code]++
		return false
	}
	for _, e := range d.Events {
		s.notReturned(what, e)
		s.Apply(journal.Meta{Number: s.number, At: s.now, By: by}, e)
	}
	s.counts[what]++
	return true
}

// notReturned looks at what is about to happen: no place is taken that went back to its doctor.
func (s *simulation) notReturned(what string, event journal.Event) {
	var e AppointmentBooked
	switch taken := event.(type) {
	case AppointmentBooked:
		e = taken
	case AppointmentHeld:
		e = taken.AppointmentBooked
	default:
		return
	}
	day := s.calendar.dayOf(e.Start)
	if e.Reception != "" && s.plan0(e.Doctor).returnedReception(&keptReception{ID: e.Reception, JointReception: JointReception{Day: day}}) {
		s.t.Fatalf("%s: %s takes a place of %s that was returned", what, e.Appointment, e.Reception)
	}
}

// returns gives back what nobody took, and now and then a doctor opens a day of it again.
func (s *simulation) returns() {
	d, _ := s.ReturnPlaces(s.now)
	if len(d.Events) > 0 {
		s.do("return", "", d, nil)
	}
	for _, e := range d.Events {
		r := e.(PlacesReturned)
		if r.Reception != "" {
			s.counts["return receptions"]++
		}
		if again, _ := s.ReturnPlaces(s.now); len(again.Events) > 0 {
			s.t.Fatalf("returned twice: %v", again.Events)
		}
		if s.random.IntN(4) == 0 {
			d, err := s.ReopenPlaces(s.now, r.Person, r.Day)
			s.do("reopen", r.Person, d, err)
		}
	}
}

func (s *simulation) pick(list ...string) string { return list[s.random.IntN(len(list))] }

func (s *simulation) some(status ...Status) (string, bool) {
	var list []string
	for id, a := range s.primary.Appointments {
		if slices.Contains(status, a.Status) && a.End > s.now.Add(-48*time.Hour).UnixMilli() {
			list = append(list, id)
		}
	}
	if len(list) == 0 {
		return "", false
	}
	slices.Sort(list)
	return list[s.random.IntN(len(list))], true
}

func (s *simulation) booking() Booking {
	today := s.calendar.dayOf(s.now.UnixMilli())
	co, doctor := s.pick("c1", "c2", "c3", "c4", "c5"), s.pick("d1", "d2", "d3")
	b := Booking{
		Appointment: s.id("a"), NewCase: s.id("case"), Owner: co, OwnerUnit: s.pick("centre", "town"), References: []string{s.id("REF")}, Unit: "centre",
		Minutes: s.pick3(20, 30, 45), Mode: []Mode{OnSite, Phone, Video}[s.random.IntN(3)], By: co,
		Seats: each(Attendee{doctor, auth.Doctor, NoHours}, Attendee{co, auth.Coordinator, OfficeHours}),
	}
	if s.random.IntN(3) == 0 {
		b.Seats = append(b.Seats, interpreters("i1", "i2"))
		b.Seats[2].Optional = s.random.IntN(2) == 0
	}
	if s.random.IntN(3) == 0 {
		b.Seats = append(b.Seats, Seat{Role: RoleRoom, Any: []Attendee{{"room", RoleRoom, AllHours}}})
	}
	q := Query{Unit: "centre", From: today, To: today + 40, Length: int64(b.Minutes) * minute, Now: s.now.UnixMilli(), Mode: b.Mode, Seats: b.Seats}
	if found := s.Search(q, 40).Times; len(found) > 0 && s.random.IntN(8) > 0 {
		b.Start = found[s.random.IntN(len(found))].Start
	} else {
		b.Start = s.calendar.at(today+Day(s.random.IntN(30)), 480+10*s.random.IntN(40))
	}
	return b
}

func (s *simulation) pick3(list ...int) int { return list[s.random.IntN(len(list))] }

func (s *simulation) step() {
	today := s.calendar.dayOf(s.now.UnixMilli())
	d, err := s.Expire(s.now)
	s.do("expire", "", d, err)
	switch n := s.random.IntN(22); {
	case n < 4:
		b := s.booking()
		what := "hold"
		if line := s.waitingRequests("centre"); len(line) > 0 && s.random.IntN(2) == 0 {
			r := line[s.random.IntN(len(line))]
			b.Case, b.Request, b.By, what = r.Case, r.ID, s.primary.Cases[r.Case].Owner, "hold for a request"
			b.Seats[1].Any[0].Person = b.By
		}
		d, err = s.Hold(s.now, b)
		s.do(what, b.By, d, err)
		if kept, ok := s.primary.Appointments[b.Appointment]; ok && s.random.IntN(2) == 0 {
			s.now = s.now.Add(time.Duration(s.random.IntN(3)) * HoldTime / 2) // it may have run out
			other := s.booking()
			other.Without, other.By, other.Case, other.Request = b.Appointment, b.By, kept.Case, kept.Request
			d, err = s.Hold(s.now, other)
			s.do("change what is kept", b.By, d, err)
		}
	case n < 6:
		b := s.booking()
		d, err = s.Book(s.now, b)
		s.do("book", b.By, d, err)
	case n < 8:
		if id, ok := s.some(Held, Offered); ok {
			d, err = s.Confirm(s.now, id, true)
			s.do("confirm", s.primary.Appointments[id].BookedBy, d, err)
		}
	case n < 9:
		if id, ok := s.some(Held, Offered, Asked); ok {
			d, err = s.Release(s.now, id)
			s.do("release", s.primary.Appointments[id].BookedBy, d, err)
		}
	case n < 12:
		if id, ok := s.some(Asked, Booked); ok {
			a := s.primary.Appointments[id]
			d, err = s.Respond(s.now, id, s.random.IntN(len(a.Participants)), []Answer{Accepted, Accepted, Tentative, DeclinedSeat}[s.random.IntN(4)], NoTime, nil, everybody)
			s.do("respond", a.Doctor, d, err)
		}
	case n < 13:
		if id, ok := s.some(Booked); ok {
			b := s.booking()
			a := s.primary.Appointments[id]
			b.Seats, b.Asks = s.seatsOf(&a), s.random.IntN(2) == 0
			d, err = s.Move(s.now, id, b)
			s.do("move", a.Doctor, d, err)
		}
	case n < 14:
		if id, ok := s.some(Booked, Asked, Arrived); ok {
			d, err = s.Cancel(s.now, id, Client)
			s.do("cancel", s.primary.Appointments[id].BookedBy, d, err)
		}
	case n < 15:
		if id, ok := s.some(Booked, Arrived, Started, NoShow); ok {
			d, err = s.Mark(s.now, id, []Status{Booked, Arrived, Started, Fulfilled, NoShow}[s.random.IntN(5)])
			s.do("mark", "d1", d, err)
		}
	case n < 17:
		co := s.pick("c1", "c2", "c3", "c4", "c5")
		r := NewRequest{ID: s.id("r"), Unit: "centre", NewCase: s.id("case"), Owner: co, OwnerUnit: "town", References: []string{s.id("REQ")}, Terms: Terms{
			Minutes: 30, Mode: Phone, Needs: []Need{{Role: auth.Coordinator, Any: []Comer{{co, auth.Coordinator}}}}, Priority: Normal,
		}}
		if s.random.IntN(2) == 0 {
			r.Deadline, r.Doctor = today+Day(s.random.IntN(60)), s.pick("", "d1", "d2")
		}
		d, err = s.MakeRequest(s.now, r)
		s.do("request", co, d, err)
	case n < 18:
		h := Hours{Person: s.pick("d1", "d2", "d3"), Unit: "centre", Weekday: 1 + s.random.IntN(5), From: 480 + 60*s.random.IntN(5), Minutes: 30, ValidFrom: today + 1, ValidUntil: today + 30 + Day(s.random.IntN(60))}
		h.To = h.From + 120
		d, err = s.AddHours(s.now, s.id("h"), h)
		s.do("hours", h.Person, d, err)
	case n < 19:
		e := Exception{Person: s.pick("d1", "d2", "c1", "c2", "room"), Day: today + Day(s.random.IntN(20)), Kind: Away}
		d, err = s.AddException(s.now, s.id("x"), e)
		s.do("away", e.Person, d, err)
	case n < 20:
		s.receptions(today)
	case n < 21:
		who := s.pick("d1", "d2", "d3", "c1", "c2", "room")
		w := s.primary.Settings[who]
		w.Before, w.After, w.Notice, w.Ask = 5*s.random.IntN(4), 5*s.random.IntN(4), s.random.IntN(24), s.random.IntN(2) == 0
		d, err = s.ChangeSettings(who, w)
		s.do("settings", who, d, err)
	default:
		d, err = s.Lend("centre", "town", s.primary.Lent[Journey{"centre", "town"}]+s.random.IntN(2)) // less would leave too many
		s.do("lend", "d1", d, err)
	}
}

func (s *simulation) receptions(today Day) {
	var list []string
	for id, r := range s.primary.Receptions {
		if !r.Cancelled && r.Day > today {
			list = append(list, id)
		}
	}
	slices.Sort(list)
	switch n := s.random.IntN(3); {
	case n == 0 || len(list) == 0:
		w := Plan{Doctor: s.pick("d1", "d2", "d3"), Unit: "centre", From: 780, To: 900, Minutes: 30, Places: 2 + s.random.IntN(3), Room: s.pick("", "room")}
		p := Pattern{First: today + 1 + Day(s.random.IntN(20)), Monthly: true, Every: 1}
		p.Until = p.First + 70
		days, err := p.Days()
		if err != nil {
			s.t.Fatal(err)
		}
		days = slices.DeleteFunc(days, func(d Day) bool { return slices.ContainsFunc(s.Clashes(s.now, w, d, ""), Clash.Forbids) })
		ids := make([]string, len(days))
		for i := range ids {
			ids[i] = fmt.Sprintf("rec%d-%d", s.number, i)
		}
		d, err := s.PlanReceptions(s.now, s.id("series"), ids, w, days)
		s.do("plan receptions", w.Doctor, d, err)
	case n == 1:
		id := s.pick(list...)
		r := s.primary.Receptions[id]
		d, err := s.MoveReceptions(s.now, id, r.Day+Day(s.random.IntN(5)-2), r.From-30, r.To+30*s.random.IntN(2), s.random.IntN(2) == 0, serial(s.id("again")+"-"))
		s.do("move receptions", r.Doctor, d, err)
	default:
		id := s.pick(list...)
		d, err := s.CancelReceptions(s.now, id, s.random.IntN(3) == 0, s.random.IntN(4) == 0, serial(s.id("again")+"-"))
		s.do("cancel receptions", s.primary.Receptions[id].Doctor, d, err)
	}
}

// departures ends what those who are gone were to come to, and lets them come back.
func (s *simulation) departures(gone bool) {
	s.who.Comes = func(person string) bool { return !gone || !slices.Contains([]string{"d3", "c4", "i1"}, person) }
	s.who.Doctor = func(person, _ string) bool { return s.who.Comes(person) }
	for {
		d := s.Departures(s.now, &s.who)
		if len(d.Events) == 0 {
			return
		}
		s.do("departures", "", d, nil)
	}
}

// A year of random use, every hour of the working days: what must never be never is, on any evening, and a state made anew from
// what is kept is the same.
func TestAYearOfRandomUse(t *testing.T) {
	t.Parallel()
	yes := func(string, string) bool { return true }
	s := &simulation{
		State: given(room("room"), SettingsChanged{Person: "d1", DayLimit: 5, Notice: 12, Before: 5}, SettingsChanged{Person: "d2", Ask: true}, SettingsChanged{Person: "d3", ReturnDays: 2},
			SettingsChanged{Person: "c1", After: 15}, PlacesLent{Unit: "centre", Other: "town", Places: 12}),
		t: t, random: rand.New(rand.NewPCG(2026, 12)), now: noon, number: 100, counts: map[string]int{},
		who: Presence{Doctor: yes, Comes: func(string) bool { return true }, Sees: yes, Cares: func(c *Case) string { return c.Owner }},
	}
	for day := range 365 {
		for range 16 {
			s.now = s.now.Add(time.Duration(20+s.random.IntN(60)) * time.Minute)
			s.step()
		}
		s.now = noon.AddDate(0, 0, day+1)
		s.departures(day%30 > 26)
		s.returns()
		if wrong := s.Check(); len(wrong) > 0 {
			t.Fatalf("on day %d: %v", day, wrong)
		}
		quotasHold(t, s.State)
		if day%60 == 59 {
			s.Reindex()
			if wrong := s.Check(); len(wrong) > 0 {
				t.Fatalf("on day %d, made anew: %v", day, wrong)
			}
		}
	}
	offers := 0
	for _, a := range s.primary.Appointments {
		if a.Request != "" {
			offers++
		}
	}
	t.Logf("%d appointments, %d of requests, %d requests; %v", len(s.primary.Appointments), offers, len(s.primary.Requests), s.counts)
	for _, what := range []string{"hold", "book", "confirm", "release", "respond", "move", "cancel", "mark", "request", "hours", "away", "plan receptions", "move receptions", "cancel receptions", "expire", "change what is kept", "hold for a request", "settings", "lend", "departures", "return receptions", "reopen"} {
		if s.counts[what] < 5 {
			t.Errorf("%s happened %d times", what, s.counts[what])
		}
	}
	if offers < 20 {
		t.Errorf("only %d offers", offers)
	}
}
