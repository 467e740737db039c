package psycap

import (
	"context"
	"fmt"
	"time"

	"luotsi/server/mail"
	"luotsi/server/web"
)

// goalNotices lists the goals that a person wanted to come back to, and has not kept since the day came.
func (s *State) goalNotices(person string) (all []Notice) {
	for _, id := range s.goals[person] {
		g := s.data.Goals[id]
		if g.ToldAt > g.At && !g.closed() {
			all = append(all, Notice{ID: "goal:" + id + ":" + g.ToldDay, At: g.ToldAt, Kind: AboutGoal, Goal: id, Count: 1})
		}
	}
	return all
}

// writeGoal writes that the day of a goal has come. The goal itself is not in it: mail is read over shoulders. Who came back to it
// meanwhile gets none.
func (s *Service) writeGoal(message mail.Message, e GoalDue) writer {
	return func(context.Context) (mail.Message, error) {
		message.Write = nil
		waits := false
		s.journal.View(func() {
			g := s.state.data.Goals[e.Goal]
			waits = g != nil && !g.closed() && web.DayOf(time.UnixMilli(g.At)) < e.Day
		})
		if !waits {
			message.To = ""
			return message, nil
		}
		w, ok := goalTexts[message.Language]
		if !ok {
			w = goalTexts["fi"]
		}
		choose := tellingTexts["fi"].choose
		if t, ok := tellingTexts[message.Language]; ok {
			choose = t.choose
		}
		message.Subject = w.subject
		message.Text = fmt.Sprintf(w.hello, message.ToName) + "\n\n" + w.text + "\n" + s.public + "/goals/" + e.Goal + "\n\n" + w.fine + "\n\n" +
			choose + ":\n" + s.public + "/account#notices\n\n" + mail.Signature(message.Language)
		return message, nil
	}
}

// goalWords are what a mail about a goal says in one language.
type goalWords struct{ hello, subject, text, fine string }

var goalTexts = map[string]goalWords{
	"fi": {
		hello: "Hei %s!", subject: "Palaa tavoitteeseesi",
		text: "Pyysit muistuttamaan tavoitteestasi tänään. Katso, mitä on tapahtunut ja mikä on seuraava pieni askel:",
		fine: "Jos mitään ei ole tapahtunut, sekin on hyvä huomata. Tavoitetta saa muuttaa, ja sen saa myös jättää.",
	},
	"sv": {
		hello: "Hej %s!", subject: "Återvänd till ditt mål",
		text: "Du bad om en påminnelse om ditt mål i dag. Se vad som har hänt och vad som är nästa lilla steg:",
		fine: "Om ingenting har hänt är det också bra att märka. Du får ändra målet, och du får också lämna det.",
	},
	"en": {
		hello: "Hello %s,", subject: "Come back to your goal",
		text: "You asked to be reminded of your goal today. See what has happened and what the next small step is:",
		fine: "If nothing has happened, that is good to notice too. You may change the goal, and you may also let it go.",
	},
}
