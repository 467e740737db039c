package people

import (
	"time"
	_ "time/tzdata" // Finnish days are computed the same on every machine

	"luotsi/server/fault"
	"luotsi/server/journal"
)

// FeedbackDays is how many days there are to answer feedback: given on 2 March, it is due on 16 March.
const FeedbackDays = 14

// ErrAnswered is the refusal to answer twice.
var ErrAnswered = fault.New(fault.Conflict, "already_answered", "the feedback was answered already")

// feedback is what the state knows of it; the texts are in the vault.
type feedback struct {
	Person   string
	Org      string
	At       int64 // unix ms
	Due      string
	Answer   string // vault id of the answer; empty while there is none
	Answered int64
}

var helsinki = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		panic(err) // the zone is linked into the program
	}
	return zone
}()

// dueDay is the Finnish day until which feedback that comes now has to be answered.
func dueDay(now time.Time) string {
	return now.In(helsinki).AddDate(0, 0, FeedbackDays).Format(time.DateOnly)
}

// overdue reports whether that day is over, in Finland, without an answer.
func (f feedback) overdue(now time.Time) bool {
	return f.Answer == "" && now.In(helsinki).Format(time.DateOnly) > f.Due
}

// giveFeedback takes in what anybody wrote. The person's organisation answers; for somebody who is not signed in it is the
// one that runs this Luotsi.
func (s *State) giveFeedback(now time.Time, by, id string) (journal.Decision, error) {
	org := s.kept.Host
	if p, known := s.kept.People[by]; known && !p.Erased {
		org = p.Org
	}
	return journal.Happens(FeedbackGiven{Feedback: id, Person: by, Org: org, Due: dueDay(now)}).Answering(id), nil
}

func (s *State) answerFeedback(by, id, answer string) (journal.Decision, error) {
	f, known := s.kept.Feedback[id]
	switch {
	case !known || !s.administers(by, f.Org):
		return journal.Decision{}, ErrNotFound
	case f.Answer != "":
		return journal.Decision{}, ErrAnswered
	}
	return journal.Happens(FeedbackAnswered{Feedback: id, Answer: answer}), nil
}
