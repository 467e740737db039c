package scheduling

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountPublications(r *web.Router, s *Service, keepers auth.Access) {
	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/people/:person/hours/rules/:rule", ID: "moveHours", Tag: tag, Access: keepers,
		Summary: "Make weekly hours others from today on, in one step; appointments stay",
		Faults:  []*fault.Error{ErrNoHours, ErrOverlap, ErrEndsBeforeStart, ErrHoursPast},
	}, func(ctx context.Context, caller auth.Caller, req movedHoursRequest) (hoursView, error) {
		rule := newRule{
			Unit: req.Unit, Purpose: req.Purpose, Weekday: req.Weekday, From: req.From, To: req.To, Minutes: req.Minutes,
			ValidFrom: req.ValidFrom, ValidUntil: req.ValidUntil,
		}
		h, err := rule.hours(req.Person)
		if err != nil {
			return hoursView{}, err
		}
		if err := s.MoveHours(ctx, caller, req.Rule, h); err != nil {
			return hoursView{}, err
		}
		return s.hoursView(caller.Identity, req.Person)
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/people/:person/hours/suggestions", ID: "suggestHours", Tag: tag, Access: keepers,
		Summary: "Hours that the doctor could publish as they are, worked out from what they did before", Faults: []*fault.Error{ErrNoHours},
	}, func(_ context.Context, caller auth.Caller, req personRequest) (suggestionsView, error) {
		list, err := s.Suggestions(caller.Identity, req.Person)
		if err != nil {
			return suggestionsView{}, err
		}
		v := suggestionsView{Suggestions: make([]suggestionView, len(list))}
		for i, one := range list {
			v.Suggestions[i] = s.viewOfSuggestion(one)
		}
		return v, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/people/:person/hours/worth", ID: "worthOfHours", Tag: tag, Access: keepers,
		Summary: "Hours that the doctor could open in a unit, by how many who wait they would serve; the best three",
		Faults:  []*fault.Error{ErrNoHours, ErrEndsBeforeStart},
	}, func(_ context.Context, caller auth.Caller, req worthRequest) (worthView, error) {
		w := WorthQuery{Doctor: req.Person, Unit: req.Unit, Length: cmp.Or(req.Minutes, 120)}
		if w.Length%60 != 0 {
			return worthView{}, fault.Bad("minutes", "oneof")
		}
		if req.From != "" || req.To != "" {
			var err error
			if w.From, w.To, err = days(req.From, req.To, mostWorthDays); err != nil {
				return worthView{}, err
			}
		}
		of, err := s.Worth(caller.Identity, w)
		if err != nil {
			return worthView{}, err
		}
		return s.viewOfWorth(of, w.Unit), nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/people/:person/hours/publications", ID: "publishHours", Tag: tag, Access: keepers, Status: http.StatusCreated,
		Summary: "Publish weekly and extra hours together: all of them, or none. A refusal names the one that can not, as rules[1]",
		Faults:  []*fault.Error{ErrNoHours, ErrOverlap, ErrEndsBeforeStart, ErrHoursPast},
	}, func(ctx context.Context, caller auth.Caller, req publicationRequest) (publicationView, error) {
		w, err := req.publication()
		if err != nil {
			return publicationView{}, err
		}
		id, err := s.Publish(ctx, caller, w)
		if err != nil {
			return publicationView{}, err
		}
		v := publicationView{Publication: id}
		v.Hours, err = s.hoursView(caller.Identity, req.Person)
		return v, err
	})

	web.Handle(r, web.Route{
		Method: http.MethodDelete, Path: "/api/people/:person/hours/publications/:publication", ID: "unpublishHours", Tag: tag, Access: keepers,
		Summary: "Take back together what was published together; appointments stay", Faults: []*fault.Error{ErrNoPublication},
	}, func(ctx context.Context, caller auth.Caller, req publicationPath) (hoursView, error) {
		if err := s.Unpublish(ctx, caller, req.Person, req.Publication); err != nil {
			return hoursView{}, err
		}
		return s.hoursView(caller.Identity, req.Person)
	})

	web.Handle(r, web.Route{
		Method: http.MethodDelete, Path: "/api/people/:person/hours/returned/:date", ID: "reopenHours", Tag: tag, Access: keepers,
		Summary: "Give the hours of a day that went back to the doctor's own use to be booked after all", Faults: []*fault.Error{ErrNothingReturned, ErrHoursPast},
	}, func(ctx context.Context, caller auth.Caller, req returnedPath) (hoursView, error) {
		d, ok := ParseDay(req.Date)
		if !ok {
			return hoursView{}, fault.Bad("date", "date")
		}
		if err := s.ReopenPlaces(ctx, caller, req.Person, d); err != nil {
			return hoursView{}, err
		}
		return s.hoursView(caller.Identity, req.Person)
	})
}

type movedHoursRequest struct {
	Person     string   `path:"person" json:"-" validate:"required,id"`
	Rule       string   `path:"rule" json:"-" validate:"required,id"`
	Unit       string   `json:"unit" validate:"required,id"`
	Purpose    string   `json:"purpose,omitempty" validate:"omitempty,oneof=joint written"`
	Weekday    int      `json:"weekday" validate:"required,min=1,max=7"`
	From       string   `json:"from" validate:"required,clock"`
	To         string   `json:"to" validate:"required,clock"`
	Minutes    int      `json:"minutes" validate:"required,min=10,max=240"`
	ValidFrom  web.Date `json:"validFrom" validate:"required,date"`
	ValidUntil web.Date `json:"validUntil,omitempty" validate:"omitempty,date"`
}

type publicationPath struct {
	Person      string `path:"person" json:"-" validate:"required,id"`
	Publication string `path:"publication" json:"-" validate:"required,id"`
}

type returnedPath struct {
	Person string   `path:"person" json:"-" validate:"required,id"`
	Date   web.Date `path:"date" json:"-" validate:"required,date"`
}

type publicationRequest struct {
	Person string     `path:"person" json:"-" validate:"required,id"`
	Rules  []newRule  `json:"rules" validate:"max=20,dive"`
	Extras []newExtra `json:"extras" validate:"max=20,dive"`
}

type newRule struct {
	Unit       string   `json:"unit" validate:"required,id"`
	Purpose    string   `json:"purpose,omitempty" validate:"omitempty,oneof=joint written"`
	Weekday    int      `json:"weekday" validate:"required,min=1,max=7"`
	From       string   `json:"from" validate:"required,clock"`
	To         string   `json:"to" validate:"required,clock"`
	Minutes    int      `json:"minutes" validate:"required,min=10,max=240"`
	ValidFrom  web.Date `json:"validFrom" validate:"required,date"`
	ValidUntil web.Date `json:"validUntil,omitempty" validate:"omitempty,date"`
}

type newExtra struct {
	Date    web.Date `json:"date" validate:"required,date"`
	From    string   `json:"from" validate:"required,clock"`
	To      string   `json:"to" validate:"required,clock"`
	Unit    string   `json:"unit" validate:"required,id"`
	Minutes int      `json:"minutes" validate:"required,min=10,max=240"`
	Purpose string   `json:"purpose,omitempty" validate:"omitempty,oneof=joint written"`
}

func (r *publicationRequest) publication() (Publication, error) {
	w := Publication{Person: r.Person}
	for i, one := range r.Rules {
		h, err := one.hours(r.Person)
		if err != nil {
			return w, within("rules", i, err)
		}
		w.Rules = append(w.Rules, h)
	}
	for i, one := range r.Extras {
		extra := exceptionRequest{
			Person: r.Person, Date: one.Date, Kind: string(Extra), From: one.From, To: one.To, Unit: one.Unit, Minutes: one.Minutes, Purpose: one.Purpose,
		}
		x, err := extra.exception()
		if err != nil {
			return w, within("extras", i, err)
		}
		w.Extras = append(w.Extras, x)
	}
	return w, nil
}

type worthRequest struct {
	Person  string   `path:"person" json:"-" validate:"required,id"`
	Unit    string   `query:"unit" json:"-" validate:"required,id"`
	From    web.Date `query:"from" json:"-" validate:"omitempty,date"`
	To      web.Date `query:"to" json:"-" validate:"omitempty,date"`
	Minutes int      `query:"minutes" json:"-" validate:"omitempty,min=60,max=240"`
}

type worthView struct {
	Unit     string      `json:"unit"`
	UnitName string      `json:"unitName"`
	Waiting  int         `json:"waiting"` // in the unit
	Blocks   []blockView `json:"blocks"`
}

// blockView is extra hours to publish, as they are sent. References are of those served whom the caller may see in the line.
type blockView struct {
	Date       web.Date `json:"date"`
	From       string   `json:"from"`
	To         string   `json:"to"`
	Minutes    int      `json:"minutes"`
	Served     int      `json:"served"`
	References []string `json:"references"`
}

func (s *Service) viewOfWorth(of worthOf, unit string) worthView {
	v := worthView{Unit: unit, UnitName: s.unitName(unit), Waiting: of.Waiting, Blocks: make([]blockView, len(of.Blocks))}
	for i, b := range of.Blocks {
		v.Blocks[i] = blockView{Date: b.Day.Date(), From: clock(b.From), To: clock(b.To), Minutes: b.Minutes, Served: len(b.Served), References: []string{}}
		for _, served := range b.Served {
			if reference, ok := of.References[served.Request]; ok {
				v.Blocks[i].References = append(v.Blocks[i].References, reference)
			}
		}
	}
	return v
}

type publicationView struct {
	Publication string    `json:"publication"`
	Hours       hoursView `json:"hours"`
}

type suggestionsView struct {
	Suggestions []suggestionView `json:"suggestions"`
}

// suggestionView is hours to publish: to send its rules is to publish it. Month is the one that it repeats.
type suggestionView struct {
	Kind   string              `json:"kind" enum:"same,usual,term"`
	Month  web.Date            `json:"month,omitempty"`
	From   web.Date            `json:"from"`
	Until  web.Date            `json:"until"`
	Places int                 `json:"places"`
	Rules  []suggestedRuleView `json:"rules"`
}

type suggestedRuleView struct {
	Unit       string   `json:"unit"`
	UnitName   string   `json:"unitName"`
	Weekday    int      `json:"weekday"`
	From       string   `json:"from"`
	To         string   `json:"to"`
	Minutes    int      `json:"minutes"`
	ValidFrom  web.Date `json:"validFrom"`
	ValidUntil web.Date `json:"validUntil"`
}

func (s *Service) viewOfSuggestion(one Suggestion) suggestionView {
	v := suggestionView{Kind: string(one.Kind), From: one.From.Date(), Until: one.Till.Date(), Places: one.Places, Rules: make([]suggestedRuleView, len(one.Rules))}
	if one.Source != 0 {
		v.Month = one.Source.Date()
	}
	for n, h := range one.Rules {
		v.Rules[n] = suggestedRuleView{
			Unit: h.Unit, UnitName: s.unitName(h.Unit), Weekday: h.Weekday, From: clock(h.From), To: clock(h.To), Minutes: h.Minutes,
			ValidFrom: h.ValidFrom.Date(), ValidUntil: h.ValidUntil.Date(),
		}
	}
	return v
}

// returnedView is time of the doctor's hours that nobody took and that went back to their own use.
type returnedView struct {
	Date     web.Date       `json:"date"`
	Unit     string         `json:"unit"`
	UnitName string         `json:"unitName"`
	Times    []returnedTime `json:"times"`
}

type returnedTime struct {
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
}

func viewOfReturned(own ownAgain, unitName string) returnedView {
	v := returnedView{Date: own.Day.Date(), Unit: own.Unit, UnitName: unitName, Times: make([]returnedTime, len(own.Spans))}
	for i, t := range own.Spans {
		v.Times[i] = returnedTime{moment(t.Start), moment(t.End)}
	}
	return v
}
