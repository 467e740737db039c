package scheduling

import (
	"fmt"
	"slices"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
)

// ErrNoPublication refuses to take back what was not published together, or not any more.
var ErrNoPublication = fault.New(fault.NotFound, "not_found", "there is no such publication")

// MaxPublished is how many weekly rules and how many extra hours one publication has at most.
const MaxPublished = 20

// Publication is weekly and extra hours that are published together: all of them, or none.
type Publication struct {
	Person string
	Rules  []Hours
	Extras []Exception
}

// Publish decides whether all of a publication can be published. A refusal names the one that can not, as rules[1] or extras[0].
func (s *State) Publish(now time.Time, id string, ids []string, w Publication) (journal.Decision, error) {
	p := s.scratch(w.Person)
	var events []journal.Event
	for i, h := range w.Rules {
		h.Person, h.Publication = w.Person, id
		added, err := s.hoursAdded(now, p, ids[len(events)], h)
		if err != nil {
			return journal.Decision{}, within("rules", i, err)
		}
		events = append(events, added)
		h.ValidUntil = added.ValidUntil
		p.addHours(keptHours{added.Hours, h})
	}
	for i, x := range w.Extras {
		x.Person, x.Kind, x.Publication = w.Person, Extra, id
		added, err := s.exceptionAdded(now, p, ids[len(events)], x)
		if err != nil {
			return journal.Decision{}, within("extras", i, err)
		}
		events = append(events, added)
		p.addException(keptException{added.Exception, x})
	}
	if len(events) == 0 {
		return journal.Decision{}, fault.Bad("rules", "required")
	}
	return journal.Happens(events...).Answering(id), nil
}

// within says of which part of a list a refusal is.
func within(list string, i int, err error) error {
	f, ok := fault.As(err)
	if !ok {
		return err
	}
	name := fmt.Sprintf("%s[%d]", list, i)
	fields := slices.Clone(f.Fields)
	for n := range fields {
		fields[n].Name = name + "." + fields[n].Name
	}
	if len(fields) == 0 {
		fields = append(fields, fault.Field{Name: name, Code: f.Code})
	}
	return f.Of(fields...)
}

// Unpublish decides whether what was published together can be taken back together: what is left of it. Appointments in it stay.
func (s *State) Unpublish(person, id string) (journal.Decision, error) {
	var events []journal.Event
	if p := s.plans[person]; p != nil && id != "" {
		for weekday := range p.hours {
			for _, h := range p.hours[weekday] {
				if h.Publication == id {
					events = append(events, HoursRemoved{Hours: h.ID, Person: person})
				}
			}
		}
		for _, e := range p.exceptions {
			if e.Publication == id {
				events = append(events, ExceptionRemoved{Exception: e.ID, Person: person})
			}
		}
	}
	if len(events) == 0 {
		return journal.Decision{}, ErrNoPublication
	}
	return journal.Happens(events...), nil
}

// MoveHours decides whether weekly hours can become others from today on, in one step: nothing between the two is ever free for
// somebody else to take. Days that are over stay as they were.
func (s *State) MoveHours(now time.Time, rule, pastID, newID string, h Hours) (journal.Decision, error) {
	old, ok := s.primary.Hours[rule]
	if !ok || old.Person != h.Person {
		return journal.Decision{}, ErrNoHours
	}
	today := s.calendar.dayOf(now.UnixMilli())
	if old.ValidUntil < today {
		return journal.Decision{}, ErrHoursPast
	}
	p := s.scratch(h.Person)
	p.hours[old.Weekday] = slices.DeleteFunc(p.hours[old.Weekday], func(k keptHours) bool { return k.ID == rule })
	events := []journal.Event{HoursRemoved{Hours: rule, Person: h.Person}}
	sameTimes := old.Unit == h.Unit && old.Purpose.shown() == h.Purpose.shown() && old.Weekday == h.Weekday && old.From == h.From && old.To == h.To && old.Minutes == h.Minutes
	if old.ValidFrom < today && (!sameTimes || h.ValidFrom > old.ValidFrom) {
		past := old
		past.ValidUntil = today - 1
		events = append(events, HoursAdded{
			Hours: pastID, Person: past.Person, Unit: past.Unit, Purpose: past.Purpose, Weekday: past.Weekday, From: past.From, To: past.To,
			Minutes: past.Minutes, ValidFrom: past.ValidFrom, ValidUntil: past.ValidUntil,
		})
		p.addHours(keptHours{pastID, past})
		h.ValidFrom = max(h.ValidFrom, today)
	}
	added, err := s.hoursAdded(now, p, newID, h)
	if err != nil {
		return journal.Decision{}, err
	}
	return journal.Happens(append(events, added)...).Answering(newID), nil
}

// scratch is a copy of a person's hours and changed days to try changes on.
func (s *State) scratch(person string) *plan {
	p := &plan{}
	if of := s.plans[person]; of != nil {
		for weekday := range of.hours {
			p.hours[weekday] = slices.Clone(of.hours[weekday])
		}
		p.exceptions, p.absences = slices.Clone(of.exceptions), of.absences
	}
	return p
}
