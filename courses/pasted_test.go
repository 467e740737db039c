package courses

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/people"
)

func TestReadPasted(t *testing.T) {
	tests := []struct{ name, text, who, email string }{
		{"a comma", "Aino Lahti, aino@example.org", "Aino Lahti", "aino@example.org"},
		{"the address first", "aino@example.org;Aino Lahti", "Aino Lahti", "aino@example.org"},
		{"of a sheet", "Lahti\tAino\taino@example.org\r\n", "Lahti Aino", "aino@example.org"},
		{"of a mail program", `"Aino Lahti" <Aino@Example.org>`, "Aino Lahti", "aino@example.org"},
		{"of a mail program, the name in brackets", "aino@example.org (Aino Lahti)", "", ""},
		{"spaces alone", "Aino  Lahti aino@example.org", "Aino Lahti", "aino@example.org"},
		{"the address alone", "aino@example.org", "", "aino@example.org"},
		{"no address", "Nimi;Sähköposti", "Nimi Sähköposti", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rows := readPasted("\n" + test.text)
			if len(rows) != 1 || rows[0].Line != 2 {
				t.Fatalf("%+v", rows)
			}
			if test.email == "" && test.who == "" {
				return // only that it ends well
			}
			if rows[0].Name != test.who || rows[0].Email != test.email {
				t.Errorf("got %q %q", rows[0].Name, rows[0].Email)
			}
		})
	}
	if got := readPasted(" \n\n\t"); len(got) != 0 {
		t.Errorf("nothing is %+v", got)
	}
}

func TestIsAddress(t *testing.T) {
	for email, want := range map[string]bool{
		"aino@example.org": true, "a.b+c@x.fi": true, "": false, "aino": false, "aino@": false, "@example.org": false,
		"aino@example": false, "aino@@example.org": false, "aino @example.org": false, "aino@example.org.": false, "aino@.org": false,
	} {
		if isAddress(email) != want {
			t.Errorf("%q: got %t", email, !want)
		}
	}
}

// addresses lets people in, in memory.
type addresses struct {
	r     *region
	known map[string]string
}

func (a addresses) Find(_ context.Context, email string) (string, error) { return a.known[email], nil }

func (a addresses) Invite(_ context.Context, _ auth.Caller, _, email, language, unit string) (string, error) {
	id := fmt.Sprint("new-", len(a.known))
	_, err := a.r.journal.Update(context.Background(), "", journal.Key{}, func(time.Time) (journal.Decision, error) {
		return journal.Happens(people.PersonInvited{
			Person: id, Org: "school", Language: language, Grants: placed("trainee", unit), Invitation: "i-" + id, Expires: noon.Add(time.Hour).UnixMilli(),
		}), nil
	})
	a.known[email] = id
	return id, err
}

func (a addresses) Again(_ context.Context, caller auth.Caller, person, _ string) error {
	_, err := a.r.journal.Update(context.Background(), caller.Person, journal.Key{}, func(now time.Time) (journal.Decision, error) {
		return a.r.people.RenewInvitation(now, caller.Person, person, "again-"+person)
	})
	return err
}

func TestPastedList(t *testing.T) {
	r := newRegion(t)
	known := map[string]string{}
	for _, p := range regionPeople {
		known[p.id+"@example.org"] = p.id
	}
	r.service.inviter = addresses{r, known}
	r.happen(t, LearnerEnrolled{Cohort: "k2", Course: "coord", Person: "cecilia"})
	r.happen(t, people.PersonAdded{Person: "free", Org: "school", Language: "fi", Grants: placed("trainee", "east"), Credential: "c-free"})
	known["free@example.org"] = "free"
	const path = "/api/cohorts/k1/invitations"
	const text = `Uusi Oppija, uusi@example.org\nfree@example.org\nAino;aino@example.org\nX, aino\nUusi; UUSI@example.org\nCecilia, cecilia@example.org\nOlli, olli@example.org\nDoris, doris@example.org\nnimeton@example.org`
	verdicts := func(v map[string]any) (all []string) {
		rows, _ := v["rows"].([]any)
		for i := range rows {
			all = append(all, at(v, "rows", i, "verdict").(string))
		}
		return all
	}
	want := []string{"invite", "enrol", "here", "wrong_address", "twice", "other_cohort", "other_org", "not_learner", "no_name"}
	before := r.journal.Applied()
	if got := verdicts(r.want(t, 200, "tove", "POST", path+"/check", `{"text":"`+text+`"}`)); !slices.Equal(got, want) || r.journal.Applied() != before {
		t.Errorf("the check: %v", got)
	}
	if got := verdicts(r.want(t, 200, "tove", "POST", path, `{"text":"`+text+`","language":"fi"}`)); !slices.Equal(got, want) {
		t.Errorf("the report: %v", got)
	}
	wantAt(t, r.want(t, 200, "tove", "GET", "/api/cohorts", ""), "cohorts.0.learners", 3, "cohorts.0.invited", 1)
	want[0], want[1] = "here", "here"
	before = r.journal.Applied()
	if got := verdicts(r.want(t, 200, "tove", "POST", path, `{"text":"`+text+`","language":"fi"}`)); !slices.Equal(got, want) || r.journal.Applied() != before {
		t.Errorf("again: %v", got)
	}
	r.want(t, 404, "viljo", "POST", path, `{"text":"a, a@example.org","language":"fi"}`)
	r.want(t, 404, "tim", "POST", "/api/cohorts/k2/invitations/check", `{"text":"a, a@example.org"}`)
	r.want(t, 403, "aino", "POST", path, `{"text":"a, a@example.org","language":"fi"}`)
}
