package scheduling

import (
	"cmp"
	"context"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/web"
)

// caseFileView is a case as somebody may see it. Withheld says that there may be texts which the client has not let the caller read.
type caseFileView struct {
	ID            string                 `json:"id"`
	Reference     string                 `json:"reference"`
	Unit          string                 `json:"unit"`
	UnitName      string                 `json:"unitName"`
	Owner         string                 `json:"owner"`
	OwnerName     string                 `json:"ownerName"`
	Carries       bool                   `json:"carries"`
	Opened        time.Time              `json:"opened"`
	Closed        *time.Time             `json:"closed,omitempty"`
	Reopened      *time.Time             `json:"reopened,omitempty"`
	Withheld      bool                   `json:"withheld"`
	Question      *questionView          `json:"question,omitempty"`
	Draft         *draftView             `json:"draft,omitempty"` // of the question
	Meetings      []meetingView          `json:"meetings"`
	Consents      []consentView          `json:"consents"`
	Consultations []consultationListView `json:"consultations"`
	KeptDays      int                    `json:"keptDays"` // for how many days after a meeting its texts are kept
}

// questionView is the question. When Gone is there, its words are not.
type questionView struct {
	Version  int           `json:"version"`
	Kinds    []string      `json:"kinds"`
	Asked    string        `json:"asked"`
	Known    string        `json:"known"`
	Tried    string        `json:"tried"`
	At       time.Time     `json:"at"`
	By       string        `json:"by"` // the name
	Gone     *time.Time    `json:"gone,omitempty"`
	Warnings []warningView `json:"warnings"`
}

// meetingView is an appointment of the case. Writable says that the caller may write its outcome now.
type meetingView struct {
	Appointment  string             `json:"appointment"`
	Start        time.Time          `json:"start"`
	End          time.Time          `json:"end"`
	State        string             `json:"state"`
	Mode         string             `json:"mode"`
	UnitName     string             `json:"unitName"`
	DoctorName   string             `json:"doctorName"`
	Participants []actionPersonView `json:"participants"`
	Writable     bool               `json:"writable"`
	Outcome      *outcomeView       `json:"outcome,omitempty"`
	Draft        *draftView         `json:"draft,omitempty"`
	GuestsGone   *time.Time         `json:"guestsGone,omitempty"`
}

type actionPersonView struct {
	Person string `json:"person"`
	Name   string `json:"name"`
	Role   string `json:"role"`
}

type outcomeView struct {
	Version  int           `json:"version"`
	Decided  string        `json:"decided"`
	Actions  []actionView  `json:"actions"`
	Next     web.Date      `json:"next,omitempty"`
	NextHow  string        `json:"nextHow"`
	At       time.Time     `json:"at"`
	By       string        `json:"by"` // the name
	Gone     *time.Time    `json:"gone,omitempty"`
	Warnings []warningView `json:"warnings"`
}

// actionView is who does what by when: Who is a participant's id or a role, Name the participant's.
type actionView struct {
	Who  string   `json:"who"`
	Name string   `json:"name,omitempty"`
	What string   `json:"what"`
	Due  web.Date `json:"due,omitempty"`
}

type consentView struct {
	ID        string     `json:"id"`
	Recipient string     `json:"recipient"`
	Name      string     `json:"name,omitempty"` // when the recipient is a person
	Use       string     `json:"use"`
	Until     web.Date   `json:"until,omitempty"`
	At        time.Time  `json:"at"`
	By        string     `json:"by"`
	Withdrawn *time.Time `json:"withdrawn,omitempty"`
	Holds     bool       `json:"holds"`
}

type caseTextsView struct {
	// PatientRecord is empty when the caller may not read the texts.
	PatientRecord string `json:"patientRecord"`
	// ClientMessage is empty without an appointment that is to come, or a next contact that was agreed on.
	ClientMessage string `json:"clientMessage"`
}

func warningViews(texts ...string) []warningView {
	views := []warningView{}
	for _, text := range texts {
		for _, w := range Warnings(text) {
			if v := (warningView{string(w.Kind), w.Text}); !slices.Contains(views, v) {
				views = append(views, v)
			}
		}
	}
	return views
}

func optionalTime(ms int64) *time.Time {
	if ms == 0 {
		return nil
	}
	at := moment(ms)
	return &at
}

// caseSeen is what of the state a view of a case is made of.
type caseSeen struct {
	ID string
	Case
	File         CaseFile
	Access       caseAccess
	QuestionGone int64
	Meetings     []listed
	OutcomeGone  []int64 // beside the outcomes
}

// caseSeen copies what somebody may see of a case. What should be gone is gone, whether or not it has been deleted yet.
func (s *Service) caseSeen(i auth.Identity, id string) (caseSeen, error) {
	v := caseSeen{ID: id}
	err := error(ErrNoCase)
	now := s.now().UnixMilli()
	s.journal.View(func() {
		c, ok := s.state.primary.Cases[id]
		if !ok {
			return
		}
		if v.Access = s.accessTo(i, id, now); !v.Access.any() {
			return
		}
		err = nil
		v.Case, v.File = c, s.state.primary.Files[id]
		v.QuestionGone = goneBy(v.File.Question.Gone, s.state.questionKeeps(id, s.textsDays), now)
		for _, o := range v.File.Outcomes {
			a := s.state.primary.Appointments[o.Appointment]
			v.OutcomeGone = append(v.OutcomeGone, goneBy(o.Gone, s.state.meetingKeeps(&a, s.textsDays), now))
		}
		for _, one := range s.state.ofCase[id] {
			if v.Access.Carries || slices.Contains(v.Access.Part, one) {
				a := s.state.primary.Appointments[one]
				if a.Status != Released && a.Status != Held && a.Status != Offered {
					v.Meetings = append(v.Meetings, listed{one, a})
				}
			}
		}
	})
	slices.SortFunc(v.Meetings, func(a, b listed) int { return cmp.Or(cmp.Compare(b.Start, a.Start), cmp.Compare(a.ID, b.ID)) })
	return v, err
}

func goneBy(gone, keeps, now int64) int64 {
	if gone == 0 && keeps <= now {
		return keeps
	}
	return gone
}

func (s *Service) caseFileView(ctx context.Context, i auth.Identity, id string) (caseFileView, error) {
	c, err := s.caseSeen(i, id)
	if err != nil {
		return caseFileView{}, err
	}
	v := caseFileView{
		ID: id, Reference: c.Reference, Unit: c.Unit, UnitName: s.unitName(c.Unit), Owner: c.Owner, OwnerName: s.nameOf(c.Owner), Carries: c.Access.Carries,
		Opened: moment(c.Opened), Closed: optionalTime(c.Closed), Reopened: optionalTime(c.File.Reopened), Withheld: !c.Access.Reads,
		Meetings: []meetingView{}, Consents: []consentView{}, Consultations: []consultationListView{}, KeptDays: s.textsDays,
	}
	if v.Question, err = s.questionView(ctx, i, &c); err != nil {
		return caseFileView{}, err
	}
	if c.Access.Carries {
		if v.Draft, err = s.draftView(ctx, i, "question", id); err != nil {
			return caseFileView{}, err
		}
		today := s.state.calendar.dayOf(s.now().UnixMilli())
		for _, one := range c.File.Consents {
			v.Consents = append(v.Consents, s.consentView(&one, today))
		}
	}
	for n := range c.Meetings {
		m, err := s.meetingView(ctx, i, &c, &c.Meetings[n])
		if err != nil {
			return caseFileView{}, err
		}
		v.Meetings = append(v.Meetings, m)
	}
	asked, toAnswer := s.Consultations(i, true)
	for _, list := range [][]listedConsultation{asked, toAnswer} {
		for _, one := range list {
			if one.Case == id && !slices.ContainsFunc(v.Consultations, func(have consultationListView) bool { return have.ID == one.ID }) {
				v.Consultations = append(v.Consultations, s.consultationListView(&one))
			}
		}
	}
	return v, nil
}

func (s *Service) consentView(c *Consent, today Day) consentView {
	v := consentView{
		ID: c.ID, Recipient: c.Recipient, Use: string(c.Use), At: moment(c.At), By: s.nameOf(c.By), Withdrawn: optionalTime(c.Withdrawn), Holds: c.holds(today),
	}
	if c.Until != 0 {
		v.Until = c.Until.Date()
	}
	if !slices.Contains(consentRoles, auth.Role(c.Recipient)) {
		v.Name = s.nameOf(c.Recipient)
	}
	return v
}

// draftView is the caller's draft; nil when there is none.
func (s *Service) draftView(ctx context.Context, i auth.Identity, part, id string) (*draftView, error) {
	d, err := s.vault.Draft(ctx, i.Person, draftOf(part, id))
	if err != nil || d.Rev == 0 {
		return nil, err
	}
	return &draftView{Rev: d.Rev, Text: d.Text}, nil
}

// readQuestion gives the question's words after the look was logged; nil when they are gone or not the reader's.
func (s *Service) readQuestion(ctx context.Context, i auth.Identity, c *caseSeen) (*QuestionText, error) {
	q := &c.File.Question
	if q.Version == 0 || !c.Access.Reads || c.QuestionGone != 0 {
		return nil, nil
	}
	if err := s.looked(ctx, i, c.ID, lookedAtQuestion, q.By); err != nil {
		return nil, err
	}
	var words QuestionText
	kept, err := s.readText(ctx, q.Text, &words)
	if !kept {
		return nil, err
	}
	return &words, err
}

func (s *Service) questionView(ctx context.Context, i auth.Identity, c *caseSeen) (*questionView, error) {
	q := &c.File.Question
	if q.Version == 0 || !c.Access.Reads {
		return nil, nil
	}
	v := &questionView{Version: q.Version, Kinds: kindCodes(q.Kinds), At: moment(q.At), By: s.nameOf(q.By), Gone: optionalTime(c.QuestionGone), Warnings: []warningView{}}
	words, err := s.readQuestion(ctx, i, c)
	switch {
	case err != nil:
		return nil, err
	case words != nil:
		v.Asked, v.Known, v.Tried = words.Asked, words.Known, words.Tried
		v.Warnings = warningViews(words.Asked, words.Known, words.Tried)
	case v.Gone == nil: // deleted a moment ago
		v.Gone = optionalTime(s.now().UnixMilli())
	}
	return v, nil
}

func kindCodes(kinds []QuestionKind) []string {
	codes := make([]string, len(kinds))
	for i, k := range kinds {
		codes[i] = string(k)
	}
	return codes
}

// readOutcome gives an outcome and its words after the look was logged; the words are nil when they are gone.
func (s *Service) readOutcome(ctx context.Context, i auth.Identity, c *caseSeen, appointment string) (*Outcome, *OutcomeText, int64, error) {
	n := c.File.outcome(appointment)
	if n < 0 || !c.Access.Reads {
		return nil, nil, 0, nil
	}
	o, gone := &c.File.Outcomes[n], c.OutcomeGone[n]
	if gone != 0 {
		return o, nil, gone, nil
	}
	if err := s.looked(ctx, i, c.ID, lookedAtOutcome+appointment, o.By); err != nil {
		return nil, nil, 0, err
	}
	var words OutcomeText
	kept, err := s.readText(ctx, o.Text, &words)
	if !kept {
		return o, nil, s.now().UnixMilli(), err
	}
	return o, &words, 0, err
}

func (s *Service) meetingView(ctx context.Context, i auth.Identity, c *caseSeen, a *listed) (meetingView, error) {
	now := s.now().UnixMilli()
	v := meetingView{
		Appointment: a.ID, Start: moment(a.Start), End: moment(a.End), State: string(a.Status), Mode: string(a.Mode), UnitName: s.unitName(a.Unit),
		DoctorName: s.nameOf(a.Doctor), Participants: []actionPersonView{}, GuestsGone: optionalTime(a.TextsGone),
		Writable: c.Access.writesOutcome(a.ID) && a.Sure() && a.Status != NoShow && now >= a.Start && now < s.state.meetingKeeps(&a.Appointment, s.textsDays),
	}
	for _, p := range a.Participants {
		if p.Person != "" && p.Role != RoleRoom {
			v.Participants = append(v.Participants, actionPersonView{p.Person, s.nameOf(p.Person), string(p.Role)})
		}
	}
	o, words, gone, err := s.readOutcome(ctx, i, c, a.ID)
	if err != nil {
		return v, err
	}
	if o != nil {
		v.Outcome = &outcomeView{Version: o.Version, Actions: []actionView{}, At: moment(o.At), By: s.nameOf(o.By), Gone: optionalTime(gone), Warnings: []warningView{}}
		if o.Next != 0 {
			v.Outcome.Next = o.Next.Date()
		}
		for n, one := range o.Actions {
			action := actionView{Who: one.Who}
			if a.Has(one.Who) {
				action.Name = s.nameOf(one.Who)
			}
			if words != nil && n < len(words.Actions) {
				action.What = words.Actions[n]
			}
			if one.Due != 0 {
				action.Due = one.Due.Date()
			}
			v.Outcome.Actions = append(v.Outcome.Actions, action)
		}
		if words != nil {
			v.Outcome.Decided, v.Outcome.NextHow = words.Decided, words.Next
			v.Outcome.Warnings = warningViews(append([]string{words.Decided, words.Next}, words.Actions...)...)
		}
	}
	if v.Writable {
		v.Draft, err = s.draftView(ctx, i, "outcome", a.ID)
	}
	return v, err
}

func (s *Service) caseTextsView(ctx context.Context, i auth.Identity, req caseTextsRequest) (caseTextsView, error) {
	c, err := s.caseSeen(i, req.Case)
	if err != nil {
		return caseTextsView{}, err
	}
	language := i.Language
	if req.Language != "" {
		language = req.Language
	}
	w := copyWordsIn(language)
	var v caseTextsView
	question, err := s.readQuestion(ctx, i, &c)
	if err != nil {
		return v, err
	}
	if req.Appointment == "" {
		if c.Access.Reads {
			v.PatientRecord = w.questionRecord(c.Reference, c.File.Question.Kinds, question)
		}
		return v, nil
	}
	n := slices.IndexFunc(c.Meetings, func(one listed) bool { return one.ID == req.Appointment })
	if n < 0 {
		return v, ErrNotThere
	}
	a, now := &c.Meetings[n], s.now().UnixMilli()
	if c.Access.Reads {
		o, words, _, err := s.readOutcome(ctx, i, &c, a.ID)
		if err != nil {
			return v, err
		}
		v.PatientRecord = w.meetingRecord(s.state.calendar, &a.Appointment, s.unitName(a.Unit), c.File.Question.Kinds, question, o, words)
		if o != nil && o.Next >= s.state.calendar.dayOf(now) {
			v.ClientMessage = w.messageAfter(s.state.calendar, &a.Appointment, o.Next)
		}
	}
	if a.Live() && a.Start > now {
		v.ClientMessage = w.messageTo(s.state.calendar, &a.Appointment, s.unitName(a.Unit))
	}
	return v, nil
}
