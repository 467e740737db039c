// Package people keeps accounts: organisations and their units, persons with roles in units, invitations, sign-in and
// sessions, sharings between organisations, feedback, and the log of who looked at what.
// It owns the collections names, addresses, credentials, sessions and access.
package people

import (
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
)

// Organisation is the controller of its units' data. People, lists and logs stop at its border unless a Sharing opens it.
type Organisation struct {
	ID   string
	Name string
}

// Unit is where people work: a health centre, a municipality's service, an association.
type Unit struct {
	ID   string
	Name string
	Kind string
	Org  string
}

// UnitKinds lists the kinds of units.
func UnitKinds() []string {
	return []string{"health_centre", "municipality", "employment_services", "wellbeing_county", "ngo", "occ_health", "other"}
}

// The purposes for which a unit can be opened to another organisation.
const (
	ForJointAppointments = "joint_appointments"
	ForCohorts           = "cohorts"
)

// Sharing lets the people of another organisation see a unit for one purpose.
type Sharing struct {
	ID      string
	Unit    string
	Org     string // the organisation that may see
	Purpose string
	Since   int64 // unix ms
}

// The refusals about organisations and units.
var (
	ErrNotFound      = fault.New(fault.NotFound, "not_found", "not there, or of another organisation")
	ErrSharingExists = fault.New(fault.Conflict, "sharing_exists", "the unit is already open to that organisation for that purpose")
	ErrOwnOrg        = fault.New(fault.Conflict, "own_organisation", "a unit is always open to its own organisation")
)

// founding is the wish to start an organisation with its first unit and, unless Admin is empty, its first administrator.
type founding struct {
	org, orgName, unit, unitName, unitKind string
	admin, invitation, language            string
}

// found is a rule for Luotsi itself; nobody asks for it over HTTP.
func (s *State) found(now time.Time, w founding) (journal.Decision, error) {
	events := []journal.Event{
		OrganisationFounded{Org: w.org, Name: w.orgName},
		UnitAdded{Unit: w.unit, Name: w.unitName, Kind: w.unitKind, Org: w.org},
	}
	if w.admin != "" {
		events = append(events, PersonInvited{
			Person: w.admin, Org: w.org, Language: w.language, Grants: []Placed{{Role: string(auth.Admin), Unit: w.unit}},
			Invitation: w.invitation, Expires: now.Add(InvitationLife).UnixMilli(),
		})
	}
	return journal.Happens(events...).Answering(w.org, w.unit, w.admin), nil
}

func (s *State) renameOrganisation(by, org, name string) (journal.Decision, error) {
	o, known := s.kept.Organisations[org]
	switch {
	case !known || !s.administers(by, org):
		return journal.Decision{}, ErrNotFound
	case o.Name == name:
		return journal.Decision{}, nil
	}
	return journal.Happens(OrganisationRenamed{Org: org, Name: name}), nil
}

func (s *State) addUnit(by string, u Unit) (journal.Decision, error) {
	if !s.administers(by, u.Org) {
		return journal.Decision{}, ErrNotFound
	}
	return journal.Happens(UnitAdded{Unit: u.ID, Name: u.Name, Kind: u.Kind, Org: u.Org}).Answering(u.ID), nil
}

func (s *State) changeUnit(by, unit, name, kind string) (journal.Decision, error) {
	u, known := s.kept.Units[unit]
	switch {
	case !known || !s.administers(by, u.Org):
		return journal.Decision{}, ErrNotFound
	case u.Name == name && u.Kind == kind:
		return journal.Decision{}, nil
	}
	return journal.Happens(UnitChanged{Unit: unit, Name: name, Kind: kind}), nil
}

func (s *State) openSharing(by string, w Sharing) (journal.Decision, error) {
	u, known := s.kept.Units[w.Unit]
	if !known || !s.administers(by, u.Org) {
		return journal.Decision{}, ErrNotFound
	}
	if _, known := s.kept.Organisations[w.Org]; !known {
		return journal.Decision{}, ErrNotFound
	}
	switch {
	case u.Org == w.Org:
		return journal.Decision{}, ErrOwnOrg
	case s.Shared(w.Unit, w.Org, w.Purpose):
		return journal.Decision{}, ErrSharingExists
	}
	return journal.Happens(SharingOpened{Sharing: w.ID, Unit: w.Unit, Org: w.Org, Purpose: w.Purpose}).Answering(w.ID), nil
}

func (s *State) closeSharing(by, sharing string) (journal.Decision, error) {
	w, known := s.kept.Sharings[sharing]
	if !known || !s.administers(by, s.kept.Units[w.Unit].Org) {
		return journal.Decision{}, ErrNotFound
	}
	return journal.Happens(SharingClosed{Sharing: sharing}), nil
}

// administers reports whether the person is an active administrator of that organisation. Nobody ("") never is.
func (s *State) administers(by, org string) bool {
	p, known := s.kept.People[by]
	return known && p.in() && slices.ContainsFunc(s.grants[by], func(g auth.Grant) bool {
		return g.Role == auth.Admin && g.Org == org
	})
}
