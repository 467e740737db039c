package scheduling

import (
	"testing"
)

// What waits for a doctor is listed for them and for who keeps their calendar, until it is answered or its time is over.
func TestUnanswered(t *testing.T) {
	r := newRegion(t)
	id := asking(t, r)
	expires := r.appointment(id).Expires
	for _, tt := range []struct {
		person string
		want   int
	}{
		{"gp", 1}, {"keeper", 1}, {"gp2", 0}, {"keeper2", 0},
	} {
		v := r.want(t, 200, tt.person, "GET", "/api/unanswered", "")
		if length(v["appointments"]) != tt.want {
			t.Errorf("%s: %v, want %d", tt.person, v, tt.want)
		}
		if tt.want == 1 && (at(v, "appointments", 0, "id") != id || at(v, "appointments", 0, "askedBy") != "Carita Lind" || at(v, "appointments", 0, "expires") == nil) {
			t.Errorf("%s: %v", tt.person, v)
		}
	}
	r.want(t, 403, "co", "GET", "/api/unanswered", "")
	r.clock.Store(expires - 1)
	if v := r.want(t, 200, "gp", "GET", "/api/unanswered", ""); length(v["appointments"]) != 1 {
		t.Errorf("a millisecond before it is over: %v", v)
	}
	r.clock.Store(expires)
	if v := r.want(t, 200, "gp", "GET", "/api/unanswered", ""); length(v["appointments"]) != 0 {
		t.Errorf("when it is over: %v", v)
	}
	r.clock.Store(noon.UnixMilli())
	r.want(t, 200, "keeper", "POST", "/api/appointments/"+id+"/answer", `{"answer":"accepted"}`)
	if v := r.want(t, 200, "gp", "GET", "/api/unanswered", ""); length(v["appointments"]) != 0 {
		t.Errorf("answered by who keeps the calendar: %v", v)
	}
}
