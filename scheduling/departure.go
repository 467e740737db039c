package scheduling

import (
	"context"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

// departuresPerCommit is few, as remindersPerCommit.
const departuresPerCommit = 20

// Departures decides what follows for others from people who do not work here any more. What they were to come to as the doctor is
// declined for them, so that whoever booked it hears of it and the request waits again; another seat of theirs is taken by somebody else who
// can, or shows that nobody comes; and a request does not wait for them. Who only is away comes back: that is no departure.
func (s *State) Departures(now time.Time, who *Presence) journal.Decision {
	var gone []string
	for person, p := range s.plans {
		if _, thing := s.Resource(person); !thing && len(p.live) > 0 && p.live[len(p.live)-1].Start > now.UnixMilli() && !who.Comes(person) {
			gone = append(gone, person)
		}
	}
	slices.Sort(gone)
	var events []journal.Event
	ended := map[string]bool{}
	for _, person := range gone {
		p := s.plans[person]
		for i, _ := p.touching(now.UnixMilli(), s.calendar.midnight(lastDay)); i < len(p.live) && len(events) < departuresPerCommit; i++ {
			id := p.live[i].id
			a := s.primary.Appointments[id]
			if ended[id] || a.Start <= now.UnixMilli() || !a.keeps(now.UnixMilli()) {
				continue
			}
			if a.Doctor == person {
				for _, e := range s.withoutDoctor(now, id, &a) {
					ended[appointmentOf(e)] = true
					events = append(events, e)
				}
				continue
			}
			switch seat := a.Seat(person); {
			case a.Status != Booked && a.Status != Asked || a.Answers[seat] == DeclinedSeat:
			case a.Status == Booked:
				if other, ok := s.substitute(now, id, &a, seat, who); ok {
					return journal.Happens(append(events, other)...) // who takes two seats is looked at between them
				}
				fallthrough
			default:
				events = append(events, ParticipantAnswered{Appointment: id, Seat: seat, Answer: DeclinedSeat})
			}
		}
	}
	for _, unit := range s.linedUnits() {
		for _, r := range s.waitingRequests(unit) {
			if len(events) >= departuresPerCommit {
				break
			}
			if terms, changed := s.withoutGone(&r.Request, who); changed {
				events = append(events, RequestChanged{Request: r.ID, RequestTerms: terms.event()})
			}
		}
	}
	return journal.Happens(events...)
}

// withoutDoctor ends an appointment whose doctor is gone: a kept time is let go, what was agreed on or asked is declined.
func (s *State) withoutDoctor(now time.Time, id string, a *Appointment) []journal.Event {
	switch {
	case a.Status == Held || a.Status == Offered || a.MoveOf != "":
		return []journal.Event{HoldReleased{Appointment: id}}
	case a.Status == Asked || a.Status == Booked:
		return append(s.dropMove(now, id), AppointmentDeclined{Appointment: id, Reason: NoTime})
	}
	return nil
}

// withoutGone is what a request asks for when it waits for nobody who is gone: any doctor of the unit will do for one, and for the
// coordinator who carried the case, who carries it now.
func (s *State) withoutGone(r *Request, who *Presence) (Terms, bool) {
	terms := r.Terms
	changed := terms.Doctor != "" && !who.Comes(terms.Doctor)
	if changed {
		terms.Doctor = ""
	}
	c := s.primary.Cases[r.Case]
	for i, n := range r.Needs {
		if n.Role != auth.Coordinator || len(n.Any) == 0 || slices.ContainsFunc(n.Any, func(c Comer) bool { return who.Comes(c.Person) }) {
			continue
		}
		carer := who.Cares(&c)
		if who.Comes(carer) && !slices.ContainsFunc(r.Needs, func(n Need) bool { return slices.Contains(n.Any, Comer{carer, n.Role}) }) {
			terms.Needs = slices.Clone(terms.Needs)
			terms.Needs[i].Any = []Comer{{carer, auth.Coordinator}}
			changed = true
		}
	}
	return terms, changed
}

// linedUnits are the units in which somebody waits, in order.
func (s *State) linedUnits() []string {
	var units []string
	for unit, line := range s.lines {
		if len(line) > 0 {
			units = append(units, unit)
		}
	}
	slices.Sort(units)
	return units
}

// Departures ends what people who are gone were to come to. Every server does so all the time: what has ended stays so. No place comes
// free by it, for its doctor is gone; who else was to come is looked at when those who wait are.
func (s *Service) Departures(ctx context.Context) error {
	return s.whenDue(ctx, func(now time.Time) (journal.Decision, error) { return s.state.Departures(now, s.presence()), nil })
}
