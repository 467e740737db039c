package courses

import (
	"context"
	"net/http"
	"strings"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/vault"
	"luotsi/server/web"
)

// Mount adds the routes of learning and of cohorts.
func Mount(r *web.Router, s *Service) {
	mountLearning(r, s)
	mountQuizzes(r, s)
	mountCohorts(r, s)
	mountInvitations(r, s)
	mountLearner(r, s)
	mountRoster(r, s)
	mountAttendance(r, s)
	mountFeedback(r, s)
	mountQueue(r, s)
	mountGroup(r, s)
	mountChange(r, s)
	mountWork(r, s)
	mountApplied(r, s)
	mountReflection(r, s)
	mountLink(r, s)
	mountVideo(r, s)
	mountCertificates(r, s)
	mountDecisions(r, s)
	mountFiles(r, s)
	mountNotices(r, s)
}

func mountLearning(r *web.Router, s *Service) {
	learners := auth.Only(auth.Trainee, auth.Coordinator)
	writers := auth.Only(auth.Trainee, auth.Coordinator, auth.Trainer)
	const tag = "learning"

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/learning", ID: "listLearning", Tag: tag, Access: learners,
		Summary: "The courses I go through, and where I go on",
	}, func(ctx context.Context, caller auth.Caller, _ web.None) (learningView, error) {
		ways, err := s.Ways(ctx, caller)
		if err != nil {
			return learningView{}, err
		}
		view := learningView{Courses: []learningCourseView{}}
		for _, w := range ways {
			view.Courses = append(view.Courses, viewLearningCourse(w, caller.Language))
		}
		return view, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/courses/:course", ID: "getCourse", Tag: tag, Access: learners,
		Summary: "A course with its modules and my progress", Faults: []*fault.Error{ErrNotEnrolled},
	}, func(ctx context.Context, caller auth.Caller, req courseRequest) (courseView, error) {
		w, err := s.Way(ctx, caller, req.Course)
		if err != nil {
			return courseView{}, err
		}
		return viewCourse(w, caller.Language), nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/courses/:course/activities/:activity", ID: "getActivity", Tag: tag, Access: learners,
		Summary: "A lesson, a quiz or a task, with my draft and my newest attempt", Faults: []*fault.Error{ErrNotEnrolled, ErrUnknownActivity, ErrLocked},
	}, func(ctx context.Context, caller auth.Caller, req activityRequest) (activityView, error) {
		p, err := s.Activity(ctx, caller, req.Course, req.Activity)
		if err != nil {
			return activityView{}, err
		}
		return s.viewActivity(p, caller.Language), nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/courses/:course/activities/:activity/done", ID: "completeLesson", Tag: tag, Access: learners,
		Summary: "A lesson is done", Faults: []*fault.Error{ErrNotEnrolled, ErrUnknownActivity, ErrWrongKind, ErrLocked},
	}, func(ctx context.Context, caller auth.Caller, req activityRequest) (progressView, error) {
		w, err := s.Complete(ctx, caller, req.Course, req.Activity)
		return progressOf(w, err, req.Activity, caller)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/courses/:course/activities/:activity/submission", ID: "submitTask", Tag: tag, Access: learners,
		Status: http.StatusCreated, Summary: "Hand in a task; again, if it is better now",
		Faults: []*fault.Error{ErrNotEnrolled, ErrUnknownActivity, ErrWrongKind, ErrLocked, ErrWrittenSince},
	}, func(ctx context.Context, caller auth.Caller, req submissionRequest) (progressView, error) {
		if strings.TrimSpace(req.Text) == "" {
			return progressView{}, fault.Bad("text", "required")
		}
		w, err := s.Submit(ctx, caller, req.Course, req.Activity, req.Text, req.Over)
		return progressOf(w, err, req.Activity, caller)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/courses/:course/place", ID: "savePlace", Tag: tag, Access: learners,
		Summary: "Where I am now, or was at a time; nothing changes when a later place is known", Faults: []*fault.Error{ErrNotEnrolled, ErrUnknownActivity},
	}, func(ctx context.Context, caller auth.Caller, req placeRequest) (web.None, error) {
		return web.None{}, s.SavePlace(ctx, caller, req.Course, Place{Activity: req.Activity, Position: req.Position, Second: req.Second}, req.At)
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/drafts/:subject", ID: "getDraft", Tag: tag, Access: writers,
		Summary: "My unfinished work on a quiz or a task, <course>.<activity>, or on feedback, feedback:<submission>",
		Faults:  []*fault.Error{ErrNotEnrolled, ErrUnknownActivity, ErrWrongKind, ErrUnknownSubmission, ErrOwnWork},
	}, func(ctx context.Context, caller auth.Caller, req subjectRequest) (draftView, error) {
		d, err := s.Draft(ctx, caller, req.Subject)
		return draftView{Rev: d.Rev, Text: d.Text}, err
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/drafts/:subject", ID: "saveDraft", Tag: tag, Access: writers,
		Summary: "Keep my unfinished work in place of revision rev",
		Faults: []*fault.Error{ErrNotEnrolled, ErrUnknownActivity, ErrWrongKind, ErrUnknownSubmission, ErrOwnWork, ErrTimeOver, ErrAttemptOver,
			vault.ErrDraftConflict},
	}, func(ctx context.Context, caller auth.Caller, req saveDraftRequest) (savedDraftView, error) {
		d, err := s.SaveDraft(ctx, caller, req.Subject, req.Rev, req.Text)
		return savedDraftView{Rev: d.Rev}, err
	})
}

type courseRequest struct {
	Course string `path:"course" json:"-" validate:"id"`
}

type activityRequest struct {
	Course   string `path:"course" json:"-" validate:"id"`
	Activity string `path:"activity" json:"-" validate:"id"`
}

type submissionRequest struct {
	Course   string `path:"course" json:"-" validate:"id"`
	Activity string `path:"activity" json:"-" validate:"id"`
	Text     string `json:"text" validate:"required,max=20000,text,no_identity_code"`
	Over     *int64 `json:"over,omitempty" validate:"omitempty,min=0"` // unix ms of the text that this one is written in place of; 0 for none
}

type placeRequest struct {
	Course   string `path:"course" json:"-" validate:"id"`
	Activity string `json:"activity" validate:"id"`
	Position int    `json:"position" validate:"min=0,max=1000"`
	Second   int    `json:"second,omitempty" validate:"min=0,max=86400"`
	At       int64  `json:"at,omitempty" validate:"min=0"` // unix ms; now when it is left out
}

type subjectRequest struct {
	Subject string `path:"subject" json:"-" validate:"max=129,line"`
}

type saveDraftRequest struct {
	Subject string `path:"subject" json:"-" validate:"max=129,line"`
	Rev     int64  `json:"rev" validate:"min=0"`
	Text    string `json:"text" validate:"max=50000,text,no_identity_code"`
}

type draftView struct {
	Rev  int64  `json:"rev"`
	Text string `json:"text"`
}

type savedDraftView struct {
	Rev int64 `json:"rev"`
}

type continueView struct {
	Activity     string `json:"activity"`
	Module       string `json:"module"`
	ModuleTitle  string `json:"moduleTitle"`
	Title        string `json:"title"`
	Kind         Kind   `json:"kind" validate:"oneof=lesson video quiz reflection task work contact link development"`
	Minutes      int    `json:"minutes"`      // left, when it was begun
	ModuleNumber int    `json:"moduleNumber"` // of its module in the course, from 1
	Number       int    `json:"number"`       // of it among those of its kind in the module, from 1

	Second int `json:"second,omitempty"` // of a video, where it goes on
}

type learningView struct {
	Courses []learningCourseView `json:"courses"`
}

type learningCourseView struct {
	Course     string        `json:"course"`
	Title      string        `json:"title"`
	Summary    string        `json:"summary"`
	Cohort     string        `json:"cohort"`
	CohortName string        `json:"cohortName"`
	Percent    int           `json:"percent"`
	Done       int           `json:"done"`
	Total      int           `json:"total"`
	Language   string        `json:"language"`
	Fallback   bool          `json:"fallback"`
	Continue   *continueView `json:"continue,omitempty"`

	FollowUps []followUpView `json:"followUps"`
	// Certificate is the number of mine; none before the course is finished.
	Certificate string `json:"certificate,omitempty"`
	// Revoked is the day mine was taken back, as long as no other one stands in for it.
	Revoked web.Date `json:"revoked,omitempty" validate:"omitempty,date"`
}

type courseView struct {
	ID       string        `json:"id"`
	Title    string        `json:"title"`
	Summary  string        `json:"summary"`
	HTML     string        `json:"html"`
	Language string        `json:"language"`
	Fallback bool          `json:"fallback"`
	Version  string        `json:"version"`
	Percent  int           `json:"percent"`
	Done     int           `json:"done"`
	Total    int           `json:"total"`
	Continue *continueView `json:"continue,omitempty"`
	Modules  []moduleView  `json:"modules"`

	Completion completionView `json:"completion"`
	// Certificate is the number of mine; none before the course is finished.
	Certificate string `json:"certificate,omitempty"`
	// Revoked is the day mine was taken back, as long as no other one stands in for it.
	Revoked web.Date `json:"revoked,omitempty" validate:"omitempty,date"`
}

// completionView is what is asked for beside the modules.
type completionView struct {
	Days      int  `json:"days"` // contact days attended or compensated, up to those asked for
	DaysAsked int  `json:"daysAsked"`
	Approved  bool `json:"approved"` // the development task, by a second person; true when there is none
	Complete  bool `json:"complete"`
}

// lockView is one reason why an activity is not open: a day, or what has to be finished first.
type lockView struct {
	Opens web.Date `json:"opens,omitempty" validate:"omitempty,date"`
	After string   `json:"after,omitempty"` // a module or an activity
}

type lockedInfo struct {
	Locks []lockView `json:"locks"`
}

type moduleView struct {
	ID         string                `json:"id"`
	Title      string                `json:"title"`
	Hours      int                   `json:"hours"`
	Goals      []string              `json:"goals"`
	Outline    []string              `json:"outline"`
	Output     string                `json:"output"`
	HTML       string                `json:"html"`
	Sources    []string              `json:"sources"`
	Reviewed   web.Date              `json:"reviewed" validate:"date"`
	ReviewBy   web.Date              `json:"reviewBy" validate:"date"`
	Percent    int                   `json:"percent"`
	Passed     bool                  `json:"passed"`
	Credit     CreditKind            `json:"credit,omitempty" validate:"omitempty,oneof=prior_learning compensating"`
	Language   string                `json:"language"`
	Fallback   bool                  `json:"fallback"`
	Activities []activitySummaryView `json:"activities"`
}

type activitySummaryView struct {
	ID      string `json:"id"`
	Kind    Kind   `json:"kind" validate:"oneof=lesson video quiz reflection task work contact link development"`
	Title   string `json:"title"`
	Minutes int    `json:"minutes"`

	Requires Requirement `json:"requires" validate:"oneof=view do submit pass approve attend apply"`
	Optional bool        `json:"optional"`
	Done     bool        `json:"done"`
	Changed  bool        `json:"changed"` // since its learner finished it; they have not said yet that they read what
	State    string      `json:"state" validate:"oneof=not_started begun waits returned done credited"`
	Locks    []lockView  `json:"locks"` // why it is not open; empty when it is
	Due      web.Date    `json:"due,omitempty" validate:"omitempty,date"`

	Passed *bool `json:"passed,omitempty"`
	Points *int  `json:"points,omitempty"`
	Max    *int  `json:"max,omitempty"`
}

type activityView struct {
	ID          string `json:"id"`
	Course      string `json:"course"`
	Kind        Kind   `json:"kind" validate:"oneof=lesson video quiz reflection task work contact link development"`
	Module      string `json:"module"`
	ModuleTitle string `json:"moduleTitle"`
	Title       string `json:"title"`
	Minutes     int    `json:"minutes"`
	HTML        string `json:"html"`
	Language    string `json:"language"`
	Fallback    bool   `json:"fallback"`
	Done        bool   `json:"done"`
	State       string `json:"state" validate:"oneof=not_started begun waits returned done credited"`

	Requires Requirement `json:"requires" validate:"oneof=view do submit pass approve attend apply"`
	Due      web.Date    `json:"due,omitempty" validate:"omitempty,date"`

	DoneAt   *time.Time `json:"doneAt,omitempty"`
	Previous *linkView  `json:"previous,omitempty"`
	Next     *linkView  `json:"next,omitempty"`
	Percent  int        `json:"percent"`
	Draft    draftView  `json:"draft"`
	Place    *placeView `json:"place,omitempty"`
	Quiz     *quizView  `json:"quiz,omitempty"`
	Task     *taskView  `json:"task,omitempty"`

	Development *developmentView `json:"development,omitempty"`
	Change      *changeView      `json:"change,omitempty"`
	Work        *workView        `json:"work,omitempty"`
	Reflection  *reflectionView  `json:"reflection,omitempty"`

	Elsewhere *elsewhereView `json:"elsewhere,omitempty"`
	Video     *videoView     `json:"video,omitempty"`
}

type linkView struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Kind  Kind   `json:"kind" validate:"oneof=lesson video quiz reflection task work contact link development"`
}

type placeView struct {
	Activity string `json:"activity"`
	Position int    `json:"position"`         // per mille of a text, or of a video that was watched, or the number of a question
	Second   int    `json:"second,omitempty"` // of a video
}

type taskView struct {
	Submitted *submissionView `json:"submitted,omitempty"`
	Rubric    []criterionView `json:"rubric"`
	Rounds    []roundView     `json:"rounds"` // what was handed in, oldest first, with its feedback
}

type submissionView struct {
	At   time.Time `json:"at"`
	Text string    `json:"text"`
}

type progressView struct {
	Percent       int           `json:"percent"`
	Done          int           `json:"done"`
	Total         int           `json:"total"`
	ModulePercent int           `json:"modulePercent"`
	Continue      *continueView `json:"continue,omitempty"`
}
