package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"luotsi/server/auth"
)

const testPassword = "pöllö lensi järven yli"

func testConfig(folder string) Config {
	return Config{
		Addr: "127.0.0.1:0", PublicURL: &url.URL{Scheme: "http", Host: "localhost:8080"}, Data: folder,
		JWTKey: bytes.Repeat([]byte{3}, 32), VaultKey: bytes.Repeat([]byte{5}, 32), BadgeKey: testBadgeKey(),
	}
}

// testBadgeKey is one key for all tests: making one takes long.
var testBadgeKey = sync.OnceValue(func() []byte {
	key, err := newBadgeKey()
	if err != nil {
		panic(err)
	}
	return key
})

// lines is a log that may be read while it is written.
type lines struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.String()
}

// site is the whole program behind a real listener. What works in the background is left to the tests that are about it.
type site struct {
	*world
	app    *app
	url    string
	lines  *lines
	tokens *auth.Tokens
	links  *auth.Links
	client *http.Client
	serial atomic.Int64
	stop   func() // what a test calls to open the same database again
}

func openSite(t testing.TB, config Config) *site {
	t.Helper()
	s := &site{lines: &lines{}, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}, Timeout: time.Minute}}
	log := slog.New(slog.NewJSONHandler(s.lines, nil))
	var err error
	if s.world, err = openWorld(t.Context(), config, log); err != nil {
		t.Fatal(err)
	}
	p, err := builtPage()
	if err != nil {
		t.Fatal(err)
	}
	s.app = newApp(s.world, p, log)
	if s.tokens, err = auth.NewTokens(config.JWTKey); err != nil {
		t.Fatal(err)
	}
	if s.links, err = auth.NewLinks(config.JWTKey); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.url = "http://" + listener.Addr().String()
	served := make(chan error, 1)
	go func() { served <- s.app.fiber.Listener(listener) }()
	s.stop = sync.OnceFunc(func() {
		s.client.CloseIdleConnections()
		if err := s.app.fiber.ShutdownWithTimeout(10 * time.Second); err != nil {
			t.Error(err)
		}
		listener.Close()
		if err := <-served; err != nil {
			t.Error(err)
		}
		s.close()
	})
	t.Cleanup(s.stop)
	return s
}

// unique is a text that never repeats in a test.
func (s *site) unique(prefix string) string { return fmt.Sprintf("%s%06d", prefix, s.serial.Add(1)) }

// token is that of a session which began just now. It counts although its person just ended all sessions: it is a newer one.
func (s *site) token(t testing.TB, person string) string {
	t.Helper()
	now := time.Now()
	token, err := s.tokens.Sign(person, s.session(now.Add(time.Second)), now)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// session is the id of a session that began then, as people makes them.
func (s *site) session(began time.Time) string {
	return s.unique("session") + "-" + strconv.FormatInt(began.UnixMilli(), 36)
}

// request is one call. Person is who is signed in, unless a token is given; Header has pairs of name and value.
type request struct {
	method, path, body string
	person, token      string
	secret             string // of the session, which renews it
	address            string // where it comes from; a new one each time when empty
	header             []string
}

type answer struct {
	status int
	header http.Header
	body   []byte
}

func (s *site) send(t testing.TB, r request) answer {
	t.Helper()
	a, err := s.try(t, r)
	if err != nil {
		t.Fatalf("%s %s: %v", r.method, r.path, err)
	}
	return a
}

func (s *site) try(t testing.TB, r request) (answer, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), r.method, s.url+r.path, strings.NewReader(r.body))
	if err != nil {
		t.Fatal(err)
	}
	if r.body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Luotsi-Request", "1")
	if r.address == "" {
		n := s.serial.Add(1)
		r.address = fmt.Sprintf("203.%d.%d.%d", n>>16&255, n>>8&255, n&255)
	}
	req.Header.Set("X-Real-IP", r.address)
	if r.token == "" && r.person != "" {
		r.token = s.token(t, r.person)
	}
	if r.token != "" {
		req.AddCookie(&http.Cookie{Name: "luotsi_token", Value: r.token})
	}
	if r.secret != "" {
		req.AddCookie(&http.Cookie{Name: "luotsi_session", Value: r.secret})
	}
	for i := 0; i < len(r.header); i += 2 {
		if r.header[i+1] == "" {
			req.Header.Del(r.header[i])
		} else {
			req.Header.Set(r.header[i], r.header[i+1])
		}
	}
	res, err := s.client.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return answer{res.StatusCode, res.Header, body}, err
}

// want sends a request and ends the test when the status is another one.
func (s *site) want(t testing.TB, status int, r request) answer {
	t.Helper()
	a := s.send(t, r)
	if a.status != status {
		t.Fatalf("%s %s %.300s: got %d %s, want %d", r.method, r.path, r.body, a.status, a.body, status)
	}
	return a
}

// at reads a value out of a JSON answer: names and numbers between dots. It is nil when there is none.
func (a answer) at(path string) any {
	var v any
	if json.Unmarshal(a.body, &v) != nil {
		return nil
	}
	for step := range strings.SplitSeq(path, ".") {
		switch in := v.(type) {
		case map[string]any:
			v = in[step]
		case []any:
			var i int
			if _, err := fmt.Sscan(step, &i); err != nil || i >= len(in) {
				return nil
			}
			v = in[i]
		default:
			return nil
		}
	}
	return v
}

func (a answer) text(path string) string {
	text, _ := a.at(path).(string)
	return text
}

// code is what a refusal is called, with its first field.
func (a answer) code() string {
	code := a.text("code")
	if field := a.text("fields.0.name"); field != "" {
		code += " " + field + ":" + a.text("fields.0.code")
	}
	return code
}

// cookie is what the answer sets.
func (a answer) cookie(name string) string {
	for _, c := range (&http.Response{Header: a.header}).Cookies() {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

func (s *site) signIn(t testing.TB, email, password string) answer {
	t.Helper()
	body, err := json.Marshal(map[string]string{"email": email, "password": password})
	if err != nil {
		t.Fatal(err)
	}
	return s.send(t, request{method: "POST", path: "/api/session", body: string(body)})
}

// stateHash is the fingerprint of everything that counts.
func (s *site) stateHash(t testing.TB) string {
	t.Helper()
	hash, err := s.journal.Hash()
	if err != nil {
		t.Fatal(err)
	}
	return hash
}
