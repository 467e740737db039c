package scheduling

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"luotsi/scheduling/ical"
)

const (
	fetchTime    = 20 * time.Second
	maxRedirects = 3
	maxAddress   = 2000 // letters
)

// Fetcher gets calendars from addresses that people give. It goes to public addresses only, whatever a name leads to and wherever
// it is sent on: the connection that is really made is what is looked at. It sends nothing of ours along.
type Fetcher struct {
	client *http.Client
}

// NewFetcher makes the one in use. roots and private are for tests: certificates to trust, and to go to this machine.
func NewFetcher(roots *x509.CertPool, private bool) *Fetcher {
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil || !private && !public(to.Addr()) {
			return ErrCalendarPrivate
		}
		return nil
	}}
	return &Fetcher{client: &http.Client{
		Timeout: fetchTime,
		Transport: &http.Transport{
			Proxy: nil, DialContext: dialer.DialContext, DisableKeepAlives: true, ForceAttemptHTTP2: true,
			TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots}, TLSHandshakeTimeout: 10 * time.Second,
			ResponseHeaderTimeout: fetchTime, MaxResponseHeaderBytes: 64 << 10,
		},
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			req.Header.Del("Referer") // the address that led there is a secret
			if len(via) > maxRedirects || req.URL.Scheme != "https" || req.URL.User != nil {
				return ErrCalendarMoved
			}
			return nil
		},
	}}
}

// elsewhere are the networks that are not the Internet, beyond those that netip knows; and the address at which Azure answers
// machines of its own.
var elsewhere = func() []netip.Prefix {
	var list []netip.Prefix
	for _, p := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
		"168.63.129.16/32", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
	} {
		list = append(list, netip.MustParsePrefix(p))
	}
	return list
}()

var internet6 = netip.MustParsePrefix("2000::/3")

// public reports whether an address is one of the Internet.
func public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsValid() || !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() || a.IsMulticast() || a.IsUnspecified() {
		return false
	}
	if a.Is6() && !internet6.Contains(a) {
		return false
	}
	for _, p := range elsewhere {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// calendarAddress reads an address of a calendar as people copy it; webcal is https by another name.
func calendarAddress(text string) (string, error) {
	text = strings.TrimSpace(text)
	for _, scheme := range []string{"webcal://", "webcals://"} {
		if len(text) > len(scheme) && strings.EqualFold(text[:len(scheme)], scheme) {
			text = "https://" + text[len(scheme):]
		}
	}
	u, err := url.Parse(text)
	if err != nil || len(text) > maxAddress || !strings.EqualFold(u.Scheme, "https") || u.Hostname() == "" || u.User != nil || u.Opaque != "" {
		return "", ErrCalendarAddress
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String(), nil
}

// Fetch gets what is at an address, at most as much as a calendar may be. Its errors are coded.
func (f *Fetcher) Fetch(ctx context.Context, address string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil || req.URL.Scheme != "https" {
		return nil, ErrCalendarAddress
	}
	req.Header.Set("Accept", "text/calendar, text/plain;q=0.5, */*;q=0.1")
	req.Header.Set("User-Agent", "Luotsi")
	res, err := f.client.Do(req)
	if err != nil {
		return nil, unreached(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, ErrCalendarRefused.Detailed("the address answers with status %d", res.StatusCode)
	}
	if kind := res.Header.Get("Content-Type"); strings.HasPrefix(strings.ToLower(strings.TrimSpace(kind)), "text/html") {
		return nil, ErrCalendarNone
	}
	if res.ContentLength > ical.MaxSize {
		return nil, ErrCalendarLarge
	}
	// The transport unpacks; what counts is what comes out, so that a small answer can not become a great one.
	data, err := io.ReadAll(io.LimitReader(res.Body, ical.MaxSize+1))
	if err != nil {
		return nil, unreached(err)
	}
	if len(data) > ical.MaxSize {
		return nil, ErrCalendarLarge
	}
	if !bytes.Contains(bytes.ToUpper(data[:min(len(data), 512)]), []byte("BEGIN:VCALENDAR")) {
		return nil, ErrCalendarNone
	}
	return data, nil
}

// unreached says why nothing came, without the address: it is a secret, and stands in the errors of package net.
func unreached(err error) error {
	var timeout net.Error
	switch {
	case errors.Is(err, ErrCalendarPrivate):
		return ErrCalendarPrivate
	case errors.Is(err, ErrCalendarMoved):
		return ErrCalendarMoved
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return ErrCalendarSlow
	}
	return ErrCalendarUnreachable
}

// unread says why a file is not read.
func unread(err error) error {
	switch {
	case errors.Is(err, ical.ErrNoCalendar):
		return ErrCalendarNone
	case errors.Is(err, ical.ErrTooLarge), errors.Is(err, ical.ErrTooMany):
		return ErrCalendarLarge
	}
	return fmt.Errorf("read a calendar: %w", err)
}
