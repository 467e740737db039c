package courses

import (
	"cmp"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
)

// Went says how something that was tried at work went.
type Went string

// How it may have gone.
const (
	Worked   Went = "worked"
	Partly   Went = "partly"
	Failed   Went = "failed"    // tried, and it did not work
	NotTried Went = "not_tried" // it could not be tried: no failure, but a reason for another plan
)

// Use says whether what was tried is still in use.
type Use string

// The answers to that.
const (
	InUse       Use = "yes"
	PartlyInUse Use = "partly"
	NotInUse    Use = "no"
)

// Stages are how many Finnish calendar days after it was told of a try is followed up.
func Stages() [2]int { return [2]int{30, 90} }

const (
	// followUpAt is the hour of the Finnish clock from which a follow-up is due on its day.
	followUpAt = 9
	// followUpAgain is how many days later who did not answer is asked once more.
	followUpAgain = 7
	// followUpShown is how many days a page puts a follow-up before the learner that they have not answered.
	followUpShown = 30
	// mostAhead is how many days ahead a try may be planned, and how long ago it may have been.
	mostAhead = 366
)

// Try is one thing that a learner tries at work, from the plan to the last follow-up. Its id is that of its first plan's text.
type Try struct {
	ID        string
	Course    string
	Person    string
	Activity  string
	PlannedAt int64  // unix ms
	By        string // the Finnish day by which it is to be tried
	Plan      string // vault id of the newest plan
	Replanned int64  // unix ms of the newest change of the plan; 0 when there was none

	ToldAt int64 // unix ms; 0 as long as nothing is told
	On     string
	Went   Went
	Story  string // vault id of what happened
	Retold int64  // unix ms of the newest change of what was told; 0 when there was none

	FollowUps [2]FollowUp // of Stages
}

// FollowUp is one later look at a try.
type FollowUp struct {
	RemindedAt int64 // unix ms; 0 as long as the learner was not asked
	AgainAt    int64 // unix ms; they did not answer, and were asked once more
	At         int64 // unix ms of the answer; 0 as long as there is none
	Use        Use
	Text       string // vault id; empty when only Use was answered
}

// plannedAt is when the newest plan was made, in unix ms.
func (t *Try) plannedAt() int64 { return cmp.Or(t.Replanned, t.PlannedAt) }

// toldAt is when what counts was told, in unix ms; 0 as long as nothing is.
func (t *Try) toldAt() int64 { return cmp.Or(t.Retold, t.ToldAt) }

// tried reports whether it was told that the thing was tried.
func (t *Try) tried() bool { return t.ToldAt > 0 && t.Went != NotTried }

// due is the Finnish day of a follow-up; "" when there is none.
func (t *Try) due(stage int) string {
	if !t.tried() {
		return ""
	}
	// Days are counted on the calendar: a clock change makes one of them an hour shorter or longer.
	return time.UnixMilli(t.ToldAt).In(helsinki()).AddDate(0, 0, Stages()[stage]).Format(time.DateOnly)
}

// open is the stage that can be answered on a day: the last one whose day has come, once. What was not answered before the next
// one came is not asked any more.
func (t *Try) open(today string) (stage int, ok bool) {
	for stage := len(t.FollowUps) - 1; stage >= 0; stage-- {
		if due := t.due(stage); due != "" && due <= today {
			return stage, t.FollowUps[stage].At == 0
		}
	}
	return 0, false
}

// toRemind is the stage that the learner is to be reminded of now: from 9 o'clock of its day, and if they do not answer, again a
// week after that; then no more.
func (t *Try) toRemind(now time.Time) (stage int, again, ok bool) {
	today := dayOf(now)
	stage, ok = t.open(today)
	if !ok {
		return 0, false, false
	}
	day := t.due(stage)
	if f := t.FollowUps[stage]; f.RemindedAt > 0 {
		_, shown := t.toShow(today)
		if f.AgainAt > 0 || !shown {
			return 0, false, false
		}
		day, again = later(dayOf(time.UnixMilli(f.RemindedAt)), followUpAgain), true
	}
	if day > today || day == today && now.In(helsinki()).Hour() < followUpAt {
		return 0, false, false
	}
	return stage, again, true
}

// toShow is the stage that pages put before the learner on a day.
func (t *Try) toShow(today string) (stage int, ok bool) {
	if stage, ok = t.open(today); !ok {
		return 0, false
	}
	return stage, today < later(t.due(stage), followUpShown)
}

// later is the day so many days after another.
func later(day string, days int) string {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return d.AddDate(0, 0, days).Format(time.DateOnly)
}

// The refusals about what is tried at work.
var (
	ErrUnknownTry     = fault.New(fault.NotFound, "not_found", "this person planned no such thing")
	ErrAlreadyPlanned = fault.New(fault.Conflict, "already_planned", "there is a plan that nothing was told of yet; change that one")
	ErrAlreadyTold    = fault.New(fault.Conflict, "already_told", "what came of it was told already")
	ErrNoFollowUp     = fault.New(fault.Conflict, "no_follow_up", "this follow-up is not due, or over, or answered already")
)

// planWork decides on a plan. There is one at a time: the next one comes after it is told what came of this one.
func (s *State) planWork(person, course, activity, by, id string, now time.Time) (journal.Decision, error) {
	if _, _, err := s.opened(person, course, activity, Work, now); err != nil {
		return journal.Decision{}, err
	}
	if all := s.triesIn(person, course, activity); len(all) > 0 && all[len(all)-1].ToldAt == 0 {
		return journal.Decision{}, ErrAlreadyPlanned.With(all[len(all)-1].writtenPlan(by))
	}
	if err := plannable(by, now); err != nil {
		return journal.Decision{}, err
	}
	return journal.Happens(WorkPlanned{Try: id, Course: course, Person: person, Activity: activity, By: by}).Answering(id), nil
}

// writtenPlan shows the newest plan to who wanted another, by that day.
func (t *Try) writtenPlan(by string) written {
	return written{At: t.plannedAt(), Try: t.ID, Text: t.Plan, By: t.By, plan: true, same: t.By == by}
}

func plannable(by string, now time.Time) error {
	switch today := dayOf(now); {
	case by < today:
		return fault.Bad("by", "past")
	case by > later(today, mostAhead):
		return fault.Bad("by", "too_far")
	}
	return nil
}

// tryOf finds what a person tries in a course that they go through, or refuses.
func (s *State) tryOf(person, course, activity, id string) (*Try, error) {
	if _, err := s.enrolled(person, course); err != nil {
		return nil, err
	}
	t := s.data.Tries[id]
	if t == nil || t.Person != person || t.Course != course || t.Activity != activity {
		return nil, ErrUnknownTry
	}
	return t, nil
}

// replanWork decides on a change of a plan that nothing was told of yet.
func (s *State) replanWork(person, course, activity, try, by, plan string, over Over, now time.Time) (journal.Decision, error) {
	t, err := s.tryOf(person, course, activity, try)
	if err != nil {
		return journal.Decision{}, err
	}
	if t.ToldAt > 0 {
		return journal.Decision{}, ErrAlreadyTold
	}
	if since(over, t.plannedAt()) {
		return journal.Decision{}, ErrWrittenSince.With(t.writtenPlan(by))
	}
	if by != t.By { // a day that has passed meanwhile may stay
		if err := plannable(by, now); err != nil {
			return journal.Decision{}, err
		}
	}
	return journal.Happens(WorkReplanned{Try: try, Course: course, Person: person, By: by, Plan: plan}).Answering(plan), nil
}

// tellWork decides on what came of it. Who has seen what was told may tell it in other words; what was tried stays tried.
func (s *State) tellWork(person, course, activity, try, on string, went Went, story string, over Over, now time.Time) (journal.Decision, error) {
	t, err := s.tryOf(person, course, activity, try)
	if err != nil {
		return journal.Decision{}, err
	}
	if went == NotTried {
		on = ""
	}
	first := written{At: t.toldAt(), Try: try, Text: t.Story, On: t.On, Went: t.Went, same: t.Went == went && t.On == on}
	again := retold(over, t.toldAt())
	switch today := dayOf(now); {
	case since(over, t.toldAt()):
		return journal.Decision{}, ErrWrittenSince.With(first)
	case t.ToldAt > 0 && !again, again && t.tried() && went == NotTried:
		return journal.Decision{}, ErrAlreadyTold
	case went == NotTried:
	case on == "":
		return journal.Decision{}, fault.Bad("on", "required")
	case on > today:
		return journal.Decision{}, fault.Bad("on", "future")
	case on < later(today, -mostAhead):
		return journal.Decision{}, fault.Bad("on", "too_far")
	}
	return journal.Happens(WorkTold{Try: try, Course: course, Person: person, Activity: t.Activity, On: on, Went: went, Story: story, Again: again}).Answering(story), nil
}

// followUpWork decides on an answer to a follow-up. Who has seen an answer may put another in its place until the next one is due.
func (s *State) followUpWork(person, course, activity, try string, days int, use Use, text string, over Over, now time.Time) (journal.Decision, error) {
	t, err := s.tryOf(person, course, activity, try)
	if err != nil {
		return journal.Decision{}, err
	}
	stage, ok := t.open(dayOf(now))
	f := t.FollowUps[stage]
	again := retold(over, f.At)
	switch {
	case Stages()[stage] != days, !ok && f.At == 0:
		return journal.Decision{}, ErrNoFollowUp
	case since(over, f.At):
		return journal.Decision{}, ErrWrittenSince.With(written{At: f.At, Try: try, Text: f.Text, Use: f.Use, same: f.Use == use})
	case !ok && !again:
		return journal.Decision{}, ErrNoFollowUp
	}
	decision := journal.Happens(WorkFollowedUp{Try: try, Course: course, Person: person, Days: days, Use: use, Text: text, Again: again})
	if text != "" {
		decision = decision.Answering(text)
	}
	return decision, nil
}
