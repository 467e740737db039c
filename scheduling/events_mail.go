package scheduling

import "luotsi/server/journal"

func mailEvents() []journal.Type {
	return []journal.Type{
		journal.Define[ReminderDue]("scheduling.reminder_due"),
		journal.Define[DigestDue]("scheduling.digest_due"),
	}
}

// ReminderDue is the moment to remind everybody of an appointment that begins at Start, so many days after this one.
type ReminderDue struct {
	Appointment string `bson:"appointment"`
	Start       int64  `bson:"start"` // unix ms
	Days        int    `bson:"days"`
}

// DigestDue is the moment to tell a person what others changed in their hours and appointments from Since until 7.00 on the
// Monday Week.
type DigestDue struct {
	Person string `bson:"person"`
	Week   Day    `bson:"week"`
	Since  int64  `bson:"since"` // unix ms
}
