package scheduling

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"luotsi/server/auth"
	"luotsi/server/web"
)

// daySheet is a day of those whose calendars somebody keeps.
type daySheet struct {
	Appointments []listed
	Returned     []returnedOf
}

// returnedOf is what of a doctor's day went back to their own use.
type returnedOf struct {
	Person string
	ownAgain
}

// DaySheet lists the agreed appointments of a day in which the caller takes part, and those of the doctors whose calendars they
// keep, in the order of time, and what of these doctors' joint time is their own again and not over.
func (s *Service) DaySheet(i auth.Identity, day Day) daySheet {
	sheet := daySheet{Appointments: []listed{}, Returned: []returnedOf{}}
	begin, end := s.state.calendar.midnight(day), s.state.calendar.midnight(day+1)
	now := s.now().UnixMilli()
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
					sheet.Appointments = append(sheet.Appointments, listed{id, a})
				}
			}
			for _, own := range s.state.returnedTimes(person, day, day, now) {
				if s.keepsIn(i, person, own.Unit) {
					sheet.Returned = append(sheet.Returned, returnedOf{person, own})
				}
			}
		}
	})
	slices.SortFunc(sheet.Appointments, func(a, b listed) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.ID, b.ID)) })
	slices.SortStableFunc(sheet.Returned, func(a, b returnedOf) int { return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Person, b.Person)) })
	return sheet
}

func mountDaySheet(r *web.Router, s *Service) {
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/day-sheet", ID: "getDaySheet", Tag: tag, Access: auth.Only(auth.Doctor, auth.Scheduler),
		Summary: "The appointments of a day to print: the caller's, and those of the doctors whose calendars the caller keeps",
	}, func(_ context.Context, caller auth.Caller, req daySheetRequest) (daySheetView, error) {
		day, _, err := days(req.Date, req.Date, 1)
		if err != nil {
			return daySheetView{}, err
		}
		v := daySheetView{Appointments: []appointmentView{}, Returned: []returnedOfView{}}
		sheet := s.DaySheet(caller.Identity, day)
		for _, a := range sheet.Appointments {
			v.Appointments = append(v.Appointments, s.view(a.ID, a.Appointment))
		}
		for _, own := range sheet.Returned {
			v.Returned = append(v.Returned, returnedOfView{own.Person, s.nameOf(own.Person), viewOfReturned(own.ownAgain, s.unitName(own.Unit))})
		}
		return v, nil
	})
}

type daySheetRequest struct {
	Date web.Date `query:"date" json:"-" validate:"required,date"`
}

type daySheetView struct {
	Appointments []appointmentView `json:"appointments"`
	// Returned lists the doctors' joint time of the day that nobody took and that is their own again.
	Returned []returnedOfView `json:"returned"`
}

type returnedOfView struct {
	Person string `json:"person"`
	Name   string `json:"name"`
	returnedView
}
