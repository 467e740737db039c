package courses

import "luotsi/server/journal"

func reflectionEvents() []journal.Type {
	return []journal.Type{
		journal.Define[ReflectionKept]("courses.reflection_kept"),
		journal.Define[WritingShared]("courses.writing_shared"),
	}
}

// ReflectionKept says that a learner wrote a reflection, in place of the one before, and who may know of it. Reflection is its vault id.
type ReflectionKept struct {
	Reflection string  `bson:"reflection"`
	Course     string  `bson:"course"`
	Person     string  `bson:"person"`
	Activity   string  `bson:"activity"`
	Privacy    Privacy `bson:"privacy"`
}

// WritingShared says who may know, from now on, of what a learner wrote in a reflection or of something tried at work.
type WritingShared struct {
	Course   string  `bson:"course"`
	Person   string  `bson:"person"`
	Activity string  `bson:"activity"`
	Privacy  Privacy `bson:"privacy"`
}

func (e ReflectionKept) about() (course, person string) { return e.Course, e.Person }
func (e WritingShared) about() (course, person string)  { return e.Course, e.Person }
