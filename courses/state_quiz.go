package courses

import (
	"cmp"
	"slices"
	"time"

	"luotsi/server/journal"
	"luotsi/server/people"
)

// runKey is what State keeps attempts by. Those that are over are in the trail, and what they asked and answered in the vault:
// nothing here can change them any more.
func runKey(course, person, activity string) string {
	return enrolmentID(course, person) + ":" + activity
}

// run is the attempt of a person at a quiz that is not over; nil when there is none.
func (s *State) run(course, person, activity string) *Run {
	return s.data.Runs[runKey(course, person, activity)]
}

// applyQuiz takes in what happened to quizzes.
func (s *State) applyQuiz(m journal.Meta, event journal.Event) {
	at, runs := m.At.UnixMilli(), s.data.Runs
	switch e := event.(type) {
	case QuizStarted:
		hash := e.Hash
		if ed := s.editions[e.Course]; ed != nil && ed.hash == hash {
			hash = ed.hash // one string for all
		}
		key := runKey(e.Course, e.Person, e.Activity)
		before := runs[key]
		runs[key] = &Run{
			Course: e.Course, Person: e.Person, Activity: e.Activity, Attempt: e.Attempt, Since: at,
			Hash: hash, Seed: e.Seed, Questions: e.Questions, Ends: e.Ends,
		}
		s.unqueue(before)
		if l := s.learner(e.Person, e.Course); l != nil {
			s.count(l)
			s.touched[l.Cohort] = s.commit
		}
	case QuizAttempted:
		s.endRun(e.Course, e.Person, e.Activity, e.Attempt)
		s.take(e.Person, e.Course, e.Activity, attemptStep(at, e.Points, e.Max, e.Passed), cmp.Or(e.Answers, e.Attempt))
	case QuizHandedIn:
		if s.hasAnswers(e) {
			return
		}
		runs[runKey(e.Course, e.Person, e.Activity)] = &Run{
			Course: e.Course, Person: e.Person, Activity: e.Activity, Attempt: e.Attempt, Since: at, Answers: e.Answers,
		}
		s.take(e.Person, e.Course, e.Activity, step{At: at, Deed: handedIn, Points: e.Points, Max: e.Max}, e.Answers)
	case MarkGiven:
		s.endRun(e.Course, e.Person, e.Activity, e.Attempt)
		s.take(e.Person, e.Course, e.Activity, attemptStep(at, e.Points, e.Max, e.Passed), e.Answers)
	case QuizReopened:
		key := runKey(e.Course, e.Person, e.Activity)
		if granted := s.data.Granted[key]; !slices.Contains(granted, e.Reason) {
			s.data.Granted[key] = append(slices.Clone(granted), e.Reason)
		}
		if l := s.learner(e.Person, e.Course); l != nil {
			s.touched[l.Cohort] = s.commit
		}
	case people.PersonErased:
		for key, r := range runs {
			if r.Person == e.Person {
				delete(runs, key) // what was written is gone: there is nothing to hand in and nothing to mark
				s.unqueue(r)
			}
		}
		for _, l := range s.learners[e.Person] {
			s.count(l)
		}
	}
}

// endRun forgets an attempt that is over.
func (s *State) endRun(course, person, activity, attempt string) {
	if r := s.run(course, person, activity); r != nil && r.Attempt == attempt {
		delete(s.data.Runs, runKey(course, person, activity))
		s.unqueue(r)
	}
}

// unqueue forgets that an attempt waited for its marks, if it did.
func (s *State) unqueue(r *Run) {
	if r == nil || !r.waits() {
		return
	}
	delete(s.data.Marks.Reserved, r.Answers)
	if s.learner(r.Person, r.Course) != nil {
		s.changedWork(r.Person, r.Course, r.Activity)
	}
}

// hasAnswers reports whether these answers were handed in already: they may be marked by now.
func (s *State) hasAnswers(e QuizHandedIn) bool {
	l, ed := s.learner(e.Person, e.Course), s.editions[e.Course]
	if l == nil || ed == nil {
		return false
	}
	number, known := ed.numbers[e.Activity]
	return known && l.hasText(number, e.Answers)
}

func attemptStep(at int64, points, most int, pass bool) step {
	st := step{At: at, Deed: tried, Points: points, Max: most}
	if pass {
		st.Deed = passed
	}
	return st
}

// grantsOf lists the vault ids of why a person got more attempts at the quizzes of a course.
func (s *State) grantsOf(course, person string) []string {
	var ids []string
	if len(s.data.Granted) == 0 {
		return nil
	}
	for _, activity := range s.data.Courses[course].Activities {
		ids = append(ids, s.data.Granted[runKey(course, person, activity)]...)
	}
	return ids
}

// byAge puts the oldest first.
func byAge(a, b *Run) int {
	return cmp.Or(cmp.Compare(a.Since, b.Since), cmp.Compare(a.Person, b.Person), cmp.Compare(a.Activity, b.Activity))
}

// overdue lists the open attempts whose time is over, the oldest first.
func (s *State) overdue(now time.Time) []*Run {
	var all []*Run
	for _, r := range s.data.Runs {
		if r.over(now) {
			all = append(all, r)
		}
	}
	slices.SortFunc(all, byAge)
	return all
}
