package psycap

import (
	"context"
	"net/http"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountResults(r *web.Router, s *Service) {
	learners := auth.Only(auth.Trainee, auth.Coordinator)
	const tag = "psycap"

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/psycap/results", ID: "listResults", Tag: tag, Access: learners,
		Summary: "My own results over time, and with whom I share them",
	}, func(ctx context.Context, caller auth.Caller, _ web.None) (resultsView, error) {
		all, err := s.Results(ctx, caller)
		return s.viewResults(all, true, caller.Language), err
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/psycap/results/sharing", ID: "shareResults", Tag: tag, Access: learners,
		Summary: "Let the trainers of a cohort see my results of an instrument, or stop it at once", Faults: []*fault.Error{ErrNotAnswered},
	}, func(ctx context.Context, caller auth.Caller, req shareRequest) (web.None, error) {
		return web.None{}, s.Share(ctx, caller, req.Cohort, req.Instrument, req.Shared)
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/cohorts/:cohort/learners/:person/results", ID: "readLearnerResults", Tag: "cohorts",
		Access: auth.Only(auth.Trainer), Summary: "The results that a learner shares with their trainers; the look is logged, and the learner sees it",
		Faults: []*fault.Error{ErrNoResults},
	}, func(ctx context.Context, caller auth.Caller, req learnerResultsRequest) (learnerResultsView, error) {
		all, err := s.ResultsFor(ctx, caller, req.Cohort, req.Person)
		if err != nil {
			return learnerResultsView{}, err
		}
		return learnerResultsView{Name: s.names.Of(req.Person).Name, resultsView: s.viewResults(all, false, caller.Language)}, nil
	})
}

type shareRequest struct {
	Cohort     string `json:"cohort" validate:"id"`
	Instrument string `json:"instrument" validate:"id"`
	Shared     bool   `json:"shared"`
}

type learnerResultsRequest struct {
	Cohort string `path:"cohort" json:"-" validate:"id"`
	Person string `path:"person" json:"-" validate:"id"`
}

type resultsView struct {
	Results []resultView `json:"results"` // what was answered last at the front
}

type learnerResultsView struct {
	Name string `json:"name"`
	resultsView
}

type resultView struct {
	Cohort     string            `json:"cohort"`
	CohortName string            `json:"cohortName"`
	Instrument string            `json:"instrument"`
	Version    string            `json:"version"`
	Title      string            `json:"title"`
	Label      string            `json:"label"` // a warning that stands beside the title; often empty
	Credit     string            `json:"credit"`
	Better     Better            `json:"better" validate:"oneof=more less"`
	Scales     []resultScaleView `json:"scales"` // the total first, when there is one
	Points     []resultPointView `json:"points"` // in the order of time
	Change     *resultChangeView `json:"change,omitempty"`
	Shared     bool              `json:"shared"`
	MayShare   bool              `json:"mayShare"`
	Looks      []lookView        `json:"looks"` // newest first
}

// resultScaleView is the total, a part, or a question of an instrument without parts. Title is empty for the total, and for a question
// of somebody else's: its words are for who answers it, so it has its number alone.
type resultScaleView struct {
	Scale  string  `json:"scale"`
	Title  string  `json:"title"`
	Number int     `json:"number,omitempty"` // of a question, from 1
	Min    float64 `json:"min"`
	Max    float64 `json:"max"`
}

type resultPointView struct {
	Point   Point             `json:"point" validate:"oneof=start end week month half_year"`
	At      time.Time         `json:"at"`
	Open    bool              `json:"open"`              // it may still be corrected
	Values  []resultValueView `json:"values"`            // one for each scale
	Refused int               `json:"refused,omitempty"` // questions that I did not want to answer; nobody else is told of them
}

type resultValueView struct {
	Value *float64 `json:"value,omitempty"` // none when too little was answered
	Band  string   `json:"band,omitempty"`
}

type resultChangeView struct {
	From    Point    `json:"from" validate:"oneof=start end week month half_year"`
	To      Point    `json:"to" validate:"oneof=start end week month half_year"`
	Verdict Verdict  `json:"verdict" validate:"oneof=up down none unknown"`
	Why     Why      `json:"why,omitempty"`    // of unknown
	Least   *float64 `json:"least,omitempty"`  // the least change that would be reliable
	Source  string   `json:"source,omitempty"` // of published figures it was judged with
	People  int      `json:"people,omitempty"` // in the group it was judged with
}

type lookView struct {
	Name string    `json:"name"` // empty when the person is gone
	At   time.Time `json:"at"`
}

func (s *Service) viewResults(all []Result, own bool, language string) resultsView {
	views := resultsView{Results: []resultView{}}
	for _, r := range all {
		view := viewResult(r, own, language)
		for _, look := range r.Looks {
			view.Looks = append(view.Looks, lookView{s.names.Of(look.Person).Name, look.At})
		}
		views.Results = append(views.Results, view)
	}
	return views
}

func viewResult(r Result, own bool, language string) resultView {
	in := r.Instrument
	view := resultView{
		Cohort: r.Cohort.ID, CohortName: r.Cohort.Name, Instrument: in.ID, Version: in.Version, Title: in.Titles.In(language),
		Label: in.Label.In(language), Credit: in.Credit.In(language), Better: in.Better, Scales: []resultScaleView{}, Points: []resultPointView{},
		Shared: r.Shared, MayShare: r.MayShare, Looks: []lookView{},
	}
	scales := in.scales()
	for _, one := range scales {
		title, number := in.titleOf(one.id, language)
		view.Scales = append(view.Scales, resultScaleView{Scale: one.id, Title: title, Number: number, Min: one.min, Max: one.max})
	}
	for _, p := range r.Points {
		point := resultPointView{
			Point: p.Point, At: time.UnixMilli(p.At).UTC(), Open: p.Open,
		}
		if own {
			point.Refused = p.Scores.Refused
		}
		for _, one := range scales {
			point.Values = append(point.Values, resultValueView{Value: shownNumber(p.Scores.Of(one.id)), Band: p.Bands[one.id].Names.In(language)})
		}
		view.Points = append(view.Points, point)
	}
	if c := r.Change; c != nil {
		view.Change = &resultChangeView{
			From: c.From, To: c.To, Verdict: c.Verdict, Why: c.Why, Least: shownNumber(c.Least), Source: c.Source, People: c.People,
		}
	}
	return view
}

func shownNumber(n Number) *float64 {
	if n.Why != "" {
		return nil
	}
	return &n.Value
}

// titleOf names a scale to who may not be shown the questions.
func (in *Instrument) titleOf(scale, language string) (title string, number int) {
	for _, p := range in.Parts {
		if p.ID == scale {
			return p.Titles.In(language), 0
		}
	}
	for i, item := range in.Items {
		switch {
		case item.ID != scale:
		case in.Rights == Own:
			return item.Texts.In(language), i + 1
		default:
			return "", i + 1
		}
	}
	return "", 0
}
