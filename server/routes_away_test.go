package main

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Without the database some pages go on and the others ask to come again. No route takes it for a failure of its own.
func TestEveryRouteWithoutTheDatabase(t *testing.T) {
	r := openRegion(t)
	var calls []request
	for _, rule := range rules {
		if rule.own == "" {
			continue
		}
		want := statuses(t, rule.own)
		for _, who := range append([]string{nobody}, roleNames()...) {
			if want[who] >= 300 {
				continue
			}
			var fresh place
			if rule.fresh != nil {
				fresh = rule.fresh(r, t, r.place[own])
			}
			method, call := rule.split()
			c := request{method: method, path: r.fill(t, call, r.place[own], fresh), body: r.fill(t, rule.body, r.place[own], fresh), person: r.place[own][who]}
			if rule.secret && who != nobody {
				o, err := r.people.SignIn(t.Context(), r.place[own][who+".email"], testPassword, r.unique("address"))
				must(t, err)
				c.token, c.secret = o.Token, o.Secret
			}
			calls = append(calls, c)
			break
		}
	}
	// What is so already stores nothing: it is answered well, unless it waits behind a write that can not be stored.
	so := []string{"/acknowledgement", "/exercises/refusal", "/reservation", "/settings", "/consultation-target", "/mark", "/invitations/check"}
	must(t, r.db.Driver.Client().Disconnect(t.Context()))
	var group sync.WaitGroup
	for _, c := range calls {
		group.Go(func() {
			a := r.send(t, c)
			if a.status >= 500 && (a.status != http.StatusServiceUnavailable || a.header.Get("Retry-After") == "" || a.text("code") != "unavailable") {
				t.Errorf("%s %s: got %d %s", c.method, c.path, a.status, a.body)
			}
			// Reading places are written later, a preview is not kept, a reset link is made in the background, and who has no session has none
			// to end.
			later := strings.HasSuffix(c.path, "/place") || strings.HasSuffix(c.path, "/preview") || c.path == "/api/password-resets" || c.path == "/api/session"
			later = later || slices.ContainsFunc(so, func(end string) bool { return strings.HasSuffix(c.path, end) })
			if a.status < 300 && c.method != http.MethodGet && c.method != http.MethodHead && !later {
				t.Errorf("%s %s: got %d, and nothing is stored", c.method, c.path, a.status)
			}
		})
	}
	group.Wait()
}
