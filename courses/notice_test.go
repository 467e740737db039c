package courses

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"luotsi/server/journal"
	"luotsi/server/people"
)

// toldWorld is a state without a database: one learner, Aino, in a cohort that starts on 2 November 2026, and what she is told of.
type toldWorld struct {
	t      *testing.T
	state  *State
	people *people.State
	number uint64
	now    time.Time
}

func finnish(text string) time.Time {
	m, err := time.ParseInLocation("2006-01-02 15:04", text, helsinki())
	if err != nil {
		panic(err)
	}
	return m
}

func days(n int) *int { return &n }

// newsOutline has two modules: a and b, of which b is due 33 days after the start, 5 December; the other opens on 16 November
// and is due on Christmas Eve, and d in it opens later still, on 23 November.
func newsOutline() []ModuleOutline {
	return []ModuleOutline{
		{ID: "m1", Activities: []ActivityOutline{
			{ID: "a", Kind: Lesson, Texts: map[Language]string{"fi": "a1"}},
			{ID: "b", Kind: Task, Requires: ToBeApproved, Gate: Gate{Due: Moment{Offset: days(33)}}},
		}},
		{ID: "m2", Gate: Gate{Opens: Moment{Offset: days(14)}, Due: Moment{Day: "2026-12-24"}}, Activities: []ActivityOutline{
			{ID: "c", Kind: Lesson},
			{ID: "d", Kind: Lesson, Gate: Gate{After: []string{"a"}, Opens: Moment{Day: "2026-11-23"}}},
			{ID: "e", Kind: Lesson, Optional: true},
			{ID: "day", Kind: Contact},
		}},
	}
}

func newToldWorld(t *testing.T) *toldWorld {
	w := &toldWorld{t: t, state: NewState(), people: people.NewState()}
	w.at("2026-10-26 12:00",
		people.OrganisationFounded{Org: "school", Name: "Koulu"}, people.UnitAdded{Unit: "east", Name: "Itä", Kind: "other", Org: "school"},
		people.PersonAdded{Person: "aino", Org: "school", Language: "fi", Grants: placed("trainee", "east"), Credential: "c"},
		CourseVersionPublished{Course: "c", Hash: "v1", Modules: newsOutline()},
		CohortOpened{Cohort: "k", Course: "c", Unit: "east", Starts: "2026-11-02"},
		LearnerEnrolled{Cohort: "k", Course: "c", Person: "aino"})
	return w
}

// at has events happen at a moment of the Finnish clock.
func (w *toldWorld) at(moment string, events ...journal.Event) {
	w.now = finnish(moment)
	for i, e := range events {
		w.number++
		m := journal.Meta{Number: w.number, Index: i, At: w.now, By: "tove"}
		w.people.Apply(m, e)
		w.state.Apply(m, e)
	}
}

// tick tells what is to be told at a moment, and gives it as "what of: activities".
func (w *toldWorld) tick(moment string) string {
	w.t.Helper()
	w.now = finnish(moment)
	decision, err := w.state.tellNews(borders{w.people}, w.now)
	if err != nil {
		w.t.Fatal(err)
	}
	var all []string
	for _, event := range decision.Events {
		e := event.(LearnersTold)
		for _, n := range e.News {
			all = append(all, fmt.Sprintf("%s %s: %s", e.What, n.Of, strings.Join(n.Activities, " ")))
		}
	}
	w.at(moment, decision.Events...)
	return strings.Join(all, "; ")
}

// feed is what Aino reads at a moment, as "what: activities".
func (w *toldWorld) feed(moment string) string {
	w.now = finnish(moment)
	var all []string
	for _, n := range w.state.noticesOf(borders{w.people}, "aino", w.now, nil) {
		all = append(all, strings.TrimSuffix(fmt.Sprintf("%s: %s", n.News, strings.Join(n.Activities, " ")), ": "))
	}
	return strings.Join(all, "; ")
}

func (w *toldWorld) did(moment, activity string) {
	w.at(moment, ActivityDone{Course: "c", Person: "aino", Activity: activity})
}

func TestWhatIsDueSoon(t *testing.T) {
	for _, test := range []struct {
		name, told, of, due, now string
		last, want               bool
	}{
		{"four days before", "", "", "2026-12-05", "2026-12-01", false, false},
		{"three days before", "", "", "2026-12-05", "2026-12-02", false, true},
		{"the day before, when nobody told earlier", "", "", "2026-12-05", "2026-12-04", false, true},
		{"on the day", "", "", "2026-12-05", "2026-12-05", false, true},
		{"the day after", "", "", "2026-12-05", "2026-12-06", false, false},
		{"told before", "x", "2026-12-05", "2026-12-05", "2026-12-04", false, false},
		{"told before, and it is the day", "x", "2026-12-05", "2026-12-05", "2026-12-05", false, true},
		{"told on the day", "x", "2026-12-05", "2026-12-05", "2026-12-05", true, false},
		{"told, and moved a day on", "x", "2026-12-05", "2026-12-06", "2026-12-05", true, true},
		{"told, and moved a week on", "x", "2026-12-05", "2026-12-12", "2026-12-05", true, false},
		{"told, and moved back", "x", "2026-12-12", "2026-12-05", "2026-12-04", false, true},
		{"not due at all", "", "", "", "2026-12-05", false, false},
		{"over the change to summer time, four days", "", "", "2027-03-30", "2027-03-26", false, false},
		{"over the change to summer time, three days", "", "", "2027-03-30", "2027-03-27", false, true},
		{"over the change to winter time, four days", "", "", "2026-10-27", "2026-10-23", false, false},
		{"over the change to winter time, three days", "", "", "2026-10-27", "2026-10-24", false, true},
		{"over a leap day", "", "", "2028-03-01", "2028-02-27", false, true},
	} {
		if got := dueNews(Told{At: int64(len(test.told)), Of: test.of, Last: test.last}, test.due, test.now, later(test.now, dueAhead)); got != test.want {
			t.Errorf("%s: %t", test.name, got)
		}
	}
	for day, want := range map[string]bool{"2026-11-19": true, "2026-11-18": true, "2026-11-20": true, "2026-11-17": false, "2026-11-21": false, "": false} {
		if got := isFresh(day, "2026-11-20"); got != want {
			t.Errorf("%q is news on the 20th: %t", day, got)
		}
	}
}

func TestADeadlineIsToldOfTwice(t *testing.T) {
	w := newToldWorld(t)
	for _, step := range []struct{ moment, want string }{
		{"2026-12-01 23:59", ""},
		{"2026-12-02 00:00", ""},
		{"2026-12-02 08:59", ""},
		{"2026-12-02 09:00", "due 2026-12-05: b"},
		{"2026-12-02 09:01", ""},
		{"2026-12-03 09:00", ""},
		{"2026-12-04 23:59", ""},
		{"2026-12-05 08:59", ""},
		{"2026-12-05 09:00", "due 2026-12-05: b"},
		{"2026-12-05 23:59", ""},
		{"2026-12-06 09:00", ""},
		{"2026-12-21 09:00", "due 2026-12-24: c d"}, // what is optional and the contact day are not asked for
	} {
		if got := w.tick(step.moment); got != step.want {
			t.Errorf("%s: %q, want %q", step.moment, got, step.want)
		}
	}
	if got := w.feed("2026-12-21 10:00"); got != "due: c d; due: b" {
		t.Errorf("the feed is %q", got)
	}
	w.did("2026-12-21 11:00", "c")
	if got := w.feed("2026-12-21 11:00"); got != "due: d; due: b" {
		t.Errorf("after one is done the feed is %q", got)
	}
}

func TestWhoIsNotToldThatSomethingIsDue(t *testing.T) {
	handIn := TaskSubmitted{Submission: "s", Course: "c", Person: "aino", Activity: "b"}
	for _, test := range []struct {
		name   string
		events []journal.Event
		want   string
	}{
		{"nothing was done", nil, "due 2026-12-05: b"},
		{"handed in: the trainer's turn", []journal.Event{handIn}, ""},
		{"handed in and returned", []journal.Event{handIn, FeedbackGiven{Feedback: "f", Submission: "s", Course: "c", Person: "aino", Activity: "b", Verdict: Returned}}, "due 2026-12-05: b"},
		{"approved", []journal.Event{handIn, FeedbackGiven{Feedback: "f", Submission: "s", Course: "c", Person: "aino", Activity: "b", Verdict: Approved}}, ""},
		{"its module is credited", []journal.Event{ModuleCredited{Course: "c", Person: "aino", Module: "m1", Kind: PriorLearning, Basis: "x"}}, ""},
		{"left the cohort", []journal.Event{LearnerRemoved{Cohort: "k", Course: "c", Person: "aino"}}, ""},
		{"kept out", []journal.Event{people.PersonDeactivated{Person: "aino"}}, ""},
		{"erased", []journal.Event{people.PersonErased{Person: "aino"}}, ""},
		{"lost the role", []journal.Event{people.GrantsChanged{Person: "aino", Grants: placed("doctor", "east")}}, ""},
		{"more time", []journal.Event{DeadlineExtended{Course: "c", Person: "aino", Target: "b", Until: "2026-12-12", Reason: "r"}}, ""},
		{"one day more", []journal.Event{DeadlineExtended{Course: "c", Person: "aino", Target: "m1", Until: "2026-12-06", Reason: "r"}}, ""},
		{"a shorter extension changes nothing", []journal.Event{DeadlineExtended{Course: "c", Person: "aino", Target: "b", Until: "2026-12-04", Reason: "r"}}, "due 2026-12-05: b"},
	} {
		w := newToldWorld(t)
		w.at("2026-11-30 12:00", test.events...)
		if got := w.tick("2026-12-02 09:00"); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestMoreTimeIsToldOfAnew(t *testing.T) {
	w := newToldWorld(t)
	w.tick("2026-12-02 09:00")
	w.at("2026-12-03 12:00", DeadlineExtended{Course: "c", Person: "aino", Target: "b", Until: "2026-12-12", Reason: "r"})
	if got := w.feed("2026-12-03 12:00"); got != "" {
		t.Errorf("the old day still stands: %q", got)
	}
	for _, step := range []struct{ moment, want string }{
		{"2026-12-05 09:00", ""}, {"2026-12-08 09:00", ""}, {"2026-12-09 09:00", "due 2026-12-12: b"}, {"2026-12-10 09:00", ""}, {"2026-12-12 09:00", "due 2026-12-12: b"},
	} {
		if got := w.tick(step.moment); got != step.want {
			t.Errorf("%s: %q, want %q", step.moment, got, step.want)
		}
	}
	if got := w.feed("2026-12-12 10:00"); got != "due: b" {
		t.Errorf("the feed is %q", got)
	}
}

func TestWhatOpens(t *testing.T) {
	for _, test := range []struct {
		name, moment, want string
		before             func(*toldWorld)
	}{
		{"the day before", "2026-11-15 23:59", "", nil},
		{"at midnight nobody is told", "2026-11-16 00:00", "", nil},
		{"a minute to nine", "2026-11-16 08:59", "", nil},
		{"at nine", "2026-11-16 09:00", "opened 2026-11-16: c e day", nil},
		{"two days late", "2026-11-18 23:59", "opened 2026-11-16: c e day", nil},
		{"three days late is no news", "2026-11-19 09:00", "", nil},
		{"what is begun or done is not told of", "2026-11-16 09:00", "opened 2026-11-16: e day", func(w *toldWorld) { w.did("2026-11-16 08:00", "c") }},
		{"what waits for something else is not open", "2026-11-23 09:00", "", nil},
		{"and is, when that is done", "2026-11-23 09:00", "opened 2026-11-23: d", func(w *toldWorld) { w.did("2026-11-20 08:00", "a") }},
		{"who came on that day found it open", "2026-11-16 10:00", "", func(w *toldWorld) {
			w.at("2026-11-16 08:00", LearnerRemoved{Cohort: "k", Course: "c", Person: "aino"}, LearnerEnrolled{Cohort: "k", Course: "c", Person: "aino"})
		}},
		{"who came the day before did not", "2026-11-16 10:00", "opened 2026-11-16: c e day", func(w *toldWorld) {
			w.at("2026-11-15 23:59", LearnerRemoved{Cohort: "k", Course: "c", Person: "aino"}, LearnerEnrolled{Cohort: "k", Course: "c", Person: "aino"})
		}},
		{"kept out", "2026-11-16 10:00", "", func(w *toldWorld) { w.at("2026-11-15 12:00", people.PersonDeactivated{Person: "aino"}) }},
	} {
		w := newToldWorld(t)
		if test.before != nil {
			test.before(w)
		}
		if got := w.tick(test.moment); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
		if again := w.tick(test.moment); again != "" {
			t.Errorf("%s: told twice: %q", test.name, again)
		}
	}
	w := newToldWorld(t)
	w.tick("2026-11-16 09:00")
	if got := w.feed("2026-11-16 09:30"); got != "opened: c e day" {
		t.Errorf("the feed is %q", got)
	}
	w.did("2026-11-16 10:00", "c")
	if got := w.feed("2026-11-16 10:00"); got != "opened: e day" {
		t.Errorf("what is finished still calls: %q", got)
	}
	if got := w.feed("2027-01-15 09:00"); got != "opened: e day" {
		t.Errorf("60 days later the feed is %q", got)
	}
	if got := w.feed("2027-01-15 09:01"); got != "" {
		t.Errorf("a minute after that it is %q", got)
	}
}

// An opening that an author moves is told of again, when it comes.
func TestAMovedOpening(t *testing.T) {
	w := newToldWorld(t)
	w.tick("2026-11-16 09:00")
	moved := newsOutline()
	moved[1].Gate.Opens = Moment{Day: "2026-11-20"}
	w.at("2026-11-16 12:00", CourseVersionPublished{Course: "c", Hash: "v2", Modules: moved})
	if got := w.feed("2026-11-17 09:00"); got != "" {
		t.Errorf("it is told to be open while it is not: %q", got)
	}
	if got := w.tick("2026-11-20 09:00"); got != "opened 2026-11-20: c e day" {
		t.Errorf("on the new day: %q", got)
	}
}

func TestWhatChangedIsTold(t *testing.T) {
	version := func(hash, fi, sv string) CourseVersionPublished {
		outline := newsOutline()
		outline[0].Activities[0].Texts = map[Language]string{"fi": fi, "sv": sv}
		outline[0].Activities[0].Hash = fi + sv
		return CourseVersionPublished{Course: "c", Hash: hash, Modules: outline}
	}
	w := newToldWorld(t)
	w.at("2026-11-02 12:00", version("v2", "a1", "s1"))
	w.did("2026-11-03 12:00", "a")
	if got := w.tick("2026-11-03 13:00"); got != "" {
		t.Errorf("what was read as it is: %q", got)
	}
	w.at("2026-11-04 12:00", version("v3", "a1", "s2"))
	if got := w.tick("2026-11-04 13:00"); got != "" {
		t.Errorf("a change in another language: %q", got)
	}
	w.at("2026-11-05 20:00", version("v4", "a2", "s2"))
	if got := w.tick("2026-11-06 08:59"); got != "" {
		t.Errorf("in the night: %q", got)
	}
	if got := w.tick("2026-11-06 09:00"); got != "changed v4: a" {
		t.Errorf("a change: %q", got)
	}
	if got := w.tick("2026-11-06 09:01"); got != "" {
		t.Errorf("a change, again: %q", got)
	}
	if got := w.feed("2026-11-06 10:00"); got != "changed: a" {
		t.Errorf("the feed is %q", got)
	}
	w.at("2026-11-06 11:00", ChangeAcknowledged{Course: "c", Person: "aino", Activity: "a", Hash: "a2s2"})
	if got := w.feed("2026-11-06 11:00"); got != "" {
		t.Errorf("what is acknowledged still calls: %q", got)
	}
	w.at("2026-11-07 12:00", version("v5", "a3", "s2"))
	if got := w.tick("2026-11-10 09:00"); got != "" {
		t.Errorf("a server that slept for days: %q", got)
	}
}

func TestFeedbackInTheFeed(t *testing.T) {
	w := newToldWorld(t)
	given := func(id string, verdict Verdict) FeedbackGiven {
		return FeedbackGiven{Feedback: id, Submission: "s" + id, Course: "c", Person: "aino", Activity: "b", Verdict: verdict}
	}
	w.at("2026-11-05 12:00", TaskSubmitted{Submission: "s1", Course: "c", Person: "aino", Activity: "b"})
	if got := w.feed("2026-11-05 12:00"); got != "" {
		t.Errorf("before anybody read it: %q", got)
	}
	w.at("2026-11-06 12:00", given("1", Returned), given("1", Returned))
	w.at("2026-11-07 12:00", TaskSubmitted{Submission: "s2", Course: "c", Person: "aino", Activity: "b"})
	w.at("2026-11-08 12:00", given("2", Approved))
	if got := w.feed("2026-11-09 12:00"); got != "approved: b; returned: b" {
		t.Errorf("the feed is %q", got)
	}
	w.at("2026-11-10 12:00", LearnerRemoved{Cohort: "k", Course: "c", Person: "aino"})
	if got := w.feed("2026-11-10 12:00"); got != "" {
		t.Errorf("who left reads %q", got)
	}
}

func TestMarkedAnswersInTheFeed(t *testing.T) {
	w := newToldWorld(t)
	outline := append(newsOutline(), ModuleOutline{ID: "m3", Activities: []ActivityOutline{{ID: "q", Kind: Quiz, Questions: 2, Pass: 1}, {ID: "dev", Kind: Development}}})
	w.at("2026-11-03 12:00", CourseVersionPublished{Course: "c", Hash: "v2", Modules: outline})
	w.at("2026-11-04 12:00", QuizAttempted{Attempt: "1", Course: "c", Person: "aino", Activity: "q", Points: 0, Max: 2})
	if got := w.feed("2026-11-04 12:00"); got != "" {
		t.Errorf("what the program marked is told: %q", got)
	}
	w.at("2026-11-05 12:00", QuizHandedIn{Attempt: "2", Answers: "2a", Course: "c", Person: "aino", Activity: "q", Points: 1, Max: 2})
	w.at("2026-11-06 12:00", MarkGiven{Attempt: "2", Answers: "2m", Course: "c", Person: "aino", Activity: "q", Points: 2, Max: 2, Passed: true})
	w.at("2026-11-07 12:00", DevelopmentStepSubmitted{Submission: "d", Course: "c", Person: "aino", Activity: "dev"})
	w.at("2026-11-08 12:00", FeedbackGiven{Feedback: "f", Submission: "d", Course: "c", Person: "aino", Activity: "dev", Verdict: Approved})
	w.at("2026-11-09 12:00", DevelopmentFirstApproved{Feedback: "g", Submission: "d", Course: "c", Person: "aino", Activity: "dev"})
	w.at("2026-11-10 12:00", DevelopmentSecondApproved{Feedback: "h", Submission: "d", Course: "c", Person: "aino", Activity: "dev"})
	if got := w.feed("2026-11-11 12:00"); got != "approved: dev; first_approved: dev; step_approved: dev; marked: q" {
		t.Errorf("the feed is %q", got)
	}
}

func TestFollowUpsInTheFeed(t *testing.T) {
	w := newToldWorld(t)
	outline := append(newsOutline(), ModuleOutline{ID: "m3", Activities: []ActivityOutline{{ID: "try", Kind: Work}}})
	due := func(moment string) (asked string) {
		t.Helper()
		w.now = finnish(moment)
		decision, err := w.state.followUpsDue(borders{w.people}, w.now)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range decision.Events {
			asked += fmt.Sprintf("%d %t", e.(FollowUpDue).Days, e.(FollowUpDue).Again)
		}
		w.at(moment, decision.Events...)
		return asked
	}
	w.at("2026-11-03 12:00", CourseVersionPublished{Course: "c", Hash: "v2", Modules: outline})
	w.at("2026-11-04 12:00", WorkPlanned{Try: "t", Course: "c", Person: "aino", Activity: "try", By: "2026-11-10"})
	w.at("2026-11-10 12:00", WorkTold{Try: "t", Course: "c", Person: "aino", Activity: "try", On: "2026-11-10", Went: Worked, Story: "s"})
	for _, step := range []struct{ moment, want string }{
		{"2026-12-10 08:59", ""}, {"2026-12-10 09:00", "30 false"}, {"2026-12-16 23:59", ""}, {"2026-12-17 08:59", ""}, {"2026-12-17 09:00", "30 true"},
		{"2026-12-18 09:00", ""}, {"2027-01-08 09:00", ""}, {"2027-02-07 23:59", ""}, {"2027-02-08 09:00", "90 false"},
	} {
		if got := due(step.moment); got != step.want {
			t.Errorf("%s: %q, want %q", step.moment, got, step.want)
		}
	}
	if got := w.feed("2027-02-08 10:00"); got != "follow_up: try" {
		t.Errorf("the feed is %q", got)
	}
	w.at("2027-02-09 12:00", WorkFollowedUp{Try: "t", Course: "c", Person: "aino", Days: 90, Use: InUse})
	if got := due("2027-02-15 09:00"); got != "" {
		t.Errorf("who answered is asked again: %q", got)
	}
	if got := w.feed("2027-02-15 10:00"); got != "" {
		t.Errorf("after the answer the feed is %q", got)
	}
}

// Who leaves a server off for weeks and turns it on again is not flooded.
func TestAServerThatSlept(t *testing.T) {
	w := newToldWorld(t)
	if got := w.tick("2026-12-15 12:00"); got != "" {
		t.Errorf("told of what is past: %q", got)
	}
}

func TestManyAreToldInSeveralCommits(t *testing.T) {
	w := newToldWorld(t)
	for i := range 2*toldPerCommit + 9 {
		id := fmt.Sprintf("p%d", i)
		w.at("2026-10-27 12:00", people.PersonAdded{Person: id, Org: "school", Language: "fi", Grants: placed("trainee", "east"), Credential: "c-" + id},
			LearnerEnrolled{Cohort: "k", Course: "c", Person: id})
	}
	var sizes []int
	for range 4 {
		told := w.tick("2026-12-02 09:00")
		sizes = append(sizes, strings.Count(told, "due"))
	}
	if !slices.Equal(sizes, []int{toldPerCommit, toldPerCommit, 10, 0}) {
		t.Errorf("told %v", sizes)
	}
}

func TestNoticeChoices(t *testing.T) {
	w := newToldWorld(t)
	choose := func(choices ...NoticeChoice) int {
		t.Helper()
		decision, err := w.state.chooseNotices("aino", choices)
		if err != nil {
			t.Fatal(err)
		}
		w.at("2026-11-02 12:00", decision.Events...)
		return len(decision.Events)
	}
	if n := choose(NoticeChoice{AboutDue, true, false}); n != 1 || w.state.wants("aino", AboutDue, ByMail) || !w.state.wants("aino", AboutDue, InFeed) {
		t.Error("mail about what is due is not off")
	}
	if n := choose(NoticeChoice{AboutFeedback, true, true}); n != 0 || w.state.wants("aino", AboutDue, ByMail) {
		t.Error("a choice that changes nothing does")
	}
	if _, err := w.state.chooseNotices("aino", []NoticeChoice{{AboutDue, true, true}, {AboutDue, true, false}}); err == nil {
		t.Error("one kind is chosen twice")
	}
	if n := choose(NoticeChoice{AboutDue, true, true}); n != 1 || len(w.state.data.NoticesOff) != 0 {
		t.Error("everything is on again, and something is kept")
	}
	choose(NoticeChoice{AboutDue, false, false})
	w.at("2026-11-03 12:00", people.PersonErased{Person: "aino"})
	if len(w.state.data.NoticesOff) != 0 {
		t.Error("the choices of somebody erased are kept")
	}
}
