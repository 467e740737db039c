package main

import (
	"io"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/gofiber/fiber/v2"
)

func TestPageServesFilesAndPages(t *testing.T) {
	p, err := newPage(fstest.MapFS{
		"index.html":            {Data: []byte(`<meta name="nonce" content="__CSP_NONCE__"><script nonce="__CSP_NONCE__" src="/assets/a-1.js"></script>`)},
		"assets/a-1.js":         {Data: []byte("run()")},
		"luotsi.svg":            {Data: []byte("<svg/>")},
		"worker.js":             {Data: []byte("work()")},
		".keep":                 {},
		".vite/manifest.json":   {Data: []byte("{}")},
		"assets/picture-1.webp": {Data: []byte("picture")},
	})
	if err != nil {
		t.Fatal(err)
	}
	app := fiber.New(fiber.Config{ErrorHandler: errorHandler(slog.New(slog.DiscardHandler))})
	app.Use(p.serve)
	cases := []struct {
		name, method, path string
		status             int
		body, cache        string
	}{
		{"the first page", "GET", "/", 200, "<script nonce=", "no-store"},
		{"a page of the program", "GET", "/courses/x/activities/y", 200, "<script nonce=", "no-store"},
		{"a mailed link, whose token has dots", "GET", "/invitation/0190.1a.bc", 200, "<script nonce=", "no-store"},
		{"a link that answers", "GET", "/answer/0190_0_0.1a.bc", 200, "<script nonce=", "no-store"},
		{"a file with a hash in its name", "GET", "/assets/a-1.js", 200, "run()", "immutable"},
		{"a file without", "GET", "/luotsi.svg", 200, "<svg/>", "max-age=3600"},
		{"the worker, which is asked for anew each time", "GET", "/worker.js", 200, "work()", "no-cache"},
		{"a file that is not there", "GET", "/assets/a-2.js", 404, `"not_found"`, "no-store"},
		{"an address of the API that is not there", "GET", "/api/nothing", 404, `"not_found"`, "no-store"},
		{"the API itself", "GET", "/api", 404, `"not_found"`, "no-store"},
		{"beside the API", "GET", "/apix", 200, "<script nonce=", "no-store"},
		{"what the build keeps for itself", "GET", "/.vite/manifest.json", 404, `"not_found"`, "no-store"},
		{"a way out of the folder", "GET", "/assets/../../go.mod", 404, `"not_found"`, "no-store"},
		{"a write", "POST", "/", 404, `"not_found"`, "no-store"},
	}
	nonces := map[string]bool{}
	for _, c := range cases {
		res, err := app.Test(httptest.NewRequest(c.method, c.path, nil), -1)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		if res.StatusCode != c.status || !strings.Contains(string(body), c.body) || !strings.Contains(res.Header.Get("Cache-Control"), c.cache) {
			t.Errorf("%s: got %d, %q, %q; want %d, %q, %q", c.name, res.StatusCode, body, res.Header.Get("Cache-Control"), c.status, c.body, c.cache)
		}
		if strings.Contains(string(body), "nonce=") {
			_, rest, _ := strings.Cut(string(body), `nonce="`)
			nonce, _, _ := strings.Cut(rest, `"`)
			policy := res.Header.Get("Content-Security-Policy")
			if nonces[nonce] || !strings.Contains(policy, "script-src 'self' 'nonce-"+nonce+"'") || strings.Contains(policy, "unsafe-inline") {
				t.Errorf("%s: nonce %q, policy %q; want a new nonce that the policy names", c.name, nonce, policy)
			}
			nonces[nonce] = true
		}
	}
}

func TestPageWithoutABuiltFrontEnd(t *testing.T) {
	p, err := newPage(fstest.MapFS{".keep": {}})
	if err != nil {
		t.Fatal(err)
	}
	app := fiber.New(fiber.Config{ErrorHandler: errorHandler(slog.New(slog.DiscardHandler))})
	app.Use(p.serve)
	if res, err := app.Test(httptest.NewRequest("GET", "/", nil), -1); err != nil || res.StatusCode != 404 {
		t.Errorf("got %v, %v; want 404", res.StatusCode, err)
	}
}
