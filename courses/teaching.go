package courses

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/people"
)

// Group is a cohort with what its trainer wants to know first.
type Group struct {
	ID string
	Cohort
	UnitName string
	Learners int // who came in: only they count in the figures
	Invited  int // who did not yet
	Percent  int // of everything everybody has to do
	Behind   int
	Finished int

	edition *edition
}

// group sums a cohort up, and tells each of every learner if it is not nil; it is used inside View.
func (s *Service) group(id string, c *Cohort, now time.Time, each func(l *learner, c Completion, p people.Person)) Group {
	g := Group{ID: id, Cohort: *c, edition: s.state.editions[c.Course]}
	if u, known := s.borders.people.Unit(c.Unit); known {
		g.UnitName = u.Name
	}
	pace := s.state.paceOf(id, c, dayOf(now))
	all, total := 0, 0
	for _, l := range s.state.cohorts[id] {
		p, _ := s.borders.people.Person(l.Person)
		done := s.state.completion(l)
		if each != nil {
			each(l, done, p)
		}
		if p.Invited {
			g.Invited++
			continue
		}
		g.Learners++
		all, total = all+done.Done, total+done.Total
		if done.Complete() {
			g.Finished++
		} else if s.state.late(l, pace, c.Starts, done) {
			g.Behind++
		}
	}
	g.Percent = Percent(all, total)
	return g
}

// Groups lists the cohorts the caller may see, the newest start first.
func (s *Service) Groups(_ context.Context, caller auth.Caller) ([]Group, error) {
	now := s.now()
	groups := []Group{}
	s.journal.View(func() {
		for id, c := range s.state.data.Cohorts {
			if s.borders.sees(caller.Person, c.Unit) {
				groups = append(groups, s.group(id, c, now, nil))
			}
		}
	})
	slices.SortFunc(groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(b.Starts, a.Starts), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return groups, nil
}

// seen finds a cohort that the caller may see, or refuses; it is used inside View.
func (s *Service) seen(caller auth.Caller, cohort string) (*Cohort, error) {
	c := s.state.data.Cohorts[cohort]
	if c == nil || !s.borders.sees(caller.Person, c.Unit) {
		return nil, ErrUnknownCohort
	}
	return c, nil
}

// Group gives one cohort.
func (s *Service) Group(_ context.Context, caller auth.Caller, cohort string) (g Group, err error) {
	now := s.now()
	s.journal.View(func() {
		var c *Cohort
		if c, err = s.seen(caller, cohort); err == nil {
			g = s.group(cohort, c, now, nil)
		}
	})
	return g, err
}

// Open starts a cohort in a unit of the caller.
func (s *Service) Open(ctx context.Context, caller auth.Caller, c Cohort) (Group, error) {
	id := s.newID()
	answer, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.state.openCohort(s.borders, caller.Person, id, c)
	})
	if err != nil {
		return Group{}, err
	}
	if len(answer.IDs) != 1 {
		return Group{}, journal.ErrKeyReused
	}
	return s.Group(ctx, caller, answer.IDs[0])
}

// Enrol adds people to a cohort: all of them, or none.
func (s *Service) Enrol(ctx context.Context, caller auth.Caller, cohort string, persons []string) (Group, error) {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.state.enrolAll(s.borders, caller.Person, cohort, persons)
	})
	if err != nil {
		return Group{}, err
	}
	return s.Group(ctx, caller, cohort)
}

// Remove takes a learner out of a cohort. What they did is kept, should they come back.
func (s *Service) Remove(ctx context.Context, caller auth.Caller, cohort, person string) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.state.removeOne(s.borders, caller.Person, cohort, person)
	})
	return err
}

// mostCandidates is as many as one looks through.
const mostCandidates = 50

// Candidates lists people who could be enrolled and whose name holds the text, in the order of their names.
func (s *Service) Candidates(_ context.Context, caller auth.Caller, cohort, text string) ([]string, error) {
	var found []string
	var err error
	s.journal.View(func() {
		c, refused := s.state.cared(s.borders, caller.Person, cohort)
		if err = refused; err != nil {
			return
		}
		for p := range s.borders.people.People() {
			if l := s.state.learner(p.ID, c.Course); (l == nil || l.Cohort == "") && s.borders.mayLearn(p.ID, c.Unit) {
				found = append(found, p.ID)
			}
		}
	})
	if err != nil {
		return nil, err
	}
	text = folded(text)
	found = slices.DeleteFunc(found, func(person string) bool {
		name := s.names.Of(person).Name
		return name == "" || !strings.Contains(folded(name), text)
	})
	slices.SortFunc(found, s.names.Compare)
	return found[:min(len(found), mostCandidates)], nil
}

func folded(text string) string { return strings.ToLower(norm.NFC.String(strings.TrimSpace(text))) }

// Matrix is a cohort's learners with all their cells. Rows stand in the order of who needs the trainer most.
type Matrix struct {
	Group
	Rows  []Row
	cells []byte // of all rows, one after the other: one copy instead of hundreds
}

// Row is one learner of a matrix.
type Row struct {
	Person   string
	LastSeen time.Time
	Invited  bool // never came in
	Percent  int
	Cells    Cells
	modules  []ModuleCompletion
	from     int // where Cells start in the matrix's
}

// Matrix shows how far everybody in a cohort is: least done first, then longest away, then by name. Who never came in is last.
func (s *Service) Matrix(_ context.Context, caller auth.Caller, cohort string) (Matrix, error) {
	now := s.now()
	var m Matrix
	var err error
	s.journal.View(func() {
		var c *Cohort
		if c, err = s.seen(caller, cohort); err != nil {
			return
		}
		m.Rows = make([]Row, 0, len(s.state.cohorts[cohort]))
		m.cells = make([]byte, 0, cap(m.Rows)*len(s.state.editions[c.Course].order))
		m.Group = s.group(cohort, c, now, func(l *learner, c Completion, p people.Person) {
			from := len(m.cells)
			m.cells = s.state.shownCells(m.cells, l)
			m.Rows = append(m.Rows, Row{
				Person: l.Person, LastSeen: p.LastSeen, Invited: p.Invited, Percent: c.Percent(), modules: c.Modules, Cells: m.cells[from:len(m.cells):len(m.cells)], from: from,
			})
		})
	})
	if err != nil {
		return Matrix{}, err
	}
	slices.SortFunc(m.Rows, func(a, b Row) int {
		if a.Invited != b.Invited {
			if a.Invited {
				return 1
			}
			return -1
		}
		if a.Percent != b.Percent {
			return a.Percent - b.Percent
		}
		if order := a.LastSeen.Compare(b.LastSeen); order != 0 {
			return order
		}
		return s.names.Compare(a.Person, b.Person)
	})
	return m, nil
}

// Learner is one learner as their trainer sees them: what they did, never their drafts or places.
type Learner struct {
	Standing
	Content  *Content
	LastSeen time.Time
	Trains   bool            // the caller is a trainer of the cohort, and not this learner
	Spent    []string        // quizzes without attempts left, which the caller may reopen
	Today    string          // the Finnish day
	Tries    []Try           // what they try at work, oldest first
	Readable map[string]bool // the activities whose texts they let trainers read
}

// watched finds a learner in a cohort that the caller may see, or refuses; it is used inside View.
func (s *Service) watched(caller auth.Caller, cohort, person string) (*learner, error) {
	c, err := s.seen(caller, cohort)
	if err != nil {
		return nil, err
	}
	return s.state.member(cohort, c, person)
}

// Learner opens a learner. The look is in the access log before anything is shown.
func (s *Service) Learner(ctx context.Context, caller auth.Caller, cohort, person string) (Learner, error) {
	var course string
	var err error
	s.journal.View(func() {
		var l *learner
		if l, err = s.watched(caller, cohort, person); err == nil {
			course = l.Course
		}
	})
	if err != nil {
		return Learner{}, err
	}
	if err := s.access.Record(ctx, caller.Person, person, lookedAtProgress+course); err != nil {
		return Learner{}, err
	}
	var learner Learner
	s.journal.View(func() {
		l, watchErr := s.watched(caller, cohort, person)
		if err = watchErr; err != nil {
			return
		}
		p, _ := s.borders.people.Person(person)
		learner.Standing, learner.LastSeen = s.state.shown(l), p.LastSeen
		learner.Trains = person != caller.Person && s.borders.trains(caller.Person, s.state.data.Cohorts[cohort].Unit)
		learner.Tries, learner.Today = l.triesOf(), dayOf(s.now())
		if s.borders.trains(caller.Person, s.state.data.Cohorts[cohort].Unit) {
			learner.Readable = s.state.mayRead(l)
		}
		for i, t := range learner.Tries {
			learner.Tries[i] = t.shownTo(learner.Readable[t.Activity])
		}
	})
	if err != nil {
		return Learner{}, err
	}
	if learner.Trains {
		learner.Spent = s.mayReopen(caller, cohort, person)
	}
	learner.Content, err = s.contents.get(ctx, learner.Course, learner.hash)
	return learner, err
}

// Submission reads what a learner handed in last. The look is in the access log before anything is shown.
func (s *Service) Submission(ctx context.Context, caller auth.Caller, cohort, person, activity string) (text string, at time.Time, err error) {
	var t tally
	var course string
	s.journal.View(func() {
		l, watchErr := s.watched(caller, cohort, person)
		if err = watchErr; err != nil {
			return
		}
		course = l.Course
		standing := s.state.shown(l)
		if _, known := standing.numbers[activity]; known {
			t = standing.tallyOf(activity)
		}
	})
	if err != nil {
		return "", time.Time{}, err
	}
	if t.Last.Deed != handedIn || t.Last.Max > 0 {
		return "", time.Time{}, ErrUnknownActivity
	}
	if err := s.access.Record(ctx, caller.Person, person, lookedAtSubmission+subjectOf(course, activity)); err != nil {
		return "", time.Time{}, err
	}
	text, err = s.vault.Get(ctx, t.Text)
	return text, time.UnixMilli(t.TextAt).UTC(), err
}

// Counts gives the figures of the cohorts in the caller's units, without any learner, and those of all of them together.
func (s *Service) Counts(_ context.Context, caller auth.Caller) (cohorts []Figures, total Figures, err error) {
	now := s.now()
	var groups []Group
	s.journal.View(func() {
		for id, c := range s.state.data.Cohorts {
			if s.borders.counts(caller.Person, c.Unit) {
				groups = append(groups, s.group(id, c, now, nil))
			}
		}
	})
	slices.SortFunc(groups, func(a, b Group) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	done, asked := 0, 0
	for _, g := range groups {
		cohorts = append(cohorts, Figures{Cohort: g.ID, Name: g.Name, Learners: g.Learners, Finished: g.Finished, Percent: g.Percent})
		total.Learners += g.Learners
		total.Finished += g.Finished
		done, asked = done+g.Percent*g.Learners, asked+100*g.Learners
	}
	total.Percent = Percent(done, asked)
	if total.Learners > 0 && total.Learners < smallest {
		total = Figures{Hidden: true}
	}
	return masked(cohorts), total, nil
}
