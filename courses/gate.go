package courses

import (
	"time"

	"luotsi/server/fault"
)

// ErrLocked is the refusal of an activity that is not open yet; its info says why and what opens it.
var ErrLocked = fault.New(fault.Conflict, "locked", "this is not open yet")

// Gate says when a module or an activity opens and until when it is due. The zero Gate is always open and never due.
type Gate struct {
	// After lists modules and activities, all of them earlier in the course, that have to be finished first.
	After []string `bson:"after,omitempty"`
	Opens Moment   `bson:"opens,omitempty"`
	Due   Moment   `bson:"due,omitempty"`
}

// Moment is a Finnish calendar day, or one counted from the day a cohort starts. The zero Moment is no day at all.
type Moment struct {
	Day    string `bson:"day,omitempty"`
	Offset *int   `bson:"offset,omitempty"` // days after the start; 0 is the first day
}

// On gives the day for a cohort that starts on that day; "" when there is none.
func (m Moment) On(starts string) string {
	if m.Offset == nil {
		return m.Day
	}
	day, err := time.Parse(time.DateOnly, starts)
	if err != nil {
		return ""
	}
	return day.AddDate(0, 0, *m.Offset).Format(time.DateOnly)
}

// Lock is one reason why an activity is not open.
type Lock struct {
	Opens string // the day it opens; "" when it waits for something else
	After string // the module or activity that has to be finished first
}

// locks says why an activity is not open to a learner on that day; nothing when it is. What was finished, or only begun, stays
// open whatever a later version or date says.
func (e *edition) locks(cells Cells, position int, starts, today string) []Lock {
	if cells[position] != CellNone {
		return nil
	}
	var locks []Lock
	module := e.modules[e.module(position)]
	for _, gate := range []Gate{module.Gate, e.order[position].Gate} {
		if day := gate.Opens.On(starts); day > today {
			locks = append(locks, Lock{Opens: day})
		}
		for _, id := range gate.After {
			if !e.finished(cells, id) {
				locks = append(locks, Lock{After: id})
			}
		}
	}
	return locks
}

// finished reports whether a module (all that completion asks of it) or an activity is finished. What this version does not
// have any more holds nobody up.
func (e *edition) finished(cells Cells, id string) bool {
	if position, ok := e.find(id); ok {
		return isFinished(cells[position])
	}
	for m, module := range e.modules {
		if module.ID != id {
			continue
		}
		for a, activity := range module.Activities {
			if activity.asked() && !isFinished(cells[e.starts[m]+a]) {
				return false
			}
		}
		return true
	}
	return true
}

// due is the earlier of the days until which an activity is to be done: its own or its module's; "" when there is none.
func (e *edition) due(position int, starts string) string {
	day := e.order[position].Gate.Due.On(starts)
	if module := e.modules[e.module(position)].Gate.Due.On(starts); day == "" || module != "" && module < day {
		return module
	}
	return day
}
