package psycap

import "luotsi/server/journal"

func (s *State) applyInstrument(m journal.Meta, event journal.Event) {
	switch e := event.(type) {
	case LicenceRecorded:
		s.data.Licences[atOrg(e.Org, e.Instrument)] = Licence{Holder: e.Holder, Scope: e.Scope, Ends: e.Ends, At: m.At.UnixMilli()}
	case LicenceWithdrawn:
		delete(s.data.Licences, atOrg(e.Org, e.Instrument))
	case ItemsUploaded:
		key := atOrg(e.Org, e.Instrument)
		s.data.Uploads[key] = append(s.data.Uploads[key], Upload{Version: e.Version, Hash: e.Hash, At: m.At.UnixMilli()})
	case FloorSet:
		s.data.Floors[e.Org] = e.Floor
	}
}

func (s *State) reindexInstruments() {
	if s.data.Licences == nil {
		s.data.Licences = map[string]Licence{}
	}
	if s.data.Uploads == nil {
		s.data.Uploads = map[string][]Upload{}
	}
	if s.data.Floors == nil {
		s.data.Floors = map[string]int{}
	}
}
