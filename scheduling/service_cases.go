package scheduling

import (
	"cmp"
	"context"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

// roster answers who looks after cases today, and remembers it for as long as a list is made. It reads the state: use it
// inside one View or one rule.
type roster struct {
	s     *Service
	today Day
	known map[[2]string]string // owner, unit → who looks after their cases
	works map[[2]string]bool   // person, unit → whether they can
}

func (s *Service) roster() *roster {
	return &roster{s: s, today: s.state.calendar.dayOf(s.now().UnixMilli()), known: map[[2]string]string{}, works: map[[2]string]bool{}}
}

// owner is who answers for a case today.
func (r *roster) owner(c *Case) string {
	if _, away := r.s.state.absence(c.Owner, r.today); !away && r.answers(c.Owner, c.Unit) {
		return c.Owner
	}
	key := [2]string{c.Owner, c.Unit}
	if r.known[key] == "" {
		r.known[key] = r.s.state.ownerOn(c.Owner, r.today, r.staff(c.Unit))
	}
	return r.known[key]
}

// carries reports whether a case is somebody's to act on: theirs, also while they are away, or that of somebody for whom they
// stand in today.
func (r *roster) carries(person string, c *Case) bool {
	return c.Owner == person && r.answers(person, c.Unit) || r.owner(c) == person
}

// answers reports whether somebody can look after cases of a unit: they are active, and have a role that does in its
// organisation. Whoever lost theirs, or went to another organisation, can not. A doctor may have asked another organisation's.
func (r *roster) answers(person, unit string) bool {
	key := [2]string{person, unit}
	can, known := r.works[key]
	if !known {
		i := r.s.identity(person)
		u, there := r.s.people.Unit(unit)
		can = r.active(person) && (i.HasInOrg(u.Org, caseRoles...) || !there && i.Has(caseRoles...) || i.Has(auth.Doctor) && r.s.sees(i, unit))
		r.works[key] = can
	}
	return can
}

// caseRoles are the roles that look after cases.
var caseRoles = []auth.Role{auth.Coordinator, auth.Doctor, auth.Scheduler, auth.Admin}

func (r *roster) active(person string) bool {
	p, known := r.s.people.Person(person)
	return known && p.Active
}

func (r *roster) staff(unit string) *staff {
	with := func(role auth.Role) func() []string {
		return func() (list []string) {
			for person := range r.s.people.Members(unit) {
				if p, _ := r.s.people.Person(person); hasRole(p.Grants, unit, role) {
					list = append(list, person)
				}
			}
			return list
		}
	}
	return &staff{
		Active:       func(person string) bool { return r.answers(person, unit) },
		Coordinators: with(auth.Coordinator), Schedulers: with(auth.Scheduler),
		Admins: func() (list []string) {
			u, _ := r.s.people.Unit(unit)
			for p := range r.s.people.People() {
				if slices.ContainsFunc(p.Grants, func(g auth.Grant) bool { return g.Role == auth.Admin && g.Org == u.Org }) {
					list = append(list, p.ID)
				}
			}
			return list
		},
		Open: func(person string) int { return len(r.s.state.owned[person]) },
	}
}

// caseOf is an open case as a list shows it.
type caseOf struct {
	ID string
	Case
	UnitName string
	Next     *listed // the next appointment, if there is one
}

// Cases lists the open cases that the caller answers for: their own, and those of people for whom they stand in today. Those
// with an appointment to come are first, in its order; then the oldest.
func (s *Service) Cases(i auth.Identity) []caseOf {
	list := []caseOf{}
	now := s.now().UnixMilli()
	s.journal.View(func() {
		today := s.roster()
		for _, ids := range s.state.owned {
			for _, id := range ids {
				c := s.state.primary.Cases[id]
				if !today.carries(i.Person, &c) || s.state.hollow(id, now) {
					continue
				}
				of := caseOf{ID: id, Case: c}
				u, _ := s.people.Unit(c.Unit)
				of.UnitName = u.Name
				if next, coming := s.state.nextOf(id, now); coming {
					of.Next = &next
				}
				list = append(list, of)
			}
		}
	})
	slices.SortFunc(list, func(a, b caseOf) int {
		switch {
		case (a.Next == nil) != (b.Next == nil):
			if a.Next != nil {
				return -1
			}
			return 1
		case a.Next != nil && a.Next.Start != b.Next.Start:
			return cmp.Compare(a.Next.Start, b.Next.Start)
		}
		return cmp.Or(cmp.Compare(a.Opened, b.Opened), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// CloseCase ends a case of the caller's, or of somebody for whom they stand in.
func (s *Service) CloseCase(ctx context.Context, caller auth.Caller, id string) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		if !s.carries(caller.Identity, id) {
			return journal.Decision{}, ErrNoCase
		}
		return s.state.CloseCase(now, id)
	})
	return err
}

// dependenceOf is how much hangs on how many people in a unit.
type dependenceOf struct {
	Unit, UnitName string
	dependence
}

// Dependence counts the open cases of the units that the caller manages, or of the organisations they administer, by unit and
// over all of them. Units without open cases are left out.
func (s *Service) Dependence(i auth.Identity) (units []dependenceOf, all dependence) {
	now := s.now().UnixMilli()
	s.journal.View(func() {
		today := s.roster()
		of := map[string]*dependenceOf{}
		owners := map[string]map[string]bool{"": {}}
		for owner, ids := range s.state.owned {
			for _, id := range ids {
				c := s.state.primary.Cases[id]
				u, known := s.people.Unit(c.Unit)
				if !known || !i.HasIn(u.ID, auth.Manager) && !i.HasInOrg(u.Org, auth.Admin) || s.state.hollow(id, now) {
					continue
				}
				d := of[u.ID]
				if d == nil {
					d = &dependenceOf{Unit: u.ID, UnitName: u.Name}
					of[u.ID], owners[u.ID] = d, map[string]bool{}
				}
				who := today.owner(&c)
				for _, sum := range []*dependence{&d.dependence, &all} {
					sum.Open++
					if today.answers(who, c.Unit) {
						sum.Cared++
					}
					if who != owner {
						sum.Covered++
					}
				}
				owners[u.ID][owner], owners[""][owner] = true, true
			}
		}
		for unit, d := range of {
			d.Owners = len(owners[unit])
			units = append(units, *d)
		}
		all.Owners = len(owners[""])
	})
	slices.SortFunc(units, func(a, b dependenceOf) int {
		return cmp.Or(cmp.Compare(a.UnitName, b.UnitName), cmp.Compare(a.Unit, b.Unit))
	})
	return units, all
}
