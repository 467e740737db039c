package scheduling

import (
	"testing"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

// decode reads a body as the routes do.
func decode[T any](body []byte, fill func(*T)) (*T, bool) {
	req := new(T)
	if field, err := web.DecodeJSON(body, req); field != nil || err != nil {
		return nil, false
	}
	fill(req)
	return req, len(web.Validate(req)) == 0
}

// mustBeCoded fails when a refusal would be a 500.
func mustBeCoded(t *testing.T, err error) bool {
	t.Helper()
	if err == nil {
		return true
	}
	if _, ok := fault.As(err); !ok {
		t.Errorf("an uncoded failure: %v", err)
	}
	return false
}

// Whatever hours get through can be computed with on every day they are in force.
func FuzzHours(f *testing.F) {
	f.Add([]byte(mondayRule))
	f.Add([]byte(`{"unit":"a","weekday":7,"from":"03:00","to":"04:00","minutes":10,"validFrom":"2026-03-01"}`))
	f.Add([]byte(`{"unit":"a","weekday":7,"from":"00:00","to":"23:59","minutes":240,"validFrom":"2099-12-01"}`))
	f.Add([]byte(`{"weekday":1e9}`))
	f.Add([]byte(`{"unit":"a","weekday":4,"from":"09:00","to":"12:00","minutes":30,"validFrom":"2026-12-01","purpose":"written"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		req, ok := decode(body, func(r *hoursRequest) { r.Person = "gp" })
		if !ok {
			return
		}
		h, err := req.hours()
		if !mustBeCoded(t, err) {
			return
		}
		s := given()
		d, err := s.AddHours(noon, "h", h)
		if !mustBeCoded(t, err) {
			return
		}
		s = given(d.Events...)
		if wrong := s.Check(); len(wrong) > 0 {
			t.Error(wrong)
		}
		kept := s.primary.Hours["h"]
		last := int64(0)
		for _, p := range s.plan("gp").published(s.calendar, kept.ValidFrom, kept.ValidUntil, req.Unit) {
			if p.Start < last || p.End <= p.Start || p.Step < MinMinutes*minute {
				t.Fatalf("stretch %+v after %d", p, last)
			}
			last = p.End
		}
	})
}

func FuzzExceptions(f *testing.F) {
	f.Add([]byte(`{"date":"2026-11-30","kind":"away"}`))
	f.Add([]byte(`{"date":"2027-03-28","kind":"extra","from":"02:30","to":"04:30","unit":"centre","minutes":30}`))
	f.Add([]byte(`{"date":"2026-11-23","kind":"away","from":"09:10","to":"09:20"}`))
	f.Add([]byte(`{"date":"2027-03-29","kind":"open"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		req, ok := decode(body, func(r *exceptionRequest) { r.Person = "gp" })
		if !ok {
			return
		}
		e, err := req.exception()
		if !mustBeCoded(t, err) {
			return
		}
		d, err := given(mondays(t)).AddException(noon, "e", e)
		if !mustBeCoded(t, err) {
			return
		}
		s := given(append(d.Events, mondays(t))...)
		if wrong := s.Check(); len(wrong) > 0 {
			t.Error(wrong)
		}
		last := int64(0)
		for _, p := range s.plan("gp").published(s.calendar, e.Day, e.Day, "") {
			if p.Start < last || p.End <= p.Start {
				t.Fatalf("stretch %+v after %d", p, last)
			}
			last = p.End
		}
	})
}

func FuzzBooking(f *testing.F) {
	f.Add([]byte(nineOClock))
	f.Add([]byte(`{"doctor":"gp","unit":"centre","start":"2027-03-28T03:30:00+02:00","minutes":240,"mode":"video"}`))
	f.Add([]byte(`{"doctor":"gp","unit":"centre","start":"2099-12-31T23:59:00Z","minutes":240,"mode":"phone"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		req, ok := decode(body, func(*bookRequest) {})
		if !ok {
			return
		}
		w, err := req.wish()
		if !mustBeCoded(t, err) {
			return
		}
		seats := each(Attendee{w.Doctor, auth.Doctor, NoHours}, Attendee{"co", auth.Coordinator, OfficeHours})
		_, err = given(mondays(t)).Book(noon, Booking{
			Appointment: "a", References: []string{"R"}, Unit: w.Unit, Start: w.Start.UnixMilli(), Minutes: w.Minutes, Mode: w.Mode, Seats: seats,
		})
		mustBeCoded(t, err)
	})
}

func FuzzRangesAndLists(f *testing.F) {
	f.Add("2026-11-23", "2027-02-22", "nurse,co2")
	f.Add("2099-12-31", "2099-12-31", ",")
	f.Fuzz(func(t *testing.T, from, to, with string) {
		first, last, err := days(web.Date(from), web.Date(to), MaxRange)
		if mustBeCoded(t, err) {
			s := given(mondays(t))
			s.Search(Query{Unit: "centre", From: first, To: last, Seats: pair()}, 0)
		}
		seats, err := parseSeats(with)
		if mustBeCoded(t, err) && len(seats) > MaxPeople {
			t.Errorf("%d seats", len(seats))
		}
	})
}
