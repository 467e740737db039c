package courses

import (
	"context"
	"errors"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/vault"
)

// text reads a text that may be missing: there is none, or it is gone.
func (s *Service) text(ctx context.Context, id string) (string, error) {
	if id == "" {
		return "", nil
	}
	text, err := s.vault.Get(ctx, id)
	if errors.Is(err, vault.ErrGone) {
		return "", nil
	}
	return text, err
}

// keep stores a text of the caller and commits what rule decides with its id; the draft it was written in is then no longer needed.
// It gives the id that counts: when the request was repeated, the one of the first time.
func (s *Service) keep(ctx context.Context, caller auth.Caller, subject, text string, rule func(id string, now time.Time) (journal.Decision, error)) (string, error) {
	id, fresh, err := s.keepAbout(ctx, caller, caller.Person, text, rule)
	if err == nil && fresh {
		s.dropDraft(ctx, caller.Person, subject)
	}
	return id, err
}

// keepAbout stores a text about a person and commits what rule decides with its id, which it answers with. It gives the id that counts;
// fresh says that it is this text's, and not that of an earlier time.
func (s *Service) keepAbout(ctx context.Context, caller auth.Caller, person, text string, rule func(id string, now time.Time) (journal.Decision, error)) (id string, fresh bool, err error) {
	answer, err := s.keepTexts(ctx, caller, []string{person}, text, func(ids []string, now time.Time) (journal.Decision, error) {
		return rule(ids[0], now)
	})
	switch {
	case err != nil:
		return "", false, err
	case len(answer.IDs) != 1:
		return "", false, journal.ErrKeyReused
	}
	return answer.IDs[0], !answer.Repeated, nil
}

// keepTexts stores a text, once for each of those it is about, and commits what rule decides with the ids. Texts that the journal does
// not name in the end are deleted again.
func (s *Service) keepTexts(ctx context.Context, caller auth.Caller, about []string, text string, rule func(ids []string, now time.Time) (journal.Decision, error)) (journal.Answer, error) {
	ids := make([]string, len(about))
	for i := range ids {
		ids[i] = s.newID()
	}
	for i, person := range about {
		if err := s.vault.Put(ctx, ids[i], []string{person}, text); err != nil {
			return journal.Answer{}, err
		}
	}
	answer, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) { return rule(ids, now) })
	if errors.Is(err, journal.ErrUnavailable) {
		return answer, err // the commit may still be stored, and then it needs the texts
	}
	if err != nil || answer.Repeated {
		s.dropTexts(ctx, ids...)
	}
	return answer, err
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
	if err := s.vault.DeleteDraft(ctx, person, subject); err != nil {
		s.log.Warn("a draft outlives what it became", "error", err)
	}
}
