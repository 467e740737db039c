package people

import (
	"context"
	"time"

	"luotsi/server/journal"
	"luotsi/server/mail"
)

// Announce is the mail.Announcer of people: invitations, password resets, and what a person should know about their account.
func (s *Service) Announce(ctx context.Context, m journal.Meta, event journal.Event) ([]mail.Message, error) {
	switch e := event.(type) {
	case PersonInvited:
		return s.announceInvitation(e.Person, e.Invitation, e.Expires), nil
	case InvitationRenewed:
		return s.announceInvitation(e.Person, e.Invitation, e.Expires), nil
	case ResetAsked:
		expires := time.UnixMilli(e.Expires)
		return s.toPerson(e.Person, s.current(func(p record) bool { return p.Reset.ID == e.Reset && !p.Reset.Used }, e.Person) && s.Now().Before(expires),
			func(n Name) mail.Words {
				return mail.PasswordReset(n.Language, n.Name, s.resetLink(e.Reset, expires), expires)
			}), nil
	case PasswordSet:
		return s.toPerson(e.Person, true, func(n Name) mail.Words {
			return mail.PasswordChanged(n.Language, n.Name, s.forgottenPage(), m.At)
		}), nil
	case SessionsEnded:
		if !e.Asked {
			return nil, nil
		}
		return s.toPerson(e.Person, true, func(n Name) mail.Words {
			return mail.SignedOutEverywhere(n.Language, n.Name, s.forgottenPage(), m.At)
		}), nil
	case FeedbackAnswered:
		return s.announceAnswer(ctx, e)
	}
	return nil, nil
}

// announceInvitation sends the link, unless it does not serve any more: replaced, used, or too old.
func (s *Service) announceInvitation(person, invitation string, expires int64) []mail.Message {
	until := time.UnixMilli(expires)
	open := s.current(func(p record) bool { return p.Invitation.ID == invitation && !p.Invitation.Used && !p.Deactivated }, person)
	organisation, language := "", ""
	s.Journal.View(func() {
		p := s.State.kept.People[person]
		organisation, language = s.State.kept.Organisations[p.Org].Name, p.Language
	})
	return s.toPerson(person, open && s.Now().Before(until), func(n Name) mail.Words {
		return mail.Invitation(language, n.Name, organisation, s.invitationLink(invitation, until), until)
	})
}

func (s *Service) current(is func(record) bool, person string) (yes bool) {
	s.Journal.View(func() {
		p, known := s.State.kept.People[person]
		yes = known && !p.Erased && is(p)
	})
	return yes
}

// toPerson is one message to a person; without an address when it must not go out any more, or the person was erased.
func (s *Service) toPerson(person string, still bool, words func(Name) mail.Words) []mail.Message {
	name := s.Names.Of(person)
	m := mail.Message{Person: person}
	if still && name.Email != "" {
		m.To, m.ToName, m.Language = name.Email, name.Name, name.Language
		m = words(name).Into(m)
	}
	return []mail.Message{m}
}

func (s *Service) announceAnswer(ctx context.Context, e FeedbackAnswered) ([]mail.Message, error) {
	var person string
	s.Journal.View(func() { person = s.State.kept.Feedback[e.Feedback].Person })
	given, err := s.feedbackText(ctx, e.Feedback)
	if err != nil {
		return nil, err
	}
	answer, err := s.text(ctx, e.Answer)
	if err != nil {
		return nil, err
	}
	name := s.Names.Of(person)
	if given.Email != "" {
		name.Email = given.Email
	}
	m := mail.Message{Person: person}
	if name.Email != "" && answer != "" {
		if name.Language == "" {
			name.Language = "fi"
		}
		m.To, m.ToName, m.Language = name.Email, name.Name, name.Language
		m = mail.FeedbackAnswered(name.Language, name.Name, given.Text, answer).Into(m)
	}
	return []mail.Message{m}, nil
}
