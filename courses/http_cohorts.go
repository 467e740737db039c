package courses

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/vault"
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

type learnerRequest struct {
	Cohort string `path:"cohort" json:"-" validate:"id"`
	Person string `path:"person" json:"-" validate:"id"`
}

type submissionOfRequest struct {
	Cohort   string `path:"cohort" json:"-" validate:"id"`
	Person   string `path:"person" json:"-" validate:"id"`
	Activity string `path:"activity" json:"-" validate:"id"`
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
	hashes := map[string]string{}
	s.journal.View(func() {
		for id, ed := range s.state.editions {
			hashes[id] = ed.hash
		}
	})
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
	Learners    int      `json:"learners"`
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
		Starts: web.Date(g.Starts), Learners: g.Learners, Percent: g.Percent, Behind: g.Behind,
	}, nil
}

type candidatesView struct {
	People []candidateView `json:"people"`
}

type candidateView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type matrixView struct {
	Cohort   cohortView         `json:"cohort"`
	Modules  []matrixModuleView `json:"modules"`
	Legend   map[string]string  `json:"legend"`
	Learners []matrixRowView    `json:"learners"`

	encoded []byte // the whole view as JSON, when it was made before
}

type matrixModuleView struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	Activities int    `json:"activities"`
}

type matrixRowView struct {
	Person   string    `json:"person"`
	Name     string    `json:"name"`
	Percent  int       `json:"percent"`
	LastSeen time.Time `json:"lastSeen,omitzero"`
	Modules  []int     `json:"modules"`
	Cells    string    `json:"cells"` // a byte for each activity; see legend
}

func (s *Service) viewMatrix(ctx context.Context, m Matrix, language Language) (matrixView, error) {
	cohort, err := s.viewCohort(ctx, m.Group, language)
	if err != nil {
		return matrixView{}, err
	}
	content, err := s.contents.get(ctx, m.Course, m.edition.hash)
	if err != nil {
		return matrixView{}, err
	}
	modules := m.edition.modules
	view := matrixView{
		Cohort: cohort, Modules: make([]matrixModuleView, len(modules)), Learners: make([]matrixRowView, len(m.Rows)),
		Legend: make(map[string]string, len(cellNames)),
	}
	for cell, name := range cellNames {
		view.Legend[string(cell)] = name
	}
	for i, module := range content.Modules {
		face, _ := module.Faces.In(language)
		view.Modules[i] = matrixModuleView{ID: module.ID, Title: face.Title, Activities: len(module.Activities)}
	}
	percents := make([]int, len(m.Rows)*len(modules))
	cells := string(m.cells)
	for i, row := range m.Rows {
		mine := percents[i*len(modules) : (i+1)*len(modules)]
		for n := range modules {
			mine[n] = row.modules[n].Percent()
		}
		view.Learners[i] = matrixRowView{
			Person: row.Person, Name: s.names.Of(row.Person).Name, Percent: row.Percent,
			LastSeen: row.LastSeen, Modules: mine, Cells: cells[row.from : row.from+len(row.Cells)],
		}
	}
	return view, nil
}

// AppendJSON writes what json.Marshal would, several times as fast: a matrix is large and trainers look at it all day.
func (v matrixView) AppendJSON(to []byte) ([]byte, error) {
	if v.encoded != nil {
		return append(to, v.encoded...), nil
	}
	rows := v.Learners
	v.Learners = []matrixRowView{}
	type plain matrixView // without this method
	head, err := json.Marshal(plain(v))
	if err != nil {
		return nil, err
	}
	to = append(slices.Grow(to, len(head)+len(rows)*400), bytes.TrimSuffix(head, []byte("]}"))...)
	for i, row := range rows {
		if i > 0 {
			to = append(to, ',')
		}
		to = appendText(append(to, `{"person":`...), row.Person)
		to = appendText(append(to, `,"name":`...), row.Name)
		to = strconv.AppendInt(append(to, `,"percent":`...), int64(row.Percent), 10)
		if !row.LastSeen.IsZero() {
			to = row.LastSeen.AppendFormat(append(to, `,"lastSeen":"`...), time.RFC3339Nano)
			to = append(to, '"')
		}
		to = append(to, `,"modules":[`...)
		for n, percent := range row.Modules {
			if n > 0 {
				to = append(to, ',')
			}
			to = strconv.AppendInt(to, int64(percent), 10)
		}
		to = append(append(to, `],"cells":"`...), row.Cells...) // nothing in cells has to be escaped
		to = append(to, `"}`...)
	}
	return append(to, "]}"...), nil
}

// appendText writes a JSON string.
func appendText(to []byte, text string) []byte {
	valid := utf8.ValidString(text)
	for i := range len(text) {
		if c := text[i]; !valid || c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c >= 0xe2 {
			quoted, err := json.Marshal(text)
			if err != nil {
				return append(to, `""`...) // no text fails to be encoded
			}
			return append(to, quoted...)
		}
	}
	to = append(to, '"')
	to = append(to, text...)
	return append(to, '"')
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
