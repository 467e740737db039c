package people

import (
	"net/http"
	"strings"
	"testing"
)

// FuzzBodies sends any body to every route that takes one: no answer is a failure of ours, and whoever is not signed in
// never gets a session out of it.
func FuzzBodies(f *testing.F) {
	fx := newFixture(f)
	admin := fx.signedInAs("aino@ranta.example", goodPassword)
	paths := []struct{ method, path string }{
		{"POST", "/api/session"}, {"PUT", "/api/me/language"}, {"PUT", "/api/me/name"}, {"POST", "/api/me/password"},
		{"POST", "/api/password-resets"}, {"POST", "/api/password-resets/x"}, {"POST", "/api/invitations/x"}, {"POST", "/api/invitations"},
		{"PUT", "/api/people/" + fx.doctor + "/grants"}, {"POST", "/api/people/nobody/erasure"}, {"POST", "/api/units"},
		{"PUT", "/api/units/" + fx.unit}, {"PUT", "/api/organisations/" + fx.org}, {"POST", "/api/sharings"}, {"POST", "/api/feedback"},
		{"POST", "/api/feedback/x/answer"},
	}
	for n, body := range []string{
		`{"email":"a@b.example","password":"x"}`, `{"language":"fi"}`, `{"name":"Ääkkönen"}`, `{"current":"a","password":"b"}`,
		`{"email":"a@b.example"}`, `{"password":"kolme kanaa juo vettä"}`, `{"name":"a","password":"b","language":"fi"}`,
		`{"email":"a@b.example","name":"a","language":"fi","grants":[{"unit":"x","role":"trainee"}]}`, `{"grants":[null]}`, `{"confirm":"a"}`,
		`{"name":"a","kind":"ngo","org":"x"}`, `{"name":"\u0000","kind":"ngo"}`, `{"name":"131052-308T"}`, `{"unit":"x","org":"y","purpose":"cohorts"}`,
		`{"text":"a","page":"/"}`, `{"text":"` + strings.Repeat("ä", 100) + `"}`,
	} {
		f.Add(uint8(n), body)
	}
	f.Add(uint8(3), `[`)
	f.Add(uint8(7), `{"grants":{}}`)
	f.Add(uint8(0), "\xff")
	fx.log.Reset()
	f.Fuzz(func(t *testing.T, route uint8, body string) {
		fx.t = t
		to := paths[int(route)%len(paths)]
		for name, d := range map[string]*device{"signed in": admin, "a stranger": fx.device()} {
			a := d.do(to.method, to.path, body)
			if a.status >= 500 || a.status >= 400 && a.code() == "" {
				t.Errorf("%s %s by %s: got %d %s", to.method, to.path, name, a.status, a.raw)
			}
			if name == "a stranger" && (len(a.set) > 0 || a.status == http.StatusOK) {
				t.Errorf("%s %s by %s: got %d %s", to.method, to.path, name, a.status, a.raw)
			}
		}
	})
}
