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

func mountFeedback(r *web.Router, s *Service) {
	learners, trainers := auth.Only(auth.Trainee, auth.Coordinator), auth.Only(auth.Trainer)
	const tag = "feedback"

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/courses/:course/activities/:activity/steps", ID: "submitStep", Tag: tag, Access: learners,
		Status: http.StatusCreated, Summary: "Hand in a step of a development task",
		Faults: []*fault.Error{ErrNotEnrolled, ErrUnknownActivity, ErrWrongKind, ErrLocked, ErrStepNotOpen, ErrWrittenSince},
	}, func(ctx context.Context, caller auth.Caller, req stepRequest) (progressView, error) {
		if strings.TrimSpace(req.Text) == "" {
			return progressView{}, fault.Bad("text", "required")
		}
		w, err := s.SubmitStep(ctx, caller, req.Course, req.Activity, req.Step, req.Text, req.Over)
		return progressOf(w, err, req.Activity, caller)
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/submissions/:submission", ID: "getMarking", Tag: tag, Access: trainers,
		Summary: "A text to mark, with all that was said before; the look is logged", Faults: []*fault.Error{ErrUnknownSubmission, ErrOwnWork},
	}, func(ctx context.Context, caller auth.Caller, req markingRequest) (markingView, error) {
		m, err := s.Marking(ctx, caller, req.Submission)
		if err != nil {
			return markingView{}, err
		}
		return s.viewMarking(m, caller), nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/submissions/:submission/reservation", ID: "reserveSubmission", Tag: tag, Access: trainers,
		Summary: "Keep a text for me for half an hour; again while I mark it", Faults: []*fault.Error{ErrUnknownSubmission, ErrOwnWork, ErrReserved, ErrAlreadyMarked, ErrSamePerson, ErrNotSecond},
	}, func(ctx context.Context, caller auth.Caller, req reservationRequest) (reservationView, error) {
		until, err := s.Reserve(ctx, caller, req.Submission, req.TakeOver)
		return reservationView{Until: until}, err
	})

	web.Handle(r, web.Route{
		Method: http.MethodDelete, Path: "/api/submissions/:submission/reservation", ID: "releaseSubmission", Tag: tag, Access: trainers,
		Summary: "Put a text back that I do not mark now", Faults: []*fault.Error{ErrUnknownSubmission, ErrOwnWork},
	}, func(ctx context.Context, caller auth.Caller, req markingRequest) (web.None, error) {
		return web.None{}, s.Release(ctx, caller, req.Submission)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/submissions/:submission/feedback", ID: "giveFeedbackOnWork", Tag: tag, Access: trainers,
		Status: http.StatusNoContent, Summary: "Approve a text, return it or note it, with words, comments in the text and the rubric",
		Faults: []*fault.Error{ErrUnknownSubmission, ErrOwnWork, ErrReserved, ErrAlreadyMarked, ErrNewerText, ErrSamePerson, ErrNotSecond},
	}, func(ctx context.Context, caller auth.Caller, req opinionRequest) (web.None, error) {
		comments := make([]Comment, len(req.Comments))
		for i, c := range req.Comments {
			comments[i] = Comment(c)
		}
		return web.None{}, s.Give(ctx, caller, req.Submission, Opinion{
			Verdict: req.Verdict, Words: req.Words, Comments: comments, Rubric: choicesOf(req.Rubric), Older: req.Older,
		})
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/submissions/:submission/approval", ID: "approveDevelopment", Tag: tag, Access: trainers,
		Status: http.StatusNoContent, Summary: "Approve a whole development task, as the first or as the second person",
		Faults: []*fault.Error{ErrUnknownSubmission, ErrOwnWork, ErrReserved, ErrNotAtThisStage, ErrSamePerson, ErrNotSecond},
	}, func(ctx context.Context, caller auth.Caller, req approvalRequest) (web.None, error) {
		return web.None{}, s.ApproveWhole(ctx, caller, req.Submission, req.Stage, req.Words, req.Second, choicesOf(req.Rubric))
	})
}

type stepRequest struct {
	Course   string `path:"course" json:"-" validate:"id"`
	Activity string `path:"activity" json:"-" validate:"id"`
	Step     string `json:"step" validate:"max=64,line"`
	Text     string `json:"text" validate:"required,max=20000,text,no_identity_code"`
	Over     *int64 `json:"over,omitempty" validate:"omitempty,min=0"` // unix ms of the text that this one is written in place of; 0 for none
}

type markingRequest struct {
	Submission string `path:"submission" json:"-" validate:"id"`
}

type reservationRequest struct {
	Submission string `path:"submission" json:"-" validate:"id"`
	TakeOver   bool   `json:"takeOver"`
}

type reservationView struct {
	Until time.Time `json:"until"`
}

type opinionRequest struct {
	Submission string           `path:"submission" json:"-" validate:"id"`
	Verdict    Verdict          `json:"verdict" validate:"oneof=approved returned noted"`
	Words      string           `json:"words" validate:"max=5000,text,no_identity_code"`
	Comments   []commentRequest `json:"comments" validate:"max=100,dive"`
	Rubric     []choiceRequest  `json:"rubric" validate:"max=20,dive"`
	Older      bool             `json:"older"` // I know that a newer text came
}

type commentRequest struct {
	Start int    `json:"start" validate:"min=0,max=20000"`
	End   int    `json:"end" validate:"min=1,max=20000"`
	Quote string `json:"quote" validate:"required,max=20000,text"`
	Text  string `json:"text" validate:"required,max=2000,text,no_identity_code"`
}

type choiceRequest struct {
	Criterion string `json:"criterion" validate:"id"`
	Level     string `json:"level" validate:"id"`
}

type approvalRequest struct {
	Submission string          `path:"submission" json:"-" validate:"id"`
	Stage      Stage           `json:"stage" validate:"oneof=first second"`
	Words      string          `json:"words" validate:"max=5000,text,no_identity_code"`
	Rubric     []choiceRequest `json:"rubric" validate:"max=20,dive"`
	Second     string          `json:"second" validate:"max=64,line"` // whom I ask to be the second person
}

func choicesOf(chosen []choiceRequest) []RubricChoice {
	all := make([]RubricChoice, len(chosen))
	for i, c := range chosen {
		all[i] = RubricChoice{Criterion: c.Criterion, Level: c.Level}
	}
	return all
}

type criterionView struct {
	ID     string      `json:"id"`
	Title  string      `json:"title"`
	Levels []levelView `json:"levels"`
}

type levelView struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Text   string `json:"text"`
	Points int    `json:"points"`
}

func viewRubric(a *Activity, language Language) []criterionView {
	all := make([]criterionView, len(a.Rubric))
	for i, c := range a.Rubric {
		face, _ := c.Faces.In(language)
		all[i] = criterionView{ID: c.ID, Title: face.Title, Levels: make([]levelView, len(c.Levels))}
		for n, l := range c.Levels {
			face, _ := l.Faces.In(language)
			all[i].Levels[n] = levelView{ID: l.ID, Title: face.Title, Text: face.Text, Points: l.Points}
		}
	}
	return all
}

type roundView struct {
	Submission string              `json:"submission"`
	Step       string              `json:"step,omitempty"`
	At         time.Time           `json:"at"`
	Text       string              `json:"text"`
	Feedback   []givenFeedbackView `json:"feedback"`
}

type givenFeedbackView struct {
	Verdict  Verdict        `json:"verdict" validate:"oneof=approved returned noted"`
	By       string         `json:"by"` // a name; empty when the person is no longer known
	At       time.Time      `json:"at"`
	Words    string         `json:"words"`
	Comments []Comment      `json:"comments"`
	Rubric   []RubricChoice `json:"rubric"`
}

func (s *Service) viewFeedback(f Feedback) givenFeedbackView {
	return givenFeedbackView{
		Verdict: f.Verdict, By: s.names.Of(f.By).Name, At: time.UnixMilli(f.At).UTC(), Words: f.Words,
		Comments: append([]Comment{}, f.Comments...), Rubric: append([]RubricChoice{}, f.Rubric...),
	}
}

func (s *Service) viewRounds(h Handed) []roundView {
	all := make([]roundView, len(h.Rounds))
	for i, r := range h.Rounds {
		all[i] = roundView{Submission: r.Submission, Step: r.Step, At: r.At, Text: r.Text, Feedback: make([]givenFeedbackView, len(r.Feedback))}
		for n, f := range r.Feedback {
			all[i].Feedback[n] = s.viewFeedback(f)
		}
	}
	return all
}

// developmentView is a development task, its steps in their order.
type developmentView struct {
	Stage  Stage              `json:"stage" validate:"oneof=steps first second approved"`
	Steps  []partView         `json:"steps"`
	Rubric []criterionView    `json:"rubric"`
	First  *givenFeedbackView `json:"first,omitempty"`
	Second *givenFeedbackView `json:"second,omitempty"`
}

type partView struct {
	ID     string      `json:"id"` // empty when the task has no steps
	Title  string      `json:"title"`
	Text   string      `json:"text"`
	State  StepState   `json:"state" validate:"oneof=open later waits returned approved"`
	Rounds []roundView `json:"rounds"`
}

func (s *Service) viewDevelopment(a *Activity, h Handed, language Language) *developmentView {
	view := &developmentView{Stage: h.Work.Stage, Steps: make([]partView, len(h.Work.Steps)), Rubric: viewRubric(a, language)}
	rounds := s.viewRounds(h)
	for i, st := range h.Work.Steps {
		view.Steps[i] = partView{ID: st.ID, State: st.State, Rounds: []roundView{}}
		for _, p := range a.Parts {
			if p.ID == st.ID {
				face, _ := p.Faces.In(language)
				view.Steps[i].Title, view.Steps[i].Text = face.Title, face.Text
			}
		}
		for _, r := range rounds {
			if r.Step == st.ID {
				view.Steps[i].Rounds = append(view.Steps[i].Rounds, r)
			}
		}
	}
	if h.First != nil {
		first := s.viewFeedback(*h.First)
		view.First = &first
	}
	if h.Second != nil {
		second := s.viewFeedback(*h.Second)
		view.Second = &second
	}
	return view
}

// markingView is a text to mark. A whole development task is marked under its newest text.
type markingView struct {
	Submission  string           `json:"submission"`
	What        What             `json:"what" validate:"oneof=task step first second quiz"`
	Person      string           `json:"person"`
	Name        string           `json:"name"`
	Cohort      string           `json:"cohort"`
	CohortName  string           `json:"cohortName"`
	Course      string           `json:"course"`
	Activity    string           `json:"activity"`
	Title       string           `json:"title"`
	ModuleTitle string           `json:"moduleTitle"`
	HTML        string           `json:"html"`
	Language    string           `json:"language"`
	Fallback    bool             `json:"fallback"`
	Verdicts    []Verdict        `json:"verdicts" validate:"dive,oneof=approved returned noted"`
	Rubric      []criterionView  `json:"rubric"`
	Rounds      []roundView      `json:"rounds"`
	Development *developmentView `json:"development,omitempty"`
	Newer       string           `json:"newer,omitempty"`
	Marked      bool             `json:"marked"`
	ReservedBy  string           `json:"reservedBy,omitempty"` // a name
	Until       *time.Time       `json:"until,omitempty"`
	Mine        bool             `json:"mine"`
	Asked       string           `json:"asked,omitempty"` // the name of who was asked to be the second person
	Seconds     []candidateView  `json:"seconds"`
	Draft       draftView        `json:"draft"`
}

func (s *Service) viewMarking(m Marking, caller auth.Caller) markingView {
	face, shown := m.Activity.Faces.In(caller.Language)
	module, _ := m.Module.Faces.In(caller.Language)
	view := markingView{
		Submission: m.Submission, What: m.What, Person: m.Person, Name: s.names.Of(m.Person).Name, Cohort: m.Cohort, CohortName: m.CohortName,
		Course: m.Course, Activity: m.Activity.ID, Title: face.Title, ModuleTitle: module.Title, HTML: face.HTML,
		Language: shown, Fallback: shown != caller.Language, Verdicts: m.Verdicts, Rubric: viewRubric(m.Activity, caller.Language),
		Rounds: s.viewRounds(m.Handed), Newer: m.Newer, Marked: m.Marked, Seconds: []candidateView{}, Draft: draftView{m.Draft.Rev, m.Draft.Text},
	}
	if m.Activity.Kind == Development {
		view.Development = s.viewDevelopment(m.Activity, m.Handed, caller.Language)
	}
	if m.By != "" {
		view.ReservedBy, view.Until, view.Mine = s.names.Of(m.By).Name, &m.Until, m.By == caller.Person
	}
	if m.Asked != "" {
		view.Asked = s.names.Of(m.Asked).Name
	}
	for _, person := range m.Seconds {
		view.Seconds = append(view.Seconds, candidateView{ID: person, Name: s.names.Of(person).Name})
	}
	return view
}
