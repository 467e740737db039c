package psycap

import "luotsi/server/journal"

// MeasureAnswered says that somebody answered an instrument at a point. Answers is the vault id of the values; newer ones take the place
// of older ones of the same point.
type MeasureAnswered struct {
	Answers    string `bson:"answers"`
	Cohort     string `bson:"cohort"`
	Person     string `bson:"person"`
	Instrument string `bson:"instrument"`
	Version    string `bson:"version"`
	Point      Point  `bson:"point"`
}

// MeasureDeclined says that somebody does not want to answer an instrument at a point; with Back, that they take that back.
type MeasureDeclined struct {
	Cohort     string `bson:"cohort"`
	Person     string `bson:"person"`
	Instrument string `bson:"instrument"`
	Point      Point  `bson:"point"`
	Back       bool   `bson:"back,omitempty"`
}

// AnswersWithdrawn says that somebody takes their answers back. Reports that were made stay as they are.
type AnswersWithdrawn struct {
	Answers string `bson:"answers"`
	Person  string `bson:"person"`
}

// MeasuresRefused says whether somebody wants to be asked anything at all.
type MeasuresRefused struct {
	Person  string `bson:"person"`
	Refused bool   `bson:"refused"`
}

// ResultShared says whether the trainers of a cohort may see somebody's results of an instrument.
type ResultShared struct {
	Person     string `bson:"person"`
	Cohort     string `bson:"cohort"`
	Instrument string `bson:"instrument"`
	Shared     bool   `bson:"shared"`
}

func answerEvents() []journal.Type {
	return []journal.Type{
		journal.Define[MeasureAnswered]("psycap.measure_answered"),
		journal.Define[MeasureDeclined]("psycap.measure_declined"),
		journal.Define[AnswersWithdrawn]("psycap.answers_withdrawn"),
		journal.Define[MeasuresRefused]("psycap.measures_refused"),
		journal.Define[ResultShared]("psycap.result_shared"),
	}
}
