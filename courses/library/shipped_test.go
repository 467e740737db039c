package library_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"luotsi/courses"
	"luotsi/courses/library"
)

// Lessons are short enough to be read at one go and long enough to teach something.
const (
	fewestWords = 400
	mostWords   = 900
)

var tag = regexp.MustCompile(`<[^>]*>`)

func words(html string) int { return len(strings.Fields(tag.ReplaceAllString(html, " "))) }

// What a module needs before it is called complete: m1, m3 and m8 are. Their quizzes ask in many ways, and where somebody's work
// is approved its rubric is told beforehand.
func TestCompleteModules(t *testing.T) {
	all, err := library.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	types := map[string][]courses.Answering{
		"m1": {courses.Single, courses.Multiple, courses.Text, courses.Numeric},
		"m3": {courses.Single, courses.Multiple, courses.Text, courses.Numeric, courses.Matching, courses.Ordering},
		"m8": {courses.Single, courses.Multiple, courses.Text, courses.Numeric, courses.Matching, courses.Ordering},
	}
	complete := 0
	for _, m := range all[0].Modules {
		for language, face := range m.Faces {
			if len(face.Sources) == 0 || face.Reviewed == "" || face.ReviewBy <= face.Reviewed {
				t.Errorf("%s in %s: sources %v, reviewed %s, again by %s", m.ID, language, face.Sources, face.Reviewed, face.ReviewBy)
			}
		}
		asked, is := types[m.ID]
		if !is {
			continue
		}
		complete++
		kinds := map[courses.Kind]int{}
		for _, a := range m.Activities {
			kinds[a.Kind]++
			switch a.Kind {
			case courses.Lesson:
				for language, face := range a.Faces {
					if n := words(face.HTML); n < fewestWords || n > mostWords {
						t.Errorf("%s in %s has %d words, want %d to %d", a.ID, language, n, fewestWords, mostWords)
					}
				}
			case courses.Quiz:
				if len(a.Questions) < 15 || a.Draw != 8 {
					t.Errorf("%s draws %d of %d questions, want 8 of at least 15", a.ID, a.Draw, len(a.Questions))
				}
				for _, kind := range asked {
					if !slices.ContainsFunc(a.Questions, func(q courses.Question) bool { return q.Type == kind }) {
						t.Errorf("%s asks nothing of type %s", a.ID, kind)
					}
				}
			case courses.Task:
				if len(a.Rubric) < 3 {
					t.Errorf("%s has %d criteria, want at least 3", a.ID, len(a.Rubric))
				}
			}
		}
		if kinds[courses.Lesson] < 4 {
			t.Errorf("%s has %d lessons, want at least 4", m.ID, kinds[courses.Lesson])
		}
		for _, kind := range []courses.Kind{courses.Quiz, courses.Task, courses.Work, courses.Contact, courses.Reflection} {
			if kinds[kind] != 1 {
				t.Errorf("%s has %d of kind %s, want one", m.ID, kinds[kind], kind)
			}
		}
	}
	if complete != len(types) {
		t.Errorf("%d complete modules, want %d", complete, len(types))
	}
}
