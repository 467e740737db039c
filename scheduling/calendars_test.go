package scheduling

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/people"
	"luotsi/server/vault"
)

// outlook is a calendar with one busy hour, as Outlook writes it, at a time on the Finnish clock such as 20261201T120000.
func outlook(starts ...string) string {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nPRODID:Microsoft Exchange Server 2010\r\nVERSION:2.0\r\n")
	for i, start := range starts {
		fmt.Fprintf(&b, "BEGIN:VEVENT\r\nSUMMARY:Salainen kokous\r\nDTSTART;TZID=FLE Standard Time:%s\r\nDURATION:PT1H\r\nUID:040000008200E00074C5B7101A82E008%d\r\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\nEND:VEVENT\r\n", start, i)
	}
	return b.String() + "END:VCALENDAR\r\n"
}

const strange = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Salainen kokous\nUID:a\nDTSTART;TZID=Oma:20261201T120000\nDURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR\n"

func TestPackSpans(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		from := int64(random.IntN(1e6)) * minute
		var busy []Span
		at := from
		for range random.IntN(200) {
			at += int64(random.IntN(3000)) * minute
			end := at + int64(1+random.IntN(3000))*minute
			busy = append(busy, Span{at, end})
			at = end + minute
		}
		if got := unpackSpans(from, packSpans(from, busy)); !slices.Equal(got, busy) {
			t.Fatalf("got %v, want %v", got, busy)
		}
	}
}

func FuzzUnpackSpans(f *testing.F) {
	f.Add([]byte{0, 60, 5, 30})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 1})
	f.Fuzz(func(t *testing.T, packed []byte) {
		last := int64(0)
		for _, s := range unpackSpans(0, packed) {
			if s.Start < last || s.End <= s.Start {
				t.Fatalf("%v after %d", s, last)
			}
			last = s.End
		}
	})
}

// TestBusyOfBoth: what is busy here and elsewhere is one list, however they lie.
func TestBusyOfBoth(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	some := func() (list []Span) {
		at := int64(0)
		for range random.IntN(20) {
			at += int64(1 + random.IntN(10))
			list = append(list, Span{at, at + int64(1+random.IntN(10))})
			at = list[len(list)-1].End
		}
		return list
	}
	covered := func(lists [][]Span, at int64) bool {
		return slices.ContainsFunc(slices.Concat(lists...), func(s Span) bool { return s.Start <= at && at < s.End })
	}
	for range 2000 {
		a, b := some(), some()
		merged := mergeTwo(a, b)
		if got := merge(slices.Concat(a, b)); !slices.Equal(got, merged) {
			t.Fatalf("%v and %v: %v is not %v", a, b, got, merged)
		}
		for at := range int64(500) {
			if covered([][]Span{a, b}, at) != covered([][]Span{merged}, at) {
				t.Fatalf("%v and %v: %v at %d", a, b, merged, at)
			}
		}
		for i := 1; i < len(merged); i++ {
			if merged[i].Start <= merged[i-1].End {
				t.Fatalf("%v", merged)
			}
		}
	}
}

func TestReadCalendarRule(t *testing.T) {
	const d = dayLength
	week := func(from, until int64, busy ...Span) reading {
		return reading{From: from * d, Until: until * d, Busy: busy}
	}
	s := NewState()
	meta := journal.Meta{At: time.UnixMilli(0)}
	before := week(0, 120, Span{d, d + minute}, Span{50 * d, 51 * d})
	first, err := s.AddCalendar("c", "gp", FromAddress, before)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range first.Events {
		s.Apply(meta, e)
	}
	tests := []struct {
		name   string
		now    reading
		stored bool
	}{
		{"the same", before, false},
		{"what is over does not count", week(2, 122, Span{50 * d, 51 * d}), false},
		{"what is new beyond the end waits", week(2, 122, Span{50 * d, 51 * d}, Span{121 * d, 122 * d}), false},
		{"six days further", week(6, 126, Span{50 * d, 51 * d}), false},
		{"a week further", week(7, 127, Span{50 * d, 51 * d}), true},
		{"a minute longer", week(0, 120, Span{d, d + 2*minute}, Span{50 * d, 51 * d}), true},
		{"one gone", week(0, 120, Span{d, d + minute}), true},
		{"one more", week(0, 120, Span{d, d + minute}, Span{3 * d, 4 * d}, Span{50 * d, 51 * d}), true},
		{"another problem", reading{From: 0, Until: 120 * d, Busy: before.Busy, Problems: 1, Hash: "h", Text: "t"}, true},
	}
	for _, test := range tests {
		got, err := s.ReadCalendar("c", test.now)
		if err != nil || (len(got.Events) > 0) != test.stored {
			t.Errorf("%s: %v %v", test.name, got.Events, err)
		}
	}
	if _, err := s.ReadCalendar("gone", before); !errors.Is(err, ErrNoSuchCalendar) {
		t.Errorf("a calendar that is gone: %v", err)
	}
	if wrong := s.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
}

// TestCalendarKeepsTimesFree: a busy time of Outlook's is neither found nor booked, until the calendar is left out again.
func TestCalendarKeepsTimesFree(t *testing.T) {
	r := newRegion(t)
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", `{"unit":"centre","weekday":2,"from":"12:00","to":"14:00","minutes":60,"validFrom":"2026-12-01"}`)
	const times = "/api/joint-times?doctor=gp&unit=centre&from=2026-12-01&to=2026-12-01"
	starts := func() (list []any) {
		v := r.want(t, 200, "nurse", "GET", times, "")
		for i := range length(at(v, "days", 0, "times")) {
			list = append(list, at(v, "days", 0, "times", i, "start"))
		}
		return list
	}
	free := []any{"2026-12-01T10:00:00Z", "2026-12-01T11:00:00Z"}
	if got := starts(); !slices.Equal(got, free) {
		t.Fatalf("got %v", got)
	}
	v := r.want(t, 201, "gp", "POST", "/api/people/gp/calendars/file", fmt.Sprintf(`{"file":%q}`, outlook("20261201T120000")))
	id := at(v, "calendars", 0, "id")
	if at(v, "calendars", 0, "source") != "file" || at(v, "calendars", 0, "problems") != 0.0 || at(v, "calendars", 0, "stale") != false {
		t.Errorf("the calendar is %v", v)
	}
	if got := starts(); !slices.Equal(got, free[1:]) {
		t.Errorf("with Outlook's hour: %v", got)
	}
	book := func(start string) (int, map[string]any) {
		return r.call(t, "nurse", "POST", "/api/appointments", `{"doctor":"gp","unit":"centre","start":"`+start+`","minutes":60,"mode":"phone"}`)
	}
	if status, v := book("2026-12-01T10:00:00Z"); status != 409 || v["code"] != "time_taken" || at(v, "info", "taken", 0, "person") != "gp" || at(v, "info", "next", 0, "start") != "2026-12-01T11:00:00Z" {
		t.Errorf("a busy hour: %d %v", status, v)
	}
	// The coordinator's own calendar counts too, and the two together leave nothing.
	r.want(t, 201, "nurse", "POST", "/api/people/nurse/calendars/file", fmt.Sprintf(`{"file":%q}`, outlook("20261201T133000")))
	if v := r.want(t, 200, "nurse", "GET", times, ""); at(v, "none", "reasons", 0, "busy") != 1.0 || at(v, "none", "reasons", 1, "busy") != 1.0 {
		t.Errorf("nobody is free: %v", v)
	}
	// A newer file takes the place of the old one.
	r.want(t, 200, "gp", "PUT", fmt.Sprintf("/api/people/gp/calendars/%v/file", id), fmt.Sprintf(`{"file":%q}`, outlook("20261202T120000")))
	if got := starts(); !slices.Equal(got, free[:1]) {
		t.Errorf("with another file: %v", got)
	}
	// What came from here and returns with the calendar is not in the way.
	if status, v := book("2026-12-01T10:00:00Z"); status != 201 {
		t.Fatalf("a free hour: %d %v", status, v)
	}
	appointment := at(r.want(t, 200, "nurse", "GET", "/api/appointments", ""), "appointments", 0, "id")
	back := strings.Replace(outlook("20261201T120000"), "UID:040000008200E00074C5B7101A82E0080", fmt.Sprintf("UID:%v@luotsi", appointment), 1)
	r.want(t, 200, "gp", "PUT", fmt.Sprintf("/api/people/gp/calendars/%v/file", id), fmt.Sprintf(`{"file":%q}`, back))
	r.want(t, 200, "nurse", "POST", fmt.Sprintf("/api/appointments/%v/cancellation", appointment), `{"reason":"other"}`)
	if got := starts(); !slices.Equal(got, free[:1]) {
		t.Errorf("after the cancellation: %v", got)
	}
	r.want(t, 200, "gp", "DELETE", fmt.Sprintf("/api/people/gp/calendars/%v", id), "")
	if status, _ := r.call(t, "gp", "DELETE", fmt.Sprintf("/api/people/gp/calendars/%v", id), ""); status != 404 {
		t.Errorf("removed again: %d", status)
	}
	if wrong := r.state.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
}

// TestCalendarAtAnAddress walks through subscribing, the rounds of the ticker, failing, and reading on request.
func TestCalendarAtAnAddress(t *testing.T) {
	r := newRegion(t)
	const path = "/api/people/gp/calendars"
	ctx := context.Background()
	var asked []string
	var mu sync.Mutex
	answer, failure := outlook("20261201T120000"), error(nil)
	r.fetch = func(_ context.Context, address string) ([]byte, error) {
		mu.Lock()
		defer mu.Unlock()
		asked = append(asked, address)
		return []byte(answer), failure
	}
	for _, wrong := range []string{"http://outlook.example/a.ics", "https://name:word@outlook.example/a.ics", "ftp://outlook.example/a", "file:///etc/passwd", "outlook.example/a.ics", "https://", "https:outlook.example"} {
		if v := r.want(t, 400, "gp", "POST", path, fmt.Sprintf(`{"address":%q}`, wrong)); v["code"] != "calendar_address" {
			t.Errorf("%s: %v", wrong, v)
		}
	}
	failure = ErrCalendarRefused
	if v := r.want(t, 409, "gp", "POST", path, `{"address":"https://outlook.example/secret.ics"}`); v["code"] != "calendar_refused" {
		t.Errorf("a refusal: %v", v)
	}
	failure = nil
	answer = "<html>"
	if v := r.want(t, 409, "gp", "POST", path, `{"address":"https://outlook.example/secret.ics"}`); v["code"] != "calendar_none" {
		t.Errorf("a page: %v", v)
	}
	answer = outlook("20261201T120000")
	v := r.want(t, 201, "gp", "POST", path, `{"address":" webcal://outlook.example/secret.ics "}`)
	if asked[len(asked)-1] != "https://outlook.example/secret.ics" {
		t.Errorf("asked %v", asked)
	}
	id := at(v, "calendars", 0, "id").(string)
	if at(v, "calendars", 0, "host") != "outlook.example" || at(v, "calendars", 0, "stale") != false || at(v, "calendars", 0, "until") != "2027-03-19" {
		t.Errorf("the calendar is %v", v)
	}
	// The scheduler keeps it, but is not told where it is; others do not see it.
	if v := r.want(t, 200, "keeper", "GET", path, ""); at(v, "calendars", 0, "host") != nil || at(v, "calendars", 0, "id") != id {
		t.Errorf("the scheduler sees %v", v)
	}
	for _, other := range []string{"nurse", "keeper2", "gp2", "co"} {
		r.want(t, 404, other, "GET", path, "")
		r.want(t, 404, other, "DELETE", path+"/"+id, "")
	}
	round := func(wants int) {
		t.Helper()
		before := len(asked)
		if err := r.service.ReadCalendars(ctx); err != nil {
			t.Fatal(err)
		}
		if len(asked)-before != wants {
			t.Fatalf("%d addresses were asked, want %d", len(asked)-before, wants)
		}
	}
	pass := func(d time.Duration) { r.clock.Add(d.Milliseconds()) }
	commits := r.journal.Applied()
	round(0)
	pass(29 * time.Minute)
	round(0)
	pass(time.Minute)
	round(1)
	round(0)
	if r.journal.Applied() != commits {
		t.Error("the same was stored again")
	}
	pass(31 * time.Minute)
	answer = outlook("20261202T120000") + strange
	round(1)
	if r.journal.Applied() != commits+1 {
		t.Error("something new was not stored")
	}
	v = r.want(t, 200, "gp", "GET", path, "")
	if at(v, "calendars", 0, "problems") != 1.0 || at(v, "calendars", 0, "listed", 0, "date") != "2026-12-01" || at(v, "calendars", 0, "listed", 0, "code") != "zone" || at(v, "calendars", 0, "listed", 0, "what") != "Oma" {
		t.Errorf("what was not understood: %v", v)
	}
	if v := r.want(t, 200, "keeper", "GET", path, ""); at(v, "calendars", 0, "problems") != 1.0 || at(v, "calendars", 0, "listed") != nil {
		t.Errorf("the scheduler sees %v", v)
	}
	// Failing, it is asked less and less often; what was known stays, and after a day it is out of date.
	failure = ErrCalendarSlow
	for _, wait := range []time.Duration{31 * time.Minute, 31 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour, 12 * time.Hour} {
		pass(wait - 5*time.Minute)
		round(0)
		pass(5 * time.Minute)
		pass(time.Minute)
		round(1)
	}
	v = r.want(t, 200, "gp", "GET", path, "")
	if at(v, "calendars", 0, "error") != "calendar_slow" || at(v, "calendars", 0, "stale") != true {
		t.Errorf("a failing one: %v", v)
	}
	if got := length(at(r.want(t, 200, "gp", "GET", path, ""), "calendars")); got != 1 || len(r.state.importedBusy("gp", 0, 1<<60)) != 1 {
		t.Errorf("%d calendars, busy %v", got, r.state.importedBusy("gp", 0, 1<<60))
	}
	if v := r.want(t, 429, "gp", "POST", path+"/"+id+"/reading", ""); v["code"] != "calendar_just_read" {
		t.Errorf("at once again: %v", v)
	}
	pass(time.Minute)
	if v := r.want(t, 409, "gp", "POST", path+"/"+id+"/reading", ""); v["code"] != "calendar_slow" {
		t.Errorf("still failing: %v", v)
	}
	pass(time.Minute)
	failure = nil
	v = r.want(t, 200, "keeper", "POST", path+"/"+id+"/reading", "")
	if at(v, "calendars", 0, "error") != nil || at(v, "calendars", 0, "stale") != false {
		t.Errorf("read again: %v", v)
	}
	// Nobody waits for the calendar of somebody who is kept out.
	r.happen(t, people.PersonDeactivated{Person: "gp"})
	pass(24 * time.Hour)
	round(0)
	r.happen(t, people.PersonReactivated{Person: "gp"})
	round(1)
}

// TestOneServerReads: of several servers at the same moment one asks the address.
func TestOneServerReads(t *testing.T) {
	r := newRegion(t)
	var mu sync.Mutex
	asked := 0
	r.fetch = func(context.Context, string) ([]byte, error) {
		mu.Lock()
		defer mu.Unlock()
		asked++
		return []byte(outlook("20261201T120000")), nil
	}
	r.want(t, 201, "gp", "POST", "/api/people/gp/calendars", `{"address":"https://outlook.example/a.ics"}`)
	r.clock.Add((31 * time.Minute).Milliseconds())
	asked = 0
	var group sync.WaitGroup
	for range 8 {
		other := NewService(Options{
			Journal: r.journal, State: r.state, People: r.people, Names: r.service.names, Vault: r.vault, Database: r.database, Log: r.service.log,
			Fetch: r.service.imports.fetch, NewID: r.service.newID, Now: r.service.now,
		})
		group.Go(func() {
			if err := other.ReadCalendars(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if asked != 1 {
		t.Errorf("%d servers asked", asked)
	}
}

// TestCalendarsEnd: what is removed or of somebody erased is gone everywhere, also where several were kept.
func TestCalendarsEnd(t *testing.T) {
	r := newRegion(t)
	ctx := context.Background()
	r.fetch = func(context.Context, string) ([]byte, error) { return []byte(strange), nil }
	for n := range MaxCalendars {
		r.want(t, 201, "gp", "POST", "/api/people/gp/calendars", fmt.Sprintf(`{"address":"https://outlook.example/%d.ics"}`, n))
	}
	if v := r.want(t, 409, "gp", "POST", "/api/people/gp/calendars", `{"address":"https://outlook.example/6.ics"}`); v["code"] != "calendars_full" {
		t.Errorf("one too many: %v", v)
	}
	if v := r.want(t, 409, "gp", "POST", "/api/people/gp/calendars/file", fmt.Sprintf(`{"file":%q}`, strange)); v["code"] != "calendars_full" {
		t.Errorf("a file too many: %v", v)
	}
	texts := r.state.TextsOf("gp")
	if len(texts) != 2*MaxCalendars {
		t.Fatalf("texts %v", texts)
	}
	named := map[string]bool{}
	for id := range r.state.Texts(time.Now()) {
		named[id] = true
	}
	for _, id := range texts {
		if text, err := r.vault.Get(ctx, id); err != nil || !named[id] || strings.Contains(text, "Salainen") {
			t.Errorf("text %s: %q %v, named %v", id, text, err, named[id])
		}
	}
	keeper := r.service.Keeper()
	data, err := keeper.Data(ctx, "gp")
	if err != nil || len(data.(dataView).Calendars) != MaxCalendars || data.(dataView).Calendars[0].Address != "https://outlook.example/0.ics" {
		t.Errorf("the download has %+v %v", data, err)
	}
	gone := at(r.want(t, 200, "gp", "GET", "/api/people/gp/calendars", ""), "calendars", 0, "id").(string)
	r.want(t, 200, "gp", "DELETE", "/api/people/gp/calendars/"+gone, "")
	if _, err := r.vault.Get(ctx, gone); !errors.Is(err, vault.ErrGone) {
		t.Errorf("the address of a removed calendar: %v", err)
	}
	if _, err := r.service.imports.lookups.Get(ctx, gone); err == nil {
		t.Error("the lookup of a removed calendar is kept")
	}
	r.want(t, 201, "gp", "POST", "/api/me/feed", "")
	r.happen(t, people.PersonErased{Person: "gp"})
	if left := r.state.TextsOf("gp"); len(left) != 2*(MaxCalendars-1) {
		t.Errorf("to be erased: %v", left)
	}
	for id := range r.state.Texts(time.Now()) {
		t.Errorf("text %s is still named", id)
	}
	if err := keeper.Forget(ctx, "gp", people.Name{}); err != nil {
		t.Error(err)
	}
	left := 0
	if err := r.service.imports.lookups.Each(ctx, func(string, lookup) error { left++; return nil }); err != nil || left > 0 {
		t.Errorf("%d lookups are left, %v", left, err)
	}
	if len(r.state.primary.Calendars.Feeds) != 0 || len(r.state.calendars.feeds) != 0 || len(r.state.importedBusy("gp", 0, 1<<60)) != 0 {
		t.Error("the feed or the busy times are left")
	}
	if wrong := r.state.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
}

// TestCalendarSurvivesARestart: derived again from what is kept, everything is as it was.
func TestCalendarSurvivesARestart(t *testing.T) {
	r := newRegion(t)
	r.want(t, 201, "gp", "POST", "/api/people/gp/calendars/file", fmt.Sprintf(`{"file":%q}`, outlook("20261201T120000", "20261203T120000")))
	r.want(t, 201, "gp", "POST", "/api/people/gp/calendars/file", fmt.Sprintf(`{"file":%q}`, outlook("20261201T123000")))
	address := at(r.want(t, 201, "gp", "POST", "/api/me/feed", ""), "address").(string)
	before := slices.Clone(r.state.importedBusy("gp", 0, 1<<60))
	if len(before) != 2 {
		t.Fatalf("busy %v", before)
	}
	r.state.Reindex()
	if after := r.state.importedBusy("gp", 0, 1<<60); !slices.Equal(after, before) {
		t.Errorf("busy %v, before %v", after, before)
	}
	if got := at(r.want(t, 200, "gp", "GET", "/api/me/feed", ""), "address"); got != address {
		t.Errorf("the feed is %v, was %v", got, address)
	}
	if wrong := r.state.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
}

func TestFeed(t *testing.T) {
	r := newRegion(t)
	r.want(t, 201, "gp", "POST", "/api/people/gp/hours/rules", `{"unit":"centre","weekday":2,"from":"12:00","to":"14:00","minutes":60,"validFrom":"2026-12-01"}`)
	r.want(t, 201, "nurse", "POST", "/api/appointments", `{"doctor":"gp","unit":"centre","start":"2026-12-01T10:00:00Z","minutes":60,"mode":"video"}`)
	r.want(t, 201, "nurse", "POST", "/api/appointments", `{"doctor":"gp","unit":"centre","start":"2026-12-01T11:00:00Z","minutes":60,"mode":"phone"}`)
	list := r.want(t, 200, "gp", "GET", "/api/appointments", "")
	r.want(t, 200, "gp", "POST", fmt.Sprintf("/api/appointments/%v/cancellation", at(list, "appointments", 1, "id")), `{"reason":"illness"}`)

	if v := r.want(t, 200, "gp", "GET", "/api/me/feed", ""); len(v) != 0 {
		t.Errorf("nobody made it: %v", v)
	}
	r.want(t, 404, "gp", "DELETE", "/api/me/feed", "")
	path := func(v map[string]any) string {
		t.Helper()
		p, ok := strings.CutPrefix(at(v, "address").(string), "https://luotsi.example.org")
		if !ok || len(p) < 40 {
			t.Fatalf("the address is %v", v)
		}
		return p
	}
	first := path(r.want(t, 201, "gp", "POST", "/api/me/feed", ""))
	status, body, header := r.raw(t, "", "GET", first, "")
	text := strings.ReplaceAll(string(body), "\r\n ", "")
	if status != 200 || !strings.HasPrefix(header.Get("Content-Type"), "text/calendar") || !strings.HasPrefix(header.Get("Cache-Control"), "private") {
		t.Fatalf("the feed: %d %v", status, header)
	}
	for _, want := range []string{
		"METHOD:PUBLISH", "DTSTART:20261201T100000Z", "DTEND:20261201T110000Z", fmt.Sprint(at(list, "appointments", 0, "reference")),
		"LOCATION;LANGUAGE=fi:Keskustan terveysasema", "videolla", "-feed@luotsi",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	for _, never := range []string{"Veera", "Aino", "example.org\n", "mailto", fmt.Sprint(at(list, "appointments", 1, "reference")), "20261201T110000Z\r\nDTEND:20261201T120000Z"} {
		if strings.Contains(text, never) {
			t.Errorf("%q in %s", never, text)
		}
	}
	if n := strings.Count(text, "BEGIN:VEVENT"); n != 1 {
		t.Errorf("%d events", n)
	}
	for line := range strings.SplitSeq(string(body), "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d: %s", len(line), line)
		}
	}
	// Asked again it says that nothing changed.
	tag := header.Get("ETag")
	for _, known := range []string{tag, "W/" + tag, `"x", ` + tag, "*"} {
		req := newRequest(t, first, "If-None-Match", known)
		if res := r.test(t, req); res.StatusCode != http.StatusNotModified {
			t.Errorf("with %s: %d", known, res.StatusCode)
		}
	}
	if res := r.test(t, newRequest(t, first, "If-None-Match", `"other"`)); res.StatusCode != http.StatusOK {
		t.Errorf("with another tag: %d", res.StatusCode)
	}
	// The Luotsi calendar can be read by Luotsi, and nothing of it stands in its own way.
	r.want(t, 201, "gp", "POST", "/api/people/gp/calendars/file", fmt.Sprintf(`{"file":%q}`, string(body)))
	if busy := r.state.importedBusy("gp", 0, 1<<60); len(busy) > 0 {
		t.Errorf("busy %v", busy)
	}

	// What began 30 days ago is still there, a minute later it is not.
	over := time.Date(2026, 12, 1, 11, 0, 0, 0, time.UTC).Add(feedPast)
	for _, test := range []struct {
		at     time.Time
		events int
	}{{over.Add(-time.Minute), 1}, {over, 0}} {
		r.clock.Store(test.at.UnixMilli())
		_, body, _ := r.raw(t, "", "GET", first, "")
		if n := strings.Count(string(body), "BEGIN:VEVENT"); n != test.events {
			t.Errorf("at %s: %d events", test.at, n)
		}
	}

	// A new address stops the old one; a person who is kept out has none; a revoked one is gone.
	gone := func(path string) {
		t.Helper()
		if status, body, _ := r.raw(t, "", "GET", path, ""); status != 404 {
			t.Errorf("%s answers %d %s", path, status, body)
		}
	}
	second := path(r.want(t, 201, "gp", "POST", "/api/me/feed", ""))
	if second == first {
		t.Error("the address stayed the same")
	}
	gone(first)
	if status, _, _ := r.raw(t, "", "GET", second, ""); status != 200 {
		t.Errorf("the new address: %d", status)
	}
	r.happen(t, people.PersonDeactivated{Person: "gp"})
	gone(second)
	r.happen(t, people.PersonReactivated{Person: "gp"})
	r.want(t, 200, "gp", "DELETE", "/api/me/feed", "")
	gone(second)
	gone("/api/feeds/" + auth.NewSecret())
	gone("/api/feeds/.ics")
}

// TestSearchLeavesOut: with other calendars the search finds what it finds without them, less what touches a busy time; and
// of those times exactly the ones found can be booked.
func TestSearchLeavesOut(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 9))
	from := day(t, "2026-10-19") // over the end of summer time
	now := time.UnixMilli(finland().midnight(from))
	for round := range 60 {
		s := NewState()
		apply := func(events ...journal.Event) {
			for _, e := range events {
				s.Apply(journal.Meta{At: now}, e)
			}
		}
		for weekday := 1; weekday <= 5; weekday++ {
			apply(HoursAdded{Hours: fmt.Sprint(weekday), Person: "gp", Unit: "centre", Weekday: weekday, From: 480, To: 960, Minutes: 30, ValidFrom: from, ValidUntil: from + 60})
		}
		for n, slot := range random.Perm(12 * 16)[:10] {
			start := finland().at(from+Day(slot/16), 480+30*(slot%16))
			apply(AppointmentBooked{
				Appointment: fmt.Sprint("a", n), Reference: fmt.Sprint("r", n), Doctor: "gp", Unit: "centre", Start: start, Minutes: 30, Mode: Phone,
				Participants: []Participant{{Person: "gp", Role: auth.Doctor}},
			})
		}
		q := Query{
			Unit: "centre", From: from, To: from + 13, Now: now.UnixMilli(), Length: 30 * minute, Mode: Phone,
			Seats: each(Attendee{Person: "gp", Role: auth.Doctor}, Attendee{Person: "co", Role: auth.Coordinator, Hours: OfficeHours}),
		}
		before := s.Search(q, 0).Times
		var busy []Span
		for _, person := range []string{"gp", "co"} {
			for c := range 1 + random.IntN(3) {
				r := reading{From: finland().midnight(from), Until: finland().midnight(from + 14)}
				at := r.From
				for at < r.Until {
					at += int64(1+random.IntN(900)) * minute
					end := min(at+int64(1+random.IntN(120))*minute, r.Until)
					if at < end {
						r.Busy = append(r.Busy, Span{at, end})
					}
					at = end + minute
				}
				busy = append(busy, r.Busy...)
				d, err := s.AddCalendar(fmt.Sprint(person, c), person, FromFile, r)
				if err != nil {
					t.Fatal(err)
				}
				apply(d.Events...)
			}
		}
		var want, got []Span
		for _, f := range before {
			if !slices.ContainsFunc(busy, f.meets) {
				want = append(want, f.Span)
			}
		}
		for _, f := range s.Search(q, 0).Times {
			got = append(got, f.Span)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("round %d: got %d times, want %d", round, len(got), len(want))
		}
		for _, f := range before {
			_, err := s.Book(now, Booking{
				Appointment: "new", NewCase: "case", References: []string{"NEW"}, Unit: "centre", Start: f.Start, Minutes: 30, Mode: Phone, Seats: q.Seats, By: "co",
			})
			if free := slices.Contains(want, f.Span); free != (err == nil) {
				t.Fatalf("round %d: a time that is free (%v) is booked with %v", round, free, err)
			}
		}
		if wrong := s.Check(); len(wrong) > 0 {
			t.Fatal(wrong)
		}
	}
}
