package scheduling

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountAppointments(r *web.Router, s *Service, keepers, bookers auth.Access) {
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/joint-times", ID: "findJointTimes", Tag: tag, Access: bookers,
		Summary: "Times when everybody can come, the best of them, and for days without one why",
		Faults:  []*fault.Error{ErrPerson},
	}, func(_ context.Context, caller auth.Caller, req jointTimesRequest) (jointTimesView, error) {
		w, err := req.wish()
		if err != nil {
			return jointTimesView{}, err
		}
		found, seats, err := s.JointTimes(caller.Identity, w)
		if err != nil {
			return jointTimesView{}, err
		}
		return s.jointTimesView(found, seats), nil
	})

	refusals := []*fault.Error{ErrTaken, ErrOutside, ErrTooSoon, ErrTooFar, ErrFull, ErrClient, ErrPast, ErrPerson, ErrNoCase, ErrNotThere}
	begin := func(path, id, summary string, do func(context.Context, auth.Caller, Wish) (string, error), faults ...*fault.Error) {
		web.Handle(r, web.Route{
			Method: http.MethodPost, Path: path, ID: id, Tag: tag, Access: bookers, Status: http.StatusCreated,
			Summary: summary, Faults: append(faults, refusals...),
		}, func(ctx context.Context, caller auth.Caller, req bookRequest) (appointmentView, error) {
			wish, err := req.wish()
			if err != nil {
				return appointmentView{}, err
			}
			made, err := do(ctx, caller, wish)
			if err != nil {
				return appointmentView{}, err
			}
			return s.appointment(ctx, caller.Identity, made)
		})
	}
	begin("/api/appointments", "bookAppointment", "Book a joint appointment; of two who take the same time one gets it", s.Book)
	begin("/api/holds", "holdTime", "Keep a time for ten minutes, while one makes sure", s.Hold, ErrHolds)

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/appointments", ID: "listAppointments", Tag: tag, Access: keepers,
		Summary: "The caller's appointments, or a doctor's in the units whose calendars the caller keeps",
	}, func(_ context.Context, caller auth.Caller, req appointmentsRequest) (appointmentsView, error) {
		if req.From == "" {
			req.From = s.state.calendar.dayOf(s.now().UnixMilli()).Date()
		}
		if req.To == "" {
			if from, ok := ParseDay(req.From); ok {
				req.To = min(from+MaxRange-1, lastDay).Date()
			}
		}
		from, to, err := days(req.From, req.To, 366)
		if err != nil {
			return appointmentsView{}, err
		}
		v := appointmentsView{Appointments: []appointmentView{}}
		list := s.Appointments(caller.Identity, from, to, req.Doctor)
		written := s.written(list)
		for n, a := range list {
			one := s.view(a.ID, a.Appointment)
			one.Written = written[n]
			if len(a.Proposed) > 0 {
				one.Next = s.next(a.ID, &a.Appointment)
			}
			v.Appointments = append(v.Appointments, one)
		}
		return v, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/appointments/:appointment", ID: "getAppointment", Tag: tag, Access: keepers,
		Summary: "One appointment, for who takes part", Faults: []*fault.Error{ErrNotThere},
	}, func(ctx context.Context, caller auth.Caller, req appointmentRequest) (appointmentView, error) {
		return s.appointment(ctx, caller.Identity, req.Appointment)
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/appointments/:appointment/times", ID: "findMoveTimes", Tag: tag, Access: keepers,
		Summary: "Times to which an appointment can be moved", Faults: []*fault.Error{ErrNotThere},
	}, func(_ context.Context, caller auth.Caller, req moveTimesRequest) (jointTimesView, error) {
		from, to, err := days(req.From, req.To, MaxRange)
		if err != nil {
			return jointTimesView{}, err
		}
		found, seats, err := s.MoveTimes(caller.Identity, req.Appointment, from, to)
		if err != nil {
			return jointTimesView{}, err
		}
		return s.jointTimesView(found, seats), nil
	})

	mountChanges(r, s, keepers, bookers)
	mountBooking(r, s, bookers)

	web.Mount(r, web.Route{
		Method: http.MethodGet, Path: "/api/appointments/:appointment/calendar", ID: "downloadAppointment", Tag: tag, Access: keepers,
		Summary: "The appointment as a calendar file", Faults: []*fault.Error{ErrNotThere},
	}, func(c *fiber.Ctx, caller auth.Caller) error {
		file, reference, err := s.Calendar(c.UserContext(), caller.Identity, c.Params("appointment"))
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8")
		c.Set(fiber.HeaderContentDisposition, `attachment; filename="luotsi-`+reference+`.ics"`)
		return c.Send(file)
	})
}

// mountChanges adds what can be done to an appointment; each answers with what became of it.
func mountChanges(r *web.Router, s *Service, keepers, bookers auth.Access) {
	change := func(route web.Route) web.Route {
		route.Method, route.Tag = http.MethodPost, tag
		route.Path = "/api/appointments/:appointment/" + route.Path
		route.Faults = append(route.Faults, ErrNotThere, ErrCancelled, ErrNotNow)
		return route
	}
	for _, one := range []struct {
		route web.Route
		do    func(context.Context, auth.Caller, string) error
	}{
		{web.Route{Path: "extension", ID: "extendHold", Access: bookers, Summary: "Keep a time ten minutes longer, once", Faults: []*fault.Error{ErrExpired, ErrExtended}}, s.Extend},
		{web.Route{Path: "confirmation", ID: "confirmAppointment", Access: bookers, Summary: "Book a kept time, or put it to a doctor who wants to be asked", Faults: []*fault.Error{ErrExpired}}, s.Confirm},
	} {
		web.Handle(r, change(one.route), func(ctx context.Context, caller auth.Caller, req appointmentRequest) (appointmentView, error) {
			if err := one.do(ctx, caller, req.Appointment); err != nil {
				return appointmentView{}, err
			}
			return s.appointment(ctx, caller.Identity, req.Appointment)
		})
	}

	web.Handle(r, change(web.Route{
		Path: "release", ID: "releaseHold", Access: bookers, Summary: "Let a kept time go", Faults: []*fault.Error{ErrExpired},
	}), func(ctx context.Context, caller auth.Caller, req appointmentRequest) (web.None, error) {
		return web.None{}, s.Release(ctx, caller, req.Appointment)
	})

	web.Handle(r, change(web.Route{
		Path: "answer", ID: "answerAppointment", Access: keepers,
		Summary: "Say whether one comes; a doctor may propose other times", Faults: []*fault.Error{ErrExpired, ErrPast},
	}), func(ctx context.Context, caller auth.Caller, req answerRequest) (appointmentView, error) {
		reply, err := replyOf(req.Answer, req.Reason, req.Proposed)
		if err != nil {
			return appointmentView{}, err
		}
		if err := s.Respond(ctx, caller, req.Appointment, reply); err != nil {
			return appointmentView{}, err
		}
		return s.appointment(ctx, caller.Identity, req.Appointment)
	})

	web.Handle(r, change(web.Route{
		Path: "move", ID: "moveAppointment", Access: keepers,
		Summary: "Move an appointment; when it can not be, the old time stays", Faults: []*fault.Error{ErrTaken, ErrOutside, ErrTooSoon, ErrTooFar, ErrFull, ErrPast},
	}), func(ctx context.Context, caller auth.Caller, req moveRequest) (appointmentView, error) {
		start, err := startOf(req.Start, "start")
		if err != nil {
			return appointmentView{}, err
		}
		if err := s.Move(ctx, caller, req.Appointment, Shift{Start: start, Minutes: req.Minutes, Mode: Mode(req.Mode)}); err != nil {
			return appointmentView{}, err
		}
		return s.appointment(ctx, caller.Identity, req.Appointment)
	})

	web.Handle(r, change(web.Route{
		Path: "cancellation", ID: "cancelAppointment", Access: keepers, Summary: "Cancel an appointment, with a reason", Faults: []*fault.Error{ErrPast},
	}), func(ctx context.Context, caller auth.Caller, req cancelRequest) (appointmentView, error) {
		if err := s.Cancel(ctx, caller, req.Appointment, Reason(req.Reason)); err != nil {
			return appointmentView{}, err
		}
		return s.appointment(ctx, caller.Identity, req.Appointment)
	})

	web.Handle(r, change(web.Route{
		Path: "mark", ID: "markAppointment", Access: keepers, Summary: "Say that the client arrived or did not, and that it began or took place; booked takes that back",
	}), func(ctx context.Context, caller auth.Caller, req markRequest) (appointmentView, error) {
		if err := s.Mark(ctx, caller, req.Appointment, Status(req.Status)); err != nil {
			return appointmentView{}, err
		}
		return s.appointment(ctx, caller.Identity, req.Appointment)
	})

	web.Handle(r, change(web.Route{
		Path: "patient-system", ID: "markPatientSystem", Access: keepers, Summary: "Say whether the time is booked in the patient system too; for the doctor's side",
	}), func(ctx context.Context, caller auth.Caller, req patientSystemRequest) (appointmentView, error) {
		if err := s.MarkPatientSystem(ctx, caller, req.Appointment, req.Done); err != nil {
			return appointmentView{}, err
		}
		return s.appointment(ctx, caller.Identity, req.Appointment)
	})
}

type jointTimesRequest struct {
	Doctor  string   `query:"doctor" json:"-" validate:"omitempty,id"` // without one, any doctor of the unit
	Unit    string   `query:"unit" json:"-" validate:"required,id"`
	With    string   `query:"with" json:"-" validate:"max=1300"`
	From    web.Date `query:"from" json:"-" validate:"required,date"`
	To      web.Date `query:"to" json:"-" validate:"required,date"`
	Minutes int      `query:"minutes" json:"-"`
	Mode    string   `query:"mode" json:"-" validate:"omitempty,oneof=on_site phone video"`
	Never   string   `query:"never" json:"-" validate:"max=1000"`
}

func (r *jointTimesRequest) wish() (TimesWish, error) {
	w := TimesWish{Party: Party{Doctor: r.Doctor, Unit: r.Unit}, Minutes: r.Minutes, Mode: Mode(r.Mode)}
	if w.Mode == "" {
		w.Mode = OnSite
	}
	var err error
	if w.From, w.To, err = days(r.From, r.To, MaxRange); err != nil {
		return w, err
	}
	if w.Seats, err = parseSeats(r.With); err != nil {
		return w, err
	}
	if w.Never, err = parseNever(r.Never); err != nil {
		return w, err
	}
	if r.Minutes != 0 {
		err = checkMinutes(r.Minutes)
	}
	return w, err
}

type bookRequest struct {
	Doctor  string         `json:"doctor" validate:"required,id"`
	Unit    string         `json:"unit" validate:"required,id"`
	Start   string         `json:"start" validate:"required,max=40" format:"date-time"`
	Minutes int            `json:"minutes" validate:"required,min=10,max=240"`
	Mode    string         `json:"mode" validate:"required,oneof=on_site phone video"`
	Case    string         `json:"case,omitempty" validate:"omitempty,id"`
	With    []string       `json:"with,omitempty" validate:"max=20,dive,max=1300"`
	Guests  []guestRequest `json:"guests,omitempty" validate:"max=5,dive"`
	Never   []string       `json:"never,omitempty" validate:"max=30,dive,max=40"`
	Instead string         `json:"instead,omitempty" validate:"omitempty,id"` // a kept time of the caller's that is let go
	Request string         `json:"request,omitempty" validate:"omitempty,id"` // a waiting request of the caller's that gets this time
}

type guestRequest struct {
	Name     string `json:"name" validate:"required,max=100,line,no_identity_code"`
	Email    string `json:"email" validate:"required,email,max=200,line,no_identity_code"`
	Role     string `json:"role" validate:"required,oneof=professional interpreter other"`
	Language string `json:"language,omitempty" validate:"omitempty,language"`
}

func (r *bookRequest) wish() (Wish, error) {
	w := Wish{Party: Party{Doctor: r.Doctor, Unit: r.Unit}, Minutes: r.Minutes, Mode: Mode(r.Mode), Case: r.Case, Instead: r.Instead, Request: r.Request}
	var err error
	if w.Start, err = startOf(r.Start, "start"); err != nil {
		return w, err
	}
	w.Guests = guestsOf(r.Guests)
	if w.Seats, err = seatWishes(r.With); err != nil {
		return w, err
	}
	w.Never, err = impossibles(r.Never)
	return w, err
}

func seatWishes(with []string) ([]SeatWish, error) {
	seats := make([]SeatWish, len(with))
	for i, text := range with {
		var ok bool
		if seats[i], ok = parseSeat(text); !ok {
			return nil, fault.Bad(fmt.Sprintf("with[%d]", i), "id")
		}
	}
	return seats, nil
}

func impossibles(texts []string) ([]Impossible, error) {
	var list []Impossible
	for _, text := range texts {
		times, err := parseNever(text)
		if err != nil {
			return nil, err
		}
		list = append(list, times...)
	}
	if len(list) > MaxImpossible {
		return nil, errTooManyNever
	}
	return list, nil
}

func guestsOf(requests []guestRequest) []Guest {
	guests := make([]Guest, len(requests))
	for i, g := range requests {
		guests[i] = Guest{Name: g.Name, Email: g.Email, Language: g.Language, Role: auth.Role(g.Role)}
		if guests[i].Language == "" {
			guests[i].Language = "fi"
		}
	}
	return guests
}

// startOf reads a moment of this century.
func startOf(text, field string) (time.Time, error) {
	start, err := time.Parse(time.RFC3339, text)
	if err != nil || start.Year() < 2000 || start.Year() > 2099 {
		return time.Time{}, fault.Bad(field, "date")
	}
	return start, nil
}

type appointmentsRequest struct {
	From   web.Date `query:"from" json:"-" validate:"omitempty,date"`
	To     web.Date `query:"to" json:"-" validate:"omitempty,date"`
	Doctor string   `query:"doctor" json:"-" validate:"omitempty,id"`
}

type appointmentRequest struct {
	Appointment string `path:"appointment" json:"-" validate:"required,id"`
}

type moveTimesRequest struct {
	Appointment string   `path:"appointment" json:"-" validate:"required,id"`
	From        web.Date `query:"from" json:"-" validate:"required,date"`
	To          web.Date `query:"to" json:"-" validate:"required,date"`
}

type cancelRequest struct {
	Appointment string `path:"appointment" json:"-" validate:"required,id"`
	Reason      string `json:"reason" validate:"required,oneof=illness client double other"`
}

type answerRequest struct {
	Appointment string   `path:"appointment" json:"-" validate:"required,id"`
	Answer      string   `json:"answer" validate:"required,oneof=accepted tentative declined"`
	Reason      string   `json:"reason,omitempty" validate:"omitempty,oneof=illness no_time wrong_door other"`
	Proposed    []string `json:"proposed,omitempty" validate:"max=3,dive,max=40"`
}

func replyOf(answer, reason string, proposed []string) (Reply, error) {
	reply := Reply{Answer: Answer(answer), Reason: Reason(reason)}
	for _, text := range proposed {
		start, err := startOf(text, "proposed")
		if err != nil {
			return reply, err
		}
		reply.Proposed = append(reply.Proposed, start)
	}
	return reply, nil
}

type moveRequest struct {
	Appointment string `path:"appointment" json:"-" validate:"required,id"`
	Start       string `json:"start" validate:"required,max=40" format:"date-time"`
	Minutes     int    `json:"minutes,omitempty" validate:"omitempty,min=10,max=240"`
	Mode        string `json:"mode,omitempty" validate:"omitempty,oneof=on_site phone video"`
}

type markRequest struct {
	Appointment string `path:"appointment" json:"-" validate:"required,id"`
	Status      string `json:"status" validate:"required,oneof=booked arrived started fulfilled noshow"`
}

type patientSystemRequest struct {
	Appointment string `path:"appointment" json:"-" validate:"required,id"`
	Done        bool   `json:"done"`
}
