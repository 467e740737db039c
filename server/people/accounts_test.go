package people

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"luotsi/server/mongodb"
)

type invitationBody struct {
	Email    string        `json:"email"`
	Name     string        `json:"name"`
	Language string        `json:"language"`
	Grants   []wishedGrant `json:"grants"`
}

func (f *fixture) inviting(email, name string, grants ...wishedGrant) invitationBody {
	if len(grants) == 0 {
		grants = []wishedGrant{{Unit: f.unit, Role: "trainee"}}
	}
	return invitationBody{Email: email, Name: name, Language: "sv", Grants: grants}
}

func TestInvitationFromMailToSignedIn(t *testing.T) {
	f := newFixture(t)
	admin := f.signedInAs("aino@ranta.example", goodPassword)
	a := admin.want(201, "", "POST", "/api/invitations", f.inviting("Veera@ranta.example", " Veera Lahti "))
	if a.body["state"] != "invited" || a.body["active"] != false || a.body["name"] != "Veera Lahti" || a.body["email"] != "Veera@ranta.example" {
		t.Errorf("got %s", a.raw)
	}
	person := a.body["id"].(string)
	expires, err := time.Parse(time.RFC3339, a.body["invitationExpires"].(string))
	if left := expires.Sub(f.now()); err != nil || left > InvitationLife || left < InvitationLife-time.Minute {
		t.Errorf("expires %v (%v)", expires, err)
	}
	admin.want(409, "address_taken", "POST", "/api/invitations", f.inviting("veera@RANTA.example", "Toinen"))

	letters := f.letters()
	m := letters[len(letters)-1]
	if m.Person != person || m.To != "Veera@ranta.example" || m.Language != "sv" || m.Subject != "Välkommen till Luotsi" ||
		!strings.Contains(m.Text, "Rantakunta har bjudit in dig") || !strings.HasPrefix(m.Text, "Hej Veera Lahti!") {
		t.Errorf("the mail is %+v", m)
	}
	path := "/api/invitations/" + f.link("veera@ranta.example", "invitation")
	got := f.device().want(200, "", "GET", path, nil)
	if got.body["name"] != "Veera Lahti" || got.body["language"] != "sv" || fmt.Sprint(got.body["unitNames"]) != "[Rannan terveyskeskus]" {
		t.Errorf("got %s", got.raw)
	}
	accept := func(name, password string) map[string]string {
		return map[string]string{"name": name, "password": password, "language": "en"}
	}
	veera := f.device()
	veera.want(400, "password_short", "POST", path, accept("Veera", "kanaa"))
	veera.want(400, "password_common", "POST", path, accept("Veera", "veera.lahti.2026"))
	veera.want(400, "invalid_request", "POST", path, accept("Veera\nLahti", goodPassword))
	veera.want(400, "invalid_request", "POST", path, accept("   ", goodPassword))
	veera.want(400, "invalid_request", "POST", path, accept("131052-308T", goodPassword))
	veera.want(404, "link_invalid", "POST", path+"x", accept("Veera", goodPassword))
	me := veera.want(200, "", "POST", path, accept("Veera Lahti-Salo", goodPassword))
	if me.body["id"] != person || me.body["name"] != "Veera Lahti-Salo" || me.body["language"] != "en" || len(me.set) != 2 {
		t.Errorf("got %s", me.raw)
	}
	veera.want(200, "", "GET", "/api/me", nil)
	veera.want(403, "forbidden", "GET", "/api/people", nil)
	f.device().want(410, "link_used", "POST", path, accept("Veera", otherPassword))
	f.device().want(410, "link_used", "GET", path, nil)
	admin.want(409, "already_active", "POST", "/api/people/"+person+"/invitation", nil)
	f.signedInAs("veera@ranta.example", goodPassword)
	f.device().want(401, "sign_in_failed", "POST", "/api/session", signIn("veera@ranta.example", otherPassword))
	f.consistent()
}

func TestOfTwoWhoAcceptAtOnceTheNameIsOfWhoCameIn(t *testing.T) {
	f := newFixture(t)
	admin := f.signedInAs("aino@ranta.example", goodPassword)
	for round := range 4 {
		email := fmt.Sprintf("veera%d@ranta.example", round)
		person := admin.want(201, "", "POST", "/api/invitations", f.inviting(email, "Veera")).body["id"].(string)
		link := strings.TrimPrefix(f.link(email, "invitation"), "/")
		names := []string{"Veera Lahti", "Veera Salo", "Veera Niemi", "Veera Ranta"}
		came := make([]bool, len(names))
		var all sync.WaitGroup
		for i, name := range names {
			all.Go(func() {
				_, err := f.Accept(context.Background(), link, name, goodPassword, "fi")
				came[i] = err == nil
			})
		}
		all.Wait()
		winner := slices.Index(came, true)
		if winner < 0 || slices.Contains(came[winner+1:], true) {
			t.Fatalf("came in: %v, want exactly one", came)
		}
		if a, err := f.Me(person); err != nil || a.Name.Name != names[winner] {
			t.Errorf("%s came in and is called %q (%v)", names[winner], a.Name.Name, err)
		}
	}
	f.consistent()
}

func TestInvitationStopsAfterSevenDaysAndWhenRenewed(t *testing.T) {
	f := newFixture(t)
	admin := f.signedInAs("aino@ranta.example", goodPassword)
	person := admin.want(201, "", "POST", "/api/invitations", f.inviting("veera@ranta.example", "Veera")).body["id"].(string)
	first := "/api/invitations/" + f.link("veera@ranta.example", "invitation")
	admin.want(200, "", "POST", "/api/people/"+person+"/invitation", nil)
	second := "/api/invitations/" + f.link("veera@ranta.example", "invitation")
	f.device().want(410, "link_expired", "GET", first, nil)
	f.device().want(200, "", "GET", second, nil)
	f.pass(InvitationLife)
	f.device().want(410, "link_expired", "GET", second, nil)
	f.device().want(410, "link_expired", "POST", second, map[string]string{"name": "Veera", "password": goodPassword, "language": "fi"})
	for _, m := range f.letters() {
		if m.Person == person && m.To != "" {
			t.Errorf("a mail with a link that does not serve would go out: %+v", m)
		}
	}
}

func TestInvitingIsDoneOnce(t *testing.T) {
	f := newFixture(t)
	admin := f.signedInAs("aino@ranta.example", goodPassword)
	admin.key = "k1"
	first := admin.want(201, "", "POST", "/api/invitations", f.inviting("veera@ranta.example", "Veera"))
	before := f.Journal.Applied()
	if again := admin.want(201, "", "POST", "/api/invitations", f.inviting("veera@ranta.example", "Veera")); again.raw != first.raw {
		t.Errorf("got %s, first %s", again.raw, first.raw)
	}
	if f.Journal.Applied() != before {
		t.Error("the same request made a second commit")
	}
	// The tests' router takes the key as it comes; another body under it is refused.
	admin.want(422, "key_reused", "POST", "/api/invitations", f.inviting("toinen@ranta.example", "Toinen"))

	var ok, taken atomic.Int64
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			d := f.device()
			d.cookies = admin.cookies
			switch a := d.do("POST", "/api/invitations", f.inviting("sama@ranta.example", "Sama")); a.status {
			case http.StatusCreated:
				ok.Add(1)
			case http.StatusConflict:
				taken.Add(1)
			}
		})
	}
	all.Wait()
	if ok.Load() != 1 || taken.Load() != 7 {
		t.Errorf("%d were invited, %d refused", ok.Load(), taken.Load())
	}
	f.consistent()
}

// A refused invitation leaves nothing; a claim that a crash left is given on, never lost.
func TestClaimsOfAddresses(t *testing.T) {
	f := newFixture(t)
	admin := f.signedInAs("aino@ranta.example", goodPassword)
	admin.want(404, "not_found", "POST", "/api/invitations", f.inviting("veera@ranta.example", "Veera", wishedGrant{Unit: f.island, Role: "trainee"}))
	ctx := context.Background()
	if _, err := f.addresses.Get(ctx, f.fingerprint("veera@ranta.example")); !errors.Is(err, mongodb.ErrNotFound) {
		t.Errorf("the address of a refused invitation: %v", err)
	}
	if err := f.addresses.Insert(ctx, f.fingerprint("veera@ranta.example"), addressDoc{Person: "lost-1", At: f.now().UnixMilli()}); err != nil {
		t.Fatal(err)
	}
	admin.want(409, "address_taken", "POST", "/api/invitations", f.inviting("veera@ranta.example", "Veera")) // somebody is at it just now
	f.pass(2 * time.Minute)
	a := admin.want(201, "", "POST", "/api/invitations", f.inviting("veera@ranta.example", "Veera"))
	if a.body["id"] != "lost-1" || a.body["name"] != "Veera" {
		t.Errorf("got %s", a.raw)
	}
	f.consistent()
}

func TestInvitationsThatAreRefused(t *testing.T) {
	f := newFixture(t)
	admin := f.signedInAs("aino@ranta.example", goodPassword)
	before := f.Journal.Applied()
	for name, test := range map[string]struct {
		body  any
		field string
	}{
		"no address":             {f.inviting("", "Veera"), "email"},
		"no mail address":        {f.inviting("veera", "Veera"), "email"},
		"no name":                {f.inviting("v@ranta.example", ""), "name"},
		"a long name":            {f.inviting("v@ranta.example", strings.Repeat("v", 101)), "name"},
		"an identity code":       {f.inviting("v@ranta.example", "Veera 131052-308T"), "name"},
		"an unknown role":        {f.inviting("v@ranta.example", "Veera", wishedGrant{Unit: f.unit, Role: "god"}), "grants[0].role"},
		"no unit":                {f.inviting("v@ranta.example", "Veera", wishedGrant{Role: "trainee"}), "grants[0].unit"},
		"an unknown language":    {invitationBody{Email: "v@ranta.example", Name: "V", Language: "de", Grants: []wishedGrant{{Unit: f.unit, Role: "trainee"}}}, "language"},
		"no roles":               {invitationBody{Email: "v@ranta.example", Name: "V", Language: "fi", Grants: []wishedGrant{}}, "grants"},
		"an unknown field":       {`{"email":"v@ranta.example","person":"x"}`, "person"},
		"grants of a wrong type": {`{"email":"v@ranta.example","grants":7}`, "grants"},
	} {
		a := admin.do("POST", "/api/invitations", test.body)
		if a.status != 400 || a.code() != "invalid_request" || !strings.Contains(a.raw, `"name":"`+test.field+`"`) {
			t.Errorf("%s: got %d %s", name, a.status, a.raw)
		}
	}
	if f.Journal.Applied() != before {
		t.Error("a refused request changed something")
	}
}

func TestPeopleListStopsAtTheBorder(t *testing.T) {
	f := newFixture(t)
	admin := f.signedInAs("aino@ranta.example", goodPassword)
	var all []NewPerson
	for _, name := range []string{"Örn Öberg", "Zorro Zeta", "Åsa Åberg", "Ärla Ähtäri", "Wilma Westman", "Veikko Vesa"} {
		all = append(all, NewPerson{Name: Name{name, strings.ToLower(name[:1]) + fmt.Sprint(len(all)) + "@list.example", "fi"}, Hash: "-", Grants: []Placed{{"trainee", f.unit}}})
	}
	if _, err := f.AddActive(context.Background(), all...); err != nil {
		t.Fatal(err)
	}
	names := func(query string) []string {
		t.Helper()
		var names []string
		for _, p := range admin.want(200, "", "GET", "/api/people?"+query, nil).body["people"].([]any) {
			names = append(names, p.(map[string]any)["name"].(string))
		}
		return names
	}
	for query, want := range map[string][]string{
		"":                 {"Aino Mäkelä", "Otto Äyräs", "Veikko Vesa", "Wilma Westman", "Zorro Zeta", "Åsa Åberg", "Ärla Ähtäri", "Örn Öberg"},
		"role=doctor":      {"Otto Äyräs"},
		"q=ä":              {"Aino Mäkelä", "Otto Äyräs", "Ärla Ähtäri"},
		"q=RANTA.example":  {"Aino Mäkelä", "Otto Äyräs"},
		"unit=" + f.island: nil,
		"q=öhman":          nil,
		"page=2":           nil,
	} {
		if got := names(strings.ReplaceAll(strings.ReplaceAll(query, "ä", "%C3%A4"), "ö", "%C3%B6")); !slices.Equal(got, want) {
			t.Errorf("%q: got %v, want %v", query, got, want)
		}
	}
	if a := admin.want(200, "", "GET", "/api/people?page=2", nil); a.body["total"] != 8.0 || a.body["pages"] != 1.0 || a.body["page"] != 2.0 {
		t.Errorf("got %s", a.raw)
	}
	admin.want(400, "invalid_request", "GET", "/api/people?sort=name", nil)
	admin.want(400, "invalid_request", "GET", "/api/people?page=x", nil)
	admin.want(400, "invalid_request", "GET", "/api/people?page=-1", nil)

	stranger := f.signedInAs("selma@saari.example", goodPassword)
	otto := "/api/people/" + f.doctor
	for _, test := range []struct {
		method, path string
		body         any
	}{
		{"GET", otto, nil}, {"GET", otto + "/access", nil}, {"POST", otto + "/invitation", nil}, {"POST", otto + "/deactivation", nil},
		{"DELETE", otto + "/deactivation", nil}, {"PUT", otto + "/grants", map[string]any{"grants": []any{}}},
		{"POST", otto + "/erasure", map[string]string{"confirm": "Otto Äyräs"}},
		{"PUT", "/api/units/" + f.unit, map[string]string{"name": "x", "kind": "ngo"}},
		{"PUT", "/api/organisations/" + f.org, map[string]string{"name": "x"}},
		{"POST", "/api/units", map[string]string{"name": "x", "kind": "ngo", "org": f.org}},
		{"POST", "/api/sharings", map[string]string{"unit": f.unit, "org": f.other, "purpose": "cohorts"}},
	} {
		stranger.want(404, "not_found", test.method, test.path, test.body)
		doctor := 403
		if strings.HasSuffix(test.path, "/access") {
			doctor = 200 // everybody may see who looked at them
		}
		if got := f.signedInAs("otto@ranta.example", goodPassword).do(test.method, test.path, test.body); got.status != doctor {
			t.Errorf("%s %s by a doctor: got %d", test.method, test.path, got.status)
		}
		if got := f.device().do(test.method, test.path, test.body); got.status != 401 {
			t.Errorf("%s %s by nobody: got %d", test.method, test.path, got.status)
		}
	}
	f.signedInAs("otto@ranta.example", goodPassword).want(404, "not_found", "GET", "/api/people/"+f.admin+"/access", nil)
}

func TestDeactivationEndsSessionsAtOnce(t *testing.T) {
	f := newFixture(t)
	admin, otto := f.signedInAs("aino@ranta.example", goodPassword), f.signedInAs("otto@ranta.example", goodPassword)
	path := "/api/people/" + f.doctor + "/deactivation"
	if a := admin.want(200, "", "POST", path, nil); a.body["state"] != "deactivated" || a.body["active"] != false {
		t.Errorf("got %s", a.raw)
	}
	otto.want(401, "signed_out", "GET", "/api/me", nil) // the token is still valid by itself
	otto.want(401, "signed_out", "POST", "/api/session/renew", nil)
	f.device().want(401, "sign_in_failed", "POST", "/api/session", signIn("otto@ranta.example", goodPassword))
	if a := admin.want(200, "", "DELETE", path, nil); a.body["state"] != "active" {
		t.Errorf("got %s", a.raw)
	}
	otto.want(401, "signed_out", "GET", "/api/me", nil)
	f.signedInAs("otto@ranta.example", goodPassword)
	admin.want(409, "last_admin", "POST", "/api/people/"+f.admin+"/deactivation", nil)
	admin.want(200, "", "PUT", "/api/people/"+f.doctor+"/grants", map[string]any{"grants": []wishedGrant{{f.unit, "admin"}, {f.unit, "doctor"}}})
	admin.want(409, "self", "POST", "/api/people/"+f.admin+"/deactivation", nil)
	admin.want(409, "self", "POST", "/api/people/"+f.admin+"/erasure", map[string]string{"confirm": "Aino Mäkelä"})
	admin.want(200, "", "PUT", "/api/people/"+f.admin+"/grants", map[string]any{"grants": []wishedGrant{}})
	admin.want(403, "forbidden", "GET", "/api/people", nil) // without a new token
	f.consistent()
}

func TestMyNameAndLanguage(t *testing.T) {
	f := newFixture(t)
	otto := f.signedInAs("otto@ranta.example", goodPassword)
	if a := otto.want(200, "", "PUT", "/api/me/language", map[string]string{"language": "en"}); a.body["language"] != "en" {
		t.Errorf("got %s", a.raw)
	}
	if a := otto.want(200, "", "PUT", "/api/me/name", map[string]string{"name": " Otto A. Äyräs "}); a.body["name"] != "Otto A. Äyräs" || a.body["email"] != "Otto@Ranta.example" || a.body["language"] != "en" {
		t.Errorf("got %s", a.raw)
	}
	otto.want(400, "invalid_request", "PUT", "/api/me/language", map[string]string{"language": "de"})
	otto.want(400, "invalid_request", "PUT", "/api/me/name", map[string]string{"name": ""})
	if n := f.Names.Of(f.doctor); n != (Name{"Otto A. Äyräs", "Otto@Ranta.example", "en"}) {
		t.Errorf("got %+v", n)
	}
}

func TestFoundingAnOrganisation(t *testing.T) {
	f := newFixture(t)
	link, err := f.Found(context.Background(), "Metsäkunta", "Metsän työllisyyspalvelut", "employment_services", "mari@metsa.example", "Mari Metsä", "fi")
	if err != nil {
		t.Fatal(err)
	}
	token, ok := strings.CutPrefix(link, "https://luotsi.example/invitation/")
	if !ok || token != f.link("mari@metsa.example", "invitation") {
		t.Fatalf("got %s", link)
	}
	mari := f.device()
	me := mari.want(200, "", "POST", "/api/invitations/"+token, map[string]string{"name": "Mari Metsä", "password": goodPassword, "language": "fi"})
	if !strings.Contains(me.raw, `"role":"admin"`) || !strings.Contains(me.raw, `"orgName":"Metsäkunta"`) {
		t.Errorf("got %s", me.raw)
	}
	if a := mari.want(200, "", "GET", "/api/people", nil); a.body["total"] != 1.0 {
		t.Errorf("got %s", a.raw)
	}
	if _, err := f.Found(context.Background(), "Toinen", "Toinen", "ngo", "MARI@metsa.example", "Mari", "fi"); !errors.Is(err, ErrAddressTaken) {
		t.Errorf("got %v", err)
	}
	if _, err := f.Found(context.Background(), "Toinen", "Toinen", "castle", "m@metsa.example", "Mari", "fi"); err == nil {
		t.Error("a unit of an unknown kind was founded")
	}
	f.consistent()
}

// What a refusal left in the database would be shown after the next start, and a late repeat would bring an old name back.
func TestRefusedAndRepeatedNamesLeaveNothingBehind(t *testing.T) {
	f := newFixture(t)
	otto := f.signedInAs("otto@ranta.example", goodPassword)
	var person string
	change := func(status int, code, key, name string) {
		t.Helper()
		otto.key = key
		if a := otto.want(status, code, "PUT", "/api/me/name", map[string]string{"name": name}); person == "" {
			person = a.body["id"].(string)
		}
	}
	kept := func(want string) {
		t.Helper()
		if name, err := f.Names.read(context.Background(), person); err != nil || name.Name != want || f.Names.Of(person).Name != want {
			t.Errorf("%q is kept and %q shown (%v), want %q", name.Name, f.Names.Of(person).Name, err, want)
		}
	}
	change(200, "", "k-1", "Otto Yksi")
	change(422, "key_reused", "k-1", "Otto Kaksi")
	kept("Otto Yksi")
	change(200, "", "k-2", "Otto Kolme")
	change(200, "", "k-1", "Otto Yksi") // the answer of then, and nothing else
	kept("Otto Kolme")
}
