package people

import (
	"context"
	"time"

	"luotsi/server/journal"
)

// EraseAgain erases somebody whom a backup brought back, though they had been erased after it was written. It reports
// whether there was anybody to erase. It is for the command line, never for HTTP.
func (s *Service) EraseAgain(ctx context.Context, person string) (bool, error) {
	there := false
	_, err := s.Journal.Update(ctx, "", journal.Key{}, func(time.Time) (journal.Decision, error) {
		p, known := s.State.kept.People[person]
		if there = known && !p.Erased; !there {
			return journal.Decision{}, nil
		}
		return journal.Happens(PersonErased{Person: person}), nil
	})
	if err != nil || !there {
		return there, err
	}
	return true, s.purge(ctx, map[string]bool{person: true})
}
