package scheduling

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"luotsi/server/auth"
	"luotsi/server/web"
)

// Unanswered lists the appointments that wait for the caller's answer, or for the answer of a doctor whose calendar they keep:
// whose time to answer ends first comes first.
func (s *Service) Unanswered(i auth.Identity) []listed {
	list := []listed{}
	now := s.now().UnixMilli()
	s.journal.View(func() {
		for id := range s.state.expiring {
			a := s.state.primary.Appointments[id]
			if a.Status == Asked && a.keeps(now) && s.seatOf(i, &a) == 0 {
				list = append(list, listed{id, a})
			}
		}
	})
	slices.SortFunc(list, func(a, b listed) int {
		return cmp.Or(cmp.Compare(a.Expires, b.Expires), cmp.Compare(a.Start, b.Start), cmp.Compare(a.ID, b.ID))
	})
	return list
}

func mountUnanswered(r *web.Router, s *Service) {
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/unanswered", ID: "listUnanswered", Tag: tag, Access: auth.Only(auth.Doctor, auth.Scheduler),
		Summary: "Appointments that wait for the caller's answer, or for a doctor's whose calendar the caller keeps",
	}, func(_ context.Context, caller auth.Caller, _ web.None) (unansweredView, error) {
		v := unansweredView{Appointments: []askingView{}}
		for _, a := range s.Unanswered(caller.Identity) {
			v.Appointments = append(v.Appointments, askingView{appointmentView: s.view(a.ID, a.Appointment), AskedBy: s.nameOf(a.BookedBy)})
		}
		return v, nil
	})
}

type unansweredView struct {
	Appointments []askingView `json:"appointments"`
}

// askingView is an appointment that waits for its doctor, with who asks.
type askingView struct {
	appointmentView
	AskedBy string `json:"askedBy"`
}
