package courses

import (
	"context"
	"net/http"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountDecisions(r *web.Router, s *Service) {
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/cohorts/:cohort/learners/:person/decisions", ID: "listDecisions", Tag: "cohorts", Access: auth.Only(auth.Trainer),
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
