package courses

import (
	"context"
	"net/http"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountRoster(r *web.Router, s *Service) {
	trainers := auth.Only(auth.Trainer)
	const tag = "cohorts"

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/cohorts/:cohort/roster", ID: "getRoster", Tag: tag, Access: trainers,
		Summary: "The learners of a cohort by name, with what each still has to do", Faults: []*fault.Error{ErrUnknownCohort},
	}, func(ctx context.Context, caller auth.Caller, req cohortRequest) (rosterView, error) {
		return s.rosterAnswer(ctx, caller, req.Cohort)
	})
}

type rosterView struct {
	Cohort   cohortView         `json:"cohort"`
	Trains   bool               `json:"trains"`  // the caller may change the cohort
	Grouped  bool               `json:"grouped"` // the caller has a small group in it
	Counts   rosterCountsView   `json:"counts"`
	Modules  []rosterModuleView `json:"modules"`
	Groups   []rosterGroupView  `json:"groups"`
	Trainers []candidateView    `json:"trainers"` // who can have a small group
	Learners []rosterRowView    `json:"learners"`

	encoded []byte // the whole view as JSON, when it was made before
}

type rosterCountsView struct {
	Waiting  int `json:"waiting"`
	Behind   int `json:"behind"`
	Away     int `json:"away"`
	Complete int `json:"complete"`
	Invited  int `json:"invited"`
}

type rosterModuleView struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

type rosterGroupView struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Mine     bool     `json:"mine"`
	Trainers []string `json:"trainers"`
}

type rosterRowView struct {
	Person   string    `json:"person"`
	Name     string    `json:"name"`
	Percent  int       `json:"percent"`
	LastSeen time.Time `json:"lastSeen,omitzero"`
	Waiting  int       `json:"waiting"` // what was handed in and waits for a trainer
	Behind   bool      `json:"behind"`
	Away     bool      `json:"away"`
	Complete bool      `json:"complete"`
	Invited  bool      `json:"invited"` // never came in: neither behind nor away
	// InvitedUntil is when their link stops; absent when none serves any more.
	InvitedUntil time.Time   `json:"invitedUntil,omitzero"`
	MayInvite    bool        `json:"mayInvite"` // the caller may send another invitation, or withdraw it
	Group        string      `json:"group,omitempty"`
	Mine         bool        `json:"mine"` // the caller looks after them first, or nobody does
	Missing      missingView `json:"missing"`
	Next         *nextView   `json:"next,omitempty"` // what is to be done first; absent when it is not the learner's turn
}

type nextView struct {
	Module int    `json:"module"` // its place in the course from 0
	Title  string `json:"title"`
}

type missingView struct {
	Begun       []int `json:"begun"`   // modules begun and not passed, by their place from 0
	Modules     int   `json:"modules"` // modules not passed
	Days        int   `json:"days"`
	Development bool  `json:"development"`
}

func (s *Service) viewRoster(ctx context.Context, r Roster, caller auth.Caller) (rosterView, error) {
	cohort, err := s.viewCohort(ctx, r.Group, caller.Language)
	if err != nil {
		return rosterView{}, err
	}
	content, err := s.contents.get(ctx, r.Course, r.edition.hash)
	if err != nil {
		return rosterView{}, err
	}
	view := rosterView{
		Cohort: cohort, Trains: r.Trains, Grouped: r.Grouped, Modules: make([]rosterModuleView, len(content.Modules)), Groups: make([]rosterGroupView, len(r.Groups)),
		Trainers: make([]candidateView, len(r.Trainers)), Learners: make([]rosterRowView, len(r.Rows)),
	}
	nexts := map[string]*nextView{}
	for i, m := range content.Modules {
		face, _ := m.Faces.In(caller.Language)
		view.Modules[i] = rosterModuleView{m.ID, face.Title}
		for _, a := range m.Activities {
			face, _ := a.Faces.In(caller.Language)
			nexts[a.ID] = &nextView{i, face.Title}
		}
	}
	for i, g := range r.Groups {
		view.Groups[i] = rosterGroupView{ID: g.ID, Name: g.Name, Mine: slices.Contains(g.Trainers, caller.Person), Trainers: list(g.Trainers)}
	}
	for i, person := range r.Trainers {
		view.Trainers[i] = candidateView{person, s.names.Of(person).Name}
	}
	count := func(n *int, is bool) {
		if is {
			*n++
		}
	}
	for i, row := range r.Rows {
		view.Learners[i] = rosterRowView{
			Person: row.Person, Name: s.names.Of(row.Person).Name, Percent: row.Percent, LastSeen: row.LastSeen, Waiting: row.Waiting,
			Behind: row.Behind, Away: row.Away, Complete: row.Passed, Invited: row.Invited, MayInvite: row.MayInvite, Group: row.Group, Mine: row.Mine, Missing: missingView(row.Missing),
			Next: nexts[row.Next],
		}
		if row.Until.After(s.now()) {
			view.Learners[i].InvitedUntil = row.Until
		}
		count(&view.Counts.Invited, row.Invited)
		count(&view.Counts.Waiting, row.Waiting > 0)
		count(&view.Counts.Behind, row.Behind)
		count(&view.Counts.Away, row.Away)
		count(&view.Counts.Complete, row.Passed)
	}
	return view, nil
}
