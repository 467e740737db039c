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

func mountAttendance(r *web.Router, s *Service) {
	trainers := auth.Only(auth.Trainer)
	const tag = "cohorts"

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
		view := attendanceView{CohortName: s.cohortName(req.Cohort), Day: s.viewContactDay(days[at], content, caller.Language), Learners: []attendeeView{}}
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

type compensatedRequest struct {
	Cohort   string `path:"cohort" json:"-" validate:"id"`
	Person   string `path:"person" json:"-" validate:"id"`
	Activity string `path:"activity" json:"-" validate:"id"`
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
	CohortName string         `json:"cohortName"`
	Day        contactDayView `json:"day"`
	Learners   []attendeeView `json:"learners"`
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
