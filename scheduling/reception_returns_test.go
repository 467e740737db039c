package scheduling

import (
	"context"
	"slices"
	"testing"
	"time"

	"luotsi/server/journal"
	"luotsi/server/people"
)

const longBefore = "2026-01-02T09:00:00Z"

// returningTuesdays are the receptions of 1.12. and 8.12.2026 of a doctor whose unclaimed places return a week before.
func returningTuesdays(t testing.TB, more ...then) []then {
	return append([]then{{longBefore, room("q")}, {longBefore, SettingsChanged{Person: "gp", ReturnDays: 7}}, {longBefore, tuesdays(t, "q")}}, more...)
}

// place is an appointment in the reception of 1.12.
func place(id, start string) AppointmentBooked {
	e := booked(id, start, 30, "gp", "co-"+id)
	e.Reception = "r1"
	return e
}

func TestWhichReceptionsReturn(t *testing.T) {
	zone := helsinki(t)
	first, next := "2026-12-01 centre 09:00–12:00 r1", "2026-12-08 centre 09:00–12:00 r2"
	night := "2026-11-23T22:00:00Z" // Helsinki midnight, seven days before 1.12.
	all := returningTuesdays(t)
	moved := func(d string) ReceptionMoved {
		return ReceptionMoved{Reception: "r1", Day: day(t, d), From: 540, To: 720}
	}
	for _, tt := range []struct {
		name  string
		given []then
		at    string
		want  []string
	}{
		{name: "a millisecond before", given: all, at: "2026-11-23T21:59:59.999Z"},
		{name: "at the first moment of the seventh day before", given: all, at: night, want: []string{first}},
		{name: "on the day itself, when nobody looked for a week", given: all, at: "2026-12-01T06:00:00Z", want: []string{first, next}},
		{name: "while it takes place", given: all, at: "2026-12-01T09:59:59Z", want: []string{first, next}},
		{name: "not what is over", given: all, at: "2026-12-01T10:00:00Z", want: []string{next}},
		{name: "nobody said so", given: []then{{longBefore, tuesdays(t, "")}}, at: night},
		{name: "said at that moment is too late", given: []then{{night, SettingsChanged{Person: "gp", ReturnDays: 7}}, {longBefore, tuesdays(t, "")}}, at: "2026-11-24T09:00:00Z"},
		{name: "planned at that moment is meant to be booked", given: []then{all[1], {night, tuesdays(t, "")}}, at: "2026-11-24T09:00:00Z"},
		{name: "planned a millisecond earlier", given: []then{all[1], {"2026-11-23T21:59:59.999Z", tuesdays(t, "")}}, at: "2026-11-24T09:00:00Z", want: []string{first}},
		{name: "cancelled", given: returningTuesdays(t, then{longBefore, ReceptionCancelled{Reception: "r1"}}), at: night},
		{name: "the doctor is away all day", given: returningTuesdays(t, then{longBefore, ExceptionAdded{Exception: "x", Person: "gp", Day: day(t, "2026-12-01"), Kind: Away}}), at: night},
		{
			name: "away for a part of it", at: night, want: []string{"2026-12-01 centre 09:00–10:00 11:00–12:00 r1"},
			given: returningTuesdays(t, then{longBefore, ExceptionAdded{Exception: "x", Person: "gp", Day: day(t, "2026-12-01"), Kind: Away, From: 600, To: 660}}),
		},
		{name: "some places are taken", given: returningTuesdays(t, then{longBefore, place("a", "2026-12-01T07:30:00Z")}), at: night, want: []string{first}},
		{name: "moved there long before", given: returningTuesdays(t, then{longBefore, moved("2026-12-02")}), at: "2026-11-24T22:00:00Z", want: []string{"2026-12-02 centre 09:00–12:00 r1"}},
		{name: "moved there within the days before", given: returningTuesdays(t, then{"2026-11-24T06:00:00Z", moved("2026-11-26")}), at: "2026-11-24T09:00:00Z"},
		{name: "each once", given: returningTuesdays(t, then{night, PlacesReturned{Person: "gp", Day: day(t, "2026-12-01"), Unit: "centre", Reception: "r1", Spans: []ReturnedHours{{1, 2}}}}), at: "2026-11-24T09:00:00Z"},
		{
			name: "hours of the day that went back earlier say nothing of it", at: "2026-11-24T09:00:00Z", want: []string{first},
			given: returningTuesdays(t, then{night, PlacesReturned{Person: "gp", Day: day(t, "2026-12-01"), Unit: "centre", Spans: []ReturnedHours{{1, 2}}}}),
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := sequence(tt.given)
			d, _ := s.ReturnPlaces(time.UnixMilli(utc(tt.at)))
			var got []string
			for _, e := range d.Events {
				got = append(got, e.(PlacesReturned).text(zone))
			}
			if !slices.Equal(got, tt.want) {
				t.Fatalf("got %q, want %q", got, tt.want)
			}
			for _, e := range d.Events {
				s.Apply(journal.Meta{Number: 1000, At: time.UnixMilli(utc(tt.at))}, e)
			}
			if again, _ := s.ReturnPlaces(time.UnixMilli(utc(tt.at))); len(again.Events) > 0 {
				t.Errorf("a second time: %v", again.Events)
			}
			s.Reindex()
			if wrong := s.Check(); len(wrong) > 0 && tt.name != "some places are taken" {
				t.Error(wrong)
			}
		})
	}
}

// returnedTuesday is the state right after the places of 1.12. went back.
func returnedTuesday(t *testing.T, more ...then) *State {
	t.Helper()
	events := returningTuesdays(t, more...)
	d, _ := sequence(events).ReturnPlaces(time.UnixMilli(utc("2026-11-23T22:00:00Z")))
	for _, e := range d.Events {
		events = append(events, then{"2026-11-23T22:00:00Z", e})
	}
	if len(d.Events) == 0 {
		t.Fatal("nothing returned")
	}
	return sequence(events)
}

func (s *State) freeOn(d Day, now string) (times []string) {
	for _, found := range s.Search(Query{Unit: "centre", From: d, To: d, Now: utc(now), Seats: pair()}, 0).Times {
		times = append(times, moment(found.Start).Format("15:04"))
	}
	return times
}

func (s *State) ownOn(d Day, now string) (times []string) {
	for _, r := range s.returnedTimes("gp", d, d, utc(now)) {
		for _, span := range r.Spans {
			times = append(times, moment(span.Start).Format("15:04")+"–"+moment(span.End).Format("15:04"))
		}
	}
	return times
}

// What is free of a reception's places when its day comes is the doctor's: nobody books, holds or is offered it. Who has a place
// keeps it; a place that comes free later is the doctor's too.
func TestPlacesThatReturned(t *testing.T) {
	tuesday := day(t, "2026-12-01")
	morning := "2026-11-24T07:00:00Z"
	now := time.UnixMilli(utc(morning))
	whole := []string{"07:00–10:00"}
	apply := func(s *State, at string, e journal.Event) {
		s.Apply(journal.Meta{Number: 2000, At: time.UnixMilli(utc(at))}, e)
	}

	t.Run("nobody has one", func(t *testing.T) {
		if got := sequence(returningTuesdays(t)).freeOn(tuesday, morning); len(got) != 6 {
			t.Fatalf("before: %v", got)
		}
		s := returnedTuesday(t)
		if free, own := s.freeOn(tuesday, morning), s.ownOn(tuesday, morning); len(free) != 0 || !slices.Equal(own, whole) {
			t.Errorf("free %v, own %v", free, own)
		}
		if free := s.freeOn(tuesday+7, morning); len(free) != 6 {
			t.Errorf("a week later: %v", free)
		}
		for name, err := range map[string]error{
			"book": second(s.Book(now, wish("2026-12-01T07:00:00Z"))),
			"hold": second(s.Hold(now, wish("2026-12-01T07:00:00Z"))),
		} {
			if failure(err) != "outside_hours" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if open := s.plan("gp").open(s.calendar, tuesday, tuesday, NoHours); len(open) != 0 {
			t.Errorf("comes along elsewhere: %v", open)
		}
	})

	t.Run("two are taken, one is cancelled afterwards", func(t *testing.T) {
		s := returnedTuesday(t, then{longBefore, place("a", "2026-12-01T07:30:00Z")}, then{longBefore, place("b", "2026-12-01T09:00:00Z")})
		if free, own := s.freeOn(tuesday, morning), s.ownOn(tuesday, morning); len(free) != 0 || !slices.Equal(own, []string{"07:00–07:30", "08:00–09:00", "09:30–10:00"}) {
			t.Errorf("free %v, own %v", free, own)
		}
		if a := s.primary.Appointments["a"]; !a.Live() || len((&Service{state: s}).outside("gp", utc(morning))) != 0 {
			t.Error("who had a place has it no more")
		}
		apply(s, morning, AppointmentCancelled{Appointment: "a", Reason: Client})
		if free, own := s.freeOn(tuesday, morning), s.ownOn(tuesday, morning); len(free) != 0 || !slices.Equal(own, []string{"07:00–09:00", "09:30–10:00"}) {
			t.Errorf("cancelled: free %v, own %v", free, own)
		}
	})

	t.Run("all are taken: there is nothing to give back until one is cancelled", func(t *testing.T) {
		var taken []then
		for id, start := range map[string]string{"a": "2026-12-01T07:00:00Z", "b": "2026-12-01T07:30:00Z", "c": "2026-12-01T08:00:00Z", "d": "2026-12-01T08:30:00Z"} {
			taken = append(taken, then{longBefore, place(id, start)})
		}
		s := returnedTuesday(t, taken...)
		if own := s.ownOn(tuesday, morning); len(own) != 0 || len(s.primary.Mailing.Changes) != 0 {
			t.Errorf("own %v, told %v", own, s.primary.Mailing.Changes)
		}
		apply(s, morning, AppointmentCancelled{Appointment: "d", Reason: Client})
		if free, own := s.freeOn(tuesday, morning), s.ownOn(tuesday, morning); len(free) != 0 || !slices.Equal(own, []string{"08:30–10:00"}) {
			t.Errorf("cancelled: free %v, own %v", free, own)
		}
	})

	t.Run("a hold that runs out on that day", func(t *testing.T) {
		held := AppointmentHeld{AppointmentBooked: place("h", "2026-12-01T07:00:00Z"), Expires: utc("2026-11-23T22:05:00Z")}
		s := returnedTuesday(t, then{"2026-11-23T21:55:00Z", held})
		if own := s.ownOn(tuesday, "2026-11-23T22:04:59.999Z"); !slices.Equal(own, []string{"07:30–10:00"}) {
			t.Errorf("while it is kept: %v", own)
		}
		if _, err := s.Confirm(time.UnixMilli(utc("2026-11-23T22:04:59.999Z")), "h", true); err != nil {
			t.Errorf("what is kept can be booked: %v", err)
		}
		if _, err := s.Confirm(time.UnixMilli(utc("2026-11-23T22:05:00Z")), "h", true); err == nil {
			t.Error("booked after it ran out")
		}
		if free, own := s.freeOn(tuesday, "2026-11-23T22:05:00Z"), s.ownOn(tuesday, "2026-11-23T22:05:00Z"); len(free) != 0 || !slices.Equal(own, whole) {
			t.Errorf("kept in vain: free %v, own %v", free, own)
		}
		apply(s, "2026-11-23T22:06:00Z", HoldExpired{Appointment: "h"})
		if free := s.freeOn(tuesday, morning); len(free) != 0 {
			t.Errorf("offered again: %v", free)
		}
	})

	t.Run("an offer that runs out is not offered to the next", func(t *testing.T) {
		offered := AppointmentHeld{AppointmentBooked: place("o", "2026-12-01T07:00:00Z"), Offer: true, Expires: utc("2026-11-24T07:00:00Z")}
		line := []then{{"2026-11-23T21:55:00Z", offered}}
		for _, e := range asks("r1", "co1") {
			line = append(line, then{longBefore, e})
		}
		expired := journal.Happens(HoldExpired{Appointment: "o"})
		for name, s := range map[string]*State{"": sequence(returningTuesdays(t, line...)), "returned": returnedTuesday(t, line...)} {
			d, err := s.Cascade(now, expired, []string{"x"}, everybody)
			if err != nil || (len(offers(d.Events)) == 0) != (name == "returned") {
				t.Errorf("%q: %v %v", name, d.Events, err)
			}
			if more := offers(s.OfferWaiting(now, "gp", "centre", Span{utc("2026-12-01T08:00:00Z"), utc("2026-12-01T08:30:00Z")}, "y", everybody).Events); (len(more) == 0) != (name == "returned") {
				t.Errorf("%q, a free place: %v", name, more)
			}
		}
	})

	t.Run("a lent place", func(t *testing.T) {
		lent := then{longBefore, PlacesLent{Unit: "centre", Other: "town", Places: 5}}
		b := wish("2026-12-01T07:00:00Z")
		b.Owner, b.OwnerUnit = "co", "town"
		if err := second(sequence(returningTuesdays(t, lent)).Book(now, b)); err != nil {
			t.Errorf("before: %v", err)
		}
		if err := second(returnedTuesday(t, lent).Book(now, b)); failure(err) != "outside_hours" {
			t.Errorf("returned: %v", err)
		}
	})

	t.Run("opened after all", func(t *testing.T) {
		s := returnedTuesday(t, then{longBefore, place("a", "2026-12-01T07:30:00Z")})
		d, err := s.ReopenPlaces(now, "gp", tuesday)
		if err != nil {
			t.Fatal(err)
		}
		apply(s, morning, d.Events[0])
		if free, own := s.freeOn(tuesday, morning), s.ownOn(tuesday, morning); len(free) != 5 || len(own) != 0 || len(s.primary.Mailing.Changes) != 0 {
			t.Errorf("free %v, own %v, told %v", free, own, s.primary.Mailing.Changes)
		}
		if d, _ := s.ReturnPlaces(now.AddDate(0, 0, 1)); len(d.Events) != 0 {
			t.Errorf("it returns again: %v", d.Events)
		}
		if failure(second(s.ReopenPlaces(now, "gp", tuesday))) != "not_found" {
			t.Error("opened twice")
		}
	})

	t.Run("an hour that is opened in the returned time", func(t *testing.T) {
		s := returnedTuesday(t)
		apply(s, morning, ExceptionAdded{Exception: "x", Person: "gp", Day: tuesday, Kind: Extra, From: 600, To: 660, Unit: "centre", Minutes: 30})
		if free := s.freeOn(tuesday, morning); !slices.Equal(free, []string{"08:00", "08:30"}) {
			t.Errorf("%v", free)
		}
	})

	t.Run("moved afterwards it can be booked on its new day", func(t *testing.T) {
		s := returnedTuesday(t)
		apply(s, morning, ReceptionMoved{Reception: "r1", Day: tuesday + 1, From: 540, To: 720})
		if free, own := s.freeOn(tuesday+1, morning), s.ownOn(tuesday, morning); len(free) != 6 || len(own) != 0 || len(s.primary.Returned) != 0 {
			t.Errorf("free %v, own %v", free, own)
		}
	})

	t.Run("cancelled afterwards, the hours under it stay the doctor's", func(t *testing.T) {
		under := HoursAdded{Hours: "u", Person: "gp", Unit: "centre", Weekday: 2, From: 600, To: 780, Minutes: 30, ValidFrom: day(t, "2026-11-01"), ValidUntil: day(t, "2027-06-30")}
		s := returnedTuesday(t, then{longBefore, under})
		if own := s.ownOn(tuesday, morning); !slices.Equal(own, []string{"10:00–11:00", "07:00–10:00"}) {
			t.Fatalf("own %v", own)
		}
		apply(s, morning, ReceptionCancelled{Reception: "r1"})
		if free, own := s.freeOn(tuesday, morning), s.ownOn(tuesday, morning); len(free) != 0 || !slices.Equal(own, []string{"10:00–11:00", "08:00–10:00"}) {
			t.Errorf("free %v, own %v", free, own)
		}
		d, err := s.ReopenPlaces(now, "gp", tuesday)
		if err != nil {
			t.Fatal(err)
		}
		apply(s, morning, d.Events[0])
		if free := s.freeOn(tuesday, morning); len(free) != 6 {
			t.Errorf("opened: %v", free)
		}
	})

	t.Run("a snapshot remembers it", func(t *testing.T) {
		s := returnedTuesday(t)
		s.Reindex()
		if free, own := s.freeOn(tuesday, morning), s.ownOn(tuesday, morning); len(free) != 0 || !slices.Equal(own, whole) {
			t.Errorf("free %v, own %v", free, own)
		}
	})
}

// Every server looks; the places return, and are told of, once.
func TestPlacesReturnOnceOnTwoServers(t *testing.T) {
	r := newRegionAt(t, time.UnixMilli(utc("2026-11-20T12:00:00Z")))
	r.happen(t, SettingsChanged{Person: "gp", ReturnDays: 7}, tuesdays(t, ""))
	other := &region{state: NewState(), people: people.NewState(), database: r.database}
	other.open(t)
	for _, at := range []string{"2026-11-23T21:59:59Z", "2026-11-23T22:00:00Z", "2026-11-23T22:01:00Z"} {
		done := make(chan error)
		for _, s := range []*region{r, other} {
			s.clock.Store(utc(at))
			go func() { done <- s.service.ReturnPlaces(context.Background()) }()
		}
		for range 2 {
			if err := <-done; err != nil {
				t.Fatal(err)
			}
		}
	}
	if n, told := len(r.state.primary.Returned["gp"]), len(r.state.primary.Mailing.Changes); n != 1 || told != 1 {
		t.Errorf("returned %d times, told %d times", n, told)
	}
}

func TestReturnedPlacesOverHTTP(t *testing.T) {
	r := newRegionAt(t, time.UnixMilli(utc("2026-11-20T12:00:00Z")))
	r.happen(t, SettingsChanged{Person: "gp", ReturnDays: 7}, tuesdays(t, ""), place("a", "2026-12-01T07:30:00Z"))
	receptions := func() []any {
		return r.want(t, 200, "gp", "GET", "/api/people/gp/receptions", "")["receptions"].([]any)
	}
	sheet := func(who string) []any {
		return r.want(t, 200, who, "GET", "/api/day-sheet?date=2026-12-01", "")["returned"].([]any)
	}
	if got := receptions(); at(map[string]any{"r": got}, "r", 0, "returned") != false || len(sheet("gp")) != 0 {
		t.Errorf("before: %v", got)
	}
	r.clock.Store(utc("2026-11-24T09:00:00Z"))
	if err := r.service.ReturnPlaces(context.Background()); err != nil {
		t.Fatal(err)
	}
	got := map[string]any{"r": receptions(), "sheet": sheet("gp"), "kept": sheet("keeper"), "other": sheet("keeper2")}
	if at(got, "r", 0, "returned") != true || at(got, "r", 0, "taken") != 1.0 || at(got, "r", 1, "returned") != false {
		t.Errorf("receptions: %v", got["r"])
	}
	if at(got, "sheet", 0, "person") != "gp" || at(got, "sheet", 0, "times", 0, "start") != "2026-12-01T07:00:00Z" || at(got, "sheet", 0, "times", 0, "end") != "2026-12-01T07:30:00Z" ||
		at(got, "sheet", 0, "times", 1, "start") != "2026-12-01T08:00:00Z" || len(got["kept"].([]any)) != 1 || len(got["other"].([]any)) != 0 {
		t.Errorf("day sheets: %v", got)
	}
	hours := r.want(t, 200, "gp", "GET", "/api/people/gp/hours", "")
	if length(hours["returned"]) != 1 || at(hours, "returned", 0, "date") != "2026-12-01" || length(at(hours, "returned", 0, "times")) != 2 {
		t.Errorf("hours: %v", hours["returned"])
	}
	r.want(t, 409, "co", "POST", "/api/appointments", `{"doctor":"gp","unit":"centre","start":"2026-12-01T08:00:00Z","minutes":30,"mode":"phone"}`)
	r.want(t, 200, "gp", "DELETE", "/api/people/gp/hours/returned/2026-12-01", "")
	if got := receptions(); at(map[string]any{"r": got}, "r", 0, "returned") != false {
		t.Errorf("opened: %v", got)
	}
	r.want(t, 201, "co", "POST", "/api/appointments", `{"doctor":"gp","unit":"centre","start":"2026-12-01T08:00:00Z","minutes":30,"mode":"phone"}`)
}
