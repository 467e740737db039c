package scheduling

import "luotsi/server/journal"

func returnEvents() []journal.Type {
	return []journal.Type{
		journal.Define[PlacesReturned]("scheduling.places_returned"),
		journal.Define[PlacesReopened]("scheduling.places_reopened"),
	}
}

// PlacesReturned is a doctor's joint hours of one day in one unit going back to the doctor's own use, as many days before as
// they said. Spans are the hours as they were published: appointments in them stay, but once cancelled are not offered again.
// With a Reception it is that joint reception, and what is free of its places.
type PlacesReturned struct {
	Person    string          `bson:"person"`
	Day       Day             `bson:"day"`
	Unit      string          `bson:"unit"`
	Spans     []ReturnedHours `bson:"spans"`
	Reception string          `bson:"reception,omitempty"`
}

// ReturnedHours is a piece of time, unix ms.
type ReturnedHours struct {
	Start int64 `bson:"start"`
	End   int64 `bson:"end"`
}

// PlacesReopened is the doctor giving the returned hours and receptions of a day to be booked after all.
type PlacesReopened struct {
	Person string `bson:"person"`
	Day    Day    `bson:"day"`
}
