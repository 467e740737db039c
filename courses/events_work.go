package courses

import "luotsi/server/journal"

func workEvents() []journal.Type {
	return []journal.Type{
		journal.Define[WorkPlanned]("courses.work_planned"),
		journal.Define[WorkReplanned]("courses.work_replanned"),
		journal.Define[WorkTold]("courses.work_told"),
		journal.Define[WorkFollowedUp]("courses.work_followed_up"),
		journal.Define[FollowUpDue]("courses.follow_up_due"),
	}
}

// WorkPlanned says that a learner planned to try something at work by a Finnish calendar day. Try is also the vault id of the plan.
type WorkPlanned struct {
	Try      string `bson:"try"`
	Course   string `bson:"course"`
	Person   string `bson:"person"`
	Activity string `bson:"activity"`
	By       string `bson:"by"`
}

// WorkReplanned puts another plan in place of the one before. Plan is its vault id.
type WorkReplanned struct {
	Try    string `bson:"try"`
	Course string `bson:"course"`
	Person string `bson:"person"`
	By     string `bson:"by"`
	Plan   string `bson:"plan"`
}

// WorkTold says what came of a plan. Story is the vault id of what happened; On is empty when it could not be tried. Again puts it
// in place of what was told before.
type WorkTold struct {
	Try      string `bson:"try"`
	Course   string `bson:"course"`
	Person   string `bson:"person"`
	Activity string `bson:"activity"`
	On       string `bson:"on,omitempty"`
	Went     Went   `bson:"went"`
	Story    string `bson:"story"`
	Again    bool   `bson:"again,omitempty"`
}

// WorkFollowedUp says whether what was tried is still in use, so many days later. Again puts it in place of the answer before.
type WorkFollowedUp struct {
	Try    string `bson:"try"`
	Course string `bson:"course"`
	Person string `bson:"person"`
	Days   int    `bson:"days"` // 30 or 90
	Use    Use    `bson:"use"`
	Text   string `bson:"text,omitempty"` // vault id
	Again  bool   `bson:"again,omitempty"`
}

// FollowUpDue is the moment to ask a learner whether what they tried is still in use. It comes once for each of the days, and
// once more, as Again, to who does not answer.
type FollowUpDue struct {
	Try      string `bson:"try"`
	Course   string `bson:"course"`
	Person   string `bson:"person"`
	Activity string `bson:"activity"`
	Days     int    `bson:"days"`
	Again    bool   `bson:"again,omitempty"`
}

func (e WorkPlanned) about() (course, person string)    { return e.Course, e.Person }
func (e WorkReplanned) about() (course, person string)  { return e.Course, e.Person }
func (e WorkTold) about() (course, person string)       { return e.Course, e.Person }
func (e WorkFollowedUp) about() (course, person string) { return e.Course, e.Person }
