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

func mountQuizzes(r *web.Router, s *Service) {
	learners := auth.Only(auth.Trainee, auth.Coordinator)
	const tag = "learning"

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/courses/:course/activities/:activity/start", ID: "startQuiz", Tag: tag, Access: learners,
		Status: http.StatusCreated, Summary: "Start an attempt at a quiz, or go on with the open one",
		Faults: []*fault.Error{ErrNotEnrolled, ErrUnknownActivity, ErrWrongKind, ErrLocked, ErrNoAttempts, ErrAttemptWaits, ErrAttemptOver},
	}, func(ctx context.Context, caller auth.Caller, req activityRequest) (startedView, error) {
		p, err := s.StartQuiz(ctx, caller, req.Course, req.Activity)
		if err != nil {
			return startedView{}, err
		}
		if p.Open == nil {
			return startedView{}, ErrAttemptOver // a repeated request, whose attempt is over by now
		}
		return startedView{Attempt: p.Open.Attempt, Ends: ending(p.Open)}, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/courses/:course/activities/:activity/attempts", ID: "attemptQuiz", Tag: tag, Access: learners,
		Status: http.StatusCreated, Summary: "Hand in the answers to a quiz; every question exactly once",
		Faults: []*fault.Error{ErrNotEnrolled, ErrUnknownActivity, ErrWrongKind, ErrLocked, ErrQuizAnswers, ErrNotStarted, ErrAttemptOver,
			ErrTimeOver, ErrNoAttempts, ErrAttemptWaits},
	}, func(ctx context.Context, caller auth.Caller, req attemptRequest) (attemptedView, error) {
		answers := make([]QuizAnswer, len(req.Answers))
		for i, a := range req.Answers {
			answers[i] = QuizAnswer(a)
		}
		attempt, w, err := s.HandIn(ctx, caller, req.Course, req.Activity, req.Attempt, answers)
		if err != nil {
			return attemptedView{}, err
		}
		return attemptedView{
			Attempt:  viewAttempt(attempt, caller.Language),
			Progress: viewProgress(w, req.Activity, caller.Language),
		}, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/courses/:course/activities/:activity/attempts/:attempt", ID: "getAttempt", Tag: tag, Access: learners,
		Summary: "An attempt of mine that is over: what it asked, my answers and what is right",
		Faults:  []*fault.Error{ErrNotEnrolled, ErrUnknownAttempt},
	}, func(ctx context.Context, caller auth.Caller, req reviewRequest) (attemptView, error) {
		a, err := s.ReviewAttempt(ctx, caller, req.Course, req.Activity, req.Attempt)
		if err != nil {
			return attemptView{}, err
		}
		return viewAttempt(a, caller.Language), nil
	})

	mountOpenAnswers(r, s)

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/cohorts/:cohort/learners/:person/quizzes/:activity/reopening", ID: "reopenQuiz", Tag: "cohorts", Access: auth.Only(auth.Trainer),
		Summary: "Give a learner one attempt more, with the reason", Faults: []*fault.Error{ErrUnknownCohort, ErrUnknownActivity, ErrWrongKind, ErrAttemptsLeft, ErrOwnWork},
	}, func(ctx context.Context, caller auth.Caller, req reopeningRequest) (web.None, error) {
		if strings.TrimSpace(req.Reason) == "" {
			return web.None{}, fault.Bad("reason", "required")
		}
		return web.None{}, s.ReopenQuiz(ctx, caller, req.Cohort, req.Person, req.Activity, strings.TrimSpace(req.Reason))
	})
}

type attemptRequest struct {
	Course   string          `path:"course" json:"-" validate:"id"`
	Activity string          `path:"activity" json:"-" validate:"id"`
	Attempt  string          `json:"attempt,omitempty" validate:"omitempty,id"`
	Answers  []answerRequest `json:"answers" validate:"max=100,dive"`
}

type answerRequest struct {
	Question string   `json:"question" validate:"required,max=64,line"`
	Options  []string `json:"options,omitempty" validate:"max=20,dive,max=64,line"`
	Text     string   `json:"text,omitempty" validate:"max=10000,text,no_identity_code"`
}

type reviewRequest struct {
	Course   string `path:"course" json:"-" validate:"id"`
	Activity string `path:"activity" json:"-" validate:"id"`
	Attempt  string `path:"attempt" json:"-" validate:"id"`
}

type reopeningRequest struct {
	Cohort   string `path:"cohort" json:"-" validate:"id"`
	Person   string `path:"person" json:"-" validate:"id"`
	Activity string `path:"activity" json:"-" validate:"id"`
	Reason   string `json:"reason" validate:"required,max=1000,text,no_identity_code"`
}

type startedView struct {
	Attempt string     `json:"attempt"`
	Ends    *time.Time `json:"ends,omitempty"`
}

type quizView struct {
	Pass       int                  `json:"pass"`
	Max        int                  `json:"max"` // points; 0 when it depends on the draw
	Count      int                  `json:"count"`
	Bank       int                  `json:"bank"` // how many questions the drawn ones are of
	NeedsStart bool                 `json:"needsStart"`
	TimeLimit  int                  `json:"timeLimit"` // minutes; 0 is no limit
	Limit      int                  `json:"limit"`     // attempts; 0 is no limit
	Left       int                  `json:"left"`
	Waits      bool                 `json:"waits"` // the newest attempt waits for a trainer's marks
	Open       *openView            `json:"open,omitempty"`
	Questions  []questionView       `json:"questions"` // none until an attempt is started, when it needs a start
	Last       *attemptView         `json:"last,omitempty"`
	Best       *attemptSummaryView  `json:"best,omitempty"`
	History    []attemptSummaryView `json:"history"` // oldest first
	Attempts   int                  `json:"attempts"`
}

// openView is an attempt that goes on; by the server's clock it ends.
type openView struct {
	Attempt string     `json:"attempt"`
	Started time.Time  `json:"started"`
	Ends    *time.Time `json:"ends,omitempty"`
}

type questionView struct {
	ID      string       `json:"id"`
	Type    Answering    `json:"type" validate:"oneof=single multiple true_false matching ordering numeric text open"`
	Text    string       `json:"text"`
	Points  int          `json:"points"`
	Unit    string       `json:"unit,omitempty"`
	Lefts   []optionView `json:"lefts"`   // of a matching: what each gets one of the options
	Options []optionView `json:"options"` // those of true_false have no text
}

type optionView struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

type attemptedView struct {
	Attempt  attemptView  `json:"attempt"`
	Progress progressView `json:"progress"`
}

type attemptSummaryView struct {
	ID     string    `json:"id"`
	At     time.Time `json:"at"`
	Points int       `json:"points"`
	Max    int       `json:"max"`
	Passed bool      `json:"passed"`
	Waits  bool      `json:"waits"`
}

type attemptView struct {
	ID        string             `json:"id"`
	At        time.Time          `json:"at"`
	Points    int                `json:"points"`
	Max       int                `json:"max"`
	Pass      int                `json:"pass"`
	Passed    bool               `json:"passed"`
	Waits     bool               `json:"waits"`
	Comment   string             `json:"comment,omitempty"`
	Questions []questionView     `json:"questions"`
	Answers   []markedAnswerView `json:"answers"`
}

type markedAnswerView struct {
	Question  string             `json:"question"`
	Correct   bool               `json:"correct"`
	Points    int                `json:"points"`
	Max       int                `json:"max"`
	Waits     bool               `json:"waits"`
	Chosen    []string           `json:"chosen"`
	Text      string             `json:"text"`
	Right     []string           `json:"right"`               // options; of an ordering all in order, of a matching one for each left
	RightText string             `json:"rightText,omitempty"` // of a text or a number
	Tolerance string             `json:"tolerance,omitempty"`
	Options   []markedOptionView `json:"options"` // of a choice
	Feedback  string             `json:"feedback,omitempty"`
	Comment   string             `json:"comment,omitempty"`
}

type markedOptionView struct {
	ID       string `json:"id"`
	Correct  bool   `json:"correct"`
	Feedback string `json:"feedback"`
}
