package scheduling

import (
	"slices"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

// Events lists what can happen here. Names and shapes are promises: see journal.Define.
func Events() []journal.Type {
	return slices.Concat(resourceEvents(), []journal.Type{
		journal.Define[HoursAdded]("scheduling.hours_added"),
		journal.Define[HoursRemoved]("scheduling.hours_removed"),
		journal.Define[ExceptionAdded]("scheduling.exception_added"),
		journal.Define[ExceptionRemoved]("scheduling.exception_removed"),
		journal.Define[AppointmentBooked]("scheduling.appointment_booked"),
		journal.Define[AppointmentCancelled]("scheduling.appointment_cancelled"),
	})
}

// HoursAdded is a person's weekly hours being published. Times are minutes after 00:00 on the Finnish clock, days are
// counted from 1970-01-01.
type HoursAdded struct {
	Hours      string `bson:"hours"`
	Person     string `bson:"person"`
	Unit       string `bson:"unit"`
	Weekday    int    `bson:"weekday"`
	From       int    `bson:"from"`
	To         int    `bson:"to"`
	Minutes    int    `bson:"minutes"`
	ValidFrom  Day    `bson:"valid_from"`
	ValidUntil Day    `bson:"valid_until"`
}

// HoursRemoved is weekly hours being taken back.
type HoursRemoved struct {
	Hours  string `bson:"hours"`
	Person string `bson:"person"`
}

// ExceptionAdded is one day being changed: away (To 0 is the whole day) or extra hours.
type ExceptionAdded struct {
	Exception string `bson:"exception"`
	Person    string `bson:"person"`
	Day       Day    `bson:"day"`
	Kind      Kind   `bson:"kind"`
	From      int    `bson:"from"`
	To        int    `bson:"to"`
	Unit      string `bson:"unit,omitempty"`
	Minutes   int    `bson:"minutes,omitempty"`
}

// ExceptionRemoved is the change of one day being taken back.
type ExceptionRemoved struct {
	Exception string `bson:"exception"`
	Person    string `bson:"person"`
}

// AppointmentBooked is an appointment of everybody in Participants, the doctor first.
type AppointmentBooked struct {
	Appointment  string        `bson:"appointment"`
	Reference    string        `bson:"reference"`
	Doctor       string        `bson:"doctor"`
	Unit         string        `bson:"unit"`
	Start        int64         `bson:"start"` // unix ms
	Minutes      int           `bson:"minutes"`
	Mode         Mode          `bson:"mode"`
	Participants []Participant `bson:"participants"`
}

// appointment is what begins with the event.
func (e *AppointmentBooked) appointment(m journal.Meta) Appointment {
	return Appointment{
		Reference: e.Reference, Doctor: e.Doctor, Unit: e.Unit, Start: e.Start, End: e.Start + int64(e.Minutes)*minute,
		Mode: e.Mode, Participants: e.Participants, BookedAt: m.At.UnixMilli(), BookedBy: m.By,
	}
}

// AppointmentCancelled is an appointment that will not take place.
type AppointmentCancelled struct {
	Appointment string `bson:"appointment"`
	Reason      Reason `bson:"reason"`
}

// Participant is one person of an appointment and in which role they come.
type Participant struct {
	Person string    `bson:"person"`
	Role   auth.Role `bson:"role"`
}
