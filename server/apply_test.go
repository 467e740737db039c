package main

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"luotsi/courses"
	"luotsi/scheduling"
	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/people"
)

// realMix gives the events of a region's year in their proportions: per 100 about 70 lessons done, 12 quizzes, 4 tasks, 4 bookings,
// 1 cancellation, 8 sign-outs, and now and then who was seen. People, courses and hours are there before.
func realMix(n int) (before, mix []journal.Event) {
	const learners, doctors, perCourse = 3500, 60, 130
	add := func(e journal.Event) { before = append(before, e) }
	add(people.OrganisationFounded{Org: "org", Name: "Alue"})
	add(people.UnitAdded{Unit: "unit", Name: "Terveysasema", Kind: "health_centre", Org: "org"})
	id := func(kind string, i int) string { return fmt.Sprintf("019f7a20-%s-7000-8000-%012d", kind, i) }
	var outline []courses.ModuleOutline
	for m := range 10 {
		module := courses.ModuleOutline{ID: fmt.Sprint("m", m)}
		for a := range perCourse / 10 {
			kind := courses.Lesson
			switch {
			case a == 12:
				kind = courses.Task
			case a > 9:
				kind = courses.Quiz
			}
			module.Activities = append(module.Activities, courses.ActivityOutline{ID: fmt.Sprintf("m%d-%02d", m, a), Kind: kind, Questions: 8, Pass: 6})
		}
		outline = append(outline, module)
	}
	add(courses.CourseVersionPublished{Course: "course", Hash: "hash", Modules: outline})
	for c := range 10 {
		add(courses.CohortOpened{Cohort: id("c0c0", c), Course: "course", Unit: "unit", Name: "Ryhmä", Starts: "2026-01-12"})
	}
	for l := range learners {
		add(people.PersonAdded{Person: id("aaaa", l), Org: "org", Language: "fi", Grants: []people.Placed{{Role: string(auth.Trainee), Unit: "unit"}}, Credential: id("bbbb", l)})
		add(courses.LearnerEnrolled{Cohort: id("c0c0", l/350), Course: "course", Person: id("aaaa", l)})
	}
	for d := range doctors {
		add(people.PersonAdded{Person: id("dddd", d), Org: "org", Language: "fi", Grants: []people.Placed{{Role: string(auth.Doctor), Unit: "unit"}}, Credential: id("eeee", d)})
	}
	start := time.Date(2026, 1, 12, 7, 0, 0, 0, time.UTC).UnixMilli()
	for i := range n {
		person := id("aaaa", i*7%learners)
		at := i / learners % perCourse
		activity := fmt.Sprintf("m%d-%02d", at/13, at%13)
		switch k := i % 100; {
		case k < 71:
			mix = append(mix, courses.ActivityDone{Course: "course", Person: person, Activity: activity})
		case k < 83:
			mix = append(mix, courses.QuizAttempted{Attempt: id("ffff", i), Course: "course", Person: person, Activity: activity, Points: 7, Max: 8, Passed: true})
		case k < 87:
			mix = append(mix, courses.TaskSubmitted{Submission: id("f0f0", i), Course: "course", Person: person, Activity: activity})
		case k < 91:
			mix = append(mix, scheduling.AppointmentBooked{
				Appointment: id("1111", i), Reference: fmt.Sprintf("%06d", i), Doctor: id("dddd", i%doctors), Unit: "unit",
				Start: start + int64(i)*60_000, Minutes: 30, Mode: scheduling.Phone,
				Participants: []scheduling.Participant{{Person: id("dddd", i%doctors), Role: auth.Doctor}, {Person: person, Role: auth.Coordinator}},
			})
		case k < 92:
			mix = append(mix, scheduling.AppointmentCancelled{Appointment: id("1111", i-1), Reason: scheduling.Client})
		default:
			mix = append(mix, people.SessionEnded{Person: person, Session: id("9999", i)})
		}
	}
	return before, mix
}

// BenchmarkApplyRealMix shows how many events a second all states together take in, and what a million of them weighs.
func BenchmarkApplyRealMix(b *testing.B) {
	const million = 1_000_000
	before, mix := realMix(million)
	at := time.Date(2026, 1, 12, 7, 0, 0, 0, time.UTC)
	for b.Loop() {
		s := newStates()
		list := s.list()
		number := uint64(0)
		apply := func(events []journal.Event) {
			for _, e := range events {
				number++
				meta := journal.Meta{Number: number, At: at.Add(time.Duration(number) * 30 * time.Second), By: "p"}
				for _, state := range list {
					state.Apply(meta, e)
				}
			}
		}
		b.StopTimer()
		apply(before)
		empty := heap()
		b.StartTimer()
		began := time.Now()
		apply(mix)
		b.ReportMetric(million/time.Since(began).Seconds(), "events/s")
		b.StopTimer()
		b.ReportMetric(float64(heap()-empty)/(1<<20), "MB/million")
		runtime.KeepAlive(list)
		b.StartTimer()
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
