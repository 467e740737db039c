package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"luotsi/courses"
	"luotsi/courses/library"
)

// A demo begins in the past, so that somebody in it can have been away, and somebody be asked about what they tried a month ago.
const (
	demoBegan = 32 * 24 * time.Hour
	demoAway  = 9 * 24 * time.Hour
)

// now is the time, or that of the days of a demo while they are made up. The journal and what is learnt go by it.
func (w *world) now() time.Time { return time.Now().Add(-time.Duration(w.past.Load())) }

// goBack sets how long ago it is.
func (w *world) goBack(ago time.Duration) { w.past.Store(int64(ago)) }

// finishDemo lets a learner be complete: prior learning covers the modules, the days were made good, and two people approved her
// development task.
func (w *world) finishDemo(ctx context.Context, trainer, second, learner string) error {
	shipped, err := library.Shipped()
	if err != nil {
		return err
	}
	at := slices.IndexFunc(shipped, func(c *courses.Content) bool { return c.ID == demoCourse })
	if at < 0 {
		return errors.New("the course of the demo does not ship")
	}
	c := w.as(trainer)
	for _, module := range shipped[at].Modules {
		const basis = "Suoritti saman koulutuksen toisessa oppilaitoksessa."
		if err := w.courses.CreditModule(ctx, c, "demo-cohort", learner, module.ID, courses.PriorLearning, basis); err != nil {
			return err
		}
		for _, a := range module.Activities {
			if a.Kind == courses.Contact && a.ID != "m1-day" {
				err = w.courses.Compensate(ctx, c, "demo-cohort", learner, a.ID, "Oli lähipäivässä toisessa oppilaitoksessa.")
			}
			if a.Kind == courses.Development {
				err = w.developDemo(ctx, trainer, second, learner, module.ID, a)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// tryDemo tells of something tried at work when the demo began: by now its first follow-up is open.
func (w *world) tryDemo(ctx context.Context, learner string) error {
	const activity = "m1-work"
	c, today := w.as(learner), w.now().Format(time.DateOnly)
	plan := courses.Plan{What: "Käytän työkykytaloa karttana ensitapaamisessa.", With: "Työparin kanssa"}
	if _, err := w.courses.PlanWork(ctx, c, demoCourse, activity, plan, today); err != nil {
		return err
	}
	page, err := w.courses.Activity(ctx, c, demoCourse, activity)
	if err != nil {
		return err
	}
	story := "Asiakas aloitti arvoista, minä olisin aloittanut terveydestä. Kaksi kerrosta riitti, ja sovimme yhden askeleen."
	_, err = w.courses.TellWork(ctx, c, demoCourse, activity, page.Applied.Tries[0].ID, today, courses.Worked, story, nil)
	return err
}

// developDemo takes a learner through all steps of the development task, to its second approval.
func (w *world) developDemo(ctx context.Context, trainer, second, learner, module string, task courses.Activity) error {
	texts := []string{
		"Puheeksi otto jää meillä merkitsemättä. Syyskuussa merkintä löytyi 5 kerralla 28:sta. Kokeilemme kuusi viikkoa, että merkintä tehdään heti.",
		"Merkintä tehtiin ensimmäisellä viikolla joka kerta ja kolmannella joka toisella. Muistutus kalenterissa auttoi.",
		"Lokakuun lopussa merkintä löytyi 24 kerralla 30:stä. Tiimin vetäjä seuraa lukua kerran kuussa.",
	}
	waiting := func(person string) (courses.Queued, error) {
		q, err := w.courses.Queue(ctx, w.as(person), courses.Wanted{Module: module})
		if err != nil {
			return courses.Queued{}, err
		}
		at := slices.IndexFunc(q.Entries, func(e courses.Queued) bool { return e.Person == learner && e.Activity == task.ID })
		if at < 0 {
			return courses.Queued{}, fmt.Errorf("nothing of %s waits", task.ID)
		}
		return q.Entries[at], nil
	}
	for i, part := range task.Parts {
		if _, err := w.courses.SubmitStep(ctx, w.as(learner), demoCourse, task.ID, part.ID, texts[i%len(texts)], nil); err != nil {
			return err
		}
		e, err := waiting(trainer)
		if err != nil {
			return err
		}
		if err := w.courses.Give(ctx, w.as(trainer), e.Submission, courses.Opinion{Verdict: courses.Approved, Words: "Selkeä ja mitattava."}); err != nil {
			return err
		}
	}
	var rubric []courses.RubricChoice
	for _, criterion := range task.Rubric {
		rubric = append(rubric, courses.RubricChoice{Criterion: criterion.ID, Level: criterion.Levels[len(criterion.Levels)-1].ID})
	}
	for _, approval := range []struct {
		by, words string
		stage     courses.Stage
		rubric    []courses.RubricChoice
	}{
		{trainer, "Luku puhuu puolestaan.", courses.AtFirst, rubric}, {second, "Hyväksyn. Jatkaja on nimetty.", courses.AtSecond, nil},
	} {
		e, err := waiting(approval.by)
		if err != nil {
			return err
		}
		if err := w.courses.ApproveWhole(ctx, w.as(approval.by), e.Submission, approval.stage, approval.words, "", approval.rubric); err != nil {
			return err
		}
	}
	return nil
}
