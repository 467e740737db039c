package courses

import (
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// badges signs Open Badges 3.0 credentials as VC-JWT, with RS256: the one algorithm that every verifier has to know.
type badges struct {
	key    *rsa.PrivateKey
	public string
}

// newBadges reads the key; nil without one.
func newBadges(pkcs8 []byte, public string) (*badges, error) {
	if len(pkcs8) == 0 {
		return nil, nil
	}
	key, err := ReadBadgeKey(pkcs8)
	if err != nil {
		return nil, err
	}
	return &badges{key, public}, nil
}

// ReadBadgeKey reads an RSA key of at least 2048 bits from PKCS #8.
func ReadBadgeKey(pkcs8 []byte) (*rsa.PrivateKey, error) {
	parsed, err := x509.ParsePKCS8PrivateKey(pkcs8)
	if err != nil {
		return nil, errors.New("not an RSA key as PKCS #8")
	}
	key, ok := parsed.(*rsa.PrivateKey)
	if !ok || key.N.BitLen() < 2048 {
		return nil, errors.New("not an RSA key of at least 2048 bits")
	}
	return key, nil
}

// Paths below the public address.
const (
	issuerPath      = "/api/badges/issuer"
	keyPath         = "/api/badges/key"
	revocationsPath = "/api/badges/revocations"
)

// jwkView is the published key.
type jwkView struct {
	Kty string `json:"kty"`
	Use string `json:"use"`
	Alg string `json:"alg"`
	Kid string `json:"kid"`
	N   string `json:"n"`
	E   string `json:"e"`
}

func (b *badges) jwk() jwkView {
	return jwkView{
		Kty: "RSA", Use: "sig", Alg: "RS256", Kid: b.public + keyPath, N: base64.RawURLEncoding.EncodeToString(b.key.N.Bytes()),
		E: base64.RawURLEncoding.EncodeToString(big.NewInt(int64(b.key.E)).Bytes()),
	}
}

// profileView is who signs.
type profileView struct {
	Context []string `json:"@context,omitempty"`
	ID      string   `json:"id"`
	Type    []string `json:"type"`
	Name    string   `json:"name"`
	URL     string   `json:"url"`
}

func (b *badges) profile() profileView {
	return profileView{ID: b.public + issuerPath, Type: []string{"Profile"}, Name: "Luotsi", URL: b.public}
}

func badgeContext() []string {
	return []string{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"}
}

// revocationsView is a 1EdTech revocation list: numbers of certificates that were taken back, and no word of anybody.
type revocationsView struct {
	ID      string             `json:"id"`
	Type    string             `json:"type"`
	Issuer  string             `json:"issuer"`
	Revoked []revokedBadgeView `json:"revokedCredential"`
}

type revokedBadgeView struct {
	ID      string `json:"id"`
	Revoked bool   `json:"revoked"`
}

func credentialID(number string) string { return "urn:luotsi:certificate:" + number }

// credential is what the badge says, in one language. The learner is a salted hash of their mail address, as a verifier who knows
// the address can check; no name is in it.
func (b *badges) credential(d Diploma, language Language) jwt.MapClaims {
	face, _ := d.Content.Faces.In(language)
	hash := sha256.Sum256([]byte(strings.ToLower(d.Email) + d.Salt))
	issued := d.issued()
	achievement := map[string]any{
		"id": b.public + "/achievements/" + d.Course + "/" + d.Version, "type": []string{"Achievement"}, "achievementType": "Certificate",
		"name": face.Title, "description": orText(face.Summary, face.Title), "criteria": map[string]any{"narrative": d.narrative(language)},
		"creator":    map[string]any{"id": "urn:luotsi:organisation:" + d.Org, "type": []string{"Profile"}, "name": d.OrgName},
		"inLanguage": language,
	}
	if d.Credits > 0 {
		achievement["creditsAvailable"] = d.Credits
	}
	subject := map[string]any{
		"type": []string{"AchievementSubject"}, "achievement": achievement,
		"identifier": []any{map[string]any{
			"type": "IdentityObject", "identityType": "emailAddress", "hashed": true, "salt": d.Salt, "identityHash": "sha256$" + hex.EncodeToString(hash[:]),
		}},
	}
	if d.Credits > 0 {
		subject["creditsEarned"] = d.Credits
	}
	profile := b.profile()
	return jwt.MapClaims{
		"@context": badgeContext(), "id": credentialID(d.Number), "type": []string{"VerifiableCredential", "OpenBadgeCredential"},
		"name": face.Title, "issuer": profile, "validFrom": issued.Format(time.RFC3339), "credentialSubject": subject,
		"credentialStatus": map[string]any{"id": b.public + revocationsPath, "type": "1EdTechRevocationList"},
		"iss":              profile.ID, "jti": credentialID(d.Number), "nbf": issued.Unix(),
	}
}

// sign gives the badge. Its header names the published key.
func (b *badges) sign(d Diploma, language Language) (string, error) {
	token := jwt.NewWithClaims(jwt.SigningMethodRS256, b.credential(d, language))
	token.Header["kid"] = b.public + keyPath
	return token.SignedString(b.key)
}

// issued is the first moment of the day it was issued.
func (c Certificate) issued() time.Time {
	day, err := time.ParseInLocation(time.DateOnly, c.Day, helsinki())
	if err != nil {
		return time.Time{}
	}
	return day.UTC()
}

// narrative tells in a sentence or two what was done.
func (d Diploma) narrative(language Language) string {
	w := certificateTexts[language]
	if w == nil {
		w = certificateTexts[Finnish]
	}
	parts := []string{fmt.Sprintf(w.allModules, len(d.Content.Modules), d.Hours)}
	if d.Asked > 0 {
		parts = append(parts, fmt.Sprintf(w.contactDays, d.Days, d.Asked))
	}
	if d.Developed {
		parts = append(parts, w.developed)
	}
	return strings.Join(parts, " ")
}

func orText(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
