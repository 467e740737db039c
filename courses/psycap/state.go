package psycap

import "luotsi/server/journal"

// State is what is known of instruments, answers, reports and exercises. It is read inside journal.View or inside a rule.
type State struct {
	data Data

	replies replyIndex
	goals   map[string][]string      // derived; ids by person
	shownAt map[string][]shownBefore // by shownKey; derived from Data.Reports

	runs map[string][]*Run // by person, oldest first; derived from Data.Runs
}

// Data is all that snapshots keep. Maps stand directly in it, and Reindex makes those that a snapshot does not have.
type Data struct {
	Licences        map[string]Licence                      // by atOrg
	Uploads         map[string][]Upload                     // by atOrg, oldest first
	Floors          map[string]int                          // by organisation
	Reports         map[string]Report                       // by report
	Plans           map[string]Plan                         // by cohort
	Told            map[string]map[Point]map[string]Telling // by cohort, point and person
	Replies         map[string]*Reply                       // by replyKey
	MeasuresRefused map[string]bool                         // by person; who does not want to be asked
	ResultsShared   map[string]bool                         // by sharingKey; false once it was taken back
	Goals           map[string]*keptGoal                    // by id

	Runs             map[string]*Run // by id
	ExercisesRefused map[string]bool // by person; who does not want exercises
}

// NewState makes an empty state.
func NewState() *State {
	s := &State{}
	s.Reindex()
	return s
}

// Name is part of journal.State.
func (s *State) Name() string { return "psycap" }

// Version is part of journal.State.
func (s *State) Version() int { return 5 }

// Primary is part of journal.State.
func (s *State) Primary() any { return &s.data }

// Apply is part of journal.State.
func (s *State) Apply(m journal.Meta, e journal.Event) {
	s.applyInstrument(m, e)
	s.applyPlan(m, e)
	s.applyAnswer(m, e)
	s.applyReport(m, e)
	s.applyExercise(m, e)
	s.applyGoal(m, e)
}

// Reindex is part of journal.State.
func (s *State) Reindex() {
	s.reindexInstruments()
	s.reindexPlans()
	s.reindexAnswers()
	s.reindexReports()
	s.reindexExercises()
	s.reindexGoals()
}
