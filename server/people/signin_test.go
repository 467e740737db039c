package people

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"luotsi/server/auth"
)

func signIn(email, password string) map[string]string {
	return map[string]string{"email": email, "password": password}
}

func TestSignIn(t *testing.T) {
	f := newFixture(t)
	d := f.device()
	a := d.want(200, "", "POST", "/api/session", signIn("aino@RANTA.example", goodPassword))
	if a.body["name"] != "Aino Mäkelä" || a.body["email"] != "aino@ranta.example" || a.body["id"] != f.admin || a.body["language"] != "fi" {
		t.Errorf("got %s", a.raw)
	}
	want := `[{"role":"admin","unit":"` + f.unit + `","unitName":"Rannan terveyskeskus","org":"` + f.org + `","orgName":"Rantakunta"}]`
	if !strings.Contains(a.raw, `"grants":`+want) {
		t.Errorf("got %s, want grants %s", a.raw, want)
	}
	if len(a.set) != 2 {
		t.Fatalf("got cookies %v", a.set)
	}
	for _, c := range a.set {
		path := map[string]string{TokenCookie: "/", SessionCookie: "/api/session"}[c.Name]
		if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != path || c.MaxAge != 30*24*3600 {
			t.Errorf("got the cookie %v", c)
		}
	}
	if me := d.want(200, "", "GET", "/api/me", nil); me.raw != a.raw {
		t.Errorf("me is %s, want %s", me.raw, a.raw)
	}

	for _, test := range []struct {
		name   string
		body   any
		status int
		code   string
	}{
		{"wrong password", signIn("aino@ranta.example", otherPassword), 401, "sign_in_failed"},
		{"unknown address", signIn("nobody@ranta.example", goodPassword), 401, "sign_in_failed"},
		{"somebody else's password", signIn("selma@saari.example", "x"), 401, "sign_in_failed"},
		{"no address", signIn("", goodPassword), 400, "invalid_request"},
		{"no mail address", signIn("aino", goodPassword), 400, "invalid_request"},
		{"no password", signIn("aino@ranta.example", ""), 400, "invalid_request"},
		{"a very long password", signIn("aino@ranta.example", strings.Repeat("x", 257)), 400, "invalid_request"},
		{"an unknown field", `{"email":"aino@ranta.example","password":"x","admin":true}`, 400, "invalid_request"},
		{"a wrong type", `{"email":1,"password":"x"}`, 400, "invalid_request"},
		{"no JSON", `email=aino`, 400, "not_json"},
		{"nothing", ``, 400, "not_json"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := f.device().do("POST", "/api/session", test.body)
			if a.status != test.status || a.code() != test.code || len(a.set) != 0 {
				t.Errorf("got %d %q, cookies %v", a.status, a.code(), a.set)
			}
		})
	}
}

func TestSignInIsSlowedDown(t *testing.T) {
	f := newFixture(t)
	d := f.device()
	d.address = "198.51.100.7"
	for range 10 {
		d.want(401, "sign_in_failed", "POST", "/api/session", signIn("aino@ranta.example", otherPassword))
	}
	a := d.want(429, "too_many", "POST", "/api/session", signIn("Aino@ranta.example", goodPassword))
	if wait := a.body["retryAfter"].(float64); wait <= 0 || wait > 30 {
		t.Errorf("told to wait %v s", wait)
	}
	f.signedInAs("otto@ranta.example", goodPassword) // others are not slowed down
	f.signedInAs("aino@ranta.example", goodPassword) // nor is she somewhere else: nobody can keep her out by failing
	d.want(429, "too_many", "POST", "/api/session", signIn("Aino@ranta.example", goodPassword))
	f.pass(31 * time.Second)
	f.signedInAs("aino@ranta.example", goodPassword)
	for range 20 { // who knows the password may sign in on as many devices as they like
		f.signedInAs("otto@ranta.example", goodPassword)
	}
}

func TestUnknownAddressTakesAsLong(t *testing.T) {
	f := newFixture(t)
	took := func(email string) time.Duration {
		start := time.Now()
		if _, err := f.SignIn(context.Background(), email, otherPassword, ""); err == nil {
			t.Fatal("signed in")
		}
		return time.Since(start)
	}
	known, unknown := time.Hour, time.Hour
	for range 4 {
		known, unknown = min(known, took("aino@ranta.example")), min(unknown, took("nobody@ranta.example"))
	}
	if ratio := float64(unknown) / float64(known); ratio < 0.6 || ratio > 1.7 {
		t.Errorf("an unknown address took %v, a known one %v", unknown, known)
	}
}

func TestSessionsRenewAndEnd(t *testing.T) {
	f := newFixture(t)
	d := f.signedInAs("aino@ranta.example", goodPassword)
	f.device().want(401, "signed_out", "POST", "/api/session/renew", nil)

	f.pass(auth.TokenLife + time.Second)
	d.want(401, "token_expired", "GET", "/api/me", nil)
	d.want(200, "", "POST", "/api/session/renew", nil)
	d.want(200, "", "GET", "/api/me", nil)

	forged := f.device()
	forged.cookies[SessionCookie] = auth.NewSecret()
	forged.want(401, "signed_out", "POST", "/api/session/renew", nil)
	forged.cookies[TokenCookie] = d.cookies[TokenCookie] + "x"
	forged.want(401, "token_invalid", "GET", "/api/me", nil)

	f.pass(SessionIdle - time.Minute)
	d.want(200, "", "POST", "/api/session/renew", nil)
	f.pass(SessionIdle + time.Second)
	d.want(401, "signed_out", "POST", "/api/session/renew", nil)
}

func TestSessionsAreOverAfterThirtyDays(t *testing.T) {
	f := newFixture(t)
	d := f.signedInAs("aino@ranta.example", goodPassword)
	for range 71 { // renewed every 10 hours: 29.6 days
		f.pass(10 * time.Hour)
		if _, err := f.Renew(context.Background(), d.cookies[SessionCookie]); err != nil {
			t.Fatal(err)
		}
	}
	f.pass(10 * time.Hour)
	d.want(401, "signed_out", "POST", "/api/session/renew", nil)
}

func TestSigningOutEndsThisSessionAtOnce(t *testing.T) {
	f := newFixture(t)
	d, second := f.signedInAs("aino@ranta.example", goodPassword), f.signedInAs("aino@ranta.example", goodPassword)
	stolen := f.device()
	stolen.cookies[TokenCookie], stolen.cookies[SessionCookie] = d.cookies[TokenCookie], d.cookies[SessionCookie]
	d.want(204, "", "DELETE", "/api/session", nil)
	if len(d.cookies) != 0 {
		t.Errorf("cookies left: %v", d.cookies)
	}
	stolen.want(401, "signed_out", "GET", "/api/me", nil)
	stolen.want(401, "signed_out", "POST", "/api/session/renew", nil)
	second.want(200, "", "GET", "/api/me", nil)
	f.device().want(204, "", "DELETE", "/api/session", nil) // nobody is signed in: nothing to do

	// With a token alone, as when the session's cookie was lost, and with a session whose token is too old.
	delete(second.cookies, SessionCookie)
	token := second.cookies[TokenCookie]
	second.want(204, "", "DELETE", "/api/session", nil)
	second.cookies[TokenCookie] = token
	second.want(401, "signed_out", "GET", "/api/me", nil)
	third := f.signedInAs("aino@ranta.example", goodPassword)
	secret := third.cookies[SessionCookie]
	f.pass(time.Hour)
	third.want(204, "", "DELETE", "/api/session", nil)
	third.cookies[SessionCookie] = secret
	third.want(401, "signed_out", "POST", "/api/session/renew", nil)
}

func TestSigningOutEverywhere(t *testing.T) {
	f := newFixture(t)
	d, second, otto := f.signedInAs("aino@ranta.example", goodPassword), f.signedInAs("aino@ranta.example", goodPassword), f.signedInAs("otto@ranta.example", goodPassword)
	token := d.cookies[TokenCookie]
	d.want(204, "", "DELETE", "/api/sessions", nil)
	second.want(401, "signed_out", "GET", "/api/me", nil)
	second.want(401, "signed_out", "POST", "/api/session/renew", nil)
	d.cookies[TokenCookie] = token
	d.want(401, "signed_out", "GET", "/api/me", nil)
	otto.want(200, "", "GET", "/api/me", nil)
	f.signedInAs("aino@ranta.example", goodPassword).want(200, "", "GET", "/api/me", nil) // at the same moment
	letters := f.letters()
	if last := letters[len(letters)-1]; last.To != "aino@ranta.example" || last.Subject != "Sinut kirjattiin ulos Luotsista kaikilla laitteilla" {
		t.Errorf("the mail is %+v", last)
	}
}

func TestChangingThePassword(t *testing.T) {
	f := newFixture(t)
	d, second := f.signedInAs("otto@ranta.example", goodPassword), f.signedInAs("otto@ranta.example", goodPassword)
	change := func(current, password string) map[string]string {
		return map[string]string{"current": current, "password": password}
	}
	d.want(409, "password_wrong", "POST", "/api/me/password", change(otherPassword, otherPassword))
	d.want(400, "password_short", "POST", "/api/me/password", change(goodPassword, "kolme kanaa ju"))
	d.want(400, "password_common", "POST", "/api/me/password", change(goodPassword, "Salasana12345678"))
	d.want(400, "password_common", "POST", "/api/me/password", change(goodPassword, "Otto Äyräs 20262027"))
	second.want(200, "", "GET", "/api/me", nil)
	before := f.Journal.Applied()
	f.device().want(204, "", "POST", "/api/password-resets", map[string]string{"email": "otto@ranta.example"})
	f.eventually("the reset is asked for", func() bool { return f.Journal.Applied() > before })
	reset := "/api/password-resets/" + f.link("otto@ranta.example", "password-reset")
	f.pass(time.Millisecond)
	d.want(204, "", "POST", "/api/me/password", change(goodPassword, otherPassword))
	f.device().want(410, "link_expired", "POST", reset, map[string]string{"password": goodPassword}) // from before the change
	d.want(200, "", "GET", "/api/me", nil)
	d.want(200, "", "POST", "/api/session/renew", nil)
	second.want(401, "signed_out", "GET", "/api/me", nil)
	second.want(401, "signed_out", "POST", "/api/session/renew", nil)
	f.device().want(401, "sign_in_failed", "POST", "/api/session", signIn("otto@ranta.example", goodPassword))
	f.signedInAs("otto@ranta.example", otherPassword)
	letters := f.letters()
	if last := letters[len(letters)-1]; last.To != "Otto@Ranta.example" || last.Subject != "Ditt lösenord till Luotsi har bytts" {
		t.Errorf("the mail is %+v", last)
	}
	f.consistent()
}

func TestResettingThePassword(t *testing.T) {
	f := newFixture(t)
	d := f.signedInAs("otto@ranta.example", goodPassword)
	ask := func(email string) {
		t.Helper()
		f.device().want(204, "", "POST", "/api/password-resets", map[string]string{"email": email})
	}
	before := f.Journal.Applied()
	ask("nobody@ranta.example")
	ask("OTTO@ranta.example")
	f.eventually("the reset is asked for", func() bool { return f.Journal.Applied() > before })
	if f.Journal.Applied() != before+1 {
		t.Errorf("%d commits", f.Journal.Applied()-before)
	}
	link := f.link("otto@ranta.example", "password-reset")
	path := "/api/password-resets/" + link
	got := f.device().want(200, "", "GET", path, nil)
	expires, err := time.Parse(time.RFC3339, got.body["expires"].(string))
	if left := expires.Sub(f.now()); err != nil || left > time.Hour || left < 59*time.Minute {
		t.Errorf("expires %v (%v)", expires, err)
	}
	f.device().want(404, "link_invalid", "GET", path+"x", nil)
	f.device().want(404, "link_invalid", "GET", "/api/invitations/"+link, nil)
	f.device().want(400, "password_short", "POST", path, map[string]string{"password": "kanaa"})
	f.device().want(204, "", "POST", path, map[string]string{"password": otherPassword})
	f.device().want(410, "link_used", "POST", path, map[string]string{"password": goodPassword})
	f.device().want(410, "link_used", "GET", path, nil)
	d.want(401, "signed_out", "GET", "/api/me", nil)
	f.signedInAs("otto@ranta.example", otherPassword)

	before = f.Journal.Applied()
	ask("otto@ranta.example")
	f.eventually("the second reset is asked for", func() bool { return f.Journal.Applied() > before })
	second := "/api/password-resets/" + f.link("otto@ranta.example", "password-reset")
	f.device().want(410, "link_expired", "GET", path, nil) // replaced
	f.pass(time.Hour + time.Second)
	f.device().want(410, "link_expired", "GET", second, nil)
	f.device().want(410, "link_expired", "POST", second, map[string]string{"password": goodPassword})

	ask("otto@ranta.example")
	ask("otto@ranta.example")
	ask("otto@ranta.example")
	f.device().want(429, "too_many", "POST", "/api/password-resets", map[string]string{"email": "otto@ranta.example"})
}

func TestOneOfManyResetsWithTheSameLinkWins(t *testing.T) {
	f := newFixture(t)
	f.device().want(204, "", "POST", "/api/password-resets", map[string]string{"email": "otto@ranta.example"})
	f.eventually("the reset is asked for", func() bool {
		for _, m := range f.letters() {
			if strings.Contains(m.Text, "/password-reset/") {
				return true
			}
		}
		return false
	})
	link := f.link("otto@ranta.example", "password-reset")
	wins := make(chan string, 8)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			password := strings.Repeat("kana ", 4) + string(rune('a'+i))
			if f.ResetPassword(context.Background(), link, password) == nil {
				wins <- password
			}
		})
	}
	all.Wait()
	close(wins)
	if len(wins) != 1 {
		t.Fatalf("%d won", len(wins))
	}
	f.signedInAs("otto@ranta.example", <-wins)
	n := 0
	if err := f.credentials.Each(context.Background(), func(string, credentialDoc) error { n++; return nil }); err != nil || n != 3 {
		t.Errorf("%d passwords are kept of 3 people (%v)", n, err)
	}
}

func TestLastSeenIsWrittenDownAtTheTick(t *testing.T) {
	f := newFixture(t)
	d := f.signedInAs("otto@ranta.example", goodPassword)
	before := f.Journal.Applied()
	for range 5 {
		d.want(200, "", "GET", "/api/me", nil)
	}
	f.ticks <- time.Time{}
	f.eventually("who was seen is written down", func() bool { return f.Journal.Applied() == before+1 })
	f.ticks <- time.Time{}
	f.ticks <- time.Time{}
	if f.Journal.Applied() != before+1 {
		t.Error("nobody was seen, and that was written down")
	}
	f.Journal.View(func() {
		otto, _ := f.State.Person(f.doctor)
		aino, _ := f.State.Person(f.admin)
		if age := f.now().Sub(otto.LastSeen); age < 0 || age > time.Minute || !aino.LastSeen.IsZero() {
			t.Errorf("otto was seen %v, aino %v", otto.LastSeen, aino.LastSeen)
		}
	})
}

// What no commit came to name is deleted after a day, and what counts stays.
func TestSweeping(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	d := f.signedInAs("otto@ranta.example", goodPassword)
	at := f.now().UnixMilli()
	for _, err := range []error{
		f.addresses.Insert(ctx, "lost", addressDoc{Person: "lost", At: at}),
		f.credentials.Insert(ctx, "lost", credentialDoc{Person: f.doctor, At: at}),
		f.Names.write(ctx, "lost", Name{Name: "Kadonnut", Email: "lost@ranta.example"}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	count := func() (n int) {
		for _, c := range []string{"addresses", "credentials", "names", "sessions"} {
			in, err := f.Database.Driver.Collection(c).CountDocuments(ctx, map[string]any{})
			if err != nil {
				t.Fatal(err)
			}
			n += int(in)
		}
		return n
	}
	for _, step := range []struct {
		after time.Duration
		want  int // of 3 people three documents each, a session, and three lost ones
	}{{0, 13}, {SessionIdle, 12}, {12*time.Hour - time.Minute, 12}, {2 * time.Minute, 9}} {
		f.pass(step.after)
		if err := f.sweep(ctx); err != nil {
			t.Fatal(err)
		}
		if got := count(); got != step.want {
			t.Errorf("%v later %d documents are left, want %d", step.after, got, step.want)
		}
	}
	d.want(401, "signed_out", "POST", "/api/session/renew", nil)
	f.signedInAs("otto@ranta.example", goodPassword)
}
