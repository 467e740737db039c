package scheduling

import (
	"cmp"
	"context"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
)

// mayBeAway reports whether somebody says when a person is away: themself, a scheduler of a unit where the person works, or
// an administrator of the person's organisation. It reads the state: call it inside View or a rule.
func (s *Service) mayBeAway(i auth.Identity, person string) bool {
	p, known := s.people.Person(person)
	if !known || p.Erased || !slices.ContainsFunc(p.Grants, func(g auth.Grant) bool { return slices.Contains(standsFor, g.Role) }) {
		return false
	}
	return i.Person == person || i.HasInOrg(p.Org, auth.Admin) || slices.ContainsFunc(p.Grants, func(g auth.Grant) bool {
		return slices.Contains(standsFor, g.Role) && i.HasIn(g.Unit, auth.Scheduler)
	})
}

// SetDeputy says that a person is away, and who stands in.
func (s *Service) SetDeputy(ctx context.Context, caller auth.Caller, a Absence) error {
	id := s.newID()
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		if !s.mayBeAway(caller.Identity, a.Person) {
			return journal.Decision{}, ErrNoAbsence
		}
		if a.Deputy != "" && !slices.Contains(s.deputiesFor(a.Person), a.Deputy) {
			return journal.Decision{}, fault.Bad("deputy", "unknown")
		}
		return s.state.SetDeputy(now, id, a)
	})
	return err
}

// EndDeputy says that a person is back.
func (s *Service) EndDeputy(ctx context.Context, caller auth.Caller, person, absence string) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		if !s.mayBeAway(caller.Identity, person) {
			return journal.Decision{}, ErrNoAbsence
		}
		return s.state.EndDeputy(now, person, absence)
	})
	return err
}

// standsInAt reports whether somebody was named to stand in, on the day of an appointment, for one of those who take part.
func (s *Service) standsInAt(deputy string, a *Appointment) bool {
	d := s.state.calendar.dayOf(a.Start)
	return slices.ContainsFunc(a.Participants, func(p Participant) bool {
		absence, away := s.state.absence(p.Person, d)
		return away && s.deputises(deputy, &absence)
	})
}

// deputises reports whether somebody was named to stand in for an absent person, and still can.
func (s *Service) deputises(deputy string, a *Absence) bool {
	return a.Deputy == deputy && canStandIn(s.people.Grants(deputy), s.people.Grants(a.Person))
}

// deputyOf is who answers at that moment in the place of a doctor of a unit who is away; empty when the doctor is there, or nobody
// can. It reads the state: call it inside View or a rule.
func (s *Service) deputyOf(doctor, unit string, now int64) string {
	return s.state.standIn(doctor, s.state.calendar.dayOf(now), func(person string) bool { return s.works(person, unit, auth.Doctor) })
}

// standsIn reports whether somebody answers at that moment in the place of the doctor of an appointment that is not over.
func (s *Service) standsIn(person string, a *Appointment, now int64) bool {
	return person != "" && a.End > now && s.deputyOf(a.Doctor, a.Unit, now) == person
}

// deputiesFor lists who can stand in for a person, in no order.
func (s *Service) deputiesFor(person string) []string {
	p, known := s.people.Person(person)
	if !known {
		return nil
	}
	var deputies []string
	for _, g := range p.Grants {
		for other := range s.people.Members(g.Unit) {
			o, _ := s.people.Person(other)
			if other != person && o.Active && canStandIn(o.Grants, p.Grants) && !slices.Contains(deputies, other) {
				deputies = append(deputies, other)
			}
		}
	}
	return deputies
}

// absenceOf is an absence with the person's coming appointments on its days, as far as the viewer may know of them.
type absenceOf struct {
	keptAbsence
	Appointments []listed
}

func (s *Service) absenceOf(k keptAbsence, now int64, may func(*Appointment) bool) absenceOf {
	of := absenceOf{k, []listed{}}
	p, c := s.state.plans[k.Person], s.state.calendar
	begin, end := p.touching(max(now, c.midnight(k.From)), c.midnight(k.Until+1))
	for _, h := range p.live[begin:end] {
		if a := s.state.primary.Appointments[h.id]; h.keeps(now) && may(&a) {
			of.Appointments = append(of.Appointments, listed{h.id, a})
		}
	}
	return of
}

// Absences lists when a person is away, from today on, and who could stand in, by name.
func (s *Service) Absences(i auth.Identity, person string) (absences []absenceOf, deputies []string, err error) {
	now := s.now().UnixMilli()
	s.journal.View(func() {
		if !s.mayBeAway(i, person) {
			err = ErrNoAbsence
			return
		}
		for _, k := range s.state.plans[person].absencesIn(s.state.calendar.dayOf(now), lastDay) {
			absences = append(absences, s.absenceOf(k, now, func(a *Appointment) bool { return s.maySee(i, a) }))
		}
		deputies = s.deputiesFor(person)
	})
	s.names.Sort(deputies)
	return absences, deputies, err
}

// colleagueAway is somebody whose absences a scheduler keeps: in which roles they work in the scheduler's units, and their absence of
// now or the next one.
type colleagueAway struct {
	Person string
	Roles  []auth.Role
	Units  []string
	Next   *Absence
}

// AwayInUnits lists the people of the units whose calendars the caller keeps, by name.
func (s *Service) AwayInUnits(i auth.Identity) []colleagueAway {
	list := []colleagueAway{}
	today := s.state.calendar.dayOf(s.now().UnixMilli())
	s.journal.View(func() {
		at := map[string]int{}
		for _, unit := range i.Units(auth.Scheduler) {
			for person := range s.people.Members(unit) {
				p, _ := s.people.Person(person)
				for _, g := range p.Grants {
					if !p.Active || g.Unit != unit || !slices.Contains(standsFor, g.Role) {
						continue
					}
					n, listed := at[person]
					if !listed {
						n, at[person] = len(list), len(list)
						one := colleagueAway{Person: person}
						if ahead := s.state.plans[person].absencesIn(today, lastDay); len(ahead) > 0 {
							one.Next = &ahead[0].Absence
						}
						list = append(list, one)
					}
					if !slices.Contains(list[n].Roles, g.Role) {
						list[n].Roles = append(list[n].Roles, g.Role)
					}
					if !slices.Contains(list[n].Units, unit) {
						list[n].Units = append(list[n].Units, unit)
					}
				}
			}
		}
	})
	slices.SortFunc(list, func(a, b colleagueAway) int { return s.names.Compare(a.Person, b.Person) })
	return list
}

// Covered lists the absences, from today on, in which the caller was named to stand in: what was booked before the person
// went away is theirs to look after.
func (s *Service) Covered(i auth.Identity) []absenceOf {
	list := []absenceOf{}
	now := s.now().UnixMilli()
	today := s.state.calendar.dayOf(now)
	s.journal.View(func() {
		for id, a := range s.state.primary.Absences {
			if s.deputises(i.Person, &a) && a.Until >= today {
				list = append(list, s.absenceOf(keptAbsence{id, a}, now, func(*Appointment) bool { return true }))
			}
		}
	})
	slices.SortFunc(list, func(a, b absenceOf) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.ID, b.ID)) })
	return list
}
