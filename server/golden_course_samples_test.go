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
		courses.QuizStarted{
			Attempt: "golden-attempt-2", Course: demoCourse, Person: learner, Activity: "m1-quiz", Hash: "golden-hash", Seed: 7, Questions: []string{"q2", "q5"},
			Ends: 1_800_000_000_000,
		},
		courses.QuizHandedIn{
			Attempt: "golden-attempt-2", Answers: "golden-answers", Course: demoCourse, Person: learner, Activity: "m1-quiz", Points: 1, Max: 4,
		},
		courses.MarkGiven{
			Attempt: "golden-attempt-2", Answers: "golden-marked", Course: demoCourse, Person: learner, Activity: "m1-quiz", Points: 3, Max: 4, Passed: true,
		},
		courses.QuizReopened{Course: demoCourse, Person: learner, Activity: "m1-quiz", Reason: "golden-reason"},
		courses.SubmissionReserved{Submission: "golden-text", Course: demoCourse, Person: learner, Activity: "m1-case", Until: 1_790_000_000_000},
		courses.SubmissionReleased{Submission: "golden-text", Course: demoCourse, Person: learner, Activity: "m1-case"},
		courses.DevelopmentStepSubmitted{Submission: "golden-step", Course: demoCourse, Person: learner, Activity: "m10-development", Step: "plan"},
		courses.FeedbackGiven{
			Feedback: "golden-words", Submission: "golden-step", Course: demoCourse, Person: learner, Activity: "m10-development", Verdict: courses.Approved,
			Rubric: []courses.RubricChoice{{Criterion: "measure", Level: "good", Points: 2, Most: 3}},
		},
		courses.DevelopmentFirstApproved{
			Feedback: "golden-first", Submission: "golden-step", Course: demoCourse, Person: learner, Activity: "m10-development",
			Rubric: []courses.RubricChoice{{Criterion: "measure", Level: "good", Points: 2, Most: 3}}, Second: "golden",
		},
		courses.DevelopmentSecondApproved{Feedback: "golden-second", Submission: "golden-step", Course: demoCourse, Person: learner, Activity: "m10-development"},
		courses.AttendanceMarked{Cohort: "demo-cohort", Course: demoCourse, Activity: "m1-day", Day: "2026-10-05", Present: []string{learner}},
		courses.ContactDayCompensated{Course: demoCourse, Person: learner, Activity: "m2-day", Basis: "golden-compensation"},
		courses.CompensationWithdrawn{Course: demoCourse, Person: learner, Activity: "m2-day"},
		courses.DeadlineExtended{Course: demoCourse, Person: learner, Target: "m2", Until: "2027-01-31", Reason: "golden-reason"},
		courses.CohortMessageSent{Message: "golden-message", Cohort: "demo-cohort", Persons: []string{learner}, Text: "golden-message"},
		courses.GroupFormed{Group: "golden-group", Cohort: "demo-cohort", Name: "Pienryhmä 1", Members: []string{learner}},
		courses.GroupChanged{Group: "golden-group", Name: "Pienryhmä A", Members: []string{learner}, Trainers: []string{learner}},
		courses.ChangeAcknowledged{Course: demoCourse, Person: learner, Activity: "m1-house", Hash: "golden-hash"},
		courses.WorkPlanned{Try: "golden-try", Course: demoCourse, Person: learner, Activity: "m1-work", By: "2026-12-01"},
		courses.WorkReplanned{Try: "golden-try", Course: demoCourse, Person: learner, By: "2026-12-08", Plan: "golden-plan"},
		courses.WorkTold{Try: "golden-try", Course: demoCourse, Person: learner, Activity: "m1-work", On: "2026-11-30", Went: courses.Partly, Story: "golden-story"},
		courses.FollowUpDue{Try: "golden-try", Course: demoCourse, Person: learner, Activity: "m1-work", Days: 30},
		courses.WorkFollowedUp{Try: "golden-try", Course: demoCourse, Person: learner, Days: 30, Use: courses.InUse, Text: "golden-later"},
		courses.ReflectionKept{Reflection: "golden-reflection", Course: demoCourse, Person: learner, Activity: "m1-reflection", Privacy: courses.Private},
		courses.WritingShared{Course: demoCourse, Person: learner, Activity: "m1-reflection", Privacy: courses.ForTrainer},
		courses.CertificateIssued{
			Certificate: "LUO-2026-7F3K-9QX1", Course: demoCourse, Person: learner, Cohort: "demo-cohort", Org: "golden-org", Version: "golden-hash", Day: "2026-12-15",
			Hours: 270, Credits: 10, Days: 10, Credited: []courses.CreditedModule{{Module: "m1", Kind: courses.PriorLearning}}, Salt: "golden-salt",
		},
		courses.CertificateRevoked{Certificate: "LUO-2026-7F3K-9QX1", Why: courses.IssuedInError, Reason: "golden-revocation"},
		courses.CreditsAllowed{Org: "golden-org", ECTS: true},
		courses.LearnersTold{
			What: courses.NewsDue, Day: "2026-12-02", News: []courses.NewsOf{{Course: demoCourse, Person: learner, Of: "2026-12-05", Activities: []string{"m1-house", "m1-case"}}},
		},
		courses.NoticesChosen{Person: learner, Off: []courses.NoticeSwitch{{Kind: courses.AboutDue, Place: courses.ByMail}}},
	}
}
