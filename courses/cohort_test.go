package courses

import (
	"slices"
	"testing"
	"time"
)

func TestMasked(t *testing.T) {
	tests := []struct {
		name   string
		sizes  []int
		hidden []bool
	}{
		{"none", nil, nil},
		{"all large", []int{10, 40}, []bool{false, false}},
		{"one small: the next one hides it", []int{40, 9, 12}, []bool{false, true, true}},
		{"one small alone", []int{3}, []bool{true}},
		{"small ones that are a group together", []int{6, 5, 20}, []bool{true, true, false}},
		{"small ones that are not", []int{2, 3, 30, 20}, []bool{true, true, false, true}},
		{"exactly the limit", []int{10, 10}, []bool{false, false}},
		{"empty ones tell nothing", []int{0, 10}, []bool{false, false}},
		{"empty beside a small one", []int{0, 4, 10}, []bool{false, true, true}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			groups := make([]Figures, len(test.sizes))
			total := 0
			for i, n := range test.sizes {
				groups[i] = Figures{Learners: n, Finished: n / 2, Percent: 50}
				total += n
			}
			var hidden []bool
			shown := masked(groups)
			for _, g := range shown {
				hidden = append(hidden, g.Hidden)
				if g.Hidden && (g.Learners != 0 || g.Finished != 0 || g.Percent != 0) {
					t.Errorf("hidden figures are there: %+v", g)
				}
				total -= g.Learners
			}
			if !slices.Equal(hidden, test.hidden) {
				t.Errorf("got %v, want %v", hidden, test.hidden)
			}
			if total > 0 && total < smallest && len(test.sizes) > 1 {
				t.Errorf("subtraction tells about %d people", total)
			}
		})
	}
}

func TestAway(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 3, n, 0, 0, 0, 0, time.UTC) }
	tests := []struct {
		name                string
		starts              string
		enrolled, seen, now time.Time
		want                bool
	}{
		{"just enrolled, never seen", "2026-03-01", day(1), time.Time{}, day(8), false},
		{"a week and a day after the start, never seen", "2026-03-01", day(1), time.Time{}, day(9), true},
		{"enrolled late", "2026-03-01", day(6), time.Time{}, day(9), false},
		{"seen this week", "2026-03-01", day(1), day(5), day(9), false},
		{"seen long ago", "2026-03-01", day(1), day(2), day(20), true},
		{"not started yet", "2026-03-20", day(1), day(2), day(15), false},
		{"no day", "", day(1), day(2), day(15), true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := longAway((&Cohort{Starts: test.starts}).started(), test.enrolled, test.seen, test.now); got != test.want {
				t.Errorf("got %t, want %t", got, test.want)
			}
		})
	}
}
