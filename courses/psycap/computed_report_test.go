package psycap

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/people"
)

// The same preview is computed once, as long as the same people are asked; whoever asks for it, and however it is put. Whether somebody
// answered since can not be told from it: neither from what it says, nor from its being computed.
func TestSectionsAreComputedOnce(t *testing.T) {
	tests := []struct {
		name  string
		do    func(t *testing.T, r *reporting)
		who   string // tove, when it is not said
		wish  reportRequest
		again bool // it is computed anew
		stale bool // what would be computed anew may be something else
	}{
		{name: "the same"},
		{name: "of cohorts in another order", wish: wishFor([]string{"b", "a"}, []Point{Start, End}, "tyokyky")},
		{name: "of points in another order", wish: wishFor([]string{"a", "b"}, []Point{End, Start}, "tyokyky")},
		{name: "by a colleague", who: "tim"},
		{name: "a moment before it is too old", do: func(_ *testing.T, r *reporting) { r.wait(longestKept - time.Second) }},
		{name: "too old", do: func(_ *testing.T, r *reporting) { r.wait(longestKept) }, again: true},
		{name: "of one point", wish: wishFor([]string{"a", "b"}, []Point{Start}, "tyokyky"), again: true},
		{name: "of one cohort", wish: wishFor([]string{"a"}, []Point{Start, End}, "tyokyky"), again: true},
		{name: "somebody of another cohort answers", do: func(t *testing.T, r *reporting) { r.asks(t, "c", Start, 4, "c-01") }},
		{name: "somebody answers anew", do: func(t *testing.T, r *reporting) { r.asks(t, "a", Start, 9, "a-01") }},
		{name: "somebody answers at a point that is not asked for", do: func(t *testing.T, r *reporting) { r.asks(t, "a", Month, 9, "a-01") }},
		{name: "somebody takes theirs back", do: func(t *testing.T, r *reporting) {
			r.happen(t, AnswersWithdrawn{Answers: r.state.reply("a-01", "a", "tyokyky", Start).Text, Person: "a-01"})
		}, stale: true},
		{name: "everybody takes theirs back", do: func(t *testing.T, r *reporting) {
			for _, cohort := range []string{"a", "b"} {
				for _, person := range learners(cohort, 15) {
					r.happen(t, AnswersWithdrawn{Answers: r.state.reply(person, cohort, "tyokyky", Start).Text, Person: person})
				}
			}
		}, stale: true},
		{name: "somebody is erased", do: func(t *testing.T, r *reporting) { r.erase(t, "a-01") }, stale: true},
		{name: "the floor is another", do: func(t *testing.T, r *reporting) { r.happen(t, FloorSet{Org: "org", Floor: 7}) }, again: true},
		{name: "a report was made", do: func(t *testing.T, r *reporting) {
			ask[madeReportView](t, r, 201, "both", "POST", reports, wishFor([]string{"a", "b"}, []Point{Start}, "tyokyky"))
		}, again: true},
		{name: "a report of another measure was made", do: func(t *testing.T, r *reporting) {
			by := map[string]Answers{}
			for i, p := range learners("c", 12) {
				by[p], _ = functioning(i)
			}
			r.answered(t, "c", "toimintakyky", Start, by)
			ask[madeReportView](t, r, 201, "both", "POST", reports, wishFor([]string{"c"}, []Point{Start}, "toimintakyky"))
		}},
		{name: "ten more are told, and answer", do: func(t *testing.T, r *reporting) {
			r.join(t, "a", learners("more", 10)...)
			r.asks(t, "a", Start, 4, learners("more", 10)...)
		}, again: true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := newReporting(t)
			for _, cohort := range []string{"a", "b", "c"} {
				all := learners(cohort, 15)
				r.join(t, cohort, all...)
				for _, point := range []Point{Start, End} {
					r.asks(t, cohort, point, 6, all...)
				}
			}
			first := wishFor([]string{"a", "b"}, []Point{Start, End}, "tyokyky")
			preview := ask[reportPreviewView](t, r, 200, "tove", "POST", reports+"/preview", first.preview())
			if !preview.Shown {
				t.Fatalf("%+v", preview)
			}
			if tt.do != nil {
				tt.do(t, r)
			}
			if tt.who == "" {
				tt.who = "tove"
			}
			if tt.wish.Cohorts == nil {
				tt.wish = first
			}
			// Who may have nothing computed is told only what is there already.
			r.service.sectionLimit = people.NewLimit(0, time.Hour)
			status, raw := r.call(t, tt.who, "POST", reports+"/preview", tt.wish.preview())
			if want := map[bool]int{true: 429, false: 200}[tt.again]; status != want {
				t.Fatalf("got %d %s, want %d", status, raw, want)
			}
			if tt.again {
				return
			}
			if shown, err := json.Marshal(preview); err != nil || tt.stale && string(shown) != string(raw) {
				t.Errorf("%v: told %s, and then %s", err, shown, raw)
			}
			// A report is never made of what was told a moment ago.
			if status, made := r.call(t, tt.who, "POST", reports, tt.wish); status != 429 {
				t.Errorf("a report is made of what is not computed: %d %s", status, made)
			}
			if tt.stale {
				return
			}
			// What was kept is what a server says that computes it.
			r.service.sectionLimit, r.service.sections.all = newSectionLimit(), nil
			if _, fresh := r.call(t, tt.who, "POST", reports+"/preview", tt.wish.preview()); string(fresh) != string(raw) {
				t.Errorf("got  %s\nwant %s", raw, fresh)
			}
		})
	}
}

// A person may have so many sections computed, and then one more every while. A preview that is there already can always be asked for.
func TestSectionsAreLimited(t *testing.T) {
	r := newReporting(t)
	r.service.sectionLimit = newSectionLimit()
	var cohorts []string
	for c := range 6 {
		cohort := fmt.Sprint("k", c)
		cohorts = append(cohorts, cohort)
		r.join(t, cohort, learners(cohort, 12)...)
		r.asks(t, cohort, Start, 6, learners(cohort, 12)...)
	}
	// A set of cohorts for each number.
	subset := func(n int) ReportWish {
		var some []string
		for i, cohort := range cohorts {
			if n>>i&1 == 1 {
				some = append(some, cohort)
			}
		}
		return wishFor(some, []Point{Start}, "tyokyky").wish()
	}
	asks := func(person string, n int) error {
		_, err := r.service.PreviewReport(context.Background(), r.as(person), subset(n))
		return err
	}
	refused := func(what string, err error, wait time.Duration) {
		t.Helper()
		f, coded := fault.As(err)
		if !errors.Is(err, people.ErrTooMany) || !coded || f.RetryAfter != wait {
			t.Errorf("%s: got %v, want to wait for %s", what, err, wait)
		}
	}
	for n := 1; n <= sectionsAtOnce; n++ {
		if err := asks("tove", n); err != nil {
			t.Fatalf("%d: %v", n, err)
		}
	}
	refused("one more than at once", asks("tove", 61), sectionAgain)
	if _, err := r.service.MakeReport(context.Background(), r.as("tove"), "Raportti", subset(62)); !errors.Is(err, people.ErrTooMany) {
		t.Errorf("a report instead of a preview: %v", err)
	}
	for n := sectionsAtOnce; n > sectionsAtOnce-mostKept; n-- {
		if err := asks("tove", n); err != nil {
			t.Errorf("%d is there already: %v", n, err)
		}
	}
	refused("what is no longer there", asks("tove", sectionsAtOnce-mostKept), sectionAgain)
	if len(r.service.sections.all) != mostKept {
		t.Errorf("%d sections are kept", len(r.service.sections.all))
	}
	r.wait(sectionAgain - time.Millisecond)
	refused("a moment too early", asks("tove", 61), time.Millisecond)
	r.wait(time.Millisecond)
	if err := asks("tove", 61); err != nil {
		t.Errorf("after waiting: %v", err)
	}
	refused("and another", asks("tove", 62), sectionAgain)
	if err := asks("tim", 62); err != nil {
		t.Errorf("another person: %v", err)
	}
	if err := asks("tove", 62); err != nil {
		t.Errorf("what another person had computed: %v", err)
	}
	_, err := r.service.MakeReport(context.Background(), r.as("tove"), "Raportti", subset(62))
	refused("a report of what is there already", err, sectionAgain)
	r.wait(sectionAgain)
	if _, err := r.service.MakeReport(context.Background(), r.as("tove"), "Raportti", subset(62)); err != nil {
		t.Errorf("a report after waiting: %v", err)
	}
	// What is refused before anything is read costs nothing, and neither does what the database did not give.
	for range 2 * sectionsAtOnce {
		if err := asks("wilma", 1); !errors.Is(err, ErrUnknownCohorts) {
			t.Fatal(err)
		}
	}
	over, stop := context.WithCancel(context.Background())
	stop()
	for range sectionsAtOnce + 1 {
		if _, err := r.service.PreviewReport(over, r.as("both"), subset(1)); err == nil || errors.Is(err, people.ErrTooMany) {
			t.Fatalf("with no database: %v", err)
		}
	}
	if err := asks("both", 1); err != nil {
		t.Error(err)
	}
}

func TestTablesAreLimited(t *testing.T) {
	r := newReporting(t)
	ability, _ := pasted(";", "", 0)
	one := []TableWish{{Instrument: "tyokyky", Version: "1", Text: ability}}
	ten := slices.Repeat(one, 10)
	for range tablesAtOnce / 10 {
		if _, err := r.service.PreviewTables(context.Background(), r.as("tove"), "org", ten); err != nil {
			t.Fatal(err)
		}
	}
	_, err := r.service.MakeTableReport(context.Background(), r.as("tove"), "org", "Raportti", one)
	if f, coded := fault.As(err); !errors.Is(err, people.ErrTooMany) || !coded || f.RetryAfter != tableAgain {
		t.Errorf("got %v", err)
	}
	r.wait(tableAgain)
	if _, err := r.service.MakeTableReport(context.Background(), r.as("tove"), "org", "Raportti", one); err != nil {
		t.Error(err)
	}
}

// The same request gets the same answer, also when nothing more may be computed; with anything else its key is refused.
func TestReportMadeBefore(t *testing.T) {
	ability, _ := pasted(";", "", 0)
	one := []TableWish{{Instrument: "tyokyky", Version: "1", Text: ability}}
	tests := []struct {
		name string
		make func(r *reporting, by auth.Caller) (string, error)
	}{
		{"of a cohort", func(r *reporting, by auth.Caller) (string, error) {
			return r.service.MakeReport(context.Background(), by, "Raportti", wishFor([]string{"a"}, []Point{Start}, "tyokyky").wish())
		}},
		{"of a table", func(r *reporting, by auth.Caller) (string, error) {
			return r.service.MakeTableReport(context.Background(), by, "org", "Raportti", one)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := newReporting(t)
			r.join(t, "a", learners("a", 12)...)
			r.asks(t, "a", Start, 6, learners("a", 12)...)
			tove, other := r.as("tove"), r.as("tove")
			tove.Key, other.Key = auth.Key{ID: "key", Request: "this"}, auth.Key{ID: "key", Request: "that"}
			first, err := tt.make(r, tove)
			if err != nil {
				t.Fatal(err)
			}
			commits := r.journal.Applied()
			r.service.sectionLimit, r.service.tableLimit = people.NewLimit(0, time.Hour), people.NewLimit(0, time.Hour)
			if again, err := tt.make(r, tove); err != nil || again != first {
				t.Errorf("again: got %q %v, want %q", again, err, first)
			}
			if _, err := tt.make(r, other); !errors.Is(err, journal.ErrKeyReused) {
				t.Errorf("another request with its key: %v", err)
			}
			for _, caller := range []auth.Caller{r.as("tove"), r.as("tim")} {
				if caller.Person == "tim" {
					caller.Key = tove.Key
				}
				if _, err := tt.make(r, caller); !errors.Is(err, people.ErrTooMany) {
					t.Errorf("another report, by %s: %v", caller.Person, err)
				}
			}
			if r.journal.Applied() != commits {
				t.Error("something was done again")
			}
		})
	}
}

// What is compared is all that a section is computed of: a new field of gathered has to be thought of.
func TestGatheredIsCompared(t *testing.T) {
	if n := reflect.TypeFor[gathered]().NumField(); n != 6 {
		t.Errorf("gathered has %d fields; does equal compare the new one?", n)
	}
}
