package courses

import "luotsi/server/journal"

// ChangeAcknowledged says that a learner read what changed in an activity they had finished. Hash is that of the texts they
// were shown.
type ChangeAcknowledged struct {
	Course   string `bson:"course"`
	Person   string `bson:"person"`
	Activity string `bson:"activity"`
	Hash     string `bson:"hash"`
}

func (e ChangeAcknowledged) about() (course, person string) { return e.Course, e.Person }

func changeEvents() []journal.Type {
	return []journal.Type{journal.Define[ChangeAcknowledged]("courses.change_acknowledged")}
}
