package scheduling

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

func (b *Block) text() string {
	var served []string
	for _, r := range b.Served {
		served = append(served, r.Request)
	}
	return fmt.Sprintf("%s %s–%s/%d: %s", b.Day.Date(), clock(b.From), clock(b.To), b.Minutes, strings.Join(served, " "))
}

func lasting(minutes int) func(*RequestMade) { return func(r *RequestMade) { r.Minutes = minutes } }

func clientNever(n ...Impossible) func(*RequestMade) { return func(r *RequestMade) { r.Never = n } }

// The best blocks of two hours at noon of Friday 20.11.2026, from Monday on.
func TestWorth(t *testing.T) {
	monday := day(t, "2026-11-23")
	all := func(lists ...[]journal.Event) []journal.Event { return slices.Concat(lists...) }
	one := func(e journal.Event) []journal.Event { return []journal.Event{e} }
	works := func(person string, weekday, from, to int) []journal.Event {
		return one(HoursAdded{Hours: person + fmt.Sprint(weekday), Person: person, Unit: "town", Weekday: weekday, From: from * 60, To: to * 60, Minutes: 30, ValidFrom: monday, ValidUntil: monday + 100})
	}
	extra := func(d Day, from, to int) []journal.Event {
		return one(ExceptionAdded{Exception: fmt.Sprint("x", d, from), Person: "gp", Day: d, Kind: Extra, From: from * 60, To: to * 60, Unit: "north", Minutes: 30})
	}
	// A coordinator with hours on one weekday only comes on no other, so that little is left to choose from.
	tuesday := works("co", 2, 9, 11)
	for _, tt := range []struct {
		name   string
		given  []journal.Event
		to     Day // monday+4 when it is 0
		length int
		want   []string
	}{
		{name: "nobody waits"},
		{
			name: "all times are alike: the earliest, and no two that overlap", given: asks("r1", "co"),
			want: []string{"2026-11-23 08:00–10:00/30: r1", "2026-11-23 10:00–12:00/30: r1", "2026-11-23 12:00–14:00/30: r1"},
		},
		{
			name: "when the coordinator comes", given: all(tuesday, asks("r1", "co"), asks("r2", "co")),
			want: []string{"2026-11-24 09:00–11:00/30: r1 r2"},
		},
		{
			name: "in one hour", length: 60, given: all(tuesday, asks("r1", "co"), asks("r2", "co"), asks("r3", "co")),
			want: []string{"2026-11-24 09:00–10:00/30: r1 r2", "2026-11-24 10:00–11:00/30: r1 r2"},
		},
		{
			name: "those who can not come leave their place to the next", given: all(tuesday, works("busy", 3, 9, 10), asks("r1", "busy"), asks("r2", "co"), asks("r3", "co")),
			want: []string{"2026-11-24 09:00–11:00/30: r2 r3", "2026-11-25 09:00–11:00/30: r1"},
		},
		{
			name: "the grid suits 45 and 30 minutes", given: all(tuesday, asks("r1", "co", lasting(45)), asks("r2", "co"), asks("r3", "co", lasting(45))),
			want: []string{"2026-11-24 09:00–11:00/15: r1 r2 r3"},
		},
		{
			name: "on the grid that most ask for, when it serves as many", given: all(tuesday, asks("r1", "co"), asks("r2", "co"), asks("r3", "co", lasting(45))),
			want: []string{"2026-11-24 09:00–11:00/30: r1 r2 r3"},
		},
		{
			name: "one that is longer than the block", length: 60, given: all(tuesday, asks("r1", "co", lasting(61)), asks("r2", "co")),
			want: []string{"2026-11-24 09:00–10:00/30: r2", "2026-11-24 10:00–11:00/30: r2"},
		},
		{
			name: "of another doctor", given: all(tuesday, asks("r1", "co", of("gp2")), asks("r2", "co", of("gp"))),
			want: []string{"2026-11-24 09:00–11:00/30: r2"},
		},
		{name: "the last day that helps was yesterday", given: all(tuesday, asks("r1", "co", until(monday)))},
		{name: "it is the day itself", given: all(tuesday, asks("r1", "co", until(monday+1))), want: []string{"2026-11-24 09:00–11:00/30: r1"}},
		{name: "the client can not on Tuesdays", given: all(tuesday, asks("r1", "co", clientNever(Impossible{Weekday: 2})))},
		{
			name: "or on that morning", given: all(tuesday, asks("r1", "co", clientNever(Impossible{Day: monday + 1, From: 540, To: 630})), asks("r2", "co", clientNever(Impossible{Day: monday + 1, From: 540, To: 631}))),
			want: []string{"2026-11-24 10:00–12:00/30: r1"},
		},
		{name: "the doctor has published a part of it", length: 60, given: all(tuesday, extra(monday+1, 9, 10), asks("r1", "co")), want: []string{"2026-11-24 10:00–11:00/30: r1"}},
		{name: "the doctor is away for a part", length: 60, given: all(tuesday, one(ExceptionAdded{Exception: "a", Person: "gp", Day: monday + 1, Kind: Away, From: 600, To: 610}), asks("r1", "co")), want: []string{"2026-11-24 09:00–10:00/30: r1"}},
		{name: "the doctor is away all day", given: all(tuesday, one(ExceptionAdded{Exception: "a", Person: "gp", Day: monday + 1, Kind: Away}), asks("r1", "co"))},
		{name: "the doctor is away for a week", given: all(tuesday, one(DeputySet{Absence: "a", Person: "gp", From: monday, Until: monday + 6}), asks("r1", "co"))},
		{name: "the doctor has an appointment elsewhere", length: 60, given: all(tuesday, one(booked("b", "2026-11-24T08:30:00Z", 30, "gp", "co2")), asks("r1", "co")), want: []string{"2026-11-24 09:00–10:00/30: r1"}},
		{name: "the coordinator has one", length: 60, given: all(tuesday, one(booked("b", "2026-11-24T07:00:00Z", 60, "gp2", "co")), asks("r1", "co")), want: []string{"2026-11-24 10:00–11:00/30: r1"}},
		{
			name: "a quarter of an hour between two of the doctor's", given: all(tuesday, one(SettingsChanged{Person: "gp", After: 15}), asks("r1", "co"), asks("r2", "co"), asks("r3", "co"), asks("r4", "co")),
			want: []string{"2026-11-24 09:00–11:00/30: r1 r2"},
		},
		{
			name: "between two of the coordinator's, who share the day with another", given: all(tuesday, one(SettingsChanged{Person: "co", Before: 30}), works("co2", 2, 9, 11), asks("r1", "co"), asks("r2", "co"), asks("r3", "co2")),
			want: []string{"2026-11-24 09:00–11:00/30: r1 r2 r3"},
		},
		{name: "the doctor takes two a day", given: all(tuesday, one(SettingsChanged{Person: "gp", DayLimit: 2}), asks("r1", "co"), asks("r2", "co"), asks("r3", "co")), want: []string{"2026-11-24 09:00–11:00/30: r1 r2"}},
		{name: "and has one in the month of their only one", given: all(tuesday, one(SettingsChanged{Person: "gp", MonthLimit: 1}), one(booked("b", "2026-11-30T08:30:00Z", 30, "gp", "co2")), asks("r1", "co"))},
		{name: "the notice ends in the middle", given: all(tuesday, one(SettingsChanged{Person: "gp", Notice: 92}), asks("r1", "co"), asks("r2", "co"), asks("r3", "co"), asks("r4", "co"), asks("r5", "co")), want: []string{"2026-11-24 10:00–12:00/30: r1 r2"}},
		{name: "beyond what can be booked", given: all(tuesday, one(SettingsChanged{Person: "gp", Horizon: 3}), asks("r1", "co"))},
		{name: "the last day that can", given: all(tuesday, one(SettingsChanged{Person: "gp", Horizon: 4}), asks("r1", "co")), want: []string{"2026-11-24 09:00–11:00/30: r1"}},
		{
			name: "Christmas Eve", to: day(t, "2026-12-24"), length: 60, given: all(works("co", 4, 9, 10), one(DeputySet{Absence: "a", Person: "gp", From: monday, Until: day(t, "2026-12-23")}), one(openDay(t, "co", "2026-12-24")), asks("r1", "co")),
		},
		{
			name: "Christmas Eve, which both work", to: day(t, "2026-12-24"), length: 60,
			given: all(works("co", 4, 9, 10), one(DeputySet{Absence: "a", Person: "gp", From: monday, Until: day(t, "2026-12-23")}), one(openDay(t, "co", "2026-12-24")), one(openDay(t, "gp", "2026-12-24")), asks("r1", "co")),
			want:  []string{"2026-12-24 09:00–10:00/30: r1"},
		},
		{name: "nobody comes on Saturdays", to: monday + 6, given: all(works("co", 6, 9, 11), asks("r1", "co"))},
		{
			name:  "the centre lends the town one place a month",
			given: all(tuesday, one(PlacesLent{Unit: "centre", Other: "town", Places: 1}), asks("r1", "co"), asks("r2", "co")),
			want:  []string{"2026-11-24 09:00–11:00/30: r1"},
		},
		{name: "urgent ones come first", length: 60, given: all(tuesday, asks("r1", "co"), asks("r2", "co"), asks("r3", "co", urgent)), want: []string{"2026-11-24 09:00–10:00/30: r3 r1", "2026-11-24 10:00–11:00/30: r3 r1"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := given(tt.given...)
			w := WorthQuery{Doctor: "gp", Unit: "centre", From: monday, To: tt.to, Now: noon.UnixMilli(), Length: tt.length, Who: everybody}
			if w.To == 0 {
				w.To = monday + 4
			}
			if w.Length == 0 {
				w.Length = 120
			}
			var got []string
			for _, b := range s.Worth(w) {
				got = append(got, b.text())
				if _, err := s.AddException(noon, "new", Exception{Person: "gp", Day: b.Day, Kind: Extra, From: b.From, To: b.To, Unit: "centre", Minutes: b.Minutes}); err != nil {
					t.Errorf("%s can not be published: %v", b.text(), err)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

// waitingWorld is a doctor without hours, and requests of a few coordinators who have little time.
func waitingWorld(t testing.TB, r *rand.Rand, requests int, lengths []int) *State {
	t.Helper()
	monday := day(t, "2026-11-23")
	var events []journal.Event
	for c := range 4 {
		who := fmt.Sprintf("co%d", c)
		for weekday := 1; weekday <= 5; weekday++ {
			if from := 8 + r.IntN(6); r.IntN(3) > 0 {
				events = append(events, HoursAdded{
					Hours: fmt.Sprintf("h%d%d", c, weekday), Person: who, Unit: "town", Weekday: weekday, From: from * 60, To: (from + 1 + r.IntN(3)) * 60, Minutes: 30,
					ValidFrom: monday, ValidUntil: monday + 100,
				})
			}
		}
		if r.IntN(3) == 0 {
			events = append(events, SettingsChanged{Person: who, Before: 5 * r.IntN(4), After: 5 * r.IntN(3)})
		}
	}
	if r.IntN(3) == 0 {
		events = append(events, SettingsChanged{Person: "gp", After: 5 * r.IntN(4), DayLimit: r.IntN(2) * (2 + r.IntN(3)), Notice: r.IntN(80)})
	}
	for i := range requests {
		who := fmt.Sprintf("co%d", r.IntN(4))
		events = append(events, asks(fmt.Sprintf("r%02d", i), who, func(m *RequestMade) {
			m.Minutes = lengths[r.IntN(len(lengths))]
			if r.IntN(4) == 0 {
				m.Needs[0].Any = append(m.Needs[0].Any, Comer{"spare", auth.Coordinator})
			}
			if r.IntN(4) == 0 {
				m.Needs = append(m.Needs, Need{Role: RoleRoom, Any: []Comer{{fmt.Sprintf("room%d", r.IntN(2)), RoleRoom}}})
			}
			if r.IntN(4) == 0 {
				m.Never = []Impossible{{Weekday: 1 + r.IntN(5), From: 480, To: 480 + 60*(1+r.IntN(7))}}
			}
			if r.IntN(5) == 0 {
				m.Deadline = monday + Day(r.IntN(20))
			}
			if r.IntN(5) == 0 {
				m.Priority = Urgent
			}
		})...)
	}
	s := given(events...)
	for range r.IntN(12) {
		b := booked(fmt.Sprintf("b%d", r.Int()), "2026-11-23T06:00:00Z", 15*(1+r.IntN(6)), "gp9", []string{"gp", "co0", "co1", "spare", "room0"}[r.IntN(5)])
		b.Start += int64(r.IntN(10))*dayLength + int64(r.IntN(32))*15*minute
		if free := (&Calendar{Busy: s.busy(b.Participants[1].Person, &Query{Unit: "centre"}, monday, monday+20)}).freeAt(Span{b.Start, b.Start + int64(b.Minutes)*minute}); free {
			b.Participants = b.Participants[1:]
			b.Doctor = b.Participants[0].Person
			s.Apply(journal.Meta{Number: 9000, At: noon}, b)
		}
	}
	return s
}

// What a block is said to be worth is what happens when it is published: the same requests get offers, at the same times.
func TestWorthIsWhatTheLineGets(t *testing.T) {
	monday := day(t, "2026-11-23")
	promised := 0
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 21))
		s := waitingWorld(t, r, 1+r.IntN(12), []int{20, 30, 45, 60})
		w := WorthQuery{Doctor: "gp", Unit: "centre", From: monday, To: monday + 11, Now: noon.UnixMilli(), Length: []int{60, 120, 240}[r.IntN(3)], Who: everybody}
		blocks := s.Worth(w)
		if len(blocks) == 0 {
			continue
		}
		b := blocks[r.IntN(len(blocks))]
		d, err := s.AddException(noon, "opened", Exception{Person: "gp", Day: b.Day, Kind: Extra, From: b.From, To: b.To, Unit: "centre", Minutes: b.Minutes})
		s.when(t, noon, "gp", d, err)
		got := map[string]string{}
		for n, waiting := range s.waitingRequests("centre") {
			for try := range 3 {
				o, ok := s.openingFor(noon, waiting.ID, []string{"gp"}, everybody)
				if !ok {
					break
				}
				d := s.OfferWaiting(noon, o.doctor, o.unit, o.Span, fmt.Sprintf("offer-%d-%d", n, try), everybody)
				for _, e := range d.Events {
					if h, ok := e.(AppointmentHeld); ok {
						got[h.Request] = moment(h.Start).Format(time.RFC3339)
					}
				}
				s.when(t, noon, "", d, nil)
			}
		}
		want := map[string]string{}
		for _, served := range b.Served {
			want[served.Request] = moment(served.Start).Format(time.RFC3339)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("seed %d: %s\ngot  %v\nwant %v", seed, b.text(), got, want)
		}
		if wrong := s.Check(); len(wrong) > 0 {
			t.Fatalf("seed %d: %v", seed, wrong)
		}
		promised += len(want)
	}
	if promised < 200 {
		t.Errorf("only %d offers: the worlds are too empty to prove anything", promised)
	}
}

// most tries every request at every time and gives how many a block could serve, in whatever order.
func most(s *State, w *WorthQuery, left []candidate, taken []placed, block Span, step int64) int {
	best := 0
	for i := range left {
		others := slices.Delete(slices.Clone(left), i, i+1)
		for start := block.Start; start+left[i].length <= block.End; start += step {
			t := Span{start, start + left[i].length}
			persons, ok := s.comers(&left[i], t, taken)
			if start+left[i].length > left[i].closing || start < w.Now+int64(s.primary.Settings["gp"].Notice)*60*minute || meetsAny(left[i].never, t) || !ok {
				continue
			}
			best = max(best, 1+most(s, w, others, append(slices.Clip(taken), placed{t, persons}), block, step))
		}
	}
	return best
}

// The order of the line costs little: over many small worlds nearly as many are served as could be in any order, never more,
// and never is a place left for somebody who could have it.
func TestWorthAgainstEveryOrder(t *testing.T) {
	monday := day(t, "2026-11-23")
	served, could := 0, 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 22))
		s := waitingWorld(t, r, 1+r.IntN(4), []int{30, 60})
		w := WorthQuery{Doctor: "gp", Unit: "centre", From: monday, To: monday + 4, Now: noon.UnixMilli(), Length: 120, Who: everybody}
		candidates, steps := s.candidates(&w, Query{Unit: w.Unit, From: w.From, To: w.To, Now: w.Now})
		places := s.placesLeft("gp", monday+1, &Query{Now: w.Now})
		for _, b := range s.Worth(w) {
			t2 := Span{s.calendar.at(b.Day, b.From), s.calendar.at(b.Day, b.To)}
			possible := min(places, most(s, &w, candidates, nil, t2, int64(steps[len(steps)-1])*minute))
			if len(b.Served) > possible {
				t.Fatalf("seed %d: %s, but only %d can be served", seed, b.text(), possible)
			}
			served, could = served+len(b.Served), could+possible
		}
	}
	if served*100 < could*90 || could < 60 {
		t.Errorf("%d of %d served", served, could)
	}
	t.Logf("%d of %d served", served, could)
}

// BenchmarkWorth is ten requests and four weeks of eight hours a day.
func BenchmarkWorth(b *testing.B) {
	r := rand.New(rand.NewPCG(7, 7))
	s := waitingWorld(b, r, 10, []int{30, 45, 60})
	from := day(b, "2026-11-23")
	w := WorthQuery{Doctor: "gp", Unit: "centre", From: from, To: from + worthDays - 1, Now: noon.UnixMilli(), Length: 120, Who: everybody}
	blocks := len(s.Worth(w))
	b.ReportAllocs()
	for b.Loop() {
		s.Worth(w)
	}
	b.ReportMetric(float64(blocks), "blocks")
}

func TestWorthOverHTTP(t *testing.T) {
	r := newRegion(t)
	var events []journal.Event
	for i := range 3 {
		events = append(events, asks(fmt.Sprintf("r%d", i), "co")...)
	}
	r.happen(t, events...)
	v := r.want(t, 200, "gp", "GET", "/api/people/gp/hours/worth?unit=centre", "")
	if v["waiting"] != 3.0 || length(v["blocks"]) != 3 || at(v, "blocks", 0, "date") != "2026-11-23" || at(v, "blocks", 0, "served") != 3.0 || length(at(v, "blocks", 0, "references")) != 0 {
		t.Errorf("%v", v)
	}
	v = r.want(t, 200, "keeper", "GET", "/api/people/gp/hours/worth?unit=centre&from=2026-11-24&to=2026-11-24&minutes=60", "")
	if at(v, "blocks", 0, "from") != "08:00" || at(v, "blocks", 0, "to") != "09:00" || at(v, "blocks", 0, "served") != 2.0 || at(v, "blocks", 0, "references", 1) != "REF-r1" {
		t.Errorf("%v", v)
	}
	if err := r.service.OfferWaiting(t.Context()); err != nil { // there is nothing to offer yet
		t.Fatal(err)
	}
	publish := `{"rules":[],"extras":[{"date":"2026-11-24","from":"08:00","to":"09:00","minutes":30,"unit":"centre"}]}`
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/publications", publish)
	if err := r.service.OfferWaiting(t.Context()); err != nil {
		t.Fatal(err)
	}
	if v = r.want(t, 200, "gp", "GET", "/api/people/gp/hours/worth?unit=centre", ""); v["waiting"] != 1.0 {
		t.Errorf("after it was opened: %v", v)
	}
	r.want(t, 400, "gp", "GET", "/api/people/gp/hours/worth?unit=north", "")
	r.want(t, 400, "gp", "GET", "/api/people/gp/hours/worth?unit=centre&minutes=90", "")
	r.want(t, 400, "gp", "GET", "/api/people/gp/hours/worth?unit=centre&from=2026-11-24&to=2027-01-26", "")
	r.want(t, 404, "keeper2", "GET", "/api/people/gp/hours/worth?unit=centre", "")
}
