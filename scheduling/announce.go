package scheduling

import (
	"context"

	"luotsi/scheduling/ical"
	"luotsi/server/journal"
	"luotsi/server/mail"
)

// Announce says which mails an event brings about. It is a mail.Announcer: who a mail is for follows from the event and from
// what later events do not change, in the order of the seats. A mail has no address when its reader is not to be reached any
// more, and when a later event has made it wrong: that event's own mail tells how it is now.
func (s *Service) Announce(_ context.Context, m journal.Meta, event journal.Event) ([]mail.Message, error) {
	switch e := event.(type) {
	case DigestDue:
		return s.announceDigest(e), nil
	case ReminderDue:
		if t, ok := s.tell(m, e.Appointment); ok {
			due := t.current && t.a.Status == Booked && t.a.Start == e.Start && t.a.Start > s.now().UnixMilli()
			return t.toAll(due, func(*Participant) letter { return letter{why: toldReminded} }), nil
		}
		return nil, nil
	}
	if id := appointmentOf(event); id != "" {
		if t, ok := s.tell(m, id); ok {
			return t.announce(event), nil
		}
		return nil, nil
	}
	return s.announceChanges(m), nil
}

// tale is an appointment as it was just after an event.
type tale struct {
	*Service
	m       journal.Meta
	id      string
	a       Appointment
	current bool        // it is so still
	before  Appointment // as it was just before the event, if that changed it
	last    Appointment // as it is now
	ask     Ask         // how it was put to the doctor
	asked   bool
	over    bool
}

func (s *Service) tell(m journal.Meta, id string) (*tale, bool) {
	t := &tale{Service: s, m: m, id: id}
	known := false
	s.journal.View(func() {
		if t.last, known = s.state.primary.Appointments[id]; known {
			t.a, t.current = s.state.asOf(id, m)
			t.before, _ = s.state.before(id, m)
			t.ask, t.asked = s.state.primary.Mailing.Asks[id]
		}
	})
	t.over = t.a.End <= s.now().UnixMilli()
	return t, known
}

func (t *tale) announce(event journal.Event) []mail.Message {
	sure := t.a.ConfirmedAt != 0
	now := t.now().UnixMilli()
	switch e := event.(type) {
	case AppointmentBooked:
		return t.toAll(t.current && !t.over, func(*Participant) letter { return letter{why: toldBooked, method: ical.Request} })
	case AppointmentConfirmed:
		return t.confirmed()
	case AppointmentMoved, ParticipantReplaced:
		return t.changed()
	case AppointmentHeld:
		if e.Offer {
			offer, open := letter{why: toldOffered, before: e.Expires}, t.last.Status == Offered && t.last.keeps(now)
			return append(t.toPerson(t.a.BookedBy, offer, open), t.toPerson(e.Deputy, offer, open)...)
		}
	case AppointmentAsked:
		open := t.last.Status == Asked && t.last.keeps(now)
		return append(t.toDoctor(letter{why: toldAsked, before: e.Expires}, open),
			t.toPerson(e.Deputy, letter{why: toldAskedFor, before: e.Expires}, open && e.Deputy != t.m.By)...)
	case HoldReleased:
		if t.asked {
			return t.withdrawn()
		}
	case HoldExpired:
		if t.asked {
			return t.toPerson(t.ask.By, letter{why: toldUnanswered}, !t.over)
		}
	case AppointmentDeclined:
		if !sure {
			return t.toPerson(t.ask.By, letter{why: toldRefused, times: e.Proposed}, !t.over)
		}
		return t.toAll(!t.over, func(*Participant) letter {
			return letter{why: toldDeclined, method: ical.Cancel, times: e.Proposed}
		})
	case AppointmentCancelled:
		if !sure {
			return t.withdrawn()
		}
		return t.toAll(!t.over, func(*Participant) letter { return letter{why: toldOff, method: ical.Cancel} })
	case ParticipantAnswered:
		if e.Answer == DeclinedSeat && t.m.By != t.a.BookedBy {
			still := t.current && !t.over && e.Seat < len(t.last.Answers) && t.last.Answers[e.Seat] == DeclinedSeat
			return t.toPerson(t.a.BookedBy, letter{why: toldMissing}, still)
		}
	}
	return nil
}

// withdrawn tells the doctor who was asked, and who stood in for them then, that nothing is asked any more.
func (t *tale) withdrawn() []mail.Message {
	l := letter{why: toldWithdrawn}
	return append(t.toDoctor(l, !t.over), t.toPerson(t.ask.Deputy, l, !t.over && t.ask.Deputy != t.m.By)...)
}

// confirmed tells everybody, and who asked the doctor that they agreed; also when they do not take part themself.
func (t *tale) confirmed() []mail.Message {
	send := t.current && !t.over
	messages := t.toAll(send, func(p *Participant) letter {
		l := letter{why: toldBooked, method: ical.Request}
		if t.asked && p.Person != "" && (p.Person == t.ask.By || p.Person == t.m.By) {
			l.why = toldGranted
		}
		return l
	})
	if t.asked && !t.a.Has(t.ask.By) && t.ask.By != t.m.By {
		messages = append(messages, t.toPerson(t.ask.By, letter{why: toldGranted}, send)...)
	}
	return messages
}

// changed tells those who take part how it is now, and those who did and do not any more that they do not.
func (t *tale) changed() []mail.Message {
	messages := t.toAll(t.current && !t.over, func(p *Participant) letter {
		l := letter{why: toldSwapped, method: ical.Request, old: t.before.Span()}
		switch {
		case !t.before.sits(p):
			l.why = toldJoined
		case t.before.Span() != t.a.Span():
			l.why = toldMoved
		case t.before.Mode != t.a.Mode || t.before.Unit != t.a.Unit:
			l.why = toldChanged
		}
		return l
	})
	old := t.before
	old.Sequence = t.a.Sequence
	for seat := range old.Participants {
		p := &old.Participants[seat]
		if !p.writes() || t.a.sits(p) {
			continue
		}
		back := t.last.Live() && t.last.sits(p)
		messages = append(messages, t.toSeat(&old, seat, letter{why: toldLeft, method: ical.Cancel, alone: true}, old.End > t.now().UnixMilli() && !back))
	}
	return messages
}

// toAll writes to everybody who takes part.
func (t *tale) toAll(send bool, tell func(*Participant) letter) []mail.Message {
	var messages []mail.Message
	for seat := range t.a.Participants {
		if p := &t.a.Participants[seat]; p.writes() {
			messages = append(messages, t.toSeat(&t.a, seat, tell(p), send))
		}
	}
	return messages
}

// toSeat writes to who has, or had, that seat; without an address when it is not to be sent.
func (t *tale) toSeat(a *Appointment, seat int, l letter, send bool) mail.Message {
	var person string
	t.journal.View(func() { person = t.person(a.Participants[seat]) })
	m := mail.Message{Person: person}
	if send {
		m.Write = func(ctx context.Context) (mail.Message, error) {
			all, err := t.faces(ctx, a.Participants)
			if err != nil {
				return m, err
			}
			return t.write(m, a, all, &all[seat], l)
		}
	}
	return m
}

// toDoctor writes to the doctor about what somebody else did.
func (t *tale) toDoctor(l letter, send bool) []mail.Message {
	return t.toPerson(t.a.Doctor, l, send && t.a.Doctor != t.m.By)
}

// toPerson writes to one person with an account, whether they take part or not; there is nobody to write to when Luotsi itself
// did what they are told of.
func (t *tale) toPerson(person string, l letter, send bool) []mail.Message {
	if person == "" {
		return nil
	}
	m := mail.Message{Person: person}
	if send {
		m.Write = func(ctx context.Context) (mail.Message, error) {
			all, err := t.faces(ctx, t.a.Participants)
			if err != nil {
				return m, err
			}
			to, err := t.faces(ctx, []Participant{{Person: person}})
			if err != nil {
				return m, err
			}
			return t.write(m, &t.a, all, &to[0], l)
		}
	}
	return []mail.Message{m}
}

// write writes the mail, if its reader is to be reached.
func (t *tale) write(m mail.Message, a *Appointment, all []face, to *face, l letter) (mail.Message, error) {
	if !to.reached {
		return m, nil
	}
	l.stamp, l.own = t.m.At, to.account && to.Person == t.m.By
	if l.why == toldAsked {
		l.by = t.names.Of(t.m.By).Name
	}
	return t.message(t.id, a, all, to, l)
}
