package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"luotsi/courses/psycap"
	"luotsi/server/journal"
	"luotsi/server/web"
)

// demoMeasures are what the demo's group is asked, at its start and at its end.
var demoMeasures = []string{"voimavarat", "tyokyky", "osaaminen"}

// startDemo says what the group is asked, and lets everybody answer at the start. The end is today, so a newcomer finds something to
// answer, and the group has figures.
func (w *world) startDemo(ctx context.Context, trainer, org string, learners []string) error {
	plan := psycap.MeasuresPlanned{Cohort: "demo-cohort", Ends: web.DayOf(time.Now()), Days: 21}
	for _, id := range demoMeasures {
		plan.Measures = append(plan.Measures, psycap.Measure{Instrument: id, Version: "1", Points: []psycap.Point{psycap.Start, psycap.End}})
	}
	if err := w.happensBy(ctx, trainer, plan); err != nil {
		return err
	}
	return w.answerDemo(ctx, org, psycap.Start, 0, learners, func(int) bool { return true })
}

// endDemo asks the group at its end: Aino and the last one have not answered yet.
func (w *world) endDemo(ctx context.Context, org string, learners []string) error {
	return w.answerDemo(ctx, org, psycap.End, 1, learners, func(n int) bool { return n > 0 && n < len(learners)-1 })
}

// answerDemo tells the learners of a point and lets some of them answer everything; better is how much more they say than at the start.
func (w *world) answerDemo(ctx context.Context, org string, point psycap.Point, better int, learners []string, who func(n int) bool) error {
	events := []journal.Event{psycap.MeasuresTold{Cohort: "demo-cohort", Point: point, Persons: learners}}
	for _, id := range demoMeasures {
		in, err := w.psycap.Definition(ctx, org, id, "1")
		if err != nil {
			return err
		}
		for n, person := range learners {
			if !who(n) {
				continue
			}
			values := map[string]int{}
			like := rand.New(rand.NewPCG(7, uint64(n))).Float64() // what they are like, at both points
			luck := rand.New(rand.NewPCG(uint64(n), uint64(better+len(id))))
			for _, item := range in.Items {
				spread := float64(in.Scale.Max - in.Scale.Min)
				value := float64(in.Scale.Min) + spread*(0.3+0.35*like+0.09*luck.NormFloat64()+0.045*float64(better))
				values[item.ID] = min(max(int(math.Round(value)), in.Scale.Min), in.Scale.Max)
			}
			text, err := json.Marshal(values)
			if err != nil {
				return err
			}
			answers := fmt.Sprintf("demo-answers-%s-%s-%d", point, id, n)
			if err := w.vault.Put(ctx, answers, []string{person}, string(text)); err != nil {
				return err
			}
			events = append(events, psycap.MeasureAnswered{Answers: answers, Cohort: "demo-cohort", Person: person, Instrument: id, Version: "1", Point: point})
		}
	}
	return w.happens(ctx, events...)
}

// exerciseDemo lets some learners do a daily exercise: most to the end, some in the easier way, one leaves it for another day. Aino and
// the last one have none, so a newcomer begins at the beginning.
func (w *world) exerciseDemo(ctx context.Context, learners []string) error {
	done := []string{
		"Asiakas soitti itse takaisin.", "Kävelin lounastunnilla rantaan.", "Kollega luki muistioni ja kiitti.",
		"Sain vaikean puhelun hoidettua.", "Lapsi nauroi aamupalalla.",
	}
	var events []journal.Event
	for n, person := range learners {
		if n == 0 || n == len(learners)-1 {
			continue
		}
		run := fmt.Sprintf("demo-exercise-%d", n)
		events = append(events, psycap.ExerciseBegun{Run: run, Person: person, Exercise: "paivan-hyva", Version: "1"})
		if n == 4 {
			events = append(events, psycap.ExerciseSetAside{Run: run, Person: person})
			continue
		}
		text, err := json.Marshal(map[string]map[string][]string{"mika-sujui": {"hyvat": {done[n%len(done)]}}})
		if err != nil {
			return err
		}
		if err := w.vault.Put(ctx, run, []string{person}, string(text)); err != nil {
			return err
		}
		events = append(events,
			psycap.ExerciseStepDone{Run: run, Person: person, Step: "mika-sujui", Easier: n%3 == 0},
			psycap.ExerciseStepDone{Run: run, Person: person, Step: "oma-osuus"},
			psycap.ExerciseFinished{Run: run, Person: person, Text: run},
		)
	}
	return w.happens(ctx, events...)
}
