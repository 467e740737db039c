package courses

import (
	"context"
	"net/http"
	"strings"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountGroup(r *web.Router, s *Service) {
	trainers := auth.Only(auth.Trainer)
	const tag = "cohorts"

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/cohorts/:cohort/messages", ID: "sendCohortMessage", Tag: tag, Access: trainers,
		Summary: "Write to learners of a cohort; each gets a mail of their own", Faults: []*fault.Error{ErrUnknownCohort},
	}, func(ctx context.Context, caller auth.Caller, req messageRequest) (web.None, error) {
		req.Subject, req.Text = strings.TrimSpace(req.Subject), strings.TrimSpace(req.Text)
		if req.Subject == "" {
			return web.None{}, fault.Bad("subject", "required")
		}
		if req.Text == "" {
			return web.None{}, fault.Bad("text", "required")
		}
		return web.None{}, s.SendMessage(ctx, caller, req.Cohort, req.People, req.Subject, req.Text)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/cohorts/:cohort/invitations/check", ID: "checkPasted", Tag: tag, Access: trainers,
		Summary: "What would become of each row of a pasted list", Faults: []*fault.Error{ErrUnknownCohort},
	}, func(ctx context.Context, caller auth.Caller, req pastedRequest) (pastedView, error) {
		rows, err := s.CheckPasted(ctx, caller, req.Cohort, req.Text)
		return viewPasted(rows), err
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/cohorts/:cohort/invitations", ID: "invitePasted", Tag: tag, Access: trainers,
		Summary: "Invite and enrol everybody on a pasted list who can be; again does nothing", Faults: []*fault.Error{ErrUnknownCohort},
	}, func(ctx context.Context, caller auth.Caller, req invitePastedRequest) (pastedView, error) {
		rows, err := s.InvitePasted(ctx, caller, req.Cohort, req.Text, req.Language)
		return viewPasted(rows), err
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/cohorts/:cohort/groups", ID: "formGroup", Tag: tag, Access: trainers,
		Summary: "Make a small group; whoever is in another one moves", Faults: []*fault.Error{ErrUnknownCohort},
	}, func(ctx context.Context, caller auth.Caller, req groupRequest) (web.None, error) {
		return web.None{}, s.formGroup(ctx, caller, "", SmallGroup(req))
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/cohorts/:cohort/groups/:group", ID: "changeGroup", Tag: tag, Access: trainers,
		Summary: "Change a small group", Faults: []*fault.Error{ErrUnknownCohort, ErrUnknownGroup},
	}, func(ctx context.Context, caller auth.Caller, req changeGroupRequest) (web.None, error) {
		return web.None{}, s.formGroup(ctx, caller, req.Group, SmallGroup{req.Cohort, req.Name, req.Members, req.Trainers})
	})
}

func (s *Service) formGroup(ctx context.Context, caller auth.Caller, old string, g SmallGroup) error {
	if g.Name = strings.TrimSpace(g.Name); g.Name == "" {
		return fault.Bad("name", "required")
	}
	return s.FormGroup(ctx, caller, g.Cohort, old, g)
}

type messageRequest struct {
	Cohort  string   `path:"cohort" json:"-" validate:"id"`
	People  []string `json:"people" validate:"required,min=1,max=500,dive,id"`
	Subject string   `json:"subject" validate:"required,max=120,line,no_identity_code"`
	Text    string   `json:"text" validate:"required,max=5000,text,no_identity_code"`
}

type pastedRequest struct {
	Cohort string `path:"cohort" json:"-" validate:"id"`
	Text   string `json:"text" validate:"required,max=50000,text,no_identity_code"`
}

type invitePastedRequest struct {
	Cohort   string `path:"cohort" json:"-" validate:"id"`
	Text     string `json:"text" validate:"required,max=50000,text,no_identity_code"`
	Language string `json:"language" validate:"required,language"`
}

type pastedView struct {
	Rows []pastedRowView `json:"rows"`
}

type pastedRowView struct {
	Line    int        `json:"line"`
	Name    string     `json:"name"`
	Email   string     `json:"email"`
	Verdict RowVerdict `json:"verdict" validate:"oneof=invite again invited enrol here wrong_address no_name twice other_cohort other_org not_learner failed"`
}

func viewPasted(rows []PastedRow) pastedView {
	view := pastedView{Rows: make([]pastedRowView, len(rows))}
	for i, row := range rows {
		view.Rows[i] = pastedRowView{row.Line, row.Name, row.Email, row.Verdict}
	}
	return view
}

type groupRequest struct {
	Cohort   string   `path:"cohort" json:"-" validate:"id"`
	Name     string   `json:"name" validate:"required,max=80,line,no_identity_code"`
	Members  []string `json:"members" validate:"max=500,dive,id"`
	Trainers []string `json:"trainers" validate:"max=20,dive,id"`
}

type changeGroupRequest struct {
	Cohort   string   `path:"cohort" json:"-" validate:"id"`
	Group    string   `path:"group" json:"-" validate:"id"`
	Name     string   `json:"name" validate:"required,max=80,line,no_identity_code"`
	Members  []string `json:"members" validate:"max=500,dive,id"`
	Trainers []string `json:"trainers" validate:"max=20,dive,id"`
}
