package courses

import (
	"context"
	"net/http"
	"time"

	"luotsi/server/auth"
	"luotsi/server/web"
)

func mountQueue(r *web.Router, s *Service) {
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/feedback-queue", ID: "getFeedbackQueue", Tag: "feedback", Access: auth.Only(auth.Trainer),
		Summary: "What waits for my feedback, the longest waiting first",
	}, func(ctx context.Context, caller auth.Caller, req queueRequest) (queueView, error) {
		q, err := s.Queue(ctx, caller, Wanted(req))
		if err != nil {
			return queueView{}, err
		}
		return s.viewQueue(ctx, q, caller)
	})
}

type queueRequest struct {
	Cohort string `query:"cohort" json:"-" validate:"max=64,line"`
	Module string `query:"module" json:"-" validate:"max=64,line"`
	Whose  Whose  `query:"whose" json:"-" validate:"omitempty,oneof=mine all"` // left out: mine for whoever has a small group
}

type queueView struct {
	Entries []queuedView      `json:"entries"`
	Total   int               `json:"total"` // of all cohorts and modules
	Cohorts []queueChoiceView `json:"cohorts"`
	Modules []queueChoiceView `json:"modules"`

	Grouped  bool `json:"grouped"`  // I have a small group
	Narrowed bool `json:"narrowed"` // what other trainers come first for is left out
	Others   int  `json:"others"`   // so much of it
}

type queuedView struct {
	Submission    string     `json:"submission"`
	What          What       `json:"what" validate:"oneof=task step first second quiz"`
	Since         time.Time  `json:"since"`
	Person        string     `json:"person"`
	Name          string     `json:"name"`
	Cohort        string     `json:"cohort"`
	CohortName    string     `json:"cohortName"`
	Activity      string     `json:"activity"`
	Module        string     `json:"module"`
	ModuleTitle   string     `json:"moduleTitle"`
	Title         string     `json:"title"`
	StepTitle     string     `json:"stepTitle,omitempty"`
	ReservedBy    string     `json:"reservedBy,omitempty"` // a name
	ReservedUntil *time.Time `json:"reservedUntil,omitempty"`
	Mine          bool       `json:"mine"`  // it is reserved to me
	Asked         bool       `json:"asked"` // I was asked to be the second person
}

type queueChoiceView struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Count int    `json:"count"`
}

func (s *Service) viewQueue(ctx context.Context, q Queue, caller auth.Caller) (queueView, error) {
	view := queueView{Entries: make([]queuedView, 0, len(q.Entries)), Total: q.Total, Cohorts: []queueChoiceView{}, Modules: []queueChoiceView{},
		Grouped: q.Grouped, Narrowed: q.Narrowed, Others: q.Others}
	hashes := s.newest()
	for _, e := range q.Entries {
		content, err := s.contents.get(ctx, e.Course, hashes[e.Course])
		if err != nil {
			return queueView{}, err
		}
		module, activity := content.Find(e.Activity)
		if activity == nil {
			continue // a version came meanwhile
		}
		title, _ := activity.Faces.In(caller.Language)
		moduleTitle, _ := module.Faces.In(caller.Language)
		v := queuedView{
			Submission: e.Submission, What: e.What, Since: e.Since, Person: e.Person, Name: s.names.Of(e.Person).Name, Cohort: e.Cohort,
			CohortName: e.CohortName, Activity: e.Activity, Module: e.Module, ModuleTitle: moduleTitle.Title, Title: title.Title,
			Mine: e.By == caller.Person, Asked: e.Asked,
		}
		for _, p := range activity.Parts {
			if p.ID == e.Step {
				face, _ := p.Faces.In(caller.Language)
				v.StepTitle = face.Title
			}
		}
		if e.By != "" {
			v.ReservedBy, v.ReservedUntil = s.names.Of(e.By).Name, &e.Until
		}
		view.Entries = append(view.Entries, v)
	}
	for _, c := range q.Cohorts {
		view.Cohorts = append(view.Cohorts, queueChoiceView{c.ID, c.Name, c.Count})
	}
	for _, c := range q.Modules {
		content, err := s.contents.get(ctx, c.Course, hashes[c.Course])
		if err != nil {
			return queueView{}, err
		}
		for _, m := range content.Modules {
			if m.ID == c.ID {
				face, _ := m.Faces.In(caller.Language)
				view.Modules = append(view.Modules, queueChoiceView{c.ID, face.Title, c.Count})
			}
		}
	}
	return view, nil
}
