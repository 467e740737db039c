package main

import (
	"encoding/base64"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"luotsi/courses"
	"luotsi/server/auth"
	"luotsi/server/people"
)

// TestShutOutOnEveryRoute asks for everything with tokens that do not count any more, or never did.
func TestShutOutOnEveryRoute(t *testing.T) {
	r := openRegion(t)
	ctx, p := t.Context(), r.place[own]
	someone := func(role auth.Role) (person, token string) {
		fresh := place{"unit": p["unit"], "unit.name": p["unit.name"]}
		r.add(t, fresh, "person", role)
		a := r.signIn(t, fresh["person.email"], testPassword)
		if a.status != http.StatusOK || a.cookie("luotsi_token") == "" {
			t.Fatalf("sign in: %d %s", a.status, a.body)
		}
		return fresh["person"], a.cookie("luotsi_token")
	}
	admin, good := someone(auth.Admin)
	r.want(t, 200, request{method: "GET", path: "/api/people", token: good})
	deactivated, deactivatedToken := someone(auth.Admin)
	erased, erasedToken := someone(auth.Admin)
	_, endedToken := someone(auth.Admin)
	_, signedOutToken := someone(auth.Admin)
	renamed, changedToken := someone(auth.Admin)
	r.want(t, 200, request{method: "POST", path: "/api/people/" + deactivated + "/deactivation", token: good})
	must(t, r.happens(ctx, people.PersonErased{Person: erased}))
	r.want(t, 204, request{method: "DELETE", path: "/api/sessions", token: endedToken})
	r.want(t, 204, request{method: "DELETE", path: "/api/session", token: signedOutToken})
	r.want(t, 204, request{method: "POST", path: "/api/me/password", body: `{"current":"` + testPassword + `","password":"aivan uusi salalause"}`, person: renamed})

	sign := func(key []byte, method jwt.SigningMethod, change func(jwt.MapClaims)) string {
		now := time.Now()
		claims := jwt.MapClaims{
			"sub": admin, "sid": r.session(now), "iat": now.Unix(), "ims": now.UnixMilli(), "exp": now.Add(auth.TokenLife).Unix(),
		}
		if change != nil {
			change(claims)
		}
		var k any = key
		if method == jwt.SigningMethodNone {
			k = jwt.UnsafeAllowNoneSignatureType
		}
		token, err := jwt.NewWithClaims(method, claims).SignedString(k)
		must(t, err)
		return token
	}
	key := r.config.JWTKey
	r.want(t, 200, request{method: "GET", path: "/api/me", token: sign(key, jwt.SigningMethodHS256, nil)}) // so the others fail for their reasons
	parts := strings.Split(good, ".")
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	must(t, err)
	forged := base64.RawURLEncoding.EncodeToString([]byte(strings.Replace(string(payload), admin, p["admin"], 1)))

	tests := []struct{ name, token, code string }{
		{"nobody", "", "signed_out"},
		{"deactivated", deactivatedToken, "signed_out"},
		{"erased", erasedToken, "signed_out"},
		{"all sessions ended elsewhere", endedToken, "signed_out"},
		{"this session ended", signedOutToken, "signed_out"},
		{"the password changed elsewhere", changedToken, "signed_out"},
		{"expired", sign(key, jwt.SigningMethodHS256, func(c jwt.MapClaims) { c["exp"] = time.Now().Add(-time.Second).Unix() }), "token_expired"},
		{"without an end", sign(key, jwt.SigningMethodHS256, func(c jwt.MapClaims) { delete(c, "exp") }), "token_invalid"},
		{"another person put in", parts[0] + "." + forged + "." + parts[2], "token_invalid"},
		{"cut short", good[:len(good)-2], "token_invalid"},
		{"signed with another key", sign([]byte(strings.Repeat("k", 32)), jwt.SigningMethodHS256, nil), "token_invalid"},
		{"signed in another way", sign(key, jwt.SigningMethodHS512, nil), "token_invalid"},
		{"not signed", sign(nil, jwt.SigningMethodNone, nil), "token_invalid"},
		{"of nobody we know", sign(key, jwt.SigningMethodHS256, func(c jwt.MapClaims) { c["sub"] = "stranger" }), "signed_out"},
		{"without a session", sign(key, jwt.SigningMethodHS256, func(c jwt.MapClaims) { delete(c, "sid") }), "token_invalid"},
		{"with a session that never began", sign(key, jwt.SigningMethodHS256, func(c jwt.MapClaims) { c["sid"] = "kissa-!" }), "signed_out"},
		{"no token at all", "kissa", "token_invalid"},
	}
	open := map[string]bool{}
	for _, route := range r.app.router.Routes() {
		open[route.Method+" "+route.Path] = route.Access.Open()
	}
	before, hash := r.journal.Applied(), r.stateHash(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			asked := map[string]bool{}
			for _, rule := range rules {
				if open[rule.route] || asked[rule.route] {
					continue
				}
				asked[rule.route] = true
				method, call := rule.split()
				fresh := maps.Clone(standIns)
				fresh["person"] = admin
				ask := request{method: method, path: r.fill(t, call, p, fresh), body: r.fill(t, rule.body, p, fresh), token: test.token}
				a := r.send(t, ask)
				for a.status == http.StatusTooManyRequests { // there are more routes that write than one session may use at once
					time.Sleep(50 * time.Millisecond)
					a = r.send(t, ask)
				}
				code := test.code
				if method == http.MethodHead {
					code = "" // an answer to it has no body
				}
				if a.status != http.StatusUnauthorized || a.text("code") != code {
					t.Errorf("%s: got %d %s, want 401 %s", rule.route, a.status, a.body, test.code)
				}
			}
			if len(asked) < 40 {
				t.Errorf("only %d routes were asked for", len(asked))
			}
		})
	}
	if r.journal.Applied() != before || r.stateHash(t) != hash {
		t.Error("something happened")
	}
	r.want(t, 200, request{method: "GET", path: "/api/people", token: good})
}

// TestAPageOfSomebodyElse: a page that was opened by another person, in the same browser, neither reads nor writes with the session
// of whoever signed in after them.
func TestAPageOfSomebodyElse(t *testing.T) {
	r := openRegion(t)
	p := r.place[own]
	before := r.journal.Applied()
	for _, test := range []struct {
		method, path, body, page string
		status                   int
	}{
		{"GET", "/api/learning", "", p["trainee"], 200},
		{"GET", "/api/learning", "", p["admin"], 401},
		{"GET", "/api/learning", "", "", 200},
		{"PUT", "/api/me/name", `{"name":"Toinen Henkilö"}`, p["admin"], 401},
		{"GET", "/api/status", "", p["admin"], 200}, // open to anyone
	} {
		a := r.send(t, request{method: test.method, path: test.path, body: test.body, person: p["trainee"], header: []string{"Luotsi-Person", test.page}})
		if a.status != test.status || test.status == 401 && a.text("code") != "other_person" {
			t.Errorf("%s %s on the page of %q: got %d %s, want %d", test.method, test.path, test.page, a.status, a.body, test.status)
		}
	}
	if r.journal.Applied() != before {
		t.Error("something was written")
	}
}

// TestWritesFromOtherSites: a write that another site's page could have sent is refused, whoever is signed in.
func TestWritesFromOtherSites(t *testing.T) {
	r := openRegion(t)
	p := r.place[own]
	tests := []struct {
		name   string
		header []string
		status int
	}{
		{"without our header", []string{"Luotsi-Request", ""}, 403},
		{"with another value", []string{"Luotsi-Request", "0"}, 403},
		{"from another site", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"from a neighbour of our site", []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"a plain form", []string{"Luotsi-Request", "", "Content-Type", "application/x-www-form-urlencoded"}, 403},
		{"from our own page", []string{"Sec-Fetch-Site", "same-origin"}, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			before := r.journal.Applied()
			asked := 0
			for _, route := range r.app.router.Routes() {
				if !route.Write() {
					continue
				}
				asked++
				path := strings.NewReplacer(":person", p["trainee"], ":course", p["course"], ":activity", "lesson", ":cohort", p["cohort"]).Replace(route.Path)
				a := r.send(t, request{method: route.Method, path: path, body: "{}", person: p["admin"], header: test.header})
				if refused := a.status == http.StatusForbidden && a.text("code") == "csrf"; refused != (test.status != 0) {
					t.Errorf("%s %s: got %d %s", route.Method, route.Path, a.status, a.body)
				}
				if test.status == 0 {
					return // one is enough: what it does to the others is what the table walks through
				}
			}
			if asked < 25 || r.journal.Applied() != before {
				t.Errorf("%d writes were refused, and %d things happened", asked, r.journal.Applied()-before)
			}
		})
	}
}

// TestOthersWork: what somebody is at is neither read nor written by anybody else, also not in the same cohort and unit.
func TestOthersWork(t *testing.T) {
	r := openRegion(t)
	p := r.place[own]
	r.add(t, p, "coordinator2", auth.Coordinator)
	r.add(t, p, "doctor2", auth.Doctor)
	a, b := p["trainee"], p["learner"]
	task := "/api/courses/" + p["course"] + "/activities/task"
	draft := "/api/drafts/" + p["draft"]
	appointment := "/api/appointments/" + p["appointment"]
	mine := draftText + " own"

	percent := func(person string) any {
		return r.want(t, 200, request{method: "GET", path: "/api/courses/" + p["course"], person: person}).at("percent")
	}
	r.want(t, 204, request{method: "PUT", path: "/api/courses/" + p["course"] + "/place", body: `{"activity":"lesson","position":321}`, person: a})
	before := percent(a)
	tests := []struct {
		name   string
		as     string
		method string
		path   string
		body   string
		status int
		want   string // in the answer
	}{
		{"the draft is another one for everybody", b, "GET", draft, "", 200, `{"rev":0,"text":""}`},
		{"an overwriting save does not know it", b, "PUT", draft, `{"rev":1,"text":"minun"}`, 409, `"info":{"rev":0,"text":""}`},
		{"a first save is one's own", b, "PUT", draft, `{"rev":0,"text":"minun"}`, 200, `{"rev":1}`},
		{"the page of the task shows one's own", b, "GET", task, "", 200, `"draft":{"rev":1,"text":"minun"}`},
		{"nor does the trainer see it", p["trainer"], "GET", "/api/cohorts/" + p["cohort"] + "/learners/" + a, "", 200, p["trainee.name"]},
		{"or find something handed in", p["trainer"], "GET", "/api/cohorts/" + p["cohort"] + "/learners/" + a + "/submissions/task", "", 404, "unknown_activity"},
		{"the matrix shows cells", p["trainer"], "GET", "/api/cohorts/" + p["cohort"] + "/matrix", "", 200, p["trainee.name"]},
		{"the administrator sees the account", p["admin"], "GET", "/api/people/" + a, "", 200, p["trainee.email"]},
		{"a lesson done is one's own", b, "POST", "/api/courses/" + p["course"] + "/activities/lesson/done", "", 200, `"done":2`},
		{"a quiz passed too", b, "POST", "/api/courses/" + p["course"] + "/activities/quiz/attempts", goodAnswers, 201, `"percent":100`},
		{"a learner in the address is refused", b, "GET", "/api/courses/" + p["course"] + "?person=" + a, "", 400, "person"},
		{"a learner in the body too", b, "PUT", "/api/courses/" + p["course"] + "/place", `{"activity":"lesson","position":1,"person":"` + a + `"}`, 400, "person"},
		{"who looked at whom is not for others", b, "GET", "/api/people/" + a + "/access", "", 404, "not_found"},
		{"the trainer's look is known to the learner", a, "GET", "/api/people/" + a + "/access", "", 200, p["trainer.name"]},
		{"another coordinator does not see the appointment", p["coordinator2"], "GET", appointment, "", 404, "not_found"},
		{"nor its calendar", p["coordinator2"], "GET", appointment + "/calendar", "", 404, "not_found"},
		{"nor has it in the list", p["coordinator2"], "GET", "/api/appointments?doctor=" + p["doctor"], "", 200, `{"appointments":[]}`},
		{"nor can cancel it", p["coordinator2"], "POST", appointment + "/cancellation", `{"reason":"other"}`, 404, "not_found"},
		{"another doctor neither", p["doctor2"], "POST", appointment + "/cancellation", `{"reason":"other"}`, 404, "not_found"},
		{"nor sees the hours", p["doctor2"], "GET", "/api/people/" + p["doctor"] + "/hours", "", 404, "not_found"},
		{"nor takes them back", p["doctor2"], "DELETE", "/api/people/" + p["doctor"] + "/hours/rules/" + p["rule"], "", 404, "not_found"},
		{"the same rule as one's own neither", p["doctor2"], "DELETE", "/api/people/" + p["doctor2"] + "/hours/rules/" + p["rule"], "", 404, "not_found"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := r.send(t, request{method: test.method, path: test.path, body: test.body, person: test.as})
			if got.status != test.status || !strings.Contains(string(got.body), test.want) {
				t.Errorf("got %d %.500s, want %d with %s", got.status, got.body, test.status, test.want)
			}
			for _, hidden := range []string{draftText, "321"} {
				if strings.Contains(string(got.body), hidden) {
					t.Errorf("%q of another person is in the answer %s", hidden, got.body)
				}
			}
		})
	}
	if got := r.want(t, 200, request{method: "GET", path: draft, person: a}); got.text("text") != mine || got.at("rev") != 1.0 {
		t.Errorf("the draft became %s", got.body)
	}
	if after := percent(a); after != before {
		t.Errorf("the other one's progress went from %v to %v", before, after)
	}
	if got := r.want(t, 200, request{method: "GET", path: appointment, person: p["coordinator"]}); got.text("state") != "booked" {
		t.Errorf("the appointment is %s", got.body)
	}
	// Who leaves the course loses sight of it at once.
	must(t, r.happens(t.Context(), courses.LearnerRemoved{Cohort: p["cohort"], Course: p["course"], Person: b}))
	r.want(t, 404, request{method: "GET", path: draft, person: b})
}
