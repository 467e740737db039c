package main

import (
	"context"

	"luotsi/scheduling"
)

// writeDemo prepares the question of one case, and puts another one to a doctor in writing.
func (w *world) writeDemo(ctx context.Context, unit, doctor, aino, ville string) error {
	for _, one := range w.scheduling.Cases(w.as(aino).Identity) {
		if one.Next == nil || one.Next.Doctor != doctor {
			continue
		}
		wish := scheduling.QuestionWish{Case: one.ID, Kinds: []scheduling.QuestionKind{"work_ability", "return_to_work"}}
		err := w.scheduling.SetQuestion(ctx, w.as(aino), wish, scheduling.QuestionText{
			Asked: "Voiko asiakas palata varastotyöhön syksyn aikana, ja mitä työstä pitäisi silloin muuttaa? Työnantaja on valmis järjestelemään tehtäviä.",
			Known: "Poissa neljä kuukautta. Nostot ja pitkä seisominen ovat vaikeita, päätetyö sujuu.",
			Tried: "Kevennetty työ kaksi viikkoa keväällä.",
		}, true)
		if err != nil {
			return err
		}
		break
	}
	_, err := w.scheduling.AskConsultation(ctx, w.as(ville), scheduling.ConsultationWish{
		Unit: unit, Doctor: doctor, Kinds: []scheduling.QuestionKind{"limitations"},
	}, scheduling.QuestionText{
		Asked: "Mitä rajoitteita on syytä huomioida, kun etsimme työkokeilupaikkaa?",
		Known: "Asiakas jaksaa noin neljä tuntia päivässä. Melu kuormittaa.",
	}, true)
	return err
}
