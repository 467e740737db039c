package scheduling

import (
	"cmp"
	"strconv"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
)

// ErrQuota refuses a unit that has had its places of the month in the hours of another.
var ErrQuota = fault.New(fault.Conflict, "quota_reached", "the unit has no more of the places lent to it this month")

// loan is what is counted of lent places: whose hours, whose case, and the month of the appointment.
type loan struct {
	unit, other string
	month       int32 // 12 × year + month, on the Finnish calendar
}

func monthOf(d Day) int32 {
	year, month, _ := d.utc().Date()
	return int32(12*year + int(month))
}

func (s *State) loanOf(a *Appointment) loan {
	return loan{a.Unit, s.primary.Cases[a.Case].Unit, monthOf(s.calendar.dayOf(a.Start))}
}

// lentOut reports whether the unit of the case has had all the places of the month that the unit of the hours lends to it. A unit
// that nothing was lent to books as the sharing of the two lets it. soon is what a decision is about to change, if anything.
func (s *State) lentOut(b *Booking, d Day, soon *prospect) bool {
	other := s.borrower(b)
	places, lends := s.primary.Lent[Journey{b.Unit, other}]
	if !lends || other == b.Unit {
		return false
	}
	this := loan{b.Unit, other, monthOf(d)}
	used := s.borrowed[this]
	if a, ok := s.primary.Appointments[cmp.Or(b.Moves, b.Without)]; ok && a.Live() && s.loanOf(&a) == this {
		used--
	}
	if soon != nil {
		for _, id := range soon.gone {
			if a := s.primary.Appointments[id]; s.loanOf(&a) == this {
				used--
			}
		}
		for i := range soon.placed {
			l := s.loanOf(&soon.placed[i])
			for _, c := range soon.opened {
				if c.Case == soon.placed[i].Case {
					l.other = c.Unit
				}
			}
			if soon.placed[i].Case != "" && l == this {
				used++
			}
		}
	}
	return used >= places
}

// borrower is the unit of the booking's case.
func (s *State) borrower(b *Booking) string {
	if c, ok := s.primary.Cases[b.Case]; ok {
		return c.Unit
	}
	return b.OwnerUnit
}

// Quota is what a unit has used of the places lent to it in the month of a day. Next is the first day of the next month that has a
// place left; 0 when none of a year has.
type Quota struct {
	Places, Used int
	Next         Day
}

func (s *State) quotaOf(b *Booking, d Day) *Quota {
	other, month := s.borrower(b), monthOf(d)
	q := &Quota{Places: s.primary.Lent[Journey{b.Unit, other}], Used: s.borrowed[loan{b.Unit, other, month}]}
	for range 12 {
		if d = d.nextMonth(); d > lastDay {
			break
		}
		if !s.lentOut(b, d, nil) {
			q.Next = d
			break
		}
	}
	return q
}

// nextMonth is the first day of the month after.
func (d Day) nextMonth() Day {
	year, month, _ := d.utc().Date()
	return Day(time.Date(year, month+1, 1, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Lend decides how many places a month a unit lends to another; 0 ends it. What is booked already stays.
func (s *State) Lend(unit, to string, places int) (journal.Decision, error) {
	switch {
	case unit == to:
		return journal.Decision{}, fault.Bad("to", "unique")
	case places < 0 || places > MaxLimit:
		return journal.Decision{}, fault.ErrInvalid.Of(fault.Field{Name: "places", Code: "max", Limit: strconv.Itoa(MaxLimit)})
	case s.primary.Lent[Journey{unit, to}] == places:
		return journal.Decision{}, nil
	}
	return journal.Happens(PlacesLent{Unit: unit, Other: to, Places: places}), nil
}

// Lending is what one unit lends to another, and how much of it is used in a month.
type Lending struct {
	Unit, To     string
	Places, Used int
}

// lendings lists what the unit lends and borrows, with what is used in the month of the moment, in no order.
func (s *State) lendings(unit string, now time.Time) []Lending {
	var list []Lending
	month := monthOf(s.calendar.dayOf(now.UnixMilli()))
	for j, places := range s.primary.Lent {
		if j.Unit == unit || j.Other == unit {
			list = append(list, Lending{Unit: j.Unit, To: j.Other, Places: places, Used: s.borrowed[loan{j.Unit, j.Other, month}]})
		}
	}
	return list
}
