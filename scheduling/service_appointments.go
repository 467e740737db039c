package scheduling

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/web"
)

// SeatWish is one seat somebody asks for: any of these people or resources, or, with Outside, somebody ordered from outside in
// that role when none of them can.
type SeatWish struct {
	Any      []string
	Role     auth.Role
	Outside  bool
	Optional bool
}

// Guest is a participant without an account, who is written to by mail.
type Guest struct {
	Name     string    `json:"name"`
	Email    string    `json:"email"`
	Language string    `json:"language"`
	Role     auth.Role `json:"-"`
}

// Party is who is to come: the doctor, the seats besides, and guests. Whoever asks comes too, unless they keep the doctor's
// calendar for them.
type Party struct {
	Doctor, Unit string
	Seats        []SeatWish
	Guests       []Guest
}

// Wish is an appointment somebody asks for. Without a case it begins one.
type Wish struct {
	Party
	Start   time.Time
	Minutes int
	Mode    Mode
	Case    string
	Never   []Impossible
	Instead string // a time the caller keeps, which is let go when this one can be had
	Request string // a waiting request of the caller's that this time serves; it decides the case
}

// Book makes an appointment and gives its id. It fails with a coded Conflict that shows who is taken and the next times.
func (s *Service) Book(ctx context.Context, caller auth.Caller, w Wish) (string, error) {
	return s.begin(ctx, caller, w, s.state.Book)
}

// Hold keeps a time for the caller until they book it or let it go.
func (s *Service) Hold(ctx context.Context, caller auth.Caller, w Wish) (string, error) {
	return s.begin(ctx, caller, w, s.state.Hold)
}

func (s *Service) begin(ctx context.Context, caller auth.Caller, w Wish, rule func(time.Time, Booking) (journal.Decision, error)) (string, error) {
	b := Booking{
		Appointment: s.newID(), Case: w.Case, NewCase: s.newID(), References: newReferences(), Unit: w.Unit,
		Start: w.Start.UnixMilli(), Minutes: w.Minutes, Mode: w.Mode, By: caller.Person, Without: w.Instead,
	}
	guests, err := s.keepGuests(ctx, w.Guests)
	if err != nil {
		return "", err
	}
	answer, err := s.update(ctx, caller.Person, caller.Key, func(now time.Time) (journal.Decision, error) {
		var err error
		if b.Seats, err = s.seats(caller.Identity, w.Party, guests); err != nil {
			return journal.Decision{}, err
		}
		if w.Instead != "" {
			kept, ok := s.state.primary.Appointments[w.Instead]
			if !ok || kept.BookedBy != caller.Person {
				return journal.Decision{}, ErrNotThere
			}
			if kept.Live() && kept.Status != Held {
				return journal.Decision{}, ErrNotNow
			}
			if b.Case = w.Case; b.Case == "" && s.carries(caller.Identity, kept.Case) {
				b.Case = kept.Case
			}
		}
		if w.Request != "" {
			r, err := s.state.serves(w.Request, w.Unit, w.Instead)
			switch {
			case err != nil:
				return journal.Decision{}, err
			case !s.carries(caller.Identity, r.Case):
				return journal.Decision{}, ErrNoRequest
			}
			b.Request, b.Case = w.Request, r.Case
		}
		if b.Case != "" && !s.carries(caller.Identity, b.Case) {
			return journal.Decision{}, ErrNoCase
		}
		b.Owner, b.OwnerUnit = s.owner(caller.Identity, b.Seats, w.Unit)
		b.Asks = !s.speaksFor(caller.Identity, w.Doctor, w.Unit)
		day := s.state.calendar.dayOf(b.Start)
		b.Never = never(s.state.calendar, w.Never, day, day)
		return rule(now, b)
	})
	if err != nil {
		return "", s.explain(err)
	}
	return answer.IDs[0], nil
}

// keepGuests stores who the guests are before a commit names them, and gives their seats.
func (s *Service) keepGuests(ctx context.Context, guests []Guest) ([]Seat, error) {
	seats := make([]Seat, len(guests))
	for i, g := range guests {
		text, err := json.Marshal(g)
		if err != nil {
			return nil, err
		}
		seats[i] = Seat{Role: g.Role, Guest: s.newID()}
		if err := s.vault.Put(ctx, seats[i].Guest, nil, string(text)); err != nil {
			return nil, err
		}
	}
	return seats, nil
}

// guest reads who a guest is; nobody, when that is not kept any more.
func (s *Service) guest(ctx context.Context, id string) (Guest, error) {
	var g Guest
	text, err := s.vault.Get(ctx, id)
	if err != nil {
		return g, err
	}
	return g, json.Unmarshal([]byte(text), &g)
}

// owner is who carries a new case: the coordinator who asks, or else the first who comes.
func (s *Service) owner(i auth.Identity, seats []Seat, unit string) (person, ownerUnit string) {
	if units := i.Units(auth.Coordinator); len(units) > 0 {
		return i.Person, units[0]
	}
	for n := range seats {
		for _, a := range seats[n].Any {
			if a.Role == auth.Coordinator {
				p, _ := s.people.Person(a.Person)
				for _, g := range p.Grants {
					if g.Role == auth.Coordinator {
						return a.Person, g.Unit
					}
				}
			}
		}
	}
	return i.Person, unit
}

// carries reports whether the case is the caller's to act on: theirs, or that of somebody for whom they stand in today. It
// reads the state: call it inside View or a rule.
func (s *Service) carries(i auth.Identity, id string) bool {
	c, ok := s.state.primary.Cases[id]
	return ok && s.roster().carries(i.Person, &c)
}

// manages lets in who made an appointment or carries its case, and who keeps calendars in its unit.
func (s *Service) manages(i auth.Identity, a *Appointment) bool {
	return a.BookedBy == i.Person || i.HasIn(a.Unit, auth.Scheduler) || s.carries(i, a.Case) // who carries it takes longest to say
}

// keepsTime lets in who may book a kept time or let it go. An offer is answered by who carries the case, and by nobody for them.
func (s *Service) keepsTime(i auth.Identity, a *Appointment) bool {
	if a.Status == Offered {
		return s.carries(i, a.Case)
	}
	return s.manages(i, a)
}

// speaksFor reports whether the doctor need not be asked about what the caller does: they are the doctor, or keep the calendars of
// the unit.
func (s *Service) speaksFor(i auth.Identity, doctor, unit string) bool {
	return i.Person == doctor || i.HasIn(unit, auth.Scheduler)
}

// decide runs a rule about an appointment, for those whom may lets in.
func (s *Service) decide(ctx context.Context, caller auth.Caller, id string, may func(*Appointment) bool, rule func(time.Time, *Appointment) (journal.Decision, error)) error {
	_, err := s.update(ctx, caller.Person, caller.Key, func(now time.Time) (journal.Decision, error) {
		a, ok := s.state.primary.Appointments[id]
		if !ok || !s.maySee(caller.Identity, &a) {
			return journal.Decision{}, ErrNotThere
		}
		if !may(&a) {
			return journal.Decision{}, auth.ErrForbidden
		}
		return rule(now, &a)
	})
	if err != nil {
		return s.explain(err)
	}
	return nil
}

// Extend keeps the caller's time longer.
func (s *Service) Extend(ctx context.Context, caller auth.Caller, id string) error {
	return s.decide(ctx, caller, id, func(a *Appointment) bool { return a.BookedBy == caller.Person },
		func(now time.Time, _ *Appointment) (journal.Decision, error) {
			return s.state.Extend(now, id, caller.Person)
		})
}

// Confirm makes an appointment of a kept time, or puts it to a doctor who wants to be asked.
func (s *Service) Confirm(ctx context.Context, caller auth.Caller, id string) error {
	return s.decide(ctx, caller, id, func(a *Appointment) bool { return s.keepsTime(caller.Identity, a) },
		func(now time.Time, a *Appointment) (journal.Decision, error) {
			return s.state.Confirm(now, id, !s.speaksFor(caller.Identity, a.Doctor, a.Unit))
		})
}

// Release lets a kept time go.
func (s *Service) Release(ctx context.Context, caller auth.Caller, id string) error {
	return s.decide(ctx, caller, id, func(a *Appointment) bool { return s.keepsTime(caller.Identity, a) },
		func(now time.Time, _ *Appointment) (journal.Decision, error) { return s.state.Release(now, id) })
}

// Reply is what a participant says: whether they come, and if not why, and what other times suit.
type Reply struct {
	Answer   Answer
	Reason   Reason
	Proposed []time.Time
}

// Respond answers for the caller, or for the doctor for whom the caller stands in or whose calendar they keep.
func (s *Service) Respond(ctx context.Context, caller auth.Caller, id string, r Reply) error {
	return s.decide(ctx, caller, id, func(*Appointment) bool { return true },
		func(now time.Time, a *Appointment) (journal.Decision, error) {
			switch seat, inPlace := s.seatOf(caller.Identity, a, now.UnixMilli()); {
			case seat < 0:
				return journal.Decision{}, auth.ErrForbidden
			case inPlace:
				return s.state.RespondInPlace(now, id, caller.Person, r.Answer, r.Reason, r.starts(), s.presence())
			default:
				return s.state.Respond(now, id, seat, r.Answer, r.Reason, r.starts(), s.presence())
			}
		})
}

func (r *Reply) starts() []int64 {
	var starts []int64
	for _, t := range r.Proposed {
		starts = append(starts, t.UnixMilli())
	}
	return starts
}

// seatOf is the seat the caller answers for at that moment: their own, or the doctor's when they stand in for the doctor or keep
// the calendars of the unit; -1 is none. It reads the state: call it inside View or a rule.
func (s *Service) seatOf(i auth.Identity, a *Appointment, now int64) (seat int, inPlace bool) {
	if seat := a.Seat(i.Person); seat >= 0 {
		return seat, false
	}
	if s.standsIn(i.Person, a, now) {
		return 0, true
	}
	if i.HasIn(a.Unit, auth.Scheduler) {
		return 0, false
	}
	return -1, false
}

// Shift is where an appointment is to be moved; what is left out stays.
type Shift struct {
	Start   time.Time
	Minutes int
	Mode    Mode
}

// Move moves an appointment of the caller's; when that can not be, the old time stays.
func (s *Service) Move(ctx context.Context, caller auth.Caller, id string, w Shift) error {
	asked := s.newID() // of the time that is put to the doctor, if it must be
	return s.decide(ctx, caller, id, func(*Appointment) bool { return true },
		func(now time.Time, a *Appointment) (journal.Decision, error) {
			b := Booking{
				Appointment: asked, Unit: a.Unit, Start: w.Start.UnixMilli(), Minutes: w.Minutes, Mode: w.Mode, Seats: s.state.seatsOf(a),
				Asks: !s.speaksFor(caller.Identity, a.Doctor, a.Unit) && !s.standsIn(caller.Person, a, now.UnixMilli()),
			}
			if b.Minutes == 0 {
				b.Minutes = int((a.End - a.Start) / minute)
			}
			if b.Mode == "" {
				b.Mode = a.Mode
			}
			return s.state.Move(now, id, b)
		})
}

// MoveTimes finds the times to which an appointment can be moved.
func (s *Service) MoveTimes(i auth.Identity, id string, from, to Day) (Found, []Seat, error) {
	var found Found
	var seats []Seat
	err := error(ErrNotThere)
	now := s.now().UnixMilli()
	s.journal.View(func() {
		a, ok := s.state.primary.Appointments[id]
		if !ok || !s.maySee(i, &a) {
			return
		}
		err, seats = nil, s.state.seatsOf(&a)
		q := Query{Unit: a.Unit, From: from, To: to, Length: a.End - a.Start, Now: now, Mode: a.Mode, Seats: seats, Without: id, Never: s.state.neverOf(&a, from, to)}
		if !s.speaksFor(i, a.Doctor, a.Unit) && !s.standsIn(i.Person, &a, now) && a.Status == Booked && s.state.primary.Settings[a.Doctor].Ask {
			q.Without = "" // both times are kept until the doctor agrees
		}
		found = s.state.Search(q, 0)
	})
	if err != nil {
		return found, nil, err
	}
	return found, seats, nil
}

// seatsOf asks for the seats of an appointment again, whoever can take them.
func (s *State) seatsOf(a *Appointment) []Seat {
	seats := make([]Seat, 0, len(a.Participants))
	room := s.primary.Receptions[a.Reception].Room
	for i := range a.Participants {
		p := &a.Participants[i]
		if p.comesWith(room) {
			continue
		}
		seat := Seat{Role: p.Role, Outside: p.Outside, Optional: p.Optional, Guest: p.Guest}
		for _, person := range p.eligible() {
			seat.Any = append(seat.Any, Attendee{Person: person, Role: p.Role, Hours: hoursWithout(p.Role)})
		}
		seats = append(seats, seat)
	}
	return seats
}

// hoursWithout is when somebody in that role can come who has given no hours.
func hoursWithout(role auth.Role) Default {
	switch role {
	case auth.Doctor:
		return NoHours
	case RoleRoom:
		return AllHours
	}
	return OfficeHours
}

// Cancel cancels an appointment of the caller's, or of a doctor whose calendar they keep.
func (s *Service) Cancel(ctx context.Context, caller auth.Caller, id string, reason Reason) error {
	return s.decide(ctx, caller, id, func(*Appointment) bool { return true },
		func(now time.Time, _ *Appointment) (journal.Decision, error) { return s.state.Cancel(now, id, reason) })
}

// Mark says what became of an appointment.
func (s *Service) Mark(ctx context.Context, caller auth.Caller, id string, status Status) error {
	return s.decide(ctx, caller, id, func(*Appointment) bool { return true },
		func(now time.Time, _ *Appointment) (journal.Decision, error) { return s.state.Mark(now, id, status) })
}

// MarkPatientSystem says whether the time is booked in the patient system; the doctor's side does.
func (s *Service) MarkPatientSystem(ctx context.Context, caller auth.Caller, id string, done bool) error {
	return s.decide(ctx, caller, id, func(*Appointment) bool { return true },
		func(now time.Time, a *Appointment) (journal.Decision, error) {
			if seat, _ := s.seatOf(caller.Identity, a, now.UnixMilli()); seat != 0 {
				return journal.Decision{}, auth.ErrForbidden
			}
			return s.state.MarkPatientSystem(id, done)
		})
}

// Expire frees the times that were kept in vain. Every server does so all the time: what is free already stays free.
func (s *Service) Expire(ctx context.Context) error {
	due := false
	now := s.now()
	s.journal.View(func() { due = len(s.state.expired(now.UnixMilli())) > 0 })
	if !due {
		return nil
	}
	_, err := s.update(ctx, "", auth.Key{}, s.state.Expire)
	return err
}

// maySee lets in who takes part, who stands in for one of them on that day or for the doctor now, who carries the case, and who
// keeps calendars in the appointment's unit. A time that is only kept is nobody's business but theirs who keep it.
func (s *Service) maySee(i auth.Identity, a *Appointment) bool {
	kept := a.Status == Held || a.Status == Offered || a.Status == Released
	switch {
	case a.Has(i.Person) && (!kept || a.MoveOf != ""): // a move that they agreed to ends as a time that is let go
		return true
	case s.manages(i, a):
		return true
	}
	return !kept && (s.standsInAt(i.Person, a) || s.standsIn(i.Person, a, s.now().UnixMilli()))
}

// Appointment gives one appointment to whoever may see it.
func (s *Service) Appointment(i auth.Identity, id string) (Appointment, error) {
	var a Appointment
	allowed := false
	s.journal.View(func() {
		var ok bool
		a, ok = s.state.primary.Appointments[id]
		allowed = ok && s.maySee(i, &a)
	})
	if !allowed {
		return Appointment{}, ErrNotThere
	}
	return a, nil
}

// listed is an appointment with its id.
type listed struct {
	ID string
	Appointment
}

// Appointments lists, in the order of time, the caller's own appointments that touch the days, cancelled ones too; or those
// of a doctor in the units where the caller keeps calendars. Times that were kept and let go are no appointments.
func (s *Service) Appointments(i auth.Identity, from, to Day, doctor string) []listed {
	who := i.Person
	if doctor != "" {
		who = doctor
	}
	list := []listed{}
	begin, end := s.state.calendar.midnight(from), s.state.calendar.midnight(to+1)
	now := s.now().UnixMilli()
	s.journal.View(func() {
		p := s.state.plans[who]
		if p == nil {
			return
		}
		for _, id := range p.all {
			a := s.state.primary.Appointments[id]
			if a.Start < end && a.End > begin && a.Status != Released && (!a.Live() || a.keeps(now)) &&
				(doctor == "" || a.Doctor == doctor) && s.maySee(i, &a) {
				list = append(list, listed{id, a})
			}
		}
	})
	slices.SortFunc(list, func(a, b listed) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.EndedAt, a.EndedAt), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// TimesWish is a search for joint times.
type TimesWish struct {
	Party
	From, To Day
	Minutes  int // 0 takes the slots as published
	Mode     Mode
	Never    []Impossible
}

// JointTimes finds the times of the doctor's hours in a unit that suit everybody, and who is to come.
func (s *Service) JointTimes(i auth.Identity, w TimesWish) (Found, []Seat, error) {
	var found Found
	var seats []Seat
	var err error
	now := s.now().UnixMilli()
	s.journal.View(func() {
		q := Query{
			Unit: w.Unit, From: w.From, To: w.To, Length: int64(w.Minutes) * minute, Now: now, Mode: w.Mode,
			Never: never(s.state.calendar, w.Never, w.From, w.To),
		}
		if w.Doctor == "" {
			found, seats, err = s.anyDoctorsTimes(i, w.Party, q)
			return
		}
		if seats, err = s.seats(i, w.Party, nil); err != nil {
			return
		}
		q.Seats = seats
		found = s.state.Search(q, 0)
	})
	return found, seats, err
}

// seats says who comes to an appointment: the doctor, whoever asks, and the others, each once. Whoever keeps calendars in the
// doctor's unit may ask without coming, unless they are a coordinator. It reads the state: call it inside View or a rule.
func (s *Service) seats(i auth.Identity, w Party, guests []Seat) ([]Seat, error) {
	if !s.works(w.Doctor, w.Unit, auth.Doctor) {
		return nil, ErrPerson
	}
	return s.seatsWith([]Attendee{{Person: w.Doctor, Role: auth.Doctor}}, i, w, guests)
}

// seatsWith is seats for any of those doctors, whom the caller has looked at.
func (s *Service) seatsWith(doctors []Attendee, i auth.Identity, w Party, guests []Seat) ([]Seat, error) {
	if !s.sees(i, w.Unit) {
		return nil, ErrPerson
	}
	list := make([]Seat, 1, 2+len(w.Seats)+len(guests))
	list[0] = Seat{Role: auth.Doctor, Any: doctors}
	coming := func(person string) bool {
		return slices.ContainsFunc(list, func(seat Seat) bool {
			return slices.ContainsFunc(seat.Any, func(a Attendee) bool { return a.Person == person })
		})
	}
	switch {
	case i.Has(auth.Coordinator), !i.HasIn(w.Unit, auth.Scheduler) && i.Has(auth.Doctor):
		if i.Person != w.Doctor {
			a, ok := s.attendee(i, i.Person)
			if !ok {
				return nil, ErrPerson
			}
			list = append(list, Seat{Role: a.Role, Any: []Attendee{a}})
		}
	case !i.HasIn(w.Unit, auth.Scheduler):
		return nil, auth.ErrForbidden
	}
	for _, wish := range w.Seats {
		seat := Seat{Role: wish.Role, Outside: wish.Outside, Optional: wish.Optional}
		for _, person := range wish.Any {
			a, ok := s.attendee(i, person)
			if !ok {
				return nil, ErrPerson
			}
			if !coming(person) {
				seat.Any = append(seat.Any, a)
			}
		}
		if len(seat.Any) > 0 {
			seat.Role = seat.Any[0].Role
		} else if !seat.Outside {
			continue // everybody named comes already
		}
		list = append(list, seat)
	}
	list = append(list, guests...)
	if len(list) > MaxPeople {
		return nil, errTooMany
	}
	return list, nil
}

// attendee says in which role a person or a resource comes along: a person as the first of coordinator, doctor and other
// professional that they are. Only those whom the asker may see can.
func (s *Service) attendee(i auth.Identity, id string) (Attendee, bool) {
	if r, ok := s.state.Resource(id); ok {
		return Attendee{Person: id, Role: auth.Role(r.Kind), Hours: r.hours()}, r.InUse() && s.sees(i, r.Unit)
	}
	p, known := s.people.Person(id)
	if !known || !p.Active {
		return Attendee{}, false
	}
	seen := slices.ContainsFunc(p.Grants, func(g auth.Grant) bool {
		return slices.Contains(comeAlong, g.Role) && (id == i.Person || s.sees(i, g.Unit))
	})
	if !seen {
		return Attendee{}, false
	}
	for _, role := range comeAlong {
		if slices.ContainsFunc(p.Grants, func(g auth.Grant) bool { return g.Role == role }) {
			return Attendee{Person: id, Role: role, Hours: hoursWithout(role)}, true
		}
	}
	return Attendee{}, false
}

// comeAlong lists the roles of people who come along to joint appointments, the one that counts first.
var comeAlong = []auth.Role{auth.Coordinator, auth.Doctor, auth.Professional}

// personTaken and the like are shown beside a refusal.
type personTaken struct {
	Person string `json:"person"`
	Name   string `json:"name"`
}

type refusalView struct {
	Taken []personTaken `json:"taken"`
	Next  []timeView    `json:"next"`
	Quota *quotaView    `json:"quota,omitempty"`
}

// quotaView is what of the lent places is used in the month of the time that was wished for.
type quotaView struct {
	Places int      `json:"places"`
	Used   int      `json:"used"`
	Next   web.Date `json:"next,omitempty"` // from this day on there are places again
}

// explain adds to a refusal who is in the way and the next times.
func (s *Service) explain(err error) error {
	var r *Refusal
	if !errors.As(err, &r) {
		return err
	}
	v := refusalView{Taken: make([]personTaken, len(r.People)), Next: timeViews(r.Next)}
	for i, person := range r.People {
		v.Taken[i] = personTaken{person, s.nameOf(person)}
	}
	if q := r.Quota; q != nil {
		v.Quota = &quotaView{Places: q.Places, Used: q.Used}
		if q.Next != 0 {
			v.Quota.Next = q.Next.Date()
		}
	}
	return r.Fault.With(v)
}
