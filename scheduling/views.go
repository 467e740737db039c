package scheduling

import (
	"cmp"
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/vault"
	"luotsi/server/web"
)

var idForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// outside stands among those who can take a seat for somebody ordered from outside.
const outside = "outside"

// parseSeats reads seats between commas, each as parseSeat does.
func parseSeats(text string) ([]SeatWish, error) {
	if text == "" {
		return nil, nil
	}
	parts := strings.Split(text, ",")
	if len(parts) > MaxPeople {
		return nil, errTooMany
	}
	seats := make([]SeatWish, len(parts))
	for i, part := range parts {
		var ok bool
		if seats[i], ok = parseSeat(part); !ok {
			return nil, fault.Bad("with", "id")
		}
	}
	return seats, nil
}

// parseSeat reads `a`, a seat for one; `a|b|c`, for any of them; `interpreter:a|b|outside`, or else for an interpreter ordered
// from outside; and with `?` at the end a seat that may stay empty.
func parseSeat(text string) (SeatWish, bool) {
	var w SeatWish
	text, w.Optional = strings.CutSuffix(text, "?")
	if role, rest, ok := strings.Cut(text, ":"); ok {
		w.Role, text = auth.Role(role), rest
		if w.Role != RoleInterpreter && w.Role != auth.Professional && w.Role != RoleRoom {
			return w, false
		}
	}
	for one := range strings.SplitSeq(text, "|") {
		switch {
		case one == outside:
			w.Outside = true
		case !idForm.MatchString(one):
			return w, false
		default:
			w.Any = append(w.Any, one)
		}
	}
	return w, !w.Outside || w.Role != ""
}

// timeView holds times that are written already: there may be hundreds, and encoding as many time.Time takes ten times as
// long as finding them. Missing are the indexes of optional seats that stay empty; Reception says that it fills a reception.
type timeView struct {
	Start     string `json:"start" format:"date-time"`
	End       string `json:"end" format:"date-time"`
	Missing   []int  `json:"missing,omitempty"`
	Reception bool   `json:"fillsReception,omitempty"`
	Doctor    string `json:"doctor,omitempty"` // when any of several doctors will do
}

// timeViews writes all times into one text and shares it out: they are whole minutes, so each takes as much as layout.
func timeViews(times []Span) []timeView {
	const layout = "2006-01-02T15:04:05Z"
	text := make([]byte, 0, 2*len(times)*len(layout))
	for _, t := range times {
		text = moment(t.Start).AppendFormat(text, time.RFC3339)
		text = moment(t.End).AppendFormat(text, time.RFC3339)
	}
	all := string(text)
	views := make([]timeView, len(times))
	for i := range views {
		at := all[2*i*len(layout):]
		views[i] = timeView{Start: at[:len(layout)], End: at[len(layout) : 2*len(layout)]}
	}
	return views
}

func foundViews(times []Time, doctors []Attendee) []timeView {
	spans := make([]Span, len(times))
	for i, t := range times {
		spans[i] = t.Span
	}
	views := timeViews(spans)
	for i, t := range times {
		views[i].Reception = t.Reception
		if len(doctors) > 1 {
			views[i].Doctor = doctors[t.Doctor].Person
		}
		for seat := 0; t.Missing>>seat != 0; seat++ {
			if t.Missing>>seat&1 == 1 {
				views[i].Missing = append(views[i].Missing, seat)
			}
		}
	}
	return views
}

type jointTimesView struct {
	Days  []jointDayView `json:"days"`
	Best  []timeView     `json:"best"`
	Seats []seatView     `json:"seats"`
	// Doctors are those who can take the first seat.
	Doctors []personTaken `json:"doctors"`
	// Empty are the days with published times of which none suits, and why.
	Empty []emptyDayView `json:"empty"`
	None  *noneView      `json:"none,omitempty"`
}

type jointDayView struct {
	Date  web.Date   `json:"date"`
	Times []timeView `json:"times"`
}

// seatView is who can take a seat.
type seatView struct {
	Role     string   `json:"role"`
	Names    []string `json:"names"`
	Optional bool     `json:"optional,omitempty"`
}

type emptyDayView struct {
	Date      web.Date     `json:"date"`
	Published int          `json:"published"`
	Reasons   []reasonView `json:"reasons"`
}

// noneView says why nothing suits: of Published times what was in the way of how many.
type noneView struct {
	Published int          `json:"published"`
	Reasons   []reasonView `json:"reasons"`
}

// reasonView is what was in the way of Busy times: a seat, or what the doctor set (notice, day_limit, month_limit, horizon,
// places), or when the client can not come (client).
type reasonView struct {
	Cause  string `json:"cause"`
	Seat   int    `json:"seat"`
	Role   string `json:"role,omitempty"`
	Person string `json:"person,omitempty"` // when only one person can take the seat
	Name   string `json:"name,omitempty"`
	Busy   int    `json:"busy"`
}

// bestTimes is how many times a search names as the best.
const bestTimes = 3

// Rank orders times for whoever chooses: fewest optional seats empty, then those that fill a reception, then the earliest.
func Rank(times []Time) []Time {
	ranked := slices.Clone(times)
	slices.SortStableFunc(ranked, func(a, b Time) int {
		fills := func(t Time) int {
			if t.Reception {
				return 0
			}
			return 1
		}
		return cmp.Or(cmp.Compare(ones(a.Missing), ones(b.Missing)), cmp.Compare(fills(a), fills(b)), cmp.Compare(a.Start, b.Start))
	})
	return ranked
}

func (s *Service) jointTimesView(found Found, seats []Seat) jointTimesView {
	v := jointTimesView{Days: []jointDayView{}, Best: []timeView{}, Seats: make([]seatView, len(seats)), Doctors: []personTaken{}, Empty: []emptyDayView{}}
	doctors := seats[0].Any
	for _, a := range doctors {
		v.Doctors = append(v.Doctors, personTaken{a.Person, s.nameOf(a.Person)})
	}
	for i := range seats {
		v.Seats[i] = seatView{Role: string(seats[i].Role), Names: []string{}, Optional: seats[i].Optional}
		for _, a := range seats[i].Any {
			v.Seats[i].Names = append(v.Seats[i].Names, s.nameOf(a.Person))
		}
	}
	for i := 0; i < len(found.Times); {
		day := s.state.calendar.dayOf(found.Times[i].Start)
		end, n := s.state.calendar.midnight(day+1), i
		for n < len(found.Times) && found.Times[n].Start < end {
			n++
		}
		v.Days = append(v.Days, jointDayView{Date: day.Date(), Times: foundViews(found.Times[i:n], doctors)})
		i = n
	}
	if len(found.Times) > 0 {
		ranked := Rank(found.Times)
		v.Best = foundViews(ranked[:min(len(ranked), bestTimes)], doctors)
	}
	for i := 0; i < len(found.Tallies); {
		n := i
		sum := Tally{Day: found.Tallies[i].Day, Seats: make([]int32, len(seats))}
		reasons := counts{}
		for ; n < len(found.Tallies) && found.Tallies[n].Day == sum.Day; n++ {
			sum.Candidates += found.Tallies[n].Candidates
			sum.Possible += found.Tallies[n].Possible
			reasons.add(&found.Tallies[n])
		}
		if sum.Candidates > 0 && sum.Possible == 0 {
			v.Empty = append(v.Empty, emptyDayView{Date: sum.Day.Date(), Published: sum.Candidates, Reasons: s.reasonViews(seats, &reasons)})
		}
		i = n
	}
	if len(found.Times) == 0 {
		reasons := counts{}
		for i := range found.Tallies {
			reasons.add(&found.Tallies[i])
		}
		v.None = &noneView{Published: found.Candidates, Reasons: s.reasonViews(seats, &reasons)}
	}
	return v
}

// counts adds up what was in the way.
type counts struct {
	seats  [MaxPeople]int
	causes map[string]int
}

func (c *counts) add(t *Tally) {
	if c.causes == nil {
		c.causes = map[string]int{}
	}
	for i, n := range t.Seats {
		c.seats[i] += int(n)
	}
	c.causes["notice"] += t.Notice
	c.causes["client"] += t.Client
	if t.Cause != "" {
		c.causes[string(t.Cause)] += t.Closed
	}
}

// reasonViews lists what was in the way, the most frequent first; required seats only, for the others stop nothing.
func (s *Service) reasonViews(seats []Seat, c *counts) []reasonView {
	list := []reasonView{}
	for i := range seats {
		if c.seats[i] == 0 || seats[i].Optional {
			continue
		}
		r := reasonView{Cause: "seat", Seat: i, Role: string(seats[i].Role), Busy: c.seats[i]}
		if len(seats[i].Any) == 1 {
			r.Person = seats[i].Any[0].Person
			r.Name = s.nameOf(r.Person)
		}
		list = append(list, r)
	}
	for cause, n := range c.causes {
		if n > 0 {
			list = append(list, reasonView{Cause: cause, Seat: -1, Busy: n})
		}
	}
	slices.SortFunc(list, func(a, b reasonView) int {
		return cmp.Or(cmp.Compare(b.Busy, a.Busy), cmp.Compare(a.Seat, b.Seat), cmp.Compare(a.Cause, b.Cause))
	})
	return list
}

func ones(bits uint32) int {
	n := 0
	for ; bits != 0; bits &= bits - 1 {
		n++
	}
	return n
}

type appointmentsView struct {
	Appointments []appointmentView `json:"appointments"`
}

// appointmentView is an appointment as pages see it. State is where it is in its life here, Outward its name in the Finnish code
// system 1.2.246.537.6.881.
type appointmentView struct {
	ID            string            `json:"id"`
	Case          string            `json:"case"`
	Reference     string            `json:"reference"`
	Start         time.Time         `json:"start"`
	End           time.Time         `json:"end"`
	State         string            `json:"state"`
	Outward       string            `json:"outward"`
	Expires       *time.Time        `json:"expires,omitempty"`
	Extended      bool              `json:"extended,omitempty"`
	Mode          string            `json:"mode"`
	Unit          string            `json:"unit"`
	UnitName      string            `json:"unitName"`
	Reception     string            `json:"reception,omitempty"`
	Doctor        personTaken       `json:"doctor"`
	Participants  []participantView `json:"participants"`
	PatientSystem bool              `json:"patientSystem"`
	BookedBy      string            `json:"bookedBy"` // the person's id
	Proposed      []time.Time       `json:"proposed,omitempty"`
	Moves         []moveView        `json:"moves,omitempty"`
	Written       bool              `json:"written,omitempty"` // what it came to is written; only in lists
	Cancelled     *cancelledView    `json:"cancelled,omitempty"`
	// MoveOf is the appointment that moves to this time if the doctor agrees, Moving the time to which this one does.
	MoveOf string      `json:"moveOf,omitempty"`
	Moving *movingView `json:"moving,omitempty"` // not in lists
	// Deputy answers now for the doctor, who is away; InPlace is who did the last time that somebody else than the doctor answered.
	Deputy  *deputyView  `json:"deputy,omitempty"`
	InPlace *inPlaceView `json:"inPlace,omitempty"`
	Next    string       `json:"next,omitempty"` // the appointment that came after this one ended; in lists only where other times were proposed
}

// deputyView is who stands in for a doctor until that day. Takes says that they come themself if they agree, for the doctor is away
// on the day of the appointment.
type deputyView struct {
	Person string   `json:"person"`
	Name   string   `json:"name"`
	Until  web.Date `json:"until"`
	Takes  bool     `json:"takes"`
}

// inPlaceView is an answer that By gave in the place of Of. Takes says that they come themself.
type inPlaceView struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"` // the name
	Of     string    `json:"of"` // the name
	Answer string    `json:"answer"`
	Takes  bool      `json:"takes"`
}

type participantView struct {
	Person   string `json:"person"`
	Name     string `json:"name"`
	Role     string `json:"role"`
	Answer   string `json:"answer"`
	Optional bool   `json:"optional,omitempty"`
	Outside  bool   `json:"outside,omitempty"`
	Guest    bool   `json:"guest,omitempty"`
	// Missing is an optional seat that nobody could take; Names are those who were asked for.
	Missing   bool     `json:"missing,omitempty"`
	Names     []string `json:"names,omitempty"`
	InsteadOf string   `json:"insteadOf,omitempty"` // the name of who had the seat before
}

type movingView struct {
	Appointment string    `json:"appointment"`
	Start       time.Time `json:"start"`
	End         time.Time `json:"end"`
	Until       time.Time `json:"until"` // when the doctor answers at the latest
}

type moveView struct {
	At    time.Time `json:"at"`
	By    string    `json:"by"`
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
}

// cancelledView is how an appointment ended before it took place: cancelled, declined by the doctor, or let go.
type cancelledView struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"` // the name of who did
	Reason string    `json:"reason"`
	Late   bool      `json:"late,omitempty"`
}

// appointment is one appointment with the names of guests, which a list leaves out.
func (s *Service) appointment(ctx context.Context, i auth.Identity, id string) (appointmentView, error) {
	a, err := s.Appointment(i, id)
	if err != nil {
		return appointmentView{}, err
	}
	v := s.view(id, a)
	v.Next, v.Moving = s.next(id, &a), s.movingOf(id)
	for n, p := range a.Participants {
		if p.Guest == "" {
			continue
		}
		g, err := s.guest(ctx, p.Guest)
		if err != nil && !errors.Is(err, vault.ErrGone) {
			return appointmentView{}, err
		}
		v.Participants[n].Name = g.Name
	}
	return v, nil
}

// view shows an appointment; it looks up names, so it is called outside View.
func (s *Service) view(id string, a Appointment) appointmentView {
	v := appointmentView{
		ID: id, Case: a.Case, Reference: a.Reference, Start: moment(a.Start), End: moment(a.End), State: string(a.Status), Outward: a.Outward(),
		Extended: a.Extended, Mode: string(a.Mode), Unit: a.Unit, UnitName: s.unitName(a.Unit), Reception: a.Reception,
		Doctor: personTaken{a.Doctor, s.nameOf(a.Doctor)}, Participants: make([]participantView, len(a.Participants)),
		PatientSystem: a.PatientSystem, BookedBy: a.BookedBy, MoveOf: a.MoveOf,
	}
	for i, p := range a.Participants {
		v.Participants[i] = participantView{
			Person: p.Person, Role: string(p.Role), Answer: string(a.Answers[i]), Optional: p.Optional, Outside: p.Outside, Guest: p.Guest != "",
		}
		switch {
		case p.Person != "":
			v.Participants[i].Name = s.nameOf(p.Person)
		case p.Guest == "" && !p.Outside:
			v.Participants[i].Missing = true
			for _, person := range p.Any {
				v.Participants[i].Names = append(v.Participants[i].Names, s.nameOf(person))
			}
		}
	}
	for _, r := range a.Replaced {
		v.Participants[r.Seat].InsteadOf = s.nameOf(r.Person)
	}
	if a.Expires != 0 {
		at := moment(a.Expires)
		v.Expires = &at
	}
	for _, start := range a.Proposed {
		v.Proposed = append(v.Proposed, moment(start))
	}
	for _, m := range a.Moves {
		v.Moves = append(v.Moves, moveView{At: moment(m.At), By: s.nameOf(m.By), Start: moment(m.Start), End: moment(m.End)})
	}
	if n := len(a.InPlace); n > 0 {
		last := a.InPlace[n-1]
		v.InPlace = &inPlaceView{At: moment(last.At), By: s.nameOf(last.By), Of: s.nameOf(last.Of), Answer: string(last.Answer), Takes: last.Takes}
	}
	v.Deputy = s.deputyView(&a)
	if !a.Live() {
		v.Cancelled = &cancelledView{At: moment(a.EndedAt), By: s.nameOf(a.EndedBy), Reason: string(a.Reason), Late: a.Late}
	}
	return v
}

// Outward is the state's name in the Finnish code system for appointments. The times that an appointment was moved from are
// siirretty, and a waiting request is suunniteltu, or tilattu when it names its doctor; both have no appointment here.
func (a *Appointment) Outward() string {
	switch a.Status {
	case Held, Offered, Asked:
		return "ehdotettu"
	case Booked:
		return "varattu"
	case Arrived:
		return "ilmoittautunut"
	case Started:
		return "alkanut"
	case Fulfilled:
		return "toteutunut"
	case NoShow:
		return "saapumatta"
	}
	return "peruttu"
}
