package main

import (
	"fmt"
	"net/http"
	"testing"
)

// The demo shows the headline of a real programme: work ability 6,8 before and 7,3 after, and 45, 38 and 37 % who manage better.
func TestDemoReport(t *testing.T) {
	config := testConfig(t.TempDir())
	config.Demo = true
	s := openSite(t, config)
	must(t, s.start(t.Context()))
	must(t, s.fillDemo(t.Context()))
	var kari string
	s.journal.View(func() {
		for p := range s.states.people.People() {
			if s.names.Of(p.ID).Email == "kari@demo.luotsi.example" {
				kari = p.ID
			}
		}
	})
	list := s.want(t, http.StatusOK, request{method: "GET", path: "/api/psycap/reports", person: kari})
	report := s.want(t, http.StatusOK, request{method: "GET", path: "/api/psycap/reports/" + list.text("reports.0.report"), person: kari})
	for _, want := range []struct {
		section, scale int
		n, share       float64
	}{{0, 0, 20, 0.5}, {1, 0, 200, 0.45}, {1, 1, 200, 0.38}, {1, 2, 200, 0.37}} {
		scale := fmt.Sprintf("sections.%d.scales.%d.", want.section, want.scale)
		if n, share := report.at(scale+"n"), report.at(scale+"changes.0.share.value"); n != want.n || share != want.share {
			t.Errorf("%s: %v of %v improved, want %v of %v", scale, share, n, want.share, want.n)
		}
	}
	if before, after := report.at("sections.0.scales.0.points.0.mean.value"), report.at("sections.0.scales.0.points.1.mean.value"); before != 6.8 || after != 7.3 {
		t.Errorf("means: %v and %v, want 6.8 and 7.3", before, after)
	}
}
