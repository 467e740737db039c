package psycap

import "luotsi/server/journal"

// MeasuresPlanned says what a cohort is asked, and when. It takes the place of the plan before; what was answered stays.
type MeasuresPlanned struct {
	Cohort   string    `bson:"cohort"`
	Measures []Measure `bson:"measures"`
	Ends     string    `bson:"ends"` // day; the later points count from it
	Days     int       `bson:"days"` // a point stays open
}

// Measure is an instrument, in one version, at some points.
type Measure struct {
	Instrument string  `bson:"instrument"`
	Version    string  `bson:"version"`
	Points     []Point `bson:"points"`
}

// MeasuresTold says that people were told, or reminded, of what a point asks them.
type MeasuresTold struct {
	Cohort  string   `bson:"cohort"`
	Point   Point    `bson:"point"`
	Round   int      `bson:"round"` // 0 is the first telling
	Persons []string `bson:"persons"`
}

func planEvents() []journal.Type {
	return []journal.Type{
		journal.Define[MeasuresPlanned]("psycap.measures_planned"),
		journal.Define[MeasuresTold]("psycap.measures_told"),
	}
}
