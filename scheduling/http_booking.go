package scheduling

import (
	"context"
	"net/http"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountBooking(r *web.Router, s *Service, bookers auth.Access) {
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/holds", ID: "listHolds", Tag: tag, Access: bookers,
		Summary: "The times that the caller keeps and has not booked, the one that ends first at the front",
	}, func(_ context.Context, caller auth.Caller, _ web.None) (appointmentsView, error) {
		v := appointmentsView{Appointments: []appointmentView{}}
		for _, a := range s.Holds(caller.Identity) {
			v.Appointments = append(v.Appointments, s.view(a.ID, a.Appointment))
		}
		return v, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/appointments/:appointment/proposal", ID: "takeProposedTime", Tag: tag, Access: bookers, Status: http.StatusCreated,
		Summary: "Book a time that the doctor proposed when declining",
		Faults:  []*fault.Error{ErrNotThere, ErrNotNow, ErrTaken, ErrOutside, ErrTooSoon, ErrTooFar, ErrFull, ErrPast, ErrNoCase},
	}, func(ctx context.Context, caller auth.Caller, req proposalRequest) (appointmentView, error) {
		start, err := startOf(req.Start, "start")
		if err != nil {
			return appointmentView{}, err
		}
		made, err := s.TakeProposed(ctx, caller, req.Appointment, start)
		if err != nil {
			return appointmentView{}, err
		}
		return s.appointment(ctx, caller.Identity, made)
	})
}

type proposalRequest struct {
	Appointment string `path:"appointment" json:"-" validate:"required,id"`
	Start       string `json:"start" validate:"required,max=40" format:"date-time"`
}
