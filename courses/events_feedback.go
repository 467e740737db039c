package courses

import "luotsi/server/journal"

// Verdict is what a marker says of a text.
type Verdict string

// The verdicts.
const (
	Returned Verdict = "returned" // to be made better
	Approved Verdict = "approved"
	Noted    Verdict = "noted" // read and commented; nothing more is asked of it
)

// FeedbackGiven says that a trainer read a text, and what they think of it. Feedback is the vault id of their words and comments;
// Submission that of the text, which never changes.
type FeedbackGiven struct {
	Feedback   string         `bson:"feedback"`
	Submission string         `bson:"submission"`
	Course     string         `bson:"course"`
	Person     string         `bson:"person"`
	Activity   string         `bson:"activity"`
	Verdict    Verdict        `bson:"verdict"`
	Rubric     []RubricChoice `bson:"rubric,omitempty"`
}

// RubricChoice is the level that a text reached in one criterion, and its points at that time.
type RubricChoice struct {
	Criterion string `bson:"criterion" json:"criterion"`
	Level     string `bson:"level" json:"level"`
	Points    int    `bson:"points" json:"points"`
	Most      int    `bson:"most" json:"most"`
}

// SubmissionReserved says that somebody marks a text, or a whole development task, until then; nobody else does meanwhile.
type SubmissionReserved struct {
	Submission string `bson:"submission"`
	Course     string `bson:"course"`
	Person     string `bson:"person"`
	Activity   string `bson:"activity"`
	Until      int64  `bson:"until"` // unix ms
}

// SubmissionReleased says that its marker put it back.
type SubmissionReleased struct {
	Submission string `bson:"submission"`
	Course     string `bson:"course"`
	Person     string `bson:"person"`
	Activity   string `bson:"activity"`
}

// DevelopmentStepSubmitted says that a learner handed in a step of a development task. Submission is the vault id of its text.
type DevelopmentStepSubmitted struct {
	Submission string `bson:"submission"`
	Course     string `bson:"course"`
	Person     string `bson:"person"`
	Activity   string `bson:"activity"`
	Step       string `bson:"step,omitempty"` // empty when the task has no steps
}

// DevelopmentFirstApproved says that a trainer approved a whole development task, and whom they asked to be the second person,
// if anybody. Submission is its newest text, Feedback the vault id of their words.
type DevelopmentFirstApproved struct {
	Feedback   string         `bson:"feedback"`
	Submission string         `bson:"submission"`
	Course     string         `bson:"course"`
	Person     string         `bson:"person"`
	Activity   string         `bson:"activity"`
	Rubric     []RubricChoice `bson:"rubric,omitempty"`
	Second     string         `bson:"second,omitempty"`
}

// DevelopmentSecondApproved says that a second person approved it too: then it is approved.
type DevelopmentSecondApproved struct {
	Feedback   string `bson:"feedback"`
	Submission string `bson:"submission"`
	Course     string `bson:"course"`
	Person     string `bson:"person"`
	Activity   string `bson:"activity"`
}

func (e FeedbackGiven) about() (course, person string)             { return e.Course, e.Person }
func (e DevelopmentStepSubmitted) about() (course, person string)  { return e.Course, e.Person }
func (e DevelopmentFirstApproved) about() (course, person string)  { return e.Course, e.Person }
func (e DevelopmentSecondApproved) about() (course, person string) { return e.Course, e.Person }

func feedbackEvents() []journal.Type {
	return []journal.Type{
		journal.Define[FeedbackGiven]("courses.feedback_given"),
		journal.Define[SubmissionReserved]("courses.submission_reserved"),
		journal.Define[SubmissionReleased]("courses.submission_released"),
		journal.Define[DevelopmentStepSubmitted]("courses.development_step_submitted"),
		journal.Define[DevelopmentFirstApproved]("courses.development_first_approved"),
		journal.Define[DevelopmentSecondApproved]("courses.development_second_approved"),
	}
}
