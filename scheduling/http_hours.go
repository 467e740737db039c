package scheduling

import (
	"context"
	"net/http"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountHours(r *web.Router, s *Service, keepers auth.Access) {
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/people/:person/hours", ID: "getHours", Tag: tag, Access: keepers,
		Summary: "A person's hours and changed days, for themself and the unit's scheduler", Faults: []*fault.Error{ErrNoHours},
	}, func(_ context.Context, caller auth.Caller, req personRequest) (hoursView, error) {
		return s.hoursView(caller.Identity, req.Person)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/people/:person/hours/rules", ID: "addHours", Tag: tag, Access: keepers, Status: http.StatusCreated,
		Summary: "Publish weekly hours", Faults: []*fault.Error{ErrNoHours, ErrOverlap, ErrEndsBeforeStart, ErrHoursPast},
	}, func(ctx context.Context, caller auth.Caller, req hoursRequest) (hoursView, error) {
		h, err := req.hours()
		if err != nil {
			return hoursView{}, err
		}
		if err := s.AddHours(ctx, caller, h); err != nil {
			return hoursView{}, err
		}
		return s.hoursView(caller.Identity, req.Person)
	})

	web.Handle(r, web.Route{
		Method: http.MethodDelete, Path: "/api/people/:person/hours/rules/:rule", ID: "removeHours", Tag: tag, Access: keepers,
		Summary: "Take weekly hours back; appointments stay", Faults: []*fault.Error{ErrNoHours},
	}, func(ctx context.Context, caller auth.Caller, req ruleRequest) (hoursView, error) {
		if err := s.RemoveHours(ctx, caller, req.Person, req.Rule); err != nil {
			return hoursView{}, err
		}
		return s.hoursView(caller.Identity, req.Person)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/people/:person/hours/exceptions", ID: "addException", Tag: tag, Access: keepers, Status: http.StatusCreated,
		Summary: "Change one day: away, extra hours, or a public holiday worked like any other day", Faults: []*fault.Error{ErrNoHours, ErrOverlap, ErrEndsBeforeStart, ErrHoursPast},
	}, func(ctx context.Context, caller auth.Caller, req exceptionRequest) (hoursView, error) {
		e, err := req.exception()
		if err != nil {
			return hoursView{}, err
		}
		if err := s.AddException(ctx, caller, e); err != nil {
			return hoursView{}, err
		}
		return s.hoursView(caller.Identity, req.Person)
	})

	web.Handle(r, web.Route{
		Method: http.MethodDelete, Path: "/api/people/:person/hours/exceptions/:exception", ID: "removeException", Tag: tag, Access: keepers,
		Summary: "Take the change of a day back", Faults: []*fault.Error{ErrNoHours},
	}, func(ctx context.Context, caller auth.Caller, req exceptionPath) (hoursView, error) {
		if err := s.RemoveException(ctx, caller, req.Person, req.Exception); err != nil {
			return hoursView{}, err
		}
		return s.hoursView(caller.Identity, req.Person)
	})
}

type personRequest struct {
	Person string `path:"person" json:"-" validate:"required,id"`
}

type ruleRequest struct {
	Person string `path:"person" json:"-" validate:"required,id"`
	Rule   string `path:"rule" json:"-" validate:"required,id"`
}

type exceptionPath struct {
	Person    string `path:"person" json:"-" validate:"required,id"`
	Exception string `path:"exception" json:"-" validate:"required,id"`
}

type hoursRequest struct {
	Person     string   `path:"person" json:"-" validate:"required,id"`
	Unit       string   `json:"unit" validate:"required,id"`
	Weekday    int      `json:"weekday" validate:"required,min=1,max=7"`
	From       string   `json:"from" validate:"required,clock"`
	To         string   `json:"to" validate:"required,clock"`
	Minutes    int      `json:"minutes" validate:"required,min=10,max=240"`
	ValidFrom  web.Date `json:"validFrom" validate:"required,date"`
	ValidUntil web.Date `json:"validUntil,omitempty" validate:"omitempty,date"`
	Purpose    string   `json:"purpose,omitempty" validate:"omitempty,oneof=joint written"`
}

func (r *hoursRequest) hours() (Hours, error) {
	rule := newRule{
		Unit: r.Unit, Purpose: r.Purpose, Weekday: r.Weekday, From: r.From, To: r.To, Minutes: r.Minutes, ValidFrom: r.ValidFrom, ValidUntil: r.ValidUntil,
	}
	return rule.hours(r.Person)
}

func (r *newRule) hours(person string) (Hours, error) {
	h := Hours{Person: person, Unit: r.Unit, Purpose: Purpose(r.Purpose), Weekday: r.Weekday, Minutes: r.Minutes}
	h.From, _ = parseClock(r.From) // both have the form of a clock: the decoder checked
	h.To, _ = parseClock(r.To)
	var ok bool
	if h.ValidFrom, ok = ParseDay(r.ValidFrom); !ok {
		return h, fault.Bad("validFrom", "date")
	}
	if r.ValidUntil != "" {
		if h.ValidUntil, ok = ParseDay(r.ValidUntil); !ok {
			return h, fault.Bad("validUntil", "date")
		}
	}
	return h, nil
}

type exceptionRequest struct {
	Person  string   `path:"person" json:"-" validate:"required,id"`
	Date    web.Date `json:"date" validate:"required,date"`
	Kind    string   `json:"kind" validate:"required,oneof=away extra open"`
	From    string   `json:"from,omitempty" validate:"omitempty,clock"`
	To      string   `json:"to,omitempty" validate:"omitempty,clock"`
	Unit    string   `json:"unit,omitempty" validate:"omitempty,id"`
	Minutes int      `json:"minutes,omitempty" validate:"omitempty,min=10,max=240"`
	Purpose string   `json:"purpose,omitempty" validate:"omitempty,oneof=joint written"`
}

// exception reads what the kind needs: extra hours all of it, away either both times or none, an open holiday nothing.
func (r *exceptionRequest) exception() (Exception, error) {
	e := Exception{Person: r.Person, Kind: Kind(r.Kind), Unit: r.Unit, Purpose: Purpose(r.Purpose), Minutes: r.Minutes}
	var ok bool
	if e.Day, ok = ParseDay(r.Date); !ok {
		return e, fault.Bad("date", "date")
	}
	var missing []fault.Field
	need := func(name string, has bool) {
		if !has {
			missing = append(missing, fault.Field{Name: name, Code: "required"})
		}
	}
	if e.Kind == Extra {
		need("unit", r.Unit != "")
		need("minutes", r.Minutes != 0)
	}
	if e.Kind == Extra || r.From != "" || r.To != "" {
		need("from", r.From != "")
		need("to", r.To != "")
	}
	if e.Kind == Open && (r.From != "" || r.To != "") {
		return e, fault.Bad("from", "unknown")
	}
	if len(missing) > 0 {
		return e, fault.ErrInvalid.Of(missing...)
	}
	e.From, _ = parseClock(r.From)
	e.To, _ = parseClock(r.To)
	if r.To != "" && e.To <= e.From { // 00:00 as an end would else mean the whole day
		return e, ErrEndsBeforeStart.Of(fault.Field{Name: "to", Code: ErrEndsBeforeStart.Code})
	}
	return e, nil
}

type hoursView struct {
	Person     string          `json:"person"`
	Name       string          `json:"name"`
	Rules      []ruleView      `json:"rules"`
	Exceptions []exceptionView `json:"exceptions"`
	// Outside lists coming appointments that no published hours cover any more: they stay until somebody cancels them.
	Outside []outsideView `json:"outside"`
	// Returned lists what nobody took and went back to the doctor's own use, from today on.
	Returned []returnedView `json:"returned"`
}

type ruleView struct {
	ID         string   `json:"id"`
	Unit       string   `json:"unit"`
	UnitName   string   `json:"unitName"`
	Purpose    string   `json:"purpose" enum:"joint,written"`
	Weekday    int      `json:"weekday"`
	From       string   `json:"from"`
	To         string   `json:"to"`
	Minutes    int      `json:"minutes"`
	ValidFrom  web.Date `json:"validFrom"`
	ValidUntil web.Date `json:"validUntil"`
}

type exceptionView struct {
	ID      string   `json:"id"`
	Date    web.Date `json:"date"`
	Kind    string   `json:"kind"`
	From    string   `json:"from,omitempty"`
	To      string   `json:"to,omitempty"`
	Unit    string   `json:"unit,omitempty"`
	Purpose string   `json:"purpose,omitempty" enum:"joint,written"`
	Minutes int      `json:"minutes,omitempty"`
}

type outsideView struct {
	Appointment string    `json:"appointment"`
	Reference   string    `json:"reference"`
	Start       time.Time `json:"start"`
	End         time.Time `json:"end"`
}

func (s *Service) hoursView(i auth.Identity, person string) (hoursView, error) {
	of, err := s.HoursOf(i, person)
	if err != nil {
		return hoursView{}, err
	}
	v := hoursView{
		Person: person, Name: s.nameOf(person),
		Rules: make([]ruleView, len(of.Hours)), Exceptions: make([]exceptionView, len(of.Exceptions)), Outside: make([]outsideView, len(of.Outside)),
	}
	for n, h := range of.Hours {
		v.Rules[n] = viewOfHours(h, of.Units[h.Unit])
	}
	for n, e := range of.Exceptions {
		v.Exceptions[n] = viewOfException(e)
	}
	v.Returned = make([]returnedView, len(of.Returned))
	for n, own := range of.Returned {
		v.Returned[n] = viewOfReturned(own, of.Units[own.Unit])
	}
	for n, o := range of.Outside {
		v.Outside[n] = outsideView{Appointment: o.ID, Reference: o.Reference, Start: moment(o.Start), End: moment(o.End)}
	}
	return v, nil
}
