package courses

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

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
	// BadgeKey signs badges, as PKCS #8; without it there are none.
	BadgeKey []byte
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
		access: o.Access, newID: o.NewID, now: o.Now, log: o.Log, public: o.PublicURL, inviter: o.Inviter,
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

// Standing is a copy of one learner's progress in a course, by its newest version.
type Standing struct {
	*edition
	Course   string
	Person   string
	Cohort   string
	Enrolled time.Time
	Starts   string // the cohort's first day
	Cells    Cells
	Completion
	Certificate string // the number of the one that is good; empty when there is none
	// Revoked is the day the learner's certificate was taken back and nothing stands in for it.
	Revoked string

	trail trail
	texts []string

	extensions map[string]Extension
	doneOn     map[string]string // by activity
}

// standing copies a learner; it is used inside View or a rule.
func (s *State) standing(l *learner) Standing {
	standing := Standing{
		edition: s.editions[l.Course], Course: l.Course, Person: l.Person, Cohort: l.Cohort,
		Enrolled: time.UnixMilli(l.Since).UTC(), Cells: slices.Clone(l.cells), Completion: s.completion(l), trail: l.Trail, texts: l.Texts,
		extensions: l.Extensions, doneOn: l.DoneOn,
	}
	standing.Certificate, standing.Revoked = s.goodCertificate(l.Course, l.Person)
	if c := s.data.Cohorts[l.Cohort]; c != nil {
		standing.Starts = c.Starts
	}
	return standing
}

// enrolled finds a person who goes through the course now, or refuses; it is used inside View or a rule.
func (s *State) enrolled(person, course string) (*learner, error) {
	l := s.learner(person, course)
	if l == nil || l.Cohort == "" {
		return nil, ErrNotEnrolled
	}
	return l, nil
}

// completion counts how far a learner is; it is used inside View or a rule.
func (s *State) completion(l *learner) Completion {
	return s.editions[l.Course].completion(l.cells, l.Credits, l.daysLeft)
}

// activity finds an activity of the newest version, or refuses and tells where to go instead.
func (e *edition) activity(id string) (position int, err error) {
	if p, ok := e.find(id); ok {
		return p, nil
	}
	if p, ok := e.landing(id); ok {
		return 0, ErrUnknownActivity.With(activityInfo{e.order[p].ID})
	}
	return 0, ErrUnknownActivity
}

// move is a step with the vault id of its text.
type move struct {
	step
	text string
}

// moves iterates over the steps of the trail, oldest first.
func (s Standing) moves() iter.Seq[move] {
	return func(yield func(move) bool) {
		text := 0
		for i := range s.trail.steps() {
			m := move{step: s.trail.at(i)}
			if m.hasText() {
				m.text = s.texts[text]
				text++
			}
			if !yield(m) {
				return
			}
		}
	}
}

// tallies adds up the trail, by the activities' numbers.
func (s Standing) tallies() []tally {
	all := make([]tally, len(s.ids))
	for m := range s.moves() {
		all[m.Activity].take(m.step, m.text, s.met(m.step))
	}
	return all
}

// tallyOf adds up one activity.
func (s Standing) tallyOf(activity string) tally {
	var t tally
	for m := range s.moves() {
		if m.Activity == s.numbers[activity] {
			t.take(m.step, m.text, s.met(m.step))
		}
	}
	return t
}
