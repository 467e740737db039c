// Package ical writes calendar invitations (iCalendar, RFC 5545, and iTIP, RFC 5546). Times go out in UTC, which every
// calendar program shows in its owner's zone, so no zone definitions are needed and none can be misread.
package ical

import (
	"bytes"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/emersion/go-ical"
)

// The methods of iTIP: the same word stands in the calendar and in the MIME type of the mail.
const (
	Request = "REQUEST"
	Cancel  = "CANCEL"
)

// Person is somebody with a mail address.
type Person struct {
	Name  string
	Email string
}

// Answer is what an attendee says to an invitation: a PARTSTAT.
type Answer string

// The answers.
const (
	NeedsAction Answer = "NEEDS-ACTION"
	Accepted    Answer = "ACCEPTED"
	Tentative   Answer = "TENTATIVE"
	Declined    Answer = "DECLINED"
)

// Attendee is somebody who is invited.
type Attendee struct {
	Person
	Answer   Answer
	Optional bool
}

// Invitation is one appointment as calendars know it. UID and Organizer stay the same for its whole life; Sequence rises
// with every change. Answers are not read back, so none are asked for. A cancellation that is an Uninvite takes the appointment
// out of the calendars of its Attendees alone; for others it goes on.
type Invitation struct {
	Method      string
	UID         string
	Sequence    int
	Stamp       time.Time
	Start, End  time.Time
	Language    string
	Summary     string
	Description string
	Location    string
	Resources   []string // rooms
	Organizer   Person
	Attendees   []Attendee
	Uninvite    bool
}

// Encode writes the invitation: CRLF, lines folded at 75 octets, texts escaped.
func Encode(i Invitation) ([]byte, error) {
	if i.Method != Request && i.Method != Cancel {
		return nil, fmt.Errorf("ical: no such method as %q", i.Method)
	}
	event := ical.NewEvent()
	text := func(name, value string) {
		p := ical.NewProp(name)
		p.SetText(clean(value))
		if i.Language != "" {
			p.Params.Set("LANGUAGE", i.Language)
		}
		event.Props.Set(p)
	}
	event.Props.SetText(ical.PropUID, i.UID)
	plain(event, ical.PropSequence, strconv.Itoa(i.Sequence))
	event.Props.SetDateTime(ical.PropDateTimeStamp, i.Stamp.UTC())
	event.Props.SetDateTime(ical.PropDateTimeStart, i.Start.UTC())
	event.Props.SetDateTime(ical.PropDateTimeEnd, i.End.UTC())
	text(ical.PropSummary, i.Summary)
	if i.Description != "" {
		text(ical.PropDescription, i.Description)
	}
	if i.Location != "" {
		text(ical.PropLocation, i.Location)
	}
	if len(i.Resources) > 0 {
		rooms := ical.NewProp(ical.PropResources)
		cleaned := make([]string, len(i.Resources))
		for n, room := range i.Resources {
			cleaned[n] = clean(room)
		}
		rooms.SetTextList(cleaned)
		event.Props.Set(rooms)
	}
	plain(event, ical.PropTransparency, "OPAQUE")
	plain(event, ical.PropClass, "PRIVATE")
	switch {
	case i.Method == Request:
		event.SetStatus(ical.EventConfirmed)
	case !i.Uninvite: // RFC 5546 3.2.5: the status says that it is cancelled for everybody
		event.SetStatus(ical.EventCancelled)
	}
	event.Props.Add(address(ical.PropOrganizer, i.Organizer))
	for _, a := range i.Attendees {
		p := address(ical.PropAttendee, a.Person)
		p.Params.Set("CUTYPE", "INDIVIDUAL")
		p.Params.Set(ical.ParamRole, "REQ-PARTICIPANT")
		if a.Optional {
			p.Params.Set(ical.ParamRole, "OPT-PARTICIPANT")
		}
		p.Params.Set(ical.ParamParticipationStatus, string(a.Answer))
		p.Params.Set(ical.ParamRSVP, "FALSE")
		event.Props.Add(p)
	}
	calendar := ical.NewCalendar()
	calendar.Props.SetText(ical.PropVersion, "2.0")
	calendar.Props.SetText(ical.PropProductID, "-//Luotsi//Joint appointments//EN")
	method := ical.NewProp(ical.PropMethod)
	method.Value = i.Method
	calendar.Props.Set(method)
	calendar.Children = append(calendar.Children, event.Component)
	var out bytes.Buffer
	if err := ical.NewEncoder(&out).Encode(calendar); err != nil {
		return nil, err
	}
	return fold(out.Bytes()), nil
}

func plain(event *ical.Event, name, value string) {
	p := ical.NewProp(name)
	p.Value = value
	event.Props.Set(p)
}

// address is a person as a calendar address. A parameter can hold neither a quotation mark nor a control character.
func address(name string, who Person) *ical.Prop {
	p := ical.NewProp(name)
	mail := url.URL{Scheme: "mailto", Opaque: url.PathEscape(who.Email)}
	p.Value = strings.ReplaceAll(mail.String(), "%40", "@")
	if cn := strings.ReplaceAll(line(who.Name), `"`, "'"); cn != "" {
		p.Params.Set(ical.ParamCommonName, cn)
	}
	return p
}

// clean drops what a text can not carry: control characters but line breaks, and what is not UTF-8.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}

func line(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(clean(text), "\n", " "))
}

// fold breaks lines longer than 75 octets: the encoder leaves them whole.
func fold(in []byte) []byte {
	out := make([]byte, 0, len(in)+len(in)/most*3)
	for content := range bytes.SplitSeq(in, []byte("\r\n")) {
		out = appendFolded(out, content)
	}
	return out[:len(out)-2] // the text ended with a line break, after which there is an empty piece
}

// most is how many octets a line has.
const most = 75

// appendFolded adds a line with its end, broken where it is too long, never inside a character.
func appendFolded(out, content []byte) []byte {
	room := most
	for len(content) > room {
		at := room
		for at > 0 && !utf8.RuneStart(content[at]) {
			at--
		}
		out = append(out, content[:at]...)
		out = append(out, "\r\n "...)
		content = content[at:]
		room = most - 1 // the space counts
	}
	return append(append(out, content...), "\r\n"...)
}
