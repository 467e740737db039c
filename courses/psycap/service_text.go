package psycap

import (
	"context"
	"errors"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/vault"
)

// keep stores a text of the caller and commits what rule decides with its id. It gives the journal's answer: when the request was
// repeated, the one of the first time. A text that the journal does not name in the end is deleted again.
func (s *Service) keep(ctx context.Context, caller auth.Caller, text string, rule func(id string, now time.Time) (journal.Decision, error)) (journal.Answer, error) {
	id := s.newID()
	if err := s.vault.Put(ctx, id, []string{caller.Person}, text); err != nil {
		return journal.Answer{}, err
	}
	answer, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) { return rule(id, now) })
	if errors.Is(err, journal.ErrUnavailable) {
		return answer, err // the commit may still be stored, and then it needs the text
	}
	if err != nil || answer.Repeated {
		s.dropTexts(ctx, id)
	}
	return answer, err
}

// text reads a text that may be gone.
func (s *Service) text(ctx context.Context, id string) (text string, there bool, err error) {
	text, err = s.vault.Get(ctx, id)
	if errors.Is(err, vault.ErrGone) {
		return "", false, nil
	}
	return text, err == nil, err
}

// dropTexts deletes texts that nothing names any more.
func (s *Service) dropTexts(ctx context.Context, ids ...string) {
	if len(ids) == 0 {
		return
	}
	if err := s.vault.Delete(ctx, ids...); err != nil {
		s.log.Warn("a text that nothing names is left to the nightly sweep", "error", err)
	}
}

// dropDraft deletes a draft that became something.
func (s *Service) dropDraft(ctx context.Context, person, subject string) {
	if err := s.vault.DeleteDraft(ctx, person, DraftsPrefix+subject); err != nil {
		s.log.Warn("a draft outlives what it became", "error", err)
	}
}
