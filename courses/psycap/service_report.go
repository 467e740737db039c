package psycap

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

// sees reports whether a person may see a report: as trainer of all its cohorts, or as manager of all of them. A report of tables from
// elsewhere is for trainers, managers and administrators of its organisation. It is used inside View.
func (s *Service) sees(caller auth.Caller, r Report) bool {
	if r.table() {
		return caller.HasInOrg(r.Made.Org, auth.Trainer, auth.Manager, auth.Admin)
	}
	all := func(may func(person, cohort string) bool) bool {
		return !slices.ContainsFunc(r.Made.Cohorts, func(cohort string) bool { return !may(caller.Person, cohort) })
	}
	return all(s.cohorts.Sees) || all(s.cohorts.Counts)
}

// ReportFor finds a report that the caller may see.
func (s *Service) ReportFor(_ context.Context, caller auth.Caller, report string) (found Report, err error) {
	s.journal.View(func() {
		r, known := s.state.data.Reports[report]
		if !known || !s.sees(caller, r) {
			err = ErrUnknownReport
			return
		}
		found = r
	})
	return found, err
}

// reportsFor lists what the caller may see, and what they may make reports of.
func (s *Service) reportsFor(ctx context.Context, caller auth.Caller) (reportsView, error) {
	view := reportsView{Reports: []reportLineView{}, Cohorts: []reportableView{}, Tables: []tableOrgView{}}
	asked := map[string][]askedPoints{}
	s.journal.View(func() {
		for _, r := range s.state.data.Reports {
			if s.sees(caller, r) {
				view.Reports = append(view.Reports, reportLineView{
					Report: r.Made.Report, Title: r.Made.Title, At: time.UnixMilli(r.At).UTC(), Cohorts: s.cohortNames(r.Made.Cohorts), Table: r.table(),
				})
			}
		}
		for cohort, plan := range s.state.data.Plans {
			c, known := s.cohorts.CohortFor(cohort)
			if !known || !s.cohorts.Trains(caller.Person, cohort) {
				continue
			}
			asked[cohort] = s.state.askedOf(cohort, plan)
			view.Cohorts = append(view.Cohorts, reportableView{
				Cohort: cohort, Name: c.Name, Org: c.Org, Small: len(s.cohorts.MembersOf(cohort)) < s.state.floorOf(c.Org), Measures: []askedMeasureView{},
			})
		}
		for _, org := range caller.Orgs(auth.Trainer, auth.Manager, auth.Admin) {
			o, _ := s.people.Organisation(org)
			view.Tables = append(view.Tables, tableOrgView{Org: org, Name: o.Name, Floor: s.state.floorOf(org), Instruments: []tableInstrumentView{}})
		}
	})
	slices.SortFunc(view.Reports, func(a, b reportLineView) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.Report, a.Report)) })
	slices.SortFunc(view.Cohorts, func(a, b reportableView) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Cohort, b.Cohort))
	})
	slices.SortFunc(view.Tables, func(a, b tableOrgView) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Org, b.Org)) })
	for i, c := range view.Cohorts {
		for _, m := range asked[c.Cohort] {
			in, err := s.definitionFor(ctx, c.Org, m.Asked)
			if err != nil {
				return reportsView{}, err
			}
			view.Cohorts[i].Measures = append(view.Cohorts[i].Measures, askedMeasureView{
				Instrument: m.Instrument, Version: m.Version, Title: in.Titles.In(caller.Language), Points: m.points,
			})
		}
	}
	for i, t := range view.Tables {
		listed, err := s.Instruments(ctx, t.Org)
		if err != nil {
			return reportsView{}, err
		}
		for _, one := range listed {
			if one.Standing == Open {
				view.Tables[i].Instruments = append(view.Tables[i].Instruments, viewTableInstrument(one.Instrument, caller.Language))
			}
		}
	}
	return view, nil
}

func viewTableInstrument(in *Instrument, language string) tableInstrumentView {
	view := tableInstrumentView{Instrument: in.ID, Version: in.Version, Title: in.Titles.In(language), Items: []tableItemView{}}
	for _, item := range in.Items {
		least, greatest := in.Range(item)
		view.Items = append(view.Items, tableItemView{item.ID, least, greatest})
	}
	return view
}

// askedPoints is an instrument with the points at which a cohort is, or was, asked it.
type askedPoints struct {
	Asked
	points []Point
}

// askedOf lists what a cohort is asked, and what it was asked before, of points that somebody was told of. Whether anybody answered
// changes nothing: of a small cohort it would tell who.
func (s *State) askedOf(cohort string, plan Plan) (all []askedPoints) {
	add := func(m Measure, point Point) {
		asked := Asked{m.Instrument, m.Version}
		at := slices.IndexFunc(all, func(a askedPoints) bool { return a.Asked == asked })
		if at < 0 {
			at, all = len(all), append(all, askedPoints{Asked: asked})
		}
		all[at].points = append(all[at].points, point)
	}
	for _, point := range Points() {
		for _, m := range plan.at(point) {
			add(m, point)
		}
		for _, m := range plan.Before {
			if slices.Contains(m.Points, point) && len(s.data.Told[cohort][point]) > 0 {
				add(m, point)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b askedPoints) int {
		return cmp.Or(cmp.Compare(a.Instrument, b.Instrument), cmp.Compare(a.Version, b.Version))
	})
	return all
}

// cohortNames are used inside View.
func (s *Service) cohortNames(cohorts []string) []string {
	names := make([]string, 0, len(cohorts))
	for _, id := range cohorts {
		c, _ := s.cohorts.CohortFor(id)
		names = append(names, c.Name)
	}
	return names
}

// reportable refuses cohorts that the caller may not make a report of, and gives their organisation. It is used inside View or a rule.
func (s *Service) reportable(by string, cohorts []string) (org string, err error) {
	for i, id := range cohorts {
		c, known := s.cohorts.CohortFor(id)
		switch {
		case !known || !s.cohorts.Trains(by, id):
			return "", ErrUnknownCohorts
		case i > 0 && c.Org != org:
			return "", ErrOneOrganisation
		}
		org = c.Org
	}
	return org, nil
}

// reportBase is what a report is computed of.
type reportBase struct {
	org   string
	floor int
	from  []gathered
}

func (b reportBase) equal(other reportBase) bool {
	return b.org == other.org && b.floor == other.floor && slices.EqualFunc(b.from, other.from, gathered.equal)
}

// base is used inside View or a rule.
func (s *Service) base(by string, wish ReportWish) (reportBase, error) {
	org, err := s.reportable(by, wish.Cohorts)
	if err != nil {
		return reportBase{}, err
	}
	b := reportBase{org: org, floor: s.state.floorOf(org)}
	cohorts := slices.Sorted(slices.Values(wish.Cohorts)) // in which order they are asked for changes nothing
	for _, asked := range wish.Measures {
		b.from = append(b.from, s.gather(cohorts, asked, wish.Points, b.floor))
	}
	return b, nil
}

// compute looks at the state, and computes every section; a preview tells what was computed a moment ago once more. It fails with
// people.ErrTooMany when the caller has had too many computed.
func (s *Service) compute(ctx context.Context, caller auth.Caller, wish ReportWish, preview bool, read *answersRead) (base reportBase, sections []computed, err error) {
	s.journal.View(func() { base, err = s.base(caller.Person, wish) })
	if err != nil {
		return base, nil, err
	}
	for i, asked := range wish.Measures {
		one := computed{asked: asked, from: base.from[i]}
		if one.in, err = s.definitionFor(ctx, base.org, asked); err != nil {
			return base, nil, err
		}
		if one.from.small {
			one.hidden = HiddenCohorts
		} else if one, err = s.section(ctx, caller, wish, preview, base.floor, one, read); err != nil {
			return base, nil, err
		}
		sections = append(sections, one)
	}
	return base, sections, nil
}

// section computes one, or finds it among those that were computed last.
func (s *Service) section(ctx context.Context, caller auth.Caller, wish ReportWish, preview bool, floor int, one computed, read *answersRead) (computed, error) {
	question := questionOf(wish, one.asked)
	if preview {
		if before, found := s.sections.find(question, floor, one, s.now()); found {
			return before, nil
		}
	}
	if err := s.sectionLimit.Take(caller.Person, s.now()); err != nil {
		return computed{}, err
	}
	people, err := s.respondents(ctx, one.from, read)
	if err != nil {
		s.sectionLimit.Back(caller.Person)
		return computed{}, err
	}
	one.figures, one.chosen = sectionOf(one.in, wish.Points, people, one.from.histories(), floor)
	switch masked := one.chosen.masked; {
	case masked == nil:
		one.figures.People = one.from.counts
	case masked.Why == HiddenFew:
		one.hidden = HiddenFew
	default:
		one.hidden = HiddenClose
	}
	s.sections.keep(question, floor, one, s.now())
	return one, nil
}

// kept is the section as the journal keeps it.
func (c computed) kept(points []Point) ReportSection {
	made := ReportSection{Instrument: c.asked.Instrument, Version: c.asked.Version, Figures: c.figures}
	at := make(map[string]int, len(c.from.people))
	for n, person := range c.from.people {
		at[person] = n
	}
	for _, group := range c.chosen.shown {
		shown := ShownGroup{People: group}
		for i, point := range points {
			texts := make([]string, 0, len(group))
			for _, person := range group {
				texts = append(texts, c.from.texts[i][at[person]])
			}
			shown.Answers = append(shown.Answers, ShownAnswers{point, texts})
		}
		made.Shown = append(made.Shown, shown)
	}
	return made
}

// PreviewReport says whether a report could be made.
func (s *Service) PreviewReport(ctx context.Context, caller auth.Caller, wish ReportWish) (reportPreviewView, error) {
	wish.Points = inTime(wish.Points)
	base, sections, err := s.compute(ctx, caller, wish, true, &answersRead{})
	if err != nil {
		return reportPreviewView{}, err
	}
	return s.viewPreview(caller, base, sections), nil
}

// inTime sorts points by time.
func inTime(points []Point) []Point {
	return slices.SortedFunc(slices.Values(points), func(a, b Point) int { return slices.Index(Points(), a) - slices.Index(Points(), b) })
}

// errOtherBase says that something happened between computing a report and keeping it.
var errOtherBase = errors.New("the answers or the reports are others by now")

// madeBefore is the report that this request made when it came for the first time. It is looked for before anything is computed: to ask
// again costs nothing, and is answered also when nothing more may be computed.
func (s *Service) madeBefore(ctx context.Context, caller auth.Caller) (report string, made bool, err error) {
	if caller.Key.ID == "" {
		return "", false, nil
	}
	answer, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return journal.Decision{}, nil
	})
	switch {
	case err != nil || !answer.Repeated:
		return "", false, err
	case len(answer.IDs) != 1:
		return "", false, journal.ErrKeyReused
	}
	return answer.IDs[0], true, nil
}

// MakeReport makes a report. It is computed outside the rule, of answers that are in the vault; the rule keeps it only if it is still
// of the same answers, the same people, and the same earlier reports: two reports made at once are never both computed without each other.
func (s *Service) MakeReport(ctx context.Context, caller auth.Caller, title string, wish ReportWish) (string, error) {
	if id, made, err := s.madeBefore(ctx, caller); made || err != nil {
		return id, err
	}
	wish.Points = inTime(wish.Points)
	id, read := s.newID(), &answersRead{}
	for range 5 {
		base, sections, err := s.compute(ctx, caller, wish, false, read)
		if err != nil {
			return "", err
		}
		made := ReportMade{Report: id, Org: base.org, Title: title, Cohorts: wish.Cohorts, Points: wish.Points, Floor: base.floor}
		for i, point := range wish.Points {
			made.Asked = append(made.Asked, askedPeople(point, sections[0].from.asked[i])...)
		}
		for _, one := range sections {
			if one.hidden == "" {
				made.Sections = append(made.Sections, one.kept(wish.Points))
			}
		}
		answer, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
			now, err := s.base(caller.Person, wish)
			switch {
			case err != nil:
				return journal.Decision{}, err
			case !now.equal(base):
				return journal.Decision{}, errOtherBase
			case len(made.Sections) == 0:
				return journal.Decision{}, ErrMasked
			}
			return journal.Happens(made).Answering(id), nil
		})
		switch {
		case errors.Is(err, errOtherBase):
			continue
		case errors.Is(err, ErrMasked):
			return "", ErrMasked.With(s.viewPreview(caller, base, sections))
		case err != nil:
			return "", err
		case len(answer.IDs) != 1:
			return "", journal.ErrKeyReused
		}
		return answer.IDs[0], nil
	}
	return "", ErrMoved
}

// definitionFor is the definition that people answered, also when the licence has ended since.
func (s *Service) definitionFor(ctx context.Context, org string, asked Asked) (*Instrument, error) {
	return s.Definition(ctx, org, asked.Instrument, asked.Version)
}
