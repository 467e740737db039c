package courses

import (
	"cmp"
	"context"
	"slices"

	"luotsi/server/auth"
)

// Trying is how far one thing is that a learner tries at work, without any of its texts.
type Trying struct {
	Person string
	Try
	Readable bool // its writer lets trainers read it
}

// AppliedCohort is what a cohort applies at work: states and days, never a text.
type AppliedCohort struct {
	AppliedCounts
	Course   string
	Name     string
	Tries    []Trying  // the newest that counts of each learner in each activity, by the learners' names
	Shared   []Writing // reflections that trainers may read, the newest first; which they are, not what they say
	Grouped  bool      // the caller has a small group in the cohort
	Narrowed bool      // the learners whom others look after first are left out

	hash string // of the course's newest version
}

// AppliedCounts sums up what is tried at work, each learner and activity counted once.
type AppliedCounts struct {
	Planned int // there is a plan that nothing was told of yet
	Applied int // tried, however it went
	After   [2]UseCounts
}

// UseCounts sums up the follow-ups of one stage that have come due.
type UseCounts struct {
	InUse, Partly, NotInUse int
	Unanswered              int
}

// shownTo is a try as trainers see it: that it was planned and tried, when, and whether it is in use. How it went is a part of
// the text, so it is told only to those who may read that.
func (t Try) shownTo(readable bool) Try {
	if t.tried() && !readable {
		t.Went = ""
	}
	return t
}

// AppliedIn shows what the learners of a cohort try at work, and which of their reflections may be read.
func (s *Service) AppliedIn(_ context.Context, caller auth.Caller, cohort string, whose Whose) (a AppliedCohort, err error) {
	today := dayOf(s.now())
	s.journal.View(func() {
		c, seenErr := s.seen(caller, cohort)
		if err = seenErr; err != nil {
			return
		}
		ed := s.state.editions[c.Course]
		a.Course, a.Name, a.hash = c.Course, c.Name, ed.hash
		firsts := s.state.firstsOf(s.borders, caller.Person, func(other string) bool { return other == cohort })
		a.Grouped, a.Narrowed = firsts.own > 0, firsts.narrows(whose)
		trains := s.borders.trains(caller.Person, c.Unit)
		for _, l := range s.state.cohorts[cohort] {
			if a.Narrowed && !firsts.mine(cohort, l.Person) {
				continue
			}
			for _, t := range l.newestTries() {
				_, closed := s.state.readable(l, t.Activity, ForTrainer)
				open := trains && closed == nil
				a.Tries = append(a.Tries, Trying{l.Person, t.shownTo(open), open})
				a.add(t, today)
			}
			for _, position := range ed.reflections {
				if w, closed := s.state.readable(l, ed.order[position].ID, ForTrainer); trains && closed == nil {
					a.Shared = append(a.Shared, w)
				}
			}
		}
	})
	slices.SortStableFunc(a.Tries, func(one, other Trying) int { return s.names.Compare(one.Person, other.Person) })
	slices.SortFunc(a.Shared, func(one, other Writing) int {
		return cmp.Or(cmp.Compare(other.At, one.At), cmp.Compare(one.Person, other.Person), cmp.Compare(one.Activity, other.Activity))
	})
	return a, err
}

// newestTries copies a learner's newest try in each activity that counts: one that was tried before a plan that could not be.
func (l *learner) newestTries() []Try {
	var newest []Try
	for _, t := range l.tries {
		i := slices.IndexFunc(newest, func(other Try) bool { return other.Activity == t.Activity })
		switch {
		case i < 0:
			newest = append(newest, *t)
		case t.tried() || !newest[i].tried():
			newest[i] = *t
		}
	}
	return newest
}

func (c *AppliedCounts) add(t Try, today string) {
	switch {
	case t.tried():
		c.Applied++
	case t.ToldAt == 0:
		c.Planned++
	}
	for stage, f := range t.FollowUps {
		due := t.due(stage)
		if due == "" || due > today {
			continue
		}
		switch f.Use {
		case InUse:
			c.After[stage].InUse++
		case PartlyInUse:
			c.After[stage].Partly++
		case NotInUse:
			c.After[stage].NotInUse++
		default:
			c.After[stage].Unanswered++
		}
	}
}
