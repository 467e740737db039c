package scheduling

import "luotsi/server/journal"

func consultationEvents() []journal.Type {
	return []journal.Type{
		journal.Define[ConsultationAsked]("scheduling.consultation_asked"),
		journal.Define[ConsultationWritten]("scheduling.consultation_written"),
		journal.Define[ConsultationClosed]("scheduling.consultation_closed"),
		journal.Define[ConsultationTargetSet]("scheduling.consultation_target_set"),
	}
}

// ConsultationAsked is a question being put to a doctor, or to any doctor of a unit, in writing. Told are those who get a mail.
type ConsultationAsked struct {
	Consultation string         `bson:"consultation"`
	Case         string         `bson:"case"`
	Unit         string         `bson:"unit"`
	Doctor       string         `bson:"doctor,omitempty"`
	Kinds        []QuestionKind `bson:"kinds"`
	Text         string         `bson:"text"`
	Due          Day            `bson:"due"`
	Told         []string       `bson:"told,omitempty"`
	Absent       string         `bson:"absent,omitempty"` // the doctor it was meant for, who is away and for whom Doctor stands in
}

// ConsultationWritten is a message in the thread: the doctor's, which answers or asks for more, or of the side that asked. Due is
// the new date when it waits for the doctor again.
type ConsultationWritten struct {
	Consultation string   `bson:"consultation"`
	Text         string   `bson:"text"`
	Doctor       bool     `bson:"doctor,omitempty"`
	Answer       bool     `bson:"answer,omitempty"`
	Due          Day      `bson:"due,omitempty"`
	Told         []string `bson:"told,omitempty"`
	InPlaceOf    string   `bson:"in_place_of,omitempty"` // the doctor, of what a deputy writes
}

// ConsultationClosed is a consultation being over: as it is, or because a joint appointment takes its place.
type ConsultationClosed struct {
	Consultation string `bson:"consultation"`
	Turned       bool   `bson:"turned,omitempty"`
}

// ConsultationTargetSet is within how many working days a unit answers from now on.
type ConsultationTargetSet struct {
	Unit string `bson:"unit"`
	Days int    `bson:"days"`
}
