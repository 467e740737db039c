package courses

import (
	"context"
	"net/http"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/vault"
	"luotsi/server/web"
)

func mountLearner(r *web.Router, s *Service) {
	trainers := auth.Only(auth.Trainer)
	const tag = "cohorts"

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/cohorts/:cohort/learners/:person", ID: "getLearner", Tag: tag, Access: trainers,
		Summary: "What one learner did; the look is logged", Faults: []*fault.Error{ErrUnknownLearner},
	}, func(ctx context.Context, caller auth.Caller, req learnerRequest) (learnerView, error) {
		l, err := s.Learner(ctx, caller, req.Cohort, req.Person)
		if err != nil {
			return learnerView{}, err
		}
		return s.viewLearner(l, caller.Language), nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/cohorts/:cohort/learners/:person/submissions/:activity", ID: "getSubmission", Tag: tag, Access: trainers,
		Summary: "What a learner handed in; the look is logged", Faults: []*fault.Error{ErrUnknownLearner, ErrUnknownActivity, vault.ErrGone},
	}, func(ctx context.Context, caller auth.Caller, req submissionOfRequest) (submissionView, error) {
		text, at, err := s.Submission(ctx, caller, req.Cohort, req.Person, req.Activity)
		return submissionView{At: at, Text: text}, err
	})
}

type learnerRequest struct {
	Cohort string `path:"cohort" json:"-" validate:"id"`
	Person string `path:"person" json:"-" validate:"id"`
}

type submissionOfRequest struct {
	Cohort   string `path:"cohort" json:"-" validate:"id"`
	Person   string `path:"person" json:"-" validate:"id"`
	Activity string `path:"activity" json:"-" validate:"id"`
}

type learnerView struct {
	Person   string              `json:"person"`
	Name     string              `json:"name"`
	Email    string              `json:"email"`
	Percent  int                 `json:"percent"`
	Done     int                 `json:"done"`
	Total    int                 `json:"total"`
	LastSeen time.Time           `json:"lastSeen,omitzero"`
	Modules  []learnerModuleView `json:"modules"`
	Timeline []timelineView      `json:"timeline"`

	Trains     bool           `json:"trains"` // the caller may decide things about the learner
	Course     string         `json:"course"`
	Completion completionView `json:"completion"`
	Missing    missingView    `json:"missing"`
	// Certificate is the number of the one that is good; Revoked the day it was taken back while no other stands in for it.
	Certificate string   `json:"certificate,omitempty"`
	Revoked     web.Date `json:"revoked,omitempty" validate:"omitempty,date"`
}

type learnerModuleView struct {
	ID         string                `json:"id"`
	Title      string                `json:"title"`
	Percent    int                   `json:"percent"`
	Passed     bool                  `json:"passed"`
	Credit     CreditKind            `json:"credit,omitempty" validate:"omitempty,oneof=prior_learning compensating"`
	Activities []learnerActivityView `json:"activities"`
}

type learnerActivityView struct {
	ID       string     `json:"id"`
	Kind     Kind       `json:"kind" validate:"oneof=lesson video quiz reflection task work contact link development"`
	Title    string     `json:"title"`
	Done     bool       `json:"done"`
	DoneAt   *time.Time `json:"doneAt,omitempty"`
	Attempts int        `json:"attempts"`
	Points   *int       `json:"points,omitempty"`
	Max      *int       `json:"max,omitempty"`
	Passed   *bool      `json:"passed,omitempty"`
	Spent    bool       `json:"spent"` // a quiz without attempts left, which this trainer may reopen
	// Word is whether they were there, of a contact day.
	Word string `json:"word,omitempty" validate:"omitempty,oneof=none present absent compensated"`

	Readable bool         `json:"readable"`        // the learner lets trainers read what they wrote
	Tries    []tryingView `json:"tries,omitempty"` // of something tried at work, oldest first
}

type timelineView struct {
	At       time.Time `json:"at"`
	What     string    `json:"what" validate:"oneof=enrolled done attempted passed submitted viewed planned applied returned approved attended absent compensated acknowledged advanced reflected withdrawn"`
	Activity string    `json:"activity"`
	Title    string    `json:"title"`
	Points   *int      `json:"points,omitempty"`
	Max      *int      `json:"max,omitempty"`
}

// longestTimeline is as far back as a page shows.
const longestTimeline = 500

func (s *Service) viewLearner(l Learner, language Language) learnerView {
	name := s.names.Of(l.Person)
	view := learnerView{
		Person: l.Person, Name: name.Name, Email: name.Email, Percent: l.Percent(), Done: l.Done, Total: l.Total,
		LastSeen: l.LastSeen, Modules: make([]learnerModuleView, len(l.Content.Modules)), Timeline: []timelineView{},
		Trains: l.Trains, Course: l.Course, Missing: missingView(l.Missing()), Certificate: l.Certificate, Revoked: web.Date(l.Revoked),
		Completion: completionView{Days: l.Days, DaysAsked: l.DaysAsked, Approved: l.Approved, Complete: l.Complete()},
	}
	tallies, titles := l.tallies(), map[string]string{}
	for m, module := range l.Content.Modules {
		face, _ := module.Faces.In(language)
		mv := learnerModuleView{
			ID: module.ID, Title: face.Title, Percent: l.Completion.Modules[m].Percent(), Passed: l.Completion.Modules[m].Passed,
			Credit: l.Completion.Modules[m].Credit, Activities: make([]learnerActivityView, len(module.Activities)),
		}
		for a, activity := range module.Activities {
			face, _ := activity.Faces.In(language)
			titles[activity.ID] = face.Title
			t := tallies[l.numbers[activity.ID]]
			av := learnerActivityView{
				ID: activity.ID, Kind: activity.Kind, Title: face.Title, Done: t.DoneAt > 0, Attempts: t.Attempts,
				Spent: slices.Contains(l.Spent, activity.ID),
			}
			if activity.Kind == Contact {
				av.Word = wordOf(l.trail.attendance(l.numbers[activity.ID]).Deed)
			}
			if av.Done {
				av.DoneAt = when(t.DoneAt)
			}
			if t.Max > 0 {
				av.Points, av.Max, av.Passed = &t.Points, &t.Max, &t.Passed
			}
			av.Readable = l.Readable[activity.ID]
			for _, t := range l.Tries {
				if t.Activity == activity.ID {
					av.Tries = append(av.Tries, viewTrying(t, l.Today))
				}
			}
			mv.Activities[a] = av
		}
		view.Modules[m] = mv
	}
	face, _ := l.Content.Faces.In(language)
	view.Timeline = append(view.Timeline, timelineView{At: l.Enrolled, What: "enrolled", Title: face.Title})
	for move := range l.moves() {
		id := l.ids[move.Activity]
		tv := timelineView{At: time.UnixMilli(move.At).UTC(), What: move.Deed.String(), Activity: id, Title: titles[id]}
		if tv.Title == "" {
			tv.Title = id // an activity that the newest version has no more
		}
		if move.Deed == tried || move.Deed == passed {
			tv.Points, tv.Max = &move.Points, &move.Max
		}
		view.Timeline = append(view.Timeline, tv)
	}
	slices.Reverse(view.Timeline)
	slices.SortStableFunc(view.Timeline, func(a, b timelineView) int { return b.At.Compare(a.At) }) // enrolling may have come again
	view.Timeline = view.Timeline[:min(len(view.Timeline), longestTimeline)]
	return view
}
