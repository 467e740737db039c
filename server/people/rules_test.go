package people

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
)

var day = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// Two organisations: Rantakunta (org) with a health centre and a municipality, whose administrator is aino and whose doctor
// is otto; Saaristo (other) with one unit and the administrator selma. veera of Rantakunta is invited.
var region = []journal.Event{
	OrganisationFounded{Org: "org", Name: "Rantakunta"},
	UnitAdded{Unit: "centre", Name: "Rannan terveyskeskus", Kind: "health_centre", Org: "org"},
	UnitAdded{Unit: "town", Name: "Rantakunta", Kind: "municipality", Org: "org"},
	OrganisationFounded{Org: "other", Name: "Saaristo"},
	UnitAdded{Unit: "island", Name: "Saariston asema", Kind: "health_centre", Org: "other"},
	PersonAdded{Person: "aino", Org: "org", Language: "fi", Grants: []Placed{{"admin", "town"}}, Credential: "c-aino"},
	PersonAdded{Person: "otto", Org: "org", Language: "sv", Grants: []Placed{{"doctor", "centre"}}, Credential: "c-otto"},
	PersonAdded{Person: "selma", Org: "other", Language: "sv", Grants: []Placed{{"admin", "island"}}, Credential: "c-selma"},
	PersonInvited{Person: "veera", Org: "org", Language: "fi", Grants: []Placed{{"trainee", "centre"}}, Invitation: "inv-1", Expires: day.Add(InvitationLife).UnixMilli()},
}

// happened makes a state of a history; everything of it happened at day, a second after the other.
func happened(t testing.TB, history ...journal.Event) *State {
	t.Helper()
	s := NewState()
	for i, e := range history {
		s.Apply(journal.Meta{Number: uint64(i + 1), At: day.Add(time.Duration(i-len(history)) * time.Second)}, e)
	}
	if wrong := s.Check(); len(wrong) > 0 {
		t.Fatalf("the state is not consistent: %s", strings.Join(wrong, "; "))
	}
	return s
}

type rule func(s *State, now time.Time) (journal.Decision, error)

// ruleTest is one row: given what happened, when somebody wishes, then events or a refusal.
type ruleTest struct {
	name  string
	given []journal.Event // after region
	at    time.Time       // day when zero
	when  rule
	then  []journal.Event
	fails error
}

func (test ruleTest) run(t *testing.T) {
	t.Helper()
	s := happened(t, append(region[:len(region):len(region)], test.given...)...)
	now := test.at
	if now.IsZero() {
		now = day
	}
	got, err := test.when(s, now)
	if !errors.Is(err, test.fails) {
		t.Fatalf("got the refusal %v, want %v", err, test.fails)
	}
	if len(got.Events) == 0 && len(test.then) == 0 {
		return
	}
	if !reflect.DeepEqual(got.Events, test.then) {
		t.Errorf("got  %+v\nwant %+v", got.Events, test.then)
	}
	for _, e := range got.Events {
		s.Apply(journal.Meta{Number: 1000, At: now}, e)
	}
	if wrong := s.Check(); len(wrong) > 0 {
		t.Errorf("afterwards the state is not consistent: %s", strings.Join(wrong, "; "))
	}
}

func runRules(t *testing.T, tests []ruleTest) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, test.run)
	}
}

func TestInviting(t *testing.T) {
	week := day.Add(7 * 24 * time.Hour).UnixMilli()
	invite := func(by string, w invitation) rule {
		return func(s *State, now time.Time) (journal.Decision, error) { return s.invite(now, by, w) }
	}
	trainer := []journal.Event{PersonAdded{Person: "tea", Org: "org", Language: "fi", Grants: []Placed{{"trainer", "centre"}}, Credential: "c-tea"}}
	runRules(t, []ruleTest{
		{
			name: "for seven days, repeated roles once",
			when: invite("aino", invitation{person: "new", invitation: "i", language: "en", grants: []Placed{{"trainer", "town"}, {"trainee", "centre"}, {"trainer", "town"}}}),
			then: []journal.Event{PersonInvited{Person: "new", Org: "org", Language: "en", Grants: []Placed{{"trainee", "centre"}, {"trainer", "town"}}, Invitation: "i", Expires: week}},
		},
		{
			name: "a trainee by a trainer of the unit", given: trainer, when: invite("tea", invitation{person: "new", invitation: "i", language: "fi", grants: []Placed{{"trainee", "centre"}}}),
			then: []journal.Event{PersonInvited{Person: "new", Org: "org", Language: "fi", Grants: []Placed{{"trainee", "centre"}}, Invitation: "i", Expires: week}},
		},
		{name: "a trainee by a trainer of another unit", given: trainer, when: invite("tea", invitation{person: "new", grants: []Placed{{"trainee", "town"}}}), fails: ErrNotFound},
		{name: "a doctor by a trainer", given: trainer, when: invite("tea", invitation{person: "new", grants: []Placed{{"doctor", "centre"}}}), fails: ErrNotFound},
		{name: "more than a trainee by a trainer", given: trainer, when: invite("tea", invitation{person: "new", grants: []Placed{{"trainee", "centre"}, {"trainer", "centre"}}}), fails: ErrNotFound},
		{name: "by a doctor", when: invite("otto", invitation{person: "new", grants: []Placed{{"trainee", "centre"}}}), fails: ErrNotFound},
		{name: "by nobody", when: invite("", invitation{person: "new", grants: []Placed{{"trainee", "centre"}}}), fails: ErrNotFound},
		{name: "by an invited person", when: invite("veera", invitation{person: "new", grants: []Placed{{"trainee", "centre"}}}), fails: ErrNotFound},
		{name: "into another organisation", when: invite("aino", invitation{person: "new", grants: []Placed{{"trainee", "island"}}}), fails: ErrNotFound},
		{name: "into two organisations", when: invite("aino", invitation{person: "new", grants: []Placed{{"trainee", "town"}, {"admin", "island"}}}), fails: ErrNotFound},
		{name: "into an unknown unit", when: invite("aino", invitation{person: "new", grants: []Placed{{"trainee", "nowhere"}}}), fails: ErrNotFound},
		{name: "without a role", when: invite("aino", invitation{person: "new"}), fails: fault.ErrInvalid},
		{name: "an address that is taken", when: invite("aino", invitation{person: "new", taken: true, grants: []Placed{{"trainee", "town"}}}), fails: ErrAddressTaken},
		{name: "a person who is known", when: invite("aino", invitation{person: "otto", grants: []Placed{{"trainee", "town"}}}), fails: ErrAddressTaken},
		{
			name:  "by an administrator who was deactivated a moment ago",
			given: []journal.Event{PersonDeactivated{Person: "aino"}},
			when:  invite("aino", invitation{person: "new", grants: []Placed{{"trainee", "town"}}}), fails: ErrNotFound,
		},
	})
}

func TestRenewingInvitations(t *testing.T) {
	renew := func(by, person string) rule {
		return func(s *State, now time.Time) (journal.Decision, error) {
			return s.RenewInvitation(now, by, person, "inv-2")
		}
	}
	later := day.Add(100 * 24 * time.Hour)
	runRules(t, []ruleTest{
		{name: "long after the first", at: later, when: renew("aino", "veera"), then: []journal.Event{InvitationRenewed{Person: "veera", Invitation: "inv-2", Expires: later.Add(7 * 24 * time.Hour).UnixMilli()}}},
		{name: "of another organisation", when: renew("selma", "veera"), fails: ErrNotFound},
		{name: "of somebody unknown", when: renew("aino", "nobody"), fails: ErrNotFound},
		{name: "of somebody who came in", when: renew("aino", "otto"), fails: ErrJoined},
		{name: "of somebody deactivated", given: []journal.Event{PersonDeactivated{Person: "veera"}}, when: renew("aino", "veera"), fails: ErrDeactivated},
		{name: "of somebody erased", given: []journal.Event{PersonErased{Person: "veera"}}, when: renew("aino", "veera"), fails: ErrNotFound},
	})
}

// A trainer looks after those whom they may invite, an administrator after everybody of the organisation.
func TestWhoRenewsAndWithdraws(t *testing.T) {
	history := []journal.Event{
		PersonAdded{Person: "tea", Org: "org", Language: "fi", Grants: []Placed{{"trainer", "centre"}}, Credential: "c-tea"},
		PersonAdded{Person: "tom", Org: "org", Language: "fi", Grants: []Placed{{"trainer", "town"}}, Credential: "c-tom"},
		PersonAdded{Person: "came", Org: "org", Language: "fi", Grants: []Placed{{"trainee", "centre"}}, Credential: "c-came"},
		PersonInvited{Person: "both", Org: "org", Language: "fi", Grants: []Placed{{"trainee", "centre"}, {"trainee", "town"}}, Invitation: "inv-b", Expires: day.Add(time.Hour).UnixMilli()},
		PersonInvited{Person: "helper", Org: "org", Language: "fi", Grants: []Placed{{"coordinator", "centre"}, {"trainee", "centre"}}, Invitation: "inv-h", Expires: day.Add(time.Hour).UnixMilli()},
		PersonInvited{Person: "bare", Org: "org", Language: "fi", Grants: []Placed{{"trainee", "centre"}}, Invitation: "inv-n", Expires: day.Add(time.Hour).UnixMilli()},
		GrantsChanged{Person: "bare"},
	}
	renewed := InvitationRenewed{Person: "veera", Invitation: "inv-2", Expires: day.Add(InvitationLife).UnixMilli()}
	for _, test := range []struct {
		name, by, person string
		given            []journal.Event
		at               time.Time
		fails            error
	}{
		{name: "a trainer of the unit", by: "tea", person: "veera"},
		{name: "an administrator", by: "aino", person: "veera"},
		{name: "a trainer of another unit", by: "tom", person: "veera", fails: ErrNotFound},
		{name: "a trainer of one of two units", by: "tea", person: "both", fails: ErrNotFound},
		{name: "a trainer, of more than a trainee", by: "tea", person: "helper", fails: ErrNotFound},
		{name: "a trainer, of somebody without a role", by: "tea", person: "bare", fails: ErrNotFound},
		{name: "a trainer, of somebody of another organisation", by: "selma", person: "veera", fails: ErrNotFound},
		{name: "the invited person", by: "veera", person: "veera", fails: ErrNotFound},
		{name: "nobody", by: "", person: "veera", fails: ErrNotFound},
		{name: "a trainer who was deactivated", by: "tea", person: "veera", given: []journal.Event{PersonDeactivated{Person: "tea"}}, fails: ErrNotFound},
		{name: "a trainer, of somebody who came in before", by: "tea", person: "came", fails: ErrJoined},
		{
			name: "a trainer, of somebody who comes in meanwhile", by: "tea", person: "veera",
			given: []journal.Event{InvitationAccepted{Person: "veera", Credential: "c", Language: "fi"}}, fails: ErrJoined,
		},
		{name: "a trainer, of somebody deactivated", by: "tea", person: "veera", given: []journal.Event{PersonDeactivated{Person: "veera"}}, fails: ErrDeactivated},
		{name: "a trainer, of somebody erased", by: "tea", person: "veera", given: []journal.Event{PersonErased{Person: "veera"}}, fails: ErrNotFound},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := happened(t, slices.Concat(region, history, test.given)...)
			if may := s.MayRenew(test.by, test.person); may != (test.fails == nil) {
				t.Errorf("may renew: %t", may)
			}
			got, err := s.RenewInvitation(day, test.by, test.person, "inv-2")
			if !errors.Is(err, test.fails) || err == nil && !reflect.DeepEqual(got.Events, []journal.Event{renewed}) {
				t.Errorf("renewing: %v, %v", got.Events, err)
			}
			got, err = s.WithdrawInvitation(test.by, test.person)
			if !errors.Is(err, test.fails) || err == nil && !reflect.DeepEqual(got.Events, []journal.Event{InvitationWithdrawn{Person: "veera"}}) {
				t.Errorf("withdrawing: %v, %v", got.Events, err)
			}
		})
	}
}

// What the border of other modules says of somebody at each turn of an invitation, and which links let them in.
func TestStandingOfAnInvitation(t *testing.T) {
	end := day.Add(InvitationLife)
	withdrawn := InvitationWithdrawn{Person: "veera"}
	renewed := InvitationRenewed{Person: "veera", Invitation: "inv-2", Expires: end.UnixMilli()}
	for _, test := range []struct {
		name    string
		given   []journal.Event
		invited bool
		until   time.Time
		link    string // the one that serves
	}{
		{name: "invited", invited: true, until: end, link: "inv-1"},
		{name: "renewed", given: []journal.Event{renewed}, invited: true, until: end, link: "inv-2"},
		{name: "withdrawn", given: []journal.Event{withdrawn}, invited: true},
		{name: "withdrawn twice", given: []journal.Event{withdrawn, withdrawn}, invited: true},
		{name: "withdrawn and invited again", given: []journal.Event{withdrawn, renewed}, invited: true, until: end, link: "inv-2"},
		{name: "deactivated", given: []journal.Event{PersonDeactivated{Person: "veera"}}, invited: true},
		{name: "accepted", given: []journal.Event{InvitationAccepted{Person: "veera", Credential: "c", Language: "fi"}}},
		{name: "erased", given: []journal.Event{PersonErased{Person: "veera"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := happened(t, slices.Concat(region, test.given)...)
			if p, _ := s.Person("veera"); p.Invited != test.invited || !p.Invitation.Equal(test.until) {
				t.Errorf("invited %t until %v", p.Invited, p.Invitation)
			}
			for _, link := range []string{"inv-1", "inv-2"} {
				if _, err := s.invited(day, link); (err == nil) != (link == test.link) {
					t.Errorf("%s: %v", link, err)
				}
			}
		})
	}
}

func TestAcceptingInvitations(t *testing.T) {
	accept := func(invitation string) rule {
		return func(s *State, now time.Time) (journal.Decision, error) { return s.accept(now, invitation, "c", "sv") }
	}
	then := []journal.Event{InvitationAccepted{Person: "veera", Credential: "c", Language: "sv"}}
	end := day.Add(7 * 24 * time.Hour)
	renewed := InvitationRenewed{Person: "veera", Invitation: "inv-2", Expires: end.UnixMilli()}
	runRules(t, []ruleTest{
		{name: "at once", when: accept("inv-1"), then: then},
		{name: "one millisecond before seven days", at: end.Add(-time.Millisecond), when: accept("inv-1"), then: then},
		{name: "at seven days", at: end, when: accept("inv-1"), fails: auth.ErrLinkExpired},
		{name: "twice", given: []journal.Event{InvitationAccepted{Person: "veera", Credential: "c"}}, when: accept("inv-1"), fails: auth.ErrLinkUsed},
		{name: "used and too old", at: end, given: []journal.Event{InvitationAccepted{Person: "veera", Credential: "c"}}, when: accept("inv-1"), fails: auth.ErrLinkUsed},
		{name: "replaced", given: []journal.Event{renewed}, when: accept("inv-1"), fails: auth.ErrLinkExpired},
		{name: "the newer one", given: []journal.Event{renewed}, when: accept("inv-2"), then: then},
		{name: "of somebody deactivated", given: []journal.Event{PersonDeactivated{Person: "veera"}}, when: accept("inv-1"), fails: auth.ErrLinkExpired},
		{name: "of somebody let in again", given: []journal.Event{PersonDeactivated{Person: "veera"}, PersonReactivated{Person: "veera"}}, when: accept("inv-1"), then: then},
		{name: "of somebody erased", given: []journal.Event{PersonErased{Person: "veera"}}, when: accept("inv-1"), fails: auth.ErrLinkExpired},
		{name: "never made", when: accept("inv-9"), fails: auth.ErrLinkExpired},
		{name: "without an id", when: accept(""), fails: auth.ErrLinkExpired},
	})
}

func TestChangingGrants(t *testing.T) {
	change := func(by, person string, grants ...Placed) rule {
		return func(s *State, _ time.Time) (journal.Decision, error) { return s.changeGrants(by, person, grants) }
	}
	second := PersonAdded{Person: "bo", Org: "org", Language: "sv", Grants: []Placed{{"admin", "centre"}}, Credential: "c-bo"}
	runRules(t, []ruleTest{
		{name: "another role", when: change("aino", "otto", Placed{"coordinator", "town"}), then: []journal.Event{GrantsChanged{Person: "otto", Grants: []Placed{{"coordinator", "town"}}}}},
		{name: "the same roles", when: change("aino", "otto", Placed{"doctor", "centre"}, Placed{"doctor", "centre"})},
		{name: "none", when: change("aino", "otto"), then: []journal.Event{GrantsChanged{Person: "otto"}}},
		{name: "into another organisation", when: change("aino", "otto", Placed{"doctor", "island"}), fails: ErrNotFound},
		{name: "somebody of another organisation", when: change("selma", "otto", Placed{"doctor", "island"}), fails: ErrNotFound},
		{name: "by a doctor to oneself", when: change("otto", "otto", Placed{"admin", "centre"}), fails: ErrNotFound},
		{name: "the last administrator stops", when: change("aino", "aino", Placed{"manager", "town"}), fails: ErrLastAdmin},
		{name: "the last administrator moves", when: change("aino", "aino", Placed{"admin", "centre"}), then: []journal.Event{GrantsChanged{Person: "aino", Grants: []Placed{{"admin", "centre"}}}}},
		{name: "one of two stops", given: []journal.Event{second}, when: change("aino", "aino"), then: []journal.Event{GrantsChanged{Person: "aino"}}},
		{name: "one of two, the other kept out, stops", given: []journal.Event{second, PersonDeactivated{Person: "bo"}}, when: change("aino", "aino"), fails: ErrLastAdmin},
		{
			name:  "an invited administrator is no administrator yet",
			given: []journal.Event{PersonInvited{Person: "bo", Org: "org", Grants: []Placed{{"admin", "town"}}, Invitation: "i"}},
			when:  change("aino", "aino"), fails: ErrLastAdmin,
		},
	})
}

func TestDeactivating(t *testing.T) {
	deactivate := func(by, person string) rule {
		return func(s *State, _ time.Time) (journal.Decision, error) { return s.deactivate(by, person) }
	}
	reactivate := func(by, person string) rule {
		return func(s *State, _ time.Time) (journal.Decision, error) { return s.reactivate(by, person) }
	}
	second := PersonAdded{Person: "bo", Org: "org", Language: "sv", Grants: []Placed{{"admin", "centre"}}, Credential: "c-bo"}
	runRules(t, []ruleTest{
		{name: "a doctor", when: deactivate("aino", "otto"), then: []journal.Event{PersonDeactivated{Person: "otto"}}},
		{name: "an invited person", when: deactivate("aino", "veera"), then: []journal.Event{PersonDeactivated{Person: "veera"}}},
		{name: "twice", given: []journal.Event{PersonDeactivated{Person: "otto"}}, when: deactivate("aino", "otto")},
		{name: "the last administrator", when: deactivate("aino", "aino"), fails: ErrLastAdmin},
		{name: "oneself, of two", given: []journal.Event{second}, when: deactivate("aino", "aino"), fails: ErrSelf},
		{name: "the other administrator", given: []journal.Event{second}, when: deactivate("aino", "bo"), then: []journal.Event{PersonDeactivated{Person: "bo"}}},
		{name: "each other at once: the slower one", given: []journal.Event{second, PersonDeactivated{Person: "aino"}}, when: deactivate("aino", "bo"), fails: ErrNotFound},
		{name: "of another organisation", when: deactivate("selma", "otto"), fails: ErrNotFound},
		{name: "and let in again", given: []journal.Event{PersonDeactivated{Person: "otto"}}, when: reactivate("aino", "otto"), then: []journal.Event{PersonReactivated{Person: "otto"}}},
		{name: "let in who is in", when: reactivate("aino", "otto")},
		{name: "let in from elsewhere", given: []journal.Event{PersonDeactivated{Person: "otto"}}, when: reactivate("selma", "otto"), fails: ErrNotFound},
	})
}

func TestErasing(t *testing.T) {
	erase := func(by, person string) rule {
		return func(s *State, _ time.Time) (journal.Decision, error) { return s.erase(by, person) }
	}
	second := PersonAdded{Person: "bo", Org: "org", Language: "sv", Grants: []Placed{{"admin", "centre"}}, Credential: "c-bo"}
	runRules(t, []ruleTest{
		{name: "a doctor", when: erase("aino", "otto"), then: []journal.Event{PersonErased{Person: "otto"}}},
		{name: "twice", given: []journal.Event{PersonErased{Person: "otto"}}, when: erase("aino", "otto"), fails: ErrNotFound},
		{name: "the last administrator", when: erase("aino", "aino"), fails: ErrLastAdmin},
		{name: "oneself", given: []journal.Event{second}, when: erase("aino", "aino"), fails: ErrSelf},
		{name: "of another organisation", when: erase("selma", "otto"), fails: ErrNotFound},
		{name: "by a doctor", when: erase("otto", "veera"), fails: ErrNotFound},
	})
	s := happened(t, append(region[:len(region):len(region)], PersonErased{Person: "otto"})...)
	for _, e := range []journal.Event{
		GrantsChanged{Person: "otto", Grants: []Placed{{"admin", "town"}}}, InvitationAccepted{Person: "otto", Credential: "c"},
		PersonReactivated{Person: "otto"}, Seen{Persons: []string{"otto"}}, GrantsChanged{Person: "stranger"},
	} {
		s.Apply(journal.Meta{Number: 50, At: day}, e)
	}
	p, known := s.Person("otto")
	if want := (Person{ID: "otto", Org: "org", Erased: true}); !known || !reflect.DeepEqual(p, want) {
		t.Errorf("got %+v, want %+v", p, want)
	}
}

func TestUnitsAndSharings(t *testing.T) {
	open := func(by string, w Sharing) rule {
		return func(s *State, _ time.Time) (journal.Decision, error) { return s.openSharing(by, w) }
	}
	opened := SharingOpened{Sharing: "s", Unit: "centre", Org: "other", Purpose: ForJointAppointments}
	runRules(t, []ruleTest{
		{
			name: "a unit of one's own", then: []journal.Event{UnitAdded{Unit: "u", Name: "Uusi", Kind: "ngo", Org: "org"}},
			when: func(s *State, _ time.Time) (journal.Decision, error) {
				return s.addUnit("aino", Unit{ID: "u", Name: "Uusi", Kind: "ngo", Org: "org"})
			},
		},
		{
			name: "a unit of others", fails: ErrNotFound,
			when: func(s *State, _ time.Time) (journal.Decision, error) {
				return s.addUnit("aino", Unit{ID: "u", Org: "other"})
			},
		},
		{
			name: "change a unit of others", fails: ErrNotFound,
			when: func(s *State, _ time.Time) (journal.Decision, error) {
				return s.changeUnit("selma", "centre", "x", "ngo")
			},
		},
		{
			name: "change nothing",
			when: func(s *State, _ time.Time) (journal.Decision, error) {
				return s.changeUnit("aino", "centre", "Rannan terveyskeskus", "health_centre")
			},
		},
		{
			name: "rename the organisation of others", fails: ErrNotFound,
			when: func(s *State, _ time.Time) (journal.Decision, error) {
				return s.renameOrganisation("aino", "other", "x")
			},
		},
		{name: "open", when: open("aino", Sharing{ID: "s", Unit: "centre", Org: "other", Purpose: ForJointAppointments}), then: []journal.Event{opened}},
		{name: "open by those who would see", when: open("selma", Sharing{ID: "s", Unit: "centre", Org: "other", Purpose: ForCohorts}), fails: ErrNotFound},
		{name: "open to an unknown organisation", when: open("aino", Sharing{ID: "s", Unit: "centre", Org: "nowhere", Purpose: ForCohorts}), fails: ErrNotFound},
		{name: "open to oneself", when: open("aino", Sharing{ID: "s", Unit: "centre", Org: "org", Purpose: ForCohorts}), fails: ErrOwnOrg},
		{name: "open twice", given: []journal.Event{opened}, when: open("aino", Sharing{ID: "s2", Unit: "centre", Org: "other", Purpose: ForJointAppointments}), fails: ErrSharingExists},
		{
			name: "open for the other purpose", given: []journal.Event{opened},
			when: open("aino", Sharing{ID: "s2", Unit: "centre", Org: "other", Purpose: ForCohorts}),
			then: []journal.Event{SharingOpened{Sharing: "s2", Unit: "centre", Org: "other", Purpose: ForCohorts}},
		},
		{
			name: "close", given: []journal.Event{opened}, then: []journal.Event{SharingClosed{Sharing: "s"}},
			when: func(s *State, _ time.Time) (journal.Decision, error) { return s.closeSharing("aino", "s") },
		},
		{
			name: "close by those who see", given: []journal.Event{opened}, fails: ErrNotFound,
			when: func(s *State, _ time.Time) (journal.Decision, error) { return s.closeSharing("selma", "s") },
		},
	})
}

func TestSharingOpensTheBorderForItsPurposeAlone(t *testing.T) {
	opened := SharingOpened{Sharing: "s", Unit: "centre", Org: "other", Purpose: ForJointAppointments}
	selma := func(s *State) auth.Identity { return auth.Identity{Person: "selma", Grants: s.Grants("selma")} }
	otto := func(s *State) auth.Identity { return auth.Identity{Person: "otto", Grants: s.Grants("otto")} }
	closed := happened(t, append(region[:len(region):len(region)], opened, SharingClosed{Sharing: "s"})...)
	open := happened(t, append(region[:len(region):len(region)], opened)...)
	for _, test := range []struct {
		name          string
		s             *State
		who           auth.Identity
		unit, purpose string
		want          bool
	}{
		{"own unit", open, otto(open), "town", ForCohorts, true},
		{"opened", open, selma(open), "centre", ForJointAppointments, true},
		{"opened for something else", open, selma(open), "centre", ForCohorts, false},
		{"another unit of the same organisation", open, selma(open), "town", ForJointAppointments, false},
		{"the other way", open, otto(open), "island", ForJointAppointments, false},
		{"closed again", closed, selma(closed), "centre", ForJointAppointments, false},
		{"nobody", open, auth.Identity{}, "centre", ForJointAppointments, false},
		{"unknown unit", open, otto(open), "nowhere", ForJointAppointments, false},
	} {
		if got := test.s.CanSee(test.who, test.unit, test.purpose); got != test.want {
			t.Errorf("%s: got %v", test.name, got)
		}
	}
}
