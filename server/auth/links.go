package auth

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"luotsi/server/fault"
)

// The failures of signed links. A link that was replaced by a newer one counts as expired.
var (
	ErrLinkInvalid = fault.New(fault.NotFound, "link_invalid", "the link is not one of ours")
	ErrLinkExpired = fault.New(fault.Gone, "link_expired", "the link is too old, or a newer one was sent")
	ErrLinkUsed    = fault.New(fault.Gone, "link_used", "the link was used already")
)

// The purposes of links. A link made for one purpose is invalid for every other.
const (
	LinkInvitation    = "invitation"
	LinkPasswordReset = "password_reset"
	LinkAnswer        = "appointment_answer"
)

// Links signs the links that go out by mail. A link names what it opens (an id), until when, and proves with a MAC that
// Luotsi made it for one purpose: nothing secret is stored, and whether it was used is decided by the state of the id.
type Links struct {
	key []byte
}

// NewLinks derives the links' own key, so that a link can never pass for a token made with the same key.
func NewLinks(key []byte) (*Links, error) {
	if len(key) < 32 {
		return nil, errors.New("the link key needs at least 32 bytes")
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("luotsi signed links v1"))
	return &Links{key: mac.Sum(nil)}, nil
}

var linkID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// Sign makes the text `id.expiry.mac`, safe in a URL's path. The id must be of the form of all ids.
func (l *Links) Sign(purpose, id string, expires time.Time) string {
	head := id + "." + strconv.FormatInt(expires.UnixMilli(), 36)
	mac := hmac.New(sha256.New, l.key)
	mac.Write([]byte(purpose + "\x00" + head))
	return head + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// Read gives the id of a link made for that purpose. It fails with ErrLinkInvalid or, from the moment of expiry on,
// ErrLinkExpired. Exactly one text is valid for an id, a purpose and an expiry: other spellings of the same are refused.
func (l *Links) Read(purpose, link string, now time.Time) (string, error) {
	if len(link) > 200 {
		return "", ErrLinkInvalid
	}
	id, rest, _ := strings.Cut(link, ".")
	expiry, _, ok := strings.Cut(rest, ".")
	if !ok || !linkID.MatchString(id) {
		return "", ErrLinkInvalid
	}
	ms, err := strconv.ParseInt(expiry, 36, 64)
	if err != nil {
		return "", ErrLinkInvalid
	}
	expires := time.UnixMilli(ms)
	if !hmac.Equal([]byte(link), []byte(l.Sign(purpose, id, expires))) {
		return "", ErrLinkInvalid
	}
	if !now.Before(expires) {
		return "", ErrLinkExpired
	}
	return id, nil
}
