package scheduling

import (
	"cmp"
	"context"
	"crypto/rand"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"luotsi/scheduling/ical"
	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/mongodb"
	"luotsi/server/people"
	"luotsi/server/vault"
)

// Service is what people do with hours and appointments: may they, and then the rule inside the journal's one order.
type Service struct {
	journal   *journal.Journal
	state     *State
	people    *people.State
	names     *people.Names
	vault     *vault.Vault
	contacts  contacts
	links     *auth.Links
	newID     func() string
	now       func() time.Time
	organizer ical.Person
	publicURL string
	log       *slog.Logger
	imports   imports
	offers    offering
	access    *people.AccessLog
	textsDays int

	cleared time.Time // when drafts about old meetings were looked for; VanishTexts runs alone

	returnedOn atomic.Int32 // the Finnish day on which ReturnPlaces has seen to everything
}

// Options are what scheduling stands on. NewID makes ids that never repeat. Organizer is who sends invitations, the same
// for as long as Luotsi is used: calendars ignore a cancellation that comes from somebody else.
type Options struct {
	Journal   *journal.Journal
	State     *State
	People    *people.State
	Names     *people.Names
	Vault     *vault.Vault
	Links     *auth.Links
	NewID     func() string
	Now       func() time.Time
	Organizer ical.Person
	PublicURL string
	Database  *mongodb.Database
	Log       *slog.Logger
	// Fetch gets the calendars that people subscribe to; its errors are coded. See Fetcher.
	Fetch     func(ctx context.Context, address string) ([]byte, error)
	Access    *people.AccessLog
	TextsDays int // for how many days after a meeting its free texts are kept; 0 is TextsDays
}

// NewService makes the service.
func NewService(o Options) *Service {
	return &Service{
		journal: o.Journal, state: o.State, people: o.People, names: o.Names, vault: o.Vault, contacts: contacts{of: map[string]contact{}, at: map[string]string{}},
		links: o.Links, newID: o.NewID, now: o.Now,
		organizer: o.Organizer, publicURL: o.PublicURL, log: o.Log, imports: newImports(o), access: o.Access, textsDays: cmp.Or(o.TextsDays, TextsDays),
	}
}

// referenceLetters can be read out on the telephone: no vowels, so that no words come up, and nothing that looks alike.
const referenceLetters = "23456789CDFGHJKMNPQRTVWXZ"

// newReferences makes a few codes of six letters; the rule takes the first that nobody has.
func newReferences() []string {
	references := make([]string, 4)
	for i := range references {
		code := make([]byte, 0, 6)
		for len(code) < cap(code) {
			var random [16]byte
			rand.Read(random[:]) // never fails since Go 1.24
			for _, b := range random {
				// 250 is the greatest multiple of 25 in a byte: above it some letters would come more often.
				if b < 250 && len(code) < cap(code) {
					code = append(code, referenceLetters[int(b)%len(referenceLetters)])
				}
			}
		}
		references[i] = string(code)
	}
	return references
}

// works reports whether an active person has that role in the unit.
func (s *Service) works(person, unit string, role auth.Role) bool {
	p, known := s.people.Person(person)
	return known && p.Active && hasRole(p.Grants, unit, role)
}

func hasRole(grants []auth.Grant, unit string, role auth.Role) bool {
	return slices.ContainsFunc(grants, func(g auth.Grant) bool { return g.Unit == unit && g.Role == role })
}

// colleague is a person in a unit, as a choice for an appointment.
type colleague struct {
	Person   string
	Unit     string
	UnitName string
	Hours    int      // weekly hours in force or to come
	NextFree int64    // unix ms; 0 when there is none in the range of a search
	Away     *Absence // of a doctor who is away now, with who answers in their place
}

// Colleagues lists the active people with a role in the units that the caller may see, sorted by name.
func (s *Service) Colleagues(i auth.Identity, role auth.Role) []colleague {
	list := []colleague{}
	now := s.now().UnixMilli()
	s.journal.View(func() {
		for unit := range s.people.Units() {
			if !s.sees(i, unit.ID) {
				continue
			}
			for person := range s.people.Members(unit.ID) {
				if s.works(person, unit.ID, role) {
					c := colleague{Person: person, Unit: unit.ID, UnitName: unit.Name}
					if role == auth.Doctor {
						c.Hours, c.NextFree = s.state.outlook(person, unit.ID, now)
						if a, away := s.state.absence(person, s.state.calendar.dayOf(now)); away {
							a.Deputy = s.deputyOf(person, unit.ID, now)
							c.Away = &a
						}
					}
					list = append(list, c)
				}
			}
		}
	})
	slices.SortFunc(list, func(a, b colleague) int {
		return cmp.Or(s.names.Compare(a.Person, b.Person), cmp.Compare(a.UnitName, b.UnitName), cmp.Compare(a.Unit, b.Unit))
	})
	return list
}

// outlook says how many weekly hours a doctor has in a unit, and when they are next free there.
func (s *State) outlook(doctor, unit string, now int64) (hours int, nextFree int64) {
	p := s.plans[doctor]
	if p == nil {
		return 0, 0
	}
	today := s.calendar.dayOf(now)
	for weekday := range p.hours {
		for i := range p.hours[weekday] {
			if h := &p.hours[weekday][i].Hours; h.Unit == unit && h.ValidUntil >= today {
				hours++
			}
		}
	}
	for from := today; from < today+MaxRange && from <= lastDay; from += 7 { // mostly the first week has one
		q := Query{Unit: unit, From: from, To: min(from+6, lastDay), Now: now, Seats: []Seat{{Any: []Attendee{{Person: doctor}}}}}
		if found := s.Search(q, 1); len(found.Times) > 0 {
			return hours, found.Times[0].Start
		}
	}
	return hours, 0
}

func moment(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
