package psycap

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"luotsi/server/people"
)

// Computing a section reads every answer of its people from the vault, and a preview of it can be asked for at will: for every set of
// cohorts, to see which are refused. So a preview is told again for a while, and computed anew only so often. A report is always computed.
const (
	sectionsAtOnce = 60               // a person may have computed
	sectionAgain   = 10 * time.Second // until one more
	mostKept       = 32
	longestKept    = time.Minute

	// A table that somebody has elsewhere is read again at each choice of what its columns are.
	tablesAtOnce = 100
	tableAgain   = time.Second
)

// computed is a section of a report before it is made.
type computed struct {
	asked   Asked
	in      *Instrument
	from    gathered
	figures Figures
	chosen  choice
	hidden  Hidden // "" when it is shown
}

// Limits are a server's own: they are there to make trying slow, not to count.
func newSectionLimit() *people.Limit { return people.NewLimit(sectionsAtOnce, sectionAgain) }
func newTableLimit() *people.Limit   { return people.NewLimit(tablesAtOnce, tableAgain) }

// sectionsKept are the sections that a server computed last. No answers are in it: only figures that may be shown, and
// whose they are.
type sectionsKept struct {
	mu  sync.Mutex
	all []keptSection // newest first
}

type keptSection struct {
	question string
	floor    int
	at       time.Time
	section  computed
}

// questionOf tells sections of other cohorts, instruments or points apart.
func questionOf(wish ReportWish, asked Asked) string {
	return fmt.Sprintf("%q %q %q", slices.Sorted(slices.Values(wish.Cohorts)), asked, wish.Points)
}

// find gives a section that was computed of the same members, floor, definition, and reports before it. It is told again also when
// somebody answered since: how fast it comes, or that it comes at all when nothing more may be computed, would tell that they did.
func (k *sectionsKept) find(question string, floor int, next computed, now time.Time) (computed, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, one := range k.all {
		if one.question == question && one.floor == floor && one.section.in == next.in && now.Sub(one.at) < longestKept && one.section.from.sameAsked(next.from) {
			return one.section, true
		}
	}
	return computed{}, false
}

// keep puts a section in place of the one that was computed of the same question before.
func (k *sectionsKept) keep(question string, floor int, section computed, now time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.all = slices.DeleteFunc(k.all, func(one keptSection) bool { return one.question == question || now.Sub(one.at) >= longestKept })
	k.all = slices.Insert(k.all, 0, keptSection{question, floor, now, section})
	k.all = slices.Delete(k.all, min(mostKept, len(k.all)), len(k.all))
}
