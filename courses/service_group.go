package courses

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
)

// The refusals about what trainers do with their cohorts.
var (
	ErrNotContactDay  = fault.New(fault.Conflict, "not_contact_day", "this is no contact day of the course")
	ErrWasThere       = fault.New(fault.Conflict, "was_there", "who was there, or made it good already, has nothing to make good")
	ErrUnknownGroup   = fault.New(fault.NotFound, "not_found", "no such small group in the cohort")
	ErrUnknownModule  = fault.New(fault.NotFound, "unknown_module", "the course has no such module")
	ErrNotCompensated = fault.New(fault.NotFound, "not_compensated", "the contact day is not compensated")
	ErrNothingCredits = fault.New(fault.NotFound, "not_credited", "the module is not credited")
)

// mostGroups bounds the small groups of a cohort.
const mostGroups = 50

// farthest is how far ahead a deadline can be moved.
const farthest = 2 * 365 * 24 * time.Hour

// cared finds a cohort whose trainer the person is, or refuses; it is used inside View or a rule.
func (s *State) cared(b borders, by, cohort string) (*Cohort, error) {
	c := s.data.Cohorts[cohort]
	if c == nil || !b.trains(by, c.Unit) {
		return nil, ErrUnknownCohort
	}
	return c, nil
}

// inCohort refuses people who are not in the cohort now, each under its place in the field.
func (s *State) inCohort(cohort string, c *Cohort, field string, persons []string) error {
	var wrong []fault.Field
	for i, person := range persons {
		if l := s.learner(person, c.Course); l == nil || l.Cohort != cohort || slices.Contains(persons[:i], person) {
			wrong = append(wrong, fault.Field{Name: indexed(field, i), Code: "unknown"})
		}
	}
	if len(wrong) > 0 {
		return fault.ErrInvalid.Of(wrong...)
	}
	return nil
}

// contactDay finds a contact day of the newest version, or refuses.
func (s *State) contactDay(course, activity string) (position int, err error) {
	e := s.editions[course]
	position, err = e.activity(activity)
	if err == nil && e.order[position].Kind != Contact {
		err = ErrNotContactDay
	}
	return position, err
}

// attendanceOf decides who was there. It can be said again, and the newest word counts.
func (s *State) attendanceOf(b borders, by string, now time.Time, e AttendanceMarked) (journal.Decision, error) {
	c, err := s.cared(b, by, e.Cohort)
	if err != nil {
		return journal.Decision{}, err
	}
	if _, err := s.contactDay(c.Course, e.Activity); err != nil {
		return journal.Decision{}, err
	}
	if e.Day > dayOf(now) {
		return journal.Decision{}, fault.Bad("day", "future")
	}
	if err := s.inCohort(e.Cohort, c, "present", e.Present); err != nil {
		return journal.Decision{}, err
	}
	if err := s.inCohort(e.Cohort, c, "absent", e.Absent); err != nil {
		return journal.Decision{}, err
	}
	if slices.Contains(e.Present, by) || slices.Contains(e.Absent, by) {
		return journal.Decision{}, ErrOwnWork
	}
	for i, person := range e.Absent {
		if slices.Contains(e.Present, person) {
			return journal.Decision{}, fault.Bad(indexed("absent", i), "both")
		}
	}
	e.Course = c.Course
	e.Absent = slices.DeleteFunc(slices.Clone(e.Absent), func(person string) bool { return s.wasThereElsewhere(e, person) })
	if s.marked(e) {
		return journal.Decision{}, nil
	}
	return journal.Happens(e), nil
}

// wasThereElsewhere reports whether somebody was on that contact day with a cohort that they were in before: that cohort's word about its
// own day is not this one's to take back. All words of one marking have its moment.
func (s *State) wasThereElsewhere(e AttendanceMarked, person string) bool {
	newest := s.learner(person, e.Course).Trail.attendance(s.editions[e.Course].numbers[e.Activity])
	own := s.data.Group.Attendance[attendanceID(e.Cohort, e.Activity)]
	return newest.Deed == attended && (own == nil || !slices.Contains(own.At, newest.At))
}

// marked reports whether all of it was said already.
func (s *State) marked(e AttendanceMarked) bool {
	a := s.data.Group.Attendance[attendanceID(e.Cohort, e.Activity)]
	if a == nil || a.Day != e.Day {
		return false
	}
	number := s.editions[e.Course].numbers[e.Activity]
	says := func(persons []string, word deed) bool {
		return !slices.ContainsFunc(persons, func(person string) bool {
			return !s.learner(person, e.Course).Trail.says(step{Activity: number, Deed: word, Final: true})
		})
	}
	return says(e.Present, attended) && says(e.Absent, absent)
}

// compensate decides that a learner made a missed contact day good.
func (s *State) compensate(b borders, by, cohort string, e ContactDayCompensated) (journal.Decision, error) {
	c, err := s.cared(b, by, cohort)
	if err != nil {
		return journal.Decision{}, err
	}
	l := s.learner(e.Person, c.Course)
	if l == nil || l.Cohort != cohort {
		return journal.Decision{}, ErrUnknownLearner
	}
	if by == e.Person {
		return journal.Decision{}, ErrOwnWork
	}
	position, err := s.contactDay(c.Course, e.Activity)
	if err != nil {
		return journal.Decision{}, err
	}
	if isFinished(l.cells[position]) { // also by what was done before it became a contact day: a withdrawal would take that along
		return journal.Decision{}, ErrWasThere
	}
	e.Course = c.Course
	return journal.Happens(e), nil
}

// extend decides on more time for learners, each with the id of their own copy of the reason. It never shortens: who has a later day
// keeps it, and the answer names them.
func (s *State) extend(b borders, by string, now time.Time, cohort, target, until string, persons, reasons []string) (journal.Decision, error) {
	c, err := s.cared(b, by, cohort)
	if err != nil {
		return journal.Decision{}, err
	}
	if err := s.inCohort(cohort, c, "people", persons); err != nil {
		return journal.Decision{}, err
	}
	if slices.Contains(persons, by) {
		return journal.Decision{}, ErrOwnWork
	}
	if !s.editions[c.Course].knows(c.Course, target) {
		return journal.Decision{}, fault.Bad("target", "unknown")
	}
	switch {
	case until < dayOf(now):
		return journal.Decision{}, fault.Bad("until", "past")
	case until > dayOf(now.Add(farthest)):
		return journal.Decision{}, fault.Bad("until", "far")
	}
	var events []journal.Event
	var later []string
	for i, person := range persons {
		if s.learner(person, c.Course).Extensions[target].Until > until {
			later = append(later, person)
			continue
		}
		events = append(events, DeadlineExtended{Course: c.Course, Person: person, Target: target, Until: until, Reason: reasons[i]})
	}
	return journal.Happens(events...).Answering(later...), nil
}

// knows reports whether the newest version has an activity or a module of that id, or is of that course.
func (e *edition) knows(course, id string) bool {
	_, activity := e.find(id)
	return activity || id == course || e.hasModule(id)
}

func (e *edition) hasModule(id string) bool {
	return slices.ContainsFunc(e.modules, func(m ModuleOutline) bool { return m.ID == id })
}

// creditModule decides that a learner need not do a module.
func (s *State) creditModule(b borders, by, cohort string, e ModuleCredited) (journal.Decision, error) {
	c, err := s.cared(b, by, cohort)
	if err != nil {
		return journal.Decision{}, err
	}
	l := s.learner(e.Person, c.Course)
	if l == nil || l.Cohort != cohort {
		return journal.Decision{}, ErrUnknownLearner
	}
	if by == e.Person {
		return journal.Decision{}, ErrOwnWork
	}
	if !s.editions[c.Course].hasModule(e.Module) {
		return journal.Decision{}, ErrUnknownModule
	}
	e.Course = c.Course
	return journal.Happens(e), nil
}

// withdrawCredit decides that a module counts by what was done again. What was withdrawn already stays so.
func (s *State) withdrawCredit(b borders, by, cohort, person, module string) (journal.Decision, error) {
	c, err := s.cared(b, by, cohort)
	if err != nil {
		return journal.Decision{}, err
	}
	l := s.learner(person, c.Course)
	if l == nil || l.Cohort != cohort {
		return journal.Decision{}, ErrUnknownLearner
	}
	if _, credited := l.Credits[module]; !credited {
		return journal.Decision{}, ErrNothingCredits
	}
	return journal.Happens(CreditWithdrawn{Course: c.Course, Person: person, Module: module}), nil
}

// withdrawCompensation decides that a missed contact day counts as missed again.
func (s *State) withdrawCompensation(b borders, by, cohort, person, activity string) (journal.Decision, error) {
	c, err := s.cared(b, by, cohort)
	if err != nil {
		return journal.Decision{}, err
	}
	l := s.learner(person, c.Course)
	if l == nil || l.Cohort != cohort {
		return journal.Decision{}, ErrUnknownLearner
	}
	ed := s.editions[c.Course]
	if number, there := ed.numbers[activity]; !there || l.Trail.attendance(number).Deed != compensated {
		return journal.Decision{}, ErrNotCompensated
	}
	if position, there := ed.find(activity); there && l.cells[position] == CellDone { // it became something else, which they did
		return journal.Decision{}, ErrNotCompensated
	}
	return journal.Happens(CompensationWithdrawn{Course: c.Course, Person: person, Activity: activity}), nil
}

// message decides on words to learners of a cohort.
func (s *State) message(b borders, by string, e CohortMessageSent) (journal.Decision, error) {
	c, err := s.cared(b, by, e.Cohort)
	if err != nil {
		return journal.Decision{}, err
	}
	if err := s.inCohort(e.Cohort, c, "people", e.Persons); err != nil {
		return journal.Decision{}, err
	}
	return journal.Happens(e).Answering(e.Text), nil
}

// form decides on a small group: a new one when old is empty.
func (s *State) form(b borders, by, cohort, old, id string, g SmallGroup) (journal.Decision, error) {
	c, err := s.cared(b, by, cohort)
	if err != nil {
		return journal.Decision{}, err
	}
	if err := s.inCohort(cohort, c, "members", g.Members); err != nil {
		return journal.Decision{}, err
	}
	unit, _ := b.people.Unit(c.Unit)
	for i, trainer := range g.Trainers {
		if p, known := b.people.Person(trainer); !known || p.Org != unit.Org || !slices.ContainsFunc(p.Grants, func(g auth.Grant) bool { return g.Role == auth.Trainer }) {
			return journal.Decision{}, fault.Bad(indexed("trainers", i), "unknown")
		}
	}
	count := 0
	for other, og := range s.data.Group.Groups {
		if og.Cohort == cohort && other != old {
			count++
			if og.Name == g.Name {
				return journal.Decision{}, fault.Bad("name", "taken")
			}
		}
	}
	if old != "" {
		if og := s.data.Group.Groups[old]; og == nil || og.Cohort != cohort {
			return journal.Decision{}, ErrUnknownGroup
		}
		return journal.Happens(GroupChanged{Group: old, Name: g.Name, Members: g.Members, Trainers: g.Trainers}).Answering(old), nil
	}
	if count >= mostGroups {
		return journal.Decision{}, fault.Bad("name", "many")
	}
	return journal.Happens(GroupFormed{Group: id, Cohort: cohort, Name: g.Name, Members: g.Members, Trainers: g.Trainers}).Answering(id), nil
}

// MarkAttendance says who was there on a contact day: everybody in one commit.
func (s *Service) MarkAttendance(ctx context.Context, caller auth.Caller, e AttendanceMarked) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		return s.state.attendanceOf(s.borders, caller.Person, now, e)
	})
	return err
}

// Compensate says that a learner made a missed contact day good, and why that counts.
func (s *Service) Compensate(ctx context.Context, caller auth.Caller, cohort, person, activity, basis string) error {
	_, err := s.keepTexts(ctx, caller, []string{person}, basis, func(ids []string, _ time.Time) (journal.Decision, error) {
		return s.state.compensate(s.borders, caller.Person, cohort, ContactDayCompensated{Person: person, Activity: activity, Basis: ids[0]})
	})
	return err
}

// CreditModule says that a learner need not do a module, and why.
func (s *Service) CreditModule(ctx context.Context, caller auth.Caller, cohort, person, module string, kind CreditKind, basis string) error {
	_, err := s.keepTexts(ctx, caller, []string{person}, basis, func(ids []string, _ time.Time) (journal.Decision, error) {
		return s.state.creditModule(s.borders, caller.Person, cohort, ModuleCredited{Person: person, Module: module, Kind: kind, Basis: ids[0]})
	})
	return err
}

// WithdrawCredit takes a credit back.
func (s *Service) WithdrawCredit(ctx context.Context, caller auth.Caller, cohort, person, module string) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.state.withdrawCredit(s.borders, caller.Person, cohort, person, module)
	})
	return err
}

// WithdrawCompensation takes back that a missed contact day counts.
func (s *Service) WithdrawCompensation(ctx context.Context, caller auth.Caller, cohort, person, activity string) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.state.withdrawCompensation(s.borders, caller.Person, cohort, person, activity)
	})
	return err
}

// Extend gives learners more time, and names those who keep the later day that they have.
func (s *Service) Extend(ctx context.Context, caller auth.Caller, cohort, target, until, reason string, persons []string) (later []string, err error) {
	var spare []string // copies of the reason that nothing names
	answer, err := s.keepTexts(ctx, caller, persons, reason, func(ids []string, now time.Time) (journal.Decision, error) {
		decision, err := s.state.extend(s.borders, caller.Person, now, cohort, target, until, persons, ids)
		spare = nil
		for i, person := range persons {
			if slices.Contains(decision.IDs, person) {
				spare = append(spare, ids[i])
			}
		}
		return decision, err
	})
	if err != nil {
		return nil, err
	}
	if !answer.Repeated {
		s.dropTexts(ctx, spare...)
	}
	return answer.IDs, nil
}

// letter is what the vault holds of a message.
type letter struct {
	Subject string `json:"subject"`
	Text    string `json:"text"`
}

// SendMessage writes to learners of a cohort; the outbox sends each a mail of their own.
func (s *Service) SendMessage(ctx context.Context, caller auth.Caller, cohort string, persons []string, subject, text string) error {
	kept, err := json.Marshal(letter{subject, text})
	if err != nil {
		return err
	}
	_, err = s.keepTexts(ctx, caller, []string{caller.Person}, string(kept), func(ids []string, _ time.Time) (journal.Decision, error) {
		return s.state.message(s.borders, caller.Person, CohortMessageSent{Message: ids[0], Cohort: cohort, Persons: persons, Text: ids[0]})
	})
	return err
}

// FormGroup makes a small group, or changes one when old is not empty.
func (s *Service) FormGroup(ctx context.Context, caller auth.Caller, cohort, old string, g SmallGroup) error {
	id := s.newID()
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.state.form(s.borders, caller.Person, cohort, old, id, g)
	})
	return err
}

// Roster is a cohort's learners with what a trainer acts on.
type Roster struct {
	Group
	Rows   []RosterRow
	Groups []RosterGroup
	// Trainers are the people who can have a small group.
	Trainers []string
	// Trains says whether the caller may change the cohort, Grouped whether they have a small group in it.
	Trains, Grouped bool
}

// RosterRow is one learner of a roster.
type RosterRow struct {
	Person               string
	LastSeen             time.Time
	Percent              int
	Missing              Missing
	Waiting              int
	Behind, Away, Passed bool
	Group                string // the small group; "" when in none
	Mine                 bool   // the caller looks after them first, or nobody does
	// For who wants it in a file: how far the development task is, and the number of the certificate.
	Modules     int // passed
	Days        int
	Development byte // its cell; 0 when the course has none
	Certificate string
}

// RosterGroup is a small group with its id.
type RosterGroup struct {
	ID string
	SmallGroup
}

// Roster lists everybody in a cohort by name.
func (s *Service) Roster(_ context.Context, caller auth.Caller, cohort string) (Roster, error) {
	now := s.now()
	var r Roster
	var err error
	s.journal.View(func() {
		var c *Cohort
		if c, err = s.seen(caller, cohort); err != nil {
			return
		}
		r.Trains = s.borders.trains(caller.Person, c.Unit)
		in := map[string]string{}
		for id, g := range s.state.data.Group.Groups {
			if g.Cohort == cohort {
				r.Groups = append(r.Groups, RosterGroup{id, *g})
				for _, person := range g.Members {
					in[person] = id
				}
			}
		}
		firsts := s.state.firstsOf(s.borders, caller.Person, func(other string) bool { return other == cohort })
		r.Grouped = firsts.own > 0
		unit, _ := s.borders.people.Unit(c.Unit)
		for p := range s.borders.people.People() {
			if p.Org == unit.Org && !p.Erased && slices.ContainsFunc(p.Grants, func(g auth.Grant) bool { return g.Role == auth.Trainer }) {
				r.Trainers = append(r.Trainers, p.ID)
			}
		}
		r.Rows = make([]RosterRow, 0, len(s.state.cohorts[cohort]))
		pace, starts := s.state.paceOf(cohort, c, dayOf(now)), c.started()
		r.Group = s.group(cohort, c, now, func(l *learner, done Completion, seen time.Time) {
			number, _ := s.state.goodCertificate(l.Course, l.Person)
			missing := done.Missing()
			r.Rows = append(r.Rows, RosterRow{
				Person: l.Person, LastSeen: seen, Percent: done.Percent(), Missing: missing, Waiting: l.cells.waiting(),
				Behind: s.state.late(l, pace, c.Starts, done), Passed: done.Complete(),
				Away: !done.Complete() && longAway(starts, time.UnixMilli(l.Since), seen, now), Group: in[l.Person],
				Mine:    firsts.mine(cohort, l.Person),
				Modules: len(done.Modules) - missing.Modules, Days: done.Days, Development: s.state.editions[l.Course].development(l.cells), Certificate: number,
			})
		})
	})
	if err != nil {
		return Roster{}, err
	}
	s.names.Sort(r.Trainers)
	slices.SortFunc(r.Groups, func(a, b RosterGroup) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	slices.SortFunc(r.Rows, func(a, b RosterRow) int { return s.names.Compare(a.Person, b.Person) })
	return r, nil
}

// ContactDay is a contact day of a cohort with what was marked of it.
type ContactDay struct {
	Activity string
	Module   int // its place in the course
	Day      string
	By       string
	At       time.Time
	Words    map[string]deed // by person
}

// ContactDays lists the contact days of a cohort's course, in order, with who was there.
func (s *Service) ContactDays(ctx context.Context, caller auth.Caller, cohort string) (days []ContactDay, persons []string, content *Content, err error) {
	var hash, course string
	s.journal.View(func() {
		c, seenErr := s.seen(caller, cohort)
		if err = seenErr; err != nil {
			return
		}
		e := s.state.editions[c.Course]
		hash, course = e.hash, c.Course
		for _, l := range s.state.cohorts[cohort] {
			persons = append(persons, l.Person)
		}
		for position, activity := range e.order {
			if activity.Kind != Contact {
				continue
			}
			day := ContactDay{Activity: activity.ID, Module: e.module(position), Words: map[string]deed{}}
			if a := s.state.data.Group.Attendance[attendanceID(cohort, activity.ID)]; a != nil {
				day.Day, day.By, day.At = a.Day, a.By[len(a.By)-1], time.UnixMilli(a.At[len(a.At)-1]).UTC()
			}
			for _, l := range s.state.cohorts[cohort] {
				if word := l.Trail.attendance(e.numbers[activity.ID]).Deed; word != 0 {
					day.Words[l.Person] = word
				}
			}
			days = append(days, day)
		}
	})
	if err != nil {
		return nil, nil, nil, err
	}
	s.names.Sort(persons)
	content, err = s.contents.get(ctx, course, hash)
	return days, persons, content, err
}
