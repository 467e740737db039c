package scheduling

import (
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
)

// The failures of appointments.
var (
	ErrTaken     = fault.New(fault.Conflict, "time_taken", "somebody has another appointment at that time")
	ErrOutside   = fault.New(fault.Conflict, "outside_hours", "the time is outside somebody's hours")
	ErrTooSoon   = fault.New(fault.Conflict, "too_soon", "the doctor wants more notice")
	ErrTooFar    = fault.New(fault.Conflict, "too_far", "the doctor's times are not booked so far ahead")
	ErrFull      = fault.New(fault.Conflict, "limit_reached", "the doctor has as many appointments as they take, or the reception is full")
	ErrClient    = fault.New(fault.Conflict, "client_impossible", "the client can not come at that time")
	ErrPast      = fault.New(fault.Conflict, "time_past", "the time is over")
	ErrCancelled = fault.New(fault.Conflict, "already_cancelled", "the appointment is cancelled")
	ErrExpired   = fault.New(fault.Conflict, "hold_expired", "the time was kept until a moment ago, and is not any more")
	ErrExtended  = fault.New(fault.Conflict, "already_extended", "a time is kept longer only once")
	ErrNotNow    = fault.New(fault.Conflict, "not_now", "the appointment is not at that point")
	ErrHolds     = fault.New(fault.Conflict, "too_many_holds", "three times are kept already; book one or let it go")
	ErrNotThere  = fault.New(fault.NotFound, "not_found", "there is no such appointment")
	ErrPerson    = fault.New(fault.NotFound, "unknown_person", "there is nobody to book by that id")
)

const (
	// MaxRange is how many days one search covers.
	MaxRange = 92
	// MaxPeople is how many seats one appointment has.
	MaxPeople = 20
	// HoldTime is how long a time is kept for whoever is about to book it, and by how much it is extended, once.
	HoldTime = 10 * time.Minute
	// MaxHolds is how many times one person keeps at once.
	MaxHolds = 3
	// LateCancel is how near a cancellation counts as late.
	LateCancel = 24 * time.Hour
	// alternatives is how many other times a refusal offers.
	alternatives = 3
	// askDays is how many days a doctor has to answer, if the appointment is not nearer.
	askDays = 3
)

// Mode is how people meet.
type Mode string

// The modes.
const (
	OnSite Mode = "on_site"
	Phone  Mode = "phone"
	Video  Mode = "video"
)

// Reason is why an appointment was cancelled or declined: a code, never a text.
type Reason string

// The reasons.
const (
	Illness      Reason = "illness"
	Client       Reason = "client"
	Double       Reason = "double"
	NoTime       Reason = "no_time"       // a doctor can not come
	WrongDoor    Reason = "wrong_door"    // the question belongs elsewhere
	ReceptionOff Reason = "reception_off" // the joint reception does not take place
	Other        Reason = "other"
)

// Status is where an appointment is in its life.
type Status string

// The statuses. The first seven keep their people's time.
const (
	Held      Status = "held"    // kept for whoever is about to book it
	Offered   Status = "offered" // kept for a waiting request
	Asked     Status = "asked"   // put to the doctor
	Booked    Status = "booked"
	Arrived   Status = "arrived"
	Started   Status = "started"
	Fulfilled Status = "fulfilled"
	NoShow    Status = "noshow"
	Released  Status = "released" // let go, or kept in vain
	Declined  Status = "declined" // by the doctor
	Cancelled Status = "cancelled"
)

// Answer is what a participant says to an appointment.
type Answer string

// The answers.
const (
	Awaiting     Answer = "awaiting"
	Accepted     Answer = "accepted"
	Tentative    Answer = "tentative"
	DeclinedSeat Answer = "declined"
)

// Appointment is a joint appointment. It has no client: a client's identity travels outside Luotsi.
type Appointment struct {
	Case          string
	Reference     string // of the case
	Request       string // the waiting request it serves, or empty
	Reception     string // the joint reception it has a place in, or empty
	MoveOf        string // the appointment whose move to this time the doctor is asked about, or empty
	Doctor        string
	Unit          string
	Start, End    int64 // unix ms
	Mode          Mode
	Participants  []Participant // the doctor first
	Answers       []Answer      // beside the participants
	Said          []int         // beside them too: one more than the Sequence at which each answered last; 0 for who never did
	Status        Status
	Expires       int64 // until when the time is kept; 0 for good
	Extended      bool
	Sequence      int // of the calendar entry: rises when the doctor agrees, with every move and with the cancellation
	Moves         []Move
	Proposed      []int64 // other times that the doctor proposed when declining
	Replaced      []Replacement
	InPlace       []InPlace // what was answered by others than the doctor it was put to
	PatientSystem bool      // booked in the patient system too
	Reminded      uint8     // a bit for each of stages that was sent for this Start
	BookedAt      int64
	BookedBy      string
	ConfirmedAt   int64
	EndedAt       int64 // when it was cancelled, declined or let go; 0 while it is live
	EndedBy       string
	Reason        Reason
	Late          bool
	TextsGone     int64 // when the guests' contacts were deleted; 0 while they are kept
}

// Replacement is a seat that somebody else took after it was booked: Person had it before.
type Replacement struct {
	Seat   int
	Person string
}

// Move is where an appointment was before it was moved.
type Move struct {
	At         int64
	By         string
	Start, End int64
}

// Live reports whether the appointment still holds its people's time. A time kept until a moment that has passed is live
// until its expiry has happened, but is in nobody's way: see keeps.
func (a *Appointment) Live() bool {
	switch a.Status {
	case Released, Declined, Cancelled:
		return false
	}
	return true
}

// Sure reports whether the appointment is agreed on: it was booked and has not ended.
func (a *Appointment) Sure() bool {
	switch a.Status {
	case Booked, Arrived, Started, Fulfilled, NoShow:
		return true
	}
	return false
}

// keeps reports whether the appointment keeps its time at that moment.
func (a *Appointment) keeps(now int64) bool { return a.Live() && (a.Expires == 0 || now < a.Expires) }

// Span is its time.
func (a *Appointment) Span() Span { return Span{a.Start, a.End} }

// Seat is the index of the person among the participants, or -1.
func (a *Appointment) Seat(person string) int {
	return slices.IndexFunc(a.Participants, func(p Participant) bool { return p.Person == person && person != "" })
}

// Has reports whether the person takes part.
func (a *Appointment) Has(person string) bool { return a.Seat(person) >= 0 }

// Default is when somebody can come who has given no hours.
type Default int8

// The defaults.
const (
	NoHours     Default = iota // never: a doctor's hours are published, not guessed
	OfficeHours                // weekdays from 8 to 16
	AllHours                   // always: a room
)

// Attendee is a person or a resource that can take a seat.
type Attendee struct {
	Person string
	Role   auth.Role
	Hours  Default
}

// Seat is one place at the meeting. Any of Any will do; whoever comes first among them and is free is taken. Outside: when none
// is, somebody is ordered from outside. Guest is somebody without an account, by the id of a text of the vault.
type Seat struct {
	Role     auth.Role
	Any      []Attendee
	Outside  bool
	Optional bool
	Guest    string
}

func (s *Seat) always() bool { return s.Outside || s.Guest != "" }

// Booking is a wish for an appointment. The doctor's seat comes first. References are free codes to choose from, made outside
// the rule; NewCase is used when Case is empty. Without is an appointment that gives way to this one.
type Booking struct {
	Appointment string
	Case        string
	NewCase     string
	Owner       string // of a new case
	OwnerUnit   string
	References  []string
	Request     string
	Unit        string
	Start       int64
	Minutes     int
	Mode        Mode
	Seats       []Seat
	Never       []Span // when the client can not come
	By          string
	Without     string
	Moves       string // the appointment that moves to this time, or empty; it may not give way until the doctor agrees
	Asks        bool   // whoever books does not speak for the doctor, who is asked if they want to be
}

// Refusal is why a booking can not be: who can not come, and the next times that suit everybody.
type Refusal struct {
	Fault  *fault.Error
	People []string
	Next   []Span
	Quota  *Quota // of ErrQuota
}

func (r *Refusal) Error() string { return r.Fault.Error() }
func (r *Refusal) Unwrap() error { return r.Fault }

// Book decides whether an appointment can be made: see fit. A doctor who wants to be asked is asked first.
func (s *State) Book(now time.Time, b Booking) (journal.Decision, error) {
	placed, before, err := s.place(now, b)
	if err != nil {
		return journal.Decision{}, err
	}
	if s.asksOf(&b) {
		before = append(before, s.ask(now, placed, "")...)
	} else {
		before = append(before, placed)
	}
	return journal.Happens(before...).Answering(b.Appointment, placed.Case), nil
}

// Hold decides whether a time can be kept until somebody has made up their mind.
func (s *State) Hold(now time.Time, b Booking) (journal.Decision, error) {
	most := MaxHolds
	if s.gives(now.UnixMilli(), &b) {
		most++
	}
	if s.holds(b.By, now.UnixMilli()) >= most {
		return journal.Decision{}, ErrHolds
	}
	placed, before, err := s.place(now, b)
	if err != nil {
		return journal.Decision{}, err
	}
	return journal.Happens(append(before, AppointmentHeld{
		AppointmentBooked: placed, Expires: min(now.Add(s.holdFor).UnixMilli(), b.Start),
	})...).Answering(b.Appointment, placed.Case), nil
}

// holds counts the times that the person keeps without having booked them.
func (s *State) holds(person string, now int64) int {
	n := 0
	for id := range s.expiring {
		a := s.primary.Appointments[id]
		if a.Status == Held && a.BookedBy == person && a.keeps(now) {
			n++
		}
	}
	return n
}

// gives reports whether the booking takes the place of a time that its booker still keeps.
func (s *State) gives(now int64, b *Booking) bool {
	a, ok := s.primary.Appointments[b.Without]
	return ok && a.Status == Held && a.BookedBy == b.By && a.keeps(now)
}

// place is the event of an appointment at that time, and what happens before it: the time it takes the place of is let go, a case
// is opened, and times kept in vain by those who come are free again.
func (s *State) place(now time.Time, b Booking) (AppointmentBooked, []journal.Event, error) {
	fit, err := s.fit(now, b)
	if err != nil {
		return AppointmentBooked{}, nil, err
	}
	before := s.lapsed(now, fit.participants, b.Without)
	if s.gives(now.UnixMilli(), &b) {
		before = append(before, HoldReleased{Appointment: b.Without})
	}
	of, reference, opened, err := s.caseFor(b.Case, b.NewCase, b.Owner, b.OwnerUnit, b.References)
	if err != nil {
		return AppointmentBooked{}, nil, err
	}
	before = append(before, opened...)
	return AppointmentBooked{
		Appointment: b.Appointment, Case: of, Reference: reference, Request: b.Request, Reception: fit.reception,
		Doctor: fit.participants[0].Person, Unit: b.Unit, Start: b.Start, Minutes: b.Minutes, Mode: b.Mode, Participants: fit.participants,
	}, before, nil
}

// caseFor is the open case of that id; without one, a new case that somebody carries, and the event that opens it.
func (s *State) caseFor(id, newID, owner, unit string, references []string) (of, reference string, opened []journal.Event, err error) {
	if id != "" {
		c, ok := s.primary.Cases[id]
		if !ok || c.Closed != 0 {
			return "", "", nil, ErrNoCase
		}
		return id, c.Reference, nil, nil
	}
	for _, r := range references {
		if _, used := s.references[r]; !used {
			return newID, r, []journal.Event{CaseOpened{Case: newID, Reference: r, Unit: unit, Owner: owner}}, nil
		}
	}
	return "", "", nil, errNoReferences
}

var errNoReferences = fault.New(fault.Unavailable, "unavailable", "every reference tried is in use")

// Extend decides whether a time can be kept longer.
func (s *State) Extend(now time.Time, id, by string) (journal.Decision, error) {
	a, err := s.held(now, id)
	switch {
	case err != nil:
		return journal.Decision{}, err
	case a.Status != Held || a.BookedBy != by:
		return journal.Decision{}, ErrNotNow
	case a.Extended:
		return journal.Decision{}, ErrExtended
	}
	return journal.Happens(HoldExtended{Appointment: id, Expires: min(a.Expires+s.holdFor.Milliseconds(), a.Start)}), nil
}

// Confirm decides whether a time that is held or offered can become an appointment: it is still kept. A doctor who wants to be
// asked is asked first, unless whoever confirms speaks for them.
func (s *State) Confirm(now time.Time, id string, asks bool) (journal.Decision, error) {
	a, err := s.held(now, id)
	switch {
	case err != nil:
		return journal.Decision{}, err
	case a.Status != Held && a.Status != Offered:
		return journal.Decision{}, ErrNotNow
	}
	if asks && s.primary.Settings[a.Doctor].Ask {
		return journal.Happens(AppointmentAsked{Appointment: id, Expires: s.answerBy(now, a.Start)}).Answering(id), nil
	}
	return journal.Happens(AppointmentConfirmed{Appointment: id}).Answering(id), nil
}

// Release decides whether a kept time can be let go.
func (s *State) Release(now time.Time, id string) (journal.Decision, error) {
	a, err := s.held(now, id)
	if err != nil {
		return journal.Decision{}, err
	}
	if a.Status != Held && a.Status != Offered && a.Status != Asked {
		return journal.Decision{}, ErrNotNow
	}
	return journal.Happens(HoldReleased{Appointment: id}), nil
}

// held is a live appointment whose time is still kept.
func (s *State) held(now time.Time, id string) (Appointment, error) {
	a, ok := s.primary.Appointments[id]
	switch {
	case !ok:
		return a, ErrNotThere
	case a.Status == Released || a.Live() && !a.keeps(now.UnixMilli()):
		return a, ErrExpired
	case !a.Live():
		return a, ErrCancelled
	}
	return a, nil
}

// Expire decides which kept times are free again: those whose moment has come, at most as many as one commit should hold.
func (s *State) Expire(now time.Time) (journal.Decision, error) {
	var events []journal.Event
	for _, id := range s.expired(now.UnixMilli()) {
		if events = append(events, HoldExpired{Appointment: id}); len(events) == 100 {
			break
		}
	}
	return journal.Happens(events...), nil
}

// expired lists the appointments whose time is not kept any more, the oldest first.
func (s *State) expired(now int64) []string {
	var list []string
	for id := range s.expiring {
		if a := s.primary.Appointments[id]; !a.keeps(now) {
			list = append(list, id)
		}
	}
	slices.SortFunc(list, func(x, y string) int {
		a, b := s.primary.Appointments[x], s.primary.Appointments[y]
		return compareHolds(&a, x, &b, y)
	})
	return list
}

// Respond decides whether the participant of that seat can answer so. The doctor of an appointment that waits for them makes
// it certain or ends it; when a seat that others can take is declined, the first of them who is free takes it.
func (s *State) Respond(now time.Time, id string, seat int, answer Answer, reason Reason, proposed []int64, who *Presence) (journal.Decision, error) {
	a, err := s.held(now, id)
	switch {
	case err != nil:
		return journal.Decision{}, err
	case a.Status != Booked && a.Status != Asked:
		return journal.Decision{}, ErrNotNow
	case a.Start <= now.UnixMilli():
		return journal.Decision{}, ErrPast
	case seat < 0 || seat >= len(a.Participants):
		return journal.Decision{}, ErrNotThere
	case answer != Accepted && answer != Tentative && answer != DeclinedSeat:
		return journal.Decision{}, fault.Bad("answer", "oneof")
	case len(proposed) > 0 && (seat != 0 || answer != DeclinedSeat):
		return journal.Decision{}, fault.Bad("proposed", "oneof")
	}
	if seat == 0 {
		return s.respondDoctor(now, id, &a, answer, reason, proposed)
	}
	events := []journal.Event{}
	if a.Answers[seat] != answer {
		events = append(events, ParticipantAnswered{Appointment: id, Seat: seat, Answer: answer})
	}
	if answer == DeclinedSeat && a.Status == Booked {
		if other, ok := s.substitute(now, id, &a, seat, who); ok {
			events = append(events, other)
		}
	}
	return journal.Happens(events...), nil
}

func (s *State) respondDoctor(now time.Time, id string, a *Appointment, answer Answer, reason Reason, proposed []int64) (journal.Decision, error) {
	switch {
	case answer == DeclinedSeat:
		if len(proposed) > 3 {
			return journal.Decision{}, fault.ErrInvalid.Of(fault.Field{Name: "proposed", Code: "max", Limit: "3"})
		}
		for _, start := range proposed {
			if start <= now.UnixMilli() || start%minute != 0 || s.calendar.dayOf(start) == lastDay {
				return journal.Decision{}, fault.Bad("proposed", "date")
			}
		}
		return journal.Happens(append(s.dropMove(now, id), AppointmentDeclined{Appointment: id, Reason: reason, Proposed: proposed})...), nil
	case a.Status == Asked && answer == Accepted && a.MoveOf != "":
		return s.agreeToMove(id, a)
	case a.Status == Asked && answer == Accepted:
		return journal.Happens(AppointmentConfirmed{Appointment: id}), nil
	case a.Answers[0] == answer:
		return journal.Decision{}, nil
	}
	return journal.Happens(ParticipantAnswered{Appointment: id, Seat: 0, Answer: answer}), nil
}

// substitute finds who takes a declined seat: the first of those named when it was booked who is free and has not declined.
func (s *State) substitute(now time.Time, id string, a *Appointment, seat int, who *Presence) (ParticipantReplaced, bool) {
	p := a.Participants[seat]
	for _, person := range p.Any {
		if person == p.Person || a.Has(person) || !who.Comes(person) {
			continue
		}
		q := Query{Unit: a.Unit, Mode: a.Mode, Now: now.UnixMilli(), Without: id}
		day := s.calendar.dayOf(a.Start)
		c := s.calendarOf(Attendee{Person: person, Role: p.Role, Hours: hoursWithout(p.Role)}, &q, day, day)
		if c.free(a.Span()) && len(s.lapsed(now, []Participant{{Person: person}})) == 0 {
			w := s.primary.Settings[person]
			return ParticipantReplaced{Appointment: id, Seat: seat, Person: person, Before: w.Before, After: w.After}, true
		}
	}
	return ParticipantReplaced{}, false
}

// Cancel decides whether an appointment can be cancelled: it is live and not over.
func (s *State) Cancel(now time.Time, id string, reason Reason) (journal.Decision, error) {
	a, ok := s.primary.Appointments[id]
	switch {
	case !ok:
		return journal.Decision{}, ErrNotThere
	case !a.Live():
		return journal.Decision{}, ErrCancelled
	case !a.keeps(now.UnixMilli()):
		return journal.Decision{}, ErrExpired
	case a.End <= now.UnixMilli():
		return journal.Decision{}, ErrPast
	case a.Status != Asked && a.Status != Booked && a.Status != Arrived:
		return journal.Decision{}, ErrNotNow
	}
	late := a.Status != Asked && a.Start-now.UnixMilli() < LateCancel.Milliseconds()
	return journal.Happens(append(s.dropMove(now, id), AppointmentCancelled{Appointment: id, Reason: reason, Late: late})...), nil
}

// earlyMark is how long before the start a client can have arrived.
const earlyMark = time.Hour

// Mark decides whether that can have become of an appointment: one arrives from an hour before, nothing else happens before the
// start. Booked takes a mark back.
func (s *State) Mark(now time.Time, id string, status Status) (journal.Decision, error) {
	a, ok := s.primary.Appointments[id]
	begun := now.UnixMilli() >= a.Start
	switch {
	case !ok:
		return journal.Decision{}, ErrNotThere
	case !a.Live():
		return journal.Decision{}, ErrCancelled
	case !a.Sure():
		return journal.Decision{}, ErrNotNow
	case a.Status == status:
		return journal.Decision{}, nil
	}
	switch status {
	case Booked:
	case Arrived:
		if now.UnixMilli() < a.Start-earlyMark.Milliseconds() {
			return journal.Decision{}, ErrNotNow
		}
	case Started, Fulfilled, NoShow:
		if !begun {
			return journal.Decision{}, ErrNotNow
		}
	default:
		return journal.Decision{}, fault.Bad("status", "oneof")
	}
	return journal.Happens(AppointmentMarked{Appointment: id, Status: status}), nil
}

// MarkPatientSystem decides whether the tick can be set.
func (s *State) MarkPatientSystem(id string, done bool) (journal.Decision, error) {
	a, ok := s.primary.Appointments[id]
	switch {
	case !ok:
		return journal.Decision{}, ErrNotThere
	case !a.Sure():
		return journal.Decision{}, ErrNotNow
	case a.PatientSystem == done:
		return journal.Decision{}, nil
	}
	return journal.Happens(PatientSystemMarked{Appointment: id, Done: done}), nil
}
