package scheduling

import (
	"bytes"
	"encoding/binary"
	"slices"
	"sort"
	"strconv"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
)

// The failures of other calendars. Those of reading one are shown where it is added, and later beside it.
var (
	ErrNoSuchCalendar      = fault.New(fault.NotFound, "not_found", "there is no such calendar")
	ErrTooManyCalendars    = fault.New(fault.Conflict, "calendars_full", "a person has at most "+strconv.Itoa(MaxCalendars)+" other calendars")
	ErrCalendarAddress     = fault.New(fault.Invalid, "calendar_address", "the address must begin with https:// or webcal:// and have no name or password in it")
	ErrCalendarUnreachable = fault.New(fault.Conflict, "calendar_unreachable", "the address does not answer")
	ErrCalendarPrivate     = fault.New(fault.Conflict, "calendar_private", "the address leads into a private network")
	ErrCalendarSlow        = fault.New(fault.Conflict, "calendar_slow", "the address did not answer in time")
	ErrCalendarRefused     = fault.New(fault.Conflict, "calendar_refused", "the address refuses to give a calendar")
	ErrCalendarMoved       = fault.New(fault.Conflict, "calendar_moved", "the address leads from one to the next, or to one that is not secure")
	ErrCalendarLarge       = fault.New(fault.Conflict, "calendar_large", "the calendar is larger than 5 MB or has more than 20,000 events")
	ErrCalendarNone        = fault.New(fault.Conflict, "calendar_none", "what is there is no calendar")
	ErrNoFeed              = fault.New(fault.NotFound, "not_found", "there is no such feed")
)

const (
	// MaxCalendars is how many other calendars one person has.
	MaxCalendars = 5
	// addressDays is how far ahead a calendar at an address is read, and fileDays a file, which is read once only.
	addressDays = 120
	fileDays    = 366
	// Busy times are stored again when they still hold but reach this much less far.
	renewDays = 7
	// An address that was not read for a day is out of date, a file after a month.
	staleAddress = 24 * time.Hour
	staleFile    = 30 * 24 * time.Hour
)

// ImportedSource is where another calendar comes from.
type ImportedSource string

// The sources.
const (
	FromFile    ImportedSource = "file"
	FromAddress ImportedSource = "address"
)

// Imported is another calendar of a person: Outlook's, Google's or any other. Of its events only the busy times are kept.
type Imported struct {
	Person   string
	Source   ImportedSource
	AddedAt  int64 // unix ms
	AddedBy  string
	ReadAt   int64 // when it last said something new
	From     int64
	Until    int64
	Busy     []byte
	Problems int
	Text     string // vault id of the problems
	Hash     string // of the problems
}

// Feed is a person's address for calendar programs.
type Feed struct {
	ID     string
	Hash   string
	MadeAt int64 // unix ms
}

// CalendarsPrimary is what is kept of other calendars and feeds.
type CalendarsPrimary struct {
	Imported map[string]Imported
	Feeds    map[string]Feed // by person
	// Forgotten holds what an erased person's calendars had in the vault, until it is deleted there.
	Forgotten map[string][]string
}

// reading is what one look at a calendar found.
type reading struct {
	From, Until int64
	Busy        []Span
	Problems    int
	Text        string
	Hash        string
}

func (r *reading) event(calendar string) CalendarRead {
	return CalendarRead{
		Calendar: calendar, From: r.From, Until: r.Until, Busy: packSpans(r.From, r.Busy), Problems: r.Problems, Text: r.Text, Hash: r.Hash,
	}
}

// AddCalendar decides whether a person gets another calendar, with what it was found to say.
func (s *State) AddCalendar(id, person string, source ImportedSource, r reading) (journal.Decision, error) {
	if p := s.calendars.people[person]; p != nil && len(p.calendars) >= MaxCalendars {
		return journal.Decision{}, ErrTooManyCalendars
	}
	return journal.Happens(CalendarAdded{Calendar: id, Person: person, Kind: source}, r.event(id)).Answering(id), nil
}

// ReadCalendar decides whether what a calendar says is worth storing: it is another thing than it said before, or it reaches
// noticeably further ahead.
func (s *State) ReadCalendar(id string, r reading) (journal.Decision, error) {
	c, ok := s.primary.Calendars.Imported[id]
	if !ok {
		return journal.Decision{}, ErrNoSuchCalendar
	}
	until := min(c.Until, r.Until)
	same := r.Hash == c.Hash && slices.Equal(clip(r.Busy, r.From, until), clip(unpackSpans(c.From, c.Busy), r.From, until))
	if same && r.Until-c.Until < renewDays*dayLength {
		return journal.Decision{}, nil
	}
	return journal.Happens(r.event(id)), nil
}

// RemoveCalendar decides whether a person's other calendar can be left out again.
func (s *State) RemoveCalendar(person, id string) (journal.Decision, error) {
	if c, ok := s.primary.Calendars.Imported[id]; !ok || c.Person != person {
		return journal.Decision{}, ErrNoSuchCalendar
	}
	return journal.Happens(CalendarRemoved{Calendar: id}), nil
}

// MakeFeed gives a person an address for calendar programs; an earlier one stops.
func (s *State) MakeFeed(person, id, hash string) (journal.Decision, error) {
	return journal.Happens(FeedMade{Person: person, Feed: id, Hash: hash}).Answering(id), nil
}

// RevokeFeed stops a person's address.
func (s *State) RevokeFeed(person string) (journal.Decision, error) {
	if _, ok := s.primary.Calendars.Feeds[person]; !ok {
		return journal.Decision{}, ErrNoFeed
	}
	return journal.Happens(FeedRevoked{Person: person}), nil
}

// packSpans writes sorted, disjoint times as minutes since from: for each how long after the last one it begins, and how long
// it lasts, in as many bytes as that takes. Half a year of a busy doctor is some two kilobytes.
func packSpans(from int64, busy []Span) []byte {
	packed := []byte{} // an empty one is stored as such
	last := from
	for _, s := range busy {
		packed = binary.AppendUvarint(packed, uint64((s.Start-last)/minute)) //nolint:gosec // sorted: never negative
		packed = binary.AppendUvarint(packed, uint64((s.End-s.Start)/minute))
		last = s.End
	}
	return packed
}

// unpackSpans reads what packSpans wrote. Of anything else it reads what can be read: the order of what happened is never stopped.
func unpackSpans(from int64, packed []byte) []Span {
	var busy []Span
	in, last := bytes.NewReader(packed), from
	for {
		gap, err := binary.ReadUvarint(in)
		if err != nil {
			return busy
		}
		long, err := binary.ReadUvarint(in)
		if err != nil || gap > centuryMinutes || long == 0 || long > centuryMinutes {
			return busy
		}
		start := last + int64(gap)*minute //nolint:gosec // less than a century
		last = start + int64(long)*minute //nolint:gosec // less than a century
		busy = append(busy, Span{start, last})
	}
}

const centuryMinutes = 100 * 366 * 24 * 60

// clip keeps what of sorted, disjoint times lies between two moments.
func clip(busy []Span, from, to int64) []Span {
	var kept []Span
	for _, b := range busy {
		if b.Start, b.End = max(b.Start, from), min(b.End, to); b.Start < b.End {
			kept = append(kept, b)
		}
	}
	return kept
}

// mergeTwo makes one sorted, disjoint list of two that are so.
func mergeTwo(a, b []Span) []Span {
	out := make([]Span, 0, len(a)+len(b))
	for len(a) > 0 || len(b) > 0 {
		var s Span
		if len(b) == 0 || len(a) > 0 && a[0].Start <= b[0].Start {
			s, a = a[0], a[1:]
		} else {
			s, b = b[0], b[1:]
		}
		if n := len(out); n > 0 && s.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
		} else {
			out = append(out, s)
		}
	}
	return out
}

// between is the part of sorted, disjoint times that touches from–to; it shares their memory.
func between(busy []Span, from, to int64) []Span {
	i := sort.Search(len(busy), func(i int) bool { return busy[i].End > from })
	j := i + sort.Search(len(busy)-i, func(j int) bool { return busy[i+j].Start >= to })
	return busy[i:j]
}
