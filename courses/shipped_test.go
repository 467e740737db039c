package courses_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"luotsi/courses"
	"luotsi/courses/library"
)

// The course that ships survives storing, and every quiz of it can be passed in every language with its own accepted texts.
func TestShippedCourse(t *testing.T) {
	all, err := library.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	quizzes := 0
	for _, c := range all {
		raw, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		stored, kept := &courses.Content{}, *c
		kept.Media = nil // files, which are stored beside
		if err := json.Unmarshal(raw, stored); err != nil || !reflect.DeepEqual(stored, &kept) {
			t.Errorf("course %s is another one after storing: %v", c.ID, err)
		}
		for _, m := range c.Modules {
			for _, a := range m.Activities {
				if a.Kind != courses.Quiz {
					continue
				}
				quizzes++
				for _, language := range courses.Languages() {
					paper := courses.WholePaper(&a)
					result, err := paper.Mark(rightAnswers(paper, language))
					if err != nil || !result.Waits && (result.Points != result.Max || !result.Passed) {
						t.Errorf("quiz %s in %s: %+v %v", a.ID, language, result, err)
					}
				}
			}
		}
	}
	if quizzes == 0 {
		t.Error("no quiz ships")
	}
}

func rightAnswers(paper courses.Paper, language string) []courses.QuizAnswer {
	var answers []courses.QuizAnswer
	for _, q := range paper.Questions {
		answer := courses.QuizAnswer{Question: q.ID, Options: q.Right()}
		switch face, _ := q.Faces.In(language); q.Type {
		case courses.Text:
			answer.Text = face.Accept[len(face.Accept)-1] + " ."
		case courses.Numeric:
			answer.Text = q.Answer
		case courses.Open:
			answer.Text = "Kysyisin ensin."
		}
		answers = append(answers, answer)
	}
	return answers
}
