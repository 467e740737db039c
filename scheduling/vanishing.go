package scheduling

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"luotsi/server/journal"
)

// What follows says until when free texts are kept, unix ms. The moment itself is too late.

func daysAfter(ms int64, days int) int64 { return ms + int64(days)*dayLength }

// meetingKeeps is until when a meeting's outcome and its guests' contacts are kept: some days after its end, or after it was
// called off.
func (s *State) meetingKeeps(a *Appointment, days int) int64 {
	if !a.Live() {
		return daysAfter(a.EndedAt, days)
	}
	return daysAfter(a.End, days)
}

// questionKeeps is until when a case's question is kept: some days after the last meeting that came after it was asked. While it
// waits for one it stays as long as the case is open, but a year at most.
func (s *State) questionKeeps(id string, days int) int64 {
	return s.askedKeeps(id, s.primary.Files[id].Question.At, days)
}

// askedKeeps is until when a question is kept that was written at that moment.
func (s *State) askedKeeps(id string, at int64, days int) int64 {
	c := s.primary.Cases[id]
	last := int64(0)
	for _, one := range s.ofCase[id] {
		if a := s.primary.Appointments[one]; a.Live() && a.Status != NoShow && a.End > at {
			last = max(last, a.End)
		}
	}
	switch {
	case last != 0:
		return daysAfter(last, days)
	case c.Closed != 0:
		return daysAfter(max(c.Closed, at), days)
	}
	return daysAfter(at, waitingDays)
}

// draftKeeps is until when an unfinished text is kept that was saved at that moment: as long as what it was to become. What begins
// a consultation is kept some days. A draft about what is not there is not kept at all.
func (s *State) draftKeeps(subject string, saved int64, days int) int64 {
	part, id, _ := strings.Cut(strings.TrimPrefix(subject, draftsOfCases), ".")
	switch part {
	case "question":
		if _, known := s.primary.Cases[id]; known {
			return s.askedKeeps(id, saved, days)
		}
	case "outcome":
		if a, known := s.primary.Appointments[id]; known {
			return s.meetingKeeps(&a, days)
		}
	case "consultation":
		c, known := s.primary.Consultations[id]
		switch {
		case id == "new":
			return daysAfter(saved, days)
		case known && c.Closed != 0:
			return c.Closed // nothing more is written
		case known:
			return s.consultationKeeps(&c, days)
		}
	}
	return 0
}

// consultationKeeps is until when a consultation's question and messages are kept: some days after it was closed or, if nobody
// closes it, after the last message that answered it.
func (s *State) consultationKeeps(c *Consultation, days int) int64 {
	switch {
	case c.Closed != 0:
		return daysAfter(c.Closed, days)
	case c.Status == Answered:
		return daysAfter(c.Messages[len(c.Messages)-1].At, days)
	}
	return daysAfter(c.At, waitingDays)
}

// hasTexts reports whether any text of the case is kept.
func (s *State) hasTexts(id string) bool {
	f := s.primary.Files[id]
	return f.Question.Version > 0 && f.Question.Gone == 0 ||
		slices.ContainsFunc(f.Outcomes, func(o Outcome) bool { return o.Gone == 0 }) ||
		slices.ContainsFunc(s.ofCase[id], func(one string) bool {
			a := s.primary.Appointments[one]
			return a.TextsGone == 0 && a.hasGuests()
		}) ||
		slices.ContainsFunc(s.consultations[id], func(one string) bool { return s.primary.Consultations[one].Gone == 0 })
}

func (a *Appointment) hasGuests() bool {
	return slices.ContainsFunc(a.Participants, func(p Participant) bool { return p.Guest != "" })
}

// vanishing is what of a case is not to be kept any more; false when everything is.
func (s *State) vanishing(id string, now int64, days int) (TextsVanished, bool) {
	e := TextsVanished{Case: id}
	f := s.primary.Files[id]
	e.Question = f.Question.Version > 0 && f.Question.Gone == 0 && s.questionKeeps(id, days) <= now
	for _, one := range s.ofCase[id] {
		a := s.primary.Appointments[one]
		i := f.outcome(one)
		if (i >= 0 && f.Outcomes[i].Gone == 0 || a.TextsGone == 0 && a.hasGuests() && !s.invitedAgain(id, &a, now, days)) && s.meetingKeeps(&a, days) <= now {
			e.Appointments = append(e.Appointments, one)
		}
	}
	for _, one := range s.consultations[id] {
		if c := s.primary.Consultations[one]; c.Gone == 0 && s.consultationKeeps(&c, days) <= now {
			e.Consultations = append(e.Consultations, one)
		}
	}
	return e, e.Question || len(e.Appointments)+len(e.Consultations) > 0
}

// invitedAgain reports whether the guests of an appointment that has ended are to come to another: its request waits for one, or has
// one. Their contacts go with that.
func (s *State) invitedAgain(id string, a *Appointment, now int64, days int) bool {
	return !a.Live() && slices.ContainsFunc(s.asked[id], func(one string) bool {
		r := s.primary.Requests[one]
		next := s.primary.Appointments[r.Appointment]
		return (r.inLine() || r.Status == Settled && s.meetingKeeps(&next, days) > now) && slices.ContainsFunc(r.Needs, func(n Need) bool {
			return n.Guest != "" && slices.ContainsFunc(a.Participants, func(p Participant) bool { return p.Guest == n.Guest })
		})
	})
}

// maxVanishing is how many cases one commit takes.
const maxVanishing = 100

// Vanish decides which texts are not to be kept any more. They are deleted after the commit that says so.
func (s *State) Vanish(now time.Time, days int) (journal.Decision, error) {
	var all []TextsVanished
	for id := range s.texted {
		if e, due := s.vanishing(id, now.UnixMilli(), days); due {
			all = append(all, e)
		}
	}
	slices.SortFunc(all, func(a, b TextsVanished) int { return cmp.Compare(a.Case, b.Case) })
	var events []journal.Event
	for _, e := range all[:min(len(all), maxVanishing)] {
		events = append(events, e)
	}
	return journal.Happens(events...), nil
}

// textsOf lists the ids of the texts that an event says are gone.
func (s *State) textsOf(e TextsVanished) (texts []string) {
	f := s.primary.Files[e.Case]
	if e.Question {
		texts = append(texts, f.Question.Text)
	}
	for _, one := range e.Appointments {
		if i := f.outcome(one); i >= 0 {
			texts = append(texts, f.Outcomes[i].Text)
		}
		a := s.primary.Appointments[one]
		for _, p := range a.Participants {
			if p.Guest != "" {
				texts = append(texts, p.Guest)
			}
		}
	}
	for _, one := range e.Consultations {
		c := s.primary.Consultations[one]
		texts = append(texts, c.texts()...)
	}
	return texts
}
