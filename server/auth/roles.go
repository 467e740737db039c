// Package auth says who calls: it turns cookies into an Identity, and holds the roles and the rules
// that routes declare. It knows nobody by name and keeps nothing.
package auth

import "slices"

// Role is what a person does in a unit.
type Role string

// The roles. A person may have several, in several units.
const (
	Trainee     Role = "trainee"
	Coordinator Role = "coordinator"
	Doctor      Role = "doctor"
	// Professional is a nurse, a social worker, a specialist of Kela or of the employment services: takes part in joint
	// appointments that others book.
	Professional Role = "professional"
	Scheduler    Role = "scheduler" // ajanvaraaja: keeps doctors' hours for them
	Trainer      Role = "trainer"
	Manager      Role = "manager" // sees counts, no names of clients
	Admin        Role = "admin"
)

// Roles lists all roles, in the order pages show them.
func Roles() []Role {
	return []Role{Trainee, Coordinator, Doctor, Professional, Scheduler, Trainer, Manager, Admin}
}

// Grant is one role in one unit. Org is the organisation the unit belongs to: the controller of its data.
type Grant struct {
	Role Role
	Unit string
	Org  string
}

// Identity is the person behind a request, with the roles they have at this moment.
type Identity struct {
	Person   string
	Session  string // id of the session, not its secret
	Language string // fi, sv or en
	Grants   []Grant
}

// SignedIn reports whether somebody is signed in.
func (i Identity) SignedIn() bool { return i.Person != "" }

// Has reports whether the person has one of the roles in any unit.
func (i Identity) Has(roles ...Role) bool {
	return slices.ContainsFunc(i.Grants, func(g Grant) bool { return slices.Contains(roles, g.Role) })
}

// HasIn reports whether the person has one of the roles in that unit.
func (i Identity) HasIn(unit string, roles ...Role) bool {
	return slices.ContainsFunc(i.Grants, func(g Grant) bool { return g.Unit == unit && slices.Contains(roles, g.Role) })
}

// HasInOrg reports whether the person has one of the roles in any unit of that organisation.
func (i Identity) HasInOrg(org string, roles ...Role) bool {
	return slices.ContainsFunc(i.Grants, func(g Grant) bool { return g.Org == org && slices.Contains(roles, g.Role) })
}

// Units lists the units where the person has one of the roles, each once.
func (i Identity) Units(roles ...Role) []string {
	var units []string
	for _, g := range i.Grants {
		if slices.Contains(roles, g.Role) && !slices.Contains(units, g.Unit) {
			units = append(units, g.Unit)
		}
	}
	return units
}

// Orgs lists the organisations where the person has one of the roles, each once.
func (i Identity) Orgs(roles ...Role) []string {
	var orgs []string
	for _, g := range i.Grants {
		if slices.Contains(roles, g.Role) && !slices.Contains(orgs, g.Org) {
			orgs = append(orgs, g.Org)
		}
	}
	return orgs
}

// Caller is an Identity with what makes a repeated request the same request.
type Caller struct {
	Identity
	Key Key
	// Address is the caller's network address, for rate limits only; it is never stored.
	Address string
}

// Key is the Idempotency-Key of a request and the hash of its body. The zero Key means none was sent.
type Key struct {
	ID      string
	Request string
}

// Access is the rule a route declares. The zero Access lets nobody in, so a forgotten rule fails closed.
type Access struct {
	anyone   bool
	signedIn bool
	roles    []Role
}

// Anyone lets everybody in, signed in or not.
func Anyone() Access { return Access{anyone: true} }

// SignedIn lets every signed-in person in; what they may see is decided by the service.
func SignedIn() Access { return Access{signedIn: true} }

// Only lets in people who have one of the roles in some unit; which unit is decided by the service.
func Only(roles ...Role) Access { return Access{roles: roles} }

// Declared reports whether the route has a rule at all.
func (a Access) Declared() bool { return a.anyone || a.signedIn || len(a.roles) > 0 }

// Open reports whether the rule lets in people who are not signed in.
func (a Access) Open() bool { return a.anyone }

// Allows reports whether the identity may call.
func (a Access) Allows(i Identity) bool {
	switch {
	case a.anyone:
		return true
	case !i.SignedIn():
		return false
	case a.signedIn:
		return true
	default:
		return i.Has(a.roles...)
	}
}

// String shows the rule in the API description.
func (a Access) String() string {
	switch {
	case a.anyone:
		return "anyone"
	case a.signedIn:
		return "signed in"
	}
	s := ""
	for n, r := range a.roles {
		if n > 0 {
			s += ", "
		}
		s += string(r)
	}
	return s
}
