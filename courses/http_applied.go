package courses

import (
	"context"
	"net/http"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountApplied(r *web.Router, s *Service) {
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/cohorts/:cohort/tries", ID: "listTries", Tag: "cohorts", Access: auth.Only(auth.Trainer),
		Summary: "What a cohort plans and tries at work, what is still in use, and which reflections may be read: states and days, no texts",
		Faults:  []*fault.Error{ErrUnknownCohort},
	}, func(ctx context.Context, caller auth.Caller, req appliedRequest) (cohortTriesView, error) {
		a, err := s.AppliedIn(ctx, caller, req.Cohort, req.Whose)
		if err != nil {
			return cohortTriesView{}, err
		}
		return s.viewApplied(ctx, a, caller.Language)
	})
}

type appliedRequest struct {
	Cohort string `path:"cohort" json:"-" validate:"id"`
	Whose  Whose  `query:"whose" json:"-" validate:"omitempty,oneof=mine all"` // left out: mine for whoever has a small group
}

type cohortTriesView struct {
	Name     string                 `json:"name"` // of the cohort
	Planned  int                    `json:"planned"`
	Applied  int                    `json:"applied"`
	After    []usesView             `json:"after"`
	Tries    []triesOfView          `json:"tries"`    // the newest of each learner in each activity, by the learners' names
	Shared   []sharedReflectionView `json:"shared"`   // reflections that I may read, the newest first
	Grouped  bool                   `json:"grouped"`  // I have a small group here
	Narrowed bool                   `json:"narrowed"` // the learners whom other trainers look after first are left out
}

type usesView struct {
	Days       int `json:"days"`
	InUse      int `json:"inUse"`
	Partly     int `json:"partly"`
	NotInUse   int `json:"notInUse"`
	Unanswered int `json:"unanswered"`
}

type triesOfView struct {
	Person   string     `json:"person"`
	Name     string     `json:"name"`
	Activity string     `json:"activity"`
	Title    string     `json:"title"`
	Readable bool       `json:"readable"` // the learner lets trainers read it; only then is it told how it went
	Try      tryingView `json:"try"`
}

type sharedReflectionView struct {
	Person   string    `json:"person"`
	Name     string    `json:"name"`
	Activity string    `json:"activity"`
	Title    string    `json:"title"`
	At       time.Time `json:"at"`
}

func (s *Service) viewApplied(ctx context.Context, a AppliedCohort, language Language) (cohortTriesView, error) {
	content, err := s.contents.get(ctx, a.Course, a.hash)
	if err != nil {
		return cohortTriesView{}, err
	}
	view := cohortTriesView{
		Name: a.Name, Planned: a.Planned, Applied: a.Applied, Tries: make([]triesOfView, len(a.Tries)), Shared: make([]sharedReflectionView, len(a.Shared)),
		Grouped: a.Grouped, Narrowed: a.Narrowed,
	}
	for stage, n := range a.After {
		view.After = append(view.After, usesView{Stages()[stage], n.InUse, n.Partly, n.NotInUse, n.Unanswered})
	}
	today := dayOf(s.now())
	for i, t := range a.Tries {
		view.Tries[i] = triesOfView{t.Person, s.names.Of(t.Person).Name, t.Activity, content.titleOf(t.Activity, language), t.Readable, viewTrying(t.Try, today)}
	}
	for i, w := range a.Shared {
		view.Shared[i] = sharedReflectionView{w.Person, s.names.Of(w.Person).Name, w.Activity, content.titleOf(w.Activity, language), time.UnixMilli(w.At).UTC()}
	}
	return view, nil
}
