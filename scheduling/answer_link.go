package scheduling

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/vault"
)

// A mail asks its reader whether they come, by a link that answers without signing in. The link names the appointment, the seat
// and the sequence that the mail told of, so it serves once, for what the reader was told, and until the appointment begins.

// answerLink is the address at which the participant of that seat answers what they are told of that sequence.
func (s *Service) answerLink(appointment string, seat, sequence int, start int64) string {
	id := appointment + "_" + strconv.Itoa(seat) + "_" + strconv.Itoa(sequence)
	return s.publicURL + "/answer/" + s.links.Sign(auth.LinkAnswer, id, moment(start))
}

// asked is what a link asks about.
type asked struct {
	appointment    string
	seat, sequence int
}

// readAnswerLink reads a link that was made for answers and is not over.
func (s *Service) readAnswerLink(link string) (asked, error) {
	id, err := s.links.Read(auth.LinkAnswer, link, s.now())
	if err != nil {
		return asked{}, err
	}
	head, sequence := cutLast(id)
	appointment, seat := cutLast(head)
	q := asked{appointment: appointment}
	var errs [2]error
	q.seat, errs[0] = strconv.Atoi(seat)
	q.sequence, errs[1] = strconv.Atoi(sequence)
	if errors.Join(errs[:]...) != nil {
		return asked{}, auth.ErrLinkInvalid
	}
	return q, nil
}

func cutLast(text string) (before, after string) {
	at := strings.LastIndexByte(text, '_')
	if at < 0 {
		return text, ""
	}
	return text[:at], text[at+1:]
}

// Answerable gives the appointment a link asks about, if the link still serves: nobody has answered what it told of, nothing
// newer was told, and the appointment is to be.
func (s *State) Answerable(now time.Time, q asked) (Appointment, error) {
	a, ok := s.primary.Appointments[q.appointment]
	switch {
	case !ok || q.seat < 0 || q.seat >= len(a.Participants):
		return a, auth.ErrLinkInvalid
	case a.Status == Cancelled:
		return a, ErrCancelled
	case a.said(q.seat, q.sequence):
		return a, auth.ErrLinkUsed
	}
	if _, err := s.held(now, q.appointment); err != nil {
		return a, err
	}
	switch {
	case a.Sequence != q.sequence:
		return a, auth.ErrLinkExpired
	case a.Status != Asked && a.Status != Booked:
		return a, ErrNotNow
	}
	return a, nil
}

// RespondByLink decides whether the link's question can be answered so. An answer that changes nothing counts too: the link has
// served then. A doctor says yes or no, for others wait for it.
func (s *State) RespondByLink(now time.Time, q asked, answer Answer, reason Reason, proposed []int64, who *Presence) (journal.Decision, error) {
	if _, err := s.Answerable(now, q); err != nil {
		return journal.Decision{}, err
	}
	if q.seat == 0 && answer == Tentative {
		return journal.Decision{}, fault.Bad("answer", "oneof")
	}
	d, err := s.Respond(now, q.appointment, q.seat, answer, reason, proposed, who)
	if err == nil && len(d.Events) == 0 {
		d = journal.Happens(ParticipantAnswered{Appointment: q.appointment, Seat: q.seat, Answer: answer})
	}
	return d, err
}

// question is what somebody is asked by a link: when, where and how, and nothing about the client, the case or who else comes.
type question struct {
	Appointment
	Seat     int
	Language string
	Times    []Time // that the doctor could propose instead
}

// Asked gives what a link asks, while it can be answered. Reading it changes nothing.
func (s *Service) Asked(ctx context.Context, link string) (question, error) {
	q, err := s.readAnswerLink(link)
	if err != nil {
		return question{}, err
	}
	now := s.now()
	v := question{Seat: q.seat}
	s.journal.View(func() {
		if v.Appointment, err = s.state.Answerable(now, q); err != nil {
			return
		}
		if err = s.answers(v.Participants[q.seat]); err != nil || q.seat != 0 {
			return
		}
		from := s.state.calendar.dayOf(now.UnixMilli())
		query := Query{
			Unit: v.Unit, From: from, To: min(from+MaxRange-1, lastDay), Length: v.End - v.Start, Now: now.UnixMilli(), Mode: v.Mode,
			Seats: s.state.seatsOf(&v.Appointment), Without: q.appointment,
		}
		query.Never = s.state.neverOf(&v.Appointment, query.From, query.To)
		for _, t := range s.state.Search(query, proposable+1).Times {
			if t.Start != v.Start && len(v.Times) < proposable {
				v.Times = append(v.Times, t)
			}
		}
	})
	if err != nil {
		return question{}, err
	}
	v.Language, err = s.languageOf(ctx, v.Participants[q.seat])
	return v, err
}

// proposable is how many other times the page of a link offers to propose.
const proposable = 8

// person is the participant's id when it is a person's and no resource's.
func (s *Service) person(p Participant) string {
	if _, resource := s.state.Resource(p.Person); resource {
		return ""
	}
	return p.Person
}

// answers refuses who does not work here any more. It reads the state: call it inside View or a rule.
func (s *Service) answers(p Participant) error {
	person := s.person(p)
	if known, ok := s.people.Person(person); person != "" && (!ok || !known.Active) {
		return auth.ErrLinkInvalid
	}
	return nil
}

func (s *Service) languageOf(ctx context.Context, p Participant) (string, error) {
	if p.Guest == "" {
		return s.names.Of(p.Person).Language, nil
	}
	g, err := s.guest(ctx, p.Guest)
	if errors.Is(err, vault.ErrGone) {
		return "", nil
	}
	return g.Language, err
}

// AnswerByLink answers what a link asks, for whoever it was sent to.
func (s *Service) AnswerByLink(ctx context.Context, key auth.Key, link string, r Reply) (Appointment, error) {
	q, err := s.readAnswerLink(link)
	if err != nil {
		return Appointment{}, err
	}
	by := "" // a guest, or an interpreter, who is no person here
	s.journal.View(func() {
		a, ok := s.state.primary.Appointments[q.appointment]
		if ok && q.seat >= 0 && q.seat < len(a.Participants) {
			by = s.person(a.Participants[q.seat])
		}
	})
	_, err = s.update(ctx, by, key, func(now time.Time) (journal.Decision, error) {
		a, err := s.state.Answerable(now, q)
		if err != nil {
			return journal.Decision{}, err
		}
		if p := a.Participants[q.seat]; s.person(p) != by {
			return journal.Decision{}, auth.ErrLinkExpired // the seat is another's since a moment ago
		} else if err := s.answers(p); err != nil {
			return journal.Decision{}, err
		}
		return s.state.RespondByLink(now, q, r.Answer, r.Reason, r.starts(), s.presence())
	})
	if err != nil {
		return Appointment{}, err
	}
	var a Appointment
	s.journal.View(func() { a = s.state.primary.Appointments[q.appointment] })
	return a, nil
}
