package courses

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"luotsi/server/journal"
	"luotsi/server/mongodb"
	"luotsi/server/vault"
)

// Projection keeps the collection progress: one document per enrolment for those who analyse, under an id that only
// Luotsi's key can lead back to a person. Luotsi never reads it.
type Projection struct {
	journal   *journal.Journal
	state     *State
	vault     *vault.Vault
	documents *mongodb.Collection[projected]
	marks     *mongodb.Collection[projectionMark]
	log       *slog.Logger

	mu      sync.Mutex
	changed map[string]enrolmentKey // by enrolment id: what is to be written
	read    uint64                  // the newest commit that changed has
}

type enrolmentKey struct{ course, person string }

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

type projectionMark struct {
	Commit int64 `bson:"commit"`
}

const (
	projectionName  = "courses.progress"
	projectionEvery = time.Second
)

// NewProjection opens the collections.
func NewProjection(db *mongodb.Database, j *journal.Journal, s *State, v *vault.Vault, log *slog.Logger) *Projection {
	return &Projection{
		journal: j, state: s, vault: v, log: log, changed: map[string]enrolmentKey{},
		documents: mongodb.Open[projected](db, "progress"), marks: mongodb.Open[projectionMark](db, "marks"),
	}
}

// Run follows the journal until ctx ends and writes what changed every second. A database that is away is tried again.
func (p *Projection) Run(ctx context.Context) {
	for ctx.Err() == nil {
		err := p.follow(ctx)
		if ctx.Err() != nil {
			return
		}
		p.log.Warn("follow the journal for the readable copies", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(projectionEvery):
		}
	}
}

func (p *Projection) follow(ctx context.Context) error {
	m, err := p.marks.Get(ctx, projectionName)
	if errors.Is(err, mongodb.ErrNotFound) {
		if err = p.Rebuild(ctx); err == nil {
			m, err = p.marks.Get(ctx, projectionName)
		}
	}
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	written := make(chan error, 1)
	go func() {
		defer stop()
		written <- p.writeOften(ctx)
	}()
	err = p.journal.Follow(ctx, uint64(m.Commit), func(_ context.Context, c journal.Commit) error {
		p.note(c)
		return nil
	})
	stop()
	return errors.Join(err, <-written)
}

// note remembers which enrolments a commit changed.
func (p *Projection) note(c journal.Commit) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.read = c.Number
	one := func(course, person string) {
		p.changed[enrolmentID(course, person)] = enrolmentKey{course, person}
	}
	for _, event := range c.Events {
		switch e := event.(type) {
		case ActivityDone:
			one(e.Course, e.Person)
		case QuizAttempted:
			one(e.Course, e.Person)
		case TaskSubmitted:
			one(e.Course, e.Person)
		case LearnerEnrolled:
			one(e.Course, e.Person)
		case LearnerRemoved:
			one(e.Course, e.Person)
		case CourseVersionPublished:
			p.journal.View(func() {
				for _, l := range p.state.courses[e.Course] {
					one(l.Course, l.Person)
				}
			})
		}
	}
}

func (p *Projection) writeOften(ctx context.Context) error {
	ticker := time.NewTicker(projectionEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
			if err := p.write(ctx); err != nil {
				return err // following starts again from the mark
			}
		}
	}
}

// write replaces the copies that changed, as they are now, and then moves the mark.
func (p *Projection) write(ctx context.Context) error {
	p.mu.Lock()
	changed, read := p.changed, p.read
	p.changed, p.read = map[string]enrolmentKey{}, 0
	p.mu.Unlock()
	for _, k := range changed {
		if doc, ok := p.copyOf(k); ok {
			if err := p.documents.Put(ctx, p.id(k), doc); err != nil {
				return err
			}
		}
	}
	if read == 0 {
		return nil
	}
	return p.marks.Put(ctx, projectionName, projectionMark{Commit: int64(read)})
}

func (p *Projection) id(k enrolmentKey) string {
	return p.vault.Fingerprint(projectionName, enrolmentID(k.course, k.person))
}

func (p *Projection) copyOf(k enrolmentKey) (doc projected, ok bool) {
	var standing Standing
	var unit string
	p.journal.View(func() {
		if l := p.state.learner(k.person, k.course); l != nil {
			standing, ok = p.state.standing(l), true
			if c := p.state.data.Cohorts[l.Cohort]; c != nil {
				unit = c.Unit
			}
		}
	})
	if !ok {
		return projected{}, false
	}
	doc = projected{
		Course: standing.Course, Version: standing.hash, Cohort: standing.Cohort, Unit: unit, EnrolledAt: standing.Enrolled,
		Done: standing.Cells.Done(), Total: len(standing.Cells), Percent: standing.Cells.Percent(),
		Modules: make([]projectedModule, len(standing.modules)), Activities: []projectedActivity{},
	}
	for m, module := range standing.modules {
		doc.Modules[m] = projectedModule{module.ID, standing.of(m, standing.Cells).Percent()}
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

// Rebuild writes every copy anew and deletes those of enrolments that are not there.
func (p *Projection) Rebuild(ctx context.Context) error {
	at := p.journal.Applied()
	known := map[string]enrolmentKey{}
	p.journal.View(func() {
		for _, en := range p.state.data.Enrolments {
			k := enrolmentKey{en.Course, en.Person}
			known[p.id(k)] = k
		}
	})
	var stray []string
	err := p.documents.Each(ctx, func(id string, _ projected) error {
		if _, ok := known[id]; !ok {
			stray = append(stray, id)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range stray {
		if err := p.documents.Delete(ctx, id); err != nil {
			return err
		}
	}
	for id, k := range known {
		doc, _ := p.copyOf(k)
		if err := p.documents.Put(ctx, id, doc); err != nil {
			return err
		}
	}
	return p.marks.Put(ctx, projectionName, projectionMark{Commit: int64(at)})
}
