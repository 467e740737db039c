package main

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"luotsi/scheduling"
	"luotsi/server/auth"
	"luotsi/server/web"
)

func demoWorld(t *testing.T, folder, demo string) *world {
	t.Helper()
	config, err := readConfig(func(name string) string {
		return map[string]string{"LUOTSI_DATA": folder, "LUOTSI_DEMO": demo}[name]
	})
	if err != nil {
		t.Fatal(err)
	}
	w, err := openWorld(context.Background(), config, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.start(context.Background()); err != nil {
		t.Fatal(err)
	}
	return w
}

func TestDemoPeopleAreNeverServedAsReal(t *testing.T) {
	ctx := context.Background()
	folder := t.TempDir()
	w := demoWorld(t, folder, "1")
	for range 2 { // the second time there is nothing to fill
		if err := w.fillDemo(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.checkDemo(ctx); err != nil || !w.config.Demo {
		t.Errorf("the demo itself: got %v, demo %v", err, w.config.Demo)
	}
	w.close()
	w = demoWorld(t, folder, "")
	if err := w.checkDemo(ctx); err == nil || !strings.Contains(err.Error(), "LUOTSI_DEMO=1") {
		t.Errorf("without the setting: got %v, want a refusal that says what to do", err)
	}
	w.close()

	w = demoWorld(t, t.TempDir(), "1")
	defer w.close()
	if _, _, err := w.people.AddOrganisation(ctx, "Oikea alue", "Oikea asema", "health_centre"); err != nil {
		t.Fatal(err)
	}
	if err := w.fillDemo(ctx); err != nil {
		t.Fatal(err)
	}
	if err := w.checkDemo(ctx); err != nil || w.config.Demo {
		t.Errorf("a database with real people: got %v, demo %v; want no demo", err, w.config.Demo)
	}
}

// A newcomer finds somebody behind every count of the page of a group, and can see what it is like to have finished.
func TestDemoGroupHasEverybody(t *testing.T) {
	ctx := context.Background()
	w := demoWorld(t, t.TempDir(), "1")
	defer w.close()
	if err := w.fillDemo(ctx); err != nil {
		t.Fatal(err)
	}
	person := func(name string) (c auth.Caller) {
		for _, d := range demoSignIns() {
			if d.name == name {
				id, err := (inviter{w.people}).Find(ctx, d.email)
				if err != nil || id == "" {
					t.Fatalf("%s: got %q and %v", d.email, id, err)
				}
				return w.as(id)
			}
		}
		t.Fatalf("nobody is told to sign in as %s", name)
		return c
	}
	roster, err := w.courses.Roster(ctx, person("Päivi Nieminen"), "demo-cohort")
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, row := range roster.Rows {
		for what, is := range map[string]bool{"waiting": row.Waiting > 0, "behind": row.Behind, "away": row.Away, "complete": row.Passed} {
			if is {
				counts[what]++
			}
		}
	}
	if len(counts) != 4 || counts["complete"] != 1 {
		t.Errorf("counts: got %v, want somebody in each and one who is complete", counts)
	}
	ways, err := w.courses.Ways(ctx, person("Tiina Åberg"))
	if err != nil || len(ways) != 1 || ways[0].Certificate == "" || len(ways[0].FollowUps) != 1 {
		t.Errorf("who has finished: got %+v and %v, want a certificate and something to follow up", ways, err)
	}
	if behind := time.Since(w.now()); behind > time.Minute {
		t.Errorf("the clock stayed %v behind", behind)
	}
}

func TestDemoMeetingsAreOverAtAnyHourOfAnyDay(t *testing.T) {
	at := func(text string) time.Time {
		zone, err := time.LoadLocation("Europe/Helsinki")
		if err != nil {
			t.Fatal(err)
		}
		moment, err := time.ParseInLocation("2006-01-02 15:04", text, zone)
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	for _, tc := range []struct{ name, now, last, earlier string }{
		{"a Tuesday afternoon", "2026-11-24 13:10", "2026-11-24 12:30", "2026-11-23 09:00"},
		{"the minute it ends", "2026-11-24 13:00", "2026-11-24 12:30", "2026-11-23 09:00"},
		{"a minute before", "2026-11-24 12:59", "2026-11-24 12:00", "2026-11-23 09:00"},
		{"the first that can be over", "2026-11-24 08:30", "2026-11-24 08:00", "2026-11-23 09:00"},
		{"too early for that", "2026-11-24 08:29", "2026-11-23 15:30", "2026-11-20 09:00"},
		{"the evening", "2026-11-24 23:59", "2026-11-24 15:30", "2026-11-23 09:00"},
		{"a Sunday night", "2026-11-22 03:00", "2026-11-20 15:30", "2026-11-19 09:00"},
		{"Easter Monday", "2026-04-06 12:00", "2026-04-02 15:30", "2026-04-01 09:00"},
		{"Christmas Day", "2026-12-25 12:00", "2026-12-23 15:30", "2026-12-22 09:00"},
		{"the day after the clocks changed", "2026-10-26 08:10", "2026-10-23 15:30", "2026-10-22 09:00"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			now := at(tc.now)
			today, _ := scheduling.ParseDay(web.Date(now.Format(time.DateOnly)))
			last, earlier := demoPast(now, today)
			if !last.Equal(at(tc.last)) || !earlier.Equal(at(tc.earlier)) {
				t.Errorf("got %v and %v, want %s and %s", last, earlier, tc.last, tc.earlier)
			}
		})
	}
}
