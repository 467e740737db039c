package courses

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"luotsi/server/auth"
)

// Attempt is one that was handed in.
type Attempt struct {
	ID      string // vault id of the answers
	At      time.Time
	Points  int
	Max     int
	Passed  bool
	Waits   bool
	Comment string
	Answers []MarkedAnswer
	Paper   Paper // what it asked, by the version it was started with
}

// Sitting is where a learner is with a quiz.
type Sitting struct {
	Open     *Run  // the attempt that goes on
	Paper    Paper // what is asked now; nothing when an attempt has to be started first
	Waits    bool  // the newest attempt waits for a trainer's marks
	Limit    int   // attempts, with those granted; 0 has no limit
	Left     int
	Attempts []Attempt // without answers, oldest first
	Attempt  *Attempt  // the newest one
}

// keptAnswers is what the vault holds of an attempt. Hash and Seed are of those that know what they asked.
type keptAnswers struct {
	Attempt string       `json:"attempt,omitempty"`
	Hash    string       `json:"hash,omitempty"`
	Seed    int64        `json:"seed,omitempty"`
	Answers []keptAnswer `json:"answers"`
	Comment string       `json:"comment,omitempty"`
}

type keptAnswer struct {
	Question string   `json:"question"`
	Options  []string `json:"options,omitempty"`
	Text     string   `json:"text,omitempty"`
	Correct  bool     `json:"correct"`
	Points   int      `json:"points,omitempty"`
	Max      int      `json:"max,omitempty"` // none in old ones: then it is one point for a right answer
	Waits    bool     `json:"waits,omitempty"`
	Comment  string   `json:"comment,omitempty"`
}

func keptOf(r Run, result Result, comment string) (string, error) {
	kept := keptAnswers{Attempt: r.Attempt, Hash: r.Hash, Seed: r.Seed, Comment: comment}
	for _, a := range result.Answers {
		kept.Answers = append(kept.Answers, keptAnswer{a.Question, a.Options, a.Text, a.Correct, a.Points, a.Max, a.Waits, a.Comment})
	}
	text, err := json.Marshal(kept)
	return string(text), err
}

// answersIn reads what the vault holds of an attempt.
func (s *Service) answersIn(ctx context.Context, id string) (kept keptAnswers, answers []MarkedAnswer, err error) {
	text, err := s.vault.Get(ctx, id)
	if err != nil {
		return kept, nil, err
	}
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return kept, nil, fmt.Errorf("answers %s: %w", id, err)
	}
	for _, k := range kept.Answers {
		a := MarkedAnswer{QuizAnswer{k.Question, k.Options, k.Text}, k.Correct, k.Points, k.Max, k.Waits, k.Comment}
		if a.Max == 0 {
			if a.Max = 1; a.Correct {
				a.Points = 1
			}
		}
		answers = append(answers, a)
	}
	return kept, answers, nil
}

// sitting reads where a learner is with a quiz.
func (s *Service) sitting(ctx context.Context, w Way, quiz *Activity) (Sitting, error) {
	var sit Sitting
	s.journal.View(func() {
		if l, err := s.state.enrolled(w.Person, w.Course); err == nil {
			if position, ok := s.state.editions[w.Course].find(quiz.ID); ok {
				left, limited := s.state.attemptsLeft(l, position)
				if sit.Left = left; limited {
					sit.Limit = quiz.Attempts + len(s.state.data.Granted[runKey(w.Course, w.Person, quiz.ID)])
				}
			}
		}
		if r := s.state.run(w.Course, w.Person, quiz.ID); r != nil && r.waits() {
			sit.Waits = true
		} else {
			sit.Open = r
		}
	})
	var err error
	switch {
	case sit.Open != nil:
		sit.Paper, err = s.paper(ctx, *sit.Open)
	case !quiz.needsStart():
		sit.Paper = WholePaper(quiz)
	}
	if err != nil {
		return sit, err
	}
	var newest move
	for m := range w.moves() {
		if m.Activity == w.numbers[quiz.ID] && m.text != "" {
			if n := len(sit.Attempts); n > 0 && newest.Deed == handedIn {
				sit.Attempts = sit.Attempts[:n-1] // these are its marks
			}
			newest = m
			sit.Attempts = append(sit.Attempts, summary(m))
		}
	}
	if newest.text != "" {
		sit.Attempt, err = s.attempt(ctx, w.Course, quiz.ID, newest)
	}
	return sit, err
}

// summary is an attempt without its answers.
func summary(m move) Attempt {
	return Attempt{
		ID: m.text, At: time.UnixMilli(m.At).UTC(), Points: m.Points, Max: m.Max, Passed: m.Deed == passed, Waits: m.Deed == handedIn,
	}
}

// attempt reads one with its answers, and what it asked.
func (s *Service) attempt(ctx context.Context, course, activity string, m move) (*Attempt, error) {
	kept, answers, err := s.answersIn(ctx, m.text)
	if err != nil {
		return nil, err
	}
	a := summary(m)
	a.Answers, a.Comment = answers, kept.Comment
	questions := make([]string, len(answers))
	for i, answer := range answers {
		questions[i] = answer.Question
	}
	hash := kept.Hash
	if hash == "" { // an old one does not know its version: the newest one tells
		s.journal.View(func() { hash = s.state.editions[course].hash })
	}
	a.Paper, err = s.paper(ctx, Run{Course: course, Activity: activity, Hash: hash, Seed: kept.Seed, Questions: questions})
	return &a, err
}

// paper finds what an attempt asks, in the version it was started with. It asks nothing when that version has no such quiz.
func (s *Service) paper(ctx context.Context, r Run) (Paper, error) {
	content, err := s.contents.version(ctx, r.Course, r.Hash)
	if err != nil {
		return Paper{}, err
	}
	_, quiz := content.Find(r.Activity)
	if quiz == nil || len(r.Questions) == 0 {
		return Paper{}, nil
	}
	return paperOf(quiz, r.Seed, r.Questions), nil
}

// attemptIn reads an attempt of a person at a quiz, by the vault id of its answers.
func (s *Service) attemptIn(ctx context.Context, w Way, activity, id string) (Attempt, error) {
	for m := range w.moves() {
		if m.text == id && id != "" && w.ids[m.Activity] == activity && m.Max > 0 {
			a, err := s.attempt(ctx, w.Course, activity, m)
			if err != nil {
				return Attempt{}, err
			}
			return *a, nil
		}
	}
	return Attempt{}, ErrUnknownAttempt
}

// ReviewAttempt gives an attempt of the caller that is over: what it asked, what was answered and what is right.
func (s *Service) ReviewAttempt(ctx context.Context, caller auth.Caller, course, activity, id string) (Attempt, error) {
	w, err := s.way(ctx, caller.Person, course)
	if err != nil {
		return Attempt{}, err
	}
	return s.attemptIn(ctx, w, activity, id)
}
