package psycap

import "luotsi/server/journal"

func (s *State) applyInstrument(_ journal.Meta, _ journal.Event) {}

func (s *State) reindexInstruments() {}
