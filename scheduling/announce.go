package scheduling

import (
	"context"

	"luotsi/scheduling/ical"
	"luotsi/server/journal"
	"luotsi/server/mail"
)

// Announce tells everybody who takes part that an appointment was booked or cancelled, with a calendar invitation. It is a
// mail.Announcer: one message to each participant in their order, without an address for who is not to be reached any more.
func (s *Service) Announce(_ context.Context, m journal.Meta, event journal.Event) ([]mail.Message, error) {
	switch e := event.(type) {
	case AppointmentBooked:
		a := e.appointment(m)
		return s.announce(e.Appointment, &a, ical.Request, m)
	case AppointmentCancelled:
		var a Appointment
		s.journal.View(func() { a = s.state.primary.Appointments[e.Appointment] })
		return s.announce(e.Appointment, &a, ical.Cancel, m)
	}
	return nil, nil
}

func (s *Service) announce(id string, a *Appointment, method string, m journal.Meta) ([]mail.Message, error) {
	messages := make([]mail.Message, len(a.Participants))
	active := make([]bool, len(a.Participants))
	s.journal.View(func() {
		for i, who := range a.Participants {
			p, known := s.people.Person(who.Person)
			active[i] = known && p.Active
		}
	})
	over := a.End <= s.now().UnixMilli()
	for i, who := range a.Participants {
		messages[i] = mail.Message{Person: who.Person}
		name := s.names.Of(who.Person)
		if over || !active[i] || name.Email == "" {
			continue
		}
		told, err := s.invitation(id, a, method, name.Language, m.At)
		if err != nil {
			return nil, err
		}
		messages[i] = mail.Message{
			Person: who.Person, To: name.Email, ToName: name.Name, Language: name.Language,
			Subject: told.subject, Text: told.text + "\n" + mail.Signature(name.Language), Calendar: told.calendar, Method: method,
		}
	}
	return messages, nil
}
