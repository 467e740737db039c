package scheduling

import (
	"context"
	"errors"
	"net/http"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/vault"
	"luotsi/server/web"
)

// mountRequests adds the waiting list. Offers are answered as kept times are: confirmation accepts one, release declines it.
func mountRequests(r *web.Router, s *Service, bookers auth.Access) {
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/requests", ID: "listRequests", Tag: tag, Access: auth.Only(auth.Coordinator, auth.Doctor, auth.Scheduler, auth.Manager),
		Summary: "The caller's waiting requests, or those of a unit whose calendars the caller keeps; and how many wait in the caller's units",
	}, func(_ context.Context, caller auth.Caller, req requestsRequest) (requestsView, error) {
		v := requestsView{Requests: []requestView{}, Lines: []lineView{}}
		for _, of := range s.Requests(caller.Identity, req.Unit) {
			v.Requests = append(v.Requests, s.requestView(of))
		}
		for _, c := range s.Lines(caller.Identity) {
			v.Lines = append(v.Lines, lineView(c))
		}
		return v, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/requests/fairness", ID: "getFairness", Tag: tag, Access: auth.Only(auth.Scheduler, auth.Manager, auth.Coordinator),
		Summary: "The line of a unit in its order with the reason of each place, and who was passed over in each offer; references only",
		Faults:  []*fault.Error{ErrNoRequest},
	}, func(_ context.Context, caller auth.Caller, req fairnessRequest) (fairnessView, error) {
		line, offers, err := s.Fairness(caller.Identity, req.Unit)
		if err != nil {
			return fairnessView{}, err
		}
		return s.fairnessView(req.Unit, line, offers), nil
	})

	refusals := []*fault.Error{ErrPerson, ErrNoCase, ErrPast}
	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/requests", ID: "makeRequest", Tag: tag, Access: auth.Only(auth.Coordinator), Status: http.StatusCreated,
		Summary: "Wait for a joint appointment in a unit", Faults: append([]*fault.Error{ErrRequested, ErrLineFull, ErrOwnLine}, refusals...),
	}, func(ctx context.Context, caller auth.Caller, req madeRequest) (requestView, error) {
		wish, err := req.wish()
		if err != nil {
			return requestView{}, err
		}
		id, err := s.MakeRequest(ctx, caller, wish)
		if err != nil {
			return requestView{}, err
		}
		return s.request(ctx, caller.Identity, id)
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/requests/:request", ID: "getRequest", Tag: tag, Access: bookers,
		Summary: "One request with all that happened to it", Faults: []*fault.Error{ErrNoRequest},
	}, func(ctx context.Context, caller auth.Caller, req requestPath) (requestView, error) {
		return s.request(ctx, caller.Identity, req.Request)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/requests/:request", ID: "changeRequest", Tag: tag, Access: bookers,
		Summary: "Ask for something else; the place in the line stays by when the request was made",
		Faults:  append([]*fault.Error{ErrNoRequest, ErrOfferOpen, ErrRequestOver}, refusals...),
	}, func(ctx context.Context, caller auth.Caller, req changedRequest) (requestView, error) {
		wish, err := req.wish()
		if err != nil {
			return requestView{}, err
		}
		if err := s.ChangeRequest(ctx, caller, req.Request, wish); err != nil {
			return requestView{}, err
		}
		return s.request(ctx, caller.Identity, req.Request)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/requests/:request/withdrawal", ID: "withdrawRequest", Tag: tag, Access: bookers,
		Summary: "Take a request out of the line", Faults: []*fault.Error{ErrNoRequest, ErrRequestOver},
	}, func(ctx context.Context, caller auth.Caller, req requestPath) (requestView, error) {
		if err := s.WithdrawRequest(ctx, caller, req.Request); err != nil {
			return requestView{}, err
		}
		return s.request(ctx, caller.Identity, req.Request)
	})
}

type requestsRequest struct {
	Unit string `query:"unit" json:"-" validate:"omitempty,id"`
}

type fairnessRequest struct {
	Unit string `query:"unit" json:"-" validate:"required,id"`
}

type requestPath struct {
	Request string `path:"request" json:"-" validate:"required,id"`
}

// changedRequest is what can be changed of a request. Without a doctor any of the unit will do.
type changedRequest struct {
	Request  string         `path:"request" json:"-" validate:"required,id"`
	Doctor   string         `json:"doctor,omitempty" validate:"omitempty,id"`
	Minutes  int            `json:"minutes" validate:"required,min=10,max=240"`
	Mode     string         `json:"mode" validate:"required,oneof=on_site phone video"`
	With     []string       `json:"with,omitempty" validate:"max=20,dive,max=1300"`
	Guests   []guestRequest `json:"guests,omitempty" validate:"max=5,dive"`
	Never    []string       `json:"never,omitempty" validate:"max=30,dive,max=40"`
	Deadline web.Date       `json:"deadline,omitempty" validate:"omitempty,date"`
	Priority string         `json:"priority,omitempty" validate:"omitempty,oneof=normal urgent"`
}

type madeRequest struct {
	Unit     string         `json:"unit" validate:"required,id"`
	Case     string         `json:"case,omitempty" validate:"omitempty,id"`
	Doctor   string         `json:"doctor,omitempty" validate:"omitempty,id"`
	Minutes  int            `json:"minutes" validate:"required,min=10,max=240"`
	Mode     string         `json:"mode" validate:"required,oneof=on_site phone video"`
	With     []string       `json:"with,omitempty" validate:"max=20,dive,max=1300"`
	Guests   []guestRequest `json:"guests,omitempty" validate:"max=5,dive"`
	Never    []string       `json:"never,omitempty" validate:"max=30,dive,max=40"`
	Deadline web.Date       `json:"deadline,omitempty" validate:"omitempty,date"`
	Priority string         `json:"priority,omitempty" validate:"omitempty,oneof=normal urgent"`
}

func (r *madeRequest) wish() (RequestWish, error) {
	terms := changedRequest{
		Doctor: r.Doctor, Minutes: r.Minutes, Mode: r.Mode, With: r.With, Guests: r.Guests, Never: r.Never, Deadline: r.Deadline, Priority: r.Priority,
	}
	w, err := terms.wish()
	w.Unit, w.Case = r.Unit, r.Case
	return w, err
}

func (r *changedRequest) wish() (RequestWish, error) {
	w := RequestWish{
		Party: Party{Doctor: r.Doctor, Guests: guestsOf(r.Guests)}, Minutes: r.Minutes, Mode: Mode(r.Mode), Priority: Priority(r.Priority),
	}
	if w.Priority == "" {
		w.Priority = Normal
	}
	if r.Deadline != "" {
		var ok bool
		if w.Deadline, ok = ParseDay(r.Deadline); !ok {
			return w, fault.Bad("deadline", "date")
		}
	}
	var err error
	if w.Seats, err = seatWishes(r.With); err != nil {
		return w, err
	}
	w.Never, err = impossibles(r.Never)
	return w, err
}

type requestsView struct {
	Requests []requestView `json:"requests"`
	Lines    []lineView    `json:"lines"`
}

// lineView counts who waits in a unit. ForMe are those who ask for the caller.
type lineView struct {
	Unit     string `json:"unit"`
	UnitName string `json:"unitName"`
	Waiting  int    `json:"waiting"`
	Offered  int    `json:"offered"`
	Urgent   int    `json:"urgent"`
	Overdue  int    `json:"overdue"`
	ForMe    int    `json:"forMe"`
}

// requestView is a request as pages see it. Place is its place in the line of Of requests. Offer is the time that is offered, or
// that was found; Steps are only on the page of one request.
type requestView struct {
	ID        string       `json:"id"`
	Case      string       `json:"case"`
	Reference string       `json:"reference"`
	Unit      string       `json:"unit"`
	UnitName  string       `json:"unitName"`
	Doctor    *personTaken `json:"doctor,omitempty"`
	Minutes   int          `json:"minutes"`
	Mode      string       `json:"mode"`
	Seats     []needView   `json:"seats"`
	Never     []string     `json:"never"`
	Deadline  web.Date     `json:"deadline,omitempty"`
	Priority  string       `json:"priority"`
	State     string       `json:"state"`
	Outward   string       `json:"outward"`
	Overdue   bool         `json:"overdue,omitempty"`
	Mine      bool         `json:"mine"`
	Made      time.Time    `json:"made"`
	Place     int          `json:"place,omitempty"`
	Of        int          `json:"of,omitempty"`
	Offer     *offerView   `json:"offer,omitempty"`
	Steps     []stepView   `json:"steps,omitempty"`
}

// needView is one seat besides the doctor's. With is the seat as it is asked for, for asking again.
type needView struct {
	Role     string     `json:"role"`
	Names    []string   `json:"names"`
	With     string     `json:"with,omitempty"`
	Optional bool       `json:"optional,omitempty"`
	Guest    *guestView `json:"guest,omitempty"` // for who carries the case
}

type guestView struct {
	Name     string `json:"name"`
	Email    string `json:"email"`
	Language string `json:"language"`
}

// offerView is the appointment that serves the request. State is offered, held, asked, or booked and later.
type offerView struct {
	Appointment string      `json:"appointment"`
	State       string      `json:"state"`
	Start       time.Time   `json:"start"`
	End         time.Time   `json:"end"`
	Doctor      personTaken `json:"doctor"`
	Until       *time.Time  `json:"until,omitempty"`
}

type stepView struct {
	At     time.Time  `json:"at"`
	Kind   string     `json:"kind"`
	By     string     `json:"by,omitempty"` // the name
	Start  *time.Time `json:"start,omitempty"`
	End    *time.Time `json:"end,omitempty"`
	Doctor string     `json:"doctor,omitempty"` // the name
	Until  *time.Time `json:"until,omitempty"`
	Absent string     `json:"absent,omitempty"` // the name of the doctor it was meant for, for whom Doctor stands in
}

type fairnessView struct {
	Unit     string             `json:"unit"`
	UnitName string             `json:"unitName"`
	Line     []rankedView       `json:"line"`
	Offers   []offeredPlaceView `json:"offers"`
}

// rankedView is one place of the line. Behind is what put the one before it there: deadline, priority or wait.
type rankedView struct {
	Place     int       `json:"place"`
	Reference string    `json:"reference"`
	State     string    `json:"state"`
	Deadline  web.Date  `json:"deadline,omitempty"`
	Priority  string    `json:"priority"`
	Made      time.Time `json:"made"`
	Offers    int       `json:"offers"` // made to it so far
	Behind    string    `json:"behind,omitempty"`
}

type offeredPlaceView struct {
	At        time.Time    `json:"at"`
	Reference string       `json:"reference"`
	Doctor    string       `json:"doctor"` // the name
	Start     time.Time    `json:"start"`
	End       time.Time    `json:"end"`
	Until     time.Time    `json:"until"`
	Outcome   string       `json:"outcome,omitempty"`
	Passed    []passedView `json:"passed"`
	// PassedMore is how many others were passed over, later in the line.
	PassedMore int `json:"passedMore"`
}

// passedView is who stood before and why it was not offered the place.
type passedView struct {
	Reference string `json:"reference"`
	Why       string `json:"why"`
}

// request is one request with its history and, for who carries the case, its guests.
func (s *Service) request(ctx context.Context, i auth.Identity, id string) (requestView, error) {
	of, err := s.Request(i, id)
	if err != nil {
		return requestView{}, err
	}
	v := s.requestView(of)
	for n, need := range of.Needs {
		if need.Guest == "" || !of.Mine {
			continue
		}
		g, err := s.guest(ctx, need.Guest)
		switch {
		case err == nil:
			v.Seats[n].Guest = &guestView{Name: g.Name, Email: g.Email, Language: g.Language}
		case !errors.Is(err, vault.ErrGone):
			return requestView{}, err
		}
	}
	for _, step := range of.Steps {
		one := stepView{At: moment(step.At), Kind: string(step.Kind), Start: instant(step.Start), End: instant(step.End), Until: instant(step.Until)}
		if step.Doctor != "" {
			one.Doctor = s.nameOf(step.Doctor)
		}
		if step.Absent != "" {
			one.Absent = s.nameOf(step.Absent)
		}
		if step.By != "" && step.Kind != StepOffered {
			one.By = s.nameOf(step.By)
		}
		v.Steps = append(v.Steps, one)
	}
	return v, nil
}

// instant is a moment, or nothing for 0.
func instant(ms int64) *time.Time {
	if ms == 0 {
		return nil
	}
	at := moment(ms)
	return &at
}

func (d Day) dateOrNone() web.Date {
	if d == 0 {
		return ""
	}
	return d.Date()
}

// requestView looks up names, so it is called outside View.
func (s *Service) requestView(of requestOf) requestView {
	v := requestView{
		ID: of.ID, Case: of.Case, Reference: of.Reference, Unit: of.Unit, UnitName: s.unitName(of.Unit), Minutes: of.Minutes, Mode: string(of.Mode),
		Seats: make([]needView, len(of.Needs)), Never: []string{}, Deadline: of.Deadline.dateOrNone(), Priority: string(of.Priority), State: string(of.Status),
		Outward: of.Outward(), Mine: of.Mine, Made: moment(of.Made), Place: of.Place, Of: of.Of,
	}
	v.Overdue = of.inLine() && of.Deadline != 0 && of.Deadline < s.state.calendar.dayOf(s.now().UnixMilli())
	if of.Doctor != "" {
		v.Doctor = &personTaken{of.Doctor, s.nameOf(of.Doctor)}
	}
	for n, need := range of.Needs {
		v.Seats[n] = needView{Role: string(need.Role), Names: []string{}, With: need.String(), Optional: need.Optional}
		for _, c := range need.Any {
			v.Seats[n].Names = append(v.Seats[n].Names, s.nameOf(c.Person))
		}
	}
	for _, n := range of.Never {
		v.Never = append(v.Never, n.String())
	}
	if a := of.Offer; a != nil {
		v.Outward = a.Outward()
		v.Offer = &offerView{
			Appointment: a.ID, State: string(a.Status), Start: moment(a.Start), End: moment(a.End), Doctor: personTaken{a.Doctor, s.nameOf(a.Doctor)}, Until: instant(a.Expires),
		}
	}
	return v
}

func (s *Service) fairnessView(unit string, line []ranked, offers []offered) fairnessView {
	v := fairnessView{Unit: unit, UnitName: s.unitName(unit), Line: make([]rankedView, len(line)), Offers: make([]offeredPlaceView, len(offers))}
	for n, r := range line {
		v.Line[n] = rankedView{
			Place: n + 1, Reference: r.Reference, State: string(r.Status), Deadline: r.Deadline.dateOrNone(), Priority: string(r.Priority),
			Made: moment(r.Made), Behind: string(r.Behind),
		}
		for _, step := range r.Steps {
			if step.Kind == StepOffered {
				v.Line[n].Offers++
			}
		}
	}
	for n, o := range offers {
		v.Offers[n] = offeredPlaceView{
			At: moment(o.At), Reference: o.Reference, Doctor: s.nameOf(o.Doctor), Start: moment(o.Start), End: moment(o.End), Until: moment(o.Until),
			Outcome: string(o.Outcome), Passed: make([]passedView, len(o.Passed)), PassedMore: o.PassedMore,
		}
		for i, p := range o.Passed {
			v.Offers[n].Passed[i] = passedView{p.Reference, string(p.Why)}
		}
	}
	return v
}
