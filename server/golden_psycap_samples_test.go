package main

import (
	"luotsi/courses/psycap"
	"luotsi/server/journal"
)

// psycapSamples are events of measures and exercises of somebody, for writeGolden.
func psycapSamples(person string) []journal.Event {
	measure := psycap.Measure{Instrument: "voimavarat", Version: "1", Points: []psycap.Point{psycap.Start, psycap.End}}
	return []journal.Event{
		psycap.LicenceRecorded{Org: "golden-org", Instrument: "pcq-12", Holder: "Mind Garden", Scope: "200 vastaajaa", Ends: "2027-12-31"},
		psycap.ItemsUploaded{Org: "golden-org", Instrument: "pcq-12", Version: "2", Hash: "golden-hash"},
		psycap.LicenceWithdrawn{Org: "golden-org", Instrument: "pcq-24"},
		psycap.FloorSet{Org: "golden-org", Floor: 12},
		psycap.MeasuresPlanned{Cohort: "demo-cohort", Measures: []psycap.Measure{measure}, Ends: "2026-12-15", Days: 21},
		psycap.MeasuresTold{Cohort: "demo-cohort", Point: psycap.Start, Round: 1, Persons: []string{person}},
		psycap.MeasureAnswered{Answers: "golden-values", Cohort: "demo-cohort", Person: person, Instrument: "voimavarat", Version: "1", Point: psycap.Start},
		psycap.MeasureAnswered{Answers: "golden-values-2", Cohort: "demo-cohort", Person: person, Instrument: "tyokyky", Version: "1", Point: psycap.Start},
		psycap.AnswersWithdrawn{Answers: "golden-values-2", Person: person},
		psycap.MeasureDeclined{Cohort: "demo-cohort", Person: person, Instrument: "voimavarat", Point: psycap.End},
		psycap.ResultShared{Person: person, Cohort: "demo-cohort", Instrument: "voimavarat", Shared: true},
		psycap.MeasuresRefused{Person: "golden", Refused: true},
		psycap.ReportMade{
			Report: "golden-report", Org: "golden-org", Title: "Alku", Cohorts: []string{"demo-cohort"}, Points: []psycap.Point{psycap.Start},
			Sections: []psycap.ReportSection{{
				Instrument: "voimavarat", Version: "1", Shown: []psycap.ShownGroup{{People: []string{person, "golden"}}},
				Figures: psycap.Figures{
					People: []psycap.PointPeople{{Point: psycap.Start, Asked: 12, Answered: 11, Declined: 1}}, Pairs: 11, Power: psycap.Number{Why: psycap.NotAsked},
					Scales: []psycap.ScaleFigures{{Scale: "total", Min: 1, Max: 6, N: 11, Points: []psycap.PointFigures{{
						Point: psycap.Start, Mean: psycap.Number{Value: 4.25}, SD: psycap.Number{Value: 0.5}, Alpha: psycap.Number{Why: psycap.NoVariance}, AlphaN: 11,
						Bins: []psycap.Bin{{From: 1, To: 6, Count: 11}},
					}}}},
				},
			}},
		},
		psycap.ReportMade{
			Report: "golden-report-2", Org: "golden-org", Title: "Loppu", Cohorts: []string{"demo-cohort"}, Points: []psycap.Point{psycap.End}, Floor: 5,
			Sections: []psycap.ReportSection{{
				Instrument: "voimavarat", Version: "1", Figures: psycap.Figures{Pairs: 1, Power: psycap.Number{Why: psycap.NotAsked}},
				Shown: []psycap.ShownGroup{{People: []string{person}, Answers: []psycap.ShownAnswers{{Point: psycap.End, Texts: []string{"golden-values-3"}}}}},
			}},
		},
		psycap.ExerciseBegun{Run: "golden-run", Person: person, Exercise: "golden-exercise", Version: "1"},
		psycap.ExerciseStepDone{Run: "golden-run", Person: person, Step: "golden-step", Easier: true},
		psycap.ExerciseFinished{Run: "golden-run", Person: person, Text: "golden-written"},
		psycap.ExerciseBegun{Run: "golden-run-2", Person: person, Exercise: "golden-exercise", Version: "1"},
		psycap.ExerciseSetAside{Run: "golden-run-2", Person: person},
		psycap.ExerciseDeleted{Run: "golden-run-2", Person: person},
		psycap.ExercisesRefused{Person: "golden", Refused: true},
		psycap.GoalKept{Goal: "golden-goal", Person: person, Text: "golden-goal-text", Days: []string{"2026-12-01", "2027-01-15"}},
		psycap.GoalDue{Goal: "golden-goal", Person: person, Day: "2026-12-01"},
		psycap.GoalClosed{Goal: "golden-goal", Person: person, Reached: true},
		psycap.GoalKept{Goal: "golden-goal-2", Person: person, Text: "golden-goal-text-2"},
		psycap.GoalDeleted{Goal: "golden-goal-2", Person: person},
	}
}
