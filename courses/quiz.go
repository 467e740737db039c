package courses

import (
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
)

// The refusals of quizzes.
var (
	ErrNotStarted     = fault.New(fault.Conflict, "not_started", "an attempt at this quiz has to be started first")
	ErrAttemptOver    = fault.New(fault.Conflict, "attempt_over", "this is not an open attempt of this person at this quiz")
	ErrTimeOver       = fault.New(fault.Conflict, "time_over", "the time of this attempt is over; what was saved is handed in")
	ErrAttemptWaits   = fault.New(fault.Conflict, "attempt_waits", "the attempt before waits for its marks")
	ErrNoAttempts     = fault.New(fault.Conflict, "no_attempts_left", "all attempts are used")
	ErrAttemptsLeft   = fault.New(fault.Conflict, "attempts_left", "there is no limit to attempts, or some are left")
	ErrUnknownAttempt = fault.New(fault.NotFound, "not_found", "this person has no such attempt that is over")
	ErrNothingWaits   = fault.New(fault.NotFound, "not_found", "no attempt of this person waits for marks here")
)

// grace is how long after its end an attempt is still taken: the network may be slow.
const grace = 30 * time.Second

// attemptsInfo shows the limit.
type attemptsInfo struct {
	Attempts int `json:"attempts"`
}

// Run is an attempt that is not over: open, or handed in and waiting for a trainer's marks. A person has at most one at a quiz.
// It is never changed but replaced, so a reader may keep it.
type Run struct {
	Course   string
	Person   string
	Activity string
	Attempt  string
	Since    int64 // unix ms; when it was started, or handed in

	// Of an open one: by which version and with which draw, and until when.
	Hash      string
	Seed      int64
	Questions []string
	Ends      int64 // unix ms; 0 has no end

	// Of one that waits: the vault id of its answers.
	Answers string
}

// waits reports whether it is handed in and waits for marks.
func (r *Run) waits() bool { return r.Answers != "" }

// over reports whether its time is over, and that of the network too.
func (r *Run) over(now time.Time) bool {
	return !r.waits() && r.Ends > 0 && now.UnixMilli() > r.Ends+grace.Milliseconds()
}

// attemptsLeft is how many attempts a learner may still start; false when there is no limit. One that is open is not counted
// before it is handed in.
func (s *State) attemptsLeft(l *learner, position int) (left int, limited bool) {
	ed := s.editions[l.Course]
	limit := ed.order[position].Attempts
	if limit == 0 {
		return 0, false
	}
	activity := ed.order[position].ID
	limit += len(s.data.Granted[runKey(l.Course, l.Person, activity)])
	return max(0, limit-l.Trail.attempts(ed.numbers[activity])), true
}

// attempts counts how often a quiz was handed in. The marks of a trainer are a second step of the same attempt.
func (t trail) attempts(activity int) int {
	count, waiting := 0, false
	for i := range t.steps() {
		s := t.at(i)
		if s.Activity != activity {
			continue
		}
		switch s.Deed {
		case handedIn:
			if s.Max > 0 { // not of a task that this was once
				count, waiting = count+1, true
			}
		case tried, passed:
			if !waiting {
				count++
			}
			waiting = false
		}
	}
	return count
}

// mayTry refuses when a quiz is not open to a person, when an attempt waits, or when no attempts are left.
func (s *State) mayTry(person, course, activity string, now time.Time) (position int, err error) {
	l, position, err := s.opened(person, course, activity, Quiz, now)
	if err != nil {
		return 0, err
	}
	if run := s.run(course, person, activity); run != nil && run.waits() {
		return 0, ErrAttemptWaits
	}
	if left, limited := s.attemptsLeft(l, position); limited && left == 0 {
		return 0, ErrNoAttempts.With(attemptsInfo{l.Trail.attempts(s.editions[course].numbers[activity])})
	}
	return position, nil
}

// startQuiz decides on a new attempt; somebody who has an open one goes on with it.
func (s *State) startQuiz(r Run, now time.Time) (journal.Decision, error) {
	position, err := s.mayTry(r.Person, r.Course, r.Activity, now)
	if err != nil {
		return journal.Decision{}, err
	}
	if open := s.run(r.Course, r.Person, r.Activity); open != nil {
		if open.over(now) {
			return journal.Decision{}, ErrTimeOver
		}
		return journal.Decision{IDs: []string{open.Attempt}}, nil
	}
	ed := s.editions[r.Course]
	if ed.hash != r.Hash {
		return journal.Decision{}, errMoved
	}
	if minutes := ed.order[position].TimeLimit; minutes > 0 {
		r.Ends = now.Add(time.Duration(minutes) * time.Minute).UnixMilli()
	}
	return journal.Happens(QuizStarted{
		Attempt: r.Attempt, Course: r.Course, Person: r.Person, Activity: r.Activity,
		Hash: r.Hash, Seed: r.Seed, Questions: r.Questions, Ends: r.Ends,
	}).Answering(r.Attempt), nil
}

// handIn decides on the answers of an open attempt. late says that its time is over and its last draft counts.
func (s *State) handIn(r *Run, answers string, result Result, late bool, now time.Time) (journal.Decision, error) {
	open := s.run(r.Course, r.Person, r.Activity)
	switch {
	case open == nil || open.Attempt != r.Attempt || open.waits():
		return journal.Decision{}, ErrAttemptOver
	case open.over(now) != late:
		return journal.Decision{}, ErrTimeOver
	}
	return journal.Happens(attempted(r, answers, result)).Answering(answers), nil
}

// attempted is what is said of a marked attempt.
func attempted(r *Run, answers string, result Result) journal.Event {
	if result.Waits {
		return QuizHandedIn{
			Attempt: r.Attempt, Answers: answers, Course: r.Course, Person: r.Person, Activity: r.Activity,
			Points: result.Points, Max: result.Max,
		}
	}
	e := QuizAttempted{
		Attempt: r.Attempt, Course: r.Course, Person: r.Person, Activity: r.Activity,
		Points: result.Points, Max: result.Max, Passed: result.Passed,
	}
	if answers != r.Attempt {
		e.Answers = answers
	}
	return e
}

// markOpen decides on a trainer's marks. marks is the vault id of the answers with them.
func (s *State) markOpen(b borders, by, cohort string, r *Run, marks string, result Result, now time.Time) (journal.Decision, error) {
	waiting, err := s.waitingIn(b, by, cohort, r.Person, r.Activity)
	if err != nil {
		return journal.Decision{}, err
	}
	if waiting.Attempt != r.Attempt || waiting.Answers != r.Answers {
		return journal.Decision{}, ErrNothingWaits
	}
	if err := s.free(by, r.Answers, now, false); err != nil {
		return journal.Decision{}, err
	}
	given := MarkGiven{
		Attempt: r.Attempt, Answers: marks, Course: r.Course, Person: r.Person, Activity: r.Activity,
		Points: result.Points, Max: result.Max, Passed: result.Passed,
	}
	return journal.Happens(given).Answering(marks), nil
}

// waitingIn finds the attempt that waits for marks of a trainer of that cohort, or refuses.
func (s *State) waitingIn(b borders, by, cohort, person, activity string) (*Run, error) {
	l, err := s.trained(b, by, cohort, person)
	if err != nil {
		return nil, err
	}
	r := s.run(l.Course, person, activity)
	if p, known := b.people.Person(person); r == nil || !r.waits() || !known || p.Erased {
		return nil, ErrNothingWaits
	}
	if by == person {
		return nil, ErrOwnWork
	}
	return r, nil
}

// reopenQuiz decides on one attempt more, when none is left. reason is a vault id.
func (s *State) reopenQuiz(b borders, by, cohort, person, activity, reason string) (journal.Decision, error) {
	l, err := s.trained(b, by, cohort, person)
	if err != nil {
		return journal.Decision{}, err
	}
	if by == person {
		return journal.Decision{}, ErrOwnWork
	}
	ed := s.editions[l.Course]
	position, err := ed.activity(activity)
	if err != nil {
		return journal.Decision{}, err
	}
	if ed.order[position].Kind != Quiz {
		return journal.Decision{}, ErrWrongKind
	}
	if left, limited := s.attemptsLeft(l, position); !limited || left > 0 {
		return journal.Decision{}, ErrAttemptsLeft
	}
	return journal.Happens(QuizReopened{Course: l.Course, Person: person, Activity: activity, Reason: reason}).Answering(reason), nil
}
