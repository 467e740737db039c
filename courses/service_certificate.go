package courses

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

// IssueCertificates gives everybody who finished a course their certificate. Server calls it every 10 s; it looks only at cohorts
// in which something happened since the last time.
func (s *Service) IssueCertificates(ctx context.Context) error {
	from, upTo := s.looked.Load(), s.journal.Applied()
	type finished struct{ person, course string }
	var waiting []finished
	s.journal.View(func() {
		for cohort, learners := range s.state.cohorts {
			if from > 0 && s.state.touched[cohort] <= from {
				continue
			}
			for _, l := range learners {
				if s.state.certified[enrolmentID(l.Course, l.Person)] == "" && s.state.completion(l).Complete() {
					waiting = append(waiting, finished{l.Person, l.Course})
				}
			}
		}
	})
	var failed error
	for _, f := range waiting {
		failed = errors.Join(failed, s.issue(ctx, f.person, f.course))
	}
	if failed == nil {
		s.looked.Store(upTo)
	}
	return failed
}

// issueTo issues what a person has finished, before they look. What can not be issued now is left to IssueCertificates.
func (s *Service) issueTo(ctx context.Context, person string) {
	var finished []string
	s.journal.View(func() {
		for _, l := range s.state.learners[person] {
			if l.Cohort != "" && s.state.certified[enrolmentID(l.Course, person)] == "" && s.state.completion(l).Complete() {
				finished = append(finished, l.Course)
			}
		}
	})
	for _, course := range finished {
		if err := s.issue(ctx, person, course); err != nil {
			s.log.Warn("a certificate is left for later", "error", err)
		}
	}
}

// issue commits a certificate. A number that another has is drawn again.
func (s *Service) issue(ctx context.Context, person, course string) error {
	var version string
	s.journal.View(func() { version = s.state.editions[course].hash })
	content, err := s.contents.get(ctx, course, version)
	if err != nil {
		return err
	}
	e := CertificateIssued{Course: course, Person: person, Version: version, Salt: newSalt(), Hours: content.hours()}
	for range 5 {
		_, err = s.journal.Update(ctx, "", journal.Key{}, func(now time.Time) (journal.Decision, error) {
			e.Certificate, e.Day = s.newNumber(now.In(helsinki()).Year()), dayOf(now)
			return s.state.issue(s.borders, e)
		})
		if !errors.Is(err, errDrawAgain) {
			break
		}
	}
	return err
}

// hours are those of all modules.
func (c *Content) hours() (hours int) {
	for _, m := range c.Modules {
		hours += m.Hours
	}
	return hours
}

func newSalt() string {
	salt := make([]byte, 16)
	rand.Read(salt)
	return hex.EncodeToString(salt)
}

// Diploma is a certificate with everything that is printed on it.
type Diploma struct {
	Certificate
	Number  string
	Name    string
	Email   string
	OrgName string
	Content *Content
	// Asked is the contact days asked for by the version that was finished.
	Asked int
	// Developed says whether that version has a development task.
	Developed bool
	Address   string // where it is checked
	Badge     bool   // whether this server can sign one
}

// Diploma opens a certificate for the person it was issued to. Others learn nothing of it.
func (s *Service) Diploma(ctx context.Context, caller auth.Caller, text string) (Diploma, error) {
	number, _ := readNumber(text)
	d := Diploma{Number: number, Address: s.public + "/check/" + number, Badge: s.badges != nil}
	known := false
	s.journal.View(func() {
		c := s.state.data.Certificates.Issued[number]
		if c == nil || c.Person != caller.Person {
			return
		}
		known, d.Certificate = true, *c
		org, _ := s.borders.people.Organisation(c.Org)
		d.OrgName = org.Name
	})
	if !known {
		return Diploma{}, ErrUnknownCertificate
	}
	name := s.names.Of(caller.Person)
	if d.Name, d.Email = name.Name, name.Email; d.Name == "" {
		return Diploma{}, ErrNobodyToName
	}
	var err error
	if d.Content, err = s.contents.version(ctx, d.Course, d.Version); err != nil {
		return Diploma{}, err
	}
	d.Asked = d.Content.Rules.ContactDays
	for _, m := range d.Content.Modules {
		d.Developed = d.Developed || slices.ContainsFunc(m.Activities, func(a Activity) bool { return a.Kind == Development && !a.Optional })
	}
	return d, nil
}

// The states of a certificate, as everybody may know them.
const (
	certificateValid   = "valid"
	certificateRevoked = "revoked"
	certificateUnknown = "unknown"
)

// CheckCertificate says whether a certificate of that number is good, and nothing else; revoked is the day it was taken back. What
// was issued stays good when its learner is erased: it was earned, and the number leads to nobody.
func (s *Service) CheckCertificate(text string) (state, revoked string) {
	number, _ := readNumber(text)
	state = certificateUnknown
	s.journal.View(func() {
		if c := s.state.data.Certificates.Issued[number]; c != nil {
			state = certificateValid
			if c.Revoked != "" {
				state, revoked = certificateRevoked, c.Revoked
			}
		}
	})
	return state, revoked
}
