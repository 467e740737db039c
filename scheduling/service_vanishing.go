package scheduling

import (
	"context"
	"errors"
	"strings"
	"time"

	"luotsi/server/journal"
)

// VanishTexts deletes the texts that are not to be kept any more: first a commit says so, then the vault forgets them. What a
// crash leaves between the two is deleted by the first call after the next start. It is not called twice at once.
func (s *Service) VanishTexts(ctx context.Context) error {
	now := s.now()
	first := s.cleared.IsZero()
	if first || now.Sub(s.cleared) >= 24*time.Hour {
		if err := s.clearAfterMeetings(ctx, now.UnixMilli()); err != nil {
			return err
		}
		s.cleared = now
	}
	for {
		due := false
		s.journal.View(func() {
			for id := range s.state.texted {
				if _, due = s.state.vanishing(id, s.now().UnixMilli(), s.textsDays); due {
					return
				}
			}
		})
		if !due {
			return nil
		}
		var texts []string
		_, err := s.journal.Update(ctx, "", journal.Key{}, func(now time.Time) (journal.Decision, error) {
			d, err := s.state.Vanish(now, s.textsDays)
			texts = texts[:0]
			for _, event := range d.Events {
				if e, ok := event.(TextsVanished); ok {
					texts = append(texts, s.state.textsOf(e)...)
				}
			}
			return d, err
		})
		if err != nil {
			return err
		}
		if err := s.vault.Delete(ctx, texts...); err != nil {
			s.cleared = time.Time{} // the next call looks again
			return err
		}
	}
}

// recently is how far back a start looks for texts that should be gone.
const recently = 3 * 24 * time.Hour

// clearAfterMeetings deletes again what vanished lately, and everybody's drafts of what is not kept any more.
func (s *Service) clearAfterMeetings(ctx context.Context, now int64) error {
	var texts []string
	after := now - recently.Milliseconds()
	lately := func(gone int64) bool { return gone > after }
	s.journal.View(func() {
		p := &s.state.primary
		for _, f := range p.Files {
			if lately(f.Question.Gone) {
				texts = append(texts, f.Question.Text)
			}
			for _, o := range f.Outcomes {
				if lately(o.Gone) {
					texts = append(texts, o.Text)
				}
			}
		}
		for _, a := range p.Appointments {
			if lately(a.TextsGone) {
				for _, who := range a.Participants {
					if who.Guest != "" {
						texts = append(texts, who.Guest)
					}
				}
			}
		}
		for _, c := range p.Consultations {
			if lately(c.Gone) {
				texts = append(texts, c.texts()...)
			}
		}
	})
	_, err := s.vault.SweepDrafts(ctx, func(subject string, saved time.Time) (over bool) {
		if strings.HasPrefix(subject, draftsOfCases) {
			s.journal.View(func() { over = s.state.draftKeeps(subject, saved.UnixMilli(), s.textsDays) <= now })
		}
		return over
	})
	return errors.Join(err, s.vault.Delete(ctx, texts...))
}
