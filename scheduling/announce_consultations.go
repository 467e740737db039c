package scheduling

import (
	"context"
	"fmt"

	"luotsi/server/journal"
	"luotsi/server/mail"
)

// consultationWords are the mails about written consultations. Nothing of the question is ever in them.
type consultationWords struct {
	hello                    string
	asked, more, answered    string // subjects
	askedText, followText    string
	moreText, answeredText   string
	reference, due, open, no string
}

var consultationTexts = map[string]consultationWords{
	"fi": {
		hello: "Hei %s!", asked: "Kirjallinen kysymys odottaa vastaustasi", more: "Lääkäri pyytää lisätietoja", answered: "Lääkäri on vastannut kysymykseesi",
		askedText: "Työkykykoordinaattori kysyy sinulta kirjallisesti.", followText: "Työkykykoordinaattori on jatkanut kirjallista kysymystään.",
		moreText: "Lääkäri tarvitsee lisätietoja, ennen kuin voi vastata.", answeredText: "Kirjalliseen kysymykseesi on tullut vastaus.",
		reference: "Viite", due: "Vastaa viimeistään", open: "Avaa Luotsi", no: "Kysymystä ja vastausta ei lähetetä sähköpostilla.",
	},
	"sv": {
		hello: "Hej %s!", asked: "En skriftlig fråga väntar på ditt svar", more: "Läkaren ber om mer information", answered: "Läkaren har svarat på din fråga",
		askedText: "En arbetsförmågekoordinator har ställt en skriftlig fråga till dig.", followText: "Arbetsförmågekoordinatorn har fortsatt sin skriftliga fråga.",
		moreText: "Läkaren behöver mer information för att kunna svara.", answeredText: "Din skriftliga fråga har fått ett svar.",
		reference: "Referens", due: "Svara senast", open: "Öppna Luotsi", no: "Frågan och svaret skickas inte per e-post.", //nolint:misspell // Swedish
	},
	"en": {
		hello: "Hello %s,", asked: "A written question waits for your answer", more: "The doctor asks for more", answered: "The doctor has answered your question",
		askedText: "A work-ability coordinator asks you something in writing.", followText: "The work-ability coordinator has gone on with their written question.",
		moreText: "The doctor needs to know more before answering.", answeredText: "Your written question has been answered.",
		reference: "Reference", due: "Answer by", open: "Open Luotsi", no: "The question and the answer are not sent by mail.",
	},
}

// AnnounceConsultations tells doctors of a new question, and the side that asked of the answer. It is a mail.Announcer: one
// message to each person whom the event names.
func (s *Service) AnnounceConsultations(_ context.Context, _ journal.Meta, event journal.Event) ([]mail.Message, error) {
	switch e := event.(type) {
	case ConsultationAsked:
		return s.tellOfConsultation(e.Consultation, e.Told, func(w *consultationWords) (string, string, bool) { return w.asked, w.askedText, true }), nil
	case ConsultationWritten:
		return s.tellOfConsultation(e.Consultation, e.Told, func(w *consultationWords) (string, string, bool) {
			switch {
			case e.Answer:
				return w.answered, w.answeredText, false
			case e.Doctor:
				return w.more, w.moreText, false
			}
			return w.asked, w.followText, true
		}), nil
	}
	return nil, nil
}

func (s *Service) tellOfConsultation(id string, told []string, say func(*consultationWords) (subject, first string, due bool)) []mail.Message {
	messages := make([]mail.Message, len(told))
	active := make([]bool, len(told))
	var c Consultation
	reference := ""
	s.journal.View(func() {
		c = s.state.primary.Consultations[id]
		reference = s.state.primary.Cases[c.Case].Reference
		for i, person := range told {
			p, known := s.people.Person(person)
			active[i] = known && p.Active
		}
	})
	for i, person := range told {
		messages[i] = mail.Message{Person: person}
		name := s.names.Of(person)
		if !active[i] || name.Email == "" || c.Closed != 0 {
			continue
		}
		w, ok := consultationTexts[name.Language]
		if !ok {
			w = consultationTexts["fi"]
		}
		subject, first, due := say(&w)
		text := fmt.Sprintf(w.hello, name.Name) + "\n\n" + first + "\n\n" + w.reference + ": " + reference + "\n"
		if due {
			text += w.due + ": " + copyWordsIn(name.Language).day(c.Due) + "\n"
		}
		text += "\n" + w.no + "\n" + w.open + ": " + s.publicURL + "/consultations/" + id + "\n\n" + mail.Signature(name.Language)
		messages[i] = mail.Message{Person: person, To: name.Email, ToName: name.Name, Language: name.Language, Subject: subject, Text: text}
	}
	return messages
}
