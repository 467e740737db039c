package scheduling

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"time"

	"luotsi/server/journal"
	"luotsi/server/people"
	"luotsi/server/web"
)

// spot is where an appointment begins with a doctor.
type spot struct {
	doctor string
	start  int64
}

// waitingLists is what is derived of requests.
type waitingLists struct {
	lines   map[string][]turn   // unit → those who wait or have an offer, in their order
	asked   map[string][]string // case → requests
	refused map[spot]struct{}   // where the doctor said that they can not come
	stirs   uint64              // counts what may have made a place or a request that fits one; not kept
}

// applyRequests takes in what happened to requests. It comes before the appointment changes: what has ended does not serve
// its request any more.
func (s *State) applyRequests(m journal.Meta, event journal.Event) {
	now := m.At.UnixMilli()
	switch e := event.(type) {
	case RequestMade:
		if _, known := s.primary.Requests[e.Request]; !known {
			s.asked[e.Case] = append(s.asked[e.Case], e.Request)
		}
		r := Request{Case: e.Case, Unit: e.Unit, Terms: e.terms(), By: m.By, Made: now, Status: Waiting}
		r.Steps = []Step{passedOn(Step{At: now, By: m.By, Kind: StepAsked}, e.Absent, e.Doctor)}
		if a, ok := s.primary.Appointments[e.Instead]; ok {
			r.instead(m, e.Instead, &a)
		}
		s.keepRequest(e.Request, r)
	case RequestChanged:
		if r, ok := s.primary.Requests[e.Request]; ok {
			r.Terms = e.terms()
			r.Steps = append(r.Steps, passedOn(Step{At: now, By: m.By, Kind: StepChanged}, e.Absent, e.Doctor))
			s.keepRequest(e.Request, r)
		}
	case RequestWithdrawn:
		if r, ok := s.primary.Requests[e.Request]; ok && r.Status == Waiting {
			r.Status = Withdrawn
			r.Steps = append(r.Steps, Step{At: now, By: m.By, Kind: StepWithdrawn})
			s.keepRequest(e.Request, r)
		}
	case AppointmentBooked:
		s.serve(&e, Step{At: now, By: m.By, Kind: StepBooked}, Settled)
	case AppointmentHeld:
		step := Step{At: now, By: m.By, Kind: StepKept, Until: e.Expires}
		if e.Offer {
			step.Kind, step.Passed, step.PassedMore = StepOffered, e.Passed, e.PassedMore
		}
		s.serve(&e.AppointmentBooked, step, OfferPending)
	default:
		s.follow(m, event)
	}
}

// passedOn notes with a step that the request went to the deputy of a doctor who was away.
func passedOn(step Step, absent, deputy string) Step {
	if absent != "" {
		step.Absent, step.Doctor = absent, deputy
	}
	return step
}

// instead makes it the request of an appointment that came first.
func (r *Request) instead(m journal.Meta, id string, a *Appointment) {
	r.By, r.Made = a.BookedBy, a.BookedAt
	r.Steps = []Step{{At: a.BookedAt, By: a.BookedBy, Kind: StepAsked}}
	if a.ConfirmedAt != 0 {
		r.Steps = append(r.Steps, Step{At: a.ConfirmedAt, Kind: StepBooked, Appointment: id, Doctor: a.Doctor, Start: a.Start, End: a.End})
	}
	r.Steps = append(r.Steps, Step{At: m.At.UnixMilli(), By: m.By, Kind: StepCancelled, Appointment: id})
}

func (e *RequestTerms) terms() Terms {
	return Terms{
		Doctor: e.Doctor, Minutes: e.Minutes, Mode: e.Mode, Needs: e.Needs, Never: e.Never, Deadline: e.Deadline, Priority: e.Priority,
	}
}

// serve notes that an appointment serves a request from now on.
func (s *State) serve(e *AppointmentBooked, step Step, status RequestStatus) {
	r, ok := s.primary.Requests[e.Request]
	if !ok || r.Status != Waiting {
		return
	}
	step.Appointment, step.Doctor, step.Start, step.End = e.Appointment, e.Doctor, e.Start, e.Start+int64(e.Minutes)*minute
	r.Status, r.Appointment, r.Steps = status, e.Appointment, append(r.Steps, step)
	s.keepRequest(e.Request, r)
}

// follow notes what became of the appointment of a request. When it has ended, the request waits again, where it was.
func (s *State) follow(m journal.Meta, event journal.Event) {
	id := appointmentOf(event)
	a, ok := s.primary.Appointments[id]
	if !ok || !a.Live() {
		return
	}
	step := Step{At: m.At.UnixMilli(), By: m.By, Appointment: id}
	status := Waiting
	switch e := event.(type) {
	case AppointmentAsked:
		step.Kind, step.Until, status = StepAccepted, e.Expires, OfferPending
	case AppointmentConfirmed:
		step.Kind, status = StepBooked, Settled
	case AppointmentMoved:
		step.Kind, status = StepMoved, Settled
		step.Doctor, step.Start, step.End = e.Doctor, e.Start, e.Start+int64(e.Minutes)*minute
	case HoldReleased:
		if step.Kind = StepDeclined; e.Reason == ReceptionOff {
			step.Kind = StepCancelled
		}
	case HoldExpired:
		step.Kind, step.By = StepExpired, ""
	case AppointmentDeclined:
		step.Kind = StepDoctorDeclined
		if absentThen(e.Reason) {
			s.refused[spot{a.Doctor, a.Start}] = struct{}{}
		}
	case AppointmentCancelled:
		step.Kind = StepCancelled
	default:
		return
	}
	r, ok := s.primary.Requests[a.Request]
	if !ok || r.Appointment != id {
		return
	}
	if r.Status = status; status == Waiting {
		r.Appointment = ""
	}
	r.Steps = append(r.Steps, step)
	s.keepRequest(a.Request, r)
}

// absentThen reports whether a doctor who declines for that reason can not come at that time, whoever asks.
func absentThen(r Reason) bool { return r == NoTime || r == Illness }

func (r *Request) inLine() bool { return r.Status == Waiting || r.Status == OfferPending }

// keepRequest replaces a request and mends the line of its unit.
func (s *State) keepRequest(id string, r Request) {
	if old, ok := s.primary.Requests[id]; ok && old.inLine() {
		if at, found := slices.BinarySearchFunc(s.lines[old.Unit], s.turnOf(id, &old), orderTurns); found {
			s.lines[old.Unit] = slices.Delete(s.lines[old.Unit], at, at+1)
		}
	}
	s.primary.Requests[id] = r
	if r.inLine() {
		line := s.lines[r.Unit]
		at, _ := slices.BinarySearchFunc(line, s.turnOf(id, &r), orderTurns)
		s.lines[r.Unit] = slices.Insert(line, at, s.turnOf(id, &r))
	}
}

// stir counts what can make a place fit a request that waits. Whoever makes offers looks only when something stirred, and now
// and then in any case, so that an event forgotten here costs a minute.
func (s *State) stir(event journal.Event) {
	switch event.(type) {
	case HoursAdded, ExceptionAdded, ExceptionRemoved, PlacesReopened, SettingsChanged, TravelSet, DeputyEnded, ResourceAdded,
		CalendarRead, CalendarRemoved, ReceptionsPlanned, ReceptionMoved, ReceptionCancelled, PlacesLent,
		HoldReleased, HoldExpired, AppointmentDeclined, AppointmentCancelled, AppointmentMoved, ParticipantReplaced, RequestMade, RequestChanged,
		people.PersonReactivated, people.GrantsChanged, people.SharingOpened:
		s.stirs++
	}
}

func (s *State) reindexRequests() {
	if s.primary.Requests == nil {
		s.primary.Requests = map[string]Request{}
	}
	s.waitingLists = waitingLists{map[string][]turn{}, map[string][]string{}, map[spot]struct{}{}, 1}
	ids := make([]string, 0, len(s.primary.Requests))
	for id, r := range s.primary.Requests {
		ids = append(ids, id)
		if r.inLine() {
			s.lines[r.Unit] = append(s.lines[r.Unit], s.turnOf(id, &r))
		}
	}
	for _, line := range s.lines {
		slices.SortFunc(line, orderTurns)
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(s.primary.Requests[a].Made, s.primary.Requests[b].Made), cmp.Compare(a, b))
	})
	for _, id := range ids {
		of := s.primary.Requests[id].Case
		s.asked[of] = append(s.asked[of], id)
	}
	for _, a := range s.primary.Appointments {
		if a.Status == Declined && absentThen(a.Reason) {
			s.refused[spot{a.Doctor, a.Start}] = struct{}{}
		}
	}
}

// checkRequests looks for a request that is not where its appointment is, for a place offered to somebody twice or to two at
// once, and for a line that differs from what it is made of.
func (s *State) checkRequests() []string {
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	serving := map[string]string{}
	offers := map[spot]string{}
	for id, a := range s.primary.Appointments {
		if !a.Live() {
			continue
		}
		if a.Status == Offered {
			if other, twice := offers[spot{a.Doctor, a.Start}]; twice {
				say("offers %s and %s are of one place", other, id)
			}
			offers[spot{a.Doctor, a.Start}] = id
		}
		if a.Request == "" {
			continue
		}
		if other, twice := serving[a.Request]; twice {
			say("request %s has appointments %s and %s", a.Request, other, id)
		}
		serving[a.Request] = id
		if r, ok := s.primary.Requests[a.Request]; !ok || r.Case != a.Case || r.Unit != a.Unit {
			say("appointment %s is not of request %s", id, a.Request)
		}
	}
	inLine := map[string]int{}
	for id, r := range s.primary.Requests {
		want := Waiting
		switch a := s.primary.Appointments[serving[id]]; {
		case a.Sure():
			want = Settled
		case serving[id] != "":
			want = OfferPending
		case r.Status == Withdrawn:
			want = Withdrawn
		}
		if r.Status != want || r.Appointment != serving[id] {
			say("request %s is %s with %q, its appointment is %q", id, r.Status, r.Appointment, serving[id])
		}
		if c, ok := s.primary.Cases[r.Case]; !ok || c.Closed != 0 && r.inLine() {
			say("request %s has no open case", id)
		}
		offered := map[spot]bool{}
		for _, step := range r.Steps {
			if step.Kind != StepOffered {
				continue
			}
			if at := (spot{step.Doctor, step.Start}); offered[at] {
				say("request %s was offered %v twice", id, at)
			}
			offered[spot{step.Doctor, step.Start}] = true
			if step.Until <= step.At || step.Until >= step.Start {
				say("offer %s to request %s could not be answered", step.Appointment, id)
			}
		}
		if !slices.Contains(s.asked[r.Case], id) {
			say("case %s does not know request %s", r.Case, id)
		}
		if r.inLine() {
			inLine[r.Unit]++
			if _, found := slices.BinarySearchFunc(s.lines[r.Unit], s.turnOf(id, &r), orderTurns); !found {
				say("request %s is not in its line", id)
			}
		}
	}
	for unit, line := range s.lines {
		if len(line) != inLine[unit] {
			say("the line of %s does not match", unit)
		}
	}
	return wrong
}

// requestTexts iterates over the guests of requests that may yet have an appointment. Those of an appointment are kept with it.
func (s *State) requestTexts(now time.Time) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, r := range s.primary.Requests {
			if !r.inLine() && (r.Status != Settled || s.primary.Appointments[r.Appointment].End <= now.UnixMilli()) {
				continue
			}
			for _, n := range r.Needs {
				if n.Guest != "" && !yield(n.Guest) {
					return
				}
			}
		}
	}
}

// ownRequestView is a request of a case that the person carries or carried, for their download.
type ownRequestView struct {
	Reference string     `json:"reference"`
	Made      time.Time  `json:"made"`
	State     string     `json:"state"`
	Deadline  web.Date   `json:"deadline,omitempty"`
	Steps     []stepView `json:"steps"`
}

func (s *State) requestsOf(person string) []ownRequestView {
	views := []ownRequestView{}
	for _, r := range s.primary.Requests {
		c := s.primary.Cases[r.Case]
		if c.Owner != person && r.By != person {
			continue
		}
		v := ownRequestView{Reference: c.Reference, Made: moment(r.Made), State: string(r.Status), Deadline: r.Deadline.dateOrNone(), Steps: []stepView{}}
		for _, step := range r.Steps {
			v.Steps = append(v.Steps, stepView{At: moment(step.At), Kind: string(step.Kind), Start: instant(step.Start), End: instant(step.End), Until: instant(step.Until)})
		}
		views = append(views, v)
	}
	slices.SortFunc(views, func(a, b ownRequestView) int {
		return cmp.Or(a.Made.Compare(b.Made), cmp.Compare(a.Reference, b.Reference))
	})
	return views
}
