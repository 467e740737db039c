package people

import (
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/bson"

	"luotsi/server/journal"
)

func TestReindexMakesTheSame(t *testing.T) {
	s := happened(t, append(region[:len(region):len(region)],
		GrantsChanged{Person: "otto", Grants: []Placed{{"coordinator", "town"}, {"doctor", "centre"}, {"scheduler", "centre"}}},
		SharingOpened{Sharing: "s", Unit: "centre", Org: "other", Purpose: ForCohorts},
		SharingOpened{Sharing: "s2", Unit: "town", Org: "other", Purpose: ForCohorts}, SharingClosed{Sharing: "s2"},
		SessionEnded{Person: "otto", Session: "x"}, ResetAsked{Person: "otto", Reset: "r"}, ResetAsked{Person: "otto", Reset: "r2"},
		PersonAdded{Person: "bo", Org: "org", Grants: []Placed{{"admin", "centre"}}, Credential: "c"}, PersonErased{Person: "bo"},
		PersonDeactivated{Person: "selma"},
	)...)
	before := *s
	s.Reindex()
	if !reflect.DeepEqual(s.grants, before.grants) || !reflect.DeepEqual(s.invitations, before.invitations) ||
		!reflect.DeepEqual(s.resets, before.resets) || !reflect.DeepEqual(s.ended, before.ended) || !reflect.DeepEqual(s.shared, before.shared) {
		t.Errorf("got  %+v\nwant %+v", s, before)
	}
	for unit, members := range before.members {
		if !maps.Equal(members, s.members[unit]) {
			t.Errorf("members of %s: got %v, want %v", unit, s.members[unit], members)
		}
	}
	if s.admins["org"] != before.admins["org"] || s.admins["other"] != 0 {
		t.Errorf("administrators: got %v, want %v", s.admins, before.admins)
	}
}

func TestCheckFindsWhatDoesNotAgree(t *testing.T) {
	for name, spoil := range map[string]func(*State){
		"a role that the index lacks":       func(s *State) { s.grants["otto"] = nil },
		"a member who is none":              func(s *State) { s.members["town"]["otto"] = true },
		"a count of administrators":         func(s *State) { s.admins["org"] = 2 },
		"an erased person with an account":  func(s *State) { p := s.kept.People["otto"]; p.Erased = true; s.kept.People["otto"] = p },
		"a person without a password":       func(s *State) { p := s.kept.People["otto"]; p.Credential = ""; s.kept.People["otto"] = p },
		"a person of no organisation":       func(s *State) { delete(s.kept.Organisations, "org") },
		"a lost invitation":                 func(s *State) { delete(s.invitations, "inv-1") },
		"a sharing that the index lacks":    func(s *State) { s.kept.Sharings["x"] = Sharing{ID: "x"} },
		"an ended session the index lacks":  func(s *State) { s.kept.EndedSessions = append(s.kept.EndedSessions, endedSession{}) },
		"a role in a unit of somebody else": func(s *State) { u := s.kept.Units["centre"]; u.Org = "other"; s.kept.Units["centre"] = u },
	} {
		s := happened(t, region...)
		if spoil(s); len(s.Check()) == 0 {
			t.Errorf("%s was not found", name)
		}
	}
}

// Every event survives being stored, and its stored name is one of this feature's.
func TestEventsKeepTheirFields(t *testing.T) {
	names := map[string]bool{}
	for _, typ := range Events() {
		if names[typ.Name()] || typ.Name()[:len("people.")] != "people." {
			t.Errorf("the name %q", typ.Name())
		}
		names[typ.Name()] = true
		zero := reflect.New(reflect.TypeOf(typ.Zero()))
		fill(zero.Elem())
		raw, err := bson.Marshal(zero.Interface())
		if err != nil {
			t.Fatal(err)
		}
		back := reflect.New(zero.Elem().Type())
		if err := bson.Unmarshal(raw, back.Interface()); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(back.Interface(), zero.Interface()) {
			t.Errorf("%s: got %+v, want %+v", typ.Name(), back.Elem(), zero.Elem())
		}
		NewState().Apply(journal.Meta{Number: 1, At: day}, zero.Elem().Interface())
		NewState().Apply(journal.Meta{Number: 1, At: day}, typ.Zero())
	}
}

func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Int64:
		v.SetInt(7)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0))
		fill(v.Index(1))
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	default:
		panic(v.Kind())
	}
}

func TestQuestions(t *testing.T) {
	s := happened(t, append(region[:len(region):len(region)], Seen{Persons: []string{"otto", "stranger"}})...)
	if members := slices.Sorted(s.Members("centre")); !slices.Equal(members, []string{"otto", "veera"}) {
		t.Errorf("members: %v", members)
	}
	otto, known := s.Person("otto")
	if !known || !otto.Active || otto.LastSeen != day.Add(-time.Second) || len(otto.Grants) != 1 || otto.Grants[0].Org != "org" {
		t.Errorf("otto: %+v", otto)
	}
	if veera, _ := s.Person("veera"); veera.Active || !veera.LastSeen.IsZero() {
		t.Errorf("veera: %+v", veera)
	}
	n := 0
	for range s.People() {
		n++
	}
	if _, known := s.Person("stranger"); known || n != 4 {
		t.Errorf("%d people, stranger known: %v", n, known)
	}
}

// Apply has to keep up with half a million events a second.
func BenchmarkApply(b *testing.B) {
	s := happened(b, region...)
	events := []journal.Event{
		SessionEnded{Person: "otto", Session: "s"}, LanguageChosen{Person: "otto", Language: "fi"}, Seen{Persons: []string{"otto", "aino", "selma"}},
		GrantsChanged{Person: "otto", Grants: []Placed{{"doctor", "centre"}, {"coordinator", "town"}}}, ResetAsked{Person: "otto", Reset: "r"},
	}
	at := day
	for i := range b.N {
		at = at.Add(time.Minute)
		s.Apply(journal.Meta{Number: uint64(i), At: at}, events[i%len(events)])
	}
}
