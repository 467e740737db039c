package scheduling

import (
	"encoding/json"
	"os"
	"slices"
	"testing"
)

// The page warns while one types, by the same cases: frontend/src/shared/warnings/warnings.test.ts reads this file too.
func TestWarnings(t *testing.T) {
	file, err := os.ReadFile("testdata/warnings.json")
	if err != nil {
		t.Fatal(err)
	}
	var tests []struct {
		Text string
		Want []string
	}
	if err := json.Unmarshal(file, &tests); err != nil || len(tests) < 30 {
		t.Fatal(len(tests), err)
	}
	for _, test := range tests {
		got := []string{}
		for _, w := range Warnings(test.Text) {
			got = append(got, string(w.Kind)+" "+w.Text)
		}
		if !slices.Equal(got, test.Want) {
			t.Errorf("%q: got %q, want %q", test.Text, got, test.Want)
		}
	}
}

func FuzzWarnings(f *testing.F) {
	f.Add("F32.1 040 123 4567")
	f.Add("+")
	f.Add("(0")
	f.Fuzz(func(t *testing.T, text string) {
		for _, w := range Warnings(text) {
			if len(w.Text) < 3 {
				t.Errorf("%q in %q", w.Text, text)
			}
		}
	})
}
