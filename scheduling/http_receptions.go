package scheduling

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

// ErrNoUnit is a unit that is not there, or not the caller's to look after.
var ErrNoUnit = fault.New(fault.NotFound, "not_found", "there is no such unit")

func mountReceptions(r *web.Router, s *Service) {
	keepers := auth.Only(auth.Doctor, auth.Scheduler)

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/people/:person/receptions", ID: "listReceptions", Tag: tag, Access: keepers,
		Summary: "A doctor's coming joint receptions, with the places taken", Faults: []*fault.Error{ErrNoHours},
	}, func(_ context.Context, caller auth.Caller, req personRequest) (receptionsView, error) {
		return s.receptionsView(caller.Identity, req.Person)
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/people/:person/receptions/plan", ID: "tryReceptions", Tag: tag, Access: keepers,
		Summary: "The days of a series of joint receptions and what stands in the way; nothing is saved",
		Faults:  []*fault.Error{ErrNoHours, ErrNoResource, ErrEndsBeforeStart},
	}, func(_ context.Context, caller auth.Caller, req tryRequest) (planView, error) {
		w := Plan{Doctor: req.Person, Unit: req.Unit, Minutes: req.Minutes, Room: req.Room}
		w.From, _ = parseClock(req.From)
		w.To, _ = parseClock(req.To)
		p := Pattern{Monthly: req.Every == "month", Every: req.Interval}
		var ok, also bool
		p.First, ok = ParseDay(req.First)
		p.Until, also = ParseDay(req.Until)
		if !ok || !also {
			return planView{}, fault.Bad("first", "date")
		}
		days, err := s.TryReceptions(caller.Identity, w, p)
		if err != nil {
			return planView{}, err
		}
		v := planView{Days: make([]planDayView, len(days))}
		for i, d := range days {
			v.Days[i] = planDayView{Date: d.Day.Date(), Clashes: []string{}, Possible: true}
			for _, c := range d.Clashes {
				v.Days[i].Clashes = append(v.Days[i].Clashes, string(c))
				v.Days[i].Possible = v.Days[i].Possible && !c.Forbids()
			}
		}
		return v, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/people/:person/receptions", ID: "planReceptions", Tag: tag, Access: keepers, Status: http.StatusCreated,
		Summary: "Publish joint receptions on these days, all or none",
		Faults:  []*fault.Error{ErrNoHours, ErrNoResource, ErrReceptionOverlap, ErrHoursPast, ErrEndsBeforeStart},
	}, func(ctx context.Context, caller auth.Caller, req planRequest) (receptionsView, error) {
		w := Plan{Doctor: req.Person, Unit: req.Unit, Minutes: req.Minutes, Places: req.Places, Room: req.Room}
		w.From, _ = parseClock(req.From)
		w.To, _ = parseClock(req.To)
		days := make([]Day, len(req.Dates))
		for i, date := range req.Dates {
			var ok bool
			if days[i], ok = ParseDay(date); !ok {
				return receptionsView{}, fault.Bad("dates", "date")
			}
		}
		planned, err := s.PlanReceptions(ctx, caller, w, days)
		if err != nil {
			return receptionsView{}, err
		}
		v, err := s.receptionsView(caller.Identity, req.Person)
		v.Planned = planned
		return v, err
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/receptions/:reception/move", ID: "moveReception", Tag: tag, Access: keepers,
		Summary: "Move a reception, or it and those that follow; appointments move along or go back to the waiting list",
		Faults:  []*fault.Error{ErrNoReception, ErrReceptionOff, ErrReceptionOverlap, ErrHoursPast, ErrEndsBeforeStart},
	}, func(ctx context.Context, caller auth.Caller, req moveReceptionRequest) (receptionsView, error) {
		day, ok := ParseDay(req.Date)
		if !ok {
			return receptionsView{}, fault.Bad("date", "date")
		}
		from, _ := parseClock(req.From)
		to, _ := parseClock(req.To)
		c, err := s.MoveReceptions(ctx, caller, req.Reception, day, from, to, req.Following)
		if err != nil {
			return receptionsView{}, err
		}
		return s.changedView(caller.Identity, c)
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/receptions/:reception/move", ID: "tryMoveReception", Tag: tag, Access: keepers,
		Summary: "What moving a reception would do to those who have a place; nothing is saved",
		Faults:  []*fault.Error{ErrNoReception, ErrReceptionOff, ErrReceptionOverlap, ErrHoursPast, ErrEndsBeforeStart},
	}, func(_ context.Context, caller auth.Caller, req tryMoveRequest) (changedView, error) {
		day, ok := ParseDay(req.Date)
		if !ok {
			return changedView{}, fault.Bad("date", "date")
		}
		from, _ := parseClock(req.From)
		to, _ := parseClock(req.To)
		c, err := s.TryMove(caller.Identity, req.Reception, day, from, to, req.Following)
		return changedView{c.Moved, c.Returned}, err
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/receptions/:reception/cancellation", ID: "cancelReception", Tag: tag, Access: keepers,
		Summary: "Cancel a reception, or it and those that follow; whoever had a place goes back to the waiting list",
		Faults:  []*fault.Error{ErrNoReception, ErrReceptionOff, ErrReceptionUsed, ErrHoursPast},
	}, func(ctx context.Context, caller auth.Caller, req cancelReceptionRequest) (receptionsView, error) {
		c, err := s.CancelReceptions(ctx, caller, req.Reception, req.Following, req.Unused)
		if err != nil {
			return receptionsView{}, err
		}
		return s.changedView(caller.Identity, c)
	})

	lenders := auth.Only(auth.Doctor, auth.Coordinator, auth.Scheduler, auth.Admin)
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/units/:unit/lendings", ID: "listLendings", Tag: tag, Access: lenders,
		Summary: "What a unit lends to others and borrows from them, with this month's use", Faults: []*fault.Error{ErrNoUnit},
	}, func(_ context.Context, caller auth.Caller, req unitRequest) (lendingsView, error) {
		return s.lendingsView(caller.Identity, req.Unit)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/units/:unit/lendings/:to", ID: "lendPlaces", Tag: tag, Access: auth.Only(auth.Scheduler, auth.Admin),
		Summary: "Lend another unit so many places a month; 0 ends it", Faults: []*fault.Error{ErrNoUnit},
	}, func(ctx context.Context, caller auth.Caller, req lendRequest) (lendingsView, error) {
		if err := s.Lend(ctx, caller, req.Unit, req.To, req.Places); err != nil {
			return lendingsView{}, err
		}
		return s.lendingsView(caller.Identity, req.Unit)
	})
}

type tryRequest struct {
	Person   string   `path:"person" json:"-" validate:"required,id"`
	Unit     string   `query:"unit" json:"-" validate:"required,id"`
	From     string   `query:"from" json:"-" validate:"required,clock"`
	To       string   `query:"to" json:"-" validate:"required,clock"`
	Minutes  int      `query:"minutes" json:"-" validate:"required,min=10,max=240"`
	Room     string   `query:"room" json:"-" validate:"omitempty,id"`
	First    web.Date `query:"first" json:"-" validate:"required,date"`
	Until    web.Date `query:"until" json:"-" validate:"required,date"`
	Every    string   `query:"every" json:"-" validate:"required,oneof=week month"`
	Interval int      `query:"interval" json:"-" validate:"required,min=1,max=12"`
}

type planRequest struct {
	Person  string     `path:"person" json:"-" validate:"required,id"`
	Unit    string     `json:"unit" validate:"required,id"`
	From    string     `json:"from" validate:"required,clock"`
	To      string     `json:"to" validate:"required,clock"`
	Minutes int        `json:"minutes" validate:"required,min=10,max=240"`
	Places  int        `json:"places" validate:"required,min=1,max=50"`
	Room    string     `json:"room,omitempty" validate:"omitempty,id"`
	Dates   []web.Date `json:"dates" validate:"required,min=1,max=60,dive,date"`
}

type moveReceptionRequest struct {
	Reception string   `path:"reception" json:"-" validate:"required,id"`
	Date      web.Date `json:"date" validate:"required,date"`
	From      string   `json:"from" validate:"required,clock"`
	To        string   `json:"to" validate:"required,clock"`
	Following bool     `json:"following"`
}

type tryMoveRequest struct {
	Reception string   `path:"reception" json:"-" validate:"required,id"`
	Date      web.Date `query:"date" json:"-" validate:"required,date"`
	From      string   `query:"from" json:"-" validate:"required,clock"`
	To        string   `query:"to" json:"-" validate:"required,clock"`
	Following bool     `query:"following" json:"-"`
}

// Unused asks that nobody has a place: what was published a moment ago is taken back.
type cancelReceptionRequest struct {
	Reception string `path:"reception" json:"-" validate:"required,id"`
	Following bool   `json:"following"`
	Unused    bool   `json:"unused,omitempty"`
}

type unitRequest struct {
	Unit string `path:"unit" json:"-" validate:"required,id"`
}

type lendRequest struct {
	Unit   string `path:"unit" json:"-" validate:"required,id"`
	To     string `path:"to" json:"-" validate:"required,id"`
	Places int    `json:"places" validate:"min=0,max=500"`
}

type planView struct {
	Days []planDayView `json:"days"`
}

// planDayView is a day of a series: what stands in the way (past, reception, room: impossible; holiday, away, appointment, hours:
// to decide about).
type planDayView struct {
	Date     web.Date `json:"date"`
	Clashes  []string `json:"clashes"`
	Possible bool     `json:"possible"`
}

// receptionsView is the doctor's receptions and, when they were changed, what was done: the ids of those that were planned, or what
// became of those who had a place.
type receptionsView struct {
	Receptions []receptionView `json:"receptions"`
	Planned    []string        `json:"planned,omitempty"`
	Changed    *changedView    `json:"changed,omitempty"`
}

// changedView counts who moved along with a reception, and who waits for a new time.
type changedView struct {
	Moved    int `json:"moved"`
	Returned int `json:"returned"`
}

func (s *Service) changedView(i auth.Identity, c changed) (receptionsView, error) {
	v, err := s.receptionsView(i, c.Doctor)
	v.Changed = &changedView{c.Moved, c.Returned}
	return v, err
}

type receptionView struct {
	ID       string   `json:"id"`
	Series   string   `json:"series"`
	Unit     string   `json:"unit"`
	UnitName string   `json:"unitName"`
	Date     web.Date `json:"date"`
	From     string   `json:"from"`
	To       string   `json:"to"`
	Minutes  int      `json:"minutes"`
	Places   int      `json:"places"`
	Taken    int      `json:"taken"`
	Room     string   `json:"room,omitempty"`
	RoomName string   `json:"roomName,omitempty"`
	// Returned tells that the places nobody took went back to the doctor's own use.
	Returned bool `json:"returned"`
	// RoomAway tells that the room can not be used for some of the time: nobody is booked on site then.
	RoomAway bool `json:"roomAway"`
}

func (s *Service) receptionsView(i auth.Identity, doctor string) (receptionsView, error) {
	list, err := s.Receptions(i, doctor)
	if err != nil {
		return receptionsView{}, err
	}
	v := receptionsView{Receptions: make([]receptionView, len(list))}
	for n, r := range list {
		v.Receptions[n] = receptionView{
			ID: r.ID, Series: r.Series, Unit: r.Unit, UnitName: s.unitName(r.Unit), Date: r.Day.Date(), From: clock(r.From), To: clock(r.To),
			Minutes: r.Minutes, Places: r.Places, Taken: r.Taken, Room: r.Room, Returned: r.Returned, RoomAway: r.RoomAway,
		}
		if r.Room != "" {
			v.Receptions[n].RoomName = s.nameOf(r.Room)
		}
	}
	return v, nil
}

type lendingsView struct {
	MayLend  bool          `json:"mayLend"`
	Lent     []lendingView `json:"lent"`
	Borrowed []lendingView `json:"borrowed"`
}

// lendingView is the other unit, and how many of the places of this month are used.
type lendingView struct {
	Unit     string `json:"unit"`
	UnitName string `json:"unitName"`
	Places   int    `json:"places"`
	Used     int    `json:"used"`
}

func (s *Service) lendingsView(i auth.Identity, unit string) (lendingsView, error) {
	list, mine, err := s.Lendings(i, unit)
	if err != nil {
		return lendingsView{}, err
	}
	v := lendingsView{MayLend: mine, Lent: []lendingView{}, Borrowed: []lendingView{}}
	for _, l := range list {
		if l.Unit == unit {
			v.Lent = append(v.Lent, lendingView{l.To, s.unitName(l.To), l.Places, l.Used})
		} else {
			v.Borrowed = append(v.Borrowed, lendingView{l.Unit, s.unitName(l.Unit), l.Places, l.Used})
		}
	}
	byName := func(a, b lendingView) int {
		return cmp.Or(cmp.Compare(a.UnitName, b.UnitName), cmp.Compare(a.Unit, b.Unit))
	}
	slices.SortFunc(v.Lent, byName)
	slices.SortFunc(v.Borrowed, byName)
	return v, nil
}
