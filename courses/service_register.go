package courses

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

// Registered is a line of the register.
type Registered struct {
	Number string
	Name   string // empty when the person was erased
	Certificate
	// Follower is the number of the certificate that stands in for this one.
	Follower string
	// Again says that the caller may have another one issued in its place.
	Again bool
}

// Register is what was issued in a cohort.
type Register struct {
	CohortName string
	Course     string
	Trains     bool // the caller is a trainer of the cohort, and no administrator alone
	Lines      []Registered

	hash string // of the course's newest version
}

// Register lists the certificates of a cohort, the newest first, to its trainers and to administrators of the organisation.
func (s *Service) Register(_ context.Context, caller auth.Caller, cohort string) (Register, error) {
	r := Register{Lines: []Registered{}}
	var err error
	s.journal.View(func() {
		c, refused := s.state.registrar(s.borders, caller.Person, cohort)
		if err = refused; err != nil {
			return
		}
		r.CohortName, r.Course, r.hash = c.Name, c.Course, s.state.editions[c.Course].hash
		r.Trains = s.borders.trains(caller.Person, c.Unit)
		followers := map[string]string{}
		for number, c := range s.state.data.Certificates.Issued {
			if c.Cohort == cohort {
				followers[c.Instead] = number
				r.Lines = append(r.Lines, Registered{
					Number: number, Certificate: *c, Again: r.Trains && c.Person != caller.Person && s.state.mayReissue(s.borders, number) == nil,
				})
			}
		}
		for i := range r.Lines {
			r.Lines[i].Follower = followers[r.Lines[i].Number]
		}
	})
	if err != nil {
		return Register{}, err
	}
	for i := range r.Lines {
		r.Lines[i].Name = s.names.Of(r.Lines[i].Person).Name
	}
	slices.SortFunc(r.Lines, func(a, b Registered) int { return cmp.Or(cmp.Compare(b.Day, a.Day), cmp.Compare(a.Number, b.Number)) })
	return r, nil
}

// CohortRegister counts the certificates of one cohort.
type CohortRegister struct {
	Cohort, Name, Unit string
	Good, Revoked      int
}

// Registers lists the cohorts of an organisation in which certificates were issued, by name, to its administrators.
func (s *Service) Registers(_ context.Context, caller auth.Caller, org string) (list []CohortRegister, err error) {
	s.journal.View(func() {
		if !s.borders.administers(caller.Person, org) {
			err = ErrUnknownCertificateOrg
			return
		}
		of := map[string]*CohortRegister{}
		for _, c := range s.state.data.Certificates.Issued {
			cohort := s.state.data.Cohorts[c.Cohort]
			if cohort == nil {
				continue
			}
			unit, _ := s.borders.people.Unit(cohort.Unit)
			if unit.Org != org {
				continue
			}
			r := of[c.Cohort]
			if r == nil {
				r = &CohortRegister{Cohort: c.Cohort, Name: cohort.Name, Unit: unit.Name}
				of[c.Cohort] = r
			}
			if c.Revoked == "" {
				r.Good++
			} else {
				r.Revoked++
			}
		}
		for _, r := range of {
			list = append(list, *r)
		}
	})
	slices.SortFunc(list, func(a, b CohortRegister) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Cohort, b.Cohort))
	})
	return list, err
}

// RegisterFile is the register for a spreadsheet. That it was taken away is in the access log first.
func (s *Service) RegisterFile(ctx context.Context, caller auth.Caller, cohort string) ([]byte, error) {
	r, err := s.Register(ctx, caller, cohort)
	if err != nil {
		return nil, err
	}
	var persons []string
	for _, c := range r.Lines {
		persons = append(persons, c.Person)
	}
	if err := s.recordAll(ctx, caller, persons, tookRegister+r.Course); err != nil {
		return nil, err
	}
	words := certificateTexts[caller.Language]
	if words == nil {
		words = certificateTexts[Finnish]
	}
	rows := [][]string{{words.number, words.name, words.day, words.hours, words.credits, words.revoked}}
	for _, c := range r.Lines {
		credits := ""
		if c.Credits > 0 {
			credits = strconv.Itoa(c.Credits)
		}
		rows = append(rows, []string{c.Number, c.Name, c.Day, strconv.Itoa(c.Hours), credits, c.Revoked})
	}
	return spreadsheet(rows)
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
	_, err := s.keepTexts(ctx, caller, []string{person}, reason, func(ids []string, _ time.Time) (journal.Decision, error) {
		return s.state.revoke(s.borders, caller.Person, cohort, CertificateRevoked{Certificate: number, Why: why, Reason: ids[0]})
	})
	return err
}

// Reissue issues a certificate in place of one that was taken back because it was issued in error, and gives its number.
func (s *Service) Reissue(ctx context.Context, caller auth.Caller, cohort, text string) (string, error) {
	old, _ := readNumber(text)
	for attempt := 0; ; attempt++ {
		e := CertificateIssued{Instead: old, Salt: newSalt()}
		var course string
		s.journal.View(func() {
			if c := s.state.data.Certificates.Issued[old]; c != nil {
				course = c.Course
				e.Version, _ = s.state.finished(c)
			}
		})
		if course != "" {
			content, err := s.contents.get(ctx, course, e.Version)
			if err != nil {
				return "", err
			}
			e.Hours = content.hours()
		}
		answer, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
			e.Certificate, e.Day = s.newNumber(now.In(helsinki()).Year()), dayOf(now)
			return s.state.reissue(s.borders, caller.Person, cohort, e)
		})
		if errors.Is(err, errDrawAgain) && attempt < 5 {
			continue
		}
		if err == nil && len(answer.IDs) != 1 {
			err = journal.ErrKeyReused
		}
		if err != nil {
			return "", err
		}
		return answer.IDs[0], nil
	}
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
