package courses

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
)

// deed is one sort of step that a learner takes. The numbers are stored in snapshots.
type deed uint8

const (
	did      deed = 1 // said that a lesson is done
	tried    deed = 2 // answered a quiz and did not pass
	passed   deed = 3 // answered a quiz and passed
	handedIn deed = 4 // submitted a task
)

// finishes reports whether the step makes its activity done, for good.
func (d deed) finishes() bool { return d == did || d == passed || d == handedIn }

// step is one thing a learner did. Activity is a number of the course (see Course.Activities).
type step struct {
	At       int64 // unix ms
	Activity int
	Deed     deed
	Points   int
	Max      int
}

// hasText reports whether the step has a text in the vault.
func (s step) hasText() bool { return s.Deed != did }

// trail is everything a learner did in a course, oldest first, in 16 bytes a step: a region's learners take a few
// megabytes, and a snapshot copies them as they are. It only grows, so a reader may keep what it was given.
type trail []byte

const stepSize = 16

func (t trail) add(s step) trail {
	small := func(n int) uint16 { return uint16(min(max(n, 0), math.MaxUint16)) }
	t = binary.LittleEndian.AppendUint64(t, uint64(s.At))
	t = binary.LittleEndian.AppendUint16(t, small(s.Activity))
	t = binary.LittleEndian.AppendUint16(t, small(s.Points))
	t = binary.LittleEndian.AppendUint16(t, small(s.Max))
	return append(t, byte(s.Deed), 0)
}

func (t trail) steps() int { return len(t) / stepSize }

func (t trail) at(i int) step {
	b := t[i*stepSize : (i+1)*stepSize]
	return step{
		At:       int64(binary.LittleEndian.Uint64(b)),
		Activity: int(binary.LittleEndian.Uint16(b[8:])),
		Points:   int(binary.LittleEndian.Uint16(b[10:])),
		Max:      int(binary.LittleEndian.Uint16(b[12:])),
		Deed:     deed(b[14]),
	}
}

// finished reports whether any step of the trail makes the activity done.
func (t trail) finished(activity int) bool {
	for i := range t.steps() {
		if s := t.at(i); s.Activity == activity && s.Deed.finishes() {
			return true
		}
	}
	return false
}

// Cells show how far a learner is: one byte for each activity of the newest version, in its order.
type Cells []byte

// What a cell may be.
const (
	CellNone  = '.' // nothing yet
	CellBegun = 'o' // a quiz was tried and not passed
	CellDone  = 'x' // read, passed or submitted
)

// after is the cell after one more step: what is done stays done.
func after(cell byte, d deed) byte {
	if d.finishes() || cell == CellDone {
		return CellDone
	}
	return CellBegun
}

// Done counts the activities that are done.
func (c Cells) Done() int { return bytes.Count(c, []byte{CellDone}) }

// Percent is the one measure of progress: whole per cent of what the newest version asks for, rounded down, so that 100
// means that nothing is left.
func Percent(done, total int) int {
	if total == 0 {
		return 0
	}
	return done * 100 / total
}

// Percent is the learner's progress.
func (c Cells) Percent() int { return Percent(c.Done(), len(c)) }

// edition is what follows from a course's versions for counting progress by the newest one. It is never changed: a new
// version makes a new edition, so a reader may keep it.
type edition struct {
	hash      string
	modules   []ModuleOutline
	starts    []int             // for each module, where its activities start in order
	order     []ActivityOutline // all activities of the newest version
	ids       []string          // of all activities there ever were, by number
	numbers   map[string]int    // the reverse
	positions []int             // in order, by number; -1 when the newest version has it no more
	versions  []Version
}

func newEdition(c *Course) *edition {
	e := &edition{ids: c.Activities, versions: c.Versions, numbers: make(map[string]int, len(c.Activities))}
	for n, id := range c.Activities {
		e.numbers[id] = n
	}
	e.positions = make([]int, len(c.Activities))
	for n := range e.positions {
		e.positions[n] = -1
	}
	if len(c.Versions) == 0 {
		return e
	}
	newest := c.Versions[len(c.Versions)-1]
	e.hash, e.modules = newest.Hash, newest.Modules
	for _, m := range newest.Modules {
		e.starts = append(e.starts, len(e.order))
		for _, a := range m.Activities {
			e.positions[e.numbers[a.ID]] = len(e.order)
			e.order = append(e.order, a)
		}
	}
	return e
}

// cells counts a whole trail from its start.
func (e *edition) cells(t trail) Cells {
	cells := Cells(bytes.Repeat([]byte{CellNone}, len(e.order)))
	for i := range t.steps() {
		s := t.at(i)
		if p := e.position(s.Activity); p >= 0 {
			cells[p] = after(cells[p], s.Deed)
		}
	}
	return cells
}

func (e *edition) position(number int) int {
	if number < 0 || number >= len(e.positions) {
		return -1
	}
	return e.positions[number]
}

// find gives the place of an activity in the newest version.
func (e *edition) find(activity string) (position int, ok bool) {
	number, known := e.numbers[activity]
	if !known || e.positions[number] < 0 {
		return 0, false
	}
	return e.positions[number], true
}

// module gives the module that a position is in.
func (e *edition) module(position int) int {
	m, found := slices.BinarySearch(e.starts, position)
	if !found {
		return m - 1
	}
	for m+1 < len(e.starts) && e.starts[m+1] == position { // modules without activities start where the next one does
		m++
	}
	return m
}

// of is a module's part of the cells.
func (e *edition) of(module int, cells Cells) Cells {
	from := e.starts[module]
	return cells[from : from+len(e.modules[module].Activities)]
}

// next finds where a learner goes on: at the place they were last, if that is not done; if the newest version has it no
// more, at the nearest one that followed it; else at the first that is not done. False when nothing is left.
func (e *edition) next(cells Cells, last string) (position int, ok bool) {
	if p, found := e.landing(last); found && cells[p] != CellDone {
		return p, true
	}
	for p, cell := range cells {
		if cell != CellDone {
			return p, true
		}
	}
	return 0, false
}

// landing is where a link to an activity leads in the newest version: to itself, or to the nearest one that followed it in
// the last version that had it and is still there.
func (e *edition) landing(activity string) (position int, ok bool) {
	if p, found := e.find(activity); found {
		return p, true
	}
	for _, v := range slices.Backward(e.versions) {
		seen := false
		for _, m := range v.Modules {
			for _, a := range m.Activities {
				if a.ID == activity {
					seen = true
				} else if seen {
					if p, found := e.find(a.ID); found {
						return p, true
					}
				}
			}
		}
		if seen {
			return 0, false
		}
	}
	return 0, false
}

// tally is what a trail says of one activity.
type tally struct {
	DoneAt   int64 // unix ms of the step that made it done; 0 when it is not
	Attempts int
	Points   int // of the best attempt, and what it could have had
	Max      int
	Passed   bool
	Text     string // vault id of the newest attempt or submission
	TextAt   int64
	Last     step // the newest attempt or submission
}

func (t *tally) take(s step, text string) {
	if s.Deed.finishes() && t.DoneAt == 0 {
		t.DoneAt = s.At
	}
	if s.hasText() {
		t.Text, t.TextAt, t.Last = text, s.At, s
	}
	if s.Deed != tried && s.Deed != passed {
		return
	}
	t.Attempts++
	t.Passed = t.Passed || s.Deed == passed
	if t.Attempts == 1 || s.Points*t.Max > t.Points*s.Max {
		t.Points, t.Max = s.Points, s.Max
	}
}
