package psycap

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/web"
)

// draftOfNewGoal is the subject of a goal that was not kept yet.
const draftOfNewGoal = "new"

// OwnGoal is a goal with what is known of it.
type OwnGoal struct {
	ID string
	Goal
	At       int64 // unix ms; when it was kept last
	ClosedAt int64 // unix ms; 0 while it is open
	Reached  bool
}

// Goals lists the goals of the caller: open ones first, then the newest.
func (s *Service) Goals(ctx context.Context, caller auth.Caller) ([]OwnGoal, error) {
	return s.goalsOf(ctx, caller.Person, func(id string) bool { return id != "" })
}

// Goal gives one goal of the caller.
func (s *Service) Goal(ctx context.Context, caller auth.Caller, goal string) (OwnGoal, error) {
	found, err := s.goalsOf(ctx, caller.Person, func(id string) bool { return id == goal })
	if err != nil {
		return OwnGoal{}, err
	}
	if len(found) == 0 {
		return OwnGoal{}, ErrUnknownGoal
	}
	return found[0], nil
}

func (s *Service) goalsOf(ctx context.Context, person string, wanted func(id string) bool) ([]OwnGoal, error) {
	all, texts := []OwnGoal{}, []string{}
	s.journal.View(func() {
		for _, id := range s.state.goalsOf(person) {
			if wanted(id) {
				g := s.state.data.Goals[id]
				all, texts = append(all, OwnGoal{ID: id, At: g.At, ClosedAt: g.ClosedAt, Reached: g.Reached}), append(texts, g.Text)
			}
		}
	})
	read := all[:0]
	for i, own := range all {
		text, there, err := s.text(ctx, texts[i])
		if err != nil {
			return nil, err
		}
		if !there { // deleted since the look at the state
			continue
		}
		if err := json.Unmarshal([]byte(text), &own.Goal); err != nil {
			return nil, fmt.Errorf("goal %s: %w", own.ID, err)
		}
		read = append(read, own)
	}
	return read, nil
}

// KeepGoal keeps a goal of the caller: a new one when goal is empty, else one in place of what they saw, which was kept at over.
// A closed goal that is kept is open again.
func (s *Service) KeepGoal(ctx context.Context, caller auth.Caller, goal string, g Goal, over *int64) (OwnGoal, error) {
	id, draft := goal, goal
	if goal == "" {
		id, draft = s.newID(), draftOfNewGoal
	}
	days, err := g.days(web.DayOf(s.now()))
	if err != nil {
		return OwnGoal{}, err
	}
	g.Days = days
	text, err := json.Marshal(g)
	if err != nil {
		return OwnGoal{}, err
	}
	before := ""
	answer, err := s.keep(ctx, caller, string(text), func(kept string, _ time.Time) (journal.Decision, error) {
		before = ""
		if goal != "" {
			old, err := s.state.goal(caller.Person, goal)
			if err != nil {
				return journal.Decision{}, err
			}
			before = old.Text
		}
		return s.state.keepGoal(caller.Person, id, kept, days, over)
	})
	if err != nil {
		return OwnGoal{}, err
	}
	if len(answer.IDs) != 1 {
		return OwnGoal{}, journal.ErrKeyReused
	}
	if !answer.Repeated {
		if before != "" {
			s.dropTexts(ctx, before)
		}
		s.dropDraft(ctx, caller.Person, "goal."+draft)
	}
	return s.Goal(ctx, caller, answer.IDs[0])
}

// CloseGoal says that a goal of the caller is reached, or left.
func (s *Service) CloseGoal(ctx context.Context, caller auth.Caller, goal string, reached bool) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.state.closeGoal(caller.Person, goal, reached)
	})
	return err
}

// DeleteGoal deletes a goal of the caller with all its words.
func (s *Service) DeleteGoal(ctx context.Context, caller auth.Caller, goal string) error {
	text := ""
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		if g, err := s.state.goal(caller.Person, goal); err == nil {
			text = g.Text
		}
		return s.state.deleteGoal(caller.Person, goal)
	})
	if err != nil {
		return err
	}
	if text != "" {
		s.dropTexts(ctx, text)
	}
	s.dropDraft(ctx, caller.Person, "goal."+goal)
	return nil
}

// mayDraftGoal refuses drafts of goals that are not the caller's.
func (s *Service) mayDraftGoal(caller auth.Caller, goal string) (err error) {
	if goal == draftOfNewGoal {
		return nil
	}
	s.journal.View(func() { _, err = s.state.goal(caller.Person, goal) })
	return err
}

// RemindGoals tells people of the days on which they wanted to come back to a goal. Every server does so all the time: what was
// told is not told again.
func (s *Service) RemindGoals(ctx context.Context) error {
	decide := func(now time.Time) journal.Decision {
		return s.state.goalsDue(now, func(person string) bool {
			p, known := s.people.Person(person)
			return known && p.Active && !p.Erased
		})
	}
	for range tellingsPerTick {
		var due journal.Decision
		now := s.now()
		s.journal.View(func() { due = decide(now) })
		if len(due.Events) == 0 {
			return nil
		}
		if _, err := s.journal.Update(ctx, "", journal.Key{}, func(now time.Time) (journal.Decision, error) { return decide(now), nil }); err != nil {
			return err
		}
	}
	return nil
}

// keptGoalData is a goal for its owner to take with them.
type keptGoalData struct {
	Goal
	At       time.Time  `json:"at"`
	ClosedAt *time.Time `json:"closedAt,omitempty"`
	Reached  bool       `json:"reached,omitempty"`
}

// keptGoals lists everything kept of a person's goals.
func (s *Service) keptGoals(ctx context.Context, person string) ([]keptGoalData, error) {
	own, err := s.goalsOf(ctx, person, func(id string) bool { return id != "" })
	if err != nil {
		return nil, err
	}
	all := make([]keptGoalData, len(own))
	for i, g := range own {
		all[i] = keptGoalData{Goal: g.Goal, At: time.UnixMilli(g.At).UTC(), Reached: g.Reached}
		if g.ClosedAt > 0 {
			closed := time.UnixMilli(g.ClosedAt).UTC()
			all[i].ClosedAt = &closed
		}
	}
	return all, nil
}
