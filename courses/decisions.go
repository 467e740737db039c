package courses

import (
	"cmp"
	"slices"
	"time"
)

// DecisionKind is a sort of decision that trainers make about one learner, with a reason in their own words.
type DecisionKind string

// The kinds of decisions.
const (
	Credited          DecisionKind = "credited"    // a module need not be done
	MadeGood          DecisionKind = "compensated" // a missed contact day counts
	Extended          DecisionKind = "extended"    // there is more time
	CertificateVoided DecisionKind = "revoked"     // a certificate was taken back
)

// Decision is one that is in force.
type Decision struct {
	Kind   DecisionKind
	Target string     // the id of a module, a contact day or whatever got more time; the number of a certificate
	Credit CreditKind // of a credited module
	Until  string     // a Finnish calendar day, of more time
	By     string
	At     time.Time
	Reason string // its words; empty when they are kept no more
	id     string // of the words
}

// decisions lists what is in force about a learner, the newest first. What a newer one replaced, or what was withdrawn, is not in it.
func (s *State) decisions(l *learner) []Decision {
	list := []Decision{}
	add := func(d Decision, at int64) {
		d.At = time.UnixMilli(at).UTC()
		list = append(list, d)
	}
	for module, c := range l.Credits {
		add(Decision{Kind: Credited, Target: module, Credit: c.Kind, By: c.By, id: c.Basis}, c.At)
	}
	newest := map[string]int{}
	for i, c := range l.Compensations {
		newest[c.Activity] = i
	}
	for activity, i := range newest {
		if c := l.Compensations[i]; l.Trail.attendance(s.editions[l.Course].numbers[activity]).Deed == compensated {
			add(Decision{Kind: MadeGood, Target: activity, By: c.By, id: c.Basis}, c.At)
		}
	}
	for target, x := range l.Extensions {
		add(Decision{Kind: Extended, Target: target, Until: x.Until, By: x.By, id: x.Reason}, x.At)
	}
	for number, c := range s.data.Certificates.Issued {
		if c.Revoked != "" && c.Course == l.Course && c.Person == l.Person {
			add(Decision{Kind: CertificateVoided, Target: number, By: c.RevokedBy, id: c.Reason}, c.RevokedAt)
		}
	}
	slices.SortFunc(list, func(a, b Decision) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Target, b.Target))
	})
	return list
}
