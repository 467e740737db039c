package courses

import (
	"context"

	"luotsi/server/auth"
)

// lookedAtDecisions is what the access log says of reading the reasons, with the course after a colon.
const lookedAtDecisions = "course_decisions:"

// Decisions reads what trainers decided about a learner, with their reasons; only trainers of the cohort may. The look is in the
// access log before anything is shown.
func (s *Service) Decisions(ctx context.Context, caller auth.Caller, cohort, person string) (list []Decision, content *Content, err error) {
	var course, hash string
	s.journal.View(func() {
		if _, err = s.state.cared(s.borders, caller.Person, cohort); err != nil {
			return
		}
		l, unknown := s.watched(caller, cohort, person)
		if err = unknown; err == nil {
			course, hash, list = l.Course, s.state.editions[l.Course].hash, s.state.decisions(l)
		}
	})
	if err != nil {
		return nil, nil, err
	}
	if err := s.access.Record(ctx, caller.Person, person, lookedAtDecisions+course); err != nil {
		return nil, nil, err
	}
	for i := range list {
		if list[i].Reason, err = s.text(ctx, list[i].id); err != nil {
			return nil, nil, err
		}
	}
	content, err = s.contents.get(ctx, course, hash)
	return list, content, err
}
