package scheduling

import (
	"fmt"
	"strings"
	"time"

	"luotsi/scheduling/ical"
	"luotsi/server/auth"
)

// words are the texts of an invitation in one language. There is never anything about a client in them, and no reason of a
// cancellation: an illness is nobody's business in a mail.
type words struct {
	title, cancelled       string // of the mail and of the calendar entry
	booked, off            string // the first sentence
	when, where, mode      string
	people, reference      string
	noClient, open         string
	weekdays               [7]string
	date                   func(weekday string, from, to time.Time) string
	onSite, phone, video   string
	coordinator, gp, other string
}

var texts = map[string]*words{
	"fi": {
		title: "Yhteisvastaanotto", cancelled: "Peruttu: yhteisvastaanotto",
		booked: "Sinulle on varattu yhteisvastaanotto.", off: "Yhteisvastaanotto on peruttu. Aika on taas vapaa.",
		when: "Aika", where: "Paikka", mode: "Tapa", people: "Osallistujat", reference: "Viite",
		noClient: "Asiakkaan tietoja ei lähetetä sähköpostilla.", open: "Avaa Luotsi",
		weekdays: [7]string{"ma", "ti", "ke", "to", "pe", "la", "su"},
		date:     nordicDate("klo"),
		onSite:   "paikan päällä", phone: "puhelimitse", video: "videolla",
		coordinator: "työkykykoordinaattori", gp: "lääkäri", other: "osallistuja",
	},
	"sv": {
		title: "Gemensam mottagning", cancelled: "Inställd: gemensam mottagning",
		booked: "En gemensam mottagning har bokats för dig.", off: "Den gemensamma mottagningen är inställd. Tiden är ledig igen.",
		when: "Tid", where: "Plats", mode: "Sätt", people: "Deltagare", reference: "Referens", //nolint:misspell // Swedish
		noClient: "Klientens uppgifter skickas inte per e-post.", open: "Öppna Luotsi",
		weekdays: [7]string{"mån", "tis", "ons", "tors", "fre", "lör", "sön"},
		date:     nordicDate("kl."),
		onSite:   "på plats", phone: "per telefon", video: "per video",
		coordinator: "arbetsförmågekoordinator", gp: "läkare", other: "deltagare",
	},
	"en": {
		title: "Joint appointment", cancelled: "Cancelled: joint appointment",
		booked: "A joint appointment has been booked for you.", off: "The joint appointment has been cancelled. The time is free again.",
		when: "Time", where: "Place", mode: "How", people: "Participants", reference: "Reference",
		noClient: "Nothing about the client is sent by mail.", open: "Open Luotsi",
		weekdays: [7]string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"},
		date: func(weekday string, from, to time.Time) string {
			return weekday + " " + from.Format("2 January 2006, 15:04") + "–" + to.Format("15:04")
		},
		onSite: "on site", phone: "by telephone", video: "by video",
		coordinator: "work-ability coordinator", gp: "doctor", other: "participant",
	},
}

// nordicDate writes ti 1.12.2026 klo 9.00–9.30.
func nordicDate(at string) func(string, time.Time, time.Time) string {
	hour := func(t time.Time) string { return fmt.Sprintf("%d.%02d", t.Hour(), t.Minute()) }
	return func(weekday string, from, to time.Time) string {
		return fmt.Sprintf("%s %s %s %s–%s", weekday, from.Format("2.1.2006"), at, hour(from), hour(to))
	}
}

func wordsIn(language string) *words {
	if w, ok := texts[language]; ok {
		return w
	}
	return texts["fi"]
}

func (w *words) role(r auth.Role) string {
	switch r {
	case auth.Doctor:
		return w.gp
	case auth.Coordinator:
		return w.coordinator
	}
	return w.other
}

func (w *words) how(m Mode) string {
	switch m {
	case Phone:
		return w.phone
	case Video:
		return w.video
	}
	return w.onSite
}

// invitation is what one participant is told of an appointment: subject and text of the mail, and the calendar file.
type invitation struct {
	subject, text string
	calendar      []byte
}

// invitation is made in the reader's language from an appointment as it was at the event: method and sequence belong together.
func (s *Service) invitation(id string, a *Appointment, method, language string, stamp time.Time) (invitation, error) {
	w := wordsIn(language)
	unit := s.unitName(a.Unit)
	from, to := time.UnixMilli(a.Start).In(s.state.calendar.zone), time.UnixMilli(a.End).In(s.state.calendar.zone)
	when := w.date(w.weekdays[(int(from.Weekday())+6)%7], from, to)
	title, first := w.title, w.booked
	if method == ical.Cancel {
		title, first = w.cancelled, w.off
	}
	var people []string
	var attendees []ical.Person
	for _, p := range a.Participants {
		n := s.names.Of(p.Person)
		if p.Person == "" || n.Name == "" {
			continue // erased
		}
		people = append(people, n.Name+" ("+w.role(p.Role)+")")
		attendees = append(attendees, ical.Person{Name: n.Name, Email: n.Email})
	}
	details := strings.Join([]string{
		w.where + ": " + unit,
		w.mode + ": " + w.how(a.Mode),
		w.people + ": " + strings.Join(people, ", "),
		w.reference + ": " + a.Reference,
	}, "\n")
	footer := w.noClient + "\n" + w.open + ": " + s.publicURL + "/appointments/" + id
	out := invitation{
		subject: title + " " + when,
		text:    first + "\n\n" + w.when + ": " + when + "\n" + details + "\n\n" + footer + "\n",
	}
	var err error
	out.calendar, err = ical.Encode(ical.Invitation{
		Method: method, UID: id + "@luotsi", Sequence: a.Sequence, Stamp: stamp, Start: from.UTC(), End: to.UTC(), Language: language,
		Summary: w.title + " " + a.Reference, Description: details + "\n\n" + footer, Location: unit,
		Organizer: s.organizer, Attendees: attendees,
	})
	if err != nil {
		return invitation{}, fmt.Errorf("write the invitation of appointment %s: %w", id, err)
	}
	return out, nil
}

// Calendar gives an appointment as a calendar file, the same that came by mail, and its reference.
func (s *Service) Calendar(i auth.Identity, id string) (file []byte, reference string, err error) {
	a, err := s.Appointment(i, id)
	if err != nil {
		return nil, "", err
	}
	method, stamp := ical.Request, a.BookedAt
	if !a.Live() {
		method, stamp = ical.Cancel, a.EndedAt
	}
	out, err := s.invitation(id, &a, method, i.Language, moment(stamp))
	if err != nil {
		return nil, "", err
	}
	return out.calendar, a.Reference, nil
}
