package scheduling

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"luotsi/server/journal"
	"luotsi/server/mongodb"
)

// Projection keeps the collection appointments: one document per appointment for those who analyse, without anything that
// says who took part. Luotsi never reads it back.
type Projection struct {
	journal   *journal.Journal
	state     *State
	documents *mongodb.Collection[projected]
	marks     *mongodb.Collection[projectionMark]
	log       *slog.Logger
}

// projected is a readable copy of an appointment.
type projected struct {
	Unit         string     `bson:"unit"`
	Start        time.Time  `bson:"start"`
	Minutes      int        `bson:"minutes"`
	Mode         string     `bson:"mode"`
	State        string     `bson:"state"`
	Roles        []string   `bson:"roles"` // of the participants, sorted
	BookedAt     time.Time  `bson:"booked_at"`
	CancelledAt  *time.Time `bson:"cancelled_at,omitempty"`
	CancelReason string     `bson:"cancel_reason,omitempty"`
}

type projectionMark struct {
	Commit int64 `bson:"commit"`
}

const (
	projectionName  = "scheduling.appointments"
	markEvery       = 1000 // commits without an appointment, so that a restart does not read them all again
	projectionPause = time.Second
)

// NewProjection opens the collections.
func NewProjection(db *mongodb.Database, j *journal.Journal, s *State, log *slog.Logger) *Projection {
	return &Projection{
		journal: j, state: s, log: log,
		documents: mongodb.Open[projected](db, "appointments"), marks: mongodb.Open[projectionMark](db, "marks"),
	}
}

// Run follows the journal until ctx ends. A database that is away is tried again.
func (p *Projection) Run(ctx context.Context) {
	for ctx.Err() == nil {
		err := p.follow(ctx)
		if ctx.Err() != nil {
			return
		}
		p.log.Warn("follow the journal for the readable copies", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(projectionPause):
		}
	}
}

func (p *Projection) follow(ctx context.Context) error {
	m, err := p.marks.Get(ctx, projectionName)
	if err != nil && !errors.Is(err, mongodb.ErrNotFound) {
		return err
	}
	marked := uint64(m.Commit)
	return p.journal.Follow(ctx, marked, func(ctx context.Context, c journal.Commit) error {
		changed := false
		for _, event := range c.Events {
			id := ""
			switch e := event.(type) {
			case AppointmentBooked:
				id = e.Appointment
			case AppointmentCancelled:
				id = e.Appointment
			default:
				continue
			}
			changed = true
			if err := p.put(ctx, id); err != nil {
				return err
			}
		}
		if !changed && c.Number < marked+markEvery {
			return nil
		}
		if err := p.marks.Put(ctx, projectionName, projectionMark{Commit: int64(c.Number)}); err != nil {
			return err
		}
		marked = c.Number
		return nil
	})
}

// put writes an appointment as it is now; going over an old commit again does no harm.
func (p *Projection) put(ctx context.Context, id string) error {
	var a Appointment
	var ok bool
	p.journal.View(func() { a, ok = p.state.primary.Appointments[id] })
	if !ok {
		return nil
	}
	return p.documents.Put(ctx, id, project(&a))
}

func project(a *Appointment) projected {
	d := projected{
		Unit: a.Unit, Start: moment(a.Start), Minutes: int((a.End - a.Start) / minute), Mode: string(a.Mode), State: "booked",
		Roles: make([]string, len(a.Participants)), BookedAt: moment(a.BookedAt),
	}
	for i, who := range a.Participants {
		d.Roles[i] = string(who.Role)
	}
	slices.Sort(d.Roles)
	if !a.Live() {
		at := moment(a.CancelledAt)
		d.State, d.CancelledAt, d.CancelReason = "cancelled", &at, string(a.Reason)
	}
	return d
}

// Rebuild writes every copy anew and deletes those of appointments that are not there.
func (p *Projection) Rebuild(ctx context.Context) error {
	at := p.journal.Applied()
	copies := map[string]projected{}
	p.journal.View(func() {
		for id, a := range p.state.primary.Appointments {
			copies[id] = project(&a)
		}
	})
	var stray []string
	err := p.documents.Each(ctx, func(id string, _ projected) error {
		if _, ok := copies[id]; !ok {
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
	for id, d := range copies {
		if err := p.documents.Put(ctx, id, d); err != nil {
			return err
		}
	}
	return p.marks.Put(ctx, projectionName, projectionMark{Commit: int64(at)})
}
