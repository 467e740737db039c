package scheduling

import (
	"log/slog"
	"maps"
	"slices"
	"time"

	"luotsi/server/journal"
	"luotsi/server/mongodb"
)

// projected is a readable copy of an appointment.
type projected struct {
	Unit         string     `bson:"unit"`
	Start        time.Time  `bson:"start"`
	Minutes      int        `bson:"minutes"`
	Mode         string     `bson:"mode"`
	State        string     `bson:"state"`
	Roles        []string   `bson:"roles"`               // of the participants, sorted
	Reception    string     `bson:"reception,omitempty"` // the id of the reception it is a place of
	Request      string     `bson:"request,omitempty"`   // the id of the waiting request it serves
	BookedAt     time.Time  `bson:"booked_at"`
	CancelledAt  *time.Time `bson:"cancelled_at,omitempty"`
	CancelReason string     `bson:"cancel_reason,omitempty"`
}

const projectionName = "scheduling.appointments"

// NewProjection keeps the collection appointments: one document per appointment, without anything that says who took part.
func NewProjection(db *mongodb.Database, j *journal.Journal, s *State, log *slog.Logger) *journal.Copies[projected] {
	return &journal.Copies[projected]{
		Name: projectionName, Journal: j, Log: log,
		Documents: mongodb.Open[projected](db, "appointments"), Marks: mongodb.Open[journal.CopiesMark](db, "marks"),
		Changed: changedBy,
		Keys:    func() []string { return slices.Collect(maps.Keys(s.primary.Appointments)) },
		Copy: func(id string) (string, projected, bool) {
			a, ok := s.primary.Appointments[id]
			if !ok {
				return id, projected{}, false
			}
			return id, project(&a), true
		},
	}
}

// changedBy lists the appointments that a commit changed.
func changedBy(c journal.Commit) (appointments []string) {
	for _, event := range c.Events {
		if id := appointmentOf(event); id != "" {
			appointments = append(appointments, id)
		}
	}
	return appointments
}

func project(a *Appointment) projected {
	d := projected{
		Unit: a.Unit, Start: moment(a.Start), Minutes: int((a.End - a.Start) / minute), Mode: string(a.Mode), State: string(a.Status),
		Roles: make([]string, len(a.Participants)), Reception: a.Reception, Request: a.Request, BookedAt: moment(a.BookedAt),
	}
	for i, who := range a.Participants {
		d.Roles[i] = string(who.Role)
	}
	slices.Sort(d.Roles)
	if !a.Live() {
		at := moment(a.EndedAt)
		d.CancelledAt, d.CancelReason = &at, string(a.Reason)
	}
	return d
}
