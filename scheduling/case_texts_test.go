package scheduling

import (
	"strings"
	"testing"
	"unicode/utf8"

	"luotsi/server/auth"
)

func TestMessageToClient(t *testing.T) {
	for _, language := range []string{"fi", "sv", "en"} {
		for _, mode := range []Mode{OnSite, Phone, Video} {
			for _, unit := range []string{"A", "Keskustan terveyskeskus", strings.Repeat("Terveysasema ", 20)} {
				a := Appointment{Start: utc("2026-09-30T07:00:00Z"), End: utc("2026-09-30T07:30:00Z"), Mode: mode}
				got := copyWordsIn(language).messageTo(finland(), &a, unit)
				if n := utf8.RuneCountInString(got); n < shortestToClient || n > longestToClient {
					t.Errorf("%s, %s, %.20s: %d letters: %s", language, mode, unit, n, got)
				}
			}
		}
	}
	a := Appointment{Start: utc("2026-12-01T07:00:00Z"), End: utc("2026-12-01T07:30:00Z"), Mode: OnSite}
	want := "Hei! Sinulle on varattu yhteinen aika lääkärin ja työkykykoordinaattorin kanssa: ti 1.12.2026 klo 9.00. Paikka: Keskustan terveyskeskus. " +
		"Jos et pääse, kerro minulle viimeistään edellisenä päivänä, niin sovimme uuden ajan. Voit vastata tähän viestiin. Tervetuloa!"
	if got := copyWordsIn("fi").messageTo(finland(), &a, "Keskustan terveyskeskus"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestMessageAfterMeeting(t *testing.T) {
	a := Appointment{Start: utc("2026-11-30T22:30:00Z")} // past midnight in Finland
	for language, want := range map[string]string{
		"fi": "Hei! Kiitos yhteisestä tapaamisesta 1.12.2026. Olemme sinuun seuraavan kerran yhteydessä 12.1.2027. Jos jokin muuttuu sitä ennen, vastaa tähän viestiin.",
		"sv": "Hej! Tack för vårt gemensamma möte den 1.12.2026. Vi kontaktar dig nästa gång den 12.1.2027. Om något ändras före det kan du svara på det här meddelandet.",
		"en": "Hello! Thank you for the meeting on 1 December 2026. We will be in touch with you next on 12 January 2027. If something changes before that, answer this message.",
	} {
		if got := copyWordsIn(language).messageAfter(finland(), &a, day(t, "2027-01-12")); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestMeetingRecord(t *testing.T) {
	a := Appointment{
		Start: utc("2026-12-01T07:00:00Z"), End: utc("2026-12-01T07:30:00Z"), Mode: Phone, Reference: "K7M2QX",
		Participants: []Participant{{Person: "gp", Role: auth.Doctor}, {Person: "co", Role: auth.Coordinator}, {Person: "r", Role: RoleRoom}, {Guest: "g", Role: auth.Professional}},
	}
	o := Outcome{Actions: []Action{{Who: "gp", Due: day(t, "2026-12-10")}, {Who: "client"}}, Next: day(t, "2027-01-12")}
	got := copyWordsIn("fi").meetingRecord(finland(), &a, "Keskusta", []QuestionKind{"work_ability", "statement"},
		&QuestionText{Asked: "Voiko palata?", Known: "Poissa 4 kk.", Tried: ""}, &o, &OutcomeText{Decided: "Kokeillaan.", Actions: []string{"lausunto", "soittaa työnantajalle"}, Next: "puhelu"})
	want := `Yhteisvastaanotto ti 1.12.2026 klo 9.00–9.30, puhelimitse
Paikka: Keskusta
Viite: K7M2QX
Mukana: lääkäri, työkykykoordinaattori, muu ammattilainen

Kysymys lääkärille (arvio työkyvystä, lausunto): Voiko palata?
Tiedossa: Poissa 4 kk.

Päätettiin: Kokeillaan.
Kuka tekee:
- lääkäri: lausunto, viimeistään 10.12.2026
- asiakas: soittaa työnantajalle
Seuraava yhteys: 12.1.2027, puhelu
`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := copyWordsIn("sv").meetingRecord(finland(), &a, "Centrum", nil, nil, nil, nil); strings.Contains(got, "Beslut") || !strings.Contains(got, "läkare, arbetsförmågekoordinator, annan yrkesperson") {
		t.Errorf("without texts: %s", got)
	}
	m := Message{At: utc("2026-01-13T07:15:00Z")}
	if got, want := copyWordsIn("fi").planText(finland(), &m, "Mikko Saarinen", "Keskusta", "Kyllä."), "Lääkärin kirjallinen vastaus ti 13.1.2026 klo 9.15 (Mikko Saarinen, lääkäri, Keskusta):\nKyllä.\n"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
