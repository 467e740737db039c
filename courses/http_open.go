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

// mountOpenAnswers is about the open answers of quizzes, which wait for a trainer's points.
func mountOpenAnswers(r *web.Router, s *Service) {
	trainers := auth.Only(auth.Trainer)
	const tag = "cohorts"

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/cohorts/:cohort/learners/:person/quizzes/:activity", ID: "getOpenAnswers", Tag: tag, Access: trainers,
		Summary: "The attempt that waits for marks; the look is logged", Faults: []*fault.Error{ErrUnknownCohort, ErrNothingWaits, ErrOwnWork},
	}, func(ctx context.Context, caller auth.Caller, req learnerQuizRequest) (openAnswersView, error) {
		m, err := s.OpenAnswers(ctx, caller, req.Cohort, req.Person, req.Activity)
		if err != nil {
			return openAnswersView{}, err
		}
		return s.viewOpenAnswers(m, caller), nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/cohorts/:cohort/learners/:person/quizzes/:activity/marks", ID: "giveMarks", Tag: tag, Access: trainers,
		Summary: "Mark the open answers of an attempt", Faults: []*fault.Error{ErrUnknownCohort, ErrNothingWaits, ErrMarks, ErrOwnWork, ErrReserved},
	}, func(ctx context.Context, caller auth.Caller, req marksRequest) (web.None, error) {
		marks := make([]OpenMark, len(req.Marks))
		for i, m := range req.Marks {
			marks[i] = OpenMark{m.Question, m.Points, strings.TrimSpace(m.Comment)}
		}
		return web.None{}, s.GiveMarks(ctx, caller, req.Cohort, req.Person, req.Activity, req.Attempt, marks, strings.TrimSpace(req.Comment))
	})
}

type learnerQuizRequest struct {
	Cohort   string `path:"cohort" json:"-" validate:"id"`
	Person   string `path:"person" json:"-" validate:"id"`
	Activity string `path:"activity" json:"-" validate:"id"`
}

type marksRequest struct {
	Cohort   string        `path:"cohort" json:"-" validate:"id"`
	Person   string        `path:"person" json:"-" validate:"id"`
	Activity string        `path:"activity" json:"-" validate:"id"`
	Attempt  string        `json:"attempt" validate:"id"`
	Marks    []markRequest `json:"marks" validate:"required,max=100,dive"`
	Comment  string        `json:"comment,omitempty" validate:"max=5000,text,no_identity_code"`
}

type markRequest struct {
	Question string `json:"question" validate:"required,max=64,line"`
	Points   int    `json:"points" validate:"min=0,max=100"`
	Comment  string `json:"comment,omitempty" validate:"max=5000,text,no_identity_code"`
}

// openAnswersView is an attempt to mark. It is reserved, and its draft kept, under its submission, as those of tasks are.
type openAnswersView struct {
	Submission  string           `json:"submission"`
	Attempt     string           `json:"attempt"`
	Since       time.Time        `json:"since"`
	Person      string           `json:"person"`
	Name        string           `json:"name"`
	Cohort      string           `json:"cohort"`
	CohortName  string           `json:"cohortName"`
	Course      string           `json:"course"`
	Activity    string           `json:"activity"`
	Title       string           `json:"title"`
	ModuleTitle string           `json:"moduleTitle"`
	Points      int              `json:"points"` // of what the program marked
	Max         int              `json:"max"`
	Pass        int              `json:"pass"`
	Answers     []openAnswerView `json:"answers"`
	ReservedBy  string           `json:"reservedBy,omitempty"` // a name
	Until       *time.Time       `json:"until,omitempty"`
	Mine        bool             `json:"mine"`
	Draft       draftView        `json:"draft"`
}

type openAnswerView struct {
	Question string `json:"question"`
	Text     string `json:"text"`
	Guide    string `json:"guide"`
	Max      int    `json:"max"`
	Answer   string `json:"answer"`
}

func (s *Service) viewOpenAnswers(m OpenMarking, caller auth.Caller) openAnswersView {
	view := openAnswersView{
		Submission: m.Run.Answers, Attempt: m.Run.Attempt, Since: time.UnixMilli(m.Run.Since).UTC(), Person: m.Run.Person, Name: s.names.Of(m.Run.Person).Name,
		Cohort: m.Cohort, CohortName: m.CohortName, Course: m.Run.Course, Activity: m.Run.Activity, Title: m.Run.Activity,
		Points: m.Points, Max: m.Max, Pass: m.Paper.Pass, Answers: []openAnswerView{}, Draft: draftView{m.Draft.Rev, m.Draft.Text},
	}
	if m.Activity != nil {
		face, _ := m.Activity.Faces.In(caller.Language)
		module, _ := m.Module.Faces.In(caller.Language)
		view.Title, view.ModuleTitle = face.Title, module.Title
	}
	if m.By != "" {
		view.ReservedBy, view.Until, view.Mine = s.names.Of(m.By).Name, &m.Until, m.By == caller.Person
	}
	for _, q := range m.Paper.Questions {
		for _, answer := range m.Answers {
			if answer.Question != q.ID || !answer.Waits {
				continue
			}
			face, _ := q.Faces.In(caller.Language)
			view.Answers = append(view.Answers, openAnswerView{Question: q.ID, Text: face.Text, Guide: face.Guide, Max: answer.Max, Answer: answer.Text})
		}
	}
	return view
}
