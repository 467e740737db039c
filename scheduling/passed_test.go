package scheduling

import (
	"fmt"
	"testing"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

// An offer names the first twenty who were passed over and counts the others; who would have had it but for the fit is always named.
func TestPassedOverAreBounded(t *testing.T) {
	monday, _ := days26(t)
	nurse := func(r *RequestMade) {
		r.Needs = append(r.Needs, Need{Role: auth.Coordinator, Any: []Comer{{"nurse", auth.Coordinator}}, Optional: true})
	}
	for _, tt := range []struct {
		passed, named, more int
		fit                 bool
	}{
		{passed: 19, named: 19}, {passed: 20, named: 20}, {passed: 21, named: 20, more: 1}, {passed: 30, named: 20, more: 10},
		{passed: 18, fit: true, named: 19}, {passed: 19, fit: true, named: 20}, {passed: 20, fit: true, named: 20, more: 1}, {passed: 25, fit: true, named: 20, more: 6},
	} {
		s := bookedAt(t, ExceptionAdded{Exception: "x", Person: "nurse", Day: monday, Kind: Away})
		for n := range tt.passed {
			id := fmt.Sprintf("p%02d", n)
			s.happen(t, noon.Add(time.Duration(n)*time.Second), "co", asks(id, "co-"+id, of("gp2"))...)
		}
		late := noon.Add(time.Minute)
		if tt.fit {
			s.happen(t, late, "co", asks("better", "co1", nurse)...)
		}
		s.happen(t, late.Add(time.Second), "co", asks("last", "co2")...)
		d, err := s.Cancel(late.Add(time.Minute), "a1", Other)
		var held AppointmentHeld
		for _, e := range s.cascade(t, late.Add(time.Minute), "other", d, err) {
			if h, ok := e.(AppointmentHeld); ok {
				held = h
			}
		}
		name := fmt.Sprintf("%d passed, fit %t", tt.passed, tt.fit)
		if held.Request != "last" || len(held.Passed) != tt.named || held.PassedMore != tt.more || held.Passed[0].Request != "p00" {
			t.Errorf("%s: %q, %d named, %d more", name, held.Request, len(held.Passed), held.PassedMore)
			continue
		}
		if end := held.Passed[len(held.Passed)-1]; (end == PassedOver{"better", WhyFit}) != tt.fit {
			t.Errorf("%s: the last is %v", name, end)
		}
		steps := s.primary.Requests["last"].Steps
		if step := steps[len(steps)-1]; len(step.Passed) != tt.named || step.PassedMore != tt.more {
			t.Errorf("%s: the step has %d and %d", name, len(step.Passed), step.PassedMore)
		}
	}
}

// What an earlier program wrote stays whole.
func TestLongPassedOverOfOldEventsStay(t *testing.T) {
	s := given(append([]journal.Event{mondays(t)}, asks("r1", "co1")...)...)
	e := AppointmentHeld{AppointmentBooked: booked("a", weekLater, 30, "gp", "co1"), Offer: true, Expires: utc(weekLater) - 1}
	e.Request, e.Case, e.Reference = "r1", "case-r1", s.primary.Cases["case-r1"].Reference
	for n := range 500 {
		e.Passed = append(e.Passed, PassedOver{fmt.Sprint(n), WhyBusy})
	}
	s.happen(t, noon, "", e)
	steps := s.primary.Requests["r1"].Steps
	if got := steps[len(steps)-1]; len(got.Passed) != 500 || got.PassedMore != 0 {
		t.Errorf("%d and %d", len(got.Passed), got.PassedMore)
	}
}
