package scheduling

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"time"

	"luotsi/scheduling/ical"
	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/people"
	"luotsi/server/vault"
)

// Service is what people do with hours and appointments: may they, and then the rule inside the journal's one order.
type Service struct {
	journal   *journal.Journal
	state     *State
	people    *people.State
	names     *people.Names
	vault     *vault.Vault
	contacts  contacts
	newID     func() string
	now       func() time.Time
	organizer ical.Person
	publicURL string
}

// Options are what scheduling stands on. NewID makes ids that never repeat. Organizer is who sends invitations, the same
// for as long as Luotsi is used: calendars ignore a cancellation that comes from somebody else.
type Options struct {
	Journal   *journal.Journal
	State     *State
	People    *people.State
	Names     *people.Names
	Vault     *vault.Vault
	NewID     func() string
	Now       func() time.Time
	Organizer ical.Person
	PublicURL string
}

// NewService makes the service.
func NewService(o Options) *Service {
	return &Service{
		journal: o.Journal, state: o.State, people: o.People, names: o.Names, vault: o.Vault, contacts: contacts{of: map[string]contact{}, at: map[string]string{}}, newID: o.NewID, now: o.Now,
		organizer: o.Organizer, publicURL: o.PublicURL,
	}
}

// Wish is an appointment somebody asks for.
type Wish struct {
	Doctor, Unit string
	Start        time.Time
	Minutes      int
	Mode         Mode
	With         []string // further participants; whoever asks comes too, unless they keep the doctor's calendar for them
}

// Book makes an appointment and gives its id. It fails with a coded Conflict that shows who is taken and the next times.
func (s *Service) Book(ctx context.Context, caller auth.Caller, w Wish) (string, error) {
	b := Booking{
		Appointment: s.newID(), References: newReferences(), Unit: w.Unit,
		Start: w.Start.UnixMilli(), Minutes: w.Minutes, Mode: w.Mode,
	}
	answer, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		var err error
		if b.Attendees, err = s.attendees(caller.Identity, w.Doctor, w.Unit, w.With); err != nil {
			return journal.Decision{}, err
		}
		return s.state.Book(now, b)
	})
	var refusal *Refusal
	if errors.As(err, &refusal) {
		return "", s.explain(refusal)
	}
	if err != nil {
		return "", err
	}
	return answer.IDs[0], nil
}

// referenceLetters can be read out on the telephone: no vowels, so that no words come up, and nothing that looks alike.
const referenceLetters = "23456789CDFGHJKMNPQRTVWXZ"

// newReferences makes a few codes of six letters; the rule takes the first that nobody has.
func newReferences() []string {
	references := make([]string, 4)
	for i := range references {
		code := make([]byte, 0, 6)
		for len(code) < cap(code) {
			var random [16]byte
			rand.Read(random[:]) // never fails since Go 1.24
			for _, b := range random {
				// 250 is the greatest multiple of 25 in a byte: above it some letters would come more often.
				if b < 250 && len(code) < cap(code) {
					code = append(code, referenceLetters[int(b)%len(referenceLetters)])
				}
			}
		}
		references[i] = string(code)
	}
	return references
}

// Cancel cancels an appointment of the caller's, or of a doctor whose calendar they keep.
func (s *Service) Cancel(ctx context.Context, caller auth.Caller, appointment string, reason Reason) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		a, ok := s.state.primary.Appointments[appointment]
		if !ok || !maySee(caller.Identity, &a) {
			return journal.Decision{}, ErrNotThere
		}
		return s.state.Cancel(now, appointment, reason)
	})
	return err
}

// maySee lets in who takes part and who keeps calendars in the appointment's unit.
func maySee(i auth.Identity, a *Appointment) bool {
	return a.Has(i.Person) || i.HasIn(a.Unit, auth.Scheduler)
}

// Appointment gives one appointment to whoever may see it.
func (s *Service) Appointment(i auth.Identity, id string) (Appointment, error) {
	var a Appointment
	var ok bool
	s.journal.View(func() { a, ok = s.state.primary.Appointments[id] })
	if !ok || !maySee(i, &a) {
		return Appointment{}, ErrNotThere
	}
	return a, nil
}

// listed is an appointment with its id.
type listed struct {
	ID string
	Appointment
}

// Appointments lists, in the order of time, the caller's own appointments that touch the days, cancelled ones too; or those
// of a doctor in the units where the caller keeps calendars.
func (s *Service) Appointments(i auth.Identity, from, to Day, doctor string) []listed {
	who := i.Person
	if doctor != "" {
		who = doctor
	}
	list := []listed{}
	begin, end := s.state.calendar.midnight(from), s.state.calendar.midnight(to+1)
	s.journal.View(func() {
		p := s.state.plans[who]
		if p == nil {
			return
		}
		for _, id := range p.all {
			a := s.state.primary.Appointments[id]
			if a.Start < end && a.End > begin && (doctor == "" || a.Doctor == doctor) && maySee(i, &a) {
				list = append(list, listed{id, a})
			}
		}
	})
	slices.SortFunc(list, func(a, b listed) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.CancelledAt, a.CancelledAt), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// JointTimes finds the times of the doctor's hours in a unit that suit everybody, and who is to come.
func (s *Service) JointTimes(i auth.Identity, doctor, unit string, with []string, from, to Day, minutes int) (Found, []Attendee, error) {
	var found Found
	var attendees []Attendee
	var err error
	now := s.now().UnixMilli()
	s.journal.View(func() {
		if attendees, err = s.attendees(i, doctor, unit, with); err != nil {
			return
		}
		found = s.state.Search(Query{
			Unit: unit, From: from, To: to, Length: int64(minutes) * minute, NotBefore: now, Attendees: attendees,
		}, 0)
	})
	return found, attendees, err
}

// attendees says who comes to an appointment: the doctor, whoever asks, and the others, each once. Whoever keeps calendars in
// the doctor's unit may ask without coming, unless they are a coordinator. It reads the state: call it inside View or a rule.
func (s *Service) attendees(i auth.Identity, doctor, unit string, with []string) ([]Attendee, error) {
	if !s.works(doctor, unit, auth.Doctor) || !s.people.CanSee(i, unit, people.ForJointAppointments) {
		return nil, ErrPerson
	}
	list := make([]Attendee, 1, 2+len(with))
	list[0] = Attendee{Person: doctor, Role: auth.Doctor}
	add := func(person string) bool {
		if slices.ContainsFunc(list, func(a Attendee) bool { return a.Person == person }) {
			return true
		}
		a, ok := s.attendee(i, person)
		if ok {
			list = append(list, a)
		}
		return ok
	}
	switch {
	case i.Has(auth.Coordinator), !i.HasIn(unit, auth.Scheduler) && i.Has(auth.Doctor):
		if !add(i.Person) {
			return nil, ErrPerson
		}
	case !i.HasIn(unit, auth.Scheduler):
		return nil, auth.ErrForbidden
	}
	for _, person := range with {
		if !add(person) {
			return nil, ErrPerson
		}
	}
	if len(list) > MaxPeople {
		return nil, errTooMany
	}
	return list, nil
}

// attendee says in which role a person comes along: the first of coordinator, doctor and other professional that they have.
// The asker must be allowed to see them in such a role.
func (s *Service) attendee(i auth.Identity, person string) (Attendee, bool) {
	p, known := s.people.Person(person)
	if !known || !p.Active {
		return Attendee{}, false
	}
	seen := false
	best := len(comeAlong)
	for _, g := range p.Grants {
		if rank := slices.Index(comeAlong, g.Role); rank >= 0 {
			best = min(best, rank)
			seen = seen || person == i.Person || s.people.CanSee(i, g.Unit, people.ForJointAppointments)
		}
	}
	if !seen {
		return Attendee{}, false
	}
	role := comeAlong[best]
	return Attendee{Person: person, Role: role, Office: keepsOffice(role)}, true
}

// comeAlong are the roles in which people take part, the first that somebody has counts.
var comeAlong = []auth.Role{auth.Coordinator, auth.Doctor, auth.Professional}

// keepsOffice reports whether who comes in that role keeps office hours when they have given none of their own.
func keepsOffice(role auth.Role) bool { return role == auth.Coordinator || role == auth.Professional }

// works reports whether an active person has that role in the unit.
func (s *Service) works(person, unit string, role auth.Role) bool {
	p, known := s.people.Person(person)
	return known && p.Active && hasRole(p.Grants, unit, role)
}

func hasRole(grants []auth.Grant, unit string, role auth.Role) bool {
	return slices.ContainsFunc(grants, func(g auth.Grant) bool { return g.Unit == unit && g.Role == role })
}

// colleague is a person in a unit, as a choice for an appointment.
type colleague struct {
	Person   string
	Unit     string
	UnitName string
	Hours    int   // weekly hours in force or to come
	NextFree int64 // unix ms; 0 when there is none in the range of a search
}

// Colleagues lists the active people with a role in the units that the caller may see, sorted by name.
func (s *Service) Colleagues(i auth.Identity, role auth.Role) []colleague {
	list := []colleague{}
	now := s.now().UnixMilli()
	s.journal.View(func() {
		for unit := range s.people.Units() {
			if !s.people.CanSee(i, unit.ID, people.ForJointAppointments) {
				continue
			}
			for person := range s.people.Members(unit.ID) {
				if s.works(person, unit.ID, role) {
					c := colleague{Person: person, Unit: unit.ID, UnitName: unit.Name}
					if role == auth.Doctor {
						c.Hours, c.NextFree = s.state.outlook(person, unit.ID, now)
					}
					list = append(list, c)
				}
			}
		}
	})
	slices.SortFunc(list, func(a, b colleague) int {
		return cmp.Or(s.names.Compare(a.Person, b.Person), cmp.Compare(a.UnitName, b.UnitName), cmp.Compare(a.Unit, b.Unit))
	})
	return list
}

// outlook says how many weekly hours a doctor has in a unit, and when they are next free there.
func (s *State) outlook(doctor, unit string, now int64) (hours int, nextFree int64) {
	p := s.plans[doctor]
	if p == nil {
		return 0, 0
	}
	today := s.calendar.dayOf(now)
	for weekday := range p.hours {
		for i := range p.hours[weekday] {
			if h := &p.hours[weekday][i].Hours; h.Unit == unit && h.ValidUntil >= today {
				hours++
			}
		}
	}
	for from := today; from < today+MaxRange && from <= lastDay; from += 7 { // mostly the first week has one
		q := Query{Unit: unit, From: from, To: min(from+6, lastDay), NotBefore: now, Attendees: []Attendee{{Person: doctor}}}
		if found := s.Search(q, 1); len(found.Times) > 0 {
			return hours, found.Times[0].Start
		}
	}
	return hours, 0
}

// personTaken and the like are shown beside a refusal.
type personTaken struct {
	Person string `json:"person"`
	Name   string `json:"name"`
}

// timeView holds times that are written already: there may be hundreds, and encoding as many time.Time takes ten times as
// long as finding them.
type timeView struct {
	Start string `json:"start" format:"date-time"`
	End   string `json:"end" format:"date-time"`
}

type refusalView struct {
	Taken []personTaken `json:"taken"`
	Next  []timeView    `json:"next"`
}

func (s *Service) explain(r *Refusal) *fault.Error {
	v := refusalView{Taken: make([]personTaken, len(r.People)), Next: timeViews(r.Next)}
	for i, person := range r.People {
		v.Taken[i] = personTaken{person, s.names.Of(person).Name}
	}
	return r.Fault.With(v)
}

// timeViews writes all times into one text and shares it out: they are whole minutes, so each takes as much as layout.
func timeViews(times []Span) []timeView {
	const layout = "2006-01-02T15:04:05Z"
	text := make([]byte, 0, 2*len(times)*len(layout))
	for _, t := range times {
		text = moment(t.Start).AppendFormat(text, time.RFC3339)
		text = moment(t.End).AppendFormat(text, time.RFC3339)
	}
	all := string(text)
	views := make([]timeView, len(times))
	for i := range views {
		at := all[2*i*len(layout):]
		views[i] = timeView{Start: at[:len(layout)], End: at[len(layout) : 2*len(layout)]}
	}
	return views
}

func moment(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
