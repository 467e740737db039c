package courses

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
)

const tries = activities + "try/tries"

// newApplied is the region with a version that has something to try at work and a reflection.
func newApplied(t testing.TB) *region {
	t.Helper()
	r := newRegion(t)
	r.publishApplied(t, "v2", nil)
	return r
}

func (r *region) publishApplied(t testing.TB, hash string, shares []Privacy) {
	t.Helper()
	next := sampleContent(hash)
	face := func(title string) Faces[ActivityFace] {
		return Faces[ActivityFace]{"fi": {Title: title, HTML: "<p>Tee</p>"}}
	}
	next.Modules[1].Activities = append(next.Modules[1].Activities,
		Activity{ID: "try", Kind: Work, Minutes: 20, Requires: ToApply, Faces: face("Kokeilu")},
		Activity{ID: "think", Kind: Reflection, Minutes: 10, Requires: ToSubmit, Shares: shares, Faces: face("Pohdinta")})
	if err := r.service.Publish(context.Background(), []*Content{next}); err != nil {
		t.Fatal(err)
	}
}

func (r *region) onDay(day string, hour, minute int) {
	d, err := time.ParseInLocation(time.DateOnly, day, helsinki())
	if err != nil {
		panic(err)
	}
	r.clock.Store(time.Date(d.Year(), d.Month(), d.Day(), hour, minute, 0, 0, helsinki()).UnixMilli())
}

// planned plans a try for aino and gives its id.
func (r *region) planned(t testing.TB, by string) string {
	t.Helper()
	r.want(t, 201, "aino", "POST", tries, `{"what":"Kysyn työkykytalosta","with":"tiimin kanssa","by":"`+by+`"}`)
	v := r.want(t, 200, "aino", "GET", activities+"try", "")
	all, _ := at(v, "work", "tries").([]any)
	id, _ := at(v, "work", "tries", len(all)-1, "try", "id").(string)
	return id
}

func (r *region) dueEvents(t testing.TB) (due []string) {
	t.Helper()
	r.journal.View(func() {
		for _, try := range r.state.data.Tries {
			for stage, f := range try.FollowUps {
				if f.RemindedAt > 0 {
					due = append(due, fmt.Sprint(Stages()[stage]))
				}
				if f.AgainAt > 0 {
					due = append(due, fmt.Sprint(Stages()[stage], " again"))
				}
			}
		}
	})
	return due
}

func TestATryFromPlanToLastFollowUp(t *testing.T) {
	r := newApplied(t)
	v := r.want(t, 200, "aino", "GET", activities+"try", "")
	wantAt(t, v, "kind", "work", "state", "not_started", "work.tries.0", nil, "work.sharing.privacy", "done", "work.sharing.offered.0", "done",
		"work.sharing.offered.3", nil, "requires", "apply")
	r.want(t, 200, "aino", "PUT", "/api/drafts/coord.try", `{"rev":0,"text":"{\"what\":\"Ky\"}"}`)
	id := r.planned(t, "2026-12-01")
	v = r.want(t, 200, "aino", "GET", activities+"try", "")
	wantAt(t, v, "state", "begun", "draft.text", "", "work.tries.0.what", "Kysyn työkykytalosta", "work.tries.0.with", "tiimin kanssa", "work.tries.0.try.by", "2026-12-01",
		"work.tries.0.try.toldAt", nil, "work.tries.0.try.followUps.0", nil)
	v = r.want(t, 409, "aino", "POST", tries, `{"what":"Toinen","by":"2026-12-02"}`)
	wantAt(t, v, "code", "already_planned", "info.try", id)

	r.want(t, 200, "aino", "PUT", tries+"/"+id+"/plan", `{"what":"Kysyn kahdelta","by":"2026-12-03"}`)
	v = r.want(t, 200, "aino", "GET", activities+"try", "")
	wantAt(t, v, "work.tries.0.what", "Kysyn kahdelta", "work.tries.0.with", "", "work.tries.0.try.by", "2026-12-03", "work.tries.1", nil)

	v = r.want(t, 201, "aino", "POST", tries+"/"+id+"/story", `{"went":"partly","on":"2026-11-19","text":"Puolet toimi."}`)
	wantAt(t, v, "done", 1, "modulePercent", 50)
	wantAt(t, r.want(t, 409, "aino", "PUT", tries+"/"+id+"/plan", `{"what":"Myöhässä","by":"2026-12-03"}`), "code", "already_told")
	wantAt(t, r.want(t, 409, "aino", "POST", tries+"/"+id+"/story", `{"went":"worked","on":"2026-11-19","text":"Uudelleen."}`), "code", "already_told")
	v = r.want(t, 200, "aino", "GET", activities+"try", "")
	wantAt(t, v, "state", "done", "work.tries.0.story", "Puolet toimi.", "work.tries.0.try.went", "partly", "work.tries.0.try.on", "2026-11-19",
		"work.tries.0.try.followUps.0.due", "2026-12-20", "work.tries.0.try.followUps.0.open", false, "work.tries.0.try.followUps.1.due", "2027-02-18")
	later := tries + "/" + id + "/follow-ups"
	wantAt(t, r.want(t, 409, "aino", "POST", later, `{"days":30,"use":"yes"}`), "code", "no_follow_up")

	r.onDay("2026-12-20", 0, 0)
	v = r.want(t, 200, "aino", "GET", "/api/learning", "")
	wantAt(t, v, "courses.0.followUps.0.activity", "try", "courses.0.followUps.0.days", 30, "courses.0.followUps.0.on", "2026-11-19",
		"courses.0.followUps.0.title", "Kokeilu", "courses.0.followUps.1", nil)
	wantAt(t, r.want(t, 409, "aino", "POST", later, `{"days":90,"use":"yes"}`), "code", "no_follow_up")
	r.want(t, 201, "aino", "POST", later, `{"days":30,"use":"partly","text":"Joskus."}`)
	wantAt(t, r.want(t, 409, "aino", "POST", later, `{"days":30,"use":"yes"}`), "code", "no_follow_up")
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/learning", ""), "courses.0.followUps.0", nil)

	r.onDay("2027-02-18", 12, 0)
	r.want(t, 201, "aino", "POST", later, `{"days":90,"use":"no"}`, "Idempotency-Key", "later-90")
	r.want(t, 201, "aino", "POST", later, `{"days":90,"use":"no"}`, "Idempotency-Key", "later-90")
	v = r.want(t, 200, "tove", "GET", "/api/cohorts/k1/tries", "")
	wantAt(t, v, "planned", 0, "applied", 1, "after.0.partly", 1, "after.0.unanswered", 0, "after.1.notInUse", 1, "tries.0.name", "Aino Ahola",
		"tries.0.title", "Kokeilu", "tries.0.readable", false, "tries.0.try.went", nil, "tries.0.try.on", "2026-11-19", "tries.0.try.followUps.1.use", "no", "tries.1", nil)
	if _, raw := r.raw(t, "tove", "GET", "/api/cohorts/k1/tries", ""); strings.Contains(string(raw), "kahdelta") || strings.Contains(string(raw), "Joskus") {
		t.Errorf("the trainer's list has texts: %s", raw)
	}
	if other := r.another(t); other.hash(t) != r.hash(t) {
		t.Error("another server knows something else")
	}
	r.journal.View(func() {
		if wrong := r.state.Check(); len(wrong) > 0 {
			t.Error(wrong)
		}
	})
}

// What could not be tried is no failure: it does not count as applied, nobody is asked about it later, and a new plan follows.
func TestWhatCouldNotBeTried(t *testing.T) {
	r := newApplied(t)
	id := r.planned(t, "2026-11-20")
	v := r.want(t, 201, "aino", "POST", tries+"/"+id+"/story", `{"went":"not_tried","on":"2026-11-19","text":"Tiimi oli lomalla."}`)
	wantAt(t, v, "done", 0)
	v = r.want(t, 200, "aino", "GET", activities+"try", "")
	wantAt(t, v, "state", "begun", "work.tries.0.try.on", nil, "work.tries.0.try.followUps.0", nil)
	r.onDay("2027-06-01", 12, 0)
	r.want(t, 409, "aino", "POST", tries+"/"+id+"/follow-ups", `{"days":90,"use":"no"}`)
	if err := r.service.FollowUp(context.Background()); err != nil || len(r.dueEvents(t)) > 0 {
		t.Errorf("reminded of %v, %v", r.dueEvents(t), err)
	}
	r.planned(t, "2027-06-10")
	wantAt(t, r.want(t, 200, "tove", "GET", "/api/cohorts/k1/tries", ""), "planned", 1, "applied", 0, "tries.1", nil)
}

func TestDaysOfATry(t *testing.T) {
	r := newApplied(t)
	for _, test := range []struct{ by, want string }{
		{"2026-11-19", "past"}, {"2026-11-20", ""}, {"2027-11-21", ""}, {"2027-11-22", "too_far"},
	} {
		err := plannable(test.by, noon)
		if f, ok := fault.As(err); test.want == "" && err != nil || test.want != "" && (!ok || f.Fields[0].Code != test.want) {
			t.Errorf("a plan by %s: %v, want %q", test.by, err, test.want)
		}
	}
	id := r.planned(t, "2026-11-20")
	for _, test := range []struct {
		on, went string
		want     string
	}{
		{"2026-11-21", "worked", "future"}, {"", "worked", "required"}, {"2025-11-18", "failed", "too_far"},
		{"2025-11-19", "failed", ""}, {"2026-11-20", "worked", ""}, {"", "not_tried", ""},
	} {
		r.journal.View(func() {
			_, err := r.state.tellWork("aino", "coord", "try", id, test.on, Went(test.went), "s", nil, noon)
			if f, ok := fault.As(err); test.want == "" && err != nil || test.want != "" && (!ok || f.Fields[0].Code != test.want) {
				t.Errorf("told %s on %q: %v, want %q", test.went, test.on, err, test.want)
			}
		})
	}
	// A day that has passed meanwhile may stay when only the words of the plan change; another one may not be in the past.
	r.onDay("2026-12-24", 12, 0)
	r.want(t, 200, "aino", "PUT", tries+"/"+id+"/plan", `{"what":"Sama päivä","by":"2026-11-20"}`)
	r.want(t, 400, "aino", "PUT", tries+"/"+id+"/plan", `{"what":"Toinen päivä","by":"2026-12-23"}`)
}

// Follow-ups come on the 30th and 90th Finnish calendar day after it was told, from 9 o'clock, whatever the clock change does.
func TestWhenAFollowUpIsDue(t *testing.T) {
	moment := func(text string) time.Time {
		m, err := time.ParseInLocation("2006-01-02 15:04", text, helsinki())
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	for _, test := range []struct {
		name, told, now string
		answered        int // days
		remind, open    int // days; 0 is none
	}{
		{"on the 29th day", "2026-11-20 12:00", "2026-12-19 23:59", 0, 0, 0},
		{"on the 30th, at night", "2026-11-20 12:00", "2026-12-20 00:00", 0, 0, 30},
		{"on the 30th, before nine", "2026-11-20 12:00", "2026-12-20 08:59", 0, 0, 30},
		{"on the 30th, at nine", "2026-11-20 12:00", "2026-12-20 09:00", 0, 30, 30},
		{"on the 31st, at night", "2026-11-20 12:00", "2026-12-21 00:00", 0, 30, 30},
		{"told a minute before midnight", "2026-11-20 23:59", "2026-12-20 09:00", 0, 30, 30},
		{"told a minute after midnight", "2026-11-21 00:01", "2026-12-20 09:00", 0, 0, 0},
		{"over the change to summer time", "2027-03-01 23:30", "2027-03-31 09:00", 0, 30, 30},
		{"the day before that", "2027-03-01 23:30", "2027-03-30 23:59", 0, 0, 0},
		{"over the change to winter time", "2026-10-01 00:30", "2026-10-31 09:00", 0, 30, 30},
		{"the day before that", "2026-10-01 00:30", "2026-10-30 23:30", 0, 0, 0},
		{"on the 89th day the first is still asked", "2026-11-20 12:00", "2027-02-17 12:00", 0, 30, 30},
		{"on the 90th only the second is", "2026-11-20 12:00", "2027-02-18 12:00", 0, 90, 90},
		{"answered in time", "2026-11-20 12:00", "2026-12-20 12:00", 30, 0, 0},
		{"the second after the first was answered", "2026-11-20 12:00", "2027-02-18 12:00", 30, 90, 90},
		{"both answered", "2026-11-20 12:00", "2027-02-18 12:00", 90, 0, 0},
	} {
		try := Try{ToldAt: moment(test.told).UnixMilli(), Went: Worked}
		for stage, days := range Stages() {
			if test.answered == days {
				try.FollowUps[stage].At = 1
			}
		}
		days := func(stage int, ok bool) int {
			if !ok {
				return 0
			}
			return Stages()[stage]
		}
		stage, _, ok := try.toRemind(moment(test.now))
		if got := days(stage, ok); got != test.remind {
			t.Errorf("%s: reminded of %d, want %d", test.name, got, test.remind)
		}
		if got := days(try.open(dayOf(moment(test.now)))); got != test.open {
			t.Errorf("%s: open is %d, want %d", test.name, got, test.open)
		}
	}
	try := Try{ToldAt: moment("2026-11-20 12:00").UnixMilli(), Went: Worked}
	for _, test := range []struct {
		day  string
		want bool
	}{{"2026-12-19", false}, {"2026-12-20", true}, {"2027-01-18", true}, {"2027-01-19", false}, {"2027-02-18", true}, {"2027-03-19", true}, {"2027-03-20", false}} {
		if _, ok := try.toShow(test.day); ok != test.want {
			t.Errorf("shown on %s: %t", test.day, ok)
		}
	}
}

// together has every server do something three times at 9 o'clock of a day, all at once. A server that has noticed meanwhile that its
// clock is not the database's refuses to write: another one takes its place.
func (r *region) together(t *testing.T, servers []*region, day string, do func(*region) error) {
	t.Helper()
	var all sync.WaitGroup
	for i := range servers {
		all.Go(func() {
			for done := 0; done < 3; done++ {
				servers[i].onDay(day, 9, 0)
				if err := do(servers[i]); errors.Is(err, journal.ErrUnavailable) {
					servers[i] = r.another(t)
					done--
				} else if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}

// However many servers there are, and however often they look, a follow-up is due once.
func TestFollowUpsAreDueOnce(t *testing.T) {
	r := newApplied(t)
	r.shared = true
	id := r.planned(t, "2026-11-20")
	r.want(t, 201, "aino", "POST", tries+"/"+id+"/story", `{"went":"worked","on":"2026-11-20","text":"Toimi."}`)
	r.journal.Close()
	servers := []*region{r.another(t), r.another(t), r.another(t)}
	tick := func(day string, want uint64) {
		t.Helper()
		before := servers[0].journal.Applied()
		r.together(t, servers, day, func(server *region) error { return server.service.FollowUp(context.Background()) })
		for _, server := range servers {
			if err := server.journal.WaitFor(context.Background(), before+want); err != nil {
				t.Fatal(err)
			}
			if got := server.journal.Applied() - before; got != want {
				t.Errorf("%s: %d commits, want %d", day, got, want)
			}
		}
	}
	tick("2026-12-19", 0)
	tick("2026-12-20", 1)
	tick("2026-12-21", 0)
	tick("2026-12-26", 0)
	tick("2026-12-27", 1) // not answered in a week: once more
	tick("2027-01-15", 0) // and then no more
	tick("2027-02-17", 0)
	tick("2027-02-18", 1)
	tick("2028-02-18", 0)
}

// Nobody is reminded who does not learn any more: who left the cohort, lost their role, or is erased. Whoever comes back is asked.
func TestWhoIsNotReminded(t *testing.T) {
	r := newApplied(t)
	id := r.planned(t, "2026-11-20")
	r.want(t, 201, "aino", "POST", tries+"/"+id+"/story", `{"went":"failed","on":"2026-11-20","text":"Ei toiminut."}`)
	r.onDay("2026-12-20", 9, 0)
	r.happen(t, LearnerRemoved{Cohort: "k1", Course: "coord", Person: "aino"})
	if err := r.service.FollowUp(context.Background()); err != nil || len(r.dueEvents(t)) > 0 {
		t.Errorf("somebody who left is reminded: %v", err)
	}
	r.want(t, 404, "aino", "POST", tries+"/"+id+"/follow-ups", `{"days":30,"use":"yes"}`)
	r.happen(t, LearnerEnrolled{Cohort: "k1", Course: "coord", Person: "aino"})
	if err := r.service.FollowUp(context.Background()); err != nil || len(r.dueEvents(t)) != 1 {
		t.Errorf("somebody who came back is reminded %d times: %v", len(r.dueEvents(t)), err)
	}
	wantAt(t, r.want(t, 200, "tove", "GET", "/api/cohorts/k1/tries", ""), "applied", 1, "after.0.unanswered", 1, "after.1.unanswered", 0)
}

// Events that come again, or too late, change nothing.
func TestRepeatedWorkEvents(t *testing.T) {
	s := NewState()
	number := uint64(0)
	apply := func(e journal.Event) {
		number++
		s.Apply(journal.Meta{Number: number, At: noon.Add(time.Duration(number) * time.Hour)}, e)
	}
	outline := []ModuleOutline{{ID: "m", Activities: []ActivityOutline{{ID: "a", Kind: Work}, {ID: "b", Kind: Lesson}}}}
	all := []journal.Event{
		CourseVersionPublished{Course: "c", Hash: "1", Modules: outline}, CohortOpened{Cohort: "k", Course: "c", Unit: "u"},
		LearnerEnrolled{Cohort: "k", Course: "c", Person: "p"},
		WorkPlanned{Try: "t", Course: "c", Person: "p", Activity: "a", By: "2026-12-01"},
		WorkReplanned{Try: "t", Course: "c", Person: "p", By: "2026-12-02", Plan: "t2"},
		WorkTold{Try: "t", Course: "c", Person: "p", Activity: "a", On: "2026-11-20", Went: Worked, Story: "s"},
		FollowUpDue{Try: "t", Course: "c", Person: "p", Activity: "a", Days: 30},
		WorkFollowedUp{Try: "t", Course: "c", Person: "p", Days: 30, Use: InUse, Text: "f"},
	}
	for _, e := range all {
		apply(e)
	}
	first := fmt.Sprint(*s.data.Tries["t"], string(s.learner("p", "c").Trail), string(s.learner("p", "c").cells))
	for _, e := range all[3:] {
		apply(e)
	}
	apply(WorkFollowedUp{Try: "t", Course: "c", Person: "p", Days: 31, Use: NotInUse})
	apply(WorkTold{Try: "nothing", Course: "c", Person: "p", Activity: "a", Went: Worked})
	apply(WorkPlanned{Try: "x", Course: "c", Person: "nobody", Activity: "a", By: "2026-12-01"})
	if again := fmt.Sprint(*s.data.Tries["t"], string(s.learner("p", "c").Trail), string(s.learner("p", "c").cells)); again != first {
		t.Errorf("once %s\nand twice %s", first, again)
	}
	if wrong := s.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
	if got := string(s.learner("p", "c").cells); got != "x." {
		t.Errorf("cells %q", got)
	}
	s.Reindex()
	if got := s.TextsOf("p"); fmt.Sprint(got) != "[t2 s f]" {
		t.Errorf("texts %v", got)
	}
}
