package scheduling

import (
	"slices"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

// Events lists what can happen here. Names and shapes are promises: see journal.Define.
func Events() []journal.Type {
	return slices.Concat(resourceEvents(), deputyEvents(), calendarEvents(), requestEvents(), mailEvents(), receptionEvents(), returnEvents(), caseFileEvents(), consultationEvents(), []journal.Type{
		journal.Define[HoursAdded]("scheduling.hours_added"),
		journal.Define[HoursRemoved]("scheduling.hours_removed"),
		journal.Define[ExceptionAdded]("scheduling.exception_added"),
		journal.Define[ExceptionRemoved]("scheduling.exception_removed"),
		journal.Define[SettingsChanged]("scheduling.settings_changed"),
		journal.Define[TravelSet]("scheduling.travel_set"),
		journal.Define[CaseOpened]("scheduling.case_opened"),
		journal.Define[CaseClosed]("scheduling.case_closed"),
		journal.Define[AppointmentBooked]("scheduling.appointment_booked"),
		journal.Define[AppointmentHeld]("scheduling.appointment_held"),
		journal.Define[HoldExtended]("scheduling.hold_extended"),
		journal.Define[HoldReleased]("scheduling.hold_released"),
		journal.Define[HoldExpired]("scheduling.hold_expired"),
		journal.Define[MoveAgreed]("scheduling.move_agreed"),
		journal.Define[AppointmentAsked]("scheduling.appointment_asked"),
		journal.Define[AppointmentConfirmed]("scheduling.appointment_confirmed"),
		journal.Define[AppointmentDeclined]("scheduling.appointment_declined"),
		journal.Define[ParticipantAnswered]("scheduling.participant_answered"),
		journal.Define[ParticipantReplaced]("scheduling.participant_replaced"),
		journal.Define[AppointmentMoved]("scheduling.appointment_moved"),
		journal.Define[AppointmentMarked]("scheduling.appointment_marked"),
		journal.Define[PatientSystemMarked]("scheduling.patient_system_marked"),
		journal.Define[AppointmentCancelled]("scheduling.appointment_cancelled"),
	})
}

// HoursAdded is a person's weekly hours being published. Times are minutes after 00:00 on the Finnish clock, days are
// counted from 1970-01-01. Without a service they are for joint appointments.
type HoursAdded struct {
	Hours      string  `bson:"hours"`
	Person     string  `bson:"person"`
	Unit       string  `bson:"unit"`
	Purpose    Purpose `bson:"purpose,omitempty"`
	Weekday    int     `bson:"weekday"`
	From       int     `bson:"from"`
	To         int     `bson:"to"`
	Minutes    int     `bson:"minutes"`
	ValidFrom  Day     `bson:"valid_from"`
	ValidUntil Day     `bson:"valid_until"`
	// Publication is what these hours were published in together with others, to be taken back together.
	Publication string `bson:"publication,omitempty"`
}

// HoursRemoved is weekly hours being taken back.
type HoursRemoved struct {
	Hours  string `bson:"hours"`
	Person string `bson:"person"`
}

// ExceptionAdded is one day being changed: away (To 0 is the whole day), extra hours, or a holiday worked as any other day.
type ExceptionAdded struct {
	Exception string  `bson:"exception"`
	Person    string  `bson:"person"`
	Day       Day     `bson:"day"`
	Kind      Kind    `bson:"kind"`
	From      int     `bson:"from"`
	To        int     `bson:"to"`
	Unit      string  `bson:"unit,omitempty"`
	Purpose   Purpose `bson:"purpose,omitempty"`
	Minutes   int     `bson:"minutes,omitempty"`
	// Publication is as in HoursAdded.
	Publication string `bson:"publication,omitempty"`
}

// ExceptionRemoved is the change of one day being taken back.
type ExceptionRemoved struct {
	Exception string `bson:"exception"`
	Person    string `bson:"person"`
}

// SettingsChanged is how a person wants to be booked from now on; see Settings for the units.
type SettingsChanged struct {
	Person     string `bson:"person"`
	Before     int    `bson:"before"`
	After      int    `bson:"after"`
	Notice     int    `bson:"notice"`
	Horizon    int    `bson:"horizon"`
	DayLimit   int    `bson:"day_limit"`
	MonthLimit int    `bson:"month_limit"`
	ReturnDays int    `bson:"return_days"`
	Ask        bool   `bson:"ask"`
}

// TravelSet is how many minutes it takes from one unit to another, the lesser id first.
type TravelSet struct {
	Unit    string `bson:"unit"`
	Other   string `bson:"other"`
	Minutes int    `bson:"minutes"`
}

// CaseOpened is a client's matter beginning, under a reference that tells nothing.
type CaseOpened struct {
	Case      string `bson:"case"`
	Reference string `bson:"reference"`
	Unit      string `bson:"unit"`
	Owner     string `bson:"owner"`
}

// CaseClosed is a client's matter coming to its end.
type CaseClosed struct {
	Case string `bson:"case"`
}

// AppointmentBooked is an appointment of everybody in Participants, the doctor first. The oldest have no Case: they are one.
type AppointmentBooked struct {
	Appointment  string        `bson:"appointment"`
	Case         string        `bson:"case,omitempty"`
	Reference    string        `bson:"reference"`
	Request      string        `bson:"request,omitempty"`
	Reception    string        `bson:"reception,omitempty"`
	Doctor       string        `bson:"doctor"`
	Unit         string        `bson:"unit"`
	Start        int64         `bson:"start"` // unix ms
	Minutes      int           `bson:"minutes"`
	Mode         Mode          `bson:"mode"`
	Participants []Participant `bson:"participants"`
}

// AppointmentHeld is a time kept for everybody until Expires: while its booker makes up their mind or, of an offer, while the
// owner of a waiting request does.
type AppointmentHeld struct {
	AppointmentBooked `bson:",inline"`
	Expires           int64        `bson:"expires"` // unix ms
	Offer             bool         `bson:"offer,omitempty"`
	Passed            []PassedOver `bson:"passed,omitempty"`      // of an offer: who stood before and was not offered it, the first of them
	PassedMore        int          `bson:"passed_more,omitempty"` // and how many others
	Deputy            string       `bson:"deputy,omitempty"`      // of an offer: who stands in for the owner of the case then
	MoveOf            string       `bson:"moveOf,omitempty"`      // the appointment that would move to this time
}

// HoldExtended is a hold being kept longer, which can be done once.
type HoldExtended struct {
	Appointment string `bson:"appointment"`
	Expires     int64  `bson:"expires"`
}

// HoldReleased is somebody letting a kept time go before it was booked.
type HoldReleased struct {
	Appointment string `bson:"appointment"`
	Reason      Reason `bson:"reason,omitempty"` // ReceptionOff, when it was not its owner who let it go
}

// HoldExpired is a kept time being free again because nobody decided in time.
type HoldExpired struct {
	Appointment string `bson:"appointment"`
}

// AppointmentAsked is a held time being put to the doctor, who answers before Expires.
type AppointmentAsked struct {
	Appointment string `bson:"appointment"`
	Expires     int64  `bson:"expires"`
	Deputy      string `bson:"deputy,omitempty"` // who answers in the place of a doctor who is away then
}

// MoveAgreed is the doctor agreeing to the time that was kept for a move. It is not kept by itself any more: AppointmentMoved
// follows in the same commit.
type MoveAgreed struct {
	Appointment string `bson:"appointment"`
}

// AppointmentConfirmed is a kept time becoming an appointment.
type AppointmentConfirmed struct {
	Appointment string `bson:"appointment"`
}

// AppointmentDeclined is the doctor not coming. Proposed are other times that suit the doctor, unix ms.
type AppointmentDeclined struct {
	Appointment string  `bson:"appointment"`
	Reason      Reason  `bson:"reason,omitempty"`
	Proposed    []int64 `bson:"proposed,omitempty"`
}

// ParticipantAnswered is what the participant in that seat says.
type ParticipantAnswered struct {
	Appointment string `bson:"appointment"`
	Seat        int    `bson:"seat"`
	Answer      Answer `bson:"answer"`
}

// ParticipantReplaced is a seat being taken by another who can. When it is the doctor's, the appointment is that doctor's from then
// on, and in no reception of the one before.
type ParticipantReplaced struct {
	Appointment string `bson:"appointment"`
	Seat        int    `bson:"seat"`
	Person      string `bson:"person"`
	Before      int    `bson:"before,omitempty"`
	After       int    `bson:"after,omitempty"`
	Outside     bool   `bson:"outside,omitempty"`
}

// AppointmentMoved is an appointment getting another time; the old one is free from the same moment.
type AppointmentMoved struct {
	Appointment  string        `bson:"appointment"`
	Doctor       string        `bson:"doctor"`
	Unit         string        `bson:"unit"`
	Start        int64         `bson:"start"`
	Minutes      int           `bson:"minutes"`
	Mode         Mode          `bson:"mode"`
	Reception    string        `bson:"reception,omitempty"`
	Participants []Participant `bson:"participants"`
}

// AppointmentMarked is what became of an appointment: arrived, started, fulfilled, noshow, or booked when a mark is taken back.
type AppointmentMarked struct {
	Appointment string `bson:"appointment"`
	Status      Status `bson:"status"`
}

// PatientSystemMarked is the doctor's side saying whether the time is booked in the patient system too.
type PatientSystemMarked struct {
	Appointment string `bson:"appointment"`
	Done        bool   `bson:"done"`
}

// AppointmentCancelled is an appointment that will not take place. Late is less than a day before.
type AppointmentCancelled struct {
	Appointment string `bson:"appointment"`
	Reason      Reason `bson:"reason"`
	Late        bool   `bson:"late,omitempty"`
}

// Participant is who has one seat of an appointment: a person or a resource, or without a calendar here somebody known by a
// text of the vault (Guest) or ordered from outside. Any are those who could take the seat instead. A seat with none of these
// is an optional one that stayed empty: of Any, nobody could come.
type Participant struct {
	Person   string    `bson:"person"`
	Role     auth.Role `bson:"role"`
	Guest    string    `bson:"guest,omitempty"`
	Outside  bool      `bson:"outside,omitempty"`
	Optional bool      `bson:"optional,omitempty"`
	Before   int       `bson:"before,omitempty"` // minutes kept free, as the person wished when it was booked
	After    int       `bson:"after,omitempty"`
	Any      []string  `bson:"any,omitempty"`
}
