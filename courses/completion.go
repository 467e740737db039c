package courses

// CreditKind says why a learner need not do a module.
type CreditKind string

// The kinds of credits. They are told apart wherever completion is shown.
const (
	PriorLearning CreditKind = "prior_learning" // recognised prior learning (AHOT)
	Compensating  CreditKind = "compensating"   // an approved compensating task
)

// Credit is a module that a learner need not do.
type Credit struct {
	Kind  CreditKind
	By    string
	At    int64  // unix ms
	Basis string // vault id
}

// Completion is how far a learner is, and what is missing. It follows from the newest version of the course, what the learner did
// and what was credited, and from nothing else: it is computed whenever it is asked for, and stored nowhere.
type Completion struct {
	Modules []ModuleCompletion // in the order of the version
	// Days counts the contact days that were attended or compensated, up to the number asked for.
	Days, DaysAsked int
	// Approved says whether the development task is approved by a second person; true when the course has none.
	Approved bool
	// Done of Total is the one measure of progress: activities that are asked for, contact days asked for, and modules without
	// activities, which are to come and count as one each.
	Done, Total int
}

// ModuleCompletion is one module's part.
type ModuleCompletion struct {
	ID          string
	Done, Total int
	Credit      CreditKind // empty when the module is not credited
	Passed      bool       // everything done, or credited
}

// Percent is a module's part of the one measure.
func (m ModuleCompletion) Percent() int { return Percent(m.Done, m.Total) }

// Percent is the one measure of progress in whole per cent, rounded down: 100 means that nothing is left.
func (c Completion) Percent() int { return Percent(c.Done, c.Total) }

// Complete reports whether the learner finished the course: every module, the contact days and the development task.
func (c Completion) Complete() bool { return c.Total > 0 && c.Done == c.Total && c.Approved }

// creditable reports whether a credit of its module stands in for the activity.
func (a ActivityOutline) creditable() bool { return a.Kind != Contact && a.Kind != Development }

// completion counts. Contact days count by their number wherever they stand, and so they are no part of their module; before is the
// days that the newest version has no more.
func (e *edition) completion(cells Cells, credits map[string]Credit, before int) Completion {
	c := Completion{Modules: make([]ModuleCompletion, len(e.modules)), DaysAsked: e.rules.ContactDays, Approved: true}
	days := before
	for m, module := range e.modules {
		mc := ModuleCompletion{ID: module.ID, Credit: credits[module.ID].Kind}
		for a, activity := range module.Activities {
			cell := cells[e.starts[m]+a]
			finished := isFinished(cell)
			switch {
			case activity.Kind == Contact:
				if finished {
					days++
				}
				continue
			case !activity.asked():
				continue
			case activity.Kind == Development:
				c.Approved = c.Approved && finished
			}
			mc.Total++
			if finished {
				mc.Done++
			}
		}
		if len(module.Activities) == 0 {
			mc.Total = 1
			if mc.Credit != "" {
				mc.Done = 1
			}
		}
		mc.Passed = mc.Done == mc.Total
		c.Done, c.Total = c.Done+mc.Done, c.Total+mc.Total
		c.Modules[m] = mc
	}
	c.Days = min(days, c.DaysAsked)
	c.Done, c.Total = c.Done+c.Days, c.Total+c.DaysAsked
	return c
}
