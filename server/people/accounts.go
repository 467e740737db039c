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

// Account is a person as administrators and the person themself see them.
type Account struct {
	Person
	Name
	Standing Standing
	Places   []Place
}

// Place is a role with the names of where it is.
type Place struct {
	Role              auth.Role
	Unit, UnitName    string
	Org, Organisation string
}

// account builds the view; call it inside View. The name is added outside.
func (s *State) account(id string) (Account, bool) {
	p, known := s.kept.People[id]
	if !known || p.Erased {
		return Account{}, false
	}
	a := Account{Person: s.person(id, p), Standing: p.standing(), Places: []Place{}}
	for _, g := range s.grants[id] {
		a.Places = append(a.Places, Place{
			Role: g.Role, Unit: g.Unit, UnitName: s.kept.Units[g.Unit].Name, Org: g.Org, Organisation: s.kept.Organisations[g.Org].Name,
		})
	}
	return a, true
}

// Me gives the caller's own account.
func (s *Service) Me(person string) (Account, error) {
	var a Account
	var known bool
	s.Journal.View(func() { a, known = s.State.account(person) })
	if !known {
		return Account{}, ErrSignedOut
	}
	a.Name = s.Names.Of(person)
	return a, nil
}

// Account gives an account that the caller administers.
func (s *Service) Account(caller auth.Caller, person string) (Account, error) {
	var a Account
	var known bool
	s.Journal.View(func() {
		if a, known = s.State.account(person); known {
			known = s.State.administers(caller.Person, a.Org)
		}
	})
	if !known {
		return Account{}, ErrNotFound
	}
	a.Name = s.Names.Of(person)
	return a, nil
}

// Wanted narrows a list of accounts; empty fields do not.
type Wanted struct {
	Query string // in the name or the mail address
	Unit  string
	Role  auth.Role
	Page  int // from 1
}

// PageSize is how many accounts a page has.
const PageSize = 50

// Accounts lists one page of the people of the organisations that the caller administers, by name, and says how many there are.
func (s *Service) Accounts(caller auth.Caller, w Wanted) (page []Account, total int) {
	var ids []string
	s.Journal.View(func() {
		own := map[string]bool{}
		for org := range s.State.kept.Organisations {
			own[org] = s.State.administers(caller.Person, org)
		}
		for id, p := range s.State.kept.People {
			if !p.Erased && own[p.Org] && (w.Unit == "" && w.Role == "" || slices.ContainsFunc(p.Grants, func(g Placed) bool {
				return (w.Unit == "" || g.Unit == w.Unit) && (w.Role == "" || g.Role == string(w.Role))
			})) {
				ids = append(ids, id)
			}
		}
	})
	if query := strings.ToLower(strings.TrimSpace(w.Query)); query != "" {
		ids = slices.DeleteFunc(ids, func(id string) bool {
			name := s.Names.Of(id)
			return !strings.Contains(strings.ToLower(name.Name), query) && !strings.Contains(strings.ToLower(name.Email), query)
		})
	}
	s.Names.Sort(ids)
	total = len(ids)
	from := min(PageSize*(max(w.Page, 1)-1), total)
	s.Journal.View(func() {
		for _, id := range ids[from:min(from+PageSize, total)] {
			if a, known := s.State.account(id); known {
				page = append(page, a)
			}
		}
	})
	for i := range page {
		page[i].Name = s.Names.Of(page[i].ID)
	}
	return page, total
}

// claim makes a mail address the person's, before the commit that makes the person known. An address whose claim came to
// nothing (the request was refused, or the process died) is given on together with the person's id that was meant for it,
// so that no claim is ever deleted that a commit on its way may need.
func (s *Service) claim(ctx context.Context, email, person string) (owner string, fresh, taken bool, err error) {
	account := s.fingerprint(email)
	now := s.Now()
	err = s.addresses.Insert(ctx, account, addressDoc{Person: person, At: now.UnixMilli()})
	if err == nil {
		return person, true, false, nil
	}
	if !errors.Is(err, mongodb.ErrDuplicate) {
		return "", false, false, fmt.Errorf("claim an address: %w", away(err))
	}
	claimed, err := s.addresses.Get(ctx, account)
	if err != nil {
		return "", false, true, away(err)
	}
	known := false
	s.Journal.View(func() { _, known = s.State.kept.People[claimed.Person] })
	if known || now.UnixMilli()-claimed.At < time.Minute.Milliseconds() {
		return claimed.Person, false, true, nil
	}
	return claimed.Person, false, false, nil
}

// Find gives whose mail address this is; "" when it is nobody's.
func (s *Service) Find(ctx context.Context, email string) (person string, err error) {
	claimed, err := s.addresses.Get(ctx, s.fingerprint(email))
	if errors.Is(err, mongodb.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", away(err)
	}
	s.Journal.View(func() {
		if p, known := s.State.kept.People[claimed.Person]; known && !p.Erased {
			person = claimed.Person
		}
	})
	return person, nil
}

// unclaim takes a fresh claim back after a refusal, when it is certain that no commit names the person.
func (s *Service) unclaim(ctx context.Context, email, person string, because error) {
	if errors.Is(because, journal.ErrUnavailable) {
		return
	}
	ctx = context.WithoutCancel(ctx)
	if err := errors.Join(s.addresses.Delete(ctx, s.fingerprint(email)), s.Names.docs.Delete(ctx, person)); err != nil {
		s.Log.Warn("take a claim back", "error", err)
	}
}

// Invite lets somebody in by mail; the outbox sends the link.
func (s *Service) Invite(ctx context.Context, caller auth.Caller, name Name, grants []Placed) (Account, error) {
	person, fresh, taken, err := s.claim(ctx, name.Email, s.NewID())
	if err != nil {
		return Account{}, err
	}
	if !taken {
		if err := s.Names.write(ctx, person, name); err != nil {
			return Account{}, err
		}
	}
	w := invitation{person: person, invitation: s.NewID(), language: name.Language, grants: grants, taken: taken}
	answer, err := s.Journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		return s.State.invite(now, caller.Person, w)
	})
	if err != nil || answer.Repeated && fresh {
		if fresh {
			s.unclaim(ctx, name.Email, person, err)
		}
		if err != nil {
			return Account{}, err
		}
	}
	return s.seenByRule(answer.IDs[0])
}

// RenewInvitation sends a new link; the old one stops.
func (s *Service) RenewInvitation(ctx context.Context, caller auth.Caller, person string) (Account, error) {
	id := s.NewID()
	return s.administer(ctx, caller, person, func(now time.Time) (journal.Decision, error) {
		return s.State.RenewInvitation(now, caller.Person, person, id)
	})
}

// InviteAgain sends a new link to somebody who never came in, in this language; the old one stops.
func (s *Service) InviteAgain(ctx context.Context, caller auth.Caller, person, language string) error {
	id := s.NewID()
	rule := func(now time.Time) (decision journal.Decision, err error) {
		if decision, err = s.State.RenewInvitation(now, caller.Person, person, id); err != nil {
			return journal.Decision{}, err
		}
		chosen, err := s.State.chooseLanguage(person, language)
		decision.Events = append(decision.Events, chosen.Events...)
		return decision, err
	}
	var refused error // what the rule would say is known before the name is written
	s.Journal.View(func() { _, refused = rule(s.Now()) })
	if refused != nil {
		return refused
	}
	before, err := s.nameOf(ctx, person)
	if err != nil {
		return err
	}
	name := before
	name.Language = language
	return s.rename(ctx, person, before, name, func() (journal.Answer, error) {
		return s.Journal.Update(ctx, caller.Person, journal.Key(caller.Key), rule)
	})
}

// ChangeGrants replaces a person's roles.
func (s *Service) ChangeGrants(ctx context.Context, caller auth.Caller, person string, grants []Placed) (Account, error) {
	return s.administer(ctx, caller, person, func(time.Time) (journal.Decision, error) {
		return s.State.changeGrants(caller.Person, person, grants)
	})
}

// Deactivate keeps a person out; their sessions end with the commit.
func (s *Service) Deactivate(ctx context.Context, caller auth.Caller, person string) (Account, error) {
	return s.administer(ctx, caller, person, func(time.Time) (journal.Decision, error) {
		return s.State.deactivate(caller.Person, person)
	})
}

// Reactivate lets a person in again.
func (s *Service) Reactivate(ctx context.Context, caller auth.Caller, person string) (Account, error) {
	return s.administer(ctx, caller, person, func(time.Time) (journal.Decision, error) {
		return s.State.reactivate(caller.Person, person)
	})
}

func (s *Service) administer(ctx context.Context, caller auth.Caller, person string, rule journal.Rule) (Account, error) {
	if _, err := s.Journal.Update(ctx, caller.Person, journal.Key(caller.Key), rule); err != nil {
		return Account{}, err
	}
	return s.seenByRule(person)
}

// seenByRule gives an account that the rule just let the caller change; they may have taken their own role away.
func (s *Service) seenByRule(person string) (Account, error) {
	a, err := s.Me(person)
	if err != nil {
		return Account{}, ErrNotFound // erased since
	}
	return a, nil
}

// Invitee is what an open invitation says before it is accepted.
type Invitee struct {
	Name
	UnitNames []string
	Expires   time.Time
}

// Invitation reads an open invitation.
func (s *Service) Invitation(link string) (Invitee, error) {
	now := s.Now()
	id, err := s.Links.Read(auth.LinkInvitation, link, now)
	if err != nil {
		return Invitee{}, err
	}
	var person string
	v := Invitee{UnitNames: []string{}}
	language := ""
	s.Journal.View(func() {
		if person, err = s.State.invited(now, id); err != nil {
			return
		}
		p := s.State.kept.People[person]
		language, v.Expires = p.Language, time.UnixMilli(p.Invitation.Expires).UTC()
		for _, g := range p.Grants {
			if name := s.State.kept.Units[g.Unit].Name; !slices.Contains(v.UnitNames, name) {
				v.UnitNames = append(v.UnitNames, name)
			}
		}
	})
	if err != nil {
		return Invitee{}, err
	}
	v.Name = s.Names.Of(person)
	v.Language = language
	return v, nil
}

// Accept makes the invited person active, under the name and with the password they chose, and signs them in.
func (s *Service) Accept(ctx context.Context, link, name, password, language string) (Opened, error) {
	now := s.Now()
	id, err := s.Links.Read(auth.LinkInvitation, link, now)
	if err != nil {
		return Opened{}, err
	}
	var person string
	s.Journal.View(func() { person, err = s.State.invited(now, id) })
	if err != nil {
		return Opened{}, err
	}
	known, err := s.nameOf(ctx, person)
	if err != nil {
		return Opened{}, err
	}
	if err := auth.CheckPassword(password, name, known.Email); err != nil {
		return Opened{}, err
	}
	err = s.setPassword(ctx, person, password, func(now time.Time, credential string) (journal.Decision, error) {
		return s.State.accept(now, id, credential, language)
	})
	if err != nil {
		return Opened{}, err
	}
	// Only now: of two who open the same link at once one is let in, and the name must not be the other's.
	if chosen := (Name{Name: name, Email: known.Email, Language: language}); chosen != known {
		err = s.rename(ctx, person, known, chosen, func() (journal.Answer, error) {
			return s.Journal.Update(ctx, person, journal.Key{}, func(time.Time) (journal.Decision, error) { return s.State.changeName(person) })
		})
		if err != nil {
			return Opened{}, err
		}
	}
	return s.open(ctx, person)
}

// nameOf reads a name to change it: from the database, as the copy in memory may be older.
func (s *Service) nameOf(ctx context.Context, person string) (Name, error) {
	name, err := s.Names.read(ctx, person)
	if errors.Is(err, mongodb.ErrNotFound) {
		return Name{}, ErrNotFound
	}
	return name, away(err)
}

// rename writes a name and lets the commit follow that tells everybody. When that is refused, or was made long ago, the name
// stays what it was before; when the person was erased in between, neither name must stay behind.
func (s *Service) rename(ctx context.Context, person string, before, name Name, commit func() (journal.Answer, error)) error {
	if err := s.Names.write(ctx, person, name); err != nil {
		return err
	}
	answer, err := commit()
	if err == nil && !answer.Repeated {
		return nil
	}
	ctx = context.WithoutCancel(ctx)
	erased := false
	s.Journal.View(func() { erased = s.State.kept.People[person].Erased })
	switch {
	case erased:
		return errors.Join(err, away(s.Names.docs.Delete(ctx, person)))
	case errors.Is(err, journal.ErrUnavailable): // the commit may be stored yet, and then it means this name
		return err
	}
	err = errors.Join(err, s.Names.write(ctx, person, before))
	s.Names.forget(person)
	return err
}

// ChooseLanguage sets the language the caller reads in.
func (s *Service) ChooseLanguage(ctx context.Context, caller auth.Caller, language string) (Account, error) {
	return s.changeMe(ctx, caller, func(n *Name) { n.Language = language }, func(time.Time) (journal.Decision, error) {
		return s.State.chooseLanguage(caller.Person, language)
	})
}

// ChangeName writes the caller's name anew.
func (s *Service) ChangeName(ctx context.Context, caller auth.Caller, text string) (Account, error) {
	return s.changeMe(ctx, caller, func(n *Name) { n.Name = text }, func(time.Time) (journal.Decision, error) {
		return s.State.changeName(caller.Person)
	})
}

func (s *Service) changeMe(ctx context.Context, caller auth.Caller, change func(*Name), rule journal.Rule) (Account, error) {
	before, err := s.nameOf(ctx, caller.Person)
	if err != nil {
		return Account{}, err
	}
	name := before
	change(&name)
	err = s.rename(ctx, caller.Person, before, name, func() (journal.Answer, error) {
		return s.Journal.Update(ctx, caller.Person, journal.Key(caller.Key), rule)
	})
	if err != nil {
		return Account{}, err
	}
	return s.Me(caller.Person)
}

// NewPerson is somebody who is let in without an invitation: by a seeder, never over HTTP.
type NewPerson struct {
	Name
	Grants   []Placed
	Password string
	Hash     string // of auth.Passwords; when set, Password is not hashed again
}

// AddActive lets many people in at once, without mail, and gives their ids. An address that is known is ErrAddressTaken.
func (s *Service) AddActive(ctx context.Context, all ...NewPerson) ([]string, error) {
	const batch = 500 // people a commit
	var ids []string
	for chunk := range slices.Chunk(all, batch) {
		var joinings []joining
		for _, n := range chunk {
			person, _, taken, err := s.claim(ctx, n.Email, s.NewID())
			if err != nil {
				return nil, err
			}
			if taken {
				return nil, ErrAddressTaken
			}
			if n.Hash == "" {
				if n.Hash, err = s.Passwords.Hash(ctx, n.Password); err != nil {
					return nil, err
				}
			}
			w := joining{person: person, language: n.Language, credential: s.NewID(), grants: n.Grants}
			if err := s.Names.write(ctx, person, n.Name); err != nil {
				return nil, err
			}
			if err := s.credentials.Insert(ctx, w.credential, credentialDoc{Person: person, Password: n.Hash, At: s.Now().UnixMilli()}); err != nil {
				return nil, away(err)
			}
			joinings = append(joinings, w)
		}
		answer, err := s.Journal.Update(ctx, "", journal.Key{}, func(time.Time) (journal.Decision, error) { return s.State.add(joinings) })
		if err != nil {
			return nil, err
		}
		ids = append(ids, answer.IDs...)
	}
	return ids, nil
}

// Found starts an organisation with its first unit and invites its first administrator. It gives the invitation's link, for
// a system that has no mail server yet. It is for the command line, never for HTTP.
func (s *Service) Found(ctx context.Context, orgName, unitName, unitKind, adminEmail, adminName, language string) (link string, err error) {
	if !slices.Contains(UnitKinds(), unitKind) {
		return "", fault.Bad("kind", "oneof")
	}
	person, fresh, taken, err := s.claim(ctx, adminEmail, s.NewID())
	if err != nil {
		return "", err
	}
	if taken {
		return "", ErrAddressTaken
	}
	if err := s.Names.write(ctx, person, Name{Name: adminName, Email: adminEmail, Language: language}); err != nil {
		return "", err
	}
	w := founding{
		org: s.NewID(), orgName: orgName, unit: s.NewID(), unitName: unitName, unitKind: unitKind,
		admin: person, invitation: s.NewID(), language: language,
	}
	if _, err := s.Journal.Update(ctx, "", journal.Key{}, func(now time.Time) (journal.Decision, error) { return s.State.found(now, w) }); err != nil {
		if fresh {
			s.unclaim(ctx, adminEmail, person, err)
		}
		return "", err
	}
	var expires time.Time
	s.Journal.View(func() { expires = time.UnixMilli(s.State.kept.People[person].Invitation.Expires) })
	return s.invitationLink(w.invitation, expires), nil
}

// The pages where links lead.
func (s *Service) invitationLink(id string, expires time.Time) string {
	return s.PublicURL + "/invitation/" + s.Links.Sign(auth.LinkInvitation, id, expires)
}

func (s *Service) resetLink(id string, expires time.Time) string {
	return s.PublicURL + "/password-reset/" + s.Links.Sign(auth.LinkPasswordReset, id, expires)
}

func (s *Service) forgottenPage() string { return s.PublicURL + "/forgotten-password" }
