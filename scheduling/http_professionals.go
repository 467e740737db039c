package scheduling

import (
	"context"
	"net/http"

	"luotsi/server/auth"
	"luotsi/server/web"
)

func mountProfessionals(r *web.Router, s *Service, bookers auth.Access) {
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/professionals", ID: "listProfessionals", Tag: tag, Access: bookers,
		Summary: "Other professionals who can come along",
	}, func(_ context.Context, caller auth.Caller, _ web.None) (professionalsView, error) {
		v := professionalsView{Professionals: []professionalView{}}
		for _, c := range s.Colleagues(caller.Identity, auth.Professional) {
			v.Professionals = append(v.Professionals, professionalView{Person: c.Person, Name: s.names.Of(c.Person).Name, Unit: c.Unit, UnitName: c.UnitName})
		}
		return v, nil
	})
}

type professionalsView struct {
	Professionals []professionalView `json:"professionals"`
}

type professionalView struct {
	Person   string `json:"person"`
	Name     string `json:"name"`
	Unit     string `json:"unit"`
	UnitName string `json:"unitName"`
}
