package scheduling

import (
	"strconv"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
)

// The failures of written consultations.
var (
	ErrNoConsultation = fault.New(fault.NotFound, "unknown_consultation", "there is no such consultation")
	ErrConsultClosed  = fault.New(fault.Conflict, "consultation_closed", "the consultation is closed")
	ErrTooManyOpen    = fault.New(fault.Conflict, "consultations_full", "whoever carries the case has as many open consultations as one person may")
)

const (
	// ReplyDays is within how many working days a consultation is to be answered, unless the unit sets another target.
	ReplyDays = 5
	// MaxReplyDays is the longest target of a unit.
	MaxReplyDays = 30
	// MaxOpen is how many consultations of one person's cases wait for an answer at once: each of them is in a doctor's way.
	MaxOpen = 100
	// MaxMessages is how long a thread can be.
	MaxMessages = 50
)

// ConsultationStatus is whose turn it is.
type ConsultationStatus string

// The statuses. Turned became a joint appointment.
const (
	AwaitsDoctor ConsultationStatus = "waiting" // for the doctor
	AwaitsMore   ConsultationStatus = "more"    // the doctor asked for more: for the coordinator
	Answered     ConsultationStatus = "answered"
	Closed       ConsultationStatus = "closed"
	Turned       ConsultationStatus = "turned"
)

// Consultation is a question to a doctor that is answered in writing.
type Consultation struct {
	Case       string
	Unit       string
	Doctor     string // empty: any doctor of the unit
	Absent     string // for whom Doctor stood in when it was asked, or empty
	Kinds      []QuestionKind
	Text       string // of the question, in the vault
	By         string
	At         int64 // unix ms
	Due        Day
	Status     ConsultationStatus
	Messages   []Message
	AnsweredAt int64 // the first answer
	AnsweredBy string
	Closed     int64
	Gone       int64 // when its texts were deleted
}

// Message is one in the thread after the question. Doctor is the doctor's side, Answer what is meant to answer the question.
type Message struct {
	Text   string
	At     int64
	By     string
	Doctor bool
	Answer bool
	// InPlaceOf is the doctor for whom whoever wrote stood in, or empty.
	InPlaceOf string
}

// Open reports whether somebody still has to do something.
func (c *Consultation) Open() bool { return c.Status == AwaitsDoctor || c.Status == AwaitsMore }

// overdue reports whether the doctor's answer is late on a day.
func (c *Consultation) overdue(today Day) bool { return c.Status == AwaitsDoctor && today > c.Due }

func (c *Consultation) texts() []string {
	texts := make([]string, 0, 1+len(c.Messages))
	texts = append(texts, c.Text)
	for _, m := range c.Messages {
		texts = append(texts, m.Text)
	}
	return texts
}

// target is within how many working days a unit answers.
func (s *State) target(unit string) int {
	if days := s.primary.Targets[unit]; days > 0 {
		return days
	}
	return ReplyDays
}

// due is by when a question of this moment is to be answered in a unit.
func (s *State) due(now int64, unit string) Day {
	return s.calendar.workingDays(s.calendar.dayOf(now), s.target(unit))
}

// ConsultationWish is a question to be put in writing. Without a case it begins one, as Booking does. Told are the doctors who
// get a mail.
type ConsultationWish struct {
	Consultation string
	Case         string
	NewCase      string
	Owner        string
	OwnerUnit    string
	References   []string
	Unit         string
	Doctor       string
	Absent       string // for whom Doctor stands in, or empty
	Kinds        []QuestionKind
	Text         string
	Consent      string // the id of a new consent, or empty
	Told         []string
}

// AskConsultation decides whether a question can be put in writing.
func (s *State) AskConsultation(now time.Time, w ConsultationWish) (journal.Decision, error) {
	var events []journal.Event
	owner := w.Owner
	if c, known := s.primary.Cases[w.Case]; known {
		owner = c.Owner
	}
	if s.openOf(owner) >= MaxOpen {
		return journal.Decision{}, ErrTooManyOpen
	}
	if w.Case == "" {
		reference := s.freeReference(w.References)
		if reference == "" {
			return journal.Decision{}, errNoReferences
		}
		w.Case = w.NewCase
		events = append(events, CaseOpened{Case: w.Case, Reference: reference, Unit: w.OwnerUnit, Owner: w.Owner})
	} else if c, ok := s.primary.Cases[w.Case]; !ok || c.Closed != 0 {
		return journal.Decision{}, ErrNoCase
	}
	consent, err := s.consentFor(now, w.Case, UseWritten, w.Consent)
	if err != nil {
		return journal.Decision{}, err
	}
	return journal.Happens(append(append(events, consent...), ConsultationAsked{
		Consultation: w.Consultation, Case: w.Case, Unit: w.Unit, Doctor: w.Doctor, Kinds: w.Kinds, Text: w.Text,
		Due: s.due(now.UnixMilli(), w.Unit), Told: w.Told, Absent: w.Absent,
	})...).Answering(w.Consultation, w.Case), nil
}

// openOf counts the consultations of somebody's open cases that are not answered.
func (s *State) openOf(owner string) (open int) {
	for _, of := range s.owned[owner] {
		for _, one := range s.consultations[of] {
			if c := s.primary.Consultations[one]; c.Closed == 0 && c.Open() {
				open++
			}
		}
	}
	return open
}

func (s *State) freeReference(references []string) string {
	for _, r := range references {
		if _, used := s.references[r]; !used {
			return r
		}
	}
	return ""
}

// Write decides whether a message can be added to a consultation. The doctor's either answers or asks for more; what the other
// side writes after that waits for the doctor again, with a new date.
func (s *State) Write(now time.Time, id string, m Message, told []string) (journal.Decision, error) {
	c, ok := s.primary.Consultations[id]
	switch {
	case !ok:
		return journal.Decision{}, ErrNoConsultation
	case c.Closed != 0:
		return journal.Decision{}, ErrConsultClosed
	case c.Gone != 0:
		return journal.Decision{}, ErrTextsGone
	case len(c.Messages) >= MaxMessages:
		return journal.Decision{}, fault.ErrInvalid.Of(fault.Field{Name: "text", Code: "max", Limit: strconv.Itoa(MaxMessages)})
	}
	e := ConsultationWritten{Consultation: id, Text: m.Text, Doctor: m.Doctor, Answer: m.Doctor && m.Answer, Told: told, InPlaceOf: m.InPlaceOf}
	if !m.Doctor && c.Status != AwaitsDoctor {
		e.Due = s.due(now.UnixMilli(), c.Unit)
	}
	return journal.Happens(e), nil
}

// CloseConsultation decides whether a consultation can end; turned says that a joint appointment takes its place.
func (s *State) CloseConsultation(id string, turned bool) (journal.Decision, error) {
	c, ok := s.primary.Consultations[id]
	switch {
	case !ok:
		return journal.Decision{}, ErrNoConsultation
	case c.Closed != 0:
		return journal.Decision{}, ErrConsultClosed
	}
	return journal.Happens(ConsultationClosed{Consultation: id, Turned: turned}), nil
}

// SetTarget decides within how many working days a unit answers.
func (s *State) SetTarget(unit string, days int) (journal.Decision, error) {
	if s.target(unit) == days {
		return journal.Decision{}, nil
	}
	return journal.Happens(ConsultationTargetSet{Unit: unit, Days: days}), nil
}

// replies is how a group of consultations was answered.
type replies struct {
	Days     []int // working days of each answer, sorted
	Waiting  int
	Overdue  int
	Answered int
}

// replyDays is how many working days the first answer took.
func (s *State) replyDays(c *Consultation) int {
	return s.calendar.workingDaysBetween(s.calendar.dayOf(c.At), s.calendar.dayOf(c.AnsweredAt))
}
