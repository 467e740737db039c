package people

import (
	"context"
	"net/http"
	"strings"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

type unitView struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Org     string `json:"org"`
	OrgName string `json:"orgName"`
	Own     bool   `json:"own"`
}

func unitOf(u UnitView) unitView {
	return unitView{ID: u.ID, Name: u.Name, Kind: u.Kind, Org: u.Org, OrgName: u.Organisation, Own: u.Own}
}

type unitsView struct {
	Units []unitView `json:"units"`
}

type addUnitRequest struct {
	Name string `json:"name" validate:"required,line,no_identity_code,max=100"`
	Kind string `json:"kind" validate:"required,oneof=health_centre municipality employment_services wellbeing_county ngo occ_health other"`
	Org  string `json:"org" validate:"required,id"`
}

type changeUnitRequest struct {
	Unit string `path:"unit" json:"-" validate:"id"`
	Name string `json:"name" validate:"required,line,no_identity_code,max=100"`
	Kind string `json:"kind" validate:"required,oneof=health_centre municipality employment_services wellbeing_county ngo occ_health other"`
}

type organisationView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Own  bool   `json:"own"`
}

type organisationsView struct {
	Organisations []organisationView `json:"organisations"`
}

type renameRequest struct {
	Org  string `path:"org" json:"-" validate:"id"`
	Name string `json:"name" validate:"required,line,no_identity_code,max=100"`
}

type sharingView struct {
	ID       string    `json:"id"`
	Unit     string    `json:"unit"`
	UnitName string    `json:"unitName"`
	Org      string    `json:"org"`
	OrgName  string    `json:"orgName"`
	Purpose  string    `json:"purpose"`
	Since    time.Time `json:"since"`
}

func sharingOf(w SharingView) sharingView {
	return sharingView{ID: w.ID, Unit: w.Unit, UnitName: w.UnitName, Org: w.Org, OrgName: w.Organisation, Purpose: w.Purpose, Since: w.SinceAt}
}

type sharingsView struct {
	Sharings []sharingView `json:"sharings"`
}

type openSharingRequest struct {
	Unit    string `json:"unit" validate:"required,id"`
	Org     string `json:"org" validate:"required,id"`
	Purpose string `json:"purpose" validate:"required,oneof=joint_appointments cohorts"`
}

type sharingRequest struct {
	Sharing string `path:"sharing" json:"-" validate:"id"`
}

func mountUnits(r *web.Router, s *Service) {
	const tag = "administration"
	admin := auth.Only(auth.Admin)
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/units", ID: "listUnits", Summary: "Units of the caller's organisation and those opened to it", Tag: tag, Access: auth.SignedIn(),
	}, func(_ context.Context, caller auth.Caller, _ web.None) (unitsView, error) {
		view := unitsView{Units: []unitView{}}
		for _, u := range s.UnitsFor(caller.Identity) {
			view.Units = append(view.Units, unitOf(u))
		}
		return view, nil
	})
	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/units", ID: "addUnit", Summary: "Add a unit to an organisation", Tag: tag, Access: admin,
		Status: http.StatusCreated, Faults: faults(ErrNotFound),
	}, func(ctx context.Context, caller auth.Caller, req addUnitRequest) (unitView, error) {
		name, err := nameOf(req.Name)
		if err != nil {
			return unitView{}, err
		}
		u, err := s.AddUnit(ctx, caller, name, req.Kind, req.Org)
		return unitOf(u), err
	})
	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/units/:unit", ID: "changeUnit", Summary: "Change a unit's name and kind", Tag: tag, Access: admin, Faults: faults(ErrNotFound),
	}, func(ctx context.Context, caller auth.Caller, req changeUnitRequest) (unitView, error) {
		name, err := nameOf(req.Name)
		if err != nil {
			return unitView{}, err
		}
		u, err := s.ChangeUnit(ctx, caller, req.Unit, name, req.Kind)
		return unitOf(u), err
	})
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/organisations", ID: "listOrganisations", Summary: "All organisations", Tag: tag, Access: admin,
	}, func(_ context.Context, caller auth.Caller, _ web.None) (organisationsView, error) {
		view := organisationsView{Organisations: []organisationView{}}
		for _, o := range s.OrganisationsFor(caller.Identity) {
			view.Organisations = append(view.Organisations, organisationView{ID: o.ID, Name: o.Name, Own: o.Own})
		}
		return view, nil
	})
	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/organisations/:org", ID: "renameOrganisation", Summary: "Rename an organisation", Tag: tag, Access: admin, Faults: faults(ErrNotFound),
	}, func(ctx context.Context, caller auth.Caller, req renameRequest) (organisationView, error) {
		name, err := nameOf(req.Name)
		if err != nil {
			return organisationView{}, err
		}
		o, err := s.RenameOrganisation(ctx, caller, req.Org, name)
		return organisationView{ID: o.ID, Name: o.Name, Own: o.Own}, err
	})
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/sharings", ID: "listSharings", Summary: "What is opened between organisations", Tag: tag, Access: admin,
	}, func(_ context.Context, caller auth.Caller, _ web.None) (sharingsView, error) {
		view := sharingsView{Sharings: []sharingView{}}
		for _, w := range s.SharingsFor(caller.Identity) {
			view.Sharings = append(view.Sharings, sharingOf(w))
		}
		return view, nil
	})
	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/sharings", ID: "openSharing", Summary: "Open a unit to another organisation for one purpose", Tag: tag, Access: admin,
		Status: http.StatusCreated, Faults: faults(ErrNotFound, ErrOwnOrg, ErrSharingExists),
	}, func(ctx context.Context, caller auth.Caller, req openSharingRequest) (sharingView, error) {
		w, err := s.OpenSharing(ctx, caller, req.Unit, req.Org, req.Purpose)
		return sharingOf(w), err
	})
	web.Handle(r, web.Route{
		Method: http.MethodDelete, Path: "/api/sharings/:sharing", ID: "closeSharing", Summary: "End a sharing", Tag: tag, Access: admin, Faults: faults(ErrNotFound),
	}, func(ctx context.Context, caller auth.Caller, req sharingRequest) (web.None, error) {
		return web.None{}, s.CloseSharing(ctx, caller, req.Sharing)
	})
}

type feedbackAnswerView struct {
	At   time.Time `json:"at"`
	Text string    `json:"text"`
}

type feedbackView struct {
	ID       string              `json:"id"`
	At       time.Time           `json:"at"`
	Text     string              `json:"text"`
	Email    string              `json:"email,omitempty"`
	Page     string              `json:"page"`
	Due      web.Date            `json:"due"`
	Answered *feedbackAnswerView `json:"answered,omitempty"`
	Overdue  bool                `json:"overdue"`
}

func feedbackOf(f Feedback) feedbackView {
	view := feedbackView{ID: f.ID, At: f.At, Text: f.Text, Email: f.Email, Page: f.Page, Due: web.Date(f.Due), Overdue: f.Overdue}
	if !f.Answered.IsZero() {
		view.Answered = &feedbackAnswerView{At: f.Answered, Text: f.Answer}
	}
	return view
}

type giveFeedbackRequest struct {
	Text  string `json:"text" validate:"required,text,no_identity_code,max=5000"`
	Email string `json:"email,omitempty" validate:"omitempty,email,line,no_identity_code,max=254"`
	Page  string `json:"page" validate:"line,no_identity_code,max=200"`
}

type givenFeedbackView struct {
	ID  string   `json:"id"`
	Due web.Date `json:"due"`
}

type feedbacksView struct {
	Feedback []feedbackView `json:"feedback"`
}

type answerFeedbackRequest struct {
	Feedback string `path:"feedback" json:"-" validate:"id"`
	Text     string `json:"text" validate:"required,text,no_identity_code,max=5000"`
}

func mountFeedback(r *web.Router, s *Service) {
	const tag = "feedback"
	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/feedback", ID: "giveFeedback", Summary: "Say what is good or bad about Luotsi", Tag: tag,
		Access: auth.Anyone(), Status: http.StatusCreated, Faults: faults(ErrTooMany),
	}, func(ctx context.Context, caller auth.Caller, req giveFeedbackRequest) (givenFeedbackView, error) {
		if strings.TrimSpace(req.Text) == "" {
			return givenFeedbackView{}, fault.Bad("text", "required")
		}
		id, due, err := s.GiveFeedback(ctx, caller, req.Text, req.Email, req.Page)
		return givenFeedbackView{ID: id, Due: web.Date(due)}, err
	})
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/feedback", ID: "listFeedback", Summary: "Feedback that the caller's organisation answers", Tag: tag, Access: auth.Only(auth.Admin),
	}, func(ctx context.Context, caller auth.Caller, _ web.None) (feedbacksView, error) {
		all, err := s.FeedbackFor(ctx, caller.Identity)
		view := feedbacksView{Feedback: make([]feedbackView, 0, len(all))}
		for _, f := range all {
			view.Feedback = append(view.Feedback, feedbackOf(f))
		}
		return view, err
	})
	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/feedback/:feedback/answer", ID: "answerFeedback", Summary: "Answer feedback; it goes out by mail when there is an address", Tag: tag,
		Access: auth.Only(auth.Admin), Faults: faults(ErrNotFound, ErrAnswered),
	}, func(ctx context.Context, caller auth.Caller, req answerFeedbackRequest) (feedbackView, error) {
		if strings.TrimSpace(req.Text) == "" {
			return feedbackView{}, fault.Bad("text", "required")
		}
		f, err := s.AnswerFeedback(ctx, caller, req.Feedback, req.Text)
		return feedbackOf(f), err
	})
}
