package scheduling

import (
	"slices"
	"time"

	"luotsi/server/journal"
)

const (
	// An offer is answered within a twelfth of the time that is left, within these bounds,
	shareToAnswer = 12
	leastToAnswer = 15 * time.Minute
	mostToAnswer  = 24 * time.Hour
	// and so long before the start that the client can still come.
	beforeStart = time.Hour
	// An answer that would be due when nobody is at work is due so long after the next working day has begun.
	intoWork = time.Hour
)

// answerBy is until when an offer made now of a place that begins at start is to be answered; false when the place is too near
// to be offered. Nobody has to answer at night or on a day off, unless the place is so near that waiting would lose it.
func (c *calendar) answerBy(now, start int64) (int64, bool) {
	latest := start - beforeStart.Milliseconds()
	if latest-now < leastToAnswer.Milliseconds() {
		return 0, false
	}
	until := now + min(max((start-now)/shareToAnswer, leastToAnswer.Milliseconds()), mostToAnswer.Milliseconds())
	if d := c.dayOf(until); !c.works(d) || until > c.at(d, officeTo) {
		until = c.at(c.nextWorked(d+1), officeFrom) + intoWork.Milliseconds()
	} else if begin := c.at(d, officeFrom) + leastToAnswer.Milliseconds(); until < begin {
		until = c.at(d, officeFrom) + intoWork.Milliseconds()
	}
	return min(until, latest), true
}

func (c *calendar) nextWorked(d Day) Day {
	for ; d < lastDay && !c.works(d); d++ {
	}
	return d
}

// Presence says of people what a rule about offers has to know and this state does not. It reads other states: use it inside a rule.
type Presence struct {
	Doctor func(person, unit string) bool // works there as a doctor
	Comes  func(person string) bool       // is active, or a resource in use
	Sees   func(person, unit string) bool // may still book in that unit
	Cares  func(c *Case) string           // answers for the case today
}

// opening is a place that is free, or about to be.
type opening struct {
	Span
	doctor, unit string
	lapsed       bool // kept until a moment ago, in vain
}

// prospect is what a decision will have changed, for rules that look beyond it.
type prospect struct {
	gone   []string      // appointments that do not keep their time any more
	placed []Appointment // appointments at a new time
	out    []string      // requests that leave the line
	off    []string      // receptions that are cancelled or moved: none of their places is free now
	opened []CaseOpened
}

// leaves reports whether an appointment gives way to what is asked for.
func (q *Query) leaves(id string) bool {
	return id == q.Without || q.Prospect != nil && slices.Contains(q.Prospect.gone, id)
}

// goes reports whether a decision is about to cancel or move the reception.
func (q *Query) goes(reception string) bool {
	return q.Prospect != nil && slices.Contains(q.Prospect.off, reception)
}

// soon counts the appointments of a person that begin in the time and that a decision is about to make; in one reception, or all.
func (q *Query) soon(person string, from, to int64, reception string) int {
	n := 0
	if q.Prospect != nil {
		for i := range q.Prospect.placed {
			if a := &q.Prospect.placed[i]; a.Start >= from && a.Start < to && a.Has(person) && (reception == "" || a.Reception == reception) {
				n++
			}
		}
	}
	return n
}

// serves reports whether a decision is about to make an appointment for the request.
func (p *prospect) serves(request string) bool {
	return slices.ContainsFunc(p.placed, func(a Appointment) bool { return a.Request == request })
}

// busySoon adds to a person's busy times the appointments that a decision is about to make.
func (s *State) busySoon(person string, own *Settings, q *Query, busy []Span) []Span {
	for i := range q.Prospect.placed {
		a := &q.Prospect.placed[i]
		seat := a.Seat(person)
		if seat < 0 {
			continue
		}
		h := a.holding("", &a.Participants[seat])
		busy = append(busy, s.around(&h, own, q))
	}
	return merge(busy)
}

// take adds an event to the prospect, and gives the place that it frees.
func (p *prospect) take(s *State, event journal.Event) (opening, bool) {
	switch e := event.(type) {
	case AppointmentBooked:
		p.placed = append(p.placed, e.appointment(journal.Meta{}))
		return opening{}, false
	case AppointmentHeld:
		p.placed = append(p.placed, e.appointment(journal.Meta{}))
		return opening{}, false
	case CaseOpened:
		p.opened = append(p.opened, e)
	case ParticipantReplaced: // who takes the seat is busy then; the appointment is not a new one
		if a, ok := s.primary.Appointments[e.Appointment]; ok && e.Seat >= 0 && e.Seat < len(a.Participants) {
			p.placed = append(p.placed, Appointment{
				Unit: a.Unit, Start: a.Start, End: a.End, Mode: a.Mode, Participants: []Participant{{Person: e.Person, Before: e.Before, After: e.After}},
			})
		}
	case RequestWithdrawn:
		p.out = append(p.out, e.Request)
	case ReceptionCancelled:
		p.off = append(p.off, e.Reception)
	case ReceptionMoved:
		p.off = append(p.off, e.Reception)
	case MoveAgreed: // its place is that of the AppointmentMoved that follows
		p.gone = append(p.gone, e.Appointment)
	case HoldReleased, HoldExpired, AppointmentCancelled, AppointmentDeclined, AppointmentMoved:
		id := appointmentOf(event)
		a, ok := s.primary.Appointments[id]
		if !ok || !a.Live() || slices.Contains(p.gone, id) {
			return opening{}, false
		}
		p.gone = append(p.gone, id)
		if m, moved := event.(AppointmentMoved); moved {
			p.placed = append(p.placed, Appointment{
				Doctor: m.Doctor, Unit: m.Unit, Start: m.Start, End: m.Start + int64(m.Minutes)*minute, Mode: m.Mode, Participants: m.Participants,
				Request: a.Request, Case: a.Case,
			})
		}
		if d, declined := event.(AppointmentDeclined); declined && absentThen(d.Reason) {
			return opening{}, false
		}
		_, lapsed := event.(HoldExpired)
		return opening{a.Span(), a.Doctor, a.Unit, lapsed}, true
	}
	return opening{}, false
}

// Cascade adds to a decision what follows from it for those who wait: each place that it frees is offered to the first in the
// line of the unit for whom everybody can come, in the same step. Each offer takes one of the ids. Nobody books a place in the
// moment between the end of an offer and the next offer: that is refused as taken.
func (s *State) Cascade(now time.Time, d journal.Decision, ids []string, who *Presence) (journal.Decision, error) {
	if len(s.primary.Requests) == 0 || len(d.Events) == 0 {
		return d, nil
	}
	var p prospect
	var free []opening
	for _, event := range d.Events {
		if o, frees := p.take(s, event); frees && len(s.lines[o.unit]) > 0 {
			free = append(free, o)
		}
	}
	for _, a := range p.placed {
		for _, o := range free {
			if o.lapsed && a.Doctor == o.doctor && a.Span().meets(o.Span) && s.jumps(now, &a, o, &p, who) {
				return journal.Decision{}, &Refusal{Fault: ErrTaken, People: []string{o.doctor}}
			}
		}
	}
	events := s.offerAll(now, free, &p, ids, who)
	if len(events) == 0 {
		return d, nil
	}
	return journal.Decision{Events: slices.Concat(d.Events, events), IDs: d.IDs}, nil
}

// jumps reports whether an appointment would take a place that has just come free from somebody who waits for it.
func (s *State) jumps(now time.Time, a *Appointment, o opening, p *prospect, who *Presence) bool {
	without := prospect{gone: p.gone, out: p.out, off: p.off, opened: p.opened}
	for _, other := range p.placed {
		if other.Start != a.Start || other.Doctor != a.Doctor {
			without.placed = append(without.placed, other)
		}
	}
	best, ok := s.best(now, o, &without, who)
	return ok && best.id != a.Request
}

// OfferWaiting offers a free place to the first for whom everybody can come.
func (s *State) OfferWaiting(now time.Time, doctor, unit string, t Span, id string, who *Presence) journal.Decision {
	events := s.offerAll(now, []opening{{Span: t, doctor: doctor, unit: unit}}, &prospect{}, []string{id}, who)
	return journal.Happens(events...)
}

// offerAll offers the places, and those that come free because of it, as long as there are ids.
func (s *State) offerAll(now time.Time, free []opening, p *prospect, ids []string, who *Presence) []journal.Event {
	var events []journal.Event
	for i := 0; i < len(free) && len(ids) > 0; i++ {
		o := free[i]
		best, ok := s.best(now, o, p, who)
		if !ok {
			continue
		}
		for _, lapsed := range s.lapsed(now, best.participants) {
			if more, frees := p.take(s, lapsed); frees {
				free = append(free, more)
				events = append(events, lapsed)
			}
		}
		r := s.primary.Requests[best.id]
		held := AppointmentHeld{
			AppointmentBooked: AppointmentBooked{
				Appointment: ids[0], Case: r.Case, Reference: s.primary.Cases[r.Case].Reference, Request: best.id, Reception: best.reception,
				Doctor: o.doctor, Unit: o.unit, Start: best.start, Minutes: r.Minutes, Mode: r.Mode, Participants: best.participants,
			},
			Expires: best.until, Offer: true, Passed: best.passed, PassedMore: best.more,
		}
		if c := s.primary.Cases[r.Case]; who.Cares(&c) != c.Owner {
			held.Deputy = who.Cares(&c)
		}
		p.take(s, held)
		ids = ids[1:]
		events = append(events, held)
	}
	return events
}

// chosen is a request that a place can be offered to.
type chosen struct {
	id           string
	start, until int64
	fitted
	missing int
	passed  []PassedOver
	more    int // who were passed over besides
}

// best finds who gets a place: the first in the line for whom everybody can come; of those who stand alike the one of whose
// optional participants fewest are missing.
func (s *State) best(now time.Time, o opening, p *prospect, who *Presence) (chosen, bool) {
	line := s.lines[o.unit]
	day := s.calendar.dayOf(o.Start)
	q := Query{Unit: o.unit, From: day, To: day, Now: now.UnixMilli(), Prospect: p}
	if len(line) == 0 || o.End <= q.Now || !who.Doctor(o.doctor, o.unit) {
		return chosen{}, false
	}
	stretches := slices.DeleteFunc(s.bookable(o.doctor, &q), func(st Stretch) bool { return st.Closed != "" || !st.meets(o.Span) })
	if len(stretches) == 0 {
		return chosen{}, false
	}
	var found chosen
	var group turn
	var passed []PassedOver
	more := 0
	for _, t := range line {
		if found.id != "" && (found.missing == 0 || !group.alike(t)) {
			break
		}
		r := s.primary.Requests[t.id]
		if p.serves(t.id) || slices.Contains(p.out, t.id) || r.Status != Waiting && !slices.Contains(p.gone, r.Appointment) {
			continue
		}
		c, why := s.suits(&r, o, stretches, q, who)
		switch {
		case why != "" && found.id == "":
			if len(passed) < passedKept {
				passed = append(passed, PassedOver{t.id, why})
			} else {
				more++
			}
		case why != "":
		case found.id == "":
			c.id, c.passed, c.more = t.id, passed, more
			found, group = c, t
		case c.missing < found.missing:
			c.id, c.passed, c.more = t.id, found.passed, found.more
			if len(c.passed) == passedKept { // who would have been the one is named in any case
				c.passed, c.more = c.passed[:passedKept-1], c.more+1
			}
			c.passed = append(slices.Clip(c.passed), PassedOver{found.id, WhyFit})
			found = c
		}
	}
	return found, found.id != ""
}

// suits finds when in an opening an appointment that was asked for could begin, the beginning of the opening first, or says
// why there is no such time. An empty why without a time is a place too near for an answer.
func (s *State) suits(r *Request, o opening, stretches []Stretch, q Query, who *Presence) (chosen, Why) {
	switch {
	case r.Doctor != "" && r.Doctor != o.doctor:
		return chosen{}, WhyDoctor
	case r.Deadline != 0 && q.From > r.Deadline:
		return chosen{}, WhyDeadline
	case s.lentOut(&Booking{Unit: o.unit, Case: r.Case}, q.From, q.Prospect):
		return chosen{}, WhyQuota
	case s.primary.Cases[r.Case].Closed != 0 || !who.Sees(s.primary.Cases[r.Case].Owner, r.Unit):
		return chosen{}, WhyClosed
	}
	q.Mode, q.Length = r.Mode, int64(r.Minutes)*minute
	q.Seats = r.seats(o.doctor)
	for i := range q.Seats {
		q.Seats[i].Any = slices.DeleteFunc(q.Seats[i].Any, func(a Attendee) bool { return i > 0 && !who.Comes(a.Person) })
	}
	q.Never = never(s.calendar, r.Never, q.From, q.To)
	notice := q.Now + int64(s.primary.Settings[o.doctor].Notice)*60*minute
	why := WhyLength
	because := func(w Why) { // what is in the way at the beginning of the opening, or else at the first time that could be
		if why == WhyLength {
			why = w
		}
	}
	for _, start := range starts(o, stretches, q.Length) {
		t := Span{start, start + q.Length}
		until, answerable := s.calendar.answerBy(q.Now, start)
		if _, refused := s.refused[spot{o.doctor, start}]; refused || !answerable || start < notice {
			continue
		}
		switch {
		case s.had(r, o.doctor, start):
			because(WhyBefore)
			continue
		case slices.ContainsFunc(q.Never, t.meets):
			because(WhyClient)
			continue
		}
		c := chosen{start: start, until: until}
		seated := s.seatAll(&q, t)
		if seated.empty > 0 {
			because(WhyBusy)
			continue
		}
		at := slices.IndexFunc(stretches, func(st Stretch) bool { return st.takes(t) })
		if reception := stretches[at].Reception; r.Mode == OnSite && slices.ContainsFunc(s.roomAway(s.primary.Receptions[reception].Room, q.From, q.To), t.meets) {
			because(WhyBusy)
			continue
		}
		c.fitted, c.missing = s.inReception(seated.participants, stretches[at].Reception, r.Mode), seated.missing
		return c, ""
	}
	return chosen{}, why
}

// starts lists when an appointment of that length could begin so that it uses some of the opening, its beginning first.
func starts(o opening, stretches []Stretch, length int64) []int64 {
	var list []int64
	for i := range stretches {
		st := &stretches[i]
		for start := st.firstStart(max(st.Start, o.Start-length+1)); start < o.End && start+length <= st.End; start += st.Step {
			if start == o.Start {
				list = slices.Insert(list, 0, start)
			} else {
				list = append(list, start)
			}
		}
	}
	return list
}

// openingFor finds the earliest place that could be offered to a waiting request, with any of the doctors it would take.
func (s *State) openingFor(now time.Time, id string, doctors []string, who *Presence) (opening, bool) {
	r, ok := s.primary.Requests[id]
	if !ok || r.Status != Waiting || !who.Sees(s.primary.Cases[r.Case].Owner, r.Unit) {
		return opening{}, false
	}
	if r.Doctor != "" {
		doctors = []string{r.Doctor}
	}
	today := s.calendar.dayOf(now.UnixMilli())
	q := Query{Unit: r.Unit, From: today, To: min(today+MaxRange-1, lastDay), Length: int64(r.Minutes) * minute, Now: now.UnixMilli(), Mode: r.Mode}
	if r.Deadline != 0 {
		q.To = min(q.To, r.Deadline)
	}
	q.Never = never(s.calendar, r.Never, q.From, q.To)
	var best opening
	for _, doctor := range doctors {
		if !who.Doctor(doctor, r.Unit) || q.To < q.From {
			continue
		}
		q.Seats = r.seats(doctor)
		for i := range q.Seats {
			q.Seats[i].Any = slices.DeleteFunc(q.Seats[i].Any, func(a Attendee) bool { return i > 0 && !who.Comes(a.Person) })
		}
		for _, t := range s.Search(q, 0).Times {
			if best.doctor != "" && t.Start >= best.Start {
				break
			}
			_, refused := s.refused[spot{doctor, t.Start}]
			_, answerable := s.calendar.answerBy(q.Now, t.Start)
			if answerable && !refused && !s.had(&r, doctor, t.Start) && !s.lentOut(&Booking{Unit: r.Unit, Case: r.Case}, s.calendar.dayOf(t.Start), nil) {
				best = opening{Span: t.Span, doctor: doctor, unit: r.Unit}
				break
			}
		}
	}
	return best, best.doctor != ""
}
