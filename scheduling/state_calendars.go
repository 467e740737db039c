package scheduling

import (
	"iter"
	"slices"

	"luotsi/server/journal"
)

// calendarIndex is what is derived of other calendars and feeds.
type calendarIndex struct {
	people map[string]*importedOf
	feeds  map[string]string // hash of the secret → person
}

// importedOf are one person's other calendars.
type importedOf struct {
	calendars []string // in the order they were added
	busy      []Span   // of all of them together: sorted, disjoint
}

// applyCalendars takes in what happened to other calendars and feeds.
func (s *State) applyCalendars(m journal.Meta, event journal.Event) {
	kept := &s.primary.Calendars
	switch e := event.(type) {
	case CalendarAdded:
		kept.Imported[e.Calendar] = Imported{Person: e.Person, Source: e.Kind, AddedAt: m.At.UnixMilli(), AddedBy: m.By}
		p := s.importedOf(e.Person)
		p.calendars = append(p.calendars, e.Calendar)
	case CalendarRead:
		c, ok := kept.Imported[e.Calendar]
		if !ok {
			return
		}
		c.ReadAt, c.From, c.Until, c.Busy, c.Problems, c.Text, c.Hash = m.At.UnixMilli(), e.From, e.Until, e.Busy, e.Problems, e.Text, e.Hash
		kept.Imported[e.Calendar] = c
		s.gatherBusy(c.Person)
	case CalendarRemoved:
		c, ok := kept.Imported[e.Calendar]
		if !ok {
			return
		}
		delete(kept.Imported, e.Calendar)
		p := s.importedOf(c.Person)
		p.calendars = slices.DeleteFunc(p.calendars, func(id string) bool { return id == e.Calendar })
		s.gatherBusy(c.Person)
	case FeedMade:
		delete(s.calendars.feeds, kept.Feeds[e.Person].Hash)
		kept.Feeds[e.Person] = Feed{ID: e.Feed, Hash: e.Hash, MadeAt: m.At.UnixMilli()}
		s.calendars.feeds[e.Hash] = e.Person
	case FeedRevoked:
		delete(s.calendars.feeds, kept.Feeds[e.Person].Hash)
		delete(kept.Feeds, e.Person)
	}
}

// TextsOf are the vault ids of what is about a person, also of one who was erased.
func (s *State) TextsOf(person string) []string { return s.calendarTextsOf(person) }

func (s *State) importedOf(person string) *importedOf {
	p := s.calendars.people[person]
	if p == nil {
		p = &importedOf{}
		s.calendars.people[person] = p
	}
	return p
}

// gatherBusy works out a person's busy times of all their other calendars; nothing is left of somebody who has none.
func (s *State) gatherBusy(person string) {
	p := s.calendars.people[person]
	if p == nil || len(p.calendars) == 0 {
		delete(s.calendars.people, person)
		return
	}
	lists := make([][]Span, len(p.calendars))
	for i, id := range p.calendars {
		c := s.primary.Calendars.Imported[id]
		lists[i] = unpackSpans(c.From, c.Busy)
	}
	p.busy = merge(slices.Concat(lists...))
}

// importedBusy is when a person is busy by their other calendars between two moments: sorted and disjoint. It shares the
// memory of the state: read it where the state may be read, and do not change it.
func (s *State) importedBusy(person string, from, to int64) []Span {
	p := s.calendars.people[person]
	if p == nil {
		return nil
	}
	return between(p.busy, from, to)
}

// forgetCalendars drops an erased person's calendars and feed; what the vault still holds of them is to be deleted there.
func (s *State) forgetCalendars(person string) {
	kept := &s.primary.Calendars
	if p := s.calendars.people[person]; p != nil {
		for _, id := range p.calendars {
			kept.Forgotten[person] = append(kept.Forgotten[person], id)
			if text := kept.Imported[id].Text; text != "" {
				kept.Forgotten[person] = append(kept.Forgotten[person], text)
			}
			delete(kept.Imported, id)
		}
		delete(s.calendars.people, person)
	}
	delete(s.calendars.feeds, kept.Feeds[person].Hash)
	delete(kept.Feeds, person)
}

func (s *State) reindexCalendars() {
	kept := &s.primary.Calendars
	if kept.Imported == nil {
		kept.Imported = map[string]Imported{}
	}
	if kept.Feeds == nil {
		kept.Feeds = map[string]Feed{}
	}
	if kept.Forgotten == nil {
		kept.Forgotten = map[string][]string{}
	}
	s.calendars = calendarIndex{people: map[string]*importedOf{}, feeds: make(map[string]string, len(kept.Feeds))}
	for id, c := range kept.Imported {
		p := s.importedOf(c.Person)
		p.calendars = append(p.calendars, id)
	}
	for person, p := range s.calendars.people {
		slices.SortFunc(p.calendars, func(a, b string) int { return s.addedFirst(a, b) })
		s.gatherBusy(person)
	}
	for person, f := range kept.Feeds {
		s.calendars.feeds[f.Hash] = person
	}
}

func (s *State) addedFirst(a, b string) int {
	x, y := s.primary.Calendars.Imported[a], s.primary.Calendars.Imported[b]
	if x.AddedAt != y.AddedAt {
		return int(min(max(x.AddedAt-y.AddedAt, -1), 1))
	}
	return slices.Compare([]byte(a), []byte(b))
}

// calendarTexts are the vault ids that other calendars name: addresses, and what was not understood.
func (s *State) calendarTexts() iter.Seq[string] {
	return func(yield func(string) bool) {
		for id, c := range s.primary.Calendars.Imported {
			if c.Source == FromAddress && !yield(id) || c.Text != "" && !yield(c.Text) {
				return
			}
		}
	}
}

// calendarTextsOf are those about one person, also of one who was erased.
func (s *State) calendarTextsOf(person string) []string {
	texts := slices.Clone(s.primary.Calendars.Forgotten[person])
	if p := s.calendars.people[person]; p != nil {
		for _, id := range p.calendars {
			texts = append(texts, id)
			if text := s.primary.Calendars.Imported[id].Text; text != "" {
				texts = append(texts, text)
			}
		}
	}
	return texts
}

// checkCalendars looks for indexes that differ from what they are made of, without their help.
func (s *State) checkCalendars(say func(format string, args ...any)) {
	kept := &s.primary.Calendars
	counted := 0
	for id, c := range kept.Imported {
		p := s.calendars.people[c.Person]
		if p == nil || !slices.Contains(p.calendars, id) {
			say("calendar %s is not among those of %s", id, c.Person)
			continue
		}
		for _, b := range unpackSpans(c.From, c.Busy) {
			if !slices.ContainsFunc(s.importedBusy(c.Person, b.Start, b.End), func(o Span) bool { return o.covers(b) }) {
				say("a busy time of calendar %s is not kept for %s", id, c.Person)
				break
			}
		}
	}
	for person, p := range s.calendars.people {
		counted += len(p.calendars)
		for i := 1; i < len(p.busy); i++ {
			if p.busy[i].Start <= p.busy[i-1].End {
				say("the busy times of %s overlap", person)
				break
			}
		}
	}
	if counted != len(kept.Imported) {
		say("%d calendars are kept, and %d are among somebody's", len(kept.Imported), counted)
	}
	if len(s.calendars.feeds) != len(kept.Feeds) {
		say("%d feeds are kept, and %d lead to somebody", len(kept.Feeds), len(s.calendars.feeds))
	}
	for person, f := range kept.Feeds {
		if s.calendars.feeds[f.Hash] != person {
			say("the feed of %s leads elsewhere", person)
		}
	}
}
