package courses

import (
	"cmp"
	"context"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

// lookedAtWriting is what the access log says of a look at a shared text, with "<course>.<activity>" behind it.
const lookedAtWriting = "shared_writing:"

// Sharing is who may know of a text, and who has opened it.
type Sharing struct {
	Privacy Privacy
	Offered []Privacy
	Openers []Opener // newest first
}

// Opener is one look at a shared text.
type Opener struct {
	Person string
	At     time.Time
}

// Reflected is what the learner's page shows of a reflection.
type Reflected struct {
	Kept
	Body    string // empty as long as nothing is written
	Sharing Sharing
}

// KeepReflection keeps a text in place of the one before. It fails with ErrWrittenSince.
func (s *Service) KeepReflection(ctx context.Context, caller auth.Caller, course, activity, text string, privacy, saw Privacy, over Over) (Way, error) {
	newest := func() string { return s.state.reflection(caller.Person, course, activity) }
	return s.rewrite(ctx, caller, course, activity, text, newest, func(id string, now time.Time) (journal.Decision, error) {
		return s.state.keepReflection(caller.Person, course, activity, id, privacy, saw, over, now)
	})
}

// reflection is the vault id of a person's newest text; "" when there is none.
func (s *State) reflection(person, course, activity string) string {
	if l := s.learner(person, course); l != nil {
		return l.Reflections[activity].Text
	}
	return ""
}

// rewrite keeps a text and deletes the one whose place it takes: newest gives the one that counts.
func (s *Service) rewrite(ctx context.Context, caller auth.Caller, course, activity, text string, newest func() string,
	rule func(id string, now time.Time) (journal.Decision, error),
) (Way, error) {
	var before string
	w, err := s.keepWriting(ctx, caller, course, activity, text, func(id string, now time.Time) (journal.Decision, error) {
		before = newest()
		return rule(id, now)
	})
	if err == nil {
		s.dropReplaced(ctx, before, newest)
	}
	return w, err
}

// dropReplaced deletes a text that is not the newest any more.
func (s *Service) dropReplaced(ctx context.Context, id string, newest func() string) {
	var now string
	s.journal.View(func() { now = newest() })
	if id != "" && id != now {
		s.dropTexts(ctx, id)
	}
}

// Share changes who may know of what the caller wrote. Closing stops reading at once.
func (s *Service) Share(ctx context.Context, caller auth.Caller, course, activity string, privacy, saw Privacy) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.state.share(caller.Person, course, activity, privacy, saw)
	})
	return err
}

// write adds to a page what its learner wrote in a reflection or tried at work.
func (s *Service) write(ctx context.Context, p *Page) error {
	sharing, opened, tries, kept := Sharing{Offered: p.order[p.Position].shares()}, false, []Try(nil), Kept{}
	s.journal.View(func() {
		if l := s.state.learner(p.Person, p.Course); l != nil {
			sharing.Privacy = s.state.privacy(l, p.Activity.ID, p.Activity.Kind)
			opened, kept = l.Opened[p.Activity.ID], l.Reflections[p.Activity.ID]
			for _, t := range s.state.triesIn(p.Person, p.Course, p.Activity.ID) {
				tries = append(tries, *t)
			}
		}
	})
	var err error
	if opened { // else nobody ever could
		if sharing.Openers, err = s.openers(ctx, p.Person, p.Course, p.Activity.ID); err != nil {
			return err
		}
	}
	if p.Activity.Kind == Work {
		p.Applied = &Applied{Sharing: sharing}
		p.Applied.Tries, err = s.tell(ctx, tries)
		return err
	}
	p.Reflected = &Reflected{Kept: kept, Sharing: sharing}
	p.Reflected.Body, err = s.text(ctx, kept.Text)
	return err
}

func (s *Service) openers(ctx context.Context, person, course, activity string) ([]Opener, error) {
	looks, err := s.access.Of(ctx, person)
	if err != nil {
		return nil, err
	}
	var all []Opener
	for _, look := range looks {
		if look.What == lookedAtWriting+subjectOf(course, activity) {
			all = append(all, Opener{look.By, look.At})
		}
	}
	return all, nil
}

// SharedWriting is a shared text, read.
type SharedWriting struct {
	Writing
	Body  string
	Tries []ToldTry
}

// WritingFor reads what a learner shares with the trainers of their cohort: not with those of an organisation that the unit is opened
// to, whom the learner does not know. The look is in the access log before anything is shown.
func (s *Service) WritingFor(ctx context.Context, caller auth.Caller, cohort, person, activity string) (SharedWriting, error) {
	return s.open(ctx, caller, activity, func() (*learner, Privacy, error) {
		l, err := s.state.trained(s.borders, caller.Person, cohort, person)
		return l, ForTrainer, err
	})
}

// SharedWith reads what somebody shares with those who go through the course in the same cohort. The look is in the access log
// before anything is shown.
func (s *Service) SharedWith(ctx context.Context, caller auth.Caller, course, person, activity string) (SharedWriting, error) {
	return s.open(ctx, caller, activity, func() (*learner, Privacy, error) {
		l, err := s.mate(caller.Person, course, person)
		return l, ForCohort, err
	})
}

// mate finds somebody who goes through the course in the same cohort, or the person themselves; it is used inside View.
func (s *Service) mate(person, course, other string) (*learner, error) {
	mine, err := s.state.enrolled(person, course)
	if err != nil {
		return nil, err
	}
	l := s.state.learner(other, course)
	if p, known := s.borders.people.Person(other); l == nil || l.Cohort != mine.Cohort || !known || p.Erased {
		return nil, ErrNotShared
	}
	return l, nil
}

// open reads a shared text for somebody. It asks again after the look is logged: the writer may have closed it meanwhile.
func (s *Service) open(ctx context.Context, caller auth.Caller, activity string, who func() (*learner, Privacy, error)) (SharedWriting, error) {
	find := func() (w Writing, err error) {
		s.journal.View(func() {
			var l *learner
			var grade Privacy
			if l, grade, err = who(); err == nil {
				w, err = s.state.readable(l, activity, grade)
			}
		})
		return w, err
	}
	w, err := find()
	if err != nil {
		return SharedWriting{}, err
	}
	if err := s.access.Record(ctx, caller.Person, w.Person, lookedAtWriting+subjectOf(w.Course, activity)); err != nil {
		return SharedWriting{}, err
	}
	if w, err = find(); err != nil {
		return SharedWriting{}, err
	}
	shared := SharedWriting{Writing: w}
	if shared.Body, err = s.text(ctx, w.Text); err != nil {
		return SharedWriting{}, err
	}
	shared.Tries, err = s.tell(ctx, w.Tries)
	return shared, err
}

// Shared lists what people of the caller's cohort share with it, the newest first: who and what, not yet the texts.
func (s *Service) Shared(ctx context.Context, caller auth.Caller, course string) ([]Writing, Way, error) {
	w, err := s.way(ctx, caller.Person, course)
	if err != nil {
		return nil, Way{}, err
	}
	var all []Writing
	s.journal.View(func() {
		for _, other := range s.state.cohorts[w.Cohort] {
			l, mateErr := s.mate(caller.Person, course, other.Person)
			if mateErr != nil {
				continue
			}
			for _, a := range w.order {
				if a.shares() == nil {
					continue
				}
				if writing, err := s.state.readable(l, a.ID, ForCohort); err == nil {
					all = append(all, writing)
				}
			}
		}
	})
	slices.SortFunc(all, func(a, b Writing) int {
		return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(a.Person, b.Person), cmp.Compare(a.Activity, b.Activity))
	})
	return all, w, nil
}

// mayRead lists the activities whose texts the trainers of a learner may read; it is used inside View.
func (s *State) mayRead(l *learner) map[string]bool {
	all := map[string]bool{}
	for activity := range l.Opened {
		if _, err := s.readable(l, activity, ForTrainer); err == nil {
			all[activity] = true
		}
	}
	return all
}
