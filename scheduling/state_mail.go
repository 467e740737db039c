package scheduling

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"time"

	"luotsi/server/journal"
	"luotsi/server/people"
)

// Mailing is what mails tell of and nothing else keeps. A mail may be written days after its event, on another server: who gets
// one must follow from the event and from what is here, which later events do not change.
type Mailing struct {
	Earlier map[string][]Version // appointment → how it was, by SEQUENCE
	Asks    map[string]Ask       // appointment → how it was put to the doctor
	Changes []Change             // to people's hours and appointments by others, in their order, for changesKept
	Digests map[string]Day       // person → the Monday of their last digest
}

// changesKept is longer than from one digest to the next, and than mail waits.
const changesKept = 15 * 24 * time.Hour

// Version is an appointment as it was until an event changed who takes part, or when, where or how.
type Version struct {
	Number       uint64 // of the event's commit
	Index        int    // of the event in it
	Unit         string
	Start, End   int64
	Mode         Mode
	Participants []Participant
}

// Ask is an appointment being put to the doctor.
type Ask struct {
	By     string
	At     int64
	Deputy string // who stood in for the doctor then
}

// applyMail comes before the event is taken in: it keeps what was.
func (s *State) applyMail(m journal.Meta, event journal.Event) {
	mailing := &s.primary.Mailing
	s.noteChange(m, event)
	switch e := event.(type) {
	case AppointmentMoved:
		s.keepVersion(m, e.Appointment)
	case AppointmentConfirmed:
		if s.primary.Appointments[e.Appointment].Status == Asked {
			s.keepVersion(m, e.Appointment) // the doctor is told anew, by another sequence
		}
	case ParticipantReplaced:
		if e.Seat >= 0 && e.Seat < len(s.primary.Appointments[e.Appointment].Participants) {
			s.keepVersion(m, e.Appointment)
		}
	case AppointmentAsked:
		if a, ok := s.primary.Appointments[e.Appointment]; ok && a.Live() {
			mailing.Asks[e.Appointment] = Ask{By: m.By, At: m.At.UnixMilli(), Deputy: e.Deputy}
		}
	case ReminderDue:
		if i := slices.Index(stages[:], e.Days); i >= 0 {
			s.change(e.Appointment, func(a *Appointment) {
				if a.Start == e.Start {
					a.Reminded |= 1 << i
				}
			})
		}
	case DigestDue:
		mailing.Digests[e.Person] = e.Week
	case people.PersonErased:
		delete(mailing.Digests, e.Person)
	}
}

func (s *State) keepVersion(m journal.Meta, id string) {
	if a, ok := s.primary.Appointments[id]; ok && a.Live() {
		earlier := s.primary.Mailing.Earlier
		earlier[id] = append(earlier[id], Version{m.Number, m.Index, a.Unit, a.Start, a.End, a.Mode, a.Participants})
	}
}

// asOf is an appointment as it was just after an event, and whether it is so still. Of one that is not, nobody's answer is known.
func (s *State) asOf(id string, m journal.Meta) (a Appointment, now bool) {
	a = s.primary.Appointments[id]
	earlier := s.primary.Mailing.Earlier[id]
	i := sort.Search(len(earlier), func(i int) bool {
		v := &earlier[i]
		return v.Number > m.Number || v.Number == m.Number && v.Index > m.Index
	})
	if i == len(earlier) {
		return a, a.Live()
	}
	earlier[i].into(&a, i)
	return a, false
}

// before is an appointment as it was until the event changed it; false when the event did not.
func (s *State) before(id string, m journal.Meta) (Appointment, bool) {
	for i, v := range s.primary.Mailing.Earlier[id] {
		if v.Number == m.Number && v.Index == m.Index {
			a := s.primary.Appointments[id]
			v.into(&a, i)
			return a, true
		}
	}
	return Appointment{}, false
}

func (v *Version) into(a *Appointment, sequence int) {
	a.Unit, a.Start, a.End, a.Mode, a.Participants = v.Unit, v.Start, v.End, v.Mode, v.Participants
	a.Doctor, a.Answers, a.Sequence = v.Participants[0].Person, awaiting(len(v.Participants)), sequence
}

// expect and unexpect keep the days of booked appointments.
func (s *State) expect(id string, a *Appointment) {
	if a.Status == Booked {
		d := s.calendar.dayOf(a.Start)
		s.days[d] = append(s.days[d], id)
	}
}

func (s *State) unexpect(id string, a *Appointment) {
	if a.Status != Booked {
		return
	}
	d := s.calendar.dayOf(a.Start)
	list := s.days[d]
	if i := slices.Index(list, id); i >= 0 {
		list[i] = list[len(list)-1]
		s.days[d] = list[:len(list)-1]
	}
	if len(s.days[d]) == 0 {
		delete(s.days, d)
	}
}

func (s *State) reindexMail() {
	m := &s.primary.Mailing
	if m.Earlier == nil {
		m.Earlier = map[string][]Version{}
	}
	if m.Asks == nil {
		m.Asks = map[string]Ask{}
	}
	if m.Digests == nil {
		m.Digests = map[string]Day{}
	}
	s.days = map[Day][]string{}
}

// checkMail looks for an appointment whose calendar entry has another SEQUENCE than its changes say, and for one that nobody
// would be reminded of.
func (s *State) checkMail() []string {
	var wrong []string
	booked := 0
	for id, a := range s.primary.Appointments {
		want := len(s.primary.Mailing.Earlier[id])
		if a.Status == Cancelled || a.Status == Declined && a.ConfirmedAt != 0 {
			want++
		}
		if a.Sequence != want {
			wrong = append(wrong, fmt.Sprintf("appointment %s has the sequence %d, its changes say %d", id, a.Sequence, want))
		}
		if a.Status == Booked {
			booked++
			if !slices.Contains(s.days[s.calendar.dayOf(a.Start)], id) {
				wrong = append(wrong, fmt.Sprintf("appointment %s is not among those of its day", id))
			}
		}
	}
	for _, day := range s.days {
		booked -= len(day)
	}
	if booked != 0 {
		wrong = append(wrong, fmt.Sprintf("the days have %d appointments more than are booked", -booked))
	}
	if !slices.IsSortedFunc(s.primary.Mailing.Changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.Index, b.Index))
	}) {
		wrong = append(wrong, "the changes of hours are not in their order")
	}
	return wrong
}
