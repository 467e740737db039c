package people

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/mongodb"
)

// Erase deletes everything that names a person; counts stay. confirm repeats their name. The commit comes first: from then
// on nobody sees the name; what a crash leaves on the disk is deleted at the next start.
func (s *Service) Erase(ctx context.Context, caller auth.Caller, person, confirm string) error {
	_, err := s.Account(caller, person) // whether the caller may
	var name Name
	if err == nil {
		name, err = s.nameOf(ctx, person) // from the database: one that is away must not look like a wrong name
	}
	repeated := errors.Is(err, ErrNotFound) && caller.Key.ID != "" // perhaps: the journal knows
	switch {
	case err != nil && !repeated:
		return err
	case err == nil && strings.TrimSpace(confirm) != strings.TrimSpace(name.Name):
		return fault.Bad("confirm", "mismatch")
	}
	_, err = s.Journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.State.erase(caller.Person, person)
	})
	if err != nil {
		return err
	}
	return s.purge(context.WithoutCancel(ctx), map[string]bool{person: true})
}

// EraseAgain erases a person who was erased after the backup that was just read back, and says whether that had to be done.
// It is for the command line, never for HTTP.
func (s *Service) EraseAgain(ctx context.Context, person string) (done bool, err error) {
	answer, err := s.Journal.Update(ctx, "", journal.Key{}, func(time.Time) (journal.Decision, error) {
		return s.State.eraseAgain(person)
	})
	if err != nil {
		return false, err
	}
	return len(answer.IDs) > 0, s.purge(ctx, map[string]bool{person: true})
}

// purge deletes what is kept of erased people outside the journal. Their names go last: they say what is still to be done,
// so doing it again costs one look for each who is done.
func (s *Service) purge(ctx context.Context, erased map[string]bool) error {
	names := map[string]Name{}
	for person := range erased {
		name, err := s.Names.read(ctx, person)
		if errors.Is(err, mongodb.ErrNotFound) {
			continue
		}
		if err != nil {
			return fmt.Errorf("erase %s: %w", person, away(err))
		}
		names[person] = name
	}
	if len(names) == 0 {
		return nil
	}
	if err := s.purgeAccounts(ctx, names); err != nil {
		return err
	}
	for person, name := range names {
		if err := s.purgeTexts(ctx, person, name); err != nil {
			return fmt.Errorf("erase %s: %w", person, err)
		}
		if err := s.Names.docs.Delete(ctx, person); err != nil {
			return fmt.Errorf("erase %s: %w", person, away(err))
		}
		s.Log.Info("person erased", "person", person)
	}
	if err := s.Database.Scrub(ctx); err != nil {
		s.Log.Warn("scrub the database's log", "error", err)
	}
	return nil
}

// purgeAccounts deletes addresses, passwords and sessions, with one look at each collection for all the people.
func (s *Service) purgeAccounts(ctx context.Context, names map[string]Name) error {
	for person, name := range names {
		account := s.fingerprint(name.Email)
		claimed, err := s.addresses.Get(ctx, account)
		if err == nil && claimed.Person == person { // somebody new may have the address by now
			err = s.addresses.Delete(ctx, account)
		}
		if err != nil && !errors.Is(err, mongodb.ErrNotFound) {
			return fmt.Errorf("erase the address of %s: %w", person, away(err))
		}
	}
	var credentials, sessions []string
	err := errors.Join(
		s.credentials.Each(ctx, func(id string, d credentialDoc) error {
			if _, erased := names[d.Person]; erased {
				credentials = append(credentials, id)
			}
			return nil
		}),
		s.sessions.Each(ctx, func(id string, d sessionDoc) error {
			if _, erased := names[d.Person]; erased {
				sessions = append(sessions, id)
			}
			return nil
		}))
	for _, id := range credentials {
		err = errors.Join(err, s.credentials.Delete(ctx, id))
	}
	for _, id := range sessions {
		err = errors.Join(err, s.sessions.Delete(ctx, id))
	}
	return away(err)
}

func (s *Service) purgeTexts(ctx context.Context, person string, name Name) error {
	var texts []string
	s.Journal.View(func() {
		texts = s.State.textsAbout(person)
		for _, k := range s.keepers {
			if k.Texts != nil {
				texts = append(texts, k.Texts(person)...)
			}
		}
	})
	if err := s.Vault.Erase(ctx, person, texts); err != nil {
		return err
	}
	for _, k := range s.keepers {
		if k.Forget == nil {
			continue
		}
		if err := k.Forget(ctx, person, name); err != nil {
			return fmt.Errorf("%s: %w", k.Name, err)
		}
	}
	return nil
}

// textsAbout lists the vault ids of a person's feedback and of the answers to it.
func (s *State) textsAbout(person string) []string {
	var texts []string
	for id, f := range s.kept.Feedback {
		if f.Person != person || person == "" {
			continue
		}
		texts = append(texts, id)
		if f.Answer != "" {
			texts = append(texts, f.Answer)
		}
	}
	return texts
}

// Texts lists all vault ids that people's state names and that are to be kept, for sweeping the others.
func (s *State) Texts() []string {
	var texts []string
	for id, f := range s.kept.Feedback {
		if s.kept.People[f.Person].Erased {
			continue
		}
		texts = append(texts, id)
		if f.Answer != "" {
			texts = append(texts, f.Answer)
		}
	}
	return texts
}

// Download is everything that is kept about a person, for the person.
type Download struct {
	Account  Account
	Sessions []time.Time // when each session that is open began
	Looks    []Access
	Feedback []Feedback
	Features map[string]any
}

// Data collects the caller's download.
func (s *Service) Data(ctx context.Context, person string) (Download, error) {
	if err := s.downloads.Take(person, s.Now()); err != nil { // it looks through whole collections
		return Download{}, err
	}
	a, err := s.Me(person)
	if err != nil {
		return Download{}, err
	}
	d := Download{Account: a, Features: map[string]any{}, Sessions: []time.Time{}}
	if d.Looks, err = s.Access.Of(ctx, person); err != nil {
		return Download{}, err
	}
	if d.Feedback, err = s.feedback(ctx, func(f feedback) bool { return f.Person == person }); err != nil {
		return Download{}, err
	}
	open := func(session string) (open bool) {
		s.Journal.View(func() { open = s.State.sessionOpen(person, session) })
		return open
	}
	now := s.Now()
	err = s.sessions.Each(ctx, func(_ string, doc sessionDoc) error {
		if doc.Person == person && doc.alive(now) && open(doc.Session) {
			d.Sessions = append(d.Sessions, time.UnixMilli(doc.Created).UTC())
		}
		return nil
	})
	if err != nil {
		return Download{}, away(err)
	}
	slices.SortFunc(d.Sessions, time.Time.Compare)
	for _, k := range s.keepers {
		if k.Data == nil {
			continue
		}
		if d.Features[k.Name], err = k.Data(ctx, person); err != nil {
			return Download{}, fmt.Errorf("data of %s: %w", k.Name, err)
		}
	}
	return d, nil
}

// Looks reads who looked at what about a person: for the person, and for the administrators of their organisation.
func (s *Service) Looks(ctx context.Context, caller auth.Caller, person string) ([]Access, error) {
	if caller.Person != person {
		if _, err := s.Account(caller, person); err != nil {
			return nil, err
		}
	}
	return s.Access.Of(ctx, person)
}
