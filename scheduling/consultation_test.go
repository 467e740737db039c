package scheduling

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"luotsi/server/journal"
	"luotsi/server/people"
)

const aConsultation = `{"unit":"centre","doctor":"gp","kinds":["limitations"],"asked":"Mitä ei voi tehdä?","known":"Varastotyö.","consent":true}`

// monday is 5.1.2026 at 10 in Finland; the next day is Epiphany.
var monday = time.UnixMilli(utc("2026-01-05T08:00:00Z"))

func TestConsultation(t *testing.T) {
	r := newRegionAt(t, monday)
	v := r.want(t, 201, "co", "POST", "/api/consultations", aConsultation)
	id, of := fmt.Sprint(v["id"]), "/api/consultations/"+fmt.Sprint(v["id"])
	if v["due"] != "2026-01-13" || v["status"] != "waiting" || v["asks"] != true || v["answers"] != false || v["asked"] != "Mitä ei voi tehdä?" || len(fmt.Sprint(v["reference"])) != 6 {
		t.Errorf("asked: %v", v)
	}

	// The lists tell no text; the doctor reads in place, which is noted.
	_, raw, _ := r.raw(t, "gp", "GET", "/api/consultations", "")
	if strings.Contains(string(raw), "Varastotyö") || strings.Contains(string(raw), "Mitä ei") {
		t.Errorf("the list tells %s", raw)
	}
	v = r.want(t, 200, "gp", "GET", "/api/consultations", "")
	if length(v["toAnswer"]) != 1 || length(v["asked"]) != 0 || at(v, "toAnswer", 0, "overdue") != false || at(v, "toAnswer", 0, "askedBy") != "Carita Lind" {
		t.Errorf("the doctor's list: %v", v)
	}
	if v = r.want(t, 200, "gp", "GET", of, ""); v["known"] != "Varastotyö." || v["withheld"] != false || v["answers"] != true {
		t.Errorf("the doctor reads %v", v)
	}
	if v = r.want(t, 200, "co", "GET", "/api/cases/"+fmt.Sprint(v["case"])+"/access", ""); at(v, "looks", 0, "what") != "consultation:"+id {
		t.Errorf("looks: %v", v)
	}
	for _, nobody := range []string{"gp2", "gp3", "co2", "keeper"} {
		r.want(t, 404, nobody, "GET", of, "")
		r.want(t, 404, nobody, "POST", of+"/messages", `{"text":"hei"}`)
	}
	r.want(t, 403, "gp", "POST", of+"/closing", "")

	// Overdue from the day after.
	for _, test := range []struct {
		at   string
		late bool
	}{{"2026-01-13T21:59:00Z", false}, {"2026-01-13T22:00:00Z", true}} {
		r.clock.Store(utc(test.at))
		if v = r.want(t, 200, "co", "GET", "/api/consultations", ""); at(v, "asked", 0, "overdue") != test.late {
			t.Errorf("at %s: %v", test.at, v)
		}
	}

	// More is asked for, given, and answered.
	r.want(t, 200, "gp", "PUT", "/api/case-drafts/consultation."+id, `{"rev":0,"text":"luonnos"}`)
	v = r.want(t, 201, "gp", "POST", of+"/messages", `{"text":"Montako kiloa?"}`)
	if v["status"] != "more" || v["overdue"] != false || v["draft"] != nil {
		t.Errorf("more: %v", v)
	}
	v = r.want(t, 201, "co", "POST", of+"/messages", `{"text":"Alle 10, puh. 040 123 4567"}`)
	if v["status"] != "waiting" || v["due"] != "2026-01-21" || at(v, "warnings", 0, "kind") != "phone" {
		t.Errorf("given: %v", v)
	}
	r.clock.Store(utc("2026-01-15T07:15:00Z"))
	v = r.want(t, 201, "gp", "POST", of+"/messages", `{"text":"Ei nostoja.","answer":true}`)
	if v["status"] != "answered" || v["answeredBy"] != "Aino Mäkelä" || v["days"] != 7.0 || !strings.HasPrefix(fmt.Sprint(at(v, "messages", 2, "plan")), "Lääkärin kirjallinen vastaus to 15.1.2026 klo 9.15 (Aino Mäkelä, lääkäri, Keskustan terveysasema):\nEi nostoja.") {
		t.Errorf("answered: %v", v)
	}
	if v = r.want(t, 201, "co", "POST", of+"/messages", `{"text":"Kiitos. Entä työntäminen?"}`); v["status"] != "waiting" || v["due"] != "2026-01-22" {
		t.Errorf("asked again: %v", v)
	}
	if v = r.want(t, 201, "gp", "POST", of+"/messages", `{"text":"Käy.","answer":true}`); v["status"] != "answered" || v["days"] != 7.0 {
		t.Errorf("the first answer counts: %v", v)
	}

	// Closed; over after thirty days.
	if v = r.want(t, 200, "co", "POST", of+"/closing", ""); v["status"] != "closed" {
		t.Errorf("closed: %v", v)
	}
	if v = r.want(t, 409, "gp", "POST", of+"/messages", `{"text":"vielä","answer":true}`); v["code"] != "consultation_closed" {
		t.Errorf("written too late: %v", v)
	}
	if v = r.want(t, 200, "co", "GET", "/api/consultations", ""); length(v["asked"]) != 0 {
		t.Errorf("what is over is listed: %v", v)
	}
	if v = r.want(t, 200, "co", "GET", "/api/consultations?over=true", ""); length(v["asked"]) != 1 {
		t.Errorf("what is over is not listed: %v", v)
	}
	r.clock.Store(utc("2026-02-14T07:15:00Z"))
	if err := r.service.VanishTexts(context.Background()); err != nil || r.texts(t) != 0 {
		t.Errorf("%d texts are kept (%v)", r.texts(t), err)
	}
	if v = r.want(t, 200, "co", "GET", of, ""); v["gone"] == nil || v["asked"] != "" || length(v["messages"]) != 0 {
		t.Errorf("gone: %v", v)
	}
}

// Any doctor of the unit answers; a doctor who is away has it answered by who stands in; nobody does without a consent.
func TestWhoAnswers(t *testing.T) {
	r := newRegionAt(t, monday)
	v := r.want(t, 201, "co", "POST", "/api/consultations", strings.Replace(aConsultation, `"doctor":"gp",`, "", 1))
	of := "/api/consultations/" + fmt.Sprint(v["id"])
	for _, doctor := range []string{"gp", "gp2"} {
		r.want(t, 200, doctor, "GET", of, "")
	}
	r.want(t, 404, "gp3", "GET", of, "")
	if v = r.want(t, 201, "gp2", "POST", of+"/messages", `{"text":"Kyllä.","answer":true}`); v["answeredBy"] != "Örjan Åberg" || v["days"] != 0.0 {
		t.Errorf("answered: %v", v)
	}

	r.happen(t, DeputySet{Absence: "a", Person: "gp", Deputy: "gp2", From: day(t, "2026-01-05"), Until: day(t, "2026-01-09")})
	v = r.want(t, 201, "co", "POST", "/api/consultations", aConsultation)
	if at(v, "doctor", "person") != "gp2" {
		t.Errorf("to a doctor who is away: %v", v)
	}
	r.happen(t, DeputyEnded{Absence: "a", Person: "gp", Last: day(t, "2026-01-04")})
	v = r.want(t, 201, "co", "POST", "/api/consultations", aConsultation)
	of = "/api/consultations/" + fmt.Sprint(v["id"])
	r.want(t, 404, "gp2", "GET", of, "")
	r.happen(t, DeputySet{Absence: "b", Person: "gp", Deputy: "gp2", From: day(t, "2026-01-05"), Until: day(t, "2026-01-05")})
	r.want(t, 200, "gp2", "GET", of, "")

	// The client takes the consent back.
	c := r.want(t, 200, "co", "GET", "/api/cases/"+fmt.Sprint(v["case"]), "")
	if at(c, "consents", 0, "use") != "written_consultation" || length(c["consultations"]) != 1 {
		t.Errorf("case: %v", c)
	}
	r.want(t, 200, "co", "POST", "/api/cases/"+fmt.Sprint(v["case"])+"/consents/"+fmt.Sprint(at(c, "consents", 0, "id"))+"/withdrawal", "")
	if _, raw, _ := r.raw(t, "gp", "GET", of, ""); strings.Contains(string(raw), "Varastotyö") || !strings.Contains(string(raw), `"withheld":true`) {
		t.Errorf("the doctor still reads %s", raw)
	}
	if v = r.want(t, 409, "gp", "POST", of+"/messages", `{"text":"Kyllä.","answer":true}`); v["code"] != "consent_missing" {
		t.Errorf("answered without reading: %v", v)
	}
	for _, test := range []struct {
		name, body string
		status     int
		code       string
	}{
		{"without a consent", strings.Replace(aConsultation, `,"consent":true`, "", 1), 409, "consent_missing"},
		{"to a unit that is not open to them", strings.Replace(aConsultation, "centre", "north", 1), 404, "unknown_person"},
		{"to a doctor of another unit", strings.Replace(aConsultation, `"gp"`, `"gp3"`, 1), 404, "unknown_person"},
		{"to nobody's unit", `{"unit":"town","kinds":["other"],"asked":"?","consent":true}`, 404, "unknown_person"},
		{"in somebody else's case", strings.Replace(aConsultation, `{`, `{"case":"nothing",`, 1), 404, "unknown_case"},
		{"of no kind", strings.Replace(aConsultation, `["limitations"]`, `[]`, 1), 400, "invalid_request"},
	} {
		if v := r.want(t, test.status, "co", "POST", "/api/consultations", test.body); v["code"] != test.code {
			t.Errorf("%s: %v", test.name, v)
		}
	}
	r.want(t, 403, "gp", "POST", "/api/consultations", aConsultation)
}

// With one tap the question becomes that of a joint appointment.
func TestConsultationTurned(t *testing.T) {
	r := newRegionAt(t, monday)
	v := r.want(t, 201, "co", "POST", "/api/consultations", aConsultation)
	of := "/api/consultations/" + fmt.Sprint(v["id"])
	if v := r.want(t, 409, "co", "POST", "/api/cases/"+fmt.Sprint(v["case"])+"/closing", ""); v["code"] != "case_busy" {
		t.Errorf("a case with an open question: %v", v)
	}
	r.want(t, 403, "gp", "POST", of+"/turning", `{"consent":true}`)
	if v := r.want(t, 409, "co", "POST", of+"/turning", `{"consent":false}`); v["code"] != "consent_missing" {
		t.Errorf("without a consent for the meeting: %v", v)
	}
	v = r.want(t, 200, "co", "POST", of+"/turning", `{"consent":true}`)
	if v["status"] != "turned" || v["closed"] == nil {
		t.Errorf("turned: %v", v)
	}
	if c := r.want(t, 200, "co", "GET", "/api/cases/"+fmt.Sprint(v["case"]), ""); at(c, "question", "asked") != "Mitä ei voi tehdä?" || at(c, "question", "kinds", 0) != "limitations" || length(c["consents"]) != 2 {
		t.Errorf("the case: %v", c)
	}
	if v = r.want(t, 409, "co", "POST", of+"/turning", `{"consent":true}`); v["code"] != "consultation_closed" {
		t.Errorf("turned twice: %v", v)
	}
	r.want(t, 200, "co", "POST", "/api/cases/"+fmt.Sprint(at(r.want(t, 200, "co", "GET", of, ""), "case"))+"/closing", "")
}

// Replies after 1, 3, 8 and 8 working days: the median is 5.5, told when three doctors have answered. A doctor's own is only theirs.
func TestReplies(t *testing.T) {
	r := newRegionAt(t, monday)
	r.happen(t, people.GrantsChanged{Person: "gp3", Grants: []people.Placed{{Role: "doctor", Unit: "centre"}}})
	if v := r.want(t, 200, "boss", "GET", "/api/consultations/replies", ""); length(v["units"]) != 0 {
		t.Errorf("the town has no doctors: %v", v)
	}
	if v := r.want(t, 200, "keeper", "GET", "/api/consultations/replies", ""); at(v, "units", 0, "median") != nil || at(v, "units", 0, "answered") != 0.0 || v["own"] != nil {
		t.Errorf("without answers: %v", v)
	}
	var ids []string
	for range 5 {
		ids = append(ids, fmt.Sprint(r.want(t, 201, "co", "POST", "/api/consultations", strings.Replace(aConsultation, `"doctor":"gp",`, "", 1))["id"]))
	}
	for n, answered := range []struct{ when, by string }{
		{"2026-01-07T08:00:00Z", "gp"}, {"2026-01-09T08:00:00Z", "gp2"}, {"2026-01-16T08:00:00Z", "gp"}, {"2026-01-16T08:00:00Z", "gp3"}, // 1, 3, 8 and 8
	} {
		r.clock.Store(utc(answered.when))
		r.want(t, 201, answered.by, "POST", "/api/consultations/"+ids[n]+"/messages", `{"text":"Kyllä.","answer":true}`)
		v := r.want(t, 200, "gp", "GET", "/api/consultations/replies", "")
		if few := n < 3; at(v, "units", 0, "few") != few || (at(v, "units", 0, "median") == nil) != few || at(v, "own", "median") == nil {
			t.Errorf("after %d answers: %v", n+1, v)
		}
	}
	for _, who := range []string{"co", "keeper", "gp", "gp2", "gp3"} {
		v := r.want(t, 200, who, "GET", "/api/consultations/replies", "")
		if at(v, "units", 0, "median") != 5.5 || at(v, "units", 0, "answered") != 4.0 || at(v, "units", 0, "waiting") != 1.0 || at(v, "units", 0, "overdue") != 1.0 {
			t.Errorf("%s sees %v", who, v)
		}
		want := map[string]any{"gp": 4.5, "gp2": 3.0, "gp3": 8.0}[who]
		if at(v, "own", "median") != want {
			t.Errorf("%s sees of their own %v, want %v", who, v["own"], want)
		}
	}
	_, raw, _ := r.raw(t, "keeper", "GET", "/api/consultations/replies", "")
	if strings.Contains(string(raw), "Mäkelä") || strings.Contains(string(raw), `"gp"`) {
		t.Errorf("a name is in %s", raw)
	}

	r.want(t, 404, "keeper2", "PUT", "/api/units/centre/consultation-target", `{"days":2}`)
	r.raw(t, "keeper", "PUT", "/api/units/centre/consultation-target", `{"days":2}`)
	r.want(t, 400, "keeper", "PUT", "/api/units/centre/consultation-target", `{"days":31}`)
	if v := r.want(t, 201, "co", "POST", "/api/consultations", aConsultation); v["due"] != "2026-01-20" {
		t.Errorf("two working days after Friday: %v", v["due"])
	}
	r.journal.View(func() {
		for _, wrong := range r.state.Check() {
			t.Error(wrong)
		}
	})
}

// The mails tell that something waits, and until when, and nothing of what is written.
func TestConsultationMails(t *testing.T) {
	r := newRegionAt(t, monday)
	r.happen(t, people.PersonDeactivated{Person: "gp2"})
	from := r.journal.Applied()
	v := r.want(t, 201, "co", "POST", "/api/consultations", strings.Replace(aConsultation, `"doctor":"gp",`, "", 1))
	of := "/api/consultations/" + fmt.Sprint(v["id"])
	r.want(t, 201, "gp", "POST", of+"/messages", `{"text":"Ei nostoja.","answer":true}`)
	r.want(t, 201, "co", "POST", of+"/messages", `{"text":"Entä työntäminen?"}`)
	want := []string{
		"gp@example.org|Kirjallinen kysymys odottaa vastaustasi|Vastaa viimeistään: 13.1.2026",
		"co@example.org|The doctor has answered your question|",
		"gp@example.org|Kirjallinen kysymys odottaa vastaustasi|Vastaa viimeistään: 13.1.2026",
	}
	var got []string
	ctx, cancel := context.WithCancel(context.Background())
	until := r.journal.Applied()
	_ = r.journal.Follow(ctx, from, func(ctx context.Context, c journal.Commit) error {
		for n, event := range c.Events {
			messages, err := r.service.AnnounceConsultations(ctx, c.Meta(n), event)
			if err != nil {
				t.Error(err)
			}
			for _, m := range messages {
				due := ""
				for line := range strings.Lines(m.Text) {
					if strings.HasPrefix(line, "Vastaa") {
						due = strings.TrimSpace(line)
					}
				}
				got = append(got, m.To+"|"+m.Subject+"|"+due)
				for _, secret := range []string{"nostoja", "Varastotyö", "Mitä ei", "työntäminen"} {
					if strings.Contains(m.Text+m.Subject, secret) {
						t.Errorf("the mail tells %s", m.Text)
					}
				}
				if !strings.Contains(m.Text, "https://luotsi.example.org/consultations/") {
					t.Errorf("no link in %s", m.Text)
				}
			}
		}
		if c.Number >= until {
			cancel()
		}
		return nil
	})
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestOpenConsultationsOfOnePerson(t *testing.T) {
	s := NewState()
	apply(s, CaseOpened{Case: "mine", Reference: "MINE11", Unit: "town", Owner: "co"})
	ask := func(id, of, owner string) error {
		d, err := s.AskConsultation(monday, ConsultationWish{
			Consultation: id, Case: of, NewCase: "case-" + id, Owner: owner, OwnerUnit: "town", References: []string{"R" + id}, Unit: "centre", Doctor: "gp",
			Kinds: []QuestionKind{"other"}, Text: "text-" + id, Consent: "consent-" + id,
		})
		if err == nil {
			for _, e := range d.Events {
				apply(s, e)
			}
		}
		return err
	}
	for n := range MaxOpen {
		of := ""
		if n%2 == 0 {
			of = "mine"
		}
		if err := ask(fmt.Sprint(n), of, "co"); err != nil {
			t.Fatalf("number %d: %v", n+1, err)
		}
	}
	for _, test := range []struct{ name, of, owner, want string }{
		{"one more", "", "co", "consultations_full"},
		{"one more in a case there is", "mine", "co", "consultations_full"},
		{"by a deputy, in their case", "mine", "co2", "consultations_full"},
		{"of somebody else", "", "co2", ""},
	} {
		if got := failure(ask("more"+test.owner, test.of, test.owner)); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	apply(s, ConsultationClosed{Consultation: "0"})
	if err := ask("after", "", "co"); err != nil {
		t.Errorf("when one is closed: %v", err)
	}
}
