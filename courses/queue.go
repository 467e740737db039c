package courses

import (
	"cmp"
	"context"
	"slices"
	"time"

	"luotsi/server/auth"
)

// mostQueued is as many entries as a page shows; the oldest ones.
const mostQueued = 500

// Queued is something that waits for a marker.
type Queued struct {
	Submission string
	What       What
	Step       string
	Since      time.Time
	Person     string
	Cohort     string
	CohortName string
	Mine       bool // the learner is the caller's first
	Course     string
	Activity   string
	Module     string
	By         string    // who marks it now; "" when nobody does
	Until      time.Time // of the reservation
	Asked      bool      // the caller was asked to be the second person
}

// Queue is what waits for the caller, the longest waiting first.
type Queue struct {
	Entries  []Queued
	Total    int       // before choosing a cohort or a module, and before cutting
	Cohorts  []Choice  // in which something waits
	Modules  []Choice  // the same
	Now      time.Time // when it was made
	Grouped  bool      // the caller has a small group
	Narrowed bool      // what others come first for is left out
	Others   int       // so much of it
}

// Wanted narrows a queue; what is empty does not.
type Wanted struct {
	Cohort string
	Module string
	Whose  Whose
}

// Choice is something to choose the queue by.
type Choice struct {
	ID     string
	Course string // of a module
	Name   string // of a cohort
	Count  int
}

// Queue lists what waits for the caller: of the cohorts of their units, and what they were asked to approve as the second person.
func (s *Service) Queue(_ context.Context, caller auth.Caller, wanted Wanted) (Queue, error) {
	q := Queue{Entries: []Queued{}, Now: s.now().UTC()}
	s.journal.View(func() {
		trains := map[string]bool{}
		for id, c := range s.state.data.Cohorts {
			trains[id] = s.borders.trains(caller.Person, c.Unit)
		}
		teaches := s.borders.teaches(caller.Person)
		firsts := s.state.firstsOf(s.borders, caller.Person, func(cohort string) bool { return trains[cohort] })
		q.Grouped, q.Narrowed = firsts.own > 0, firsts.narrows(wanted.Whose)
		for it, waits := range s.state.handed.queue {
			l := it.l
			if l.Cohort == "" || l.Person == caller.Person {
				continue
			}
			for _, w := range waits {
				asked := false
				if w.what == WaitsSecond {
					first := s.state.data.Marks.First[w.id]
					asked = first.Second == caller.Person && teaches
					if first.By == caller.Person {
						continue
					}
				}
				if p, _ := s.borders.people.Person(l.Person); p.Erased || !trains[l.Cohort] && !asked {
					continue
				}
				e := s.queued(it, w, q.Now)
				e.Asked, e.Mine = asked, asked || e.By == caller.Person || firsts.mine(l.Cohort, l.Person)
				q.Entries = append(q.Entries, e)
			}
		}
	})
	if q.Narrowed {
		all := len(q.Entries)
		q.Entries = slices.DeleteFunc(q.Entries, func(e Queued) bool { return !e.Mine })
		q.Others = all - len(q.Entries)
	}
	slices.SortFunc(q.Entries, func(a, b Queued) int {
		return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.Submission, b.Submission))
	})
	q.Total = len(q.Entries)
	q.Cohorts = choices(q.Entries, func(e Queued) Choice { return Choice{ID: e.Cohort, Name: e.CohortName} })
	q.Modules = choices(q.Entries, func(e Queued) Choice { return Choice{ID: e.Module, Course: e.Course} })
	q.Entries = slices.DeleteFunc(q.Entries, func(e Queued) bool {
		return wanted.Cohort != "" && e.Cohort != wanted.Cohort || wanted.Module != "" && e.Module != wanted.Module
	})
	q.Entries = q.Entries[:min(len(q.Entries), mostQueued)]
	return q, nil
}

// queued describes something that waits; it is used inside View.
func (s *Service) queued(it item, w waiting, now time.Time) Queued {
	ed := s.state.editions[it.l.Course]
	position := ed.positions[it.number]
	e := Queued{
		Submission: w.id, What: w.what, Step: w.step, Since: time.UnixMilli(w.since).UTC(), Person: it.l.Person, Cohort: it.l.Cohort,
		CohortName: s.state.data.Cohorts[it.l.Cohort].Name, Course: it.l.Course, Activity: ed.order[position].ID,
		Module: ed.modules[ed.module(position)].ID,
	}
	e.By, e.Until = s.state.data.Marks.reservedTo(w.id, now)
	return e
}

// choices counts entries by what they have in common, in the order of the ids.
func choices(entries []Queued, of func(Queued) Choice) []Choice {
	counted := map[Choice]int{}
	for _, e := range entries {
		counted[of(e)]++
	}
	all := make([]Choice, 0, len(counted))
	for c, n := range counted {
		c.Count = n
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b Choice) int {
		return cmp.Or(cmp.Compare(a.Course, b.Course), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return all
}
