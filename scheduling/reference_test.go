package scheduling

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

// wishful adds to a random world what people wish and what takes their time: buffers, notice, horizon, limits, ways between units,
// kept times that have run out or not, and receptions.
type wishful struct {
	*world
	settings   map[string]Settings
	travel     map[Journey]int
	receptions []JointReception
	ids        []string // of the receptions
	taken      []taken
	now        int64
}

// taken is an appointment as the reference sees it.
type taken struct {
	Span
	people        []Participant
	unit          string
	onSite        bool
	until         int64
	reception, id string
}

func randomWishes(r *rand.Rand, from, to Day, people int) *wishful {
	w := &wishful{world: randomWorld(r, from, to, people), settings: map[string]Settings{}, travel: map[Journey]int{}}
	w.now = finland().midnight(from) + r.Int64N(3*1440)*minute
	n := 0
	happen := func(e journal.Event) {
		n++
		w.state.Apply(journal.Meta{Number: uint64(5000 + n), At: time.UnixMilli(w.now), By: "somebody"}, e)
	}
	for p := range people {
		person := fmt.Sprintf("p%d", p)
		s := Settings{}
		if r.IntN(2) == 0 {
			s.Before, s.After = 5*r.IntN(4), 5*r.IntN(7)
		}
		if r.IntN(3) == 0 {
			s.Notice, s.Horizon = r.IntN(60), r.IntN(15)
		}
		if r.IntN(3) == 0 {
			s.DayLimit, s.MonthLimit = r.IntN(3), r.IntN(9)
		}
		w.settings[person] = s
		happen(SettingsChanged{
			Person: person, Before: s.Before, After: s.After, Notice: s.Notice, Horizon: s.Horizon, DayLimit: s.DayLimit, MonthLimit: s.MonthLimit,
		})
	}
	if r.IntN(2) == 0 {
		w.travel[Journey{testUnits[0], testUnits[1]}] = 10 + r.IntN(80)
		happen(TravelSet{Unit: testUnits[0], Other: testUnits[1], Minutes: w.travel[Journey{testUnits[0], testUnits[1]}]})
	}
	for _, a := range w.appointments {
		w.taken = append(w.taken, taken{Span: Span{a.Start, a.Start + int64(a.Minutes)*minute}, people: a.Participants, unit: a.Unit, id: a.Appointment})
	}
	for k := range r.IntN(3) {
		e := ReceptionsPlanned{
			Series: "s", Doctor: "p0", Unit: testUnits[r.IntN(2)], From: 480 + 30*r.IntN(8), Minutes: 20, Places: 1 + r.IntN(3),
			Occurrences: []Occurrence{{fmt.Sprintf("r%d", k), from + Day(7*k+r.IntN(6))}},
		}
		e.To = e.From + 60 + 30*r.IntN(4)
		happen(e)
		w.receptions = append(w.receptions, JointReception{
			Plan: Plan{Doctor: "p0", Unit: e.Unit, From: e.From, To: e.To, Minutes: 20, Places: e.Places}, Day: e.Occurrences[0].Day,
		})
		w.ids = append(w.ids, e.Occurrences[0].Reception)
	}
	// Times that are kept, some of them in vain since a while.
	for k := range r.IntN(12) {
		start := finland().midnight(from) + r.Int64N(int64(to-from)*1440/10)*10*minute
		t := taken{Span: Span{start, start + 20*minute}, unit: testUnits[r.IntN(2)], onSite: r.IntN(2) == 0, id: fmt.Sprintf("k%d", k)}
		for _, p := range r.Perm(people)[:1+r.IntN(2)] {
			t.people = append(t.people, Participant{Person: fmt.Sprintf("p%d", p), Role: auth.Doctor, Before: 5 * r.IntN(3), After: 5 * r.IntN(3)})
		}
		if r.IntN(3) == 0 {
			t.people = append(t.people, Participant{Person: "room", Role: RoleRoom})
		}
		if slices.ContainsFunc(w.taken, func(o taken) bool { return o.meets(t.Span) }) {
			continue
		}
		if r.IntN(2) == 0 {
			t.until = w.now + r.Int64N(3) - 1
		}
		for i, x := range w.receptions {
			if x.Doctor == t.people[0].Person && x.span(finland()).covers(t.Span) && x.Unit == t.unit {
				t.reception = w.ids[i]
			}
		}
		e := AppointmentBooked{
			Appointment: t.id, Reference: "k" + t.id, Doctor: t.people[0].Person, Unit: t.unit, Reception: t.reception, Start: start, Minutes: 20,
			Mode: Phone, Participants: t.people,
		}
		if t.onSite {
			e.Mode = OnSite
		}
		if t.until != 0 {
			happen(AppointmentHeld{AppointmentBooked: e, Expires: t.until})
		} else {
			happen(e)
		}
		w.taken = append(w.taken, t)
	}
	return w
}

// keeps reports whether a taken time is in the way at all.
func (w *wishful) keeps(t *taken, q *Query) bool {
	return (t.until == 0 || w.now < t.until) && t.id != q.Without
}

// can says, minute by minute, whether somebody can be in an appointment at that time.
func (w *wishful) can(a Attendee, q *Query, t Span, cover []int, zero int64) bool {
	own := w.settings[a.Person]
	for at := t.Start; at < t.End; at += minute {
		if cover != nil && cover[(at-zero)/minute] == 0 {
			return false
		}
	}
	for i := range w.taken {
		o := &w.taken[i]
		n := slices.IndexFunc(o.people, func(p Participant) bool { return p.Person == a.Person })
		if n < 0 || !w.keeps(o, q) {
			continue
		}
		p := o.people[n]
		way := int64(0)
		if o.onSite && q.Mode == OnSite && o.unit != q.Unit {
			way = int64(w.travel[Journey{testUnits[0], testUnits[1]}]) * minute
		}
		between := max(int64(p.After+own.Before)*minute, way) // when the other comes first
		after := max(int64(own.After+p.Before)*minute, way)
		if t.Start < o.End+between && o.Start-after < t.End {
			return false
		}
	}
	return true
}

// reference finds what Search finds, by trying every minute and asking about it whatever there is to ask.
func (w *wishful) reference(zone *time.Location, q Query) []Time {
	c := finland()
	zero := c.midnight(q.From)
	cover, begin, step := w.minutes(zone, "p0", q.Unit, q.From, q.To, false)
	which := map[int]string{}
	next := 100_000
	for i, x := range w.receptions {
		t := x.span(c)
		next++
		for at := t.Start; at < t.End; at += minute {
			if n := (at - zero) / minute; n >= 0 && n < int64(len(cover)) {
				cover[n] = 0
				if x.Unit == q.Unit && !w.away(x.Day, at) {
					cover[n] = next
				}
			}
		}
		begin[next], step[next], which[next] = t.Start, 20*minute, w.ids[i]
	}
	covers := make([][][]int, len(q.Seats))
	for i, seat := range q.Seats {
		covers[i] = make([][]int, len(seat.Any))
		for n, a := range seat.Any {
			if i > 0 && a.Hours != AllHours {
				covers[i][n], _, _ = w.minutes(zone, a.Person, "", q.From, q.To, a.Hours == OfficeHours)
			}
		}
	}
	doctor := w.settings["p0"]
	var times []Time
	for n, hours := range cover {
		start := zero + int64(n)*minute
		if hours == 0 || start < max(w.now, q.Earliest) || (start-begin[hours])%step[hours] != 0 {
			continue
		}
		t := Time{Span: Span{start, start + q.Length}, Reception: which[hours] != ""}
		if q.Length == 0 {
			t.End = start + step[hours]
		}
		inside := true
		for at := t.Start; at < t.End; at += minute {
			m := (at - zero) / minute
			inside = inside && m < int64(len(cover)) && cover[m] == hours
		}
		day := c.dayOf(start)
		if !inside || start < w.now+int64(doctor.Notice)*60*minute || doctor.Horizon > 0 && day > c.dayOf(w.now)+Day(doctor.Horizon) ||
			slices.ContainsFunc(q.Never, t.meets) {
			continue
		}
		perDay, perMonth, perReception := 0, 0, 0
		for i := range w.taken {
			o := &w.taken[i]
			if !w.keeps(o, &q) || !slices.ContainsFunc(o.people, func(p Participant) bool { return p.Person == "p0" }) {
				continue
			}
			d := c.dayOf(o.Start)
			if d == day {
				perDay++
			}
			if d.utc().Format("2006-01") == day.utc().Format("2006-01") {
				perMonth++
			}
			if o.reception != "" && o.reception == which[hours] {
				perReception++
			}
		}
		full := doctor.DayLimit > 0 && perDay >= doctor.DayLimit || doctor.MonthLimit > 0 && perMonth >= doctor.MonthLimit
		if at := slices.Index(w.ids, which[hours]); at >= 0 {
			full = full || perReception >= w.receptions[at].Places
		}
		if full {
			continue
		}
		possible := true
		for i, seat := range q.Seats {
			can := seat.Outside
			for k, a := range seat.Any {
				can = can || w.can(a, &q, t.Span, covers[i][k], zero)
			}
			if !can && seat.Optional {
				t.Missing |= 1 << i
			}
			possible = possible && (can || seat.Optional)
		}
		if possible {
			times = append(times, t)
		}
	}
	return times
}

// away reports whether the doctor is away at that moment by a changed day.
func (w *wishful) away(d Day, at int64) bool {
	return slices.ContainsFunc(w.exceptions, func(e keptException) bool {
		return e.Person == "p0" && e.Day == d && e.Kind == Away && (e.To == 0 || finland().at(d, e.From) <= at && at < finland().at(d, e.To))
	})
}

func TestSearchAgainstMinuteByMinute(t *testing.T) {
	zone := helsinki(t)
	ranges := [][2]string{{"2026-03-23", "2026-04-08"}, {"2026-10-19", "2026-11-02"}, {"2026-06-15", "2026-06-28"}}
	rounds, found, missing := 600, 0, 0
	if testing.Short() {
		rounds = 100
	}
	for seed := range uint64(rounds) {
		r := rand.New(rand.NewPCG(seed, 23))
		from, to := day(t, ranges[seed%3][0]), day(t, ranges[seed%3][1])
		w := randomWishes(r, from, to, 6)
		q := Query{
			Unit: testUnits[r.IntN(2)], From: from, To: to, Length: []int64{0, 15 * minute, 40 * minute}[r.IntN(3)], Now: w.now, Mode: []Mode{OnSite, Phone}[r.IntN(2)],
			Seats: append(each(Attendee{"p0", auth.Doctor, NoHours}, Attendee{"p1", auth.Coordinator, OfficeHours}),
				Seat{Any: []Attendee{{"p2", auth.Coordinator, OfficeHours}, {"room", RoleRoom, AllHours}}, Optional: r.IntN(3) == 0},
				Seat{Any: []Attendee{{"p4", auth.Professional, OfficeHours}}, Optional: r.IntN(4) > 0, Outside: r.IntN(4) == 0},
			)[:1+r.IntN(4)],
		}
		if len(w.taken) > 0 && r.IntN(3) == 0 {
			q.Without = w.taken[r.IntN(len(w.taken))].id
		}
		if r.IntN(2) == 0 {
			q.Never = never(finland(), []Impossible{{Weekday: 1 + r.IntN(5)}, {Day: from + Day(r.IntN(10)), From: 500, To: 700}}, from, to)
		}
		got, want := w.state.Search(q, 0).Times, w.reference(zone, q)
		if !slices.Equal(got, want) {
			t.Fatalf("seed %d: got %d times, want %d\n%v\n%v", seed, len(got), len(want), got, want)
		}
		found += len(want)
		for _, at := range want {
			missing += bits.OnesCount32(at.Missing)
		}
		// What is offered can be booked, and the neighbours that are not can not.
		for _, at := range want[:min(len(want), 5)] {
			b := Booking{
				Appointment: "new", NewCase: "new", References: []string{"NEW222"}, Unit: q.Unit, Start: at.Start, Minutes: int((at.End - at.Start) / minute), Mode: q.Mode,
				Seats: q.Seats, Never: q.Never, Without: q.Without,
			}
			if len(q.Seats) < 2 {
				continue
			}
			if _, err := w.state.fit(time.UnixMilli(w.now), b); err != nil {
				t.Fatalf("seed %d: %v was offered: %v", seed, moment(at.Start), err)
			}
		}
	}
	if found < rounds*3 || missing < rounds/60 {
		t.Errorf("only %d times, %d without an optional participant: the worlds are too full to prove anything", found, missing)
	}
}
