package courses

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
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
	e := CertificateIssued{Course: course, Person: person, Version: version, Salt: newSalt()}
	for _, m := range content.Modules {
		e.Hours += m.Hours
	}
	for range 5 {
		_, err = s.journal.Update(ctx, "", journal.Key{}, func(now time.Time) (journal.Decision, error) {
			e.Certificate, e.Day = s.newNumber(now.In(helsinki()).Year()), dayOf(now)
			return s.state.issue(s.borders, e)
		})
		if !errors.Is(err, errNumberTaken) {
			break
		}
	}
	return err
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

// Registered is a line of the register.
type Registered struct {
	Number string
	Name   string // empty when the person was erased
	Certificate
}

// Register lists the certificates of a cohort, the newest first, to its trainers.
func (s *Service) Register(_ context.Context, caller auth.Caller, cohort string) ([]Registered, error) {
	list := []Registered{}
	var err error
	s.journal.View(func() {
		if _, err = s.state.cared(s.borders, caller.Person, cohort); err != nil {
			return
		}
		for number, c := range s.state.data.Certificates.Issued {
			if c.Cohort == cohort {
				list = append(list, Registered{Number: number, Certificate: *c})
			}
		}
	})
	if err != nil {
		return nil, err
	}
	for i := range list {
		list[i].Name = s.names.Of(list[i].Person).Name
	}
	slices.SortFunc(list, func(a, b Registered) int { return cmp.Or(cmp.Compare(b.Day, a.Day), cmp.Compare(a.Number, b.Number)) })
	return list, nil
}

// RegisterFile is the register for a spreadsheet.
func (s *Service) RegisterFile(ctx context.Context, caller auth.Caller, cohort string) ([]byte, error) {
	list, err := s.Register(ctx, caller, cohort)
	if err != nil {
		return nil, err
	}
	file := bytes.NewBufferString("\ufeff") // or spreadsheets take ä for something else
	w := csv.NewWriter(file)
	w.Comma, w.UseCRLF = ';', true
	words := certificateTexts[caller.Language]
	if words == nil {
		words = certificateTexts[Finnish]
	}
	rows := [][]string{{words.number, words.name, words.day, words.hours, words.credits, words.revoked}}
	for _, c := range list {
		credits := ""
		if c.Credits > 0 {
			credits = words.whole(c.Credits)
		}
		rows = append(rows, []string{c.Number, harmless(c.Name), c.Day, words.whole(c.Hours), credits, c.Revoked})
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, err
	}
	return file.Bytes(), nil
}

// harmless keeps a spreadsheet from taking a name for a formula.
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

// RevokeCertificate takes a certificate back, and keeps why.
func (s *Service) RevokeCertificate(ctx context.Context, caller auth.Caller, cohort, text string, why RevocationReason, reason string) error {
	number, _ := readNumber(text)
	person := ""
	s.journal.View(func() {
		if c := s.state.data.Certificates.Issued[number]; c != nil {
			person = c.Person
		}
	})
	return s.withTexts(ctx, caller, [][]string{{person}}, reason, func(ids []string, _ time.Time) (journal.Decision, error) {
		return s.state.revoke(s.borders, caller.Person, cohort, CertificateRevoked{Certificate: number, Why: why, Reason: ids[0]})
	})
}

// AllowCredits says whether certificates of an organisation claim ECTS credits from now on. Those issued before stay as they are.
func (s *Service) AllowCredits(ctx context.Context, caller auth.Caller, org string, ects bool) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.state.allowCredits(s.borders, caller.Person, CreditsAllowed{Org: org, ECTS: ects})
	})
	return err
}

// MayGrantCredits says what AllowCredits set.
func (s *Service) MayGrantCredits(_ context.Context, caller auth.Caller, org string) (ects bool, err error) {
	s.journal.View(func() {
		if !s.borders.administers(caller.Person, org) {
			err = ErrUnknownCertificateOrg
			return
		}
		ects = s.state.data.Certificates.Grants[org]
	})
	return ects, err
}
