package scheduling

import (
	"context"
	"net/http"
	"strings"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountResources(r *web.Router, s *Service) {
	keepers := auth.Only(auth.Scheduler, auth.Admin)

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/resources", ID: "listResources", Tag: tag, Access: auth.Only(auth.Doctor, auth.Coordinator, auth.Scheduler, auth.Admin),
		Summary: "Rooms and interpreters in use: of the own organisation, and of units opened to it",
	}, func(_ context.Context, caller auth.Caller, req resourcesRequest) (resourcesView, error) {
		v := resourcesView{Resources: []resourceView{}}
		for _, of := range s.Resources(caller.Identity, req.Unit) {
			v.Resources = append(v.Resources, viewOfResource(of))
		}
		return v, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/resources/:resource", ID: "getResource", Tag: tag, Access: keepers,
		Summary: "A room or an interpreter, with the coming appointments that use it, for who keeps it", Faults: []*fault.Error{ErrNoResource},
	}, func(_ context.Context, caller auth.Caller, req resourcePath) (keptResourceView, error) {
		return s.resourceView(caller.Identity, req.Resource)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/resources", ID: "addResource", Tag: tag, Access: keepers, Status: http.StatusCreated,
		Summary: "Give a unit a room or an interpreter", Faults: []*fault.Error{ErrNoResource, ErrResourceExists},
	}, func(ctx context.Context, caller auth.Caller, req newResourceRequest) (keptResourceView, error) {
		kind := ResourceKind(req.Kind)
		w := ResourceWish{Name: req.Name, Email: req.Email, Languages: req.Languages}
		if err := w.suits(kind); err != nil {
			return keptResourceView{}, err
		}
		id, err := s.AddResource(ctx, caller, req.Unit, kind, w)
		if err != nil {
			return keptResourceView{}, err
		}
		return s.resourceView(caller.Identity, id)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/resources/:resource", ID: "changeResource", Tag: tag, Access: keepers,
		Summary: "Change a room's name, or an interpreter's name, address and languages", Faults: []*fault.Error{ErrNoResource, ErrResourceExists, ErrRetired},
	}, func(ctx context.Context, caller auth.Caller, req resourceRequest) (keptResourceView, error) {
		w := ResourceWish{Name: req.Name, Email: req.Email, Languages: req.Languages}
		r, err := s.kept(caller.Identity, req.Resource)
		if err == nil {
			err = w.suits(r.Kind)
		}
		if err == nil {
			err = s.ChangeResource(ctx, caller, req.Resource, w)
		}
		if err != nil {
			return keptResourceView{}, err
		}
		return s.resourceView(caller.Identity, req.Resource)
	})

	web.Handle(r, web.Route{
		Method: http.MethodDelete, Path: "/api/resources/:resource", ID: "retireResource", Tag: tag, Access: keepers,
		Summary: "Take a room or an interpreter out of use; tells which coming appointments use it, for they stay", Faults: []*fault.Error{ErrNoResource},
	}, func(ctx context.Context, caller auth.Caller, req resourcePath) (keptResourceView, error) {
		if err := s.RetireResource(ctx, caller, req.Resource); err != nil {
			return keptResourceView{}, err
		}
		return s.resourceView(caller.Identity, req.Resource)
	})
}

// suits refuses a wish without a name, and one for what only the other kind has.
func (w *ResourceWish) suits(kind ResourceKind) error {
	w.Name = strings.TrimSpace(w.Name)
	switch {
	case w.Name == "":
		return fault.Bad("name", "required")
	case kind == Room && w.Email != "":
		return fault.Bad("email", "unknown")
	case kind == Room && len(w.Languages) > 0:
		return fault.Bad("languages", "unknown")
	case kind == Interpreter && len(w.Languages) == 0:
		return fault.Bad("languages", "required")
	}
	return nil
}

type resourcesRequest struct {
	Unit string `query:"unit" json:"-" validate:"omitempty,id"`
}

type resourcePath struct {
	Resource string `path:"resource" json:"-" validate:"required,id"`
}

type newResourceRequest struct {
	Unit      string   `json:"unit" validate:"required,id"`
	Kind      string   `json:"kind" validate:"required,oneof=room interpreter"`
	Name      string   `json:"name" validate:"required,max=100,line,no_identity_code"`
	Email     string   `json:"email,omitempty" validate:"omitempty,email,max=254,line,no_identity_code"`
	Languages []string `json:"languages,omitempty" validate:"max=30,dive,min=2,max=3,alpha,lowercase"`
}

type resourceRequest struct {
	Resource  string   `path:"resource" json:"-" validate:"required,id"`
	Name      string   `json:"name" validate:"required,max=100,line,no_identity_code"`
	Email     string   `json:"email,omitempty" validate:"omitempty,email,max=254,line,no_identity_code"`
	Languages []string `json:"languages,omitempty" validate:"max=30,dive,min=2,max=3,alpha,lowercase"`
}

type resourcesView struct {
	Resources []resourceView `json:"resources"`
}

type resourceView struct {
	ID        string   `json:"id"`
	Unit      string   `json:"unit"`
	UnitName  string   `json:"unitName"`
	Kind      string   `json:"kind" enum:"room,interpreter"`
	Name      string   `json:"name"`
	Languages []string `json:"languages"`
	Rules     int      `json:"rules"`
	Mine      bool     `json:"mine"` // the viewer keeps it
}

// keptResourceView is for who keeps the resource.
type keptResourceView struct {
	resourceView
	Email   string       `json:"email,omitempty"`
	Retired bool         `json:"retired"`
	Coming  []comingView `json:"coming"`
}

func viewOfResource(of resourceOf) resourceView {
	v := resourceView{
		ID: of.ID, Unit: of.Unit, UnitName: of.UnitName, Kind: string(of.Kind), Name: of.Name, Languages: of.Languages, Rules: of.Hours, Mine: of.Mine,
	}
	if v.Languages == nil {
		v.Languages = []string{}
	}
	return v
}

func (s *Service) resourceView(i auth.Identity, id string) (keptResourceView, error) {
	of, err := s.ResourceFor(i, id)
	if err != nil {
		return keptResourceView{}, err
	}
	return keptResourceView{resourceView: viewOfResource(of), Email: of.Email, Retired: !of.InUse(), Coming: s.comingViews(of.Coming)}, nil
}
