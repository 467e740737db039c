package courses

import (
	"context"
	"net/http"
	"strings"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountDecisions(r *web.Router, s *Service) {
	trainers := auth.Only(auth.Trainer)
	const tag = "cohorts"

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/cohorts/:cohort/learners/:person/decisions", ID: "listDecisions", Tag: tag, Access: trainers,
		Summary: "What trainers decided about a learner, and why; the look is logged", Faults: []*fault.Error{ErrUnknownCohort, ErrUnknownLearner},
	}, func(ctx context.Context, caller auth.Caller, req learnerRequest) (decisionsView, error) {
		list, content, err := s.Decisions(ctx, caller, req.Cohort, req.Person)
		if err != nil {
			return decisionsView{}, err
		}
		view := decisionsView{Decisions: make([]decisionView, len(list))}
		for i, d := range list {
			view.Decisions[i] = decisionView{
				Kind: d.Kind, Target: d.Target, Title: content.titleOf(d.Target, caller.Language), Credit: d.Credit, Until: web.Date(d.Until),
				By: s.names.Of(d.By).Name, At: d.At, Reason: d.Reason,
			}
		}
		return view, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/cohorts/:cohort/learners/:person/credits", ID: "creditModule", Tag: tag, Access: trainers,
		Summary: "A learner need not do a module", Faults: []*fault.Error{ErrUnknownLearner, ErrUnknownModule, ErrOwnWork},
	}, func(ctx context.Context, caller auth.Caller, req creditRequest) (web.None, error) {
		if req.Basis = strings.TrimSpace(req.Basis); req.Basis == "" {
			return web.None{}, fault.Bad("basis", "required")
		}
		return web.None{}, s.CreditModule(ctx, caller, req.Cohort, req.Person, req.Module, req.Kind, req.Basis)
	})

	web.Handle(r, web.Route{
		Method: http.MethodDelete, Path: "/api/cohorts/:cohort/learners/:person/credits/:module", ID: "withdrawCredit", Tag: tag, Access: trainers,
		Summary: "A credited module counts by what was done again", Faults: []*fault.Error{ErrUnknownLearner, ErrNothingCredits},
	}, func(ctx context.Context, caller auth.Caller, req creditedRequest) (web.None, error) {
		return web.None{}, s.WithdrawCredit(ctx, caller, req.Cohort, req.Person, req.Module)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/cohorts/:cohort/extensions", ID: "extendDeadline", Tag: tag, Access: trainers,
		Summary: "Give learners more time for an activity, a module or the course; who has a later day keeps it", Faults: []*fault.Error{ErrUnknownCohort, ErrOwnWork},
	}, func(ctx context.Context, caller auth.Caller, req extensionRequest) (extensionView, error) {
		if req.Reason = strings.TrimSpace(req.Reason); req.Reason == "" {
			return extensionView{}, fault.Bad("reason", "required")
		}
		later, err := s.Extend(ctx, caller, req.Cohort, req.Target, string(req.Until), req.Reason, req.People)
		return extensionView{Later: list(later)}, err
	})
}

// titleOf is what a part of the course, or the course itself, is called; the id when the course has it no more.
func (c *Content) titleOf(id string, language Language) string {
	if id == c.ID {
		face, _ := c.Faces.In(language)
		return face.Title
	}
	for _, m := range c.Modules {
		if m.ID == id {
			face, _ := m.Faces.In(language)
			return face.Title
		}
	}
	if _, activity := c.Find(id); activity != nil {
		face, _ := activity.Faces.In(language)
		return face.Title
	}
	return id
}

type decisionsView struct {
	Decisions []decisionView `json:"decisions"`
}

type decisionView struct {
	Kind   DecisionKind `json:"kind" validate:"oneof=credited compensated extended revoked"`
	Target string       `json:"target"` // a module, a contact day, whatever got more time, or the number of a certificate
	Title  string       `json:"title"`
	Credit CreditKind   `json:"credit,omitempty" validate:"omitempty,oneof=prior_learning compensating"`
	Until  web.Date     `json:"until,omitempty" validate:"omitempty,date"`
	By     string       `json:"by"` // the name; empty when the person was erased
	At     time.Time    `json:"at"`
	Reason string       `json:"reason"` // empty when it is not kept any more
}

type creditRequest struct {
	Cohort string     `path:"cohort" json:"-" validate:"id"`
	Person string     `path:"person" json:"-" validate:"id"`
	Module string     `json:"module" validate:"id"`
	Kind   CreditKind `json:"kind" validate:"oneof=prior_learning compensating"`
	Basis  string     `json:"basis" validate:"required,max=2000,text,no_identity_code"`
}

type creditedRequest struct {
	Cohort string `path:"cohort" json:"-" validate:"id"`
	Person string `path:"person" json:"-" validate:"id"`
	Module string `path:"module" json:"-" validate:"id"`
}

type extensionRequest struct {
	Cohort string   `path:"cohort" json:"-" validate:"id"`
	People []string `json:"people" validate:"required,min=1,max=500,dive,id"`
	Target string   `json:"target" validate:"id"` // an activity, a module, or the course itself
	Until  web.Date `json:"until" validate:"date"`
	Reason string   `json:"reason" validate:"required,max=2000,text,no_identity_code"`
}

type extensionView struct {
	Later []string `json:"later"` // the people who have a later day already, and keep it
}
