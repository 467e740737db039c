package scheduling

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
)

// The roles of resources among the participants.
const (
	RoleRoom        = auth.Role(Room)
	RoleInterpreter = auth.Role(Interpreter)
)

// Cause is why no time of a stretch can be had, whoever is free.
type Cause string

// The causes.
const (
	DayFull       Cause = "day_limit"
	MonthFull     Cause = "month_limit"
	BeyondHorizon Cause = "horizon"
	NoPlaces      Cause = "places"
	NoRoom        Cause = "room" // that of a reception is away
)

// Query asks for times when everybody can come: the doctor's seat is the first, whose grid in Unit gives the times.
type Query struct {
	Unit     string
	From, To Day
	Length   int64 // ms; 0 takes the slots as published
	Now      int64 // unix ms: earlier times are over, and what was kept until then is free
	Earliest int64 // unix ms: earlier times are not asked for
	Mode     Mode
	Seats    []Seat
	Never    []Span    // when the client can not come, sorted and disjoint
	Without  string    // an appointment that gives way
	Prospect *prospect // what a decision is about to change
	Leaving  []string  // receptions that move away with all their appointments
}

// Search finds the joint times, at most limit of them (0: all).
func (s *State) Search(q Query, limit int) Found {
	doctor := q.Seats[0].Any[0].Person
	stretches := s.bookable(doctor, &q)
	found := JointTimes(stretches, Wanted{
		Length: q.Length, From: max(q.Now, q.Earliest), Notice: q.Now + int64(s.primary.Settings[doctor].Notice)*60*minute, Limit: limit, Never: q.Never,
	}, s.seatTimes(&q))
	for i := range found.Tallies {
		found.Tallies[i].Day = s.calendar.dayOf(stretches[i].Start)
	}
	return found
}

func (s *State) seatTimes(q *Query) []SeatTimes {
	calendars := 0
	for i := range q.Seats {
		calendars += len(q.Seats[i].Any)
	}
	all := make([]Calendar, 0, calendars)
	seats := make([]SeatTimes, len(q.Seats))
	for i := range q.Seats {
		seat := &q.Seats[i]
		begin := len(all)
		for _, a := range seat.Any {
			if i == 0 {
				all = append(all, Calendar{Busy: s.busy(a.Person, q, q.From, q.To)})
			} else {
				all = append(all, s.calendarOf(a, q, q.From, q.To))
			}
		}
		seats[i] = SeatTimes{Any: all[begin:], Always: seat.always(), Optional: seat.Optional}
	}
	return seats
}

func (s *State) calendarOf(a Attendee, q *Query, from, to Day) Calendar {
	return Calendar{Open: s.plans[a.Person].open(s.calendar, from, to, a.Hours), Busy: s.busy(a.Person, q, from, to)}
}

// bookable is what the doctor has published in the unit for joint appointments, each stretch with why it is closed, if it is.
func (s *State) bookable(doctor string, q *Query) []Stretch {
	p := s.plans[doctor]
	if p == nil {
		return nil
	}
	stretches := p.meetings(s.calendar, q.From, q.To, q.Unit)
	if q.Mode == OnSite && len(p.receptions) > 0 {
		stretches = s.withRooms(stretches)
	}
	for i := range stretches {
		if r, ok := s.primary.Receptions[stretches[i].Reception]; ok {
			if t := r.span(s.calendar); p.kept(doctor, t.Start, t.End, q, stretches[i].Reception) >= r.Places || q.goes(stretches[i].Reception) {
				stretches[i].Closed = NoPlaces
			}
		}
	}
	last := s.calendar.dayOf(q.Now) + Day(s.primary.Settings[doctor].Horizon)
	for i := range stretches {
		day := s.calendar.dayOf(stretches[i].Start)
		switch {
		case s.primary.Settings[doctor].Horizon > 0 && day > last:
			stretches[i].Closed = BeyondHorizon
		default:
			if full := s.limited(doctor, day, q); full != "" {
				stretches[i].Closed = full
			}
		}
	}
	return stretches
}

// limited says which limit of the doctor's is reached on that day, if one is.
func (s *State) limited(doctor string, day Day, q *Query) Cause {
	w := s.primary.Settings[doctor]
	if w.DayLimit == 0 && w.MonthLimit == 0 {
		return ""
	}
	p := s.plan0(doctor)
	if w.DayLimit > 0 && p.kept(doctor, s.calendar.midnight(day), s.calendar.midnight(day+1), q, "") >= w.DayLimit {
		return DayFull
	}
	if w.MonthLimit == 0 {
		return ""
	}
	if p.kept(doctor, s.calendar.midnight(firstOfMonth(day, 0)), s.calendar.midnight(firstOfMonth(day, 1)), q, "") >= w.MonthLimit {
		return MonthFull
	}
	return ""
}

// kept counts the person's appointments that begin in the time and are kept; in one reception, or all.
func (p *plan) kept(person string, from, to int64, q *Query, reception string) int {
	n := q.soon(person, from, to, reception)
	i := sort.Search(len(p.live), func(i int) bool { return p.live[i].Start >= from })
	for ; i < len(p.live) && p.live[i].Start < to; i++ {
		if h := &p.live[i]; h.keeps(q.Now) && !q.leaves(h.id) && (reception == "" || h.reception == reception) {
			n++
		}
	}
	return n
}

// busy is when the person can not be in an appointment as asked for: during their others, the minutes they want free between
// two, and the time it takes to come from another unit; and during what their other calendars say.
func (s *State) busy(person string, q *Query, from, to Day) []Span {
	begin, end := s.calendar.midnight(from), s.calendar.midnight(to+1)
	elsewhere := s.importedBusy(person, begin, end)
	p := s.plans[person]
	if p == nil {
		return elsewhere
	}
	own := s.primary.Settings[person]
	i, j := p.touching(begin-widestGap, end+widestGap)
	out := make([]Span, 0, j-i)
	for ; i < j; i++ {
		h := &p.live[i]
		if !h.keeps(q.Now) || q.leaves(h.id) || len(q.Leaving) > 0 && slices.Contains(q.Leaving, h.reception) {
			continue
		}
		t := s.around(h, &own, q)
		if n := len(out); n > 0 && t.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, t.End)
			out[n-1].Start = min(out[n-1].Start, t.Start)
			continue
		}
		out = append(out, t)
	}
	if q.Prospect != nil {
		out = s.busySoon(person, &own, q, out)
	}
	if len(p.roomed) > 0 {
		for _, r := range receptionsOn(p.roomed, from, to) {
			// Whoever books a place of the reception has its room too.
			if !r.Cancelled && !slices.Contains(q.Leaving, r.ID) && (len(q.Seats) == 0 || q.Seats[0].Any[0].Person != r.Doctor) {
				out = append(out, r.span(s.calendar))
			}
		}
		out = merge(out)
	}
	switch {
	case len(elsewhere) == 0:
		return out
	case len(out) == 0:
		return elsewhere
	}
	return mergeTwo(out, elsewhere)
}

// around is the time of an appointment with what has to be free before and after it.
func (s *State) around(h *holding, own *Settings, q *Query) Span {
	way := int64(0)
	if h.onSite && q.Mode == OnSite && h.unit != q.Unit && len(s.primary.Travel) > 0 {
		way = s.travel(h.unit, q.Unit)
	}
	return Span{
		Start: h.Start - max(int64(own.After)*minute+h.before, way),
		End:   h.End + max(h.after+int64(own.Before)*minute, way),
	}
}

// fitted is a booking that can be: who takes the seats, and the reception it is a place of.
type fitted struct {
	participants []Participant
	reception    string
}

// fit decides whether everybody can come: not in the past, inside one published stretch of the doctor's hours in that unit and
// on its grid, with the notice and within the limits the doctor set, inside everybody's own hours, and nobody in another
// appointment then or too near. It runs inside the atomic step, so what it sees free stays free until its event is applied.
func (s *State) fit(now time.Time, b Booking) (fitted, error) {
	if err := checkMinutes(b.Minutes); err != nil {
		return fitted{}, err
	}
	if err := checkSeats(b.Seats); err != nil {
		return fitted{}, err
	}
	t := Span{b.Start, b.Start + int64(b.Minutes)*minute}
	if t.Start < now.UnixMilli() {
		return fitted{}, ErrPast
	}
	day := s.calendar.dayOf(t.Start)
	if t.Start%minute != 0 || t.End > s.calendar.midnight(lastDay) {
		return fitted{}, fault.Bad("start", "date")
	}
	q := Query{
		Unit: b.Unit, From: day, To: day, Length: t.End - t.Start, Now: now.UnixMilli(), Mode: b.Mode, Seats: b.Seats, Never: b.Never, Without: b.Without,
	}
	doctor := b.Seats[0].Any[0].Person
	stretches := s.bookable(doctor, &q)
	at := slices.IndexFunc(stretches, func(p Stretch) bool { return p.takes(t) })
	var away, taken []string // the doctor's hours come first among what is in the way
	if at < 0 {
		away = append(away, doctor)
	}
	seated := s.seatAll(&q, t)
	taken, away = seated.taken, append(away, seated.away...)
	refusal := s.refusal(doctor, stretches, at, t, &q, taken, away)
	if refusal == nil && s.lentOut(&b, day, nil) {
		refusal = &Refusal{Fault: ErrQuota, Quota: s.quotaOf(&b, day)}
	}
	if refusal == nil {
		return s.inReception(seated.participants, stretches[at].Reception, b.Mode), nil
	}
	q.From, q.Earliest = day, t.Start
	if refusal.Quota != nil {
		if refusal.Quota.Next == 0 {
			return fitted{}, refusal
		}
		q.From = refusal.Quota.Next
	}
	q.To = min(q.From+MaxRange-1, lastDay)
	for _, next := range s.Search(q, alternatives).Times {
		if refusal.Quota != nil && s.lentOut(&b, s.calendar.dayOf(next.Start), nil) {
			continue
		}
		refusal.Next = append(refusal.Next, next.Span)
	}
	return fitted{}, refusal
}

// seating is who takes the seats of a meeting, and who is in the way of required ones that stay empty.
type seating struct {
	participants []Participant
	taken, away  []string
	missing      int // optional seats that stay empty
	empty        int // required ones
}

// seatAll gives every seat to somebody who can come then.
func (s *State) seatAll(q *Query, t Span) seating {
	all := seating{participants: make([]Participant, 0, len(q.Seats))}
	chosen := map[string]bool{}
	for i := range q.Seats {
		seat := &q.Seats[i]
		p, found, booked := s.seatAt(i, seat, q, t, chosen)
		switch {
		case found:
			chosen[p.Person] = true
			all.participants = append(all.participants, p)
		case seat.Optional: // it stays empty, and is asked for again when the appointment moves
			p.Any = persons(seat.Any)
			all.participants = append(all.participants, p)
			all.missing++
		case booked:
			all.taken = append(all.taken, persons(seat.Any)...)
			all.empty++
		default:
			all.away = append(all.away, persons(seat.Any)...)
			all.empty++
		}
	}
	return all
}

// inReception adds the room of a reception, while it is in use, to those who come to one of its places.
func (s *State) inReception(participants []Participant, reception string, mode Mode) fitted {
	room := s.primary.Receptions[reception].Room
	if r, ok := s.Resource(room); ok && r.InUse() && mode == OnSite && !slices.ContainsFunc(participants, func(p Participant) bool { return p.Person == room }) {
		participants = append(participants, Participant{Person: room, Role: RoleRoom})
	}
	return fitted{participants, reception}
}

// refusal says what is in the way, if something is: people first, then what the doctor set.
func (s *State) refusal(doctor string, stretches []Stretch, at int, t Span, q *Query, taken, away []string) *Refusal {
	switch {
	case len(taken) > 0:
		return &Refusal{Fault: ErrTaken, People: taken}
	case len(away) > 0:
		return &Refusal{Fault: ErrOutside, People: away}
	case stretches[at].Closed == NoRoom:
		return &Refusal{Fault: ErrOutside, People: []string{s.primary.Receptions[stretches[at].Reception].Room}}
	case stretches[at].Closed == BeyondHorizon:
		return &Refusal{Fault: ErrTooFar}
	case stretches[at].Closed != "":
		return &Refusal{Fault: ErrFull}
	case t.Start < q.Now+int64(s.primary.Settings[doctor].Notice)*60*minute:
		return &Refusal{Fault: ErrTooSoon}
	case slices.ContainsFunc(q.Never, t.meets):
		return &Refusal{Fault: ErrClient}
	}
	return nil
}

// seatAt finds who takes a seat at that time. booked tells, when nobody does, that at least one of them has something else then.
func (s *State) seatAt(i int, seat *Seat, q *Query, t Span, chosen map[string]bool) (p Participant, found, booked bool) {
	p = Participant{Role: seat.Role, Optional: seat.Optional, Guest: seat.Guest}
	if len(seat.Any) > 1 {
		p.Any = persons(seat.Any)
	}
	for _, a := range seat.Any {
		if chosen[a.Person] {
			booked = true
			continue
		}
		c := Calendar{Busy: s.busy(a.Person, q, q.From, q.To)}
		if slices.ContainsFunc(c.Busy, t.meets) {
			booked = true
			continue
		}
		if i > 0 { // the doctor's hours are the grid itself
			c.Open = s.plans[a.Person].open(s.calendar, q.From, q.To, a.Hours)
		}
		if c.free(t) {
			w := s.primary.Settings[a.Person]
			p.Person, p.Role, p.Before, p.After = a.Person, a.Role, w.Before, w.After
			return p, true, false
		}
	}
	if seat.always() {
		p.Outside = seat.Guest == ""
		return p, true, false
	}
	return p, false, booked
}

func persons(any []Attendee) []string {
	ids := make([]string, len(any))
	for i, a := range any {
		ids[i] = a.Person
	}
	return ids
}

func checkSeats(seats []Seat) error {
	if len(seats) < 2 {
		return fault.Bad("with", "required")
	}
	if len(seats) > MaxPeople {
		return errTooMany
	}
	var people []string
	for i := range seats {
		if len(seats[i].Any) == 0 && !seats[i].always() || i == 0 && len(seats[i].Any) != 1 {
			return fault.Bad("with", "required")
		}
		for _, a := range seats[i].Any {
			if slices.Contains(people, a.Person) {
				return fault.Bad("with", "unique")
			}
			people = append(people, a.Person)
		}
	}
	if len(people) > MaxPeople {
		return errTooMany
	}
	return nil
}

var errTooMany = fault.ErrInvalid.Of(fault.Field{Name: "with", Code: "max", Limit: strconv.Itoa(MaxPeople)})

// lapsed lists, as events, the times that the participants kept in vain, and those of also, that have not been freed yet: they must
// be, before others can have them.
func (s *State) lapsed(now time.Time, participants []Participant, also ...string) []journal.Event {
	if len(s.expiring) == 0 {
		return nil
	}
	var events []journal.Event
	for _, id := range s.expired(now.UnixMilli()) {
		a := s.primary.Appointments[id]
		if slices.Contains(also, id) || slices.ContainsFunc(participants, func(p Participant) bool { return a.Has(p.Person) }) {
			events = append(events, HoldExpired{Appointment: id})
		}
	}
	return events
}

func compareHolds(a *Appointment, x string, b *Appointment, y string) int {
	return cmp.Or(cmp.Compare(a.Expires, b.Expires), cmp.Compare(x, y))
}
