package scheduling

import (
	"cmp"
	"fmt"
	"slices"
	"sort"

	"luotsi/server/journal"
)

// applyAppointments takes in what happened to cases and appointments.
func (s *State) applyAppointments(m journal.Meta, event journal.Event) {
	now := m.At.UnixMilli()
	switch e := event.(type) {
	case AppointmentBooked:
		a := e.appointment(m)
		a.Status, a.ConfirmedAt = Booked, now
		a.agree(m.By)
		s.add(e.Appointment, a)
	case AppointmentHeld:
		a := e.appointment(m)
		a.Status, a.Expires, a.MoveOf = Held, e.Expires, e.MoveOf
		if e.Offer {
			a.Status, a.BookedBy = Offered, s.primary.Cases[a.Case].Owner
		}
		s.add(e.Appointment, a)
	case HoldExtended:
		s.change(e.Appointment, func(a *Appointment) { a.Expires, a.Extended = e.Expires, true })
	case HoldReleased:
		s.change(e.Appointment, func(a *Appointment) { a.end(m, Released, "") })
	case HoldExpired:
		s.change(e.Appointment, func(a *Appointment) { a.end(m, Released, "") })
	case MoveAgreed:
		s.change(e.Appointment, func(a *Appointment) { a.end(m, Released, "") })
	case AppointmentAsked:
		s.change(e.Appointment, func(a *Appointment) {
			a.Status, a.Expires = Asked, e.Expires
			a.answer(a.Seat(m.By), Accepted)
		})
	case AppointmentConfirmed:
		s.change(e.Appointment, func(a *Appointment) {
			if a.Status == Asked {
				a.say(0)
				a.Sequence++
			}
			a.Status, a.Expires, a.ConfirmedAt = Booked, 0, now
			a.agree(m.By)
		})
	case AppointmentDeclined:
		s.change(e.Appointment, func(a *Appointment) {
			a.answer(0, DeclinedSeat)
			a.say(0)
			a.Proposed = e.Proposed
			if a.ConfirmedAt != 0 { // it stands in calendars
				a.Sequence++
			}
			a.end(m, Declined, e.Reason)
		})
	case ParticipantAnswered:
		s.change(e.Appointment, func(a *Appointment) {
			a.answer(e.Seat, e.Answer)
			a.say(e.Seat)
		})
	case ParticipantReplaced:
		s.change(e.Appointment, func(a *Appointment) {
			if e.Seat >= 0 && e.Seat < len(a.Participants) {
				a.Participants = slices.Clone(a.Participants)
				p := &a.Participants[e.Seat]
				a.Replaced = append(slices.Clone(a.Replaced), Replacement{Seat: e.Seat, Person: p.Person})
				left := p.Person // who said no is not asked again
				p.Any = slices.DeleteFunc(slices.Clone(p.Any), func(person string) bool { return person == left })
				p.Person, p.Before, p.After, p.Outside = e.Person, e.Before, e.After, e.Outside
				if e.Seat == 0 {
					a.Doctor, a.Reception, a.PatientSystem = e.Person, "", false
				}
				a.answer(e.Seat, Awaiting)
				a.Sequence++
			}
		})
	case AppointmentMoved:
		s.change(e.Appointment, func(a *Appointment) {
			a.Moves = append(slices.Clone(a.Moves), Move{At: now, By: m.By, Start: a.Start, End: a.End})
			if a.Start != e.Start {
				a.Reminded = 0
			}
			a.Doctor, a.Unit, a.Mode, a.Reception, a.Participants = e.Doctor, e.Unit, e.Mode, e.Reception, e.Participants
			a.Start, a.End = e.Start, e.Start+int64(e.Minutes)*minute
			a.Answers, a.Said, a.Replaced = awaiting(len(e.Participants)), nil, nil
			a.PatientSystem = false
			a.Sequence++
			a.agree(m.By)
		})
	case AppointmentMarked:
		s.change(e.Appointment, func(a *Appointment) { a.Status = e.Status })
	case PatientSystemMarked:
		s.change(e.Appointment, func(a *Appointment) { a.PatientSystem = e.Done })
	case AppointmentCancelled:
		s.change(e.Appointment, func(a *Appointment) {
			a.Late = e.Late
			a.Sequence++
			a.end(m, Cancelled, e.Reason)
		})
	}
}

// appointmentOf is the appointment that an event is about; empty when it is about none.
func appointmentOf(event journal.Event) string {
	switch e := event.(type) {
	case AppointmentBooked:
		return e.Appointment
	case AppointmentHeld:
		return e.Appointment
	case HoldExtended:
		return e.Appointment
	case HoldReleased:
		return e.Appointment
	case HoldExpired:
		return e.Appointment
	case MoveAgreed:
		return e.Appointment
	case AppointmentAsked:
		return e.Appointment
	case AppointmentConfirmed:
		return e.Appointment
	case AppointmentDeclined:
		return e.Appointment
	case ParticipantAnswered:
		return e.Appointment
	case ParticipantReplaced:
		return e.Appointment
	case AnsweredInPlace:
		return e.Appointment
	case AppointmentMoved:
		return e.Appointment
	case AppointmentMarked:
		return e.Appointment
	case PatientSystemMarked:
		return e.Appointment
	case AppointmentCancelled:
		return e.Appointment
	}
	return ""
}

// appointment is what begins with the event.
func (e *AppointmentBooked) appointment(m journal.Meta) Appointment {
	a := Appointment{
		Case: e.Case, Reference: e.Reference, Request: e.Request, Reception: e.Reception, Doctor: e.Doctor, Unit: e.Unit,
		Start: e.Start, End: e.Start + int64(e.Minutes)*minute, Mode: e.Mode, Participants: e.Participants,
		Answers: awaiting(len(e.Participants)), BookedAt: m.At.UnixMilli(), BookedBy: m.By,
	}
	if a.Case == "" { // from before there were cases
		a.Case = e.Appointment
	}
	return a
}

func awaiting(n int) []Answer {
	answers := make([]Answer, n)
	for i := range answers {
		answers[i] = Awaiting
	}
	return answers
}

// agree marks who has agreed already: the doctor, by publishing the time or by answering, whoever did it, and what has no will.
func (a *Appointment) agree(by string) {
	a.Answers = slices.Clone(a.Answers)
	for i, p := range a.Participants {
		if i == 0 || p.Person != "" && p.Person == by || p.Role == RoleRoom {
			a.Answers[i] = Accepted
		}
	}
}

func (a *Appointment) answer(seat int, answer Answer) {
	if seat >= 0 && seat < len(a.Answers) {
		a.Answers = slices.Clone(a.Answers)
		a.Answers[seat] = answer
	}
}

// say notes that the participant in that seat has answered what they were last told.
func (a *Appointment) say(seat int) {
	if seat >= 0 && seat < len(a.Participants) {
		said := make([]int, len(a.Participants))
		copy(said, a.Said)
		said[seat] = a.Sequence + 1
		a.Said = said
	}
}

// said reports whether the participant in that seat has answered since they were told of that sequence.
func (a *Appointment) said(seat, sequence int) bool {
	return seat < len(a.Said) && a.Said[seat] > sequence
}

func (a *Appointment) end(m journal.Meta, status Status, reason Reason) {
	a.Status, a.Expires, a.Reason = status, 0, reason
	a.EndedAt, a.EndedBy = m.At.UnixMilli(), m.By
}

// add puts a new appointment into the state and its indexes.
func (s *State) add(id string, a Appointment) {
	if _, ok := s.primary.Cases[a.Case]; !ok {
		s.openCase(a.Case, Case{Reference: a.Reference, Unit: a.Unit, Owner: a.BookedBy, Opened: a.BookedAt})
	}
	s.primary.Appointments[id] = a
	s.ofCase[a.Case] = append(s.ofCase[a.Case], id)
	if a.hasGuests() {
		s.texted[a.Case] = struct{}{}
	}
	for _, who := range a.Participants {
		if who.Person != "" {
			p := s.plan(who.Person)
			p.all = append(p.all, id)
		}
	}
	s.index(id, &a)
}

// change replaces a live appointment by what do makes of it, and mends the indexes. What has ended does not change any more.
func (s *State) change(id string, do func(a *Appointment)) {
	a, ok := s.primary.Appointments[id]
	if !ok || !a.Live() {
		return
	}
	s.unindex(id, &a)
	before := a.Participants
	do(&a)
	s.primary.Appointments[id] = a
	s.index(id, &a)
	for _, who := range a.Participants {
		if who.Person != "" && !slices.ContainsFunc(before, func(p Participant) bool { return p.Person == who.Person }) {
			if p := s.plan(who.Person); !slices.Contains(p.all, id) {
				p.all = append(p.all, id)
			}
		}
	}
}

// index holds the time of everybody who takes part in a live appointment.
func (s *State) index(id string, a *Appointment) {
	if !a.Live() {
		return
	}
	s.expect(id, a)
	for _, who := range a.Participants {
		if who.Person != "" {
			s.plan(who.Person).hold(a.holding(id, &who))
		}
	}
	if a.Expires != 0 {
		s.expiring[id] = struct{}{}
	}
	if a.MoveOf != "" {
		s.moves[a.MoveOf] = id
	}
	s.borrowed[s.loanOf(a)]++
}

// holding is the time that one participant gives to the appointment.
func (a *Appointment) holding(id string, who *Participant) holding {
	return holding{
		Span: a.Span(), id: id, until: a.Expires, before: int64(who.Before) * minute, after: int64(who.After) * minute,
		unit: a.Unit, onSite: a.Mode == OnSite, reception: a.Reception,
	}
}

func (s *State) unindex(id string, a *Appointment) {
	s.unexpect(id, a)
	for _, who := range a.Participants {
		if who.Person != "" {
			s.plan(who.Person).release(a.Span(), id)
		}
	}
	delete(s.expiring, id)
	if s.moves[a.MoveOf] == id {
		delete(s.moves, a.MoveOf)
	}
	if !a.Live() {
		return
	}
	if l := s.loanOf(a); s.borrowed[l] > 1 {
		s.borrowed[l]--
	} else {
		delete(s.borrowed, l)
	}
}

func (s *State) reindexAppointments() {
	if s.primary.Appointments == nil {
		s.primary.Appointments = map[string]Appointment{}
	}
	s.expiring = map[string]struct{}{}
	s.moves = map[string]string{}
	s.borrowed = map[loan]int{}
	// In the order of time each appointment goes to the end of the lists, which makes this linear.
	for _, id := range s.appointmentsByStart() {
		a := s.primary.Appointments[id]
		s.ofCase[a.Case] = append(s.ofCase[a.Case], id)
		for _, who := range a.Participants {
			if who.Person != "" {
				p := s.plan(who.Person)
				p.all = append(p.all, id)
			}
		}
		s.index(id, &a)
	}
}

func (s *State) appointmentsByStart() []string {
	type begun struct {
		start int64
		id    string
	}
	list := make([]begun, 0, len(s.primary.Appointments))
	for id, a := range s.primary.Appointments {
		list = append(list, begun{a.Start, id})
	}
	slices.SortFunc(list, func(a, b begun) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.id, b.id)) })
	ids := make([]string, len(list))
	for i := range list {
		ids[i] = list[i].id
	}
	return ids
}

// checkAppointments looks for a person or a room in two live appointments at once or nearer than their wishes of then, a
// reference used twice, and an appointment that is not what its case says.
func (s *State) checkAppointments() []string {
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	type seen struct {
		id         string
		end, after int64
	}
	last := map[string]seen{} // person → their live appointment that began last
	live := map[string]int{}
	for _, id := range s.appointmentsByStart() {
		a := s.primary.Appointments[id]
		if c, ok := s.primary.Cases[a.Case]; !ok || c.Reference != a.Reference {
			say("appointment %s has no case of its reference", id)
		}
		if a.End <= a.Start || len(a.Participants) == 0 || a.Participants[0].Person != a.Doctor || len(a.Answers) != len(a.Participants) {
			say("appointment %s has no length, no doctor, or answers of others", id)
		}
		_, expires := s.expiring[id]
		if expires != (a.Live() && a.Expires != 0) || a.Expires != 0 && a.Sure() {
			say("appointment %s and the list of kept times do not agree", id)
		}
		for _, who := range a.Participants {
			if !a.Live() || who.Person == "" {
				continue
			}
			live[who.Person]++
			if before, ok := last[who.Person]; ok && before.end+before.after+int64(who.Before)*minute > a.Start {
				say("%s is in appointments %s and %s at once or too near", who.Person, before.id, id)
			}
			last[who.Person] = seen{id, a.End, int64(who.After) * minute}
			if p := s.plans[who.Person]; p == nil || !p.holds(a.Span(), id) {
				say("appointment %s does not hold the time of %s", id, who.Person)
			}
		}
	}
	references := map[string]string{}
	for id, c := range s.primary.Cases {
		if other, used := references[c.Reference]; used {
			say("cases %s and %s have the same reference", other, id)
		}
		references[c.Reference] = id
		if s.references[c.Reference] != id {
			say("the reference of case %s leads elsewhere", id)
		}
	}
	for person, p := range s.plans {
		if len(p.live) != live[person] {
			say("the plan of %s does not match", person)
		}
	}
	return wrong
}

func (p *plan) position(t Span, id string) (int, bool) {
	at := sort.Search(len(p.live), func(i int) bool {
		return p.live[i].Start > t.Start || p.live[i].Start == t.Start && p.live[i].id >= id
	})
	return at, at < len(p.live) && p.live[at].id == id
}

func (p *plan) hold(h holding) {
	if n := len(p.live); n == 0 || p.live[n-1].Start < h.Start {
		p.live = append(p.live, h)
		return
	}
	at, _ := p.position(h.Span, h.id)
	p.live = slices.Insert(p.live, at, h)
}

func (p *plan) release(t Span, id string) {
	if at, ok := p.position(t, id); ok {
		p.live = slices.Delete(p.live, at, at+1)
	}
}

func (p *plan) holds(t Span, id string) bool {
	at, ok := p.position(t, id)
	return ok && p.live[at].Span == t
}
