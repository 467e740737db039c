package main

import (
	"context"
	"log/slog"
	"strings"
	"testing"
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
