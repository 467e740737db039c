package psycap

import (
	"context"
	"net/http"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountExercises(r *web.Router, s *Service) {
	learners := auth.Only(auth.Trainee, auth.Coordinator)
	readers := auth.Only(auth.Trainee, auth.Coordinator, auth.Trainer)
	const tag = "exercises"

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/psycap/exercises", ID: "listExercises", Tag: tag, Access: readers,
		Summary: "All exercises, in the order they are meant to be done, and what I have begun",
	}, func(_ context.Context, caller auth.Caller, _ web.None) (exercisesView, error) {
		runs, refused := s.Exercises(caller)
		view := exercisesView{Refused: refused, Exercises: []listedExerciseView{}}
		for _, x := range shippedExercises {
			view.Exercises = append(view.Exercises, s.viewListed(x, runs[x.ID]))
		}
		return view, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/psycap/exercises/:exercise", ID: "getExercise", Tag: tag, Access: readers,
		Summary: "An exercise in all its wordings, with my newest runs and the drafts of those that are open", Faults: []*fault.Error{ErrUnknownExercise},
	}, func(ctx context.Context, caller auth.Caller, req exerciseRequest) (exerciseView, error) {
		x := shippedExercise(req.Exercise)
		if x == nil {
			return exerciseView{}, ErrUnknownExercise
		}
		runs, refused := s.Exercises(caller)
		return s.viewExercise(ctx, caller, x, runs[x.ID], refused)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/psycap/exercises/refusal", ID: "refuseExercises", Tag: tag, Access: learners,
		Summary: "Say that I do not want exercises, or that I do after all",
	}, func(ctx context.Context, caller auth.Caller, req refusalRequest) (web.None, error) {
		return web.None{}, s.RefuseExercises(ctx, caller, req.Refused)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/psycap/exercises/:exercise/runs", ID: "beginExercise", Tag: tag, Access: learners, Status: http.StatusCreated,
		Summary: "Begin an exercise, or go on with the one that is open; a daily one begins anew each day",
		Faults:  []*fault.Error{ErrUnknownExercise, ErrExercisesRefused},
	}, func(ctx context.Context, caller auth.Caller, req exerciseRequest) (begunView, error) {
		run, err := s.BeginExercise(ctx, caller, req.Exercise)
		return begunView{Run: run}, err
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/psycap/runs/:run", ID: "getRun", Tag: tag, Access: learners,
		Summary: "What I wrote in an exercise", Faults: []*fault.Error{ErrUnknownRun},
	}, func(ctx context.Context, caller auth.Caller, req runRequest) (writtenView, error) {
		run, text, err := s.WrittenIn(ctx, caller, req.Run)
		return writtenView{Exercise: run.Exercise, Begun: time.UnixMilli(run.Begun).UTC(), FinishedAt: finishedAt(&run), Text: text}, err
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/psycap/runs/:run/steps/:step", ID: "doExerciseStep", Tag: tag, Access: learners,
		Summary: "A step is done, in itself or in its easier variant, which counts the same",
		Faults:  []*fault.Error{ErrUnknownRun, ErrUnknownStep, ErrRunFinished},
	}, func(ctx context.Context, caller auth.Caller, req stepRequest) (web.None, error) {
		return web.None{}, s.DoStep(ctx, caller, req.Run, req.Step, req.Easier)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/psycap/runs/:run/aside", ID: "setExerciseAside", Tag: tag, Access: learners,
		Summary: "Leave an exercise for another time; beginning it again goes on where it was left", Faults: []*fault.Error{ErrUnknownRun, ErrRunFinished},
	}, func(ctx context.Context, caller auth.Caller, req runRequest) (web.None, error) {
		return web.None{}, s.SetAside(ctx, caller, req.Run)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/psycap/runs/:run/finish", ID: "finishExercise", Tag: tag, Access: learners,
		Summary: "Finish an exercise and keep what I wrote, JSON by step and field, in place of the draft",
		Faults:  []*fault.Error{ErrUnknownRun, ErrUnknownExercise, ErrRunFinished},
	}, func(ctx context.Context, caller auth.Caller, req finishRequest) (web.None, error) {
		return web.None{}, s.FinishExercise(ctx, caller, req.Run, req.Text)
	})

	web.Handle(r, web.Route{
		Method: http.MethodDelete, Path: "/api/psycap/runs/:run", ID: "deleteRun", Tag: tag, Access: learners,
		Summary: "Delete what I did and wrote in an exercise", Faults: []*fault.Error{ErrUnknownRun},
	}, func(ctx context.Context, caller auth.Caller, req runRequest) (web.None, error) {
		return web.None{}, s.DeleteRun(ctx, caller, req.Run)
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/cohorts/:cohort/exercises", ID: "getExerciseUse", Tag: tag, Access: auth.Only(auth.Trainer),
		Summary: "How much a cohort used exercises in the last 30 days: counts alone, and none of a group smaller than the floor",
		Faults:  []*fault.Error{ErrNoCohort},
	}, func(_ context.Context, caller auth.Caller, req exerciseUseRequest) (exerciseUseView, error) {
		use, err := s.GroupUse(caller, req.Cohort)
		if err != nil {
			return exerciseUseView{}, err
		}
		view := exerciseUseView{Days: usedDays, Floor: use.Floor}
		if use.Use != nil {
			counts := exerciseCountsView(*use.Use)
			view.Counts = &counts
		}
		return view, nil
	})
}

type exerciseUseRequest struct {
	Cohort string `path:"cohort" json:"-" validate:"id"`
}

type exerciseUseView struct {
	Days   int                 `json:"days"`
	Floor  int                 `json:"floor"`
	Counts *exerciseCountsView `json:"counts,omitempty"` // none of a group smaller than the floor
}

// exerciseCountsView counts times, not people.
type exerciseCountsView struct {
	Begun      int `json:"begun"`
	Finished   int `json:"finished"`
	Unfinished int `json:"unfinished"`
	SetAside   int `json:"setAside"`
	Eased      int `json:"eased"` // with a step in its easier variant
}

type exerciseRequest struct {
	Exercise string `path:"exercise" json:"-" validate:"id"`
}

type refusalRequest struct {
	Refused bool `json:"refused"`
}

type runRequest struct {
	Run string `path:"run" json:"-" validate:"id"`
}

type stepRequest struct {
	Run    string `path:"run" json:"-" validate:"id"`
	Step   string `path:"step" json:"-" validate:"id"`
	Easier bool   `json:"easier"`
}

type finishRequest struct {
	Run  string `path:"run" json:"-" validate:"id"`
	Text string `json:"text" validate:"required,max=50000,text"` // JSON by step and field; {} when nothing was written
}

type exercisesView struct {
	Refused   bool                 `json:"refused"`
	Exercises []listedExerciseView `json:"exercises"` // the first session, the second, then the daily ones
}

type listedExerciseView struct {
	ID      string             `json:"id"`
	Kind    ExerciseKind       `json:"kind" validate:"oneof=steps goal"`
	Part    ResourcePart       `json:"part" validate:"oneof=hope efficacy resilience optimism"`
	Session ExerciseSession    `json:"session" validate:"oneof=1 2 daily"`
	Minutes int                `json:"minutes"`
	Steps   int                `json:"steps"`
	Names   []exerciseNameView `json:"names"` // one of each wording
	Open    *openRunView       `json:"open,omitempty"`
	Done    []finishedRunView  `json:"done"` // newest first, at most seven
}

type exerciseNameView struct {
	Wording Wording `json:"wording" validate:"oneof=fi sv en fi-plain"`
	Title   string  `json:"title"`
	Purpose string  `json:"purpose"`
}

// openRunView is the run that beginning goes on with.
type openRunView struct {
	Run      string    `json:"run"`
	Begun    time.Time `json:"begun"`
	Done     int       `json:"done"` // steps
	SetAside bool      `json:"setAside"`
}

type finishedRunView struct {
	Run        string    `json:"run"`
	FinishedAt time.Time `json:"finishedAt"`
}

// mostShown is how many finished runs of an exercise pages list.
const mostShown = 7

func (s *Service) viewListed(x *Exercise, runs []Run) listedExerciseView {
	view := listedExerciseView{
		ID: x.ID, Kind: x.Kind, Part: x.Part, Session: x.Session, Minutes: x.Minutes, Steps: len(x.Steps),
		Names: []exerciseNameView{}, Done: []finishedRunView{},
	}
	for _, w := range Wordings() {
		view.Names = append(view.Names, exerciseNameView{w, x.Texts[w].Title, x.Texts[w].Purpose})
	}
	today := web.DayOf(s.now())
	for _, r := range runs {
		begun := time.UnixMilli(r.Begun).UTC()
		switch {
		case r.Finished > 0:
			if len(view.Done) < mostShown {
				view.Done = append(view.Done, finishedRunView{r.ID, *finishedAt(&r)})
			}
		case view.Open == nil && (x.Session != Daily || web.DayOf(begun) == today):
			view.Open = &openRunView{Run: r.ID, Begun: begun, Done: len(r.Done), SetAside: r.Aside}
		}
	}
	return view
}

type exerciseView struct {
	ID       string          `json:"id"`
	Kind     ExerciseKind    `json:"kind" validate:"oneof=steps goal"`
	Part     ResourcePart    `json:"part" validate:"oneof=hope efficacy resilience optimism"`
	Session  ExerciseSession `json:"session" validate:"oneof=1 2 daily"`
	Minutes  int             `json:"minutes"`
	Sources  []string        `json:"sources"`
	Steps    []stepView      `json:"steps"`
	Wordings []wordingView   `json:"wordings"` // one of each
	Refused  bool            `json:"refused"`
	Runs     []runView       `json:"runs"` // newest first; open ones, and at most seven that are finished
}

type stepView struct {
	ID      string      `json:"id"`
	Minutes int         `json:"minutes"`
	Fields  []fieldView `json:"fields"`
	Easier  []fieldView `json:"easier"` // of the easier variant
}

type fieldView struct {
	ID      string    `json:"id"`
	Kind    FieldKind `json:"kind" validate:"oneof=text long list choice scale plan"`
	Least   int       `json:"least"` // rows that are hoped for
	Choices []string  `json:"choices"`
	Min     int       `json:"min"`
	Max     int       `json:"max"`
}

type wordingView struct {
	Wording Wording         `json:"wording" validate:"oneof=fi sv en fi-plain"`
	Title   string          `json:"title"`
	Purpose string          `json:"purpose"`
	Steps   []stepTextsView `json:"steps"` // in the order of the steps
}

type stepTextsView struct {
	Step    string           `json:"step"`
	Title   string           `json:"title"`
	Text    string           `json:"text"`
	Example string           `json:"example"` // may be empty
	Easier  string           `json:"easier"`
	Fields  []fieldTextsView `json:"fields"` // of both variants
}

type fieldTextsView struct {
	Field   string           `json:"field"`
	Label   string           `json:"label"`
	Hint    string           `json:"hint"`    // may be empty
	Choices []choiceTextView `json:"choices"` // of a choice
	Low     string           `json:"low"`     // of a scale
	High    string           `json:"high"`
	If      string           `json:"if"` // of a plan
	Then    string           `json:"then"`
}

type choiceTextView struct {
	Choice string `json:"choice"`
	Text   string `json:"text"`
}

type runView struct {
	Run        string             `json:"run"`
	Begun      time.Time          `json:"begun"`
	FinishedAt *time.Time         `json:"finishedAt,omitempty"`
	SetAside   bool               `json:"setAside"`
	Done       []doneView         `json:"done"`
	Draft      *exerciseDraftView `json:"draft,omitempty"` // of one that is open
}

type doneView struct {
	Step   string `json:"step"`
	Easier bool   `json:"easier"`
}

type exerciseDraftView struct {
	Rev  int64  `json:"rev"`
	Text string `json:"text"`
}

type begunView struct {
	Run string `json:"run"`
}

type writtenView struct {
	Exercise   string     `json:"exercise"`
	Begun      time.Time  `json:"begun"`
	FinishedAt *time.Time `json:"finishedAt,omitempty"`
	Text       string     `json:"text"` // JSON by step and field; empty when nothing was written, or it is gone
}

// mostOpen is how many open runs of an exercise a page gets: of daily ones that were left, more could heap up.
const mostOpen = 7

func (s *Service) viewExercise(ctx context.Context, caller auth.Caller, x *Exercise, runs []Run, refused bool) (exerciseView, error) {
	view := exerciseView{
		ID: x.ID, Kind: x.Kind, Part: x.Part, Session: x.Session, Minutes: x.Minutes, Sources: x.Sources,
		Steps: []stepView{}, Wordings: []wordingView{}, Refused: refused, Runs: []runView{},
	}
	for _, step := range x.Steps {
		view.Steps = append(view.Steps, stepView{ID: step.ID, Minutes: step.Minutes, Fields: viewFields(step.Fields), Easier: viewFields(step.Easier)})
	}
	for _, w := range Wordings() {
		view.Wordings = append(view.Wordings, viewWording(x, w))
	}
	finished, open := 0, 0
	for _, r := range runs {
		one := runView{Run: r.ID, Begun: time.UnixMilli(r.Begun).UTC(), FinishedAt: finishedAt(&r), SetAside: r.Aside, Done: []doneView{}}
		for _, d := range r.Done {
			one.Done = append(one.Done, doneView(d))
		}
		if r.Finished > 0 {
			if finished++; finished > mostShown {
				continue
			}
		} else {
			if open++; open > mostOpen {
				continue
			}
			draft, err := s.vault.Draft(ctx, caller.Person, DraftsPrefix+exerciseDrafts+r.ID)
			if err != nil {
				return exerciseView{}, err
			}
			one.Draft = &exerciseDraftView{draft.Rev, draft.Text}
		}
		view.Runs = append(view.Runs, one)
	}
	return view, nil
}

func viewFields(fields []ExerciseField) []fieldView {
	view := []fieldView{}
	for _, f := range fields {
		one := fieldView(f)
		if one.Choices == nil {
			one.Choices = []string{}
		}
		view = append(view, one)
	}
	return view
}

func viewWording(x *Exercise, w Wording) wordingView {
	texts := x.Texts[w]
	view := wordingView{Wording: w, Title: texts.Title, Purpose: texts.Purpose, Steps: []stepTextsView{}}
	for _, step := range x.Steps {
		t := texts.Steps[step.ID]
		one := stepTextsView{Step: step.ID, Title: t.Title, Text: t.Text, Example: t.Example, Easier: t.Easier, Fields: []fieldTextsView{}}
		for _, f := range step.all() {
			ft := t.Fields[f.ID]
			field := fieldTextsView{Field: f.ID, Label: ft.Label, Hint: ft.Hint, Choices: []choiceTextView{}, Low: ft.Low, High: ft.High, If: ft.If, Then: ft.Then}
			for _, choice := range f.Choices {
				field.Choices = append(field.Choices, choiceTextView{choice, ft.Choices[choice]})
			}
			one.Fields = append(one.Fields, field)
		}
		view.Steps = append(view.Steps, one)
	}
	return view
}
