package scheduling

import (
	"slices"
	"strings"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
)

// The failures of resources.
var (
	ErrNoResource     = fault.New(fault.NotFound, "not_found", "there is no such room or interpreter")
	ErrResourceExists = fault.New(fault.Conflict, "resource_exists", "the unit has a room of that name")
	ErrRetired        = fault.New(fault.Conflict, "retired", "the room or interpreter is not in use any more")
)

// ResourceKind says what takes part in an appointment without an account.
type ResourceKind string

// The kinds of resources.
const (
	Room        ResourceKind = "room"
	Interpreter ResourceKind = "interpreter"
)

// Resource is a room or an interpreter of a unit. Its id is never a person's, so a plan is kept for it as for people.
type Resource struct {
	Unit      string
	Kind      ResourceKind
	Name      string   // of a room; an interpreter's name and mail address are in the vault
	Text      string   // vault id of an interpreter's name and address; each change makes a new one
	Languages []string // codes of ISO 639 that an interpreter interprets, sorted
	RetiredAt int64    // unix ms; 0 while it is in use
}

// InUse reports whether new appointments may use it.
func (r *Resource) InUse() bool { return r.RetiredAt == 0 }

// hours is when the resource can be used without hours of its own: a room always, an interpreter in office hours.
func (r *Resource) hours() Default { return hoursWithout(auth.Role(r.Kind)) }

// AddResource decides whether a unit gets a room or an interpreter. An interpreter's name is in the vault, under r.Text.
func (s *State) AddResource(id string, r Resource) (journal.Decision, error) {
	if s.roomNamed(r.Unit, r.Name, "") {
		return journal.Decision{}, ErrResourceExists
	}
	return journal.Happens(ResourceAdded{
		Resource: id, Unit: r.Unit, Kind: r.Kind, Name: r.Name, Text: r.Text, Languages: tidyCodes(r.Languages),
	}).Answering(id), nil
}

// ChangeResource decides whether a resource gets another name and other languages.
func (s *State) ChangeResource(id string, name, text string, languages []string) (journal.Decision, error) {
	r, ok := s.Resource(id)
	switch {
	case !ok:
		return journal.Decision{}, ErrNoResource
	case !r.InUse():
		return journal.Decision{}, ErrRetired
	case s.roomNamed(r.Unit, name, id):
		return journal.Decision{}, ErrResourceExists
	}
	return journal.Happens(ResourceChanged{Resource: id, Name: name, Text: text, Languages: tidyCodes(languages)}), nil
}

// RetireResource decides whether a resource goes out of use. Appointments that use it stay until somebody changes them.
func (s *State) RetireResource(id string) (journal.Decision, error) {
	r, ok := s.Resource(id)
	switch {
	case !ok:
		return journal.Decision{}, ErrNoResource
	case !r.InUse():
		return journal.Decision{}, nil
	}
	return journal.Happens(ResourceRetired{Resource: id}), nil
}

// roomNamed reports whether the unit has another room in use that people would call the same.
func (s *State) roomNamed(unit, name, but string) bool {
	if name == "" {
		return false
	}
	for id, r := range s.Resources(unit) {
		if id != but && r.InUse() && strings.EqualFold(r.Name, name) {
			return true
		}
	}
	return false
}

// known reports whether somebody may still be told the name of the resource: while it is in use, and until its last
// appointment is over.
func (s *State) resourceKnown(id string, now time.Time) bool {
	r, ok := s.Resource(id)
	if !ok || r.InUse() {
		return ok
	}
	p := s.plans[id]
	return p != nil && len(p.live) > 0 && p.live[len(p.live)-1].End > now.UnixMilli()
}

func tidyCodes(codes []string) []string {
	tidied := slices.Clone(codes)
	slices.Sort(tidied)
	return slices.Compact(tidied)
}
