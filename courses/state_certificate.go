package courses

import (
	"slices"

	"luotsi/server/journal"
)

// CertificateData is the register of certificates.
type CertificateData struct {
	Issued map[string]*Certificate // by number
	Grants map[string]bool         // by organisation: whether it may grant ECTS credits
}

func (d *CertificateData) ready() {
	if d.Issued == nil {
		d.Issued = map[string]*Certificate{}
	}
	if d.Grants == nil {
		d.Grants = map[string]bool{}
	}
}

// reindexCertificates finds the newest certificate of each enrolment again.
func (s *State) reindexCertificates() {
	s.data.Certificates.ready()
	replaced := map[string]bool{}
	for _, c := range s.data.Certificates.Issued {
		replaced[c.Instead] = true
	}
	s.certified = make(map[string]string, len(s.data.Certificates.Issued))
	for number, c := range s.data.Certificates.Issued {
		if !replaced[number] {
			s.certified[enrolmentID(c.Course, c.Person)] = number
		}
	}
}

// goodCertificate is the number of an enrolment's certificate; revoked is the day it was taken back, if it was: then there is no number.
func (s *State) goodCertificate(course, person string) (number, revoked string) {
	number = s.certified[enrolmentID(course, person)]
	if c := s.data.Certificates.Issued[number]; c != nil && c.Revoked != "" {
		return "", c.Revoked
	}
	return number, ""
}

// mayFollow reports whether a certificate is the first one of its enrolment, or stands in for its newest, which was taken back.
func (s *State) mayFollow(e CertificateIssued) bool {
	had := s.certified[enrolmentID(e.Course, e.Person)]
	return e.Instead == had && (had == "" || s.data.Certificates.Issued[had].Revoked != "")
}

// applyCertificate takes in what happens to certificates. The first one of a number stays, and of an enrolment until it is taken
// back and another one stands in for it.
func (s *State) applyCertificate(m journal.Meta, e journal.Event) {
	d := &s.data.Certificates
	switch e := e.(type) {
	case CertificateIssued:
		enrolment := enrolmentID(e.Course, e.Person)
		if d.Issued[e.Certificate] != nil || !s.mayFollow(e) {
			return
		}
		c := &Certificate{
			Course: e.Course, Person: e.Person, Cohort: e.Cohort, Org: e.Org, Version: e.Version, Day: e.Day, At: m.At.UnixMilli(),
			Hours: e.Hours, Credits: e.Credits, Days: e.Days, Salt: e.Salt, Instead: e.Instead,
		}
		if e.Instead != "" {
			c.By = m.By
		}
		for _, credited := range e.Credited {
			if c.Credit == nil {
				c.Credit = map[string]CreditKind{}
			}
			c.Credit[credited.Module] = credited.Kind
		}
		d.Issued[e.Certificate], s.certified[enrolment] = c, e.Certificate
		s.touched[e.Cohort] = s.commit
	case CertificateRevoked:
		if c := d.Issued[e.Certificate]; c != nil && c.Revoked == "" {
			c.Revoked, c.Why, c.Reason = dayOf(m.At), e.Why, e.Reason
			c.RevokedBy, c.RevokedAt = m.By, m.At.UnixMilli()
			s.touched[c.Cohort] = s.commit
		}
	case CreditsAllowed:
		d.Grants[e.Org] = e.ECTS
	}
}

// certificateTexts lists the vault ids of why certificates were taken back; person narrows it to one.
func (s *State) certificateTexts(person string) (ids []string) {
	for _, c := range s.data.Certificates.Issued {
		if c.Reason != "" && (person == "" || c.Person == person) {
			ids = append(ids, c.Reason)
		}
	}
	return ids
}

// revokedNumbers lists the certificates that were taken back, in the order of their numbers.
func (s *State) revokedNumbers() (numbers []string) {
	for number, c := range s.data.Certificates.Issued {
		if c.Revoked != "" {
			numbers = append(numbers, number)
		}
	}
	slices.Sort(numbers)
	return numbers
}
