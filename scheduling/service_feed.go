package scheduling

import (
	"context"
	"slices"
	"time"

	"luotsi/scheduling/ical"
	"luotsi/server/auth"
	"luotsi/server/journal"
)

// feedPast is how far back a feed reaches.
const feedPast = 30 * 24 * time.Hour

// feedSecret is the secret of a feed's address. It follows from the id and the vault's key, so that its owner can be shown the
// address again though only a hash is kept, and a repeated request gives the same.
func (s *Service) feedSecret(id string) string { return s.vault.Fingerprint("feed", id) }

// MakeFeed gives the caller an address where calendar programs read their appointments; the one they had stops.
func (s *Service) MakeFeed(ctx context.Context, caller auth.Caller) error {
	id := s.newID()
	hash := auth.HashSecret(s.feedSecret(id))
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.state.MakeFeed(caller.Person, id, hash)
	})
	return err
}

// RevokeFeed stops the caller's address.
func (s *Service) RevokeFeed(ctx context.Context, caller auth.Caller) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.state.RevokeFeed(caller.Person)
	})
	return err
}

// Feed gives the address of a person's feed and when it was made; an empty one when they have none.
func (s *Service) Feed(person string) (address string, madeAt int64) {
	var f Feed
	s.journal.View(func() { f = s.state.primary.Calendars.Feeds[person] })
	if f.ID == "" {
		return "", 0
	}
	return s.publicURL + "/api/feeds/" + s.feedSecret(f.ID) + ".ics", f.MadeAt
}

// FeedOf writes the appointments of whoever the secret belongs to, as calendar programs read them: coming ones and those of the
// last 30 days, without anything about a client and without the other participants. It fails with ErrNoFeed when the secret
// does not count any more, or the person has no role any more in which they could see appointments.
func (s *Service) FeedOf(secret string) ([]byte, error) {
	hash, now := auth.HashSecret(secret), s.now()
	person := ""
	var list []listed
	s.journal.View(func() {
		who := s.state.calendars.feeds[hash]
		p, known := s.people.Person(who)
		if who == "" || !known || !p.Active || !slices.ContainsFunc(p.Grants, func(g auth.Grant) bool { return slices.Contains(standsFor, g.Role) }) {
			return
		}
		person = who
		if plan := s.state.plans[who]; plan != nil {
			first, end := plan.touching(now.Add(-feedPast).UnixMilli(), 1<<62)
			list = make([]listed, 0, end-first)
			for _, h := range plan.live[first:end] {
				if a := s.state.primary.Appointments[h.id]; a.Sure() || a.Status == Asked && a.keeps(now.UnixMilli()) {
					list = append(list, listed{h.id, a})
				}
			}
		}
	})
	if person == "" {
		return nil, ErrNoFeed
	}
	language := s.names.Of(person).Language
	w := wordsIn(language)
	units := map[string]string{}
	entries := make([]ical.Entry, len(list))
	for i, a := range list {
		unit, known := units[a.Unit]
		if !known {
			unit = s.unitName(a.Unit)
			units[a.Unit] = unit
		}
		stamp := a.BookedAt
		if n := len(a.Moves); n > 0 {
			stamp = a.Moves[n-1].At
		}
		entries[i] = ical.Entry{
			UID: a.ID + "-feed@luotsi", Sequence: a.Sequence, Stamp: moment(stamp), Tentative: !a.Sure(), Start: moment(a.Start), End: moment(a.End),
			Summary: w.title + " " + a.Reference, Location: unit,
			Description: w.mode + ": " + w.how(a.Mode) + "\n" + w.reference + ": " + a.Reference + "\n" + w.open + ": " + s.publicURL + "/appointments/" + a.ID,
		}
	}
	return ical.Publish(language, "Luotsi", entries), nil
}
