package scheduling

import (
	"context"
	"net/http"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountSettings(r *web.Router, s *Service, keepers auth.Access) {
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/people/:person/settings", ID: "getSettings", Tag: tag, Access: keepers,
		Summary: "How a person wants to be booked, for themself and the unit's scheduler", Faults: []*fault.Error{ErrNoHours},
	}, func(_ context.Context, caller auth.Caller, req personRequest) (settingsView, error) {
		return s.settingsView(caller.Identity, req.Person)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/people/:person/settings", ID: "changeSettings", Tag: tag, Access: keepers,
		Summary: "Change how a person is booked from now on; appointments stay", Faults: []*fault.Error{ErrNoHours, ErrRetired},
	}, func(ctx context.Context, caller auth.Caller, req settingsRequest) (settingsView, error) {
		if err := s.ChangeSettings(ctx, caller, req.Person, Settings{
			Before: req.Before, After: req.After, Notice: req.Notice, Horizon: req.Horizon, DayLimit: req.DayLimit, MonthLimit: req.MonthLimit,
			ReturnDays: req.ReturnDays, Ask: req.Ask,
		}); err != nil {
			return settingsView{}, err
		}
		return s.settingsView(caller.Identity, req.Person)
	})

	travellers := auth.Only(auth.Scheduler, auth.Admin)
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/travel", ID: "getTravel", Tag: tag, Access: travellers,
		Summary: "The units in sight, and how long it takes between them",
	}, func(_ context.Context, caller auth.Caller, _ web.None) (travelView, error) {
		return viewOfTravel(s.Travel(caller.Identity)), nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/travel", ID: "setTravel", Tag: tag, Access: travellers,
		Summary: "Say how long it takes between two units, one of the own organisation; 0 forgets it",
	}, func(ctx context.Context, caller auth.Caller, req travelRequest) (travelView, error) {
		if err := s.SetTravel(ctx, caller, req.Unit, req.Other, req.Minutes); err != nil {
			return travelView{}, err
		}
		return viewOfTravel(s.Travel(caller.Identity)), nil
	})
}

// settingsRequest is all of the settings, so that nothing changes by being left out.
type settingsRequest struct {
	Person     string `path:"person" json:"-" validate:"required,id"`
	Before     int    `json:"before" validate:"min=0,max=120"`
	After      int    `json:"after" validate:"min=0,max=120"`
	Notice     int    `json:"notice" validate:"min=0,max=720"`
	Horizon    int    `json:"horizon" validate:"min=0,max=730"`
	DayLimit   int    `json:"dayLimit" validate:"min=0,max=500"`
	MonthLimit int    `json:"monthLimit" validate:"min=0,max=500"`
	ReturnDays int    `json:"returnDays" validate:"min=0,max=60"`
	Ask        bool   `json:"ask"`
}

type settingsView struct {
	Person string `json:"person"`
	Name   string `json:"name"`
	settingsFields
}

// settingsFields is how a person wants to be booked. Horizon, limits and ReturnDays of 0 are none.
type settingsFields struct {
	Before     int  `json:"before"`     // minutes
	After      int  `json:"after"`      // minutes
	Notice     int  `json:"notice"`     // hours
	Horizon    int  `json:"horizon"`    // days
	DayLimit   int  `json:"dayLimit"`   // appointments
	MonthLimit int  `json:"monthLimit"` // appointments
	ReturnDays int  `json:"returnDays"`
	Ask        bool `json:"ask"`
}

func (s *Service) settingsView(i auth.Identity, person string) (settingsView, error) {
	w, err := s.SettingsOf(i, person)
	if err != nil {
		return settingsView{}, err
	}
	return settingsView{Person: person, Name: s.nameOf(person), settingsFields: viewOfSettings(w)}, nil
}

func viewOfSettings(w Settings) settingsFields {
	return settingsFields(w)
}

type travelRequest struct {
	Unit    string `json:"unit" validate:"required,id"`
	Other   string `json:"other" validate:"required,id"`
	Minutes int    `json:"minutes" validate:"min=0,max=240"`
}

type travelView struct {
	Units    []travelUnitView `json:"units"`
	Journeys []journeyView    `json:"journeys"`
}

type travelUnitView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Own  bool   `json:"own"` // its travel times are the caller's to set
}

type journeyView struct {
	Unit    string `json:"unit"`
	Other   string `json:"other"`
	Minutes int    `json:"minutes"`
}

func viewOfTravel(of travelOf) travelView {
	v := travelView{Units: make([]travelUnitView, len(of.Units)), Journeys: make([]journeyView, len(of.Journeys))}
	for i, u := range of.Units {
		v.Units[i] = travelUnitView{ID: u.ID, Name: u.Name, Own: u.Own}
	}
	for i, j := range of.Journeys {
		v.Journeys[i] = journeyView{Unit: j.Unit, Other: j.Other, Minutes: j.Minutes}
	}
	return v
}
