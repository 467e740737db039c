package psycap

import "luotsi/server/journal"

func (s *State) applyPlan(_ journal.Meta, _ journal.Event) {}

func (s *State) reindexPlans() {}
