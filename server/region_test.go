package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"luotsi/courses"
	"luotsi/courses/psycap"
	"luotsi/scheduling"
	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/people"
	"luotsi/server/web"
)

// region is two organisations that share nothing with each other. One has the units own and sister, the other one has the
// unit other. In each unit there is somebody of every role, and one of everything that can be looked at.
type region struct {
	*site
	hash  string // of testPassword
	third string // an organisation without anybody
	days  int    // ahead that were used for changed days and hours
	place map[string]place
}

// place holds the ids of a unit's things and people by a name, for {name} in paths and bodies.
type place map[string]string

const (
	own    = "own"
	sister = "sister" // another unit of the same organisation
	other  = "other"  // a unit of another organisation
)

// draftText is what the trainee of each unit has not finished.
const draftText = "keskeneräinen ajatus"

func openRegion(t testing.TB) *region {
	t.Helper()
	r := &region{site: openSite(t, testConfig(t.TempDir())), place: map[string]place{own: {}, sister: {}, other: {}}}
	ctx := t.Context()
	must(t, func() (err error) { r.hash, err = r.passwords.Hash(ctx, testPassword); return err }())
	for _, name := range []string{own, other} {
		p := r.place[name]
		p["org"], p["unit"] = r.founded(t, name)
	}
	r.third, _ = r.founded(t, "third")
	r.place[sister]["org"] = r.place[own]["org"]
	units, err := r.people.AddUnits(ctx, people.Unit{Name: "Yksikkö sister", Kind: "other", Org: r.place[own]["org"]})
	must(t, err)
	r.place[sister]["unit"] = units[0]
	for _, name := range []string{own, sister, other} {
		r.place[name]["unit.name"] = "Yksikkö " + name
		r.settle(t, name)
	}
	return r
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (r *region) founded(t testing.TB, name string) (org, unit string) {
	t.Helper()
	org, unit, err := r.people.AddOrganisation(t.Context(), "Järjestö "+name, "Yksikkö "+name, "health_centre")
	must(t, err)
	return org, unit
}

// settle puts people into a unit, and lets them do what people do.
func (r *region) settle(t testing.TB, name string) {
	t.Helper()
	ctx, p := t.Context(), r.place[name]
	for _, role := range auth.Roles() {
		r.add(t, p, string(role), role)
	}
	r.add(t, p, "learner", auth.Trainee)
	r.add(t, p, "deputy", auth.Admin) // so that nobody is the last one

	p["course"], p["cohort"], p["cohort.name"] = "course-"+name, "cohort-"+name, "Ryhmä "+name
	p["lesson"], p["quiz"], p["task"], p["contact"] = "lesson", "quiz", "task", "contact"
	p["film"] = testFilm().File
	must(t, r.courses.Publish(ctx, []*courses.Content{testCourse(p["course"])}))
	events := []journal.Event{courses.CohortOpened{Cohort: p["cohort"], Course: p["course"], Unit: p["unit"], Name: p["cohort.name"], Starts: "2026-01-12"}}
	for _, who := range []string{"trainee", "coordinator", "learner"} {
		events = append(events, courses.LearnerEnrolled{Cohort: p["cohort"], Course: p["course"], Person: p[who]})
	}
	must(t, r.happens(ctx, events...))
	p["submission.text"] = "vastaus tehtävään " + name
	_, err := r.courses.Submit(ctx, r.as(p["learner"]), p["course"], "task", p["submission.text"], nil)
	must(t, err)
	p["submission"] = r.newest(t, p)
	p["draft"] = p["course"] + ".task"
	_, err = r.courses.SaveDraft(ctx, r.as(p["trainee"]), p["draft"], 0, draftText+" "+name)
	must(t, err)

	today := finnishToday()
	for weekday := 1; weekday <= 5; weekday++ {
		must(t, r.scheduling.AddHours(ctx, r.as(p["doctor"]), scheduling.Hours{
			Person: p["doctor"], Unit: p["unit"], Weekday: weekday, From: 9 * 60, To: 15 * 60, Minutes: 30, ValidFrom: today, ValidUntil: today + 120,
		}))
	}
	p["rule"] = r.hours(t, p)["rule"]
	p["exception"] = r.changedDay(t, p)["exception"]
	p["absence"] = r.absent(t, p)["absence"]
	p["case"] = r.opens(t, p)["case"]
	p["appointment"] = r.booked(t, p)["appointment"]
	consulted := r.consulted(t, p)
	p["consultation"], p["consultation.case"] = consulted["consultation"], consulted["case"]
	p["consent"] = r.consented(t, p)["consent"]
	p["question.text"] = "kysymys lääkärille " + name
	a, err := r.scheduling.Appointment(r.as(p["doctor"]).Identity, p["appointment"])
	must(t, err)
	p["reference"] = a.Reference
	p["request"] = r.waits(t, p)["request"]
	p["room.name"] = "Huone " + name
	p["room"] = r.resource(t, p, scheduling.Room, scheduling.ResourceWish{Name: p["room.name"]})
	p["interpreter.name"], p["interpreter.email"] = "Tulkki "+name, "tulkki@"+p["unit"]+".example"
	p["interpreter"] = r.resource(t, p, scheduling.Interpreter, scheduling.ResourceWish{
		Name: p["interpreter.name"], Email: p["interpreter.email"], Languages: []string{"ar"},
	})
	p["feedback.text"] = "palaute " + name
	p["feedback"] = r.given(t, p)["feedback"]
}

// add lets somebody in, and notes their id, name and address under who.
func (r *region) add(t testing.TB, p place, who string, role auth.Role) {
	t.Helper()
	name := people.Name{Name: r.unique(strings.ToUpper(who[:1])+who[1:]+" Väki") + " " + p["unit.name"], Email: r.unique(who) + "@" + p["unit"] + ".example", Language: "fi"}
	ids, err := r.people.AddActive(t.Context(), people.NewPerson{Name: name, Grants: []people.Placed{{Role: string(role), Unit: p["unit"]}}, Hash: r.hash})
	must(t, err)
	p[who], p[who+".name"], p[who+".email"] = ids[0], name.Name, name.Email
}

// testCourse is small: a lesson, a quiz of three kinds of questions, and a task.
func testCourse(id string) *courses.Content {
	option := func(id string, correct bool) courses.Option {
		return courses.Option{ID: id, Correct: correct, Faces: courses.Faces[courses.OptionFace]{"fi": {Text: id, Feedback: "Niin."}}}
	}
	question := func(id string, kind courses.Answering, accept []string, options ...courses.Option) courses.Question {
		return courses.Question{ID: id, Type: kind, Options: options, Faces: courses.Faces[courses.QuestionFace]{"fi": {Text: "Miten?", Accept: accept}}}
	}
	face := func(title string) courses.Faces[courses.ActivityFace] {
		return courses.Faces[courses.ActivityFace]{"fi": {Title: title, HTML: "<p>Teksti</p>"}}
	}
	return &courses.Content{
		ID: id, Hash: id + "-1", Faces: courses.Faces[courses.CourseFace]{"fi": {Title: "Kurssi", HTML: "<p>Kurssi</p>"}},
		Modules: []courses.Module{{
			ID: "m1", Hours: 1, Faces: courses.Faces[courses.ModuleFace]{"fi": {Title: "Moduuli", Goals: []string{}, Outline: []string{}, Sources: []string{}}},
			Activities: []courses.Activity{
				{ID: "lesson", Kind: courses.Lesson, Minutes: 5, Hash: "lesson-hash", Faces: face("Oppitunti")},
				{ID: "quiz", Kind: courses.Quiz, Minutes: 5, Pass: 2, Faces: face("Testi"), Questions: []courses.Question{
					question("q1", courses.Single, nil, option("a", true), option("b", false)),
					question("q2", courses.Multiple, nil, option("a", true), option("b", true), option("c", false)),
					question("q3", courses.Text, []string{"työkyky"}),
				}},
				{ID: "task", Kind: courses.Task, Minutes: 5, Faces: face("Tehtävä")},
				{ID: "elsewhere", Kind: courses.Link, Optional: true, Minutes: 5, Faces: courses.Faces[courses.ActivityFace]{"fi": {Title: "Muualla", HTML: "<p>Teksti</p>", Address: "https://example.org/"}}},
				{ID: "open", Kind: courses.Quiz, Optional: true, Minutes: 5, Pass: 1, Attempts: 1, Faces: face("Avoin"), Questions: []courses.Question{
					question("q1", courses.Open, nil),
				}},
				{ID: "development", Kind: courses.Development, Requires: courses.ToBeApproved, Optional: true, Minutes: 5, Faces: face("Kehittämistehtävä")},
				{ID: "contact", Kind: courses.Contact, Minutes: 360, Faces: face("Lähipäivä")},
				{ID: "trial", Kind: courses.Work, Minutes: 5, Optional: true, Faces: face("Kokeilu")},
				{ID: "trial2", Kind: courses.Work, Minutes: 5, Optional: true, Faces: face("Toinen kokeilu")},
				{ID: "reflection", Kind: courses.Reflection, Minutes: 5, Optional: true, Faces: face("Pohdinta")},
			},
		}},
		Media: []courses.Media{testFilm()},
	}
}

// testFilm is a file that a course shows.
func testFilm() courses.Media {
	const name = "01-video.mp4"
	files := fstest.MapFS{name: {Data: []byte("a video")}}
	film, err := courses.ReadMedia(bytes.NewReader(files[name].Data), ".mp4", io.Discard)
	if err != nil {
		panic(err)
	}
	film.Open = func() (fs.File, error) { return files.Open(name) }
	return film
}

const goodAnswers = `{"answers":[{"question":"q1","options":["a"]},{"question":"q2","options":["a","b"]},{"question":"q3","text":"työkyky"}]}`

// What follows makes one thing more, each time a new one, for calls that use it up.

// person is a trainee who does nothing yet.
func (r *region) person(t testing.TB, p place) place {
	t.Helper()
	fresh := place{"unit": p["unit"], "unit.name": p["unit.name"]}
	r.add(t, fresh, "person", auth.Trainee)
	return fresh
}

func (r *region) deactivated(t testing.TB, p place) place {
	fresh := r.person(t, p)
	must(t, r.happens(t.Context(), people.PersonDeactivated{Person: fresh["person"]}))
	return fresh
}

// enrolled is a person in the unit's cohort.
func (r *region) enrolled(t testing.TB, p place) place {
	fresh := r.person(t, p)
	must(t, r.happens(t.Context(), courses.LearnerEnrolled{Cohort: p["cohort"], Course: p["course"], Person: fresh["person"]}))
	return fresh
}

// awaited is somebody in the unit's cohort who was invited and never came in.
func (r *region) awaited(t testing.TB, p place) place {
	t.Helper()
	fresh := r.invited(t, p)
	must(t, r.happens(t.Context(), courses.LearnerEnrolled{Cohort: p["cohort"], Course: p["course"], Person: fresh["person"]}))
	return fresh
}

// answered is a learner of the unit's cohort whose only attempt waits for marks.
func (r *region) answered(t testing.TB, p place) place {
	t.Helper()
	fresh := r.enrolled(t, p)
	a, _, err := r.courses.HandIn(t.Context(), r.as(fresh["person"]), p["course"], "open", "", []courses.QuizAnswer{{Question: "q1", Text: "vastaus kysymykseen"}})
	must(t, err)
	fresh["attempt"] = a.ID
	return fresh
}

// credited is a person in the unit's cohort who need not do a module.
func (r *region) credited(t testing.TB, p place) place {
	fresh := r.enrolled(t, p)
	must(t, r.courses.CreditModule(t.Context(), r.as(p["trainer"]), p["cohort"], fresh["person"], "m1", courses.PriorLearning, "Aiempi tutkinto"))
	return fresh
}

// compensated is a person of the unit's cohort who made a missed contact day good.
func (r *region) compensated(t testing.TB, p place) place {
	fresh := r.enrolled(t, p)
	must(t, r.courses.Compensate(t.Context(), r.as(p["trainer"]), p["cohort"], fresh["person"], p["contact"], "Esitys"))
	return fresh
}

// certified is a person of the unit's cohort who got a certificate.
func (r *region) certified(t testing.TB, p place) place {
	fresh := r.enrolled(t, p)
	fresh["certificate"] = courses.NewCertificateNumber(2026)
	must(t, r.happens(t.Context(), courses.CertificateIssued{
		Certificate: fresh["certificate"], Course: p["course"], Person: fresh["person"], Cohort: p["cohort"], Org: p["org"],
		Version: p["course"] + "-1", Day: "2026-11-20", Hours: 1, Salt: "salt",
	}))
	return fresh
}

// reported is a report of the unit's cohort.
func (r *region) reported(t testing.TB, p place) place { return r.report(t, p, p["cohort"]) }

// tabled is a report of the organisation about a table from elsewhere.
func (r *region) tabled(t testing.TB, p place) place { return r.report(t, p) }

func (r *region) report(t testing.TB, p place, cohorts ...string) place {
	t.Helper()
	fresh := place{"report": r.unique("report")}
	must(t, r.happensBy(t.Context(), p["trainer"], psycap.ReportMade{Report: fresh["report"], Org: p["org"], Title: "Raportti " + p["unit.name"], Cohorts: cohorts, Points: []psycap.Point{psycap.Start}, Floor: 10}))
	return fresh
}

// grouped is a small group of the unit's cohort.
func (r *region) grouped(t testing.TB, p place) place {
	t.Helper()
	group := r.unique("group-")
	must(t, r.happens(t.Context(), courses.GroupFormed{Group: group, Cohort: p["cohort"], Name: group}))
	return place{"group": group}
}

// tries is a plan of the unit's trainee, after what came of the one before is told.
func (r *region) tries(t testing.TB, p place) place {
	t.Helper()
	fresh := place{"try": r.unique("try")}
	var events []journal.Event
	if p["try"] != "" {
		events = append(events, courses.WorkTold{Try: p["try"], Course: p["course"], Person: p["trainee"], Activity: "trial2", Went: courses.NotTried, Story: r.unique("story")})
	}
	p["try"] = fresh["try"]
	must(t, r.happens(t.Context(), append(events, courses.WorkPlanned{Try: p["try"], Course: p["course"], Person: p["trainee"], Activity: "trial2", By: string(finnishToday().Date())})...))
	return fresh
}

// reflection is shared with their cohort by the unit's trainee and coordinator.
func (r *region) reflection(t testing.TB, p place) place {
	return r.reflected(t, p, courses.ForCohort)
}

// unread is one that only shows that it is done.
func (r *region) unread(t testing.TB, p place) place { return r.reflected(t, p, courses.ShownDone) }

func (r *region) reflected(t testing.TB, p place, privacy courses.Privacy) place {
	t.Helper()
	var events []journal.Event
	for _, who := range []string{"trainee", "coordinator"} {
		events = append(events, courses.ReflectionKept{Reflection: r.unique("reflection"), Course: p["course"], Person: p[who], Activity: "reflection", Privacy: privacy})
	}
	must(t, r.happens(t.Context(), events...))
	return place{}
}

// began is an exercise that the trainee has begun.
func (r *region) began(t testing.TB, p place) place {
	t.Helper()
	run, err := r.psycap.BeginExercise(t.Context(), r.as(p["trainee"]), "paivan-hyva")
	must(t, err)
	return place{"run": run}
}

// goal is one of the trainee.
func (r *region) goal(t testing.TB, p place) place {
	t.Helper()
	id := r.unique("goal") // as an event: a person has only so many at once
	must(t, r.vault.Put(t.Context(), id, []string{p["trainee"]}, `{"title":"Saan työkokeilun"}`))
	must(t, r.happens(t.Context(), psycap.GoalKept{Goal: id, Person: p["trainee"], Text: id}))
	return place{"goal": id}
}

// measured is what the unit's cohort is asked now. It is planned anew when a test planned something else.
func (r *region) measured(t testing.TB, p place) place {
	t.Helper()
	all := []psycap.Measure{}
	for _, instrument := range []string{"voimavarat", "tyokyky", "toimintakyky"} {
		all = append(all, psycap.Measure{Instrument: instrument, Version: "1", Points: []psycap.Point{psycap.End}})
	}
	must(t, r.happens(t.Context(), psycap.MeasuresPlanned{Cohort: p["cohort"], Measures: all, Ends: string(finnishToday().Date()), Days: 21}))
	return place{}
}

// workAbility is what the unit's trainee and coordinator answered to one question.
func (r *region) workAbility(t testing.TB, p place) place {
	t.Helper()
	r.measured(t, p)
	for _, who := range []string{"trainee", "coordinator"} {
		must(t, r.psycap.Answer(t.Context(), r.as(p[who]), p["cohort"], "tyokyky", "1", psycap.End, psycap.Answers{"ability": {Value: 7}}, nil))
	}
	return place{}
}

// invited is somebody with an open invitation, and its link.
func (r *region) invited(t testing.TB, p place) place {
	t.Helper()
	before := r.journal.Applied()
	name := people.Name{Name: "Kutsuttu " + p["unit.name"], Email: r.unique("kutsuttu") + "@" + p["unit"] + ".example", Language: "sv"}
	a, err := r.people.Invite(t.Context(), r.as(p["admin"]), name, []people.Placed{{Role: "trainee", Unit: p["unit"]}})
	must(t, err)
	for _, event := range r.events(t, before) {
		if e, ok := event.(people.PersonInvited); ok && e.Person == a.ID {
			return place{"person": a.ID, "link": r.links.Sign(auth.LinkInvitation, e.Invitation, time.UnixMilli(e.Expires))}
		}
	}
	t.Fatal("nobody was invited")
	return nil
}

// events are those of the commits after one.
func (r *region) events(t testing.TB, after uint64) []journal.Event {
	t.Helper()
	var events []journal.Event
	until, done := r.journal.Applied(), errors.New("done")
	err := r.journal.Follow(t.Context(), after, func(_ context.Context, c journal.Commit) error {
		events = append(events, c.Events...)
		if c.Number >= until {
			return done
		}
		return nil
	})
	if !errors.Is(err, done) {
		t.Fatal(err)
	}
	return events
}

// forgetful is somebody with an open link to a new password.
func (r *region) forgetful(t testing.TB, p place) place {
	fresh := r.person(t, p)
	id, expires := r.unique("reset"), time.Now().Add(time.Hour)
	must(t, r.happens(t.Context(), people.ResetAsked{Person: fresh["person"], Reset: id, Expires: expires.UnixMilli()}))
	fresh["link"] = r.links.Sign(auth.LinkPasswordReset, id, time.UnixMilli(expires.UnixMilli()))
	return fresh
}

// given is feedback of the unit's trainee.
func (r *region) given(t testing.TB, p place) place {
	t.Helper()
	caller := r.as(p["trainee"])
	caller.Address = r.unique("address")
	id, _, err := r.people.GiveFeedback(t.Context(), caller, p["feedback.text"], "", "/")
	must(t, err)
	return place{"feedback": id}
}

// opened is a sharing of the unit with the organisation that has nobody.
func (r *region) opened(t testing.TB, p place) place {
	t.Helper()
	id := r.unique("sharing")
	must(t, r.happens(t.Context(), people.SharingOpened{Sharing: id, Unit: p["unit"], Org: r.third, Purpose: people.ForJointAppointments}))
	return place{"sharing": id}
}

// free is a time that suits the doctor and the coordinator of the unit, and the doctor of the own one if they may meet.
func (r *region) free(t testing.TB, p place) place {
	t.Helper()
	party := scheduling.Party{Doctor: p["doctor"], Unit: p["unit"]}
	if p["org"] == r.place[own]["org"] && p["doctor"] != r.place[own]["doctor"] && r.place[own]["appointment"] != "" {
		for _, role := range []string{"doctor", "coordinator"} {
			party.Seats = append(party.Seats, scheduling.SeatWish{Any: []string{r.place[own][role]}})
		}
	}
	today := finnishToday()
	found, _, err := r.scheduling.JointTimes(r.as(p["coordinator"]).Identity, scheduling.TimesWish{Party: party, From: today + 1, To: today + 90, Minutes: 30, Mode: scheduling.Phone})
	must(t, err)
	if len(found.Times) == 0 {
		t.Fatal("no time is left")
	}
	start := time.UnixMilli(found.Times[0].Start).UTC()
	return place{"start": start.Format(time.RFC3339), "day": start.Format(time.DateOnly)}
}

// booked is an appointment of the unit's doctor and coordinator.
func (r *region) booked(t testing.TB, p place) place {
	t.Helper()
	start, err := time.Parse(time.RFC3339, r.free(t, p)["start"])
	must(t, err)
	id, err := r.scheduling.Book(t.Context(), r.as(p["coordinator"]), scheduling.Wish{
		Party: scheduling.Party{Doctor: p["doctor"], Unit: p["unit"]}, Start: start, Minutes: 30, Mode: scheduling.Phone,
	})
	must(t, err)
	return place{"appointment": id}
}

// asked is an appointment with the link that asks its doctor.
func (r *region) asked(t testing.TB, p place) place {
	t.Helper()
	fresh := r.booked(t, p)
	a, err := r.scheduling.Appointment(r.as(p["doctor"]).Identity, fresh["appointment"])
	must(t, err)
	fresh["link"] = r.links.Sign(auth.LinkAnswer, fresh["appointment"]+"_0_0", time.UnixMilli(a.Start))
	return fresh
}

// held is a time that the unit's coordinator keeps.
func (r *region) held(t testing.TB, p place) place {
	t.Helper()
	start, err := time.Parse(time.RFC3339, r.free(t, p)["start"])
	must(t, err)
	caller := r.as(p["coordinator"])
	for _, a := range r.scheduling.Appointments(caller.Identity, finnishToday(), finnishToday()+300, "") {
		if a.Status == scheduling.Held {
			must(t, r.scheduling.Release(t.Context(), caller, a.ID))
		}
	}
	id, err := r.scheduling.Hold(t.Context(), caller, scheduling.Wish{
		Party: scheduling.Party{Doctor: p["doctor"], Unit: p["unit"]}, Start: start, Minutes: 30, Mode: scheduling.Phone,
	})
	must(t, err)
	return place{"appointment": id}
}

// waits is a request of the unit's coordinator. Its client can never come, so that it takes no place from others.
func (r *region) waits(t testing.TB, p place) place {
	t.Helper()
	wish := scheduling.RequestWish{Party: scheduling.Party{Unit: p["unit"]}, Minutes: 30, Mode: scheduling.Phone, Priority: scheduling.Normal}
	for weekday := 1; weekday <= 7; weekday++ {
		wish.Never = append(wish.Never, scheduling.Impossible{Weekday: weekday})
	}
	id, err := r.scheduling.MakeRequest(t.Context(), r.as(p["coordinator"]), wish)
	must(t, err)
	return place{"request": id}
}

func (r *region) resource(t testing.TB, p place, kind scheduling.ResourceKind, w scheduling.ResourceWish) string {
	t.Helper()
	id, err := r.scheduling.AddResource(t.Context(), r.as(p["scheduler"]), p["unit"], kind, w)
	must(t, err)
	return id
}

// room is a room of the unit.
func (r *region) room(t testing.TB, p place) place {
	return place{"room": r.resource(t, p, scheduling.Room, scheduling.ResourceWish{Name: r.unique("huone")})}
}

// planned is a joint reception of the unit's doctor.
func (r *region) planned(t testing.TB, p place) place {
	t.Helper()
	at := r.day(t, p)
	day, _ := scheduling.ParseDay(web.Date(at["day"]))
	planned, err := r.scheduling.PlanReceptions(t.Context(), r.as(p["doctor"]), scheduling.Plan{
		Doctor: p["doctor"], Unit: p["unit"], From: 18 * 60, To: 20 * 60, Minutes: 30, Places: 3,
	}, []scheduling.Day{day})
	must(t, err)
	return place{"reception": planned[0], "day": at["day"]}
}

// day is a day that nothing happened on yet.
func (r *region) day(testing.TB, place) place {
	r.days++
	day := finnishToday() + 130 + scheduling.Day(r.days)
	date, err := day.Date().Day()
	if err != nil {
		panic(err)
	}
	return place{"day": string(day.Date()), "weekday": fmt.Sprint((int(date.Weekday())+6)%7 + 1)}
}

// opens is a case of the unit's coordinator.
func (r *region) opens(t testing.TB, p place) place {
	t.Helper()
	id := r.unique("case") + "x" // so that none is the beginning of another
	must(t, r.happens(t.Context(), scheduling.CaseOpened{Case: id, Reference: id, Unit: p["unit"], Owner: p["coordinator"]}))
	return place{"case": id}
}

// consented is a case of the unit's coordinator with a consent.
func (r *region) consented(t testing.TB, p place) place {
	t.Helper()
	fresh := r.opens(t, p)
	fresh["consent"] = r.unique("consent")
	must(t, r.happens(t.Context(), scheduling.ConsentRecorded{Consent: fresh["consent"], Case: fresh["case"], Recipient: "doctor", Use: scheduling.UseJoint}))
	return fresh
}

// closed is a closed case of the unit's coordinator.
func (r *region) closed(t testing.TB, p place) place {
	t.Helper()
	fresh := r.opens(t, p)
	must(t, r.happens(t.Context(), scheduling.CaseClosed{Case: fresh["case"]}))
	return fresh
}

// consulted is a question of the unit's coordinator to its doctor.
func (r *region) consulted(t testing.TB, p place) place {
	t.Helper()
	id, err := r.scheduling.AskConsultation(t.Context(), r.as(p["coordinator"]), scheduling.ConsultationWish{
		Unit: p["unit"], Doctor: p["doctor"], Kinds: []scheduling.QuestionKind{"work_ability"},
	}, scheduling.QuestionText{Asked: "kysymys lääkärille " + strings.TrimPrefix(p["unit.name"], "Yksikkö ")}, true)
	must(t, err)
	asked, _ := r.scheduling.Consultations(r.as(p["coordinator"]).Identity, false)
	for _, one := range asked {
		if one.ID == id {
			return place{"consultation": id, "case": one.Case}
		}
	}
	t.Fatal("nothing was asked")
	return nil
}

// absent is a day away of the unit's doctor.
func (r *region) absent(t testing.TB, p place) place {
	t.Helper()
	before := r.journal.Applied()
	day, ok := scheduling.ParseDay(web.Date(r.day(t, p)["day"]))
	if !ok {
		t.Fatal("no day")
	}
	must(t, r.scheduling.SetDeputy(t.Context(), r.as(p["doctor"]), scheduling.Absence{Person: p["doctor"], From: day, Until: day}))
	e, ok := r.events(t, before)[0].(scheduling.DeputySet)
	if !ok {
		t.Fatal("nobody is away")
	}
	return place{"absence": e.Absence}
}

// changedDay is a day on which the unit's doctor is away.
func (r *region) changedDay(t testing.TB, p place) place {
	t.Helper()
	before := r.journal.Applied()
	day, ok := scheduling.ParseDay(web.Date(r.day(t, p)["day"]))
	if !ok {
		t.Fatal("no day")
	}
	must(t, r.scheduling.AddException(t.Context(), r.as(p["doctor"]), scheduling.Exception{Person: p["doctor"], Day: day, Kind: scheduling.Away}))
	e, ok := r.events(t, before)[0].(scheduling.ExceptionAdded)
	if !ok {
		t.Fatal("no day was changed")
	}
	return place{"exception": e.Exception}
}

// publication is an hour of the unit's doctor, published so that it can be taken back.
func (r *region) publication(t testing.TB, p place) place {
	t.Helper()
	day, ok := scheduling.ParseDay(web.Date(r.day(t, p)["day"]))
	if !ok {
		t.Fatal("no day")
	}
	id, err := r.scheduling.Publish(t.Context(), r.as(p["doctor"]), scheduling.Publication{Person: p["doctor"], Extras: []scheduling.Exception{
		{Day: day, From: 16 * 60, To: 18 * 60, Unit: p["unit"], Minutes: 30},
	}})
	must(t, err)
	return place{"publication": id}
}

// returned is a day of the unit's doctor whose hours went back to their own use.
func (r *region) returned(t testing.TB, p place) place {
	t.Helper()
	d := r.day(t, p)
	day, ok := scheduling.ParseDay(web.Date(d["day"]))
	if !ok {
		t.Fatal("no day")
	}
	must(t, r.happens(t.Context(), scheduling.PlacesReturned{Person: p["doctor"], Day: day, Unit: p["unit"], Spans: []scheduling.ReturnedHours{{Start: 0, End: 1}}}))
	return place{"day": d["day"]}
}

// hours are weekly hours of the unit's doctor, of one day.
func (r *region) hours(t testing.TB, p place) place {
	t.Helper()
	before := r.journal.Applied()
	var d place
	err := error(scheduling.ErrOverlap)
	for range 7 { // what a test published without an end takes a whole day of the week
		d = r.day(t, p)
		day, ok := scheduling.ParseDay(web.Date(d["day"]))
		if !ok {
			t.Fatal("no day")
		}
		if err = r.scheduling.AddHours(t.Context(), r.as(p["doctor"]), scheduling.Hours{
			Person: p["doctor"], Unit: p["unit"], Weekday: int(d["weekday"][0] - '0'), From: 9 * 60, To: 12 * 60, Minutes: 30, ValidFrom: day, ValidUntil: day,
		}); !errors.Is(err, scheduling.ErrOverlap) {
			break
		}
	}
	must(t, err)
	e, ok := r.events(t, before)[0].(scheduling.HoursAdded)
	if !ok {
		t.Fatal("no hours were added")
	}
	return place{"rule": e.Hours, "day": d["day"], "weekday": d["weekday"]}
}

const emptyCalendar = `{"file":"BEGIN:VCALENDAR\nEND:VCALENDAR\n"}`

// freshDoctor is a doctor of the unit who does nothing yet.
func (r *region) freshDoctor(t testing.TB, p place) place {
	t.Helper()
	fresh := place{"unit": p["unit"], "unit.name": p["unit.name"]}
	r.add(t, fresh, "person", auth.Doctor)
	return fresh
}

// calendar is another calendar, from a file, of a doctor of the unit.
func (r *region) calendar(t testing.TB, p place) place {
	t.Helper()
	fresh := r.freshDoctor(t, p)
	before := r.journal.Applied()
	must(t, r.scheduling.AddCalendarFile(t.Context(), r.as(fresh["person"]), fresh["person"], "BEGIN:VCALENDAR\nEND:VCALENDAR\n"))
	e, ok := r.events(t, before)[0].(scheduling.CalendarAdded)
	if !ok {
		t.Fatal("no calendar was added")
	}
	fresh["calendar"] = e.Calendar
	return fresh
}

// feed is the secret of a feed of a doctor of the unit.
func (r *region) feed(t testing.TB, p place) place {
	t.Helper()
	fresh := r.freshDoctor(t, p)
	must(t, r.scheduling.MakeFeed(t.Context(), r.as(fresh["person"])))
	address, _ := r.scheduling.Feed(fresh["person"])
	_, secret, _ := strings.Cut(strings.TrimSuffix(address, ".ics"), "/api/feeds/")
	fresh["secret"] = secret
	return fresh
}

var placeholder = regexp.MustCompile(`\{[a-z]+(\.[a-z]+)*\}`)

// fill puts in what {name} stands for: something fresh, something of the own unit ({own.name}), or something of at.
func (r *region) fill(t testing.TB, text string, at, fresh place) string {
	t.Helper()
	return placeholder.ReplaceAllStringFunc(text, func(mark string) string {
		name := strings.Trim(mark, "{}")
		from := at
		if mine, ok := strings.CutPrefix(name, "own."); ok {
			name, from = mine, r.place[own]
		} else if fresh[name] != "" {
			from = fresh
		}
		switch name {
		case "third":
			return r.third
		case "today":
			return string(finnishToday().Date())
		case "new":
			return r.unique("new")
		case "password":
			return testPassword
		}
		if from[name] == "" {
			t.Fatalf("%s stands for nothing", mark)
		}
		return from[name]
	})
}

// secrets are all ids, names and texts of a unit that nobody outside its organisation may see.
func (p place) secrets() []string {
	secrets := []string{p["unit"], p["unit.name"], p["cohort"], p["cohort.name"], p["appointment"], p["reference"], p["rule"], p["exception"],
		p["feedback"], p["feedback.text"], p["submission"], p["submission.text"], p["absence"], p["case"], p["consultation"], p["consultation.case"], p["question.text"], p["request"], p["room"], p["room.name"], p["interpreter"], p["interpreter.name"], p["interpreter.email"]}
	for _, who := range []string{"trainee", "coordinator", "doctor", "professional", "scheduler", "trainer", "manager", "admin", "learner", "deputy"} {
		secrets = append(secrets, p[who], p[who+".name"], p[who+".email"])
	}
	return secrets
}
