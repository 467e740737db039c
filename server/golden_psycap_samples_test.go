package main

import (
	"luotsi/courses/psycap"
	"luotsi/server/journal"
)

// psycapSamples are events of measures and exercises of somebody, for writeGolden.
func psycapSamples(person string) []journal.Event {
	return []journal.Event{
		psycap.GoalKept{Goal: "golden-goal", Person: person, Text: "golden-goal-text", Days: []string{"2026-12-01", "2027-01-15"}},
		psycap.GoalDue{Goal: "golden-goal", Person: person, Day: "2026-12-01"},
		psycap.GoalClosed{Goal: "golden-goal", Person: person, Reached: true},
		psycap.GoalKept{Goal: "golden-goal-2", Person: person, Text: "golden-goal-text-2"},
		psycap.GoalDeleted{Goal: "golden-goal-2", Person: person},
	}
}
