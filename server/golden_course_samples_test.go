package main

import (
	"luotsi/courses"
	"luotsi/server/journal"
)

// courseSamples are events of a learner's way, for writeGolden.
func courseSamples(learner string) []journal.Event {
	return []journal.Event{
		courses.ActivityViewed{Course: demoCourse, Person: learner, Activity: "m1-house"},
		courses.ModuleCredited{Course: demoCourse, Person: learner, Module: "m1", Kind: courses.PriorLearning, Basis: "golden-basis"},
		courses.CreditWithdrawn{Course: demoCourse, Person: learner, Module: "m1"},
	}
}
