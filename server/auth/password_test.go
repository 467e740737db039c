package auth

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"luotsi/server/fault"
)

func TestCheckPassword(t *testing.T) {
	about := []string{"Aino-Kaisa Mäkelä", "aino.makela@rantakunta.example"}
	for _, test := range []struct {
		password string
		want     error
	}{
		{"kolme kanaa juo", nil},
		{"äöåäöåäöåäö öäå ö", nil},
		{"pöllö lensi järven yli", nil},
		{"kesä järvi metsä kukka", nil}, // four words are a passphrase, though each is common
		{"9f3b-77ac-01de-5512", nil},
		{strings.Repeat("pöllö lensi järven yli ", 10), nil},
		{"", ErrPasswordShort},
		{"kolme kanaa ju", ErrPasswordShort},
		{"äöåäöåäöåäöåäö", ErrPasswordShort},            // 14 characters, though 28 bytes
		{"ä" + "a\u0308bcdefghijklm", ErrPasswordShort}, // a with its dots apart is one character
		{"               ", ErrPasswordCommon},
		{"123456789012345", ErrPasswordCommon},
		{"Salasana12345678", ErrPasswordCommon},
		{"salasana!!!!!!!2026", ErrPasswordCommon},
		{"S4lasana12345678", ErrPasswordCommon},
		{"$alasana-1234567", ErrPasswordCommon},
		{"P@ssw0rd12345678", ErrPasswordCommon},
		{"salasanasalasana", ErrPasswordCommon},
		{"salasana salasana", ErrPasswordCommon},
		{"Salasana salasana salasana 1", ErrPasswordCommon},
		{"Luotsi123456789!", ErrPasswordCommon},
		{"luotsi-salasana-1", ErrPasswordCommon},
		{"Lösenord12345678", ErrPasswordCommon},
		{"työkykykoordinaattori1", ErrPasswordCommon},
		{"Mäkelä 123456789", ErrPasswordCommon},
		{"makela rantakunta 1", ErrPasswordCommon},
		{"aino.makela@2026!", ErrPasswordCommon},
		{"rantakunta20262027", ErrPasswordCommon},
		{"aaaaaaaaaaaaaaaa", ErrPasswordCommon},
		{"abababababababab", ErrPasswordCommon},
		{"abcdefghijklmnopq", ErrPasswordCommon},
		{"qwertyuiopasdfgh", ErrPasswordCommon},
		{"poiuytrewq987654", ErrPasswordCommon},
		{"---salasana-----", ErrPasswordCommon},
	} {
		t.Run(test.password, func(t *testing.T) {
			if err := CheckPassword(test.password, about...); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

func TestPasswordsMatch(t *testing.T) {
	ctx := context.Background()
	passwords := NewPasswords()
	hash, err := passwords.Hash(ctx, "pöllö lensi järven yli")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("got the hash %q", hash)
	}
	long := strings.Repeat("pöllö lensi järven yli ", 20)
	longHash, err := passwords.Hash(ctx, long)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, hash, password string
		want                 bool
	}{
		{"the same", hash, "pöllö lensi järven yli", true},
		{"the same with dots apart", hash, "po\u0308llo\u0308 lensi ja\u0308rven yli", true},
		{"another case", hash, "Pöllö lensi järven yli", false},
		{"a space more", hash, "pöllö lensi järven yli ", false},
		{"empty", hash, "", false},
		{"long", longHash, long, true},
		{"long, last character missing", longHash, long[:len(long)-1], false},
		{"nobody", "", "pöllö lensi järven yli", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := passwords.Matches(ctx, test.hash, test.password)
			if err != nil || got != test.want {
				t.Errorf("got %v, %v, want %v", got, err, test.want)
			}
		})
	}
}

func TestPasswordsSaltEveryHash(t *testing.T) {
	passwords := NewPasswords()
	a, errA := passwords.Hash(context.Background(), "pöllö lensi järven yli")
	b, errB := passwords.Hash(context.Background(), "pöllö lensi järven yli")
	if errA != nil || errB != nil || a == b {
		t.Errorf("got %q, %v and %q, %v", a, errA, b, errB)
	}
}

func TestPasswordsWaitForTheirTurn(t *testing.T) {
	passwords := NewPasswords()
	passwords.turns <- struct{}{}
	passwords.turns <- struct{}{}
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	_, err := passwords.Matches(ctx, "", "x")
	if f, ok := fault.As(err); !ok || f.Kind != fault.Unavailable || f.RetryAfter == 0 {
		t.Fatalf("got %v, want to be told to come back", err)
	}
	<-passwords.turns
	<-passwords.turns

	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			if _, err := passwords.Hash(context.Background(), "x"); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if len(passwords.turns) != 0 {
		t.Errorf("%d turns were not given back", len(passwords.turns))
	}
}

func TestParsePHCRefuses(t *testing.T) {
	good := encodePHC([]byte("x"))
	if _, err := parsePHC(good); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		"", "$", "x" + good, good + "$", good[:len(good)-1] + "!",
		strings.Replace(good, "argon2id", "argon2i", 1),
		strings.Replace(good, "v=19", "v=16", 1),
		strings.Replace(good, "m=19456", "m=4294967295", 1),
		strings.Replace(good, "m=19456", "m=0", 1),
		strings.Replace(good, "t=2", "t=1000", 1),
		strings.Replace(good, "p=1", "p=0", 1),
		strings.Replace(good, "p=1", "p=300", 1),
		"$argon2id$v=19$m=19456,t=2,p=1$$",
	} {
		if _, err := parsePHC(text); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
}

// Checking ends for every text, and what is short is told so before anything else.
func FuzzCheckPassword(f *testing.F) {
	f.Add("Salasana12345678", "Aino Mäkelä")
	f.Add("äöå\u0308\xff\x00", "")
	f.Add(strings.Repeat("a1", 200), "a@b.example")
	f.Add("1!1!1!1!1!1!1!1!1!1!1!", "İ")
	f.Fuzz(func(t *testing.T, password, about string) {
		err := CheckPassword(password, about)
		if err != nil && !errors.Is(err, ErrPasswordShort) && !errors.Is(err, ErrPasswordCommon) {
			t.Errorf("%q: %v", password, err)
		}
		if characters := utf8.RuneCountInString(norm.NFC.String(password)); characters < PasswordMin && !errors.Is(err, ErrPasswordShort) {
			t.Errorf("%q has %d characters: %v", password, characters, err)
		}
	})
}

func FuzzParsePHC(f *testing.F) {
	f.Add(encodePHC([]byte("x")))
	f.Add("$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA")
	f.Add("$$$$$")
	f.Fuzz(func(t *testing.T, text string) {
		h, err := parsePHC(text)
		if err == nil && (len(h.salt) < 8 || len(h.key) < 16 || h.memory > 256*1024 || h.time > 16 || h.threads == 0) {
			t.Errorf("%q gave %+v", text, h)
		}
	})
}
