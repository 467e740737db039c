package courses

import (
	"context"
	"strings"

	"luotsi/courses/psycap"
	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/vault"
)

// A draft's subject is "<course>.<activity>".
func subjectOf(course, activity string) string { return course + "." + activity }

// mayDraft refuses subjects that are no quiz or task of the caller, and no feedback that they may give. What they wrote for an
// activity that the course had once can be read, and not written any more.
func (s *Service) mayDraft(caller auth.Caller, subject string, write bool) error {
	if submission, ok := strings.CutPrefix(subject, draftsOfFeedback); ok {
		return s.mayMark(caller, submission)
	}
	if strings.HasPrefix(subject, psycap.DraftsPrefix) {
		return s.drafts.MayDraft(caller, subject, write)
	}
	course, activity, ok := strings.Cut(subject, ".")
	if !ok {
		return fault.Bad("subject", "id")
	}
	var err error
	s.journal.View(func() {
		if _, err = s.state.enrolled(caller.Person, course); err != nil {
			return
		}
		ed := s.state.editions[course]
		if _, had := ed.numbers[activity]; had && !write {
			return
		}
		var position int
		if position, err = ed.activity(activity); err == nil && ed.order[position].Kind == Lesson {
			err = ErrWrongKind
		}
	})
	return err
}

// Draft reads the caller's unfinished work; the zero Draft when there is none.
func (s *Service) Draft(ctx context.Context, caller auth.Caller, subject string) (vault.Draft, error) {
	if err := s.mayDraft(caller, subject, false); err != nil {
		return vault.Draft{}, err
	}
	return s.vault.Draft(ctx, caller.Person, subject)
}

// SaveDraft keeps the caller's unfinished work in place of revision rev. It fails with vault.ErrDraftConflict.
func (s *Service) SaveDraft(ctx context.Context, caller auth.Caller, subject string, rev int64, text string) (vault.Draft, error) {
	if err := s.mayDraft(caller, subject, true); err != nil {
		return vault.Draft{}, err
	}
	if err := s.inTime(caller, subject, text); err != nil {
		return vault.Draft{}, err
	}
	return s.vault.SaveDraft(ctx, caller.Person, subject, rev, text)
}

// inTime refuses a draft for an attempt whose time is over, for it would count as answered in time, and one of an attempt that is
// not open, for nobody would ever see it.
func (s *Service) inTime(caller auth.Caller, subject, text string) (err error) {
	course, activity, _ := strings.Cut(subject, ".")
	now, of := s.now(), draftedFor(text)
	s.journal.View(func() {
		ed := s.state.editions[course]
		if ed == nil {
			return
		}
		position, known := ed.find(activity)
		r := s.state.run(course, caller.Person, activity)
		switch {
		case !known || ed.order[position].Kind != Quiz:
		case r != nil && r.over(now):
			err = ErrTimeOver
		case of != "" && (r == nil || r.waits() || r.Attempt != of):
			err = ErrAttemptOver
		}
	})
	return err
}
