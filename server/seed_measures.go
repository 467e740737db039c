package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"luotsi/courses/psycap"
	"luotsi/server/journal"
)

// addMeasures asks every cohort two questionnaires at the start and at the end, which is today. The first cohort has answered both times,
// and its trainer has made a report of it; everybody else has come in today, so they have no start, and are asked at the end.
func (s *seeder) addMeasures(ctx context.Context) error {
	points := []psycap.Point{psycap.Start, psycap.End}
	measures := []psycap.Measure{{Instrument: "voimavarat", Version: "1", Points: points}, {Instrument: "tyokyky", Version: "1", Points: points}}
	var events []journal.Event
	for c, cohort := range s.out.Cohorts {
		learners := s.out.Learners[c*seedPerCohort : (c+1)*seedPerCohort]
		var persons []string
		for _, l := range learners {
			persons = append(persons, l.Person)
		}
		slices.Sort(persons)
		events = append(events, psycap.MeasuresPlanned{Cohort: cohort, Measures: measures, Ends: string(finnishToday().Date()), Days: 21})
		if c > 0 {
			events = append(events, psycap.MeasuresTold{Cohort: cohort, Point: psycap.End, Persons: persons})
			continue
		}
		for _, point := range points {
			events = append(events, psycap.MeasuresTold{Cohort: cohort, Point: point, Persons: persons})
			for _, person := range persons {
				for _, m := range measures {
					answers := uuid.NewString()
					if err := s.vault.Put(ctx, answers, []string{person}, s.answers(m.Instrument)); err != nil {
						return err
					}
					events = append(events, psycap.MeasureAnswered{Answers: answers, Cohort: cohort, Person: person, Instrument: m.Instrument, Version: m.Version, Point: point})
				}
			}
		}
	}
	if err := s.together(ctx, events); err != nil {
		return err
	}
	wish := psycap.ReportWish{Cohorts: s.out.Cohorts[:1], Points: points}
	for _, m := range measures {
		wish.Measures = append(wish.Measures, psycap.Asked{Instrument: m.Instrument, Version: m.Version})
	}
	var err error
	s.out.Report, err = s.psycap.MakeReport(ctx, s.as(s.out.Trainers[0].Person), "Mittausraportti", wish)
	return err
}

// answers are to every question, as the vault keeps them.
func (s *seeder) answers(instrument string) string {
	if instrument == "tyokyky" {
		return fmt.Sprintf(`{"ability":%d}`, s.random.IntN(11))
	}
	text := ""
	for _, part := range []string{"hope", "efficacy", "resilience", "optimism"} {
		for n := 1; n <= 3; n++ {
			text += fmt.Sprintf(`,"%s%d":%d`, part, n, 1+s.random.IntN(6))
		}
	}
	return "{" + text[1:] + "}"
}
