package scheduling

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"luotsi/scheduling/ical"
	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/mongodb"
	"luotsi/server/vault"
)

const (
	refreshEvery  = 30 * time.Minute
	refreshAtMost = 12 * time.Hour // between tries of an address that keeps failing
	claimTime     = 2 * time.Minute
	askedWait     = 10 * time.Second // somebody waits for it
	readNowEvery  = time.Minute
	readers       = 4 // addresses that are read at once
	parsers       = 2 // files that are read at once: each may take its five megabytes several times over
)

var errReadNow = fault.New(fault.TooMany, "calendar_just_read", "the calendar was read a moment ago")

// lookup is what is known of reading an address: the document of a calendar in the collection calendars. It changes too often
// for the journal. Whoever first inserts the document of the next Rev beside it may read until Next; so of several servers one
// does, on engines too where two updates at once can both succeed.
type lookup struct {
	Rev      int64  `bson:"rev"`
	Read     int64  `bson:"read"`  // last read well, unix ms
	Tried    int64  `bson:"tried"` // last tried
	Next     int64  `bson:"next"`  // to be tried
	Failures int    `bson:"failures"`
	Error    string `bson:"error"` // code of the last try; empty when it went well
}

// imports is what reading other calendars needs.
type imports struct {
	lookups   *mongodb.Collection[lookup]
	fetch     func(ctx context.Context, address string) ([]byte, error)
	parsing   chan struct{}    // as many as may read a calendar at once
	notBefore map[string]int64 // calendar → when its document is looked at again; of ReadCalendars alone
}

func newImports(o Options) imports {
	return imports{mongodb.Open[lookup](o.Database, "calendars"), o.Fetch, make(chan struct{}, parsers), map[string]int64{}}
}

// AddCalendarAddress reads a calendar at an address, and takes it along from then on.
func (s *Service) AddCalendarAddress(ctx context.Context, caller auth.Caller, person, address string) error {
	address, err := calendarAddress(address)
	if err != nil {
		return err
	}
	if err := s.mayAddCalendar(caller.Identity, person); err != nil {
		return err
	}
	now := s.now()
	wait, cancel := context.WithTimeout(ctx, askedWait)
	defer cancel()
	data, err := s.imports.fetch(wait, address)
	if err != nil {
		return err
	}
	id := s.newID()
	read, err := s.keepReading(ctx, person, data, now, addressDays)
	if err != nil {
		return err
	}
	if err := s.vault.Put(ctx, id, []string{person}, address); err != nil {
		return err
	}
	if id, err = s.addCalendar(ctx, caller, id, person, FromAddress, read); err != nil {
		return err
	}
	done := lookup{Rev: 1, Read: now.UnixMilli(), Tried: now.UnixMilli(), Next: now.Add(refreshEvery).UnixMilli()}
	if err := s.imports.lookups.Insert(ctx, id, done); err != nil && !errors.Is(err, mongodb.ErrDuplicate) {
		s.log.Warn("note that a calendar was read", "calendar", id, "error", err) // the next round reads it again
	}
	return nil
}

// AddCalendarFile takes a file along, as it is now.
func (s *Service) AddCalendarFile(ctx context.Context, caller auth.Caller, person, file string) error {
	if err := s.mayAddCalendar(caller.Identity, person); err != nil {
		return err
	}
	read, err := s.keepReading(ctx, person, []byte(file), s.now(), fileDays)
	if err != nil {
		return err
	}
	_, err = s.addCalendar(ctx, caller, s.newID(), person, FromFile, read)
	return err
}

// ReplaceCalendarFile takes a newer file in the place of another.
func (s *Service) ReplaceCalendarFile(ctx context.Context, caller auth.Caller, person, calendar, file string) error {
	c, err := s.imported(caller.Identity, person, calendar)
	if err != nil {
		return err
	}
	if c.Source != FromFile {
		return ErrNoSuchCalendar
	}
	read, err := s.keepReading(ctx, person, []byte(file), s.now(), fileDays)
	if err != nil {
		return err
	}
	before := ""
	err = s.publish(ctx, caller, person, func(time.Time) (journal.Decision, error) {
		c, ok := s.state.primary.Calendars.Imported[calendar]
		if !ok || c.Person != person {
			return journal.Decision{}, ErrNoSuchCalendar
		}
		before = c.Text
		return journal.Happens(read.event(calendar)), nil // also when it says the same: it is newer
	})
	if err != nil || before == "" {
		return err
	}
	if err := s.vault.Delete(ctx, before); err != nil {
		s.log.Warn("delete what was not understood of a file", "calendar", calendar, "error", err) // swept at night
	}
	return nil
}

// RemoveCalendar leaves a calendar out again.
func (s *Service) RemoveCalendar(ctx context.Context, caller auth.Caller, person, calendar string) error {
	var texts []string
	err := s.publish(ctx, caller, person, func(time.Time) (journal.Decision, error) {
		texts = []string{calendar, s.state.primary.Calendars.Imported[calendar].Text}
		return s.state.RemoveCalendar(person, calendar)
	})
	if err != nil || len(texts) == 0 {
		return err
	}
	// What is left when this fails is swept at night.
	if err := errors.Join(s.vault.Delete(ctx, texts...), s.dropLookup(ctx, calendar)); err != nil {
		s.log.Warn("delete what was kept of a calendar", "calendar", calendar, "error", err)
	}
	return nil
}

// ReadCalendarNow reads an address again because somebody asks for it, at most once a minute.
func (s *Service) ReadCalendarNow(ctx context.Context, caller auth.Caller, person, calendar string) error {
	c, err := s.imported(caller.Identity, person, calendar)
	if err != nil {
		return err
	}
	if c.Source != FromAddress {
		return ErrNoSuchCalendar
	}
	l, err := s.imports.lookups.Get(ctx, calendar)
	if err != nil && !errors.Is(err, mongodb.ErrNotFound) {
		return vault.ErrAway
	}
	if wait := time.UnixMilli(l.Tried).Add(readNowEvery).Sub(s.now()); wait > 0 {
		return &fault.Error{Kind: errReadNow.Kind, Code: errReadNow.Code, Detail: errReadNow.Detail, RetryAfter: wait}
	}
	wait, cancel := context.WithTimeout(ctx, askedWait)
	defer cancel()
	claimed, err := s.readCalendar(wait, calendar, c.Person, l)
	if err == nil && !claimed {
		return errReadNow
	}
	return err
}

// ReadCalendars reads the addresses whose time has come. It is called every minute, on every server.
func (s *Service) ReadCalendars(ctx context.Context) error {
	if err := s.journal.Ready(ctx); err != nil {
		return nil //nolint:nilerr // what happened meanwhile is not known here; /readyz tells
	}
	now := s.now().UnixMilli()
	type due struct{ id, person string }
	var all []due
	s.journal.View(func() {
		for id, c := range s.state.primary.Calendars.Imported {
			if p, known := s.people.Person(c.Person); known && p.Active && c.Source == FromAddress && s.imports.notBefore[id] <= now {
				all = append(all, due{id, c.Person})
			}
		}
	})
	slices.SortFunc(all, func(a, b due) int { return cmp.Compare(a.id, b.id) })
	type outcome struct {
		id   string
		next int64
	}
	outcomes := make(chan outcome)
	slots := make(chan struct{}, readers)
	go func() {
		for _, d := range all {
			slots <- struct{}{}
			go func() {
				outcomes <- outcome{d.id, s.readIfDue(ctx, d.id, d.person)}
				<-slots
			}()
		}
	}()
	for range all {
		o := <-outcomes
		s.imports.notBefore[o.id] = o.next
	}
	if len(s.imports.notBefore) > 10_000+2*len(all) { // of calendars that were removed
		clear(s.imports.notBefore)
	}
	return nil
}

// readIfDue reads a calendar unless another server does, or it is not its time yet, and gives when to look again.
func (s *Service) readIfDue(ctx context.Context, id, person string) (next int64) {
	now := s.now()
	l, err := s.imports.lookups.Get(ctx, id)
	if err != nil && !errors.Is(err, mongodb.ErrNotFound) {
		return now.Add(claimTime).UnixMilli()
	}
	if l.Next > now.UnixMilli() {
		return l.Next
	}
	if _, err := s.readCalendar(ctx, id, person, l); err != nil {
		if _, coded := fault.As(err); !coded && ctx.Err() == nil {
			s.log.Warn("read a calendar", "calendar", id, "error", err)
		}
	}
	return now.Add(time.Minute).UnixMilli() // the document says when
}

// readCalendar reads an address if nobody else is at it, and notes how it went. before is what the document said.
func (s *Service) readCalendar(ctx context.Context, id, person string, before lookup) (claimed bool, err error) {
	now := s.now()
	claim, err := s.claimLookup(ctx, id, before, now)
	if err != nil || claim.Rev == 0 {
		return false, err
	}
	err = s.takeIn(ctx, id, person, now)
	after := claim
	var coded *fault.Error
	switch {
	case err == nil:
		after.Read, after.Failures, after.Error = now.UnixMilli(), 0, ""
		after.Next = now.Add(refreshEvery).UnixMilli()
	case errors.Is(err, ErrNoSuchCalendar): // removed meanwhile
		return true, errors.Join(err, s.dropLookup(context.WithoutCancel(ctx), id))
	case errors.As(err, &coded) && coded.Kind != fault.Unavailable:
		after.Failures, after.Error = min(before.Failures+1, 100), coded.Code
		after.Next = now.Add(min(refreshEvery<<min(before.Failures, 6), refreshAtMost)).UnixMilli()
	default: // it is not the calendar's fault
		return true, err
	}
	// The outcome is noted also when whoever asked has gone.
	if noted := s.imports.lookups.Put(context.WithoutCancel(ctx), id, after); noted != nil {
		return true, vault.ErrAway
	}
	return true, err
}

// claimLookup makes this server the one that reads; without a Rev when it is another. A claim counts for claimTime: who made an
// older one did not come to its end.
func (s *Service) claimLookup(ctx context.Context, id string, before lookup, now time.Time) (lookup, error) {
	lookups := s.imports.lookups
	claim := before
	claim.Tried, claim.Next = now.UnixMilli(), now.Add(claimTime).UnixMilli()
	for {
		claim.Rev++
		err := lookups.Insert(ctx, claimID(id, claim.Rev), claim)
		if err == nil {
			break
		}
		if !errors.Is(err, mongodb.ErrDuplicate) {
			return lookup{}, vault.ErrAway
		}
		other, err := lookups.Get(ctx, claimID(id, claim.Rev))
		if err != nil || other.Next > now.UnixMilli() {
			return lookup{}, nil //nolint:nilerr // somebody else is at it, or was
		}
	}
	// The claim itself stays until the next one, so that who read the document before it can not claim it again.
	if err := errors.Join(lookups.Put(ctx, id, claim), lookups.Delete(ctx, claimID(id, claim.Rev-1))); err != nil {
		return lookup{}, vault.ErrAway
	}
	return claim, nil
}

func claimID(calendar string, rev int64) string { return calendar + ":" + strconv.FormatInt(rev, 10) }

// dropLookup deletes what is noted of reading a calendar.
func (s *Service) dropLookup(ctx context.Context, id string) error {
	l, err := s.imports.lookups.Get(ctx, id)
	if errors.Is(err, mongodb.ErrNotFound) {
		return nil
	}
	if err == nil {
		err = errors.Join(s.imports.lookups.Delete(ctx, claimID(id, l.Rev)), s.imports.lookups.Delete(ctx, id))
	}
	if err != nil {
		return vault.ErrAway
	}
	return nil
}

// takeIn gets what an address says, and stores it when it is something new.
func (s *Service) takeIn(ctx context.Context, id, person string, now time.Time) error {
	address, err := s.vault.Get(ctx, id)
	if err != nil {
		return err
	}
	data, err := s.imports.fetch(ctx, address)
	if err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	read, err := s.keepReading(ctx, person, data, now, addressDays)
	if err != nil {
		return err
	}
	var before Imported
	answer, err := s.journal.Update(ctx, "", journal.Key{}, func(time.Time) (journal.Decision, error) {
		before = s.state.primary.Calendars.Imported[id]
		d, err := s.state.ReadCalendar(id, read)
		if len(d.Events) > 0 {
			d = d.Answering(id)
		}
		return d, err
	})
	if err != nil {
		return err
	}
	unused := read.Text
	if len(answer.IDs) > 0 {
		unused = before.Text
	}
	if unused != "" {
		return s.vault.Delete(ctx, unused)
	}
	return nil
}

// mayAddCalendar reports early what the rule would refuse: before something is fetched for nothing.
func (s *Service) mayAddCalendar(i auth.Identity, person string) (err error) {
	s.journal.View(func() {
		if !s.keepsCalendars(i, person) {
			err = ErrNoHours
		} else if p := s.state.calendars.people[person]; p != nil && len(p.calendars) >= MaxCalendars {
			err = ErrTooManyCalendars
		}
	})
	return err
}

// keepsCalendars reports whether somebody may look after a person's other calendars: who keeps their hours. Rooms and interpreters
// have none.
func (s *Service) keepsCalendars(i auth.Identity, person string) bool {
	_, known := s.people.Person(person)
	return known && s.keeps(i, person)
}

func (s *Service) addCalendar(ctx context.Context, caller auth.Caller, id, person string, source ImportedSource, r reading) (string, error) {
	answer, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		if !s.keepsCalendars(caller.Identity, person) {
			return journal.Decision{}, ErrNoHours
		}
		return s.state.AddCalendar(id, person, source, r)
	})
	if err != nil {
		return "", err
	}
	return answer.IDs[0], nil
}

// imported gives a person's calendar to whoever looks after their hours.
func (s *Service) imported(i auth.Identity, person, calendar string) (c Imported, err error) {
	s.journal.View(func() {
		ok := false
		if c, ok = s.state.primary.Calendars.Imported[calendar]; !ok || c.Person != person || !s.keepsCalendars(i, person) {
			err = ErrNoSuchCalendar
		}
	})
	return c, err
}

// problemsText is what the vault keeps of what was not understood.
type problemsText struct {
	Problems []ical.Problem `json:"problems"`
	Unlisted int            `json:"unlisted,omitempty"`
}

// keepReading reads a calendar for the days to come, and lays what was not understood into the vault.
func (s *Service) keepReading(ctx context.Context, person string, data []byte, now time.Time, days Day) (reading, error) {
	c := s.state.calendar
	today := c.dayOf(now.UnixMilli())
	r := reading{From: c.midnight(today), Until: c.midnight(min(today+days, lastDay))}
	select {
	case s.imports.parsing <- struct{}{}:
	case <-ctx.Done():
		return r, ctx.Err()
	}
	found, err := ical.Read(data, moment(r.From), moment(r.Until), c.zone, sentByUs)
	<-s.imports.parsing
	if err != nil {
		return r, unread(err)
	}
	r.Busy = make([]Span, len(found.Busy))
	for i, b := range found.Busy {
		r.Busy[i] = Span(b)
	}
	r.Problems = len(found.Problems) + found.Unlisted
	if r.Problems == 0 {
		return r, nil
	}
	text, err := json.Marshal(problemsText{found.Problems, found.Unlisted})
	if err != nil {
		return r, err
	}
	sum := sha256.Sum256(text)
	r.Hash, r.Text = base64.RawURLEncoding.EncodeToString(sum[:12]), s.newID()
	return r, s.vault.Put(ctx, r.Text, []string{person}, string(text))
}

// sentByUs recognises the invitations and feeds that go out from here: an appointment must not stand in its own way.
func sentByUs(uid string) bool { return strings.HasSuffix(strings.ToLower(uid), "@luotsi") }

// shownCalendar is another calendar as a page shows it.
type shownCalendar struct {
	ID string
	Imported
	lookup
	Host     string // of the address, for the person alone
	Stale    bool
	Listed   []ical.Problem // for the person alone
	Unlisted int
}

// Calendars lists a person's other calendars to whoever looks after their hours. Where they come from, and which of their events
// were not understood, is shown to the person alone.
func (s *Service) Calendars(ctx context.Context, i auth.Identity, person string) ([]shownCalendar, error) {
	list := []shownCalendar{}
	var err error
	s.journal.View(func() {
		if !s.keepsCalendars(i, person) {
			err = ErrNoHours
			return
		}
		if p := s.state.calendars.people[person]; p != nil {
			for _, id := range p.calendars {
				list = append(list, shownCalendar{ID: id, Imported: s.state.primary.Calendars.Imported[id]})
			}
		}
	})
	if err != nil {
		return nil, err
	}
	for n := range list {
		if err := s.complete(ctx, &list[n], i.Person == person); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// complete adds what is not in the state.
func (s *Service) complete(ctx context.Context, c *shownCalendar, own bool) error {
	limit := staleFile
	c.Read = c.ReadAt
	if c.Source == FromAddress {
		l, err := s.imports.lookups.Get(ctx, c.ID)
		if err != nil && !errors.Is(err, mongodb.ErrNotFound) {
			return vault.ErrAway
		}
		l.Read = max(l.Read, c.ReadAt)
		c.lookup, limit = l, staleAddress
	}
	c.Stale = s.now().UnixMilli()-c.Read > limit.Milliseconds()
	if !own {
		return nil
	}
	if c.Source == FromAddress {
		address, err := s.vault.Get(ctx, c.ID)
		if err != nil && !errors.Is(err, vault.ErrGone) {
			return err
		}
		if u, err := url.Parse(address); err == nil {
			c.Host = u.Hostname()
		}
	}
	if c.Text == "" {
		return nil
	}
	text, err := s.vault.Get(ctx, c.Text)
	if errors.Is(err, vault.ErrGone) {
		return nil // a newer reading has taken its place
	}
	if err != nil {
		return err
	}
	var p problemsText
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		return err
	}
	c.Listed, c.Unlisted = p.Problems, p.Unlisted
	return nil
}

// calendarData is another calendar as its person takes it along: with its address, and the busy times that were taken from it.
type calendarData struct {
	Source  string     `json:"source"`
	Address string     `json:"address,omitempty"`
	AddedAt time.Time  `json:"addedAt"`
	Busy    []timeView `json:"busy"`
}

func (s *Service) calendarsData(ctx context.Context, person string) ([]calendarData, error) {
	all := []calendarData{}
	list, err := s.Calendars(ctx, auth.Identity{Person: person}, person)
	if err != nil {
		return nil, err
	}
	for _, c := range list {
		d := calendarData{Source: string(c.Source), AddedAt: moment(c.AddedAt), Busy: timeViews(unpackSpans(c.From, c.Busy))}
		if c.Source == FromAddress {
			if d.Address, err = s.vault.Get(ctx, c.ID); err != nil && !errors.Is(err, vault.ErrGone) {
				return nil, err
			}
		}
		all = append(all, d)
	}
	return all, nil
}

// forgetLookups deletes what is noted of reading a person's calendars; those of who was erased are known by their texts.
func (s *Service) forgetLookups(ctx context.Context, person string) error {
	var ids []string
	s.journal.View(func() { ids = s.state.calendarTextsOf(person) })
	for _, id := range ids {
		if err := s.dropLookup(ctx, id); err != nil {
			return err
		}
	}
	return nil
}
