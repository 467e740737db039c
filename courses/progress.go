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
	did          deed = 1  // said that a lesson, a video or a service elsewhere is done
	tried        deed = 2  // answered a quiz and did not pass
	passed       deed = 3  // answered a quiz and passed
	handedIn     deed = 4  // submitted a text, or answers that a trainer has to mark
	viewed       deed = 5  // opened what asks for no more
	planned      deed = 6  // said what they will try at work
	applied      deed = 7  // told what came of it
	returned     deed = 8  // got what they submitted back, to be made better
	approved     deed = 9  // what they submitted was approved
	attended     deed = 10 // was there
	absent       deed = 11 // was not there; takes attended back
	compensated  deed = 12 // did something else instead, which was approved
	acknowledged deed = 13 // read what changed in something finished
	advanced     deed = 14 // got a step of a larger task approved, and goes on with the next
	reflected    deed = 15 // wrote a reflection; its text is not on the trail, for it may be closed again
	withdrawn    deed = 16 // a compensation was taken back
	lastDeed          = withdrawn
)

// step is one thing that happened to a learner in an activity. Activity is a number of the course (see Course.Activities).
type step struct {
	At       int64 // unix ms
	Activity int
	Deed     deed
	Final    bool // it finished the activity, as the version of that moment asked for it
	Points   int
	Max      int
}

// takesBack reports whether the step undoes that the learner was somewhere, or made it good.
func (s step) takesBack() bool { return s.Deed == absent || s.Deed == withdrawn }

// hasText reports whether the step has a text of its own in the enrolment's list.
func (s step) hasText() bool { return s.Deed == tried || s.Deed == passed || s.Deed == handedIn }

// saysSeen reports whether who took the step knew the activity's text. Steps that others took for a learner do not tell.
func (s step) saysSeen() bool {
	switch s.Deed {
	case did, tried, passed, handedIn, viewed, applied, acknowledged:
		return true
	}
	return false
}

// trail is everything a learner did in a course, oldest first, in 16 bytes a step: a region's learners take a few
// megabytes, and a snapshot copies them as they are. It only grows, so a reader may keep what it was given.
type trail []byte

const stepSize = 16

func (t trail) add(s step) trail {
	small := func(n int) uint16 { return uint16(min(max(n, 0), math.MaxUint16)) }
	var final byte
	if s.Final {
		final = 1
	}
	t = binary.LittleEndian.AppendUint64(t, uint64(s.At))
	t = binary.LittleEndian.AppendUint16(t, small(s.Activity))
	t = binary.LittleEndian.AppendUint16(t, small(s.Points))
	t = binary.LittleEndian.AppendUint16(t, small(s.Max))
	return append(t, byte(s.Deed), final)
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
		Final:    b[15] == 1,
	}
}

// says reports whether the trail says this already, so that saying it again would change nothing. It is for steps without a text.
func (t trail) says(s step) bool {
	begun, finished := false, false
	var being deed // the newest word on being there
	for i := range t.steps() {
		old := t.at(i)
		if old.Activity != s.Activity {
			continue
		}
		begun = true
		switch old.Deed {
		case attended:
			being, finished = attended, true
		case absent, withdrawn:
			being, finished = absent, false
		case compensated:
			being, finished = compensated, true
		default:
			finished = finished || old.Final
		}
	}
	switch s.Deed {
	case viewed:
		return begun && !s.Final || finished
	case did, reflected:
		return finished
	case attended:
		return being == attended || being == compensated
	case absent: // who made a missed day good was not there, and that is known
		return being == absent || being == compensated
	case compensated:
		return finished
	case withdrawn:
		return being != compensated
	}
	return false
}

// Cells show how far a learner is: one byte for each activity of the newest version, in its order.
type Cells []byte

// What a cell may be.
const (
	CellNone     = '.' // nothing yet
	CellBegun    = 'o' // begun: a quiz was tried and not passed, something was planned
	CellWaits    = 'w' // handed in, and waits for the trainer
	CellReturned = 'r' // given back, to be made better
	CellDone     = 'x' // what is asked for was done
	CellCredited = 'c' // need not be done: credited, or compensated
)

func isFinished(cell byte) bool { return cell == CellDone || cell == CellCredited }

// after is the cell after one more step; met says that the step finishes the activity. What is finished stays so, whatever a later
// version asks for; only attendance can be taken back, because it is somebody else's word and may have been a slip.
func after(cell byte, s step, met bool) byte {
	switch {
	case s.takesBack():
		return CellNone
	case s.Deed == compensated:
		if cell == CellDone {
			return CellDone
		}
		return CellCredited
	case met:
		return CellDone
	case isFinished(cell) || s.Deed == acknowledged:
		return cell
	case s.Deed == handedIn:
		return CellWaits
	case s.Deed == returned:
		return CellReturned
	}
	return CellBegun
}

// Percent is whole per cent, rounded down.
func Percent(done, total int) int {
	if total == 0 {
		return 0
	}
	return done * 100 / total
}

// edition is what follows from a course's versions for counting progress by the newest one. It is never changed: a new
// version makes a new edition, so a reader may keep it.
type edition struct {
	hash      string
	rules     Rules
	modules   []ModuleOutline
	starts    []int             // for each module, where its activities start in order
	order     []ActivityOutline // all activities of the newest version
	ids       []string          // of all activities there ever were, by number
	numbers   map[string]int    // the reverse
	positions []int             // in order, by number; -1 when the newest version has it no more
	asked     []Requirement     // by number, of the newest version that has or had it
	changes   [][]asking        // by number, where versions ask for different things
	left      []int             // the numbers of contact days that the newest version has no more
	versions  []Version
	history   [][]wording // by number
	kinds     []Kind      // by number, of the newest version that has or had it
	// reflections are the positions of reflections, which their writers may hide.
	reflections []int
}

// asking is what a version from that moment on asks for.
type asking struct {
	at       int64 // unix ms
	requires Requirement
}

func newEdition(c *Course) *edition {
	e := &edition{ids: c.Activities, versions: c.Versions, numbers: make(map[string]int, len(c.Activities))}
	for n, id := range c.Activities {
		e.numbers[id] = n
	}
	e.asked, e.kinds, e.changes = make([]Requirement, len(c.Activities)), make([]Kind, len(c.Activities)), make([][]asking, len(c.Activities))
	for _, v := range c.Versions {
		for _, m := range v.Modules {
			for _, a := range m.Activities {
				n, requires := e.numbers[a.ID], a.requires()
				if before := e.asked[n]; before != "" && before != requires {
					e.changes[n] = append(e.changes[n], asking{v.At, requires})
				}
				e.asked[n], e.kinds[n] = requires, a.Kind
			}
		}
	}
	e.history = historyOf(c, e.numbers)
	e.positions = make([]int, len(c.Activities))
	for n := range e.positions {
		e.positions[n] = -1
	}
	if len(c.Versions) == 0 {
		return e
	}
	newest := c.Versions[len(c.Versions)-1]
	e.hash, e.rules, e.modules = newest.Hash, newest.Rules, newest.Modules
	for _, m := range newest.Modules {
		e.starts = append(e.starts, len(e.order))
		for _, a := range m.Activities {
			e.positions[e.numbers[a.ID]] = len(e.order)
			if a.Kind == Reflection {
				e.reflections = append(e.reflections, len(e.order))
			}
			e.order = append(e.order, a)
		}
	}
	for n, kind := range e.kinds {
		if kind == Contact && e.positions[n] < 0 {
			e.left = append(e.left, n)
		}
	}
	return e
}

// met reports whether a step finishes its activity: by what was asked for at its moment, or by what any version since has asked for.
// Who was shown that something is done is never told later that it is not.
func (e *edition) met(s step) bool {
	return s.Final || e.asked[s.Activity].metBy(s.Deed) ||
		slices.ContainsFunc(e.changes[s.Activity], func(a asking) bool { return a.at >= s.At && a.requires.metBy(s.Deed) })
}

// daysLeft counts the contact days of a trail that the newest version has no more. Their number is asked for, wherever they stand: a
// day that was held and is taken out of the course takes nothing from those who were there.
func (e *edition) daysLeft(t trail) (days int) {
	for _, number := range e.left {
		cell := byte(CellNone)
		for i := range t.steps() {
			if s := t.at(i); s.Activity == number {
				cell = after(cell, s, e.met(s))
			}
		}
		if isFinished(cell) {
			days++
		}
	}
	return days
}

// cells counts a whole trail from its start. What a credited module asks for need not be done; contact days are no part of that, nor
// is the development task: a second person approves it, and no one person can stand in for both.
func (e *edition) cells(t trail, credits map[string]Credit) Cells {
	cells := Cells(bytes.Repeat([]byte{CellNone}, len(e.order)))
	for i := range t.steps() {
		s := t.at(i)
		if p := e.position(s.Activity); p >= 0 {
			cells[p] = after(cells[p], s, e.met(s))
		}
	}
	for m, module := range e.modules {
		if _, credited := credits[module.ID]; !credited {
			continue
		}
		for a, activity := range module.Activities {
			if p := e.starts[m] + a; cells[p] != CellDone && activity.creditable() {
				cells[p] = CellCredited
			}
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

// activity finds an activity of the newest version, or refuses and tells where to go instead.
func (e *edition) activity(id string) (position int, err error) {
	if p, ok := e.find(id); ok {
		return p, nil
	}
	if p, ok := e.landing(id); ok {
		return 0, ErrUnknownActivity.With(activityInfo{e.order[p].ID})
	}
	return 0, ErrUnknownActivity
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

// next finds where a learner goes on: at the place they were last, if there is something to do there; if the newest version has it
// no more, at the nearest one that followed it; else at the first with something to do. False when there is none.
func (e *edition) next(last string, mayGoOn func(position int) bool) (position int, ok bool) {
	if p, found := e.landing(last); found && mayGoOn(p) {
		return p, true
	}
	for p := range e.order {
		if !e.order[p].Optional && e.order[p].Kind != Reflection && mayGoOn(p) {
			return p, true
		}
	}
	return 0, false
}

// waitsForLearner reports whether it is the learner's turn: not when it is finished, waits for a trainer or needs their being there.
func (e *edition) waitsForLearner(cells Cells, position int) bool {
	cell := cells[position]
	return !isFinished(cell) && cell != CellWaits && e.order[position].Kind != Contact
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
	Attempts int   // handed in
	Points   int   // of the best marked attempt, and what it could have had
	SeenAt   int64 // unix ms of the newest step by which the learner said that they know its text
	Max      int
	Passed   bool
	Text     string // vault id of the newest attempt or submission
	TextAt   int64
	Last     step // the newest attempt or submission

	waits bool // the newest attempt waits for a trainer's marks
}

func (t *tally) take(s step, text string, met bool) {
	switch {
	case s.takesBack():
		t.DoneAt = 0
	case met && t.DoneAt == 0:
		t.DoneAt = s.At
	}
	if s.saysSeen() {
		t.SeenAt = s.At
	}
	if s.hasText() {
		t.Text, t.TextAt, t.Last = text, s.At, s
	}
	switch s.Deed {
	case handedIn:
		if s.Max > 0 { // of a quiz
			t.Attempts, t.waits = t.Attempts+1, true
		}
		return
	case tried, passed:
	default:
		return
	}
	if !t.waits {
		t.Attempts++
	}
	t.waits = false
	t.Passed = t.Passed || s.Deed == passed
	if t.Max == 0 || s.Points*t.Max > t.Points*s.Max {
		t.Points, t.Max = s.Points, s.Max
	}
}
