package courses

import (
	"context"
	"errors"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/people"
)

// Inviter is what courses has to know of how people are let in.
type Inviter interface {
	// Find gives whose mail address this is; "" when it is nobody's.
	Find(ctx context.Context, email string) (person string, err error)
	// Invite lets somebody in as a trainee of the unit, and gives their id.
	Invite(ctx context.Context, caller auth.Caller, name, email, language, unit string) (person string, err error)
	// Again sends somebody who never came in a new invitation; the one before stops.
	Again(ctx context.Context, caller auth.Caller, person, language string) error
}

// RowVerdict says what becomes of one row of a pasted list.
type RowVerdict string

// The verdicts. The first four are rows that are done; the others are left as they are.
const (
	RowInvite    RowVerdict = "invite"        // nobody yet: is invited and enrolled
	RowAgain     RowVerdict = "again"         // was invited and never came in, and the link serves no more: gets a new one, and is enrolled
	RowInvited   RowVerdict = "invited"       // was invited, and the link serves: is enrolled without another mail
	RowEnrol     RowVerdict = "enrol"         // has an account: is enrolled
	RowHere      RowVerdict = "here"          // is in the cohort already
	RowAddress   RowVerdict = "wrong_address" // no mail address that could be one
	RowName      RowVerdict = "no_name"       // somebody new needs a name
	RowTwice     RowVerdict = "twice"         // the address stands in the list before
	RowElsewhere RowVerdict = "other_cohort"  // goes through the course in another cohort
	RowForeign   RowVerdict = "other_org"     // is of another organisation
	RowRole      RowVerdict = "not_learner"   // has an account, but not as somebody who learns
	RowFailed    RowVerdict = "failed"        // was to be invited, and could not be
)

// What bounds and takes apart a pasted list.
const (
	mostRows     = 300                // in one list
	longestName  = 120                // characters
	longestEmail = 254                // bytes
	separators   = "\t;,"             // between the cells of a row
	brackets     = "<>\"'()[] \u00a0" // around an address, as mail programs write it
)

// PastedRow is one row of a pasted list.
type PastedRow struct {
	Line    int // from 1
	Name    string
	Email   string
	Verdict RowVerdict
	person  string
}

// readPasted reads rows as people paste them: from a sheet, a mail program, or typed. The cell with an @ is the address, all others
// together are the name.
func readPasted(text string) []PastedRow {
	var rows []PastedRow
	for i, line := range strings.Split(strings.ReplaceAll(text, "\r", "\n"), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		row := PastedRow{Line: i + 1}
		var name []string
		for _, cell := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(separators, r) || r == '<' }) {
			switch cell = strings.Trim(cell, brackets); {
			case cell == "":
			case row.Email == "" && strings.Contains(cell, "@"):
				if at := strings.LastIndexAny(cell, " \u00a0"); at >= 0 { // "Aino Lahti aino@example.org"
					name, cell = append(name, cell[:at]), strings.TrimSpace(cell[at:])
				}
				row.Email = strings.ToLower(strings.Trim(cell, brackets))
			default:
				name = append(name, cell)
			}
		}
		row.Name = strings.Join(strings.Fields(strings.Join(name, " ")), " ")
		rows = append(rows, row)
	}
	return rows
}

// isAddress is what a mail address has to be at least.
func isAddress(email string) bool {
	parsed, err := mail.ParseAddress(email)
	_, host, _ := strings.Cut(email, "@")
	return err == nil && parsed.Address == email && len(email) <= longestEmail && strings.Contains(strings.Trim(host, "."), ".")
}

// CheckPasted says what would become of each row of a pasted list.
func (s *Service) CheckPasted(ctx context.Context, caller auth.Caller, cohort, text string) ([]PastedRow, error) {
	var course, unit string
	var err error
	s.journal.View(func() {
		c, careErr := s.state.cared(s.borders, caller.Person, cohort)
		if err = careErr; err == nil {
			course, unit = c.Course, c.Unit
		}
	})
	if err != nil {
		return nil, err
	}
	rows := readPasted(text)
	if len(rows) > mostRows {
		return nil, fault.Bad("text", "many")
	}
	for i := range rows {
		row := &rows[i]
		switch {
		case !isAddress(row.Email):
			row.Verdict = RowAddress
		case slices.ContainsFunc(rows[:i], func(other PastedRow) bool { return other.Email == row.Email }):
			row.Verdict = RowTwice
		default:
			if row.person, err = s.inviter.Find(ctx, row.Email); err != nil {
				return nil, err
			}
		}
	}
	now := s.now()
	s.journal.View(func() {
		for i := range rows {
			if rows[i].Verdict == "" {
				rows[i].Verdict = s.judge(rows[i], caller.Person, cohort, course, unit, now)
			}
		}
	})
	return rows, nil
}

// judge is used inside View.
func (s *Service) judge(row PastedRow, by, cohort, course, unit string, now time.Time) RowVerdict {
	if row.person == "" {
		if row.Name == "" || utf8.RuneCountInString(row.Name) > longestName {
			return RowName
		}
		return RowInvite
	}
	p, _ := s.borders.people.Person(row.person)
	u, _ := s.borders.people.Unit(unit)
	l := s.state.learner(row.person, course)
	over := p.Invited && !now.Before(p.Invitation) && s.borders.people.MayRenew(by, row.person)
	switch {
	case l != nil && l.Cohort == cohort && over:
		return RowAgain
	case l != nil && l.Cohort == cohort:
		return RowHere
	case p.Org != u.Org:
		return RowForeign
	case l != nil && l.Cohort != "":
		return RowElsewhere
	case !s.borders.mayLearn(row.person, unit):
		return RowRole
	case over:
		return RowAgain
	case p.Invited:
		return RowInvited
	}
	return RowEnrol
}

// InvitePasted invites and enrols everybody on a pasted list who can be, and says what became of each row. Doing it again finds them
// in the cohort, and does nothing.
func (s *Service) InvitePasted(ctx context.Context, caller auth.Caller, cohort, text, language string) ([]PastedRow, error) {
	rows, err := s.CheckPasted(ctx, caller, cohort, text)
	if err != nil {
		return nil, err
	}
	var unit string
	s.journal.View(func() { unit = s.state.data.Cohorts[cohort].Unit })
	caller.Key = auth.Key{} // one key is for one commit; a list is safe to send again by itself
	var persons []string
	for i := range rows {
		row := &rows[i]
		switch row.Verdict {
		case RowInvite:
			row.person, err = s.inviter.Invite(ctx, caller, row.Name, row.Email, language, unit)
		case RowAgain:
			if err = s.inviter.Again(ctx, caller, row.person, language); errors.Is(err, people.ErrJoined) {
				row.Verdict, err = RowEnrol, nil // they came in just now
			}
		case RowInvited, RowEnrol:
		default:
			continue
		}
		if f, coded := fault.As(err); coded && f.Kind != fault.Unavailable {
			row.Verdict = RowFailed
			continue
		}
		if err != nil {
			return nil, err
		}
		persons = append(persons, row.person)
	}
	if len(persons) == 0 {
		return rows, nil
	}
	_, err = s.journal.Update(ctx, caller.Person, journal.Key{}, func(time.Time) (journal.Decision, error) {
		return s.state.enrolAll(s.borders, caller.Person, cohort, persons)
	})
	return rows, err
}
