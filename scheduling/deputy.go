package scheduling

import (
	"cmp"
	"slices"
	"sort"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
)

// The failures of absences and deputies.
var (
	ErrNoAbsence      = fault.New(fault.NotFound, "not_found", "there is no such absence")
	ErrAbsenceOverlap = fault.New(fault.Conflict, "absence_overlap", "the person is away on some of these days already")
)

// MaxAbsence is how many days one absence lasts at most.
const MaxAbsence = 366

// Absence is days on which a person is away, both included, and who stands in for them; nobody may have been named.
type Absence struct {
	Person string
	Deputy string
	From   Day
	Until  Day
}

type keptAbsence struct {
	ID string
	Absence
}

// standsFor are the roles in which people stand in for each other.
var standsFor = []auth.Role{auth.Coordinator, auth.Doctor, auth.Professional, auth.Scheduler}

// canStandIn reports whether somebody with these roles can do the work of somebody with those: one of the roles above in
// the same unit.
func canStandIn(deputy, person []auth.Grant) bool {
	return slices.ContainsFunc(person, func(g auth.Grant) bool {
		return slices.Contains(standsFor, g.Role) && hasRole(deputy, g.Unit, g.Role)
	})
}

// SetDeputy decides whether a person can be away on these days. Who may stand in was looked at before; the rule sees that
// nobody stands in for themself and that the absences of one person do not overlap.
func (s *State) SetDeputy(now time.Time, id string, a Absence) (journal.Decision, error) {
	today := s.calendar.dayOf(now.UnixMilli())
	switch {
	case a.From < firstDay || a.From > lastDay:
		return journal.Decision{}, fault.Bad("from", "date")
	case a.Until < a.From:
		return journal.Decision{}, ErrEndsBeforeStart.Of(fault.Field{Name: "until", Code: ErrEndsBeforeStart.Code})
	case a.Until > min(a.From+MaxAbsence-1, lastDay):
		limit := min(a.From+MaxAbsence-1, lastDay).Date()
		return journal.Decision{}, fault.ErrInvalid.Of(fault.Field{Name: "until", Code: "max", Limit: string(limit)})
	case a.From < today:
		return journal.Decision{}, ErrHoursPast
	case a.Deputy == a.Person:
		return journal.Decision{}, fault.Bad("deputy", "unknown")
	}
	if p := s.plans[a.Person]; p != nil && len(p.absencesIn(a.From, a.Until)) > 0 {
		return journal.Decision{}, ErrAbsenceOverlap
	}
	return journal.Happens(DeputySet{Absence: id, Person: a.Person, Deputy: a.Deputy, From: a.From, Until: a.Until}).Answering(id), nil
}

// EndDeputy decides whether a person comes back early, today: what has not begun is taken back whole.
func (s *State) EndDeputy(now time.Time, person, id string) (journal.Decision, error) {
	a, ok := s.primary.Absences[id]
	switch today := s.calendar.dayOf(now.UnixMilli()); {
	case !ok || a.Person != person:
		return journal.Decision{}, ErrNoAbsence
	case a.Until < today:
		return journal.Decision{}, ErrHoursPast
	default:
		return journal.Happens(DeputyEnded{Absence: id, Person: person, Last: today - 1, Deputy: a.Deputy, From: a.From, Until: a.Until}), nil
	}
}

// absencesIn are those that touch the days.
func (p *plan) absencesIn(from, to Day) []keptAbsence {
	if p == nil || len(p.absences) == 0 {
		return nil
	}
	i := sort.Search(len(p.absences), func(i int) bool { return p.absences[i].Until >= from })
	j := i + sort.Search(len(p.absences)-i, func(j int) bool { return p.absences[i+j].From > to })
	return p.absences[i:j]
}

// withoutAbsences takes the days on which the person is away out of stretches.
func (p *plan) withoutAbsences(c *calendar, from, to Day, out []Stretch) []Stretch {
	for _, a := range p.absencesIn(from, to) {
		out = cut(out, 0, Span{c.midnight(a.From), c.midnight(a.Until + 1)})
	}
	return out
}

// openWithoutAbsences does the same with the times at which somebody can come along.
func (p *plan) openWithoutAbsences(c *calendar, from, to Day, open []Span) []Span {
	for _, a := range p.absencesIn(from, to) {
		away := Span{c.midnight(a.From), c.midnight(a.Until + 1)}
		kept := make([]Span, 0, len(open)+1)
		for _, o := range open {
			if before := (Span{o.Start, min(o.End, away.Start)}); before.Start < before.End {
				kept = append(kept, before)
			}
			if after := (Span{max(o.Start, away.End), o.End}); after.Start < after.End {
				kept = append(kept, after)
			}
		}
		open = kept
	}
	return open
}

// absence is why a person is away on a day.
func (s *State) absence(person string, d Day) (Absence, bool) {
	if in := s.plans[person].absencesIn(d, d); len(in) > 0 {
		return in[0].Absence, true
	}
	return Absence{}, false
}

// standIn is who does on a day the work of a person who is away: the deputy they named; when that one is away too, the deputy of that
// one, and so on. can says who is able to; nobody does for a person who is there, or when the way ends with nobody.
func (s *State) standIn(person string, d Day, can func(person string) bool) string {
	a, away := s.absence(person, d)
	met := map[string]bool{person: true}
	for who := a.Deputy; away && who != "" && !met[who]; who = a.Deputy {
		met[who] = true
		var gone bool
		if a, gone = s.absence(who, d); !gone && can(who) {
			return who
		}
	}
	return ""
}

// InPlace is an answer that somebody else gave than the doctor it was asked of, for whom they stood in. Takes says that they come
// themself.
type InPlace struct {
	At     int64
	By, Of string
	Answer Answer
	Takes  bool
}

// RespondInPlace decides whether a deputy can answer so in the place of the doctor. An appointment on a day on which the doctor is
// there is the doctor's: the deputy answers for them. On a day on which the doctor is away a deputy who accepts takes the seat.
func (s *State) RespondInPlace(now time.Time, id, deputy string, answer Answer, reason Reason, proposed []int64, who *Presence) (journal.Decision, error) {
	a := s.primary.Appointments[id]
	d, err := s.Respond(now, id, 0, answer, reason, proposed, who)
	if err != nil {
		return d, err
	}
	said := AnsweredInPlace{Appointment: id, Deputy: deputy, Doctor: a.Doctor, Answer: answer}
	if _, away := s.absence(a.Doctor, s.calendar.dayOf(a.Start)); away && answer == Accepted {
		said.Takes = true
		if d, err = s.takeSeat(now, id, &a, deputy, d); err != nil {
			return journal.Decision{}, err
		}
	}
	if len(d.Events) == 0 {
		return d, nil
	}
	if a.MoveOf != "" && answer == Accepted { // what was kept ends; the appointment goes on
		said.Appointment = a.MoveOf
	}
	d.Events = append([]journal.Event{said}, d.Events...)
	return d, nil
}

// takeSeat is a deputy coming instead of the doctor; agreed is what happens when the doctor's side agrees. The deputy's hours do not
// matter, for they say themself that they come then; but they can be in no other appointment, nor away.
func (s *State) takeSeat(now time.Time, id string, a *Appointment, deputy string, agreed journal.Decision) (journal.Decision, error) {
	day := s.calendar.dayOf(a.Start)
	if _, away := s.absence(deputy, day); away {
		return journal.Decision{}, &Refusal{Fault: ErrOutside, People: []string{deputy}}
	}
	q := Query{Unit: a.Unit, From: day, To: day, Now: now.UnixMilli(), Mode: a.Mode, Without: id}
	if a.Has(deputy) || slices.ContainsFunc(s.busy(deputy, &q, day, day), a.Span().meets) {
		return journal.Decision{}, &Refusal{Fault: ErrTaken, People: []string{deputy}}
	}
	w := s.primary.Settings[deputy]
	events := s.lapsed(now, []Participant{{Person: deputy}})
	if a.MoveOf != "" {
		for _, event := range agreed.Events {
			if e, moves := event.(AppointmentMoved); moves {
				e.Participants = slices.Clone(e.Participants)
				seat := &e.Participants[0]
				seat.Person, seat.Before, seat.After = deputy, w.Before, w.After
				e.Doctor, e.Reception = deputy, ""
				event = e
			}
			events = append(events, event)
		}
		return journal.Happens(events...), nil
	}
	events = append(events, ParticipantReplaced{Appointment: id, Seat: 0, Person: deputy, Before: w.Before, After: w.After})
	if a.Status == Asked {
		return journal.Happens(append(events, agreed.Events...)...), nil
	}
	return journal.Happens(append(events, ParticipantAnswered{Appointment: id, Seat: 0, Answer: Accepted})...), nil
}

// staff is who could take over a unit's cases; it is asked only for what is needed. Open counts somebody's open cases.
type staff struct {
	Active       func(person string) bool
	Coordinators func() []string // of the unit
	Schedulers   func() []string // of the unit
	Admins       func() []string // of the organisation
	Open         func(person string) int
}

// ownerOn says who answers on a day for a case that belongs to a person: they themself when they are there; else their
// deputy, the deputy of that one, and so on. Where that leads to nobody, another coordinator of the unit with the fewest
// open cases does, else the unit's scheduler, else an administrator, so that every case has somebody. Of several people
// alike the first by id is taken, so that everybody gets the same answer.
func (s *State) ownerOn(person string, d Day, of *staff) string {
	met := map[string]bool{}
	for who := person; who != "" && !met[who]; {
		met[who] = true
		a, away := s.absence(who, d)
		if !away && of.Active(who) {
			return who
		}
		who = a.Deputy
	}
	there := func(who string) bool {
		_, away := s.absence(who, d)
		return !away && of.Active(who)
	}
	fewest := func(a, b string) int { return cmp.Or(cmp.Compare(of.Open(a), of.Open(b)), cmp.Compare(a, b)) }
	for _, people := range []func() []string{of.Coordinators, of.Schedulers, of.Admins} {
		if present := filter(people(), there); len(present) > 0 {
			return slices.MinFunc(present, fewest)
		}
	}
	// Everybody is away. An account that is active will see it first.
	for _, people := range []func() []string{of.Admins, of.Schedulers, of.Coordinators} {
		if active := filter(people(), of.Active); len(active) > 0 {
			return slices.MinFunc(active, fewest)
		}
	}
	return person
}

func filter(people []string, keep func(string) bool) []string {
	var kept []string
	for _, who := range people {
		if keep(who) {
			kept = append(kept, who)
		}
	}
	return kept
}
