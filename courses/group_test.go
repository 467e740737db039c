package courses

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"luotsi/server/journal"
	"luotsi/server/people"
)

// withDays publishes the sample course with a contact day in each module, of which one is asked for.
func (r *region) withDays(t testing.TB) {
	t.Helper()
	c := sampleContent("days")
	c.Rules.ContactDays = 1
	for m := range c.Modules {
		c.Modules[m].Activities = append(c.Modules[m].Activities, Activity{
			ID: fmt.Sprint("d", m+1), Kind: Contact, Minutes: 360, Faces: Faces[ActivityFace]{"fi": {Title: fmt.Sprint("Lähipäivä ", m+1)}},
		})
	}
	if err := r.service.Publish(context.Background(), []*Content{c}); err != nil {
		t.Fatal(err)
	}
}

func TestAttendance(t *testing.T) {
	r := newRegion(t)
	r.withDays(t)
	const day = "/api/cohorts/k1/attendance/d1"
	wantAt(t, r.want(t, 200, "tove", "GET", "/api/cohorts/k1/attendance", ""), "learners", 2, "days.0.activity", "d1", "days.0.present", 0, "days.1.module", 1)
	wantAt(t, r.want(t, 200, "tove", "GET", day, ""), "learners.0.word", "none", "learners.1.word", "none")

	before := r.journal.Applied()
	r.want(t, 204, "tove", "PUT", day, `{"day":"2026-11-18","present":["aino"],"absent":["bo"]}`)
	if r.journal.Applied() != before+1 {
		t.Error("a day is one commit")
	}
	v := r.want(t, 200, "tove", "GET", day, "")
	wantAt(t, v, "cohortName", "Syksy 2026", "day.day", "2026-11-18", "day.markedBy", "Tove Kouluttaja", "day.present", 1, "day.absent", 1, "learners.0.word", "present", "learners.1.word", "absent")
	wantAt(t, r.want(t, 200, "bo", "GET", "/api/courses/coord", ""), "completion.days", 0)
	wantAt(t, r.want(t, 200, "tove", "GET", "/api/cohorts/k1/roster", ""), "counts.behind", 1, "learners.1.behind", true, "learners.1.missing.days", 1)

	before = r.journal.Applied()
	r.want(t, 204, "tove", "PUT", day, `{"day":"2026-11-18","present":["aino"],"absent":["bo"]}`)
	if r.journal.Applied() != before {
		t.Error("the same again is nothing")
	}
	r.want(t, 204, "tove", "PUT", day, `{"day":"2026-11-18","present":["bo"],"absent":["aino"]}`) // a correction
	wantAt(t, r.want(t, 200, "bo", "GET", "/api/courses/coord", ""), "completion.days", 1)
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/courses/coord", ""), "completion.days", 0)
	wantAt(t, r.want(t, 200, "tove", "GET", "/api/cohorts/k1/learners/aino", ""), "timeline.0.what", "absent", "timeline.1.what", "attended")

	const compensations = "/api/cohorts/k1/learners/aino/compensations"
	wantAt(t, r.want(t, 409, "tove", "POST", "/api/cohorts/k1/learners/bo/compensations", `{"activity":"d1","basis":"Esitys"}`), "code", "was_there")
	r.want(t, 204, "tove", "POST", compensations, `{"activity":"d1","basis":"Esitys"}`)
	wantAt(t, r.want(t, 409, "tove", "POST", compensations, `{"activity":"d1","basis":"Esitys"}`), "code", "was_there")
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/courses/coord", ""), "completion.days", 1)

	for _, test := range []struct {
		name, who, path, body string
		status                int
		code, field           string
	}{
		{"a lesson", "tove", "/api/cohorts/k1/attendance/l1", `{"day":"2026-11-18","present":["aino"],"absent":[]}`, 409, "not_contact_day", ""},
		{"nothing of the course", "tove", "/api/cohorts/k1/attendance/zz", `{"day":"2026-11-18","present":["aino"],"absent":[]}`, 404, "unknown_activity", ""},
		{"today", "tove", day, `{"day":"2026-11-20","present":["aino"],"absent":[]}`, 204, "", ""},
		{"tomorrow", "tove", day, `{"day":"2026-11-21","present":["aino"],"absent":[]}`, 400, "invalid_request", "day"},
		{"somebody else", "tove", day, `{"day":"2026-11-18","present":["aino","cecilia"],"absent":[]}`, 400, "invalid_request", "present[1]"},
		{"twice", "tove", day, `{"day":"2026-11-18","present":["aino","aino"],"absent":[]}`, 400, "invalid_request", "present[1]"},
		{"there and not there", "tove", day, `{"day":"2026-11-18","present":["aino"],"absent":["aino"]}`, 400, "invalid_request", "absent[0]"},
		{"a trainer of another unit", "viljo", day, `{"day":"2026-11-18","present":["aino"],"absent":[]}`, 404, "not_found", ""},
		{"a trainer it is opened to may look only", "tim", "/api/cohorts/k2/attendance/d1", `{"day":"2026-11-18","present":[],"absent":[]}`, 404, "not_found", ""},
		{"a learner", "aino", day, `{"day":"2026-11-18","present":["aino"],"absent":[]}`, 403, "forbidden", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			v := r.want(t, test.status, test.who, "PUT", test.path, test.body)
			if test.code != "" {
				wantAt(t, v, "code", test.code)
			}
			if test.field != "" {
				wantAt(t, v, "fields.0.name", test.field)
			}
		})
	}
}

// A cohort takes back its own word about who was there, and no other cohort's about its day.
func TestAttendanceAfterMovingToAnotherCohort(t *testing.T) {
	r := newRegion(t)
	r.withDays(t)
	const first, second = "/api/cohorts/k1/attendance/d1", "/api/cohorts/k3/attendance/d1"
	mark := func(path, body string) {
		t.Helper()
		r.clock.Add(1000)
		r.want(t, 204, "tove", "PUT", path, body)
	}
	word := func(want string) {
		t.Helper()
		l := r.state.learner("aino", "coord")
		if got := wordOf(l.Trail.attendance(r.state.editions["coord"].numbers["d1"]).Deed); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	mark(first, `{"day":"2026-11-18","present":["aino"],"absent":[]}`)
	r.happen(t, CohortOpened{Cohort: "k3", Course: "coord", Unit: "east", Name: "Kolmas", Starts: "2026-11-01"},
		LearnerRemoved{Cohort: "k1", Course: "coord", Person: "aino"}, LearnerEnrolled{Cohort: "k3", Course: "coord", Person: "aino"})
	mark(second, `{"day":"2026-11-19","present":[],"absent":["aino"]}`)
	word("present")
	mark(second, `{"day":"2026-11-19","present":["aino"],"absent":[]}`)
	mark(second, `{"day":"2026-11-19","present":[],"absent":["aino"]}`)
	word("present")
	r.happen(t, LearnerRemoved{Cohort: "k3", Course: "coord", Person: "aino"}, LearnerEnrolled{Cohort: "k1", Course: "coord", Person: "aino"})
	mark(first, `{"day":"2026-11-18","present":[],"absent":["aino"]}`)
	word("absent")
	r.happen(t, LearnerRemoved{Cohort: "k1", Course: "coord", Person: "aino"}, LearnerEnrolled{Cohort: "k3", Course: "coord", Person: "aino"})
	mark(second, `{"day":"2026-11-19","present":["aino"],"absent":[]}`)
	word("present")
	mark(second, `{"day":"2026-11-19","present":[],"absent":["aino"]}`)
	word("absent")
}

// A whole cohort is marked in one commit, and the page that shows it stays quick.
// A trainer who learns in a cohort of their own unit decides nothing about themselves: another trainer does.
func TestNobodyDecidesAboutThemselves(t *testing.T) {
	r := quizRegion(t)
	r.happen(t, people.GrantsChanged{Person: "bo", Grants: []people.Placed{{Role: "coordinator", Unit: "east"}, {Role: "trainer", Unit: "east"}}})
	for range 2 {
		attempt, asked := r.start(t, "bo", "timed")
		r.want(t, 201, "bo", "POST", activities+"timed/attempts", chose(attempt, asked, "b"))
	}
	c := quizContent("days")
	c.Modules[0].Activities = append(c.Modules[0].Activities, Activity{ID: "d1", Kind: Contact, Minutes: 360, Faces: Faces[ActivityFace]{"fi": {Title: "Lähipäivä"}}})
	r.publish(t, c)
	before := r.hash(t)
	const own = "/api/cohorts/k1/learners/bo/"
	for _, call := range []struct{ method, path, body string }{
		{"POST", own + "credits", `{"module":"m1","kind":"prior_learning","basis":"Osaan jo."}`},
		{"POST", own + "compensations", `{"activity":"d1","basis":"Esitys"}`},
		{"POST", own + "quizzes/timed/reopening", `{"reason":"Vielä kerran."}`},
		{"POST", "/api/cohorts/k1/extensions", `{"people":["aino","bo"],"target":"coord","until":"2026-12-20","reason":"Kiire."}`},
		{"PUT", "/api/cohorts/k1/attendance/d1", `{"day":"2026-11-18","present":["aino","bo"],"absent":[]}`},
		{"PUT", "/api/cohorts/k1/attendance/d1", `{"day":"2026-11-18","present":["aino"],"absent":["bo"]}`},
	} {
		if got := r.want(t, 409, "bo", call.method, call.path, call.body); at(got, "code") != "own_work" {
			t.Errorf("%s %s: %v", call.method, call.path, got)
		}
	}
	if r.hash(t) != before {
		t.Error("something of it happened")
	}
	wantAt(t, r.want(t, 200, "bo", "GET", "/api/cohorts/k1/learners/bo", ""), "trains", false)
	wantAt(t, r.want(t, 200, "bo", "GET", "/api/cohorts/k1/attendance/d1", ""), "learners.0.person", "aino", "learners.1", nil)
	r.want(t, 204, "bo", "POST", "/api/cohorts/k1/learners/aino/credits", `{"module":"m1","kind":"prior_learning","basis":"Aiempi koulutus."}`)
	r.want(t, 204, "tove", "POST", own+"credits", `{"module":"m1","kind":"prior_learning","basis":"Aiempi koulutus."}`)
}

func TestAttendanceOfALargeCohort(t *testing.T) {
	r := newRegion(t)
	r.withDays(t)
	var events []journal.Event
	var ids []string
	for i := range 350 {
		id := fmt.Sprint("many-", i)
		ids = append(ids, id)
		events = append(events, people.PersonAdded{Person: id, Org: "school", Language: "fi", Grants: placed("trainee", "west"), Credential: "c-" + id},
			LearnerEnrolled{Cohort: "k2", Course: "coord", Person: id})
	}
	r.happen(t, events...)
	body := func(people []string) string { return `["` + strings.Join(people, `","`) + `"]` }
	before, began := r.journal.Applied(), time.Now()
	r.want(t, 204, "viljo", "PUT", "/api/cohorts/k2/attendance/d1", `{"day":"2026-11-18","present":`+body(ids[:340])+`,"absent":`+body(ids[340:])+`}`)
	t.Logf("350 learners marked in %v", time.Since(began))
	if r.journal.Applied() != before+1 {
		t.Error("not one commit")
	}
	wantAt(t, r.want(t, 200, "viljo", "GET", "/api/cohorts/k2/attendance", ""), "days.0.present", 340, "days.0.absent", 10)
	wantAt(t, r.want(t, 200, "viljo", "GET", "/api/cohorts/k2/roster", ""), "counts.behind", 10)
	began = time.Now()
	for range 20 {
		r.want(t, 200, "viljo", "GET", "/api/cohorts/k2/roster", "")
	}
	t.Logf("the roster, kept: %v each", time.Since(began)/20)
}

func TestMessageExtensionCreditAndGroups(t *testing.T) {
	r := newRegion(t)
	r.withDays(t)
	ctx := context.Background()

	r.want(t, 204, "tove", "POST", "/api/cohorts/k1/messages", `{"people":["bo","aino"],"subject":" Ensi viikko ","text":"Nähdään maanantaina."}`)
	var sent CohortMessageSent
	var by string
	r.journal.View(func() {
		for id, m := range r.state.data.Group.Messages {
			sent, by = CohortMessageSent{Message: id, Cohort: m.Cohort, Persons: m.Persons, Text: m.Text}, m.By
		}
	})
	mails, err := r.service.AnnounceMessages(ctx, journal.Meta{By: by}, sent)
	if err != nil || len(mails) != 2 || mails[0].Person != "bo" || mails[1].To != "aino@example.org" {
		t.Fatalf("%+v, %v", mails, err)
	}
	for i, want := range []string{"Hej Bo Åberg!\n\nTove Kouluttaja skrev till gruppen Syksy 2026:\n\nNähdään maanantaina.\n\nSvara till tove@example.org.", "Hei Aino Ahola!"} {
		written, err := mails[i].Written(ctx)
		if err != nil || written.Subject != "Ensi viikko" || !strings.HasPrefix(written.Text, want) {
			t.Errorf("%q, %v", written.Text, err)
		}
	}
	if err := r.vault.Delete(ctx, sent.Text); err != nil {
		t.Fatal(err)
	}
	if written, err := mails[0].Written(ctx); err != nil || written.To != "" {
		t.Errorf("a text that is gone is sent: %+v, %v", written, err)
	}

	const extensions = "/api/cohorts/k1/extensions"
	wantAt(t, r.want(t, 200, "tove", "POST", extensions, `{"people":["aino"],"target":"m2","until":"2026-12-24","reason":"Sairausloma"}`), "later.0", nil)
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/courses/coord", ""), "modules.1.activities.0.due", "2026-12-24", "modules.0.activities.0.due", nil)
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"l3", ""), "due", "2026-12-24")
	wantAt(t, r.want(t, 200, "bo", "GET", "/api/courses/coord", ""), "modules.1.activities.0.due", nil)

	// More time for many shortens nobody's.
	v := r.want(t, 200, "tove", "POST", extensions, `{"people":["aino","bo"],"target":"m2","until":"2026-12-20","reason":"Yhteinen"}`)
	wantAt(t, v, "later.0", "aino", "later.1", nil)
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/courses/coord", ""), "modules.1.activities.0.due", "2026-12-24")
	wantAt(t, r.want(t, 200, "bo", "GET", "/api/courses/coord", ""), "modules.1.activities.0.due", "2026-12-20")
	before := r.journal.Applied()
	wantAt(t, r.want(t, 200, "tove", "POST", extensions, `{"people":["aino","bo"],"target":"m2","until":"2026-12-19","reason":"Yhteinen"}`), "later.0", "aino", "later.1", "bo")
	if r.journal.Applied() != before {
		t.Error("more time for nobody is a commit")
	}

	const credits = "/api/cohorts/k1/learners/aino/credits"
	r.want(t, 204, "tove", "POST", credits, `{"module":"m2","kind":"prior_learning","basis":"Aiempi tutkinto"}`)
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/courses/coord", ""), "modules.1.credit", "prior_learning", "modules.1.passed", true)
	r.want(t, 204, "tove", "DELETE", credits+"/m2", "")
	wantAt(t, r.want(t, 404, "tove", "DELETE", credits+"/m2", ""), "code", "not_credited")
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/courses/coord", ""), "modules.1.passed", false)

	const groups = "/api/cohorts/k1/groups"
	r.want(t, 204, "tove", "POST", groups, `{"name":"A","members":["aino","bo"],"trainers":["tove","viljo"]}`)
	r.want(t, 204, "tove", "POST", groups, `{"name":"B","members":["bo"],"trainers":[]}`)
	v = r.want(t, 200, "tove", "GET", "/api/cohorts/k1/roster", "")
	wantAt(t, v, "groups.0.name", "A", "groups.0.mine", true, "groups.1.mine", false, "learners.0.group", at(v, "groups", 0, "id"), "learners.1.group", at(v, "groups", 1, "id"), "trainers.1.name", "Viljo Kouluttaja")
	r.want(t, 204, "tove", "PUT", groups+"/"+at(v, "groups", 1, "id").(string), `{"name":"B","members":[],"trainers":[]}`)

	many := make([]string, 501)
	for i := range many {
		many[i] = "aino"
	}
	for _, test := range []struct {
		name, who, method, path, body string
		status                        int
		want                          string
	}{
		{"a message to somebody else", "tove", "POST", "/api/cohorts/k1/messages", `{"people":["aino","cecilia"],"subject":"a","text":"b"}`, 400, "people[1]"},
		{"a message to nobody", "tove", "POST", "/api/cohorts/k1/messages", `{"people":[],"subject":"a","text":"b"}`, 400, "people"},
		{"a message to too many", "tove", "POST", "/api/cohorts/k1/messages", `{"people":["` + strings.Join(many, `","`) + `"],"subject":"a","text":"b"}`, 400, "people"},
		{"a blank message", "tove", "POST", "/api/cohorts/k1/messages", `{"people":["aino"],"subject":"a","text":" "}`, 400, "text"},
		{"a message from another unit", "viljo", "POST", "/api/cohorts/k1/messages", `{"people":["aino"],"subject":"a","text":"b"}`, 404, ""},
		{"a message from who may look only", "tim", "POST", "/api/cohorts/k2/messages", `{"people":["aino"],"subject":"a","text":"b"}`, 404, ""},
		{"until yesterday", "tove", "POST", extensions, `{"people":["aino"],"target":"m2","until":"2026-11-19","reason":"a"}`, 400, "until"},
		{"until today", "tove", "POST", extensions, `{"people":["aino"],"target":"m2","until":"2026-11-20","reason":"a"}`, 200, ""},
		{"in two years", "tove", "POST", extensions, `{"people":["aino"],"target":"coord","until":"2028-11-19","reason":"a"}`, 200, ""},
		{"in more than two years", "tove", "POST", extensions, `{"people":["aino"],"target":"coord","until":"2028-11-20","reason":"a"}`, 400, "until"},
		{"nothing of the course", "tove", "POST", extensions, `{"people":["aino"],"target":"m9","until":"2026-12-24","reason":"a"}`, 400, "target"},
		{"a module that is not there", "tove", "POST", credits, `{"module":"m9","kind":"compensating","basis":"a"}`, 404, ""},
		{"an activity is no module", "tove", "POST", credits, `{"module":"l1","kind":"compensating","basis":"a"}`, 404, ""},
		{"a kind nobody knows", "tove", "POST", credits, `{"module":"m1","kind":"gift","basis":"a"}`, 400, "kind"},
		{"no reason", "tove", "POST", credits, `{"module":"m1","kind":"compensating","basis":"  "}`, 400, "basis"},
		{"a name that is taken", "tove", "POST", groups, `{"name":"A","members":[],"trainers":[]}`, 400, "name"},
		{"a learner as trainer", "tove", "POST", groups, `{"name":"C","members":[],"trainers":["aino"]}`, 400, "trainers[0]"},
		{"a trainer of elsewhere", "tove", "POST", groups, `{"name":"C","members":[],"trainers":["tim"]}`, 400, "trainers[0]"},
		{"a group of another cohort", "viljo", "PUT", "/api/cohorts/k2/groups/" + at(v, "groups", 0, "id").(string), `{"name":"X","members":[],"trainers":[]}`, 404, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			v := r.want(t, test.status, test.who, test.method, test.path, test.body)
			if test.want != "" {
				wantAt(t, v, "fields.0.name", test.want)
			}
		})
	}

	// Refused texts do not stay behind.
	named := map[string]bool{}
	r.journal.View(func() {
		for id := range r.state.Texts() {
			named[id] = true
		}
	})
	r.clock.Store(noon.Add(100 * 24 * time.Hour).UnixMilli())
	if n, err := r.vault.Sweep(ctx, func(id string) bool { return named[id] }); err != nil || n > 0 {
		t.Errorf("%d texts that nobody names, %v", n, err)
	}
}
