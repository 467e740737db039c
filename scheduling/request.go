package scheduling

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
)

// The failures of requests.
var (
	ErrNoRequest   = fault.New(fault.NotFound, "not_found", "there is no such request")
	ErrRequested   = fault.New(fault.Conflict, "request_exists", "the case has a request in this unit already")
	ErrOfferOpen   = fault.New(fault.Conflict, "offer_open", "a time is offered: answer it first")
	ErrRequestOver = fault.New(fault.Conflict, "request_over", "the request has its time, or was withdrawn")
	ErrLineFull    = fault.New(fault.Conflict, "list_full", "the waiting list of the unit is full")
	ErrOwnLine     = fault.New(fault.Conflict, "list_share_full", "whoever carries the case has as many requests in the unit's waiting list as one person may")
)

const (
	// MaxLine is how many requests wait in one unit at once.
	MaxLine = 500
	// MaxOwnLine is how many of them are for cases of one person, who could fill the line for everybody else.
	MaxOwnLine = 50
)

// Priority is how urgent a request is: a code, never a reason.
type Priority string

// The priorities.
const (
	Normal Priority = "normal"
	Urgent Priority = "urgent"
)

// RequestStatus is where a request is. It follows from the appointments that serve it.
type RequestStatus string

// The statuses of a request.
const (
	Waiting      RequestStatus = "waiting"
	OfferPending RequestStatus = "offered" // a time is kept for it, until its owner or the doctor has answered
	Settled      RequestStatus = "settled" // it has an appointment
	Withdrawn    RequestStatus = "withdrawn"
)

// Request waits for a joint appointment in a unit.
type Request struct {
	Case string
	Unit string
	Terms
	By          string // who asked
	Made        int64  // unix ms
	Status      RequestStatus
	Appointment string // that serves it; empty while it waits
	Steps       []Step // all that happened to it, in order
}

// Terms are what a request asks for. They can be changed while it waits; its place in the line stays by when it was made.
type Terms struct {
	Doctor   string // empty: any doctor of the unit
	Minutes  int
	Mode     Mode
	Needs    []Need       // who must be there besides the doctor
	Never    []Impossible // when the client can not come
	Deadline Day          // the last day that helps; 0 is none
	Priority Priority
}

// Need is one seat of a request, as Seat is of a booking.
type Need struct {
	Role     auth.Role `bson:"role"`
	Any      []Comer   `bson:"any,omitempty"`
	Outside  bool      `bson:"outside,omitempty"`
	Optional bool      `bson:"optional,omitempty"`
	Guest    string    `bson:"guest,omitempty"`
}

// Comer is somebody who can take a seat, in a role.
type Comer struct {
	Person string    `bson:"person"`
	Role   auth.Role `bson:"role"`
}

// StepKind is what happened to a request.
type StepKind string

// The kinds of steps.
const (
	StepAsked          StepKind = "asked"
	StepChanged        StepKind = "changed"
	StepOffered        StepKind = "offered"
	StepKept           StepKind = "kept"     // the owner found a time and keeps it
	StepAccepted       StepKind = "accepted" // by the owner; the doctor is asked
	StepBooked         StepKind = "booked"
	StepDeclined       StepKind = "declined" // the owner can not
	StepExpired        StepKind = "expired"  // nobody answered in time
	StepDoctorDeclined StepKind = "doctor_declined"
	StepMoved          StepKind = "moved"
	StepCancelled      StepKind = "cancelled"
	StepWithdrawn      StepKind = "withdrawn"
)

// Step is one thing that happened to a request: of an offer also which time, until when to answer, and who was passed over.
type Step struct {
	At          int64
	By          string // empty when nobody did it
	Kind        StepKind
	Appointment string
	Doctor      string
	Start, End  int64
	Until       int64
	Passed      []PassedOver
	PassedMore  int    // how many others were passed over
	Absent      string // the doctor it was meant for, for whom Doctor stands in
}

// Why is why a request was passed over when a place was offered.
type Why string

// The reasons.
const (
	WhyDoctor   Why = "doctor"   // it asks for another doctor
	WhyLength   Why = "length"   // what it asks for is longer than what is free
	WhyDeadline Why = "deadline" // the place is after its last day
	WhyClient   Why = "client"   // the client can not come then
	WhyBusy     Why = "busy"     // somebody who must be there is not free
	WhyBefore   Why = "before"   // it was offered the same place before, or had it
	WhyClosed   Why = "closed"   // its case is closed, or whoever asked does not see the unit any more
	WhyQuota    Why = "quota"    // its unit has had all the places of the month that are lent to it
	WhyFit      Why = "fit"      // it has waited as many days, and fewer of those wished for could come
)

// passedKept is how many of those who were passed over in an offer are named: the first in the line. A line is long, and every offer is
// kept for good.
const passedKept = 20

// PassedOver is a request that stood before the one a place was offered to.
type PassedOver struct {
	Request string `bson:"request"`
	Why     Why    `bson:"why"`
}

// WaitingRequest is a request with its id.
type WaitingRequest struct {
	ID string
	Request
}

// waitingRequests lists the requests of a unit that wait for an offer, in the order in which they get one.
func (s *State) waitingRequests(unit string) []WaitingRequest {
	var list []WaitingRequest
	for _, k := range s.lines[unit] {
		if r := s.primary.Requests[k.id]; r.Status == Waiting {
			list = append(list, WaitingRequest{k.id, r})
		}
	}
	return list
}

// seats is who must come if it is that doctor.
func (t *Terms) seats(doctor string) []Seat {
	seats := make([]Seat, 1, 1+len(t.Needs))
	seats[0] = Seat{Role: auth.Doctor, Any: []Attendee{{Person: doctor, Role: auth.Doctor}}}
	for _, n := range t.Needs {
		seat := Seat{Role: n.Role, Outside: n.Outside, Optional: n.Optional, Guest: n.Guest}
		for _, c := range n.Any {
			seat.Any = append(seat.Any, Attendee{Person: c.Person, Role: c.Role, Hours: hoursWithout(c.Role)})
		}
		seats = append(seats, seat)
	}
	return seats
}

// needs is the other way round: what a request keeps of the seats after the doctor's.
func needs(seats []Seat) []Need {
	list := make([]Need, 0, len(seats))
	for _, seat := range seats {
		n := Need{Role: seat.Role, Outside: seat.Outside, Optional: seat.Optional, Guest: seat.Guest}
		for _, a := range seat.Any {
			n.Any = append(n.Any, Comer{a.Person, a.Role})
		}
		list = append(list, n)
	}
	return list
}

// turn is what decides who comes first in the line of a unit: the earliest deadline, then the urgent, then who has waited
// longest. Days decide before moments, so that of those who asked on one day the one whose people can come gets a place.
type turn struct {
	deadline Day // lastDay+1 for none
	normal   bool
	day      Day
	made     int64
	id       string
}

func (s *State) turnOf(id string, r *Request) turn {
	t := turn{deadline: r.Deadline, normal: r.Priority != Urgent, day: s.calendar.dayOf(r.Made), made: r.Made, id: id}
	if t.deadline == 0 {
		t.deadline = lastDay + 1
	}
	return t
}

// Criterion is what put one request before another.
type Criterion string

// The criteria, in their order.
const (
	ByDeadline Criterion = "deadline"
	ByPriority Criterion = "priority"
	ByWait     Criterion = "wait"
)

// compareTurns orders a line, and says by what.
func compareTurns(a, b turn) (int, Criterion) {
	if c := cmp.Compare(a.deadline, b.deadline); c != 0 {
		return c, ByDeadline
	}
	if a.normal != b.normal {
		if b.normal {
			return -1, ByPriority
		}
		return 1, ByPriority
	}
	return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.made, b.made), cmp.Compare(a.id, b.id)), ByWait
}

func orderTurns(a, b turn) int {
	c, _ := compareTurns(a, b)
	return c
}

// alike reports whether only the moment of asking is between two: then who fits better is first.
func (t turn) alike(o turn) bool {
	return t.deadline == o.deadline && t.normal == o.normal && t.day == o.day
}

// NewRequest is a request somebody makes. Case is empty when it begins one; the rest is as in Booking.
type NewRequest struct {
	ID, Unit         string
	Case, NewCase    string
	Owner, OwnerUnit string
	References       []string
	Absent           string // for whom the doctor of the terms stands in, or empty
	Terms
}

// MakeRequest decides whether a request can be made: one for each case and unit at a time.
func (s *State) MakeRequest(now time.Time, n NewRequest) (journal.Decision, error) {
	if err := s.checkTerms(now, &n.Terms); err != nil {
		return journal.Decision{}, err
	}
	if len(s.lines[n.Unit]) >= MaxLine {
		return journal.Decision{}, ErrLineFull
	}
	owner := n.Owner
	if c, known := s.primary.Cases[n.Case]; known {
		owner = c.Owner
	}
	own := 0
	for _, t := range s.lines[n.Unit] {
		if s.primary.Cases[s.primary.Requests[t.id].Case].Owner == owner {
			own++
		}
	}
	if own >= MaxOwnLine {
		return journal.Decision{}, ErrOwnLine
	}
	for _, id := range s.asked[n.Case] {
		if r := s.primary.Requests[id]; r.Unit == n.Unit && (r.Status == Waiting || r.Status == OfferPending) {
			return journal.Decision{}, ErrRequested
		}
	}
	id, _, opened, err := s.caseFor(n.Case, n.NewCase, n.Owner, n.OwnerUnit, n.References)
	if err != nil {
		return journal.Decision{}, err
	}
	made := RequestMade{Request: n.ID, Case: id, Unit: n.Unit, Absent: n.Absent, RequestTerms: n.event()}
	return journal.Happens(append(opened, made)...).Answering(n.ID, id), nil
}

func (t *Terms) event() RequestTerms {
	return RequestTerms{
		Doctor: t.Doctor, Minutes: t.Minutes, Mode: t.Mode, Needs: t.Needs, Never: t.Never, Deadline: t.Deadline, Priority: t.Priority,
	}
}

func (s *State) checkTerms(now time.Time, t *Terms) error {
	if err := checkMinutes(t.Minutes); err != nil {
		return err
	}
	doctor := t.Doctor
	if doctor == "" {
		doctor = "any doctor"
	}
	switch {
	case t.Deadline != 0 && (t.Deadline > lastDay || t.Deadline < firstDay):
		return fault.Bad("deadline", "date")
	case t.Deadline != 0 && t.Deadline < s.calendar.dayOf(now.UnixMilli()):
		return ErrPast.Of(fault.Field{Name: "deadline", Code: ErrPast.Code})
	case t.Priority != Normal && t.Priority != Urgent:
		return fault.Bad("priority", "oneof")
	case len(t.Never) > MaxImpossible:
		return errTooManyNever
	}
	return checkSeats(t.seats(doctor))
}

// ChangeRequest decides whether a request asks for something else from now on. absent is for whom its doctor stands in, or empty.
func (s *State) ChangeRequest(now time.Time, id string, t Terms, absent string) (journal.Decision, error) {
	r, err := s.open(id)
	if err != nil {
		return journal.Decision{}, err
	}
	if r.Status == OfferPending {
		return journal.Decision{}, ErrOfferOpen
	}
	// A deadline that has passed may stay while something else is changed.
	if check := t; check.Deadline != r.Deadline {
		err = s.checkTerms(now, &check)
	} else {
		check.Deadline = 0
		err = s.checkTerms(now, &check)
	}
	switch {
	case err != nil:
		return journal.Decision{}, err
	case r.equal(&t):
		return journal.Decision{}, nil
	}
	return journal.Happens(RequestChanged{Request: id, Absent: absent, RequestTerms: t.event()}), nil
}

func (t *Terms) equal(o *Terms) bool {
	return t.Doctor == o.Doctor && t.Minutes == o.Minutes && t.Mode == o.Mode && t.Deadline == o.Deadline && t.Priority == o.Priority &&
		slices.Equal(t.Never, o.Never) && slices.EqualFunc(t.Needs, o.Needs, func(a, b Need) bool {
		return a.Role == b.Role && a.Outside == b.Outside && a.Optional == b.Optional && a.Guest == b.Guest && slices.Equal(a.Any, b.Any)
	})
}

// WithdrawRequest decides whether a request leaves the line. A time that is kept for it is let go.
func (s *State) WithdrawRequest(id string) (journal.Decision, error) {
	r, err := s.open(id)
	if err != nil {
		return journal.Decision{}, err
	}
	var events []journal.Event
	if r.Appointment != "" {
		events = append(events, HoldReleased{Appointment: r.Appointment})
	}
	return journal.Happens(append(events, RequestWithdrawn{Request: id})...), nil
}

// open is a request that still stands in the line.
func (s *State) open(id string) (Request, error) {
	r, ok := s.primary.Requests[id]
	switch {
	case !ok:
		return r, ErrNoRequest
	case r.Status != Waiting && r.Status != OfferPending:
		return r, ErrRequestOver
	}
	return r, nil
}

// waits reports whether a case has a request in a line.
func (s *State) waits(id string) bool {
	return slices.ContainsFunc(s.asked[id], func(one string) bool {
		r := s.primary.Requests[one]
		return r.inLine()
	})
}

// serves decides whether a time that somebody found themself can serve a request: it waits, and has no offer. instead is a kept
// time that is let go for this one.
func (s *State) serves(id, unit, instead string) (Request, error) {
	r, err := s.open(id)
	switch {
	case err != nil:
		return r, err
	case r.Status == OfferPending && r.Appointment != instead:
		return r, ErrOfferOpen
	case r.Unit != unit:
		return r, fault.Bad("unit", "unknown")
	}
	return r, nil
}

// Outward is the request's name in the Finnish code system for appointments, as long as it has no appointment.
func (r *Request) Outward() string {
	switch {
	case r.Status == Withdrawn:
		return "peruttu"
	case r.Doctor != "":
		return "tilattu"
	}
	return "suunniteltu"
}

// had reports whether the request was offered that place before, or had it in another way: who gave a place up is not offered it
// again. Who lost it with a joint reception may have it when it comes back.
func (s *State) had(r *Request, doctor string, start int64) bool {
	return slices.ContainsFunc(r.Steps, func(p Step) bool {
		return p.Doctor == doctor && p.Start == start && (p.Kind == StepOffered || s.primary.Appointments[p.Appointment].Reason != ReceptionOff)
	})
}

// String is the seat as parseSeat reads it; empty for a guest.
func (n *Need) String() string {
	if n.Guest != "" {
		return ""
	}
	parts := make([]string, 0, len(n.Any)+1)
	for _, c := range n.Any {
		parts = append(parts, c.Person)
	}
	text := ""
	if n.Outside {
		text, parts = string(n.Role)+":", append(parts, outside)
	}
	text += strings.Join(parts, "|")
	if n.Optional {
		text += "?"
	}
	return text
}
