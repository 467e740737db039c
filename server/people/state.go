package people

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

// State is what is kept in memory of people and units. Its questions are asked inside journal.View or a rule.
type State struct {
	kept  kept
	names *Names // told which names changed; nil in tests of rules

	// What follows is derived from kept.
	grants      map[string][]auth.Grant    // by person; only of those who may be signed in or are invited; never changed in place
	members     map[string]map[string]bool // unit → persons with a role in it
	invitations map[string]string          // newest invitation of each → person
	resets      map[string]string          // newest reset of each → person
	ended       map[string]bool            // of kept.EndedSessions
	admins      map[string]int             // organisation → active administrators
	shared      map[share]string           // → sharing
}

// kept is what snapshots hold.
type kept struct {
	Host          string // the first organisation: it runs this Luotsi
	Organisations map[string]Organisation
	Units         map[string]Unit
	People        map[string]record
	Sharings      map[string]Sharing
	Feedback      map[string]feedback
	EndedSessions []endedSession // oldest first; forgotten when every session of that time is over
}

type share struct{ unit, org, purpose string }

// NewState makes an empty state.
func NewState() *State {
	s := &State{kept: kept{
		Organisations: map[string]Organisation{},
		Units:         map[string]Unit{},
		People:        map[string]record{},
		Sharings:      map[string]Sharing{},
		Feedback:      map[string]feedback{},
	}}
	s.Reindex()
	return s
}

// Name is the feature's name in snapshots.
func (s *State) Name() string { return "people" }

// Version rises when Apply makes something else of the same events.
func (s *State) Version() int { return 2 }

// Primary is what snapshots keep.
func (s *State) Primary() any { return &s.kept }

// Apply takes in what happened.
func (s *State) Apply(m journal.Meta, event journal.Event) {
	at := m.At.UnixMilli()
	switch e := event.(type) {
	case OrganisationFounded:
		if s.kept.Host == "" {
			s.kept.Host = e.Org
		}
		s.kept.Organisations[e.Org] = Organisation{ID: e.Org, Name: e.Name}
	case OrganisationRenamed:
		if o, known := s.kept.Organisations[e.Org]; known {
			o.Name = e.Name
			s.kept.Organisations[e.Org] = o
		}
	case UnitAdded:
		s.kept.Units[e.Unit] = Unit{ID: e.Unit, Name: e.Name, Kind: e.Kind, Org: e.Org}
	case UnitChanged:
		if u, known := s.kept.Units[e.Unit]; known {
			u.Name, u.Kind = e.Name, e.Kind
			s.kept.Units[e.Unit] = u
		}
	case SharingOpened:
		s.kept.Sharings[e.Sharing] = Sharing{ID: e.Sharing, Unit: e.Unit, Org: e.Org, Purpose: e.Purpose, Since: at}
		s.shared[share{e.Unit, e.Org, e.Purpose}] = e.Sharing
	case SharingClosed:
		if w, known := s.kept.Sharings[e.Sharing]; known {
			delete(s.kept.Sharings, e.Sharing)
			delete(s.shared, share{w.Unit, w.Org, w.Purpose})
		}
	case PersonInvited:
		s.put(e.Person, record{Org: e.Org, Language: e.Language, Grants: e.Grants, Invitation: link{ID: e.Invitation, Expires: e.Expires}})
		s.names.forget(e.Person)
	case PersonAdded:
		s.put(e.Person, record{Org: e.Org, Language: e.Language, Grants: e.Grants, Joined: true, Credential: e.Credential})
		s.names.forget(e.Person)
	case PersonErased:
		s.change(e.Person, func(p *record) {
			*p = record{Org: p.Org, Joined: p.Joined, EndedAt: at, Erased: true}
		})
		s.names.drop(e.Person)
	case NameChanged:
		s.names.forget(e.Person)
	case Seen:
		for _, person := range e.Persons {
			if p, known := s.kept.People[person]; known && !p.Erased {
				p.LastSeen = at
				s.kept.People[person] = p
			}
		}
	case FeedbackGiven:
		s.kept.Feedback[e.Feedback] = feedback{Person: e.Person, Org: e.Org, At: at, Due: e.Due}
	case FeedbackAnswered:
		if f, known := s.kept.Feedback[e.Feedback]; known {
			f.Answer, f.Answered = e.Answer, at
			s.kept.Feedback[e.Feedback] = f
		}
	default:
		s.applyAccount(at, event)
	}
}

// applyAccount takes in what changes one person's account.
func (s *State) applyAccount(at int64, event journal.Event) {
	switch e := event.(type) {
	case InvitationRenewed:
		s.change(e.Person, func(p *record) { p.Invitation = link{ID: e.Invitation, Expires: e.Expires} })
	case InvitationWithdrawn:
		s.change(e.Person, func(p *record) { p.Invitation = link{} })
	case InvitationAccepted:
		s.change(e.Person, func(p *record) {
			p.Joined, p.Credential, p.Language = true, e.Credential, e.Language
			p.Invitation.Used = true
		})
		s.names.forget(e.Person)
	case GrantsChanged:
		s.change(e.Person, func(p *record) { p.Grants = e.Grants })
	case PersonDeactivated:
		s.change(e.Person, func(p *record) { p.Deactivated, p.EndedAt, p.Except = true, at, "" })
	case PersonReactivated:
		s.change(e.Person, func(p *record) { p.Deactivated = false })
	case LanguageChosen:
		s.change(e.Person, func(p *record) { p.Language = e.Language })
		s.names.forget(e.Person)
	case ResetAsked:
		s.change(e.Person, func(p *record) { p.Reset = link{ID: e.Reset, Expires: e.Expires} })
	case PasswordSet:
		s.change(e.Person, func(p *record) {
			p.Credential = e.Credential
			if e.Reset {
				p.Reset.Used = true
			}
		})
	case SessionsEnded:
		s.change(e.Person, func(p *record) { p.EndedAt, p.Except = at, e.Except })
	case SessionEnded:
		s.endOne(endedSession{ID: e.Session, At: at})
	}
}

// endOne remembers that a session ended, and forgets those that would be too old by now anyway.
func (s *State) endOne(session endedSession) {
	oldest := session.At - SessionLife.Milliseconds()
	for len(s.kept.EndedSessions) > 0 && s.kept.EndedSessions[0].At < oldest {
		delete(s.ended, s.kept.EndedSessions[0].ID)
		s.kept.EndedSessions = s.kept.EndedSessions[1:]
	}
	s.kept.EndedSessions = append(s.kept.EndedSessions, session)
	s.ended[session.ID] = true
}

// change replaces a known, not erased person and keeps the indexes in step.
func (s *State) change(person string, change func(*record)) {
	p, known := s.kept.People[person]
	if !known || p.Erased {
		return
	}
	change(&p)
	s.put(person, p)
}

func (s *State) put(person string, p record) {
	if old, known := s.kept.People[person]; known {
		s.unindex(person, old)
	}
	s.kept.People[person] = p
	s.index(person, p)
}

func (s *State) index(person string, p record) {
	if p.Invitation.ID != "" {
		s.invitations[p.Invitation.ID] = person
	}
	if p.Reset.ID != "" {
		s.resets[p.Reset.ID] = person
	}
	if len(p.Grants) == 0 {
		return
	}
	grants := make([]auth.Grant, len(p.Grants))
	admin := false
	for i, g := range p.Grants {
		grants[i] = auth.Grant{Role: auth.Role(g.Role), Unit: g.Unit, Org: s.kept.Units[g.Unit].Org}
		if s.members[g.Unit] == nil {
			s.members[g.Unit] = map[string]bool{}
		}
		s.members[g.Unit][person] = true
		admin = admin || grants[i].Role == auth.Admin && grants[i].Org == p.Org
	}
	s.grants[person] = grants
	if admin && p.in() {
		s.admins[p.Org]++
	}
}

func (s *State) unindex(person string, p record) {
	delete(s.invitations, p.Invitation.ID)
	delete(s.resets, p.Reset.ID)
	admin := false
	for _, g := range s.grants[person] {
		delete(s.members[g.Unit], person)
		admin = admin || g.Role == auth.Admin && g.Org == p.Org
	}
	delete(s.grants, person)
	if admin && p.in() {
		s.admins[p.Org]--
	}
}

// Reindex rebuilds everything that is derived.
func (s *State) Reindex() {
	s.grants = make(map[string][]auth.Grant, len(s.kept.People))
	s.members = map[string]map[string]bool{}
	s.invitations = map[string]string{}
	s.resets = map[string]string{}
	s.ended = make(map[string]bool, len(s.kept.EndedSessions))
	s.admins = map[string]int{}
	s.shared = make(map[share]string, len(s.kept.Sharings))
	for id, p := range s.kept.People {
		s.index(id, p)
	}
	for _, e := range s.kept.EndedSessions {
		s.ended[e.ID] = true
	}
	for id, w := range s.kept.Sharings {
		s.shared[share{w.Unit, w.Org, w.Purpose}] = id
	}
}

// Check recomputes the indexes from what is kept, and looks for references to what is not there.
func (s *State) Check() []string {
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf("people: "+format, args...)) }
	admins, memberships := map[string]int{}, 0
	for id, p := range s.kept.People {
		if _, known := s.kept.Organisations[p.Org]; !known {
			say("%s belongs to the unknown organisation %q", id, p.Org)
		}
		if p.Erased && (len(p.Grants) > 0 || p.Credential != "" || p.Invitation.ID != "" || p.Reset.ID != "") {
			say("%s is erased and still has an account", id)
		}
		if p.in() && p.Credential == "" {
			say("%s may sign in and has no password", id)
		}
		if len(s.grants[id]) != len(p.Grants) {
			say("%s has %d roles, the index has %d", id, len(p.Grants), len(s.grants[id]))
		}
		units, isAdmin := map[string]bool{}, false
		for _, g := range p.Grants {
			u, known := s.kept.Units[g.Unit]
			if !known || u.Org != p.Org {
				say("%s has a role in the unit %q, which is not of their organisation", id, g.Unit)
			}
			if !slices.Contains(s.grants[id], auth.Grant{Role: auth.Role(g.Role), Unit: g.Unit, Org: u.Org}) {
				say("%s as %s in %q is not in the index", id, g.Role, g.Unit)
			}
			if !s.members[g.Unit][id] {
				say("%s is not among the members of %q", id, g.Unit)
			}
			units[g.Unit] = true
			isAdmin = isAdmin || g.Role == string(auth.Admin)
		}
		memberships += len(units)
		if isAdmin && p.in() {
			admins[p.Org]++
		}
		if p.Invitation.ID != "" && s.invitations[p.Invitation.ID] != id || p.Reset.ID != "" && s.resets[p.Reset.ID] != id {
			say("a link of %s is not in the index", id)
		}
	}
	for org := range s.kept.Organisations {
		if admins[org] != s.admins[org] {
			say("organisation %s has %d administrators, the index has %d", org, admins[org], s.admins[org])
		}
	}
	for _, persons := range s.members {
		memberships -= len(persons)
	}
	if memberships != 0 {
		say("members of units differ by %d from the roles", memberships)
	}
	for id, w := range s.kept.Sharings {
		if s.shared[share{w.Unit, w.Org, w.Purpose}] != id {
			say("sharing %s is not in the index", id)
		}
	}
	if len(s.shared) != len(s.kept.Sharings) || len(s.ended) != len(s.kept.EndedSessions) {
		say("%d sharings and %d ended sessions, the indexes have %d and %d",
			len(s.kept.Sharings), len(s.kept.EndedSessions), len(s.shared), len(s.ended))
	}
	return wrong
}

// Person gives what is known of a person, also of an erased one.
func (s *State) Person(id string) (Person, bool) {
	p, known := s.kept.People[id]
	if !known {
		return Person{}, false
	}
	return s.person(id, p), true
}

func (s *State) person(id string, p record) Person {
	view := Person{ID: id, Org: p.Org, Language: p.Language, Active: p.in(), Erased: p.Erased, Grants: s.grants[id]}
	if view.Invited = !p.Joined && !p.Erased; view.Invited && !p.Deactivated && p.Invitation.ID != "" {
		view.Invitation = time.UnixMilli(p.Invitation.Expires).UTC()
	}
	if p.LastSeen != 0 {
		view.LastSeen = time.UnixMilli(p.LastSeen).UTC()
	}
	return view
}

// People iterates over everybody, in no order.
func (s *State) People() iter.Seq[Person] {
	return func(yield func(Person) bool) {
		for id, p := range s.kept.People {
			if !yield(s.person(id, p)) {
				return
			}
		}
	}
}

// Members iterates over the ids of those who have a role in the unit, in no order; also invited and deactivated ones.
func (s *State) Members(unit string) iter.Seq[string] { return maps.Keys(s.members[unit]) }

// Grants lists the roles of a person; the caller must not change the list.
func (s *State) Grants(person string) []auth.Grant { return s.grants[person] }

// Unit gives a unit.
func (s *State) Unit(id string) (Unit, bool) {
	u, known := s.kept.Units[id]
	return u, known
}

// Units iterates over all units, in no order.
func (s *State) Units() iter.Seq[Unit] { return maps.Values(s.kept.Units) }

// Organisation gives an organisation.
func (s *State) Organisation(id string) (Organisation, bool) {
	o, known := s.kept.Organisations[id]
	return o, known
}

// Organisations iterates over all organisations, in no order.
func (s *State) Organisations() iter.Seq[Organisation] { return maps.Values(s.kept.Organisations) }

// Shared reports whether a unit is open to another organisation for a purpose.
func (s *State) Shared(unit, toOrg, purpose string) bool {
	_, open := s.shared[share{unit, toOrg, purpose}]
	return open
}

// CanSee reports whether a unit is inside the border of the person: of an organisation they have a role in, or opened to
// one for that purpose.
func (s *State) CanSee(i auth.Identity, unit, purpose string) bool {
	u, known := s.kept.Units[unit]
	return known && slices.ContainsFunc(i.Grants, func(g auth.Grant) bool {
		return g.Org == u.Org || s.Shared(unit, g.Org, purpose)
	})
}
