package courses

// Missing is what a learner still has to do, told short.
type Missing struct {
	Begun       []int // the modules that are begun and not passed, by their place in the course from 0
	Modules     int   // not passed
	Days        int   // contact days
	Development bool  // the development task is not approved
}

// Missing says what is missing. It follows from the completion alone.
func (c Completion) Missing() Missing {
	m := Missing{Begun: []int{}, Days: c.DaysAsked - c.Days, Development: !c.Approved}
	for i, module := range c.Modules {
		if module.Passed {
			continue
		}
		m.Modules++
		if module.Done > 0 {
			m.Begun = append(m.Begun, i)
		}
	}
	return m
}

// pace is how far a cohort is expected to be by a day: the modules before the one whose contact day was held last.
type pace struct {
	day    string
	before int   // modules
	held   []int // the numbers of the contact days that were held
	dated  bool  // the course says until when something is due
}

// paceOf is used inside View or a rule.
func (s *State) paceOf(cohort string, c *Cohort, day string) pace {
	p, e := pace{day: day}, s.editions[c.Course]
	newest := ""
	for position, activity := range e.order {
		p.dated = p.dated || e.due(position, c.Starts) != ""
		if activity.Kind != Contact {
			continue
		}
		a := s.data.Group.Attendance[attendanceID(cohort, activity.ID)]
		if a == nil || a.Day > day {
			continue
		}
		p.held = append(p.held, e.numbers[activity.ID])
		if module := e.module(position); a.Day > newest || a.Day == newest && module > p.before {
			newest, p.before = a.Day, module
		}
	}
	return p
}

// late reports whether a learner is behind: something asked for is past its day, or stands in a module before the one that the cohort
// held its newest contact day of and has no day, or a contact day was missed and not made good. Who is complete is never behind.
func (s *State) late(l *learner, p pace, starts string, c Completion) bool {
	if c.Complete() {
		return false
	}
	e := s.editions[l.Course]
	if c.Days < c.DaysAsked {
		for _, number := range p.held {
			if l.Trail.attendance(number).Deed == absent {
				return true
			}
		}
	}
	until := len(e.order)
	if !p.dated && len(l.Extensions) == 0 {
		until = e.startOf(p.before)
	}
	for position := range until {
		if a := e.order[position]; !a.asked() || isFinished(l.cells[position]) || l.cells[position] == CellWaits {
			continue
		}
		due := s.due(l, position, starts)
		if due != "" && due < p.day || due == "" && e.module(position) < p.before {
			return true
		}
	}
	return false
}

// startOf is where a module starts, or the end of the course for the module after the last.
func (e *edition) startOf(module int) int {
	if module >= len(e.starts) {
		return len(e.order)
	}
	return e.starts[module]
}

// due is the day until which a learner has for an activity of the newest version; "" when there is none.
func (s *State) due(l *learner, position int, starts string) string {
	return s.editions[l.Course].dueWith(l.Course, l.Extensions, position, starts)
}

// dueWith is the latest of what the course says and what the learner was given for the activity, its module or the whole course.
func (e *edition) dueWith(course string, extensions map[string]Extension, position int, starts string) string {
	due := e.due(position, starts)
	if len(extensions) == 0 {
		return due
	}
	for _, target := range []string{e.order[position].ID, e.modules[e.module(position)].ID, course} {
		if x, given := extensions[target]; given && x.Until > due {
			due = x.Until
		}
	}
	return due
}

// Due is the day until which the learner has for an activity; "" when there is none.
func (s Standing) Due(position int) string {
	return s.dueWith(s.Course, s.extensions, position, s.Starts)
}

// queuedIn counts, by learner of a cohort, what the caller's feedback queue holds for those who train it: not what the caller
// already approved and a second person has to.
func (s *State) queuedIn(cohort, caller string) map[string]int {
	waits := map[string]int{}
	for it, all := range s.handed.queue {
		if it.l.Cohort != cohort {
			continue
		}
		for _, w := range all {
			if w.what != WaitsSecond || s.data.Marks.First[w.id].By != caller {
				waits[it.l.Person]++
			}
		}
	}
	return waits
}

// firstOpen is what a learner has to do first, in the order of the course; nothing when it is not their turn.
func (e *edition) firstOpen(cells Cells, starts, today string) (position int, ok bool) {
	return e.next("", func(p int) bool { return e.waitsForLearner(cells, p) && len(e.locks(cells, p, starts, today)) == 0 })
}
