package ical

import (
	"strconv"
	"strings"
	"time"
)

// Entry is one appointment of a feed.
type Entry struct {
	UID         string
	Sequence    int
	Stamp       time.Time
	Start, End  time.Time
	Tentative   bool // not agreed on yet
	Summary     string
	Description string
	Location    string
}

// Publish writes a feed that calendar programs read again and again: the same entries give the same bytes. It is written line by
// line, because a year of appointments is asked for often, and go-ical sorts and copies every property.
func Publish(language, name string, entries []Entry) []byte {
	out := make([]byte, 0, 200+len(entries)*500)
	put := func(name, value string) {
		out = appendFolded(out, name+":"+value)
	}
	param := ""
	if language != "" {
		param = ";LANGUAGE=" + language
	}
	put("BEGIN", "VCALENDAR")
	put("VERSION", "2.0")
	put("PRODID", "-//Luotsi//Joint appointments//EN")
	put("METHOD", "PUBLISH")
	put("X-WR-CALNAME", escaped(name))
	put("REFRESH-INTERVAL;VALUE=DURATION", "PT30M")
	put("X-PUBLISHED-TTL", "PT30M")
	for _, e := range entries {
		put("BEGIN", "VEVENT")
		put("UID", escaped(e.UID))
		put("SEQUENCE", strconv.Itoa(e.Sequence))
		put("DTSTAMP", utcTime(e.Stamp))
		put("DTSTART", utcTime(e.Start))
		put("DTEND", utcTime(e.End))
		put("SUMMARY"+param, escaped(e.Summary))
		if e.Description != "" {
			put("DESCRIPTION"+param, escaped(e.Description))
		}
		if e.Location != "" {
			put("LOCATION"+param, escaped(e.Location))
		}
		status := "CONFIRMED"
		if e.Tentative {
			status = "TENTATIVE"
		}
		put("STATUS", status)
		put("TRANSP", "OPAQUE")
		put("CLASS", "PRIVATE")
		put("END", "VEVENT")
	}
	put("END", "VCALENDAR")
	return out
}

func utcTime(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

var escapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

func escaped(text string) string { return escapes.Replace(clean(text)) }

// appendFolded adds a line, folded at 75 octets, with its end.
func appendFolded(out []byte, text string) []byte {
	const most = 75
	if len(text) <= most {
		return append(append(out, text...), "\r\n"...)
	}
	return append(append(out, fold([]byte(text))...), "\r\n"...)
}
