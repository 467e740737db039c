package courses

import (
	"crypto/rand"
	"fmt"
	"strings"

	"luotsi/server/fault"
	"luotsi/server/journal"
)

// hoursPerCredit is what one ECTS credit stands for.
const hoursPerCredit = 27

// Certificate says that a person finished a course. It is issued once, and nothing that happens to the course later takes it away.
type Certificate struct {
	Course  string
	Person  string
	Cohort  string
	Org     string // that issued it
	Version string // hash of the content that was finished
	Day     string // a Finnish calendar day
	At      int64  // unix ms
	Hours   int
	Credits int // ECTS; 0 when the organisation may not grant them
	Days    int // contact days attended or compensated
	Credit  map[string]CreditKind
	Salt    string // of the mail address in the badge
	// Instead is the number of the revoked certificate that it stands in for, By the trainer who had it issued anew.
	Instead string
	By      string
	// Revoked is the day it was taken back; empty as long as it is good.
	Revoked   string
	RevokedBy string
	RevokedAt int64 // unix ms
	Why       RevocationReason
	Reason    string // vault id
}

// RevocationReason is why a certificate was taken back.
type RevocationReason string

// The reasons.
const (
	IssuedInError RevocationReason = "error"      // what it rests on was recorded wrongly
	Misconduct    RevocationReason = "misconduct" // what it rests on was not the learner's own
	OtherReason   RevocationReason = "other"
)

// The refusals about certificates.
var (
	ErrUnknownCertificate = fault.New(fault.NotFound, "not_found", "no such certificate, or somebody else's")
	ErrNobodyToName       = fault.New(fault.Gone, "gone", "the name of whom the certificate was issued to is gone")
	ErrNoBadge            = fault.New(fault.NotFound, "no_badge", "this server has no key to sign badges with")
	errDrawAgain          = fault.New(fault.Conflict, "draw_again", "the number is taken, or there is a newer version")
)

// numberSigns are what a number is written with: 31 of them, a prime, so that the last one shows every single wrong sign and every
// two that changed places. None is easily read as another.
const numberSigns = "123456789ABCDEFGHJKMNPQRSTVWXYZ"

// numberOf writes a number like LUO-2026-7F3K-9QXD: seven free signs, and one that checks them and the year.
func numberOf(year int, free [7]byte) string {
	var signs [8]byte
	for i, n := range free {
		signs[i] = numberSigns[int(n)%len(numberSigns)]
	}
	for _, last := range []byte(numberSigns) {
		if signs[7] = last; checks(year, signs) {
			break
		}
	}
	return fmt.Sprintf("LUO-%04d-%s-%s", year, signs[:4], signs[4:])
}

func checks(year int, signs [8]byte) bool {
	sum := year % len(numberSigns) * 9
	for i, sign := range signs {
		sum += (i + 1) * strings.IndexByte(numberSigns, sign)
	}
	return sum%len(numberSigns) == 0
}

// readNumber brings a number into its written form, however it was typed; ok is false for what is no number.
func readNumber(text string) (number string, ok bool) {
	plain := strings.Map(func(r rune) rune {
		switch r {
		case '-', ' ', '\u2011', '\u2013':
			return -1
		}
		return r
	}, strings.ToUpper(strings.TrimSpace(text)))
	var year int
	var rest string
	if _, err := fmt.Sscanf(plain, "LUO%4d%8s", &year, &rest); err != nil || len(plain) != len("LUO")+12 || year < 1000 {
		return "", false
	}
	rest = strings.NewReplacer("I", "1", "L", "1").Replace(rest)
	for _, sign := range []byte(rest) {
		if strings.IndexByte(numberSigns, sign) < 0 {
			return "", false
		}
	}
	if len(rest) != 8 || !checks(year, [8]byte([]byte(rest))) {
		return "", false
	}
	return fmt.Sprintf("LUO-%04d-%s-%s", year, rest[:4], rest[4:]), true
}

// NewCertificateNumber draws a number. There are 27 thousand million for a year: a rule makes sure that each is given once.
func NewCertificateNumber(year int) string {
	var free [7]byte
	for i := range free {
		one := []byte{255}
		for one[0] >= 248 { // 8 × 31: what is above would come up more often
			rand.Read(one)
		}
		free[i] = one[0]
	}
	return numberOf(year, free)
}

// issue decides on a certificate for who is complete, by the version e was made of. Nothing happens when there is one already,
// and when the learner is not complete.
func (s *State) issue(b borders, e CertificateIssued) (journal.Decision, error) {
	l, err := s.enrolled(e.Person, e.Course)
	if err != nil {
		return journal.Decision{}, err
	}
	if had := s.certified[enrolmentID(e.Course, e.Person)]; had != "" {
		return journal.Decision{}, nil
	}
	person, _ := b.people.Person(e.Person)
	done := s.completion(l)
	if !done.Complete() || person.Erased || s.editions[e.Course].hash != e.Version {
		return journal.Decision{}, nil
	}
	e.Cohort = l.Cohort
	return s.certify(b, e, done)
}

// certify decides on the certificate of somebody who is complete.
func (s *State) certify(b borders, e CertificateIssued, done Completion) (journal.Decision, error) {
	if s.data.Certificates.Issued[e.Certificate] != nil {
		return journal.Decision{}, errDrawAgain
	}
	unit, _ := b.people.Unit(s.data.Cohorts[e.Cohort].Unit)
	e.Org, e.Days = unit.Org, done.Days
	if s.data.Certificates.Grants[e.Org] {
		e.Credits = e.Hours / hoursPerCredit
	}
	for _, m := range done.Modules {
		if m.Credit != "" {
			e.Credited = append(e.Credited, CreditedModule{m.ID, m.Credit})
		}
	}
	return journal.Happens(e).Answering(e.Certificate), nil
}
