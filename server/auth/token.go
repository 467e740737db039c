package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"luotsi/server/fault"
)

// TokenLife is how long a token serves before it is renewed with the session's secret.
const TokenLife = 15 * time.Minute

// The failures of tokens and links.
var (
	ErrTokenMissing = fault.New(fault.Unauthenticated, "signed_out", "nobody is signed in")
	ErrTokenExpired = fault.New(fault.Unauthenticated, "token_expired", "the token is over; renew it")
	ErrTokenInvalid = fault.New(fault.Unauthenticated, "token_invalid", "the token is not ours")
	ErrOtherPerson  = fault.New(fault.Unauthenticated, "other_person", "somebody else is signed in than the page says")
	ErrForbidden    = fault.New(fault.Forbidden, "forbidden", "this role may not do that")
)

// Tokens signs and reads the short-lived tokens. Key has at least 32 bytes.
type Tokens struct {
	key []byte
}

// NewTokens takes the signing key.
func NewTokens(key []byte) (*Tokens, error) {
	if len(key) < 32 {
		return nil, errors.New("the token key needs at least 32 bytes")
	}
	return &Tokens{key: key}, nil
}

// Claim is what a token says: the person, the session, and when it was made.
type Claim struct {
	Person  string
	Session string
	Issued  time.Time // to the millisecond: ending a session looks at it
	Expires time.Time
}

type claims struct {
	jwt.RegisteredClaims
	Session string `json:"sid"`
	// IssuedMS repeats iat in milliseconds: whole seconds would let a token of the same second outlive its session's end.
	IssuedMS int64 `json:"ims"`
}

// Sign makes the token of a session.
func (t *Tokens) Sign(person, session string, now time.Time) (string, error) {
	return jwt.NewWithClaims(jwt.SigningMethodHS256, claims{
		RegisteredClaims: jwt.RegisteredClaims{
			Subject:   person,
			IssuedAt:  jwt.NewNumericDate(now),
			ExpiresAt: jwt.NewNumericDate(now.Add(TokenLife)),
		},
		Session:  session,
		IssuedMS: now.UnixMilli(),
	}).SignedString(t.key)
}

// Read checks signature and time. It fails with ErrTokenMissing, ErrTokenExpired or ErrTokenInvalid.
func (t *Tokens) Read(token string, now time.Time) (Claim, error) {
	if token == "" {
		return Claim{}, ErrTokenMissing
	}
	var c claims
	_, err := jwt.ParseWithClaims(token, &c, func(*jwt.Token) (any, error) { return t.key, nil },
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}),
		jwt.WithExpirationRequired(),
		jwt.WithTimeFunc(func() time.Time { return now }))
	switch {
	case errors.Is(err, jwt.ErrTokenExpired):
		return Claim{}, ErrTokenExpired
	case err != nil || c.Subject == "" || c.Session == "":
		return Claim{}, ErrTokenInvalid
	}
	return Claim{
		Person:  c.Subject,
		Session: c.Session,
		Issued:  time.UnixMilli(c.IssuedMS).UTC(),
		Expires: c.ExpiresAt.UTC(),
	}, nil
}

// NewSecret makes an unguessable text for a session or a link: 256 bits, URL-safe.
func NewSecret() string {
	b := make([]byte, 32)
	rand.Read(b) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(b)
}

// HashSecret is what we keep of a secret: enough to recognise it, useless to whoever reads the database.
func HashSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
