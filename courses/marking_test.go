package courses

import (
	"slices"
	"testing"

	"luotsi/server/fault"
)

func choice(id string, kind Answering, options ...string) Question {
	q := Question{ID: id, Type: kind}
	for _, o := range options {
		right := o[0] == '+'
		q.Options = append(q.Options, Option{ID: o[1:], Correct: right})
	}
	return q
}

func sampleQuiz() *Activity {
	return &Activity{ID: "check", Kind: Quiz, Pass: 2, Questions: []Question{
		choice("q1", Single, "+a", "-b", "-c"),
		choice("q2", Multiple, "+a", "+b", "-c"),
		{ID: "q3", Type: Text, Faces: Faces[QuestionFace]{
			"fi": {Accept: []string{"osaaminen", "2. kerros", "Työ ja elämä"}}, "sv": {Accept: []string{"kompetens"}},
		}},
	}}
}

func one(question string, options ...string) QuizAnswer {
	return QuizAnswer{Question: question, Options: options}
}

func said(question, text string) QuizAnswer { return QuizAnswer{Question: question, Text: text} }

func TestMark(t *testing.T) {
	tests := []struct {
		name    string
		answers []QuizAnswer
		correct [3]bool
		points  int
		passed  bool
	}{
		{"all right", []QuizAnswer{one("q1", "a"), one("q2", "a", "b"), said("q3", "osaaminen")}, [3]bool{true, true, true}, 3, true},
		{"in another order", []QuizAnswer{said("q3", "osaaminen"), one("q2", "b", "a"), one("q1", "a")}, [3]bool{true, true, true}, 3, true},
		{"exactly enough", []QuizAnswer{one("q1", "b"), one("q2", "a", "b"), said("q3", "osaaminen")}, [3]bool{false, true, true}, 2, true},
		{"one too few", []QuizAnswer{one("q1", "b"), one("q2", "a"), said("q3", "osaaminen")}, [3]bool{false, false, true}, 1, false},
		{"a part of multiple is nothing", []QuizAnswer{one("q1", "c"), one("q2", "b"), said("q3", "x")}, [3]bool{}, 0, false},
		{"too much of multiple is nothing", []QuizAnswer{one("q1", "c"), one("q2", "a", "b", "c"), said("q3", "x")}, [3]bool{}, 0, false},
		{"accepted in another language", []QuizAnswer{one("q1", "a"), one("q2", "c"), said("q3", "Kompetens!")}, [3]bool{true, false, true}, 2, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := WholePaper(sampleQuiz()).Mark(test.answers)
			if err != nil {
				t.Fatal(err)
			}
			if got.Points != test.points || got.Max != 3 || got.Passed != test.passed {
				t.Errorf("got %d of %d, passed %t; want %d of 3, %t", got.Points, got.Max, got.Passed, test.points, test.passed)
			}
			for i, a := range got.Answers {
				if a.Question != sampleQuiz().Questions[i].ID || a.Correct != test.correct[i] {
					t.Errorf("answer %d: got %s %t, want %t", i, a.Question, a.Correct, test.correct[i])
				}
			}
		})
	}
}

func TestTextAnswers(t *testing.T) {
	tests := []struct {
		text string
		want bool
	}{
		{"osaaminen", true},
		{"Osaaminen", true},
		{"OSAAMINEN.", true},
		{"  osaaminen!? ", true},
		{"osaaminen …", true},
		{"2. KERROS", true},
		{"2.  kerros.", true},
		{"2 kerros", false}, // punctuation inside counts
		{"ty\u00f6 ja el\u00e4m\u00e4", true},
		{"tyo\u0308 ja ela\u0308ma\u0308", true}, // decomposed, as some keyboards write
		{"ty\u00adö ja elä\u200bmä", true},       // with a soft hyphen and a space of no width, as pasted text has them
		{"tyo ja elama", false},
		{"osaamine", false},
		{"osaaminen ja muuta", false},
		{"(osaaminen", false},
	}
	for _, test := range tests {
		got, err := WholePaper(sampleQuiz()).Mark([]QuizAnswer{one("q1", "b"), one("q2", "c"), said("q3", test.text)})
		if err != nil {
			t.Fatalf("%q: %v", test.text, err)
		}
		if got.Answers[2].Correct != test.want {
			t.Errorf("%q: got %t, want %t", test.text, got.Answers[2].Correct, test.want)
		}
	}
}

func TestMarkRefuses(t *testing.T) {
	a1, a2, a3 := one("q1", "a"), one("q2", "a"), said("q3", "x")
	tests := []struct {
		name    string
		answers []QuizAnswer
		want    []fault.Field
	}{
		{"nothing", nil, []fault.Field{{Name: "answers.q1", Code: "missing"}, {Name: "answers.q2", Code: "missing"}, {Name: "answers.q3", Code: "missing"}}},
		{"one missing", []QuizAnswer{a1, a3}, []fault.Field{{Name: "answers.q2", Code: "missing"}}},
		{"twice", []QuizAnswer{a1, a2, a3, one("q1", "b")}, []fault.Field{{Name: "answers[3].question", Code: "repeated"}}},
		{"unknown question", []QuizAnswer{a1, a2, a3, one("q4", "b")}, []fault.Field{{Name: "answers[3].question", Code: "unknown"}}},
		{"unknown option", []QuizAnswer{one("q1", "z"), a2, a3}, []fault.Field{{Name: "answers[0].options[0]", Code: "unknown"}}},
		{"two of a single choice", []QuizAnswer{one("q1", "a", "b"), a2, a3}, []fault.Field{{Name: "answers[0].options", Code: "max"}}},
		{"an option twice", []QuizAnswer{a1, one("q2", "a", "a"), a3}, []fault.Field{{Name: "answers[1].options[1]", Code: "repeated"}}},
		{"no option", []QuizAnswer{a1, one("q2"), a3}, []fault.Field{{Name: "answers[1].options", Code: "required"}}},
		{"a text for a choice", []QuizAnswer{said("q1", "a"), a2, a3}, []fault.Field{{Name: "answers[0].text", Code: "unknown"}}},
		{"an option for a text", []QuizAnswer{a1, a2, one("q3", "a")}, []fault.Field{{Name: "answers[2].options", Code: "unknown"}}},
		{"a blank text", []QuizAnswer{a1, a2, said("q3", " \n")}, []fault.Field{{Name: "answers[2].text", Code: "required"}}},
		{"several mistakes", []QuizAnswer{one("q1", "z"), one("q9", "a"), a3}, []fault.Field{
			{Name: "answers[0].options[0]", Code: "unknown"}, {Name: "answers[1].question", Code: "unknown"}, {Name: "answers.q2", Code: "missing"},
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := WholePaper(sampleQuiz()).Mark(test.answers)
			f, ok := fault.As(err)
			if !ok || f.Code != "quiz_answers" || f.Kind != fault.Invalid {
				t.Fatalf("got %v, want quiz_answers", err)
			}
			if !slices.Equal(f.Fields, test.want) {
				t.Errorf("got %v, want %v", f.Fields, test.want)
			}
		})
	}
}

func FuzzMark(f *testing.F) {
	f.Add("q1", "a", "q2", "b", "q3", "osaaminen.")
	f.Add("q1", "a", "q1", "b", "q3", "\u0308…")
	f.Add("", "", "q2", "a", "q3", " ")
	f.Fuzz(func(t *testing.T, q1, o1, q2, o2, q3, text string) {
		quiz := sampleQuiz()
		got, err := WholePaper(quiz).Mark([]QuizAnswer{one(q1, o1), one(q2, o2), said(q3, text)})
		if err != nil {
			if f, ok := fault.As(err); !ok || len(f.Fields) == 0 {
				t.Fatalf("a refusal without fields: %v", err)
			}
			return
		}
		if got.Points < 0 || got.Points > got.Max || got.Max != 3 || got.Passed != (got.Points >= quiz.Pass) || len(got.Answers) != 3 {
			t.Fatalf("got %+v", got)
		}
		if Plain(Plain(text)) != Plain(text) {
			t.Fatalf("%q: plain of plain is %q, not %q", text, Plain(Plain(text)), Plain(text))
		}
	})
}
