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

func mountWork(r *web.Router, s *Service) {
	learners := auth.Only(auth.Trainee, auth.Coordinator)
	const tag, path = "learning", "/api/courses/:course/activities/:activity/tries"

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: path, ID: "planWork", Tag: tag, Access: learners, Status: http.StatusCreated,
		Summary: "Plan to try something at work: what, with whom, by which day",
		Faults:  []*fault.Error{ErrNotEnrolled, ErrUnknownActivity, ErrWrongKind, ErrLocked, ErrAlreadyPlanned},
	}, func(ctx context.Context, caller auth.Caller, req planRequest) (progressView, error) {
		plan, err := planOf(req.What, req.With)
		if err != nil {
			return progressView{}, err
		}
		w, err := s.PlanWork(ctx, caller, req.Course, req.Activity, plan, string(req.By))
		return progressOf(w, err, req.Activity, caller)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: path + "/:try/plan", ID: "replanWork", Tag: tag, Access: learners,
		Summary: "Change a plan that nothing was told of yet", Faults: []*fault.Error{ErrNotEnrolled, ErrUnknownTry, ErrAlreadyTold, ErrWrittenSince},
	}, func(ctx context.Context, caller auth.Caller, req replanRequest) (progressView, error) {
		plan, err := planOf(req.What, req.With)
		if err != nil {
			return progressView{}, err
		}
		w, err := s.ReplanWork(ctx, caller, req.Course, req.Activity, req.Try, plan, string(req.By), req.Over)
		return progressOf(w, err, req.Activity, caller)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: path + "/:try/story", ID: "tellWork", Tag: tag, Access: learners, Status: http.StatusCreated,
		Summary: "Tell what came of a plan; again, over what was told", Faults: []*fault.Error{ErrNotEnrolled, ErrUnknownTry, ErrAlreadyTold, ErrWrittenSince},
	}, func(ctx context.Context, caller auth.Caller, req tellRequest) (progressView, error) {
		text := strings.TrimSpace(req.Text)
		if text == "" {
			return progressView{}, fault.Bad("text", "required")
		}
		w, err := s.TellWork(ctx, caller, req.Course, req.Activity, req.Try, string(req.On), req.Went, text, req.Over)
		return progressOf(w, err, req.Activity, caller)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: path + "/:try/follow-ups", ID: "followUpWork", Tag: tag, Access: learners, Status: http.StatusCreated,
		Summary: "Say, 30 and 90 days later, whether it is still in use", Faults: []*fault.Error{ErrNotEnrolled, ErrUnknownTry, ErrNoFollowUp, ErrWrittenSince},
	}, func(ctx context.Context, caller auth.Caller, req followUpRequest) (progressView, error) {
		w, err := s.FollowUpWork(ctx, caller, req.Course, req.Activity, req.Try, req.Days, req.Use, strings.TrimSpace(req.Text), req.Over)
		return progressOf(w, err, req.Activity, caller)
	})
}

func progressOf(w Way, err error, activity string, caller auth.Caller) (progressView, error) {
	if err != nil {
		return progressView{}, err
	}
	return viewProgress(w, activity, caller.Language), nil
}

type planRequest struct {
	Course   string   `path:"course" json:"-" validate:"id"`
	Activity string   `path:"activity" json:"-" validate:"id"`
	What     string   `json:"what" validate:"required,max=20000,text,no_identity_code"`
	With     string   `json:"with,omitempty" validate:"max=500,text,no_identity_code"`
	By       web.Date `json:"by" validate:"date"`
}

type replanRequest struct {
	Course   string   `path:"course" json:"-" validate:"id"`
	Activity string   `path:"activity" json:"-" validate:"id"`
	Try      string   `path:"try" json:"-" validate:"id"`
	What     string   `json:"what" validate:"required,max=20000,text,no_identity_code"`
	With     string   `json:"with,omitempty" validate:"max=500,text,no_identity_code"`
	By       web.Date `json:"by" validate:"date"`
	Over     *int64   `json:"over,omitempty" validate:"omitempty,min=0"` // unix ms of the text that this one is written in place of; 0 for none
}

func planOf(what, with string) (Plan, error) {
	plan := Plan{What: strings.TrimSpace(what), With: strings.TrimSpace(with)}
	if plan.What == "" {
		return Plan{}, fault.Bad("what", "required")
	}
	return plan, nil
}

type tellRequest struct {
	Course   string   `path:"course" json:"-" validate:"id"`
	Activity string   `path:"activity" json:"-" validate:"id"`
	Try      string   `path:"try" json:"-" validate:"id"`
	Went     Went     `json:"went" validate:"oneof=worked partly failed not_tried"`
	On       web.Date `json:"on,omitempty" validate:"omitempty,date"` // left out when it could not be tried
	Text     string   `json:"text" validate:"required,max=20000,text,no_identity_code"`
	Over     *int64   `json:"over,omitempty" validate:"omitempty,min=0"` // unix ms of the text that this one is written in place of; 0 for none
}

type followUpRequest struct {
	Course   string `path:"course" json:"-" validate:"id"`
	Activity string `path:"activity" json:"-" validate:"id"`
	Try      string `path:"try" json:"-" validate:"id"`
	Days     int    `json:"days" validate:"min=30,max=90"` // one of Stages
	Use      Use    `json:"use" validate:"oneof=yes partly no"`
	Text     string `json:"text,omitempty" validate:"max=20000,text,no_identity_code"`
	Over     *int64 `json:"over,omitempty" validate:"omitempty,min=0"` // unix ms of the text that this one is written in place of; 0 for none
}

// followUpView is a follow-up that waits for its learner.
type followUpView struct {
	Activity string   `json:"activity"`
	Title    string   `json:"title"`
	Try      string   `json:"try"`
	Days     int      `json:"days"`
	On       web.Date `json:"on" validate:"date"` // when it was tried
}

func viewFollowUps(w Way, language Language) []followUpView {
	views := []followUpView{}
	for _, t := range w.FollowUps {
		stage, _ := t.toShow(w.Today)
		_, activity := w.Content.Find(t.Activity)
		if activity == nil { // the newest version has it no more, and so there is no page to answer on
			continue
		}
		face, _ := activity.Faces.In(language)
		views = append(views, followUpView{Activity: t.Activity, Title: face.Title, Try: t.ID, Days: Stages()[stage], On: web.Date(t.On)})
	}
	return views
}

type workView struct {
	Tries   []tryView   `json:"tries"` // oldest first
	Sharing sharingView `json:"sharing"`
}

type tryView struct {
	Try   tryingView `json:"try"`
	What  string     `json:"what"`
	With  string     `json:"with"`
	Story string     `json:"story"`
}

// tryingView is a try without its texts.
type tryingView struct {
	ID          string          `json:"id"`
	PlannedAt   time.Time       `json:"plannedAt"`
	ReplannedAt *time.Time      `json:"replannedAt,omitempty"`
	By          web.Date        `json:"by" validate:"date"`
	ToldAt      *time.Time      `json:"toldAt,omitempty"`
	RetoldAt    *time.Time      `json:"retoldAt,omitempty"`
	On          web.Date        `json:"on,omitempty" validate:"omitempty,date"`
	Went        Went            `json:"went,omitempty" validate:"omitempty,oneof=worked partly failed not_tried"`
	FollowUps   []laterLookView `json:"followUps"` // empty as long as nothing was tried
}

type laterLookView struct {
	Days int        `json:"days"`
	Due  web.Date   `json:"due" validate:"date"`
	Open bool       `json:"open"` // can be answered today
	At   *time.Time `json:"at,omitempty"`
	Use  Use        `json:"use,omitempty" validate:"omitempty,oneof=yes partly no"`
	Text string     `json:"text"`
}

func viewTrying(t Try, today string) tryingView {
	view := tryingView{
		ID: t.ID, PlannedAt: time.UnixMilli(t.PlannedAt).UTC(), By: web.Date(t.By), On: web.Date(t.On), Went: t.Went, FollowUps: []laterLookView{},
	}
	if t.Replanned > 0 {
		view.ReplannedAt = when(t.Replanned)
	}
	if t.ToldAt > 0 {
		view.ToldAt = when(t.ToldAt)
	}
	if t.Retold > 0 {
		view.RetoldAt = when(t.Retold)
	}
	open, answerable := t.open(today)
	for stage, f := range t.FollowUps {
		if !t.tried() {
			break
		}
		look := laterLookView{Days: Stages()[stage], Due: web.Date(t.due(stage)), Open: answerable && open == stage, Use: f.Use}
		if f.At > 0 {
			look.At = when(f.At)
		}
		view.FollowUps = append(view.FollowUps, look)
	}
	return view
}

func viewTries(tries []ToldTry, today string) []tryView {
	views := make([]tryView, len(tries))
	for i, t := range tries {
		views[i] = tryView{Try: viewTrying(t.Try, today), What: t.Plan.What, With: t.Plan.With, Story: t.Story}
		for stage := range views[i].Try.FollowUps {
			views[i].Try.FollowUps[stage].Text = t.Later[stage]
		}
	}
	return views
}

func (s *Service) viewWork(p Page) *workView {
	return &workView{Tries: viewTries(p.Applied.Tries, p.Today), Sharing: s.viewSharing(p.Applied.Sharing)}
}
