package courses

import (
	"context"
	"net/http"
	"time"

	"luotsi/server/auth"
	"luotsi/server/web"
)

func mountNotices(r *web.Router, s *Service) {
	learners := auth.Only(auth.Trainee, auth.Coordinator)
	const tag = "notices"

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/notices", ID: "listNotices", Tag: tag, Access: learners,
		Summary: "What I am told, the newest first",
	}, func(ctx context.Context, caller auth.Caller, _ web.None) (noticesView, error) {
		feed, err := s.Notices(ctx, caller)
		if err != nil {
			return noticesView{}, err
		}
		view := noticesView{Notices: make([]noticeView, len(feed))}
		for i, n := range feed {
			view.Notices[i] = viewNotice(n)
			if !n.Read {
				view.Unread++
			}
		}
		return view, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/notices/count", ID: "countNotices", Tag: tag, Access: learners,
		Summary: "How many of my notices I have not read",
	}, func(ctx context.Context, caller auth.Caller, _ web.None) (unreadView, error) {
		return unreadView{Unread: s.Unread(ctx, caller)}, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/notices/read", ID: "readNotices", Tag: tag, Access: learners,
		Summary: "I have read these notices; those I do not have are left out",
	}, func(ctx context.Context, caller auth.Caller, req readNoticesRequest) (unreadView, error) {
		if err := s.ReadNotices(ctx, caller, req.Notices); err != nil {
			return unreadView{}, err
		}
		return unreadView{Unread: s.Unread(ctx, caller)}, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/notices/choices", ID: "getNoticeChoices", Tag: tag, Access: learners,
		Summary: "Where I want which notices",
	}, func(ctx context.Context, caller auth.Caller, _ web.None) (noticeChoicesView, error) {
		return viewNoticeChoices(s.NoticeChoices(ctx, caller)), nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/notices/choices", ID: "chooseNotices", Tag: tag, Access: learners,
		Summary: "Say where I want which notices; kinds that are not named stay as they are",
	}, func(ctx context.Context, caller auth.Caller, req noticeChoicesRequest) (noticeChoicesView, error) {
		choices := make([]NoticeChoice, len(req.Choices))
		for i, c := range req.Choices {
			choices[i] = NoticeChoice(c)
		}
		chosen, err := s.ChooseNotices(ctx, caller, choices)
		return viewNoticeChoices(chosen), err
	})
}

type noticesView struct {
	Unread  int          `json:"unread"`
	Notices []noticeView `json:"notices"`
}

type noticeView struct {
	ID          string     `json:"id"`
	At          time.Time  `json:"at"`
	Kind        NoticeKind `json:"kind" validate:"oneof=feedback release due follow_up finished measure goal"`
	News        News       `json:"news" validate:"oneof=returned approved step_approved first_approved noted marked opened changed due follow_up finished measure goal"`
	Title       string     `json:"title"`       // of what it is about
	CourseTitle string     `json:"courseTitle"` // the same when it is about the course
	Course      string     `json:"course"`
	Activity    string     `json:"activity,omitempty"` // when it is about one
	Count       int        `json:"count"`              // of the activities, or of what a measure asks
	Due         web.Date   `json:"due,omitempty"`
	Days        int        `json:"days,omitempty"` // after which it is followed up
	Certificate string     `json:"certificate,omitempty"`
	Goal        string     `json:"goal,omitempty"`
	Read        bool       `json:"read"`
}

func viewNotice(n NamedNotice) noticeView {
	v := noticeView{
		ID: n.ID, At: time.UnixMilli(n.At).UTC(), Kind: n.News.Kind(), News: n.News, Title: n.Title, CourseTitle: n.In, Course: n.Course,
		Count: max(n.Count, len(n.Activities)), Due: web.Date(n.Day), Days: n.Days, Certificate: n.Certificate, Goal: n.Goal, Read: n.Read,
	}
	if len(n.Activities) == 1 {
		v.Activity = n.Activities[0]
	}
	return v
}

type unreadView struct {
	Unread int `json:"unread"`
}

type readNoticesRequest struct {
	Notices []string `json:"notices" validate:"required,max=100,dive,required,max=300,line"`
}

type noticeChoiceView struct {
	Kind NoticeKind `json:"kind" validate:"oneof=feedback release due follow_up finished measure goal"`
	Feed bool       `json:"feed"`
	Mail bool       `json:"mail"`
}

type noticeChoicesView struct {
	Choices []noticeChoiceView `json:"choices"`
}

type noticeChoicesRequest struct {
	Choices []noticeChoiceView `json:"choices" validate:"required,max=7,dive"`
}

func viewNoticeChoices(choices []NoticeChoice) noticeChoicesView {
	v := noticeChoicesView{Choices: make([]noticeChoiceView, len(choices))}
	for i, c := range choices {
		v.Choices[i] = noticeChoiceView(c)
	}
	return v
}
