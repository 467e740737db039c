package scheduling

import (
	"context"
	"fmt"
	"strings"

	"luotsi/server/journal"
	"luotsi/server/mail"
)

// deputyWords are the mails about standing in. They name who is away and count what is open, and tell nothing of any client.
type deputyWords struct {
	hello                        string
	named, over, off             string // subjects: before the name and the days
	namedText, overText, offText string // with the name
	days, open, nothing          string
	asked, questions             string
	booked, cases                string
	meanwhile, see               string
}

var deputyTexts = map[string]deputyWords{
	"fi": {
		hello: "Hei %s!", named: "Olet sijainen", over: "Sijaisuus päättyi", off: "Sijaisuus on peruttu",
		namedText: "Sinut on merkitty sijaiseksi, kun %s on poissa.", overText: "%s on taas paikalla, joten sijaisuus päättyi. Avoimet asiat ovat taas hänen.",
		offText: "%s ei olekaan poissa, joten sinun ei tarvitse sijaistaa.",
		days:    "Päivät", open: "Avoinna on nyt", nothing: "Avoinna ei ole nyt mitään.",
		asked: "vastausta odottavia yhteisvastaanottoja", questions: "vastausta odottavia kirjallisia kysymyksiä",
		booked: "jo varattuja yhteisvastaanottoja näinä päivinä", cases: "avoimia asioita",
		meanwhile: "Näinä päivinä vastaat hänen puolestaan, ja uudet pyynnöt tulevat sinulle.", see: "Avaa Luotsi",
	},
	"sv": {
		hello: "Hej %s!", named: "Du är ersättare", over: "Ersättandet är slut", off: "Ersättandet är inställt",
		namedText: "Du har antecknats som ersättare medan %s är borta.", overText: "%s är tillbaka, så du ersätter inte längre. De öppna ärendena är igen deras.",
		offText: "%s är ändå inte borta, så du behöver inte ersätta.",
		days:    "Dagar", open: "Öppet är nu", nothing: "Inget är öppet nu.",
		asked: "gemensamma mottagningar som väntar på svar", questions: "skriftliga frågor som väntar på svar",
		booked: "redan bokade gemensamma mottagningar de dagarna", cases: "öppna ärenden", //nolint:misspell // Swedish
		meanwhile: "De dagarna svarar du i deras ställe, och nya förfrågningar kommer till dig.", see: "Öppna Luotsi",
	},
	"en": {
		hello: "Hello %s,", named: "You are the deputy", over: "Standing in has ended", off: "Standing in is called off",
		namedText: "You were named as the deputy while %s is away.", overText: "%s is back, so you do not stand in any more. The open cases are theirs again.",
		offText: "%s is not away after all, so you need not stand in.",
		days:    "Days", open: "Open now", nothing: "Nothing is open now.",
		asked: "joint appointments that wait for an answer", questions: "written questions that wait for an answer",
		booked: "joint appointments booked already on these days", cases: "open cases",
		meanwhile: "On these days you answer in their place, and new requests come to you.", see: "Open Luotsi",
	},
}

// AnnounceDeputies tells a deputy that they were named, and that the absence ended early or is none. It is a mail.Announcer.
func (s *Service) AnnounceDeputies(_ context.Context, m journal.Meta, event journal.Event) ([]mail.Message, error) {
	switch e := event.(type) {
	case DeputySet:
		if e.Deputy == "" {
			return nil, nil
		}
		current := false
		s.journal.View(func() {
			current = s.state.primary.Absences[e.Absence] == (Absence{e.Person, e.Deputy, e.From, e.Until})
		})
		return s.tellDeputy(e.Deputy, e.Person, current && m.By != e.Deputy, func(w *deputyWords, language string) (subject, text string) {
			return w.named, w.namedText + "\n\n" + w.days + ": " + daysIn(language, e.From, e.Until) + "\n\n" + w.openText(s.openOf(e.Person, e.From, e.Until)) + "\n" + w.meanwhile
		}, e.From, e.Until), nil
	case DeputyEnded:
		if e.Deputy == "" {
			return nil, nil
		}
		last := max(e.Last, e.From)
		if e.Last < e.From { // it had not begun
			last = e.Until
		}
		return s.tellDeputy(e.Deputy, e.Person, m.By != e.Deputy, func(w *deputyWords, _ string) (subject, text string) {
			if e.Last < e.From {
				return w.off, w.offText
			}
			return w.over, w.overText
		}, e.From, last), nil
	}
	return nil, nil
}

// tellDeputy writes to a deputy about a person and days; without an address when it is not to be sent.
func (s *Service) tellDeputy(deputy, person string, send bool, say func(w *deputyWords, language string) (subject, text string), from, until Day) []mail.Message {
	message := mail.Message{Person: deputy}
	to, away := s.names.Of(deputy), s.names.Of(person)
	active := false
	s.journal.View(func() {
		p, known := s.people.Person(deputy)
		active = known && p.Active
	})
	if !send || !active || to.Email == "" || away.Name == "" {
		return []mail.Message{message}
	}
	w, ok := deputyTexts[to.Language]
	if !ok {
		w = deputyTexts["fi"]
	}
	subject, text := say(&w, to.Language)
	message.To, message.ToName, message.Language = to.Email, to.Name, to.Language
	message.Subject = subject + ": " + away.Name + ", " + daysIn(to.Language, from, until)
	message.Text = fmt.Sprintf(w.hello, to.Name) + "\n\n" + strings.ReplaceAll(text, "%s", away.Name) + "\n\n" +
		w.see + ": " + s.publicURL + "/covering\n\n" + mail.Signature(to.Language)
	return []mail.Message{message}
}

func daysIn(language string, from, until Day) string {
	day := copyWordsIn(language).day
	if from == until {
		return day(from)
	}
	return day(from) + "–" + day(until)
}

// openCounts is what somebody has open that a deputy would have to look after.
type openCounts struct{ asked, questions, booked, cases int }

func (s *Service) openOf(person string, from, until Day) (n openCounts) {
	now := s.now().UnixMilli()
	s.journal.View(func() {
		for id := range s.state.expiring {
			if a := s.state.primary.Appointments[id]; a.Status == Asked && a.Doctor == person && a.keeps(now) {
				n.asked++
			}
		}
		for _, c := range s.state.primary.Consultations {
			if c.Doctor == person && c.Status == AwaitsDoctor {
				n.questions++
			}
		}
		n.booked = len(s.absenceOf(keptAbsence{Absence: Absence{Person: person, From: from, Until: until}}, now, (*Appointment).Sure).Appointments)
		for _, id := range s.state.owned[person] {
			if !s.state.hollow(id, now) {
				n.cases++
			}
		}
	})
	return n
}

func (w *deputyWords) openText(n openCounts) string {
	var lines strings.Builder
	for _, one := range []struct {
		count int
		what  string
	}{{n.asked, w.asked}, {n.questions, w.questions}, {n.booked, w.booked}, {n.cases, w.cases}} {
		if one.count > 0 {
			fmt.Fprintf(&lines, "– %s: %d\n", one.what, one.count)
		}
	}
	if lines.Len() == 0 {
		return w.nothing + "\n"
	}
	return w.open + ":\n" + lines.String()
}
