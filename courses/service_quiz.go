package courses

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

const lookedAtAnswers = "quiz_answers:"

// errMoved means that a new version came between reading and the commit: do it again by that one.
var errMoved = errors.New("courses: the quiz was published anew")

// versionTries is how often something is tried when new versions come all the time.
const versionTries = 3

// StartQuiz begins an attempt, or goes on with the one that is open, and gives its page.
func (s *Service) StartQuiz(ctx context.Context, caller auth.Caller, course, activity string) (Page, error) {
	for range versionTries {
		err := s.tryStart(ctx, caller, course, activity)
		if errors.Is(err, errMoved) || errors.Is(err, ErrTimeOver) {
			continue
		}
		if err != nil {
			return Page{}, err
		}
		return s.Activity(ctx, caller, course, activity)
	}
	return Page{}, journal.ErrUnavailable
}

func (s *Service) tryStart(ctx context.Context, caller auth.Caller, course, activity string) error {
	quiz, w, err := s.quiz(ctx, caller, course, activity)
	if err != nil {
		return err
	}
	if err := s.closeLate(ctx, caller.Person, course, activity); err != nil {
		return err
	}
	id := s.newID()
	r := Run{Course: course, Person: caller.Person, Activity: activity, Attempt: id, Hash: w.hash, Seed: newSeed()}
	r.Questions = quiz.drawn(r.Seed)
	_, err = s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		return s.state.startQuiz(r, now)
	})
	return err
}

// quiz finds a quiz of the newest version on the caller's way.
func (s *Service) quiz(ctx context.Context, caller auth.Caller, course, activity string) (*Activity, Way, error) {
	w, err := s.way(ctx, caller.Person, course)
	if err != nil {
		return nil, Way{}, err
	}
	if _, err := w.activity(activity); err != nil {
		return nil, Way{}, err
	}
	_, quiz := w.Content.Find(activity)
	if quiz.Kind != Quiz {
		return nil, Way{}, ErrWrongKind
	}
	return quiz, w, nil
}

// HandIn marks the answers to an attempt and keeps them. Without an attempt it is one that needs no start.
func (s *Service) HandIn(ctx context.Context, caller auth.Caller, course, activity, attempt string, answers []QuizAnswer) (Attempt, Way, error) {
	var id string
	var err error
	if attempt == "" {
		id, err = s.answerWhole(ctx, caller, course, activity, answers)
	} else {
		id, err = s.answerOpen(ctx, caller, course, activity, attempt, answers)
	}
	if err != nil {
		return Attempt{}, Way{}, err
	}
	w, err := s.way(ctx, caller.Person, course)
	if err != nil {
		return Attempt{}, Way{}, err
	}
	a, err := s.attemptIn(ctx, w, activity, id)
	if errors.Is(err, ErrUnknownAttempt) {
		err = journal.ErrKeyReused // the key belongs to something else this person did
	}
	return a, w, err
}

// answerWhole takes the answers to a quiz that asks everybody the same and has no end.
func (s *Service) answerWhole(ctx context.Context, caller auth.Caller, course, activity string, answers []QuizAnswer) (id string, err error) {
	for range versionTries {
		quiz, w, err := s.quiz(ctx, caller, course, activity)
		if err != nil {
			return "", err
		}
		if quiz.needsStart() {
			return "", ErrNotStarted
		}
		result, err := WholePaper(quiz).Mark(answers)
		if err != nil {
			return "", err
		}
		r := Run{Course: course, Person: caller.Person, Activity: activity, Hash: w.hash}
		text, err := keptOf(r, result, "")
		if err != nil {
			return "", err
		}
		id, err := s.keep(ctx, caller, subjectOf(course, activity), text, func(id string, now time.Time) (journal.Decision, error) {
			if _, err := s.state.mayTry(caller.Person, course, activity, now); err != nil {
				return journal.Decision{}, err
			}
			if s.state.editions[course].hash != w.hash {
				return journal.Decision{}, errMoved
			}
			r := r
			r.Attempt = id
			return journal.Happens(attempted(&r, id, result)).Answering(id), nil
		})
		if !errors.Is(err, errMoved) {
			return id, err
		}
	}
	return "", journal.ErrUnavailable
}

// answerOpen takes the answers to a started attempt. It is marked by the version it was started with, whatever came since. Between
// its end and that of the grace, what is there is taken.
func (s *Service) answerOpen(ctx context.Context, caller auth.Caller, course, activity, attempt string, answers []QuizAnswer) (string, error) {
	var r Run
	var err error
	now, late := s.now(), false
	s.journal.View(func() {
		if _, err = s.state.enrolled(caller.Person, course); err != nil {
			return
		}
		if open := s.state.run(course, caller.Person, activity); open != nil && open.Attempt == attempt && !open.waits() {
			r, late = *open, open.over(now)
		}
	})
	switch {
	case err != nil:
		return "", err
	case r.Attempt == "":
		if _, _, err := s.quiz(ctx, caller, course, activity); err != nil {
			return "", err
		}
		return s.firstAnswer(ctx, caller, ErrAttemptOver)
	case late:
		if err := s.closeLate(ctx, caller.Person, course, activity); err != nil {
			return "", err
		}
		return s.firstAnswer(ctx, caller, ErrTimeOver)
	}
	paper, err := s.paper(ctx, r)
	if err != nil {
		return "", err
	}
	var result Result
	if r.Ends > 0 && now.UnixMilli() >= r.Ends { // nobody can answer the rest any more
		result = paper.MarkUnfinished(answers)
	} else if result, err = paper.Mark(answers); err != nil {
		return "", err
	}
	text, err := keptOf(r, result, "")
	if err != nil {
		return "", err
	}
	return s.keep(ctx, caller, subjectOf(course, activity), text, func(id string, now time.Time) (journal.Decision, error) {
		return s.state.handIn(&r, id, result, false, now)
	})
}

// firstAnswer gives what a repeated request was answered with the first time, and refuses any other.
func (s *Service) firstAnswer(ctx context.Context, caller auth.Caller, refusal error) (string, error) {
	answer, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return journal.Decision{}, refusal
	})
	if err != nil {
		return "", err
	}
	if len(answer.IDs) != 1 {
		return "", journal.ErrKeyReused
	}
	return answer.IDs[0], nil
}

// draftedFor gives the attempt that a quiz draft names; nothing when it names none.
func draftedFor(draft string) (attempt string) {
	var raw map[string]json.RawMessage
	if json.Unmarshal([]byte(draft), &raw) != nil || json.Unmarshal(raw[draftAttempt], &attempt) != nil {
		return ""
	}
	return attempt
}

// closeLate hands in a person's attempt whose time is over.
func (s *Service) closeLate(ctx context.Context, person, course, activity string) error {
	var late *Run
	now := s.now()
	s.journal.View(func() {
		if r := s.state.run(course, person, activity); r != nil && r.over(now) {
			late = r
		}
	})
	if late == nil {
		return nil
	}
	return s.handInLate(ctx, late)
}

// mostLate bounds what one tick hands in; the rest is due at the next one.
const mostLate = 100

// CloseQuizzes hands in every attempt whose time is over. Every server does so all the time: the rule sees what is handed in already.
func (s *Service) CloseQuizzes(ctx context.Context) error {
	var late []*Run
	now := s.now()
	s.journal.View(func() { late = s.state.overdue(now) })
	var failed []error
	for _, r := range late[:min(len(late), mostLate)] {
		if err := s.handInLate(ctx, r); err != nil {
			failed = append(failed, fmt.Errorf("hand in attempt %s: %w", r.Attempt, err))
		}
	}
	return errors.Join(failed...)
}

// draftAttempt is the key of a quiz draft that says which attempt it is of; the others are the ids of questions.
const draftAttempt = "_attempt"

// drafted reads the answers in a draft: a text, or the ids of options, for each question. Those of another attempt, or what is no
// answer, are none.
func drafted(draft, attempt string) []QuizAnswer {
	var raw map[string]json.RawMessage
	if draftedFor(draft) != attempt || json.Unmarshal([]byte(draft), &raw) != nil {
		return nil
	}
	var answers []QuizAnswer
	for question, value := range raw {
		a := QuizAnswer{Question: question}
		if json.Unmarshal(value, &a.Text) != nil && json.Unmarshal(value, &a.Options) != nil || question == draftAttempt {
			continue
		}
		answers = append(answers, a)
	}
	return answers
}

// handInLate hands in what was saved last of an attempt whose time is over. Nothing happens when somebody was first.
func (s *Service) handInLate(ctx context.Context, r *Run) error {
	paper, err := s.paper(ctx, *r)
	if err != nil {
		return err
	}
	draft, err := s.vault.Draft(ctx, r.Person, subjectOf(r.Course, r.Activity))
	if err != nil {
		return err
	}
	result := paper.MarkUnfinished(drafted(draft.Text, r.Attempt))
	text, err := keptOf(*r, result, "")
	if err != nil {
		return err
	}
	system := auth.Caller{Key: auth.Key{ID: "late:" + r.Attempt}}
	_, fresh, err := s.keepAbout(ctx, system, r.Person, text, func(id string, now time.Time) (journal.Decision, error) {
		return s.state.handIn(r, id, result, true, now)
	})
	if errors.Is(err, ErrAttemptOver) {
		return nil
	}
	if err == nil && fresh {
		s.dropDraft(ctx, r.Person, subjectOf(r.Course, r.Activity))
	}
	return err
}

// ReopenQuiz gives a learner one attempt more, when none is left, and keeps why.
func (s *Service) ReopenQuiz(ctx context.Context, caller auth.Caller, cohort, person, activity, reason string) error {
	_, _, err := s.keepAbout(ctx, caller, person, reason, func(id string, _ time.Time) (journal.Decision, error) {
		return s.state.reopenQuiz(s.borders, caller.Person, cohort, person, activity, id)
	})
	return err
}

// mayReopen lists the quizzes of a learner that a trainer may reopen.
func (s *Service) mayReopen(caller auth.Caller, cohort, person string) (quizzes []string) {
	s.journal.View(func() {
		l, err := s.state.trained(s.borders, caller.Person, cohort, person)
		if err != nil {
			return
		}
		for position, a := range s.state.editions[l.Course].order {
			if left, limited := s.state.attemptsLeft(l, position); limited && left == 0 {
				quizzes = append(quizzes, a.ID)
			}
		}
	})
	return quizzes
}
