package courses

import (
	"luotsi/server/fault"
	"luotsi/server/journal"
)

// The refusals about the register of certificates.
var (
	ErrAlreadyRevoked = fault.New(fault.Conflict, "already_revoked", "the certificate was taken back before")
	ErrStillGood      = fault.New(fault.Conflict, "still_good", "the certificate has to be taken back before another one stands in for it")
	ErrNotInError     = fault.New(fault.Conflict, "not_in_error", "only what was issued in error is issued anew")
	ErrIssuedAnew     = fault.New(fault.Conflict, "issued_anew", "another certificate stands in for this one already")
	ErrNotComplete    = fault.New(fault.Conflict, "not_complete", "the learner is not complete any more")
)

// registrar finds a cohort whose register the person keeps: as a trainer of its unit, or as an administrator of the organisation,
// who is there when the trainer has left. It is used inside View or a rule.
func (s *State) registrar(b borders, by, cohort string) (*Cohort, error) {
	c := s.data.Cohorts[cohort]
	if c == nil {
		return nil, ErrUnknownCohort
	}
	if unit, _ := b.people.Unit(c.Unit); !b.trains(by, c.Unit) && !b.administers(by, unit.Org) {
		return nil, ErrUnknownCohort
	}
	return c, nil
}

// revoke decides that a certificate of the cohort does not count any more.
func (s *State) revoke(b borders, by, cohort string, e CertificateRevoked) (journal.Decision, error) {
	if _, err := s.registrar(b, by, cohort); err != nil {
		return journal.Decision{}, err
	}
	c := s.data.Certificates.Issued[e.Certificate]
	switch {
	case c == nil || c.Cohort != cohort:
		return journal.Decision{}, ErrUnknownCertificate
	case c.Revoked != "":
		return journal.Decision{}, ErrAlreadyRevoked
	}
	return journal.Happens(e), nil
}

// reissue decides on a certificate in place of e.Instead, which was issued in error. Only a trainer of the cohort knows whether what
// was wrong is right now. The learner has to be complete by the version e was made of: the newest one, or the one that was finished.
func (s *State) reissue(b borders, by, cohort string, e CertificateIssued) (journal.Decision, error) {
	if _, err := s.cared(b, by, cohort); err != nil {
		return journal.Decision{}, err
	}
	old := s.data.Certificates.Issued[e.Instead]
	if old == nil || old.Cohort != cohort {
		return journal.Decision{}, ErrUnknownCertificate
	}
	if old.Person == by {
		return journal.Decision{}, ErrOwnWork
	}
	if err := s.mayReissue(b, e.Instead); err != nil {
		return journal.Decision{}, err
	}
	version, done := s.finished(old)
	if version != e.Version {
		return journal.Decision{}, errDrawAgain
	}
	e.Course, e.Person, e.Cohort = old.Course, old.Person, cohort
	return s.certify(b, e, done)
}

// mayReissue says why no other certificate can stand in for one; nil when it can.
func (s *State) mayReissue(b borders, number string) error {
	old := s.data.Certificates.Issued[number]
	person, _ := b.people.Person(old.Person)
	switch {
	case old.Revoked == "":
		return ErrStillGood
	case s.certified[enrolmentID(old.Course, old.Person)] != number:
		return ErrIssuedAnew
	case old.Why != IssuedInError:
		return ErrNotInError
	case person.Erased:
		return ErrNobodyToName
	}
	if _, done := s.finished(old); !done.Complete() {
		return ErrNotComplete
	}
	return nil
}

// finished is how far the learner of a certificate is by the newest version, or, when that asks for more since, by the one that the
// certificate was issued for: what a course asks for later takes nothing away.
func (s *State) finished(c *Certificate) (version string, done Completion) {
	l := s.learner(c.Person, c.Course)
	if l == nil {
		return c.Version, Completion{}
	}
	newest := s.editions[c.Course]
	if done = s.completion(l); done.Complete() || c.Version == newest.hash {
		return newest.hash, done
	}
	course := *s.data.Courses[c.Course]
	for i, v := range course.Versions {
		if v.Hash == c.Version {
			course.Versions = course.Versions[:i+1]
			e := newEdition(&course)
			return c.Version, e.completion(e.cells(l.Trail, l.Credits), l.Credits, e.daysLeft(l.Trail))
		}
	}
	return newest.hash, done
}

// allowCredits decides whether an organisation's certificates claim ECTS credits from now on.
func (s *State) allowCredits(b borders, by string, e CreditsAllowed) (journal.Decision, error) {
	switch {
	case !b.administers(by, e.Org):
		return journal.Decision{}, ErrUnknownCertificateOrg
	case s.data.Certificates.Grants[e.Org] == e.ECTS:
		return journal.Decision{}, nil
	}
	return journal.Happens(e), nil
}

// ErrUnknownCertificateOrg refuses the settings of an organisation that is not one's own.
var ErrUnknownCertificateOrg = fault.New(fault.NotFound, "not_found", "no such organisation, or not one's own")
