package courses

import (
	"context"
	"strings"
	"testing"

	"luotsi/server/journal"
	"luotsi/server/people"
)

const inError = `{"why":"error","reason":"Tunnit olivat väärin."}`

// administered adds anna, who administers the school, and timo, who administers the town.
func (r *region) administered(t testing.TB) {
	t.Helper()
	r.happen(t, people.PersonAdded{Person: "anna", Org: "school", Language: "fi", Grants: placed("admin", "west"), Credential: "c-anna"},
		people.PersonAdded{Person: "timo", Org: "town", Language: "fi", Grants: placed("admin", "town"), Credential: "c-timo"})
}

// certifiedBoth lets aino and bo finish the whole course.
func (r *region) certifiedBoth(t testing.TB) (aino, bo string) {
	t.Helper()
	r.nearlyDone(t, "aino", "bo")
	r.tenth(t, "aino", "bo")
	r.issueAll(t)
	return r.certificateOf("aino"), r.certificateOf("bo")
}

func TestIssueAnew(t *testing.T) {
	r := newRegion(t)
	old, others := r.certifiedBoth(t)
	reissue := register + "/" + old + "/reissue"
	wantAt(t, r.want(t, 409, "tove", "POST", reissue, ""), "code", "still_good")
	r.want(t, 204, "tove", "POST", register+"/"+old+"/revocation", inError)

	// Between the two there is none, and the learner is told so.
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/courses/whole", ""), "certificate", nil, "revoked", "2026-11-20", "completion.complete", true)
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/learning", ""), "courses.1.certificate", nil, "courses.1.revoked", "2026-11-20")
	r.issueAll(t)
	wantAt(t, r.want(t, 200, "tove", "GET", register, ""), "count", 1, "trains", true, "cohort", "Kevät", "courseTitle", "Työkykykoordinaattori")

	r.name(t, "aino", "Aino Ahola-Uusi", "fi") // who was named wrongly
	if err := r.names.Load(context.Background(), func(string) bool { return false }); err != nil {
		t.Fatal(err)
	}
	next, _ := r.want(t, 201, "tove", "POST", reissue, "", "Idempotency-Key", "key-1")["number"].(string)
	again, _ := r.want(t, 201, "tove", "POST", reissue, "", "Idempotency-Key", "key-1")["number"].(string)
	if next == "" || next == old || again != next {
		t.Fatalf("got %q, and repeated %q, in place of %q", next, again, old)
	}
	wantAt(t, r.want(t, 409, "tove", "POST", reissue, ""), "code", "issued_anew")
	for number, want := range map[string]string{old: "revoked", next: "valid", others: "valid"} {
		wantAt(t, r.want(t, 200, "", "GET", "/api/checks/"+number, ""), "state", want)
	}
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/certificates/"+next, ""), "name", "Aino Ahola-Uusi", "hours", 270, "days", 10, "modules.9.credit", "prior_learning")
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/courses/whole", ""), "certificate", next, "revoked", nil)
	v := r.want(t, 200, "tove", "GET", register, "")
	lines, _ := v["certificates"].([]any)
	if len(lines) != 3 {
		t.Fatalf("%d lines, want 3", len(lines))
	}
	wantAt(t, v, "count", 2)
	for _, line := range lines {
		switch at(line, "number") {
		case old:
			wantAt(t, line, "revoked", "2026-11-20", "why", "error", "follower", next, "again", false)
		case next:
			wantAt(t, line, "revoked", nil, "instead", old, "follower", nil)
		}
	}

	// What follows can be taken back and followed too.
	r.want(t, 204, "tove", "POST", register+"/"+next+"/revocation", inError)
	third, _ := r.want(t, 201, "tove", "POST", register+"/"+next+"/reissue", "")["number"].(string)
	wantAt(t, r.want(t, 409, "tove", "POST", reissue, ""), "code", "issued_anew")
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/learning", ""), "courses.1.certificate", third)

	// The same after replaying, and after a snapshot.
	hash, commits := r.hash(t), r.journal.Applied()
	r.state.Reindex()
	if got := r.certificateOf("aino"); got != third {
		t.Errorf("indexed again: %q, want %q", got, third)
	}
	r.issueAll(t)
	if r.hash(t) != hash || r.journal.Applied() != commits {
		t.Error("something was issued")
	}

	// Another trainer does it for one who learned here.
	r.happen(t, people.GrantsChanged{Person: "bo", Grants: placed("trainer", "east")})
	r.want(t, 204, "tove", "POST", register+"/"+others+"/revocation", inError)
	wantAt(t, r.want(t, 409, "bo", "POST", register+"/"+others+"/reissue", ""), "code", "own_work")
	wantAt(t, r.want(t, 200, "bo", "GET", register, ""), "certificates.0.again", false, "certificates.1.again", false, "certificates.2.again", false, "certificates.3.again", false)
}

// Each row takes one certificate back, lets something else happen, and asks for another one in its place.
func TestWhoIsIssuedAnew(t *testing.T) {
	misconduct, other := strings.Replace(inError, "error", "misconduct", 1), strings.Replace(inError, "error", "other", 1)
	more := func(hash string) func(t *testing.T, r *region) {
		return func(t *testing.T, r *region) {
			next := whole(hash)
			next.Modules[0].Activities = append(next.Modules[0].Activities, lessonOf("new", "Uusi", ""))
			next.Modules[0].Hours = 30
			if err := r.service.Publish(context.Background(), []*Content{next}); err != nil {
				t.Fatal(err)
			}
		}
	}
	happens := func(events ...journal.Event) func(*testing.T, *region) {
		return func(t *testing.T, r *region) { r.happen(t, events...) }
	}
	for _, test := range []struct {
		name, who, revoked string
		then               func(t *testing.T, r *region)
		status             int
		code               string
	}{
		{"in error", "tove", inError, nil, 201, ""},
		{"misconduct", "tove", misconduct, nil, 409, "not_in_error"},
		{"another reason", "tove", other, nil, 409, "not_in_error"},
		{"a credit was withdrawn", "tove", inError, happens(CreditWithdrawn{Course: "whole", Person: "aino", Module: "w10"}), 409, "not_complete"},
		{"nine days of ten", "tove", inError, happens(AttendanceMarked{Cohort: "w1", Course: "whole", Activity: "day3", Day: "2026-02-02", Absent: []string{"aino"}}), 409, "not_complete"},
		{"the day was made good", "tove", inError, happens(
			AttendanceMarked{Cohort: "w1", Course: "whole", Activity: "day3", Day: "2026-02-02", Absent: []string{"aino"}},
			ContactDayCompensated{Course: "whole", Person: "aino", Activity: "day3", Basis: "b3"}), 201, ""},
		{"the course asks for more since", "tove", inError, more("whole-2"), 201, ""},
		{"who left the cohort", "tove", inError, happens(LearnerRemoved{Cohort: "w1", Course: "whole", Person: "aino"}), 201, ""},
		{"who was erased", "tove", inError, happens(people.PersonErased{Person: "aino"}), 410, "gone"},
		{"a trainer of another unit", "viljo", inError, nil, 404, "not_found"},
		{"a trainer of another organisation", "tim", inError, nil, 404, "not_found"},
		{"an administrator", "anna", inError, nil, 403, "forbidden"},
		{"a manager", "mari", inError, nil, 403, "forbidden"},
		{"the learner", "aino", inError, nil, 403, "forbidden"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRegion(t)
			r.administered(t)
			old, _ := r.certifiedBoth(t)
			r.want(t, 204, "tove", "POST", register+"/"+old+"/revocation", test.revoked)
			if test.then != nil {
				test.then(t, r)
			}
			commits := r.journal.Applied()
			v := r.want(t, test.status, test.who, "POST", register+"/"+old+"/reissue", "")
			if test.code != "" {
				wantAt(t, v, "code", test.code)
			}
			if issued := r.journal.Applied() - commits; (issued == 1) != (test.status == 201) {
				t.Errorf("%d commits", issued)
			}
			if test.status == 201 {
				r.journal.View(func() {
					c := r.state.data.Certificates.Issued[v["number"].(string)]
					if c.Hours != 270 || c.Version != "whole-1" || c.By != "tove" || c.Instead != old || c.Days != 10 {
						t.Errorf("issued %+v", c)
					}
				})
			}
			r.want(t, 404, "tove", "POST", "/api/cohorts/k1/certificates/"+old+"/reissue", "")
			r.want(t, 404, "tove", "POST", register+"/LUO-2026-1111-1111/reissue", "")
			r.want(t, 404, "tove", "POST", register+"/kissa/reissue", "")
		})
	}
}

// A certificate can be taken back when its trainer has left.
func TestAdministratorsKeepTheRegister(t *testing.T) {
	r := newRegion(t)
	r.administered(t)
	old, _ := r.certifiedBoth(t)
	r.happen(t, people.GrantsChanged{Person: "tove", Grants: placed("trainee", "east")})
	const registers = "/api/organisations/school/registers"
	wantAt(t, r.want(t, 200, "anna", "GET", registers, ""), "cohorts.0.cohort", "w1", "cohorts.0.name", "Kevät", "cohorts.0.unit", "Itä", "cohorts.0.good", 2, "cohorts.0.revoked", 0, "cohorts.1", nil)
	r.want(t, 404, "timo", "GET", registers, "")
	wantAt(t, r.want(t, 200, "timo", "GET", "/api/organisations/town/registers", ""), "cohorts.0", nil)
	r.want(t, 403, "tove", "GET", registers, "")

	wantAt(t, r.want(t, 200, "anna", "GET", register, ""), "count", 2, "trains", false, "certificates.0.again", false)
	for _, path := range []string{"", "/file"} {
		r.want(t, 404, "timo", "GET", register+path, "")
		r.want(t, 403, "mari", "GET", register+path, "")
		r.want(t, 403, "tove", "GET", register+path, "")
	}
	revocation := register + "/" + old + "/revocation"
	r.want(t, 404, "timo", "POST", revocation, inError)
	for body, field := range map[string]string{
		`{"why":"error","reason":""}`: "reason", `{"why":"error","reason":"   "}`: "reason", `{"why":"kissa","reason":"Syy"}`: "why",
		`{"why":"error","reason":"131052-308T"}`: "reason", `{"why":"error","reason":"` + strings.Repeat("ä", 1001) + `"}`: "reason",
	} {
		wantAt(t, r.want(t, 400, "anna", "POST", revocation, body), "code", "invalid_request", "fields.0.name", field)
	}
	r.want(t, 204, "anna", "POST", revocation, inError)
	wantAt(t, r.want(t, 200, "", "GET", "/api/checks/"+old, ""), "state", "revoked")
	wantAt(t, r.want(t, 200, "anna", "GET", registers, ""), "cohorts.0.good", 1, "cohorts.0.revoked", 1)
	r.journal.View(func() {
		if c := r.state.data.Certificates.Issued[old]; c.RevokedBy != "anna" || c.RevokedAt != noon.UnixMilli() {
			t.Errorf("revoked by %q at %d", c.RevokedBy, c.RevokedAt)
		}
	})
}
