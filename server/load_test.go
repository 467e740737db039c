package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"luotsi/scheduling"
	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/people"
)

var loadFor = flag.Duration("load", 60*time.Second, "how long three server processes are put under random load")

// loadSeed makes the same choices each time; what comes of them depends on who is first.
const loadSeed = 20261123

// town is what the load is about: people of a health centre and of the employment services, who share calendars.
type town struct {
	centre, services    string
	coordinators, short []string // short are doctors who open one time each, today
	schedulers          []string
	asked, busy         string // doctors: the first wants to be asked, the other has limits and receptions
	nurse, room         string
	monday              scheduling.Day // from when the doctors have hours
}

// fillTown makes the town in the engine, as its own administrators would.
func fillTown(t *testing.T, config Config) *town {
	t.Helper()
	ctx := t.Context()
	w, err := openWorld(ctx, config, slog.New(slog.DiscardHandler))
	must(t, err)
	defer w.close()
	v := &town{monday: finnishToday() + 14 - (finnishToday()+3)%7}
	var city string
	_, v.centre, err = w.people.AddOrganisation(ctx, "Rannikon hyvinvointialue", "Keskustan terveyskeskus", "health_centre")
	must(t, err)
	city, v.services, err = w.people.AddOrganisation(ctx, "Satamakaupunki", "Työllisyyspalvelut", "employment_services")
	must(t, err)
	must(t, w.happens(ctx, people.SharingOpened{Sharing: "sharing", Unit: v.centre, Org: city, Purpose: "joint_appointments"}))
	hash, err := w.passwords.Hash(ctx, testPassword)
	must(t, err)
	add := func(role auth.Role, unit string, n int) []string {
		all := make([]people.NewPerson, n)
		for i := range all {
			name := people.Name{Name: fmt.Sprintf("%s %d", role, i), Email: fmt.Sprintf("%s%d@example.test", role, i), Language: "fi"}
			all[i] = people.NewPerson{Name: name, Grants: []people.Placed{{Role: string(role), Unit: unit}}, Hash: hash}
		}
		ids, err := w.people.AddActive(ctx, all...)
		must(t, err)
		return ids
	}
	doctors := add(auth.Doctor, v.centre, 8)
	v.asked, v.busy, v.short = doctors[0], doctors[1], doctors[2:]
	v.schedulers = add(auth.Scheduler, v.centre, 2)
	v.coordinators, v.nurse = add(auth.Coordinator, v.services, 12), add(auth.Professional, v.services, 1)[0]

	keeper := w.as(v.schedulers[0])
	for weekday, doctor := range map[int]string{1: v.busy, 2: v.busy, 3: v.asked, 5: v.asked} {
		must(t, w.scheduling.AddHours(ctx, w.as(doctor), scheduling.Hours{
			Person: doctor, Unit: v.centre, Weekday: weekday, From: 9 * 60, To: 12 * 60, Minutes: 30, ValidFrom: v.monday, ValidUntil: v.monday + 20,
		}))
	}
	must(t, w.scheduling.ChangeSettings(ctx, w.as(v.asked), v.asked, scheduling.Settings{Ask: true}))
	must(t, w.scheduling.ChangeSettings(ctx, w.as(v.busy), v.busy, scheduling.Settings{DayLimit: 4, Before: 5}))
	must(t, w.scheduling.ChangeSettings(ctx, w.as(v.coordinators[0]), v.coordinators[0], scheduling.Settings{After: 10}))
	v.room, err = w.scheduling.AddResource(ctx, keeper, v.centre, scheduling.Room, scheduling.ResourceWish{Name: "Neuvotteluhuone"})
	must(t, err)
	must(t, w.scheduling.Lend(ctx, keeper, v.centre, v.services, 14))
	plan := scheduling.Plan{Doctor: v.busy, Unit: v.centre, From: 13 * 60, To: 15 * 60, Minutes: 20, Places: 3, Room: v.room}
	_, err = w.scheduling.PlanReceptions(ctx, keeper, plan, []scheduling.Day{v.monday + 1, v.monday + 8, v.monday + 15})
	must(t, err)
	return v
}

// townsman is one of the people of the town, signed in on one server, who does things at random.
type townsman struct {
	*client
	*town
	who    string
	random *rand.Rand
	tally  *tally
}

// tally counts what was answered, by what was asked for.
type tally struct {
	mu     sync.Mutex
	counts map[string]int
}

func (c *tally) add(what string) {
	c.mu.Lock()
	c.counts[what]++
	c.mu.Unlock()
}

// coded are the refusals that people who are too late, or one too many, must expect.
var coded = []string{
	"time_taken", "outside_hours", "limit_reached", "quota_reached", "too_many_holds", "hold_expired", "already_extended", "not_now", "already_cancelled",
	"not_found", "forbidden", "request_over", "request_exists", "offer_open", "list_full", "list_share_full", "hours_overlap", "reception_overlap",
}

// do sends a request, and again for as long as the answer is to try again; anything but success or a coded refusal is a failure.
func (p *townsman) do(t *testing.T, what, method, path string, body any) answer {
	text := ""
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			t.Error(err)
		}
		text = string(raw)
	}
	a := p.patiently(t, method, path, text)
	switch {
	case a.status/100 == 2:
		p.tally.add(what)
	case slices.Contains(coded, a.code()) && (a.status == http.StatusConflict || a.status == http.StatusNotFound || a.status == http.StatusForbidden):
		p.tally.add(a.code())
	default:
		t.Errorf("%s %s %s: %d %s", method, path, text, a.status, a.body)
	}
	return a
}

type object map[string]any

func (p *townsman) pick(of ...string) string { return of[p.random.IntN(len(of))] }

// time is one that may be in a doctor's hours.
func (p *townsman) time(doctor string) string {
	days := []scheduling.Day{0, 1, 1}
	if doctor == p.asked {
		days = []scheduling.Day{2, 4}
	}
	day := p.monday + days[p.random.IntN(len(days))] + scheduling.Day(7*p.random.IntN(3))
	at := 9*60 + 30*p.random.IntN(6)
	if p.random.IntN(4) == 0 { // between two, or in a reception
		at = 9*60 + 10*p.random.IntN(36)
	}
	helsinki, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		panic(err) // the zones are built in
	}
	midnight, err := time.ParseInLocation(time.DateOnly, string(day.Date()), helsinki)
	if err != nil {
		panic(err)
	}
	return midnight.Add(time.Duration(at) * time.Minute).UTC().Format(time.RFC3339)
}

func (p *townsman) wish() object {
	doctor := p.pick(p.asked, p.busy)
	with := [][]string{{}, {p.nurse + "|" + p.coordinators[1]}, {p.room}, {p.coordinators[0] + "?"}, {"interpreter:outside"}}
	return object{"doctor": doctor, "unit": p.centre, "start": p.time(doctor), "minutes": 20, "mode": p.pick("phone", "on_site"), "with": with[p.random.IntN(len(with))]}
}

func (p *townsman) act(t *testing.T) {
	coordinates := slices.Contains(p.coordinators, p.who)
	switch n := p.random.IntN(20); {
	case coordinates && n < 7:
		p.do(t, "held", "POST", "/api/holds", p.wish())
	case coordinates && n < 9:
		p.do(t, "booked", "POST", "/api/appointments", p.wish())
	case coordinates && n < 10:
		p.wait(t)
	case slices.Contains(p.schedulers, p.who) && n < 5:
		p.arrange(t)
	case !coordinates && n < 2:
		p.goAway(t)
	default:
		p.change(t)
	}
}

// wait asks for a time that has to come free, or asks no more.
func (p *townsman) wait(t *testing.T) {
	if p.random.IntN(2) == 0 {
		a := p.do(t, "read", "GET", "/api/requests", nil)
		if id := a.text("requests.0.id"); id != "" {
			p.do(t, "withdrawn", "POST", "/api/requests/"+id+"/withdrawal", object{})
		}
		return
	}
	wish := object{"unit": p.centre, "minutes": 20, "mode": p.pick("phone", "on_site"), "priority": p.pick("normal", "urgent")}
	if p.random.IntN(2) == 0 {
		wish["doctor"] = p.pick(p.asked, p.busy)
	}
	p.do(t, "asked for", "POST", "/api/requests", wish)
}

// arrange moves or cancels a joint reception.
func (p *townsman) arrange(t *testing.T) {
	a := p.do(t, "read", "GET", "/api/people/"+p.busy+"/receptions", nil)
	path := "/api/receptions/" + a.text(fmt.Sprintf("receptions.%d.id", p.random.IntN(3)))
	if strings.HasSuffix(path, "/") {
		return
	}
	if p.random.IntN(30) == 0 {
		p.do(t, "reception cancelled", "POST", path+"/cancellation", object{"following": false, "unused": false})
		return
	}
	from := 13*60 + 10*p.random.IntN(4)
	day := p.monday + 1 + scheduling.Day(7*p.random.IntN(3))
	p.do(t, "reception moved", "POST", path+"/move", object{
		"date": day.Date(), "from": fmt.Sprintf("%d:%02d", from/60, from%60), "to": fmt.Sprintf("%d:%02d", (from+120)/60, from%60), "following": false,
	})
}

// goAway takes an hour out of a doctor's day, or gives one back.
func (p *townsman) goAway(t *testing.T) {
	path := "/api/people/" + p.pick(p.asked, p.busy) + "/hours"
	if a := p.do(t, "read", "GET", path, nil); a.text("exceptions.1.id") != "" {
		p.do(t, "hour given back", "DELETE", path+"/exceptions/"+a.text("exceptions.0.id"), nil)
		return
	}
	day := p.monday + scheduling.Day(p.random.IntN(20))
	p.do(t, "hour taken out", "POST", path+"/exceptions", object{"date": day.Date(), "kind": "away", "from": "09:00", "to": "10:00"})
}

// change does something to one of the person's appointments, mostly what its state calls for.
func (p *townsman) change(t *testing.T) {
	query := fmt.Sprintf("?from=%s&to=%s", finnishToday().Date(), (p.monday + 60).Date())
	if slices.Contains(p.schedulers, p.who) {
		query += "&doctor=" + p.pick(p.asked, p.busy)
	}
	var own struct{ Appointments []viewed }
	a := p.do(t, "read", "GET", "/api/appointments"+query, nil)
	if err := json.Unmarshal(a.body, &own); err != nil {
		t.Errorf("%v in %s", err, a.body)
	}
	if p.random.IntN(10) > 0 {
		own.Appointments = slices.DeleteFunc(own.Appointments, func(a viewed) bool { return a.State == "cancelled" || a.State == "declined" })
	}
	if len(own.Appointments) == 0 {
		return
	}
	one := own.Appointments[p.random.IntN(len(own.Appointments))]
	path := "/api/appointments/" + one.ID
	step := p.pick("extension", "confirmation", "release", "cancellation", "move", "answer")
	switch one.State {
	case "held", "offered":
		step = p.pick(step, "confirmation", "confirmation", "extension", "release")
	case "asked":
		step = p.pick(step, "answer", "answer")
	case "booked":
		step = p.pick(step, "cancellation", "move", "move")
	}
	switch step {
	case "cancellation":
		p.do(t, "cancelled", "POST", path+"/cancellation", object{"reason": p.pick("illness", "client", "other")})
	case "move":
		p.do(t, "moved", "POST", path+"/move", object{"start": p.time(one.Doctor.Person)})
	case "answer":
		if answer := p.pick("accepted", "accepted", "declined", "tentative"); answer == "declined" {
			p.do(t, "declined", "POST", path+"/answer", object{"answer": answer, "reason": "no_time"})
		} else {
			p.do(t, answer, "POST", path+"/answer", object{"answer": answer})
		}
	default:
		p.do(t, step, "POST", path+"/"+step, object{})
	}
}

// viewed is an appointment as a server shows it.
type viewed struct {
	ID, State    string
	Start, End   time.Time
	Doctor       struct{ Person string }
	Participants []struct{ Person string }
}

// shortHold is a time that is kept until it begins, within the next minutes: what is not booked by then is lost.
type shortHold struct {
	by   *townsman
	path string
	ends time.Time
}

// holdShortly lets each of the doctors with one time today open it, and a scheduler keep it.
func holdShortly(t *testing.T, v *town, of func(who string) *townsman) (kept []shortHold) {
	t.Helper()
	helsinki, err := time.LoadLocation("Europe/Helsinki")
	must(t, err)
	at := time.Now().In(helsinki).Add(10 * time.Second).Truncate(time.Minute).Add(time.Minute)
	if end := at.Add(10 * time.Minute); end.Day() != at.Day() && (end.Hour() > 0 || end.Minute() > 0) {
		at = end.Truncate(time.Hour) // hours end at midnight, so it begins then
	}
	to := at.Add(10 * time.Minute).Format("15:04")
	if to == "00:00" {
		to = "24:00"
	}
	for _, doctor := range v.short {
		of(doctor).do(t, "opened", "POST", "/api/people/"+doctor+"/hours/exceptions", object{
			"date": at.Format(time.DateOnly), "kind": "extra", "unit": v.centre, "minutes": 10, "from": at.Format("15:04"), "to": to,
		})
	}
	opened := of(v.short[len(v.short)-1]).server.commitOf(t) // of the last answer
	for n, doctor := range v.short {
		by := of(v.schedulers[n%len(v.schedulers)])
		eventually(t, by.server.url+" knows the hours", func() bool { return by.server.commitOf(t) >= opened })
		a := by.do(t, "held", "POST", "/api/holds", object{
			"doctor": doctor, "unit": v.centre, "start": at.UTC().Format(time.RFC3339), "minutes": 10, "mode": "phone", "with": []string{"interpreter:outside"},
		})
		if a.status != http.StatusCreated || a.text("expires") != at.UTC().Format(time.RFC3339) {
			t.Fatalf("a time until %s: %d %s", at, a.status, a.body)
		}
		kept = append(kept, shortHold{by, "/api/appointments/" + a.text("id"), at})
	}
	return kept
}

// underLoad lets two dozen people use three servers on one engine at once: times are kept, extended, booked, moved, let go and
// run out; doctors answer; receptions move; limits and quotas fill; what comes free is offered on. In the end the three servers
// hold the same, nobody and no room is in two appointments, and the log explains each.
func underLoad(t *testing.T, program string) {
	t.Helper()
	t.Logf("seed %d", loadSeed)
	engine := start(t, program, map[string]string{"LUOTSI_DATA": t.TempDir()}, "engine", "127.0.0.1:0")
	settings := testKeys()
	settings["LUOTSI_MONGODB_URI"], settings["LUOTSI_DATA"] = engine.first, t.TempDir()
	config := testConfig(settings["LUOTSI_DATA"])
	config.MongoDB = engine.first
	config.JWTKey = []byte(strings.Repeat("k", 32))
	config.VaultKey = config.JWTKey
	v := fillTown(t, config)
	var servers []*process
	for range 3 {
		servers = append(servers, serveProcess(t, program, settings))
	}
	tokens, err := auth.NewTokens(config.JWTKey)
	must(t, err)
	counted := &tally{counts: map[string]int{}}
	web := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 32}, Timeout: time.Minute}
	defer web.CloseIdleConnections()
	crowd := slices.Concat(v.coordinators, v.schedulers, v.short, []string{v.asked, v.busy, v.nurse})
	townsmen := map[string]*townsman{}
	for n, who := range crowd {
		now := time.Now()
		token, err := tokens.Sign(who, fmt.Sprintf("%s-%x", who, now.UnixMilli()), now)
		must(t, err)
		townsmen[who] = &townsman{&client{server: servers[n%3], token: token, web: web}, v, who, rand.New(rand.NewPCG(loadSeed, uint64(n))), counted}
	}
	kept := holdShortly(t, v, func(who string) *townsman { return townsmen[who] })

	until := time.Now().Add(*loadFor)
	var group sync.WaitGroup
	for _, who := range slices.Concat(v.coordinators, v.schedulers, []string{v.asked, v.busy}) {
		p := townsmen[who]
		group.Go(func() {
			for time.Now().Before(until) && !t.Failed() {
				p.act(t)
				time.Sleep(time.Duration(p.random.IntN(60)) * time.Millisecond) // nobody is quicker than the limit for one session
			}
		})
	}
	group.Wait()
	for _, h := range kept {
		time.Sleep(time.Until(h.ends.Add(time.Second)))
		for _, step := range []string{"confirmation", "extension"} {
			if a := h.by.do(t, step, "POST", h.path+"/"+step, object{}); a.code() != "hold_expired" {
				t.Errorf("%s of a time that ran out: %d %s", step, a.status, a.body)
			}
		}
	}
	// Offers are made, and times freed, by servers that nobody asks: they are compared when none has added anything for longer
	// than they pause between two looks.
	quiet := time.Now()
	for newest, deadline := 0, time.Now().Add(2*time.Minute); time.Since(quiet) < 7*time.Second; time.Sleep(100 * time.Millisecond) {
		for _, s := range servers {
			if n := s.commitOf(t); n != newest {
				newest, quiet = max(n, newest), time.Now()
			}
		}
		if time.Now().After(deadline) {
			t.Fatal("the servers do not come to rest")
		}
	}
	shown := shownAlike(t, v, townsmen, servers)
	for _, s := range servers {
		state := s.end(t) // the last thing it did was to say whom it has seen
		verified := mustRun(t, settings, "verify")
		if hashIn(t, verified) != state || strings.Contains(verified, "WRONG") {
			t.Errorf("%s ended with the state %s, and the log makes another:\n%s", s.url, state, verified)
		}
	}
	explainedBy(t, config, shown, counted)
	counted.report(t)
}

// shownAlike asks every server for everybody's appointments and requests, and gives the appointments.
func shownAlike(t *testing.T, v *town, townsmen map[string]*townsman, servers []*process) map[string]viewed {
	t.Helper()
	shown := map[string]viewed{}
	for who, p := range townsmen {
		paths := []string{fmt.Sprintf("/api/appointments?from=%s&to=%s", finnishToday().Date(), (v.monday + 60).Date())}
		if slices.Contains(v.coordinators, who) {
			paths = append(paths, "/api/requests", "/api/holds")
		}
		for _, path := range paths {
			var bodies []string
			for _, s := range servers {
				c := client{server: s, token: p.token}
				a := c.patiently(t, "GET", path, "")
				if a.status != http.StatusOK {
					t.Fatalf("%s: %d %s", path, a.status, a.body)
				}
				bodies = append(bodies, string(a.body))
			}
			if bodies[0] != bodies[1] || bodies[1] != bodies[2] {
				t.Errorf("the servers show %s different things of %s:\n%s\n%s\n%s", who, path, bodies[0], bodies[1], bodies[2])
			}
			var list struct{ Appointments []viewed }
			must(t, json.Unmarshal([]byte(bodies[0]), &list))
			for _, a := range list.Appointments {
				shown[a.ID] = a
			}
		}
	}
	return shown
}

// end asks a server to end, and gives the hash of the state it ended with.
func (p *process) end(t *testing.T) string {
	t.Helper()
	must(t, p.cmd.Process.Signal(syscall.SIGTERM))
	select {
	case err := <-p.ended:
		close(p.ended)
		if err != nil {
			t.Errorf("%s ended with %v", p.url, err)
		}
	case <-time.After(time.Minute):
		t.Fatalf("%s does not end", p.url)
	}
	log := p.log.String()
	if strings.Contains(log, "panic") || strings.Contains(log, "request failed") {
		t.Errorf("%s: %s", p.url, log)
	}
	for line := range strings.Lines(log) {
		var said struct{ Msg, State string }
		if json.Unmarshal([]byte(line), &said) == nil && said.Msg == "ended" {
			return said.State
		}
	}
	t.Fatalf("%s does not say with what state it ended: %s", p.url, log)
	return ""
}

// told is what the log says of one appointment.
type told struct {
	status     scheduling.Status
	start, end int64
	seats      []scheduling.Participant
}

func (s *told) live() bool {
	return s.status != scheduling.Released && s.status != scheduling.Declined && s.status != scheduling.Cancelled
}

// explainedBy reads the log from its first commit and compares every appointment with what the servers showed.
func explainedBy(t *testing.T, config Config, shown map[string]viewed, counted *tally) {
	t.Helper()
	w, err := readWorld(t.Context(), config, slog.New(slog.DiscardHandler))
	must(t, err)
	defer w.close()
	for _, state := range w.states.list() {
		if wrong := state.Check(); len(wrong) > 0 {
			t.Errorf("%s: %v", state.Name(), wrong)
		}
	}
	stories := map[string]*told{}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	newest := w.journal.Applied()
	err = w.journal.Follow(ctx, 0, func(_ context.Context, c journal.Commit) error {
		for _, e := range c.Events {
			tell(stories, e)
			counted.add("event " + strings.TrimPrefix(fmt.Sprintf("%T", e), "scheduling."))
			if held, ok := e.(scheduling.AppointmentHeld); ok && held.Offer {
				counted.add("event offer")
			}
		}
		if c.Number >= newest {
			return context.Canceled
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	for id, s := range stories {
		a, ok := shown[id]
		if ok == (s.status == scheduling.Released) {
			t.Errorf("appointment %s is shown: %v, and the log says %+v", id, ok, s)
		}
		if !ok {
			continue
		}
		people := slices.Collect(func(yield func(string) bool) {
			for _, seat := range s.seats {
				if !yield(seat.Person) {
					return
				}
			}
		})
		same := slices.EqualFunc(people, a.Participants, func(person string, p struct{ Person string }) bool { return person == p.Person })
		if string(s.status) != a.State || s.start != a.Start.UnixMilli() || s.end != a.End.UnixMilli() || !same {
			t.Errorf("appointment %s is shown as %+v, the log says %+v", id, a, s)
		}
	}
	for id := range shown {
		if stories[id] == nil {
			t.Errorf("appointment %s is shown, and the log does not know it", id)
		}
	}
	apart(t, stories)
}

// tell goes on with the stories. It knows the events and nothing of what the program makes of them.
func tell(stories map[string]*told, event journal.Event) {
	const minute = int64(time.Minute / time.Millisecond)
	end := func(id string, status scheduling.Status) {
		if s := stories[id]; s.live() {
			s.status = status
		}
	}
	switch e := event.(type) {
	case scheduling.AppointmentBooked:
		stories[e.Appointment] = &told{scheduling.Booked, e.Start, e.Start + int64(e.Minutes)*minute, e.Participants}
	case scheduling.AppointmentHeld:
		stories[e.Appointment] = &told{scheduling.Held, e.Start, e.Start + int64(e.Minutes)*minute, e.Participants}
		if e.Offer {
			stories[e.Appointment].status = scheduling.Offered
		}
	case scheduling.AppointmentAsked:
		end(e.Appointment, scheduling.Asked)
	case scheduling.AppointmentConfirmed:
		end(e.Appointment, scheduling.Booked)
	case scheduling.HoldReleased:
		end(e.Appointment, scheduling.Released)
	case scheduling.HoldExpired:
		end(e.Appointment, scheduling.Released)
	case scheduling.MoveAgreed:
		end(e.Appointment, scheduling.Released)
	case scheduling.AppointmentDeclined:
		end(e.Appointment, scheduling.Declined)
	case scheduling.AppointmentCancelled:
		end(e.Appointment, scheduling.Cancelled)
	case scheduling.AppointmentMarked:
		end(e.Appointment, e.Status)
	case scheduling.AppointmentMoved:
		if s := stories[e.Appointment]; s.live() {
			*s = told{scheduling.Booked, e.Start, e.Start + int64(e.Minutes)*minute, e.Participants}
		}
	case scheduling.ParticipantReplaced:
		s := stories[e.Appointment]
		s.seats = slices.Clone(s.seats)
		s.seats[e.Seat].Person, s.seats[e.Seat].Before, s.seats[e.Seat].After = e.Person, e.Before, e.After
	}
}

// apart compares the live appointments of every person and room, two by two: the minutes that the person wants free lie between.
func apart(t *testing.T, stories map[string]*told) {
	t.Helper()
	type taken struct{ start, end, before, after int64 }
	times := map[string][]taken{}
	for _, s := range stories {
		for _, seat := range s.seats {
			if s.live() && seat.Person != "" {
				times[seat.Person] = append(times[seat.Person], taken{s.start, s.end, int64(seat.Before) * 60_000, int64(seat.After) * 60_000})
			}
		}
	}
	for person, list := range times {
		slices.SortFunc(list, func(a, b taken) int { return int(a.start - b.start) })
		for i := 1; i < len(list); i++ {
			if a, b := list[i-1], list[i]; a.end+a.after+b.before > b.start {
				t.Errorf("%s is in two appointments at once, or they are too near: %+v and %+v", person, a, b)
			}
		}
	}
}

// report says how much of what happened, and fails when something never did.
func (c *tally) report(t *testing.T) {
	t.Helper()
	var said []string
	for _, what := range slices.Sorted(maps.Keys(c.counts)) {
		said = append(said, fmt.Sprintf("%s %d", what, c.counts[what]))
	}
	t.Log(strings.Join(said, ", "))
	for _, what := range []string{
		"event AppointmentBooked", "event AppointmentHeld", "event HoldExtended", "event AppointmentConfirmed", "event AppointmentAsked", "event HoldReleased",
		"event HoldExpired", "event AppointmentMoved", "event AppointmentCancelled", "event AppointmentDeclined", "event offer", "event RequestMade",
		"event ReceptionMoved", "event ExceptionAdded", "time_taken", "outside_hours", "limit_reached", "quota_reached", "hold_expired",
	} {
		if c.counts[what] == 0 {
			t.Errorf("%s: never", what)
		}
	}
}
