package scheduling

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
)

// The failures of joint receptions.
var (
	ErrNoReception      = fault.New(fault.NotFound, "not_found", "there is no such joint reception")
	ErrReceptionOverlap = fault.New(fault.Conflict, "reception_overlap", "the doctor has another joint reception then, or the room is taken")
	ErrReceptionUsed    = fault.New(fault.Conflict, "reception_used", "somebody has a place in the joint reception")
	ErrReceptionOff     = fault.New(fault.Conflict, "already_cancelled", "the joint reception is cancelled")
)

const (
	// MaxSeries is how many receptions are planned at once.
	MaxSeries = 60
	// MaxPlaces is how many places one reception has at most.
	MaxPlaces = 50
)

// Plan is the time of receptions and what they are like: From to To on the Finnish clock, appointments of Minutes on a grid, of
// which Places can be taken.
type Plan struct {
	Doctor, Unit string
	From, To     int
	Minutes      int
	Places       int
	Room         string // a resource that is kept for the whole reception, or empty
}

// JointReception is one morning, or afternoon, with places for joint appointments.
type JointReception struct {
	Plan
	Series    string
	Day       Day
	Cancelled bool
	Published int64 // or moved; unix ms
}

type keptReception struct {
	ID string
	JointReception
}

func orderReceptions(a, b keptReception) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.From, b.From), cmp.Compare(a.ID, b.ID))
}

func (r *JointReception) span(c *calendar) Span { return Span{c.at(r.Day, r.From), c.at(r.Day, r.To)} }

// Pattern is on which days a series takes place: every so many weeks from the first day on, or monthly on the same weekday of
// the month as the first day (the second Tuesday).
type Pattern struct {
	First, Until Day
	Monthly      bool
	Every        int // weeks or months
}

// Days lists the days of the pattern, at most MaxSeries of them. A month without a fifth such weekday is left out.
func (p Pattern) Days() ([]Day, error) {
	switch {
	case p.First < firstDay || p.First > lastDay:
		return nil, fault.Bad("first", "date")
	case p.Until < p.First || p.Until > lastDay:
		return nil, ErrEndsBeforeStart.Of(fault.Field{Name: "until", Code: ErrEndsBeforeStart.Code})
	case p.Every < 1 || p.Every > 12:
		return nil, fault.Bad("every", "oneof")
	}
	var days []Day
	add := func(d Day) bool {
		if d <= p.Until {
			days = append(days, d)
		}
		return d <= p.Until && len(days) <= MaxSeries
	}
	if !p.Monthly {
		for d := p.First; add(d); d += Day(7 * p.Every) {
			continue
		}
	} else {
		nth := (p.First.utc().Day() - 1) / 7
		for n := 0; ; n += p.Every {
			first, next := firstOfMonth(p.First, n), firstOfMonth(p.First, n+1)
			d := first + Day((p.First.weekday()-first.weekday()+7)%7) + Day(7*nth)
			if d >= next {
				if first > p.Until {
					break
				}
				continue
			}
			if !add(d) {
				break
			}
		}
	}
	if len(days) > MaxSeries {
		return nil, fault.ErrInvalid.Of(fault.Field{Name: "until", Code: "max", Limit: strconv.Itoa(MaxSeries)})
	}
	return days, nil
}

// Clash is what stands in the way of a reception on a day. Holiday, absence, hours and appointments are told, so that whoever plans
// decides; past, reception and room can not be.
type Clash string

// The clashes.
const (
	ClashPast        Clash = "past"
	ClashReception   Clash = "reception"
	ClashRoom        Clash = "room"
	ClashHoliday     Clash = "holiday"
	ClashAway        Clash = "away"
	ClashAppointment Clash = "appointment"
	ClashHours       Clash = "hours" // other published hours, out of which the reception takes its time
)

// Forbids reports whether a reception can not be planned in spite of it.
func (c Clash) Forbids() bool { return c == ClashPast || c == ClashReception || c == ClashRoom }

// Clashes lists what stands in the way of a reception on that day; but is one that it replaces.
func (s *State) Clashes(now time.Time, w Plan, d Day, but string) []Clash {
	r := JointReception{Plan: w, Day: d}
	t := r.span(s.calendar)
	var list []Clash
	if t.Start < now.UnixMilli() {
		list = append(list, ClashPast)
	}
	p := s.plan0(w.Doctor)
	if slices.ContainsFunc(receptionsOn(p.receptions, d, d), func(o keptReception) bool {
		return o.ID != but && !o.Cancelled && o.span(s.calendar).meets(t)
	}) {
		list = append(list, ClashReception)
	}
	if w.Room != "" && !s.roomFree(now, w.Room, t, d, but) {
		list = append(list, ClashRoom)
	}
	if s.calendar.holiday(d) {
		list = append(list, ClashHoliday)
	}
	if p.away(s.calendar, d, t) {
		list = append(list, ClashAway)
	}
	if i, j := p.touching(t.Start, t.End); slices.ContainsFunc(p.live[i:j], func(h holding) bool {
		return h.keeps(now.UnixMilli()) && (but == "" || h.reception != but)
	}) {
		list = append(list, ClashAppointment)
	}
	if slices.ContainsFunc(p.published(s.calendar, d, d, ""), func(o Stretch) bool { return o.Reception == "" && o.meets(t) }) {
		list = append(list, ClashHours)
	}
	return list
}

// plan0 is a person's plan, an empty one when there is none; it changes nothing, so rules may ask.
func (s *State) plan0(person string) *plan {
	if p := s.plans[person]; p != nil {
		return p
	}
	return &plan{}
}

func (s *State) roomFree(now time.Time, room string, t Span, d Day, but string) bool {
	r, ok := s.Resource(room)
	if !ok || !r.InUse() || r.Kind != Room {
		return false
	}
	q := Query{Unit: r.Unit, From: d, To: d, Now: now.UnixMilli(), Mode: OnSite}
	if but != "" {
		q.Leaving = []string{but}
	}
	c := s.calendarOf(Attendee{Person: room, Role: RoleRoom, Hours: AllHours}, &q, d, d)
	return c.free(t)
}

// away reports whether the person is away at some moment of that time, by a changed day or an absence.
func (p *plan) away(c *calendar, d Day, t Span) bool {
	for _, e := range p.exceptionsOn(d, d) {
		if e.Kind == Away && e.away(c).meets(t) {
			return true
		}
	}
	whole := Stretch{Span: t, Anchor: t.Start, Step: minute}
	return len(p.withoutAbsences(c, d, d, []Stretch{whole})) == 0
}

// Occurrence is one reception of a series.
type Occurrence struct {
	Reception string `bson:"reception"`
	Day       Day    `bson:"day"`
}

// PlanReceptions decides whether receptions can be planned on these days: none that is forbidden may be among them.
func (s *State) PlanReceptions(now time.Time, series string, ids []string, w Plan, days []Day) (journal.Decision, error) {
	if err := checkSlots(w.From, w.To, w.Minutes); err != nil {
		return journal.Decision{}, err
	}
	switch {
	case len(days) == 0:
		return journal.Decision{}, fault.Bad("dates", "required")
	case len(days) > MaxSeries:
		return journal.Decision{}, fault.ErrInvalid.Of(fault.Field{Name: "dates", Code: "max", Limit: strconv.Itoa(MaxSeries)})
	case w.Places < 1 || w.Places > min(MaxPlaces, (w.To-w.From)/w.Minutes):
		return journal.Decision{}, fault.ErrInvalid.Of(fault.Field{Name: "places", Code: "max", Limit: strconv.Itoa(min(MaxPlaces, (w.To-w.From)/w.Minutes))})
	}
	occurrences := make([]Occurrence, 0, len(days))
	for i, d := range days {
		if d < firstDay || d > lastDay || slices.Contains(days[:i], d) {
			return journal.Decision{}, fault.Bad("dates", "date")
		}
		for _, c := range s.Clashes(now, w, d, "") {
			switch c {
			case ClashPast:
				return journal.Decision{}, ErrHoursPast
			case ClashReception, ClashRoom:
				return journal.Decision{}, ErrReceptionOverlap
			}
		}
		occurrences = append(occurrences, Occurrence{Reception: ids[i], Day: d}) //nolint:gosec // there is an id for every day
	}
	return journal.Happens(ReceptionsPlanned{
		Series: series, Doctor: w.Doctor, Unit: w.Unit, From: w.From, To: w.To, Minutes: w.Minutes, Places: w.Places, Room: w.Room, Occurrences: occurrences,
	}).Answering(ids[:len(days)]...), nil
}

// following lists the reception and, if all is set, the later ones of its series that have neither begun nor been cancelled.
func (s *State) following(now time.Time, id string, all bool) ([]keptReception, error) {
	r, ok := s.primary.Receptions[id]
	switch {
	case !ok:
		return nil, ErrNoReception
	case r.Cancelled:
		return nil, ErrReceptionOff
	case r.span(s.calendar).Start <= now.UnixMilli(): // what has begun is ended one appointment at a time
		return nil, ErrHoursPast
	}
	list := []keptReception{{id, r}}
	if all {
		for other, o := range s.primary.Receptions {
			if other != id && o.Series == r.Series && !o.Cancelled && o.Day >= r.Day && o.span(s.calendar).Start > now.UnixMilli() {
				list = append(list, keptReception{other, o})
			}
		}
	}
	slices.SortFunc(list, orderReceptions)
	return list, nil
}

// CancelReceptions decides whether a reception, or it and all that follow, can be cancelled; unused asks that nobody has a place in
// any of them. Its appointments end: all wait for a new time, those from the list in their old place. The ids of the appointments
// answer after the doctor's.
func (s *State) CancelReceptions(now time.Time, id string, all, unused bool, fresh func() string) (journal.Decision, error) {
	list, err := s.following(now, id, all)
	if err != nil {
		return journal.Decision{}, err
	}
	var events []journal.Event
	answer := []string{list[0].Doctor}
	for _, r := range list {
		for _, a := range s.in(r, now) {
			if unused && (a.Sure() || a.Status == Asked && a.keeps(now.UnixMilli())) {
				return journal.Decision{}, ErrReceptionUsed
			}
			events = append(events, s.reoffer(now, a, r.Room, fresh)...)
			answer = append(answer, a.ID)
		}
		events = append(events, ReceptionCancelled{Reception: r.ID})
	}
	return journal.Happens(events...).Answering(answer...), nil
}

// reoffer ends an appointment whose reception does not take place then: a kept time is let go, an appointment is cancelled. What
// was booked without a request gets one, so that it is offered a new time; it waits since it was booked.
func (s *State) reoffer(now time.Time, a listed, room string, fresh func() string) []journal.Event {
	switch {
	case !a.keeps(now.UnixMilli()):
		return []journal.Event{HoldExpired{Appointment: a.ID}}
	case a.Status == Held || a.Status == Offered || a.MoveOf != "":
		return []journal.Event{HoldReleased{Appointment: a.ID, Reason: ReceptionOff}}
	}
	late := a.Status != Asked && a.Start-now.UnixMilli() < LateCancel.Milliseconds()
	events := append(s.dropMove(now, a.ID), AppointmentCancelled{Appointment: a.ID, Reason: ReceptionOff, Late: late})
	if _, waited := s.primary.Requests[a.Request]; !waited && s.primary.Cases[a.Case].Closed == 0 {
		events = append(events, RequestMade{Request: fresh(), Case: a.Case, Unit: a.Unit, Instead: a.ID, RequestTerms: RequestTerms{
			Doctor: a.Doctor, Minutes: int((a.End - a.Start) / minute), Mode: a.Mode, Needs: a.needs(room), Priority: Normal,
		}})
	}
	return events
}

// comesWith reports whether this is nothing but the room of a reception: it comes along with a place there, and is not asked for
// elsewhere.
func (p *Participant) comesWith(room string) bool {
	return room != "" && p.Person == room && p.Role == RoleRoom && len(p.Any) == 0
}

// eligible are those who can take the seat.
func (p *Participant) eligible() []string {
	if len(p.Any) == 0 && p.Person != "" {
		return []string{p.Person}
	}
	return p.Any
}

// needs is who has to come to an appointment besides the doctor, whoever can take the seats.
func (a *Appointment) needs(room string) []Need {
	list := []Need{}
	for _, p := range a.Participants[1:] {
		if p.comesWith(room) {
			continue
		}
		n := Need{Role: p.Role, Outside: p.Outside, Optional: p.Optional, Guest: p.Guest}
		for _, person := range p.eligible() {
			n.Any = append(n.Any, Comer{person, p.Role})
		}
		list = append(list, n)
	}
	return list
}

// in lists the live appointments in a reception that are not over, in the order of time.
func (s *State) in(r keptReception, now time.Time) []listed {
	var list []listed
	t := r.span(s.calendar)
	p := s.plan0(r.Doctor)
	for i, j := p.touching(t.Start, t.End); i < j; i++ {
		if p.live[i].reception == r.ID && p.live[i].End > now.UnixMilli() {
			list = append(list, listed{p.live[i].id, s.primary.Appointments[p.live[i].id]})
		}
	}
	return list
}
