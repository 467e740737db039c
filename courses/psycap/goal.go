package psycap

import (
	"maps"
	"slices"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/web"
)

// Goal is what somebody works towards: sub-goals one after the other, ways to each of them, and what may stand in a way, with what to
// do then. Only its owner ever sees it. It is kept in the vault as JSON under these names.
type Goal struct {
	Title    string    `json:"title" validate:"required,max=300,text,no_identity_code"`
	Sign     string    `json:"sign" validate:"max=500,text,no_identity_code"` // how they will notice that they are there
	Why      string    `json:"why" validate:"max=1000,text,no_identity_code"` // it matters to them
	By       string    `json:"by,omitempty" validate:"omitempty,date"`
	SubGoals []SubGoal `json:"subGoals" validate:"max=12,dive"`
	// Days are those on which they want to come back to it.
	Days []string `json:"days" validate:"max=12,dive,date"`
}

// SubGoal is a stretch of the way.
type SubGoal struct {
	Text   string     `json:"text" validate:"max=500,text,no_identity_code"`
	Done   bool       `json:"done,omitempty"`
	Routes []WayThere `json:"routes" validate:"max=8,dive"`
}

// WayThere is one way to a sub-goal. Taken marks the one that was chosen to try first.
type WayThere struct {
	Text      string     `json:"text" validate:"max=500,text,no_identity_code"`
	Taken     bool       `json:"taken,omitempty"`
	Obstacles []Obstacle `json:"obstacles" validate:"max=8,dive"`
}

// Obstacle is what may stand in the way, and the plan for it.
type Obstacle struct {
	Text string `json:"text" validate:"max=500,text,no_identity_code"`
	Plan string `json:"plan" validate:"max=500,text,no_identity_code"`
}

// The refusals about goals.
var (
	ErrUnknownGoal  = fault.New(fault.NotFound, "not_found", "the person has no such goal")
	ErrTooManyGoals = fault.New(fault.Conflict, "too_many_goals", "there are as many goals as one can keep in sight; close or delete one first")
	// ErrGoalSince means that the goal was changed meanwhile, on another device; Info says when, and the page shows both.
	ErrGoalSince = fault.New(fault.Conflict, "written_since", "the goal was changed meanwhile, on another device")
)

// changedAt shows when the goal that is kept was written: what a text is written over.
type changedAt struct {
	At int64 `json:"at"` // unix ms
}

// mostGoals is how many a person has at once, and farthest how many days from now they may ask to be reminded.
const (
	mostGoals = 20
	farthest  = 2 * 366
)

// days puts the days of a goal in order, each once, and refuses those too far away. Days that have passed stay: they were kept.
func (g Goal) days(today string) ([]string, error) {
	day, err := time.Parse(time.DateOnly, today)
	if err != nil {
		return nil, err
	}
	last := day.AddDate(0, 0, farthest).Format(time.DateOnly)
	for i, d := range g.Days {
		if d > last {
			return nil, fault.Bad(indexed("goal.days", i), "too_far")
		}
	}
	return slices.Compact(slices.Sorted(slices.Values(g.Days))), nil
}

// keepGoal decides on a goal of a person: a new one, or one in place of what they saw.
func (s *State) keepGoal(person, goal, text string, days []string, over *int64) (journal.Decision, error) {
	kept := s.data.Goals[goal]
	if kept == nil {
		open := 0
		for _, id := range s.goals[person] {
			if !s.data.Goals[id].closed() {
				open++
			}
		}
		if open >= mostGoals {
			return journal.Decision{}, ErrTooManyGoals
		}
	} else if kept.Person != person {
		return journal.Decision{}, ErrUnknownGoal
	} else if over != nil && *over != kept.At {
		return journal.Decision{}, ErrGoalSince.With(changedAt{kept.At})
	}
	return journal.Happens(GoalKept{Goal: goal, Person: person, Text: text, Days: days}).Answering(goal), nil
}

// goal finds a goal of a person, or refuses.
func (s *State) goal(person, goal string) (*keptGoal, error) {
	g := s.data.Goals[goal]
	if g == nil || g.Person != person {
		return nil, ErrUnknownGoal
	}
	return g, nil
}

// closeGoal decides that a goal is reached, or left. One that is so already stays so; keeping it again opens it.
func (s *State) closeGoal(person, goal string, reached bool) (journal.Decision, error) {
	g, err := s.goal(person, goal)
	if err != nil || g.ClosedAt > 0 && g.Reached == reached {
		return journal.Decision{}, err
	}
	return journal.Happens(GoalClosed{Goal: goal, Person: person, Reached: reached}), nil
}

// deleteGoal decides that a goal is gone. What is gone already stays so.
func (s *State) deleteGoal(person, goal string) (journal.Decision, error) {
	g := s.data.Goals[goal]
	if g == nil {
		return journal.Decision{}, nil
	}
	if g.Person != person {
		return journal.Decision{}, ErrUnknownGoal
	}
	return journal.Happens(GoalDeleted{Goal: goal, Person: person}), nil
}

// mostGoalsDue bounds what one commit tells; the rest follows with the next.
const mostGoalsDue = 200

// goalsDue decides whom to remind of a goal today, at an hour when nobody sleeps. Of days that went by while nobody looked, only the last is told.
func (s *State) goalsDue(now time.Time, told func(person string) bool) journal.Decision {
	if now.In(web.Finland()).Hour() < toldFrom {
		return journal.Decision{}
	}
	today := web.DayOf(now)
	days := map[string]string{}
	for id, g := range s.data.Goals {
		if day, is := g.due(today); is && told(g.Person) {
			days[id] = day
		}
	}
	var due []journal.Event
	for _, id := range slices.Sorted(maps.Keys(days)) {
		if len(due) < mostGoalsDue {
			due = append(due, GoalDue{Goal: id, Person: s.data.Goals[id].Person, Day: days[id]})
		}
	}
	return journal.Happens(due...)
}
