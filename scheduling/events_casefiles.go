package scheduling

import "luotsi/server/journal"

func caseFileEvents() []journal.Type {
	return []journal.Type{
		journal.Define[QuestionSet]("scheduling.question_set"),
		journal.Define[OutcomeSet]("scheduling.outcome_set"),
		journal.Define[ConsentRecorded]("scheduling.consent_recorded"),
		journal.Define[ConsentWithdrawn]("scheduling.consent_withdrawn"),
		journal.Define[CaseReopened]("scheduling.case_reopened"),
		journal.Define[TextsVanished]("scheduling.texts_vanished"),
	}
}

// QuestionSet is the question to the doctor being written, or written anew: the text of before is not kept. Text is an id in the
// vault; the versions count from 1.
type QuestionSet struct {
	Case    string         `bson:"case"`
	Text    string         `bson:"text"`
	Kinds   []QuestionKind `bson:"kinds"`
	Version int            `bson:"version"`
}

// OutcomeSet is what a meeting came to being written, or written anew.
type OutcomeSet struct {
	Case        string   `bson:"case"`
	Appointment string   `bson:"appointment"`
	Text        string   `bson:"text"`
	Actions     []Action `bson:"actions,omitempty"`
	Next        Day      `bson:"next,omitempty"`
	Version     int      `bson:"version"`
}

// ConsentRecorded is the client letting a person, or everybody in a role, read the case's texts for one use.
type ConsentRecorded struct {
	Consent   string `bson:"consent"`
	Case      string `bson:"case"`
	Recipient string `bson:"recipient"`
	Use       Use    `bson:"use"`
	Until     Day    `bson:"until,omitempty"`
}

// ConsentWithdrawn is the client taking a consent back.
type ConsentWithdrawn struct {
	Consent string `bson:"consent"`
	Case    string `bson:"case"`
}

// CaseReopened is a closed case going on.
type CaseReopened struct {
	Case string `bson:"case"`
}

// TextsVanished is free texts not being kept any more: of the question, of these appointments (the outcome and the guests'
// contacts), and of these consultations. They are deleted from the vault after the commit.
type TextsVanished struct {
	Case          string   `bson:"case"`
	Question      bool     `bson:"question,omitempty"`
	Appointments  []string `bson:"appointments,omitempty"`
	Consultations []string `bson:"consultations,omitempty"`
}
