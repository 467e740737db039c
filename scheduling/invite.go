package scheduling

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"luotsi/scheduling/ical"
	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/mail"
	"luotsi/server/vault"
)

// face is who has a seat, as mails know them.
type face struct {
	seat int
	Participant
	name, email, language string
	account               bool
	reached               bool // by mail
}

// writes reports whether mail is for the seat at all. It is the same every time: nobody has a mail address when a room or
// somebody ordered from outside has the seat.
func (p *Participant) writes() bool {
	return p.Role != RoleRoom && (p.Person != "" || p.Guest != "")
}

// faces says who has the seats of an appointment. It fails only when the database is away.
func (s *Service) faces(ctx context.Context, participants []Participant) ([]face, error) {
	list := make([]face, len(participants))
	things := make([]bool, len(participants))
	s.journal.View(func() {
		for i, p := range participants {
			list[i] = face{seat: i, Participant: p, language: "fi"}
			if r, ok := s.state.Resource(p.Person); ok {
				things[i], list[i].name = true, r.Name
			} else if person, known := s.people.Person(p.Person); known {
				list[i].account, list[i].reached = true, person.Active
			}
		}
	})
	for i := range list {
		f := &list[i]
		switch {
		case f.Guest != "":
			g, err := s.guest(ctx, f.Guest)
			if unavailable(err) {
				return nil, err
			}
			f.name, f.email, f.reached = g.Name, g.Email, true
			if g.Language != "" {
				f.language = g.Language
			}
		case things[i] && f.Role != RoleRoom:
			c, err := s.contact(ctx, f.Person)
			if unavailable(err) {
				return nil, err
			}
			f.name, f.email, f.reached = c.Name, c.Email, true
		case f.account:
			n := s.names.Of(f.Person)
			f.name, f.email, f.language = n.Name, n.Email, n.Language
		}
		f.reached = f.reached && f.email != ""
	}
	return list, nil
}

// unavailable is a failure after which it is worth trying again. What is gone, or can not be read, stays so.
func unavailable(err error) bool {
	f, coded := fault.As(err)
	return coded && f.Kind == fault.Unavailable && !errors.Is(err, vault.ErrGone)
}

// letter is what one reader is told of an appointment.
type letter struct {
	why    occasion
	own    bool      // the reader did it
	by     string    // who did it, by name
	old    Span      // when it was before it was moved
	times  []int64   // that the doctor proposes
	before int64     // when an answer is wanted; 0 when none is
	method string    // of the calendar entry; none without
	alone  bool      // it is taken out of the reader's calendar, and goes on for others
	stamp  time.Time // of the event
}

// message writes to one reader of an appointment as it was at the event.
func (s *Service) message(id string, a *Appointment, all []face, to *face, l letter) (mail.Message, error) {
	w := wordsIn(to.language)
	zone := s.state.calendar.zone
	when := func(t Span) string { return w.date(time.UnixMilli(t.Start).In(zone), time.UnixMilli(t.End).In(zone)) }
	details := s.details(w, a, all)
	var text strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&text, format+"\n", args...) }
	switch say := w.say[l.why]; {
	case l.own && say.own != "":
		line("%s\n", say.own)
	case l.why == toldAsked && l.by != "":
		line(w.askedBy+"\n", l.by)
	default:
		line("%s\n", say.told)
	}
	if l.why == toldMoved {
		line("%s: %s\n%s: %s", w.newTime, when(a.Span()), w.oldTime, when(l.old))
	} else {
		line("%s: %s", w.when, when(a.Span()))
	}
	line("%s", details)
	if len(l.times) > 0 {
		line("\n%s:", w.proposes)
		for _, t := range l.times {
			line("– %s", w.moment(time.UnixMilli(t).In(zone)))
		}
	}
	if l.before != 0 {
		line("\n%s: %s", w.answerBefore, w.moment(lastMinute(time.UnixMilli(l.before).In(zone))))
	}
	if asks := l.method == ical.Request || l.why == toldAsked; asks && !a.said(to.seat, a.Sequence) {
		line("\n%s:\n%s", w.answer, s.answerLink(id, to.seat, a.Sequence, a.Start))
	}
	footer := w.noClient
	if to.account {
		link := s.appointmentLink(id)
		if l.why == toldOffered {
			link = s.publicURL + "/waiting/" + a.Request // where it is answered
		}
		footer += "\n" + w.open + ": " + link
	}
	line("\n%s\n", footer)
	m := mail.Message{
		To: to.email, ToName: to.name, Language: to.language, Subject: w.say[l.why].title + " " + when(a.Span()),
		Text: text.String() + mail.Signature(to.language), Method: l.method,
	}
	if to.account {
		m.Person = to.Person
	}
	if l.method == "" {
		return m, nil
	}
	var err error
	invited := all
	if l.alone {
		invited = all[to.seat : to.seat+1]
	}
	m.Calendar, err = s.entry(id, a, all, invited, to.language, l)
	return m, err
}

// lastMinute is a moment as people name it: who may answer until midnight may do so on the day before.
func lastMinute(t time.Time) time.Time {
	if t.Hour() == 0 && t.Minute() == 0 {
		return t.Add(-time.Minute)
	}
	return t
}

func (s *Service) appointmentLink(id string) string { return s.publicURL + "/appointments/" + id }

// place is where an appointment is, and its rooms.
func (s *Service) place(a *Appointment, all []face) (location string, rooms []string) {
	for _, f := range all {
		if f.Role == RoleRoom && f.name != "" {
			rooms = append(rooms, f.name)
		}
	}
	return strings.Join(append([]string{s.unitName(a.Unit)}, rooms...), ", "), rooms
}

func (s *Service) details(w *words, a *Appointment, all []face) string {
	location, _ := s.place(a, all)
	var people []string
	for _, f := range all {
		switch {
		case f.Role == RoleRoom:
		case f.Outside:
			people = append(people, w.role(f.Role)+" ("+w.outside+")")
		case f.name != "": // else erased
			people = append(people, f.name+" ("+w.role(f.Role)+")")
		}
	}
	return strings.Join([]string{
		w.where + ": " + location, w.mode + ": " + w.how(a.Mode), w.people + ": " + strings.Join(people, ", "), w.reference + ": " + a.Reference,
	}, "\n")
}

// entry is the appointment for the calendars of those who are invited: method and sequence belong together.
func (s *Service) entry(id string, a *Appointment, all, invited []face, language string, l letter) ([]byte, error) {
	w := wordsIn(language)
	location, rooms := s.place(a, all)
	var attendees []ical.Attendee
	for _, f := range invited {
		if f.writes() && f.email != "" {
			attendees = append(attendees, ical.Attendee{Person: ical.Person{Name: f.name, Email: f.email}, Answer: partstat(a.Answers[f.seat]), Optional: f.Optional})
		}
	}
	entry, err := ical.Encode(ical.Invitation{
		Method: l.method, UID: id + "@luotsi", Sequence: a.Sequence, Stamp: l.stamp, Start: moment(a.Start), End: moment(a.End),
		Language: language, Summary: w.title + " " + a.Reference,
		Description: s.details(w, a, all) + "\n\n" + w.noClient + "\n" + w.open + ": " + s.appointmentLink(id),
		Location:    location, Resources: rooms, Organizer: s.organizer, Attendees: attendees, Uninvite: l.alone,
	})
	if err != nil {
		return nil, fmt.Errorf("write the calendar entry of appointment %s: %w", id, err)
	}
	return entry, nil
}

func partstat(a Answer) ical.Answer {
	switch a {
	case Accepted:
		return ical.Accepted
	case Tentative:
		return ical.Tentative
	case DeclinedSeat:
		return ical.Declined
	}
	return ical.NeedsAction
}

// Calendar gives an appointment as a calendar file, the same that came by mail, and its reference.
func (s *Service) Calendar(ctx context.Context, i auth.Identity, id string) (file []byte, reference string, err error) {
	a, err := s.Appointment(i, id)
	if err != nil {
		return nil, "", err
	}
	all, err := s.faces(ctx, a.Participants)
	if err != nil {
		return nil, "", err
	}
	l := letter{method: ical.Request, stamp: moment(a.changedAt())}
	if !a.Live() {
		l.method, l.stamp = ical.Cancel, moment(a.EndedAt)
	}
	if file, err = s.entry(id, &a, all, all, i.Language, l); err != nil {
		return nil, "", err
	}
	return file, a.Reference, nil
}

// changedAt is when the appointment got its present time.
func (a *Appointment) changedAt() int64 {
	if n := len(a.Moves); n > 0 {
		return a.Moves[n-1].At
	}
	return a.BookedAt
}

// sits reports whether whoever has that seat has one of the appointment.
func (a *Appointment) sits(p *Participant) bool {
	return slices.ContainsFunc(a.Participants, func(o Participant) bool { return o.Person == p.Person && o.Guest == p.Guest })
}
