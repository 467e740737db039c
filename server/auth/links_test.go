package auth

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func newTestLinks(t testing.TB) *Links {
	t.Helper()
	links, err := NewLinks(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return links
}

func TestLinksRead(t *testing.T) {
	links := newTestLinks(t)
	expires := noon.Add(7 * 24 * time.Hour)
	link := links.Sign(LinkInvitation, "inv-1", expires)
	other, err := NewLinks(bytes.Repeat([]byte{8}, 32))
	if err != nil {
		t.Fatal(err)
	}
	head, mac := link[:strings.LastIndexByte(link, '.')], link[strings.LastIndexByte(link, '.'):]
	for _, test := range []struct {
		name    string
		purpose string
		link    string
		now     time.Time
		want    error
	}{
		{"at once", LinkInvitation, link, noon, nil},
		{"one millisecond before its end", LinkInvitation, link, expires.Add(-time.Millisecond), nil},
		{"at its end", LinkInvitation, link, expires, ErrLinkExpired},
		{"long after", LinkInvitation, link, expires.AddDate(1, 0, 0), ErrLinkExpired},
		{"for another purpose", LinkPasswordReset, link, noon, ErrLinkInvalid},
		{"signed with another key", LinkInvitation, other.Sign(LinkInvitation, "inv-1", expires), noon, ErrLinkInvalid},
		{"another id", LinkInvitation, strings.Replace(link, "inv-1", "inv-2", 1), noon, ErrLinkInvalid},
		{"a later end", LinkInvitation, links.Sign(LinkInvitation, "inv-1", expires.Add(1))[:len(head)-1] + "z" + mac, noon, ErrLinkInvalid},
		{"expired and tampered with", LinkInvitation, "x" + link, expires, ErrLinkInvalid},
		{"upper case expiry", LinkInvitation, "inv-1" + strings.ToUpper(head[5:]) + mac, noon, ErrLinkInvalid},
		{"padded", LinkInvitation, link + "=", noon, ErrLinkInvalid},
		{"mac cut short", LinkInvitation, link[:len(link)-1], noon, ErrLinkInvalid},
		{"without mac", LinkInvitation, head, noon, ErrLinkInvalid},
		{"with a fourth part", LinkInvitation, link + ".x", noon, ErrLinkInvalid},
		{"empty", LinkInvitation, "", noon, ErrLinkInvalid},
		{"dots alone", LinkInvitation, "..", noon, ErrLinkInvalid},
		{"too long", LinkInvitation, strings.Repeat("a", 10_000), noon, ErrLinkInvalid},
	} {
		t.Run(test.name, func(t *testing.T) {
			id, err := links.Read(test.purpose, test.link, test.now)
			if !errors.Is(err, test.want) {
				t.Fatalf("got %v, want %v", err, test.want)
			}
			if want := map[bool]string{true: "inv-1"}[test.want == nil]; id != want {
				t.Errorf("got id %q, want %q", id, want)
			}
		})
	}
}

func TestNewLinksRefusesShortKey(t *testing.T) {
	if _, err := NewLinks(make([]byte, 31)); err == nil {
		t.Error("a key of 31 bytes was taken")
	}
}

// Whatever is read without an error is exactly what Sign makes: no second spelling of a link exists.
func FuzzLinksRead(f *testing.F) {
	links := newTestLinks(f)
	f.Add(links.Sign(LinkInvitation, "0190f1d2-7b7e-7c3c-9a55-1d2b1f3a4c5d", noon.Add(time.Hour)))
	f.Add(links.Sign(LinkPasswordReset, "a", noon.Add(time.Hour)))
	f.Add("a.-1.x")
	f.Add("..")
	f.Add("å.zz.\x00")
	f.Fuzz(func(t *testing.T, link string) {
		id, err := links.Read(LinkInvitation, link, noon)
		switch {
		case err == nil:
			if !strings.HasPrefix(link, id+".") || !linkID.MatchString(id) {
				t.Errorf("%q gave the id %q", link, id)
			}
		case id != "":
			t.Errorf("%q gave the id %q with %v", link, id, err)
		case !errors.Is(err, ErrLinkInvalid) && !errors.Is(err, ErrLinkExpired):
			t.Errorf("%q: %v", link, err)
		}
	})
}
