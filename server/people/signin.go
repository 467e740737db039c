package people

import (
	"context"
	"errors"
	"fmt"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/mongodb"
)

// Opened is a session as its person's device gets it.
type Opened struct {
	Person string
	Token  string
	Secret string // empty when the device has it already
}

func (d sessionDoc) alive(now time.Time) bool {
	ms := now.UnixMilli()
	return ms < d.Expires && ms < d.Renewed+SessionIdle.Milliseconds()
}

// Identify reads a token and says who calls, with the roles of this moment. It fails when the token is not valid, the
// person may not be in any more, or the session ended, also when the token was made before that.
func (s *Service) Identify(token string, now time.Time) (auth.Identity, error) {
	claim, err := s.Tokens.Read(token, now)
	if err != nil {
		return auth.Identity{}, err
	}
	var identity auth.Identity
	s.Journal.View(func() {
		if s.State.sessionOpen(claim.Person, claim.Session) {
			identity = auth.Identity{
				Person: claim.Person, Session: claim.Session,
				Language: s.State.kept.People[claim.Person].Language,
				Grants:   s.State.grants[claim.Person],
			}
		}
	})
	if !identity.SignedIn() {
		return auth.Identity{}, ErrSignedOut
	}
	s.saw(claim.Person)
	return identity, nil
}

// SignIn opens a session. Whether the address is unknown, the password wrong or the person kept out can not be told from the
// answer, nor from how long it takes.
func (s *Service) SignIn(ctx context.Context, email, password, address string) (Opened, error) {
	now := s.Now()
	account := s.fingerprint(email)
	address = networkOf(address)
	counted := []struct {
		*Limit
		key string
	}{{s.byAddress, address}, {s.byAccountHere, account + " " + address}, {s.byAccount, account}}
	for i, c := range counted {
		if err := c.Take(c.key, now); err != nil {
			for _, c := range counted[:i] {
				c.Back(c.key)
			}
			return Opened{}, err
		}
	}
	person, _, err := s.check(ctx, account, password)
	if !errors.Is(err, ErrSignInFailed) {
		for _, c := range counted {
			c.Back(c.key)
		}
	}
	if err != nil {
		return Opened{}, err
	}
	return s.open(ctx, person)
}

// check finds the person of an address's fingerprint whose password it is. All ways take the same steps.
func (s *Service) check(ctx context.Context, account, password string) (person, credential string, err error) {
	owner, err := s.addresses.Get(ctx, account)
	if err != nil && !errors.Is(err, mongodb.ErrNotFound) {
		return "", "", away(err)
	}
	s.Journal.View(func() {
		if p := s.State.kept.People[owner.Person]; p.in() {
			credential = p.Credential
		}
	})
	kept, err := s.credentials.Get(ctx, credential)
	if err != nil && !errors.Is(err, mongodb.ErrNotFound) {
		return "", "", away(err)
	}
	matches, err := s.Passwords.Matches(ctx, kept.Password, password)
	if err != nil {
		return "", "", err
	}
	if !matches || kept.Person != owner.Person {
		return "", "", ErrSignInFailed
	}
	return owner.Person, credential, nil
}

func (s *Service) fingerprint(email string) string {
	return s.Vault.Fingerprint("address", foldAddress(email))
}

// open starts a session of somebody who proved who they are.
func (s *Service) open(ctx context.Context, person string) (Opened, error) {
	now := s.Now()
	began := now
	s.Journal.View(func() { began = s.State.began(person, now) })
	o := Opened{Person: person, Secret: auth.NewSecret()}
	doc := sessionDoc{
		Person: person, Session: newSessionID(s.NewID(), began),
		Created: began.UnixMilli(), Renewed: now.UnixMilli(), Expires: began.Add(SessionLife).UnixMilli(),
	}
	if err := s.sessions.Insert(ctx, auth.HashSecret(o.Secret), doc); err != nil {
		return Opened{}, fmt.Errorf("open a session: %w", away(err))
	}
	var err error
	o.Token, err = s.Tokens.Sign(person, doc.Session, now)
	return o, err
}

// Renew makes a new token for a session that goes on. It is no commit.
func (s *Service) Renew(ctx context.Context, secret string) (Opened, error) {
	now := s.Now()
	id, doc, err := s.sessionOf(ctx, secret)
	if err != nil {
		return Opened{}, err
	}
	open := false
	s.Journal.View(func() { open = s.State.sessionOpen(doc.Person, doc.Session) })
	if !open || !doc.alive(now) {
		if err := s.sessions.Delete(ctx, id); err != nil {
			s.Log.Warn("delete a session that is over", "error", err)
		}
		return Opened{}, ErrSignedOut
	}
	doc.Renewed = now.UnixMilli()
	if err := s.sessions.Put(ctx, id, doc); err != nil {
		return Opened{}, fmt.Errorf("renew a session: %w", away(err))
	}
	token, err := s.Tokens.Sign(doc.Person, doc.Session, now)
	return Opened{Person: doc.Person, Token: token}, err
}

func (s *Service) sessionOf(ctx context.Context, secret string) (id string, doc sessionDoc, err error) {
	if secret == "" {
		return "", sessionDoc{}, ErrSignedOut
	}
	id = auth.HashSecret(secret)
	doc, err = s.sessions.Get(ctx, id)
	if errors.Is(err, mongodb.ErrNotFound) {
		return "", sessionDoc{}, ErrSignedOut
	}
	return id, doc, away(err)
}

// SignOut ends the session of this device, known by its secret or, when that did not come along, by its token.
func (s *Service) SignOut(ctx context.Context, caller auth.Caller, secret string) error {
	id, doc, err := s.sessionOf(ctx, secret)
	if errors.Is(err, ErrSignedOut) {
		doc = sessionDoc{Person: caller.Person, Session: caller.Session}
	} else if err != nil {
		return err
	}
	if doc.Person == "" {
		return nil
	}
	_, err = s.Journal.Update(ctx, doc.Person, journal.Key{}, func(time.Time) (journal.Decision, error) {
		return s.State.endSession(doc.Person, doc.Session)
	})
	if err != nil {
		return fmt.Errorf("sign out: %w", err)
	}
	if id != "" {
		if err := s.sessions.Delete(ctx, id); err != nil {
			s.Log.Warn("delete a session that is over", "error", err)
		}
	}
	return nil
}

// SignOutEverywhere ends all sessions of the caller.
func (s *Service) SignOutEverywhere(ctx context.Context, caller auth.Caller) error {
	_, err := s.Journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.State.endSessions(caller.Person)
	})
	return err
}

// ChangePassword replaces the caller's password and ends their other sessions.
//
// The request's idempotency key is left out here and wherever a password comes along: the journal keeps the key with a plain
// hash of the request, from which a password could be guessed faster than from its own hash.
func (s *Service) ChangePassword(ctx context.Context, caller auth.Caller, current, password string) error {
	name, err := s.nameOf(ctx, caller.Person)
	if err != nil {
		return err
	}
	account := s.fingerprint(name.Email)
	here := account + " " + networkOf(caller.Address)
	if err := s.byAccountHere.Take(here, s.Now()); err != nil {
		return err
	}
	person, checked, err := s.check(ctx, account, current)
	if errors.Is(err, ErrSignInFailed) || err == nil && person != caller.Person {
		return ErrPasswordWrong
	}
	s.byAccountHere.Back(here)
	if err != nil {
		return err
	}
	if err := auth.CheckPassword(password, name.Name, name.Email); err != nil {
		return err
	}
	return s.setPassword(ctx, caller.Person, password, func(_ time.Time, credential string) (journal.Decision, error) {
		return s.State.changePassword(caller.Person, caller.Session, checked, credential)
	})
}

// setPassword stores a hash under a new id and lets the rule make it the person's password.
func (s *Service) setPassword(ctx context.Context, person, password string, rule func(now time.Time, credential string) (journal.Decision, error)) error {
	hash, err := s.Passwords.Hash(ctx, password)
	if err != nil {
		return err
	}
	credential, before := s.NewID(), ""
	s.Journal.View(func() { before = s.State.kept.People[person].Credential })
	if err := s.credentials.Insert(ctx, credential, credentialDoc{Person: person, Password: hash, At: s.Now().UnixMilli()}); err != nil {
		return fmt.Errorf("store a password: %w", away(err))
	}
	_, err = s.Journal.Update(ctx, person, journal.Key{}, func(now time.Time) (journal.Decision, error) { return rule(now, credential) })
	stale := before
	if err != nil {
		stale = credential
	}
	if stale != "" && !errors.Is(err, journal.ErrUnavailable) { // the outcome is unknown then: the sweep decides later
		if err := s.credentials.Delete(ctx, stale); err != nil {
			s.Log.Warn("delete a password that does not count", "error", err)
		}
	}
	return err
}

// AskReset takes the wish for a reset link. The answer and its time are the same for every address.
func (s *Service) AskReset(email, address string) error {
	now := s.Now()
	if err := s.resetByAddress.Take(networkOf(address), now); err != nil {
		return err
	}
	if err := s.resetByAccount.Take(s.fingerprint(email), now); err != nil {
		return err
	}
	select {
	case s.resets <- email:
		return nil
	default:
		return ErrTooMany
	}
}

func (s *Service) startReset(ctx context.Context, email string) error {
	owner, err := s.addresses.Get(ctx, s.fingerprint(email))
	if errors.Is(err, mongodb.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	reset := s.NewID()
	_, err = s.Journal.Update(ctx, owner.Person, journal.Key{}, func(now time.Time) (journal.Decision, error) {
		return s.State.askReset(now, owner.Person, reset)
	})
	return err
}

// Resetting says until when a reset link serves.
func (s *Service) Resetting(link string) (expires time.Time, err error) {
	now := s.Now()
	id, err := s.Links.Read(auth.LinkPasswordReset, link, now)
	if err != nil {
		return time.Time{}, err
	}
	s.Journal.View(func() {
		var person string
		if person, err = s.State.resetting(now, id); err == nil {
			expires = time.UnixMilli(s.State.kept.People[person].Reset.Expires).UTC()
		}
	})
	return expires, err
}

// ResetPassword sets the password of whoever the link was sent to, and ends all their sessions.
func (s *Service) ResetPassword(ctx context.Context, link, password string) error {
	now := s.Now()
	id, err := s.Links.Read(auth.LinkPasswordReset, link, now)
	if err != nil {
		return err
	}
	var person string
	s.Journal.View(func() { person, err = s.State.resetting(now, id) })
	if err != nil {
		return err
	}
	name, err := s.nameOf(ctx, person)
	if err != nil {
		return err
	}
	if err := auth.CheckPassword(password, name.Name, name.Email); err != nil {
		return err
	}
	return s.setPassword(ctx, person, password, func(now time.Time, credential string) (journal.Decision, error) {
		return s.State.resetPassword(now, id, credential)
	})
}
