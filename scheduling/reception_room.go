package scheduling

import "slices"

// roomAway lists when the room of a reception can not be used on the days, though the reception keeps it: it is marked away, or its own
// hours or another calendar of it say so. A room that was retired is not in the way: the places do without it.
func (s *State) roomAway(room string, from, to Day) []Span {
	if r, ok := s.Resource(room); !ok || !r.InUse() {
		return nil
	}
	begin, end := s.calendar.midnight(from), s.calendar.midnight(to+1)
	away := s.importedBusy(room, begin, end)
	open := s.plans[room].open(s.calendar, from, to, AllHours)
	if open == nil { // any time
		return away
	}
	var closed []Span
	for _, t := range open {
		if begin < t.Start {
			closed = append(closed, Span{begin, t.Start})
		}
		begin = t.End
	}
	if begin < end {
		closed = append(closed, Span{begin, end})
	}
	return mergeTwo(closed, away)
}

// withRooms closes the time of receptions in which their room is away; it is asked for by whoever comes to the place.
func (s *State) withRooms(stretches []Stretch) []Stretch {
	for i := 0; i < len(stretches); i++ {
		st := stretches[i]
		room := s.primary.Receptions[st.Reception].Room
		if room == "" {
			continue
		}
		day := s.calendar.dayOf(st.Start)
		var pieces []Stretch
		piece := func(start, end int64, closed Cause) {
			if start < end {
				one := st
				one.Start, one.End, one.Closed = start, end, closed
				pieces = append(pieces, one)
			}
		}
		begin := st.Start
		for _, t := range s.roomAway(room, day, day) {
			if t.meets(st.Span) {
				piece(begin, t.Start, "")
				piece(max(begin, t.Start), min(t.End, st.End), NoRoom)
				begin = t.End
			}
		}
		if len(pieces) == 0 {
			continue
		}
		piece(begin, st.End, "")
		stretches = slices.Replace(stretches, i, i+1, pieces...)
		i += len(pieces) - 1
	}
	return stretches
}

// roomAwayDuring reports whether the room is away for some of the reception's time.
func (s *State) roomAwayDuring(r *keptReception) bool {
	return r.Room != "" && slices.ContainsFunc(s.roomAway(r.Room, r.Day, r.Day), r.span(s.calendar).meets)
}
