package courses

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"luotsi/server/journal"
	"luotsi/server/mail"
	"luotsi/server/people"
)

// newDue is the region with a version whose second module opens on 25 November and is due, with l1, on 5 December.
func newDue(t testing.TB) *region {
	t.Helper()
	r := newRegion(t)
	r.onDay("2026-11-20", 14, 0)
	next := sampleContent("due")
	next.Modules[0].Activities[0].Gate.Due = Moment{Day: "2026-12-05"}
	next.Modules[1].Gate = Gate{Opens: Moment{Day: "2026-11-25"}, Due: Moment{Day: "2026-12-05"}}
	next.Modules[1].Activities = append(next.Modules[1].Activities, lessonOf("l4", "Sopimus", ""))
	if err := r.service.Publish(context.Background(), []*Content{next}); err != nil {
		t.Fatal(err)
	}
	return r
}

// mails are those that the commits since a number bring about, as they are sent at this moment, those to nobody left out.
func (r *region) mails(t testing.TB, since uint64) (all []mail.Message) {
	t.Helper()
	enough := errors.New("enough")
	last := r.journal.Applied()
	if since == last {
		return nil
	}
	err := r.journal.Follow(context.Background(), since, func(ctx context.Context, c journal.Commit) error {
		for i, e := range c.Events {
			messages, err := r.service.AnnounceNotices(ctx, c.Meta(i), e)
			if err != nil {
				return err
			}
			for _, m := range messages {
				if m, err = m.Written(ctx); err != nil {
					return err
				}
				if m.To != "" {
					all = append(all, m)
				}
			}
		}
		if c.Number == last {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) {
		t.Fatal(err)
	}
	return all
}

func (r *region) tellNews(t testing.TB) (since uint64) {
	t.Helper()
	since = r.journal.Applied()
	if err := r.service.TellNews(context.Background()); err != nil {
		t.Fatal(err)
	}
	return since
}

func TestMailOfWhatIsDue(t *testing.T) {
	r := newDue(t)
	r.onDay("2026-12-02", 9, 0)
	since := r.tellNews(t)
	all := r.mails(t, since)
	if len(all) != 2 {
		t.Fatalf("%d mails, want one to each learner", len(all))
	}
	slices.SortFunc(all, func(a, b mail.Message) int { return strings.Compare(a.To, b.To) })
	want := `Hei Aino Ahola!

Nämä ovat sinulta vielä tekemättä:

- Talo, määräpäivä 5.12.2026
  https://luotsi.example/courses/coord/activities/l1
- Moduuli m2 (2 tehtävää), määräpäivä 5.12.2026
  https://luotsi.example/courses/coord

Voit valita, mitä ilmoituksia saat ja missä:
https://luotsi.example/account#notices

Ystävällisin terveisin
Luotsi
`
	if all[0].Text != want || all[0].Subject != "Määräpäivä lähestyy: Talo" || all[0].To != "aino@example.org" {
		t.Errorf("got %s: %s\n%s\nwant\n%s", all[0].To, all[0].Subject, all[0].Text, want)
	}
	if all[1].Language != "sv" || all[1].Subject != "Snart förfaller: Huset" || !strings.Contains(all[1].Text, "- Huset, senast 5.12.2026") {
		t.Errorf("in Swedish: %s\n%s", all[1].Subject, all[1].Text)
	}
	// What is done when the mail is sent is left out, and what is all done is not sent.
	r.want(t, 200, "aino", "POST", activities+"l1/done", "")
	r.want(t, 200, "aino", "POST", activities+"l3/done", "")
	if all = r.mails(t, since); len(all) != 2 || strings.Contains(all[0].Text+all[1].Text, "Talo,") || !strings.Contains(all[0].Text+all[1].Text, "- Sopimus, määräpäivä") {
		t.Errorf("after two are done: %+v", all)
	}
	r.want(t, 200, "aino", "POST", activities+"l4/done", "")
	if all = r.mails(t, since); len(all) != 1 || all[0].To != "bo@example.org" {
		t.Errorf("after all are done: %+v", all)
	}
	r.onDay("2026-12-05", 9, 0)
	if all = r.mails(t, r.tellNews(t)); len(all) != 1 || !strings.Contains(all[0].Text, "senast i dag 5.12.2026") {
		t.Errorf("on the day: %+v", all)
	}
	r.onDay("2026-12-06", 0, 1)
	if all = r.mails(t, since); len(all) != 0 {
		t.Errorf("a mail that was held up until the day after is sent: %+v", all)
	}
}

func TestMailsSwitchedOff(t *testing.T) {
	r := newDue(t)
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/notices/choices", ""), "choices.4.kind", "finished", "choices.2.kind", "due", "choices.2.mail", true, "choices.2.feed", true)
	r.want(t, 200, "aino", "PUT", "/api/notices/choices", `{"choices":[{"kind":"due","feed":true,"mail":false}]}`)
	r.want(t, 200, "bo", "PUT", "/api/notices/choices", `{"choices":[{"kind":"due","feed":false,"mail":true}]}`)
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/notices/choices", ""), "choices.2.mail", false, "choices.2.feed", true, "choices.0.mail", true)
	r.onDay("2026-12-02", 9, 0)
	since := r.tellNews(t)
	if all := r.mails(t, since); len(all) != 1 || all[0].To != "bo@example.org" {
		t.Errorf("got %+v", all)
	}
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/notices", ""), "unread", 2, "notices.0.news", "due", "notices.0.due", "2026-12-05")
	wantAt(t, r.want(t, 200, "bo", "GET", "/api/notices/count", ""), "unread", 0)
	wantAt(t, r.want(t, 200, "bo", "GET", "/api/notices", ""), "unread", 0, "notices.0", nil)
	// Whoever switches it on again before the mail is sent gets it; who is kept out or erased gets none.
	r.want(t, 200, "aino", "PUT", "/api/notices/choices", `{"choices":[{"kind":"due","feed":true,"mail":true}]}`)
	if all := r.mails(t, since); len(all) != 2 {
		t.Errorf("%d mails", len(all))
	}
	r.happen(t, people.PersonDeactivated{Person: "aino"})
	if all := r.mails(t, since); len(all) != 1 {
		t.Errorf("%d mails, and one is kept out", len(all))
	}
}

func TestReadingNotices(t *testing.T) {
	r := newDue(t)
	r.onDay("2026-11-25", 9, 0)
	r.tellNews(t)
	r.onDay("2026-12-02", 9, 0)
	r.tellNews(t)
	v := r.want(t, 200, "aino", "GET", "/api/notices", "")
	wantAt(t, v, "unread", 3, "notices.2.news", "opened", "notices.2.title", "Moduuli m2", "notices.2.count", 2, "notices.2.courseTitle", "Koordinaattori",
		"notices.0.read", false, "notices.3", nil)
	first, _ := at(v, "notices", 0, "id").(string)
	before := r.journal.Applied()
	wantAt(t, r.want(t, 200, "aino", "PUT", "/api/notices/read", `{"notices":["`+first+`","nothing"]}`), "unread", 2)
	wantAt(t, r.want(t, 200, "aino", "PUT", "/api/notices/read", `{"notices":["`+first+`"]}`), "unread", 2)
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/notices", ""), "unread", 2, "notices.0.read", true, "notices.1.read", false)
	wantAt(t, r.want(t, 200, "bo", "GET", "/api/notices/count", ""), "unread", 3)
	if r.journal.Applied() != before {
		t.Error("reading is in the journal")
	}
	kept, err := r.service.NoticesKeeper().Data(context.Background(), "aino")
	if err != nil || !strings.Contains(strings.ReplaceAll(asJSON(t, kept), `"`, ""), "due.l1.2026-12-05") || !strings.Contains(asJSON(t, kept), first) {
		t.Errorf("what is kept about aino: %s %v", asJSON(t, kept), err)
	}
	// Another server knows what was read, and an erased person's reading is gone.
	wantAt(t, r.another(t).want(t, 200, "aino", "GET", "/api/notices/count", ""), "unread", 2)
	if err := r.service.NoticesKeeper().Forget(context.Background(), "aino", people.Name{}); err != nil {
		t.Fatal(err)
	}
	if read, ok := r.service.noticed.get(context.Background(), "aino"); len(read) > 0 || !ok {
		t.Errorf("an erased person's reading is kept: %v", read)
	}
	r.want(t, 400, "aino", "PUT", "/api/notices/read", `{"notices":["`+strings.Repeat("x", 301)+`"]}`)
	r.want(t, 400, "aino", "PUT", "/api/notices/choices", `{"choices":[{"kind":"all","feed":true,"mail":true}]}`)
	r.want(t, 403, "tove", "GET", "/api/notices", "")
}

// However many servers there are, and when one of them starts anew in the middle, nobody is told twice.
func TestToldOnce(t *testing.T) {
	r := newDue(t)
	r.shared = true
	r.onDay("2026-12-02", 9, 0)
	start := r.journal.Applied()
	r.journal.Close()
	servers := []*region{r.another(t), r.another(t), r.another(t)}
	tick := func(day string, want uint64) {
		t.Helper()
		before := servers[0].journal.Applied()
		r.together(t, servers, day, func(server *region) error { return server.service.TellNews(context.Background()) })
		for _, server := range servers {
			if err := server.journal.WaitFor(context.Background(), before+want); err != nil {
				t.Fatal(err)
			}
			if got := server.journal.Applied() - before; got != want {
				t.Errorf("%s: %d commits, want %d", day, got, want)
			}
		}
	}
	tick("2026-12-02", 1)
	servers[1] = r.another(t)
	tick("2026-12-03", 0)
	tick("2026-12-05", 1)
	tick("2026-12-06", 0)
	if servers[1].hash(t) != servers[0].hash(t) || servers[0].journal.Applied() != start+2 {
		t.Error("the servers differ")
	}
}

func TestMailsOfFeedback(t *testing.T) {
	r := newRegion(t)
	r.withDevelopment(t)
	since := r.journal.Applied()
	r.want(t, 201, "aino", "POST", activities+"case/submission", `{"text":"Jari osaa reitit."}`)
	path := "/api/submissions/" + r.waitsFor(t, "tove").Submission
	r.want(t, 204, "tove", "POST", path+"/feedback", returns)
	all := r.mails(t, since)
	if len(all) != 1 || all[0].Subject != "Sait palautetta: Tapaus" || !strings.Contains(all[0].Text, "Täydennä sitä vielä palautteen pohjalta:\nhttps://luotsi.example/courses/coord/activities/case\n") {
		t.Fatalf("got %+v", all)
	}
	for _, secret := range []string{"Jari", "Lisää päivä", "Mitä?", "osaa"} {
		if strings.Contains(all[0].Text+all[0].Subject, secret) {
			t.Errorf("the mail tells %q", secret)
		}
	}
	v := r.want(t, 200, "aino", "GET", "/api/notices", "")
	wantAt(t, v, "unread", 1, "notices.0.news", "returned", "notices.0.kind", "feedback", "notices.0.title", "Tapaus", "notices.0.activity", "case")
	r.happen(t, LearnerRemoved{Cohort: "k1", Course: "coord", Person: "aino"})
	if all = r.mails(t, since); len(all) != 0 {
		t.Error("somebody who left is written to")
	}
}

// Who finished is told what is theirs and what comes next: also when they will be asked about what they tried.
func TestMailOfTheEnd(t *testing.T) {
	r := newApplied(t)
	id := r.planned(t, "2026-11-20")
	r.want(t, 201, "aino", "POST", tries+"/"+id+"/story", `{"went":"worked","on":"2026-11-20","text":"Toimi."}`)
	since := r.journal.Applied()
	r.happen(t, CertificateIssued{Certificate: "LUO-2026-7F3K-9QX1", Course: "coord", Person: "aino", Cohort: "k1", Org: "school", Version: "v2", Day: "2026-11-20"})
	all := r.mails(t, since)
	if len(all) != 1 || all[0].Subject != "Olet suorittanut koulutuksen: Koordinaattori" {
		t.Fatalf("got %+v", all)
	}
	for _, want := range []string{
		"https://luotsi.example/certificates/LUO-2026-7F3K-9QX1\n", "verkosto kantaa koulutuksen jälkeenkin.\n",
		"Kysymme vielä, onko työssä kokeilemasi jäänyt käyttöön: 20.12.2026, 18.2.2027.\n", "https://luotsi.example/account#notices\n",
	} {
		if !strings.Contains(all[0].Text, want) {
			t.Errorf("%q is missing in\n%s", want, all[0].Text)
		}
	}
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/notices", ""), "unread", 1, "notices.0.news", "finished", "notices.0.certificate", "LUO-2026-7F3K-9QX1", "notices.0.title", "Koordinaattori")
	r.happen(t, CertificateRevoked{Certificate: "LUO-2026-7F3K-9QX1", Why: IssuedInError, Reason: "x"})
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/notices", ""), "unread", 0)
	if all = r.mails(t, since); len(all) != 0 {
		t.Error("a certificate that was taken back is still told of")
	}
}

func TestMailOfAFollowUp(t *testing.T) {
	r := newApplied(t)
	id := r.planned(t, "2026-11-20")
	r.want(t, 201, "aino", "POST", tries+"/"+id+"/story", `{"went":"worked","on":"2026-11-20","text":"Toimi."}`)
	for _, day := range []string{"2026-12-20", "2026-12-27"} {
		r.onDay(day, 9, 0)
		since := r.journal.Applied()
		if err := r.service.FollowUp(context.Background()); err != nil {
			t.Fatal(err)
		}
		all := r.mails(t, since)
		if len(all) != 1 || all[0].Subject != "Onko se yhä käytössä? Kokeilu" || !strings.Contains(all[0].Text, "Kerroit 30 päivää sitten") ||
			!strings.Contains(all[0].Text, "/courses/coord/activities/try\n") || strings.Contains(all[0].Text, "Toimi") {
			t.Fatalf("%s: got %+v", day, all)
		}
		wantAt(t, r.want(t, 200, "aino", "GET", "/api/notices", ""), "unread", 1, "notices.0.days", 30, "notices.1", nil)
	}
}

// Every language says everything, and each mail ends with how to switch it off.
func TestNoticesInEveryLanguage(t *testing.T) {
	for _, language := range Languages() {
		w := noticeTexts[language]
		for _, news := range []News{
			NewsReturned, NewsApproved, NewsStepApproved, NewsFirstApproved, NewsNoted, NewsMarked, NewsOpened, NewsChanged, NewsDue, NewsFollowUp, NewsFinished,
		} {
			n := NamedNotice{Notice: Notice{News: news, Course: "c", Activities: []string{"a"}, Day: "2026-12-05", Days: 30}, Title: "Otsikko"}
			text := w.subject([]NamedNotice{n}) + w.body([]NamedNotice{n}, "https://luotsi.example", "2026-12-05", []string{"2026-12-20"})
			if strings.Contains(text, "%!") || strings.Count(text, "Otsikko") < 2 || !strings.Contains(text, "https://luotsi.example/courses/c/activities/a") {
				t.Errorf("%s %s: %s", language, news, text)
			}
			if !slices.Contains(NoticeKinds(), news.Kind()) {
				t.Errorf("%s can not be switched off", news)
			}
		}
	}
}

// A region's feeds and ticks are cheap: a look at everybody takes little, and a feed of one person less.
func BenchmarkTellNews(b *testing.B) {
	state, persons := NewState(), people.NewState()
	apply := func(e journal.Event) {
		m := journal.Meta{Number: 1, At: time.Date(2026, 10, 26, 12, 0, 0, 0, time.UTC)}
		persons.Apply(m, e)
		state.Apply(m, e)
	}
	apply(people.OrganisationFounded{Org: "school", Name: "Koulu"})
	apply(people.UnitAdded{Unit: "east", Name: "Itä", Kind: "other", Org: "school"})
	apply(CourseVersionPublished{Course: "c", Hash: "v1", Modules: newsOutline()})
	apply(CohortOpened{Cohort: "k", Course: "c", Unit: "east", Starts: "2026-11-02"})
	for range 20_000 {
		id := "p" + time.Duration(serial.Add(1)).String()
		apply(people.PersonAdded{Person: id, Org: "school", Language: "fi", Grants: placed("trainee", "east"), Credential: "c-" + id})
		apply(LearnerEnrolled{Cohort: "k", Course: "c", Person: id})
		apply(LearnersTold{What: NewsDue, Day: "2026-12-02", News: []NewsOf{{Course: "c", Person: id, Of: "2026-12-05", Activities: []string{"b"}}}})
	}
	now := finnish("2026-12-03 12:00")
	for b.Loop() {
		if decision, err := state.tellNews(borders{persons}, now); err != nil || len(decision.Events) > 0 {
			b.Fatal(decision, err)
		}
	}
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
