package scheduling

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"luotsi/server/auth"
	"luotsi/server/web"
)

// DaySheet lists the agreed appointments of a day in which the caller takes part, and those of the doctors whose calendars they
// keep, in the order of time.
func (s *Service) DaySheet(i auth.Identity, day Day) []listed {
	list := []listed{}
	begin, end := s.state.calendar.midnight(day), s.state.calendar.midnight(day+1)
	s.journal.View(func() {
		whose := map[string]bool{i.Person: true}
		for _, unit := range i.Units(auth.Scheduler) {
			for person := range s.people.Members(unit) {
				whose[person] = true
			}
		}
		seen := map[string]bool{}
		for person := range whose {
			p := s.state.plans[person]
			if p == nil {
				continue
			}
			for _, id := range p.all {
				a := s.state.primary.Appointments[id]
				if a.Start >= begin && a.Start < end && a.Sure() && !seen[id] && s.maySee(i, &a) {
					seen[id] = true
					list = append(list, listed{id, a})
				}
			}
		}
	})
	slices.SortFunc(list, func(a, b listed) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.ID, b.ID)) })
	return list
}

func mountDaySheet(r *web.Router, s *Service) {
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/day-sheet", ID: "getDaySheet", Tag: tag, Access: auth.Only(auth.Doctor, auth.Scheduler),
		Summary: "The appointments of a day to print: the caller's, and those of the doctors whose calendars the caller keeps",
	}, func(_ context.Context, caller auth.Caller, req daySheetRequest) (appointmentsView, error) {
		day, _, err := days(req.Date, req.Date, 1)
		if err != nil {
			return appointmentsView{}, err
		}
		v := appointmentsView{Appointments: []appointmentView{}}
		for _, a := range s.DaySheet(caller.Identity, day) {
			v.Appointments = append(v.Appointments, s.view(a.ID, a.Appointment))
		}
		return v, nil
	})
}

type daySheetRequest struct {
	Date web.Date `query:"date" json:"-" validate:"required,date"`
}
