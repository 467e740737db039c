package main

import (
	"fmt"
	"testing"
	"time"

	"luotsi/courses"
	"luotsi/courses/psycap"
	"luotsi/server/journal"
	"luotsi/server/people"
)

// BenchmarkTick is of looking whom to tell what: 3000 cohorts of 30 people, of whom a tenth were told just now and the rest two years ago.
// Nobody writes while it looks.
func BenchmarkTick(b *testing.B) {
	r := openRegion(b)
	p := r.place["own"]
	meta := journal.Meta{At: time.Now().Add(-time.Hour)}
	apply := func(e journal.Event) {
		for _, s := range r.states.list() {
			s.Apply(meta, e)
		}
	}
	points := []psycap.Point{psycap.Start, psycap.End, psycap.HalfYear}
	for c := range 3000 {
		id := fmt.Sprintf("c%d", c)
		starts := finnishToday() - 10
		if c >= 300 {
			starts = finnishToday() - 700
			meta.At = time.Now().AddDate(0, 0, -700)
		}
		apply(courses.CohortOpened{Cohort: id, Course: p["course"], Unit: p["unit"], Name: id, Starts: string(starts.Date())})
		apply(psycap.MeasuresPlanned{Cohort: id, Ends: string((starts + 200).Date()), Days: 21, Measures: []psycap.Measure{
			{Instrument: "voimavarat", Version: "1", Points: points}, {Instrument: "tyokyky", Version: "1", Points: points},
		}})
		var told []string
		for n := range 30 {
			who := fmt.Sprintf("%s-%d", id, n)
			apply(people.PersonAdded{Person: who, Org: p["org"], Language: "fi", Grants: []people.Placed{{Role: "trainee", Unit: p["unit"]}}, Credential: who})
			apply(courses.LearnerEnrolled{Cohort: id, Course: p["course"], Person: who})
			told = append(told, who)
		}
		for _, round := range []int{0, 1, 2} {
			apply(psycap.MeasuresTold{Cohort: id, Point: psycap.Start, Round: round, Persons: told})
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := r.psycap.Tell(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
