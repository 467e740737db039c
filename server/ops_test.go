package main

import (
	"bytes"
	"encoding/base64"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"luotsi/courses"
	"luotsi/courses/library"
	"luotsi/server/mongodb"
)

// luotsi runs a command of the program, with settings, and gives what it says.
func luotsi(t testing.TB, settings map[string]string, args ...string) (stdout string, err error) {
	t.Helper()
	var out bytes.Buffer
	err = run(t.Context(), args, func(name string) string { return settings[name] }, &out, &lines{})
	return out.String(), err
}

func mustRun(t testing.TB, settings map[string]string, args ...string) string {
	t.Helper()
	out, err := luotsi(t, settings, args...)
	if err != nil {
		t.Fatalf("luotsi %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

// openDemo opens the demo of a data folder, with the keys that are kept there.
func openDemo(t testing.TB, folder string) *site {
	t.Helper()
	config, err := readConfig(func(name string) string { return map[string]string{"LUOTSI_DATA": folder, "LUOTSI_DEMO": "1"}[name] })
	must(t, err)
	s := openSite(t, config)
	must(t, s.fillDemo(t.Context()))
	return s
}

// demo signs somebody of the demo in and gives their id and token.
func (s *site) demo(t testing.TB, email string) (person, token string) {
	t.Helper()
	a := s.signIn(t, email, demoPassword)
	if a.status != 200 {
		t.Fatalf("%s can not sign in: %d %s", email, a.status, a.body)
	}
	return a.text("id"), a.cookie("luotsi_token")
}

// hashIn finds the state's hash in what a command says.
func hashIn(t testing.TB, said string) string {
	t.Helper()
	for word := range strings.FieldsSeq(strings.ReplaceAll(said, ",", " ")) {
		if len(word) == 64 && strings.Trim(word, "0123456789abcdef") == "" {
			return word
		}
	}
	t.Fatalf("no hash in %q", said)
	return ""
}

// TestBackup moves a demo from one data folder to another, as `luotsi export` and `luotsi import` do.
func TestBackup(t *testing.T) {
	from, backup := t.TempDir(), filepath.Join(t.TempDir(), "backup")
	s := openDemo(t, from)
	oppija, token := s.demo(t, "oppija9@demo.luotsi.example")
	task := demoActivities(t, courses.Task)[0]
	s.want(t, 200, request{method: "PUT", path: "/api/drafts/" + demoCourse + "." + task, body: `{"rev":0,"text":"kesken"}`, token: token})
	s.want(t, 204, request{method: "PUT", path: "/api/courses/" + demoCourse + "/place", body: `{"activity":"` + task + `","position":77}`, token: token})
	erased, _ := s.demo(t, "oppija10@demo.luotsi.example")
	s.stop()

	settings := map[string]string{"LUOTSI_DATA": from}
	said := mustRun(t, settings, "export", backup)
	hash := hashIn(t, said)
	if info, err := os.Stat(backup); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup's file is %v, %v", info.Mode(), err)
	}
	if _, err := luotsi(t, settings, "export", backup); !errors.Is(err, os.ErrExist) {
		t.Errorf("an export over another: got %v", err)
	}
	raw, err := os.ReadFile(backup)
	must(t, err)

	copied := func(t *testing.T) map[string]string {
		t.Helper()
		to := t.TempDir()
		must(t, os.CopyFS(filepath.Join(to, "keys"), os.DirFS(filepath.Join(from, "keys"))))
		return map[string]string{"LUOTSI_DATA": to}
	}
	t.Run("everything is there", func(t *testing.T) {
		to := copied(t)
		if got := hashIn(t, mustRun(t, to, "import", backup)); got != hash {
			t.Errorf("imported %s, want %s", got, hash)
		}
		verified := mustRun(t, to, "verify")
		if got := hashIn(t, verified); got != hash || strings.Contains(verified, "WRONG") {
			t.Errorf("verify says %s, want the state %s", verified, hash)
		}
		if _, err := luotsi(t, to, "import", backup); !errors.Is(err, mongodb.ErrNotEmpty) {
			t.Errorf("a second import: got %v", err)
		}
		s := openDemo(t, to["LUOTSI_DATA"])
		defer s.stop()
		person, token := s.demo(t, "oppija9@demo.luotsi.example") // addresses and passwords
		if person != oppija || s.names.Of(oppija).Name != "Riikka Ahonen" {
			t.Errorf("got %q with the name %q", person, s.names.Of(oppija).Name)
		}
		page := s.want(t, 200, request{method: "GET", path: "/api/courses/" + demoCourse + "/activities/" + task, token: token})
		if page.text("draft.text") != "kesken" || page.at("place.position") != 77.0 {
			t.Errorf("got %s", page.body)
		}
		if s.stateHash(t) != hash {
			t.Error("opening changed the state")
		}
	})
	t.Run("another key", func(t *testing.T) {
		to := map[string]string{"LUOTSI_DATA": t.TempDir(), "LUOTSI_VAULT_KEY": base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{9}, 32))}
		if _, err := luotsi(t, to, "import", backup); err == nil || !strings.Contains(err.Error(), "LUOTSI_VAULT_KEY is not the key of this database") {
			t.Errorf("an import: got %v", err)
		}
		for _, command := range []string{"serve", "export", "project"} {
			with := maps.Clone(to)
			with["LUOTSI_DATA"] = from
			if _, err := luotsi(t, with, command, filepath.Join(t.TempDir(), "x")); err == nil || !strings.Contains(err.Error(), "LUOTSI_VAULT_KEY is not the key of this database") {
				t.Errorf("%s: got %v", command, err)
			}
		}
	})
	for name, damage := range map[string]func([]byte) []byte{
		"cut short":       func(b []byte) []byte { return b[:len(b)*9/10] },
		"without its end": func(b []byte) []byte { return b[:len(b)-1] },
		"empty":           func([]byte) []byte { return nil },
		"another byte":    func(b []byte) []byte { b[len(b)/2] ^= 1; return b },
		"no backup":       func([]byte) []byte { return []byte("kissa istuu puussa") },
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "damaged")
			must(t, os.WriteFile(file, damage(slices.Clone(raw)), 0o600))
			must(t, os.WriteFile(file+".erased", nil, 0o600))
			if said, err := luotsi(t, copied(t), "import", file); !errors.Is(err, mongodb.ErrDump) {
				t.Errorf("got %v, %s", err, said)
			}
		})
	}
	t.Run("without the list of erased people", func(t *testing.T) {
		alone := filepath.Join(t.TempDir(), "alone")
		must(t, os.WriteFile(alone, raw, 0o600))
		if _, err := luotsi(t, copied(t), "import", alone); !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), "erased") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("erased after the backup", func(t *testing.T) {
		s := openDemo(t, from)
		name := s.names.Of(erased)
		_, admin := s.demo(t, "tuula@demo.luotsi.example")
		s.want(t, 204, request{method: "POST", path: "/api/people/" + erased + "/erasure", body: `{"confirm":"` + name.Name + `"}`, token: admin})
		s.stop()
		later := filepath.Join(t.TempDir(), "later")
		mustRun(t, settings, "export", later)
		list, err := os.ReadFile(later + ".erased")
		if err != nil || strings.TrimSpace(string(list)) != erased {
			t.Errorf("the list is %q, want %s (%v)", list, erased, err)
		}
		to := copied(t)
		if said := mustRun(t, to, "import", "-erased", later+".erased", backup); !strings.Contains(said, "1 people erased again") {
			t.Errorf("importing said %s", said)
		}
		folder := to["LUOTSI_DATA"]
		opened := openDemo(t, folder)
		defer opened.stop()
		if got := opened.names.Of(erased); got.Name != "" || got.Email != "" {
			t.Errorf("the name is there again: %v", got)
		}
		if a := opened.signIn(t, name.Email, demoPassword); a.status != 401 {
			t.Errorf("the erased person signs in: %d", a.status)
		}
		admin = func() string { _, token := opened.demo(t, "tuula@demo.luotsi.example"); return token }()
		opened.want(t, 404, request{method: "GET", path: "/api/people/" + erased, token: admin})
	})
}

// demoModule is the first module of the course that ships.
func demoModule(t testing.TB) courses.Module {
	t.Helper()
	shipped, err := library.Shipped()
	must(t, err)
	for _, c := range shipped {
		if c.ID == demoCourse {
			return c.Modules[0]
		}
	}
	t.Fatal("the course of the demo does not ship")
	return courses.Module{}
}

// demoActivities are the activities of one kind in that module.
func demoActivities(t testing.TB, kind courses.Kind) []string {
	t.Helper()
	var ids []string
	for _, a := range demoModule(t).Activities {
		if a.Kind == kind {
			ids = append(ids, a.ID)
		}
	}
	if len(ids) == 0 {
		t.Fatalf("there is no %s", kind)
	}
	return ids
}

// TestVerifySaysWhatIsWrong: what does not follow from the journal is named, and the command fails.
func TestVerifySaysWhatIsWrong(t *testing.T) {
	folder := t.TempDir()
	s := openDemo(t, folder)
	s.stop()
	settings := map[string]string{"LUOTSI_DATA": folder}
	good := mustRun(t, settings, "verify")
	if strings.Contains(good, "WRONG") || !strings.HasPrefix(good, "commits ") {
		t.Errorf("a demo: %s", good)
	}
	config, err := readConfig(func(name string) string { return settings[name] })
	must(t, err)
	db, err := openDatabase(t.Context(), config)
	must(t, err)
	type any struct {
		ID string `bson:"id"`
	}
	commits := mongodb.Open[any](db, "journal")
	must(t, commits.Delete(t.Context(), "000000000007"))
	must(t, db.Close(t.Context()))
	if said, err := luotsi(t, settings, "verify"); err == nil || !strings.Contains(said, "WRONG    commit 7 is missing") {
		t.Errorf("a journal without its seventh commit: %s", said)
	}
}

// TestCommands: words that the program does not know are refused, and help needs no settings.
func TestCommands(t *testing.T) {
	settings := map[string]string{"LUOTSI_DATA": t.TempDir()}
	for _, args := range [][]string{{"sreve"}, {"export"}, {"export", "a", "b"}, {"import"}, {"import", "a", "b"}, {"init"}, {"init", "-organisation", "A"}, {"engine", "a", "b"}} {
		if _, err := luotsi(t, settings, args...); !errors.Is(err, errUsage) {
			t.Errorf("%v: got %v", args, err)
		}
	}
	for _, address := range []string{"0.0.0.0:0", "192.0.2.1:27017", ":27017", "example.org:1"} {
		if _, err := luotsi(t, settings, "engine", address); err == nil || !strings.Contains(err.Error(), "no loopback") && !strings.Contains(err.Error(), "not a loopback") {
			t.Errorf("engine on %s: got %v", address, err)
		}
	}
	if out := mustRun(t, map[string]string{"LUOTSI_ADDR": "nonsense"}, "help"); out != usage {
		t.Errorf("help says %q", out)
	}
}

// TestInit: the first organisation, and its administrator's way in.
func TestInit(t *testing.T) {
	folder := t.TempDir()
	settings := map[string]string{"LUOTSI_DATA": folder, "LUOTSI_PUBLIC_URL": "https://luotsi.example"}
	args := []string{"init", "-organisation", "Saaristo", "-unit", "Asema", "-email", "eka@luotsi.example", "-name", "Eka Ylläpitäjä"}
	out := mustRun(t, settings, args...)
	link, _, _ := strings.Cut(out, "\n")
	token, ok := strings.CutPrefix(link, "https://luotsi.example/invitation/")
	if !ok {
		t.Fatalf("got %q", out)
	}
	if _, err := luotsi(t, settings, args...); err == nil {
		t.Error("the same address founded another organisation")
	}
	config, err := readConfig(func(name string) string { return settings[name] })
	must(t, err)
	s := openSite(t, config)
	a := s.want(t, 200, request{method: "POST", path: "/api/invitations/" + token, body: `{"name":"Eka Ylläpitäjä","password":"` + testPassword + `","language":"fi"}`})
	if a.text("grants.0.role") != "admin" || a.text("grants.0.orgName") != "Saaristo" {
		t.Errorf("got %s", a.body)
	}
	for _, cookie := range a.header.Values("Set-Cookie") {
		for _, part := range []string{"HttpOnly", "Secure", "SameSite=Lax"} {
			if !strings.Contains(cookie, part) {
				t.Errorf("the cookie %s is not %s", cookie, part)
			}
		}
	}
	s.want(t, 410, request{method: "GET", path: "/api/invitations/" + token})
}
