package scheduling

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/people"
)

const wait = `{"unit":"centre","minutes":30,"mode":"phone"}`

// mondaysFull is a region in which the doctor has one free slot a Monday, and co2 has booked that of the 30th.
func mondaysFull(t *testing.T) (*region, string) {
	t.Helper()
	r := newRegion(t)
	h := mondays(t)
	h.To = 570
	h.ValidFrom = day(t, "2026-11-30")
	h.ValidUntil = h.ValidFrom
	r.happen(t, h)
	a := r.want(t, 201, "co2", "POST", "/api/appointments", `{"doctor":"gp","unit":"centre","start":"2026-11-30T07:00:00Z","minutes":30,"mode":"phone"}`)
	return r, a["id"].(string)
}

func TestFromRequestToAppointment(t *testing.T) {
	r, taken := mondaysFull(t)
	first := r.want(t, 201, "co", "POST", "/api/requests", `{"unit":"centre","doctor":"gp","minutes":30,"mode":"phone","deadline":"2026-12-31","never":["2@08:00-12:00"]}`)
	r.clock.Add(1000)
	second := r.want(t, 201, "nurse", "POST", "/api/requests", wait)
	if first["state"] != "waiting" || first["outward"] != "tilattu" || second["outward"] != "suunniteltu" || at(first, "never", 0) != "2@08:00-12:00" ||
		at(first, "doctor", "name") != "Aino Mäkelä" || first["place"] != 1.0 || second["place"] != 2.0 || second["of"] != 2.0 || first["deadline"] != "2026-12-31" {
		t.Errorf("%v\n%v", first, second)
	}
	one, two := "/api/requests/"+first["id"].(string), "/api/requests/"+second["id"].(string)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(r.service.OfferWaiting(context.Background()))
	if got := r.want(t, 200, "co", "GET", one, ""); got["state"] != "waiting" {
		t.Errorf("offered although nothing is free: %v", got["offer"])
	}

	r.want(t, 200, "co2", "POST", "/api/appointments/"+taken+"/cancellation", `{"reason":"client"}`)
	got := r.want(t, 200, "co", "GET", one, "")
	if got["state"] != "offered" || got["outward"] != "ehdotettu" || at(got, "offer", "start") != "2026-11-30T07:00:00Z" ||
		at(got, "offer", "until") != "2026-11-23T07:00:00Z" || at(got, "steps", 1, "kind") != "offered" {
		t.Fatalf("after the cancellation: %v", got)
	}
	offer := "/api/appointments/" + at(got, "offer", "appointment").(string)
	if list := r.want(t, 200, "co", "GET", "/api/requests", ""); length(list["requests"]) != 1 || at(list, "requests", 0, "state") != "offered" {
		t.Errorf("%v", list)
	}
	for _, who := range []string{"co2", "nurse", "gp"} { // nobody else knows of the offer
		r.want(t, 404, who, "GET", offer, "")
		r.want(t, 404, who, "POST", offer+"/confirmation", "")
		r.want(t, 404, who, "GET", one, "")
		r.want(t, 404, who, "POST", one+"/withdrawal", "")
	}
	r.want(t, 403, "keeper", "POST", offer+"/confirmation", "") // who keeps the calendars sees it, and does not answer
	r.want(t, 403, "keeper", "POST", offer+"/release", "")
	r.want(t, 403, "keeper", "PUT", one, `{"minutes":30,"mode":"phone"}`)
	if v := r.want(t, 409, "co", "PUT", one, `{"minutes":45,"mode":"phone"}`); v["code"] != "offer_open" {
		t.Errorf("changed while a time is offered: %v", v)
	}
	if v := r.want(t, 409, "gp2", "POST", "/api/appointments", `{"doctor":"gp","unit":"centre","start":"2026-11-30T07:00:00Z","minutes":30,"mode":"phone"}`); v["code"] != "time_taken" {
		t.Errorf("an offered time was to be had: %v", v)
	}

	r.clock.Add(1000)
	if status, _, _ := r.raw(t, "co", "POST", offer+"/release", ""); status != 204 && status != 200 {
		t.Errorf("declined: %d", status)
	}
	if got := r.want(t, 200, "co", "GET", one, ""); got["state"] != "waiting" || got["place"] != 1.0 || at(got, "steps", 2, "kind") != "declined" {
		t.Errorf("after declining: %v", got)
	}
	got = r.want(t, 200, "nurse", "GET", two, "")
	if got["state"] != "offered" {
		t.Fatalf("the second in line: %v", got)
	}
	offer = "/api/appointments/" + at(got, "offer", "appointment").(string)
	if a := r.want(t, 200, "nurse", "POST", offer+"/confirmation", ""); a["state"] != "booked" || a["case"] != second["case"] {
		t.Errorf("accepted: %v", a)
	}
	if got := r.want(t, 200, "nurse", "GET", two, ""); got["state"] != "settled" || got["place"] != nil || got["outward"] != "varattu" {
		t.Errorf("settled: %v", got)
	}
	if v := r.want(t, 409, "nurse", "POST", two+"/withdrawal", ""); v["code"] != "request_over" {
		t.Errorf("withdrawn when settled: %v", v)
	}

	fair := r.want(t, 200, "keeper", "GET", "/api/requests/fairness?unit=centre", "")
	if length(fair["line"]) != 1 || length(fair["offers"]) != 2 || at(fair, "offers", 0, "outcome") != "booked" || at(fair, "offers", 1, "outcome") != "declined" ||
		at(fair, "offers", 0, "passed", 0, "why") != "before" || at(fair, "offers", 0, "passed", 0, "reference") != first["reference"] {
		t.Errorf("%v", fair)
	}
	if text := fmt.Sprint(fair); strings.Contains(text, "Carita") || strings.Contains(text, "Veera") {
		t.Errorf("the report has names: %s", text)
	}
	r.want(t, 200, "nurse", "GET", "/api/requests/fairness?unit=centre", "")
	r.want(t, 404, "co", "GET", "/api/requests/fairness?unit=centre", "")
	r.want(t, 404, "boss", "GET", "/api/requests/fairness?unit=centre", "")
	r.want(t, 403, "gp", "GET", "/api/requests/fairness?unit=centre", "")

	if v := r.want(t, 200, "gp", "GET", "/api/requests", ""); length(v["requests"]) != 0 || at(v, "lines", 0, "waiting") != 1.0 || at(v, "lines", 0, "forMe") != 1.0 {
		t.Errorf("the doctor sees %v", v)
	}
	if v := r.want(t, 200, "keeper", "GET", "/api/requests?unit=centre", ""); length(v["requests"]) != 1 || at(v, "requests", 0, "mine") != false {
		t.Errorf("who keeps the calendars sees %v", v)
	}
	if v := r.want(t, 200, "co2", "GET", "/api/requests?unit=centre", ""); length(v["requests"]) != 0 {
		t.Errorf("another coordinator sees %v", v)
	}
	data, err := r.service.Keeper().Data(context.Background(), "co")
	if v, _ := data.(dataView); err != nil || len(v.Requests) != 1 || len(v.Requests[0].Steps) != 3 || v.Requests[0].State != "waiting" {
		t.Errorf("the own data: %+v (%v)", v.Requests, err)
	}
	if v := r.want(t, 200, "co", "POST", one+"/withdrawal", ""); v["state"] != "withdrawn" || v["outward"] != "peruttu" {
		t.Errorf("withdrawn: %v", v)
	}
}

// New hours are offered to the line in its order, and a place found by its owner settles a request.
func TestPublishedHoursAreOffered(t *testing.T) {
	r := newRegion(t)
	var ids []string
	for _, who := range []string{"co", "co2", "nurse"} {
		ids = append(ids, r.want(t, 201, who, "POST", "/api/requests", wait)["id"].(string))
		r.clock.Add(1000)
	}
	h := mondays(t)
	h.To, h.ValidUntil = 600, h.ValidFrom+7 // two slots on each of two Mondays
	h.ValidFrom += 7
	r.happen(t, h)
	if err := r.service.OfferWaiting(context.Background()); err != nil {
		t.Fatal(err)
	}
	for n, who := range []string{"co", "co2"} {
		got := r.want(t, 200, who, "GET", "/api/requests/"+ids[n], "")
		if want := fmt.Sprintf("2026-11-30T07:%02d:00Z", n*30); at(got, "offer", "start") != want {
			t.Errorf("%s was offered %v, want %s", who, got["offer"], want)
		}
	}
	if got := r.want(t, 200, "nurse", "GET", "/api/requests/"+ids[2], ""); got["state"] != "waiting" || got["place"] != 3.0 {
		t.Errorf("the third: %v", got)
	}
	commits := r.journal.Applied()
	if err := r.service.OfferWaiting(context.Background()); err != nil || r.journal.Applied() != commits {
		t.Errorf("looked again: %v, %d commits", err, r.journal.Applied()-commits)
	}
	extra := ExceptionAdded{Exception: "x", Person: "gp2", Day: h.ValidFrom, Kind: Extra, From: 600, To: 630, Unit: "centre", Minutes: 30}
	r.happen(t, extra)
	book := `{"doctor":"gp2","unit":"centre","start":"2026-11-30T08:00:00Z","minutes":30,"mode":"phone","request":"` + ids[2] + `"}`
	r.want(t, 404, "co", "POST", "/api/appointments", book) // somebody else's request
	r.want(t, 409, "co", "POST", "/api/appointments", strings.Replace(book, ids[2], ids[0], 1))
	r.want(t, 201, "nurse", "POST", "/api/appointments", book)
	if got := r.want(t, 200, "nurse", "GET", "/api/requests/"+ids[2], ""); got["state"] != "settled" {
		t.Errorf("found by herself: %v", got)
	}
}

// Guests are told only to who carries the case, keep their text while a request is changed, and are forgotten with it.
func TestGuestsOfARequest(t *testing.T) {
	r := newRegion(t)
	v := r.want(t, 201, "co", "POST", "/api/requests", `{"unit":"centre","minutes":30,"mode":"video","with":["nurse?","interpreter:outside"],"guests":[{"name":"Kaisa Kela","email":"kaisa@example.org","role":"professional"}]}`)
	path := "/api/requests/" + v["id"].(string)
	if length(v["seats"]) != 4 || at(v, "seats", 1, "with") != "nurse?" || at(v, "seats", 2, "with") != "interpreter:outside" || at(v, "seats", 3, "guest", "name") != "Kaisa Kela" {
		t.Fatalf("%v", v["seats"])
	}
	if got := r.want(t, 200, "keeper", "GET", path, ""); at(got, "seats", 3, "guest") != nil {
		t.Errorf("who keeps the calendars is told %v", got)
	}
	text := func() (id string) {
		r.journal.View(func() {
			for one := range r.state.requestTexts(r.service.now()) {
				id = one
			}
		})
		return id
	}
	before := text()
	r.want(t, 200, "co", "PUT", path, `{"minutes":45,"mode":"video","guests":[{"name":"Kaisa Kela","email":"kaisa@example.org","role":"professional"}]}`)
	if text() != before {
		t.Error("the guest got another text")
	}
	r.want(t, 200, "co", "PUT", path, `{"minutes":45,"mode":"video","guests":[{"name":"Kalle Kela","email":"kalle@example.org","role":"professional"}]}`)
	if text() == before {
		t.Error("the guest is the same")
	}
	r.want(t, 200, "co", "POST", path+"/withdrawal", "")
	if text() != "" {
		t.Error("a withdrawn request keeps its guest")
	}
}

// wait asks to wait for a time, leaves the line, or makes the offers that are due.
func (u *user) wait(ctx context.Context, caller auth.Caller) error {
	switch u.random.IntN(4) {
	case 0:
		return u.service.OfferWaiting(ctx)
	case 1:
		for _, of := range u.service.Requests(caller.Identity, "") {
			if of.inLine() && u.random.IntN(3) == 0 {
				return u.service.WithdrawRequest(ctx, caller, of.ID)
			}
		}
	}
	w := RequestWish{
		Party: Party{Unit: "centre", Doctor: []string{"", "gp", "gp2"}[u.random.IntN(3)]}, Minutes: 10 * (1 + u.random.IntN(4)), Mode: []Mode{OnSite, Phone}[u.random.IntN(2)],
		Priority: []Priority{Normal, Urgent}[u.random.IntN(2)],
	}
	w.Seats = [][]SeatWish{nil, {{Any: []string{"nurse", "co2"}}}, {{Any: []string{"room"}, Optional: true}}}[u.random.IntN(3)]
	_, err := u.service.MakeRequest(ctx, caller, w)
	return err
}

// Everybody asks, books, keeps, lets go, cancels, accepts and declines at random, at once. Nobody is in two places, nobody is
// offered a place twice, and every request is where its appointments say.
func TestRandomCascadesAtOnce(t *testing.T) {
	r := newRegion(t)
	friday := mondays(t)
	friday.Hours, friday.Person, friday.Weekday = "fridays", "gp2", 5
	r.happen(t, mondays(t), friday, SettingsChanged{Person: "gp2", Ask: true})
	var all sync.WaitGroup
	for worker := range uint64(8) {
		all.Go(func() {
			random := rand.New(rand.NewPCG(worker, 5))
			who := []string{"co", "co2", "nurse", "gp2"}[worker%4]
			ctx := context.Background()
			caller := r.caller(who, "")
			some := func(statuses ...Status) (string, Appointment) {
				for _, a := range r.service.Appointments(caller.Identity, day(t, "2026-11-20"), day(t, "2026-12-31"), "") {
					for _, s := range statuses {
						if a.Status == s && random.IntN(2) == 0 {
							return a.ID, a.Appointment
						}
					}
				}
				return "nothing", Appointment{}
			}
			for range 60 {
				r.clock.Add(int64(random.IntN(180)) * 1000)
				w := nine()
				w.Mode = Phone
				if random.IntN(2) == 0 {
					w.Doctor, w.Start = "gp2", w.Start.AddDate(0, 0, 4)
				}
				w.Start = w.Start.AddDate(0, 0, 7*random.IntN(2)).Add(time.Duration(random.IntN(6)) * 30 * time.Minute)
				var err error
				switch random.IntN(10) {
				case 0:
					_, err = r.service.Book(ctx, caller, w)
				case 1:
					_, err = r.service.Hold(ctx, caller, w)
				case 2:
					id, _ := some(Held, Offered)
					err = r.service.Release(ctx, caller, id)
				case 3:
					id, _ := some(Booked, Asked)
					err = r.service.Cancel(ctx, caller, id, Other)
				case 4:
					id, _ := some(Held, Offered)
					err = r.service.Confirm(ctx, caller, id)
				case 5:
					id, _ := some(Asked, Booked)
					err = r.service.Respond(ctx, caller, id, Reply{Answer: []Answer{Accepted, DeclinedSeat}[random.IntN(2)], Reason: []Reason{WrongDoor, NoTime}[random.IntN(2)]})
				case 6:
					err = r.service.Expire(ctx)
				case 7:
					err = r.service.OfferWaiting(ctx)
				case 8:
					wish := RequestWish{Party: Party{Unit: "centre", Doctor: []string{"", "gp", "gp2"}[random.IntN(3)]}, Minutes: 30 * (1 + random.IntN(2)), Mode: Phone, Priority: []Priority{Normal, Urgent}[random.IntN(2)]}
					if random.IntN(3) == 0 {
						wish.Deadline = day(t, "2026-11-25") + Day(random.IntN(20))
					}
					_, err = r.service.MakeRequest(ctx, caller, wish)
				case 9:
					for _, of := range r.service.Requests(caller.Identity, "") {
						if of.inLine() && random.IntN(4) == 0 {
							err = r.service.WithdrawRequest(ctx, caller, of.ID)
							break
						}
					}
				}
				if _, coded := fault.As(err); err != nil && !coded {
					t.Errorf("%s: %v", who, err)
				}
			}
		})
	}
	all.Wait()
	hash, err := r.journal.Hash()
	if err != nil {
		t.Fatal(err)
	}
	offered, settled := 0, 0
	r.journal.View(func() {
		for _, wrong := range r.state.Check() {
			t.Error(wrong)
		}
		for _, q := range r.state.primary.Requests {
			for _, step := range q.Steps {
				switch step.Kind {
				case StepOffered:
					offered++
				case StepBooked:
					settled++
				}
			}
		}
	})
	if offered < 20 || settled == 0 {
		t.Errorf("%d offers, %d accepted: the test proves little", offered, settled)
	}
	before := snapshotOf(r.state)
	r.journal.View(r.state.Reindex)
	if after := snapshotOf(r.state); !reflect.DeepEqual(before, after) {
		t.Error("the rebuilt indexes differ from those that grew")
	}
	r.journal.Close()
	r.state, r.people = NewState(), people.NewState()
	r.clock.Store(0)
	r.open(t)
	if again, err := r.journal.Hash(); err != nil || again != hash {
		t.Errorf("a fresh start makes another state: %v", err)
	}
}
