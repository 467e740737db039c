package scheduling

import (
	"cmp"
	"context"
	"slices"
	"sort"
	"time"

	"luotsi/server/journal"
)

// digestAt is the time of day of the weekly digest, in minutes of the Finnish clock.
const digestAt = 7 * 60

// atOnce is how near a change of somebody's hours is told at once. What is further off waits for the digest.
const atOnce = 48 * time.Hour

const digestsPerCommit = 20

// ChangeKind is what somebody changed in another's hours or appointments.
type ChangeKind string

// The kinds of changes.
const (
	hoursOpened      ChangeKind = "hours_opened"  // weekly
	hoursClosed      ChangeKind = "hours_closed"  // weekly
	dayOpened        ChangeKind = "day_opened"    // extra hours
	dayClosed        ChangeKind = "day_closed"    // extra hours taken back
	awaySet          ChangeKind = "away_set"      // part of a day, or whole days
	awayEnded        ChangeKind = "away_ended"    // the same, taken back
	wishesSet        ChangeKind = "wishes_set"    // how the person is booked
	madeBooked       ChangeKind = "made_booked"   // a request answered for the doctor, too
	madeMoved        ChangeKind = "made_moved"    // to Start
	madeReplaced     ChangeKind = "made_replaced" // another takes part
	madeCancelled    ChangeKind = "made_cancelled"
	receptionPlanned ChangeKind = "reception_planned"
	receptionMoved   ChangeKind = "reception_moved"
	receptionOff     ChangeKind = "reception_off"
	placesReturned   ChangeKind = "places_returned"
)

// Change is what somebody changed in a person's hours or appointments.
type Change struct {
	Number      uint64 // of the commit
	Index       int    // of the event in it
	At          int64
	By          string
	Person      string
	Kind        ChangeKind
	Unit        string
	Weekday     int // of weekly hours
	First, Last Day
	From, To    int   // minutes after 00:00; To 0 is whole days
	Start, End  int64 // of an appointment, or of time returned
	Was         Span  // when a reception was that was moved
}

// noteChange keeps what others do to a person's hours and appointments. It comes before the event is taken in.
func (s *State) noteChange(m journal.Meta, event journal.Event) {
	note := func(c Change) {
		if m.By == "" || m.By == c.Person {
			return
		}
		if _, thing := s.primary.Resources[c.Person]; thing || c.Person == "" {
			return
		}
		c.Number, c.Index, c.At, c.By = m.Number, m.Index, m.At.UnixMilli(), m.By
		s.addChange(c)
	}
	ofAppointment := func(id string, kind ChangeKind, span Span) {
		a, ok := s.primary.Appointments[id]
		if !ok || !a.Live() || a.Has(m.By) {
			return // who takes part is known to the doctor, and so is what they do
		}
		if span.Start == 0 {
			span = a.Span()
		}
		note(Change{Person: a.Doctor, Kind: kind, Unit: a.Unit, Start: span.Start, End: span.End})
	}
	exception := func(x *Exception, opened, away ChangeKind) {
		c := Change{Person: x.Person, Kind: away, Unit: x.Unit, First: x.Day, Last: x.Day, From: x.From, To: x.To}
		if x.Kind == Extra {
			c.Kind = opened
		}
		note(c)
	}
	switch e := event.(type) {
	case HoursAdded:
		note(Change{Person: e.Person, Kind: hoursOpened, Unit: e.Unit, Weekday: e.Weekday, From: e.From, To: e.To, First: e.ValidFrom, Last: e.ValidUntil})
	case HoursRemoved:
		if h, ok := s.primary.Hours[e.Hours]; ok {
			note(Change{Person: h.Person, Kind: hoursClosed, Unit: h.Unit, Weekday: h.Weekday, From: h.From, To: h.To, First: h.ValidFrom, Last: h.ValidUntil})
		}
	case ExceptionAdded:
		exception(&Exception{Person: e.Person, Day: e.Day, Kind: e.Kind, From: e.From, To: e.To, Unit: e.Unit}, dayOpened, awaySet)
	case ExceptionRemoved:
		if x, ok := s.primary.Exceptions[e.Exception]; ok {
			exception(&x, dayClosed, awayEnded)
		}
	case SettingsChanged:
		note(Change{Person: e.Person, Kind: wishesSet})
	case DeputySet:
		note(Change{Person: e.Person, Kind: awaySet, First: e.From, Last: e.Until})
	case DeputyEnded:
		if a, ok := s.primary.Absences[e.Absence]; ok && e.Last < a.Until {
			note(Change{Person: a.Person, Kind: awayEnded, First: max(e.Last+1, a.From), Last: a.Until})
		}
	case PlacesReturned: // by Luotsi itself
		r := e.returned(m)
		for _, own := range s.ownOf(e.Person, &r, r.At) { // not the appointments in it
			s.addChange(Change{
				Number: m.Number, Index: m.Index, At: r.At, By: m.By, Person: e.Person, Kind: placesReturned, Unit: e.Unit, Start: own.Start, End: own.End,
			})
		}
	case PlacesReopened:
		s.primary.Mailing.Changes = slices.DeleteFunc(s.primary.Mailing.Changes, func(c Change) bool {
			return c.Kind == placesReturned && c.Person == e.Person && s.calendar.dayOf(c.Start) == e.Day
		})
	case ReceptionsPlanned:
		for _, o := range e.Occurrences {
			note(Change{Person: e.Doctor, Kind: receptionPlanned, Unit: e.Unit, First: o.Day, Last: o.Day, From: e.From, To: e.To})
		}
	case ReceptionMoved:
		if r, ok := s.primary.Receptions[e.Reception]; ok {
			note(Change{Person: r.Doctor, Kind: receptionMoved, Unit: r.Unit, First: e.Day, Last: e.Day, From: e.From, To: e.To, Was: r.span(s.calendar)})
		}
	case ReceptionCancelled:
		if r, ok := s.primary.Receptions[e.Reception]; ok && !r.Cancelled {
			note(Change{Person: r.Doctor, Kind: receptionOff, Unit: r.Unit, First: r.Day, Last: r.Day, From: r.From, To: r.To})
		}
	case AppointmentBooked:
		if !slices.ContainsFunc(e.Participants, func(p Participant) bool { return p.Person == m.By }) {
			note(Change{Person: e.Doctor, Kind: madeBooked, Unit: e.Unit, Start: e.Start, End: e.Start + int64(e.Minutes)*minute})
		}
	case AppointmentConfirmed:
		ofAppointment(e.Appointment, madeBooked, Span{})
	case AppointmentMoved:
		ofAppointment(e.Appointment, madeMoved, Span{e.Start, e.Start + int64(e.Minutes)*minute})
	case ParticipantReplaced:
		ofAppointment(e.Appointment, madeReplaced, Span{})
	case AppointmentCancelled:
		ofAppointment(e.Appointment, madeCancelled, Span{})
	case AppointmentDeclined:
		ofAppointment(e.Appointment, madeCancelled, Span{})
	}
}

// addChange puts a change to the others, and drops those that no digest tells of any more.
func (s *State) addChange(c Change) {
	changes := &s.primary.Mailing.Changes
	old := sort.Search(len(*changes), func(i int) bool { return (*changes)[i].At >= c.At-changesKept.Milliseconds() })
	*changes = append(slices.Delete(*changes, 0, old), c)
}

// changesIn are the changes of one commit.
func (s *State) changesIn(number uint64) []Change {
	all := s.primary.Mailing.Changes
	from := sort.Search(len(all), func(i int) bool { return all[i].Number >= number })
	to := sort.Search(len(all), func(i int) bool { return all[i].Number > number })
	return all[from:to]
}

// isNear reports whether a change of hours concerns time that is to come within two days of the change.
func (c *calendar) isNear(x *Change) bool {
	_, near := c.near(x)
	return near
}

// near is the first day of that time.
func (c *calendar) near(x *Change) (Day, bool) {
	if x.First == 0 {
		return 0, false
	}
	until := x.At + atOnce.Milliseconds()
	today := c.dayOf(x.At)
	if x.Was.End > x.At && x.Was.Start <= until {
		return c.dayOf(x.Was.Start), true
	}
	for d := max(x.First, today); d <= min(x.Last, today+3, lastDay); d++ {
		if x.Weekday != 0 && (x.Weekday != d.weekday() || c.holiday(d)) {
			continue
		}
		from, to := c.midnight(d), c.midnight(d+1)
		if x.To != 0 {
			from, to = c.at(d, x.From), c.at(d, x.To)
		}
		if to > x.At && from <= until {
			return d, true
		}
	}
	return 0, false
}

// digestTime is the Monday of the digest of that moment, and when on it the digest is due.
func (c *calendar) digestTime(now int64) (monday Day, due int64) {
	today := c.dayOf(now)
	monday = today - Day(today.weekday()-1)
	return monday, c.at(max(monday, firstDay), digestAt)
}

// DigestsDue decides who gets a digest now: of those that mail reaches, whoever had something changed by others since the last
// one until Monday 7.00, or has been asked for an appointment before it and has not answered. One digest a week, and none
// when there is nothing to tell.
func (s *State) DigestsDue(now time.Time, reached func(person string) bool) (journal.Decision, error) {
	monday, due := s.calendar.digestTime(now.UnixMilli())
	if now.UnixMilli() < due {
		return journal.Decision{}, nil
	}
	mailing := &s.primary.Mailing
	found := map[string]bool{}
	for _, c := range mailing.Changes {
		if c.At < due && c.At >= s.digestSince(c.Person) {
			found[c.Person] = true
		}
	}
	for id := range s.expiring {
		a := s.primary.Appointments[id]
		if a.Status == Asked && a.keeps(now.UnixMilli()) && mailing.Asks[id].At < due {
			found[a.Doctor] = true
		}
	}
	var events []journal.Event
	for person := range found {
		if mailing.Digests[person] < monday && reached(person) {
			events = append(events, DigestDue{Person: person, Week: monday, Since: s.digestSince(person)})
		}
	}
	slices.SortFunc(events, func(a, b journal.Event) int { return cmp.Compare(a.(DigestDue).Person, b.(DigestDue).Person) })
	return journal.Happens(events[:min(len(events), digestsPerCommit)]...), nil
}

// digestSince is until when the person's last digest told.
func (s *State) digestSince(person string) int64 {
	if last, ok := s.primary.Mailing.Digests[person]; ok {
		return s.calendar.at(last, digestAt)
	}
	return 0
}

// Digest says whose weekly digest is due. Every server does so all the time: what was said is not said again.
func (s *Service) Digest(ctx context.Context) error {
	return s.whenDue(ctx, func(now time.Time) (journal.Decision, error) {
		return s.state.DigestsDue(now, func(person string) bool {
			p, known := s.people.Person(person)
			return known && p.Active
		})
	})
}
