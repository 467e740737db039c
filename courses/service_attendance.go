package courses

import (
	"context"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

// MarkAttendance says who was there on a contact day: everybody in one commit.
func (s *Service) MarkAttendance(ctx context.Context, caller auth.Caller, e AttendanceMarked) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		return s.state.attendanceOf(s.borders, caller.Person, now, e)
	})
	return err
}

// Compensate says that a learner made a missed contact day good, and why that counts.
func (s *Service) Compensate(ctx context.Context, caller auth.Caller, cohort, person, activity, basis string) error {
	_, err := s.keepTexts(ctx, caller, []string{person}, basis, func(ids []string, _ time.Time) (journal.Decision, error) {
		return s.state.compensate(s.borders, caller.Person, cohort, ContactDayCompensated{Person: person, Activity: activity, Basis: ids[0]})
	})
	return err
}

// WithdrawCompensation takes back that a missed contact day counts.
func (s *Service) WithdrawCompensation(ctx context.Context, caller auth.Caller, cohort, person, activity string) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.state.withdrawCompensation(s.borders, caller.Person, cohort, person, activity)
	})
	return err
}

// ContactDay is a contact day of a cohort with what was marked of it.
type ContactDay struct {
	Activity string
	Module   int // its place in the course
	Day      string
	By       string
	At       time.Time
	Words    map[string]deed // by person
}

// ContactDays lists the contact days of a cohort's course, in order, with who was there.
func (s *Service) ContactDays(ctx context.Context, caller auth.Caller, cohort string) (days []ContactDay, persons []string, content *Content, err error) {
	var hash, course string
	s.journal.View(func() {
		c, seenErr := s.seen(caller, cohort)
		if err = seenErr; err != nil {
			return
		}
		e := s.state.editions[c.Course]
		hash, course = e.hash, c.Course
		for _, l := range s.state.cohorts[cohort] {
			persons = append(persons, l.Person)
		}
		for position, activity := range e.order {
			if activity.Kind != Contact {
				continue
			}
			day := ContactDay{Activity: activity.ID, Module: e.module(position), Words: map[string]deed{}}
			if a := s.state.data.Group.Attendance[attendanceID(cohort, activity.ID)]; a != nil {
				day.Day, day.By, day.At = a.Day, a.By[len(a.By)-1], time.UnixMilli(a.At[len(a.At)-1]).UTC()
			}
			for _, l := range s.state.cohorts[cohort] {
				if word := l.Trail.attendance(e.numbers[activity.ID]).Deed; word != 0 {
					day.Words[l.Person] = word
				}
			}
			days = append(days, day)
		}
	})
	if err != nil {
		return nil, nil, nil, err
	}
	s.names.Sort(persons)
	content, err = s.contents.get(ctx, course, hash)
	return days, persons, content, err
}

// cohortName is what a cohort is called; "" when there is none.
func (s *Service) cohortName(cohort string) (name string) {
	s.journal.View(func() {
		if c := s.state.data.Cohorts[cohort]; c != nil {
			name = c.Name
		}
	})
	return name
}
