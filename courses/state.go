package courses

import (
	"maps"
	"slices"

	"luotsi/server/journal"
	"luotsi/server/people"
)

// State is what is known of courses, cohorts and learners. It is read inside journal.View or inside a rule.
type State struct {
	data Data

	handed handed // derived; see state_feedback.go

	// Derived from data.
	editions  map[string]*edition
	learners  map[string][]*learner // by person
	cohorts   map[string][]*learner // by cohort
	courses   map[string][]*learner // by course, everybody who ever was enrolled
	certified map[string]string     // by enrolment, the number of its certificate
	touched   map[string]uint64     // by cohort, the newest commit that changed what its trainers see
	commit    uint64                // the one being applied
}

// Data is all that snapshots keep.
type Data struct {
	Courses    map[string]*Course
	Cohorts    map[string]*Cohort
	Enrolments map[string]*Enrolment // by "<course>:<person>"
	// Of quizzes, by runKey: attempts that are not over, and the vault ids of why somebody got more of them, one for each.
	Runs    map[string]*Run
	Granted map[string][]string
	Marks   Marks
	Group   GroupData
	Tries   map[string]*Try // by id

	Certificates CertificateData
	NoticesOff   map[string][]NoticeSwitch // by person
}

// Course is the history of a course.
type Course struct {
	// Activities holds the id of every activity there ever was; its place is its number, which never changes.
	Activities []string
	Versions   []Version // oldest first
}

// Version is one published version.
type Version struct {
	Hash    string
	At      int64 // unix ms
	Rules   Rules
	Modules []ModuleOutline
}

// Cohort is a group of learners in a course.
type Cohort struct {
	Course string
	Unit   string
	Name   string
	Starts string
}

// Enrolment is one person's way through one course.
type Enrolment struct {
	Course string
	Person string
	Cohort string // empty after the person was removed
	Since  int64  // unix ms; of the newest enrolling
	Trail  trail
	Texts  []string // vault ids, one for each step of the trail that has a text
	// Credits are the modules the learner need not do.
	Credits map[string]Credit
	// DoneOn are the days on which the learner did something elsewhere, by activity.
	DoneOn map[string]string
	// Extensions are days the learner has got, by activity, module or course.
	Extensions map[string]Extension
	// Replaced are the vault ids of what trainers said about credits and deadlines that others took the place of: how somebody was
	// judged is kept as long as they are, and goes with them.
	Replaced []string
	// Compensations are why contact days that were missed count, the newest of each day last.
	Compensations []Compensation
	// Reflections, Privacy and Opened are by activity: the newest text, who may know of it, and whether others ever might read it.
	Reflections map[string]Kept
	Privacy     map[string]Privacy
	Opened      map[string]bool
	// Releases, Changes and Dues are what the learner was told of, by activity: that it opened, that it changed, that it is due soon.
	Releases, Changes, Dues map[string]Told
}

// learner is an enrolment with its progress by the newest version.
type learner struct {
	*Enrolment
	cells    Cells
	daysLeft int    // contact days they were at that the newest version has no more
	tries    []*Try // oldest first
}

// count finds out anew how far a learner is. An attempt that was started is begun, before any step says so: no lock closes it.
func (s *State) count(l *learner) {
	ed := s.editions[l.Course]
	l.cells, l.daysLeft = ed.cells(l.Trail, l.Credits), ed.daysLeft(l.Trail)
	if len(s.data.Runs) == 0 {
		return
	}
	for position, a := range ed.order {
		if l.cells[position] == CellNone && s.run(l.Course, l.Person, a.ID) != nil {
			l.cells[position] = CellBegun
		}
	}
}

// NewState makes an empty state.
func NewState() *State {
	s := &State{data: Data{Courses: map[string]*Course{}, Cohorts: map[string]*Cohort{}, Enrolments: map[string]*Enrolment{}, Runs: map[string]*Run{}, Granted: map[string][]string{}, Tries: map[string]*Try{}, NoticesOff: map[string][]NoticeSwitch{}}}
	s.Reindex()
	return s
}

// Name is part of journal.State.
func (s *State) Name() string { return "courses" }

// Version is part of journal.State.
func (s *State) Version() int { return 13 }

// Primary is part of journal.State.
func (s *State) Primary() any { return &s.data }

// Apply is part of journal.State.
func (s *State) Apply(m journal.Meta, e journal.Event) {
	at := m.At.UnixMilli()
	s.commit = m.Number
	switch e := e.(type) {
	case ActivityDone:
		s.take(e.Person, e.Course, e.Activity, step{At: at, Deed: did}, "")
		s.doneOn(e)
	case TaskSubmitted:
		s.take(e.Person, e.Course, e.Activity, step{At: at, Deed: handedIn}, e.Submission)
	case ActivityViewed:
		s.take(e.Person, e.Course, e.Activity, step{At: at, Deed: viewed}, "")
	case ModuleCredited:
		s.credit(e.Person, e.Course, e.Module, &Credit{Kind: e.Kind, By: m.By, At: at, Basis: e.Basis})
	case CreditWithdrawn:
		s.credit(e.Person, e.Course, e.Module, nil)
	case CourseVersionPublished:
		s.publish(e, at)
	case CohortOpened:
		if s.data.Cohorts[e.Cohort] == nil {
			s.data.Cohorts[e.Cohort] = &Cohort{Course: e.Course, Unit: e.Unit, Name: e.Name, Starts: e.Starts}
		}
	case LearnerEnrolled:
		s.enrol(e, at)
	case LearnerRemoved:
		s.remove(e)
	case people.InvitationRenewed:
		s.touchAll(e.Person)
	case people.InvitationWithdrawn:
		s.touchAll(e.Person)
	case people.InvitationAccepted:
		s.touchAll(e.Person)
	case people.Seen:
		s.touchAll(e.Persons...)
	default:
		s.applyQuiz(m, e)
		s.applyGroup(m, e)
		s.applyChange(at, e)
		s.applyWork(at, e)
		s.applyReflection(at, e)
		s.applyCertificate(m, e)
		s.applyNotice(at, e)
	}
	s.applyFeedback(m, e)
}

// take adds a step. One that was taken in already, or that makes nothing more done, changes nothing.
func (s *State) take(person, course, activity string, st step, text string) {
	l, ed := s.learner(person, course), s.editions[course]
	if l == nil || ed == nil {
		return
	}
	number, known := ed.numbers[activity]
	if !known {
		return
	}
	st.Activity = number
	st.Final = ed.asked[number].metBy(st.Deed)
	position := ed.positions[number]
	if st.hasText() {
		if l.hasText(number, text) {
			return
		}
		l.Texts = append(l.Texts, text)
	} else if st.Deed == did && position >= 0 { // nearly all steps: the cell says the same without reading the trail
		if l.cells[position] == CellDone {
			return
		}
	} else if l.Trail.says(st) {
		return
	}
	l.Trail = l.Trail.add(st)
	if position >= 0 && !st.takesBack() {
		l.cells[position] = after(l.cells[position], st, st.Final)
	} else { // a day that is taken back, or one that the newest version has no more
		s.count(l)
	}
	if st.Deed == handedIn {
		s.tookIn(item{l, number}, text)
	}
	s.touched[l.Cohort] = s.commit
}

// credit gives a learner a module, or takes it back.
func (s *State) credit(person, course, module string, c *Credit) {
	l := s.learner(person, course)
	if l == nil {
		return
	}
	if before, credited := l.Credits[module]; credited && (c == nil || c.Basis != before.Basis) {
		l.replaced(before.Basis)
	}
	if c != nil {
		l.Credits = with(l.Credits, module, *c)
	} else {
		l.Credits = maps.Clone(l.Credits) // readers keep what they were given
		delete(l.Credits, module)
	}
	s.count(l)
	s.touched[l.Cohort] = s.commit
}

// with copies a map and sets one key: readers keep what they were given.
func with[T any](m map[string]T, key string, value T) map[string]T {
	m = maps.Clone(m)
	if m == nil {
		m = map[string]T{}
	}
	m[key] = value
	return m
}

// hasText reports whether a step of the activity has that text already. It reads the trail, which lies in one piece, and only
// the texts of that activity: looking at every text was two thirds of applying a year.
func (l *learner) hasText(activity int, text string) bool {
	n := 0
	for i := range l.Trail.steps() {
		st := l.Trail.at(i)
		if !st.hasText() {
			continue
		}
		if st.Activity == activity && l.Texts[n] == text {
			return true
		}
		n++
	}
	return false
}

func (s *State) publish(e CourseVersionPublished, at int64) {
	c := s.data.Courses[e.Course]
	if c == nil {
		c = &Course{}
		s.data.Courses[e.Course] = c
	}
	c.Versions = append(c.Versions, Version{Hash: e.Hash, At: at, Rules: e.Rules, Modules: e.Modules})
	for _, m := range e.Modules {
		for _, a := range m.Activities {
			if !slices.Contains(c.Activities, a.ID) {
				c.Activities = append(c.Activities, a.ID)
			}
		}
	}
	ed := newEdition(c)
	s.editions[e.Course] = ed
	for _, l := range s.courses[e.Course] {
		s.count(l)
		s.touched[l.Cohort] = s.commit
	}
}

func enrolmentID(course, person string) string { return course + ":" + person }

func (s *State) enrol(e LearnerEnrolled, at int64) {
	if s.data.Cohorts[e.Cohort] == nil || s.editions[e.Course] == nil {
		return
	}
	l := s.learner(e.Person, e.Course)
	if l == nil {
		enrolment := &Enrolment{Course: e.Course, Person: e.Person}
		s.data.Enrolments[enrolmentID(e.Course, e.Person)] = enrolment
		l = &learner{Enrolment: enrolment}
		s.count(l)
		s.learners[e.Person] = append(s.learners[e.Person], l)
		s.courses[e.Course] = append(s.courses[e.Course], l)
	}
	if l.Cohort != "" {
		return
	}
	l.Cohort, l.Since = e.Cohort, at
	s.cohorts[e.Cohort] = append(s.cohorts[e.Cohort], l)
	s.touched[e.Cohort] = s.commit
}

func (s *State) remove(e LearnerRemoved) {
	l := s.learner(e.Person, e.Course)
	if l == nil || l.Cohort != e.Cohort {
		return
	}
	l.Cohort = ""
	s.leaveGroups(e.Cohort, e.Person)
	s.cohorts[e.Cohort] = slices.DeleteFunc(s.cohorts[e.Cohort], func(other *learner) bool { return other == l })
	s.touched[e.Cohort] = s.commit
}

// Reindex is part of journal.State.
func (s *State) Reindex() {
	s.data.Group.ready()
	s.reindexCertificates()
	s.editions = make(map[string]*edition, len(s.data.Courses))
	for id, c := range s.data.Courses {
		s.editions[id] = newEdition(c)
	}
	s.learners = make(map[string][]*learner, len(s.data.Enrolments))
	s.cohorts = make(map[string][]*learner, len(s.data.Cohorts))
	s.courses = make(map[string][]*learner, len(s.data.Courses))
	s.touched = map[string]uint64{}
	for _, enrolment := range s.data.Enrolments {
		l := &learner{Enrolment: enrolment}
		s.count(l)
		s.learners[l.Person] = append(s.learners[l.Person], l)
		s.courses[l.Course] = append(s.courses[l.Course], l)
		if l.Cohort != "" {
			s.cohorts[l.Cohort] = append(s.cohorts[l.Cohort], l)
		}
	}
	s.reindexFeedback()
	s.reindexTries()
}

// learner finds a person's way through a course, also of one who was removed; nil when there is none.
func (s *State) learner(person, course string) *learner {
	for _, l := range s.learners[person] {
		if l.Course == course {
			return l
		}
	}
	return nil
}
