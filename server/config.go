package main

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"luotsi/courses"
	"luotsi/scheduling"
)

// Config is everything the environment decides.
type Config struct {
	Addr      string   // where to listen
	PublicURL *url.URL // what people type; https makes the cookies secure
	MongoDB   string   // address of a MongoDB; empty runs the embedded engine
	Data      string   // folder of the embedded engine, its keys, and mail files
	JWTKey    []byte
	VaultKey  []byte
	BadgeKey  []byte // RSA, as PKCS #8; without it there are no badges
	SMTP      string // empty writes mail to files in Data
	Demo      bool   // demo people and data, when the database is empty
	Courses   string // folder of courses beside the ones that ship; empty is none
	TextsDays int    // for how many days after a meeting its free texts are kept
}

// readConfig reads the environment and reports every mistake at once. For the embedded engine it makes the keys that are
// missing and keeps them in the data folder; with a MongoDB of its own a missing key is a mistake, for a new one would lose every name.
func readConfig(getenv func(string) string) (Config, error) {
	or := func(name, fallback string) string {
		if v := getenv(name); v != "" {
			return v
		}
		return fallback
	}
	c := Config{
		Addr:    or("LUOTSI_ADDR", "127.0.0.1:8080"),
		MongoDB: getenv("LUOTSI_MONGODB_URI"),
		Data:    or("LUOTSI_DATA", "./data"),
		SMTP:    getenv("LUOTSI_SMTP_URL"),
		Courses: getenv("LUOTSI_COURSES"),
	}
	var wrong []error
	mistake := func(format string, args ...any) { wrong = append(wrong, fmt.Errorf(format, args...)) }
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		mistake("LUOTSI_ADDR %q is no host:port", c.Addr)
	}
	public := or("LUOTSI_PUBLIC_URL", "http://localhost:8080")
	if u, err := url.Parse(public); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || strings.Trim(u.Path, "/") != "" ||
		u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		mistake("LUOTSI_PUBLIC_URL %q is no http or https address without a path", public)
	} else {
		u.Path = ""
		c.PublicURL = u
	}
	if c.MongoDB != "" && !strings.HasPrefix(c.MongoDB, "mongodb://") && !strings.HasPrefix(c.MongoDB, "mongodb+srv://") {
		mistake("LUOTSI_MONGODB_URI must begin with mongodb:// or mongodb+srv://")
	}
	if c.SMTP != "" {
		if u, err := url.Parse(c.SMTP); err != nil || u.Host == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
			mistake("LUOTSI_SMTP_URL is no smtp:// or smtps:// address")
		}
	}
	if c.Courses != "" {
		if info, err := os.Stat(c.Courses); err != nil || !info.IsDir() {
			mistake("LUOTSI_COURSES %q is no folder", c.Courses)
		}
	}
	switch demo := getenv("LUOTSI_DEMO"); demo {
	case "", "0":
	case "1":
		c.Demo = true
	default:
		mistake("LUOTSI_DEMO takes 1 or 0, not %q", demo)
	}
	c.TextsDays = scheduling.TextsDays
	if text := getenv("LUOTSI_TEXTS_DAYS"); text != "" {
		days, err := strconv.Atoi(text)
		if err != nil || days < 1 || days > 365 {
			mistake("LUOTSI_TEXTS_DAYS takes 1 to 365 days, not %q", text)
		}
		c.TextsDays = days
	}
	for _, key := range []struct {
		name string
		to   *[]byte
	}{{"LUOTSI_JWT_KEY", &c.JWTKey}, {"LUOTSI_VAULT_KEY", &c.VaultKey}} {
		text := getenv(key.name)
		if text == "" && c.MongoDB != "" {
			mistake("%s is missing: 32 random bytes in base64, for example from openssl rand -base64 32", key.name)
			continue
		}
		var err error
		if text == "" {
			*key.to, err = keptKey(filepath.Join(c.Data, "keys"), strings.ToLower(strings.TrimPrefix(key.name, "LUOTSI_")))
		} else {
			*key.to, err = parseKey(text)
		}
		if err != nil {
			mistake("%s: %w", key.name, err)
		}
	}
	if err := c.readBadgeKey(getenv("LUOTSI_BADGE_KEY")); err != nil {
		mistake("LUOTSI_BADGE_KEY: %w", err)
	}
	return c, errors.Join(wrong...)
}

// readBadgeKey takes the key of the settings, or, for the embedded engine, one that is kept in the data folder. With a MongoDB of its
// own a server without a key offers no badges: several servers with keys of their own would publish different ones.
func (c *Config) readBadgeKey(text string) (err error) {
	switch {
	case text != "":
		c.BadgeKey, err = parseBadgeKey(text)
	case c.MongoDB == "":
		c.BadgeKey, err = kept(filepath.Join(c.Data, "keys"), "badge_key", parseBadgeKey, newBadgeKey)
	}
	return err
}

func newBadgeKey() ([]byte, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, err
	}
	return x509.MarshalPKCS8PrivateKey(key)
}

func parseBadgeKey(text string) ([]byte, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil {
		return nil, errors.New("not base64")
	}
	_, err = courses.ReadBadgeKey(key)
	return key, err
}

func parseKey(text string) ([]byte, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(key) != 32 {
		return nil, errors.New("not 32 bytes in base64")
	}
	return key, nil
}

// keptKey reads a key from the data folder, or makes it there. A new one is on the disk before it is used, and never takes the
// place of another that a second start has just made: names sealed with a key that is gone are gone too.
func keptKey(folder, name string) ([]byte, error) {
	return kept(folder, name, parseKey, func() ([]byte, error) {
		key := make([]byte, 32)
		_, err := rand.Read(key)
		return key, err
	})
}

func kept(folder, name string, parse func(string) ([]byte, error), fresh func() ([]byte, error)) ([]byte, error) {
	path := filepath.Join(folder, name)
	text, err := os.ReadFile(path)
	if err == nil {
		return parse(string(text))
	}
	if !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	key, err := fresh()
	if err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = file.WriteString(base64.StdEncoding.EncodeToString(key) + "\n")
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return nil, errors.Join(err, os.Remove(path))
	}
	entry, err := os.Open(folder)
	if err != nil {
		return nil, err
	}
	return key, errors.Join(entry.Sync(), entry.Close())
}
