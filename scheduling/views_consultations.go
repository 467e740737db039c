package scheduling

import (
	"context"
	"slices"
	"time"

	"luotsi/server/auth"
)

// consultationView is a consultation with its thread. Withheld says that the client has not let the caller read it; when Gone is
// there, the texts are not.
type consultationView struct {
	consultationListView
	Asks     bool          `json:"asks"`    // the caller is of the side that asked
	Answers  bool          `json:"answers"` // it is the caller's to answer
	Withheld bool          `json:"withheld"`
	Gone     *time.Time    `json:"gone,omitempty"`
	Asked    string        `json:"asked"`
	Known    string        `json:"known"`
	Tried    string        `json:"tried"`
	Messages []messageView `json:"messages"`
	Draft    *draftView    `json:"draft,omitempty"`
	Warnings []warningView `json:"warnings"`
	// JointConsent says that the client has let doctors read for a joint appointment too.
	JointConsent bool `json:"jointConsent"`
}

// messageView is one message. Plan is an answer as it can be copied into the client's plan.
type messageView struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Doctor bool      `json:"doctor"`
	Answer bool      `json:"answer"`
	Text   string    `json:"text"`
	Plan   string    `json:"plan,omitempty"`
	// InPlaceOf is the name of the doctor for whom whoever wrote stood in.
	InPlaceOf string `json:"inPlaceOf,omitempty"`
}

func (s *Service) consultationListViews(list []listedConsultation) []consultationListView {
	views := make([]consultationListView, len(list))
	for i := range list {
		views[i] = s.consultationListView(&list[i])
	}
	return views
}

func (s *Service) consultationListView(c *listedConsultation) consultationListView {
	v := consultationListView{
		ID: c.ID, Case: c.Case, Reference: c.Reference, Kinds: kindCodes(c.Kinds), Unit: c.Unit, UnitName: s.unitName(c.Unit), AskedBy: s.nameOf(c.By),
		AskedAt: moment(c.At), Due: c.Due.Date(), Status: string(c.Status), Overdue: c.Overdue, Closed: optionalTime(c.Closed),
	}
	if c.Doctor != "" {
		v.Doctor = &personTaken{c.Doctor, s.nameOf(c.Doctor)}
	}
	if c.Absent != "" {
		v.Absent = s.nameOf(c.Absent)
	}
	if c.AnsweredAt != 0 {
		v.AnsweredAt, v.AnsweredBy, v.Days = optionalTime(c.AnsweredAt), s.nameOf(c.AnsweredBy), &c.Days
		if first := slices.IndexFunc(c.Messages, func(m Message) bool { return m.Answer }); first >= 0 && c.Messages[first].InPlaceOf != "" {
			v.InPlaceOf = s.nameOf(c.Messages[first].InPlaceOf)
		}
	}
	return v
}

// consultationView shows a consultation to either side; nobody else learns that it is there.
func (s *Service) consultationView(ctx context.Context, i auth.Identity, id string) (consultationView, error) {
	var one listedConsultation
	v := consultationView{Messages: []messageView{}, Warnings: []warningView{}}
	err := error(ErrNoConsultation)
	reads := false
	var gone int64
	now := s.now().UnixMilli()
	today := s.state.calendar.dayOf(now)
	s.journal.View(func() {
		c, ok := s.state.primary.Consultations[id]
		if v.Asks, v.Answers = s.asks(i, &c), s.toAnswer(i, &c, now); !ok || !v.Asks && !v.Answers {
			return
		}
		err = nil
		f := s.state.primary.Files[c.Case]
		reads = slices.Contains(s.accessTo(i, c.Case, now).Written, id)
		v.JointConsent = f.anyConsent(UseJoint, today)
		one = listedConsultation{ID: id, Reference: s.state.primary.Cases[c.Case].Reference, Overdue: c.overdue(today), Consultation: c}
		if c.AnsweredAt != 0 {
			one.Days = s.state.replyDays(&c)
		}
		gone = goneBy(c.Gone, s.state.consultationKeeps(&c, s.textsDays), now)
	})
	if err != nil {
		return v, err
	}
	v.consultationListView = s.consultationListView(&one)
	v.Withheld, v.Gone = !reads, optionalTime(gone)
	if reads && gone == 0 {
		if err := s.readThread(ctx, i, &one, &v); err != nil {
			return v, err
		}
	}
	if one.Closed == 0 && reads {
		v.Draft, err = s.draftView(ctx, i, "consultation", id)
	}
	return v, err
}

// readThread fills in the texts, after the look was logged.
func (s *Service) readThread(ctx context.Context, i auth.Identity, c *listedConsultation, v *consultationView) error {
	authors := []string{c.By}
	for _, m := range c.Messages {
		authors = append(authors, m.By)
	}
	if err := s.looked(ctx, i, c.Case, lookedAtConsultation+c.ID, authors...); err != nil {
		return err
	}
	var q QuestionText
	if _, err := s.readText(ctx, c.Text, &q); err != nil {
		return err
	}
	v.Asked, v.Known, v.Tried = q.Asked, q.Known, q.Tried
	texts := []string{q.Asked, q.Known, q.Tried}
	w := copyWordsIn(i.Language)
	for _, m := range c.Messages {
		var words messageText
		kept, err := s.readText(ctx, m.Text, &words)
		if err != nil {
			return err
		}
		one := messageView{At: moment(m.At), By: s.nameOf(m.By), Doctor: m.Doctor, Answer: m.Answer, Text: words.Text}
		if m.InPlaceOf != "" {
			one.InPlaceOf = s.nameOf(m.InPlaceOf)
		}
		if m.Answer && kept {
			one.Plan = w.planText(s.state.calendar, &m, one.By, v.UnitName, words.Text)
		}
		v.Messages = append(v.Messages, one)
		texts = append(texts, words.Text)
	}
	v.Warnings = warningViews(texts...)
	return nil
}
