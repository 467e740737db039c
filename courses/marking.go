package courses

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"luotsi/server/fault"
)

// ErrQuizAnswers is the failure of answers that do not fit the quiz; its fields say which and why.
var ErrQuizAnswers = fault.New(fault.Invalid, "quiz_answers", "every question is answered exactly once, with its own options")

// QuizAnswer is what a learner answered to one question: options or a text, by the question's type.
type QuizAnswer struct {
	Question string
	Options  []string
	Text     string
}

// MarkedAnswer is an answer with the mark it got.
type MarkedAnswer struct {
	QuizAnswer
	Correct bool
}

// Result of an attempt. Answers stand in the order of the questions.
type Result struct {
	Points  int
	Max     int
	Passed  bool
	Answers []MarkedAnswer
}

// Mark gives one point for each right answer: the one option, exactly the right options, or an accepted text.
// It fails with ErrQuizAnswers, naming every answer that is wrong in form, and then marks nothing.
func Mark(quiz *Activity, answers []QuizAnswer) (Result, error) {
	var wrong []fault.Field
	refuse := func(code, format string, args ...any) {
		wrong = append(wrong, fault.Field{Name: fmt.Sprintf(format, args...), Code: code})
	}
	marked := make([]MarkedAnswer, len(quiz.Questions))
	answered := make([]bool, len(quiz.Questions))
	for i, answer := range answers {
		q := slices.IndexFunc(quiz.Questions, func(q Question) bool { return q.ID == answer.Question })
		switch {
		case q < 0:
			refuse("unknown", "answers[%d].question", i)
			continue
		case answered[q]:
			refuse("repeated", "answers[%d].question", i)
			continue
		}
		answered[q] = true
		field, code := misfit(&quiz.Questions[q], answer)
		if code != "" {
			refuse(code, "answers[%d].%s", i, field)
			continue
		}
		marked[q] = MarkedAnswer{QuizAnswer: answer, Correct: right(&quiz.Questions[q], answer)}
	}
	for q, question := range quiz.Questions {
		if !answered[q] {
			refuse("missing", "answers.%s", question.ID)
		}
	}
	if len(wrong) > 0 {
		return Result{}, ErrQuizAnswers.Of(wrong...)
	}
	result := Result{Max: len(quiz.Questions), Answers: marked}
	for _, m := range marked {
		if m.Correct {
			result.Points++
		}
	}
	result.Passed = result.Points >= quiz.Pass
	return result, nil
}

// misfit names the field of an answer that does not fit the question, and why; empty when the answer fits.
func misfit(q *Question, a QuizAnswer) (field, code string) {
	if q.Type == Text {
		switch {
		case len(a.Options) > 0:
			return "options", "unknown"
		case strings.TrimSpace(a.Text) == "":
			return "text", "required"
		}
		return "", ""
	}
	switch {
	case a.Text != "":
		return "text", "unknown"
	case len(a.Options) == 0:
		return "options", "required"
	case q.Type == Single && len(a.Options) > 1:
		return "options", "max"
	}
	for i, id := range a.Options {
		switch {
		case !slices.ContainsFunc(q.Options, func(o Option) bool { return o.ID == id }):
			return fmt.Sprintf("options[%d]", i), "unknown"
		case slices.Contains(a.Options[:i], id):
			return fmt.Sprintf("options[%d]", i), "repeated"
		}
	}
	return "", ""
}

// right reports whether a fitting answer is the right one. A text may be one that any language accepts:
// a learner may read one language and write another.
func right(q *Question, a QuizAnswer) bool {
	if q.Type == Text {
		given := Plain(a.Text)
		for _, face := range q.Faces {
			if slices.ContainsFunc(face.Accept, func(accepted string) bool { return Plain(accepted) == given }) {
				return true
			}
		}
		return false
	}
	for _, o := range q.Options {
		if o.Correct != slices.Contains(a.Options, o.ID) {
			return false
		}
	}
	return true
}

// Plain is a text as it is compared with the accepted ones: composed (NFC), in lower case, each run of spaces one space,
// without space around it and without punctuation at its end.
func Plain(text string) string {
	text = strings.Join(strings.Fields(strings.ToLower(norm.NFC.String(text))), " ")
	return strings.TrimRightFunc(text, func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) })
}
