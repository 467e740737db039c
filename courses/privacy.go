package courses

import (
	"slices"

	"luotsi/server/fault"
)

// Privacy says who else may know of a text that somebody writes for themselves. Its writer chooses it and may change it at any time.
type Privacy string

// The grades, from the closest to the widest. Each opens what the one before it does.
const (
	Private    Privacy = "private" // nobody
	ShownDone  Privacy = "done"    // trainers of the cohort see that it is done
	ForTrainer Privacy = "read"    // trainers of the cohort may read it
	ForCohort  Privacy = "cohort"  // so may those who go through the course in the same cohort
)

// Privacies lists all of them, the closest first.
func Privacies() []Privacy { return []Privacy{Private, ShownDone, ForTrainer, ForCohort} }

// opens reports whether the grade opens at least what the other one does.
func (p Privacy) opens(other Privacy) bool {
	all := Privacies()
	return slices.Index(all, p) >= slices.Index(all, other)
}

// The refusals about texts that their writers may share.
var (
	ErrNotShared = fault.New(fault.NotFound, "not_found", "there is no such text, or its writer does not share it with this person")
	ErrNotKept   = fault.New(fault.Conflict, "nothing_written", "there is nothing yet that could be shared")
	// ErrClosedSince refuses to open what its writer closed on another device, unless they have seen so.
	ErrClosedSince = fault.New(fault.Conflict, "closed_since", "its writer closed it meanwhile, on another device")
)

// widens reports whether a grade, chosen by somebody who saw another one than is in force now, would open more than that one. A device
// may have had no network for days. Who does not say what they saw chooses as ever, and closing always goes through.
func widens(chosen, saw, now Privacy) bool {
	return saw != "" && saw != now && chosen != now && chosen.opens(now)
}

// shares lists the grades that the writer of an activity may choose from; nothing when it is no text of that sort.
//
// Completion is seen by trainers, so a text that completion asks for cannot be kept from them altogether: what is tried at work
// shows at least that it was done. A reflection may be private because completion never asks for one.
func (a ActivityOutline) shares() []Privacy {
	switch a.Kind {
	case Reflection:
		if len(a.Shares) > 0 {
			return a.Shares
		}
		return Privacies()
	case Work:
		return []Privacy{ShownDone, ForTrainer, ForCohort}
	}
	return nil
}

// asked reports whether completion asks for the activity. Contact days are counted apart, by their number. A reflection is never
// asked for: its writer may keep from everybody that there is one, and a percentage would tell.
func (a ActivityOutline) asked() bool {
	return !a.Optional && a.Kind != Contact && a.Kind != Reflection
}

// privacy is the grade that is in force for an activity of that kind.
func (s *State) privacy(l *learner, activity string, kind Kind) Privacy {
	if p, chosen := l.Privacy[activity]; chosen {
		return p
	}
	if kind == Work {
		return ShownDone
	}
	return Private
}

// hides reports whether trainers do not see that the learner did anything in the activity.
func (s *State) hides(l *learner, a ActivityOutline) bool {
	return a.Kind == Reflection && !s.privacy(l, a.ID, a.Kind).opens(ShownDone)
}

// shownCells appends the cells of a learner as trainers see them: what is hidden looks as if it had never been begun.
func (s *State) shownCells(to []byte, l *learner) Cells {
	from, ed := len(to), s.editions[l.Course]
	to = append(to, l.cells...)
	for _, position := range ed.reflections {
		if !s.hides(l, ed.order[position]) {
			continue
		}
		to[from+position] = CellNone
		if _, credited := l.Credits[ed.modules[ed.module(position)].ID]; credited {
			to[from+position] = CellCredited
		}
	}
	return to
}

// shown is the standing of a learner as everybody but themselves sees it: without any trace of what they keep private.
func (s *State) shown(l *learner) Standing {
	standing := s.standing(l)
	standing.Cells = s.shownCells(nil, l)
	hidden := map[int]bool{}
	for number, kind := range standing.kinds {
		if s.hides(l, ActivityOutline{ID: standing.ids[number], Kind: kind}) {
			hidden[number] = true
		}
	}
	if len(hidden) == 0 {
		return standing
	}
	standing.trail, standing.texts = nil, nil
	text := 0
	for i := range l.Trail.steps() {
		st := l.Trail.at(i)
		keep := !hidden[st.Activity]
		if keep {
			standing.trail = standing.trail.add(st)
		}
		if st.hasText() {
			if keep {
				standing.texts = append(standing.texts, l.Texts[text])
			}
			text++
		}
	}
	return standing
}
