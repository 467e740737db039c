package psycap

import (
	"strings"

	"luotsi/server/auth"
	"luotsi/server/fault"
)

// DraftsPrefix begins the subject of every draft of this package. What follows says of what: measure.<cohort>.<instrument>.<point>,
// exercise.<run> or goal.<goal>.
const DraftsPrefix = "psycap."

// MayDraft refuses subjects that the caller may not write. Reading what they wrote before is always theirs.
func (s *Service) MayDraft(caller auth.Caller, subject string, write bool) error {
	kind, of, _ := strings.Cut(strings.TrimPrefix(subject, DraftsPrefix), ".")
	switch {
	case of == "":
	case !write:
		return nil
	case kind == "measure":
		return s.mayDraftMeasure(caller, of)
	case kind == "exercise":
		return s.mayDraftExercise(caller, of)
	case kind == "goal":
		return s.mayDraftGoal(caller, of)
	}
	return fault.Bad("subject", "id")
}
