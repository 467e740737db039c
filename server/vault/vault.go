// Package vault keeps personal texts: encrypted, known by id, and erasable. What the journal says about a text is its id alone.
// It owns the collections vault and drafts.
package vault

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"luotsi/server/fault"
	"luotsi/server/mongodb"
)

// ErrGone means that the text was erased or never stored.
var ErrGone = fault.New(fault.Gone, "text_gone", "the text is not kept any more")

// ErrDamaged means that a sealed text was changed, moved to another id, or sealed under another key.
var ErrDamaged = errors.New("vault: the sealed text can not be opened")

// Vault seals and opens texts.
type Vault struct {
	texts  *mongodb.Collection[kept]
	drafts *mongodb.Collection[draft]
	index  *mongodb.Collection[subject]
	aead   cipher.AEAD
	mac    []byte
	keyID  string
	now    func() time.Time
	locks  [64]sync.Mutex // of drafts, by a hash of their _id

	mu       sync.Mutex
	subjects map[string]map[string]bool // whose drafts on what are in the index; filled as they are met
}

// Sealed is an encrypted text with the id of the key that opens it.
type Sealed struct {
	Key  string `bson:"key"`
	Data []byte `bson:"data"`
}

type kept struct {
	About  []string `bson:"about"`
	At     int64    `bson:"at"` // unix ms
	Sealed Sealed   `bson:"sealed"`
}

// New takes the vault's key of 32 bytes, from which the keys in use are derived.
func New(db *mongodb.Database, key []byte, now func() time.Time) (*Vault, error) {
	if len(key) != 32 {
		return nil, errors.New("the vault key needs exactly 32 bytes")
	}
	derive := func(purpose string) []byte {
		out, err := hkdf.Key(sha256.New, key, nil, "luotsi "+purpose, 32)
		if err != nil {
			panic(err) // only for lengths that SHA-256 can not give
		}
		return out
	}
	block, err := aes.NewCipher(derive("texts"))
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	return &Vault{
		texts:    mongodb.Open[kept](db, "vault"),
		drafts:   mongodb.Open[draft](db, "drafts"),
		index:    mongodb.Open[subject](db, "drafts"),
		aead:     aead,
		mac:      derive("fingerprints"),
		keyID:    hex.EncodeToString(derive("key id"))[:16],
		now:      now,
		subjects: map[string]map[string]bool{},
	}, nil
}

// KeyID names the key without telling it.
func (v *Vault) KeyID() string { return v.keyID }

// Fingerprint derives an id from a text that must not be kept, such as a mail address.
func (v *Vault) Fingerprint(purpose, text string) string {
	m := hmac.New(sha256.New, v.mac)
	m.Write([]byte(purpose))
	m.Write([]byte{0})
	m.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}

// Seal encrypts a text for a document with that id; it opens only for the same id.
func (v *Vault) Seal(id, text string) (Sealed, error) { return v.seal(id, nil, text) }

// Open decrypts what Seal made for the same id.
func (v *Vault) Open(id string, s Sealed) (string, error) { return v.open(id, nil, s) }

func (v *Vault) seal(id string, about []string, text string) (Sealed, error) {
	nonce := make([]byte, v.aead.NonceSize())
	rand.Read(nonce)
	return Sealed{v.keyID, v.aead.Seal(nonce, nonce, []byte(text), bound(id, about))}, nil
}

func (v *Vault) open(id string, about []string, s Sealed) (string, error) {
	if s.Key != v.keyID || len(s.Data) < v.aead.NonceSize() {
		return "", ErrDamaged
	}
	n := v.aead.NonceSize()
	text, err := v.aead.Open(nil, s.Data[:n], s.Data[n:], bound(id, about))
	if err != nil {
		return "", ErrDamaged
	}
	return string(text), nil
}

func bound(id string, about []string) []byte {
	return []byte(id + "\x00" + strings.Join(about, "\x00"))
}

// Put stores a text under a new id, before the commit that names it. about lists the persons it is about.
func (v *Vault) Put(ctx context.Context, id string, about []string, text string) error {
	s, err := v.seal(id, about, text)
	if err != nil {
		return err
	}
	if about == nil {
		about = []string{}
	}
	return v.unavailable(v.texts.Insert(ctx, id, kept{about, v.now().UnixMilli(), s}))
}

// Get opens a text; ErrGone when it is not there.
func (v *Vault) Get(ctx context.Context, id string) (string, error) {
	k, err := v.texts.Get(ctx, id)
	if errors.Is(err, mongodb.ErrNotFound) {
		return "", ErrGone
	}
	if err != nil {
		return "", v.unavailable(err)
	}
	return v.open(id, k.About, k.Sealed)
}

// Delete removes texts; those that are not there are no error.
func (v *Vault) Delete(ctx context.Context, ids ...string) error {
	for _, id := range ids {
		if err := v.texts.Delete(ctx, id); err != nil {
			return v.unavailable(err)
		}
	}
	return nil
}

// Sweep deletes the texts older than a day that nobody names any more: of writes that were not carried out, and of erased people.
func (v *Vault) Sweep(ctx context.Context, named func(id string) bool) (deleted int, err error) {
	old := v.now().Add(-24 * time.Hour).UnixMilli()
	var orphans []string
	err = v.texts.Each(ctx, func(id string, k kept) error {
		if k.At < old && !named(id) {
			orphans = append(orphans, id)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return len(orphans), v.Delete(ctx, orphans...)
}

// Erase deletes the named texts, and all drafts of the person.
func (v *Vault) Erase(ctx context.Context, person string, texts []string) error {
	if err := v.Delete(ctx, texts...); err != nil {
		return err
	}
	return v.eraseDrafts(ctx, person)
}

// unavailable hides what the driver says: the caller may try again.
func (v *Vault) unavailable(err error) error {
	if err == nil || errors.Is(err, mongodb.ErrDuplicate) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrAway, err)
}

// ErrAway means that the database does not answer; nothing was lost.
var ErrAway = &fault.Error{Kind: fault.Unavailable, Code: "unavailable", Detail: "the database does not answer", RetryAfter: 2 * time.Second}
