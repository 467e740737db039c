package scheduling

import (
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
)

// ErrNoCase is a case that is not there, is closed, or is not the caller's to see.
var ErrNoCase = fault.New(fault.NotFound, "unknown_case", "there is no such open case")

// Case is a client's matter: who carries it, and a reference made here. Who the client is travels outside Luotsi.
type Case struct {
	Reference string
	Unit      string // of the owner when it was opened
	Owner     string // the coordinator who carries it
	Opened    int64  // unix ms
	Closed    int64  // 0 while it is open
}

// ErrCaseBusy is a case that can not be closed yet.
var ErrCaseBusy = fault.New(fault.Conflict, "case_busy", "the case has an appointment to come, waits for one, or for a written answer")

// Dependent is from how many open cases on it is an alarm that one person carries them all. One or two are how every unit
// begins; with three, one sick leave would leave several clients without anybody who knows them.
const Dependent = 3

// CloseCase decides whether a client's matter can end: it is open, and nothing of it is to come.
func (s *State) CloseCase(now time.Time, id string) (journal.Decision, error) {
	c, ok := s.primary.Cases[id]
	if !ok || c.Closed != 0 {
		return journal.Decision{}, ErrNoCase
	}
	if _, coming := s.nextOf(id, now.UnixMilli()); coming || s.waits(id) {
		return journal.Decision{}, ErrCaseBusy
	}
	for _, one := range s.consultations[id] {
		if c := s.primary.Consultations[one]; c.Open() {
			return journal.Decision{}, ErrCaseBusy
		}
	}
	return journal.Happens(CaseClosed{Case: id}), nil
}

// nextOf is the first appointment of a case that is not over and whose time is kept.
func (s *State) nextOf(id string, now int64) (next listed, ok bool) {
	for _, one := range s.ofCase[id] {
		a := s.primary.Appointments[one]
		if a.Live() && a.keeps(now) && a.End > now && (!ok || a.Start < next.Start) {
			next, ok = listed{one, a}, true
		}
	}
	return next, ok
}

// hollow reports whether a case is nothing but times that somebody kept for a moment and let go: it was opened with the first,
// and nothing was written about it.
func (s *State) hollow(id string, now int64) bool {
	if _, written := s.primary.Files[id]; written || len(s.consultations[id]) > 0 {
		return false
	}
	c := s.primary.Cases[id]
	begun := false
	if len(s.asked[id]) > 0 {
		return false
	}
	for _, one := range s.ofCase[id] {
		a := s.primary.Appointments[one]
		if a.Request != "" || a.Status != Released && (a.Status != Held || a.keeps(now)) {
			return false
		}
		begun = begun || a.BookedAt == c.Opened
	}
	return begun
}

// dependence says how much hangs on how many people, in counts alone.
type dependence struct {
	Open    int // cases
	Owners  int // people who carry them
	Covered int // cases whose owner is away or gone, with somebody else who answers for them
	Cared   int // cases that somebody answers for
}

// flagged reports whether so much hangs on one person that others should take part.
func (d *dependence) flagged() bool { return d.Owners == 1 && d.Open >= Dependent }
