package courses

import "luotsi/server/journal"

// CourseVersionPublished makes this the course's newest version. Its texts are in the collection content,
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

// CohortOpened says that a group of learners goes through a course together, in the care of a unit's trainers.
type CohortOpened struct {
	Cohort string `bson:"cohort"`
	Course string `bson:"course"`
	Unit   string `bson:"unit"`
	Name   string `bson:"name"`
	Starts string `bson:"starts"` // a Finnish calendar day
}

// LearnerEnrolled puts a person into a cohort. What they did in the course before counts.
type LearnerEnrolled struct {
	Cohort string `bson:"cohort"`
	Course string `bson:"course"`
	Person string `bson:"person"`
}

// LearnerRemoved takes a person out of the cohort. What they did is kept.
type LearnerRemoved struct {
	Cohort string `bson:"cohort"`
	Course string `bson:"course"`
	Person string `bson:"person"`
}

// ActivityDone says that a learner is done with a lesson.
type ActivityDone struct {
	Course   string `bson:"course"`
	Person   string `bson:"person"`
	Activity string `bson:"activity"`
}

// QuizAttempted says that a learner answered a quiz, and the marks they got. Attempt is also the vault id of the answers.
type QuizAttempted struct {
	Attempt  string `bson:"attempt"`
	Course   string `bson:"course"`
	Person   string `bson:"person"`
	Activity string `bson:"activity"`
	Points   int    `bson:"points"`
	Max      int    `bson:"max"`
	Passed   bool   `bson:"passed"`
}

// TaskSubmitted says that a learner handed in a text. Submission is its vault id.
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
