package scheduling

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"luotsi/scheduling/ical"
	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountCalendars(r *web.Router, s *Service, keepers auth.Access) {
	const calendars = "/api/people/:person/calendars"
	unread := []*fault.Error{ErrNoHours, ErrTooManyCalendars, ErrCalendarNone, ErrCalendarLarge}
	fetched := append(unread, ErrCalendarAddress, ErrCalendarUnreachable, ErrCalendarPrivate, ErrCalendarSlow, ErrCalendarRefused, ErrCalendarMoved)

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: calendars, ID: "listCalendars", Tag: tag, Access: keepers,
		Summary: "A person's other calendars, for themself and the unit's scheduler: how old they are and what was not understood", Faults: []*fault.Error{ErrNoHours},
	}, func(ctx context.Context, caller auth.Caller, req personRequest) (calendarsView, error) {
		return s.calendarsView(ctx, caller.Identity, req.Person)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: calendars, ID: "subscribeCalendar", Tag: tag, Access: keepers, Status: http.StatusCreated,
		Summary: "Take along the calendar at an address; it is read every half an hour", Faults: fetched,
	}, func(ctx context.Context, caller auth.Caller, req subscribeRequest) (calendarsView, error) {
		if err := s.AddCalendarAddress(ctx, caller, req.Person, req.Address); err != nil {
			return calendarsView{}, err
		}
		return s.calendarsView(ctx, caller.Identity, req.Person)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: calendars + "/file", ID: "uploadCalendar", Tag: tag, Access: keepers, Status: http.StatusCreated,
		Summary: "Take along the calendar in a file, as it is now", Faults: unread,
	}, func(ctx context.Context, caller auth.Caller, req uploadRequest) (calendarsView, error) {
		if err := s.AddCalendarFile(ctx, caller, req.Person, req.File); err != nil {
			return calendarsView{}, err
		}
		return s.calendarsView(ctx, caller.Identity, req.Person)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: calendars + "/:calendar/file", ID: "replaceCalendar", Tag: tag, Access: keepers,
		Summary: "Take a newer file in the place of another", Faults: []*fault.Error{ErrNoSuchCalendar, ErrCalendarNone, ErrCalendarLarge},
	}, func(ctx context.Context, caller auth.Caller, req replaceRequest) (calendarsView, error) {
		if err := s.ReplaceCalendarFile(ctx, caller, req.Person, req.Calendar, req.File); err != nil {
			return calendarsView{}, err
		}
		return s.calendarsView(ctx, caller.Identity, req.Person)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: calendars + "/:calendar/reading", ID: "readCalendar", Tag: tag, Access: keepers,
		Summary: "Read the calendar at an address now, at most once a minute",
		Faults:  []*fault.Error{ErrNoSuchCalendar, errReadNow, ErrCalendarNone, ErrCalendarLarge, ErrCalendarUnreachable, ErrCalendarPrivate, ErrCalendarSlow, ErrCalendarRefused, ErrCalendarMoved},
	}, func(ctx context.Context, caller auth.Caller, req calendarRequest) (calendarsView, error) {
		if err := s.ReadCalendarNow(ctx, caller, req.Person, req.Calendar); err != nil {
			return calendarsView{}, err
		}
		return s.calendarsView(ctx, caller.Identity, req.Person)
	})

	web.Handle(r, web.Route{
		Method: http.MethodDelete, Path: calendars + "/:calendar", ID: "removeCalendar", Tag: tag, Access: keepers,
		Summary: "Leave a calendar out again; its times are free at once", Faults: []*fault.Error{ErrNoSuchCalendar},
	}, func(ctx context.Context, caller auth.Caller, req calendarRequest) (calendarsView, error) {
		if err := s.RemoveCalendar(ctx, caller, req.Person, req.Calendar); err != nil {
			return calendarsView{}, err
		}
		return s.calendarsView(ctx, caller.Identity, req.Person)
	})

	mountFeed(r, s, keepers)
}

func mountFeed(r *web.Router, s *Service, keepers auth.Access) {
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/me/feed", ID: "getFeed", Tag: tag, Access: keepers,
		Summary: "The address where the caller's calendar programs read their appointments",
	}, func(_ context.Context, caller auth.Caller, _ web.None) (feedView, error) {
		return s.feedView(caller.Person), nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/me/feed", ID: "makeFeed", Tag: tag, Access: keepers, Status: http.StatusCreated,
		Summary: "A new address; the one before stops at once",
	}, func(ctx context.Context, caller auth.Caller, _ web.None) (feedView, error) {
		if err := s.MakeFeed(ctx, caller); err != nil {
			return feedView{}, err
		}
		return s.feedView(caller.Person), nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodDelete, Path: "/api/me/feed", ID: "revokeFeed", Tag: tag, Access: keepers,
		Summary: "Stop the address", Faults: []*fault.Error{ErrNoFeed},
	}, func(ctx context.Context, caller auth.Caller, _ web.None) (feedView, error) {
		if err := s.RevokeFeed(ctx, caller); err != nil {
			return feedView{}, err
		}
		return s.feedView(caller.Person), nil
	})

	web.Mount(r, web.Route{
		Method: http.MethodGet, Path: "/api/feeds/:secret", ID: "readFeed", Tag: tag, Access: auth.Anyone(),
		Summary: "The appointments of whoever has this secret address, as calendar programs read them", Faults: []*fault.Error{ErrNoFeed},
	}, func(c *fiber.Ctx, _ auth.Caller) error {
		feed, err := s.FeedOf(strings.TrimSuffix(c.Params("secret"), ".ics"))
		if err != nil {
			return err
		}
		sum := sha256.Sum256(feed)
		tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:16]) + `"`
		c.Set(fiber.HeaderETag, tag)
		c.Set(fiber.HeaderCacheControl, "private, no-cache")
		if knows(c.Get(fiber.HeaderIfNoneMatch), tag) {
			return c.SendStatus(http.StatusNotModified)
		}
		c.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8; method=PUBLISH")
		c.Set(fiber.HeaderContentDisposition, `inline; filename="luotsi.ics"`)
		return c.Send(feed)
	})
}

// knows reports whether a tag is among those of an If-None-Match; weak ones too, since proxies make tags weak.
func knows(header, tag string) bool {
	for known := range strings.SplitSeq(header, ",") {
		if known = strings.TrimSpace(known); known == "*" || strings.TrimPrefix(known, "W/") == tag {
			return true
		}
	}
	return false
}

type subscribeRequest struct {
	Person  string `path:"person" json:"-" validate:"required,id"`
	Address string `json:"address" validate:"required,max=2000,line"`
}

type uploadRequest struct {
	Person string `path:"person" json:"-" validate:"required,id"`
	File   string `json:"file" validate:"required,max=5242880"`
}

type replaceRequest struct {
	Person   string `path:"person" json:"-" validate:"required,id"`
	Calendar string `path:"calendar" json:"-" validate:"required,id"`
	File     string `json:"file" validate:"required,max=5242880"`
}

type calendarRequest struct {
	Person   string `path:"person" json:"-" validate:"required,id"`
	Calendar string `path:"calendar" json:"-" validate:"required,id"`
}

type calendarsView struct {
	Calendars []importedView `json:"calendars"`
	Most      int            `json:"most"` // how many a person may have
}

type importedView struct {
	ID      string     `json:"id"`
	Source  string     `json:"source"`         // file or address
	Host    string     `json:"host,omitempty"` // of the address, for the person alone
	AddedAt time.Time  `json:"addedAt"`
	ReadAt  *time.Time `json:"readAt,omitempty"` // last read well
	Until   web.Date   `json:"until"`            // the last day whose busy times are known
	Stale   bool       `json:"stale"`
	Error   string     `json:"error,omitempty"` // code of the last try
	// TriedAt is when an address was last asked, NextAt when it will be.
	TriedAt *time.Time `json:"triedAt,omitempty"`
	NextAt  *time.Time `json:"nextAt,omitempty"`
	// Problems counts what was not understood; Listed shows it, to the person alone.
	Problems int           `json:"problems"`
	Listed   []problemView `json:"listed,omitempty"`
	Unlisted int           `json:"unlisted,omitempty"`
}

type problemView struct {
	Line int    `json:"line"`
	Date string `json:"date,omitempty"`
	Code string `json:"code"`
	What string `json:"what,omitempty"`
}

type feedView struct {
	Address string     `json:"address,omitempty"`
	MadeAt  *time.Time `json:"madeAt,omitempty"`
}

func (s *Service) feedView(person string) feedView {
	address, madeAt := s.Feed(person)
	return feedView{Address: address, MadeAt: sometime(madeAt)}
}

func (s *Service) calendarsView(ctx context.Context, i auth.Identity, person string) (calendarsView, error) {
	list, err := s.Calendars(ctx, i, person)
	if err != nil {
		return calendarsView{}, err
	}
	v := calendarsView{Calendars: make([]importedView, len(list)), Most: MaxCalendars}
	for n := range list {
		c := &list[n]
		v.Calendars[n] = importedView{
			ID: c.ID, Source: string(c.Source), Host: c.Host, AddedAt: moment(c.AddedAt), ReadAt: sometime(c.Read),
			Until: s.state.calendar.dayOf(c.Until - 1).Date(), Stale: c.Stale, Error: c.Error,
			TriedAt: sometime(c.Tried), NextAt: sometime(c.Next), Problems: c.Problems, Listed: listedProblems(c.Listed), Unlisted: c.Unlisted,
		}
	}
	return v, nil
}

func listedProblems(list []ical.Problem) []problemView {
	var v []problemView
	for _, p := range list {
		v = append(v, problemView{p.Line, p.Date, p.Code, p.What})
	}
	return v
}

// sometime is a moment that may not have been.
func sometime(ms int64) *time.Time {
	if ms == 0 {
		return nil
	}
	t := moment(ms)
	return &t
}
