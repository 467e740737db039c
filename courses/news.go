package courses

import (
	"cmp"
	"slices"
	"time"

	"luotsi/server/journal"
)

// News is what a notice says.
type News string

// What there is to say.
const (
	NewsReturned      News = "returned"
	NewsApproved      News = "approved"
	NewsStepApproved  News = "step_approved"  // of a development task
	NewsFirstApproved News = "first_approved" // of a development task, which a second person reads too
	NewsNoted         News = "noted"
	NewsMarked        News = "marked" // open answers of a quiz
	NewsOpened        News = "opened"
	NewsChanged       News = "changed"
	NewsDue           News = "due"
	NewsFollowUp      News = "follow_up"
	NewsFinished      News = "finished"
	NewsMeasure       News = "measure" // a cohort is asked something
	NewsGoal          News = "goal"    // the day has come on which somebody wanted to come back to a goal
)

// Kind is what switches it off.
func (n News) Kind() NoticeKind {
	switch n {
	case NewsOpened, NewsChanged:
		return AboutRelease
	case NewsDue:
		return AboutDue
	case NewsFollowUp:
		return AboutFollowUp
	case NewsFinished:
		return AboutFinished
	case NewsMeasure:
		return AboutMeasure
	case NewsGoal:
		return AboutGoal
	}
	return AboutFeedback
}

const (
	noticesAt = followUpAt // the hour of the Finnish clock from which time brings notices: nobody is told at night
	dueAhead  = 3          // days before its day, something is said to be due soon
	newsFresh = 2          // days for which an opening or a change is news; what a server slept through longer is not told
	// toldPerCommit bounds the learners of one commit: its mails are gone through again for each of them.
	toldPerCommit = 200
)

// Told says that a learner was told of an activity. Of is what of it: the day it is due or opened, or the version that changed it.
type Told struct {
	At   int64 // unix ms
	Of   string
	Last bool // of a day that it is due: told on the day itself
}

// dueNews reports whether somebody is to be told today that something is due: once in the days before, up to the last one of those
// that count as soon, once on the day itself, and anew when it is due on another day. Told is what they were told.
func dueNews(told Told, due, today, soon string) bool {
	if due == "" || due < today || due > soon {
		return false
	}
	return told.Of != due || due == today && !told.Last
}

// isFresh reports whether what happened on a day is still news.
func isFresh(day, today string) bool {
	return day != "" && day <= today && later(day, newsFresh) >= today
}

// opens is the day on which a module's and an activity's own date let an activity be opened; "" when neither says one.
func (e *edition) opens(position int, starts string) string {
	return max(e.modules[e.module(position)].Gate.Opens.On(starts), e.order[position].Gate.Opens.On(starts))
}

// horizon is what may be news to the learners of a cohort on a day.
type horizon struct {
	starts, today, soon string // soon is the last day that is told of today
	opened, due         []dated
	changed             []int // positions
}

// dated is a position in a course with a day of it.
type dated struct {
	position int
	day      string
}

func (s *State) horizonOf(c *Cohort, today string) horizon {
	h, ed := horizon{starts: c.Starts, today: today, soon: later(today, dueAhead)}, s.editions[c.Course]
	for position := range ed.order {
		if day := ed.opens(position, c.Starts); isFresh(day, today) {
			h.opened = append(h.opened, dated{position, day})
		}
		if day := ed.due(position, c.Starts); day >= today && day <= h.soon {
			h.due = append(h.due, dated{position, day})
		}
		history := ed.history[ed.numbers[ed.order[position].ID]]
		if newest := history[len(history)-1]; len(history) > 1 && isFresh(dayOf(time.UnixMilli(newest.at)), today) {
			h.changed = append(h.changed, position)
		}
	}
	return h
}

// newsFor lists what a learner is to be told now. It is asked for everybody all the time: what is known already is looked at first.
func (s *State) newsFor(l *learner, h horizon, language func() Language) (opened, changed, due []NewsOf) {
	ed := s.editions[l.Course]
	for _, d := range h.opened {
		id := ed.order[d.position].ID
		isNew := l.Releases[id].Of != d.day && l.cells[d.position] == CellNone && dayOf(time.UnixMilli(l.Since)) < d.day
		if isNew && len(ed.locks(l.cells, d.position, h.starts, h.today)) == 0 {
			opened = addNews(opened, l, d.day, id)
		}
	}
	for _, position := range h.changed {
		id := ed.order[position].ID
		history := ed.history[ed.numbers[id]]
		if version := history[len(history)-1].version; l.Changes[id].Of != version && s.isChanged(l, position, language()) {
			changed = addNews(changed, l, version, id)
		}
	}
	each := h.due
	if len(l.Extensions) > 0 { // any activity may be due on a day of its own
		each = nil
		for position := range ed.order {
			each = append(each, dated{position, s.due(l, position, h.starts)})
		}
	}
	for _, d := range each {
		if id := ed.order[d.position].ID; ed.owed(l.cells, d.position) && dueNews(l.Dues[id], d.day, h.today, h.soon) {
			due = addNews(due, l, d.day, id)
		}
	}
	return opened, changed, due
}

// owed reports whether it is the learner who has to do something for an activity to be finished.
func (e *edition) owed(cells Cells, position int) bool {
	return e.order[position].asked() && !isFinished(cells[position]) && cells[position] != CellWaits
}

// isChanged reports whether what a learner finished says something else today, and they have not said that they know.
func (s *State) isChanged(l *learner, position int, language Language) bool {
	if !isFinished(l.cells[position]) {
		return false
	}
	standing := s.standing(l)
	_, changed := standing.changed(position, standing.tallyOf(standing.order[position].ID), language)
	return changed
}

func addNews(all []NewsOf, l *learner, of, activity string) []NewsOf {
	i := slices.IndexFunc(all, func(n NewsOf) bool { return n.Of == of })
	if i < 0 {
		all, i = append(all, NewsOf{Course: l.Course, Person: l.Person, Of: of}), len(all)
	}
	all[i].Activities = append(all[i].Activities, activity)
	return all
}

// tellNews decides whom to tell now what time brought: what opened, what changed, what is due soon. Everything that one person is
// told is in one commit, and of each kind in one event, so that it is one mail. It tells at most as many as one commit holds.
func (s *State) tellNews(b borders, now time.Time) (journal.Decision, error) {
	if now.In(helsinki()).Hour() < noticesAt {
		return journal.Decision{}, nil
	}
	today := dayOf(now)
	horizons := map[string]horizon{}
	told := 0
	all := map[News][]NewsOf{}
	for person, ways := range s.learners {
		found := 0
		for _, l := range ways {
			c := s.data.Cohorts[l.Cohort]
			if c == nil {
				continue
			}
			h, known := horizons[l.Cohort]
			if !known {
				h = s.horizonOf(c, today)
				horizons[l.Cohort] = h
			}
			if len(h.opened)+len(h.changed)+len(h.due)+len(l.Extensions) == 0 {
				continue
			}
			opened, changed, due := s.newsFor(l, h, func() Language {
				p, _ := b.people.Person(person)
				return p.Language
			})
			if len(opened)+len(changed)+len(due) == 0 || !b.learns(person, c.Unit) {
				continue
			}
			for what, news := range map[News][]NewsOf{NewsOpened: opened, NewsChanged: changed, NewsDue: due} {
				all[what] = append(all[what], news...)
				found += len(news)
			}
		}
		if found > 0 {
			told++
		}
		if told == toldPerCommit {
			break
		}
	}
	var events []journal.Event
	for _, what := range []News{NewsOpened, NewsChanged, NewsDue} {
		if news := all[what]; len(news) > 0 {
			slices.SortFunc(news, func(a, b NewsOf) int {
				return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.Course, b.Course), cmp.Compare(a.Of, b.Of))
			})
			events = append(events, LearnersTold{What: what, Day: today, News: news})
		}
	}
	return journal.Happens(events...), nil
}
