package courses

import (
	"context"
	"encoding/json"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

// letter is what the vault holds of a message.
type letter struct {
	Subject string `json:"subject"`
	Text    string `json:"text"`
}

// SendMessage writes to learners of a cohort; the outbox sends each a mail of their own.
func (s *Service) SendMessage(ctx context.Context, caller auth.Caller, cohort string, persons []string, subject, text string) error {
	kept, err := json.Marshal(letter{subject, text})
	if err != nil {
		return err
	}
	_, err = s.keepTexts(ctx, caller, []string{caller.Person}, string(kept), func(ids []string, _ time.Time) (journal.Decision, error) {
		return s.state.message(s.borders, caller.Person, CohortMessageSent{Message: ids[0], Cohort: cohort, Persons: persons, Text: ids[0]})
	})
	return err
}

// FormGroup makes a small group, or changes one when old is not empty.
func (s *Service) FormGroup(ctx context.Context, caller auth.Caller, cohort, old string, g SmallGroup) error {
	id := s.newID()
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.state.form(s.borders, caller.Person, cohort, old, id, g)
	})
	return err
}
