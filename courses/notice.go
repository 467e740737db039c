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
	AboutMeasure  NoticeKind = "measure"   // the cohort is asked something
	AboutGoal     NoticeKind = "goal"      // a goal of one's own
)

// NoticeKinds lists all of them.
func NoticeKinds() []NoticeKind {
	return []NoticeKind{AboutFeedback, AboutRelease, AboutDue, AboutFollowUp, AboutFinished, AboutMeasure, AboutGoal}
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
	Count       int    // of what a measure asks
	Goal        string // its id
	Certificate string // its number
}

// noticesFor is how many days a notice is shown, and mostNotices how many.
const (
	noticesFor  = 60
	mostNotices = 50
)

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

// More gives what others than courses have to tell a person, inside View. What it lists is complete.
type More func(person string, now time.Time) []Notice

// WantsMail reports whether a person wants mails of a kind; it is asked inside View or a rule.
func (s *State) WantsMail(person string, kind NoticeKind) bool { return s.wants(person, kind, ByMail) }

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
func (s *State) noticesOf(b borders, person string, now time.Time, more More) (all []Notice) {
	p, known := b.people.Person(person)
	if !known || p.Erased {
		return nil
	}
	if more != nil {
		all = more(person, now)
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
		return ed.owed(l.cells, position) && s.due(l, position, c.Starts) == t.Of
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
