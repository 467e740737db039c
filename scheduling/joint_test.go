package scheduling

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

func TestJointTimesStepsThroughTheGrid(t *testing.T) {
	m := func(from, to int64) Span { return Span{from * minute, to * minute} }
	stretch := func(from, to, step int64) Stretch {
		return Stretch{Span: m(from, to), Anchor: from * minute, Step: step * minute}
	}
	for _, tt := range []struct {
		name      string
		stretches []Stretch
		length    int64
		notBefore int64
		limit     int
		people    []Calendar
		want      []Span
		blocked   []int
	}{
		{name: "all free", stretches: []Stretch{stretch(0, 90, 30)}, people: []Calendar{{}}, want: []Span{m(0, 30), m(30, 60), m(60, 90)}, blocked: []int{0}},
		{name: "the last slot must fit", stretches: []Stretch{stretch(0, 89, 30)}, people: []Calendar{{}}, want: []Span{m(0, 30), m(30, 60)}, blocked: []int{0}},
		{name: "longer than a step", stretches: []Stretch{stretch(0, 90, 30)}, length: 45, people: []Calendar{{}}, want: []Span{m(0, 45), m(30, 75)}, blocked: []int{0}},
		{name: "longer than the stretch", stretches: []Stretch{stretch(0, 90, 30)}, length: 91, people: []Calendar{{}}, blocked: []int{0}},
		{name: "never across two stretches", stretches: []Stretch{stretch(0, 30, 30), stretch(30, 60, 30)}, length: 45, people: []Calendar{{}}, blocked: []int{0}},
		{name: "not before", stretches: []Stretch{stretch(0, 90, 30)}, notBefore: 1, people: []Calendar{{}}, want: []Span{m(30, 60), m(60, 90)}, blocked: []int{0}},
		{name: "exactly not before", stretches: []Stretch{stretch(0, 90, 30)}, notBefore: 30, people: []Calendar{{}}, want: []Span{m(30, 60), m(60, 90)}, blocked: []int{0}},
		{name: "limit", stretches: []Stretch{stretch(0, 90, 30)}, limit: 1, people: []Calendar{{}}, want: []Span{m(0, 30)}, blocked: []int{0}},
		{
			name: "busy touches", stretches: []Stretch{stretch(0, 90, 30)},
			people: []Calendar{{Busy: []Span{m(30, 60)}}}, want: []Span{m(0, 30), m(60, 90)}, blocked: []int{1},
		},
		{
			name: "busy by a minute on both sides", stretches: []Stretch{stretch(0, 90, 30)},
			people: []Calendar{{Busy: []Span{m(29, 61)}}}, blocked: []int{3},
		},
		{
			name: "open by a minute too little", stretches: []Stretch{stretch(0, 90, 30)},
			people: []Calendar{{}, {Open: []Span{m(0, 59), m(60, 90)}}}, want: []Span{m(0, 30), m(60, 90)}, blocked: []int{0, 1},
		},
		{
			name: "nobody home", stretches: []Stretch{stretch(0, 60, 30)},
			people: []Calendar{{}, {Open: []Span{}}, {Busy: []Span{m(0, 10)}}}, blocked: []int{0, 2, 1},
		},
		{
			name:      "the grid goes on from the anchor",
			stretches: []Stretch{{Span: m(40, 90), Anchor: 0, Step: 30 * minute}}, people: []Calendar{{}}, want: []Span{m(60, 90)}, blocked: []int{0},
		},
		{name: "no hours", people: []Calendar{{}}, blocked: []int{0}},
	} {
		seats := make([]SeatTimes, len(tt.people))
		for i := range seats {
			seats[i].Any = tt.people[i : i+1]
		}
		got := JointTimes(tt.stretches, Wanted{Length: tt.length * minute, From: tt.notBefore * minute, Limit: tt.limit}, seats)
		if blocked := got.Blocked(len(seats)); !slices.Equal(spansOf(got.Times), tt.want) || !slices.Equal(blocked, tt.blocked) {
			t.Errorf("%s: got %v blocked %v, want %v blocked %v", tt.name, got.Times, blocked, tt.want, tt.blocked)
		}
	}
}

// each gives everybody a seat of their own.
func each(attendees ...Attendee) []Seat {
	seats := make([]Seat, len(attendees))
	for i, a := range attendees {
		seats[i] = Seat{Role: a.Role, Any: []Attendee{a}}
	}
	return seats
}

func spansOf(times []Time) []Span {
	var spans []Span
	for _, t := range times {
		spans = append(spans, t.Span)
	}
	return spans
}

// world is a random state and what it was made of, for the slow reference.
type world struct {
	state        *State
	hours        []keptHours
	exceptions   []keptException
	appointments []AppointmentBooked
}

var testUnits = []string{"unit-a", "unit-b"}

func randomWorld(r *rand.Rand, from, to Day, people int) *world {
	w := &world{state: NewState()}
	n := uint64(0)
	apply := func(d journal.Decision, err error) bool {
		if err != nil {
			return false
		}
		for _, e := range d.Events {
			n++
			w.state.Apply(journal.Meta{Number: n, At: time.UnixMilli(0)}, e)
		}
		return true
	}
	long := time.UnixMilli(0)
	for p := range people {
		person := fmt.Sprintf("p%d", p)
		for range r.IntN(8) {
			at := r.IntN(24*4-2) * 15
			h := Hours{
				Person: person, Unit: testUnits[r.IntN(2)], Weekday: []int{1, 2, 3, 4, 5, 6, 7, 7, 7}[r.IntN(9)],
				From: at, To: min(at+30+r.IntN(20)*15, 1439), Minutes: []int{10, 15, 20, 30, 45, 60}[r.IntN(6)],
				ValidFrom: from - 3 + Day(r.IntN(int(to-from))), ValidUntil: to + 3 - Day(r.IntN(5)),
			}
			if r.IntN(6) == 0 {
				h.Purpose = ForWritten
			}
			if p == 0 {
				h.ValidFrom = from - Day(r.IntN(5))
			}
			if id := fmt.Sprintf("h%d", n); apply(w.state.AddHours(long, id, h)) {
				w.hours = append(w.hours, keptHours{id, h})
			}
		}
		for d := from; d <= to; d++ {
			if finland().holiday(d) && r.IntN(3) == 0 {
				e := Exception{Person: person, Day: d, Kind: Open}
				if id := fmt.Sprintf("e%d", n); apply(w.state.AddException(long, id, e)) {
					w.exceptions = append(w.exceptions, keptException{id, e})
				}
			}
		}
		for range r.IntN(5) {
			at := r.IntN(24*4-2) * 15
			e := Exception{
				Person: person, Day: from + Day(r.IntN(int(to-from)+1)), Kind: Away,
				From: at, To: min(at+30+r.IntN(16)*15, 1439),
			}
			switch r.IntN(3) {
			case 0:
				e.Kind, e.Unit, e.Minutes = Extra, testUnits[r.IntN(2)], []int{10, 15, 25, 30}[r.IntN(4)]
			case 1:
				e.From, e.To = 0, 0
			}
			if id := fmt.Sprintf("e%d", n); apply(w.state.AddException(long, id, e)) {
				w.exceptions = append(w.exceptions, keptException{id, e})
			}
		}
	}
	for range r.IntN(30) {
		start := finland().midnight(from) + r.Int64N(int64(to-from+1)*1440)*minute
		b := AppointmentBooked{
			Appointment: fmt.Sprintf("a%d", n), Reference: fmt.Sprintf("r%d", n), Unit: "unit-a",
			Start: start, Minutes: 10 + r.IntN(231),
		}
		for _, p := range r.Perm(people)[:1+r.IntN(people)] {
			b.Participants = append(b.Participants, Participant{Person: fmt.Sprintf("p%d", p)})
		}
		b.Doctor = b.Participants[0].Person
		clash := slices.ContainsFunc(w.appointments, func(o AppointmentBooked) bool {
			return o.Start < b.Start+int64(b.Minutes)*minute && b.Start < o.Start+int64(o.Minutes)*minute
		})
		if !clash {
			apply(journal.Happens(b), nil)
			w.appointments = append(w.appointments, b)
		}
	}
	return w
}

// wallMinute finds the first minute of a day that shows a wall time, by walking the day; where none does, an hour later.
func wallMinute(zone *time.Location, d Day, wall int) int64 {
	y, m, dd := d.utc().Date()
	begin := time.Date(y, m, dd, 0, 0, 0, 0, zone)
	for _, want := range []int{wall, wall + 60} {
		for t := begin; t.Day() == dd; t = t.Add(time.Minute) {
			if t.Hour()*60+t.Minute() == want {
				return t.UnixMilli()
			}
		}
	}
	panic("no such minute")
}

// minutes is the slow reference: for every minute of the range, which hours of the person cover it (0: none), and when those began.
func (w *world) minutes(zone *time.Location, person, unit string, from, to Day, office bool) (cover []int, begin, step map[int]int64) {
	zero := finland().midnight(from)
	cover = make([]int, (finland().midnight(to+1)-zero)/minute)
	begin, step = map[int]int64{}, map[int]int64{}
	next := 0
	for d := from; d <= to; d++ {
		type piece struct {
			from, to int64
			minutes  int
			written  bool
		}
		var pieces []piece
		y, m, dd := d.utc().Date()
		weekday := int(time.Date(y, m, dd, 12, 0, 0, 0, time.UTC).Weekday()+6)%7 + 1
		own := slices.ContainsFunc(w.hours, func(h keptHours) bool { return h.Person == person && h.ValidFrom <= d && d <= h.ValidUntil })
		opened := slices.ContainsFunc(w.exceptions, func(e keptException) bool { return e.Person == person && e.Day == d && e.Kind == Open })
		if opened || !finland().holiday(d) {
			if !own && office && weekday <= 5 {
				pieces = append(pieces, piece{wallMinute(zone, d, 480), wallMinute(zone, d, 960), 10, false})
			}
			for _, h := range w.hours {
				if h.Person == person && h.Weekday == weekday && h.ValidFrom <= d && d <= h.ValidUntil && (unit == "" || h.Unit == unit) {
					pieces = append(pieces, piece{wallMinute(zone, d, h.From), wallMinute(zone, d, h.To), h.Minutes, h.Purpose == ForWritten})
				}
			}
		}
		for _, e := range w.exceptions {
			if e.Person == person && e.Day == d && e.Kind == Extra && (unit == "" || e.Unit == unit) {
				pieces = append(pieces, piece{wallMinute(zone, d, e.From), wallMinute(zone, d, e.To), e.Minutes, e.Purpose == ForWritten})
			}
		}
		slices.SortStableFunc(pieces, func(a, b piece) int { return int(a.from - b.from) })
		for _, p := range pieces {
			next++
			begin[next], step[next] = p.from, int64(p.minutes)*minute
			for t := p.from; t < p.to; t += minute {
				if i := (t - zero) / minute; cover[i] == 0 {
					cover[i] = next
				}
			}
		}
		for n, p := range pieces { // nobody meets anybody in the hours of written consultations
			for i := range cover {
				if p.written && cover[i] == next-len(pieces)+n+1 {
					cover[i] = 0
				}
			}
		}
		for _, e := range w.exceptions {
			if e.Person == person && e.Day == d && e.Kind == Away {
				a, b := finland().midnight(d), finland().midnight(d+1)
				if e.To != 0 {
					a, b = wallMinute(zone, d, e.From), wallMinute(zone, d, e.To)
				}
				for t := a; t < b; t += minute {
					cover[(t-zero)/minute] = 0
				}
			}
		}
	}
	return cover, begin, step
}

func (w *world) busy(person string, t int64) bool {
	return slices.ContainsFunc(w.appointments, func(a AppointmentBooked) bool {
		return a.Start <= t && t < a.Start+int64(a.Minutes)*minute &&
			slices.ContainsFunc(a.Participants, func(p Participant) bool { return p.Person == person })
	})
}

// slow finds the joint times minute by minute.
func (w *world) slow(zone *time.Location, q Query) []Span {
	zero := finland().midnight(q.From)
	attendees := make([]Attendee, len(q.Seats))
	for i := range q.Seats {
		attendees[i] = q.Seats[i].Any[0]
	}
	lead, begin, step := w.minutes(zone, attendees[0].Person, q.Unit, q.From, q.To, false)
	others := make([][]int, len(attendees))
	for i, a := range attendees {
		if i > 0 {
			others[i], _, _ = w.minutes(zone, a.Person, "", q.From, q.To, a.Hours == OfficeHours)
		}
	}
	var times []Span
	for i, hours := range lead {
		start := zero + int64(i)*minute
		if hours == 0 || start < q.Earliest || (start-begin[hours])%step[hours] != 0 {
			continue
		}
		end := start + q.Length
		if q.Length == 0 {
			end = start + step[hours]
		}
		free := true
		for t := start; t < end && free; t += minute {
			n := int((t - zero) / minute)
			free = n < len(lead) && lead[n] == hours
			for p, a := range attendees {
				free = free && !w.busy(a.Person, t) && (p == 0 || others[p][n] != 0)
			}
		}
		if free {
			times = append(times, Span{start, end})
		}
	}
	return times
}

func TestJointTimesAgainstMinuteByMinute(t *testing.T) {
	zone := helsinki(t)
	ranges := [][2]string{
		{"2026-03-23", "2026-04-08"}, // the clock goes forward; Easter
		{"2026-10-19", "2026-11-02"}, // the clock goes back; Pyhäinpäivä
		{"2026-06-15", "2026-06-28"}, // Juhannus
		{"2026-12-21", "2027-01-08"}, // Christmas and the new year
	}
	found := 0
	rounds := 120
	if testing.Short() {
		rounds = 20
	}
	for seed := range uint64(rounds) {
		r := rand.New(rand.NewPCG(seed, 7))
		between := ranges[seed%uint64(len(ranges))]
		from, to := day(t, between[0]), day(t, between[1])
		w := randomWorld(r, from, to, 4)
		if wrong := w.state.Check(); len(wrong) > 0 {
			t.Fatalf("seed %d: %v", seed, wrong)
		}
		q := Query{
			Unit: testUnits[r.IntN(2)], From: from, To: to, Length: []int64{0, 15 * minute, 40 * minute}[r.IntN(3)],
			Earliest: finland().midnight(from) + r.Int64N(5*1440)*minute,
			Seats:    each(Attendee{"p0", auth.Doctor, NoHours}, Attendee{"p1", auth.Coordinator, Default(r.IntN(2))}, Attendee{"p2", auth.Coordinator, Default(r.IntN(2))})[:1+r.IntN(3)],
		}
		got := w.state.Search(q, 0)
		want := w.slow(zone, q)
		if !slices.Equal(spansOf(got.Times), want) {
			t.Fatalf("seed %d: got %d times, want %d\n%v\n%v", seed, len(got.Times), len(want), got.Times, want)
		}
		if len(got.Times) == 0 && got.Candidates > 0 && len(q.Seats) == 1 && got.Blocked(1)[0] != got.Candidates {
			t.Errorf("seed %d: %d times, but only %d are blocked", seed, got.Candidates, got.Blocked(1)[0])
		}
		found += len(want)
	}
	if found < rounds*5 {
		t.Errorf("only %d times in all: the worlds are too full to prove anything", found)
	}
}

// What is offered can be booked, and what is not offered is refused.
func TestBookAgreesWithJointTimes(t *testing.T) {
	from, to := day(t, "2026-10-19"), day(t, "2026-11-02")
	now := time.UnixMilli(finland().midnight(from))
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 11))
		w := randomWorld(r, from, to, 3)
		seats := each(Attendee{"p0", auth.Doctor, NoHours}, Attendee{"p1", auth.Coordinator, OfficeHours})
		q := Query{Unit: "unit-a", From: from, To: to, Length: 20 * minute, Seats: seats}
		offered := spansOf(w.state.Search(q, 0).Times)
		for at := finland().midnight(from); at < finland().midnight(to); at += 5 * minute {
			_, err := w.state.Book(now, Booking{
				Appointment: "new", References: []string{"NEW"}, Unit: "unit-a", Start: at, Minutes: 20, Mode: Phone, Seats: seats,
			})
			if want := slices.Contains(offered, Span{at, at + 20*minute}); (err == nil) != want {
				t.Fatalf("seed %d: %s offered %v, booking says %v", seed, time.UnixMilli(at).UTC(), want, err)
			}
		}
	}
}
