package scheduling

import (
	"context"
	"net/http"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountConsultations(r *web.Router, s *Service) {
	// Who stands in for a coordinator may be another: see ownerOn.
	asks := auth.Only(auth.Coordinator, auth.Doctor, auth.Scheduler, auth.Admin)

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/consultations", ID: "listConsultations", Tag: tag, Access: asks,
		Summary: "Written consultations without their texts: those the caller's side asked, and those that are theirs to answer",
	}, func(_ context.Context, caller auth.Caller, req consultationsRequest) (consultationsView, error) {
		asked, toAnswer := s.Consultations(caller.Identity, req.Over)
		return consultationsView{Asked: s.consultationListViews(asked), ToAnswer: s.consultationListViews(toAnswer)}, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/consultations/replies", ID: "getReplies", Tag: tag,
		Access:  auth.Only(auth.Coordinator, auth.Doctor, auth.Scheduler, auth.Manager, auth.Admin),
		Summary: "How fast units answer, without names; and the caller's own figures, which nobody else sees",
	}, func(_ context.Context, caller auth.Caller, _ web.None) (repliesView, error) {
		units, own := s.Replies(caller.Identity)
		v := repliesView{Units: []unitRepliesView{}}
		for _, u := range units {
			v.Units = append(v.Units, unitRepliesView{Unit: u.Unit, UnitName: u.UnitName, Target: u.Target, MaySet: u.MaySet, Few: u.Few, countsOfRepliesView: viewOfReplies(&u.replies)})
		}
		if caller.Has(auth.Doctor) {
			mine := viewOfReplies(&own)
			v.Own = &mine
		}
		return v, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/units/:unit/consultation-target", ID: "setConsultationTarget", Tag: tag, Access: auth.Only(auth.Scheduler, auth.Admin),
		Summary: "Say within how many working days a unit answers",
	}, func(ctx context.Context, caller auth.Caller, req targetRequest) (web.None, error) {
		return web.None{}, s.SetTarget(ctx, caller, req.Unit, req.Days)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/consultations", ID: "askConsultation", Tag: tag, Access: auth.Only(auth.Coordinator), Status: http.StatusCreated,
		Summary: "Put a question to a doctor, or to any doctor of a unit, in writing", Faults: []*fault.Error{ErrNoCase, ErrPerson, ErrNoConsent, ErrTooManyOpen},
	}, func(ctx context.Context, caller auth.Caller, req askRequest) (consultationView, error) {
		w := ConsultationWish{Case: req.Case, Unit: req.Unit, Doctor: req.Doctor, Kinds: kindsOf(req.Kinds)}
		id, err := s.AskConsultation(ctx, caller, w, QuestionText{Asked: req.Asked, Known: req.Known, Tried: req.Tried}, req.Consent)
		if err != nil {
			return consultationView{}, err
		}
		return s.consultationView(ctx, caller.Identity, id)
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/consultations/:consultation", ID: "getConsultation", Tag: tag, Access: asks,
		Summary: "One consultation with its thread; a look at what others wrote is logged", Faults: []*fault.Error{ErrNoConsultation},
	}, func(ctx context.Context, caller auth.Caller, req consultationPath) (consultationView, error) {
		return s.consultationView(ctx, caller.Identity, req.Consultation)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/consultations/:consultation/messages", ID: "writeMessage", Tag: tag, Access: asks, Status: http.StatusCreated,
		Summary: "Answer, ask for more, or write more", Faults: []*fault.Error{ErrNoConsultation, ErrConsultClosed, ErrNoConsent, ErrTextsGone},
	}, func(ctx context.Context, caller auth.Caller, req messageRequest) (consultationView, error) {
		if err := s.WriteMessage(ctx, caller, req.Consultation, req.Text, req.Answer); err != nil {
			return consultationView{}, err
		}
		return s.consultationView(ctx, caller.Identity, req.Consultation)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/consultations/:consultation/closing", ID: "closeConsultation", Tag: tag, Access: asks,
		Summary: "End a consultation", Faults: []*fault.Error{ErrNoConsultation, ErrConsultClosed},
	}, func(ctx context.Context, caller auth.Caller, req consultationPath) (consultationView, error) {
		if err := s.CloseConsultation(ctx, caller, req.Consultation); err != nil {
			return consultationView{}, err
		}
		return s.consultationView(ctx, caller.Identity, req.Consultation)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/consultations/:consultation/turning", ID: "turnConsultation", Tag: tag, Access: asks,
		Summary: "Let a joint appointment take the place of a consultation; the question goes along",
		Faults:  []*fault.Error{ErrNoConsultation, ErrConsultClosed, ErrNoConsent},
	}, func(ctx context.Context, caller auth.Caller, req turnRequest) (consultationView, error) {
		if err := s.TurnConsultation(ctx, caller, req.Consultation, req.Consent); err != nil {
			return consultationView{}, err
		}
		return s.consultationView(ctx, caller.Identity, req.Consultation)
	})
}

type consultationsRequest struct {
	Over bool `query:"over" json:"-"`
}

type consultationPath struct {
	Consultation string `path:"consultation" json:"-" validate:"required,id"`
}

type turnRequest struct {
	Consultation string `path:"consultation" json:"-" validate:"required,id"`
	Consent      bool   `json:"consent"`
}

type messageRequest struct {
	Consultation string `path:"consultation" json:"-" validate:"required,id"`
	Text         string `json:"text" validate:"required,max=4000,text,no_identity_code"`
	Answer       bool   `json:"answer,omitempty"`
}

type askRequest struct {
	Case    string   `json:"case,omitempty" validate:"omitempty,id"`
	Unit    string   `json:"unit" validate:"required,id"`
	Doctor  string   `json:"doctor,omitempty" validate:"omitempty,id"`
	Kinds   []string `json:"kinds" validate:"required,min=1,max=7,unique,dive,oneof=work_ability limitations return_to_work rehabilitation treatment statement other"`
	Asked   string   `json:"asked" validate:"required,max=2000,text,no_identity_code"`
	Known   string   `json:"known,omitempty" validate:"max=4000,text,no_identity_code"`
	Tried   string   `json:"tried,omitempty" validate:"max=4000,text,no_identity_code"`
	Consent bool     `json:"consent,omitempty"`
}

type targetRequest struct {
	Unit string `path:"unit" json:"-" validate:"required,id"`
	Days int    `json:"days" validate:"required,min=1,max=30"`
}

type consultationsView struct {
	Asked    []consultationListView `json:"asked"`
	ToAnswer []consultationListView `json:"toAnswer"`
}

// consultationListView is a consultation without its texts. Days are the working days that the first answer took.
type consultationListView struct {
	ID         string       `json:"id"`
	Case       string       `json:"case"`
	Reference  string       `json:"reference"`
	Kinds      []string     `json:"kinds"`
	Unit       string       `json:"unit"`
	UnitName   string       `json:"unitName"`
	Doctor     *personTaken `json:"doctor,omitempty"` // none: any doctor of the unit
	Absent     string       `json:"absent,omitempty"` // the name of the doctor it was meant for, for whom Doctor stands in
	AskedBy    string       `json:"askedBy"`
	AskedAt    time.Time    `json:"askedAt"`
	Due        web.Date     `json:"due"`
	Status     string       `json:"status"`
	Overdue    bool         `json:"overdue"`
	AnsweredBy string       `json:"answeredBy,omitempty"`
	AnsweredAt *time.Time   `json:"answeredAt,omitempty"`
	InPlaceOf  string       `json:"inPlaceOf,omitempty"` // the name of the doctor for whom whoever answered stood in
	Days       *int         `json:"days,omitempty"`
	Closed     *time.Time   `json:"closed,omitempty"`
}

type repliesView struct {
	Units []unitRepliesView    `json:"units"`
	Own   *countsOfRepliesView `json:"own,omitempty"`
}

type unitRepliesView struct {
	Unit     string `json:"unit"`
	UnitName string `json:"unitName"`
	Target   int    `json:"target"`
	MaySet   bool   `json:"maySet"`
	Few      bool   `json:"few"` // there is no median, since it would tell of one doctor
	countsOfRepliesView
}

// countsOfRepliesView is how a group of consultations was answered. Without answers there is no median.
type countsOfRepliesView struct {
	Answered int      `json:"answered"`
	Waiting  int      `json:"waiting"`
	Overdue  int      `json:"overdue"`
	Median   *float64 `json:"median,omitempty"`
}

func viewOfReplies(r *replies) countsOfRepliesView {
	v := countsOfRepliesView{Answered: r.Answered, Waiting: r.Waiting, Overdue: r.Overdue}
	if m, ok := median(r.Days); ok {
		v.Median = &m
	}
	return v
}
