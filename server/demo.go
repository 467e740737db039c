package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"luotsi/courses"
	"luotsi/courses/library"
	"luotsi/scheduling"
	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/mongodb"
	"luotsi/server/people"
	"luotsi/server/web"
)

const (
	demoPassword = "kevyt tuuli kantaa"
	demoCourse   = "tyokykykoordinaattori"
)

// demoPerson is somebody a newcomer can sign in as.
type demoPerson struct {
	name, email, language string
	grants                []demoGrant
}

type demoGrant struct {
	role auth.Role
	unit int // of demoUnits
}

func (d demoPerson) roles() string {
	list := make([]string, len(d.grants))
	for i, g := range d.grants {
		list[i] = string(g.role)
	}
	return strings.Join(list, ", ")
}

// The demo has two organisations: a wellbeing services county with a health centre, and a city with employment services.
const (
	healthCentre = iota
	employment
)

func demoCast() []demoPerson {
	in := func(unit int, roles ...auth.Role) []demoGrant {
		grants := make([]demoGrant, len(roles))
		for i, r := range roles {
			grants[i] = demoGrant{r, unit}
		}
		return grants
	}
	return []demoPerson{
		{"Aino Lahti", "aino@demo.luotsi.example", "fi", in(employment, auth.Trainee, auth.Coordinator)},
		{"Ville Koskinen", "ville@demo.luotsi.example", "fi", in(employment, auth.Coordinator)},
		{"Mikko Saarinen", "mikko@demo.luotsi.example", "fi", in(healthCentre, auth.Doctor)},
		{"Sofia Lindholm", "sofia@demo.luotsi.example", "sv", in(healthCentre, auth.Doctor)},
		{"Outi Kallio", "outi@demo.luotsi.example", "fi", in(employment, auth.Professional)},
		{"Sanna Heikkilä", "sanna@demo.luotsi.example", "fi", in(healthCentre, auth.Scheduler)},
		{"Päivi Nieminen", "paivi@demo.luotsi.example", "fi", in(employment, auth.Trainer)},
		{"Kari Laine", "kari@demo.luotsi.example", "fi", in(employment, auth.Manager)},
		{"Tuula Aho", "tuula@demo.luotsi.example", "fi", in(employment, auth.Admin)},
		{"Jari Mäkelä", "jari@demo.luotsi.example", "fi", in(healthCentre, auth.Admin)},
		{"Leena Salo", "leena@demo.luotsi.example", "fi", in(employment, auth.Trainer)}, // the second person who approves
	}
}

// demoLearners go through the course with Aino; the number says how much of M1 each has done, and how long ago they did it.
var demoLearners = []struct {
	name string
	done int
	ago  time.Duration
}{
	{"Eero Virtanen", 9, 0}, {"Helmi Korhonen", 8, 0}, {"Juho Mäkinen", 6, 0}, {"Lauri Hämäläinen", 4, 0}, {"Maria Öhman", 4, demoAway}, {"Noora Salonen", 3, 0},
	{"Oskari Rantanen", 3, 0}, {"Pihla Järvinen", 2, demoAway}, {"Riikka Ahonen", 1, 0}, {"Samu Leinonen", 1, 0}, {"Tiina Åberg", 0, 0}, {"Veera Hakala", 0, 0},
}

// demoFinished is the learner of demoLearners who has finished: a newcomer can sign in as her too.
const demoFinished = 10

func demoAddress(learner int) string {
	return fmt.Sprintf("oppija%d@demo.luotsi.example", learner+1)
}

// demoSignIns are those whom a newcomer is told to sign in as.
func demoSignIns() []demoPerson {
	cast := demoCast()
	finished := demoPerson{demoLearners[demoFinished].name, demoAddress(demoFinished), "fi", []demoGrant{{auth.Trainee, employment}}}
	return slices.Insert(cast, 1, finished)
}

// fillDemo makes the demo people and their data, once: in a database that has no organisation yet.
func (w *world) fillDemo(ctx context.Context) error {
	defer w.goBack(0)
	empty := true
	w.journal.View(func() {
		for range w.states.people.Organisations() {
			empty = false
		}
	})
	if !empty {
		return nil
	}
	if err := mongodb.Open[struct{}](w.db, "settings").Put(ctx, demoMark, struct{}{}); err != nil {
		return err
	}
	county, centre, err := w.people.AddOrganisation(ctx, "Rannikon hyvinvointialue", "Keskustan terveyskeskus", "health_centre")
	if err != nil {
		return err
	}
	city, services, err := w.people.AddOrganisation(ctx, "Satamakaupunki", "Työllisyyspalvelut", "employment_services")
	if err != nil {
		return err
	}
	others, err := w.people.AddUnits(ctx, people.Unit{Name: "Rantatien terveysasema", Kind: "health_centre", Org: county})
	if err != nil {
		return err
	}
	units := []string{healthCentre: centre, employment: services}
	hash, err := w.passwords.Hash(ctx, demoPassword)
	if err != nil {
		return err
	}
	var cast []people.NewPerson
	for _, d := range demoCast() {
		n := people.NewPerson{Name: people.Name{Name: d.name, Email: d.email, Language: d.language}, Hash: hash}
		for _, g := range d.grants {
			n.Grants = append(n.Grants, people.Placed{Role: string(g.role), Unit: units[g.unit]})
		}
		cast = append(cast, n)
	}
	for i, l := range demoLearners {
		cast = append(cast, people.NewPerson{
			Name:   people.Name{Name: l.name, Email: demoAddress(i), Language: "fi"},
			Grants: []people.Placed{{Role: string(auth.Trainee), Unit: services}}, Hash: hash,
		})
	}
	ids, err := w.people.AddActive(ctx, cast...)
	if err != nil {
		return err
	}
	learners := append([]string{ids[0]}, ids[len(demoCast()):]...)
	if err := w.openDemoCohort(ctx, services, learners); err != nil {
		return err
	}
	if err := w.startDemo(ctx, ids[6], city, learners); err != nil {
		return err
	}
	sharing := people.SharingOpened{Sharing: "demo-sharing", Unit: centre, Org: city, Purpose: "joint_appointments"}
	if err := w.happens(ctx, sharing); err != nil {
		return err
	}
	if err := w.learnDemo(ctx, ids[6], ids[10], learners); err != nil {
		return err
	}
	if err := w.markDemo(ctx, ids[6], learners); err != nil {
		return err
	}
	if err := w.reportDemo(ctx, ids[6], city); err != nil {
		return err
	}
	if err := w.endDemo(ctx, city, learners); err != nil {
		return err
	}
	if err := w.exerciseDemo(ctx, learners); err != nil {
		return err
	}
	if err := w.furnishDemo(ctx, centre, ids[5]); err != nil {
		return err
	}
	if err := w.bookDemo(ctx, centre, ids[2], ids[3], ids[0], ids[1]); err != nil {
		return err
	}
	if err := w.writeDemo(ctx, centre, ids[2], ids[0], ids[1]); err != nil {
		return err
	}
	if err := w.meetDemo(ctx, centre, ids[2], ids[1], services); err != nil {
		return err
	}
	if err := w.receiveDemo(ctx, centre, others[0], ids[5], ids[2], ids[0]); err != nil {
		return err
	}
	return w.outbox.Skip(ctx, w.journal.Applied())
}

func (w *world) happens(ctx context.Context, events ...journal.Event) error {
	return w.happensBy(ctx, "", events...)
}

func (w *world) openDemoCohort(ctx context.Context, unit string, learners []string) error {
	starts := w.now().AddDate(0, 0, -3).Format(time.DateOnly)
	events := []journal.Event{courses.CohortOpened{Cohort: "demo-cohort", Course: demoCourse, Unit: unit, Name: "Syksyn ryhmä", Starts: starts}}
	for _, person := range learners {
		events = append(events, courses.LearnerEnrolled{Cohort: "demo-cohort", Course: demoCourse, Person: person})
	}
	return w.happens(ctx, events...)
}

// as is a caller with the roles the person has now.
func (w *world) as(person string) auth.Caller {
	var c auth.Caller
	c.Person = person
	w.journal.View(func() {
		p, _ := w.states.people.Person(person)
		c.Language, c.Grants = p.Language, w.states.people.Grants(person)
	})
	return c
}

// learnDemo lets the learners do what is behind them, as they themselves would.
func (w *world) learnDemo(ctx context.Context, trainer, second string, learners []string) error {
	shipped, err := library.Shipped()
	if err != nil {
		return err
	}
	var activities []courses.Activity
	for _, c := range shipped {
		if c.ID == demoCourse {
			activities = c.Modules[0].Activities
		}
	}
	if err := w.tryDemo(ctx, learners[demoFinished+1]); err != nil {
		return err
	}
	// Those who have been away come first: the clock of a journal does not go back.
	for _, ago := range []time.Duration{demoAway, 0} {
		w.goBack(ago)
		var seen []string
		for i, person := range learners {
			done, then := 2, time.Duration(0) // Aino is in the middle of things
			if i > 0 {
				done, then = demoLearners[i-1].done, demoLearners[i-1].ago
			}
			if then != ago {
				continue
			}
			for n, a := range activities[:min(done, len(activities))] {
				if err := w.doDemo(ctx, w.as(person), a, i+n); err != nil {
					return err
				}
			}
			if done > 0 || i == demoFinished+1 {
				seen = append(seen, person)
			}
		}
		if err := w.happens(ctx, people.Seen{Persons: seen}); err != nil {
			return err
		}
	}
	if err := w.attendDemo(ctx, trainer, learners); err != nil {
		return err
	}
	return w.finishDemo(ctx, trainer, second, learners[demoFinished+1])
}

func (w *world) doDemo(ctx context.Context, c auth.Caller, a courses.Activity, mood int) error {
	var err error
	switch a.Kind {
	case courses.Lesson, courses.Video:
		_, err = w.courses.Complete(ctx, c, demoCourse, a.ID)
	case courses.Task:
		_, err = w.courses.Submit(ctx, c, demoCourse, a.ID, "Kokosin tilanteen talon kerrosten mukaan ja sovimme ensimmäisen askeleen yhdessä asiakkaan kanssa.", nil)
	case courses.Quiz:
		var p courses.Page
		if p, err = w.courses.StartQuiz(ctx, c, demoCourse, a.ID); err != nil {
			return err
		}
		_, _, err = w.courses.HandIn(ctx, c, demoCourse, a.ID, p.Open.Attempt, demoAnswers(p.Paper, mood))
	}
	return err
}

// demoAnswers answers a quiz, some of it wrong, so that there is something to look at.
func demoAnswers(paper courses.Paper, mood int) []courses.QuizAnswer {
	answers := make([]courses.QuizAnswer, len(paper.Questions))
	for i, q := range paper.Questions {
		answers[i] = courses.QuizAnswer{Question: q.ID, Options: q.Right()}
		wrong := (i+mood)%4 == 3
		switch q.Type {
		case courses.Open:
			answers[i].Text = "Kysyisin ensin, miten asiakas itse kuvaa tilannettaan, ja sopisin seuraavan tapaamisen."
		case courses.Text:
			if answers[i].Text = q.Faces[courses.Finnish].Accept[0]; wrong {
				answers[i].Text = "en muista"
			}
		case courses.Numeric:
			if answers[i].Text = q.Answer; wrong {
				answers[i].Text = "1000"
			}
		case courses.Matching, courses.Ordering:
			if wrong {
				slices.Reverse(answers[i].Options)
			}
		default:
			if !wrong {
				continue
			}
			answers[i].Options = nil
			for _, o := range q.Options {
				if !o.Correct && (q.Type == courses.Multiple || len(answers[i].Options) == 0) {
					answers[i].Options = append(answers[i].Options, o.ID)
				}
			}
			if len(answers[i].Options) == 0 {
				answers[i].Options = q.Right()[:1] // all are right: answer with one of them
			}
		}
	}
	return answers
}

// furnishDemo gives the health centre rooms and interpreters.
func (w *world) furnishDemo(ctx context.Context, unit, sanna string) error {
	for _, r := range []struct {
		kind scheduling.ResourceKind
		wish scheduling.ResourceWish
	}{
		{scheduling.Room, scheduling.ResourceWish{Name: "Neuvotteluhuone 1"}},
		{scheduling.Room, scheduling.ResourceWish{Name: "Neuvotteluhuone 2"}},
		{scheduling.Interpreter, scheduling.ResourceWish{Name: "Layla Nur", Email: "layla@demo.luotsi.example", Languages: []string{"ar", "so"}}},
		{scheduling.Interpreter, scheduling.ResourceWish{Name: "Igor Petrov", Email: "igor@demo.luotsi.example", Languages: []string{"ru", "uk"}}},
		{scheduling.Interpreter, scheduling.ResourceWish{Name: "Mervi Lehto", Email: "mervi@demo.luotsi.example", Languages: []string{"fse", "ar"}}},
	} {
		if _, err := w.scheduling.AddResource(ctx, w.as(sanna), unit, r.kind, r.wish); err != nil {
			return err
		}
	}
	return nil
}

// bookDemo publishes hours of two doctors and books the first free times of the coming weeks.
func (w *world) bookDemo(ctx context.Context, unit, mikko, sofia, aino, ville string) error {
	today := finnishToday()
	for _, h := range []scheduling.Hours{
		{Person: mikko, Unit: unit, Weekday: 2, From: 13 * 60, To: 15 * 60, Minutes: 30},
		{Person: mikko, Unit: unit, Weekday: 4, From: 9 * 60, To: 11 * 60, Minutes: 30},
		{Person: sofia, Unit: unit, Weekday: 3, From: 12 * 60, To: 14 * 60, Minutes: 45},
	} {
		h.ValidFrom, h.ValidUntil = today, today+180
		if err := w.scheduling.AddHours(ctx, w.as(h.Person), h); err != nil {
			return err
		}
	}
	party := scheduling.Party{Doctor: mikko, Unit: unit}
	for n, who := range []string{aino, ville, aino} {
		found, _, err := w.scheduling.JointTimes(w.as(who).Identity, scheduling.TimesWish{Party: party, From: today, To: today + 60, Minutes: 30, Mode: scheduling.OnSite})
		if err != nil {
			return err
		}
		if len(found.Times) == 0 {
			continue
		}
		wish := scheduling.Wish{Party: party, Start: time.UnixMilli(found.Times[min(n*2, len(found.Times)-1)].Start), Minutes: 30, Mode: scheduling.OnSite}
		if n == 1 {
			wish.Mode = scheduling.Phone
		}
		if _, err := w.scheduling.Book(ctx, w.as(who), wish); err != nil && !errors.As(err, new(*fault.Error)) {
			return err
		}
	}
	if err := w.askDemo(ctx, unit, sofia, aino, ville); err != nil {
		return err
	}
	return w.waitDemo(ctx, unit, mikko, aino, ville)
}

// waitDemo puts two into the waiting list whose clients can not come on the days that the doctors have opened.
func (w *world) waitDemo(ctx context.Context, unit, doctor, aino, ville string) error {
	except := func(weekdays ...int) (never []scheduling.Impossible) {
		for _, weekday := range weekdays {
			never = append(never, scheduling.Impossible{Weekday: weekday})
		}
		return never
	}
	soon := scheduling.RequestWish{
		Party: scheduling.Party{Unit: unit}, Minutes: 30, Mode: scheduling.OnSite, Priority: scheduling.Urgent, Deadline: finnishToday() + 30, Never: except(2, 3, 4),
	}
	if _, err := w.scheduling.MakeRequest(ctx, w.as(ville), soon); err != nil {
		return err
	}
	_, err := w.scheduling.MakeRequest(ctx, w.as(aino), scheduling.RequestWish{
		Party: scheduling.Party{Doctor: doctor, Unit: unit}, Minutes: 45, Mode: scheduling.Video, Priority: scheduling.Normal, Never: except(2, 3, 4),
	})
	return err
}

// receiveDemo publishes a doctor's monthly joint receptions, of which one place is taken, and lends places to the neighbours.
func (w *world) receiveDemo(ctx context.Context, unit, neighbour, sanna, mikko, aino string) error {
	plan := scheduling.Plan{Doctor: mikko, Unit: unit, From: 9 * 60, To: 12 * 60, Minutes: 45, Places: 4}
	for _, r := range w.scheduling.Resources(w.as(sanna).Identity, unit) {
		if r.Kind == scheduling.Room {
			plan.Room = r.ID
			break
		}
	}
	first := finnishToday() + 28 // far enough to see the other hours first
	first += (12 - first%7) % 7  // a Tuesday, when nobody of waitDemo can come: the first of all days was a Thursday
	tried, err := w.scheduling.TryReceptions(w.as(mikko).Identity, plan, scheduling.Pattern{First: first, Until: first + 150, Monthly: true, Every: 1})
	if err != nil {
		return err
	}
	var days []scheduling.Day
	for _, d := range tried {
		if len(d.Clashes) == 0 {
			days = append(days, d.Day)
		}
	}
	if len(days) == 0 {
		return nil
	}
	if _, err := w.scheduling.PlanReceptions(ctx, w.as(sanna), plan, days); err != nil {
		return err
	}
	party := scheduling.Party{Doctor: mikko, Unit: unit}
	found, _, err := w.scheduling.JointTimes(w.as(aino).Identity, scheduling.TimesWish{Party: party, From: days[0], To: days[0], Minutes: 45, Mode: scheduling.OnSite})
	if err != nil {
		return err
	}
	if len(found.Times) > 0 {
		wish := scheduling.Wish{Party: party, Start: time.UnixMilli(found.Times[0].Start), Minutes: 45, Mode: scheduling.OnSite}
		if _, err := w.scheduling.Book(ctx, w.as(aino), wish); err != nil && !errors.As(err, new(*fault.Error)) {
			return err
		}
	}
	return w.scheduling.Lend(ctx, w.as(sanna), unit, neighbour, 2)
}

// askDemo puts three times to a doctor who wants to be asked.
func (w *world) askDemo(ctx context.Context, unit, doctor, aino, ville string) error {
	if err := w.scheduling.ChangeSettings(ctx, w.as(doctor), doctor, scheduling.Settings{Ask: true}); err != nil {
		return err
	}
	today, party := finnishToday(), scheduling.Party{Doctor: doctor, Unit: unit}
	for n, who := range []string{ville, aino, ville} {
		mode := []scheduling.Mode{scheduling.OnSite, scheduling.Phone, scheduling.Video}[n]
		found, _, err := w.scheduling.JointTimes(w.as(who).Identity, scheduling.TimesWish{Party: party, From: today + 1, To: today + 60, Mode: mode})
		if err != nil {
			return err
		}
		if len(found.Times) == 0 {
			continue
		}
		wish := scheduling.Wish{Party: party, Start: time.UnixMilli(found.Times[min(n, len(found.Times)-1)].Start), Minutes: 45, Mode: mode}
		id, err := w.scheduling.Hold(ctx, w.as(who), wish)
		if err == nil {
			err = w.scheduling.Confirm(ctx, w.as(who), id)
		}
		if err == nil {
			err = w.questionDemo(ctx, who, id, n)
		}
		if err != nil && !errors.As(err, new(*fault.Error)) {
			return err
		}
	}
	return nil
}

// questionDemo writes what a doctor is asked.
func (w *world) questionDemo(ctx context.Context, who, appointment string, n int) error {
	a, err := w.scheduling.Appointment(w.as(who).Identity, appointment)
	if err != nil {
		return err
	}
	kinds := []scheduling.QuestionKind{"return_to_work", "limitations", "statement"}
	words := []scheduling.QuestionText{
		{Asked: "Voiko työhön palata osa-aikaisesti tammikuussa, ja mitä työssä pitäisi silloin muuttaa?", Known: "Poissa työstä elokuusta. Työnantaja järjestää kevennettyä työtä."},
		{Asked: "Mitä työtehtäviä pitää välttää, kun selkä ei kestä nostamista?", Known: "Varastotyö on loppunut. Kiinnostus asiakaspalveluun, kokeilupaikka olisi tarjolla."},
		{Asked: "Riittääkö työkokeiluun nykyinen lausunto vai tarvitaanko uusi ennen tammikuun loppua?", Known: "Lausunto on kesäkuulta. Kela pyytää tuoretta arviota toimintakyvystä."},
	}
	return w.scheduling.SetQuestion(ctx, w.as(who), scheduling.QuestionWish{Case: a.Case, Kinds: kinds[n : n+1]}, words[n], true)
}

// finnishToday is the calendar day in Finland at this moment.
func finnishToday() scheduling.Day {
	helsinki, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		panic(err) // the zones are built in
	}
	day, _ := scheduling.ParseDay(web.Date(time.Now().In(helsinki).Format(time.DateOnly)))
	return day
}

// status tells the sign-in page whether this is a demo, and who is in it.
func (w *world) status(context.Context, auth.Caller, web.None) (statusView, error) {
	v := statusView{Demo: w.config.Demo}
	if v.Demo {
		v.DemoPassword = demoPassword
		for _, d := range demoSignIns() {
			v.DemoPeople = append(v.DemoPeople, demoView{Name: d.name, Email: d.email, Role: d.roles()})
		}
	}
	return v, nil
}
