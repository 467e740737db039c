package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"luotsi/courses"
	"luotsi/server/mongodb"
)

// gate stands between a server and its database, and can be shut.
type gate struct {
	listener net.Listener
	target   string
	drop     func() bool // whether to close the connection in place of passing this answer on

	mu    sync.Mutex
	shut  bool
	conns map[net.Conn]bool
}

func openGate(t testing.TB, target string, drop func() bool) *gate {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	g := &gate{listener: listener, target: target, drop: drop, conns: map[net.Conn]bool{}}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go g.pass(client)
		}
	}()
	t.Cleanup(func() { listener.Close(); g.set(true) })
	return g
}

func (g *gate) uri() string { return "mongodb://" + g.listener.Addr().String() + "/" }

// set shuts the gate, which ends all connections, or opens it.
func (g *gate) set(shut bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.shut = shut
	if shut {
		for c := range g.conns {
			c.Close()
		}
	}
}

func (g *gate) keep(c net.Conn) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut {
		c.Close()
		return false
	}
	g.conns[c] = true
	return true
}

func (g *gate) done(c net.Conn) {
	c.Close()
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.conns, c)
}

func (g *gate) pass(client net.Conn) {
	if !g.keep(client) {
		return
	}
	defer g.done(client)
	server, err := net.Dial("tcp", g.target)
	if err != nil || !g.keep(server) {
		return
	}
	defer g.done(server)
	go func() {
		_, _ = io.Copy(server, client)
		server.Close()
	}()
	buffer := make([]byte, 64<<10)
	for {
		n, err := server.Read(buffer)
		if err != nil || g.drop() {
			return
		}
		if _, err := client.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// startEngine runs the embedded engine on a port, ready for servers; it gives its host and port.
func startEngine(t testing.TB) string {
	t.Helper()
	engine, err := mongodb.StartEngine(t.TempDir(), "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() {
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	})
	db, err := engine.Connect(t.Context(), databaseName)
	must(t, err)
	must(t, errors.Join(engine.Prepare(t.Context(), db, mongodb.Collections), db.Close(t.Context())))
	return strings.Trim(strings.TrimPrefix(engine.URI(), "mongodb://"), "/")
}

// TestDatabaseAway: lessons and lists are served from memory while the database is away, writes and what has to be logged ask
// to be repeated, and when it is back every write that was repeated is done once.
func TestDatabaseAway(t *testing.T) {
	t.Parallel()
	g := openGate(t, startEngine(t), func() bool { return false })
	config := testConfig(t.TempDir())
	config.MongoDB, config.Demo = g.uri(), true
	s := openSite(t, config)
	must(t, s.fillDemo(t.Context()))
	oppija, token := s.demo(t, "oppija9@demo.luotsi.example")
	_, trainer := s.demo(t, "paivi@demo.luotsi.example")
	_, admin := s.demo(t, "tuula@demo.luotsi.example")
	mikko, doctor := s.demo(t, "mikko@demo.luotsi.example")
	_, manager := s.demo(t, "kari@demo.luotsi.example")
	_, ville := s.demo(t, "ville@demo.luotsi.example")
	unit := s.unitOf(t, doctor)
	course := "/api/courses/" + demoCourse
	task := demoActivities(t, courses.Task)[0]
	today := finnishToday()
	times := "/api/joint-times?doctor=" + mikko + "&unit=" + unit + "&from=" + string((today + 1).Date()) + "&to=" + string((today + 60).Date())
	start := s.want(t, 200, request{method: "GET", path: times, token: ville}).text("days.0.times.0.start")
	s.want(t, 200, request{method: "GET", path: "/readyz"})

	s.want(t, 201, request{method: "POST", path: "/api/feedback", body: `{"text":"Hyvä.","page":"/"}`, token: token})
	lessons := demoActivities(t, courses.Lesson)
	done := course + "/activities/" + lessons[len(lessons)-1] + "/done"
	writes := []struct{ name, token, method, path, body string }{
		{"a lesson done", token, "POST", done, ""},
		{"an appointment", ville, "POST", "/api/appointments", `{"doctor":"` + mikko + `","unit":"` + unit + `","start":"` + start + `","minutes":30,"mode":"phone"}`},
		{"an invitation", admin, "POST", "/api/invitations", `{"email":"uusi@luotsi.example","name":"Uusi","language":"fi","grants":[{"unit":"` + s.unitOf(t, admin) + `","role":"doctor"}]}`},
		{"feedback", token, "POST", "/api/feedback", `{"text":"Kanta on poissa.","page":"/"}`},
		{"a task", token, "POST", course + "/activities/" + task + "/submission", `{"text":"Tein."}`},
		{"a day away", doctor, "POST", "/api/people/" + mikko + "/hours/exceptions", `{"date":"` + string((today + 90).Date()) + `","kind":"away"}`},
	}
	commits := s.journal.Applied()
	g.set(true)

	reads := []struct{ name, token, path string }{
		{"the start page", token, "/api/learning"},
		{"a course", token, course},
		{"a lesson", token, course + "/activities/" + lessons[0]},
		{"who I am", token, "/api/me"},
		{"the cohorts", trainer, "/api/cohorts"},
		{"a matrix", trainer, "/api/cohorts/demo-cohort/matrix"},
		{"the counts", manager, "/api/counts"},
		{"people", admin, "/api/people"},
		{"units", admin, "/api/units"},
		{"sharings", admin, "/api/sharings"},
		{"doctors", ville, "/api/doctors"},
		{"joint times", ville, times},
		{"appointments", ville, "/api/appointments"},
		{"hours", doctor, "/api/people/" + mikko + "/hours"},
		{"whether it is alive", "", "/healthz"},
		{"the metrics", "", "/metrics"},
	}
	awayFrom := time.Now()
	for _, read := range reads {
		began := time.Now()
		a := s.send(t, request{method: "GET", path: read.path, token: read.token, header: []string{"X-Real-IP", ""}})
		if took := time.Since(began); a.status != 200 || took > 5*time.Second {
			t.Errorf("%s: got %d %.200s after %v, want 200 at once", read.name, a.status, a.body, took)
		}
	}
	// Names of people who are new since the start are not known yet: the database is asked now and then, not for each of them.
	if took := time.Since(awayFrom); took > 12*time.Second {
		t.Errorf("%d pages took %v", len(reads), took)
	}
	refused := append(writes[:len(writes):len(writes)], []struct{ name, token, method, path, body string }{
		{"a learner, whose view is logged", trainer, "GET", "/api/cohorts/demo-cohort/learners/" + oppija, ""},
		{"a task with its draft", token, "GET", course + "/activities/" + task, ""},
		{"a draft", token, "PUT", "/api/drafts/" + demoCourse + "." + task, `{"rev":0,"text":"kesken"}`},
		{"who looked", token, "GET", "/api/people/" + oppija + "/access", ""},
		{"what is kept", token, "GET", "/api/me/data", ""},
		{"signing in", "", "POST", "/api/session", `{"email":"ville@demo.luotsi.example","password":"` + demoPassword + `"}`},
		{"feedback given", admin, "GET", "/api/feedback", ""},
	}...)
	answers := make([]answer, len(refused))
	var group sync.WaitGroup
	for i, r := range refused {
		group.Go(func() {
			var err error
			answers[i], err = s.try(t, request{method: r.method, path: r.path, body: r.body, token: r.token, header: []string{"Idempotency-Key", fmt.Sprint("away-", i)}})
			if err != nil {
				t.Errorf("%s: %v", r.name, err)
			}
		})
	}
	began := time.Now()
	ready := s.send(t, request{method: "GET", path: "/readyz"})
	if ready.status != 503 || time.Since(began) > 5*time.Second {
		t.Errorf("/readyz: got %d %s after %v", ready.status, ready.body, time.Since(began))
	}
	group.Wait()
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("refusing took %v", took)
	}
	for i, a := range answers {
		if a.status != 503 || a.code() != "unavailable" || a.header.Get("Retry-After") == "" {
			t.Errorf("%s: got %d %.200s, Retry-After %q, want 503 unavailable", refused[i].name, a.status, a.body, a.header.Get("Retry-After"))
		}
		if strings.Contains(string(a.body), "mongo") || strings.Contains(string(a.body), "127.0.0.1") {
			t.Errorf("%s: the driver's words are in the answer %s", refused[i].name, a.body)
		}
	}

	g.set(false)
	eventually(t, "the server is ready again", func() bool { return s.send(t, request{method: "GET", path: "/readyz"}).status == 200 })
	for i, w := range writes {
		req := request{method: w.method, path: w.path, body: w.body, token: w.token, header: []string{"Idempotency-Key", fmt.Sprint("away-", i)}}
		var first answer
		eventually(t, w.name+" is done", func() bool { first = s.send(t, req); return first.status != 503 })
		again := s.send(t, req)
		if first.status >= 300 || again.status != first.status || string(again.body) != string(first.body) {
			t.Errorf("%s: got %d %.200s, and the second time %d %.200s", w.name, first.status, first.body, again.status, again.body)
		}
	}
	if got := s.journal.Applied() - commits; got != uint64(len(writes)) {
		t.Errorf("%d commits for %d writes", got, len(writes))
	}
	if a := s.want(t, 200, request{method: "GET", path: "/api/cohorts/demo-cohort/learners/" + oppija, token: trainer}); !strings.Contains(string(a.body), "Riikka Ahonen") {
		t.Errorf("the learner: %s", a.body)
	}
}

// TestDrain: the end lets requests in flight finish, takes no new ones, and leaves a folder that the next start can use.
func TestDrain(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	settings := map[string]string{"LUOTSI_DATA": t.TempDir(), "LUOTSI_DEMO": "1", "LUOTSI_ADDR": "127.0.0.1:" + port}
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	var out lines
	go func() {
		ended <- run(ctx, nil, func(name string) string { return settings[name] }, &out, &lines{})
	}()
	defer end()
	url := "http://127.0.0.1:" + port
	eventually(t, "it serves", func() bool {
		res, err := http.Get(url + "/readyz")
		if err != nil {
			return false
		}
		res.Body.Close()
		return res.StatusCode == 200
	})
	if said := out.String(); !strings.Contains(said, "aino@demo.luotsi.example") || !strings.Contains(said, demoPassword) {
		t.Errorf("a demo tells who can sign in; got %s", said)
	}
	must(t, health(t.Context(), Config{Addr: "127.0.0.1:" + port}))

	// Some have sent half of their request when the end comes: what they asked for is hashed and answered after it.
	const parts = 6
	var halves []net.Conn
	body := func(i int) string {
		return fmt.Sprintf(`{"email":"oppija%d@demo.luotsi.example","password":"%s"}`, i+1, demoPassword)
	}
	for i := range parts {
		c, err := net.Dial("tcp", "127.0.0.1:"+port)
		must(t, err)
		defer c.Close()
		fmt.Fprintf(c, "POST /api/session HTTP/1.1\r\nHost: luotsi\r\nLuotsi-Request: 1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body(i)), body(i)[:10])
		halves = append(halves, c)
	}
	time.Sleep(300 * time.Millisecond) // until the server has read them
	end()
	eventually(t, "new connections are refused", func() bool {
		c, err := net.Dial("tcp", "127.0.0.1:"+port)
		if err == nil {
			c.Close()
		}
		return err != nil
	})
	for i, c := range halves {
		_, err := io.WriteString(c, body(i)[10:])
		must(t, err)
	}
	for i, c := range halves {
		res, err := http.ReadResponse(bufio.NewReader(c), nil)
		must(t, err)
		said, err := io.ReadAll(res.Body)
		if res.StatusCode != 200 || err != nil || !bytes.Contains(said, []byte(fmt.Sprintf("oppija%d@", i+1))) {
			t.Errorf("the request %d that was half sent: got %d %s (%v)", i, res.StatusCode, said, err)
		}
	}
	select {
	case err := <-ended:
		must(t, err)
	case <-time.After(drainTime + 5*time.Second):
		t.Fatal("it did not end")
	}
	if out := mustRun(t, settings, "verify"); strings.Contains(out, "WRONG") {
		t.Errorf("after the end: %s", out)
	}
}

// TestDraining: from the first moment of an orderly end on, /readyz sends the traffic elsewhere.
func TestDraining(t *testing.T) {
	s := openSite(t, testConfig(t.TempDir()))
	s.want(t, 200, request{method: "GET", path: "/readyz"})
	s.app.draining.Store(true)
	if a := s.want(t, 503, request{method: "GET", path: "/readyz"}); string(a.body) != "draining" {
		t.Errorf("got %s", a.body)
	}
	s.want(t, 200, request{method: "GET", path: "/healthz"})
}

func freePort(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer listener.Close()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	must(t, err)
	return port
}
