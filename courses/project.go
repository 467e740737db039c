package courses

import (
	"log/slog"
	"maps"
	"slices"
	"time"

	"luotsi/server/journal"
	"luotsi/server/mongodb"
	"luotsi/server/vault"
)

// projected is a readable copy of an enrolment, counted by the newest version of its course.
type projected struct {
	Course     string              `bson:"course"`
	Version    string              `bson:"version"`
	Cohort     string              `bson:"cohort,omitempty"` // none after the learner was removed
	Unit       string              `bson:"unit,omitempty"`
	EnrolledAt time.Time           `bson:"enrolled_at"`
	LastAt     *time.Time          `bson:"last_at,omitempty"` // of the newest thing the learner did
	Done       int                 `bson:"done"`
	Total      int                 `bson:"total"`
	Percent    int                 `bson:"percent"`
	Modules    []projectedModule   `bson:"modules"`
	Activities []projectedActivity `bson:"activities"` // those the learner did something in
}

type projectedModule struct {
	ID      string `bson:"id"`
	Percent int    `bson:"percent"`
}

type projectedActivity struct {
	ID       string     `bson:"id"`
	DoneAt   *time.Time `bson:"done_at,omitempty"`
	Attempts int        `bson:"attempts,omitempty"`
	Points   int        `bson:"points,omitempty"`
	Max      int        `bson:"max,omitempty"`
}

const projectionName = "courses.progress"

// NewProjection keeps the collection progress: one document per enrolment, under an id that only Luotsi's key can lead back
// to a person.
func NewProjection(db *mongodb.Database, j *journal.Journal, s *State, v *vault.Vault, log *slog.Logger) *journal.Copies[projected] {
	return &journal.Copies[projected]{
		Name: projectionName, Journal: j, Log: log,
		Documents: mongodb.Open[projected](db, "progress"), Marks: mongodb.Open[journal.CopiesMark](db, "marks"),
		Changed: func(c journal.Commit) []string { return s.changedBy(j, c) },
		Keys:    func() []string { return slices.Collect(maps.Keys(s.data.Enrolments)) },
		Copy: func(enrolment string) (string, projected, bool) {
			doc, ok := s.project(enrolment)
			return v.Fingerprint(projectionName, enrolment), doc, ok
		},
	}
}

// changedBy lists the enrolments that a commit changed.
func (s *State) changedBy(j *journal.Journal, c journal.Commit) (enrolments []string) {
	for _, event := range c.Events {
		switch e := event.(type) {
		case aboutLearner:
			enrolments = append(enrolments, enrolmentID(e.about()))
		case AttendanceMarked:
			for _, person := range slices.Concat(e.Present, e.Absent) {
				enrolments = append(enrolments, enrolmentID(e.Course, person))
			}
		case CourseVersionPublished:
			j.View(func() {
				for _, l := range s.courses[e.Course] {
					enrolments = append(enrolments, enrolmentID(l.Course, l.Person))
				}
			})
		}
	}
	return enrolments
}

// project copies an enrolment; it is called inside View.
func (s *State) project(enrolment string) (doc projected, ok bool) {
	en := s.data.Enrolments[enrolment]
	if en == nil {
		return projected{}, false
	}
	l := s.learner(en.Person, en.Course)
	if l == nil {
		return projected{}, false
	}
	standing, unit := s.shown(l), "" // what its writer hides is hidden here too
	if c := s.data.Cohorts[l.Cohort]; c != nil {
		unit = c.Unit
	}
	doc = projected{
		Course: standing.Course, Version: standing.hash, Cohort: standing.Cohort, Unit: unit, EnrolledAt: standing.Enrolled,
		Done: standing.Done, Total: standing.Total, Percent: standing.Percent(),
		Modules: make([]projectedModule, len(standing.modules)), Activities: []projectedActivity{},
	}
	for m, module := range standing.modules {
		doc.Modules[m] = projectedModule{module.ID, standing.Completion.Modules[m].Percent()}
	}
	for number, t := range standing.tallies() {
		if t.DoneAt == 0 && t.Attempts == 0 {
			continue
		}
		a := projectedActivity{ID: standing.ids[number], Attempts: t.Attempts, Points: t.Points, Max: t.Max}
		if t.DoneAt > 0 {
			a.DoneAt = when(t.DoneAt)
		}
		doc.Activities = append(doc.Activities, a)
	}
	if n := standing.trail.steps(); n > 0 {
		doc.LastAt = when(standing.trail.at(n - 1).At)
	}
	return doc, true
}
