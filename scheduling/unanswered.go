package scheduling

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/web"
)

// Unanswered lists the appointments that wait for the caller's answer, or for the answer of a doctor whose calendar they keep:
// whose time to answer ends first comes first.
func (s *Service) Unanswered(i auth.Identity) []listed {
	list := []listed{}
	now := s.now().UnixMilli()
	s.journal.View(func() {
		for id := range s.state.expiring {
			a := s.state.primary.Appointments[id]
			if seat, _ := s.seatOf(i, &a, now); a.Status == Asked && a.keeps(now) && seat == 0 {
				list = append(list, listed{id, a})
			}
		}
	})
	slices.SortFunc(list, func(a, b listed) int {
		return cmp.Or(cmp.Compare(a.Expires, b.Expires), cmp.Compare(a.Start, b.Start), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// askedQuestion is the question of the case that an appointment is asked for.
type askedQuestion struct {
	Appointment string
	Kinds       []QuestionKind
	Words       QuestionText
}

// UnansweredQuestions gives the questions behind what waits for the caller's answer, as far as they may read them: a doctor whom
// the client has consented to, not who keeps their calendar. Each look is logged.
func (s *Service) UnansweredQuestions(ctx context.Context, i auth.Identity) ([]askedQuestion, error) {
	var list []askedQuestion
	for _, a := range s.Unanswered(i) {
		c, err := s.caseSeen(i, a.Case)
		if errors.Is(err, ErrNoCase) {
			continue
		}
		if err != nil {
			return nil, err
		}
		words, err := s.readQuestion(ctx, i, &c)
		if err != nil {
			return nil, err
		}
		if words != nil {
			list = append(list, askedQuestion{a.ID, c.File.Question.Kinds, *words})
		}
	}
	return list, nil
}

func mountUnanswered(r *web.Router, s *Service) {
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/unanswered", ID: "listUnanswered", Tag: tag, Access: auth.Only(auth.Doctor, auth.Scheduler),
		Summary: "Appointments that wait for the caller's answer, or for a doctor's whose calendar the caller keeps",
	}, func(_ context.Context, caller auth.Caller, _ web.None) (unansweredView, error) {
		v := unansweredView{Appointments: []askingView{}}
		list := s.Unanswered(caller.Identity)
		moved := s.movedFrom(list)
		for n, a := range list {
			v.Appointments = append(v.Appointments, askingView{appointmentView: s.view(a.ID, a.Appointment), AskedBy: s.nameOf(a.BookedBy), MovedFrom: moved[n]})
		}
		return v, nil
	})
	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/unanswered/questions", ID: "listUnansweredQuestions", Tag: tag, Access: auth.Only(auth.Doctor, auth.Scheduler),
		Summary: "The questions behind what waits for the caller's answer, as far as they may read them; the looks are logged",
	}, func(ctx context.Context, caller auth.Caller, _ web.None) (askedQuestionsView, error) {
		v := askedQuestionsView{Questions: []askedQuestionView{}}
		list, err := s.UnansweredQuestions(ctx, caller.Identity)
		for _, q := range list {
			v.Questions = append(v.Questions, askedQuestionView{Appointment: q.Appointment, Kinds: kindCodes(q.Kinds), Asked: q.Words.Asked, Known: q.Words.Known, Tried: q.Words.Tried})
		}
		return v, err
	})
}

type unansweredView struct {
	Appointments []askingView `json:"appointments"`
}

// askingView is an appointment that waits for its doctor, with who asks, and of a move when it was.
type askingView struct {
	appointmentView
	AskedBy   string     `json:"askedBy"`
	MovedFrom *spanMoved `json:"movedFrom,omitempty"`
}

type spanMoved struct {
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
}

// movedFrom gives, beside the appointments, the time that each would move from; nil where none would.
func (s *Service) movedFrom(list []listed) []*spanMoved {
	from := make([]*spanMoved, len(list))
	s.journal.View(func() {
		for n := range list {
			if old, ok := s.state.primary.Appointments[list[n].MoveOf]; ok {
				from[n] = &spanMoved{moment(old.Start), moment(old.End)}
			}
		}
	})
	return from
}

type askedQuestionsView struct {
	Questions []askedQuestionView `json:"questions"`
}

type askedQuestionView struct {
	Appointment string   `json:"appointment"`
	Kinds       []string `json:"kinds"`
	Asked       string   `json:"asked"`
	Known       string   `json:"known"`
	Tried       string   `json:"tried"`
}
