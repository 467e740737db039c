package courses

import "luotsi/server/journal"

// AttendanceMarked says who was there on a contact day of a cohort, and who was not. The newest word on a person counts; who is in
// neither list is left as they were.
type AttendanceMarked struct {
	Cohort   string   `bson:"cohort"`
	Course   string   `bson:"course"`
	Activity string   `bson:"activity"`
	Day      string   `bson:"day"` // a Finnish calendar day
	Present  []string `bson:"present,omitempty"`
	Absent   []string `bson:"absent,omitempty"`
}

// ContactDayCompensated says that a trainer approved something else a learner did instead of a contact day. Basis is the vault id
// of its words.
type ContactDayCompensated struct {
	Course   string `bson:"course"`
	Person   string `bson:"person"`
	Activity string `bson:"activity"`
	Basis    string `bson:"basis"`
}

// CompensationWithdrawn takes back what ContactDayCompensated gave. Whether the learner was there is as it was before.
type CompensationWithdrawn struct {
	Course   string `bson:"course"`
	Person   string `bson:"person"`
	Activity string `bson:"activity"`
}

// DeadlineExtended gives a learner until that day for an activity, a module, or the whole course: Target is the id of one of them.
// Reason is the vault id of its words.
type DeadlineExtended struct {
	Course string `bson:"course"`
	Person string `bson:"person"`
	Target string `bson:"target"`
	Until  string `bson:"until"` // a Finnish calendar day
	Reason string `bson:"reason"`
}

// CohortMessageSent says that a trainer wrote to learners of a cohort. Text is the vault id of the subject and the words.
type CohortMessageSent struct {
	Message string   `bson:"message"`
	Cohort  string   `bson:"cohort"`
	Persons []string `bson:"persons"`
	Text    string   `bson:"text"`
}

// GroupFormed makes a small group inside a cohort. Whoever is in another one of the cohort moves.
type GroupFormed struct {
	Group    string   `bson:"group"`
	Cohort   string   `bson:"cohort"`
	Name     string   `bson:"name"`
	Members  []string `bson:"members,omitempty"`
	Trainers []string `bson:"trainers,omitempty"`
}

// GroupChanged replaces what a small group is.
type GroupChanged struct {
	Group    string   `bson:"group"`
	Name     string   `bson:"name"`
	Members  []string `bson:"members,omitempty"`
	Trainers []string `bson:"trainers,omitempty"`
}

func (e ContactDayCompensated) about() (course, person string) { return e.Course, e.Person }
func (e CompensationWithdrawn) about() (course, person string) { return e.Course, e.Person }
func (e DeadlineExtended) about() (course, person string)      { return e.Course, e.Person }

func groupEvents() []journal.Type {
	return []journal.Type{
		journal.Define[AttendanceMarked]("courses.attendance_marked"),
		journal.Define[ContactDayCompensated]("courses.contact_day_compensated"),
		journal.Define[CompensationWithdrawn]("courses.compensation_withdrawn"),
		journal.Define[DeadlineExtended]("courses.deadline_extended"),
		journal.Define[CohortMessageSent]("courses.cohort_message_sent"),
		journal.Define[GroupFormed]("courses.group_formed"),
		journal.Define[GroupChanged]("courses.group_changed"),
	}
}
