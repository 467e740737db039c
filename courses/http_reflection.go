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

func mountReflection(r *web.Router, s *Service) {
	learners := auth.Only(auth.Trainee, auth.Coordinator)
	const tag = "learning"

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/courses/:course/activities/:activity/reflection", ID: "keepReflection", Tag: tag, Access: learners,
		Summary: "Write a reflection, in place of the one before, and say who may know of it",
		Faults:  []*fault.Error{ErrNotEnrolled, ErrUnknownActivity, ErrWrongKind, ErrLocked, ErrWrittenSince, ErrClosedSince},
	}, func(ctx context.Context, caller auth.Caller, req reflectionRequest) (progressView, error) {
		text := strings.TrimSpace(req.Text)
		if text == "" {
			return progressView{}, fault.Bad("text", "required")
		}
		w, err := s.KeepReflection(ctx, caller, req.Course, req.Activity, text, req.Privacy, req.Saw, req.Over)
		return progressOf(w, err, req.Activity, caller)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/courses/:course/activities/:activity/sharing", ID: "shareWriting", Tag: tag, Access: learners,
		Summary: "Change who may know of my reflection, or read what I tried at work; closing stops reading at once",
		Faults:  []*fault.Error{ErrNotEnrolled, ErrUnknownActivity, ErrWrongKind, ErrNotKept, ErrClosedSince},
	}, func(ctx context.Context, caller auth.Caller, req sharingRequest) (web.None, error) {
		return web.None{}, s.Share(ctx, caller, req.Course, req.Activity, req.Privacy, req.Saw)
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/courses/:course/shared", ID: "listShared", Tag: tag, Access: learners,
		Summary: "What people of my cohort share with it: who and what", Faults: []*fault.Error{ErrNotEnrolled},
	}, func(ctx context.Context, caller auth.Caller, req courseRequest) (sharedListView, error) {
		all, w, err := s.Shared(ctx, caller, req.Course)
		if err != nil {
			return sharedListView{}, err
		}
		view := sharedListView{Shared: []sharedView{}}
		for _, one := range all {
			_, activity := w.Content.Find(one.Activity)
			face, _ := activity.Faces.In(caller.Language)
			view.Shared = append(view.Shared, sharedView{
				Person: one.Person, Name: s.names.Of(one.Person).Name, Mine: one.Person == caller.Person,
				Activity: one.Activity, Title: face.Title, Kind: one.Kind, At: time.UnixMilli(one.At).UTC(),
			})
		}
		return view, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/courses/:course/shared/:person/:activity", ID: "readShared", Tag: tag, Access: learners,
		Summary: "What somebody of my cohort shares with it; they see that I opened it", Faults: []*fault.Error{ErrNotEnrolled, ErrNotShared},
	}, func(ctx context.Context, caller auth.Caller, req sharedRequest) (writingView, error) {
		w, err := s.SharedWith(ctx, caller, req.Course, req.Person, req.Activity)
		if err != nil {
			return writingView{}, err
		}
		return s.viewWriting(ctx, w, caller.Language)
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/cohorts/:cohort/learners/:person/writings/:activity", ID: "readWriting", Tag: "cohorts",
		Access: auth.Only(auth.Trainer), Summary: "What a learner shares with their trainers; the look is logged, and the learner sees it",
		Faults: []*fault.Error{ErrUnknownLearner, ErrNotShared},
	}, func(ctx context.Context, caller auth.Caller, req submissionOfRequest) (writingView, error) {
		w, err := s.WritingFor(ctx, caller, req.Cohort, req.Person, req.Activity)
		if err != nil {
			return writingView{}, err
		}
		return s.viewWriting(ctx, w, caller.Language)
	})
}

type reflectionRequest struct {
	Course   string  `path:"course" json:"-" validate:"id"`
	Activity string  `path:"activity" json:"-" validate:"id"`
	Text     string  `json:"text" validate:"required,max=20000,text,no_identity_code"`
	Privacy  Privacy `json:"privacy" validate:"oneof=private done read cohort"`
	Saw      Privacy `json:"saw,omitempty" validate:"omitempty,oneof=private done read cohort"` // who might know, as the page showed before
	Over     *int64  `json:"over,omitempty" validate:"omitempty,min=0"`                         // unix ms of the text that this one is written in place of; 0 for none
}

type sharingRequest struct {
	Course   string  `path:"course" json:"-" validate:"id"`
	Activity string  `path:"activity" json:"-" validate:"id"`
	Privacy  Privacy `json:"privacy" validate:"oneof=private done read cohort"`
	Saw      Privacy `json:"saw,omitempty" validate:"omitempty,oneof=private done read cohort"` // who might know, as the page showed before
}

type sharedRequest struct {
	Course   string `path:"course" json:"-" validate:"id"`
	Person   string `path:"person" json:"-" validate:"id"`
	Activity string `path:"activity" json:"-" validate:"id"`
}

type reflectionView struct {
	At      *time.Time  `json:"at,omitempty"` // none as long as nothing is written
	Text    string      `json:"text"`
	Sharing sharingView `json:"sharing"`
}

type sharingView struct {
	Privacy Privacy      `json:"privacy" validate:"oneof=private done read cohort"`
	Offered []Privacy    `json:"offered" validate:"dive,oneof=private done read cohort"`
	Openers []openerView `json:"openers"` // newest first
}

type openerView struct {
	Name string    `json:"name"` // empty when the person is gone
	At   time.Time `json:"at"`
}

func (s *Service) viewSharing(sharing Sharing) sharingView {
	view := sharingView{Privacy: sharing.Privacy, Offered: sharing.Offered, Openers: []openerView{}}
	for _, o := range sharing.Openers {
		view.Openers = append(view.Openers, openerView{s.names.Of(o.Person).Name, o.At})
	}
	return view
}

func (s *Service) viewReflection(p Page) *reflectionView {
	view := &reflectionView{Text: p.Reflected.Body, Sharing: s.viewSharing(p.Reflected.Sharing)}
	if p.Reflected.At > 0 {
		view.At = when(p.Reflected.At)
	}
	return view
}

type sharedListView struct {
	Shared []sharedView `json:"shared"` // newest first
}

type sharedView struct {
	Person   string    `json:"person"`
	Name     string    `json:"name"`
	Mine     bool      `json:"mine"`
	Activity string    `json:"activity"`
	Title    string    `json:"title"`
	Kind     Kind      `json:"kind" validate:"oneof=lesson video quiz reflection task work contact link development"`
	At       time.Time `json:"at"`
}

// writingView is a shared text: of a reflection, or of what was tried at work.
type writingView struct {
	Person string    `json:"person"`
	Name   string    `json:"name"`
	Title  string    `json:"title"` // of the activity
	Kind   Kind      `json:"kind" validate:"oneof=lesson video quiz reflection task work contact link development"`
	At     time.Time `json:"at"`
	Text   string    `json:"text"`
	Tries  []tryView `json:"tries"`
}

func (s *Service) viewWriting(ctx context.Context, w SharedWriting, language Language) (writingView, error) {
	var hash string
	s.journal.View(func() { hash = s.state.editions[w.Course].hash })
	content, err := s.contents.get(ctx, w.Course, hash)
	if err != nil {
		return writingView{}, err
	}
	return writingView{
		Person: w.Person, Name: s.names.Of(w.Person).Name, Title: content.titleOf(w.Activity, language), Kind: w.Kind,
		At: time.UnixMilli(w.At).UTC(), Text: w.Body, Tries: viewTries(w.Tries, dayOf(s.now())),
	}, nil
}
