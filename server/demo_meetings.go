package main

import (
	"context"
	"time"

	"luotsi/scheduling"
	"luotsi/server/auth"
	"luotsi/server/journal"
)

// demoMeeting is how long the demo's past meetings took, in minutes.
const demoMeeting = 30

// demoPast is when the demo's two past meetings began: the one that ended last before now, between eight and four on a working
// day, and one at nine on the working day before it.
func demoPast(now time.Time, today scheduling.Day) (last, earlier time.Time) {
	day := today
	for ; last.IsZero(); day-- {
		for wall := 16*60 - demoMeeting; day.Works() && wall >= 8*60 && last.IsZero(); wall -= demoMeeting {
			if end := day.At(wall + demoMeeting); !end.After(now) {
				last = day.At(wall)
			}
		}
	}
	for !day.Works() {
		day--
	}
	return last, day.At(9 * 60)
}

// meetDemo lets a doctor and a coordinator have met twice: what the last meeting came to is still to be written, the earlier one is done.
func (w *world) meetDemo(ctx context.Context, unit, doctor, coordinator, coordinators string) error {
	last, earlier := demoPast(time.Now(), finnishToday())
	for _, m := range []struct {
		name, reference string
		start           time.Time
		kind            scheduling.QuestionKind
		question        scheduling.QuestionText
	}{
		{"demo-last-meeting", "K7M4PX", last, "return_to_work", scheduling.QuestionText{
			Asked: "Miten työhön paluu kannattaa porrastaa, kun työnantaja tarjoaa ensin kolmea päivää viikossa?",
			Known: "Poissa toukokuusta. Uni ja jaksaminen ovat parantuneet. Työmatka on lyhyt.",
			Tried: "Etätyöpäivä kerran viikossa syksyn ajan.",
		}},
		{"demo-earlier-meeting", "T3W9HR", earlier, "rehabilitation", scheduling.QuestionText{
			Asked: "Hyötyisikö asiakas ammatillisesta kuntoutuksesta ennen uuden työn etsimistä?",
			Known: "Ammatin vaihto on edessä. Opiskelu kiinnostaa.",
		}},
	} {
		err := w.happensBy(ctx, coordinator,
			scheduling.CaseOpened{Case: m.name, Reference: m.reference, Unit: coordinators, Owner: coordinator},
			scheduling.AppointmentBooked{
				Appointment: m.name, Case: m.name, Reference: m.reference, Doctor: doctor, Unit: unit, Start: m.start.UnixMilli(), Minutes: demoMeeting, Mode: scheduling.OnSite,
				Participants: []scheduling.Participant{{Person: doctor, Role: auth.Doctor}, {Person: coordinator, Role: auth.Coordinator}},
			})
		if err != nil {
			return err
		}
		if err := w.scheduling.SetQuestion(ctx, w.as(coordinator), scheduling.QuestionWish{Case: m.name, Kinds: []scheduling.QuestionKind{m.kind}}, m.question, true); err != nil {
			return err
		}
	}
	err := w.happensBy(ctx, doctor,
		scheduling.AppointmentMarked{Appointment: "demo-earlier-meeting", Status: scheduling.Fulfilled},
		scheduling.PatientSystemMarked{Appointment: "demo-earlier-meeting", Done: true})
	if err != nil {
		return err
	}
	return w.scheduling.SetOutcome(ctx, w.as(doctor), scheduling.OutcomeWish{
		Appointment: "demo-earlier-meeting", Next: finnishToday() + 14,
		Actions: []scheduling.Action{{Who: doctor, Due: finnishToday() + 5}, {Who: coordinator, Due: finnishToday() + 7}, {Who: "client"}},
	}, scheduling.OutcomeText{
		Decided: "Haetaan ammatillista kuntoutusta. Työkokeilu voi alkaa jo hakemuksen aikana, enintään neljä tuntia päivässä.",
		Actions: []string{"kirjoittaa lausunnon kuntoutushakemusta varten", "etsii työkokeilupaikan ja auttaa hakemuksessa", "miettii, mitkä kaksi alaa kiinnostavat eniten"},
		Next:    "soitto asiakkaalle",
	})
}

// happensBy puts into the journal what a person did.
func (w *world) happensBy(ctx context.Context, person string, events ...journal.Event) error {
	_, err := w.journal.Update(ctx, person, journal.Key{}, func(time.Time) (journal.Decision, error) { return journal.Happens(events...), nil })
	return err
}
