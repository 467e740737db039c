package courses

import (
	"context"
	"net/http"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountChange(r *web.Router, s *Service) {
	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/courses/:course/activities/:activity/acknowledgement", ID: "acknowledgeChange", Tag: "learning",
		Access: auth.Only(auth.Trainee, auth.Coordinator), Summary: "I read what changed in something I had finished",
		Faults: []*fault.Error{ErrNotEnrolled, ErrUnknownActivity, ErrChangedAgain},
	}, func(ctx context.Context, caller auth.Caller, req acknowledgementRequest) (web.None, error) {
		return web.None{}, s.Acknowledge(ctx, caller, req.Course, req.Activity, req.Hash)
	})
}

type acknowledgementRequest struct {
	Course   string `path:"course" json:"-" validate:"id"`
	Activity string `path:"activity" json:"-" validate:"id"`
	Hash     string `json:"hash" validate:"required,max=64,line"`
}

// changeView is what became of a finished activity's text since its learner saw it.
type changeView struct {
	Hash   string            `json:"hash"`
	Seen   time.Time         `json:"seen"`
	Blocks []changeBlockView `json:"blocks"`
}

type changeBlockView struct {
	State BlockState `json:"state" validate:"oneof=same added removed changed gap"`
	Kind  BlockKind  `json:"kind,omitempty" validate:"omitempty,oneof=paragraph heading item row quote code"`
	HTML  string     `json:"html"`
}

func viewChange(c *Change) *changeView {
	if c == nil {
		return nil
	}
	view := &changeView{Hash: c.Hash, Seen: c.Seen, Blocks: make([]changeBlockView, len(c.Blocks))}
	for i, b := range c.Blocks {
		view.Blocks[i] = changeBlockView(b)
	}
	return view
}
