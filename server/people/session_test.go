package people

import (
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

func TestPasswordRules(t *testing.T) {
	asked := ResetAsked{Person: "otto", Reset: "r", Expires: day.Add(time.Hour).UnixMilli()}
	reset := func(id string) rule {
		return func(s *State, now time.Time) (journal.Decision, error) { return s.resetPassword(now, id, "c") }
	}
	done := []journal.Event{PasswordSet{Person: "otto", Credential: "c", Reset: true}, SessionsEnded{Person: "otto"}}
	ask := func(person string) rule {
		return func(s *State, now time.Time) (journal.Decision, error) { return s.askReset(now, person, "r") }
	}
	change := func(person, checked string) rule {
		return func(s *State, _ time.Time) (journal.Decision, error) {
			return s.changePassword(person, "session", checked, "c")
		}
	}
	runRules(t, []ruleTest{
		{name: "ask", when: ask("otto"), then: []journal.Event{asked}},
		{name: "ask, of nobody", when: ask("")},
		{name: "ask, of an invited person", when: ask("veera")},
		{name: "ask, of a deactivated person", given: []journal.Event{PersonDeactivated{Person: "otto"}}, when: ask("otto")},
		{name: "reset ends all sessions", given: []journal.Event{asked}, when: reset("r"), then: done},
		{name: "reset one millisecond before an hour", at: day.Add(time.Hour - time.Millisecond), given: []journal.Event{asked}, when: reset("r"), then: done},
		{name: "reset at an hour", at: day.Add(time.Hour), given: []journal.Event{asked}, when: reset("r"), fails: auth.ErrLinkExpired},
		{name: "reset twice", given: append([]journal.Event{asked}, done...), when: reset("r"), fails: auth.ErrLinkUsed},
		{name: "reset with a replaced link", given: []journal.Event{asked, ResetAsked{Person: "otto", Reset: "r2", Expires: asked.Expires}}, when: reset("r"), fails: auth.ErrLinkExpired},
		{name: "reset by somebody deactivated since", given: []journal.Event{asked, PersonDeactivated{Person: "otto"}}, when: reset("r"), fails: auth.ErrLinkExpired},
		{name: "reset by somebody erased since", given: []journal.Event{asked, PersonErased{Person: "otto"}}, when: reset("r"), fails: auth.ErrLinkExpired},
		{name: "change keeps this session", when: change("otto", "c-otto"), then: []journal.Event{PasswordSet{Person: "otto", Credential: "c"}, SessionsEnded{Person: "otto", Except: "session"}}},
		{name: "change after another change", given: []journal.Event{PasswordSet{Person: "otto", Credential: "c2"}}, when: change("otto", "c-otto"), fails: ErrPasswordWrong},
		{name: "change by somebody deactivated since", given: []journal.Event{PersonDeactivated{Person: "otto"}}, when: change("otto", "c-otto"), fails: ErrSignedOut},
		{
			name: "choose the same language",
			when: func(s *State, _ time.Time) (journal.Decision, error) { return s.chooseLanguage("otto", "sv") },
		},
		{
			name: "choose a language", then: []journal.Event{LanguageChosen{Person: "otto", Language: "en"}},
			when: func(s *State, _ time.Time) (journal.Decision, error) { return s.chooseLanguage("otto", "en") },
		},
	})
}

func TestSessionsEnd(t *testing.T) {
	session := func(id string, began time.Time) string { return newSessionID(id, began) }
	end := day.Add(time.Hour)
	before, same, after := session("a", end.Add(-time.Millisecond)), session("b", end), session("0190f1d2-7b7e-7c3c-9a55-1d2b1f3a4c5d", end.Add(time.Millisecond))
	for _, test := range []struct {
		name    string
		event   journal.Event
		session string
		want    bool
	}{
		{"nothing happened", nil, before, true},
		{"ended everywhere, began before", SessionsEnded{Person: "otto"}, before, false},
		{"ended everywhere, began at that millisecond", SessionsEnded{Person: "otto"}, same, false},
		{"ended everywhere, began after", SessionsEnded{Person: "otto"}, after, true},
		{"all but this", SessionsEnded{Person: "otto", Except: before}, before, true},
		{"all but another", SessionsEnded{Person: "otto", Except: same}, before, false},
		{"somebody else's ended", SessionsEnded{Person: "aino"}, before, true},
		{"this one ended", SessionEnded{Person: "otto", Session: before}, before, false},
		{"another one ended", SessionEnded{Person: "otto", Session: same}, before, true},
		{"deactivated", PersonDeactivated{Person: "otto"}, after, false},
		{"erased", PersonErased{Person: "otto"}, after, false},
		{"what is no session id", nil, "!", false},
		{"no session, after an end without exception", SessionsEnded{Person: "otto"}, "", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := happened(t, region...)
			if test.event != nil {
				s.Apply(journal.Meta{Number: 100, At: end}, test.event)
			}
			if got := s.sessionOpen("otto", test.session); got != test.want {
				t.Errorf("got %v", got)
			}
		})
	}
	t.Run("let in again, sessions of before stay ended", func(t *testing.T) {
		s := happened(t, region...)
		s.Apply(journal.Meta{Number: 100, At: end}, PersonDeactivated{Person: "otto"})
		s.Apply(journal.Meta{Number: 101, At: end.Add(time.Second)}, PersonReactivated{Person: "otto"})
		if s.sessionOpen("otto", before) || !s.sessionOpen("otto", after) {
			t.Error("a session of before opened, or one of after did not")
		}
	})
	t.Run("a new session begins after the end, whatever the clock says", func(t *testing.T) {
		s := happened(t, region...)
		s.Apply(journal.Meta{Number: 100, At: end}, SessionsEnded{Person: "otto"})
		if id := newSessionID("a", s.began("otto", end.Add(-3*time.Second))); !s.sessionOpen("otto", id) {
			t.Error("the new session is over at once")
		}
	})
	t.Run("ended sessions are forgotten when all of their time are over", func(t *testing.T) {
		s := happened(t, region...)
		s.Apply(journal.Meta{Number: 100, At: end}, SessionEnded{Person: "otto", Session: before})
		s.Apply(journal.Meta{Number: 101, At: end.Add(SessionLife)}, SessionEnded{Person: "otto", Session: same})
		if len(s.ended) != 2 {
			t.Errorf("forgotten too early: %v", s.ended)
		}
		s.Apply(journal.Meta{Number: 102, At: end.Add(SessionLife + time.Millisecond)}, SessionEnded{Person: "otto", Session: after})
		if len(s.ended) != 2 || s.ended[before] || len(s.Check()) != 0 {
			t.Errorf("got %v, %v", s.ended, s.Check())
		}
	})
}

func TestFeedbackIsDueInFourteenFinnishDays(t *testing.T) {
	for _, test := range []struct {
		name    string
		given   time.Time
		due     string
		asked   time.Time
		overdue bool
	}{
		{"on the due day", time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), "2026-03-16", time.Date(2026, 3, 16, 21, 59, 59, 0, time.UTC), false},
		{"from the next Finnish midnight on", time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), "2026-03-16", time.Date(2026, 3, 16, 22, 0, 0, 0, time.UTC), true},
		{"given after Finnish midnight, still yesterday in UTC", time.Date(2026, 3, 1, 22, 0, 0, 0, time.UTC), "2026-03-16", time.Date(2026, 3, 16, 12, 0, 0, 0, time.UTC), false},
		{"over the change to summer time", time.Date(2026, 3, 20, 23, 30, 0, 0, time.UTC), "2026-04-04", time.Date(2026, 4, 4, 20, 59, 0, 0, time.UTC), false},
		{"over the change to summer time, an hour later", time.Date(2026, 3, 20, 23, 30, 0, 0, time.UTC), "2026-04-04", time.Date(2026, 4, 4, 21, 0, 0, 0, time.UTC), true},
	} {
		t.Run(test.name, func(t *testing.T) {
			due := dueDay(test.given)
			if due != test.due {
				t.Errorf("due %s, want %s", due, test.due)
			}
			if got := (feedback{Due: due}).overdue(test.asked); got != test.overdue {
				t.Errorf("overdue: %v", got)
			}
			if (feedback{Due: due, Answer: "a"}).overdue(test.asked) {
				t.Error("answered and overdue")
			}
		})
	}
	given := FeedbackGiven{Feedback: "f", Person: "otto", Org: "org", Due: "2026-03-16"}
	answer := func(by string) rule {
		return func(s *State, _ time.Time) (journal.Decision, error) { return s.answerFeedback(by, "f", "a") }
	}
	give := func(by string) rule {
		return func(s *State, now time.Time) (journal.Decision, error) { return s.giveFeedback(now, by, "f") }
	}
	runRules(t, []ruleTest{
		{name: "given by a person of another organisation", when: give("selma"), then: []journal.Event{FeedbackGiven{Feedback: "f", Person: "selma", Org: "other", Due: "2026-03-16"}}},
		{name: "given by nobody", when: give(""), then: []journal.Event{FeedbackGiven{Feedback: "f", Org: "org", Due: "2026-03-16"}}},
		{name: "answered", given: []journal.Event{given}, when: answer("aino"), then: []journal.Event{FeedbackAnswered{Feedback: "f", Answer: "a"}}},
		{name: "answered by another organisation", given: []journal.Event{given}, when: answer("selma"), fails: ErrNotFound},
		{name: "answered twice", given: []journal.Event{given, FeedbackAnswered{Feedback: "f", Answer: "a0"}}, when: answer("aino"), fails: ErrAnswered},
	})
}
