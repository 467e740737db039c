package people

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/vault"
)

// UnitView is a unit with its organisation's name. Own says that it belongs to one the viewer has a role in.
type UnitView struct {
	Unit
	Organisation string
	Own          bool
}

// UnitsFor lists the units inside the viewer's border: those of their organisations, and those opened to them.
func (s *Service) UnitsFor(viewer auth.Identity) []UnitView {
	all := []UnitView{}
	s.Journal.View(func() {
		for u := range s.State.Units() {
			own := slices.ContainsFunc(viewer.Grants, func(g auth.Grant) bool { return g.Org == u.Org })
			if own || s.State.CanSee(viewer, u.ID, ForJointAppointments) || s.State.CanSee(viewer, u.ID, ForCohorts) {
				all = append(all, UnitView{Unit: u, Organisation: s.State.kept.Organisations[u.Org].Name, Own: own})
			}
		}
	})
	finnish := collate.New(language.Finnish)
	slices.SortFunc(all, func(a, b UnitView) int {
		return cmp.Or(finnish.CompareString(a.Organisation, b.Organisation), finnish.CompareString(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return all
}

// AddUnit starts a unit of an organisation that the caller administers.
func (s *Service) AddUnit(ctx context.Context, caller auth.Caller, name, kind, org string) (UnitView, error) {
	u := Unit{ID: s.NewID(), Name: name, Kind: kind, Org: org}
	answer, err := s.Journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.State.addUnit(caller.Person, u)
	})
	if err != nil {
		return UnitView{}, err
	}
	return s.unitView(caller, answer.IDs[0])
}

// ChangeUnit gives a unit another name and kind.
func (s *Service) ChangeUnit(ctx context.Context, caller auth.Caller, unit, name, kind string) (UnitView, error) {
	_, err := s.Journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.State.changeUnit(caller.Person, unit, name, kind)
	})
	if err != nil {
		return UnitView{}, err
	}
	return s.unitView(caller, unit)
}

func (s *Service) unitView(viewer auth.Caller, unit string) (UnitView, error) {
	for _, u := range s.UnitsFor(viewer.Identity) {
		if u.ID == unit {
			return u, nil
		}
	}
	return UnitView{}, ErrNotFound
}

// AddUnits starts units without asking who wants them: for a seeder, never over HTTP. It gives their ids.
func (s *Service) AddUnits(ctx context.Context, units ...Unit) ([]string, error) {
	var d journal.Decision
	for _, u := range units {
		id := s.NewID()
		d.Events = append(d.Events, UnitAdded{Unit: id, Name: u.Name, Kind: u.Kind, Org: u.Org})
		d.IDs = append(d.IDs, id)
	}
	answer, err := s.Journal.Update(ctx, "", journal.Key{}, func(time.Time) (journal.Decision, error) { return d, nil })
	return answer.IDs, err
}

// AddOrganisation starts an organisation with a first unit and nobody in it yet: for a seeder, never over HTTP.
func (s *Service) AddOrganisation(ctx context.Context, name, unitName, unitKind string) (org, unit string, err error) {
	w := founding{org: s.NewID(), orgName: name, unit: s.NewID(), unitName: unitName, unitKind: unitKind}
	_, err = s.Journal.Update(ctx, "", journal.Key{}, func(now time.Time) (journal.Decision, error) { return s.State.found(now, w) })
	return w.org, w.unit, err
}

// OrganisationView is an organisation; Own as in UnitView.
type OrganisationView struct {
	Organisation
	Own bool
}

// OrganisationsFor lists all organisations by name: to open a unit to one, its name has to be known.
func (s *Service) OrganisationsFor(viewer auth.Identity) []OrganisationView {
	all := []OrganisationView{}
	s.Journal.View(func() {
		for o := range s.State.Organisations() {
			own := slices.ContainsFunc(viewer.Grants, func(g auth.Grant) bool { return g.Org == o.ID })
			all = append(all, OrganisationView{Organisation: o, Own: own})
		}
	})
	finnish := collate.New(language.Finnish)
	slices.SortFunc(all, func(a, b OrganisationView) int {
		return cmp.Or(finnish.CompareString(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return all
}

// RenameOrganisation gives an organisation another name.
func (s *Service) RenameOrganisation(ctx context.Context, caller auth.Caller, org, name string) (OrganisationView, error) {
	_, err := s.Journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.State.renameOrganisation(caller.Person, org, name)
	})
	return OrganisationView{Organisation: Organisation{ID: org, Name: name}, Own: true}, err
}

// SharingView is a sharing with the names of its two sides.
type SharingView struct {
	Sharing
	UnitName, Organisation string
	SinceAt                time.Time
}

// SharingsFor lists the sharings that open the viewer's organisations, or open others to them, newest first.
func (s *Service) SharingsFor(viewer auth.Identity) []SharingView {
	all := []SharingView{}
	s.Journal.View(func() {
		for _, w := range s.State.kept.Sharings {
			unit := s.State.kept.Units[w.Unit]
			if viewer.HasInOrg(unit.Org, auth.Admin) || viewer.HasInOrg(w.Org, auth.Admin) {
				all = append(all, SharingView{Sharing: w, UnitName: unit.Name, Organisation: s.State.kept.Organisations[w.Org].Name, SinceAt: time.UnixMilli(w.Since).UTC()})
			}
		}
	})
	slices.SortFunc(all, func(a, b SharingView) int { return cmp.Or(cmp.Compare(b.Since, a.Since), cmp.Compare(a.ID, b.ID)) })
	return all
}

// OpenSharing opens a unit of the caller's organisation to another one.
func (s *Service) OpenSharing(ctx context.Context, caller auth.Caller, unit, org, purpose string) (SharingView, error) {
	w := Sharing{ID: s.NewID(), Unit: unit, Org: org, Purpose: purpose}
	answer, err := s.Journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.State.openSharing(caller.Person, w)
	})
	if err != nil {
		return SharingView{}, err
	}
	for _, w := range s.SharingsFor(caller.Identity) {
		if w.ID == answer.IDs[0] {
			return w, nil
		}
	}
	return SharingView{}, ErrNotFound // closed again already
}

// CloseSharing ends a sharing.
func (s *Service) CloseSharing(ctx context.Context, caller auth.Caller, sharing string) error {
	_, err := s.Journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.State.closeSharing(caller.Person, sharing)
	})
	return err
}

// Feedback is what somebody wrote about Luotsi. The texts are empty when the person was erased since.
type Feedback struct {
	ID       string
	At       time.Time
	Text     string
	Email    string
	Page     string
	Due      string
	Answered time.Time // zero while it is not
	Answer   string
	Overdue  bool
}

// feedbackText is what the vault keeps of feedback.
type feedbackText struct {
	Text  string `json:"text"`
	Email string `json:"email,omitempty"`
	Page  string `json:"page"`
}

// GiveFeedback keeps what anybody has to say.
func (s *Service) GiveFeedback(ctx context.Context, caller auth.Caller, text, email, page string) (id, due string, err error) {
	if err := s.feedbackByAddress.Take(networkOf(caller.Address), s.Now()); err != nil {
		return "", "", err
	}
	sealed, err := json.Marshal(feedbackText{Text: text, Email: email, Page: page})
	if err != nil {
		return "", "", err
	}
	id = s.NewID()
	var about []string
	if caller.Person != "" {
		about = []string{caller.Person}
	}
	if err := s.Vault.Put(ctx, id, about, string(sealed)); err != nil {
		return "", "", err
	}
	answer, err := s.Journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		return s.State.giveFeedback(now, caller.Person, id)
	})
	if err != nil {
		return "", "", err
	}
	id = answer.IDs[0]
	s.Journal.View(func() { due = s.State.kept.Feedback[id].Due })
	return id, due, nil
}

// FeedbackFor lists the feedback that the viewer answers, what waits longest first, then what was answered, newest first.
func (s *Service) FeedbackFor(ctx context.Context, viewer auth.Identity) ([]Feedback, error) {
	return s.feedback(ctx, func(f feedback) bool { return viewer.HasInOrg(f.Org, auth.Admin) })
}

// feedback reads all feedback that is wanted, with its texts.
func (s *Service) feedback(ctx context.Context, wanted func(feedback) bool) ([]Feedback, error) {
	type one struct {
		id string
		feedback
	}
	var found []one
	s.Journal.View(func() {
		for id, f := range s.State.kept.Feedback {
			if wanted(f) {
				found = append(found, one{id, f})
			}
		}
	})
	slices.SortFunc(found, func(a, b one) int {
		if (a.Answer == "") != (b.Answer == "") {
			return strings.Compare(a.Answer, b.Answer)
		}
		return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(b.Answered, a.Answered), cmp.Compare(a.At, b.At), cmp.Compare(a.id, b.id))
	})
	all := make([]Feedback, 0, len(found))
	now := s.Now()
	for _, f := range found {
		view := Feedback{ID: f.id, At: time.UnixMilli(f.At).UTC(), Due: f.Due, Overdue: f.overdue(now)}
		text, err := s.feedbackText(ctx, f.id)
		if err != nil {
			return nil, err
		}
		view.Text, view.Email, view.Page = text.Text, text.Email, text.Page
		if f.Answer != "" {
			view.Answered = time.UnixMilli(f.Answered).UTC()
			if view.Answer, err = s.text(ctx, f.Answer); err != nil {
				return nil, err
			}
		}
		all = append(all, view)
	}
	return all, nil
}

func (s *Service) feedbackText(ctx context.Context, id string) (feedbackText, error) {
	var text feedbackText
	sealed, err := s.text(ctx, id)
	if err != nil || sealed == "" {
		return text, err
	}
	if err := json.Unmarshal([]byte(sealed), &text); err != nil {
		return text, fmt.Errorf("decode feedback %s: %w", id, err)
	}
	return text, nil
}

// text reads from the vault; a text that was erased is empty.
func (s *Service) text(ctx context.Context, id string) (string, error) {
	text, err := s.Vault.Get(ctx, id)
	if errors.Is(err, vault.ErrGone) {
		return "", nil
	}
	return text, err
}

// AnswerFeedback answers; whoever left an address or was signed in gets it by mail.
func (s *Service) AnswerFeedback(ctx context.Context, caller auth.Caller, id, text string) (Feedback, error) {
	var about []string
	s.Journal.View(func() {
		if person := s.State.kept.Feedback[id].Person; person != "" {
			about = []string{person}
		}
	})
	answer := s.NewID()
	if err := s.Vault.Put(ctx, answer, about, text); err != nil {
		return Feedback{}, err
	}
	_, err := s.Journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.State.answerFeedback(caller.Person, id, answer)
	})
	if err != nil {
		if !errors.Is(err, journal.ErrUnavailable) {
			if err := s.Vault.Delete(ctx, answer); err != nil {
				s.Log.Warn("delete a text that is not named", "error", err)
			}
		}
		return Feedback{}, err
	}
	all, err := s.FeedbackFor(ctx, caller.Identity)
	for _, f := range all {
		if f.ID == id {
			return f, nil
		}
	}
	return Feedback{}, cmp.Or(err, error(ErrNotFound))
}
