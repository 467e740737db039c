package courses

import (
	"luotsi/server/journal"
	"luotsi/server/people"
)

// applyNotice takes in what learners were told, and where they want to be told.
func (s *State) applyNotice(at int64, event journal.Event) {
	switch e := event.(type) {
	case LearnersTold:
		for _, n := range e.News {
			if l := s.learner(n.Person, n.Course); l != nil {
				l.told(at, e, n)
			}
		}
	case NoticesChosen:
		if len(e.Off) == 0 {
			delete(s.data.NoticesOff, e.Person)
		} else {
			s.data.NoticesOff[e.Person] = e.Off
		}
	case people.PersonErased:
		delete(s.data.NoticesOff, e.Person)
	}
}

func (en *Enrolment) told(at int64, e LearnersTold, n NewsOf) {
	all := &en.Dues
	switch e.What {
	case NewsOpened:
		all = &en.Releases
	case NewsChanged:
		all = &en.Changes
	}
	if *all == nil {
		*all = map[string]Told{}
	}
	for _, activity := range n.Activities {
		(*all)[activity] = Told{At: at, Of: n.Of, Last: e.What == NewsDue && n.Of == e.Day}
	}
}
