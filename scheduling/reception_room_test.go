package scheduling

import (
	"errors"
	"slices"
	"testing"

	"luotsi/server/journal"
)

// A place whose room is away is nobody's to meet in; by phone it can be had as before.
func TestReceptionWhoseRoomIsAway(t *testing.T) {
	tuesday := day(t, "2026-12-01")
	away := func(from, to int) ExceptionAdded {
		return ExceptionAdded{Exception: "x", Person: "q", Day: tuesday, Kind: Away, From: from, To: to}
	}
	all := []string{"07:00", "07:30", "08:00", "08:30", "09:00", "09:30"}
	for _, tt := range []struct {
		name   string
		given  []journal.Event
		onSite []string
		closed int // of the times that the search looked at
		clash  bool
	}{
		{name: "in use", onSite: all},
		{name: "away all day", given: []journal.Event{away(0, 0)}, closed: 6, clash: true},
		{name: "away from ten to eleven", given: []journal.Event{away(600, 660)}, onSite: []string{"07:00", "07:30", "09:00", "09:30"}, closed: 2, clash: true},
		{name: "away until the reception begins", given: []journal.Event{away(480, 540)}, onSite: all},
		{name: "away until a minute after that", given: []journal.Event{away(480, 541)}, onSite: all[1:], clash: true},
		{name: "away from its end on", given: []journal.Event{away(720, 780)}, onSite: all},
		{name: "away from a minute before that", given: []journal.Event{away(719, 780)}, onSite: all[:5], clash: true},
		{name: "with hours of its own that end at eleven", given: []journal.Event{HoursAdded{Hours: "h", Person: "q", Unit: "centre", Weekday: 2, From: 480, To: 660, Minutes: 30, ValidFrom: tuesday - 30, ValidUntil: tuesday + 30}}, onSite: all[:4], closed: 2, clash: true},
		{name: "another room is away", given: []journal.Event{room("p"), ExceptionAdded{Exception: "x", Person: "p", Day: tuesday, Kind: Away}}, onSite: all},
		{name: "retired: the places do without it", given: []journal.Event{away(0, 0), ResourceRetired{Resource: "q"}}, onSite: all},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := given(append([]journal.Event{room("q"), tuesdays(t, "q")}, tt.given...)...)
			for mode, want := range map[Mode][]string{OnSite: tt.onSite, Phone: all} {
				found := s.Search(Query{Unit: "centre", From: tuesday, To: tuesday, Length: 30 * minute, Now: noon.UnixMilli(), Mode: mode, Seats: pair()}, 0)
				var got []string
				closed := 0
				for _, one := range found.Times {
					got = append(got, moment(one.Start).Format("15:04"))
				}
				for _, tally := range found.Tallies {
					if tally.Cause == NoRoom {
						closed += tally.Closed
					}
				}
				if !slices.Equal(got, want) || mode == OnSite && closed != tt.closed {
					t.Errorf("%s: %v, %d without the room; want %v, %d", mode, got, closed, want, tt.closed)
				}
				for n, start := range all {
					b := wish("2026-12-01T" + start + ":00Z")
					b.Mode = mode
					_, err := s.Book(noon, b)
					if free := slices.Contains(want, start); free != (err == nil) || err != nil && failure(err) != "outside_hours" {
						t.Errorf("%s: place %d: %v", mode, n, err)
					}
				}
			}
			r := keptReception{"r1", s.primary.Receptions["r1"]}
			if s.roomAwayDuring(&r) != tt.clash {
				t.Errorf("the list says %t", !tt.clash)
			}
		})
	}
}

// A place that frees there is offered to the first who does not come to the room.
func TestPlaceWithoutItsRoomIsOfferedByPhone(t *testing.T) {
	events := []journal.Event{room("q"), tuesdays(t, "q"), ExceptionAdded{Exception: "x", Person: "q", Day: day(t, "2026-12-01"), Kind: Away}}
	events = append(events, asks("r1", "co1", func(r *RequestMade) { r.Mode = OnSite })...)
	events = append(events, asks("r2", "co2", func(r *RequestMade) { r.Mode = Phone })...)
	s := given(events...)
	d := s.OfferWaiting(noon, "gp", "centre", Span{utc("2026-12-01T07:00:00Z"), utc("2026-12-01T07:30:00Z")}, "x", everybody)
	if len(d.Events) != 1 {
		t.Fatalf("%v", d.Events)
	}
	if held := d.Events[0].(AppointmentHeld); held.Request != "r2" || !slices.Equal(held.Passed, []PassedOver{{"r1", WhyBusy}}) {
		t.Errorf("%+v", held)
	}
}

// Whoever is refused hears that it is the room.
func TestRefusedForTheRoom(t *testing.T) {
	s := given(room("q"), tuesdays(t, "q"), ExceptionAdded{Exception: "x", Person: "q", Day: day(t, "2026-12-01"), Kind: Away})
	_, err := s.Book(noon, wish("2026-12-01T07:00:00Z"))
	var r *Refusal
	if !errors.As(err, &r) || !slices.Equal(r.People, []string{"q"}) || len(r.Next) == 0 || r.Next[0].Start != utc("2026-12-08T07:00:00Z") {
		t.Errorf("%+v", err)
	}
}
