package journal

import (
	"fmt"
	"slices"
	"time"
)

// keyLife is how long, by the journal's own time, a repeated request gets its first answer.
const keyLife = 30 * 24 * time.Hour

// keys remembers what was answered to whom. It is a state like the features', so snapshots hold it.
type keys struct {
	Data  keyData
	order []string // oldest first
}

type keyData struct {
	Answers map[string]keyAnswer // by person and key
}

type keyAnswer struct {
	Request string
	IDs     []string
	At      int64 // unix ms
	Commit  uint64
}

func newKeys() *keys { return &keys{Data: keyData{Answers: map[string]keyAnswer{}}} }

func (k *keys) Name() string      { return "keys" }
func (k *keys) Version() int      { return 1 }
func (k *keys) Primary() any      { return &k.Data }
func (k *keys) Apply(Meta, Event) {}

func (k *keys) Reindex() {
	k.order = make([]string, 0, len(k.Data.Answers))
	for id := range k.Data.Answers {
		k.order = append(k.order, id)
	}
	slices.SortFunc(k.order, func(a, b string) int {
		return int(int64(k.Data.Answers[a].Commit) - int64(k.Data.Answers[b].Commit))
	})
}

func (k *keys) Check() []string {
	if len(k.order) != len(k.Data.Answers) {
		return []string{fmt.Sprintf("%d keys are in order, %d have answers", len(k.order), len(k.Data.Answers))}
	}
	return nil
}

// answer finds what the key was answered before.
func (k *keys) answer(by string, key Key) (a Answer, known bool, err error) {
	if key.ID == "" {
		return Answer{}, false, nil
	}
	kept, known := k.Data.Answers[by+"/"+key.ID]
	if !known {
		return Answer{}, false, nil
	}
	if kept.Request != key.Request {
		return Answer{}, true, ErrKeyReused
	}
	return Answer{Commit: kept.Commit, IDs: kept.IDs, Repeated: true}, true, nil
}

// remember keeps the commit's key and forgets those older than keyLife.
func (k *keys) remember(c record) {
	oldest := c.At.Add(-keyLife).UnixMilli()
	for len(k.order) > 0 && k.Data.Answers[k.order[0]].At < oldest {
		delete(k.Data.Answers, k.order[0])
		k.order = k.order[1:]
	}
	if c.Key.ID == "" {
		return
	}
	id := c.By + "/" + c.Key.ID
	k.Data.Answers[id] = keyAnswer{Request: c.Key.Request, IDs: c.IDs, At: c.At.UnixMilli(), Commit: c.Number}
	k.order = append(k.order, id)
}
