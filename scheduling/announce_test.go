package scheduling

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	known "github.com/emersion/go-ical"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/mail"
	"luotsi/server/people"
)

// as lets events happen by somebody's hand, as one commit.
func (r *region) as(t testing.TB, by string, events ...journal.Event) uint64 {
	t.Helper()
	a, err := r.journal.Update(context.Background(), by, journal.Key{}, func(time.Time) (journal.Decision, error) {
		return journal.Happens(events...), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return a.Commit
}

// mails are those of each commit, as the outbox would write them now.
func (r *region) mails(t testing.TB) map[uint64][]mail.Message {
	t.Helper()
	all := map[uint64][]mail.Message{}
	done := errors.New("done")
	last := r.journal.Applied()
	err := r.journal.Follow(context.Background(), 0, func(ctx context.Context, c journal.Commit) error {
		for i, e := range c.Events {
			list, err := r.service.Announce(ctx, c.Meta(i), e)
			if err != nil {
				return err
			}
			for _, m := range list {
				if m, err = m.Written(ctx); err != nil {
					return err
				}
				all[c.Number] = append(all[c.Number], m)
			}
		}
		if c.Number == last {
			return done
		}
		return nil
	})
	if !errors.Is(err, done) {
		t.Fatal(err)
	}
	return all
}

// brief is a mail in one line: to whom, what the subject begins with, and of the calendar the method and SEQUENCE.
func brief(t testing.TB, m mail.Message) string {
	t.Helper()
	if m.To == "" {
		return m.Person + " –"
	}
	title, _, _ := strings.Cut(m.Subject, " ma ")
	title, _, _ = strings.Cut(title, " mån ")
	title, _, _ = strings.Cut(title, " Mon ")
	to, _, _ := strings.Cut(m.To, "@")
	line := to + " " + title
	if m.Calendar != nil {
		e := checkInvitation(t, m)
		line += " " + m.Method + " " + e.Props.Get("SEQUENCE").Value
	}
	return line
}

func (r *region) briefs(t testing.TB, commit uint64) []string {
	t.Helper()
	var list []string
	for _, m := range r.mails(t)[commit] {
		list = append(list, brief(t, m))
	}
	return list
}

// checkInvitation reads what goes out as a strict calendar would: the essentials of RFC 5545 and of RFC 5546 for REQUEST and CANCEL.
func checkInvitation(t testing.TB, m mail.Message) known.Event {
	t.Helper()
	cal, err := known.NewDecoder(bytes.NewReader(m.Calendar)).Decode()
	if err != nil {
		t.Fatalf("%v in\n%s", err, m.Calendar)
	}
	events := cal.Events()
	if len(events) != 1 || len(cal.Children) != 1 {
		t.Fatalf("%d events, want one and nothing else", len(cal.Children))
	}
	e := events[0]
	one := func(name string) string {
		values := e.Props.Values(name)
		if len(values) != 1 || values[0].Value == "" {
			t.Errorf("%d times %s, want once", len(values), name)
			return ""
		}
		return values[0].Value
	}
	for _, name := range []string{"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "ORGANIZER"} {
		one(name)
	}
	if method := cal.Props.Get("METHOD").Value; method != m.Method {
		t.Errorf("the calendar says %s, the mail %s", method, m.Method)
	}
	if organizer := one("ORGANIZER"); organizer != "mailto:luotsi@example.org" {
		t.Errorf("the organizer is %s", organizer)
	}
	for _, name := range []string{"DTSTAMP", "DTSTART", "DTEND"} {
		if v := one(name); !strings.HasSuffix(v, "Z") {
			t.Errorf("%s is %s, not in UTC", name, v)
		}
	}
	if e.Props.Get("REQUEST-STATUS") != nil {
		t.Error("a REQUEST-STATUS where RFC 5546 forbids it")
	}
	mine := false
	attendees := e.Props.Values("ATTENDEE")
	for _, a := range attendees {
		mine = mine || strings.EqualFold(a.Value, "mailto:"+m.To)
		if a.Params.Get("RSVP") != "FALSE" {
			t.Errorf("%s is asked to answer by mail", a.Value)
		}
		if !slices.Contains([]string{"NEEDS-ACTION", "ACCEPTED", "TENTATIVE", "DECLINED"}, a.Params.Get("PARTSTAT")) {
			t.Errorf("%s has the answer %q", a.Value, a.Params.Get("PARTSTAT"))
		}
	}
	if !mine {
		t.Errorf("%s is not among those invited", m.To)
	}
	for line := range bytes.SplitSeq(bytes.TrimSuffix(m.Calendar, []byte("\r\n")), []byte("\r\n")) {
		if len(line) > 75 {
			t.Errorf("a line of %d octets", len(line))
		}
	}
	if m.Method == "REQUEST" && e.Props.Get("STATUS").Value != "CONFIRMED" {
		t.Error("a REQUEST that is not confirmed")
	}
	return e
}

// meeting is an appointment on Monday 23.11. at 9 with everybody there can be: a doctor, a coordinator, one of two interpreters,
// a guest, an interpreter ordered from outside, and a room.
func (r *region) meeting(t testing.TB) AppointmentBooked {
	t.Helper()
	ctx := context.Background()
	put := func(id string, v any) {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.vault.Put(ctx, id, nil, string(text)); err != nil {
			t.Fatal(err)
		}
	}
	put("t-i1", contact{"Ivan Tulkki", "i1@tulkit.example"})
	put("t-i2", contact{"Olga Tulkki", "i2@tulkit.example"})
	put("t-kela", Guest{Name: "Kaisa Kela", Email: "kaisa@kela.example", Language: "sv"})
	r.happen(t,
		ResourceAdded{Resource: "i1", Unit: "centre", Kind: Interpreter, Text: "t-i1"},
		ResourceAdded{Resource: "i2", Unit: "centre", Kind: Interpreter, Text: "t-i2"},
		ResourceAdded{Resource: "room", Unit: "centre", Kind: Room, Name: "Huone 3, 2. krs"},
	)
	return AppointmentBooked{
		Appointment: "a1", Case: "k1", Reference: "K7M2QX", Doctor: "gp", Unit: "centre", Start: utc("2026-11-23T07:00:00Z"), Minutes: 30, Mode: OnSite,
		Participants: []Participant{
			{Person: "gp", Role: auth.Doctor},
			{Person: "co", Role: auth.Coordinator},
			{Person: "i1", Role: RoleInterpreter, Any: []string{"i1", "i2"}},
			{Guest: "t-kela", Role: auth.Professional, Optional: true},
			{Outside: true, Role: RoleInterpreter},
			{Person: "room", Role: RoleRoom},
		},
	}
}

func TestEveryChangeIsTold(t *testing.T) {
	booked := "gp Yhteisvastaanotto REQUEST 0; co Joint appointment REQUEST 0; i1 Yhteisvastaanotto REQUEST 0; kaisa Gemensam mottagning REQUEST 0"
	held := func(e AppointmentBooked) journal.Event {
		return AppointmentHeld{AppointmentBooked: e, Expires: utc("2026-11-20T12:10:00Z")}
	}
	asked := AppointmentAsked{Appointment: "a1", Expires: utc("2026-11-22T22:00:00Z")}
	type act struct {
		by    string
		event journal.Event
		want  string
	}
	moved := func(e AppointmentBooked) AppointmentMoved {
		return AppointmentMoved{Appointment: "a1", Doctor: "gp", Unit: "centre", Start: e.Start + 3600_000, Minutes: 30, Mode: OnSite, Participants: slices.Clone(e.Participants)}
	}
	for name, acts := range map[string]func(e AppointmentBooked) []act{
		"booked, then cancelled": func(e AppointmentBooked) []act {
			return []act{{"co", e, booked}, {"gp", AppointmentCancelled{Appointment: "a1", Reason: Illness},
				"gp Peruttu: yhteisvastaanotto CANCEL 1; co Cancelled: joint appointment CANCEL 1; i1 Peruttu: yhteisvastaanotto CANCEL 1; kaisa Inställd: gemensam mottagning CANCEL 1"}}
		},
		"kept, then booked": func(e AppointmentBooked) []act {
			return []act{{"co", held(e), ""}, {"co", HoldExtended{Appointment: "a1", Expires: e.Start}, ""}, {"co", AppointmentConfirmed{Appointment: "a1"}, booked}}
		},
		"kept in vain": func(e AppointmentBooked) []act {
			return []act{{"co", held(e), ""}, {"", HoldExpired{Appointment: "a1"}, ""}}
		},
		"kept and let go": func(e AppointmentBooked) []act {
			return []act{{"co", held(e), ""}, {"co", HoldReleased{Appointment: "a1"}, ""}}
		},
		"asked and accepted": func(e AppointmentBooked) []act {
			return []act{{"co", held(e), ""}, {"co", asked, "gp Vastausta odottaa: yhteisvastaanotto"}, {"gp", AppointmentConfirmed{Appointment: "a1"}, strings.ReplaceAll(booked, "REQUEST 0", "REQUEST 1")}}
		},
		"asked by a scheduler and accepted": func(e AppointmentBooked) []act {
			return []act{{"keeper", held(e), ""}, {"keeper", asked, "gp Vastausta odottaa: yhteisvastaanotto"},
				{"gp", AppointmentConfirmed{Appointment: "a1"}, strings.ReplaceAll(booked, "REQUEST 0", "REQUEST 1") + "; keeper Yhteisvastaanotto"}}
		},
		"asked and declined": func(e AppointmentBooked) []act {
			return []act{{"co", held(e), ""}, {"co", asked, "gp Vastausta odottaa: yhteisvastaanotto"},
				{"gp", AppointmentDeclined{Appointment: "a1", Reason: Illness, Proposed: []int64{e.Start + 86400_000}}, "co The doctor can not come: joint appointment"}}
		},
		"asked and not answered": func(e AppointmentBooked) []act {
			return []act{{"co", held(e), ""}, {"co", asked, "gp Vastausta odottaa: yhteisvastaanotto"}, {"", HoldExpired{Appointment: "a1"}, "co No answer: joint appointment"}}
		},
		"asked and let go": func(e AppointmentBooked) []act {
			return []act{{"co", held(e), ""}, {"co", asked, "gp Vastausta odottaa: yhteisvastaanotto"}, {"co", HoldReleased{Appointment: "a1"}, "gp Pyyntö peruttu: yhteisvastaanotto"}}
		},
		"asked and cancelled": func(e AppointmentBooked) []act {
			return []act{{"co", held(e), ""}, {"co", asked, "gp Vastausta odottaa: yhteisvastaanotto"}, {"co", AppointmentCancelled{Appointment: "a1"}, "gp Pyyntö peruttu: yhteisvastaanotto"}}
		},
		"the doctor declines what was booked": func(e AppointmentBooked) []act {
			return []act{{"co", e, booked}, {"gp", AppointmentDeclined{Appointment: "a1", Reason: Illness},
				"gp Peruttu: yhteisvastaanotto CANCEL 1; co Cancelled: joint appointment CANCEL 1; i1 Peruttu: yhteisvastaanotto CANCEL 1; kaisa Inställd: gemensam mottagning CANCEL 1"}}
		},
		"moved, and cancelled": func(e AppointmentBooked) []act {
			return []act{{"co", e, booked}, {"keeper", moved(e),
				"gp Siirretty: yhteisvastaanotto REQUEST 1; co Moved: joint appointment REQUEST 1; i1 Siirretty: yhteisvastaanotto REQUEST 1; kaisa Flyttad: gemensam mottagning REQUEST 1"},
				{"co", AppointmentCancelled{Appointment: "a1"},
					"gp Peruttu: yhteisvastaanotto CANCEL 2; co Cancelled: joint appointment CANCEL 2; i1 Peruttu: yhteisvastaanotto CANCEL 2; kaisa Inställd: gemensam mottagning CANCEL 2"}}
		},
		"the same time by telephone": func(e AppointmentBooked) []act {
			m := moved(e)
			m.Start, m.Mode = e.Start, Phone
			return []act{{"co", e, booked}, {"co", m,
				"gp Muutos: yhteisvastaanotto REQUEST 1; co Changed: joint appointment REQUEST 1; i1 Muutos: yhteisvastaanotto REQUEST 1; kaisa Ändring: gemensam mottagning REQUEST 1"}}
		},
		"moved, with another interpreter": func(e AppointmentBooked) []act {
			m := moved(e)
			m.Participants[2].Person = "i2"
			return []act{{"co", e, booked}, {"co", m,
				"gp Siirretty: yhteisvastaanotto REQUEST 1; co Moved: joint appointment REQUEST 1; i2 Yhteisvastaanotto REQUEST 1; kaisa Flyttad: gemensam mottagning REQUEST 1; i1 Et osallistu: yhteisvastaanotto CANCEL 1"}}
		},
		"replaced, and cancelled": func(e AppointmentBooked) []act {
			return []act{{"co", e, booked}, {"", ParticipantReplaced{Appointment: "a1", Seat: 2, Person: "i2"},
				"gp Muutos: yhteisvastaanotto REQUEST 1; co Changed: joint appointment REQUEST 1; i2 Yhteisvastaanotto REQUEST 1; kaisa Ändring: gemensam mottagning REQUEST 1; i1 Et osallistu: yhteisvastaanotto CANCEL 1"},
				{"co", AppointmentCancelled{Appointment: "a1"}, // i1 was told already
					"gp Peruttu: yhteisvastaanotto CANCEL 2; co Cancelled: joint appointment CANCEL 2; i2 Peruttu: yhteisvastaanotto CANCEL 2; kaisa Inställd: gemensam mottagning CANCEL 2"}}
		},
		"a participant can not come, and nobody takes the seat": func(e AppointmentBooked) []act {
			return []act{{"co", e, booked}, {"", ParticipantAnswered{Appointment: "a1", Seat: 3, Answer: DeclinedSeat}, "co A participant can not come: joint appointment"}}
		},
		"answers that need nothing": func(e AppointmentBooked) []act {
			return []act{{"co", e, booked}, {"", ParticipantAnswered{Appointment: "a1", Seat: 3, Answer: Tentative}, ""}, {"co", ParticipantAnswered{Appointment: "a1", Seat: 1, Answer: DeclinedSeat}, ""}}
		},
		"marks": func(e AppointmentBooked) []act {
			return []act{{"co", e, booked}, {"gp", PatientSystemMarked{Appointment: "a1", Done: true}, ""}, {"gp", AppointmentMarked{Appointment: "a1", Status: Arrived}, ""}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRegion(t)
			for i, a := range acts(r.meeting(t)) {
				number := r.as(t, a.by, a.event)
				if got := strings.Join(r.briefs(t, number), "; "); got != a.want {
					t.Errorf("%d: %T tells\n%s\nwant\n%s", i, a.event, got, a.want)
				}
			}
			if wrong := r.state.Check(); len(wrong) > 0 {
				t.Error(wrong)
			}
		})
	}
}

// What a mail says: to whom, in which words, and with which calendar entry.
func TestTextsOfInvitations(t *testing.T) {
	r := newRegion(t)
	e := r.meeting(t)
	first := r.as(t, "co", e)
	r.as(t, "gp", ParticipantAnswered{Appointment: "a1", Seat: 3, Answer: Tentative})
	list := r.mails(t)[first]
	contains := func(what, text string, want ...string) {
		t.Helper()
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s: no %q in\n%s", what, w, text)
			}
		}
	}
	contains("the doctor", list[0].Text,
		"Sinulle on varattu yhteisvastaanotto.\n\nAika: ma 23.11.2026 klo 9.00–9.30\nPaikka: Keskustan terveysasema, Huone 3, 2. krs\nTapa: paikan päällä\n"+
			"Osallistujat: Aino Mäkelä (lääkäri), Carita Lind (työkykykoordinaattori), Ivan Tulkki (tulkki), Kaisa Kela (asiantuntija), tulkki (tilataan ulkopuolelta)\nViite: K7M2QX\n",
		"\nVastaa tästä ilman kirjautumista:\nhttps://luotsi.example.org/answer/", "\nAvaa Luotsi: https://luotsi.example.org/appointments/a1\n")
	contains("who booked", list[1].Text, "You booked a joint appointment.\n")
	contains("a guest", list[3].Text, "En gemensam mottagning har bokats för dig.\n\nTid: mån 23.11.2026 kl. 9.00–9.30\nPlats: Keskustan terveysasema, Huone 3, 2. krs\n")
	contains("an interpreter", list[2].Text, "\nVastaa tästä ilman kirjautumista:\nhttps://luotsi.example.org/answer/")
	if list[3].Person != "" || strings.Contains(list[3].Text, "/appointments/") {
		t.Errorf("a guest is led where they can not go: %+v", list[3])
	}
	entry := checkInvitation(t, list[3])
	if rooms, _ := entry.Props.Get("RESOURCES").TextList(); !slices.Equal(rooms, []string{"Huone 3, 2. krs"}) {
		t.Errorf("the resources are %q", rooms)
	}
	if place, _ := entry.Props.Text("LOCATION"); place != "Keskustan terveysasema, Huone 3, 2. krs" {
		t.Errorf("the location is %q", place)
	}
	var answers []string
	for _, a := range entry.Props.Values("ATTENDEE") {
		answers = append(answers, strings.TrimPrefix(a.Value, "mailto:")+" "+a.Params.Get("PARTSTAT")+" "+a.Params.Get("ROLE"))
	}
	if want := []string{
		"gp@example.org ACCEPTED REQ-PARTICIPANT", "co@example.org ACCEPTED REQ-PARTICIPANT", "i1@tulkit.example NEEDS-ACTION REQ-PARTICIPANT",
		"kaisa@kela.example TENTATIVE OPT-PARTICIPANT",
	}; !slices.Equal(answers, want) {
		t.Errorf("answers %q, want %q", answers, want)
	}

	moved := r.as(t, "gp", AppointmentMoved{Appointment: "a1", Doctor: "gp", Unit: "centre", Start: e.Start + 3600_000, Minutes: 30, Mode: Video, Participants: e.Participants})
	list = r.mails(t)[moved]
	contains("who moved it", list[0].Text, "Siirsit yhteisvastaanoton.\n\nUusi aika: ma 23.11.2026 klo 10.00–10.30\nAiempi aika: ma 23.11.2026 klo 9.00–9.30\nPaikka:", "Tapa: videolla")
	contains("the guest", list[3].Text, "Den gemensamma mottagningen har flyttats.\n\nNy tid: mån 23.11.2026 kl. 10.00–10.30\nTidigare tid: mån 23.11.2026 kl. 9.00–9.30\n")

	left := r.as(t, "", ParticipantReplaced{Appointment: "a1", Seat: 2, Person: "i2"})
	list = r.mails(t)[left]
	gone := list[len(list)-1]
	entry = checkInvitation(t, gone)
	if n := len(entry.Props.Values("ATTENDEE")); n != 1 || entry.Props.Get("STATUS") != nil || strings.Contains(gone.Text, "/answer/") {
		t.Errorf("who left gets %d attendees, the status %v and\n%s", n, entry.Props.Get("STATUS"), gone.Text)
	}
	off := r.as(t, "gp", AppointmentDeclined{Appointment: "a1", Reason: Illness, Proposed: []int64{utc("2026-12-01T07:00:00Z"), utc("2026-12-02T11:30:00Z")}})
	list = r.mails(t)[off]
	contains("after the doctor declined", list[1].Text, "The doctor can not come, so the joint appointment has been cancelled.", "The doctor proposes these times:\n– Tue 1 December 2026, 09:00\n– Wed 2 December 2026, 13:30\n")
	if entry = checkInvitation(t, list[1]); entry.Props.Get("STATUS").Value != "CANCELLED" || entry.Props.Get("SEQUENCE").Value != "3" {
		t.Errorf("the cancellation is %v", entry.Props)
	}
	for _, list := range r.mails(t) {
		for _, m := range list {
			for _, secret := range []string{"illness", "sairaus", "sairas"} {
				if strings.Contains(strings.ToLower(m.Subject+m.Text+string(m.Calendar)), secret) {
					t.Errorf("a reason in %s", m.Text)
				}
			}
		}
	}
}

func TestTextsOfRequestsToTheDoctor(t *testing.T) {
	r := newRegion(t)
	e := r.meeting(t)
	r.as(t, "keeper", AppointmentHeld{AppointmentBooked: e, Expires: e.Start})
	number := r.as(t, "keeper", AppointmentAsked{Appointment: "a1", Expires: utc("2026-11-22T22:00:00Z")})
	m := r.mails(t)[number][0]
	for _, want := range []string{
		"Satu Aika pyytää sinulta aikaa yhteisvastaanotolle.\n\nAika: ma 23.11.2026 klo 9.00–9.30\n", "\nVastaa viimeistään: su 22.11.2026 klo 23.59\n", "\nVastaa tästä ilman kirjautumista:\nhttps://luotsi.example.org/answer/",
	} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("no %q in\n%s", want, m.Text)
		}
	}
	if m.Calendar != nil {
		t.Error("what is not agreed on goes into the calendar")
	}
	// An answered link leads nowhere: the mail that comes after the answer has another one.
	accepted := r.as(t, "gp", AppointmentConfirmed{Appointment: "a1"})
	list := r.mails(t)
	if list[number][0].To != "" {
		t.Error("a question that is answered goes out")
	}
	if !strings.Contains(list[accepted][0].Text, "Hyväksyit pyydetyn ajan.") || !strings.Contains(list[accepted][0].Text, "/answer/") {
		t.Errorf("after accepting: %s", list[accepted][0].Text)
	}
	if last := list[accepted][4]; last.Person != "keeper" || !strings.Contains(last.Text, "Lääkäri hyväksyi pyytämäsi ajan.") || strings.Contains(last.Text, "/answer/") {
		t.Errorf("who asked is told %s", last.Text)
	}
}

func TestOfferIsTold(t *testing.T) {
	r := newRegion(t)
	e := r.meeting(t)
	r.happen(t, CaseOpened{Case: "k1", Reference: "K7M2QX", Unit: "town", Owner: "co2"})
	until := utc("2026-11-21T10:00:00Z")
	number := r.as(t, "gp", AppointmentHeld{AppointmentBooked: e, Expires: until, Offer: true})
	list := r.mails(t)[number]
	if len(list) != 1 || list[0].Person != "co2" || !strings.Contains(list[0].Text, "Vastaa viimeistään: la 21.11.2026 klo 12.00\n") || list[0].Calendar != nil {
		t.Errorf("the owner is told %+v", list)
	}
	e.Appointment, e.Request = "a2", "r1"
	also := r.as(t, "gp", AppointmentHeld{AppointmentBooked: e, Expires: until, Offer: true, Deputy: "co"})
	if list = r.mails(t)[also]; len(list) != 2 || list[1].Person != "co" || !strings.Contains(list[1].Text, "https://luotsi.example.org/waiting/r1\n") {
		t.Errorf("the deputy is told %+v", list)
	}
	r.clock.Store(until)
	if list = r.mails(t)[number]; len(list) != 1 || list[0].To != "" {
		t.Errorf("an offer that is over is told: %+v", list)
	}
}

// Whenever it is asked, and on whichever server, the announcer gives as many messages for the same people in the same order, and
// those of them that have an address are about what is so now.
func TestMailsAreTheSameEveryTime(t *testing.T) {
	r := newRegion(t)
	e := r.meeting(t)
	random := rand.New(rand.NewPCG(7, 7))
	who := func(list []mail.Message) string {
		var all []string
		for _, m := range list {
			all = append(all, m.Person)
		}
		return strings.Join(all, ",")
	}
	first := map[uint64]string{}
	for n := range 12 {
		b := e
		b.Appointment, b.Case, b.Reference = fmt.Sprintf("a-%d", n), fmt.Sprintf("k-%d", n), fmt.Sprintf("R-%d", n)
		b.Start += int64(n) * 86400_000
		b.Participants = slices.Clone(b.Participants)
		interpreter := "i1"
		var events []journal.Event
		if random.IntN(2) == 0 {
			events = append(events, b)
		} else {
			events = append(events, AppointmentHeld{AppointmentBooked: b, Expires: b.Start}, AppointmentAsked{Appointment: b.Appointment, Expires: b.Start}, AppointmentConfirmed{Appointment: b.Appointment})
		}
		for range random.IntN(6) {
			switch random.IntN(3) {
			case 0:
				b.Start += 900_000
				moved := slices.Clone(b.Participants)
				moved[2].Person = []string{"i1", "i2"}[random.IntN(2)]
				interpreter = moved[2].Person
				events = append(events, AppointmentMoved{Appointment: b.Appointment, Doctor: "gp", Unit: "centre", Start: b.Start, Minutes: 30, Mode: OnSite, Participants: moved})
			case 1:
				interpreter = map[string]string{"i1": "i2", "i2": "i1"}[interpreter]
				events = append(events, ParticipantReplaced{Appointment: b.Appointment, Seat: 2, Person: interpreter})
			case 2:
				events = append(events, ReminderDue{Appointment: b.Appointment, Start: b.Start, Days: 7}, ParticipantAnswered{Appointment: b.Appointment, Seat: 3, Answer: DeclinedSeat})
			}
		}
		if random.IntN(2) == 0 {
			events = append(events, AppointmentCancelled{Appointment: b.Appointment})
		}
		for len(events) > 0 {
			size := 1 + random.IntN(min(len(events), 3)) // several in one commit, too
			number := r.as(t, []string{"gp", "co", "keeper", ""}[random.IntN(4)], events[:size]...)
			events = events[size:]
			first[number] = who(r.mails(t)[number])
		}
	}
	check := func(when string) {
		t.Helper()
		sequences := map[string]string{}
		for number, list := range r.mails(t) {
			if want, ok := first[number]; ok && who(list) != want {
				t.Errorf("%s: commit %d is for %s, was for %s", when, number, who(list), want)
			}
			for _, m := range list {
				if m.To != "" && m.Method == "REQUEST" {
					e := checkInvitation(t, m)
					key := m.To + e.Props.Get("UID").Value
					if other, told := sequences[key]; told {
						t.Errorf("%s: %s is told of %s by the sequences %s and %s", when, m.To, e.Props.Get("UID").Value, other, e.Props.Get("SEQUENCE").Value)
					}
					sequences[key] = e.Props.Get("SEQUENCE").Value
				}
			}
		}
		if len(sequences) == 0 {
			t.Errorf("%s: nobody is invited: the test proves nothing", when)
		}
	}
	check("later")
	r.journal.Close()
	r.state, r.people = NewState(), people.NewState()
	r.clock.Store(0)
	r.open(t)
	r.clock.Store(noon.UnixMilli())
	check("after a restart")
	if wrong := r.state.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
	// Whoever is gone keeps their place in the order.
	r.happen(t, people.PersonErased{Person: "co"}, people.PersonDeactivated{Person: "gp"}, ResourceRetired{Resource: "i1"})
	if err := r.vault.Delete(context.Background(), "t-kela"); err != nil {
		t.Fatal(err)
	}
	for number, list := range r.mails(t) {
		named := strings.NewReplacer("gp", "", "co", "").Replace(first[number])
		if got := strings.NewReplacer("gp", "", "co", "").Replace(who(list)); first[number] != "" && len(got) != len(named) {
			t.Errorf("commit %d is for %s, was for %s", number, who(list), first[number])
		}
		for _, m := range list {
			if m.To == "kaisa@kela.example" || m.Person == "gp" && m.To != "" || m.Person == "co" && m.To != "" {
				t.Errorf("%s is written to", m.To)
			}
		}
	}
}

// BenchmarkAnnounceBooking finds who is told of a booking: four readers, of whom the vault knows one.
func BenchmarkAnnounceBooking(b *testing.B) {
	r := newRegion(b)
	e := r.meeting(b)
	number := r.as(b, "co", e)
	m := journal.Meta{Number: number, At: noon, By: "co"}
	b.ReportAllocs()
	for b.Loop() {
		if list, err := r.service.Announce(context.Background(), m, e); err != nil || len(list) != 4 {
			b.Fatal(list, err)
		}
	}
}

// BenchmarkWriteInvitation writes one mail with its calendar entry.
func BenchmarkWriteInvitation(b *testing.B) {
	r := newRegion(b)
	e := r.meeting(b)
	number := r.as(b, "co", e)
	list, err := r.service.Announce(context.Background(), journal.Meta{Number: number, At: noon, By: "co"}, e)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := list[0].Written(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}
