package courses

import (
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
)

// How long a text is reserved to who opened it, and how much of that has to be left for a renewal to be written down: a marker's
// page renews much more often than that.
const (
	reservedFor = 30 * time.Minute
	renewedFrom = 20 * time.Minute
)

// The refusals about handing in and marking.
var (
	ErrUnknownSubmission = fault.New(fault.NotFound, "not_found", "no such text waits in the care of this person")
	ErrReserved          = fault.New(fault.Conflict, "reserved", "somebody else marks this text, or began to")
	ErrAlreadyMarked     = fault.New(fault.Conflict, "already_marked", "this text has its feedback already")
	ErrNewerText         = fault.New(fault.Conflict, "newer_text", "the learner handed in a newer text")
	ErrOwnWork           = fault.New(fault.Conflict, "own_work", "nobody marks their own work, or decides on their own way through a course")
	ErrSamePerson        = fault.New(fault.Conflict, "same_person", "a second person has to approve: not the one who approved first")
	ErrNotSecond         = fault.New(fault.Conflict, "not_second", "a trainer of the cohort's unit approves as the second person, or who was asked to")
	ErrNotAtThisStage    = fault.New(fault.Conflict, "not_at_this_stage", "the work is not at that stage any more")
	ErrStepNotOpen       = fault.New(fault.Conflict, "step_not_open", "the steps before have to be approved first, and an approved one is not handed in again")
)

// reservedInfo tells who marks a text, and whether their time is over.
type reservedInfo struct {
	By    string    `json:"by"`
	Name  string    `json:"name"`
	Until time.Time `json:"until"`
	Over  bool      `json:"over"`
}

// newerInfo tells which text came.
type newerInfo struct {
	Submission string `json:"submission"`
}

// Stage says what a development task waits for.
type Stage string

// The stages, in their order.
const (
	AtSteps  Stage = "steps"  // steps are handed in and marked
	AtFirst  Stage = "first"  // all are approved; a trainer has to approve the whole
	AtSecond Stage = "second" // and a second person too
	AtEnd    Stage = "approved"
)

// StepState says how far a step of a development task is.
type StepState string

// The states of a step.
const (
	StepOpen     StepState = "open"  // nothing was handed in, and now is its time
	StepLater    StepState = "later" // the steps before come first
	StepWaits    StepState = "waits" // for its feedback
	StepReturned StepState = "returned"
	StepApproved StepState = "approved"
)

// DevelopmentWork is how far a development task is. It follows from what was handed in and marked.
type DevelopmentWork struct {
	Steps  []WorkStep
	Stage  Stage
	First  Approval // from AtSecond on
	Second Approval // at AtEnd

	whole      string // the newest text: the whole is marked under its id
	approvedAt int64  // unix ms of the last approval of a step
}

// WorkStep is one step of a development task.
type WorkStep struct {
	ID     string
	State  StepState
	newest paper // what was handed in last; the zero paper when nothing was
}

// open is the first step that is not approved; the number of steps when all are.
func (w DevelopmentWork) open() int {
	i := slices.IndexFunc(w.Steps, func(st WorkStep) bool { return st.State != StepApproved })
	if i < 0 {
		return len(w.Steps)
	}
	return i
}

// work finds out how far a development task is. What was approved by a second person stays so, whatever a later version asks for.
func (s *State) work(l *learner, number int) DevelopmentWork {
	ed, marks := s.editions[l.Course], &s.data.Marks
	w := DevelopmentWork{Stage: AtSteps}
	papers := s.papers(l, number)
	for _, id := range ed.order[ed.positions[number]].parts() {
		st := WorkStep{ID: id, State: StepOpen}
		for _, p := range papers {
			if p.step == id {
				st.newest, st.State = p, StepWaits
			}
		}
		if given := marks.Given[st.newest.id]; len(given) > 0 {
			last := given[len(given)-1]
			st.State = StepApproved
			w.approvedAt = max(w.approvedAt, last.At)
			if last.Verdict == Returned {
				st.State = StepReturned
			}
		}
		if st.State == StepOpen && w.open() < len(w.Steps) {
			st.State = StepLater
		}
		w.Steps = append(w.Steps, st)
	}
	if len(papers) > 0 {
		w.whole = papers[len(papers)-1].id
	}
	first, isFirst := marks.First[w.whole]
	second, isSecond := marks.Second[w.whole]
	w.First, w.Second = first, second
	switch {
	case isSecond:
		w.Stage = AtEnd
	case w.open() < len(w.Steps) || len(papers) == 0:
	case isFirst:
		w.Stage = AtSecond
	default:
		w.Stage = AtFirst
	}
	return w
}

// isOpen reports whether a step of the development task is still to be approved.
func (s *State) isOpen(l *learner, number int) bool {
	w := s.work(l, number)
	return w.open() < len(w.Steps)
}

// submitStep decides on a step of a development task that is handed in.
func (s *State) submitStep(id, person, course, activity, part string, over Over, now time.Time) (journal.Decision, error) {
	l, position, err := s.opened(person, course, activity, Development, now)
	if err != nil {
		return journal.Decision{}, err
	}
	ed := s.editions[course]
	w := s.work(l, ed.numbers[activity])
	i := slices.IndexFunc(w.Steps, func(st WorkStep) bool { return st.ID == part })
	switch {
	case i < 0:
		return journal.Decision{}, ErrUnknownActivity
	case isFinished(l.cells[position]), i > w.open(), w.Steps[i].State == StepApproved:
		return journal.Decision{}, ErrStepNotOpen
	}
	if err := s.handedSince(l, activity, part, over); err != nil {
		return journal.Decision{}, err
	}
	return journal.Happens(DevelopmentStepSubmitted{Submission: id, Course: course, Person: person, Activity: activity, Step: part}).Answering(id), nil
}

// marker is a text that somebody may mark.
type marker struct {
	item
	submission string
	activity   ActivityOutline
	work       DevelopmentWork // of a development task
	papers     []paper
	paper      paper
}

// marking finds a text that the person may give feedback on, or refuses. The open answers of a quiz get points instead.
func (s *State) marking(b borders, by, submission string) (marker, error) {
	m, err := s.markable(b, by, submission)
	if err == nil && m.activity.Kind == Quiz {
		return marker{}, ErrWrongKind
	}
	return m, err
}

// markable finds what the person may mark now, or refuses: a trainer of the cohort's unit, and of a whole development task
// also who was asked to be its second person. What was handed in by somebody who left is marked no more.
func (s *State) markable(b borders, by, submission string) (marker, error) {
	it, known := s.handed.items[submission]
	if !known || it.l.Cohort == "" {
		return marker{}, ErrUnknownSubmission
	}
	ed := s.editions[it.l.Course]
	m := marker{item: it, submission: submission, activity: ed.order[ed.positions[it.number]], papers: s.papers(it.l, it.number)}
	for _, p := range m.papers {
		if p.id == submission {
			m.paper = p
		}
	}
	if m.activity.Kind == Development {
		m.work = s.work(it.l, it.number)
	}
	learner, _ := b.people.Person(it.l.Person)
	trains := b.trains(by, s.data.Cohorts[it.l.Cohort].Unit)
	asked := m.work.First.Second == by && (m.work.Stage == AtSecond || m.work.Second.By == by) && b.teaches(by)
	if learner.Erased || !trains && !asked {
		return marker{}, ErrUnknownSubmission
	}
	if by == it.l.Person {
		return marker{}, ErrOwnWork
	}
	return m, nil
}

// teaches reports whether the person is a trainer anywhere.
func (b borders) teaches(person string) bool {
	return slices.ContainsFunc(b.people.Grants(person), func(g auth.Grant) bool { return g.Role == auth.Trainer })
}

// maySecond reports whether a first approver may ask that person to be the second one: another trainer of the learner's organisation.
func (b borders) maySecond(first, second string, l *learner) bool {
	p, known := b.people.Person(second)
	learner, _ := b.people.Person(l.Person)
	return known && !p.Erased && second != first && second != l.Person && p.Org == learner.Org && b.teaches(second)
}

// secondPerson refuses whoever may not be the second one to approve. It is the only place that says who may.
func (s *State) secondPerson(b borders, by string, m marker) error {
	switch {
	case by == m.l.Person:
		return ErrOwnWork
	case by == m.work.First.By:
		return ErrSamePerson
	case by == m.work.First.Second && b.teaches(by), b.trains(by, s.data.Cohorts[m.l.Cohort].Unit):
		return nil
	}
	return ErrNotSecond
}

// newest is what the learner handed in last for the same, a step of a development task or a task.
func (m marker) newest() paper {
	var newest paper
	for _, p := range m.papers {
		if p.step == m.paper.step {
			newest = p
		}
	}
	return newest
}

// free refuses when somebody else marks the text. Whose time is over has to give way only to who says so.
func (s *State) free(by, submission string, now time.Time, takeOver bool) error {
	r, taken := s.data.Marks.Reserved[submission]
	if !taken || r.By == by {
		return nil
	}
	over := now.UnixMilli() >= r.Until
	if over && takeOver {
		return nil
	}
	return ErrReserved.With(reservedInfo{By: r.By, Until: time.UnixMilli(r.Until).UTC(), Over: over})
}

// reserve decides that a text is opened to be marked, or goes on being marked.
func (s *State) reserve(b borders, by, submission string, now time.Time, takeOver bool) (journal.Decision, error) {
	m, err := s.markable(b, by, submission)
	if err != nil {
		return journal.Decision{}, err
	}
	if err := s.free(by, submission, now, takeOver); err != nil {
		return journal.Decision{}, err
	}
	if err := m.toMark(s); err != nil {
		return journal.Decision{}, err
	}
	if m.work.Stage == AtSecond && m.work.whole == submission {
		if err := s.secondPerson(b, by, m); err != nil {
			return journal.Decision{}, err
		}
	}
	r := s.data.Marks.Reserved[submission]
	if r.By == by && r.Until-now.UnixMilli() >= renewedFrom.Milliseconds() {
		return journal.Decision{}, nil
	}
	return journal.Happens(SubmissionReserved{
		Submission: submission, Course: m.l.Course, Person: m.l.Person, Activity: m.activity.ID, Until: now.Add(reservedFor).UnixMilli(),
	}), nil
}

// toMark refuses a text about which everything is said.
func (m marker) toMark(s *State) error {
	if m.activity.Kind == Quiz {
		if r := s.run(m.l.Course, m.l.Person, m.activity.ID); r == nil || r.Answers != m.submission {
			return ErrAlreadyMarked
		}
		return nil
	}
	if len(s.data.Marks.Given[m.submission]) == 0 {
		return nil
	}
	if m.activity.Kind == Development && m.work.whole == m.submission && (m.work.Stage == AtFirst || m.work.Stage == AtSecond) {
		return nil
	}
	return ErrAlreadyMarked
}

// release decides that a text is put back; nothing happens when it was not this person's.
func (s *State) release(b borders, by, submission string) (journal.Decision, error) {
	m, err := s.markable(b, by, submission)
	if err != nil {
		return journal.Decision{}, err
	}
	if s.data.Marks.Reserved[submission].By != by {
		return journal.Decision{}, nil
	}
	return journal.Happens(SubmissionReleased{Submission: submission, Course: m.l.Course, Person: m.l.Person, Activity: m.activity.ID}), nil
}

// verdicts lists what may be said of a text, the usual one first.
func (m marker) verdicts() []Verdict {
	if m.activity.Kind == Development || m.activity.requires() == ToBeApproved {
		return []Verdict{Approved, Returned}
	}
	return []Verdict{Noted, Returned}
}

// opinion is what a marker says.
type opinion struct {
	verdict Verdict
	rubric  []RubricChoice
	older   bool // the marker knows that a newer text came
}

// give decides on feedback. A step of a development task that was approved may still be returned, until a second person approved the
// whole: both of them look at all the steps, under the newest text.
func (s *State) give(b borders, by, submission, feedback string, o opinion, now time.Time) (journal.Decision, error) {
	m, err := s.marking(b, by, submission)
	if err != nil {
		return journal.Decision{}, err
	}
	lockedAs := submission
	switch given := s.data.Marks.Given[submission]; {
	case len(given) == 0:
		if newest := m.newest(); newest.id != submission && !o.older {
			return journal.Decision{}, ErrNewerText.With(newerInfo{newest.id})
		}
	case m.activity.Kind != Development || m.work.Stage != AtFirst && m.work.Stage != AtSecond || m.newest().id != submission:
		return journal.Decision{}, ErrAlreadyMarked
	case o.verdict != Returned:
		return journal.Decision{}, ErrAlreadyMarked
	default:
		lockedAs = m.work.whole
		if m.work.Stage == AtSecond {
			if err := s.secondPerson(b, by, m); err != nil {
				return journal.Decision{}, err
			}
		}
	}
	if err := s.free(by, lockedAs, now, false); err != nil {
		return journal.Decision{}, err
	}
	if !slices.Contains(m.verdicts(), o.verdict) {
		return journal.Decision{}, fault.Bad("verdict", "oneof")
	}
	events := []journal.Event{FeedbackGiven{
		Feedback: feedback, Submission: submission, Course: m.l.Course, Person: m.l.Person, Activity: m.activity.ID,
		Verdict: o.verdict, Rubric: o.rubric,
	}}
	if lockedAs != submission {
		events = append(events, SubmissionReleased{Submission: lockedAs, Course: m.l.Course, Person: m.l.Person, Activity: m.activity.ID})
	}
	return journal.Happens(events...).Answering(feedback), nil
}

// approveWhole decides on a whole development task: first by a trainer, then by a second person.
func (s *State) approveWhole(b borders, by, submission, feedback string, stage Stage, second string, rubric []RubricChoice, now time.Time) (journal.Decision, error) {
	m, err := s.marking(b, by, submission)
	if err != nil {
		return journal.Decision{}, err
	}
	if m.work.Stage != stage || m.work.whole != submission || stage != AtFirst && stage != AtSecond {
		return journal.Decision{}, ErrNotAtThisStage
	}
	if stage == AtSecond {
		if err := s.secondPerson(b, by, m); err != nil {
			return journal.Decision{}, err
		}
	}
	if err := s.free(by, submission, now, false); err != nil {
		return journal.Decision{}, err
	}
	if stage == AtSecond {
		return journal.Happens(DevelopmentSecondApproved{
			Feedback: feedback, Submission: submission, Course: m.l.Course, Person: m.l.Person, Activity: m.activity.ID,
		}).Answering(feedback), nil
	}
	if second != "" && !b.maySecond(by, second, m.l) {
		return journal.Decision{}, fault.Bad("second", "unknown")
	}
	return journal.Happens(DevelopmentFirstApproved{
		Feedback: feedback, Submission: submission, Course: m.l.Course, Person: m.l.Person, Activity: m.activity.ID, Rubric: rubric, Second: second,
	}).Answering(feedback), nil
}
