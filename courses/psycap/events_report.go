package psycap

import "luotsi/server/journal"

// ReportMade keeps figures of a group as they were shown: nobody can be told apart in them, so they stay when people are erased.
type ReportMade struct {
	Report   string          `bson:"report"`
	Org      string          `bson:"org"`
	Title    string          `bson:"title"`
	Cohorts  []string        `bson:"cohorts,omitempty"` // none when the figures are of a table from elsewhere
	Points   []Point         `bson:"points"`
	Floor    int             `bson:"floor,omitempty"` // that was in force
	Sections []ReportSection `bson:"sections"`
	Asked    []AskedPeople   `bson:"asked,omitempty"` // none when the figures are of a table
}

// AskedPeople are who was asked in a cohort at a point, as far as they are counted: the next report must not be of a few people more,
// or fewer, whatever they did.
type AskedPeople struct {
	Point  Point    `bson:"point"`
	Cohort string   `bson:"cohort"`
	People []string `bson:"people"`
}

// ReportSection is what a report says of one instrument. Shown are the groups whose figures it shows: the next report must not tell
// anybody apart together with them. It has none when the figures are of a table.
type ReportSection struct {
	Instrument string       `bson:"instrument"`
	Version    string       `bson:"version"`
	Shown      []ShownGroup `bson:"shown,omitempty"`
	Figures    Figures      `bson:"figures"`
}

// ShownGroup is a group of people, by id. It is a document because the embedded engine stores no list in a list. Answers are, for each
// point of the report, those that its figures are of: a group shown again after somebody answered anew would tell what they changed.
type ShownGroup struct {
	People  []string       `bson:"people"`
	Answers []ShownAnswers `bson:"answers,omitempty"`
}

// ShownAnswers are the vault ids of answers at a point, in the order of the people.
type ShownAnswers struct {
	Point Point    `bson:"point"`
	Texts []string `bson:"texts"`
}

func reportEvents() []journal.Type {
	return []journal.Type{
		journal.Define[ReportMade]("psycap.report_made"),
	}
}
