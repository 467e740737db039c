package courses

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"luotsi/server/auth"
)

// answers keeps what trainers look at all day until something in it changes: a learner's progress, who was seen, a name, or the
// minute, for who is behind or away depends on it.
type answers struct {
	mu   sync.Mutex
	kept map[answerKey]keptView
}

// answerKey tells kept answers apart. Person is empty where everybody gets the same.
type answerKey struct {
	what, cohort, person string
	language             Language
}

type keptView struct {
	touched, names uint64
	minute         int64
	encoded        []byte
}

// mostAnswers bounds the memory: about 100 kB each.
const mostAnswers = 100

// answer gives the answer as JSON, made anew only when it changed. Whether the caller may see it is asked every time.
func (s *Service) answer(caller auth.Caller, key answerKey, make func() ([]byte, error)) ([]byte, error) {
	now := keptView{names: s.names.Changes(), minute: s.now().Unix() / int64(time.Minute/time.Second)}
	var err error
	s.journal.View(func() {
		_, err = s.seen(caller, key.cohort)
		now.touched = s.state.touched[key.cohort]
	})
	if err != nil {
		return nil, err
	}
	s.answers.mu.Lock()
	kept, known := s.answers.kept[key]
	s.answers.mu.Unlock()
	if known && kept.touched == now.touched && kept.names == now.names && kept.minute == now.minute {
		return kept.encoded, nil
	}
	if now.encoded, err = make(); err != nil {
		return nil, err
	}
	s.answers.mu.Lock()
	defer s.answers.mu.Unlock()
	if s.answers.kept == nil || len(s.answers.kept) >= mostAnswers {
		s.answers.kept = map[answerKey]keptView{}
	}
	s.answers.kept[key] = now
	return now.encoded, nil
}

// matrixAnswer is the matrix as JSON.
func (s *Service) matrixAnswer(ctx context.Context, caller auth.Caller, cohort string) (matrixView, error) {
	encoded, err := s.answer(caller, answerKey{"matrix", cohort, "", caller.Language}, func() ([]byte, error) {
		m, err := s.Matrix(ctx, caller, cohort)
		if err != nil {
			return nil, err
		}
		view, err := s.viewMatrix(ctx, m, caller.Language)
		if err != nil {
			return nil, err
		}
		return view.AppendJSON(nil)
	})
	return matrixView{encoded: encoded}, err
}

// rosterAnswer is the roster as JSON. It tells which small groups are the caller's own.
func (s *Service) rosterAnswer(ctx context.Context, caller auth.Caller, cohort string) (rosterView, error) {
	encoded, err := s.answer(caller, answerKey{"roster", cohort, caller.Person, caller.Language}, func() ([]byte, error) {
		r, err := s.Roster(ctx, caller, cohort)
		if err != nil {
			return nil, err
		}
		view, err := s.viewRoster(ctx, r, caller)
		if err != nil {
			return nil, err
		}
		return view.AppendJSON(nil)
	})
	return rosterView{encoded: encoded}, err
}

// AppendJSON writes what json.Marshal would, or what was made before.
func (v rosterView) AppendJSON(to []byte) ([]byte, error) {
	if v.encoded != nil {
		return append(to, v.encoded...), nil
	}
	type plain rosterView // without this method
	text, err := json.Marshal(plain(v))
	return append(to, text...), err
}
