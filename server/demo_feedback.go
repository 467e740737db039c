package main

import (
	"context"

	"luotsi/courses"
)

// markDemo has something wait for the demo's trainer, and one text that came back with feedback.
func (w *world) markDemo(ctx context.Context, trainer string, learners []string) error {
	texts := []string{
		"Raijan etuuskortti. Osasairauspäiväraha: tukee osa-aikaista paluuta, Kela päättää. Kuntoutusraha: toimeentulo kuntoutuksen ajaksi, Kela tai työeläkelaitos päättää. En vielä tiedä, riittääkö Raijan työaika osasairauspäivärahaan.",
		"Tein kortista kaksi versiota, toisen itselleni ja toisen Raijalle. Raijan versiossa on vain kolme riviä ja kysymys Kelalle.",
		"Etuuksia on neljä. Työkokeilun aikana tulot pitää selvittää. Lähteet ovat Kelan sivuilta.",
	}
	for i, text := range texts {
		if _, err := w.courses.Submit(ctx, w.as(learners[i+1]), demoCourse, "m2-sheet", text, nil); err != nil {
			return err
		}
	}
	plan := "Meillä puheeksi otto jää merkitsemättä. Lokakuussa merkintä löytyi 4 kerralla 31:stä. Kokeilemme kuusi viikkoa, että merkintä tehdään heti tapaamisen lopuksi. Mittaamme saman luvun uudelleen joulukuussa."
	if _, err := w.courses.SubmitStep(ctx, w.as(learners[1]), demoCourse, "m10-development", "plan", plan, nil); err != nil {
		return err
	}
	q, err := w.courses.Queue(ctx, w.as(trainer), courses.Wanted{Module: "m2"})
	if err != nil {
		return err
	}
	for _, e := range q.Entries {
		if e.Person != learners[3] {
			continue
		}
		return w.courses.Give(ctx, w.as(trainer), e.Submission, courses.Opinion{
			Verdict: courses.Returned, Words: "Hyvä alku. Nimeä etuudet ja merkitse, minä päivänä tarkistit ne.",
			Comments: []courses.Comment{{Start: 0, End: 18, Quote: "Etuuksia on neljä.", Text: "Mitkä neljä? Kirjoita kunkin tarkoitus yhdellä lauseella."}},
		})
	}
	return nil
}
