package courses

import (
	"context"
	"errors"
	"slices"
	"time"

	"luotsi/server/people"
	"luotsi/server/vault"
)

// Keeper is what people has to know to show, or to erase, what is kept here about a person.
func (s *Service) Keeper() people.Keeper {
	return people.Keeper{
		Name:  "courses",
		Texts: s.state.TextsOf,
		Forget: func(ctx context.Context, person string, _ people.Name) error {
			return errors.Join(s.places.erase(ctx, person, s.coursesOf(person)), s.forgetDrafts(ctx, person))
		},
		Data: func(ctx context.Context, person string) (any, error) { return s.kept(ctx, person) },
	}
}

func (s *Service) coursesOf(person string) (courses []string) {
	s.journal.View(func() {
		for _, l := range s.state.learners[person] {
			courses = append(courses, l.Course)
		}
	})
	return courses
}

// keptCourse is everything about one person in one course, for them to take with them.
type keptCourse struct {
	Course   string     `json:"course"`
	Cohort   string     `json:"cohort,omitempty"`
	Enrolled time.Time  `json:"enrolled"`
	Done     int        `json:"done"`
	Total    int        `json:"total"`
	Place    *keptSpot  `json:"place,omitempty"`
	Steps    []keptStep `json:"steps"`
}

type keptSpot struct {
	Activity string    `json:"activity"`
	Position int       `json:"position"`
	At       time.Time `json:"at"`
}

type keptStep struct {
	At       time.Time `json:"at"`
	Activity string    `json:"activity"`
	What     string    `json:"what"`
	Points   *int      `json:"points,omitempty"`
	Max      *int      `json:"max,omitempty"`
	// Text is what was submitted, or the answers to the quiz as JSON.
	Text string `json:"text,omitempty"`
	// Feedback is what trainers said about the text.
	Feedback []keptFeedback `json:"feedback,omitempty"`
}

type keptFeedback struct {
	At       time.Time      `json:"at"`
	Verdict  Verdict        `json:"verdict"`
	Words    string         `json:"words,omitempty"`
	Comments []Comment      `json:"comments,omitempty"`
	Rubric   []RubricChoice `json:"rubric,omitempty"`
}

// deedNames are what pages and downloads call a step.
var deedNames = [lastDeed + 1]string{
	did: "done", tried: "attempted", passed: "passed", handedIn: "submitted", viewed: "viewed", planned: "planned", applied: "applied",
	returned: "returned", approved: "approved", attended: "attended", absent: "absent", compensated: "compensated", acknowledged: "acknowledged", advanced: "advanced",
}

func (d deed) String() string { return deedNames[d] }

func (s *Service) kept(ctx context.Context, person string) ([]keptCourse, error) {
	var ways []Standing
	s.journal.View(func() {
		for _, l := range s.state.learners[person] {
			ways = append(ways, s.state.standing(l))
		}
	})
	all := []keptCourse{}
	for _, w := range ways {
		k := keptCourse{
			Course: w.Course, Cohort: w.Cohort, Enrolled: w.Enrolled, Done: w.Done, Total: w.Total, Steps: []keptStep{},
		}
		if place := s.places.get(ctx, person, w.Course); place.Activity != "" {
			k.Place = &keptSpot{place.Activity, place.Position, place.At}
		}
		for m := range w.moves() {
			st := keptStep{At: time.UnixMilli(m.At).UTC(), Activity: w.ids[m.Activity], What: m.Deed.String()}
			if m.Deed == tried || m.Deed == passed {
				st.Points, st.Max = &m.Points, &m.Max
			}
			if m.text != "" {
				text, err := s.vault.Get(ctx, m.text)
				if err != nil && !errors.Is(err, vault.ErrGone) {
					return nil, err
				}
				st.Text = text
				if st.Feedback, err = s.keptFeedback(ctx, m.text); err != nil {
					return nil, err
				}
			}
			k.Steps = append(k.Steps, st)
		}
		all = append(all, k)
	}
	return all, nil
}

// keptFeedback reads everything that was said about a text, also about a whole development task that was approved with it.
func (s *Service) keptFeedback(ctx context.Context, submission string) (all []keptFeedback, err error) {
	var given []Given
	s.journal.View(func() {
		marks := &s.state.data.Marks
		given = slices.Clone(marks.Given[submission])
		for _, a := range []Approval{marks.First[submission], marks.Second[submission]} {
			if a.Text != "" {
				given = append(given, Given{Text: a.Text, By: a.By, At: a.At, Verdict: Approved, Rubric: a.Rubric})
			}
		}
	})
	for _, g := range given {
		f, err := s.readFeedback(ctx, g)
		if err != nil {
			return nil, err
		}
		all = append(all, keptFeedback{At: time.UnixMilli(f.At).UTC(), Verdict: f.Verdict, Words: f.Words, Comments: f.Comments, Rubric: f.Rubric})
	}
	return all, nil
}
