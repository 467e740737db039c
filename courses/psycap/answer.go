package psycap

import (
	"maps"
	"slices"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/web"
)

// The refusals about answering.
var (
	ErrUnknownMeasure = fault.New(fault.NotFound, "unknown_measure", "this is not asked of this person")
	ErrMeasureNotYet  = fault.New(fault.Conflict, "measure_not_yet", "it is not open yet")
	ErrMeasureOver    = fault.New(fault.Conflict, "measure_over", "it is not open any more")
	// ErrMeasureChanged means that something else is asked by now than what was answered.
	ErrMeasureChanged = fault.New(fault.Conflict, "measure_changed", "another version of the questionnaire is asked by now")
	// ErrAnsweredSince means that the person answered meanwhile, on another device; Info holds those answers, so that they can choose.
	ErrAnsweredSince = fault.New(fault.Conflict, "answered_since", "it was answered meanwhile, on another device")
	ErrNotAnswered   = fault.New(fault.NotFound, "not_answered", "there are no answers")
	// ErrAnswers names the answers that are wrong.
	ErrAnswers = fault.New(fault.Invalid, "measure_answers", "some answers do not fit the questions")
	// ErrAlreadyAnswered refuses to decline what is answered: answers are taken back first.
	ErrAlreadyAnswered = fault.New(fault.Conflict, "measure_answered", "it is answered")
)

// Occasion is an instrument that is asked of somebody at a point, and when.
type Occasion struct {
	Cohort  Cohort
	Measure Measure
	Point   Point
	Window  Window
}

// occasions lists what a cohort's plan asks of a member, whenever; it is used inside View or a rule.
func (s *Service) occasions(cohort string, m Member) (all []Occasion) {
	c, known := s.cohorts.CohortFor(cohort)
	plan, planned := s.state.plan(cohort)
	if !known || !planned || !m.Learns {
		return nil
	}
	for _, point := range Points() {
		for _, measure := range plan.at(point) {
			if w := plan.windowOf(c, m, point); w.Opens != "" {
				all = append(all, Occasion{Cohort: c, Measure: measure, Point: point, Window: w})
			}
		}
	}
	return all
}

// occasion finds what is asked of somebody at a point. It fails with ErrUnknownMeasure; whether it is open, open tells.
func (s *Service) occasion(person, cohort, instrument string, point Point) (Occasion, error) {
	m, in := s.cohorts.MemberOf(person, cohort)
	if !in {
		return Occasion{}, ErrUnknownMeasure
	}
	all := s.occasions(cohort, m)
	at := slices.IndexFunc(all, func(o Occasion) bool { return o.Point == point && o.Measure.Instrument == instrument })
	if at < 0 {
		return Occasion{}, ErrUnknownMeasure
	}
	return all[at], nil
}

// open refuses what is not open on the Finnish day of a moment.
func (o Occasion) open(now time.Time) error {
	switch day := web.DayOf(now); {
	case day < o.Window.Opens:
		return ErrMeasureNotYet
	case day > o.Window.Closes:
		return ErrMeasureOver
	}
	return nil
}

// Over is when the answers were given (unix ms) that somebody had before them when they gave others in their place; 0 when there
// were none. Who does not say it, nil, answers as ever: the newest counts.
type Over *int64

// answeredFirst is what a refusal shows of the answers that were there first. The rule fills text, the service the rest.
type answeredFirst struct {
	At      int64        `json:"at"` // unix ms; what other answers are given over
	Version string       `json:"version"`
	Answers []answerView `json:"answers"`

	text string // vault id
}

// answer decides on somebody's answers, which are in the vault under the id.
func (s *Service) answer(id, person, cohort, instrument, version string, point Point, over Over, now time.Time) (journal.Decision, error) {
	o, err := s.occasion(person, cohort, instrument, point)
	if err == nil {
		err = o.open(now)
	}
	switch {
	case err != nil:
		return journal.Decision{}, err
	case o.Measure.Version != version:
		return journal.Decision{}, ErrMeasureChanged
	}
	if err := s.state.mayOpen(o.Cohort.Org, instrument, version, now); err != nil {
		return journal.Decision{}, err
	}
	if r := s.state.reply(person, cohort, instrument, point); r != nil && !r.Declined && over != nil && *over != r.At {
		return journal.Decision{}, ErrAnsweredSince.With(answeredFirst{At: r.At, Version: r.Version, text: r.Text})
	}
	return journal.Happens(MeasureAnswered{
		Answers: id, Cohort: cohort, Person: person, Instrument: instrument, Version: version, Point: point,
	}).Answering(id), nil
}

// decline decides on not answering, or on taking that back.
func (s *Service) decline(person, cohort, instrument string, point Point, declined bool, now time.Time) (journal.Decision, error) {
	o, err := s.occasion(person, cohort, instrument, point)
	if err == nil {
		err = o.open(now)
	}
	switch {
	case err != nil:
		return journal.Decision{}, err
	case s.state.answered(person, cohort, instrument, point):
		if declined {
			return journal.Decision{}, ErrAlreadyAnswered
		}
		return journal.Decision{}, nil // answering has taken it back
	case s.state.declined(person, cohort, instrument, point) == declined:
		return journal.Decision{}, nil
	}
	return journal.Happens(MeasureDeclined{Cohort: cohort, Person: person, Instrument: instrument, Point: point, Back: !declined}), nil
}

// refuse decides on not being asked anything.
func (s *State) refuse(person string, refused bool) journal.Decision {
	if s.refusedAll(person) == refused {
		return journal.Decision{}
	}
	return journal.Happens(MeasuresRefused{Person: person, Refused: refused})
}

// withdraw decides on taking answers back: at any time, also after the point closed, and for somebody who left the cohort. With the
// last ones their sharing ends: nothing is left that shows it, and what is answered later would be seen unasked.
func (s *State) withdraw(person, cohort, instrument string, point Point) (journal.Decision, error) {
	r := s.reply(person, cohort, instrument, point)
	if r == nil || r.Declined {
		return journal.Decision{}, ErrNotAnswered
	}
	events := []journal.Event{AnswersWithdrawn{Answers: r.Text, Person: person}}
	others := slices.ContainsFunc(Points(), func(p Point) bool { return p != point && s.answered(person, cohort, instrument, p) })
	if s.shared(person, cohort, instrument) && !others {
		events = append(events, ResultShared{Person: person, Cohort: cohort, Instrument: instrument})
	}
	return journal.Happens(events...).Answering(r.Text), nil
}

// share decides on who may see results. Only a member has trainers to show them to; closing always goes through.
func (s *Service) share(person, cohort, instrument string, shared bool) (journal.Decision, error) {
	if s.state.shared(person, cohort, instrument) == shared {
		return journal.Decision{}, nil
	}
	if shared {
		if _, in := s.cohorts.MemberOf(person, cohort); !in || !s.state.answeredAny(person, cohort, instrument) {
			return journal.Decision{}, ErrNotAnswered
		}
	}
	return journal.Happens(ResultShared{Person: person, Cohort: cohort, Instrument: instrument, Shared: shared}), nil
}

// same reports whether answers say the same.
func (a Answers) same(b Answers) bool { return maps.Equal(a, b) }
