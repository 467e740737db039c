package psycap

import (
	"errors"
	"testing"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
)

func goalState(t *testing.T, events ...journal.Event) *State {
	t.Helper()
	s := NewState()
	at := time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)
	for i, e := range events {
		s.Apply(journal.Meta{Number: uint64(i + 1), At: at.Add(time.Duration(i) * time.Hour)}, e)
	}
	return s
}

func TestGoalDays(t *testing.T) {
	tests := []struct {
		name string
		days []string
		want int
		code string
	}{
		{"none", nil, 0, ""},
		{"each once, in order", []string{"2026-12-10", "2026-12-01", "2026-12-10"}, 2, ""},
		{"the last day there may be", []string{"2028-11-23"}, 1, ""},
		{"a day too far", []string{"2026-12-01", "2028-11-24"}, 0, "too_far"},
	}
	for _, tt := range tests {
		got, err := Goal{Days: tt.days}.days("2026-11-22")
		wrong, _ := fault.As(err)
		switch {
		case tt.code == "" && (err != nil || len(got) != tt.want):
			t.Errorf("%s: got %v, %v", tt.name, got, err)
		case tt.code != "" && (wrong == nil || len(wrong.Fields) != 1 || wrong.Fields[0].Code != tt.code || wrong.Fields[0].Name != "goal.days[1]"):
			t.Errorf("%s: got %v", tt.name, err)
		}
		for i := 1; i < len(got); i++ {
			if got[i-1] >= got[i] {
				t.Errorf("%s: %v is not in order", tt.name, got)
			}
		}
	}
}

func TestKeepGoal(t *testing.T) {
	kept := GoalKept{Goal: "g", Person: "aino", Text: "t1"}
	at := time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC).UnixMilli()
	other := at + 1
	many := make([]journal.Event, mostGoals)
	for i := range many {
		many[i] = GoalKept{Goal: string(rune('a' + i)), Person: "aino", Text: "t"}
	}
	tests := []struct {
		name   string
		events []journal.Event
		person string
		over   *int64
		want   error
	}{
		{"new", nil, "aino", nil, nil},
		{"in place of what was seen", []journal.Event{kept}, "aino", &at, nil},
		{"without saying what was seen", []journal.Event{kept}, "aino", nil, nil},
		{"in place of something older", []journal.Event{kept}, "aino", &other, ErrGoalSince},
		{"another's", []journal.Event{kept}, "ville", nil, ErrUnknownGoal},
		{"one too many", many, "aino", nil, ErrTooManyGoals},
		{"as many, and one of them closed", append(many[:mostGoals:mostGoals], GoalClosed{Goal: "a", Person: "aino"}), "aino", nil, nil},
	}
	for _, tt := range tests {
		d, err := goalState(t, tt.events...).keepGoal(tt.person, "g"+map[bool]string{true: "new"}[len(tt.events) >= mostGoals], "t2", nil, tt.over)
		if !errors.Is(err, tt.want) || (err == nil) != (len(d.Events) == 1) {
			t.Errorf("%s: got %v, %v", tt.name, d.Events, err)
		}
	}
}

func TestGoalsAreTheirOwners(t *testing.T) {
	s := goalState(t, GoalKept{Goal: "g", Person: "aino", Text: "t1"})
	if _, err := s.closeGoal("ville", "g", true); !errors.Is(err, ErrUnknownGoal) {
		t.Errorf("another closes it: got %v", err)
	}
	if _, err := s.deleteGoal("ville", "g"); !errors.Is(err, ErrUnknownGoal) {
		t.Errorf("another deletes it: got %v", err)
	}
	if d, err := s.deleteGoal("aino", "gone"); err != nil || len(d.Events) != 0 {
		t.Errorf("what is gone is deleted again: got %v, %v", d.Events, err)
	}
}

func TestGoalsDue(t *testing.T) {
	days := []string{"2026-11-10", "2026-11-20", "2026-12-01"}
	kept := GoalKept{Goal: "g", Person: "aino", Text: "t", Days: days} // on 2 November
	everybody := func(string) bool { return true }
	early := time.Date(2026, 11, 10, 6, 59, 59, 0, time.UTC) // 8.59 in Finland
	if d := goalState(t, kept).goalsDue(early, everybody); len(d.Events) > 0 {
		t.Errorf("before nine: got %v", d.Events)
	}
	if d := goalState(t, kept).goalsDue(early.Add(time.Second), everybody); len(d.Events) != 1 {
		t.Errorf("at nine: got %v", d.Events)
	}
	tests := []struct {
		name   string
		events []journal.Event
		today  string
		told   func(string) bool
		want   string
	}{
		{"the day before", []journal.Event{kept}, "2026-11-09", everybody, ""},
		{"the day itself", []journal.Event{kept}, "2026-11-10", everybody, "2026-11-10"},
		{"told already", []journal.Event{kept, GoalDue{Goal: "g", Person: "aino", Day: "2026-11-10"}}, "2026-11-11", everybody, ""},
		{"the next", []journal.Event{kept, GoalDue{Goal: "g", Person: "aino", Day: "2026-11-10"}}, "2026-11-20", everybody, "2026-11-20"},
		{"of two that nobody looked at, the last", []journal.Event{kept}, "2026-11-25", everybody, "2026-11-20"},
		{"closed", []journal.Event{kept, GoalClosed{Goal: "g", Person: "aino", Reached: true}}, "2026-11-10", everybody, ""},
		{"opened again", []journal.Event{kept, GoalClosed{Goal: "g", Person: "aino"}, kept}, "2026-11-10", everybody, "2026-11-10"},
		{"deleted", []journal.Event{kept, GoalDeleted{Goal: "g", Person: "aino"}}, "2026-11-10", everybody, ""},
		{"kept on its day: they came back to it", []journal.Event{GoalKept{Goal: "g", Person: "aino", Text: "t", Days: []string{"2026-11-02"}}}, "2026-11-02", everybody, ""},
		{"somebody who is gone", []journal.Event{kept}, "2026-11-10", func(string) bool { return false }, ""},
	}
	for _, tt := range tests {
		now, err := time.Parse(time.DateOnly, tt.today)
		if err != nil {
			t.Fatal(err)
		}
		d := goalState(t, tt.events...).goalsDue(now.Add(10*time.Hour), tt.told)
		got := ""
		if len(d.Events) == 1 {
			got = d.Events[0].(GoalDue).Day
		}
		if got != tt.want || len(d.Events) > 1 {
			t.Errorf("%s: got %v, want %q", tt.name, d.Events, tt.want)
		}
	}
}

func TestGoalNotices(t *testing.T) {
	kept := GoalKept{Goal: "g", Person: "aino", Text: "t", Days: []string{"2026-11-01"}}
	due := GoalDue{Goal: "g", Person: "aino", Day: "2026-11-01"}
	tests := []struct {
		name   string
		events []journal.Event
		person string
		want   int
	}{
		{"not told", []journal.Event{kept}, "aino", 0},
		{"told", []journal.Event{kept, due}, "aino", 1},
		{"another's", []journal.Event{kept, due}, "ville", 0},
		{"told, and come back to", []journal.Event{kept, due, kept}, "aino", 0},
		{"told, and closed", []journal.Event{kept, due, GoalClosed{Goal: "g", Person: "aino", Reached: true}}, "aino", 0},
		{"told, and deleted", []journal.Event{kept, due, GoalDeleted{Goal: "g", Person: "aino"}}, "aino", 0},
	}
	for _, tt := range tests {
		got := goalState(t, tt.events...).goalNotices(tt.person)
		if len(got) != tt.want || len(got) == 1 && (got[0].ID != "goal:g:2026-11-01" || got[0].Goal != "g" || got[0].Kind != AboutGoal) {
			t.Errorf("%s: got %+v, want %d", tt.name, got, tt.want)
		}
	}
}
