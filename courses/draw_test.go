package courses

import (
	"fmt"
	"slices"
	"testing"
)

// What a seed draws never changes: attempts that are open, and those looked at again, depend on it.
func TestDrawIsStable(t *testing.T) {
	tests := []struct {
		seed    int64
		bank, n int
		want    []int
	}{
		{0, 15, 8, []int{2, 3, 6, 9, 11, 12, 13, 14}},
		{1, 15, 8, []int{2, 3, 4, 6, 9, 10, 12, 14}},
		{1 << 62, 100, 5, []int{28, 31, 33, 40, 72}},
		{7, 5, 0, []int{0, 1, 2, 3, 4}}, // no draw
		{7, 5, 5, []int{0, 1, 2, 3, 4}},
		{7, 5, 9, []int{0, 1, 2, 3, 4}}, // more than there are
		{7, 1, 1, []int{0}},
		{7, 0, 3, nil},
	}
	for _, test := range tests {
		if got := Draw(test.seed, test.bank, test.n); !slices.Equal(got, test.want) {
			t.Errorf("Draw(%d, %d, %d): got %v, want %v", test.seed, test.bank, test.n, got, test.want)
		}
	}
	if got := mixed(7, "q1", 4); !slices.Equal(got, []int{2, 3, 0, 1}) {
		t.Errorf("mixed: got %v", got)
	}
}

// Every question is as likely as the others, and so is every pair of them.
func TestDrawIsUniform(t *testing.T) {
	const rounds, bank, n = 60_000, 10, 4
	single, pairs := map[int]int{}, map[[2]int]int{}
	seeds := dice(1)
	for i := range rounds {
		drawn := Draw(int64(seeds.next()>>1), bank, n)
		if len(drawn) != n || !slices.IsSorted(drawn) || len(slices.Compact(slices.Clone(drawn))) != n {
			t.Fatalf("seed %d: %v", i, drawn)
		}
		for j, a := range drawn {
			single[a]++
			for _, b := range drawn[j+1:] {
				pairs[[2]int{a, b}]++
			}
		}
	}
	near := func(what any, got int, want float64) {
		if difference := float64(got)/want - 1; difference < -0.04 || difference > 0.04 {
			t.Errorf("%v: %d times, want about %.0f", what, got, want)
		}
	}
	if len(single) != bank || len(pairs) != bank*(bank-1)/2 {
		t.Fatalf("%d questions and %d pairs were drawn", len(single), len(pairs))
	}
	for q, got := range single {
		near(q, got, float64(rounds)*n/bank)
	}
	for pair, got := range pairs {
		near(pair, got, float64(rounds)*n*(n-1)/(bank*(bank-1)))
	}
}

// What has to be put in order is never shown in order, and every other order comes up.
func TestMixedNeverTells(t *testing.T) {
	seen := map[string]int{}
	for seed := range int64(6000) {
		order := mixed(seed, "q1", 3)
		if slices.IsSorted(order) {
			t.Fatalf("seed %d shows the right order", seed)
		}
		seen[fmt.Sprint(order)]++
	}
	if len(seen) != 5 {
		t.Errorf("got %d orders, want 5: %v", len(seen), seen)
	}
	for order, n := range seen {
		if n < 1000 || n > 1400 {
			t.Errorf("%s: %d times, want about 1200", order, n)
		}
	}
	differs := false
	for seed := range int64(10) {
		differs = differs || !slices.Equal(mixed(seed, "q1", 8), mixed(seed, "q2", 8))
	}
	if !differs {
		t.Error("all questions are mixed alike")
	}
}
