package courses

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountGroup(r *web.Router, s *Service) {
	trainers := auth.Only(auth.Trainer)
	const tag = "cohorts"

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/cohorts/:cohort/roster", ID: "getRoster", Tag: tag, Access: trainers,
		Summary: "The learners of a cohort by name, with what each still has to do", Faults: []*fault.Error{ErrUnknownCohort},
	}, func(ctx context.Context, caller auth.Caller, req cohortRequest) (rosterView, error) {
		return s.rosterAnswer(ctx, caller, req.Cohort)
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/cohorts/:cohort/attendance", ID: "listContactDays", Tag: tag, Access: trainers,
		Summary: "The contact days of a cohort's course, with how many were there", Faults: []*fault.Error{ErrUnknownCohort},
	}, func(ctx context.Context, caller auth.Caller, req cohortRequest) (contactDaysView, error) {
		days, persons, content, err := s.ContactDays(ctx, caller, req.Cohort)
		view := contactDaysView{Days: make([]contactDayView, len(days)), Learners: len(persons)}
		for i, day := range days {
			view.Days[i] = s.viewContactDay(day, content, caller.Language)
		}
		return view, err
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/cohorts/:cohort/attendance/:activity", ID: "getAttendance", Tag: tag, Access: trainers,
		Summary: "Who was there on a contact day; the caller, should they learn here too, is marked by another trainer", Faults: []*fault.Error{ErrUnknownCohort, ErrUnknownActivity},
	}, func(ctx context.Context, caller auth.Caller, req attendanceRequest) (attendanceView, error) {
		days, persons, content, err := s.ContactDays(ctx, caller, req.Cohort)
		if err != nil {
			return attendanceView{}, err
		}
		at := slices.IndexFunc(days, func(d ContactDay) bool { return d.Activity == req.Activity })
		if at < 0 {
			return attendanceView{}, ErrUnknownActivity
		}
		view := attendanceView{Day: s.viewContactDay(days[at], content, caller.Language), Learners: []attendeeView{}}
		for _, person := range persons {
			if person != caller.Person {
				view.Learners = append(view.Learners, attendeeView{Person: person, Name: s.names.Of(person).Name, Word: wordOf(days[at].Words[person])})
			}
		}
		return view, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/cohorts/:cohort/attendance/:activity", ID: "markAttendance", Tag: tag, Access: trainers,
		Summary: "Say who was there and who was not; the newest word counts", Faults: []*fault.Error{ErrUnknownCohort, ErrUnknownActivity, ErrNotContactDay, ErrOwnWork},
	}, func(ctx context.Context, caller auth.Caller, req markAttendanceRequest) (web.None, error) {
		return web.None{}, s.MarkAttendance(ctx, caller, AttendanceMarked{
			Cohort: req.Cohort, Activity: req.Activity, Day: string(req.Day), Present: req.Present, Absent: req.Absent,
		})
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/cohorts/:cohort/learners/:person/compensations", ID: "compensateContactDay", Tag: tag, Access: trainers,
		Summary: "A learner made a missed contact day good", Faults: []*fault.Error{ErrUnknownLearner, ErrUnknownActivity, ErrNotContactDay, ErrWasThere, ErrOwnWork},
	}, func(ctx context.Context, caller auth.Caller, req compensationRequest) (web.None, error) {
		if req.Basis = strings.TrimSpace(req.Basis); req.Basis == "" {
			return web.None{}, fault.Bad("basis", "required")
		}
		return web.None{}, s.Compensate(ctx, caller, req.Cohort, req.Person, req.Activity, req.Basis)
	})

	web.Handle(r, web.Route{
		Method: http.MethodDelete, Path: "/api/cohorts/:cohort/learners/:person/compensations/:activity", ID: "withdrawCompensation", Tag: tag, Access: trainers,
		Summary: "A contact day that was made good counts as missed again", Faults: []*fault.Error{ErrUnknownLearner, ErrNotCompensated},
	}, func(ctx context.Context, caller auth.Caller, req compensatedRequest) (web.None, error) {
		return web.None{}, s.WithdrawCompensation(ctx, caller, req.Cohort, req.Person, req.Activity)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/cohorts/:cohort/learners/:person/credits", ID: "creditModule", Tag: tag, Access: trainers,
		Summary: "A learner need not do a module", Faults: []*fault.Error{ErrUnknownLearner, ErrUnknownModule, ErrOwnWork},
	}, func(ctx context.Context, caller auth.Caller, req creditRequest) (web.None, error) {
		if req.Basis = strings.TrimSpace(req.Basis); req.Basis == "" {
			return web.None{}, fault.Bad("basis", "required")
		}
		return web.None{}, s.CreditModule(ctx, caller, req.Cohort, req.Person, req.Module, req.Kind, req.Basis)
	})

	web.Handle(r, web.Route{
		Method: http.MethodDelete, Path: "/api/cohorts/:cohort/learners/:person/credits/:module", ID: "withdrawCredit", Tag: tag, Access: trainers,
		Summary: "A credited module counts by what was done again", Faults: []*fault.Error{ErrUnknownLearner, ErrNothingCredits},
	}, func(ctx context.Context, caller auth.Caller, req creditedRequest) (web.None, error) {
		return web.None{}, s.WithdrawCredit(ctx, caller, req.Cohort, req.Person, req.Module)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/cohorts/:cohort/extensions", ID: "extendDeadline", Tag: tag, Access: trainers,
		Summary: "Give learners more time for an activity, a module or the course; who has a later day keeps it", Faults: []*fault.Error{ErrUnknownCohort, ErrOwnWork},
	}, func(ctx context.Context, caller auth.Caller, req extensionRequest) (extensionView, error) {
		if req.Reason = strings.TrimSpace(req.Reason); req.Reason == "" {
			return extensionView{}, fault.Bad("reason", "required")
		}
		later, err := s.Extend(ctx, caller, req.Cohort, req.Target, string(req.Until), req.Reason, req.People)
		return extensionView{Later: list(later)}, err
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/cohorts/:cohort/messages", ID: "sendCohortMessage", Tag: tag, Access: trainers,
		Summary: "Write to learners of a cohort; each gets a mail of their own", Faults: []*fault.Error{ErrUnknownCohort},
	}, func(ctx context.Context, caller auth.Caller, req messageRequest) (web.None, error) {
		req.Subject, req.Text = strings.TrimSpace(req.Subject), strings.TrimSpace(req.Text)
		if req.Subject == "" {
			return web.None{}, fault.Bad("subject", "required")
		}
		if req.Text == "" {
			return web.None{}, fault.Bad("text", "required")
		}
		return web.None{}, s.SendMessage(ctx, caller, req.Cohort, req.People, req.Subject, req.Text)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/cohorts/:cohort/invitations/check", ID: "checkPasted", Tag: tag, Access: trainers,
		Summary: "What would become of each row of a pasted list", Faults: []*fault.Error{ErrUnknownCohort},
	}, func(ctx context.Context, caller auth.Caller, req pastedRequest) (pastedView, error) {
		rows, err := s.CheckPasted(ctx, caller, req.Cohort, req.Text)
		return viewPasted(rows), err
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/cohorts/:cohort/invitations", ID: "invitePasted", Tag: tag, Access: trainers,
		Summary: "Invite and enrol everybody on a pasted list who can be; again does nothing", Faults: []*fault.Error{ErrUnknownCohort},
	}, func(ctx context.Context, caller auth.Caller, req invitePastedRequest) (pastedView, error) {
		rows, err := s.InvitePasted(ctx, caller, req.Cohort, req.Text, req.Language)
		return viewPasted(rows), err
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/cohorts/:cohort/groups", ID: "formGroup", Tag: tag, Access: trainers,
		Summary: "Make a small group; whoever is in another one moves", Faults: []*fault.Error{ErrUnknownCohort},
	}, func(ctx context.Context, caller auth.Caller, req groupRequest) (web.None, error) {
		return web.None{}, s.formGroup(ctx, caller, "", SmallGroup(req))
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/cohorts/:cohort/groups/:group", ID: "changeGroup", Tag: tag, Access: trainers,
		Summary: "Change a small group", Faults: []*fault.Error{ErrUnknownCohort, ErrUnknownGroup},
	}, func(ctx context.Context, caller auth.Caller, req changeGroupRequest) (web.None, error) {
		return web.None{}, s.formGroup(ctx, caller, req.Group, SmallGroup{req.Cohort, req.Name, req.Members, req.Trainers})
	})
}

func (s *Service) formGroup(ctx context.Context, caller auth.Caller, old string, g SmallGroup) error {
	if g.Name = strings.TrimSpace(g.Name); g.Name == "" {
		return fault.Bad("name", "required")
	}
	return s.FormGroup(ctx, caller, g.Cohort, old, g)
}

type attendanceRequest struct {
	Cohort   string `path:"cohort" json:"-" validate:"id"`
	Activity string `path:"activity" json:"-" validate:"id"`
}

type markAttendanceRequest struct {
	Cohort   string   `path:"cohort" json:"-" validate:"id"`
	Activity string   `path:"activity" json:"-" validate:"id"`
	Day      web.Date `json:"day" validate:"date"`
	Present  []string `json:"present" validate:"max=500,dive,id"`
	Absent   []string `json:"absent" validate:"max=500,dive,id"`
}

type compensationRequest struct {
	Cohort   string `path:"cohort" json:"-" validate:"id"`
	Person   string `path:"person" json:"-" validate:"id"`
	Activity string `json:"activity" validate:"id"`
	Basis    string `json:"basis" validate:"required,max=2000,text,no_identity_code"`
}

type creditRequest struct {
	Cohort string     `path:"cohort" json:"-" validate:"id"`
	Person string     `path:"person" json:"-" validate:"id"`
	Module string     `json:"module" validate:"id"`
	Kind   CreditKind `json:"kind" validate:"oneof=prior_learning compensating"`
	Basis  string     `json:"basis" validate:"required,max=2000,text,no_identity_code"`
}

type compensatedRequest struct {
	Cohort   string `path:"cohort" json:"-" validate:"id"`
	Person   string `path:"person" json:"-" validate:"id"`
	Activity string `path:"activity" json:"-" validate:"id"`
}

type creditedRequest struct {
	Cohort string `path:"cohort" json:"-" validate:"id"`
	Person string `path:"person" json:"-" validate:"id"`
	Module string `path:"module" json:"-" validate:"id"`
}

type extensionRequest struct {
	Cohort string   `path:"cohort" json:"-" validate:"id"`
	People []string `json:"people" validate:"required,min=1,max=500,dive,id"`
	Target string   `json:"target" validate:"id"` // an activity, a module, or the course itself
	Until  web.Date `json:"until" validate:"date"`
	Reason string   `json:"reason" validate:"required,max=2000,text,no_identity_code"`
}

type extensionView struct {
	Later []string `json:"later"` // the people who have a later day already, and keep it
}

type messageRequest struct {
	Cohort  string   `path:"cohort" json:"-" validate:"id"`
	People  []string `json:"people" validate:"required,min=1,max=500,dive,id"`
	Subject string   `json:"subject" validate:"required,max=120,line,no_identity_code"`
	Text    string   `json:"text" validate:"required,max=5000,text,no_identity_code"`
}

type pastedRequest struct {
	Cohort string `path:"cohort" json:"-" validate:"id"`
	Text   string `json:"text" validate:"required,max=50000,text,no_identity_code"`
}

type invitePastedRequest struct {
	Cohort   string `path:"cohort" json:"-" validate:"id"`
	Text     string `json:"text" validate:"required,max=50000,text,no_identity_code"`
	Language string `json:"language" validate:"required,language"`
}

type pastedView struct {
	Rows []pastedRowView `json:"rows"`
}

type pastedRowView struct {
	Line    int        `json:"line"`
	Name    string     `json:"name"`
	Email   string     `json:"email"`
	Verdict RowVerdict `json:"verdict" validate:"oneof=invite enrol here wrong_address no_name twice other_cohort other_org not_learner failed"`
}

func viewPasted(rows []PastedRow) pastedView {
	view := pastedView{Rows: make([]pastedRowView, len(rows))}
	for i, row := range rows {
		view.Rows[i] = pastedRowView{row.Line, row.Name, row.Email, row.Verdict}
	}
	return view
}

type groupRequest struct {
	Cohort   string   `path:"cohort" json:"-" validate:"id"`
	Name     string   `json:"name" validate:"required,max=80,line,no_identity_code"`
	Members  []string `json:"members" validate:"max=500,dive,id"`
	Trainers []string `json:"trainers" validate:"max=20,dive,id"`
}

type changeGroupRequest struct {
	Cohort   string   `path:"cohort" json:"-" validate:"id"`
	Group    string   `path:"group" json:"-" validate:"id"`
	Name     string   `json:"name" validate:"required,max=80,line,no_identity_code"`
	Members  []string `json:"members" validate:"max=500,dive,id"`
	Trainers []string `json:"trainers" validate:"max=20,dive,id"`
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
	Person   string      `json:"person"`
	Name     string      `json:"name"`
	Percent  int         `json:"percent"`
	LastSeen time.Time   `json:"lastSeen,omitzero"`
	Waiting  int         `json:"waiting"` // what was handed in and waits for a trainer
	Behind   bool        `json:"behind"`
	Away     bool        `json:"away"`
	Complete bool        `json:"complete"`
	Group    string      `json:"group,omitempty"`
	Mine     bool        `json:"mine"` // the caller looks after them first, or nobody does
	Missing  missingView `json:"missing"`
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
	for i, m := range content.Modules {
		face, _ := m.Faces.In(caller.Language)
		view.Modules[i] = rosterModuleView{m.ID, face.Title}
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
			Behind: row.Behind, Away: row.Away, Complete: row.Passed, Group: row.Group, Mine: row.Mine, Missing: missingView(row.Missing),
		}
		count(&view.Counts.Waiting, row.Waiting > 0)
		count(&view.Counts.Behind, row.Behind)
		count(&view.Counts.Away, row.Away)
		count(&view.Counts.Complete, row.Passed)
	}
	return view, nil
}

type contactDaysView struct {
	Days     []contactDayView `json:"days"`
	Learners int              `json:"learners"`
}

type contactDayView struct {
	Activity    string    `json:"activity"`
	Title       string    `json:"title"`
	Module      int       `json:"module"` // its place in the course from 0
	ModuleTitle string    `json:"moduleTitle"`
	Day         web.Date  `json:"day,omitempty" validate:"date"` // "" when nothing was marked yet
	MarkedBy    string    `json:"markedBy,omitempty"`
	MarkedAt    time.Time `json:"markedAt,omitzero"`
	Present     int       `json:"present"`
	Absent      int       `json:"absent"`
	Compensated int       `json:"compensated"`
}

type attendanceView struct {
	Day      contactDayView `json:"day"`
	Learners []attendeeView `json:"learners"`
}

type attendeeView struct {
	Person string `json:"person"`
	Name   string `json:"name"`
	Word   string `json:"word" validate:"oneof=none present absent compensated"`
}

func wordOf(d deed) string {
	switch d {
	case attended:
		return "present"
	case absent:
		return "absent"
	case compensated:
		return "compensated"
	}
	return "none"
}

func (s *Service) viewContactDay(day ContactDay, content *Content, language Language) contactDayView {
	module, activity := content.Find(day.Activity)
	moduleFace, _ := module.Faces.In(language)
	face, _ := activity.Faces.In(language)
	view := contactDayView{
		Activity: day.Activity, Title: face.Title, Module: day.Module, ModuleTitle: moduleFace.Title, Day: web.Date(day.Day), MarkedAt: day.At,
	}
	if day.By != "" {
		view.MarkedBy = s.names.Of(day.By).Name
	}
	for word := range maps.Values(day.Words) {
		switch word {
		case attended:
			view.Present++
		case absent:
			view.Absent++
		default:
			view.Compensated++
		}
	}
	return view
}
