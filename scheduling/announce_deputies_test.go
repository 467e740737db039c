package scheduling

import (
	"context"
	"slices"
	"strings"
	"testing"

	"luotsi/server/journal"
	"luotsi/server/mail"
	"luotsi/server/people"
)

// The deputy is written to in their language: the days, and how much is open now; then that it is over, or never was.
func TestDeputyIsTold(t *testing.T) {
	r := newRegion(t)
	told := func(by string, e journal.Event) mail.Message {
		t.Helper()
		list, err := r.service.AnnounceDeputies(context.Background(), journal.Meta{By: by, At: noon}, e)
		if err != nil || len(list) != 1 || list[0].Person != "gp2" {
			t.Fatalf("%v (%v)", list, err)
		}
		return list[0]
	}
	set := DeputySet{Absence: "a", Person: "gp", Deputy: "gp2", From: day(t, "2026-11-30"), Until: day(t, "2026-12-06")}
	if m := told("gp", set); m.To != "" {
		t.Errorf("of an absence that is none: %+v", m)
	}
	r.happen(t, set)
	if m := told("gp", set); m.To != "gp2@example.org" || m.Subject != "Du är ersättare: Aino Mäkelä, 30.11.2026–6.12.2026" || m.Language != "sv" ||
		!strings.Contains(m.Text, "Inget är öppet nu.") || !strings.Contains(m.Text, "medan Aino Mäkelä är borta") || !strings.Contains(m.Text, "https://luotsi.example.org/covering") {
		t.Errorf("nothing open: %q\n%s", m.Subject, m.Text)
	}
	asking(t, r)
	r.want(t, 201, "co", "POST", "/api/consultations", aConsultation)
	m := told("keeper", set)
	for _, line := range []string{"– gemensamma mottagningar som väntar på svar: 1\n", "– skriftliga frågor som väntar på svar: 1\n"} {
		if !strings.Contains(m.Text, line) {
			t.Errorf("%q is not in\n%s", line, m.Text)
		}
	}
	if strings.Contains(m.Text, "öppna ärenden:") || strings.Contains(m.Text, "Varasto") {
		t.Errorf("too much is told:\n%s", m.Text)
	}
	if m := told("gp2", set); m.To != "" {
		t.Errorf("who named themself is told: %+v", m)
	}

	back := DeputyEnded{Absence: "a", Person: "gp", Last: day(t, "2026-12-01"), Deputy: "gp2", From: set.From, Until: set.Until}
	if m := told("gp", back); m.Subject != "Ersättandet är slut: Aino Mäkelä, 30.11.2026–1.12.2026" || !strings.Contains(m.Text, "Aino Mäkelä är tillbaka") {
		t.Errorf("back early: %q\n%s", m.Subject, m.Text)
	}
	back.Last = set.From - 1
	if m := told("gp", back); m.Subject != "Ersättandet är inställt: Aino Mäkelä, 30.11.2026–6.12.2026" {
		t.Errorf("taken back: %q\n%s", m.Subject, m.Text)
	}
	r.happen(t, people.PersonDeactivated{Person: "gp2"})
	if m := told("gp", back); m.To != "" {
		t.Errorf("who works here no more is told: %+v", m)
	}
	for _, e := range []journal.Event{DeputySet{Absence: "b", Person: "gp"}, DeputyEnded{Absence: "b", Person: "gp"}} {
		if list, err := r.service.AnnounceDeputies(context.Background(), journal.Meta{}, e); err != nil || len(list) != 0 {
			t.Errorf("without a deputy: %v %v", list, err)
		}
	}
}

// What the commit says of the ended absence is what the mail is made of.
func TestEndedAbsenceNamesTheDeputy(t *testing.T) {
	today := day(t, "2026-11-20")
	s := given(DeputySet{Absence: "a", Person: "gp", Deputy: "gp2", From: today, Until: today + 2})
	d, err := s.EndDeputy(noon, "gp", "a")
	if err != nil || !slices.Equal(d.Events, []journal.Event{DeputyEnded{Absence: "a", Person: "gp", Last: today - 1, Deputy: "gp2", From: today, Until: today + 2}}) {
		t.Errorf("%v %v", d.Events, err)
	}
}

// When a doctor who is away is asked, the deputy gets a mail without a link that would answer as the doctor; and one when it is
// withdrawn.
func TestDeputyIsAskedByMail(t *testing.T) {
	r := newRegion(t)
	r.want(t, 201, "gp", "POST", gpAbsences, fridayAway)
	id := asking(t, r)
	asked := r.mails(t)[r.journal.Applied()]
	if len(asked) != 2 || asked[0].To != "gp@example.org" || asked[1].To != "gp2@example.org" || !strings.HasPrefix(asked[1].Subject, "Väntar på svar: gemensam mottagning") ||
		strings.Contains(asked[1].Text, "/answer/") || !strings.Contains(asked[1].Text, "/appointments/"+id) || !strings.Contains(asked[1].Text, "Du är ersättare") {
		t.Errorf("asked: %+v", asked)
	}
	r.want(t, 200, "co", "POST", "/api/appointments/"+id+"/cancellation", `{"reason":"client"}`)
	off := r.mails(t)[r.journal.Applied()]
	if len(off) != 2 || off[1].To != "gp2@example.org" || !strings.HasPrefix(off[1].Subject, "Begäran återtagen") {
		t.Errorf("withdrawn: %+v", off)
	}
}

// Whoever takes the seat of the doctor is invited, the others are told, and the doctor is not expected.
func TestTakingTheSeatIsTold(t *testing.T) {
	r := newRegion(t)
	id := asking(t, r)
	r.want(t, 201, "gp", "POST", gpAbsences, mondayAway)
	r.clock.Store(utc("2026-11-22T22:00:00Z"))
	r.want(t, 200, "gp2", "POST", "/api/appointments/"+id+"/answer", acceptBody)
	got := r.briefs(t, r.journal.Applied())
	for _, want := range []string{"gp2 Gemensam mottagning REQUEST 2", "co Joint appointment REQUEST 2"} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is not among %q", want, got)
		}
	}
	if !slices.ContainsFunc(got, func(line string) bool { return strings.HasPrefix(line, "gp Et osallistu") }) {
		t.Errorf("the doctor is told %q", got)
	}
}
