package scheduling

import "luotsi/server/journal"

func deputyEvents() []journal.Type {
	return []journal.Type{
		journal.Define[DeputySet]("scheduling.deputy_set"),
		journal.Define[DeputyEnded]("scheduling.deputy_ended"),
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

// DeputyEnded is an absence whose last day is an earlier one now; before its first day there is none.
type DeputyEnded struct {
	Absence string `bson:"absence"`
	Person  string `bson:"person"`
	Last    Day    `bson:"last"`
}
