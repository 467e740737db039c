package scheduling

import (
	"bytes"
	"cmp"
	"encoding/json"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"luotsi/server/auth"
)

// What is written is what json.Marshal writes of the same view, read back.
func TestJointTimesAsJSON(t *testing.T) {
	r := newRegion(t)
	at := func(text string) Span { return Span{utc(text), utc(text) + 20*minute} }
	one := []Attendee{{Person: "gp", Role: auth.Doctor}}
	two := append(one[:1:1], Attendee{Person: "gp2", Role: auth.Doctor})
	tests := []struct {
		name    string
		doctors []Attendee
		times   []Time
		days    []string // and the number of times of each
		counts  []int
	}{
		{"nothing", one, nil, nil, nil},
		{"one", one, []Time{{Span: at("2026-11-23T07:30:00Z")}}, []string{"2026-11-23"}, []int{1}},
		{"to both sides of a Finnish midnight, within one day of UTC", one, []Time{
			{Span: at("2026-11-23T21:40:00Z")}, {Span: at("2026-11-23T22:00:00Z")}, {Span: at("2026-11-23T22:20:00Z")},
		}, []string{"2026-11-23", "2026-11-24"}, []int{1, 2}},
		{"to both sides of a midnight of UTC, within one Finnish day", one, []Time{
			{Span: at("2026-11-23T23:50:00Z")}, {Span: at("2026-11-24T00:10:00Z")},
		}, []string{"2026-11-24"}, []int{2}},
		{"receptions, missing seats, any of two doctors", two, []Time{
			{Span: at("2026-11-23T07:00:00Z"), Reception: true}, {Span: at("2026-11-23T07:20:00Z"), Missing: 1<<3 | 1<<31, Doctor: 1},
			{Span: at("2027-01-01T07:00:00Z"), Missing: 1, Reception: true},
		}, []string{"2026-11-23", "2027-01-01"}, []int{2, 1}},
	}
	for _, tt := range tests {
		v := r.service.jointTimesView(Found{Times: tt.times}, []Seat{{Role: auth.Doctor, Any: tt.doctors}})
		got, err := v.AppendJSON([]byte("before"))
		if err != nil {
			t.Fatal(err)
		}
		got, ok := bytes.CutPrefix(got, []byte("before"))
		type plain jointTimesView // without AppendJSON
		var read plain
		if err := json.Unmarshal(got, &read); err != nil || !ok {
			t.Fatalf("%s: %v in %s", tt.name, err, got)
		}
		if want, err := json.Marshal(read); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %v\ngot  %s\nwant %s", tt.name, err, got, want)
		}
		var views []timeView
		for i, day := range read.Days {
			if i >= len(tt.days) || string(day.Date) != tt.days[i] || len(day.Times) != tt.counts[i] {
				t.Errorf("%s: day %d is %s with %d times", tt.name, i, day.Date, len(day.Times))
			}
			views = append(views, day.Times...)
		}
		if want, _ := json.Marshal(foundViews(tt.times, tt.doctors)); len(tt.times) > 0 {
			if times, _ := json.Marshal(views); !bytes.Equal(times, want) {
				t.Errorf("%s: got %s, want %s", tt.name, times, want)
			}
		}
	}
}

func TestBestAgreesWithSorting(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for range 2000 {
		times := make([]Time, r.IntN(12))
		for i := range times {
			times[i] = Time{Span: Span{int64(i / 2), int64(i/2 + 1)}, Missing: r.Uint32N(4), Reception: r.IntN(3) == 0, Doctor: uint16(i % 2)}
		}
		sorted := slices.Clone(times)
		slices.SortStableFunc(sorted, func(a, b Time) int {
			fills := map[bool]int{true: -1}
			return cmp.Or(bits.OnesCount32(a.Missing)-bits.OnesCount32(b.Missing), fills[a.Reception]-fills[b.Reception], cmp.Compare(a.Start, b.Start))
		})
		n := 1 + r.IntN(4)
		if got, want := Best(times, n), sorted[:min(n, len(sorted))]; !slices.Equal(got, want) {
			t.Fatalf("the best %d of %+v are %+v, want %+v", n, times, got, want)
		}
	}
}
