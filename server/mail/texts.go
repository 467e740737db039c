package mail

import (
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // mails tell Finnish times on every machine
)

// Words are the subject and the text of a mail in one language.
type Words struct {
	Subject string
	Text    string
}

// Into puts the words into a message.
func (w Words) Into(m Message) Message {
	m.Subject, m.Text = w.Subject, w.Text
	return m
}

var helsinki = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		panic(err) // the zone is linked into the program
	}
	return zone
}()

// Moment writes a time as mails do, in Finnish time.
func Moment(language string, t time.Time) string {
	t = t.In(helsinki)
	switch language {
	case "sv":
		return t.Format("2.1.2006") + " kl. " + strings.TrimPrefix(t.Format("15.04"), "0")
	case "en":
		return t.Format("2 January 2006") + " at " + t.Format("15:04")
	default:
		return t.Format("2.1.2006") + " klo " + strings.TrimPrefix(t.Format("15.04"), "0")
	}
}

// Signature ends every mail.
func Signature(language string) string {
	switch language {
	case "sv":
		return "Vänliga hälsningar\nLuotsi\n"
	case "en":
		return "Kind regards,\nLuotsi\n"
	default:
		return "Ystävällisin terveisin\nLuotsi\n"
	}
}

func greeting(language, name string) string {
	switch language {
	case "sv":
		return "Hej " + name + "!\n\n"
	case "en":
		return "Hello " + name + ",\n\n"
	default:
		return "Hei " + name + "!\n\n"
	}
}

// letter puts greeting, body and signature together.
func letter(language, name, subject, body string) Words {
	return Words{Subject: subject, Text: greeting(language, name) + body + "\n" + Signature(language)}
}

// Invitation invites somebody in.
func Invitation(language, name, organisation, link string, expires time.Time) Words {
	until := Moment(language, expires)
	switch language {
	case "sv":
		return letter(language, name, "Välkommen till Luotsi", fmt.Sprintf(`%s har bjudit in dig till Luotsi.

I Luotsi studerar arbetsförmågekoordinatorer, och här bokar de gemensamma
mottagningar tillsammans med läkaren.

Öppna länken, välj ett lösenord, så är du inne:
%s

Länken fungerar en gång och gäller till %s. Om den hinner bli
för gammal kan du be administratören i din organisation om en ny.

Om du inte väntade dig det här meddelandet behöver du inte göra något.
`, organisation, link, until))
	case "en":
		return letter(language, name, "Welcome to Luotsi", fmt.Sprintf(`%s has invited you to Luotsi.

This is where work-ability coordinators study, and where they book joint
appointments with the doctor.

Open the link, choose a password, and you are in:
%s

The link works once, until %s. If it gets too old, ask the
administrator of your organisation for a new one.

If you did not expect this message, you need not do anything.
`, organisation, link, until))
	default:
		return letter(language, name, "Tervetuloa Luotsiin", fmt.Sprintf(`%s on kutsunut sinut Luotsiin.

Luotsissa työkykykoordinaattorit opiskelevat ja varaavat yhteisvastaanottoja
lääkärin kanssa.

Avaa linkki ja valitse salasana, niin pääset sisään:
%s

Linkki toimii kerran, ja sen voimassaolo päättyy %s.
Jos se ehtii vanhentua, pyydä uusi kutsu organisaatiosi pääkäyttäjältä.

Jos et odottanut tätä viestiä, sinun ei tarvitse tehdä mitään.
`, organisation, link, until))
	}
}

// PasswordReset answers somebody who forgot their password.
func PasswordReset(language, name, link string, expires time.Time) Words {
	until := Moment(language, expires)
	switch language {
	case "sv":
		return letter(language, name, "Välj ett nytt lösenord till Luotsi", fmt.Sprintf(`Du bad om att få byta lösenord. Det gör du här:
%s

Länken fungerar en gång och gäller till %s.

Om det inte var du som bad om bytet behöver du inte göra något. Ditt
nuvarande lösenord gäller fortfarande.
`, link, until))
	case "en":
		return letter(language, name, "Choose a new password for Luotsi", fmt.Sprintf(`You asked to change your password. You can do it here:
%s

The link works once, until %s.

If it was not you who asked, you need not do anything. Your present
password is still valid.
`, link, until))
	default:
		return letter(language, name, "Valitse uusi Luotsin salasana", fmt.Sprintf(`Pyysit salasanan vaihtoa. Voit vaihtaa sen täällä:
%s

Linkki toimii kerran, ja sen voimassaolo päättyy %s.

Jos et pyytänyt vaihtoa itse, sinun ei tarvitse tehdä mitään. Nykyinen
salasanasi on edelleen voimassa.
`, link, until))
	}
}

// PasswordChanged tells that the password is another one now. forgotten is the page where a new one can be asked for.
func PasswordChanged(language, name, forgotten string, at time.Time) Words {
	when := Moment(language, at)
	switch language {
	case "sv":
		return letter(language, name, "Ditt lösenord till Luotsi har bytts", fmt.Sprintf(`Ditt lösenord byttes den %s. Samtidigt loggades du ut på dina
andra enheter.

Om det inte var du som bytte lösenordet, välj genast ett nytt här, och
berätta det för administratören i din organisation:
%s
`, when, forgotten))
	case "en":
		return letter(language, name, "Your Luotsi password was changed", fmt.Sprintf(`Your password was changed on %s. At the same time you were
signed out on your other devices.

If it was not you who changed it, choose a new one here at once, and tell
the administrator of your organisation:
%s
`, when, forgotten))
	default:
		return letter(language, name, "Luotsin salasanasi on vaihdettu", fmt.Sprintf(`Salasanasi vaihdettiin %s. Samalla sinut kirjattiin ulos muilta
laitteiltasi.

Jos et vaihtanut salasanaa itse, valitse heti uusi täällä ja kerro asiasta
organisaatiosi pääkäyttäjälle:
%s
`, when, forgotten))
	}
}

// SignedOutEverywhere tells that all sessions were ended on request.
func SignedOutEverywhere(language, name, forgotten string, at time.Time) Words {
	when := Moment(language, at)
	switch language {
	case "sv":
		return letter(language, name, "Du loggades ut från Luotsi på alla enheter", fmt.Sprintf(`Du loggades ut på alla enheter den %s. Du kan logga in igen med
ditt lösenord när du vill.

Om det inte var du som loggade ut, välj ett nytt lösenord här:
%s
`, when, forgotten))
	case "en":
		return letter(language, name, "You were signed out of Luotsi everywhere", fmt.Sprintf(`You were signed out on all devices on %s.
You can sign in again with your password whenever you like.

If it was not you who signed out, choose a new password here:
%s
`, when, forgotten))
	default:
		return letter(language, name, "Sinut kirjattiin ulos Luotsista kaikilla laitteilla", fmt.Sprintf(`Sinut kirjattiin ulos kaikilla laitteilla %s. Voit kirjautua
takaisin salasanallasi milloin vain.

Jos et kirjautunut ulos itse, valitse uusi salasana täällä:
%s
`, when, forgotten))
	}
}

// FeedbackAnswered brings the answer to feedback. The name may be empty.
func FeedbackAnswered(language, name, given, answer string) Words {
	var subject, body string
	switch language {
	case "sv":
		subject, body = "Svar på din respons om Luotsi", "Tack för din respons. Här är vårt svar:\n\n%s\n\nDu skrev:\n\n%s\n"
	case "en":
		subject, body = "An answer to your feedback on Luotsi", "Thank you for your feedback. Here is our answer:\n\n%s\n\nYou wrote:\n\n%s\n"
	default:
		subject, body = "Vastaus palautteeseesi Luotsista", "Kiitos palautteestasi. Tässä vastauksemme:\n\n%s\n\nKirjoitit meille:\n\n%s\n"
	}
	words := letter(language, name, subject, fmt.Sprintf(body, answer, given))
	if name == "" {
		words.Text = words.Text[len(greeting(language, "")):]
	}
	return words
}
