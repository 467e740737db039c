package scheduling

import "luotsi/server/journal"

func deputyEvents() []journal.Type {
	return []journal.Type{
		journal.Define[DeputySet]("scheduling.deputy_set"),
		journal.Define[DeputyEnded]("scheduling.deputy_ended"),
		journal.Define[AnsweredInPlace]("scheduling.answered_in_place"),
	}
}

// DeputySet is a person being away from one day to another, both included, and who stands in; Deputy is empty when nobody
// was named.
type DeputySet struct {
	Absence string `bson:"absence"`
	Person  string `bson:"person"`
	Deputy  string `bson:"deputy,omitempty"`
	From    Day    `bson:"from"`
	Until   Day    `bson:"until"`
}

// DeputyEnded is an absence whose last day is an earlier one now; before its first day there is none. Deputy is who stood in, From
// and Until the days as they were.
type DeputyEnded struct {
	Absence string `bson:"absence"`
	Person  string `bson:"person"`
	Last    Day    `bson:"last"`
	Deputy  string `bson:"deputy,omitempty"`
	From    Day    `bson:"from,omitempty"`
	Until   Day    `bson:"until,omitempty"`
}

// AnsweredInPlace is a deputy answering for a doctor who is away: what the answer brings about follows in the same commit. Takes
// is the deputy coming to the appointment instead of the doctor, who is away on its day too.
type AnsweredInPlace struct {
	Appointment string `bson:"appointment"`
	Deputy      string `bson:"deputy"`
	Doctor      string `bson:"doctor"`
	Answer      Answer `bson:"answer"`
	Takes       bool   `bson:"takes,omitempty"`
}
