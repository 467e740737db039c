package scheduling

import (
	"fmt"
	"iter"
	"slices"
	"time"

	"luotsi/server/journal"
	"luotsi/server/people"
)

// Primary is all that is kept of scheduling; the rest of State is derived from it.
type Primary struct {
	Hours        map[string]Hours
	Exceptions   map[string]Exception
	Settings     map[string]Settings // by person
	Travel       map[Journey]int     // minutes
	Cases        map[string]Case
	Receptions   map[string]JointReception
	Lent         map[Journey]int // places a month that one unit lends to the other
	Appointments map[string]Appointment
	Resources    map[string]Resource
	Absences     map[string]Absence
	Returned     map[string][]Returned // by person, in the order of days
	ReturnsSince map[string]int64      // person → when they last changed how many days before
	Calendars    CalendarsPrimary
	Requests     map[string]Request
	Mailing      Mailing

	Files         map[string]CaseFile // by case
	Consultations map[string]Consultation
	Targets       map[string]int // unit → working days within which it answers consultations
}

// State is the hours and appointments of a region, in memory. The journal locks it: read it inside View or a rule.
type State struct {
	primary    Primary
	calendar   *calendar
	holdFor    time.Duration       // how long a time is kept; tests of what runs out shorten it
	plans      map[string]*plan    // by person or resource
	references map[string]string   // reference → case
	owned      map[string][]string // person → open cases that they carry
	ofCase     map[string][]string // case → its appointments, also those that ended
	borrowed   map[loan]int        // live appointments by whose hours, whose case, and month
	expiring   map[string]struct{} // live appointments whose time is not kept for good
	moves      map[string]string   // appointment → the time kept for it to move to
	resources  map[string][]string // unit → resources
	calendars  calendarIndex
	waitingLists
	days map[Day][]string // booked appointments of a day, in no order

	consultations map[string][]string // case → its consultations, in their order
	texted        map[string]struct{} // cases of which some text is kept
}

// NewState is empty.
func NewState() *State {
	s := &State{calendar: finland(), holdFor: HoldTime}
	s.Reindex()
	return s
}

// Name is the feature's name in snapshots.
func (s *State) Name() string { return "scheduling" }

// Version of Apply.
func (s *State) Version() int { return 6 }

// Primary is what snapshots keep.
func (s *State) Primary() any { return &s.primary }

// Apply takes in what happened.
func (s *State) Apply(m journal.Meta, event journal.Event) {
	s.applyMail(m, event)
	s.stir(event)
	switch e := event.(type) {
	case HoursAdded:
		h := Hours{
			Person: e.Person, Unit: e.Unit, Purpose: e.Purpose, Weekday: min(max(e.Weekday, 1), 7), From: e.From, To: e.To, Minutes: e.Minutes,
			ValidFrom: e.ValidFrom, ValidUntil: e.ValidUntil, Published: m.At.UnixMilli(), Publication: e.Publication,
		}
		s.primary.Hours[e.Hours] = h
		s.plan(e.Person).addHours(keptHours{e.Hours, h})
	case HoursRemoved:
		if h, ok := s.primary.Hours[e.Hours]; ok {
			delete(s.primary.Hours, e.Hours)
			p := s.plan(h.Person)
			p.hours[h.Weekday] = slices.DeleteFunc(p.hours[h.Weekday], func(k keptHours) bool { return k.ID == e.Hours })
		}
	case ExceptionAdded:
		x := Exception{
			Person: e.Person, Day: e.Day, Kind: e.Kind, From: e.From, To: e.To, Unit: e.Unit, Purpose: e.Purpose, Minutes: e.Minutes,
			Published: m.At.UnixMilli(), Publication: e.Publication,
		}
		s.primary.Exceptions[e.Exception] = x
		s.plan(e.Person).addException(keptException{e.Exception, x})
	case ExceptionRemoved:
		if x, ok := s.primary.Exceptions[e.Exception]; ok {
			delete(s.primary.Exceptions, e.Exception)
			p := s.plan(x.Person)
			p.exceptions = slices.DeleteFunc(p.exceptions, func(k keptException) bool { return k.ID == e.Exception })
		}
	case SettingsChanged:
		if s.primary.Settings[e.Person].ReturnDays != e.ReturnDays {
			s.primary.ReturnsSince[e.Person] = m.At.UnixMilli()
		}
		s.primary.Settings[e.Person] = Settings{
			Before: e.Before, After: e.After, Notice: e.Notice, Horizon: e.Horizon, DayLimit: e.DayLimit, MonthLimit: e.MonthLimit,
			ReturnDays: e.ReturnDays, Ask: e.Ask,
		}
	case TravelSet:
		if e.Minutes == 0 {
			delete(s.primary.Travel, Journey{e.Unit, e.Other})
		} else {
			s.primary.Travel[Journey{e.Unit, e.Other}] = e.Minutes
		}
	case people.PersonErased:
		s.forget(e.Person)
		s.forgetCalendars(e.Person)
		s.forgetTexts(e.Person, m.At.UnixMilli())
	default:
		s.applyResource(m, event)
		s.applyRequests(m, event)
		s.applyAppointments(m, event)
		s.applyReceptions(m, event)
		s.applyDeputy(m, event)
		s.applyCaseFile(m, event)
		s.applyConsultation(m, event)
		s.applyReturns(m, event)
		s.applyCase(m, event)
		s.applyCalendars(m, event)
	}
}

// forget drops an erased person's hours. The appointments stay, with an id that leads to nobody; Departures ends those to come.
func (s *State) forget(person string) {
	delete(s.primary.Settings, person)
	delete(s.primary.ReturnsSince, person)
	delete(s.primary.Returned, person)
	p := s.plans[person]
	if p == nil {
		return
	}
	for weekday := range p.hours {
		for _, h := range p.hours[weekday] {
			delete(s.primary.Hours, h.ID)
		}
		p.hours[weekday] = nil
	}
	for _, e := range p.exceptions {
		delete(s.primary.Exceptions, e.ID)
	}
	p.exceptions, p.returned = nil, nil
	s.forgetAbsences(p)
}

// Reindex rebuilds the plans and references.
func (s *State) Reindex() {
	if s.primary.Hours == nil {
		s.primary.Hours = map[string]Hours{}
	}
	if s.primary.Exceptions == nil {
		s.primary.Exceptions = map[string]Exception{}
	}
	if s.primary.Settings == nil {
		s.primary.Settings = map[string]Settings{}
	}
	if s.primary.Travel == nil {
		s.primary.Travel = map[Journey]int{}
	}
	s.reindexResources()
	s.reindexCalendars()
	s.reindexMail()
	s.plans = make(map[string]*plan)
	s.reindexDeputies()
	s.reindexReturns()
	s.reindexCases()
	for id, h := range s.primary.Hours {
		s.plan(h.Person).addHours(keptHours{id, h})
	}
	for id, x := range s.primary.Exceptions {
		s.plan(x.Person).addException(keptException{id, x})
	}
	s.reindexReceptions()
	s.reindexAppointments()
	s.reindexRequests()
	s.reindexConsultations()
	s.reindexCaseFiles()
}

// Check looks for what must never be, without the help of the indexes, and for indexes that differ from what they are made of.
func (s *State) Check() []string {
	wrong := slices.Concat(s.checkAppointments(), s.checkResources(), s.checkDeputies(), s.checkCases(), s.checkRequests(), s.checkMail(), s.checkReceptions(), s.checkConsultations(), s.checkCaseFiles())
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	hours, exceptions := map[string]int{}, map[string]int{}
	for _, h := range s.primary.Hours {
		hours[h.Person]++
	}
	for _, x := range s.primary.Exceptions {
		exceptions[x.Person]++
	}
	for person, p := range s.plans {
		indexed := 0
		for _, day := range p.hours {
			indexed += len(day)
			for i := range day {
				for j := range day[:i] {
					a, b := &day[i].Hours, &day[j].Hours
					if a.From < b.To && b.From < a.To && a.ValidFrom <= b.ValidUntil && b.ValidFrom <= a.ValidUntil {
						say("hours %s and %s of %s overlap", day[j].ID, day[i].ID, person)
					}
				}
			}
		}
		for _, e := range p.exceptions {
			if e.Kind == Open && !s.calendar.holiday(e.Day) {
				say("%s opens %s, which is no holiday", person, e.Day.Date())
			}
			if e.Kind == Extra && p.works(s.calendar, e.Day) && p.hoursAt(e.Day, e.From, e.To) {
				say("extra hours %s of %s overlap others", e.ID, person)
			}
		}
		if indexed != hours[person] || len(p.exceptions) != exceptions[person] {
			say("the hours of %s do not match", person)
		}
	}
	s.checkCalendars(say)
	return wrong
}

// Texts iterates over all texts of the vault that scheduling names and that are to be kept at this time, for sweeping the
// others. The journal locks it: read it inside View.
func (s *State) Texts(now time.Time) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, texts := range []iter.Seq[string]{s.resourceTexts(now), s.calendarTexts(), s.requestTexts(now)} {
			for id := range texts {
				if !yield(id) {
					return
				}
			}
		}
		for id := range s.caseTexts() {
			if !yield(id) {
				return
			}
		}
		for _, a := range s.primary.Appointments {
			for _, p := range a.Participants {
				if a.TextsGone == 0 && p.Guest != "" && !yield(p.Guest) {
					return
				}
			}
		}
	}
}

func (s *State) plan(person string) *plan {
	p := s.plans[person]
	if p == nil {
		p = &plan{}
		s.plans[person] = p
	}
	return p
}

func (p *plan) addHours(h keptHours) {
	day := &p.hours[h.Weekday]
	at, _ := slices.BinarySearchFunc(*day, h, orderHours)
	*day = slices.Insert(*day, at, h)
}

func (p *plan) addException(e keptException) {
	at, _ := slices.BinarySearchFunc(p.exceptions, e, orderExceptions)
	p.exceptions = slices.Insert(p.exceptions, at, e)
}
