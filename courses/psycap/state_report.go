package psycap

import "luotsi/server/journal"

func (s *State) applyReport(_ journal.Meta, _ journal.Event) {}

func (s *State) reindexReports() {}
