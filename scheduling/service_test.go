package scheduling

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/mail"
	"luotsi/server/mongodb"
	"luotsi/server/people"
)

func nine() Wish {
	return Wish{Party: Party{Doctor: "gp", Unit: "centre"}, Start: time.UnixMilli(utc("2026-11-23T07:00:00Z")), Minutes: 30, Mode: OnSite}
}

// 200 coordinators take one time at once: one gets it, all others are told who is taken and three times that are free.
func TestOnlyOneGetsTheTime(t *testing.T) {
	r := newRegion(t)
	events := []journal.Event{mondays(t)}
	for i := range 200 {
		events = append(events, people.PersonAdded{
			Person: fmt.Sprintf("c%d", i), Org: "town", Language: "fi", Credential: "c", Grants: []people.Placed{{Role: "coordinator", Unit: "town"}},
		})
	}
	r.happen(t, events...)
	var all sync.WaitGroup
	results := make([]error, 200)
	for i := range results {
		caller := r.caller(fmt.Sprintf("c%d", i), "")
		all.Go(func() { _, results[i] = r.service.Book(context.Background(), caller, nine()) })
	}
	all.Wait()
	got := 0
	for i, err := range results {
		if err == nil {
			got++
			continue
		}
		f, ok := fault.As(err)
		if !ok || !errors.Is(err, ErrTaken) {
			t.Fatalf("c%d: %v", i, err)
		}
		info, _ := f.Info.(refusalView)
		if len(info.Taken) != 1 || info.Taken[0] != (personTaken{"gp", "Aino Mäkelä"}) || len(info.Next) != 3 || info.Next[0].Start != "2026-11-23T07:30:00Z" || info.Next[0].End != "2026-11-23T08:00:00Z" {
			t.Fatalf("c%d was told %+v", i, info)
		}
	}
	if got != 1 {
		t.Errorf("%d got the time, want exactly 1", got)
	}
	r.journal.View(func() {
		if len(r.state.primary.Appointments) != 1 || len(r.state.Check()) != 0 {
			t.Errorf("%d appointments; %v", len(r.state.primary.Appointments), r.state.Check())
		}
	})
}

// Everybody books, cancels, publishes and takes back at random, at once; no person is ever in two places, and a fresh
// start from the same journal makes the same state.
func TestRandomUseAtOnce(t *testing.T) {
	r := newRegion(t)
	friday := mondays(t)
	friday.Hours, friday.Person, friday.Weekday = "fridays", "gp2", 5
	r.happen(t, mondays(t), friday)
	var all sync.WaitGroup
	for worker := range uint64(8) {
		all.Go(func() {
			random := rand.New(rand.NewPCG(worker, 3))
			who := []string{"co", "co2", "nurse", "gp", "gp2"}[worker%5]
			caller := r.caller(who, "")
			ctx := context.Background()
			for range 60 {
				var err error
				switch random.IntN(5) {
				case 0, 1, 2:
					w := nine()
					if random.IntN(2) == 0 {
						w.Doctor, w.Start = "gp2", w.Start.AddDate(0, 0, 4)
					}
					w.Start = w.Start.AddDate(0, 0, 7*random.IntN(3)).Add(time.Duration(random.IntN(7)) * 30 * time.Minute)
					w.Seats = [][]SeatWish{nil, {{Any: []string{"nurse"}}}, {{Any: []string{"gp"}}}, {{Any: []string{"co"}}}}[random.IntN(4)]
					_, err = r.service.Book(ctx, caller, w)
				case 3:
					for _, a := range r.service.Appointments(caller.Identity, day(t, "2026-11-20"), day(t, "2026-12-31"), "") {
						if a.Live() && random.IntN(3) == 0 {
							err = r.service.Cancel(ctx, caller, a.ID, Other)
							break
						}
					}
				case 4:
					e := Exception{Person: who, Day: day(t, "2026-11-23") + Day(random.IntN(20)), Kind: Away, From: 540, To: 600}
					err = r.service.AddException(ctx, caller, e)
					if of, _ := r.service.HoursOf(caller.Identity, who); err == nil && len(of.Exceptions) > 0 {
						err = r.service.RemoveException(ctx, caller, who, of.Exceptions[0].ID)
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
	live := 0
	r.journal.View(func() {
		for _, wrong := range r.state.Check() {
			t.Error(wrong)
		}
		for _, a := range r.state.primary.Appointments {
			if a.Live() {
				live++
			}
		}
	})
	if live == 0 || live == len(r.state.primary.Appointments) {
		t.Errorf("%d of %d appointments are live: the test proves little", live, len(r.state.primary.Appointments))
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
		t.Errorf("a fresh start has another state (%v)", err)
	}
	if after := snapshotOf(r.state); !reflect.DeepEqual(before, after) {
		t.Error("a fresh start has other indexes")
	}
}

func snapshotOf(s *State) map[string]plan {
	plans := map[string]plan{}
	for person, p := range s.plans {
		if len(p.all)+len(p.exceptions) == 0 && !p.hasHours(day26) {
			continue // somebody who once had hours
		}
		c := plan{exceptions: slices.Clone(p.exceptions), live: slices.Clone(p.live), all: slices.Clone(p.all)}
		for weekday := range p.hours {
			c.hours[weekday] = slices.Clone(p.hours[weekday])
		}
		slices.Sort(c.all)
		if len(c.exceptions) == 0 {
			c.exceptions = nil
		}
		if len(c.live) == 0 {
			c.live = nil
		}
		plans[person] = c
	}
	return plans
}

const day26 Day = 20785 // 2026-11-28

func TestRepeatedRequestIsOneAppointment(t *testing.T) {
	r := newRegion(t)
	r.happen(t, mondays(t))
	caller := r.caller("co", "key-1")
	first, err := r.service.Book(context.Background(), caller, nine())
	if err != nil {
		t.Fatal(err)
	}
	again, err := r.service.Book(context.Background(), caller, nine())
	if err != nil || again != first {
		t.Errorf("the repeated request gave %q, %v; want %q", again, err, first)
	}
	other := caller
	other.Key.Request = "another request"
	if _, err := r.service.Book(context.Background(), other, nine()); !errors.Is(err, journal.ErrKeyReused) {
		t.Errorf("the key with another request: %v", err)
	}
	if n := len(r.state.primary.Appointments); n != 1 {
		t.Errorf("%d appointments, want 1", n)
	}
}

func TestInvitationsByMail(t *testing.T) {
	r := newRegion(t)
	r.happen(t, mondays(t))
	ctx := context.Background()
	wish := nine()
	wish.Seats = []SeatWish{{Any: []string{"gp2"}}}
	if _, err := r.service.Book(ctx, r.caller("co", ""), wish); !errors.Is(err, ErrOutside) {
		t.Fatalf("a doctor without hours as a further participant: %v", err)
	}
	r.happen(t, ExceptionAdded{Exception: "x", Person: "gp2", Day: day(t, "2026-11-23"), Kind: Extra, From: 480, To: 720, Unit: "north", Minutes: 30})
	id, err := r.service.Book(ctx, r.caller("co", ""), wish)
	if err != nil {
		t.Fatal(err)
	}
	told := func() map[string][]mail.Message {
		messages := map[string][]mail.Message{}
		done := errors.New("done")
		last := r.journal.Applied()
		err := r.journal.Follow(ctx, 0, func(ctx context.Context, c journal.Commit) error {
			for i, e := range c.Events {
				list, err := r.service.Announce(ctx, c.Meta(i), e)
				if err != nil {
					return err
				}
				for _, m := range list {
					if m, err = m.Written(ctx); err != nil {
						return err
					}
					messages[m.Person] = append(messages[m.Person], m)
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
		return messages
	}
	messages := told()
	for person, want := range map[string]struct{ subject, text string }{
		"gp":  {"Yhteisvastaanotto ma 23.11.2026 klo 9.00–9.30", "Osallistujat: Aino Mäkelä (lääkäri), Carita Lind (työkykykoordinaattori), Örjan Åberg (lääkäri)"},
		"gp2": {"Gemensam mottagning mån 23.11.2026 kl. 9.00–9.30", "Sätt: på plats"},
		"co":  {"Joint appointment Mon 23 November 2026, 09:00–09:30", "Place: Keskustan terveysasema"},
	} {
		if len(messages[person]) != 1 {
			t.Fatalf("%s gets %d mails", person, len(messages[person]))
		}
		m := messages[person][0]
		if m.Subject != want.subject || !strings.Contains(m.Text, want.text) || m.To != person+"@example.org" || m.Method != "REQUEST" {
			t.Errorf("%s is told %+v", person, m)
		}
		unfolded := bytes.ReplaceAll(m.Calendar, []byte("\r\n "), nil)
		for _, line := range []string{
			"METHOD:REQUEST", "UID:" + id + "@luotsi", "SEQUENCE:0", "STATUS:CONFIRMED", "ORGANIZER;CN=Luotsi:mailto:luotsi@example.org",
			"DTSTART:20261123T070000Z", "DTEND:20261123T073000Z", "DTSTAMP:20261120T120000Z",
		} {
			if !bytes.Contains(unfolded, []byte(line+"\r\n")) {
				t.Errorf("%s: no %s in\n%s", person, line, unfolded)
			}
		}
		if n := bytes.Count(unfolded, []byte("RSVP=FALSE")); n != 3 {
			t.Errorf("%s: %d attendees without an answer asked, want 3", person, n)
		}
	}

	if err := r.service.Cancel(ctx, r.caller("gp", ""), id, Illness); err != nil {
		t.Fatal(err)
	}
	messages = told()
	m := messages["gp2"][1]
	unfolded := bytes.ReplaceAll(m.Calendar, []byte("\r\n "), nil)
	for _, line := range []string{"METHOD:CANCEL", "UID:" + id + "@luotsi", "SEQUENCE:1", "STATUS:CANCELLED", "ORGANIZER;CN=Luotsi:mailto:luotsi@example.org"} {
		if !bytes.Contains(unfolded, []byte(line+"\r\n")) {
			t.Errorf("no %s in\n%s", line, unfolded)
		}
	}
	if m.Method != "CANCEL" || m.Subject != "Inställd: gemensam mottagning mån 23.11.2026 kl. 9.00–9.30" || strings.Contains(m.Text+string(unfolded), "illness") {
		t.Errorf("the cancellation: %+v", m)
	}
	if first := messages["gp2"][0]; first.Person != "gp2" || first.To != "" {
		t.Errorf("the invitation goes out after the cancellation: %+v", first)
	}

	// Somebody who left or was erased keeps their place in the order, without an address; what is over is not told at all.
	r.happen(t, people.PersonDeactivated{Person: "gp2"}, people.PersonErased{Person: "co"})
	messages = told()
	if len(messages["gp"]) != 2 || messages["gp"][1].To == "" || len(messages["gp2"]) != 2 || messages["gp2"][0].To != "" || len(messages["co"]) != 2 || messages["co"][0].To != "" {
		t.Errorf("after somebody left: %v", messages)
	}
	if strings.Contains(messages["gp"][1].Text, "Carita") || bytes.Contains(messages["gp"][1].Calendar, []byte("co@example.org")) {
		t.Error("the mail names somebody erased")
	}
	r.clock.Store(utc("2026-11-23T07:30:00Z"))
	if messages = told(); messages["gp"][1].To != "" {
		t.Error("an appointment that is over is still announced")
	}
}

func TestReadableCopies(t *testing.T) {
	r := newRegion(t)
	r.happen(t, mondays(t))
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	p := NewProjection(r.database, r.journal, r.state, slog.New(slog.DiscardHandler))
	stopped := make(chan struct{})
	following, stop := context.WithCancel(ctx)
	go func() { p.Run(following); close(stopped) }()
	id, err := r.service.Book(ctx, r.caller("co", ""), nine())
	if err != nil {
		t.Fatal(err)
	}
	if err := r.service.Cancel(ctx, r.caller("co", ""), id, Client); err != nil {
		t.Fatal(err)
	}
	want := projected{
		Unit: "centre", Start: nine().Start.UTC(), Minutes: 30, Mode: "on_site", State: "cancelled", Roles: []string{"coordinator", "doctor"},
		BookedAt: noon, CancelledAt: &noon, CancelReason: "client",
	}
	mark := func() int64 {
		m, err := p.Marks.Get(ctx, projectionName)
		if err != nil && !errors.Is(err, mongodb.ErrNotFound) {
			t.Fatal(err)
		}
		return m.Commit
	}
	for mark() != int64(r.journal.Applied()) {
		time.Sleep(5 * time.Millisecond)
	}
	stop()
	<-stopped
	if got, err := p.Documents.Get(ctx, id); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v (%v), want %+v", got, err, want)
	}
	if err := errors.Join(p.Documents.Put(ctx, "stray", want), p.Documents.Delete(ctx, id)); err != nil {
		t.Fatal(err)
	}
	if err := p.Rebuild(ctx); err != nil {
		t.Fatal(err)
	}
	if got, err := p.Documents.Get(ctx, id); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("rebuilt: %+v (%v)", got, err)
	}
	if _, err := p.Documents.Get(ctx, "stray"); !errors.Is(err, mongodb.ErrNotFound) {
		t.Errorf("the stray copy: %v", err)
	}
}

func TestOwnData(t *testing.T) {
	r := newRegion(t)
	r.happen(t, mondays(t), ExceptionAdded{Exception: "x", Person: "gp", Day: day(t, "2026-11-30"), Kind: Away})
	id, err := r.service.Book(context.Background(), r.caller("co", ""), nine())
	if err != nil {
		t.Fatal(err)
	}
	if err := r.service.Cancel(context.Background(), r.caller("gp", ""), id, Other); err != nil {
		t.Fatal(err)
	}
	for person, want := range map[string][3]int{"gp": {1, 1, 1}, "co": {0, 0, 1}, "nurse": {0, 0, 0}} {
		data, err := r.service.Keeper().Data(context.Background(), person)
		v, _ := data.(dataView)
		if got := [3]int{len(v.Rules), len(v.Exceptions), len(v.Appointments)}; err != nil || got != want {
			t.Errorf("%s: %v (%v), want %v", person, got, err, want)
		}
		if len(v.Appointments) == 1 && (v.Appointments[0].BookedByMe != (person == "co") || v.Appointments[0].CancelledAt == nil || v.Appointments[0].Role == "") {
			t.Errorf("%s: %+v", person, v.Appointments[0])
		}
	}
}

func TestReferences(t *testing.T) {
	seen := map[string]bool{}
	for range 500 {
		for _, code := range newReferences() {
			if len(code) != 6 || strings.Trim(code, referenceLetters) != "" {
				t.Fatalf("reference %q", code)
			}
			seen[code] = true
		}
	}
	if len(seen) < 1990 {
		t.Errorf("%d different of 2,000", len(seen))
	}
}

func TestEventsHoldNoTexts(t *testing.T) {
	allowed := map[string]bool{
		"hours": true, "person": true, "unit": true, "exception": true, "kind": true, "appointment": true, "reference": true,
		"resource": true, "series": true, "room": true, "text": true, "absence": true, "languages": true, "deputy": true,
		"absent": true, "in_place_of": true, // people
		"name":   true, // of a room
		"doctor": true, "mode": true, "reason": true, "role": true, "purpose": true, "other": true, "case": true, "owner": true,
		"calendar": true, "feed": true,
		"consent": true, "recipient": true, "use": true, "kinds": true, "who": true, "consultation": true, "told": true,
		"appointments": true, "consultations": true,
		"publication": true,
		"hash":        true, // of problems, and of a feed's secret
		"request":     true, "instead": true, "moveOf": true, "priority": true, "why": true, "reception": true, "guest": true, "answer": true, "status": true, "any": true,
	}
	var look func(reflect.Type)
	look = func(typ reflect.Type) {
		for i := range typ.NumField() {
			f := typ.Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("bson"), ",")
			switch f.Type.Kind() {
			case reflect.String:
				if !allowed[name] {
					t.Errorf("%s.%s is a text that is no id and no code", typ, f.Name)
				}
			case reflect.Slice:
				switch f.Type.Elem().Kind() {
				case reflect.Struct:
					look(f.Type.Elem())
				case reflect.String:
					if !allowed[name] {
						t.Errorf("%s.%s are texts that are no ids and no codes", typ, f.Name)
					}
				}
			case reflect.Struct:
				look(f.Type)
			}
		}
	}
	for _, event := range Events() {
		look(reflect.TypeOf(event.Zero()))
	}
}

// A readable copy says which reception it is a place of, and which waiting request it serves.
func TestProjectedPlace(t *testing.T) {
	got := project(&Appointment{Unit: "centre", Reception: "r1", Request: "q1", Status: Booked})
	if got.Reception != "r1" || got.Request != "q1" {
		t.Errorf("got %+v", got)
	}
}
