package scheduling

import (
	"context"
	"slices"
	"strings"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/vault"
)

// mayDraft says under which name the caller's draft is kept; subjects are question.<case>, outcome.<appointment>,
// consultation.<consultation>, and consultation.new. Drafts of what is not theirs to write are refused.
func (s *Service) mayDraft(i auth.Identity, subject string) (string, error) {
	part, id, ok := strings.Cut(subject, ".")
	if !ok || !isID(id) {
		return "", fault.Bad("subject", "id")
	}
	err := error(ErrNoCase)
	s.journal.View(func() {
		p := &s.state.primary
		switch part {
		case "question":
			if s.carries(i, id) {
				err = nil
			}
		case "outcome":
			if a, known := p.Appointments[id]; known {
				if access := s.accessTo(i, a.Case, s.now().UnixMilli()); access.Carries || slices.Contains(access.Part, id) {
					err = nil
				}
			}
		case "consultation":
			c, known := p.Consultations[id]
			if id == "new" && i.Has(auth.Coordinator) || known && (s.asks(i, &c) || s.toAnswer(i, &c, s.now().UnixMilli())) {
				err = nil
			}
		default:
			err = fault.Bad("subject", "id")
		}
	})
	return draftOf(part, id), err
}

// Draft reads the caller's unfinished text; the zero Draft when there is none.
func (s *Service) Draft(ctx context.Context, i auth.Identity, subject string) (vault.Draft, error) {
	name, err := s.mayDraft(i, subject)
	if err != nil {
		return vault.Draft{}, err
	}
	return s.vault.Draft(ctx, i.Person, name)
}

// SaveDraft keeps the caller's unfinished text in place of revision rev. It fails with vault.ErrDraftConflict, and with ErrTextsGone
// when what it was to become is not kept any more.
func (s *Service) SaveDraft(ctx context.Context, i auth.Identity, subject string, rev int64, text string) (vault.Draft, error) {
	name, err := s.mayDraft(i, subject)
	if err != nil {
		return vault.Draft{}, err
	}
	over := false
	now := s.now().UnixMilli()
	s.journal.View(func() { over = s.state.draftKeeps(name, now, s.textsDays) <= now })
	if over {
		return vault.Draft{}, ErrTextsGone
	}
	return s.vault.SaveDraft(ctx, i.Person, name, rev, text)
}
