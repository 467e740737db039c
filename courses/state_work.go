package courses

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"luotsi/server/journal"
)

// followUpsPerCommit is few: what is told of a commit is written again for each of its events.
const followUpsPerCommit = 20

// applyWork takes in an event about something tried at work; one that was taken in already changes nothing.
func (s *State) applyWork(at int64, e journal.Event) {
	switch e := e.(type) {
	case WorkPlanned:
		if s.data.Tries[e.Try] != nil || s.learner(e.Person, e.Course) == nil {
			return
		}
		t := &Try{ID: e.Try, Course: e.Course, Person: e.Person, Activity: e.Activity, PlannedAt: at, By: e.By, Plan: e.Try}
		s.data.Tries[e.Try] = t
		s.indexTry(t)
		s.take(e.Person, e.Course, e.Activity, step{At: at, Deed: planned}, "")
	case WorkReplanned:
		if t := s.data.Tries[e.Try]; t != nil && t.ToldAt == 0 && t.Plan != e.Plan {
			t.Plan, t.By, t.Replanned = e.Plan, e.By, at
			s.tryChanged(t)
		}
	case WorkTold:
		t := s.data.Tries[e.Try]
		if t == nil || t.Story == e.Story || e.Again != (t.ToldAt > 0) {
			return
		}
		before := t.tried()
		if e.Again {
			t.Retold = at
		} else {
			t.ToldAt = at
		}
		t.On, t.Went, t.Story = e.On, e.Went, e.Story
		s.tryChanged(t)
		if t.tried() && !before {
			s.take(e.Person, e.Course, t.Activity, step{At: at, Deed: applied}, "")
		}
	case WorkFollowedUp:
		if t, f := s.followUp(e.Try, e.Days); f != nil && e.Again == (f.At > 0) {
			f.At, f.Use, f.Text = at, e.Use, e.Text
			s.tryChanged(t)
		}
	case FollowUpDue:
		if _, f := s.followUp(e.Try, e.Days); f != nil && e.Again {
			f.AgainAt = cmp.Or(f.AgainAt, at)
		} else if f != nil {
			f.RemindedAt = cmp.Or(f.RemindedAt, at)
		}
	}
}

func (s *State) followUp(try string, days int) (*Try, *FollowUp) {
	t, stages := s.data.Tries[try], Stages()
	if stage := slices.Index(stages[:], days); t != nil && stage >= 0 {
		return t, &t.FollowUps[stage]
	}
	return nil, nil
}

func (s *State) tryChanged(t *Try) {
	if l := s.learner(t.Person, t.Course); l != nil {
		s.touched[l.Cohort] = s.commit
	}
}

func (s *State) indexTry(t *Try) {
	if l := s.learner(t.Person, t.Course); l != nil {
		l.tries = append(l.tries, t)
	}
}

// reindexTries gives every learner what they tried, oldest first.
func (s *State) reindexTries() {
	for _, t := range s.data.Tries {
		s.indexTry(t)
	}
	for _, all := range s.learners {
		for _, l := range all {
			slices.SortFunc(l.tries, func(a, b *Try) int { return cmp.Or(cmp.Compare(a.PlannedAt, b.PlannedAt), cmp.Compare(a.ID, b.ID)) })
		}
	}
}

// triesIn lists what a person tried, or plans to, in an activity, oldest first.
func (s *State) triesIn(person, course, activity string) (all []*Try) {
	if l := s.learner(person, course); l != nil {
		for _, t := range l.tries {
			if t.Activity == activity {
				all = append(all, t)
			}
		}
	}
	return all
}

// triesOf copies what a learner tried, oldest first.
func (l *learner) triesOf() []Try {
	all := make([]Try, len(l.tries))
	for i, t := range l.tries {
		all[i] = *t
	}
	return all
}

// followUpsDue decides whom to ask now whether what they tried is still in use: those who still learn, the longest due first, at
// most as many as one commit holds.
func (s *State) followUpsDue(b borders, now time.Time) (journal.Decision, error) {
	type found struct {
		day string
		FollowUpDue
	}
	var due []found
	for _, t := range s.data.Tries {
		stage, again, ok := t.toRemind(now)
		if !ok {
			continue
		}
		l := s.learner(t.Person, t.Course)
		if l == nil || l.Cohort == "" || !b.learns(t.Person, s.data.Cohorts[l.Cohort].Unit) {
			continue
		}
		due = append(due, found{t.due(stage), FollowUpDue{Try: t.ID, Course: t.Course, Person: t.Person, Activity: t.Activity, Days: Stages()[stage], Again: again}})
	}
	slices.SortFunc(due, func(a, b found) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.Try, b.Try)) })
	var events []journal.Event
	for _, e := range due[:min(len(due), followUpsPerCommit)] {
		events = append(events, e.FollowUpDue)
	}
	return journal.Happens(events...), nil
}

// texts iterates over the vault ids of a try.
func (t *Try) texts() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, id := range []string{t.Plan, t.Story, t.FollowUps[0].Text, t.FollowUps[1].Text} {
			if id != "" && !yield(id) {
				return
			}
		}
	}
}

// checkTries recounts what the index and the cells say of tries.
func (s *State) checkTries(say func(format string, args ...any)) {
	indexed := 0
	for _, all := range s.learners {
		for _, l := range all {
			indexed += len(l.tries)
			open := map[string]int{}
			for _, t := range l.tries {
				if t.ToldAt == 0 {
					open[t.Activity]++
				}
				if s.data.Tries[t.ID] != t {
					say("try %s: not the one that is kept", t.ID)
				}
			}
			for activity, n := range open {
				if n > 1 {
					say("enrolment %s: %d open plans in %s", enrolmentID(l.Course, l.Person), n, activity)
				}
			}
		}
	}
	if indexed != len(s.data.Tries) {
		say("%d tries are indexed of %d", indexed, len(s.data.Tries))
	}
	for id, t := range s.data.Tries {
		if t.ToldAt == 0 && (t.FollowUps[0].At > 0 || t.FollowUps[1].At > 0 || t.Went != "") {
			say("try %s: followed up before it was told", id)
		}
	}
}

// toFollowUp copies what a learner tried and is to be asked about now.
func (l *learner) toFollowUp(today string) (all []Try) {
	for _, t := range l.tries {
		if _, ok := t.toShow(today); ok {
			all = append(all, *t)
		}
	}
	return all
}
