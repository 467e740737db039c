package courses

import (
	"slices"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
)

// The refusals about contact days.
var (
	ErrNotContactDay  = fault.New(fault.Conflict, "not_contact_day", "this is no contact day of the course")
	ErrWasThere       = fault.New(fault.Conflict, "was_there", "who was there, or made it good already, has nothing to make good")
	ErrNotCompensated = fault.New(fault.NotFound, "not_compensated", "the contact day is not compensated")
)

// contactDay finds a contact day of the newest version, or refuses.
func (s *State) contactDay(course, activity string) (position int, err error) {
	e := s.editions[course]
	position, err = e.activity(activity)
	if err == nil && e.order[position].Kind != Contact {
		err = ErrNotContactDay
	}
	return position, err
}

// attendanceOf decides who was there. It can be said again, and the newest word counts.
func (s *State) attendanceOf(b borders, by string, now time.Time, e AttendanceMarked) (journal.Decision, error) {
	c, err := s.cared(b, by, e.Cohort)
	if err != nil {
		return journal.Decision{}, err
	}
	if _, err := s.contactDay(c.Course, e.Activity); err != nil {
		return journal.Decision{}, err
	}
	if e.Day > dayOf(now) {
		return journal.Decision{}, fault.Bad("day", "future")
	}
	if err := s.inCohort(e.Cohort, c, "present", e.Present); err != nil {
		return journal.Decision{}, err
	}
	if err := s.inCohort(e.Cohort, c, "absent", e.Absent); err != nil {
		return journal.Decision{}, err
	}
	if slices.Contains(e.Present, by) || slices.Contains(e.Absent, by) {
		return journal.Decision{}, ErrOwnWork
	}
	for i, person := range e.Absent {
		if slices.Contains(e.Present, person) {
			return journal.Decision{}, fault.Bad(indexed("absent", i), "both")
		}
	}
	e.Course = c.Course
	e.Absent = slices.DeleteFunc(slices.Clone(e.Absent), func(person string) bool { return s.wasThereElsewhere(e, person) })
	if s.marked(e) {
		return journal.Decision{}, nil
	}
	return journal.Happens(e), nil
}

// wasThereElsewhere reports whether somebody was on that contact day with a cohort that they were in before: that cohort's word about its
// own day is not this one's to take back. All words of one marking have its moment.
func (s *State) wasThereElsewhere(e AttendanceMarked, person string) bool {
	newest := s.learner(person, e.Course).Trail.attendance(s.editions[e.Course].numbers[e.Activity])
	own := s.data.Group.Attendance[attendanceID(e.Cohort, e.Activity)]
	return newest.Deed == attended && (own == nil || !slices.Contains(own.At, newest.At))
}

// marked reports whether all of it was said already.
func (s *State) marked(e AttendanceMarked) bool {
	a := s.data.Group.Attendance[attendanceID(e.Cohort, e.Activity)]
	if a == nil || a.Day != e.Day {
		return false
	}
	number := s.editions[e.Course].numbers[e.Activity]
	says := func(persons []string, word deed) bool {
		return !slices.ContainsFunc(persons, func(person string) bool {
			return !s.learner(person, e.Course).Trail.says(step{Activity: number, Deed: word, Final: true})
		})
	}
	return says(e.Present, attended) && says(e.Absent, absent)
}

// compensate decides that a learner made a missed contact day good.
func (s *State) compensate(b borders, by, cohort string, e ContactDayCompensated) (journal.Decision, error) {
	l, err := s.trained(b, by, cohort, e.Person)
	if err != nil {
		return journal.Decision{}, err
	}
	if by == e.Person {
		return journal.Decision{}, ErrOwnWork
	}
	position, err := s.contactDay(l.Course, e.Activity)
	if err != nil {
		return journal.Decision{}, err
	}
	if isFinished(l.cells[position]) { // also by what was done before it became a contact day: a withdrawal would take that along
		return journal.Decision{}, ErrWasThere
	}
	e.Course = l.Course
	return journal.Happens(e), nil
}

// withdrawCompensation decides that a missed contact day counts as missed again.
func (s *State) withdrawCompensation(b borders, by, cohort, person, activity string) (journal.Decision, error) {
	l, err := s.trained(b, by, cohort, person)
	if err != nil {
		return journal.Decision{}, err
	}
	ed := s.editions[l.Course]
	if number, there := ed.numbers[activity]; !there || l.Trail.attendance(number).Deed != compensated {
		return journal.Decision{}, ErrNotCompensated
	}
	if position, there := ed.find(activity); there && l.cells[position] == CellDone { // it became something else, which they did
		return journal.Decision{}, ErrNotCompensated
	}
	return journal.Happens(CompensationWithdrawn{Course: l.Course, Person: person, Activity: activity}), nil
}

// attendance is the newest word on a learner's being there on a contact day; the zero step when there is none.
func (t trail) attendance(activity int) step {
	var newest, before step
	for i := range t.steps() {
		st := t.at(i)
		if st.Activity != activity {
			continue
		}
		switch st.Deed {
		case attended, absent:
			newest, before = st, st
		case compensated:
			newest = st
		case withdrawn:
			newest = before
		}
	}
	return newest
}
