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
func (s *Service) Announce(ctx context.Context, m journal.Meta, event journal.Event) ([]mail.Message, error) {
	switch e := event.(type) {
	case DigestDue:
		return s.announceDigest(m, e)
	case ReminderDue:
		t, ok := s.tell(m, e.Appointment)
		if !ok {
			return nil, nil
		}
		return t.toAll(ctx, func(*face) (letter, bool) {
			return letter{why: toldReminded}, t.current && t.a.Status == Booked && t.a.Start == e.Start && t.a.Start > s.now().UnixMilli()
		})
	}
	if id := appointmentOf(event); id != "" {
		t, ok := s.tell(m, id)
		if !ok {
			return nil, nil
		}
		return t.announce(ctx, event)
	}
	return s.announceChanges(m)
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

func (t *tale) announce(ctx context.Context, event journal.Event) ([]mail.Message, error) {
	sure := t.a.ConfirmedAt != 0
	switch e := event.(type) {
	case AppointmentBooked:
		return t.toAll(ctx, t.invites(toldBooked))
	case AppointmentConfirmed:
		return t.confirmed(ctx)
	case AppointmentMoved, ParticipantReplaced:
		return t.changed(ctx)
	case AppointmentHeld:
		if e.Offer {
			open := t.last.Status == Offered && t.last.keeps(t.Service.now().UnixMilli())
			return t.toPerson(ctx, t.a.BookedBy, letter{why: toldOffered, before: e.Expires}, open)
		}
	case AppointmentAsked:
		open := t.last.Status == Asked && t.last.keeps(t.Service.now().UnixMilli())
		return t.toDoctor(ctx, letter{why: toldAsked, by: t.names.Of(t.m.By).Name, before: e.Expires}, open)
	case HoldReleased:
		if t.asked {
			return t.toDoctor(ctx, letter{why: toldWithdrawn}, !t.over)
		}
	case HoldExpired:
		if t.asked {
			return t.toPerson(ctx, t.ask.By, letter{why: toldUnanswered}, !t.over)
		}
	case AppointmentDeclined:
		if !sure {
			return t.toPerson(ctx, t.ask.By, letter{why: toldRefused, times: e.Proposed}, !t.over)
		}
		return t.toAll(ctx, func(f *face) (letter, bool) {
			return letter{why: toldDeclined, method: ical.Cancel, times: e.Proposed}, !t.over
		})
	case AppointmentCancelled:
		if !sure {
			return t.toDoctor(ctx, letter{why: toldWithdrawn}, !t.over)
		}
		return t.toAll(ctx, func(*face) (letter, bool) { return letter{why: toldOff, method: ical.Cancel}, !t.over })
	case ParticipantAnswered:
		if e.Answer == DeclinedSeat && t.m.By != t.a.BookedBy {
			seat := e.Seat
			return t.toPerson(ctx, t.a.BookedBy, letter{why: toldMissing}, t.current && !t.over && seat < len(t.last.Answers) && t.last.Answers[seat] == DeclinedSeat)
		}
	}
	return nil, nil
}

// invites tells everybody the same, with a calendar entry.
func (t *tale) invites(why occasion) func(*face) (letter, bool) {
	return func(*face) (letter, bool) { return letter{why: why, method: ical.Request}, t.current && !t.over }
}

// confirmed tells everybody, and who asked the doctor that they agreed; also when they do not take part themself.
func (t *tale) confirmed(ctx context.Context) ([]mail.Message, error) {
	messages, err := t.toAll(ctx, func(f *face) (letter, bool) {
		l, send := t.invites(toldBooked)(f)
		if t.asked && f.account && (f.Person == t.ask.By || f.Person == t.m.By) {
			l.why = toldGranted
		}
		return l, send
	})
	if err != nil || !t.asked || t.a.Has(t.ask.By) || t.ask.By == t.m.By {
		return messages, err
	}
	more, err := t.toPerson(ctx, t.ask.By, letter{why: toldGranted}, t.current && !t.over)
	return append(messages, more...), err
}

// changed tells those who take part how it is now, and those who did and do not any more that they do not.
func (t *tale) changed(ctx context.Context) ([]mail.Message, error) {
	messages, err := t.toAll(ctx, func(f *face) (letter, bool) {
		l := letter{why: toldSwapped, method: ical.Request, old: t.before.Span()}
		switch {
		case !t.before.sits(&f.Participant):
			l.why = toldJoined
		case t.before.Span() != t.a.Span():
			l.why = toldMoved
		case t.before.Mode != t.a.Mode || t.before.Unit != t.a.Unit:
			l.why = toldChanged
		}
		return l, t.current && !t.over
	})
	if err != nil || len(t.before.Participants) == 0 {
		return nil, err
	}
	was, err := t.faces(ctx, t.before.Participants)
	if err != nil {
		return nil, err
	}
	old := t.before
	old.Sequence = t.a.Sequence
	for i := range was {
		f := &was[i]
		if !f.writes() || t.a.sits(&f.Participant) {
			continue
		}
		back := t.last.Live() && t.last.sits(&f.Participant)
		l := letter{why: toldLeft, method: ical.Cancel, only: was[i : i+1]}
		if messages, err = t.append(messages, &old, was, f, l, old.End > t.Service.now().UnixMilli() && !back); err != nil {
			return nil, err
		}
	}
	return messages, nil
}

// toAll writes to everybody who takes part.
func (t *tale) toAll(ctx context.Context, tell func(*face) (letter, bool)) ([]mail.Message, error) {
	all, err := t.faces(ctx, t.a.Participants)
	if err != nil {
		return nil, err
	}
	var messages []mail.Message
	for i := range all {
		if !all[i].writes() {
			continue
		}
		l, send := tell(&all[i])
		if messages, err = t.append(messages, &t.a, all, &all[i], l, send); err != nil {
			return nil, err
		}
	}
	return messages, nil
}

func (t *tale) toDoctor(ctx context.Context, l letter, send bool) ([]mail.Message, error) {
	return t.toPerson(ctx, t.a.Doctor, l, send && t.a.Doctor != t.m.By)
}

// toPerson writes to one person with an account, whether they take part or not; there is nobody to write to when Luotsi itself
// did what they are told of.
func (t *tale) toPerson(ctx context.Context, person string, l letter, send bool) ([]mail.Message, error) {
	if person == "" {
		return nil, nil
	}
	all, err := t.faces(ctx, t.a.Participants)
	if err != nil {
		return nil, err
	}
	to, err := t.faces(ctx, []Participant{{Person: person}})
	if err != nil {
		return nil, err
	}
	return t.append(nil, &t.a, all, &to[0], l, send)
}

// append adds the mail to one reader, without an address when it is not to be sent.
func (t *tale) append(messages []mail.Message, a *Appointment, all []face, to *face, l letter, send bool) ([]mail.Message, error) {
	l.stamp, l.own = t.m.At, to.account && to.Person == t.m.By
	message := mail.Message{}
	if to.account {
		message.Person = to.Person
	}
	if send && to.reached {
		var err error
		if message, err = t.message(t.id, a, all, to, l); err != nil {
			return nil, err
		}
	}
	return append(messages, message), nil
}
