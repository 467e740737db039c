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

// reindexCertificates finds the certificate of each enrolment again.
func (s *State) reindexCertificates() {
	s.data.Certificates.ready()
	s.certified = make(map[string]string, len(s.data.Certificates.Issued))
	for number, c := range s.data.Certificates.Issued {
		s.certified[enrolmentID(c.Course, c.Person)] = number
	}
}

// applyCertificate takes in what happens to certificates. The first one of an enrolment, and of a number, stays.
func (s *State) applyCertificate(m journal.Meta, e journal.Event) {
	d := &s.data.Certificates
	switch e := e.(type) {
	case CertificateIssued:
		enrolment := enrolmentID(e.Course, e.Person)
		if d.Issued[e.Certificate] != nil || s.certified[enrolment] != "" {
			return
		}
		c := &Certificate{
			Course: e.Course, Person: e.Person, Cohort: e.Cohort, Org: e.Org, Version: e.Version, Day: e.Day,
			Hours: e.Hours, Credits: e.Credits, Days: e.Days, Salt: e.Salt,
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
