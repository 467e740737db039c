package psycap

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"luotsi/server/vault"
)

// gathered are those who answered an instrument at every point of a report, by id, with the vault ids of their answers by point, and
// what other reports showed before. It is compared as a whole: a report is only made of what it was computed of.
type gathered struct {
	people []string
	texts  [][]string // by point, in the order of the people
	counts []PointPeople
	before [][]shownBefore // by point
	asked  [][]memberAt    // by point
	small  bool            // the cohorts are too small beside others for their people to be counted
}

func (g gathered) equal(other gathered) bool {
	return g.sameAsked(other) && slices.Equal(g.people, other.people) && slices.Equal(g.counts, other.counts) &&
		slices.EqualFunc(g.texts, other.texts, slices.Equal)
}

// sameAsked compares what does not depend on what anybody answered, or whether.
func (g gathered) sameAsked(other gathered) bool {
	return g.small == other.small &&
		slices.EqualFunc(g.asked, other.asked, func(a, b []memberAt) bool { return slices.Equal(keysOf(a), keysOf(b)) }) &&
		slices.EqualFunc(g.before, other.before, func(a, b []shownBefore) bool {
			return slices.EqualFunc(a, b, func(a, b shownBefore) bool { return a.report == b.report })
		})
}

// gather is used inside View or a rule. Nothing that depends on what people answered, or whether, is decided here.
func (s *Service) gather(cohorts []string, asked Asked, points []Point, floor int) gathered {
	var g gathered
	at := make([]map[string]string, len(points))
	for i, point := range points {
		members := s.state.counted(cohorts, point, floor)
		at[i] = s.state.answersAt(members, asked.Instrument, asked.Version, point)
		g.asked = append(g.asked, members)
		g.small = g.small || s.state.tooSmall(members, asked.Instrument, point, floor)
		g.before = append(g.before, s.state.shownAt[shownKey(asked.Instrument, point)])
		if c := s.state.peopleAt(members, asked.Instrument, point); c.Asked >= floor {
			g.counts = append(g.counts, c)
		}
	}
	for _, person := range slices.Sorted(maps.Keys(at[0])) {
		p, known := s.people.Person(person)
		if known && !p.Erased && !slices.ContainsFunc(at, func(texts map[string]string) bool { return texts[person] == "" }) {
			g.people = append(g.people, person)
		}
	}
	g.texts = make([][]string, len(points))
	for i := range points {
		for _, person := range g.people {
			g.texts[i] = append(g.texts[i], at[i][person])
		}
	}
	return g
}

// peopleAt counts who was asked, answered and declined at a point.
func (s *State) peopleAt(members []memberAt, instrument string, point Point) PointPeople {
	answered := map[string]bool{}
	declined := map[string]bool{}
	for _, m := range members {
		switch r := s.reply(m.person, m.cohort, instrument, point); {
		case r == nil:
		case r.Declined:
			declined[m.person] = true
		default:
			answered[m.person] = true
		}
	}
	for person := range answered {
		delete(declined, person)
	}
	return PointPeople{Point: point, Asked: len(personsOf(members)), Answered: len(answered), Declined: len(declined)}
}

// histories are the groups that other reports showed, by point, and of each point twice: by their people, and by their answers, where who
// answered anew since is somebody else. By people, a group whose values changed a little is still nearly the same group; by
// answers, the same group shown again would tell what one of them changed.
func (g gathered) histories() [][][]string {
	all := make([][][]string, 0, 2*len(g.before))
	for i, shown := range g.before {
		now := make(map[string]string, len(g.people))
		for n, person := range g.people {
			now[person] = g.texts[i][n]
		}
		var byPeople, byAnswers [][]string
		for _, before := range shown {
			group := slices.Clone(before.people)
			for n, person := range before.people {
				if n < len(before.answers) && before.answers[n] != now[person] {
					group[n] = before.answers[n]
				}
			}
			byPeople, byAnswers = append(byPeople, before.people), append(byAnswers, group)
		}
		all = append(all, byPeople, byAnswers)
	}
	return all
}

// closeTo is the report whose group was shown too close to the one asked for; "" when it takes several.
func (g gathered) closeTo(c choice) string {
	if c.masked == nil || c.masked.Shown < 0 {
		return ""
	}
	return g.before[c.point/2][c.masked.Shown].report
}

// respondents reads what the people answered. Whose answers are gone is not among them.
func (s *Service) respondents(ctx context.Context, g gathered, read *answersRead) ([]respondent, error) {
	if err := read.all(ctx, s.vault, slices.Concat(g.texts...)); err != nil {
		return nil, err
	}
	people := make([]respondent, 0, len(g.people))
	for n, person := range g.people {
		r := respondent{key: person}
		for i := range g.texts {
			if a, there := read.kept[g.texts[i][n]]; there {
				r.answers = append(r.answers, a)
			}
		}
		if len(r.answers) == len(g.texts) {
			people = append(people, r)
		}
	}
	return people, nil
}

// answersRead keeps, by vault id, the answers that one request read: another try reads only what is new.
type answersRead struct {
	kept map[string]Answers
	gone map[string]bool
}

func (r *answersRead) all(ctx context.Context, from *vault.Vault, ids []string) error {
	const atOnce = 16
	if r.kept == nil {
		r.kept, r.gone = map[string]Answers{}, map[string]bool{}
	}
	var (
		group  sync.WaitGroup
		mu     sync.Mutex
		failed error
	)
	places := make(chan struct{}, atOnce)
	for _, id := range ids {
		mu.Lock()
		_, there := r.kept[id]
		skip := there || r.gone[id] || failed != nil
		mu.Unlock()
		if skip {
			continue
		}
		places <- struct{}{}
		group.Go(func() {
			defer func() { <-places }()
			text, err := from.Get(ctx, id)
			var a Answers
			if err == nil {
				a, err = decodeAnswers([]byte(text))
			}
			mu.Lock()
			defer mu.Unlock()
			switch {
			case errors.Is(err, vault.ErrGone):
				r.gone[id] = true
			case err != nil:
				failed = err
			default:
				r.kept[id] = a
			}
		})
	}
	group.Wait()
	return failed
}
