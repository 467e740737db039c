package scheduling

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"luotsi/server/auth"
)

// The texts that people copy: one into the patient record, one to the client, one into the client's plan. Plain text, in the
// reader's language, and no name of a client: Luotsi knows none.

const (
	// shortestToClient and longestToClient bound a message to the client, in letters: two text messages at most.
	shortestToClient = 160
	longestToClient  = 300
)

type copyWords struct {
	joint                  string
	place, reference       string
	people, question       string
	known, tried           string
	decided, who, by, next string
	roles                  map[string]string
	kinds                  map[QuestionKind]string
	modes                  map[Mode]string
	moment                 func(from, to time.Time) string
	day                    func(Day) string
	answer                 string // of the doctor: %s is when, who, and where
	// The message to the client: greeting with when, then where or how, and how to cancel; the last is left out of a long one.
	toClient, onSite, phone, video, cancel, kind string
	toClientAfter                                string // a meeting: %s are its day and the day of the next contact
}

var copies = map[string]*copyWords{
	"fi": {
		joint: "Yhteisvastaanotto", place: "Paikka", reference: "Viite", people: "Mukana", question: "Kysymys lääkärille",
		known: "Tiedossa", tried: "Kokeiltu", decided: "Päätettiin", who: "Kuka tekee", by: "viimeistään", next: "Seuraava yhteys",
		roles: map[string]string{
			"doctor": "lääkäri", "coordinator": "työkykykoordinaattori", "professional": "muu ammattilainen", "interpreter": "tulkki", "client": "asiakas", "other": "joku muu",
		},
		kinds: map[QuestionKind]string{
			"work_ability": "arvio työkyvystä", "limitations": "rajoitteet työssä", "return_to_work": "työhön paluu", "rehabilitation": "kuntoutuksen tarve",
			"treatment": "hoito ja tutkimukset", "statement": "lausunto", "other": "muu asia",
		},
		modes:  map[Mode]string{OnSite: "paikan päällä", Phone: "puhelimitse", Video: "videolla"},
		moment: nordicMoment("klo", "ma ti ke to pe la su"), day: func(d Day) string { return d.utc().Format("2.1.2006") },
		answer:   "Lääkärin kirjallinen vastaus %s",
		toClient: "Hei! Sinulle on varattu yhteinen aika lääkärin ja työkykykoordinaattorin kanssa: %s.",
		onSite:   "Paikka: %s.", phone: "Tapaamme puhelimessa. Sinulle soitetaan, pidä puhelin lähellä.", video: "Tapaamme videolla. Saat osallistumisohjeen erikseen.",
		cancel: "Jos et pääse, kerro minulle viimeistään edellisenä päivänä, niin sovimme uuden ajan.", kind: "Voit vastata tähän viestiin. Tervetuloa!",
		toClientAfter: "Hei! Kiitos yhteisestä tapaamisesta %s. Olemme sinuun seuraavan kerran yhteydessä %s. Jos jokin muuttuu sitä ennen, vastaa tähän viestiin.",
	},
	"sv": {
		joint: "Gemensam mottagning", place: "Plats", reference: "Referens", people: "Deltagare", question: "Fråga till läkaren", //nolint:misspell // Swedish
		known: "Det här vet vi", tried: "Det här har prövats", decided: "Beslut", who: "Vem gör vad", by: "senast", next: "Nästa kontakt",
		roles: map[string]string{
			"doctor": "läkare", "coordinator": "arbetsförmågekoordinator", "professional": "annan yrkesperson", "interpreter": "tolk", "client": "klienten", "other": "någon annan",
		},
		kinds: map[QuestionKind]string{
			"work_ability": "bedömning av arbetsförmågan", "limitations": "begränsningar i arbetet", "return_to_work": "återgång till arbete",
			"rehabilitation": "behov av rehabilitering", "treatment": "vård och undersökningar", "statement": "utlåtande", "other": "annat",
		},
		modes:  map[Mode]string{OnSite: "på plats", Phone: "per telefon", Video: "per video"},
		moment: nordicMoment("kl.", "mån tis ons tors fre lör sön"), day: func(d Day) string { return d.utc().Format("2.1.2006") },
		answer:   "Läkarens skriftliga svar %s",
		toClient: "Hej! Du har en gemensam tid hos läkaren och arbetsförmågekoordinatorn: %s.",
		onSite:   "Plats: %s.", phone: "Vi träffas per telefon. Du blir uppringd, ha telefonen nära.", video: "Vi träffas per video. Du får anvisningar separat.",
		cancel: "Om du inte kan komma, berätta det för mig senast dagen innan, så kommer vi överens om en ny tid.", kind: "Du kan svara på det här meddelandet. Välkommen!",
		toClientAfter: "Hej! Tack för vårt gemensamma möte den %s. Vi kontaktar dig nästa gång den %s. Om något ändras före det kan du svara på det här meddelandet.",
	},
	"en": {
		joint: "Joint appointment", place: "Place", reference: "Reference", people: "Present", question: "Question to the doctor",
		known: "What is known", tried: "What has been tried", decided: "Decided", who: "Who does what", by: "by", next: "Next contact",
		roles: map[string]string{
			"doctor": "doctor", "coordinator": "work-ability coordinator", "professional": "other professional", "interpreter": "interpreter", "client": "the client", "other": "somebody else",
		},
		kinds: map[QuestionKind]string{
			"work_ability": "assessment of work ability", "limitations": "limitations at work", "return_to_work": "return to work", "rehabilitation": "need for rehabilitation",
			"treatment": "treatment and examinations", "statement": "a statement", "other": "something else",
		},
		modes: map[Mode]string{OnSite: "on site", Phone: "by telephone", Video: "by video"},
		moment: func(from, to time.Time) string {
			when := from.Format("Mon 2 January 2006 at 15:04")
			if to.IsZero() {
				return when
			}
			return when + "–" + to.Format("15:04")
		},
		day:      func(d Day) string { return d.utc().Format("2 January 2006") },
		answer:   "The doctor's written answer %s",
		toClient: "Hello! You have a joint appointment with the doctor and the work-ability coordinator: %s.",
		onSite:   "Place: %s.", phone: "We meet by telephone. You will be called, please keep your phone near.", video: "We meet by video. You will get instructions separately.",
		cancel: "If you can not come, tell me the day before at the latest, and we will find a new time.", kind: "You can answer this message. Welcome!",
		toClientAfter: "Hello! Thank you for the meeting on %s. We will be in touch with you next on %s. If something changes before that, answer this message.",
	},
}

func nordicMoment(at, weekdays string) func(from, to time.Time) string {
	names := strings.Fields(weekdays)
	hour := func(t time.Time) string { return fmt.Sprintf("%d.%02d", t.Hour(), t.Minute()) }
	return func(from, to time.Time) string {
		when := fmt.Sprintf("%s %s %s %s", names[(int(from.Weekday())+6)%7], from.Format("2.1.2006"), at, hour(from))
		if to.IsZero() {
			return when
		}
		return when + "–" + hour(to)
	}
}

func copyWordsIn(language string) *copyWords {
	if w, ok := copies[language]; ok {
		return w
	}
	return copies["fi"]
}

func (w *copyWords) role(r string) string {
	if name, ok := w.roles[r]; ok {
		return name
	}
	return w.roles["other"]
}

func (w *copyWords) kindsOf(kinds []QuestionKind) string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = w.kinds[k]
	}
	return strings.Join(names, ", ")
}

// local is a moment on the Finnish clock.
func (c *calendar) local(ms int64) time.Time { return time.UnixMilli(ms).In(c.zone) }

// messageTo is the message for the client: when, where or how, and how to cancel. It is as long as two text messages at most.
func (w *copyWords) messageTo(c *calendar, a *Appointment, unitName string) string {
	first := fmt.Sprintf(w.toClient, w.moment(c.local(a.Start), time.Time{}))
	how := ""
	switch a.Mode {
	case Phone:
		how = w.phone
	case Video:
		how = w.video
	default:
		room := longestToClient - utf8.RuneCountInString(strings.Join([]string{first, fmt.Sprintf(w.onSite, ""), w.cancel}, " "))
		how = fmt.Sprintf(w.onSite, shortened(unitName, room))
	}
	message := strings.Join([]string{first, how, w.cancel}, " ")
	if whole := message + " " + w.kind; utf8.RuneCountInString(whole) <= longestToClient {
		return whole
	}
	return message
}

// messageAfter tells the client when they are contacted next. What was decided is told in person: a text message is read by others too.
func (w *copyWords) messageAfter(c *calendar, a *Appointment, next Day) string {
	return fmt.Sprintf(w.toClientAfter, w.day(c.dayOf(a.Start)), w.day(next))
}

func shortened(text string, most int) string {
	letters := []rune(text)
	if len(letters) <= most {
		return text
	}
	return strings.TrimSpace(string(letters[:max(most-1, 0)])) + "…"
}

// meetingRecord is what of one meeting goes into the patient record. What is not kept any more, or not the reader's, is nil.
func (w *copyWords) meetingRecord(c *calendar, a *Appointment, unitName string, kinds []QuestionKind, q *QuestionText, o *Outcome, words *OutcomeText) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s, %s\n%s: %s\n%s: %s\n", w.joint, w.moment(c.local(a.Start), c.local(a.End)), w.modes[a.Mode], w.place, unitName, w.reference, a.Reference)
	roles := make([]string, 0, len(a.Participants))
	for _, p := range a.Participants {
		if p.Role != RoleRoom {
			roles = append(roles, w.role(string(p.Role)))
		}
	}
	fmt.Fprintf(&b, "%s: %s\n", w.people, strings.Join(roles, ", "))
	w.questionPart(&b, kinds, q)
	if o == nil || words == nil {
		return b.String()
	}
	fmt.Fprintf(&b, "\n%s: %s\n", w.decided, words.Decided)
	if len(o.Actions) > 0 {
		fmt.Fprintf(&b, "%s:\n", w.who)
	}
	for i, action := range o.Actions {
		what := ""
		if i < len(words.Actions) {
			what = words.Actions[i]
		}
		fmt.Fprintf(&b, "- %s: %s", w.role(a.roleOf(action.Who)), what)
		if action.Due != 0 {
			fmt.Fprintf(&b, ", %s %s", w.by, w.day(action.Due))
		}
		b.WriteByte('\n')
	}
	if o.Next != 0 || words.Next != "" {
		next := words.Next
		if o.Next != 0 {
			next = strings.TrimSuffix(w.day(o.Next)+", "+next, ", ")
		}
		fmt.Fprintf(&b, "%s: %s\n", w.next, next)
	}
	return b.String()
}

func (w *copyWords) questionPart(b *strings.Builder, kinds []QuestionKind, q *QuestionText) {
	if q == nil {
		return
	}
	fmt.Fprintf(b, "\n%s (%s): %s\n", w.question, w.kindsOf(kinds), q.Asked)
	for _, part := range []struct{ name, text string }{{w.known, q.Known}, {w.tried, q.Tried}} {
		if part.text != "" {
			fmt.Fprintf(b, "%s: %s\n", part.name, part.text)
		}
	}
}

// roleOf is the role of a participant named by id, or the role itself.
func (a *Appointment) roleOf(who string) string {
	if seat := a.Seat(who); seat >= 0 {
		return string(a.Participants[seat].Role)
	}
	return who
}

// planText is a doctor's answer for the client's plan: with its author and its time.
func (w *copyWords) planText(c *calendar, m *Message, author, unitName, text string) string {
	by := w.moment(c.local(m.At), time.Time{}) + " ("
	if author != "" {
		by += author + ", "
	}
	return fmt.Sprintf(w.answer, by+w.role(string(auth.Doctor))+", "+unitName+")") + ":\n" + text + "\n"
}

// questionRecord is the question alone, under the case's reference.
func (w *copyWords) questionRecord(reference string, kinds []QuestionKind, q *QuestionText) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", w.reference, reference)
	w.questionPart(&b, kinds, q)
	return b.String()
}
