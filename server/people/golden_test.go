package people

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"go.mongodb.org/mongo-driver/bson"

	"luotsi/server/journal"
)

// Stored events are a promise: what is stored today under these names has to be read for ever.
var stored = []struct {
	name, json string
	event      journal.Event
}{
	{"people.organisation_founded", `{"org":"o","name":"Rantakunta"}`, OrganisationFounded{Org: "o", Name: "Rantakunta"}},
	{"people.organisation_founded", `{"org":"o2","name":"Saaristo"}`, OrganisationFounded{Org: "o2", Name: "Saaristo"}},
	{"people.organisation_renamed", `{"org":"o","name":"Ranta"}`, OrganisationRenamed{Org: "o", Name: "Ranta"}},
	{"people.unit_added", `{"unit":"u","name":"Asema","kind":"health_centre","org":"o"}`, UnitAdded{Unit: "u", Name: "Asema", Kind: "health_centre", Org: "o"}},
	{"people.unit_changed", `{"unit":"u","name":"Keskus","kind":"ngo"}`, UnitChanged{Unit: "u", Name: "Keskus", Kind: "ngo"}},
	{"people.sharing_opened", `{"sharing":"s","unit":"u","org":"o2","purpose":"cohorts"}`, SharingOpened{Sharing: "s", Unit: "u", Org: "o2", Purpose: "cohorts"}},
	{"people.sharing_opened", `{"sharing":"s2","unit":"u","org":"o2","purpose":"joint_appointments"}`, SharingOpened{Sharing: "s2", Unit: "u", Org: "o2", Purpose: "joint_appointments"}},
	{"people.sharing_closed", `{"sharing":"s"}`, SharingClosed{Sharing: "s"}},
	{
		"people.person_invited", `{"person":"p","org":"o","language":"sv","grants":[{"role":"doctor","unit":"u"}],"invitation":"i","expires":1773043200000}`,
		PersonInvited{Person: "p", Org: "o", Language: "sv", Grants: []Placed{{"doctor", "u"}}, Invitation: "i", Expires: 1773043200000},
	},
	{"people.invitation_renewed", `{"person":"p","invitation":"i2","expires":1773043200001}`, InvitationRenewed{Person: "p", Invitation: "i2", Expires: 1773043200001}},
	{"people.invitation_accepted", `{"person":"p","credential":"c","language":"fi"}`, InvitationAccepted{Person: "p", Credential: "c", Language: "fi"}},
	{
		"people.person_added", `{"person":"q","org":"o","language":"fi","grants":[{"role":"admin","unit":"u"}],"credential":"c2"}`,
		PersonAdded{Person: "q", Org: "o", Language: "fi", Grants: []Placed{{"admin", "u"}}, Credential: "c2"},
	},
	{
		"people.person_added", `{"person":"r","org":"o","language":"fi","grants":[],"credential":"c3"}`,
		PersonAdded{Person: "r", Org: "o", Language: "fi", Grants: []Placed{}, Credential: "c3"},
	},
	{"people.grants_changed", `{"person":"p","grants":[{"role":"coordinator","unit":"u"}]}`, GrantsChanged{Person: "p", Grants: []Placed{{"coordinator", "u"}}}},
	{"people.language_chosen", `{"person":"p","language":"en"}`, LanguageChosen{Person: "p", Language: "en"}},
	{"people.name_changed", `{"person":"p"}`, NameChanged{Person: "p"}},
	{"people.reset_asked", `{"person":"p","reset":"x","expires":1772442000000}`, ResetAsked{Person: "p", Reset: "x", Expires: 1772442000000}},
	{"people.password_set", `{"person":"p","credential":"c4","reset":true}`, PasswordSet{Person: "p", Credential: "c4", Reset: true}},
	{"people.sessions_ended", `{"person":"p","except":"e","asked":true}`, SessionsEnded{Person: "p", Except: "e", Asked: true}},
	{"people.session_ended", `{"person":"p","session":"e"}`, SessionEnded{Person: "p", Session: "e"}},
	{"people.seen", `{"persons":["p","q"]}`, Seen{Persons: []string{"p", "q"}}},
	{"people.feedback_given", `{"feedback":"f","person":"p","org":"o","due":"2026-03-16"}`, FeedbackGiven{Feedback: "f", Person: "p", Org: "o", Due: "2026-03-16"}},
	{"people.feedback_answered", `{"feedback":"f","answer":"a"}`, FeedbackAnswered{Feedback: "f", Answer: "a"}},
	{"people.person_deactivated", `{"person":"q"}`, PersonDeactivated{Person: "q"}},
	{"people.person_reactivated", `{"person":"q"}`, PersonReactivated{Person: "q"}},
	{"people.person_erased", `{"person":"r"}`, PersonErased{Person: "r"}},
}

func TestStoredEvents(t *testing.T) {
	var names []string
	for _, typ := range Events() {
		names = append(names, typ.Name())
	}
	for _, s := range stored {
		names = slices.DeleteFunc(names, func(name string) bool { return name == s.name })
		raw, err := bson.Marshal(s.event)
		if err != nil {
			t.Fatal(err)
		}
		var old bson.D
		if err := bson.UnmarshalExtJSON([]byte(s.json), false, &old); err != nil {
			t.Fatal(err)
		}
		fresh, err := bson.MarshalExtJSON(bson.Raw(raw), false, false)
		if err != nil {
			t.Fatal(err)
		}
		if want, err := bson.MarshalExtJSON(old, false, false); err != nil || string(fresh) != string(want) {
			t.Errorf("%s is stored as %s, was %s (%v)", s.name, fresh, want, err)
		}
	}
	if len(names) > 0 {
		t.Errorf("without a stored sample: %v", names)
	}
}

// TestStateIsTheSame fails when Apply makes something else of the same events. Then State.Version has to rise, so that
// older snapshots are not used, and both lines here change together.
func TestStateIsTheSame(t *testing.T) {
	const version, hash = 1, "b35cddae005273ae12ca749ffb49f9f55f13dc9fdad89c4070802a4f415ff217"
	s := NewState()
	for n, sample := range stored {
		s.Apply(journal.Meta{Number: uint64(n + 1), At: day}, sample.event)
	}
	if wrong := s.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
	mode, err := cbor.CanonicalEncOptions().EncMode()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := mode.Marshal(s.kept)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(raw)
	if got := hex.EncodeToString(sum[:]); got != hash || s.Version() != version {
		t.Errorf("version %d has the hash %s, version %d had %s", s.Version(), got, version, hash)
	}
}
