package courses

import "luotsi/server/journal"

// CourseVersionPublished: from now on this is the course's newest version. Its texts are in the collection content,
// under Hash; progress is counted by Modules.
type CourseVersionPublished struct {
	Course  string          `bson:"course"`
	Hash    string          `bson:"hash"`
	Modules []ModuleOutline `bson:"modules"`
}

// ModuleOutline lists a module's activities in order.
type ModuleOutline struct {
	ID         string            `bson:"id"`
	Activities []ActivityOutline `bson:"activities"`
}

// ActivityOutline is what has to be known of an activity to count progress.
type ActivityOutline struct {
	ID        string `bson:"id"`
	Kind      Kind   `bson:"kind"`
	Questions int    `bson:"questions,omitempty"`
	Pass      int    `bson:"pass,omitempty"`
}

// CohortOpened: a group of learners goes through a course together, in the care of a unit's trainers.
type CohortOpened struct {
	Cohort string `bson:"cohort"`
	Course string `bson:"course"`
	Unit   string `bson:"unit"`
	Name   string `bson:"name"`
	Starts string `bson:"starts"` // a Finnish calendar day
}

// LearnerEnrolled: a person is in a cohort. What they did in the course before counts.
type LearnerEnrolled struct {
	Cohort string `bson:"cohort"`
	Course string `bson:"course"`
	Person string `bson:"person"`
}

// LearnerRemoved: a person is no longer in the cohort. What they did is kept.
type LearnerRemoved struct {
	Cohort string `bson:"cohort"`
	Course string `bson:"course"`
	Person string `bson:"person"`
}

// ActivityDone: a learner said that a lesson is done.
type ActivityDone struct {
	Course   string `bson:"course"`
	Person   string `bson:"person"`
	Activity string `bson:"activity"`
}

// QuizAttempted: a learner answered a quiz and got marks. Attempt is also the vault id of the answers.
type QuizAttempted struct {
	Attempt  string `bson:"attempt"`
	Course   string `bson:"course"`
	Person   string `bson:"person"`
	Activity string `bson:"activity"`
	Points   int    `bson:"points"`
	Max      int    `bson:"max"`
	Passed   bool   `bson:"passed"`
}

// TaskSubmitted: a learner handed in a text. Submission is its vault id.
type TaskSubmitted struct {
	Submission string `bson:"submission"`
	Course     string `bson:"course"`
	Person     string `bson:"person"`
	Activity   string `bson:"activity"`
}

// Events lists everything that can happen here, under the names it is stored by.
func Events() []journal.Type {
	return []journal.Type{
		journal.Define[CourseVersionPublished]("courses.version_published"),
		journal.Define[CohortOpened]("courses.cohort_opened"),
		journal.Define[LearnerEnrolled]("courses.learner_enrolled"),
		journal.Define[LearnerRemoved]("courses.learner_removed"),
		journal.Define[ActivityDone]("courses.activity_done"),
		journal.Define[QuizAttempted]("courses.quiz_attempted"),
		journal.Define[TaskSubmitted]("courses.task_submitted"),
	}
}
