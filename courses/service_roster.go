package courses

import (
	"cmp"
	"context"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/people"
)

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
	Next                 string // the activity that is to be done first; "" when it is not the learner's turn
	Waiting              int
	Behind, Away, Passed bool
	// Invited says that the learner never came in: they are neither behind nor away. Until is when their link stops, zero when there
	// is none, and MayInvite whether the caller may send another, or withdraw it.
	Invited, MayInvite bool
	Until              time.Time
	Group              string // the small group; "" when in none
	Mine               bool   // the caller looks after them first, or nobody does
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
		today := dayOf(now)
		pace, starts, waits, e := s.state.paceOf(cohort, c, today), c.started(), s.state.queuedIn(cohort, caller.Person), s.state.editions[c.Course]
		r.Group = s.group(cohort, c, now, func(l *learner, done Completion, p people.Person) {
			number, _ := s.state.goodCertificate(l.Course, l.Person)
			missing, next := done.Missing(), ""
			if position, ok := e.firstOpen(l.cells, c.Starts, today); ok {
				next = e.order[position].ID
			}
			r.Rows = append(r.Rows, RosterRow{
				Person: l.Person, LastSeen: p.LastSeen, Percent: done.Percent(), Missing: missing, Next: next, Waiting: waits[l.Person],
				Behind: !p.Invited && s.state.late(l, pace, c.Starts, done), Passed: !p.Invited && done.Complete(),
				Away:    !p.Invited && !done.Complete() && longAway(starts, time.UnixMilli(l.Since), p.LastSeen, now),
				Invited: p.Invited, Until: p.Invitation, MayInvite: p.Invited && r.Trains && s.borders.people.MayRenew(caller.Person, l.Person),
				Group:   in[l.Person],
				Mine:    firsts.mine(cohort, l.Person),
				Modules: len(done.Modules) - missing.Modules, Days: done.Days, Development: e.development(l.cells), Certificate: number,
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
