package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestMetricsAreNotSeenThroughAProxy(t *testing.T) {
	s := openSite(t, testConfig(t.TempDir()))
	for header, want := range map[string]int{"": 200, "X-Real-IP": 404, "X-Forwarded-For": 404, "Forwarded": 404} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+"/metrics", nil)
		if err != nil {
			t.Fatal(err)
		}
		if header != "" {
			req.Header.Set(header, "192.0.2.7")
		}
		res, err := s.client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		if err := res.Body.Close(); err != nil {
			t.Fatal(err)
		}
		if res.StatusCode != want {
			t.Errorf("with %q: got %d, want %d", header, res.StatusCode, want)
		}
	}
}

// Programs of the same domain, and gateways before it, leave browsers kilobytes of cookies that are sent to Luotsi too.
func TestManyCookiesOfOthersAreNoMistake(t *testing.T) {
	s := openSite(t, testConfig(t.TempDir()))
	for size, want := range map[int]int{8 << 10: 200, 32 << 10: 400} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+"/api/status", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Cookie", "elsewhere="+strings.Repeat("x", size))
		res, err := s.client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		if err := res.Body.Close(); err != nil {
			t.Fatal(err)
		}
		if res.StatusCode != want {
			t.Errorf("%d bytes of cookies: got %d, want %d", size, res.StatusCode, want)
		}
	}
}

// Whoever has one IPv6 network has 2^64 addresses, and must not get as many times the writes.
func TestAnIPv6NetworkIsOnePlace(t *testing.T) {
	s := openSite(t, testConfig(t.TempDir()))
	refused := func(format string) (count int) {
		for n := range 100 {
			if s.send(t, request{method: "POST", path: "/api/nothing", body: `{}`, address: fmt.Sprintf(format, n)}).status == http.StatusTooManyRequests {
				count++
			}
		}
		return count
	}
	if got := refused("2001:db8:1:1::%x"); got < 20 {
		t.Errorf("%d of 100 writes from one network were refused", got)
	}
	if got := refused("2001:db8:1:1%02x::1"); got > 0 {
		t.Errorf("%d of 100 writes from 100 networks were refused", got)
	}
}

// A file, or a look at somebody's own text, costs a hundred times what other reads do, and leaves lines in other people's access logs.
func TestHeavyReadsAreFewAtOnce(t *testing.T) {
	s := openSite(t, testConfig(t.TempDir()))
	token := s.token(t, "aino")
	refused := func(path string) (count int) {
		for range 60 {
			if s.send(t, request{method: "GET", path: path, token: token}).status == http.StatusTooManyRequests {
				count++
			}
		}
		return count
	}
	for _, path := range []string{
		"/api/certificates/LUO-2026-1111-1111/pdf", "/api/cohorts/none/roster/file", "/api/cohorts/none/attendance-file",
		"/api/courses/none/shared/bo/think", "/api/cohorts/none/learners/aino/writings/think",
	} {
		if got := refused(path); got < 20 {
			t.Errorf("%s: %d of 60 were refused", path, got)
		}
	}
	if got := refused("/api/learning"); got > 0 {
		t.Errorf("%d of 60 reads were refused", got)
	}
}
