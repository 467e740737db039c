package psycap

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
)

// ErrNoResults means that there is no such learner in the cohort, or that it is not the caller's to look at.
var ErrNoResults = fault.New(fault.NotFound, "not_found", "there is no such learner, or not for this person")

// lookedAtResult is what the access log says of a look at shared results, with "<cohort>.<instrument>" behind it.
const lookedAtResult = "psycap_result:"

// Result is what one person answered to an instrument, in one version, in a cohort: over time.
type Result struct {
	Cohort     Cohort
	Instrument *Instrument
	Points     []ResultPoint // in the order of time
	Change     *TotalChange  // of an instrument with a total that was answered twice at least
	Shared     bool
	MayShare   bool   // they are in the cohort, so there are trainers to share with
	Looks      []Look // newest first
}

// ResultPoint is one time.
type ResultPoint struct {
	Point  Point
	At     int64 // unix ms
	Scores Scores
	Bands  map[string]Band // of whole single values, by scale
	Open   bool            // it may still be corrected
}

// TotalChange judges the change of the total from the first time to the last. People counts the group whose figures it was judged
// with; 0 when they are published, or there are none.
type TotalChange struct {
	From, To Point
	Reliable
	People int
}

// Look is somebody's look at shared results.
type Look struct {
	Person string
	At     time.Time
}

// results reads somebody's results; which narrows them. Answers that are gone are left out.
func (s *Service) results(ctx context.Context, person string, which func(r Reply) bool) ([]Result, error) {
	var replies []Reply
	s.journal.View(func() {
		for _, r := range s.state.replies.people[person] {
			if r.Text != "" && which(*r) {
				replies = append(replies, *r)
			}
		}
	})
	slices.SortFunc(replies, func(a, b Reply) int {
		return cmp.Or(strings.Compare(a.Cohort, b.Cohort), strings.Compare(a.Instrument, b.Instrument), strings.Compare(a.Version, b.Version),
			slices.Index(Points(), a.Point)-slices.Index(Points(), b.Point))
	})
	var all []Result
	for len(replies) > 0 {
		n := 1
		for n < len(replies) && replies[n].series() == replies[0].series() {
			n++
		}
		one, there, err := s.result(ctx, person, replies[:n])
		if err != nil {
			return nil, err
		}
		if there {
			all = append(all, one)
		}
		replies = replies[n:]
	}
	// What was answered last comes first.
	slices.SortStableFunc(all, func(a, b Result) int { return cmp.Compare(b.newest(), a.newest()) })
	return all, nil
}

// series tells apart what can be compared over time: the answers to one version of an instrument in one cohort.
func (r Reply) series() [3]string { return [3]string{r.Cohort, r.Instrument, r.Version} }

func (r Result) newest() (at int64) {
	for _, p := range r.Points {
		at = max(at, p.At)
	}
	return at
}

// result makes a result of the replies of one series; there is none when their answers are gone.
func (s *Service) result(ctx context.Context, person string, replies []Reply) (r Result, there bool, err error) {
	first, now := replies[0], s.now()
	open := map[Point]bool{}
	var known bool
	s.journal.View(func() {
		if r.Cohort, known = s.cohorts.CohortFor(first.Cohort); !known {
			return
		}
		var m Member
		m, r.MayShare = s.cohorts.MemberOf(person, first.Cohort)
		r.Shared = s.state.shared(person, first.Cohort, first.Instrument)
		for _, o := range s.occasions(first.Cohort, m) {
			if o.Measure.Instrument == first.Instrument && o.Measure.Version == first.Version && o.open(now) == nil {
				open[o.Point] = r.MayShare
			}
		}
	})
	if !known {
		return Result{}, false, nil
	}
	if r.Instrument, err = s.Definition(ctx, r.Cohort.Org, first.Instrument, first.Version); err != nil {
		return Result{}, false, err
	}
	for _, reply := range replies {
		answers, err := s.answersIn(ctx, reply.Text)
		if err != nil {
			return Result{}, false, err
		}
		if answers == nil {
			continue
		}
		r.Points = append(r.Points, ResultPoint{
			Point: reply.Point, At: reply.At, Scores: r.Instrument.Scores(answers), Bands: r.Instrument.BandsOf(answers), Open: open[reply.Point],
		})
	}
	if r.Instrument.Total && len(r.Points) > 1 {
		var judged TotalChange
		s.journal.View(func() { judged = s.state.judge(r) })
		r.Change = &judged
	}
	return r, len(r.Points) > 0, nil
}

// judge measures the change of the total with what is published of the instrument, or else with the newest figures of people of the
// same organisation who answered the same version, when there are enough of them.
func (s *State) judge(r Result) TotalChange {
	first, last := r.Points[0], r.Points[len(r.Points)-1]
	spread, people := r.Instrument.referenceSpread(), 0
	if r.Instrument.Reference == nil {
		if figures, found := s.newestTotal(r.Cohort.Org, r.Instrument.ID, r.Instrument.Version); found {
			spread, people = groupSpread(figures), figures.N
		} else {
			spread = spreadOf{sd: none(TooFew), reliability: none(TooFew)}
		}
	}
	return TotalChange{From: first.Point, To: last.Point, Reliable: reliableChange(first.Scores.Total, last.Scores.Total, spread), People: people}
}

// newestTotal finds what the newest report of an organisation's cohorts with enough people says of an instrument's total. Tables from
// elsewhere do not count: nobody knows whose they are.
func (s *State) newestTotal(org, instrument, version string) (newest ScaleFigures, found bool) {
	var by Report
	for _, report := range s.data.Reports {
		newer := cmp.Or(cmp.Compare(report.At, by.At), cmp.Compare(report.Made.Report, by.Made.Report)) > 0
		if report.Made.Org != org || len(report.Made.Cohorts) == 0 || found && !newer {
			continue
		}
		for _, section := range report.Made.Sections {
			if section.Instrument != instrument || section.Version != version || len(section.Figures.Scales) == 0 {
				continue
			}
			if total := section.Figures.Scales[0]; total.Scale == TotalScale && total.N >= leastForSpread {
				newest, by, found = total, report, true
			}
		}
	}
	return newest, found
}

// Results lists the caller's own, with who looked at what they share.
func (s *Service) Results(ctx context.Context, caller auth.Caller) ([]Result, error) {
	all, err := s.results(ctx, caller.Person, func(Reply) bool { return true })
	if err != nil {
		return nil, err
	}
	var opened bool // else nobody ever could look
	s.journal.View(func() {
		for _, r := range all {
			_, ever := s.state.data.ResultsShared[sharingKey(caller.Person, r.Cohort.ID, r.Instrument.ID)]
			opened = opened || ever
		}
	})
	if !opened {
		return all, nil
	}
	looks, err := s.access.Of(ctx, caller.Person)
	if err != nil {
		return nil, err
	}
	for i, r := range all {
		for _, look := range looks {
			if look.What == resultLook(r.Cohort.ID, r.Instrument.ID) {
				all[i].Looks = append(all[i].Looks, Look{look.By, look.At})
			}
		}
	}
	return all, nil
}

func resultLook(cohort, instrument string) string { return lookedAtResult + cohort + "." + instrument }

// ResultsFor reads what a learner shares with the trainers of their cohort: not with those of an organisation that it was opened to,
// whom the learner does not know. Each look is in the access log before anything is shown, and what was closed meanwhile is not.
func (s *Service) ResultsFor(ctx context.Context, caller auth.Caller, cohort, person string) ([]Result, error) {
	find := func() (shared map[string]bool, err error) {
		s.journal.View(func() {
			if _, in := s.cohorts.MemberOf(person, cohort); !in || !s.cohorts.Trains(caller.Person, cohort) {
				err = ErrNoResults
				return
			}
			shared = map[string]bool{}
			for _, r := range s.state.replies.people[person] {
				if r.Cohort == cohort && r.Text != "" && s.state.shared(person, cohort, r.Instrument) {
					shared[r.Instrument] = true
				}
			}
		})
		return shared, err
	}
	before, err := find()
	if err != nil {
		return nil, err
	}
	for instrument := range before {
		if err := s.access.Record(ctx, caller.Person, person, resultLook(cohort, instrument)); err != nil {
			return nil, err
		}
	}
	shared, err := find()
	if err != nil {
		return nil, err
	}
	return s.results(ctx, person, func(r Reply) bool { return r.Cohort == cohort && before[r.Instrument] && shared[r.Instrument] })
}

// keptMeasures is what the download has of answers.
type keptMeasures struct {
	Refused  bool          `json:"refused"` // they do not want to be asked
	Answered []keptAnswers `json:"answered"`
	Declined []keptAsked   `json:"declined"`
	Shared   []keptAsked   `json:"sharedResults"`
}

type keptAsked struct {
	Cohort     string `json:"cohort"`
	Instrument string `json:"instrument"`
	Point      Point  `json:"point,omitempty"`
}

type keptAnswers struct {
	keptAsked
	Version string    `json:"version"`
	At      time.Time `json:"at"`
	Answers Answers   `json:"answers"`
}

func (s *Service) keptMeasures(ctx context.Context, person string) (keptMeasures, error) {
	k := keptMeasures{Answered: []keptAnswers{}, Declined: []keptAsked{}, Shared: []keptAsked{}}
	var replies []Reply
	s.journal.View(func() {
		k.Refused = s.state.refusedAll(person)
		for _, key := range slices.Sorted(maps.Keys(s.state.replies.people[person])) {
			r := *s.state.replies.people[person][key]
			replies = append(replies, r)
			shared := keptAsked{Cohort: r.Cohort, Instrument: r.Instrument}
			if s.state.shared(person, r.Cohort, r.Instrument) && !slices.Contains(k.Shared, shared) {
				k.Shared = append(k.Shared, shared)
			}
		}
	})
	for _, r := range replies {
		asked := keptAsked{Cohort: r.Cohort, Instrument: r.Instrument, Point: r.Point}
		if r.Declined {
			k.Declined = append(k.Declined, asked)
			continue
		}
		answers, err := s.answersIn(ctx, r.Text)
		if err != nil {
			return keptMeasures{}, err
		}
		if answers != nil {
			k.Answered = append(k.Answered, keptAnswers{keptAsked: asked, Version: r.Version, At: time.UnixMilli(r.At).UTC(), Answers: answers})
		}
	}
	return k, nil
}
