package courses

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"luotsi/server/journal"
	"luotsi/server/mail"
	"luotsi/server/vault"
)

// messageWords are the frame of a trainer's message; what the trainer wrote stands in it as it is.
type messageWords struct{ hello, from, answer, open string }

var messageTexts = map[string]messageWords{
	"fi": {"Hei %s!", "%s kirjoitti ryhmälle %s:", "Vastaa osoitteeseen %s.", "Jatka opintoja"},
	"sv": {"Hej %s!", "%s skrev till gruppen %s:", "Svara till %s.", "Fortsätt studierna"},
	"en": {"Hello %s,", "%s wrote to the group %s:", "Reply to %s.", "Go on with the course"},
}

// AnnounceMessages sends what a trainer wrote, to each learner a mail of their own. It is a mail.Announcer.
func (s *Service) AnnounceMessages(_ context.Context, m journal.Meta, event journal.Event) ([]mail.Message, error) {
	e, ok := event.(CohortMessageSent)
	if !ok {
		return nil, nil
	}
	messages := make([]mail.Message, len(e.Persons))
	for i, person := range e.Persons {
		messages[i] = mail.Message{Person: person}
		active := false
		s.journal.View(func() {
			p, known := s.borders.people.Person(person)
			active = known && p.Active && !p.Erased
		})
		if to := s.names.Of(person); active && to.Email != "" {
			messages[i].To, messages[i].ToName, messages[i].Language = to.Email, to.Name, to.Language
			messages[i].Write = s.writeMessage(messages[i], m.By, e)
		}
	}
	return messages, nil
}

// writeMessage reads the text when the mail is sent. A text that is gone is sent to nobody.
func (s *Service) writeMessage(message mail.Message, by string, e CohortMessageSent) func(context.Context) (mail.Message, error) {
	return func(ctx context.Context) (mail.Message, error) {
		message.Write = nil
		kept, err := s.vault.Get(ctx, e.Text)
		if errors.Is(err, vault.ErrGone) {
			message.To = ""
			return message, nil
		}
		if err != nil {
			return mail.Message{}, err
		}
		var wrote letter
		if err := json.Unmarshal([]byte(kept), &wrote); err != nil {
			return mail.Message{}, fmt.Errorf("message %s: %w", e.Message, err)
		}
		cohort, course := "", ""
		s.journal.View(func() {
			if c := s.state.data.Cohorts[e.Cohort]; c != nil {
				cohort, course = c.Name, c.Course
			}
		})
		trainer := s.names.Of(by)
		w, ok := messageTexts[message.Language]
		if !ok {
			w = messageTexts[Finnish]
		}
		message.Subject = wrote.Subject
		message.Text = fmt.Sprintf(w.hello, message.ToName) + "\n\n" + fmt.Sprintf(w.from, trainer.Name, cohort) + "\n\n" + wrote.Text + "\n\n"
		if trainer.Email != "" {
			message.Text += fmt.Sprintf(w.answer, trainer.Email) + "\n\n"
		}
		message.Text += w.open + ": " + s.public + "/courses/" + course + "\n\n" + mail.Signature(message.Language)
		return message, nil
	}
}
