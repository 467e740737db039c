package courses

import (
	"context"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
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

// CreditModule says that a learner need not do a module, and why.
func (s *Service) CreditModule(ctx context.Context, caller auth.Caller, cohort, person, module string, kind CreditKind, basis string) error {
	_, err := s.keepTexts(ctx, caller, []string{person}, basis, func(ids []string, _ time.Time) (journal.Decision, error) {
		return s.state.creditModule(s.borders, caller.Person, cohort, ModuleCredited{Person: person, Module: module, Kind: kind, Basis: ids[0]})
	})
	return err
}

// WithdrawCredit takes a credit back.
func (s *Service) WithdrawCredit(ctx context.Context, caller auth.Caller, cohort, person, module string) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.state.withdrawCredit(s.borders, caller.Person, cohort, person, module)
	})
	return err
}

// Extend gives learners more time, and names those who keep the later day that they have.
func (s *Service) Extend(ctx context.Context, caller auth.Caller, cohort, target, until, reason string, persons []string) (later []string, err error) {
	var spare []string // copies of the reason that nothing names
	answer, err := s.keepTexts(ctx, caller, persons, reason, func(ids []string, now time.Time) (journal.Decision, error) {
		decision, err := s.state.extend(s.borders, caller.Person, now, cohort, target, until, persons, ids)
		spare = nil
		for i, person := range persons {
			if slices.Contains(decision.IDs, person) {
				spare = append(spare, ids[i])
			}
		}
		return decision, err
	})
	if err != nil {
		return nil, err
	}
	if !answer.Repeated {
		s.dropTexts(ctx, spare...)
	}
	return answer.IDs, nil
}
