package scheduling

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/people"
)

var loadFor = flag.Duration("load", 15*time.Second, "how long three servers are put under random load")

// threeServersOnOneEngine opens the region three times over one database. Times are kept for three seconds, so that they run out
// while the test lasts; the clock is the real one, which the journal compares with that of the database.
func threeServersOnOneEngine(t *testing.T, events ...journal.Event) []*region {
	t.Helper()
	first := newRegionAt(t, time.Now())
	first.happen(t, events...)
	first.journal.Close()
	servers := make([]*region, 3)
	for i := range servers {
		servers[i] = &region{state: NewState(), people: people.NewState(), database: first.database, server: fmt.Sprint(i + 1)}
		servers[i].state.holdFor = 3 * time.Second
		servers[i].open(t)
	}
	return servers
}

// mondayAfterNext is the Monday after the coming one, by the real clock, so that nothing of it is too near.
func mondayAfterNext() Day {
	today := finland().dayOf(time.Now().UnixMilli())
	return today + Day(14-(today.weekday()-1))
}

// hoursFrom are hours from that day on for two months: 9–12 in half hours.
func hoursFrom(id, person string, weekday int, from Day) HoursAdded {
	return HoursAdded{Hours: id, Person: person, Unit: "centre", Weekday: weekday, From: 540, To: 720, Minutes: 30, ValidFrom: from, ValidUntil: from + 60}
}

// Everything that changes calendars happens at random, on three servers at once, as it does for a minute on three processes in
// the server's tests; here times that were kept in vain run out within seconds, and others take them: times are kept, extended, booked, moved, let go
// and run out; doctors answer, accept and propose; quotas fill; receptions move and are cancelled. In the end all three hold the
// same, nobody and no room is in two places, no quota is passed, and every state follows from the log.
func TestThreeServersUnderRandomLoad(t *testing.T) {
	t.Parallel()
	monday := mondayAfterNext()
	servers := threeServersOnOneEngine(t,
		hoursFrom("mondays", "gp", 1, monday), hoursFrom("tuesdays", "gp", 2, monday), hoursFrom("fridays", "gp2", 5, monday), room("room"),
		SettingsChanged{Person: "gp", DayLimit: 4, Before: 5}, SettingsChanged{Person: "gp2", Ask: true}, SettingsChanged{Person: "co", After: 10},
		PlacesLent{Unit: "centre", Other: "town", Places: 9},
		ReceptionsPlanned{Series: "s", Doctor: "gp", Unit: "centre", From: 780, To: 900, Minutes: 20, Places: 3, Room: "room", Occurrences: []Occurrence{
			{"r1", monday + 2}, {"r2", monday + 9}, {"r3", monday + 16},
		}},
	)
	until := time.Now().Add(*loadFor)
	var group sync.WaitGroup
	var tried, done, unavailable atomic.Int64
	for worker := range 12 {
		group.Go(func() {
			u := &user{region: servers[worker%3], monday: monday, random: rand.New(rand.NewPCG(uint64(worker), 17)), who: []string{"co", "co2", "nurse", "gp", "gp2", "keeper"}[worker%6]}
			for time.Now().Before(until) {
				tried.Add(1)
				err := u.act()
				f, coded := fault.As(err)
				switch {
				case err == nil:
					done.Add(1)
				case !coded:
					t.Errorf("%s: %v", u.who, err)
				case f.Kind == fault.Unavailable:
					unavailable.Add(1)
				}
			}
		})
	}
	group.Wait()
	// What is still kept runs out.
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		kept := 0
		if err := servers[0].service.Expire(context.Background()); err != nil {
			t.Fatal(err)
		}
		servers[0].journal.View(func() {
			for id := range servers[0].state.expiring {
				if servers[0].state.primary.Appointments[id].Status == Held {
					kept++
				}
			}
		})
		if kept == 0 {
			break
		}
	}
	// Offers are made behind the requests that freed their places: the servers are compared when none of them adds anything any more.
	hashes := map[string]int{}
	newest := uint64(0)
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); {
		clear(hashes)
		for _, r := range servers {
			newest = max(newest, r.journal.Applied())
		}
		for i, r := range servers {
			if err := r.journal.WaitFor(context.Background(), newest); err != nil {
				t.Fatalf("server %d: %v", i, err)
			}
			hash, err := r.journal.Hash()
			if err != nil {
				t.Fatal(err)
			}
			hashes[hash]++
		}
		if !slices.ContainsFunc(servers, func(r *region) bool { return r.journal.Applied() != newest }) {
			break
		}
	}
	for i, r := range servers {
		r.journal.View(func() {
			if wrong := r.state.Check(); len(wrong) > 0 {
				t.Errorf("server %d: %v", i, wrong)
			}
		})
	}
	if len(hashes) != 1 {
		t.Errorf("the servers hold different things: %v", hashes)
	}
	explained(t, servers[1])
	quotasHold(t, servers[2].state)
	t.Logf("%d tried, %d done, %d unavailable, %d commits, %d appointments", tried.Load(), done.Load(), unavailable.Load(), newest, len(servers[0].state.primary.Appointments))
	if done.Load() < 200 {
		t.Errorf("only %d things were done: that proves little", done.Load())
	}
}

// user is somebody who does things at random.
type user struct {
	*region
	monday Day
	random *rand.Rand
	who    string
}

func (u *user) act() error {
	ctx := context.Background()
	caller := u.caller(u.who, "")
	if u.random.IntN(12) == 0 {
		return u.service.Expire(ctx)
	}
	if u.random.IntN(6) == 0 {
		return u.wait(ctx, caller)
	}
	own := u.service.Appointments(caller.Identity, u.monday-14, u.monday+70, "")
	if u.who == "keeper" {
		own = append(u.service.Appointments(caller.Identity, u.monday-14, u.monday+70, "gp"), own...)
	}
	if len(own) == 0 || u.random.IntN(5) < 2 {
		if u.who == "gp" || u.who == "gp2" {
			return u.publish(ctx)
		}
		return u.ask(ctx)
	}
	a := own[u.random.IntN(len(own))]
	switch u.random.IntN(9) {
	case 0:
		return u.service.Extend(ctx, caller, a.ID)
	case 1, 2:
		return u.service.Confirm(ctx, caller, a.ID)
	case 3:
		return u.service.Release(ctx, caller, a.ID)
	case 4:
		return u.service.Cancel(ctx, caller, a.ID, Other)
	case 5, 6:
		return u.service.Move(ctx, caller, a.ID, Shift{Start: u.time()})
	case 7:
		return u.service.Respond(ctx, caller, a.ID, Reply{Answer: []Answer{Accepted, Tentative, DeclinedSeat}[u.random.IntN(3)], Reason: NoTime})
	}
	return u.service.MarkPatientSystem(ctx, caller, a.ID, u.random.IntN(2) == 0)
}

// time is one that may be in somebody's hours.
func (u *user) time() time.Time {
	d := u.monday + []Day{0, 1, 4, 2}[u.random.IntN(4)] + Day(7*u.random.IntN(3))
	return time.UnixMilli(finland().at(d, []int{540, 780}[u.random.IntN(2)]+10*u.random.IntN(18)))
}

func (u *user) ask(ctx context.Context) error {
	w := Wish{Party: Party{Doctor: []string{"gp", "gp2"}[u.random.IntN(2)], Unit: "centre"}, Minutes: 20, Mode: []Mode{OnSite, Phone}[u.random.IntN(2)], Start: u.time()}
	w.Seats = [][]SeatWish{nil, {{Any: []string{"nurse", "co2"}}}, {{Any: []string{"room"}}}, {{Any: []string{"co"}, Optional: true}}}[u.random.IntN(4)]
	do := u.service.Hold
	if u.random.IntN(3) == 0 {
		do = u.service.Book
	}
	_, err := do(ctx, u.caller(u.who, ""), w)
	return err
}

func (u *user) publish(ctx context.Context) error {
	caller := u.caller(u.who, "")
	receptions, err := u.service.Receptions(caller.Identity, u.who)
	if err == nil && len(receptions) > 0 && u.random.IntN(2) == 0 {
		r := receptions[u.random.IntN(len(receptions))]
		if u.random.IntN(6) == 0 {
			_, err = u.service.CancelReceptions(ctx, caller, r.ID, u.random.IntN(4) == 0, false)
			return err
		}
		_, err = u.service.MoveReceptions(ctx, caller, r.ID, r.Day+Day(u.random.IntN(3)-1), 780+10*u.random.IntN(6), 900+10*u.random.IntN(6), u.random.IntN(2) == 0)
		return err
	}
	e := Exception{Person: u.who, Day: u.monday + Day(u.random.IntN(20)), Kind: Away, From: 540, To: 600}
	if of, err := u.service.HoursOf(caller.Identity, u.who); err == nil && len(of.Exceptions) > 2 {
		return u.service.RemoveException(ctx, caller, u.who, of.Exceptions[0].ID)
	}
	return u.service.AddException(ctx, caller, e)
}

// story is what the log says of one appointment, told apart from Apply.
type story struct {
	status     Status
	start, end int64
	people     []string
}

// explained reads the log from its beginning and compares each appointment with what the log says of it.
func explained(t *testing.T, r *region) {
	t.Helper()
	stories := map[string]story{}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	newest := r.journal.Applied()
	persons := func(list []Participant) []string {
		var out []string
		for _, p := range list {
			out = append(out, p.Person)
		}
		return out
	}
	tell := func(event journal.Event) {
		id := appointmentOf(event)
		s := stories[id]
		over := s.status == Released || s.status == Declined || s.status == Cancelled
		if id == "" || over {
			return
		}
		switch e := event.(type) {
		case AppointmentBooked:
			s = story{Booked, e.Start, e.Start + int64(e.Minutes)*minute, persons(e.Participants)}
		case AppointmentHeld:
			s = story{Held, e.Start, e.Start + int64(e.Minutes)*minute, persons(e.Participants)}
			if e.Offer {
				s.status = Offered
			}
		case AppointmentAsked:
			s.status = Asked
		case AppointmentConfirmed:
			s.status = Booked
		case HoldReleased, HoldExpired, MoveAgreed:
			s.status = Released
		case AppointmentDeclined:
			s.status = Declined
		case AppointmentCancelled:
			s.status = Cancelled
		case AppointmentMarked:
			s.status = e.Status
		case AppointmentMoved:
			s = story{Booked, e.Start, e.Start + int64(e.Minutes)*minute, persons(e.Participants)}
		case ParticipantReplaced:
			s.people = slices.Clone(s.people)
			s.people[e.Seat] = e.Person
		}
		stories[id] = s
	}
	err := r.journal.Follow(ctx, 0, func(_ context.Context, c journal.Commit) error {
		for _, event := range c.Events {
			tell(event)
		}
		if c.Number >= newest {
			return context.Canceled
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	r.journal.View(func() {
		if len(stories) != len(r.state.primary.Appointments) {
			t.Errorf("the log tells of %d appointments, there are %d", len(stories), len(r.state.primary.Appointments))
		}
		for id, a := range r.state.primary.Appointments {
			if s := stories[id]; s.status != a.Status || s.start != a.Start || s.end != a.End || !slices.Equal(s.people, persons(a.Participants)) {
				t.Errorf("appointment %s is %+v, the log says %+v", id, a, s)
			}
		}
	})
}

// quotasHold counts, without an index, that nobody has more appointments than they take and no unit more than it was lent.
func quotasHold(t *testing.T, s *State) {
	t.Helper()
	type doctorsDay struct {
		doctor string
		day    Day
	}
	perDay, lent := map[doctorsDay]int{}, map[loan]int{}
	for _, a := range s.primary.Appointments {
		if !a.Live() {
			continue
		}
		if s.primary.Settings[a.Doctor].DayLimit > 0 {
			perDay[doctorsDay{a.Doctor, s.calendar.dayOf(a.Start)}]++
		}
		if old, moves := s.primary.Appointments[a.MoveOf]; !moves || s.loanOf(&old) != s.loanOf(&a) { // within its month it counts once
			lent[s.loanOf(&a)]++
		}
	}
	for at, n := range perDay {
		if limit := s.primary.Settings[at.doctor].DayLimit; n > limit {
			t.Errorf("%s has %d appointments on %s, of at most %d", at.doctor, n, at.day.Date(), limit)
		}
	}
	for l, n := range lent {
		if places, lends := s.primary.Lent[Journey{l.unit, l.other}]; lends && n > places {
			t.Errorf("%+v: %d of %d places lent", l, n, places)
		}
	}
}

// 200 coordinators take one time through three servers at once: exactly one has it, and the same request repeated elsewhere
// gives the same answer.
func TestTwoHundredThroughThreeServers(t *testing.T) {
	t.Parallel()
	monday := mondayAfterNext()
	events := []journal.Event{hoursFrom("mondays", "gp", 1, monday)}
	wish := nine()
	wish.Start = time.UnixMilli(finland().at(monday, 540))
	for i := range 200 {
		events = append(events, people.PersonAdded{
			Person: fmt.Sprintf("c%d", i), Org: "town", Language: "fi", Credential: "c", Grants: []people.Placed{{Role: "coordinator", Unit: "town"}},
		})
	}
	servers := threeServersOnOneEngine(t, events...)
	var group sync.WaitGroup
	ids, results := make([]string, 200), make([]error, 200)
	for i := range results {
		group.Go(func() {
			r := servers[i%3]
			for range 100 {
				ids[i], results[i] = r.service.Hold(context.Background(), r.caller(fmt.Sprintf("c%d", i), fmt.Sprintf("key-%d", i)), wish)
				if f, ok := fault.As(results[i]); !ok || f.Kind != fault.Unavailable {
					return
				}
			}
		})
	}
	group.Wait()
	winner := -1
	for i, err := range results {
		switch {
		case err == nil && winner < 0:
			winner = i
		case err == nil:
			t.Errorf("c%d and c%d both have the time", winner, i)
		case !errors.Is(err, ErrTaken):
			t.Errorf("c%d: %v", i, err)
		}
	}
	if winner < 0 {
		t.Fatal("nobody has the time")
	}
	for _, r := range servers {
		if err := r.journal.WaitFor(context.Background(), servers[winner%3].journal.Applied()); err != nil {
			t.Fatal(err)
		}
		again, err := r.service.Hold(context.Background(), r.caller(fmt.Sprintf("c%d", winner), fmt.Sprintf("key-%d", winner)), wish)
		if err != nil || again != ids[winner] {
			t.Errorf("repeated on server %s: %s %v, want %s", r.server, again, err, ids[winner])
		}
	}
}
