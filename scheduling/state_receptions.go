package scheduling

import (
	"fmt"
	"slices"
	"sort"

	"luotsi/server/journal"
)

// applyReceptions takes in what happened to joint receptions.
func (s *State) applyReceptions(m journal.Meta, event journal.Event) {
	switch e := event.(type) {
	case ReceptionsPlanned:
		w := Plan{Doctor: e.Doctor, Unit: e.Unit, From: e.From, To: e.To, Minutes: e.Minutes, Places: e.Places, Room: e.Room}
		for _, o := range e.Occurrences {
			s.putReception(o.Reception, JointReception{Plan: w, Series: e.Series, Day: o.Day, Published: m.At.UnixMilli()})
		}
	case ReceptionMoved:
		if r, ok := s.primary.Receptions[e.Reception]; ok {
			s.unindexReception(e.Reception, r)
			r.Day, r.From, r.To, r.Published = e.Day, e.From, e.To, m.At.UnixMilli()
			s.putReception(e.Reception, r)
		}
	case ReceptionCancelled:
		if r, ok := s.primary.Receptions[e.Reception]; ok {
			s.unindexReception(e.Reception, r)
			r.Cancelled = true
			s.putReception(e.Reception, r)
		}
	case PlacesLent:
		if e.Places == 0 {
			delete(s.primary.Lent, Journey{e.Unit, e.Other})
		} else {
			s.primary.Lent[Journey{e.Unit, e.Other}] = e.Places
		}
	}
}

func (s *State) putReception(id string, r JointReception) {
	s.primary.Receptions[id] = r
	insert := func(list *[]keptReception) {
		at, _ := slices.BinarySearchFunc(*list, keptReception{id, r}, orderReceptions)
		*list = slices.Insert(*list, at, keptReception{id, r})
	}
	insert(&s.plan(r.Doctor).receptions)
	if r.Room != "" {
		insert(&s.plan(r.Room).roomed)
	}
}

func (s *State) unindexReception(id string, r JointReception) {
	is := func(k keptReception) bool { return k.ID == id }
	p := s.plan(r.Doctor)
	p.receptions = slices.DeleteFunc(p.receptions, is)
	if r.Room != "" {
		p = s.plan(r.Room)
		p.roomed = slices.DeleteFunc(p.roomed, is)
	}
}

func (s *State) reindexReceptions() {
	if s.primary.Receptions == nil {
		s.primary.Receptions = map[string]JointReception{}
	}
	if s.primary.Lent == nil {
		s.primary.Lent = map[Journey]int{}
	}
	for id, r := range s.primary.Receptions {
		s.putReception(id, r)
	}
}

// checkReceptions looks for two receptions of a doctor at once, more appointments in one than it has places, and indexes that
// differ from what they are made of.
func (s *State) checkReceptions() []string {
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	taken := map[string]int{}
	for id, a := range s.primary.Appointments {
		if a.Reception == "" || !a.Live() {
			continue
		}
		taken[a.Reception]++
		if r, ok := s.primary.Receptions[a.Reception]; !ok || r.Cancelled || !r.span(s.calendar).covers(a.Span()) {
			say("appointment %s is in a reception that does not take place then", id)
		}
	}
	indexed := map[string]int{}
	for who, p := range s.plans {
		for n, list := range [][]keptReception{p.receptions, p.roomed} {
			for i, k := range list {
				indexed[k.ID]++
				if s.primary.Receptions[k.ID] != k.JointReception || []string{k.Doctor, k.Room}[n] != who {
					say("reception %s of %s does not match", k.ID, who)
				}
				for _, o := range list[:i] {
					if !k.Cancelled && !o.Cancelled && k.span(s.calendar).meets(o.span(s.calendar)) {
						say("receptions %s and %s of %s are at once", k.ID, o.ID, who)
					}
				}
			}
		}
	}
	for id, r := range s.primary.Receptions {
		want := 1
		if r.Room != "" {
			want = 2
		}
		if indexed[id] != want {
			say("reception %s stands in %d plans, not in %d", id, indexed[id], want)
		}
		if taken[id] > r.Places {
			say("reception %s has %d appointments in %d places", id, taken[id], r.Places)
		}
	}
	return wrong
}

// receptionsOn are those of a list on the days, cancelled ones too, in order.
func receptionsOn(list []keptReception, from, to Day) []keptReception {
	i := sort.Search(len(list), func(i int) bool { return list[i].Day >= from })
	j := i + sort.Search(len(list)-i, func(j int) bool { return list[i+j].Day > to })
	return list[i:j]
}

// withReceptions takes the time of a day's receptions out of the other hours of the day, from out[begin] on, and adds it, less
// the times away, as that of the receptions. A reception whose places went back to the doctor has no time: what is open in it now was
// published after that.
func (p *plan) withReceptions(c *calendar, d Day, out []Stretch, begin int, returned []Returned, unit string) []Stretch {
	added := false
	for _, r := range receptionsOn(p.receptions, d, d) {
		t := r.span(c)
		if r.Cancelled || t.Start >= t.End || slices.ContainsFunc(returned, func(o Returned) bool { return o.Reception == r.ID }) {
			continue
		}
		out = cut(out, begin, t)
		if unit != "" && r.Unit != unit {
			continue
		}
		from := len(out)
		out = append(out, Stretch{Span: t, Anchor: t.Start, Step: int64(r.Minutes) * minute, Purpose: ForReception, Reception: r.ID})
		for _, e := range p.exceptionsOn(d, d) {
			if e.Kind == Away {
				out = cut(out, from, e.away(c))
			}
		}
		added = true
	}
	if added {
		slices.SortFunc(out[begin:], func(a, b Stretch) int { return int(a.Start - b.Start) })
	}
	return out
}
