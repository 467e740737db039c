package courses

import (
	"time"

	"luotsi/server/web"
)

func helsinki() *time.Location { return web.Finland() }

// dayOf is the Finnish calendar day of a moment, as 2026-11-21. Days compare as texts.
func dayOf(t time.Time) string { return web.DayOf(t) }
