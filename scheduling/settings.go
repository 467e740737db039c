package scheduling

import (
	"strconv"

	"luotsi/server/fault"
	"luotsi/server/journal"
)

// Purpose is what a stretch of published hours is for: the service that is given in it.
type Purpose string

// The purposes. Joint hours can be booked for joint appointments; a reception is joint hours with a number of places; written
// hours are kept for written consultations and are never offered as times. Hours without a purpose are joint hours.
const (
	ForJoint     Purpose = "joint"
	ForReception Purpose = "reception"
	ForWritten   Purpose = "written"
)

// Settings is how a person wants to be booked. The zero value is everybody's until they say otherwise.
type Settings struct {
	Before, After int  // minutes kept free around each appointment
	Notice        int  // hours between booking and the appointment, at least; of a doctor's hours
	Horizon       int  // days ahead that can be booked, at most; 0 is no limit
	DayLimit      int  // appointments a day, at most; 0 is no limit
	MonthLimit    int  // appointments a month, at most; 0 is no limit
	ReturnDays    int  // days before, when a joint time nobody took returns to the doctor's own use; 0 is never
	Ask           bool // the doctor answers each request before it is booked
}

// The bounds of settings.
const (
	MaxBuffer  = 120     // minutes
	MaxNotice  = 30 * 24 // hours
	MaxHorizon = 730     // days
	MaxLimit   = 500     // appointments
	MaxReturn  = 60      // days
	maxTravel  = 4 * 60  // minutes
	widestGap  = int64(2*MaxBuffer+maxTravel) * minute
)

// ChangeSettings decides whether a person can be booked in that way.
func (s *State) ChangeSettings(person string, w Settings) (journal.Decision, error) {
	for _, f := range []struct {
		name        string
		value, most int
	}{
		{"before", w.Before, MaxBuffer},
		{"after", w.After, MaxBuffer},
		{"notice", w.Notice, MaxNotice},
		{"horizon", w.Horizon, MaxHorizon},
		{"dayLimit", w.DayLimit, MaxLimit},
		{"monthLimit", w.MonthLimit, MaxLimit},
		{"returnDays", w.ReturnDays, MaxReturn},
	} {
		switch {
		case f.value < 0:
			return journal.Decision{}, fault.ErrInvalid.Of(fault.Field{Name: f.name, Code: "min", Limit: "0"})
		case f.value > f.most:
			return journal.Decision{}, fault.ErrInvalid.Of(fault.Field{Name: f.name, Code: "max", Limit: strconv.Itoa(f.most)})
		}
	}
	if s.primary.Settings[person] == w {
		return journal.Decision{}, nil
	}
	return journal.Happens(SettingsChanged{
		Person: person, Before: w.Before, After: w.After, Notice: w.Notice, Horizon: w.Horizon, DayLimit: w.DayLimit,
		MonthLimit: w.MonthLimit, ReturnDays: w.ReturnDays, Ask: w.Ask,
	}), nil
}

// SetTravel decides how long it takes from one unit to another and back; 0 forgets it.
func (s *State) SetTravel(a, b string, minutes int) (journal.Decision, error) {
	switch {
	case a == b:
		return journal.Decision{}, fault.Bad("other", "unique")
	case minutes < 0 || minutes > maxTravel:
		return journal.Decision{}, fault.ErrInvalid.Of(fault.Field{Name: "minutes", Code: "max", Limit: strconv.Itoa(maxTravel)})
	case s.travel(a, b) == int64(minutes)*minute:
		return journal.Decision{}, nil
	}
	return journal.Happens(TravelSet{Unit: min(a, b), Other: max(a, b), Minutes: minutes}), nil
}

// Journey is from one unit to another; of a way that goes both ways the lesser id comes first.
type Journey struct{ Unit, Other string }

func (s *State) travel(a, b string) int64 {
	return int64(s.primary.Travel[Journey{min(a, b), max(a, b)}]) * minute
}
