package scheduling

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/people"
)

// asking makes gp one who wants to be asked, and an appointment on Monday 23.11.2026 at 9 that waits for them, with a guest.
func asking(t *testing.T, r *region) string {
	t.Helper()
	r.happen(t, mondays(t), SettingsChanged{Person: "gp", Ask: true})
	w := nine()
	w.Guests = []Guest{{Name: "Kaisa Kelanen", Email: "kaisa@kela.example", Language: "sv", Role: "other"}}
	ctx, co := context.Background(), r.caller("co", "")
	id, err := r.service.Hold(ctx, co, w)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.service.Confirm(ctx, co, id); err != nil {
		t.Fatal(err)
	}
	return id
}

func (r *region) appointment(id string) Appointment {
	var a Appointment
	r.journal.View(func() { a = r.state.primary.Appointments[id] })
	return a
}

// link is the path of the API for the link a mail would bring to that seat now.
func (r *region) link(id string, seat int) string {
	a := r.appointment(id)
	return "/api/answers/" + strings.TrimPrefix(r.service.answerLink(id, seat, a.Sequence, a.Start), "https://luotsi.example.org/answer/")
}

// The doctor answers from the mail; then a newer mail's link takes the answer back, and the first one has served.
func TestAnswerByLink(t *testing.T) {
	r := newRegion(t)
	id := asking(t, r)
	first := r.link(id, 0)
	v := r.want(t, 200, "", "GET", first, "")
	if v["start"] != "2026-11-23T07:00:00Z" || v["unitName"] != "Keskustan terveysasema" || v["mode"] != "on_site" || v["doctor"] != true || v["state"] != "asked" ||
		v["role"] != "doctor" || v["answer"] != "awaiting" || v["language"] != "fi" || v["until"] != "2026-11-23T07:00:00Z" {
		t.Errorf("asked: %v", v)
	}
	if at(v, "times", 0, "start") != "2026-11-23T07:30:00Z" || length(v["times"]) != proposable {
		t.Errorf("to propose: %v", v["times"])
	}
	a := r.appointment(id)
	for _, hidden := range []string{a.Reference, a.Case, "Carita", "Kaisa", "gp", "co@"} {
		if text := fmt.Sprint(v); strings.Contains(text, hidden) {
			t.Errorf("%q is told to whoever has the link: %s", hidden, text)
		}
	}
	r.want(t, 400, "", "POST", first, `{"answer":"tentative"}`)
	before := r.journal.Applied()
	if v = r.want(t, 200, "", "POST", first, `{"answer":"accepted"}`); v["answer"] != "accepted" || v["state"] != "booked" {
		t.Errorf("answered: %v", v)
	}
	if a = r.appointment(id); a.Status != Booked || a.Answers[0] != Accepted || r.journal.Applied() != before+1 {
		t.Errorf("the appointment is %+v after %d commits", a, r.journal.Applied()-before)
	}
	for _, method := range []string{"GET", "POST"} {
		if v = r.want(t, 410, "", method, first, body(method, "declined")); v["code"] != "link_used" {
			t.Errorf("%s once more: %v", method, v)
		}
	}
	second := r.link(id, 0)
	if v = r.want(t, 200, "", "GET", second, ""); v["answer"] != "accepted" || v["until"] != nil {
		t.Errorf("asked again: %v", v)
	}
	r.want(t, 200, "", "POST", second, `{"answer":"declined","reason":"illness","proposed":["2026-11-30T07:00:00Z"]}`)
	if a = r.appointment(id); a.Status != Declined || a.Reason != Illness || len(a.Proposed) != 1 || a.EndedBy != "gp" {
		t.Errorf("the appointment is %+v", a)
	}
}

func body(method, answer string) string {
	if method == "GET" {
		return ""
	}
	return `{"answer":"` + answer + `"}`
}

// Others who come, and a guest without an account, answer for their own seat.
func TestParticipantsAnswerByLink(t *testing.T) {
	r := newRegion(t)
	id := asking(t, r)
	guest := r.link(id, 2)
	v := r.want(t, 200, "", "GET", guest, "")
	if v["language"] != "sv" || v["doctor"] != false || length(v["times"]) != 0 || v["role"] != "other" {
		t.Errorf("the guest is asked: %v", v)
	}
	r.want(t, 400, "", "POST", guest, `{"answer":"declined","proposed":["2026-11-30T07:00:00Z"]}`)
	r.want(t, 200, "", "POST", guest, `{"answer":"tentative"}`)
	coordinator := r.link(id, 1) // who has agreed by asking, and agrees once more
	r.want(t, 200, "", "POST", coordinator, `{"answer":"accepted"}`)
	if a := r.appointment(id); a.Answers[2] != Tentative || a.Answers[1] != Accepted || a.Answers[0] != Awaiting || a.Status != Asked {
		t.Errorf("the appointment is %+v", a)
	}
	for _, link := range []string{guest, coordinator} {
		if v = r.want(t, 410, "", "POST", link, `{"answer":"declined"}`); v["code"] != "link_used" {
			t.Errorf("once more: %v", v)
		}
	}
}

func TestLinksThatDoNotServe(t *testing.T) {
	start := nine().Start
	for _, tt := range []struct {
		name   string
		happen func(t *testing.T, r *region, id string)
		change func(r *region, id, link string) string
		status int
		code   string
	}{
		{name: "a millisecond before the start", happen: func(_ *testing.T, r *region, _ string) { r.clock.Store(start.UnixMilli() - 1) }, status: 200},
		{name: "at the start", happen: func(_ *testing.T, r *region, _ string) { r.clock.Store(start.UnixMilli()) }, status: 410, code: "link_expired"},
		{name: "answered on the page", happen: func(t *testing.T, r *region, id string) {
			r.want(t, 200, "gp", "POST", "/api/appointments/"+id+"/answer", `{"answer":"accepted"}`)
		}, status: 410, code: "link_used"},
		{name: "declined on the page", happen: func(t *testing.T, r *region, id string) {
			r.want(t, 200, "gp", "POST", "/api/appointments/"+id+"/answer", `{"answer":"declined"}`)
		}, status: 410, code: "link_used"},
		{name: "moved since", happen: func(t *testing.T, r *region, id string) {
			r.happen(t, AppointmentConfirmed{Appointment: id})
			r.want(t, 200, "gp", "POST", "/api/appointments/"+id+"/move", `{"start":"2026-11-23T08:00:00Z"}`)
		}, status: 410, code: "link_expired"},
		{name: "cancelled since", happen: func(t *testing.T, r *region, id string) {
			r.want(t, 200, "co", "POST", "/api/appointments/"+id+"/cancellation", `{"reason":"client"}`)
		}, status: 409, code: "already_cancelled"},
		{name: "let go since", happen: func(t *testing.T, r *region, id string) { r.happen(t, HoldReleased{Appointment: id}) }, status: 409, code: "hold_expired"},
		{name: "begun already", happen: func(t *testing.T, r *region, id string) {
			r.happen(t, AppointmentMarked{Appointment: id, Status: Arrived})
		}, status: 409, code: "not_now"},
		{name: "the doctor works here no more", happen: func(t *testing.T, r *region, _ string) {
			r.happen(t, people.PersonDeactivated{Person: "gp"})
		}, status: 404, code: "link_invalid"},
		{name: "another purpose", change: func(r *region, id, _ string) string {
			return "/api/answers/" + r.links.Sign(auth.LinkInvitation, id+"_0_0", start)
		}, status: 404, code: "link_invalid"},
		{name: "another seat put in", change: func(_ *region, id, link string) string {
			return strings.Replace(link, id+"_0_0", id+"_1_0", 1)
		}, status: 404, code: "link_invalid"},
		{name: "cut short", change: func(_ *region, _, link string) string { return link[:len(link)-1] }, status: 404, code: "link_invalid"},
		{name: "a seat that is not there", change: func(r *region, id, _ string) string {
			return "/api/answers/" + r.links.Sign(auth.LinkAnswer, id+"_3_0", start)
		}, status: 404, code: "link_invalid"},
		{name: "of no appointment", change: func(r *region, _, _ string) string {
			return "/api/answers/" + r.links.Sign(auth.LinkAnswer, "nothing_0_0", start)
		}, status: 404, code: "link_invalid"},
		{name: "signed, and no link of an answer", change: func(r *region, id, _ string) string {
			return "/api/answers/" + r.links.Sign(auth.LinkAnswer, id, start)
		}, status: 404, code: "link_invalid"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRegion(t)
			id := asking(t, r)
			link := r.link(id, 0)
			if tt.happen != nil {
				tt.happen(t, r, id)
			}
			if tt.change != nil {
				link = tt.change(r, id, link)
			}
			before := r.journal.Applied()
			for _, method := range []string{"GET", "POST"} {
				v := r.want(t, tt.status, "", method, link, body(method, "accepted"))
				if tt.code != "" && v["code"] != tt.code {
					t.Errorf("%s: %v, want %s", method, v, tt.code)
				}
			}
			if refused := r.journal.Applied() == before; refused != (tt.status != 200) {
				t.Errorf("%d things happened", r.journal.Applied()-before)
			}
		})
	}
}

// A seat that another took in the meantime is not answered by the link of whoever had it.
func TestLinkOfAReplacedParticipant(t *testing.T) {
	s, now := NewState(), time.UnixMilli(utc("2026-11-20T10:00:00Z"))
	apply := func(events ...journal.Event) {
		for _, e := range events {
			s.Apply(journal.Meta{At: now, By: "co"}, e)
		}
	}
	apply(AppointmentBooked{
		Appointment: "a", Case: "c", Reference: "REF222", Doctor: "gp", Unit: "centre", Start: utc("2026-11-23T07:00:00Z"), Minutes: 30, Mode: OnSite,
		Participants: []Participant{{Person: "gp", Role: auth.Doctor}, {Person: "i1", Role: RoleInterpreter, Any: []string{"i1", "i2"}}},
	})
	d, err := s.RespondByLink(now, asked{"a", 1, 0}, DeclinedSeat, "", nil, everybody)
	if err != nil || len(d.Events) != 2 {
		t.Fatalf("declined: %v %v", d.Events, err)
	}
	apply(d.Events...)
	if _, err := s.Answerable(now, asked{"a", 1, 0}); !errors.Is(err, auth.ErrLinkUsed) {
		t.Errorf("who declined: %v", err)
	}
	if _, err := s.Answerable(now, asked{"a", 1, 1}); err != nil {
		t.Errorf("who took the seat: %v", err)
	}
	if _, err := s.RespondByLink(now, asked{"a", 0, 1}, Tentative, "", nil, everybody); !errors.Is(err, fault.Bad("answer", "oneof")) {
		t.Errorf("a doctor who does not know: %v", err)
	}
}
