package courses

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
)

// ErrChangedAgain is the refusal to acknowledge a text that is no longer today's.
var ErrChangedAgain = fault.New(fault.Conflict, "changed_again", "the text has changed again")

// wording is what an activity said from a moment on: the hash of its text in every language, and the first version with them.
type wording struct {
	at      int64 // unix ms
	version string
	texts   map[Language]string
}

// textHashes tells versions of an activity's text apart, for each language: a new translation changes nothing for those who read
// another one.
func textHashes(faces Faces[ActivityFace]) map[Language]string {
	hashes := make(map[Language]string, len(faces))
	for language, face := range faces {
		raw, err := json.Marshal([]string{face.Title, face.HTML})
		if err != nil { // texts can be encoded
			panic(err)
		}
		sum := sha256.Sum256(raw)
		hashes[language] = hex.EncodeToString(sum[:8])
	}
	return hashes
}

// historyOf lists what each activity, by its number, said from when on.
func historyOf(c *Course, numbers map[string]int) [][]wording {
	history := make([][]wording, len(c.Activities))
	for _, v := range c.Versions {
		for _, m := range v.Modules {
			for _, a := range m.Activities {
				h := &history[numbers[a.ID]]
				if len(*h) == 0 || !maps.Equal((*h)[len(*h)-1].texts, a.Texts) {
					*h = append(*h, wording{at: v.At, version: v.Hash, texts: a.Texts})
				}
			}
		}
	}
	return history
}

// changedSince reports whether an activity says something else than it did to somebody who saw it at that moment, and in which
// version they saw it. Texts of versions that kept no hash of theirs are not known to differ.
func (e *edition) changedSince(number int, seen int64, language Language) (version string, changed bool) {
	history := e.history[number]
	for i := len(history) - 1; i >= 0; i-- {
		if history[i].at <= seen {
			then, now := history[i].texts, history[len(history)-1].texts
			read := languageOfBoth(language, func(l Language) bool { return then[l] != "" && now[l] != "" })
			return history[i].version, then[read] != "" && now[read] != "" && then[read] != now[read]
		}
	}
	return "", false
}

// languageOfBoth is the reader's language when both versions have it; where one has not, they read Finnish.
func languageOfBoth(language Language, both func(Language) bool) Language {
	if both(language) {
		return language
	}
	return Finnish
}

// changed reports whether what a learner finished says something else today than when they last saw it and said so: by finishing
// it, by handing something in, or by acknowledging a change. What others did for them, a trainer's approval, is not their reading.
func (s Standing) changed(position int, t tally, language Language) (version string, changed bool) {
	if t.DoneAt == 0 || t.SeenAt == 0 {
		return "", false
	}
	return s.changedSince(s.numbers[s.order[position].ID], t.SeenAt, language)
}

// Change is what changed in an activity after its learner finished it.
type Change struct {
	Hash   string // of today's texts: what is acknowledged
	Seen   time.Time
	Blocks []Block
}

// change compares what a page says with what its reader saw. When the version they saw can not be read just now, the page is served
// without: the lesson itself is what they came for.
func (s *Service) change(ctx context.Context, p Page, language Language) *Change {
	version, changed := p.changed(p.Position, p.Tally, language)
	if !changed {
		return nil
	}
	old, err := s.contents.version(ctx, p.Course, version)
	if err != nil {
		s.log.Warn("what changed in a lesson can not be shown", "course", p.Course, "error", err)
		return nil
	}
	_, then := old.Find(p.Activity.ID)
	if then == nil {
		s.log.Warn("a version lacks what its outline names", "version", version, "activity", p.Activity.ID)
		return nil
	}
	read := languageOfBoth(language, func(l Language) bool {
		_, before := then.Faces[l]
		_, after := p.Activity.Faces[l]
		return before && after
	})
	return &Change{
		Hash: p.Activity.Hash, Seen: time.UnixMilli(p.Tally.SeenAt).UTC(),
		Blocks: differenceOf(then.Faces[read], p.Activity.Faces[read]),
	}
}

// acknowledge decides that a learner read what changed; nothing happens when nothing did, or when they said so before.
func (s *State) acknowledge(person, course, activity, hash string, language Language) (journal.Decision, error) {
	l, err := s.enrolled(person, course)
	if err != nil {
		return journal.Decision{}, err
	}
	ed := s.editions[course]
	position, err := ed.activity(activity)
	if err != nil {
		return journal.Decision{}, err
	}
	if ed.order[position].Hash != hash {
		return journal.Decision{}, ErrChangedAgain
	}
	standing := s.standing(l)
	if _, changed := standing.changed(position, standing.tallyOf(activity), language); !changed {
		return journal.Decision{}, nil
	}
	return journal.Happens(ChangeAcknowledged{Course: course, Person: person, Activity: activity, Hash: hash}), nil
}

// applyChange takes in what was acknowledged, when it is of today's texts and not known yet.
func (s *State) applyChange(at int64, e journal.Event) {
	said, ok := e.(ChangeAcknowledged)
	if !ok {
		return
	}
	l, ed := s.learner(said.Person, said.Course), s.editions[said.Course]
	if l == nil || ed == nil {
		return
	}
	position, known := ed.find(said.Activity)
	if !known || ed.order[position].Hash != said.Hash {
		return
	}
	history := ed.history[ed.numbers[said.Activity]]
	if t := s.standing(l).tallyOf(said.Activity); t.DoneAt == 0 || t.SeenAt >= history[len(history)-1].at {
		return
	}
	s.take(said.Person, said.Course, said.Activity, step{At: at, Deed: acknowledged}, "")
}

// Acknowledge says that the caller read what changed in something they had finished.
func (s *Service) Acknowledge(ctx context.Context, caller auth.Caller, course, activity, hash string) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.state.acknowledge(caller.Person, course, activity, hash, caller.Language)
	})
	return err
}
