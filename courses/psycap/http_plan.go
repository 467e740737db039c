package psycap

import (
	"context"
	"net/http"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountPlans(r *web.Router, s *Service) {
	trainers := auth.Only(auth.Trainer)
	const tag = "measures"

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/cohorts/:cohort/measures", ID: "getMeasurePlan", Tag: tag, Access: trainers,
		Summary: "What a cohort is asked, when, and how many took part; never who. With ends and days: when it would be",
		Faults:  []*fault.Error{ErrUnknownCohort},
	}, func(ctx context.Context, caller auth.Caller, req planOfRequest) (measurePlanView, error) {
		p, err := s.PlanOf(ctx, caller, req.Cohort)
		if err != nil {
			return measurePlanView{}, err
		}
		return viewPlan(p, req.Ends, req.Days, caller.Language), nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/cohorts/:cohort/measures", ID: "planMeasures", Tag: tag, Access: trainers,
		Summary: "Say what a cohort is asked, and when; what was answered stays, and is not asked again",
		Faults:  []*fault.Error{ErrUnknownCohort, ErrUnknownInstrument, ErrLicenceNeeded, ErrItemsMissing, ErrElsewhere},
	}, func(ctx context.Context, caller auth.Caller, req planRequest) (measurePlanView, error) {
		next := Plan{Measures: make([]Measure, len(req.Measures)), Ends: string(req.Ends), Days: req.Days}
		for i, m := range req.Measures {
			next.Measures[i] = Measure{Instrument: m.Instrument, Points: m.Points}
		}
		p, err := s.PlanMeasures(ctx, caller, req.Cohort, next)
		if err != nil {
			return measurePlanView{}, err
		}
		return viewPlan(p, "", 0, caller.Language), nil
	})
}

type planOfRequest struct {
	Cohort string   `path:"cohort" json:"-" validate:"id"`
	Ends   web.Date `query:"ends" json:"-" validate:"omitempty,date"`
	Days   int      `query:"days" json:"-" validate:"omitempty,min=7,max=60"`
}

type planRequest struct {
	Cohort   string        `path:"cohort" json:"-" validate:"id"`
	Ends     web.Date      `json:"ends" validate:"date"`
	Days     int           `json:"days" validate:"min=7,max=60"`
	Measures []measureView `json:"measures" validate:"required,max=20,dive"`
}

type measureView struct {
	Instrument string  `json:"instrument" validate:"id"`
	Points     []Point `json:"points" validate:"required,min=1,max=5,dive,oneof=start end week month half_year"`
}

type measurePlanView struct {
	Cohort      string              `json:"cohort"`
	Name        string              `json:"name"`
	Starts      web.Date            `json:"starts"`
	Planned     bool                `json:"planned"`   // false: ends and days are a suggestion
	MayChange   bool                `json:"mayChange"` // the caller trains the cohort
	Floor       int                 `json:"floor"`     // smaller groups are not counted
	Ends        web.Date            `json:"ends"`
	Days        int                 `json:"days"`
	Points      []planPointView     `json:"points"` // all of them, in the order of time
	Measures    []measureView       `json:"measures"`
	Instruments []choiceView        `json:"instruments"`
	Counts      []participationView `json:"counts"` // of points that somebody was told of
}

// planPointView is a point for those who are in the cohort from its start; others have their start later.
type planPointView struct {
	Point  Point    `json:"point" validate:"oneof=start end week month half_year"`
	Opens  web.Date `json:"opens"`
	Closes web.Date `json:"closes"`
	State  string   `json:"state" validate:"oneof=ahead open closed"`
	Asked  bool     `json:"asked"` // somebody was told
}

type choiceView struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Label   string `json:"label,omitempty"`
	Credit  string `json:"credit,omitempty"`
	Minutes int    `json:"minutes"`
	May     bool   `json:"may"` // be asked today: its licence has not ended
}

type participationView struct {
	Point      Point  `json:"point" validate:"oneof=start end week month half_year"`
	Instrument string `json:"instrument"`
	Few        bool   `json:"few"` // fewer than the floor were asked: nothing is counted
	Asked      int    `json:"asked"`
	Answered   int    `json:"answered"`
	Declined   int    `json:"declined"`
}

// viewPlan shows a plan; ends and days, when they are said, in place of its own.
func viewPlan(p Planned, ends web.Date, days int, language string) measurePlanView {
	if ends != "" {
		p.Plan.Ends = string(ends)
	}
	if days != 0 {
		p.Plan.Days = days
	}
	v := measurePlanView{
		Cohort: p.Cohort.ID, Name: p.Cohort.Name, Starts: web.Date(p.Cohort.Starts), Planned: p.Exists, MayChange: p.May, Floor: p.Floor,
		Ends: web.Date(p.Plan.Ends), Days: p.Plan.Days, Points: []planPointView{}, Measures: []measureView{}, Instruments: []choiceView{},
		Counts: []participationView{},
	}
	for i, w := range p.Dates() {
		one := planPointView{Point: Points()[i], Opens: web.Date(w.Opens), Closes: web.Date(w.Closes), State: "open", Asked: p.asked(Points()[i])}
		if p.Today < w.Opens {
			one.State = "ahead"
		} else if p.Today > w.Closes {
			one.State = "closed"
		}
		v.Points = append(v.Points, one)
	}
	for _, m := range p.Plan.Measures {
		v.Measures = append(v.Measures, measureView{m.Instrument, m.Points})
	}
	for _, c := range p.Choices {
		v.Instruments = append(v.Instruments, choiceView{
			ID: c.ID, Title: c.Titles.In(language), Label: c.Label.In(language), Credit: c.Credit.In(language), Minutes: minutesFor(len(c.Items)), May: c.May,
		})
	}
	for _, c := range p.Counts {
		one := participationView{Point: c.Point, Instrument: c.Instrument, Few: c.Few}
		if !c.Few {
			one.Asked, one.Answered, one.Declined = c.Asked, c.Answered, c.Declined
		}
		v.Counts = append(v.Counts, one)
	}
	return v
}
