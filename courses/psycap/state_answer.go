package psycap

import (
	"slices"

	"luotsi/server/journal"
)

// Reply is what somebody did when an instrument was asked at a point: they answered, or declined.
type Reply struct {
	Cohort     string
	Person     string
	Instrument string
	Version    string // in which it was answered
	Point      Point
	At         int64  // unix ms; of the newest answers
	Text       string // vault id of the answers; "" when it was declined
	Declined   bool
}

func replyKey(person, cohort, instrument string, point Point) string {
	return placeKey(cohort, instrument, point) + "/" + person
}

// placeKey tells apart what is asked of everybody in a cohort at one time.
func placeKey(cohort, instrument string, point Point) string {
	return cohort + "/" + instrument + "/" + string(point)
}

func sharingKey(person, cohort, instrument string) string {
	return cohort + "/" + instrument + "/" + person
}

// replyIndex finds replies; it is derived from Data.Replies.
type replyIndex struct {
	people map[string]map[string]*Reply // by person and replyKey
	places map[string]map[string]*Reply // by placeKey and person
	texts  map[string]*Reply            // by the vault id of the answers
}

func (s *State) reindexAnswers() {
	if s.data.Replies == nil {
		s.data.Replies = map[string]*Reply{}
	}
	if s.data.MeasuresRefused == nil {
		s.data.MeasuresRefused = map[string]bool{}
	}
	if s.data.ResultsShared == nil {
		s.data.ResultsShared = map[string]bool{}
	}
	s.replies = replyIndex{people: map[string]map[string]*Reply{}, places: map[string]map[string]*Reply{}, texts: map[string]*Reply{}}
	for _, r := range s.data.Replies {
		s.replies.add(r)
	}
}

func (x *replyIndex) add(r *Reply) {
	place := placeKey(r.Cohort, r.Instrument, r.Point)
	if x.people[r.Person] == nil {
		x.people[r.Person] = map[string]*Reply{}
	}
	if x.places[place] == nil {
		x.places[place] = map[string]*Reply{}
	}
	x.people[r.Person][replyKey(r.Person, r.Cohort, r.Instrument, r.Point)] = r
	x.places[place][r.Person] = r
	if r.Text != "" {
		x.texts[r.Text] = r
	}
}

func (x *replyIndex) remove(r *Reply) {
	delete(x.people[r.Person], replyKey(r.Person, r.Cohort, r.Instrument, r.Point))
	delete(x.places[placeKey(r.Cohort, r.Instrument, r.Point)], r.Person)
	delete(x.texts, r.Text)
}

func (s *State) applyAnswer(m journal.Meta, e journal.Event) {
	switch e := e.(type) {
	case MeasureAnswered:
		s.putReply(Reply{
			Cohort: e.Cohort, Person: e.Person, Instrument: e.Instrument, Version: e.Version, Point: e.Point, At: m.At.UnixMilli(), Text: e.Answers,
		})
	case MeasureDeclined:
		if e.Back {
			if r := s.reply(e.Person, e.Cohort, e.Instrument, e.Point); r != nil && r.Declined {
				s.dropReply(r)
			}
			return
		}
		s.putReply(Reply{Cohort: e.Cohort, Person: e.Person, Instrument: e.Instrument, Point: e.Point, At: m.At.UnixMilli(), Declined: true})
	case AnswersWithdrawn:
		if r := s.replies.texts[e.Answers]; r != nil && r.Person == e.Person {
			s.dropReply(r)
		}
	case MeasuresRefused:
		if e.Refused {
			s.data.MeasuresRefused[e.Person] = true
		} else {
			delete(s.data.MeasuresRefused, e.Person)
		}
	case ResultShared:
		s.data.ResultsShared[sharingKey(e.Person, e.Cohort, e.Instrument)] = e.Shared
	}
}

func (s *State) putReply(r Reply) {
	if before := s.reply(r.Person, r.Cohort, r.Instrument, r.Point); before != nil {
		s.dropReply(before)
	}
	s.data.Replies[replyKey(r.Person, r.Cohort, r.Instrument, r.Point)] = &r
	s.replies.add(&r)
}

func (s *State) dropReply(r *Reply) {
	s.replies.remove(r)
	delete(s.data.Replies, replyKey(r.Person, r.Cohort, r.Instrument, r.Point))
}

// reply is what somebody did at a point; nil when they did nothing, or took it back.
func (s *State) reply(person, cohort, instrument string, point Point) *Reply {
	return s.data.Replies[replyKey(person, cohort, instrument, point)]
}

// answered reports whether somebody answered an instrument at a point, in whichever version.
func (s *State) answered(person, cohort, instrument string, point Point) bool {
	r := s.reply(person, cohort, instrument, point)
	return r != nil && !r.Declined
}

// declined reports whether somebody does not want to answer an instrument at a point.
func (s *State) declined(person, cohort, instrument string, point Point) bool {
	r := s.reply(person, cohort, instrument, point)
	return r != nil && r.Declined
}

// refusedAll reports whether somebody does not want to be asked anything.
func (s *State) refusedAll(person string) bool { return s.data.MeasuresRefused[person] }

// answeredAny reports whether somebody answered an instrument in a cohort at any point.
func (s *State) answeredAny(person, cohort, instrument string) bool {
	return slices.ContainsFunc(Points(), func(p Point) bool { return s.answered(person, cohort, instrument, p) })
}

// shared reports whether somebody lets the trainers of a cohort see their results of an instrument.
func (s *State) shared(person, cohort, instrument string) bool {
	return s.data.ResultsShared[sharingKey(person, cohort, instrument)]
}

// answersAt finds what some members answered at a point: the vault id of the answers by person. Of somebody who answered
// in two cohorts the newer answers count. Whose answers are erased is still in it: their text is gone.
func (s *State) answersAt(members []memberAt, instrument, version string, point Point) map[string]string {
	newest := map[string]*Reply{}
	for _, m := range members {
		r, before := s.reply(m.person, m.cohort, instrument, point), newest[m.person]
		if r != nil && !r.Declined && r.Version == version && (before == nil || r.At > before.At || r.At == before.At && r.Cohort > before.Cohort) {
			newest[m.person] = r
		}
	}
	found := make(map[string]string, len(newest))
	for person, r := range newest {
		found[person] = r.Text
	}
	return found
}

// answerTexts lists the vault ids of what a person answered; of everybody when person is "".
func (s *State) answerTexts(person string) []string {
	replies := s.replies.people[person]
	if person == "" {
		replies = s.data.Replies
	}
	texts := make([]string, 0, len(replies))
	for _, r := range replies {
		if r.Text != "" {
			texts = append(texts, r.Text)
		}
	}
	return texts
}
