package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"luotsi/server/fault"
)

// PasswordMin is the least length of a password in characters. Spaces and every letter count; nothing is cut off.
const PasswordMin = 15

// The failures of passwords.
var (
	ErrPasswordShort  = fault.New(fault.Invalid, "password_short", "a password has at least 15 characters")
	ErrPasswordCommon = fault.New(fault.Invalid, "password_common", "the password is a common one, or made of the person's own name")
	errHashingBusy    = &fault.Error{Kind: fault.Unavailable, Code: "unavailable", Detail: "too many people sign in at this moment", RetryAfter: time.Second}
)

//go:embed common.txt
var commonText string

// commonWords are the words that the most used passwords are made of.
var commonWords = func() map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq(commonText) {
		words[letters(strings.ToLower(norm.NFC.String(word)))] = true
	}
	delete(words, "")
	return words
}()

// CheckPassword refuses a password that is too short, or that is a common word, the product's name or a part of what is
// known about the person (about: their name, their mail address), with the usual digits and signs put after it. Two such
// words in a row, and one repeated, count as common too.
func CheckPassword(password string, about ...string) error {
	password = norm.NFC.String(password)
	if utf8.RuneCountInString(password) < PasswordMin {
		return ErrPasswordShort
	}
	known := map[string]bool{"luotsi": true}
	for _, text := range about {
		for _, part := range strings.FieldsFunc(strings.ToLower(norm.NFC.String(text)), func(r rune) bool { return !unicode.IsLetter(r) }) {
			if utf8.RuneCountInString(part) >= 3 {
				known[part] = true
			}
		}
	}
	if isCommon(password, func(word string) bool { return commonWords[word] || known[word] }) {
		return ErrPasswordCommon
	}
	return nil
}

// isCommon looks at the password without what people put after a word: each prefix that only digits and signs follow.
// "S4lasana12345678" is salasana under one of them, read with digits as the letters that they look like.
func isCommon(password string, common func(string) bool) bool {
	lower := []rune(strings.ToLower(password))
	for end := len(lower); ; end-- {
		head := string(lower[:end])
		for _, word := range []string{letters(head), letters(lookalikes.Replace(head))} {
			if word == "" || madeOf(word, common) {
				return true
			}
		}
		if end == 0 || unicode.IsLetter(lower[end-1]) {
			return false
		}
	}
}

var lookalikes = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")

// letters keeps the letters of a text.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, text)
}

// madeOf reports whether a word is a common one, two of them in a row, a repetition of up to six letters or of a common
// word, or a run of neighbours in the alphabet or on the keyboard.
func madeOf(word string, common func(string) bool) bool {
	if common(word) {
		return true
	}
	for i := range word {
		if i > 0 && common(word[:i]) && common(word[i:]) {
			return true
		}
	}
	starts := 0
	for i := range word {
		if i > 0 && len(word)%i == 0 && strings.Repeat(word[:i], len(word)/i) == word && (starts <= 6 || common(word[:i])) {
			return true
		}
		starts++
	}
	for _, row := range []string{"abcdefghijklmnopqrstuvwxyzåäö", "qwertyuiopåasdfghjklöäzxcvbnm", "qwertyuiopasdfghjklzxcvbnm"} {
		if utf8.RuneCountInString(word) >= 5 && (strings.Contains(row+row, word) || strings.Contains(reversed(row+row), word)) {
			return true
		}
	}
	return false
}

func reversed(text string) string {
	runes := []rune(text)
	for i, j := 0, len(runes)-1; i < j; i, j = i+1, j-1 {
		runes[i], runes[j] = runes[j], runes[i]
	}
	return string(runes)
}

// The cost of a hash: argon2id with 19 MiB and two passes.
const (
	argonMemory  = 19 * 1024
	argonTime    = 2
	argonThreads = 1
	argonSalt    = 16
	argonKey     = 32
)

// Passwords hashes passwords, at most two at a time, so that signing in can never take the whole machine.
type Passwords struct {
	turns chan struct{}
	dummy string // the hash of nothing anybody knows
}

// NewPasswords makes the hasher. It hashes once, for whoever tries an address that does not exist.
func NewPasswords() *Passwords {
	p := &Passwords{turns: make(chan struct{}, 2)}
	p.dummy = encodePHC([]byte(NewSecret()))
	return p
}

// Hash gives the password's hash as a PHC string. It waits for a turn and fails when ctx ends first.
func (p *Passwords) Hash(ctx context.Context, password string) (string, error) {
	if err := p.turn(ctx); err != nil {
		return "", err
	}
	defer p.done()
	return encodePHC([]byte(norm.NFC.String(password))), nil
}

// Matches reports whether the password is the hashed one. An empty hash stands for nobody: it takes as long and is false.
func (p *Passwords) Matches(ctx context.Context, hash, password string) (bool, error) {
	nobody := hash == ""
	if nobody {
		hash = p.dummy
	}
	h, err := parsePHC(hash)
	if err != nil {
		return false, err
	}
	if err := p.turn(ctx); err != nil {
		return false, err
	}
	defer p.done()
	got := argon2.IDKey([]byte(norm.NFC.String(password)), h.salt, h.time, h.memory, h.threads, uint32(len(h.key)))
	return subtle.ConstantTimeCompare(got, h.key) == 1 && !nobody, nil
}

func (p *Passwords) turn(ctx context.Context) error {
	select {
	case p.turns <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for a turn to hash: %w", errHashingBusy)
	}
}

func (p *Passwords) done() { <-p.turns }

func encodePHC(password []byte) string {
	salt := make([]byte, argonSalt)
	rand.Read(salt)
	key := argon2.IDKey(password, salt, argonTime, argonMemory, argonThreads, argonKey)
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads, b64(salt), b64(key))
}

type phc struct {
	memory, time uint32
	threads      uint8
	salt, key    []byte
}

var errPHC = errors.New("not an argon2id hash in PHC form")

// parsePHC reads a stored hash, of costs within reason, so that a broken document can not stall the process.
func parsePHC(text string) (phc, error) {
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != "v="+strconv.Itoa(argon2.Version) {
		return phc{}, errPHC
	}
	var costs [3]uint64
	fields := strings.Split(parts[3], ",")
	if len(fields) != len(costs) {
		return phc{}, errPHC
	}
	for i, name := range []string{"m=", "t=", "p="} {
		value, ok := strings.CutPrefix(fields[i], name)
		n, err := strconv.ParseUint(value, 10, 32)
		if !ok || err != nil || n == 0 {
			return phc{}, errPHC
		}
		costs[i] = n
	}
	salt, err := base64.RawStdEncoding.Strict().DecodeString(parts[4])
	if err != nil || len(salt) < 8 || len(salt) > 64 {
		return phc{}, errPHC
	}
	key, err := base64.RawStdEncoding.Strict().DecodeString(parts[5])
	if err != nil || len(key) < 16 || len(key) > 64 {
		return phc{}, errPHC
	}
	if costs[0] > 256*1024 || costs[1] > 16 || costs[2] > 16 || costs[0] < 8*costs[2] {
		return phc{}, errPHC
	}
	return phc{memory: uint32(costs[0]), time: uint32(costs[1]), threads: uint8(costs[2]), salt: salt, key: key}, nil
}
