package courses

import (
	"context"
	"net/http"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/people"
	"luotsi/server/web"
)

// invitedIn refuses whoever is not the cohort's trainer, and people who are not in it; it is used inside View or a rule.
func (s *State) invitedIn(b borders, by, cohort, person string) (*Cohort, error) {
	c, err := s.cared(b, by, cohort)
	if err != nil {
		return nil, err
	}
	if l := s.learner(person, c.Course); l == nil || l.Cohort != cohort {
		return nil, ErrUnknownLearner
	}
	return c, nil
}

// inviteAgain decides that a learner who never came in gets a new link.
func (s *State) inviteAgain(b borders, by string, now time.Time, cohort, person, invitation string) (journal.Decision, error) {
	if _, err := s.invitedIn(b, by, cohort, person); err != nil {
		return journal.Decision{}, err
	}
	return b.people.RenewInvitation(now, by, person, invitation)
}

// disinvite decides that a learner who never came in leaves the cohort. Their link stops with it, unless they are in another
// cohort too: its trainers count on it.
func (s *State) disinvite(b borders, by, cohort, person string) (journal.Decision, error) {
	c, err := s.invitedIn(b, by, cohort, person)
	if err != nil {
		return journal.Decision{}, err
	}
	decision, err := b.people.WithdrawInvitation(by, person)
	if err != nil {
		return journal.Decision{}, err
	}
	for _, l := range s.learners[person] {
		if l.Cohort != "" && l.Cohort != cohort {
			decision.Events = nil
		}
	}
	decision.Events = append(decision.Events, LearnerRemoved{Cohort: cohort, Course: c.Course, Person: person})
	return decision, nil
}

// InviteAgain sends a learner who never came in a new invitation; the link of the old one stops.
func (s *Service) InviteAgain(ctx context.Context, caller auth.Caller, cohort, person string) error {
	id := s.newID()
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		return s.state.inviteAgain(s.borders, caller.Person, now, cohort, person, id)
	})
	return err
}

// Disinvite takes a learner who never came in out of a cohort, together with their invitation.
func (s *Service) Disinvite(ctx context.Context, caller auth.Caller, cohort, person string) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.state.disinvite(s.borders, caller.Person, cohort, person)
	})
	return err
}

func mountInvitations(r *web.Router, s *Service) {
	const path, tag = "/api/cohorts/:cohort/learners/:person/invitation", "cohorts"
	trainers := auth.Only(auth.Trainer)
	faults := []*fault.Error{ErrUnknownLearner, people.ErrJoined, people.ErrDeactivated}

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: path, ID: "inviteLearnerAgain", Tag: tag, Access: trainers, Faults: faults,
		Summary: "Send a new invitation to a learner who never came in; the old link stops",
	}, func(ctx context.Context, caller auth.Caller, req learnerRequest) (web.None, error) {
		return web.None{}, s.InviteAgain(ctx, caller, req.Cohort, req.Person)
	})

	web.Handle(r, web.Route{
		Method: http.MethodDelete, Path: path, ID: "withdrawInvitation", Tag: tag, Access: trainers, Faults: faults,
		Summary: "Take a learner who never came in out of a cohort; their link stops",
	}, func(ctx context.Context, caller auth.Caller, req learnerRequest) (web.None, error) {
		return web.None{}, s.Disinvite(ctx, caller, req.Cohort, req.Person)
	})
}
