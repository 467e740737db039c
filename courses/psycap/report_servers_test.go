package psycap

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"luotsi/server/journal"
)

// change lets somebody answer anew, or take their answers back, on one of several servers; it gives what they answered, by its id in the vault.
func (r *reporting) change(t *testing.T, random *rand.Rand, cohort, person string, point Point) (text string, a Answers) {
	t.Helper()
	a = Answers{"mental": {Value: random.IntN(11)}, "physical": {Value: random.IntN(11)}, "social": {Refused: random.IntN(4) == 0, Value: 0}}
	raw, err := json.Marshal(a)
	if err != nil {
		t.Error(err)
	}
	text = r.newID()
	if err := r.vault.Put(context.Background(), text, []string{person}, string(raw)); err != nil {
		t.Error(err)
	}
	back := random.IntN(3) == 0
	_, err = r.journal.Update(context.Background(), person, journal.Key{}, func(time.Time) (journal.Decision, error) {
		before := r.state.reply(person, cohort, "toimintakyky", point)
		if back && before != nil && before.Text != "" {
			return journal.Happens(AnswersWithdrawn{Answers: before.Text, Person: person}), nil
		}
		return journal.Happens(MeasureAnswered{Answers: text, Cohort: cohort, Person: person, Instrument: "toimintakyky", Version: "1", Point: point}), nil
	})
	if err != nil && !errors.Is(err, journal.ErrUnavailable) {
		t.Error(err)
	}
	return text, a
}

// Overlapping reports are made through three servers on one database at the same moment, while people answer anew and take answers
// back: from all that was shown in the end nothing of fewer people than the floor follows, and the servers agree on what was shown.
func TestReportsOnThreeServers(t *testing.T) {
	const rounds, atOnce, changes = 5, 12, 4
	first := newReporting(t)
	first.happen(t, FloorSet{Org: "org", Floor: LeastFloor})
	random := rand.New(rand.NewPCG(20261122, 3)) //nolint:gosec // the same people in every run
	values := map[string]Answers{}
	cohorts := make([][]string, rounds)
	for round := range rounds {
		// Four cohorts of one another's people; of the first two, three people are in both.
		everybody := learners(fmt.Sprint("p", round), 27)
		for c, members := range [][]string{everybody[:15], everybody[12:], everybody[:20], everybody[5:]} {
			name := fmt.Sprintf("k%d-%d", round, c)
			cohorts[round] = append(cohorts[round], name)
			first.join(t, name, members...)
			first.happen(t, MeasuresPlanned{Cohort: name, Ends: "2026-03-01", Days: 21})
			for _, point := range []Point{Start, End} {
				by := map[string]Answers{}
				for _, p := range members {
					by[p] = Answers{"mental": {Value: random.IntN(11)}, "physical": {Value: random.IntN(11)}, "social": {Value: random.IntN(11)}}
				}
				first.answered(t, name, "toimintakyky", point, by)
				for p, a := range by {
					values[first.state.reply(p, name, "toimintakyky", point).Text] = a
				}
			}
		}
	}
	first.journal.Close()
	servers := []*reporting{first.another(t), first.another(t), first.another(t)}
	var (
		mu       sync.Mutex
		statuses = map[int]int{}
	)
	together := func() {
		t.Helper()
		newest := uint64(0)
		for _, server := range servers {
			newest = max(newest, server.journal.Applied())
		}
		for _, server := range servers {
			var err error = journal.ErrBehind
			for tries := 0; tries < 30 && errors.Is(err, journal.ErrBehind); tries++ { // each waits for two seconds
				err = server.journal.WaitFor(context.Background(), newest)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for round := range rounds {
		together() // they know the same, and nothing of each other's next report
		var all sync.WaitGroup
		begin := make(chan struct{})
		for i := range atOnce + changes {
			server, own := servers[i%3], rand.New(rand.NewPCG(uint64(round), uint64(i))) //nolint:gosec // as above
			wish := wishFor(nil, [][]Point{{Start}, {End}, {Start, End}}[own.IntN(3)], "toimintakyky")
			wish.Cohorts = slices.Clone(cohorts[round])
			own.Shuffle(4, func(a, b int) { wish.Cohorts[a], wish.Cohorts[b] = wish.Cohorts[b], wish.Cohorts[a] })
			wish.Cohorts = wish.Cohorts[:1+own.IntN(2)]
			all.Go(func() {
				<-begin
				if i >= atOnce {
					c := own.IntN(2)
					text, a := server.change(t, own, cohorts[round][c], fmt.Sprintf("p%d-%02d", round, c*12+own.IntN(15)), wish.Points[0])
					mu.Lock()
					values[text] = a
					mu.Unlock()
					return
				}
				status, raw := server.call(t, []string{"tove", "tim", "both"}[own.IntN(3)], "POST", reports, wish)
				mu.Lock()
				statuses[status]++
				mu.Unlock()
				if status != 201 && status != 409 && status != 503 {
					t.Errorf("round %d: %d %s", round, status, raw)
				}
			})
		}
		close(begin)
		all.Wait()
	}
	together()
	hashes := map[string]bool{}
	for _, server := range servers {
		hash, err := server.journal.Hash()
		if err != nil {
			t.Fatal(err)
		}
		hashes[hash] = true
		if wrong := server.state.Check(); len(wrong) > 0 {
			t.Error(wrong)
		}
	}
	if len(hashes) != 1 {
		t.Errorf("the servers have %d different states", len(hashes))
	}

	// Nobody writes any more. What was shown of each round is searched for itself: they have nobody in common.
	server, made, contested := servers[2], 0, 0
	for round := range rounds {
		s := &searched{
			reporting: server, Rand: random, cohorts: cohorts[round], values: values, people: map[Point][][]string{}, texts: map[Point][][]string{},
			counted: map[Point][][]string{}, asked: map[Point][][]string{},
		}
		mine := 0
		for id, report := range server.state.data.Reports {
			if slices.Contains(cohorts[round], report.Made.Cohorts[0]) {
				mine++
				s.shows(t, report, ask[reportView](t, server, 200, "tove", "GET", reports+"/"+id, nil).Sections[0])
			}
		}
		s.look()
		s.search(t)
		if made += mine; mine < atOnce {
			contested++
		}
	}
	t.Logf("%d of %d reports were made; by status: %v", made, rounds*atOnce, statuses)
	if made != statuses[201] && statuses[503] == 0 || made < 2*rounds || contested < rounds {
		t.Error("reports were lost, or too little was tried")
	}
}
