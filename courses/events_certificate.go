package courses

import "luotsi/server/journal"

// CertificateIssued says that a learner finished a course. Certificate is its number, Version the hash of the content finished.
type CertificateIssued struct {
	Certificate string           `bson:"certificate"`
	Course      string           `bson:"course"`
	Person      string           `bson:"person"`
	Cohort      string           `bson:"cohort"`
	Org         string           `bson:"org"`
	Version     string           `bson:"version"`
	Day         string           `bson:"day"` // a Finnish calendar day
	Hours       int              `bson:"hours"`
	Credits     int              `bson:"credits,omitempty"` // ECTS; none unless the organisation may grant them
	Days        int              `bson:"days,omitempty"`    // contact days
	Credited    []CreditedModule `bson:"credited,omitempty"`
	Salt        string           `bson:"salt"`
	// Instead is the number of the certificate that was issued in error before.
	Instead string `bson:"instead,omitempty"`
}

// CreditedModule is a module that was not done but credited.
type CreditedModule struct {
	Module string     `bson:"module"`
	Kind   CreditKind `bson:"kind"`
}

// CertificateRevoked takes a certificate back. Reason is the vault id of the words.
type CertificateRevoked struct {
	Certificate string           `bson:"certificate"`
	Why         RevocationReason `bson:"why"`
	Reason      string           `bson:"reason"`
}

// CreditsAllowed says whether certificates of an organisation claim ECTS credits from now on.
type CreditsAllowed struct {
	Org  string `bson:"org"`
	ECTS bool   `bson:"ects"`
}

func (e CertificateIssued) about() (course, person string) { return e.Course, e.Person }

func certificateEvents() []journal.Type {
	return []journal.Type{
		journal.Define[CertificateIssued]("courses.certificate_issued"),
		journal.Define[CertificateRevoked]("courses.certificate_revoked"),
		journal.Define[CreditsAllowed]("courses.credits_allowed"),
	}
}
