package scheduling

import (
	"fmt"
	"time"

	"luotsi/server/auth"
)

// occasion is why somebody is written to about an appointment.
type occasion int

const (
	toldBooked     occasion = iota // it was booked
	toldGranted                    // the doctor agreed: to who asked
	toldMoved                      // to another time
	toldChanged                    // another place or mode, the same time
	toldSwapped                    // another takes part
	toldJoined                     // to who takes part now
	toldLeft                       // to who does not any more
	toldOff                        // cancelled
	toldDeclined                   // by the doctor, after it was booked
	toldAsked                      // to the doctor
	toldAskedFor                   // to the deputy of a doctor who is away
	toldWithdrawn                  // to the doctor, before they answered
	toldRefused                    // by the doctor: to who asked
	toldUnanswered                 // by the doctor: to who asked
	toldOffered                    // a free place, to who carries the case of a waiting request
	toldMissing                    // a participant can not come: to who booked
	toldReminded                   // some days before
	occasions
)

// saying is how an occasion is told: what the subject begins with, and the first sentences, also to who brought it about.
type saying struct{ title, told, own string }

// words are the texts of mails about appointments in one language. There is never anything about a client in them, and no
// reason of a cancellation: an illness is nobody's business in a mail.
type words struct {
	say                        [occasions]saying
	askedBy                    string // the first sentence when the asker's name is known
	title                      string // of the calendar entry
	when, newTime, oldTime     string
	where, mode                string
	people, reference          string
	answerBefore, proposes     string
	answer                     string // before the link
	noClient, open             string
	weekdays, everyWeek        [7]string
	date                       func(from, to time.Time) string
	moment                     func(time.Time) string
	hours                      func(from, to int) string // minutes after 00:00
	onSite, phone, video       string
	coordinator, gp            string
	interpreter, expert, other string
	outside                    string // ordered from outside
}

var texts = map[string]*words{"fi": finnishWords, "sv": swedishWords, "en": englishWords}

var finnishWords = &words{
	say: [occasions]saying{
		toldBooked:     {"Yhteisvastaanotto", "Sinulle on varattu yhteisvastaanotto.", "Varasit yhteisvastaanoton."},
		toldGranted:    {"Yhteisvastaanotto", "Lääkäri hyväksyi pyytämäsi ajan. Yhteisvastaanotto on varattu.", "Hyväksyit pyydetyn ajan. Yhteisvastaanotto on varattu."},
		toldMoved:      {"Siirretty: yhteisvastaanotto", "Yhteisvastaanotto on siirretty.", "Siirsit yhteisvastaanoton."},
		toldChanged:    {"Muutos: yhteisvastaanotto", "Yhteisvastaanoton tiedot ovat muuttuneet. Aika on ennallaan.", "Muutit yhteisvastaanoton tietoja. Aika on ennallaan."},
		toldSwapped:    {"Muutos: yhteisvastaanotto", "Yhteisvastaanoton osallistuja on vaihtunut. Aika on ennallaan.", ""},
		toldJoined:     {"Yhteisvastaanotto", "Tulet yhteisvastaanotolle toisen osallistujan tilalle.", ""},
		toldLeft:       {"Et osallistu: yhteisvastaanotto", "Toinen osallistuja tulee yhteisvastaanotolle sinun tilallesi. Tämä aika on taas vapaa.", ""},
		toldOff:        {"Peruttu: yhteisvastaanotto", "Yhteisvastaanotto on peruttu. Aika on taas vapaa.", "Peruit yhteisvastaanoton. Aika on taas vapaa."},
		toldDeclined:   {"Peruttu: yhteisvastaanotto", "Lääkäri ei pääse, joten yhteisvastaanotto on peruttu. Aika on taas vapaa.", "Ilmoitit, että lääkäri ei pääse. Yhteisvastaanotto on peruttu, ja aika on taas vapaa."},
		toldAsked:      {"Vastausta odottaa: yhteisvastaanotto", "Sinulta pyydetään aikaa yhteisvastaanotolle.", ""},
		toldAskedFor:   {"Vastausta odottaa: yhteisvastaanotto", "Olet sijainen, ja poissa olevalta lääkäriltä pyydetään aikaa yhteisvastaanotolle. Vastaa Luotsissa.", ""},
		toldWithdrawn:  {"Pyyntö peruttu: yhteisvastaanotto", "Sinulta pyydetty yhteisvastaanotto on peruttu. Aika on taas vapaa, eikä sinun tarvitse vastata.", ""},
		toldRefused:    {"Lääkäri ei pääse: yhteisvastaanotto", "Lääkäri ei pääse aikaan, jota pyysit.", ""},
		toldUnanswered: {"Ei vastausta: yhteisvastaanotto", "Lääkäri ei vastannut määräajassa, ja pyytämäsi aika on taas vapaa. Voit pyytää toista aikaa.", ""},
		toldOffered:    {"Vapaa aika tarjolla: yhteisvastaanotto", "Jonossa olevalle pyynnöllesi tarjotaan vapautunutta aikaa. Aika on varattuna sinulle, kunnes vastaat.", ""},
		toldMissing:    {"Osallistuja ei pääse: yhteisvastaanotto", "Yksi osallistuja on ilmoittanut, ettei pääse yhteisvastaanotolle. Katso Luotsista, miten jatketaan.", ""},
		toldReminded:   {"Muistutus: yhteisvastaanotto", "Muistutus: sinulla on yhteisvastaanotto.", ""},
	},
	askedBy: "%s pyytää sinulta aikaa yhteisvastaanotolle.",
	title:   "Yhteisvastaanotto",
	when:    "Aika", newTime: "Uusi aika", oldTime: "Aiempi aika", where: "Paikka", mode: "Tapa", people: "Osallistujat", reference: "Viite",
	answerBefore: "Vastaa viimeistään", proposes: "Lääkäri ehdottaa näitä aikoja",
	answer:   "Vastaa tästä ilman kirjautumista",
	noClient: "Asiakkaan tietoja ei lähetetä sähköpostilla.", open: "Avaa Luotsi",
	weekdays:  [7]string{"ma", "ti", "ke", "to", "pe", "la", "su"},
	everyWeek: [7]string{"maanantaisin", "tiistaisin", "keskiviikkoisin", "torstaisin", "perjantaisin", "lauantaisin", "sunnuntaisin"},
	onSite:    "paikan päällä", phone: "puhelimitse", video: "videolla",
	coordinator: "työkykykoordinaattori", gp: "lääkäri", interpreter: "tulkki", expert: "asiantuntija", other: "osallistuja",
	outside: "tilataan ulkopuolelta",
}

//nolint:misspell // Swedish
var swedishWords = &words{
	say: [occasions]saying{
		toldBooked:     {"Gemensam mottagning", "En gemensam mottagning har bokats för dig.", "Du bokade en gemensam mottagning."},
		toldGranted:    {"Gemensam mottagning", "Läkaren godkände tiden du bad om. Den gemensamma mottagningen är bokad.", "Du godkände tiden. Den gemensamma mottagningen är bokad."},
		toldMoved:      {"Flyttad: gemensam mottagning", "Den gemensamma mottagningen har flyttats.", "Du flyttade den gemensamma mottagningen."},
		toldChanged:    {"Ändring: gemensam mottagning", "Uppgifterna om den gemensamma mottagningen har ändrats. Tiden är densamma.", "Du ändrade uppgifterna om den gemensamma mottagningen. Tiden är densamma."},
		toldSwapped:    {"Ändring: gemensam mottagning", "En deltagare i den gemensamma mottagningen har bytts ut. Tiden är densamma.", ""},
		toldJoined:     {"Gemensam mottagning", "Du deltar i en gemensam mottagning i stället för någon annan.", ""},
		toldLeft:       {"Du deltar inte: gemensam mottagning", "Någon annan deltar i den gemensamma mottagningen i stället för dig. Den här tiden är ledig igen.", ""},
		toldOff:        {"Inställd: gemensam mottagning", "Den gemensamma mottagningen är inställd. Tiden är ledig igen.", "Du ställde in den gemensamma mottagningen. Tiden är ledig igen."},
		toldDeclined:   {"Inställd: gemensam mottagning", "Läkaren kan inte komma, så den gemensamma mottagningen är inställd. Tiden är ledig igen.", "Du meddelade att läkaren inte kan komma. Den gemensamma mottagningen är inställd och tiden är ledig igen."},
		toldAsked:      {"Väntar på svar: gemensam mottagning", "Du ombeds om en tid för en gemensam mottagning.", ""},
		toldAskedFor:   {"Väntar på svar: gemensam mottagning", "Du är ersättare, och läkaren som är borta ombeds om en tid för en gemensam mottagning. Svara i Luotsi.", ""},
		toldWithdrawn:  {"Begäran återtagen: gemensam mottagning", "Den gemensamma mottagning som du ombads om är inställd. Tiden är ledig igen och du behöver inte svara.", ""},
		toldRefused:    {"Läkaren kan inte: gemensam mottagning", "Läkaren kan inte komma på tiden som du bad om.", ""},
		toldUnanswered: {"Inget svar: gemensam mottagning", "Läkaren svarade inte inom utsatt tid, och tiden som du bad om är ledig igen. Du kan be om en annan tid.", ""},
		toldOffered:    {"Ledig tid erbjuds: gemensam mottagning", "Din begäran i kön erbjuds en ledig tid. Tiden är reserverad för dig tills du svarar.", ""},
		toldMissing:    {"En deltagare kan inte: gemensam mottagning", "En deltagare har meddelat att hen inte kan komma till den gemensamma mottagningen. Se i Luotsi hur ni går vidare.", ""},
		toldReminded:   {"Påminnelse: gemensam mottagning", "Påminnelse: du har en gemensam mottagning.", ""},
	},
	askedBy: "%s ber dig om en tid för en gemensam mottagning.",
	title:   "Gemensam mottagning",
	when:    "Tid", newTime: "Ny tid", oldTime: "Tidigare tid", where: "Plats", mode: "Sätt", people: "Deltagare", reference: "Referens",
	answerBefore: "Svara senast", proposes: "Läkaren föreslår de här tiderna",
	answer:   "Svara här utan att logga in",
	noClient: "Klientens uppgifter skickas inte per e-post.", open: "Öppna Luotsi",
	weekdays:  [7]string{"mån", "tis", "ons", "tors", "fre", "lör", "sön"},
	everyWeek: [7]string{"på måndagar", "på tisdagar", "på onsdagar", "på torsdagar", "på fredagar", "på lördagar", "på söndagar"},
	onSite:    "på plats", phone: "per telefon", video: "per video",
	coordinator: "arbetsförmågekoordinator", gp: "läkare", interpreter: "tolk", expert: "sakkunnig", other: "deltagare",
	outside: "beställs utifrån",
}

var englishWords = &words{
	say: [occasions]saying{
		toldBooked:     {"Joint appointment", "A joint appointment has been booked for you.", "You booked a joint appointment."},
		toldGranted:    {"Joint appointment", "The doctor accepted the time you asked for. The joint appointment is booked.", "You accepted the time. The joint appointment is booked."},
		toldMoved:      {"Moved: joint appointment", "The joint appointment has been moved.", "You moved the joint appointment."},
		toldChanged:    {"Changed: joint appointment", "Some details of the joint appointment have changed. The time is the same.", "You changed some details of the joint appointment. The time is the same."},
		toldSwapped:    {"Changed: joint appointment", "A participant of the joint appointment has changed. The time is the same.", ""},
		toldJoined:     {"Joint appointment", "You are coming to a joint appointment in place of somebody else.", ""},
		toldLeft:       {"You are not coming: joint appointment", "Somebody else is coming to the joint appointment in your place. This time is free again.", ""},
		toldOff:        {"Cancelled: joint appointment", "The joint appointment has been cancelled. The time is free again.", "You cancelled the joint appointment. The time is free again."},
		toldDeclined:   {"Cancelled: joint appointment", "The doctor can not come, so the joint appointment has been cancelled. The time is free again.", "You said that the doctor can not come. The joint appointment has been cancelled, and the time is free again."},
		toldAsked:      {"Waiting for your answer: joint appointment", "You are asked for a joint appointment.", ""},
		toldAskedFor:   {"Waiting for your answer: joint appointment", "You are the deputy, and a doctor who is away is asked for a time for a joint appointment. Answer in Luotsi.", ""},
		toldWithdrawn:  {"Request withdrawn: joint appointment", "The joint appointment you were asked for has been cancelled. The time is free again, and you need not answer.", ""},
		toldRefused:    {"The doctor can not come: joint appointment", "The doctor can not come at the time you asked for.", ""},
		toldUnanswered: {"No answer: joint appointment", "The doctor did not answer in time, and the time you asked for is free again. You can ask for another one.", ""},
		toldOffered:    {"A free time for you: joint appointment", "A free time is offered for your request on the waiting list. It is kept for you until you answer.", ""},
		toldMissing:    {"A participant can not come: joint appointment", "A participant has said that they can not come to the joint appointment. See in Luotsi how to go on.", ""},
		toldReminded:   {"Reminder: joint appointment", "A reminder: you have a joint appointment.", ""},
	},
	askedBy: "%s asks you for a joint appointment.",
	title:   "Joint appointment",
	when:    "Time", newTime: "New time", oldTime: "Earlier time", where: "Place", mode: "How", people: "Participants", reference: "Reference",
	answerBefore: "Answer by", proposes: "The doctor proposes these times",
	answer:   "Answer here without signing in",
	noClient: "Nothing about the client is sent by mail.", open: "Open Luotsi",
	weekdays:  [7]string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"},
	everyWeek: [7]string{"on Mondays", "on Tuesdays", "on Wednesdays", "on Thursdays", "on Fridays", "on Saturdays", "on Sundays"},
	onSite:    "on site", phone: "by telephone", video: "by video",
	coordinator: "work-ability coordinator", gp: "doctor", interpreter: "interpreter", expert: "specialist", other: "participant",
	outside: "ordered from outside",
}

func init() {
	nordicDates(finnishWords, "klo")
	nordicDates(swedishWords, "kl.")
	englishWords.date = func(from, to time.Time) string { return englishWords.moment(from) + "–" + to.Format("15:04") }
	englishWords.hours = func(from, to int) string { return clock(from) + "–" + clock(to) }
	englishWords.moment = func(t time.Time) string { return englishWords.weekday(t) + " " + t.Format("2 January 2006, 15:04") }
}

// nordicDates writes ti 1.12.2026 klo 9.00–9.30, ti 1.12.2026 klo 9.00 and klo 9.00–9.30.
func nordicDates(w *words, at string) {
	hour := func(t time.Time) string { return fmt.Sprintf("%d.%02d", t.Hour(), t.Minute()) }
	w.moment = func(t time.Time) string {
		return fmt.Sprintf("%s %s %s %s", w.weekday(t), t.Format("2.1.2006"), at, hour(t))
	}
	w.date = func(from, to time.Time) string { return w.moment(from) + "–" + hour(to) }
	w.hours = func(from, to int) string {
		return fmt.Sprintf("%s %d.%02d–%d.%02d", at, from/60, from%60, to/60, to%60)
	}
}

func (w *words) weekday(t time.Time) string { return w.weekdays[(int(t.Weekday())+6)%7] }

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
	case auth.Professional:
		return w.expert
	case RoleInterpreter:
		return w.interpreter
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
