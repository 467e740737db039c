package psycap

import (
	"log/slog"
	"time"

	"luotsi/server/journal"
	"luotsi/server/mongodb"
	"luotsi/server/people"
	"luotsi/server/vault"
)

// Options is what the service stands on.
type Options struct {
	Database *mongodb.Database
	Journal  *journal.Journal
	State    *State
	Vault    *vault.Vault
	People   *people.State
	Names    *people.Names
	Access   *people.AccessLog
	Cohorts  Cohorts
	// WantsMail reports whether a person wants mails of a kind; it is asked inside View.
	WantsMail func(person string, kind NoticeKind) bool
	NewID     func() string
	Now       func() time.Time
	Log       *slog.Logger
	// PublicURL is where people find this site; mails lead there.
	PublicURL string
}

// Service is what people do with measures and exercises.
type Service struct {
	database  *mongodb.Database
	journal   *journal.Journal
	state     *State
	vault     *vault.Vault
	people    *people.State
	names     *people.Names
	access    *people.AccessLog
	cohorts   Cohorts
	wantsMail func(person string, kind NoticeKind) bool
	newID     func() string
	now       func() time.Time
	log       *slog.Logger
	public    string

	instruments *instrumentStore

	sections     sectionsKept
	sectionLimit *people.Limit
	tableLimit   *people.Limit
}

// NewService connects the parts.
func NewService(o Options) *Service {
	return &Service{
		database: o.Database, journal: o.Journal, state: o.State, vault: o.Vault, people: o.People, names: o.Names, access: o.Access,
		cohorts: o.Cohorts, wantsMail: o.WantsMail, newID: o.NewID, now: o.Now, log: o.Log, public: o.PublicURL,
		instruments: newInstrumentStore(o.Database), sectionLimit: newSectionLimit(), tableLimit: newTableLimit(),
	}
}
