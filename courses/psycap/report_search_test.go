package psycap

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// prime is that of the field in which sums are searched: a sum over the fractions is one over the field too.
const prime = 1<<31 - 1

// blind is a weight for each element such that every group weighs nothing: whatever can be had by adding, subtracting and multiplying
// sums over groups weighs nothing either. All else weighs something, but for a chance of one in two thousand million.
func blind(r *rand.Rand, groups [][]string) (elements []string, weights map[string]uint64) {
	for _, g := range groups {
		elements = append(elements, g...)
	}
	slices.Sort(elements)
	elements = slices.Compact(elements)
	var rows [][]uint64
	for _, g := range groups {
		row := make([]uint64, len(elements))
		for _, e := range g {
			at, _ := slices.BinarySearch(elements, e)
			row[at] = 1
		}
		rows = append(rows, row)
	}
	pivots := map[int]int{} // column → row
	next := 0
	for column := range elements {
		at := slices.IndexFunc(rows[next:], func(row []uint64) bool { return row[column] != 0 })
		if at < 0 {
			continue
		}
		rows[next], rows[next+at] = rows[next+at], rows[next]
		inverse := power64(rows[next][column], prime-2)
		for i := range rows[next] {
			rows[next][i] = rows[next][i] * inverse % prime
		}
		for n, row := range rows {
			if factor := row[column]; n != next && factor != 0 {
				for i := range row {
					row[i] = (row[i] + (prime-factor)*rows[next][i]) % prime
				}
			}
		}
		pivots[column] = next
		if next++; next == len(rows) {
			break
		}
	}
	weights = map[string]uint64{}
	for column, e := range elements {
		if _, pivot := pivots[column]; !pivot {
			weights[e] = r.Uint64N(prime)
		}
	}
	for column, n := range pivots {
		sum := uint64(0)
		for other, e := range elements {
			if _, pivot := pivots[other]; !pivot {
				sum = (sum + rows[n][other]*weights[e]) % prime
			}
		}
		weights[elements[column]] = (prime - sum) % prime
	}
	return elements, weights
}

func power64(base, exponent uint64) uint64 {
	result := uint64(1)
	for ; exponent > 0; exponent >>= 1 {
		if exponent&1 == 1 {
			result = result * base % prime
		}
		base = base * base % prime
	}
	return result
}

// told searches every set of fewer than floor elements for one whose sum can be had from sums over the groups. size says how much an
// element counts.
func told(r *rand.Rand, groups [][]string, floor int, size func(string) int) (found []string) {
	elements, first := blind(r, groups)
	_, second := blind(r, groups)
	var search func(from, counted int, a, b uint64, chosen []string)
	search = func(from, counted int, a, b uint64, chosen []string) {
		if len(chosen) > 0 && a == 0 && b == 0 && counted > 0 {
			found = slices.Clone(chosen)
		}
		for i := from; i < len(elements) && found == nil; i++ {
			e := elements[i]
			if counted+size(e) < floor {
				search(i+1, counted+size(e), (a+first[e])%prime, (b+second[e])%prime, append(chosen, e))
			}
		}
	}
	search(0, 0, 0, 0, nil)
	return found
}

func person1(string) int { return 1 }

func TestTold(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for _, tt := range []struct {
		groups [][]string
		want   []string
	}{
		{[][]string{{"a", "b", "c", "d"}}, nil},
		{[][]string{{"a", "b", "c", "d"}, {"a", "b", "c"}}, []string{"d"}},
		{[][]string{{"a", "b", "c", "d"}, {"e", "f", "g"}}, nil},
		{[][]string{{"a", "b"}, {"b", "c"}, {"a", "c"}, {"a", "b", "c", "d"}}, []string{"a"}}, // half of a sum and a difference
	} {
		if got := told(r, tt.groups, 3, person1); !slices.Equal(got, tt.want) {
			t.Errorf("%v: got %v, want %v", tt.groups, got, tt.want)
		}
	}
}

// searched is a school in which everything happens at random, and what its reports showed.
type searched struct {
	*reporting
	*rand.Rand
	cohorts []string
	values  map[string]Answers   // by the vault id of the answers
	people  map[Point][][]string // shown at a point, by people
	texts   map[Point][][]string // and by answers
	counted map[Point][][]string // who was asked, in a cohort each, of whom a report or a page tells how many answered
	asked   map[Point][][]string // and as persons
	made    int
	hidden  map[Hidden]int
}

// Small cohorts that overlap, people who answer, answer anew, refuse questions and take answers back, and many reports: from everything
// that was answered no sum over fewer than five people, or over fewer than five people's answers, can be had.
func TestReportsSearched(t *testing.T) {
	made, hidden := 0, map[Hidden]int{}
	for seed := range uint64(10) {
		s := &searched{
			reporting: newReporting(t), Rand: rand.New(rand.NewPCG(seed, 6)), values: map[string]Answers{}, people: map[Point][][]string{}, texts: map[Point][][]string{},
			counted: map[Point][][]string{}, asked: map[Point][][]string{}, hidden: hidden,
		}
		s.happen(t, FloorSet{Org: "org", Floor: LeastFloor})
		everybody := learners("p", 60)
		for c := range 6 {
			name := fmt.Sprint("k", c)
			var members []string
			for range 5 + s.IntN(16) {
				members = append(members, everybody[(c*10+s.IntN(10+c%2))%60])
			}
			slices.Sort(members)
			members = slices.Compact(members)
			s.join(t, name, members...)
			s.cohorts = append(s.cohorts, name)
			s.happen(t, MeasuresPlanned{Cohort: name, Ends: "2026-03-01", Days: 21})
			for _, point := range []Point{Start, End} {
				s.told(t, name, point, members...)
				for _, p := range s.reporting.cohorts.members[name] {
					if s.IntN(10) > 0 {
						s.answers(t, name, p, point)
					}
				}
			}
		}
		for range 40 {
			s.report(t)
			if s.IntN(4) == 0 {
				s.change(t)
				s.look()
			}
		}
		s.search(t)
		if wrong := s.state.Check(); len(wrong) > 0 {
			t.Error(wrong)
		}
		made += s.made
	}
	t.Logf("%d reports were made; hidden: %v", made, hidden)
	if made < 30 || hidden[HiddenFew] < 10 || hidden[HiddenClose] < 40 || hidden[HiddenCohorts] < 10 {
		t.Error("too little was tried")
	}
}

func (s *searched) answers(t *testing.T, cohort, person string, point Point) {
	t.Helper()
	a := Answers{}
	for _, item := range []string{"mental", "physical", "social"} {
		switch n := s.IntN(20); n {
		case 0:
			a[item] = Answer{Refused: true}
		case 1:
		default:
			a[item] = Answer{Value: s.IntN(11)}
		}
	}
	s.answered(t, cohort, "toimintakyky", point, map[string]Answers{person: a})
	s.values[s.state.reply(person, cohort, "toimintakyky", point).Text] = a
}

func (s *searched) change(t *testing.T) {
	t.Helper()
	cohort := s.cohorts[s.IntN(len(s.cohorts))]
	if s.IntN(3) == 0 { // somebody comes in later
		newcomer := fmt.Sprintf("%s-new-%d", cohort, s.IntN(12))
		if !slices.Contains(s.reporting.cohorts.members[cohort], newcomer) {
			s.join(t, cohort, newcomer)
		}
	}
	members := s.reporting.cohorts.members[cohort]
	person, point := members[s.IntN(len(members))], []Point{Start, End}[s.IntN(2)]
	if r := s.state.reply(person, cohort, "toimintakyky", point); r != nil && s.IntN(3) == 0 {
		s.happen(t, AnswersWithdrawn{Answers: r.Text, Person: person})
		return
	}
	s.answers(t, cohort, person, point)
}

// report asks for one, first by a preview: what it says is what comes.
func (s *searched) report(t *testing.T) {
	t.Helper()
	s.Shuffle(len(s.cohorts), func(i, j int) { s.cohorts[i], s.cohorts[j] = s.cohorts[j], s.cohorts[i] })
	wish := wishFor(slices.Clone(s.cohorts[:1+s.IntN(4)]), [][]Point{{Start}, {End}, {Start, End}}[s.IntN(3)], "toimintakyky")
	s.service.sections.all = nil // a preview may be a moment old; here it is to say what is so
	preview := ask[reportPreviewView](t, s.reporting, 200, "tove", "POST", reports+"/preview", wish.preview())
	if !preview.Shown {
		s.hidden[preview.Sections[0].Why]++
		ask[struct{}](t, s.reporting, 409, "tove", "POST", reports, wish)
		return
	}
	made := ask[madeReportView](t, s.reporting, 201, "tove", "POST", reports, wish).Report
	s.made++
	section := ask[reportView](t, s.reporting, 200, "tove", "GET", reports+"/"+made, nil).Sections[0]
	if least := preview.Sections[0].AtLeast; least > section.Pairs || section.Pairs >= least+5 {
		t.Fatalf("the preview said at least %d of %d", least, section.Pairs)
	}
	s.shows(t, s.state.data.Reports[made], section)
}

// shows remembers what a report shows, and of whom. The section is that of its page.
func (s *searched) shows(t *testing.T, report Report, section sectionView) {
	t.Helper()
	groups := report.Made.Sections[0].Shown
	for _, g := range groups {
		for i, point := range report.Made.Points {
			s.people[point], s.texts[point] = append(s.people[point], g.People), append(s.texts[point], g.Answers[i].Texts)
		}
	}
	for _, point := range report.Made.Points {
		members := report.askedAt(point)
		s.counted[point], s.asked[point] = append(s.counted[point], keysOf(members)), append(s.asked[point], personsOf(members))
		for _, g := range groups {
			for _, person := range g.People {
				if !slices.Contains(personsOf(members), person) {
					t.Fatalf("%s shows figures of %s, who is not counted", report.Made.Report, person)
				}
			}
		}
	}
	// Every figure is of one of the groups that were kept: else the search below would search for something else.
	for _, scale := range section.Scales {
		if scale.N == 0 && len(scale.Points)+len(scale.Changes) == 0 {
			continue
		}
		if !slices.ContainsFunc(groups, func(g ShownGroup) bool {
			for i := range report.Made.Points {
				sum := 0.0
				for _, id := range g.Answers[i].Texts {
					a, there := s.values[id][scale.Scale]
					if !there || a.Refused {
						return false
					}
					sum += float64(a.Value)
				}
				if len(g.People) != scale.N || math.Abs(sum/float64(len(g.People))-*scale.Points[i].Mean.Value) > 1e-9 {
					return false
				}
			}
			return true
		}) {
			t.Fatalf("%s shows figures of a group that is not kept: %+v", report.Made.Report, scale)
		}
	}
}

func (s *searched) search(t *testing.T) {
	t.Helper()
	for _, point := range []Point{Start, End} {
		if found := told(s.Rand, s.people[point], LeastFloor, person1); found != nil {
			t.Errorf("%s: the reports tell of %v", point, found)
		}
		if found := told(s.Rand, s.texts[point], LeastFloor, person1); found != nil {
			t.Errorf("%s: the reports tell of the answers %v", point, found)
		}
	}
	// How many took part is counted by reports, and by the page of every cohort, whenever somebody looks.
	for _, point := range []Point{Start, End} {
		if found := told(s.Rand, s.counted[point], LeastFloor, person1); found != nil {
			t.Errorf("%s: the counts tell of %v", point, found)
		}
		if found := told(s.Rand, s.asked[point], LeastFloor, person1); found != nil {
			t.Errorf("%s: the reports' counts tell of %v", point, found)
		}
	}
}

// look counts as the pages of all cohorts do just now.
func (s *searched) look() {
	for _, cohort := range s.cohorts {
		for _, point := range []Point{Start, End} {
			shown := keysOf(s.state.counted([]string{cohort}, point, LeastFloor))
			if len(shown) > 0 && !slices.ContainsFunc(s.counted[point], func(before []string) bool { return slices.Equal(before, shown) }) {
				s.counted[point] = append(s.counted[point], shown)
			}
		}
	}
}
