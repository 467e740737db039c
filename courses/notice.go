package courses

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
)

// NoticeKind is what a learner can switch off, in the feed and as a mail.
type NoticeKind string

// The kinds.
const (
	AboutFeedback NoticeKind = "feedback"  // somebody said what they think of a text or of answers
	AboutRelease  NoticeKind = "release"   // something opened, or what was finished says something else now
	AboutDue      NoticeKind = "due"       // something is to be done soon
	AboutFollowUp NoticeKind = "follow_up" // is it still in use?
	AboutFinished NoticeKind = "finished"  // the course is finished
)

// NoticeKinds lists all of them.
func NoticeKinds() []NoticeKind {
	return []NoticeKind{AboutFeedback, AboutRelease, AboutDue, AboutFollowUp, AboutFinished}
}

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
	}
	return AboutFeedback
}

// Notice tells a learner of something. It follows from what happened, and stands as long as it is true: what was done meanwhile
// is not due any more. Nothing stores it.
type Notice struct {
	ID     string
	At     int64 // unix ms
	News   News
	Course string
	// Activities are what it is about, all of one module; none when it is about the course.
	Activities  []string
	Module      string
	Day         string // until which it is due
	Days        int    // after which it is followed up
	Certificate string // its number
}

const (
	noticesAt = followUpAt // the hour of the Finnish clock from which time brings notices: nobody is told at night
	dueAhead  = 3          // days before its day, something is said to be due soon
	newsFresh = 2          // days for which an opening or a change is news; what a server slept through longer is not told
	// noticesFor is how many days a notice is shown, and mostNotices how many.
	noticesFor  = 60
	mostNotices = 50
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
		if id := ed.order[d.position].ID; ed.toDo(l.cells, d.position) && dueNews(l.Dues[id], d.day, h.today, h.soon) {
			due = addNews(due, l, d.day, id)
		}
	}
	return opened, changed, due
}

// toDo reports whether it is the learner who has to do something for an activity to be finished.
func (e *edition) toDo(cells Cells, position int) bool {
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

// NoticeSwitch is one place in which one kind of notices can be switched off.
type NoticeSwitch struct {
	Kind  NoticeKind  `bson:"kind"`
	Place NoticePlace `bson:"place"`
}

// NoticePlace is where notices are shown.
type NoticePlace string

// The places.
const (
	InFeed NoticePlace = "feed"
	ByMail NoticePlace = "mail"
)

// NoticeChoice is where one kind of notices is shown.
type NoticeChoice struct {
	Kind       NoticeKind
	Feed, Mail bool
}

// noticeChoices tells where a person wants each kind; everywhere, until they say otherwise.
func (s *State) noticeChoices(person string) []NoticeChoice {
	all := make([]NoticeChoice, 0, len(NoticeKinds()))
	for _, kind := range NoticeKinds() {
		all = append(all, NoticeChoice{kind, s.wants(person, kind, InFeed), s.wants(person, kind, ByMail)})
	}
	return all
}

func (s *State) wants(person string, kind NoticeKind, place NoticePlace) bool {
	return !slices.Contains(s.data.NoticesOff[person], NoticeSwitch{kind, place})
}

// chooseNotices decides where a person wants notices. What they do not name stays as it is; nothing happens when all of it does.
func (s *State) chooseNotices(person string, choices []NoticeChoice) (journal.Decision, error) {
	wanted := s.noticeChoices(person)
	for i, choice := range choices {
		if slices.ContainsFunc(choices[:i], func(c NoticeChoice) bool { return c.Kind == choice.Kind }) {
			return journal.Decision{}, fault.Bad(indexed("choices", i), "twice")
		}
		for j := range wanted {
			if wanted[j].Kind == choice.Kind {
				wanted[j] = choice
			}
		}
	}
	off := []NoticeSwitch{}
	for _, choice := range wanted {
		if !choice.Feed {
			off = append(off, NoticeSwitch{choice.Kind, InFeed})
		}
		if !choice.Mail {
			off = append(off, NoticeSwitch{choice.Kind, ByMail})
		}
	}
	if slices.Equal(off, s.data.NoticesOff[person]) {
		return journal.Decision{}, nil
	}
	return journal.Happens(NoticesChosen{Person: person, Off: off}), nil
}

// noticesOf lists everything there is to tell a person at this moment, the newest first, also what they switched off.
func (s *State) noticesOf(b borders, person string, now time.Time) (all []Notice) {
	p, known := b.people.Person(person)
	if !known || p.Erased {
		return nil
	}
	for _, l := range s.learners[person] {
		if number, _ := s.goodCertificate(l.Course, person); number != "" {
			c := s.data.Certificates.Issued[number]
			all = append(all, Notice{ID: number, At: c.At, News: NewsFinished, Course: l.Course, Certificate: number})
		}
		c := s.data.Cohorts[l.Cohort]
		if c == nil || !b.learns(person, c.Unit) {
			continue
		}
		all = append(all, s.feedbackNotices(l)...)
		all = append(all, s.toldNotices(l, c, p.Language)...)
		for _, t := range l.tries {
			if stage, ok := t.toShow(dayOf(now)); ok && t.FollowUps[stage].RemindedAt > 0 {
				f := t.FollowUps[stage]
				all = append(all, s.about(l, Notice{
					ID: fmt.Sprintf("%s:%d:%d", t.ID, Stages()[stage], max(f.RemindedAt, f.AgainAt)), At: max(f.RemindedAt, f.AgainAt),
					News: NewsFollowUp, Days: Stages()[stage], Activities: []string{t.Activity},
				})...)
			}
		}
	}
	since := now.AddDate(0, 0, -noticesFor).UnixMilli()
	all = slices.DeleteFunc(all, func(n Notice) bool { return n.At < since })
	slices.SortFunc(all, func(a, b Notice) int { return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(a.ID, b.ID)) })
	return all[:min(len(all), mostNotices)]
}

// about completes a notice about activities of a module; none when the newest version does not have them any more.
func (s *State) about(l *learner, n Notice) []Notice {
	ed := s.editions[l.Course]
	position, there := ed.find(n.Activities[0])
	if !there {
		return nil
	}
	n.Course, n.Module = l.Course, ed.modules[ed.module(position)].ID
	return []Notice{n}
}

// feedbackNotices lists what was said of a learner's texts and answers.
func (s *State) feedbackNotices(l *learner) (all []Notice) {
	ed, marks := s.editions[l.Course], &s.data.Marks
	last := map[int]deed{}
	text := 0
	for i := range l.Trail.steps() {
		st := l.Trail.at(i)
		if !st.hasText() {
			continue
		}
		id := l.Texts[text]
		text++
		add := func(id string, at int64, news News) {
			all = append(all, s.about(l, Notice{ID: id, At: at, News: news, Activities: []string{ed.ids[st.Activity]}})...)
		}
		if st.Deed != handedIn && last[st.Activity] == handedIn { // what is tried or passed at once was marked by the program
			add(id, st.At, NewsMarked)
		}
		last[st.Activity] = st.Deed
		_, ofStep := marks.Steps[id]
		for _, g := range marks.Given[id] {
			switch {
			case g.Verdict == Returned:
				add(g.Text, g.At, NewsReturned)
			case g.Verdict == Approved && ofStep:
				add(g.Text, g.At, NewsStepApproved)
			case g.Verdict == Approved:
				add(g.Text, g.At, NewsApproved)
			default:
				add(g.Text, g.At, NewsNoted)
			}
		}
		if a := marks.First[id]; a.Text != "" {
			add(a.Text, a.At, NewsFirstApproved)
		}
		if a := marks.Second[id]; a.Text != "" {
			add(a.Text, a.At, NewsApproved)
		}
	}
	return all
}

// toldNotices lists what time brought and a learner was told of: one for each module and moment, of what is still so.
func (s *State) toldNotices(l *learner, c *Cohort, language Language) (all []Notice) {
	ed := s.editions[l.Course]
	group := func(news News, told map[string]Told, stands func(position int, t Told) bool) {
		for activity, t := range told {
			position, there := ed.find(activity)
			if !there || !stands(position, t) {
				continue
			}
			module := ed.modules[ed.module(position)].ID
			id := fmt.Sprintf("%s:%s:%s:%s:%d", news, l.Course, module, t.Of, t.At)
			i := slices.IndexFunc(all, func(n Notice) bool { return n.ID == id })
			if i < 0 {
				n := Notice{ID: id, At: t.At, News: news, Course: l.Course, Module: module}
				if news == NewsDue {
					n.Day = t.Of
				}
				all, i = append(all, n), len(all)
			}
			all[i].Activities = append(all[i].Activities, activity)
		}
	}
	group(NewsOpened, l.Releases, func(position int, t Told) bool {
		return !isFinished(l.cells[position]) && ed.opens(position, c.Starts) == t.Of
	})
	group(NewsChanged, l.Changes, func(position int, _ Told) bool { return s.isChanged(l, position, language) })
	group(NewsDue, l.Dues, func(position int, t Told) bool {
		return ed.toDo(l.cells, position) && s.due(l, position, c.Starts) == t.Of
	})
	for i := range all {
		slices.SortFunc(all[i].Activities, func(a, b string) int {
			left, _ := ed.find(a)
			right, _ := ed.find(b)
			return cmp.Compare(left, right)
		})
	}
	return all
}
