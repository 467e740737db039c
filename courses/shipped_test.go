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
		stored := &courses.Content{}
		if err := json.Unmarshal(raw, stored); err != nil || !reflect.DeepEqual(stored, c) {
			t.Errorf("course %s is another one after storing: %v", c.ID, err)
		}
		for _, m := range c.Modules {
			for _, a := range m.Activities {
				if a.Kind != courses.Quiz {
					continue
				}
				quizzes++
				for _, language := range courses.Languages() {
					result, err := courses.Mark(&a, rightAnswers(a, language))
					if err != nil || result.Points != result.Max || !result.Passed {
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

func rightAnswers(quiz courses.Activity, language string) []courses.QuizAnswer {
	var answers []courses.QuizAnswer
	for _, q := range quiz.Questions {
		answer := courses.QuizAnswer{Question: q.ID}
		for _, o := range q.Options {
			if o.Correct {
				answer.Options = append(answer.Options, o.ID)
			}
		}
		if face, _ := q.Faces.In(language); q.Type == courses.Text {
			answer.Text = face.Accept[len(face.Accept)-1] + " ."
		}
		answers = append(answers, answer)
	}
	return answers
}
