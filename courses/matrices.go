package courses

import (
	"context"
	"sync"
	"time"

	"luotsi/server/auth"
)

// matrices keeps the answers that trainers look at all day until something in them changes: a learner's progress, who was
// seen, a name, or the minute, for what counts as behind depends on it.
type matrices struct {
	mu   sync.Mutex
	kept map[matrixKey]keptMatrix
}

type matrixKey struct {
	cohort   string
	language Language
}

type keptMatrix struct {
	touched, names uint64
	minute         int64
	encoded        []byte
}

// mostMatrices bounds the memory: about 100 kB each.
const mostMatrices = 100

// matrixAnswer is the matrix as JSON, made anew only when it changed. Whether the caller may see it is asked every time.
func (s *Service) matrixAnswer(ctx context.Context, caller auth.Caller, cohort string) (matrixView, error) {
	key := matrixKey{cohort, caller.Language}
	now := keptMatrix{names: s.names.Changes(), minute: s.now().Unix() / int64(time.Minute/time.Second)}
	var err error
	s.journal.View(func() {
		_, err = s.seen(caller, cohort)
		now.touched = s.state.touched[cohort]
	})
	if err != nil {
		return matrixView{}, err
	}
	s.matrices.mu.Lock()
	kept, known := s.matrices.kept[key]
	s.matrices.mu.Unlock()
	if known && kept.touched == now.touched && kept.names == now.names && kept.minute == now.minute {
		return kept.view(), nil
	}
	m, err := s.Matrix(ctx, caller, cohort)
	if err != nil {
		return matrixView{}, err
	}
	view, err := s.viewMatrix(ctx, m, caller.Language)
	if err != nil {
		return matrixView{}, err
	}
	if now.encoded, err = view.AppendJSON(nil); err != nil {
		return matrixView{}, err
	}
	s.matrices.mu.Lock()
	defer s.matrices.mu.Unlock()
	if s.matrices.kept == nil || len(s.matrices.kept) >= mostMatrices {
		s.matrices.kept = map[matrixKey]keptMatrix{}
	}
	s.matrices.kept[key] = now
	return now.view(), nil
}

func (k keptMatrix) view() matrixView { return matrixView{encoded: k.encoded} }
