package scheduling

import (
	"context"
	"net/http"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountCases(r *web.Router, s *Service) {
	access := auth.Only(auth.Coordinator, auth.Doctor, auth.Scheduler, auth.Admin)

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/cases", ID: "listCases", Tag: tag, Access: access,
		Summary: "The open cases that the caller answers for: their own, and those of people for whom they stand in today",
	}, func(_ context.Context, caller auth.Caller, _ web.None) (casesView, error) {
		return s.casesView(caller.Identity), nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/cases/:case/closing", ID: "closeCase", Tag: tag, Access: access,
		Summary: "Close a case that has nothing to come", Faults: []*fault.Error{ErrNoCase, ErrCaseBusy},
	}, func(ctx context.Context, caller auth.Caller, req casePath) (casesView, error) {
		if err := s.CloseCase(ctx, caller, req.Case); err != nil {
			return casesView{}, err
		}
		return s.casesView(caller.Identity), nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/cases/dependency", ID: "getDependency", Tag: tag, Access: auth.Only(auth.Manager, auth.Admin),
		Summary: "How many open cases hang on how many people, in counts alone",
	}, func(_ context.Context, caller auth.Caller, _ web.None) (dependencyView, error) {
		units, all := s.Dependence(caller.Identity)
		v := dependencyView{Units: make([]unitDependencyView, len(units)), Total: viewOfDependence(all), Threshold: Dependent}
		for n, u := range units {
			v.Units[n] = unitDependencyView{Unit: u.Unit, UnitName: u.UnitName, countsOfCasesView: viewOfDependence(u.dependence)}
		}
		return v, nil
	})
}

type casePath struct {
	Case string `path:"case" json:"-" validate:"required,id"`
}

type casesView struct {
	Cases []caseView `json:"cases"`
}

// caseView is an open case. Mine is false when the caller stands in for the owner.
type caseView struct {
	ID        string    `json:"id"`
	Reference string    `json:"reference"`
	Unit      string    `json:"unit"`
	UnitName  string    `json:"unitName"`
	Owner     string    `json:"owner"`
	OwnerName string    `json:"ownerName"`
	Mine      bool      `json:"mine"`
	Opened    time.Time `json:"opened"`
	Next      *nextView `json:"next,omitempty"`
}

type nextView struct {
	Appointment string    `json:"appointment"`
	Start       time.Time `json:"start"`
	End         time.Time `json:"end"`
	State       string    `json:"state"`
	Doctor      string    `json:"doctor"` // the name
}

type dependencyView struct {
	Units     []unitDependencyView `json:"units"`
	Total     countsOfCasesView    `json:"total"`
	Threshold int                  `json:"threshold"`
}

type unitDependencyView struct {
	Unit     string `json:"unit"`
	UnitName string `json:"unitName"`
	countsOfCasesView
}

type countsOfCasesView struct {
	Open    int  `json:"open"`
	Owners  int  `json:"owners"`
	Covered int  `json:"covered"`
	Cared   int  `json:"cared"`
	Flagged bool `json:"flagged"`
}

func viewOfDependence(d dependence) countsOfCasesView {
	return countsOfCasesView{Open: d.Open, Owners: d.Owners, Covered: d.Covered, Cared: d.Cared, Flagged: d.flagged()}
}

func (s *Service) casesView(i auth.Identity) casesView {
	v := casesView{Cases: []caseView{}}
	for _, c := range s.Cases(i) {
		one := caseView{
			ID: c.ID, Reference: c.Reference, Unit: c.Unit, UnitName: c.UnitName, Owner: c.Owner, OwnerName: s.names.Of(c.Owner).Name,
			Mine: c.Owner == i.Person, Opened: moment(c.Opened),
		}
		if c.Next != nil {
			one.Next = &nextView{
				Appointment: c.Next.ID, Start: moment(c.Next.Start), End: moment(c.Next.End), State: string(c.Next.Status), Doctor: s.names.Of(c.Next.Doctor).Name,
			}
		}
		v.Cases = append(v.Cases, one)
	}
	return v
}
