package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/valyala/fasthttp"

	"luotsi/server/auth"
)

// region is what `luotsi seed` says it made.
type region struct {
	Password     string      `json:"password"`
	Course       string      `json:"course"`
	Activities   []string    `json:"activities"`
	Lessons      []string    `json:"lessons"`
	Quizzes      []string    `json:"quizzes"`
	Learners     []somebody  `json:"learners"`
	Trainers     []somebody  `json:"trainers"`
	Cohorts      []string    `json:"cohorts"` // cohort n is in the care of trainer n
	Doctors      []placement `json:"doctors"`
	Coordinators []somebody  `json:"coordinators"`
	From         string      `json:"from"` // the first day with free hours
	To           string      `json:"to"`
	Appointments int         `json:"appointments"`
	Feeds        []string    `json:"feeds"`
	Report       string      `json:"report"` // of the people of cohort 0, who answered twice
	Commits      int         `json:"commits"`
}

type somebody struct {
	Person string `json:"person"`
	Email  string `json:"email"`
}

type placement struct {
	Person string `json:"person"`
	Unit   string `json:"unit"`
}

func readRegion(out []byte) (region, error) {
	var r region
	if err := json.Unmarshal(out, &r); err != nil {
		return r, fmt.Errorf("what seed printed: %w", err)
	}
	if len(r.Learners) == 0 || len(r.Cohorts) == 0 || len(r.Doctors) == 0 || len(r.Coordinators) < 5 || len(r.Lessons) == 0 || len(r.Quizzes) == 0 || len(r.Feeds) == 0 {
		return r, errors.New("seed made too little")
	}
	return r, nil
}

// driver sends the requests of signed-in people.
type driver struct {
	bench   *bench
	region  region
	server  *process
	tokens  map[string]string
	places  []*fasthttp.HostClient // one per source address: signing in is limited by address
	offered []offer
}

// offer is a time that suits a doctor and a coordinator.
type offer struct {
	coordinator string
	body        []byte
}

// prepare makes tokens as the server itself would sign them, and looks up the times that will be booked.
func (d *driver) prepare() error {
	signer, err := auth.NewTokens(d.bench.key)
	if err != nil {
		return err
	}
	now := time.Now()
	began := strconv.FormatInt(now.UnixMilli(), 36)
	d.tokens = map[string]string{}
	doctor := somebody{Person: d.region.Doctors[0].Person}
	for _, list := range [][]somebody{d.region.Learners, d.region.Trainers, d.region.Coordinators, {doctor}} {
		for _, p := range list {
			if d.tokens[p.Person], err = signer.Sign(p.Person, p.Person+"-"+began, now); err != nil {
				return err
			}
		}
	}
	for n := range 250 {
		local := &net.TCPAddr{IP: net.IPv4(127, 0, 1, byte(n+1))}
		dialer := &net.Dialer{LocalAddr: local}
		d.places = append(d.places, &fasthttp.HostClient{Addr: d.server.addr, Dial: func(addr string) (net.Conn, error) { return dialer.Dial("tcp", addr) }})
	}
	return d.lookUpTimes()
}

func (d *driver) request(req *fasthttp.Request, method, path, person string, body []byte) {
	req.Header.SetMethod(method)
	req.SetRequestURI("http://" + d.server.addr + path)
	if person != "" {
		req.Header.SetCookie("luotsi_token", d.tokens[person])
	}
	if body != nil {
		req.Header.SetContentType("application/json")
		req.SetBodyRaw(body)
	}
	if method != fasthttp.MethodGet {
		req.Header.Set("Luotsi-Request", "1")
	}
}

// lookUpTimes asks, doctor by doctor, for the times that suit one coordinator each, and deals them out so that none is offered twice.
func (d *driver) lookUpTimes() error {
	var perDoctor [][]offer
	for n, doctor := range d.region.Doctors {
		coordinator := d.region.Coordinators[n%len(d.region.Coordinators)]
		req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
		d.request(req, "GET", d.jointTimes(doctor, nil), coordinator.Person, nil)
		if err := fasthttp.Do(req, res); err != nil {
			return err
		}
		var times struct {
			Days []struct {
				Times []struct{ Start, End time.Time }
			}
		}
		if err := json.Unmarshal(res.Body(), &times); err != nil || res.StatusCode() != 200 {
			return fmt.Errorf("joint times: status %d, %w: %.300s", res.StatusCode(), err, res.Body())
		}
		var mine []offer
		for _, day := range times.Days {
			for _, t := range day.Times {
				body, err := json.Marshal(map[string]any{"doctor": doctor.Person, "unit": doctor.Unit, "start": t.Start,
					"minutes": int(t.End.Sub(t.Start).Minutes()), "mode": "phone", "with": []string{}})
				if err != nil {
					return err
				}
				mine = append(mine, offer{coordinator.Person, body})
			}
		}
		perDoctor = append(perDoctor, mine)
		fasthttp.ReleaseRequest(req)
		fasthttp.ReleaseResponse(res)
	}
	for _, mine := range perDoctor {
		d.offered = append(d.offered, mine...)
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(d.offered), func(i, j int) { d.offered[i], d.offered[j] = d.offered[j], d.offered[i] })
	if len(d.offered) == 0 {
		return errors.New("no time is free in the seeded region")
	}
	return nil
}

func (d *driver) jointTimes(doctor placement, with []string) string {
	path := "/api/joint-times?doctor=" + doctor.Person + "&unit=" + doctor.Unit + "&from=" + d.region.From + "&to=" + d.region.To + "&minutes=30"
	for i, w := range with {
		if i == 0 {
			path += "&with=" + w
		} else {
			path += "," + w
		}
	}
	return path
}

// quiz sends something to every quiz of every learner, each once.
func (d *driver) quiz(what, body string) func(int, *fasthttp.Request) bool {
	r := d.region
	return func(n int, req *fasthttp.Request) bool {
		quiz := n / len(r.Learners)
		if quiz >= len(r.Quizzes) {
			return false
		}
		d.request(req, "POST", "/api/courses/"+r.Course+"/activities/"+r.Quizzes[quiz]+"/"+what, r.Learners[n%len(r.Learners)].Person, []byte(body))
		req.Header.Set("Idempotency-Key", "bench-"+what+"-"+strconv.Itoa(n))
		return true
	}
}

func (d *driver) cases() []testCase {
	r := d.region
	var mu sync.Mutex
	random := rand.New(rand.NewPCG(3, 4))
	pick := func(n int) int {
		mu.Lock()
		defer mu.Unlock()
		return random.IntN(n)
	}
	joint := func(people int) func(int, *fasthttp.Request) bool {
		return func(n int, req *fasthttp.Request) bool {
			me := pick(len(r.Coordinators))
			var with []string
			for i := 1; len(with) < people-2; i++ {
				with = append(with, r.Coordinators[(me+i)%len(r.Coordinators)].Person)
			}
			d.request(req, "GET", d.jointTimes(r.Doctors[n%len(r.Doctors)], with), r.Coordinators[me].Person, nil)
			return true
		}
	}
	order := random.Perm(len(r.Learners))
	return []testCase{
		{name: "lesson page", want: 200, ceiling: "bare", next: func(_ int, req *fasthttp.Request) bool {
			learner := r.Learners[pick(len(r.Learners))]
			d.request(req, "GET", "/api/courses/"+r.Course+"/activities/"+r.Lessons[pick(len(r.Lessons))], learner.Person, nil)
			return true
		}},
		{name: "course page", want: 200, ceiling: "bare", next: func(_ int, req *fasthttp.Request) bool {
			d.request(req, "GET", "/api/courses/"+r.Course, r.Learners[pick(len(r.Learners))].Person, nil)
			return true
		}},
		{name: "save a video position", want: 204, ceiling: "bare", next: func(n int, req *fasthttp.Request) bool {
			body := fmt.Appendf(nil, `{"activity":%q,"position":0,"second":%d}`, r.Lessons[n%len(r.Lessons)], n%86400)
			d.request(req, "PUT", "/api/courses/"+r.Course+"/place", r.Learners[pick(len(r.Learners))].Person, body)
			return true
		}},
		{name: "save progress", want: 200, ceiling: "insert", next: func(n int, req *fasthttp.Request) bool {
			// Learners did the first part of the course when seeded; here each goes on from the end backwards.
			lesson := len(r.Lessons) - 1 - n/len(r.Learners)
			if lesson < 0 {
				return false
			}
			learner := r.Learners[order[n%len(r.Learners)]]
			d.request(req, "POST", "/api/courses/"+r.Course+"/activities/"+r.Lessons[lesson]+"/done", learner.Person, []byte("{}"))
			req.Header.Set("Idempotency-Key", "bench-done-"+strconv.Itoa(n))
			return true
		}},
		{name: "quiz start", want: 201, ceiling: "insert", next: d.quiz("start", "{}")},
		{name: "quiz attempt submit", want: 201, ceiling: "insert", next: d.quiz("attempts", `{"answers":[{"question":"q1","options":["a"]}]}`)},
		{name: "group page", want: 200, ceiling: "bare", next: func(n int, req *fasthttp.Request) bool {
			c := n % len(r.Cohorts)
			d.request(req, "GET", "/api/cohorts/"+r.Cohorts[c]+"/roster", r.Trainers[c].Person, nil)
			return true
		}},
		{name: "notices", want: 200, ceiling: "bare", next: func(_ int, req *fasthttp.Request) bool {
			d.request(req, "GET", "/api/notices", r.Learners[pick(len(r.Learners))].Person, nil)
			return true
		}},
		{name: "cohort matrix", want: 200, ceiling: "bare", next: func(n int, req *fasthttp.Request) bool {
			c := n % len(r.Cohorts)
			d.request(req, "GET", "/api/cohorts/"+r.Cohorts[c]+"/matrix", r.Trainers[c].Person, nil)
			return true
		}},
		{name: "own results", want: 200, ceiling: "bare", next: func(n int, req *fasthttp.Request) bool {
			d.request(req, "GET", "/api/psycap/results", r.Learners[n%(len(r.Learners)/len(r.Cohorts))].Person, nil)
			return true
		}},
		{name: "exercises", want: 200, ceiling: "bare", next: func(_ int, req *fasthttp.Request) bool {
			d.request(req, "GET", "/api/psycap/exercises", r.Learners[pick(len(r.Learners))].Person, nil)
			return true
		}},
		{name: "report of 350 people", want: 200, ceiling: "bare", next: func(_ int, req *fasthttp.Request) bool {
			d.request(req, "GET", "/api/psycap/reports/"+r.Report, r.Trainers[0].Person, nil)
			return true
		}},
		{name: "report of 350 people computed", want: 200, ceiling: "bare", next: func(_ int, req *fasthttp.Request) bool {
			d.request(req, "POST", "/api/psycap/reports/preview", r.Trainers[0].Person, fmt.Appendf(nil,
				`{"cohorts":[%q],"measures":[{"instrument":"voimavarat","version":"1"},{"instrument":"tyokyky","version":"1"}],"points":["start","end"]}`, r.Cohorts[0]))
			return true
		}},
		{name: "joint times, 2 people, 90 days", want: 200, ceiling: "bare", next: joint(2)},
		{name: "joint times, 5 people, 90 days", want: 200, ceiling: "bare", next: joint(5)},
		{name: "joint times, 20 people, 90 days", want: 200, ceiling: "bare", next: joint(20)},
		{name: "book", want: 201, also: 409, limit: len(d.offered), ceiling: "insert", next: func(n int, req *fasthttp.Request) bool {
			d.request(req, "POST", "/api/appointments", d.offered[n].coordinator, slices.Clone(d.offered[n].body))
			req.Header.Set("Idempotency-Key", "bench-book-"+strconv.Itoa(n))
			return true
		}},
		// Feeds are limited by address: as many at once as their burst lets through.
		{name: "feed of a year", want: 200, limit: 10_000, ceiling: "bare", client: func(n int) *fasthttp.HostClient { return d.places[n%len(d.places)] },
			next: func(n int, req *fasthttp.Request) bool {
				d.request(req, "GET", r.Feeds[n%len(r.Feeds)], "", nil)
				return true
			}},
		d.cascadeCase(),
		{name: "sign in", want: 200, limit: 3000, client: func(n int) *fasthttp.HostClient { return d.places[n%len(d.places)] },
			next: func(n int, req *fasthttp.Request) bool {
				body, err := json.Marshal(map[string]string{"email": r.Learners[n%len(r.Learners)].Email, "password": r.Password})
				if err != nil {
					return false
				}
				d.request(req, "POST", "/api/session", "", body)
				return true
			}},
	}
}
