package scheduling

import (
	"context"
	"errors"
	"strings"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/vault"
	"luotsi/server/web"
)

// isID reports whether a text has the form of an id: 1 to 64 letters, digits, - or _.
func isID(text string) bool {
	for i := range len(text) {
		c := text[i]
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' && c != '_' {
			return false
		}
	}
	return text != "" && len(text) <= 64
}

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
		case !isID(one):
			return w, false
		default:
			w.Any = append(w.Any, one)
		}
	}
	return w, !w.Outside || w.Role != ""
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
