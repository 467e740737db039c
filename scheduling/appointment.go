package scheduling

import (
	"slices"
	"strconv"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
)

// The failures of appointments.
var (
	ErrTaken        = fault.New(fault.Conflict, "time_taken", "somebody has another appointment at that time")
	ErrOutside      = fault.New(fault.Conflict, "outside_hours", "the time is outside somebody's hours")
	ErrPast         = fault.New(fault.Conflict, "time_past", "the time is over")
	ErrCancelled    = fault.New(fault.Conflict, "already_cancelled", "the appointment is cancelled")
	ErrNotThere     = fault.New(fault.NotFound, "not_found", "there is no such appointment")
	ErrPerson       = fault.New(fault.NotFound, "unknown_person", "there is nobody to book by that id")
	errNoReferences = fault.New(fault.Unavailable, "unavailable", "every reference tried is in use")
)

const (
	// MaxRange is how many days one search covers.
	MaxRange = 92
	// MaxPeople is how many people one appointment has.
	MaxPeople = 20
	// alternatives is how many other times a refusal offers.
	alternatives = 3
)

// Mode is how people meet.
type Mode string

// The modes.
const (
	OnSite Mode = "on_site"
	Phone  Mode = "phone"
	Video  Mode = "video"
)

// Reason is why an appointment was cancelled: a code, never a text.
type Reason string

// The reasons.
const (
	Illness Reason = "illness"
	Client  Reason = "client"
	Double  Reason = "double"
	Other   Reason = "other"
)

// Appointment is a joint appointment. It has no client: a client's identity travels outside Luotsi.
type Appointment struct {
	Reference    string
	Doctor       string
	Unit         string
	Start, End   int64 // unix ms
	Mode         Mode
	Participants []Participant // the doctor first
	BookedAt     int64
	BookedBy     string
	CancelledAt  int64 // 0 while it is live
	CancelledBy  string
	Reason       Reason
}

// Live reports whether the appointment still holds its people's time.
func (a *Appointment) Live() bool { return a.CancelledAt == 0 }

// Span is its time.
func (a *Appointment) Span() Span { return Span{a.Start, a.End} }

// Has reports whether the person takes part.
func (a *Appointment) Has(person string) bool {
	return slices.ContainsFunc(a.Participants, func(p Participant) bool { return p.Person == person })
}

// Attendee is somebody who is to come. Office tells that they keep office hours when they have given none of their own.
type Attendee struct {
	Person string
	Role   auth.Role
	Office bool
}

// Booking is a wish for an appointment. Attendees has the doctor first and each person once. References are free codes to
// choose from, made outside the rule.
type Booking struct {
	Appointment string
	References  []string
	Unit        string
	Start       int64
	Minutes     int
	Mode        Mode
	Attendees   []Attendee
}

// Refusal is why a booking can not be: who can not come, and the next times that suit everybody.
type Refusal struct {
	Fault  *fault.Error // ErrTaken or ErrOutside
	People []string
	Next   []Span
}

func (r *Refusal) Error() string { return r.Fault.Error() }
func (r *Refusal) Unwrap() error { return r.Fault }

// Book decides whether an appointment can be made: not in the past, inside one published stretch of the doctor's hours in
// that unit and on its grid, inside everybody's own hours, and nobody in another live appointment. It runs inside the
// atomic step, so what it sees free stays free until its event is applied.
func (s *State) Book(now time.Time, b Booking) (journal.Decision, error) {
	if err := checkMinutes(b.Minutes); err != nil {
		return journal.Decision{}, err
	}
	if len(b.Attendees) < 2 {
		return journal.Decision{}, fault.Bad("with", "required")
	}
	if len(b.Attendees) > MaxPeople {
		return journal.Decision{}, errTooMany
	}
	for i, a := range b.Attendees {
		if slices.ContainsFunc(b.Attendees[:i], func(o Attendee) bool { return o.Person == a.Person }) {
			return journal.Decision{}, fault.Bad("with", "unique")
		}
	}
	t := Span{b.Start, b.Start + int64(b.Minutes)*minute}
	if t.Start < now.UnixMilli() {
		return journal.Decision{}, ErrPast
	}
	day := s.calendar.dayOf(t.Start)
	if t.Start%minute != 0 || t.End > s.calendar.midnight(lastDay) {
		return journal.Decision{}, fault.Bad("start", "date")
	}
	doctor := b.Attendees[0].Person
	var away, taken []string
	if !slices.ContainsFunc(s.published(doctor, day, day, b.Unit), func(p Stretch) bool { return p.takes(t) }) {
		away = append(away, doctor)
	}
	for i, a := range b.Attendees {
		p := s.plans[a.Person]
		if i > 0 && !slices.ContainsFunc(p.open(s.calendar, day, day, a.Office), func(o Span) bool { return o.covers(t) }) {
			away = append(away, a.Person)
		}
		if p != nil && len(p.busy(t.Start, t.End)) > 0 {
			taken = append(taken, a.Person)
		}
	}
	if len(taken) > 0 || len(away) > 0 {
		r := &Refusal{Fault: ErrTaken, People: taken}
		if len(taken) == 0 {
			r.Fault, r.People = ErrOutside, away
		}
		until := min(day+MaxRange-1, lastDay)
		found := s.Search(Query{Unit: b.Unit, From: day, To: until, Length: t.End - t.Start, NotBefore: t.Start, Attendees: b.Attendees}, alternatives)
		r.Next = found.Times
		return journal.Decision{}, r
	}
	reference := ""
	for _, r := range b.References {
		if _, used := s.references[r]; !used {
			reference = r
			break
		}
	}
	if reference == "" {
		return journal.Decision{}, errNoReferences
	}
	participants := make([]Participant, len(b.Attendees))
	for i, a := range b.Attendees {
		participants[i] = Participant{Person: a.Person, Role: a.Role}
	}
	return journal.Happens(AppointmentBooked{
		Appointment: b.Appointment, Reference: reference, Doctor: doctor, Unit: b.Unit,
		Start: b.Start, Minutes: b.Minutes, Mode: b.Mode, Participants: participants,
	}).Answering(b.Appointment), nil
}

var errTooMany = fault.ErrInvalid.Of(fault.Field{Name: "with", Code: "max", Limit: strconv.Itoa(MaxPeople)})

// Cancel decides whether an appointment can be cancelled: it is live and not over.
func (s *State) Cancel(now time.Time, id string, reason Reason) (journal.Decision, error) {
	a, ok := s.primary.Appointments[id]
	switch {
	case !ok:
		return journal.Decision{}, ErrNotThere
	case !a.Live():
		return journal.Decision{}, ErrCancelled
	case a.End <= now.UnixMilli():
		return journal.Decision{}, ErrPast
	}
	return journal.Happens(AppointmentCancelled{Appointment: id, Reason: reason}), nil
}

// Query asks for times when everybody can come: Attendees has the doctor first, whose grid in Unit gives the times.
type Query struct {
	Unit      string
	From, To  Day
	Length    int64 // ms; 0 takes the slots as published
	NotBefore int64 // unix ms
	Attendees []Attendee
}

// Search finds the joint times, at most limit of them (0: all). Blocked is in the order of the attendees.
func (s *State) Search(q Query, limit int) Found {
	stretches := s.published(q.Attendees[0].Person, q.From, q.To, q.Unit)
	from, to := s.calendar.midnight(q.From), s.calendar.midnight(q.To+1)
	people := make([]Calendar, len(q.Attendees))
	for i, a := range q.Attendees {
		p := s.plans[a.Person]
		if i > 0 {
			people[i].Open = p.open(s.calendar, q.From, q.To, a.Office)
		}
		if p != nil {
			people[i].Busy = p.busy(from, to)
		}
	}
	return JointTimes(stretches, q.Length, q.NotBefore, limit, people)
}

// published is what a person has published in a unit.
func (s *State) published(person string, from, to Day, unit string) []Stretch {
	p := s.plans[person]
	if p == nil {
		return nil
	}
	return p.published(s.calendar, from, to, unit)
}
