package psycap

import (
	"slices"

	"luotsi/server/journal"
)

// Events lists everything that can happen here, under the names it is stored by.
func Events() []journal.Type {
	return slices.Concat(instrumentEvents(), planEvents(), answerEvents(), reportEvents(), exerciseEvents(), goalEvents())
}
