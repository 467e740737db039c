package vault

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"strings"
	"time"

	"luotsi/server/fault"
	"luotsi/server/mongodb"
)

// Draft is unfinished work of a person on a subject. Rev counts the saves on that subject and never comes again, so that a device
// that was away can not take a new draft for the one it knows. The zero Draft means that there is none.
type Draft struct {
	Rev  int64
	Text string
	At   time.Time
}

type draft struct {
	Rev    int64  `bson:"rev"`
	At     int64  `bson:"at"`
	Sealed Sealed `bson:"sealed"`
	Gone   bool   `bson:"gone,omitempty"` // the text was submitted or thrown away; only the count is kept
}

// subject is an index entry, `person#000001`: which drafts a person may have, so that erasing finds them without a scan.
type subject struct {
	Subject string `bson:"subject"`
}

// Kept is a draft as a conflict shows it.
type Kept struct {
	Rev  int64  `json:"rev"`
	Text string `json:"text"`
}

// ErrDraftConflict means that another device saved in between; Info holds what is kept, so that no text is lost.
var ErrDraftConflict = fault.New(fault.Conflict, "draft_conflict", "the draft was changed on another device")

func draftID(person, subject string) string { return person + ":" + subject }

// SaveDraft keeps a text in place of revision rev (0 when there was none) and is durable when it answers.
func (v *Vault) SaveDraft(ctx context.Context, person, subject string, rev int64, text string) (Draft, error) {
	id := draftID(person, subject)
	lock := v.lock(id)
	lock.Lock()
	defer lock.Unlock()
	before, err := v.stored(ctx, id)
	if err != nil {
		return Draft{}, err
	}
	d, err := v.opened(id, before)
	if err != nil {
		return Draft{}, err
	}
	if d.Rev != rev {
		if d.Text == text {
			return d, nil // the same save came twice, or both devices hold the same
		}
		return Draft{}, ErrDraftConflict.With(Kept{d.Rev, d.Text})
	}
	next := Draft{Rev: before.Rev + 1, Text: text, At: v.now().UTC().Truncate(time.Millisecond)}
	sealed, err := v.Seal(id, text)
	if err != nil {
		return Draft{}, err
	}
	doc := draft{Rev: next.Rev, At: next.At.UnixMilli(), Sealed: sealed}
	if before.Rev > 0 {
		ok, err := v.drafts.PutIf(ctx, id, "rev", before.Rev, doc)
		if err != nil {
			return Draft{}, v.unavailable(err)
		}
		if !ok {
			return v.conflict(ctx, person, subject)
		}
		return next, nil
	}
	if err := v.note(ctx, person, subject); err != nil {
		return Draft{}, err
	}
	if err := v.drafts.Insert(ctx, id, doc); errors.Is(err, mongodb.ErrDuplicate) {
		return v.conflict(ctx, person, subject)
	} else if err != nil {
		return Draft{}, v.unavailable(err)
	}
	return next, nil
}

func (v *Vault) conflict(ctx context.Context, person, subject string) (Draft, error) {
	d, err := v.Draft(ctx, person, subject)
	if err != nil {
		return Draft{}, err
	}
	return Draft{}, ErrDraftConflict.With(Kept{d.Rev, d.Text})
}

// Draft reads what is kept.
func (v *Vault) Draft(ctx context.Context, person, subject string) (Draft, error) {
	id := draftID(person, subject)
	d, err := v.stored(ctx, id)
	if err != nil {
		return Draft{}, err
	}
	return v.opened(id, d)
}

// stored is the document; the zero one when there is none.
func (v *Vault) stored(ctx context.Context, id string) (draft, error) {
	d, err := v.drafts.Get(ctx, id)
	if errors.Is(err, mongodb.ErrNotFound) {
		return draft{}, nil
	}
	return d, v.unavailable(err)
}

func (v *Vault) opened(id string, d draft) (Draft, error) {
	if d.Rev == 0 || d.Gone {
		return Draft{}, nil
	}
	text, err := v.Open(id, d.Sealed)
	if err != nil {
		return Draft{}, err
	}
	return Draft{Rev: d.Rev, Text: text, At: time.UnixMilli(d.At).UTC()}, nil
}

// DeleteDraft removes a draft's text after it was submitted, or thrown away.
func (v *Vault) DeleteDraft(ctx context.Context, person, subject string) error {
	_, err := v.deleteDraft(ctx, draftID(person, subject), func(draft) bool { return true })
	return err
}

func (v *Vault) deleteDraft(ctx context.Context, id string, which func(draft) bool) (bool, error) {
	lock := v.lock(id)
	lock.Lock()
	defer lock.Unlock()
	d, err := v.stored(ctx, id)
	if err != nil || d.Rev == 0 || d.Gone || !which(d) {
		return false, err
	}
	err = v.unavailable(v.drafts.Put(ctx, id, draft{Rev: d.Rev + 1, At: v.now().UnixMilli(), Gone: true}))
	return err == nil, err
}

// SweepDrafts removes the texts of the drafts that are not to be kept any more, whosever they are. One that was saved again
// meanwhile is looked at again.
func (v *Vault) SweepDrafts(ctx context.Context, over func(subject string, saved time.Time) bool) (deleted int, err error) {
	var found []string
	err = v.drafts.Each(ctx, func(id string, d draft) error {
		if _, name, ok := strings.Cut(id, ":"); ok && !d.Gone && over(name, time.UnixMilli(d.At)) {
			found = append(found, id)
		}
		return nil
	})
	if err != nil {
		return 0, v.unavailable(err)
	}
	for _, id := range found {
		_, name, _ := strings.Cut(id, ":")
		gone, err := v.deleteDraft(ctx, id, func(d draft) bool { return over(name, time.UnixMilli(d.At)) })
		if err != nil {
			return deleted, err
		}
		if gone {
			deleted++
		}
	}
	return deleted, nil
}

// Drafts reads all drafts of a person, by subject.
func (v *Vault) Drafts(ctx context.Context, person string) (map[string]Draft, error) {
	subjects, err := v.noted(ctx, person)
	if err != nil {
		return nil, err
	}
	all := map[string]Draft{}
	for _, s := range subjects {
		d, err := v.Draft(ctx, person, s)
		if err != nil {
			return nil, err
		}
		if d.Rev > 0 {
			all[s] = d
		}
	}
	return all, nil
}

func (v *Vault) lock(id string) interface {
	Lock()
	Unlock()
} {
	h := fnv.New32a()
	h.Write([]byte(id))
	return &v.locks[h.Sum32()%uint32(len(v.locks))]
}

func noteID(person string, n int) string { return fmt.Sprintf("%s#%06d", person, n) }

// noted lists the subjects a person ever had drafts on.
func (v *Vault) noted(ctx context.Context, person string) ([]string, error) {
	var subjects []string
	for n := 1; ; n++ {
		s, err := v.index.Get(ctx, noteID(person, n))
		if errors.Is(err, mongodb.ErrNotFound) {
			return subjects, nil
		}
		if err != nil {
			return nil, v.unavailable(err)
		}
		subjects = append(subjects, s.Subject)
	}
}

// note writes a subject into the person's index before their first draft on it.
func (v *Vault) note(ctx context.Context, person, name string) error {
	v.mu.Lock()
	known, met := v.subjects[person]
	there := known[name]
	v.mu.Unlock()
	if there {
		return nil
	}
	if !met {
		subjects, err := v.noted(ctx, person)
		if err != nil {
			return err
		}
		v.remember(person, subjects...)
		v.mu.Lock()
		there = v.subjects[person][name]
		v.mu.Unlock()
		if there {
			return nil
		}
	}
	v.mu.Lock()
	n := len(v.subjects[person]) + 1
	v.mu.Unlock()
	for ; ; n++ {
		err := v.index.Insert(ctx, noteID(person, n), subject{name})
		if errors.Is(err, mongodb.ErrDuplicate) {
			continue // another server, or another subject of this moment, took the number
		}
		if err != nil {
			return v.unavailable(err)
		}
		v.remember(person, name)
		return nil
	}
}

func (v *Vault) remember(person string, subjects ...string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.subjects[person] == nil {
		v.subjects[person] = map[string]bool{}
	}
	for _, s := range subjects {
		v.subjects[person][s] = true
	}
}

func (v *Vault) eraseDrafts(ctx context.Context, person string) error {
	subjects, err := v.noted(ctx, person)
	if err != nil {
		return err
	}
	for _, s := range subjects {
		if err := v.unavailable(v.drafts.Delete(ctx, draftID(person, s))); err != nil {
			return err
		}
	}
	for n := len(subjects); n > 0; n-- { // from the end: what is left after a crash is still found by counting up
		if err := v.unavailable(v.index.Delete(ctx, noteID(person, n))); err != nil {
			return err
		}
	}
	v.mu.Lock()
	delete(v.subjects, person)
	v.mu.Unlock()
	return nil
}
