package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/bson"

	"luotsi/courses"
	"luotsi/migrations"
	"luotsi/scheduling"
	"luotsi/server/journal"
	"luotsi/server/people"
)

var update = flag.Bool("update", false, "write the golden journal anew; only when events were added, never to make a red test green")

const (
	goldenJournal = "testdata/golden.journal.jsonl"
	goldenStates  = "testdata/golden.states.json"
)

// goldenState is what a state made of the golden journal when its Version was this one.
type goldenState struct {
	Version int    `json:"version"`
	Hash    string `json:"hash"`
}

// TestGoldenJournal holds the promise of events: commits stored by an earlier program are still read, and make the same states
// unless the state says by a new Version that it makes something else of them.
func TestGoldenJournal(t *testing.T) {
	if *update {
		writeGolden(t)
	}
	commits := readGolden(t)
	s := newStates()
	prints, err := journal.Replay(allTypes(), migrations.Upgrades(), s.list(), commits)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]goldenState{"keys": {1, prints["keys"]}}
	for _, state := range s.list() {
		got[state.Name()] = goldenState{state.Version(), prints[state.Name()]}
		if wrong := state.Check(); len(wrong) > 0 {
			t.Errorf("%s does not agree with itself: %v", state.Name(), wrong)
		}
	}
	if *update {
		text, err := json.MarshalIndent(got, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(goldenStates, append(text, '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(goldenStates)
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]goldenState
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	for name, w := range want {
		switch g := got[name]; {
		case g.Version != w.Version:
			t.Errorf("%s has version %d, the golden state is of %d: run the test with -update and look at the difference", name, g.Version, w.Version)
		case g.Hash != w.Hash:
			t.Errorf("%s makes something else of the same events: raise its Version, so that older snapshots are not used", name)
		}
	}
}

// TestGoldenJournalHasEveryEvent fails when an event type was added without a stored sample.
func TestGoldenJournalHasEveryEvent(t *testing.T) {
	seen := map[string]bool{}
	for _, raw := range readGolden(t) {
		events, err := raw.Lookup("events").Array().Values()
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			seen[e.Document().Lookup("type").StringValue()] = true
		}
	}
	for _, typ := range allTypes() {
		if !seen[typ.Name()] {
			t.Errorf("%s has no stored sample: add one to the events of writeGolden and run with -update", typ.Name())
		}
	}
}

func allTypes() []journal.Type {
	return slices.Concat(people.Events(), courses.Events(), scheduling.Events())
}

func readGolden(t *testing.T) []bson.Raw {
	t.Helper()
	file, err := os.Open(goldenJournal)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var commits []bson.Raw
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var raw bson.Raw
		if err := bson.UnmarshalExtJSON(lines.Bytes(), true, &raw); err != nil {
			t.Fatal(err)
		}
		commits = append(commits, raw)
	}
	if err := lines.Err(); err != nil || len(commits) == 0 {
		t.Fatalf("read the golden journal: %v", err)
	}
	return commits
}

// writeGolden stores the demo's commits, and then one of every kind that the demo does not need.
func writeGolden(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	config, err := readConfig(func(name string) string {
		return map[string]string{"LUOTSI_DATA": t.TempDir(), "LUOTSI_DEMO": "1"}[name]
	})
	if err != nil {
		t.Fatal(err)
	}
	w, err := openWorld(ctx, config, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	if err := w.fillDemo(ctx); err != nil {
		t.Fatal(err)
	}
	var persons []string
	var org, unit, hours, appointment string
	w.journal.View(func() {
		for p := range w.states.people.People() {
			persons = append(persons, p.ID)
			org, unit = p.Org, p.Grants[0].Unit
		}
	})
	slices.Sort(persons)
	soon := time.Now().Add(time.Hour).UnixMilli()
	read := w.journal.Follow(ctx, 0, func(_ context.Context, c journal.Commit) error {
		for _, e := range c.Events {
			switch e := e.(type) {
			case scheduling.HoursAdded:
				hours = e.Hours
			case scheduling.AppointmentBooked:
				appointment = e.Appointment
			}
		}
		if c.Number == w.journal.Applied() {
			return context.Canceled
		}
		return nil
	})
	if !errors.Is(read, context.Canceled) {
		t.Fatal(read)
	}
	day := finnishToday() + 7
	events := []journal.Event{
		people.OrganisationRenamed{Org: org, Name: "Uusi nimi"},
		people.UnitChanged{Unit: unit, Name: "Uusi nimi", Kind: "ngo"},
		people.SharingOpened{Sharing: "golden", Unit: unit, Org: org, Purpose: "cohorts"},
		people.SharingClosed{Sharing: "golden"},
		people.PersonInvited{Person: "golden", Org: org, Language: "sv", Grants: []people.Placed{{Role: "trainee", Unit: unit}}, Invitation: "i1", Expires: soon},
		people.InvitationRenewed{Person: "golden", Invitation: "i2", Expires: soon},
		people.InvitationAccepted{Person: "golden", Credential: "c1", Language: "fi"},
		people.GrantsChanged{Person: "golden", Grants: []people.Placed{{Role: "coordinator", Unit: unit}}},
		people.NameChanged{Person: "golden"},
		people.LanguageChosen{Person: "golden", Language: "en"},
		people.ResetAsked{Person: "golden", Reset: "r1", Expires: soon},
		people.PasswordSet{Person: "golden", Credential: "c2", Reset: true},
		people.SessionsEnded{Person: "golden", Except: "s1", Asked: true},
		people.SessionEnded{Person: "golden", Session: "s1"},
		people.PersonDeactivated{Person: "golden"},
		people.PersonReactivated{Person: "golden"},
		people.FeedbackGiven{Feedback: "f1", Person: "golden", Org: org, Due: "2026-03-16"},
		people.FeedbackAnswered{Feedback: "f1", Answer: "a1"},
		courses.LearnerRemoved{Cohort: "demo-cohort", Course: demoCourse, Person: persons[len(persons)-1]},
		scheduling.HoursRemoved{Hours: hours, Person: persons[0]},
		scheduling.ExceptionAdded{Exception: "e1", Person: persons[0], Day: day, Kind: scheduling.Away},
		scheduling.ExceptionRemoved{Exception: "e1", Person: persons[0]},
		scheduling.ExceptionAdded{Exception: "e2", Person: persons[0], Day: day, Kind: scheduling.Extra, From: 600, To: 660, Unit: unit, Minutes: 30},
		scheduling.AppointmentCancelled{Appointment: appointment, Reason: scheduling.Illness},
		people.PersonErased{Person: persons[len(persons)-2]},
	}
	for i, e := range events {
		key := journal.Key{}
		if i == 0 {
			key = journal.Key{ID: "golden", Request: "hash"}
		}
		_, err := w.journal.Update(ctx, persons[0], key, func(time.Time) (journal.Decision, error) {
			return journal.Happens(e).Answering("golden"), nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Dir(goldenJournal), 0o700); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(goldenJournal)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	cursor, err := w.db.Driver.Collection("journal").Find(ctx, bson.D{})
	if err != nil {
		t.Fatal(err)
	}
	var all []bson.Raw
	if err := cursor.All(ctx, &all); err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(all, func(a, b bson.Raw) int {
		return slices.Compare([]byte(a.Lookup("_id").StringValue()), []byte(b.Lookup("_id").StringValue()))
	})
	for _, raw := range all {
		line, err := bson.MarshalExtJSON(raw, true, false)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.Write(append(line, '\n')); err != nil {
			t.Fatal(err)
		}
	}
}
