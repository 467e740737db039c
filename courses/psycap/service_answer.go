package psycap

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/vault"
	"luotsi/server/web"
)

// Offered is a measure that is open for somebody now, with what they did. Instrument is nil when it may not be opened today: Refused says why.
type Offered struct {
	Occasion
	Instrument *Instrument
	Refused    *fault.Error
	Reply      Reply // the zero one when they did nothing
}

// OfferedNow is everything that is open for somebody now, what closes first at the front.
type OfferedNow struct {
	Refused bool // they do not want to be asked
	All     []Offered
}

// Offered lists what is open for the caller now.
func (s *Service) Offered(ctx context.Context, caller auth.Caller) (OfferedNow, error) {
	var list OfferedNow
	day := web.DayOf(s.now())
	s.journal.View(func() {
		list.Refused = s.state.refusedAll(caller.Person)
		for _, cohort := range s.cohorts.CohortsOf(caller.Person) {
			m, in := s.cohorts.MemberOf(caller.Person, cohort)
			if !in {
				continue
			}
			for _, o := range s.occasions(cohort, m) {
				if !o.Window.open(day) {
					continue
				}
				one := Offered{Occasion: o}
				if r := s.state.reply(caller.Person, cohort, o.Measure.Instrument, o.Point); r != nil {
					one.Reply = *r
				}
				list.All = append(list.All, one)
			}
		}
	})
	for i := range list.All {
		if err := s.define(ctx, &list.All[i]); err != nil {
			return OfferedNow{}, err
		}
	}
	slices.SortStableFunc(list.All, func(a, b Offered) int { return strings.Compare(a.Window.Closes, b.Window.Closes) })
	return list, nil
}

// define finds the instrument of what is asked. That it may not be opened today is no error here.
func (s *Service) define(ctx context.Context, a *Offered) (err error) {
	a.Instrument, err = s.Instrument(ctx, a.Cohort.Org, a.Measure.Instrument, a.Measure.Version)
	refused, coded := fault.As(err)
	if coded && refused.Kind != fault.Unavailable {
		a.Instrument, a.Refused = nil, refused
		return nil
	}
	return err
}

// Opened is a measure with everything its page needs.
type Opened struct {
	Offered
	Answers Answers // nil when there are none, or of another version
	Draft   vault.Draft
}

// Open gives the caller a measure to answer. It fails with ErrUnknownMeasure, ErrMeasureNotYet or ErrMeasureOver, and as Instrument does.
func (s *Service) Open(ctx context.Context, caller auth.Caller, cohort, instrument string, point Point) (o Opened, err error) {
	s.journal.View(func() {
		if o.Occasion, err = s.occasion(caller.Person, cohort, instrument, point); err != nil {
			return
		}
		if r := s.state.reply(caller.Person, cohort, instrument, point); r != nil {
			o.Reply = *r
		}
	})
	if err == nil {
		err = o.open(s.now())
	}
	if err == nil {
		o.Instrument, err = s.Instrument(ctx, o.Cohort.Org, instrument, o.Measure.Version)
	}
	if err != nil {
		return Opened{}, err
	}
	if o.Draft, err = s.vault.Draft(ctx, caller.Person, DraftsPrefix+measureDraft(cohort, instrument, point)); err != nil {
		return Opened{}, err
	}
	if o.Reply.Text != "" && o.Reply.Version == o.Measure.Version {
		o.Answers, err = s.answersIn(ctx, o.Reply.Text)
	}
	return o, err
}

// answersIn opens answers; nil when they are gone.
func (s *Service) answersIn(ctx context.Context, id string) (Answers, error) {
	text, there, err := s.text(ctx, id)
	if err != nil || !there {
		return nil, err
	}
	return decodeAnswers([]byte(text))
}

func measureDraft(cohort, instrument string, point Point) string {
	return "measure." + cohort + "." + instrument + "." + string(point)
}

// Answer keeps the caller's answers in place of those before, whose text is deleted. Items that are not in them stay blank.
// It fails with ErrAnsweredSince when others were given that the caller has not seen.
func (s *Service) Answer(ctx context.Context, caller auth.Caller, cohort, instrument, version string, point Point, answers Answers, over Over) error {
	o, in, err := s.asks(ctx, caller.Person, cohort, instrument, version, point)
	if err != nil {
		return err
	}
	if wrong := in.Validate(answers); len(wrong) > 0 {
		return ErrAnswers.Of(wrong...)
	}
	text, err := json.Marshal(answers)
	if err != nil {
		return fmt.Errorf("encode answers: %w", err)
	}
	var before string
	answer, err := s.keep(ctx, caller, string(text), func(id string, now time.Time) (journal.Decision, error) {
		before = ""
		if r := s.state.reply(caller.Person, cohort, instrument, point); r != nil {
			before = r.Text
		}
		return s.answer(id, caller.Person, cohort, instrument, version, point, over, now)
	})
	if err != nil {
		if err = s.spell(ctx, err, version, answers); err != nil {
			return err
		}
	}
	if before != "" && !answer.Repeated && len(answer.IDs) > 0 {
		s.dropTexts(ctx, before)
	}
	if !answer.Repeated {
		s.dropDraft(ctx, caller.Person, measureDraft(o.Cohort.ID, instrument, point))
	}
	return nil
}

// asks finds the instrument that somebody is asked in a version at a point. The rule asks again whether they are.
func (s *Service) asks(ctx context.Context, person, cohort, instrument, version string, point Point) (o Occasion, in *Instrument, err error) {
	s.journal.View(func() { o, err = s.occasion(person, cohort, instrument, point) })
	if err == nil {
		err = o.open(s.now())
	}
	switch {
	case err != nil:
		return Occasion{}, nil, err
	case o.Measure.Version != version:
		return Occasion{}, nil, ErrMeasureChanged
	}
	in, err = s.Instrument(ctx, o.Cohort.Org, instrument, version)
	return o, in, err
}

// spell puts the answers into a refusal that speaks of answers that were there first. Nothing is refused when they are the same.
func (s *Service) spell(ctx context.Context, err error, version string, mine Answers) error {
	refused, coded := fault.As(err)
	if !coded || !errors.Is(err, ErrAnsweredSince) {
		return err
	}
	first, known := refused.Info.(answeredFirst)
	if !known {
		return err
	}
	theirs, readErr := s.answersIn(ctx, first.text)
	if readErr != nil {
		return readErr
	}
	if first.Version == version && theirs.same(mine) {
		return nil
	}
	first.Answers = viewAnswers(theirs)
	return refused.With(first)
}

// Decline keeps that the caller does not want to answer, or that they take that back. What they began to write stays for that.
func (s *Service) Decline(ctx context.Context, caller auth.Caller, cohort, instrument string, point Point, declined bool) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		return s.decline(caller.Person, cohort, instrument, point, declined, now)
	})
	return err
}

// RefuseMeasures keeps whether the caller wants to be asked at all. What they answered before stays theirs to take back.
func (s *Service) RefuseMeasures(ctx context.Context, caller auth.Caller, refused bool) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.state.refuse(caller.Person, refused), nil
	})
	return err
}

// Withdraw takes the caller's answers back: their text, and what they have begun to correct, is deleted at once.
func (s *Service) Withdraw(ctx context.Context, caller auth.Caller, cohort, instrument string, point Point) error {
	answer, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.state.withdraw(caller.Person, cohort, instrument, point)
	})
	if err != nil {
		return err
	}
	s.dropTexts(ctx, answer.IDs...)
	if !answer.Repeated {
		s.dropDraft(ctx, caller.Person, measureDraft(cohort, instrument, point))
	}
	return nil
}

// Share keeps whether the trainers of a cohort may see the caller's results of an instrument. Closing stops them at once.
func (s *Service) Share(ctx context.Context, caller auth.Caller, cohort, instrument string, shared bool) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.share(caller.Person, cohort, instrument, shared)
	})
	return err
}

// mayDraftMeasure refuses what is not asked of the caller now.
func (s *Service) mayDraftMeasure(caller auth.Caller, of string) (err error) {
	parts := strings.Split(of, ".")
	if len(parts) != 3 {
		return fault.Bad("subject", "id")
	}
	now := s.now()
	s.journal.View(func() {
		var o Occasion
		if o, err = s.occasion(caller.Person, parts[0], parts[1], Point(parts[2])); err == nil {
			err = o.open(now)
		}
	})
	return err
}

// SweepDrafts deletes what nobody can hand in any more: what was begun for measures that closed long ago, and what was saved at the
// very moment when its exercise was finished or deleted, or its goal deleted.
func (s *Service) SweepDrafts(ctx context.Context) error {
	const (
		useless = (mostDays + 30) * 24 * time.Hour
		seen    = 24 * time.Hour // what another server committed before is known here
	)
	now := s.now()
	_, err := s.vault.SweepDrafts(ctx, func(subject string, saved time.Time) bool {
		of, mine := strings.CutPrefix(subject, DraftsPrefix)
		switch age := now.Sub(saved); {
		case !mine:
			return false
		case strings.HasPrefix(of, "measure."):
			return age > useless
		default:
			return age > seen && s.draftOfNothing(of)
		}
	})
	return err
}

func (s *Service) draftOfNothing(of string) (nothing bool) {
	s.journal.View(func() {
		if run, is := strings.CutPrefix(of, exerciseDrafts); is {
			r := s.state.data.Runs[run]
			nothing = r == nil || r.Finished > 0
		} else if goal, is := strings.CutPrefix(of, "goal."); is && goal != draftOfNewGoal {
			nothing = s.state.data.Goals[goal] == nil
		}
	})
	return nothing
}
