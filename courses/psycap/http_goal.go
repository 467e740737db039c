package psycap

import (
	"context"
	"net/http"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountGoals(r *web.Router, s *Service) {
	learners := auth.Only(auth.Trainee, auth.Coordinator)
	const tag = "goals"

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/psycap/goals", ID: "listGoals", Tag: tag, Access: learners,
		Summary: "My goals: open ones first, then the newest. Nobody else sees them",
	}, func(ctx context.Context, caller auth.Caller, _ web.None) (goalsView, error) {
		own, err := s.Goals(ctx, caller)
		if err != nil {
			return goalsView{}, err
		}
		view := goalsView{Goals: make([]goalView, len(own))}
		for i, g := range own {
			view.Goals[i] = viewGoal(g)
		}
		return view, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/psycap/goals/:goal", ID: "getGoal", Tag: tag, Access: learners,
		Summary: "One of my goals", Faults: []*fault.Error{ErrUnknownGoal},
	}, func(ctx context.Context, caller auth.Caller, req goalRequest) (goalView, error) {
		g, err := s.Goal(ctx, caller, req.Goal)
		return viewGoal(g), err
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/psycap/goals", ID: "addGoal", Tag: tag, Access: learners, Status: http.StatusCreated,
		Summary: "Keep a new goal", Faults: []*fault.Error{ErrTooManyGoals},
	}, func(ctx context.Context, caller auth.Caller, req newGoalRequest) (goalView, error) {
		return keepGoal(ctx, s, caller, "", req.Goal, nil)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/psycap/goals/:goal", ID: "keepGoal", Tag: tag, Access: learners,
		Summary: "Keep a goal in place of what I saw; one that was closed is open again", Faults: []*fault.Error{ErrUnknownGoal, ErrGoalSince},
	}, func(ctx context.Context, caller auth.Caller, req changedGoalRequest) (goalView, error) {
		return keepGoal(ctx, s, caller, req.ID, req.Goal, req.Over)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/psycap/goals/:goal/closing", ID: "closeGoal", Tag: tag, Access: learners,
		Summary: "A goal is reached, or I leave it; both are fine", Faults: []*fault.Error{ErrUnknownGoal},
	}, func(ctx context.Context, caller auth.Caller, req closeGoalRequest) (web.None, error) {
		return web.None{}, s.CloseGoal(ctx, caller, req.Goal, req.Reached)
	})

	web.Handle(r, web.Route{
		Method: http.MethodDelete, Path: "/api/psycap/goals/:goal", ID: "deleteGoal", Tag: tag, Access: learners,
		Summary: "Delete a goal with all its words", Faults: []*fault.Error{ErrUnknownGoal},
	}, func(ctx context.Context, caller auth.Caller, req goalRequest) (web.None, error) {
		return web.None{}, s.DeleteGoal(ctx, caller, req.Goal)
	})
}

func keepGoal(ctx context.Context, s *Service, caller auth.Caller, id string, g Goal, over *int64) (goalView, error) {
	if web.Blank(g.Title) {
		return goalView{}, fault.Bad("goal.title", "required")
	}
	kept, err := s.KeepGoal(ctx, caller, id, g, over)
	return viewGoal(kept), err
}

type goalRequest struct {
	Goal string `path:"goal" json:"-" validate:"id"`
}

type newGoalRequest struct {
	Goal Goal `json:"goal"`
}

type changedGoalRequest struct {
	ID   string `path:"goal" json:"-" validate:"id"`
	Goal Goal   `json:"goal"`
	Over *int64 `json:"over,omitempty" validate:"omitempty,min=0"` // unix ms of the goal that this one is written in place of
}

type closeGoalRequest struct {
	Goal    string `path:"goal" json:"-" validate:"id"`
	Reached bool   `json:"reached"`
}

type goalsView struct {
	Goals []goalView `json:"goals"`
}

type goalView struct {
	ID       string     `json:"id"`
	Goal     Goal       `json:"goal"`
	At       int64      `json:"at"` // unix ms; when it was kept last: say it as over when writing in its place
	ClosedAt *time.Time `json:"closedAt,omitempty"`
	Reached  bool       `json:"reached"`
}

func viewGoal(g OwnGoal) goalView {
	v := goalView{ID: g.ID, Goal: g.Goal, At: g.At, Reached: g.Reached}
	if v.Goal.SubGoals == nil {
		v.Goal.SubGoals = []SubGoal{}
	}
	if v.Goal.Days == nil {
		v.Goal.Days = []string{}
	}
	if g.ClosedAt > 0 {
		closed := time.UnixMilli(g.ClosedAt).UTC()
		v.ClosedAt = &closed
	}
	return v
}
