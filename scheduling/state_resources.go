package scheduling

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"luotsi/server/journal"
)

// Resource gives a room or an interpreter, also one that is not in use any more.
func (s *State) Resource(id string) (Resource, bool) {
	r, ok := s.primary.Resources[id]
	return r, ok
}

// Resources iterates over the resources of a unit by id, also those not in use, in no order.
func (s *State) Resources(unit string) iter.Seq2[string, Resource] {
	return func(yield func(string, Resource) bool) {
		for _, id := range s.resources[unit] {
			if !yield(id, s.primary.Resources[id]) {
				return
			}
		}
	}
}

// resourceTexts iterates over the vault ids of interpreters whose names are to be kept.
func (s *State) resourceTexts(now time.Time) iter.Seq[string] {
	return func(yield func(string) bool) {
		for id, r := range s.primary.Resources {
			if r.Text != "" && s.resourceKnown(id, now) && !yield(r.Text) {
				return
			}
		}
	}
}

func (s *State) applyResource(m journal.Meta, event journal.Event) {
	switch e := event.(type) {
	case ResourceAdded:
		if _, known := s.primary.Resources[e.Resource]; !known {
			s.resources[e.Unit] = append(s.resources[e.Unit], e.Resource)
		}
		s.primary.Resources[e.Resource] = Resource{Unit: e.Unit, Kind: e.Kind, Name: e.Name, Text: e.Text, Languages: e.Languages}
	case ResourceChanged:
		if r, ok := s.primary.Resources[e.Resource]; ok {
			r.Name, r.Text, r.Languages = e.Name, e.Text, e.Languages
			s.primary.Resources[e.Resource] = r
		}
	case ResourceRetired:
		if r, ok := s.primary.Resources[e.Resource]; ok && r.InUse() {
			r.RetiredAt = m.At.UnixMilli()
			s.primary.Resources[e.Resource] = r
		}
	}
}

func (s *State) reindexResources() {
	if s.primary.Resources == nil {
		s.primary.Resources = map[string]Resource{}
	}
	s.resources = map[string][]string{}
	for id, r := range s.primary.Resources {
		s.resources[r.Unit] = append(s.resources[r.Unit], id)
	}
}

// checkResources looks for two rooms of one name in a unit, and for an index that differs from what it is made of.
func (s *State) checkResources() []string {
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	indexed := 0
	for unit, ids := range s.resources {
		var rooms []string // in use
		indexed += len(ids)
		for _, id := range ids {
			r, ok := s.primary.Resources[id]
			if !ok || r.Unit != unit {
				say("resource %s is not in unit %s", id, unit)
			}
			if (r.Name == "") == (r.Text == "") || (r.Kind == Room) != (r.Name != "") {
				say("resource %s has no name, or two", id)
			}
			if r.Kind != Room || !r.InUse() {
				continue
			}
			if slices.ContainsFunc(rooms, func(other string) bool { return strings.EqualFold(other, r.Name) }) {
				say("resource %s has the name of another", id)
			}
			rooms = append(rooms, r.Name)
		}
		if !slices.Equal(slices.Compact(slices.Sorted(slices.Values(ids))), slices.Sorted(slices.Values(ids))) {
			say("unit %s lists a resource twice", unit)
		}
	}
	if indexed != len(s.primary.Resources) {
		say("%d resources, the units list %d", len(s.primary.Resources), indexed)
	}
	return wrong
}
