package psycap

import (
	"fmt"
	"slices"
	"testing"
)

// names are p01, p02, …
func names(from, to int) (all []string) {
	for i := from; i <= to; i++ {
		all = append(all, fmt.Sprintf("p%02d", i))
	}
	return all
}

// Whoever is told later waits until they are enough, and a floor that is set anew never counts a few people more or fewer.
func TestCounted(t *testing.T) {
	t.Parallel()
	type telling struct {
		cohort   string
		from, to int
	}
	tests := []struct {
		name    string
		told    []telling // one an hour
		cohorts []string
		floor   int
		want    []string
	}{
		{"nobody", nil, []string{"a"}, 10, nil},
		{"nine", []telling{{"a", 1, 9}}, []string{"a"}, 10, nil},
		{"nine, floor 9", []telling{{"a", 1, 9}}, []string{"a"}, 9, names(1, 9)},
		{"nine and one later", []telling{{"a", 1, 9}, {"a", 10, 10}}, []string{"a"}, 10, nil}, // the nine make an atom
		{"nine and five later", []telling{{"a", 1, 9}, {"a", 10, 14}}, []string{"a"}, 10, names(1, 14)},
		{"one later waits", []telling{{"a", 1, 12}, {"a", 13, 13}}, []string{"a"}, 10, names(1, 12)},
		{"nine later wait", []telling{{"a", 1, 12}, {"a", 13, 17}, {"a", 18, 21}}, []string{"a"}, 10, names(1, 12)},
		{"ten later are counted", []telling{{"a", 1, 12}, {"a", 13, 17}, {"a", 18, 22}}, []string{"a"}, 10, names(1, 22)},
		{"eight later, floor 8", []telling{{"a", 1, 12}, {"a", 13, 20}, {"a", 21, 23}}, []string{"a"}, 8, names(1, 20)},
		{"eight and three later, floor 10: not the three", []telling{{"a", 1, 12}, {"a", 13, 20}, {"a", 21, 23}}, []string{"a"}, 10, names(1, 12)},
		{"two small cohorts", []telling{{"a", 1, 6}, {"b", 7, 12}}, []string{"a", "b"}, 10, names(1, 12)},
		{"two small cohorts, and one later in the first", []telling{{"a", 1, 6}, {"b", 7, 12}, {"a", 13, 13}}, []string{"a", "b"}, 10, names(1, 12)},
		{"three small cohorts, told on days of their own", []telling{{"a", 1, 6}, {"b", 7, 12}, {"c", 13, 18}}, []string{"a", "b", "c"}, 10, names(1, 18)},
		{"a small one beside one that is counted", []telling{{"a", 1, 12}, {"b", 13, 18}}, []string{"a", "b"}, 10, names(1, 12)},
		{"the same few in two cohorts are few", []telling{{"a", 1, 6}, {"b", 1, 6}}, []string{"a", "b"}, 10, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := NewState()
			for hour, told := range tt.told {
				happen(s, finnish("2025-09-01", 9+hour), "", MeasuresTold{Cohort: told.cohort, Point: Start, Persons: names(told.from, told.to)})
			}
			if got := personsOf(s.counted(tt.cohorts, Start, tt.floor)); !slices.Equal(got, tt.want) {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
}

// However the floor is set, and whoever comes in, what is counted changes by nobody or by as many as the least floor.
func TestCountedSearched(t *testing.T) {
	t.Parallel()
	for first := 1; first <= 14; first++ {
		for later := 1; later <= 12; later++ {
			s := NewState()
			var shown [][]string
			for n := range 12 {
				from, to := 1, first
				if n > 0 {
					from, to = first+1+(n-1)*later, first+n*later
				}
				happen(s, finnish("2025-09-01", 9+n), "", MeasuresTold{Cohort: "a", Point: Start, Persons: names(from, to)})
				for floor := LeastFloor; floor <= 20; floor++ {
					if counted := personsOf(s.counted([]string{"a"}, Start, floor)); len(counted) > 0 {
						shown = append(shown, counted)
					}
				}
			}
			for _, atom := range atoms(shown) {
				if len(atom) < LeastFloor {
					t.Fatalf("%d, then %d by %d: the counts tell of %v", first, later, later, atom)
				}
			}
		}
	}
}

// What a preview says of a group is the same whether somebody who came in later answered, declined, or did nothing; and so is the report.
func TestLatecomer(t *testing.T) {
	for _, point := range []Point{Start, End} {
		r := newReporting(t)
		all := learners("k", 14)
		r.join(t, "k", all...)
		r.asks(t, "k", point, 6, all...)
		wish := wishFor([]string{"k"}, []Point{point}, "tyokyky")
		made := ask[madeReportView](t, r, 201, "tove", "POST", reports, wish).Report
		r.join(t, "k", "late")
		r.told(t, "k", point, "late")
		_, before := r.call(t, "tove", "POST", reports+"/preview", wish.preview())
		for what, do := range map[string]func(){
			"answers":  func() { r.asks(t, "k", point, 0, "late") },
			"declines": func() { r.happen(t, MeasureDeclined{Cohort: "k", Person: "late", Instrument: "tyokyky", Point: point}) },
		} {
			do()
			if _, after := r.call(t, "tove", "POST", reports+"/preview", wish.preview()); string(after) != string(before) {
				t.Errorf("somebody %s, and the preview says it:\n%s\n%s", what, before, after)
			}
			again := ask[madeReportView](t, r, 201, "tim", "POST", reports, wish).Report
			first, second := ask[reportView](t, r, 200, "tim", "GET", reports+"/"+made, nil), ask[reportView](t, r, 200, "tim", "GET", reports+"/"+again, nil)
			if a, b := fmt.Sprint(first.Sections[0].People, first.Sections[0].Pairs), fmt.Sprint(second.Sections[0].People, second.Sections[0].Pairs); a != b {
				t.Errorf("somebody %s, and the report counts them: %s, then %s", what, a, b)
			}
		}
	}
}

// Somebody who is put into two cohorts: how many answered in both together would tell whether they answered in both, and so would a
// refusal that depends on it. Whatever they do, it is the same refusal.
func TestInTwoCohorts(t *testing.T) {
	for _, answers := range []bool{true, false} {
		r := newReporting(t)
		for _, cohort := range []string{"a", "b"} {
			members := append(learners(cohort, 12), "x")
			r.join(t, cohort, members...)
			r.told(t, cohort, Start, members...)
			if !answers {
				members = members[:12]
			}
			r.asks(t, cohort, Start, 6, members...)
		}
		both := wishFor([]string{"a", "b"}, []Point{Start}, "tyokyky")
		if got := ask[reportPreviewView](t, r, 200, "tove", "POST", reports+"/preview", both.preview()).Sections[0].Why; got != HiddenCohorts {
			t.Errorf("they answered: %v; both together: %q", answers, got)
		}
		ask[madeReportView](t, r, 201, "tove", "POST", reports, wishFor([]string{"a"}, []Point{Start}, "tyokyky"))
		if got := ask[reportPreviewView](t, r, 200, "tove", "POST", reports+"/preview", wishFor([]string{"b"}, []Point{Start}, "tyokyky").preview()).Sections[0].Why; got != HiddenCohorts {
			t.Errorf("they answered: %v; the second after the first: %q", answers, got)
		}
	}
}

// Somebody who is taken out of a cohort, put into it, or put into another one with all the rest, takes no counts along.
func TestUseOfExercisesTellsOfNobody(t *testing.T) {
	t.Parallel()
	s := NewState()
	tell := func(hour int, cohort string, point Point, persons ...string) {
		happen(s, finnish("2025-09-01", hour), "", MeasuresTold{Cohort: cohort, Point: point, Persons: persons})
	}
	tell(9, "a", End, names(1, 11)...)
	for _, step := range []struct {
		name string
		do   func()
		want []string
	}{
		{"eleven", func() {}, names(1, 11)},
		{"one comes later", func() { tell(10, "a", End, "p12") }, names(1, 11)},
		{"an earlier point is told of later", func() { tell(11, "a", Start, names(1, 12)...) }, names(1, 11)},
		{"another cohort of others", func() { tell(12, "b", Start, names(21, 32)...) }, names(1, 11)},
		{"another cohort of the same and one more", func() { tell(13, "c", Start, names(1, 12)...) }, nil},
	} {
		step.do()
		if got := s.usersCounted("a", 10); !slices.Equal(got, step.want) {
			t.Errorf("%s: %v, want %v", step.name, got, step.want)
		}
	}
	if got := s.usersCounted("c", 10); got != nil {
		t.Errorf("the other one counts %v", got)
	}
}

// With the last answers their sharing ends.
func TestWithdrawnIsNotShared(t *testing.T) {
	s := after(
		MeasureAnswered{Answers: "a1", Cohort: "c", Person: "p", Instrument: "i", Version: "1", Point: Start},
		MeasureAnswered{Answers: "a2", Cohort: "c", Person: "p", Instrument: "i", Version: "1", Point: End},
		ResultShared{Person: "p", Cohort: "c", Instrument: "i", Shared: true},
	)
	for i, point := range []Point{Start, End} {
		d, err := s.withdraw("p", "c", "i", point)
		if err != nil {
			t.Fatal(err)
		}
		happen(s, finnish("2025-09-02", 9+i), "p", d.Events...)
		if got := s.shared("p", "c", "i"); got != (point == Start) {
			t.Errorf("after %s is taken back it is shared: %v", point, got)
		}
	}
}
