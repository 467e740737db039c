package courses

import "luotsi/server/journal"

// QuizStarted says that a learner began an attempt: by which version, with which draw, and until when (unix ms; none is no limit).
type QuizStarted struct {
	Attempt   string   `bson:"attempt"`
	Course    string   `bson:"course"`
	Person    string   `bson:"person"`
	Activity  string   `bson:"activity"`
	Hash      string   `bson:"hash"`
	Seed      int64    `bson:"seed"`
	Questions []string `bson:"questions"`
	Ends      int64    `bson:"ends,omitempty"`
}

// QuizAttempted says that a learner answered a quiz, and the marks they got. Answers is the vault id of the answers; without it,
// Attempt is.
type QuizAttempted struct {
	Attempt  string `bson:"attempt"`
	Course   string `bson:"course"`
	Person   string `bson:"person"`
	Activity string `bson:"activity"`
	Points   int    `bson:"points"`
	Max      int    `bson:"max"`
	Passed   bool   `bson:"passed"`
	Answers  string `bson:"answers,omitempty"`
}

// QuizHandedIn says that a learner answered a quiz and that a trainer has to mark some of it. Points are those of the rest.
type QuizHandedIn struct {
	Attempt  string `bson:"attempt"`
	Answers  string `bson:"answers"` // vault id
	Course   string `bson:"course"`
	Person   string `bson:"person"`
	Activity string `bson:"activity"`
	Points   int    `bson:"points"`
	Max      int    `bson:"max"`
}

// MarkGiven says that a trainer marked what waited, and the marks of the whole attempt. Answers is the vault id of the answers with
// the marks and the trainer's words.
type MarkGiven struct {
	Attempt  string `bson:"attempt"`
	Answers  string `bson:"answers"`
	Course   string `bson:"course"`
	Person   string `bson:"person"`
	Activity string `bson:"activity"`
	Points   int    `bson:"points"`
	Max      int    `bson:"max"`
	Passed   bool   `bson:"passed"`
}

// QuizReopened gives a learner one attempt more. Reason is the vault id of why.
type QuizReopened struct {
	Course   string `bson:"course"`
	Person   string `bson:"person"`
	Activity string `bson:"activity"`
	Reason   string `bson:"reason"`
}

func (e QuizStarted) about() (course, person string)   { return e.Course, e.Person }
func (e QuizAttempted) about() (course, person string) { return e.Course, e.Person }
func (e QuizHandedIn) about() (course, person string)  { return e.Course, e.Person }
func (e MarkGiven) about() (course, person string)     { return e.Course, e.Person }
func (e QuizReopened) about() (course, person string)  { return e.Course, e.Person }

func quizEvents() []journal.Type {
	return []journal.Type{
		journal.Define[QuizAttempted]("courses.quiz_attempted"),
		journal.Define[QuizStarted]("courses.quiz_started"),
		journal.Define[QuizHandedIn]("courses.quiz_handed_in"),
		journal.Define[MarkGiven]("courses.mark_given"),
		journal.Define[QuizReopened]("courses.quiz_reopened"),
	}
}
