package courses

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/mongodb"
	"luotsi/server/people"
	"luotsi/server/vault"
)

// What the access log says of a look, with the course, or the task, after a colon.
const (
	lookedAtProgress   = "course_progress:"
	lookedAtSubmission = "task_submission:"
)

// Options is what the service stands on. Shared says that other servers write to the same database.
type Options struct {
	Database *mongodb.Database
	Journal  *journal.Journal
	State    *State
	Vault    *vault.Vault
	People   *people.State
	Names    *people.Names
	Access   *people.AccessLog
	NewID    func() string
	Now      func() time.Time
	Log      *slog.Logger
	Shared   bool
	// Media is the folder for videos and captions.
	Media string
	// PublicURL is where people find this site; mails lead there.
	PublicURL string
	Inviter   Inviter
	// More gives the notices of others; they stand among those of courses.
	More More
	// Drafts says who may write the drafts of package psycap.
	Drafts Drafts
	// BadgeKey signs badges, as PKCS #8; without it there are none.
	BadgeKey []byte
}

// Drafts says whether the caller may read, or write, a draft whose subject begins with psycap.DraftsPrefix.
type Drafts interface {
	MayDraft(caller auth.Caller, subject string, write bool) error
}

// Service is what people do with courses and cohorts.
type Service struct {
	journal *journal.Journal
	state   *State
	vault   *vault.Vault
	borders borders
	names   *people.Names
	access  *people.AccessLog
	newID   func() string
	now     func() time.Time
	log     *slog.Logger
	public  string
	inviter Inviter
	drafts  Drafts
	more    More
	badges  *badges // nil without a key
	// looked is the commit up to which IssueCertificates looked for who finished.
	looked    atomic.Uint64
	contents  contents
	media     media
	newNumber func(year int) string // draws the number of a certificate
	places    places
	noticed   noticed
	answers   answers
}

// NewService connects the parts. Publish has to follow before requests come.
func NewService(o Options) (*Service, error) {
	badges, err := newBadges(o.BadgeKey, o.PublicURL)
	if err != nil {
		return nil, err
	}
	return &Service{
		journal: o.Journal, state: o.State, vault: o.Vault, borders: borders{o.People}, names: o.Names,
		access: o.Access, newID: o.NewID, now: o.Now, log: o.Log, public: o.PublicURL, inviter: o.Inviter, drafts: o.Drafts, more: o.More,
		contents: contents{docs: mongodb.Open[contentPart](o.Database, "content"), size: contentPartSize, newest: map[string]*Content{}},
		media:    media{o.Media},
		places:   places{docs: mongodb.Open[placeDoc](o.Database, "places"), now: o.Now, shared: o.Shared, kept: map[string]keptPlace{}},
		noticed:  noticed{docs: mongodb.Open[noticedDoc](o.Database, "noticed")},
		badges:   badges, newNumber: NewCertificateNumber,
	}, nil
}

// Flush writes the places that learners are at. Server calls it every 10 s and when it ends.
func (s *Service) Flush(ctx context.Context) error {
	return s.places.flush(ctx, func(person string) bool {
		erased := false
		s.journal.View(func() {
			p, known := s.borders.people.Person(person)
			erased = known && p.Erased
		})
		return erased
	})
}

// The refusals about learning.
var (
	ErrNotEnrolled     = fault.New(fault.NotFound, "not_enrolled", "the person does not go through this course")
	ErrUnknownActivity = fault.New(fault.NotFound, "unknown_activity", "the course has no such activity")
	ErrWrongKind       = fault.New(fault.Conflict, "wrong_kind", "this is not done with that kind of activity")
)

// peopleInfo shows who is meant.
type peopleInfo struct {
	People []string `json:"people"`
}

// activityInfo shows where to go instead.
type activityInfo struct {
	Activity string `json:"activity"`
}

func indexed(name string, i int) string { return fmt.Sprintf("%s[%d]", name, i) }
