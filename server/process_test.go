package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"luotsi/courses"
)

// buildProgram builds the program as it ships, without looking for races: those are looked for in the tests beside this one.
func buildProgram(t testing.TB) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "luotsi")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return program
}

// process is a running program.
type process struct {
	cmd   *exec.Cmd
	url   string
	first string // line that it said
	log   *lines
	ended chan error
}

// start runs the program until the test ends, and waits for the first line that it says.
func start(t testing.TB, program string, settings map[string]string, args ...string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(program, args...), log: &lines{}, ended: make(chan error, 1)}
	p.cmd.Env = append(os.Environ(), "LUOTSI_PUBLIC_URL=http://localhost:8080")
	for name, value := range settings {
		p.cmd.Env = append(p.cmd.Env, name+"="+value)
	}
	p.cmd.Stderr = p.log
	out, err := p.cmd.StdoutPipe()
	must(t, err)
	must(t, p.cmd.Start())
	t.Cleanup(func() { p.kill() })
	said := bufio.NewScanner(out)
	if !said.Scan() {
		t.Fatalf("luotsi %v said nothing: %v\n%s", args, p.cmd.Wait(), p.log)
	}
	p.first = said.Text()
	go func() {
		_, _ = io.Copy(io.Discard, out)
		p.ended <- p.cmd.Wait()
	}()
	return p
}

// kill ends it as a power failure would, and waits until it is gone.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	err, open := <-p.ended
	if open {
		close(p.ended)
	}
	_ = err
}

// serveProcess starts a server on a free port and waits until it is ready.
func serveProcess(t testing.TB, program string, settings map[string]string) *process {
	t.Helper()
	settings = maps.Clone(settings)
	settings["LUOTSI_ADDR"] = "127.0.0.1:" + freePort(t)
	p := start(t, program, settings)
	p.url = "http://" + settings["LUOTSI_ADDR"]
	eventually(t, p.url+" is ready", func() bool {
		res, err := http.Get(p.url + "/readyz")
		if err != nil {
			return false
		}
		res.Body.Close()
		return res.StatusCode == 200
	})
	return p
}

// client is a person at a browser: signed in on one server, repeating with the same key what got no answer.
type client struct {
	server *process
	token  string
	web    *http.Client // http.DefaultClient when nil
	serial atomic.Int64
}

func (c *client) once(method, path, body, key string) (answer, error) {
	req, err := http.NewRequestWithContext(context.Background(), method, c.server.url+path, strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("Luotsi-Request", "1")
	req.Header.Set("Content-Type", "application/json")
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	if c.token != "" {
		req.AddCookie(&http.Cookie{Name: "luotsi_token", Value: c.token})
	}
	res, err := cmp.Or(c.web, http.DefaultClient).Do(req)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	return answer{res.StatusCode, res.Header, raw}, err
}

// patiently repeats a request for as long as the answer is to try again.
func (c *client) patiently(t testing.TB, method, path, body string) answer {
	t.Helper()
	key := fmt.Sprintf("key-%p-%d", c, c.serial.Add(1))
	for range 100 {
		a, err := c.once(method, path, body, key)
		if err != nil {
			t.Errorf("%s %s: %v", method, path, err)
			return a
		}
		switch a.status {
		case http.StatusServiceUnavailable:
			time.Sleep(20 * time.Millisecond)
		case http.StatusTooManyRequests: // a quick machine writes faster than a session may
			time.Sleep(200 * time.Millisecond)
		default:
			return a
		}
	}
	t.Errorf("%s %s: never answered", method, path)
	return answer{}
}

func signedIn(t testing.TB, server *process, email string) *client {
	t.Helper()
	c := &client{server: server}
	a := c.patiently(t, "POST", "/api/session", `{"email":"`+email+`","password":"`+demoPassword+`"}`)
	if a.status != 200 {
		t.Fatalf("%s can not sign in: %d %s", email, a.status, a.body)
	}
	c.token = a.cookie("luotsi_token")
	return c
}

// commitOf reads a server's newest commit from its metrics.
func (p *process) commitOf(t testing.TB) (commit int) {
	t.Helper()
	res, err := http.Get(p.url + "/metrics")
	must(t, err)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	must(t, err)
	for line := range strings.Lines(string(raw)) {
		if value, ok := strings.CutPrefix(line, "luotsi_journal_commit "); ok {
			var f float64
			_, err := fmt.Sscan(value, &f)
			must(t, err)
			return int(f)
		}
	}
	t.Fatalf("no commit in %s", raw)
	return 0
}

func testKeys() map[string]string {
	key := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("k", 32)))
	return map[string]string{"LUOTSI_JWT_KEY": key, "LUOTSI_VAULT_KEY": key}
}

// TestProcesses runs the program as it ships.
func TestProcesses(t *testing.T) {
	t.Parallel()
	program := buildProgram(t)
	t.Run("three servers", func(t *testing.T) { t.Parallel(); threeServers(t, program) })
	t.Run("a killed server", func(t *testing.T) { t.Parallel(); killedServer(t, program) })
	t.Run("a minute of load", func(t *testing.T) { t.Parallel(); underLoad(t, program) })
}

// threeServers lets three people take the same time on three servers at once, again and again, while the database's answers
// get lost: each time one of them gets it.
func threeServers(t *testing.T, program string) {
	t.Helper()
	engine := start(t, program, map[string]string{"LUOTSI_DATA": t.TempDir()}, "engine", "127.0.0.1:0")
	var leaky atomic.Bool
	var answers, lost atomic.Int64
	g := openGate(t, strings.Trim(strings.TrimPrefix(engine.first, "mongodb://"), "/"), func() bool {
		drop := leaky.Load() && answers.Add(1)%50 == 10
		if drop {
			lost.Add(1)
		}
		return drop
	})
	settings := testKeys()
	settings["LUOTSI_MONGODB_URI"], settings["LUOTSI_DATA"], settings["LUOTSI_DEMO"] = g.uri(), t.TempDir(), "1"
	servers := []*process{serveProcess(t, program, settings)} // the first makes the demo
	servers = append(servers, serveProcess(t, program, settings), serveProcess(t, program, settings))
	clients := []*client{
		signedIn(t, servers[0], "aino@demo.luotsi.example"),
		signedIn(t, servers[1], "ville@demo.luotsi.example"),
		signedIn(t, servers[2], "aino@demo.luotsi.example"),
	}
	a := clients[0].patiently(t, "GET", "/api/doctors", "")
	var doctors struct {
		Doctors []struct{ Person, Name, Unit string }
	}
	must(t, json.Unmarshal(a.body, &doctors))
	doctor, unit := "", ""
	for _, d := range doctors.Doctors {
		if d.Name == "Mikko Saarinen" {
			doctor, unit = d.Person, d.Unit
		}
	}
	today := finnishToday()
	find := fmt.Sprintf("/api/joint-times?doctor=%s&unit=%s&from=%s&to=%s", doctor, unit, (today + 1).Date(), (today + 90).Date())
	var found struct {
		Days []struct {
			Times []struct{ Start string }
		}
	}
	must(t, json.Unmarshal(clients[1].patiently(t, "GET", find, "").body, &found))
	var starts []string
	for _, d := range found.Days {
		for _, at := range d.Times {
			starts = append(starts, at.Start)
		}
	}
	const times = 20
	if len(starts) < times+4 {
		t.Fatalf("only %d times are free", len(starts))
	}
	before := servers[0].commitOf(t)

	leaky.Store(true)
	won := map[int]int{}
	for _, at := range starts[:times] {
		got := make([]answer, len(clients))
		var group sync.WaitGroup
		for i, c := range clients {
			group.Go(func() {
				got[i] = c.patiently(t, "POST", "/api/appointments", `{"doctor":"`+doctor+`","unit":"`+unit+`","start":"`+at+`","minutes":30,"mode":"phone"}`)
			})
		}
		group.Wait()
		booked := 0
		for i, a := range got {
			switch {
			case a.status == http.StatusCreated && a.text("start") == at:
				booked++
				won[i]++
			case a.status != http.StatusConflict || a.code() != "time_taken" || a.text("info.taken.0.name") != "Mikko Saarinen" || a.text("info.next.2.start") == "":
				t.Errorf("%s: got %d %s", at, a.status, a.body)
			}
		}
		if booked != 1 {
			t.Errorf("%s: %d people have the time", at, booked)
		}
	}
	leaky.Store(false)
	t.Logf("%d answers were lost; the servers won %v", lost.Load(), won)
	if lost.Load() == 0 {
		t.Error("no answer was lost: nothing was tried out")
	}

	// Two hundred requests for one time, of which each server gets a third: one of them has it.
	last := starts[times]
	codes := make([]string, 200)
	var crowd sync.WaitGroup
	for n := range codes {
		crowd.Go(func() {
			a := clients[n%3].patiently(t, "POST", "/api/holds", `{"doctor":"`+doctor+`","unit":"`+unit+`","start":"`+last+`","minutes":30,"mode":"phone"}`)
			codes[n] = fmt.Sprint(a.status, a.code())
		})
	}
	crowd.Wait()
	counts := map[string]int{}
	for _, code := range codes {
		counts[code]++
	}
	if counts["201"] != 1 || counts["409time_taken"] != 199 {
		t.Errorf("two hundred for one time: %v", counts)
	}

	eventually(t, "all servers have the same commits", func() bool {
		first := servers[0].commitOf(t)
		return first >= before+times && servers[1].commitOf(t) == first && servers[2].commitOf(t) == first
	})
	var lists []string
	for i, email := range []string{"mikko@demo.luotsi.example", "mikko@demo.luotsi.example", "mikko@demo.luotsi.example"} {
		a := signedIn(t, servers[i], email).patiently(t, "GET", "/api/appointments", "")
		lists = append(lists, string(a.body))
		for _, at := range starts[:times] {
			if n := strings.Count(string(a.body), `"start":"`+at+`"`); n != 1 {
				t.Errorf("server %d shows %d appointments at %s", i, n, at)
			}
		}
	}
	if lists[0] != lists[1] || lists[1] != lists[2] {
		t.Errorf("the servers show different calendars:\n%s\n%s\n%s", lists[0], lists[1], lists[2])
	}
	settings["LUOTSI_MONGODB_URI"] = engine.first
	if out := mustRun(t, settings, "verify"); strings.Contains(out, "WRONG") {
		t.Errorf("verify says %s", out)
	}
	for i, s := range servers {
		if log := s.log.String(); strings.Contains(log, "panic") || strings.Contains(log, "request failed") {
			t.Errorf("server %d: %s", i, log)
		}
	}
}

// killedServer takes the power away in the middle of 200 saves of four learners: what was answered is there after a start.
func killedServer(t *testing.T, program string) {
	t.Helper()
	settings := map[string]string{"LUOTSI_DATA": t.TempDir(), "LUOTSI_DEMO": "1"}
	server := serveProcess(t, program, settings)
	task := "/api/courses/" + demoCourse + "/activities/" + demoActivities(t, courses.Task)[0] + "/submission"
	const learners, saves = 4, 200
	var mu sync.Mutex
	answered := map[int][]string{}
	save := func(c *client, learner, n int) bool {
		text := fmt.Sprintf("tallennus %d/%d", learner, n)
		a, err := c.once("POST", task, `{"text":"`+text+`"}`, fmt.Sprintf("save-%d-%d", learner, n))
		if err != nil {
			return false
		}
		if a.status != http.StatusCreated {
			t.Errorf("%s: got %d %s", text, a.status, a.body)
			return false
		}
		mu.Lock()
		defer mu.Unlock()
		answered[learner] = append(answered[learner], text)
		return true
	}
	email := func(learner int) string { return fmt.Sprintf("oppija%d@demo.luotsi.example", learner+1) }
	var done atomic.Int64
	var group sync.WaitGroup
	unanswered := make([]int, learners) // the save that got no answer
	clients := make([]*client, learners)
	for learner := range learners {
		clients[learner] = signedIn(t, server, email(learner))
	}
	for learner, c := range clients {
		unanswered[learner] = saves / learners // somebody may be done before the power goes
		group.Go(func() {
			for n := range saves / learners {
				if !save(c, learner, n) {
					unanswered[learner] = n
					return
				}
				if done.Add(1) == saves/2 {
					go server.cmd.Process.Kill()
				}
			}
		})
	}
	group.Wait()
	server.kill()
	if done.Load() < saves/2 || done.Load() == saves {
		t.Fatalf("%d saves were answered before the end", done.Load())
	}

	server = serveProcess(t, program, settings)
	for learner := range learners {
		c := signedIn(t, server, email(learner))
		for n := unanswered[learner]; n < saves/learners; n++ { // the phone sends again what got no answer, and the rest
			if !save(c, learner, n) {
				t.Errorf("learner %d: save %d is not answered", learner, n)
			}
		}
		a, err := c.once("GET", "/api/me/data", "", "")
		must(t, err)
		kept := string(a.body)
		if len(answered[learner]) != saves/learners {
			t.Errorf("learner %d: %d saves were answered in the end", learner, len(answered[learner]))
		}
		for _, text := range answered[learner] {
			if n := strings.Count(kept, `"`+text+`"`); n != 1 {
				t.Errorf("%q was answered and is there %d times", text, n)
			}
		}
	}
	server.kill()
	if out := mustRun(t, settings, "verify"); strings.Contains(out, "WRONG") {
		t.Errorf("verify says %s", out)
	}
}
