package courses

import (
	"context"
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountRegister(r *web.Router, s *Service, tag string) {
	trainers, admins, registrars := auth.Only(auth.Trainer), auth.Only(auth.Admin), auth.Only(auth.Trainer, auth.Admin)
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/cohorts/:cohort/certificates", ID: "listCertificates", Tag: tag, Access: registrars,
		Summary: "The register of a cohort's certificates", Faults: []*fault.Error{ErrUnknownCohort},
	}, func(ctx context.Context, caller auth.Caller, req registerRequest) (registerView, error) {
		list, err := s.Register(ctx, caller, req.Cohort)
		if err != nil {
			return registerView{}, err
		}
		return s.viewRegister(ctx, list, caller.Language)
	})

	web.Mount(r, web.Route{
		Method: http.MethodGet, Path: "/api/cohorts/:cohort/certificates/file", ID: "downloadCertificates", Tag: tag, Access: registrars,
		Summary: "The register for a spreadsheet, as CSV; that it was taken is logged", Faults: []*fault.Error{ErrUnknownCohort},
	}, func(c *fiber.Ctx, caller auth.Caller) error {
		file, err := s.RegisterFile(c.UserContext(), caller, c.Params("cohort"))
		return sendSpreadsheet(c, "luotsi-certificates.csv", file, err)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/cohorts/:cohort/certificates/:number/revocation", ID: "revokeCertificate", Tag: tag, Access: registrars,
		Summary: "Take a certificate back, and say why", Faults: []*fault.Error{ErrUnknownCohort, ErrUnknownCertificate, ErrAlreadyRevoked},
	}, func(ctx context.Context, caller auth.Caller, req revocationRequest) (web.None, error) {
		if req.Reason = strings.TrimSpace(req.Reason); req.Reason == "" {
			return web.None{}, fault.Bad("reason", "required")
		}
		return web.None{}, s.RevokeCertificate(ctx, caller, req.Cohort, req.Number, req.Why, req.Reason)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/cohorts/:cohort/certificates/:number/reissue", ID: "reissueCertificate", Tag: tag, Access: trainers,
		Status: http.StatusCreated, Summary: "Issue a certificate, with a number of its own, in place of one that was issued in error",
		Faults: []*fault.Error{ErrUnknownCohort, ErrUnknownCertificate, ErrOwnWork, ErrStillGood, ErrNotInError, ErrIssuedAnew, ErrNotComplete, ErrNobodyToName},
	}, func(ctx context.Context, caller auth.Caller, req reissueRequest) (reissuedView, error) {
		number, err := s.Reissue(ctx, caller, req.Cohort, req.Number)
		return reissuedView{Number: number}, err
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/organisations/:org/registers", ID: "listRegisters", Tag: tag, Access: admins,
		Summary: "The cohorts of an organisation in which certificates were issued", Faults: []*fault.Error{ErrUnknownCertificateOrg},
	}, func(ctx context.Context, caller auth.Caller, req orgRequest) (registersView, error) {
		list, err := s.Registers(ctx, caller, req.Org)
		view := registersView{Cohorts: make([]cohortRegisterView, len(list))}
		for i, c := range list {
			view.Cohorts[i] = cohortRegisterView(c)
		}
		return view, err
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/organisations/:org/credits", ID: "getCredits", Tag: tag, Access: admins,
		Summary: "Whether the organisation's certificates claim ECTS credits", Faults: []*fault.Error{ErrUnknownCertificateOrg},
	}, func(ctx context.Context, caller auth.Caller, req orgRequest) (creditsView, error) {
		ects, err := s.MayGrantCredits(ctx, caller, req.Org)
		return creditsView{ECTS: ects}, err
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/organisations/:org/credits", ID: "setCredits", Tag: tag, Access: admins,
		Summary: "The organisation may grant ECTS credits, or may not", Faults: []*fault.Error{ErrUnknownCertificateOrg},
	}, func(ctx context.Context, caller auth.Caller, req creditsRequest) (web.None, error) {
		return web.None{}, s.AllowCredits(ctx, caller, req.Org, req.ECTS)
	})
}

type registerRequest struct {
	Cohort string `path:"cohort" json:"-" validate:"id"`
}

type revocationRequest struct {
	Cohort string           `path:"cohort" json:"-" validate:"id"`
	Number string           `path:"number" json:"-" validate:"max=40,line"`
	Why    RevocationReason `json:"why" validate:"oneof=error misconduct other"`
	Reason string           `json:"reason" validate:"required,max=1000,text,no_identity_code"`
}

type orgRequest struct {
	Org string `path:"org" json:"-" validate:"id"`
}

type creditsRequest struct {
	Org  string `path:"org" json:"-" validate:"id"`
	ECTS bool   `json:"ects"`
}

type creditsView struct {
	ECTS bool `json:"ects"`
}

// viewRegister shows a register, with the course's title as it is now.
func (s *Service) viewRegister(ctx context.Context, r Register, language Language) (registerView, error) {
	content, err := s.contents.get(ctx, r.Course, r.hash)
	if err != nil {
		return registerView{}, err
	}
	face, _ := content.Faces.In(language)
	view := registerView{Cohort: r.CohortName, CourseTitle: face.Title, Trains: r.Trains, Certificates: make([]registeredView, len(r.Lines))}
	for i, c := range r.Lines {
		if c.Revoked == "" {
			view.Count++
		}
		view.Certificates[i] = registeredView{
			Number: c.Number, Person: c.Person, Name: c.Name, Day: web.Date(c.Day), Hours: c.Hours, Credits: c.Credits, Revoked: web.Date(c.Revoked), Why: c.Why,
			Instead: c.Instead, Follower: c.Follower, Again: c.Again,
		}
	}
	return view, nil
}

// sendSpreadsheet answers with a file, or refuses.
func sendSpreadsheet(c *fiber.Ctx, name string, file []byte, err error) error {
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	return c.Send(file)
}

type reissueRequest struct {
	Cohort string `path:"cohort" json:"-" validate:"id"`
	Number string `path:"number" json:"-" validate:"max=40,line"`
}

type reissuedView struct {
	Number string `json:"number"`
}

type registersView struct {
	Cohorts []cohortRegisterView `json:"cohorts"`
}

type cohortRegisterView struct {
	Cohort  string `json:"cohort"`
	Name    string `json:"name"`
	Unit    string `json:"unit"` // its name
	Good    int    `json:"good"`
	Revoked int    `json:"revoked"`
}

type registerView struct {
	Cohort       string           `json:"cohort"` // its name
	CourseTitle  string           `json:"courseTitle"`
	Trains       bool             `json:"trains"` // the caller is a trainer of the cohort
	Count        int              `json:"count"`  // those that are good
	Certificates []registeredView `json:"certificates"`
}

type registeredView struct {
	Number   string           `json:"number"`
	Person   string           `json:"person"`
	Name     string           `json:"name"` // empty when the person was erased
	Day      web.Date         `json:"day" validate:"date"`
	Hours    int              `json:"hours"`
	Credits  int              `json:"credits"`
	Revoked  web.Date         `json:"revoked,omitempty" validate:"omitempty,date"`
	Why      RevocationReason `json:"why,omitempty" validate:"omitempty,oneof=error misconduct other"`
	Instead  string           `json:"instead,omitempty"`  // the number of the one that this stands in for
	Follower string           `json:"follower,omitempty"` // the number of the one that stands in for this
	Again    bool             `json:"again"`              // the caller may have another one issued in its place
}
