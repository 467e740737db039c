package main

import (
	"luotsi/scheduling"
	"luotsi/server/auth"
	"luotsi/server/journal"
)

// tuesday is 15.12.2026 at 9.00 in Finland.
const tuesday = int64(1797318000000)

// appointmentSamples are events of the life of one appointment, for writeGolden.
func appointmentSamples() []journal.Event {
	placed := func(id string, hour int64) scheduling.AppointmentBooked {
		return scheduling.AppointmentBooked{
			Appointment: id, Case: "golden-case", Reference: "GLDN22", Doctor: "golden-gp", Unit: "golden-unit", Start: tuesday + hour*3600_000,
			Minutes: 30, Mode: scheduling.OnSite, Participants: []scheduling.Participant{
				{Person: "golden-gp", Role: auth.Doctor, Before: 5, After: 10},
				{Person: "golden-co", Role: auth.Coordinator},
				{Person: "golden-i1", Role: scheduling.RoleInterpreter, Any: []string{"golden-i1", "golden-i2"}},
			},
		}
	}
	terms := scheduling.RequestTerms{
		Doctor: "golden-gp", Minutes: 30, Mode: scheduling.OnSite, Deadline: finnishToday() + 60, Priority: scheduling.Urgent,
		Needs: []scheduling.Need{
			{Role: auth.Coordinator, Any: []scheduling.Comer{{Person: "golden-co", Role: auth.Coordinator}}},
			{Role: scheduling.RoleInterpreter, Any: []scheduling.Comer{{Person: "golden-i1", Role: scheduling.RoleInterpreter}}, Outside: true, Optional: true},
		},
		Never: []scheduling.Impossible{{Weekday: 2, From: 480, To: 720}, {Day: finnishToday() + 10}},
	}
	return []journal.Event{
		scheduling.SettingsChanged{Person: "golden-gp", Before: 5, After: 10, Notice: 24, Horizon: 180, DayLimit: 4, MonthLimit: 20, ReturnDays: 5, Ask: true},
		scheduling.TravelSet{Unit: "golden-other", Other: "golden-unit", Minutes: 25},
		scheduling.CaseOpened{Case: "golden-case", Reference: "GLDN22", Unit: "golden-unit", Owner: "golden-co"},
		scheduling.AppointmentHeld{AppointmentBooked: placed("golden-a1", 0), Expires: tuesday - 600_000},
		scheduling.HoldExtended{Appointment: "golden-a1", Expires: tuesday},
		scheduling.AppointmentAsked{Appointment: "golden-a1", Expires: tuesday},
		scheduling.AppointmentConfirmed{Appointment: "golden-a1"},
		scheduling.MoveAgreed{Appointment: "golden-a9"},
		scheduling.ParticipantAnswered{Appointment: "golden-a1", Seat: 2, Answer: scheduling.DeclinedSeat},
		scheduling.ParticipantReplaced{Appointment: "golden-a1", Seat: 2, Person: "golden-i2"},
		scheduling.PatientSystemMarked{Appointment: "golden-a1", Done: true},
		scheduling.AppointmentMoved{
			Appointment: "golden-a1", Doctor: "golden-gp", Unit: "golden-unit", Start: tuesday + 7200_000, Minutes: 45, Mode: scheduling.Video,
			Participants: placed("", 0).Participants,
		},
		scheduling.ReminderDue{Appointment: "golden-a1", Start: tuesday + 7200_000, Days: 7},
		scheduling.DigestDue{Person: "golden-gp", Week: 20801, Since: tuesday - 604800_000},
		scheduling.AppointmentMarked{Appointment: "golden-a1", Status: scheduling.Fulfilled},
		scheduling.HoldReleased{Appointment: "golden-a1"},
		scheduling.HoldExpired{Appointment: "golden-a1"},
		scheduling.AppointmentDeclined{Appointment: "golden-a1", Reason: scheduling.NoTime, Proposed: []int64{tuesday + 86400_000}},
		scheduling.RequestMade{Request: "golden-r1", Case: "golden-case", Unit: "golden-unit", RequestTerms: terms},
		scheduling.RequestChanged{Request: "golden-r1", RequestTerms: terms},
		scheduling.RequestWithdrawn{Request: "golden-r1"},
		scheduling.ReceptionsPlanned{
			Series: "golden-series", Doctor: "golden-gp", Unit: "golden-unit", From: 540, To: 720, Minutes: 30, Places: 4, Room: "golden-room",
			Occurrences: []scheduling.Occurrence{{Reception: "golden-r1", Day: 20850}, {Reception: "golden-r2", Day: 20878}},
		},
		scheduling.ReceptionMoved{Reception: "golden-r1", Day: 20851, From: 600, To: 780},
		scheduling.ReceptionCancelled{Reception: "golden-r2"},
		scheduling.PlacesLent{Unit: "golden-unit", Other: "golden-other", Places: 2},
		scheduling.QuestionSet{Case: "golden-case", Text: "golden-t1", Kinds: []scheduling.QuestionKind{"work_ability", "other"}, Version: 1},
		scheduling.OutcomeSet{
			Case: "golden-case", Appointment: "golden-a1", Text: "golden-t2", Actions: []scheduling.Action{{Who: "golden-gp", Due: 20850}, {Who: "client"}}, Next: 20878, Version: 1,
		},
		scheduling.ConsentRecorded{Consent: "golden-c1", Case: "golden-case", Recipient: "doctor", Use: scheduling.UseJoint, Until: 20900},
		scheduling.ConsentWithdrawn{Consent: "golden-c1", Case: "golden-case"},
		scheduling.ConsultationAsked{
			Consultation: "golden-w1", Case: "golden-case", Unit: "golden-unit", Doctor: "golden-gp", Kinds: []scheduling.QuestionKind{"statement"}, Text: "golden-t3",
			Due: 20820, Told: []string{"golden-gp"},
		},
		scheduling.ConsultationWritten{Consultation: "golden-w1", Text: "golden-t4", Doctor: true, Answer: true, Told: []string{"golden-co"}},
		scheduling.ConsultationClosed{Consultation: "golden-w1", Turned: true},
		scheduling.AnsweredInPlace{Appointment: "golden-a1", Deputy: "golden-gp2", Doctor: "golden-gp", Answer: scheduling.Accepted, Takes: true},
		scheduling.ConsultationTargetSet{Unit: "golden-unit", Days: 3},
		scheduling.TextsVanished{Case: "golden-case", Question: true, Appointments: []string{"golden-a1"}, Consultations: []string{"golden-w1"}},
		scheduling.CaseReopened{Case: "golden-case"},
	}
}
