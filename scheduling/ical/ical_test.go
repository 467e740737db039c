package ical

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	known "github.com/emersion/go-ical"
)

func invitation() Invitation {
	return Invitation{
		Method: Request, UID: "0192-abc@luotsi", Sequence: 0,
		Stamp:    time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC),
		Start:    time.Date(2026, 12, 1, 7, 0, 0, 0, time.UTC),
		End:      time.Date(2026, 12, 1, 7, 30, 0, 0, time.UTC),
		Language: "fi",
		Summary:  "Yhteisvastaanotto; K7M2QX, etänä \\ paikalla",
		Description: "Lääkäri, työkykykoordinaattori ja tulkki tapaavat yhdessä. " +
			strings.Repeat("ÄÖÅ ", 40) + "\nViite: K7M2QX",
		Location:  "Keskustan terveysasema, Pääkatu 1",
		Organizer: Person{"Luotsi", "luotsi@example.org"},
		Attendees: []Attendee{
			{Person: Person{`Aino "Nono" Mäkelä; lääkäri`, "aino.makela@example.org"}, Answer: Accepted},
			{Person: Person{"Örjan, Åberg", "orjan+1@example.org"}, Answer: NeedsAction, Optional: true},
		},
		Resources: []string{"Huone 3, 2. krs", "Sali"},
	}
}

func TestEncodeIsReadByAnotherParser(t *testing.T) {
	for _, method := range []string{Request, Cancel} {
		in := invitation()
		in.Method = method
		if method == Cancel {
			in.Sequence = 1
		}
		raw, err := Encode(in)
		if err != nil {
			t.Fatal(err)
		}
		cal, err := known.NewDecoder(bytes.NewReader(raw)).Decode()
		if err != nil {
			t.Fatalf("%s: %v\n%s", method, err, raw)
		}
		if got := cal.Props.Get("METHOD").Value; got != method {
			t.Errorf("METHOD = %s, want %s", got, method)
		}
		if n := len(cal.Events()); n != 1 {
			t.Fatalf("%d events, want 1", n)
		}
		e := cal.Events()[0]
		for name, want := range map[string]string{
			"UID": in.UID, "SUMMARY": in.Summary, "DESCRIPTION": in.Description, "LOCATION": in.Location,
		} {
			if got, err := e.Props.Text(name); err != nil || got != want {
				t.Errorf("%s = %q (%v), want %q", name, got, err, want)
			}
		}
		if got, _ := e.Props.Get("SEQUENCE").Int(); got != in.Sequence {
			t.Errorf("SEQUENCE = %d, want %d", got, in.Sequence)
		}
		start, _ := e.DateTimeStart(nil)
		end, _ := e.DateTimeEnd(nil)
		if !start.Equal(in.Start) || !end.Equal(in.End) {
			t.Errorf("time = %s–%s, want %s–%s", start, end, in.Start, in.End)
		}
		status, _ := e.Status()
		if want := map[string]known.EventStatus{Request: known.EventConfirmed, Cancel: known.EventCancelled}[method]; status != want {
			t.Errorf("STATUS = %s, want %s", status, want)
		}
		if got := e.Props.Get("ORGANIZER").Value; got != "mailto:luotsi@example.org" {
			t.Errorf("ORGANIZER = %s", got)
		}
		attendees := e.Props.Values("ATTENDEE")
		if len(attendees) != 2 {
			t.Fatalf("%d attendees, want 2", len(attendees))
		}
		if got := attendees[0].Params.Get("CN"); got != `Aino 'Nono' Mäkelä; lääkäri` {
			t.Errorf("CN = %q", got)
		}
		if got := attendees[1].Value; got != "mailto:orjan+1@example.org" {
			t.Errorf("ATTENDEE = %s", got)
		}
		for i, want := range []string{"REQ-PARTICIPANT ACCEPTED", "OPT-PARTICIPANT NEEDS-ACTION"} {
			if got := attendees[i].Params.Get("ROLE") + " " + attendees[i].Params.Get("PARTSTAT"); got != want {
				t.Errorf("attendee %d is %s, want %s", i, got, want)
			}
		}
		if got, err := e.Props.Get("RESOURCES").TextList(); err != nil || !slices.Equal(got, in.Resources) {
			t.Errorf("RESOURCES = %q (%v), want %q", got, err, in.Resources)
		}
		for _, a := range attendees {
			if a.Params.Get("RSVP") != "FALSE" {
				t.Errorf("RSVP = %q, want FALSE", a.Params.Get("RSVP"))
			}
		}
	}
}

func TestEncodeKeepsToTheLineForm(t *testing.T) {
	raw, err := Encode(invitation())
	if err != nil {
		t.Fatal(err)
	}
	checkLines(t, raw)
	if !bytes.Contains(raw, []byte("DTSTART:20261201T070000Z\r\n")) {
		t.Errorf("no UTC start in\n%s", raw)
	}
}

func checkLines(t *testing.T, raw []byte) {
	t.Helper()
	text := string(raw)
	if !strings.HasSuffix(text, "END:VCALENDAR\r\n") {
		t.Errorf("does not end with END:VCALENDAR and a line break: %q", text[max(0, len(text)-40):])
	}
	for l := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(l) > 75 || strings.ContainsAny(l, "\r\n") || !utf8.ValidString(l) || l == "" {
			t.Errorf("bad line (%d octets): %q", len(l), l)
		}
	}
}

// Who is not invited any more is told so without a word of cancellation for everybody else.
func TestUninviteHasNoStatus(t *testing.T) {
	in := invitation()
	in.Method, in.Uninvite = Cancel, true
	raw, err := Encode(in)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(raw, []byte("METHOD:CANCEL\r\n")) || bytes.Contains(raw, []byte("STATUS:")) {
		t.Errorf("the status must be left out:\n%s", raw)
	}
}

func TestEncodeRefusesOtherMethods(t *testing.T) {
	in := invitation()
	in.Method = "PUBLISH"
	if _, err := Encode(in); err == nil {
		t.Error("PUBLISH was accepted: what begins so can not be cancelled")
	}
}

func FuzzEncode(f *testing.F) {
	f.Add("Yhteisvastaanotto", "rivi\nrivi", `A "B" C`, "a@example.org")
	f.Add("\r\n\x00", strings.Repeat("å", 200), "\n;:,", "ä b@example.org")
	f.Add("\xff\xfe", "\\n", "", "")
	f.Fuzz(func(t *testing.T, summary, description, name, email string) {
		in := invitation()
		in.Summary, in.Description = summary, description
		in.Attendees = []Attendee{{Person: Person{name, email}, Answer: Accepted}}
		raw, err := Encode(in)
		if err != nil {
			t.Fatal(err)
		}
		checkLines(t, raw)
		cal, err := known.NewDecoder(bytes.NewReader(raw)).Decode()
		if err != nil {
			t.Fatalf("%v\n%s", err, raw)
		}
		if got, err := cal.Events()[0].Props.Text("SUMMARY"); err != nil || got != clean(summary) {
			t.Errorf("SUMMARY = %q (%v), want %q", got, err, clean(summary))
		}
	})
}
