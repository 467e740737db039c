package scheduling

import (
	"context"
	"net/http"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountDeputies(r *web.Router, s *Service) {
	access := auth.Only(auth.Doctor, auth.Coordinator, auth.Professional, auth.Scheduler, auth.Admin)

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/people/:person/absences", ID: "listAbsences", Tag: tag, Access: access,
		Summary: "When a person is away, who stands in, and who could", Faults: []*fault.Error{ErrNoAbsence},
	}, func(_ context.Context, caller auth.Caller, req personRequest) (absencesView, error) {
		return s.absencesView(caller.Identity, req.Person)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/people/:person/absences", ID: "addAbsence", Tag: tag, Access: access, Status: http.StatusCreated,
		Summary: "Say that a person is away, and who stands in; appointments stay",
		Faults:  []*fault.Error{ErrNoAbsence, ErrAbsenceOverlap, ErrEndsBeforeStart, ErrHoursPast},
	}, func(ctx context.Context, caller auth.Caller, req absenceRequest) (absencesView, error) {
		a := Absence{Person: req.Person, Deputy: req.Deputy}
		var ok bool
		if a.From, ok = ParseDay(req.From); !ok {
			return absencesView{}, fault.Bad("from", "date")
		}
		if a.Until, ok = ParseDay(req.Until); !ok {
			return absencesView{}, fault.Bad("until", "date")
		}
		if err := s.SetDeputy(ctx, caller, a); err != nil {
			return absencesView{}, err
		}
		return s.absencesView(caller.Identity, req.Person)
	})

	web.Handle(r, web.Route{
		Method: http.MethodDelete, Path: "/api/people/:person/absences/:absence", ID: "endAbsence", Tag: tag, Access: access,
		Summary: "Say that a person is back from today on", Faults: []*fault.Error{ErrNoAbsence, ErrHoursPast},
	}, func(ctx context.Context, caller auth.Caller, req absencePath) (absencesView, error) {
		if err := s.EndDeputy(ctx, caller, req.Person, req.Absence); err != nil {
			return absencesView{}, err
		}
		return s.absencesView(caller.Identity, req.Person)
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/absences", ID: "listAbsencesOfUnits", Tag: tag, Access: auth.Only(auth.Scheduler),
		Summary: "The people of the units whose calendars the caller keeps, and when each is away next",
	}, func(_ context.Context, caller auth.Caller, _ web.None) (unitsAbsencesView, error) {
		v := unitsAbsencesView{People: []colleagueAwayView{}}
		for _, c := range s.AwayInUnits(caller.Identity) {
			one := colleagueAwayView{Person: c.Person, Name: s.nameOf(c.Person), Roles: []string{}, Units: []string{}, Next: s.awayView(c.Next)}
			for _, role := range c.Roles {
				one.Roles = append(one.Roles, string(role))
			}
			for _, unit := range c.Units {
				one.Units = append(one.Units, s.unitName(unit))
			}
			v.People = append(v.People, one)
		}
		return v, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/covered", ID: "listCovered", Tag: tag, Access: auth.Only(standsFor...),
		Summary: "For whom the caller stands in, and what is booked with them meanwhile",
	}, func(_ context.Context, caller auth.Caller, _ web.None) (coveredView, error) {
		v := coveredView{Covered: []coveredAbsenceView{}}
		for _, of := range s.Covered(caller.Identity) {
			v.Covered = append(v.Covered, coveredAbsenceView{
				Person: of.Person, Name: s.names.Of(of.Person).Name, From: of.From.Date(), Until: of.Until.Date(), Appointments: s.comingViews(of.Appointments),
			})
		}
		return v, nil
	})
}

type absencePath struct {
	Person  string `path:"person" json:"-" validate:"required,id"`
	Absence string `path:"absence" json:"-" validate:"required,id"`
}

type absenceRequest struct {
	Person string   `path:"person" json:"-" validate:"required,id"`
	Deputy string   `json:"deputy,omitempty" validate:"omitempty,id"`
	From   web.Date `json:"from" validate:"required,date"`
	Until  web.Date `json:"until" validate:"required,date"`
}

type absencesView struct {
	Person   string         `json:"person"`
	Name     string         `json:"name"`
	Absences []absenceView  `json:"absences"`
	Deputies []deputyOption `json:"deputies"`
}

// absenceView is days away, both included. Deputy is left out when nobody was named.
type absenceView struct {
	ID           string       `json:"id"`
	From         web.Date     `json:"from"`
	Until        web.Date     `json:"until"`
	Deputy       string       `json:"deputy,omitempty"`
	DeputyName   string       `json:"deputyName,omitempty"`
	Appointments []comingView `json:"appointments"`
}

type deputyOption struct {
	Person string `json:"person"`
	Name   string `json:"name"`
}

type coveredView struct {
	Covered []coveredAbsenceView `json:"covered"`
}

type coveredAbsenceView struct {
	Person       string       `json:"person"`
	Name         string       `json:"name"`
	From         web.Date     `json:"from"`
	Until        web.Date     `json:"until"`
	Appointments []comingView `json:"appointments"`
}

type unitsAbsencesView struct {
	People []colleagueAwayView `json:"people"`
}

// colleagueAwayView is somebody of the scheduler's units. Next is their absence of now or the next one.
type colleagueAwayView struct {
	Person string    `json:"person"`
	Name   string    `json:"name"`
	Roles  []string  `json:"roles"`
	Units  []string  `json:"units"` // the names
	Next   *awayView `json:"next,omitempty"`
}

// comingView is a coming appointment, in as few words as a list needs.
type comingView struct {
	Appointment string    `json:"appointment"`
	Reference   string    `json:"reference"`
	Start       time.Time `json:"start"`
	End         time.Time `json:"end"`
	UnitName    string    `json:"unitName"`
}

func (s *Service) absencesView(i auth.Identity, person string) (absencesView, error) {
	absences, deputies, err := s.Absences(i, person)
	if err != nil {
		return absencesView{}, err
	}
	v := absencesView{Person: person, Name: s.names.Of(person).Name, Absences: []absenceView{}, Deputies: []deputyOption{}}
	for _, of := range absences {
		one := viewOfAbsence(of.keptAbsence)
		one.Appointments = s.comingViews(of.Appointments)
		if of.Deputy != "" {
			one.DeputyName = s.names.Of(of.Deputy).Name
		}
		v.Absences = append(v.Absences, one)
	}
	for _, who := range deputies {
		v.Deputies = append(v.Deputies, deputyOption{Person: who, Name: s.names.Of(who).Name})
	}
	return v, nil
}

func viewOfAbsence(k keptAbsence) absenceView {
	return absenceView{ID: k.ID, From: k.From.Date(), Until: k.Until.Date(), Deputy: k.Deputy, Appointments: []comingView{}}
}

func (s *Service) comingViews(list []listed) []comingView {
	views := make([]comingView, len(list))
	for n, a := range list {
		views[n] = comingView{Appointment: a.ID, Reference: a.Reference, Start: moment(a.Start), End: moment(a.End), UnitName: s.unitName(a.Unit)}
	}
	return views
}

// deputyView shows who can answer now for the doctor of an appointment to come; nobody when the doctor is there.
func (s *Service) deputyView(a *Appointment) *deputyView {
	now := s.now().UnixMilli()
	if a.Status != Asked && a.Status != Booked || a.Start <= now {
		return nil
	}
	var v deputyView
	s.journal.View(func() {
		if v.Person = s.deputyOf(a.Doctor, a.Unit, now); v.Person != "" {
			absence, _ := s.state.absence(a.Doctor, s.state.calendar.dayOf(now))
			v.Until = absence.Until.Date()
			_, v.Takes = s.state.absence(a.Doctor, s.state.calendar.dayOf(a.Start))
		}
	})
	if v.Person == "" {
		return nil
	}
	v.Name = s.nameOf(v.Person)
	return &v
}

// awayView is somebody being away now. Without a deputy nobody answers for them.
type awayView struct {
	From       web.Date `json:"from"`
	Until      web.Date `json:"until"`
	Deputy     string   `json:"deputy,omitempty"`
	DeputyName string   `json:"deputyName,omitempty"`
}

func (s *Service) awayView(a *Absence) *awayView {
	if a == nil {
		return nil
	}
	v := &awayView{From: a.From.Date(), Until: a.Until.Date(), Deputy: a.Deputy}
	if a.Deputy != "" {
		v.DeputyName = s.nameOf(a.Deputy)
	}
	return v
}
