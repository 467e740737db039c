package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"

	"luotsi/server/auth"
	"luotsi/server/people"
)

// odd are values that nobody sends by mistake, and some that people do.
var odd = []string{
	`null`, `true`, `0`, `-1`, `1.5`, `1e308`, `1e999`, `99999999999999999999`, `""`, `" "`, `"\u0000"`, `"\ud800"`, `"a\nb"`, `[]`, `[null]`, `[[]]`, `{}`, `{"":""}`,
	`"2026-02-30"`, `"9999-12-31"`, `"0000-00-00"`, `"24:00"`, `"2027-13-01T00:00:00Z"`, `"131052-308T"`, `"../../etc/passwd"`, `"<script>"`, `"'; drop"`, `{"$gt":""}`,
	`"` + strings.Repeat("x", 300) + `"`, `[` + strings.Repeat(`"x",`, 600) + `"x"]`, strings.Repeat("[", 5000), `"å̈̈\u202e"`,
}

// spoil changes a JSON body a little: another value, a field less or more, another byte, an end too early.
func spoil(random *rand.Rand, body string) string {
	var fields map[string]json.RawMessage
	if json.Unmarshal([]byte(body), &fields) != nil || random.IntN(6) == 0 {
		raw := []byte(body)
		for range 1 + random.IntN(3) {
			if len(raw) == 0 {
				return odd[random.IntN(len(odd))]
			}
			switch at := random.IntN(len(raw)); random.IntN(3) {
			case 0:
				raw[at] = byte(random.IntN(256))
			case 1:
				raw = raw[:at]
			case 2:
				raw = append(raw[:at:at], append([]byte(odd[random.IntN(len(odd))]), raw[at:]...)...)
			}
		}
		return string(raw)
	}
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	for range 1 + random.IntN(2) {
		value := odd[random.IntN(len(odd))]
		if len(names) == 0 {
			names = append(names, "text")
		}
		name := names[random.IntN(len(names))]
		switch random.IntN(5) {
		case 0:
			delete(fields, name)
		case 1:
			fields[name+"x"] = json.RawMessage(value)
		default:
			fields[name] = json.RawMessage(value)
		}
	}
	var b bytes.Buffer
	for name, value := range fields {
		b.WriteByte(map[bool]byte{true: '{', false: ','}[b.Len() == 0])
		fmt.Fprintf(&b, "%q:%s", name, value)
	}
	return b.String() + "}"
}

// standIns fill the rules whose fresh things are not there: they have the right form and name nothing.
var standIns = place{
	"person.name": "Joku", "day": "2027-05-03", "weekday": "1", "start": "2027-05-03T07:00:00Z", "link": "link", "rule": "rule", "exception": "exception",
	"sharing": "sharing", "publication": "publication", "calendar": "calendar", "reception": "reception", "attempt": "attempt", "try": "try", "group": "group",
	"certificate": "LUO-2026-7F3K-9QXD", "goal": "goal", "run": "run",
	"report": "report",
}

// writes are the rules of all routes that take a body.
func writes() []rule {
	var list []rule
	for _, rule := range rules {
		if rule.body != "" {
			list = append(list, rule)
		}
	}
	return list
}

// everything is somebody with all roles of a unit, who is in its cohort: nothing is refused to them for who they are.
func (r *region) everything(t testing.TB) string {
	t.Helper()
	p := r.place[own]
	r.add(t, p, "everything", auth.Trainee)
	grants := people.GrantsChanged{Person: p["everything"]}
	for _, role := range roleNames() {
		grants.Grants = append(grants.Grants, people.Placed{Role: role, Unit: p["unit"]})
	}
	must(t, r.happens(t.Context(), grants))
	r.want(t, 200, request{method: "POST", path: "/api/cohorts/" + p["cohort"] + "/learners", body: `{"people":["` + p["everything"] + `"]}`, person: p["everything"]})
	return p["everything"]
}

// answeredWell: whatever came, the answer is a success or a coded refusal that is not our own fault.
func answeredWell(t *testing.T, r *region, req request, a answer) {
	t.Helper()
	if a.status >= 500 || a.status < 200 || a.status >= 400 && (a.text("code") == "" || a.text("code") == "internal") {
		t.Errorf("%s %s %.500q: got %d %.300s", req.method, req.path, req.body, a.status, a.body)
	}
	if log := r.lines.String(); strings.Contains(log, "panic") || strings.Contains(log, "request failed") {
		t.Fatalf("%s %s %.500q: %s", req.method, req.path, req.body, log)
	}
}

// TestRandomBodies sends spoilt bodies to every route that takes one.
func TestRandomBodies(t *testing.T) {
	r := openRegion(t)
	who := r.everything(t)
	random := rand.New(rand.NewPCG(20, 26))
	statuses := map[int]int{}
	for _, rule := range writes() {
		method, call := rule.split()
		for range 25 {
			fresh := place{}
			if rule.fresh != nil {
				fresh = rule.fresh(r, t, r.place[own])
			}
			body := spoil(random, r.fill(t, rule.body, r.place[own], fresh))
			req := request{method: method, path: r.fill(t, call, r.place[own], fresh), body: body, person: who}
			a := r.send(t, req)
			answeredWell(t, r, req, a)
			statuses[a.status]++
		}
	}
	if statuses[400] < 200 || statuses[200]+statuses[201]+statuses[204] < 20 || statuses[429] > 0 || statuses[401] > 100 {
		t.Errorf("the bodies did not get far: %v", statuses)
	}
	r.journal.View(func() {
		for _, s := range r.states.list() {
			if wrong := s.Check(); len(wrong) > 0 {
				t.Errorf("%s: %v", s.Name(), wrong)
			}
		}
	})
}

// FuzzRequests sends any bytes, as a body and as a part of the address, to any route that takes a body.
func FuzzRequests(f *testing.F) {
	list := writes()
	for n, rule := range list {
		f.Add(n, []byte(rule.body), "a")
	}
	for n, text := range odd {
		f.Add(n, []byte(`{"name":`+text+`,"text":`+text+`}`), text)
	}
	r := openRegion(f)
	who := r.everything(f)
	f.Fuzz(func(t *testing.T, n int, body []byte, part string) {
		rule := list[uint(n)%uint(len(list))]
		method, call := rule.split()
		call = placeholder.ReplaceAllLiteralString(call, url.PathEscape(part))
		req := request{method: method, path: call, body: string(body), person: who}
		answeredWell(t, r, req, r.send(t, req))
		fresh := maps.Clone(standIns)
		fresh["person"] = r.place[own]["trainee"]
		_, call = rule.split()
		req.path = r.fill(t, call, r.place[own], fresh)
		answeredWell(t, r, req, r.send(t, req))
	})
}
