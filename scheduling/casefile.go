package scheduling

import (
	"slices"
	"strconv"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
)

// The failures of what is written about a case.
var (
	ErrChanged   = fault.New(fault.Conflict, "case_changed", "somebody wrote meanwhile; look at it first")
	ErrNoConsent = fault.New(fault.Conflict, "consent_missing", "without the client's consent nobody else can be shown a question")
	ErrTextsGone = fault.New(fault.Conflict, "texts_gone", "the texts of that meeting are not kept any more")
	ErrConsent   = fault.New(fault.NotFound, "not_found", "there is no such consent")
	ErrReopened  = fault.New(fault.Conflict, "case_open", "the case is open")
)

const (
	// TextsDays is for how many days after a meeting its free texts are kept, unless a setting says otherwise.
	TextsDays = 30
	// waitingDays is for how long a question is kept whose meeting never comes.
	waitingDays = 365
	// MaxActions is how many things one meeting can decide on.
	MaxActions = 10
	// MaxConsents is how many consents one case has, those withdrawn too.
	MaxConsents = 50
)

// QuestionKind is what a doctor is asked for.
type QuestionKind string

// QuestionKinds lists the kinds, in the order pages show them.
func QuestionKinds() []QuestionKind {
	return []QuestionKind{"work_ability", "limitations", "return_to_work", "rehabilitation", "treatment", "statement", "other"}
}

// Use is what somebody gets to read a case's texts for.
type Use string

// The uses.
const (
	UseJoint   Use = "joint_appointment"
	UseWritten Use = "written_consultation"
)

// CaseFile is what was written about a case: ids of texts in the vault, and codes, dates and people.
type CaseFile struct {
	Question Question
	Outcomes []Outcome // one of each appointment at most
	Consents []Consent // in the order they were recorded
	Reopened int64     // unix ms, the last time; 0 when it never was
}

// Question is what the doctor is asked. Version 0 is none.
type Question struct {
	Text    string
	Kinds   []QuestionKind
	Version int
	At      int64
	By      string
	Gone    int64 // when its text was deleted; 0 while it is kept
}

// Outcome is what a meeting came to. The words of the actions are in the text, in the same order.
type Outcome struct {
	Appointment string
	Text        string
	Actions     []Action
	Next        Day // of the next contact; 0 is none
	Version     int
	At          int64
	By          string
	Gone        int64
}

// Action is who does something, and by when: a participant, a role, or the client. Due 0 is not agreed on.
type Action struct {
	Who string `bson:"who"`
	Due Day    `bson:"due,omitempty"`
}

// Consent is the client letting somebody, or everybody in a role, read the texts for one use. Until is the last day; 0 is as long
// as the texts are kept.
type Consent struct {
	ID          string
	Recipient   string
	Use         Use
	Until       Day
	At          int64
	By          string
	Withdrawn   int64
	WithdrawnBy string
}

func (c *Consent) holds(today Day) bool {
	return c.Withdrawn == 0 && (c.Until == 0 || today <= c.Until)
}

// consented reports whether a person in that role may read the texts for that use. What was last said about the person counts,
// else what was last said about the role: a client who takes back that Dr A reads is not read by Dr A, whatever holds for doctors.
func (f *CaseFile) consented(person string, role auth.Role, use Use, today Day) bool {
	for _, recipient := range []string{person, string(role)} {
		for i := len(f.Consents) - 1; i >= 0; i-- {
			if c := &f.Consents[i]; c.Recipient == recipient && c.Use == use {
				return c.holds(today)
			}
		}
	}
	return false
}

// anyConsent reports whether anybody may read for that use.
func (f *CaseFile) anyConsent(use Use, today Day) bool {
	return slices.ContainsFunc(f.Consents, func(c Consent) bool { return c.Use == use && c.holds(today) })
}

// outcome is the index of an appointment's outcome, or -1.
func (f *CaseFile) outcome(appointment string) int {
	return slices.IndexFunc(f.Outcomes, func(o Outcome) bool { return o.Appointment == appointment })
}

// QuestionWish is a question being written. Version is the one it was written over; Consent says that the client lets doctors
// read it, and is needed unless that is recorded already.
type QuestionWish struct {
	Case    string
	Text    string // its id in the vault
	Kinds   []QuestionKind
	Version int
	Consent string // the id of a new consent, or empty
}

// SetQuestion decides whether a case can have that question.
func (s *State) SetQuestion(now time.Time, w QuestionWish) (journal.Decision, error) {
	c, ok := s.primary.Cases[w.Case]
	f := s.primary.Files[w.Case]
	if !ok || c.Closed != 0 {
		return journal.Decision{}, ErrNoCase
	}
	if f.Question.Version != w.Version {
		return journal.Decision{}, ErrChanged
	}
	before, err := s.consentFor(now, w.Case, UseJoint, w.Consent)
	if err != nil {
		return journal.Decision{}, err
	}
	return journal.Happens(append(before, QuestionSet{Case: w.Case, Text: w.Text, Kinds: w.Kinds, Version: w.Version + 1})...), nil
}

// consentFor is the consent that is recorded together with a question, unless one holds already.
func (s *State) consentFor(now time.Time, id string, use Use, consent string) ([]journal.Event, error) {
	f := s.primary.Files[id]
	switch {
	case f.anyConsent(use, s.calendar.dayOf(now.UnixMilli())):
		return nil, nil
	case consent == "":
		return nil, ErrNoConsent
	}
	return []journal.Event{ConsentRecorded{Consent: consent, Case: id, Recipient: string(auth.Doctor), Use: use}}, nil
}

// OutcomeWish is an outcome being written; see QuestionWish.
type OutcomeWish struct {
	Appointment string
	Text        string
	Actions     []Action
	Next        Day
	Version     int
}

// SetOutcome decides whether a meeting can have that outcome: it has begun, it was not missed, and its texts are still kept.
func (s *State) SetOutcome(now time.Time, days int, w OutcomeWish) (journal.Decision, error) {
	a, ok := s.primary.Appointments[w.Appointment]
	switch {
	case !ok:
		return journal.Decision{}, ErrNotThere
	case !a.Live():
		return journal.Decision{}, ErrCancelled
	case !a.Sure() || a.Status == NoShow || now.UnixMilli() < a.Start:
		return journal.Decision{}, ErrNotNow
	case now.UnixMilli() >= s.meetingKeeps(&a, days):
		return journal.Decision{}, ErrTextsGone
	case len(w.Actions) > MaxActions:
		return journal.Decision{}, fault.ErrInvalid.Of(fault.Field{Name: "actions", Code: "max", Limit: strconv.Itoa(MaxActions)})
	}
	f, version := s.primary.Files[a.Case], 0
	if i := f.outcome(w.Appointment); i >= 0 {
		version = f.Outcomes[i].Version
	}
	if version != w.Version {
		return journal.Decision{}, ErrChanged
	}
	return journal.Happens(OutcomeSet{
		Case: a.Case, Appointment: w.Appointment, Text: w.Text, Actions: w.Actions, Next: w.Next, Version: version + 1,
	}), nil
}

// RecordConsent decides whether a consent can be recorded.
func (s *State) RecordConsent(now time.Time, id string, c Consent) (journal.Decision, error) {
	of, ok := s.primary.Cases[id]
	switch {
	case !ok || of.Closed != 0:
		return journal.Decision{}, ErrNoCase
	case c.Until != 0 && c.Until < s.calendar.dayOf(now.UnixMilli()):
		return journal.Decision{}, fault.Bad("until", "past")
	case len(s.primary.Files[id].Consents) >= MaxConsents:
		return journal.Decision{}, fault.ErrInvalid.Of(fault.Field{Name: "recipient", Code: "max", Limit: strconv.Itoa(MaxConsents)})
	}
	return journal.Happens(ConsentRecorded{Consent: c.ID, Case: id, Recipient: c.Recipient, Use: c.Use, Until: c.Until}).Answering(c.ID), nil
}

// WithdrawConsent decides whether a consent can be taken back. It can be of a case that is closed, too.
func (s *State) WithdrawConsent(id, consent string) (journal.Decision, error) {
	for _, c := range s.primary.Files[id].Consents {
		switch {
		case c.ID != consent:
		case c.Withdrawn != 0:
			return journal.Decision{}, nil
		default:
			return journal.Happens(ConsentWithdrawn{Consent: consent, Case: id}), nil
		}
	}
	return journal.Decision{}, ErrConsent
}

// ReopenCase decides whether a closed case can go on.
func (s *State) ReopenCase(id string) (journal.Decision, error) {
	c, ok := s.primary.Cases[id]
	switch {
	case !ok:
		return journal.Decision{}, ErrNoCase
	case c.Closed == 0:
		return journal.Decision{}, ErrReopened
	}
	return journal.Happens(CaseReopened{Case: id}), nil
}
