package scheduling

import (
	"context"
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

// clearAfterMeetings deletes again what vanished lately, and the drafts about meetings whose texts are not kept any more.
func (s *Service) clearAfterMeetings(ctx context.Context, now int64) error {
	var texts []string
	type draft struct{ person, subject string }
	drafts := map[draft]bool{}
	after := now - recently.Milliseconds()
	lately := func(gone int64) bool { return gone > after }
	s.journal.View(func() {
		p := &s.state.primary
		for id, f := range p.Files {
			if lately(f.Question.Gone) {
				texts = append(texts, f.Question.Text)
				drafts[draft{p.Cases[id].Owner, draftOf("question", id)}] = true
			}
			for _, o := range f.Outcomes {
				if lately(o.Gone) {
					texts = append(texts, o.Text)
				}
			}
		}
		for id, a := range p.Appointments {
			if lately(a.TextsGone) {
				for _, who := range a.Participants {
					if who.Guest != "" {
						texts = append(texts, who.Guest)
					}
				}
			}
			if end := s.state.meetingKeeps(&a, s.textsDays); end > after && end <= now {
				drafts[draft{p.Cases[a.Case].Owner, draftOf("outcome", id)}] = true
				for _, who := range a.Participants {
					if who.Person != "" && who.Role != RoleRoom {
						drafts[draft{who.Person, draftOf("outcome", id)}] = true
					}
				}
			}
		}
		for id, c := range p.Consultations {
			if lately(c.Gone) {
				texts = append(texts, c.texts()...)
			}
			if lately(c.Closed) {
				for _, who := range []string{c.By, c.Doctor, c.AnsweredBy} {
					if who != "" {
						drafts[draft{who, draftOf("consultation", id)}] = true
					}
				}
			}
		}
	})
	for d := range drafts {
		if err := s.vault.DeleteDraft(ctx, d.person, d.subject); err != nil {
			return err
		}
	}
	return s.vault.Delete(ctx, texts...)
}
