package scheduling

import (
	"cmp"
	"fmt"
	"slices"

	"luotsi/server/journal"
)

// openCase takes a case in; who carries it has it among theirs until it is closed.
func (s *State) openCase(id string, c Case) {
	s.primary.Cases[id] = c
	s.references[c.Reference] = id
	if c.Closed == 0 {
		s.owned[c.Owner] = append(s.owned[c.Owner], id)
	}
}

func (s *State) applyCase(m journal.Meta, event journal.Event) {
	switch e := event.(type) {
	case CaseOpened:
		s.openCase(e.Case, Case{Reference: e.Reference, Unit: e.Unit, Owner: e.Owner, Opened: m.At.UnixMilli()})
	case CaseClosed:
		c, ok := s.primary.Cases[e.Case]
		if !ok || c.Closed != 0 {
			return
		}
		c.Closed = m.At.UnixMilli()
		s.primary.Cases[e.Case] = c
		s.owned[c.Owner] = slices.DeleteFunc(s.owned[c.Owner], func(id string) bool { return id == e.Case })
		if len(s.owned[c.Owner]) == 0 {
			delete(s.owned, c.Owner)
		}
	}
}

func (s *State) reindexCases() {
	if s.primary.Cases == nil {
		s.primary.Cases = map[string]Case{}
	}
	s.references = make(map[string]string, len(s.primary.Cases))
	s.owned = map[string][]string{}
	s.ofCase = map[string][]string{}
	for id, c := range s.primary.Cases {
		s.openCase(id, c)
	}
}

// casesOf lists what somebody carries or carried, the oldest first.
func (s *State) casesOf(person string) []ownCaseView {
	views := []ownCaseView{}
	for _, c := range s.primary.Cases {
		if c.Owner != person {
			continue
		}
		v := ownCaseView{Reference: c.Reference, Opened: moment(c.Opened)}
		if c.Closed != 0 {
			closed := moment(c.Closed)
			v.Closed = &closed
		}
		views = append(views, v)
	}
	slices.SortFunc(views, func(a, b ownCaseView) int {
		return cmp.Or(a.Opened.Compare(b.Opened), cmp.Compare(a.Reference, b.Reference))
	})
	return views
}

// checkCases looks for appointments without a case, and for lists of cases that differ from the cases.
func (s *State) checkCases() []string {
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	open, listed := 0, 0
	for _, c := range s.primary.Cases {
		if c.Closed == 0 {
			open++
		}
	}
	for owner, ids := range s.owned {
		listed += len(ids)
		for _, id := range ids {
			if c := s.primary.Cases[id]; c.Closed != 0 || c.Owner != owner {
				say("case %s is not an open one of %s", id, owner)
			}
		}
	}
	if open != listed {
		say("%d cases are open, their owners have %d", open, listed)
	}
	appointments := 0
	for id, ids := range s.ofCase {
		appointments += len(ids)
		for _, one := range ids {
			if s.primary.Appointments[one].Case != id {
				say("appointment %s is not of case %s", one, id)
			}
		}
	}
	if appointments != len(s.primary.Appointments) {
		say("%d appointments, the cases have %d", len(s.primary.Appointments), appointments)
	}
	return wrong
}
