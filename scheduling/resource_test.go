package scheduling

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/people"
	"luotsi/server/vault"
)

// When a room and an interpreter can be used, on the two days Monday 23.11.2026 and Tuesday 24.11.2026.
func TestOpenHoursOfResources(t *testing.T) {
	monday := day(t, "2026-11-23")
	c := finland()
	mondays := HoursAdded{Hours: "h", Person: "r", Unit: "centre", Weekday: 1, From: 540, To: 720, Minutes: 30, ValidFrom: monday, ValidUntil: monday + 100}
	away := ExceptionAdded{Exception: "x", Person: "r", Day: monday, Kind: Away}
	awayAtTen := ExceptionAdded{Exception: "x", Person: "r", Day: monday, Kind: Away, From: 600, To: 660}
	extra := ExceptionAdded{Exception: "x", Person: "r", Day: monday + 1, Kind: Extra, From: 1080, To: 1140, Unit: "centre", Minutes: 30}
	holiday := day(t, "2026-12-06") // a Sunday
	tests := []struct {
		name   string
		kind   ResourceKind
		events []any
		from   Day
		want   string // minutes after the first midnight
	}{
		{"a room without hours", Room, nil, monday, "any time"},
		{"a room without hours on a holiday", Room, nil, holiday, "any time"},
		{"a room that is away one day", Room, []any{away}, monday, "[1440 2880]"},
		{"a room that is away for an hour", Room, []any{awayAtTen}, monday, "[0 600] [660 2880]"},
		{"a room with extra hours is open anyway", Room, []any{extra}, monday, "[0 2880]"},
		{"a room that is away on another day", Room, []any{away}, monday + 7, "any time"},
		{"a room with hours", Room, []any{mondays}, monday, "[540 720]"},
		{"a room with hours that are away", Room, []any{mondays, awayAtTen}, monday, "[540 600] [660 720]"},
		{"a room after its hours ended", Room, []any{mondays}, monday + 101, "[0 2880]"},
		{"an interpreter without hours", Interpreter, nil, monday, "[480 960] [1920 2400]"},
		{"an interpreter without hours on a holiday", Interpreter, nil, holiday - 1, ""},
		{"an interpreter who is away", Interpreter, []any{away}, monday, "[1920 2400]"},
		{"an interpreter with hours", Interpreter, []any{mondays}, monday, "[540 720]"},
	}
	for _, test := range tests {
		s := NewState()
		apply(s, ResourceAdded{Resource: "r", Unit: "centre", Kind: test.kind, Name: "Huone", Languages: []string{"ar"}})
		for _, e := range test.events {
			apply(s, e)
		}
		r, _ := s.Resource("r")
		open := s.plans["r"].open(c, test.from, test.from+1, r.hours())
		got := make([]string, len(open))
		for i, o := range open {
			got[i] = fmt.Sprintf("[%d %d]", (o.Start-c.midnight(test.from))/minute, (o.End-c.midnight(test.from))/minute)
		}
		text := strings.Join(got, " ")
		if open == nil {
			text = "any time"
		}
		if text != test.want {
			t.Errorf("%s: open at %q, want %q", test.name, text, test.want)
		}
	}
}

func TestRulesOfResources(t *testing.T) {
	s := NewState()
	apply(s, ResourceAdded{Resource: "r1", Unit: "centre", Kind: Room, Name: "Huone 1"})
	apply(s, ResourceAdded{Resource: "r2", Unit: "centre", Kind: Room, Name: "Huone 2"})
	apply(s, ResourceRetired{Resource: "r2"})
	apply(s, ResourceAdded{Resource: "i1", Unit: "centre", Kind: Interpreter, Text: "t1", Languages: []string{"ar"}})
	add := func(unit, name string) error {
		_, err := s.AddResource("new", Resource{Unit: unit, Kind: Room, Name: name})
		return err
	}
	change := func(id, name string) error {
		_, err := s.ChangeResource(id, name, "", nil)
		return err
	}
	for name, test := range map[string]struct{ got, want error }{
		"a name of the unit":          {add("centre", "HUONE 1"), ErrResourceExists},
		"a name of another unit":      {add("north", "Huone 1"), nil},
		"a name of a retired room":    {add("centre", "Huone 2"), nil},
		"another name":                {add("centre", "Huone 3"), nil},
		"changed to the same":         {change("r1", "huone 1"), nil},
		"changed to a retired room's": {change("r1", "Huone 2"), nil},
		"changing what is retired":    {change("r2", "Huone 9"), ErrRetired},
		"changing what is not there":  {change("r9", "Huone 9"), ErrNoResource},
		"changed to what another is called": {func() error {
			apply(s, ResourceAdded{Resource: "r3", Unit: "centre", Kind: Room, Name: "Sali"})
			return change("r3", "huone 1")
		}(), ErrResourceExists},
	} {
		if !errors.Is(test.got, test.want) {
			t.Errorf("%s: %v, want %v", name, test.got, test.want)
		}
	}
	d, err := s.AddResource("new", Resource{Unit: "centre", Kind: Interpreter, Text: "t", Languages: []string{"so", "ar", "so"}})
	if e, ok := d.Events[0].(ResourceAdded); err != nil || !ok || !slices.Equal(e.Languages, []string{"ar", "so"}) {
		t.Errorf("languages: %v %v", d, err)
	}
	if d, err := s.RetireResource("r2"); err != nil || len(d.Events) != 0 {
		t.Errorf("retired twice: %v %v", d, err)
	}
	if _, err := s.RetireResource("r9"); !errors.Is(err, ErrNoResource) {
		t.Errorf("retired what is not there: %v", err)
	}
	if wrong := s.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
}

// The scheduler and the administrator keep them, those who book see them; an interpreter's name is never in the journal.
func TestRoomsAndInterpretersOverHTTP(t *testing.T) {
	r := newRegion(t)
	r.name(t, "chief", "Jari Johtaja", "fi")
	r.name(t, "boss2", "Tuula Johtaja", "fi")
	r.happen(t,
		people.PersonAdded{Person: "chief", Org: "county", Language: "fi", Credential: "c1", Grants: []people.Placed{{Role: "admin", Unit: "north"}}},
		people.PersonAdded{Person: "boss2", Org: "town", Language: "fi", Credential: "c2", Grants: []people.Placed{{Role: "admin", Unit: "town"}}})
	room := r.want(t, 201, "keeper", "POST", "/api/resources", `{"unit":"centre","kind":"room","name":"Neuvotteluhuone 2"}`)
	who := r.want(t, 201, "chief", "POST", "/api/resources", `{"unit":"centre","kind":"interpreter","name":"Amina Tulkki","email":"amina@tulkit.example","languages":["so","ar"]}`)
	roomID, _ := room["id"].(string)
	whoID, _ := who["id"].(string)
	if who["name"] != "Amina Tulkki" || who["email"] != "amina@tulkit.example" || at(who, "languages", 0) != "ar" || who["mine"] != true || who["retired"] != false {
		t.Errorf("the interpreter: %v", who)
	}

	for asker, want := range map[string]int{"keeper": 2, "keeper2": 2, "gp": 2, "co": 2, "nurse": 2, "chief": 2} {
		v := r.want(t, 200, asker, "GET", "/api/resources", "")
		if length(v["resources"]) != want || at(v, "resources", 0, "name") != "Neuvotteluhuone 2" || at(v, "resources", 1, "name") != "Amina Tulkki" {
			t.Errorf("resources that %s sees: %v", asker, v)
		}
		if mine := asker == "keeper" || asker == "chief"; at(v, "resources", 1, "mine") != mine || at(v, "resources", 1, "email") != nil {
			t.Errorf("what %s may: %v", asker, v)
		}
	}
	if v := r.want(t, 200, "co", "GET", "/api/resources?unit=town", ""); length(v["resources"]) != 0 {
		t.Errorf("of another unit: %v", v)
	}
	r.want(t, 403, "student", "GET", "/api/resources", "")

	// Who does not keep them can not tell whether they are there.
	for _, stranger := range []string{"keeper2", "boss2"} {
		r.want(t, 404, stranger, "GET", "/api/resources/"+roomID, "")
		r.want(t, 404, stranger, "PUT", "/api/resources/"+roomID, `{"name":"Oma"}`)
		r.want(t, 404, stranger, "DELETE", "/api/resources/"+roomID, "")
		r.want(t, 404, stranger, "POST", "/api/resources", `{"unit":"centre","kind":"room","name":"Oma"}`)
		r.want(t, 404, stranger, "POST", "/api/people/"+roomID+"/hours/rules", mondayRule)
	}
	r.want(t, 403, "co", "PUT", "/api/resources/"+roomID, `{"name":"Oma"}`)

	r.want(t, 409, "keeper", "POST", "/api/resources", `{"unit":"centre","kind":"room","name":"neuvotteluhuone 2"}`)
	for body, field := range map[string]string{
		`{"unit":"centre","kind":"room","name":"A","email":"a@b.example"}`:                                     "email",
		`{"unit":"centre","kind":"room","name":"A","languages":["fi"]}`:                                        "languages",
		`{"unit":"centre","kind":"interpreter","name":"A"}`:                                                    "languages",
		`{"unit":"centre","kind":"interpreter","name":"A","email":"nowhere","languages":["fi"]}`:               "email",
		`{"unit":"centre","kind":"interpreter","name":"A","languages":["Suomi"]}`:                              "languages[0]",
		`{"unit":"centre","kind":"interpreter","name":"A 131052-308T","languages":["fi"]}`:                     "name",
		`{"unit":"centre","kind":"interpreter","name":"A","languages":["fi"],"email":"131052-308T@b.example"}`: "email",
		`{"unit":"centre","kind":"car","name":"A"}`:                                                            "kind",
		`{"unit":"centre","kind":"room","name":" "}`:                                                           "name",
	} {
		if v := r.want(t, 400, "keeper", "POST", "/api/resources", body); at(v, "fields", 0, "name") != field {
			t.Errorf("%s: %v, want the field %s", body, v, field)
		}
	}

	// A change is another text; the old one is gone, and nobody is told the old name.
	var first, second string
	r.journal.View(func() { of, _ := r.state.Resource(whoID); first = of.Text })
	r.want(t, 200, "keeper", "PUT", "/api/resources/"+whoID, `{"name":"Amina Aalto","languages":["so"]}`)
	r.journal.View(func() { of, _ := r.state.Resource(whoID); second = of.Text })
	if _, err := r.vault.Get(context.Background(), first); !errors.Is(err, vault.ErrGone) {
		t.Errorf("the name of before: %v", err)
	}
	if v := r.want(t, 200, "keeper", "GET", "/api/resources/"+whoID, ""); v["name"] != "Amina Aalto" || v["email"] != nil || length(v["languages"]) != 1 {
		t.Errorf("changed: %v", v)
	}

	// Their hours are kept like those of people.
	hours := "/api/people/" + whoID + "/hours"
	v := r.want(t, 201, "keeper", "POST", hours+"/rules", mondayRule)
	if v["name"] != "Amina Aalto" || length(v["rules"]) != 1 {
		t.Errorf("hours: %v", v)
	}
	rule, _ := at(v, "rules", 0, "id").(string)
	r.want(t, 201, "chief", "POST", hours+"/exceptions", `{"date":"2026-11-30","kind":"away"}`)
	r.want(t, 400, "keeper", "POST", hours+"/rules", strings.Replace(mondayRule, `"centre"`, `"north"`, 1))
	r.want(t, 404, "gp", "GET", hours, "")
	r.want(t, 404, "chief", "GET", "/api/people/gp/hours", "")
	if v := r.want(t, 200, "keeper", "GET", "/api/resources?unit=centre", ""); at(v, "resources", 1, "rules") != 1.0 {
		t.Errorf("rules: %v", v)
	}
	r.want(t, 200, "chief", "DELETE", hours+"/rules/"+rule, "")

	// Out of use: not offered any more, not changed, and an interpreter who is needed nowhere is forgotten.
	if v := r.want(t, 200, "keeper", "DELETE", "/api/resources/"+whoID, ""); v["retired"] != true || length(v["coming"]) != 0 || v["name"] != "" {
		t.Errorf("retired: %v", v)
	}
	if _, err := r.vault.Get(context.Background(), second); !errors.Is(err, vault.ErrGone) {
		t.Errorf("the name of an interpreter out of use: %v", err)
	}
	if v := r.want(t, 409, "keeper", "PUT", "/api/resources/"+whoID, `{"name":"Amina","languages":["so"]}`); v["code"] != "retired" {
		t.Errorf("changed after: %v", v)
	}
	if v := r.want(t, 409, "keeper", "POST", hours+"/rules", mondayRule); v["code"] != "retired" {
		t.Errorf("hours after: %v", v)
	}
	if v := r.want(t, 200, "co", "GET", "/api/resources", ""); length(v["resources"]) != 1 {
		t.Errorf("still offered: %v", v)
	}
	r.journal.View(func() {
		if wrong := r.state.Check(); len(wrong) > 0 {
			t.Error(wrong)
		}
	})
}

// A retired interpreter is named until the last appointment is over, and by nobody after that.
func TestInterpreterIsNamedUntilTheLastAppointment(t *testing.T) {
	r := newRegion(t)
	ctx := context.Background()
	id, err := r.service.AddResource(ctx, r.caller("keeper", ""), "centre", Interpreter, ResourceWish{Name: "Amina Tulkki", Languages: []string{"so"}})
	if err != nil {
		t.Fatal(err)
	}
	start := utc("2026-11-23T07:00:00Z")
	r.happen(t, AppointmentBooked{
		Appointment: "a", Reference: "R", Doctor: "gp", Unit: "centre", Start: start, Minutes: 30, Mode: OnSite,
		Participants: []Participant{{Person: "gp", Role: auth.Doctor}, {Person: id}},
	})
	v := r.want(t, 200, "keeper", "DELETE", "/api/resources/"+id, "")
	if v["name"] != "Amina Tulkki" || length(v["coming"]) != 1 || at(v, "coming", 0, "reference") != "R" {
		t.Errorf("retired with an appointment to come: %v", v)
	}
	named := func() int {
		n := 0
		r.journal.View(func() {
			for range r.state.Texts(r.service.now()) {
				n++
			}
		})
		return n
	}
	end := start + 30*minute
	for _, test := range []struct {
		at    int64
		name  string
		texts int
	}{{end - 1, "Amina Tulkki", 1}, {end, "", 0}} {
		r.clock.Store(test.at)
		if got := r.service.nameOf(id); got != test.name || named() != test.texts {
			t.Errorf("%d ms from the end: named %q, %d texts kept", test.at-end, got, named())
		}
	}
	r.clock.Store(time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC).UnixMilli())
	r.happen(t, AppointmentCancelled{Appointment: "a", Reason: Client})
	if got := r.service.nameOf(id); got != "" {
		t.Errorf("named %q after the appointment was cancelled", got)
	}
}

// apply lets something happen without a journal.
func apply(s *State, event any) {
	s.Apply(journal.Meta{At: noon, By: "somebody"}, event.(journal.Event)) //nolint:forcetypeassert // of a test's own list
}
