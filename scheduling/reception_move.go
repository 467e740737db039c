package scheduling

import (
	"slices"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
)

// MoveReceptions decides whether a reception, or it and all that follow, can be moved by as many days as from its day to d, and
// to other times of the day. Appointments move along when everybody can come then; the others are as in CancelReceptions. The ids
// of the appointments answer after the doctor's.
func (s *State) MoveReceptions(now time.Time, id string, d Day, from, to int, all bool, fresh func() string) (journal.Decision, error) {
	list, err := s.following(now, id, all)
	if err != nil {
		return journal.Decision{}, err
	}
	if d < firstDay || d > lastDay {
		return journal.Decision{}, fault.Bad("date", "date")
	}
	by := d - s.primary.Receptions[id].Day
	m := moving{State: s, now: now, fresh: fresh, lapsed: map[string]bool{}}
	for _, r := range list {
		m.leaving = append(m.leaving, r.ID)
		for _, a := range s.in(r, now) {
			m.soon.gone = append(m.soon.gone, a.ID)
		}
	}
	for i, r := range list {
		w := r.Plan
		w.From, w.To = from, to
		if err := checkSlots(from, to, w.Minutes); err != nil {
			return journal.Decision{}, err
		}
		day := r.Day + by
		if day < firstDay || day > lastDay {
			return journal.Decision{}, fault.Bad("date", "date")
		}
		if i > 0 && list[i-1].Day == r.Day { // they would be at the same time
			return journal.Decision{}, ErrReceptionOverlap
		}
		for _, c := range s.Clashes(now, w, day, r.ID) {
			switch {
			case c == ClashPast:
				return journal.Decision{}, ErrHoursPast
			case c.Forbids() && (len(list) == 1 || by == 0 || !s.onlyMoving(now, w, day, list)):
				return journal.Decision{}, ErrReceptionOverlap
			}
		}
		if by == 0 && r.From == from && r.To == to {
			continue
		}
		moved := r.JointReception
		moved.Plan, moved.Day = w, day
		m.events = append(m.events, ReceptionMoved{Reception: r.ID, Day: day, From: from, To: to})
		m.along(r, &moved)
	}
	return journal.Happens(m.events...).Answering(append([]string{list[0].Doctor}, m.ids...)...), nil
}

// onlyMoving reports whether everything of the doctor and the room in the way is a reception that moves away itself.
func (s *State) onlyMoving(now time.Time, w Plan, d Day, list []keptReception) bool {
	t := (&JointReception{Plan: w, Day: d}).span(s.calendar)
	for _, others := range [][]keptReception{s.plan0(w.Doctor).receptions, s.plan0(w.Room).roomed} {
		for _, o := range receptionsOn(others, d, d) {
			if !o.Cancelled && o.span(s.calendar).meets(t) && !slices.ContainsFunc(list, func(m keptReception) bool { return m.ID == o.ID }) {
				return false
			}
		}
	}
	if w.Room == "" {
		return true
	}
	i, j := s.plan0(w.Room).touching(t.Start, t.End)
	return !slices.ContainsFunc(s.plan0(w.Room).live[i:j], func(h holding) bool {
		return h.keeps(now.UnixMilli()) && !slices.ContainsFunc(list, func(m keptReception) bool { return m.ID == h.reception })
	})
}

// moving is receptions being moved, and what is decided so far. soon is what that changes: all appointments of the receptions
// leave their times, and those moved before have theirs.
type moving struct {
	*State
	now     time.Time
	fresh   func() string
	leaving []string // the receptions
	soon    prospect
	lapsed  map[string]bool // kept times that were freed
	events  []journal.Event
	ids     []string // of the appointments that do not stay where they are
}

// along moves the appointments of a reception with it, as far as everybody can come and no limit is passed.
func (m *moving) along(r keptReception, to *JointReception) {
	begin, end := r.span(m.calendar), to.span(m.calendar)
	for _, a := range m.in(r, m.now) {
		t := Span{end.Start + a.Start - begin.Start, 0}
		t.End = t.Start + a.End - a.Start
		switch {
		case m.lapsed[a.ID]:
		case t == a.Span() && end.covers(t) && a.keeps(m.now.UnixMilli()):
			m.place(&a.Appointment, t)
		case m.can(&a, to, t):
			m.free(a.Participants)
			a.Participants = m.anew(a.Participants, to.Room)
			m.place(&a.Appointment, t)
			m.ids = append(m.ids, a.ID)
			m.events = append(m.events, AppointmentMoved{
				Appointment: a.ID, Doctor: a.Doctor, Unit: a.Unit, Start: t.Start, Minutes: int((t.End - t.Start) / minute), Mode: a.Mode,
				Reception: r.ID, Participants: a.Participants,
			})
		default:
			events := m.reoffer(m.now, a, r.Room, m.fresh)
			if expired, ok := events[0].(HoldExpired); ok {
				m.lapsed[expired.Appointment] = true
			}
			m.ids = append(m.ids, a.ID)
			m.events = append(m.events, events...)
		}
	}
}

// anew is the participants with the minutes that they want free now, by which the new time was looked at.
func (m *moving) anew(participants []Participant, room string) []Participant {
	list := slices.Clone(participants)
	for i := range list {
		if p := &list[i]; p.Person != "" && !p.comesWith(room) {
			w := m.primary.Settings[p.Person]
			p.Before, p.After = w.Before, w.After
		}
	}
	return list
}

// free ends what the participants kept in vain.
func (m *moving) free(participants []Participant) {
	for _, event := range m.State.lapsed(m.now, participants) {
		if id := appointmentOf(event); !m.lapsed[id] {
			m.lapsed[id] = true
			m.events = append(m.events, event)
		}
	}
}

// place notes that an appointment will be at that time.
func (m *moving) place(a *Appointment, t Span) {
	there := *a
	there.Start, there.End = t.Start, t.End
	m.soon.placed = append(m.soon.placed, there)
}

// can reports whether an appointment can be at that time, in the reception as it will be.
func (m *moving) can(a *listed, to *JointReception, t Span) bool {
	day := m.calendar.dayOf(t.Start)
	q := Query{Unit: a.Unit, From: day, To: day, Now: m.now.UnixMilli(), Mode: a.Mode, Leaving: m.leaving, Prospect: &m.soon}
	end := to.span(m.calendar)
	if a.Status != Booked || !end.covers(t) || m.limited(a.Doctor, day, &q) != "" || m.lentOut(&Booking{Unit: a.Unit, Case: a.Case}, day, &m.soon) {
		return false
	}
	for i, p := range a.Participants {
		if p.Person == "" || p.Person == to.Room {
			continue
		}
		c := m.calendarOf(Attendee{Person: p.Person, Role: p.Role, Hours: hoursWithout(p.Role)}, &q, day, day)
		if i == 0 {
			c.Open = nil // the reception is the doctor's hours
		}
		if !c.free(t) {
			return false
		}
	}
	return true
}
