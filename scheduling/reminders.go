package scheduling

import (
	"cmp"
	"context"
	"slices"
	"time"

	"luotsi/server/journal"
)

// remindAt is the time of day of reminders, in minutes of the Finnish clock.
const remindAt = 9 * 60

// stages are how many days before an appointment its people are reminded of it, the last first.
var stages = [...]int{1, 7}

// remindersPerCommit is few: the outbox writes the mails of a whole commit again for each of them.
const remindersPerCommit = 20

// reminder says which reminder of an appointment is due, if any: that of the last stage whose 9 o'clock has come, unless it
// was sent for this time already, or the time was agreed on only after that.
func (c *calendar) reminder(a *Appointment, now int64) (stage int, due bool) {
	if a.Status != Booked || a.Start <= now {
		return 0, false
	}
	day := c.dayOf(a.Start)
	for i, days := range stages {
		if from := c.at(max(day-Day(days), firstDay), remindAt); from <= now {
			return i, a.agreedAt() <= from && a.Reminded>>i&1 == 0
		}
	}
	return 0, false
}

// agreedAt is when it was agreed on that the appointment is at its present time.
func (a *Appointment) agreedAt() int64 {
	start := a.Start
	for _, m := range slices.Backward(a.Moves) {
		if m.Start != start {
			return m.At
		}
		start = m.Start
	}
	return a.ConfirmedAt
}

// RemindersDue decides of which appointments people are reminded now: the next ones first, at most as many as one commit holds.
func (s *State) RemindersDue(now time.Time) (journal.Decision, error) {
	var due []ReminderDue
	today := s.calendar.dayOf(now.UnixMilli())
	for d := today; d <= min(today+Day(stages[len(stages)-1]), lastDay); d++ {
		for _, id := range s.days[d] {
			a := s.primary.Appointments[id]
			if stage, ok := s.calendar.reminder(&a, now.UnixMilli()); ok {
				due = append(due, ReminderDue{Appointment: id, Start: a.Start, Days: stages[stage]})
			}
		}
	}
	slices.SortFunc(due, func(a, b ReminderDue) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.Appointment, b.Appointment))
	})
	var events []journal.Event
	for _, e := range due[:min(len(due), remindersPerCommit)] {
		events = append(events, e)
	}
	return journal.Happens(events...), nil
}

// Remind says that reminders are due. Every server does so all the time: what was said is not said again.
func (s *Service) Remind(ctx context.Context) error { return s.whenDue(ctx, s.state.RemindersDue) }

// commitsPerTick bounds what one tick says: the rest is due at the next one.
const commitsPerTick = 50

// whenDue commits what a rule says is due, piece by piece, until nothing is.
func (s *Service) whenDue(ctx context.Context, rule journal.Rule) error {
	for range commitsPerTick {
		var due journal.Decision
		var err error
		now := s.now()
		s.journal.View(func() { due, err = rule(now) })
		if err != nil || len(due.Events) == 0 {
			return err
		}
		if _, err := s.journal.Update(ctx, "", journal.Key{}, rule); err != nil {
			return err
		}
	}
	return nil
}
