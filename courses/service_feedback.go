package courses

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

// Comment is what a marker says about a range of a text. Start and End count UTF-16 code units, as browsers do; Quote is what stands there.
type Comment struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Quote string `json:"quote"`
	Text  string `json:"text"`
}

// keptWords is what the vault holds of one feedback, or approval.
type keptWords struct {
	Words    string    `json:"words,omitempty"`
	Comments []Comment `json:"comments,omitempty"`
}

// Feedback is what one marker said.
type Feedback struct {
	Given
	Words    string
	Comments []Comment
}

// Round is one text that was handed in, with what was said about it.
type Round struct {
	Submission string
	Step       string
	At         time.Time
	Text       string
	Feedback   []Feedback
}

// Handed is everything a learner handed in for an activity, and what was said.
type Handed struct {
	Rounds []Round
	Work   DevelopmentWork // of a development task
	First  *Feedback
	Second *Feedback
}

// handedBy reads everything that the person handed in for an activity.
func (s *Service) handedBy(ctx context.Context, person, course, activity string) (Handed, error) {
	var collect collection
	s.journal.View(func() {
		if l := s.state.learner(person, course); l != nil {
			collect = s.state.collect(item{l, s.state.editions[course].numbers[activity]})
		}
	})
	return s.read(ctx, collect)
}

// collection is a Handed before its texts are read.
type collection struct {
	papers []paper
	given  [][]Given
	work   DevelopmentWork
}

// collect is used inside View.
func (s *State) collect(it item) collection {
	c := collection{papers: s.papers(it.l, it.number)}
	for _, p := range c.papers {
		c.given = append(c.given, s.data.Marks.Given[p.id])
	}
	ed := s.editions[it.l.Course]
	if position := ed.position(it.number); position >= 0 && ed.order[position].Kind == Development {
		c.work = s.work(it.l, it.number)
	}
	return c
}

func (s *Service) read(ctx context.Context, c collection) (h Handed, err error) {
	h.Work = c.work
	for i, p := range c.papers {
		round := Round{Submission: p.id, Step: p.step, At: time.UnixMilli(p.at).UTC()}
		if round.Text, err = s.text(ctx, p.id); err != nil {
			return Handed{}, err
		}
		for _, g := range c.given[i] {
			f, err := s.readFeedback(ctx, g)
			if err != nil {
				return Handed{}, err
			}
			round.Feedback = append(round.Feedback, f)
		}
		h.Rounds = append(h.Rounds, round)
	}
	if h.First, err = s.readApproval(ctx, c.work.First); err != nil {
		return Handed{}, err
	}
	h.Second, err = s.readApproval(ctx, c.work.Second)
	return h, err
}

func (s *Service) readFeedback(ctx context.Context, g Given) (Feedback, error) {
	text, err := s.text(ctx, g.Text)
	if err != nil || text == "" {
		return Feedback{Given: g}, err
	}
	var kept keptWords
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return Feedback{}, fmt.Errorf("feedback %s: %w", g.Text, err)
	}
	return Feedback{Given: g, Words: kept.Words, Comments: kept.Comments}, nil
}

func (s *Service) readApproval(ctx context.Context, a Approval) (*Feedback, error) {
	if a.Text == "" {
		return nil, nil //nolint:nilnil // nobody approved yet
	}
	f, err := s.readFeedback(ctx, Given{Text: a.Text, By: a.By, At: a.At, Verdict: Approved, Rubric: a.Rubric})
	return &f, err
}

// SubmitStep hands in a step of a development task. It fails with ErrWrittenSince.
func (s *Service) SubmitStep(ctx context.Context, caller auth.Caller, course, activity, part, text string, over Over) (Way, error) {
	return s.keepWriting(ctx, caller, course, activity, text, func(id string, now time.Time) (journal.Decision, error) {
		return s.state.submitStep(id, caller.Person, course, activity, part, over, now)
	})
}
