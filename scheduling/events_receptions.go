package scheduling

import "luotsi/server/journal"

func receptionEvents() []journal.Type {
	return []journal.Type{
		journal.Define[ReceptionsPlanned]("scheduling.receptions_planned"),
		journal.Define[ReceptionMoved]("scheduling.reception_moved"),
		journal.Define[ReceptionCancelled]("scheduling.reception_cancelled"),
		journal.Define[PlacesLent]("scheduling.places_lent"),
	}
}

// ReceptionsPlanned is a series of joint receptions being published. Times are minutes after 00:00 on the Finnish clock.
type ReceptionsPlanned struct {
	Series      string       `bson:"series"`
	Doctor      string       `bson:"doctor"`
	Unit        string       `bson:"unit"`
	From        int          `bson:"from"`
	To          int          `bson:"to"`
	Minutes     int          `bson:"minutes"`
	Places      int          `bson:"places"`
	Room        string       `bson:"room,omitempty"`
	Occurrences []Occurrence `bson:"occurrences"`
}

// ReceptionMoved is a reception getting another day or other times.
type ReceptionMoved struct {
	Reception string `bson:"reception"`
	Day       Day    `bson:"day"`
	From      int    `bson:"from"`
	To        int    `bson:"to"`
}

// ReceptionCancelled is a reception that will not take place.
type ReceptionCancelled struct {
	Reception string `bson:"reception"`
}

// PlacesLent is how many appointments a month the unit To may have in the hours of Unit; 0 ends it.
type PlacesLent struct {
	Unit   string `bson:"unit"`
	Other  string `bson:"other"`
	Places int    `bson:"places"`
}
