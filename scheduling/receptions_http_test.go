package scheduling

import (
	"context"
	"testing"
	"time"
)

// A series is planned around a holiday, moved and cancelled; who had a place moves along or waits, and the same request repeated
// gives the same answer.
func TestSeriesOfReceptions(t *testing.T) {
	r := newRegion(t)
	of := "/api/people/gp/receptions"
	room := r.want(t, 201, "keeper", "POST", "/api/resources", `{"unit":"centre","kind":"room","name":"Sali 2"}`)["id"].(string)
	tried := r.want(t, 200, "keeper", "GET", of+"/plan?unit=centre&from=09:00&to=12:00&minutes=45&first=2026-12-24&until=2027-01-07&every=week&interval=1&room="+room, "")
	if at(tried, "days", 0, "clashes", 0) != "holiday" || at(tried, "days", 0, "possible") != true || length(at(tried, "days", 1, "clashes")) != 0 || length(tried["days"]) != 3 {
		t.Errorf("%v", tried)
	}
	planned := r.want(t, 201, "keeper", "POST", of,
		`{"unit":"centre","from":"09:00","to":"12:00","minutes":45,"places":4,"room":"`+room+`","dates":["2026-12-31","2027-01-07"]}`)
	if length(planned["planned"]) != 2 || at(planned, "receptions", 0, "id") != at(planned, "planned", 0) || at(planned, "receptions", 0, "roomName") != "Sali 2" {
		t.Fatalf("%v", planned)
	}
	first := "/api/receptions/" + at(planned, "planned", 0).(string)

	book := func(who, start string) string {
		t.Helper()
		return r.want(t, 201, who, "POST", "/api/appointments", `{"doctor":"gp","unit":"centre","start":"`+start+`","minutes":45,"mode":"on_site"}`)["id"].(string)
	}
	stays, leaves := book("co", "2026-12-31T07:00:00Z"), book("co2", "2026-12-31T07:45:00Z")
	if got := r.want(t, 200, "gp", "GET", of, ""); at(got, "receptions", 0, "taken") != 2.0 || at(got, "receptions", 0, "places") != 4.0 {
		t.Errorf("%v", got)
	}
	r.happen(t, ExceptionAdded{Exception: "away", Person: "co2", Day: day(t, "2026-12-30"), Kind: Away})
	wednesday := "date=2026-12-30&from=09:00&to=12:00"
	if got := r.want(t, 200, "gp", "GET", first+"/move?"+wednesday, ""); got["moved"] != 1.0 || got["returned"] != 1.0 {
		t.Errorf("before moving: %v", got)
	}
	if got := r.want(t, 409, "gp", "GET", first+"/move?date=2027-01-07&from=11:00&to=13:00", ""); got["code"] != "reception_overlap" {
		t.Errorf("%v", got)
	}
	if got := r.want(t, 200, "co2", "GET", "/api/appointments/"+leaves, ""); got["state"] != "booked" {
		t.Errorf("trying changed something: %v", got)
	}
	if got := r.want(t, 409, "gp", "POST", first+"/cancellation", `{"following":true,"unused":true}`); got["code"] != "reception_used" {
		t.Errorf("%v", got)
	}
	move := `{"date":"2026-12-30","from":"09:00","to":"12:00","following":false}`
	for range 2 {
		got, err := r.service.MoveReceptions(context.Background(), r.caller("gp", "same"), at(planned, "planned", 0).(string), day(t, "2026-12-30"), 540, 720, false)
		if err != nil || got != (changed{"gp", 1, 1}) {
			t.Errorf("%+v %v", got, err)
		}
	}
	if got := r.want(t, 200, "gp", "POST", first+"/move", move); at(got, "changed", "moved") != 0.0 {
		t.Errorf("to where it is: %v", got)
	}
	if got := r.want(t, 200, "co", "GET", "/api/appointments/"+stays, ""); got["start"] != "2026-12-30T07:00:00Z" {
		t.Errorf("%v", got)
	}
	waiting := r.want(t, 200, "co2", "GET", "/api/requests", "")
	if length(waiting["requests"]) != 1 || at(waiting, "requests", 0, "state") != "waiting" || at(waiting, "requests", 0, "minutes") != 45.0 {
		t.Fatalf("%v", waiting)
	}

	// The next reception has a place for whoever waits.
	if err := r.service.OfferWaiting(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got := r.want(t, 200, "co2", "GET", "/api/requests", ""); at(got, "requests", 0, "offer", "start") != "2027-01-07T07:00:00Z" {
		t.Errorf("%v", got)
	}
	r.clock.Add(time.Minute.Milliseconds())
	got := r.want(t, 200, "gp", "POST", first+"/cancellation", `{"following":true}`)
	if at(got, "changed", "returned") != 1.0 || at(got, "changed", "moved") != 0.0 || length(got["receptions"]) != 0 {
		t.Errorf("%v", got)
	}
	for _, who := range []string{"co", "co2"} {
		if got := r.want(t, 200, who, "GET", "/api/requests", ""); length(got["requests"]) != 1 || at(got, "requests", 0, "state") != "waiting" {
			t.Errorf("%s: %v", who, got)
		}
	}

	// What was published by mistake is taken back, and new receptions are offered to who waits.
	again := `{"unit":"centre","from":"09:00","to":"12:00","minutes":45,"places":4,"dates":["2027-01-14"]}`
	planned = r.want(t, 201, "gp", "POST", of, again)
	r.want(t, 200, "gp", "POST", "/api/receptions/"+at(planned, "planned", 0).(string)+"/cancellation", `{"following":true,"unused":true}`)
	r.want(t, 201, "gp", "POST", of, again)
	if err := r.service.OfferWaiting(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{"co", "co2"} {
		if got := r.want(t, 200, who, "GET", "/api/requests", ""); at(got, "requests", 0, "state") != "offered" {
			t.Errorf("%s: %v", who, got)
		}
	}
}
