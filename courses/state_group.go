package courses

import (
	"slices"

	"luotsi/server/journal"
)

// Attendance is what was marked of one contact day of a cohort. Who was there is in the learners' trails.
type Attendance struct {
	Day string
	// By and At tell of every marking, the newest last.
	By []string
	At []int64 // unix ms
}

// SmallGroup is a part of a cohort with trainers of its own.
type SmallGroup struct {
	Cohort   string
	Name     string
	Members  []string
	Trainers []string
}

// Extension is a day until which a learner has, beyond what the course says.
type Extension struct {
	Until  string // a Finnish calendar day
	By     string
	At     int64  // unix ms
	Reason string // vault id
}

// Compensation is what a learner did instead of a contact day, as a trainer approved it.
type Compensation struct {
	Activity string
	By       string
	At       int64  // unix ms
	Basis    string // vault id
}

// Message is what a trainer wrote to learners of a cohort.
type Message struct {
	Cohort  string
	By      string
	At      int64 // unix ms
	Persons []string
	Text    string // vault id
}

// GroupData is what trainers did with their cohorts.
type GroupData struct {
	Attendance map[string]*Attendance // by "<cohort>:<activity>"
	Groups     map[string]*SmallGroup
	Messages   map[string]*Message
}

func (d *GroupData) ready() {
	if d.Attendance == nil {
		d.Attendance = map[string]*Attendance{}
	}
	if d.Groups == nil {
		d.Groups = map[string]*SmallGroup{}
	}
	if d.Messages == nil {
		d.Messages = map[string]*Message{}
	}
}

func attendanceID(cohort, activity string) string { return cohort + ":" + activity }

// applyGroup takes in what trainers do with their cohorts.
func (s *State) applyGroup(m journal.Meta, e journal.Event) {
	at := m.At.UnixMilli()
	d := &s.data.Group
	switch e := e.(type) {
	case AttendanceMarked:
		s.markAttendance(e, m.By, at)
	case ContactDayCompensated:
		s.take(e.Person, e.Course, e.Activity, step{At: at, Deed: compensated}, "")
		s.noteBasis(e, m.By, at)
	case CompensationWithdrawn:
		s.take(e.Person, e.Course, e.Activity, step{At: at, Deed: withdrawn}, "")
		s.dropBasis(e)
	case DeadlineExtended:
		if l := s.learner(e.Person, e.Course); l != nil {
			if before, given := l.Extensions[e.Target]; given && before.Reason != e.Reason {
				l.replaced(before.Reason)
			}
			l.Extensions = with(l.Extensions, e.Target, Extension{Until: e.Until, By: m.By, At: at, Reason: e.Reason})
			s.touched[l.Cohort] = s.commit
		}
	case CohortMessageSent:
		if d.Messages[e.Message] == nil {
			d.Messages[e.Message] = &Message{Cohort: e.Cohort, By: m.By, At: at, Persons: e.Persons, Text: e.Text}
		}
	case GroupFormed:
		if d.Groups[e.Group] == nil && s.data.Cohorts[e.Cohort] != nil {
			d.Groups[e.Group] = &SmallGroup{Cohort: e.Cohort}
			s.changeGroup(GroupChanged{e.Group, e.Name, e.Members, e.Trainers})
		}
	case GroupChanged:
		s.changeGroup(e)
	}
}

func (s *State) markAttendance(e AttendanceMarked, by string, at int64) {
	if s.data.Cohorts[e.Cohort] == nil {
		return
	}
	id := attendanceID(e.Cohort, e.Activity)
	a := s.data.Group.Attendance[id]
	if a == nil {
		a = &Attendance{}
		s.data.Group.Attendance[id] = a
	}
	a.Day, a.By, a.At = e.Day, append(a.By, by), append(a.At, at)
	for _, person := range e.Present {
		s.take(person, e.Course, e.Activity, step{At: at, Deed: attended}, "")
	}
	for _, person := range e.Absent {
		s.take(person, e.Course, e.Activity, step{At: at, Deed: absent}, "")
	}
	s.touched[e.Cohort] = s.commit
}

// noteBasis keeps why a contact day was compensated, as long as the learner's way is kept.
func (s *State) noteBasis(e ContactDayCompensated, by string, at int64) {
	l := s.learner(e.Person, e.Course)
	if l == nil || slices.ContainsFunc(l.Compensations, func(c Compensation) bool { return c.Basis == e.Basis }) {
		return
	}
	l.Compensations = append(slices.Clone(l.Compensations), Compensation{Activity: e.Activity, By: by, At: at, Basis: e.Basis})
}

// dropBasis forgets why a contact day was compensated: it is not any more.
func (s *State) dropBasis(e CompensationWithdrawn) {
	l := s.learner(e.Person, e.Course)
	if l == nil {
		return
	}
	l.Compensations = slices.DeleteFunc(slices.Clone(l.Compensations), func(c Compensation) bool {
		if c.Activity == e.Activity {
			l.replaced(c.Basis)
		}
		return c.Activity == e.Activity
	})
}

func (s *State) changeGroup(e GroupChanged) {
	g := s.data.Group.Groups[e.Group]
	if g == nil {
		return
	}
	for id := range s.data.Group.Groups { // nobody is in two small groups of a cohort
		if id != e.Group {
			s.leaveGroup(id, g.Cohort, e.Members)
		}
	}
	g.Name, g.Members, g.Trainers = e.Name, e.Members, e.Trainers
	s.touched[g.Cohort] = s.commit
}

// leaveGroups takes somebody who left a cohort out of its small groups: else no trainer could change those any more, for a small
// group has only people of its cohort.
func (s *State) leaveGroups(cohort, person string) {
	for id := range s.data.Group.Groups {
		s.leaveGroup(id, cohort, []string{person})
	}
}

func (s *State) leaveGroup(id, cohort string, persons []string) {
	if g := s.data.Group.Groups[id]; g.Cohort == cohort {
		g.Members = slices.DeleteFunc(slices.Clone(g.Members), func(person string) bool { return slices.Contains(persons, person) })
	}
}

// groupTexts iterates over the vault ids of messages; person narrows it to those that one person wrote.
func (s *State) groupTexts(person string) []string {
	var ids []string
	for _, m := range s.data.Group.Messages {
		if person == "" || m.By == person {
			ids = append(ids, m.Text)
		}
	}
	slices.Sort(ids)
	return ids
}

// touchAll says that something in the cohorts of these people is another than before.
func (s *State) touchAll(persons ...string) {
	for _, person := range persons {
		for _, l := range s.learners[person] {
			s.touched[l.Cohort] = s.commit
		}
	}
}
