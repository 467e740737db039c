package web

import (
	"fmt"
	"sync"
	"time"
)

// Finland is the zone in which days begin and end. It is loaded when it is first asked for: the program embeds the zones, and they
// are not there before main.
var Finland = sync.OnceValue(func() *time.Location {
	zone, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		panic(fmt.Sprintf("web: the embedded zone data has no Europe/Helsinki: %v", err))
	}
	return zone
})

// DayOf is the Finnish calendar day of a moment, as 2026-11-21. Days compare as texts.
func DayOf(t time.Time) string { return t.In(Finland()).Format(time.DateOnly) }
