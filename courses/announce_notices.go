package courses

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"luotsi/server/journal"
	"luotsi/server/mail"
)

// toldBy says whom an event is news to, and which of their notices it brought; found is false when it is no news.
func toldBy(m journal.Meta, event journal.Event) (persons []string, news News, is func(Notice) bool, found bool) {
	at := m.At.UnixMilli()
	one := func(person string, news News, is func(Notice) bool) ([]string, News, func(Notice) bool, bool) {
		return []string{person}, news, is, true
	}
	called := func(id string) func(Notice) bool { return func(n Notice) bool { return n.ID == id } }
	switch e := event.(type) {
	case FeedbackGiven:
		return one(e.Person, NewsNoted, called(e.Feedback))
	case DevelopmentFirstApproved:
		return one(e.Person, NewsFirstApproved, called(e.Feedback))
	case DevelopmentSecondApproved:
		return one(e.Person, NewsApproved, called(e.Feedback))
	case MarkGiven:
		return one(e.Person, NewsMarked, called(e.Answers))
	case CertificateIssued:
		return one(e.Person, NewsFinished, called(e.Certificate))
	case FollowUpDue:
		return one(e.Person, NewsFollowUp, func(n Notice) bool {
			return n.News == NewsFollowUp && n.At == at && slices.Equal(n.Activities, []string{e.Activity})
		})
	case LearnersTold:
		for _, n := range e.News {
			if !slices.Contains(persons, n.Person) {
				persons = append(persons, n.Person)
			}
		}
		return persons, e.What, func(n Notice) bool { return n.News == e.What && n.At == at }, true
	}
	return nil, "", nil, false
}

// AnnounceNotices sends what learners are told, each of them one mail for what one event brought. It is a mail.Announcer.
func (s *Service) AnnounceNotices(_ context.Context, m journal.Meta, event journal.Event) ([]mail.Message, error) {
	persons, news, is, found := toldBy(m, event)
	if !found {
		return nil, nil
	}
	messages := make([]mail.Message, len(persons))
	for i, person := range persons {
		messages[i] = mail.Message{Person: person}
		wanted := false
		s.journal.View(func() {
			p, _ := s.borders.people.Person(person)
			wanted = p.Active && !p.Erased && s.state.wants(person, news.Kind(), ByMail)
		})
		if to := s.names.Of(person); wanted && to.Email != "" {
			messages[i].To, messages[i].ToName, messages[i].Language = to.Email, to.Name, to.Language
			messages[i].Write = s.writeNotice(messages[i], is)
		}
	}
	return messages, nil
}

// writeNotice writes the mail when it is sent. What is not so any more is not told: then it goes to nobody.
func (s *Service) writeNotice(message mail.Message, is func(Notice) bool) func(context.Context) (mail.Message, error) {
	return func(ctx context.Context) (mail.Message, error) {
		message.Write = nil
		now := s.now()
		var all []Notice
		var follow []string
		s.journal.View(func() {
			all = slices.DeleteFunc(s.state.noticesOf(s.borders, message.Person, now, nil), func(n Notice) bool { return !is(n) })
			for _, l := range s.state.learners[message.Person] {
				follow = append(follow, l.followedUpOn(dayOf(now))...)
			}
		})
		all = slices.DeleteFunc(all, func(n Notice) bool { return n.News == NewsDue && n.Day < dayOf(now) })
		if len(all) == 0 {
			message.To = ""
			return message, nil
		}
		slices.SortStableFunc(all, func(a, b Notice) int { return strings.Compare(a.Day, b.Day) })
		w, ok := noticeTexts[message.Language]
		if !ok {
			w = noticeTexts[Finnish]
		}
		var named []NamedNotice
		for _, n := range all {
			one, err := s.nameNotice(ctx, n, message.Language)
			if err != nil {
				return mail.Message{}, err
			}
			named = append(named, one)
		}
		slices.Sort(follow)
		message.Subject = w.subject(named)
		message.Text = fmt.Sprintf(w.hello, message.ToName) + "\n\n" + w.body(named, s.public, dayOf(now), slices.Compact(follow)) + "\n" +
			w.choose + ":\n" + s.public + "/account#notices\n\n" + mail.Signature(message.Language)
		return message, nil
	}
}

// followedUpOn lists the days, from today on, on which a learner will be asked about what they tried.
func (l *learner) followedUpOn(today string) (days []string) {
	for _, t := range l.tries {
		for stage, f := range t.FollowUps {
			if day := t.due(stage); day > today && f.At == 0 && l.Cohort != "" {
				days = append(days, day)
			}
		}
	}
	return days
}

// address is the page where a notice is acted on.
func (n NamedNotice) address(public string) string {
	switch {
	case n.Certificate != "":
		return public + "/certificates/" + n.Certificate
	case len(n.Activities) == 1:
		return public + "/courses/" + n.Course + "/activities/" + n.Activities[0]
	}
	return public + "/courses/" + n.Course
}

// noticeWords are what mails say in one language. What stands for more than one thing is a list.
type noticeWords struct {
	hello    string
	subjects map[News]string // with the title
	bodies   map[News]string // with the title; of a list, what stands above it
	many     string          // so many things of a module
	due      string          // in a list: the title and its day
	today    string
	day      string // layout
	next     string // what to do after the course
	follow   string // with the days
	choose   string
}

func (w noticeWords) subject(all []NamedNotice) string {
	return fmt.Sprintf(w.subjects[all[0].News], w.title(all[0]))
}

func (w noticeWords) title(n NamedNotice) string {
	if len(n.Activities) > 1 {
		return fmt.Sprintf(w.many, n.Title, strconv.Itoa(len(n.Activities)))
	}
	return n.Title
}

func (w noticeWords) body(all []NamedNotice, public, today string, follow []string) string {
	first := all[0]
	var text strings.Builder
	switch first.News {
	case NewsOpened, NewsChanged, NewsDue:
		text.WriteString(w.bodies[first.News] + "\n\n")
		for _, n := range all {
			line := w.title(n)
			if n.News == NewsDue {
				line = fmt.Sprintf(w.due, line, w.dayIn(n.Day, today))
			}
			fmt.Fprintf(&text, "- %s\n  %s\n", line, n.address(public))
		}
	default:
		if strings.Contains(w.bodies[first.News], "%d") {
			fmt.Fprintf(&text, w.bodies[first.News], first.Days, first.Title)
		} else {
			fmt.Fprintf(&text, w.bodies[first.News], first.Title)
		}
		text.WriteString("\n" + first.address(public) + "\n")
	}
	if first.News == NewsFinished {
		text.WriteString("\n" + w.next + "\n")
		if len(follow) > 0 {
			for i, day := range follow {
				follow[i] = w.dayIn(day, "")
			}
			fmt.Fprintf(&text, "\n"+w.follow+"\n", strings.Join(follow, ", "))
		}
	}
	return text.String()
}

// dayIn writes a day as the language does.
func (w noticeWords) dayIn(day, today string) string {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	if text := d.Format(w.day); day != today {
		return text
	}
	return w.today + " " + d.Format(w.day)
}

var noticeTexts = map[Language]noticeWords{
	"fi": {
		hello: "Hei %s!",
		subjects: map[News]string{
			NewsReturned: "Sait palautetta: %s", NewsApproved: "Hyväksytty: %s", NewsStepApproved: "Vaihe hyväksytty: %s",
			NewsFirstApproved: "Ensimmäinen hyväksyntä: %s", NewsNoted: "Sait palautetta: %s", NewsMarked: "Vastauksesi on arvioitu: %s",
			NewsOpened: "Uutta opiskeltavaa: %s", NewsChanged: "Sisältö on muuttunut: %s", NewsDue: "Määräpäivä lähestyy: %s",
			NewsFollowUp: "Onko se yhä käytössä? %s", NewsFinished: "Olet suorittanut koulutuksen: %s",
		},
		bodies: map[News]string{
			NewsReturned:      "Sait palautetta tehtävästä ”%s”. Täydennä sitä vielä palautteen pohjalta:",
			NewsApproved:      "Tehtäväsi ”%s” on hyväksytty. Lue palaute:",
			NewsStepApproved:  "Tehtäväsi ”%s” vaihe on hyväksytty. Lue palaute ja jatka seuraavaan:",
			NewsFirstApproved: "Tehtäväsi ”%s” sai ensimmäisen hyväksynnän. Seuraavaksi sen lukee toinen henkilö. Lue palaute:",
			NewsNoted:         "Sait palautetta tehtävästä ”%s”. Lue palaute:",
			NewsMarked:        "Vastauksesi tehtävään ”%s” on arvioitu. Katso tulos:",
			NewsOpened:        "Sinulle on avautunut uutta opiskeltavaa:",
			NewsChanged:       "Jotain jo suorittamaasi on muuttunut. Sinun tarvitsee lukea vain muutos:",
			NewsDue:           "Nämä ovat sinulta vielä tekemättä:",
			NewsFollowUp:      "Kerroit %d päivää sitten, mitä kokeilit työssäsi: ”%s”. Onko se yhä käytössä? Vastaaminen vie minuutin:",
			NewsFinished:      "Onneksi olkoon! Olet suorittanut koulutuksen ”%s”. Todistuksesi on valmis:",
		},
		many: "%s (%s tehtävää)", due: "%s, määräpäivä %s", today: "tänään", day: "2.1.2006",
		next:   "Seuraavaksi voit sopia vastaanottavan lääkärin kanssa ensimmäisestä yhteisestä ajasta. Pidä yhteyttä myös ryhmääsi: verkosto kantaa koulutuksen jälkeenkin.",
		follow: "Kysymme vielä, onko työssä kokeilemasi jäänyt käyttöön: %s.",
		choose: "Voit valita, mitä ilmoituksia saat ja missä",
	},
	"sv": {
		hello: "Hej %s!",
		subjects: map[News]string{
			NewsReturned: "Du har fått respons: %s", NewsApproved: "Godkänd: %s", NewsStepApproved: "Ett steg är godkänt: %s",
			NewsFirstApproved: "Första godkännandet: %s", NewsNoted: "Du har fått respons: %s", NewsMarked: "Dina svar är bedömda: %s",
			NewsOpened: "Nytt att studera: %s", NewsChanged: "Innehållet har ändrats: %s", NewsDue: "Snart förfaller: %s",
			NewsFollowUp: "Används det fortfarande? %s", NewsFinished: "Du har genomfört utbildningen: %s",
		},
		bodies: map[News]string{
			NewsReturned:      "Du har fått respons på uppgiften ”%s”. Komplettera den utifrån responsen:",
			NewsApproved:      "Din uppgift ”%s” är godkänd. Läs responsen:",
			NewsStepApproved:  "Ett steg i din uppgift ”%s” är godkänt. Läs responsen och gå vidare till nästa:",
			NewsFirstApproved: "Din uppgift ”%s” har fått det första godkännandet. Härnäst läser en annan person den. Läs responsen:",
			NewsNoted:         "Du har fått respons på uppgiften ”%s”. Läs responsen:",
			NewsMarked:        "Dina svar på uppgiften ”%s” är bedömda. Se resultatet:",
			NewsOpened:        "Det finns nytt för dig att studera:",
			NewsChanged:       "Något som du redan har gjort har ändrats. Du behöver bara läsa ändringen:",
			NewsDue:           "Det här har du ännu ogjort:",
			NewsFollowUp:      "För %d dagar sedan berättade du vad du prövade i arbetet: ”%s”. Används det fortfarande? Det tar en minut att svara:",
			NewsFinished:      "Grattis! Du har genomfört utbildningen ”%s”. Ditt intyg är klart:",
		},
		many: "%s (%s uppgifter)", due: "%s, senast %s", today: "i dag", day: "2.1.2006",
		next:   "Härnäst kan du komma överens med en läkare om en första gemensam tid. Håll också kontakten med din grupp: nätverket bär även efter utbildningen.",
		follow: "Vi frågar ännu om det du prövade i arbetet har kommit i bruk: %s.",
		choose: "Du kan välja vilka meddelanden du får och var",
	},
	"en": {
		hello: "Hello %s,",
		subjects: map[News]string{
			NewsReturned: "You have feedback: %s", NewsApproved: "Approved: %s", NewsStepApproved: "A step is approved: %s",
			NewsFirstApproved: "First approval: %s", NewsNoted: "You have feedback: %s", NewsMarked: "Your answers are marked: %s",
			NewsOpened: "New to study: %s", NewsChanged: "The content has changed: %s", NewsDue: "Due soon: %s",
			NewsFollowUp: "Is it still in use? %s", NewsFinished: "You have completed the course: %s",
		},
		bodies: map[News]string{
			NewsReturned:      "You have feedback on the task “%s”. Please add to it with the help of the feedback:",
			NewsApproved:      "Your task “%s” is approved. Read the feedback:",
			NewsStepApproved:  "A step of your task “%s” is approved. Read the feedback and go on with the next one:",
			NewsFirstApproved: "Your task “%s” got its first approval. Next, a second person reads it. Read the feedback:",
			NewsNoted:         "You have feedback on the task “%s”. Read the feedback:",
			NewsMarked:        "Your answers to “%s” are marked. See the result:",
			NewsOpened:        "There is something new for you to study:",
			NewsChanged:       "Something that you have done already has changed. You need to read only the change:",
			NewsDue:           "This is still to be done:",
			NewsFollowUp:      "%d days ago you told what you tried at work: “%s”. Is it still in use? Answering takes a minute:",
			NewsFinished:      "Congratulations! You have completed the course “%s”. Your certificate is ready:",
		},
		many: "%s (%s tasks)", due: "%s, due %s", today: "today,", day: "2 January 2006",
		next:   "Next, you can agree with a doctor on a first joint appointment. Keep in touch with your group too: the network carries on after the course.",
		follow: "We will still ask whether what you tried at work has stayed in use: %s.",
		choose: "You can choose which notices you get, and where",
	},
}
