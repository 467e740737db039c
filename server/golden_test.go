package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/bson"

	"luotsi/courses"
	"luotsi/courses/psycap"
	"luotsi/migrations"
	"luotsi/scheduling"
	"luotsi/server/journal"
	"luotsi/server/mongodb/mongotest"
	"luotsi/server/people"
)

var update = flag.Bool("update", false, "add samples of new events to the golden journal and note the new states; never to make a red test green")

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
		for _, e := range eventsOf(t, raw) {
			seen[e.Lookup("type").StringValue()] = true
		}
	}
	for _, typ := range allTypes() {
		if !seen[typ.Name()] {
			t.Errorf("%s has no stored sample: add one to the events of writeGolden and run with -update", typ.Name())
		}
	}
}

func allTypes() []journal.Type {
	return slices.Concat(people.Events(), courses.Events(), psycap.Events(), scheduling.Events())
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

// writeGolden adds one commit for every type of event that has no stored sample yet. What is stored stays: it is what an
// earlier program wrote.
func writeGolden(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	stored := readGolden(t)
	s := newStates()
	if _, err := journal.Replay(allTypes(), migrations.Upgrades(), s.list(), stored); err != nil {
		t.Fatal(err)
	}
	var persons []string
	for p := range s.people.People() {
		persons = append(persons, p.ID)
	}
	slices.Sort(persons)
	var org, unit, hours, appointment string
	seen := map[string]bool{}
	for _, raw := range stored {
		for _, e := range eventsOf(t, raw) {
			seen[e.Lookup("type").StringValue()] = true
			switch data := e.Lookup("data").Document(); e.Lookup("type").StringValue() {
			case "people.unit_added":
				unit, org = data.Lookup("unit").StringValue(), data.Lookup("org").StringValue()
			case "scheduling.hours_added":
				hours = data.Lookup("hours").StringValue()
			case "scheduling.appointment_booked":
				appointment = data.Lookup("appointment").StringValue()
			}
		}
	}
	soon := time.Now().Add(time.Hour).UnixMilli()
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
		scheduling.ResourceAdded{Resource: "room1", Unit: unit, Kind: scheduling.Room, Name: "Neuvotteluhuone"},
		scheduling.ResourceChanged{Resource: "room1", Name: "Sali"},
		scheduling.ResourceRetired{Resource: "room1"},
		scheduling.CaseClosed{Case: "golden"},
		scheduling.DeputySet{Absence: "away1", Person: persons[0], Deputy: persons[1], From: day, Until: day + 6},
		scheduling.DeputyEnded{Absence: "away1", Person: persons[0], Last: day + 2},
		scheduling.CalendarAdded{Calendar: "other1", Person: persons[0], Kind: scheduling.FromAddress},
		scheduling.CalendarRead{Calendar: "other1", From: 1_780_000_020_000, Until: 1_790_000_040_000, Busy: []byte{60, 30, 200, 11, 90}, Problems: 1, Text: "t1", Hash: "h1"},
		scheduling.CalendarAdded{Calendar: "other2", Person: persons[0], Kind: scheduling.FromFile},
		scheduling.CalendarRemoved{Calendar: "other2"},
		scheduling.FeedMade{Person: persons[0], Feed: "feed1", Hash: "h2"},
		scheduling.FeedMade{Person: persons[1], Feed: "feed2", Hash: "h3"},
		scheduling.FeedRevoked{Person: persons[1]},
		scheduling.PlacesReturned{Person: persons[0], Day: day, Unit: unit, Spans: []scheduling.ReturnedHours{{Start: soon, End: soon + 3_600_000}}},
		scheduling.PlacesReopened{Person: persons[0], Day: day},
	}
	events = append(events, people.InvitationWithdrawn{Person: "golden"})
	events = append(events, appointmentSamples()...)
	events = append(events, courseSamples(persons[0])...)
	events = append(events, psycapSamples(persons[0])...)
	// A journal without states takes every event as it is.
	db := mongotest.New(t)
	j, err := journal.Open(ctx, journal.Options{
		Database: db, Types: allTypes(), Upgrades: migrations.Upgrades(), Now: time.Now, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	for _, e := range events {
		_, err := j.Update(ctx, persons[0], journal.Key{}, func(time.Time) (journal.Decision, error) {
			return journal.Happens(e).Answering("golden"), nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.OpenFile(goldenJournal, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for n := range events {
		var commit bson.D
		id := fmt.Sprintf("%012d", n+1)
		if err := db.Driver.Collection("journal").FindOne(ctx, bson.D{{Key: "_id", Value: id}}).Decode(&commit); err != nil {
			t.Fatal(err)
		}
		raw, err := bson.Marshal(commit)
		if err != nil {
			t.Fatal(err)
		}
		name := eventsOf(t, raw)[0].Lookup("type").StringValue()
		if seen[name] {
			continue
		}
		seen[name] = true
		stored = append(stored, raw)
		commit[0].Value = fmt.Sprintf("%012d", len(stored))
		line, err := bson.MarshalExtJSON(commit, true, false)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.Write(append(line, '\n')); err != nil {
			t.Fatal(err)
		}
	}
}

func eventsOf(t *testing.T, commit bson.Raw) []bson.Raw {
	t.Helper()
	values, err := commit.Lookup("events").Array().Values()
	if err != nil {
		t.Fatal(err)
	}
	events := make([]bson.Raw, len(values))
	for i, v := range values {
		events[i] = v.Document()
	}
	return events
}
