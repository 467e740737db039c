package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/valyala/fasthttp"
)

const (
	inLine         = 50 // who wait for the same doctor
	cascadedPlaces = 6  // places that go down the line, one after the other
)

// cascade is a place going down a line of 50: each declines, and the next is offered it in the same step. What is measured is
// the answer to one who declines.
type cascade struct {
	*driver
	booked   []string // appointments in the only places that those who wait can take
	requests []string // in the order of the line; coordinator n made request n
}

// lunch is between the hours of the seeded doctors, so that nobody else has anything then.
const lunch = "11:30"

func (d *driver) cascadeCase() testCase {
	c := &cascade{driver: d}
	return testCase{name: "cascade of 50: declining, with the offer to the next", ceiling: "insert", limit: inLine * cascadedPlaces, alone: c.decline}
}

// prepare opens half an hour at noon on some days, books it, and puts 50 coordinators in line who can come only then.
func (c *cascade) prepare() error {
	doctor, holder := c.region.Doctors[0], c.region.Coordinators[inLine].Person
	from, err := time.Parse(time.DateOnly, c.region.From)
	if err != nil {
		return err
	}
	for day := from.AddDate(0, 0, 14); len(c.booked) < cascadedPlaces && day.Before(from.AddDate(0, 0, 80)); day = day.AddDate(0, 0, 1) {
		if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
			continue
		}
		date := day.Format(time.DateOnly)
		if _, err := c.ask("POST", "/api/people/"+doctor.Person+"/hours/exceptions", doctor.Person,
			map[string]any{"date": date, "kind": "extra", "from": lunch, "to": "12:00", "unit": doctor.Unit, "minutes": 30}); err != nil {
			return err
		}
		var times struct {
			Days []struct{ Times []struct{ Start time.Time } }
		}
		answer, err := c.ask("GET", "/api/joint-times?doctor="+doctor.Person+"&unit="+doctor.Unit+"&from="+date+"&to="+date+
			"&minutes=30&mode=phone&never=1@00:00-11:30,1@12:00-23:59,2@00:00-11:30,2@12:00-23:59,3@00:00-11:30,3@12:00-23:59,4@00:00-11:30,4@12:00-23:59,5@00:00-11:30,5@12:00-23:59", holder, nil)
		if err == nil {
			err = json.Unmarshal(answer, &times)
		}
		if err != nil {
			return err
		}
		if len(times.Days) == 0 {
			continue // a holiday: the doctor works, the coordinators do not
		}
		if answer, err = c.ask("POST", "/api/appointments", holder, map[string]any{
			"doctor": doctor.Person, "unit": doctor.Unit, "start": times.Days[0].Times[0].Start, "minutes": 30, "mode": "phone",
		}); err != nil {
			return err
		}
		c.booked = append(c.booked, field(answer, "id"))
	}
	var never []string
	for weekday := 1; weekday <= 5; weekday++ {
		never = append(never, fmt.Sprintf("%d@00:00-%s", weekday, lunch), fmt.Sprintf("%d@12:00-23:59", weekday))
	}
	for n := range inLine {
		answer, err := c.ask("POST", "/api/requests", c.region.Coordinators[n].Person, map[string]any{
			"unit": doctor.Unit, "doctor": doctor.Person, "minutes": 30, "mode": "phone", "never": never,
		})
		if err != nil {
			return err
		}
		c.requests = append(c.requests, field(answer, "id"))
	}
	if len(c.booked) < cascadedPlaces {
		return errors.New("not enough days for a cascade")
	}
	return nil
}

// decline takes the n-th step, and says how long it took.
func (c *cascade) decline(n int) (time.Duration, error) {
	if n == 0 {
		if err := c.prepare(); err != nil {
			return 0, err
		}
	}
	who := c.region.Coordinators[n%inLine].Person
	if n%inLine == 0 {
		if _, err := c.ask("POST", "/api/appointments/"+c.booked[n/inLine]+"/cancellation", c.region.Coordinators[inLine].Person, map[string]any{"reason": "other"}); err != nil {
			return 0, err
		}
	}
	answer, err := c.ask("GET", "/api/requests/"+c.requests[n%inLine], who, nil)
	if err != nil {
		return 0, err
	}
	var request struct{ Offer *struct{ Appointment string } }
	if err := json.Unmarshal(answer, &request); err != nil || request.Offer == nil {
		return 0, fmt.Errorf("number %d in line has no offer: %w: %.300s", n%inLine, err, answer)
	}
	begun := time.Now()
	_, err = c.ask("POST", "/api/appointments/"+request.Offer.Appointment+"/release", who, nil)
	return time.Since(begun), err
}

// ask sends one request as somebody, and gives a good answer.
func (d *driver) ask(method, path, person string, body map[string]any) ([]byte, error) {
	req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(res)
	var text []byte
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			return nil, err
		}
	}
	d.request(req, method, path, person, text)
	if err := fasthttp.Do(req, res); err != nil {
		return nil, err
	}
	if res.StatusCode() >= 300 {
		return nil, fmt.Errorf("%s %s: status %d: %.300s", method, strings.Split(path, "?")[0], res.StatusCode(), res.Body())
	}
	return append([]byte(nil), res.Body()...), nil
}

// field is a text of a JSON answer.
func field(answer []byte, name string) string {
	var v map[string]any
	if err := json.Unmarshal(answer, &v); err != nil {
		return ""
	}
	text, _ := v[name].(string)
	return text
}
