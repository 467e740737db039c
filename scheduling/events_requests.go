package scheduling

import "luotsi/server/journal"

func requestEvents() []journal.Type {
	return []journal.Type{
		journal.Define[RequestMade]("scheduling.request_made"),
		journal.Define[RequestChanged]("scheduling.request_changed"),
		journal.Define[RequestWithdrawn]("scheduling.request_withdrawn"),
	}
}

// RequestMade is a case beginning to wait for a joint appointment in a unit. What becomes of it is told by the events of
// appointments that name it. Instead is an appointment that was booked without a request and whose reception does not take place:
// the case waits since it was booked, as whoever booked it asked for it.
type RequestMade struct {
	Request      string `bson:"request"`
	Case         string `bson:"case"`
	Unit         string `bson:"unit"`
	Instead      string `bson:"instead,omitempty"`
	Absent       string `bson:"absent,omitempty"` // the doctor it was meant for, who is away and for whom Doctor stands in
	RequestTerms `bson:",inline"`
}

// RequestTerms are what is asked for; see Terms.
type RequestTerms struct {
	Doctor   string       `bson:"doctor,omitempty"`
	Minutes  int          `bson:"minutes"`
	Mode     Mode         `bson:"mode"`
	Needs    []Need       `bson:"needs"`
	Never    []Impossible `bson:"never,omitempty"`
	Deadline Day          `bson:"deadline,omitempty"`
	Priority Priority     `bson:"priority"`
}

// RequestChanged is a waiting request asking for something else from now on.
type RequestChanged struct {
	Request      string `bson:"request"`
	Absent       string `bson:"absent,omitempty"` // as in RequestMade
	RequestTerms `bson:",inline"`
}

// RequestWithdrawn is a request leaving the line without an appointment.
type RequestWithdrawn struct {
	Request string `bson:"request"`
}
