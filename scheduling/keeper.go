package scheduling

import (
	"cmp"
	"context"
	"slices"
	"time"

	"luotsi/server/people"
)

// Keeper is what scheduling keeps about people: the texts of their other calendars, and what they wrote about cases. Their hours go with the event of the erasure.
func (s *Service) Keeper() people.Keeper {
	return people.Keeper{
		Name:   "scheduling",
		Texts:  func(person string) []string { return append(s.state.TextsOf(person), s.state.writtenBy(person)...) },
		Forget: func(ctx context.Context, person string, _ people.Name) error { return s.forgetLookups(ctx, person) },
		Data: func(ctx context.Context, person string) (any, error) {
			v := s.data(person)
			var err error
			if v.Calendars, err = s.calendarsData(ctx, person); err != nil {
				return v, err
			}
			v.Texts, err = s.ownTexts(ctx, person)
			return v, err
		},
	}
}

// dataView is a person's own hours and appointments, past ones too. Who else took part is not theirs to take along.
type dataView struct {
	Rules        []ruleView       `json:"rules"`
	Exceptions   []exceptionView  `json:"exceptions"`
	Settings     settingsFields   `json:"settings"`
	Absences     []absenceView    `json:"absences"`
	Appointments []ownView        `json:"appointments"`
	Cases        []ownCaseView    `json:"cases"`
	Requests     []ownRequestView `json:"requests"`
	Calendars    []calendarData   `json:"calendars"`
	Texts        []ownTextView    `json:"texts"`
}

// ownCaseView is a case that the person carries or carried.
type ownCaseView struct {
	Reference string     `json:"reference"`
	Opened    time.Time  `json:"opened"`
	Closed    *time.Time `json:"closed,omitempty"`
}

type ownView struct {
	Reference   string     `json:"reference"`
	Start       time.Time  `json:"start"`
	End         time.Time  `json:"end"`
	UnitName    string     `json:"unitName"`
	Mode        string     `json:"mode"`
	Role        string     `json:"role"`
	BookedByMe  bool       `json:"bookedByMe"`
	CancelledAt *time.Time `json:"cancelledAt,omitempty"`
}

func (s *Service) data(person string) dataView {
	v := dataView{Rules: []ruleView{}, Exceptions: []exceptionView{}, Absences: []absenceView{}, Appointments: []ownView{}, Cases: []ownCaseView{}}
	s.journal.View(func() {
		v.Settings = viewOfSettings(s.state.primary.Settings[person])
		v.Cases = s.state.casesOf(person)
		v.Requests = s.state.requestsOf(person)
		p := s.state.plans[person]
		if p == nil {
			return
		}
		unitName := func(id string) string {
			u, _ := s.people.Unit(id)
			return u.Name
		}
		for weekday := range p.hours {
			for _, h := range p.hours[weekday] {
				v.Rules = append(v.Rules, viewOfHours(h, unitName(h.Unit)))
			}
		}
		for _, e := range p.exceptions {
			v.Exceptions = append(v.Exceptions, viewOfException(e))
		}
		for _, k := range p.absences {
			k.Deputy = "" // somebody else
			v.Absences = append(v.Absences, viewOfAbsence(k))
		}
		for _, id := range p.all {
			a := s.state.primary.Appointments[id]
			own := ownView{
				Reference: a.Reference, Start: moment(a.Start), End: moment(a.End), UnitName: unitName(a.Unit), Mode: string(a.Mode),
				BookedByMe: a.BookedBy == person,
			}
			if i := slices.IndexFunc(a.Participants, func(p Participant) bool { return p.Person == person }); i >= 0 {
				own.Role = string(a.Participants[i].Role)
			}
			if !a.Live() {
				at := moment(a.EndedAt)
				own.CancelledAt = &at
			}
			v.Appointments = append(v.Appointments, own)
		}
	})
	slices.SortFunc(v.Appointments, func(a, b ownView) int { return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.Reference, b.Reference)) })
	return v
}

func viewOfHours(h keptHours, unitName string) ruleView {
	return ruleView{
		ID: h.ID, Unit: h.Unit, UnitName: unitName, Purpose: string(h.Purpose.shown()), Weekday: h.Weekday, From: clock(h.From), To: clock(h.To),
		Minutes: h.Minutes, ValidFrom: h.ValidFrom.Date(), ValidUntil: h.ValidUntil.Date(),
	}
}

func viewOfException(e keptException) exceptionView {
	x := exceptionView{ID: e.ID, Date: e.Day.Date(), Kind: string(e.Kind), Unit: e.Unit, Minutes: e.Minutes}
	if e.Kind == Extra {
		x.Purpose = string(e.Purpose.shown())
	}
	if !e.wholeDay() {
		x.From, x.To = clock(e.From), clock(e.To)
	}
	return x
}
