package people

import (
	"context"
	"net/http"
	"strings"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

// faults lists failures for a route's description.
func faults(all ...*fault.Error) []*fault.Error { return all }

// nameOf trims a name as people type it; nothing but spaces is no name.
func nameOf(text string) (string, error) {
	if text = strings.TrimSpace(text); text == "" {
		return "", fault.Bad("name", "required")
	}
	return text, nil
}

// optional is a time that may be absent.
func optional(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

type accountView struct {
	ID                string      `json:"id"`
	Name              string      `json:"name"`
	Email             string      `json:"email"`
	Language          string      `json:"language"`
	Active            bool        `json:"active"`
	State             string      `json:"state" validate:"oneof=invited active deactivated"`
	InvitationExpires *time.Time  `json:"invitationExpires,omitempty"`
	LastSeen          *time.Time  `json:"lastSeen,omitempty"`
	Grants            []grantView `json:"grants"`
}

func accountOf(a Account) accountView {
	return accountView{
		ID: a.ID, Name: a.Name.Name, Email: a.Email, Language: a.Person.Language, Active: a.Active, State: string(a.Standing),
		InvitationExpires: optional(a.Invitation), LastSeen: optional(a.LastSeen), Grants: grantsOf(a),
	}
}

type peopleRequest struct {
	Query string `query:"q" json:"-" validate:"max=100"`
	Unit  string `query:"unit" json:"-" validate:"omitempty,id"`
	Role  string `query:"role" json:"-" validate:"omitempty,oneof=trainee coordinator doctor professional scheduler trainer manager admin"`
	Page  int    `query:"page" json:"-" validate:"min=0,max=100000"`
}

type peopleView struct {
	People []accountView `json:"people"`
	Total  int           `json:"total"`
	Page   int           `json:"page"`
	Pages  int           `json:"pages"`
}

type personRequest struct {
	Person string `path:"person" json:"-" validate:"id"`
}

type wishedGrant struct {
	Unit string `json:"unit" validate:"required,id"`
	Role string `json:"role" validate:"required,oneof=trainee coordinator doctor professional scheduler trainer manager admin"`
}

func placedOf(wished []wishedGrant) []Placed {
	placed := make([]Placed, 0, len(wished))
	for _, g := range wished {
		placed = append(placed, Placed{Role: g.Role, Unit: g.Unit})
	}
	return placed
}

type inviteRequest struct {
	Email    string        `json:"email" validate:"required,email,line,no_identity_code,max=254"`
	Name     string        `json:"name" validate:"required,line,no_identity_code,max=100"`
	Language string        `json:"language" validate:"required,language"`
	Grants   []wishedGrant `json:"grants" validate:"required,min=1,max=50,dive"`
}

type grantsRequest struct {
	Person string        `path:"person" json:"-" validate:"id"`
	Grants []wishedGrant `json:"grants" validate:"max=50,dive"`
}

type eraseRequest struct {
	Person  string `path:"person" json:"-" validate:"id"`
	Confirm string `json:"confirm" validate:"required,max=100"`
}

type accessView struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	ByName string    `json:"byName"`
	What   string    `json:"what"`
}

type accessesView struct {
	Entries []accessView `json:"entries"`
}

func (s *Service) accessOf(looks []Access) []accessView {
	entries := make([]accessView, 0, len(looks))
	for _, l := range looks {
		entries = append(entries, accessView{At: l.At, By: l.By, ByName: s.Names.Of(l.By).Name, What: l.What})
	}
	return entries
}

func mountPeople(r *web.Router, s *Service) {
	const tag = "administration"
	admin := auth.Only(auth.Admin)
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/people", ID: "listPeople", Summary: "People of the caller's organisation", Tag: tag, Access: admin,
	}, func(_ context.Context, caller auth.Caller, req peopleRequest) (peopleView, error) {
		page := max(req.Page, 1)
		accounts, total := s.Accounts(caller, Wanted{Query: req.Query, Unit: req.Unit, Role: auth.Role(req.Role), Page: page})
		view := peopleView{People: make([]accountView, 0, len(accounts)), Total: total, Page: page, Pages: max(1, (total+PageSize-1)/PageSize)}
		for _, a := range accounts {
			view.People = append(view.People, accountOf(a))
		}
		return view, nil
	})
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/people/:person", ID: "getPerson", Summary: "One person", Tag: tag, Access: admin, Faults: faults(ErrNotFound),
	}, func(_ context.Context, caller auth.Caller, req personRequest) (accountView, error) {
		a, err := s.Account(caller, req.Person)
		return accountOf(a), err
	})
	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/invitations", ID: "invite", Summary: "Invite somebody by mail", Tag: tag, Access: admin,
		Status: http.StatusCreated, Faults: faults(ErrNotFound, ErrAddressTaken),
	}, func(ctx context.Context, caller auth.Caller, req inviteRequest) (accountView, error) {
		name, err := nameOf(req.Name)
		if err != nil {
			return accountView{}, err
		}
		a, err := s.Invite(ctx, caller, Name{Name: name, Email: req.Email, Language: req.Language}, placedOf(req.Grants))
		return accountOf(a), err
	})
	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/people/:person/invitation", ID: "renewInvitation", Summary: "Send a new invitation; the old link stops", Tag: tag,
		Access: admin, Faults: faults(ErrNotFound, ErrJoined, ErrDeactivated),
	}, func(ctx context.Context, caller auth.Caller, req personRequest) (accountView, error) {
		a, err := s.RenewInvitation(ctx, caller, req.Person)
		return accountOf(a), err
	})
	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/people/:person/grants", ID: "changeGrants", Summary: "Replace a person's roles", Tag: tag,
		Access: admin, Faults: faults(ErrNotFound, ErrLastAdmin),
	}, func(ctx context.Context, caller auth.Caller, req grantsRequest) (accountView, error) {
		a, err := s.ChangeGrants(ctx, caller, req.Person, placedOf(req.Grants))
		return accountOf(a), err
	})
	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/people/:person/deactivation", ID: "deactivate", Summary: "Keep a person out; their sessions end at once", Tag: tag,
		Access: admin, Faults: faults(ErrNotFound, ErrLastAdmin, ErrSelf),
	}, func(ctx context.Context, caller auth.Caller, req personRequest) (accountView, error) {
		a, err := s.Deactivate(ctx, caller, req.Person)
		return accountOf(a), err
	})
	web.Handle(r, web.Route{
		Method: http.MethodDelete, Path: "/api/people/:person/deactivation", ID: "reactivate", Summary: "Let a person in again", Tag: tag,
		Access: admin, Faults: faults(ErrNotFound),
	}, func(ctx context.Context, caller auth.Caller, req personRequest) (accountView, error) {
		a, err := s.Reactivate(ctx, caller, req.Person)
		return accountOf(a), err
	})
	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/people/:person/erasure", ID: "erase", Summary: "Delete everything that names a person; counts stay", Tag: tag,
		Access: admin, Faults: faults(ErrNotFound, ErrLastAdmin, ErrSelf),
	}, func(ctx context.Context, caller auth.Caller, req eraseRequest) (web.None, error) {
		return web.None{}, s.Erase(ctx, caller, req.Person, req.Confirm)
	})
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/people/:person/access", ID: "getAccessLog", Summary: "Who looked at what about a person", Tag: tag,
		Access: auth.SignedIn(), Faults: faults(ErrNotFound),
	}, func(ctx context.Context, caller auth.Caller, req personRequest) (accessesView, error) {
		looks, err := s.Looks(ctx, caller, req.Person)
		return accessesView{Entries: s.accessOf(looks)}, err
	})
}
