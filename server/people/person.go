package people

import (
	"cmp"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
)

// InvitationLife is how long the link of an invitation serves.
const InvitationLife = 7 * 24 * time.Hour

// Person is what the state knows of somebody. Their name is not part of it: see Names.
type Person struct {
	ID       string
	Org      string // whose administrators look after this account
	Language string
	Active   bool // came in and is not kept out
	Invited  bool // never came in
	// Invitation is until when the link serves with which an invited person comes in; zero when there is none.
	Invitation time.Time
	Erased     bool
	LastSeen   time.Time // zero when never
	Grants     []auth.Grant
}

// Standing is where an account is in its life.
type Standing string

// The standings.
const (
	Invited     Standing = "invited"
	Active      Standing = "active"
	Deactivated Standing = "deactivated"
)

// record is a person as snapshots keep them.
type record struct {
	Org         string
	Language    string
	Grants      []Placed
	Joined      bool
	Deactivated bool
	Erased      bool
	Credential  string // id of the password that counts
	Invitation  link
	Reset       link
	EndedAt     int64  // unix ms; sessions that began until then are over
	Except      string // but this one
	LastSeen    int64  // unix ms
}

// link is what the state knows of a link that went out by mail.
type link struct {
	ID      string
	Expires int64 // unix ms
	Used    bool
}

// open says why a link does not serve at this time, or nil.
func (l link) open(now time.Time) error {
	switch {
	case l.Used:
		return auth.ErrLinkUsed
	case now.UnixMilli() >= l.Expires:
		return auth.ErrLinkExpired
	}
	return nil
}

// in reports whether the person may be signed in.
func (r record) in() bool { return r.Joined && !r.Deactivated && !r.Erased }

func (r record) standing() Standing {
	switch {
	case r.Deactivated:
		return Deactivated
	case r.Joined:
		return Active
	}
	return Invited
}

// The refusals about persons.
var (
	ErrAddressTaken = fault.New(fault.Conflict, "address_taken", "somebody with this mail address is known already")
	ErrLastAdmin    = fault.New(fault.Conflict, "last_admin", "the organisation would be left without an administrator")
	ErrSelf         = fault.New(fault.Conflict, "self", "another administrator has to do this to you")
	ErrJoined       = fault.New(fault.Conflict, "already_active", "the person came in already")
	ErrDeactivated  = fault.New(fault.Conflict, "deactivated", "the person is deactivated")
)

// invitation is the wish to let somebody in. taken says that the mail address belongs to somebody else.
type invitation struct {
	person, invitation, language string
	grants                       []Placed
	taken                        bool
}

func (s *State) invite(now time.Time, by string, w invitation) (journal.Decision, error) {
	org, err := s.orgOf(w.grants)
	if err != nil {
		return journal.Decision{}, err
	}
	if !s.administers(by, org) && !s.trainsAll(by, w.grants) {
		return journal.Decision{}, ErrNotFound
	}
	if _, known := s.kept.People[w.person]; known || w.taken {
		return journal.Decision{}, ErrAddressTaken
	}
	return journal.Happens(PersonInvited{
		Person: w.person, Org: org, Language: w.language, Grants: tidy(w.grants),
		Invitation: w.invitation, Expires: now.Add(InvitationLife).UnixMilli(),
	}).Answering(w.person), nil
}

// trainsAll reports whether all of the grants are those of trainees in units whose trainer the person is: them a trainer may invite.
func (s *State) trainsAll(by string, grants []Placed) bool {
	p, known := s.kept.People[by]
	return known && p.in() && !slices.ContainsFunc(grants, func(g Placed) bool {
		return g.Role != string(auth.Trainee) || !slices.ContainsFunc(s.grants[by], func(own auth.Grant) bool { return own.Role == auth.Trainer && own.Unit == g.Unit })
	})
}

// orgOf gives the one organisation that all the units belong to. Units of several, or unknown ones, are not found.
func (s *State) orgOf(grants []Placed) (string, error) {
	org := ""
	for i, g := range grants {
		u, known := s.kept.Units[g.Unit]
		if !known || i > 0 && u.Org != org {
			return "", ErrNotFound
		}
		org = u.Org
	}
	if org == "" {
		return "", fault.Bad("grants", "required")
	}
	return org, nil
}

// tidy orders grants and drops repeated ones, so that the same wish is the same event.
func tidy(grants []Placed) []Placed {
	tidied := slices.Clone(grants)
	slices.SortFunc(tidied, func(a, b Placed) int { return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Role, b.Role)) })
	return slices.Compact(tidied)
}

// RenewInvitation decides on a new link for somebody who never came in; the old one stops. It is for other modules' rules too.
func (s *State) RenewInvitation(now time.Time, by, person, invitation string) (journal.Decision, error) {
	if _, err := s.invitee(by, person); err != nil {
		return journal.Decision{}, err
	}
	return journal.Happens(InvitationRenewed{Person: person, Invitation: invitation, Expires: now.Add(InvitationLife).UnixMilli()}), nil
}

// WithdrawInvitation decides that the link of somebody who never came in stops; nothing happens when there is none. It is for
// other modules' rules.
func (s *State) WithdrawInvitation(by, person string) (journal.Decision, error) {
	p, err := s.invitee(by, person)
	if err != nil || p.Invitation.ID == "" {
		return journal.Decision{}, err
	}
	return journal.Happens(InvitationWithdrawn{Person: person}), nil
}

// MayRenew reports whether somebody never came in and may get a new link from this person.
func (s *State) MayRenew(by, person string) bool {
	_, err := s.invitee(by, person)
	return err == nil
}

// invitee finds somebody who never came in, for whoever may invite people with just these roles.
func (s *State) invitee(by, person string) (record, error) {
	p, known := s.kept.People[person]
	switch {
	case !known || p.Erased || !s.administers(by, p.Org) && (len(p.Grants) == 0 || !s.trainsAll(by, p.Grants)):
		return record{}, ErrNotFound
	case p.Joined:
		return record{}, ErrJoined
	case p.Deactivated:
		return record{}, ErrDeactivated
	}
	return p, nil
}

// invited finds who an open invitation is for. One that was replaced by a newer one counts as expired.
func (s *State) invited(now time.Time, invitation string) (person string, err error) {
	person, known := s.invitations[invitation]
	if !known {
		return "", auth.ErrLinkExpired
	}
	p := s.kept.People[person]
	if err := p.Invitation.open(now); err != nil {
		return "", err
	}
	if p.Deactivated {
		return "", auth.ErrLinkExpired
	}
	return person, nil
}

func (s *State) accept(now time.Time, invitation, credential, language string) (journal.Decision, error) {
	person, err := s.invited(now, invitation)
	if err != nil {
		return journal.Decision{}, err
	}
	return journal.Happens(InvitationAccepted{Person: person, Credential: credential, Language: language}).Answering(person), nil
}

// joining is a person who is let in by Luotsi itself, without an invitation.
type joining struct {
	person, language, credential string
	grants                       []Placed
}

// add is a rule for Luotsi itself; nobody asks for it over HTTP.
func (s *State) add(all []joining) (journal.Decision, error) {
	var decision journal.Decision
	for _, w := range all {
		org, err := s.orgOf(w.grants)
		if err != nil {
			return journal.Decision{}, err
		}
		if _, known := s.kept.People[w.person]; known {
			return journal.Decision{}, ErrAddressTaken
		}
		decision.Events = append(decision.Events, PersonAdded{
			Person: w.person, Org: org, Language: w.language, Grants: tidy(w.grants), Credential: w.credential,
		})
		decision.IDs = append(decision.IDs, w.person)
	}
	return decision, nil
}

func (s *State) changeGrants(by, person string, grants []Placed) (journal.Decision, error) {
	p, err := s.of(by, person)
	if err != nil {
		return journal.Decision{}, err
	}
	if len(grants) > 0 {
		if org, err := s.orgOf(grants); err != nil || org != p.Org {
			return journal.Decision{}, cmp.Or(err, error(ErrNotFound))
		}
	}
	grants = tidy(grants)
	if slices.Equal(grants, p.Grants) {
		return journal.Decision{}, nil
	}
	staysAdmin := slices.ContainsFunc(grants, func(g Placed) bool { return g.Role == string(auth.Admin) })
	if !staysAdmin && s.lastAdmin(person) {
		return journal.Decision{}, ErrLastAdmin
	}
	return journal.Happens(GrantsChanged{Person: person, Grants: grants}), nil
}

func (s *State) deactivate(by, person string) (journal.Decision, error) {
	p, err := s.of(by, person)
	switch {
	case err != nil:
		return journal.Decision{}, err
	case s.lastAdmin(person):
		return journal.Decision{}, ErrLastAdmin
	case by == person:
		return journal.Decision{}, ErrSelf
	case p.Deactivated:
		return journal.Decision{}, nil
	}
	return journal.Happens(PersonDeactivated{Person: person}), nil
}

func (s *State) reactivate(by, person string) (journal.Decision, error) {
	p, err := s.of(by, person)
	if err != nil || !p.Deactivated {
		return journal.Decision{}, err
	}
	return journal.Happens(PersonReactivated{Person: person}), nil
}

func (s *State) erase(by, person string) (journal.Decision, error) {
	_, err := s.of(by, person)
	switch {
	case err != nil:
		return journal.Decision{}, err
	case s.lastAdmin(person):
		return journal.Decision{}, ErrLastAdmin
	case by == person:
		return journal.Decision{}, ErrSelf
	}
	return journal.Happens(PersonErased{Person: person}), nil
}

// eraseAgain is a rule for Luotsi itself; nobody asks for it over HTTP. Nothing happens to whoever is unknown or erased.
func (s *State) eraseAgain(person string) (journal.Decision, error) {
	if p, known := s.kept.People[person]; !known || p.Erased {
		return journal.Decision{}, nil
	}
	return journal.Happens(PersonErased{Person: person}).Answering(person), nil
}

// of finds a person whom the administrator looks after.
func (s *State) of(by, person string) (record, error) {
	p, known := s.kept.People[person]
	if !known || p.Erased || !s.administers(by, p.Org) {
		return record{}, ErrNotFound
	}
	return p, nil
}

// lastAdmin reports whether the person is the only one left who can administer their organisation.
func (s *State) lastAdmin(person string) bool {
	p := s.kept.People[person]
	return s.administers(person, p.Org) && s.admins[p.Org] == 1
}

func (s *State) chooseLanguage(person, language string) (journal.Decision, error) {
	p, known := s.kept.People[person]
	switch {
	case !known || p.Erased:
		return journal.Decision{}, ErrNotFound
	case p.Language == language:
		return journal.Decision{}, nil
	}
	return journal.Happens(LanguageChosen{Person: person, Language: language}), nil
}

func (s *State) changeName(person string) (journal.Decision, error) {
	if p, known := s.kept.People[person]; !known || p.Erased {
		return journal.Decision{}, ErrNotFound
	}
	return journal.Happens(NameChanged{Person: person}), nil
}
