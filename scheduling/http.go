package scheduling

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

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
	mountResources(r, s)
	mountProfessionals(r, s, bookers)

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/doctors", ID: "listDoctors", Tag: tag, Access: bookers,
		Summary: "Doctors to book: of the own organisation, and of units opened to it",
	}, func(_ context.Context, caller auth.Caller, _ web.None) (doctorsView, error) {
		v := doctorsView{Doctors: []doctorView{}}
		for _, c := range s.Colleagues(caller.Identity, auth.Doctor) {
			d := doctorView{Person: c.Person, Name: s.names.Of(c.Person).Name, Unit: c.Unit, UnitName: c.UnitName, Rules: c.Hours}
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

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/joint-times", ID: "findJointTimes", Tag: tag, Access: bookers,
		Summary: "Times when everybody can come, or why there are none",
		Faults:  []*fault.Error{ErrPerson},
	}, func(_ context.Context, caller auth.Caller, req jointTimesRequest) (jointTimesView, error) {
		from, to, err := days(req.From, req.To, MaxRange)
		if err != nil {
			return jointTimesView{}, err
		}
		with, err := idList(req.With)
		if err != nil {
			return jointTimesView{}, err
		}
		if req.Minutes != 0 {
			if err := checkMinutes(req.Minutes); err != nil {
				return jointTimesView{}, err
			}
		}
		found, attendees, err := s.JointTimes(caller.Identity, req.Doctor, req.Unit, with, from, to, req.Minutes)
		if err != nil {
			return jointTimesView{}, err
		}
		return s.jointTimesView(found, attendees), nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/appointments", ID: "bookAppointment", Tag: tag, Access: bookers, Status: http.StatusCreated,
		Summary: "Book a joint appointment; of two who take the same time one gets it",
		Faults:  []*fault.Error{ErrTaken, ErrOutside, ErrPast, ErrPerson},
	}, func(ctx context.Context, caller auth.Caller, req bookRequest) (appointmentView, error) {
		wish, err := req.wish()
		if err != nil {
			return appointmentView{}, err
		}
		id, err := s.Book(ctx, caller, wish)
		if err != nil {
			return appointmentView{}, err
		}
		return s.appointment(caller.Identity, id)
	})

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
		for _, a := range s.Appointments(caller.Identity, from, to, req.Doctor) {
			v.Appointments = append(v.Appointments, s.view(a.ID, a.Appointment))
		}
		return v, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/appointments/:appointment", ID: "getAppointment", Tag: tag, Access: keepers,
		Summary: "One appointment, for who takes part", Faults: []*fault.Error{ErrNotThere},
	}, func(_ context.Context, caller auth.Caller, req appointmentRequest) (appointmentView, error) {
		return s.appointment(caller.Identity, req.Appointment)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/appointments/:appointment/cancellation", ID: "cancelAppointment", Tag: tag, Access: keepers,
		Summary: "Cancel an appointment, with a reason", Faults: []*fault.Error{ErrNotThere, ErrCancelled, ErrPast},
	}, func(ctx context.Context, caller auth.Caller, req cancelRequest) (appointmentView, error) {
		if err := s.Cancel(ctx, caller, req.Appointment, Reason(req.Reason)); err != nil {
			return appointmentView{}, err
		}
		return s.appointment(caller.Identity, req.Appointment)
	})

	web.Mount(r, web.Route{
		Method: http.MethodGet, Path: "/api/appointments/:appointment/calendar", ID: "downloadAppointment", Tag: tag, Access: keepers,
		Summary: "The appointment as a calendar file", Faults: []*fault.Error{ErrNotThere},
	}, func(c *fiber.Ctx, caller auth.Caller) error {
		file, reference, err := s.Calendar(caller.Identity, c.Params("appointment"))
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8")
		c.Set(fiber.HeaderContentDisposition, `attachment; filename="luotsi-`+reference+`.ics"`)
		return c.Send(file)
	})
}

type jointTimesRequest struct {
	Doctor  string   `query:"doctor" json:"-" validate:"required,id"`
	Unit    string   `query:"unit" json:"-" validate:"required,id"`
	With    string   `query:"with" json:"-" validate:"max=1300"`
	From    web.Date `query:"from" json:"-" validate:"required,date"`
	To      web.Date `query:"to" json:"-" validate:"required,date"`
	Minutes int      `query:"minutes" json:"-"`
}

type bookRequest struct {
	Doctor  string   `json:"doctor" validate:"required,id"`
	Unit    string   `json:"unit" validate:"required,id"`
	Start   string   `json:"start" validate:"required,max=40" format:"date-time"`
	Minutes int      `json:"minutes" validate:"required,min=10,max=240"`
	Mode    string   `json:"mode" validate:"required,oneof=on_site phone video"`
	With    []string `json:"with,omitempty" validate:"max=20,dive,id"`
}

func (r *bookRequest) wish() (Wish, error) {
	start, err := time.Parse(time.RFC3339, r.Start)
	if err != nil || start.Year() < 2000 || start.Year() > 2099 {
		return Wish{}, fault.Bad("start", "date")
	}
	return Wish{Doctor: r.Doctor, Unit: r.Unit, Start: start, Minutes: r.Minutes, Mode: Mode(r.Mode), With: r.With}, nil
}

type appointmentsRequest struct {
	From   web.Date `query:"from" json:"-" validate:"omitempty,date"`
	To     web.Date `query:"to" json:"-" validate:"omitempty,date"`
	Doctor string   `query:"doctor" json:"-" validate:"omitempty,id"`
}

type appointmentRequest struct {
	Appointment string `path:"appointment" json:"-" validate:"required,id"`
}

type cancelRequest struct {
	Appointment string `path:"appointment" json:"-" validate:"required,id"`
	Reason      string `json:"reason" validate:"required,oneof=illness client double other"`
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

type jointTimesView struct {
	Days []jointDayView `json:"days"`
	None *noneView      `json:"none,omitempty"`
}

type jointDayView struct {
	Date  web.Date   `json:"date"`
	Times []timeView `json:"times"`
}

// noneView says why nothing suits: of Published times how many each person is busy at.
type noneView struct {
	Published int          `json:"published"`
	Reasons   []reasonView `json:"reasons"`
}

type reasonView struct {
	Person string `json:"person"`
	Name   string `json:"name"`
	Busy   int    `json:"busy"`
}

type appointmentsView struct {
	Appointments []appointmentView `json:"appointments"`
}

type appointmentView struct {
	ID           string            `json:"id"`
	Reference    string            `json:"reference"`
	Start        time.Time         `json:"start"`
	End          time.Time         `json:"end"`
	State        string            `json:"state"`
	Mode         string            `json:"mode"`
	Unit         string            `json:"unit"`
	UnitName     string            `json:"unitName"`
	Doctor       personTaken       `json:"doctor"`
	Participants []participantView `json:"participants"`
	Cancelled    *cancelledView    `json:"cancelled,omitempty"`
}

type participantView struct {
	Person string `json:"person"`
	Name   string `json:"name"`
	Role   string `json:"role"`
}

type cancelledView struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"` // the name of who cancelled
	Reason string    `json:"reason"`
}

func (s *Service) jointTimesView(found Found, attendees []Attendee) jointTimesView {
	v := jointTimesView{Days: []jointDayView{}}
	for i := 0; i < len(found.Times); {
		day := s.state.calendar.dayOf(found.Times[i].Start)
		end, n := s.state.calendar.midnight(day+1), i
		for n < len(found.Times) && found.Times[n].Start < end {
			n++
		}
		v.Days = append(v.Days, jointDayView{Date: day.Date(), Times: timeViews(found.Times[i:n])})
		i = n
	}
	if len(found.Times) == 0 {
		v.None = &noneView{Published: found.Candidates, Reasons: []reasonView{}}
		for i, a := range attendees {
			v.None.Reasons = append(v.None.Reasons, reasonView{Person: a.Person, Name: s.names.Of(a.Person).Name, Busy: found.Blocked[i]})
		}
	}
	return v
}

func (s *Service) appointment(i auth.Identity, id string) (appointmentView, error) {
	a, err := s.Appointment(i, id)
	if err != nil {
		return appointmentView{}, err
	}
	return s.view(id, a), nil
}

// view shows an appointment; it looks up names, so it is called outside View.
func (s *Service) view(id string, a Appointment) appointmentView {
	v := appointmentView{
		ID: id, Reference: a.Reference, Start: moment(a.Start), End: moment(a.End), State: "booked", Mode: string(a.Mode),
		Unit: a.Unit, UnitName: s.unitName(a.Unit), Doctor: personTaken{a.Doctor, s.names.Of(a.Doctor).Name},
		Participants: make([]participantView, len(a.Participants)),
	}
	for i, p := range a.Participants {
		v.Participants[i] = participantView{Person: p.Person, Name: s.names.Of(p.Person).Name, Role: string(p.Role)}
	}
	if !a.Live() {
		v.State = "cancelled"
		v.Cancelled = &cancelledView{At: moment(a.CancelledAt), By: s.names.Of(a.CancelledBy).Name, Reason: string(a.Reason)}
	}
	return v
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

// idList reads ids between commas.
func idList(text string) ([]string, error) {
	if text == "" {
		return nil, nil
	}
	ids := strings.Split(text, ",")
	if len(ids) > MaxPeople {
		return nil, errTooMany
	}
	if wrong := web.Validate(&struct {
		With []string `json:"with" validate:"dive,required,id"`
	}{ids}); len(wrong) > 0 {
		return nil, fault.Bad("with", "id")
	}
	return ids, nil
}
