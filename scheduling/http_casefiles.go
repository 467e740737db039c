package scheduling

import (
	"context"
	"net/http"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/vault"
	"luotsi/server/web"
)

func mountCaseFiles(r *web.Router, s *Service) {
	sees := auth.Only(auth.Coordinator, auth.Doctor, auth.Professional, auth.Scheduler, auth.Admin)

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/cases/:case", ID: "getCase", Tag: tag, Access: sees,
		Summary: "What is written about a case, as far as the caller may read it; every look at what others wrote is logged",
		Faults:  []*fault.Error{ErrNoCase},
	}, func(ctx context.Context, caller auth.Caller, req casePath) (caseFileView, error) {
		return s.caseFileView(ctx, caller.Identity, req.Case)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/cases/:case/question", ID: "setQuestion", Tag: tag, Access: sees,
		Summary: "Write the question to the doctor over the version that one saw", Faults: []*fault.Error{ErrNoCase, ErrChanged, ErrNoConsent},
	}, func(ctx context.Context, caller auth.Caller, req questionRequest) (caseFileView, error) {
		w := QuestionWish{Case: req.Case, Kinds: req.kinds(), Version: req.Version}
		if err := s.SetQuestion(ctx, caller, w, req.words(), req.Consent); err != nil {
			return caseFileView{}, err
		}
		return s.caseFileView(ctx, caller.Identity, req.Case)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/appointments/:appointment/outcome", ID: "setOutcome", Tag: tag, Access: sees,
		Summary: "Write what a meeting came to, over the version that one saw",
		Faults:  []*fault.Error{ErrNotThere, ErrChanged, ErrNotNow, ErrCancelled, ErrTextsGone},
	}, func(ctx context.Context, caller auth.Caller, req outcomeRequest) (caseFileView, error) {
		w, words, err := req.wish()
		if err != nil {
			return caseFileView{}, err
		}
		if err := s.SetOutcome(ctx, caller, w, words); err != nil {
			return caseFileView{}, err
		}
		a, err := s.Appointment(caller.Identity, req.Appointment)
		if err != nil {
			return caseFileView{}, err
		}
		return s.caseFileView(ctx, caller.Identity, a.Case)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/cases/:case/consents", ID: "recordConsent", Tag: tag, Access: sees, Status: http.StatusCreated,
		Summary: "Note that the client lets somebody read the texts for one use", Faults: []*fault.Error{ErrNoCase},
	}, func(ctx context.Context, caller auth.Caller, req consentRequest) (caseFileView, error) {
		c := Consent{Recipient: req.Recipient, Use: Use(req.Use)}
		if req.Until != "" {
			var ok bool
			if c.Until, ok = ParseDay(req.Until); !ok {
				return caseFileView{}, fault.Bad("until", "date")
			}
		}
		if err := s.RecordConsent(ctx, caller, req.Case, c); err != nil {
			return caseFileView{}, err
		}
		return s.caseFileView(ctx, caller.Identity, req.Case)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/cases/:case/consents/:consent/withdrawal", ID: "withdrawConsent", Tag: tag, Access: sees,
		Summary: "Note that the client takes a consent back; its recipient can not read from then on", Faults: []*fault.Error{ErrNoCase, ErrConsent},
	}, func(ctx context.Context, caller auth.Caller, req consentPath) (caseFileView, error) {
		if err := s.WithdrawConsent(ctx, caller, req.Case, req.Consent); err != nil {
			return caseFileView{}, err
		}
		return s.caseFileView(ctx, caller.Identity, req.Case)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/cases/:case/reopening", ID: "reopenCase", Tag: tag, Access: sees,
		Summary: "Go on with a closed case", Faults: []*fault.Error{ErrNoCase, ErrReopened},
	}, func(ctx context.Context, caller auth.Caller, req casePath) (caseFileView, error) {
		if err := s.ReopenCase(ctx, caller, req.Case); err != nil {
			return caseFileView{}, err
		}
		return s.caseFileView(ctx, caller.Identity, req.Case)
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/cases/:case/texts", ID: "getCaseTexts", Tag: tag, Access: sees,
		Summary: "Plain texts to copy: into the patient record, and to the client", Faults: []*fault.Error{ErrNoCase, ErrNotThere},
	}, func(ctx context.Context, caller auth.Caller, req caseTextsRequest) (caseTextsView, error) {
		return s.caseTextsView(ctx, caller.Identity, req)
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/cases/:case/access", ID: "listCaseAccess", Tag: tag, Access: sees,
		Summary: "Who looked at the texts of a case, for who carries it", Faults: []*fault.Error{ErrNoCase},
	}, func(ctx context.Context, caller auth.Caller, req casePath) (looksView, error) {
		looks, err := s.Looks(ctx, caller.Identity, req.Case)
		if err != nil {
			return looksView{}, err
		}
		v := looksView{Looks: make([]lookView, len(looks))}
		for i, l := range looks {
			v.Looks[i] = lookView{At: l.At, By: s.names.Of(l.By).Name, What: l.What}
		}
		return v, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/case-drafts/:subject", ID: "getCaseDraft", Tag: tag, Access: sees,
		Summary: "My unfinished text: question.<case>, outcome.<appointment>, consultation.<consultation> or consultation.new", Faults: []*fault.Error{ErrNoCase},
	}, func(ctx context.Context, caller auth.Caller, req draftPath) (draftView, error) {
		d, err := s.Draft(ctx, caller.Identity, req.Subject)
		return draftView{Rev: d.Rev, Text: d.Text}, err
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/case-drafts/:subject", ID: "saveCaseDraft", Tag: tag, Access: sees,
		Summary: "Keep my unfinished text in place of revision rev", Faults: []*fault.Error{ErrNoCase, ErrTextsGone, vault.ErrDraftConflict},
	}, func(ctx context.Context, caller auth.Caller, req saveDraftRequest) (savedCaseDraftView, error) {
		d, err := s.SaveDraft(ctx, caller.Identity, req.Subject, req.Rev, req.Text)
		return savedCaseDraftView{Rev: d.Rev, Warnings: warningViews(req.Text)}, err
	})
}

type questionRequest struct {
	Case    string   `path:"case" json:"-" validate:"required,id"`
	Version int      `json:"version" validate:"min=0"`
	Kinds   []string `json:"kinds" validate:"required,min=1,max=7,unique,dive,oneof=work_ability limitations return_to_work rehabilitation treatment statement other"`
	Asked   string   `json:"asked" validate:"required,max=2000,text,no_identity_code"`
	Known   string   `json:"known,omitempty" validate:"max=4000,text,no_identity_code"`
	Tried   string   `json:"tried,omitempty" validate:"max=4000,text,no_identity_code"`
	Consent bool     `json:"consent,omitempty"`
}

type outcomeRequest struct {
	Appointment string          `path:"appointment" json:"-" validate:"required,id"`
	Version     int             `json:"version" validate:"min=0"`
	Decided     string          `json:"decided" validate:"required,max=4000,text,no_identity_code"`
	Actions     []actionRequest `json:"actions,omitempty" validate:"max=10,dive"`
	Next        web.Date        `json:"next,omitempty" validate:"omitempty,date"`
	NextHow     string          `json:"nextHow,omitempty" validate:"max=200,line,no_identity_code"`
}

type actionRequest struct {
	Who  string   `json:"who" validate:"required,id"`
	What string   `json:"what" validate:"required,max=500,text,no_identity_code"`
	Due  web.Date `json:"due,omitempty" validate:"omitempty,date"`
}

type consentPath struct {
	Case    string `path:"case" json:"-" validate:"required,id"`
	Consent string `path:"consent" json:"-" validate:"required,id"`
}

type consentRequest struct {
	Case      string   `path:"case" json:"-" validate:"required,id"`
	Recipient string   `json:"recipient" validate:"required,id"`
	Use       string   `json:"use" validate:"required,oneof=joint_appointment written_consultation"`
	Until     web.Date `json:"until,omitempty" validate:"omitempty,date"`
}

type caseTextsRequest struct {
	Case        string `path:"case" json:"-" validate:"required,id"`
	Appointment string `query:"appointment" json:"-" validate:"omitempty,id"`
	Language    string `query:"language" json:"-" validate:"omitempty,language"`
}

type draftPath struct {
	Subject string `path:"subject" json:"-" validate:"max=129,line"`
}

type saveDraftRequest struct {
	Subject string `path:"subject" json:"-" validate:"max=129,line"`
	Rev     int64  `json:"rev" validate:"min=0"`
	Text    string `json:"text" validate:"max=20000,text,no_identity_code"`
}

type draftView struct {
	Rev  int64  `json:"rev"`
	Text string `json:"text"`
}

type savedCaseDraftView struct {
	Rev      int64         `json:"rev"`
	Warnings []warningView `json:"warnings"`
}

// warningView is something that looks like a diagnosis code (diagnosis) or a telephone number (phone).
type warningView struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

type looksView struct {
	Looks []lookView `json:"looks"`
}

type lookView struct {
	At   time.Time `json:"at"`
	By   string    `json:"by"` // the name
	What string    `json:"what"`
}

func (r *outcomeRequest) wish() (OutcomeWish, OutcomeText, error) {
	w := OutcomeWish{Appointment: r.Appointment, Version: r.Version}
	words := OutcomeText{Decided: r.Decided, Next: r.NextHow}
	for i, a := range r.Actions {
		action := Action{Who: a.Who}
		if a.Due != "" {
			var ok bool
			if action.Due, ok = ParseDay(a.Due); !ok {
				return w, words, fault.Bad(actionField(i, "due"), "date")
			}
		}
		w.Actions = append(w.Actions, action)
		words.Actions = append(words.Actions, a.What)
	}
	if r.Next != "" {
		var ok bool
		if w.Next, ok = ParseDay(r.Next); !ok {
			return w, words, fault.Bad("next", "date")
		}
	}
	return w, words, nil
}

func (r *questionRequest) words() QuestionText {
	return QuestionText{Asked: r.Asked, Known: r.Known, Tried: r.Tried}
}

func (r *questionRequest) kinds() []QuestionKind { return kindsOf(r.Kinds) }

func kindsOf(codes []string) []QuestionKind {
	kinds := make([]QuestionKind, len(codes))
	for i, k := range codes {
		kinds[i] = QuestionKind(k)
	}
	return kinds
}
