package people

import (
	"context"
	"net/http"
	"strings"
	"time"

	"luotsi/server/auth"
	"luotsi/server/web"
)

// The cookies. The session's goes only where sessions are renewed and ended.
const (
	TokenCookie   = "luotsi_token" //nolint:gosec // a name, not a secret
	SessionCookie = "luotsi_session"
	sessionPath   = "/api/session"
)

type grantView struct {
	Role     string `json:"role"`
	Unit     string `json:"unit"`
	UnitName string `json:"unitName"`
	Org      string `json:"org"`
	OrgName  string `json:"orgName"`
}

type meView struct {
	ID       string      `json:"id"`
	Name     string      `json:"name"`
	Email    string      `json:"email"`
	Language string      `json:"language"`
	Grants   []grantView `json:"grants"`
}

func meOf(a Account) meView {
	return meView{ID: a.ID, Name: a.Name.Name, Email: a.Email, Language: a.Person.Language, Grants: grantsOf(a)}
}

func grantsOf(a Account) []grantView {
	grants := make([]grantView, 0, len(a.Places))
	for _, p := range a.Places {
		grants = append(grants, grantView{Role: string(p.Role), Unit: p.Unit, UnitName: p.UnitName, Org: p.Org, OrgName: p.Organisation})
	}
	return grants
}

// Mount adds the routes of sessions, one's own account, and administration.
func Mount(r *web.Router, s *Service) {
	mountSession(r, s)
	mountMe(r, s)
	mountLinks(r, s)
	mountPeople(r, s)
	mountUnits(r, s)
	mountFeedback(r, s)
}

func (s *Service) cookie(name, value, path string, life time.Duration) *http.Cookie {
	age := int(life / time.Second)
	if life <= 0 {
		age = -1
	}
	return &http.Cookie{ //nolint:gosec // Secure whenever Luotsi is reached by https; without, browsers would drop it
		Name: name, Value: value, Path: path, MaxAge: age, HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: strings.HasPrefix(s.PublicURL, "https://"),
	}
}

// setCookies gives the device its session. The token's cookie outlives the token, so that the answer to an old one can tell
// that it is to be renewed.
func (s *Service) setCookies(ctx context.Context, o Opened) {
	web.SetCookie(ctx, s.cookie(TokenCookie, o.Token, "/", SessionLife))
	if o.Secret != "" {
		web.SetCookie(ctx, s.cookie(SessionCookie, o.Secret, sessionPath, SessionLife))
	}
}

func (s *Service) dropCookies(ctx context.Context) {
	web.SetCookie(ctx, s.cookie(TokenCookie, "", "/", 0))
	web.SetCookie(ctx, s.cookie(SessionCookie, "", sessionPath, 0))
}

func (s *Service) signedIn(ctx context.Context, o Opened, err error) (meView, error) {
	if err != nil {
		return meView{}, err
	}
	me, err := s.Me(o.Person)
	if err != nil {
		return meView{}, err
	}
	s.setCookies(ctx, o)
	return meOf(me), nil
}

type signInRequest struct {
	Email    string `json:"email" validate:"required,email,max=254"`
	Password string `json:"password" validate:"required,max=256"`
}

func mountSession(r *web.Router, s *Service) {
	const tag = "people"
	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/session", ID: "signIn", Summary: "Sign in on this device", Tag: tag,
		Access: auth.Anyone(), Faults: faults(ErrSignInFailed, ErrTooMany),
	}, func(ctx context.Context, caller auth.Caller, req signInRequest) (meView, error) {
		o, err := s.SignIn(ctx, req.Email, req.Password, caller.Address)
		return s.signedIn(ctx, o, err)
	})
	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/session/renew", ID: "renewSession", Summary: "Get a new token for the session of this device", Tag: tag,
		Access: auth.Anyone(), Faults: faults(ErrSignedOut),
	}, func(ctx context.Context, _ auth.Caller, _ web.None) (meView, error) {
		o, err := s.Renew(ctx, web.Cookie(ctx, SessionCookie))
		return s.signedIn(ctx, o, err)
	})
	web.Handle(r, web.Route{
		Method: http.MethodDelete, Path: "/api/session", ID: "signOut", Summary: "Sign out on this device", Tag: tag, Access: auth.Anyone(),
	}, func(ctx context.Context, caller auth.Caller, _ web.None) (web.None, error) {
		if err := s.SignOut(ctx, caller, web.Cookie(ctx, SessionCookie)); err != nil {
			return web.None{}, err
		}
		s.dropCookies(ctx)
		return web.None{}, nil
	})
	web.Handle(r, web.Route{
		Method: http.MethodDelete, Path: "/api/sessions", ID: "signOutEverywhere", Summary: "Sign out on all devices", Tag: tag, Access: auth.SignedIn(),
	}, func(ctx context.Context, caller auth.Caller, _ web.None) (web.None, error) {
		if err := s.SignOutEverywhere(ctx, caller); err != nil {
			return web.None{}, err
		}
		s.dropCookies(ctx)
		return web.None{}, nil
	})
}

type languageRequest struct {
	Language string `json:"language" validate:"required,language"`
}

type nameRequest struct {
	Name string `json:"name" validate:"required,line,no_identity_code,max=100"`
}

type passwordRequest struct {
	Current  string `json:"current" validate:"required,max=256"`
	Password string `json:"password" validate:"required,max=256"`
}

type dataView struct {
	Account  accountView    `json:"account"`
	Sessions []time.Time    `json:"sessions"`
	Access   []accessView   `json:"access"`
	Feedback []feedbackView `json:"feedback"`
	Features map[string]any `json:"features"`
}

func mountMe(r *web.Router, s *Service) {
	const tag = "people"
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/me", ID: "getMe", Summary: "Who is signed in", Tag: tag, Access: auth.SignedIn(),
	}, func(_ context.Context, caller auth.Caller, _ web.None) (meView, error) {
		me, err := s.Me(caller.Person)
		return meOf(me), err
	})
	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/me/language", ID: "chooseLanguage", Summary: "Choose the language of pages and mails", Tag: tag, Access: auth.SignedIn(),
	}, func(ctx context.Context, caller auth.Caller, req languageRequest) (meView, error) {
		me, err := s.ChooseLanguage(ctx, caller, req.Language)
		return meOf(me), err
	})
	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/me/name", ID: "changeName", Summary: "Write one's own name anew", Tag: tag, Access: auth.SignedIn(),
	}, func(ctx context.Context, caller auth.Caller, req nameRequest) (meView, error) {
		name, err := nameOf(req.Name)
		if err != nil {
			return meView{}, err
		}
		me, err := s.ChangeName(ctx, caller, name)
		return meOf(me), err
	})
	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/me/password", ID: "changePassword", Summary: "Change the password; all other sessions end", Tag: tag,
		Access: auth.SignedIn(), Status: http.StatusNoContent, Faults: faults(ErrPasswordWrong, auth.ErrPasswordShort, auth.ErrPasswordCommon, ErrTooMany),
	}, func(ctx context.Context, caller auth.Caller, req passwordRequest) (web.None, error) {
		return web.None{}, s.ChangePassword(ctx, caller, req.Current, req.Password)
	})
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/me/data", ID: "downloadMyData", Summary: "Everything that is kept about the caller", Tag: tag,
		Access: auth.SignedIn(), Faults: faults(ErrTooMany),
	}, func(ctx context.Context, caller auth.Caller, _ web.None) (dataView, error) {
		d, err := s.Data(ctx, caller.Person)
		if err != nil {
			return dataView{}, err
		}
		view := dataView{Account: accountOf(d.Account), Sessions: d.Sessions, Access: s.accessOf(d.Looks), Feedback: []feedbackView{}, Features: d.Features}
		for _, f := range d.Feedback {
			view.Feedback = append(view.Feedback, feedbackOf(f))
		}
		return view, nil
	})
}

type linkRequest struct {
	Token string `path:"token" json:"-" validate:"required,max=200"`
}

type askResetRequest struct {
	Email string `json:"email" validate:"required,email,max=254"`
}

type resetRequest struct {
	Token    string `path:"token" json:"-" validate:"required,max=200"`
	Password string `json:"password" validate:"required,max=256"`
}

type resettingView struct {
	Expires time.Time `json:"expires"`
}

type inviteeView struct {
	Name      string    `json:"name"`
	Email     string    `json:"email"`
	UnitNames []string  `json:"unitNames"`
	Expires   time.Time `json:"expires"`
	Language  string    `json:"language"`
}

type acceptRequest struct {
	Token    string `path:"token" json:"-" validate:"required,max=200"`
	Name     string `json:"name" validate:"required,line,no_identity_code,max=100"`
	Password string `json:"password" validate:"required,max=256"`
	Language string `json:"language" validate:"required,language"`
}

func mountLinks(r *web.Router, s *Service) {
	const tag = "people"
	links := faults(auth.ErrLinkInvalid, auth.ErrLinkExpired, auth.ErrLinkUsed)
	passwords := append(links[:len(links):len(links)], auth.ErrPasswordShort, auth.ErrPasswordCommon)
	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/password-resets", ID: "askPasswordReset", Summary: "Ask for a link to choose a new password", Tag: tag,
		Access: auth.Anyone(), Status: http.StatusNoContent, Faults: faults(ErrTooMany),
	}, func(_ context.Context, caller auth.Caller, req askResetRequest) (web.None, error) {
		return web.None{}, s.AskReset(req.Email, caller.Address)
	})
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/password-resets/:token", ID: "getPasswordReset", Summary: "Until when a reset link serves", Tag: tag,
		Access: auth.Anyone(), Faults: links,
	}, func(_ context.Context, _ auth.Caller, req linkRequest) (resettingView, error) {
		expires, err := s.Resetting(req.Token)
		return resettingView{expires}, err
	})
	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/password-resets/:token", ID: "resetPassword", Summary: "Choose a new password; all sessions end", Tag: tag,
		Access: auth.Anyone(), Faults: passwords,
	}, func(ctx context.Context, _ auth.Caller, req resetRequest) (web.None, error) {
		return web.None{}, s.ResetPassword(ctx, req.Token, req.Password)
	})
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/invitations/:token", ID: "getInvitation", Summary: "Who an invitation is for", Tag: tag,
		Access: auth.Anyone(), Faults: links,
	}, func(_ context.Context, _ auth.Caller, req linkRequest) (inviteeView, error) {
		v, err := s.Invitation(req.Token)
		return inviteeView{Name: v.Name.Name, Email: v.Email, UnitNames: v.UnitNames, Expires: v.Expires, Language: v.Language}, err
	})
	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/invitations/:token", ID: "acceptInvitation", Summary: "Accept an invitation; signs in", Tag: tag,
		Access: auth.Anyone(), Faults: passwords,
	}, func(ctx context.Context, _ auth.Caller, req acceptRequest) (meView, error) {
		name, err := nameOf(req.Name)
		if err != nil {
			return meView{}, err
		}
		o, err := s.Accept(ctx, req.Token, name, req.Password, req.Language)
		return s.signedIn(ctx, o, err)
	})
}
