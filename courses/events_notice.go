package courses

import "luotsi/server/journal"

// LearnersTold says that time brought news to learners: something opened or changed, or is due soon. A learner and what is news of
// the same day or version stand in it once.
type LearnersTold struct {
	What News     `bson:"what"` // opened, changed or due
	Day  string   `bson:"day"`  // the Finnish calendar day on which they are told
	News []NewsOf `bson:"news"`
}

// NewsOf is what one learner is told. Of is the day on which the activities opened or are due, or the version that changed them.
type NewsOf struct {
	Course     string   `bson:"course"`
	Person     string   `bson:"person"`
	Of         string   `bson:"of"`
	Activities []string `bson:"activities"`
}

// NoticesChosen says where a person does not want which notices, in place of what they said before.
type NoticesChosen struct {
	Person string         `bson:"person"`
	Off    []NoticeSwitch `bson:"off"`
}

func noticeEvents() []journal.Type {
	return []journal.Type{
		journal.Define[LearnersTold]("courses.learners_told"),
		journal.Define[NoticesChosen]("courses.notices_chosen"),
	}
}
