package scheduling

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"luotsi/server/journal"
	"luotsi/server/mail"
)

// digestLines is how many changes a mail lists; of the others it gives the number.
const digestLines = 20

// digestWords are the texts of the digest and of changes that are near, in one language.
type digestWords struct {
	subject, waiting, changed, returned string
	kinds                               map[ChangeKind]string
	thisWeek                            func(this, next int) string
	more                                string // %d
	days                                string // 2.1.2006, as in "1.12.2026–5.12.2026"
	soonSubject                         string // the first day
	soon, soonBy                        string // the name
	rest                                string
	today, hours                        string // before links
}

var digestTexts = map[string]*digestWords{
	"fi": {
		subject: "Viikkokooste %s", waiting: "Vastaustasi odottaa", changed: "Muut ovat muuttaneet aikojasi", returned: "Palautui omaan käyttöösi, koska kukaan ei varannut",
		kinds: map[ChangeKind]string{
			hoursOpened: "Uusia aikoja", hoursClosed: "Aikoja poistettu", dayOpened: "Uusia aikoja", dayClosed: "Aikoja poistettu",
			awaySet: "Poissaolo merkitty", awayEnded: "Poissaolo poistettu", wishesSet: "Varausasetuksesi muutettu",
			madeBooked: "Yhteisvastaanotto varattu", madeMoved: "Yhteisvastaanotto siirretty", madeReplaced: "Osallistuja vaihtunut", madeCancelled: "Yhteisvastaanotto peruttu",
			receptionPlanned: "Vastaanottopäivä lisätty", receptionMoved: "Vastaanottopäivä siirretty", receptionOff: "Vastaanottopäivä peruttu",
		},
		thisWeek: func(this, next int) string {
			return fmt.Sprintf("Yhteisvastaanottoja: tällä viikolla %d, ensi viikolla %d.", this, next)
		},
		more: "ja %d muuta", days: "2.1.2006", soonSubject: "Aikojasi muutettiin: %s",
		soon: "Aikojasi on muutettu. Muutos koskee lähimpiä kahta päivää:", soonBy: "%s muutti aikojasi. Muutos koskee lähimpiä kahta päivää:",
		rest:  "Myöhempien päivien muutokset saat viikkokoosteessa maanantaina.",
		today: "Vastaa Luotsissa", hours: "Katso aikasi Luotsissa",
	},
	"sv": {
		subject: "Veckans sammandrag %s", waiting: "Väntar på ditt svar", changed: "Andra har ändrat dina tider", returned: "Återgick till din egen användning, eftersom ingen bokade",
		kinds: map[ChangeKind]string{
			hoursOpened: "Nya tider", hoursClosed: "Tider borttagna", dayOpened: "Nya tider", dayClosed: "Tider borttagna",
			awaySet: "Frånvaro införd", awayEnded: "Frånvaro borttagen", wishesSet: "Dina bokningsinställningar ändrade",
			madeBooked: "Gemensam mottagning bokad", madeMoved: "Gemensam mottagning flyttad", madeReplaced: "Deltagare bytt", madeCancelled: "Gemensam mottagning inställd",
			receptionPlanned: "Mottagningsdag tillagd", receptionMoved: "Mottagningsdag flyttad", receptionOff: "Mottagningsdag inställd",
		},
		thisWeek: func(this, next int) string {
			return fmt.Sprintf("Gemensamma mottagningar: den här veckan %d, nästa vecka %d.", this, next)
		},
		more: "och %d till", days: "2.1.2006", soonSubject: "Dina tider ändrades: %s",
		soon: "Dina tider har ändrats. Ändringen gäller de närmaste två dagarna:", soonBy: "%s ändrade dina tider. Ändringen gäller de närmaste två dagarna:",
		rest:  "Ändringar längre fram får du i veckans sammandrag på måndag.",
		today: "Svara i Luotsi", hours: "Se dina tider i Luotsi",
	},
	"en": {
		subject: "Weekly summary %s", waiting: "Waiting for your answer", changed: "Others have changed your hours", returned: "Returned to your own use, since nobody booked",
		kinds: map[ChangeKind]string{
			hoursOpened: "New hours", hoursClosed: "Hours removed", dayOpened: "New hours", dayClosed: "Hours removed",
			awaySet: "Absence entered", awayEnded: "Absence removed", wishesSet: "Your booking settings changed",
			madeBooked: "Joint appointment booked", madeMoved: "Joint appointment moved", madeReplaced: "Participant changed", madeCancelled: "Joint appointment cancelled",
			receptionPlanned: "Joint reception added", receptionMoved: "Joint reception moved", receptionOff: "Joint reception cancelled",
		},
		thisWeek: func(this, next int) string {
			return fmt.Sprintf("Joint appointments: %d this week, %d next week.", this, next)
		},
		more: "and %d more", days: "2 January 2006", soonSubject: "Your hours were changed: %s",
		soon: "Your hours were changed. The change is within the next two days:", soonBy: "%s changed your hours. The change is within the next two days:",
		rest:  "Changes further ahead come in the weekly summary on Monday.",
		today: "Answer in Luotsi", hours: "See your hours in Luotsi",
	},
}

func digestIn(language string) *digestWords {
	if w, ok := digestTexts[language]; ok {
		return w
	}
	return digestTexts["fi"]
}

// about is what a change was and when, in one line.
func (s *Service) about(language string, c *Change) string {
	w, d := wordsIn(language), digestIn(language)
	zone := s.state.calendar.zone
	date := func(day Day) string { return day.utc().Format(d.days) }
	clock := func(day Day) string {
		from, to := s.state.calendar.at(day, c.From), s.state.calendar.at(day, c.To)
		return w.date(time.UnixMilli(from).In(zone), time.UnixMilli(to).In(zone))
	}
	what := d.kinds[c.Kind]
	var when string
	switch {
	case c.Start != 0:
		when = w.date(time.UnixMilli(c.Start).In(zone), time.UnixMilli(c.End).In(zone))
	case c.First == 0:
	case c.Weekday != 0:
		when = w.everyWeek[c.Weekday-1] + " " + w.hours(c.From, c.To) + ", " + date(c.First) + "–" + date(c.Last)
	case c.To != 0:
		when = clock(c.First)
	case c.First == c.Last:
		when = w.weekday(c.First.utc()) + " " + date(c.First)
	default:
		when = date(c.First) + "–" + date(c.Last)
	}
	line := what
	if what != "" && when != "" {
		line += ": "
	}
	line += when
	if c.Was.Start != 0 {
		line += ", " + strings.ToLower(w.oldTime) + " " + w.date(time.UnixMilli(c.Was.Start).In(zone), time.UnixMilli(c.Was.End).In(zone))
	}
	if c.Unit != "" {
		line += ", " + s.unitName(c.Unit)
	}
	if by := s.names.Of(c.By).Name; c.By != "" && by != "" {
		line += " (" + by + ")"
	}
	return line
}

// listedUnder is a heading and the lines under it.
func listedUnder(heading string, lines []string, more string) string {
	if len(lines) == 0 {
		return ""
	}
	var text strings.Builder
	fmt.Fprintf(&text, "%s (%d):\n", heading, len(lines))
	for i, line := range lines {
		if i == digestLines {
			fmt.Fprintf(&text, "– "+more+"\n", len(lines)-i)
			break
		}
		text.WriteString("– " + line + "\n")
	}
	return text.String() + "\n"
}

// announceDigest tells a person what others changed, what waits for them, and what is coming. When nothing of it is left to tell,
// it is not sent.
func (s *Service) announceDigest(e DigestDue) []mail.Message {
	m := mail.Message{Person: e.Person}
	m.Write = func(context.Context) (mail.Message, error) { return s.digest(m, e), nil }
	return []mail.Message{m}
}

func (s *Service) digest(message mail.Message, e DigestDue) mail.Message {
	due := s.state.calendar.at(e.Week, digestAt)
	now := s.now().UnixMilli()
	active := false
	var changes []Change
	var waiting []Appointment
	week := [2]int{}
	s.journal.View(func() {
		p, known := s.people.Person(e.Person)
		active = known && p.Active
		for _, c := range s.state.primary.Mailing.Changes {
			if c.Person == e.Person && c.At >= e.Since && c.At < due {
				changes = append(changes, c)
			}
		}
		plan := s.state.plans[e.Person]
		if plan == nil {
			return
		}
		for _, h := range plan.live {
			a := s.state.primary.Appointments[h.id]
			d := s.state.calendar.dayOf(h.Start)
			switch {
			case a.Status == Asked && a.Doctor == e.Person && a.keeps(now):
				waiting = append(waiting, a)
			case a.Sure() && d >= e.Week && d < e.Week+14:
				week[(d-e.Week)/7]++
			}
		}
	})
	name := s.names.Of(e.Person)
	if !active || name.Email == "" || len(changes)+len(waiting) == 0 {
		return message
	}
	w, d := wordsIn(name.Language), digestIn(name.Language)
	zone := s.state.calendar.zone
	var asked, changed, returned []string
	for _, a := range waiting {
		when := w.date(time.UnixMilli(a.Start).In(zone), time.UnixMilli(a.End).In(zone))
		asked = append(asked, when+", "+s.unitName(a.Unit)+", "+w.reference+" "+a.Reference)
	}
	for i := range changes {
		if line := s.about(name.Language, &changes[i]); changes[i].Kind == placesReturned {
			returned = append(returned, line)
		} else {
			changed = append(changed, line)
		}
	}
	text := listedUnder(d.waiting, asked, d.more)
	if text != "" {
		text += d.today + ": " + s.publicURL + "/today\n\n"
	}
	text += listedUnder(d.changed, changed, d.more) + listedUnder(d.returned, returned, d.more)
	text += d.thisWeek(week[0], week[1]) + "\n\n"
	if len(changes) > 0 {
		text += d.hours + ": " + s.publicURL + "/hours\n\n"
	}
	message.To, message.ToName, message.Language = name.Email, name.Name, name.Language
	message.Subject = fmt.Sprintf(d.subject, e.Week.utc().Format(d.days))
	message.Text = text + mail.Signature(name.Language)
	return message
}

// announceChanges tells people at once what others changed in their hours of the next two days: one mail to each for a whole
// commit, at the first such change.
func (s *Service) announceChanges(m journal.Meta) []mail.Message {
	var changes []Change
	var person string
	active := false
	s.journal.View(func() {
		all := s.state.changesIn(m.Number)
		at := slices.IndexFunc(all, func(c Change) bool { return c.Index == m.Index })
		if at < 0 {
			return
		}
		person = all[at].Person
		for i := range all {
			if c := &all[i]; c.Person == person && s.state.calendar.isNear(c) {
				changes = append(changes, *c)
			}
		}
		p, known := s.people.Person(person)
		active = known && p.Active
	})
	if len(changes) == 0 || changes[0].Index != m.Index {
		return nil
	}
	name := s.names.Of(person)
	message := mail.Message{Person: person}
	if !active || name.Email == "" {
		return []mail.Message{message}
	}
	w, d := wordsIn(name.Language), digestIn(name.Language)
	first := lastDay
	lines := make([]string, 0, len(changes))
	for i := range changes {
		day, _ := s.state.calendar.near(&changes[i])
		first = min(first, day)
		c := changes[i]
		c.By = "" // said above
		lines = append(lines, s.about(name.Language, &c))
	}
	told := d.soon
	if by := s.names.Of(m.By).Name; by != "" {
		told = fmt.Sprintf(d.soonBy, by)
	}
	text := told + "\n\n"
	for i, line := range lines {
		if i == digestLines {
			text += "– " + fmt.Sprintf(d.more, len(lines)-i) + "\n"
			break
		}
		text += "– " + line + "\n"
	}
	text += "\n" + d.rest + "\n" + d.hours + ": " + s.publicURL + "/hours\n\n"
	message.To, message.ToName, message.Language = name.Email, name.Name, name.Language
	message.Subject = fmt.Sprintf(d.soonSubject, w.weekday(first.utc())+" "+first.utc().Format(d.days))
	message.Text = text + mail.Signature(name.Language)
	return []mail.Message{message}
}
