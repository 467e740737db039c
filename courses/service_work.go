package courses

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

// Plan is what somebody wants to try at work, and with whom: a colleague or a team, never a client.
type Plan struct {
	What string `json:"what"`
	With string `json:"with,omitempty"`
}

// ToldTry is a try with its texts. A text is empty when it is erased.
type ToldTry struct {
	Try
	Plan  Plan
	Story string
	Later [2]string // what was said at the follow-ups
}

// Applied is what the learner's page shows of something tried at work.
type Applied struct {
	Tries   []ToldTry // oldest first
	Sharing Sharing
}

// PlanWork keeps a plan.
func (s *Service) PlanWork(ctx context.Context, caller auth.Caller, course, activity string, plan Plan, by string) (Way, error) {
	text, err := json.Marshal(plan)
	if err != nil {
		return Way{}, err
	}
	return s.keepWriting(ctx, caller, course, activity, string(text), func(id string, now time.Time) (journal.Decision, error) {
		return s.state.planWork(caller.Person, course, activity, by, id, now)
	})
}

// ReplanWork puts another plan in place of one that nothing was told of yet.
func (s *Service) ReplanWork(ctx context.Context, caller auth.Caller, course, activity, try string, plan Plan, by string, over Over) (Way, error) {
	text, err := json.Marshal(plan)
	if err != nil {
		return Way{}, err
	}
	newest := s.textOfTry(caller.Person, try, func(t *Try) string { return t.Plan })
	return s.rewrite(ctx, caller, course, activity, string(text), newest, func(id string, now time.Time) (journal.Decision, error) {
		return s.state.replanWork(caller.Person, course, activity, try, by, id, over, now)
	})
}

// TellWork says what came of a plan.
func (s *Service) TellWork(ctx context.Context, caller auth.Caller, course, activity, try, on string, went Went, story string, over Over) (Way, error) {
	newest := s.textOfTry(caller.Person, try, func(t *Try) string { return t.Story })
	return s.rewrite(ctx, caller, course, activity, story, newest, func(id string, now time.Time) (journal.Decision, error) {
		return s.state.tellWork(caller.Person, course, activity, try, on, went, id, over, now)
	})
}

// textOfTry gives a text of something that the person tries; it is used inside View or a rule.
func (s *Service) textOfTry(person, try string, text func(*Try) string) func() string {
	return func() string {
		if t := s.state.data.Tries[try]; t != nil && t.Person == person {
			return text(t)
		}
		return ""
	}
}

// FollowUpWork says whether what was tried is still in use. The text may be empty.
func (s *Service) FollowUpWork(ctx context.Context, caller auth.Caller, course, activity, try string, days int, use Use, text string, over Over) (Way, error) {
	newest := s.textOfTry(caller.Person, try, func(t *Try) string {
		stages := Stages()
		if stage := slices.Index(stages[:], days); stage >= 0 {
			return t.FollowUps[stage].Text
		}
		return ""
	})
	rule := func(id string, now time.Time) (journal.Decision, error) {
		return s.state.followUpWork(caller.Person, course, activity, try, days, use, id, over, now)
	}
	if text != "" {
		return s.rewrite(ctx, caller, course, activity, text, newest, rule)
	}
	var before string
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		before = newest()
		return rule("", now)
	})
	if err = s.spell(ctx, err, text); err != nil {
		return Way{}, err
	}
	s.dropReplaced(ctx, before, newest)
	return s.way(ctx, caller.Person, course)
}

// keepWriting stores a text and commits what the rule decides with its id. When the rule refuses it for a text that was there first
// and says the same, it is kept already.
func (s *Service) keepWriting(ctx context.Context, caller auth.Caller, course, activity, text string, rule func(id string, now time.Time) (journal.Decision, error)) (Way, error) {
	_, err := s.keep(ctx, caller, subjectOf(course, activity), text, rule)
	if err = s.spell(ctx, err, text); err != nil {
		return Way{}, err
	}
	return s.way(ctx, caller.Person, course)
}

// FollowUp says whose follow-ups are due. Every server does so all the time: what was said is not said again.
func (s *Service) FollowUp(ctx context.Context) error {
	rule := func(now time.Time) (journal.Decision, error) { return s.state.followUpsDue(s.borders, now) }
	for range 10 { // as much as one tick does; the rest follows with the next one
		var due journal.Decision
		var err error
		now := s.now()
		s.journal.View(func() { due, err = rule(now) })
		if err != nil || len(due.Events) == 0 {
			return err
		}
		if _, err := s.journal.Update(ctx, "", journal.Key{}, rule); err != nil {
			return err
		}
	}
	return nil
}

// tell reads the texts of tries.
func (s *Service) tell(ctx context.Context, tries []Try) ([]ToldTry, error) {
	all := make([]ToldTry, len(tries))
	for i, t := range tries {
		all[i].Try = t
		plan, err := s.text(ctx, t.Plan)
		if err != nil {
			return nil, err
		}
		if all[i].Plan, err = planIn(plan); err != nil {
			return nil, fmt.Errorf("plan %s: %w", t.Plan, err)
		}
		if all[i].Story, err = s.text(ctx, t.Story); err != nil {
			return nil, err
		}
		for stage, f := range t.FollowUps {
			if all[i].Later[stage], err = s.text(ctx, f.Text); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// planIn reads a plan; one that is gone is empty.
func planIn(text string) (plan Plan, err error) {
	if text != "" {
		err = json.Unmarshal([]byte(text), &plan)
	}
	return plan, err
}
