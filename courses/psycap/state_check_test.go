package psycap

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/bson"

	"luotsi/server/journal"
)

// anything is events in any order, as people on several devices make them, and some that name what is gone.
func anything(r *rand.Rand, s *State) {
	person := func() string { return fmt.Sprintf("p%d", r.IntN(4)) }
	cohort := func() string { return fmt.Sprintf("k%d", r.IntN(2)) }
	at := finnish("2025-09-01", 8)
	for n := range 400 {
		at = at.Add(time.Duration(r.IntN(3)) * time.Hour)
		text, who := fmt.Sprintf("t%d", n), person()
		run, goal := fmt.Sprintf("r%d-%s", r.IntN(5), who), fmt.Sprintf("g%d-%s", r.IntN(5), who)
		instrument := []string{"voimavarat", "tyokyky"}[r.IntN(2)]
		happen(s, at, who, []journal.Event{
			MeasuresPlanned{Cohort: cohort(), Measures: both(Start, End), Ends: "2025-12-15", Days: 21},
			MeasureAnswered{Answers: text, Cohort: cohort(), Person: who, Instrument: instrument, Version: "1", Point: Points()[r.IntN(2)]},
			MeasureAnswered{Answers: text, Cohort: cohort(), Person: who, Instrument: instrument, Version: "1", Point: Points()[r.IntN(2)]},
			MeasureDeclined{Cohort: cohort(), Person: who, Instrument: instrument, Point: Points()[r.IntN(2)], Back: r.IntN(2) == 0},
			AnswersWithdrawn{Answers: fmt.Sprintf("t%d", r.IntN(n+1)), Person: who},
			ResultShared{Person: who, Cohort: cohort(), Instrument: instrument, Shared: true},
			ExerciseBegun{Run: run, Person: who, Exercise: "paivan-hyva", Version: "1"},
			ExerciseStepDone{Run: run, Person: who, Step: "mika-sujui", Easier: r.IntN(2) == 0},
			ExerciseFinished{Run: run, Person: who, Text: text},
			ExerciseDeleted{Run: run, Person: who},
			GoalKept{Goal: goal, Person: who, Text: text, Days: []string{"2025-10-01"}},
			GoalClosed{Goal: goal, Person: who, Reached: true},
			GoalDeleted{Goal: goal, Person: who},
		}[r.IntN(13)])
	}
}

func TestCheckOfAnyHistory(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		s := NewState()
		anything(rand.New(rand.NewPCG(seed, 5)), s)
		if wrong := s.Check(); len(wrong) > 0 {
			t.Fatalf("seed %d: %v", seed, wrong)
		}
		// A snapshot is the same state.
		raw, err := bson.Marshal(s.data)
		if err != nil {
			t.Fatal(err)
		}
		again := &State{}
		if err := bson.Unmarshal(raw, &again.data); err != nil {
			t.Fatal(err)
		}
		again.Reindex()
		if wrong := again.Check(); len(wrong) > 0 {
			t.Fatalf("seed %d, from a snapshot: %v", seed, wrong)
		}
	}
}

func TestCheckFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		spoil func(s *State)
		want  string
	}{
		{"a text of two", func(s *State) { s.data.Goals["g"].Text = "answers" }, "named twice"},
		{"a reply under another's key", func(s *State) { s.data.Replies["x"] = s.data.Replies[replyKey("aino", "k1", "tyokyky", Start)] }, "another's key"},
		{"answers that are declined", func(s *State) { s.reply("aino", "k1", "tyokyky", Start).Declined = true }, "declined and has answers"},
		{"a reply that is not found by its person", func(s *State) { delete(s.replies.people, "aino") }, "not found"},
		{"a reply that is found and gone", func(s *State) { delete(s.data.Replies, replyKey("aino", "k1", "tyokyky", Start)) }, "0 replies"},
		{"a run that is finished without a text", func(s *State) { s.data.Runs["r"].Finished = 1 }, "finished without a text"},
		{"a run that is not found", func(s *State) { delete(s.runs, "aino") }, "0 of 1 runs"},
		{"a goal of somebody else", func(s *State) { s.data.Goals["g"].Person = "ville" }, "goal g"},
		{"told of no plan", func(s *State) { delete(s.data.Plans, "k1") }, "not planned"},
		{"a version twice", func(s *State) {
			s.data.Uploads["org/pcq-12"] = []Upload{{Version: "1.1", Hash: "a"}, {Version: "1.1", Hash: "b"}}
		}, "twice"},
		{"a table that names people", func(s *State) {
			s.data.Reports["r"] = Report{Made: ReportMade{Sections: []ReportSection{{Shown: []ShownGroup{{People: []string{"aino"}}}}}}}
		}, "names people"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := NewState()
			happen(s, finnish("2025-09-01", 9), "aino",
				MeasuresPlanned{Cohort: "k1", Measures: both(Start), Ends: "2025-12-15", Days: 21}, MeasuresTold{Cohort: "k1", Point: Start, Persons: []string{"aino"}},
				MeasureAnswered{Answers: "answers", Cohort: "k1", Person: "aino", Instrument: "tyokyky", Version: "1", Point: Start},
				ExerciseBegun{Run: "r", Person: "aino", Exercise: "paivan-hyva", Version: "1"}, GoalKept{Goal: "g", Person: "aino", Text: "goal"})
			if wrong := s.Check(); len(wrong) > 0 {
				t.Fatalf("before: %v", wrong)
			}
			test.spoil(s)
			if wrong := strings.Join(s.Check(), "; "); !strings.Contains(wrong, test.want) {
				t.Errorf("%q, want %q", wrong, test.want)
			}
		})
	}
}
