package scheduling

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

const tag = "scheduling"

// Mount adds the routes of scheduling.
func Mount(r *web.Router, s *Service) {
	bookers := auth.Only(auth.Doctor, auth.Coordinator, auth.Scheduler)
	keepers := auth.Only(auth.Doctor, auth.Coordinator, auth.Professional, auth.Scheduler)
	mountHours(r, s, auth.Only(auth.Doctor, auth.Coordinator, auth.Professional, auth.Scheduler, auth.Admin))
	mountCalendars(r, s, keepers)
	mountPublications(r, s, auth.Only(auth.Doctor, auth.Coordinator, auth.Professional, auth.Scheduler, auth.Admin))
	mountSettings(r, s, auth.Only(auth.Doctor, auth.Coordinator, auth.Professional, auth.Scheduler, auth.Admin))
	mountResources(r, s)
	mountDeputies(r, s)
	mountCases(r, s)
	mountCaseFiles(r, s)
	mountConsultations(r, s)
	mountProfessionals(r, s, bookers)

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/doctors", ID: "listDoctors", Tag: tag, Access: bookers,
		Summary: "Doctors to book: of the own organisation, and of units opened to it",
	}, func(_ context.Context, caller auth.Caller, _ web.None) (doctorsView, error) {
		v := doctorsView{Doctors: []doctorView{}}
		for _, c := range s.Colleagues(caller.Identity, auth.Doctor) {
			d := doctorView{Person: c.Person, Name: s.names.Of(c.Person).Name, Unit: c.Unit, UnitName: c.UnitName, Rules: c.Hours, Away: s.awayView(c.Away)}
			if c.NextFree != 0 {
				next := moment(c.NextFree)
				d.NextFree = &next
			}
			v.Doctors = append(v.Doctors, d)
		}
		return v, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/coordinators", ID: "listCoordinators", Tag: tag, Access: bookers,
		Summary: "Coordinators who can come along",
	}, func(_ context.Context, caller auth.Caller, _ web.None) (coordinatorsView, error) {
		v := coordinatorsView{Coordinators: []coordinatorView{}}
		for _, c := range s.Colleagues(caller.Identity, auth.Coordinator) {
			v.Coordinators = append(v.Coordinators, coordinatorView{Person: c.Person, Name: s.names.Of(c.Person).Name, Unit: c.Unit, UnitName: c.UnitName})
		}
		return v, nil
	})

	mountRequests(r, s, bookers)
	mountAppointments(r, s, keepers, bookers)
	mountReceptions(r, s)
	mountAnswers(r, s)
	mountUnanswered(r, s)
	mountDaySheet(r, s)
}

type doctorsView struct {
	Doctors []doctorView `json:"doctors"`
}

type doctorView struct {
	Person   string     `json:"person"`
	Name     string     `json:"name"`
	Unit     string     `json:"unit"`
	UnitName string     `json:"unitName"`
	Rules    int        `json:"rules"`
	NextFree *time.Time `json:"nextFree,omitempty"`
	Away     *awayView  `json:"away,omitempty"`
}

type coordinatorsView struct {
	Coordinators []coordinatorView `json:"coordinators"`
}

type coordinatorView struct {
	Person   string `json:"person"`
	Name     string `json:"name"`
	Unit     string `json:"unit"`
	UnitName string `json:"unitName"`
}

func (s *Service) unitName(id string) string {
	name := ""
	s.journal.View(func() {
		u, _ := s.people.Unit(id)
		name = u.Name
	})
	return name
}

// days reads a range of days, both included.
func days(from, to web.Date, most int) (Day, Day, error) {
	f, ok := ParseDay(from)
	if !ok {
		return 0, 0, fault.Bad("from", "date")
	}
	t, ok := ParseDay(to)
	switch {
	case !ok:
		return 0, 0, fault.Bad("to", "date")
	case t < f:
		return 0, 0, ErrEndsBeforeStart.Of(fault.Field{Name: "to", Code: ErrEndsBeforeStart.Code})
	case int(t-f) >= most:
		return 0, 0, fault.ErrInvalid.Of(fault.Field{Name: "to", Code: "max", Limit: strconv.Itoa(most)})
	}
	return f, t, nil
}
