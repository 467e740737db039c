package psycap

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"luotsi/server/auth"
	"luotsi/server/people"
)

const reports = "/api/psycap/reports"

// workAbility is seed 001's headline (B4): 20 people, 6,8 before and 7,3 after.
func workAbility() (before, after []int) {
	return slices.Concat(slices.Repeat([]int{6}, 6), slices.Repeat([]int{7}, 12), slices.Repeat([]int{8}, 2)),
		slices.Concat(slices.Repeat([]int{7}, 14), slices.Repeat([]int{8}, 6))
}

// functioning is 200 people of whom 90, 76 and 74 improved (B5).
func functioning(person int) (before, after Answers) {
	before, after = Answers{}, Answers{}
	for item, improved := range map[string]int{"mental": 90, "physical": 76, "social": 74} {
		before[item], after[item] = Answer{Value: 4 + person%3}, Answer{Value: 4 + person%3}
		if person < improved {
			after[item] = Answer{Value: 5 + person%3}
		}
	}
	return before, after
}

func isNear(t *testing.T, what string, got numberView, want float64) {
	t.Helper()
	if got.Value == nil || math.Abs(*got.Value-want) > 0.00005 {
		text, _ := json.Marshal(got)
		t.Errorf("%s: got %s, want %v", what, text, want)
	}
}

func scaleOf(t *testing.T, section sectionView, id string) scaleView {
	t.Helper()
	at := slices.IndexFunc(section.Scales, func(s scaleView) bool { return s.Scale == id })
	if at < 0 {
		t.Fatalf("no scale %s in %+v", id, section.Scales)
	}
	return section.Scales[at]
}

// checkHeadline wants the figures of seed 001 in a report.
func checkHeadline(t *testing.T, report reportView, refused int) {
	t.Helper()
	if len(report.Sections) != 2 {
		t.Fatalf("sections: %+v", report.Sections)
	}
	ability := scaleOf(t, report.Sections[0], "ability")
	if report.Sections[0].Pairs != 20 || ability.N != 20 || len(ability.Points) != 2 || len(ability.Changes) != 1 {
		t.Fatalf("work ability: %+v", ability)
	}
	isNear(t, "before", ability.Points[0].Mean, 6.8)
	isNear(t, "after", ability.Points[1].Mean, 7.3)
	isNear(t, "change", ability.Changes[0].Mean, 0.5)
	if got := ability.Points[0].Bins; len(got) != 11 || got[6] != (binView{6, 7, 6}) || got[7].Count != 12 || got[8].Count != 2 {
		t.Errorf("bins: %v", got)
	}
	if ability.Points[0].Alpha.Why != OneItem {
		t.Errorf("alpha of one item: %+v", ability.Points[0].Alpha)
	}
	for id, want := range map[string]struct {
		n, up  int
		share  float64
		refuse int
	}{"mental": {200 - refused, 90, 90 / float64(200-refused), refused}, "physical": {200, 76, 0.38, 0}, "social": {200, 74, 0.37, 0}} {
		scale := scaleOf(t, report.Sections[1], id)
		if scale.N != want.n || scale.LeftOut != 200-want.n || scale.Covered != 0 || scale.Changes[0].Up != want.up || scale.Points[1].Refused != want.refuse {
			t.Errorf("%s: %+v", id, scale)
		}
		isNear(t, id, scale.Changes[0].Share, want.share)
	}
	if refused == 0 {
		mental := scaleOf(t, report.Sections[1], "mental").Changes[0]
		isNear(t, "low", mental.ShareLow, 0.3826)
		isNear(t, "high", mental.ShareHigh, 0.5192)
	}
}

func TestHeadlineOfCohorts(t *testing.T) {
	for _, refused := range []int{0, 10} {
		t.Run(fmt.Sprint(refused, " refused"), func(t *testing.T) {
			r := newReporting(t)
			all := learners("k", 200)
			r.join(t, "k", all...)
			start, end := map[string]Answers{}, map[string]Answers{}
			first, last := map[string]Answers{}, map[string]Answers{}
			before, after := workAbility()
			for i, p := range all {
				start[p], end[p] = functioning(i)
				if i >= 200-refused {
					end[p]["mental"] = Answer{Refused: true}
				}
				if i < 20 {
					first[p], last[p] = one("ability", before[i]), one("ability", after[i])
				}
			}
			r.answered(t, "k", "toimintakyky", Start, start)
			r.answered(t, "k", "toimintakyky", End, end)
			r.answered(t, "k", "tyokyky", Start, first)
			r.answered(t, "k", "tyokyky", End, last)
			wish := wishFor([]string{"k"}, []Point{End, Start}, "tyokyky", "toimintakyky")
			preview := ask[reportPreviewView](t, r, 200, "tove", "POST", reports+"/preview", wish.preview())
			if !preview.Shown || preview.Floor != 10 || preview.Sections[0].AtLeast != 20 || preview.Sections[1].AtLeast != 200 {
				t.Fatalf("preview: %+v", preview)
			}
			made := ask[madeReportView](t, r, 201, "tove", "POST", reports, wish)
			report := ask[reportView](t, r, 200, "tove", "GET", reports+"/"+made.Report, nil)
			checkHeadline(t, report, refused)
			if report.Table || !slices.Equal(report.Cohorts, []string{"Ryhmä k"}) || !slices.Equal(report.Points, []Point{Start, End}) || report.Org != "Koulu" {
				t.Errorf("report: %+v", report)
			}
			if got := report.Sections[1].People; !slices.Equal(got, []pointPeopleView{{Start, 200, 200, 0}, {End, 200, 200, 0}}) {
				t.Errorf("people: %v", got)
			}
			list := ask[reportsView](t, r, 200, "mari", "GET", reports, nil)
			if len(list.Reports) != 1 || list.Reports[0].Report != made.Report || list.Reports[0].Title != "Raportti" {
				t.Errorf("list: %+v", list)
			}
		})
	}
}

// A questionnaire with parts: refusals and blanks leave people out of one scale, and it shows its own group as long as nobody is told apart.
func TestScalesOfParts(t *testing.T) {
	r := newReporting(t)
	all := learners("k", 24)
	r.join(t, "k", all...)
	in := definitionOf(t, "voimavarat")
	by := map[string]Answers{}
	for i, p := range all {
		by[p] = Answers{}
		for n, item := range in.Items {
			by[p][item.ID] = Answer{Value: 1 + (i+n*i+n)%6}
		}
	}
	// Two items of hope are refused by one person: no hope, no total. One item of efficacy is blank for another: there still is a mean.
	hope, efficacy := in.Parts[0], in.Parts[1]
	by[all[3]][hope.Items[0]], by[all[3]][hope.Items[1]] = Answer{Refused: true}, Answer{Refused: true}
	delete(by[all[5]], efficacy.Items[0])
	r.answered(t, "k", "voimavarat", Start, by)
	made := ask[madeReportView](t, r, 201, "tove", "POST", reports, wishFor([]string{"k"}, []Point{Start}, "voimavarat"))
	section := ask[reportView](t, r, 200, "tove", "GET", reports+"/"+made.Report, nil).Sections[0]
	if section.Pairs != 24 || section.Scales[0].Scale != TotalScale || section.Power.Why != NotAsked || section.Label == "" || section.Credit == "" {
		t.Errorf("section: %+v", section)
	}
	for id, want := range map[string]struct{ n, left, covered, alpha, refused int }{
		TotalScale: {23, 1, 0, 22, 1}, hope.ID: {23, 1, 0, 23, 1}, efficacy.ID: {23, 0, 1, 22, 0}, in.Parts[2].ID: {23, 0, 1, 23, 0},
	} {
		s := scaleOf(t, section, id)
		if s.N != want.n || s.LeftOut != want.left || s.Covered != want.covered || s.Points[0].AlphaN != want.alpha || s.Points[0].Refused != want.refused {
			t.Errorf("%s: %+v, want %+v", id, s, want)
		}
		count := 0
		for _, b := range s.Points[0].Bins {
			count += b.Count
		}
		if count != s.N || len(s.Points[0].Bins) != 10 {
			t.Errorf("%s: bins %v", id, s.Points[0].Bins)
		}
	}
}

func definitionOf(t testing.TB, id string) *Instrument {
	t.Helper()
	at := slices.IndexFunc(definitions, func(in *Instrument) bool { return in.ID == id })
	if at < 0 {
		t.Fatalf("no %s", id)
	}
	return definitions[at]
}

func (r *reporting) asks(t testing.TB, cohort string, point Point, value int, who ...string) {
	t.Helper()
	by := map[string]Answers{}
	for _, p := range who {
		by[p] = one("ability", value)
	}
	r.answered(t, cohort, "tyokyky", point, by)
}

// What may be shown after one report depends on whose answers it showed. Who was told later waits, without a trace, until they are ten.
func TestAfterAReport(t *testing.T) {
	tests := []struct {
		name  string
		then  func(t *testing.T, r *reporting, all []string)
		shown bool
		why   Hidden
	}{
		{name: "the same again", then: func(*testing.T, *reporting, []string) {}, shown: true},
		{name: "somebody answers anew", then: func(t *testing.T, r *reporting, all []string) { r.asks(t, "k", Start, 9, all[0]) }, why: HiddenClose},
		{name: "nine answer anew", then: func(t *testing.T, r *reporting, all []string) { r.asks(t, "k", Start, 9, all[:9]...) }, why: HiddenClose},
		{name: "ten answer anew, and eleven do not", then: func(t *testing.T, r *reporting, all []string) { r.asks(t, "k", Start, 9, all[:10]...) }, shown: true},
		{name: "all answer anew, and one more", then: func(t *testing.T, r *reporting, all []string) {
			r.join(t, "k", "newcomer")
			r.asks(t, "k", Start, 9, append([]string{"newcomer"}, all...)...)
		}, shown: true},
		{name: "all answer anew", then: func(t *testing.T, r *reporting, all []string) { r.asks(t, "k", Start, 9, all...) }, shown: true},
		{name: "another point", then: func(t *testing.T, r *reporting, all []string) { r.asks(t, "k", End, 9, all[:12]...) }, shown: true},
		{name: "somebody takes theirs back", then: func(t *testing.T, r *reporting, all []string) {
			r.happen(t, AnswersWithdrawn{Answers: r.state.reply(all[0], "k", "tyokyky", Start).Text, Person: all[0]})
		}, why: HiddenClose},
		{name: "somebody is erased", then: func(t *testing.T, r *reporting, all []string) { r.erase(t, all[0]) }, why: HiddenClose},
		{name: "ten are erased", then: func(t *testing.T, r *reporting, all []string) { r.erase(t, all[:10]...) }, shown: true},
		{name: "twelve are erased", then: func(t *testing.T, r *reporting, all []string) { r.erase(t, all[:12]...) }, why: HiddenFew},
		{name: "nine more answer", then: func(t *testing.T, r *reporting, _ []string) {
			more := learners("more", 9)
			r.join(t, "k", more...)
			r.asks(t, "k", Start, 5, more...)
		}, shown: true},
		{name: "ten more answer", then: func(t *testing.T, r *reporting, _ []string) {
			more := learners("more", 10)
			r.join(t, "k", more...)
			r.asks(t, "k", Start, 5, more...)
		}, shown: true},
		{name: "somebody leaves the cohort", then: func(_ *testing.T, r *reporting, all []string) { r.cohorts.members["k"] = all[1:] }, shown: true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := newReporting(t)
			all := learners("k", 21)
			r.join(t, "k", all...)
			r.asks(t, "k", Start, 6, all...)
			wish := wishFor([]string{"k"}, []Point{Start}, "tyokyky")
			first := ask[madeReportView](t, r, 201, "tove", "POST", reports, wish)
			_, frozen := r.call(t, "tove", "GET", reports+"/"+first.Report, nil)
			tt.then(t, r, all)
			if tt.name == "another point" {
				wish.Points = []Point{End}
			}
			preview := ask[reportPreviewView](t, r, 200, "tim", "POST", reports+"/preview", wish.preview())
			if preview.Shown != tt.shown || preview.Sections[0].Why != tt.why {
				t.Fatalf("got %+v, want %v %s", preview, tt.shown, tt.why)
			}
			if tt.why == HiddenClose && (preview.Sections[0].Close == nil || preview.Sections[0].Close.Report != first.Report) {
				t.Errorf("too close to %+v, want the first", preview.Sections[0].Close)
			}
			if tt.shown {
				ask[madeReportView](t, r, 201, "tim", "POST", reports, wish)
			} else if code := ask[struct{ Code string }](t, r, 409, "tim", "POST", reports, wish).Code; code != "masked" {
				t.Errorf("got %s", code)
			}
			if _, now := r.call(t, "tove", "GET", reports+"/"+first.Report, nil); string(now) != string(frozen) {
				t.Errorf("the first report is another one by now:\n%s\n%s", frozen, now)
			}
		})
	}
}

func (r *reporting) erase(t testing.TB, who ...string) {
	t.Helper()
	for _, person := range who {
		texts := r.state.TextsOf(person)
		r.happen(t, people.PersonErased{Person: person})
		if err := r.vault.Erase(context.Background(), person, texts); err != nil {
			t.Fatal(err)
		}
	}
}

// Who may make and see reports.
func TestWhoseReports(t *testing.T) {
	r := newReporting(t)
	for _, cohort := range []string{"k", "w", "u"} {
		r.join(t, cohort, learners(cohort, 12)...)
		r.asks(t, cohort, Start, 6, learners(cohort, 12)...)
	}
	r.cohorts.unit["w"], r.cohorts.unit["u"] = "west", "town"
	own, two := wishFor([]string{"k"}, []Point{Start}, "tyokyky"), wishFor([]string{"k", "w"}, []Point{Start}, "tyokyky")
	for _, tt := range []struct {
		person string
		wish   reportRequest
		status int
	}{
		{"wilma", own, 404}, {"ulla", own, 404}, {"mari", own, 403}, {"ada", own, 403}, {"k-00", own, 403}, {"tove", two, 404}, {"wilma", two, 404},
		{"both", wishFor([]string{"k", "u"}, []Point{Start}, "tyokyky"), 400}, {"tove", wishFor([]string{"none"}, []Point{Start}, "tyokyky"), 404},
		{"tove", wishFor([]string{"k"}, []Point{Start}, "nothing"), 404}, {"tove", wishFor(nil, []Point{Start}, "tyokyky"), 400},
		{"tove", wishFor([]string{"k", "k"}, []Point{Start}, "tyokyky"), 400}, {"tove", wishFor([]string{"k"}, []Point{"noon"}, "tyokyky"), 400},
		{"tove", wishFor([]string{"k"}, []Point{Start}), 400}, {"tove", wishFor([]string{"k"}, nil, "tyokyky"), 400},
	} {
		for path, body := range map[string]any{reports: tt.wish, reports + "/preview": tt.wish.preview()} {
			if got, raw := r.call(t, tt.person, "POST", path, body); got != tt.status {
				t.Errorf("%s %s %+v: got %d %s, want %d", tt.person, path, tt.wish, got, raw, tt.status)
			}
		}
	}
	mine := ask[madeReportView](t, r, 201, "tove", "POST", reports, own).Report
	shared := ask[madeReportView](t, r, 201, "both", "POST", reports, two).Report
	for person, want := range map[string][2]int{
		"tove": {200, 404}, "tim": {200, 404}, "mari": {200, 404}, "wilma": {404, 404}, "both": {200, 200}, "ada": {404, 404}, "ulla": {404, 404}, "k-00": {403, 403},
	} {
		for i, report := range []string{mine, shared} {
			for _, file := range []string{"", "/csv"} {
				if got, raw := r.call(t, person, "GET", reports+"/"+report+file, nil); got != want[i] {
					t.Errorf("%s %d%s: got %d %s, want %d", person, i, file, got, raw, want[i])
				}
			}
		}
		if want[0] == 403 {
			continue
		}
		seen := 0
		for _, status := range want {
			if status == 200 {
				seen++
			}
		}
		if list := ask[reportsView](t, r, 200, person, "GET", reports, nil); len(list.Reports) != seen {
			t.Errorf("%s sees %d reports, want %d", person, len(list.Reports), seen)
		}
	}
}

// Two trainers who make reports that together would tell somebody apart: one of them gets theirs, whoever comes first.
func TestReportsAtOnce(t *testing.T) {
	r := newReporting(t)
	for round := range 12 {
		// Three people are in both cohorts, and answered in both.
		a, b, all := fmt.Sprint("a", round), fmt.Sprint("b", round), learners(fmt.Sprint("k", round), 30)
		r.join(t, a, all[:15]...)
		r.join(t, b, all[12:]...)
		r.asks(t, a, Start, 6, all[:15]...)
		r.asks(t, b, Start, 6, all[12:]...)
		var group sync.WaitGroup
		statuses := make([]int, 4)
		for i := range statuses {
			group.Go(func() {
				wish := wishFor([]string{[]string{a, b}[i%2]}, []Point{Start}, "tyokyky")
				statuses[i], _ = r.call(t, []string{"tove", "tim"}[i/2], "POST", reports, wish)
			})
		}
		group.Wait()
		if (statuses[0] == 201) == (statuses[1] == 201) || statuses[0] != statuses[2] || statuses[1] != statuses[3] {
			t.Fatalf("round %d: got %v, want one of the two, for both who ask", round, statuses)
		}
	}
}

// A repeated request gives the first answer, also when it could not be carried out any more.
func TestRepeatedReport(t *testing.T) {
	r := newReporting(t)
	all := learners("k", 12)
	r.join(t, "k", all...)
	r.asks(t, "k", Start, 6, all...)
	wish := wishFor([]string{"k"}, []Point{Start}, "tyokyky")
	caller := r.as("tove")
	caller.Key = auth.Key{ID: "once", Request: "request"}
	first, err := r.service.MakeReport(context.Background(), caller, "Alku", wish.wish())
	if err != nil {
		t.Fatal(err)
	}
	r.asks(t, "k", Start, 7, all[0])
	if again, err := r.service.MakeReport(context.Background(), caller, "Alku", wish.wish()); err != nil || again != first {
		t.Errorf("got %s %v, want %s", again, err, first)
	}
	if n := len(r.state.data.Reports); n != 1 {
		t.Errorf("%d reports", n)
	}
	// Replayed and from a snapshot the state is the same.
	before := r.state.shownAt
	r.state.Reindex()
	if len(r.state.shownAt) != len(before) || r.state.shownAt[shownKey("tyokyky", Start)][0].report != first {
		t.Errorf("got %v, want %v", r.state.shownAt, before)
	}
}

// Nothing of what people answered, and nobody's id, is in what the API gives.
func TestReportTellsNobody(t *testing.T) {
	r := newReporting(t)
	all := learners("nimi", 12)
	r.join(t, "k", all...)
	r.asks(t, "k", Start, 6, all...)
	wish := wishFor([]string{"k"}, []Point{Start}, "tyokyky")
	_, preview := r.call(t, "tove", "POST", reports+"/preview", wish.preview())
	made := ask[madeReportView](t, r, 201, "tove", "POST", reports, wish).Report
	_, report := r.call(t, "tove", "GET", reports+"/"+made, nil)
	_, file := r.call(t, "tove", "GET", reports+"/"+made+"/csv", nil)
	_, list := r.call(t, "tove", "GET", reports, nil)
	for what, body := range map[string][]byte{"preview": preview, "report": report, "file": file, "list": list} {
		if strings.Contains(string(body), "nimi-") || strings.Contains(string(body), "id-") && what != "report" && what != "list" {
			t.Errorf("%s: %s", what, body)
		}
	}
	var e ReportMade
	r.journal.View(func() { e = r.state.data.Reports[made].Made })
	if got := e.Sections[0].Shown; len(got) != 1 || !slices.Equal(got[0].People, all) || len(got[0].Answers) != 1 || got[0].Answers[0].Point != Start || len(got[0].Answers[0].Texts) != 12 {
		t.Errorf("shown: %+v", got)
	}
}

// What reports are offered of: cohorts that the caller trains, with what they are asked, or were; and organisations for tables.
func TestWhatReportsAreOfferedOf(t *testing.T) {
	r := newReporting(t)
	r.join(t, "k", learners("k", 12)...)
	r.join(t, "small", learners("small", 3)...)
	r.join(t, "w", learners("w", 12)...)
	r.cohorts.unit["w"] = "west"
	for _, cohort := range []string{"k", "small", "w"} {
		for _, all := range [][]Measure{
			{{Instrument: "tyokyky", Version: "1", Points: []Point{Week, Month, HalfYear}}, {Instrument: "voimavarat", Version: "1", Points: []Point{End}}},
			{{Instrument: "voimavarat", Version: "1", Points: []Point{Start, End}}, {Instrument: "tyokyky", Version: "1", Points: []Point{Month}}},
			{{Instrument: "voimavarat", Version: "1", Points: []Point{End, Start}}, {Instrument: "osaaminen", Version: "1", Points: []Point{End}}},
		} {
			r.happen(t, MeasuresPlanned{Cohort: cohort, Ends: "2026-03-01", Days: 21, Measures: all})
		}
	}
	// Of what is no longer asked, people were told at some points.
	r.told(t, "k", Week, learners("k", 12)...)
	r.told(t, "k", Month, learners("k", 12)...)
	r.told(t, "small", Month, learners("small", 3)...)
	got := ask[reportsView](t, r, 200, "tove", "GET", reports, nil)
	want := []reportableView{
		{Cohort: "k", Name: "Ryhmä k", Org: "org", Measures: []askedMeasureView{
			{"osaaminen", "1", "Oma osaaminen", []Point{End}}, {"tyokyky", "1", "Työkyky yhdellä luvulla", []Point{Week, Month}}, {"voimavarat", "1", "", []Point{Start, End}},
		}},
		{Cohort: "small", Name: "Ryhmä small", Org: "org", Small: true, Measures: []askedMeasureView{{"osaaminen", "1", "Oma osaaminen", []Point{End}}, {"tyokyky", "1", "Työkyky yhdellä luvulla", []Point{Month}}, {"voimavarat", "1", "", []Point{Start, End}}}},
	}
	for i := range want {
		last := len(want[i].Measures) - 1
		want[i].Measures[last].Title = definitionOf(t, "voimavarat").Titles["fi"]
	}
	if a, b := fmt.Sprint(got.Cohorts), fmt.Sprint(want); a != b {
		t.Errorf("got  %s\nwant %s", a, b)
	}
	// Whether anybody answered is not told by it: a cohort can be of one person.
	before := fmt.Sprint(got)
	r.asks(t, "k", Month, 6, "k-00")
	r.asks(t, "small", Month, 6, "small-00")
	if after := fmt.Sprint(ask[reportsView](t, r, 200, "tove", "GET", reports, nil)); after != before {
		t.Errorf("after an answer: %s\nbefore it: %s", after, before)
	}
	if len(got.Tables) != 1 || got.Tables[0].Name != "Koulu" || got.Tables[0].Floor != 10 || len(got.Tables[0].Instruments) != 4 {
		t.Errorf("tables: %+v", got.Tables)
	}
	for _, in := range got.Tables[0].Instruments {
		if len(in.Items) == 0 || in.Items[0].Max <= in.Items[0].Min {
			t.Errorf("%+v", in)
		}
	}
	if manager := ask[reportsView](t, r, 200, "mari", "GET", reports, nil); len(manager.Cohorts) != 0 || len(manager.Tables) != 1 {
		t.Errorf("a manager makes reports of cohorts: %+v", manager)
	}
}
