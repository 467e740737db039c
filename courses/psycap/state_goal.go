package psycap

import "luotsi/server/journal"

func (s *State) applyGoal(_ journal.Meta, _ journal.Event) {}

func (s *State) reindexGoals() {}
