package courses

import (
	"context"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

// mountCertificates adds the routes of certificates: their learners', their trainers', an administrator's, and everybody's.
func mountCertificates(r *web.Router, s *Service) {
	const tag = "certificates"
	owners := []*fault.Error{ErrUnknownCertificate, ErrNobodyToName}

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/certificates/:number", ID: "getCertificate", Tag: tag, Access: auth.SignedIn(),
		Summary: "My certificate, with all that is printed on it", Faults: owners,
	}, func(ctx context.Context, caller auth.Caller, req certificateRequest) (certificateView, error) {
		d, err := s.Diploma(ctx, caller, req.Number)
		if err != nil {
			return certificateView{}, err
		}
		return viewCertificate(d, caller.Language), nil
	})

	file := func(path, id, summary, kind, ending string, make func(Diploma, Language) ([]byte, error), faults ...*fault.Error) {
		web.Mount(r, web.Route{
			Method: http.MethodGet, Path: "/api/certificates/:number/" + path, ID: id, Tag: tag, Access: auth.SignedIn(),
			Summary: summary, Faults: append(faults, owners...),
		}, func(c *fiber.Ctx, caller auth.Caller) error {
			d, err := s.Diploma(c.UserContext(), caller, c.Params("number"))
			if err != nil {
				return err
			}
			raw, err := make(d, caller.Language)
			if err != nil {
				return err
			}
			c.Set(fiber.HeaderContentType, kind)
			c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+d.Number+ending+`"`)
			return c.Send(raw)
		})
	}
	file("pdf", "downloadCertificate", "My certificate for paper", "application/pdf", ".pdf", Diploma.PDF)
	file("badge", "downloadBadge", "My certificate as an Open Badges 3.0 credential: a VC-JWT", "application/vc+jwt", ".jwt",
		func(d Diploma, language Language) ([]byte, error) {
			if s.badges == nil {
				return nil, ErrNoBadge
			}
			badge, err := s.badges.sign(d, language)
			return []byte(badge), err
		}, ErrNoBadge)

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/checks/:number", ID: "checkCertificate", Tag: tag, Access: auth.Anyone(),
		Summary: "Whether a certificate of this number is good, and nothing else",
	}, func(_ context.Context, _ auth.Caller, req certificateRequest) (checkView, error) {
		state, revoked := s.CheckCertificate(req.Number)
		return checkView{State: state, Revoked: web.Date(revoked)}, nil
	})

	mountBadges(r, s, tag)
	mountRegister(r, s, tag)
}

func mountBadges(r *web.Router, s *Service, tag string) {
	open := web.Route{Method: http.MethodGet, Tag: tag, Access: auth.Anyone(), Faults: []*fault.Error{ErrNoBadge}}
	with := func(path, id, summary string) web.Route {
		route := open
		route.Path, route.ID, route.Summary = path, id, summary
		return route
	}
	web.Handle(r, with(issuerPath, "getBadgeIssuer", "Who signs badges"), func(context.Context, auth.Caller, web.None) (profileView, error) {
		if s.badges == nil {
			return profileView{}, ErrNoBadge
		}
		p := s.badges.profile()
		p.Context = badgeContext()
		return p, nil
	})
	web.Handle(r, with(keyPath, "getBadgeKey", "The key that badges are verified with, as a JWK"), func(context.Context, auth.Caller, web.None) (jwkView, error) {
		if s.badges == nil {
			return jwkView{}, ErrNoBadge
		}
		return s.badges.jwk(), nil
	})
	web.Handle(r, with(revocationsPath, "listBadgeRevocations", "The badges that were taken back"), func(context.Context, auth.Caller, web.None) (revocationsView, error) {
		if s.badges == nil {
			return revocationsView{}, ErrNoBadge
		}
		return s.revocations(), nil
	})
}

// revocations lists the badges that were taken back, in the order of their numbers.
func (s *Service) revocations() revocationsView {
	view := revocationsView{ID: s.public + revocationsPath, Type: "1EdTechRevocationList", Issuer: s.public + issuerPath, Revoked: []revokedBadgeView{}}
	s.journal.View(func() {
		for _, number := range s.state.revokedNumbers() {
			view.Revoked = append(view.Revoked, revokedBadgeView{credentialID(number), true})
		}
	})
	return view
}

type certificateRequest struct {
	Number string `path:"number" json:"-" validate:"max=40,line"`
}

type checkView struct {
	State   string   `json:"state" validate:"oneof=valid revoked unknown"`
	Revoked web.Date `json:"revoked,omitempty" validate:"omitempty,date"`
}

type certificateView struct {
	Number       string                `json:"number"`
	Course       string                `json:"course"`
	Name         string                `json:"name"`
	Title        string                `json:"title"`
	Language     string                `json:"language"`
	Organisation string                `json:"organisation"`
	Day          web.Date              `json:"day" validate:"date"`
	Hours        int                   `json:"hours"`
	Credits      int                   `json:"credits"` // ECTS; 0 when the organisation grants none
	Days         int                   `json:"days"`
	DaysAsked    int                   `json:"daysAsked"`
	Developed    bool                  `json:"developed"` // an approved development task is part of it
	Modules      []certifiedModuleView `json:"modules"`
	Address      string                `json:"address"` // where everybody can check it
	Badge        bool                  `json:"badge"`   // whether it can be had as a badge
	Revoked      web.Date              `json:"revoked,omitempty" validate:"omitempty,date"`
}

type certifiedModuleView struct {
	Title  string     `json:"title"`
	Hours  int        `json:"hours"`
	Credit CreditKind `json:"credit,omitempty" validate:"omitempty,oneof=prior_learning compensating"`
}

func viewCertificate(d Diploma, language Language) certificateView {
	face, shown := d.Content.Faces.In(language)
	view := certificateView{
		Number: d.Number, Course: d.Course, Name: d.Name, Title: face.Title, Language: shown, Organisation: d.OrgName, Day: web.Date(d.Day),
		Hours: d.Hours, Credits: d.Credits, Days: d.Days, DaysAsked: d.Asked, Developed: d.Developed, Address: d.Address, Badge: d.Badge,
		Revoked: web.Date(d.Revoked), Modules: make([]certifiedModuleView, len(d.Content.Modules)),
	}
	for i, m := range d.Content.Modules {
		title, _ := m.Faces.In(language)
		view.Modules[i] = certifiedModuleView{Title: title.Title, Hours: m.Hours, Credit: d.Credit[m.ID]}
	}
	return view
}
