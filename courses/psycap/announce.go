package psycap

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"luotsi/server/journal"
	"luotsi/server/mail"
)

// Notices lists what there is to tell a person just now; it is asked inside View.
func (s *Service) Notices(person string, now time.Time) []Notice {
	return slices.Concat(s.state.measureNotices(s.cohorts, person, now), s.state.goalNotices(person))
}

// Announce sends what people are told. It is a mail.Announcer.
func (s *Service) Announce(_ context.Context, _ journal.Meta, event journal.Event) ([]mail.Message, error) {
	switch e := event.(type) {
	case MeasuresTold:
		return s.announce(e.Persons, AboutMeasure, func(m mail.Message) writer { return s.writeTelling(m, e) }), nil
	case GoalDue:
		return s.announce([]string{e.Person}, AboutGoal, func(m mail.Message) writer { return s.writeGoal(m, e) }), nil
	}
	return nil, nil
}

type writer = func(context.Context) (mail.Message, error)

// announce makes a mail for each of the people who use Luotsi and want mails of the kind; it is written when it is sent.
func (s *Service) announce(persons []string, kind NoticeKind, write func(mail.Message) writer) []mail.Message {
	messages := make([]mail.Message, len(persons))
	for i, person := range persons {
		messages[i] = mail.Message{Person: person}
		wanted := false
		s.journal.View(func() {
			p, _ := s.people.Person(person)
			wanted = p.Active && !p.Erased && s.wantsMail(person, kind)
		})
		if to := s.names.Of(person); wanted && to.Email != "" {
			messages[i].To, messages[i].ToName, messages[i].Language = to.Email, to.Name, to.Language
			messages[i].Write = write(messages[i])
		}
	}
	return messages
}

// writeTelling writes a telling or a reminder. Who answered meanwhile, declined, or cannot answer any more gets none.
func (s *Service) writeTelling(message mail.Message, e MeasuresTold) writer {
	return func(ctx context.Context) (mail.Message, error) {
		message.Write = nil
		now := s.now()
		var asked []Measure
		var c Cohort
		var closes string
		s.journal.View(func() {
			p, _ := s.state.plan(e.Cohort)
			c, _ = s.cohorts.CohortFor(e.Cohort)
			if m, in := s.cohorts.MemberOf(message.Person, e.Cohort); in {
				asked, closes = s.state.asks(p, c, m, e.Point, now), p.windowOf(c, m, e.Point).Closes
			}
		})
		w, ok := tellingTexts[message.Language]
		if !ok {
			w = tellingTexts["fi"]
		}
		var list strings.Builder
		items := 0
		for _, m := range asked {
			in, err := s.Instrument(ctx, c.Org, m.Instrument, m.Version)
			if err != nil {
				return mail.Message{}, err
			}
			items += len(in.Items)
			fmt.Fprintf(&list, "- %s\n", in.Titles.In(message.Language))
		}
		if items == 0 {
			message.To = ""
			return message, nil
		}
		subject, lead := w.subject, w.lead
		if e.Round > 0 {
			subject, lead = w.again, w.leadAgain
		}
		message.Subject = fmt.Sprintf(subject, c.Name)
		message.Text = fmt.Sprintf(w.hello, message.ToName) + "\n\n" + fmt.Sprintf(lead, w.points[e.Point], c.Name) + "\n\n" + list.String() + "\n" +
			w.takes(minutesFor(items)) + " " + w.voluntary + "\n\n" + fmt.Sprintf(w.until, w.day(closes)) + "\n" + s.public + "/measures\n\n" +
			w.stop + "\n\n" + w.choose + ":\n" + s.public + "/account#notices\n\n" + mail.Signature(message.Language)
		return message, nil
	}
}

// minutesFor is about how long so many questions take: twenty seconds each, and nothing takes less than a minute.
func minutesFor(questions int) int { return max(1, (questions*20+59)/60) }

// tellingWords are what mails about measures say in one language.
type tellingWords struct {
	hello           string
	subject, again  string // with the cohort
	lead, leadAgain string // with the point and the cohort
	points          map[Point]string
	minute, minutes string
	voluntary       string
	until           string // with the day
	layout          string
	stop, choose    string
}

func (w tellingWords) takes(minutes int) string {
	if minutes == 1 {
		return w.minute
	}
	return fmt.Sprintf(w.minutes, minutes)
}

func (w tellingWords) day(day string) string {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return d.Format(w.layout)
}

var tellingTexts = map[string]tellingWords{
	"fi": {
		hello:   "Hei %s!",
		subject: "Vapaaehtoinen kysely: %s", again: "Kysely on vielä auki: %s",
		lead: "%s kysymme ryhmältäsi ”%s”:", leadAgain: "%s kysymme ryhmältäsi ”%s”. Nämä odottavat vielä sinua:",
		points: map[Point]string{
			Start: "Koulutuksen alkaessa", End: "Koulutuksen päättyessä", Week: "Viikko koulutuksen jälkeen",
			Month: "Kuukausi koulutuksen jälkeen", HalfYear: "Puoli vuotta koulutuksen jälkeen",
		},
		minute: "Vastaaminen vie noin minuutin.", minutes: "Vastaaminen vie noin %d minuuttia.",
		voluntary: "Se on vapaaehtoista, eikä se vaikuta koulutukseen. Kukaan muu ei näe vastauksiasi, ellet itse jaa niitä: kouluttaja näkee vain ryhmän yhteisiä lukuja.",
		until:     "Voit vastata %s asti:", layout: "2.1.2006",
		stop:   "Jos et halua vastata, kerro se samalla sivulla yhdellä painalluksella. Silloin emme muistuta.",
		choose: "Voit valita, mitä ilmoituksia saat ja missä",
	},
	"sv": {
		hello:   "Hej %s!",
		subject: "Frivillig enkät: %s", again: "Enkäten är ännu öppen: %s",
		lead: "%s frågar vi din grupp ”%s”:", leadAgain: "%s frågar vi din grupp ”%s”. Det här väntar ännu på dig:",
		points: map[Point]string{
			Start: "När utbildningen börjar", End: "När utbildningen slutar", Week: "En vecka efter utbildningen",
			Month: "En månad efter utbildningen", HalfYear: "Ett halvt år efter utbildningen",
		},
		minute: "Det tar ungefär en minut att svara.", minutes: "Det tar ungefär %d minuter att svara.",
		voluntary: "Det är frivilligt och påverkar inte utbildningen. Ingen annan än du ser dina svar om du inte själv delar dem: utbildaren ser bara gruppens gemensamma siffror.",
		until:     "Du kan svara till och med %s:", layout: "2.1.2006",
		stop:   "Om du inte vill svara kan du säga det på samma sida med ett tryck. Då påminner vi inte.",
		choose: "Du kan välja vilka meddelanden du får och var",
	},
	"en": {
		hello:   "Hello %s,",
		subject: "Voluntary questions: %s", again: "Still open: questions to %s",
		lead: "%s, we ask your group “%s”:", leadAgain: "%s, we ask your group “%s”. These are still waiting for you:",
		points: map[Point]string{
			Start: "At the start of the course", End: "At the end of the course", Week: "A week after the course",
			Month: "A month after the course", HalfYear: "Half a year after the course",
		},
		minute: "It takes about a minute.", minutes: "It takes about %d minutes.",
		voluntary: "It is voluntary and does not affect the course. Nobody but you sees your answers unless you share them: the trainer sees only figures for the whole group.",
		until:     "You can answer until %s:", layout: "2 January 2006",
		stop:   "If you do not want to answer, say so on the same page with one press. Then we will not remind you.",
		choose: "You can choose which notices you get, and where",
	},
}
