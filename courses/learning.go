package courses

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/vault"
)

// Way is a learner's way through a course: their standing, the texts of the newest version, and the place they are at.
type Way struct {
	Standing
	Content    *Content
	CohortName string
	Place      Place
	Today      string // the Finnish day, by which locks are told
	FollowUps  []Try  // what was tried at work and is to be followed up now; only in a list of all ways
}

// Next is the activity that "continue" leads to; false when there is nothing the learner could do now.
func (w Way) Next() (position int, ok bool) {
	return w.next(w.Place.Activity, func(p int) bool { return w.waitsForLearner(w.Cells, p) && len(w.Locks(p)) == 0 })
}

// Locks says why the activity at a position is not open; nothing when it is.
func (w Way) Locks(position int) []Lock { return w.locks(w.Cells, position, w.Starts, w.Today) }

// ordinal is the number of an activity, from 1, among those of its kind in its module.
func (e *edition) ordinal(position int) int {
	n := 0
	for p := e.starts[e.module(position)]; p <= position; p++ {
		if e.order[p].Kind == e.order[position].Kind {
			n++
		}
	}
	return n
}

// minutesLeft is how long an activity still takes: what was read of a text, or watched of a video, is not read again. It is at least
// a minute.
func minutesLeft(a *Activity, place Place) int {
	if a.Kind != Lesson && a.Kind != Video || place.Activity != a.ID {
		return a.Minutes
	}
	return max(1, (a.Minutes*(1000-min(place.Position, 1000))+999)/1000)
}

// way finds the caller's way through a course.
func (s *Service) way(ctx context.Context, person, course string) (Way, error) {
	var w Way
	var err error
	s.journal.View(func() {
		var l *learner
		if l, err = s.state.enrolled(person, course); err == nil {
			w.Standing, w.CohortName = s.state.standing(l), s.state.data.Cohorts[l.Cohort].Name
		}
	})
	if err != nil {
		return Way{}, err
	}
	return w, s.furnish(ctx, &w)
}

func (s *Service) furnish(ctx context.Context, w *Way) (err error) {
	if w.Content, err = s.contents.get(ctx, w.Course, w.hash); err != nil {
		return err
	}
	w.Place, w.Today = s.places.get(ctx, w.Person, w.Course), dayOf(s.now())
	return nil
}

// Ways lists the courses the caller goes through, the newest enrolling first.
func (s *Service) Ways(ctx context.Context, caller auth.Caller) ([]Way, error) {
	var all []Way
	today := dayOf(s.now())
	s.issueTo(ctx, caller.Person)
	s.journal.View(func() {
		for _, l := range s.state.learners[caller.Person] {
			if l.Cohort != "" {
				all = append(all, Way{
					Standing: s.state.standing(l), CohortName: s.state.data.Cohorts[l.Cohort].Name, FollowUps: l.toFollowUp(today),
				})
			}
		}
	})
	slices.SortFunc(all, func(a, b Way) int {
		return cmp.Or(b.Enrolled.Compare(a.Enrolled), cmp.Compare(a.Course, b.Course))
	})
	for i := range all {
		if err := s.furnish(ctx, &all[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Way gives the caller's way through one course.
func (s *Service) Way(ctx context.Context, caller auth.Caller, course string) (Way, error) {
	s.issueTo(ctx, caller.Person)
	return s.way(ctx, caller.Person, course)
}

// Page is an activity as its learner sees it.
type Page struct {
	Way
	Position   int
	Module     *Module
	Activity   *Activity
	Tally      tally
	Draft      vault.Draft // quizzes and tasks
	Sitting                // of a quiz
	Submission string      // the newest text of a task
	Handed     Handed      // tasks and development tasks
	Change     *Change     // since its learner finished it; nil when nothing changed
	Applied    *Applied    // of something tried at work
	Reflected  *Reflected  // of a reflection
}

// Activity opens an activity. A lesson is served from memory alone. An attempt at a quiz whose time is over is handed in now.
func (s *Service) Activity(ctx context.Context, caller auth.Caller, course, activity string) (Page, error) {
	if err := s.closeLate(ctx, caller.Person, course, activity); err != nil {
		return Page{}, err
	}
	w, err := s.way(ctx, caller.Person, course)
	if err != nil {
		return Page{}, err
	}
	p := Page{Way: w}
	if p.Position, err = w.activity(activity); err != nil {
		return Page{}, err
	}
	if locks := w.Locks(p.Position); len(locks) > 0 {
		return Page{}, lockedBy(locks)
	}
	p.Module, p.Activity = w.Content.Find(activity)
	p.Tally = w.tallyOf(activity)
	p.Change = s.change(ctx, p, caller.Language)
	private := p.Activity.Kind == Work || p.Activity.Kind == Reflection
	if p.Activity.Kind != Quiz && !isMarked(p.Activity.Kind) && !private {
		return p, nil
	}
	if isMarked(p.Activity.Kind) {
		if p.Handed, err = s.handedBy(ctx, caller.Person, course, activity); err != nil {
			return Page{}, err
		}
	}
	if p.Draft, err = s.vault.Draft(ctx, caller.Person, subjectOf(course, activity)); err != nil {
		return Page{}, err
	}
	if private {
		return p, s.write(ctx, &p)
	}
	if p.Activity.Kind == Quiz {
		p.Sitting, err = s.sitting(ctx, p.Way, p.Activity)
	} else if p.Tally.Last.Deed == handedIn {
		p.Submission, err = s.text(ctx, p.Tally.Text)
	}
	if err != nil && !errors.Is(err, vault.ErrGone) {
		return Page{}, err
	}
	return p, nil
}

// complete decides that a lesson or a video is done; nothing happens when it was already.
func (s *State) complete(person, course, activity string, now time.Time) (journal.Decision, error) {
	kind := Lesson
	if ed := s.editions[course]; ed != nil {
		if p, ok := ed.find(activity); ok && ed.order[p].Kind == Video {
			kind = Video
		}
	}
	l, position, err := s.opened(person, course, activity, kind, now)
	if err != nil || l.cells[position] == CellDone {
		return journal.Decision{}, err
	}
	return journal.Happens(ActivityDone{Course: course, Person: person, Activity: activity}), nil
}

// opened finds a learner and an activity of that kind that is open to them, or refuses.
func (s *State) opened(person, course, activity string, kind Kind, now time.Time) (l *learner, position int, err error) {
	if l, err = s.enrolled(person, course); err != nil {
		return nil, 0, err
	}
	ed := s.editions[course]
	if position, err = ed.activity(activity); err != nil {
		return nil, 0, err
	}
	if ed.order[position].Kind != kind {
		return nil, 0, ErrWrongKind
	}
	if locks := ed.locks(l.cells, position, s.data.Cohorts[l.Cohort].Starts, dayOf(now)); len(locks) > 0 {
		return nil, 0, lockedBy(locks)
	}
	return l, position, nil
}

// lockedBy refuses and tells why.
func lockedBy(locks []Lock) error { return ErrLocked.With(lockedInfo{Locks: viewLocks(locks)}) }

// Complete says that a lesson is done.
func (s *Service) Complete(ctx context.Context, caller auth.Caller, course, activity string) (Way, error) {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		return s.state.complete(caller.Person, course, activity, now)
	})
	if err != nil {
		return Way{}, err
	}
	return s.way(ctx, caller.Person, course)
}

// Submit hands in a task. It may be handed in again: the newest text counts. It fails with ErrWrittenSince.
func (s *Service) Submit(ctx context.Context, caller auth.Caller, course, activity, text string, over Over) (Way, error) {
	return s.keepWriting(ctx, caller, course, activity, text, func(id string, now time.Time) (journal.Decision, error) {
		l, _, err := s.state.opened(caller.Person, course, activity, Task, now)
		if err != nil {
			return journal.Decision{}, err
		}
		if err := s.state.handedSince(l, activity, "", over); err != nil {
			return journal.Decision{}, err
		}
		return journal.Happens(TaskSubmitted{Submission: id, Course: course, Person: caller.Person, Activity: activity}).Answering(id), nil
	})
}

// handedSince refuses a task, or a step of a development task, when another text for it came that its writer has not seen.
func (s *State) handedSince(l *learner, activity, part string, over Over) error {
	var first paper
	for _, p := range s.papers(l, s.editions[l.Course].numbers[activity]) {
		if p.step == part {
			first = p
		}
	}
	if since(over, first.at) {
		return ErrWrittenSince.With(written{At: first.at, Text: first.id, same: true})
	}
	return nil
}

// SavePlace remembers where the caller is, or was when their device says (unix ms; 0 is now).
func (s *Service) SavePlace(ctx context.Context, caller auth.Caller, course string, place Place, said int64) error {
	at, err := placeAt(said, s.now())
	if err != nil {
		return err
	}
	s.journal.View(func() {
		if _, err = s.state.enrolled(caller.Person, course); err == nil {
			_, err = s.state.editions[course].activity(place.Activity)
		}
	})
	if err != nil {
		return err
	}
	place.At = at.UTC().Truncate(time.Millisecond)
	s.places.put(ctx, caller.Person, course, place)
	return nil
}

// A draft's subject is "<course>.<activity>".
func subjectOf(course, activity string) string { return course + "." + activity }

// mayDraft refuses subjects that are no quiz or task of the caller, and no feedback that they may give. What they wrote for an
// activity that the course had once can be read, and not written any more.
func (s *Service) mayDraft(caller auth.Caller, subject string, write bool) error {
	if submission, ok := strings.CutPrefix(subject, draftsOfFeedback); ok {
		return s.mayMark(caller, submission)
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
