package scheduling

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/people"
	"luotsi/server/vault"
)

func TestConsented(t *testing.T) {
	today := day(t, "2026-11-20")
	consent := func(recipient string, use Use, until Day, withdrawn int64) Consent {
		return Consent{Recipient: recipient, Use: use, Until: until, Withdrawn: withdrawn}
	}
	for _, test := range []struct {
		name     string
		consents []Consent
		want     bool
	}{
		{"nothing was said", nil, false},
		{"to all doctors", []Consent{consent("doctor", UseJoint, 0, 0)}, true},
		{"to this one", []Consent{consent("gp", UseJoint, 0, 0)}, true},
		{"to another one", []Consent{consent("gp2", UseJoint, 0, 0)}, false},
		{"to another role", []Consent{consent("professional", UseJoint, 0, 0)}, false},
		{"for another use", []Consent{consent("doctor", UseWritten, 0, 0)}, false},
		{"until today", []Consent{consent("doctor", UseJoint, today, 0)}, true},
		{"until yesterday", []Consent{consent("doctor", UseJoint, today-1, 0)}, false},
		{"taken back", []Consent{consent("doctor", UseJoint, 0, 1)}, false},
		{"taken back and given again", []Consent{consent("doctor", UseJoint, 0, 1), consent("doctor", UseJoint, 0, 0)}, true},
		{"given twice, the later taken back", []Consent{consent("doctor", UseJoint, 0, 0), consent("doctor", UseJoint, 0, 1)}, false},
		{"to all doctors, but not this one any more", []Consent{consent("doctor", UseJoint, 0, 0), consent("gp", UseJoint, 0, 1)}, false},
		{"to this one, while all doctors was taken back", []Consent{consent("doctor", UseJoint, 0, 1), consent("gp", UseJoint, 0, 0)}, true},
	} {
		f := CaseFile{Consents: test.consents}
		if got := f.consented("gp", auth.Doctor, UseJoint, today); got != test.want {
			t.Errorf("%s: got %v", test.name, got)
		}
	}
}

const aQuestion = `{"version":%d,"kinds":["work_ability","statement"],"asked":"Voiko palata työhön?","known":"Poissa 4 kk.","tried":"Kevennetty työ.","consent":%v}`

// The whole way: the coordinator prepares, the doctor reads and every look is noted, both write the outcome, the client takes a
// consent back.
func TestQuestionAndOutcome(t *testing.T) {
	r := newRegion(t)
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", mondayRule)
	a := r.want(t, 201, "co", "POST", "/api/appointments", nineOClock)
	of, appointment := "/api/cases/"+fmt.Sprint(a["case"]), fmt.Sprint(a["id"])

	// Nothing is there yet; the doctor takes part, but nobody has let them read.
	v := r.want(t, 200, "co", "GET", of, "")
	if v["carries"] != true || v["withheld"] != false || v["question"] != nil || length(v["meetings"]) != 1 || at(v, "meetings", 0, "writable") != false {
		t.Errorf("the new case: %v", v)
	}
	if v = r.want(t, 200, "gp", "GET", of, ""); v["carries"] != false || v["withheld"] != true {
		t.Errorf("the doctor sees %v", v)
	}
	for _, nobody := range []string{"gp2", "co2", "keeper"} {
		r.want(t, 404, nobody, "GET", of, "")
		r.want(t, 404, nobody, "PUT", of+"/question", fmt.Sprintf(aQuestion, 0, true))
	}
	r.want(t, 404, "gp", "PUT", of+"/question", fmt.Sprintf(aQuestion, 0, true))

	if v = r.want(t, 409, "co", "PUT", of+"/question", fmt.Sprintf(aQuestion, 0, false)); v["code"] != "consent_missing" {
		t.Errorf("without a consent: %v", v)
	}
	v = r.want(t, 200, "co", "PUT", "/api/case-drafts/question."+fmt.Sprint(a["case"]), `{"rev":0,"text":"Soita 040 123 4567"}`)
	if v["rev"] != 1.0 || at(v, "warnings", 0, "kind") != "phone" {
		t.Errorf("draft: %v", v)
	}
	if v = r.want(t, 200, "co", "GET", of, ""); at(v, "draft", "text") != "Soita 040 123 4567" {
		t.Errorf("the draft is not offered: %v", v)
	}
	v = r.want(t, 200, "co", "PUT", of+"/question", strings.Replace(fmt.Sprintf(aQuestion, 0, true), "Poissa 4 kk.", "Poissa 4 kk, dg F32.1.", 1))
	if at(v, "question", "version") != 1.0 || at(v, "question", "warnings", 0, "text") != "F32.1" || length(v["consents"]) != 1 || at(v, "consents", 0, "holds") != true || v["draft"] != nil {
		t.Errorf("the question: %v", v)
	}
	if v = r.want(t, 409, "co", "PUT", of+"/question", fmt.Sprintf(aQuestion, 0, false)); v["code"] != "case_changed" {
		t.Errorf("over a version that one did not see: %v", v)
	}
	before := r.texts(t)
	r.want(t, 200, "co", "PUT", of+"/question", fmt.Sprintf(aQuestion, 1, false)) // the consent holds
	if got := r.texts(t); got != before {
		t.Errorf("%d texts are kept, want %d: the one of before is not", got, before)
	}
	v = r.want(t, 400, "co", "PUT", of+"/question", strings.Replace(fmt.Sprintf(aQuestion, 2, false), "Poissa", "131052-308T", 1))
	if at(v, "fields", 0, "code") != "no_identity_code" {
		t.Errorf("an identity code: %v", v)
	}

	// Each look of another person is noted, before anything is shown.
	v = r.want(t, 200, "gp", "GET", of, "")
	if at(v, "question", "asked") != "Voiko palata työhön?" || v["withheld"] != false || v["consents"] == nil || length(v["consents"]) != 0 {
		t.Errorf("the doctor reads %v", v)
	}
	looks := r.want(t, 200, "co", "GET", of+"/access", "")
	if length(looks["looks"]) != 1 || at(looks, "looks", 0, "by") != "Aino Mäkelä" || at(looks, "looks", 0, "what") != "case_question" {
		t.Errorf("looks: %v", looks)
	}
	r.want(t, 404, "gp", "GET", of+"/access", "")

	// After the meeting has begun, either side writes what it came to.
	outcome := `{"version":%d,"decided":"Työkokeilu 4 h päivässä.","actions":[{"who":"gp","what":"Lausunto","due":"2026-12-04"},{"who":"client","what":"Soittaa"}],"next":"2027-01-12","nextHow":"puhelu"}`
	if v = r.want(t, 409, "gp", "PUT", "/api/appointments/"+appointment+"/outcome", fmt.Sprintf(outcome, 0)); v["code"] != "not_now" {
		t.Errorf("before the meeting: %v", v)
	}
	r.clock.Store(utc("2026-11-23T07:00:00Z"))
	if v = r.want(t, 400, "gp", "PUT", "/api/appointments/"+appointment+"/outcome", strings.Replace(fmt.Sprintf(outcome, 0), `"client"`, `"co2"`, 1)); at(v, "fields", 0, "name") != "actions[1].who" {
		t.Errorf("an action of somebody who was not there: %v", v)
	}
	v = r.want(t, 200, "gp", "PUT", "/api/appointments/"+appointment+"/outcome", fmt.Sprintf(outcome, 0))
	if at(v, "meetings", 0, "outcome", "decided") != "Työkokeilu 4 h päivässä." || at(v, "meetings", 0, "outcome", "actions", 0, "name") != "Aino Mäkelä" || at(v, "meetings", 0, "outcome", "actions", 1, "due") != nil {
		t.Errorf("outcome: %v", v)
	}
	if v = r.want(t, 409, "co", "PUT", "/api/appointments/"+appointment+"/outcome", fmt.Sprintf(outcome, 0)); v["code"] != "case_changed" {
		t.Errorf("over the doctor's: %v", v)
	}
	v = r.want(t, 200, "co", "PUT", "/api/appointments/"+appointment+"/outcome", fmt.Sprintf(outcome, 1))
	if at(v, "meetings", 0, "outcome", "by") != "Carita Lind" {
		t.Errorf("outcome: %v", v)
	}
	r.want(t, 404, "keeper2", "PUT", "/api/appointments/"+appointment+"/outcome", fmt.Sprintf(outcome, 2))
	r.want(t, 403, "keeper", "PUT", "/api/appointments/"+appointment+"/outcome", fmt.Sprintf(outcome, 2))

	v = r.want(t, 200, "gp", "GET", of+"/texts?appointment="+appointment, "")
	if list := r.want(t, 200, "gp", "GET", "/api/appointments?from=2026-11-23&to=2026-11-23", ""); at(list, "appointments", 0, "written") != true {
		t.Errorf("the list does not say that it is written: %v", list)
	}
	if record, _ := v["patientRecord"].(string); !strings.Contains(record, "Voiko palata työhön?") || !strings.Contains(record, "- lääkäri: Lausunto, viimeistään 4.12.2026") || !strings.Contains(v["clientMessage"].(string), "12.1.2027") {
		t.Errorf("texts: %v", v)
	}
	if v = r.want(t, 200, "co", "GET", of+"/texts?appointment="+appointment, ""); !strings.Contains(fmt.Sprint(v["patientRecord"]), "Joint appointment Mon 23 November 2026") {
		t.Errorf("in the reader's language: %v", v)
	}

	// The client takes the consent back. At once the doctor reads nothing, also not by copying; the history stays.
	v = r.want(t, 200, "co", "GET", of, "")
	consent := fmt.Sprint(at(v, "consents", 0, "id"))
	r.want(t, 404, "gp", "POST", of+"/consents/"+consent+"/withdrawal", "")
	v = r.want(t, 200, "co", "POST", of+"/consents/"+consent+"/withdrawal", "")
	if at(v, "consents", 0, "withdrawn") == nil || at(v, "consents", 0, "holds") != false || at(v, "question", "asked") == "" {
		t.Errorf("withdrawn: %v", v)
	}
	_, raw, _ := r.raw(t, "gp", "GET", of, "")
	_, copied, _ := r.raw(t, "gp", "GET", of+"/texts?appointment="+appointment, "")
	if text := string(raw) + string(copied); strings.Contains(text, "palata") || strings.Contains(text, "Työkokeilu") || !strings.Contains(text, `"withheld":true`) {
		t.Errorf("the doctor still reads %s", text)
	}
	r.want(t, 403, "gp", "PUT", "/api/appointments/"+appointment+"/outcome", fmt.Sprintf(outcome, 2))
	v = r.want(t, 201, "co", "POST", of+"/consents", `{"recipient":"gp","use":"joint_appointment","until":"2026-11-23"}`)
	if at(v, "consents", 1, "name") != "Aino Mäkelä" || at(v, "consents", 1, "until") != "2026-11-23" {
		t.Errorf("given again: %v", v)
	}
	if v = r.want(t, 200, "gp", "GET", of, ""); v["withheld"] != false {
		t.Errorf("given again: %v", v)
	}
	r.want(t, 400, "co", "POST", of+"/consents", `{"recipient":"gp","use":"joint_appointment","until":"2026-11-22"}`)
	r.want(t, 400, "co", "POST", of+"/consents", `{"recipient":"co2","use":"joint_appointment"}`)
	r.clock.Store(utc("2026-11-23T22:00:00Z")) // midnight in Finland
	if v = r.want(t, 200, "gp", "GET", of, ""); v["withheld"] != true {
		t.Errorf("the consent is over: %v", v)
	}

	// Closed, and open again.
	r.want(t, 200, "co", "POST", of+"/closing", "")
	if v = r.want(t, 404, "co", "PUT", of+"/question", fmt.Sprintf(aQuestion, 2, true)); v["code"] != "unknown_case" {
		t.Errorf("a question to a closed case: %v", v)
	}
	if v = r.want(t, 200, "co", "POST", of+"/reopening", ""); v["closed"] != nil || v["reopened"] == nil {
		t.Errorf("reopened: %v", v)
	}
	if v = r.want(t, 409, "co", "POST", of+"/reopening", ""); v["code"] != "case_open" {
		t.Errorf("reopened twice: %v", v)
	}
	r.journal.View(func() {
		for _, wrong := range r.state.Check() {
			t.Error(wrong)
		}
	})
}

// texts counts what the vault keeps and the state names.
func (r *region) texts(t testing.TB) (kept int) {
	t.Helper()
	var ids []string
	r.journal.View(func() {
		for id := range r.state.Texts(r.service.now()) {
			ids = append(ids, id)
		}
	})
	for _, id := range ids {
		if _, err := r.vault.Get(context.Background(), id); err == nil {
			kept++
		} else if !errors.Is(err, vault.ErrGone) {
			t.Fatal(err)
		}
	}
	return kept
}

// Thirty days after the meeting the words are gone, to the millisecond for readers, and from the vault with the next look.
func TestTextsVanish(t *testing.T) {
	ctx := context.Background()
	r := newRegion(t)
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", mondayRule)
	a := r.want(t, 201, "co", "POST", "/api/appointments", strings.Replace(nineOClock, `"with":[]`, `"guests":[{"name":"Kelan Virkailija","email":"v@kela.example","role":"professional"}]`, 1))
	of, appointment := "/api/cases/"+fmt.Sprint(a["case"]), fmt.Sprint(a["id"])
	r.want(t, 200, "co", "PUT", of+"/question", fmt.Sprintf(aQuestion, 0, true))
	r.clock.Store(utc("2026-11-23T08:00:00Z"))
	r.want(t, 200, "co", "PUT", "/api/appointments/"+appointment+"/outcome", `{"version":0,"decided":"Kokeillaan."}`)
	r.want(t, 200, "co", "PUT", "/api/case-drafts/outcome."+appointment, `{"rev":0,"text":"lisäys"}`)
	end := utc("2026-11-23T07:30:00Z")

	ids := map[string]string{}
	r.journal.View(func() {
		f := r.state.primary.Files[fmt.Sprint(a["case"])]
		ids["question"], ids["outcome"] = f.Question.Text, f.Outcomes[0].Text
		ids["guest"] = r.state.primary.Appointments[appointment].Participants[2].Guest
	})
	kept := func(what string, want bool) {
		t.Helper()
		for name, id := range ids {
			if _, err := r.vault.Get(ctx, id); (err == nil) != want {
				t.Errorf("%s: the %s: %v", what, name, err)
			}
		}
	}

	r.clock.Store(daysAfter(end, 30) - 1)
	if err := r.service.VanishTexts(ctx); err != nil {
		t.Fatal(err)
	}
	kept("a moment before", true)
	if v := r.want(t, 200, "co", "GET", of, ""); at(v, "question", "gone") != nil || at(v, "meetings", 0, "outcome", "decided") != "Kokeillaan." {
		t.Errorf("a moment before: %v", v)
	}

	r.clock.Store(daysAfter(end, 30))
	v := r.want(t, 200, "co", "GET", of, "") // before anybody has deleted anything
	if at(v, "question", "gone") != "2026-12-23T07:30:00Z" || at(v, "question", "asked") != "" || at(v, "meetings", 0, "outcome", "decided") != "" || at(v, "meetings", 0, "writable") != false {
		t.Errorf("at that moment: %v", v)
	}
	if v = r.want(t, 409, "co", "PUT", "/api/appointments/"+appointment+"/outcome", `{"version":1,"decided":"Myöhässä."}`); v["code"] != "texts_gone" {
		t.Errorf("written too late: %v", v)
	}
	before := r.journal.Applied()
	r.service.cleared = time.Time{} // another server's, which starts now
	if err := r.service.VanishTexts(ctx); err != nil {
		t.Fatal(err)
	}
	kept("at that moment", false)
	if d, err := r.vault.Draft(ctx, "co", draftOf("outcome", appointment)); err != nil || d.Rev != 0 {
		t.Errorf("the draft: %v %v", d, err)
	}
	if err := r.service.VanishTexts(ctx); err != nil || r.journal.Applied() != before+1 {
		t.Errorf("%d commits (%v), want one for both calls", r.journal.Applied()-before, err)
	}
	v = r.want(t, 200, "co", "GET", of, "")
	if at(v, "question", "gone") == nil || at(v, "question", "kinds", 0) != "work_ability" || at(v, "meetings", 0, "guestsGone") == nil || r.texts(t) != 0 {
		t.Errorf("afterwards: %v", v)
	}
	if v = r.want(t, 200, "co", "GET", "/api/appointments/"+appointment, ""); at(v, "participants", 2, "name") != "" || at(v, "participants", 2, "guest") != true {
		t.Errorf("the guest: %v", at(v, "participants", 2))
	}
	// A new question begins anew.
	if v = r.want(t, 200, "co", "PUT", of+"/question", fmt.Sprintf(aQuestion, 1, false)); at(v, "question", "gone") != nil {
		t.Errorf("the new question: %v", v)
	}
}

// A crash after the commit and before the vault has forgotten is mended by the next start.
func TestVanishingIsMendedAfterACrash(t *testing.T) {
	ctx := context.Background()
	r := newRegion(t)
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", mondayRule)
	a := r.want(t, 201, "co", "POST", "/api/appointments", nineOClock)
	id := fmt.Sprint(a["case"])
	r.want(t, 200, "co", "PUT", "/api/cases/"+id+"/question", fmt.Sprintf(aQuestion, 0, true))
	text := r.state.primary.Files[id].Question.Text
	r.clock.Store(utc("2026-12-24T08:00:00Z"))
	r.happen(t, TextsVanished{Case: id, Question: true})
	if _, err := r.vault.Get(ctx, text); err != nil {
		t.Fatal(err)
	}
	r.journal.Close()
	r.state, r.people = NewState(), people.NewState()
	r.clock.Store(0)
	r.open(t)
	r.clock.Store(utc("2026-12-24T08:10:00Z"))
	if err := r.service.VanishTexts(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := r.vault.Get(ctx, text); !errors.Is(err, vault.ErrGone) {
		t.Errorf("the text is still kept (%v)", err)
	}
}

func TestUntilWhenAQuestionIsKept(t *testing.T) {
	const asked = int64(1_000_000_000_000)
	days := func(n int) int64 { return asked + int64(n)*dayLength }
	for _, test := range []struct {
		name         string
		closed       int64
		appointments []Appointment
		want         int64
	}{
		{"no meeting yet", 0, nil, days(365)},
		{"the meeting is to come", 0, []Appointment{{Status: Booked, End: days(100)}}, days(130)},
		{"the doctor has not answered", 0, []Appointment{{Status: Asked, End: days(100)}}, days(130)},
		{"it took place", 0, []Appointment{{Status: Fulfilled, End: days(5)}}, days(35)},
		{"of two the later counts", 0, []Appointment{{Status: Fulfilled, End: days(5)}, {Status: Booked, End: days(40)}}, days(70)},
		{"the one before it was asked does not", 0, []Appointment{{Status: Fulfilled, End: days(-5)}}, days(365)},
		{"a cancelled one does not", 0, []Appointment{{Status: Cancelled, End: days(5)}}, days(365)},
		{"nor one that the client missed", 0, []Appointment{{Status: NoShow, End: days(5)}}, days(365)},
		{"closed without a meeting", days(7), nil, days(37)},
		{"closed after the meeting", days(7), []Appointment{{Status: Fulfilled, End: days(5)}}, days(35)},
	} {
		s := NewState()
		s.primary.Cases["c"] = Case{Closed: test.closed}
		s.primary.Files["c"] = CaseFile{Question: Question{Version: 1, At: asked}}
		for n, a := range test.appointments {
			id := fmt.Sprint(n)
			s.primary.Appointments[id] = a
			s.ofCase["c"] = append(s.ofCase["c"], id)
		}
		if got := s.questionKeeps("c", 30); got != test.want {
			t.Errorf("%s: %d days, want %d", test.name, (got-asked)/dayLength, (test.want-asked)/dayLength)
		}
	}
}

// What somebody wrote is theirs to take along, and goes with them.
func TestOwnTexts(t *testing.T) {
	ctx := context.Background()
	r := newRegion(t)
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", mondayRule)
	a := r.want(t, 201, "co", "POST", "/api/appointments", nineOClock)
	of := "/api/cases/" + fmt.Sprint(a["case"])
	r.want(t, 200, "co", "PUT", of+"/question", fmt.Sprintf(aQuestion, 0, true))
	data, err := r.service.Keeper().Data(ctx, "co")
	if v, ok := data.(dataView); err != nil || !ok || len(v.Texts) != 1 || v.Texts[0].What != "question" || !strings.Contains(v.Texts[0].Text, "Voiko palata") {
		t.Errorf("download: %+v (%v)", data, err)
	}
	if data, err = r.service.Keeper().Data(ctx, "gp"); err != nil || len(data.(dataView).Texts) != 0 {
		t.Errorf("the doctor's download: %+v (%v)", data, err)
	}
	r.happen(t, people.PersonErased{Person: "co"})
	var texts []string
	r.journal.View(func() { texts = r.service.Keeper().Texts("co") })
	if len(texts) != 1 || r.texts(t) != 0 {
		t.Errorf("to be erased: %v", texts)
	}
	if v := r.want(t, 200, "gp", "GET", of, ""); at(v, "question", "gone") == nil {
		t.Errorf("the doctor sees %v", v)
	}
}
