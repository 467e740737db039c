package psycap

import (
	"maps"
	"slices"
	"time"

	"luotsi/server/journal"
	"luotsi/server/web"
)

const (
	toldFrom = 9 // the hour of the Finnish clock from which people are told: nobody is at night
	// toldPerCommit bounds the people of one commit: its mails are gone through again for each of them.
	toldPerCommit = 200
)

// rounds are the days after its opening on which a point is told of: once, and twice more while it waits for somebody.
var rounds = []int{0, 3, 10}

// roundOn is the newest round whose day has come; -1 before the point opens.
func roundOn(opens, day string) int {
	for round := len(rounds) - 1; round >= 0; round-- {
		if addDays(opens, rounds[round]) <= day {
			return round
		}
	}
	return -1
}

// toldOf is the newest round in which somebody was told of the point that opened on a day; -1 when they were not, or only of an
// opening on an earlier day.
func (s *State) toldOf(person, cohort string, point Point, opens string) int {
	t, told := s.data.Told[cohort][point][person]
	if !told || web.DayOf(time.UnixMilli(t.At)) < opens {
		return -1
	}
	return t.Round
}

// waiting lists what somebody has neither answered nor declined of what a cohort is asked at a point, as far as their organisation
// may ask it now.
func (s *State) waiting(p Plan, c Cohort, person string, point Point, now time.Time) []Measure {
	return slices.DeleteFunc(p.at(point), func(m Measure) bool {
		return s.answered(person, c.ID, m.Instrument, point) || s.declined(person, c.ID, m.Instrument, point) ||
			s.mayOpen(c.Org, m.Instrument, m.Version, now) != nil
	})
}

// asks lists what a point asks a member just now that they have neither answered nor declined.
func (s *State) asks(p Plan, c Cohort, m Member, point Point, now time.Time) []Measure {
	if !m.Learns || !p.windowOf(c, m, point).open(web.DayOf(now)) || s.refusedAll(m.Person) {
		return nil
	}
	return s.waiting(p, c, m.Person, point, now)
}

func (p Plan) windowOf(c Cohort, m Member, point Point) Window {
	opens, closes := p.window(point, c, m)
	return Window{opens, closes}
}

// tellMeasures decides whom to tell now what their cohort is asked. The first telling names also those who answered before it, and those
// who do not want to be asked, who hear nothing of it: it is what figures count as asked, and one fewer than there are members would
// show who wants not to be. A reminder names only who is still waited for, and who was told by no server for a while gets the newest
// one alone. It tells at most as many as one commit holds.
func (s *State) tellMeasures(cohorts Cohorts, now time.Time) (journal.Decision, error) {
	if now.In(web.Finland()).Hour() < toldFrom {
		return journal.Decision{}, nil
	}
	today := web.DayOf(now)
	room := toldPerCommit
	var events []journal.Event
	for _, cohort := range slices.Sorted(maps.Keys(s.data.Plans)) {
		p := s.data.Plans[cohort]
		c, known := cohorts.CohortFor(cohort)
		if !known || len(p.Measures) == 0 {
			continue
		}
		for _, point := range Points() {
			opens := p.opens(point, c)
			over := today > p.closes(opens) // for those who were there when it opened
			if len(p.at(point)) == 0 || today < opens || point != Start && over {
				continue
			}
			late := now.AddDate(0, 0, -p.Days-1) // who came in before it has had as long as everybody
			byRound := make([][]string, len(rounds))
			for person, since := range cohorts.Enrolled(cohort) {
				if room == 0 || over && since.Before(late) {
					continue
				}
				if round, due := s.roundFor(cohorts, p, c, Member{Person: person, Since: since}, point, now); due {
					byRound[round] = append(byRound[round], person)
					room--
				}
			}
			for round, persons := range byRound {
				if len(persons) > 0 {
					slices.Sort(persons)
					events = append(events, MeasuresTold{Cohort: cohort, Point: point, Round: round, Persons: persons})
				}
			}
		}
		if room == 0 {
			break
		}
	}
	return journal.Happens(events...), nil
}

// roundFor is the round in which somebody enrolled is to be told of a point today. Most were told already, which is asked first: it goes
// through everybody.
func (s *State) roundFor(cohorts Cohorts, p Plan, c Cohort, m Member, point Point, now time.Time) (round int, due bool) {
	w, today := p.windowOf(c, m, point), web.DayOf(now)
	round = roundOn(w.Opens, today)
	_, before := s.data.Told[c.ID][point][m.Person]
	if !w.open(today) || round <= s.toldOf(m.Person, c.ID, point, w.Opens) || before && s.refusedAll(m.Person) {
		return 0, false
	}
	if m, in := cohorts.MemberOf(m.Person, c.ID); !in || !m.Learns {
		return 0, false
	}
	return round, len(s.waiting(p, c, m.Person, point, now)) > 0 || !before && s.replied(p, m.Person, c.ID, point)
}

// replied reports whether somebody answered or declined anything that a cohort is asked at a point.
func (s *State) replied(p Plan, person, cohort string, point Point) bool {
	return slices.ContainsFunc(p.at(point), func(m Measure) bool { return s.reply(person, cohort, m.Instrument, point) != nil })
}

// Notice is something to tell a person, as long as it is so.
type Notice struct {
	ID     string
	At     int64 // unix ms
	Kind   NoticeKind
	Course string // of a cohort that is asked
	Count  int    // of what is asked
	Day    string // until which it can be answered
	Goal   string // its id
}

// NoticeKind is what can be switched off; courses knows the same.
type NoticeKind string

// The kinds.
const (
	AboutMeasure NoticeKind = "measure"
	AboutGoal    NoticeKind = "goal"
)

// measureNotices lists what a person was told of and still can answer.
func (s *State) measureNotices(cohorts Cohorts, person string, now time.Time) (all []Notice) {
	for _, cohort := range cohorts.CohortsOf(person) {
		p, planned := s.plan(cohort)
		c, known := cohorts.CohortFor(cohort)
		m, in := cohorts.MemberOf(person, cohort)
		if !planned || !known || !in {
			continue
		}
		for _, point := range Points() {
			t, told := s.data.Told[cohort][point][person]
			w := p.windowOf(c, m, point)
			if !told || s.toldOf(person, cohort, point, w.Opens) < 0 {
				continue
			}
			if asked := s.asks(p, c, m, point, now); len(asked) > 0 {
				all = append(all, Notice{
					ID: "measure:" + cohort + ":" + string(point) + ":" + time.UnixMilli(t.At).UTC().Format(time.DateOnly), At: t.At,
					Kind: AboutMeasure, Course: c.Course, Count: len(asked), Day: w.Closes,
				})
			}
		}
	}
	return all
}
