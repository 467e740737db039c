package scheduling

import (
	"bytes"
	"cmp"
	"encoding/json"
	"math/bits"
	"slices"
	"strconv"
	"time"

	"luotsi/server/web"
)

// timeView is a time that can be had. Missing are the indexes of optional seats that stay empty; Reception says that it fills a reception.
type timeView struct {
	Start     string `json:"start" format:"date-time"`
	End       string `json:"end" format:"date-time"`
	Missing   []int  `json:"missing,omitempty"`
	Reception bool   `json:"fillsReception,omitempty"`
	Doctor    string `json:"doctor,omitempty"` // when any of several doctors will do
}

func timeViews(times []Span) []timeView {
	views := make([]timeView, len(times))
	for i, t := range times {
		views[i] = timeView{Start: moment(t.Start).Format(time.RFC3339), End: moment(t.End).Format(time.RFC3339)}
	}
	return views
}

func foundViews(times []Time, doctors []Attendee) []timeView {
	views := make([]timeView, len(times))
	for i, t := range times {
		views[i] = timeView{Start: moment(t.Start).Format(time.RFC3339), End: moment(t.End).Format(time.RFC3339), Reception: t.Reception}
		if len(doctors) > 1 {
			views[i].Doctor = doctors[t.Doctor].Person
		}
		for seat := range bits.Len32(t.Missing) {
			if t.Missing>>seat&1 == 1 {
				views[i].Missing = append(views[i].Missing, seat)
			}
		}
	}
	return views
}

// jointTimesView is written by AppendJSON, which makes Days of the times themselves.
type jointTimesView struct {
	Days []jointDayView `json:"days"`
	jointFacts

	times []Time
}

// jointFacts is what an answer tells beside the times of each day.
type jointFacts struct {
	Best  []timeView `json:"best"`
	Seats []seatView `json:"seats"`
	// Doctors are those who can take the first seat.
	Doctors []personTaken `json:"doctors"`
	// Empty are the days with published times of which none suits, and why.
	Empty []emptyDayView `json:"empty"`
	None  *noneView      `json:"none,omitempty"`
}

type jointDayView struct {
	Date  web.Date   `json:"date"`
	Times []timeView `json:"times"`
}

// seatView is who can take a seat.
type seatView struct {
	Role     string   `json:"role"`
	Names    []string `json:"names"`
	Optional bool     `json:"optional,omitempty"`
}

type emptyDayView struct {
	Date      web.Date     `json:"date"`
	Published int          `json:"published"`
	Reasons   []reasonView `json:"reasons"`
}

// noneView says why nothing suits: of Published times what was in the way of how many.
type noneView struct {
	Published int          `json:"published"`
	Reasons   []reasonView `json:"reasons"`
}

// reasonView is what was in the way of Busy times: a seat, or what the doctor set (notice, day_limit, month_limit, horizon,
// places), or when the client can not come (client).
type reasonView struct {
	Cause  string `json:"cause"`
	Seat   int    `json:"seat"`
	Role   string `json:"role,omitempty"`
	Person string `json:"person,omitempty"` // when only one person can take the seat
	Name   string `json:"name,omitempty"`
	Busy   int    `json:"busy"`
}

// AppendJSON writes what json.Marshal would if Days were filled. There may be a thousand times: to make a view of each and to
// encode those takes longer than to find them, and leaves four times as much memory behind.
func (v jointTimesView) AppendJSON(to []byte) ([]byte, error) {
	var text stamps
	to = append(to, `{"days":[`...)
	end := int64(0) // of the day that is being written
	for i := range v.times {
		t := &v.times[i]
		if t.Start < end {
			to = append(to, ',')
		} else {
			if i > 0 {
				to = append(to, "]},"...)
			}
			day := finland().dayOf(t.Start)
			end = finland().midnight(day + 1)
			to = append(append(to, `{"date":"`...), day.Date()...)
			to = append(to, `","times":[`...)
		}
		to = text.append(append(to, `{"start":"`...), t.Start)
		to = text.append(append(to, `","end":"`...), t.End)
		to = v.appendRest(append(to, '"'), t)
	}
	if len(v.times) > 0 {
		to = append(to, "]}"...)
	}
	to = append(to, ']')
	facts := len(to)
	buffer := bytes.NewBuffer(to)
	if err := json.NewEncoder(buffer).Encode(v.jointFacts); err != nil {
		return nil, err
	}
	to = buffer.Bytes()
	to[facts] = ',' // they go on in the same object
	return bytes.TrimSuffix(to, []byte("\n")), nil
}

// appendRest writes what few times have, and closes.
func (v *jointTimesView) appendRest(to []byte, t *Time) []byte {
	if t.Missing != 0 {
		to = append(to, `,"missing":[`...)
		for missing := t.Missing; missing != 0; missing &= missing - 1 {
			if missing != t.Missing {
				to = append(to, ',')
			}
			to = strconv.AppendInt(to, int64(bits.TrailingZeros32(missing)), 10)
		}
		to = append(to, ']')
	}
	if t.Reception {
		to = append(to, `,"fillsReception":true`...)
	}
	if len(v.Doctors) > 1 { // nothing in an id has to be escaped
		to = append(append(to, `,"doctor":"`...), v.Doctors[t.Doctor].Person...)
		to = append(to, '"')
	}
	return append(to, '}')
}

// stamps writes moments as RFC 3339 does, those of one day with the date that it has written before.
type stamps struct {
	day  Day // of UTC
	date []byte
}

func (s *stamps) append(to []byte, ms int64) []byte {
	if day := Day(ms / dayLength); day != s.day || s.date == nil {
		s.day, s.date = day, day.utc().AppendFormat(s.date[:0], "2006-01-02T")
	}
	seconds := int(ms % dayLength / 1000)
	to = append(to, s.date...)
	to = appendTwo(to, seconds/3600)
	to = appendTwo(append(to, ':'), seconds/60%60)
	to = appendTwo(append(to, ':'), seconds%60)
	return append(to, 'Z')
}

func appendTwo(to []byte, n int) []byte { return append(to, byte('0'+n/10), byte('0'+n%10)) }

// bestTimes is how many times a search names as the best.
const bestTimes = 3

// Best is the first n times for whoever chooses: fewest optional seats empty, then those that fill a reception, then the earliest.
func Best(times []Time, n int) []Time {
	best := make([]Time, 0, n+1)
	for _, t := range times {
		if len(best) == n && comparePreferred(best[n-1], t) <= 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, t, comparePreferred)
		best = slices.Insert(best, at, t)
		best = best[:min(len(best), n)]
	}
	return best
}

func comparePreferred(a, b Time) int {
	fills := func(t Time) int {
		if t.Reception {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(bits.OnesCount32(a.Missing), bits.OnesCount32(b.Missing)), cmp.Compare(fills(a), fills(b)),
		cmp.Compare(a.Start, b.Start), cmp.Compare(a.Doctor, b.Doctor))
}

func (s *Service) jointTimesView(found Found, seats []Seat) jointTimesView {
	v := jointTimesView{times: found.Times, jointFacts: jointFacts{
		Seats: make([]seatView, len(seats)), Doctors: []personTaken{}, Empty: []emptyDayView{},
	}}
	doctors := seats[0].Any
	for _, a := range doctors {
		v.Doctors = append(v.Doctors, personTaken{a.Person, s.nameOf(a.Person)})
	}
	for i := range seats {
		v.Seats[i] = seatView{Role: string(seats[i].Role), Names: []string{}, Optional: seats[i].Optional}
		for _, a := range seats[i].Any {
			v.Seats[i].Names = append(v.Seats[i].Names, s.nameOf(a.Person))
		}
	}
	v.Best = foundViews(Best(found.Times, bestTimes), doctors)
	for i := 0; i < len(found.Tallies); {
		day := found.Tallies[i:]
		if n := slices.IndexFunc(day, func(t Tally) bool { return t.Day != day[0].Day }); n >= 0 {
			day = day[:n]
		}
		i += len(day)
		if looked, possible := looked(day); looked > 0 && possible == 0 {
			v.Empty = append(v.Empty, emptyDayView{Date: day[0].Day.Date(), Published: looked, Reasons: s.reasonViews(seats, day)})
		}
	}
	if len(found.Times) == 0 {
		v.None = &noneView{Published: found.Candidates, Reasons: s.reasonViews(seats, found.Tallies)}
	}
	return v
}

// looked adds up how many times were looked at, and how many of them can be had.
func looked(tallies []Tally) (candidates, possible int) {
	for i := range tallies {
		candidates += tallies[i].Candidates
		possible += tallies[i].Possible
	}
	return candidates, possible
}

// reasonViews lists what was in the way, the most frequent first; required seats only, for the others stop nothing.
func (s *Service) reasonViews(seats []Seat, tallies []Tally) []reasonView {
	var busy [MaxPeople]int
	causes := map[string]int{}
	for i := range tallies {
		t := &tallies[i]
		for seat, n := range t.Seats {
			busy[seat] += int(n)
		}
		causes["notice"] += t.Notice
		causes["client"] += t.Client
		causes[string(t.Cause)] += t.Closed
	}
	list := []reasonView{}
	for i := range seats {
		if busy[i] == 0 || seats[i].Optional {
			continue
		}
		r := reasonView{Cause: "seat", Seat: i, Role: string(seats[i].Role), Busy: busy[i]}
		if len(seats[i].Any) == 1 {
			r.Person = seats[i].Any[0].Person
			r.Name = s.nameOf(r.Person)
		}
		list = append(list, r)
	}
	for cause, n := range causes {
		if n > 0 {
			list = append(list, reasonView{Cause: cause, Seat: -1, Busy: n})
		}
	}
	slices.SortFunc(list, func(a, b reasonView) int {
		return cmp.Or(cmp.Compare(b.Busy, a.Busy), cmp.Compare(a.Seat, b.Seat), cmp.Compare(a.Cause, b.Cause))
	})
	return list
}
