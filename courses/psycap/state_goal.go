package psycap

import (
	"cmp"
	"slices"
	"time"

	"luotsi/server/journal"
	"luotsi/server/web"
)

// keptGoal is what is known of a goal without its words.
type keptGoal struct {
	Person   string
	Text     string // vault id
	At       int64  // unix ms; when it was kept last
	Days     []string
	ToldDay  string // the last day that its owner was reminded of
	ToldAt   int64  // unix ms
	ClosedAt int64  // unix ms; 0 while it is open
	Reached  bool
}

func (g *keptGoal) closed() bool { return g.ClosedAt > 0 }

// due is the last day up to today on which the owner wanted to come back, when they were not told of it and did not keep the goal
// since.
func (g *keptGoal) due(today string) (day string, is bool) {
	if g.closed() {
		return "", false
	}
	for _, d := range g.Days {
		if d <= today && d > g.ToldDay && d > web.DayOf(time.UnixMilli(g.At)) {
			day, is = d, true
		}
	}
	return day, is
}

func (s *State) applyGoal(m journal.Meta, e journal.Event) {
	at := m.At.UnixMilli()
	switch e := e.(type) {
	case GoalKept:
		g := s.data.Goals[e.Goal]
		if g == nil {
			g = &keptGoal{Person: e.Person}
			s.data.Goals[e.Goal] = g
			s.goals[e.Person] = append(s.goals[e.Person], e.Goal)
		}
		g.Text, g.At, g.Days, g.ClosedAt, g.Reached = e.Text, at, e.Days, 0, false
	case GoalDue:
		if g := s.data.Goals[e.Goal]; g != nil {
			g.ToldDay, g.ToldAt = e.Day, at
		}
	case GoalClosed:
		if g := s.data.Goals[e.Goal]; g != nil {
			g.ClosedAt, g.Reached = at, e.Reached
		}
	case GoalDeleted:
		delete(s.data.Goals, e.Goal)
		s.goals[e.Person] = slices.DeleteFunc(s.goals[e.Person], func(id string) bool { return id == e.Goal })
	}
}

func (s *State) reindexGoals() {
	if s.data.Goals == nil {
		s.data.Goals = map[string]*keptGoal{}
	}
	s.goals = map[string][]string{}
	for id, g := range s.data.Goals {
		s.goals[g.Person] = append(s.goals[g.Person], id)
	}
}

// goalsOf lists the goals of a person: open ones first, then the newest.
func (s *State) goalsOf(person string) []string {
	all := slices.Clone(s.goals[person])
	slices.SortFunc(all, func(a, b string) int {
		left, right := s.data.Goals[a], s.data.Goals[b]
		if left.closed() != right.closed() {
			if right.closed() {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(right.At, left.At), cmp.Compare(a, b))
	})
	return all
}

// goalTexts lists the vault ids of the goals of a person, or of everybody.
func (s *State) goalTexts(person string) (ids []string) {
	if person != "" {
		for _, id := range s.goals[person] {
			ids = append(ids, s.data.Goals[id].Text)
		}
		return ids
	}
	for _, g := range s.data.Goals {
		ids = append(ids, g.Text)
	}
	return ids
}
