package courses

import (
	"context"
	"net/http"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountLink(r *web.Router, s *Service) {
	learners := auth.Only(auth.Trainee, auth.Coordinator)
	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/courses/:course/activities/:activity/done-elsewhere", ID: "completeElsewhere", Tag: "learning", Access: learners,
		Summary: "I did this in the service elsewhere, on that day", Faults: []*fault.Error{ErrNotEnrolled, ErrUnknownActivity, ErrWrongKind, ErrLocked},
	}, func(ctx context.Context, caller auth.Caller, req doneElsewhereRequest) (progressView, error) {
		w, err := s.CompleteElsewhere(ctx, caller, req.Course, req.Activity, string(req.On))
		return progressOf(w, err, req.Activity, caller)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/courses/:course/activities/:activity/viewed", ID: "viewActivity", Tag: "learning", Access: learners,
		Summary: "I opened an activity that asks for no more", Faults: []*fault.Error{ErrNotEnrolled, ErrUnknownActivity, ErrWrongKind, ErrLocked},
	}, func(ctx context.Context, caller auth.Caller, req activityRequest) (progressView, error) {
		w, err := s.View(ctx, caller, req.Course, req.Activity)
		return progressOf(w, err, req.Activity, caller)
	})
}

type doneElsewhereRequest struct {
	Course   string   `path:"course" json:"-" validate:"id"`
	Activity string   `path:"activity" json:"-" validate:"id"`
	On       web.Date `json:"on" validate:"required,date"`
}

// elsewhereView is an activity that is done in another service.
type elsewhereView struct {
	Address string   `json:"address"`
	On      web.Date `json:"on,omitempty" validate:"omitempty,date"` // the day its learner said
}

func viewElsewhere(p Page, face ActivityFace) *elsewhereView {
	return &elsewhereView{Address: face.Address, On: web.Date(p.doneOn[p.Activity.ID])}
}
