package scheduling

import (
	"compress/gzip"
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"luotsi/scheduling/ical"
)

func TestPublicAddresses(t *testing.T) {
	for _, a := range []string{
		"127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.255", "100.100.100.200", "0.0.0.0", "0.1.2.3",
		"224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "192.0.2.7", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.5", "192.0.0.192", "168.63.129.16",
		"::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254",
		"ff02::1", "2001:db8::1", "2001::1", "2002:7f00:1::", "3fff::1", "fec0::1", "100::1",
	} {
		if public(netip.MustParseAddr(a)) {
			t.Errorf("%s counts as public", a)
		}
	}
	for _, a := range []string{"8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.255.255", "100.128.0.1", "193.166.4.1", "::ffff:8.8.8.8", "2a00:1450:4001::1", "2606:4700::1"} {
		if !public(netip.MustParseAddr(a)) {
			t.Errorf("%s does not count as public", a)
		}
	}
	if public(netip.Addr{}) {
		t.Error("nothing counts as public")
	}
}

// TestFetch goes to a server of its own, which the fetcher in use would refuse to reach.
func TestFetch(t *testing.T) {
	const file = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
	var seen []*http.Request
	mux := http.NewServeMux()
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		seen = append(seen, req.Clone(context.Background()))
		mux.ServeHTTP(w, req)
	}))
	defer server.Close()
	plain := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, file) }))
	defer plain.Close()
	mux.HandleFunc("/good", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/calendar")
		_, _ = io.WriteString(w, file)
	})
	mux.HandleFunc("/plain", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, file) })
	mux.HandleFunc("/page", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "Text/HTML; charset=utf-8")
		_, _ = io.WriteString(w, "<!-- BEGIN:VCALENDAR -->")
	})
	mux.HandleFunc("/other", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "PK\x03\x04") })
	mux.HandleFunc("/login", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) })
	mux.HandleFunc("/broken", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	mux.HandleFunc("/told", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "9000000") })
	mux.HandleFunc("/endless", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, file)
		for range 6 << 10 {
			if _, err := w.Write(make([]byte, 1<<10)); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/bomb", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = io.WriteString(z, file)
		zeros := make([]byte, 1<<20)
		for range 500 {
			if _, err := z.Write(zeros); err != nil {
				return
			}
		}
		_ = z.Close()
	})
	mux.HandleFunc("/packed", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = io.WriteString(z, file)
		_ = z.Close()
	})
	mux.HandleFunc("/slow", func(w http.ResponseWriter, req *http.Request) {
		_, _ = io.WriteString(w, file)
		w.(http.Flusher).Flush()
		<-req.Context().Done()
		panic(http.ErrAbortHandler) // no clean end of the answer, however the two meet
	})
	mux.HandleFunc("/hop/{n}", func(w http.ResponseWriter, req *http.Request) {
		next := "/hop/" + string(rune(req.PathValue("n")[0]-1))
		if req.PathValue("n") == "1" {
			next = "/good"
		}
		http.Redirect(w, req, next, http.StatusFound)
	})
	mux.HandleFunc("/downgrade", func(w http.ResponseWriter, req *http.Request) { http.Redirect(w, req, plain.URL, http.StatusFound) })
	mux.HandleFunc("/named", func(w http.ResponseWriter, req *http.Request) {
		http.Redirect(w, req, strings.Replace(server.URL, "https://", "https://a:b@", 1)+"/good", http.StatusFound)
	})
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	here := NewFetcher(roots, true)
	tests := []struct {
		path string
		err  error
	}{
		{"/good", nil}, {"/plain", nil}, {"/packed", nil}, {"/hop/1", nil}, {"/hop/3", nil}, {"/hop/4", ErrCalendarMoved},
		{"/page", ErrCalendarNone}, {"/other", ErrCalendarNone}, {"/login", ErrCalendarRefused}, {"/broken", ErrCalendarRefused}, {"/gone", ErrCalendarRefused},
		{"/told", ErrCalendarLarge}, {"/endless", ErrCalendarLarge}, {"/bomb", ErrCalendarLarge}, {"/slow", ErrCalendarSlow},
		{"/downgrade", ErrCalendarMoved}, {"/named", ErrCalendarMoved},
	}
	for _, test := range tests {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		if test.path == "/slow" {
			ctx, cancel = context.WithTimeout(t.Context(), 300*time.Millisecond)
		}
		data, err := here.Fetch(ctx, server.URL+test.path)
		cancel()
		if !errors.Is(err, test.err) || test.err == nil && string(data) != file {
			t.Errorf("%s: %.50q %v, want %v", test.path, data, err, test.err)
		}
		if err != nil && strings.Contains(err.Error(), "127.0.0.1") {
			t.Errorf("%s: the address is in %q", test.path, err)
		}
	}
	for _, req := range seen {
		if req.Header.Get("Referer") != "" || req.Header.Get("Cookie") != "" || req.Header.Get("Authorization") != "" {
			t.Errorf("%s was told %v", req.URL, req.Header)
		}
	}
	for name, f := range map[string]struct {
		fetcher *Fetcher
		address string
		err     error
	}{
		"this machine by number":     {NewFetcher(roots, false), server.URL + "/good", ErrCalendarPrivate},
		"this machine by name":       {NewFetcher(roots, false), strings.Replace(server.URL, "127.0.0.1", "localhost", 1) + "/good", ErrCalendarPrivate},
		"this machine in IPv6":       {NewFetcher(roots, false), "https://[::ffff:127.0.0.1]:443/", ErrCalendarPrivate},
		"a certificate of nobody":    {NewFetcher(nil, true), server.URL + "/good", ErrCalendarUnreachable},
		"nobody there":               {here, "https://127.0.0.1:1/", ErrCalendarUnreachable},
		"not secure":                 {here, plain.URL, ErrCalendarAddress},
		"a secure name, not secured": {here, strings.Replace(plain.URL, "http://", "https://", 1), ErrCalendarUnreachable},
	} {
		if _, err := f.fetcher.Fetch(t.Context(), f.address); !errors.Is(err, f.err) {
			t.Errorf("%s: %v, want %v", name, err, f.err)
		}
	}
	// A proxy that the environment names is not used: it would reach what is refused here.
	t.Setenv("HTTPS_PROXY", plain.URL)
	if _, err := here.Fetch(t.Context(), server.URL+"/good"); err != nil {
		t.Errorf("with a proxy: %v", err)
	}
	if ical.MaxSize != 5<<20 {
		t.Error("the page says 5 MB")
	}
}
