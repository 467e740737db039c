package courses

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"luotsi/server/fault"
)

// everyType is a quiz with each type of question: 1+1+1+4+3+2+1+3 points.
func everyType() *Activity {
	item := func(id string) Option { return Option{ID: id, Faces: Faces[OptionFace]{"fi": {Text: "kohta " + id}}} }
	pair := func(id string) Pair {
		return Pair{ID: id, Faces: Faces[PairFace]{"fi": {Left: "vasen " + id, Right: "oikea " + id}}}
	}
	face := func(text string) Faces[QuestionFace] { return Faces[QuestionFace]{"fi": {Text: text}} }
	quiz := &Activity{ID: "every", Kind: Quiz, Minutes: 10, Pass: 8, Faces: Faces[ActivityFace]{"fi": {Title: "Kaikki"}}, Questions: []Question{
		choice("s", Single, "-a", "+b", "-c"),
		choice("m", Multiple, "+a", "+b", "-c"),
		choice("t", TrueFalse, "-true", "+false"),
		{ID: "p", Type: Matching, Points: 4, Pairs: []Pair{pair("k"), pair("l"), pair("m"), pair("n")}},
		{ID: "o", Type: Ordering, Points: 3, Options: []Option{item("x"), item("y"), item("z")}},
		{ID: "n", Type: Numeric, Points: 2, Answer: "6,8", Tolerance: "0,1"},
		{ID: "w", Type: Text, Faces: Faces[QuestionFace]{"fi": {Text: "Mikä?", Accept: []string{"työkyky"}}}},
		{ID: "e", Type: Open, Points: 3},
	}}
	for i := range quiz.Questions {
		if q := &quiz.Questions[i]; q.Faces == nil {
			q.Faces = face("Kysymys " + q.ID)
		} else {
			q.Faces["fi"] = QuestionFace{Text: "Kysymys " + q.ID, Accept: q.Faces["fi"].Accept}
		}
		for o := range quiz.Questions[i].Options {
			if option := &quiz.Questions[i].Options[o]; option.Faces == nil {
				option.Faces = Faces[OptionFace]{"fi": {Text: "Vaihtoehto " + option.ID, Feedback: "Palaute " + option.ID}}
			}
		}
	}
	return quiz
}

// rightTo answers everything right.
func rightTo(p Paper) []QuizAnswer {
	var answers []QuizAnswer
	for _, q := range p.Questions {
		a := QuizAnswer{Question: q.ID, Options: q.Right()}
		switch q.Type {
		case Numeric:
			a.Text = q.Answer
		case Text:
			a.Text = q.Faces["fi"].Accept[0]
		case Open:
			a.Text = "Kysyisin ensin."
		}
		answers = append(answers, a)
	}
	return answers
}

// askedOf is one question of the quiz with everything of that seed, alone on its paper.
func askedOf(t *testing.T, id string, seed int64) Paper {
	t.Helper()
	p := paperOf(everyType(), seed, []string{id})
	if len(p.Questions) != 1 {
		t.Fatalf("no question %s", id)
	}
	return p
}

func TestEveryTypeIsMarked(t *testing.T) {
	for seed := range int64(50) {
		p := paperOf(everyType(), seed, nil)
		if p.Max() != 16 {
			t.Fatalf("max: got %d, want 16", p.Max())
		}
		got, err := p.Mark(rightTo(p))
		if err != nil {
			t.Fatal(err)
		}
		if got.Points != 13 || got.Max != 16 || !got.Waits || got.Passed {
			t.Fatalf("seed %d: got %+v, want 13 points that wait for 3 more", seed, got)
		}
		marked, err := p.GiveMarks(got.Answers, []OpenMark{{"e", 2, "Hyvä alku."}})
		if err != nil || marked.Points != 15 || marked.Waits || !marked.Passed {
			t.Fatalf("marked: %+v %v", marked, err)
		}
		if got.Answers[7].Points != 0 || !got.Answers[7].Waits {
			t.Fatal("marking changed what it was given")
		}
	}
}

func TestNumbers(t *testing.T) {
	tests := []struct {
		text   string
		points int // -1: refused
	}{
		{"6,8", 2}, {"6.8", 2}, {" 6,8 ", 2}, {"+6,8", 2}, {"6,80", 2}, {"06,8", 2},
		{"6,7", 2}, {"6,9", 2}, // the edges of the tolerance are within it
		{"6,6999999999", 0}, {"6,9000000001", 0},
		{"6,89999999999999999", 2}, {"7", 0}, {"-6,8", 0}, {"\u22126,8", 0}, {"68", 0}, {"6 8", 0},
		{"6,8 %", -1}, {"kuusi", -1}, {"6,8,0", -1}, {"1e1", -1}, {"0x7", -1}, {"NaN", -1}, {"--6", -1}, {",", -1}, {"-", -1}, {"6/1", -1}, {"6_8", -1},
		{"0000000000000000000000000000006,8", -1}, // more digits than anybody needs
	}
	for _, test := range tests {
		p := askedOf(t, "n", 1)
		got, err := p.Mark([]QuizAnswer{said("n", test.text)})
		if points := got.Points; err == nil && points != test.points || (err != nil) != (test.points < 0) {
			t.Errorf("%q: got %d %v, want %d", test.text, got.Points, err, test.points)
		}
	}
	exact := askedOf(t, "n", 1)
	exact.Questions[0].Question = &Question{ID: "n", Type: Numeric, Answer: "1000", Tolerance: "0"}
	for text, want := range map[string]int{"1\u2009000": 1, "1\u2007000": 1, "\u20661000\u2069": 1, "\u20131000": 0, "1000": 1, "1 000": 1, "1\u00a0000": 1, "1\u202f000,0": 1, "1000,1": 0, "999,9": 0} {
		if got, err := exact.Mark([]QuizAnswer{said("n", text)}); err != nil || got.Points != want {
			t.Errorf("%q: got %d %v, want %d", text, got.Points, err, want)
		}
	}
}

func TestPartsOfPoints(t *testing.T) {
	matching, ordering := askedOf(t, "p", 3), askedOf(t, "o", 3)
	rightPairs, rightOrder := matching.Questions[0].Right(), ordering.Questions[0].Right()
	swap := func(list []string, i, j int) []string {
		list = slices.Clone(list)
		list[i], list[j] = list[j], list[i]
		return list
	}
	same := slices.Repeat(rightPairs[:1], 4)
	tests := []struct {
		name    string
		paper   Paper
		options []string
		points  int
	}{
		{"all pairs", matching, rightPairs, 4},
		{"two pairs", matching, swap(rightPairs, 0, 1), 2},
		{"no pair", matching, swap(swap(rightPairs, 0, 1), 2, 3), 0},
		{"one right for all", matching, same, 1},
		{"the whole order", ordering, rightOrder, 3},
		{"two changed places", ordering, swap(rightOrder, 0, 2), 1},
		{"all moved on", ordering, append(slices.Clone(rightOrder[1:]), rightOrder[0]), 0},
	}
	for _, test := range tests {
		got, err := test.paper.Mark([]QuizAnswer{one(test.paper.Questions[0].ID, test.options...)})
		if err != nil || got.Points != test.points || got.Answers[0].Correct != (test.points == got.Max) {
			t.Errorf("%s: got %+v %v, want %d points", test.name, got, err, test.points)
		}
	}
	// Parts of points are rounded down: three of four pairs are none of one point.
	matching.Questions[0].Question = &Question{ID: "p", Type: Matching, Pairs: matching.Questions[0].Pairs}
	if got, err := matching.Mark([]QuizAnswer{one("p", swap(rightPairs, 0, 1)...)}); err != nil || got.Points != 0 || got.Max != 1 {
		t.Errorf("got %+v %v, want no point of 1", got, err)
	}
}

func TestMisfits(t *testing.T) {
	long := string(make([]byte, 0, 2000))
	for range 1001 {
		long += "ä"
	}
	tests := []struct {
		name, question string
		answer         QuizAnswer
		want           string // "field:code" of the one mistake
	}{
		{"both truths", "t", one("t", "true", "false"), "answers[0].options:max"},
		{"no truth", "t", one("t"), "answers[0].options:required"},
		{"another truth", "t", one("t", "maybe"), "answers[0].options[0]:unknown"},
		{"a pair too few", "p", one("p", "1", "2", "3"), "answers[0].options:required"},
		{"a pair left open", "p", one("p", "1", "", "3", "4"), "answers[0].options:required"},
		{"a pair too many", "p", one("p", "1", "2", "3", "4", "1"), "answers[0].options:max"},
		{"the author's id of a pair", "p", one("p", "k", "l", "m", "n"), "answers[0].options[0]:unknown"},
		{"a pair that is not there", "p", one("p", "1", "2", "3", "5"), "answers[0].options[3]:unknown"},
		{"an item twice", "o", one("o", "1", "2", "2"), "answers[0].options[2]:repeated"},
		{"an item too few", "o", one("o", "1", "2"), "answers[0].options:required"},
		{"the author's id of an item", "o", one("o", "x", "y", "z"), "answers[0].options[0]:unknown"},
		{"a text for an order", "o", said("o", "1, 2, 3"), "answers[0].text:unknown"},
		{"options for a number", "n", one("n", "6,8"), "answers[0].options:unknown"},
		{"no number", "n", said("n", "kuusi"), "answers[0].text:number"},
		{"a long number", "n", said("n", "6,8"+string(slices.Repeat([]byte(" "), 40))+"0"), "answers[0].text:max"},
		{"a blank number", "n", said("n", " "), "answers[0].text:required"},
		{"a long text", "w", said("w", long), "answers[0].text:max"},
		{"a blank open answer", "e", said("e", "\n"), "answers[0].text:required"},
	}
	for _, test := range tests {
		p := askedOf(t, test.question, 5)
		_, err := p.Mark([]QuizAnswer{test.answer})
		f, ok := fault.As(err)
		if !ok || len(f.Fields) != 1 || f.Fields[0].Name+":"+f.Fields[0].Code != test.want {
			t.Errorf("%s: got %v, want %s", test.name, err, test.want)
			continue
		}
		late := p.MarkUnfinished([]QuizAnswer{test.answer})
		if late.Points != 0 && test.question != "p" || late.Max != p.Max() || late.Answers[0].Question != test.question || late.Waits {
			t.Errorf("%s, when the time is over: got %+v", test.name, late)
		}
	}
}

func TestUnfinished(t *testing.T) {
	p := paperOf(everyType(), 9, nil)
	nothing := p.MarkUnfinished(nil)
	if nothing.Points != 0 || nothing.Max != 16 || nothing.Passed || nothing.Waits || len(nothing.Answers) != 8 {
		t.Errorf("nothing: got %+v", nothing)
	}
	pairs := slices.Clone(p.Questions[3].Right())
	pairs[1], pairs[3] = "", ""
	some := p.MarkUnfinished([]QuizAnswer{one("s", "b"), one("p", pairs...), said("n", "abc"), said("zz", "x"), one("s", "a")})
	if some.Points != 3 || some.Waits {
		t.Errorf("got %+v, want 1 point and 2 of the pairs", some)
	}
	if open := p.MarkUnfinished([]QuizAnswer{said("e", "Ehdin tämän.")}); !open.Waits || open.Passed {
		t.Errorf("an open answer waits: got %+v", open)
	}
}

// In whatever order an author writes options and pairs, the same answers get the same points.
func TestTheAuthorsOrderChangesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	for round := range 300 {
		seed := random.Int64()
		quiz, mixed := everyType(), everyType()
		for i := range mixed.Questions {
			q := &mixed.Questions[i]
			if q.Type != Ordering {
				random.Shuffle(len(q.Options), func(a, b int) { q.Options[a], q.Options[b] = q.Options[b], q.Options[a] })
			}
			random.Shuffle(len(q.Pairs), func(a, b int) { q.Pairs[a], q.Pairs[b] = q.Pairs[b], q.Pairs[a] })
		}
		random.Shuffle(len(mixed.Questions), func(a, b int) { mixed.Questions[a], mixed.Questions[b] = mixed.Questions[b], mixed.Questions[a] })
		one, other := paperOf(quiz, seed, nil), paperOf(mixed, seed, nil)
		first, err := one.Mark(rightTo(one))
		if err != nil {
			t.Fatal(err)
		}
		second, err := other.Mark(rightTo(other))
		if err != nil || first.Points != second.Points || first.Points != 13 || first.Max != second.Max {
			t.Fatalf("round %d: %d of %d, then %d of %d, %v", round, first.Points, first.Max, second.Points, second.Max, err)
		}
		// What a choice or a text is answered with does not depend on where it stands.
		for _, a := range []QuizAnswer{{Question: "s", Options: []string{"a"}}, {Question: "m", Options: []string{"b", "a"}}, {Question: "t", Options: []string{"false"}}, {Question: "w", Text: "TYÖKYKY."}} {
			if x, y := one.MarkUnfinished([]QuizAnswer{a}), other.MarkUnfinished([]QuizAnswer{a}); x.Points != y.Points {
				t.Fatalf("%s: %d points, then %d", a.Question, x.Points, y.Points)
			}
		}
	}
}

// A paper that asks nothing, because what it asked can not be found any more, is passed by nobody.
func TestNoQuestionsAreNotPassed(t *testing.T) {
	if got := (Paper{}).MarkUnfinished(nil); got.Passed {
		t.Errorf("got %+v", got)
	}
}

func TestGiveMarks(t *testing.T) {
	quiz := everyType()
	quiz.Questions = append(quiz.Questions, Question{ID: "f", Type: Open})
	p := paperOf(quiz, 2, []string{"s", "e", "f"})
	p.Pass = 4
	handed, err := p.Mark([]QuizAnswer{one("s", "b"), said("e", "Näin."), said("f", "Noin.")})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		marks  []OpenMark
		points int
		passed bool
		wrong  string
	}{
		{"none at all", []OpenMark{{"e", 0, ""}, {"f", 0, ""}}, 1, false, ""},
		{"one too few", []OpenMark{{"e", 2, ""}, {"f", 0, ""}}, 3, false, ""},
		{"exactly enough", []OpenMark{{"f", 0, ""}, {"e", 3, "Hyvä."}}, 4, true, ""},
		{"everything", []OpenMark{{"e", 3, ""}, {"f", 1, ""}}, 5, true, ""},
		{"one is missing", []OpenMark{{"e", 3, ""}}, 0, false, "marks.f:missing"},
		{"too many points", []OpenMark{{"e", 4, ""}, {"f", 1, ""}}, 0, false, "marks[0].points:max"},
		{"less than nothing", []OpenMark{{"e", -1, ""}, {"f", 1, ""}}, 0, false, "marks[0].points:max"},
		{"twice", []OpenMark{{"e", 1, ""}, {"f", 1, ""}, {"e", 3, ""}}, 0, false, "marks[2].question:repeated"},
		{"what the program marked", []OpenMark{{"e", 1, ""}, {"f", 1, ""}, {"s", 1, ""}}, 0, false, "marks[2].question:repeated"},
		{"what was not asked", []OpenMark{{"e", 1, ""}, {"f", 1, ""}, {"zz", 1, ""}}, 0, false, "marks[2].question:unknown"},
	}
	for _, test := range tests {
		got, err := p.GiveMarks(handed.Answers, test.marks)
		if test.wrong != "" {
			if f, ok := fault.As(err); !ok || len(f.Fields) != 1 || f.Fields[0].Name+":"+f.Fields[0].Code != test.wrong {
				t.Errorf("%s: got %v, want %s", test.name, err, test.wrong)
			}
			continue
		}
		if err != nil || got.Points != test.points || got.Passed != test.passed || got.Waits {
			t.Errorf("%s: got %+v %v, want %d points", test.name, got, err, test.points)
		}
	}
}

// Whatever is drawn and answered: the order of the answers changes nothing, marking twice gives the same, points are never
// below none or above all, and what is answered right passes.
func TestMarkingProperties(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 4))
	quiz := everyType()
	quiz.Draw = 5
	for round := range 3000 {
		seed := random.Int64()
		p := paperOf(quiz, seed, quiz.drawn(seed))
		if again := paperOf(quiz, seed, quiz.drawn(seed)); fmt.Sprint(viewQuestions(again, "fi")) != fmt.Sprint(viewQuestions(p, "fi")) || len(p.Questions) != 5 {
			t.Fatalf("round %d: the same seed asks another thing", round)
		}
		answers := rightTo(p)
		for i := range answers {
			if q := p.Questions[i]; random.IntN(2) == 0 && len(answers[i].Options) > 0 {
				parts := q.parts()
				random.Shuffle(len(answers[i].Options), func(a, b int) {
					answers[i].Options[a], answers[i].Options[b] = answers[i].Options[b], answers[i].Options[a]
				})
				if !q.mixes() {
					answers[i].Options = []string{parts[random.IntN(len(parts))].ID}
				}
			} else if random.IntN(2) == 0 && answers[i].Text != "" {
				answers[i].Text = fmt.Sprint(random.IntN(10), ",", random.IntN(10))
			}
		}
		first, err := p.Mark(answers)
		if err != nil {
			t.Fatal(err)
		}
		random.Shuffle(len(answers), func(a, b int) { answers[a], answers[b] = answers[b], answers[a] })
		second, err := p.Mark(answers)
		if err != nil || fmt.Sprint(first) != fmt.Sprint(second) || fmt.Sprint(p.MarkUnfinished(answers)) != fmt.Sprint(first) {
			t.Fatalf("round %d: %+v, then %+v %v", round, first, second, err)
		}
		sum := 0
		for _, a := range first.Answers {
			if a.Points < 0 || a.Points > a.Max || a.Waits && a.Points > 0 || a.Correct && a.Points != a.Max {
				t.Fatalf("round %d: %+v", round, a)
			}
			sum += a.Points
		}
		if sum != first.Points || first.Points > first.Max || first.Max != p.Max() || first.Passed != (!first.Waits && first.Points >= p.Pass) {
			t.Fatalf("round %d: %+v", round, first)
		}
		if none := p.MarkUnfinished(nil); none.Points != 0 || none.Passed || none.Waits || none.Max != p.Max() {
			t.Fatalf("round %d: nothing answered gives %+v", round, none)
		}
		if best, err := p.Mark(rightTo(p)); err != nil || first.Points > best.Points || !best.Waits && best.Points != best.Max {
			t.Fatalf("round %d: %+v is not the best, %v", round, best, err)
		}
	}
}
