package psycap

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/people"
	"luotsi/server/web"
)

// groups are the cohorts of a test: all of the school, trained by tove; tim may look.
type groups struct {
	cohorts map[string]Cohort
	members map[string][]Member
}

func newGroups(c Cohort, members ...Member) *groups {
	return &groups{map[string]Cohort{c.ID: c}, map[string][]Member{c.ID: members}}
}

func (g *groups) CohortFor(cohort string) (Cohort, bool) { c, ok := g.cohorts[cohort]; return c, ok }
func (g *groups) MembersOf(cohort string) []Member       { return slices.Clone(g.members[cohort]) }
func (g *groups) Counts(string, string) bool             { return false }
func (g *groups) LastsOf(string) string                  { return "" }

func (g *groups) Enrolled(cohort string) iter.Seq2[string, time.Time] {
	return func(yield func(string, time.Time) bool) {
		for _, m := range g.members[cohort] {
			if !yield(m.Person, m.Since) {
				return
			}
		}
	}
}

func (g *groups) MemberOf(person, cohort string) (Member, bool) {
	at := slices.IndexFunc(g.members[cohort], func(m Member) bool { return m.Person == person })
	if at < 0 {
		return Member{}, false
	}
	return g.members[cohort][at], true
}

func (g *groups) CohortsOf(person string) (all []string) {
	for cohort, members := range g.members {
		if slices.ContainsFunc(members, func(m Member) bool { return m.Person == person }) {
			all = append(all, cohort)
		}
	}
	return all
}

func (g *groups) Trains(person, cohort string) bool {
	_, there := g.cohorts[cohort]
	return there && person == "tove"
}

func (g *groups) Sees(person, cohort string) bool {
	_, there := g.cohorts[cohort]
	return there && (person == "tove" || person == "tim")
}

// autumn is a cohort from September to the middle of December.
func autumn() Cohort {
	return Cohort{ID: "k1", Course: "coord", Unit: "east", Org: "school", Name: "Syksy", Starts: "2025-09-01"}
}

func member(person, since string) Member {
	return Member{Person: person, Since: finnish(since, 8), Learns: true}
}

// finnish is a full hour of a Finnish day.
func finnish(day string, hour int) time.Time {
	d, err := time.ParseInLocation(time.DateOnly, day, web.Finland())
	if err != nil {
		panic(err)
	}
	return d.Add(time.Duration(hour) * time.Hour)
}

func both(points ...Point) []Measure {
	return []Measure{{Instrument: "voimavarat", Version: "1", Points: points}}
}

func happen(s *State, at time.Time, by string, events ...journal.Event) {
	for _, e := range events {
		s.Apply(journal.Meta{At: at, By: by}, e)
	}
}

func TestPlanMeasures(t *testing.T) {
	t.Parallel()
	plan := func(change func(*Plan)) Plan {
		p := Plan{Measures: both(Start, End), Ends: "2025-12-15", Days: 21}
		if change != nil {
			change(&p)
		}
		return p
	}
	now := finnish("2025-08-20", 10)
	tests := []struct {
		name string
		by   string
		plan Plan
		want string // the refusal's code, and its field
	}{
		{"a plan", "tove", plan(nil), ""},
		{"nothing is asked", "tove", plan(func(p *Plan) { p.Measures = nil }), ""},
		{"the fewest days", "tove", plan(func(p *Plan) { p.Days = 7 }), ""},
		{"fewer", "tove", plan(func(p *Plan) { p.Days = 6 }), "invalid_request days:range"},
		{"the most days", "tove", plan(func(p *Plan) { p.Days = 60 }), ""},
		{"more", "tove", plan(func(p *Plan) { p.Days = 61 }), "invalid_request days:range"},
		{"it ends on the day it starts", "tove", plan(func(p *Plan) { p.Ends = "2025-09-01" }), "invalid_request ends:past"},
		{"it ends on the next", "tove", plan(func(p *Plan) { p.Ends = "2025-09-02" }), ""},
		{"it ends in three years", "tove", plan(func(p *Plan) { p.Ends = "2028-08-22" }), ""},
		{"it ends later", "tove", plan(func(p *Plan) { p.Ends = "2028-08-23" }), "invalid_request ends:far"},
		{"an instrument twice", "tove", plan(func(p *Plan) { p.Measures = append(p.Measures, p.Measures[0]) }), "invalid_request measures[1].instrument:twice"},
		{"a point twice", "tove", plan(func(p *Plan) { p.Measures = both(End, Start, End) }), "invalid_request measures[0].points:twice"},
		{"an unknown instrument", "tove", plan(func(p *Plan) { p.Measures = []Measure{{Instrument: "x", Version: "1", Points: []Point{End}}} }), "unknown_instrument"},
		{"an unknown version", "tove", plan(func(p *Plan) { p.Measures[0].Version = "99" }), "unknown_instrument"},
		{"who may only look", "tim", plan(nil), "not_found"},
		{"a learner", "aino", plan(nil), "not_found"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := NewState()
			d, err := s.planMeasures(newGroups(autumn()), test.by, "k1", test.plan, now)
			got := ""
			if f := (*fault.Error)(nil); errors.As(err, &f) {
				got = f.Code
				for _, field := range f.Fields {
					got += " " + field.Name + ":" + field.Code
				}
			} else if err != nil {
				t.Fatal(err)
			}
			if got != test.want {
				t.Fatalf("refused with %q, want %q", got, test.want)
			}
			if test.want == "" && len(d.Events) != 1 {
				t.Errorf("%d events", len(d.Events))
			}
		})
	}
	if _, err := NewState().planMeasures(newGroups(autumn()), "tove", "k2", plan(nil), now); !errors.Is(err, ErrUnknownCohort) {
		t.Errorf("an unknown cohort: %v", err)
	}
}

// The points stand in the order of time however they were said, and the same plan again is no news.
func TestSamePlanAgain(t *testing.T) {
	t.Parallel()
	s, now := NewState(), finnish("2025-08-20", 10)
	next := Plan{Measures: both(HalfYear, Start, End), Ends: "2025-12-15", Days: 21}
	d, err := s.planMeasures(newGroups(autumn()), "tove", "k1", next, now)
	if err != nil {
		t.Fatal(err)
	}
	if got := d.Events[0].(MeasuresPlanned).Measures[0].Points; !slices.Equal(got, []Point{Start, End, HalfYear}) {
		t.Errorf("points %v", got)
	}
	if !slices.Equal(next.Measures[0].Points, []Point{HalfYear, Start, End}) {
		t.Error("a rule changed what it was given: it may run again")
	}
	happen(s, now, "tove", d.Events...)
	if d, err = s.planMeasures(newGroups(autumn()), "tove", "k1", next, now); err != nil || len(d.Events) != 0 {
		t.Errorf("the same again: %v %v", d.Events, err)
	}
	if p, ok := s.plan("k1"); !ok || p.By != "tove" || p.At != now.UnixMilli() || p.version("voimavarat") != "1" || p.version("tyokyky") != "" {
		t.Errorf("%+v", p)
	}
}

func TestSuggestedPlan(t *testing.T) {
	t.Parallel()
	for lasts, want := range map[string]string{"": "2025-12-30", "2025-11-30": "2025-11-30", "2025-09-01": "2025-12-30", "2025-09-02": "2025-09-02"} {
		c := autumn()
		if p := suggested(c, lasts); p.Ends != want || p.Days != usualDays || len(p.Measures) != 0 {
			t.Errorf("a course whose last thing is due on %q: %+v, want the end on %s", lasts, p, want)
		}
	}
}

// toldOn lets time go by, hour by hour, and writes down who is told in which round of which point on which day.
func toldOn(t *testing.T, s *State, g *groups, from, until string, do func(day string, hour int)) (all []string) {
	t.Helper()
	for now := finnish(from, 0); web.DayOf(now) <= until; now = now.Add(time.Hour) {
		if do != nil {
			do(web.DayOf(now), now.In(web.Finland()).Hour())
		}
		d, err := s.tellMeasures(g, now)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range d.Events {
			told := e.(MeasuresTold)
			all = append(all, fmt.Sprintf("%s %s %d %s", now.In(web.Finland()).Format("01-02T15"), told.Point, told.Round, strings.Join(told.Persons, "+")))
		}
		happen(s, now, "", d.Events...)
	}
	return all
}

func TestTelling(t *testing.T) {
	t.Parallel()
	answer := func(s *State, person string, point Point) {
		happen(s, finnish("2025-09-02", 7), person, MeasureAnswered{Answers: "a-" + person, Cohort: "k1", Person: person, Instrument: "voimavarat", Version: "1", Point: point})
	}
	tests := []struct {
		name        string
		from, until string
		points      []Point
		days        int
		members     []Member
		do          func(s *State, g *groups, day string, hour int)
		want        []string
	}{
		{
			"three times at nine, and never after it closed", "2025-08-30", "2025-10-10", []Point{Start}, 21,
			[]Member{member("aino", "2025-08-01"), member("bo", "2025-08-01")}, nil,
			[]string{"09-01T09 start 0 aino+bo", "09-04T09 start 1 aino+bo", "09-11T09 start 2 aino+bo"},
		},
		{
			"a short one closes before the last round", "2025-08-30", "2025-10-10", []Point{Start}, 7, []Member{member("aino", "2025-08-01")}, nil,
			[]string{"09-01T09 start 0 aino", "09-04T09 start 1 aino"},
		},
		{
			"the last round comes on the last day", "2025-08-30", "2025-10-10", []Point{Start}, 11, []Member{member("aino", "2025-08-01")}, nil,
			[]string{"09-01T09 start 0 aino", "09-04T09 start 1 aino", "09-11T09 start 2 aino"},
		},
		{
			"who came in after it closed has their own days", "2025-08-30", "2025-11-20", []Point{Start}, 21,
			[]Member{member("aino", "2025-10-20")}, nil,
			[]string{"10-20T09 start 0 aino", "10-23T09 start 1 aino", "10-30T09 start 2 aino"},
		},
		{
			"who came in on the day before the end has a start, who came in later has none", "2025-12-13", "2026-01-10", []Point{Start, End}, 21,
			[]Member{member("aino", "2025-12-14"), member("bo", "2025-12-15"), member("cia", "2025-12-16")}, nil,
			[]string{
				"12-14T09 start 0 aino", "12-15T09 end 0 aino+bo+cia", "12-17T09 start 1 aino", "12-18T09 end 1 aino+bo+cia", "12-24T09 start 2 aino",
				"12-25T09 end 2 aino+bo+cia",
			},
		},
		{
			"an end that is moved to before somebody came in ends their start", "2025-12-01", "2025-12-20", []Point{Start}, 21,
			[]Member{member("aino", "2025-12-01"), member("bo", "2025-12-02")},
			func(s *State, _ *groups, day string, hour int) {
				if day == "2025-12-03" && hour == 0 {
					happen(s, finnish(day, hour), "tove", MeasuresPlanned{Cohort: "k1", Measures: both(Start), Ends: "2025-12-02", Days: 21})
				}
			},
			[]string{"12-01T09 start 0 aino", "12-02T09 start 0 bo", "12-04T09 start 1 aino", "12-11T09 start 2 aino"},
		},
		{
			"every point for itself", "2025-12-10", "2026-07-20", []Point{End, Week, Month, HalfYear}, 7, []Member{member("aino", "2025-08-01")}, nil,
			[]string{
				"12-15T09 end 0 aino", "12-18T09 end 1 aino", "12-22T09 week 0 aino", "12-25T09 week 1 aino", "01-15T09 month 0 aino",
				"01-18T09 month 1 aino", "06-15T09 half_year 0 aino", "06-18T09 half_year 1 aino",
			},
		},
		{
			"nobody is reminded who answered or declined", "2025-08-30", "2025-10-10", []Point{Start}, 21,
			[]Member{member("aino", "2025-08-01"), member("bo", "2025-08-01"), member("cia", "2025-08-01")},
			func(s *State, _ *groups, day string, hour int) {
				switch {
				case day == "2025-09-02" && hour == 7:
					answer(s, "aino", Start)
				case day == "2025-09-05" && hour == 7:
					happen(s, finnish(day, hour), "bo", MeasureDeclined{Cohort: "k1", Person: "bo", Instrument: "voimavarat", Point: Start})
				}
			},
			[]string{"09-01T09 start 0 aino+bo+cia", "09-04T09 start 1 bo+cia", "09-11T09 start 2 cia"},
		},
		{
			"who answered before the first telling is named in it, and in no other", "2025-08-30", "2025-10-10", []Point{Start}, 21,
			[]Member{member("aino", "2025-08-01")},
			func(s *State, _ *groups, day string, hour int) {
				if day == "2025-09-01" && hour == 7 {
					answer(s, "aino", Start)
				}
			},
			[]string{"09-01T09 start 0 aino"},
		},
		{
			"who refused everything is named once, as everybody is, and in no reminder until they take it back", "2025-08-30", "2025-10-10", []Point{Start}, 21,
			[]Member{member("aino", "2025-08-01"), member("bo", "2025-08-01")},
			func(s *State, _ *groups, day string, hour int) {
				switch {
				case day == "2025-08-30" && hour == 0:
					happen(s, finnish(day, hour), "aino", MeasuresRefused{Person: "aino", Refused: true})
				case day == "2025-09-02" && hour == 0:
					happen(s, finnish(day, hour), "bo", MeasuresRefused{Person: "bo", Refused: true})
				case day == "2025-09-06" && hour == 12:
					happen(s, finnish(day, hour), "aino", MeasuresRefused{Person: "aino"})
				}
			},
			[]string{"09-01T09 start 0 aino+bo", "09-06T12 start 1 aino", "09-11T09 start 2 aino"},
		},
		{
			"nobody who left or does not use Luotsi any more", "2025-08-30", "2025-10-10", []Point{Start}, 21,
			[]Member{member("aino", "2025-08-01"), member("bo", "2025-08-01"), {Person: "cia", Since: finnish("2025-08-01", 8)}},
			func(_ *State, g *groups, day string, hour int) {
				if day == "2025-09-02" && hour == 0 {
					g.members["k1"] = g.members["k1"][1:]
				}
			},
			[]string{"09-01T09 start 0 aino+bo", "09-04T09 start 1 bo", "09-11T09 start 2 bo"},
		},
		{
			"servers that slept send only the newest round", "2025-09-06", "2025-10-10", []Point{Start}, 21, []Member{member("aino", "2025-08-01")}, nil,
			[]string{"09-06T09 start 1 aino", "09-11T09 start 2 aino"},
		},
		{
			"servers that slept for longer send the last one", "2025-09-20", "2025-10-10", []Point{Start}, 21, []Member{member("aino", "2025-08-01")}, nil,
			[]string{"09-20T09 start 2 aino"},
		},
		{
			"servers that slept through it send nothing", "2025-09-22", "2025-10-10", []Point{Start}, 21, []Member{member("aino", "2025-08-01")}, nil, nil,
		},
		{
			"an end that is moved opens anew, for those who have not answered", "2025-12-10", "2026-02-10", []Point{End}, 7,
			[]Member{member("aino", "2025-08-01"), member("bo", "2025-08-01")},
			func(s *State, _ *groups, day string, hour int) {
				if day == "2025-12-16" && hour == 0 {
					answer(s, "aino", End)
					happen(s, finnish(day, hour), "tove", MeasuresPlanned{Cohort: "k1", Measures: both(End), Ends: "2026-01-15", Days: 7})
				}
			},
			[]string{"12-15T09 end 0 aino+bo", "01-15T09 end 0 bo", "01-18T09 end 1 bo"},
		},
		{
			"what is not planned any more is not asked", "2025-08-30", "2025-10-10", []Point{Start}, 21, []Member{member("aino", "2025-08-01")},
			func(s *State, _ *groups, day string, hour int) {
				if day == "2025-09-02" && hour == 0 {
					happen(s, finnish(day, hour), "tove", MeasuresPlanned{Cohort: "k1", Ends: "2025-12-15", Days: 21})
				}
			},
			[]string{"09-01T09 start 0 aino"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s, g := NewState(), newGroups(autumn(), test.members...)
			happen(s, finnish("2025-08-01", 8), "tove", MeasuresPlanned{Cohort: "k1", Measures: both(test.points...), Ends: "2025-12-15", Days: test.days})
			do := func(string, int) {}
			if test.do != nil {
				do = func(day string, hour int) { test.do(s, g, day, hour) }
			}
			if got := toldOn(t, s, g, test.from, test.until, do); !slices.Equal(got, test.want) {
				t.Errorf("told\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

// Everybody is told once, also when they are more than one commit holds.
func TestTellingMany(t *testing.T) {
	t.Parallel()
	var members []Member
	for i := range toldPerCommit + 7 {
		members = append(members, member(fmt.Sprintf("p%03d", i), "2025-08-01"))
	}
	s, g, now := NewState(), newGroups(autumn(), members...), finnish("2025-09-01", 9)
	happen(s, now, "tove", MeasuresPlanned{Cohort: "k1", Measures: both(Start), Ends: "2025-12-15", Days: 21})
	for _, want := range []int{toldPerCommit, 7, 0} {
		d, err := s.tellMeasures(g, now)
		if err != nil {
			t.Fatal(err)
		}
		told := 0
		for _, e := range d.Events {
			told += len(e.(MeasuresTold).Persons)
		}
		if told != want {
			t.Errorf("%d are told, want %d", told, want)
		}
		happen(s, now, "", d.Events...)
	}
}

func TestParticipation(t *testing.T) {
	t.Parallel()
	told := func(s *State, day string, from, to int) {
		var persons []string
		for i := from; i <= to; i++ {
			persons = append(persons, fmt.Sprintf("p%02d", i))
		}
		happen(s, finnish(day, 9), "", MeasuresTold{Cohort: "k1", Point: Start, Persons: persons})
	}
	answered := func(s *State, persons ...int) {
		for _, i := range persons {
			p := fmt.Sprintf("p%02d", i)
			happen(s, finnish("2025-09-05", 9), p, MeasureAnswered{Answers: "a-" + p, Cohort: "k1", Person: p, Instrument: "voimavarat", Version: "1", Point: Start})
		}
	}
	tests := []struct {
		name string
		do   func(s *State)
		want []Participation
	}{
		{"nobody was told", func(*State) {}, nil},
		{"nine are too few", func(s *State) { told(s, "2025-09-01", 1, 9); answered(s, 1, 2) }, []Participation{{Start, "voimavarat", true, 0, 0, 0}}},
		{"ten are counted", func(s *State) {
			told(s, "2025-09-01", 1, 10)
			answered(s, 1, 2, 3)
			happen(s, finnish("2025-09-05", 9), "p04", MeasureDeclined{Cohort: "k1", Person: "p04", Instrument: "voimavarat", Point: Start})
		}, []Participation{{Start, "voimavarat", false, 10, 3, 1}}},
		{"one who came later changes nothing", func(s *State) { told(s, "2025-09-01", 1, 10); told(s, "2025-09-08", 11, 11); answered(s, 1, 11) },
			[]Participation{{Start, "voimavarat", false, 10, 1, 0}}},
		{"nor do nine of several days", func(s *State) {
			told(s, "2025-09-01", 1, 10)
			told(s, "2025-09-08", 11, 15)
			told(s, "2025-09-09", 16, 19)
			answered(s, 1, 11, 19)
		}, []Participation{{Start, "voimavarat", false, 10, 1, 0}}},
		{"ten who came later are counted together", func(s *State) {
			told(s, "2025-09-01", 1, 10)
			told(s, "2025-09-08", 11, 15)
			told(s, "2025-09-09", 16, 20)
			answered(s, 1, 11, 20)
		}, []Participation{{Start, "voimavarat", false, 20, 3, 0}}},
		{"a reminder makes nobody later", func(s *State) {
			told(s, "2025-09-01", 1, 10)
			happen(s, finnish("2025-09-04", 9), "", MeasuresTold{Cohort: "k1", Point: Start, Round: 1, Persons: []string{"p01"}})
			answered(s, 1)
		}, []Participation{{Start, "voimavarat", false, 10, 1, 0}}},
		{"answers taken back are no answers", func(s *State) {
			told(s, "2025-09-01", 1, 10)
			answered(s, 1, 2)
			happen(s, finnish("2025-09-06", 9), "p01", AnswersWithdrawn{Answers: "a-p01", Person: "p01"})
		}, []Participation{{Start, "voimavarat", false, 10, 1, 0}}},
		{"nor does one who came later on the same day", func(s *State) {
			told(s, "2025-09-01", 1, 10)
			happen(s, finnish("2025-09-01", 14), "", MeasuresTold{Cohort: "k1", Point: Start, Persons: []string{"p11"}})
			answered(s, 1, 11)
		}, []Participation{{Start, "voimavarat", false, 10, 1, 0}}},
		{"who is erased stays counted: their answer would be the difference", func(s *State) {
			told(s, "2025-09-01", 1, 11)
			answered(s, 1, 2)
			happen(s, finnish("2025-09-06", 9), "p01", people.PersonErased{Person: "p01"})
		}, []Participation{{Start, "voimavarat", false, 11, 2, 0}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := NewState()
			happen(s, finnish("2025-08-01", 8), "tove", MeasuresPlanned{Cohort: "k1", Measures: both(Start, End), Ends: "2025-12-15", Days: 21})
			test.do(s)
			p, _ := s.plan("k1")
			if got := s.participation(p, "k1", 10); !slices.Equal(got, test.want) && len(got)+len(test.want) > 0 {
				t.Errorf("%+v, want %+v", got, test.want)
			}
		})
	}
}

func TestMinutes(t *testing.T) {
	t.Parallel()
	for items, want := range map[int]int{0: 1, 1: 1, 3: 1, 4: 2, 6: 2, 7: 3, 12: 4, 14: 5} {
		if got := minutesFor(items); got != want {
			t.Errorf("%d questions take %d minutes, want %d", items, got, want)
		}
	}
}
