package scheduling

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"luotsi/server/vault"
)

// ownTextView is something the person wrote about a case, as it is kept: a JSON text.
type ownTextView struct {
	Reference string    `json:"reference"`
	What      string    `json:"what"` // question, outcome, consultation or message
	At        time.Time `json:"at"`
	Text      string    `json:"text"`
}

// ownTexts reads what a person wrote about cases and is still kept.
func (s *Service) ownTexts(ctx context.Context, person string) ([]ownTextView, error) {
	type own struct {
		view ownTextView
		id   string
	}
	var all []own
	s.journal.View(func() {
		p := &s.state.primary
		add := func(of, what, by, text string, at, gone int64) {
			if by == person && gone == 0 && text != "" {
				all = append(all, own{ownTextView{Reference: p.Cases[of].Reference, What: what, At: moment(at)}, text})
			}
		}
		for id, f := range p.Files {
			add(id, "question", f.Question.By, f.Question.Text, f.Question.At, f.Question.Gone)
			for _, o := range f.Outcomes {
				add(id, "outcome", o.By, o.Text, o.At, o.Gone)
			}
		}
		for _, c := range p.Consultations {
			add(c.Case, "consultation", c.By, c.Text, c.At, c.Gone)
			for _, m := range c.Messages {
				add(c.Case, "message", m.By, m.Text, m.At, c.Gone)
			}
		}
	})
	slices.SortFunc(all, func(a, b own) int { return cmp.Or(a.view.At.Compare(b.view.At), cmp.Compare(a.id, b.id)) })
	views := []ownTextView{}
	for _, one := range all {
		text, err := s.vault.Get(ctx, one.id)
		if errors.Is(err, vault.ErrGone) {
			continue
		}
		if err != nil {
			return nil, err
		}
		one.view.Text = text
		views = append(views, one.view)
	}
	return views, nil
}
