package scheduling

import "luotsi/server/journal"

func calendarEvents() []journal.Type {
	return []journal.Type{
		journal.Define[CalendarAdded]("scheduling.calendar_added"),
		journal.Define[CalendarRead]("scheduling.calendar_read"),
		journal.Define[CalendarRemoved]("scheduling.calendar_removed"),
		journal.Define[FeedMade]("scheduling.feed_made"),
		journal.Define[FeedRevoked]("scheduling.feed_revoked"),
	}
}

// CalendarAdded is a person's other calendar being taken along. Its address is a secret: it lies in the vault under the
// calendar's own id.
type CalendarAdded struct {
	Calendar string         `bson:"calendar"`
	Person   string         `bson:"person"`
	Kind     ImportedSource `bson:"kind"`
}

// CalendarRead is what a calendar said about the time From to Until (unix ms), when that differed from what it said before:
// busy times alone (see packSpans), nothing of what they are. Text is the vault id of what was not understood, if anything was.
type CalendarRead struct {
	Calendar string `bson:"calendar"`
	From     int64  `bson:"from"`
	Until    int64  `bson:"until"`
	Busy     []byte `bson:"busy"`
	Problems int    `bson:"problems"`
	Text     string `bson:"text,omitempty"`
	Hash     string `bson:"hash"` // of the problems
}

// CalendarRemoved is another calendar being left out again.
type CalendarRemoved struct {
	Calendar string `bson:"calendar"`
}

// FeedMade is a person getting an address where calendar programs read their appointments; an earlier one stops. The secret
// in the address is made of the id and the vault's key; Hash is all that is kept of it.
type FeedMade struct {
	Person string `bson:"person"`
	Feed   string `bson:"feed"`
	Hash   string `bson:"hash"`
}

// FeedRevoked is that address not answering any more.
type FeedRevoked struct {
	Person string `bson:"person"`
}
