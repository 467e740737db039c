package courses

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"
)

// keptData is everything that is kept here about one person, for them to take with them.
type keptData struct {
	Courses []keptCourse `json:"courses"`
	// Messages are those that they got from trainers, and those that they wrote as one.
	Messages []keptMessage `json:"messages"`
}

type keptMessage struct {
	At      time.Time `json:"at"`
	Cohort  string    `json:"cohort"`
	Written bool      `json:"written"` // by the person
	Subject string    `json:"subject"`
	Text    string    `json:"text"`
}

// keptNote is something that trainers decided about a learner, with their words.
type keptNote struct {
	What   string     `json:"what"` // credit, extension, reopening, compensation, revocation, or replaced: something counts now in its place, or nothing
	Of     string     `json:"of,omitempty"`
	Kind   CreditKind `json:"kind,omitempty"`
	Until  string     `json:"until,omitempty"`
	At     *time.Time `json:"at,omitempty"`
	Reason string     `json:"reason"`

	id string
}

// keptNotes lists what trainers decided about a learner; it is called inside View.
func (s *State) keptNotes(l *learner) []keptNote {
	all := []keptNote{}
	for _, module := range slices.Sorted(maps.Keys(l.Credits)) {
		c := l.Credits[module]
		all = append(all, keptNote{What: "credit", Of: module, Kind: c.Kind, At: when(c.At), id: c.Basis})
	}
	for _, target := range slices.Sorted(maps.Keys(l.Extensions)) {
		x := l.Extensions[target]
		all = append(all, keptNote{What: "extension", Of: target, Until: x.Until, At: when(x.At), id: x.Reason})
	}
	for _, activity := range s.data.Courses[l.Course].Activities {
		for _, id := range s.data.Granted[runKey(l.Course, l.Person, activity)] {
			all = append(all, keptNote{What: "reopening", Of: activity, id: id})
		}
	}
	for _, c := range l.Compensations {
		all = append(all, keptNote{What: "compensation", Of: c.Activity, At: when(c.At), id: c.Basis})
	}
	for _, id := range l.Replaced {
		all = append(all, keptNote{What: "replaced", id: id})
	}
	if c := s.data.Certificates.Issued[s.certified[enrolmentID(l.Course, l.Person)]]; c != nil && c.Reason != "" {
		all = append(all, keptNote{What: "revocation", Until: c.Revoked, id: c.Reason})
	}
	return all
}

// keptGroup is the name of the small group that a learner is in; it is called inside View.
func (s *State) keptGroup(l *learner) string {
	for _, g := range s.data.Group.Groups {
		if g.Cohort == l.Cohort && slices.Contains(g.Members, l.Person) {
			return g.Name
		}
	}
	return ""
}

func (s *Service) readNotes(ctx context.Context, all []keptNote) (_ []keptNote, err error) {
	for i := range all {
		if all[i].Reason, err = s.text(ctx, all[i].id); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// keptMessages reads the messages of and to a person, oldest first.
func (s *Service) keptMessages(ctx context.Context, person string) ([]keptMessage, error) {
	var found []Message
	s.journal.View(func() {
		for _, m := range s.state.data.Group.Messages {
			if m.By == person || slices.Contains(m.Persons, person) {
				found = append(found, *m)
			}
		}
	})
	slices.SortFunc(found, func(a, b Message) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Text, b.Text)) })
	all := []keptMessage{}
	for _, m := range found {
		text, err := s.text(ctx, m.Text)
		if err != nil {
			return nil, err
		}
		var words letter
		if text != "" {
			if err := json.Unmarshal([]byte(text), &words); err != nil {
				return nil, err
			}
		}
		all = append(all, keptMessage{time.UnixMilli(m.At).UTC(), m.Cohort, m.By == person, words.Subject, words.Text})
	}
	return all, nil
}
