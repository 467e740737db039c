package courses

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/vault"
)

// A draft of feedback has the subject "feedback:<submission>"; no course has a colon in its id.
const draftsOfFeedback = "feedback:"

// Marking is a text as its marker sees it.
type Marking struct {
	Handed
	Submission string
	What       What
	Person     string
	Cohort     string
	CohortName string
	Course     string
	Position   int
	Module     *Module
	Activity   *Activity
	Verdicts   []Verdict
	Newer      string // the text that the learner handed in since; "" when this is the newest
	By         string // who it is reserved to
	Until      time.Time
	Asked      string   // who was asked to be the second person
	Seconds    []string // who can be asked
	Marked     bool     // everything is said about it
	Draft      vault.Draft
}

// mayMark refuses a text that the caller may not mark.
func (s *Service) mayMark(caller auth.Caller, submission string) (err error) {
	s.journal.View(func() { _, err = s.state.markable(s.borders, caller.Person, submission) })
	return err
}

// Marking opens a text. The look is in the access log before anything is shown.
func (s *Service) Marking(ctx context.Context, caller auth.Caller, submission string) (Marking, error) {
	var about, course, activity string
	var err error
	s.journal.View(func() {
		var m marker
		if m, err = s.state.marking(s.borders, caller.Person, submission); err == nil {
			about, course, activity = m.l.Person, m.l.Course, m.activity.ID
		}
	})
	if err != nil {
		return Marking{}, err
	}
	if err := s.access.Record(ctx, caller.Person, about, lookedAtSubmission+subjectOf(course, activity)); err != nil {
		return Marking{}, err
	}
	var view Marking
	var collected collection
	var hash string
	s.journal.View(func() {
		m, refused := s.state.marking(s.borders, caller.Person, submission)
		if err = refused; err != nil {
			return
		}
		ed := s.state.editions[course]
		hash, collected = ed.hash, s.state.collect(m.item)
		view = Marking{
			Submission: submission, What: m.what(), Person: about, Cohort: m.l.Cohort, CohortName: s.state.data.Cohorts[m.l.Cohort].Name,
			Course: course, Position: ed.positions[m.number], Verdicts: m.verdicts(), Asked: m.work.First.Second, Marked: m.toMark(s.state) != nil,
		}
		if newest := m.newest(); newest.id != submission {
			view.Newer = newest.id
		}
		if r, taken := s.state.data.Marks.Reserved[submission]; taken {
			view.By, view.Until = r.By, time.UnixMilli(r.Until).UTC()
		}
		if view.What == WaitsFirst {
			for p := range s.borders.people.People() {
				if s.borders.maySecond(caller.Person, p.ID, m.l) {
					view.Seconds = append(view.Seconds, p.ID)
				}
			}
		}
	})
	if err != nil {
		return Marking{}, err
	}
	slices.SortFunc(view.Seconds, s.names.Compare)
	content, err := s.contents.get(ctx, course, hash)
	if err != nil {
		return Marking{}, err
	}
	view.Module, view.Activity = content.Find(activity)
	if view.Draft, err = s.vault.Draft(ctx, caller.Person, draftsOfFeedback+submission); err != nil {
		return Marking{}, err
	}
	view.Handed, err = s.read(ctx, collected)
	return view, err
}

// what is what there is to do with the text; the whole of a development task when its steps are approved.
func (m marker) what() What {
	switch {
	case m.activity.Kind == Task:
		return WaitsTask
	case m.work.whole != m.submission:
		return WaitsStep
	case m.work.Stage == AtFirst:
		return WaitsFirst
	case m.work.Stage == AtSecond:
		return WaitsSecond
	}
	return WaitsStep
}

// named puts the name of who marks a text into the refusal.
func (s *Service) named(err error) error {
	var f *fault.Error
	if !errors.As(err, &f) {
		return err
	}
	info, ok := f.Info.(reservedInfo)
	if !ok {
		return err
	}
	info.Name = s.names.Of(info.By).Name
	return f.With(info)
}

// Reserve keeps a text for the caller while they mark it, and gives until when.
func (s *Service) Reserve(ctx context.Context, caller auth.Caller, submission string, takeOver bool) (until time.Time, err error) {
	_, err = s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		return s.state.reserve(s.borders, caller.Person, submission, now, takeOver)
	})
	if err != nil {
		return time.Time{}, s.named(err)
	}
	s.journal.View(func() {
		if r := s.state.data.Marks.Reserved[submission]; r.By == caller.Person {
			until = time.UnixMilli(r.Until).UTC()
		}
	})
	return until, nil
}

// Release puts a text back that the caller does not mark now.
func (s *Service) Release(ctx context.Context, caller auth.Caller, submission string) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.state.release(s.borders, caller.Person, submission)
	})
	return err
}

// Opinion is what a marker says about a text.
type Opinion struct {
	Verdict  Verdict
	Words    string
	Comments []Comment
	Rubric   []RubricChoice // criteria and levels; the points are looked up
	Older    bool           // the caller knows that a newer text came
}

// Give gives feedback on a text.
func (s *Service) Give(ctx context.Context, caller auth.Caller, submission string, o Opinion) error {
	text, err := s.submittedText(ctx, caller, submission)
	if err != nil {
		return err
	}
	if err := fits(o, text); err != nil {
		return err
	}
	return s.mark(ctx, caller, submission, keptWords{o.Words, o.Comments}, o.Rubric, o.Verdict == Approved,
		func(id string, rubric []RubricChoice, now time.Time) (journal.Decision, error) {
			return s.state.give(s.borders, caller.Person, submission, id, opinion{o.Verdict, rubric, o.Older}, now)
		})
}

// submittedText reads what is marked, for the comments to be compared with.
func (s *Service) submittedText(ctx context.Context, caller auth.Caller, submission string) (string, error) {
	if err := s.mayMark(caller, submission); err != nil {
		return "", err
	}
	return s.text(ctx, submission)
}

// fits refuses comments that are not about what the text says at their place, and feedback that says nothing.
func fits(o Opinion, text string) error {
	units := utf16.Encode([]rune(text))
	var wrong []fault.Field
	for i, c := range o.Comments {
		if c.Start < 0 || c.End > len(units) || c.Start >= c.End || string(utf16.Decode(units[c.Start:c.End])) != c.Quote {
			wrong = append(wrong, fault.Field{Name: indexed("comments", i) + ".quote", Code: "elsewhere"})
		}
	}
	if len(wrong) > 0 {
		return fault.ErrInvalid.Of(wrong...)
	}
	silent := strings.TrimSpace(o.Words) == "" && len(o.Comments) == 0
	if silent && (o.Verdict == Returned || o.Verdict == Noted && len(o.Rubric) == 0) {
		return fault.Bad("words", "required")
	}
	return nil
}

// ApproveWhole approves a whole development task: first by a trainer, then by a second person.
func (s *Service) ApproveWhole(ctx context.Context, caller auth.Caller, submission string, stage Stage, words, second string, rubric []RubricChoice) error {
	if err := s.mayMark(caller, submission); err != nil {
		return err
	}
	if stage == AtSecond {
		rubric = nil // the first one filled it in
	}
	return s.mark(ctx, caller, submission, keptWords{Words: words}, rubric, stage == AtFirst,
		func(id string, rubric []RubricChoice, now time.Time) (journal.Decision, error) {
			return s.state.approveWhole(s.borders, caller.Person, submission, id, stage, second, rubric, now)
		})
}

// mark keeps what a marker wrote and commits what rule decides. whole asks for a level in every criterion of the rubric.
func (s *Service) mark(ctx context.Context, caller auth.Caller, submission string, words keptWords, chosen []RubricChoice, whole bool,
	rule func(id string, rubric []RubricChoice, now time.Time) (journal.Decision, error),
) error {
	text, err := json.Marshal(words)
	if err != nil {
		return err
	}
	for range versionTries {
		var m marker
		var hash string
		s.journal.View(func() {
			if m, err = s.state.marking(s.borders, caller.Person, submission); err == nil {
				hash = s.state.editions[m.l.Course].hash
			}
		})
		if err != nil {
			return err
		}
		course := m.l.Course
		content, err := s.contents.get(ctx, course, hash)
		if err != nil {
			return err
		}
		_, activity := content.Find(m.activity.ID)
		rubric, err := chosenOf(activity, chosen, whole && m.what() != WaitsStep)
		if err != nil {
			return err
		}
		_, fresh, err := s.keepAbout(ctx, caller, m.l.Person, string(text), func(id string, now time.Time) (journal.Decision, error) {
			if s.state.editions[course].hash != hash {
				return journal.Decision{}, errMoved
			}
			return rule(id, rubric, now)
		})
		if errors.Is(err, errMoved) {
			continue
		}
		if err != nil || !fresh {
			return s.named(err)
		}
		s.dropDraft(ctx, caller.Person, draftsOfFeedback+submission)
		return nil
	}
	return journal.ErrUnavailable
}

// chosenOf looks the points of the chosen levels up, in the order of the rubric.
func chosenOf(a *Activity, chosen []RubricChoice, whole bool) ([]RubricChoice, error) {
	var wrong []fault.Field
	levels := map[string]string{}
	for i, c := range chosen {
		criterion := a.criterion(c.Criterion)
		if _, twice := levels[c.Criterion]; criterion == nil || twice || criterion.level(c.Level) == nil {
			wrong = append(wrong, fault.Field{Name: indexed("rubric", i), Code: "unknown"})
			continue
		}
		levels[c.Criterion] = c.Level
	}
	if len(wrong) > 0 {
		return nil, fault.ErrInvalid.Of(wrong...)
	}
	if whole && len(levels) < len(a.Rubric) {
		return nil, fault.Bad("rubric", "required")
	}
	var all []RubricChoice
	for i := range a.Rubric {
		criterion := &a.Rubric[i]
		if level, ok := levels[criterion.ID]; ok {
			all = append(all, RubricChoice{criterion.ID, level, criterion.level(level).Points, criterion.Most()})
		}
	}
	return all, nil
}

// forgetDrafts removes what markers have begun to write about a person.
func (s *Service) forgetDrafts(ctx context.Context, person string) error {
	var submissions []string
	s.journal.View(func() {
		for _, l := range s.state.learners[person] {
			submissions = append(submissions, l.Texts...)
		}
	})
	if len(submissions) == 0 {
		return nil
	}
	_, err := s.vault.SweepDrafts(ctx, func(subject string, _ time.Time) bool {
		submission, ok := strings.CutPrefix(subject, draftsOfFeedback)
		return ok && slices.Contains(submissions, submission)
	})
	return err
}
