package people

import (
	"strconv"
	"strings"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
)

// How long sessions and links serve.
const (
	SessionLife = 30 * 24 * time.Hour // at most, whatever is done
	SessionIdle = 12 * time.Hour      // without renewing
	ResetLife   = time.Hour
)

// The refusals about signing in.
var (
	ErrSignInFailed  = fault.New(fault.Unauthenticated, "sign_in_failed", "wrong address or password, or the account is not active")
	ErrSignedOut     = fault.New(fault.Unauthenticated, "signed_out", "the session is over")
	ErrPasswordWrong = fault.New(fault.Conflict, "password_wrong", "the current password is another one")
)

// endedSession is a session that its person signed out of.
type endedSession struct {
	ID string
	At int64 // unix ms
}

// newSessionID puts the beginning of a session into its id, so that a token alone tells whether SessionsEnded came after
// it. The token's own time of issue would not do: a server that has not read the commit yet could still renew.
func newSessionID(id string, began time.Time) string {
	return id + "-" + strconv.FormatInt(began.UnixMilli(), 36)
}

// beganAt reads it back; the zero time for what is no session id of ours.
func beganAt(session string) time.Time {
	ms, err := strconv.ParseInt(session[strings.LastIndexByte(session, '-')+1:], 36, 64)
	if err != nil || ms < 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// began is the moment a new session of the person begins: now, but always after the last time all were ended, though the
// clock of the server that ended them was ahead.
func (s *State) began(person string, now time.Time) time.Time {
	if ended := s.kept.People[person].EndedAt; now.UnixMilli() <= ended {
		return time.UnixMilli(ended + 1).UTC()
	}
	return now
}

// sessionOpen reports whether a session of a person still counts.
func (s *State) sessionOpen(person, session string) bool {
	p, known := s.kept.People[person]
	if !known || !p.in() || s.ended[session] {
		return false
	}
	return beganAt(session).UnixMilli() > p.EndedAt || session == p.Except && session != ""
}

func (s *State) endSession(person, session string) (journal.Decision, error) {
	if !s.sessionOpen(person, session) {
		return journal.Decision{}, nil
	}
	return journal.Happens(SessionEnded{Person: person, Session: session}), nil
}

func (s *State) endSessions(person string) (journal.Decision, error) {
	if p, known := s.kept.People[person]; !known || p.Erased {
		return journal.Decision{}, ErrNotFound
	}
	return journal.Happens(SessionsEnded{Person: person, Asked: true}), nil
}

// askReset decides that a link goes out. Nothing happens for somebody who could not sign in anyway.
func (s *State) askReset(now time.Time, person, reset string) (journal.Decision, error) {
	if p, known := s.kept.People[person]; !known || !p.in() {
		return journal.Decision{}, nil
	}
	return journal.Happens(ResetAsked{Person: person, Reset: reset, Expires: now.Add(ResetLife).UnixMilli()}), nil
}

// resetting finds whose password an open link resets. A link that was replaced by a newer one counts as expired, and so does
// one from before all sessions were ended: whoever changed the password meant to shut everybody else out.
func (s *State) resetting(now time.Time, reset string) (person string, err error) {
	person, known := s.resets[reset]
	if !known {
		return "", auth.ErrLinkExpired
	}
	p := s.kept.People[person]
	if err := p.Reset.open(now); err != nil {
		return "", err
	}
	if !p.in() || p.Reset.Expires-ResetLife.Milliseconds() < p.EndedAt {
		return "", auth.ErrLinkExpired
	}
	return person, nil
}

func (s *State) resetPassword(now time.Time, reset, credential string) (journal.Decision, error) {
	person, err := s.resetting(now, reset)
	if err != nil {
		return journal.Decision{}, err
	}
	return journal.Happens(
		PasswordSet{Person: person, Credential: credential, Reset: true},
		SessionsEnded{Person: person},
	).Answering(person), nil
}

// changePassword replaces the password that was just checked (checked is its id); all other sessions end.
func (s *State) changePassword(person, session, checked, credential string) (journal.Decision, error) {
	p, known := s.kept.People[person]
	switch {
	case !known || !p.in():
		return journal.Decision{}, ErrSignedOut
	case p.Credential != checked:
		return journal.Decision{}, ErrPasswordWrong
	}
	return journal.Happens(
		PasswordSet{Person: person, Credential: credential},
		SessionsEnded{Person: person, Except: session},
	), nil
}
