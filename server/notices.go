package main

import (
	"time"

	"luotsi/courses"
)

// notices are those of package psycap, for the feed that courses shows. It is asked inside View.
func (w *world) notices(person string, now time.Time) []courses.Notice {
	var all []courses.Notice
	for _, n := range w.psycap.Notices(person, now) {
		all = append(all, courses.Notice{
			ID: n.ID, At: n.At, News: courses.News(n.Kind), Course: n.Course, Day: n.Day, Count: n.Count, Goal: n.Goal,
		})
	}
	return all
}
