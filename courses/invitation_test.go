package courses

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/people"
)

// awaitedRegion has, in the cohort k1 of the unit east, aino and bo who came in, and ines who was invited and never did.
func awaitedRegion(t testing.TB) *region {
	t.Helper()
	r := newRegion(t)
	r.happen(t, invitedPerson("ines", "east", noon.Add(time.Hour)), LearnerEnrolled{Cohort: "k1", Course: "coord", Person: "ines"})
	return r
}

func invitedPerson(id, unit string, until time.Time) people.PersonInvited {
	return people.PersonInvited{Person: id, Org: "school", Language: "fi", Grants: placed("trainee", unit), Invitation: "i-" + id, Expires: until.UnixMilli()}
}

// Somebody who was invited stands in the lists, and counts in nothing.
func TestInvitedCountsInNothing(t *testing.T) {
	r := awaitedRegion(t)
	r.withDays(t)
	percent := at(r.want(t, 200, "tove", "GET", "/api/cohorts/k1/roster", ""), "cohort", "percent")
	r.happen(t, ModuleCredited{Course: "coord", Person: "ines", Module: "m1", Kind: PriorLearning, Basis: "basis"})
	r.happen(t, AttendanceMarked{Cohort: "k1", Course: "coord", Activity: "d1", Day: "2026-11-18", Absent: []string{"ines"}})
	rows := func(v map[string]any) map[string]any {
		for _, row := range v["learners"].([]any) {
			if row := row.(map[string]any); row["person"] == "ines" {
				return row
			}
		}
		t.Fatal("ines is not in the list")
		return nil
	}
	v := r.want(t, 200, "tove", "GET", "/api/cohorts/k1/roster", "")
	wantAt(t, v, "counts.invited", 1, "counts.behind", 0, "counts.away", 0, "cohort.learners", 2, "cohort.invited", 1, "cohort.behind", 0, "cohort.percent", percent)
	if row := rows(v); row["invited"] != true || row["behind"] != false || row["away"] != false || row["mayInvite"] != true || row["invitedUntil"] != "2026-11-20T13:00:00Z" {
		t.Errorf("the roster: %v", row)
	}
	v = r.want(t, 200, "tove", "GET", "/api/cohorts/k1/matrix", "")
	if row := rows(v); row["invited"] != true || at(v, "learners", 2, "person") != "ines" {
		t.Errorf("the matrix: %v", v["learners"])
	}
	file, err := r.service.RosterFile(context.Background(), auth.Caller{Identity: auth.Identity{Person: "tove"}}, "k1", RosterFilter{Only: "invited"})
	if err != nil || strings.Count(string(file), "\n") != 2 || !strings.Contains(string(file), "kutsuttu") {
		t.Errorf("the file: %s, %v", file, err)
	}
	var told journal.Decision
	r.journal.View(func() { told, err = r.service.state.tellNews(r.service.borders, r.service.now()) })
	for _, e := range told.Events {
		for _, news := range e.(LearnersTold).News {
			if news.Person == "ines" {
				t.Errorf("told: %+v", news)
			}
		}
	}
	if err != nil {
		t.Fatal(err)
	}

	r.happen(t, people.InvitationAccepted{Person: "ines", Credential: "c", Language: "fi"})
	v = r.want(t, 200, "tove", "GET", "/api/cohorts/k1/roster", "")
	wantAt(t, v, "counts.invited", 0, "counts.behind", 1, "cohort.learners", 3, "cohort.invited", 0)
	if row := rows(v); row["invited"] != false || row["behind"] != true || row["mayInvite"] != false || row["invitedUntil"] != nil {
		t.Errorf("who came in: %v", row)
	}
}

func TestInvitationsOfLearners(t *testing.T) {
	const ines = "/api/cohorts/k1/learners/ines/invitation"
	for _, test := range []struct {
		name, who, method, path string
		given                   []journal.Event
		status                  int
		code                    string
		then                    []journal.Event
	}{
		{name: "a new link", who: "tove", method: "POST", path: ines, status: 204, then: []journal.Event{
			people.InvitationRenewed{Person: "ines", Expires: noon.Add(people.InvitationLife).UnixMilli()},
		}},
		{name: "a new link after the old one expired", who: "tove", method: "POST", path: ines, status: 204,
			given: []journal.Event{people.InvitationRenewed{Person: "ines", Invitation: "old", Expires: noon.Add(-time.Hour).UnixMilli()}},
			then:  []journal.Event{people.InvitationRenewed{Person: "ines", Expires: noon.Add(people.InvitationLife).UnixMilli()}}},
		{name: "withdrawn", who: "tove", method: "DELETE", path: ines, status: 204, then: []journal.Event{
			people.InvitationWithdrawn{Person: "ines"}, LearnerRemoved{Cohort: "k1", Course: "coord", Person: "ines"},
		}},
		{name: "withdrawn without a link", who: "tove", method: "DELETE", path: ines, status: 204,
			given: []journal.Event{people.InvitationWithdrawn{Person: "ines"}},
			then:  []journal.Event{LearnerRemoved{Cohort: "k1", Course: "coord", Person: "ines"}}},
		{name: "renewed when they came in meanwhile", who: "tove", method: "POST", path: ines, status: 409, code: "already_active",
			given: []journal.Event{people.InvitationAccepted{Person: "ines", Credential: "c", Language: "fi"}}},
		{name: "withdrawn when they came in meanwhile", who: "tove", method: "DELETE", path: ines, status: 409, code: "already_active",
			given: []journal.Event{people.InvitationAccepted{Person: "ines", Credential: "c", Language: "fi"}}},
		{name: "of somebody deactivated", who: "tove", method: "POST", path: ines, status: 409, code: "deactivated", given: []journal.Event{people.PersonDeactivated{Person: "ines"}}},
		{name: "of somebody who is here for long", who: "tove", method: "DELETE", path: "/api/cohorts/k1/learners/aino/invitation", status: 409, code: "already_active"},
		{name: "of somebody who left the cohort", who: "tove", method: "POST", path: ines, status: 404,
			given: []journal.Event{LearnerRemoved{Cohort: "k1", Course: "coord", Person: "ines"}}},
		{name: "of somebody in no cohort", who: "tove", method: "DELETE", path: "/api/cohorts/k1/learners/nobody/invitation", status: 404},
		{name: "by a trainer of another unit", who: "viljo", method: "POST", path: ines, status: 404},
		{name: "withdrawn by a trainer of another unit", who: "viljo", method: "DELETE", path: ines, status: 404},
		{name: "by a learner", who: "aino", method: "POST", path: ines, status: 403},
		{name: "in the own cohort, but invited into another unit", who: "tove", method: "POST", path: ines, status: 404,
			given: []journal.Event{people.GrantsChanged{Person: "ines", Grants: placed("trainee", "west")}}},
		{name: "withdrawn, of more than a trainee", who: "tove", method: "DELETE", path: ines, status: 404,
			given: []journal.Event{people.GrantsChanged{Person: "ines", Grants: placed("coordinator", "east")}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := awaitedRegion(t)
			r.happen(t, test.given...)
			before := r.journal.Applied()
			if v := r.want(t, test.status, test.who, test.method, test.path, ""); test.code != "" {
				wantAt(t, v, "code", test.code)
			}
			var got []journal.Event
			if err := follow(r, before, &got); err != nil {
				t.Fatal(err)
			}
			for i, e := range got {
				if renewed, ok := e.(people.InvitationRenewed); ok {
					if renewed.Invitation == "" || renewed.Invitation == "i-ines" {
						t.Error("not a new link")
					}
					renewed.Invitation = ""
					got[i] = renewed
				}
			}
			if !slices.Equal(got, test.then) {
				t.Errorf("got  %+v\nwant %+v", got, test.then)
			}
		})
	}
}

// An invitation that another cohort counts on serves on.
func TestWithdrawnFromOneOfTwoCohorts(t *testing.T) {
	r := awaitedRegion(t)
	other := sampleContent("other")
	other.ID = "other"
	if err := r.service.Publish(context.Background(), []*Content{other}); err != nil {
		t.Fatal(err)
	}
	r.happen(t, CohortOpened{Cohort: "k9", Course: "other", Unit: "west", Name: "Toinen", Starts: "2026-11-01"}, LearnerEnrolled{Cohort: "k9", Course: "other", Person: "ines"})
	r.want(t, 204, "tove", "DELETE", "/api/cohorts/k1/learners/ines/invitation", "")
	wantAt(t, r.want(t, 200, "tove", "GET", "/api/cohorts/k1/roster", ""), "counts.invited", 0)
	wantAt(t, r.want(t, 200, "viljo", "GET", "/api/cohorts/k9/roster", ""), "learners.0.person", "ines", "learners.0.invitedUntil", "2026-11-20T13:00:00Z", "learners.0.mayInvite", false)
}

// What a pasted list says of somebody at each turn of their invitation, and that the list can be sent again.
func TestPastedInvitations(t *testing.T) {
	enrolled := LearnerEnrolled{Cohort: "k1", Course: "coord", Person: "ines"}
	open, over := invitedPerson("ines", "east", noon.Add(time.Millisecond)), invitedPerson("ines", "east", noon)
	for _, test := range []struct {
		name    string
		given   []journal.Event
		verdict string
		mails   int
		again   string // what the list says when it is sent once more
	}{
		{"nobody yet", nil, "invite", 1, "here"},
		{"invited, and in the cohort", []journal.Event{open, enrolled}, "here", 0, "here"},
		{"invited, and in no cohort", []journal.Event{open}, "invited", 0, "here"},
		{"the link expired", []journal.Event{over, enrolled}, "again", 1, "here"},
		{"the link expired, and in no cohort", []journal.Event{over}, "again", 1, "here"},
		{"withdrawn", []journal.Event{open, enrolled, people.InvitationWithdrawn{Person: "ines"}, LearnerRemoved{Cohort: "k1", Course: "coord", Person: "ines"}}, "again", 1, "here"},
		{"expired, and not for this trainer to renew", []journal.Event{invitedPerson("ines", "west", noon), enrolled}, "here", 0, "here"},
		{"deactivated", []journal.Event{open, people.PersonDeactivated{Person: "ines"}}, "invited", 0, "here"},
		{"accepted", []journal.Event{open, people.InvitationAccepted{Person: "ines", Credential: "c", Language: "sv"}}, "enrol", 0, "here"},
		{"accepted, and in the cohort", []journal.Event{open, enrolled, people.InvitationAccepted{Person: "ines", Credential: "c", Language: "sv"}}, "here", 0, "here"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRegion(t)
			known := map[string]string{}
			if test.given != nil {
				known["ines@example.org"] = "ines"
				r.happen(t, test.given...)
			}
			r.service.inviter = addresses{r, known}
			const path, body = "/api/cohorts/k1/invitations", `{"text":"Ines, ines@example.org","language":"sv"}`
			wantAt(t, r.want(t, 200, "tove", "POST", path+"/check", `{"text":"Ines, ines@example.org"}`), "rows.0.verdict", test.verdict)
			before := r.journal.Applied()
			wantAt(t, r.want(t, 200, "tove", "POST", path, body), "rows.0.verdict", test.verdict)
			var got []journal.Event
			if err := follow(r, before, &got); err != nil {
				t.Fatal(err)
			}
			mails := 0
			for _, e := range got {
				switch e.(type) {
				case people.PersonInvited, people.InvitationRenewed:
					mails++
				}
			}
			if mails != test.mails {
				t.Errorf("%d mails: %+v", mails, got)
			}
			before = r.journal.Applied()
			wantAt(t, r.want(t, 200, "tove", "POST", path, body), "rows.0.verdict", test.again)
			if r.journal.Applied() != before {
				t.Error("the list again is something")
			}
			v := r.want(t, 200, "tove", "GET", "/api/cohorts/k1/roster", "")
			if at(v, "cohort", "learners").(float64)+at(v, "cohort", "invited").(float64) != 3 {
				t.Errorf("not once in the cohort: %v", v["cohort"])
			}
		})
	}
}

// late lets somebody come in between the look at the list and the new invitation.
type late struct{ addresses }

func (l late) Again(ctx context.Context, caller auth.Caller, person, language string) error {
	_, err := l.r.journal.Update(ctx, person, journal.Key{}, func(time.Time) (journal.Decision, error) {
		return journal.Happens(people.InvitationAccepted{Person: person, Credential: "c", Language: "fi"}), nil
	})
	if err != nil {
		return err
	}
	return l.addresses.Again(ctx, caller, person, language)
}

func TestPastedWhoComesInMeanwhile(t *testing.T) {
	r := newRegion(t)
	r.happen(t, invitedPerson("ines", "east", noon))
	r.service.inviter = late{addresses{r, map[string]string{"ines@example.org": "ines"}}}
	wantAt(t, r.want(t, 200, "tove", "POST", "/api/cohorts/k1/invitations", `{"text":"Ines, ines@example.org","language":"fi"}`), "rows.0.verdict", "enrol")
	wantAt(t, r.want(t, 200, "tove", "GET", "/api/cohorts/k1/roster", ""), "cohort.learners", 3, "counts.invited", 0)
}

// follow collects the events of the commits after one.
func follow(r *region, after uint64, into *[]journal.Event) error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	until := r.journal.Applied()
	if until == after {
		return nil
	}
	err := r.journal.Follow(ctx, after, func(_ context.Context, c journal.Commit) error {
		*into = append(*into, c.Events...)
		if c.Number >= until {
			stop()
		}
		return nil
	})
	if ctx.Err() != nil {
		return nil
	}
	return err
}
