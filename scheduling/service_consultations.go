package scheduling

import (
	"cmp"
	"context"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/people"
)

// messageText is a message's words, as they lie in the vault.
type messageText struct {
	Text string `json:"text"`
}

// toAnswer reports whether a consultation is the caller's to answer: it was put to them, to the doctors of their unit, or to
// somebody for whom they stand in at that moment. It reads the state: call it inside View or a rule.
func (s *Service) toAnswer(i auth.Identity, c *Consultation, now int64) bool {
	switch {
	case !i.Has(auth.Doctor):
		return false
	case c.Doctor == "":
		return i.HasIn(c.Unit, auth.Doctor)
	case c.Doctor == i.Person:
		u, _ := s.people.Unit(c.Unit)
		return i.HasInOrg(u.Org, auth.Doctor)
	}
	return s.deputyOf(c.Doctor, c.Unit, now) == i.Person
}

// asks reports whether the caller is the side that asked.
func (s *Service) asks(i auth.Identity, c *Consultation) bool {
	return s.carries(i, c.Case) || s.wrote(i, c)
}

// wrote reports whether the caller put the question, and still works where its case is looked after.
func (s *Service) wrote(i auth.Identity, c *Consultation) bool {
	return c.By == i.Person && i.Has(auth.Coordinator) && s.roster().answers(i.Person, s.state.primary.Cases[c.Case].Unit)
}

// doctorsOf lists the active doctors of a unit, by id.
func (s *Service) doctorsOf(unit string) (doctors []string) {
	for person := range s.people.Members(unit) {
		if s.works(person, unit, auth.Doctor) {
			doctors = append(doctors, person)
		}
	}
	slices.Sort(doctors)
	return doctors
}

// AskConsultation puts a question to a doctor, or to any doctor of a unit, and gives the consultation's id. A doctor who is away
// has named who gets it instead.
func (s *Service) AskConsultation(ctx context.Context, caller auth.Caller, w ConsultationWish, words QuestionText, consent bool) (string, error) {
	var err error
	if w.Text, err = s.putText(ctx, caller.Person, words); err != nil {
		return "", err
	}
	w.Consultation, w.NewCase, w.References = s.newID(), s.newID(), newReferences()
	if consent {
		w.Consent = s.newID()
	}
	doctor := w.Doctor
	answer, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		doctors := s.doctorsOf(w.Unit)
		if !s.people.CanSee(caller.Identity, w.Unit, people.ForJointAppointments) || len(doctors) == 0 ||
			doctor != "" && !slices.Contains(doctors, doctor) {
			return journal.Decision{}, ErrPerson
		}
		if w.Case != "" && !s.carries(caller.Identity, w.Case) {
			return journal.Decision{}, ErrNoCase
		}
		w.Doctor, w.Told = doctor, doctors
		if doctor != "" {
			w.Absent = ""
			if deputy := s.deputyOf(doctor, w.Unit, now.UnixMilli()); deputy != "" {
				w.Doctor, w.Absent = deputy, doctor
			}
			w.Told = []string{w.Doctor}
		}
		w.Owner, w.OwnerUnit = s.owner(caller.Identity, nil, w.Unit)
		return s.state.AskConsultation(now, w)
	})
	if err != nil {
		return "", err
	}
	s.dropDraft(ctx, caller.Person, draftOf("consultation", "new"))
	return answer.IDs[0], nil
}

// WriteMessage adds a message to a consultation, from whichever side the caller is on.
func (s *Service) WriteMessage(ctx context.Context, caller auth.Caller, id, text string, answer bool) error {
	m := Message{Answer: answer}
	var err error
	if m.Text, err = s.putText(ctx, caller.Person, messageText{text}); err != nil {
		return err
	}
	_, err = s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		c, ok := s.state.primary.Consultations[id]
		asks, answers := s.asks(caller.Identity, &c), s.toAnswer(caller.Identity, &c, now.UnixMilli())
		if !ok || !asks && !answers {
			return journal.Decision{}, ErrNoConsultation
		}
		var told []string
		m.InPlaceOf = ""
		if answers && c.Doctor != "" && c.Doctor != caller.Person {
			m.InPlaceOf = c.Doctor
		}
		switch m.Doctor = answers; {
		case answers && !slices.Contains(s.accessTo(caller.Identity, c.Case, now.UnixMilli()).Written, id):
			return journal.Decision{}, ErrNoConsent
		case answers:
			told = []string{cmp.Or(s.state.primary.Cases[c.Case].Owner, c.By)}
		case c.Doctor != "": // a deputy who answered has the consultation only as long as they stand in
			told = []string{cmp.Or(s.deputyOf(c.Doctor, c.Unit, now.UnixMilli()), c.Doctor)}
		case c.AnsweredBy != "":
			told = []string{c.AnsweredBy}
		default:
			told = s.doctorsOf(c.Unit)
		}
		return s.state.Write(now, id, m, told)
	})
	if err != nil {
		return err
	}
	s.dropDraft(ctx, caller.Person, draftOf("consultation", id))
	return nil
}

// CloseConsultation ends a consultation that the caller's side asked.
func (s *Service) CloseConsultation(ctx context.Context, caller auth.Caller, id string) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		c, ok := s.state.primary.Consultations[id]
		if !ok || !s.asks(caller.Identity, &c) {
			return journal.Decision{}, s.refuse(caller.Identity, &c, ok)
		}
		return s.state.CloseConsultation(id, false)
	})
	return err
}

// refuse is what somebody gets who does not ask: the doctor's side may see it, nobody else knows of it.
func (s *Service) refuse(i auth.Identity, c *Consultation, ok bool) error {
	if ok && s.toAnswer(i, c, s.now().UnixMilli()) {
		return auth.ErrForbidden
	}
	return ErrNoConsultation
}

// TurnConsultation ends a consultation because a joint appointment takes its place. The question goes along: it becomes that of
// the case, unless another was written since. The consent to be read in writing is none for the meeting, so it has to hold too.
func (s *Service) TurnConsultation(ctx context.Context, caller auth.Caller, id string, consent bool) error {
	var c Consultation
	mine := false
	s.journal.View(func() {
		known := false
		if c, known = s.state.primary.Consultations[id]; known {
			mine = s.asks(caller.Identity, &c)
		}
	})
	var words QuestionText
	copied := ""
	if mine {
		kept, err := s.readText(ctx, c.Text, &words)
		if err != nil {
			return err
		}
		if kept {
			if copied, err = s.putText(ctx, c.By, words); err != nil {
				return err
			}
		}
	}
	newConsent := ""
	if consent {
		newConsent = s.newID()
	}
	before := ""
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		c, ok := s.state.primary.Consultations[id]
		if !ok || !s.asks(caller.Identity, &c) {
			return journal.Decision{}, s.refuse(caller.Identity, &c, ok)
		}
		d, err := s.state.CloseConsultation(id, true)
		q := s.state.primary.Files[c.Case].Question
		if err != nil || copied == "" || q.Version > 0 && q.Gone == 0 && q.At >= c.At {
			return d, err
		}
		set, err := s.state.SetQuestion(now, QuestionWish{Case: c.Case, Text: copied, Kinds: c.Kinds, Version: q.Version, Consent: newConsent})
		if err != nil {
			return d, err
		}
		before = q.Text
		d.Events = append(set.Events, d.Events...)
		return d, nil
	})
	if err != nil {
		return err
	}
	s.dropText(ctx, before)
	return nil
}

// listedConsultation is one in a list.
type listedConsultation struct {
	ID        string
	Reference string
	Overdue   bool
	Days      int // working days the first answer took
	Consultation
}

// Consultations lists, without their texts, those that the caller's side asked and those that are theirs to answer: what waits
// first, the earliest due before the others; then the newest. Those that are over only when they are asked for.
func (s *Service) Consultations(i auth.Identity, over bool) (asked, toAnswer []listedConsultation) {
	now := s.now().UnixMilli()
	today := s.state.calendar.dayOf(now)
	s.journal.View(func() {
		for id, c := range s.state.primary.Consultations {
			if c.Closed != 0 && !over {
				continue
			}
			asks, answers := s.asks(i, &c), s.toAnswer(i, &c, now)
			if !asks && !answers {
				continue
			}
			one := listedConsultation{ID: id, Reference: s.state.primary.Cases[c.Case].Reference, Overdue: c.overdue(today), Consultation: c}
			if c.AnsweredAt != 0 {
				one.Days = s.state.replyDays(&c)
			}
			if asks {
				asked = append(asked, one)
			}
			if answers {
				toAnswer = append(toAnswer, one)
			}
		}
	})
	for _, list := range [][]listedConsultation{asked, toAnswer} {
		slices.SortFunc(list, func(a, b listedConsultation) int {
			switch {
			case a.Open() != b.Open():
				if a.Open() {
					return -1
				}
				return 1
			case a.Open():
				return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.At, b.At), cmp.Compare(a.ID, b.ID))
			}
			return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(a.ID, b.ID))
		})
	}
	return asked, toAnswer
}

// unitReplies is how a unit answers.
type unitReplies struct {
	Unit, UnitName string
	Target         int
	MaySet         bool
	Few            bool // answered by so few doctors that the unit's figure would tell of one
	replies
}

// fewestAnswerers is how many doctors must have answered before a unit's median is told. One doctor's is only theirs, and of two each
// could work out the other's from the unit's and their own.
const fewestAnswerers = 3

// Replies says how the units that the caller has to do with answer, and how the caller does who is a doctor. Nobody else learns
// how one doctor does.
func (s *Service) Replies(i auth.Identity) (units []unitReplies, own replies) {
	now := s.now().UnixMilli()
	today := s.state.calendar.dayOf(now)
	s.journal.View(func() {
		of, answerers := map[string]*unitReplies{}, map[string]map[string]bool{}
		for u := range s.people.Units() {
			sees := i.HasIn(u.ID, auth.Doctor, auth.Scheduler, auth.Manager) || i.HasInOrg(u.Org, auth.Manager, auth.Admin) ||
				i.Has(auth.Coordinator) && s.people.CanSee(i, u.ID, people.ForJointAppointments)
			if sees && len(s.doctorsOf(u.ID)) > 0 {
				of[u.ID] = &unitReplies{Unit: u.ID, UnitName: u.Name, Target: s.state.target(u.ID), MaySet: s.maySetTarget(i, u.ID)}
			}
		}
		for _, c := range s.state.primary.Consultations {
			groups := make([]*replies, 0, 2)
			if u := of[c.Unit]; u != nil {
				groups = append(groups, &u.replies)
				if c.AnsweredBy != "" {
					if answerers[c.Unit] == nil {
						answerers[c.Unit] = map[string]bool{}
					}
					answerers[c.Unit][c.AnsweredBy] = true
				}
			}
			if c.AnsweredBy == i.Person && c.AnsweredBy != "" || c.AnsweredBy == "" && c.Doctor == i.Person {
				groups = append(groups, &own)
			}
			for _, g := range groups {
				if c.AnsweredAt != 0 {
					g.Answered++
					g.Days = append(g.Days, s.state.replyDays(&c))
				}
				if c.Status == AwaitsDoctor {
					g.Waiting++
				}
				if c.overdue(today) {
					g.Overdue++
				}
			}
		}
		for _, u := range of {
			slices.Sort(u.Days)
			if u.Few = u.Answered > 0 && len(answerers[u.Unit]) < fewestAnswerers; u.Few {
				u.Days = nil
			}
			units = append(units, *u)
		}
	})
	slices.Sort(own.Days)
	slices.SortFunc(units, func(a, b unitReplies) int {
		return cmp.Or(cmp.Compare(a.UnitName, b.UnitName), cmp.Compare(a.Unit, b.Unit))
	})
	return units, own
}

func (s *Service) maySetTarget(i auth.Identity, unit string) bool {
	u, known := s.people.Unit(unit)
	return known && (i.HasIn(unit, auth.Scheduler) || i.HasInOrg(u.Org, auth.Admin))
}

// SetTarget says within how many working days a unit answers: its scheduler does, and its organisation's administrators.
func (s *Service) SetTarget(ctx context.Context, caller auth.Caller, unit string, days int) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		if !s.maySetTarget(caller.Identity, unit) {
			return journal.Decision{}, fault.New(fault.NotFound, "not_found", "there is no such unit")
		}
		return s.state.SetTarget(unit, days)
	})
	return err
}
