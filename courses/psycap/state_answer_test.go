package psycap

import (
	"maps"
	"slices"
	"testing"
	"time"

	"luotsi/server/journal"
)

// after makes the state that events lead to, one second apart.
func after(events ...journal.Event) *State {
	s := NewState()
	for i, e := range events {
		s.Apply(journal.Meta{Number: uint64(i) + 1, At: time.Unix(int64(i), 0)}, e)
	}
	return s
}

func TestReplies(t *testing.T) {
	answer := func(id string) MeasureAnswered {
		return MeasureAnswered{Answers: id, Cohort: "c1", Person: "p1", Instrument: "i1", Version: "1", Point: Start}
	}
	decline := MeasureDeclined{Cohort: "c1", Person: "p1", Instrument: "i1", Point: Start}
	back := decline
	back.Back = true
	tests := []struct {
		name               string
		events             []journal.Event
		answered, declined bool
		texts              []string
	}{
		{name: "nothing"},
		{"answered", []journal.Event{answer("a")}, true, false, []string{"a"}},
		{"the newest counts", []journal.Event{answer("a"), answer("b")}, true, false, []string{"b"}},
		{"declined", []journal.Event{decline}, false, true, nil},
		{"answering takes declining back", []journal.Event{decline, answer("a")}, true, false, []string{"a"}},
		{"so does taking it back", []journal.Event{decline, back}, false, false, nil},
		{"taking back what was answered meanwhile changes nothing", []journal.Event{decline, answer("a"), back}, true, false, []string{"a"}},
		{"withdrawn", []journal.Event{answer("a"), AnswersWithdrawn{Answers: "a", Person: "p1"}}, false, false, nil},
		{"what was replaced is not withdrawn", []journal.Event{answer("a"), answer("b"), AnswersWithdrawn{Answers: "a", Person: "p1"}}, true, false, []string{"b"}},
		{"another's are not withdrawn", []journal.Event{answer("a"), AnswersWithdrawn{Answers: "a", Person: "p2"}}, true, false, []string{"a"}},
		{"answered again", []journal.Event{answer("a"), AnswersWithdrawn{Answers: "a", Person: "p1"}, answer("b")}, true, false, []string{"b"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := after(tt.events...)
			for _, when := range []string{"applied", "read from a snapshot"} {
				if got := s.answered("p1", "c1", "i1", Start); got != tt.answered {
					t.Errorf("%s: answered %v, want %v", when, got, tt.answered)
				}
				if got := s.declined("p1", "c1", "i1", Start); got != tt.declined {
					t.Errorf("%s: declined %v, want %v", when, got, tt.declined)
				}
				for _, of := range []string{"p1", ""} {
					if got := s.answerTexts(of); !slices.Equal(got, tt.texts) && len(got)+len(tt.texts) > 0 {
						t.Errorf("%s: texts of %q %v, want %v", when, of, got, tt.texts)
					}
				}
				s.Reindex()
			}
			if s.answered("p2", "c1", "i1", Start) || s.answered("p1", "c1", "i1", End) || s.answered("p1", "c2", "i1", Start) {
				t.Error("somebody, some point or some cohort counts as answered that is not")
			}
		})
	}
}

func TestAnswersAt(t *testing.T) {
	s := after(
		MeasureAnswered{Answers: "old", Cohort: "c1", Person: "both", Instrument: "i1", Version: "1", Point: Start},
		MeasureAnswered{Answers: "new", Cohort: "c2", Person: "both", Instrument: "i1", Version: "1", Point: Start},
		MeasureAnswered{Answers: "one", Cohort: "c1", Person: "first", Instrument: "i1", Version: "1", Point: Start},
		MeasureAnswered{Answers: "later", Cohort: "c1", Person: "first", Instrument: "i1", Version: "1", Point: End},
		MeasureAnswered{Answers: "other", Cohort: "c1", Person: "other", Instrument: "i1", Version: "2", Point: Start},
		MeasureDeclined{Cohort: "c1", Person: "no", Instrument: "i1", Point: Start},
	)
	tests := []struct {
		name    string
		cohorts []string
		version string
		point   Point
		want    map[string]string
	}{
		{"one cohort", []string{"c1"}, "1", Start, map[string]string{"both": "old", "first": "one"}},
		{"two cohorts: the newer", []string{"c1", "c2"}, "1", Start, map[string]string{"both": "new", "first": "one"}},
		{"in any order", []string{"c2", "c1"}, "1", Start, map[string]string{"both": "new", "first": "one"}},
		{"another version", []string{"c1"}, "2", Start, map[string]string{"other": "other"}},
		{"another point", []string{"c1"}, "1", End, map[string]string{"first": "later"}},
		{"nobody", []string{"c3"}, "1", Start, map[string]string{}},
	}
	for _, tt := range tests {
		var members []memberAt
		for _, cohort := range tt.cohorts {
			for _, person := range []string{"both", "first", "other", "no", "never"} {
				members = append(members, memberAt{cohort, person})
			}
		}
		if got := s.answersAt(members, "i1", tt.version, tt.point); !maps.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestRefusingAndSharing(t *testing.T) {
	s := after(
		MeasuresRefused{Person: "p1", Refused: true}, MeasuresRefused{Person: "p2", Refused: true}, MeasuresRefused{Person: "p2"},
		ResultShared{Person: "p1", Cohort: "c1", Instrument: "i1", Shared: true},
		ResultShared{Person: "p2", Cohort: "c1", Instrument: "i1", Shared: true}, ResultShared{Person: "p2", Cohort: "c1", Instrument: "i1"},
	)
	if !s.refusedAll("p1") || s.refusedAll("p2") || s.refusedAll("p3") {
		t.Error("who refuses everything is wrong")
	}
	if !s.shared("p1", "c1", "i1") || s.shared("p2", "c1", "i1") || s.shared("p1", "c2", "i1") || s.shared("p1", "c1", "i2") {
		t.Error("who shares what is wrong")
	}
}
