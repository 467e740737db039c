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

// QuizAnswer is what a learner answered to one question: a text or number, or options: those chosen, all items in order, or the
// right of each left.
type QuizAnswer struct {
	Question string
	Options  []string
	Text     string
}

// MarkedAnswer is an answer with the points it got.
type MarkedAnswer struct {
	QuizAnswer
	Correct bool // all points of the question
	Points  int
	Max     int
	Waits   bool   // for a trainer's marks; Points are none until then
	Comment string // of the trainer
}

// Result of an attempt. Answers stand in the order of the questions.
type Result struct {
	Points  int
	Max     int
	Passed  bool
	Waits   bool // some answers wait for a trainer: Points are those of the others, and Passed says nothing yet
	Answers []MarkedAnswer
}

const (
	longestAnswer = 1000 // to a question that is marked by comparing
	longestNumber = 40
)

// Mark gives points for right answers. It fails with ErrQuizAnswers, naming every answer that is wrong in form, and then marks nothing.
func (p Paper) Mark(answers []QuizAnswer) (Result, error) {
	marked, wrong := p.mark(answers, false)
	if len(wrong) > 0 {
		return Result{}, ErrQuizAnswers.Of(wrong...)
	}
	return p.sum(marked), nil
}

// MarkUnfinished marks what there is when the time is over: what is missing, or wrong in form, gets nothing.
func (p Paper) MarkUnfinished(answers []QuizAnswer) Result {
	marked, _ := p.mark(answers, true)
	for i, q := range p.Questions {
		marked[i].Question, marked[i].Max = q.ID, q.worth()
	}
	return p.sum(marked)
}

func (p Paper) mark(answers []QuizAnswer, unfinished bool) (marked []MarkedAnswer, wrong []fault.Field) {
	refuse := func(code, format string, args ...any) {
		wrong = append(wrong, fault.Field{Name: fmt.Sprintf(format, args...), Code: code})
	}
	marked = make([]MarkedAnswer, len(p.Questions))
	answered := make([]bool, len(p.Questions))
	for i, answer := range answers {
		q := slices.IndexFunc(p.Questions, func(q Asked) bool { return q.ID == answer.Question })
		switch {
		case q < 0:
			refuse("unknown", "answers[%d].question", i)
			continue
		case answered[q]:
			refuse("repeated", "answers[%d].question", i)
			continue
		}
		answered[q] = true
		field, code := p.Questions[q].misfit(answer)
		if code == "required" && unfinished && p.Questions[q].Type == Matching {
			code = "" // the pairs that were made count
		}
		if code != "" {
			refuse(code, "answers[%d].%s", i, field)
			continue
		}
		marked[q] = p.Questions[q].marked(answer)
	}
	for q, question := range p.Questions {
		if !answered[q] {
			refuse("missing", "answers.%s", question.ID)
		}
	}
	return marked, wrong
}

// sum adds up marked answers.
func (p Paper) sum(marked []MarkedAnswer) Result {
	result := Result{Max: p.Max(), Answers: marked}
	for _, m := range marked {
		result.Points += m.Points
		result.Waits = result.Waits || m.Waits
	}
	result.Passed = !result.Waits && len(marked) > 0 && result.Points >= p.Pass
	return result
}

// misfit names the field of an answer that does not fit the question, and why; empty when the answer fits.
func (q Asked) misfit(a QuizAnswer) (field, code string) {
	switch q.Type {
	case Text, Numeric, Open:
		switch _, isNumber := Decimal(a.Text); {
		case len(a.Options) > 0:
			return "options", "unknown"
		case strings.TrimSpace(a.Text) == "":
			return "text", "required"
		case q.Type == Text && len([]rune(a.Text)) > longestAnswer, q.Type == Numeric && len([]rune(a.Text)) > longestNumber:
			return "text", "max"
		case q.Type == Numeric && !isNumber:
			return "text", "number"
		}
		return "", ""
	}
	parts := q.parts()
	switch {
	case a.Text != "":
		return "text", "unknown"
	case len(a.Options) == 0, q.mixes() && len(a.Options) < len(parts):
		return "options", "required"
	case (q.Type == Single || q.Type == TrueFalse) && len(a.Options) > 1, len(a.Options) > len(parts):
		return "options", "max"
	}
	for i, id := range a.Options {
		switch {
		case id == "":
			return "options", "required"
		case !slices.ContainsFunc(parts, func(p part) bool { return p.ID == id }):
			return fmt.Sprintf("options[%d]", i), "unknown"
		case q.Type != Matching && slices.Contains(a.Options[:i], id): // one right for two lefts is wrong, but can be chosen
			return fmt.Sprintf("options[%d]", i), "repeated"
		}
	}
	return "", ""
}

// marked gives a fitting answer its points.
func (q Asked) marked(a QuizAnswer) MarkedAnswer {
	m := MarkedAnswer{QuizAnswer: a, Max: q.worth(), Waits: q.Type == Open}
	switch q.Type {
	case Open:
	case Matching, Ordering:
		right, hits := q.Right(), 0
		for i, id := range a.Options {
			if id == right[i] {
				hits++
			}
		}
		m.Points = m.Max * hits / len(right)
	default:
		if q.right(a) {
			m.Points = m.Max
		}
	}
	m.Correct = !m.Waits && m.Points == m.Max
	return m
}

// right reports whether a fitting answer is the right one. A text may be one that any language accepts:
// a learner may read one language and write another.
func (q Asked) right(a QuizAnswer) bool {
	switch q.Type {
	case Text:
		given := Plain(a.Text)
		for _, face := range q.Faces {
			if slices.ContainsFunc(face.Accept, func(accepted string) bool { return Plain(accepted) == given }) {
				return true
			}
		}
		return false
	case Numeric:
		given, ok := Decimal(a.Text)
		answer, okAnswer := Decimal(q.Answer)
		tolerance, okTolerance := Decimal(q.Tolerance)
		if !ok || !okAnswer || !okTolerance {
			return false
		}
		return given.Sub(given, answer).Abs(given).Cmp(tolerance) <= 0
	}
	for _, o := range q.Options {
		if o.Correct != slices.Contains(a.Options, o.ID) {
			return false
		}
	}
	return true
}

// OpenMark is what a trainer gives one open answer.
type OpenMark struct {
	Question string
	Points   int
	Comment  string
}

// ErrMarks is the failure of marks that do not fit what waits; its fields say which and why.
var ErrMarks = fault.New(fault.Invalid, "marks", "every answer that waits gets its points, from none to all of them")

// GiveMarks puts a trainer's marks in. It fails with ErrMarks unless every answer that waits gets its points, and no other.
func (p Paper) GiveMarks(answers []MarkedAnswer, marks []OpenMark) (Result, error) {
	answers = slices.Clone(answers)
	var wrong []fault.Field
	for i, m := range marks {
		n := slices.IndexFunc(answers, func(a MarkedAnswer) bool { return a.Question == m.Question })
		switch {
		case n < 0:
			wrong = append(wrong, fault.Field{Name: indexed("marks", i) + ".question", Code: "unknown"})
		case !answers[n].Waits:
			wrong = append(wrong, fault.Field{Name: indexed("marks", i) + ".question", Code: "repeated"})
		case m.Points < 0 || m.Points > answers[n].Max:
			wrong = append(wrong, fault.Field{Name: indexed("marks", i) + ".points", Code: "max"})
			answers[n].Waits = false
		default:
			a := &answers[n]
			a.Points, a.Comment, a.Waits, a.Correct = m.Points, m.Comment, false, m.Points == a.Max
		}
	}
	for _, a := range answers {
		if a.Waits {
			wrong = append(wrong, fault.Field{Name: "marks." + a.Question, Code: "missing"})
		}
	}
	if len(wrong) > 0 {
		return Result{}, ErrMarks.Of(wrong...)
	}
	return p.sum(answers), nil
}

// Plain is a text as it is compared with the accepted ones: composed (NFC), in lower case, each run of spaces one space,
// without space around it and without punctuation at its end. What comes with a text that is pasted and nobody sees, like soft
// hyphens, is left out, and every hyphen is the plain one.
func Plain(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case r == '\u2010' || r == '\u2011':
			return '-'
		}
		return r
	}, text)
	text = strings.Join(strings.Fields(strings.ToLower(norm.NFC.String(text))), " ")
	return strings.TrimRightFunc(text, func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) })
}
