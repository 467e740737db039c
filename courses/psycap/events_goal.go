package psycap

import "luotsi/server/journal"

// GoalKept says that somebody has a goal, or changed it. Text is the vault id of it, as JSON; the newest is the only one.
type GoalKept struct {
	Goal   string   `bson:"goal"`
	Person string   `bson:"person"`
	Text   string   `bson:"text"`
	Days   []string `bson:"days"` // on which they want to come back to it
}

// GoalDue says that a day has come on which somebody wanted to come back to a goal.
type GoalDue struct {
	Goal   string `bson:"goal"`
	Person string `bson:"person"`
	Day    string `bson:"day"`
}

// GoalClosed says that a goal is reached, or left: Reached tells which.
type GoalClosed struct {
	Goal    string `bson:"goal"`
	Person  string `bson:"person"`
	Reached bool   `bson:"reached"`
}

// GoalDeleted says that somebody deleted a goal with what they wrote.
type GoalDeleted struct {
	Goal   string `bson:"goal"`
	Person string `bson:"person"`
}

func goalEvents() []journal.Type {
	return []journal.Type{
		journal.Define[GoalKept]("psycap.goal_kept"),
		journal.Define[GoalDue]("psycap.goal_due"),
		journal.Define[GoalClosed]("psycap.goal_closed"),
		journal.Define[GoalDeleted]("psycap.goal_deleted"),
	}
}
