package scheduling

import (
	"cmp"
	"fmt"
	"slices"
	"sort"

	"luotsi/server/journal"
	"luotsi/server/people"
)

// Primary is all that is kept of scheduling; the rest of State is derived from it.
type Primary struct {
	Hours        map[string]Hours
	Exceptions   map[string]Exception
	Appointments map[string]Appointment
	Resources    map[string]Resource
}

// State is the hours and appointments of a region, in memory. The journal locks it: read it inside View or a rule.
type State struct {
	primary    Primary
	calendar   *calendar
	plans      map[string]*plan    // by person
	references map[string]string   // reference → appointment
	resources  map[string][]string // unit → resources
}

// NewState is empty.
func NewState() *State {
	s := &State{calendar: finland()}
	s.Reindex()
	return s
}

// Name is the feature's name in snapshots.
func (s *State) Name() string { return "scheduling" }

// Version of Apply.
func (s *State) Version() int { return 2 }

// Primary is what snapshots keep.
func (s *State) Primary() any { return &s.primary }

// Apply takes in what happened.
func (s *State) Apply(m journal.Meta, event journal.Event) {
	switch e := event.(type) {
	case HoursAdded:
		h := Hours{
			Person: e.Person, Unit: e.Unit, Weekday: min(max(e.Weekday, 1), 7), From: e.From, To: e.To, Minutes: e.Minutes,
			ValidFrom: e.ValidFrom, ValidUntil: e.ValidUntil,
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
		x := Exception{Person: e.Person, Day: e.Day, Kind: e.Kind, From: e.From, To: e.To, Unit: e.Unit, Minutes: e.Minutes}
		s.primary.Exceptions[e.Exception] = x
		s.plan(e.Person).addException(keptException{e.Exception, x})
	case ExceptionRemoved:
		if x, ok := s.primary.Exceptions[e.Exception]; ok {
			delete(s.primary.Exceptions, e.Exception)
			p := s.plan(x.Person)
			p.exceptions = slices.DeleteFunc(p.exceptions, func(k keptException) bool { return k.ID == e.Exception })
		}
	case AppointmentBooked:
		a := e.appointment(m)
		s.primary.Appointments[e.Appointment] = a
		s.references[e.Reference] = e.Appointment
		for _, who := range a.Participants {
			p := s.plan(who.Person)
			p.all = append(p.all, e.Appointment)
			p.hold(a.Span(), e.Appointment)
		}
	case AppointmentCancelled:
		a, ok := s.primary.Appointments[e.Appointment]
		if !ok || !a.Live() {
			return
		}
		for _, who := range a.Participants {
			s.plan(who.Person).release(a.Span(), e.Appointment)
		}
		a.CancelledAt, a.CancelledBy, a.Reason = m.At.UnixMilli(), m.By, e.Reason
		s.primary.Appointments[e.Appointment] = a
	case people.PersonErased:
		s.forget(e.Person)
	default:
		s.applyResource(m, event)
	}
}

// forget drops an erased person's hours. The appointments stay, with an id that leads to nobody.
func (s *State) forget(person string) {
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
	p.exceptions = nil
}

// Reindex rebuilds the plans and references.
func (s *State) Reindex() {
	if s.primary.Hours == nil {
		s.primary.Hours = map[string]Hours{}
	}
	if s.primary.Exceptions == nil {
		s.primary.Exceptions = map[string]Exception{}
	}
	if s.primary.Appointments == nil {
		s.primary.Appointments = map[string]Appointment{}
	}
	s.reindexResources()
	s.plans = make(map[string]*plan)
	s.references = make(map[string]string, len(s.primary.Appointments))
	for id, h := range s.primary.Hours {
		s.plan(h.Person).addHours(keptHours{id, h})
	}
	for id, x := range s.primary.Exceptions {
		s.plan(x.Person).addException(keptException{id, x})
	}
	// In the order of time each appointment goes to the end of the lists, which makes this linear.
	for _, id := range s.appointmentsByStart() {
		a := s.primary.Appointments[id]
		s.references[a.Reference] = id
		for _, who := range a.Participants {
			p := s.plan(who.Person)
			p.all = append(p.all, id)
			if a.Live() {
				p.hold(a.Span(), id)
			}
		}
	}
}

func (s *State) appointmentsByStart() []string {
	type begun struct {
		start int64
		id    string
	}
	list := make([]begun, 0, len(s.primary.Appointments))
	for id, a := range s.primary.Appointments {
		list = append(list, begun{a.Start, id})
	}
	slices.SortFunc(list, func(a, b begun) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.id, b.id)) })
	ids := make([]string, len(list))
	for i := range list {
		ids[i] = list[i].id
	}
	return ids
}

// Check looks for what must never be, without the help of the indexes: a person in two live appointments at once, a reference
// used twice, hours of a person that overlap; and for indexes that differ from what they are made of.
func (s *State) Check() []string {
	wrong := s.checkResources()
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	last := map[string]string{} // person → their live appointment that began last
	live, all := map[string]int{}, map[string]int{}
	references := map[string]string{}
	for _, id := range s.appointmentsByStart() {
		a := s.primary.Appointments[id]
		if other, used := references[a.Reference]; used {
			say("appointments %s and %s have the same reference", other, id)
		}
		references[a.Reference] = id
		if s.references[a.Reference] != id {
			say("the reference of appointment %s leads elsewhere", id)
		}
		if a.End <= a.Start || len(a.Participants) == 0 || a.Participants[0].Person != a.Doctor {
			say("appointment %s has no length or no doctor", id)
		}
		for _, who := range a.Participants {
			all[who.Person]++
			if !a.Live() {
				continue
			}
			live[who.Person]++
			if before, ok := last[who.Person]; ok && s.primary.Appointments[before].End > a.Start {
				say("%s is in appointments %s and %s at once", who.Person, before, id)
			}
			last[who.Person] = id
			if p := s.plans[who.Person]; p == nil || !p.holds(a.Span(), id) {
				say("appointment %s does not hold the time of %s", id, who.Person)
			}
		}
	}
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
		if indexed != hours[person] || len(p.exceptions) != exceptions[person] || len(p.all) != all[person] ||
			len(p.live) != live[person] || len(p.liveIDs) != live[person] {
			say("the plan of %s does not match", person)
		}
	}
	return wrong
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

func (p *plan) position(t Span, id string) (int, bool) {
	at := sort.Search(len(p.live), func(i int) bool {
		return p.live[i].Start > t.Start || p.live[i].Start == t.Start && p.liveIDs[i] >= id
	})
	return at, at < len(p.live) && p.liveIDs[at] == id
}

func (p *plan) hold(t Span, id string) {
	if n := len(p.live); n == 0 || p.live[n-1].Start < t.Start {
		p.live, p.liveIDs = append(p.live, t), append(p.liveIDs, id)
		return
	}
	at, _ := p.position(t, id)
	p.live, p.liveIDs = slices.Insert(p.live, at, t), slices.Insert(p.liveIDs, at, id)
}

func (p *plan) release(t Span, id string) {
	if at, ok := p.position(t, id); ok {
		p.live, p.liveIDs = slices.Delete(p.live, at, at+1), slices.Delete(p.liveIDs, at, at+1)
	}
}

func (p *plan) holds(t Span, id string) bool {
	at, ok := p.position(t, id)
	return ok && p.live[at] == t
}
