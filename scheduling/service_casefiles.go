package scheduling

import (
	"context"
	"encoding/json"
	"errors"

	"slices"
	"strconv"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/people"
	"luotsi/server/vault"
)

// What was looked at, for the access log of a case.
const (
	lookedAtQuestion     = "case_question"
	lookedAtOutcome      = "case_outcome:"
	lookedAtConsultation = "consultation:"
)

// QuestionText is a question's words, as they lie in the vault: no diagnosis, and no name.
type QuestionText struct {
	Asked string `json:"asked"`
	Known string `json:"known,omitempty"`
	Tried string `json:"tried,omitempty"`
}

// OutcomeText is an outcome's words, as they lie in the vault. Actions are beside those of the event.
type OutcomeText struct {
	Decided string   `json:"decided"`
	Actions []string `json:"actions,omitempty"`
	Next    string   `json:"next,omitempty"`
}

// putText keeps what is encoded under a new id, before the commit that names it. When that does not come about, the nightly
// sweep takes it: a commit whose answer got lost may still name it.
func (s *Service) putText(ctx context.Context, author string, words any) (string, error) {
	text, err := json.Marshal(words)
	if err != nil {
		return "", err
	}
	id := s.newID()
	return id, s.vault.Put(ctx, id, []string{author}, string(text))
}

// readText opens what putText kept; false when it is not kept any more.
func (s *Service) readText(ctx context.Context, id string, words any) (bool, error) {
	text, err := s.vault.Get(ctx, id)
	if errors.Is(err, vault.ErrGone) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, json.Unmarshal([]byte(text), words)
}

// dropText deletes a text that a commit has put out of use. What can not be deleted now is swept at night.
func (s *Service) dropText(ctx context.Context, ids ...string) {
	ids = slices.DeleteFunc(ids, func(id string) bool { return id == "" })
	_ = s.vault.Delete(context.WithoutCancel(ctx), ids...)
}

// dropDraft deletes the draft of what was written. One that stays is offered again, which loses nothing.
func (s *Service) dropDraft(ctx context.Context, person, subject string) {
	_ = s.vault.DeleteDraft(context.WithoutCancel(ctx), person, subject)
}

// caseAccess is how somebody has to do with a case.
type caseAccess struct {
	Carries bool      // answers for it
	Role    auth.Role // in which they take part, or in the place of whom they do; empty when they do not
	Reads   bool      // the question, and the outcomes of their own appointments
	Part    []string  // the appointments in which they take part
	Written []string  // the consultations that they may read
	Asked   bool      // one is theirs to answer, whether or not they may read it
}

func (c *caseAccess) any() bool { return c.Carries || c.Role != "" || c.Asked }

// accessTo says how somebody has to do with a case. It reads the state: call it inside View or a rule.
func (s *Service) accessTo(i auth.Identity, id string, now int64) caseAccess {
	f := s.state.primary.Files[id]
	today := s.state.calendar.dayOf(now)
	c := caseAccess{Carries: s.carries(i, id)}
	for _, one := range s.state.ofCase[id] {
		a := s.state.primary.Appointments[one]
		seat := a.Seat(i.Person)
		if seat < 0 && s.standsIn(i.Person, &a, now) {
			seat = 0
		}
		if seat < 0 || a.Status != Asked && !a.Sure() || !s.comesStill(i, &a, seat) {
			continue
		}
		c.Part = append(c.Part, one)
		c.Role = a.Participants[seat].Role
		c.Reads = c.Reads || f.consented(i.Person, c.Role, UseJoint, today)
	}
	c.Reads = c.Reads || c.Carries
	for _, one := range s.state.consultations[id] {
		w := s.state.primary.Consultations[one]
		answers := s.toAnswer(i, &w, now)
		c.Asked = c.Asked || answers
		if c.Carries || s.wrote(i, &w) || answers && f.consented(i.Person, auth.Doctor, UseWritten, today) {
			c.Written = append(c.Written, one)
		}
	}
	return c
}

// comesStill reports whether somebody has the role in which they have a seat: the doctor in the organisation whose hours these are.
func (s *Service) comesStill(i auth.Identity, a *Appointment, seat int) bool {
	if seat == 0 {
		u, _ := s.people.Unit(a.Unit)
		return i.HasInOrg(u.Org, auth.Doctor)
	}
	return i.Has(a.Participants[seat].Role)
}

// draftOf names the draft of a person on a part of a case.
func draftOf(part, id string) string { return draftsOfCases + part + "." + id }

const draftsOfCases = "case."

// SetQuestion writes the question to the doctor.
func (s *Service) SetQuestion(ctx context.Context, caller auth.Caller, w QuestionWish, words QuestionText, consent bool) error {
	var err error
	if w.Text, err = s.putText(ctx, caller.Person, words); err != nil {
		return err
	}
	if consent {
		w.Consent = s.newID()
	}
	before := ""
	_, err = s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		if !s.carries(caller.Identity, w.Case) {
			return journal.Decision{}, ErrNoCase
		}
		before = s.state.primary.Files[w.Case].Question.Text
		return s.state.SetQuestion(now, w)
	})
	if err != nil {
		return err
	}
	s.dropText(ctx, before)
	s.dropDraft(ctx, caller.Person, draftOf("question", w.Case))
	return nil
}

// SetOutcome writes what a meeting came to: who takes part does, and who carries the case.
func (s *Service) SetOutcome(ctx context.Context, caller auth.Caller, w OutcomeWish, words OutcomeText) error {
	var err error
	if w.Text, err = s.putText(ctx, caller.Person, words); err != nil {
		return err
	}
	before := ""
	_, err = s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		a, ok := s.state.primary.Appointments[w.Appointment]
		if !ok || !s.maySee(caller.Identity, &a) {
			return journal.Decision{}, ErrNotThere
		}
		if access := s.accessTo(caller.Identity, a.Case, now.UnixMilli()); !access.writesOutcome(w.Appointment) {
			return journal.Decision{}, auth.ErrForbidden
		}
		for i, action := range w.Actions {
			if !slices.Contains(actionRoles, action.Who) && !a.Has(action.Who) {
				return journal.Decision{}, fault.Bad(actionField(i, "who"), "unknown")
			}
		}
		f := s.state.primary.Files[a.Case]
		if i := f.outcome(w.Appointment); i >= 0 {
			before = f.Outcomes[i].Text
		}
		return s.state.SetOutcome(now, s.textsDays, w)
	})
	if err != nil {
		return err
	}
	s.dropText(ctx, before)
	s.dropDraft(ctx, caller.Person, draftOf("outcome", w.Appointment))
	return nil
}

// written says, beside the appointments, of which the outcome is written.
func (s *Service) written(list []listed) []bool {
	is := make([]bool, len(list))
	s.journal.View(func() {
		for n := range list {
			f := s.state.primary.Files[list[n].Case]
			is[n] = f.outcome(list[n].ID) >= 0
		}
	})
	return is
}

func (c *caseAccess) writesOutcome(appointment string) bool {
	return c.Carries || c.Reads && slices.Contains(c.Part, appointment) && (c.Role == auth.Doctor || c.Role == auth.Coordinator || c.Role == auth.Professional)
}

// actionRoles are those who can do something without being named.
var actionRoles = []string{"client", string(auth.Coordinator), string(auth.Doctor), string(auth.Professional), "other"}

// consentRoles are the roles to which a consent can be given as a whole.
var consentRoles = []auth.Role{auth.Doctor, auth.Coordinator, auth.Professional, RoleInterpreter}

// RecordConsent notes a consent of the client.
func (s *Service) RecordConsent(ctx context.Context, caller auth.Caller, id string, c Consent) error {
	c.ID = s.newID()
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		if !s.carries(caller.Identity, id) {
			return journal.Decision{}, ErrNoCase
		}
		if !slices.Contains(consentRoles, auth.Role(c.Recipient)) && !s.comes(id, c.Recipient) {
			return journal.Decision{}, fault.Bad("recipient", "unknown")
		}
		return s.state.RecordConsent(now, id, c)
	})
	return err
}

// comes reports whether a person takes part in any appointment of the case, or is asked in writing.
func (s *Service) comes(id, person string) bool {
	return slices.ContainsFunc(s.state.ofCase[id], func(one string) bool {
		a := s.state.primary.Appointments[one]
		return a.Has(person) && a.Live()
	}) || slices.ContainsFunc(s.state.consultations[id], func(one string) bool {
		return s.state.primary.Consultations[one].Doctor == person && person != ""
	})
}

// WithdrawConsent takes a consent back: from this moment its recipient does not get the texts.
func (s *Service) WithdrawConsent(ctx context.Context, caller auth.Caller, id, consent string) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		if !s.carries(caller.Identity, id) {
			return journal.Decision{}, ErrNoCase
		}
		return s.state.WithdrawConsent(id, consent)
	})
	return err
}

// ReopenCase lets a closed case of the caller's go on.
func (s *Service) ReopenCase(ctx context.Context, caller auth.Caller, id string) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		if !s.carries(caller.Identity, id) {
			return journal.Decision{}, ErrNoCase
		}
		return s.state.ReopenCase(id)
	})
	return err
}

// Looks lists who looked at the texts of a case, newest first: for who carries it.
func (s *Service) Looks(ctx context.Context, i auth.Identity, id string) ([]people.Access, error) {
	carries := false
	s.journal.View(func() { carries = s.carries(i, id) })
	if !carries {
		return nil, ErrNoCase
	}
	return s.access.Of(ctx, id)
}

// looked writes into the case's log that somebody is about to be shown something that others wrote.
func (s *Service) looked(ctx context.Context, i auth.Identity, id, what string, authors ...string) error {
	if !slices.ContainsFunc(authors, func(author string) bool { return author != i.Person }) {
		return nil
	}
	return s.access.Record(ctx, i.Person, id, what)
}

// actionField names a field of one action of a request.
func actionField(i int, name string) string { return "actions[" + strconv.Itoa(i) + "]." + name }
