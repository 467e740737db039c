package scheduling

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

// offersAtOnce is how many offers one step makes. What more it frees is offered by OfferWaiting, within seconds.
const offersAtOnce = 8

// update commits what a rule decides about appointments, and in the same step the offers that follow from it.
func (s *Service) update(ctx context.Context, by string, key auth.Key, rule journal.Rule) (journal.Answer, error) {
	ids := make([]string, offersAtOnce)
	for i := range ids {
		ids[i] = s.newID()
	}
	return s.journal.Update(ctx, by, journal.Key(key), func(now time.Time) (journal.Decision, error) {
		d, err := rule(now)
		if err != nil {
			return d, err
		}
		return s.state.Cascade(now, s.nameDeputies(now, d), ids, s.presence())
	})
}

// nameDeputies adds to what is put to a doctor who is away who answers in their place.
func (s *Service) nameDeputies(now time.Time, d journal.Decision) journal.Decision {
	var placed AppointmentBooked
	for n, event := range d.Events {
		switch e := event.(type) {
		case AppointmentHeld:
			placed = e.AppointmentBooked
		case AppointmentAsked:
			doctor, unit := placed.Doctor, placed.Unit
			if a, ok := s.state.primary.Appointments[e.Appointment]; ok {
				doctor, unit = a.Doctor, a.Unit
			}
			e.Deputy = s.deputyOf(doctor, unit, now.UnixMilli())
			d.Events[n] = e
		}
	}
	return d
}

// presence answers from the people of the region.
func (s *Service) presence() *Presence {
	today := s.roster()
	return &Presence{
		Cares:  today.owner,
		Doctor: func(person, unit string) bool { return s.works(person, unit, auth.Doctor) },
		Comes: func(id string) bool {
			if r, ok := s.state.Resource(id); ok {
				return r.InUse()
			}
			p, known := s.people.Person(id)
			return known && p.Active
		},
		Sees: func(person, unit string) bool {
			return s.sees(s.identity(person), unit)
		},
	}
}

// identity is somebody as they would be let in now.
func (s *Service) identity(person string) auth.Identity {
	return auth.Identity{Person: person, Grants: s.people.Grants(person)}
}

// offering remembers what had stirred when every line was last looked through.
type offering struct {
	sync.Mutex
	stirs uint64
	at    time.Time
}

// sweepOffers is how long nothing may stir before every line is looked through all the same.
const sweepOffers = time.Minute

// OfferWaiting offers the places that are free to those who wait: after hours were published, and whatever a step did not offer
// itself. Every server does so all the time; what is offered already stays as it is.
func (s *Service) OfferWaiting(ctx context.Context) error {
	s.offers.Lock()
	defer s.offers.Unlock()
	now := s.now()
	var units []string
	stirs := uint64(0)
	s.journal.View(func() {
		if stirs = s.state.stirs; stirs == s.offers.stirs && now.Sub(s.offers.at) < sweepOffers {
			return
		}
		units = s.state.linedUnits()
	})
	if stirs == s.offers.stirs && now.Sub(s.offers.at) < sweepOffers {
		return nil
	}
	for _, unit := range units {
		if err := s.offerIn(ctx, unit); err != nil {
			return err
		}
	}
	s.offers.stirs, s.offers.at = stirs, now
	return nil
}

// offerIn makes the offers of one unit, from the head of the line. Looking for a place takes a moment for each request, so the
// state is let go in between.
func (s *Service) offerIn(ctx context.Context, unit string) error {
	var line []WaitingRequest
	var doctors []string
	s.journal.View(func() {
		line = s.state.waitingRequests(unit)
		for person := range s.people.Members(unit) {
			if s.works(person, unit, auth.Doctor) {
				doctors = append(doctors, person)
			}
		}
	})
	slices.Sort(doctors)
	for _, r := range line {
		for range 3 { // a place that suits this one may be another's, who fits it better
			var o opening
			found := false
			s.journal.View(func() { o, found = s.state.openingFor(s.now(), r.ID, doctors, s.presence()) })
			if !found {
				break
			}
			id := s.newID()
			_, err := s.journal.Update(ctx, "", journal.Key{}, func(now time.Time) (journal.Decision, error) {
				return s.state.OfferWaiting(now, o.doctor, o.unit, o.Span, id, s.presence()), nil
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// RequestWish is what somebody asks for. Without a doctor any of the unit will do; without a case it begins one.
type RequestWish struct {
	Party
	Case     string
	Minutes  int
	Mode     Mode
	Never    []Impossible
	Deadline Day
	Priority Priority
}

// MakeRequest puts a case into the waiting list of a unit, and gives the request's id.
func (s *Service) MakeRequest(ctx context.Context, caller auth.Caller, w RequestWish) (string, error) {
	n := NewRequest{ID: s.newID(), Unit: w.Unit, Case: w.Case, NewCase: s.newID(), References: newReferences()}
	guests, err := s.keepGuests(ctx, w.Guests)
	if err != nil {
		return "", err
	}
	answer, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		owner := caller.Identity
		if n.Case != "" {
			if !s.carries(caller.Identity, n.Case) {
				return journal.Decision{}, ErrNoCase
			}
			owner = s.identity(s.state.primary.Cases[n.Case].Owner)
		}
		n.Owner = caller.Person
		if units := caller.Units(auth.Coordinator); len(units) > 0 {
			n.OwnerUnit = units[0]
		}
		asked := w
		n.Absent = s.passOn(&asked, now)
		var err error
		if n.Terms, err = s.terms(owner, &asked, guests); err != nil {
			return journal.Decision{}, err
		}
		return s.state.MakeRequest(now, n)
	})
	if err != nil {
		return "", err
	}
	return answer.IDs[0], nil
}

// passOn asks the deputy of a doctor who is away instead, unless the deputy is to come along anyhow. It gives who is away.
func (s *Service) passOn(w *RequestWish, now time.Time) (absent string) {
	deputy := s.deputyOf(w.Doctor, w.Unit, now.UnixMilli())
	if deputy == "" || slices.ContainsFunc(w.Seats, func(seat SeatWish) bool { return slices.Contains(seat.Any, deputy) }) {
		return ""
	}
	absent, w.Doctor = w.Doctor, deputy
	return absent
}

// terms says what is asked for, when whoever carries the case comes along.
func (s *Service) terms(owner auth.Identity, w *RequestWish, guests []Seat) (Terms, error) {
	if w.Doctor != "" && !s.works(w.Doctor, w.Unit, auth.Doctor) {
		return Terms{}, ErrPerson
	}
	seats, err := s.seatsWith(nil, owner, w.Party, guests)
	if err != nil {
		return Terms{}, err
	}
	return Terms{
		Doctor: w.Doctor, Minutes: w.Minutes, Mode: w.Mode, Needs: needs(seats[1:]), Never: w.Never, Deadline: w.Deadline, Priority: w.Priority,
	}, nil
}

// ChangeRequest asks for something else from now on; the place in the line stays by when it was made.
func (s *Service) ChangeRequest(ctx context.Context, caller auth.Caller, id string, w RequestWish) error {
	guests, err := s.keepSameGuests(ctx, caller.Identity, id, w.Guests)
	if err != nil {
		return err
	}
	return s.decideRequest(ctx, caller, id, func(i auth.Identity, r *Request) bool { return s.carries(i, r.Case) },
		func(now time.Time, r *Request) (journal.Decision, error) {
			asked, absent := w, ""
			asked.Unit = r.Unit
			if asked.Doctor != r.Doctor { // whom it asked for before, it may go on asking for
				absent = s.passOn(&asked, now)
			}
			terms, err := s.terms(s.identity(s.state.primary.Cases[r.Case].Owner), &asked, guests)
			if err != nil {
				return journal.Decision{}, err
			}
			return s.state.ChangeRequest(now, id, terms, absent)
		})
}

// keepSameGuests gives the seats of the guests; those who are on the request already keep their text.
func (s *Service) keepSameGuests(ctx context.Context, i auth.Identity, id string, guests []Guest) ([]Seat, error) {
	r, err := s.Request(i, id)
	switch {
	case err != nil:
		return nil, err
	case !r.Mine:
		return nil, auth.ErrForbidden
	}
	seats := make([]Seat, 0, len(guests))
	for _, n := range r.Needs {
		if n.Guest == "" {
			continue
		}
		known, err := s.guest(ctx, n.Guest)
		if err != nil {
			continue // gone: it is written anew
		}
		known.Role = n.Role
		if at := slices.Index(guests, known); at >= 0 {
			seats = append(seats, Seat{Role: n.Role, Guest: n.Guest})
			guests = slices.Delete(slices.Clone(guests), at, at+1)
		}
	}
	more, err := s.keepGuests(ctx, guests)
	return append(seats, more...), err
}

// WithdrawRequest takes a request out of the line; the owner does, or who keeps the calendars of the unit.
func (s *Service) WithdrawRequest(ctx context.Context, caller auth.Caller, id string) error {
	return s.decideRequest(ctx, caller, id, func(i auth.Identity, r *Request) bool { return s.carries(i, r.Case) || i.HasIn(r.Unit, auth.Scheduler) },
		func(time.Time, *Request) (journal.Decision, error) { return s.state.WithdrawRequest(id) })
}

func (s *Service) decideRequest(ctx context.Context, caller auth.Caller, id string, may func(auth.Identity, *Request) bool, rule func(time.Time, *Request) (journal.Decision, error)) error {
	_, err := s.update(ctx, caller.Person, caller.Key, func(now time.Time) (journal.Decision, error) {
		r, ok := s.state.primary.Requests[id]
		if !ok || !s.seesRequest(caller.Identity, &r) {
			return journal.Decision{}, ErrNoRequest
		}
		if !may(caller.Identity, &r) {
			return journal.Decision{}, auth.ErrForbidden
		}
		return rule(now, &r)
	})
	return err
}

// seesRequest lets in who carries the case, and who keeps the calendars of the unit.
func (s *Service) seesRequest(i auth.Identity, r *Request) bool {
	return s.carries(i, r.Case) || i.HasIn(r.Unit, auth.Scheduler)
}

// requestOf is a request as somebody sees it.
type requestOf struct {
	WaitingRequest
	Reference string
	Mine      bool // the viewer carries the case; others see no guests
	Place, Of int  // in the line of the unit, from 1; 0 when it is in none
	Offer     *listed
}

// requestOf reads the state: call it inside View.
func (s *Service) requestOf(i auth.Identity, id string, r Request) requestOf {
	of := requestOf{
		WaitingRequest: WaitingRequest{id, r}, Reference: s.state.primary.Cases[r.Case].Reference, Mine: s.carries(i, r.Case),
	}
	if r.inLine() {
		at, _ := slices.BinarySearchFunc(s.state.lines[r.Unit], s.state.turnOf(id, &r), orderTurns)
		of.Place, of.Of = at+1, len(s.state.lines[r.Unit])
	}
	if r.Appointment != "" {
		of.Offer = &listed{r.Appointment, s.state.primary.Appointments[r.Appointment]}
	}
	return of
}

// Request gives one request to whoever may see it.
func (s *Service) Request(i auth.Identity, id string) (requestOf, error) {
	var of requestOf
	err := error(ErrNoRequest)
	s.journal.View(func() {
		if r, ok := s.state.primary.Requests[id]; ok && s.seesRequest(i, &r) {
			of, err = s.requestOf(i, id, r), nil
		}
	})
	return of, err
}

// forgetful is how long a request that is over stands in its owner's list.
const forgetful = 30 * 24 * time.Hour

// Requests lists the requests whose cases the caller carries: those in a line first, then what ended lately; or, with a unit,
// those in the line of a unit whose calendars the caller keeps, in its order.
func (s *Service) Requests(i auth.Identity, unit string) []requestOf {
	list := []requestOf{}
	since := s.now().Add(-forgetful).UnixMilli()
	s.journal.View(func() {
		if unit != "" {
			for _, t := range s.state.lines[unit] {
				if r := s.state.primary.Requests[t.id]; s.seesRequest(i, &r) {
					list = append(list, s.requestOf(i, t.id, r))
				}
			}
			return
		}
		today := s.roster()
		for id, r := range s.state.primary.Requests {
			c := s.state.primary.Cases[r.Case]
			if (r.inLine() || r.Steps[len(r.Steps)-1].At > since) && today.carries(i.Person, &c) {
				list = append(list, s.requestOf(i, id, r))
			}
		}
	})
	if unit == "" {
		slices.SortFunc(list, func(a, b requestOf) int {
			return cmp.Or(a.rank()-b.rank(), cmp.Compare(a.last(), b.last()), cmp.Compare(a.ID, b.ID))
		})
	}
	return list
}

// rank puts what wants an answer before what waits, and that before what is over.
func (r *requestOf) rank() int {
	return slices.Index([]RequestStatus{OfferPending, Waiting, Settled, Withdrawn}, r.Status)
}

// last orders within a rank: offers by when they end, those who wait by when they asked, what is over latest first.
func (r *requestOf) last() int64 {
	switch {
	case r.Status == OfferPending && r.Offer != nil:
		return r.Offer.Expires
	case r.inLine():
		return r.Made
	}
	return -r.Steps[len(r.Steps)-1].At
}

// lineCounts says how many wait in a unit, for those who can do something about it.
type lineCounts struct {
	Unit, UnitName                           string
	Waiting, Offered, Urgent, Overdue, ForMe int
}

// Lines counts who waits in the units where the caller is a doctor, keeps calendars or leads.
func (s *Service) Lines(i auth.Identity) []lineCounts {
	list := []lineCounts{}
	now := s.now().UnixMilli()
	s.journal.View(func() {
		today := s.state.calendar.dayOf(now)
		for _, unit := range i.Units(auth.Doctor, auth.Scheduler, auth.Manager) {
			u, _ := s.people.Unit(unit)
			c := lineCounts{Unit: unit, UnitName: u.Name}
			for _, t := range s.state.lines[unit] {
				r := s.state.primary.Requests[t.id]
				if r.Status == Waiting {
					c.Waiting++
				} else {
					c.Offered++
				}
				if r.Priority == Urgent {
					c.Urgent++
				}
				if r.Deadline != 0 && r.Deadline < today {
					c.Overdue++
				}
				if r.Doctor == i.Person {
					c.ForMe++
				}
			}
			list = append(list, c)
		}
	})
	return list
}

// ranked is one request of the fairness report, and what put the one before it there.
type ranked struct {
	requestOf
	Behind Criterion // empty for the first
}

// offered is one offer of the fairness report.
type offered struct {
	Request   string
	Reference string
	Step
	Outcome StepKind // what came of it; empty while it is open
	Passed  []passed
}

type passed struct {
	Reference string
	Why       Why
}

// reported is how many offers a report shows, the latest first.
const reported = 100

// Fairness shows the line of a unit with the reason of each place, and the offers that were made: to schedulers, managers and
// coordinators of the unit, by references alone.
func (s *Service) Fairness(i auth.Identity, unit string) (line []ranked, offers []offered, err error) {
	s.journal.View(func() {
		if !i.HasIn(unit, auth.Scheduler, auth.Manager, auth.Coordinator) {
			err = ErrNoRequest
			return
		}
		reference := func(id string) string { return s.state.primary.Cases[s.state.primary.Requests[id].Case].Reference }
		turns := s.state.lines[unit]
		for n, t := range turns {
			one := ranked{requestOf: s.requestOf(i, t.id, s.state.primary.Requests[t.id])}
			if n > 0 {
				_, one.Behind = compareTurns(turns[n-1], t)
			}
			line = append(line, one)
		}
		for id, r := range s.state.primary.Requests {
			if r.Unit != unit {
				continue
			}
			for n, step := range r.Steps {
				if step.Kind != StepOffered {
					continue
				}
				o := offered{Request: id, Reference: reference(id), Step: step, Outcome: outcome(r.Steps[n+1:], step.Appointment)}
				for _, p := range step.Passed {
					o.Passed = append(o.Passed, passed{reference(p.Request), p.Why})
				}
				offers = append(offers, o)
			}
		}
	})
	slices.SortFunc(offers, func(a, b offered) int {
		return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(a.Appointment, b.Appointment))
	})
	return line, offers[:min(len(offers), reported)], err
}

// outcome is what came of an offer: the last step about its appointment.
func outcome(steps []Step, appointment string) (kind StepKind) {
	for _, step := range steps {
		if step.Appointment == appointment {
			kind = step.Kind
		}
	}
	return kind
}
