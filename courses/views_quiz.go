package courses

import (
	"cmp"
	"strings"
	"time"
)

// viewQuiz shows the questions without what is right.
func viewQuiz(p Page, language Language) *quizView {
	quiz := p.Activity
	view := &quizView{
		Pass: quiz.Pass, Max: quiz.mostPoints(), Count: cmp.Or(quiz.Draw, len(quiz.Questions)), Bank: len(quiz.Questions),
		NeedsStart: quiz.needsStart(), TimeLimit: quiz.TimeLimit, Limit: p.Limit, Left: p.Left, Waits: p.Waits,
		Questions: viewQuestions(p.Paper, language), History: []attemptSummaryView{}, Attempts: p.Tally.Attempts,
	}
	if p.Open != nil {
		view.Open = &openView{Attempt: p.Open.Attempt, Started: time.UnixMilli(p.Open.Since).UTC(), Ends: ending(p.Open)}
		view.Pass, view.Max, view.Count = p.Paper.Pass, p.Paper.Max(), len(p.Paper.Questions)
	}
	for _, a := range p.Attempts {
		summary := attemptSummaryView{ID: a.ID, At: a.At, Points: a.Points, Max: a.Max, Passed: a.Passed, Waits: a.Waits}
		view.History = append(view.History, summary)
		if best := view.Best; !a.Waits && (best == nil || a.Points*best.Max > best.Points*a.Max) {
			view.Best = &summary
		}
	}
	if p.Attempt != nil {
		last := viewAttempt(*p.Attempt, language)
		view.Last = &last
	}
	return view
}

// mostPoints is what an attempt can give; 0 when that depends on the draw.
func (a *Activity) mostPoints() int {
	whole := WholePaper(a)
	if a.Draw == 0 || a.Draw >= len(a.Questions) {
		return whole.Max()
	}
	for _, q := range whole.Questions {
		if q.worth() != whole.Questions[0].worth() {
			return 0
		}
	}
	return a.Draw * whole.Questions[0].worth()
}

func ending(r *Run) *time.Time {
	if r.Ends == 0 {
		return nil
	}
	return when(r.Ends)
}

func viewQuestions(p Paper, language Language) []questionView {
	views := make([]questionView, len(p.Questions))
	for i, q := range p.Questions {
		face, _ := q.Faces.In(language)
		views[i] = questionView{
			ID: q.ID, Type: q.Type, Text: face.Text, Points: q.worth(), Unit: face.Unit, Lefts: []optionView{}, Options: []optionView{},
		}
		for _, pair := range q.Pairs {
			face, _ := pair.Faces.In(language)
			views[i].Lefts = append(views[i].Lefts, optionView{ID: pair.ID, Text: face.Left})
		}
		for _, part := range q.parts() {
			views[i].Options = append(views[i].Options, optionView{ID: part.ID, Text: part.text(language)})
		}
	}
	return views
}

func (p part) text(language Language) string {
	if p.Pair != nil {
		face, _ := p.Pair.Faces.In(language)
		return face.Right
	}
	face, _ := p.Option.Faces.In(language)
	return face.Text
}

// viewAttempt shows what an attempt asked, with the marks, the feedback and what is right: the attempt is over, and its learner is
// to learn. Questions come in the order they were asked.
func viewAttempt(a Attempt, language Language) attemptView {
	view := attemptView{
		ID: a.ID, At: a.At, Points: a.Points, Max: a.Max, Pass: a.Paper.Pass, Passed: a.Passed, Waits: a.Waits, Comment: a.Comment,
		Questions: viewQuestions(a.Paper, language), Answers: []markedAnswerView{},
	}
	for _, q := range a.Paper.Questions {
		for _, answer := range a.Answers {
			if answer.Question == q.ID {
				view.Answers = append(view.Answers, viewAnswer(q, answer, language))
			}
		}
	}
	return view
}

func viewAnswer(q Asked, a MarkedAnswer, language Language) markedAnswerView {
	face, _ := q.Faces.In(language)
	view := markedAnswerView{
		Question: q.ID, Correct: a.Correct, Points: a.Points, Max: a.Max, Waits: a.Waits, Chosen: list(a.Options), Text: a.Text,
		Right: list(q.Right()), Options: []markedOptionView{}, Feedback: face.Feedback, Comment: a.Comment,
	}
	switch q.Type {
	case Numeric:
		view.RightText, view.Tolerance = point(q.Answer), point(q.Tolerance)
	case Text:
		if len(face.Accept) > 0 {
			view.RightText = face.Accept[0]
		}
	case Single, Multiple, TrueFalse:
		for _, option := range q.Options {
			face, _ := option.Faces.In(language)
			view.Options = append(view.Options, markedOptionView{ID: option.ID, Correct: option.Correct, Feedback: face.Feedback})
		}
	}
	return view
}

// point writes a decimal number as pages read it; they show it by the reader's language.
func point(number string) string { return strings.ReplaceAll(number, ",", ".") }
