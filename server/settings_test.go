package main

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadConfig(t *testing.T) {
	key := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{7}, 32))
	tests := []struct {
		name     string
		settings map[string]string
		wrong    []string // each has to be named; none means that the settings are good
	}{
		{"nothing set", nil, nil},
		{"everything set", map[string]string{
			"LUOTSI_ADDR": "0.0.0.0:80", "LUOTSI_PUBLIC_URL": "https://luotsi.example/", "LUOTSI_MONGODB_URI": "mongodb://db.example/luotsi", "LUOTSI_JWT_KEY": key,
			"LUOTSI_VAULT_KEY": key + "\n", "LUOTSI_SMTP_URL": "smtps://u:p@mail.example:465", "LUOTSI_DEMO": "1", "LUOTSI_TEXTS_DAYS": "365",
		}, nil},
		{"every mistake at once", map[string]string{
			"LUOTSI_ADDR": "8080", "LUOTSI_PUBLIC_URL": "luotsi.example", "LUOTSI_MONGODB_URI": "postgres://db.example", "LUOTSI_JWT_KEY": "short",
			"LUOTSI_VAULT_KEY": "", "LUOTSI_SMTP_URL": "mail.example", "LUOTSI_DEMO": "yes", "LUOTSI_TEXTS_DAYS": "0",
		}, []string{"LUOTSI_ADDR", "LUOTSI_PUBLIC_URL", "LUOTSI_MONGODB_URI", "LUOTSI_JWT_KEY: not 32 bytes", "LUOTSI_VAULT_KEY is missing", "LUOTSI_SMTP_URL", "LUOTSI_DEMO", "LUOTSI_TEXTS_DAYS"}},
		{"a MongoDB without keys", map[string]string{"LUOTSI_MONGODB_URI": "mongodb+srv://db.example"}, []string{"LUOTSI_JWT_KEY is missing", "LUOTSI_VAULT_KEY is missing"}},
		{"courses of one's own", map[string]string{"LUOTSI_COURSES": "../frontend/e2e/courses"}, nil},
		{"courses that are not there", map[string]string{"LUOTSI_COURSES": "../frontend/e2e/nowhere"}, []string{"LUOTSI_COURSES"}},
		{"courses in a file", map[string]string{"LUOTSI_COURSES": "settings_test.go"}, []string{"LUOTSI_COURSES"}},
		{"texts for longer than a year", map[string]string{"LUOTSI_TEXTS_DAYS": "366"}, []string{"LUOTSI_TEXTS_DAYS"}},
		{"texts for some time", map[string]string{"LUOTSI_TEXTS_DAYS": "a month"}, []string{"LUOTSI_TEXTS_DAYS"}},
		{"a page under a path", map[string]string{"LUOTSI_PUBLIC_URL": "https://luotsi.example/app"}, []string{"LUOTSI_PUBLIC_URL"}},
		{"a page with a question", map[string]string{"LUOTSI_PUBLIC_URL": "https://luotsi.example/?lang=fi"}, []string{"LUOTSI_PUBLIC_URL"}},
		{"a page with a password", map[string]string{"LUOTSI_PUBLIC_URL": "https://u:p@luotsi.example"}, []string{"LUOTSI_PUBLIC_URL"}},
		{"a page of another kind", map[string]string{"LUOTSI_PUBLIC_URL": "ftp://luotsi.example"}, []string{"LUOTSI_PUBLIC_URL"}},
		{"a key that is too long", map[string]string{"LUOTSI_JWT_KEY": base64.StdEncoding.EncodeToString(make([]byte, 33))}, []string{"LUOTSI_JWT_KEY"}},
		{"a key that is no base64", map[string]string{"LUOTSI_VAULT_KEY": strings.Repeat("ä", 44)}, []string{"LUOTSI_VAULT_KEY"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			data := t.TempDir()
			config, err := readConfig(func(name string) string {
				if name == "LUOTSI_DATA" {
					return data
				}
				return test.settings[name]
			})
			if (err == nil) != (test.wrong == nil) {
				t.Fatalf("got %v, want %v", err, test.wrong)
			}
			for _, wrong := range test.wrong {
				if !strings.Contains(err.Error(), wrong) {
					t.Errorf("%s is not named in:\n%v", wrong, err)
				}
			}
			if err == nil && (len(config.JWTKey) != 32 || len(config.VaultKey) != 32 || strings.HasSuffix(config.PublicURL.String(), "/")) {
				t.Errorf("got %+v", config)
			}
			if secret := test.settings["LUOTSI_SMTP_URL"]; err != nil && secret != "" && strings.Contains(err.Error(), secret) {
				t.Errorf("an address that may hold a password is in the message: %v", err)
			}
		})
	}
}

// Keys that are not set are made once, and kept where only the owner reads.
func TestKeysAreKept(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	settings := func(name string) string { return map[string]string{"LUOTSI_DATA": data}[name] }
	first, err := readConfig(settings)
	must(t, err)
	second, err := readConfig(settings)
	must(t, err)
	if !bytes.Equal(first.JWTKey, second.JWTKey) || !bytes.Equal(first.VaultKey, second.VaultKey) || bytes.Equal(first.JWTKey, first.VaultKey) {
		t.Error("the keys are not two, and the same ones at the next start")
	}
	for _, name := range []string{"jwt_key", "vault_key"} {
		path := filepath.Join(data, "keys", name)
		info, err := os.Stat(path)
		must(t, err)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s: got %v, want -rw-------", name, info.Mode())
		}
	}
	if info, err := os.Stat(filepath.Join(data, "keys")); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder of the keys: %v, %v", info.Mode(), err)
	}
	must(t, os.WriteFile(filepath.Join(data, "keys", "vault_key"), []byte("damaged\n"), 0o600))
	if _, err := readConfig(settings); err == nil || !strings.Contains(err.Error(), "LUOTSI_VAULT_KEY") {
		t.Errorf("a damaged key: got %v, want a refusal, and no new key", err)
	}
}

// Settings are read before anything else happens: a wrong one leaves no folder and no database.
func TestWrongSettingsStartNothing(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	_, err := luotsi(t, map[string]string{"LUOTSI_DATA": data, "LUOTSI_ADDR": "nonsense", "LUOTSI_DEMO": "maybe"}, "serve")
	if err == nil || !strings.Contains(err.Error(), "LUOTSI_ADDR") || !strings.Contains(err.Error(), "LUOTSI_DEMO") {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(filepath.Join(data, "engine")); !os.IsNotExist(err) {
		t.Errorf("the engine's folder is there: %v", err)
	}
}

// Courses of an operator's own stand beside those that ship, and may not take their place.
func TestAllCourses(t *testing.T) {
	shipped, err := allCourses("")
	must(t, err)
	all, err := allCourses("../frontend/e2e/courses")
	own, readErr := os.ReadDir("../frontend/e2e/courses")
	must(t, readErr)
	if err != nil || len(own) == 0 || len(all) != len(shipped)+len(own) || all[len(all)-1].ID != own[len(own)-1].Name() {
		t.Fatalf("got %d courses, want %d and %d: %v", len(all), len(shipped), len(own), err)
	}
	folder := t.TempDir()
	must(t, os.CopyFS(folder, os.DirFS("../frontend/e2e/courses")))
	must(t, os.Rename(filepath.Join(folder, "testit"), filepath.Join(folder, demoCourse)))
	course := filepath.Join(folder, demoCourse, "course.fi.md")
	text, err := os.ReadFile(course)
	must(t, err)
	must(t, os.WriteFile(course, bytes.Replace(text, []byte("id: testit"), []byte("id: "+demoCourse), 1), 0o600))
	if _, err := allCourses(folder); err == nil || !strings.Contains(err.Error(), "ships with Luotsi") {
		t.Errorf("a course in the place of one that ships: %v", err)
	}
	must(t, os.WriteFile(course, []byte("---\nid: x\n---\n"), 0o600))
	if _, err := allCourses(folder); err == nil || !strings.Contains(err.Error(), "course.fi.md:2") {
		t.Errorf("a mistake is told with its line: %v", err)
	}
}
