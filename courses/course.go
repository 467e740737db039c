// Package courses holds courses, their versions, cohorts of learners, and what learners did.
// The content of a course comes from package library; what happened to it, and with it, is in the journal.
package courses

// Language is fi, sv or en.
type Language = string

// Finnish is the language every part of a course has; readers of another language get it where theirs is missing.
const Finnish Language = "fi"

// Languages lists the languages of the product, Finnish first.
func Languages() []Language { return []Language{Finnish, "sv", "en"} }

// Kind says what a learner does in an activity.
type Kind string

// The kinds of activities.
const (
	Lesson      Kind = "lesson"      // a text to read
	Video       Kind = "video"       // to watch
	Quiz        Kind = "quiz"        // questions, marked by the program or by a trainer
	Reflection  Kind = "reflection"  // a text for oneself, shown to others only as its writer says
	Task        Kind = "task"        // a text that is handed in, and that a trainer gives feedback to
	Work        Kind = "work"        // tried at work: planned, done, told of, and followed up
	Contact     Kind = "contact"     // a contact day, attended
	Link        Kind = "link"        // a service elsewhere, with the day it was done
	Development Kind = "development" // the development task: steps, a rubric, approved by a second person
)

// Kinds lists all of them.
func Kinds() []Kind {
	return []Kind{Lesson, Video, Quiz, Reflection, Task, Work, Contact, Link, Development}
}

// Faces are the language versions of one thing. Finnish is always there.
type Faces[T any] map[Language]T

// In gives the face in that language, or the Finnish one, and the language it is in.
func (f Faces[T]) In(language Language) (T, Language) {
	if face, ok := f[language]; ok {
		return face, language
	}
	return f[Finnish], Finnish
}

// Content is one published version of a course with all its texts. It is immutable: Hash is made of every byte of its
// files. It is stored as JSON with these field names, which therefore are never renamed.
type Content struct {
	ID      string
	Hash    string
	Rules   Rules
	Faces   Faces[CourseFace]
	Modules []Module
	Media   []Media `json:"-"` // the files it shows; only of a version that was just read from its files
}

// CourseFace is what a course says in one language. HTML is rendered and sanitised.
type CourseFace struct {
	Title   string
	Summary string
	HTML    string
}

// Module is a part of a course with its own goals.
type Module struct {
	ID         string
	Hours      int
	Gate       Gate
	Faces      Faces[ModuleFace]
	Activities []Activity
}

// ModuleFace is what a module says in one language. Reviewed and ReviewBy are days: a translation is reviewed on its own.
type ModuleFace struct {
	Title    string
	Goals    []string
	Outline  []string
	Output   string
	Sources  []string
	Reviewed string
	ReviewBy string
	HTML     string
}

// Activity is one thing to do. Its id is what progress hangs on, across all versions of the course.
type Activity struct {
	ID        string
	Kind      Kind
	Requires  Requirement
	Optional  bool // completion does not ask for it
	Gate      Gate
	Minutes   int       // in one sitting
	Planned   int       // minutes of study in all, of the hours of its module; 0 when the module does not say
	Hash      string    // of its texts, and of the files it shows, in every language
	Pass      int       // quizzes: the points that pass
	Draw      int       // quizzes: questions in an attempt, drawn out of all; 0 asks all of them
	Attempts  int       // quizzes: how many there may be; 0 is no limit
	TimeLimit int       // quizzes: minutes from the start of an attempt; 0 is no limit
	Shares    []Privacy // reflections: the grades of privacy that are offered; none stands for all of them
	Faces     Faces[ActivityFace]
	Questions []Question
	Rubric    []Criterion // tasks and development tasks
	Parts     []Part      // development tasks: their steps
}

// ActivityFace is what an activity says in one language.
type ActivityFace struct {
	Title   string
	HTML    string
	Address string `json:",omitempty"` // links: of the service elsewhere
	Film    *Film  `json:",omitempty"` // videos
}

// Find looks an activity up by its id and gives its module too; nil when this version has none of that id.
func (c *Content) Find(activity string) (*Module, *Activity) {
	for m := range c.Modules {
		for a := range c.Modules[m].Activities {
			if c.Modules[m].Activities[a].ID == activity {
				return &c.Modules[m], &c.Modules[m].Activities[a]
			}
		}
	}
	return nil, nil
}

// Outline is the part of a version that progress is counted by, and that the journal keeps.
func (c *Content) Outline() []ModuleOutline {
	modules := make([]ModuleOutline, len(c.Modules))
	for m, module := range c.Modules {
		modules[m] = ModuleOutline{ID: module.ID, Gate: module.Gate, Activities: make([]ActivityOutline, len(module.Activities))}
		for a, activity := range module.Activities {
			modules[m].Activities[a] = ActivityOutline{
				ID: activity.ID, Kind: activity.Kind, Questions: len(activity.Questions), Pass: activity.Pass,
				Requires: activity.Requires, Optional: activity.Optional, Gate: activity.Gate, Hash: activity.Hash, Texts: textHashes(activity.Faces),
				Draw: activity.Draw, Attempts: activity.Attempts, TimeLimit: activity.TimeLimit,
				Parts: activity.parts(), Shares: activity.Shares,
			}
		}
	}
	return modules
}
