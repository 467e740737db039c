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
	w := feedWriter{out: make([]byte, 0, 200+len(entries)*500)}
	param := ""
	if language != "" {
		param = ";LANGUAGE=" + language
	}
	summary, description, location := "SUMMARY"+param, "DESCRIPTION"+param, "LOCATION"+param
	w.put("BEGIN", "VCALENDAR")
	w.put("VERSION", "2.0")
	w.put("PRODID", "-//Luotsi//Joint appointments//EN")
	w.put("METHOD", "PUBLISH")
	w.text("X-WR-CALNAME", name)
	w.put("REFRESH-INTERVAL;VALUE=DURATION", "PT30M")
	w.put("X-PUBLISHED-TTL", "PT30M")
	for i := range entries {
		e := &entries[i]
		w.put("BEGIN", "VEVENT")
		w.text("UID", e.UID)
		w.put("SEQUENCE", strconv.Itoa(e.Sequence))
		w.time("DTSTAMP", e.Stamp)
		w.time("DTSTART", e.Start)
		w.time("DTEND", e.End)
		w.text(summary, e.Summary)
		if e.Description != "" {
			w.text(description, e.Description)
		}
		if e.Location != "" {
			w.text(location, e.Location)
		}
		status := "CONFIRMED"
		if e.Tentative {
			status = "TENTATIVE"
		}
		w.put("STATUS", status)
		w.put("TRANSP", "OPAQUE")
		w.put("CLASS", "PRIVATE")
		w.put("END", "VEVENT")
	}
	w.put("END", "VCALENDAR")
	return w.out
}

// feedWriter writes lines, each first as it is and then folded, without leaving memory behind for any.
type feedWriter struct{ out, line []byte }

// put writes what needs no escaping.
func (w *feedWriter) put(name, value string) {
	w.line = append(append(append(w.line[:0], name...), ':'), value...)
	w.out = appendFolded(w.out, w.line)
}

func (w *feedWriter) time(name string, t time.Time) {
	w.line = append(append(w.line[:0], name...), ':')
	w.line = t.UTC().AppendFormat(w.line, "20060102T150405Z")
	w.out = appendFolded(w.out, w.line)
}

// text writes a text that may hold anything.
func (w *feedWriter) text(name, value string) {
	w.line = append(append(w.line[:0], name...), ':')
	value = clean(value)
	for at := strings.IndexAny(value, "\\;,\n"); at >= 0; at = strings.IndexAny(value, "\\;,\n") {
		w.line = append(append(w.line, value[:at]...), '\\')
		if value[at] == '\n' {
			w.line = append(w.line, 'n')
		} else {
			w.line = append(w.line, value[at])
		}
		value = value[at+1:]
	}
	w.line = append(w.line, value...)
	w.out = appendFolded(w.out, w.line)
}
