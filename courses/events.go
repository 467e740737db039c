package courses

import (
	"slices"

	"luotsi/server/journal"
)

// CourseVersionPublished makes this the course's newest version. Its texts are in the collection content,
// under Hash; progress is counted by Modules.
type CourseVersionPublished struct {
	Course  string          `bson:"course"`
	Hash    string          `bson:"hash"`
	Rules   Rules           `bson:"rules,omitempty"`
	Modules []ModuleOutline `bson:"modules"`
}

// Rules are what a course asks for beside its activities.
type Rules struct {
	// ContactDays is how many of its contact days have to be attended; the others are to choose from.
	ContactDays int `bson:"contact_days,omitempty"`
}

// ModuleOutline lists a module's activities in order.
type ModuleOutline struct {
	ID         string            `bson:"id"`
	Gate       Gate              `bson:"gate,omitempty"`
	Activities []ActivityOutline `bson:"activities"`
}

// ActivityOutline is what has to be known of an activity to count progress.
type ActivityOutline struct {
	ID        string `bson:"id"`
	Kind      Kind   `bson:"kind"`
	Questions int    `bson:"questions,omitempty"`
	Pass      int    `bson:"pass,omitempty"`
	// Requires is empty in versions older than requirements: then it follows from the kind.
	Requires Requirement `bson:"requires,omitempty"`
	Optional bool        `bson:"optional,omitempty"`
	Gate     Gate        `bson:"gate,omitempty"`
	Hash     string      `bson:"hash,omitempty"`
	// Texts are the hashes of its text by language; versions older than they have none.
	Texts map[Language]string `bson:"texts,omitempty"`
	// Of quizzes: questions in an attempt, attempts, and minutes for one; 0 is all of them, and no limit.
	Draw      int `bson:"draw,omitempty"`
	Attempts  int `bson:"attempts,omitempty"`
	TimeLimit int `bson:"time_limit,omitempty"`
	// Parts are the steps of a development task.
	Parts []string `bson:"parts,omitempty"`
	// Shares are the grades of privacy that a reflection offers; none stands for all of them.
	Shares []Privacy `bson:"shares,omitempty"`
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

// ActivityViewed says that a learner opened an activity that asks for no more.
type ActivityViewed struct {
	Course   string `bson:"course"`
	Person   string `bson:"person"`
	Activity string `bson:"activity"`
}

// ModuleCredited says that a learner need not do a module, and of what kind the reason is: all of it but contact days and the
// development task. Basis is the vault id of its words.
type ModuleCredited struct {
	Course string     `bson:"course"`
	Person string     `bson:"person"`
	Module string     `bson:"module"`
	Kind   CreditKind `bson:"kind"`
	Basis  string     `bson:"basis"`
}

// CreditWithdrawn takes back what ModuleCredited gave. What the learner did counts as before.
type CreditWithdrawn struct {
	Course string `bson:"course"`
	Person string `bson:"person"`
	Module string `bson:"module"`
}

// ActivityDone says that a learner is done with a lesson, a video, or something elsewhere: then On is the day they name.
type ActivityDone struct {
	Course   string `bson:"course"`
	Person   string `bson:"person"`
	Activity string `bson:"activity"`
	On       string `bson:"on,omitempty"`
}

// TaskSubmitted says that a learner handed in a text. Submission is its vault id.
type TaskSubmitted struct {
	Submission string `bson:"submission"`
	Course     string `bson:"course"`
	Person     string `bson:"person"`
	Activity   string `bson:"activity"`
}

// aboutLearner is an event that changes how far one learner is.
type aboutLearner interface {
	about() (course, person string)
}

func (e LearnerEnrolled) about() (course, person string) { return e.Course, e.Person }
func (e LearnerRemoved) about() (course, person string)  { return e.Course, e.Person }
func (e ActivityViewed) about() (course, person string)  { return e.Course, e.Person }
func (e ActivityDone) about() (course, person string)    { return e.Course, e.Person }
func (e TaskSubmitted) about() (course, person string)   { return e.Course, e.Person }
func (e ModuleCredited) about() (course, person string)  { return e.Course, e.Person }
func (e CreditWithdrawn) about() (course, person string) { return e.Course, e.Person }

// Events lists everything that can happen here, under the names it is stored by.
func Events() []journal.Type {
	return slices.Concat(quizEvents(), feedbackEvents(), changeEvents(), []journal.Type{
		journal.Define[CourseVersionPublished]("courses.version_published"),
		journal.Define[CohortOpened]("courses.cohort_opened"),
		journal.Define[LearnerEnrolled]("courses.learner_enrolled"),
		journal.Define[LearnerRemoved]("courses.learner_removed"),
		journal.Define[ActivityDone]("courses.activity_done"),
		journal.Define[TaskSubmitted]("courses.task_submitted"),
		journal.Define[ActivityViewed]("courses.activity_viewed"),
		journal.Define[ModuleCredited]("courses.module_credited"),
		journal.Define[CreditWithdrawn]("courses.credit_withdrawn"),
	}, groupEvents(), workEvents(), reflectionEvents(), certificateEvents(), noticeEvents())
}
