package courses

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountCohorts(r *web.Router, s *Service) {
	trainers := auth.Only(auth.Trainer)
	const tag = "cohorts"

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/cohorts", ID: "listCohorts", Tag: tag, Access: trainers,
		Summary: "The cohorts in my care",
	}, func(ctx context.Context, caller auth.Caller, _ web.None) (cohortsView, error) {
		groups, err := s.Groups(ctx, caller)
		if err != nil {
			return cohortsView{}, err
		}
		view := cohortsView{Cohorts: []cohortView{}}
		for _, g := range groups {
			c, err := s.viewCohort(ctx, g, caller.Language)
			if err != nil {
				return cohortsView{}, err
			}
			view.Cohorts = append(view.Cohorts, c)
		}
		view.Courses, err = s.viewChoices(ctx, caller.Language)
		return view, err
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/cohorts", ID: "openCohort", Tag: tag, Access: trainers,
		Status: http.StatusCreated, Summary: "Open a cohort in a unit of mine",
	}, func(ctx context.Context, caller auth.Caller, req openCohortRequest) (cohortView, error) {
		if req.Name = strings.TrimSpace(req.Name); req.Name == "" {
			return cohortView{}, fault.Bad("name", "required")
		}
		g, err := s.Open(ctx, caller, Cohort{Course: req.Course, Unit: req.Unit, Name: req.Name, Starts: string(req.Starts)})
		if err != nil {
			return cohortView{}, err
		}
		return s.viewCohort(ctx, g, caller.Language)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/cohorts/:cohort/learners", ID: "enrolLearners", Tag: tag, Access: trainers,
		Summary: "Enrol people: all of them or none", Faults: []*fault.Error{ErrUnknownCohort, ErrEnrolledElsewhere},
	}, func(ctx context.Context, caller auth.Caller, req enrolRequest) (cohortView, error) {
		g, err := s.Enrol(ctx, caller, req.Cohort, req.People)
		if err != nil {
			return cohortView{}, err
		}
		return s.viewCohort(ctx, g, caller.Language)
	})

	web.Handle(r, web.Route{
		Method: http.MethodDelete, Path: "/api/cohorts/:cohort/learners/:person", ID: "removeLearner", Tag: tag, Access: trainers,
		Summary: "Take somebody out of a cohort; what they did is kept", Faults: []*fault.Error{ErrUnknownCohort},
	}, func(ctx context.Context, caller auth.Caller, req learnerRequest) (web.None, error) {
		return web.None{}, s.Remove(ctx, caller, req.Cohort, req.Person)
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/cohorts/:cohort/candidates", ID: "findCandidates", Tag: tag, Access: trainers,
		Summary: "People who could be enrolled, by a part of their name", Faults: []*fault.Error{ErrUnknownCohort},
	}, func(ctx context.Context, caller auth.Caller, req candidatesRequest) (candidatesView, error) {
		found, err := s.Candidates(ctx, caller, req.Cohort, req.Q)
		if err != nil {
			return candidatesView{}, err
		}
		view := candidatesView{People: make([]candidateView, len(found))}
		for i, person := range found {
			view.People[i] = candidateView{ID: person, Name: s.names.Of(person).Name}
		}
		return view, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/cohorts/:cohort/matrix", ID: "getMatrix", Tag: tag, Access: trainers,
		Summary: "Who has done what, least done first", Faults: []*fault.Error{ErrUnknownCohort},
	}, func(ctx context.Context, caller auth.Caller, req cohortRequest) (matrixView, error) {
		return s.matrixAnswer(ctx, caller, req.Cohort)
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/counts", ID: "getCounts", Tag: tag, Access: auth.Only(auth.Manager),
		Summary: "Figures of the cohorts of my units, without names; groups under 10 are hidden",
	}, func(ctx context.Context, caller auth.Caller, _ web.None) (countsView, error) {
		cohorts, total, err := s.Counts(ctx, caller)
		if err != nil {
			return countsView{}, err
		}
		view := countsView{Cohorts: make([]countView, len(cohorts)), Total: totalView{total.Learners, total.Finished, total.Percent, total.Hidden}}
		for i, f := range cohorts {
			view.Cohorts[i] = countView(f)
		}
		return view, nil
	})
}

type cohortRequest struct {
	Cohort string `path:"cohort" json:"-" validate:"id"`
}

type openCohortRequest struct {
	Name   string   `json:"name" validate:"required,max=120,line,no_identity_code"`
	Course string   `json:"course" validate:"id"`
	Unit   string   `json:"unit" validate:"id"`
	Starts web.Date `json:"starts" validate:"date"`
}

type enrolRequest struct {
	Cohort string   `path:"cohort" json:"-" validate:"id"`
	People []string `json:"people" validate:"required,min=1,max=500,dive,id"`
}

type candidatesRequest struct {
	Cohort string `path:"cohort" json:"-" validate:"id"`
	Q      string `query:"q" json:"-" validate:"max=100,line"`
}

type cohortsView struct {
	Cohorts []cohortView `json:"cohorts"`
	Courses []choiceView `json:"courses"` // those a new cohort may go through
}

type choiceView struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

func (s *Service) viewChoices(ctx context.Context, language Language) ([]choiceView, error) {
	hashes := s.newest()
	choices := make([]choiceView, 0, len(hashes))
	for id, hash := range hashes {
		content, err := s.contents.get(ctx, id, hash)
		if err != nil {
			return nil, err
		}
		face, _ := content.Faces.In(language)
		choices = append(choices, choiceView{id, face.Title})
	}
	slices.SortFunc(choices, func(a, b choiceView) int { return strings.Compare(a.Title, b.Title) })
	return choices, nil
}

type cohortView struct {
	ID          string   `json:"id"`
	Name        string   `json:"name"`
	Course      string   `json:"course"`
	CourseTitle string   `json:"courseTitle"`
	Unit        string   `json:"unit"`
	UnitName    string   `json:"unitName"`
	Starts      web.Date `json:"starts" validate:"date"`
	Learners    int      `json:"learners"` // who came in
	Invited     int      `json:"invited"`  // who did not yet: they count in nothing else
	Percent     int      `json:"percent"`
	Behind      int      `json:"behind"`
}

func (s *Service) viewCohort(ctx context.Context, g Group, language Language) (cohortView, error) {
	content, err := s.contents.get(ctx, g.Course, g.edition.hash)
	if err != nil {
		return cohortView{}, err
	}
	face, _ := content.Faces.In(language)
	return cohortView{
		ID: g.ID, Name: g.Name, Course: g.Course, CourseTitle: face.Title, Unit: g.Unit, UnitName: g.UnitName,
		Starts: web.Date(g.Starts), Learners: g.Learners, Invited: g.Invited, Percent: g.Percent, Behind: g.Behind,
	}, nil
}

type candidatesView struct {
	People []candidateView `json:"people"`
}

type candidateView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type countsView struct {
	Cohorts []countView `json:"cohorts"`
	Total   totalView   `json:"total"`
}

type countView struct {
	Cohort   string `json:"cohort"`
	Name     string `json:"name"`
	Learners int    `json:"learners"`
	Finished int    `json:"finished"`
	Percent  int    `json:"percent"`
	Hidden   bool   `json:"hidden"`
}

type totalView struct {
	Learners int  `json:"learners"`
	Finished int  `json:"finished"`
	Percent  int  `json:"percent"`
	Hidden   bool `json:"hidden"`
}
