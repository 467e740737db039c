package courses

// Requirement says what finishes an activity.
type Requirement string

// The requirements.
const (
	ToView       Requirement = "view"    // it was opened
	ToMarkDone   Requirement = "do"      // its learner said that it is done
	ToSubmit     Requirement = "submit"  // something was handed in
	ToPass       Requirement = "pass"    // an attempt got the points that pass
	ToBeApproved Requirement = "approve" // a trainer approved what was handed in
	ToAttend     Requirement = "attend"  // its learner was there
	ToApply      Requirement = "apply"   // it was tried at work, and told what came of it
)

// requirements lists what a kind may ask for; the first is what it asks for when its author says nothing.
var requirements = map[Kind][]Requirement{
	Lesson:      {ToMarkDone, ToView},
	Video:       {ToMarkDone, ToView},
	Quiz:        {ToPass, ToSubmit, ToView},
	Reflection:  {ToSubmit, ToView},
	Task:        {ToSubmit, ToBeApproved, ToView},
	Work:        {ToApply},
	Contact:     {ToAttend},
	Link:        {ToMarkDone, ToView},
	Development: {ToBeApproved},
}

// Requirements lists what an activity of the kind may ask for, the usual one first.
func (k Kind) Requirements() []Requirement { return requirements[k] }

// requires is what the activity asks for, also in versions that do not say it.
func (a ActivityOutline) requires() Requirement {
	if a.Requires != "" {
		return a.Requires
	}
	if all := requirements[a.Kind]; len(all) > 0 {
		return all[0]
	}
	return ToMarkDone
}

// metBy reports whether this deed alone is what is asked for. Who did more than is asked did what is asked.
func (r Requirement) metBy(d deed) bool {
	switch d {
	case compensated:
		return true
	case did:
		return r == ToMarkDone || r == ToView
	case passed:
		return r == ToPass || r == ToSubmit || r == ToView
	case tried:
		return r == ToSubmit || r == ToView
	case handedIn, reflected:
		return r == ToSubmit || r == ToView
	case approved:
		return r == ToBeApproved || r == ToSubmit || r == ToView
	case applied:
		return r == ToApply || r == ToView
	case attended:
		return r == ToAttend || r == ToView
	case viewed, planned:
		return r == ToView
	}
	return false
}
