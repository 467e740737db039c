package scheduling

import (
	"context"
	"net/http"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

// mountAnswers adds the page that a mail's link opens. Reading changes nothing: programs that look through mail follow links.
func mountAnswers(r *web.Router, s *Service) {
	faults := []*fault.Error{auth.ErrLinkInvalid, auth.ErrLinkExpired, auth.ErrLinkUsed, ErrCancelled, ErrExpired, ErrNotNow}
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/answers/:link", ID: "getAskedAppointment", Tag: tag, Access: auth.Anyone(), Faults: faults,
		Summary: "What a mail asks: when, where and how, and nothing about the client or who else comes",
	}, func(ctx context.Context, _ auth.Caller, req answerLinkRequest) (askedView, error) {
		q, err := s.Asked(ctx, req.Link)
		if err != nil {
			return askedView{}, err
		}
		v := askedView{
			Start: moment(q.Start), End: moment(q.End), UnitName: s.unitName(q.Unit), Mode: string(q.Mode), State: string(q.Status),
			Role: string(q.Participants[q.Seat].Role), Doctor: q.Seat == 0, Answer: string(q.Answers[q.Seat]), Language: q.Language, Times: foundViews(q.Times, nil),
		}
		if q.Expires != 0 {
			at := moment(q.Expires)
			v.Until = &at
		}
		return v, nil
	})
	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/answers/:link", ID: "answerAskedAppointment", Tag: tag, Access: auth.Anyone(), Faults: append(faults, ErrPast),
		Summary: "Answer what a mail asks, once, without signing in",
	}, func(ctx context.Context, caller auth.Caller, req answerByLinkRequest) (answeredView, error) {
		reply, err := replyOf(req.Answer, req.Reason, req.Proposed)
		if err != nil {
			return answeredView{}, err
		}
		a, err := s.AnswerByLink(ctx, caller.Key, req.Link, reply)
		return answeredView{Answer: req.Answer, State: string(a.Status)}, err
	})
}

type answerLinkRequest struct {
	Link string `path:"link" json:"-" validate:"required,max=200"`
}

type answerByLinkRequest struct {
	Link     string   `path:"link" json:"-" validate:"required,max=200"`
	Answer   string   `json:"answer" validate:"required,oneof=accepted tentative declined"`
	Reason   string   `json:"reason,omitempty" validate:"omitempty,oneof=illness no_time wrong_door other"`
	Proposed []string `json:"proposed,omitempty" validate:"max=3,dive,max=40"`
}

// askedView is what a link asks. Doctor says that the answer decides whether the appointment is, Until when it is waited for.
type askedView struct {
	Start    time.Time  `json:"start"`
	End      time.Time  `json:"end"`
	UnitName string     `json:"unitName"`
	Mode     string     `json:"mode"`
	State    string     `json:"state"`
	Role     string     `json:"role"`
	Doctor   bool       `json:"doctor"`
	Answer   string     `json:"answer"`
	Until    *time.Time `json:"until,omitempty"`
	Language string     `json:"language,omitempty"`
	Times    []timeView `json:"times"`
}

type answeredView struct {
	Answer string `json:"answer"`
	State  string `json:"state"`
}
