package scheduling

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"luotsi/server/journal"
	"luotsi/server/people"
)

func TestNearChangesAreToldAtOnce(t *testing.T) {
	monday := day(t, "2026-11-23")
	weekly := func(weekday int, first, last Day) Change {
		return Change{Weekday: weekday, From: 13 * 60, To: 15 * 60, First: first, Last: last}
	}
	once := func(d Day, from, to int) Change { return Change{First: d, Last: d, From: from, To: to} }
	for _, c := range []struct {
		name string
		c    Change
		at   string
		want bool
	}{
		{"begins in exactly 48 hours", once(monday, 9*60, 10*60), "2026-11-21T07:00:00Z", true},
		{"begins a millisecond later than that", once(monday, 9*60, 10*60), "2026-11-21T06:59:59.999Z", false},
		{"ends just after the change", once(monday, 9*60, 10*60), "2026-11-23T07:59:59.999Z", true},
		{"is over when it is changed", once(monday, 9*60, 10*60), "2026-11-23T08:00:00Z", false},
		{"a whole day begins at midnight, 48 hours on", once(monday, 0, 0), "2026-11-20T22:00:00Z", true},
		{"a whole day, a millisecond too far", once(monday, 0, 0), "2026-11-20T21:59:59.999Z", false},
		{"a whole day that is nearly over", once(monday, 0, 0), "2026-11-23T21:59:59.999Z", true},
		{"a whole day that is over", once(monday, 0, 0), "2026-11-23T22:00:00Z", false},
		{"days that began long ago", Change{First: monday - 20, Last: monday}, "2026-11-23T10:00:00Z", true},
		{"days that begin in a week", Change{First: monday + 7, Last: monday + 14}, "2026-11-23T10:00:00Z", false},
		{"weekly hours, on Wednesday from Monday at 13", weekly(3, monday-100, monday+100), "2026-11-23T11:00:00Z", true},
		{"weekly hours, on Wednesday from Monday before 13", weekly(3, monday-100, monday+100), "2026-11-23T10:59:59.999Z", false},
		{"weekly hours that begin next week", weekly(3, monday+7, monday+100), "2026-11-23T12:00:00Z", false},
		{"weekly hours that ended last week", weekly(3, monday-100, monday-1), "2026-11-23T12:00:00Z", false},
		{"weekly hours on a holiday are none", weekly(7, day(t, "2026-12-01"), day(t, "2026-12-31")), "2026-12-05T10:00:00Z", false},
		{"over the clock change 48 hours are 48 hours", once(day(t, "2026-10-26"), 9*60, 10*60), "2026-10-24T07:00:00Z", true},
		{"over the clock change, a millisecond too far", once(day(t, "2026-10-26"), 9*60, 10*60), "2026-10-24T06:59:59.999Z", false},
		{"how the person is booked", Change{Kind: wishesSet}, "2026-11-23T10:00:00Z", false},
		{"a reception moved far off, that was near", Change{First: monday + 30, Last: monday + 30, From: 540, To: 720, Was: Span{utc("2026-11-23T07:00:00Z"), utc("2026-11-23T10:00:00Z")}}, "2026-11-21T07:00:00Z", true},
		{"a reception moved, neither near", Change{First: monday + 30, Last: monday + 30, From: 540, To: 720, Was: Span{utc("2026-11-23T07:00:00Z"), utc("2026-11-23T10:00:00Z")}}, "2026-11-21T06:59:59.999Z", false},
		{"an appointment, which has mails of its own", Change{Start: utc("2026-11-23T11:00:00Z"), End: utc("2026-11-23T12:00:00Z")}, "2026-11-23T10:00:00Z", false},
	} {
		c.c.At = utc(c.at)
		if got := finland().isNear(&c.c); got != c.want {
			t.Errorf("%s: told at once %t, want %t", c.name, got, c.want)
		}
	}
}

func TestDigestIsDue(t *testing.T) {
	const due = "2026-11-23T05:00:00Z" // Monday at 7.00
	week := day(t, "2026-11-23")
	changed := func(at string) func(*State) {
		return func(s *State) {
			s.Apply(journal.Meta{Number: 1, At: moment(utc(at)), By: "keeper"}, SettingsChanged{Person: "gp", Notice: 24})
		}
	}
	hold := func(s *State, expires string) {
		e := booked("a1", "2026-11-27T07:00:00Z", 30, "gp", "co")
		s.Apply(journal.Meta{Number: 2, At: moment(utc("2026-11-20T10:00:00Z")), By: "co"}, AppointmentHeld{AppointmentBooked: e, Expires: utc(expires)})
	}
	ask := func(at string) func(*State) {
		return func(s *State) {
			hold(s, "2026-11-25T22:00:00Z")
			s.Apply(journal.Meta{Number: 3, At: moment(utc(at)), By: "co"}, AppointmentAsked{Appointment: "a1", Expires: utc("2026-11-25T22:00:00Z")})
		}
	}
	told := func(week string) func(*State) {
		return func(s *State) { s.Apply(journal.Meta{Number: 9}, DigestDue{Person: "gp", Week: day(t, week)}) }
	}
	for _, c := range []struct {
		name  string
		given []func(*State)
		now   string
		want  []journal.Event
	}{
		{"nothing to tell", nil, due, nil},
		{"a millisecond before", []func(*State){changed("2026-11-20T10:00:00Z")}, "2026-11-23T04:59:59.999Z", nil},
		{"at 7.00", []func(*State){changed("2026-11-20T10:00:00Z")}, due, []journal.Event{DigestDue{Person: "gp", Week: week}}},
		{"late, after the servers were down", []func(*State){changed("2026-11-20T10:00:00Z")}, "2026-11-25T11:00:00Z", []journal.Event{DigestDue{Person: "gp", Week: week}}},
		{"changed a millisecond before 7.00", []func(*State){changed("2026-11-23T04:59:59.999Z")}, due, []journal.Event{DigestDue{Person: "gp", Week: week}}},
		{"changed at 7.00: next week", []func(*State){changed(due)}, "2026-11-23T06:00:00Z", nil},
		{"changed at 7.00, a week later", []func(*State){changed(due)}, "2026-11-30T05:00:00Z", []journal.Event{DigestDue{Person: "gp", Week: week + 7}}},
		{"told this week already", []func(*State){changed("2026-11-20T10:00:00Z"), told("2026-11-23")}, due, nil},
		{"told last week, of what came before it", []func(*State){changed("2026-11-16T04:59:59.999Z"), told("2026-11-16")}, due, nil},
		{"told last week, of what came after it not", []func(*State){changed("2026-11-16T05:00:00Z"), told("2026-11-16")}, due,
			[]journal.Event{DigestDue{Person: "gp", Week: week, Since: utc("2026-11-16T05:00:00Z")}}},
		{"asked", []func(*State){ask("2026-11-22T10:00:00Z")}, due, []journal.Event{DigestDue{Person: "gp", Week: week}}},
		{"asked at 7.00: there is a mail of its own", []func(*State){ask(due)}, "2026-11-23T06:00:00Z", nil},
		{"kept, and not asked yet", []func(*State){func(s *State) { hold(s, "2026-11-25T22:00:00Z") }}, due, nil},
		{"asked in vain", []func(*State){ask("2026-11-22T10:00:00Z")}, "2026-11-25T22:00:00Z", nil},
		{"asked and answered", []func(*State){ask("2026-11-22T10:00:00Z"), func(s *State) {
			s.Apply(journal.Meta{Number: 4, At: moment(utc("2026-11-22T11:00:00Z")), By: "gp"}, AppointmentConfirmed{Appointment: "a1"})
		}}, due, nil},
		{"in summer time 7.00 is at 4 UTC", []func(*State){changed("2026-10-16T10:00:00Z")}, "2026-10-19T04:00:00Z", []journal.Event{DigestDue{Person: "gp", Week: day(t, "2026-10-19")}}},
		{"the Monday after the clock went back", []func(*State){changed("2026-10-23T10:00:00Z")}, "2026-10-26T04:59:59.999Z", nil},
	} {
		s := NewState()
		for _, do := range c.given {
			do(s)
		}
		d, err := s.DigestsDue(moment(utc(c.now)), func(person string) bool { return person == "gp" })
		if err != nil || !slices.Equal(d.Events, c.want) {
			t.Errorf("%s: %v %v, want %v", c.name, d.Events, err, c.want)
		}
		if d, _ := s.DigestsDue(moment(utc(c.now)), func(string) bool { return false }); len(d.Events) != 0 {
			t.Errorf("%s: somebody who left gets %v", c.name, d.Events)
		}
	}
}

func TestWhatCountsAsAChange(t *testing.T) {
	monday := mondays(t)
	away := ExceptionAdded{Exception: "x", Person: "gp", Day: day(t, "2026-11-23"), Kind: Away}
	a1 := booked("a1", "2026-11-23T07:00:00Z", 30, "gp", "co")
	for _, c := range []struct {
		name  string
		given []journal.Event
		by    string
		event journal.Event
		want  []ChangeKind
	}{
		{"hours by a scheduler", nil, "keeper", monday, []ChangeKind{hoursOpened}},
		{"one's own hours", nil, "gp", monday, nil},
		{"hours by nobody", nil, "", monday, nil},
		{"hours of a room", []journal.Event{ResourceAdded{Resource: "gp", Kind: Room}}, "keeper", monday, nil},
		{"hours taken back", []journal.Event{monday}, "keeper", HoursRemoved{Hours: monday.Hours, Person: "gp"}, []ChangeKind{hoursClosed}},
		{"hours that are not there", nil, "keeper", HoursRemoved{Hours: "none", Person: "gp"}, nil},
		{"a day away", nil, "keeper", away, []ChangeKind{awaySet}},
		{"a day away taken back", []journal.Event{away}, "keeper", ExceptionRemoved{Exception: "x", Person: "gp"}, []ChangeKind{awayEnded}},
		{"extra hours", nil, "keeper", ExceptionAdded{Exception: "y", Person: "gp", Day: away.Day, Kind: Extra, From: 480, To: 540, Unit: "centre", Minutes: 30}, []ChangeKind{dayOpened}},
		{"an absence", nil, "keeper", DeputySet{Absence: "d", Person: "gp", From: away.Day, Until: away.Day + 4}, []ChangeKind{awaySet}},
		{"an absence that ends earlier", []journal.Event{DeputySet{Absence: "d", Person: "gp", From: away.Day, Until: away.Day + 4}}, "keeper",
			DeputyEnded{Absence: "d", Person: "gp", Last: away.Day + 1}, []ChangeKind{awayEnded}},
		{"an appointment by who takes part", nil, "co", a1, nil},
		{"an appointment by a scheduler", nil, "keeper", a1, []ChangeKind{madeBooked}},
		{"cancelled by who takes part", []journal.Event{a1}, "co", AppointmentCancelled{Appointment: "a1"}, nil},
		{"cancelled by a scheduler", []journal.Event{a1}, "keeper", AppointmentCancelled{Appointment: "a1"}, []ChangeKind{madeCancelled}},
		{"cancelled again", []journal.Event{a1, AppointmentCancelled{Appointment: "a1"}}, "keeper", AppointmentCancelled{Appointment: "a1"}, nil},
		{"moved by a scheduler", []journal.Event{a1}, "keeper", AppointmentMoved{Appointment: "a1", Doctor: "gp", Unit: "centre", Start: a1.Start + 3600_000, Minutes: 30, Participants: a1.Participants}, []ChangeKind{madeMoved}},
		{"places returned", nil, "", PlacesReturned{Person: "gp", Day: away.Day, Unit: "centre", Spans: []ReturnedHours{{a1.Start, a1.Start + 3600_000}}}, []ChangeKind{placesReturned}},
		{"places returned and opened again", []journal.Event{PlacesReturned{Person: "gp", Day: away.Day, Unit: "centre", Spans: []ReturnedHours{{a1.Start, a1.Start + 3600_000}}}}, "gp",
			PlacesReopened{Person: "gp", Day: away.Day}, nil},
		{"receptions by a scheduler", nil, "keeper", ReceptionsPlanned{Doctor: "gp", Unit: "centre", From: 540, To: 720, Occurrences: []Occurrence{{Reception: "r1", Day: away.Day}, {Reception: "r2", Day: away.Day + 7}}},
			[]ChangeKind{receptionPlanned, receptionPlanned}},
		{"a reception moved", []journal.Event{ReceptionsPlanned{Doctor: "gp", Unit: "centre", From: 540, To: 720, Occurrences: []Occurrence{{Reception: "r1", Day: away.Day}}}}, "keeper",
			ReceptionMoved{Reception: "r1", Day: away.Day + 1, From: 540, To: 720}, []ChangeKind{receptionMoved}},
		{"a reception cancelled", []journal.Event{ReceptionsPlanned{Doctor: "gp", Unit: "centre", From: 540, To: 720, Occurrences: []Occurrence{{Reception: "r1", Day: away.Day}}}}, "keeper",
			ReceptionCancelled{Reception: "r1"}, []ChangeKind{receptionOff}},
		{"a reception cancelled by its doctor", []journal.Event{ReceptionsPlanned{Doctor: "gp", Unit: "centre", From: 540, To: 720, Occurrences: []Occurrence{{Reception: "r1", Day: away.Day}}}}, "gp",
			ReceptionCancelled{Reception: "r1"}, nil},
		{"declined for the doctor", []journal.Event{a1}, "keeper", AppointmentDeclined{Appointment: "a1"}, []ChangeKind{madeCancelled}},
	} {
		s := NewState()
		for i, e := range c.given {
			s.Apply(journal.Meta{Number: uint64(i + 1), At: noon}, e)
		}
		s.Apply(journal.Meta{Number: 9, At: noon, By: c.by}, c.event)
		var got []ChangeKind
		for _, change := range s.primary.Mailing.Changes {
			if change.Person != "gp" || change.By != c.by {
				t.Errorf("%s: %+v", c.name, change)
			}
			got = append(got, change.Kind)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// What no digest tells of any more is not kept.
func TestChangesAreForgotten(t *testing.T) {
	s := NewState()
	for n, at := range []time.Time{noon, noon.Add(time.Hour), noon.Add(changesKept), noon.Add(changesKept + time.Millisecond)} {
		s.Apply(journal.Meta{Number: uint64(n + 1), At: at, By: "keeper"}, SettingsChanged{Person: "gp", Notice: n})
		if want := []int{1, 2, 3, 3}[n]; len(s.primary.Mailing.Changes) != want {
			t.Errorf("after %d changes %d are kept, want %d", n+1, len(s.primary.Mailing.Changes), want)
		}
	}
}

func TestMailsOfChangedHours(t *testing.T) {
	r := newRegion(t) // Friday 20.11. at 14.00
	e := r.meeting(t)
	sunday := day(t, "2026-11-22")
	extra := func(id string, d Day) ExceptionAdded {
		return ExceptionAdded{Exception: id, Person: "gp", Day: d, Kind: Extra, From: 780, To: 900, Unit: "centre", Minutes: 30}
	}
	own := r.as(t, "gp", extra("own", sunday-1))
	far := r.as(t, "keeper", extra("far", sunday+7))
	near := r.as(t, "keeper", extra("far2", sunday+8), extra("near", sunday), ExceptionAdded{Exception: "near2", Person: "gp", Day: sunday - 1, Kind: Away},
		ExceptionAdded{Exception: "near3", Person: "gp2", Day: sunday, Kind: Away, From: 480, To: 600})
	hours := mondays(t)
	hours.Unit, hours.ValidUntil = "centre", hours.ValidFrom+27
	weekly := r.as(t, "keeper", hours)
	list := r.mails(t)
	if len(list[own])+len(list[far])+len(list[weekly]) != 0 {
		t.Errorf("what is far off is told at once: %v %v %v", list[own], list[far], list[weekly])
	}
	if len(list[near]) != 2 || list[near][0].Person != "gp" || list[near][1].Person != "gp2" {
		t.Fatalf("what is near is told as %+v", list[near])
	}
	if m := list[near][0]; m.Subject != "Aikojasi muutettiin: la 21.11.2026" || !strings.Contains(m.Text, "Satu Aika muutti aikojasi. Muutos koskee lähimpiä kahta päivää:\n\n"+
		"– Uusia aikoja: su 22.11.2026 klo 13.00–15.00, Keskustan terveysasema\n– Poissaolo merkitty: la 21.11.2026\n\n") {
		t.Errorf("%s\n%s", m.Subject, m.Text)
	}
	if m := list[near][1]; m.Subject != "Dina tider ändrades: sön 22.11.2026" || !strings.Contains(m.Text, "– Frånvaro införd: sön 22.11.2026 kl. 8.00–10.00\n") {
		t.Errorf("%s\n%s", m.Subject, m.Text)
	}

	r.as(t, "", PlacesReturned{Person: "gp", Day: sunday + 5, Unit: "centre", Spans: []ReturnedHours{{utc("2026-11-27T07:00:00Z"), utc("2026-11-27T10:00:00Z")}}})
	r.as(t, "keeper", AppointmentHeld{AppointmentBooked: e, Expires: e.Start}, AppointmentAsked{Appointment: "a1", Expires: utc("2026-11-23T06:00:00Z")})
	for n, start := range []string{"2026-11-25T07:00:00Z", "2026-11-29T21:30:00Z", "2026-11-29T22:00:00Z", "2026-12-06T22:00:00Z"} { // two this week, one next week
		b := booked(string(rune('b'+n)), start, 30, "gp", "co")
		r.as(t, "keeper", b)
	}
	r.as(t, "keeper", AppointmentCancelled{Appointment: "e", Reason: Illness})
	other := &region{state: NewState(), people: people.NewState(), database: r.database}
	other.open(t)
	for _, s := range []*region{r, other} {
		s.clock.Store(utc("2026-11-23T05:00:00Z"))
	}
	before := r.journal.Applied()
	done := make(chan error)
	for _, s := range []*Service{r.service, other.service} {
		go func() { done <- s.Digest(context.Background()) }()
	}
	for range 2 {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	if err := r.service.Digest(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got := r.journal.Applied() - before; got != 1 {
		t.Fatalf("%d commits of digests, want one for both doctors", got)
	}
	list = r.mails(t)
	digests := list[before+1]
	if len(digests) != 2 {
		t.Fatalf("%d digests", len(digests))
	}
	want := `Vastaustasi odottaa (1):
– ma 23.11.2026 klo 9.00–9.30, Keskustan terveysasema, Viite K7M2QX

Vastaa Luotsissa: https://luotsi.example.org/today

Muut ovat muuttaneet aikojasi (10):
– Uusia aikoja: su 29.11.2026 klo 13.00–15.00, Keskustan terveysasema (Satu Aika)
– Uusia aikoja: ma 30.11.2026 klo 13.00–15.00, Keskustan terveysasema (Satu Aika)
– Uusia aikoja: su 22.11.2026 klo 13.00–15.00, Keskustan terveysasema (Satu Aika)
– Poissaolo merkitty: la 21.11.2026 (Satu Aika)
– Uusia aikoja: maanantaisin klo 9.00–12.00, ` + hours.ValidFrom.utc().Format("2.1.2006") + "–" + hours.ValidUntil.utc().Format("2.1.2006") + `, Keskustan terveysasema (Satu Aika)
– Yhteisvastaanotto varattu: ke 25.11.2026 klo 9.00–9.30, Keskustan terveysasema (Satu Aika)
– Yhteisvastaanotto varattu: su 29.11.2026 klo 23.30–0.00, Keskustan terveysasema (Satu Aika)
– Yhteisvastaanotto varattu: ma 30.11.2026 klo 0.00–0.30, Keskustan terveysasema (Satu Aika)
– Yhteisvastaanotto varattu: ma 7.12.2026 klo 0.00–0.30, Keskustan terveysasema (Satu Aika)
– Yhteisvastaanotto peruttu: ma 7.12.2026 klo 0.00–0.30, Keskustan terveysasema (Satu Aika)

Palautui omaan käyttöösi, koska kukaan ei varannut (1):
– pe 27.11.2026 klo 9.00–12.00, Keskustan terveysasema

Yhteisvastaanottoja: tällä viikolla 2, ensi viikolla 1.

Katso aikasi Luotsissa: https://luotsi.example.org/hours

Ystävällisin terveisin
Luotsi
`
	if m := digests[0]; m.Subject != "Viikkokooste 23.11.2026" || m.Text != want || m.To != "gp@example.org" || m.Calendar != nil {
		t.Errorf("%s\n%s\nwant\n%s", m.Subject, m.Text, want)
	}
	if m := digests[1]; m.To != "gp2@example.org" || !strings.Contains(m.Text, "Andra har ändrat dina tider (1):\n– Frånvaro införd: sön 22.11.2026 kl. 8.00–10.00 (Satu Aika)\n") {
		t.Errorf("%s\n%s", m.Subject, m.Text)
	}
	r.happen(t, people.PersonErased{Person: "gp"})
	if again := r.mails(t)[before+1]; len(again) != 2 || again[0].Person != "gp" || again[0].To != "" || again[1].To == "" {
		t.Errorf("after an erasure: %+v", again)
	}
}

// A question that was the only thing to tell, and is answered before the mail goes out, is not told.
func TestDigestOfWhatIsDoneIsNotSent(t *testing.T) {
	r := newRegion(t)
	e := r.meeting(t)
	r.as(t, "co", AppointmentHeld{AppointmentBooked: e, Expires: e.Start}, AppointmentAsked{Appointment: "a1", Expires: e.Start})
	r.clock.Store(utc("2026-11-23T05:00:00Z"))
	if err := r.service.Digest(context.Background()); err != nil {
		t.Fatal(err)
	}
	number := r.journal.Applied()
	if list := r.mails(t)[number]; len(list) != 1 || list[0].To == "" {
		t.Fatalf("%+v", list)
	}
	r.as(t, "gp", AppointmentConfirmed{Appointment: "a1"})
	if list := r.mails(t)[number]; len(list) != 1 || list[0].To != "" {
		t.Errorf("%+v", list)
	}
}
