package courses

import (
	"fmt"
	"sync"
	"time"
)

// helsinki is loaded when it is first asked for: the program embeds the zones, and they are not there before main.
var helsinki = sync.OnceValue(func() *time.Location {
	zone, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		panic(fmt.Sprintf("courses: the embedded zone data has no Europe/Helsinki: %v", err))
	}
	return zone
})

// dayOf is the Finnish calendar day of a moment, as 2026-11-21. Days compare as texts.
func dayOf(t time.Time) string { return t.In(helsinki()).Format(time.DateOnly) }
