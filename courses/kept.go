package courses

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"luotsi/server/people"
)

// Keeper is what people has to know to show, or to erase, what is kept here about a person.
func (s *Service) Keeper() people.Keeper {
	return people.Keeper{
		Name:  "courses",
		Texts: s.state.TextsOf,
		Forget: func(ctx context.Context, person string, _ people.Name) error {
			return errors.Join(s.places.erase(ctx, person, s.coursesOf(person)), s.forgetDrafts(ctx, person))
		},
		Data: func(ctx context.Context, person string) (any, error) {
			all, err := s.kept(ctx, person)
			if err != nil {
				return nil, err
			}
			messages, err := s.keptMessages(ctx, person)
			return keptData{all, messages}, err
		},
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

	Tries       []keptTry        `json:"tries"`
	Reflections []keptReflection `json:"reflections"`
	// DoneOn are the days on which something was done elsewhere, by activity.
	DoneOn map[string]string `json:"doneOn,omitempty"`
	Notes  []keptNote        `json:"notes"`
	// Drafts are what they have begun to write and not handed in, by activity.
	Drafts map[string]string `json:"drafts,omitempty"`
	Group  string            `json:"group,omitempty"`
	// Certificate is its number.
	Certificate string `json:"certificate,omitempty"`
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
	reflected: "reflected", withdrawn: "withdrawn",
}

func (d deed) String() string { return deedNames[d] }

// keptTry is something tried at work.
type keptTry struct {
	Activity  string         `json:"activity"`
	PlannedAt time.Time      `json:"plannedAt"`
	Plan      Plan           `json:"plan"`
	By        string         `json:"by"`
	ToldAt    *time.Time     `json:"toldAt,omitempty"`
	On        string         `json:"on,omitempty"`
	Went      Went           `json:"went,omitempty"`
	Story     string         `json:"story,omitempty"`
	FollowUps []keptFollowUp `json:"followUps"`
}

type keptFollowUp struct {
	Days int       `json:"days"`
	At   time.Time `json:"at"`
	Use  Use       `json:"use"`
	Text string    `json:"text,omitempty"`
}

// keptReflection is a reflection. Privacy is also that of something tried at work, which has no text here.
type keptReflection struct {
	Activity string     `json:"activity"`
	At       *time.Time `json:"at,omitempty"`
	Privacy  Privacy    `json:"privacy"`
	Text     string     `json:"text,omitempty"`

	id string
}

func (s *Service) keptTries(ctx context.Context, tries []Try) ([]keptTry, error) {
	told, err := s.tell(ctx, tries)
	if err != nil {
		return nil, err
	}
	all := []keptTry{}
	for _, t := range told {
		k := keptTry{
			Activity: t.Activity, PlannedAt: time.UnixMilli(t.PlannedAt).UTC(), Plan: t.Plan, By: t.By, On: t.On, Went: t.Went, Story: t.Story,
			FollowUps: []keptFollowUp{},
		}
		if t.ToldAt > 0 {
			k.ToldAt = when(t.ToldAt)
		}
		for stage, f := range t.FollowUps {
			if f.At > 0 {
				k.FollowUps = append(k.FollowUps, keptFollowUp{Stages()[stage], time.UnixMilli(f.At).UTC(), f.Use, t.Later[stage]})
			}
		}
		all = append(all, k)
	}
	return all, nil
}

// keptReflections lists what a learner wrote or chose who may know of, by activity; it is called inside View.
func (s *State) keptReflections(l *learner) []keptReflection {
	all := []keptReflection{}
	for _, activity := range slices.Sorted(maps.Keys(l.Privacy)) {
		k := keptReflection{Activity: activity, Privacy: l.Privacy[activity]}
		if kept, there := l.Reflections[activity]; there {
			k.At, k.id = when(kept.At), kept.Text
		}
		all = append(all, k)
	}
	return all
}

func (s *Service) readReflections(ctx context.Context, all []keptReflection) (_ []keptReflection, err error) {
	for i := range all {
		if all[i].Text, err = s.text(ctx, all[i].id); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (s *Service) kept(ctx context.Context, person string) ([]keptCourse, error) {
	var ways []Standing
	var tries [][]Try
	var writings [][]keptReflection
	var notes [][]keptNote
	var groups []string
	s.journal.View(func() {
		for _, l := range s.state.learners[person] {
			ways = append(ways, s.state.standing(l))
			tries, writings = append(tries, l.triesOf()), append(writings, s.state.keptReflections(l))
			notes, groups = append(notes, s.state.keptNotes(l)), append(groups, s.state.keptGroup(l))
		}
	})
	all := []keptCourse{}
	if len(ways) == 0 {
		return all, nil
	}
	drafts, err := s.vault.Drafts(ctx, person)
	if err != nil {
		return nil, err
	}
	for i, w := range ways {
		k := keptCourse{
			Course: w.Course, Cohort: w.Cohort, Enrolled: w.Enrolled, Done: w.Done, Total: w.Total, Steps: []keptStep{}, Certificate: w.Certificate,
			DoneOn: w.doneOn, Group: groups[i],
		}
		for subject, draft := range drafts {
			if activity, ok := strings.CutPrefix(subject, w.Course+"."); ok {
				k.Drafts = with(k.Drafts, activity, draft.Text)
			}
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
				if st.Text, err = s.text(ctx, m.text); err != nil {
					return nil, err
				}
				if st.Feedback, err = s.keptFeedback(ctx, m.text); err != nil {
					return nil, err
				}
			}
			k.Steps = append(k.Steps, st)
		}
		if k.Tries, err = s.keptTries(ctx, tries[i]); err != nil {
			return nil, err
		}
		if k.Reflections, err = s.readReflections(ctx, writings[i]); err != nil {
			return nil, err
		}
		if k.Notes, err = s.readNotes(ctx, notes[i]); err != nil {
			return nil, err
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
