package courses

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"

	"luotsi/server/journal"
)

// Marks is what is kept of handing in and marking, by the vault ids of the texts that were handed in. It is stored in snapshots.
type Marks struct {
	Given    map[string][]Given     // oldest first
	Steps    map[string]string      // of development tasks: the step a text was handed in for
	Reserved map[string]Reservation // of texts that somebody marks, or that was not given back
	First    map[string]Approval    // of development tasks: the first approval, under the newest text it was given to
	Second   map[string]Approval
}

// Given is one marker's feedback.
type Given struct {
	Text    string // vault id
	By      string
	At      int64 // unix ms
	Verdict Verdict
	Rubric  []RubricChoice
}

// Reservation says who marks a text. It is over at Until.
type Reservation struct {
	By    string
	Until int64 // unix ms
}

// Approval of a whole development task.
type Approval struct {
	Text   string // vault id
	By     string
	At     int64 // unix ms
	Rubric []RubricChoice
	Second string // who was asked to be the second person, if anybody
}

// paper is a text that was handed in.
type paper struct {
	id   string
	step string // of a development task
	at   int64  // unix ms
}

// item is an activity of a learner, by its number.
type item struct {
	l      *learner
	number int
}

// waiting is something that a marker has to do.
type waiting struct {
	id    string // the submission
	what  What
	step  string
	since int64 // unix ms
}

// What a marker has to do with a submission.
type What string

// The things to do.
const (
	WaitsTask   What = "task"   // a task's text
	WaitsStep   What = "step"   // a text of one step of a development task
	WaitsFirst  What = "first"  // a whole development task, to be approved
	WaitsSecond What = "second" // the same, by a second person
	WaitsQuiz   What = "quiz"   // open answers of a quiz
)

// handed is derived from Marks, Runs and the trails: what learners handed in for the tasks and the quizzes of the newest version,
// of quizzes as far as a trainer marks it.
type handed struct {
	items map[string]item    // by submission
	queue map[item][]waiting // without those for which nothing waits
}

func (m *Marks) ready() {
	if m.Given == nil {
		m.Given = map[string][]Given{}
	}
	if m.Steps == nil {
		m.Steps = map[string]string{}
	}
	if m.Reserved == nil {
		m.Reserved = map[string]Reservation{}
	}
	if m.First == nil {
		m.First = map[string]Approval{}
	}
	if m.Second == nil {
		m.Second = map[string]Approval{}
	}
}

// reservedTo says who marks a submission now, and until when.
func (m *Marks) reservedTo(submission string, now time.Time) (by string, until time.Time) {
	if r := m.Reserved[submission]; now.UnixMilli() < r.Until {
		return r.By, time.UnixMilli(r.Until).UTC()
	}
	return "", time.Time{}
}

// applyFeedback takes in the events of handing in and marking, after the step of a text is in its learner's trail. An event that
// came before changes nothing.
func (s *State) applyFeedback(m journal.Meta, event journal.Event) {
	marks, at := &s.data.Marks, m.At.UnixMilli()
	switch e := event.(type) {
	case DevelopmentStepSubmitted:
		if _, there := marks.Steps[e.Submission]; there || s.learner(e.Person, e.Course) == nil {
			return
		}
		marks.Steps[e.Submission] = e.Step
		s.take(e.Person, e.Course, e.Activity, step{At: at, Deed: handedIn}, e.Submission)
	case FeedbackGiven:
		s.feedback(e, Given{Text: e.Feedback, By: m.By, At: at, Verdict: e.Verdict, Rubric: e.Rubric})
	case SubmissionReserved:
		if s.learner(e.Person, e.Course) != nil {
			marks.Reserved[e.Submission] = Reservation{By: m.By, Until: e.Until}
		}
	case SubmissionReleased:
		delete(marks.Reserved, e.Submission)
	case DevelopmentFirstApproved:
		if _, there := marks.First[e.Submission]; there || s.learner(e.Person, e.Course) == nil {
			return
		}
		marks.First[e.Submission] = Approval{Text: e.Feedback, By: m.By, At: at, Rubric: e.Rubric, Second: e.Second}
		delete(marks.Reserved, e.Submission)
		s.changedWork(e.Person, e.Course, e.Activity)
	case DevelopmentSecondApproved:
		if _, there := marks.Second[e.Submission]; there || s.learner(e.Person, e.Course) == nil {
			return
		}
		marks.Second[e.Submission] = Approval{Text: e.Feedback, By: m.By, At: at}
		delete(marks.Reserved, e.Submission)
		s.take(e.Person, e.Course, e.Activity, step{At: at, Deed: approved}, "")
		s.changedWork(e.Person, e.Course, e.Activity)
	case CourseVersionPublished:
		s.reindexFeedback()
	}
}

// feedback takes in what a marker said, and the step that follows from it.
func (s *State) feedback(e FeedbackGiven, g Given) {
	marks := &s.data.Marks
	l, ed := s.learner(e.Person, e.Course), s.editions[e.Course]
	known := func(other Given) bool { return other.Text == g.Text }
	if l == nil || slices.ContainsFunc(marks.Given[e.Submission], known) {
		return
	}
	number, there := ed.numbers[e.Activity]
	if !there {
		return
	}
	marks.Given[e.Submission] = append(slices.Clip(marks.Given[e.Submission]), g) // readers keep what they were given
	delete(marks.Reserved, e.Submission)
	newest := ""
	for _, p := range s.papers(l, number) {
		if p.step == marks.Steps[e.Submission] {
			newest = p.id
		}
	}
	_, development := marks.Steps[e.Submission]
	taken := step{At: g.At}
	switch {
	case g.Verdict == Returned && newest == e.Submission:
		taken.Deed = returned
	case g.Verdict == Approved && !development:
		taken.Deed = approved
	case g.Verdict == Approved && newest == e.Submission && s.isOpen(l, number):
		taken.Deed = advanced
	}
	if taken.Deed != 0 {
		s.take(e.Person, e.Course, e.Activity, taken, "")
	}
	s.changedWork(e.Person, e.Course, e.Activity)
}

// papers lists what a learner handed in for an activity, oldest first.
func (s *State) papers(l *learner, number int) (all []paper) {
	text := 0
	for i := range l.Trail.steps() {
		st := l.Trail.at(i)
		if !st.hasText() {
			continue
		}
		if st.Activity == number && st.Deed == handedIn {
			id := l.Texts[text]
			all = append(all, paper{id: id, step: s.data.Marks.Steps[id], at: st.At})
		}
		text++
	}
	return all
}

// tookIn takes in a text that came into the trail.
func (s *State) tookIn(it item, submission string) {
	ed := s.editions[it.l.Course]
	if p := ed.position(it.number); p < 0 || !isMarked(ed.order[p].Kind) {
		return
	}
	if _, known := s.handed.items[submission]; !known {
		s.handed.items[submission] = it
	}
	s.refresh(it)
}

// isMarked reports whether the texts of such an activity go through feedback.
func isMarked(k Kind) bool { return k == Task || k == Development || k == Quiz }

func (s *State) changedWork(person, course, activity string) {
	l, ed := s.learner(person, course), s.editions[course]
	if position, there := ed.find(activity); there && isMarked(ed.order[position].Kind) {
		s.refresh(item{l, ed.numbers[activity]})
	}
	s.touched[l.Cohort] = s.commit
}

// refresh finds out anew what waits of one activity of one learner.
func (s *State) refresh(it item) {
	waits := s.waits(it)
	if len(waits) == 0 {
		delete(s.handed.queue, it)
		return
	}
	s.handed.queue[it] = waits
}

// waits says what a marker has to do: with the newest text of each step that nobody marked, and with a whole development task.
func (s *State) waits(it item) (all []waiting) {
	ed := s.editions[it.l.Course]
	a := ed.order[ed.positions[it.number]]
	if a.Kind == Quiz {
		if r := s.run(it.l.Course, it.l.Person, a.ID); r != nil && r.waits() {
			return []waiting{{id: r.Answers, what: WaitsQuiz, since: r.Since}}
		}
		return nil
	}
	papers := s.papers(it.l, it.number)
	if len(papers) == 0 {
		return nil
	}
	if a.Kind == Task {
		if p := papers[len(papers)-1]; len(s.data.Marks.Given[p.id]) == 0 {
			return []waiting{{id: p.id, what: WaitsTask, since: p.at}}
		}
		return nil
	}
	w := s.work(it.l, it.number)
	for _, st := range w.Steps {
		if st.State == StepWaits {
			all = append(all, waiting{id: st.newest.id, what: WaitsStep, step: st.ID, since: st.newest.at})
		}
	}
	switch w.Stage {
	case AtFirst:
		all = append(all, waiting{id: w.whole, what: WaitsFirst, since: w.approvedAt})
	case AtSecond:
		all = append(all, waiting{id: w.whole, what: WaitsSecond, since: w.First.At})
	}
	return all
}

// indexWork finds out what a learner handed in, and what waits of it.
func (s *State) indexWork(l *learner) {
	ed := s.editions[l.Course]
	text := 0
	found := map[int]bool{}
	for i := range l.Trail.steps() {
		st := l.Trail.at(i)
		if !st.hasText() {
			continue
		}
		id := l.Texts[text]
		text++
		if st.Deed != handedIn {
			continue
		}
		if p := ed.position(st.Activity); p >= 0 && isMarked(ed.order[p].Kind) {
			found[st.Activity] = true
			if _, known := s.handed.items[id]; !known {
				s.handed.items[id] = item{l, st.Activity}
			}
		}
	}
	for number := range found {
		s.refresh(item{l, number})
	}
}

func (s *State) reindexFeedback() {
	s.data.Marks.ready()
	s.handed = handed{items: map[string]item{}, queue: map[item][]waiting{}}
	for _, learners := range s.courses {
		for _, l := range learners {
			s.indexWork(l)
		}
	}
}

// checkFeedback finds out everything that waits anew, and compares.
func (s *State) checkFeedback() (wrong []string) {
	fresh := &State{data: s.data, editions: s.editions, learners: s.learners, cohorts: s.cohorts, courses: s.courses}
	fresh.reindexFeedback()
	if !reflect.DeepEqual(slices.Sorted(maps.Keys(fresh.handed.items)), slices.Sorted(maps.Keys(s.handed.items))) {
		wrong = append(wrong, fmt.Sprintf("%d texts are handed in, recounted %d", len(s.handed.items), len(fresh.handed.items)))
	}
	if len(fresh.handed.queue) != len(s.handed.queue) {
		wrong = append(wrong, fmt.Sprintf("%d works wait for feedback, recounted %d", len(s.handed.queue), len(fresh.handed.queue)))
	}
	for it, waits := range fresh.handed.queue {
		if !slices.Equal(waits, s.handed.queue[it]) {
			wrong = append(wrong, fmt.Sprintf("what waits of %s differs: %v, recounted %v", enrolmentID(it.l.Course, it.l.Person), s.handed.queue[it], waits))
		}
	}
	return wrong
}

// feedbackTexts lists the vault ids of everything that markers wrote about what a learner handed in.
func (s *State) feedbackTexts(en *Enrolment) (ids []string) {
	for _, submission := range en.Texts {
		for _, g := range s.data.Marks.Given[submission] {
			ids = append(ids, g.Text)
		}
		for _, a := range []Approval{s.data.Marks.First[submission], s.data.Marks.Second[submission]} {
			if a.Text != "" {
				ids = append(ids, a.Text)
			}
		}
	}
	return ids
}
