package psycap

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

// instrumentView tells of an instrument all but what it asks: no text of an item is ever in it.
type instrumentView struct {
	ID          string           `json:"id"`
	Version     string           `json:"version"` // the newest that may be asked, or the one that ships
	Title       string           `json:"title"`
	Rights      string           `json:"rights"`
	Holder      string           `json:"holder"`
	Address     string           `json:"address"`
	Credit      string           `json:"credit"`
	Label       string           `json:"label"`
	Note        string           `json:"note"`
	Standing    string           `json:"standing"`
	TakesItems  bool             `json:"takesItems"`
	Items       []string         `json:"items"` // their ids
	Parts       []string         `json:"parts"`
	Min         int              `json:"min"`
	Max         int              `json:"max"`
	Total       bool             `json:"total"`
	Languages   []string         `json:"languages"`
	Licence     *licenceView     `json:"licence,omitempty"`
	Uploads     []uploadView     `json:"uploads"` // newest first
	Translation *translationView `json:"translation,omitempty"`
}

type licenceView struct {
	Holder string    `json:"holder"`
	Scope  string    `json:"scope"`
	Ends   string    `json:"ends"`
	At     time.Time `json:"at"`
}

type uploadView struct {
	Version string    `json:"version"`
	At      time.Time `json:"at"`
}

type translationView struct {
	Translator string `json:"translator"`
	Date       string `json:"date"`
	Version    string `json:"version"`
}

// organisationInstruments are the instruments as one organisation has them, and how many people its groups need.
type organisationInstruments struct {
	Org         string           `json:"org"`
	Name        string           `json:"name"`
	Administers bool             `json:"administers"`
	Floor       int              `json:"floor"`
	Instruments []instrumentView `json:"instruments"`
}

type instrumentsView struct {
	Organisations []organisationInstruments `json:"organisations"`
}

type licenceRequest struct {
	Instrument string `path:"instrument" json:"-" validate:"id"`
	Org        string `json:"org" validate:"required,id"`
	Holder     string `json:"holder" validate:"required,line,no_identity_code,max=200"`
	Scope      string `json:"scope" validate:"required,line,no_identity_code,max=500"`
	Ends       string `json:"ends" validate:"required,date"`
}

type withdrawLicenceRequest struct {
	Instrument string `path:"instrument" json:"-" validate:"id"`
	Org        string `query:"org" json:"-" validate:"required,id"`
}

type itemsRequest struct {
	Instrument  string                 `path:"instrument" json:"-" validate:"id"`
	Org         string                 `json:"org" validate:"required,id"`
	Texts       []languageTextsRequest `json:"texts" validate:"required,min=1,max=3,dive"`
	Translation *translationRequest    `json:"translation,omitempty"`
}

type languageTextsRequest struct {
	Language string          `json:"language" validate:"required,language"`
	Items    []itemRequest   `json:"items" validate:"required,min=1,max=100,dive"`
	Anchors  []anchorRequest `json:"anchors,omitempty" validate:"max=101,dive"`
}

type itemRequest struct {
	ID   string `json:"id" validate:"required,id"`
	Text string `json:"text" validate:"required,line,no_identity_code,max=500"`
}

type anchorRequest struct {
	Value int    `json:"value" validate:"min=0,max=100"`
	Text  string `json:"text" validate:"required,line,no_identity_code,max=500"`
}

type translationRequest struct {
	Translator string `json:"translator" validate:"required,line,no_identity_code,max=200"`
	Date       string `json:"date" validate:"required,date"`
	Version    string `json:"version" validate:"required,line,no_identity_code,max=40"`
}

type floorRequest struct {
	Org   string `json:"org" validate:"required,id"`
	Floor int    `json:"floor" validate:"required,min=5,max=100"`
}

func mountInstruments(r *web.Router, s *Service) {
	const tag = "instruments"
	admin := auth.Only(auth.Admin)

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/psycap/instruments", ID: "listInstruments", Tag: tag, Access: auth.Only(auth.Admin, auth.Trainer),
		Summary: "Instruments of the caller's organisations, whether each may be asked today, and why not; never what they ask",
	}, func(ctx context.Context, caller auth.Caller, _ web.None) (instrumentsView, error) {
		view := instrumentsView{Organisations: []organisationInstruments{}}
		for _, org := range s.organisationsOf(caller) {
			one, err := s.viewInstruments(ctx, caller, org)
			if err != nil {
				return instrumentsView{}, err
			}
			view.Organisations = append(view.Organisations, one)
		}
		return view, nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/psycap/instruments/:instrument/licence", ID: "recordLicence", Tag: tag, Access: admin,
		Summary: "Record a licence of an instrument until a day, inclusive, in place of the one before",
		Faults:  []*fault.Error{ErrUnknownInstrument, ErrElsewhere, ErrNoLicenceNeeded},
	}, func(ctx context.Context, caller auth.Caller, req licenceRequest) (instrumentView, error) {
		licence := Licence{Holder: strings.TrimSpace(req.Holder), Scope: strings.TrimSpace(req.Scope), Ends: req.Ends}
		switch {
		case web.Blank(licence.Holder):
			return instrumentView{}, fault.Bad("holder", "required")
		case web.Blank(licence.Scope):
			return instrumentView{}, fault.Bad("scope", "required")
		}
		err := s.RecordLicence(ctx, caller, req.Org, req.Instrument, licence)
		return s.viewInstrument(ctx, caller, req.Org, req.Instrument, err)
	})

	web.Handle(r, web.Route{
		Method: http.MethodDelete, Path: "/api/psycap/instruments/:instrument/licence", ID: "withdrawLicence", Tag: tag, Access: admin,
		Summary: "Withdraw a licence: the instrument closes at once, what was answered stays",
		Faults:  []*fault.Error{ErrUnknownInstrument, ErrElsewhere, ErrNoLicenceNeeded},
	}, func(ctx context.Context, caller auth.Caller, req withdrawLicenceRequest) (instrumentView, error) {
		err := s.WithdrawLicence(ctx, caller, req.Org, req.Instrument)
		return s.viewInstrument(ctx, caller, req.Org, req.Instrument, err)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/psycap/instruments/:instrument/items", ID: "uploadItems", Tag: tag, Access: admin,
		Summary: "Bring in the items of an instrument that ships without them, as its next version; answers keep the version they were given to",
		Faults:  []*fault.Error{ErrUnknownInstrument, ErrElsewhere, ErrShipsWithItems, ErrLicenceNeeded, ErrUploadedSince},
	}, func(ctx context.Context, caller auth.Caller, req itemsRequest) (instrumentView, error) {
		items, err := req.texts()
		if err == nil {
			err = s.UploadItems(ctx, caller, req.Org, req.Instrument, items)
		}
		return s.viewInstrument(ctx, caller, req.Org, req.Instrument, err)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/psycap/floor", ID: "setFloor", Tag: tag, Access: admin,
		Summary: "Say how many people a group of an organisation must have at least for its figures to be shown",
	}, func(ctx context.Context, caller auth.Caller, req floorRequest) (web.None, error) {
		return web.None{}, s.SetFloor(ctx, caller, req.Org, req.Floor)
	})
}

// texts refuses what stands twice; the rest is checked against the shell.
func (r itemsRequest) texts() (ItemTexts, error) {
	var texts ItemTexts
	var wrong []fault.Field
	for _, l := range r.Texts {
		one := LanguageTexts{Language: l.Language, Items: map[string]string{}, Anchors: map[int]string{}}
		for _, item := range l.Items {
			if _, twice := one.Items[item.ID]; twice {
				wrong = append(wrong, fault.Field{Name: "items." + l.Language + "." + item.ID, Code: "repeated"})
			}
			one.Items[item.ID] = item.Text
		}
		for _, anchor := range l.Anchors {
			one.Anchors[anchor.Value] = anchor.Text
		}
		texts.Languages = append(texts.Languages, one)
	}
	if t := r.Translation; t != nil {
		texts.Translation = &Translation{Translator: strings.TrimSpace(t.Translator), Date: t.Date, Version: strings.TrimSpace(t.Version)}
		if web.Blank(t.Translator) || web.Blank(t.Version) {
			wrong = append(wrong, fault.Field{Name: "translation", Code: "required"})
		}
	}
	if len(wrong) > 0 {
		return ItemTexts{}, fault.ErrInvalid.Of(wrong...)
	}
	return texts, nil
}

// organisationsOf lists, by name, where the caller is a trainer or an administrator.
func (s *Service) organisationsOf(caller auth.Caller) (orgs []organisationInstruments) {
	s.journal.View(func() {
		for _, g := range s.people.Grants(caller.Person) {
			if g.Role != auth.Admin && g.Role != auth.Trainer {
				continue
			}
			if slices.ContainsFunc(orgs, func(o organisationInstruments) bool { return o.Org == g.Org }) {
				continue
			}
			org, _ := s.people.Organisation(g.Org)
			orgs = append(orgs, organisationInstruments{
				Org: g.Org, Name: org.Name, Administers: s.administers(caller.Person, g.Org), Floor: s.state.floorOf(g.Org),
			})
		}
	})
	slices.SortFunc(orgs, func(a, b organisationInstruments) int { return strings.Compare(a.Name, b.Name) })
	return orgs
}

func (s *Service) viewInstruments(ctx context.Context, caller auth.Caller, org organisationInstruments) (organisationInstruments, error) {
	all, err := s.Instruments(ctx, org.Org)
	if err != nil {
		return org, err
	}
	for _, one := range all {
		org.Instruments = append(org.Instruments, viewListed(one, caller.Language))
	}
	return org, nil
}

func (s *Service) viewInstrument(ctx context.Context, caller auth.Caller, org, id string, err error) (instrumentView, error) {
	if err != nil {
		return instrumentView{}, err
	}
	all, err := s.Instruments(ctx, org)
	if err != nil {
		return instrumentView{}, err
	}
	at := slices.IndexFunc(all, func(l Listed) bool { return l.ID == id })
	if at < 0 {
		return instrumentView{}, ErrUnknownInstrument
	}
	return viewListed(all[at], caller.Language), nil
}

func viewListed(one Listed, language string) instrumentView {
	view := instrumentView{
		ID: one.ID, Version: one.Version, Title: one.Titles.In(language), Rights: string(one.Rights), Holder: one.Holder, Address: one.Address,
		Credit: one.Credit.In(language), Label: one.Label.In(language), Note: one.Note.In(language), Standing: string(one.Standing),
		TakesItems: one.Shell && !one.Elsewhere, Items: []string{}, Parts: []string{}, Min: one.Scale.Min, Max: one.Scale.Max, Total: one.Total,
		Languages: append([]string{}, one.Languages...), Uploads: []uploadView{},
	}
	for _, item := range one.Items {
		view.Items = append(view.Items, item.ID)
	}
	for _, part := range one.Parts {
		view.Parts = append(view.Parts, part.Titles.In(language))
	}
	if l := one.Licence; l != nil {
		view.Licence = &licenceView{Holder: l.Holder, Scope: l.Scope, Ends: l.Ends, At: time.UnixMilli(l.At).UTC()}
	}
	for _, u := range slices.Backward(one.Uploads) {
		view.Uploads = append(view.Uploads, uploadView{Version: u.Version, At: time.UnixMilli(u.At).UTC()})
	}
	if t := one.Translation; t != nil {
		view.Translation = &translationView{Translator: t.Translator, Date: t.Date, Version: t.Version}
	}
	return view
}
