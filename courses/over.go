package courses

import (
	"context"

	"luotsi/server/fault"
)

// ErrWrittenSince means that its writer has written something else meanwhile, on another device; Info holds it, so that no text is
// lost and they can choose.
var ErrWrittenSince = fault.New(fault.Conflict, "written_since", "something else was written meanwhile, on another device")

// Over is when the text was written (unix ms) that somebody had before them when they wrote another in its place; 0 when there
// was none. Who does not say it, nil, writes as ever: the newest counts.
type Over *int64

// since reports whether something was written at a time that the writer of another has not seen.
func since(over Over, at int64) bool { return over != nil && at > 0 && *over != at }

// retold reports whether the writer has seen what was written at a time, and puts something in its place.
func retold(over Over, at int64) bool { return over != nil && at > 0 && *over == at }

// written is what a refusal shows of the text that was there first. Rules fill Text with its vault id, and same when all but the
// text is what was to be written.
type written struct {
	At      int64   `json:"at"` // unix ms; what a text is written over
	Try     string  `json:"try,omitempty"`
	Text    string  `json:"text"`
	With    string  `json:"with,omitempty"`
	By      string  `json:"by,omitempty"`
	On      string  `json:"on,omitempty"`
	Went    Went    `json:"went,omitempty"`
	Use     Use     `json:"use,omitempty"`
	Privacy Privacy `json:"privacy,omitempty"`

	plan, same bool
}

// spell puts the words into a refusal that names a text that was there first. Nothing is refused when that says the same.
func (s *Service) spell(ctx context.Context, err error, text string) error {
	refused, ok := fault.As(err)
	if !ok {
		return err
	}
	first, ok := refused.Info.(written)
	if !ok {
		return err
	}
	kept, err := s.text(ctx, first.Text)
	if err != nil {
		return err
	}
	if first.same && kept == text {
		return nil
	}
	first.Text = kept
	if first.plan {
		plan, err := planIn(kept)
		if err != nil {
			return err
		}
		first.Text, first.With = plan.What, plan.With
	}
	return refused.With(first)
}
