package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/google/uuid"

	"luotsi/courses"
	"luotsi/scheduling"
	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/people"
)

// The size of the seeded region: what a large wellbeing services county and its cities could come to.
const (
	seedCohorts      = 10
	seedPerCohort    = 350
	seedModules      = 10
	seedPerModule    = 13 // activities: ten lessons, two quizzes, a task
	seedDoctors      = 60
	seedCoordinators = 300
	seedWeeks        = 26
	seedAppointments = 20_000
	seedPassword     = "mittaamisen salasana"
	seedCourse       = "bench"
)

// seeded is what seed prints for whoever measures.
type seeded struct {
	Password     string       `json:"password"`
	Course       string       `json:"course"`
	Activities   []string     `json:"activities"`
	Lessons      []string     `json:"lessons"`
	Quizzes      []string     `json:"quizzes"`
	Learners     []seedPerson `json:"learners"`
	Trainers     []seedPerson `json:"trainers"`
	Cohorts      []string     `json:"cohorts"`
	Doctors      []seedDoctor `json:"doctors"`
	Coordinators []seedPerson `json:"coordinators"`
	From         string       `json:"from"`
	To           string       `json:"to"`
	Appointments int          `json:"appointments"`
	Feeds        []string     `json:"feeds"`  // paths of the doctors' calendar feeds
	Report       string       `json:"report"` // of the first cohort, by the first trainer
	Commits      int          `json:"commits"`
}

type seedPerson struct {
	Person string `json:"person"`
	Email  string `json:"email"`
}

type seedDoctor struct {
	Person string `json:"person"`
	Unit   string `json:"unit"`
}

// seeder fills an empty database with one made-up region, the same each time but for ids and dates.
type seeder struct {
	*world
	random *rand.Rand
	hash   string
	out    seeded
	units  []string
	course *courses.Content
}

func seed(ctx context.Context, config Config, log *slog.Logger, stdout io.Writer) error {
	w, err := openWorld(ctx, config, log)
	if err != nil {
		return err
	}
	defer w.journalOnly()
	for range w.states.people.Organisations() {
		return errors.New("seed needs an empty data folder")
	}
	s := &seeder{world: w, random: rand.New(rand.NewPCG(11, 21)), out: seeded{Password: seedPassword, Course: seedCourse}}
	if s.hash, err = w.passwords.Hash(ctx, seedPassword); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{s.addUnits, s.addCourse, s.addPeople, s.addProgress, s.addMeasures, s.addHours, s.addAppointments, s.addFeeds} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if err := w.outbox.Skip(ctx, w.journal.Applied()); err != nil {
		return err
	}
	if err := w.rebuildCopies(ctx); err != nil {
		return err
	}
	s.out.Commits = int(w.journal.Applied())
	return json.NewEncoder(stdout).Encode(s.out)
}

// journalOnly ends without a snapshot, so that the first start is one from segments.
func (w *world) journalOnly() {
	w.journal.Close()
	if err := w.db.Close(context.Background()); err != nil {
		w.log.Warn("close", "error", err)
	}
}

func (s *seeder) addUnits(ctx context.Context) error {
	org, unit, err := s.people.AddOrganisation(ctx, "Mittausalueen hyvinvointialue", "Terveysasema 1", "health_centre")
	if err != nil {
		return err
	}
	var more []people.Unit
	for n := 2; n <= seedCohorts; n++ {
		more = append(more, people.Unit{Name: fmt.Sprintf("Terveysasema %d", n), Kind: "health_centre", Org: org})
	}
	ids, err := s.people.AddUnits(ctx, more...)
	s.units = append([]string{unit}, ids...)
	return err
}

// addCourse publishes a course of 130 activities whose lessons are about as long as real ones.
func (s *seeder) addCourse(ctx context.Context) error {
	paragraph := "<p>" + "Työkyky on voimavarojen ja työn vaatimusten tasapainoa, ja se muuttuu elämäntilanteen mukana. " + "</p>"
	html := ""
	for len(html) < 4000 {
		html += paragraph
	}
	c := &courses.Content{ID: seedCourse, Hash: "bench-1", Faces: courses.Faces[courses.CourseFace]{"fi": {Title: "Mittauskurssi", Summary: "Mittaamiseen", HTML: paragraph}}}
	for m := 1; m <= seedModules; m++ {
		module := courses.Module{ID: fmt.Sprintf("b%d", m), Hours: 27, Faces: courses.Faces[courses.ModuleFace]{"fi": {
			Title: fmt.Sprintf("Moduuli %d", m), Goals: []string{}, Outline: []string{}, Sources: []string{}, HTML: paragraph}}}
		for n := 1; n <= seedPerModule; n++ {
			a := courses.Activity{ID: fmt.Sprintf("b%d-%02d", m, n), Kind: courses.Lesson, Minutes: 10,
				Faces: courses.Faces[courses.ActivityFace]{"fi": {Title: fmt.Sprintf("Osa %d.%d", m, n), HTML: html}}}
			switch {
			case n == seedPerModule:
				a.Kind = courses.Task
			case n > seedPerModule-3:
				a.Kind, a.Pass = courses.Quiz, 1
				s.out.Quizzes = append(s.out.Quizzes, a.ID)
				a.Questions = []courses.Question{{ID: "q1", Type: courses.Single, Faces: courses.Faces[courses.QuestionFace]{"fi": {Text: "Kumpi?"}},
					Options: []courses.Option{
						{ID: "a", Correct: true, Faces: courses.Faces[courses.OptionFace]{"fi": {Text: "Tämä", Feedback: "Oikein."}}},
						{ID: "b", Faces: courses.Faces[courses.OptionFace]{"fi": {Text: "Tuo", Feedback: "Väärin."}}},
					}}}
			default:
				s.out.Lessons = append(s.out.Lessons, a.ID)
			}
			module.Activities = append(module.Activities, a)
			s.out.Activities = append(s.out.Activities, a.ID)
		}
		c.Modules = append(c.Modules, module)
	}
	s.course = c
	return s.courses.Publish(ctx, []*courses.Content{c})
}

func (s *seeder) addPeople(ctx context.Context) error {
	group := func(kind string, n int, role auth.Role, unit func(int) string) ([]seedPerson, error) {
		all := make([]people.NewPerson, n)
		out := make([]seedPerson, n)
		for i := range all {
			out[i].Email = fmt.Sprintf("%s%d@bench.luotsi.example", kind, i)
			all[i] = people.NewPerson{
				Name:   people.Name{Name: fmt.Sprintf("%s %s", seedFirst[s.random.IntN(len(seedFirst))], seedLast[s.random.IntN(len(seedLast))]), Email: out[i].Email, Language: "fi"},
				Grants: []people.Placed{{Role: string(role), Unit: unit(i)}}, Hash: s.hash,
			}
		}
		ids, err := s.people.AddActive(ctx, all...)
		for i := range ids {
			out[i].Person = ids[i]
		}
		return out, err
	}
	spread := func(i int) string { return s.units[i%len(s.units)] }
	var err error
	if s.out.Trainers, err = group("kouluttaja", seedCohorts, auth.Trainer, spread); err != nil {
		return err
	}
	if s.out.Coordinators, err = group("koordinaattori", seedCoordinators, auth.Coordinator, spread); err != nil {
		return err
	}
	doctors, err := group("laakari", seedDoctors, auth.Doctor, spread)
	if err != nil {
		return err
	}
	for i, d := range doctors {
		s.out.Doctors = append(s.out.Doctors, seedDoctor{d.Person, spread(i)})
	}
	s.out.Learners, err = group("oppija", seedCohorts*seedPerCohort, auth.Trainee, func(i int) string { return s.units[i/seedPerCohort] })
	return err
}

// together stores the events in commits of a few hundred, as an import would.
func (s *seeder) together(ctx context.Context, events []journal.Event) error {
	for len(events) > 0 {
		n := min(len(events), 20)
		if err := s.happens(ctx, events[:n]...); err != nil {
			return err
		}
		events = events[n:]
	}
	return nil
}

func (s *seeder) addProgress(ctx context.Context) error {
	var events []journal.Event
	for c := range seedCohorts {
		id := fmt.Sprintf("bench-cohort-%d", c)
		s.out.Cohorts = append(s.out.Cohorts, id)
		events = append(events, courses.CohortOpened{Cohort: id, Course: seedCourse, Unit: s.units[c], Name: fmt.Sprintf("Ryhmä %d", c+1), Starts: "2026-01-12"})
		for _, l := range s.out.Learners[c*seedPerCohort : (c+1)*seedPerCohort] {
			events = append(events, courses.LearnerEnrolled{Cohort: id, Course: seedCourse, Person: l.Person})
		}
	}
	if err := s.together(ctx, events); err != nil {
		return err
	}
	events = events[:0]
	for _, l := range s.out.Learners {
		reached := 30 + s.random.IntN(60) // activities from the first one on; the rest is left for the measuring
		n := 0
		for _, m := range s.course.Modules {
			for _, a := range m.Activities {
				if n++; n > reached {
					break
				}
				switch a.Kind {
				case courses.Lesson:
					events = append(events, courses.ActivityDone{Course: seedCourse, Person: l.Person, Activity: a.ID})
				case courses.Quiz:
					right := s.random.IntN(4) > 0
					points := 0
					if right {
						points = 1
					}
					events = append(events, courses.QuizAttempted{Attempt: uuid.Must(uuid.NewV7()).String(), Course: seedCourse, Person: l.Person, Activity: a.ID, Points: points, Max: 1, Passed: right})
				case courses.Task:
					events = append(events, courses.TaskSubmitted{Submission: uuid.Must(uuid.NewV7()).String(), Course: seedCourse, Person: l.Person, Activity: a.ID})
				}
			}
		}
	}
	var seen []string
	for _, l := range s.out.Learners {
		if s.random.IntN(5) > 0 {
			seen = append(seen, l.Person)
		}
	}
	return s.together(ctx, append(events, people.Seen{Persons: seen}))
}

func (s *seeder) addHours(ctx context.Context) error {
	today := finnishToday()
	var events []journal.Event
	for _, d := range s.out.Doctors {
		for weekday := 1; weekday <= 5; weekday++ {
			for _, from := range []int{8*60 + 30, 12*60 + 30} {
				events = append(events, scheduling.HoursAdded{Hours: uuid.NewString(), Person: d.Person, Unit: d.Unit, Weekday: weekday,
					From: from, To: from + 180, Minutes: 30, ValidFrom: today, ValidUntil: today + seedWeeks*7})
			}
		}
	}
	s.out.From, s.out.To = string(today.Date()), string((today + 89).Date())
	return s.together(ctx, events)
}

// addAppointments books about a third of all times, each checked by the same rule as a real booking.
func (s *seeder) addAppointments(ctx context.Context) error {
	today := finnishToday()
	for round := 0; s.out.Appointments < seedAppointments && round < 10; round++ {
		for n, d := range s.out.Doctors {
			for c := range 20 {
				who := s.out.Coordinators[(n*37+round*101+c*7)%len(s.out.Coordinators)]
				first := today + scheduling.Day(s.random.IntN(seedWeeks*7-28))
				caller := s.as(who.Person)
				party := scheduling.Party{Doctor: d.Person, Unit: d.Unit}
				found, _, err := s.scheduling.JointTimes(caller.Identity, scheduling.TimesWish{Party: party, From: first, To: first + 21, Minutes: 30, Mode: scheduling.Phone})
				if err != nil {
					return err
				}
				for k := 0; k < 4 && len(found.Times) > 4 && s.out.Appointments < seedAppointments; k++ {
					span := found.Times[s.random.IntN(len(found.Times))]
					wish := scheduling.Wish{Party: party, Start: time.UnixMilli(span.Start), Minutes: 30, Mode: scheduling.Phone}
					if _, err := s.scheduling.Book(ctx, caller, wish); err == nil {
						s.out.Appointments++
					} else if !errors.Is(err, scheduling.ErrTaken) {
						return err
					}
				}
			}
		}
	}
	return nil
}

// addFeeds gives each doctor a calendar feed: some 330 appointments, what another has in a year.
func (s *seeder) addFeeds(ctx context.Context) error {
	for _, d := range s.out.Doctors {
		if err := s.scheduling.MakeFeed(ctx, s.as(d.Person)); err != nil {
			return err
		}
		address, _ := s.scheduling.Feed(d.Person)
		s.out.Feeds = append(s.out.Feeds, strings.TrimPrefix(address, s.config.PublicURL.String()))
	}
	return nil
}

var (
	seedFirst = []string{"Aino", "Eero", "Helmi", "Juho", "Kaisa", "Lauri", "Maria", "Noora", "Oskari", "Pihla", "Riikka", "Samu", "Tiina", "Urho", "Veera", "Åke", "Östen"}
	seedLast  = []string{"Aalto", "Heikkinen", "Järvinen", "Koskinen", "Lehtonen", "Mäkinen", "Nieminen", "Ojala", "Peltonen", "Rantala", "Salminen", "Toivonen", "Virtanen", "Åberg", "Öhman"}
)
