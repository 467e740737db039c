package main

import (
	"context"
	"slices"
	"time"

	"luotsi/courses"
)

// attendDemo marks the first contact day, which two missed, and makes small groups.
func (w *world) attendDemo(ctx context.Context, trainer string, learners []string) error {
	c := w.as(trainer)
	day := time.Now().AddDate(0, 0, -7).Format(time.DateOnly)
	absent := []string{learners[9], learners[12]}
	present := slices.DeleteFunc(slices.Clone(learners), func(person string) bool { return slices.Contains(absent, person) })
	err := w.courses.MarkAttendance(ctx, c, courses.AttendanceMarked{Cohort: "demo-cohort", Activity: "m1-day", Day: day, Present: present, Absent: absent})
	if err != nil {
		return err
	}
	for i, name := range []string{"Pienryhmä 1", "Pienryhmä 2"} {
		g := courses.SmallGroup{Cohort: "demo-cohort", Name: name, Members: learners[i*6 : i*6+6]}
		if i == 0 {
			g.Trainers = []string{trainer}
		}
		if err := w.courses.FormGroup(ctx, c, "demo-cohort", "", g); err != nil {
			return err
		}
	}
	return nil
}
