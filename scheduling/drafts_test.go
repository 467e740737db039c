package scheduling

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestUntilWhenADraftIsKept(t *testing.T) {
	const saved = int64(1_000_000_000_000)
	days := func(n int) int64 { return saved + int64(n)*dayLength }
	s := NewState()
	s.primary.Cases["c"], s.primary.Cases["closed"] = Case{}, Case{Closed: days(2)}
	s.primary.Appointments["met"] = Appointment{Case: "c", Status: Fulfilled, End: days(3)}
	s.primary.Appointments["off"] = Appointment{Case: "c", Status: Cancelled, End: days(9), EndedAt: days(1)}
	s.ofCase["c"] = []string{"met", "off"}
	s.primary.Consultations["asked"] = Consultation{At: days(-1)}
	s.primary.Consultations["answered"] = Consultation{At: days(-1), Status: Answered, Messages: []Message{{At: days(4)}}}
	s.primary.Consultations["closed"] = Consultation{At: days(-1), Closed: days(5)}
	for subject, want := range map[string]int64{
		draftOf("question", "c"):            days(33),
		draftOf("question", "closed"):       days(32),
		draftOf("question", "nothing"):      0,
		draftOf("outcome", "met"):           days(33),
		draftOf("outcome", "off"):           days(31),
		draftOf("outcome", "nothing"):       0,
		draftOf("consultation", "new"):      days(30),
		draftOf("consultation", "asked"):    days(364),
		draftOf("consultation", "answered"): days(34),
		draftOf("consultation", "closed"):   days(5),
		draftOf("consultation", "nothing"):  0,
		draftOf("else", "c"):                0,
	} {
		if got := s.draftKeeps(subject, saved, 30); got != want {
			t.Errorf("%s: %d days, want %d", subject, (got-saved)/dayLength, (want-saved)/dayLength)
		}
	}
}

// Whatever somebody began to write about a client goes when the texts do, whoever they are and whether they sent it or not.
func TestDraftsGoWithTheTexts(t *testing.T) {
	ctx := context.Background()
	r := newRegion(t)
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", mondayRule)
	a := r.want(t, 201, "co", "POST", "/api/appointments", nineOClock)
	of, appointment := fmt.Sprint(a["case"]), fmt.Sprint(a["id"])
	asked := fmt.Sprint(r.want(t, 201, "co", "POST", "/api/consultations", strings.Replace(aConsultation, `"doctor":"gp",`, "", 1))["id"])
	save := func(status int, person, subject string) {
		t.Helper()
		d, err := r.vault.Draft(ctx, person, "case."+subject)
		if err != nil {
			t.Fatal(err)
		}
		r.want(t, status, person, "PUT", "/api/case-drafts/"+subject, fmt.Sprintf(`{"rev":%d,"text":"Asiakas kertoi."}`, d.Rev))
	}
	// The question is never sent; another coordinator writes while the first is away; two doctors begin to answer.
	save(200, "co", "question."+of)
	save(200, "co", "consultation.new")
	r.want(t, 201, "co", "POST", "/api/people/co/absences", `{"from":"2026-11-20","until":"2026-11-20","deputy":"co2"}`)
	save(200, "co2", "outcome."+appointment)
	save(200, "gp", "consultation."+asked)
	save(200, "gp2", "consultation."+asked)
	if _, err := r.vault.SaveDraft(ctx, "co", "task.one", 0, "A task of the course."); err != nil {
		t.Fatal(err)
	}
	r.want(t, 201, "gp2", "POST", "/api/consultations/"+asked+"/messages", `{"text":"Voi palata.","answer":true}`)
	kept := func(when string, want ...string) {
		t.Helper()
		r.service.cleared = time.Time{}
		if err := r.service.VanishTexts(ctx); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, person := range []string{"co", "co2", "gp", "gp2"} {
			drafts, err := r.vault.Drafts(ctx, person)
			if err != nil {
				t.Fatal(err)
			}
			for subject := range drafts {
				got = append(got, person+" "+strings.NewReplacer(of, "case", appointment, "meeting", asked, "asked").Replace(subject))
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", when, got, want)
		}
	}
	met := utc("2026-11-23T07:30:00Z")
	task := "co task.one"
	kept("at once", "co case.consultation.new", "co case.question.case", task, "co2 case.outcome.meeting", "gp case.consultation.asked")
	r.clock.Store(daysAfter(noon.UnixMilli(), 30))
	kept("30 days after they were saved", "co case.question.case", task, "co2 case.outcome.meeting")
	r.clock.Store(daysAfter(met, 30) - 1)
	kept("a moment before", "co case.question.case", task, "co2 case.outcome.meeting")
	save(200, "gp", "outcome."+appointment)
	r.clock.Store(daysAfter(met, 30))
	kept("30 days after the meeting", task)
	save(409, "gp", "outcome."+appointment)
	save(409, "gp", "consultation."+asked)
	save(200, "co", "question."+of) // of another meeting
}
